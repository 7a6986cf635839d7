"""The warm process: everything imported, one figure drawn, nothing secret ever held; it forks the students.

Started by exec with an emptied environment (`python -P -m initlab.grading.warm FD ISOLATION KERNELS`), told
over one socket what to do.  It learns limits and process ids, and nothing of a submission: what a student's
kernel is given comes to the fork over a socket of its own.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable

from initlab.grading import sandbox
from initlab.grading.limits import Limits

_LABS_USE = (
    "numpy.random",  # which numpy imports only when it is asked for
    "initlab.checks", "initlab.network", "initlab.plots", "initlab.stats", "initlab.tables", "initlab.theory",
    "initlab.widgets",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Import, isolate, and do what the grader asks until it closes the socket."""
    control = socket.socket(fileno=int(arguments[0]))
    isolation, kernels = arguments[1] or None, arguments[2]
    gc.disable()  # hardly anything that is imported is garbage, and looking for it takes a tenth of the time
    begin, prepare_for_many = _students() if kernels == "students" else _jupyter_kernels()
    try:
        box = sandbox.enter(isolation)
    except sandbox.IsolationError as error:
        control.send(json.dumps({"refused": str(error)}).encode())
        return
    gc.freeze()
    gc.enable()
    hello = {"layers": box.layers, "missing": box.missing, "readable": box.readable, "user": box.user}
    control.send(json.dumps({**hello, "folders": not box.namespaces}).encode())
    serve(control, box, begin, prepare_for_many)


def _students() -> tuple[Callable, Callable]:
    """Import what labs and their checks use; return what a fork goes on with, and what prepares for many."""
    from initlab.grading import student
    from initlab.grading.shell import make_shell

    for name in _LABS_USE:
        importlib.import_module(name)
    importlib.import_module("initlab.widgets.parts").no_hand()
    shell = make_shell()
    return functools.partial(student.main, shell), functools.partial(prepare, shell)


def prepare(shell, figures: bool) -> None:
    """Do what every one of many submissions would otherwise do anew; one alone need not wait for it."""
    from initlab.grading.shell import rehearse

    rehearse(shell)
    if figures:
        draw_stills()
    freeze()


def draw_stills() -> None:
    """Draw what the labs draw, so that a fork finds the explorers' stills and the band of 200 networks."""
    from initlab import messages, widgets
    from initlab.checks.session import Session, opened

    shown = (  # as the labs call them; another explorer, or another call, is drawn where it is asked for
        lambda: widgets.sigma_explorer(he=False),
        lambda: widgets.predict_then_reveal(0.95 / 40, against=1 / 40),
        lambda: widgets.predict_then_reveal(1.0, pass_="backward"),
        widgets.luck_of_the_draw,
    )
    for lang in messages.LANGUAGES:
        with opened(Session(lang=lang)):
            for explorer in shown:
                explorer().still()


def freeze() -> None:
    """Keep the collector of every fork from writing to pages that are shared until then."""
    gc.collect()
    gc.freeze()


def _jupyter_kernels() -> tuple[Callable, Callable]:
    from initlab.grading import jupyterkernel

    jupyterkernel.preload()
    return jupyterkernel.main, lambda figures: None


def serve(control: socket.socket, box: sandbox.Box, begin: Callable, prepare_for_many: Callable) -> None:
    """Fork, signal and end student processes as asked, until the other end is closed; then end them all."""
    forks: dict[int, int] = {}
    asked_for = 0
    while True:
        data, fds, _, _ = socket.recv_fds(control, 1 << 16, 8)
        if not data:
            break
        request = json.loads(data)
        name, reply = request["name"], {}
        if request["do"] == "fork":
            asked_for += 1
            if asked_for == 2:
                prepare_for_many(request.get("figures", False))
                box = sandbox.measured(box)  # or what was prepared would count as the student's memory
            reply = _fork(control, box, begin, request, fds)
            if "pid" in reply:
                forks[name] = reply["pid"]
        elif request["do"] == "signal" and name in forks:
            os.kill(forks[name], request["signal"])
        elif request["do"] == "end":
            reply = _end(forks.pop(name, 0), box, request["patience"])
        elif request["do"] == "poll":
            reply = {"status": _status(forks.get(name, 0))}
        control.send(json.dumps({**reply, "number": request["number"]}).encode())
    for pid in forks.values():
        _end(pid, box)


def _fork(control, box, begin, request, fds) -> dict:
    problem = None
    try:
        pid = sandbox.fork(box)
    except OSError as error:
        pid, problem = -1, str(error)
    if pid:
        for fd in fds:
            os.close(fd)
        return {"pid": pid} if problem is None else {"problem": problem}
    code = 70
    try:
        control.close()
        begin([socket.socket(fileno=fd) for fd in fds], box, Limits(**request["limits"]), request)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _status(pid: int) -> int | None:
    """Give the exit status of a fork without taking it away: None while it runs, 0 when there is none."""
    ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) if pid else None
    if ended is None:
        return None if pid else 0
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status


def _end(pid: int, box, patience: float = 0) -> dict:
    """End a fork; `status` is None where it did not end by itself within `patience` seconds."""
    if not pid:
        return {"status": 0, "cpu": 0.0}
    deadline = time.monotonic() + patience
    ended, status, usage = os.wait4(pid, os.WNOHANG)
    while not ended and time.monotonic() < deadline:
        time.sleep(0.001)
        ended, status, usage = os.wait4(pid, os.WNOHANG)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        _, _, usage = os.wait4(pid, 0)
    if box.bare:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # its children that stayed in its session; others survive it
    code = os.waitstatus_to_exitcode(status) if ended else None
    return {"status": code, "cpu": usage.ru_utime + usage.ru_stime}


if __name__ == "__main__":
    main(sys.argv[1:])
