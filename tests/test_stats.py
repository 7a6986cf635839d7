"""Statistics by layer, where they are ordinary and where they leave the range of floats."""

import warnings

import numpy as np
import pytest

from initlab import stats


@pytest.fixture(autouse=True)
def no_warnings():
    """A warning on stderr would cost a student the marks, so that no statistic may give one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_layer_std_pools_units_and_data():
    """The deviation is from the mean over the whole layer, and divides by the number of its entries."""
    layers = [np.array([[1.0, 3.0], [5.0, 7.0]]), [[2, 2, 2]], np.array([[-1], [1]], dtype=np.float32)]
    np.testing.assert_array_equal(stats.layer_std(layers), [np.sqrt(5), 0, 1])


@pytest.mark.parametrize("scale", [1e-300, 1e-170, 1e160, 1e300])
def test_layer_std_reaches_as_far_as_floats(scale):
    """Values whose squares leave the range of floats still have their standard deviation."""
    layer = np.array([[1.0, 3.0], [5.0, 7.0]])
    np.testing.assert_allclose(stats.layer_std([scale * layer]), scale * np.sqrt(5))


def test_layer_std_of_what_is_not_finite_is_not_finite():
    """An exploded layer does not pass for a number; a layer of zeros has 0."""
    stds = stats.layer_std([[[np.inf, 1.0]], [[np.nan, 1.0]], [[0.0, 0.0]]])
    np.testing.assert_array_equal(np.isfinite(stds), [False, False, True])
    assert stds[2] == 0


@pytest.mark.parametrize("function", [stats.layer_std, stats.second_moments])
def test_empty_layers_are_refused(function):
    """A layer without entries has no statistics, and its number is told."""
    with pytest.raises(ValueError, match=r"layer 1 .*shape \(0, 3\)"):
        function([np.ones((2, 3)), np.ones((0, 3))])


def test_moments_by_layer_and_pooled():
    """A pooled moment weighs every entry alike, not every layer."""
    layers = [np.array([[1.0, -3.0]]), np.full((3, 2), 2.0)]
    np.testing.assert_array_equal(stats.second_moments(layers), [5, 4])
    assert stats.pooled_second_moment(layers) == pytest.approx((1 + 9 + 24) / 8)


def test_second_moment_of_an_explosion_is_inf():
    """A square too large for a float is inf."""
    assert stats.second_moments([[[1e200]]])[0] == np.inf


@pytest.mark.parametrize(("stds", "slope"), [
    (3 * 0.8 ** np.arange(20), np.log(0.8)),
    ([5.0, 5.0], 0.0),
    ([1.0, 10.0, 1.0], 0.0),
    ([1.0, 1.0, np.e], 0.5),
])
def test_log_slope_is_the_growth_per_layer(stds, slope):
    """Geometric growth has the logarithm of its factor, and else least squares decide."""
    assert stats.log_slope(stds) == pytest.approx(slope, abs=1e-14)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.inf, np.nan])
def test_log_slope_of_a_dead_or_exploded_layer_is_nan(bad):
    """nan lies within no bounds, so that a check cannot accept it by accident."""
    assert np.isnan(stats.log_slope([1.0, bad, 1.0]))


def test_last_over_first_is_a_ratio_whatever_happens():
    """Ordinary layers divide; dead and exploded ones give 0, inf or nan."""
    cases = [([4.0, 9.0, 2.0], 0.5), ([1.0, 4.0], 4.0), ([1.0, 0.0], 0.0), ([0.0, 1.0], np.inf),
             ([0.0, 0.0], np.nan), ([1e-200, 1e200], np.inf), ([1.0, np.nan], np.nan)]
    for stds, wanted in cases:
        np.testing.assert_equal(stats.last_over_first(stds), wanted)


@pytest.mark.parametrize("function", [stats.log_slope, stats.last_over_first])
@pytest.mark.parametrize("stds", [[1.0], [[1.0, 2.0]], 3.0])
def test_one_layer_has_no_trend(function, stds):
    """At least two layers in one axis are needed; the message gives the shape."""
    with pytest.raises(ValueError, match="at least 2 layers") as error:
        function(stds)
    assert str(np.shape(stds)) in str(error.value)
