"""`initlab verify` tells a teacher which fact about a lab no longer holds."""

import shutil
from pathlib import Path

import pytest

from initlab.grading import verify
from initlab.grading.build import build
from initlab.grading.course import Course

ROOT = Path(__file__).parents[2]
LAB = "01_forward_pass"
DERIVED = "sigma_sq_derived = 2 / 80"


@pytest.fixture(scope="module")
def failing(tmp_path_factory) -> list[str]:
    """The facts that fail after somebody halved the variance of one answer and gave another one away."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "solutions").mkdir()
    source = (ROOT / "solutions" / f"{LAB}.py").read_text(encoding="utf-8")
    assert DERIVED in source
    halved = source.replace(DERIVED, "sigma_sq_derived = 1 / 80")
    told = halved + "\n# %%\nprint(0.95 ** (49 / 2))  # predicted_ratio = 0.95 ** (49 / 2)\n"
    (root / "solutions" / f"{LAB}.py").write_text(told, encoding="utf-8")
    wrong = root / "tests" / "wrong_answers"
    wrong.mkdir(parents=True)
    (wrong / "predicted_ratio.py").write_text("# %% wrong ratio.percent: half\npredicted_ratio = 0.5\n")
    (root / "tests" / "attacks").mkdir()
    (root / "tests" / "attacks" / "test_one.py").write_text("def test_attack():\n    assert False\n")
    course = Course.at(root)
    build(course)
    return [sentence for holds, sentence in verify.facts(course) if not holds]


def found(failing: list[str], *words: str) -> list[str]:
    """Return the sentences that have all of the words."""
    return [sentence for sentence in failing if all(word in sentence for word in words)]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_reference_solution_that_loses_points_is_named(failing, lang):
    """A wrong reference solution shows in both languages, with the points it got."""
    assert found(failing, f"{LAB}, solved, {lang}: 10 of 12 points")


def test_answer_in_a_student_notebook_is_named(failing):
    """An answer that stands outside its cell is found in both languages."""
    (sentence,) = found(failing, "predicted_ratio = 0.95 ** (49 / 2)")

    assert f"en/{LAB}: cell" in sentence
    assert f"ko/{LAB}: cell" in sentence


def test_wrong_answer_with_another_code_is_named(failing):
    """A wrong answer that is told something else than its heading says shows both codes."""
    assert found(failing, "predicted_ratio, half: wrong ratio.percent, but got wrong ratio.other")


def test_attack_that_succeeds_fails_the_run(failing):
    """The attacks are run, and one that gets through counts."""
    assert found(failing, "attacks on the grader", "1 failed")


def test_nothing_else_fails(failing):
    """What still holds is not blamed: the products, the untouched notebooks."""
    assert not found(failing, "untouched")
    assert not found(failing, "differs from")


def test_a_fact_that_fails_gives_exit_status_1(monkeypatch, capsys):
    """CI stops on it, and the last line says how many."""
    monkeypatch.setattr(verify, "facts", lambda course: iter([(True, "one"), (False, "two")]))

    assert verify.verify(Course.at(ROOT)) == 1
    assert capsys.readouterr().out.splitlines() == ["ok    one", "FAIL  two", "1 of the facts do not hold"]
