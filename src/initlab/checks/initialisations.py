"""Draw from a student's initialisation function, and read what it returned."""

from __future__ import annotations

from initlab.checks import cases
from initlab.checks.calling import call_with_rng
from initlab.checks.session import current
from initlab.checks.values import is_blank, layers, sequence, type_name
from initlab.rubric import Outcome, Unusable, Verdict, judged, of_lab
from initlab.rubric.initialisation import Draw, Draws, judge_main_alone
from initlab.rubric.structure import weight_findings


def look(exercise: str, lab: str, function) -> Verdict:
    """Return the verdict on an initialisation function, called as (K, D, rng), or (K, D) where it takes no rng."""
    session = current()
    rng = session.rng(exercise)
    main, narrow, wide = cases.sizes(rng, session.graded)
    draws = []
    for K, D in (main, narrow, wide, narrow):
        try:
            draws.append(_draw(exercise, function, K, D, int(rng.integers(2**32))))
            if weight_findings(draws[0].weights, *main):
                return judged(exercise, 0.0, weight_findings(draws[0].weights, *main))
        except Unusable as problem:
            if draws and problem.outcome is Outcome.BROKE:
                return judge_main_alone(exercise, draws[0], problem.finding)
            raise
    return getattr(of_lab(lab), exercise)(Draws(*draws))


def _draw(exercise: str, function, K: int, D: int, seed: int) -> Draw:
    """Return what one call gave; raises Unusable where that isn't a list of weights and a list of biases."""
    result = call_with_rng(function, exercise, K, D, seed)
    pair = sequence(result)
    if pair is None:
        raise Unusable(Outcome.WRONG, "init.not_a_pair", name=exercise, type=type_name(result))
    if len(pair) == K + 1 and len(pair) != 2:
        raise Unusable(Outcome.WRONG, "init.one_list", name=exercise, got=len(pair))
    if len(pair) != 2:
        raise Unusable(Outcome.WRONG, "init.pair_length", name=exercise, got=len(pair))
    if all(is_blank(entries) for entries in pair):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_function", name=exercise)
    weights, biases = layers(pair[0], "all_weights"), layers(pair[1], "all_biases")
    if weights and all(array is None for array in weights):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_layers", name="all_weights")
    if _columns(weights) and not _columns(biases):
        raise Unusable(Outcome.WRONG, "init.pair_swapped", name=exercise)
    return Draw(K, D, weights, biases)


def _columns(arrays: list) -> bool:
    """Tell whether every array is a column, as biases are and weights are not (but for the first)."""
    return all(array is not None and array.ndim == 2 and array.shape[1] == 1 for array in arrays)
