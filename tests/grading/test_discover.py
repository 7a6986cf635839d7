"""Whatever a class hands in is found, or named with a reason."""

import os
import unicodedata
from pathlib import Path

import pytest

from initlab.grading.discover import Refused, files_beside, find, student_id, submission_bytes

LABS = ["01_forward_pass", "02_backward_pass"]


def hand_in(root, *paths: str) -> None:
    """Write empty files."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")


def told(found) -> list[tuple]:
    """Return what matters of each find."""
    return [(one.student, one.lab, one.path and one.path.name, bool(one.trouble), one.known) for one in found]


def test_a_class_is_found_by_student_and_lab(tmp_path):
    """Sorted; names with blanks, in Korean and with odd characters included; other folders and files not."""
    hand_in(
        tmp_path,
        "이 서연/01_forward_pass/01_forward_pass.ipynb",
        "[x] {0}*/01_forward_pass/01_forward_pass.ipynb",
        "kim/02_backward_pass/02_backward_pass.ipynb",
        "kim/01_forward_pass/01_forward_pass.ipynb",
        "kim/notes.txt", ".git/x.ipynb", "__MACOSX/kim/01_forward_pass/01_forward_pass.ipynb",
        "kim/.ipynb_checkpoints/01_forward_pass.ipynb",
    )  # fmt: skip
    assert [(one.student, one.lab) for one in find(tmp_path, LABS)] == [
        ("[x] {0}*", LABS[0]), ("kim", LABS[0]), ("kim", LABS[1]), ("이 서연", LABS[0]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "at", "student", "lab"),
    [
        ("c/kim/01_forward_pass/01_forward_pass.ipynb", "", "kim", LABS[0]),
        ("c/kim/01_forward_pass/01_forward_pass.ipynb", "c/kim/01_forward_pass", "kim", LABS[0]),
        ("c/kim/01_forward_pass/01_forward_pass.ipynb", "c/kim", "kim", LABS[0]),
        ("c/kim/01_forward_pass.ipynb", "", "kim", LABS[0]),
        ("c/kim_01_forward_pass.ipynb", "", "kim", LABS[0]),
        ("c/kimsu_LATE_12_345_01_forward_pass-1.ipynb", "", "kimsu_LATE_12_345", LABS[0]),
        ("c/01_forward_pass-12.ipynb", "", "12", LABS[0]),
        ("c/02_backward_pass - Lee Su.ipynb", "", "Lee Su", LABS[1]),
        ("c/kim/01_forward_pass/01_forward_pass (1).ipynb", "", "kim", LABS[0]),
        ("c/kim/01_forward_pass/homework.ipynb", "c/kim", "kim", LABS[0]),
    ],
)
def test_one_notebook_says_whose_it_is_and_for_which_lab(tmp_path, path, at, student, lab):
    """By its folders or by its name; `at` empty is the file itself."""
    hand_in(tmp_path, path)
    (found,) = find(tmp_path / (at or path), LABS)
    assert (found.student, found.lab, found.trouble) == (student, lab, "")


def test_what_cannot_be_taken_is_named_with_a_reason(tmp_path):
    """A wrong name is taken and noted; no notebook, several, and an unknown lab are told apart."""
    hand_in(
        tmp_path,
        "a/01_forward_pass/Copy of lab.ipynb",
        "b/01_forward_pass/lab.html",
        "c/01_forward_pass/x.ipynb", "c/01_forward_pass/y.ipynb",
        "d/09_attention/09_attention.ipynb",
        "e/holiday.ipynb",
    )  # fmt: skip
    (tmp_path / "f" / LABS[0]).mkdir(parents=True)
    found = {one.student: one for one in find(tmp_path, LABS)}
    assert found["a"].note == "taken from 'Copy of lab.ipynb'"
    assert found["b"].trouble == "no notebook was handed in: the folder holds lab.html"
    assert "which of these is the lab? x.ipynb, y.ipynb" in found["c"].trouble
    assert "there is no lab '09_attention'; the labs are 01_forward_pass" in found["d"].trouble
    assert "names no lab" in found["e"].trouble
    assert "holds nothing" in found["f"].trouble
    assert [name for name, one in found.items() if not one.known] == ["d", "e"]


def test_nothing_and_nowhere_are_refused(tmp_path):
    """The sentence says what is expected."""
    with pytest.raises(FileNotFoundError, match="expected a folder <student>/<lab>"):
        find(tmp_path / "nowhere", LABS)
    with pytest.raises(ValueError, match="nothing was handed in"):
        find(tmp_path, LABS)
    hand_in(tmp_path, "holiday.ipynb")
    with pytest.raises(ValueError, match="names a lab"):
        find(tmp_path / "holiday.ipynb", LABS)


def test_a_folder_that_cannot_be_read_costs_nobody_else(tmp_path, monkeypatch):
    """One student's folder without permission is named; the rest of the class is found."""
    hand_in(tmp_path, f"amina/{LABS[0]}/{LABS[0]}.ipynb", f"bruno/{LABS[0]}/{LABS[0]}.ipynb")
    iterdir = Path.iterdir

    def forbidden(path):
        if path.name == "bruno":  # root, who runs tests in containers, may read everything
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", forbidden)
    found = {one.student: one for one in find(tmp_path, LABS)}

    assert found["amina"].path is not None
    assert not found["bruno"].known and "Permission denied" in found["bruno"].trouble


def test_two_spellings_of_a_name_are_one_student(tmp_path):
    """A Mac decomposes Hangul: the second folder of the same student is named, not graded over the first."""
    name = "김민수"
    for form in ("NFC", "NFD"):
        hand_in(tmp_path, f"{unicodedata.normalize(form, name)}/01_forward_pass/01_forward_pass.ipynb")
    found = find(tmp_path, LABS)
    assert {one.student for one in found} == {name}
    assert sorted(bool(one.trouble) for one in found) == [False, True]
    assert "handed in 01_forward_pass twice" in "".join(one.trouble for one in found)


@pytest.mark.parametrize("name", ["..", ".", "\x01..", " ../x\n", "\x00", "", ".hidden", "a\u202eb"])
def test_an_id_never_leaves_its_folder(name):
    """It becomes part of a path: no dots in front, no control characters, never empty."""
    found = student_id(name.replace("/", ""))
    assert found
    assert not found.startswith(".")
    assert found.isprintable()


def test_links_and_devices_are_not_followed(tmp_path):
    """A link would hand the student whatever it points to."""
    (tmp_path / "secret").write_bytes(b"secret")
    folder = tmp_path / "kim" / LABS[0]
    folder.mkdir(parents=True)
    (folder / f"{LABS[0]}.ipynb").symlink_to(tmp_path / "secret")
    (folder / "data.csv").symlink_to(tmp_path / "secret")
    (folder / "all").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / "own.csv").write_bytes(b"1,2")
    (found,) = find(tmp_path, LABS)
    with pytest.raises(Refused, match="it is a link"):
        submission_bytes(found.path)
    with pytest.raises(Refused, match="not a regular file"):
        submission_bytes(folder / "pipe")
    assert files_beside(folder) == {"own.csv": b"1,2"}


def test_too_much_beside_a_notebook_is_refused(tmp_path):
    """The grader does not read a disk full of files."""
    for number in range(501):
        (tmp_path / f"{number}.txt").write_bytes(b"")
    with pytest.raises(Refused, match="more than 500 files"):
        files_beside(tmp_path)


def test_a_second_notebook_of_the_lab_is_not_passed_over_in_silence(tmp_path):
    """Handed in again as "(1)" beside the first: which of them counts is for the teacher to say."""
    hand_in(
        tmp_path,
        "kim/01_forward_pass/01_forward_pass.ipynb",
        "kim/01_forward_pass/01_forward_pass (1).ipynb", "kim/01_forward_pass/scratch.ipynb",
    )  # fmt: skip
    (found,) = find(tmp_path, LABS)
    assert (found.path.name, found.trouble) == ("01_forward_pass.ipynb", "")
    assert found.note == "'01_forward_pass (1).ipynb' beside 01_forward_pass.ipynb left out; leave only the one that counts"


def test_a_class_within_a_folder_says_which_folder_to_grade(tmp_path):
    """As a zip of Moodle's is unpacked, with one level too many."""
    hand_in(tmp_path, "Lab 1-9876/Kim Su_123_assignsubmission_file_/01_forward_pass.ipynb")
    (found,) = find(tmp_path, LABS)
    assert "'Kim Su_123_assignsubmission_file_' is a student, grade the folder " in found.trouble
    assert f"'{tmp_path / 'Lab 1-9876'}'" in found.trouble
    (found,) = find(tmp_path / "Lab 1-9876", LABS)
    assert (found.student, found.lab, found.trouble) == ("Kim Su_123_assignsubmission_file_", LABS[0], "")


def test_a_file_that_is_no_notebook_makes_nobody_a_row(tmp_path):
    """A PDF with the lab's name is a slip of the teacher's, not a student with 0 points."""
    hand_in(tmp_path, "01_forward_pass_kim.pdf")
    with pytest.raises(ValueError, match="is no notebook; expected a file that ends in .ipynb"):
        find(tmp_path / "01_forward_pass_kim.pdf", LABS)
