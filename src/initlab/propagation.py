"""How strong a network's signals are, layer by layer, on the data it is given: what tables print and figures draw."""

from __future__ import annotations

import numpy as np

from initlab import network, stats

BOTH_SIGNS = np.array([[1.0, -1.0]])


def activation_std(all_weights, all_biases, data_in):
    """Return the standard deviation of h[0], the input, to h[K], the last hidden layer: (K + 1,).

    data_in: (1, n) for a network with one input, in general (widths[0], n).
    ValueError when a shape does not fit.
    """
    columns = _columns(all_weights, all_biases, data_in)
    all_h = network.forward(all_weights, all_biases, columns)[2]
    return _stds(all_h, columns, data_in)


def gradient_std(all_weights, all_biases, data_in):
    """Return the standard deviation of dl/df[0] to dl/df[K], least squares loss, target 0: (K + 1,).

    data_in: as for activation_std.  ValueError when a shape does not fit.
    """
    columns = _columns(all_weights, all_biases, data_in)
    return _stds(derivatives(all_weights, all_biases, columns)[3], columns, data_in)


def derivatives(all_weights, all_biases, data_in) -> tuple:
    """Return what network.backward does, four lists, for the data and the target 0.

    data_in: as for activation_std.  ValueError when a shape does not fit.
    """
    net_output, all_f, all_h = network.forward(all_weights, all_biases, data_in)
    return network.backward(all_weights, all_biases, all_f, all_h, np.zeros_like(net_output))


def _columns(all_weights, all_biases, data_in):
    """Return the inputs to run: the data, or where these say the same the two numbers 1 and -1.

    Without biases, one input number only scales: h(x) = |x| h(sign x), and so do the gradients for a target of 0.
    Two columns in place of a thousand are what lets a notebook answer at once in a browser.
    """
    one_number = np.ndim(data_in) == 2 and np.size(data_in) and len(data_in) == 1 == np.shape(all_weights[0])[-1]
    return data_in if not one_number or any(map(np.any, all_biases)) else BOTH_SIGNS


def _stds(arrays, columns, data_in):
    return stats.signed_std(arrays, data_in) if columns is BOTH_SIGNS else stats.layer_std(arrays)
