"""What a network's numbers and shapes must be; each function returns what it checked or raises ValueError.

The message names the value given and what was expected.
"""

from __future__ import annotations

from operator import index

import numpy as np


def whole(name: str, value, least: int = 1) -> int:
    """Return value as an int when it is a whole number >= least; 5.0 and True are not whole numbers here."""
    try:
        number = index(value)
    except TypeError:
        number = None
    if number is None or number < least or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number, at least {least}, got {value!r}")
    return number


def layer_widths(widths) -> tuple[int, ...]:
    """Return widths as a tuple of K + 2 whole numbers, K >= 1."""
    widths = tuple(widths)
    if len(widths) < 3:
        raise ValueError(f"widths must list input, at least one hidden layer and output, got {widths!r}")
    return tuple(whole(f"widths[{k}]", width) for k, width in enumerate(widths))


def layer_variances(variances, layers: int):
    """Return variances, one number or one per layer, as an array (layers,) of finite numbers >= 0."""
    try:
        given = np.asarray(variances)
    except ValueError:  # a ragged list
        given = np.array(None)
    if given.dtype.kind not in "fiu":
        raise ValueError(f"variances must be one number or {layers} numbers, got {variances!r}")
    if given.shape not in ((), (layers,)):
        raise ValueError(f"variances must be one number or {layers} numbers, one per layer, "
                         f"got shape {given.shape}")
    wrong = given[~(np.isfinite(given) & (given >= 0))]
    if wrong.size:
        raise ValueError(f"a variance must be finite and not negative, got {float(wrong[0])!r}")
    return np.broadcast_to(given.astype(np.float64), (layers,))


def layers(all_weights, all_biases=None) -> tuple:
    """Return weights and biases as lists of arrays, and the widths (K + 2,) they fit; biases may be None."""
    all_weights = [np.asarray(weights) for weights in all_weights]
    if len(all_weights) < 2:
        raise ValueError(f"expected at least 2 weight matrices, for one hidden layer, got {len(all_weights)}")
    for k, weights in enumerate(all_weights):
        if weights.ndim != 2 or 0 in weights.shape:
            raise ValueError(f"all_weights[{k}] has shape {weights.shape}, "
                             f"expected 2 axes, (width out, width in)")
    widths = (all_weights[0].shape[1], *(weights.shape[0] for weights in all_weights))
    _same_shapes("all_weights", all_weights, list(zip(widths[1:], widths[:-1])))
    if all_biases is not None:
        all_biases = [np.asarray(biases) for biases in all_biases]
        _same_shapes("all_biases", all_biases, [(width, 1) for width in widths[1:]])
    return all_weights, all_biases, widths


def signals(name: str, arrays, widths, n: int | None = None) -> list:
    """Return one array (width, n) per width; n is that of the first array when None."""
    arrays = [np.asarray(array) for array in arrays]
    if n is None:
        n = arrays[0].shape[1] if arrays and arrays[0].ndim == 2 else 0
        if n == 0:
            got = arrays[0].shape if arrays else "nothing"
            raise ValueError(f"{name}[0] has shape {got}, expected ({widths[0]}, n): data are columns")
    _same_shapes(name, arrays, [(width, n) for width in widths])
    return arrays


def net_input(data, width: int):
    """Return the network's input as an array (width, n), n >= 1."""
    data = np.asarray(data)
    if data.ndim != 2 or data.shape[0] != width or data.shape[1] == 0:
        raise ValueError(f"net_input has shape {data.shape}, expected ({width}, n): data are columns")
    return data


def output_and_target(net_output, y) -> tuple:
    """Return net_output and y as arrays of the same shape; stretching one to fit would be a mistake."""
    net_output, y = np.asarray(net_output), np.asarray(y)
    if net_output.shape != y.shape:
        raise ValueError(f"y has shape {y.shape}, expected {net_output.shape}, the shape of net_output")
    return net_output, y


def common_float(arrays) -> np.dtype:
    """Return the floating dtype that holds all arrays: float32 where all are, float64 for whole numbers."""
    common = np.result_type(*arrays)
    if common.kind not in "fiub":
        raise ValueError(f"expected arrays of real numbers, got dtype {common}")
    return common if common.kind == "f" else np.dtype(np.float64)


def _same_shapes(name: str, arrays: list, expected: list) -> None:
    if len(arrays) != len(expected):
        raise ValueError(f"{name} has {len(arrays)} entries, expected {len(expected)}, one per weight matrix")
    shapes = [array.shape for array in arrays]
    if shapes != expected:  # one comparison of lists when all is well: a pass must not pay for its checks
        k = next(k for k, (got, want) in enumerate(zip(shapes, expected)) if got != want)
        raise ValueError(f"{name}[{k}] has shape {shapes[k]}, expected {expected[k]} to fit the other layers")
