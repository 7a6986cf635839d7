"""Which bounds a submission has to meet, and the share of the false-reject rate that each of them gets.

A submission is both labs.  Every bound on random numbers in it is listed here by exercise and name; all of them
together reject a correct submission with a probability of at most FALSE_REJECT, by the union bound.
"""

from __future__ import annotations

FALSE_REJECT = 1e-6

_OF_ANY_INITIALISATION = (
    "hidden",        # mean square of all hidden weights, K = 50, D = 80 or near
    "each layer",    # the same, layer by layer
    "narrow",        # mean square of the hidden weights of a narrow network
    "narrow again",  # and of a second draw of it
    "first",         # mean square of the first layer of a wide network, either of two right answers
    "last",          # mean square of its last layer
    "hidden mean",
    "first mean",
    "last mean",
    "layers apart",  # correlations between all pairs of hidden layers
    "ratio",         # last over first of the standard deviations by layer
    "slope",         # of their logarithms
)
STATISTICAL = {
    "he_init_params": (*_OF_ANY_INITIALISATION, "band"),  # std(h[k]) of every layer
    "re_init_params": _OF_ANY_INITIALISATION,
}


def allotted(exercise: str, bound: str) -> float:
    """Return the false-reject rate of one bound: an equal share of FALSE_REJECT.

    KeyError for a bound that is not listed, so that none can be used without being counted.
    """
    if bound not in STATISTICAL[exercise]:
        raise KeyError(f"{exercise}: {bound}")
    return FALSE_REJECT / sum(map(len, STATISTICAL.values()))
