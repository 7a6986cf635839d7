"""From the one text source of a lab to its notebooks: solved and executed, and released in each language."""

from __future__ import annotations

import hashlib
import os
import logging
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from initlab.grading.course import Course
from initlab.grading.ledger import Ledger
from initlab.grading.notebook import KERNELSPEC
from initlab.messages import LANGUAGES

HEAD = {
    "en": "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({colab})"
    " · [한국어]({other}) · [Download]({download})",
    "ko": "[![Colab에서 열기](https://colab.research.google.com/assets/colab-badge.svg)]({colab})"
    " · [English]({other}) · [내려받기]({download})",
}

SET_UP = """\
# Installs initlab where it is missing (on Colab, for example); elsewhere this does nothing.
import importlib.util

if importlib.util.find_spec("initlab") is None:
    %pip install --quiet {install}

from initlab import checks

checks.speak("{lang}"{worked})"""


def build(course: Course) -> list[Path]:
    """Make every notebook of a course from its sources, and return the student notebooks.

    A solution notebook is executed only where its cells changed; delete it to have it executed anew.
    Raises ValueError when a source is no lab, and nbclient's CellExecutionError when a solution fails.
    """
    for lab in course.labs():
        _write_solution(course, lab)
    return release(course)


def release(course: Course) -> list[Path]:
    """Release every lab in every language by nbgrader's own step, and return the student notebooks.

    English fills the gradebook; the other languages have the same code cells, so they need no rows.
    Raises ValueError when there is no lab, or when nbgrader refuses one.
    """
    if not course.labs():
        raise ValueError(f"no labs in {course.solutions}: expected sources named like 01_forward_pass.py")
    if course.gradebook.exists():  # nbgrader would point to a traceback that it does not show
        with Ledger(course.nbgrader_config().CourseDirectory.db_url):
            pass
    released = []
    for lang in LANGUAGES:
        for lab in course.labs():
            source = course.source(lang) / lab / f"{lab}.ipynb"
            source.parent.mkdir(parents=True, exist_ok=True)
            _write(localized(course, lab, lang), source)
            released.append(course.release(lang) / lab / f"{lab}.ipynb")
            shutil.rmtree(released[-1].parent, ignore_errors=True)
        config = course.nbgrader_config(lang)
        converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
        converter.log.setLevel(logging.WARNING)
        converter.coursedir.assignment_id = "*"
        converter.no_database = lang != LANGUAGES[0]
        try:
            converter.start()
        except NbGraderException as problem:
            raise ValueError(f"nbgrader could not release the labs ({lang}): {problem}") from problem
    return released


def differences(course: Course) -> list[str]:
    """Return one sentence, with the remedy, for each product in the repository that is not what its source gives.

    Outputs and execution counts of the solution notebooks are not compared: pictures differ by platform.
    """
    found = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = replace(course, root=Path(folder))
        fresh.solutions.mkdir()
        for lab in course.labs():
            shutil.copy(course.solutions / f"{lab}.py", fresh.solutions)
            committed = course.solutions / f"{lab}.ipynb"
            if not committed.is_file():
                found.append(f"{committed.relative_to(course.root)} is missing; run `initlab build`")
            elif not _has_sources_of(solved(course, lab), committed):
                found.append(f"{committed.relative_to(course.root)} differs from {lab}.py; run `initlab build`")
        release(fresh)
        for lang in LANGUAGES:
            want = _files(fresh.release(lang))
            have = _files(course.release(lang))
            for name in sorted(want.keys() | have.keys()):
                shown = (course.release(lang) / name).relative_to(course.root)
                if name not in have:
                    found.append(f"{shown} is missing; run `initlab build`")
                elif name not in want:
                    found.append(f"{shown} has no source in solutions/; delete it")
                elif have[name] != want[name]:
                    found.append(f"{shown} differs from what its source gives; run `initlab build`")
    return found


def localized(course: Course, lab: str, lang: str) -> NotebookNode:
    """Return the full notebook of a lab, answers included, with the prose of one language."""
    cells = [cell for cell in _parse(course, lab) if _language(cell) in (None, lang)]
    return _notebook(_front(course, lab, lang) + cells)


def solved(course: Course, lab: str) -> NotebookNode:
    """Return the notebook of a lab for teachers, not yet executed: answers, and the prose of all languages."""
    cells = _parse(course, lab)
    for cell in cells:
        if _language(cell) in LANGUAGES[1:]:
            cell.id = f"{cell.id}-{_language(cell)}"
    return _notebook(_front(course, lab, LANGUAGES[0]) + cells)


def _parse(course: Course, lab: str) -> list[NotebookNode]:
    """Read a source with jupytext, and give every cell an id that depends on nothing but its text.

    The cells of a language pair share the id of the English one, so that all releases have the same ids.
    """
    path = course.solutions / f"{lab}.py"
    cells, seen, pair_id = [], Counter(), None
    for cell in jupytext.read(path, fmt="py:percent").cells:
        tags = cell.metadata.get("tags", [])
        if len(set(tags) & set(LANGUAGES)) > 1:
            raise ValueError(f"{path.name}: a cell has the tags {tags}; expected at most one of {LANGUAGES}")
        if "nbgrader" in cell.metadata:
            key = cell.metadata.nbgrader.grade_id
        elif _language(cell) in LANGUAGES[1:]:
            if pair_id is None:
                raise ValueError(
                    f"{path.name}: the {_language(cell)} cell {cell.source[:40]!r} follows no "
                    f"{LANGUAGES[0]} cell; expected the languages of a text next to each other"
                )
            key = pair_id
        else:
            digest = hashlib.sha256(cell.source.encode()).hexdigest()[:12]
            seen[digest] += 1
            key = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        pair_id = key if _language(cell) == LANGUAGES[0] else None
        metadata = {name: cell.metadata[name] for name in ("nbgrader", "tags") if name in cell.metadata}
        make = nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
        cells.append(make(cell.source, id=key, metadata=metadata))
    return cells


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    return nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )


def _front(course: Course, lab: str, lang: str) -> list[NotebookNode]:
    """Return the cells that every notebook begins with: ways to open it, and the set-up."""
    other = next(code for code in LANGUAGES if code != lang)
    path = "blob/main/notebooks/{}/" + f"{lab}/{lab}.ipynb"
    owner_and_name = course.repository.removeprefix("https://github.com/")
    head = HEAD[lang].format(
        colab=f"https://colab.research.google.com/github/{owner_and_name}/{path.format(lang)}",
        other=f"{course.repository}/{path.format(other)}",
        download=f"{course.repository}/{path.format(lang).replace('blob', 'raw', 1)}",
    )
    worked = f", solutions={course.worked!r}" if course.worked else ""
    set_up = SET_UP.format(install=course.install, lang=lang, worked=worked)
    return [
        nbformat.v4.new_markdown_cell(head, id="head"),
        nbformat.v4.new_code_cell(set_up, id="set-up"),
    ]


def _language(cell: NotebookNode) -> str | None:
    return next((tag for tag in cell.metadata.get("tags", []) if tag in LANGUAGES), None)


def _write_solution(course: Course, lab: str) -> None:
    target = course.solutions / f"{lab}.ipynb"
    notebook = solved(course, lab)
    if _has_sources_of(notebook, target):
        return
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(notebook, timeout=60, resources={"metadata": {"path": folder}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times of the day
        for output in cell.get("outputs", ()):
            # A widget without its kernel is a random identifier and nothing else; the picture that every
            # explorer leaves beside it stays.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info = {"name": "python"}
    _write(notebook, target)


def _write(notebook: NotebookNode, path: Path) -> None:
    nbformat.validate(notebook)
    # In one step: what is interrupted half-way leaves the file as it was.
    part = path.with_suffix(".part")
    part.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    os.replace(part, path)


def _has_sources_of(notebook: NotebookNode, path: Path) -> bool:
    """Tell whether a file holds the cells of a notebook; one that cannot be read holds others."""
    try:
        return _sources(nbformat.read(path, as_version=4)) == _sources(notebook)
    except (FileNotFoundError, ValueError, AttributeError):
        return False


def _sources(notebook: NotebookNode) -> list[tuple]:
    return [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
