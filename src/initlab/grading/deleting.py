"""`del f` in a grade cell: takes the student's f from the student's other functions, as it does in one process.

So teachers ask whether one function makes use of another; nbgrader's own example course does.
"""

from __future__ import annotations

import ast

DELETE = "__initlab_delete__"


def with_deletes(module: ast.Module) -> ast.Module:
    """Return code of a grade cell in which `del name`, outside of functions, calls DELETE with the name."""
    if not any(isinstance(node, ast.Delete) for node in ast.walk(module)):
        return module
    return ast.fix_missing_locations(_Deletes().visit(module))


def deleted(module: ast.Module) -> frozenset[str]:
    """Return the names that code deletes."""
    targets = (target for node in ast.walk(module) if isinstance(node, ast.Delete) for target in node.targets)
    return frozenset(target.id for target in targets if isinstance(target, ast.Name))


class _Deletes(ast.NodeTransformer):
    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:
        return [ast.copy_location(self._deleted(target), node) for target in node.targets]

    def _deleted(self, target: ast.expr) -> ast.stmt:
        if not isinstance(target, ast.Name):
            return ast.Delete([target])
        return ast.Expr(ast.Call(ast.Name(DELETE, ast.Load()), [ast.Constant(target.id)], []))

    def _leave(self, node: ast.stmt) -> ast.stmt:
        return node  # its names are its own

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _leave
