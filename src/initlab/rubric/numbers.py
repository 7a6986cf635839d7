"""Judge an answer that is one number, and name the slip that leads to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

from initlab.rubric.verdict import Finding


def near(got: float, want: float, tolerance: float) -> bool:
    """Tell whether a number lies within a relative tolerance of another; want is not 0."""
    return abs(got - want) <= tolerance * abs(want)


def slip(got: float, slips: Iterable[tuple[str, float]], tolerance: float, fields: dict) -> Finding | None:
    """Return a finding for the first slip, (code, the number it leads to), that gives the number got; else None."""
    for code, value in slips:
        if near(got, value, tolerance):
            return Finding(code, fields)
    return None
