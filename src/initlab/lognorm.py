"""The law of the squared length of a signal on its way through a random ReLU network.

With normal weights of variance v and zero biases, one layer of n units multiplies the squared length of any
given vector by v χ²_N, where N ~ Binomial(n, 1/2) counts the active units, independently of all other layers
(Hanin & Rolnick 2018; Hanin & Nica 2018, who show the same for gradients).
So ln of a squared length after many layers is a sum of independent terms

    X = ln χ²_N,    N ~ Binomial(n, 1/2),

plus the sum of ln v.  Everything here is about X and about weighted sums of independent X.
N = 0, a dead layer, has X = -inf; ``least`` (at least 1) leaves out layers with fewer active units than that.
"""

from __future__ import annotations

import numpy as np

from initlab.special import digamma, log_gamma, trigamma


def cumulant(u, n: int, least: int = 1):
    """Return ln E[e^(uX)] for X = ln χ²_N with N >= least; without dividing by the probability of that.

    u: any shape, u > -least/2; n: units.  Returns an array of the shape of u.
    """
    log_terms = _log_terms(u, n, least)
    largest = log_terms.max(axis=-1)
    return largest + np.log(np.exp(log_terms - largest[..., None]).sum(axis=-1))


def tilted_moments(u, n: int, least: int = 1):
    """Return the first and second derivative in u of cumulant(u, n, least): two arrays of the shape of u.

    At u = 0 they are mean and variance of X given N >= least; elsewhere those of X weighted by e^(uX).
    """
    log_terms = _log_terms(u, n, least)
    shares = np.exp(log_terms - log_terms.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    degrees = np.arange(least, n + 1) / 2 + np.asarray(u, dtype=np.float64)[..., None]
    means = np.log(2) + digamma(degrees)
    mean = (shares * means).sum(axis=-1)
    return mean, (shares * (trigamma(degrees) + (means - mean[..., None]) ** 2)).sum(axis=-1)


def mixed_cumulant(u, n: int, least: int = 1):
    """Return an upper bound on ln E[(p e^X + (1 - p) e^X')^u], whatever 0 <= p <= 1.

    X and X' have the law above, and may depend on each other.
    u: any shape, u > -least/2.  Returns an array of the shape of u.
    Outside 0 < u < 1 the power is convex, so Jensen's inequality gives the cumulant of X alone;
    inside it is concave, and the u-th power of the mean, that is u ln E[e^X], bounds it.
    """
    u = np.asarray(u, dtype=np.float64)
    return np.where((u > 0) & (u < 1), u * np.log(n / 2), cumulant(u, n, least))


def chi_square_cumulant(u, n: int):
    """Return ln E[(χ²_n)^u]; inf where u <= -n/2.  u: any shape."""
    u = np.asarray(u, dtype=np.float64)
    finite = u > -n / 2
    half = np.where(finite, n / 2 + u, 1.0)
    return np.where(finite, u * np.log(2) + log_gamma(half) - log_gamma(n / 2), np.inf)


def least_active(n: int, probability: float) -> int:
    """Return the largest m with P(N < m) <= probability for N ~ Binomial(n, 1/2), which may be 0."""
    below = np.cumsum(np.exp(_log_binomial(n, np.arange(n + 1))))
    return int(np.searchsorted(below, probability, side="right"))


def slope_weights(layers: int):
    """Return c (layers,) and w (layers - 1,): the least-squares slope of z is c·z, and w·(increments of z).

    z: (layers,), one value per layer.  All w are positive, whatever z is.
    """
    position = np.arange(layers) - (layers - 1) / 2
    c = position / (position @ position)
    return c, np.cumsum(c[::-1])[::-1][1:]


def chernoff_bounds(log_mgf, t, tail: float):
    """Return the Chernoff bound of a variable from its cumulant generating function, taken at the points t.

    log_mgf: (len(t), …), at least ln E[e^(tZ)]; t: (T,), all of one sign; 0 < tail < 1.
    For t > 0 the result b (…) has P(Z > b) <= tail, for t < 0 it has P(Z < b) <= tail, whatever
    points are given; points near the optimum give the tightest b.
    """
    t = np.asarray(t, dtype=np.float64)
    points = t.reshape(-1, *[1] * (np.ndim(log_mgf) - 1))
    candidates = (log_mgf - np.log(tail)) / points
    return candidates.min(axis=0) if t[0] > 0 else candidates.max(axis=0)


def sum_quantiles(weights, n: int, tail: float) -> tuple[float, float]:
    """Return (low, high): a weighted sum of independent X is below low, or above high, with tail each.

    weights: (m,), positive; n: units of every layer; 1e-6 <= tail < 1/2.
    The characteristic function, which is exact, is inverted by Gil-Pelaez's formula on a grid (Davies 1973);
    what that loses is below a hundredth of such tails, and far less over many layers.
    (-inf, …) where a dead layer alone is likelier than tail.
    """
    distinct, counts = np.unique(np.round(weights, 15), return_counts=True)
    means, variances = tilted_moments(0.0, n)
    mean, spread = means * (counts @ distinct), np.sqrt(variances * (counts @ distinct**2))
    half_steps = np.arange(128) + 0.5
    s = half_steps * 2 * np.pi / (30 * spread)
    parts = []
    for part in np.split(s, 8):
        log_terms = _log_terms(1j * part[:, None] * distinct, n, 1)
        parts.append(np.log(np.exp(log_terms).sum(axis=-1)) @ counts - 1j * part * mean)
        if parts[-1][-1].real < -45:  # what follows is below a double's last digit; over many layers most of it is
            break
    log_phi = np.concatenate(parts)
    half_steps, s = half_steps[:len(log_phi)], s[:len(log_phi)]
    alive = (1 - 0.5**n) ** counts.sum()

    def below(x):
        return alive / 2 - np.sum(np.imag(np.exp(log_phi - 1j * s * x)) / half_steps) / np.pi

    def solve(probability):
        low, high = -14 * spread, 14 * spread
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if below(middle) < probability else (low, middle)
        return float(mean + middle)

    return solve(tail - (1 - alive)) if 1 - alive < tail else -np.inf, solve(alive - tail)


def _log_terms(u, n: int, least: int):
    """Return ln of P(N) E[(χ²_N)^u] for N = least … n, along a new last axis."""
    half = np.arange(least, n + 1) / 2
    u = np.asarray(u)[..., None]
    return _log_binomial(n, 2 * half) - log_gamma(half) + u * np.log(2) + log_gamma(half + u)


def _log_binomial(n: int, k):
    """Return ln P(N = k) for N ~ Binomial(n, 1/2)."""
    return log_gamma(n + 1.0) - log_gamma(k + 1.0) - log_gamma(n - k + 1.0) - n * np.log(2)
