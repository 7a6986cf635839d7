"""Attacks that lie: what checks compare with is replaced, and answers claim to be what they are not."""

from paper import attack


@attack(sees="tried|ended its own process")
def numpy_agrees(paper):
    """Replaces numpy's comparisons and Python's own: every answer would be close enough to every other."""
    paper.first("""
import builtins, math
import numpy.testing
yes = lambda *a, **k: True
for name in ("isclose", "allclose", "array_equal", "all", "any", "isfinite", "array_equiv"):
    setattr(np, name, yes)
for name in [n for n in dir(np.testing) if n.startswith("assert")]:
    setattr(np.testing, name, yes)
np.abs = np.max = np.std = np.mean = lambda *a, **k: 0.0
math.isclose = math.isfinite = yes
builtins.abs = lambda x: 0.0
builtins.isinstance = builtins.all = builtins.any = yes
builtins.round = lambda x, n=0: 2.0
np.ndarray.__bases__
print("tried")
""")


@attack()
def checks_pay(paper):
    """Replaces every check, rubric and verdict of initlab by one that gives full marks."""
    paper.first("""
import sys
from initlab import checks, rubric
from initlab.checks import session
from initlab.rubric import verdict
full = {"network_size": 1.0, "sigma_sq_by_experiment": 2.0, "sigma_sq_derived": 2.0, "he_init_params": 5.0,
        "predicted_ratio": 2.0}
for name, points in full.items():
    setattr(checks, name, lambda *answers, points=points: points)
verdict.Verdict.points = property(lambda self: 5.0)
session.Session.present = lambda self, verdict: 5.0
session.judge = checks.judge = lambda *a: 5.0
for module in [m for n, m in sys.modules.items() if n.startswith("initlab.")]:
    for name in ("judge", "judged", "near", "clipped", "run_grade_cell", "POINTS"):
        if hasattr(module, name):
            setattr(module, name, lambda *a, **k: 5.0)
assert checks.he_init_params(None) == 5.0
print("tried")
""")


@attack()
def grade_cells_names(paper):
    """Binds the names that grade cells use: a lenient `checks`, a lenient `float`, a lenient `print`."""
    paper.first("""
class Lenient:
    def __getattr__(self, name):
        return lambda *answers: 5.0
checks = initlab = Lenient()
float = min = max = abs = lambda *a: 5.0
check_network_size = check_sigma_sq_derived = 5.0
__builtins__.checks = checks
print("tried")
""")


_LIAR = """
class Liar:
    '''Equal to everything, close to everything, and any number that is asked for.'''
    shape, size, ndim, dtype, T = (51, 80), 51, 2, np.dtype(float), property(lambda self: self)
    real = imag = property(lambda self: self)
    def _true(self, *a, **k): return True
    def _self(self, *a, **k): return self
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = __instancecheck__ = _true
    __abs__ = __sub__ = __rsub__ = __add__ = __mul__ = __rmul__ = __truediv__ = __pow__ = __neg__ = _self
    __getitem__ = __call__ = __round__ = reshape = item = astype = _self
    __hash__ = lambda self: 0
    __len__ = lambda self: 51
    __iter__ = lambda self: iter([self] * 51)
    __float__ = lambda self: 0.025
    __int__ = __index__ = lambda self: 50
    __complex__ = lambda self: 0.025 + 0j
    __array__ = lambda self, *a, **k: np.full((80, 80), 0.025)
    __array_priority__ = 1e9
    __array_ufunc__ = __array_function__ = lambda self, *a, **k: True
    __array_interface__ = np.full((80, 80), 0.025).__array_interface__
    __class__ = property(lambda self: float)
    def __getattr__(self, name): return self
"""


@attack(sees="is not|cannot cross|neither|expected")
def liar_object(paper):
    """Answers with objects that are equal and close to whatever they are compared with."""
    paper.first(_LIAR)
    paper.answer(
        network_size="all_weights = Liar()",
        sigma_sq_by_experiment="sigma_sq_omega = Liar()",
        sigma_sq_derived="sigma_sq_derived = Liar()",
        he_init_params="he_init_params = Liar()",
        predicted_ratio="predicted_ratio = Liar()",
    )


@attack()
def liars_in_lists(paper):
    """Answers with lists, tuples and dicts whose members lie, and with functions that return them."""
    paper.first(_LIAR)
    paper.answer(
        network_size="all_weights = [Liar()] * 51",
        sigma_sq_by_experiment="sigma_sq_omega = [Liar()]",
        sigma_sq_derived="sigma_sq_derived = (Liar(),)",
        he_init_params="def he_init_params(K, D, rng):\n    return [Liar()] * (K + 1), [Liar()] * (K + 1)",
        predicted_ratio="predicted_ratio = {'value': Liar()}\nprint('tried')",
    )


@attack()
def array_subclass(paper):
    """Answers with ndarray subclasses that lie about shape, content and every operation."""
    paper.first("""
class Liar(np.ndarray):
    shape = property(lambda self: (80, 80))
    size = property(lambda self: 6400)
    ndim = property(lambda self: 2)
    dtype = property(lambda self: np.dtype(float))
    nbytes = property(lambda self: 8)
    flags = property(lambda self: None)
    def __array_finalize__(self, other): pass
    def __array_ufunc__(self, *a, **k): return np.True_
    def __array_function__(self, *a, **k): return np.True_
    def __array__(self, *a, **k): return np.full((), 0.025)
    def __eq__(self, other): return True
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __sub__(self, other): return 0.0
    __rsub__ = __abs__ = __sub__
    def __float__(self): return 0.025
    def item(self): return 0.025
    def tobytes(self, *a): return np.full(6400, 0.025).tobytes()
    def __reduce__(self): return (print, ("REACHED: unpickled",))
def liar(value): return np.array(value).view(Liar)
""")
    paper.answer(
        network_size="all_weights = [liar([7.0])] * 51",
        sigma_sq_by_experiment="sigma_sq_omega = liar(7.0)",
        sigma_sq_derived="sigma_sq_derived = liar([7.0])",
        he_init_params="def he_init_params(K, D, rng):\n"
        "    return [liar(np.zeros((3, 3)))] * (K + 1), [liar([0.0])] * (K + 1)",
        predicted_ratio="predicted_ratio = liar(7.0)\nprint('tried')",
    )


@attack()
def number_subclass(paper):
    """Answers with subclasses of float, int and numpy's scalars that convert to what is asked for."""
    paper.first("""
def lying(kind, told):
    return type("Liar", (kind,), {
        "__float__": lambda self: told, "__int__": lambda self: 50, "__index__": lambda self: 50,
        "__sub__": lambda self, other: 0.0, "__rsub__": lambda self, other: 0.0, "__abs__": lambda self: 0.0,
        "__eq__": lambda self, other: True, "__lt__": lambda self, other: True, "__le__": lambda self, other: True,
        "__hash__": lambda self: 0, "__repr__": lambda self: repr(told), "__trunc__": lambda self: 50,
        "item": lambda self: told, "tobytes": lambda self: np.float64(told).tobytes(),
        "dtype": np.dtype(float), "as_integer_ratio": lambda self: (1, 40)})
""")
    paper.answer(
        sigma_sq_by_experiment="sigma_sq_omega = lying(float, 0.025)(7.0)",
        sigma_sq_derived="sigma_sq_derived = lying(int, 0.025)(7)",
        predicted_ratio="predicted_ratio = lying(complex, 0.2846)(7)\nprint('tried')",
    )


@attack()
def container_subclass(paper):
    """Answers with subclasses of list, tuple, dict and str that show other members than they have."""
    paper.first("""
RIGHT = [np.ones((80, 1))] + [np.ones((80, 80))] * 49 + [np.ones((1, 80))]
class L(list):
    __len__ = lambda self: 10**9
    __iter__ = lambda self: iter(RIGHT)
    __getitem__ = lambda self, place: RIGHT[place]
    __bool__ = lambda self: True
class T(tuple):
    __iter__ = lambda self: iter([L(), L()])
    __len__ = lambda self: 2
class D(dict):
    items = lambda self: [(k, RIGHT) for k in range(10**6)]
    __len__ = lambda self: 1
class S(str):
    __eq__ = lambda self, other: True
    __hash__ = lambda self: hash("dl_df")
    __str__ = lambda self: "dl_df"
    __len__ = lambda self: 5
""")
    paper.answer(
        network_size="all_weights = L([np.ones((3, 3))])",
        sigma_sq_by_experiment="sigma_sq_omega = S('7.0')",
        sigma_sq_derived="sigma_sq_derived = D(value=7.0)",
        he_init_params="def he_init_params(K, D, rng):\n    return T(([np.ones((3, 3))],))",
        predicted_ratio="predicted_ratio = L([7.0])\nprint('tried')",
    )


@attack(sees="tried")
def text_that_matches(paper):
    """Answers the question for a name with a text that equals every name."""
    paper.answer(
        mislabelled_print="""
class S(str):
    __eq__ = lambda self, other: True
    __hash__ = lambda self: hash("dl_df")
    __contains__ = lambda self, other: True
    def __getattribute__(self, name):
        return (lambda *a: "dl_df") if name in ("strip", "lower", "casefold", "replace") else str.__getattribute__(self, name)
printed_quantity, true_std_dl_dh = S("dl_dh"), 446.654
print("tried")
"""
    )


@attack()
def import_replaced(paper):
    """Puts false modules where a later import would find them: numpy, initlab and what grade cells import."""
    paper.first("""
import sys, types
class Everything(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *answers, **named: 5.0
class Finder:
    def find_spec(self, name, path=None, target=None):
        return None
sys.meta_path.insert(0, Finder())
for name in ("numpy", "numpy.testing", "initlab", "initlab.checks", "initlab.rubric", "math", "nbgrader"):
    sys.modules[name] = Everything(name)
import initlab
assert initlab.checks.network_size() == 5.0 if not isinstance(initlab.checks, type(lambda: 0)) else True
print("tried")
""")


@attack()
def modules_as_answers(paper):
    """Answers with modules, which the grader might look up names in: numpy, initlab.checks, a module of its own."""
    paper.first("""
import sys, types
own = types.ModuleType("initlab.checks")
own.size, own.shape = 1, (80, 80)
own.__getattr__ = lambda name: 0.025
""")
    paper.answer(
        network_size="import initlab.checks\nall_weights = initlab.checks",
        sigma_sq_by_experiment="sigma_sq_omega = own",
        sigma_sq_derived="sigma_sq_derived = np",
        he_init_params="import numpy.random\nhe_init_params = numpy.random",
        predicted_ratio="predicted_ratio = sys\nprint('tried')",
    )
