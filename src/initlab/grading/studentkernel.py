"""The kernel of one submission, as the grader sees it; forked afresh when a limit costs it its process."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import select
import shutil
import signal
import socket
import time
from pathlib import Path

from initlab.grading import frames
from initlab.grading.arguments import apply
from initlab.grading.border import BorderError, Bounds, ModuleName, plain_text
from initlab.grading.cellrun import CellRun, checked_outputs, error_of
from initlab.grading.limits import Limits, size
from initlab.grading.ownfiles import own_files
from initlab.grading.proxy import Proxy
from initlab.grading.reading import Reader
from initlab.grading.remote_errors import StudentStopped, rebuilt
from initlab.grading.writing import Writer

_READY_SECONDS = 30  # for a fork to be ready, on a busy machine
_GRACE_SECONDS = 2  # between the interrupt and the end
_PATIENCE_SECONDS = 1  # for a process that has closed its connection to end, so that it is known how
_LOOK_SECONDS = 0.2  # between two looks at the scratch folder, where the system does not bound it


class _Stop(Exception):
    """Student code hit a limit; `reply` holds what its process still said, or None when it is no more."""

    def __init__(self, reason: str, reply: dict | None = None):
        super().__init__(reason)
        self.reason, self.reply = reason, reply


class StudentKernel:
    """One submission's process: runs cells, gives values, calls functions.  Made by `Warm.student`.

    calls: how many calls were made so far; what a name holds may differ only after another one.
    """

    def __init__(self, warm, folder: Path | None, limits: Limits, figures: bool):
        self._warm, self._limits, self._figures = warm, limits, figures
        self._files = own_files(folder, limits.written_bytes)
        self._sock: socket.socket | None = None
        self._name = self._generation = self._number = self._cells = 0
        self._good: list[str] = []
        self.calls = 0
        self._wall_left, self._cpu_left = limits.wall_seconds, limits.cpu_seconds
        self._scratch: str | None = None
        self._text_bytes = 6 * limits.output_bytes + Bounds().text_bytes  # JSON makes six of some bytes
        self._fork()

    def __enter__(self) -> StudentKernel:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End the process, and everything it has started, and throw its scratch folder away."""
        with contextlib.suppress(RuntimeError):  # the warm process has ended, and this one with it
            self._end()

    def run(self, source: str, label: str | None = None) -> CellRun:
        """Run one cell; `label` names it in sentences, "cell 7" by default for the seventh."""
        self._cells += 1
        label = label or f"cell {self._cells}"
        start = time.monotonic()
        try:
            reply, stopped = self._ask({"do": "run", "source": source}, label)[0], None
        except _Stop as stop:
            reply, stopped = stop.reply or {}, stop.reason
        outputs = checked_outputs(reply.get("outputs"), self._limits.output_bytes)
        error = error_of(outputs)
        stopped = stopped or self._hit(error, label)
        if stopped is None:
            self._good.append(source)
        return CellRun(outputs, error, stopped, time.monotonic() - start)

    def lookup(self, name: str):
        """Return what `name` is in the student's notebook: a value, a Proxy, or a ModuleName.

        Raises NameError where it is nothing, BorderError naming the type of what cannot cross, and
        StudentStopped when a limit was hit.
        """
        reply, buffers = self._answered({"do": "lookup", "name": name}, f"looking up {name}")
        if reply.get("missing"):
            raise NameError(f"name {name!r} is not defined")
        if isinstance(reply.get("module"), str):
            return ModuleName(plain_text(reply["module"][:200]))
        return self._value(reply, self._reader(buffers, name))

    def call(self, proxy: Proxy, args: tuple, kwargs: dict):
        """Call a student's function, as `Proxy` describes."""
        self.calls += 1
        self._renew(proxy)
        writer = Writer(function=self._handle)
        arguments = {"args": writer.write(list(args)), "kwargs": writer.write(kwargs)}
        request = {"do": "call", "handle": proxy._handle, **arguments}
        reply, buffers = self._answered(request, f"a call of {proxy.__name__}", writer.buffers)
        reader = self._reader(buffers, None, writer.nodes)
        if isinstance(reply.get("changed"), list):
            apply(reply["changed"], writer.nodes, reader)
        return self._value(reply, reader)

    def _handle(self, value) -> dict:
        if isinstance(value, Proxy) and value._kernel is self:
            self._renew(value)
            return {"t": "function", "h": value._handle}
        name = getattr(value, "__name__", type(value).__name__)
        raise BorderError(f"a function of the grader ({name}) cannot be given to a student's function")

    def _renew(self, proxy: Proxy) -> None:
        """Find a function again whose process was forked afresh."""
        if proxy._generation == self._generation and self._sock is not None:
            return
        again = self.lookup(proxy._name) if proxy._name else None
        if not isinstance(again, Proxy):
            raise StudentStopped(f"{proxy.__name__} was lost when its process ended")
        proxy._handle, proxy._generation = again._handle, again._generation

    def _reader(self, buffers, name: str | None, known=()) -> Reader:
        generation = self._generation
        return Reader(buffers, function=lambda tree: Proxy(self, tree, name, generation), known=known)

    def _value(self, reply, reader):
        if isinstance(reply.get("raised"), dict):
            raise rebuilt(reply["raised"])
        if "border" in reply:
            raise BorderError(plain_text(str(reply["border"])[:2_000]))
        return reader.read(reply.get("value", {}))

    def _answered(self, request, label, buffers=()):
        try:
            return self._ask(request, label, buffers)
        except _Stop as stop:
            raise StudentStopped(stop.reason) from None

    def _ask(self, request: dict, label: str, buffers=()):
        """Send a request and return its reply; raises _Stop when a limit comes first."""
        start = time.monotonic()
        try:
            if self._sock is None:
                self._replay(label)
            return self._exchange(request, label, buffers, self._wall_left - (time.monotonic() - start))
        except _Stop:
            raise
        except BaseException:  # the grader gave up waiting: an answer that comes now answers nothing
            self._end()
            raise
        finally:
            self._wall_left -= time.monotonic() - start

    def _exchange(self, request, label, buffers, wall_left):
        if min(wall_left, self._cpu_left) <= 0:
            self._end()
            raise _Stop(f"{self._used_up()} before {label}")
        seconds = min(self._limits.cell_seconds, wall_left)
        self._number += 1
        deadline = time.monotonic() + seconds
        try:
            frames.send(self._sock, {**request, "number": self._number}, buffers, seconds)
            try:
                reply, received = self._reply(deadline)
            except frames.Late:
                self._warm.ask({"do": "signal", "name": self._name, "signal": signal.SIGINT})
                reply, received = self._reply(time.monotonic() + _GRACE_SECONDS)
                raise _Stop(self._too_long(seconds, label), reply) from None
        except frames.Late:
            self._end()
            raise _Stop(self._too_long(seconds, label)) from None
        except frames.Gone:
            raise _Stop(self._how_it_ended(label)) from None
        except frames.Garbled as error:
            self._end()
            reason = str(error) or f"wrote more than {size(self._limits.written_bytes)} of files"
            raise _Stop(f"{reason} in {label}") from None
        if reply.get("cpu_used_up"):
            self._cpu_left = 0
            raise _Stop(f"{self._used_up()} in {label}", reply)
        return reply, received

    def _reply(self, deadline):
        """Receive the reply to the last request, with an eye on the scratch folder where nobody else has one."""
        while self._scratch is not None and not select.select([self._sock], [], [], _LOOK_SECONDS)[0]:
            if _folder_bytes(self._scratch) > self._limits.written_bytes:
                raise frames.Garbled
            if time.monotonic() > deadline:
                raise frames.Late
        bounds = Bounds(text_bytes=self._text_bytes)
        reply, buffers = frames.receive(self._sock, bounds, max(deadline - time.monotonic(), 1e-3))
        if reply.get("number") != self._number:
            raise frames.Garbled("the code answered the grader in its own words")
        return reply, buffers

    def _too_long(self, seconds, label) -> str:
        if seconds < self._limits.cell_seconds:
            return f"the notebook's {self._limits.wall_seconds:g} s were used up in {label}"
        return f"stopped after {seconds:g} s in {label}"

    def _used_up(self) -> str:
        if self._cpu_left <= 0:
            return f"used more than {self._limits.cpu_seconds:g} s of CPU time"
        return f"the notebook's {self._limits.wall_seconds:g} s were used up"

    def _hit(self, error: str | None, label: str) -> str | None:
        """Say which limit an exception tells of: memory and files end a cell like other errors."""
        if error and error.startswith(("MemoryError:", "_ArrayMemoryError:")):
            return f"used more than {size(self._limits.memory)} of memory in {label}"
        if error and error.startswith(("OSError: [Errno 28]", "OSError: [Errno 27]")):
            return f"wrote more than {size(self._limits.written_bytes)} of files in {label}"
        return None

    def _how_it_ended(self, label) -> str:
        status = self._end(_PATIENCE_SECONDS)
        if self._cpu_left <= 0:
            return f"{self._used_up()} in {label}"
        if status is None:
            return f"the code closed its connection to the grader in {label}"
        if status < 0:
            return f"ended by {signal.Signals(-status).name} in {label}"
        return f"the code ended its own process in {label} (exit status {status})"

    def _replay(self, label) -> None:
        """Fork afresh and run the cells again that ran before, without those that do not run again."""
        start, done = time.monotonic(), 0
        while self._sock is None or done < len(self._good):
            if self._sock is None:
                self._fork()
                done = 0
                continue
            wall_left = self._wall_left - (time.monotonic() - start)
            try:
                self._exchange({"do": "run", "source": self._good[done], "quiet": True}, label, (), wall_left)
                done += 1
            except _Stop:
                if min(self._wall_left - (time.monotonic() - start), self._cpu_left) <= 0:
                    raise
                del self._good[done]

    def _fork(self) -> None:
        self._generation += 1
        self._name = self._warm.new_name()
        self._scratch = self._warm.scratch_folder()
        limits = dataclasses.replace(self._limits, cpu_seconds=max(self._cpu_left, 1))
        request = {"do": "fork", "name": self._name, "limits": vars(limits), "folder": self._scratch}
        self._sock, theirs = socket.socketpair()
        try:
            with theirs:
                problem = self._warm.ask({**request, "figures": self._figures}, (theirs.fileno(),)).get("problem")
            if not problem:
                names, contents = [name for name, _ in self._files], [content for _, content in self._files]
                frames.send(self._sock, {"files": names}, contents, _READY_SECONDS)
                problem = frames.receive(self._sock, seconds=_READY_SECONDS)[0].get("problem")
        except (frames.Gone, frames.Late, frames.Garbled) as error:
            problem = f"{error}\n{self._warm.written()}"
        except BaseException:
            self._end()
            raise
        if problem:
            self._end()
            raise RuntimeError(f"no process for student code could be made: {problem}")

    def _end(self, patience: float = 0) -> int | None:
        """End the process; return its exit status, or minus the signal that ended it.

        None is for a process that did not end by itself within `patience` seconds.
        """
        if self._sock is None:
            return None
        self._sock.close()
        self._sock = None
        ended = self._warm.ask({"do": "end", "name": self._name, "patience": patience})
        self._cpu_left -= ended["cpu"]
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None
        return ended["status"]


def _folder_bytes(folder: str) -> int:
    """Count the bytes in a folder, blocks that are really there, whatever their number says."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(root, name)).st_blocks * 512
    return total
