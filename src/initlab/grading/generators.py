"""A numpy random generator as plain data, checked field by field before it is restored.

numpy sets a bit generator's state without looking at it: an out-of-range position makes it read memory
that is not its own.  A state may come from a student's process, so nothing here is passed on unchecked.
"""

import math

import numpy as np

_WORD32 = (1 << 32) - 1
_WORD64 = (1 << 64) - 1
_WORD128 = (1 << 128) - 1

# Fields of bit_generator.state["state"]: name -> (how many numbers, largest).  One number where None.
_FIELDS = {
    "PCG64": {"state": (None, _WORD128), "inc": (None, _WORD128)},
    "PCG64DXSM": {"state": (None, _WORD128), "inc": (None, _WORD128)},
    "MT19937": {"key": (624, _WORD32), "pos": (None, 624)},
    "Philox": {"counter": (4, _WORD64), "key": (2, _WORD64)},
    "SFC64": {"state": (4, _WORD64)},
}
# Fields beside it, for those bit generators that have them.
_BESIDE = {
    "PCG64": {"has_uint32": (None, 1), "uinteger": (None, _WORD32)},
    "PCG64DXSM": {"has_uint32": (None, 1), "uinteger": (None, _WORD32)},
    "MT19937": {},
    "Philox": {
        "buffer": (4, _WORD64), "buffer_pos": (None, 4), "has_uint32": (None, 1), "uinteger": (None, _WORD32),
    },  # fmt: skip
    "SFC64": {"has_uint32": (None, 1), "uinteger": (None, _WORD32)},
}


def is_generator(value) -> bool:
    """Tell whether `value` is numpy's Generator or RandomState with a bit generator that can cross."""
    kind = type(value)
    if kind is np.random.Generator:
        return type(value.bit_generator).__name__ in _FIELDS
    return kind is np.random.RandomState and type(value._bit_generator).__name__ == "MT19937"


def same_kind(one, other) -> bool:
    """Tell whether the state of one generator can be put into the other."""
    def kinds(rng):
        bits = rng._bit_generator if type(rng) is np.random.RandomState else rng.bit_generator
        return type(rng), type(bits)

    return kinds(one) == kinds(other)


def generator_state(rng) -> dict:
    """Give the state of a numpy Generator or RandomState as JSON-able data, its numbers in hexadecimal."""
    if type(rng) is np.random.RandomState:
        state = rng.get_state(legacy=False)
        kind, gauss = "RandomState", [int(state["has_gauss"]), float(state["gauss"]).hex()]
    else:
        state, kind, gauss = rng.bit_generator.state, "Generator", None
    name = state["bit_generator"]
    fields = {key: _to_hex(state["state"][key]) for key in _FIELDS[name]}
    beside = {key: _to_hex(state[key]) for key in _BESIDE[name]}
    return {"kind": kind, "name": name, "state": fields, "beside": beside, "gauss": gauss}


def set_generator_state(rng, data: dict) -> None:
    """Put a Generator or RandomState into the state `data`.

    Raises ValueError for anything that numpy would not have given, or would not for a generator of its kind.
    """
    kind, state = _checked(data)
    if kind != type(rng).__name__:
        raise ValueError(f"a state of numpy's {kind} cannot be put into a {type(rng).__name__}")
    if kind == "RandomState":
        rng.set_state(state)
    elif type(rng.bit_generator).__name__ != state["bit_generator"]:
        raise ValueError(f"a state of {state['bit_generator']} cannot be put into "
                         f"{type(rng.bit_generator).__name__}")
    else:
        rng.bit_generator.state = state


def restore_generator(data: dict):
    """Build the Generator or RandomState `data` describes; raises ValueError as `set_generator_state`."""
    kind, state = _checked(data)
    if kind == "RandomState":
        rng = np.random.RandomState(0)
    else:
        rng = np.random.Generator(getattr(np.random, state["bit_generator"])(0))
    set_generator_state(rng, data)
    return rng


def _checked(data) -> tuple[str, dict]:
    try:
        kind, name = data["kind"], data["name"]
        if kind not in ("Generator", "RandomState") or (kind == "RandomState" and name != "MT19937"):
            raise ValueError(f"unknown kind {kind!r}")
        state = {key: _from_hex(data["state"][key], *form) for key, form in _FIELDS[name].items()}
        if "inc" in state and state["inc"] % 2 == 0:
            raise ValueError("the increment of a PCG is odd")
        checked = {"bit_generator": name, "state": state}
        for key, form in _BESIDE[name].items():
            checked[key] = _from_hex(data["beside"][key], *form)
        if kind == "RandomState":
            checked["has_gauss"] = 1 if data["gauss"][0] else 0
            checked["gauss"] = float.fromhex(data["gauss"][1])
            if not math.isfinite(checked["gauss"]):
                raise ValueError("the normal number kept in reserve is not finite")
        return kind, checked
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(f"not the state of a numpy random generator: {error!r}"[:200]) from None


def _to_hex(value):
    if isinstance(value, np.ndarray):
        return value.astype("<u8").tobytes().hex()
    return f"{int(value):x}"


def _from_hex(text, count, largest):
    if count is None:
        value = int(text[:40], 16)
        if not 0 <= value <= largest:
            raise ValueError(f"{value} is not between 0 and {largest}")
        return value
    if len(text) != 16 * count:
        raise ValueError(f"expected {count} words of 16 digits, got {len(text)} digits")
    words = np.frombuffer(bytes.fromhex(text), dtype="<u8")
    if len(words) != count or words.max() > largest:
        raise ValueError(f"expected {count} words, each between 0 and {largest}")
    return words.astype(np.uint32 if largest == _WORD32 else np.uint64)
