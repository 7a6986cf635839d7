"""Ends code of the grader's own that takes too long, such as a test that loops until an answer converges."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(BaseException):
    """Raised in the code that ran out of time; no `except Exception` of a grade cell catches it."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TooLong in the body when it runs longer than this; only the main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(signum, frame):
        raise TooLong(f"stopped after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    # Rings again every second: a test that swallows the first one is interrupted once more.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
