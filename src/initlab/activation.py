"""The activation functions an explorer offers, with what is needed to follow them through many layers."""

from statistics import NormalDist
from typing import Callable, NamedTuple

import numpy as np

LEAK = 0.2


class Activation(NamedTuple):
    """One activation function phi.

    slope gives the derivative phi'(f) from h = phi(f), which is what is at hand on the way back.
    gain is the factor g in sigma_sq = g / D that keeps E[h^2] constant through the layers
    (He et al. 2015 for ReLU and leaky ReLU; for tanh the factor of its linear part).
    homogeneous means phi(c f) = c phi(f) for c > 0: then a new variance only shifts log curves.
    inputs, second and first stand for the standard normal input x: E[h(x)^2] is the sum of second * h(inputs)^2
    and E[h(x)] that of first * h(inputs). For a homogeneous phi the two signs suffice, exactly; for the odd
    tanh four positive inputs do, to 4 % of E[h^2], and the mean is zero.
    """

    function: Callable
    slope: Callable
    gain: float
    homogeneous: bool
    inputs: tuple
    second: tuple
    first: tuple


def _homogeneous(slope_below):
    mean = np.sqrt(1 / (2 * np.pi))  # E[x; x > 0]
    return Activation(
        function=lambda f: np.maximum(f, slope_below * f),
        slope=lambda h: slope_below + (1 - slope_below) * (h > 0).astype(h.dtype),
        gain=2 / (1 + slope_below**2),
        homogeneous=True,
        inputs=(1.0, -1.0),
        second=(0.5, 0.5),
        first=(mean, mean),
    )


def _tanh():
    # Gauss-Legendre nodes in the probability of |x|, because tanh saturates and the nodes of Gauss-Hermite
    # quadrature lie too far out (24 % off for tanh(3 x)); scaled so that the mean of x^2 is exactly 1.
    nodes, weights = np.polynomial.legendre.leggauss(4)
    weights = weights / 2
    x = np.array([NormalDist().inv_cdf((3 + node) / 4) for node in nodes])
    return Activation(
        function=np.tanh,
        slope=lambda h: 1 - h * h,
        gain=1.0,
        homogeneous=False,
        inputs=tuple(x / np.sqrt(weights @ x**2)),
        second=tuple(weights),
        first=(0.0,) * 4,
    )


ACTIVATIONS = {
    "ReLU": _homogeneous(0.0),
    "leaky ReLU": _homogeneous(LEAK),
    "linear": _homogeneous(1.0),
    "tanh": _tanh(),
}
