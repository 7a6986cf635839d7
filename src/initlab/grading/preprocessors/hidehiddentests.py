"""Takes the hidden tests out of what students are shown."""

from __future__ import annotations

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode

from initlab.grading.gradecell import released


class HideHiddenTests(NbGraderPreprocessor):
    """Shows each cell of a feedback page as it was released (jupyter/nbgrader#917)."""

    # nbgrader's base class takes this out of the configuration, which warns of it in every run then.
    display_data_priority = List(Unicode()).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        cell.source = released(cell.source)
        return cell, resources
