"""What grading one notebook yields, as plain data: marks with their reasons, and the notebook that was run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real

# The four outcomes of a grade cell, that of a cell which a person marks, and that of a failing grader.
RIGHT = "right"
WRONG = "wrong"
NOT_ATTEMPTED = "not attempted"
BROKE = "broke"
BY_HAND = "by hand"
FAULT = "fault"  # of the grader's own: a run with one does not end well


@dataclass(frozen=True)
class Mark:
    """The verdict of one grade cell.

    score: points earned, a finite Python float in [0, points]; None where a person has to give it.
    words: what went wrong, in a few words; empty when nothing did.
    """

    grade_id: str
    points: float
    score: float | None
    outcome: str
    words: str = ""
    seconds: float = 0.0

    @property
    def exercise(self) -> str:
        """The name of what the cell checks."""
        return exercise(self.grade_id)


def exercise(grade_id: str) -> str:
    """Return the name of what a grade cell checks."""
    return grade_id.removeprefix("check_")


@dataclass(frozen=True)
class Graded:
    """One submission, graded.

    trouble: why the notebook as a whole could not be graded, in one line; empty when it could.
    notes: what was found and mended on the way, one line each.
    notebook: the executed notebook as JSON text, with neither foreign metadata nor outputs that can run.
    unchanged: ids of the answer cells that are as they were handed out.
    gaps: which walls around its code stood and which did not; empty when all did.
    """

    student: str
    lab: str
    name: str
    marks: tuple[Mark, ...]
    notebook: str
    digest: str
    trouble: str = ""
    notes: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    gaps: str = ""
    seconds: float = 0.0
    spent: tuple[tuple[str, float], ...] = ()

    @property
    def score(self) -> float:
        """The sum of the marks that are given."""
        return sum(mark.score or 0.0 for mark in self.marks)

    @property
    def points(self) -> float:
        """The sum of the points that could be earned."""
        return sum(mark.points for mark in self.marks)


def clipped(score: object, points: float) -> float | None:
    """Return a score as a finite Python float in [0, points], or None when it is no finite real number.

    A truth value counts as all or nothing; numpy's scalars and 0-d arrays count as what they hold.
    """
    if getattr(score, "ndim", None) == 0 and hasattr(score, "item"):
        score = score.item()
    if isinstance(score, bool):
        return float(points) if score else 0.0
    if not isinstance(score, Real):
        return None
    try:
        number = float(score)
    except OverflowError:
        return None
    return min(max(number, 0.0), float(points)) if math.isfinite(number) else None
