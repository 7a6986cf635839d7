"""The five steps of a backward pass, and what each gives when a student slips in it.

A slip is a function of the work and a layer; it returns the array that the slip leads to, None where it has no
meaning, or raises ValueError where shapes do not fit.  Steps stand in the order in which to mend them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Work:
    """One case and what a student made of it.

    given: their arrays or None, by name; own: the same where usable as the input of a next step, else the true ones.
    truth: the right arrays, by name.
    """

    case: object
    given: dict
    own: dict
    truth: dict

    def df(self, k: int):
        """Return dl_df[k]; None outside 0 … K."""
        return self._at(self.own["dl_df"], k)

    def dh(self, k: int):
        """Return dl_dh[k]; None outside 0 … K."""
        return self._at(self.own["dl_dh"], k)

    def f(self, k: int):
        """Return the preactivations all_f[k]; None outside 0 … K."""
        return self._at(self.case.all_f, k)

    def h(self, k: int):
        """Return the activations all_h[k]; None outside 0 … K."""
        return self._at(self.case.all_h, k)

    def W(self, k: int):
        """Return the weights all_weights[k]; None outside 0 … K."""
        return self._at(self.case.all_weights, k)

    def _at(self, arrays: list, k: int):
        return arrays[k] if 0 <= k <= self.case.K else None


@dataclass(frozen=True)
class Step:
    """One step: the quantity it fills, at which layers, what is right, how large its terms are, and known slips."""

    name: str
    code: str
    layers: Callable
    right: Callable  # (work, k) -> array
    terms: Callable  # (work, k) -> array of the sums of absolute terms, which bounds the rounding error
    slips: tuple  # of (codes, form)

    def agrees(self, work: Work, k: int, got: np.ndarray, want: np.ndarray) -> bool:
        """Tell whether two arrays agree to what float32 arithmetic loses in this step.

        A sum of m products is off by at most (m + 2) units in the last place of the sum of their absolute values
        (Higham 2002, section 3.1); four times that leaves room for weights and activations rounded beforehand.
        """
        if got.shape != want.shape:
            return False
        terms = np.max(self.terms(work, k))
        length = max(*self.terms(work, k).shape, work.case.y.shape[1])
        return bool(np.all(np.abs(got - want) <= 4 * (length + 2) * np.finfo(np.float32).eps * terms))


def _product(left, right):
    return None if left is None or right is None else left @ right


def _masked(dh, mask):
    if dh is None or mask is None:
        return None
    if dh.shape != mask.shape:
        raise ValueError
    return dh * mask


def _column(array, place: int):
    return None if array is None else array[:, [place]]


def _n(work):
    return work.case.y.shape[1]


# dl_df[K] = 2 (f[K] - y)
def _residual(work, k):
    return work.f(k) - work.case.y


OUTPUT = Step(
    "dl_df", "output", lambda w: [w.case.K],
    lambda w, k: 2 * _residual(w, k),
    lambda w, k: 2 * (np.abs(w.f(k)) + np.abs(w.case.y)),
    (
        (["backward.factor_two"], lambda w, k: _residual(w, k)),
        (["backward.sign"], lambda w, k: -2 * _residual(w, k)),
        (["backward.sign", "backward.factor_two"], lambda w, k: -_residual(w, k)),
        (["backward.target_ignored"], lambda w, k: 2 * w.f(k)),
        (["backward.mean_not_sum"], lambda w, k: 2 * _residual(w, k) / _n(w)),
        (["backward.mean_not_sum"], lambda w, k: 2 * _residual(w, k) / _residual(w, k).size),
        (["backward.sign", "backward.mean_not_sum"], lambda w, k: -2 * _residual(w, k) / _n(w)),
        (["backward.sign", "backward.mean_not_sum"], lambda w, k: -2 * _residual(w, k) / _residual(w, k).size),
        (["backward.factor_two", "backward.mean_not_sum"], lambda w, k: _residual(w, k) / _n(w)),
        (["backward.factor_two", "backward.mean_not_sum"], lambda w, k: _residual(w, k) / _residual(w, k).size),
        (["backward.loss_itself"], lambda w, k: _residual(w, k) ** 2),
        (["backward.relu_at_output"], lambda w, k: 2 * _residual(w, k) * (w.f(k) > 0)),
        (["backward.one_sample"], lambda w, k: _column(2 * _residual(w, k), 0)),
        (["backward.one_sample"], lambda w, k: _column(2 * _residual(w, k), -1)),
    ),
)


# dl_dh[k] = W[k]^T dl_df[k]
def _through(work, k):
    return work.W(k).T @ work.df(k)


WEIGHTS_BACK = Step(
    "dl_dh", "dh", lambda w: range(w.case.K, -1, -1),
    _through,
    lambda w, k: np.abs(w.W(k)).T @ np.abs(w.df(k)),
    (
        (["backward.transpose_forgotten"], lambda w, k: _product(w.W(k), w.df(k))),
        (["backward.dh_is_df"], lambda w, k: _through(w, k) * (w.f(k - 1) > 0) if k else _through(w, k)),
        (["backward.weights_off_by_one"], lambda w, k: w.W(k - 1).T @ w.df(k) if k else None),
        (["backward.weights_off_by_one"], lambda w, k: w.W(k + 1).T @ w.df(k) if k < w.case.K else None),
        (["backward.weights_off_by_one"], lambda w, k: w.case.all_weights[k - 1].T @ w.df(k)),  # [-1] is the last
        (["backward.gradient_off_by_one"], lambda w, k: w.W(k).T @ w.df(k + 1) if k < w.case.K else _through(w, k)),
        (["backward.one_sample"], lambda w, k: _column(_through(w, k), 0)),
        (["backward.one_sample"], lambda w, k: _column(_through(w, k), -1)),
    ),
)


# dl_df[k] = [f[k] > 0] dl_dh[k+1]
RELU_BACK = Step(
    "dl_df", "df", lambda w: range(w.case.K - 1, -1, -1),
    lambda w, k: w.dh(k + 1) * (w.f(k) > 0),
    lambda w, k: np.abs(w.dh(k + 1)),
    (
        (["backward.relu_ignored"], lambda w, k: w.dh(k + 1)),
        (["backward.indicator_on_h"], lambda w, k: _masked(w.dh(k + 1), w.h(k) > 0)),
        (["backward.indicator_on_h"], lambda w, k: _masked(w.dh(k + 1), w.h(k) >= 0)),
        (["backward.indicator_wrong_layer"], lambda w, k: _masked(w.dh(k + 1), w.f(k + 1) > 0)),
        (["backward.indicator_wrong_layer"], lambda w, k: _masked(w.dh(k + 1), w.f(k - 1) > 0) if k else None),
        (["backward.indicator_reversed"], lambda w, k: w.dh(k + 1) * (w.f(k) < 0)),
        (["backward.activation_for_slope"], lambda w, k: w.dh(k + 1) * np.maximum(w.f(k), 0)),
        (["backward.activation_for_slope"], lambda w, k: w.dh(k + 1) * w.f(k)),
        (["backward.indicator_of_gradient"], lambda w, k: np.maximum(w.dh(k + 1), 0)),
        (["backward.one_sample"], lambda w, k: _column(w.dh(k + 1) * (w.f(k) > 0), 0)),
        (["backward.one_sample"], lambda w, k: _column(w.dh(k + 1) * (w.f(k) > 0), -1)),
    ),
)


# dl_dweights[k] = dl_df[k] h[k]^T
def _outer(work, k):
    return work.df(k) @ work.h(k).T


WEIGHTS = Step(
    "dl_dweights", "weights", lambda w: range(w.case.K + 1),
    _outer,
    lambda w, k: np.abs(w.df(k)) @ np.abs(w.h(k)).T,
    (
        (["backward.h_off_by_one"], lambda w, k: w.df(k) @ w.h(k + 1).T if k < w.case.K else None),
        (["backward.h_off_by_one"], lambda w, k: w.df(k) @ w.h(k - 1).T if k else None),
        (["backward.h_off_by_one"], lambda w, k: w.df(k) @ w.case.all_h[k - 1].T),
        (["backward.f_for_h"], lambda w, k: w.df(k) @ (w.f(k - 1) if k else w.h(0)).T),
        (["backward.f_for_h"], lambda w, k: w.df(k) @ w.f(k).T),
        (["backward.dh_for_df"], lambda w, k: w.dh(k + 1) @ w.h(k).T if k < w.case.K else _outer(w, k)),
        (["backward.weights_transposed"], lambda w, k: _outer(w, k).T),
        (["backward.h_not_transposed"], lambda w, k: w.df(k) @ w.h(k)),
        (["backward.mean_not_sum"], lambda w, k: _outer(w, k) / _n(w)),
        (["backward.one_sample"], lambda w, k: _column(w.df(k), 0) @ _column(w.h(k), 0).T),
        (["backward.one_sample"], lambda w, k: _column(w.df(k), -1) @ _column(w.h(k), -1).T),
    ),
)


# dl_dbiases[k] = sum over the data of dl_df[k]
def _summed(work, k):
    return work.df(k).sum(axis=1, keepdims=True)


BIASES = Step(
    "dl_dbiases", "biases", lambda w: range(w.case.K + 1),
    _summed,
    lambda w, k: np.abs(w.df(k)).sum(axis=1, keepdims=True),
    (
        (["backward.bias_per_sample"], lambda w, k: w.df(k)),
        (["backward.bias_flat"], lambda w, k: w.df(k).sum(axis=1)),
        (["backward.mean_not_sum"], lambda w, k: w.df(k).mean(axis=1, keepdims=True)),
        (["backward.mean_not_sum", "backward.bias_flat"], lambda w, k: w.df(k).mean(axis=1)),
        (["backward.bias_over_units"], lambda w, k: w.df(k).sum(axis=0)),
        (["backward.bias_over_units"], lambda w, k: w.df(k).sum(axis=0, keepdims=True)),
        (["backward.bias_over_all"], lambda w, k: w.df(k).sum()),
        (["backward.bias_over_all"], lambda w, k: w.df(k).sum(keepdims=True)),
        (["backward.one_sample"], lambda w, k: _column(w.df(k), 0)),
        (["backward.one_sample"], lambda w, k: _column(w.df(k), -1)),
        (["backward.bias_from_dh"], lambda w, k: (w.dh(k + 1) if k < w.case.K else w.df(k)).sum(axis=1, keepdims=True)),
    ),
)

STEPS = (OUTPUT, WEIGHTS_BACK, RELU_BACK, WEIGHTS, BIASES)
