"""eval, exec and compile as a grade cell has them: in the grader's process, where a student's text must not run.

What stands in the cell itself is the teacher's and runs as ever. Any other text may be the student's: of it, an
expression is evaluated that reckons with data, the student's own functions, and those of math and numpy.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable, Mapping
from types import FrameType, ModuleType

import numpy as np

from initlab.grading.border import BorderError
from initlab.grading.proxy import Proxy

_REFUSED = (
    "this test would run a text of the student's in the grader; compare the text, or have the answer be a function"
)
_DATA = (Proxy, bool, int, float, complex, str, list, tuple, dict, set, np.ndarray, np.generic, np.ufunc, type(None))
_FUNCTIONS = tuple(
    getattr(builtins, name)
    for name in (
        "abs", "all", "any", "bool", "complex", "dict", "divmod", "enumerate", "float", "int", "len", "list", "max",
        "min", "pow", "range", "round", "set", "sorted", "str", "sum", "tuple", "zip",
    )
)  # fmt: skip
_MODULES = ("math", "cmath", "numpy")


def evaluating(source: str, names: Mapping[str, object]) -> dict[str, Callable]:
    """Return eval, exec and compile for a grade cell with this source and these names behind its own."""

    def teachers(text: object) -> bool:
        if isinstance(text, (bytes, bytearray)):
            text = text.decode("utf-8", "replace")
        return not isinstance(text, str) or text.strip() in source

    def evaluate(text, given=None, local=None, /):
        behind = names if given is None else vars(builtins)  # where eval itself looks last
        given, local = _scope(sys._getframe(1), given, local)
        if not teachers(text) and not _reckons(text, local, given, behind):
            raise BorderError(_REFUSED)
        return builtins.eval(text, given, local)

    def execute(text, given=None, local=None, /):
        given, local = _scope(sys._getframe(1), given, local)
        if not teachers(text):
            raise BorderError(_REFUSED)
        builtins.exec(text, given, local)

    def compiled(text, *arguments, **options):
        if not teachers(text):
            raise BorderError(_REFUSED)
        return builtins.compile(text, *arguments, **options)

    return {"eval": evaluate, "exec": execute, "compile": compiled}


def _scope(frame: FrameType, given: dict | None, local: Mapping | None) -> tuple[dict, Mapping]:
    """Return the names that a text sees: those of the caller where it gives none."""
    if given is None:
        return frame.f_globals, frame.f_locals if local is None else local
    return given, given if local is None else local


def _reckons(text: object, *places: Mapping[str, object]) -> bool:
    """Tell whether a text is an expression that can do nothing but reckon; one that is not Python does nothing."""
    if not isinstance(text, str):
        return False
    try:
        nodes = list(ast.walk(ast.parse(text.strip(), mode="eval")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    # A module is fine as that of which a number or function is taken.
    owners = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    return all(_fine(node, places) for node in nodes if id(node) not in owners)


def _fine(node: ast.AST, places: tuple[Mapping[str, object], ...]) -> bool:
    if isinstance(node, ast.Attribute):
        owner = _found(node.value.id, places) if isinstance(node.value, ast.Name) else None
        known = isinstance(owner, ModuleType) and owner.__name__ in _MODULES
        return known and _harmless(getattr(owner, node.attr, None))
    if isinstance(node, ast.Name):
        return _harmless(_found(node.id, places))
    return not isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom)) and not (
        isinstance(node, ast.Call) and not isinstance(node.func, (ast.Name, ast.Attribute))
    )


def _harmless(value: object) -> bool:
    return (
        isinstance(value, _DATA)
        or any(value is function for function in _FUNCTIONS)
        or (callable(value) and getattr(value, "__module__", None) in ("math", "cmath"))
    )


def _found(name: str, places: tuple[Mapping[str, object], ...]) -> object:
    """Return what a name stands for; None for nothing, such as the parameter of a lambda."""
    for place in places:
        try:
            return place[name]
        except (KeyError, NameError):
            continue
    return None
