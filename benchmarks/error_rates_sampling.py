"""Sample what the bounds look at: from the laws of correct normal weights, and from nets with real matrices.

Weights enter the bounds by mean squares, means and correlations, whose laws are sampled as such; signals by
`initlab.simulate`, which is exact in law.  `brute_force` sends real matrices through the whole rubric.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import stats as law

from initlab import simulate
from initlab.activation import ACTIVATIONS
from initlab.rubric import EXERCISES, bounds, initialisation

HE, RE = "he_init_params", "re_init_params"
RELU = ACTIVATIONS["ReLU"]
K, D = 50, 80
NARROW_K, NARROW_D = 24, 20
WIDE_D = 2000
BATCH = 4096
MATRICES, ENTRIES = K - 1, D * D
_NARROW = (NARROW_K - 1) * NARROW_D**2
SQUARES = {"hidden": MATRICES * ENTRIES, "narrow": _NARROW, "narrow again": _NARROW, "first": WIDE_D, "last": WIDE_D}
MEANS = {"hidden mean": MATRICES * (ENTRIES - D), "first mean": WIDE_D, "last mean": WIDE_D}

# Wrong initialisations that differ from He's by factors of the variances: of the first, the hidden and the last layer,
# for the forward lab (2 / fan-in).  At the wide probe D is WIDE_D.
SCALED = (
    ("1.9 / fan-in", 0.95, 0.95, 0.95),
    ("2.1 / fan-in", 1.05, 1.05, 1.05),
    ("1.5 / fan-in", 0.75, 0.75, 0.75),
    ("2.5 / fan-in", 1.25, 1.25, 1.25),
    ("3 / fan-in", 1.5, 1.5, 1.5),
    ("4 / fan-in", 2, 2, 2),
    ("√2 / fan-in", 2**-0.5, 2**-0.5, 2**-0.5),
    ("1 / fan-in (Xavier)", 0.5, 0.5, 0.5),
    ("2 / (fan-in + fan-out) (Glorot)", 1 / (WIDE_D + 1), 0.5, WIDE_D / (WIDE_D + 1)),
    ("4 / (fan-in + fan-out)", 2 / (WIDE_D + 1), 1, 2 * WIDE_D / (WIDE_D + 1)),
    ("2 / fan-out", 1 / WIDE_D, 1, WIDE_D),
    ("2 / D everywhere", 1 / WIDE_D, 1, 1),
    ("std = 2 / fan-in", 2, 2 / D, 2 / WIDE_D),
    ("std = √2 / fan-in", 1, 1 / D, 1 / WIDE_D),
    ("variance 1", 0.5, D / 2, WIDE_D / 2),
    ("variance √(2 / fan-in)", 2**-0.5, (D / 2) ** 0.5, (WIDE_D / 2) ** 0.5),
    ("std = 0.01", 5e-5, 5e-5 * D, 5e-5 * WIDE_D),
    ("variance of U(-√(2/n), √(2/n))", 1 / 3, 1 / 3, 1 / 3),
    ("variance of U(-1/√n, 1/√n)", 1 / 6, 1 / 6, 1 / 6),
)
# The variances, as multiples of 2 / D, at which the picture shows the power; closer together near 1.
CURVE = np.sort(np.concatenate([np.geomspace(0.4, 2.5, 61), np.linspace(0.97, 1.03, 25)]))


@dataclass
class Tally:
    """Counts over draws: false rejections by bound, acceptances by wrong initialisation or variance and by bound."""

    draws: int = 0
    rejected: dict = field(default_factory=dict)
    accepted: dict = field(default_factory=dict)
    curve: dict = field(default_factory=dict)

    def reject(self, exercise: str, bound: str, outside) -> None:
        """Count the draws outside a bound."""
        self.rejected[exercise, bound] = self.rejected.get((exercise, bound), 0) + int(np.sum(outside))

    def accept(self, name: str, bound: str, inside) -> None:
        """Count the draws of a wrong initialisation inside a bound."""
        self.accepted[name, bound] = self.accepted.get((name, bound), 0) + int(np.sum(inside))

    def on_curve(self, bound: str, inside) -> None:
        """Count draws inside a bound at every variance of CURVE; inside: (len(CURVE),) numbers of draws."""
        self.curve[bound] = self.curve.get(bound, 0) + np.asarray(inside)


def _outside(values, limits):
    return (values < limits[0]) | (values > limits[1])


def weights(tally: Tally, draws: int, rng: np.random.Generator) -> None:
    """Sample the statistics of correct normal weights, anew for each lab, and count."""
    for exercise in (HE, RE):
        squares = _mean_squares(draws, rng)
        for bound, (values, n) in squares.items():
            tally.reject(exercise, bound, _outside(values, bounds.mean_square(exercise, bound, n)))
        each = rng.chisquare(ENTRIES, size=(draws, MATRICES)) / ENTRIES
        limits = bounds.mean_square_of_each(exercise, MATRICES, ENTRIES)
        tally.reject(exercise, "each layer", _outside(each, limits).any(axis=1))
        for bound, n in MEANS.items():
            z = rng.standard_normal(draws) / np.sqrt(rng.chisquare(n - 1, size=draws))
            over_rms = z / np.sqrt(1 + z**2)
            tally.reject(exercise, bound, np.abs(over_rms) > bounds.mean(exercise, bound, n))
        # The correlation of independent normal samples is t / sqrt(n - 2 + t²), Student's t of n - 2 degrees of
        # freedom; those of different pairs of matrices are independent two by two.
        pairs = MATRICES * (MATRICES - 1) // 2
        t = np.array([np.max(np.abs(rng.standard_t(ENTRIES - 2, size=pairs))) for _ in range(draws)])
        correlation = t / np.sqrt(ENTRIES - 2 + t**2)
        tally.reject(exercise, "layers apart", correlation > bounds.correlation(exercise, MATRICES, ENTRIES))
    limits = {bound: bounds.mean_square(RE, bound, n) for bound, (_, n) in squares.items()}
    for name, *factors in SCALED:
        for bound, factor in zip(("first", "hidden", "last"), factors):
            values = squares[bound][0]
            inside = ~_outside(factor * values, limits[bound])
            if bound == "first":  # 1 over the fan is right as well
                inside |= ~_outside(2 * factor * values, limits[bound])
            tally.accept(name, bound, inside)
    tally.on_curve("mean square", [np.sum(~_outside(c * squares["hidden"][0], limits["hidden"])) for c in CURVE])


def _mean_squares(draws: int, rng: np.random.Generator) -> dict:
    """Return, by bound, the mean squares of correct normal weights over their variance, and how many weights."""
    return {bound: (rng.chisquare(n, size=draws) / n, n) for bound, n in SQUARES.items()}


def _std(moments):
    """Return the std over units and standard normal inputs."""
    return simulate.std(moments, D, RELU.second, RELU.first)


def signals(tally: Tally, draws: int, rng: np.random.Generator) -> None:
    """Sample the standard deviations by layer of correct networks, and count."""
    drawn = simulate.directions(K, D, draws, rng)
    # Drawn at 2 / D throughout; He's variance of the first matrix is 2, and for gradients only growth counts.
    h, gradient = np.sqrt(D) * _std(drawn.h), _std(drawn.dl_df)
    low, high = bounds.band(HE, K, D)
    with np.errstate(divide="ignore"):
        log_h, log_gradient = np.log(h), np.log(gradient)
    layers = np.arange(1, K + 1)
    grown = {HE: log_h[:, -1] - log_h[:, 0], RE: log_gradient[:, 0] - log_gradient[:, -1]}
    slope = {HE: _slopes(log_h), RE: _slopes(log_gradient)}
    ratio_limits = {exercise: np.log(bounds.ratio(exercise, K, D)) for exercise in (HE, RE)}
    slope_limits = {exercise: bounds.slope(exercise, K, D) for exercise in (HE, RE)}
    band = log_h - np.log(low), log_h - np.log(high)
    tally.reject(HE, "band", (band[0] < 0).any(axis=1) | (band[1] > 0).any(axis=1))
    for exercise in (HE, RE):
        tally.reject(exercise, "ratio", _outside(grown[exercise], ratio_limits[exercise]))
        tally.reject(exercise, "slope", _outside(slope[exercise], slope_limits[exercise]))
    # ln c / 2 more per layer, and the band for a first layer brought to its right mean square
    steps = {HE: K - 1, RE: K - 2}

    def inside_band(c):
        shift = (layers - 1) * np.log(c) / 2
        return ((band[0] + shift >= 0) & (band[1] + shift <= 0)).all(axis=1)

    def inside(exercise, c):
        sign = 1 if exercise == HE else -1
        kept = ~_outside(grown[exercise] + steps[exercise] * np.log(c) / 2, ratio_limits[exercise])
        return kept, ~_outside(slope[exercise] + sign * np.log(c) / 2, slope_limits[exercise])

    for name, _, c, _ in SCALED:
        tally.accept(name, "band", inside_band(c))
        for exercise, label in ((HE, "forward"), (RE, "backward")):
            ratio, steep = inside(exercise, c)
            tally.accept(name, f"{label} ratio", ratio)
            tally.accept(name, f"{label} slope", steep)
    forward, backward = [], []
    for c in CURVE:
        forward.append(np.sum(inside_band(c) & inside(HE, c)[0] & inside(HE, c)[1]))
        backward.append(np.sum(inside(RE, c)[0] & inside(RE, c)[1]))
    tally.on_curve("forward signal", forward)
    tally.on_curve("backward signal", backward)


def _slopes(logs):
    place = np.arange(logs.shape[1]) - (logs.shape[1] - 1) / 2
    return logs @ place / (place @ place)


def _normal(rng, shape):
    return rng.standard_normal(shape)


def _uniform(rng, shape):
    return rng.uniform(-np.sqrt(3), np.sqrt(3), size=shape)


def _truncated(rng, shape):
    z = rng.standard_normal(shape)
    while (outside := np.abs(z) > 2).any():
        z[outside] = rng.standard_normal(int(outside.sum()))
    return z / np.sqrt(law.truncnorm(-2, 2).var())


def _signs(rng, shape):
    return rng.choice([-1.0, 1.0], size=shape)


def _orthogonal(rng, shape):
    if shape[0] != shape[1]:
        return rng.standard_normal(shape)
    q, r = np.linalg.qr(rng.standard_normal(shape))
    return q * np.sign(np.diag(r)) * np.sqrt(shape[0])


def _unsigned(rng, shape):
    if shape[0] != shape[1]:
        return rng.standard_normal(shape)
    return np.linalg.qr(rng.standard_normal(shape))[0] * np.sqrt(shape[0])


RIGHT = {"normal": _normal, "uniform": _uniform, "truncated normal, corrected": _truncated, "random signs": _signs,
         "orthogonal": _orthogonal, "orthogonal, signs of QR left": _unsigned}


def cross_check(nets: int) -> float:
    """Return the Kolmogorov-Smirnov p-value of the forward slopes of real nets against seven times as many simulated.

    Seeded by itself, so that it gives the same number whatever ran before it.
    """
    rng = np.random.default_rng(nets)
    slopes = np.empty(nets)
    for place in range(nets):
        h = np.maximum(rng.standard_normal((D, 1)) * np.sqrt(2) @ np.array([[1.0, -1.0]]), 0)
        moments = np.empty((1, K, 4))
        for k in range(K):
            moments[0, k] = *np.sum(h**2, axis=0), *np.sum(h, axis=0)
            h = np.maximum(rng.standard_normal((D, D)) * np.sqrt(2 / D) @ h, 0)
        slopes[place] = _slopes(np.log(_std(moments)))[0]
    simulated = _slopes(np.log(_std(simulate.directions(K, D, 7 * nets, rng).h)))
    return float(law.ks_2samp(slopes, simulated).pvalue)


def brute_force(nets: int, rng: np.random.Generator, factor: float = 1.0) -> dict:
    """Send nets with real matrices of every right distribution through the rubric.

    factor: multiplies all variances.  Returns {distribution: how many got full marks in both labs}.
    """
    accepted = {}
    for name, draw in RIGHT.items():
        accepted[name] = 0
        for _ in range(nets):
            verdicts = []
            for exercise, axis in ((HE, 1), (RE, 0)):
                draws = initialisation.Draws(*(
                    _draw(draw, rng, *size, axis, factor)
                    for size in ((K, D), (NARROW_K, NARROW_D), (1, WIDE_D), (NARROW_K, NARROW_D))))
                verdicts.append(EXERCISES[exercise].judge(draws))
            accepted[name] += all(verdict.share == 1 for verdict in verdicts)
    return accepted


def _draw(draw, rng, K, D, axis, factor):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [draw(rng, shape) * np.sqrt(factor * 2 / shape[axis]) for shape in shapes]
    return initialisation.Draw(K, D, weights, [np.zeros((shape[0], 1)) for shape in shapes])
