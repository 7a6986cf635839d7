"""Attacks that reach out: files, sockets, signals and processes beyond the submission's own."""

from paper import attack, ATTEMPT


@attack(bare=True)
def writes_everywhere(paper):
    """Writes into the course, the home and temporary folders, other submissions, and the folders of the system."""
    paper.first(paper.where + ATTEMPT + """
import os
def spoil(path):
    with open(path, "a") as file:
        file.write("writes_everywhere was here")
    return path
for path in (f"{COURSE}/source/{NAME}/{NAME}.ipynb", f"{COURSE}/secret", f"{COURSE}/writes_everywhere",
             f"{COURSE}/autograded/bystander/{NAME}/{NAME}.ipynb", f"{COURSE}/submitted/bystander/{NAME}/{NAME}.ipynb",
             f"{CLASS}/neighbour/{NAME}/{NAME}.ipynb", f"{HOME}/diary.txt", f"{HOME}/.bashrc", f"{TEMP}/writes_everywhere"):
    attempt("write " + path, lambda: spoil(path))
print("tried")
""")


@attack()
def writes_to_the_system(paper):
    """Writes into folders that any user may write to, and into Python's own, where the next run would read."""
    paper.first(ATTEMPT + """
import os, sys, matplotlib, initlab
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/run/lock", "/dev/mqueue", "/etc", "/usr/local/bin", "/", "/proc/self",
               os.path.dirname(np.__file__), os.path.dirname(os.__file__), os.path.dirname(initlab.__file__),
               matplotlib.get_data_path(), sys.prefix, sys.prefix + "/bin", os.path.dirname(matplotlib.__file__)):
    def spoil():
        path = os.path.join(folder, "REACHED-writes_to_the_system")
        open(path, "w").close()
        os.unlink(path)
        return path
    attempt("write into " + folder, spoil)
for path in (np.__file__, initlab.checks.__file__, os.__file__, sys.executable, "/etc/passwd", "/dev/sda", "/dev/mem"):
    attempt("open for writing " + path, lambda: os.close(os.open(path, os.O_WRONLY)))
    attempt("change mode of " + path, lambda: os.chmod(path, 0o777))
    attempt("remove " + path, lambda: os.unlink(path) if path != "x" else None)
    attempt("set times of " + path, lambda: os.utime(path))
    attempt("own " + path, lambda: os.chown(path, 0, 0))
    attempt("cut " + path, lambda: os.truncate(path, 0))
print("tried")
""")


@attack(bare=True)
def links_and_moves(paper):
    """Makes links in its own folder to files outside, and moves, links and copies by them."""
    paper.first(paper.where + ATTEMPT + """
import os, shutil
targets = {"home": f"{HOME}/diary.txt", "source": f"{COURSE}/source/{NAME}/{NAME}.ipynb", "book": f"{COURSE}/gradebook.db"}
for name, target in targets.items():
    os.symlink(target, name + "-links_and_moves")
    attempt("read by link " + name, lambda: open(name + "-links_and_moves", "rb").read(10))
    def write():
        with open(name + "-links_and_moves", "ab") as file:
            file.write(b"links_and_moves was here")
    attempt("write by link " + name, write)
    attempt("hard link " + name, lambda: os.link(target, "hard-" + name))
    open("mine-links_and_moves", "w").close()
    attempt("move over " + name, lambda: os.rename("mine-links_and_moves", target))
    attempt("hard link out " + name, lambda: os.link("mine-links_and_moves", target + "-links_and_moves"))
    attempt("copy out " + name, lambda: shutil.copy("mine-links_and_moves", target + "-links_and_moves"))
    attempt("climb " + name, lambda: open("/proc/self/cwd/../../" + target).read(10))
print("tried")
""")


@attack(bare=True)
def gradebook_rows(paper):
    """Opens the gradebook, by sqlite and by nbgrader, and gives itself full marks and the neighbours none."""
    paper.first(paper.where + ATTEMPT + """
import sqlite3
def rows():
    book = sqlite3.connect(f"file:{COURSE}/gradebook.db?mode=rw", uri=True)
    book.execute("update grade set manual_score = 99, needs_manual_grade = 0")
    book.execute("update submitted_notebook set late_submission_penalty = 12")
    book.commit()
    book.close()
    return "all marks are 99"
attempt("the gradebook", rows)
def deleted():
    import os
    os.unlink(f"{COURSE}/gradebook.db-journal")
attempt("its journal", deleted)
print("tried")
""")


@attack(bare=True)
def neighbours_submission(paper):
    """Overwrites what neighbours handed in and what they get back, before they are graded and after."""
    paper.first(paper.where + ATTEMPT + """
import os
def emptied(path):
    with open(path, "w") as file:
        file.write('{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {"by": "neighbours_submission"}}')
for student in ("neighbour", "bystander"):
    for folder in (CLASS, f"{COURSE}/submitted", f"{COURSE}/autograded"):
        attempt(f"{folder}/{student}", lambda: emptied(f"{folder}/{student}/{NAME}/{NAME}.ipynb"))
    attempt("feedback", lambda: os.unlink(f"{COURSE}/feedback/{student}/{NAME}/{NAME}.html"))
print("tried")
""")


@attack(bare=True)
def sockets(paper):
    """Connects by TCP, UDP, and unix sockets with a path and without, to servers that are there, and carries data out."""
    paper.first(paper.where + ATTEMPT + """
import socket
def say(family, kind, address):
    with socket.socket(family, kind) as one:
        one.settimeout(2)
        if kind == socket.SOCK_DGRAM:
            one.sendto(b"sockets was here", address)
        else:
            one.connect(address)
            one.sendall(b"sockets was here")
    return address
inet, unix, stream, datagram = socket.AF_INET, socket.AF_UNIX, socket.SOCK_STREAM, socket.SOCK_DGRAM
attempt("tcp", lambda: say(inet, stream, ("127.0.0.1", PORTS["tcp"])))
attempt("udp", lambda: say(inet, datagram, ("127.0.0.1", PORTS["udp"])))
attempt("unix by path", lambda: say(unix, stream, PORTS["path"]))
attempt("unix datagram", lambda: say(unix, datagram, PORTS["datagram"]))
attempt("unix abstract", lambda: say(unix, stream, PORTS["abstract"]))
print("tried")
""")


@attack()
def other_networks(paper):
    """Opens sockets of every family, listens, resolves names, and fetches a page."""
    paper.first(ATTEMPT + """
import socket, urllib.request
for family in range(1, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        attempt(f"family {family} kind {kind}", lambda: socket.socket(family, kind).close())
attempt("listen", lambda: socket.create_server(("127.0.0.1", 0)).close())
attempt("resolve", lambda: socket.getaddrinfo("example.org", 80))
attempt("fetch", lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=1))
print("tried")
""")


@attack()
def signals(paper):
    """Sends signals to its parent, its group, its session, the warm process, and everybody."""
    paper.first(ATTEMPT + """
import os, signal
pid = os.getpid()
# Signal 0 harms nobody and tells whether a real one would arrive: everybody at once is asked no more than that.
attempt("everybody", lambda: os.kill(-1, 0) if pid != 1 else 1 / 0)
attempt("parent", lambda: os.kill(os.getppid() or 2**22, signal.SIGTERM))
for other in [one for one in range(2, 400) if one != pid]:
    try:
        os.kill(other, 0)
    except OSError:
        continue
    print("REACHED: process", other)
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for number, what in ((424, "pidfd_send_signal"), (434, "pidfd_open"), (101, "ptrace"), (310, "process_vm_readv"),
                     (311, "process_vm_writev"), (438, "pidfd_getfd"), (129, "rt_sigqueueinfo"), (312, "kcmp")):
    for target in (os.getppid() or 2, 2, pid):
        if libc.syscall(number, target, 0, 0, 0, 0, 0) >= 0:
            print("REACHED:", what, target)
print("group", os.getpgid(0), "session", os.getsid(0))
print("tried")
""")


@attack()
def children(paper):
    """Starts children in every way there is, detached, in sessions of their own, to go on after it has ended."""
    paper.first(ATTEMPT + """
import ctypes, multiprocessing, os, subprocess, sys
def forked(call):
    pid = call()
    if pid == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        import time
        time.sleep(600)
    return pid
libc = ctypes.CDLL(None, use_errno=True)
def raw(number, *arguments):
    got = libc.syscall(number, *arguments)
    if got == 0:
        os._exit(0)
    if got < 0:
        raise OSError(ctypes.get_errno())
    return got
attempt("fork", lambda: forked(os.fork))
attempt("forkpty", lambda: forked(lambda: os.forkpty()[0]))
attempt("fork by number", lambda: raw(57))
attempt("vfork by number", lambda: raw(58))
attempt("clone by number", lambda: raw(56, 17, 0, 0, 0, 0))
attempt("clone3 by number", lambda: raw(435, 0, 0))
attempt("a thread of another process", lambda: raw(56, 0x100 | 0x200, 0, 0, 0, 0))
attempt("subprocess", lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True))
attempt("a shell", lambda: subprocess.run("sleep 600 &", shell=True))
attempt("posix_spawn", lambda: os.posix_spawn("/usr/bin/sleep", ["sleep", "600"], {}))
attempt("exec", lambda: os.execv(sys.executable, [sys.executable, "-c", "print(1)"]))
def other():
    process = multiprocessing.get_context("fork").Process(target=print)
    process.start()
    return process
attempt("multiprocessing", other)
get_ipython().system("sleep 600 &")
attempt("a magic", lambda: get_ipython().getoutput("echo REACHED")[0])
print("tried")
""")


@attack(sees="tried", bare=True)
def detached_child(paper):
    """Leaves a daemon behind by the double fork: it must not outlive the submission."""
    paper.first("""
import os, time
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for fd in range(1024):
                try:
                    os.close(fd)
                except OSError:
                    pass
            time.sleep(120)
        os._exit(0)
except OSError as problem:
    print("refused:", problem)
print("tried")
""")


@attack()
def out_of_the_box(paper):
    """Loosens its own walls: new namespaces, mounts, roots, users, limits, seccomp, capabilities, asynchronous calls."""
    paper.first(ATTEMPT + """
import ctypes, os, resource
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return number
calls = {"unshare user": (272, 0x10000000), "unshare mount": (272, 0x20000), "setns": (308, 3, 0), "chroot": (161, b".."),
         "mount": (165, b"none", b"/", b"tmpfs", 0, 0), "umount": (166, b"/", 2), "pivot_root": (155, b".", b"."),
         "io_uring_setup": (425, 8, 0), "bpf": (321, 0, 0, 0), "userfaultfd": (323, 0), "perf_event_open": (298, 0, 0, -1, -1, 0),
         "memfd_create": (319, b"x", 0), "keyctl": (250, 0, -3, 0), "add_key": (248, b"user", b"x", b"y", 1, -3),
         "open_by_handle_at": (304, -100, 0, 0), "shmget": (29, 0, 4096, 0o1666), "msgget": (68, 0, 0o1666),
         "personality": (135, 0x40000), "setuid 0": (105, 0), "setgid 0": (106, 0), "x32 fork": (0x40000000 | 57,),
         "reboot": (169, 1, 2, 3, 0), "kexec": (246, 0, 0, 0, 0), "sethostname": (170, b"x", 1), "clock_settime": (227, 0, 0),
         "fanotify": (300, 0, 0), "landlock off": (446, -1, 0), "capset": (126, b"\\0" * 8, b"\\xff" * 24)}
for what, arguments in calls.items():
    attempt(what, lambda: call(*arguments))
for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_NPROC", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CORE"):
    hard = resource.getrlimit(getattr(resource, name))[1]
    attempt("raise " + name, lambda: resource.setrlimit(getattr(resource, name), (hard + 1, hard + 1)))
print("tried")
""")


@attack(sees="stopped after|ended by")
def stopped_for_ever(paper):
    """Stops its own process by signals that no handler sees, and lets the grader wait."""
    paper.first("""
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
import ctypes
libc = ctypes.CDLL(None)
libc.pthread_sigmask(0, ctypes.byref((ctypes.c_ulong * 16)(*[2**64 - 1] * 16)), None)
while True:
    libc.pause()
""")


@attack()
def doors_without_a_socket(paper):
    """Calls and signals others without socket() and kill(): pairs of sockets, pipes that signal, requests that are queued."""
    paper.first(paper.where + ATTEMPT + """
import ctypes, fcntl, os, signal, socket
libc = ctypes.CDLL(None, use_errno=True)
def say(kind, address):
    one = socket.socketpair(socket.AF_UNIX, kind)[0]
    one.sendto(b"doors_without_a_socket was here", address)
    return address
for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
    for door in ("path", "datagram", "abstract"):
        attempt(f"a pair of kind {kind} to {door}", lambda: say(kind, PORTS[door]))
reader, writer = os.pipe()
for command in (fcntl.F_SETOWN, 10, 15):
    attempt(f"fcntl {command}", lambda: fcntl.fcntl(reader, command, os.getpid() if command != 10 else signal.SIGKILL))
def queued():
    if libc.syscall(206, 128, ctypes.byref(ctypes.c_ulong(0))) < 0:
        raise OSError(ctypes.get_errno())
attempt("io_setup", queued)
print("tried")
""")


@attack()
def leases(paper):
    """Takes leases on files and notices of folders: whoever opens a leased file waits, a neighbour's import for 45 s.

    Leases go to the owner of a file. Where a person grades from an environment of their own, that is whom student
    code runs as; here it owns only its scratch folder.
    """
    paper.first(ATTEMPT + """
import fcntl, os, sys
open("own", "w").close()
for path in ["own", os.__file__, *(module.__file__ for module in list(sys.modules.values()) if getattr(module, "__file__", ""))][:50]:
    for kind in (fcntl.F_RDLCK, fcntl.F_WRLCK):
        file = os.open(path, os.O_RDONLY)
        attempt(f"lease {kind} of {path}", lambda: fcntl.fcntl(file, 1024, kind))
        os.close(file)
for folder in (".", os.path.dirname(os.__file__)):
    attempt("notices of " + folder, lambda: fcntl.fcntl(os.open(folder, os.O_RDONLY), 1026, 0x8000003F))
print("tried")
""")
