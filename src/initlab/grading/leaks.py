"""Look for answers in the notebooks that students open."""

from __future__ import annotations

import re

import nbformat

from initlab.grading.course import Course
from initlab.messages import LANGUAGES


def leaks(course: Course) -> list[str]:
    """Return one sentence for each line of a solution, or marker of one, that stands in a student notebook.

    A line counts without its comment, and when it says something: two words at least, so no lone `else:`.
    """
    found = []
    for lab in course.labs():
        secret = _solution_lines((course.solutions / f"{lab}.py").read_text(encoding="utf-8"))
        for lang in LANGUAGES:
            notebook = nbformat.read(course.release(lang) / lab / f"{lab}.ipynb", as_version=4)
            for cell in notebook.cells:
                told = [marker for marker in ("BEGIN SOLUTION", "BEGIN HIDDEN") if marker in cell.source]
                told += [line for line in secret if line in cell.source]
                found += [f"{lang}/{lab}: cell {cell.id} holds {line!r}" for line in told]
                found += [f"{lang}/{lab}: cell {cell.id} has outputs" for _ in cell.get("outputs", ())[:1]]
    return found


def _solution_lines(source: str) -> list[str]:
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", source, flags=re.DOTALL)
    lines = {line.partition("  #")[0].strip() for region in regions for line in region.splitlines()}
    return sorted(line for line in lines if len(re.findall(r"\w+", line)) > 1 and not line.startswith("#"))
