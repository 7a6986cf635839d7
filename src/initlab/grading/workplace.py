"""Where the grade cells of one notebook run: among the teacher's files, and as if nothing had been graded before."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from initlab.grading.ownfiles import write_files


@contextmanager
def workplace(files: dict[str, bytes]) -> Iterator[None]:
    """Let grade cells read and import the teacher's files, and undo what they leave in numpy, matplotlib and sys.

    files: what lies beside the teacher's notebook, by name.  The current folder is changed in the main thread
    alone, for it is that of all threads.
    """
    os.environ.setdefault("MPLBACKEND", "agg")  # a plt.show() must not wait for somebody to close a window
    path, figures = list(sys.path), _figures()
    shown = np.get_printoptions()
    with tempfile.TemporaryDirectory(prefix="initlab-") as folder, np.errstate():
        write_files(Path(folder), files)
        sys.path.append(folder)  # last: it shadows nothing
        main = threading.current_thread() is threading.main_thread()
        try:
            with contextlib.chdir(folder) if main else contextlib.nullcontext():
                yield
        finally:
            sys.path[:] = path
            sys.path_importer_cache.pop(folder, None)
            _forget(folder)
            np.set_printoptions(**shown)
            for number in _figures() - figures:
                sys.modules["matplotlib.pyplot"].close(number)


def _figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot is not None else set()


def _forget(folder: str) -> None:
    """Take modules of a folder out again: the next notebook's may have the same name."""
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(folder + os.sep):
            del sys.modules[name]
