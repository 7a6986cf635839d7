"""A student's function as the grader sees it: a name, a signature, and a call that runs elsewhere."""

from __future__ import annotations

import inspect
import types

from initlab.grading.border import BorderError, plain_text
from initlab.grading.reading import Reader


class NotKnown(AttributeError):
    """Something of a student's function that does not cross, such as its code; the message says what does."""


class Proxy:
    """A student's function, at a distance; calling it calls the student's, in the student's process.

    What the function does to arrays, lists, dicts and random generators among its arguments is done to the
    caller's.  Raises the exception the function raised, with `student_type` and `student_lines`;
    BorderError for what cannot cross; StudentStopped when a limit was hit.
    """

    def __init__(self, kernel, tree: dict, name: str | None, generation: int):
        if type(tree.get("h")) is not int:
            raise BorderError("a function was sent back without its number")
        self._kernel, self._handle, self._name, self._generation = kernel, tree["h"], name, generation
        self.__name__ = self.__qualname__ = _text(tree.get("n")) or "function"
        self.__doc__ = _text(tree.get("d")) or None
        self.__module__ = "__main__"
        self.__signature__ = _signature(tree.get("s"))

    def __call__(self, *args, **kwargs):
        return self._kernel.call(self, args, kwargs)

    @property
    def __class__(self) -> type:
        return types.FunctionType  # for isinstance and inspect.isfunction; type() tells what it is

    def __getattr__(self, name: str):
        raise NotKnown(
            f"{name} of {self.__dict__.get('__name__')} is not known to the grader, "
            "only name, docstring, signature and what a call gives"
        )

    def __repr__(self):
        return f"<the student's function {self.__name__}>"


def _text(value) -> str:
    return plain_text(value[:2_000]) if isinstance(value, str) else ""


def _signature(described) -> inspect.Signature:
    """Make a signature from a reply; where the reply describes none, one that takes anything."""
    reader = Reader()
    try:
        parameters = []
        for one in described:
            default = reader.read(one["default"]) if "default" in one else inspect.Parameter.empty
            kind = inspect._ParameterKind(one["kind"])
            parameters.append(inspect.Parameter(one["name"], kind, default=default))
        return inspect.Signature(parameters)
    except (TypeError, ValueError, KeyError, BorderError):
        return inspect.signature(lambda *args, **kwargs: None)
