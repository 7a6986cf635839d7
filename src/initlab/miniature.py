"""The small picture of a card: a student's curve beside the band it is expected in, as SVG text.

Colours are from initlab.picture; the curve is solid with dots, the band dashed, so that colour is never alone.
Ink is the text's own colour, which suits light and dark pages alike.
"""

from __future__ import annotations

import math
from html import escape

import numpy as np

from initlab import messages
from initlab.messages.markup import as_text
from initlab.picture import COLOURS, ticks
from initlab.rubric import Comparison

WIDTH, HEIGHT = 340, 176
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 24, 42
_YOURS, _BAND = COLOURS[1], COLOURS[2]


def draw(comparison: Comparison, lang: str) -> str:
    """Return the picture as one <svg> element with role img and its text alternative."""
    title, yours_name, band_name, _ = messages.picture_words(comparison.code, lang)
    yours, low, high = (_log(values) for values in (comparison.yours, comparison.low, comparison.high))
    bottom, top = _range(np.concatenate([yours, low, high]))
    layers = np.array(comparison.layers, dtype=float)
    first, last = layers[0], max(layers[-1], layers[0] + 1)

    def x(values):
        return _LEFT + (np.asarray(values, dtype=float) - first) / (last - first) * (WIDTH - _LEFT - _RIGHT)

    def y(values):
        share = (np.clip(values, bottom, top) - bottom) / (top - bottom)
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)

    parts = [f'<text x="{_LEFT}" y="14" font-weight="600">{escape(title)}</text>', *_axes(bottom, top, layers, x, y)]
    if len(low):
        parts.append(_band(x(layers), y(low), y(high)))
    parts.append(_curve(x(layers[:len(yours)]), y(yours)))
    parts.append(_legend(yours_name, band_name if len(low) else "", narrow=comparison.low == comparison.high))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alternative(comparison, lang))}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" fill="currentColor" '
        f'style="max-width:100%;height:auto;font:11px system-ui,sans-serif">{"".join(parts)}</svg>'
    )


def alternative(comparison: Comparison, lang: str) -> str:
    """Return in words what the picture shows."""
    low, high = comparison.low or (math.nan,), comparison.high or comparison.low or (math.nan,)
    return as_text(messages.picture_words(comparison.code, lang)[3], {
        "first_layer": comparison.layers[0], "last_layer": comparison.layers[-1],
        "first": comparison.yours[0], "last": comparison.yours[-1],
        "low": low[-1], "high": high[-1], "first_low": low[0], "first_high": high[0],
    })


def _log(values) -> np.ndarray:
    """Return logarithms to base 10; 0 and what is not a number lie at -inf, infinity at +inf."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(np.abs(np.asarray(values, dtype=float)))
    return np.where(np.isnan(logs), -np.inf, logs)


def _range(logs: np.ndarray) -> tuple[float, float]:
    """Return whole decades around all finite values, with one to spare below for what is 0."""
    finite = logs[np.isfinite(logs)]
    if not finite.size:
        return -1.0, 1.0
    bottom, top = math.floor(finite.min()), math.ceil(finite.max())
    return bottom - float(np.any(logs == -np.inf)), max(float(top), bottom + 1.0) + float(np.any(logs == np.inf))


def _axes(bottom, top, layers, x, y) -> list[str]:
    right, floor = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    parts = [f'<path d="M{_LEFT} {_TOP}V{floor}H{right}" fill="none" stroke="currentColor" stroke-opacity=".6"/>']
    for value, text in ticks(bottom, top, log=True, most=5):
        height = float(y(value))
        parts.append(f'<path d="M{_LEFT} {height:.1f}H{right}" stroke="currentColor" stroke-opacity=".15"/>'
                     f'<text x="{_LEFT - 5}" y="{height + 4:.1f}" text-anchor="end">{text}</text>')
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if len(layers) / step <= 6)
    shown = {layers[0], *(layer for layer in layers if layer % step == 0 and layer - layers[0] > step / 2)}
    for layer in sorted(shown):
        parts.append(f'<text x="{float(x(layer)):.1f}" y="{floor + 14}" text-anchor="middle">{layer:.0f}</text>')
    parts.append(f'<text x="{_LEFT - 8}" y="{floor + 14}" text-anchor="end">layer</text>')
    return parts


def _path(xs, ys) -> str:
    return "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(xs, ys))


def _band(xs, low, high) -> str:
    edges = f"M{_path(xs, high)}M{_path(xs, low)}"
    return (f'<path d="M{_path(xs, high)}L{_path(xs[::-1], low[::-1])}Z" fill="{_BAND}" fill-opacity=".22"/>'
            f'<path d="{edges}" fill="none" stroke="{_BAND}" stroke-width="1.5" stroke-dasharray="5,3"/>')


def _curve(xs, ys) -> str:
    every = max(len(xs) // 10, 1)
    dots = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2.6"/>' for a, b in zip(xs[::every], ys[::every]))
    return (f'<path d="M{_path(xs, ys)}" fill="none" stroke="{_YOURS}" stroke-width="2"/>'
            f'<g fill="{_YOURS}">{dots}</g>')


def _legend(yours: str, band: str, narrow: bool) -> str:
    height = HEIGHT - 8
    parts = [f'<path d="M{_LEFT} {height - 4}h20" stroke="{_YOURS}" stroke-width="2"/>'
             f'<circle cx="{_LEFT + 10}" cy="{height - 4}" r="2.6" fill="{_YOURS}"/>'
             f'<text x="{_LEFT + 25}" y="{height}">{escape(yours)}</text>']
    if band:
        left = _LEFT + 40 + round(6.2 * len(yours))
        shape = f"M{left} {height - 4}h20" if narrow else f"M{left} {height - 9}h20v10h-20z"
        parts.append(f'<path d="{shape}" fill="{_BAND}" fill-opacity=".22" '
                     f'stroke="{_BAND}" stroke-width="1.5" stroke-dasharray="5,3"/>'
                     f'<text x="{left + 25}" y="{height}">{escape(band)}</text>')
    return "".join(parts)
