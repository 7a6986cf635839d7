"""From what a student hands in to plain numbers, text and arrays; whatever is neither gets a verdict by name.

Only exact types are taken at their word: an object that merely claims to be a number is named, never asked.
A bool is not a number here, and an array is always copied.
"""

from __future__ import annotations

import math

import numpy as np

from initlab.rubric import Outcome, Unusable

_NUMPY_NUMBERS = {np.dtype(code).type for code in np.typecodes["AllInteger"] + np.typecodes["Float"]}
_NUMBERS = {int, float} | _NUMPY_NUMBERS
_SEQUENCES = (list, tuple)

# Entries in one answer beyond which it is not read: about ten times the largest that any exercise asks for.
MOST_ENTRIES = 4_000_000
MOST_LAYERS = 1_000
_SHOWN = 60


def is_blank(value) -> bool:
    """Tell whether a value is what an unanswered cell leaves behind: `...` or None."""
    return value is None or value is Ellipsis


def type_name(value) -> str:
    """Return the name of a value's type without asking the value itself."""
    return str(type.__getattribute__(type(value), "__name__"))[:_SHOWN]


def number(value) -> float:
    """Return a number as a finite float: int, float, numpy scalar, or an array of one number.

    Raises Unusable: not attempted for `...` and None, wrong for everything else that is not a finite number.
    """
    if is_blank(value):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_value")
    if type(value) is np.ndarray and value.size == 1 and value.dtype.kind in "iuf":
        value = value.reshape(())[()]
    if type(value) in (str, np.str_):
        raise Unusable(Outcome.WRONG, "common.text_for_number", text=str(value)[:_SHOWN])
    if type(value) not in _NUMBERS:
        code = "common.function_for_number" if callable(value) else "common.not_a_number"
        raise Unusable(Outcome.WRONG, code, type=type_name(value))
    try:
        plain = float(value)
    except OverflowError:  # 10**400
        plain = math.inf
    if not math.isfinite(plain):
        raise Unusable(Outcome.WRONG, "common.not_finite", value=str(plain))
    return plain


def text(value) -> str:
    """Return a text of at most 200 characters.

    Raises Unusable: not attempted for `...`, None and an empty text, wrong for everything else that is no text.
    """
    if is_blank(value) or (type(value) is str and not value.strip()):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_value")
    if type(value) not in (str, np.str_):
        raise Unusable(Outcome.WRONG, "common.not_a_text", type=type_name(value))
    return str(value)[:200]


def layers(value, name: str) -> list:
    """Return a list with one float64 array, or None, per layer, whatever their shapes.

    value: a list, tuple or array with one entry per layer; each an array, a number, or lists of numbers.
    Raises Unusable, naming the first entry that cannot be read.
    """
    entries = _entries(value, name)
    budget = MOST_ENTRIES
    arrays = []
    for k, entry in enumerate(entries):
        array = None if is_blank(entry) else _array(entry, f"{name}[{k}]", budget)
        budget -= 0 if array is None else array.size
        arrays.append(array)
    return arrays


def sequence(value) -> list | None:
    """Return the entries of a list or tuple, and None for anything else."""
    return list(value) if type(value) in _SEQUENCES else None


def _entries(value, name: str) -> list:
    if issubclass(type(value), np.ndarray):
        value = _plain(value, name)
        if value.ndim == 0:
            raise Unusable(Outcome.WRONG, "common.not_a_list", name=name, type="number")
    elif type(value) not in _SEQUENCES:
        raise Unusable(Outcome.WRONG, "common.not_a_list", name=name, type=type_name(value))
    if len(value) > MOST_LAYERS:
        raise Unusable(Outcome.WRONG, "common.too_large", name=name, most=MOST_LAYERS)
    return list(value)


def _array(value, name: str, budget: int) -> np.ndarray:
    if issubclass(type(value), np.ndarray):
        if value.size > budget:
            raise Unusable(Outcome.WRONG, "common.too_large", name=name, most=MOST_ENTRIES)
        return np.array(_plain(value, name), dtype=np.float64)
    if type(value) in _NUMBERS:
        return np.array(_leaf(value))
    if type(value) not in _SEQUENCES:
        raise Unusable(Outcome.WRONG, "common.not_numbers", name=name, type=type_name(value))
    rows, shape = _nested(value, name, budget, depth=0)
    return np.array(rows, dtype=np.float64).reshape(shape)


def _plain(value: np.ndarray, name: str) -> np.ndarray:
    """Return an array of real numbers as a plain ndarray, and name any other dtype."""
    if value.dtype.kind not in "iuf":
        raise Unusable(Outcome.WRONG, "common.not_numbers", name=name, type=str(value.dtype)[:_SHOWN])
    return np.array(value, subok=False, copy=True) if type(value) is not np.ndarray else value


def _leaf(value) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _nested(value, name: str, budget: int, depth: int):
    """Return the numbers in nested lists, flat, and the shape; rows of different length are named."""
    if depth > 3 or len(value) > budget:
        raise Unusable(Outcome.WRONG, "common.too_large", name=name, most=MOST_ENTRIES)
    kinds = set(map(type, value))
    if kinds <= _NUMBERS:
        return (value if kinds == {float} else [_leaf(entry) for entry in value]), (len(value),)
    flat, shapes = [], set()
    for entry in value:
        if issubclass(type(entry), np.ndarray):
            array = _array(entry, name, budget)
            numbers, shape = array.ravel().tolist(), array.shape
        elif type(entry) in _SEQUENCES:
            numbers, shape = _nested(entry, name, budget, depth + 1)
        elif type(entry) in _NUMBERS:
            numbers, shape = [_leaf(entry)], ()
        else:
            raise Unusable(Outcome.WRONG, "common.not_numbers", name=name, type=type_name(entry))
        flat += numbers
        budget -= len(numbers) + 1
        shapes.add(shape)
        if budget < 0:
            raise Unusable(Outcome.WRONG, "common.too_large", name=name, most=MOST_ENTRIES)
    if len(shapes) > 1:
        raise Unusable(Outcome.WRONG, "common.ragged", name=name)
    return flat, (len(value), *shapes.pop())
