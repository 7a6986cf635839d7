"""Puts every graded cell of the lab into a submission once, as it was released, and drops what is not needed."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode

from initlab.grading.discover import Refused, files_beside
from initlab.grading.execution import tidy
from initlab.grading.lab import Lab, lab_from


class TidyCells(NbGraderPreprocessor):
    """Takes the place of nbgrader's ClearOutput, DeduplicateIds, OverwriteKernelspec and OverwriteCells.

    Unlike those it keeps no metadata of a cell but nbgrader's, written anew from the gradebook, puts missing
    grade cells back, and puts up with any number of copies and with notebooks that cannot be read.
    """

    lab_folders = List(
        Unicode(), help="Where the teacher's notebooks are, best first, with {assignment} for the assignment's name."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        found = nb.metadata["initlab_submission"]
        lab = load_lab(resources, self.lab_folders)
        files, trouble = {}, found["trouble"]
        try:
            files = files_beside(submitted(self, resources["nbgrader"]))
        except Refused as problem:
            trouble = trouble or str(problem)
        self._drop_foreign(resources["nbgrader"], files | lab.files)
        return nbformat.from_dict(tidy(found["bytes"], lab, trouble, files)), resources

    def _drop_foreign(self, about: dict, files: dict) -> None:
        """Take out of the graded folder what nbgrader copied there by following links: it goes back to the student."""
        coursedir = self.parent.parent.coursedir
        folder = Path(coursedir.format_path(coursedir.autograded_directory, about["student"], about["assignment"]))
        for path in folder.rglob("*"):
            name = str(path.relative_to(folder))
            if not path.is_dir() and path.suffix != ".ipynb" and name != "timestamp.txt" and name not in files:
                path.unlink()


def submitted(step: NbGraderPreprocessor, about: dict) -> Path:
    """Return the folder that was handed in: nbgrader's copy of it follows links, so it is not used."""
    coursedir = step.parent.parent.coursedir
    return Path(coursedir.format_path(coursedir.submitted_directory, about["student"], about["assignment"]))


def load_lab(resources: ResourcesDict, folders: list[str]) -> Lab:
    """Return the lab of the notebook that nbgrader is converting."""
    about = resources["nbgrader"]
    with Gradebook(about["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
        return lab_from(notebook, [Path(folder.format(assignment=about["assignment"])) for folder in folders])
