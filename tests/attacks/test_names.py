"""Names of folders: none takes a neighbour's marks, ends the run, or gets beyond its own folder."""

import os

import pytest
from house import FULL, LAB, NEIGHBOUR

from initlab.grading.batch import collect

ODD = ["<script>alert(1)<_script>", "{student_id}%s[red]'; DROP TABLE student; --", "--help *", "x" * 200, "\x1b[2Jescape"]
BORROWED = [f" {NEIGHBOUR}", f"\u200e{NEIGHBOUR}", f".. {NEIGHBOUR}", f"\x07{NEIGHBOUR}"]


@pytest.fixture
def graded(house, tmp_path):
    """Grades a class of these folders, each with wrong answers, beside the neighbour."""

    def grade(names):
        for name in names:
            house.paper().write(tmp_path / "class" / name / LAB)
        path = tmp_path / "class" / NEIGHBOUR / LAB
        path.mkdir(parents=True)
        (path / f"{LAB}.ipynb").write_bytes(_right(house))
        run = collect(tmp_path / "class", house.config, house.setting, house.secret, workers=1)
        assert run.faults == []
        return run

    return grade


def _right(house) -> bytes:
    paper = house.paper()
    paper.answer(**house.honest)
    return paper.bytes()


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_a_name(graded, name):
    """Markup, formats, SQL, options and escapes are booked as what they are; the neighbour keeps full marks."""
    run = graded([name])
    marks = sorted((one.score, one.student == NEIGHBOUR) for one in run.graded)
    assert marks == [(0.0, False), (FULL, True)]


@pytest.mark.parametrize("name", BORROWED)
def test_a_name_that_only_looks_like_a_neighbours_takes_nothing(graded, house, name):
    """Blanks, dots and invisible characters go from an id; whoever bears it unaltered keeps it."""
    run = graded([name])
    assert {one.student: one.score for one in run.graded}[NEIGHBOUR] == FULL
    assert sum(house.recorded(NEIGHBOUR).values()) == FULL


def test_a_link_to_a_neighbours_folder_is_nobodys(graded, tmp_path):
    """It would be graded as somebody's own work."""
    (tmp_path / "class").mkdir()
    os.symlink(tmp_path / "class" / NEIGHBOUR, tmp_path / "class" / "link")
    assert [one.student for one in graded([]).graded] == [NEIGHBOUR]
