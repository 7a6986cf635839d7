"""Do the lists that a student's function returned have the layers and shapes of a network?"""

from __future__ import annotations

import numpy as np

from initlab.network import lab_widths
from initlab.rubric.verdict import Finding


def weight_shapes(K: int, D: int) -> list[tuple[int, int]]:
    """Return the shapes of the K + 1 weight matrices of the labs' network."""
    widths = lab_widths(K, D)
    return list(zip(widths[1:], widths[:-1]))


def bias_shapes(K: int, D: int) -> list[tuple[int, int]]:
    """Return the shapes of the K + 1 bias columns of the labs' network."""
    return [(width, 1) for width in lab_widths(K, D)[1:]]


def weight_findings(weights: list, K: int, D: int) -> list[Finding]:
    """Return what is wrong with the layers of a list of weights, each an array or None: one finding, or none."""
    want = weight_shapes(K, D)
    asked = {"K": K, "D": D}
    other = _other_size(weights)
    # One layer too many or too few of the right width is a miscount; hidden cases never ask for 49 or 51 layers, so
    # that a function with the labs' 50 in it is not taken for one.
    if other is not None and other != (K, D) and not (other[1] == D and abs(other[0] - K) == 1):
        return [Finding("init.arguments_ignored", {**asked, "got_K": other[0], "got_D": other[1]})]
    if len(weights) != K + 1:
        return [Finding("init.layer_count", {**asked, "name": "all_weights", "got": len(weights), "want": K + 1})]
    for k, (array, shape) in enumerate(zip(weights, want)):
        if array is None:
            return [Finding("init.layer_missing", {**asked, "name": "all_weights", "k": k})]
        if array.shape != shape:
            code = "init.transposed" if array.shape == shape[::-1] else "init.shape"
            return [Finding(code, {**asked, "name": "all_weights", "k": k, "got": shown(array.shape)})]
    return _finite(weights, "all_weights")


def bias_findings(biases: list, K: int, D: int) -> list[Finding]:
    """Return what is wrong with a list of biases, each an array or None: one finding, or none."""
    asked = {"K": K, "D": D, "name": "all_biases"}
    if len(biases) != K + 1:
        return [Finding("init.layer_count", {**asked, "got": len(biases), "want": K + 1})]
    for k, (array, shape) in enumerate(zip(biases, bias_shapes(K, D))):
        if array is None:
            return [Finding("init.layer_missing", {**asked, "k": k})]
        if array.shape != shape:
            # (D,) is no column: added to f of shape (D, n) it fails, or is added along the data when n = D.
            code = "init.bias_flat" if array.shape == shape[:1] else "init.bias_shape"
            return [Finding(code, {**asked, "k": k, "got": shown(array.shape)})]
    if found := _finite(biases, "all_biases"):
        return found
    largest = max(float(np.max(np.abs(array))) for array in biases)
    return [Finding("init.biases_not_zero", {"largest": largest})] if largest > 0 else []


def shown(shape: tuple) -> str:
    """Return a shape as a student reads it, of bounded length."""
    return str(tuple(int(length) for length in shape))[:60]


def _other_size(weights: list) -> tuple[int, int] | None:
    """Return the (K, D) of which a list has exactly the shapes, or None."""
    if len(weights) < 2 or any(array is None for array in weights):
        return None
    K, D = len(weights) - 1, weights[0].shape[0] if weights[0].ndim else 0
    if D >= 1 and [array.shape for array in weights] == weight_shapes(K, D):
        return K, D
    return None


def _finite(arrays: list, name: str) -> list[Finding]:
    for k, array in enumerate(arrays):
        if not np.all(np.isfinite(array)):
            return [Finding("common.layer_not_finite", {"name": name, "k": k})]
    return []
