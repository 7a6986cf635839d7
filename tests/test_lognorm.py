"""The law of a signal's squared length, against sampling and against scipy's distributions."""

import numpy as np
import pytest
import scipy.stats

from initlab import lognorm


def sampled(n, draws, seed=0):
    """Return draws of X = ln χ²_N, N ~ Binomial(n, 1/2), those with N = 0 left out."""
    rng = np.random.default_rng(seed)
    active = rng.binomial(n, 0.5, draws)
    return np.log(rng.chisquare(active[active > 0]))


def exact_cdf(x, n):
    """Return P(X <= x) by summing over N."""
    active = np.arange(1, n + 1)
    return scipy.stats.binom.pmf(active, n, 0.5) @ scipy.stats.chi2.cdf(np.exp(x), active)


@pytest.mark.parametrize("n", [3, 12, 80])
def test_tilted_moments_at_zero_are_mean_and_variance(n):
    """Sampling gives the same mean and variance, within five standard errors."""
    x = sampled(n, 200_000)
    mean, variance = lognorm.tilted_moments(0.0, n)
    assert abs(x.mean() - mean) < 5 * x.std() / np.sqrt(x.size)
    assert abs(x.var() - variance) < 5 * np.std((x - x.mean()) ** 2) / np.sqrt(x.size)


@pytest.mark.parametrize("u", [-0.3, 0.5, 1.0, 2.0, 3.7])
def test_cumulant_is_that_of_the_samples(u):
    """E[e^(uX)] is the mean over samples, dead layers counting nothing."""
    n, draws = 12, 400_000
    powers = np.zeros(draws)
    x = sampled(n, draws)
    powers[:x.size] = np.exp(u * x)
    assert abs(powers.mean() - np.exp(lognorm.cumulant(u, n))) < 5 * powers.std() / np.sqrt(draws)


def test_cumulant_at_one_is_the_mean_of_the_law():
    """Half of the units pass a χ² of mean 1 each: E[χ²_N] = n / 2, and E[χ⁴_N] = n (n + 5) / 4."""
    assert np.exp(lognorm.cumulant(1.0, 80)) == pytest.approx(40)
    assert np.exp(lognorm.cumulant(2.0, 80)) == pytest.approx(80 * 85 / 4)


def test_cumulant_leaves_out_fewer_active_units():
    """With u = 0 what remains is the probability of the layers that count."""
    assert np.exp(lognorm.cumulant(0.0, 10, least=4)) == pytest.approx(scipy.stats.binom.sf(3, 10, 0.5))


def test_tilted_moments_are_the_cumulants_derivatives():
    """First and second derivative agree with differences of the cumulant, for any shape of u."""
    u, step = np.array([[-2.0, -0.7], [0.3, 4.0]]), 1e-4
    below, at, above = (lognorm.cumulant(u + shift, 20, least=6) for shift in (-step, 0, step))
    mean, variance = lognorm.tilted_moments(u, 20, least=6)
    np.testing.assert_allclose(mean, (above - below) / (2 * step), rtol=1e-7)
    np.testing.assert_allclose(variance, (above - 2 * at + below) / step**2, rtol=1e-5)


@pytest.mark.parametrize("u", [-0.4, 0.2, 0.5, 0.9, 1.0, 2.5])
@pytest.mark.parametrize("share", [0.5, 0.1])
def test_mixed_cumulant_bounds_every_mixture(u, share):
    """The mean of two growths, independent or equal, stays below; X alone is smaller for 0 < u < 1."""
    first, second = np.exp(sampled(12, 200_000, seed=1)), np.exp(sampled(12, 200_000, seed=2))
    size = min(first.size, second.size)
    bound = np.exp(lognorm.mixed_cumulant(u, 12))
    for other in (second, first):
        powers = (share * first[:size] + (1 - share) * other[:size]) ** u
        assert powers.mean() < bound + 5 * powers.std() / np.sqrt(size)
    if 0 < u < 1:
        assert np.exp(lognorm.cumulant(u, 12)) < bound


def test_chi_square_cumulant_is_chi_squares():
    """Integer powers have textbook moments, and negative ones end where they diverge."""
    np.testing.assert_allclose(np.exp(lognorm.chi_square_cumulant([1.0, 2.0, -1.0], 10)), [10, 120, 1 / 8])
    assert np.isinf(lognorm.chi_square_cumulant(-5.0, 10)) and np.isinf(lognorm.chi_square_cumulant(-5.3, 10))


@pytest.mark.parametrize("tail", [1e-2, 1e-6, 1e-12])
@pytest.mark.parametrize("sign", [1, -1])
def test_chernoff_bounds_hold_and_are_close(tail, sign):
    """For ln χ²_400, whose tails scipy has, the bound is safe and wastes at most a factor of 30."""
    t = sign * np.geomspace(1, 190, 60)
    bound = np.exp(lognorm.chernoff_bounds(lognorm.chi_square_cumulant(t, 400), t, tail))
    exact = scipy.stats.chi2.sf(bound, 400) if sign > 0 else scipy.stats.chi2.cdf(bound, 400)
    assert tail / 30 < exact <= tail


def test_chernoff_bounds_work_column_by_column():
    """Several variables at once give what each gives alone."""
    t = np.geomspace(0.05, 15, 60)
    mgfs = np.stack([lognorm.chi_square_cumulant(t, n) for n in (5, 40)], axis=1)
    alone = [lognorm.chernoff_bounds(mgfs[:, k], t, 1e-3) for k in (0, 1)]
    np.testing.assert_array_equal(lognorm.chernoff_bounds(mgfs, t, 1e-3), alone)


@pytest.mark.parametrize(("n", "probability"), [(80, 1e-11), (80, 0.3), (10, 2e-3), (10, 1e-4), (3, 0.9)])
def test_least_active_is_the_binomials(n, probability):
    """Fewer units than that are active with at most the probability, and one more would be too many."""
    least = lognorm.least_active(n, probability)
    assert scipy.stats.binom.cdf(least - 1, n, 0.5) <= probability < scipy.stats.binom.cdf(least, n, 0.5)


def test_slope_weights_are_least_squares():
    """Both forms give the slope that polyfit gives, and no increment lowers it."""
    z = np.random.default_rng(0).normal(size=9)
    c, w = lognorm.slope_weights(9)
    slope = np.polyfit(np.arange(9), z, 1)[0]
    assert c @ z == pytest.approx(slope) and w @ np.diff(z) == pytest.approx(slope)
    assert (w > 0).all()


@pytest.mark.parametrize("n", [8, 30, 80])
@pytest.mark.parametrize("tail", [0.3, 1e-2, 1e-4, 1e-6])
def test_sum_quantiles_of_one_layer_are_exact(n, tail):
    """A single X has a distribution that scipy can sum; a dead layer lies below everything."""
    low, high = lognorm.sum_quantiles([2.0], n, tail)
    if 0.5**n < tail:
        assert 0.5**n + exact_cdf(low / 2, n) == pytest.approx(tail, rel=0.01)
    else:
        assert low == -np.inf
    assert 1 - 0.5**n - exact_cdf(high / 2, n) == pytest.approx(tail, rel=0.01)


def test_sum_quantiles_of_many_layers_are_the_samples():
    """Weighted sums over layers fall outside as often as stated, within five standard errors."""
    weights, tail, draws = np.array([0.2, 1.0, 0.7, 1.0]), 5e-3, 200_000
    sums = sum(weight * sampled(40, draws, seed) for seed, weight in enumerate(weights))
    low, high = lognorm.sum_quantiles(weights, 40, tail)
    allowed = 5 * np.sqrt(tail / draws)
    assert abs(np.mean(sums < low) - tail) < allowed and abs(np.mean(sums > high) - tail) < allowed


def test_sum_quantiles_know_dead_layers():
    """Where a dead layer is no rarer than the tail, there is no lower quantile."""
    low, high = lognorm.sum_quantiles(np.ones(5), 3, 1e-3)
    assert low == -np.inf and np.isfinite(high)
