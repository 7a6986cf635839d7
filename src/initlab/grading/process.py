"""One fork for student code, as the grader holds it: asked over a socket, interrupted, ended for good."""

from __future__ import annotations

import select
import signal
import socket
import subprocess
import time
from dataclasses import dataclass

from initlab.grading import frames
from initlab.grading.border import Bounds
from initlab.grading.limits import Limits, size

_READY_SECONDS = 30  # for a fork to be ready, on a busy machine
_GRACE_SECONDS = 2  # between the interrupt and the end
_PATIENCE_SECONDS = 1  # for a process that has closed its connection to end, so that it is known how
_LOOK_SECONDS = 0.2  # between two looks at the scratch folder, where the system does not bound it


@dataclass(frozen=True)
class Answer:
    """What a process answered; `late` when only after it had been interrupted."""

    reply: dict
    buffers: list
    late: bool


@dataclass(frozen=True)
class Ended:
    """How a process ended: exit status, or minus a signal, or None when it was ended; CPU time in seconds."""

    status: int | None
    cpu: float


class Process:
    """A fork of the warm process, confined, with the submission's files in its scratch folder.

    Raises RuntimeError when the system does not let one be made.
    """

    def __init__(self, warm, files: list[tuple[str, bytes]], limits: Limits, figures: bool):
        self._warm, self._limits = warm, limits
        self._name, self._number = warm.new_name(), 0
        # JSON makes six bytes of some characters.
        self._bounds = Bounds(text_bytes=6 * limits.output_bytes + Bounds().text_bytes)
        self._scratch = warm.scratch_folder()
        self._sock, theirs = socket.socketpair()
        request = {"do": "fork", "name": self._name, "limits": vars(limits), "folder": self._scratch}
        try:
            with theirs:
                problem = warm.ask({**request, "figures": figures}, (theirs.fileno(),)).get("problem")
            if not problem:
                names, contents = [name for name, _ in files], [data for _, data in files]
                frames.send(self._sock, {"files": names}, contents, _READY_SECONDS)
                problem = frames.receive(self._sock, seconds=_READY_SECONDS)[0].get("problem")
        except (frames.Gone, frames.Late, frames.Garbled) as error:
            problem = f"{error}\n{warm.written()}"
        except BaseException:
            self.end()
            raise
        if problem:
            self.end()
            raise RuntimeError(f"no process for student code could be made: {problem}")

    def ask(self, request: dict, buffers, seconds: float) -> Answer:
        """Send a request and wait for the answer; interrupt the process after `seconds`.

        Raises frames.Late when it doesn't answer then either, Gone when it has ended, Garbled when it sends
        what is no answer or has written too much; there is nothing more to ask it after any of these.
        """
        self._number += 1
        deadline = time.monotonic() + seconds
        frames.send(self._sock, {**request, "number": self._number}, buffers, seconds)
        try:
            return Answer(*self._answer(deadline), late=False)
        except frames.Late:
            self._warm.ask({"do": "signal", "name": self._name, "signal": signal.SIGINT})
        try:
            return Answer(*self._answer(time.monotonic() + _GRACE_SECONDS), late=True)
        except frames.Garbled:  # the rest of a reply of which only the beginning came in time
            raise frames.Late from None

    def end(self, *, itself: bool = False) -> Ended:
        """End the process and everything it has started, and throw its scratch folder away.

        itself: whether it seems to have ended by itself, and how is to be told.
        """
        self._sock.close()
        patience = _PATIENCE_SECONDS if itself else 0
        try:
            ended = self._warm.ask({"do": "end", "name": self._name, "patience": patience})
        finally:
            if self._scratch is not None:
                throw_away(self._scratch)
        return Ended(ended["status"], ended["cpu"])

    def _answer(self, deadline: float):
        while self._scratch is not None and not select.select([self._sock], [], [], _LOOK_SECONDS)[0]:
            if _folder_bytes(self._scratch) > self._limits.written_bytes:
                raise frames.Garbled(f"wrote more than {size(self._limits.written_bytes)} of files")
            if time.monotonic() > deadline:
                raise frames.Late
        reply, buffers = frames.receive(self._sock, self._bounds, max(deadline - time.monotonic(), 1e-3))
        if reply.get("number") != self._number:
            raise frames.Garbled("the code answered the grader in its own words")
        return reply, buffers


def throw_away(folder: str) -> None:
    """Remove a folder of student code that has ended, folders that it locked included; raises OSError."""
    # By programs: os.walk and shutil.rmtree recurse, and fail in a folder a thousand levels deep.
    subprocess.run(["chmod", "-R", "u+rwx", "--", folder], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    removed = subprocess.run(["rm", "-rf", "--", folder], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if removed.returncode:
        raise OSError(f"{folder} cannot be removed: {removed.stderr[:300].decode(errors='replace')}")


def _folder_bytes(folder: str) -> int:
    """Count the bytes that a folder and all in it take up; what comes or goes meanwhile may be left out."""
    command = ["du", "-s", "-B1", "--", folder]
    counted = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return int((counted.stdout.split() or [0])[0])
