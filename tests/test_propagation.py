"""Standard deviations by layer: the same numbers as from all the data, whichever way they were found."""

import re

import numpy as np
import pytest

from initlab import network, propagation, stats


def by_hand(drawn, data_in):
    """Return the std of all h and of all dl/df by running every column of the data."""
    net_output, all_f, all_h = network.forward(*drawn, data_in)
    all_dl_df = network.backward(*drawn, all_f, all_h, np.zeros_like(net_output))[3]
    return stats.layer_std(all_h), stats.layer_std(all_dl_df)


def network_with(biases, widths=(1, 20, 30, 20, 1)):
    """Return a network whose biases are all this number."""
    all_weights, all_biases = network.init_widths(widths, 0.1, np.random.default_rng(3))
    return all_weights, [np.full_like(bias, biases) for bias in all_biases]


@pytest.mark.parametrize("biases", [0.0, 0.3], ids=["no biases", "biases"])
@pytest.mark.parametrize("width_in", [1, 4])
def test_the_numbers_are_those_of_all_the_data(biases, width_in):
    """A table shows what np.std of the whole layer would, with biases and with several inputs too."""
    drawn = network_with(biases, (width_in, 20, 30, 20, 1))
    data_in = np.random.default_rng(4).normal(size=(width_in, 500)) + 0.5  # more of one sign than of the other
    activations, gradients = by_hand(drawn, data_in)

    np.testing.assert_allclose(propagation.activation_std(*drawn, data_in), activations, rtol=1e-12)
    np.testing.assert_allclose(propagation.gradient_std(*drawn, data_in), gradients, rtol=1e-12)


def test_without_biases_a_million_inputs_cost_no_more_than_two(monkeypatch):
    """A table stays instant in a browser however much data it is about: only two columns are run."""
    run, columns = network.forward, []
    monkeypatch.setattr(network, "forward", lambda *arguments: columns.append(arguments[2].shape) or run(*arguments))

    propagation.activation_std(*network_with(0.0), np.ones((1, 1_000_000)))

    assert columns == [(1, 2)]


def test_an_explosion_shows_its_size():
    """Standard deviations whose squares overflow are still told."""
    drawn = network.init_params(50, 80, 1e6, np.random.default_rng(0))
    data_in = np.random.default_rng(1).normal(size=(1, 50))

    stds = propagation.activation_std(*drawn, data_in)

    assert stds[-1] > 1e180
    np.testing.assert_allclose(stds, by_hand(drawn, data_in)[0], rtol=1e-10)


@pytest.mark.parametrize(
    ("width_in", "shape"), [(1, (5,)), (3, (1, 7)), (1, (1, 0))], ids=["a plain vector", "one row for three", "empty"]
)
def test_data_of_a_wrong_shape_is_named(width_in, shape):
    """Whatever does not fit is told its own shape, not that of what would have been run in its place."""
    with pytest.raises(ValueError, match=re.escape(str(shape))):
        propagation.activation_std(*network_with(0.0, (width_in, 20, 30, 20, 1)), np.ones(shape))


@pytest.mark.parametrize("data_in", [np.array([[2**40, 1]]), np.array([[1e200, -3e200]]), np.array([[True, False]])])
def test_inputs_of_any_size_and_kind_are_told_right(data_in):
    """Whole numbers and huge ones give what the whole data would, without a warning."""
    drawn = network_with(0.0)

    with np.errstate(all="raise"):
        stds = propagation.activation_std(*drawn, data_in)
    np.testing.assert_allclose(stds, by_hand(drawn, data_in.astype(float))[0], rtol=1e-12)
