"""The exercises of lab 1: the forward pass."""

from __future__ import annotations

from functools import lru_cache
from math import inf, sqrt
from statistics import NormalDist

import numpy as np

from initlab import theory
from initlab.rubric import initialisation
from initlab.rubric.numbers import near, slip
from initlab.rubric.structure import shown, weight_shapes
from initlab.rubric.verdict import Comparison, Finding, Outcome, Unusable, Verdict, exercise, judged

# The network that lab 1 starts with, and the one that it asks for.
SMALL_K, SMALL_D = 5, 8
K, D = 50, 80
# One in ten thousand honest answers lies beyond each end: a reading off a curve on one draw is no exact number.
TUNING_REJECT = 2e-4
DERIVED_TOLERANCE = 0.005
RATIO_TOLERANCE = 0.02
PREDICTED_VARIANCE = 1.9  # over D


@exercise(points=1, answers={"all_weights": "shapes"})
def network_size(shapes: list) -> Verdict:
    """Judge the shapes of the weights of the student's network: a list with one shape, or None, per layer.

    Half of the points for K, half for D.  The small network of the example still standing there is no attempt.
    """
    name = "network_size"
    if shapes == weight_shapes(SMALL_K, SMALL_D):
        raise Unusable(Outcome.NOT_ATTEMPTED, "size.small", K=SMALL_K, D=SMALL_D)
    matrices = len(shapes)
    # Hidden layers are told from matrices between equal widths; the first and the last matrix are D x 1 and 1 x D.
    widths = [shape[0] for shape in shapes if shape is not None and len(shape) == 2]
    if len(widths) != matrices or matrices < 2 or not _of_width([tuple(s) for s in shapes], widths[0]):
        flipped = len(widths) == matrices >= 2 and _of_width([s[::-1] for s in shapes], shapes[0][1])
        code = "size.transposed" if flipped else "size.shapes"
        first = next((shown(shape) if shape is not None else "None" for shape in shapes), "-")
        return judged(name, 0.0, [Finding(code, {"count": matrices, "first": first})])
    got_K, got_D = matrices - 1, widths[0]
    fields = {"got_K": got_K, "got_D": got_D, "matrices": matrices}
    share = 0.5 * (got_K == K) + 0.5 * (got_D == D)
    found = []
    if (got_K, got_D) == (D, K):
        found = [Finding("size.swapped", fields)]
    else:
        if got_K == K - 1:
            found.append(Finding("size.matrices_counted", fields))
        elif got_K != K:
            found.append(Finding("size.depth", fields))
        if got_D != D:
            found.append(Finding("size.width", fields))
    return judged(name, share, found)


def _of_width(shapes: list, D: int) -> bool:
    """Tell whether shapes are those of one network with hidden layers of D units; empty matrices are of none."""
    return D >= 1 and shapes == weight_shapes(len(shapes) - 1, D)


@exercise(points=2, answers={"sigma_sq_omega": "number"})
def sigma_sq_by_experiment(sigma_sq: float) -> Verdict:
    """Judge a variance found by trying: right where a draw of the labs' network can look level with it."""
    return judge_tuned("sigma_sq_by_experiment", sigma_sq, tuned_bounds("forward"))


def judge_tuned(name: str, sigma_sq: float, bounds: tuple[float, float]) -> Verdict:
    """Return the verdict on a variance found by trying, for either pass; bounds: (low, high)."""
    if sigma_sq <= 0:
        return judged(name, 0.0, [Finding("tuned.not_positive", {"got": sigma_sq})])
    low, high = bounds
    if low <= sigma_sq <= high:
        return judged(name, 1.0, picture=expected_curve(sigma_sq))
    fields = {"got": sigma_sq, "K": K, "layer_factor": sqrt(sigma_sq * D / 2),
              "factor": _expected_ratio(K, sigma_sq), "implied_std": sqrt(sigma_sq)}
    if near(sigma_sq, 1.0, DERIVED_TOLERANCE):
        code = "tuned.unchanged"
    elif low <= sigma_sq * sigma_sq <= high:  # inf where the square is too large, and no exception
        code = "tuned.std_given"
    else:
        code = "tuned.too_large" if sigma_sq > high else "tuned.too_small"
    return judged(name, 0.0, [Finding(code, fields)], picture=expected_curve(sigma_sq))


@lru_cache(maxsize=2)
def tuned_bounds(direction: str) -> tuple[float, float]:
    """Return (low, high) for the variance that levels the labs' network on one draw, "forward" or "backward"."""
    if direction == "forward":
        return theory.tuned_sigma_sq_bounds(K, D, TUNING_REJECT)
    return theory.tuned_sigma_sq_gradient_bounds(K, D, TUNING_REJECT)


def expected_curve(sigma_sq: float) -> Comparison:
    """Return the root mean square by layer that theory expects for a variance, relative to the first layer's.

    The band holds 98 of 100 correct draws at each layer: luck, beside which the student's own mistake is to be seen.
    """
    layers = np.arange(1, K + 1)
    yours = [_expected_ratio(int(layer), sigma_sq) for layer in layers]
    mean, variance = theory.log_norm_moments((1,) + (D,) * K + (1,))
    mean, spread = (mean - mean[0]) / 2, np.sqrt(np.maximum(variance - variance[0], 0)) / 2
    reach = NormalDist().inv_cdf(0.99) * spread  # ln of a length follows a normal law closely, see initlab.lognorm
    low, high = np.exp(mean - reach), np.exp(mean + reach)
    return Comparison("picture.expected", tuple(map(int, layers)), tuple(map(float, yours)),
                      tuple(map(float, low)), tuple(map(float, high)))


def _expected_ratio(layer: int, sigma_sq: float) -> float:
    """Return the std that theory expects at a layer, relative to the first; inf where that is too large for a float."""
    if layer == 1:
        return 1.0
    try:
        return theory.std_ratio(layer, min(sigma_sq, 1e300) * D / 2)
    except OverflowError:
        return inf


@exercise(points=2, answers={"sigma_sq_derived": "number"})
def sigma_sq_derived(sigma_sq: float) -> Verdict:
    """Judge the derived variance 2/D for D = 80, within half a percent: room for rounding, not for tuning."""
    name, want = "sigma_sq_derived", 2 / D
    if near(sigma_sq, want, DERIVED_TOLERANCE):
        return judged(name, 1.0, picture=expected_curve(sigma_sq))
    fields = {"got": sigma_sq, "D": D, "K": K, "times_D": sigma_sq * D, "times_D2": sigma_sq * D**2}
    slips = (
        ("derived.relu_left_out", 1 / D),
        ("derived.std_given", sqrt(want)),
        ("derived.std_of_xavier", sqrt(1 / D)),
        ("derived.D_left_out", 2.0),
        ("derived.K_for_D", 2 / K),
        ("derived.small_D", 2 / SMALL_D),
        ("derived.std_halved", 4 / D),
        # Var relu(z) = 1/2 - 1/(2π) for a standard normal z; what enters the next sum is E relu(z)² = 1/2.
        ("derived.variance_of_h", 1 / (D * (0.5 - 0.5 / np.pi))),
        ("derived.root_of_two", sqrt(2) / D),
        ("derived.D_squared", 2 / D**2),
        ("derived.upside_down", D / 2),
        ("derived.unchanged", 1.0),
    )
    found = slip(sigma_sq, slips, DERIVED_TOLERANCE, fields)
    low, high = tuned_bounds("forward")
    if found is None:
        if sigma_sq <= 0:
            found = Finding("tuned.not_positive", {"got": sigma_sq})
        else:
            found = Finding("derived.tuned" if low <= sigma_sq <= high else "derived.other", fields)
    picture = expected_curve(sigma_sq) if sigma_sq > 0 else None
    return judged(name, 0.0, [found], picture=picture)


@exercise(points=5, answers={"he_init_params": "draws"})
def he_init_params(draws) -> Verdict:
    """Judge an initialisation for the forward pass: initialisation.Draws, variances 2 / fan-in."""
    return initialisation.judge("he_init_params", draws, "in")


@exercise(points=2, answers={"predicted_ratio": "number"})
def predicted_ratio(ratio: float) -> Verdict:
    """Judge how much lower last over first std gets when 2/D becomes 1.9/D: 0.95^((K - 1) / 2), within 2 percent."""
    name, change = "predicted_ratio", PREDICTED_VARIANCE / 2
    want = theory.std_ratio(K, change)
    picture = _predicted_curve(ratio) if ratio > 0 else None
    if near(ratio, want, RATIO_TOLERANCE):
        return judged(name, 1.0, picture=picture)
    slips = (
        ("ratio.variance", change ** (K - 1)),
        ("ratio.variance", change**K),
        ("ratio.layers_miscounted", change ** (K / 2)),
        ("ratio.layers_miscounted", change ** ((K + 1) / 2)),
        ("ratio.layers_miscounted", change ** ((K - 2) / 2)),
        ("ratio.upside_down", 1 / want),
        ("ratio.one_layer", sqrt(change)),
        ("ratio.one_layer", change),
        ("ratio.no_change", 1.0),
        *(("ratio.linear", layer * count) for layer in (change, sqrt(change)) for count in (K - 1, K)),
        ("ratio.lost_part", 1 - want),
        ("ratio.logarithm", float(np.log(want))),
    )
    fields = {"got": ratio, "K": K, "per_layer": ratio ** (1 / (K - 1)) if ratio > 0 else 0.0}
    # Half a percent: 0.95^24.5 and its neighbours 0.95^25 and 0.95^24 lie 2.5 % apart.
    found = slip(ratio, slips, DERIVED_TOLERANCE, fields)
    if found is None:
        # Percent are written as whole numbers: 28, not 28.46.
        percent = near(ratio, 100 * want, RATIO_TOLERANCE)
        code = "ratio.percent" if percent else "ratio.not_positive" if ratio <= 0 else "ratio.other"
        found = Finding(code, fields)
    return judged(name, 0.0, [found], picture=picture)


def _predicted_curve(ratio: float) -> Comparison:
    """Return the decay from the first to the last layer that a predicted ratio means, without the right one."""
    layers = np.arange(1, K + 1)
    return Comparison("picture.predicted", tuple(map(int, layers)),
                      tuple(float(ratio ** ((layer - 1) / (K - 1))) for layer in layers))
