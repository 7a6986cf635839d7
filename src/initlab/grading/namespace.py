"""The names a grade cell sees: its own, the teacher's, Python's, and only then the student's.

A grade cell runs with an ordinary dict for its own names and a `Names` for its builtins. Python asks the
builtins last, for the names of the cell itself and for those of every function, class and comprehension in
it, and a dict subclass there has its `__missing__` called: no name has to be found out beforehand.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import sys
import unittest
from collections.abc import Callable

import numpy as np

from initlab.grading.bindings import Origin
from initlab.grading.border import BorderError, ModuleName
from initlab.grading.deleting import DELETE
from initlab.grading.proxy import Proxy

# Where a student's cell imported what the teacher's notebook does not mention, the grader takes its own copy
# of these modules, and of no other.
MODULES = frozenset(
    (
        "cmath", "collections", "copy", "datetime", "decimal", "fractions", "functools", "initlab.checks", "itertools",
        "json", "math", "numpy", "numpy.linalg", "numpy.random", "numpy.testing", "operator", "random", "re",
        "statistics", "string", "time",
    )
)  # fmt: skip


class NotDefined(NameError):
    """A name that neither the grade cell, nor the teacher, nor the student's notebook binds."""


class Names(dict):
    """The builtins of one grade cell, with the fallback to the teacher's and the student's names.

    student: the student's kernel, of which names are looked up.
    origins: whose the names are that the teacher's notebook binds.
    shared: what earlier grade cells have bound.
    stars: the teacher's `from … import *` statements.
    """

    def __init__(
        self,
        student,
        *,
        origins: dict[str, Origin],
        shared: dict[str, object],
        stars: list[ast.stmt],
    ):
        super().__init__(vars(builtins))
        self.cell = {"__name__": "__main__", "__builtins__": self}
        self._student = student
        student.unanswered = None
        self._held: dict[str, object] = {}
        self._calls = -1
        self._origins = origins
        self._shared = shared
        self._stars = stars
        self._teachers: dict[str, object] = {}
        self._withdrawn: set[str] = set()
        self[DELETE] = self._delete
        for name in ("globals", "locals", "vars", "dir"):
            self[name] = _seeing_all(getattr(builtins, name), self)
        # A teacher who has the students write a `sum` means theirs, not Python's.
        for name in origins:
            self.pop(name, None)

    def give_back(self, *, all_of_them: bool = False) -> None:
        """Give the student's functions back the names that `del` took from them and the cell has bound again."""
        back = self._withdrawn if all_of_them else self._withdrawn & self.cell.keys()
        if back:
            self._withdrawn = self._withdrawn - back
            self._student.hide(sorted(self._withdrawn))

    def _delete(self, name: str) -> None:
        if name in self.cell:
            del self.cell[name]
            return
        shared = name in self._shared and not isinstance(self._shared[name], Proxy)
        self._shared.pop(name, None)
        if not shared:
            self._of_student(name)
            self._withdrawn.add(name)
            self._held.pop(name, None)
            self._student.hide(sorted(self._withdrawn))

    def __missing__(self, name: str) -> object:
        if name in self._teachers:
            return self._teachers[name]
        origin = self._origins.get(name)
        if origin is None:
            return self._shared[name] if name in self._shared else self._unmentioned(name)
        if origin.kind == "test" and name in self._shared:
            return self._shared[name]
        if origin.teachers:
            return self._of_teacher(name, origin.binding.code)
        if origin.kind == "test":
            # Not the student's in its place: that could be made to agree with everything.
            raise NotDefined(f"{name!r} is bound by an earlier grade cell, which did not get that far")
        return self._of_student(name)

    @property
    def unanswered(self) -> BaseException | None:
        """What ended a call of the student's in place of a value or an exception of its own, or None."""
        return self._student.unanswered

    def __contains__(self, name: object) -> bool:
        try:
            self[name]
        except (KeyError, NameError):
            return False
        except (Exception, BorderError):
            return True  # the student has it, in a type that does not cross
        return True

    def _of_teacher(self, name: str, code: ast.stmt) -> object:
        """Bind a name by the teacher's own statement, here; what the student made of it is not asked."""
        if isinstance(code, ast.Import | ast.ImportFrom):
            try:
                return self._run(name, code)
            except ImportError:
                return self._assertion(name)
        return self._run(name, code)

    def _run(self, name: str, code: ast.stmt) -> object:
        place = {"__name__": "__main__", "__builtins__": self}
        exec(compile(ast.Module([code], []), "<the teacher's notebook>", "exec"), place)
        self._teachers[name] = place[name]
        return place[name]

    def _unmentioned(self, name: str) -> object:
        """Find a name that the teacher's notebook does not bind anywhere."""
        for code in self._stars:
            module = importlib.import_module(code.module)
            if name in getattr(module, "__all__", ()) or (hasattr(module, name) and not name.startswith("_")):
                return getattr(module, name)
        if name.startswith("assert"):
            # An assertion that the student's kernel supplied could agree with everything.
            return self._assertion(name)
        return self._of_student(name)

    def _assertion(self, name: str) -> object:
        """Return an assertion function of numpy.testing, or of unittest under nose's names for it."""
        testing = importlib.import_module("numpy.testing")
        if name in testing.__all__:
            return getattr(testing, name)
        camel = "".join(part.title() if i else part for i, part in enumerate(name.split("_")))
        case = unittest.TestCase()
        for candidate in (name, camel):
            if name.startswith("assert") and callable(getattr(case, candidate, None)):
                return getattr(case, candidate)
        raise NotDefined(f"the grader has no {name!r}; import it in the grade cell")

    def _of_student(self, name: str) -> object:
        # A name holds the same until a call of a function can have changed it: a test that looks twice
        # must not be told two things.
        if self._calls != self._student.calls:
            self._held = {held: value for held, value in self._held.items() if isinstance(value, Proxy)}
            self._calls = self._student.calls
        if name not in self._held:
            try:
                kinds = (list, dict, np.ndarray)
                held = {known: value for known, value in self._held.items() if isinstance(value, kinds)}
                self._held[name] = self._student.lookup(name, held)
            except NameError:
                raise NotDefined(f"the notebook does not define {name!r}") from None
        value = self._held[name]
        if not isinstance(value, ModuleName):
            return value
        if value.name not in MODULES:
            raise NotDefined(f"{name!r} is a module in the notebook; the grade cell has to import it itself")
        return importlib.import_module(value.name)


def _seeing_all(builtin: Callable, names: Names) -> Callable:
    """Return globals, locals, vars or dir such that, in the cell itself, `in` and [] see the student's names."""

    def seeing(*arguments):
        frame = sys._getframe(1)
        top = frame.f_globals is names.cell
        if arguments or not top or (builtin is not globals and frame.f_locals is not names.cell):
            if arguments or builtin is globals:
                return builtin(*arguments)
            return sorted(frame.f_locals) if builtin is dir else frame.f_locals
        return _Listing(names) if builtin is dir else _View(names)

    seeing.__name__ = builtin.__name__
    return seeing


class _View(dict):
    """The cell's names as a dict that also answers for those of the student's notebook."""

    def __init__(self, names: Names):
        super().__init__(names.cell)
        self._names = names

    def __missing__(self, name: str) -> object:
        if name in vars(builtins):
            raise KeyError(name)
        try:
            return self._names[name]
        except NameError:
            raise KeyError(name) from None

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (name not in vars(builtins) and name in self._names)

    def get(self, name: str, default: object = None) -> object:
        try:
            return self[name]
        except KeyError:
            return default

    def __setitem__(self, name: str, value: object) -> None:
        self._names.cell[name] = value
        super().__setitem__(name, value)


class _Listing(list):
    """The cell's names as a list in which `in` also finds those of the student's notebook."""

    def __init__(self, names: Names):
        super().__init__(sorted(names.cell))
        self._view = _View(names)

    def __contains__(self, name: object) -> bool:
        return name in self._view
