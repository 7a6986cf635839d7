"""Takes the hidden tests out of what students are shown."""

from __future__ import annotations

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode

from initlab.grading.hiddentests import released


class HideHiddenTests(NbGraderPreprocessor):
    """Shows each cell of a feedback page as it was released (jupyter/nbgrader#917)."""

    # nbconvert's HTMLExporter configures this for all steps; nbgrader's base class cannot be, and a warning says so.
    display_data_priority = List(Unicode()).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        cell.source = released(cell.source)
        return cell, resources
