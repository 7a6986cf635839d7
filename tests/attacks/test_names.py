"""Names of folders: none takes a neighbour's marks, ends the run, or gets beyond its own folder."""

import os

import pytest
from house import FULL, LAB, NEIGHBOUR

from initlab.grading import folders
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


def test_a_name_that_grows_when_it_is_composed_ends_nothing(graded):
    """255 bytes on disk, 340 as composed characters: more than the name of a folder may have."""
    run = graded(["\ufb1d" * 85])
    assert sorted(one.score for one in run.graded) == [0.0, FULL]


def test_a_file_that_has_no_place_in_the_course_ends_nothing(graded, house, monkeypatch):
    """What a file system refuses costs its student alone."""
    keep = folders.keep

    def refusing(config, step, student, *rest, **more):
        if student == "odd" and step == "submitted":
            raise OSError(36, "File name too long")
        keep(config, step, student, *rest, **more)

    monkeypatch.setattr(folders, "keep", refusing)
    run = graded(["odd"])
    assert {one.student: one.trouble for one in run.graded} == {"odd": "no copy of it could be made (File name too long)", NEIGHBOUR: ""}


@pytest.mark.parametrize("name", [LAB, f"{LAB}.ipynb"])
def test_what_is_named_like_a_lab_does_not_leave_the_class_out(graded, tmp_path, name):
    """The class's folder would pass for one student's, and everybody else would go without a mark and a word."""
    if name == LAB:
        names = [LAB]
    else:
        (tmp_path / "class").mkdir()
        (tmp_path / "class" / name).write_bytes(b"{}")
        names = []
    with pytest.raises(ValueError, match=f"move '{name}' into a folder of its own"):
        graded(names)
