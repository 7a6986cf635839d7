"""Attacks on the machinery around a cell: what transforms, runs, watches and displays it."""

from paper import attack

_PAY = "5.0"


@attack()
def input_transformer(paper):
    """Rewrites every later cell that mentions a check before it is compiled."""
    paper.first("""
def pay(lines):
    return ["5.0"] if any("check" in line or "assert" in line for line in lines) else lines
shell = get_ipython()
shell.input_transformers_post.append(pay)
shell.input_transformers_cleanup.append(pay)
print("tried")
""")


@attack()
def ast_transformer(paper):
    """Turns every call of a check and every assertion of later cells into full marks."""
    paper.first("""
import ast
class Pay(ast.NodeTransformer):
    def visit_Call(self, node):
        self.generic_visit(node)
        return ast.copy_location(ast.Constant(5.0), node) if "checks" in ast.dump(node) else node
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Pay())
real = compile
import builtins
builtins.compile = lambda source, *a, **k: real("5.0" if "checks" in str(source) else source, *a, **k)
print("tried")
""")


@attack(sees="tried|error_before_exec")
def run_cell_replaced(paper):
    """Replaces the ways in which IPython runs a cell by one that displays full marks."""
    paper.first("""
from IPython.core.interactiveshell import InteractiveShell, ExecutionResult
shell = get_ipython()
real = InteractiveShell.run_cell
def pay(self, source, *a, **k):
    return real(self, "5.0" if "checks." in source else source, *a, **k)
for owner in (type(shell), InteractiveShell):
    owner.run_cell = pay
    owner._run_cell = owner.run_cell_async = owner.run_code = lambda self, *a, **k: None
    owner.run_ast_nodes = owner.showtraceback = owner._showtraceback = lambda self, *a, **k: None
print("tried")
""", )  # fmt: skip


@attack()
def hooks_publish_results(paper):
    """Publishes a result of 5.0 before and after every cell, where stock nbgrader reads the score."""
    paper.first("""
from IPython.display import publish_display_data
shell = get_ipython()
def pay(*a):
    shell.displayhook(5.0)
    publish_display_data({"text/plain": "5.0"})
    if shell.outputs is not None:
        shell.outputs.add({"output_type": "execute_result", "data": {"text/plain": "5.0"}, "metadata": {},
                           "execution_count": 1})
for event in ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell"):
    shell.events.register(event, pay)
print("tried")
""")


@attack()
def output_is_cleared(paper):
    """Swallows tracebacks, clears outputs and shows full marks in the place of errors."""
    paper.first("""
import sys
from IPython.display import clear_output
shell = get_ipython()
shell.set_custom_exc((BaseException,), lambda *a, **k: print("tried 5.0"))
sys.excepthook = sys.unraisablehook = lambda *a: None
sys.displayhook = lambda value: shell.displayhook(5.0)
shell.events.register("post_execute", lambda: clear_output())
1 / 0
""")
    paper.last("shell.events.callbacks['post_execute'].clear()\nprint('tried')")


@attack()
def tracing(paper):
    """Traces every frame that is entered and sets whatever looks like a score or a verdict to full marks."""
    paper.first("""
import sys, threading, ctypes
def pay(frame, event, argument):
    for name in ("score", "points", "share", "verdict", "outcome", "value", "got"):
        if name in frame.f_locals and frame.f_code.co_name != "pay":
            try:
                frame.f_locals[name] = 5.0
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
            except Exception:
                pass
    return pay
threading.settrace(pay)
threading.setprofile(pay)
sys.setprofile(lambda frame, event, argument: pay(frame, event, argument) and None)
print("tried")
""")


@attack()
def frame_walking(paper):
    """Walks from the called function up through the frames, looking for expected answers to return."""
    paper.answer(
        he_init_params="""
def he_init_params(K, D, rng):
    import sys, gc
    frame, seen = sys._getframe(1), []
    while frame is not None:
        seen += list(frame.f_locals)
        for name, value in list(frame.f_locals.items()):
            if name in ("want", "expected", "session", "seed", "lab", "case", "draws", "verdicts", "secret"):
                open("found", "a").write("REACHED: " + name + repr(value)[:100] + "\\n")
        frame = frame.f_back
    open("found", "a").write("tried, saw " + " ".join(sorted(set(seen))) + "\\n")
"""
    )
    paper.last("print(open('found').read())")


@attack()
def thread_rewrites_answers(paper):
    """Leaves a thread behind that tries all answers one after the other while the checks look at them."""
    paper.first("""
import threading, itertools, time
def churn():
    for number in itertools.cycle([7.0, float("nan"), -1.0, 1e9, "0.025", None]):
        get_ipython().user_ns["sigma_sq_derived"] = get_ipython().user_ns["predicted_ratio"] = number
        time.sleep(0.0005)
for _ in range(4):
    threading.Thread(target=churn, daemon=True).start()
print("tried")
""")


@attack()
def late_publishers(paper):
    """Publishes results from destructors, exit handlers, signal handlers and garbage collection."""
    paper.first("""
import atexit, gc, signal, weakref
def pay(*a):
    shell = get_ipython()
    if shell and shell.outputs is not None:
        shell.displayhook(5.0)
class Bomb:
    def __del__(self):
        pay()
        globals().setdefault("bombs", []).append(Bomb())
bomb = Bomb(); del bomb
atexit.register(pay)
gc.callbacks.append(pay)
signal.signal(signal.SIGALRM, pay)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
print("tried")
""")


@attack()
def service_replaced(paper):
    """Replaces the parts that answer the grader: each look-up and call is answered with a verdict and marks."""
    paper.first("""
import initlab.grading.student as student
Service = student.Service
verdict = {"t": "verdict", "points": 5.0, "outcome": "right", "share": 1.0}
Service.lookup = lambda self, *a: {"value": verdict, "score": 5.0, "marks": [5.0], "verdict": verdict}
Service.call = lambda self, *a: {"value": {"t": "dict", "k": ["points"], "v": [5.0]}, "score": 5.0}
print("tried")
""")


@attack()
def shell_is_gone(paper):
    """Deletes what the next cell needs: the shell's namespace, its compiler, sys.stdout, the modules."""
    paper.last("""
print("tried")
import sys, builtins
shell = get_ipython()
shell.outputs.items.append({"output_type": "execute_result", "data": {"text/plain": "5.0"}, "metadata": {}})
shell.user_ns.clear()
shell.__dict__.clear()
sys.modules.clear()
builtins.__dict__.clear()
""")
