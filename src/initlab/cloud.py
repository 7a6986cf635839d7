"""Two hundred networks at once: how much the draw of the weights matters, and what another variance does to them."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from initlab import simulate
from initlab.activation import ACTIVATIONS

SEEDS = 200


class Cloud(NamedTuple):
    """Logarithms (base 10) of standard deviations, one row per network; -inf where a layer is dead."""

    activation: np.ndarray  # (networks, K): std of h_1 .. h_K
    gradient: np.ndarray  # (networks, K - 1): std of dl/df_1 .. dl/df_{K-1}, loss (net_output - 0)^2


def cloud(K, D, activation="ReLU", sigma_sq_omega=None, n_networks=SEEDS):
    """Return the Cloud of n_networks networks with K hidden layers of D units, always the same one.

    Every weight has variance sigma_sq_omega (default: the activation's own gain over D), biases are zero,
    the input is a standard normal number, the target is zero. Raise ValueError unless K and D are whole numbers
    of at least 1.
    """
    return _drawn(K, D, activation, sigma_sq_omega, n_networks)


@lru_cache(maxsize=16)
def _drawn(K, D, activation, sigma_sq_omega, n_networks):
    shape, rng = ACTIVATIONS[activation], np.random.default_rng([K, D, n_networks])
    moments = simulate.directions(K, D, n_networks, rng, shape, sigma_sq_omega)
    with np.errstate(divide="ignore"):
        return Cloud(*(np.log10(simulate.std(part, D, shape.second, shape.first)) for part in moments))


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
