"""Many draws of the labs' network without its weight matrices: exact in law, a hundred times faster.

Zero biases and one input number make a layer's data two directions, h₊ = h(+1) and h₋ = h(-1).
A normal weight matrix W enters only through W h₊ and W h₋ on the way forward, and Wᵀ δ₊ and Wᵀ δ₋ on
the way back.  The first pair is normal with the covariance of (h₊, h₋).  Given the first pair, Wᵀ δ is known
on the plane of h₊ and h₋, and a fresh normal vector off it; so a layer needs 4 D normal numbers, not D².
The squared lengths and sums of the directions then give the standard deviation over any inputs.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple

import numpy as np

from initlab.shapes import whole

BATCH = 256  # draws at a time: what they keep for the way back stays within a few megabytes


class Directions(NamedTuple):
    """Moments over a layer's units, for many draws: [..., 0] ‖v₊‖², 1 ‖v₋‖², 2 sum of v₊, 3 sum of v₋."""

    h: np.ndarray  # (draws, K, 4): v = h[l], l = 1 … K, weight variances 2 / fan-in
    dl_df: np.ndarray  # (draws, K - 1, 4): v = dl/df[l], l = 1 … K - 1, y = 0, weight variances 2 / fan-out


def directions(K: int, D: int, draws: int, rng: np.random.Generator) -> Directions:
    """Draw networks of K hidden layers of D units with normal weights of He's variances.

    K >= 2, else ValueError.
    Other variances only multiply: c times the variance of one layer's weights gives sqrt(c) times every h
    after it, and c times that of the last multiplies all of dl_df alike.
    """
    whole("K", K, 2), whole("D", D), whole("draws", draws)
    h, dl_df = np.empty((draws, K, 4)), np.empty((draws, K - 1, 4))
    for start in range(0, draws, BATCH):
        batch = slice(start, min(start + BATCH, draws))
        _draw(K, D, rng, h[batch], dl_df[batch])
    return Directions(h, dl_df)


def std(moments, D: int, net_input):
    """Return the standard deviation over D units and the data of net_input: (draws, layers).

    moments: (draws, layers, 4) as in Directions, whose vectors stand for the inputs 1 and -1.
    net_input: (1, n), or (draws, n) for inputs of their own.
    """
    x = np.asarray(net_input, dtype=np.float64)
    positive, negative = np.maximum(x, 0), np.maximum(-x, 0)
    weights = [np.mean(part, axis=1)[:, None] for part in (positive**2, negative**2, positive, negative)]
    second = (weights[0] * moments[..., 0] + weights[1] * moments[..., 1]) / D
    mean = (weights[2] * moments[..., 2] + weights[3] * moments[..., 3]) / D
    return np.sqrt(np.maximum(second - mean**2, 0))


def _draw(K: int, D: int, rng, h_moments, dl_df_moments) -> None:
    draws = len(h_moments)
    w = _normal(rng, (draws, D)) * np.float32(np.sqrt(2))
    h = [(np.maximum(w, 0), np.maximum(-w, 0))]
    z = []
    gram = _gram(*h[0])
    for k in range(K):
        h_moments[:, k] = _moments(gram, *h[k])
        if k == K - 1:
            break
        z.append((_normal(rng, (draws, D)), _normal(rng, (draws, D))))
        f = _correlate(gram, *z[k], 2 / D)
        h.append((np.maximum(f[0], 0, out=f[0]), np.maximum(f[1], 0, out=f[1])))
        gram = _gram(*h[k + 1])
    # The output layer is one row of variance 2 (fan-out 1), and for y = 0 the loss derivative there is 2 f;
    # the first layer, of variance 2 above (fan-in 1), has 2 / D (fan-out D) for the gradients.
    z.append((_normal(rng, (draws, 1)), _normal(rng, (draws, 1))))
    delta, variance = [2 * f / np.float32(np.sqrt(D)) for f in _correlate(gram, *z[K - 1], 2.0)], 2.0
    for k in range(K - 1, 0, -1):
        delta = _transposed(rng, h[k], z[k], delta, variance)
        variance = 2 / D
        dl_df_moments[:, k - 1] = _moments(_gram(*delta), *delta)


def _transposed(rng, h, z, delta, variance: float):
    """Return Wᵀ δ₊ and Wᵀ δ₋ where h is positive, given W on the plane of h₊ and h₋; arrays (draws, D)."""
    draws, D = h[0].shape
    basis = _orthonormal(*h)
    fresh = _correlate(_gram(*delta), _normal(rng, (draws, D)), _normal(rng, (draws, D)), variance)
    scale, through = np.float32(np.sqrt(variance)), []
    for side in (0, 1):
        v = fresh[side]
        known = [scale * _dot(row, delta[side]) - _dot(axis, v) for row, axis in zip(z, basis)]
        for axis, coefficient in zip(basis, known):
            v += coefficient[:, None] * axis
        v *= h[side] > 0
        through.append(v)
    return tuple(through)


def _correlate(gram, z_first, z_second, variance: float):
    """Return two vectors of normal entries, of covariance variance * gram, made from z_first and z_second."""
    p, q, r = gram
    with np.errstate(divide="ignore", invalid="ignore"):
        along = np.where(p > 0, r / np.sqrt(p), 0.0)
    across = np.sqrt(np.maximum(q - along**2, 0))
    scale = np.sqrt(variance)
    first = _column(scale * np.sqrt(p)) * z_first
    second = _column(scale * along) * z_first
    second += _column(scale * across) * z_second
    return first, second


def _orthonormal(first, second):
    """Return the Gram-Schmidt axes of two vectors (draws, D); a missing direction is the zero vector."""
    one = first * _column(_inverse_root(_dot(first, first)))
    rest = second - _column(_dot(one, second)) * one
    rest -= _column(_dot(one, rest)) * one
    square = _dot(rest, rest)
    # What rounding leaves of a second vector along the first is no direction.
    square[square < 1e-12 * _dot(second, second)] = 0
    return one, rest * _column(_inverse_root(square))


def _inverse_root(square):
    with np.errstate(divide="ignore"):
        return np.where(square > 0, 1 / np.sqrt(square), 0)


def _gram(first, second):
    pairs = (first, first), (second, second), (first, second)
    return tuple(_dot(a, b).astype(np.float64) for a, b in pairs)


def _moments(gram, first, second):
    return np.stack([gram[0], gram[1], first.sum(axis=1), second.sum(axis=1)], axis=1)


def _dot(a, b):
    return np.einsum("ij,ij->i", a, b)


def _column(values):
    return values.astype(np.float32)[:, None]


def _normal(rng, shape):
    """Return standard normal numbers in polar form (Box & Muller 1958), twice as fast as rng's own."""
    pairs = -(-prod(shape) // 2)
    radius = np.sqrt(-2 * np.log(1 - rng.random(pairs))).astype(np.float32)
    angle = rng.random(pairs, dtype=np.float32) * np.float32(2 * np.pi)
    values = np.empty((2, pairs), dtype=np.float32)
    np.multiply(radius, np.cos(angle), out=values[0])
    np.multiply(radius, np.sin(angle), out=values[1])
    return values.reshape(-1)[:prod(shape)].reshape(shape)
