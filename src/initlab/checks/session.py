"""Who is being checked and how it is told: the notebook's own session, or one that the grader opens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import numpy as np

from initlab import messages
from initlab.card import Card, verdict_card
from initlab.rubric import Unusable, Verdict

# The cases of a notebook's own checks are public, and the same every time.
PUBLIC_SEED = b"initlab public checks"


@dataclass
class Session:
    """The language, the source of the cases, and what has been judged so far.

    graded: cards are collected, not shown, and the cases come from a seed that students do not know.
    silent: cards are collected, not shown, but the cases are the public ones.
    solutions: address of the worked solutions, with {lab} for the lab's name, or None where a course keeps them.
    """

    seed: bytes = PUBLIC_SEED
    lang: str = "en"
    graded: bool = False
    silent: bool = False
    solutions: str | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)

    def rng(self, *names: str) -> np.random.Generator:
        """Return the generator that draws the cases called by these names, the same one every time."""
        digest = hashlib.sha256(b"\0".join([self.seed, *(name.encode() for name in names)])).digest()
        return np.random.default_rng(int.from_bytes(digest, "big"))

    def present(self, verdict: Verdict) -> float:
        """Keep a verdict, show or collect its card, and return the points."""
        if not self.graded:
            # A notebook checks the same exercise many times; only the last time counts.
            self.verdicts[:] = [old for old in self.verdicts if old.exercise != verdict.exercise]
            self.cards.clear()
        self.verdicts.append(verdict)
        card = verdict_card(verdict, self.lang, self.verdicts, graded=self.graded)
        self.cards.append(card)
        if not self.graded and not self.silent:
            card.show()
        return verdict.points


_notebook = Session()
_current: ContextVar[Session | None] = ContextVar("initlab_checks_session", default=None)


def current() -> Session:
    """Return the session in force: the grader's, or else the notebook's own."""
    return _current.get() or _notebook


def speak(lang: str, *, solutions: str | None = None) -> None:
    """Choose the language of all cards and hints in this notebook.

    lang: "en" or "ko"; anything else raises ValueError.
    solutions: address of the worked solutions, with {lab} where the lab's name goes.
    A course that gives it lets the last hint of every exercise point there; without it no solution is offered.
    """
    session = current()
    session.lang = messages.checked_language(lang)
    session.solutions = solutions


@contextmanager
def grading(seed: bytes, lang: str = "en") -> Iterator[Session]:
    """Collect verdicts and cards instead of showing them, with cases drawn from a seed.

    seed: bytes that students do not know; the same seed draws the same cases.  lang: language of the cards.
    """
    if not isinstance(seed, bytes) or not seed:
        raise ValueError(f"seed must be bytes, at least one, got {seed!r}")
    with opened(Session(seed=seed, lang=messages.checked_language(lang), graded=True)) as session:
        yield session


@contextmanager
def opened(session: Session) -> Iterator[Session]:
    """Put a session in force, in this thread alone."""
    token = _current.set(session)
    try:
        yield session
    finally:
        _current.reset(token)


def judge(exercise: str, look) -> float:
    """Return the points for an exercise after showing the verdict of look(), a function without arguments."""
    try:
        with np.errstate(all="ignore"):
            verdict = look()
    except Unusable as problem:
        verdict = problem.verdict(exercise)
    return current().present(verdict)
