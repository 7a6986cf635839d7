"""What may cross between a student's process and the grader: JSON and the raw bytes of arrays.

Numbers, strings, None, Ellipsis, lists, tuples, dicts and numpy arrays cross by value, functions by a
handle and their signature, numpy's random generators by their state.  Instances of a class derived from one
of these cross as the value they are underneath.  Nothing is ever unpickled or evaluated: `writing` makes the
JSON, and `reading` makes exact builtins and plain arrays of it, within these bounds, whatever it is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ALLOWED = "numbers, strings, None, lists, tuples, dicts, numpy arrays of numbers and functions"
FORTRAN, READ_ONLY = 1, 2  # flags of an array
ROW = 16  # floats in a list from which on they cross as bytes: an array's way to say it costs as much as a few
INT_DIGITS = 1024  # hexadecimal digits of a whole number: arithmetic with longer ones takes the grader's time
GENERATOR_ITEMS, FUNCTION_ITEMS = 1_000, 100  # what making one costs, in items

# Sizes of the dtypes that cross, by kind; extended precision has 12 or 16 bytes, depending on the machine.
_SIZES = {"b": (1,), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "f": (2, 4, 8, 12, 16), "c": (8, 16, 24, 32)}


def _dtypes() -> dict[str, np.dtype]:
    found = {}
    for kind, sizes in _SIZES.items():
        for size in sizes:
            for order in "|" if size == 1 else "<>":
                try:
                    found[f"{order}{kind}{size}"] = np.dtype(f"{order}{kind}{size}")
                except TypeError:  # this machine has no number of that size
                    continue
    return found


DTYPES = _dtypes()


class BorderError(BaseException):
    """A value that cannot cross, or bytes that describe none; the message names the type or the bound.

    No Exception: a test that asks for one, by `assert_raises(TypeError, f, x)` or `except Exception`, must not
    take it for something that the student's function raised.
    """

    not_returned = True  # for initlab.checks, which knows nothing of this module


class Refused(BorderError):
    """A value of a type that cannot cross; `what` says which."""

    def __init__(self, what: str):
        super().__init__(f"{what} cannot cross to the grader: only {ALLOWED} can")
        self.what = what


class Ungivable(BorderError):
    """What a grade cell gives to a student's function and cannot cross: the cell's fault, not the student's."""


@dataclass(frozen=True)
class Bounds:
    """How much one message may hold; every mention of an array counts, shared or not."""

    array_bytes: int = 64 << 20
    text_bytes: int = 16 << 20
    items: int = 500_000  # the labs' largest answer, as nested lists, has 320 000
    depth: int = 32
    dict_entries: int = 10_000  # colliding keys cost time that grows with the square


@dataclass(frozen=True)
class ModuleName:
    """A module bound to a name in the student's kernel: only its name crosses, nothing is imported here."""

    name: str


def counted_bytes(held: int, entries: int) -> int:
    """Return for how many bytes an array counts that holds so many, in so many entries.

    Eight for each entry at least: a test that calculates with small numbers makes floats of them.
    """
    return max(held, 8 * entries)


def extent(value, found: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Count the items in a value, those of a list that occurs twice twice, and the levels of its nesting.

    found: what was counted already, by id; a list of two mentions of a list of two mentions of … has 2**n items.
    Raises BorderError for what is nested too deeply to walk.
    """
    if isinstance(value, dict):
        parts = [part for pair in dict.items(value) for part in pair]
    elif isinstance(value, (list, tuple)):
        parts = (list if isinstance(value, list) else tuple).__iter__(value)
    else:
        return 1, 0
    if id(value) not in found:
        items, levels = 1, 0
        try:
            for part in parts:
                more, deeper = extent(part, found) if isinstance(part, (list, tuple, dict)) else (1, 0)
                items, levels = items + more, max(levels, deeper)
        except RecursionError:
            raise BorderError("a value is nested too deeply to walk") from None
        found[id(value)] = items, levels + 1
    return found[id(value)]


def plain_text(text: str) -> str:
    """Give `text` without lone surrogates, which no file or database would take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
