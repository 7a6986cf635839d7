"""The grader's end: the warm process, started by exec, that kernels for student code are forked from."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

from initlab.grading import numerics
from initlab.grading.limits import Limits
from initlab.grading.sandbox import IsolationError
from initlab.grading.studentkernel import StudentKernel

_START_SECONDS = 120  # importing everything, on a busy machine
_ANSWER_SECONDS = 30  # for a fork
ISOLATIONS = (None, "none")
BARE = "student code runs without isolation: it can do whatever you can do"


class Warm:
    """One warm process, from which the kernels of one submission after the other are forked.

    isolation: None, or "none" to run student code bare, with a warning.
    closed: folders that student code must not be able to read.
    kernels: "students", or "jupyter" for those of `provisioner`.
    layers, missing: what isolates student code here, and what this system does not give.
    Raises IsolationError where student code cannot be isolated.
    """

    def __init__(
        self, isolation: str | None = None, closed: tuple[Path, ...] = (), *, kernels: str = "students"
    ):
        if isolation not in ISOLATIONS:
            raise ValueError(f'isolation is None or "none", not {isolation!r}')
        self._lock, self._asked = threading.Lock(), 0
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = tempfile.TemporaryFile()
        arguments = [str(theirs.fileno()), isolation or "", kernels]
        command = [sys.executable, "-P", "-m", "initlab.grading.warm", *arguments]
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
            self._folders: bool = hello["folders"]
            self._user: int | None = hello["user"]
            _check_closed(closed, hello["readable"])
        except BaseException:
            self.close()
            raise
        if isolation == "none":
            warnings.warn(BARE, stacklevel=2)

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

    @property
    def gaps(self) -> str:
        """What isolates student code and what does not, in one sentence; empty where all walls stand."""
        if not self.missing:
            return ""
        if not self.layers:
            return BARE
        return f"student code is isolated by {', '.join(self.layers)}; but not by {', '.join(self.missing)}"

    def student(
        self, folder: Path | None = None, limits: Limits = Limits(), *, figures: bool = True
    ) -> StudentKernel:
        """Make the kernel of one submission, with copies of the files in `folder`, its own.

        figures: whether figures are rendered, or shown by their names only.
        """
        return StudentKernel(self, folder, limits, figures)

    def scratch_folder(self) -> str | None:
        """Make a folder for one fork to write to; None where each fork mounts its own."""
        if not self._folders:
            return None
        folder = tempfile.mkdtemp(prefix="initlab-")
        if self._user is not None:
            os.chown(folder, self._user, self._user)
        return folder

    def new_name(self) -> int:
        """Give a number by which to ask for a fork, so that it can be ended even when its answer is lost."""
        with self._lock:
            self._asked += 1
            return self._asked

    def ask(self, request: dict, fds: tuple[int, ...] = ()) -> dict:
        """Have the warm process do something; raises RuntimeError with what it wrote when it has ended."""
        with self._lock:
            self._asked += 1
            try:
                data = json.dumps({**request, "number": self._asked}).encode()
                socket.send_fds(self._control, [data], list(fds))
            except OSError:
                raise RuntimeError(f"the warm process has ended:\n{self.written()}") from None
            deadline = time.monotonic() + _ANSWER_SECONDS
            while True:  # an earlier answer is still there when whoever asked was interrupted
                answer = self._receive(max(deadline - time.monotonic(), 1e-3))
                if answer["number"] == self._asked:
                    return answer

    def written(self) -> str:
        """Give the end of what the warm process wrote to stderr."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-4_000:]

    def _receive(self, seconds: float) -> dict:
        self._control.settimeout(seconds)
        try:
            data = self._control.recv(1 << 20)
        except TimeoutError:
            raise RuntimeError(f"the warm process gave no answer in time:\n{self.written()}") from None
        except OSError:
            data = b""
        if not data:
            raise RuntimeError(f"the warm process has ended:\n{self.written()}")
        return json.loads(data)


def _check_closed(closed: tuple[Path, ...], readable: list[str]) -> None:
    for folder in map(os.path.realpath, closed):
        for path in map(os.path.realpath, readable):
            if os.path.commonpath([path, folder]) == path:
                raise IsolationError(
                    f"student code could read {folder}, because {path} belongs to this Python; "
                    "keep the course outside of it"
                )


def _environment() -> dict[str, str]:
    """Give the whole environment of the warm process: nothing of the grader's own but where caches lie."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return numerics.ENVIRONMENT | {
        "PATH": "",
        "LANG": "C.UTF-8",
        # A thread's own arena takes 64 MiB of address space, which the limit on memory counts.
        "MALLOC_ARENA_MAX": "1",
        # Sets are walked in the same order each time, so that a notebook gets the same marks each time.
        "PYTHONHASHSEED": "0",
        "MPLCONFIGDIR": os.path.join(caches, "initlab", "matplotlib"),
        "IPYTHONDIR": tempfile.gettempdir(),
    }
