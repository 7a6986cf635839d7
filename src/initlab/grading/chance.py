"""The global random generators of numpy and Python: seeded by a grade cell, they are seeded for the student too."""

from __future__ import annotations

import functools
import hashlib
import random
from collections.abc import Callable

import numpy as np

from initlab.grading.reading import Reader
from initlab.grading.writing import Writer


class Chance:
    """Starts the grader's global generators from a seed while one notebook is graded, and puts them back after it.

    A test that draws its cases draws the same in a second grading.  Once a grade cell has called a `seed`
    function itself, a student's function draws what it would draw in one process; before that, what the grader
    will draw is not the student's to know.
    """

    def __init__(self, seed: bytes):
        self._seed = hashlib.sha256(seed).digest()
        self._seeded = False
        self._told: object = None

    def __enter__(self) -> Chance:
        self._before = np.random.get_state(legacy=False), random.getstate()
        self._own = np.random.seed, random.seed
        np.random.seed(np.frombuffer(self._seed, "<u4"))
        random.seed(self._seed)
        np.random.seed, random.seed = map(self._noting, self._own)
        return self

    def __exit__(self, *_) -> None:
        np.random.seed, random.seed = self._own
        np.random.set_state(self._before[0])
        random.setstate(self._before[1])

    def news(self, generation: int) -> object | None:
        """Return where the generators are, for `follow`; None where nobody seeded them, or nothing has changed.

        generation: of the student's process; a new one has been told nothing.
        """
        if not self._seeded:
            return None
        state = generation, Writer().write([np.random.mtrand._rand, random.getstate()])
        if state == self._told:
            return None
        self._told = state
        return state[1]

    def _noting(self, seed: Callable) -> Callable:
        @functools.wraps(seed)
        def noting(*arguments, **options):
            self._seeded = True
            return seed(*arguments, **options)

        return noting


def follow(state: object) -> None:
    """Bring this process's global generators to where the grader's are."""
    ours, pythons = Reader().read(state)
    np.random.set_state(ours.get_state(legacy=False))
    random.setstate(pythons)
