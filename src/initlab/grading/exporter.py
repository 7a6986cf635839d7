"""Reads a submission for nbgrader, whatever shape it is in."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter

from initlab.grading.discover import Refused, submission_bytes


class SubmissionExporter(NotebookExporter):
    """Takes the place of nbconvert's NotebookExporter in `nbgrader autograde`.

    A file that is no notebook would end there before any step saw it, and would leave an earlier attempt's
    marks in the gradebook.
    """

    def from_filename(self, filename: str, resources: dict | None = None, **options):
        """Convert a file: what was handed in as its bytes, for TidyCells; what has been tidied as a notebook."""
        if not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources=resources, **options)
        data, trouble = b"", ""
        try:
            data = submission_bytes(Path(filename))
        except Refused as problem:
            trouble = str(problem)
        nb = nbformat.v4.new_notebook()
        nb.metadata["initlab_submission"] = {"bytes": data, "trouble": trouble}
        return self.from_notebook_node(nb, resources=resources, **options)
