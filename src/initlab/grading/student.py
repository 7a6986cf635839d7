"""What runs in a student's fork: cells, look-ups and calls, each answered over one socket.

Nothing here protects a mark: it shares its process with the student's code, which can make it answer
anything.  What it answers is only ever data to the grader.
"""

from __future__ import annotations

import fcntl
import inspect
import os
import signal
import socket
import sys
import traceback
import types

from initlab.grading import sandbox
from initlab.grading.arguments import changes, snapshot
from initlab.grading.border import BorderError, Reader, Writer
from initlab.grading.frames import Gone, receive, send
from initlab.grading.limits import Limits
from initlab.grading.shell import Outputs, Stream, StudentShell, error_output, without_figures

_MESSAGE = 2_000  # characters of an exception's message
_LINES = 20  # of a student's own code, from one traceback


def main(sock: socket.socket, box: sandbox.Box, limits: Limits, shell: StudentShell, request: dict) -> None:
    """Confine this fork, take the submission's files, and answer until the grader closes the socket."""
    sock = socket.socket(fileno=_keep(sock.detach()))
    service = Service(sock, shell, limits)
    try:
        _settle(sock, box, limits, service, request)
    except Exception as error:
        send(sock, {"problem": f"{type(error).__name__}: {error}"})
        return
    send(sock, {})
    service.run()


def _settle(sock, box, limits, service, request) -> None:
    """Make this fork the student's own: its files, its outputs, its limits, and at last its walls."""
    folder = sandbox.scratch_folder(box, limits, request["folder"])
    message, buffers = receive(sock)
    _write_files(message["files"], buffers)
    _captured_descriptors(limits.output_bytes)
    os.environ["HOME"] = os.environ["TMPDIR"] = os.environ["IPYTHONDIR"] = folder
    sys.path.append(folder)  # last: files beside a notebook can be imported, and shadow nothing
    if not request["figures"]:
        without_figures(service.shell)
    signal.signal(signal.SIGINT, service.interrupted)
    signal.signal(signal.SIGXCPU, service.out_of_cpu)
    sandbox.confine(box, limits, folder)


class Service:
    """Answers the grader's requests one after the other."""

    def __init__(self, sock, shell: StudentShell, limits: Limits):
        self.sock, self.shell, self.limits = sock, shell, limits
        self.handles: list = []
        self.busy = self.cpu_used_up = False
        self.hidden = dict(shell.user_ns_hidden)

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
        answers = {"run": self.cell, "lookup": self.lookup, "call": self.call}
        while True:
            try:
                message, buffers = receive(self.sock)
            except Gone:
                return
            writer = Writer(function=self.describe)
            try:
                reply = answers[message["do"]](message, buffers, writer)
            except KeyboardInterrupt:
                reply, writer = {"raised": _raised(KeyboardInterrupt())}, Writer()
            reply |= {"number": message["number"], "cpu_used_up": self.cpu_used_up}
            send(self.sock, reply, writer.buffers)

    def cell(self, message, buffers, writer) -> dict:
        """Run one cell and return its outputs."""
        outputs = self.shell.outputs = Outputs(self.limits.output_bytes)
        sys.stdout, sys.stderr = Stream(self.shell, "stdout", 1), Stream(self.shell, "stderr", 2)
        try:
            self.busy = True
            self.shell.run_cell(message["source"], store_history=True)
        except BaseException as error:
            outputs.add(error_output(type(error), error, traceback.format_exc().splitlines()))
        finally:
            self.busy = False
            _drain(outputs)
            self.shell.outputs = None
        return {"outputs": outputs.done()}

    def lookup(self, message, buffers, writer) -> dict:
        """Return the value of a name."""
        name, names = message["name"], self.shell.user_ns
        if name not in names or (name in self.hidden and names[name] is self.hidden[name]):
            return {"missing": True}
        value = names[name]
        if isinstance(value, types.ModuleType):
            return {"module": value.__name__}
        return self._guarded(lambda: {"value": writer.write(value)})

    def call(self, message, buffers, writer) -> dict:
        """Call a function on values and return its result and what it did to its arguments."""
        reader = Reader(buffers, function=lambda tree: self.handles[tree["h"]])
        function = self.handles[message["handle"]]
        arguments, keywords = reader.read(message["args"]), reader.read(message["kwargs"])
        before = snapshot(reader.nodes)
        writer.known = {id(node): place for place, node in enumerate(reader.nodes)}

        def called():
            result = function(*arguments, **keywords)
            self.busy = False
            return {"value": writer.write(result)}

        reply = self._guarded(called)
        try:
            return reply | {"changed": changes(reader.nodes, before, writer)}
        except BorderError as error:
            return {"border": str(error)}

    def describe(self, value) -> dict:
        """Give a callable a handle, and describe it."""
        for handle, known in enumerate(self.handles):
            if known is value:
                break
        else:
            handle = len(self.handles)
            self.handles.append(value)
        name = getattr(value, "__name__", None)
        name = name if type(name) is str else type(value).__name__
        return {"t": "function", "h": handle, "n": name[:100], "s": _signature(value)}

    def _guarded(self, work) -> dict:
        """Run student code without showing what it prints; an exception of it becomes data."""
        sys.stdout, sys.stderr = Stream(self.shell, "stdout", 1), Stream(self.shell, "stderr", 2)
        try:
            self.busy = True
            return work()
        except BorderError as error:
            return {"border": str(error)[:_MESSAGE]}
        except BaseException as error:
            return {"raised": _raised(error)}
        finally:
            self.busy = False
            _drain(None)


def _raised(error: BaseException) -> dict:
    kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    try:
        said = error.args[0] if type(error) is KeyError and len(error.args) == 1 else error
        message = str(said)[:_MESSAGE]
    except BaseException:
        message = ""
    lines = []
    for place in traceback.extract_tb(error.__traceback__):
        if place.filename.startswith("<ipython-input-"):
            lines.append(f"line {place.lineno}: {(place.line or '').strip()}"[:300])
    return {"type": type(error).__name__[:100], "kinds": kinds, "message": message, "lines": lines[-_LINES:]}


def _signature(value):
    try:
        parameters = inspect.signature(value).parameters.values()
    except (ValueError, TypeError):
        return None
    described = []
    for parameter in parameters:
        one = {"name": parameter.name, "kind": int(parameter.kind)}
        if parameter.default is not parameter.empty:
            try:
                one["default"] = Writer().write(parameter.default)
            except BorderError:
                one["default"] = {"t": "ellipsis"}
        described.append(one)
    return described[:100]


def _keep(fd: int) -> int:
    """Close every descriptor but this one, and move it behind the three standard ones."""
    keep = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
    os.closerange(3, keep)
    os.closerange(keep + 1, 4096)
    return keep


def _captured_descriptors(limit: int) -> None:
    """Put a file of a fixed size, in memory, behind descriptors 1 and 2: what C code writes ends up there."""
    for fd in (1, 2):
        memory = os.memfd_create("output", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
        os.ftruncate(memory, limit)
        fcntl.fcntl(memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
        os.dup2(memory, fd)
        os.close(memory)


def _drain(outputs: Outputs | None) -> None:
    """Take what was written to the descriptors themselves, past sys.stdout and sys.stderr."""
    for fd, name in ((1, "stdout"), (2, "stderr")):
        try:
            written = os.lseek(fd, 0, os.SEEK_CUR)
            if written > 0:
                os.lseek(fd, 0, os.SEEK_SET)
                text = os.pread(fd, written, 0).decode("utf-8", "replace")
                outputs.write(name, text) if outputs is not None else None
        except OSError:  # the student closed it
            continue


def _write_files(names: list[str], buffers) -> None:
    for name, content in zip(names, buffers, strict=True):
        os.makedirs(os.path.dirname(os.path.join(".", name)), exist_ok=True)
        with open(name, "wb") as file:
            file.write(content)

