"""Predictions and bounds against known digits, against sampling, and against wrong initialisations."""

import numpy as np
import pytest
import scipy.stats

from initlab import lognorm, network, simulate, stats, theory

K, D = 50, 80
WIDTHS = network.lab_widths(K, D)
SMALL_K, SMALL_D = 8, 60


@pytest.fixture(scope="module")
def drawn():
    """Return the standard deviations by layer of 4000 correct small networks: h[1 … K] and dl/df[1 … K-1]."""
    rng = np.random.default_rng(11)
    net_input = rng.normal(size=(1, 200))
    moments = simulate.directions(SMALL_K, SMALL_D, 4000, rng)
    return (net_input, *he_std(moments, net_input))


def he_std(moments, net_input):
    """Return the standard deviations of what was drawn at 2 / D throughout, h brought to He's first variance 2."""
    h, dl_df = (simulate.std(part, SMALL_D, *simulate.shares(net_input)) for part in moments)
    return np.sqrt(SMALL_D) * h, dl_df


# Variances and moments


def test_he_variances_by_hand():
    """2 over fan-in, and 2 over fan-out."""
    np.testing.assert_array_equal(theory.fan_in_variances((1, 4, 5, 2)), [2, 0.5, 0.4])
    np.testing.assert_array_equal(theory.fan_out_variances((1, 4, 5, 2)), [0.5, 0.4, 1])


def test_expected_second_moments_are_the_averages_over_draws():
    """Over many draws of a network that is nowhere square, mean squares average to what is predicted."""
    widths, variances = (3, 20, 12, 30, 2), [0.5, 0.2, 0.1, 0.3]
    rng, net_input = np.random.default_rng(1), np.array([[1.0, -2.0], [0.5, 0.3], [-1.0, 1.0]])
    f, h = [], []
    for _ in range(2500):
        _, all_f, all_h = network.forward(*network.init_widths(widths, variances, rng), net_input)
        f.append(stats.second_moments(all_f))
        h.append(stats.second_moments(all_h))
    expected = theory.expected_second_moments(widths, variances, np.mean(net_input**2))
    for samples, want in zip((f, h), expected):
        error = np.std(samples, axis=0) / np.sqrt(len(samples))
        assert np.all(np.abs(np.mean(samples, axis=0) - want) <= 5 * error + 1e-12)


def test_expected_gradient_second_moments_are_the_averages_over_draws():
    """The same for the gradients of a given derivative at the output."""
    widths, variances = (3, 20, 12, 30, 2), [0.5, 0.2, 0.1, 0.3]
    rng, net_input = np.random.default_rng(1), np.array([[1.0, -2.0], [0.5, 0.3], [-1.0, 1.0]])
    df, dh = [], []
    for _ in range(2500):
        layers = network.init_widths(widths, variances, rng)
        net_output, all_f, all_h = network.forward(*layers, net_input)
        _, _, dl_dh, dl_df = network.backward(*layers, all_f, all_h, net_output - 1.5)  # 2 (output - y) = 3
        df.append(stats.second_moments(dl_df))
        dh.append(stats.second_moments(dl_dh))
    for samples, want in zip((df, dh), theory.expected_gradient_second_moments(widths, variances, 9.0)):
        error = np.std(samples, axis=0) / np.sqrt(len(samples))
        assert np.all(np.abs(np.mean(samples, axis=0) - want) <= 5 * error + 1e-12)


def test_he_variances_keep_second_moments_level():
    """Fan-in keeps E[h²] at 1 from the second layer on, whatever the widths; fan-out keeps E[(dl/df)²]."""
    widths = (1, 40, 30, 50, 20)
    np.testing.assert_allclose(theory.expected_second_moments(widths, theory.fan_in_variances(widths))[1], 1)
    gradients = theory.expected_gradient_second_moments(widths, theory.fan_out_variances(widths))[0]
    np.testing.assert_allclose(gradients, 1)


def test_log_norm_moments_have_the_known_digits():
    """K=50, D=80: ln(‖h50‖²/‖h1‖²) has mean -1.5637 and variance 3.2129, the gradients' variance is 3.147."""
    mean, variance = theory.log_norm_moments(WIDTHS)
    assert round(mean[-1] - mean[0], 4) == -1.5637 and round(variance[-1] - variance[0], 4) == 3.2129
    _, variance = theory.gradient_log_norm_moments(WIDTHS)
    assert round(variance[1] - variance[K - 1], 3) == 3.147


@pytest.mark.parametrize("which", ["h", "dl_df"])
def test_log_norm_moments_are_those_of_real_networks(which):
    """Lengths along one data point, in networks neither square nor He's, have the predicted moments."""
    widths, variances = (2, 30, 20, 40, 1), np.array([0.7, 0.1, 0.02, 0.3])
    rng, point, logs = np.random.default_rng(2), np.array([[0.6], [-0.8]]), []
    for _ in range(2500):
        layers = network.init_widths(widths, variances, rng)
        net_output, all_f, all_h = network.forward(*layers, point)
        _, _, _, dl_df = network.backward(*layers, all_f, all_h, net_output - 0.5)
        vectors = all_h[1:] if which == "h" else dl_df[:-1]
        logs.append([np.log(np.sum(vector**2)) for vector in vectors])
    moments = theory.log_norm_moments if which == "h" else theory.gradient_log_norm_moments
    mean, variance = moments(widths, variances)
    error = np.std(logs, axis=0) / np.sqrt(len(logs))
    assert np.all(np.abs(np.mean(logs, axis=0) - mean) < 5 * error)
    np.testing.assert_allclose(np.var(logs, axis=0), variance, rtol=5 * np.sqrt(2.5 / len(logs)))


def test_std_ratio_is_that_of_rescaled_weights():
    """The same draw at 1.9/D and at 2/D: last over first differs by 0.95^(49/2), exactly."""
    ratios = []
    for sigma_sq in (1.9 / D, 2 / D):
        layers = network.init_params(K, D, sigma_sq, np.random.default_rng(0))
        _, _, all_h = network.forward(*layers, np.ones((1, 3)))
        ratios.append(stats.last_over_first(stats.layer_std(all_h[1:])))
    assert ratios[0] / ratios[1] == pytest.approx(theory.std_ratio(K, 0.95), rel=1e-9)
    assert theory.std_ratio(K, 0.95) == 0.95 ** (49 / 2)


@pytest.mark.parametrize("ratio", [-0.5, np.nan, np.inf])
def test_std_ratio_refuses_what_no_variance_has(ratio):
    """Variances have a ratio that is finite and not negative; the square root of another is no answer."""
    with pytest.raises(ValueError, match="finite and not negative"):
        theory.std_ratio(K, ratio)


@pytest.mark.parametrize("predict", [theory.expected_second_moments, theory.expected_gradient_second_moments,
                                     theory.log_norm_moments, theory.gradient_log_norm_moments])
def test_predictions_take_one_variance_for_all_and_refuse_the_wrong_number(predict):
    """One number stands for every layer; any other count, and a negative number, is refused."""
    np.testing.assert_array_equal(predict((1, 4, 5, 2), 0.3), predict((1, 4, 5, 2), [0.3] * 3))
    with pytest.raises(ValueError, match=r"3 numbers, one per layer, got shape \(2,\)"):
        predict((1, 4, 5, 2), [0.3, 0.3])
    with pytest.raises(ValueError, match="not negative, got -0.3"):
        predict((1, 4, 5, 2), -0.3)
    with pytest.raises(ValueError, match=r"widths\[1\] must be a whole number"):
        predict((1, 4.0, 2), 0.3)


def test_a_layer_of_zeros_ends_every_length():
    """Zero weights give lengths of zero, the logarithm -inf, and no warning."""
    with np.errstate(all="raise"):
        mean, _ = theory.log_norm_moments((1, 4, 5, 2), [1.0, 0.0, 1.0])
    np.testing.assert_array_equal(np.isneginf(mean), [False, True])


# Bounds on weights


CUT_STD = scipy.stats.truncnorm.std(-1, 1)


def truncated(rng, shape):
    """Draw a normal cut at ±1 and rescaled to variance 1."""
    return scipy.stats.norm.ppf(rng.uniform(*scipy.stats.norm.cdf([-1, 1]), size=shape)) / CUT_STD


DRAWS = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "uniform": lambda rng, shape: rng.uniform(-np.sqrt(3), np.sqrt(3), size=shape),
    "signs": lambda rng, shape: rng.choice([-1.0, 1.0], size=shape),
    "truncated": truncated,
}


@pytest.mark.parametrize("n", [80, 2000, 313600])
@pytest.mark.parametrize("false_reject", [0.05, 1e-9])
def test_second_moment_bounds_are_right_and_close(n, false_reject):
    """By scipy's χ² each side rejects at most half of the rate, and not less than a fiftieth of that."""
    low, high = theory.second_moment_bounds(n, false_reject)
    for tail in (scipy.stats.chi2.cdf(low * n, n), scipy.stats.chi2.sf(high * n, n)):
        assert false_reject / 100 < tail <= false_reject / 2


def test_second_moment_bounds_beside_the_measured_ones():
    """A little wider, for being proven, than what two million networks suggested; 1.9/D is outside."""
    np.testing.assert_allclose(theory.second_moment_bounds(49 * 6400, 3e-9), [0.985, 1.015], atol=0.0015)
    np.testing.assert_allclose(theory.second_moment_bounds(2000, 2e-9), [0.82, 1.20], atol=0.02)
    low, high = theory.second_moment_bounds(49 * 6400, 1e-12)
    assert 0.95 < low < 1 < high < 1.05


@pytest.mark.parametrize("kind", DRAWS)
def test_weight_bounds_let_right_draws_pass(kind):
    """At a rate of 2 %, no distribution of the right variance is rejected more often, in 2000 draws."""
    rng, n, rate, draws = np.random.default_rng(5), 100, 0.02, 2000
    first, second = DRAWS[kind](rng, (2, draws, n))
    low, high = theory.second_moment_bounds(n, rate)
    squares = np.mean(first**2, axis=1)
    correlations = np.array([np.corrcoef(one, other)[0, 1] for one, other in zip(first, second)])
    allowed = rate * draws + 3 * np.sqrt(rate * draws)
    assert np.sum((squares < low) | (squares > high)) <= allowed
    assert np.sum(np.abs(first.mean(axis=1)) > theory.mean_bound(n, rate)) <= allowed
    assert np.sum(np.abs(correlations) > theory.correlation_bound(n, rate)) <= allowed


def test_weight_bounds_catch_wrong_draws():
    """A variance 5 % off, rand in place of randn, and a matrix used twice lie outside at a rate of 1e-9."""
    rng, rate = np.random.default_rng(6), 1e-9
    weights = rng.normal(size=(49, 80, 80))
    low, high = theory.second_moment_bounds(weights.size, rate)
    assert np.mean(0.95 * weights**2) < low and np.mean(1.05 * weights**2) > high
    positive = np.sqrt(3) * rng.random(size=weights.shape)
    assert positive.mean() / positive.std() > theory.mean_bound(positive.size, rate)
    again = np.corrcoef(weights[0].ravel(), weights[0].ravel())[0, 1]
    assert again > theory.correlation_bound(6400, rate)


def test_mean_bound_is_right_and_close():
    """By the normal law it rejects at most the rate, and not less than a hundredth."""
    for rate in (0.05, 1e-6, 1e-12):
        tail = 2 * scipy.stats.norm.sf(theory.mean_bound(500, rate) * np.sqrt(500))
        assert rate / 100 < tail <= rate


def test_correlation_bound_is_right_and_shrinks():
    """By Student's t it rejects at most the rate; for many entries it is near the bound on a mean."""
    rate, n = 1e-6, 6400
    r = theory.correlation_bound(n, rate)
    assert 2 * scipy.stats.t.sf(r * np.sqrt((n - 2) / (1 - r**2)), n - 2) <= rate
    assert 1 < r / theory.mean_bound(n, rate) < 1.2
    assert theory.correlation_bound(4, rate) == 1.0


# Bounds on what passes through the layers


def outside(values, bounds):
    """Return the share of rows with any value outside its bounds."""
    low, high = bounds
    wrong = (values < low) | (values > high)
    return np.mean(wrong if wrong.ndim == 1 else wrong.any(axis=1))


def slopes(stds):
    """Return the log-slope of every row."""
    return np.log(stds) @ lognorm.slope_weights(stds.shape[1])[0]


def statistics_of(h, dl_df):
    """Return every statistic that has bounds, with its bounds as a function of the rate and the inputs."""
    return {
        "std": (h, lambda rate, x: theory.std_band(SMALL_K, SMALL_D, rate, x)),
        "last over first": (h[:, -1] / h[:, 0],
                            lambda rate, x: theory.last_over_first_bounds(SMALL_K, SMALL_D, rate, x)),
        "slope": (slopes(h), lambda rate, x: theory.slope_bounds(SMALL_K, SMALL_D, rate, x)),
        "gradient ratio": (dl_df[:, 0] / dl_df[:, -1],
                           lambda rate, x: theory.gradient_ratio_bounds(SMALL_K, SMALL_D, rate, x)),
        "gradient slope": (slopes(dl_df),
                           lambda rate, x: theory.gradient_slope_bounds(SMALL_K, SMALL_D, rate, x)),
    }


NAMES = ["std", "last over first", "slope", "gradient ratio", "gradient slope"]


@pytest.mark.parametrize("name", NAMES)
def test_bands_let_correct_networks_pass(drawn, name):
    """Of 4000 correct networks at most the stated share lies outside, also for inputs of one sign."""
    net_input, h, dl_df = drawn
    values, bounds = statistics_of(h, dl_df)[name]
    assert outside(values, bounds(0.02, net_input)) <= 0.02
    rng = np.random.default_rng(12)
    moments = simulate.directions(SMALL_K, SMALL_D, 4000, rng)
    one_sign = np.abs(net_input)
    values, bounds = statistics_of(*he_std(moments, one_sign))[name]
    assert outside(values, bounds(0.02, one_sign)) <= 0.02


def orthogonal(rng, shape):
    """Draw an orthogonal matrix, rescaled to mean square 1; vectors get unit mean square too."""
    if 1 in shape:
        values = rng.normal(size=shape)
        return values / np.sqrt(np.mean(values**2))
    q, r = np.linalg.qr(rng.normal(size=shape))
    return q * np.sign(np.diag(r)) * np.sqrt(shape[0])


@pytest.mark.parametrize("kind", ["uniform", "signs", "truncated", "orthogonal"])
def test_bands_let_other_draws_pass(kind):
    """Proven for normal weights, the bounds hold also for 300 networks of each other kind."""
    draw = {**DRAWS, "orthogonal": orthogonal}[kind]
    rng, widths, stds = np.random.default_rng(21), network.lab_widths(SMALL_K, SMALL_D), ([], [])
    net_input = rng.normal(size=(1, 40))
    biases = [np.zeros((width, 1)) for width in widths[1:]]
    for _ in range(300):
        units = [draw(rng, shape) for shape in zip(widths[1:], widths[:-1])]
        forward = [np.sqrt(v) * unit for v, unit in zip(theory.fan_in_variances(widths), units)]
        stds[0].append(stats.layer_std(network.forward(forward, biases, net_input)[2][1:]))
        backward = [np.sqrt(v) * unit for v, unit in zip(theory.fan_out_variances(widths), units)]
        _, all_f, all_h = network.forward(backward, biases, net_input)
        dl_df = network.backward(backward, biases, all_f, all_h, np.zeros((1, 40)))[3]
        stds[1].append(stats.layer_std(dl_df[1:SMALL_K]))
    for values, bounds in statistics_of(*map(np.array, stds)).values():
        assert outside(values, bounds(0.02, net_input)) <= 0.02


@pytest.mark.parametrize("factor", [1 / 6, 6.0])
@pytest.mark.parametrize("name", NAMES)
def test_bands_reject_wrong_variances(drawn, name, factor):
    """Hidden variances six times too large or too small are outside, nearly always, at a rate of 1e-4."""
    net_input, h, dl_df = drawn
    h = h * factor ** (np.arange(SMALL_K) / 2)
    dl_df = dl_df * factor ** (np.arange(SMALL_K - 1)[::-1] / 2)
    values, bounds = statistics_of(h, dl_df)[name]
    assert outside(values, bounds(1e-4, net_input)) > 0.9


def test_std_band_watches_the_first_layer_by_itself(drawn):
    """A first layer with a sixteenth of its variance is outside although all later ones keep their shape."""
    net_input, h, _ = drawn
    low, high = theory.std_band(SMALL_K, SMALL_D, 1e-4, net_input)
    assert np.mean(h[:, 0] / 4 < low[0]) > 0.99 and np.mean(4 * h[:, 0] > high[0]) > 0.99


def test_bounds_beside_two_million_networks():
    """K=50, D=80: at 2e-4 the bounds contain the simulated quantiles 1e-4, by a factor below 6.

    The quantiles are those of 2,000,000 networks with 1000 (gradients: 100) normal inputs each.
    """
    rate = 2e-4
    for (low, high), found_low, found_high, spare in (
        (theory.last_over_first_bounds(K, D, rate), 0.0187, 11.2, 4.0),
        (theory.gradient_ratio_bounds(K, D, rate), 0.0247, 11.2, 6.0),
        (np.exp(theory.slope_bounds(K, D, rate)), np.exp(-0.0883), np.exp(0.0558), np.exp(0.04)),
        (np.exp(theory.gradient_slope_bounds(K, D, rate)), np.exp(-0.0551), np.exp(0.0826), np.exp(0.05)),
    ):
        assert found_low / spare < low < found_low and found_high < high < found_high * spare
    low, high = theory.std_band(K, D, rate)
    found = [(1, 0.635, 1.18), (2, 0.544, 1.34), (10, 0.216, 2.76), (50, 0.0164, 10.2)]
    for layer, found_low, found_high in found:
        assert low[layer - 1] < found_low and found_high < high[layer - 1]
    assert 0.4 < low[0] and high[0] < 1.5 and 0.001 < low[-1] and high[-1] < 60


def test_bounds_widen_as_the_rate_falls():
    """A smaller rate never rejects what a larger one accepts."""
    for bounds in (theory.last_over_first_bounds, theory.slope_bounds, theory.gradient_ratio_bounds,
                   theory.gradient_slope_bounds, theory.std_band):
        wide, narrow = bounds(K, D, 1e-9), bounds(K, D, 1e-2)
        assert np.all(np.less(wide[0], narrow[0])) and np.all(np.less(narrow[1], wide[1]))


def test_tuned_bounds_are_the_quantiles_of_tuning(drawn):
    """The variance that levels the slope of a draw is outside as often as stated or somewhat less often."""
    _, h, dl_df = drawn
    for tuned, bounds in ((2 / SMALL_D * np.exp(-2 * slopes(h)), theory.tuned_sigma_sq_bounds),
                          (2 / SMALL_D * np.exp(2 * slopes(dl_df)), theory.tuned_sigma_sq_gradient_bounds)):
        assert 0.02 < outside(tuned, bounds(SMALL_K, SMALL_D, 0.1)) < 0.11


def test_tuned_bounds_beside_the_measured_ones():
    """K=50, D=80, quantiles 1e-4 of two million tuned networks: 0.0224 and 0.0298."""
    np.testing.assert_allclose(theory.tuned_sigma_sq_bounds(K, D, 2e-4), [0.0224, 0.0298], rtol=0.01)


def test_narrow_networks_have_no_lower_bounds():
    """Where layers die more often than the rate allows, nothing can be said from below."""
    assert theory.std_band(5, 3, 1e-6)[0][1:].max() == 0
    assert theory.last_over_first_bounds(5, 3, 1e-6)[0] == 0
    assert theory.slope_bounds(5, 3, 1e-6)[0] == -np.inf
    assert theory.gradient_slope_bounds(5, 3, 1e-6)[1] == np.inf
    assert theory.tuned_sigma_sq_bounds(5, 3, 1e-6)[1] == np.inf
    assert np.isfinite(theory.slope_bounds(5, 3, 1e-6)[1])


def test_inputs_of_one_size_have_no_lower_bounds():
    """If every |x| is the same, all units could be active and equal: no std is too small for that."""
    net_input = np.array([[1.0, -1.0]])
    assert theory.last_over_first_bounds(K, D, 1e-3, net_input)[0] == 0
    assert theory.slope_bounds(K, D, 1e-3, net_input) == (-np.inf, np.inf)
    assert theory.std_band(K, D, 1e-3, net_input)[0][1:].max() == 0


def test_normal_inputs_stand_for_many():
    """Without inputs, bounds are those of a hundred thousand normal ones, to one percent."""
    net_input = np.random.default_rng(0).normal(size=(1, 100_000))
    for bounds in (theory.std_band, theory.last_over_first_bounds, theory.slope_bounds,
                   theory.gradient_ratio_bounds, theory.gradient_slope_bounds):
        np.testing.assert_allclose(bounds(K, D, 1e-3), bounds(K, D, 1e-3, net_input), rtol=0.01)


def test_std_band_hands_out_its_own_arrays():
    """Writing into a band does not change the next one."""
    low, _ = theory.std_band(K, D, 1e-3)
    kept = low.copy()
    low[:] = 0
    np.testing.assert_array_equal(theory.std_band(K, D, 1e-3)[0], kept)


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, 2, np.nan])
@pytest.mark.parametrize("bound", [
    lambda rate: theory.second_moment_bounds(10, rate), lambda rate: theory.mean_bound(10, rate),
    lambda rate: theory.correlation_bound(10, rate), lambda rate: theory.std_band(3, 4, rate),
    lambda rate: theory.slope_bounds(3, 4, rate), lambda rate: theory.tuned_sigma_sq_bounds(3, 4, rate),
])
def test_a_rate_is_a_probability(bound, rate):
    """0, 1 and what is no probability at all are refused."""
    with pytest.raises(ValueError, match="probability between 0 and 1"):
        bound(rate)


@pytest.mark.parametrize(("bounds", "least"), [
    (theory.last_over_first_bounds, 2), (theory.slope_bounds, 2), (theory.tuned_sigma_sq_bounds, 2),
    (theory.gradient_ratio_bounds, 3), (theory.gradient_slope_bounds, 3),
    (theory.tuned_sigma_sq_gradient_bounds, 3),
])
def test_comparing_layers_needs_two_of_them(bounds, least):
    """One hidden layer, or one layer of gradients, has no ratio and no slope."""
    assert len(bounds(least, 20, 0.1)) == 2
    with pytest.raises(ValueError, match=f"K must be a whole number, at least {least}, got {least - 1}"):
        bounds(least - 1, 20, 0.1)


@pytest.mark.parametrize("net_input", [np.zeros((1, 3)), np.ones(3), np.ones((2, 3)), [[1.0, np.nan]],
                                       np.ones((1, 0))])
def test_inputs_must_say_something(net_input):
    """Inputs that are all zero, not finite, or not one row give no band."""
    with pytest.raises(ValueError, match=r"finite, of shape \(1, n\), and not all zero"):
        theory.std_band(3, 20, 0.1, net_input)
