"""Call a student's function, and turn whatever goes wrong in it into a verdict that quotes their own lines."""

from __future__ import annotations

import inspect
import linecache
import sysconfig
import warnings
from pathlib import Path

import numpy as np

from initlab.checks.values import is_blank, type_name
from initlab.rubric import Outcome, Unusable

_PACKAGE = str(Path(__file__).resolve().parents[1])
_LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_MOST_LINES = 5
_MOST_TEXT = 300


def call(function, name: str, args, shown: str):
    """Return what function(*args) returns.

    name: of the function; shown: the arguments as a student would write them.
    Raises Unusable: not attempted where the function is blank, returns nothing or raises NotImplementedError;
    broke where it raises anything else.  KeyboardInterrupt passes through: it is the student's own.
    """
    if is_blank(function):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_value")
    if not callable(function):
        raise Unusable(Outcome.WRONG, "common.not_a_function", name=name, type=type_name(function))
    result = _guarded(function, args, f"{name}({shown})")
    if is_blank(result):
        raise Unusable(Outcome.NOT_ATTEMPTED, "common.blank_function", name=name)
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
        fields = problem.finding.fields
        if fields.get("type") != "AttributeError" or "Generator" not in fields.get("message", ""):
            raise
        try:
            return call(_with_rng(function, form), name, (K, D, np.random.RandomState(seed)), shown)
        except Unusable:
            raise problem from None


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
    return lambda K, D, rng: function(K, D, **{form[1:]: rng})


def _guarded(function, args, shown: str):
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            # Stock nbgrader gives 0 to a cell with any text on stderr, and networks overflow here on purpose.
            warnings.simplefilter("ignore")
            return function(*args)
    except KeyboardInterrupt:
        raise
    except NotImplementedError:
        return None
    except BaseException as error:  # exit() raises SystemExit; it too must cost this exercise alone
        raise Unusable(
            Outcome.BROKE, "common.broke", call=shown, type=_error_type(error), message=_error_text(error),
            lines="\n".join(_student_lines(error)),
        ) from None


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
        if not file.startswith((_PACKAGE, *_LIBRARIES)):
            source = linecache.getline(file, trace.tb_lineno).strip()
            lines.append(f"{trace.tb_lineno}: {source}"[:_MOST_TEXT])
        trace = trace.tb_next
    return lines[-_MOST_LINES:]
