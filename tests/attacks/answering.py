"""Attacks by answers: numbers that compare with everything, functions that behave only while they are watched."""

from paper import attack


@attack()
def nan_everywhere(paper):
    """Answers NaN, which no comparison finds too far away, in numbers, arrays, lists and functions' results."""
    paper.answer(
        network_size="all_weights = [np.full((80, 80), np.nan)] * 51",
        sigma_sq_by_experiment="sigma_sq_omega = float('nan')",
        sigma_sq_derived="sigma_sq_derived = np.float32('nan')",
        he_init_params="""
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    return ([np.full((o, i), np.nan) for i, o in zip(widths, widths[1:])], [np.full((o, 1), np.nan) for o in widths[1:]])
""",
        predicted_ratio="predicted_ratio = np.array([[np.nan]])\nprint('tried')",
    )


@attack()
def nan_derivatives(paper):
    """Answers NaN derivatives of the right shapes, and NaN where a standard deviation is asked for."""
    paper.answer(
        backward_pass="""
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    return [[np.full_like(x, np.nan) for x in given] for given in (all_weights, all_biases, all_h, all_f)]
""",
        sigma_sq_derived="sigma_sq_derived = np.nan",
        mislabelled_print="printed_quantity, true_std_dl_dh = 'nan', np.nan\nprint('tried')",
    )


@attack()
def infinities(paper):
    """Answers infinities of both signs, and numbers that become infinite when they are squared or converted."""
    paper.answer(
        network_size="all_weights = [np.inf] * 51",
        sigma_sq_by_experiment="sigma_sq_omega = float('inf')",
        sigma_sq_derived="sigma_sq_derived = 10**400",
        he_init_params="""
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    big = [1e308, np.inf, -np.inf, 1e200]
    return ([np.full((o, i), big[k % 4]) for k, (i, o) in enumerate(zip(widths, widths[1:]))],
            [np.full((o, 1), np.inf) for o in widths[1:]])
""",
        predicted_ratio="predicted_ratio = -np.longdouble('1e4000')\nprint('tried')",
    )


@attack()
def neither_numbers_nor_text(paper):
    """Answers with what converts to a right number by accident: truth values, texts, bytes, dates, sets, ranges, classes."""
    paper.answer(
        network_size="all_weights = range(51)",
        sigma_sq_by_experiment="sigma_sq_omega = '0.025'",
        sigma_sq_derived="sigma_sq_derived = np.array(['0.025'])",
        he_init_params="class he_init_params(list):\n    def __init__(self, K, D, rng):\n        pass",
        predicted_ratio="predicted_ratio = np.array([0.2846 + 0j], dtype=object)\nprint('tried')",
    )


@attack()
def empty_arrays(paper):
    """Answers with arrays of no elements, for which every comparison of all elements holds, and with masked arrays."""
    paper.answer(
        network_size="all_weights = [np.empty((80, 0))] * 51",
        sigma_sq_by_experiment="sigma_sq_omega = np.array([])",
        sigma_sq_derived="sigma_sq_derived = np.ma.masked_all((1,))",
        he_init_params="def he_init_params(K, D, rng):\n    return [np.empty((0, 0))] * (K + 1), np.empty((K + 1, 0, 0))",
        predicted_ratio="predicted_ratio = np.zeros((0, 10**6))\nprint('tried')",
    )


@attack()
def endless_views(paper):
    """Answers with arrays of exabytes that take eight bytes: broadcast, overlapping and strided views."""
    paper.answer(
        network_size="all_weights = [np.broadcast_to(1.0, (10**6, 10**6))] * 51",
        sigma_sq_by_experiment="sigma_sq_omega = np.broadcast_to(0.025, (10**9,))",
        sigma_sq_derived="sigma_sq_derived = np.lib.stride_tricks.as_strided(np.ones(1), (10**5, 10**5), (0, 0))",
        he_init_params="def he_init_params(K, D, rng):\n    return [np.broadcast_to(0.1, (D, 10**9))] * (K + 1), [0.0] * (K + 1)",
        predicted_ratio="predicted_ratio = np.broadcast_to(np.float16(0.28), (2**31, 2**31))\nprint('tried')",
    )


@attack(sees="tried")
def generators_and_iterators(paper):
    """Returns generators, coroutines, iterators without end and lists that hold themselves."""
    paper.first("import itertools\nloop = []\nloop.append(loop)\n")
    paper.answer(
        network_size="all_weights = (np.ones((80, 80)) for _ in range(51))",
        sigma_sq_by_experiment="sigma_sq_omega = iter([0.025])",
        sigma_sq_derived="sigma_sq_derived = loop",
        he_init_params="def he_init_params(K, D, rng):\n    yield [np.ones((D, D))]\n    yield from itertools.count()",
        predicted_ratio="async def predicted_ratio():\n    return 0.2846\nprint('tried')",
    )


@attack(sees="Error|tried")
def second_time_otherwise(paper):
    """Answers otherwise every time: a result, nothing, an exception, another type."""
    paper.first("turns = __import__('itertools').cycle([0, 1, 2, 3])")
    paper.answer(
        backward_pass="""
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    turn = next(turns)
    if turn == 1:
        return 5.0
    if turn == 2:
        raise NotImplementedError("5.0")
    return [[np.zeros_like(x) + turn for x in given] for given in (all_weights, all_biases, all_h, all_f)]
""",
        sigma_sq_derived="class Turning(float):\n    def __float__(self): return next(turns)\n"
        "sigma_sq_derived = Turning(7)\nprint('tried')",
    )


@attack(sees="tried")
def public_cases_by_heart(paper):
    """Knows the right derivatives of the cases that the notebook's own check asks for, and nothing else."""
    paper.first("""
from initlab import network
from initlab.checks import cases, session
KNOWN = {}
for case in cases.backward_cases(session.Session().rng("backward_pass")):
    given = case.arguments
    KNOWN[given[4].tobytes()] = network.backward(case.all_weights, case.all_biases, case.all_f, case.all_h, case.y)
""")
    paper.answer(
        backward_pass="""
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    if y.tobytes() in KNOWN:
        return KNOWN[y.tobytes()]
    return [[np.zeros_like(x) for x in given] for given in (all_weights, all_biases, all_h, all_f)]
"""
    )
    # The notebook's own check is satisfied: what fails is the memory, not the recitation.
    paper.last("""
from initlab import checks
print("tried:", checks.backward_pass(backward_pass), "of 5 points from the public check")
assert checks.backward_pass(backward_pass) == 5.0
""")


@attack(sees=r"tried: 5\.0")
def public_sizes_by_heart(paper):
    """Draws well for the sizes that the notebook's own check asks for, and returns nothing of use for others."""
    paper.answer(
        he_init_params="""
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    if (K, D) not in ((50, 80), (24, 20), (1, 2000)):
        return [np.zeros((1, 1))], [np.zeros((1, 1))]
    return ([rng.normal(size=(o, i)) * np.sqrt(2 / i) for i, o in zip(widths, widths[1:])],
            [np.zeros((o, 1)) for o in widths[1:]])
"""
    )
    paper.last("print('tried:', checks.he_init_params(he_init_params))\nassert checks.he_init_params(he_init_params) == 5.0")


@attack(sees="tried: graded")
def knows_when_it_is_graded(paper):
    """Behaves in the student's own notebook, and where the grader's service is about, tries everything at once."""
    paper.answer(
        he_init_params="""
def he_init_params(K, D, rng):
    import sys, os
    if any(name.startswith("initlab.grading") for name in sys.modules) or "ZMQInteractiveShell" not in str(get_ipython()):
        from initlab.checks import session
        open("seen", "w").write("tried: graded")
        session._current.set(session.Session(graded=True))
        session.current().present = lambda verdict: 5.0
        raise type("Verdict", (Exception,), {"points": 5.0, "share": 1.0, "student_lines": 5.0})("5.0")
    return None
"""
    )
    paper.last("print(open('seen').read())")


@attack(sees="tried")
def exceptions_for_control(paper):
    """Raises what could steer the grader: StopIteration, SystemExit, KeyboardInterrupt, NotImplementedError, its own names."""
    paper.first("""
import itertools
class TooLong(BaseException): pass
class Liar(AssertionError):
    def __str__(self): raise self
    __repr__ = __reduce__ = __getstate__ = __str__
    args = property(lambda self: 1 / 0)
    student_lines = points = 5.0
class Unusable(Exception):
    def verdict(self, exercise): return 5.0
turns = itertools.cycle([StopIteration, SystemExit(0), KeyboardInterrupt, GeneratorExit, TooLong(), Liar(), Unusable(),
                         ExceptionGroup("x", [ValueError(), SystemExit and KeyError()]), AssertionError, Warning, BaseException])
class Raising:
    def __call__(self, K, D, rng): raise next(turns)
    def __getattr__(self, name): raise next(turns)
    __array__ = __float__ = __len__ = __iter__ = lambda self, *a: next(turns) and 1 / 0
""")
    paper.answer(
        network_size="all_weights = Raising()",
        sigma_sq_derived="sigma_sq_derived = Raising()",
        he_init_params="def he_init_params(K, D, rng):\n    raise next(turns)",
        predicted_ratio="predicted_ratio = Raising()\nprint('tried')",
    )


@attack(sees="stopped after")
def sleeping(paper):
    """Sleeps for ever in the function that is called, through every interrupt."""
    paper.answer(
        he_init_params="""
def he_init_params(K, D, rng):
    import time
    while True:
        try:
            time.sleep(1000)
        except BaseException:
            pass
"""
    )


@attack(sees="SIGSEGV|recursion|Recursion|lost")
def recursing(paper):
    """Calls itself without end, first within Python's limit and then, with the limit lifted, until the stack is gone."""
    paper.answer(
        network_size="def f(n):\n    return f(n + 1)\nf(0)",
        he_init_params="""
def he_init_params(K, D, rng):
    import sys
    sys.setrecursionlimit(10**8)
    class Deep:
        def __getattr__(self, name): return getattr(self, name + "x")
    def deeper(n): return [deeper(n + 1)] + sorted([n], key=lambda _: deeper(n + 1))
    return deeper(0)
""",
    )


@attack(sees="exit status 0|ended its own process")
def exiting(paper):
    """Ends the process in the middle of a cell and of a call, cleanly: no verdict must not be a mark."""
    paper.answer(
        sigma_sq_by_experiment="import os\nsigma_sq_omega = 7.0\nos._exit(0)",
        he_init_params="def he_init_params(K, D, rng):\n    import os\n    os._exit(0)",
        predicted_ratio="import sys, os\npredicted_ratio = 7.0\nexit(0)\nquit()\nsys.exit(0)\nos.abort()",
    )


@attack(sees="ended its own process")
def dying_when_replayed(paper):
    """Has hundreds of cells of which each, when it is run a second time, ends the process once more."""
    for _ in range(120):
        # The grader says so to the process when it replays a cell; no cell of an honest notebook would look.
        paper.first("""
import os, sys
frame = sys._getframe()
while frame and "message" not in frame.f_locals:
    frame = frame.f_back
if frame and frame.f_locals["message"].get("quiet"):
    os._exit(7)
""")
    paper.last("print('tried')\nimport os\nos._exit(1)")
    paper.last("print('after')")


@attack()
def numbers_of_odd_kinds(paper):
    """Answers with denormal, signed-zero, complex, extended, dated, structured and textual numbers that are right only if read so."""
    paper.answer(
        network_size="all_weights = np.zeros(51, dtype=[('w', float, (80, 80))])",
        sigma_sq_by_experiment="sigma_sq_omega = np.str_('0.025')",
        sigma_sq_derived="sigma_sq_derived = np.timedelta64(25, 'ms')",
        he_init_params="""
turns = iter([np.datetime64("2026-01-01"), 5e-324, -0.0, True, 2 / 80 + 0j, np.longdouble(5e-4950), np.void(b"0.025"), b"0.025"] * 9)
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    return [[[next(turns)] * i] * o for i, o in zip(widths, widths[1:])], [-0.0] * (K + 1)
""",
        predicted_ratio="predicted_ratio = np.array([(0.2846,)], dtype=[('ratio', float)])\nprint('tried')",
        mislabelled_print="from decimal import Decimal\nprinted_quantity, true_std_dl_dh = b'dl_df', Decimal('446.654')",
        constant="x = '0.5'",
        square="from fractions import Fraction\ndef square(x):\n    return str(x * x)",
        mean="def mean(xs):\n    return np.array([np.mean(xs)], dtype=object)",
    )


@attack()
def values_that_convert(paper):
    """Answers with objects that become right arrays when numpy, pickle or a buffer's reader asks them to."""
    paper.first("""
import array, ctypes
class Converts:
    def __init__(self, told): self.told = np.asarray(told, dtype=float)
    def __array__(self, *a, **k): return self.told
    __array_interface__ = property(lambda self: self.told.__array_interface__)
    __array_struct__ = property(lambda self: self.told.__array_struct__)
    def __dlpack__(self, **k): return self.told.__dlpack__()
    def __dlpack_device__(self): return (1, 0)
    def __reduce__(self): return (float, (float(self.told.flat[0]),))
    def __float__(self): return float(self.told.flat[0])
    def __getattr__(self, name): return getattr(self.told, name)
""")
    paper.answer(
        network_size="all_weights = [Converts(np.ones((80, 1)))] + [Converts(np.ones((80, 80)))] * 49 + [Converts(np.ones((1, 80)))]",
        sigma_sq_by_experiment="sigma_sq_omega = memoryview(np.array([0.025]))",
        sigma_sq_derived="sigma_sq_derived = array.array('d', [0.025])",
        he_init_params="def he_init_params(K, D, rng):\n    return [Converts(np.ones((D, D)))] * (K + 1), (ctypes.c_double * (K + 1))()",
        predicted_ratio="predicted_ratio = ctypes.c_double(0.2846)\nprint('tried')",
        mislabelled_print="printed_quantity, true_std_dl_dh = bytearray(b'dl_df'), Converts(1477.322)",
        constant="x = Converts(0.5)",
        square="def square(x):\n    return Converts(x * x)",
        mean="def mean(xs):\n    return Converts(np.mean(xs))",
    )


@attack(sees=r"tried: 5\.0")
def generators_by_heart(paper):
    """Draws well only from the generators of the notebook's own check, which it knows by their states."""
    paper.first("""
from initlab.checks import cases, session
public = session.Session().rng("he_init_params")
cases.sizes(public, False)
KNOWN = {np.random.default_rng(int(public.integers(2**32))).bit_generator.state["state"]["state"] for _ in range(4)}
""")
    paper.answer(
        he_init_params="""
def he_init_params(K, D, rng):
    known = rng.bit_generator.state["state"]["state"] in KNOWN
    widths = [1] + [D] * K + [1]
    return ([rng.normal(size=(o, i)) * np.sqrt(2 / i) if known else np.ones((o, i)) for i, o in zip(widths, widths[1:])],
            [np.zeros((o, 1)) for o in widths[1:]])
"""
    )
    paper.last("print('tried:', checks.he_init_params(he_init_params))\nassert checks.he_init_params(he_init_params) == 5.0")


@attack(sees=r"tried: 5\.0")
def right_when_nobody_looks(paper):
    """Is right only where its caller, its stack, its clock or its arguments' memory say that no grader asks."""
    paper.answer(
        backward_pass="""
from initlab import network
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    import sys
    frame, depth, asked = sys._getframe(1), 0, False
    while frame is not None:
        asked = asked or frame.f_code.co_name == "_guarded" and "student.py" in frame.f_code.co_filename
        frame, depth = frame.f_back, depth + 1
    if asked or y.base is not None and type(y.base) is not np.ndarray:
        return [[np.ones_like(x) for x in given] for given in (all_weights, all_biases, all_h, all_f)]
    return network.backward(all_weights, all_biases, all_f, all_h, y)
"""
    )
    paper.last("print('tried:', checks.backward_pass(backward_pass))")
