"""The pages that students get back, made by nbgrader's own converter and its template."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters import ansi
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from initlab.grading.deadline import TooLong, deadline
from initlab.grading.outputs import Showcase

# For one cell, and of the processor for all cells of a page: a student may have written them to take long.
MOST_SECONDS, PAGE_SECONDS = 2.0, 5.0
MOST_COPIED = 500_000_000  # changes of colour in an output, times its characters
MOST_ATTACHED = 40_000_000  # bytes of pictures in the Markdown of a page; one that is named twice is there twice
MOST_SOURCE = 20_000  # characters of a cell that are coloured; each word becomes an element of the page


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """Return a Markdown cell as HTML in which nothing can run; takes the place of nbconvert's filter.

    What cannot be rendered, or not in time, is shown as the text it is.
    """
    attachments = context.get("cell", {}).get("attachments", {})
    if attachments and not _has_room(context, source, attachments):
        return _as_text(source)
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return _in_time(context, source, lambda: Showcase().html(MarkdownWithMath(renderer=renderer).render(source)))


@pass_context
def highlight_code(context: Context, source: str, language: str | None = None, metadata: dict | None = None) -> str:
    """Return the source of a code cell in colours; takes the place of nbconvert's filter.

    What is too long for that, or takes too long, is shown without colours.
    """
    if len(source) > MOST_SOURCE:
        return _as_text(source)
    about = context["nb"].metadata.get("language_info", {})
    highlight = Highlight2HTML(pygments_lexer=about.get("pygments_lexer", about.get("name")))
    return _in_time(context, source, lambda: highlight(source, language, metadata))


def ansi2html(source: str) -> str:
    """Return what was printed as HTML, in its terminal's colours; takes the place of nbconvert's filter.

    That copies all that is left of a text at each change of colour: a text with too many is shown without.
    """
    if source.count("\x1b") * len(source) > MOST_COPIED:
        source = ansi.strip_ansi(source)
    return ansi.ansi2html(source)


def strip_files_prefix(html: str) -> str:
    """Return HTML as it is; takes the place of nbconvert's filter, whose time grows with the square of the tags."""
    return html


def _has_room(context: Context, source: str, attachments: dict) -> bool:
    """Tell whether the pictures of a Markdown cell still fit the page, and take their room."""
    largest = max(len(data) for bundle in attachments.values() for data in bundle.values())
    left = context["resources"].get("initlab_attached", MOST_ATTACHED)
    # A link's address may stand at the end of the text, once for many pictures.
    left -= largest * max(source.count("!["), source.count("attachment:"))
    if left >= 0:
        context["resources"]["initlab_attached"] = left
    return left >= 0


def _in_time(context: Context, source: str, render: Callable[[], str]) -> str:
    resources = context["resources"]
    left = resources.get("initlab_seconds", PAGE_SECONDS)
    if left <= 0:
        return _as_text(source)
    begun = time.process_time()
    try:
        with deadline(min(MOST_SECONDS, left)):
            return render()
    except (Exception, TooLong):
        return _as_text(source)
    finally:
        resources["initlab_seconds"] = left - (time.process_time() - begun)


def _as_text(source: str) -> str:
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
