"""What one submission may use: each limit costs what hit it, is told in one sentence, and no more."""

import pathlib
import re
import signal
import threading
import time

import pytest

from initlab.grading.limits import Limits, size
from initlab.grading.remote import Warm
from initlab.grading.remote_errors import StudentStopped
from initlab.grading.sandbox import IsolationError


def test_the_defaults_are_limits_and_nonsense_is_refused():
    """Everything is bounded without a word of configuration."""
    assert all(value > 0 for name, value in vars(Limits()).items() if name != "processes")
    with pytest.raises(ValueError, match="cell_seconds is a positive number, not 0"):
        Limits(cell_seconds=0)


def test_a_limit_that_is_none_is_named_with_those_that_are():
    """A slip of the pen in nbgrader_config.py leaves nobody searching for the right name."""
    assert Limits.named({"cell_seconds": 3}) == Limits(cell_seconds=3)
    with pytest.raises(ValueError, match="no limit 'cell_secs'; the limits are memory, cpu_seconds"):
        Limits.named({"cell_secs": 3})


@pytest.mark.parametrize(("number", "said"), [(1 << 30, "1 GiB"), (3 << 19, "1.5 MiB"), (300 << 20, "300 MiB"), (7, "7 bytes")])
def test_sizes_are_said_in_units(number, said):
    """A student reads the sentence."""
    assert size(number) == said


@pytest.mark.parametrize("loop", ["while True: pass", "import time\ntime.sleep(1000)", "import numpy as np\nwhile True: np.ones(9).sum()"])
def test_a_cell_that_takes_too_long_is_stopped_and_keeps_its_state(student, loop):
    """It is interrupted first: what it had computed is still there, and its text is shown."""
    kernel = student("a = 1", cell_seconds=0.5)
    run = kernel.run(f"a = 2\nprint('begun')\n{loop}")

    assert run.stopped == "stopped after 0.5 s in cell 2"
    assert run.outputs[0]["text"] == "begun\n"
    assert kernel.lookup("a") == 2


SWALLOW = "while True:\n    try:\n        while True: sum(range(100))\n    except BaseException: pass"
STUBBORN = {
    "catches everything": SWALLOW,
    "ignores the signal": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "blocks the signal": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\nwhile True: pass",
    "is not Python": "import numpy as np\nnp.linalg.svd(np.ones((3000, 3000)))",
    "finalizer": "class A:\n    def __del__(self):\n        " + SWALLOW.replace("\n", "\n        ") + "\nx = A()\ndel x",
}


@pytest.mark.parametrize("source", STUBBORN.values(), ids=STUBBORN.keys())
def test_a_loop_that_swallows_interrupts_costs_only_its_cell(student, source):
    """The process is ended; the cells before run again in a new one, and those behind run on."""
    kernel = student("a = 1", "b = a + 1", cell_seconds=0.5, wall_seconds=120)
    run = kernel.run(f"a = 99\n{source}")

    assert run.stopped == "stopped after 0.5 s in cell 3"
    assert kernel.run("c = a + b").stopped is None
    assert kernel.lookup("c") == 3


@pytest.mark.parametrize(
    ("source", "said"),
    [("import os\nos._exit(7)", "ended its own process in cell 2 .exit status 7"), ("import ctypes\nctypes.string_at(0)", "SIGSEGV")]
    + [("import os\nos.abort()", "ended by SIG"), ("import os\nos.closerange(3, 300)", "cell 2")]
    + [("import sys\nsys.setrecursionlimit(10**7)\nclass A:\n    def __getattr__(self, n): return getattr(self, n)\nA().x", "cell 2|Recursion")],
)
def test_a_process_that_ends_costs_only_its_cell(student, source, said):
    """Whether on purpose or by a crash, the sentence says how."""
    kernel = student("a = 1", cell_seconds=20, wall_seconds=120)
    run = kernel.run(source)

    assert re.search(said, f"{run.stopped} {run.error}")
    assert kernel.run("a + 1").outputs[0]["data"] == {"text/plain": "2"}


@pytest.mark.parametrize(
    "source",
    ["import numpy as np\nx = np.ones(10**9)", "x = []\nwhile True: x.append(bytearray(1 << 20))", "x = 'a' * 10**10"]
    + ["import mmap\nx = []\nwhile True: x.append(mmap.mmap(-1, 16 << 20))", "x = list(range(10**9))"],
    ids=["array", "in bits", "text", "shared", "small objects"],
)
def test_memory_is_limited(student, source):
    """The cell gets a MemoryError, or ends; the next one has memory again."""
    kernel = student("a = 1", memory=256 << 20, cell_seconds=60)
    run = kernel.run(source)

    assert run.stopped in ("used more than 256 MiB of memory in cell 2", None)
    assert run.stopped or run.error.startswith("OSError: [Errno 12]")
    assert kernel.run("del x" if "x" in source else "1").stopped is None
    assert kernel.run("y = bytearray(32 << 20)\na + 1").outputs[0]["data"] == {"text/plain": "2"}


def test_the_reserve_with_which_to_say_so_is_not_the_next_cells(student):
    """Running out of memory twice is the same twice."""
    kernel = student(memory=200 << 20)

    for _ in range(2):
        assert kernel.run("x = bytearray(230 << 20)").stopped
        assert kernel.run("y = bytearray(100 << 20)\ndel y").error is None


@pytest.mark.parametrize("threads", [0, 3])
def test_cpu_time_is_limited_for_all_threads_together(student, threads):
    """Interrupts that are swallowed do not buy more of it; nothing runs once it is used up."""
    kernel = student("a = 1", cpu_seconds=1, cell_seconds=60, wall_seconds=120)
    source = "import threading\ndef burn():\n    " + SWALLOW.replace("\n", "\n    ")
    run = kernel.run(f"{source}\nfor _ in range({threads}): threading.Thread(target=burn, daemon=True).start()\nburn()")

    assert run.stopped == "used more than 1 s of CPU time in cell 2"
    assert kernel.run("a").stopped == "used more than 1 s of CPU time before cell 3"


def test_wall_time_is_limited_for_the_notebook(student):
    """Many slow cells, each within its own limit, come to an end."""
    kernel = student(wall_seconds=1, cell_seconds=0.7)
    said = [kernel.run("import time\ntime.sleep(0.5)").stopped for _ in range(4)]

    assert said[0] is None
    assert said[-1] == "the notebook's 1 s were used up before cell 4"


def test_replayed_cells_count(student):
    """A notebook that is slow and breaks again and again does not get more time than another."""
    kernel = student("import time\ntime.sleep(0.4)", wall_seconds=2, cell_seconds=1)
    start = time.monotonic()
    said = [kernel.run("import os\nos._exit(0)").stopped for _ in range(30)]

    assert "used up" in said[-1]
    assert time.monotonic() - start < 30  # thirty replays alone would take 12 s, with their forks more


def test_a_cell_that_does_not_replay_is_left_out(student):
    """A cell that ran once and then ends the process does not take the others with it."""
    late = time.time() + 1.5
    kernel = student("a = 1", f"import os, time\nif time.time() > {late}: os._exit(1)", "b = 2")
    time.sleep(max(late - time.time(), 0))
    kernel.run("import os\nos._exit(1)")

    assert kernel.run("a + b").outputs[0]["data"] == {"text/plain": "3"}


@pytest.mark.parametrize(
    "source",
    ["open('big', 'wb').write(bytes(20_000_000))", "for i in range(30): open(f'part{i}', 'wb').write(bytes(1_000_000))"]
    + ["import os\nfd = os.open('hole', os.O_CREAT | os.O_WRONLY)\nos.posix_fallocate(fd, 0, 20_000_000)"],
    ids=["one file", "many files", "reserved"],
)
def test_written_bytes_are_limited(student, source):
    """All files together, and what is deleted may be written again."""
    kernel = student("a = 1", written_bytes=8 << 20, cell_seconds=60)
    run = kernel.run(source)

    assert run.stopped == "wrote more than 8 MiB of files in cell 2"
    assert kernel.run("import glob, os\nfor f in glob.glob('*'): os.remove(f)").stopped is None
    assert kernel.run("open('small', 'w').write('x')").error is None


@pytest.mark.parametrize(
    ("source", "error"),
    [("import os\nwhile True: os.pipe()", "Too many open files"), ("import os\nos.fork()", "PermissionError")]
    + [("import threading, time\nthreading.stack_size(1 << 16)\nfor _ in range(500): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()", "new thread")],
    ids=["files", "processes", "threads"],
)
def test_files_processes_and_threads_are_limited(warm, student, source, error):
    """The cell gets the system's own error; later cells run."""
    if "thread" in error and any("ordinary user" in layer for layer in warm.missing):
        pytest.skip("the system does not count root's threads")
    kernel = student(open_files=64)

    assert error in kernel.run(source).error
    assert kernel.run("1").error is None


def test_child_processes_run_where_they_are_allowed_and_end_with_the_kernel(warm, student):
    """A teacher may allow some; none of them is left when the kernel is closed, in whatever session it hides."""
    if not any("namespaces" in layer for layer in warm.layers):
        pytest.skip("without a PID namespace no child process is allowed")
    before = warm_processes(warm)
    kernel = student(processes=4)
    run = kernel.run(
        "import os\npid = os.fork()\nif pid == 0:\n    os.setsid()\n    import time\n    while True: time.sleep(0.01)\npid > 0"
    )
    assert run.outputs[0]["data"] == {"text/plain": "True"}
    assert "BlockingIOError" in kernel.run("import time\nfor _ in range(200):\n    if os.fork() == 0: time.sleep(99)").error
    assert warm_processes(warm) >= before + 2
    kernel.close()

    assert warm_processes(warm) == before


def warm_processes(warm) -> int:
    """Count the processes that descend from the warm one, seen from here."""
    parents = {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(text.rpartition(")")[2].split()[1])
    found, new = set(), {warm._process.pid}
    while new:
        found |= new
        new = {pid for pid, parent in parents.items() if parent in found} - found
    return len(found)


@pytest.mark.parametrize("give_up", [KeyboardInterrupt, RuntimeError])
def test_a_grader_that_gives_up_waiting_leaves_nothing_behind(student, give_up):
    """The call that was given up is not answered later, in the place of the next one."""
    kernel = student("def f(x):\n    import time\n    time.sleep(x)\n    return x")
    proxy = kernel.lookup("f")

    def ring(*_):
        raise give_up

    if threading.current_thread() is not threading.main_thread():
        pytest.skip("only the main thread gets signals")
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(give_up):
            proxy(20)
    finally:
        signal.signal(signal.SIGALRM, before)

    assert proxy(0.01) == 0.01


def test_calls_are_limited_like_cells(student):
    """In a call too: interrupted first, then ended, and told."""
    kernel = student("def f():\n    while True: pass", "def g():\n    return bytearray(10**10)", cell_seconds=0.5)
    with pytest.raises(StudentStopped, match="stopped after 0.5 s in a call of f"):
        kernel.lookup("f")()
    with pytest.raises(MemoryError):
        kernel.lookup("g")()


def test_every_submission_has_the_same_memory():
    """What the warm process maps between the first submission and the second is not taken from the second's."""
    try:
        warm = Warm()
    except IsolationError as reason:
        pytest.skip(f"student code cannot be isolated here: {reason}")
    with warm:
        for _ in range(3):
            with warm.student(limits=Limits(memory=100 << 20), figures=True) as kernel:
                assert kernel.run("x = bytearray(80 << 20)").stopped is None
                assert kernel.run("y = bytearray(40 << 20)").stopped == "used more than 100 MiB of memory in cell 2"


@pytest.mark.parametrize(
    ("work", "told"),
    [("bytearray(10**10)", "used more than 1 GiB of memory"), ("np.zeros(10**10)", "used more than 1 GiB of memory")]
    + [("[open(f'f{i}', 'wb').write(bytes(10**6)) for i in range(99)]", "wrote more than 64 MiB of files")],
)
def test_a_limit_that_a_function_hits_is_told_as_in_a_cell(student, work, told):
    """An exception of a bare MemoryError tells a student nothing."""
    proxy = student(f"import numpy as np\ndef f(): return {work}").lookup("f")
    with pytest.raises((MemoryError, OSError), match=f"^{told} in a call of f$"):
        proxy()
