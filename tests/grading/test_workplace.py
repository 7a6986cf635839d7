"""Grade cells of other teachers find their files, and nothing of the submission that was graded before."""

import os
import random
import sys
from pathlib import Path

import numpy as np
import other_course
import pytest
from other_course import answer, hand_in, plain, solved
from other_course import tests as grade

from initlab.grading.batch import collect
from initlab.grading.kernels import Setting

FILES = {"data.txt": "1 2 3", "near.py": "def near(a, b):\n    return abs(a - b) < 1e-9\n"}
LESSON = [
    plain("import random\nimport numpy as np\nimport matplotlib.pyplot as plt"),
    answer("f", "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"),
    answer("draw", "def draw(n):\n    ### BEGIN SOLUTION\n    return np.random.rand(n)\n    ### END SOLUTION"),
    answer("roll", "def roll():\n    ### BEGIN SOLUTION\n    return random.randint(1, 6)\n    ### END SOLUTION"),
    grade("luck", 8, "x = np.random.rand()\nround(8 * x, 3) if f(x) == x else 0"),
    grade("reads", 1, "data = np.loadtxt('data.txt')\nassert f(data).sum() == 6"),
    grade("imports", 1, "from near import near\nassert near(f(1), 1)"),
    grade("writes", 1, "open('kept.txt', 'x').close()\nassert f(1) == 1"),
    grade("plots", 1, "plt.plot([1, 2], f([1, 2]))\nassert len(plt.gca().lines) == 1"),
    grade("prints", 1, "assert str(np.array([1 / 3])) == '[0.33333333]'\nnp.set_printoptions(precision=2)\nassert f(1) == 1"),
    grade("overflows", 1, "assert np.exp(f(1e4)) == np.inf\nbefore = np.seterr(over='raise')"),
    grade("seeds", 1, "np.random.seed(3)\nfirst = np.random.rand(2)\ngot = draw(4)\n"
          "np.random.seed(3)\nnp.testing.assert_array_equal(np.random.rand(6)[2:], got)"),
    grade("seeds_twice", 1, "np.random.seed(3)\ngot = draw(2), draw(2)\nnp.random.seed(3)\n"
          "np.testing.assert_array_equal(np.random.rand(2), got[0])\nnp.testing.assert_array_equal(np.random.rand(2), got[1])"),
    grade("seeds_python", 1, "random.seed(1)\ngot = [roll() for _ in range(9)]\nrandom.seed(1)\n"
          "assert got == [random.randint(1, 6) for _ in range(9)]"),
]  # fmt: skip
RIGHT = {
    "f": "def f(x):\n    return x",
    "draw": "def draw(n):\n    return np.random.rand(n)",
    "roll": "def roll():\n    return random.randint(1, 6)",
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """The marks of two students with the same right answers, in one process one after the other; twice."""
    root = tmp_path_factory.mktemp("workplace")
    config = other_course.make_course(root, LESSON, FILES)
    found = {}
    here, path = os.getcwd(), list(sys.path)
    for time in ("first", "again"):
        for student in ("anna", "bert"):
            hand_in(root / "class", student, solved(root, **RIGHT))
        run = collect(root / "class", config, Setting(), b"s" * 32, workers=1)
        assert not run.faults
        found |= {(time, graded.student): {m.grade_id: (m.score, m.words) for m in graded.marks} for graded in run.graded}
    assert (os.getcwd(), sys.path) == (here, path) and "near" not in sys.modules
    return found


@pytest.mark.parametrize("student", ["anna", "bert"])
def test_right_answers_earn_full_marks_whoever_was_graded_before(marks, student):
    """The teacher's files are read and imported; figures, settings and files do not outlive a notebook."""
    assert {name: words for name, (_, words) in marks["first", student].items() if words and name != "luck"} == {}


def test_a_test_that_draws_its_cases_draws_them_again(marks):
    """A second grading gives the same mark, even where luck decides; another student has other luck."""
    assert marks["again", "anna"]["luck"] == marks["first", "anna"]["luck"] != marks["first", "bert"]["luck"]


def test_grading_leaves_the_graders_own_generators_alone(tmp_path: Path):
    """Whoever grades from a notebook of his own goes on drawing where he was."""
    config = other_course.make_course(tmp_path, LESSON, FILES)
    hand_in(tmp_path / "class", "anna", solved(tmp_path, **RIGHT))
    seeds = np.random.seed, random.seed
    np.random.seed(5)
    random.seed(5)
    wanted = np.random.rand(), random.random()
    np.random.seed(5)
    random.seed(5)
    collect(tmp_path / "class", config, Setting(), b"s" * 32, workers=1)
    assert (np.random.rand(), random.random()) == wanted
    assert (np.random.seed, random.seed) == seeds
