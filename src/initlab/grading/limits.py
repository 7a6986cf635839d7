"""How much a submission may use, and the sentence that tells a student which limit was hit."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

THREADS = 64  # of one submission; more of them only cost kernel memory
_RESERVE = 64 << 20  # bytes of memory with which to say that there is none left


@dataclass(frozen=True)
class Limits:
    """What one submission may use; the defaults leave a lab of this course a factor of ten."""

    memory: int = 1 << 30  # bytes, beyond what Python and its libraries have mapped before the first cell
    cpu_seconds: float = 120  # of the whole submission, all threads together
    wall_seconds: float = 300  # of the whole submission, replayed cells included
    cell_seconds: float = 30  # of one cell, and of all calls that one grade cell makes
    processes: int = 0  # child processes; above 0 only where a PID namespace can end them all
    open_files: int = 256
    written_bytes: int = 64 << 20  # all files in the scratch folder together
    output_bytes: int = 1 << 20  # of one cell, in whatever form: text, errors, pictures

    @classmethod
    def named(cls, settings: Mapping[str, float]) -> Limits:
        """Return the limits that a configuration names, the others as they are by default.

        Raises ValueError for a name that is none, and for a value that is no limit.
        """
        known = [field.name for field in fields(cls)]
        for name in settings:
            if name not in known:
                raise ValueError(f"there is no limit {name!r}; the limits are {', '.join(known)}")
        return cls(**settings)

    def __post_init__(self):
        for name, value in vars(self).items():
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or not (value > 0 or (value == 0 and name == "processes")):
                raise ValueError(f"the limit {name} is a positive number, not {value!r}")

    def apply(self, mapped_bytes: int, tasks: int) -> None:
        """Set the calling process's resource limits.

        mapped_bytes: what the process has mapped already; tasks: how many tasks its user runs already.
        """
        cpu = max(1, int(self.cpu_seconds))
        for what, soft, hard in (
            (resource.RLIMIT_AS, mapped_bytes + self.memory, mapped_bytes + self.memory + _RESERVE),
            (resource.RLIMIT_CPU, cpu, cpu + 2),  # SIGXCPU first, so that the cell can still say so
            (resource.RLIMIT_FSIZE, self.written_bytes, None),
            (resource.RLIMIT_NOFILE, self.open_files, None),
            (resource.RLIMIT_NPROC, tasks + THREADS + self.processes, None),
            (resource.RLIMIT_CORE, 0, None),
            (resource.RLIMIT_MEMLOCK, 0, None),
            (resource.RLIMIT_MSGQUEUE, 0, None),
        ):
            ceiling = resource.getrlimit(what)[1]
            values = [int(soft), int(soft if hard is None else hard)]
            if ceiling != resource.RLIM_INFINITY:
                values = [min(value, ceiling) for value in values]
            resource.setrlimit(what, tuple(values))


def lend_reserve() -> int:
    """Let the calling process use the reserve of memory; return the limit to go back to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    return soft


def take_back_reserve(soft: int) -> None:
    """Put the limit on memory back to `soft` bytes; nothing is lost that is in use already."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or soft <= hard:  # the student may have lowered it
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def mapped_bytes(statm: int = -1) -> int:
    """Return how much the calling process has mapped; 0 where the system does not say.

    statm: fd to read it from, where there is no /proc to be seen.
    """
    try:
        said = os.pread(statm, 200, 0) if statm != -1 else Path("/proc/self/statm").read_bytes()
    except OSError:
        return 0
    return int(said.split()[0]) * resource.getpagesize()


@contextmanager
def mapping_at_most(most: int | None) -> Iterator[None]:
    """Let the calling process map no more bytes than this in the body: what goes beyond is a MemoryError there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if most is not None:
        lower = most if soft == resource.RLIM_INFINITY else min(most, soft)
        resource.setrlimit(resource.RLIMIT_AS, (lower, hard))
    try:
        yield
    finally:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def size(number: int) -> str:
    """Say a number of bytes as people do: 1 GiB, 64 MiB, 1.5 MiB."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if number >= unit:
            return f"{number / unit:.3g} {name}"
    return f"{number} bytes"
