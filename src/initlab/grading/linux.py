"""The Linux calls that Python has no name for: namespaces, mounts, capabilities, prctl."""

from __future__ import annotations

import ctypes
import os

NEWNS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_PRIVATE = 0x2, 0x4, 0x1000, 0x4000, 0x40000
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 38, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_AT_FDCWD, _AT_RECURSIVE, _MOUNT_SETATTR = -100, 0x8000, 442  # the same number on every architecture
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 0x1, 0x2, 0x4
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments) -> None:
    if getattr(_libc, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    """Move the calling process, or its later children for NEWPID, into new namespaces."""
    _call("unshare", flags)


def setns(fd: int, kind: int) -> None:
    """Enter the namespace that `fd` refers to."""
    _call("setns", fd, kind)


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """Mount a file system, or bind one path to another."""
    encoded = [None if text is None else os.fsencode(text) for text in (source, target, kind, data)]
    _call("mount", *encoded[:3], ctypes.c_ulong(flags), encoded[3])


def make_read_only(target: str) -> None:
    """Make a mount and everything mounted below it read-only, without device files and set-uid programs."""
    attributes = (ctypes.c_uint64 * 4)(_ATTR_RDONLY | _ATTR_NOSUID | _ATTR_NODEV, 0, 0, 0)
    _call("syscall", ctypes.c_long(_MOUNT_SETATTR), _AT_FDCWD, os.fsencode(target), _AT_RECURSIVE,
          ctypes.byref(attributes), ctypes.c_size_t(ctypes.sizeof(attributes)))


def change_root(folder: str) -> None:
    """Make `folder` (a mount of its own) the root, and let go of the old one."""
    os.chdir(folder)
    _call("pivot_root", b".", b".")
    _call("umount2", b".", MNT_DETACH)
    os.chdir("/")


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    """Set an attribute of the calling process."""
    _call("prctl", option, *(ctypes.c_ulong(number) for number in (first, second, 0, 0)))


def drop_capabilities() -> None:
    """Give up every capability for good; a process that has none is left as it is."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # EPERM: nothing to give up with; EINVAL: the last one is passed
            break
    prctl(PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _call("capset", ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)()))
