"""One real network under the explorers: what its layers do, for every sigma squared."""

from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from initlab import network
from initlab.activation import ACTIVATIONS
from initlab.cloud import Cloud, rescale
from initlab.picture import finite_range

BINS = np.linspace(-4.0, 4.0, 33)  # of a histogram, in standard deviations of its layer


class Histograms(NamedTuple):
    """Shares of a layer's values by bin, and the share that is exactly zero and in no bin."""

    shares: np.ndarray  # (layers, bins), of all values of the layer
    zeros: np.ndarray  # (layers,)


class Trace(NamedTuple):
    """Logarithms (base 10) of the layers' standard deviations, and their histograms."""

    log_std: Cloud  # one network: activation (1, K), gradient (1, K - 1)
    activation: Histograms  # h_1 .. h_K
    gradient: Histograms  # dl/df_1 .. dl/df_{K-1}


def standard_normal_data(n=64):
    """Return n equally likely standard normal numbers as one row (1, n), with mean 0 and mean square exactly 1."""
    x = np.array([NormalDist().inv_cdf((i + 0.5) / n) for i in range(n)])
    return (x / np.sqrt(np.mean(x * x)))[None, :]


@lru_cache(maxsize=1)
def _unit_weights(K, D, seed):
    return network.init_params(K, D, 1.0, np.random.default_rng(seed))[0]


@lru_cache(maxsize=8)
def _base_trace(K, D, seed, activation, sigma_sq_omega):
    shape = ACTIVATIONS[activation]
    sigma = np.sqrt(sigma_sq_omega)
    weights = [sigma * w for w in _unit_weights(K, D, seed)]
    h = standard_normal_data()
    all_f, all_h = [], []
    for w in weights:
        all_f.append(w @ h)
        h = shape.function(all_f[-1])
        all_h.append(h)
    all_dl_df = [None] * K + [2 * all_f[K]]
    for k in range(K - 1, -1, -1):
        all_dl_df[k] = shape.slope(all_h[k]) * (weights[k + 1].T @ all_dl_df[k + 1])
    activations, gradients = np.array(all_h[:K]), np.array(all_dl_df[1:K])
    with np.errstate(divide="ignore"):
        stds = Cloud(*(np.log10(a.std(axis=(1, 2)))[None, :] if len(a) else np.empty((1, 0))
                       for a in (activations, gradients)))
    return Trace(stds, _histograms(activations), _histograms(gradients))


def trace(K, D, seed, activation, sigma_sq_omega):
    """Return the Trace of init_params(K, D, sigma_sq_omega, default_rng(seed)) on standard normal data.

    The target is zero, as in the labs. For a homogeneous activation one pass serves every sigma_sq_omega.
    """
    shape = ACTIVATIONS[activation]
    if not shape.homogeneous:
        return _base_trace(K, D, seed, activation, sigma_sq_omega)
    base = _base_trace(K, D, seed, activation, shape.gain / D)
    ratio = np.log10(sigma_sq_omega * D / shape.gain)
    return base._replace(log_std=rescale(base.log_std, np.full(K + 1, ratio)))


def _histograms(values):
    """Return the Histograms of values (layers, units, data), each layer in units of its standard deviation."""
    layers, bins = len(values), len(BINS) - 1
    flat = values.reshape(layers, -1) if layers else np.empty((0, 1))
    std = flat.std(axis=1, keepdims=True)
    scaled = np.divide(flat, std, out=np.zeros_like(flat), where=std > 0)
    places = np.floor((scaled - BINS[0]) / (BINS[1] - BINS[0]))
    # Two more places: for what lies outside the bins, and for exact zeros, the units that are switched off.
    places = np.where((places >= 0) & (places < bins), places, bins)
    places[flat == 0] = bins + 1
    places = places.astype(np.intp) + np.arange(layers)[:, None] * (bins + 2)
    counts = np.bincount(places.ravel(), minlength=layers * (bins + 2)).reshape(layers, bins + 2)
    shares = counts / flat.shape[1]
    return Histograms(shares[:, :bins], shares[:, -1])


def tier(*arrays):
    """Return a log range (low, high) from a short list, so that the axis stands still during most of a drag."""
    low, high = finite_range(arrays, margin=0.0)
    steps = (1, 3, 6, 12, 25, 50, 100, 200, 400)
    return (
        -next((s for s in steps if low >= -s), 800),
        next((s for s in steps if high <= s), 800),
    )
