"""Writes the verdicts of the grade cells into the gradebook."""

from __future__ import annotations

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from initlab.grading.ledger import prepare, record
from initlab.grading.marks import FAULT
from initlab.grading.preprocessors.tidycells import submitted


class SaveMarks(NbGraderPreprocessor):
    """Takes the place of nbgrader's SaveAutoGrades, which reads the score from what the notebook displays."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        if "initlab" not in resources:
            raise RuntimeError("there are no marks to save; RunCells has to come before SaveMarks in the configuration")
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            prepare(gradebook)
            record(gradebook, about["assignment"], about["notebook"], about["student"], **resources["initlab"])
            for name in self._missing(gradebook, about):
                record(gradebook, about["assignment"], name, about["student"], marks=(), unchanged=(), digest="")
        for mark in resources["initlab"]["marks"]:
            if mark.outcome == FAULT:
                self.log.error("%s/%s: %s: %s", about["student"], about["assignment"], mark.exercise, mark.words)
        return nb, resources

    def _missing(self, gradebook: Gradebook, about: dict) -> list[str]:
        """Return the other notebooks that this attempt lacks: the marks of an earlier one must not stay."""
        there = {path.stem for path in submitted(self, about).glob("*.ipynb")} | {about["notebook"]}
        return [one.name for one in gradebook.find_assignment(about["assignment"]).notebooks if one.name not in there]
