"""Values to what crosses: a JSON-able tree, and the arrays' bytes beside it."""

from __future__ import annotations

import numpy as np

from initlab.grading.border import (
    DTYPES, FORTRAN, FUNCTION_ITEMS, GENERATOR_ITEMS, INT_DIGITS, READ_ONLY, ROW, BorderError, Bounds, Refused,
    counted_bytes, extent,
)  # fmt: skip
from initlab.grading.generators import generator_state, is_generator


class Writer:
    """Writes the values of one message; what occurs twice is sent once: arrays in all of it, lists and dicts in a part.

    A part begins at depth 0 or with `begin`.

    `function(value)` describes a callable (or raises BorderError).  `known` maps the id of a value that the
    other side has to its number: it crosses as that number.  `nodes` lists the arrays, lists, dicts and
    generators met, in the order met; `Reader.nodes` has them in the same order.
    """

    def __init__(self, bounds: Bounds = Bounds(), function=None, known: dict[int, int] | None = None):
        self.bounds, self.function, self.known = bounds, function, known or {}
        self.buffers: list[np.ndarray] = []
        self.nodes: list = []
        self._arrays: dict[int, tuple] = {}
        self._items = self._array_bytes = self._text_bytes = 0
        self.begin()

    def begin(self) -> None:
        """Begin another part: no list or dict of an earlier one is referred to in it."""
        self._written: dict[int, tuple[int, object]] = {}
        self._extents: dict[int, tuple[int, int]] = {}

    def write(self, value, depth: int = 0, after: int = -1):
        """Describe `value` as a JSON-able tree; raises BorderError naming the type of what cannot cross.

        after: of the known lists and dicts only those with a higher number are named, so that no list can
        come to hold itself.
        """
        if depth == 0:
            self.begin()
        self._count(1)
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if issubclass(kind, str):
            return self._str(str.__str__(value))
        if issubclass(kind, int):
            return self._int(int.__index__(value))
        place = self.known.get(id(value))
        if place is not None and (place > after or issubclass(kind, np.ndarray) or is_generator(value)):
            return {"t": "known", "v": place}
        if depth > self.bounds.depth:
            raise BorderError(f"a value is nested deeper than {self.bounds.depth} levels")
        if issubclass(kind, np.ndarray):
            return self.array(value)
        if issubclass(kind, np.generic):
            return self._scalar(value)
        if issubclass(kind, float):
            return float.__float__(value)
        if issubclass(kind, complex):
            number = complex.__complex__(value)
            return {"t": "complex", "v": [number.real, number.imag]}
        if issubclass(kind, (list, dict)):
            if id(value) in self._written:
                return self._again(value, depth)
            self.nodes.append(value)
            tree = self._list(value, depth, after) if issubclass(kind, list) else self._dict(value, depth, after)
            # Only now: none that is not complete is referred to, or a list could come to hold itself.
            self._written[id(value)] = len(self._written), value
            return tree
        if issubclass(kind, tuple):
            return {"t": "tuple", "v": [self.write(item, depth + 1, after) for item in tuple.__iter__(value)]}
        return self._other(value, kind)

    def array(self, value: np.ndarray) -> dict:
        """Describe an array by what it holds, even one the other side has."""
        if issubclass(type(value), np.ma.MaskedArray):  # without its mask it would be another answer
            raise Refused(f"an array of type {type(value).__name__[:80]}")
        plain = np.ndarray.view(value, np.ndarray)
        if plain.dtype.str not in DTYPES:
            # No Refused: what a student returns can make a grade cell come to such an array.
            raise BorderError(f"an array of dtype {plain.dtype} cannot cross to the grader: only arrays of "
                              "numbers or of True and False can")  # fmt: skip
        self._array_bytes += counted_bytes(plain.nbytes, plain.size)
        if self._array_bytes > self.bounds.array_bytes:
            raise BorderError(
                f"arrays of more than {self.bounds.array_bytes >> 20} MiB in one value, an entry counted as 8 bytes"
            )
        if id(value) not in self._arrays:
            turned = plain.flags.f_contiguous and not plain.flags.c_contiguous
            flags = (FORTRAN if turned else 0) | (0 if plain.flags.writeable else READ_ONLY)
            block = np.ascontiguousarray(plain.T if turned else plain)
            tree = {"t": "array", "d": plain.dtype.str, "s": list(plain.shape), "f": flags}
            tree["b"] = len(self.buffers)
            self.buffers.append(block.reshape(-1).view(np.uint8))
            self._arrays[id(value)] = tree, value  # the array too: its id must not be used again
            self.nodes.append(value)
        return self._arrays[id(value)][0]

    def _again(self, value, depth) -> dict:
        items, levels = extent(value, self._extents)
        self._count(items - 1)
        if depth + levels - 1 > self.bounds.depth:
            raise BorderError(f"a value is nested deeper than {self.bounds.depth} levels")
        return {"t": "again", "v": self._written[id(value)][0]}

    def _list(self, value: list, depth, after):
        if list.__len__(value) >= ROW and set(map(type, list.__iter__(value))) == {float}:
            return self._row(value)
        return [self.write(item, depth + 1, after) for item in list.__iter__(value)]

    def _row(self, value: list) -> dict:
        """Describe a long list of plain floats, such as a matrix has when it is lists of lists."""
        self._count(len(value))
        self.buffers.append(np.array(value, "<f8").view(np.uint8))
        return {"t": "row", "b": len(self.buffers) - 1}

    def _other(self, value, kind):
        if value is Ellipsis:
            return {"t": "ellipsis"}
        if is_generator(value):
            self._count(GENERATOR_ITEMS)
            self.nodes.append(value)
            return {"t": "generator", "v": generator_state(value)}
        if issubclass(kind, type):
            raise Refused(f"a class ({type.__repr__(value)[:80]})")
        if callable(value) and self.function is not None:
            self._count(FUNCTION_ITEMS)
            return self.function(value)
        raise Refused(f"a value of type {kind.__name__[:80]}")

    def _dict(self, value, depth, after):
        if dict.__len__(value) > self.bounds.dict_entries:
            raise BorderError(f"a dict has more than {self.bounds.dict_entries} entries")
        keys, items = [], []
        for key, item in dict.items(value):
            keys.append(self.write(key, depth + 1, after))
            items.append(self.write(item, depth + 1, after))
        return {"t": "dict", "k": keys, "v": items}

    def _scalar(self, value):
        if value.dtype.str in DTYPES:
            return {"t": "scalar", "d": value.dtype.str, "v": value.tobytes().hex()}
        raise Refused(f"a value of type {type(value).__name__}")

    def _int(self, value):
        if -(2**63) <= value < 2**63:
            return value
        if value.bit_length() > 4 * INT_DIGITS:
            raise BorderError(f"a whole number of more than {INT_DIGITS} hexadecimal digits")
        return {"t": "int", "v": f"{value:x}"}

    def _str(self, value):
        self._text_bytes += 6 * len(value)  # the longest that JSON makes of a character
        if self._text_bytes > self.bounds.text_bytes:
            raise BorderError(f"texts of more than {self.bounds.text_bytes // 6} characters in one value")
        return value

    def _count(self, number):
        self._items += number
        if self._items > self.bounds.items:
            raise BorderError(f"a value holds more than {self.bounds.items} items")
