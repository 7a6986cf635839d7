"""The network of the labs: initialisation, forward pass, loss and backward pass, vectorised over the data.

Data are columns.
A network has K hidden layers; ``widths`` lists all K + 2 layers, input and output included.
With n data points, and k = 0 … K:

    all_weights[k]  (widths[k+1], widths[k])
    all_biases[k]   (widths[k+1], 1)
    all_f[k]        (widths[k+1], n)           preactivations
    all_h[k]        (widths[k], n)             activations; all_h[0] is the input

The derivative of the loss with respect to each of these has the same shape as the thing itself.
Notation follows section 7.5 of Prince, *Understanding Deep Learning*.
Networks that explode are what the labs are about: overflow gives inf or nan, without a warning.
"""

from __future__ import annotations

from functools import cached_property
from math import prod

import numpy as np

from initlab import shapes


def lab_widths(K: int, D: int) -> tuple[int, ...]:
    """Return the layer widths of the labs' network: 1 input, K hidden layers of D units, 1 output.

    K, D: whole numbers, at least 1; anything else, 5.0 and True included, raises ValueError.
    """
    return (1,) + (shapes.whole("D", D),) * shapes.whole("K", K) + (1,)


def init_params(K: int, D: int, sigma_sq_omega: float, rng) -> tuple[list, list]:
    """Draw weights from a normal distribution of variance sigma_sq_omega, and set all biases to zero.

    Returns all_weights, all_biases: K + 1 arrays each, for 1 input, K hidden layers of D units and 1 output.
    rng is a numpy Generator or RandomState.
    RandomState(0) draws what the notebook this project grew from draws.
    ValueError when K or D is not a whole number >= 1, or the variance is negative or not finite.
    """
    return init_widths(lab_widths(K, D), sigma_sq_omega, rng)


def init_widths(widths, variances, rng) -> tuple[list, list]:
    """Draw normal weights for layers of any widths, and set all biases to zero.

    widths: K + 2 whole numbers, input and output included.
    variances: one number for all layers, or K + 1 numbers.
    Draws in the order first, last, hidden 1 … K-1, which is the order of the notebook this project grew from.
    ValueError when a width is not a whole number >= 1, or a variance is negative or not finite.
    """
    widths = shapes.layer_widths(widths)
    layers = len(widths) - 1
    deviations = np.sqrt(shapes.layer_variances(variances, layers))
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

    # Each pass's arrays are one block, made when first asked for.
    # Many small arrays would each pay for fresh pages, where one large block gets huge pages;
    # and a forward pass pays nothing for gradients.
    def __init__(self, widths, n: int, dtype=np.float64):
        self.widths = shapes.layer_widths(widths)
        self.n = shapes.whole("n", n)
        self.dtype = np.dtype(dtype)

    @cached_property
    def forward_arrays(self) -> tuple[list, list]:
        """Hold all_f[0 … K] and all_h[1 … K]; the input all_h[0] belongs to the caller."""
        data = [(width, self.n) for width in self.widths]
        return self._carve(data[1:], data[1:-1])

    @cached_property
    def backward_arrays(self) -> tuple[list, list, list, list]:
        """Hold the derivatives, in the order in which backward returns them."""
        data = [(width, self.n) for width in self.widths]
        pairs = list(zip(self.widths[1:], self.widths[:-1]))
        return self._carve(pairs, [(width, 1) for width in self.widths[1:]], data[:-1], data[1:])

    @cached_property
    def ones(self):
        """Hold a column of ones (n, 1): a product with it sums over the data faster than a sum does."""
        return np.ones((self.n, 1), self.dtype)

    def _carve(self, *groups) -> tuple:
        line = 64 // self.dtype.itemsize  # every array starts at a cache line
        lengths = [[-(-prod(shape) // line) * line for shape in group] for group in groups]
        block = np.empty(sum(map(sum, lengths)) + line, self.dtype)
        start = -block.ctypes.data % 64 // self.dtype.itemsize
        carved = []
        for group, group_lengths in zip(groups, lengths):
            arrays = []
            for shape, length in zip(group, group_lengths):
                arrays.append(block[start:start + prod(shape)].reshape(shape))
                start += length
            carved.append(arrays)
        return tuple(carved)


def relu(preactivation):
    """Return max(0, f) element by element; any shape."""
    return np.maximum(preactivation, 0)


def forward(all_weights, all_biases, net_input, workspace: Workspace | None = None) -> tuple:
    """Run the network on all columns of net_input at once; return net_output, all_f, all_h.

    net_input: (widths[0], n).  net_output: (widths[K+1], n) is all_f[K], and all_h[0] is net_input itself.
    float32 throughout stays float32.  With a workspace, the results live in it until its next forward pass.
    ValueError when a shape does not fit.
    """
    all_weights, all_biases, widths = shapes.layers(all_weights, all_biases)
    net_input = shapes.net_input(net_input, widths[0])
    workspace = _workspace_for(workspace, widths, net_input.shape[1], [*all_weights, *all_biases, net_input])
    all_f, all_h = workspace.forward_arrays
    all_f, all_h = list(all_f), [net_input, *all_h]
    K = len(all_weights) - 1
    biased = np.concatenate(all_biases).any()  # looking once is cheaper than adding zeros in every layer
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(K + 1):
            np.matmul(all_weights[k], all_h[k], out=all_f[k])
            if biased:
                all_f[k] += all_biases[k]
            if k < K:
                np.maximum(all_f[k], 0.0, out=all_h[k + 1])
    return all_f[K], all_f, all_h


def least_squares_loss(net_output, y) -> float:
    """Return the sum over outputs and data of (net_output - y)^2.

    net_output, y: (D_o, n), the same shape; anything else raises ValueError.
    """
    net_output, y = shapes.output_and_target(net_output, y)
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sum((net_output - y) ** 2))


def d_loss_d_output(net_output, y):
    """Return the derivative 2 (net_output - y) of the least squares loss, with the shape of net_output.

    net_output, y: (D_o, n), the same shape; anything else raises ValueError.
    """
    net_output, y = shapes.output_and_target(net_output, y)
    with np.errstate(over="ignore", invalid="ignore"):
        return 2 * (net_output - y)


def backward(all_weights, all_biases, all_f, all_h, y, workspace: Workspace | None = None) -> tuple:
    """Return the derivatives of least_squares_loss: all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df.

    all_f, all_h: as forward returns them.  y: (D_o, n), the shape of the network's output.
    Each list has K + 1 entries, each with the shape of what it is the derivative of;
    all_dl_dh[0] is for the input.
    The derivatives for weights and biases are summed over the n data points.
    That of ReLU at exactly 0 is 0, as in PyTorch and TensorFlow; the notebook this project grew from has 1 there.
    With a workspace, the results live in it until its next backward pass.
    ValueError when a shape does not fit.
    """
    all_weights, _, widths = shapes.layers(all_weights, all_biases)
    all_h = shapes.signals("all_h", all_h, widths[:-1])
    all_f = shapes.signals("all_f", all_f, widths[1:], all_h[0].shape[1])
    K = len(all_weights) - 1
    dl_doutput = d_loss_d_output(all_f[K], y)
    arrays = [*all_weights, *all_f, *all_h, dl_doutput]
    workspace = _workspace_for(workspace, widths, all_h[0].shape[1], arrays)
    all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df = map(list, workspace.backward_arrays)
    all_dl_df[K][:] = dl_doutput
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(K, -1, -1):
            np.matmul(all_dl_df[k], workspace.ones, out=all_dl_dbiases[k])
            np.matmul(all_dl_df[k], all_h[k].T, out=all_dl_dweights[k])
            np.matmul(all_weights[k].T, all_dl_df[k], out=all_dl_dh[k])
            if k > 0:
                np.greater(all_f[k - 1], 0, out=all_dl_df[k - 1])
                all_dl_df[k - 1] *= all_dl_dh[k]
    return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df


def _workspace_for(workspace, widths, n, arrays) -> Workspace:
    if workspace is None:
        return Workspace(widths, n, shapes.common_float(arrays))
    if (workspace.widths, workspace.n) != (widths, n):
        raise ValueError(f"the workspace is for widths {workspace.widths} and n={workspace.n}, "
                         f"this pass needs widths {widths} and n={n}")
    return workspace
