"""What a teacher runs after changing a lab: one line per fact about it, each of which can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat

from initlab.checks import specimens
from initlab.grading.batch import collect
from initlab.grading.build import differences, localized, release
from initlab.grading.course import LANGUAGES, Course
from initlab.grading.kernels import Setting
from initlab.grading.leaks import leaks
from initlab.grading.marks import NOT_ATTEMPTED, Graded

SECONDS = 10.0  # that a solved lab may take, so that a class can run all of it in a lesson

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
    yield from _specimens(course)
    yield _attacks(course)
    with tempfile.TemporaryDirectory() as folder:
        trial = replace(course, root=Path(folder))
        trial.solutions.mkdir()
        for lab in course.labs():
            shutil.copy(course.solutions / f"{lab}.py", trial.solutions)
        release(trial)
        yield from _honest(trial)


def _specimens(course: Course) -> Iterator[Fact]:
    for specimen in specimens.read(course.root / "tests" / "wrong_answers"):
        verdict = specimen.verdict()
        said = tuple(finding.code for finding in verdict.findings)
        holds = verdict.outcome is specimen.outcome and said == specimen.codes
        wanted = " ".join([specimen.outcome.value, *specimen.codes])
        got = "" if holds else f", but got {' '.join([verdict.outcome.value, *said])}"
        yield holds, f"{specimen.exercise}, {specimen.title}: {wanted}{got}"


def _attacks(course: Course) -> Fact:
    """Run the attacks as the test suite does: they need a course and a gradebook of their own to fail at."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", "tests/attacks"],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
    )
    last = (done.stdout.strip() or done.stderr.strip() or "pytest said nothing").splitlines()[-1]
    return done.returncode == 0, f"attacks on the grader: {last}"


def _honest(trial: Course) -> Iterator[Fact]:
    """Grade the solved and the untouched notebook of every lab and language, as the class is graded."""
    class_ = trial.root / "class"
    for lab in trial.labs():
        for lang in LANGUAGES:
            solved = localized(trial, lab, lang)
            untouched = nbformat.read(trial.release(lang) / lab / f"{lab}.ipynb", as_version=4)
            for student, notebook in ((f"solved-{lang}", solved), (f"untouched-{lang}", untouched)):
                path = class_ / student / lab / f"{lab}.ipynb"
                path.parent.mkdir(parents=True)
                nbformat.write(notebook, path)
    for graded in _grade(trial, class_):
        where = f"{graded.lab}, {graded.student.replace('-', ', ')}"
        if graded.student.startswith("solved"):
            yield graded.score == graded.points, f"{where}: {graded.score:g} of {graded.points:g} points"
            yield graded.seconds <= SECONDS, f"{where}: {graded.seconds:.1f} s of at most {SECONDS:g} s"
        else:
            open_ = sum(mark.outcome == NOT_ATTEMPTED for mark in graded.marks)
            holds = graded.score == 0 and open_ == len(graded.marks) > 0
            yield holds, f"{where}: {graded.score:g} points, {open_} of {len(graded.marks)} not attempted"


def _grade(trial: Course, class_: Path) -> list[Graded]:
    config = trial.nbgrader_config()
    setting = Setting(closed=tuple(config.RunCells.closed))
    return collect(class_, config, setting, bytes(32)).graded
