"""Draw the cases that students' functions are called on: the same for the same generator."""

from __future__ import annotations

import numpy as np

from initlab import network
from initlab.rubric.derivatives import Case

# The labs' own sizes, for the public checks; hidden checks draw sizes near them.
MAIN, NARROW, WIDE = (50, 80), (24, 20), (1, 2000)


def sizes(rng: np.random.Generator, graded: bool) -> tuple[tuple[int, int], ...]:
    """Return (K, D) for the main, the narrow and the wide call of an initialisation function."""
    if not graded:
        return MAIN, NARROW, WIDE
    return (
        (int(rng.integers(44, 49)), int(rng.integers(76, 83))),
        (int(rng.integers(20, 27)), int(rng.integers(18, 25))),
        (1, int(rng.integers(1900, 2101))),
    )


def backward_cases(rng: np.random.Generator) -> list[Case]:
    """Return the cases for a backward pass.

    First a network whose widths and batch are all equal, where a forgotten transpose gives numbers, not an exception,
    and whose K is more than the 5 that the lab's notebook has as a global name; then one with no two neighbouring
    widths equal; then one as the lab has it, one data point in and one number out.
    """
    width = int(rng.integers(4, 7))
    square = _case(rng, [width] * (int(rng.integers(6, 8)) + 2), width)
    widths = [int(entry) for entry in rng.permutation([2, 3, 4, 5, 6])[:5]]
    uneven = _case(rng, widths, 7)
    return [square, uneven, _case(rng, [1, 6, 6, 6, 1], 1)]


def _case(rng: np.random.Generator, widths: list[int], n: int) -> Case:
    """Return a case in which every hidden layer has units on and off, and no preactivation is near the kink at 0."""
    while True:
        all_weights, _ = network.init_widths(widths, [2 / width for width in widths[:-1]], rng)
        all_biases = [rng.normal(size=(width, 1)) * 0.5 for width in widths[1:]]
        _, all_f, all_h = network.forward(all_weights, all_biases, rng.normal(size=(widths[0], n)))
        hidden = all_f[:-1]
        mixed = all(0 < np.mean(f > 0) < 1 for f in hidden)
        clear = all(np.min(np.abs(f)) > 1e-3 for f in hidden)
        if mixed and clear:
            return Case(all_weights, all_biases, all_f, all_h, rng.normal(size=(widths[-1], n)))
