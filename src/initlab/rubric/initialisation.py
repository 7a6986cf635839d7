"""Judge what an initialisation function returned, for either pass.

Mean squares tell every wrong variance apart, 1.9/D and 2.1/D included, which no standard deviation by layer can
(a correct network's own luck is larger).  The first and the last layer have only D weights each, so they are looked
at in a network with one hidden layer of some 2000 units.  The bounds are those of `initlab.theory`.

Shares of the points: hidden weights 0.5, first layer 0.2, last layer 0.2, biases 0.1.  Zero biases and right shapes
alone earn nothing; a function that is right at the first size and raises an exception at another one keeps 0.25.
"""

from __future__ import annotations

from dataclasses import dataclass

from initlab.rubric import signal
from initlab.rubric.hidden import Hidden, look_at_hidden
from initlab.rubric.outer import look_at_outer
from initlab.rubric.structure import bias_findings, weight_findings
from initlab.rubric.verdict import Finding, Outcome, Verdict, judged

BIASES = 0.1


@dataclass(frozen=True)
class Draw:
    """What an initialisation function returned for (K, D): a list of weights and one of biases, arrays or None."""

    K: int
    D: int
    weights: list
    biases: list


@dataclass(frozen=True)
class Draws:
    """The answers to the four calls of one check; None from the call on that there is no answer to.

    main: at the labs' size or near it; narrow: at another width; wide: one hidden layer of many units;
    again: the narrow call once more, with another generator.  broke: the exception that ended a later call, or None.
    """

    main: Draw
    narrow: Draw | None = None
    wide: Draw | None = None
    again: Draw | None = None
    broke: Finding | None = None


def judge(exercise: str, draws: Draws, fan: str) -> Verdict:
    """Return the verdict on the draws of an initialisation for the forward (fan "in") or backward (fan "out") pass."""
    main, others = draws.main, (draws.narrow, draws.wide, draws.again)
    found = weight_findings(main.weights, main.K, main.D)
    if found:
        return judged(exercise, 0.0, found)
    if draws.broke:
        share = look_at_hidden(exercise, main, None, None).share / 2
        return Verdict(exercise, Outcome.BROKE, share, (draws.broke,))
    picture, unsteady = signal.compare(exercise, main)
    for draw in others:
        found = weight_findings(draw.weights, draw.K, draw.D)
        if found:
            return judged(exercise, 0.0, found, picture=picture)
    hidden = look_at_hidden(exercise, main, draws.narrow, draws.again)
    outer, outer_share = look_at_outer(exercise, draws.wide, fan, hidden)
    biases = next(filter(None, (bias_findings(draw.biases, draw.K, draw.D) for draw in (main, *others))), [])
    share = hidden.share + outer_share
    if not hidden.findings and unsteady:
        # Right mean squares, yet the signal goes astray: the weights depend on each other.
        hidden, share = Hidden(unsteady), outer_share
    if share > 0 and not biases:
        share += BIASES
    found = [*hidden.findings, *outer, *biases]
    return judged(exercise, share, found, [] if found else _remarks(draws), picture)


def _remarks(draws: Draws) -> list[Finding]:
    same = all((first == second).all() for first, second in zip(draws.narrow.weights, draws.again.weights))
    return [Finding("init.same_draws")] if same else []
