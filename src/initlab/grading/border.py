"""What may cross between a student's process and the grader, and how: JSON and the raw bytes of arrays.

Numbers, strings, None, Ellipsis, lists, tuples, dicts and numpy arrays cross by value, functions by a
handle and their signature, numpy's random generators by their state.  Nothing is ever unpickled or
evaluated: a reader makes exact builtins and plain arrays from a fixed table of types, within stated bounds,
whatever bytes it is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from initlab.grading.generators import generator_state, is_generator, restore_generator

ALLOWED = "numbers, strings, None, lists, tuples, dicts, numpy arrays and functions"


class BorderError(TypeError):
    """A value that cannot cross, or bytes that describe none; the message names the type or the bound."""


@dataclass(frozen=True)
class Bounds:
    """How much one message may hold; the reader counts every mention of an array, shared or not."""

    array_bytes: int = 64 << 20
    text_bytes: int = 4 << 20
    items: int = 100_000
    depth: int = 32
    dict_entries: int = 10_000  # colliding keys cost time that grows with the square


@dataclass(frozen=True)
class ModuleName:
    """A module bound to a name in the student's kernel: only its name crosses, nothing is imported here."""

    name: str


# Sizes of the dtypes that cross, by kind; extended precision has 12 or 16 bytes, depending on the machine.
_SIZES = {"b": (1,), "i": (1, 2, 4, 8), "u": (1, 2, 4, 8), "f": (2, 4, 8, 12, 16), "c": (8, 16, 24, 32)}
_DTYPES = {}
for _kind, _sizes in _SIZES.items():
    for _size in _sizes:
        for _order in "|" if _size == 1 else "<>":
            try:
                _DTYPES[f"{_order}{_kind}{_size}"] = np.dtype(f"{_order}{_kind}{_size}")
            except TypeError:
                continue
_FORTRAN, _READ_ONLY = 1, 2  # flags of an array
_INT_DIGITS = 1024  # hexadecimal digits of a whole number: arithmetic with longer ones takes the grader's time


class Writer:
    """Turns values into a JSON-able tree and a list of array buffers.

    `function(value)` describes a callable (or raises BorderError); `nodes` lists the mutable values met, in
    the order met.  `known` maps id to place of values the other side has: they cross as their place.
    """

    def __init__(self, bounds: Bounds = Bounds(), function=None, known: dict[int, int] | None = None):
        self.bounds, self.function, self.known = bounds, function, known or {}
        self.buffers: list = []
        self.nodes: list = []
        self._arrays: dict[int, tuple] = {}
        self._items = self._bytes = 0

    def write(self, value, depth: int = 0, after: int = -1):
        """Describe `value` as a JSON-able tree; raises BorderError naming the type of what cannot cross.

        `after`: of the known lists and dicts only those behind this place are named, so that no list can
        come to hold itself.
        """
        kind = type(value)
        if value is None or kind is bool or kind is float or (kind is str and len(value) < 64):
            self._count(1)
            return value
        if kind is int:
            self._count(1)
            return value if -(2**63) <= value < 2**63 else self._long(value)
        place = self.known.get(id(value))
        if place is not None and (place > after or isinstance(value, np.ndarray) or is_generator(value)):
            return {"t": "known", "v": place}
        if depth > self.bounds.depth:
            raise BorderError(f"a value is nested deeper than {self.bounds.depth} levels")
        return self._write_other(value, depth, after)

    def _write_other(self, value, depth, after):
        self._count(1)
        if isinstance(value, np.ndarray):
            return self.array(value)
        if isinstance(value, np.generic):
            return self._scalar(value)
        if isinstance(value, str):
            value = str.__str__(value)
            self._text(len(value))
            return value
        if isinstance(value, int):
            return self.write(int.__index__(value), depth, after)
        if isinstance(value, float):
            return float.__float__(value)
        if isinstance(value, complex):
            return {"t": "complex", "v": [complex.__complex__(value).real, complex.__complex__(value).imag]}
        if isinstance(value, list):
            self.nodes.append(value)
            return [self.write(item, depth + 1, after) for item in list.__iter__(value)]
        if isinstance(value, tuple):
            return {"t": "tuple", "v": [self.write(item, depth + 1, after) for item in tuple.__iter__(value)]}
        if isinstance(value, dict):
            return self._dict(value, depth, after)
        if value is Ellipsis:
            return {"t": "ellipsis"}
        if is_generator(value):
            self.nodes.append(value)
            return {"t": "generator", "v": generator_state(value)}
        if callable(value) and not isinstance(value, type) and self.function is not None:
            return self.function(value)
        raise BorderError(f"{_named(value)} cannot cross to the grader: only {ALLOWED} can")

    def _dict(self, value, depth, after):
        if dict.__len__(value) > self.bounds.dict_entries:
            raise BorderError(f"a dict has more than {self.bounds.dict_entries} entries")
        self.nodes.append(value)
        pairs = [(self.write(key, depth + 1, after), self.write(item, depth + 1, after))
                 for key, item in dict.items(value)]
        return {"t": "dict", "k": [key for key, _ in pairs], "v": [item for _, item in pairs]}

    def array(self, value) -> dict:
        """Describe an array by what it holds, even one the other side has."""
        plain = np.ndarray.view(value, np.ndarray)
        name = plain.dtype.str
        if name not in _DTYPES:
            raise BorderError(f"an array of dtype {plain.dtype} cannot cross to the grader: only arrays of "
                              "numbers or of True and False can")
        seen = self._arrays.get(id(value))
        self._bytes += plain.nbytes
        if self._bytes > self.bounds.array_bytes:
            raise BorderError(f"arrays of more than {self.bounds.array_bytes >> 20} MiB in one value")
        if seen is None:
            flags = _FORTRAN if plain.flags.f_contiguous and not plain.flags.c_contiguous else 0
            flags |= 0 if plain.flags.writeable else _READ_ONLY
            block = np.ascontiguousarray(plain.T if flags & _FORTRAN else plain)
            seen = {"t": "array", "d": name, "s": list(plain.shape), "b": len(self.buffers), "f": flags}, value
            self.buffers.append(block.reshape(-1).view(np.uint8))
            self._arrays[id(value)] = seen  # holds the array too: its id must not be used again
            self.nodes.append(value)
        return seen[0]

    def _scalar(self, value):
        name = value.dtype.str
        if name not in _DTYPES:
            if isinstance(value, np.str_):
                return str(value)
            raise BorderError(f"{_named(value)} cannot cross to the grader: only {ALLOWED} can")
        return {"t": "scalar", "d": name, "v": value.tobytes().hex()}

    def _long(self, value):
        if value.bit_length() > 4 * _INT_DIGITS:
            raise BorderError(f"a whole number of more than {_INT_DIGITS} hexadecimal digits")
        return {"t": "int", "v": f"{value:x}"}

    def _count(self, number):
        self._items += number
        if self._items > self.bounds.items:
            raise BorderError(f"a value holds more than {self.bounds.items} items")

    def _text(self, number):
        self._bytes += number
        if number > self.bounds.text_bytes:
            raise BorderError(f"a text or number of more than {self.bounds.text_bytes >> 20} MiB")


class Reader:
    """Turns a tree and its buffers back into values; raises BorderError for whatever is not well formed.

    `function(description)` makes the stand-in for a callable; `known` lists what "known" places refer to;
    `nodes` lists the mutable values made, in the order of `Writer.nodes`.
    """

    def __init__(self, buffers, bounds: Bounds = Bounds(), function=None, known=()):
        self.buffers, self.bounds, self.function, self.known = buffers, bounds, function, known
        self.nodes: list = []
        self._arrays: dict = {}
        self._items = self._bytes = 0

    def read(self, tree, depth: int = 0, after: int = -1):
        """Build the value that `tree` describes; `after` as for `Writer.write`."""
        self._items += 1
        if self._items > self.bounds.items or depth > self.bounds.depth + 1:
            raise BorderError(f"a value holds more than {self.bounds.items} items or is nested deeper than "
                              f"{self.bounds.depth} levels")
        if tree is None or type(tree) in (bool, int, float):
            return tree
        if type(tree) is str:
            return plain_text(tree)
        if type(tree) is list:
            made: list = []
            self.nodes.append(made)
            made.extend(self.read(item, depth + 1, after) for item in tree)
            return made
        try:
            return self._read_tagged(tree["t"], tree, depth, after)
        except (KeyError, TypeError, ValueError, IndexError, OverflowError, AttributeError) as error:
            if isinstance(error, BorderError):
                raise
            raise BorderError(f"the value sent back is not well formed ({error!r:.120})") from None

    def _read_tagged(self, tag, tree, depth, after):
        if tag == "array":
            return self._array(tree)
        if tag == "tuple":
            return tuple([self.read(item, depth + 1, after) for item in tree["v"]])
        if tag == "dict":
            return self._dict(tree, depth, after)
        if tag == "known":
            return self._known(tree["v"], after)
        if tag == "ellipsis":
            return ...
        if tag == "int":
            return int(tree["v"][:_INT_DIGITS + 1], 16)
        if tag == "complex":
            real, imag = tree["v"]
            return complex(float(real), float(imag))
        if tag == "scalar":
            return np.frombuffer(bytes.fromhex(tree["v"]), _DTYPES[tree["d"]], count=1)[0]
        if tag == "generator":
            made = restore_generator(tree["v"])
            self.nodes.append(made)
            return made
        if tag == "function" and self.function is not None:
            return self.function(tree)
        raise BorderError(f"nothing crosses as {str(tag)[:40]!r}")

    def _dict(self, tree, depth, after):
        if len(tree["k"]) > self.bounds.dict_entries or len(tree["k"]) != len(tree["v"]):
            raise BorderError(f"a dict has more than {self.bounds.dict_entries} entries, or keys without values")
        made: dict = {}
        self.nodes.append(made)
        for key, item in zip(tree["k"], tree["v"]):
            key = self.read(key, depth + 1, after)
            made[key] = self.read(item, depth + 1, after)
        return made

    def _array(self, tree):
        place, shape, dtype = tree["b"], tuple(tree["s"]), _DTYPES[tree["d"]]
        buffer = self.buffers[place]
        self._bytes += len(buffer)
        if self._bytes > self.bounds.array_bytes:
            raise BorderError(f"arrays of more than {self.bounds.array_bytes >> 20} MiB in one value")
        key = (place, shape, tree["d"], tree["f"])
        if key not in self._arrays:
            if len(shape) > 32 or any(type(n) is not int or not 0 <= n < 2**40 for n in shape):
                raise BorderError(f"no array has the shape {str(shape)[:80]}")
            flat = np.frombuffer(buffer, dtype)
            made = flat.reshape(shape[::-1]).T if tree["f"] & _FORTRAN else flat.reshape(shape)
            if tree["f"] & _READ_ONLY:
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


def plain_text(text: str) -> str:
    """Give `text` without lone surrogates, which no file or database would take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _named(value) -> str:
    kind = type(value)
    if isinstance(value, type):
        return f"a class ({value.__name__[:80]})"
    return f"a value of type {kind.__name__[:80]}"
