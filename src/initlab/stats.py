"""Statistics of a network's layers: arrays in, arrays out.

Data are columns; a list with one array per layer gives an array with one number per layer.
Layers that explode or vanish are what the labs are about:
what is too large for a float is inf, without a warning.
"""

from __future__ import annotations

import numpy as np


def layer_std(arrays):
    """Return the standard deviation of each array over its entries, units and data together: (len(arrays),).

    Dividing by the number of entries, as np.std does.
    Works also where the squares alone would over- or underflow.
    ValueError names an array without entries.
    """
    return _each(arrays, _std)


def signed_std(arrays, net_input=None):
    """Return the standard deviation of each layer over units and inputs, known from the inputs 1 and -1 alone.

    arrays[k]: (width, 2), the layer at the inputs 1 and -1; at another input x it is |x| times that at sign x, as
    in a network of ReLUs without biases.  net_input: (1, n), or None for one standard normal number.
    Returns (len(arrays),).  Works also where the squares alone would over- or underflow.
    """
    size = 1.0
    if net_input is None:
        squares, means = np.array([0.5, 0.5]), np.array([1.0, 1.0]) / np.sqrt(2 * np.pi)  # E[x²; x > 0], E[x; x > 0]
    else:
        net_input = np.asarray(net_input, dtype=np.float64)
        size = _size(net_input)
        sides = np.maximum(np.concatenate([net_input, -net_input]), 0) / size  # (2, n)
        squares, means = np.mean(sides**2, axis=1), np.mean(sides, axis=1)

    def std(array):
        scale = _size(array)
        second = np.mean(np.square(array / scale), axis=0) @ squares
        return np.sqrt(np.maximum(second - (np.mean(array / scale, axis=0) @ means) ** 2, 0.0)) * scale * size

    return _each(arrays, std)


def second_moments(arrays):
    """Return the mean of the squares of each array over all its entries: (len(arrays),).

    ValueError names an array without entries.
    """
    return _each(arrays, lambda array: np.mean(np.square(array)))


def pooled_second_moment(arrays) -> float:
    """Return the mean square over the entries of all arrays together."""
    sizes = [np.size(array) for array in arrays]
    return float(np.average(second_moments(arrays), weights=sizes))


def log_slope(stds) -> float:
    """Return the least-squares slope of ln(stds) on the layer's number: the growth per layer is e^slope.

    stds: (L,), L >= 2, consecutive layers.  nan when a value is not positive and finite.
    """
    stds = _one_axis("stds", stds)
    if not np.all(np.isfinite(stds) & (stds > 0)):
        return float("nan")
    layers = np.arange(len(stds)) - (len(stds) - 1) / 2
    return float(layers @ np.log(stds) / (layers @ layers))


def last_over_first(stds) -> float:
    """Return stds[-1] / stds[0]; inf or nan where the division has no finite answer.

    stds: (L,), L >= 2.
    """
    stds = _one_axis("stds", stds)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return float(stds[-1] / stds[0])


def _each(arrays, statistic):
    values = []
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        for k, array in enumerate(arrays):
            array = np.asarray(array, dtype=np.float64)
            if array.size == 0:
                raise ValueError(f"expected at least one entry per layer, layer {k} has shape {array.shape}")
            values.append(statistic(array))
    return np.array(values)


def _std(array) -> float:
    std = np.std(array)
    # Squares leave the range of floats long before the values do; only then is the second look paid for.
    if not 1e-150 < std < 1e150:
        size = _size(array)
        return np.std(array / size) * size
    return std


def _size(array) -> float:
    """Return the largest absolute value, to divide by before squaring; 1 where that is 0 or not finite."""
    size = np.max(np.abs(array))
    return size if np.isfinite(size) and size > 0 else 1.0


def _one_axis(name: str, values):
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"{name} has shape {values.shape}, expected one axis with at least 2 layers")
    return values
