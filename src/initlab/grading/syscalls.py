"""A seccomp filter for student code: no sockets, no other programs, no signals to anybody else.

Written out as numbers because the package that compiles filters needs a C library beside it.  Landlock and
the namespaces guard the same doors; where a system has no namespaces, this filter is the second lock.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from initlab.grading import linux

# name: number on x86_64, number on aarch64 (None: not there)
_REFUSED = {
    # network and other processes
    "socket": (41, 198), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "process_madvise": (440, 440), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "tkill": (200, 130), "setpriority": (141, 140), "ioprio_set": (251, 30),
    # asynchronous calls, which pass by this filter
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "io_setup": (206, 0),
    # namespaces and mounts
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    # memory that no limit counts, and that outlives a process
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "shmat": (30, 196),
    "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191),
    "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    # doors to the kernel that no notebook needs
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "personality": (135, 92),
    "fanotify_init": (300, 262), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60),
    "quotactl_fd": (443, 443), "syslog": (103, 116), "clock_settime": (227, 112), "settimeofday": (164, 170),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, None), "ioperm": (173, None), "vhangup": (153, 58),
}  # fmt: skip
_PROGRAMS = {"fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281)}
# What Landlock lets pass: owners, modes and times of files that belong to the grader's user.
_MODES_AND_TIMES = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
}  # fmt: skip
_OWNERS = {
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
}  # fmt: skip
_SPECIAL = {"kill": (62, 129), "tgkill": (234, 131), "clone": (56, 220), "clone3": (435, 435),
            "prctl": (157, 167), "fcntl": (72, 25), "ioctl": (16, 29), "socketpair": (53, 199)}  # fmt: skip
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH

_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24  # offsets in seccomp_data; low half of an argument
# Whom a file signals, and by which signal: F_SETOWN, F_SETSIG, F_SETOWN_EX; FIOSETOWN, SIOCSPGRP. And F_SETLEASE
# and F_NOTIFY: whoever opens a file that is leased waits up to 45 s, the grader and other submissions as well.
_COMMANDS = {"fcntl": (8, 10, 15, 1024, 1026), "ioctl": (0x8901, 0x8902)}
_SOCKET_KIND, _STREAM = 0xF, 1
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_CLONE_THREAD, _CLONE_NAMESPACES = 0x10000, 0x7E020000
_X32 = 0x40000000
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2


def available() -> bool:
    """Tell whether this machine's system calls are in the table."""
    return platform.machine() in _MACHINES and hasattr(os, "fork")


def install(*, children: bool, own_root: bool) -> None:
    """Filter the calling process's system calls from now on; there is no way back.

    children: whether it may start processes and other programs.  own_root: whether it sees no files but those
    it is meant to; otherwise modes and times are not set, though the call says so, and changing owners is refused:
    the grader's own files can be named there.
    """
    code = _program(os.getpid(), children, own_root)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    block = ctypes.create_string_buffer(code, len(code))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(block)))
    linux.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(header))


def _program(pid: int, children: bool, own_root: bool) -> bytes:
    column, arch = _MACHINES[platform.machine()]
    refuse = _ERRNO | errno.EPERM
    lines = [(_LOAD, 0, 0, _ARCH), (_EQUAL, 1, 0, arch), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    if column == 0:
        lines += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, refuse)]
    refused = _REFUSED | ({} if children else _PROGRAMS) | ({} if own_root else _OWNERS)
    for number in sorted(pair[column] for pair in refused.values() if pair[column] is not None):
        lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, refuse)]

    for pair in () if own_root else _MODES_AND_TIMES.values():
        if pair[column] is not None:  # It is said to have been done: whoever copies a file sets its mode as well.
            lines += [(_EQUAL, 0, 1, pair[column]), (_RETURN, 0, 0, _ERRNO)]

    def by_argument(name, operation, operand, if_so, if_not):
        lines.extend([
            (_EQUAL, 0, 4, _SPECIAL[name][column]), (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (operation, 0, 1, operand), (_RETURN, 0, 0, if_so), (_RETURN, 0, 0, if_not),
        ])  # fmt: skip

    # The C library falls back to clone, whose flags a filter can see.
    lines += [(_EQUAL, 0, 1, _SPECIAL["clone3"][column]), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    if children:
        by_argument("clone", _ANY_BIT, _CLONE_NAMESPACES, refuse, _ALLOW)
    else:
        by_argument("clone", _ANY_BIT, _CLONE_THREAD, _ALLOW, refuse)
        by_argument("kill", _EQUAL, pid, _ALLOW, refuse)
        by_argument("tgkill", _EQUAL, pid, _ALLOW, refuse)
    by_argument("prctl", _EQUAL, linux.PR_SET_PDEATHSIG, refuse, _ALLOW)
    for call, commands in _COMMANDS.items():
        lines += [(_EQUAL, 0, 2 + 2 * len(commands), _SPECIAL[call][column]), (_LOAD, 0, 0, _SECOND_ARGUMENT)]
        for command in commands:
            lines += [(_EQUAL, 0, 1, command), (_RETURN, 0, 0, refuse)]
        lines.append((_RETURN, 0, 0, _ALLOW))
    # Of a pair only streams: one of datagrams can be sent to any socket that has a name.
    lines += [
        (_EQUAL, 0, 5, _SPECIAL["socketpair"][column]), (_LOAD, 0, 0, _SECOND_ARGUMENT), (_AND, 0, 0, _SOCKET_KIND),
        (_EQUAL, 0, 1, _STREAM), (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, refuse),
    ]  # fmt: skip
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *line) for line in lines)
