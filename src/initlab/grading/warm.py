"""The warm process: everything imported, one figure drawn, nothing secret ever held; it forks the students.

Started by exec with an emptied environment (`python -P -m initlab.grading.warm FD ISOLATION`), told over one
socket what to do.  It learns limits and process ids, and nothing of a submission: what a student's kernel
is given comes to the fork over a socket of its own.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import socket
import sys
import traceback

from initlab.grading import sandbox
from initlab.grading.limits import Limits


def main(arguments: list[str]) -> None:
    """Import, isolate, and serve fork, interrupt and end until the grader closes the socket."""
    control = socket.socket(fileno=int(arguments[0]))
    isolation = arguments[1] or None
    shell = preload()
    try:
        box = sandbox.enter(isolation)
    except sandbox.IsolationError as error:
        control.send(json.dumps({"refused": str(error)}).encode())
        return
    gc.collect()
    gc.freeze()  # or the collector of every fork writes to all pages that were shared until then
    hello = {"layers": box.layers, "missing": box.missing, "readable": box.readable, "scratch": not box.namespaces}
    control.send(json.dumps(hello).encode())
    serve(control, box, shell)


def preload():
    """Import what labs use, draw a first figure, and return the shell that every fork goes on with."""
    import numpy as np

    from initlab.grading.shell import make_shell

    shell = make_shell()
    # Whoever draws without a seed of his own gets the same draws each time, and so the same marks.
    random.seed(0)
    np.random.seed(0)
    return shell


def serve(control: socket.socket, box: sandbox.Box, shell) -> None:
    """Do what the grader asks; returns when it has closed its end, with every fork ended."""
    forks: set[int] = set()
    while True:
        data, fds, _, _ = socket.recv_fds(control, 4096, 1)
        if not data:
            break
        request = json.loads(data)
        pid = request.get("pid")
        if request["do"] == "fork":
            reply = _fork(control, box, shell, request, fds[0])
            forks.add(reply["pid"]) if "pid" in reply else None
        elif pid not in forks:
            reply = {"problem": f"{pid} is no student of this process"}
        elif request["do"] == "interrupt":
            os.kill(pid, signal.SIGINT)
            reply = {}
        else:
            reply = _end(pid)
            forks.discard(pid)
        control.send(json.dumps(reply).encode())
    for pid in forks:
        _end(pid)


def _fork(control, box, shell, request, fd) -> dict:
    try:
        pid = sandbox.fork(box)
    except OSError as error:
        os.close(fd)
        return {"problem": str(error)}
    if pid:
        os.close(fd)
        return {"pid": pid}
    code = 70
    try:
        from initlab.grading import student

        control.close()
        if box.pid_namespace >= 0:
            os.close(box.pid_namespace)
        student.main(socket.socket(fileno=fd), box, Limits(**request["limits"]), shell, request)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _end(pid: int) -> dict:
    os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    return {"status": os.waitstatus_to_exitcode(status), "cpu": usage.ru_utime + usage.ru_stime}


if __name__ == "__main__":
    main(sys.argv[1:])
