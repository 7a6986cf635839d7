"""The attacks' own test: an attack that succeeds is noticed, whichever way it takes."""

import sqlite3
import subprocess

import pytest
from house import HONEST


def test_an_untouched_notebook_is_worth_nothing(house):
    """What the attacks start from."""
    assert house.repels(house.released()).score == 0.0


def test_an_honest_notebook_is_worth_everything(house):
    """And what they would have to get."""
    house.accepts(house.answered(**HONEST))


def test_marks_that_were_earned_are_noticed(house):
    """The first assertion is not empty."""
    with pytest.raises(AssertionError, match="check_square"):
        house.repels(house.answered(square=HONEST["square"]))


@pytest.mark.parametrize("place", ["root", "temporary", "home"])
def test_a_changed_file_is_noticed(house, monkeypatch, place):
    """In the course, in the grader's temporary folder, in its home."""
    path = getattr(house, place) / "left.txt"
    grade = house.grade
    monkeypatch.setattr(house, "grade", lambda *a: (path.write_text("x"), grade(*a))[1])
    with pytest.raises(AssertionError, match="left.txt"):
        house.repels(house.released())
    path.unlink()


def test_a_changed_row_is_noticed(house, monkeypatch):
    """Somebody else's mark in the gradebook."""
    grade = house.grade

    def tampering(*arguments):
        with sqlite3.connect(house.gradebook) as database:
            database.execute("update grade set auto_score = 0.5 where auto_score = 5")
        return grade(*arguments)

    monkeypatch.setattr(house, "grade", tampering)
    with pytest.raises(AssertionError, match="grade"):
        house.repels(house.released())
    with sqlite3.connect(house.gradebook) as database:
        database.execute("update grade set auto_score = 5 where auto_score = 0.5")


def test_a_process_left_running_is_noticed(house, monkeypatch):
    """Below the grader, in whatever session."""
    left = []
    grade = house.grade

    def leaving(*arguments):
        left.append(subprocess.Popen(["sleep", "60"], start_new_session=True))
        return grade(*arguments)

    monkeypatch.setattr(house, "grade", leaving)
    with pytest.raises(AssertionError, match="left running"):
        house.repels(house.released())
    left[0].kill()
    left[0].wait()


def test_a_neighbour_who_suffers_is_noticed(house, monkeypatch):
    """The honest notebook is graded after the attack, by the same warm process."""
    answered = house.answered
    monkeypatch.setattr(house, "answered", lambda **answers: answered(**answers | {"constant": "x = 1"}))
    with pytest.raises(AssertionError, match="check_constant"):
        house.repels(house.released())
