"""What honest students do keeps its full marks, however odd it looks to a grader."""

import nbformat
import pytest
from house import FULL, HONEST

# Each is put into the answers, or before everything, of a notebook that answers all right.
FIRST = {
    "warnings": "import warnings, sys\nwarnings.warn('careful')\nprint('a warning', file=sys.stderr)\nnp.log(np.zeros(3))",
    "plots": "import matplotlib.pyplot as plt\n%matplotlib inline\nplt.plot([1, 2])\nplt.title('제목')\nplt.show()",
    "keyboard": "name = input('your name? ')",
    "pip": "%pip install numpy\n!pip install scipy",
    "cell_magic": "%%time\ntotal = sum(range(10))",
    "widgets": "from ipywidgets import interact\ninteract(lambda v: v, v=(0, 1.0));",
    "other_names": "sum = sum([1, 2])\nnp_ = np\nlist = [1]\nabs = abs(-1)",
    "own_np": "import numpy\nnp = numpy\nnp.set_printoptions(precision=2)\nnp.seterr(all='raise')",
    "threads": "import threading\ndone = []\nt = threading.Thread(target=done.append, args=(1,))\nt.start(); t.join()\nassert done",
    "pool": "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n    print(list(pool.map(abs, [-1, 2])))",
    "slow": "import time\ntime.sleep(0.5)",
    "error_elsewhere": "1 / 0",
    "does_not_compile": "for x in",
    "asks_the_checks": "checks.sigma_sq_derived(0.1)\nchecks.hint('sigma_sq_derived')",
    "korean": "이름 = '학생'\nσ = 0.5\nprint(이름, σ, '🙂')",
    "files": "open('notes.txt', 'w').write('한글')\nprint(open('notes.txt').read())",
    "large_output": "for n in range(5_000):\n    print(n)",
    "latex_and_html": "from IPython.display import display, HTML, Math\ndisplay(HTML('<b>x</b>'), Math('x^2'))",
    "seeded": "np.random.seed(0)\nimport random\nrandom.seed(1)",
    "pandas_is_missing": "try:\n    import pandas\nexcept ImportError:\n    pandas = None",
}
ANSWERS = {
    "prints_in_functions": {"square": "def square(x):\n    print('squaring', x)\n    return x * x"},
    "warns_in_functions": {
        "mean": "import warnings, sys\ndef mean(xs):\n    warnings.warn('old')\n    print('x', file=sys.stderr)\n    return float(np.mean(xs))"
    },
    "numpy_numbers": {"constant": "x = np.float32(0.5)", "sigma_sq_derived": "sigma_sq_derived = np.array([0.025])"},
    "whole_numbers": {"square": "def square(x):\n    return x ** 2", "mean": "def mean(xs):\n    return sum(xs) / len(xs)"},
    "lists_for_arrays": {
        "backward_pass": HONEST["backward_pass"].replace("return dw", "return [w.tolist() for w in dw]")
    },
    "own_generator": {
        "he_init_params": HONEST["he_init_params"].replace("(K, D, rng):", "(K, D):\n    rng = np.random.default_rng(5)")
    },
    "helper_in_another_cell": {
        "square": "def helper(x):\n    return x * x\n\n" + HONEST["square"],
        "mean": "def mean(xs):\n    return sum(map(helper, np.sqrt(np.abs(xs)))) / len(xs) if min(xs) >= 0 else float(np.mean(xs))",
    },
    "a_class": {"square": "class Square:\n    def __call__(self, x):\n        return x * x\nsquare = Square()"},
    "a_decorator": {"square": "import functools\n@functools.lru_cache\ndef square(x):\n    return x * x"},
    "a_lambda": {"square": "square = lambda x, /, *, power=2: x ** power"},
    "non_ascii_names": {"square": "def square(엑스):\n    제곱 = 엑스 * 엑스  # 제곱\n    return 제곱"},
    "takes_its_time": {"square": "import time\ndef square(x):\n    time.sleep(0.02)\n    return x * x"},
    "shared_memory": {"mean": "kept = []\ndef mean(xs):\n    kept.append(xs)\n    return float(np.mean(kept[-1]))"},
}


@pytest.mark.parametrize("name", FIRST)
def test_what_else_is_in_the_notebook_costs_nothing(house, name):
    """A cell of the student's own, before all answers."""
    notebook = house.answered(**HONEST)
    notebook.cells.insert(1, nbformat.v4.new_code_cell(FIRST[name]))
    house.accepts(notebook)


@pytest.mark.parametrize("name", ANSWERS)
def test_how_an_answer_is_written_costs_nothing(house, name):
    """Right answers in other forms."""
    house.accepts(house.answered(**HONEST | ANSWERS[name]))


def test_cells_may_stand_in_another_order(house):
    """Answers first, grade cells last; and cells of one's own in between."""
    notebook = house.answered(**HONEST)
    notebook.cells.sort(key=lambda cell: cell.metadata.get("nbgrader", {}).get("grade", False))
    notebook.cells.insert(4, nbformat.v4.new_markdown_cell("나의 메모 <b>굵게</b>"))
    house.accepts(notebook)


def test_a_module_beside_the_notebook_can_be_imported(house):
    """A helper file of the student's own."""
    answer = "from my_helper import twice\ndef square(x):\n    return twice(x) * x / 2"
    house.accepts(house.answered(**HONEST | {"square": answer}), {"my_helper.py": b"def twice(x):\n    return 2 * x\n"})


def test_an_exercise_that_hits_a_limit_costs_itself_alone(house):
    """A loop without end, a function without end, and a cell that takes all memory: all others keep their marks."""
    for exercise, source, points in (
        ("constant", "x = 0.5\nwhile True:\n    pass", 0),
        ("he_init_params", "def he_init_params(K, D, rng):\n    while True:\n        pass", 5),
        ("predicted_ratio", "predicted_ratio = bytearray(4 << 30)", 2),
        ("sigma_sq_derived", "import os\nos._exit(1)", 2),
    ):
        house.repels(house.answered(**HONEST | {exercise: source}), score=FULL - points)


def test_functions_that_use_up_the_time_of_a_check_cost_that_check_alone(house):
    """Each call within its limit, all calls together beyond it; the next exercise is still run."""
    slow = HONEST["he_init_params"].replace("    widths", "    import time\n    time.sleep(1.7)\n    widths", 1)
    house.repels(house.answered(**HONEST | {"he_init_params": slow}), score=FULL - 5)


def test_a_second_grading_gives_the_same_marks(house):
    """Of right, wrong and half right answers; to the last digit."""
    half = HONEST["he_init_params"].replace("np.sqrt(2 / b)", "np.sqrt(2 / 80)")
    for answers in (HONEST, {}, HONEST | {"he_init_params": half}, {"square": "import random\ndef square(x):\n    return random.random()"}):
        class_ = {"attacker": house.answered(**answers), "neighbour": house.answered(**house.honest)}
        first, second = ([(m.grade_id, m.score) for g in house.grade(class_) for m in g.marks] for _ in range(2))
        assert first == second
