"""The example class is graded as a teacher would grade it, and nobody in it stops the run."""

from dataclasses import replace
from pathlib import Path

import pytest

from initlab.grading.batch import Run, collect
from initlab.grading.build import release
from initlab.grading.course import Course
from initlab.grading.kernels import Setting
from initlab.grading.limits import Limits

ROOT = Path(__file__).parents[1]
FORWARD, BACKWARD = "01_forward_pass", "02_backward_pass"


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    """The whole class, graded into a gradebook of its own, with patience for endless loops cut to 5 s."""
    course = replace(Course.at(ROOT), root=tmp_path_factory.mktemp("course"))
    (course.root / "solutions").symlink_to(ROOT / "solutions")
    release(course)
    config = course.nbgrader_config()
    setting = Setting(closed=tuple(config.RunCells.closed), limits=Limits(cell_seconds=5), figures=False)
    return collect(ROOT / "examples" / "submissions", config, setting, bytes(32))


def outcomes(run: Run, student: str, lab: str) -> list[str]:
    """Return the outcome of each exercise of one submission, in order."""
    (graded,) = (graded for graded in run.graded if (graded.student, graded.lab) == (student, lab))
    return [mark.outcome for mark in graded.marks]


def score(run: Run, student: str, lab: str) -> float:
    """Return the marks of one submission."""
    (graded,) = (graded for graded in run.graded if (graded.student, graded.lab) == (student, lab))
    return graded.score


def test_every_submission_is_dealt_with(run):
    """22 notebooks come in; each leaves with marks or a reason, and the grader blames itself for none."""
    assert len(run.graded) == 22
    assert run.faults == []
    assert run.astray == []
    assert len({graded.student for graded in run.graded}) >= 10


@pytest.mark.parametrize("student", ["amina", "bruno", "chaewon", "dmitri"])
def test_right_answers_of_every_kind_earn_everything(run, student):
    """Plain, unusual, in the Korean notebook, and with the original notebook's own functions."""
    assert (score(run, student, FORWARD), score(run, student, BACKWARD)) == (12, 14)


def test_blank_notebooks_are_not_attempted(run):
    """Who hands in the notebook as it was released gets no marks and no blame."""
    assert set(outcomes(run, "elif", FORWARD) + outcomes(run, "elif", BACKWARD)) == {"not attempted"}


def test_half_done_keeps_what_is_done(run):
    """Exercises that were answered count, whatever is left open."""
    assert outcomes(run, "farid", FORWARD) == ["right", "right", "not attempted", "not attempted", "not attempted"]
    assert outcomes(run, "farid", BACKWARD) == ["right", "not attempted", "not attempted", "not attempted"]


@pytest.mark.parametrize(
    ("student", "lab", "exercise", "words"),
    [
        ("grace", FORWARD, "he_init_params", "variance used as standard deviation"),
        ("hugo", BACKWARD, "re_init_params", "fan-in used for the backward pass"),
        ("ines", FORWARD, "he_init_params", "rand for randn"),
        ("ines", BACKWARD, "backward_pass", "factor 2 missing"),
    ],
)
def test_classic_mistakes_are_named(run, student, lab, exercise, words):
    """The table says in a few words what the student did."""
    (graded,) = (graded for graded in run.graded if (graded.student, graded.lab) == (student, lab))
    (mark,) = (mark for mark in graded.marks if mark.exercise == exercise)

    assert mark.outcome == "wrong"
    assert words in mark.words


def test_syntax_error_costs_its_own_exercise(run):
    """The cell that isn't Python is broke; the others keep their marks."""
    assert outcomes(run, "jun", FORWARD) == ["right", "right", "right", "broke", "right"]


def test_endless_loop_costs_its_own_exercise(run):
    """The loop is stopped, told so, and the cells after it still run."""
    (kofi,) = (graded for graded in run.graded if graded.student == "kofi")

    assert outcomes(run, "kofi", FORWARD) == ["right", "broke", "right", "right", "right"]
    assert "stopped after 5 s" in kofi.marks[1].words


def test_broken_upload_gets_a_reason(run):
    """A file that is no notebook is told in one line."""
    (lena,) = (graded for graded in run.graded if graded.student == "lena")

    assert lena.score == 0
    assert "not JSON" in lena.trouble
    assert "\n" not in lena.trouble


def test_hostile_notebook_gets_nothing(run):
    """Replacing the checks inside the student's process moves no mark."""
    assert score(run, "mallory", FORWARD) == 0
