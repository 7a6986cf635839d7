"""Tests of the activation functions of the explorers against numerical derivatives and expectations."""

import numpy as np
import pytest

from initlab.activation import ACTIVATIONS


@pytest.fixture(params=ACTIVATIONS)
def shape(request):
    return ACTIVATIONS[request.param]


def test_the_derivative_is_the_slope_of_the_function(shape):
    """Does the derivative agree with central differences, away from a kink at 0?"""
    f, step = np.linspace(-3.05, 3.05, 62), 1e-6
    slope = (shape.function(f + step) - shape.function(f - step)) / (2 * step)
    np.testing.assert_allclose(shape.slope(shape.function(f)), slope, atol=1e-8)


def test_homogeneous_means_that_a_scale_passes_through(shape):
    """Is phi(3 f) = 3 phi(f) where, and only where, the table says so?"""
    f = np.linspace(-2, 2, 9)
    assert np.allclose(shape.function(3 * f), 3 * shape.function(f)) == shape.homogeneous


def test_the_gain_keeps_small_signals_level(shape):
    """Is gain * E[phi(f)^2] the variance of f, for f so small that tanh is still straight?"""
    x = np.random.default_rng(0).standard_normal(1_000_000) * 1e-3
    # The relative standard error of a mean of squares of 10^6 normal numbers is 0.14 %; half of them for ReLU.
    np.testing.assert_allclose(shape.gain * np.mean(shape.function(x) ** 2), 1e-6, rtol=0.01)


def test_few_inputs_stand_for_all(shape):
    """Do the weighted inputs give mean and mean square of phi(w x), for weak and strong weights of both signs?"""
    x = np.random.default_rng(1).standard_normal(1_000_000)
    nodes = np.array(shape.inputs)
    for w in (0.05, 0.7, -0.7, 3.0):
        h, everything = shape.function(w * nodes), shape.function(w * x)
        mean_square = np.mean(everything**2)
        np.testing.assert_allclose(np.dot(shape.second, h * h), mean_square, rtol=0.01 if shape.homogeneous else 0.04)
        np.testing.assert_allclose(np.dot(shape.first, h), np.mean(everything), atol=0.005 * np.sqrt(mean_square))
