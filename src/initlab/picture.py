"""What a picture says, apart from how it is drawn: `svg` draws it for explorers, `raster` with matplotlib.

Logarithmic axes hold base-10 logarithms, so that fifty exploding layers never overflow a float.
"""

from dataclasses import dataclass

import numpy as np

# Four colours that stay apart under the three kinds of colour blindness and have 3:1 contrast on white
# (Okabe and Ito); a dash pattern and a marker say the same again without colour.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
DASHES = ((), (6, 3), (2, 2), (8, 3, 2, 3))
MARKERS = ("o", "s", "^", "D")

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Line:
    """A curve; x and y have shape (n,). style picks colour, dashes and marker, 0 to 3."""

    label: str
    x: np.ndarray
    y: np.ndarray
    style: int = 0
    marker: bool = True


@dataclass(frozen=True)
class Band:
    """The area between low and high, both (n,)."""

    label: str
    x: np.ndarray
    low: np.ndarray
    high: np.ndarray
    style: int = 0


@dataclass(frozen=True)
class Bars:
    """A histogram: edges (n + 1,), heights (n,)."""

    label: str
    edges: np.ndarray
    heights: np.ndarray
    style: int = 0


@dataclass(frozen=True)
class Mark:
    """A vertical line at x with its name; style None draws it in the colour of the text."""

    label: str
    x: float
    style: int | None = None


@dataclass(frozen=True)
class Panel:
    """One pair of axes. A log axis takes logarithms; x_range may run backwards, which mirrors the panel.

    detail: numbers beside the title, where there is room for them.
    """

    title: str
    x_label: str
    y_label: str
    items: tuple
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    log_x: bool = False
    log_y: bool = False
    legend: bool = True
    width: float = 1.0
    detail: str = ""


@dataclass(frozen=True)
class Picture:
    """Panels side by side; alt says in words what they show and is carried by every page."""

    title: str
    alt: str
    panels: tuple[Panel, ...] = ()


def finite_range(arrays, *, at_least=0.0, margin=0.05):
    """Return (low, high) around the finite values of arrays, at least `at_least` wide, with a margin."""
    values = np.concatenate([np.ravel(a) for a in arrays])
    values = values[np.isfinite(values)]
    if not values.size:
        return (-max(at_least, 1.0) / 2, max(at_least, 1.0) / 2)
    low, high = float(values.min()), float(values.max())
    spare = max(at_least - (high - low), 0.0) / 2 + margin * max(high - low, at_least, 1e-12)
    return low - spare, high + spare


def ticks(low, high, *, log, most=6):
    """Return about `most` (position, label) pairs at round places between low and high.

    log: low, high and the positions are logarithms, the places whole decades, or 1, 2 and 5 of each where few fit.
    """
    low, high = min(low, high), max(low, high)
    span = max(high - low, 1e-12)
    if log and span < 2.5:
        decades = range(int(np.floor(low)), int(np.floor(high)) + 1)
        places = [(power + np.log10(digit), f"{digit * 10.0**power:g}") for power in decades for digit in (1, 2, 5)]
        return [(place, label) for place, label in places if low <= place <= high]
    if log:
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if span / s <= most or s == 1000)
        first = -(-int(np.ceil(low)) // step) * step
        return [(power, "10" + str(power).translate(_RAISED) if power else "1")
                for power in range(first, int(np.floor(high)) + 1, step)]
    raw = span / most
    power = 10.0 ** np.floor(np.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [(i * step, f"{i * step:.6g}") for i in range(first, last + 1)]


def power_of_ten(log10_value, digits=2):
    """Return 10**log10_value with so many digits, such as 0.026 or 3.1e-40, also where a float would overflow."""
    if np.isnan(log10_value):
        return "not a number"
    if np.isinf(log10_value):
        return "0" if log10_value < 0 else "inf"
    exponent = int(np.floor(log10_value))
    mantissa = f"{10 ** (log10_value - exponent):.{digits - 1}f}"
    if mantissa.startswith("10"):
        mantissa, exponent = f"{1:.{digits - 1}f}", exponent + 1
    if -4 < exponent < 4:
        return f"{float(mantissa) * 10.0**exponent:.{max(digits, exponent + 1)}g}"
    return f"{mantissa}e{exponent:+d}"
