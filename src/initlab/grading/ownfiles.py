"""The files beside a notebook: read by the grader, so that student code needs no way to where they lie, and written."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_FILES = 1_000
_BLOCK = 4096  # bytes in which the scratch folder counts


def own_files(folder: Path | None, most_bytes: int) -> list[tuple[str, bytes]]:
    """Read the regular files below `folder`, up to `most_bytes` in all, in whole blocks, as (name, content).

    Links are not followed: a submission could point one at a file that is not its own.
    """
    found: list[tuple[str, bytes]] = []
    left = most_bytes
    for root, folders, names in os.walk(folder) if folder is not None else ():
        folders.sort()
        for name in sorted(names):
            content = _regular(os.path.join(root, name), left + 1)
            if content is None:
                continue
            left -= -(-len(content) // _BLOCK) * _BLOCK
            if left < 0 or len(found) == _FILES:
                return found
            found.append((os.path.relpath(os.path.join(root, name), folder), content))
    return found


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, each under its name, which may lie in folders below."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@contextmanager
def laid_out(files: dict[str, bytes], teachers: dict[str, bytes]) -> Iterator[Path | None]:
    """Write the files beside the notebook into a folder of their own, where there are any; the teacher's win."""
    # A file where the teacher has a folder, or the other way round, could not be written.
    together = {n: data for n, data in files.items() if not any(_collide(n, other) for other in teachers)} | teachers
    if not together:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="initlab-") as folder:
        write_files(Path(folder), together)
        yield Path(folder)


def _collide(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _regular(path: str, most: int) -> bytes | None:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:  # a link, a socket, or not for us
        return None
    with open(fd, "rb") as file:
        return file.read(most) if stat.S_ISREG(os.fstat(fd).st_mode) else None
