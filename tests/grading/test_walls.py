"""What student code can't do to the machine, the grader, or another submission.

test_warm.py runs this file again as other users and systems would.
"""

import os
import socket
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def value(run):
    """Give the result of a cell as text, or its error."""
    if run.error:
        return run.error
    return next(one["data"]["text/plain"] for one in run.outputs if one["output_type"] == "execute_result")


TRIED = "try:\n    found = {}\nexcept OSError as error:\n    found = type(error).__name__\nstr(found)"


@pytest.fixture
def attempt(student):
    """Evaluate an expression in a student's kernel; an OSError gives its name."""
    kernel = student("import ctypes, glob, os, resource, signal, socket, subprocess, sys")
    return lambda expression: value(kernel.run(TRIED.format(expression))).strip("'")


@pytest.mark.parametrize("path", [ROOT / "pyproject.toml", Path(__file__), Path("/etc/passwd"), Path.home() / ".bashrc"])
def test_files_outside_cannot_be_read(attempt, path):
    """The course, the tests, the system's and the teacher's own files."""
    assert attempt(f"open({str(path)!r}).read()") in ("FileNotFoundError", "PermissionError")


def test_folders_outside_cannot_be_listed(attempt, tmp_path):
    """Not even the names of other submissions."""
    for folder in ("/", "/tmp", "/proc", "/home", str(tmp_path), str(ROOT), "/etc", "/dev/shm", "/sys"):
        assert attempt(f"os.listdir({folder!r})") in ("FileNotFoundError", "PermissionError"), folder


def test_python_and_its_packages_can_be_read(attempt):
    """What a lab imports late is still there."""
    assert attempt("__import__('numpy.testing') is not None and len(open(os.__file__).read()) > 1000") == "True"


def test_nothing_outside_the_scratch_folder_can_be_written(attempt, tmp_path):
    """Packages, the folder for temporary files, other submissions, devices."""
    tmp_path.chmod(0o777)
    site = os.path.dirname(os.path.dirname(pytest.__file__))
    for path in (f"{site}/evil.py", f"{tmp_path}/evil", "/tmp/evil", "/evil", "/dev/shm/evil", f"{ROOT}/src/initlab/evil.py"):
        assert attempt(f"open({path!r}, 'w')") in ("FileNotFoundError", "PermissionError", "OSError"), path
    assert attempt("os.truncate(os.__file__, 0)") in ("PermissionError", "OSError")
    assert not (tmp_path / "evil").exists()


def test_packages_are_behind_two_locks_where_there_are_mounts(warm, attempt):
    """Where each kernel has a root of its own, that is read-only, beside what Landlock says."""
    own_root = any("a root that holds nothing but Python" in layer for layer in warm.layers)

    assert not own_root or attempt("bool(os.statvfs(os.__file__).f_flag & os.ST_RDONLY)") == "True"
    assert not own_root or attempt("glob.glob('/*') + [os.path.exists('/etc/passwd')]") == "[False]"


def test_the_scratch_folder_is_thrown_away(student):
    """Nothing that one submission leaves is there for the next; deep, locked and odd names included."""
    first = student(
        "import os\nhere = os.getcwd()\nfor _ in range(1500): os.mkdir('d'); os.chdir('d')\nos.chdir(here)\n"
        "os.makedirs('a/b/c')\nopen('a/b/c/d', 'w').write('left')\nos.chmod('a/b', 0)\nos.symlink('/', 'root')\n"
        "os.mkfifo('pipe')\nhere = os.getcwd()"
    )
    here = first.lookup("here")
    first.close()
    second = student(f"import os\nfound = os.path.exists({here + '/a'!r}), os.listdir('.')")

    assert second.lookup("found") == (False, [])
    assert not os.path.exists(here) or here == "/scratch"


def test_two_kernels_of_one_warm_process_do_not_see_each_other(student):
    """Neither files nor processes nor memory that is shared by name."""
    first = student("import os\nopen('mine', 'w').write('x')\nhere, pid = os.getcwd(), os.getpid()")
    second = student("import os, signal")
    here, pid = first.lookup("here"), first.lookup("pid")

    assert value(second.run(f"os.path.exists({here + '/mine'!r}) and os.getcwd() == {here!r}")) == "False"
    second.run(f"if os.getpid() != {pid}: os.kill({pid}, signal.SIGKILL)")
    assert value(first.run("1 + 1")) == "2"


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET"])
def test_no_socket_can_be_opened(attempt, family):
    """Of whatever family; a pair of its own, which event loops use, it may have."""
    assert attempt(f"socket.socket(socket.{family}, socket.SOCK_RAW if 'PACK' in {family!r} else socket.SOCK_STREAM)") == "PermissionError"
    assert attempt("socket.socketpair() != ()") == "True"


def test_a_server_on_this_machine_is_not_reached(attempt):
    """Also not through the C library."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert attempt(f"socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), timeout=5)") == "PermissionError"
    assert attempt("ctypes.CDLL(None).socket(2, 1, 0)") == "-1"


@pytest.mark.parametrize("call", ["os.kill(1 if os.getpid() != 1 else 2, 0)", "os.kill(-1, 0)", "os.kill(0, 0)", "os.killpg(os.getpgid(0), 0)"])
def test_no_signal_reaches_anybody_else(attempt, call):
    """Not the grader, the warm process, the process group or everybody."""
    assert attempt(call) in ("PermissionError", "ProcessLookupError")


def test_no_process_can_be_traced_or_its_memory_read(attempt):
    """By none of the doors to it."""
    assert attempt("ctypes.CDLL(None).ptrace(16, 1, 0, 0)") == "-1"
    assert attempt("open('/proc/1/mem', 'rb')") in ("FileNotFoundError", "PermissionError")
    assert attempt("open(f'/proc/{os.getppid()}/environ', 'rb')") in ("FileNotFoundError", "PermissionError")
    assert attempt("os.pidfd_open(os.getpid())") == "PermissionError"


@pytest.mark.parametrize(
    "call",
    ["os.fork()", "subprocess.run(['/bin/true'])", "os.execv(sys.executable, ['python'])", "os.posix_spawn('/bin/true', ['t'], {})"]
    + ["os.forkpty()"],
)
def test_no_process_can_be_started(attempt, call):
    """None that could be left behind, share the limits, or be another program."""
    assert attempt(call) in ("PermissionError", "FileNotFoundError", "OSError")


@pytest.mark.parametrize(
    "call",
    ["unshare(0x10000000)", "unshare(0x20000)", "mount(b'x', b'/', b'tmpfs', 0, None)", "chroot(b'.')", "memfd_create(b'x', 0)"]
    + ["shmget(0, 4096, 0o1600)", "mq_open(b'/x', 0o100, 0o600, None)", "syscall(425, 1, 0)", "syscall(321, 0, 0, 0)"]
    + ["personality(0x40000)", "prctl(1, 0)"],
)
def test_doors_to_the_kernel_are_closed(attempt, call):
    """Namespaces, mounts, memory that nobody counts, io_uring, bpf, and the tie to the parent's life."""
    assert attempt(f"ctypes.CDLL(None).{call}") == "-1"


def test_limits_cannot_be_raised(attempt):
    """Lowered, yes."""
    for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC"):
        said = attempt(f"resource.setrlimit(resource.{name}, (resource.RLIM_INFINITY,) * 2)")
        assert "not allowed to raise" in said or said == "PermissionError", name


def test_there_are_no_capabilities(student):
    """Neither in use nor in reserve, also for root."""
    kernel = student(
        "import ctypes\nheader, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()\n"
        "ctypes.CDLL(None).capget(header, data)\nheld = list(data)"
    )

    assert kernel.lookup("held") == [0] * 6


def test_the_environment_is_empty(attempt):
    """What the grader's environment holds is not handed on."""
    names = "sorted(set(os.environ) - {'HOME', 'TMPDIR', 'IPYTHONDIR', 'MPLCONFIGDIR', 'LANG', 'LC_CTYPE'})"
    assert attempt(names) == "[]"
    assert attempt("ctypes.CDLL(None).getenv(b'INITLAB_TEST_SECRET')") == "0"  # see test_warm.py


def test_no_file_of_the_grader_is_open(attempt):
    """Of the descriptors beside the standard ones, one is a socket, to the grader, and no other is there."""
    count = "[n for n in range(3, 1024) if not ctypes.CDLL(None).fcntl(n, 1) == -1]"

    assert attempt(f"len({count})") == "1"
    assert attempt("[os.fstat(n).st_mode >> 12 for n in (0, 1, 2)]") == "[2, 8, 8]"  # /dev/null, and files in memory


def test_nobody_becomes_root(attempt):
    """Where the system leaves no other choice student code has root's number, but none of root's rights."""
    assert attempt("os.getuid() == 0 or ctypes.CDLL(None).setuid(0)") in ("True", "-1")
    assert attempt("os.chown('.', 1, 1)") in ("PermissionError", "OSError")


SEARCH = """
import gc, sys
seen, todo, found = set(), [*gc.get_objects(), *sys.modules.values()], 0
mark = bytes.fromhex({!r}).decode()
while todo:
    o = todo.pop()
    if id(o) in seen or o is mark: continue
    seen.add(id(o))
    found += isinstance(o, str) and mark in o
    todo += gc.get_referents(o)
"""


def test_memory_holds_nothing_of_other_submissions(student):
    """What one submission defines is in no object that another one can find; in its own it is found."""
    mark = os.urandom(8).hex()
    own = student(f"secret = 'x{mark}'", f"def f(x='x{mark}'): return x", cell_seconds=120)
    own.lookup("f")()
    other = student(cell_seconds=120)
    for kernel in (own, other):
        kernel.run(SEARCH.format(mark.encode().hex()))

    assert own.lookup("found") > 0
    assert other.lookup("found") == 0


def test_modes_and_times_of_files_outside_stay(attempt, tmp_path):
    """Landlock looks at neither: without mounts of its own, a kernel could lock the gradebook or open the secret."""
    path = tmp_path / "gradebook.db"
    path.write_bytes(b"")
    before = path.stat()
    for act in (f"os.chmod({str(path)!r}, 0o7)", f"os.utime({str(path)!r}, (0, 0))", f"os.chown({str(path)!r}, -1, -1)"):
        attempt(act)

    assert (path.stat().st_mode, path.stat().st_mtime) == (before.st_mode, before.st_mtime)


def test_a_pair_of_sockets_sends_nothing_to_others(attempt):
    """A datagram can be addressed to any socket that has a name, without a call of socket()."""
    # The name of a socket has room for 107 bytes, and pytest's folders may be longer.
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door,
    ):
        address = f"{folder}/door"
        door.bind(address)
        door.setblocking(False)
        os.chmod(folder, 0o777)
        os.chmod(address, 0o777)
        said = attempt(f"socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', {address!r})")
        with pytest.raises(BlockingIOError):
            door.recv(1)

    assert said == "PermissionError"
    assert attempt("len(socket.socketpair())") == "2"  # what asyncio needs


def test_no_file_signals_others(attempt):
    """A pipe can be told whom to signal when something comes; kill() isn't asked."""
    owner = "__import__('fcntl').fcntl(1, {}, os.getpid())"
    assert [attempt(owner.format(command)) for command in (8, 10, 15)] == ["PermissionError"] * 3
    owner = "__import__('fcntl').ioctl(socket.socketpair()[0], {}, os.getpid().to_bytes(4, 'little'))"
    assert [attempt(owner.format(command)) for command in (0x8901, 0x8902)] == ["PermissionError"] * 2
