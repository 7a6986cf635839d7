"""Judge the hidden weights of an initialisation: their variance, their mean, and that layers are drawn apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from initlab import stats
from initlab.rubric import bounds
from initlab.rubric.variance import Sample, Shape, by_power, name_variance, variance_of
from initlab.rubric.verdict import Finding

HIDDEN = 0.5


@dataclass(frozen=True)
class Hidden:
    """What was found: findings in the order in which to mend them, and the share of the points.

    factor: mean square times factor is the square of what the weights were scaled with.
    variance: the student's variance as a function of (fan, K), or None where it wasn't recognised.
    """

    findings: list
    share: float = 0.0
    factor: float = 1.0
    variance: Callable | None = None


def look_at_hidden(exercise: str, main, narrow, again) -> Hidden:
    """Return what the hidden weights of three draws show; with main alone, only whether they are right in it.

    main, narrow, again: initialisation.Draw with sound shapes; narrow and again may be None together.
    """
    stack = _stack(main)
    spoilt = _without_variance(exercise, stack, main)
    if spoilt:
        return Hidden(spoilt)
    found, hidden = _drawn_apart(exercise, stack)
    found = found + _off_centre(exercise, hidden)
    sample = _sample(exercise, "hidden", main, hidden)
    if sample.fits(2 / main.D):
        return _right_at_main(exercise, sample, found, narrow, again)
    if narrow is None:
        return Hidden([Finding("init.variance_unknown")])
    small = _sample(exercise, "narrow", narrow, _drawn_apart(exercise, _stack(narrow))[1])
    if not 0 < small.mean_square < np.inf:
        return Hidden([*found, Finding("common.not_repeatable")])
    named, factor = name_variance(sample, small, Shape.of(hidden))
    if any(finding.code == "init.all_positive" for finding in named):
        found = [finding for finding in found if finding.code != "init.mean_off"]
    return Hidden([*found, *named], 0.0, factor, variance_of(named))


def _right_at_main(exercise: str, sample: Sample, found: list, narrow, again) -> Hidden:
    he = variance_of([])
    if found and found[-1].code == "init.mean_off" and found[-1].fields["lowest"] >= 0:
        found = [*found[:-1], Finding("init.all_positive", _positive_figures(sample))]
    if found or narrow is None:
        return Hidden(found, 0.0 if found else HIDDEN, 1.0, he)
    small, second = (_sample(exercise, name, draw, _stack(draw)) for name, draw in
                     (("narrow", narrow), ("narrow again", again)))
    if not small.fits(2 / narrow.D):
        finding = by_power(sample, small)
        code = finding.code if finding.code == "init.width_ignored" else "init.one_width_only"
        return Hidden([Finding(code, finding.fields)])
    if not second.fits(2 / again.D):
        return Hidden([Finding("common.not_repeatable")], 0.0, 1.0, he)
    return Hidden([], HIDDEN, 1.0, he)


def _stack(draw) -> np.ndarray:
    return np.array(draw.weights[1:-1])  # (K - 1, D, D)


def _sample(exercise: str, bound: str, draw, hidden: np.ndarray) -> Sample:
    low, high = bounds.mean_square(exercise, bound, hidden.size)
    return Sample(draw.K, draw.D, stats.pooled_second_moment(hidden), low, high)


def _without_variance(exercise: str, hidden: np.ndarray, draw) -> list[Finding]:
    """Return the finding on weights without one variance to speak of: constant, diagonal, or differing by layer."""
    if not hidden.any():
        return [Finding("init.zero", {"K": draw.K, "D": draw.D})]
    spread = np.ptp(hidden, axis=(1, 2))
    if not spread.all():
        k = int(np.argmin(spread))
        return [Finding("init.constant", {"k": k + 1, "value": float(hidden[k, 0, 0])})]
    if not np.ptp(hidden, axis=1).any(axis=1).all() or not np.ptp(hidden, axis=2).any(axis=1).all():
        return [Finding("init.units_alike", {"D": draw.D})]
    diagonals = [~(matrix * (1 - np.eye(draw.D))).any() for matrix in hidden]
    if any(diagonals):
        return [Finding("init.diagonal", {"k": diagonals.index(True) + 1, "D": draw.D})]
    squares = stats.second_moments(hidden)
    # Where all layers together have the right mean square, each is held against that; else against most of them.
    whole = _sample(exercise, "hidden", draw, hidden)
    typical = 2 / draw.D if whole.fits(2 / draw.D) else float(np.median(squares))
    low, high = bounds.mean_square_of_each(exercise, len(hidden), hidden[0].size)
    odd = np.flatnonzero((squares < low * typical) | (squares > high * typical))
    if not odd.size:
        return []
    k = int(odd[0])
    return [Finding("init.layers_differ", {"k": k + 1, "got": float(squares[k]), "others": typical,
                                           "count": int(odd.size)})]


def _drawn_apart(exercise: str, hidden: np.ndarray) -> tuple[list[Finding], np.ndarray]:
    """Return a finding when hidden layers are more alike than independent ones are, and the layers without repeats."""
    if len(hidden) < 2:
        return [], hidden
    flat = hidden.reshape(len(hidden), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True)
    alike = np.triu(np.abs(flat @ flat.T), k=1)
    limit = bounds.correlation(exercise, len(hidden), flat.shape[1])
    if alike.max() <= limit:
        return [], hidden
    first, second = (int(place) for place in np.argwhere(alike > limit)[0])
    finding = Finding("init.reused", {"first": first + 1, "second": second + 1,
                                      "correlation": float(alike[first, second])})
    return [finding], hidden[~(alike > limit).any(axis=0)]


def _off_centre(exercise: str, hidden: np.ndarray) -> list[Finding]:
    """Return a finding when the mean of the entries off the diagonals is not 0.

    LAPACK's QR without a sign fix leaves a negative mean on the diagonal of an orthogonal matrix; that does no harm
    to the signal, and such matrices are a right answer.
    """
    layers, D = hidden.shape[:2]
    typical = stats.pooled_second_moment(hidden)
    entries = hidden.size - layers * D
    mean = float((hidden.sum() - np.trace(hidden, axis1=1, axis2=2).sum()) / entries)
    if abs(mean) <= bounds.mean(exercise, "hidden mean", entries) * sqrt(typical):
        return []
    return [Finding("init.mean_off", {"mean": mean, "std": float(np.std(hidden)), "lowest": float(hidden.min()),
                                      "errors": abs(mean) * sqrt(entries / typical)})]


def _positive_figures(sample: Sample) -> dict:
    return {"D": sample.D, "square": sample.mean_square}
