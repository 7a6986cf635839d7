"""What theory predicts of a random ReLU network: moments by layer, and bounds with a stated error rate.

Widths, layers and shapes are as in initlab.network.
Every bound takes ``false_reject``, the probability with which a correct initialisation may fall outside;
bounds used together have at most the sum of their rates.

Where the predictions come from.
Second moments by layer: section 7.5 of Prince, *Understanding Deep Learning*; He et al. 2015.
Lengths along one input direction: exact, see initlab.lognorm.
Bounds on what the labs measure, standard deviations over units and data: see initlab.mixture.
They are exact statements for normal weights; other draws of the same variance have been seen to stay inside.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, isfinite, log, sqrt

import numpy as np

from initlab import lognorm, mixture
from initlab.shapes import layer_variances, layer_widths, whole


def fan_in_variances(widths):
    """Return 2 / fan-in for each layer, which keeps the forward pass level: (K + 1,).

    widths: (K + 2,).  He et al. 2015, eq. 10; the first layer gets 2 as well, though no ReLU comes before it.
    """
    return 2 / np.array(layer_widths(widths)[:-1], dtype=np.float64)


def fan_out_variances(widths):
    """Return 2 / fan-out for each layer, which keeps the backward pass level: (K + 1,).

    widths: (K + 2,).  He et al. 2015, eq. 14.
    """
    return 2 / np.array(layer_widths(widths)[1:], dtype=np.float64)


def expected_second_moments(widths, variances, input_second_moment: float = 1.0):
    """Return the expected mean squares E[f²] and E[h²] of a unit, layer by layer: two arrays (K + 1,).

    widths: (K + 2,); variances: one number or K + 1.
    For weights of any distribution symmetric about 0, and zero biases.
    E[f²] = fan-in * variance * E[h²], and a ReLU keeps half of it.
    """
    widths, variances = _layers(widths, variances)
    f, h = [], [float(input_second_moment)]
    for fan_in, variance in zip(widths[:-1], variances):
        f.append(fan_in * variance * h[-1])
        h.append(f[-1] / 2)
    return np.array(f), np.array(h[:-1])


def expected_gradient_second_moments(widths, variances, output_second_moment: float = 1.0):
    """Return the expected mean squares of dl/df and dl/dh, layer by layer: two arrays (K + 1,).

    widths: (K + 2,); variances: one number or K + 1.
    output_second_moment: that of dl/df[K], taken as independent of the weights.
    E[(dl/dh)²] = fan-out * variance * E[(dl/df)²], and the ReLU before it lets half of it through.
    """
    widths, variances = _layers(widths, variances)
    df, dh = [float(output_second_moment)], []
    for fan_out, variance in zip(widths[:0:-1], variances[::-1]):
        dh.append(fan_out * variance * df[-1])
        df.append(dh[-1] / 2)
    return np.array(df[-2::-1]), np.array(dh[::-1])


def log_norm_moments(widths, variances=None):
    """Return mean and variance over draws of ln(‖h[l]‖² / ‖h[0]‖²) for l = 1 … K: two arrays (K,).

    widths: (K + 2,); variances: one number or K + 1, fan_in_variances(widths) when None.
    For normal weights and zero biases.  Exact, given that no layer is dead.
    Layers are independent, so that both moments of a difference between layers are differences.
    """
    widths, variances = _layers(widths, fan_in_variances(widths) if variances is None else variances)
    once = {width: lognorm.tilted_moments(0.0, width) for width in set(widths[1:-1])}  # most are alike
    mean, variance = np.transpose([once[width] for width in widths[1:-1]])
    with np.errstate(divide="ignore"):  # a variance of 0 has the logarithm -inf, and so has the length
        return np.cumsum(mean + np.log(variances[:-1])), np.cumsum(variance)


def gradient_log_norm_moments(widths, variances=None):
    """Return mean and variance of ln(‖dl/df[l]‖² / ‖dl/df[K]‖²) for l = 0 … K-1: two arrays (K,).

    widths: (K + 2,); variances: one number or K + 1, fan_out_variances(widths) when None.
    For normal weights, zero biases, one data point and one output.
    Exact, given that no layer is dead (Hanin & Nica 2018).
    """
    widths, variances = _layers(widths, fan_out_variances(widths) if variances is None else variances)
    mean, variance = log_norm_moments(widths[::-1], variances[::-1])
    return mean[::-1], variance[::-1]


def std_ratio(K: int, variance_ratio: float) -> float:
    """Return by how much last-over-first std grows when all weight variances grow by variance_ratio.

    K hidden layers have K - 1 weight matrices between the first and the last: variance_ratio^((K - 1) / 2).
    """
    if not (isfinite(variance_ratio) and variance_ratio >= 0):
        raise ValueError(f"variance_ratio must be finite and not negative, got {variance_ratio!r}")
    return variance_ratio ** ((whole("K", K) - 1) / 2)


def second_moment_bounds(n: int, false_reject: float) -> tuple[float, float]:
    """Return (low, high) for the mean of n squared weights divided by their variance.

    Chernoff's bound for χ²_n / n: each of P(> r) and P(< r) is at most exp(-n (r - 1 - ln r) / 2).
    It holds for every draw whose square is at most as spread out as a normal one in the convex order, because
    that order carries over to E[e^(tw²)] and to sums.
    Such are uniform draws, random signs, and normal ones cut at ± a and rescaled: their density and the
    normal one cross twice at most.
    Scaled orthogonal matrices have the ratio 1 exactly.
    """
    depth = 2 * log(2 / _rate(false_reject)) / whole("n", n)
    return _solve_r(depth, 0.0, 1.0), _solve_r(depth, 1.0, 2 + 2 * sqrt(depth) + 2 * depth)


def mean_bound(n: int, false_reject: float) -> float:
    """Return the bound on |mean of n weights| divided by their standard deviation: sqrt(2 ln(2 / rate) / n).

    Chernoff's bound for a normal mean.  It holds for the draws named at second_moment_bounds, because
    E[e^(tw)] = E[cosh(t sqrt(w²))] is convex in w².
    Divided by the root mean square of the weights themselves it is Hoeffding's bound on random signs,
    given the magnitudes, and holds for every symmetric draw.
    """
    return sqrt(2 * log(2 / _rate(false_reject)) / whole("n", n))


def correlation_bound(n: int, false_reject: float) -> float:
    """Return the bound on |correlation| of the n entries of two independent weight matrices.

    With u the centred second matrix, of length 1, w·u is bounded like a mean (mean_bound), and the centred
    length of w from below by second_moment_bounds and mean_bound; each of the three events gets a third.
    1.0, no bound at all, when n is too small for the rate.
    """
    third = _rate(false_reject) / 3
    squares = n * (second_moment_bounds(n, 2 * third)[0] - mean_bound(n, third) ** 2)
    return min(1.0, sqrt(2 * log(2 / third) / squares)) if squares > 0 else 1.0


def std_band(K: int, D: int, false_reject: float, net_input=None):
    """Return (low, high), two arrays (K,), for std(h[1]) … std(h[K]) over units and data, all layers at once.

    For weight variances 2 / fan-in; both ends scale with the square root of the first layer's variance / 2.
    net_input: (1, n), the inputs; None stands for very many standard normal ones.
    """
    low, high = mixture.std_band(whole("K", K), whole("D", D), _rate(false_reject), mixture.inputs(net_input))
    return low.copy(), high.copy()  # the originals are kept for the next call


def last_over_first_bounds(K: int, D: int, false_reject: float, net_input=None) -> tuple[float, float]:
    """Return (low, high) for std(h[K]) / std(h[1]) at weight variances 2 / fan-in; K >= 2."""
    whole("K", K, 2)
    data = mixture.inputs(net_input)
    low, high = mixture.growth_bounds(K - 1, whole("D", D), _rate(false_reject))
    return sqrt(low * data.left), sqrt(high / data.left_first)


def slope_bounds(K: int, D: int, false_reject: float, net_input=None) -> tuple[float, float]:
    """Return (low, high) for the log-slope of std(h[1]) … std(h[K]), weight variances 2 / fan-in; K >= 2."""
    whole("K", K, 2)
    return mixture.slope_bounds(K, whole("D", D), _rate(false_reject), mixture.inputs(net_input).left)


def gradient_ratio_bounds(K: int, D: int, false_reject: float, net_input=None) -> tuple[float, float]:
    """Return (low, high) for std(dl/df[1]) / std(dl/df[K-1]), weight variances 2 / fan-out, y = 0; K >= 3.

    The two directions' factors depend on the output here, so that each direction gets half of the rate.
    """
    whole("K", K, 3)
    data = mixture.inputs(net_input)
    low, high = mixture.growth_bounds(K - 2, whole("D", D), _rate(false_reject) / data.directions)
    return sqrt(low * data.left), sqrt(high / data.left)


def gradient_slope_bounds(K: int, D: int, false_reject: float, net_input=None) -> tuple[float, float]:
    """Return (low, high) for the log-slope over l of std(dl/df[1]) … std(dl/df[K-1]); K >= 3.

    For weight variances 2 / fan-out and y = 0.  Proven for inputs of one sign.
    For both signs each direction gets half of the rate, which treats their mixture as one of them:
    an approximation, on the safe side as far as seen, since the mixture's slope varies less.
    """
    whole("K", K, 3)
    data = mixture.inputs(net_input)
    low, high = mixture.slope_bounds(K - 1, whole("D", D), _rate(false_reject) / data.directions, data.left)
    return -high, -low


@lru_cache(typed=True)
def tuned_sigma_sq_bounds(K: int, D: int, false_reject: float) -> tuple[float, float]:
    """Return (low, high) for the one variance that makes the log-slope of std(h[1]) … std(h[K]) zero.

    Multiplying every variance by c adds ln(c)/2 to the slope, so that on one draw it is 2/D * e^(-2 slope).
    The slope's quantiles are one direction's, exact, and a little wider than the mixture's; K >= 2.
    """
    whole("K", K, 2)
    weights = lognorm.slope_weights(K)[1]
    low, high = lognorm.sum_quantiles(weights, whole("D", D), _rate(false_reject) / 2)
    return exp(-high), exp(-low)


def tuned_sigma_sq_gradient_bounds(K: int, D: int, false_reject: float) -> tuple[float, float]:
    """Return (low, high) for the one variance that levels the log-slope of std(dl/df[1]) … std(dl/df[K-1]).

    K >= 3.  As tuned_sigma_sq_bounds: the gradients' lengths have the same law over one layer less.
    """
    whole("K", K, 3)
    return tuned_sigma_sq_bounds(K - 1, D, false_reject)


def _layers(widths, variances):
    widths = layer_widths(widths)
    return widths, layer_variances(variances, len(widths) - 1)


def _solve_r(depth: float, low: float, high: float) -> float:
    """Solve r - 1 - ln r = depth for r between low and high, by bisection."""
    rising = high > 1
    for _ in range(60):
        middle = (low + high) / 2
        if (middle - 1 - log(middle) > depth) == rising:
            high = middle
        else:
            low = middle
    return high if rising else low


def _rate(false_reject: float) -> float:
    if not (isfinite(false_reject) and 0 < false_reject < 1):
        raise ValueError(f"false_reject must be a probability between 0 and 1, got {false_reject!r}")
    return float(false_reject)
