"""What a rubric says about an answer: an outcome, a share of the points, and findings by code."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Outcome(Enum):
    """The four things that can be said of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_ATTEMPTED = "not_attempted"
    BROKE = "broke"


@dataclass(frozen=True)
class Finding:
    """One thing found in an answer: the code of its message, and the figures and names that the message quotes."""

    code: str
    fields: Mapping = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self):
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))


@dataclass(frozen=True)
class Comparison:
    """A curve beside the band it is expected in, layer by layer, for a small picture with a log axis.

    layers, yours: (L,); low, high: (L,), or empty where a band would give the answer away.
    code: of the message that says in words what the picture shows.
    """

    code: str
    layers: tuple
    yours: tuple
    low: tuple = ()
    high: tuple = ()


@dataclass(frozen=True)
class Verdict:
    """The judgement of one answer.

    share: of the exercise's points, 0 to 1.  findings: what is wrong, in the order in which to mend it.
    remarks: what costs nothing and is still worth saying.
    """

    exercise: str
    outcome: Outcome
    share: float
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    picture: Comparison | None = None

    @property
    def points(self) -> float:
        """Return the points earned: a Python float, finite, between 0 and what the exercise is worth."""
        most = float(EXERCISES[self.exercise].points)
        share = self.share if math.isfinite(self.share) else 0.0
        return float(min(max(round(share * most, 2), 0.0), most))


@dataclass(frozen=True)
class Exercise:
    """An exercise: its lab, what it is worth, the names that its grade cell hands over, and how each is read.

    judge: the rubric's function, from what was read to a verdict.
    """

    name: str
    lab: str
    points: int
    answers: Mapping[str, str]
    judge: Callable[..., Verdict]


# All exercises by name, in the order of the labs; filled by the decorator below.
EXERCISES: dict[str, Exercise] = {}


def exercise(points: int, answers: Mapping[str, str]):
    """Register a rubric function as the exercise of its name, in the lab of its module's name.

    answers: the names in the grade cell, each with how it is read: a key of `initlab.checks.readers.READERS`.
    """

    def register(judge):
        name, lab = judge.__name__, judge.__module__.rpartition(".")[2]
        EXERCISES[name] = Exercise(name, lab, points, MappingProxyType(dict(answers)), judge)
        return judge

    return register


def judged(exercise: str, share: float, findings=(), remarks=(), picture=None) -> Verdict:
    """Return the verdict on an answer that could be looked at: right when nothing was found, else wrong."""
    outcome = Outcome.WRONG if findings else Outcome.RIGHT
    return Verdict(exercise, outcome, share, tuple(findings), tuple(remarks), picture)


class Unusable(Exception):
    """Ends the look at an answer that cannot be judged further; carries the outcome and the one finding."""

    def __init__(self, outcome: Outcome, code: str, **fields):
        super().__init__(code)
        self.outcome = outcome
        self.finding = Finding(code, fields)

    def verdict(self, exercise: str) -> Verdict:
        """Return the verdict that earns nothing."""
        return Verdict(exercise, self.outcome, 0.0, (self.finding,))
