"""Tasks are spread over processes; one that takes its process down, or hangs, costs itself alone."""

import os
import time
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor

import pytest

from here import Here

from initlab.grading.pool import Lost, processes, spread


def work(task: str) -> str:
    """Do what the task says, in a worker."""
    if task == "die":
        os._exit(3)
    if task == "hang":
        time.sleep(3600)
    if task == "fail":
        raise ValueError("no")
    return f"{task} in {os.getpid()}"


def results(tasks: list[str], make, **options) -> dict[str, object]:
    """Spread tasks and collect what comes."""
    return dict(spread(work, tasks, make, **{"ahead": 3, "seconds": 60, **options}))


@pytest.mark.parametrize("make", [Here, lambda: ThreadPoolExecutor(2)])
def test_any_executor_of_that_shape_will_do(make):
    """Results come with their tasks; an exception takes the place of a result."""
    found = results(["a", "fail", "b"], make)
    assert found["a"] == f"a in {os.getpid()}"
    assert isinstance(found["fail"], ValueError)
    assert len(found) == 3


def test_a_task_that_takes_its_process_down_is_lost_alone():
    """The others, also those that were in the same pool, come to their results."""
    found = results(["a", "die", "b", "c", "d"], lambda: processes(2))
    assert isinstance(found.pop("die"), Lost)
    assert [result.split(" in ")[0] for _, result in sorted(found.items())] == ["a", "b", "c", "d"]
    assert not any(result.endswith(f" {os.getpid()}") for result in found.values())


def test_a_task_that_hangs_is_lost_alone():
    """Its process is ended; no worker is left behind."""
    found = results(["hang", "a", "b"], lambda: processes(1), ahead=2, seconds=6)
    assert isinstance(found["hang"], Lost)
    assert "did not end within" in str(found["hang"])
    assert found["b"].startswith("b in ")
    pids = [int(result.split(" in ")[1]) for result in found.values() if isinstance(result, str)]
    deadline = time.monotonic() + 30
    while any(os.path.exists(f"/proc/{pid}") for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in pids)


def test_tasks_are_taken_only_as_far_ahead_as_asked():
    """A thousand submissions are not read into memory at once."""
    taken = []

    def tasks():
        for number in range(6):
            taken.append(number)
            yield str(number)

    for done, _ in enumerate(spread(work, tasks(), Here, ahead=2, seconds=60)):
        assert len(taken) <= done + 3


def test_a_pool_that_breaks_between_two_tasks_loses_none_of_them():
    """A worker can die after its last result and before the next task is handed over."""

    class BrokenOnce(Here):
        broken = True

        def submit(self, work, /, *arguments, **options):
            if BrokenOnce.broken:
                BrokenOnce.broken = False
                raise BrokenExecutor("a child process terminated abruptly")
            return super().submit(work, *arguments, **options)

    found = spread(abs, [-1, -2, -3], BrokenOnce, ahead=2, seconds=10)  # in the order of their ends
    assert sorted(found) == [(-3, 3), (-2, 2), (-1, 1)]
