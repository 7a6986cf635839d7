"""Read what a grade cell hands over into what a rubric judges: numbers, texts, shapes, or the results of calls.

A reader takes the value, the exercise's name and the session.
It raises Unusable where there is nothing that a rubric could judge.
"""

from __future__ import annotations

import numpy as np

from initlab.checks import cases
from initlab.checks.calling import call, call_with_rng, require_parameters
from initlab.checks.values import is_blank, layers, number, sequence, text, type_name
from initlab.rubric import Finding, Outcome, Unusable
from initlab.rubric.derivatives import NAMES, Answer, Case, Trials
from initlab.rubric.initialisation import Draw, Draws
from initlab.rubric.structure import weight_findings

_ARGUMENTS = ("all_weights", "all_biases", "all_f", "all_h", "y")


def _number(value, name, session) -> float:
    return number(value)


def _text(value, name, session) -> str:
    return text(value)


def _shapes(all_weights, name, session) -> list:
    """Return the shape of every entry of a list of weights, None for one that is blank."""
    if is_blank(all_weights):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_value")
    pair = sequence(all_weights)
    if pair is not None and len(pair) == 2 and all(sequence(entry) is not None for entry in pair):
        raise Unusable(Outcome.WRONG, "size.not_unpacked")
    return [None if array is None else array.shape for array in layers(all_weights, "all_weights")]


def _draws(function, name, session) -> Draws:
    """Return what an initialisation function gives when it is called as (K, D, rng), or (K, D) without rng."""
    rng = session.rng(name)
    main, narrow, wide = cases.sizes(rng, session.graded)
    drawn = []
    for K, D in (main, narrow, wide, narrow):
        try:
            drawn.append(_draw(function, name, K, D, int(rng.integers(2**32))))
        except Unusable as problem:
            if drawn and problem.outcome is Outcome.BROKE:
                return Draws(*drawn, broke=problem.finding)
            raise
        if weight_findings(drawn[0].weights, *main):
            break
    return Draws(*drawn)


def _draw(function, name: str, K: int, D: int, seed: int) -> Draw:
    result = call_with_rng(function, name, K, D, seed)
    pair = sequence(result)
    if pair is None:
        raise Unusable(Outcome.WRONG, "init.not_a_pair", name=name, type=type_name(result))
    if len(pair) == K + 1 and len(pair) != 2:
        raise Unusable(Outcome.WRONG, "init.one_list", name=name, got=len(pair))
    if len(pair) != 2:
        raise Unusable(Outcome.WRONG, "init.pair_length", name=name, got=len(pair))
    if all(is_blank(entries) for entries in pair):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_function", name=name)
    weights, biases = layers(pair[0], "all_weights"), layers(pair[1], "all_biases")
    if weights and all(array is None for array in weights):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_layers", name="all_weights")
    if _columns(weights) and not _columns(biases):
        raise Unusable(Outcome.WRONG, "init.pair_swapped", name=name)
    return Draw(K, D, weights, biases)


def _columns(arrays: list) -> bool:
    """Tell whether every array is a column, as biases are; of the weights only the first is one."""
    return all(array is not None and array.ndim == 2 and array.shape[1] == 1 for array in arrays)


def _derivatives(function, name, session) -> Trials:
    """Return what a backward pass gives for a few networks, and for the last of them once more."""
    if callable(function) and not is_blank(function):
        require_parameters(function, name, len(_ARGUMENTS))
    answers = []
    drawn = cases.backward_cases(session.rng(name))
    for case in drawn:
        try:
            answers.append(_answer(function, name, case))
        except Unusable as problem:
            if problem.outcome is not Outcome.BROKE:
                raise
            return Trials(answers, broke=_about_k(problem.finding, case))
    return Trials(answers, again=_answer(function, name, drawn[-1]))


def _answer(function, name: str, case: Case) -> Answer:
    given = tuple(_copied(argument) for argument in case.arguments)
    result = call(function, name, given, f"all_weights, …: K={case.K}, n={case.y.shape[1]}")
    lists = sequence(result)
    if lists is None:
        raise Unusable(Outcome.WRONG, "backward.not_four_lists", got=type_name(result))
    if len(lists) != len(NAMES):
        raise Unusable(Outcome.WRONG, "backward.list_count", got=len(lists))
    blanks = [None] * len(case.all_weights)
    arrays = [blanks if is_blank(entries) else layers(entries, label) for entries, label in zip(lists, NAMES)]
    if not any(array is not None for entries in arrays for array in entries):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_layers", name=name)
    around = zip(_ARGUMENTS, case.arguments, given)
    changed = tuple(label for label, before, after in around if not _same(before, after))
    return Answer(case, *arrays, changed)


def _about_k(broke: Finding, case: Case) -> Finding:
    """Return a finding that asks where K comes from, for errors that a K from outside the function leads to."""
    error = broke.fields["type"]
    if error == "IndexError" or (error == "NameError" and "'K'" in broke.fields["message"]):
        return Finding("backward.k_unknown", {**broke.fields, "K": case.K})
    return broke


def _copied(argument):
    return [array.copy() for array in argument] if isinstance(argument, list) else argument.copy()


def _same(before, after) -> bool:
    if isinstance(before, list):
        return len(before) == len(after) and all(_same(one, other) for one, other in zip(before, after))
    return type(after) is np.ndarray and np.array_equal(before, after)


READERS = {"number": _number, "text": _text, "shapes": _shapes, "draws": _draws, "derivatives": _derivatives}
