"""Grade cells that another teacher wrote for nbgrader run unchanged, and mean what they meant."""

import nbformat
import other_course
import pytest
from other_course import RIGHT, hand_in, solved

from initlab.grading.batch import collect
from initlab.grading.kernels import Setting

CLASS = {
    "right": RIGHT,
    "wrong": RIGHT | {"square": "def square(x):\n    return 9", "size": "K = 2"},
    "broke": RIGHT | {"mean": "def mean(xs):\n    return 1 / 0", "square": "def square(x:"},
    "undone": {},
    "fools": RIGHT
    | {
        "square": "near = isclose = lambda *_: True\nTOLERANCE = 1e9\ndef reference(xs):\n    return mean(xs)\n"
        "def square(x):\n    return 9",
        "mean": "import builtins\nbuiltins.all = builtins.abs = lambda *_: True\n"
        "np.testing.assert_allclose = lambda *_: None\nnp.mean = lambda xs: 3\ncases = []\ndef mean(xs):\n    return 3",
        "own_sum": "def sum(xs):\n    return 7\ncases = []\ndef all(xs):\n    return True",
    },
    "does without": RIGHT | {"sum_of_squares": "def sum_of_squares(n):\n    return sum([x * x for x in range(n)])"},
    "stops": RIGHT | {"mean": "def mean(xs):\n    raise StopIteration"},
    "prints": RIGHT | {"mean": "import warnings\ndef mean(xs):\n    print('x' * 50)\n    warnings.warn('careful')\n"
                       "    return np.mean(xs)"},
}  # fmt: skip


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """Grade a class; student -> grade id -> mark, and the executed notebook under the key "notebook"."""
    root = tmp_path_factory.mktemp("other")
    config = other_course.make_course(root)
    for student, answers in CLASS.items():
        hand_in(root / "class", student, solved(root, **answers))
    run = collect(root / "class", config, Setting(), b"s" * 32, workers=1)
    assert not run.faults
    found = {}
    for graded in run.graded:
        found[graded.student] = {mark.grade_id: mark for mark in graded.marks}
        path = root / "autograded" / graded.student / "ps1" / "ps1.ipynb"
        found[graded.student]["notebook"] = nbformat.read(path, as_version=4)
    return found


def scores(marks: dict, student: str) -> dict[str, float | None]:
    """Return the scores of one student by grade id."""
    return {name: mark.score for name, mark in marks[student].items() if name != "notebook"}


def test_right_answers_earn_full_marks(marks):
    """Asserts, hidden tests, numpy.testing, comprehensions, earlier cells' names and partial credit all work."""
    assert scores(marks, "right") == {
        "test_square": 2.0, "test_mean": 3.0, "test_sum": 2.0, "test_uses_square": 1.0, "test_size": 1.0, "partial": 4.0,
        "why": None,
    }  # fmt: skip


def test_a_test_may_take_a_function_away_from_another(marks):
    """`del square` is felt by the student's other functions, and is over when the cell ends."""
    assert marks["does without"]["test_uses_square"].words == "sum_of_squares does not use square"
    assert scores(marks, "does without") == scores(marks, "right") | {"test_uses_square": 0.0}


def test_printing_and_warning_costs_nothing(marks):
    """What a function prints, or says on stderr, is not a mark."""
    assert scores(marks, "prints") == scores(marks, "right")


def test_wrong_answers_fail_the_tests_they_fail(marks):
    """A visible and a hidden test each catch what they were written for."""
    assert scores(marks, "wrong") == {
        "test_square": 0.0, "test_mean": 3.0, "test_sum": 2.0, "test_uses_square": 0.0, "test_size": 0.0, "partial": 2.5,
        "why": None,
    }  # fmt: skip
    assert marks["wrong"]["test_square"].words == "a hidden test failed"
    assert marks["wrong"]["test_size"].words == "assert K == 50"


def test_a_crash_ends_its_own_exercise_alone(marks):
    """An exception is named with its type; a syntax error is told where it is, not as a missing name."""
    assert scores(marks, "broke")["test_sum"] == 2.0
    assert (marks["broke"]["test_mean"].outcome, marks["broke"]["test_mean"].words) == (
        "broke",
        "ZeroDivisionError: division by zero",
    )
    assert marks["broke"]["test_square"].outcome == "broke"
    assert marks["broke"]["test_square"].words.startswith("SyntaxError: ")


def test_an_untouched_notebook_is_not_attempted(marks):
    """Stubs are neither wrong nor broken, and an essay nobody wrote does not wait for a person."""
    undone = [mark for name, mark in marks["undone"].items() if name != "notebook"]
    assert {mark.outcome for mark in undone} == {"not attempted"}
    assert {mark.score for mark in undone} == {0.0}


def test_the_students_names_do_not_stand_in_for_the_teachers(marks):
    """A student's np, isclose, near, reference, cases, abs and all are not the ones that the tests use."""
    fools = scores(marks, "fools")
    assert (fools["test_square"], fools["test_mean"], fools["test_sum"], fools["partial"]) == (0.0, 0.0, 0.0, 0.0)


def test_a_stopiteration_does_not_end_a_loop_of_tests(marks):
    """Raised by a student's function inside all() or a for loop it fails the test, as any exception does."""
    assert marks["stops"]["test_mean"].score == 0.0


def test_feedback_shows_visible_lines_and_no_hidden_ones(marks):
    """The failing visible line is quoted; of a hidden one only that there is one."""
    cells = {
        cell.metadata.nbgrader.grade_id: cell for cell in marks["wrong"]["notebook"].cells if "nbgrader" in cell.metadata
    }
    assert "assert K == 50" in str(cells["test_size"].outputs)
    assert "A hidden test failed." in str(cells["test_square"].outputs)
    assert "range(7)" not in str(cells["test_square"].outputs)


def test_the_class_was_handed_released_notebooks(marks):
    """Released notebooks hold no answers: the fixture that all the above rests on."""
    assert "return x * x" not in str(marks["undone"]["notebook"])
