"""A function that returns nothing of use has not raised what a test asks for."""

import other_course
import pytest
from other_course import answer, plain

from initlab.grading.batch import collect
from initlab.grading.kernels import Setting
from initlab.grading.limits import Limits

LESSON = [
    plain("import numpy as np\nimport pytest"),
    answer("picky", "def picky(x):\n    ### BEGIN SOLUTION\n    raise TypeError(x)\n    ### END SOLUTION"),
    other_course.tests("by_numpy", 1, "np.testing.assert_raises(TypeError, picky, 'x')"),
    other_course.tests("by_pytest", 1, "with pytest.raises(Exception):\n    picky('x')"),
    other_course.tests("by_hand", 1, "try:\n    picky('x')\nexcept Exception:\n    pass\nelse:\n    raise AssertionError"),
    other_course.tests("by_anything", 1, "raised = False\ntry:\n    picky('x')\nexcept:\n    raised = True\nassert raised"),
]
SILENT = {
    "unsendable": "def picky(x):\n    return object()",
    "ending": "def picky(x):\n    import os\n    os._exit(0)",
    "hanging": "def picky(x):\n    import time\n    time.sleep(99)",
    "endless": "def picky(x):\n    return [0] * 600_000",
    "bursting": "def picky(x):\n    return np.zeros(1 << 24)",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose teacher asks for exceptions."""
    root = tmp_path_factory.mktemp("silence")
    return root, other_course.make_course(root, LESSON)


def scores(course, name: str, source: str) -> list[float]:
    """Return the marks of one answer."""
    root, config = course
    other_course.hand_in(root / "class", name, other_course.solved(root, picky=source))
    limits = Limits(cell_seconds=1)
    (graded,) = collect(root / "class" / name / other_course.ASSIGNMENT, config, Setting(limits=limits), b"s" * 32).graded
    return [mark.score for mark in graded.marks]


@pytest.mark.parametrize("name", SILENT)
def test_silence_is_no_exception(course, name):
    """What cannot cross, and a process that ended or was ended, earn nothing where an exception is asked for."""
    assert scores(course, name, SILENT[name]) == [0.0, 0.0, 0.0, 0.0]


def test_an_exception_is_one(course):
    """The answer that was asked for has its marks."""
    assert scores(course, "right", "def picky(x):\n    raise TypeError(x)") == [1.0, 1.0, 1.0, 1.0]
