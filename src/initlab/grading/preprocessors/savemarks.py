"""Writes the verdicts of the grade cells into the gradebook."""

from __future__ import annotations

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from initlab.grading.ledger import prepare, record


class SaveMarks(NbGraderPreprocessor):
    """Takes the place of nbgrader's SaveAutoGrades, which reads the score from what the notebook displays."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        if "initlab" not in resources:
            raise RuntimeError("there are no marks to save; RunCells has to come before SaveMarks in the configuration")
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            prepare(gradebook)
            record(gradebook, about["assignment"], about["notebook"], about["student"], **resources["initlab"])
        return nb, resources
