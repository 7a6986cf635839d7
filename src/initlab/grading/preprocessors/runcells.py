"""Runs a tidied submission: answer cells in the student's kernel, grade cells here."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Dict, List, Unicode

from initlab.grading.discover import files_beside
from initlab.grading.execution import run, unmarked
from initlab.grading.kernels import Setting
from initlab.grading.limits import Limits
from initlab.grading.notebook import unchanged_of
from initlab.grading.ownfiles import laid_out
from initlab.grading.preprocessors.tidycells import load_lab, submitted
from initlab.grading.secret import course_secret, seed


class RunCells(NbGraderPreprocessor):
    """Takes the place of nbgrader's Execute; SaveMarks finds the marks in the resources."""

    lab_folders = List(Unicode(), help="As of TidyCells.").tag(config=True)
    secret_file = Unicode(
        "build/secret", help="The course's secret, from which hidden cases are drawn."
    ).tag(config=True)
    isolation = Unicode(None, allow_none=True, help='None, or "none" to run student code bare.').tag(config=True)
    closed = List(Unicode(), help="Folders that student code must not be able to read.").tag(config=True)
    limits = Dict(help="What one submission may use, by the names of initlab.grading.limits.Limits.").tag(config=True)
    figures = Bool(True, help="Whether figures are drawn for the feedback page.").tag(config=True)

    _warned: set[str] = set()

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        about, told = resources["nbgrader"], nb.metadata["initlab"]
        lab = load_lab(resources, self.lab_folders)
        limits = Limits.named(self.limits)
        if told["trouble"]:
            marks = unmarked(nb, lab, told["trouble"])
        else:
            secret = course_secret(Path(self.secret_file))
            seeds = {
                cell.grade_id: seed(secret, about["student"], cell.grade_id, told["submission"]) for cell in lab.graded
            }
            with (
                laid_out(files_beside(submitted(self, about)), lab.files) as folder,
                Setting(self.isolation, tuple(self.closed), limits, self.figures).open(folder) as kernel,
            ):
                self._warn(kernel.gaps)
                marks = run(nb, lab, kernel, seeds, limits.cell_seconds, {})
        resources["initlab"] = {"marks": tuple(marks), "unchanged": unchanged_of(nb, lab), "digest": told["submission"]}
        return nbformat.from_dict(nb), resources

    def _warn(self, gaps: str) -> None:
        """Say once in a run which walls do not stand."""
        if gaps and gaps not in self._warned:
            self._warned.add(gaps)
            self.log.warning(gaps)
