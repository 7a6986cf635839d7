"""The warm process of this process: started at first use, forked for one submission after the other."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path

from initlab.grading.limits import Limits
from initlab.grading.remote import StudentKernel, Warm
from initlab.grading.sandbox import IsolationError


@dataclass(frozen=True)
class Setting:
    """Where and how student code runs: the same for every submission of a run.

    isolation: None, or "none" to run it bare.  closed: folders that it must not be able to read.
    figures: whether figures are drawn for the feedback page.
    """

    isolation: str | None = None
    closed: tuple[str, ...] = ()
    limits: Limits = Limits()
    figures: bool = True

    def open(self, folder: Path | None) -> StudentKernel:
        """Return a kernel for one submission; a warm process that has ended meanwhile is started anew.

        folder: holds the files beside the notebook.  Raises IsolationError where code cannot be isolated.
        """
        try:
            return self.warm().student(folder, self.limits, figures=self.figures)
        except IsolationError:
            raise
        except RuntimeError:
            close()
            return self.warm().student(folder, self.limits, figures=self.figures)

    def warm(self) -> Warm:
        """Return this process's warm process, starting it when there is none."""
        key = (self.isolation, self.closed)
        if key not in _running:
            with warnings.catch_warnings():
                # The report says once what every worker would say on its own.
                warnings.simplefilter("ignore")
                _running[key] = Warm(self.isolation, tuple(Path(folder) for folder in self.closed))
            # A forked worker ends without what atexit would do.
            Finalize(None, close, exitpriority=1)
        return _running[key]


_running: dict[tuple, Warm] = {}


def close() -> None:
    """End the warm processes of this process."""
    while _running:
        _running.popitem()[1].close()
