"""The simulation without matrices, against networks with them."""

import numpy as np
import pytest
import scipy.stats

from initlab import network, simulate, stats, theory
from initlab.activation import ACTIVATIONS

K, D, DRAWS = 5, 9, 1500
WIDTHS = network.lab_widths(K, D)


def brute_force(net_input, draws, seed):
    """Return std(h[1 … K]) and std(dl/df[1 … K-1]) of real networks, every weight of variance 2 / D."""
    rng, h, dl_df = np.random.default_rng(seed), [], []
    for _ in range(draws):
        layers = network.init_params(K, D, 2 / D, rng)
        _, all_f, all_h = network.forward(*layers, net_input)
        h.append(stats.layer_std(all_h[1:]))
        gradients = network.backward(*layers, all_f, all_h, np.zeros((1, net_input.shape[1])))[3]
        dl_df.append(stats.layer_std(gradients[1:K]))
    return np.array(h), np.array(dl_df)


def test_simulated_deviations_have_the_law_of_real_ones():
    """Layer by layer, and for the growth over layers, Kolmogorov and Smirnov see no difference."""
    net_input = np.random.default_rng(0).normal(size=(1, 30)) + 0.3
    moments = simulate.directions(K, D, 4 * DRAWS, np.random.default_rng(1))
    ours = [simulate.std(part, D, *simulate.shares(net_input)) for part in moments]
    for simulated, real in zip(ours, brute_force(net_input, DRAWS, 2)):
        simulated, real = (values[np.all(values > 0, axis=1)] for values in (simulated, real))
        pairs = [*zip(simulated.T, real.T), (simulated[:, 0] / simulated[:, -1], real[:, 0] / real[:, -1]),
                 (simulated[:, 1] / simulated[:, 0], real[:, 1] / real[:, 0])]
        for one, other in pairs:
            assert scipy.stats.ks_2samp(one, other).pvalue > 1e-4


def test_simulated_layers_vary_together_as_real_ones_do():
    """The correlation between layers, which no layer shows by itself, agrees within five standard errors."""
    net_input = np.random.default_rng(0).normal(size=(1, 30))
    moments = simulate.directions(K, D, 4 * DRAWS, np.random.default_rng(3))
    ours = [simulate.std(part, D, *simulate.shares(net_input)) for part in moments]
    for pair in zip(ours, brute_force(net_input, DRAWS, 4)):
        correlations = [np.corrcoef(np.log(values[np.all(values > 0, axis=1)]).T) for values in pair]
        assert np.max(np.abs(correlations[0] - correlations[1])) < 5 * np.sqrt(1.25 / DRAWS)


def test_simulated_lengths_have_the_exact_moments():
    """K=20, D=30: mean and variance of ln ‖h‖² and ln ‖dl/df‖² along one direction are the theory's."""
    moments = simulate.directions(20, 30, 5000, np.random.default_rng(5))
    both = 30 * moments.h[:, 0, :2].sum(axis=1)  # 2 χ²_30
    assert abs(both.mean() - 60) < 5 * both.std() / np.sqrt(5000) < 1.2
    widths = network.lab_widths(20, 30)
    mean, variance = theory.log_norm_moments(widths, np.full(21, 2 / 30))
    gradient_mean, gradient_variance = theory.gradient_log_norm_moments(widths)
    growth = np.log(moments.dl_df[:, 0, :2] / moments.dl_df[:, -1, :2])
    for logs, want_mean, want_variance in (
        (np.log(moments.h[:, -1, :2]), mean[-1], variance[-1]),
        (growth, gradient_mean[1] - gradient_mean[19], gradient_variance[1] - gradient_variance[19]),
    ):
        assert np.all(np.abs(logs.mean(axis=0) - want_mean) < 5 * np.sqrt(want_variance / len(logs)))
        np.testing.assert_allclose(logs.var(axis=0), want_variance, rtol=5 * np.sqrt(2.2 / len(logs)))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_way_back_uses_the_matrix_of_the_way_forward(name):
    """h · Wᵀδ is W h · δ for every direction, though W is never formed."""
    rng, rows, m = np.random.default_rng(8), (50, 7), len(ACTIVATIONS[name].inputs)
    h = [ACTIVATIONS[name].function(simulate._normal(rng, rows)) for _ in range(m)]
    delta = [simulate._normal(rng, rows) for _ in range(m)]
    root = simulate._cholesky(simulate._gram(h), np.float32)
    matrix = simulate._Matrix(simulate._axes(h, root, np.ones(50)), simulate._normals(rng, root, rows))
    for row, vector in zip(0.4 * root, h):
        f = simulate._combine(row, matrix.images, np.float32)
        for column in delta:
            back = simulate._transposed(matrix, 0.4, column, simulate._normal(rng, rows))
            np.testing.assert_allclose(np.sum(vector * back, axis=1), np.sum(f * column, axis=1), atol=1e-4)


def test_parallel_directions_have_one_axis():
    """A column in the span of an earlier one gets no axis of its own, in spite of rounding, nor does a zero."""
    one = np.random.default_rng(0).standard_normal((5, 8))
    columns = [one, 1.1 * one, np.zeros((5, 8))]
    root = simulate._cholesky(simulate._gram(columns), np.float64)
    axes = simulate._axes(columns, root, np.ones(5))
    np.testing.assert_array_equal(axes[1:], 0)
    np.testing.assert_allclose(axes[0] * root[1, 0][:, None], 1.1 * one)


def test_signals_below_single_precision_are_no_dead_layers():
    """Two units in each of a hundred layers: the lengths, kept apart, follow theory far beyond 1e-38."""
    moments = simulate.directions(100, 2, 4000, np.random.default_rng(9), ACTIVATIONS["linear"], 1e-3)
    square = moments.h[:, -1, 0]
    # One layer multiplies the squared length by 1e-3 χ²_2, of mean ln 1e-3 + ln 2 - γ and variance π²/6.
    mean = 100 * (np.log(2e-3) - np.euler_gamma)
    assert np.all(square > 0) and square.max() < 1e-250
    assert abs(np.log(square).mean() - mean) < 5 * np.sqrt(100 * np.pi**2 / 6 / 4000)


def test_std_is_that_of_the_data_spelled_out():
    """Moments of two given vectors give the deviation over every unit and every input."""
    plus, minus = np.array([1.0, 0.0, 2.0]), np.array([0.5, 3.0, 0.0])
    net_input = np.array([[2.0, -1.0, 0.0, 0.5]])
    layer = np.outer(plus, np.maximum(net_input, 0)) + np.outer(minus, np.maximum(-net_input, 0))
    moments = np.array([[[plus @ plus, minus @ minus, plus.sum(), minus.sum()]]])
    np.testing.assert_allclose(simulate.std(moments, 3, *simulate.shares(net_input)), [[layer.std()]])


def test_the_last_batch_may_be_short():
    """Any number of draws is drawn, each different, and the generator decides all of them."""
    draws = simulate.BATCH + 3
    one, two = (simulate.directions(3, 4, draws, np.random.default_rng(7)) for _ in range(2))
    assert one.h.shape == (draws, 3, 4) and one.dl_df.shape == (draws, 2, 4)
    np.testing.assert_array_equal(one.h, two.h)
    assert len(np.unique(one.h[:, 0, 0] + one.h[:, 0, 1])) == draws
