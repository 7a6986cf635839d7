"""Values written on one side of the border and read on the other; bytes that nobody wrote."""

import json
import math
import random
import time
from collections import OrderedDict, namedtuple

import numpy as np
import pytest

from initlab.grading.border import BorderError, Bounds
from initlab.grading.generators import generator_state, restore_generator
from initlab.grading.reading import Reader
from initlab.grading.writing import Writer

GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def crossed(value):
    """Write a value, make text of the tree as a message does, and read it."""
    writer = Writer()
    tree = json.loads(json.dumps(writer.write(value)))
    return Reader([memoryview(bytearray(buffer.tobytes())) for buffer in writer.buffers]).read(tree)


@pytest.mark.parametrize(
    "value",
    [None, True, False, 0, -7, 2**63, -(2**200), 1.5, -0.0, math.inf, 1e-320, 2 - 3j, "", "σ² 한글", ..., [], (), {}]
    + [[1, [2, (3, None)], {"a": [..., 1.0]}], {1: "a", (2, "b"): [3], None: {}}, ((),)]
    + [[[0.1, -0.0, math.inf, 1e-320] * 20] * 3, [0.5] * 99 + [1], [0.5] * 99 + [True], [0.5] * 99 + [np.float64(2)]],
    ids=lambda value: repr(value)[-40:],
)
def test_plain_values_come_back_as_they_were(value):
    """Type and value survive, in nested containers too."""
    back = crossed(value)

    assert type(back) is type(value)
    assert repr(back) == repr(value)


def test_nan_comes_back_as_nan():
    """NaN is a float that JSON has no word for."""
    assert math.isnan(crossed(math.nan))


@pytest.mark.parametrize("dtype", "? b B h H i I q Q e f d g F D G >f8 >i4".split())
def test_arrays_of_numbers_keep_dtype_shape_and_bytes(dtype):
    """Every numeric dtype and bool, in either byte order."""
    array = np.arange(12).reshape(3, 4).astype(dtype)
    back = crossed(array)

    assert type(back) is np.ndarray and back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    "array",
    [np.arange(24.0)[::3], np.arange(6.0).reshape(2, 3).T, np.array(2.5), np.zeros((0, 3)), np.asfortranarray(np.eye(3))]
    + [np.broadcast_to(1.0, (3, 2)), np.arange(24.0).reshape(2, 3, 4).swapaxes(0, 1)[:, ::-1]],
    ids=["strided", "transposed", "0-d", "empty", "fortran", "broadcast", "swapped"],
)
def test_arrays_of_any_layout_keep_their_values(array):
    """Layouts that are not one block of memory; column order is kept, so that sums round alike."""
    back = crossed(array)

    assert back.shape == array.shape
    np.testing.assert_array_equal(back, array)
    assert back.flags.f_contiguous or not array.flags.f_contiguous
    assert back.flags.writeable == array.flags.writeable


def test_a_matrix_of_lists_crosses_in_little_more_than_its_bytes():
    """The labs' largest answer, 320,000 floats in lists of lists, is read in a blink and not number by number."""
    writer = Writer()
    rows = [[0.1] * 80 for _ in range(4000)]
    tree = writer.write(rows)

    assert len(json.dumps(tree)) < 40 * len(rows)
    assert Reader(writer.buffers).read(tree) == rows


def test_an_array_that_occurs_twice_is_one_array_on_the_other_side():
    """Two names of one array stay two names of one array."""
    array = np.ones(3)
    first, second = crossed([array, array])

    assert first is second


def test_a_list_that_occurs_twice_is_one_list_on_the_other_side():
    """Lists and dicts: a test that changes one sees the other change, as in one process."""
    row, entry = [0.5] * 20, {"a": []}
    back = crossed([row, row, (entry, [entry]), row])

    assert back == [row, row, (entry, [entry]), row]
    assert back[0] is back[1] is back[3] and back[2][0] is back[2][1][0]


def test_what_occurs_twice_counts_twice():
    """Lists of two mentions of lists of two mentions: few bytes, and endless for whoever walks through them."""
    items, chain = [], [[]]
    for _ in range(25):
        items = [items, items]
    for _ in range(40):
        chain.append([chain[-1]])

    with pytest.raises(BorderError, match="more than"):
        crossed(items)
    with pytest.raises(BorderError, match="deeper than 32"):
        crossed(chain)
    tree, deep = [[]], [[]]
    for place in range(25):
        tree.append([{"t": "again", "v": place}] * 2)
    for place in range(40):
        deep.append([{"t": "again", "v": place}])
    with pytest.raises(BorderError, match="more than"):
        Reader().read(tree)
    with pytest.raises(BorderError, match="deeper than 32"):
        Reader().read(deep)


@pytest.mark.parametrize("scalar", [np.float64(0.1), np.float32(0.1), np.int8(-3), np.bool_(True), np.complex64(1j)])
def test_numpy_scalars_stay_numpy_scalars(scalar):
    """What a grade cell gets has the methods it would have in one process."""
    back = crossed(scalar)

    assert type(back) is type(scalar) and back == scalar


class LyingFloat(float):
    """Claims to be anything."""

    def __eq__(self, other):
        return True

    def __float__(self):
        return 42.0

    __hash__ = float.__hash__


class LyingList(list):
    """Iterates over something else than it holds."""

    def __iter__(self):
        return iter([42])


class LyingArray(np.ndarray):
    """Is close to everything, and of any shape."""

    shape = (1000, 1000)

    def __array_ufunc__(self, *args, **kwargs):
        return True


Pair = namedtuple("Pair", "a b")


@pytest.mark.parametrize(
    ("liar", "base"),
    [(LyingFloat(1.5), 1.5), (LyingList([1, 2]), [1, 2]), (Pair(1, 2), (1, 2)), (OrderedDict(a=1), {"a": 1})]
    + [(type("S", (str,), {})("x"), "x"), (type("I", (int,), {})(3), 3), (type("C", (complex,), {})(1j), 1j)],
    ids=lambda value: type(value).__name__,
)
def test_instances_of_derived_classes_come_as_the_value_underneath(liar, base):
    """No method of a student's class comes along, and none is asked."""
    back = crossed(liar)

    assert type(back) is type(base) and back == base


def test_array_subclasses_come_as_plain_arrays():
    """A subclass that agrees with everything agrees with nothing on the other side."""
    back = crossed(np.zeros(3).view(LyingArray))

    assert type(back) is np.ndarray and back.shape == (3,) and not (back == 1).any()


class Impostor:
    """Says that it is a list."""

    @property
    def __class__(self):
        return list


@pytest.mark.parametrize(
    ("value", "named"),
    [({1}, "set"), (b"x", "bytes"), (object(), "object"), (iter([]), "list_iterator"), (int, "int"), (json, "module")]
    + [(Impostor(), "Impostor"), (np.array([None]), "object"), (np.array(["a"]), "<U1"), (range(3), "range")]
    + [(np.datetime64("2020"), "datetime64"), ([1, {2}], "set"), (np.zeros(2, "f8,i4"), "f0")]
    + [(np.ma.array([1, 2], mask=[0, 1]), "MaskedArray")],
    ids=lambda value: str(value)[:20],
)
def test_other_types_are_refused_by_name(value, named):
    """The message names the type, for a teacher who wonders why."""
    with pytest.raises(BorderError, match=named):
        crossed(value)


def test_a_list_that_holds_itself_is_refused():
    """Depth is bounded, so that no cycle is followed for ever."""
    cycle = []
    cycle.append(cycle)

    with pytest.raises(BorderError, match="deeper than 32"):
        crossed(cycle)


@pytest.mark.parametrize(
    "value",
    [[0] * (Bounds().items + 1), "x" * Bounds().text_bytes, np.zeros(9 << 20), np.zeros(9 << 20, bool), 16**2000, {i: 0 for i in range(10_001)}],
    ids=["items", "text", "array", "array of bits", "whole number", "dict"],
)
def test_what_is_too_big_is_refused(value):
    """Each bound has its own sentence."""
    with pytest.raises(BorderError, match="more than"):
        crossed(value)


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_goes_on_where_it_was(name):
    """The copy draws what the original would have drawn, halves of 64-bit numbers included."""
    rng = np.random.Generator(getattr(np.random, name)(7))
    rng.integers(10, dtype=np.uint32)
    back = crossed(rng)

    np.testing.assert_array_equal(back.normal(size=1000), rng.normal(size=1000))
    assert back.integers(2**31, dtype=np.uint32) == rng.integers(2**31, dtype=np.uint32)


def test_a_random_state_goes_on_where_it_was():
    """Its normal number in reserve comes along."""
    rng = np.random.RandomState(3)
    rng.randn(3)

    np.testing.assert_array_equal(crossed(rng).randn(1001), rng.randn(1001))


@pytest.mark.parametrize(
    ("name", "part", "field", "text"),
    [("MT19937", "state", "pos", "271"), ("MT19937", "state", "pos", "-1"), ("MT19937", "state", "key", "00" * 8)]
    + [("MT19937", "state", "key", "ff" * 8 * 624)]
    + [("Philox", "beside", "buffer_pos", "5"), ("Philox", "beside", "buffer_pos", "-3"), ("PCG64", "state", "inc", "2")]
    + [("PCG64", "beside", "has_uint32", "2"), ("SFC64", "state", "state", "zz" * 32), ("PCG64", "state", "state", "f" * 33)],
)
def test_a_state_that_numpy_would_not_have_given_is_refused(name, part, field, text):
    """numpy itself would take it, and read memory that is not its own."""
    state = generator_state(np.random.Generator(getattr(np.random, name)(1)))
    state[part][field] = text

    with pytest.raises(ValueError, match="between|expected|odd|hexadecimal|literal"):
        restore_generator(state)


def nested(levels):
    """A list in a list, and so on."""
    return [nested(levels - 1)] if levels else []


FORGED = {
    "nested": nested(200),
    "unknown tag": {"t": "pickle", "v": "gASV"},
    "no tag": {"v": 1},
    "tag of a strange type": {"t": ["array"]},
    "array without buffer": {"t": "array", "d": "<f8", "s": [1], "b": 7, "f": 0},
    "negative buffer": {"t": "array", "d": "<f8", "s": [1], "b": -1, "f": 0},
    "array of objects": {"t": "array", "d": "|O", "s": [1], "b": 0, "f": 0},
    "array of python's choice": {"t": "array", "d": "object", "s": [1], "b": 0, "f": 0},
    "shape too big": {"t": "array", "d": "<f8", "s": [9], "b": 0, "f": 0},
    "negative shape": {"t": "array", "d": "<f8", "s": [-1], "b": 0, "f": 0},
    "shape of floats": {"t": "array", "d": "<f8", "s": [1.0], "b": 0, "f": 0},
    "shape of booleans": {"t": "array", "d": "<f8", "s": [True], "b": 0, "f": 0},
    "empty but endless": {"t": "array", "d": "<f8", "s": [0, 2**60], "b": 1, "f": 0},
    "hundred dimensions": {"t": "array", "d": "<f8", "s": [1] * 100, "b": 0, "f": 0},
    "flags of text": {"t": "array", "d": "<f8", "s": [1], "b": 0, "f": "1"},
    "scalar too short": {"t": "scalar", "d": "<f8", "v": "00"},
    "scalar of objects": {"t": "scalar", "d": "|O", "v": "00" * 8},
    "unhashable key": {"t": "dict", "k": [[1]], "v": [1]},
    "keys without values": {"t": "dict", "k": [1, 2], "v": [1]},
    "no such argument": {"t": "known", "v": 0},
    "argument of text": {"t": "known", "v": "0"},
    "no such list": {"t": "again", "v": 0},
    "list that is not complete": [[], {"t": "again", "v": 1}],
    "list of text": {"t": "again", "v": "0"},
    "complex of one": {"t": "complex", "v": [1]},
    "int of text": {"t": "int", "v": "__import__('os')"},
    "generator of nothing": {"t": "generator", "v": {}},
    "generator of python's choice": {"t": "generator", "v": {"kind": "Generator", "name": "__class__", "state": {}}},
    "function unasked for": {"t": "function", "h": 0},
    "row without buffer": {"t": "row", "b": 7},
    "row of text": {"t": "row", "b": "0"},
    "tuple of text": {"t": "tuple", "v": {"t": "tuple"}},
}


@pytest.mark.parametrize("tree", FORGED.values(), ids=FORGED.keys())
def test_forged_trees_are_refused(tree):
    """Whatever a student's process makes up is an error of one type."""
    with pytest.raises(BorderError):
        Reader([memoryview(bytearray(8)), memoryview(bytearray())]).read([[tree]])


def test_trees_changed_at_random_give_values_or_border_errors():
    """Ten thousand mutations of a good message: nothing else ever comes out, and no array but a plain one."""
    draw = random.Random(5)
    writer = Writer()
    good = json.dumps(writer.write([np.ones((2, 3)), {"a": (1, np.float32(2))}, np.random.default_rng(0), 1 + 2j, ..., 2**70]))
    buffers = [memoryview(bytearray(buffer.tobytes())) for buffer in writer.buffers]
    pieces = ['"t"', '"v"', "[]", "{}", "-1", "1e999", '"array"', '"known"', "null", '"<f8"', "99999999999", ",", "]", '"dict"']
    kept = 0
    for _ in range(10_000):
        start = draw.randrange(len(good))
        text = good[:start] + draw.choice(pieces) + good[start + draw.randrange(12) :]
        try:
            tree = json.loads(text)
        except ValueError:
            continue
        kept += 1
        try:
            value = Reader(buffers).read(tree)
        except BorderError:
            continue
        assert type(value) in (list, dict, str, int, float, bool, tuple, np.ndarray, complex, type(None))

    assert kept > 500


@pytest.mark.parametrize(
    "tree",
    [
        [{"t": "array", "d": "|u1", "s": [1 << 20], "b": 0, "f": 0}] * 65,
        [{"t": "generator", "v": generator_state(np.random.RandomState(0))}] * 101,
        [[]] * 100_001,
        [{"t": "row", "b": 0}],
    ],
    ids=["one array many times", "generators", "lists", "a long row"],
)
def test_small_messages_cannot_make_much_work(tree):
    """What costs more than its bytes is counted by what it costs."""
    bounds = Bounds(items=100_000)
    reader = Reader([memoryview(bytearray(1 << 20))], bounds)
    start = time.process_time()
    with pytest.raises(BorderError):
        reader.read(tree)

    assert time.process_time() - start < 5
