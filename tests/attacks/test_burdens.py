"""Answers that are a burden to the test itself, which runs in the grader: its memory is bounded as well."""

import other_course
from other_course import answer, plain

from initlab.grading import execution
from initlab.grading.batch import collect
from initlab.grading.kernels import Setting
from initlab.grading.limits import Limits

LESSON = [
    plain("import numpy as np"),
    answer("power", "def power(n):\n    ### BEGIN SOLUTION\n    return 2 ** n\n    ### END SOLUTION"),
    other_course.tests("kept", 1, "kept = [power(n) for n in range(60)]\nassert kept == [2 ** n for n in range(60)]"),
    other_course.tests("once", 1, "assert power(3) == 8"),
    answer("size", "size = ...\n### BEGIN SOLUTION\nsize = 10\n### END SOLUTION"),
    other_course.tests("text", 1, "assert len('x' * size) == 10"),
]
HEAVY = "import numpy as np\nmany = np.ones(1 << 21)\ndef power(n):\n    return 8 if n == 3 else many"


def test_what_a_test_keeps_is_bounded(tmp_path, monkeypatch):
    """Sixty answers of 16 MiB each, within all bounds for one, and a text of any length; the others are graded as ever."""
    monkeypatch.setattr(execution, "MOST_MEMORY", 256 << 20, raising=False)
    config = other_course.make_course(tmp_path, LESSON)
    right = {"power": "def power(n):\n    return 2 ** n", "size": "size = 10"}
    for name, answers in (("heavy", {"power": HEAVY, "size": "size = 10 ** 9"}), ("right", right)):
        other_course.hand_in(tmp_path / "class", name, other_course.solved(tmp_path, **answers))

    run = collect(tmp_path / "class", config, Setting(), b"s" * 32, workers=1)
    heavy, right = ([(mark.score, mark.outcome, mark.words) for mark in one.marks] for one in run.graded)

    too_much = (0.0, "broke", "this test needs more memory than it may have")
    assert heavy[0][0] == 0.0 and "more memory than a test may have" in heavy[0][2]
    assert heavy[1:] == [(1.0, "right", ""), too_much]
    assert [score for score, *_ in right] == [1.0, 1.0, 1.0]
    assert run.faults == []


def test_what_cannot_be_interrupted_costs_its_own_submission_alone(tmp_path):
    """One instruction of the interpreter hears no alarm; the run goes on without the process that is at it."""
    lesson = [plain("N = 100"), answer("total", "total = ...\n### BEGIN SOLUTION\ntotal = 5050\n### END SOLUTION"),
              other_course.tests("sums", 1, "assert total == sum(range(N + 1))")]
    config = other_course.make_course(tmp_path, lesson)
    for name, total in (("endless", "N = 10**15\ntotal = 0"), ("right", "total = 5050")):
        other_course.hand_in(tmp_path / "class", name, other_course.solved(tmp_path, total=total))

    run = collect(tmp_path / "class", config, Setting(limits=Limits(cell_seconds=0.5)), b"s" * 32)

    assert {one.student: one.score for one in run.graded} == {"endless": 0.0, "right": 1.0}
    assert "could not be interrupted" in next(one.trouble for one in run.graded if one.student == "endless")
