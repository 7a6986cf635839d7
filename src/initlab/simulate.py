"""Many draws of a deep network without its weight matrices: exact in law, a hundred times faster.

Zero biases and one input number leave a few directions of a layer's data to follow, the h of a few inputs;
for a positively homogeneous activation h(+1) and h(-1) stand for all.  A matrix W of independent normal numbers
enters only through its products with them, and through Wᵀ δ on the way back.  With Q an orthonormal basis of
the directions, Z = W Q has independent normal entries; and given Z, Wᵀ δ is Q Zᵀ δ and a fresh normal vector
off Q.  So a layer of two directions needs 4 D normal numbers, not D².
The squared lengths and sums of the directions then give the standard deviation over any inputs they stand for.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple

import numpy as np

from initlab.activation import ACTIVATIONS, Activation
from initlab.shapes import whole

BATCH = 256  # draws at a time: what they keep for the way back stays within a few megabytes


class Directions(NamedTuple):
    """Moments over a layer's units, for many draws and m directions v: [..., :m] are ‖v‖², [..., m:] sums of v."""

    h: np.ndarray  # (draws, K, 2 m): v = h[l], l = 1 … K, for each of the activation's inputs
    dl_df: np.ndarray  # (draws, K - 1, 2 m): v = dl/df[l], l = 1 … K - 1, loss (net_output - 0)²


def directions(
    K: int,
    D: int,
    draws: int,
    rng: np.random.Generator,
    activation: Activation = ACTIVATIONS["ReLU"],
    sigma_sq_omega: float | None = None,
) -> Directions:
    """Draw networks of K hidden layers of D units whose every weight is normal, of one variance.

    sigma_sq_omega: the variance, by default the activation's gain over D.  Where the activation is homogeneous,
    other ones only multiply: c times the variance of one matrix gives sqrt(c) times every h after it, and so on.
    ValueError unless K, D and draws are whole numbers of at least 1.
    """
    whole("K", K), whole("D", D), whole("draws", draws)
    sigma = np.sqrt(activation.gain / D if sigma_sq_omega is None else sigma_sq_omega)
    width = 2 * len(activation.inputs)
    h, dl_df = np.empty((draws, K, width)), np.empty((draws, K - 1, width))
    for start in range(0, draws, BATCH):
        batch = slice(start, min(start + BATCH, draws))
        _draw(K, D, activation, sigma, rng, h[batch], dl_df[batch])
    return Directions(h, dl_df)


def std(moments, D: int, second, first):
    """Return the standard deviation over D units and the data: (draws, layers).

    moments: (draws, layers, 2 m) as in Directions.  second, first: (m,), or (draws, 1, m) for data of their own;
    the mean square over the data is the sum of second * ‖v‖² / D, the mean that of first * sum of v / D.
    """
    m = moments.shape[-1] // 2
    mean_square = (second * moments[..., :m]).sum(axis=-1) / D
    mean = (first * moments[..., m:]).sum(axis=-1) / D
    return np.sqrt(np.maximum(mean_square - mean**2, 0))


def shares(net_input):
    """Return second and first, as std takes them, for the directions +1 and -1 and the inputs (1, n): two (2,)."""
    x = np.asarray(net_input, dtype=np.float64)
    sides = np.maximum([x[0], -x[0]], 0)
    return np.mean(sides**2, axis=1), np.mean(sides, axis=1)


class _Matrix(NamedTuple):
    """What is kept of a matrix W for the way back: orthonormal axes of the directions it was given, and W's images."""

    axes: list  # (draws, D) each; 0 where the directions have no such axis
    images: list  # W times each axis, over sigma: (draws, rows)


def _draw(K: int, D: int, activation: Activation, sigma: float, rng, h_moments, dl_df_moments) -> None:
    draws = len(h_moments)
    # Directions that only scale are brought back to length 1 in every layer, and their lengths kept apart: single
    # precision, twice as fast, then neither overflows nor loses digits.
    kind = np.float32 if activation.homogeneous else np.float64
    h = [np.full((draws, 1), x, kind) for x in activation.inputs]
    gram, log_length = _gram(h), np.zeros(draws)
    matrices, slopes = [], []
    for k in range(K + 1):
        shrink = _shrinkage(gram) if activation.homogeneous else np.ones(draws)
        log_length -= np.log(shrink)
        root = _cholesky(gram * shrink**2, kind)
        matrices.append(_Matrix(_axes(h, root, shrink), _normals(rng, root, (draws, D if k < K else 1))))
        f = [_combine(row, matrices[k].images, kind) for row in sigma * root]
        if k < K:
            h = [activation.function(column) for column in f]
            slopes.append([activation.slope(column) for column in h])
            gram = _gram(h)
            h_moments[:, k] = _moments(gram, h, log_length)
    delta = [2 * column for column in f]
    gram = _gram(delta)
    for k in range(K, 1, -1):
        shrink = _shrinkage(gram)
        log_length -= np.log(shrink)
        root = _cholesky(gram * shrink**2, kind)
        fresh = _normals(rng, root, (draws, D))
        fresh = [_combine(row, fresh, kind) for row in sigma * root]
        back = [_transposed(matrices[k], sigma * shrink, *pair) for pair in zip(delta, fresh)]
        delta = [slope * column for slope, column in zip(slopes[k - 1], back)]
        gram = _gram(delta)
        dl_df_moments[:, k - 2] = _moments(gram, delta, log_length)


def _transposed(matrix: _Matrix, scale, delta, fresh):
    """Return Wᵀ δ (draws, D), W being scale times the matrix that is kept: known along its axes, fresh off them."""
    known = [scale * _dot(image, delta) - _dot(axis, fresh) for axis, image in zip(*matrix)]
    return fresh + _combine(known, matrix.axes, fresh.dtype)


def _gram(columns):
    """Return the inner products of m columns (draws, n): (m, m, draws)."""
    gram = np.empty((len(columns), len(columns), len(columns[0])))
    for j, column in enumerate(columns):
        for i in range(j + 1):
            gram[i, j] = gram[j, i] = _dot(columns[i], column)
    return gram


def _shrinkage(gram):
    """Return the factors (draws,) that bring the longest column to length 1; 1 where all are 0."""
    square = gram.diagonal().max(axis=1)
    return 1 / np.sqrt(np.where(square > 0, square, 1.0))


def _cholesky(gram, kind):
    """Return the lower triangles L (m, m, draws) with L Lᵀ = gram; an axis that is only rounding gets 0."""
    root = np.zeros_like(gram)
    for j in range(len(gram)):
        for i in range(j):
            rest = gram[j, i] - (root[j, :i] * root[i, :i]).sum(axis=0)
            root[j, i] = rest * _inverse(root[i, i])
        rest = gram[j, j] - (root[j, :j] ** 2).sum(axis=0)
        root[j, j] = np.sqrt(np.where(rest > 16 * np.finfo(kind).eps * gram[j, j], rest, 0.0))
    return root


def _axes(columns, root, scale):
    """Return the orthonormal axes of columns, of which scale times them has the Gram matrix L Lᵀ, L = root."""
    axes = []
    for j, column in enumerate(columns):
        inverse = _inverse(root[j, j])
        axes.append(_combine([scale * inverse, *(-inverse * root[j, :j])], [column, *axes], column.dtype))
    return axes


def _inverse(values):
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _combine(coefficients, vectors, kind):
    """Return the sum of coefficients, (draws,) each, times vectors (draws, n), in the precision of kind."""
    total = None
    for coefficient, vector in zip(coefficients, vectors):
        term = coefficient.astype(kind)[:, None] * vector
        total = term if total is None else np.add(total, term, out=total)
    return total


def _moments(gram, columns, log_length):
    length = np.exp(log_length)
    return np.stack([*(length**2 * np.diagonal(gram).T), *(length * column.sum(axis=1) for column in columns)], axis=1)


def _dot(a, b):
    return np.einsum("ij,ij->i", a, b)


def _normals(rng, root, shape):
    """Return standard normal numbers of this shape for every axis that some draw has, and zeros for the others."""
    return [_normal(rng, shape) if root[i, i].any() else np.zeros(shape, np.float32) for i in range(len(root))]


def _normal(rng, shape):
    """Return standard normal numbers in polar form (Box & Muller 1958), twice as fast as rng's own."""
    pairs = -(-prod(shape) // 2)
    radius = np.sqrt(-2 * np.log(1 - rng.random(pairs))).astype(np.float32)
    angle = rng.random(pairs, dtype=np.float32) * np.float32(2 * np.pi)
    values = np.empty((2, pairs), dtype=np.float32)
    np.multiply(radius, np.cos(angle), out=values[0])
    np.multiply(radius, np.sin(angle), out=values[1])
    return values.reshape(-1)[:prod(shape)].reshape(shape)
