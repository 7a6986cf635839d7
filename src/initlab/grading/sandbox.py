"""The layers around student code: which of them this system gives, and how a process puts itself inside.

The warm process enters its namespaces once (`enter`); every submission's fork then confines itself for
good (`confine`).  Landlock is the layer nothing runs without; the others are named where they are on.
"""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from initlab.grading import linux, syscalls
from initlab.grading.limits import Limits

NOBODY = 65534
SCRATCH = "/scratch"  # in a root of our own; a mount point for each submission's own tmpfs
_SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32", "/usr/local/lib", "/usr/share/fonts",
           "/usr/share/zoneinfo", "/usr/share/fontconfig", "/lib", "/lib32", "/lib64", "/libx32",
           "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")  # fmt: skip
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_PER_WORKER = linux.NEWUSER | linux.NEWNS | linux.NEWPID | linux.NEWIPC | linux.NEWNET
_INODES = 4096  # files in a scratch folder


class IsolationError(RuntimeError):
    """This system cannot isolate student code; the message says what to do."""


@dataclass(frozen=True)
class Box:
    """What the warm process found out and entered, for its forks to use.

    layers, missing: one phrase each for the log.  readable: what student code may read.
    namespaces: whether each fork gets its own; pid_namespace: fd of the warm process's own, to return to.
    """

    bare: bool
    readable: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    namespaces: bool = False
    pid_namespace: int = -1
    user: int | None = None  # who a fork of root becomes where there are no namespaces
    mapped_bytes: int = 0


def readable_paths() -> tuple[str, ...]:
    """List what student code may read: this Python, its packages, the system's libraries and fonts."""
    found = []
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        # Not the whole prefix: a course may lie in it, where it is /usr/local or a home directory.
        found += [os.path.join(prefix, part) for part in ("lib", "lib64", "share/fonts", "share/matplotlib")]
    found += [path for path in sysconfig.get_paths().values() if "python" in os.path.basename(path)]
    found += [path for path in sys.path if path and os.path.isdir(path)]
    paths: list[str] = []
    for path in sorted({*found, *_SYSTEM, *_DEVICES}):
        inside = any(path.startswith(f"{other}/") for other in paths)
        if os.path.exists(path) and path != "/" and not inside:
            paths.append(path)
    return tuple(paths)


def enter(isolation: str | None) -> Box:
    """Put the calling process, which has one thread, where it will fork students; return what is on.

    Where namespaces are given the caller goes on as process 1 of its own, and its parent only waits for it.
    Raises IsolationError where student code cannot be isolated.
    """
    mapped = _mapped_bytes()
    if isolation == "none":
        return Box(bare=True, missing=("any isolation: student code can do what you can do",), mapped_bytes=mapped)
    abi = _landlock()
    if not syscalls.available():
        raise IsolationError(f"no table of system calls for this machine ({os.uname().machine}); grade on x86_64 "
                             "or aarch64, or use --isolation none for notebooks you trust")
    readable = readable_paths()
    layers = [f"files by Landlock (version {abi})", "system calls by seccomp (no sockets, no other programs)",
              "limits on memory, CPU time, open files and written bytes"]
    if problem := _in_a_child(lambda: _try_namespaces(readable)):
        user = _ordinary_user(readable)
        missing = [f"namespaces ({problem})"]
        if user is not None:
            layers.append(f"an ordinary user ({user}) in place of root")
        elif os.getuid() == 0:
            missing.append("an ordinary user in place of root (only root can read this Python)")
        return Box(False, readable, tuple(layers), tuple(missing), user=user, mapped_bytes=mapped)
    layers += ["own user, network, process, IPC and mount namespaces", "a root that holds nothing but Python"]
    fd = _enter_namespaces(readable)
    return Box(False, readable, tuple(layers), namespaces=True, pid_namespace=fd, mapped_bytes=mapped)


def fork(box: Box) -> int:
    """Fork as os.fork does; the child is process 1 of a new PID namespace where the box has them."""
    if not box.namespaces:
        return os.fork()
    linux.unshare(linux.NEWPID)
    pid = os.fork()
    if pid:
        linux.setns(box.pid_namespace, linux.NEWPID)
    return pid


def scratch_folder(box: Box, limits: Limits, folder: str | None) -> str:
    """Make the calling fork's own scratch folder, or take the one it was given, and go there."""
    if box.namespaces:
        linux.unshare(linux.NEWNS | linux.NEWIPC)
        options = f"size={limits.written_bytes},nr_inodes={_INODES},mode=700"
        linux.mount("scratch", SCRATCH, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, options)
        folder = SCRATCH
    os.chdir(folder)
    return folder


def confine(box: Box, limits: Limits, folder: str, *, unix_sockets: bool = False) -> None:
    """Confine the calling fork for good: limits, user, capabilities, Landlock, seccomp, in this order."""
    os.setsid()
    limits.apply(box.mapped_bytes, _tasks(box))
    if box.bare:
        return
    import sandlock

    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if box.user is not None:
        _become(box.user)
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # changing the user cleared it
    linux.drop_capabilities()
    readable = [path for path in box.readable if path != "/dev/null"]
    sandlock.confine(sandlock.Sandbox(fs_readable=readable, fs_writable=[folder, "/dev/null"],
                                      allow_degraded=list(sandlock.Protection)))
    syscalls.install(children=limits.processes > 0 and box.namespaces, unix_sockets=unix_sockets)


def _landlock() -> int:
    advice = ("grade on Linux 5.13 or later with Landlock switched on (in a container: let its seccomp profile "
              "pass the landlock system calls), or use --isolation none for notebooks you trust")
    if sys.platform != "linux":
        raise IsolationError(f"student code can be isolated on Linux only, not on {sys.platform}; {advice}")
    try:
        import sandlock
    except (ImportError, OSError) as error:
        raise IsolationError(f"sandlock, which isolates student code, cannot be loaded ({error}); install "
                             "initlab[grade], or use --isolation none for notebooks you trust") from None
    abi = sandlock.landlock_abi_version()
    with tempfile.TemporaryDirectory() as folder:
        problem = _in_a_child(lambda: _try_landlock(folder)) if abi > 0 else "it is not switched on"
    if problem:
        raise IsolationError(f"this kernel does not let Landlock isolate student code ({problem}); {advice}")
    return abi


def _try_landlock(folder: str) -> None:
    import sandlock

    sandlock.confine(sandlock.Sandbox(fs_readable=[], fs_writable=[folder],
                                      allow_degraded=list(sandlock.Protection)))
    try:
        os.listdir("/")
    except PermissionError:
        return
    raise IsolationError("it was accepted and does nothing")


def _try_namespaces(readable) -> None:
    _enter_namespaces(readable)
    pid = os.fork()
    if pid == 0:
        _report(lambda: scratch_folder(Box(False, namespaces=True), Limits(), None), 1)
    if os.waitpid(pid, 0)[1]:
        raise OSError("a scratch folder of one's own was refused")


def _enter_namespaces(readable) -> int:
    """Enter namespaces and a root of our own, fork, and return in the child, which is process 1 there."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        # As root first what needs root (a home that only root may enter), then on as anybody else would.
        linux.unshare(linux.NEWNS)
        proc = _own_root(readable)
        _become(NOBODY)
        user = group = NOBODY
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # or /proc/self stays root's
        linux.unshare(_PER_WORKER)
        _map_user(proc, user, group)
    else:
        linux.unshare(_PER_WORKER)
        proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
        _map_user(proc, user, group)
        os.close(proc)
        proc = _own_root(readable)
    pid = os.fork()
    if pid:
        os.close(proc)
        _wait_for(pid)
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    fd = os.open("self/ns/pid", os.O_RDONLY, dir_fd=proc)
    os.close(proc)
    return fd


def _wait_for(pid: int) -> None:
    """Wait, without any file, for the process that goes on; end as it ends."""
    os.closerange(3, 1024)
    status = os.waitpid(pid, 0)[1]
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _own_root(readable) -> int:
    """Make a root that holds the readable paths, read-only, and nothing else; return an fd of the old /proc."""
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
    sources = {}
    for path in readable:
        fd = os.open(path, os.O_PATH)
        sources[path] = os.readlink(path) if os.path.islink(path) else fd
        sources.setdefault(os.path.realpath(path), fd)
    root = tempfile.gettempdir()
    linux.mount("root", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "mode=755,size=1m")
    for path, source in sorted(sources.items()):
        target = root + path
        if os.path.lexists(target):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if isinstance(source, str):
            os.symlink(source, target)
            continue
        if os.path.isdir(f"/proc/self/fd/{source}"):
            os.mkdir(target)
        else:
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
        linux.mount(f"/proc/self/fd/{source}", target, None, linux.MS_BIND | linux.MS_REC)
        if not path.startswith("/dev/"):
            linux.make_read_only(target)
    os.mkdir(root + SCRATCH)
    linux.change_root(root)
    return proc


def _map_user(proc: int, user: int, group: int) -> None:
    for name, line in (("setgroups", "deny"), ("uid_map", f"{NOBODY} {user} 1"), ("gid_map", f"{NOBODY} {group} 1")):
        fd = os.open(f"self/{name}", os.O_WRONLY, dir_fd=proc)
        os.write(fd, line.encode())
        os.close(fd)


def _become(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _ordinary_user(readable) -> int | None:
    """Say which user a fork of root may become and still read this Python; None where the caller is not root."""
    if os.getuid() != 0:
        return None

    def read_as_nobody():
        _become(NOBODY)
        for path in readable:
            if not path.startswith("/dev/"):
                os.listdir(path) if os.path.isdir(path) else open(path, "rb").close()
        open(os.__file__, "rb").close()

    return None if _in_a_child(read_as_nobody) else NOBODY


def _mapped_bytes() -> int:
    if not os.path.exists("/proc/self/statm"):
        return 0
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _tasks(box: Box) -> int:
    """Count the tasks that share the user's limit: of the namespace, or of the user where there is none."""
    if box.namespaces:
        return 4  # this process, the warm one, the one that waits for it, and one that is just ending
    user, tasks = str(os.getuid() if box.user is None else box.user), 1
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except (OSError, ValueError):
            continue  # it has ended meanwhile
        tasks += int(lines["Threads"]) if lines["Uid"].split()[0] == user else 0
    return tasks


def _in_a_child(attempt: Callable[[], object]) -> str:
    """Try something irreversible in a child; return why it failed, or nothing."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _report(attempt, writer)
    os.close(writer)
    with open(reader, "rb") as pipe:
        problem = pipe.read(400).decode(errors="replace")
    status = os.waitpid(pid, 0)[1]
    return problem or (f"it ended with status {status}" if status else "")


def _report(attempt, writer) -> None:
    try:
        attempt()
        os._exit(0)
    except BaseException as error:
        os.write(writer, f"{error}".encode()[:300] or b"failed")
        os._exit(1)


