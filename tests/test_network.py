"""The network: the tables of the notebook it grew from, its gradients, and what it refuses."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

from initlab import network, stats, theory

FIGURES = json.loads((Path(__file__).parent / "data" / "seed_figures.json").read_text(encoding="utf-8"))
SMALL, DEEP = network.lab_widths(5, 8), network.lab_widths(50, 80)


def a_network(seed=3, widths=(3, 5, 4, 6, 2), n=7):
    """Return weights, biases that are not zero, an input and a target for widths that are nowhere square."""
    rng = np.random.default_rng(seed)
    all_weights, all_biases = network.init_widths(widths, theory.fan_in_variances(widths), rng)
    all_biases = [biases + rng.normal(size=biases.shape) for biases in all_biases]
    return all_weights, all_biases, rng.normal(size=(widths[0], n)), rng.normal(size=(widths[-1], n))


def loss_from(all_weights, all_biases, h, y, start=0):
    """Return the loss of a network that is entered at the activations h of a layer, one column at a time."""
    loss = 0.0
    for column, target in zip(h.T, y.T):
        for k in range(start, len(all_weights)):
            f = all_weights[k] @ column + all_biases[k][:, 0]
            column = np.array([value if value > 0 else 0.0 for value in f])
        loss += sum((f - target) ** 2)
    return loss


def central_difference(function, at, step=1e-6):
    """Return the derivative of a scalar function of an array, entry by entry."""
    derivative = np.empty_like(at)
    for place in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[place] += step
        down[place] -= step
        derivative[place] = (function(up) - function(down)) / (2 * step)
    return derivative


# The notebook's tables


@pytest.mark.parametrize(("table", "widths", "variances"), [
    ("forward_K5_D8_s1", SMALL, 1.0),
    ("forward_K5_D8_s1_incl_last", SMALL, 1.0),
    ("forward_K50_D80_He_fanin", DEEP, theory.fan_in_variances(DEEP)),
    ("forward_K50_D80_He_fanin_incl_last", DEEP, theory.fan_in_variances(DEEP)),
])
def test_forward_gives_the_notebooks_tables(table, widths, variances):
    """RandomState(0) gives the printed activations, with the 1000 inputs drawn after the small network."""
    rng = np.random.RandomState(0)
    network.init_params(5, 8, 1.0, rng)
    net_input = rng.normal(size=(1, 1000))
    all_weights, all_biases = network.init_widths(widths, variances, np.random.RandomState(0))
    _, _, all_h = network.forward(all_weights, all_biases, net_input)
    wanted = FIGURES[table]
    np.testing.assert_allclose(stats.layer_std(all_h)[wanted["layers"]], wanted["values"], rtol=1e-9)


@pytest.mark.parametrize(("table", "which", "widths", "variances"), [
    ("backward_K5_D8_s1", "dl_df", SMALL, 1.0),
    ("backward_K5_D8_s1_REAL_dl_dh", "dl_dh", SMALL, 1.0),
    ("backward_K50_D80_He_fanout", "dl_df", DEEP, theory.fan_out_variances(DEEP)),
])
def test_backward_gives_the_notebooks_tables(table, which, widths, variances):
    """The 100 inputs, drawn one by one after the weights, give the printed gradients in one pass."""
    rng = np.random.RandomState(0)
    all_weights, all_biases = network.init_widths(widths, variances, rng)
    net_input = np.concatenate([rng.normal(size=(1, 1)) for _ in range(100)], axis=1)
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    _, _, dl_dh, dl_df = network.backward(all_weights, all_biases, all_f, all_h, np.zeros((1, 100)))
    got = stats.layer_std({"dl_df": dl_df, "dl_dh": dl_dh}[which])
    np.testing.assert_allclose(got[FIGURES[table]["layers"]], FIGURES[table]["values"], rtol=1e-9)


def test_init_draws_first_last_then_hidden():
    """The order of the draws is the notebook's, whatever the widths."""
    all_weights, _ = network.init_widths((2, 3, 4, 5), 4.0, np.random.RandomState(7))
    stream = np.random.RandomState(7)
    for k, shape in ((0, (3, 2)), (2, (5, 4)), (1, (4, 3))):
        np.testing.assert_array_equal(all_weights[k], 2 * stream.normal(size=shape))


# Initialisation


def test_init_gives_each_layer_its_variance():
    """A list of variances is one per layer, in the order of the layers; biases are zero."""
    all_weights, all_biases = network.init_widths((300, 300, 200, 400), [1, 0, 9], np.random.default_rng(0))
    assert [weights.shape for weights in all_weights] == [(300, 300), (200, 300), (400, 200)]
    np.testing.assert_allclose(stats.layer_std(all_weights), [1, 0, 3], rtol=0.02)
    assert [biases.shape for biases in all_biases] == [(300, 1), (200, 1), (400, 1)]
    assert not any(biases.any() for biases in all_biases)


def test_init_leaves_the_global_generator_alone():
    """Drawing from one's own generator neither reads nor moves numpy's global one."""
    np.random.seed(5)
    before = np.random.get_state()[1:3]
    first = network.init_params(2, 3, 1.0, np.random.default_rng(0))[0]
    np.testing.assert_equal(np.random.get_state()[1:3], before)
    np.random.seed(6)
    again = network.init_params(2, 3, 1.0, np.random.default_rng(0))[0]
    np.testing.assert_array_equal(first[1], again[1])


@pytest.mark.parametrize("value", [0, -1, 5.0, 2.5, True, "5", None, np.float64(3)])
@pytest.mark.parametrize("name", ["K", "D"])
def test_init_refuses_what_is_no_count(name, value):
    """K and D are whole numbers, at least 1; the message names which and what was given."""
    counts = {"K": 2, "D": 2, name: value}
    with pytest.raises(ValueError, match=f"{name} must be a whole number, at least 1") as error:
        network.init_params(counts["K"], counts["D"], 1.0, np.random.default_rng(0))
    assert repr(value) in str(error.value)


def test_init_takes_numpys_whole_numbers():
    """A width that came out of an array counts as a whole number."""
    assert network.lab_widths(np.int64(2), np.uint8(3)) == (1, 3, 3, 1)


@pytest.mark.parametrize("variance", [-1, -1e-300, np.nan, np.inf, -np.inf])
def test_init_refuses_what_is_no_variance(variance):
    """A variance is finite and not negative; the message gives the value."""
    with pytest.raises(ValueError, match="finite and not negative") as error:
        network.init_params(2, 3, variance, np.random.default_rng(0))
    assert repr(float(variance)) in str(error.value)


@pytest.mark.parametrize(("widths", "variances", "words"), [
    ((3, 4), 1.0, r"at least one hidden layer.*\(3, 4\)"),
    ((3, 4, 0), 1.0, r"widths\[2\].*got 0"),
    ((3, 4, 1), [1.0, 2.0, 3.0], r"2 numbers, one per layer, got shape \(3,\)"),
    ((3, 4, 1), "large", "one number or 2 numbers, got 'large'"),
    ((3, 4, 1), "5", "one number or 2 numbers, got '5'"),
    ((3, 4, 1), None, "one number or 2 numbers, got None"),
    ((3, 4, 1), True, "one number or 2 numbers, got True"),
    ((3, 4, 1), [1.0, [2.0]], r"one number or 2 numbers, got \[1.0, \[2.0\]\]"),
])
def test_init_refuses_wrong_layers(widths, variances, words):
    """Too few widths, a width of zero, or variances that do not match the layers are told apart."""
    with pytest.raises(ValueError, match=words):
        network.init_widths(widths, variances, np.random.default_rng(0))


def test_init_refuses_a_seed_in_place_of_a_generator():
    """A number is no generator."""
    with pytest.raises(ValueError, match="rng must be a numpy Generator or RandomState, got 0"):
        network.init_params(2, 3, 1.0, 0)


# Forward


def test_forward_is_the_networks_definition():
    """f is weights times h plus biases, h its positive part; no ReLU on the output, no copy of the input."""
    all_weights, all_biases, net_input, _ = a_network()
    net_output, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    assert all_h[0] is net_input and net_output is all_f[-1]
    assert (net_output < 0).any()
    for k, (weights, biases) in enumerate(zip(all_weights, all_biases)):
        by_hand = np.einsum("ij,jn->in", weights, all_h[k]) + biases
        np.testing.assert_allclose(all_f[k], by_hand, rtol=1e-12, atol=1e-12)
        if k + 1 < len(all_h):
            np.testing.assert_array_equal(all_h[k + 1], np.where(all_f[k] > 0, all_f[k], 0))


def test_forward_adds_a_single_bias():
    """A bias in one layer alone is not overlooked among zeros."""
    all_weights, all_biases, net_input, _ = a_network()
    all_biases = [np.zeros_like(biases) for biases in all_biases]
    all_biases[2][4] = 3.0
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    np.testing.assert_allclose(all_f[2][4], all_weights[2][4] @ all_h[2] + 3.0, rtol=1e-12)


def test_passes_leave_their_arguments_alone():
    """Neither pass writes into what it was given."""
    all_weights, all_biases, net_input, y = a_network()
    before = [array.copy() for array in (*all_weights, *all_biases, net_input, y)]
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    seen = [array.copy() for array in (*all_f, *all_h)]
    network.backward(all_weights, all_biases, all_f, all_h, y)
    for got, wanted in zip((*all_weights, *all_biases, net_input, y, *all_f, *all_h), (*before, *seen)):
        np.testing.assert_array_equal(got, wanted)


# Backward


def test_backward_agrees_with_finite_differences():
    """Every derivative, the input's included, is that of the loss over the batch; no layer is square."""
    all_weights, all_biases, net_input, y = a_network()
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    dl_dweights, dl_dbiases, dl_dh, dl_df = network.backward(all_weights, all_biases, all_f, all_h, y)

    def with_one(arrays, k, value):
        return [value if place == k else array for place, array in enumerate(arrays)]

    def loss(weights=all_weights, biases=all_biases, h=net_input, start=0):
        return loss_from(weights, biases, h, y, start)

    for k in range(len(all_weights)):
        losses = [
            (dl_dweights, all_weights, lambda w: loss(weights=with_one(all_weights, k, w))),
            (dl_dbiases, all_biases, lambda b: loss(biases=with_one(all_biases, k, b))),
            (dl_dh, all_h, lambda h: loss(h=h, start=k)),
        ]
        if k + 1 < len(all_weights):
            losses.append((dl_df, all_f, lambda f: loss(h=np.maximum(f, 0), start=k + 1)))
        for got, at, loss_at in losses:
            assert got[k].shape == at[k].shape
            np.testing.assert_allclose(got[k], central_difference(loss_at, at[k]), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(dl_df[-1], 2 * (all_f[-1] - y), rtol=1e-12)


def test_backward_sums_over_the_batch():
    """The derivatives for weights and biases are the sums of those of the single points."""
    all_weights, all_biases, net_input, y = a_network()

    def gradients(points):
        _, all_f, all_h = network.forward(all_weights, all_biases, net_input[:, points])
        dl_dweights, dl_dbiases, _, _ = network.backward(all_weights, all_biases, all_f, all_h, y[:, points])
        return [*dl_dweights, *dl_dbiases]

    singles = [gradients([point]) for point in range(net_input.shape[1])]
    for together, *alone in zip(gradients(slice(None)), *singles):
        np.testing.assert_allclose(together, sum(alone), rtol=1e-10, atol=1e-12)


def test_the_derivative_of_relu_is_zero_at_zero():
    """Where a preactivation is exactly 0 nothing flows back; the notebook lets it through."""
    all_weights = [np.ones((2, 1)), np.ones((1, 2))]
    all_biases = [np.array([[-1.0], [0.5]]), np.zeros((1, 1))]
    net_output, all_f, all_h = network.forward(all_weights, all_biases, np.ones((1, 1)))
    assert all_f[0][0, 0] == 0.0
    dl_dweights, _, _, dl_df = network.backward(all_weights, all_biases, all_f, all_h, np.zeros((1, 1)))
    np.testing.assert_array_equal(dl_df[0], [[0.0], [3.0]])
    np.testing.assert_array_equal(dl_dweights[0], [[0.0], [3.0]])


def test_loss_and_its_derivative():
    """The loss sums squares over outputs and data."""
    net_output, y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 2.0], [5.0, 1.0]])
    assert network.least_squares_loss(net_output, y) == 1 + 0 + 4 + 9
    np.testing.assert_array_equal(network.d_loss_d_output(net_output, y), [[2, 0], [-4, 6]])


# What does not fit


@pytest.mark.parametrize("function", [network.least_squares_loss, network.d_loss_d_output])
@pytest.mark.parametrize("shape", [(3, 1), (1,), (3,), (), (1, 4)])
def test_loss_refuses_to_broadcast(function, shape):
    """A target of another shape than the output, which numpy would stretch, is refused with both shapes."""
    with pytest.raises(ValueError, match="expected.*the shape of net_output") as error:
        function(np.zeros((1, 3)), np.zeros(shape))
    assert str(shape) in str(error.value) and "(1, 3)" in str(error.value)


@pytest.mark.parametrize(("change", "words"), [
    (lambda a: a["weights"].__setitem__(1, a["weights"][1].T), r"all_weights\[1\] has shape \(5, 4\), exp"),
    (lambda a: a["weights"].__setitem__(0, np.zeros(3)), r"weights\[0\] has shape \(3,\), expected 2 axes"),
    (lambda a: a["weights"].__setitem__(slice(None), a["weights"][:1]), "at least 2 weight matrices.*got 1"),
    (lambda a: a["biases"].__setitem__(2, np.zeros(6)), r"biases\[2\] has shape \(6,\), expected \(6, 1\)"),
    (lambda a: a["biases"].pop(), "all_biases has 3 entries, expected 4"),
    (lambda a: a.__setitem__("input", a["input"].T), r"net_input has shape \(7, 3\), expected \(3, n\)"),
    (lambda a: a.__setitem__("input", a["input"][:, 0]), r"net_input has shape \(3,\), expected \(3, n\)"),
    (lambda a: a.__setitem__("input", a["input"][:, :0]), r"net_input has shape \(3, 0\), expected \(3, n\)"),
])
def test_forward_names_what_does_not_fit(change, words):
    """A wrong shape is told with the array's name, its shape and the shape expected."""
    all_weights, all_biases, net_input, _ = a_network()
    given = {"weights": all_weights, "biases": all_biases, "input": net_input}
    change(given)
    with pytest.raises(ValueError, match=words):
        network.forward(given["weights"], given["biases"], given["input"])


@pytest.mark.parametrize(("change", "words"), [
    (lambda a: a["f"].pop(), "all_f has 3 entries, expected 4"),
    (lambda a: a["h"].append(a["h"][0]), "all_h has 5 entries, expected 4"),
    (lambda a: a["f"].__setitem__(1, a["f"][1][:, :1]), r"all_f\[1\] has shape \(4, 1\), expected \(4, 7\)"),
    (lambda a: a["h"].__setitem__(2, a["h"][2].T), r"all_h\[2\] has shape \(7, 4\), expected \(4, 7\)"),
    (lambda a: a["h"].__setitem__(0, 3.0), r"all_h\[0\] has shape \(\), expected \(3, n\)"),
    (lambda a: a["biases"].pop(), "all_biases has 3 entries, expected 4"),
    (lambda a: a.__setitem__("y", a["y"].T), r"y has shape \(7, 2\), expected \(2, 7\)"),
])
def test_backward_names_what_does_not_fit(change, words):
    """A wrong shape is told with the array's name, its shape and the shape expected."""
    all_weights, all_biases, net_input, y = a_network()
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    given = {"biases": all_biases, "f": all_f, "h": all_h, "y": y}
    change(given)
    with pytest.raises(ValueError, match=words):
        network.backward(all_weights, given["biases"], given["f"], given["h"], given["y"])


# Numbers


def test_float32_stays_float32_and_lists_become_floats():
    """All float32 gives float32, close to what float64 gives; whole numbers in lists become float64."""
    all_weights, all_biases, net_input, y = a_network()
    single = [[array.astype(np.float32) for array in arrays]
              for arrays in (all_weights, all_biases, [net_input, y])]
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    _, single_f, single_h = network.forward(single[0], single[1], single[2][0])
    gradients = network.backward(all_weights, all_biases, all_f, all_h, y)
    single_gradients = network.backward(single[0], single[1], single_f, single_h, single[2][1])
    for wanted, got in zip((all_f, all_h, *gradients), (single_f, single_h, *single_gradients)):
        for exact, rounded in zip(wanted, got):
            assert rounded.dtype == np.float32
            np.testing.assert_allclose(rounded, exact, rtol=1e-4, atol=1e-4)
    net_output, _, _ = network.forward([[[1], [2]], [[3, 4]]], [[[0], [-1]], [[5]]], [[1, -1]])
    assert net_output.dtype == np.float64
    np.testing.assert_array_equal(net_output, [[12, 5]])


def test_complex_numbers_are_refused():
    """A network of complex numbers is a mistake, not a result."""
    with pytest.raises(ValueError, match="real numbers, got dtype complex128"):
        network.forward([np.ones((1, 1))] * 2, [np.zeros((1, 1))] * 2, np.ones((1, 3)) * 1j)


ONE = np.ones((1, 1))
HUGE = [1e200 * ONE] * 2, [0 * ONE] * 2


@pytest.mark.parametrize("overflowing", [
    lambda: network.forward(*HUGE, ONE)[0],
    lambda: network.backward(*HUGE, *network.forward(*HUGE, 1e-200 * ONE)[1:], ONE)[2][0],
    lambda: network.least_squares_loss(1e200 * ONE, ONE),
    lambda: network.d_loss_d_output(1.5e308 * ONE, ONE),
], ids=["forward", "backward", "loss", "derivative"])
def test_explosion_gives_inf_without_a_warning(overflowing):
    """What leaves the range of floats says so by its value: a warning would cost a student the marks."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isinf(overflowing()).all()


# Workspace


def test_workspace_changes_no_number():
    """A pass with a workspace gives what a plain one gives, also when the workspace has been used before."""
    workspace = network.Workspace((3, 5, 4, 6, 2), 7)
    for seed in (3, 4):
        all_weights, all_biases, net_input, y = a_network(seed)
        plain_f, plain_h = network.forward(all_weights, all_biases, net_input)[1:]
        plain = network.backward(all_weights, all_biases, plain_f, plain_h, y)
        _, all_f, all_h = network.forward(all_weights, all_biases, net_input, workspace)
        gradients = network.backward(all_weights, all_biases, all_f, all_h, y, workspace)
        for got, wanted in zip((all_f, all_h, *gradients), (plain_f, plain_h, *plain)):
            for one, other in zip(got, wanted):
                np.testing.assert_array_equal(one, other)


def test_workspace_results_are_its_own_arrays():
    """The next pass writes into the arrays of the last one, which share no memory with each other."""
    all_weights, all_biases, net_input, y = a_network()
    workspace = network.Workspace((3, 5, 4, 6, 2), 7)
    runs = []
    for _ in range(2):
        _, all_f, all_h = network.forward(all_weights, all_biases, net_input, workspace)
        gradients = network.backward(all_weights, all_biases, all_f, all_h, y, workspace)
        runs.append([*all_f, *all_h[1:], *sum(gradients, [])])
    assert all(np.shares_memory(one, other) for one, other in zip(*runs))
    for place, array in enumerate(runs[0]):
        assert not any(np.may_share_memory(array, other) for other in runs[0][:place])


def test_plain_calls_do_not_share_arrays():
    """Without a workspace, a second call leaves the results of the first as they were."""
    all_weights, all_biases, net_input, _ = a_network()
    first = network.forward(all_weights, all_biases, net_input)[0]
    kept = first.copy()
    network.forward(all_weights, all_biases, 2 * net_input)
    np.testing.assert_array_equal(first, kept)


def test_workspace_refuses_another_network():
    """A workspace of other widths, or for another number of points, is refused with both."""
    all_weights, all_biases, net_input, _ = a_network()
    with pytest.raises(ValueError, match=r"widths \(3, 5, 4, 6, 2\) and n=8, this pass needs .*n=7"):
        network.forward(all_weights, all_biases, net_input, network.Workspace((3, 5, 4, 6, 2), 8))
    with pytest.raises(ValueError, match=r"widths \(3, 5, 2\) and n=7, this pass needs .*\(3, 5, 4, 6, 2\)"):
        network.forward(all_weights, all_biases, net_input, network.Workspace((3, 5, 2), 7))
