"""The grader's one way to nbgrader's gradebook: what a lab holds goes out of it, trusted marks go in."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass
from pathlib import Path

from initlab.grading.lab import Lab, lab_from
from initlab.grading.marks import Graded, Mark, exercise
from initlab.grading.nbgraderapi import nbgrader_api

# Of which bytes the marks in the gradebook are, so that a resubmission is told from a second grading.
_TABLE = "initlab_graded"
# What was said of each cell: nbgrader keeps scores alone, and 0 is wrong, broken and not attempted alike.
_OUTCOMES = "initlab_outcome"


class Ledger:
    """An open gradebook.

    db_url, course_id: as in nbgrader's configuration.  Close it, or use it as a context.
    Raises ValueError for what is no gradebook, or one that another program is writing to.
    """

    def __init__(self, db_url: str, course_id: str = ""):
        api = nbgrader_api()
        from sqlalchemy.exc import DBAPIError

        try:
            self.gradebook = api.Gradebook(db_url, course_id)
            prepare(self.gradebook)
        except DBAPIError as problem:
            raise ValueError(
                f"the gradebook {db_url.removeprefix('sqlite:///')} cannot be used ({problem.orig}); where it is "
                f"locked, end what else uses it and try again; where it is damaged, put back a copy"
            ) from problem
        self._shapes: dict[str, _Shape] = {}

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

    def enter(self, graded: Graded, timestamp: datetime.datetime | None, config, log: logging.Logger) -> list[str]:
        """Write down one graded submission, with the penalty for being late where there is one.

        Return what makes the gradebook's score another than that of the marks, one line each.
        """
        late = self._hand_in(graded.lab, graded.student, timestamp)
        about = (graded.lab, graded.name, graded.student)
        given = record(self.gradebook, *about, marks=graded.marks, unchanged=graded.unchanged, digest=graded.digest)
        notes = []
        if given:
            notes.append(
                f"the gradebook counts marks by hand, which the table does not: {', '.join(given)}; "
                f"see in formgrader whether they still hold"
            )
        if late:
            penalty = penalise(self.gradebook, *about, config, log)
            notes.append(f"handed in late, penalty {penalty:g}" if penalty else "handed in late, no penalty")
        return notes

    def _hand_in(self, assignment: str, student: str, timestamp: datetime.datetime | None) -> bool:
        """Make the rows of a submission where they are missing, bring its time up to date, and say whether it is late.

        The rows are those of nbgrader's Gradebook.add_submission, in ten statements in place of its hundred.
        """
        from sqlalchemy import insert, select, update

        api, db = nbgrader_api(), self.gradebook.db
        shape = self._shape(assignment)
        students, submissions = api.Student.__table__, api.SubmittedAssignment.__table__
        if db.execute(select(students.c.id).where(students.c.id == student)).first() is None:
            db.execute(insert(students).values(id=student))
        mine = select(submissions).where(
            submissions.c.student_id == student, submissions.c.assignment_id == shape.assignment
        )
        found = db.execute(mine).first()
        if found is None:
            submission = api.new_uuid()
            values = {"id": submission, "assignment_id": shape.assignment, "student_id": student}
            db.execute(insert(submissions).values(values))
            for notebook, graded, commented in shape.notebooks:
                submitted = {"id": api.new_uuid(), "assignment_id": submission, "notebook_id": notebook}
                db.execute(insert(api.SubmittedNotebook.__table__).values(submitted))
                for table, cells in ((api.Grade.__table__, graded), (api.Comment.__table__, commented)):
                    rows = [{"id": api.new_uuid(), "cell_id": cell, "notebook_id": submitted["id"]} for cell in cells]
                    if rows:
                        db.execute(insert(table), rows)
            found = db.execute(mine).first()
        when = found.timestamp if timestamp is None else timestamp
        if when != found.timestamp:
            db.execute(update(submissions).where(submissions.c.id == found.id).values(timestamp=when))
        if when is None or shape.due is None:
            return False
        return when > shape.due + (found.extension or datetime.timedelta(0))

    def _shape(self, assignment: str) -> _Shape:
        """Return the ids of an assignment's notebooks and cells, read once."""
        if assignment not in self._shapes:
            found = self.gradebook.find_assignment(assignment)
            notebooks = []
            for notebook in found.notebooks:
                graded = tuple(cell.id for cell in [*notebook.grade_cells, *notebook.task_cells])
                commented = tuple(cell.id for cell in [*notebook.solution_cells, *notebook.task_cells])
                notebooks.append((notebook.id, graded, commented))
            self._shapes[assignment] = _Shape(found.id, found.duedate, tuple(notebooks))
        return self._shapes[assignment]


@dataclass(frozen=True)
class _Shape:
    assignment: str
    due: datetime.datetime | None
    notebooks: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # id, graded cells, cells with comments


def prepare(gradebook) -> None:
    """Make the grader's own tables where they are missing."""
    from sqlalchemy import text

    gradebook.db.execute(
        text(f"CREATE TABLE IF NOT EXISTS {_TABLE} (notebook VARCHAR(32) PRIMARY KEY, digest VARCHAR(64))")
    )
    gradebook.db.execute(
        text(
            f"CREATE TABLE IF NOT EXISTS {_OUTCOMES}"
            " (notebook VARCHAR(32), place INTEGER, exercise VARCHAR(128), outcome VARCHAR(32))"
        )
    )
    gradebook.db.commit()


def outcomes(gradebook, submission) -> list[tuple[str, str]]:
    """Return (exercise, outcome) for the cells of a submission, in the order of the lab; needs `prepare`."""
    from sqlalchemy import text

    found = []
    for notebook in submission.notebooks:
        rows = gradebook.db.execute(
            text(f"SELECT exercise, outcome FROM {_OUTCOMES} WHERE notebook = :notebook ORDER BY place"),
            {"notebook": notebook.id},
        ).all()
        found += [(row.exercise, row.outcome) for row in rows]
    return found


def record(
    gradebook,
    assignment: str,
    name: str,
    student: str,
    *,
    marks: tuple[Mark, ...],
    unchanged: tuple[str, ...],
    digest: str,
) -> list[str]:
    """Write the marks of one submission into the gradebook, in place of whatever was there.

    digest: of the submission's bytes.  A person's marks stay when the same bytes are graded again, and then
    ask for review, as nbgrader has it; when the bytes are others they are dropped, for they were given for
    other work.  unchanged: ids of answers that are as they were handed out.
    Return what a person gave and what stays, as "exercise points".
    """
    from sqlalchemy import bindparam, select, text, update

    api, db = nbgrader_api(), gradebook.db
    submitted, grades, comments = (t.__table__ for t in (api.SubmittedNotebook, api.Grade, api.Comment))
    mine = (
        select(submitted.c.id)
        .join(api.SubmittedAssignment)
        .join(api.Assignment)
        .join(api.Notebook, api.Notebook.id == submitted.c.notebook_id)
        .where(api.SubmittedAssignment.student_id == student)
        .where(api.Assignment.name == assignment, api.Notebook.name == name)
    )
    notebook = db.execute(mine).scalar_one()
    key = {"notebook": notebook}
    before = db.execute(text(f"SELECT digest FROM {_TABLE} WHERE notebook = :notebook"), key).scalar()
    if before != digest:
        if before is not None:
            given_for_other_work = update(grades).where(grades.c.notebook_id == notebook)
            db.execute(given_for_other_work.values(manual_score=None, extra_credit=None))
        db.execute(text(f"DELETE FROM {_TABLE} WHERE notebook = :notebook"), key)
        db.execute(text(f"INSERT INTO {_TABLE} VALUES (:notebook, :digest)"), key | {"digest": digest})
    db.execute(text(f"DELETE FROM {_OUTCOMES} WHERE notebook = :notebook"), key)
    if marks:
        db.execute(
            text(f"INSERT INTO {_OUTCOMES} VALUES (:notebook, :place, :exercise, :outcome)"),
            [
                key | {"place": place, "exercise": mark.exercise, "outcome": mark.outcome}
                for place, mark in enumerate(marks)
            ],
        )
    scores = {mark.grade_id: mark.score for mark in marks}
    cells = api.BaseCell.__table__
    rows_of_grades = db.execute(
        select(grades.c.id, cells.c.name, grades.c.manual_score, grades.c.extra_credit)
        .join(cells)
        .where(grades.c.notebook_id == notebook)
    ).all()
    given = [(row.id, scores.get(row.name, 0.0), row.manual_score) for row in rows_of_grades]
    if given:
        db.execute(
            update(grades).where(grades.c.id == bindparam("row")).values(
                auto_score=bindparam("score"), needs_manual_grade=bindparam("person")
            ),
            [{"row": row, "score": auto, "person": auto is None or manual is not None} for row, auto, manual in given],
        )  # fmt: skip
    rows = db.execute(select(comments.c.id, cells.c.name).join(cells).where(comments.c.notebook_id == notebook)).all()
    if rows:
        db.execute(
            update(comments).where(comments.c.id == bindparam("row")).values(auto_comment=bindparam("said")),
            [{"row": row.id, "said": "No response." if row.name in unchanged else None} for row in rows],
        )
    db.execute(update(submitted).where(submitted.c.id == notebook).values(late_submission_penalty=None))
    db.commit()
    by_hand = []
    for row in rows_of_grades:
        points = "" if row.manual_score is None else f" {row.manual_score:g}"
        points += f" + {row.extra_credit:g}" if row.extra_credit else ""
        if points:
            by_hand.append(f"{exercise(row.name)}{points}")
    return by_hand


def penalise(gradebook, assignment: str, name: str, student: str, config, log: logging.Logger) -> float:
    """Let nbgrader's plugin set the penalty of a late submission, as `nbgrader autograde` does, and return it."""
    from nbgrader.preprocessors import AssignLatePenalties

    late = gradebook.find_submission(assignment, student).total_seconds_late
    notebook = gradebook.find_submission_notebook(name, assignment, student)
    assigning = AssignLatePenalties(config=config)
    assigning.log = log
    assigning.init_plugin()
    penalty = assigning.plugin_inst.late_submission_penalty(student, notebook.score, late)
    notebook.late_submission_penalty = None if penalty is None else assigning._check_late_penalty(notebook, penalty)
    gradebook.db.commit()
    return notebook.late_submission_penalty or 0.0
