"""Judge the first and the last layer of an initialisation, in a wide network where they have weights enough.

For the first layer both 2 and 1 over its fan are right: no ReLU comes before it, so that the derivation gives 1,
and He et al. 2015 keep the 2 for simplicity.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from initlab.rubric import bounds
from initlab.rubric.hidden import Hidden
from initlab.rubric.verdict import Finding

FIRST, LAST = 0.2, 0.2


def look_at_outer(exercise: str, wide, fan: str, hidden: Hidden) -> tuple[list[Finding], float]:
    """Return what the first and last layer of a wide draw show beyond what the hidden layers did, and their share.

    wide: initialisation.Draw with one hidden layer and sound shapes; fan: "in" or "out".
    Each layer is marked on its own merits; a mistake that the hidden layers have too is not told again.
    Where one mistake has a name of its own when all layers are seen, hidden.findings is changed to that name.
    """
    fans = (1, wide.D) if fan == "in" else (wide.D, 1)
    first = _Layer(exercise, "first", wide.weights[0], wide.K, fans, gains=(2, 1))
    last = _Layer(exercise, "last", wide.weights[1], wide.K, fans[::-1], gains=(2,))
    share = sum(worth for layer, worth in ((first, FIRST), (last, LAST)) if layer.right and layer.centred)
    fields = {"D": wide.D, "first": first.square, "last": last.square}
    if _renamed(hidden, first, last, fields):
        return [], share
    if not first.right and not last.right and not hidden.findings:
        if first.fits(2 / first.fans[1]) and last.fits(2 / last.fans[1]):
            return [Finding(f"init.needs_fan_{fan}", fields)], share
        if first.fits(4 / (wide.D + 1)) and last.fits(4 / (wide.D + 1)):
            return [Finding("init.he_average", fields)], share
    found = []
    for layer in (first, last):
        if not layer.right and not layer.follows(hidden):
            code = layer.code(hidden, fan)
            found += [Finding(code, {**fields, "layer": layer.label, "square": layer.square})] if code else []
        elif not layer.centred and not hidden.findings:
            found.append(Finding("init.outer_mean", {**fields, "layer": layer.label, "mean": layer.mean}))
    return found, share


class _Layer:
    """The first or the last weights of a wide network: mean square, mean, and what they are measured against.

    fans: the right one and the other one.  gains: over the right fan they are the right variances.
    """

    def __init__(self, exercise: str, name: str, array: np.ndarray, K: int, fans: tuple[int, int], gains: tuple):
        self.name, self.K, self.fans = name, K, fans
        self.label = {"first": "all_weights[0]", "last": "all_weights[-1]"}[name]
        self.square, self.mean = float(np.mean(np.square(array))), float(np.mean(array))
        # Two right variances for the first layer do not widen its rate: it has one of them, and that may be missed.
        self.low, self.high = bounds.mean_square(exercise, name, array.size)
        limit = bounds.mean(exercise, f"{name} mean", array.size)
        self.centred = abs(self.mean) <= limit * sqrt(self.square)
        self.right = any(self.fits(gain / fans[0]) for gain in gains)

    def fits(self, variance: float, factor: float = 1.0) -> bool:
        """Tell whether the mean square, times factor, is what weights of this variance would have."""
        return bool(self.low <= self.square * factor / variance <= self.high)

    def follows(self, hidden: Hidden) -> bool:
        """Tell whether the hidden layers' mistake, made with the right fan here, explains this layer."""
        if hidden.variance is None:
            return bool(hidden.findings)
        return self.fits(hidden.variance(self.fans[0], self.K), hidden.factor)

    def code(self, hidden: Hidden, fan: str) -> str | None:
        """Return the code of what is wrong with this layer, or None where the hidden layers must be mended first."""
        variance = hidden.variance or (lambda width, K: 2 / width)
        if self.fits(variance(self.fans[1], self.K), hidden.factor) or self.fits(2 / self.fans[1]):
            return f"init.{self.name}_needs_fan_{fan}"
        return None if hidden.findings else "init.outer_variance"


def _renamed(hidden: Hidden, first: _Layer, last: _Layer, fields: dict) -> bool:
    """Give a mistake its full name where first and last layer tell more than the hidden ones, and say whether so."""
    D = fields["D"]
    for place, finding in enumerate(hidden.findings):
        code = None
        if finding.code == "init.xavier" and first.fits(2 / (D + 1)) and last.fits(2 / (D + 1)):
            code = "init.glorot"
        elif finding.code == "init.root_on_two_only" and first.fits(2 / D) and last.fits(2 / D):
            code = "init.fan_product"
        elif finding.code == "init.grows" and first.fits(D + 2) and last.fits(1 + 2 / D):
            code = "init.brackets"
        if code:
            hidden.findings[place] = Finding(code, {**finding.fields, **fields})
            return True
    return False
