"""Runs a program as on another system: `python elsewhere.py WHAT... -- ARGUMENTS OF PYTHON`.

WHAT: `ordinary-user` (root becomes one), `no-namespaces` (as in most containers), `no-landlock` (an older kernel).
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from pathlib import Path

from initlab.grading import linux

NOBODY = 65534
# number of the system call on x86_64 and aarch64
CALLS = {"no-namespaces": (272, 97), "no-landlock": (444, 444)}


def ordinary_user() -> None:
    """Become an ordinary user who can read this Python, even one that is installed in root's own home."""
    kept = {str(Path(path).resolve()) for path in (sys.prefix, sys.base_prefix, *sys.path) if os.path.isdir(path)}
    if not all(_open_to_all(path) for path in kept):
        linux.unshare(linux.NEWNS)
        linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
        closed = {str(_closed_above(path)) for path in kept if not _open_to_all(path)}
        for above in closed:
            fds = {path: os.open(path, os.O_PATH) for path in kept if path.startswith(f"{above}/")}
            linux.mount("none", above, "tmpfs", 0, "mode=755")
            for path, fd in sorted(fds.items()):
                if not os.path.exists(path):
                    os.makedirs(path)
                    linux.mount(f"/proc/self/fd/{fd}", path, None, linux.MS_BIND | linux.MS_REC)
                os.close(fd)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def refuse(call: int) -> None:
    """Refuse a system call from now on, as a container's seccomp profile does."""
    no = 0x00050000 | errno.EPERM
    lines = [(0x20, 0, 0, 0), (0x15, 0, 1, call), (0x06, 0, 0, no), (0x06, 0, 0, 0x7FFF0000)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(lines), ctypes.addressof(code)))
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.prctl(22, 2, ctypes.addressof(header))


def _closed_above(path: str) -> Path | None:
    """Find the folder above that others may not pass through."""
    return next((above for above in reversed(Path(path).parents) if not above.stat().st_mode & 0o001), None)


def _open_to_all(path: str) -> bool:
    return _closed_above(path) is None


if __name__ == "__main__":
    cut = sys.argv.index("--")
    for what in sys.argv[1:cut]:
        if what == "ordinary-user":
            ordinary_user()
        else:
            refuse(CALLS[what][platform.machine() == "aarch64"])
    os.execv(sys.executable, [sys.executable, *sys.argv[cut + 1 :]])
