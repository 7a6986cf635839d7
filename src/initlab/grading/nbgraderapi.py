"""nbgrader's gradebook, imported without what else `import nbgrader` brings along: half a second of every start."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Callable
from types import ModuleType

# A web server, an exchange, a notebook converter; unpacking of archives; questions to a JupyterHub; a type of
# notebooks. nbgrader only takes names from them, which nothing about a gradebook calls.
_BESIDE = (
    *(
        f"nbgrader.server_extensions.{name}"
        for name in ("assignment_list", "course_list", "validate_assignment", "formgrader")
    ),
    "setuptools.archive_util",
    "requests",
    "nbformat.notebooknode",
)


def nbgrader_api() -> ModuleType:
    """Import nbgrader.api; whoever calls a function of the modules left out has them imported then."""
    if "nbgrader.api" in sys.modules:
        return sys.modules["nbgrader.api"]
    beside = {name: _Late(name) for name in _BESIDE if name not in sys.modules}
    sys.modules.update(beside)
    collecting = gc.isenabled()
    # Hardly anything that is imported is ever garbage, and looking for it takes a fifth of the import, and as
    # long again when the process ends.
    gc.disable()
    try:
        return importlib.import_module("nbgrader.api")
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
        for name in beside:
            sys.modules.pop(name, None)


class _Late(ModuleType):
    """Stands for a module from which others import functions: each call goes to the function of the real one."""

    def __getattr__(self, name: str) -> Callable:
        if name.startswith("__"):
            raise AttributeError(name)

        def late(*arguments, **options):
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **options)

        return late
