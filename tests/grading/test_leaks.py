"""No answer reaches the notebooks that students open, and the search for answers can find one."""

from pathlib import Path

import pytest

from initlab.grading.build import release
from initlab.grading.course import Course
from initlab.grading.leaks import leaks

ROOT = Path(__file__).parents[2]


def test_no_solution_line_reaches_a_student_notebook():
    """Every line of every solution is looked for in every cell of every student notebook."""
    assert leaks(Course.at(ROOT)) == []


@pytest.mark.parametrize(
    "cell",
    [
        "# %%\ny = 2 * np.pi\n",
        '# %% [markdown] tags=["en"]\n# Try `y = 2 * np.pi`.\n# %% [markdown] tags=["ko"]\n# 해 보세요.\n',
    ],
    ids=["code", "prose"],
)
def test_line_of_a_solution_is_found(tmp_path, cell):
    """An answer that an author repeats elsewhere in the lab is named with its cell."""
    (tmp_path / "pyproject.toml").write_text('[tool.initlab]\nrepository = "r"\ninstall = "i"\n')
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "01_small.py").write_text(
        '# %% nbgrader={"grade": false, "grade_id": "y", "locked": false, "schema_version": 3, "solution": true, '
        '"task": false}\ny = ...\n### BEGIN SOLUTION\ny = 2 * np.pi\n### END SOLUTION\n' + cell,
        encoding="utf-8",
    )
    course = Course.at(tmp_path)
    release(course)

    found = leaks(course)

    assert found[0].startswith("en/01_small: cell ")
    assert found[0].endswith("holds 'y = 2 * np.pi'")
