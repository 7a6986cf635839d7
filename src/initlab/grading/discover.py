"""Finds what was handed in: which file is whose, for which lab, and what lies beside it."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from initlab.grading.submission import MOST_BYTES

MOST_BESIDE = 20_000_000  # bytes of all files beside a notebook
MOST_FILES = 500  # and as many folders, each of which takes a place in the scratch folder
MOST_NAME = 400  # bytes of the name of a folder beside a notebook, those above it included: copies lie deeper
MOST_ID = 255  # bytes that the name of a folder may have
_IGNORED = ("__MACOSX", "__pycache__", "node_modules")


class Refused(ValueError):
    """Something handed in that cannot be taken; the message says why in one line."""


@dataclass(frozen=True)
class Found:
    """One thing that was handed in.

    lab: its name, or what stands in its place.  path: the notebook; None where trouble says why there is none.
    known: whether it belongs to a lab of the course, so that the gradebook has a row for it.
    """

    student: str
    lab: str
    path: Path | None
    trouble: str = ""
    note: str = ""
    known: bool = True


def find(path: Path, labs: list[str]) -> list[Found]:
    """Return everything that was handed in below a folder, or the one notebook, sorted by student and lab.

    Raises FileNotFoundError when there is nothing at the path, ValueError when nothing there looks handed in, or
    when the folder could be a student's as well as a class's.
    """
    if not path.exists():
        raise FileNotFoundError(
            f"there is nothing at {path}; expected a folder <student>/<lab>/<lab>.ipynb or a notebook"
        )
    path = path.resolve()
    if path.is_file():
        return [_single(path, labs)]
    if path.name in labs and any(path.glob("*.ipynb")):
        found = [_in_lab(path.parent.name, path.name, path)]
    elif own := _handed_in(path, labs):
        others = [folder.name for folder in _folders(path) if folder.name not in labs and _handed_in(folder, labs)]
        if others:
            # Taken for a student's, it would leave the class out; taken for a class, a student could name others.
            raise ValueError(
                f"{path} holds {own[0]!r}, as a student's folder does, and students' folders such as {others[0]!r}; "
                f"move {own[0]!r} into a folder of its own, named after its student"
            )
        found = _of_student(path, labs)
    else:
        found = [one for folder in _folders(path) for one in _if_readable(folder, labs)]
        found += [_single(file, labs) for file in sorted(path.glob("*.ipynb")) if not file.name.startswith(".")]
    if not found:
        raise ValueError(f"nothing was handed in at {path}; expected folders <student>/<lab>/<lab>.ipynb in it")
    return _once(sorted(found, key=lambda one: (one.student, one.lab, not _by_name(one))))


def submission_bytes(path: Path) -> bytes:
    """Return the bytes of a notebook file; raises Refused for links, devices, and what is too big to be one."""
    try:
        # A link would read whatever it points to: another student's work, or a file of the teacher's.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        if path.is_symlink():
            raise Refused("it is a link, not a file") from None
        raise Refused(f"it cannot be read ({problem.strerror})") from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Refused("it is not a regular file")
        if about.st_size > MOST_BYTES:
            raise Refused(f"the file has {about.st_size / 1e6:.0f} MB, expected at most {MOST_BYTES / 1e6:.0f} MB")
        with open(handle, "rb", closefd=False) as file:
            return file.read(MOST_BYTES)
    finally:
        os.close(handle)


def files_beside(folder: Path) -> dict[str, bytes]:
    """Return the files beside a notebook by their names in the folder; links, notebooks and hidden files not.

    Raises Refused when they are too many, too big or too deep to be given to the student's code.
    """
    files: dict[str, bytes] = {}
    total = walked = 0
    for root, folders, names in os.walk(folder):
        walked += 1
        if walked > MOST_FILES + 1:
            raise Refused(f"there are more than {MOST_FILES} folders beside the notebook; hand in fewer")
        if len(os.fsencode(os.path.relpath(root, folder))) > MOST_NAME:
            raise Refused(
                f"folders beside the notebook lie deeper than {MOST_NAME} bytes of names; hand in fewer levels"
            )
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _IGNORED)
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(".") or path.suffix == ".ipynb" or name == "timestamp.txt" or path.is_symlink():
                continue
            if not stat.S_ISREG(path.lstat().st_mode):
                continue
            total += path.lstat().st_size
            if total > MOST_BESIDE or len(files) >= MOST_FILES:
                raise Refused(
                    f"there are more than {MOST_FILES} files or {MOST_BESIDE / 1e6:.0f} MB beside the notebook"
                )
            files[str(path.relative_to(folder))] = submission_bytes(path)
    return files


def student_id(name: str) -> str:
    """Return the id of a student from the name of a folder or file.

    Composed characters (NFC), for a Korean name from a Mac comes decomposed and would be somebody else.
    Control characters go, and dots and blanks in front: the id becomes the name of a folder.
    """
    name = name.encode("utf-8", "replace").decode("utf-8")
    composed = unicodedata.normalize("NFC", name)
    if len(composed.encode()) > MOST_ID:  # some characters grow when they are composed
        composed = name
    return "".join(c for c in composed if unicodedata.category(c)[0] != "C").lstrip(" .").rstrip() or "unnamed"


def _if_readable(folder: Path, labs: list[str]) -> list[Found]:
    """Return what a student handed in; of a folder that cannot be read, that it cannot."""
    try:
        return _of_student(folder, labs)
    except OSError as problem:
        trouble = f"the folder cannot be read ({problem.strerror}); see that you may read it"
        return [Found(student_id(folder.name), folder.name, None, trouble, known=False)]


def _of_student(folder: Path, labs: list[str]) -> list[Found]:
    student = folder.name
    found = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _IGNORED:
            continue
        if entry.is_dir() and not entry.is_symlink():
            if entry.name in labs:
                found.append(_in_lab(student, entry.name, entry))
            elif any(entry.glob("*.ipynb")):
                trouble = f"there is no lab {entry.name!r}; the labs are {', '.join(labs)}"
                if any(_lab_in(notebook.stem, labs) for notebook in entry.glob("*.ipynb")):
                    trouble += f"; if {entry.name!r} is a student, grade the folder {str(folder)!r}"
                found.append(Found(student_id(student), entry.name, None, trouble, known=False))
        elif entry.suffix == ".ipynb":
            lab = _lab_in(entry.stem, labs)
            if lab is None:
                trouble = f"{entry.name!r} names no lab; the labs are {', '.join(labs)}"
                found.append(Found(student_id(student), entry.stem, None, trouble, known=False))
            else:
                found.append(Found(student_id(student), lab, entry, note=_other_name(entry, lab)))
    loose = [one for one in found if one.path is not None and one.path.parent == folder]
    for lab in labs:
        named = sorted({_single(one.path, labs).student for one in loose if one.lab == lab} - {student_id(student)})
        if len(named) > 1:  # what a course platform packed, one level below
            trouble = f"it holds {lab} of {named[0]!r} and of {named[1]!r}; if it is the class, grade {str(folder)!r}"
            return [Found(student_id(student), folder.name, None, trouble, known=False)]
    return found


def _in_lab(student: str, lab: str, folder: Path) -> Found:
    exact = folder / f"{lab}.ipynb"
    student = student_id(student)
    others = sorted(path for path in folder.glob("*.ipynb") if path != exact and not path.name.startswith("."))
    if exact.is_symlink() or exact.exists():
        again = ", ".join(repr(path.name) for path in others[:5] if lab in path.name)
        note = f"{again} beside {exact.name} left out; leave only the one that counts" if again else ""
        return Found(student, lab, exact, note=note)
    if len(others) == 1:
        return Found(student, lab, others[0], note=_other_name(others[0], lab))
    if others:
        named = ", ".join(path.name for path in others[:5])
        return Found(student, lab, None, f"which of these is the lab? {named}; expected {lab}.ipynb")
    there = ", ".join(sorted(path.name for path in folder.iterdir())[:5]) or "nothing"
    return Found(student, lab, None, f"no notebook was handed in: the folder holds {there}")


def _handed_in(folder: Path, labs: list[str]) -> list[str]:
    """Return the names of what a student hands in that a folder holds: folders of labs, and their notebooks."""
    found = []
    for lab in labs:
        found += [lab] if (folder / lab).is_dir() else []
        found += [f"{lab}.ipynb"] if (folder / f"{lab}.ipynb").is_file() else []
    return found


def _single(path: Path, labs: list[str]) -> Found:
    """Take one notebook: the lab from its name or its folder's, the student from what is left of either."""
    if path.suffix != ".ipynb":
        raise ValueError(f"{path} is no notebook; expected a file that ends in .ipynb, or a folder")
    lab = _lab_in(path.stem, labs) or _lab_in(path.parent.name, labs)
    if lab is None:
        raise ValueError(f"neither {path.name!r} nor its folder names a lab; the labs are {', '.join(labs)}")
    # A browser numbers what it saves twice "name (1)", Canvas what a student hands in twice "kim_name-1".
    stem = re.sub(rf"(?<=.)({re.escape(lab)})-\d\d?$", r"\1", re.sub(r"\s*\(\d+\)$", "", path.stem))
    rest = stem.replace(lab, " ").strip(" _-.") if lab in stem else stem
    folder = path.parent if lab not in path.parent.name else path.parent.parent
    student = student_id(rest if rest and path.stem != lab else folder.name)
    return Found(student, lab, path)


def _lab_in(name: str, labs: list[str]) -> str | None:
    return next((lab for lab in sorted(labs, key=len, reverse=True) if lab in name), None)


def _other_name(path: Path, lab: str) -> str:
    return "" if path.name == f"{lab}.ipynb" else f"taken from {path.name!r}"


def _folders(path: Path) -> list[Path]:
    return sorted(
        entry
        for entry in path.iterdir()
        if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith(".") and entry.name not in _IGNORED
    )


def _by_name(one: Found) -> bool:
    """Tell whether a submission came under its student's id itself, not under a name that only turns into it."""
    return one.path is not None and one.student in one.path.parts


def _once(found: list[Found]) -> list[Found]:
    """Let the first of several submissions by one id for one lab stand, and refuse the others."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in found:
        key = (one.student, one.lab)
        if key in seen and one.known:
            trouble = f"{one.student!r} handed in {one.lab} twice; this one was left out: {one.path}"
            kept.append(Found(one.student, one.lab, None, trouble, known=False))
        else:
            kept.append(one)
        seen.add(key)
    return kept
