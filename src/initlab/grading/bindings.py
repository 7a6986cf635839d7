"""Which cell of the teacher's notebook binds a name, and how: the answer to whose `np` a grade cell means."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from initlab.grading.deleting import deleted
from initlab.grading.lab import Lab

IMPORT, DEFINITION, CONSTANT, VALUE = "import", "definition", "constant", "value"

# What only IPython understands, and what Python has in its place.
_MAGICS = tuple(
    (re.compile(form, flags=re.MULTILINE), instead)
    for form, instead in (
        (r"\A\s*%%(?:time|capture|prun)\b.*$", ""),  # the cell below is Python all the same
        (r"^%pylab\b.*$", "from pylab import *"),
        (r"^(\s*)%time[ \t]+(?=\S)", r"\1"),
        (r"^(\s*)[%!?].*$|^(\s*)[\w.]+\?+[ \t]*$", r"\1\2pass"),
        (r"^(\s*[\w., \t]+=[ \t]*)[%!].*$", r"\1..."),
    )
)


@dataclass(frozen=True)
class Binding:
    """How a cell binds a name.

    how: by an import, by a def or class, by a literal constant, or by any other statement.
    code: the statement alone, as it would bind the name anew.
    """

    name: str
    how: str
    code: ast.stmt


@dataclass(frozen=True)
class Origin:
    """Whose a name is, for one grade cell.

    kind: of the cell that binds it: "answer", "test" (a grade cell), "locked" or "open" (any other).
    """

    kind: str
    binding: Binding

    @property
    def teachers(self) -> bool:
        """Whether the teacher's own statement binds the name for the grader, and the student is not asked.

        Imports always: a module that the student put in the place of one could agree with everything. So too
        the functions and classes that no answer cell defines. Other values are part of the student's work
        (a data set that was cleaned, a size that was changed), except constants in cells that are locked.
        """
        if self.binding.how == IMPORT:
            return True
        if self.binding.how == DEFINITION:
            return self.kind != "answer"
        return self.binding.how == CONSTANT and self.kind in ("test", "locked")


def tree_of(source: str) -> ast.Module:
    """Return the syntax tree of a cell, with what only IPython understands blanked out.

    Raises SyntaxError when it is not Python even so.
    """
    try:
        return ast.parse(source)
    except SyntaxError:
        for form, instead in _MAGICS:
            source = form.sub(instead, source)
            if source.lstrip().startswith("%%"):
                raise
        return ast.parse(source)


@lru_cache(maxsize=1_000)  # the cells of one teacher's notebook, for every submission again
def bindings(source: str) -> tuple[Binding, ...]:
    """Return what the top level of a cell binds, in order; the branches of if, for, with and try count.

    What is not Python binds nothing.
    """
    try:
        body = tree_of(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(found for stmt in body for found in _of(stmt))


@lru_cache(maxsize=1_000)
def deletions(source: str) -> frozenset[str]:
    """Return the names that a cell deletes; what is not Python deletes nothing."""
    try:
        return deleted(tree_of(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()


def star_imports(lab: Lab) -> list[ast.stmt]:
    """Return the `from … import *` statements of a teacher's notebook."""
    return [b.code for _, source in lab.code for b in bindings(source) if b.name == "*"]


def origins(lab: Lab, grade_id: str) -> dict[str, Origin]:
    """Return whose each name is that the teacher's notebook binds, as seen from one grade cell.

    What was bound last before the cell counts, and after it only what was not bound before, nor by Python.
    """
    cells = lab.by_id
    place = next((i for i, (name, _) in enumerate(lab.code) if name == grade_id), len(lab.code))
    before, after = {}, {}
    for index, (name, source) in enumerate(lab.code):
        cell = cells.get(name)
        kind = "open"
        if cell is not None:
            kind = "test" if cell.tests else "answer" if cell.solution else "locked" if cell.locked else "open"
        if index == place or (index > place and kind == "test"):
            continue
        # What a grade cell deletes and binds again is what it was: the answer's.
        gone = deletions(source) if kind == "test" else ()
        for binding in bindings(source):
            if binding.name in gone:
                continue
            if index < place:
                before[binding.name] = Origin(kind, binding)
            elif not hasattr(builtins, binding.name):
                after[binding.name] = Origin(kind, binding)
    return after | before


def _of(stmt: ast.stmt) -> Iterator[Binding]:
    match stmt:
        case ast.Import(names=names):
            for alias in names:
                bound = alias.asname or alias.name.split(".")[0]
                yield Binding(bound, IMPORT, ast.copy_location(ast.Import(names=[alias]), stmt))
        case ast.ImportFrom(module=module, names=names, level=level):
            for alias in names:
                alone = ast.ImportFrom(module=module, names=[alias], level=level)
                yield Binding(alias.asname or alias.name, IMPORT, ast.copy_location(alone, stmt))
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield Binding(name, DEFINITION, stmt)
        case ast.Assign(targets=targets, value=value):
            literal = len(targets) == 1 and isinstance(targets[0], ast.Name) and _literal(value)
            for name in (name for target in targets for name in _names(target)):
                yield Binding(name, CONSTANT if literal else VALUE, stmt)
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            yield Binding(name, CONSTANT if _literal(value) else VALUE, stmt)
        case ast.AugAssign(target=ast.Name(id=name)):
            yield Binding(name, VALUE, stmt)
        case ast.For(target=target, body=body, orelse=orelse):
            yield from (Binding(name, VALUE, stmt) for name in _names(target))
            yield from (found for inner in body + orelse for found in _of(inner))
        case ast.While(body=body, orelse=orelse) | ast.If(body=body, orelse=orelse):
            yield from (found for inner in body + orelse for found in _of(inner))
        case ast.With(items=items, body=body):
            targets = [item.optional_vars for item in items if item.optional_vars is not None]
            yield from (Binding(name, VALUE, stmt) for target in targets for name in _names(target))
            yield from (found for inner in body for found in _of(inner))
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            caught = [inner for handler in handlers for inner in handler.body]
            yield from (found for inner in body + caught + orelse + final for found in _of(inner))
    for node in ast.walk(stmt) if isinstance(stmt, ast.Expr | ast.Assign | ast.If | ast.While) else ():
        if isinstance(node, ast.NamedExpr):
            yield Binding(node.target.id, VALUE, stmt)


def _names(target: ast.expr) -> Iterator[str]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _literal(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return not (isinstance(value, ast.Constant) and value.value in (None, ...))
