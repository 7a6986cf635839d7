"""Tests as other teachers write them, and wrong answers that would pass them only because of where they are run."""

import other_course
import pytest
from other_course import answer, locked, plain

from initlab.grading.batch import collect
from initlab.grading.kernels import Setting
from initlab.grading.limits import Limits

SOLVED = "### BEGIN SOLUTION\n{}\n### END SOLUTION"

# Cells before, the grade cell, the right answer, the wrong one.
EXERCISES = {
    "python_sum": (
        # Bound further down, as a demonstration: for this grade cell the name is still Python's.
        [],
        "assert total([1, 2]) == sum([1, 2])",
        "def total(xs):\n    return xs[0] + xs[1]",
        "def total(xs):\n    return 0\ndef sum(xs):\n    return 0",
    ),
    "helper_under_a_cell_magic": (
        [locked("tools", "%%capture\ndef near(a, b):\n    return abs(a - b) < 1e-9")],
        "assert near(half(3), 1.5)",
        "def half(x):\n    return x / 2",
        "def half(x):\n    return 0\ndef near(a, b):\n    return True",
    ),
    "import_beside_a_timing": (
        [plain("spent = %timeit -n1 -r1 -o -q 1 + 1\nfrom math import isclose")],
        "%%time\nassert isclose(third(3.0), 1.0)",
        "def third(x):\n    return x / 3",
        "def third(x):\n    return 0\ndef isclose(a, b):\n    return True",
    ),
    "names_of_pylab": (
        [plain("%pylab inline")],
        "assert allclose(half(3), 1.5)",
        "def half(x):\n    return x / 2",
        "def half(x):\n    return 0\ndef allclose(a, b):\n    return True",
    ),
    "rows_of_their_own": (
        [],
        "m = zeros(2, 3)\nassert m == [[0, 0, 0], [0, 0, 0]]\nm[0][0] = 5\nassert m[1][0] == 0",
        "def zeros(n, m):\n    return [[0] * m for _ in range(n)]",
        "def zeros(n, m):\n    return [[0] * m] * n",
    ),
    "lists_of_their_own": (
        [],
        "d = bins(3)\nd[0].append(1)\nassert d == {0: [1], 1: [], 2: []}",
        "def bins(n):\n    return {k: [] for k in range(n)}",
        "def bins(n):\n    return dict.fromkeys(range(n), [])",
    ),
    "a_copy": (
        [plain("a = [1, 2, 3]")],
        "assert b == a and b is not a\nb.append(4)\nassert a == [1, 2, 3]",
        "b = list(a)",
        "b = a",
    ),
    "a_copy_of_an_array": (
        [plain("u = np.zeros(3)")],
        "v[0] = 1\nassert u[0] == 0",
        "v = u.copy()",
        "v = u",
    ),
}


def lesson() -> list:
    """Return the teacher's notebook, with what one grade cell must not mistake for its own further down."""
    cells = [plain("import numpy as np")]
    for name, (before, test, right, _) in EXERCISES.items():
        cells += [*before, answer(name, SOLVED.format(right)), other_course.tests(f"test_{name}", 1, test)]
    return [*cells, plain("sum = 0\nfor i in range(4):\n    sum += i")]


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    """The marks of right and of wrong answers, by exercise."""
    root = tmp_path_factory.mktemp("ordinary")
    config = other_course.make_course(root, lesson())
    for place, student in ((2, "right"), (3, "wrong")):
        answers = {name: exercise[place] for name, exercise in EXERCISES.items()}
        other_course.hand_in(root / "class", student, other_course.solved(root, **answers))
    graded = collect(root / "class", config, Setting(limits=Limits(cell_seconds=5)), b"s" * 32).graded
    return {one.student: {mark.grade_id.removeprefix("test_"): mark.score for mark in one.marks} for one in graded}


@pytest.mark.parametrize("name", EXERCISES)
def test_a_wrong_answer_is_wrong_here_too(scores, name):
    """In one process the test would have found it out, and nobody but the teacher says what its names mean."""
    assert scores["wrong"][name] == 0.0


@pytest.mark.parametrize("name", EXERCISES)
def test_the_right_answer_has_its_marks(scores, name):
    """The test itself is one that can be passed."""
    assert scores["right"][name] == 1.0
