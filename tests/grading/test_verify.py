"""`initlab verify` tells a teacher which fact about a lab no longer holds; each kind of fact is seen to fail."""

import shutil
from pathlib import Path

import pytest

from initlab.grading import verify
from initlab.grading.build import build
from initlab.grading.course import Course

ROOT = Path(__file__).parents[2]
LAB = "01_forward_pass"
DERIVED = "sigma_sq_derived = 2 / 80"
RATIO = "predicted_ratio = ...  # a number or an expression; 1 would mean: no change"


@pytest.fixture(scope="module")
def failing(tmp_path_factory) -> list[str]:
    """The facts that fail after one of each kind was broken: an answer halved, another one given away, and so on."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "solutions").mkdir()
    source = (ROOT / "solutions" / f"{LAB}.py").read_text(encoding="utf-8")
    assert DERIVED in source and RATIO in source
    source = source.replace(DERIVED, "sigma_sq_derived = 1 / 80").replace(RATIO, "predicted_ratio = 0.95 ** (49 / 2)")
    (root / "solutions" / f"{LAB}.py").write_text(source, encoding="utf-8")
    wrong = root / "tests" / "wrong_answers"
    wrong.mkdir(parents=True)
    (wrong / "predicted_ratio.py").write_text("# %% wrong ratio.percent: half\npredicted_ratio = 0.5\n")
    (wrong / "sigma_sq_derived.py").write_text("# %% wrong derived.other\nsigma_sq_derived = 1\n")
    (root / "tests" / "attacks").mkdir()
    (root / "tests" / "attacks" / "test_one.py").write_text(
        "def test_repelled():\n    pass\n\ndef test_gets_in():\n    assert 12 == 0, 'marks'\n"
    )
    (root / "tests" / "attacks" / "test_two.py").write_text("import nothing_of_this_name\n")
    course = Course.at(root)
    build(course)
    released = root / "notebooks" / "ko" / LAB / f"{LAB}.ipynb"
    released.write_text(released.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "CPU_SECONDS", 0.0)
        return [sentence for holds, sentence in verify.facts(course) if not holds]


def found(failing: list[str], *words: str) -> list[str]:
    """Return the sentences that have all of the words."""
    return [sentence for sentence in failing if all(word in sentence for word in words)]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_reference_solution_that_loses_points_is_named(failing, lang):
    """A wrong reference solution shows in both languages, with the points it got."""
    assert found(failing, f"{LAB}, solved, {lang}: 10 of 12 points")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_time_that_a_lab_takes_is_measured(failing, lang):
    """A solved lab that takes longer than it may is named with the processor time it took."""
    (sentence,) = found(failing, f"{LAB}, solved, {lang}", "s of processor time for its own cells, at most 0 s")
    assert "more than can be told" not in sentence


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_marks_for_an_untouched_notebook_are_named(failing, lang):
    """A stub that holds the answer earns its points without any work."""
    assert found(failing, f"{LAB}, untouched, {lang}: 2 points, 4 of 5 not attempted")


def test_answer_in_a_student_notebook_is_named(failing):
    """An answer that stands outside its region is found in both languages."""
    (sentence,) = found(failing, "predicted_ratio = 0.95 ** (49 / 2)")

    assert f"en/{LAB}: cell" in sentence
    assert f"ko/{LAB}: cell" in sentence


def test_notebook_that_is_not_what_its_source_gives_is_named(failing):
    """Somebody edited a product in place of its source."""
    assert found(failing, f"notebooks/ko/{LAB}/{LAB}.ipynb differs from what its source gives")


def test_wrong_answer_with_another_code_is_named(failing):
    """A wrong answer that is told something else than its heading says shows both codes."""
    assert found(failing, "predicted_ratio, half: wrong ratio.percent, but got wrong ratio.other")


def test_specimens_that_cannot_be_read_are_named(failing):
    """A heading without a title ends that file alone."""
    assert found(failing, "sigma_sq_derived.py: ValueError: sigma_sq_derived.py: cannot read")


def test_attack_that_succeeds_is_named(failing):
    """The attacks are run, and one that gets through is named with what it got; its neighbour holds."""
    assert found(failing, "test_one, test_gets_in (failure: AssertionError: marks")
    assert not found(failing, "test_repelled")


def test_attacks_that_cannot_be_run_are_named(failing):
    """A file of attacks that pytest cannot import is no proof of anything."""
    assert found(failing, "test_two", "nothing_of_this_name")


def test_course_without_attacks_or_specimens_has_shown_nothing(tmp_path):
    """Where there is nothing to try, it does not hold that everything was caught."""
    assert [holds for holds, _ in verify._tests(tmp_path)] == [False, False]


def test_nothing_else_fails(failing):
    """What still holds is not blamed."""
    assert len(failing) == 12, failing


def test_a_fact_that_fails_gives_exit_status_1(monkeypatch, capsys):
    """CI stops on it, and the last line says how many."""
    monkeypatch.setattr(verify, "facts", lambda course: iter([(True, "one"), (False, "two")]))

    assert verify.verify(Course.at(ROOT)) == 1
    assert capsys.readouterr().out.splitlines() == ["ok    one", "FAIL  two", "1 of the facts do not hold"]
