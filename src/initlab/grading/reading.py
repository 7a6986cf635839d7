"""What crossed back to values, whatever it is: exact builtins and plain arrays, or a BorderError."""

from __future__ import annotations

import math

import numpy as np

from initlab.grading.border import (
    DTYPES, FORTRAN, FUNCTION_ITEMS, GENERATOR_ITEMS, INT_DIGITS, READ_ONLY, BorderError, Bounds, counted_bytes, extent,
    plain_text,
)  # fmt: skip
from initlab.grading.generators import restore_generator

_COLLISIONS = 100  # keys of one dict with the same hash as another: work grows with their square
_MOST_ELEMENTS = 2**40  # of an array's dimensions together, those of length 0 left out


class Reader:
    """Reads the values of one message from their trees and the buffers beside them.

    `function(tree)` makes the stand-in for a callable.  `known` lists the values that numbers refer to, and
    `nodes` the arrays, lists, dicts and generators made: see `Writer`.
    """

    def __init__(self, buffers=(), bounds: Bounds = Bounds(), function=None, known=()):
        self.buffers, self.bounds, self.function, self.known = buffers, bounds, function, known
        self.nodes: list = []
        self._arrays: dict = {}
        self._items = self._array_bytes = 0
        self.begin()

    def begin(self) -> None:
        """Begin another part, as `Writer.begin`."""
        self._complete: list = []
        self._extents: dict[int, tuple[int, int]] = {}

    def read(self, tree, depth: int = 0, after: int = -1):
        """Build the value that `tree` describes; raises BorderError for what describes none.

        after: as for `Writer.write`.
        """
        if depth == 0:
            self.begin()
        self._count(1)
        if depth > self.bounds.depth + 1:
            raise BorderError(f"a value is nested deeper than {self.bounds.depth} levels")
        kind = type(tree)
        if tree is None or kind in (bool, int, float):
            return tree
        if kind is str:
            return plain_text(tree)
        if kind is list:
            made: list = []
            self.nodes.append(made)
            made.extend([self.read(item, depth + 1, after) for item in tree])
            self._complete.append(made)
            return made
        try:
            return self._tagged(tree["t"], tree, depth, after)
        except BorderError:
            raise
        except (KeyError, TypeError, ValueError, IndexError, OverflowError, AttributeError) as error:
            raise BorderError(f"the value sent back is not well formed ({error!r:.120})") from None

    def _tagged(self, tag, tree, depth, after):
        if tag == "array":
            return self._array(tree)
        if tag == "row":
            return self._row(self.buffers[tree["b"]])
        if tag == "tuple":
            return tuple([self.read(item, depth + 1, after) for item in _list(tree["v"])])
        if tag == "dict":
            return self._dict(_list(tree["k"]), _list(tree["v"]), depth, after)
        if tag == "known":
            return self._counted(self._known(tree["v"], after), depth)
        if tag == "again":
            return self._counted(self._again(tree["v"]), depth)
        if tag == "ellipsis":
            return ...
        if tag == "int":
            return int(tree["v"][: INT_DIGITS + 1], 16)
        if tag == "complex":
            real, imag = tree["v"]
            return complex(float(real), float(imag))
        if tag == "scalar":
            return np.frombuffer(bytes.fromhex(tree["v"]), DTYPES[tree["d"]], count=1)[0]
        if tag == "generator":
            self._count(GENERATOR_ITEMS)
            made = restore_generator(tree["v"])
            self.nodes.append(made)
            return made
        if tag == "function" and self.function is not None:
            self._count(FUNCTION_ITEMS)
            return self.function(tree)
        raise BorderError(f"nothing crosses as {str(tag)[:40]!r}")

    def _row(self, buffer) -> list:
        self._count(len(buffer) // 8)
        made = np.frombuffer(buffer, "<f8").tolist()
        self.nodes.append(made)
        self._complete.append(made)
        return made

    def _dict(self, keys, items, depth, after):
        if len(keys) > self.bounds.dict_entries or len(keys) != len(items):
            most = self.bounds.dict_entries
            raise BorderError(f"a dict has more than {most} entries, or keys without values")
        made: dict = {}
        self.nodes.append(made)
        pairs = [(self.read(k, depth + 1, after), self.read(v, depth + 1, after)) for k, v in zip(keys, items)]
        if len(pairs) - len({hash(key) for key, _ in pairs}) > _COLLISIONS:
            raise BorderError("a dict whose keys were made to be slow to find")
        made.update(pairs)
        self._complete.append(made)
        return made

    def _array(self, tree):
        place, shape, name, flags = tree["b"], tuple(_list(tree["s"])), tree["d"], tree["f"]
        buffer, dtype = self.buffers[place], DTYPES[name]
        self._array_bytes += counted_bytes(len(buffer), len(buffer) // dtype.itemsize)
        if self._array_bytes > self.bounds.array_bytes:
            raise BorderError(
                f"arrays of more than {self.bounds.array_bytes >> 20} MiB in one value, an entry counted as 8 bytes"
            )
        if any(n < 0 for n in shape) or math.prod(n for n in shape if n) > _MOST_ELEMENTS:
            raise BorderError(f"no array has the shape {str(shape)[:80]}")
        key = (place, shape, name, flags)
        if key not in self._arrays:
            flat = np.frombuffer(buffer, dtype)
            made = flat.reshape(shape[::-1]).T if flags & FORTRAN else flat.reshape(shape)
            if flags & READ_ONLY:
                made.flags.writeable = False
            self._arrays[key] = made
            self.nodes.append(made)
        return self._arrays[key]

    def _known(self, place, after):
        if type(place) is not int or not 0 <= place < len(self.known):
            raise BorderError(f"there is no argument number {str(place)[:20]}")
        value = self.known[place]
        if place <= after and isinstance(value, (list, dict)):
            raise BorderError("a list cannot come to hold itself")
        return value

    def _again(self, place):
        if type(place) is not int or not 0 <= place < len(self._complete):
            raise BorderError(f"there is no list number {str(place)[:20]}")
        return self._complete[place]

    def _counted(self, value, depth):
        """Count all that a value holds which is mentioned once more."""
        items, levels = extent(value, self._extents)
        self._count(items - 1)
        if depth + levels - 1 > self.bounds.depth:
            raise BorderError(f"a value is nested deeper than {self.bounds.depth} levels")
        return value

    def _count(self, number):
        self._items += number
        if self._items > self.bounds.items:
            raise BorderError(f"a value holds more than {self.bounds.items} items")


def _list(value) -> list:
    if type(value) is not list:
        raise TypeError(f"{type(value).__name__} in place of a list")
    return value
