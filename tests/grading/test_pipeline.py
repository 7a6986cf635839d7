"""nbgrader's own commands, with our steps in their places, come to the marks that `initlab grade` comes to."""

import io
import logging
from pathlib import Path

import nbformat
import other_course
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from other_course import ASSIGNMENT, RIGHT, hand_in, solved
from traitlets.config import Config

from initlab.grading.batch import collect
from initlab.grading.kernels import Setting
from initlab.grading.preprocessors import RunCells
from initlab.grading.secret import course_secret


def nbgrader(converter: type, config: Config, *, force: bool = False) -> None:
    """Run one of nbgrader's converters over the whole class."""
    made = converter(coursedir=CourseDirectory(config=config), config=config)
    made.log.setLevel(logging.CRITICAL)
    made.coursedir.assignment_id = ASSIGNMENT
    made.force = force
    made.start()


def scores(config: Config, student: str) -> dict[str, tuple]:
    """Return what the gradebook has of a student: grade id -> (automatic, by hand, needs a person)."""
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
        return {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade) for g in notebook.grades}


def handed_in(root: Path) -> dict[str, bytes]:
    """Return a class with all the shapes a submission comes in."""
    right = solved(root, **RIGHT)
    colab = nbformat.from_dict(right)
    colab.nbformat_minor = 0
    for number, cell in enumerate(colab.cells):
        del cell["id"]
        cell.metadata["id"] = f"colab{number}"
        cell.metadata["executionInfo"] = {"user": {"displayName": "Somebody"}}
    del colab.metadata["kernelspec"]["language"]
    colab.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"0123": {"model_name": "X"}}}
    copied = solved(root, **RIGHT)
    copied.cells.append(copied.cells[3].copy())  # a grade cell, and with it its id
    deleted = solved(root, **RIGHT)
    deleted.cells = [cell for cell in deleted.cells if not cell.metadata.get("nbgrader", {}).get("grade")]
    stripped = solved(root, **RIGHT)
    for cell in stripped.cells:
        cell.metadata.pop("nbgrader", None)
    skipped = solved(root)
    for cell in skipped.cells:
        cell.metadata["tags"] = ["skip-execution"]
    return {
        "colab": nbformat.writes(colab, version=nbformat.NO_CONVERT).encode(),
        "copied": nbformat.writes(copied).encode(),
        "deleted": nbformat.writes(deleted).encode(),
        "empty": b"",
        "future": b'{"nbformat": 7, "nbformat_minor": 0, "metadata": {}, "cells": []}',
        "no json": b"<html>",
        "right": nbformat.writes(right).encode(),
        "skipped": nbformat.writes(skipped).encode(),
        "stripped": nbformat.writes(stripped).encode(),
        "김민수": nbformat.writes(right).encode(),
    }


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Config]:
    """A course whose class was graded and given feedback by nbgrader's own converters."""
    root = tmp_path_factory.mktemp("stock")
    config = other_course.make_course(root)
    for student, data in handed_in(root).items():
        hand_in(root / "submitted", student, data)
    nbgrader(Autograde, config)
    nbgrader(GenerateFeedback, config)
    return root, config


@pytest.fixture(scope="module")
def same_class_by_us(tmp_path_factory: pytest.TempPathFactory, course: tuple[Path, Config]) -> tuple[Path, Config]:
    """The same class in a course of its own, graded by `initlab grade`'s coordinator with the same secret."""
    root = tmp_path_factory.mktemp("ours")
    config = other_course.make_course(root)
    run = collect(course[0] / "submitted", config, Setting(), course_secret(course[0] / "secret"), workers=1)
    assert not run.faults
    return root, config


FULL = {"test_square": 2.0, "test_mean": 3.0, "test_sum": 2.0, "test_uses_square": 1.0, "test_size": 1.0, "partial": 4.0}


@pytest.mark.parametrize("student", ["right", "colab", "copied", "stripped", "김민수"])
def test_a_right_notebook_earns_full_marks_in_any_shape(course, student):
    """As Colab writes it, with a copied grade cell, or with all of nbgrader's metadata lost."""
    assert {name: auto for name, (auto, _, _) in scores(course[1], student).items() if name in FULL} == FULL


def test_deleted_grade_cells_are_put_back_and_count(course):
    """The answers are still there, so the verdicts are what they would have been; the essay is gone."""
    found = scores(course[1], "deleted")
    assert {name: found[name][0] for name in FULL} == FULL
    assert found["why"][0] == 0.0


@pytest.mark.parametrize("student", ["empty", "no json", "future"])
def test_what_is_no_notebook_gets_nothing_and_a_page_that_says_why(course, student):
    """It neither stops the run nor waits for a person, and the student learns the reason."""
    assert set(scores(course[1], student).values()) == {(0.0, None, False)}
    page = (course[0] / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert "could not be graded" in page


def test_a_tag_that_skips_cells_is_worth_nothing(course):
    """Tags are dropped before anything runs: the untouched notebook stays at 0."""
    assert {scores(course[1], "skipped")[name][0] for name in FULL} == {0.0}


def test_both_ways_give_the_same_gradebook(course, same_class_by_us):
    """`nbgrader autograde` and `initlab grade` differ in speed alone."""
    for student in handed_in(course[0]):
        assert scores(course[1], student) == scores(same_class_by_us[1], student), student


def test_both_ways_leave_the_same_notebook(course, same_class_by_us):
    """What formgrader shows does not depend on which command graded, times and object addresses apart."""
    for student in ("right", "copied", "no json"):
        paths = [root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb" for root, _ in (course, same_class_by_us)]
        first, second = (nbformat.read(path, as_version=4) for path in paths)
        assert first == second, student


def test_hidden_tests_are_not_in_the_feedback(course):
    """They are in the gradebook and were run; the page shows the cell as it was released."""
    page = (course[0] / "feedback" / "right" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert "square" in page
    assert "HIDDEN" not in page
    assert "zeros" not in page


def test_a_resubmission_never_keeps_an_earlier_mark(tmp_path):
    """Full marks, then all of it stripped and wrong, graded again: nothing of the first attempt is left."""
    config = other_course.make_course(tmp_path)
    hand_in(tmp_path / "submitted", "kim", solved(tmp_path, **RIGHT))
    nbgrader(Autograde, config)
    assert scores(config, "kim")["test_mean"][0] == 3.0
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        grade = gradebook.find_grade("why", ASSIGNMENT, ASSIGNMENT, "kim")
        grade.manual_score, grade.extra_credit = 3.0, 1.0
        gradebook.db.commit()
    worse = solved(tmp_path, square="def square(x): return 0", why="Nothing to say.")
    for cell in worse.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") != "why":
            cell.metadata.pop("nbgrader", None)
    hand_in(tmp_path / "submitted", "kim", worse)
    nbgrader(Autograde, config, force=True)
    found = scores(config, "kim")
    assert {found[name][:2] for name in FULL} == {(0.0, None)}
    assert found["why"] == (None, None, True)


def test_a_persons_marks_survive_a_second_grading_of_the_same_work(tmp_path):
    """nbgrader's own rule: the mark by hand stays and is put up for review."""
    config = other_course.make_course(tmp_path)
    hand_in(tmp_path / "submitted", "kim", solved(tmp_path, **RIGHT))
    nbgrader(Autograde, config)
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        gradebook.find_grade("why", ASSIGNMENT, ASSIGNMENT, "kim").manual_score = 2.0
        gradebook.db.commit()
    nbgrader(Autograde, config, force=True)
    assert scores(config, "kim")["why"] == (None, 2.0, True)


def test_bare_grading_by_nbgraders_command_warns(tmp_path):
    """`c.RunCells.isolation = "none"` is told in the log of every run."""
    config = other_course.make_course(tmp_path)
    config.RunCells.isolation = "none"
    hand_in(tmp_path / "submitted", "kim", solved(tmp_path, **RIGHT))
    RunCells._warned.clear()
    made = Autograde(coursedir=CourseDirectory(config=config), config=config)
    made.coursedir.assignment_id = ASSIGNMENT
    told = io.StringIO()
    made.log.setLevel(logging.WARNING)
    made.log.addHandler(logging.StreamHandler(told))
    made.start()
    assert "student code runs without isolation" in told.getvalue()


def test_a_notebook_that_a_resubmission_lacks_keeps_no_marks(tmp_path):
    """Of two notebooks both are handed in, then one: what was earned with the other is gone, by hand or not."""
    config = other_course.make_course(tmp_path)
    source = tmp_path / "source" / ASSIGNMENT
    (source / "second.ipynb").write_bytes((source / f"{ASSIGNMENT}.ipynb").read_bytes())
    nbgrader(GenerateAssignment, config, force=True)
    path = hand_in(tmp_path / "submitted", "kim", solved(tmp_path, **RIGHT))
    second = path.with_name("second.ipynb")
    second.write_bytes(path.read_bytes())
    nbgrader(Autograde, config)
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        gradebook.find_grade("why", "second", ASSIGNMENT, "kim").manual_score = 3.0
        gradebook.db.commit()
        assert gradebook.find_submission_notebook("second", ASSIGNMENT, "kim").score == 16.0
    second.unlink()
    nbgrader(Autograde, config, force=True)
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        assert gradebook.find_submission_notebook("second", ASSIGNMENT, "kim").score == 0.0
        assert gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "kim").score == 13.0


def test_a_fault_of_a_grade_cell_is_logged(tmp_path):
    """`nbgrader autograde` prints no table: the log names the cell that cannot work."""
    config = other_course.make_course(tmp_path, [other_course.tests("shell", 1, "%%bash\ntrue")])
    hand_in(tmp_path / "submitted", "kim", solved(tmp_path))
    made = Autograde(coursedir=CourseDirectory(config=config), config=config)
    made.coursedir.assignment_id = ASSIGNMENT
    told = io.StringIO()
    made.log.addHandler(logging.StreamHandler(told))
    made.log.setLevel(logging.ERROR)
    made.start()
    assert "kim/ps1: shell: the grade cell itself is not Python" in told.getvalue()


def test_initlab_grade_points_to_nbgrader_where_notebooks_bear_other_names(tmp_path):
    """An assignment of nbgrader's may hold several notebooks; whoever hands one in is told which command grades it."""
    config = other_course.make_course(tmp_path)
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        gradebook.add_assignment("ps2")
        gradebook.add_notebook("first", "ps2")
    path = tmp_path / "class" / "kim" / "ps2" / "first.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    run = collect(tmp_path / "class", config, Setting(), b"s" * 32)
    assert [(one.student, "nbgrader autograde ps2" in one.trouble) for one in run.astray] == [("kim", True)]


def test_a_gradebook_without_labs_is_named(tmp_path):
    """Before anything was released there is nothing to grade against."""
    config = Config()
    config.CourseDirectory.db_url = f"sqlite:///{tmp_path / 'empty.db'}"
    config.CourseDirectory.course_id = "empty"
    with pytest.raises(ValueError, match="empty.db knows no lab; run `initlab build`"):
        collect(tmp_path, config, Setting(), b"s" * 32)
