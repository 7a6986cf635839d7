"""Namespaces around the warm process: a root that holds this Python and nothing else, no network, no others.

The process enters them once, before its first fork; as root it becomes an ordinary user on the way.
"""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
import tempfile
from pathlib import Path

import initlab
from initlab.grading import linux

NOBODY = 65534
SCRATCH = "/scratch"  # in the root of our own: where each submission mounts its own files
_SYSTEM = (
    "/lib", "/lib32", "/lib64", "/libx32", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32",
    "/usr/local/lib", "/usr/share/fonts", "/usr/share/fontconfig", "/usr/share/zoneinfo", "/etc/fonts",
    "/etc/ld.so.cache", "/etc/localtime",
)  # fmt: skip
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_PER_WORKER = linux.NEWUSER | linux.NEWNS | linux.NEWPID | linux.NEWIPC | linux.NEWNET


def readable_paths() -> tuple[str, ...]:
    """List what student code may read: this Python, its packages, the system's libraries and fonts."""
    found = []
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        # Not the whole prefix: a course may lie in it, where it is /usr/local or a home directory.
        found += [os.path.join(prefix, part) for part in ("lib", "lib64", "share/fonts", "share/matplotlib")]
    found += [path for path in sysconfig.get_paths().values() if "python" in os.path.basename(path)]
    found += [path for path in sys.path if path] + [str(Path(initlab.__file__).parent)]
    paths: list[str] = []
    for path in sorted({*found, *_SYSTEM, *_DEVICES}):
        inside = any(path.startswith(f"{other}/") for other in paths)
        if os.path.exists(path) and path != "/" and not inside:
            paths.append(path)
    return tuple(paths)


def enter_namespaces(readable) -> tuple[int, int]:
    """Enter namespaces and a root of our own, fork, and return in the child, which is process 1 there.

    Returns files of the child, which has no /proc any more: its PID namespace, and what memory it has mapped.
    """
    user, group = os.getuid(), os.getgid()
    if user == 0:
        # As root first what needs root (a home that only root may enter), then on as anybody else would.
        linux.unshare(linux.NEWNS)
        proc = _own_root(readable)
        become(NOBODY)
        user = group = NOBODY
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # or /proc/self stays root's
        linux.unshare(_PER_WORKER)
        _map_user(proc, user, group)
    else:
        linux.unshare(_PER_WORKER)
        proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
        _map_user(proc, user, group)
        os.close(proc)
        proc = _own_root(readable)
    pid = os.fork()
    if pid:
        os.close(proc)
        _wait_for(pid)
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    files = tuple(os.open(f"self/{name}", os.O_RDONLY, dir_fd=proc) for name in ("ns/pid", "statm"))
    os.close(proc)
    return files


def become(user: int) -> None:
    """Make root an ordinary user for good, in no group but its own."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _wait_for(pid: int) -> None:
    """Wait, without any file, for the process that goes on; end as it ends."""
    os.closerange(3, 1024)
    status = os.waitpid(pid, 0)[1]
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _own_root(readable) -> int:
    """Make a root of the readable paths alone, read-only; return an fd of the old /proc."""
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
    sources = {}
    for path in readable:
        fd = os.open(path, os.O_PATH)
        sources[path] = os.readlink(path) if os.path.islink(path) else fd
        sources.setdefault(os.path.realpath(path), fd)
    root = tempfile.gettempdir()
    linux.mount("root", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "mode=755,size=1m")
    for path, source in sorted(sources.items()):
        target = root + path
        if os.path.lexists(target):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if isinstance(source, str):
            os.symlink(source, target)
            continue
        if os.path.isdir(f"/proc/self/fd/{source}"):
            os.mkdir(target)
        else:
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
        linux.mount(f"/proc/self/fd/{source}", target, None, linux.MS_BIND | linux.MS_REC)
        if not path.startswith("/dev/"):
            linux.make_read_only(target)
    os.mkdir(root + SCRATCH)
    linux.change_root(root)
    return proc


def _map_user(proc: int, user: int, group: int) -> None:
    lines = {"setgroups": "deny", "uid_map": f"{NOBODY} {user} 1", "gid_map": f"{NOBODY} {group} 1"}
    for name, line in lines.items():
        fd = os.open(f"self/{name}", os.O_WRONLY, dir_fd=proc)
        os.write(fd, line.encode())
        os.close(fd)
