"""The coordinator behind `initlab grade`: finds submissions, has them graded, and alone touches the gradebook."""

from __future__ import annotations

import datetime
import errno
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from initlab.grading import folders, kernels, report
from initlab.grading.course import Course
from initlab.grading.discover import Found, Refused, files_beside, find, submission_bytes
from initlab.grading.execution import Task, grade_task, lost
from initlab.grading.kernels import Setting
from initlab.grading.lab import Lab
from initlab.grading.ledger import Ledger
from initlab.grading.limits import Limits
from initlab.grading.marks import FAULT, Graded
from initlab.grading.pool import Lost, processes, spread
from initlab.grading.sandbox import IsolationError
from initlab.grading.secret import course_secret, digest, seed

MANY = 4  # from this number of submissions on, a second worker is worth its start


@dataclass
class Run:
    """What a run came to: everything graded, what was handed in without a lab, and what the grader got wrong."""

    graded: list[Graded] = field(default_factory=list)
    astray: list[Found] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def grade(
    path: Path, course: Course, *, workers: int | None = None, isolation: str | None = None, figures: bool = True
) -> int:
    """Grade what lies at a path, print the marks, make the feedback pages, and return the exit status.

    path: a folder <student>/<lab>/<lab>.ipynb, or one notebook.  workers: how many submissions at once.
    0: everything was dealt with, with marks or a reason; 1: the grader itself failed on something, or nothing
    at all could be graded.
    Raises ValueError when nothing is handed in there, or student code cannot be isolated.
    """
    if path.resolve() == course.root:
        raise ValueError(f"{course.root} is the course itself; name the folder of the class, or a notebook")
    config = course.configuration()
    if not course.gradebook.exists():
        raise ValueError(f"there is no gradebook at {course.gradebook}; run `initlab build` first")
    if not all(os.access(path, os.W_OK) for path in (course.gradebook, course.gradebook.parent)):
        raise ValueError(
            f"the gradebook {course.gradebook} cannot be written; see that you may write to it and its folder"
        )
    setting = Setting(
        isolation=isolation,
        closed=tuple(config.RunCells.closed),
        limits=Limits.named(config.RunCells.limits),
        figures=figures and config.RunCells.get("figures", True),
    )
    started = time.monotonic()
    try:
        run = collect(path, config, setting, course_secret(course.secret), workers=workers)
    except IsolationError as problem:
        raise ValueError(str(problem)) from None
    finally:
        kernels.close()
    report.marks(run, isolation, time.monotonic() - started)
    from initlab.grading.feedback import make_pages  # nbconvert: a second that the marks need not wait for

    wanted = [(graded.student, graded.lab) for graded in run.graded]
    pageless = make_pages(config, wanted)
    report.places(course, pageless)
    nothing = all(graded.trouble for graded in run.graded)
    return 1 if run.faults or pageless or nothing else 0


def collect(
    path: Path,
    config,
    setting: Setting,
    secret: bytes,
    *,
    workers: int | None = None,
    executor: Callable[[], Executor] | None = None,
) -> Run:
    """Grade what lies at a path into the gradebook, and return what came of it.

    config: nbgrader's configuration.  executor: makes an executor shaped as those of concurrent.futures, of
    which `workers` tasks run at once; by default processes, and one alone where there is little to do.
    """
    places = config.CourseDirectory
    with Ledger(places.db_url, places.course_id) as ledger:
        released = ledger.notebooks()
        if not released:
            raise ValueError(f"the gradebook {places.db_url} knows no lab; run `initlab build` first")
        labs = {
            assignment: ledger.lab(assignment, name, folders.of_lab(config, assignment))
            for assignment, name in released
            if assignment == name
        }
        found = find(path, sorted(labs))
        others = {assignment for assignment, _ in released} - labs.keys()
        run = Run(astray=[_explained(one, others) for one in found if not one.known])
        todo = [one for one in found if one.known]
        if workers is None:
            workers = 1 if len(todo) < MANY else 2
        if executor is None:
            executor = partial(processes, workers)
        desk = _Desk(config, ledger, setting, secret, run)
        tasks = (desk.take(one, labs[one.lab]) for one in todo)
        slowest = max((len(lab.graded) for lab in labs.values()), default=0) * 2 * setting.limits.cell_seconds
        seconds = setting.limits.wall_seconds + slowest + 60
        ahead = 1 if workers == 1 else 2 * workers
        results = spread(grade_task, tasks, executor, ahead=ahead, seconds=seconds)
        for task, result in report.followed(results, len(todo)):
            desk.give(task, result)
    run.graded.sort(key=lambda graded: (graded.lab, graded.student))
    return run


def _explained(astray: Found, others: set[str]) -> Found:
    """Say what to do with an assignment whose notebooks do not bear its name, such as one of several."""
    if astray.lab not in others:
        return astray
    trouble = f"{astray.lab} is no single notebook of that name; grade it with `nbgrader autograde {astray.lab}`"
    return replace(astray, trouble=trouble)


@dataclass
class _Desk:
    """Where submissions come in and marks go out."""

    config: object
    ledger: Ledger
    setting: Setting
    secret: bytes
    run: Run

    def take(self, found: Found, lab: Lab) -> Task:
        """Return the task of grading one submission, with nbgrader's copy of it made."""
        data, files, trouble = None, {}, found.trouble
        if found.path is not None:
            try:
                data = submission_bytes(found.path)
                if found.path.parent.name == found.lab:
                    files = files_beside(found.path.parent)
            except Refused as problem:
                trouble = str(problem)
        if found.note:
            self.run.notes.append(f"{found.student}/{found.lab}: {found.note}")
        handed_in = digest(data or b"", files)
        stamp = self._stamp(found)
        try:
            folders.keep(self.config, "submitted", found.student, lab, data, files, stamp, source=found.path)
        except OSError as problem:  # a name that is no name on this file system must not end the run
            if problem.errno not in (errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL):
                raise
            trouble = trouble or f"no copy of it could be made ({problem.strerror})"
        seeds = {cell.grade_id: seed(self.secret, found.student, cell.grade_id, handed_in) for cell in lab.graded}
        return Task(found.student, lab, data, seeds, self.setting, files, trouble, stamp)

    def give(self, task: Task, result: object) -> None:
        """Write down what came of one submission."""
        if isinstance(result, IsolationError):
            raise result
        where = f"{task.student}/{task.lab.assignment}"
        if isinstance(result, Lost):
            result = lost(task, str(result))
        elif isinstance(result, BaseException):
            self.run.faults.append(f"{where}: the grader failed with {type(result).__name__}: {result}")
            result = lost(task, "the grader failed on it; please tell the course's maintainers")
        self.run.notes += [f"{where}: {note}" for note in result.notes]
        self.run.faults += [f"{where}: {m.exercise}: {m.words}" for m in result.marks if m.outcome == FAULT]
        try:
            self._enter(task, result)
        except Exception as problem:
            self.ledger.gradebook.db.rollback()
            self.run.faults.append(f"{where}: the marks could not be written down: {problem}")
        self.run.graded.append(replace(result, notebook=""))

    def _enter(self, task: Task, graded: Graded) -> None:
        folders.keep(
            self.config, "autograded", task.student, task.lab, graded.notebook.encode(), task.files, task.stamp
        )
        notes = self.ledger.enter(graded, _time(task.stamp), self.config, logging.getLogger("initlab.grade"))
        self.run.notes += [f"{task.student}/{task.lab.assignment}: {note}" for note in notes]

    def _stamp(self, found: Found) -> str:
        """Return what the timestamp.txt beside a notebook holds, or nothing where that is no time.

        What is no time is not kept: one of them ends nbgrader's autograde, and formgrader's list of the class.
        """
        stamp = folders.timestamp(found.path) if found.path is not None else ""
        try:
            _time(stamp)
        except (ValueError, OverflowError, TypeError):
            self.run.notes.append(
                f"{found.student}/{found.lab}: timestamp.txt holds no time: {stamp!r}; expected one such as "
                f"'2030-12-31 23:59:00 UTC'; taken as handed in without"
            )
            return ""
        return stamp


def _time(stamp: str) -> datetime.datetime | None:
    """Return the time that a timestamp.txt holds, None for an empty one; raises as nbgrader does."""
    if not stamp:
        return None
    from nbgrader.utils import parse_utc

    return parse_utc(stamp)
