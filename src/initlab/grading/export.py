"""`nbgrader export` with the outcomes: what a 0 means stands beside it."""

from __future__ import annotations

import csv

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.plugins import ExportPlugin

from initlab.grading.ledger import outcomes, prepare
from initlab.grading.marks import BROKE, BY_HAND, FAULT, NOT_ATTEMPTED, RIGHT, WRONG

_COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
OUTCOMES = (RIGHT, WRONG, NOT_ATTEMPTED, BROKE, BY_HAND, FAULT)


class OutcomesExport(ExportPlugin):
    """Writes the columns of nbgrader's own CSV exporter, and a column for each outcome that names its exercises.

    A submission that was not handed in has none of them, which tells it from one that is blank.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write one row for each assignment and student."""
        prepare(gradebook)
        rows = [
            _row(gradebook, assignment, student)
            for assignment in gradebook.assignments
            if not self.assignment or assignment.name in map(str, self.assignment)
            for student in gradebook.students
            if not self.student or student.id in map(str, self.student)
        ]
        with open(self.to or "grades.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [*_COLUMNS, *OUTCOMES])
            writer.writeheader()
            writer.writerows({name: _as_text(value) for name, value in row.items()} for row in rows)


def _as_text(value: object) -> object:
    """Return a text so that no spreadsheet takes it for a formula: a student's id is the name of what was handed in."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _row(gradebook: Gradebook, assignment: Assignment, student: Student) -> dict:
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "raw_score": 0.0,
        "late_submission_penalty": 0.0,
        "score": 0.0,
        "max_score": assignment.max_score,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return row
    penalty = submission.late_submission_penalty
    row |= {"timestamp": submission.timestamp, "raw_score": submission.score, "late_submission_penalty": penalty}
    row["score"] = max(0.0, submission.score - penalty)
    found = outcomes(gradebook, submission)
    return row | {name: " ".join(exercise for exercise, outcome in found if outcome == name) for name in OUTCOMES}
