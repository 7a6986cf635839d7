"""What nbgrader's configuration has to say for the trusted grader to take the place of its own steps.

Everything is named by its address and imported only by the command that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from traitlets.config import Config

_STEPS = "initlab.grading.preprocessors"


def configure(c: Config, *, lab_folders: Sequence[str], secret: Path, closed: Sequence[Path]) -> None:
    """Put the trusted grader into nbgrader's autograde, and what it found into its pages and its export.

    lab_folders: where the teacher's notebook of an assignment is, best first, with {assignment} for its name.
    secret: the file of the course's secret.  closed: folders that student code must not be able to read.
    """
    c.Autograde.exporter_class = "initlab.grading.exporter.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = [
        f"{_STEPS}.tidycells.TidyCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        f"{_STEPS}.runcells.RunCells",
        f"{_STEPS}.savemarks.SaveMarks",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.GenerateFeedback.preprocessors = [
        f"{_STEPS}.hidehiddentests.HideHiddenTests",
        "nbgrader.preprocessors.GetGrades",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    # The feedback page and the formgrader make HTML of Markdown and of code, which are the student's.
    c.HTMLExporter.filters = {
        name: f"initlab.grading.feedback.{name}"
        for name in ("ansi2html", "markdown2html", "highlight_code", "strip_files_prefix")
    }
    c.ExportApp.plugin_class = "initlab.grading.export.OutcomesExport"
    for step in (c.TidyCells, c.RunCells):
        step.lab_folders = list(lab_folders)
    c.RunCells.secret_file = str(secret)
    c.RunCells.limits = {}  # a plain dict, so that a course's own file may set or add to it
    c.RunCells.closed = [str(folder) for folder in closed]
