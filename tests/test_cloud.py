"""Tests of the cloud of networks under explorers and figures: its law, its shifts, its edges."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from initlab import network, stats
from initlab.activation import ACTIVATIONS
from initlab.cloud import SEEDS, cloud, quantiles, rescale
from initlab.widgets.net import standard_normal_data, trace

K, D = 6, 8


def _brute_force(shape, n_networks):
    """Return log10 std of h_K and of dl/df_1 for networks whose every matrix is really drawn."""
    rng = np.random.default_rng(7)
    x = standard_normal_data(400)
    found = []
    for _ in range(n_networks):
        weights = network.init_params(K, D, shape.gain / D, rng)[0]
        h, slopes = x, []
        for w in weights[:-1]:
            f = w @ h
            h = shape.function(f)
            slopes.append(shape.slope(h))
        last = h.std()
        delta = 2 * weights[-1] @ h
        for k in range(K - 1, 0, -1):
            delta = slopes[k] * (weights[k + 1].T @ delta)
        found.append((last, delta.std()))
    with np.errstate(divide="ignore"):
        return np.log10(np.array(found)).T


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_cloud_has_the_law_of_networks_whose_every_weight_is_drawn(name):
    """Does drawing products instead of matrices leave the distribution of both ends as it is?"""
    last, first = _brute_force(ACTIVATIONS[name], 600)
    drawn = cloud(K, D, name, n_networks=600)
    assert ks_2samp(drawn.activation[:, -1], last).pvalue > 1e-3
    assert ks_2samp(drawn.gradient[:, 0], first).pvalue > 1e-3


def test_the_cloud_of_the_labs_has_the_spread_that_theory_gives():
    """Is the variance of ln(last over first) near the exact 3.21 / 4 of one input, at 50 layers of 80?"""
    drawn = cloud(50, 80)
    assert drawn.activation.shape == (SEEDS, 50) and drawn.gradient.shape == (SEEDS, 49)
    spread = np.var(np.log(10) * (drawn.activation[:, -1] - drawn.activation[:, 0]))
    # 200 draws of a nearly normal variable: relative standard error sqrt(2 / 200) = 0.1.
    assert 0.5 < spread / (3.2129 / 4) < 1.5


def test_a_cloud_is_drawn_once():
    """Does the second call give the very same numbers, without drawing again?"""
    assert cloud(5, 8) is cloud(5, 8, "ReLU", None)


def test_rescaling_is_what_the_network_itself_does():
    """Does a shift of the curves give, layer by layer, what forward and backward give at the new variance?"""
    x = standard_normal_data()
    for sigma_sq in (1e-3, 2 / D, 3.0):
        all_weights, all_biases = network.init_params(K, D, sigma_sq, np.random.default_rng(3))
        output, all_f, all_h = network.forward(all_weights, all_biases, x)
        all_dl_df = network.backward(all_weights, all_biases, all_f, all_h, np.zeros_like(output))[3]
        shifted = trace(K, D, 3, "ReLU", sigma_sq).log_std
        np.testing.assert_allclose(10 ** shifted.activation[0], stats.layer_std(all_h[1:]), rtol=1e-9)
        np.testing.assert_allclose(10 ** shifted.gradient[0], stats.layer_std(all_dl_df[1:K]), rtol=1e-9)


def test_rescaling_takes_a_ratio_for_every_matrix():
    """Do fan-in and fan-out variances, unequal at the ends, shift the curves as the network does?"""
    x, variances = standard_normal_data(), np.array([2.0] + [2 / D] * (K - 1) + [5.0])
    all_weights, all_biases = network.init_widths([1] + [D] * K + [1], variances, np.random.default_rng(3))
    output, all_f, all_h = network.forward(all_weights, all_biases, x)
    all_dl_df = network.backward(all_weights, all_biases, all_f, all_h, np.zeros_like(output))[3]
    shifted = rescale(trace(K, D, 3, "ReLU", 2 / D).log_std, np.log10(variances * D / 2))
    np.testing.assert_allclose(10 ** shifted.activation[0], stats.layer_std(all_h[1:]), rtol=1e-9)
    np.testing.assert_allclose(10 ** shifted.gradient[0], stats.layer_std(all_dl_df[1:K]), rtol=1e-9)


def test_dead_layers_are_minus_infinity_and_leave_the_quantiles_alone():
    """Do networks that die on the way, certain in 40 layers of one unit, give -inf and no nan and no warning?"""
    with np.errstate(all="raise"):
        drawn = cloud(40, 1)
        low, high = quantiles(drawn.activation)
    assert np.isneginf(drawn.activation[:, -1]).mean() > 0.9
    assert np.isneginf(low[-1]) and np.isfinite(high[0])
    assert not np.isnan(drawn.gradient).any()


def test_an_impossible_size_is_named():
    """Does an error for K = 0 say which number was given?"""
    with pytest.raises(ValueError, match="K.* 0"):
        cloud(0, 8)


def test_the_std_is_that_over_units_and_data():
    """Is the variance of h_1 sigma^2 (1/2 - 1/pi^2), the mean being taken off, for weights of variance sigma^2?"""
    drawn = cloud(1, 2000, "ReLU", 4.0)
    # Averaged over 200 networks of 2000 units the relative standard error is about 0.3 %.
    np.testing.assert_allclose(np.mean(100 ** drawn.activation), 4 * (1 / 2 - 1 / np.pi**2), rtol=0.015)
