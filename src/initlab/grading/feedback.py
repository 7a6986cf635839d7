"""The pages that students get back, made by nbgrader's own converter and its template."""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from initlab.grading.deadline import TooLong, deadline
from initlab.grading.outputs import Showcase

MOST_SECONDS = 5.0  # for one Markdown cell, which a student may have written to take long


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """Return a Markdown cell as HTML in which nothing can run; takes the place of nbconvert's filter.

    What cannot be rendered, or not in time, is shown as the text it is.
    """
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        with deadline(MOST_SECONDS):
            return Showcase().html(MarkdownWithMath(renderer=renderer).render(source))
    except (Exception, TooLong):
        return f"<pre>{escape(source)}</pre>"


class Pages(GenerateFeedback):
    """nbgrader's converter, for chosen submissions in place of a pattern that names may not fit."""

    def __init__(self, graded: list[tuple[str, str]], **options):
        super().__init__(**options)
        self.force = True
        self.graded = graded

    def init_notebooks(self) -> None:
        """Name the notebooks to convert."""
        self.assignments = {}
        for student, assignment in self.graded:
            folder = Path(self._format_source(assignment, student))
            found = [str(path) for path in sorted(folder.glob("*.ipynb"))]
            if found:
                self.assignments[str(folder)] = found


def make_pages(config: Config, graded: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Make the feedback page of each (student, assignment) anew; return those of whom none could be made."""
    converter = Pages(graded, coursedir=CourseDirectory(config=config), config=config)
    converter.log = logging.getLogger("initlab.feedback")
    converter.log.setLevel(logging.CRITICAL)
    try:
        converter.start()
    except NbGraderException:
        pass  # some page could not be made: those that are missing say which
    return [
        (student, assignment)
        for student, assignment in graded
        if not any(Path(converter._format_dest(assignment, student)).glob("*.html"))
    ]
