"""The logarithm of the gamma function and its first two derivatives, for arrays, with numpy alone.

Each shifts its argument up by the recurrence and sums the asymptotic series there
(Abramowitz & Stegun 6.1.40, 6.3.18 and 6.4.12); the relative error is near that of a double.
scipy.special has all three, but a student's machine need not have scipy.
"""

from __future__ import annotations

import numpy as np

SHIFT = 9  # the series below is exact to double precision from 9 on

# B_2m / (2m (2m - 1)), B_2m / 2m and B_2m for m = 1 … 7, from the Bernoulli numbers B_2 … B_14.
_BERNOULLI = np.array([1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6])
_EVEN = 2.0 * np.arange(1, 8)


def log_gamma(x):
    """Return ln Γ(x) for x > 0, any shape; for complex x of positive real part, up to a multiple of 2πi."""
    x = np.asarray(x) * 1.0
    shifted = x + SHIFT
    series = _series(_BERNOULLI / (_EVEN * (_EVEN - 1)), shifted) * shifted
    product = np.copy(x)
    for step in range(1, SHIFT):
        product *= x + step
    return (shifted - 0.5) * np.log(shifted) - shifted + 0.5 * np.log(2 * np.pi) + series - np.log(product)


def digamma(x):
    """Return ψ(x) = d ln Γ(x) / dx for x > 0, any shape."""
    x = np.asarray(x, dtype=np.float64)
    shifted = x + SHIFT
    steps = sum(1 / (x + step) for step in range(SHIFT))
    return np.log(shifted) - 0.5 / shifted - _series(_BERNOULLI / _EVEN, shifted) - steps


def trigamma(x):
    """Return ψ'(x) for x > 0, any shape."""
    x = np.asarray(x, dtype=np.float64)
    shifted = x + SHIFT
    steps = sum(1 / (x + step) ** 2 for step in range(SHIFT))
    return 1 / shifted + 0.5 / shifted**2 + _series(_BERNOULLI, shifted) / shifted + steps


def _series(coefficients, x):
    """Return the sum over m of coefficients[m-1] / x^2m."""
    inverse_square = 1 / np.square(x)
    total = 0.0
    for coefficient in coefficients[::-1]:
        total = (total + coefficient) * inverse_square
    return total
