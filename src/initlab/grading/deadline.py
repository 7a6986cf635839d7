"""Ends code of the grader's own that takes too long, such as a test that loops until an answer converges."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(BaseException):
    """Raised in the code that ran out of time; no `except Exception` of a grade cell catches it."""


_expendable = False


def end_the_process_where_nothing_else_helps() -> None:
    """Let this process end when a body uses processor time of twice its deadline: others go on without it.

    What is one instruction to the interpreter, such as `sum(range(10**12))`, hears no alarm before it is done.
    """
    global _expendable
    _expendable = True


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
    if _expendable:
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * seconds + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
