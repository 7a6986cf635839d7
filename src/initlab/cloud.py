"""Two hundred networks at once: how much the draw of the weights matters.

Drawing 200 networks of 49 matrices of 80 x 80 takes seconds; only products of the matrices with a few
columns are ever needed. A matrix W of independent normal numbers, applied to columns with orthonormal
basis Q, gives independent normal numbers Z = W Q, and what is left of W given Z is W = Z Q^T plus an
independent copy on the complement of Q. So W h and W^T delta are drawn directly, from the exact law,
without forming W. With zero biases and a scalar standard normal input, a positively homogeneous
activation makes the two inputs +1 and -1 stand for all others: h(x) = |x| h(sign x).
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from initlab.activation import ACTIVATIONS

SEEDS = 200


class Cloud(NamedTuple):
    """Logarithms (base 10) of standard deviations, one row per network; -inf where a layer is dead."""

    activation: np.ndarray  # (networks, K): std of h_1 .. h_K
    gradient: np.ndarray  # (networks, K - 1): std of dl/df_1 .. dl/df_{K-1}, loss (net_output - 0)^2


def cloud(K, D, activation="ReLU", sigma_sq_omega=None, n_networks=SEEDS):
    """Return the Cloud of n_networks networks with K hidden layers of D units, always the same one.

    Every weight has variance sigma_sq_omega (default: the activation's own gain over D), biases are zero,
    the input is a standard normal number, the target is zero. Raise ValueError for K < 1 or D < 1.
    """
    if K < 1 or D < 1:
        raise ValueError(f"K and D must be at least 1, got K={K!r}, D={D!r}")
    return _drawn(K, D, activation, sigma_sq_omega, n_networks)


@lru_cache(maxsize=16)
def _drawn(K, D, activation, sigma_sq_omega, n_networks):
    shape = ACTIVATIONS[activation]
    sigma = np.sqrt(shape.gain / D if sigma_sq_omega is None else sigma_sq_omega)
    rng = np.random.default_rng([K, D, n_networks])
    inputs, second, first = shape.inputs, shape.second, shape.first

    columns = [np.full((n_networks, 1), x) for x in inputs]
    passes = []  # per matrix: the basis q, the drawn products z = W q, and the mask phi'(f)
    activation_std = np.empty((n_networks, K))
    for k in range(K + 1):
        rows = D if k < K else 1
        q, r = _orthonormal(columns)
        z = [sigma * rng.standard_normal((n_networks, rows)) for _ in columns]
        f = [sum(z[i] * r[i][j] for i in range(j + 1)) for j in range(len(columns))]
        if k < K:
            slopes = [shape.derivative(column) for column in f]
            columns = [shape.function(column) for column in f]
            activation_std[:, k] = _std(columns, second, first)
            passes.append((q, z, slopes))
    delta = [2 * column for column in f]
    passes.append((q, z, None))

    gradient_std = np.empty((n_networks, max(K - 1, 0)))
    for k in range(K, 1, -1):
        q, z, _ = passes[k]
        slopes = passes[k - 1][2]
        p, rho = _orthonormal(delta)
        fresh = [sigma * rng.standard_normal((n_networks, D)) for _ in delta]
        fresh = [_complement(column, q) for column in fresh]
        delta = [
            slopes[j] * (
                sum(fresh[i] * rho[i][j] for i in range(j + 1))
                + sum(q[i] * _dot(z[i], delta[j]) for i in range(len(q)))
            )
            for j in range(len(delta))
        ]
        gradient_std[:, k - 2] = _std(delta, second, first)
    with np.errstate(divide="ignore"):
        return Cloud(np.log10(activation_std), np.log10(gradient_std))


def rescale(traces, log10_ratios):
    """Return a Cloud after multiplying the variance of matrix k by 10**log10_ratios[k], shape (K + 1,).

    Exact for positively homogeneous activations with zero biases and zero target: h_k contains the
    matrices 0 .. k-1 once, dl/df_k all of them once (through the output) and k+1 .. K once more.
    """
    half = np.asarray(log10_ratios, dtype=float) / 2
    forward = np.cumsum(half[:-1])
    above = half.sum() - np.cumsum(half)  # matrices k+1 .. K
    backward = half.sum() + above[1:-1]
    return Cloud(traces.activation + forward, traces.gradient + backward)


def quantiles(log_std, low=0.025, high=0.975):
    """Return the low and high quantiles over networks of log_std (networks, layers), two arrays (layers,).

    Order statistics, not interpolated ones: a dead layer is -inf, which cannot be averaged.
    """
    return tuple(np.quantile(log_std, level, axis=0, method="inverted_cdf") for level in (low, high))


def _dot(a, b):
    return np.einsum("nd,nd->n", a, b)[:, None]


def _complement(column, basis):
    for q in basis:
        column = column - q * _dot(q, column)
    return column


def _orthonormal(columns):
    """Return q and r with columns[j] = sum_i q[i] r[i][j]; a column inside the span of earlier ones gives q = 0."""
    q, r = [], [[None] * len(columns) for _ in columns]
    for j, column in enumerate(columns):
        rest = column
        for i in range(j):
            r[i][j] = _dot(q[i], column)
            rest = rest - q[i] * r[i][j]
        length = np.sqrt(_dot(rest, rest))
        length[length < 1e-12 * np.sqrt(_dot(column, column))] = 0.0
        r[j][j] = length
        q.append(np.divide(rest, length, out=np.zeros_like(rest), where=length > 0))
    return q, r


def _std(columns, second, first):
    """Return the std over units and over the standard normal input, (networks,), from the columns' moments."""
    mean_square = sum(w * (c * c).mean(axis=1) for w, c in zip(second, columns))
    mean = sum(w * c.mean(axis=1) for w, c in zip(first, columns))
    return np.sqrt(np.maximum(mean_square - mean * mean, 0.0))
