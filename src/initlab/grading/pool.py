"""Spreads tasks over an executor, and goes on when one of them takes its process down or never ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait

from initlab.grading import deadline, numerics

_DOWN = "a test of it took the grader's process down, or could not be interrupted"


class Lost(Exception):
    """What becomes of a task that took its process down, or did not end in time."""


def processes(workers: int) -> ProcessPoolExecutor:
    """Return an executor of processes that a task may take down.

    Several are started afresh, with numerics.ENVIRONMENT, which is set in this process, for they take it from here.
    One alone is forked from this process: what is imported already need not be imported again.
    """
    os.environ.update(numerics.ENVIRONMENT)
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("fork" if workers == 1 else "spawn"),
        initializer=_begin,
    )


def _begin() -> None:
    """Prepare a worker's process."""
    # Ctrl-C reaches every process of the terminal; the coordinator alone says what becomes of the tasks.
    signal.signal(signal.SIGINT, _pass)
    deadline.end_the_process_where_nothing_else_helps()


def _pass(number, frame) -> None:
    """Let an interrupt pass; unlike SIG_IGN this is not inherited by programs that a task starts."""


def spread(
    work: Callable, tasks: Iterable, make: Callable[[], Executor], *, ahead: int, seconds: float
) -> Iterator[tuple[object, object]]:
    """Yield (task, result) as results come; in place of a result stands the exception that the task ended in.

    make: returns an executor shaped as those of concurrent.futures, afresh each time.
    ahead: how many tasks are handed over before results are waited for.
    seconds: wall time after which, with no result at all, some task is taken to hang.
    The tasks of a pool that broke are tried once more, each alone, so that only the culprit is Lost.
    """
    tasks = iter(tasks)
    waiting: dict[Future, object] = {}
    executor = make()
    try:
        while True:
            suspects = []
            while not suspects and len(waiting) < ahead and (task := next(tasks, None)) is not None:
                try:
                    waiting[executor.submit(work, task)] = task
                except BrokenExecutor:  # since the last result came
                    suspects.append(task)
            if not waiting and not suspects:
                return
            done, _ = wait(waiting, 0 if suspects else seconds, FIRST_COMPLETED)
            for future in done:
                task = waiting.pop(future)
                result = _result(future)
                if isinstance(result, BrokenExecutor):
                    suspects.append(task)
                else:
                    yield task, result
            if suspects or not done:
                suspects += waiting.values()
                waiting.clear()
                stop(executor)
                for task in suspects:
                    yield task, _alone(work, task, make, seconds)
                executor = make()
    finally:
        stop(executor)


def stop(executor: Executor) -> None:
    """Shut an executor down; its processes are ended where tasks still run in them."""
    # Before the shutdown, which forgets them.
    running = list((getattr(executor, "_processes", None) or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.join(2.0)
        if process.is_alive():
            process.kill()


def _alone(work: Callable, task: object, make: Callable[[], Executor], seconds: float) -> object:
    executor = make()
    try:
        future = executor.submit(work, task)
        if not wait([future], seconds).done:
            return Lost(f"grading it did not end within {seconds:.0f} s")
        result = _result(future)
        return Lost(_DOWN) if isinstance(result, BrokenExecutor) else result
    finally:
        stop(executor)


def _result(future: Future) -> object:
    problem = future.exception()
    return future.result() if problem is None else problem
