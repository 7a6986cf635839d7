"""Bounds on the mean square of a layer whose data are two directions.

The labs' input is one number x, and with zero biases h(x) = |x| h(sign x), so that a layer's data are two
directions h(+1) and h(-1), and the loss derivatives for y = 0 likewise.
Their mean square over units and data is a mixture

    m = (a₊ ‖h₊‖² + a₋ ‖h₋‖²) / D,    a± = sum of x² over the inputs of that sign / n,

and the standard deviation over units and data is sqrt(m (1 - r)), where Cauchy & Schwarz give 0 <= r <= R,
R = b₊²/a₊ + b₋²/a₋ with b± = sum of |x| over that sign / n;  R = 2/π for many normal inputs.

One layer multiplies m by a mean of the two directions' factors.
By Jensen's inequality a power of that mean has at most the expectation which one direction's factor has
(lognorm.mixed_cumulant), given all layers before;
so Chernoff's bound holds for the mixture as it does for one direction, whose law is exact.

A lower tail is spent to nine tenths on Chernoff's bound and to one tenth on the event that some layer has,
for some direction, fewer active units than ``least``; without it no negative moment would be finite.
Where even a dead layer is likelier than that, the lower bound is 0, and -inf for a slope.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, log, pi, sqrt
from typing import NamedTuple

import numpy as np

from initlab import lognorm


class Inputs(NamedTuple):
    """What the bounds need to know of the inputs."""

    a: tuple[float, float]  # mean over all inputs of x² of those of either sign; zeros are left out
    left: float  # 1 - R: the part of a mean square that is surely variance
    left_first: float  # the same in h[1], where every unit is active for one sign only

    @property
    def directions(self) -> int:
        return sum(a > 0 for a in self.a)


NORMAL = Inputs((0.5, 0.5), 1 - 2 / pi, 1 - 1 / pi)


def inputs(net_input) -> Inputs:
    """Describe inputs (1, n); None stands for very many standard normal ones."""
    if net_input is None:
        return NORMAL
    x = np.asarray(net_input, dtype=np.float64)
    if x.ndim != 2 or x.shape[0] != 1 or not np.isfinite(x).all() or not x.any():
        raise ValueError(f"net_input must be finite, of shape (1, n), and not all zero, got shape {x.shape}")
    a = [float(np.sum(x[x * sign > 0] ** 2)) / x.size for sign in (1, -1)]
    b = [float(np.sum(np.abs(x[x * sign > 0]))) / x.size for sign in (1, -1)]
    shares = [b_side**2 / a_side if a_side else 0.0 for a_side, b_side in zip(a, b)]
    return Inputs(tuple(a), max(0.0, 1 - sum(shares)), max(0.0, 1 - max(shares)))


@lru_cache
def growth_bounds(steps: int, D: int, false_reject: float) -> tuple[float, float]:
    """Bound the growth of the mean square m over so many layers, at the variance 2 / D."""
    tail = false_reject / 2
    t = _upper_points(steps * _step_variance(D), tail)
    high = exp(lognorm.chernoff_bounds(steps * _step_cumulant(t, D), t, tail))
    t, least = _lower_points(t, 1.0, D, 0.1 * tail / (2 * (steps + 1)))
    if least == 0:
        return 0.0, high
    return exp(lognorm.chernoff_bounds(steps * _step_cumulant(t, D, least), t, 0.9 * tail)), high


@lru_cache
def slope_bounds(layers: int, D: int, false_reject: float, left: float) -> tuple[float, float]:
    """Bound the log-slope of a std over so many layers, at the variance 2 / D."""
    tail = false_reject / 2
    c, w = lognorm.slope_weights(layers)
    distinct, counts = np.unique(w.round(15), return_counts=True)
    # The slope of ln(1 - r) / 2 is largest with r = 0 where c > 0 and r = R where c < 0.
    slack = -log(left) / 2 * float(c[c > 0].sum()) if left > 0 else inf
    t = _upper_points(_step_variance(D) * float(w @ w), tail)
    log_mgf = _step_cumulant(t[:, None] * distinct, D) @ counts
    high = float(lognorm.chernoff_bounds(log_mgf, t, tail)) / 2 + slack
    t, least = _lower_points(t, float(w.max()), D, 0.1 * tail / (2 * layers))
    if least == 0:
        return -inf, high
    log_mgf = _step_cumulant(t[:, None] * distinct, D, least) @ counts
    return float(lognorm.chernoff_bounds(log_mgf, t, 0.9 * tail)) / 2 - slack, high


@lru_cache
def std_band(K: int, D: int, false_reject: float, data: Inputs):
    """Bound the std of every layer, each with its share of the rate."""
    tail = false_reject / (2 * K)
    steps = np.arange(K)
    t = _upper_points(_step_variance(D) * K, tail, 20.0, 96)
    log_mgf = _first_cumulant(t, D, 1, data)[:, None] + np.outer(_step_cumulant(t, D), steps)
    high = np.exp(lognorm.chernoff_bounds(log_mgf, t, tail) / 2)
    low = np.zeros(K)
    if min(data.a) > 0:
        far = -np.geomspace(0.01, 0.499, 96) * D
        first = float(lognorm.chernoff_bounds(_both_cumulant(far, D, data), far, 0.9 * tail))
        low[0] = exp(first / 2) * sqrt(data.left_first)
    t, least = _lower_points(t, 1.0, D, 0.1 * tail / 2)
    if least > 0:
        log_mgf = _first_cumulant(t, D, least, data)[:, None] + np.outer(_step_cumulant(t, D, least), steps)
        bounds = np.exp(lognorm.chernoff_bounds(log_mgf, t, 0.9 * tail) / 2) * sqrt(data.left)
        low = np.maximum(low, bounds)
    return low, high


def _step_cumulant(t, D: int, least: int = 1):
    """Return at least ln E[(growth of m in one layer)^t], at the variance 2 / D."""
    return lognorm.mixed_cumulant(t, D, least) - t * log(D / 2)


def _first_cumulant(t, D: int, least: int, data: Inputs):
    """Return at least ln E[m^t] in h[1], at the variance 2: the better of two views.

    Either h₊ alone stands for the mixture, as in later layers; or both together: ‖h₊‖² + ‖h₋‖² is 2 χ²_D.
    """
    mixture = t * log(sum(data.a)) + _step_cumulant(t, D, least)
    return np.minimum(mixture, _both_cumulant(t, D, data)) if min(data.a) > 0 else mixture


def _both_cumulant(t, D: int, data: Inputs):
    a = max(data.a) if t[0] > 0 else min(data.a)
    return t * log(2 * a / D) + lognorm.chi_square_cumulant(t, D)


def _step_variance(D: int) -> float:
    return float(lognorm.tilted_moments(0.0, D)[1])


def _upper_points(variance: float, tail: float, reach: float = 3.0, points: int = 32):
    """Return points t > 0 around the optimum of Chernoff's bound for a normal law of this variance."""
    return np.geomspace(0.4, reach, points) * sqrt(2 * log(1 / tail) / variance)


def _lower_points(t, largest_weight: float, D: int, probability: float):
    """Return points t < 0 at which a layer with at least so many active units has its moment; and so many."""
    least = lognorm.least_active(D, probability)
    last = min(t[-1], 0.49 * least / largest_weight)
    return -np.geomspace(min(t[0], last / 2), last, len(t)) if least else None, least
