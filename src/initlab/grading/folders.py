"""nbgrader's folders: where a lab's own notebooks are, and where submissions are kept before and after grading."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from traitlets.config import Config

from initlab.grading.discover import Refused, submission_bytes
from initlab.grading.lab import Lab
from initlab.grading.ownfiles import write_files


def of_lab(config: Config, assignment: str) -> list[Path]:
    """Return the folders in which the teacher's notebook of an assignment may lie, best first."""
    return [Path(folder.format(assignment=assignment)) for folder in config.TidyCells.lab_folders]


def of_submission(config: Config, step: str, student: str, assignment: str) -> Path:
    """Return the folder of a submission at a step of nbgrader's: "submitted", "autograded" or "feedback"."""
    places = config.CourseDirectory
    return Path(places.root, places[f"{step}_directory"], student, assignment)


def timestamp(notebook: Path) -> str:
    """Return what the timestamp.txt beside a notebook holds, or nothing."""
    try:
        return submission_bytes(notebook.parent / "timestamp.txt")[:200].decode("utf-8", "replace").strip()
    except Refused:
        return ""


def keep(
    config: Config,
    step: str,
    student: str,
    lab: Lab,
    notebook: bytes | None,
    files: dict[str, bytes],
    stamp: str,
    source: Path | None = None,
) -> None:
    """Write a submission into its folder of a step, in place of what was there.

    source: where the notebook came from; a submission that is there already is left alone.
    """
    folder = of_submission(config, step, student, lab.assignment)
    if source is not None and source.parent.resolve() == folder.resolve():
        return
    shutil.rmtree(folder, ignore_errors=True)
    if notebook is None:
        return
    folder.mkdir(parents=True)
    contents = files | {f"{lab.name}.ipynb": notebook}
    if stamp:
        contents["timestamp.txt"] = stamp.encode()
    write_files(folder, contents)
    for name in contents:
        os.chmod(folder / name, stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
