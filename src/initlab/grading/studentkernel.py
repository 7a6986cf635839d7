"""The kernel of one submission, as the grader sees it; forked afresh when a limit costs it its process."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from initlab.grading import frames
from initlab.grading.arguments import apply
from initlab.grading.border import BorderError, ModuleName, Refused, Ungivable, plain_text
from initlab.grading.cellrun import CellRun, checked_outputs, error_of
from initlab.grading.chance import Chance
from initlab.grading.limits import Limits, size
from initlab.grading.ownfiles import own_files
from initlab.grading.process import Answer, Process
from initlab.grading.proxy import Proxy
from initlab.grading.reading import Reader
from initlab.grading.remote_errors import StudentStopped, rebuilt
from initlab.grading.writing import Writer


class _Stop(Exception):
    """Student code hit a limit; `reply` holds what its process still said, or nothing."""

    def __init__(self, reason: str, reply: dict | None = None):
        super().__init__(reason)
        self.reason, self.reply = reason, reply or {}


class StudentKernel:
    """Runs the cells of one submission, gives values, calls functions.  Made by `Warm.student`.

    A limit costs the cell, look-up or call that hit it.  When it costs the process too, the cells that ran
    before are run again in a new one, without those that hit a limit.
    calls: how many calls were made; what a name stands for can change with each.
    chance: the grader's global random generators, which those of the student follow; None to let them be.
    gaps: as of `Warm`.
    unanswered: the last call's end that was neither a value nor an exception of the function; whoever runs a test
    sets it to None before.
    """

    def __init__(self, warm, folder: Path | None, limits: Limits, figures: bool):
        self._warm, self._limits, self._figures = warm, limits, figures
        self.gaps: str = warm.gaps
        self.chance: Chance | None = None
        self._files = own_files(folder, limits.written_bytes)
        self._generation = self._cells = self.calls = 0
        self._good: list[str] = []
        self.unanswered: BaseException | None = None
        self._wall_left, self._cpu_left = limits.wall_seconds, limits.cpu_seconds
        self._process: Process | None = None
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
            reply, stopped = self._ask({"do": "run", "source": source}, label).reply, None
        except _Stop as stop:
            reply, stopped = stop.reply, stop.reason
        outputs = checked_outputs(reply.get("outputs"), self._limits.output_bytes)
        error = error_of(outputs)
        stopped = stopped or self._limit_behind(error, label)
        if stopped is None:
            self._good.append(source)
        return CellRun(outputs, error, stopped, time.monotonic() - start)

    def lookup(self, name: str, held: Mapping[str, object] = MappingProxyType({})):
        """Return what `name` is in the student's notebook: a value, a Proxy, or a ModuleName.

        held: what other names stood for when they were looked up; two names of one list, dict or array stay that.
        Raises NameError where it is nothing, BorderError naming the type of what cannot cross, and
        StudentStopped when a limit was hit.
        """
        answer = self._answered({"do": "lookup", "name": name, "held": list(held)}, f"looking up {name}")
        if answer.reply.get("missing"):
            raise NameError(f"name {name!r} is not defined")
        if (same := answer.reply.get("same")) is not None:
            if not isinstance(same, str) or same not in held:
                raise BorderError("a name was said to be another that was not asked for")
            return held[same]
        if isinstance(answer.reply.get("module"), str):
            return ModuleName(plain_text(answer.reply["module"][:200]))
        return self._value(answer.reply, self._reader(answer.buffers, name), f"looking up {name}")

    def hide(self, names: list[str]) -> None:
        """Hide these names from the student's functions, and none that were hidden before."""
        with contextlib.suppress(StudentStopped):  # whoever looks next is told
            self._answered({"do": "hide", "names": names}, "hiding names")

    def call(self, proxy: Proxy, args: tuple, kwargs: dict):
        """Call a student's function, as `Proxy` describes."""
        self.calls += 1
        try:
            return self._called(proxy, args, kwargs)
        except (BorderError, StudentStopped) as problem:
            self.unanswered = problem
            raise
        except MemoryError as problem:
            if hasattr(problem, "student_lines"):
                raise
            # The grader's own: no Exception, or a test could take it for one that the function raised.
            self.unanswered = BorderError("the answer needs more memory than a test may have")
            raise self.unanswered from None

    def _called(self, proxy: Proxy, args: tuple, kwargs: dict):
        self._renew(proxy)
        writer = Writer(function=self._handle)
        try:
            arguments = {"args": writer.write(list(args)), "kwargs": writer.write(kwargs)}
        except Refused as problem:
            raise Ungivable(f"the grade cell gives {proxy.__name__} {problem.what}, which cannot cross") from None
        request = {"do": "call", "handle": proxy._handle, **arguments}
        if self.chance is not None and (news := self.chance.news(self._generation)) is not None:
            request["chance"] = news
        answer = self._answered(request, f"a call of {proxy.__name__}", writer.buffers)
        reader = self._reader(answer.buffers, None, writer.nodes)
        if isinstance(answer.reply.get("changed"), list):
            apply(answer.reply["changed"], writer.nodes, reader)
        return self._value(answer.reply, reader, f"a call of {proxy.__name__}")

    def _handle(self, value) -> dict:
        if isinstance(value, Proxy) and value._kernel is self:
            self._renew(value)
            return {"t": "function", "h": value._handle}
        name = getattr(value, "__name__", type(value).__name__)
        raise Refused(f"a function of the grader ({name})")

    def _renew(self, proxy: Proxy) -> None:
        """Find a function again whose process was forked afresh."""
        if proxy._generation == self._generation and self._process is not None:
            return
        again = self.lookup(proxy._name) if proxy._name else None
        if not isinstance(again, Proxy):
            raise StudentStopped(f"{proxy.__name__} was lost when its process ended")
        proxy._handle, proxy._generation = again._handle, again._generation

    def _reader(self, buffers, name: str | None, known=()) -> Reader:
        generation = self._generation
        return Reader(buffers, function=lambda tree: Proxy(self, tree, name, generation), known=known)

    def _answered(self, request, label, buffers=()) -> Answer:
        try:
            return self._ask(request, label, buffers)
        except _Stop as stop:
            raise StudentStopped(stop.reason) from None

    def _ask(self, request: dict, label: str, buffers=()) -> Answer:
        """Ask the process something, a new one if need be; raises _Stop when a limit comes first."""
        start = time.monotonic()
        try:
            if self._process is None:
                self._replay(label)
            return self._exchange(request, label, buffers, self._wall_left - (time.monotonic() - start))
        except _Stop:
            raise
        except BaseException:  # the grader gave up waiting: an answer that comes now answers nothing
            self._end()
            raise
        finally:
            self._wall_left -= time.monotonic() - start

    def _exchange(self, request, label, buffers, wall_left) -> Answer:
        if min(wall_left, self._cpu_left) <= 0:
            self._end()
            raise _Stop(f"{self._used_up()} before {label}")
        seconds = min(self._limits.cell_seconds, wall_left)
        too_long = f"stopped after {seconds:g} s in {label}"
        if seconds < self._limits.cell_seconds:
            too_long = f"the notebook's {self._limits.wall_seconds:g} s were used up in {label}"
        try:
            answer = self._process.ask(request, buffers, seconds)
        except frames.Late:
            self._end()
            raise _Stop(too_long) from None
        except frames.Gone:
            raise _Stop(self._how_it_ended(label)) from None
        except frames.Garbled as error:
            self._end()
            raise _Stop(f"{error} in {label}") from None
        if answer.reply.get("cpu_used_up"):
            self._cpu_left = 0
            raise _Stop(f"{self._used_up()} in {label}", answer.reply)
        if answer.late:
            raise _Stop(too_long, answer.reply)
        return answer

    def _replay(self, label) -> None:
        """Fork afresh and run the cells again that ran before, without those that do not run again."""
        start, done = time.monotonic(), 0
        while self._process is None or done < len(self._good):
            if self._process is None:
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
        limits = dataclasses.replace(self._limits, cpu_seconds=max(self._cpu_left, 1))
        self._process = Process(self._warm, self._files, limits, self._figures)

    def _end(self, *, itself: bool = False) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        ended = process.end(itself=itself)
        self._cpu_left -= ended.cpu
        return ended.status

    def _how_it_ended(self, label) -> str:
        status = self._end(itself=True)
        if self._cpu_left <= 0:
            return f"{self._used_up()} in {label}"
        if status is None:
            return f"the code closed its connection to the grader in {label}"
        if status < 0:
            return f"ended by {signal.Signals(-status).name} in {label}"
        return f"the code ended its own process in {label} (exit status {status})"

    def _used_up(self) -> str:
        if self._cpu_left <= 0:
            return f"used more than {self._limits.cpu_seconds:g} s of CPU time"
        return f"the notebook's {self._limits.wall_seconds:g} s were used up"

    def _limit_behind(self, error: str | None, label: str) -> str | None:
        """Say which limit an exception tells of: memory and files end a cell as other errors do."""
        if error and error.startswith(("MemoryError:", "_ArrayMemoryError:")):
            return f"used more than {size(self._limits.memory)} of memory in {label}"
        if error and error.startswith(("OSError: [Errno 28]", "OSError: [Errno 27]")):
            return f"wrote more than {size(self._limits.written_bytes)} of files in {label}"
        return None

    def _value(self, reply: dict, reader: Reader, label: str):
        raised = reply.get("raised")
        if isinstance(raised, dict):
            told = self._limit_behind(f"{raised.get('type')}: {raised.get('message')}", label)
            raise rebuilt(raised if told is None else raised | {"message": told})
        if "border" in reply:
            raise BorderError(plain_text(str(reply["border"])[:2_000]))
        return reader.read(reply.get("value", {}))
