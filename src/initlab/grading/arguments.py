"""What a call did to its arguments, sent back so that it shows in the caller's own objects.

In one process a function that damages its arguments damages the caller's arrays, and one that draws from a
random generator moves the caller's generator on; a check that looks for that has to see it across the
border too.  Arrays, lists, dicts and generators are numbered in the order in which they were sent.

So never draw anything that a student must not foresee from a generator that was handed to student code:
what comes back as its state is the student's choice, among the states that numpy would give.
"""

from __future__ import annotations

import numpy as np

from initlab.grading.border import BorderError, Bounds, extent
from initlab.grading.generators import generator_state, restore_generator, same_kind, set_generator_state
from initlab.grading.reading import Reader
from initlab.grading.writing import Writer


def snapshot(nodes: list) -> list:
    """Remember what the arguments hold, before the call."""
    return [_content(node) for node in nodes]


def changes(nodes: list, before: list, writer: Writer) -> list:
    """Describe those arguments that hold something else now; raises BorderError where that cannot cross."""
    changed = []
    for place, (node, was) in enumerate(zip(nodes, before)):
        now = _content(node)
        writer.begin()
        if isinstance(node, np.ndarray):
            if now != was:
                changed.append([place, writer.array(node)])
        elif isinstance(node, list):
            if len(now) != len(was) or any(a is not b for a, b in zip(now, was)):
                changed.append([place, [writer.write(item, 1, place) for item in now]])
        elif isinstance(node, dict):
            if len(now) != len(was) or any(a is not c or b is not d for (a, b), (c, d) in zip(now, was)):
                pairs = [[writer.write(key, 1, place), writer.write(item, 1, place)] for key, item in now]
                changed.append([place, pairs])
        elif now != was:
            changed.append([place, now])
    return changed


def apply(changed: list, nodes: list, reader: Reader) -> None:
    """Do to the caller's own objects what the call did to its copies.

    Raises BorderError, with nothing done, for what does not describe that.
    """
    steps = []
    try:
        for place, tree in changed:
            if type(place) is not int or not len(steps) <= place < len(nodes):
                raise BorderError(f"there is no argument number {str(place)[:20]}")
            reader.begin()
            steps += [None] * (place - len(steps)) + [_step(nodes[place], tree, place, reader)]
    except BorderError:
        raise
    except (ValueError, TypeError, KeyError) as error:
        raise BorderError(f"what a call did to its arguments is not well formed ({error!r:.100})") from None
    stepped = [node for node, step in zip(nodes, steps) if step is not None]
    held = [(node, _content(node)) for node in stepped if isinstance(node, (list, dict))]
    for step in steps:
        if step is not None:
            step()
    if held:
        _bounded(nodes, held, reader.bounds)


def _bounded(nodes: list, held: list, bounds: Bounds) -> None:
    """See that the arguments are no more now than may cross; put back what the lists and dicts held if they are.

    Each by itself may be small: where every row holds the next one twice, forty rows have 2**40 entries.
    """
    found: dict[int, tuple[int, int]] = {}
    try:
        for node in nodes:
            items, levels = extent(node, found)
            if items > bounds.items or levels > bounds.depth + 1:
                raise BorderError("a call made more of its arguments than may cross")
    except BorderError:
        for node, was in held:
            node.clear()
            node.update(was) if isinstance(node, dict) else node.extend(was)
        raise


def _step(node, tree, place, reader):
    if isinstance(node, np.ndarray):
        value = reader.read(tree)
        if not isinstance(value, np.ndarray) or value.dtype != node.dtype or value.size != node.size:
            raise BorderError("a call made an array of its arguments into something else")
        if not node.flags.writeable:
            raise BorderError("a call changed an array that is read-only")
        return lambda: np.copyto(node, value.reshape(node.shape))
    if isinstance(node, list):
        items = [reader.read(item, 1, place) for item in tree]
        return lambda: list.__setitem__(node, slice(None), items)
    if isinstance(node, dict):
        pairs = {reader.read(key, 1, place): reader.read(item, 1, place) for key, item in tree}
        return lambda: (node.clear(), node.update(pairs))
    if not same_kind(restore_generator(tree), node):
        raise BorderError("a call made a random generator of its arguments into another kind")
    return lambda: set_generator_state(node, tree)


def _content(node):
    if isinstance(node, np.ndarray):
        return node.tobytes(order="A")
    if isinstance(node, list):
        return list(node)
    if isinstance(node, dict):
        return list(node.items())
    return generator_state(node)
