"""Attacks that dig: for hidden cases, the course's secret, solutions and other submissions, in memory and on disk.

What they look for they know only in disguise (every byte turned by 13), or they would find themselves.
"""

from paper import attack, ATTEMPT

# Markers that the tests put into the places that student code must not be able to see; see arena.py.
MARKERS = {
    "the course's secret": b"course-secret-0123456789-abcdefg",
    "a solution": b"marker-in-a-solution",
    "a hidden test": b"marker-in-a-hidden-test",
    "another submission": b"marker-in-another-submission",
    "a home folder": b"marker-in-a-home-folder",
}


def turned(text: bytes) -> bytes:
    """Return a text in disguise."""
    return bytes((byte + 13) % 256 for byte in text)


_SEEK = f"""
TURN = bytes((byte + 13) % 256 for byte in range(256))
WANTED = {{ {", ".join(f"{what!r}: {turned(marker)!r}" for what, marker in MARKERS.items())} }}
def seek(data, place):
    data = data.translate(TURN)
    for what, wanted in WANTED.items():
        if wanted in data:
            print("REACHED:", what, "in", place)
"""

_CONTROL = """
control = bytes(reversed(b"lortnoc-eht-si-siht")) * 2   # must be found, or the search is none
WANTED["the control"] = bytes((byte + 13) % 256 for byte in b"this-is-the-control") * 2
"""


@attack(sees="found the control")
def gc_search(paper):
    """Goes through every object that the garbage collector knows, and all they refer to, for markers."""
    paper.first(_SEEK + _CONTROL)
    paper.last("""
import gc, io, contextlib
seen, todo, count = set(), list(gc.get_objects()), 0
blocks = []
while todo:
    thing = todo.pop()
    if id(thing) in seen:
        continue
    seen.add(id(thing))
    if type(thing) in (bytes, bytearray, str):
        blocks.append(thing.encode("utf-8", "replace") if type(thing) is str else bytes(thing))
    elif len(seen) < 400_000:
        todo += [one for one in gc.get_referents(thing) if id(one) not in seen]
text = io.StringIO()
with contextlib.redirect_stdout(text):
    seek(b"\\0".join(blocks), "an object")
found = text.getvalue()
print(found.replace("REACHED: the control", "found the control"))
for thing in gc.get_objects():
    if type(thing).__name__ in ("Lab", "LabCell", "Task", "Ledger", "Course", "Gradebook", "Names", "Session"):
        if type(thing).__name__ != "Session" or thing.graded:
            print("REACHED: an object of the grader:", repr(thing)[:200])
""")


_PAGES = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
libc.write.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)
libc.sbrk.restype = ctypes.c_void_p
PAGE = 4096
probe = os.open("page", os.O_RDWR | os.O_CREAT)
def mapped(address):
    # The kernel answers EFAULT for a page that is not there: no file in /proc is needed to see one's memory.
    os.lseek(probe, 0, 0)
    return libc.write(probe, ctypes.c_void_p(address), PAGE) == PAGE
def around(address, most):
    page = address // PAGE * PAGE
    low = page
    while mapped(low - PAGE) and page - low < most:
        low -= PAGE
    high = page
    while mapped(high) and high - page < most:
        high += PAGE
    return low, high
"""


@attack(sees="found the control")
def memory_search(paper):
    """Reads its own memory page by page, heap, mappings and stack, for secrets that the warm process once held."""
    paper.first(_SEEK + _CONTROL + _PAGES)
    paper.last("""
import sys, contextlib, io
starts = [int(libc.sbrk(0)) - 2 * PAGE, id(control), id(object()), id(np), id(sys), id(get_ipython()),
          ctypes.addressof(ctypes.create_string_buffer(10)), np.empty(10**6).ctypes.data,
          ctypes.addressof(ctypes.c_long.in_dll(ctypes.pythonapi, "PyExc_ValueError"))]
starts += [id(one) for one in list(sys.modules.values())[::5]]
done, text, size = [], io.StringIO(), 0
with contextlib.redirect_stdout(text):
    for start in starts:
        if any(low <= start < high for low, high in done):
            continue
        low, high = around(start, 96 << 20)
        done.append((low, high))
        size += high - low
        for place in range(low, high, 1 << 20):
            seek(ctypes.string_at(place, min((1 << 20) + 64, high - place)), "memory")
print("searched", size >> 20, "MiB in", len(done), "pieces")
print(text.getvalue().replace("REACHED: the control", "found the control"))
assert size > 20 << 20
""")


@attack()
def proc_and_sys(paper):
    """Reads memory, environment, files and command lines of all processes that /proc shows."""
    paper.first(ATTEMPT + """
import os
for pid in ("self", "1", "2", str(os.getppid()), "thread-self", *map(str, range(3, 40))):
    for name in ("mem", "environ", "cmdline", "maps", "fd/0", "cwd/pyproject.toml", "root/etc/passwd", "task/1/mem"):
        try:
            data = open(f"/proc/{pid}/{name}", "rb").read(4096)
        except OSError:
            continue
        if data:
            print("REACHED:", pid, name, data[:60])
for path in ("/proc/mounts", "/proc/net/tcp", "/proc/net/unix", "/proc/kcore", "/proc/kallsyms", "/sys/kernel",
             "/proc/self/mountinfo", "/proc/sysrq-trigger", "/dev/mem", "/dev/kmsg", "/sys/fs/cgroup"):
    attempt(path, lambda: os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(10))
print("tried")
""")


@attack()
def course_files(paper):
    """Reads solutions, hidden tests, the course's secret, the gradebook and other submissions from disk."""
    paper.first(paper.where + ATTEMPT + _SEEK + """
import os
for folder in (COURSE, CLASS, HOME, TEMP, f"{COURSE}/source", f"{COURSE}/submitted", "/root", "/home", "/tmp", "/etc", "/var",
               "/proc", "/"):
    attempt("list " + folder, lambda: os.listdir(folder))
for path in ("secret", "gradebook.db", f"source/{NAME}/{NAME}.ipynb", f"release/{NAME}/{NAME}.ipynb",
             f"submitted/neighbour/{NAME}/{NAME}.ipynb", f"autograded/bystander/{NAME}/{NAME}.ipynb"):
    for root in (COURSE, "../../" + COURSE, "/proc/self/cwd/.." + COURSE, "/proc/1/root" + COURSE):
        attempt(root + "/" + path, lambda: open(f"{root}/{path}", "rb").read(30))
        attempt("stat " + path, lambda: os.stat(f"{root}/{path}"))
attempt("a neighbour", lambda: open(f"{CLASS}/neighbour/{NAME}/{NAME}.ipynb").read(30))
attempt("the diary at home", lambda: open(f"{HOME}/diary.txt").read())
# Whatever can be read at all is searched.
for root, folders, names in os.walk("/"):
    if root.startswith(("/usr", "/lib", "/dev")) or "site-packages" in root or "python3" in root:
        folders[:] = []
        continue
    for name in names:
        try:
            seek(open(os.path.join(root, name), "rb").read(1 << 20), os.path.join(root, name))
        except OSError:
            pass
print("tried")
""")


@attack()
def descriptors(paper):
    """Goes through all open descriptors for one that leads out: files of the grader, sockets of others."""
    paper.first(_SEEK + """
import os, socket, stat
found = []
for fd in range(1024):
    try:
        about = os.fstat(fd)
    except OSError:
        continue
    kind = stat.S_IFMT(about.st_mode)
    found.append((fd, oct(kind)))
    if stat.S_ISDIR(kind) or (stat.S_ISCHR(kind) and fd > 2):
        print("REACHED: a descriptor", fd, oct(kind))
    if stat.S_ISREG(kind):
        seek(os.pread(fd, 1 << 24, 0), f"descriptor {fd}")
    if stat.S_ISSOCK(kind):
        try:
            one = socket.socket(fileno=os.dup(fd))
            if one.family != socket.AF_UNIX or one.type != socket.SOCK_STREAM or one.getpeername():
                print("REACHED: a socket", one)
        except OSError:
            pass
sockets = [fd for fd, kind in found if kind == oct(stat.S_IFSOCK)]
if len(sockets) > 1:
    print("REACHED: more than its own connection", sockets)
print("tried", found)
""")


@attack()
def environment(paper):
    """Looks for secrets and paths in the environment, the command line and what Python remembers of its start."""
    paper.first(paper.where + """
import os, sys
told = repr([dict(os.environ), sys.argv, sys.path, sys.orig_argv, os.getcwd(), sys.modules.get("__main__").__dict__.keys()])
for what, place in (("the course", COURSE), ("the class", CLASS), ("home", HOME), ("temp", TEMP)):
    if place in told:
        print("REACHED:", what, told[max(told.index(place) - 100, 0):][:300])
for name in os.environ:
    if name not in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "LANG"):
        print("REACHED: environment", name)
print("tried")
""")


@attack()
def hidden_cases_carried_out(paper):
    """Lets the called function carry its cases out: by printing, by files, by results displayed in later cells."""
    paper.first("CASES = []")
    paper.answer(
        he_init_params="""
def he_init_params(K, D, rng):
    import sys, os
    print("REACHED: printed case", K, D)
    print("REACHED: printed case", K, D, file=sys.stderr)
    os.write(1, b"REACHED: written case")
    os.write(2, b"REACHED: written case")
    sys.__stdout__ and sys.__stdout__.write("REACHED: case")
    get_ipython().displayhook("REACHED: displayed case")
    from IPython.display import display
    display("REACHED: displayed case")
    return [np.zeros((3, 3))], [np.zeros((3, 1))]
"""
    )
    paper.last("print('tried')")


@attack(sees="tried")
def grader_modules(paper):
    """Imports the grader's own modules and uses them: the ledger, the secret, the gradebook, nbgrader itself."""
    paper.first(paper.where + ATTEMPT + """
from pathlib import Path
def ledger():
    from initlab.grading.ledger import Ledger
    with Ledger(f"sqlite:///{COURSE}/gradebook.db") as book:
        return book.notebooks()
def secret():
    from initlab.grading.secret import course_secret
    return course_secret(Path(COURSE, "secret"))
def course():
    from initlab.grading.course import Course
    return Course.at(COURSE)
def gradebook():
    from nbgrader.api import Gradebook
    with Gradebook(f"sqlite:///{COURSE}/gradebook.db") as book:
        return [student.id for student in book.students]
def warm():
    from initlab.grading.remote import Warm
    return Warm("none").student()
def drawn_anew():
    from initlab.grading.secret import course_secret
    path = Path(COURSE, "secret")
    path.unlink()
    return course_secret(path)
for act in (ledger, secret, course, gradebook, warm, drawn_anew):
    attempt(act.__name__, act)
print("tried")
""")
