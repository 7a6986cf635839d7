"""What a network's weights do to a signal: standard deviations by layer beside the band they are expected in.

The labs' input is one standard normal number x, and biases are zero, so that h(x) = |x| h(sign x): two columns,
x = +1 and x = -1, stand for all inputs.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

import numpy as np

from initlab import network, stats
from initlab.propagation import BOTH_SIGNS, derivatives
from initlab.rubric import bounds
from initlab.rubric.verdict import Comparison, Finding


def compare(exercise: str, draw) -> tuple[Comparison, list[Finding]]:
    """Return the picture of a draw's standard deviations by layer, and a finding when they leave their bounds.

    draw: initialisation.Draw with sound shapes.  For he_init_params the activations, for re_init_params the gradients
    relative to those of the last hidden layer but one, K - 1, because their common scale is the output's own luck.
    """
    biases = [np.zeros((len(weights), 1)) for weights in draw.weights]  # biases have marks of their own
    forward = exercise == "he_init_params"
    if forward:
        h = network.forward(draw.weights, biases, BOTH_SIGNS)[2][1:]
        stds, layers = stats.signed_std(h), range(1, draw.K + 1)
        low, high = bounds.band(exercise, draw.K, draw.D)
        # The first layer has marks of its own: here it counts as if its mean square were the 2 that the band is for.
        level = stds * sqrt(2 / max(float(np.mean(np.square(draw.weights[0]))), 1e-300))
        off = bool(np.any((level < low) | (level > high)))
        over = stats.last_over_first(stds)
    else:
        gradients = derivatives(draw.weights, biases, BOTH_SIGNS)[3][1:-1]
        stds, layers = stats.signed_std(gradients), range(1, draw.K)
        over = stats.last_over_first(stds[::-1])
        stds = stds / stds[-1]
        low, high = _gradient_band(exercise, draw.K, draw.D)
        off = False
    ratio, slope = bounds.ratio(exercise, draw.K, draw.D), bounds.slope(exercise, draw.K, draw.D)
    steep = stats.log_slope(stds)
    off = off or not (ratio[0] <= over <= ratio[1] and slope[0] <= steep <= slope[1])
    code = "picture.forward" if forward else "picture.backward"
    picture = Comparison(code, tuple(layers), _floats(stds), _floats(low), _floats(high))
    fields = {"K": draw.K, "ratio": over, "slope": steep}
    return picture, [Finding(f"init.signal_{'forward' if forward else 'backward'}", fields)] if off else []


@lru_cache(maxsize=8)
def _gradient_band(exercise: str, K: int, D: int):
    """Return the band of std(dl/df[l]) / std(dl/df[K-1]), l = 1 … K-1: each layer at the rate of the ratio.

    Exact at ten layers, and in between interpolated on the log axis that it is drawn on.
    """
    spans = np.unique(np.linspace(1, K - 2, 10).round()).astype(int)
    ends = np.log([bounds.ratio(exercise, int(span) + 2, D) for span in spans])
    all_spans = np.arange(K - 2, -1, -1)
    low, high = (np.interp(all_spans, [0, *spans], [0.0, *side]) for side in ends.T)
    return np.exp(low), np.exp(high)


def _floats(values) -> tuple:
    return tuple(float(value) for value in values)
