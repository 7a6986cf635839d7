"""Name the variance that hidden weights were drawn with, from their mean squares at two widths.

Two widths tell 2/D from a constant that equals 2/D at one of them, and 4/D² from 0.000625.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from initlab.rubric.verdict import Finding

# Variance of a standard normal number cut off at ± 2: 1 - 4 φ(2) / (2 Φ(2) - 1).
TRUNCATED_AT_TWO = 0.7737413035499231
# Fourth moment over squared second moment: of U(-a, a) and U(0, a) 9/5; cut off at ± 2 as above, 2.3654; normal 3.
_UNIFORM_KURTOSIS, _TRUNCATED_KURTOSIS, _NORMAL_KURTOSIS = 1.8, 2.3654, 3.0
# Beyond this no formula explains a variance alone: the law itself (Laplace's, one with many zeros) has a part in it.
_HEAVY_KURTOSIS = 4.0


@dataclass(frozen=True)
class Sample:
    """The hidden weights at one size: K, D, and their mean square with the relative bounds it may vary within."""

    K: int
    D: int
    mean_square: float
    low: float
    high: float

    def fits(self, variance: float) -> bool:
        """Tell whether the mean square is what weights of this variance would have."""
        return bool(self.low <= self.mean_square / variance <= self.high)


@dataclass(frozen=True)
class Shape:
    """What a sample says about the distribution besides its width."""

    positive: bool  # not one weight below 0
    kind: str  # "uniform", "truncated", "normal", "heavy" for longer tails than a normal law's, or "other"

    @classmethod
    def of(cls, weights: np.ndarray) -> Shape:
        """Return the shape of the distribution that weights, any array, were drawn from."""
        scale = np.max(np.abs(weights))
        scaled = weights / scale
        squares = np.square(scaled)
        second, fourth = np.mean(squares), np.mean(np.square(squares))
        kurtosis, reach = fourth / second**2, 1 / sqrt(second)
        kind = "other"
        # The reach of U(-a, a) is a / (a / √3); halfway between two kurtoses is far from both for any large sample.
        if kurtosis < (_UNIFORM_KURTOSIS + _TRUNCATED_KURTOSIS) / 2 and 1.5 < reach < 1.02 * sqrt(3):
            kind = "uniform"
        elif kurtosis < (_TRUNCATED_KURTOSIS + _NORMAL_KURTOSIS) / 2 and 2 < reach < 2.02 / sqrt(TRUNCATED_AT_TWO):
            kind = "truncated"
        elif kurtosis > _HEAVY_KURTOSIS:
            kind = "heavy"
        elif kurtosis > (_TRUNCATED_KURTOSIS + _NORMAL_KURTOSIS) / 2:
            kind = "normal"
        return cls(bool(np.min(weights) >= 0), kind)


# Variances by their formula, each with the code of the mistake that leads to it.
_FORMS = (
    ("init.precedence", lambda D, K: 1 / D**2),
    ("init.root_on_two_only", lambda D, K: 2 / D**2),
    ("init.sqrt_forgotten", lambda D, K: 4 / D**2),
    ("init.xavier", lambda D, K: 1 / D),
    ("init.sqrt2_variance", lambda D, K: sqrt(2) / D),
    ("init.four", lambda D, K: 4 / D),
    ("init.root_of_root", lambda D, K: sqrt(2 / D)),
    ("init.depth_for_width", lambda D, K: 2 / K),
    ("init.unscaled", lambda D, K: 1.0),
    ("init.input_fan", lambda D, K: 2.0),
)


def name_variance(main: Sample, narrow: Sample, shape: Shape) -> tuple[list[Finding], float]:
    """Return the findings that explain a wrong variance, and the factor by which the distribution changed it.

    Multiplying a mean square by the factor gives the square of the number that the student scaled with:
    1, or 3 for U(-s, s) with s in place of a standard deviation, or 1/0.774 for an uncorrected truncated normal.
    The findings are in the order in which a student should mend them; never empty.
    """
    seen = _figures(main)
    whole = _form(main, narrow, 1.0) if shape.kind != "heavy" else None
    for code, factor in _sources(shape) if whole is None else ():
        if _fits_he(main, factor) and _fits_he(narrow, factor):
            return [Finding(code, seen)], factor
        inner = _form(main, narrow, factor)
        if inner is not None:
            return [Finding(code, seen), Finding(inner, _figures(main, factor))], factor
    if shape.positive:
        found = [Finding("init.all_positive", seen)]
        # The absolute value of a normal draw keeps its mean square; of other positive draws it says nothing.
        return found + ([Finding(whole, seen)] if whole and shape.kind == "normal" else []), 1.0
    if whole == "init.four" and shape.kind == "uniform":
        whole = "init.uniform_gain"
    if whole is not None:
        return [Finding(whole, seen)], 1.0
    return [by_power(main, narrow)], 1.0


def _sources(shape: Shape) -> tuple:
    """Return what a distribution of this shape makes of a standard deviation that is used for another number.

    Pairs of a code and a factor: s² over the mean square, of U(0, s), U(-s, s), U(-s/2, s/2), and N(0, s) cut at ± 2 s.
    """
    if shape.positive:
        return (("init.all_positive", 3.0),) if shape.kind == "uniform" else ()
    return {
        "uniform": (("init.uniform_bound", 3.0), ("init.uniform_width", 12.0)),
        "truncated": (("init.truncated", 1 / TRUNCATED_AT_TWO),),
    }.get(shape.kind, ())


def _fits_he(sample: Sample, factor: float) -> bool:
    return sample.fits(2 / sample.D / factor)


def _form(main: Sample, narrow: Sample, factor: float) -> str | None:
    for code, variance in _FORMS:
        if all(sample.fits(variance(sample.D, sample.K) / factor) for sample in (main, narrow)):
            return code
    return None


def by_power(main: Sample, narrow: Sample) -> Finding:
    """Say how an unknown variance depends on D, as a power of it, if it is one."""
    seen = {**_figures(main), "narrow_D": narrow.D, "narrow_square": narrow.mean_square}
    power = log(main.mean_square / narrow.mean_square) / log(main.D / narrow.D)
    # Sampling moves the power by about ln(high / low) / ln(D ratio) / 2; double that is told apart from its neighbours.
    doubt = (log(main.high / main.low) + log(narrow.high / narrow.low)) / log(main.D / narrow.D)
    codes = {0: "init.width_ignored", 1: "init.grows", -2: "init.sqrt_forgotten", -1: "init.variance_off"}
    nearest = round(power)
    if abs(power - nearest) <= doubt and nearest in codes:
        return Finding(codes[nearest], seen)
    return Finding("init.variance_unknown", seen)


def _figures(sample: Sample, factor: float = 1.0) -> dict:
    square = sample.mean_square * factor
    return {
        "K": sample.K,
        "D": sample.D,
        "square": square,
        "std": sqrt(square),
        "over_D": square * sample.D,
        "over_D2": square * sample.D**2,
        "root_over_D": sqrt(square) * sample.D,
        "times": square * sample.D / 2,
    }


def variance_of(findings: list[Finding]):
    """Return the variance, as a function of (fan, K), that the findings on hidden weights speak of; None if unknown.

    Without a finding about the variance it is 2 / fan.
    """
    forms = dict(_FORMS)
    for finding in findings:
        if finding.code == "init.sqrt_forgotten":  # any number over D, not 2 alone
            return lambda fan, K, over=finding.fields["over_D2"]: over / fan**2
        if finding.code == "init.variance_off":
            return lambda fan, K, over=finding.fields["over_D"]: over / fan
        if finding.code == "init.width_ignored":
            return lambda fan, K, square=finding.fields["square"]: square
        if finding.code in forms:
            return forms[finding.code]
        if finding.code == "init.uniform_gain":
            return forms["init.four"]
    known = {"init.uniform_bound", "init.uniform_width", "init.truncated", "init.all_positive", "init.mean_off",
             "init.reused"}
    return (lambda fan, K: 2 / fan) if {finding.code for finding in findings} <= known else None
