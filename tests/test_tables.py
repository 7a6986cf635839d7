"""The printed tables of the labs: the original's digits, and one plain line while an answer is open."""

import numpy as np
import pytest

from initlab import checks, network, tables


@pytest.fixture
def korean():
    """A notebook that speaks Korean, and English again afterwards."""
    checks.speak("ko")
    yield
    checks.speak("en")


def small_network():
    """Return the original's network of 5 layers of 8 units, and the generator after drawing it."""
    rng = np.random.RandomState(0)
    return network.init_params(5, 8, 1.0, rng), rng


def test_hidden_units_reads_as_the_original_prints():
    """A student compares the table with the original line by line."""
    drawn, rng = small_network()

    table = tables.hidden_units(drawn, rng.normal(size=(1, 1000))).splitlines()

    assert table[0] == "Layer 0, std of hidden units = 0.981"
    assert table[-2:] == ["Layer 4, std of hidden units = 8.896", "Layer 5, std of hidden units = 10.106"]


def test_original_print_shows_dl_df_under_the_name_dl_dh():
    """The mislabelled table of the original is kept as it is, mistake included."""
    drawn, rng = small_network()
    net_output, all_f, all_h = network.forward(*drawn, rng.normal(size=(1, 100)))
    result = network.backward(*drawn, all_f, all_h, np.zeros_like(net_output))

    assert tables.original_print(result).splitlines() == [
        "Layer 1, std of dl_dh = 446.654", "Layer 2, std of dl_dh = 340.657",
        "Layer 3, std of dl_dh = 109.132", "Layer 4, std of dl_dh = 56.472",
    ]


def test_derivatives_are_those_of_the_preactivations():
    """The table of the backward pass has the numbers of the original under a name that is not wrong."""
    drawn, rng = small_network()

    assert tables.derivatives(drawn, rng.normal(size=(1, 100)), layers=(4, 1)).splitlines() == [
        "Layer 4, std of derivatives = 56.472", "Layer 1, std of derivatives = 446.654",
    ]


@pytest.mark.parametrize("sigma_sq", [1.0, 1e-4])
def test_numbers_out_of_proportion_are_printed_with_their_exponent(sigma_sq):
    """Fifty layers explode or vanish; the table shows neither 39 digits nor 0.000."""
    drawn = network.init_params(50, 80, sigma_sq, np.random.RandomState(0))

    (row,) = tables.hidden_units(drawn, np.array([[1.0, -1.0]]), layers=[50]).splitlines()

    assert row.partition(" = ")[2].partition("e")[2] in ("+38", "+39", "-61", "-62")


@pytest.mark.parametrize("drawn", [None, ..., (..., ...), (None, None)])
def test_open_answer_gives_one_line(drawn, korean):
    """An unanswered exercise leaves a sentence in the notebook's language where its table would be."""
    data_in, line = np.zeros((1, 3)), tables.OPEN["ko"]

    assert tables.hidden_units(drawn, data_in) == line
    assert tables.derivatives(drawn, data_in) == line
    assert tables.original_print(drawn) == line


def test_attempt_hands_over_the_generator():
    """A function with an rng gets the very generator, so that data can be drawn after the weights."""
    rng = np.random.RandomState(0)

    tables.attempt(lambda K, D, rng: rng.normal(size=K * D), 2, 3, rng)

    assert rng.normal() == np.random.RandomState(0).normal(size=7)[-1]


def test_attempt_takes_every_signature_that_a_check_takes():
    """A right answer that got its marks does not end the next cell with a TypeError."""
    rng = np.random.RandomState(0)
    assert tables.attempt(lambda K, D, *, rng: (K, D, rng), 2, 3, rng) == (2, 3, rng)
    assert tables.attempt(lambda K, D, scale=2, rng=None: (K, scale, rng), 2, 3, rng) == (2, 2, rng)
    with pytest.raises(TypeError):
        tables.attempt(lambda: None, 2, 3, rng)


def test_attempt_calls_the_original_function_without_rng():
    """The original's own he_init_params(K, D), pasted in, gets its table too."""
    assert tables.attempt(lambda K, D: (K, D), 50, 80, np.random.RandomState(0)) == (50, 80)


def _not_implemented(K, D, rng):
    raise NotImplementedError


@pytest.mark.parametrize(
    "function", [None, ..., lambda K, D, rng: None, lambda K, D, rng: ..., _not_implemented]
)
def test_attempt_of_an_open_exercise_is_none(function):
    """All the ways to leave a function open look alike to the cells below it."""
    assert tables.attempt(function, 50, 80, np.random.RandomState(0)) is None


def test_attempt_shows_the_mistake_of_a_written_function():
    """A student's own exception reaches the student."""
    with pytest.raises(ZeroDivisionError):
        tables.attempt(lambda K, D, rng: K / 0, 50, 80, np.random.RandomState(0))
