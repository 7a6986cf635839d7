"""Attacks that flood: memory, disk, output, time, threads, descriptors, in every shape."""

from paper import attack, code, markdown


@attack(sees="used more than .* of memory")
def memory(paper):
    """Takes gigabytes: in one piece, in many, by numpy, by a mapping, and by threads' stacks."""
    for source in ("bytearray(4 << 30)", "hoard = []\nwhile True:\n    hoard.append(bytearray(1 << 20))",
                   "del hoard[:]\nnp.ones((1 << 29,))", "import mmap\nmmap.mmap(-1, 4 << 30)",
                   "text = 'x'\nwhile True:\n    text += text"):
        paper.last(source)
    paper.answer(he_init_params="def he_init_params(K, D, rng):\n    return [np.ones((1 << 14, 1 << 14))] * (K + 1), []")


@attack(sees="wrote more than .* of files")
def disk(paper):
    """Fills the disk: by one file, by many, by files of holes, by folders without end, by files that have no name."""
    paper.last("with open('one', 'wb') as file:\n    while True:\n        file.write(bytes(1 << 20))")
    paper.last("import os\nos.unlink('one')\nfor n in range(10**6):\n    open(f'{n}.txt', 'wb').write(bytes(1 << 16))")
    paper.last("import os\nfor n in range(10**6):\n    os.mkdir(f'd{n}')\n    os.chdir(f'd{n}')")
    paper.last("fd = os.open('holes', os.O_CREAT | os.O_WRONLY)\nos.posix_fallocate(fd, 0, 1 << 40)")
    paper.last("import tempfile\nkept = [tempfile.TemporaryFile() for _ in range(10)]\n"
               "for file in kept:\n    file.write(bytes(1 << 24))\n    file.flush()")


@attack(sees="output stopped here|stopped after")
def lines(paper):
    """Prints a million lines, to both streams in turn."""
    paper.first("import sys\nfor n in range(10**6):\n    print(n, file=sys.stderr if n % 2 else sys.stdout)")


@attack(sees="output stopped here")
def one_line(paper):
    """Prints a hundred megabytes on one line."""
    paper.first("for _ in range(100):\n    print('x' * 10**6, end='')\nprint('\\r' * 10**7, '\\b' * 10**7)")


@attack(sees="output stopped here")
def descriptor_one(paper):
    """Writes a hundred megabytes past Python to the descriptors of the streams, and closes and replaces them."""
    paper.first("import os\ntry:\n    for _ in range(100):\n        os.write(1, b'x' * 10**6)\n        os.write(2, b'y' * 10**6)\n"
                "except OSError as problem:\n    print(problem)\nos.lseek(1, 1 << 40, 0)")
    paper.last("import os\nos.close(1)\nos.close(2)\nos.open('x', os.O_CREAT | os.O_RDWR)\nos.write(1, b'z' * 10**6)\nprint('tried')")


@attack(sees="output stopped here")
def displays(paper):
    """Displays pictures, HTML and results of many megabytes, and updates and clears them without end."""
    paper.first("""
from IPython.display import display, update_display, clear_output, HTML, publish_display_data
for n in range(500):
    clear_output(wait=True)
    print("x" * n)
display(HTML("<p>" * 10**6))
publish_display_data({"image/png": "A" * 10**7})
publish_display_data({f"text/x-{n}": "x" * 100 for n in range(10**5)})
display("x", display_id="one")
for n in range(2_000):
    update_display("y" * n, display_id="one")
for n in range(50):
    display("z" * 10_000)
""")


@attack(sees="Long")
def long_errors(paper):
    """Raises exceptions with messages, names, notes, causes and tracebacks of many megabytes."""
    paper.first("""
Long = type("Long" + "g" * 10**6, (Exception,), {"__str__": lambda self: "m" * 10**7})
def deep(n):
    if n:
        try:
            deep(n - 1)
        except Exception as cause:
            raise Long() from cause
    raise Long("x" * 10**7)
try:
    deep(60)
except Exception as problem:
    kept = problem
    kept.add_note("n" * 10**7)
raise kept
""")
    paper.answer(he_init_params='def he_init_params(K, D, rng):\n    raise ExceptionGroup("g" * 10**7, [Long()] * 1000)')


@attack(sees="tried")
def long_representations(paper):
    """Ends cells in objects whose representation is endless, slow, an exception, or no text."""
    paper.first("print('tried')\nclass R:\n    def __repr__(self): return 'r' * 10**8\nR()")
    paper.first("class R:\n    def __repr__(self): raise SystemExit\nR()")
    paper.first("class R:\n    def __repr__(self): return 5.0\nR()")
    paper.first("class R:\n    def _repr_mimebundle_(self, **k): return {'text/plain': ['5.0'], 'text/html': {'a': 5}, 5: 5}\nR()")
    paper.first("[[0] * 1000] * 10_000")
    paper.first("loop = {}\nloop['loop'] = loop\nloop")


@attack(sees="used more than 8 s of CPU time|stopped after")
def processor(paper):
    """Keeps all processors busy in threads that let the interpreter's lock go, beyond the limit of CPU time."""
    paper.first("""
import hashlib, threading
def burn():
    data = bytes(1 << 24)
    while True:
        hashlib.sha256(data).digest()
for _ in range(8):
    threading.Thread(target=burn, daemon=True).start()
""")
    paper.last("burn()")
    paper.last("burn()")


@attack(sees="stopped after")
def swallowed_interrupts(paper):
    """Loops for ever and swallows every interrupt, by handlers, by signal masks and by what tells the service."""
    paper.first("""
import signal
import initlab.grading.student as student, gc
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
""")


@attack(sees="stopped after")
def one_long_instruction(paper):
    """Keeps the interpreter in one instruction of C code that no interrupt gets into."""
    paper.answer(he_init_params="def he_init_params(K, D, rng):\n    return 9 ** 9 ** 9")
    paper.first("import re\nre.match('(a|a)*$', 'a' * 60 + 'b')")


@attack(sees="can't start new thread|tried")
def threads(paper):
    """Starts as many threads as there can be, each of which starts more."""
    paper.first("""
import threading, time
def more():
    while True:
        try:
            threading.Thread(target=more, daemon=True).start()
        except RuntimeError as problem:
            time.sleep(0.1)
more_of_it = 0
try:
    for more_of_it in range(10_000):
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
except RuntimeError as problem:
    print("refused at", more_of_it, problem)
threading.Thread
print("tried")
""")


@attack(sees="Too many open files")
def open_files(paper):
    """Opens files, pipes and sockets until there are no descriptors left."""
    paper.first("import os\nkept = []\nwhile True:\n    kept += os.pipe()")


@attack(sees="the rest is left out|The rest is left out|output stopped|tried")
def many_cells(paper):
    """Runs hundreds of cells, each of which shows as much as a cell may."""
    for _ in range(200):
        paper.cells.append(code("print('x' * 150_000)\nNone"))
    paper.last("print('tried')")


@attack(sees="not|variance|wrong")
def slow_markdown(paper):
    """Writes Markdown that takes its readers' parsers long: brackets, stars, quotes, tables, formulas, tags without end."""
    for bomb in ("[" * 20_000, "*a" * 20_000, "> " * 5_000, "`" * 20_000 + "x", "$" * 20_001, "<a " * 20_000, "<p>" * 20_000, "![](" * 10_000,
                 "|a" * 5_000 + "\n" + "|-" * 5_000, "- " * 3_000, "[a](" + "(" * 20_000, "&" * 50_000, "\\begin{a}" * 3_000, "_ " * 30_000,
                 "<!--" * 10_000, "[x]: " + "<" * 20_000, "1. " * 3_000, "~~a" * 10_000, "![a][" * 9_000, "<style>" * 9_000, "http://a" * 9_000):
        paper.cells.append(markdown(bomb))


@attack(sees="tried|stopped")
def slow_sources(paper):
    """Writes code that takes the highlighter of the feedback page long: megabytes of it, strings that never close."""
    paper.first("print('tried')")
    for bomb in ("x = [" + "1, " * 300_000 + "]", "'" * 100_001, '"""' + "\\" * 200_000, "f'{" * 20_000, "(" * 50_000, "# " + "x?" * 100_000,
                 "a\\\n" * 50_000, "0" * 200_000 + "x", "@" * 50_000, "%%html\n" + "<" * 100_000, "%%latex\n" + "$" * 100_000,
                 "!" * 50_000, "?" * 50_000, "%" * 50_000, "lambda " * 20_000, "%%javascript\n" + "/" * 100_000):
        paper.cells.append(code(bomb))


@attack(sees="tried")
def slow_html(paper):
    """Displays HTML that takes a sanitizer long: nested, unclosed, with attributes and entities without end."""
    paper.first("from IPython.display import display, HTML, Markdown, Latex\nprint('tried')")
    for bomb in ("'<div>' * 30_000", "'<a ' + 'b=c ' * 30_000 + '>'", "'&' * 90_000", "'<' * 90_000", "'<table><tr><td>' * 6_000",
                 "'<svg>' * 20_000", "'<svg ' * 15_000 + '</svg>'", "'<!' + '-' * 90_000", "'<p style=' + repr('color:red;' * 9_000) + '>'",
                 "'<b><i>' * 2_400", "'<math>' * 9_000", "'<svg' + ' ' * 90_000", "'data:image/png;base64,' * 4_000", "'<select>' * 4_900",
                 "'<a>' * 4_900", "'<![CDATA[' * 4_900", "'<b>' * 4_900 + '</i>' * 90", "'<svg>' * 400 + '</svg>' * 400",
                 "'<svg aria-label=' * 4_000 + '</svg>'"):  # fmt: skip
        paper.last(f"bomb = {bomb}\ndisplay(HTML(bomb))\ndisplay(Markdown(bomb[:50_000]))\ndisplay(Latex(bomb[:9_000]))")


@attack(sees="tried")
def kernel_objects(paper):
    """Takes what the kernel keeps for it: locks, timers, watches, pending signals, buffers of pipes and of pairs of sockets."""
    paper.first("""
import ctypes, fcntl, os, signal, socket
libc = ctypes.CDLL(None, use_errno=True)
fd = os.open("locks", os.O_CREAT | os.O_RDWR)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
timer = ctypes.c_void_p()
for n in range(3_000):
    fcntl.lockf(fd, fcntl.LOCK_EX, 1, 2 * n)
    libc.timer_create(0, None, ctypes.byref(timer))
    os.kill(os.getpid(), signal.SIGRTMIN)
watch = libc.inotify_init()
for name in sorted(os.listdir(os.path.dirname(os.__file__)))[:500]:
    libc.inotify_add_watch(watch, os.path.join(os.path.dirname(os.__file__), name).encode(), 0xFFF)
kept = []
try:
    while True:
        kept.append(os.pipe())
        fcntl.fcntl(kept[-1][1], 1031, 1 << 20)
except OSError:
    pass
print("tried")
""")


@attack(sees="tried")
def multiplied_pictures(paper):
    """Displays a picture once and the sanitizer's own word for it thousands of times, and escapes without end."""
    paper.first("""
from IPython.display import display, HTML
print("tried")
for word in ("initlab-picture-0.", "initlab-picture-00000-0."):
    display(HTML('<img src="data:image/png;base64,' + "A" * 60_000 + '">' + (word + " ") * 5_000))
""")
    paper.last("print('\\x1b[31mx' * 30_000)")
    paper.last("from IPython.display import display, HTML\ndisplay(HTML('<svg>' * 4_000 + 'x' * 150_000))")
    paper.last("display(HTML(('<' * 3_990 + '>') * 40))")
