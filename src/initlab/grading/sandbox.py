"""The layers around student code: which of them this system gives, and how a process puts itself inside.

The warm process enters its namespaces once (`enter`); every submission's fork then confines itself for
good (`confine`).  Landlock is the layer nothing runs without; the others are named where they are on.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from initlab.grading import linux, syscalls
from initlab.grading.limits import Limits, mapped_bytes
from initlab.grading.namespaces import NOBODY, SCRATCH, become, enter_namespaces, readable_paths

_INODES = 4096  # files in a scratch folder


class IsolationError(RuntimeError):
    """This system cannot isolate student code; the message says what to do."""


@dataclass(frozen=True)
class Box:
    """What the warm process found out and entered, for its forks to use.

    layers, missing: one phrase each for the log.  readable: what student code may read.
    namespaces: whether each fork gets its own; pid_namespace: fd of the warm process's own, to return to.
    mapped_bytes: what the warm process has mapped, which the limit on memory leaves out; statm: fd to read it from.
    """

    bare: bool
    readable: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    namespaces: bool = False
    pid_namespace: int = -1
    user: int | None = None  # who a fork of root becomes where there are no namespaces
    statm: int = -1
    mapped_bytes: int = 0


def enter(isolation: str | None) -> Box:
    """Put the calling process, which has one thread, where it will fork students; return what is on.

    Where namespaces are given the caller goes on as process 1 of its own, and its parent only waits for it.
    Raises IsolationError where student code cannot be isolated.
    """
    if isolation == "none":
        missing = ("any isolation: student code can do what you can do",)
        return measured(Box(bare=True, missing=missing))
    abi = _landlock()
    if not syscalls.available():
        raise IsolationError(
            f"no table of system calls for this machine ({os.uname().machine}); grade on x86_64 or aarch64, "
            "or use --isolation none for notebooks you trust"
        )
    readable = readable_paths()
    layers = [
        f"files by Landlock (version {abi})",
        "system calls by seccomp (no sockets, no other programs)",
        "limits on memory, CPU time, threads, open files and written bytes",
    ]
    if problem := _in_a_child(lambda: _try_namespaces(readable)):
        user = _ordinary_user(readable)
        missing = [f"namespaces ({problem})"]
        if user is not None:
            layers.append(f"an ordinary user ({user}) in place of root")
        elif os.getuid() == 0:
            missing.append("an ordinary user in place of root (only root can read this Python)")
        return measured(Box(False, readable, tuple(layers), tuple(missing), user=user))
    layers += ["own user, network, process, IPC and mount namespaces", "a root that holds nothing but Python"]
    pid_namespace, statm = enter_namespaces(readable)
    return measured(
        Box(False, readable, tuple(layers), namespaces=True, pid_namespace=pid_namespace, statm=statm)
    )


def measured(box: Box) -> Box:
    """Return the box with what the calling process has mapped by now."""
    return replace(box, mapped_bytes=mapped_bytes(box.statm))


def fork(box: Box) -> int:
    """Fork as os.fork does; the child is process 1 of a new PID namespace where the box has them."""
    if not box.namespaces:
        return os.fork()
    linux.unshare(linux.NEWPID)
    pid = os.fork()
    if pid:
        linux.setns(box.pid_namespace, linux.NEWPID)
    return pid


def scratch_folder(box: Box, limits: Limits, folder: str | None) -> str:
    """Make the calling fork's own scratch folder, or take the one it was given, and go there."""
    if box.namespaces:
        linux.unshare(linux.NEWNS | linux.NEWIPC)
        options = f"size={limits.written_bytes},nr_inodes={_INODES},mode=700"
        linux.mount("scratch", SCRATCH, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, options)
        folder = SCRATCH
    os.chdir(folder)
    return folder


def confine(box: Box, limits: Limits, folder: str) -> None:
    """Confine the calling fork for good: limits, user, capabilities, Landlock, seccomp, in this order."""
    os.setsid()
    limits.apply(box.mapped_bytes, _tasks(box))
    if box.bare:
        return
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if box.user is not None:
        become(box.user)
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # changing the user cleared it
    linux.drop_capabilities()
    _landlocked([path for path in box.readable if path != "/dev/null"], [folder, "/dev/null"])
    syscalls.install(children=limits.processes > 0 and box.namespaces, own_root=box.namespaces)


def _landlock() -> int:
    advice = (
        "grade on Linux 5.13 or later with Landlock switched on (in a container: let its seccomp profile "
        "pass the landlock system calls), or use --isolation none for notebooks you trust"
    )
    if sys.platform != "linux":
        raise IsolationError(f"student code can be isolated on Linux only, not on {sys.platform}; {advice}")
    try:
        import sandlock
    except (ImportError, OSError) as error:
        raise IsolationError(f"sandlock, which isolates student code, cannot be loaded ({error}); install "
                             "initlab[grade], or use --isolation none for notebooks you trust") from None
    abi = sandlock.landlock_abi_version()
    with tempfile.TemporaryDirectory() as folder:
        problem = _in_a_child(lambda: _try_landlock(folder)) if abi > 0 else "it is not switched on"
    if problem:
        raise IsolationError(f"this kernel does not let Landlock isolate student code ({problem}); {advice}")
    return abi


def _landlocked(readable: list[str], writable: list[str]) -> None:
    import sandlock

    # What this kernel's Landlock has of its later additions; seccomp and the namespaces guard the same doors.
    degraded = list(sandlock.Protection)
    sandlock.confine(sandlock.Sandbox(fs_readable=readable, fs_writable=writable, allow_degraded=degraded))


def _try_landlock(folder: str) -> None:
    _landlocked([], [folder])
    try:
        os.listdir("/")
    except PermissionError:
        return
    raise IsolationError("it was accepted and does nothing")


def _try_namespaces(readable) -> None:
    enter_namespaces(readable)
    pid = os.fork()
    if pid == 0:
        _report(lambda: scratch_folder(Box(False, namespaces=True), Limits(), None), 1)
    if os.waitpid(pid, 0)[1]:
        raise OSError("a scratch folder of one's own was refused")


def _ordinary_user(readable) -> int | None:
    """Say which user a fork of root may become and still read this Python; None where there is none."""
    if os.getuid() != 0:
        return None

    def read_as_nobody():
        become(NOBODY)
        for path in readable:
            if not path.startswith("/dev/"):
                os.listdir(path) if os.path.isdir(path) else open(path, "rb").close()
        open(os.__file__, "rb").close()

    return None if _in_a_child(read_as_nobody) else NOBODY


def _tasks(box: Box) -> int:
    """Count the tasks that share the user's limit: of the namespace, or of the user where there is none."""
    if box.namespaces:
        return 4  # this process, the warm one, the one that waits for it, and one that is just ending
    user, tasks = str(os.getuid() if box.user is None else box.user), 1
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except (OSError, ValueError):
            continue  # it has ended meanwhile
        tasks += int(lines["Threads"]) if lines["Uid"].split()[0] == user else 0
    return tasks


def _in_a_child(attempt: Callable[[], object]) -> str:
    """Try something irreversible in a child; return why it failed, or nothing."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _report(attempt, writer)
    os.close(writer)
    with open(reader, "rb") as pipe:
        problem = pipe.read(400).decode(errors="replace")
    status = os.waitpid(pid, 0)[1]
    return problem or (f"it ended with status {status}" if status else "")


def _report(attempt, writer) -> None:
    try:
        attempt()
        os._exit(0)
    except BaseException as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        os.write(writer, reason.encode()[:300])
        os._exit(1)
