"""The checks that a notebook's grade cells call: each shows a card and returns the points as a Python float.

A mistake of the student's is a verdict, never an exception; only a wrong use by a course's author raises.
"""

from __future__ import annotations

import numpy as np

from initlab.checks import cases, initialisations
from initlab.checks.calling import call, require_parameters
from initlab.checks.hints import hint as hint
from initlab.checks.session import Session as Session
from initlab.checks.session import current, judge
from initlab.checks.session import grading as grading
from initlab.checks.session import speak as speak
from initlab.checks.values import is_blank, layers, number, sequence, text, type_name
from initlab.rubric import Finding, Outcome, Unusable, Verdict
from initlab.rubric import backward_pass as _backward_lab
from initlab.rubric import forward_pass as _forward_lab
from initlab.rubric.derivatives import NAMES, Answer


def network_size(all_weights) -> float:
    """Check that a network has K = 50 hidden layers of D = 80 units; all_weights: its K + 1 weight matrices."""
    return judge("network_size", lambda: _forward_lab.network_size(_shapes(all_weights)))


def sigma_sq_by_experiment(sigma_sq_omega) -> float:
    """Check the variance that a student found by trying on the forward pass."""
    return judge("sigma_sq_by_experiment", lambda: _forward_lab.sigma_sq_by_experiment(number(sigma_sq_omega)))


def sigma_sq_derived(sigma_sq_derived) -> float:
    """Check the variance that a student derived for D = 80."""
    return judge("sigma_sq_derived", lambda: _forward_lab.sigma_sq_derived(number(sigma_sq_derived)))


def he_init_params(he_init_params) -> float:
    """Check a function (K, D, rng), or (K, D), that draws weights for the forward pass: variances 2 / fan-in."""
    return judge("he_init_params", lambda: initialisations.look("he_init_params", "forward_pass", he_init_params))


def predicted_ratio(predicted_ratio) -> float:
    """Check by what factor the last over the first std shrinks when the variance is 1.9/D instead of 2/D."""
    return judge("predicted_ratio", lambda: _forward_lab.predicted_ratio(number(predicted_ratio)))


def backward_pass(backward_pass) -> float:
    """Check a function (all_weights, all_biases, all_f, all_h, y) that returns the four lists of derivatives."""
    return judge("backward_pass", lambda: _look_backward(backward_pass))


def sigma_sq_backward(sigma_sq_backward) -> float:
    """Check the variance that a student found by trying on the gradients."""
    return judge("sigma_sq_backward", lambda: _backward_lab.sigma_sq_backward(number(sigma_sq_backward)))


def re_init_params(re_init_params) -> float:
    """Check a function (K, D, rng), or (K, D), that draws weights for the backward pass: variances 2 / fan-out."""
    return judge("re_init_params", lambda: initialisations.look("re_init_params", "backward_pass", re_init_params))


def mislabelled_print(printed_quantity, true_std_dl_dh) -> float:
    """Check which quantity the print shows, a text, and the std of the real dl/dh at layer 1, a number."""
    return judge("mislabelled_print", lambda: _look_print(printed_quantity, true_std_dl_dh))


def _shapes(all_weights) -> list:
    if is_blank(all_weights):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_value")
    pair = sequence(all_weights)
    if pair is not None and len(pair) == 2 and all(sequence(entry) is not None for entry in pair):
        raise Unusable(Outcome.WRONG, "size.not_unpacked")
    return [None if array is None else array.shape for array in layers(all_weights, "all_weights")]


def _look_print(quantity, std):
    answers, problems = [], []
    for read, value in ((text, quantity), (number, std)):
        try:
            answers.append(read(value))
        except Unusable as problem:
            answers.append(None)
            problems.append(problem)
    if all(problem.outcome is Outcome.NOT_ATTEMPTED for problem in problems) and len(problems) == len(answers):
        raise problems[0]
    unreadable = [problem.finding for problem in problems if problem.outcome is Outcome.WRONG]
    return _backward_lab.mislabelled_print(*answers, unreadable)


def _look_backward(function):
    session = current()
    drawn = cases.backward_cases(session.rng("backward_pass"))
    answers, broke = [], None
    for case in drawn:
        try:
            answers.append(_answer(function, case))
        except Unusable as problem:
            if problem.outcome is not Outcome.BROKE:
                raise
            broke = _about_k(problem.finding, case)
            if not answers:
                return Verdict("backward_pass", Outcome.BROKE, 0.0, (broke,))
            break
    again = None if broke else _answer(function, drawn[-1])
    return _backward_lab.backward_pass(answers, again, broke)


def _about_k(broke: Finding, case) -> Finding:
    """Return a finding that asks where K comes from, for errors that a K from outside the function leads to."""
    error = broke.fields["type"]
    if error == "IndexError" or (error == "NameError" and "'K'" in broke.fields["message"]):
        return Finding("backward.k_unknown", {**broke.fields, "K": case.K})
    return broke


def _answer(function, case) -> Answer:
    """Return what a student's backward pass gave for a case; raises Unusable where that isn't four lists."""
    name = "backward_pass"
    if callable(function) and not is_blank(function):
        require_parameters(function, name, 5)
    given = tuple(_copied(argument) for argument in case.arguments)
    result = call(function, name, given, f"all_weights, …: K={case.K}, n={case.y.shape[1]}")
    lists = sequence(result)
    if lists is None:
        raise Unusable(Outcome.WRONG, "backward.not_four_lists", got=type_name(result))
    if len(lists) != len(NAMES):
        raise Unusable(Outcome.WRONG, "backward.list_count", got=len(lists))
    damaged = tuple(
        label for label, before, after in zip(("all_weights", "all_biases", "all_f", "all_h", "y"),
                                              case.arguments, given) if not _unchanged(before, after)
    )
    blanks = [None] * len(case.all_weights)
    arrays = [blanks if is_blank(entries) else layers(entries, label) for entries, label in zip(lists, NAMES)]
    if not any(array is not None for entries in arrays for array in entries):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_layers", name=name)
    return Answer(case, *arrays, damaged)


def _copied(argument):
    return [array.copy() for array in argument] if isinstance(argument, list) else argument.copy()


def _unchanged(before, after) -> bool:
    if isinstance(before, list):
        return len(before) == len(after) and all(_unchanged(one, other) for one, other in zip(before, after))
    return type(after) is np.ndarray and np.array_equal(before, after)
