"""The grader's one way to nbgrader's gradebook: what a lab holds goes out of it, trusted marks go in."""

from __future__ import annotations

import datetime
import logging
import sys
import warnings
from pathlib import Path
from types import ModuleType

from initlab.grading.lab import Lab, lab_from
from initlab.grading.marks import Graded, Mark

# Of which bytes the marks in the gradebook are, so that a resubmission is told from a second grading.
_TABLE = "initlab_graded"
_SERVED = ("assignment_list", "course_list", "validate_assignment", "formgrader")


def nbgrader_api() -> ModuleType:
    """Import nbgrader.api without the four Jupyter server extensions that `import nbgrader` loads along.

    They bring a web server, an exchange and a notebook converter, none of which a gradebook needs: 0.3 s
    of every start. Whoever imports them later gets them.
    """
    if "nbgrader" in sys.modules:
        import nbgrader.api

        return nbgrader.api
    stand_ins = {}
    for name in _SERVED:
        stand_in = ModuleType(f"nbgrader.server_extensions.{name}")
        stand_in.load_jupyter_server_extension = None
        stand_ins[stand_in.__name__] = stand_in
    sys.modules.update(stand_ins)
    try:
        import nbgrader.api
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)
    return nbgrader.api


class Ledger:
    """An open gradebook.

    db_url, course_id: as in nbgrader's configuration.  Close it, or use it as a context.
    """

    def __init__(self, db_url: str, course_id: str = ""):
        self._api = nbgrader_api()
        self.gradebook = self._api.Gradebook(db_url, course_id)
        prepare(self.gradebook)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_) -> None:
        self.gradebook.close()

    def notebooks(self) -> list[tuple[str, str]]:
        """Return (assignment, notebook) of everything that was released."""
        return [(a.name, n.name) for a in self.gradebook.assignments for n in a.notebooks]

    def lab(self, assignment: str, name: str, folders: list[Path]) -> Lab:
        """Return a released notebook; folders: where the teacher's notebook may lie, best first."""
        return lab_from(self.gradebook.find_notebook(name, assignment), folders)

    def enter(
        self, graded: Graded, timestamp: datetime.datetime | None, config, log: logging.Logger
    ) -> None:
        """Write down one graded submission, with the penalty for being late where there is one."""
        from sqlalchemy.exc import SAWarning

        given = {} if timestamp is None else {"timestamp": timestamp}
        self.gradebook.update_or_create_student(graded.student)
        with warnings.catch_warnings():
            # nbgrader links a submission to its notebooks before it adds it to the session, and adds it after.
            warnings.simplefilter("ignore", SAWarning)
            self.gradebook.update_or_create_submission(graded.lab, graded.student, **given)
        about = (graded.lab, graded.name, graded.student)
        record(self.gradebook, *about, marks=graded.marks, unchanged=graded.unchanged, digest=graded.digest)
        penalise(self.gradebook, *about, config, log)


def prepare(gradebook) -> None:
    """Make the grader's own table where it is missing."""
    from sqlalchemy import text

    gradebook.db.execute(text(f"CREATE TABLE IF NOT EXISTS {_TABLE} (notebook VARCHAR(32) PRIMARY KEY, digest VARCHAR(64))"))
    gradebook.db.commit()


def record(
    gradebook, assignment: str, name: str, student: str, *, marks: tuple[Mark, ...], unchanged: tuple[str, ...], digest: str
) -> None:
    """Write the marks of one submission into the gradebook, in place of whatever was there.

    digest: of the submission's bytes.  A person's marks stay when the same bytes are graded again, and then
    ask for review, as nbgrader has it; when the bytes are others they are dropped, for they were given for
    other work.  unchanged: ids of answers that are as they were handed out.
    """
    from sqlalchemy import text

    submitted = gradebook.find_submission_notebook(name, assignment, student)
    key = {"notebook": submitted.id}
    before = gradebook.db.execute(text(f"SELECT digest FROM {_TABLE} WHERE notebook = :notebook"), key).scalar()
    scores = {mark.grade_id: mark.score for mark in marks}
    for grade in submitted.grades:
        if before is not None and before != digest:
            grade.manual_score = grade.extra_credit = None
        grade.auto_score = scores.get(grade.name, 0.0)
        grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
    for comment in submitted.comments:
        comment.auto_comment = "No response." if comment.name in unchanged else None
    if before != digest:
        gradebook.db.execute(text(f"DELETE FROM {_TABLE} WHERE notebook = :notebook"), key)
        gradebook.db.execute(text(f"INSERT INTO {_TABLE} VALUES (:notebook, :digest)"), key | {"digest": digest})
    gradebook.db.commit()


def penalise(gradebook, assignment: str, name: str, student: str, config, log: logging.Logger) -> None:
    """Let nbgrader's plugin for late submissions set the penalty, as `nbgrader autograde` does."""
    submission = gradebook.find_submission(assignment, student)
    notebook = gradebook.find_submission_notebook(name, assignment, student)
    late = submission.total_seconds_late
    if late > 0:
        from nbgrader.preprocessors import AssignLatePenalties

        assigning = AssignLatePenalties(config=config)
        assigning.log = log
        assigning.init_plugin()
        penalty = assigning.plugin_inst.late_submission_penalty(student, notebook.score, late)
        notebook.late_submission_penalty = None if penalty is None else assigning._check_late_penalty(notebook, penalty)
    elif notebook.late_submission_penalty is not None:
        notebook.late_submission_penalty = None
    gradebook.db.commit()
