"""Exceptions of student code, made anew on the grader's side from their name and message alone."""

from __future__ import annotations

import builtins
import functools

import numpy as np

from initlab.grading.border import plain_text

# No name is ever imported: a type that is not in this table arrives as RemoteError.  SystemExit and
# KeyboardInterrupt are not in it: student code must not end the grader.  Nor is StopIteration: in
# `for y in map(f, cases): assert …` it would end the loop, and with it the test, without a word.
_ENDS_LOOPS = (StopIteration, StopAsyncIteration)
_TAKE_MORE = (BaseExceptionGroup, UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError)  # than a message
_KNOWN = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, (*_TAKE_MORE, *_ENDS_LOOPS))
} | {"LinAlgError": np.linalg.LinAlgError}


class RemoteError(Exception):
    """An exception of student code whose type neither Python nor numpy defines.

    It is also of the nearest builtin type, so that `except ValueError` catches what it would in one process.
    `student_type` is the name of the type, `student_lines` the student's own lines that led to it.
    """

    student_type = "Exception"
    student_lines: tuple[str, ...] = ()


class StudentStopped(BaseException):
    """Student code hit a limit or ended its process during a look-up or call; the message says which.

    No Exception, as BorderError is none: a function that ends its process has not raised what a test asks for.
    `student_type` and `student_lines` as for other exceptions of student code.
    """

    student_type = "StudentStopped"
    student_lines: tuple[str, ...] = ()


def rebuilt(data: dict) -> Exception:
    """Make the exception that a reply describes."""
    name, message = _text(data.get("type"), 100), _text(data.get("message"), 2_000)
    kinds = data.get("kinds")
    nearest = next((_KNOWN[kind] for kind in _names(kinds) if kind in _KNOWN), Exception)
    kind = nearest if nearest.__name__ == name else _remote(nearest)
    error = kind(message)
    error.student_type = name
    error.student_lines = tuple(_names(data.get("lines")))
    return error


@functools.cache
def _remote(nearest: type) -> type:
    if nearest is Exception:
        return RemoteError
    try:
        return type("RemoteError", (RemoteError, nearest), {"__module__": __name__})
    except TypeError:
        return RemoteError


def _text(value, length: int) -> str:
    return plain_text(value[:length]) if isinstance(value, str) else ""


def _names(values) -> list[str]:
    return [_text(value, 300) for value in values[:20]] if isinstance(values, list) else []
