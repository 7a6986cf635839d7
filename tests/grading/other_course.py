"""A course as any teacher would write it for nbgrader, without a thought of this grader: a help for tests."""

from __future__ import annotations

import logging
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from initlab.grading.pipeline import configure

ASSIGNMENT = "ps1"


def plain(source: str) -> nbformat.NotebookNode:
    """Make a code cell that nbgrader keeps no record of."""
    return nbformat.v4.new_code_cell(source)


def answer(grade_id: str, source: str) -> nbformat.NotebookNode:
    """Make an answer cell."""
    return _recorded(nbformat.v4.new_code_cell(source), grade_id, solution=True)


def locked(grade_id: str, source: str) -> nbformat.NotebookNode:
    """Make a cell that students are not to change."""
    return _recorded(nbformat.v4.new_code_cell(source), grade_id, locked=True)


def tests(grade_id: str, points: float, source: str) -> nbformat.NotebookNode:
    """Make a grade cell."""
    return _recorded(nbformat.v4.new_code_cell(source), grade_id, grade=True, locked=True, points=points)


def essay(grade_id: str, points: float, source: str) -> nbformat.NotebookNode:
    """Make a written answer, which a person marks."""
    return _recorded(nbformat.v4.new_markdown_cell(source), grade_id, grade=True, solution=True, points=points)


def _recorded(cell: nbformat.NotebookNode, grade_id: str, **kept) -> nbformat.NotebookNode:
    about = {"grade": False, "grade_id": grade_id, "locked": False, "schema_version": 3, "solution": False, "task": False}
    cell.metadata.nbgrader = nbformat.from_dict(about | kept)
    return cell


LESSON = [
    plain("%matplotlib inline\nimport numpy as np\nfrom math import isclose"),
    locked("tools", "TOLERANCE = 1e-9\n\ndef near(a, b):\n    return abs(a - b) < TOLERANCE"),
    answer("square", "def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"),
    tests(
        "test_square",
        2,
        'assert square(3) == 9, "square(3) should be 9"\n'
        "### BEGIN HIDDEN TESTS\n"
        "assert [square(x) for x in range(7)] == [0, 1, 4, 9, 16, 25, 36]\n"
        "assert near(square(0.5), 0.25)\n"
        "### END HIDDEN TESTS",
    ),
    answer("mean", "def mean(xs):\n    ### BEGIN SOLUTION\n    return np.sum(xs) / len(xs)\n    ### END SOLUTION"),
    tests(
        "test_mean",
        3,
        "def reference(xs):\n    return np.mean(xs)\n\n"
        "cases = [np.arange(5.0), np.array([2.5, -1.0])]\n"
        "for case in cases:\n    np.testing.assert_allclose(mean(case), reference(case))\n"
        "### BEGIN HIDDEN TESTS\n"
        "assert all(isclose(mean(case), reference(case)) for case in [np.ones(3), np.zeros(2)])\n"
        "### END HIDDEN TESTS",
    ),
    answer("own_sum", "def sum(xs):\n    ### BEGIN SOLUTION\n    total = 0\n    for x in xs:\n        total += x\n"
           "    return total\n    ### END SOLUTION"),
    tests("test_sum", 2, "assert sum([1, 2, 3]) == 6\nassert all(sum(list(case)) == len(case) * reference(case) for case in cases)"),
    answer("sum_of_squares", "def sum_of_squares(n):\n    ### BEGIN SOLUTION\n    return sum([square(x) for x in range(n)])\n"
           "    ### END SOLUTION"),
    tests(
        "test_uses_square",
        1,
        "original = square\ndel square\n"  # as in the example course that nbgrader brings along
        "try:\n    sum_of_squares(3)\nexcept NameError:\n    pass\n"
        "else:\n    raise AssertionError('sum_of_squares does not use square')\n"
        "finally:\n    square = original\n"
        "assert sum_of_squares(3) == 5",
    ),
    answer("size", "### BEGIN SOLUTION\nK = 50\n### END SOLUTION"),
    tests("test_size", 1, "assert 'K' in globals()\nassert K == 50"),
    tests("partial", 4, "score = 0\nif square(2) == 4:\n    score += 1.5\nif near(mean([1, 2]), 1.5):\n    score += 2.5\nscore"),
    essay("why", 3, "Say why."),
]  # fmt: skip


def make_course(root: Path, lesson: list | None = None, files: dict[str, str] | None = None) -> Config:
    """Write a course in nbgrader's own folders, release it, and return its configuration with our grader in it.

    files: what lies beside the teacher's notebook, by name.
    """
    c = Config()
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.course_id = "other"
    for step in ("source", "release", "submitted", "autograded", "feedback"):
        c.CourseDirectory[f"{step}_directory"] = step
    c.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    configure(
        c,
        lab_folders=[str(root / step / "{assignment}") for step in ("source", "release")],
        secret=root / "secret",
        closed=[root],
    )
    notebook = nbformat.v4.new_notebook(cells=lesson or LESSON)
    notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    source = root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(notebook, source)
    for name, text in (files or {}).items():
        (source.parent / name).write_text(text, encoding="utf-8")
    converter = GenerateAssignment(coursedir=CourseDirectory(config=c), config=c)
    converter.log.setLevel(logging.ERROR)
    converter.coursedir.assignment_id = ASSIGNMENT
    converter.start()
    return c


def released(root: Path) -> nbformat.NotebookNode:
    """Return the notebook that students get."""
    return nbformat.read(root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)


def solved(root: Path, **answers: str) -> nbformat.NotebookNode:
    """Return the notebook with answers, by the ids of their cells, in place of the stubs."""
    notebook = released(root)
    for cell in notebook.cells:
        given = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if given is not None:
            cell.source = given
    return notebook


RIGHT = {
    "square": "def square(x):\n    return x ** 2",
    "mean": "def mean(xs):\n    return float(np.mean(xs))",
    "own_sum": "def sum(xs):\n    result = 0\n    for x in xs:\n        result = result + x\n    return result",
    "sum_of_squares": "def sum_of_squares(n):\n    return sum([square(x) for x in range(n)])",
    "size": "K = 50",
    "why": "Because.",
}


def hand_in(folder: Path, student: str, notebook: nbformat.NotebookNode | bytes | str) -> Path:
    """Put a submission where a class's submissions lie, and return the notebook's path."""
    path = folder / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(notebook, bytes):
        path.write_bytes(notebook)
    else:
        path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook), encoding="utf-8")
    return path
