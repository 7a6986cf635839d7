"""Which bounds a submission has to meet, and the share of the false-reject rate that each of them gets.

A submission is both labs.  Every bound on random numbers in it is listed here by exercise and name; all of them
together reject a correct submission with a probability of at most FALSE_REJECT, by the union bound.
"""

from __future__ import annotations

from initlab import theory

FALSE_REJECT = 1e-6

_OF_ANY_INITIALISATION = (
    "hidden",        # mean square of all hidden weights, K = 50, D = 80 or near
    "each layer",    # the same, matrix by matrix
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


def mean_square(exercise: str, bound: str, n: int) -> tuple[float, float]:
    """Return (low, high) for the mean square of n weights divided by their variance."""
    return theory.second_moment_bounds(n, allotted(exercise, bound))


def mean_square_of_each(exercise: str, matrices: int, n: int) -> tuple[float, float]:
    """Return (low, high) for the same of every one of some matrices of n weights."""
    return theory.second_moment_bounds(n, allotted(exercise, "each layer") / matrices)


def mean(exercise: str, bound: str, n: int) -> float:
    """Return the bound on |mean of n weights| divided by their standard deviation."""
    return theory.mean_bound(n, allotted(exercise, bound))


def correlation(exercise: str, matrices: int, n: int) -> float:
    """Return the bound on |correlation| for all pairs of some matrices, two at least, of n weights each."""
    return theory.correlation_bound(n, allotted(exercise, "layers apart") / (matrices * (matrices - 1) // 2))


def band(exercise: str, K: int, D: int):
    """Return (low, high), two arrays (K,), for the std of h[1] … h[K], first-layer weights of mean square 2."""
    return theory.std_band(K, D, allotted(exercise, "band"))


def ratio(exercise: str, K: int, D: int) -> tuple[float, float]:
    """Return (low, high) for std(h[K]) / std(h[1]), or for std(dl/df[1]) / std(dl/df[K-1]) in the backward lab."""
    bounds = theory.last_over_first_bounds if exercise == "he_init_params" else theory.gradient_ratio_bounds
    return bounds(K, D, allotted(exercise, "ratio"))


def slope(exercise: str, K: int, D: int) -> tuple[float, float]:
    """Return (low, high) for the log-slope of the same standard deviations over the layers."""
    bounds = theory.slope_bounds if exercise == "he_init_params" else theory.gradient_slope_bounds
    return bounds(K, D, allotted(exercise, "slope"))
