"""Call a student's function, and turn whatever goes wrong in it into a verdict that quotes their own lines."""

from __future__ import annotations

import functools
import inspect
import linecache
import os
import re
import sysconfig
import warnings
from pathlib import Path

import numpy as np

from initlab.checks.values import MOST_ENTRIES, is_blank, type_name
from initlab.rubric import Outcome, Unusable

_PACKAGE = str(Path(__file__).resolve().parents[1])
_LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_DATA = (list, tuple, dict, str, int, float, complex, np.ndarray, np.generic)
_MOST_LINES = 5
_MOST_TEXT = 300


def call(function, name: str, args, shown: str):
    """Return what function(*args) returns.

    name: of the function; shown: the arguments as a student would write them.
    Raises Unusable: not attempted where the function is blank, returns nothing or raises NotImplementedError;
    wrong where it returns what is no data; broke where it raises anything else.
    KeyboardInterrupt and a grader's own interrupts pass through.
    """
    if is_blank(function):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_value")
    if not callable(function):
        raise Unusable(Outcome.WRONG, "common.not_a_function", name=name, type=type_name(function))
    try:
        result = _guarded(function, args, f"{name}({shown})")
    except _NotReturned as problem:
        raise _unreadable(problem, name) from None
    if is_blank(result):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_function", name=name)
    if not isinstance(result, _DATA):
        raise Unusable(Outcome.WRONG, "common.not_data", name=name, type=type_name(result))
    return result


def call_with_rng(function, name: str, K: int, D: int, seed: int):
    """Return what a student's initialisation function returns for (K, D, rng), or for (K, D) if it takes no rng.

    rng is a Generator; a function that uses methods which only RandomState has gets a RandomState instead.
    Raises Unusable as `call` does, and for a signature that takes neither.
    """
    form = None
    if callable(function) and not is_blank(function):
        form = _form(function, name)
    shown = f"K={K}, D={D}" + ("" if form == "plain" else ", rng")
    if form == "plain":
        return call(function, name, (K, D), shown)
    try:
        return call(_with_rng(function, form), name, (K, D, np.random.default_rng(seed)), shown)
    except Unusable as problem:
        if not wants_random_state(problem.finding.fields.get("type"), problem.finding.fields.get("message", "")):
            raise
        try:
            return call(_with_rng(function, form), name, (K, D, np.random.RandomState(seed)), shown)
        except Unusable:
            raise problem from None


def wants_random_state(error_type: str | None, message: str) -> bool:
    """Tell whether an error is that of a Generator being asked for what only a RandomState has."""
    return error_type == "AttributeError" and "Generator" in message


def taking_rng(function, name: str):
    """Return an initialisation function as one of (K, D, rng), in whatever way it takes its generator, or none.

    Raises Unusable for a signature that takes neither.
    """
    form = _form(function, name)
    return functools.partial(_without_rng, function) if form == "plain" else _with_rng(function, form)


def require_parameters(function, name: str, count: int) -> None:
    """Raise Unusable, wrong, when a function cannot be called with `count` arguments."""
    signature = _signature(function)
    if signature is not None and not _binds(signature, count):
        raise Unusable(Outcome.WRONG, "common.signature", name=name, got=_parameters(signature), count=count)


def _form(function, name: str) -> str:
    """Return how a function takes its generator: "positional", a keyword's name, or "plain" for not at all."""
    signature = _signature(function)
    if signature is None:
        return "positional"
    for place, (parameter, kind) in enumerate((p.name, p.kind) for p in signature.parameters.values()):
        if any(word in parameter.lower() for word in ("rng", "rand", "gen")):
            keyword = kind is inspect.Parameter.KEYWORD_ONLY or place != 2
            return f"={parameter}" if keyword else "positional"
    if _binds(signature, 2):
        return "plain"
    if _binds(signature, 3):
        return "positional"
    raise Unusable(Outcome.WRONG, "common.signature", name=name, got=_parameters(signature), count=3)


def _with_rng(function, form: str):
    if not form or not form.startswith("="):
        return function
    return functools.partial(_by_keyword, function, form[1:])


def _without_rng(function, K, D, rng):
    return function(K, D)


def _by_keyword(function, name, K, D, rng):
    return function(K, D, **{name: rng})


class _NotReturned(Exception):
    """What the function returned did not reach the grader; the message says why."""


def _unreadable(problem: _NotReturned, name: str) -> Unusable:
    kind = re.search(r"of (?:type|dtype) (\w+)", str(problem))
    if kind:
        return Unusable(Outcome.WRONG, "common.not_data", name=name, type=kind[1])
    return Unusable(Outcome.WRONG, "common.too_large", name=name, most=MOST_ENTRIES)


def _guarded(function, args, shown: str):
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            # Stock nbgrader gives 0 to a cell with any text on stderr, and networks overflow here on purpose.
            warnings.simplefilter("ignore")
            return function(*args)
    except NotImplementedError:
        return None
    except BaseException as error:
        if hasattr(error, "not_returned") and _far_away(function):
            raise _NotReturned(str(error)) from None
        students = hasattr(error, "student_lines")
        # exit() raises SystemExit; it too must cost this exercise alone.
        if not students and (_far_away(function) or not isinstance(error, (Exception, SystemExit))):
            raise  # an interrupt, or a fault of the grader itself
        kind = _error_type(error)
        raise Unusable(
            Outcome.BROKE, "common.stopped" if kind == "StudentStopped" else "common.broke", call=shown, type=kind,
            message=_error_text(error), lines="\n".join(_student_lines(error)),
        ) from None


def _far_away(function) -> bool:
    """Tell whether a function stands for one in a student's process, as the grader's do."""
    function = function.args[0] if type(function) is functools.partial and function.func is _by_keyword else function
    return type(function).__module__.startswith("initlab.grading.")


def _signature(function) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


def _binds(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*[None] * count)
    except TypeError:
        return False
    return True


def _parameters(signature: inspect.Signature) -> str:
    return f"({', '.join(signature.parameters)})"[:_MOST_TEXT]


def _error_type(error: BaseException) -> str:
    name = getattr(error, "student_type", None)
    return name[:_MOST_TEXT] if type(name) is str else type_name(error)


def _error_text(error: BaseException) -> str:
    try:
        return str(error)[:_MOST_TEXT]
    except Exception:
        return ""


def _student_lines(error: BaseException) -> list[str]:
    """Return the lines of the student's own code that an error passed through, the last one where it was raised."""
    given = getattr(error, "student_lines", None)
    if type(given) in (list, tuple):
        return [line[:_MOST_TEXT] for line in given if type(line) is str][-_MOST_LINES:]
    lines, trace = [], error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        # Compiled libraries name their sources relative to where they were built; a notebook's cells are <...> or
        # absolute.
        own = (file.startswith("<") and not file.startswith("<frozen")) or os.path.isabs(file)
        if own and not file.startswith((_PACKAGE, *_LIBRARIES)):
            source = linecache.getline(file, trace.tb_lineno).strip()
            lines.append(f"{trace.tb_lineno}: {source}"[:_MOST_TEXT])
        trace = trace.tb_next
    return lines[-_MOST_LINES:]
