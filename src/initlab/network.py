"""The network of the labs: initialisation, forward pass, loss and backward pass, vectorised over the data.

Data are columns.  A network has K hidden layers; ``widths`` lists all K + 2 layers, input and output included.
With n data points, and k = 0 … K:

    all_weights[k]  (widths[k+1], widths[k])        all_f[k]  (widths[k+1], n)   preactivations
    all_biases[k]   (widths[k+1], 1)                all_h[k]  (widths[k], n)     activations; all_h[0] is the input

The derivative of the loss with respect to each of these has the same shape as the thing itself.
Notation follows section 7.5 of Prince, *Understanding Deep Learning*.
A network that explodes is what the labs are about: overflow gives inf or nan in the results, without a warning.
"""

from __future__ import annotations

from functools import cached_property
from math import prod
from operator import index

import numpy as np


def lab_widths(K: int, D: int) -> tuple[int, ...]:
    """Return the layer widths of the labs' network: 1 input, K hidden layers of D units, 1 output.

    K, D: whole numbers, at least 1; anything else, 5.0 and True included, raises ValueError.
    """
    return (1,) + (_whole("D", D),) * _whole("K", K) + (1,)


def widths_of(all_weights, all_biases=None) -> tuple[int, ...]:
    """Return the layer widths (K + 2,) of a network, after checking that its layers fit together.

    all_weights[k]: (widths[k+1], widths[k]); all_biases[k]: (widths[k+1], 1), not looked at when None.
    ValueError names the first layer that does not fit, its shape, and the shape that would.
    """
    return _checked_layers(all_weights, all_biases)[2]


def init_params(K: int, D: int, sigma_sq_omega: float, rng) -> tuple[list, list]:
    """Draw weights from a normal distribution of variance sigma_sq_omega, and set all biases to zero.

    Returns all_weights, all_biases: K + 1 arrays each, for 1 input, K hidden layers of D units and 1 output.
    rng is a numpy Generator or RandomState; RandomState(0) gives the draws of the notebook this project grew from.
    ValueError when K or D is not a whole number >= 1, or the variance is negative or not finite.
    """
    return init_widths(lab_widths(K, D), sigma_sq_omega, rng)


def init_widths(widths, variances, rng) -> tuple[list, list]:
    """Draw normal weights for layers of any widths, and set all biases to zero.

    widths: K + 2 whole numbers, input and output included.  variances: one number for all layers, or K + 1 numbers.
    Draws in the order first, last, hidden 1 … K-1, which is the order of the notebook this project grew from.
    ValueError when a width is not a whole number >= 1, or a variance is negative or not finite.
    """
    widths = _checked_widths(widths)
    layers = len(widths) - 1
    deviations = np.sqrt(_checked_variances(variances, layers))
    draw = getattr(rng, "standard_normal", None)
    if draw is None:
        raise ValueError(f"rng must be a numpy Generator or RandomState, got {rng!r}")
    all_weights = [None] * layers
    for k in (0, layers - 1, *range(1, layers - 1)):
        all_weights[k] = draw(size=(widths[k + 1], widths[k])) * deviations[k]
    return all_weights, [np.zeros((width, 1)) for width in widths[1:]]


class Workspace:
    """Own the arrays of repeated passes through one network, so that a pass allocates nothing.

    widths: (K + 2,); n: data points; dtype: of all arrays.
    What forward and backward return are these arrays: the next pass with the same workspace overwrites them.
    Copy what must outlive it, and give each thread its own.
    """

    def __init__(self, widths, n: int, dtype=np.float64):
        self.widths = _checked_widths(widths)
        self.n = _whole("n", n)
        self.dtype = np.dtype(dtype)

    # Each group of arrays is one block, because one large allocation gets huge pages where many small ones each
    # pay for fresh pages; and it is made when first asked for, because a forward pass needs no gradients.
    @cached_property
    def f(self) -> list:
        """Hold the preactivations f[k]: (widths[k+1], n)."""
        return self._forward[0]

    @cached_property
    def h(self) -> list:
        """Hold the activations h[k]: (widths[k], n) for k = 1 … K; h[0], the input, belongs to the caller."""
        return self._forward[1]

    @cached_property
    def dl_df(self) -> list:
        """Hold the loss derivatives with respect to f[k]: (widths[k+1], n)."""
        return self._backward[0]

    @cached_property
    def dl_dh(self) -> list:
        """Hold the loss derivatives with respect to h[k], the input h[0] included: (widths[k], n)."""
        return self._backward[1]

    @cached_property
    def dl_dweights(self) -> list:
        """Hold the loss derivatives with respect to the weights: (widths[k+1], widths[k])."""
        return self._backward[2]

    @cached_property
    def dl_dbiases(self) -> list:
        """Hold the loss derivatives with respect to the biases: (widths[k+1], 1)."""
        return self._backward[3]

    @cached_property
    def _forward(self):
        data = [(width, self.n) for width in self.widths]
        f, h = self._carve(data[1:], data[1:-1])
        return f, [None, *h]

    @cached_property
    def _backward(self):
        data = [(width, self.n) for width in self.widths]
        weights = list(zip(self.widths[1:], self.widths[:-1]))
        return self._carve(data[1:], data[:-1], weights, [(width, 1) for width in self.widths[1:]])

    def _carve(self, *groups):
        block = np.empty(sum(prod(shape) for group in groups for shape in group), self.dtype)
        start, carved = 0, []
        for group in groups:
            arrays = []
            for shape in group:
                arrays.append(block[start:start + prod(shape)].reshape(shape))
                start += prod(shape)
            carved.append(arrays)
        return carved


def relu(preactivation):
    """Return max(0, f) element by element; any shape."""
    return np.maximum(preactivation, 0)


def relu_derivative(preactivation):
    """Return 1.0 where f > 0 and 0.0 elsewhere; any shape.

    The derivative at exactly 0 is 0, as in PyTorch and TensorFlow; the notebook this project grew from has 1 there.
    """
    return np.greater(preactivation, 0).astype(np.float64)


def forward(all_weights, all_biases, net_input, workspace: Workspace | None = None) -> tuple:
    """Run the network on all columns of net_input at once.

    net_input: (widths[0], n).  Returns net_output (widths[K+1], n), all_f and all_h as in the module's docstring;
    net_output is all_f[K], and all_h[0] is net_input itself.
    float32 throughout stays float32.  With a workspace, the results live in it until its next pass.
    ValueError when a shape does not fit.
    """
    all_weights, all_biases, widths = _checked_layers(all_weights, all_biases)
    net_input = _checked_data("net_input", net_input, widths[0])
    workspace = _workspace_for(workspace, widths, net_input.shape[1], [*all_weights, *all_biases, net_input])
    all_f, all_h = list(workspace.f), [net_input, *workspace.h[1:]]
    with np.errstate(over="ignore", invalid="ignore"):
        for k, (weights, biases, f) in enumerate(zip(all_weights, all_biases, all_f)):
            np.matmul(weights, all_h[k], out=f)
            f += biases
            if k + 1 < len(all_f):
                np.maximum(f, 0, out=all_h[k + 1])
    return all_f[-1], all_f, all_h


def least_squares_loss(net_output, y) -> float:
    """Return the sum over outputs and data of (net_output - y)^2.

    net_output, y: (D_o, n), the same shape; anything else raises ValueError.
    """
    net_output, y = _same_shape(net_output, y)
    return float(np.sum((net_output - y) ** 2))


def d_loss_d_output(net_output, y):
    """Return the derivative 2 (net_output - y) of the least squares loss, with the shape of net_output.

    net_output, y: (D_o, n), the same shape; anything else raises ValueError.
    """
    net_output, y = _same_shape(net_output, y)
    return 2 * (net_output - y)


def backward(all_weights, all_biases, all_f, all_h, y, workspace: Workspace | None = None) -> tuple:
    """Return the derivatives of the least squares loss: all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df.

    all_f, all_h: as forward returns them.  y: (D_o, n), the shape of the network's output.
    Each list has K + 1 entries, each with the shape of what it is the derivative of; all_dl_dh[0] is for the input.
    The derivatives for weights and biases are summed over the n data points.
    With a workspace, the results live in it until its next backward pass.
    ValueError when a shape does not fit.
    """
    all_weights, all_biases, widths = _checked_layers(all_weights, all_biases)
    K = len(all_weights) - 1
    for name, arrays in (("all_f", all_f), ("all_h", all_h)):
        if len(arrays) != K + 1:
            raise ValueError(f"{name} has {len(arrays)} entries, expected {K + 1}, one per weight matrix")
    all_h = [_checked_data("all_h[0]", all_h[0], widths[0]), *all_h[1:]]
    n = all_h[0].shape[1]
    all_h[1:] = [_checked_data(f"all_h[{k}]", all_h[k], widths[k], n) for k in range(1, K + 1)]
    all_f = [_checked_data(f"all_f[{k}]", f, widths[k + 1], n) for k, f in enumerate(all_f)]
    derivative = d_loss_d_output(all_f[K], y)
    workspace = _workspace_for(workspace, widths, n, [*all_weights, *all_f, *all_h, derivative])
    all_dl_dweights, all_dl_dbiases = list(workspace.dl_dweights), list(workspace.dl_dbiases)
    all_dl_dh, all_dl_df = list(workspace.dl_dh), list(workspace.dl_df)
    all_dl_df[K][:] = derivative
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(K, -1, -1):
            np.add.reduce(all_dl_df[k], axis=1, keepdims=True, out=all_dl_dbiases[k])
            np.matmul(all_dl_df[k], all_h[k].T, out=all_dl_dweights[k])
            np.matmul(all_weights[k].T, all_dl_df[k], out=all_dl_dh[k])
            if k > 0:
                np.multiply(all_dl_dh[k], all_f[k - 1] > 0, out=all_dl_df[k - 1])
    return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df


def _whole(name: str, value) -> int:
    try:
        number = index(value)
    except TypeError:
        number = None
    if number is None or number < 1 or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number, at least 1, got {value!r}")
    return number


def _checked_widths(widths) -> tuple[int, ...]:
    widths = tuple(widths)
    if len(widths) < 3:
        raise ValueError(f"widths must list input, at least one hidden layer, and output, got {widths!r}")
    return tuple(_whole(f"widths[{k}]", width) for k, width in enumerate(widths))


def _checked_variances(variances, layers: int):
    try:
        given = np.asarray(variances, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"variances must be a number or {layers} numbers, got {variances!r}") from None
    if given.shape not in ((), (layers,)):
        raise ValueError(f"variances must be a number or {layers} numbers, one per layer, got shape {given.shape}")
    wrong = given[~(np.isfinite(given) & (given >= 0))]
    if wrong.size:
        raise ValueError(f"a variance must be finite and not negative, got {float(wrong[0])!r}")
    return np.broadcast_to(given, (layers,))


def _checked_layers(all_weights, all_biases):
    all_weights = [np.asarray(weights) for weights in all_weights]
    if len(all_weights) < 2:
        raise ValueError(f"expected at least 2 weight matrices (one hidden layer), got {len(all_weights)}")
    for k, weights in enumerate(all_weights):
        if weights.ndim != 2 or 0 in weights.shape:
            raise ValueError(f"all_weights[{k}] has shape {weights.shape}, expected 2 axes: (width out, width in)")
        if k and weights.shape[1] != all_weights[k - 1].shape[0]:
            raise ValueError(f"all_weights[{k}] has shape {weights.shape}, expected (…, "
                             f"{all_weights[k - 1].shape[0]}) to take what all_weights[{k - 1}] gives")
    widths = (all_weights[0].shape[1], *(weights.shape[0] for weights in all_weights))
    if all_biases is None:
        return all_weights, None, widths
    all_biases = [np.asarray(biases) for biases in all_biases]
    if len(all_biases) != len(all_weights):
        raise ValueError(f"got {len(all_biases)} biases for {len(all_weights)} weight matrices, expected one each")
    for k, biases in enumerate(all_biases):
        if biases.shape != (widths[k + 1], 1):
            raise ValueError(f"all_biases[{k}] has shape {biases.shape}, expected {(widths[k + 1], 1)}")
    return all_weights, all_biases, widths


def _checked_data(name: str, data, width: int, n: int | None = None):
    data = np.asarray(data)
    if data.ndim != 2 or data.shape[0] != width or data.shape[1] != (n or data.shape[1]) or data.shape[1] == 0:
        raise ValueError(f"{name} has shape {data.shape}, expected ({width}, {n or 'n'}): data are columns")
    return data


def _same_shape(net_output, y):
    net_output, y = np.asarray(net_output), np.asarray(y)
    if net_output.shape != y.shape:
        raise ValueError(f"y has shape {y.shape}, expected {net_output.shape}, the shape of net_output")
    return net_output, y


def _workspace_for(workspace, widths, n, arrays) -> Workspace:
    if workspace is None:
        common = np.result_type(*arrays)
        if common.kind not in "fiub":
            raise ValueError(f"expected arrays of real numbers, got dtype {common}")
        return Workspace(widths, n, common if common.kind == "f" else np.float64)
    if (workspace.widths, workspace.n) != (widths, n):
        raise ValueError(f"the workspace is for widths {workspace.widths} and n={workspace.n}, "
                         f"this pass needs widths {widths} and n={n}")
    return workspace
