"""The grader's end: a warm process, the kernels forked from it, and the student's functions at a distance."""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

from initlab.grading import frames
from initlab.grading.arguments import apply
from initlab.grading.border import BorderError, Bounds, ModuleName, Reader, Writer, plain_text
from initlab.grading.limits import Limits, size
from initlab.grading.remote_errors import StudentStopped, rebuilt
from initlab.grading.sandbox import NOBODY, IsolationError

_START_SECONDS = 60  # importing everything, on a busy machine
_ANSWER_SECONDS = 20  # for the warm process to fork, and for a fork to be ready
_GRACE_SECONDS = 2  # between the interrupt and the end
_FILES = 1_000  # of a submission's own folder


class Warm:
    """One warm process, from which the kernels of one submission after the other are forked.

    isolation: None, or "none" to run student code bare, with a warning.
    closed: folders that student code must not be able to read.
    Raises IsolationError where student code cannot be isolated.
    """

    def __init__(self, isolation: str | None = None, closed: tuple[Path, ...] = ()):
        if isolation not in (None, "none"):
            raise ValueError(f'isolation is None or "none", not {isolation!r}')
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = tempfile.TemporaryFile()
        command = [sys.executable, "-P", "-m", "initlab.grading.warm", str(theirs.fileno()), isolation or ""]
        with theirs:
            self._process = subprocess.Popen(
                command, env=_environment(), cwd="/", pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=self._log, start_new_session=True,
            )  # fmt: skip
        try:
            hello = self._receive(_START_SECONDS)
            if "refused" in hello:
                raise IsolationError(hello["refused"])
            self.layers: tuple[str, ...] = tuple(hello["layers"])
            self.missing: tuple[str, ...] = tuple(hello["missing"])
            self.needs_folder: bool = hello["scratch"]
            _check_closed(closed, hello["readable"])
        except BaseException:
            self.close()
            raise
        if isolation == "none":
            warnings.warn("student code runs without isolation and can do whatever you can do", stacklevel=2)

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process and every kernel that was forked from it."""
        self._control.close()
        try:
            self._process.wait(_ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def student(self, folder: Path | None = None, limits: Limits = Limits(), *, figures: bool = True) -> StudentKernel:
        """Make the kernel of one submission; `folder` holds its own files, which it gets copies of."""
        return StudentKernel(self, folder, limits, figures)

    def ask(self, request: dict, fd: int | None = None) -> dict:
        """Have the warm process do something; raises RuntimeError with what it wrote when it has ended."""
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], [] if fd is None else [fd])
            except OSError:
                raise RuntimeError(f"the warm process has ended:\n{self._written()}") from None
            return self._receive(_ANSWER_SECONDS)

    def _receive(self, seconds) -> dict:
        self._control.settimeout(seconds)
        try:
            data = self._control.recv(1 << 20)
        except TimeoutError:
            raise RuntimeError(f"the warm process gave no answer for {seconds} s:\n{self._written()}") from None
        if not data:
            raise RuntimeError(f"the warm process has ended:\n{self._written()}")
        return json.loads(data)

    def _written(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-4_000:]


@dataclasses.dataclass(frozen=True)
class CellRun:
    """What running one cell gave.

    outputs: nbformat output dicts, as the student's process sent them: text to show, never to score.
    error: "NameError: …" or None.  stopped: the sentence about the limit that was hit, or None.
    """

    outputs: list[dict]
    error: str | None
    stopped: str | None
    seconds: float


class _Stop(Exception):
    """The student's process hit a limit; `dead` when it is no more."""

    def __init__(self, reason: str, dead: bool, reply=None):
        super().__init__(reason)
        self.reason, self.dead, self.reply = reason, dead, reply


class StudentKernel:
    """One submission's process: runs cells, gives values, and is forked afresh when a limit costs it."""

    def __init__(self, warm: Warm, folder: Path | None, limits: Limits, figures: bool):
        self._warm, self._limits, self._figures = warm, limits, figures
        self._files = _own_files(folder, limits)
        self._sock: socket.socket | None = None
        self._pid = self._generation = self._number = self._cells = 0
        self._good: list[str] = []
        self._left, self._cpu_left = limits.wall_seconds, limits.cpu_seconds
        self._scratch: str | None = None
        self._fork()

    def __enter__(self) -> StudentKernel:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End the process and throw its scratch folder away."""
        if self._sock is not None:
            self._end()

    def run(self, source: str, label: str | None = None) -> CellRun:
        """Run one cell; `label` names it in sentences ("cell 7" for the seventh by default)."""
        self._cells += 1
        label = label or f"cell {self._cells}"
        start = time.monotonic()
        try:
            reply, _ = self._ask({"do": "run", "source": source}, label)
            outputs, stopped = _outputs(reply.get("outputs"), self._limits.output_bytes), None
        except _Stop as stop:
            outputs = _outputs((stop.reply or {}).get("outputs"), self._limits.output_bytes)
            stopped = stop.reason
        error = next((f"{o['ename']}: {o['evalue']}" for o in outputs if o["output_type"] == "error"), None)
        if stopped is None and error and error.startswith("MemoryError"):
            stopped = f"used more than {size(self._limits.memory)} of memory in {label}"
        if stopped is None:
            self._good.append(source)
        return CellRun(outputs, error, stopped, time.monotonic() - start)

    def lookup(self, name: str):
        """Return the value that `name` has in the student's notebook: a value, a Proxy, or a ModuleName.

        Raises NameError where it has none, BorderError naming the type of what cannot cross.
        """
        reply, buffers = self._answered({"do": "lookup", "name": name}, f"looking up {name}")
        if reply.get("missing"):
            raise NameError(f"name {name!r} is not defined")
        if "module" in reply:
            return ModuleName(str(reply["module"])[:200])
        return self._value(reply, buffers, name)

    def call(self, proxy: Proxy, args: tuple, kwargs: dict):
        """Call a student's function; what it does to arrays, lists, dicts and generators shows in `args`."""
        if proxy._generation != self._generation or self._sock is None:
            proxy._renew(self)
        writer = Writer(function=self._handle_of)
        message = {"do": "call", "handle": proxy._handle, "args": writer.write(list(args)), "kwargs": writer.write(kwargs)}
        reply, buffers = self._answered(message, f"a call of {proxy.__name__}", writer.buffers)
        reader = self._reader(buffers, None, writer.nodes)
        if reply.get("changed"):
            apply(reply["changed"], writer.nodes, reader)
        return self._value(reply, buffers, None, reader)

    def _handle_of(self, value) -> dict:
        if isinstance(value, Proxy) and value._kernel is self:
            if value._generation != self._generation:
                value._renew(self)
            return {"t": "function", "h": value._handle}
        raise BorderError(f"a function of the grader cannot be given to a student's function "
                          f"({getattr(value, '__name__', type(value).__name__)})")

    def _value(self, reply, buffers, name, reader=None):
        if "border" in reply:
            raise BorderError(plain_text(str(reply["border"])[:2_000]))
        if isinstance(reply.get("raised"), dict):
            raise rebuilt(reply["raised"])
        reader = reader or self._reader(buffers, name)
        try:
            return reader.read(reply.get("value", {}))
        except RecursionError:
            raise BorderError("the value sent back is nested too deeply") from None

    def _reader(self, buffers, name, known=()) -> Reader:
        return Reader(buffers, Bounds(), lambda tree: Proxy(self, tree, name), known)

    def _answered(self, message, label, buffers=()):
        try:
            return self._ask(message, label, buffers)
        except _Stop as stop:
            raise StudentStopped(stop.reason) from None

    def _ask(self, message: dict, label: str, buffers=()):
        """Send a request and return its reply; raises _Stop when a limit comes first."""
        start = time.monotonic()
        try:
            if self._sock is None:
                self._revive(label)
            return self._exchange(message, label, buffers, self._limits.cell_seconds)
        finally:
            self._left -= time.monotonic() - start

    def _exchange(self, message, label, buffers, cell_seconds):
        if min(self._left, self._cpu_left) <= 0:
            self._end()
            raise _Stop(f"not run: {self._used_up()} before {label}", True)
        seconds = min(cell_seconds, self._left)
        self._number += 1
        deadline = time.monotonic() + seconds
        try:
            frames.send(self._sock, {**message, "number": self._number}, buffers, seconds)
            try:
                return self._reply(deadline - time.monotonic(), label)
            except frames.Late:
                self._warm.ask({"do": "interrupt", "pid": self._pid})
                reason = f"stopped after {seconds:.3g} s in {label}"
                reply, _ = self._reply(_GRACE_SECONDS, label)
                raise _Stop(reason, False, reply) from None
        except frames.Late:
            self._end()
            raise _Stop(f"stopped after {seconds:.3g} s in {label}", True) from None
        except frames.Gone:
            raise _Stop(self._how_it_ended(label), True) from None
        except frames.Garbled as error:
            self._end()
            raise _Stop(f"{error}, in {label}", True) from None

    def _reply(self, seconds, label):
        reply, buffers = frames.receive(self._sock, Bounds(text_bytes=_text_bytes(self._limits)), max(seconds, 1e-3))
        if reply.get("number") != self._number:
            raise frames.Garbled("a reply came that nobody asked for")
        if reply.get("cpu_used_up"):
            self._cpu_left = 0
            raise _Stop(f"{self._used_up()} in {label}", False, reply)
        return reply, buffers

    def _used_up(self) -> str:
        if self._cpu_left <= 0:
            return f"used more than {self._limits.cpu_seconds:.3g} s of CPU time"
        return f"the notebook's {self._limits.wall_seconds:.3g} s were used up"

    def _how_it_ended(self, label) -> str:
        status = self._end()
        if self._cpu_left <= 0:
            return f"{self._used_up()} in {label}"
        if status < 0:
            return f"ended by {signal.Signals(-status).name} in {label}"
        return f"the code ended its own process (exit status {status}) in {label}"

    def _revive(self, label) -> None:
        """Fork afresh and replay the cells that ran, without those that do not run again."""
        start, left = time.monotonic(), self._left
        self._fork()
        replay, self._good = self._good, []
        for place, source in enumerate(replay):
            self._left = left - (time.monotonic() - start)
            try:
                self._exchange({"do": "run", "source": source}, label, (), self._limits.cell_seconds)
            except _Stop as stop:
                if self._left <= 0 or self._cpu_left <= 0:
                    raise
                if stop.dead:
                    self._good += replay[place + 1:]
                    return self._revive(label)
                continue
            self._good.append(source)

    def _fork(self) -> None:
        self._generation += 1
        ours, theirs = socket.socketpair()
        if self._warm.needs_folder:
            self._scratch = tempfile.mkdtemp(prefix="initlab-")
            if os.getuid() == 0:
                os.chown(self._scratch, NOBODY, NOBODY)
        limits = dataclasses.replace(self._limits, cpu_seconds=max(self._cpu_left, 1))
        request = {"do": "fork", "limits": vars(limits), "folder": self._scratch, "figures": self._figures}
        with theirs:
            answer = self._warm.ask(request, theirs.fileno())
        if "problem" in answer:
            ours.close()
            raise RuntimeError(f"the warm process could not fork: {answer['problem']}")
        self._pid, self._sock = answer["pid"], ours
        try:
            frames.send(ours, {"files": [name for name, _ in self._files]}, [data for _, data in self._files],
                        _ANSWER_SECONDS)
            problem = frames.receive(ours, seconds=_ANSWER_SECONDS)[0].get("problem")
        except (frames.Gone, frames.Late, frames.Garbled) as error:
            self._end()
            raise RuntimeError(f"a student's process did not start: {error}\n{self._warm._written()}") from None
        if problem:
            self._end()
            raise RuntimeError(f"a student's process could not be isolated: {problem}")

    def _end(self) -> int:
        if self._sock is None:
            return 0
        self._sock.close()
        self._sock = None
        ended = self._warm.ask({"do": "end", "pid": self._pid})
        self._cpu_left -= ended["cpu"]
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None
        return ended["status"]


class Proxy:
    """A student's function, at a distance: it has a name and a signature, and calling it calls the student's."""

    def __init__(self, kernel: StudentKernel, tree: dict, name: str | None):
        self._kernel, self._handle, self._generation = kernel, tree["h"], kernel._generation
        if type(self._handle) is not int:
            raise BorderError("a function was sent back without its number")
        self._looked_up = name
        self.__name__ = plain_text(str(tree.get("n"))[:100])
        self.__qualname__ = self.__name__
        self.__signature__ = _signature(tree.get("s"))

    def __call__(self, *args, **kwargs):
        return self._kernel.call(self, args, kwargs)

    def __repr__(self):
        return f"<the student's function {self.__name__}>"

    def _renew(self, kernel: StudentKernel) -> None:
        """Find the function again after its process was forked afresh."""
        if self._looked_up is None:
            raise StudentStopped(f"the function {self.__name__} was lost when its process ended")
        again = kernel.lookup(self._looked_up)
        if not isinstance(again, Proxy):
            raise StudentStopped(f"{self._looked_up} was lost when its process ended")
        self._handle, self._generation = again._handle, again._generation


def _signature(described) -> inspect.Signature:
    """Make a signature from a reply; one that takes anything where the reply describes none."""
    try:
        parameters = []
        for one in described:
            default = Reader([]).read(one["default"]) if "default" in one else inspect.Parameter.empty
            parameters.append(inspect.Parameter(one["name"], inspect._ParameterKind(one["kind"]), default=default))
        return inspect.Signature(parameters)
    except (TypeError, ValueError, KeyError, BorderError):
        return inspect.signature(lambda *args, **kwargs: None)


def _outputs(sent, limit: int) -> list[dict]:
    """Make nbformat outputs of what a student's process sent, whatever that is."""
    made, used = [], 0
    for one in sent if isinstance(sent, list) else []:
        output = _output(one) if isinstance(one, dict) else None
        used += 0 if output is None else len(json.dumps(output))
        if output is not None and used <= 2 * limit + 200_000:
            made.append(output)
    return made


def _output(one: dict) -> dict | None:
    kind = one.get("output_type")
    if kind == "stream":
        name = "stderr" if one.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": plain_text(str(one.get("text", "")))}
    if kind == "error":
        lines = one.get("traceback")
        lines = [plain_text(str(line)) for line in lines] if isinstance(lines, list) else []
        return {"output_type": kind, "ename": plain_text(str(one.get("ename", ""))),
                "evalue": plain_text(str(one.get("evalue", ""))), "traceback": lines}
    if kind not in ("display_data", "execute_result") or not isinstance(one.get("data"), dict):
        return None
    data = {plain_text(mime): plain_text(value) if isinstance(value, str) else json.loads(plain_text(json.dumps(value)))
            for mime, value in one["data"].items()}
    output = {"output_type": kind, "data": data, "metadata": {}}
    if kind == "execute_result":
        count = one.get("execution_count")
        output["execution_count"] = count if type(count) is int else None
    return output


def _text_bytes(limits: Limits) -> int:
    return 4 * limits.output_bytes + Bounds().text_bytes


def _own_files(folder: Path | None, limits: Limits) -> list[tuple[str, bytes]]:
    """Read a submission's own regular files; links are not followed, and notebooks are not needed."""
    found, used = [], 0
    for root, folders, names in os.walk(folder) if folder is not None else ():
        folders.sort()
        for name in sorted(names):
            path = os.path.join(root, name)
            fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK) if not os.path.islink(path) else -1
            if fd < 0:
                continue
            with open(fd, "rb") as file:
                if not stat.S_ISREG(os.fstat(fd).st_mode):
                    continue
                content = file.read(limits.written_bytes - used + 1)
            used += len(content)
            if used > limits.written_bytes or len(found) == _FILES:
                return found
            found.append((os.path.relpath(path, folder), content))
    return found


def _check_closed(closed, readable) -> None:
    for folder in closed:
        for path in readable:
            real = os.path.realpath(path)
            if os.path.commonpath([real, os.path.realpath(folder)]) == real:
                raise IsolationError(f"student code could read {folder}: it lies in {path}, which belongs to "
                                     "Python; move the course elsewhere")


def _environment() -> dict[str, str]:
    """The whole environment of the warm process: nothing of the grader's own but where caches are."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")}
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return threads | {
        "PATH": "", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
        "MPLCONFIGDIR": os.path.join(caches, "initlab", "matplotlib"), "IPYTHONDIR": tempfile.gettempdir(),
        "NBGRADER_EXECUTION": "autograde",
    }  # fmt: skip
