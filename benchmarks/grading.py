"""Grade the same submissions of lab 1 with stock nbgrader and with initlab, in one run, and say what each cost.

    python benchmarks/grading.py [N]      (from the repository's root; N submissions, 20 by default)

Every command runs in a process of its own; CPU seconds are user and system time of it and of everything
below it. Like is set beside like: `nbgrader autograde` beside `initlab grade` up to the printed marks, and
both with their feedback pages. The limit is a bare fork of a warm interpreter that runs the same cells, checks
included, without a sandbox, a border or a gradebook. Exit status 1 when an honest submission gets other marks.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from initlab.grading import numerics

ROOT = Path(__file__).resolve().parents[1]
LAB = "01_forward_pass"
# Those of the example class who finish: neither an endless loop nor a file that is no notebook.
HONEST = ("amina", "bruno", "chaewon", "dmitri", "elif", "farid", "grace", "hugo", "ines")
WORKERS = 2

STOCK = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.source_directory = {source!r}
c.CourseDirectory.db_url = "sqlite:///" + {root!r} + "/gradebook.db"
c.ClearSolutions.code_stub = {{"python": "# YOUR CODE HERE\\n..."}}
"""


def main(n: int) -> int:
    """Measure everything, print it, and return the exit status."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for stock nbgrader as well: more threads make it slower
    with tempfile.TemporaryDirectory(prefix="initlab-benchmark-") as folder:
        course, stock = Path(folder, "course"), Path(folder, "stock")
        prepare(course, stock, n)
        python = sys.executable
        own = [python, __file__]
        marks = {}
        idle, _ = measured([python, "-m", "nbgrader", "autograde", LAB, "--student=nobody"], stock, check=False)
        auto, _ = measured([python, "-m", "nbgrader", "autograde", LAB], stock)
        marks["stock"] = scores(stock / "gradebook.db")
        pages, _ = measured([python, "-m", "nbgrader", "generate_feedback", LAB], stock)
        rows = [("stock nbgrader autograde", auto, None), ("  of that its start", idle, None)]
        told, distance = {}, {}
        for figures in (False, True):
            name = "figures" if figures else "no figures"
            bare, _ = measured([*own, "--bare", str(course), str(int(figures))], course, numerics.ENVIRONMENT)
            ours, told[name] = measured([*own, "--ours", str(course), str(int(figures))], course)
            marks[name] = scores(course / "build" / "gradebook.db")
            rows += [(f"initlab, {name}, to its marks", ours, auto), (f"  the limit, a bare fork, {name}", bare, None)]
            distance[name] = ours[0] / bare[0]
        grade = [str(Path(python).with_name("initlab")), "grade", str(course / "class")]
        whole, _ = measured(grade, course)
        rows += [("stock, with feedback pages", tuple(a + b for a, b in zip(auto, pages)), None)]
        rows += [("initlab grade, with feedback pages", whole, rows[-1][1])]
        alone = f"class/{student(0)}"
        one = [measured([*own, "--ours", str(course), figures, alone], course)[0] for figures in ("0", "1")]
    print(f"\n{n} submissions of {LAB}, {WORKERS} workers; seconds per submission, start-up shared out")
    print(f"{'':38}{'CPU':>8}{'wall':>8}{'CPU ratio':>11}{'wall ratio':>12}")
    for what, (cpu, wall), against in rows:
        ratio = f"{against[0] / cpu:10.1f}x{against[1] / wall:11.1f}x" if against else ""
        print(f"{what:38}{cpu / n:8.3f}{wall / n:8.3f}{ratio}")
    for name, ratio in distance.items():
        print(f"{name}: {ratio:.2f}x the CPU of the limit")
    for (cpu, wall), name in zip(one, told):
        print(f"one notebook, {name}, from start to printed marks: {cpu:.2f} s of CPU, {wall:.2f} s")
    for name, output in told.items():
        where = output.strip().splitlines()[-1]
        print(f"where it goes, {name} (ms of wall time per submission, summed over workers): {where}")
    wrong = {name: differences(marks["stock"], found) for name, found in marks.items()}
    for name, found in wrong.items():
        for line in found:
            print(f"other marks, {name}: {line}")
    print("honest submissions get the same marks" if not any(wrong.values()) else "MARKS DIFFER")
    return 1 if any(wrong.values()) else 0


def prepare(course: Path, stock: Path, n: int) -> None:
    """Release the labs twice, by our configuration and by nbgrader's own, and hand in the same class to both."""
    from initlab.grading.build import release
    from initlab.grading.course import Course

    shutil.copytree(ROOT / "solutions", course / "solutions", ignore=shutil.ignore_patterns("*.ipynb"))
    shutil.copy(ROOT / "pyproject.toml", course)
    release(Course.at(course))
    shutil.copytree(course / "build" / "source" / "en", stock / "source")
    (stock / "nbgrader_config.py").write_text(STOCK.format(root=str(stock), source=str(stock / "source")))
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", LAB], cwd=stock, check=True, capture_output=True
    )
    for number in range(n):
        original = ROOT / "examples" / "submissions" / HONEST[number % len(HONEST)] / LAB
        shutil.copytree(original, stock / "submitted" / student(number) / LAB)
        shutil.copytree(original, course / "class" / student(number) / LAB)


def student(number: int) -> str:
    """Return the name of a student."""
    return f"{HONEST[number % len(HONEST)]}{number:03d}"


def measured(
    command: list[str], folder: Path, environment: dict[str, str] | None = None, *, check: bool = True
) -> tuple[tuple[float, float], str]:
    """Run a command; return its (CPU seconds, wall seconds), everything below it included, and what it printed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, cwd=folder, env=os.environ | (environment or {}), capture_output=True, text=True)
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if check and done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{cpu:8.2f} s CPU {wall:8.2f} s wall  {' '.join(Path(c).name for c in command[:5])}", flush=True)
    return (cpu, wall), done.stdout


def ours(course: Path, figures: bool, what: str) -> None:
    """Grade as `initlab grade` does, up to the printed marks; the last line says where the time went."""
    from initlab.grading import kernels, report
    from initlab.grading.batch import collect
    from initlab.grading.course import Course
    from initlab.grading.kernels import Setting
    from initlab.grading.secret import course_secret

    found = Course.at(course)
    config = found.nbgrader_config()
    setting = Setting(closed=tuple(config.RunCells.closed), figures=figures)
    begun = time.monotonic()
    run = collect(course / what, config, setting, course_secret(found.secret))
    kernels.close()
    report.marks(run, None, time.monotonic() - begun)
    spent: dict[str, float] = {}
    for graded in run.graded:
        for name, seconds in graded.spent:
            spent[name] = spent.get(name, 0.0) + 1000 * seconds / len(run.graded)
    print(", ".join(f"{name} {value:.0f}" for name, value in spent.items()))


def bare(course: Path, figures: bool) -> None:
    """Run every submission's code cells in a fork of one warm shell, and nothing else."""
    from initlab.grading.shell import Outputs, make_shell, without_figures

    shell = make_shell()
    from initlab import checks, tables, theory  # noqa: F401  what the cells will import
    from initlab.grading import warm
    from initlab.widgets import parts

    parts.no_hand()  # the same pictures as under the sandbox, and the same ones drawn before
    if not figures:
        without_figures(shell)
    warm.prepare(shell, figures)
    for path in sorted((course / "class").glob(f"*/{LAB}/{LAB}.ipynb")):
        cells = ["".join(c["source"]) for c in json.loads(path.read_text())["cells"] if c["cell_type"] == "code"]
        pid = os.fork()
        if pid == 0:
            sys.stdout = open(os.devnull, "w")
            for source in cells:
                shell.outputs = Outputs(1 << 20)
                shell.run_cell(source, store_history=True)
            os._exit(0)
        os.waitpid(pid, 0)


def scores(gradebook: Path) -> dict[tuple[str, str], float]:
    """Return (student, grade cell) -> score."""
    with sqlite3.connect(gradebook) as database:
        rows = database.execute(
            "select a.student_id, c.name, g.auto_score from grade g join base_cell c on g.cell_id = c.id"
            " join submitted_notebook n on g.notebook_id = n.id join submitted_assignment a on n.assignment_id = a.id"
        )
        return {(student, cell): score for student, cell, score in rows}


def differences(one: dict, other: dict) -> list[str]:
    """Return one line for each mark that differs."""
    keys = sorted(one.keys() | other.keys())
    return [f"{key}: {one.get(key)} and {other.get(key)}" for key in keys if one.get(key) != other.get(key)]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(Path(sys.argv[2]), sys.argv[3] == "1", sys.argv[4] if len(sys.argv) > 4 else "class")
    elif sys.argv[1:2] == ["--bare"]:
        bare(Path(sys.argv[2]), sys.argv[3] == "1")
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
