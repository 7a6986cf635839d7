"""One source becomes the notebooks of every language, the same bytes every time, without its answers."""

import json
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from initlab.grading.build import build, differences, release
from initlab.grading.course import Course

LAB = '''\
# %% [markdown] tags=["en"]
# # A small lab
# %% [markdown] tags=["ko"]
# # 작은 실습
# %%
import numpy as np
# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION
# %% nbgrader={"grade": true, "grade_id": "check_double", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert double(2) == 4
'''


def make_course(root: Path) -> Course:
    """Write a course with one small lab, not built yet."""
    (root / "pyproject.toml").write_text(
        '[tool.initlab]\nrepository = "https://github.com/someone/course/"\n'
        'install = "https://example.org/i.whl"\n'
    )
    (root / "solutions").mkdir()
    (root / "solutions" / "01_small.py").write_text(LAB, encoding="utf-8")
    return Course.at(root)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course that the test may change."""
    return make_course(tmp_path)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A released course that tests only look at."""
    course = make_course(tmp_path_factory.mktemp("course"))
    release(course)
    return course


def student(course: Course, lang: str) -> nbformat.NotebookNode:
    """Read the released notebook of one language."""
    return nbformat.read(course.release(lang) / "01_small" / "01_small.ipynb", as_version=4)


def test_release_has_prose_of_its_own_language_only(released):
    """A Korean student reads no English paragraph, and the other way round."""
    def prose(lang):
        return [cell.source for cell in student(released, lang).cells if cell.cell_type == "markdown"][1:]

    assert prose("en") == ["# A small lab"]
    assert prose("ko") == ["# 작은 실습"]


def test_languages_share_code_ids_and_checksums(released):
    """A Korean submission can be graded against the gradebook that the English release filled."""
    def shared(lang):
        return [
            (cell.id, cell.source, cell.metadata) for cell in student(released, lang).cells
            if cell.cell_type == "code" and cell.id != "set-up"
        ]

    assert shared("en") == shared("ko")
    assert [c.id for c in student(released, "en").cells] == [c.id for c in student(released, "ko").cells]


def test_answers_are_replaced_by_the_stub(released):
    """What a student opens has the signature and the docstring, and nothing of the answer."""
    (answer,) = (c for c in student(released, "en").cells if c.id == "double")
    assert answer.source == 'def double(x):\n    """Return twice x."""\n    # YOUR CODE HERE\n    pass'


def test_gradebook_holds_the_grade_cell_after_release(released):
    """The grader takes source and points of a grade cell from the gradebook."""
    with Gradebook(f"sqlite:///{released.gradebook}") as gradebook:
        cell = gradebook.find_graded_cell("check_double", "01_small", "01_small")
        assert cell.max_score == 2
        assert gradebook.find_source_cell("check_double", "01_small", "01_small").source == "assert double(2) == 4"


def test_head_and_set_up_point_to_the_configured_addresses(released):
    """A fork changes one table of pyproject.toml, and every link follows."""
    head, set_up = student(released, "ko").cells[:2]
    lab = "01_small/01_small.ipynb"
    assert f"(https://colab.research.google.com/github/someone/course/blob/main/notebooks/ko/{lab})" in head.source
    assert f"(https://github.com/someone/course/blob/main/notebooks/en/{lab})" in head.source
    assert f"(https://github.com/someone/course/raw/main/notebooks/ko/{lab})" in head.source
    assert "%pip install --quiet https://example.org/i.whl" in set_up.source
    assert 'checks.speak("ko")' in set_up.source


def test_worked_solutions_are_named_only_where_the_course_gives_them(course):
    """The set-up cell tells the hints of an address that stands in the configuration, and of none otherwise."""
    project = course.root / "pyproject.toml"
    project.write_text(project.read_text() + 'worked = "https://example.org/{lab}?a=\'b"\n')
    release(course)
    assert "solutions" not in student(course, "en").cells[1].source
    release(Course.at(course.root))
    assert """checks.speak("ko", solutions="https://example.org/{lab}?a='b")""" in student(course, "ko").cells[1].source


def test_releasing_twice_gives_the_same_bytes(course):
    """A build on another day changes nothing under version control."""
    first = [path.read_bytes() for path in release(course)]
    second = [path.read_bytes() for path in release(course)]

    assert first == second


def test_differences_name_each_product_that_is_stale(course):
    """`initlab build --check` tells which notebook to build again, and why."""
    build(course)
    assert differences(course) == []

    notebook = course.release("ko") / "01_small" / "01_small.ipynb"
    notebook.write_bytes(notebook.read_bytes().replace("작은".encode(), "큰".encode()))
    solution = course.solutions / "01_small.ipynb"
    solution.write_text(solution.read_text().replace("x + x", "2 * x"))
    stray = course.release("en") / "02_gone" / "02_gone.ipynb"
    stray.parent.mkdir()
    stray.write_text("{}")

    assert differences(course) == [
        "solutions/01_small.ipynb differs from 01_small.py; run `initlab build`",
        "notebooks/en/02_gone/02_gone.ipynb has no source in solutions/; delete it",
        "notebooks/ko/01_small/01_small.ipynb differs from what its source gives; run `initlab build`",
    ]


def test_solution_notebook_is_executed_and_holds_both_languages(course):
    """A teacher opens one notebook with answers, outputs and the prose of both languages."""
    source = course.solutions / "01_small.py"
    source.write_text(LAB + "# %%\ndouble(21)\n", encoding="utf-8")
    build(course)

    notebook = nbformat.read(course.solutions / "01_small.ipynb", as_version=4)
    assert notebook.cells[-1].outputs[0]["data"]["text/plain"] == "42"
    assert {"# A small lab", "# 작은 실습"} <= {cell.source for cell in notebook.cells}


def test_unchanged_solution_is_not_executed_again(course):
    """Building where nothing changed leaves outputs, and so the pictures in the repository, alone."""
    build(course)
    path = course.solutions / "01_small.ipynb"
    marked = json.loads(path.read_text())
    marked["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["kept"]}]
    path.write_text(json.dumps(marked))

    build(course)

    assert json.loads(path.read_text()) == marked


def test_a_half_written_solution_is_built_anew(course):
    """What an interrupted build or a merge left behind is named by --check, and the next build mends it."""
    build(course)
    path = course.solutions / "01_small.ipynb"
    whole = path.read_text()
    path.write_text(whole[:200])

    assert "solutions/01_small.ipynb differs from 01_small.py; run `initlab build`" in differences(course)
    build(course)
    assert path.read_text() == whole


def test_a_write_that_fails_leaves_the_notebook_as_it_was(course, monkeypatch):
    """A disk that is full, or Ctrl-C, costs no notebook that was there."""
    build(course)
    path = course.solutions / "01_small.ipynb"
    whole = path.read_text()
    path.with_name("01_small.py").write_text(LAB.replace("A small lab", "Another small lab"), encoding="utf-8")
    monkeypatch.setattr(Path, "write_text", _full)

    with pytest.raises(OSError, match="No space"):
        build(course)
    assert path.read_text() == whole


def _full(path, text, **options):
    """Write half of a text, and no more."""
    with open(path, "w") as file:
        file.write(text[: len(text) // 2])
    raise OSError(28, "No space left on device", str(path))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (LAB.replace('# # A small lab', '# # A').replace('tags=["en"]', 'tags=["ko"]', 1), "follows no en cell"),
        (LAB.replace('tags=["en"]', 'tags=["en", "ko"]'), "expected at most one of"),
        (LAB.replace("    ### END SOLUTION\n", ""), "nbgrader could not release the labs"),
    ],
)
def test_broken_source_is_refused_in_one_sentence(course, broken, told):
    """A contributor who leaves out a marker or a language is told so."""
    (course.solutions / "01_small.py").write_text(broken, encoding="utf-8")

    with pytest.raises(ValueError, match=told):
        release(course)


def test_folder_outside_any_course_is_refused(tmp_path):
    """`initlab` says where to run it when it is run somewhere else."""
    with pytest.raises(FileNotFoundError, match="run initlab from the course's repository"):
        Course.at(tmp_path)
