"""What a teacher runs after changing a lab: one line per fact about it, each of which can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import nbformat

from initlab.checks import specimens
from initlab.grading.batch import collect
from initlab.grading.build import differences, localized, release
from initlab.grading.course import Course
from initlab.grading.kernels import Setting
from initlab.grading.leaks import leaks
from initlab.grading.marks import NOT_ATTEMPTED, Graded
from initlab.grading.pool import processes, spread
from initlab.messages import LANGUAGES

# Of processor time that a solved lab may take, so that a class can run all of it in a lesson.
# Not of wall time, which a busy machine stretches as it likes.
CPU_SECONDS = 10.0
_TIMED = "import time\nprint(time.process_time())"  # a last cell, in the process that ran all the others
# These run attacks without walls, to see that the tests would see them: nothing that a change of a lab can change.
_TESTS_OF_THE_ATTACKS = ("test_detection.py", "test_house.py")
_SLOWEST = 1800.0  # seconds for half of the attacks, on a machine that is busy besides

Fact = tuple[bool, str]


def verify(course: Course) -> int:
    """Print one line for each fact about the labs, and return 0 when all of them hold, 1 otherwise."""
    failed = 0
    for holds, sentence in facts(course):
        print(f"{'ok  ' if holds else 'FAIL'}  {sentence}", flush=True)
        failed += not holds
    print(f"{failed} of the facts do not hold" if failed else "every fact holds")
    return 1 if failed else 0


def facts(course: Course) -> Iterator[Fact]:
    """Yield (holds, sentence) for each fact about the labs of a course."""
    stale = differences(course)
    yield not stale, "; ".join(stale) or "every notebook is what its source gives"
    told = leaks(course)
    yield not told, "; ".join(told) or "no line of a solution is in a student notebook"
    yield from _tests(course.root / "tests")
    with tempfile.TemporaryDirectory() as folder:
        trial = replace(course, root=Path(folder))
        trial.solutions.mkdir()
        for lab in course.labs():
            shutil.copy(course.solutions / f"{lab}.py", trial.solutions)
        release(trial)
        yield from _honest(trial)


def _tests(folder: Path) -> Iterator[Fact]:
    """Yield what the course's own specimens and attacks show, two tasks at a time, as their results come."""
    attacks = sorted((folder / "attacks").glob("test_*.py"))
    attacks = [path for path in attacks if path.name not in _TESTS_OF_THE_ATTACKS]
    exercises = specimens.files(folder / "wrong_answers")
    yield bool(attacks), f"attacks on the grader: {len(attacks)} files in tests/attacks"
    yield bool(exercises), f"specimen answers: {len(exercises)} files in tests/wrong_answers"
    # Attacks in halves: each run of them sets up a course to attack, which takes longer than many an attack.
    tasks = [(_specimens, [path]) for path in exercises]
    tasks += [(_attacks, half) for half in (attacks[0::2], attacks[1::2]) if half]
    for (_, paths), found in spread(_facts_of, tasks, lambda: processes(2), ahead=2, seconds=_SLOWEST):
        if isinstance(found, Exception):
            found = [(False, f"{' '.join(path.name for path in paths)}: {type(found).__name__}: {found}")]
        yield from found


def _facts_of(task: tuple[Callable[[list[Path]], list[Fact]], list[Path]]) -> list[Fact]:
    """Return the facts that some files show: the work of one process of the pool."""
    look, paths = task
    return look(paths)


def _specimens(paths: list[Path]) -> list[Fact]:
    found = []
    for specimen in (specimen for path in paths for specimen in specimens.read_file(path)):
        verdict = specimen.verdict()
        said = tuple(finding.code for finding in verdict.findings)
        holds = verdict.outcome is specimen.outcome and said == specimen.codes
        wanted = " ".join([specimen.outcome.value, *specimen.codes])
        got = "" if holds else f", but got {' '.join([verdict.outcome.value, *said])}"
        found.append((holds, f"{specimen.exercise}, {specimen.title}: {wanted}{got}"))
    return found


def _attacks(paths: list[Path]) -> list[Fact]:
    """Run attacks as the test suite does: they need a course and a gradebook of their own to fail at."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *map(str, paths)],
            cwd=paths[0].parents[2],
            capture_output=True,
            text=True,
            check=False,
            timeout=_SLOWEST - 30,
        )
        cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []
    found = []
    for case in cases:
        told = [f" ({node.tag}: {_told(node)})" for node in case if node.tag in ("failure", "error", "skipped")]
        failed = case.find("failure") is not None or case.find("error") is not None
        where = case.get("classname", "").rpartition(".")[2]
        found.append((not failed, f"{where or 'attacks'}, {case.get('name')}{''.join(told)}"))
    if done.returncode != 0 and all(holds for holds, _ in found):
        last = (done.stdout.strip() or done.stderr.strip() or "pytest said nothing").splitlines()[-1]
        found.append((False, f"attacks: {last}"))
    return found


def _told(node: ElementTree.Element) -> str:
    """Return the line in which pytest says what went wrong."""
    lines = [line[1:].strip() for line in (node.text or "").splitlines() if line.startswith("E ")]
    return [*lines, *node.get("message", "").splitlines(), ""][0][:200]


def _honest(trial: Course) -> Iterator[Fact]:
    """Grade the solved and the untouched notebook of every lab and language, as the class is graded."""
    class_ = trial.root / "class"
    for lab in trial.labs():
        for lang in LANGUAGES:
            solved = localized(trial, lab, lang)
            solved.cells.append(nbformat.v4.new_code_cell(_TIMED, id="processor-time"))
            untouched = nbformat.read(trial.release(lang) / lab / f"{lab}.ipynb", as_version=4)
            for student, notebook in ((f"solved-{lang}", solved), (f"untouched-{lang}", untouched)):
                path = class_ / student / lab / f"{lab}.ipynb"
                path.parent.mkdir(parents=True)
                nbformat.write(notebook, path)
    for graded in _grade(trial, class_):
        where = f"{graded.lab}, {graded.student.replace('-', ', ')}"
        if graded.student.startswith("solved"):
            yield graded.score == graded.points, f"{where}: {graded.score:g} of {graded.points:g} points"
            seconds = _seconds(trial, graded)
            told = f"{seconds:.1f} s" if seconds is not None else "more than can be told"
            holds = seconds is not None and seconds <= CPU_SECONDS
            yield holds, f"{where}: {told} of processor time for its own cells, at most {CPU_SECONDS:g} s"
        else:
            open_ = sum(mark.outcome == NOT_ATTEMPTED for mark in graded.marks)
            holds = graded.score == 0 and open_ == len(graded.marks) > 0
            yield holds, f"{where}: {graded.score:g} points, {open_} of {len(graded.marks)} not attempted"


def _seconds(trial: Course, graded: Graded) -> float | None:
    """Return the processor time that the last cell of a solved notebook printed, or None where it came to nothing."""
    path = trial.build / "autograded" / graded.student / graded.lab / f"{graded.lab}.ipynb"
    try:
        outputs = nbformat.read(path, as_version=4).cells[-1].get("outputs", [])
        return float("".join(output.get("text", "") for output in outputs))
    except (OSError, ValueError, IndexError):
        return None


def _grade(trial: Course, class_: Path) -> list[Graded]:
    config = trial.nbgrader_config()
    setting = Setting(closed=tuple(config.RunCells.closed))
    return collect(class_, config, setting, bytes(32)).graded
