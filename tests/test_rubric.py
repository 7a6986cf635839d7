"""The rubric: arrays in, verdicts out, within bounds that are all accounted for."""

import subprocess
import sys

import numpy as np
import pytest

from initlab import network
from initlab.checks import cases
from initlab.rubric import EXERCISES, LABS, Outcome, Verdict, bounds, of_lab, signal
from initlab.rubric.backward_pass import printed_stds
from initlab.rubric.derivatives import Answer, Trials
from initlab.rubric.derivatives import judge as judge_derivatives
from initlab.rubric.initialisation import Draw, Draws

SIZES = ((50, 80), (24, 20), (1, 2000), (24, 20))


def draws(make, exercise="he_init_params", sizes=SIZES):
    """Return draws whose layers make(shape, fan) gives; biases are 0."""
    axis = 1 if exercise == "he_init_params" else 0
    made = []
    for K, D in sizes:
        shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
        made.append(Draw(K, D, [make(s, s[axis]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]))
    return Draws(*made)


def judge(given, exercise="he_init_params"):
    """Return the verdict on draws."""
    return EXERCISES[exercise].judge(given)


def test_all_rates_together():
    """The false-reject rates of all bounds of a submission add up to at most one in a million."""
    rates = [bounds.allotted(exercise, name) for exercise, names in bounds.STATISTICAL.items() for name in names]
    assert sum(rates) <= 1e-6 * (1 + 1e-12)


def test_uncounted_bound_is_refused():
    """A bound that isn't in the list of those that are counted cannot be had."""
    with pytest.raises(KeyError, match="re_init_params: band"):
        bounds.allotted("re_init_params", "band")


@pytest.mark.parametrize("exercise", bounds.STATISTICAL)
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sizes", [
    SIZES, ((44, 76), (20, 18), (1, 1900), (20, 18)), ((48, 82), (26, 24), (1, 2100), (26, 24)),
])
def test_right_draws_are_right(exercise, seed, sizes):
    """He's initialisation earns everything at the public sizes and at the ends of the hidden ones."""
    rng = np.random.default_rng(seed)
    verdict = judge(draws(lambda s, fan: rng.normal(size=s) * np.sqrt(2 / fan), exercise, sizes), exercise)
    assert (verdict.outcome, verdict.share, verdict.findings) == (Outcome.RIGHT, pytest.approx(1), ())


@pytest.mark.parametrize("exercise", bounds.STATISTICAL)
@pytest.mark.parametrize("numerator", [1.9, 2.1])
@pytest.mark.parametrize("draw", ["normal", "uniform", "signs"])
def test_five_percent_is_seen(exercise, numerator, draw):
    """1.9 and 2.1 over the fan are turned away, whatever the shape of the distribution."""
    rng = np.random.default_rng(1)
    shapes = {"normal": rng.standard_normal, "signs": lambda s: rng.choice([-1.0, 1.0], size=s),
              "uniform": lambda s: rng.uniform(-np.sqrt(3), np.sqrt(3), size=s)}
    verdict = judge(draws(lambda s, fan: shapes[draw](s) * np.sqrt(numerator / fan), exercise), exercise)
    assert [finding.code for finding in verdict.findings] == ["init.variance_off"]


# For every statistical bound an initialisation that is right but for what this bound looks at, and the code it gets.
def _layer(k, factor):
    def change(given):
        given.main.weights[k] = given.main.weights[k] * factor
    return change


def _scale(which, layers, factor):
    def change(given):
        weights = getattr(given, which).weights
        for k in layers:
            weights[k] = weights[k] * factor
    return change


def _shift(which, k, shift):
    def change(given):
        weights = getattr(given, which).weights
        for place in ([k] if k is not None else range(1, len(weights) - 1)):
            std = np.std(weights[place])
            weights[place] = (weights[place] + shift * std) / np.sqrt(1 + shift**2)
    return change


def _alike(given):
    given.main.weights[7] = (given.main.weights[3] + 2 * given.main.weights[7]) / np.sqrt(5)


def _rows_alike(given):
    rng = np.random.default_rng(3)
    for k in range(1, 50):
        signs = [rng.choice([-1, 1], size=80) for _ in range(2)]
        given.main.weights[k] = np.outer(*signs) * np.sqrt(2 / 80)


TRIPS = {
    "hidden": (_scale("main", range(1, 50), 1.02), "init.variance_off"),
    "each layer": (_layer(9, 1.12), "init.layers_differ"),
    "narrow": (_scale("narrow", range(1, 24), 1.1), "init.one_width_only"),
    "narrow again": (_scale("again", range(1, 24), 1.1), "common.not_repeatable"),
    "first": (_scale("wide", [0], 1.3), "init.outer_variance"),
    "last": (_scale("wide", [1], 0.8), "init.outer_variance"),
    "hidden mean": (_shift("main", None, 0.02), "init.mean_off"),
    "first mean": (_shift("wide", 0, 0.25), "init.outer_mean"),
    "last mean": (_shift("wide", 1, -0.25), "init.outer_mean"),
    "layers apart": (_alike, "init.reused"),
    "ratio": (_rows_alike, "init.signal_forward"),
    "slope": (_rows_alike, "init.signal_forward"),
    "band": (_rows_alike, "init.signal_forward"),
}


@pytest.mark.parametrize("bound", bounds.STATISTICAL["he_init_params"])
def test_every_bound_can_fail(bound):
    """Each statistical bound is tripped by a draw that is right in everything else."""
    rng = np.random.default_rng(2)
    given = draws(lambda s, fan: rng.normal(size=s) * np.sqrt(2 / fan))
    assert judge(given).outcome is Outcome.RIGHT
    change, code = TRIPS[bound]
    change(given)
    assert [finding.code for finding in judge(given).findings] == [code]


def test_signs_are_no_uniform_draw():
    """Random signs of a third of the variance are named by their variance, not as a uniform draw gone wrong."""
    rng = np.random.default_rng(1)
    verdict = judge(draws(lambda s, fan: rng.choice([-1.0, 1.0], size=s) * np.sqrt(2 / 3 / fan)))
    assert [finding.code for finding in verdict.findings] == ["init.variance_off"]


def test_band_sees_what_ratio_and_slope_do_not():
    """A signal that sinks and comes back, so that last over first and slope are right, still leaves the band."""
    rng = np.random.default_rng(9)
    main = draws(lambda s, fan: rng.normal(size=s) * np.sqrt(2 / fan)).main
    for k in range(10, 24):  # of rank one, with signs on both sides: the signal shrinks
        main.weights[k] = np.outer(*rng.normal(size=(2, 80))) * np.sqrt(2 / 80)
    for k in range(24, 28):  # with signs on one side: the positive activations add up
        main.weights[k] = np.outer(rng.normal(size=80), np.ones(80)) * np.sqrt(2 / 80)
    picture, found = signal.compare("he_init_params", main)
    ratio, slope = bounds.ratio("he_init_params", 50, 80), bounds.slope("he_init_params", 50, 80)
    assert min(y / low for y, low in zip(picture.yours, picture.low)) < 1 and found
    assert ratio[0] < found[0].fields["ratio"] < ratio[1] and slope[0] < found[0].fields["slope"] < slope[1]


def test_signal_bounds_fail_each_by_itself():
    """Band, ratio and slope are each left by variances that are wrong enough, in both passes."""
    rng = np.random.default_rng(4)
    for exercise in bounds.STATISTICAL:
        for factor in (0.5, 2.0):
            main = draws(lambda s, fan: rng.normal(size=s) * np.sqrt(factor * 2 / fan), exercise).main
            picture, found = signal.compare(exercise, main)
            ratio, slope = bounds.ratio(exercise, 50, 80), bounds.slope(exercise, 50, 80)
            assert found and not ratio[0] <= found[0].fields["ratio"] <= ratio[1]
            assert not slope[0] <= found[0].fields["slope"] <= slope[1]
            outside = [not low <= y <= high for y, low, high in zip(picture.yours, picture.low, picture.high)]
            assert sum(outside) > 25


def test_one_mistake_costs_its_own_points():
    """A wrong first layer leaves the points for hidden weights, last layer and biases."""
    rng = np.random.default_rng(5)
    given = draws(lambda s, fan: rng.normal(size=s) * np.sqrt(2 / max(s)))
    verdict = judge(given)
    assert [f.code for f in verdict.findings] == ["init.first_needs_fan_in"] and verdict.share == pytest.approx(0.8)


def test_structure_alone_earns_nothing():
    """Right shapes and zero biases are worth nothing without a layer that is right."""
    assert judge(draws(lambda s, fan: np.zeros(s))).points == 0
    rng = np.random.default_rng(6)
    assert judge(draws(lambda s, fan: rng.normal(size=s) * 7)).points == 0


def trials(seed, change=lambda lists: lists):
    """Return trials of the right backward pass, changed by a function of its four lists."""
    drawn = cases.backward_cases(np.random.default_rng(seed))
    answers = []
    for case in [*drawn, drawn[-1]]:
        lists = [[array.copy() for array in entries] for entries in network.backward(*case.arguments)]
        answers.append(Answer(case, *change(lists)))
    return Trials(answers[:-1], answers[-1])


@pytest.mark.parametrize("seed", range(20))
def test_right_derivatives_are_right(seed):
    """The package's own backward pass earns everything in every case, in float32 as well."""
    assert judge_derivatives(trials(seed)).share == pytest.approx(1)

    def rounded(lists):
        return [[array.astype(np.float32).astype(float) for array in entries] for entries in lists]

    assert judge_derivatives(trials(seed, rounded)).share == pytest.approx(1)


@pytest.mark.parametrize("name", range(4))
@pytest.mark.parametrize("seed", range(5))
def test_a_small_error_in_one_entry_is_seen(name, seed):
    """One entry that is off by a thousandth of its array's largest is no longer right."""

    def off(lists):
        array = lists[name][1]
        array[0, 0] += 1e-3 * max(np.max(np.abs(array)), 1e-3)
        return lists

    verdict = judge_derivatives(trials(seed, off))
    assert verdict.outcome is Outcome.WRONG and verdict.share < 1


@pytest.mark.parametrize("seed", range(10))
def test_cases_stay_away_from_the_kink(seed):
    """No preactivation of a case is near 0, and every hidden layer has units on and off: both conventions agree."""
    for case in cases.backward_cases(np.random.default_rng(seed)):
        for f in case.all_f[:-1]:
            assert np.min(np.abs(f)) > 1e-3 and 0 < np.mean(f > 0) < 1
    square, uneven, single = cases.backward_cases(np.random.default_rng(seed))
    assert len({w.shape for w in square.all_weights}) == 1 and square.K > 5
    widths = [w.shape[0] for w in uneven.all_weights] + [uneven.all_weights[0].shape[1]]
    assert len(set(widths)) == len(widths) and uneven.y.shape[1] not in widths
    assert single.y.shape == (1, 1)


@pytest.mark.parametrize("axis_sum", ["per sample", "summed"])
def test_bias_gradient_per_sample_or_summed(axis_sum):
    """Summed over the batch, or one column per data point as the first notebook had it: both full marks."""

    def change(lists):
        if axis_sum == "per sample":
            lists[1] = [array.copy() for array in lists[3]]
        return lists

    verdict = judge_derivatives(trials(0, change))
    assert verdict.share == pytest.approx(1) and verdict.outcome is Outcome.RIGHT
    assert [remark.code for remark in verdict.remarks] == (
        ["backward.bias_per_sample"] if axis_sum == "per sample" else [])


def test_zeros_earn_nothing_by_following_from_zeros():
    """The output's derivative alone, and zeros that follow from zeros, are worth one step."""

    def stop(lists):
        last = lists[3][-1]
        return [[np.zeros_like(array) for array in entries] for entries in lists[:3]] + [
            [np.zeros_like(array) for array in lists[3][:-1]] + [last]]

    verdict = judge_derivatives(trials(0, stop))
    assert verdict.share == pytest.approx(0.2)
    assert [finding.code for finding in verdict.findings] == ["backward.left_at_zero"]


def test_print_in_question_is_the_notebooks():
    """The standard deviations are those that the first notebook prints, and the real ones of dl/dh beside them."""
    printed, real = printed_stds()
    np.testing.assert_allclose(printed[1:5], [446.6542, 340.6573, 109.1317, 56.4720], rtol=1e-6)
    np.testing.assert_allclose(real[1:5], [1477.3223, 959.5417, 357.0820, 203.6191], rtol=1e-6)


@pytest.mark.parametrize(("share", "points"), [(0.0, 0.0), (1.0, 5.0), (2.0, 5.0), (-1.0, 0.0), (np.nan, 0.0), (np.inf, 0.0),
                                               (0.1 + 0.2, 1.5), (np.float64(0.7), 3.5)])
def test_points_are_plain_and_within_bounds(share, points):
    """Whatever the share, points are a Python float between 0 and what the exercise is worth."""
    got = Verdict("he_init_params", Outcome.WRONG, share).points
    assert type(got) is float and got == points


def test_rubrics_are_found_by_lab():
    """A lab's rubric is found by its name, with or without its number, and holds the lab's exercises."""
    for lab, names in LABS.items():
        assert of_lab(f"07_{lab}") is of_lab(lab)
        assert all(getattr(of_lab(lab), name) is EXERCISES[name].judge for name in names)


def test_rubric_knows_no_checks():
    """The rubric imports neither the checks nor what shows their verdicts."""
    code = ("import sys, initlab.rubric; "
            "print(sorted({'initlab.checks', 'initlab.messages', 'initlab.card', 'IPython'} & set(sys.modules)))")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert run.stdout == "[]\n", run.stderr
