"""What runs in a student's fork: cells, look-ups and calls, each answered over one socket.

Nothing here protects a mark: it shares its process with the student's code, which can make it answer
anything.  What it answers is only ever data to the grader.
"""

from __future__ import annotations

import fcntl
import inspect
import os
import random
import signal
import socket
import sys
import tempfile
import traceback
import types
from pathlib import Path

import numpy as np

from initlab.grading import sandbox
from initlab.grading.arguments import changes, snapshot
from initlab.grading.border import BorderError
from initlab.grading.capture import Outputs, Stream, catch_descriptors, drain_descriptors
from initlab.grading.chance import follow
from initlab.grading.frames import Gone, receive, send
from initlab.grading.limits import Limits, lend_reserve, take_back_reserve
from initlab.grading.ownfiles import write_files
from initlab.grading.reading import Reader
from initlab.grading.shell import StudentShell, is_cell, plain_error, without_figures
from initlab.grading.writing import Writer

_MESSAGE = 2_000  # characters of an exception's message, and of a docstring
_FIRST_KEPT = 100  # descriptor
_LINES = 20  # of a student's own code, from one traceback


def main(
    shell: StudentShell, socks: list[socket.socket], box: sandbox.Box, limits: Limits, request: dict
) -> None:
    """Confine this fork, take the submission's files, and answer until the grader closes the socket."""
    (sock,) = only_these(socks)
    service = Service(sock, shell, limits)
    try:
        folder = sandbox.scratch_folder(box, limits, request["folder"])
        take_files(sock)
        catch_descriptors(limits.output_bytes)
        empty_environment(folder)
        # Whoever draws without a seed of his own gets the same draws each time, and so the same marks.
        random.seed(0)
        np.random.seed(0)
        sys.path.append(folder)  # last: files beside a notebook can be imported, and shadow nothing
        if not request["figures"]:
            without_figures(shell)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        signal.signal(signal.SIGINT, service.interrupted)
        signal.signal(signal.SIGXCPU, service.out_of_cpu)
        sandbox.confine(box, limits, folder)
    except Exception as error:
        send(sock, {"problem": f"{type(error).__name__}: {error}"})
        return
    send(sock, {})
    service.run()


class Service:
    """Answers the grader's requests one after the other."""

    def __init__(self, sock: socket.socket, shell: StudentShell, limits: Limits):
        self.sock, self.shell, self.limits = sock, shell, limits
        self.handles: list = []
        self.busy = self.cpu_used_up = False
        self.hidden = dict(shell.user_ns)  # what the shell brings along
        self.away: dict[str, object] = {}  # what a grade cell deleted for a while
        self.memory = 0

    def interrupted(self, number, frame):
        """Stop student code; between two requests there is none to stop."""
        if self.busy:
            raise KeyboardInterrupt

    def out_of_cpu(self, number, frame):
        """Stop student code a little before the kernel ends the process."""
        self.cpu_used_up = True
        if self.busy:
            raise KeyboardInterrupt("out of CPU time")

    def run(self) -> None:
        """Answer until the other end is closed."""
        self.memory = lend_reserve()
        answers = {"run": self.cell, "lookup": self.lookup, "call": self.call, "hide": self.hide}
        while True:
            try:
                message, buffers = receive(self.sock)
            except Gone:
                return
            writer = Writer(function=self.describe)
            try:
                reply = answers[message["do"]](message, buffers, writer)
            except KeyboardInterrupt as error:  # it came as the code had just ended
                reply, writer = {"raised": _raised(error)}, Writer()
            reply |= {"number": message["number"], "cpu_used_up": self.cpu_used_up}
            send(self.sock, reply, writer.buffers)

    def cell(self, message, buffers, writer) -> dict:
        """Run one cell and return its outputs; those of a replayed one are not wanted."""
        outputs = self.shell.outputs = Outputs(self.limits.output_bytes)
        take_back_reserve(self.memory)
        formatter = self.shell.display_formatter
        types_before = formatter.active_types
        if message.get("quiet"):
            formatter.active_types = ["text/plain"]
        self._streams()
        try:
            self.busy = True
            result = self.shell.run_cell(message["source"], store_history=True)
            problem = result.error_before_exec or result.error_in_exec
        except BaseException as error:
            problem = error
        finally:
            self.busy = False
            drain_descriptors(outputs)
            self.shell.outputs = None
            formatter.active_types = types_before
        if problem is not None and not any(one["output_type"] == "error" for one in outputs.items):
            outputs.add(plain_error(problem))
        return {"outputs": outputs.done()}

    def lookup(self, message, buffers, writer) -> dict:
        """Return the value of a name."""
        name, names = message["name"], self.shell.user_ns
        if name not in names or (name in self.hidden and names[name] is self.hidden[name]):
            return {"missing": True}
        value = names[name]
        if isinstance(value, types.ModuleType):
            return {"module": value.__name__}
        if isinstance(value, (list, dict, np.ndarray)):
            for other in message["held"]:
                if names.get(other) is value:
                    return {"same": other}
        return self._guarded(lambda: {"value": writer.write(value)})

    def hide(self, message, buffers, writer) -> dict:
        """Hide names from the notebook's functions, and give back those that are not to be hidden any more."""
        names = self.shell.user_ns
        for name in self.away.keys() - message["names"]:
            names.setdefault(name, self.away.pop(name))
        for name in names.keys() & message["names"]:
            self.away[name] = names.pop(name)
        return {}

    def call(self, message, buffers, writer) -> dict:
        """Call a function on values and return its result and what it did to its arguments."""
        reader = Reader(buffers, function=lambda tree: self.handles[tree["h"]])
        function = self.handles[message["handle"]]
        arguments, keywords = reader.read(message["args"]), reader.read(message["kwargs"])
        if "chance" in message:
            follow(message["chance"])
        before = snapshot(reader.nodes)
        writer.known = {id(node): place for place, node in enumerate(reader.nodes)}

        def called():
            return {"value": writer.write(function(*arguments, **keywords))}

        reply = self._guarded(called)
        return reply | self._guarded(lambda: {"changed": changes(reader.nodes, before, writer)})

    def describe(self, value) -> dict:
        """Give a callable a handle, and describe it."""
        for handle, known in enumerate(self.handles):
            if known is value:
                break
        else:
            handle = len(self.handles)
            self.handles.append(value)
        name, doc = getattr(value, "__name__", None), getattr(value, "__doc__", None)
        return {
            "t": "function",
            "h": handle,
            "n": str.__str__(name)[:100] if isinstance(name, str) else type(value).__name__,
            "d": str.__str__(doc)[:_MESSAGE] if isinstance(doc, str) else None,
            "s": _signature(value),
        }

    def _guarded(self, work) -> dict:
        """Do what may run student code, show nothing that it prints, and make data of its exception."""
        self._streams()
        try:
            take_back_reserve(self.memory)
            self.busy = True
            return work()
        except BorderError as error:
            return {"border": str(error)[:_MESSAGE]}
        except BaseException as error:
            lend_reserve()
            return {"raised": _raised(error)}
        finally:
            self.busy = False
            drain_descriptors(None)

    def _streams(self) -> None:
        sys.stdout, sys.stderr = Stream(self.shell, "stdout", 1), Stream(self.shell, "stderr", 2)


def only_these(socks: list[socket.socket]) -> list[socket.socket]:
    """Close every descriptor but the standard ones and these, and move these well behind them."""
    places = range(_FIRST_KEPT, _FIRST_KEPT + len(socks))
    kept = [fcntl.fcntl(sock.detach(), fcntl.F_DUPFD_CLOEXEC, place) for sock, place in zip(socks, places)]
    os.closerange(3, _FIRST_KEPT)
    os.closerange(_FIRST_KEPT + len(kept), 4096)
    return [socket.socket(fileno=fd) for fd in kept]


def take_files(sock: socket.socket) -> None:
    """Write the submission's own files, as the grader sends them, to the current folder."""
    message, buffers = receive(sock)
    write_files(Path(), dict(zip(message["files"], buffers, strict=True)))


def empty_environment(folder: str) -> None:
    """Leave nothing of the environment but what points programs to the scratch folder."""
    os.environ.clear()
    for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        os.environ[name] = folder
    os.environ["LANG"] = "C.UTF-8"
    tempfile.tempdir = None  # to be found anew


def _raised(error: BaseException) -> dict:
    kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ in ("builtins", "numpy.linalg")]
    try:
        said = error.args[0] if type(error) is KeyError and len(error.args) == 1 else error
        message = str(said)[:_MESSAGE]
    except BaseException:
        message = ""
    lines = []
    for place in traceback.extract_tb(error.__traceback__):
        if is_cell(place.filename):
            lines.append(f"line {place.lineno}: {(place.line or '').strip()}"[:300])
    return {"type": type(error).__name__[:100], "kinds": kinds, "message": message, "lines": lines[-_LINES:]}


def _signature(value) -> list | None:
    try:
        parameters = inspect.signature(value).parameters.values()
    except (ValueError, TypeError):
        return None
    described = []
    for parameter in parameters:
        one = {"name": parameter.name, "kind": int(parameter.kind)}
        if parameter.default is not parameter.empty:
            try:
                default = Writer()
                one["default"] = default.write(parameter.default)
                one["default"] = {"t": "ellipsis"} if default.buffers else one["default"]
            except BorderError:
                one["default"] = {"t": "ellipsis"}
        described.append(one)
    return described[:100]
