"""`nbgrader export` says of every exercise what became of it: four kinds of 0 are four things."""

import csv
import shutil

import other_course
import pytest
from nbgrader.apps import ExportApp
from other_course import ASSIGNMENT, RIGHT, hand_in, solved

from initlab.grading.batch import collect
from initlab.grading.kernels import Setting, close

MIXED = {
    "square": "def square(x):\n    return x + 1",
    "mean": "def mean(xs):\n    return xs.no_such_method()",
    "own_sum": RIGHT["own_sum"],
    "why": RIGHT["why"],
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The rows that the command writes for a class: all right, of every kind something, blank, nothing handed in."""
    root = tmp_path_factory.mktemp("export")
    config = other_course.make_course(root)
    for student, answers in (("right", RIGHT), ("mixed", MIXED), ("blank", {}), ("comma, in a name", RIGHT), ("=1+1", RIGHT), ("@SUM(A1)", {})):
        hand_in(root / "class", student, solved(root, **answers))
    try:
        collect(root / "class", config, Setting(closed=(str(root),), figures=False), b"secret", workers=1)
        shutil.rmtree(root / "class")
        hand_in(root / "class", "mixed", solved(root, **MIXED))
        collect(root / "class", config, Setting(closed=(str(root),), figures=False), b"secret", workers=1)
    finally:
        close()
    from nbgrader.api import Gradebook

    with Gradebook(config.CourseDirectory.db_url, config.CourseDirectory.course_id) as gradebook:
        gradebook.add_student("absent", last_name='O"Neil, Jr.')
    app = ExportApp(config=config)
    app.load_config_file = lambda *arguments, **options: None
    app.initialize([f"--to={root / 'grades.csv'}", f"--db={config.CourseDirectory.db_url}"])
    app.start()
    with open(root / "grades.csv", newline="", encoding="utf-8") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def test_outcomes_are_kept_apart(exported):
    """Wrong, broke and not attempted all earn 0, and are told apart by exercise, in the order of the lab."""
    row = exported["mixed"]
    assert row["right"] == "test_sum"
    assert row["wrong"] == "test_square"
    assert row["broke"] == "test_mean partial"
    assert row["not attempted"] == "test_uses_square test_size"
    assert row["by hand"] == "why"
    assert float(row["score"]) == 2


def test_blank_is_told_from_absent(exported):
    """An untouched notebook is not attempted everywhere; one that never came has nothing said of it."""
    assert exported["blank"]["not attempted"].split()[:3] == ["test_square", "test_mean", "test_sum"]
    assert [exported["absent"][name] for name in ("right", "wrong", "not attempted", "broke")] == ["", "", "", ""]
    assert exported["absent"]["last_name"] == 'O"Neil, Jr.'


def test_no_name_of_a_folder_is_a_formula(exported):
    """A spreadsheet reckons with what begins so, and can be made to fetch a page with the marks in its address."""
    assert {name for name in exported if name[0] in "=+-@'"} == {"'=1+1", "'@SUM(A1)"}


def test_nbgraders_own_columns_are_there(exported):
    """Whatever reads nbgrader's own CSV reads this one."""
    row = exported["right"]
    assert list(row)[:11] == [
        "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
        "raw_score", "late_submission_penalty", "score", "max_score",
    ]  # fmt: skip
    assert (row["assignment"], float(row["score"]), float(row["max_score"])) == (ASSIGNMENT, 13, 16)
