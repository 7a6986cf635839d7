"""The warm process: on systems of all sorts, with its own small life, and refused where nothing isolates."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jupytext
import pytest

from initlab.grading.remote import Warm
from initlab.grading.sandbox import IsolationError

HERE = Path(__file__).parent
LAUNCHER = HERE / "elsewhere.py"


@pytest.fixture(scope="module")
def elsewhere():
    """Run Python as on another system; return its exit status and what it printed."""
    with tempfile.TemporaryDirectory() as folder:

        def run(what, *arguments):
            for path in (Path(folder), *Path(folder).rglob("*")):
                path.chmod(0o777)
            env = {"PATH": os.defpath, "XDG_CACHE_HOME": f"{folder}/cache", "HOME": folder, "TMPDIR": folder}
            command = [sys.executable, str(LAUNCHER), *what, "--", *arguments]
            done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=HERE.parents[1], timeout=600)
            return done.returncode, done.stdout + done.stderr

        yield run


SYSTEMS = [("ordinary-user",), ("no-namespaces",), ("ordinary-user", "no-namespaces")]


@pytest.mark.parametrize("what", SYSTEMS, ids=" ".join)
def test_the_walls_stand_on_other_systems(warm, elsewhere, what):
    """Every test of test_walls.py, as an ordinary user and where a container forbids namespaces."""
    if "ordinary-user" in what and os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    walls = str(HERE / "test_walls.py")
    code, said = elsewhere(what, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", walls)

    assert code == 0, said
    assert re.search(r"\d\d passed", said) and "skipped" not in said, said


PROBE = "from initlab.grading.remote import Warm\nwith Warm() as w: print(w.layers, w.missing)"


@pytest.mark.parametrize("what", SYSTEMS, ids=" ".join)
def test_the_layers_that_are_on_are_named(warm, elsewhere, what):
    """What is missing is named as well, with the system's reason."""
    if "ordinary-user" in what and os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    _, said = elsewhere(what, "-c", PROBE)
    layers, missing = said.rstrip().rsplit(" (", 1)[0], said.rstrip()

    assert "Landlock" in layers and "seccomp" in layers
    assert ("namespaces (unshare: Operation not permitted)" in missing) == ("no-namespaces" in what)


def test_without_landlock_it_refuses_and_says_what_to_do(warm, elsewhere):
    """An untrusted notebook does not run bare by accident."""
    code, said = elsewhere(["no-landlock"], "-c", PROBE)

    assert code != 0 and "IsolationError" in said
    assert "does not let Landlock isolate student code" in said and "--isolation none" in said


def test_bare_only_when_asked_and_with_a_warning(tmp_path):
    """The one way around isolation is explicit, and keeps the limits."""
    with pytest.warns(UserWarning, match="without isolation"):
        bare = Warm("none")
    with bare, bare.student() as kernel:
        run = kernel.run(f"import os\nopen({str(tmp_path / 'out')!r}, 'w').write('x')\nos.path.exists('/etc/passwd')")
        assert run.outputs[0]["data"] == {"text/plain": "True"}
        assert kernel.run("bytearray(10**10)").stopped == "used more than 1 GiB of memory in cell 2"

    assert bare.layers == () and "any isolation" in bare.missing[0]
    with pytest.raises(ValueError, match="'docker'"):
        Warm("docker")


def test_a_course_that_student_code_could_read_is_refused(tmp_path):
    """Where the course lies in a folder that belongs to Python, Landlock would let it be read."""
    inside = Path(pytest.__file__).parent

    with pytest.raises(IsolationError, match="student code could read .* keep the course outside"):
        Warm(closed=(tmp_path, inside))


def test_nothing_of_the_graders_environment_goes_along(warm, monkeypatch, student):
    """Environment, working directory, Python's own switches and modules beside the grader."""
    monkeypatch.setenv("INITLAB_TEST_SECRET", "secret")
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    monkeypatch.chdir(HERE)
    with Warm() as other, other.student() as kernel:
        run = kernel.run("import os, sys, ctypes\n'INITLAB_TEST_SECRET' in os.environ, ctypes.CDLL(None).getenv(b'INITLAB_TEST_SECRET')")
        assert run.outputs[0]["data"] == {"text/plain": "(False, 0)"}
        assert kernel.run("import elsewhere").error.startswith("ModuleNotFoundError")
        assert kernel.run("sys.path[0] in ('', '.')").outputs[0]["data"] == {"text/plain": "False"}


def test_it_ends_with_the_grader_and_takes_its_kernels_along(warm):
    """Also when the grader is killed in the middle of a cell, and the cell runs for ever."""
    program = (
        "import sys, threading, os, time\nfrom initlab.grading.remote import Warm\n"
        "w = Warm(); k = w.student()\nprint(w._process.pid, flush=True)\n"
        "threading.Thread(target=k.run, args=('while True: pass',), daemon=True).start()\ntime.sleep(60)"
    )
    grader = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    first = int(grader.stdout.readline())
    time.sleep(0.3)
    family = descendants(first)
    assert len(family) >= 2
    grader.kill()
    grader.wait()
    grader.stdout.close()
    deadline = time.monotonic() + 30
    while any(alive(pid) for pid in family) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not any(alive(pid) for pid in family)


def test_its_kernels_end_when_it_is_killed(warm):
    """Nobody is left who would end them."""
    with Warm() as other:
        kernel = other.student()
        family = descendants(other._process.pid)
        other._process.kill()
        deadline = time.monotonic() + 30
        while any(alive(pid) for pid in family) and time.monotonic() < deadline:
            time.sleep(0.05)

        assert not any(alive(pid) for pid in family)
        with pytest.raises(RuntimeError, match="warm process has ended"):
            kernel.run("1")
            kernel.run("1")


def test_an_ended_warm_process_says_what_it_wrote(monkeypatch):
    """A broken installation is found out from the message."""
    monkeypatch.setattr("initlab.grading.remote._environment", lambda: {"PYTHONHOME": "/nowhere"})

    with pytest.raises(RuntimeError, match="(?s)warm process has ended.*encodings"):
        Warm()


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be counted does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def descendants(pid: int) -> set[int]:
    """List a process and all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, new = set(), {pid}
    while new:
        found |= new
        new = {child for child, parent in parents.items() if parent in found} - found
    return found


@pytest.mark.parametrize("path", sorted((HERE.parents[1] / "solutions").glob("*.py")), ids=lambda path: path.stem)
def test_a_lab_finds_everything_imported(student, path):
    """No submission pays for an import that the warm process could have made for all of them."""
    code = [cell for cell in jupytext.read(path, fmt="py:percent").cells if cell.cell_type == "code"]
    students = [cell.source for cell in code if not cell.metadata.get("nbgrader", {}).get("grade")]
    student("0")  # what one submission alone need not wait for is imported from the second on
    kernel = student("import sys\nfound = set(sys.modules)", *students)
    kernel.run("imported = sorted(set(sys.modules) - found)")

    assert kernel.lookup("imported") == []
