"""Whose a name in a grade cell is, is read from the teacher's notebook alone."""

import pytest

from initlab.grading.bindings import bindings, origins, star_imports
from initlab.grading.lab import Lab, LabCell


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        ("import numpy as np, os.path", {"np": "import", "os": "import"}),
        ("from math import pi as p, e", {"p": "import", "e": "import"}),
        ("def f(): pass\nclass C: pass\nasync def g(): pass", {"f": "definition", "C": "definition", "g": "definition"}),
        ("a = 1\nb = [1, {'x': (2,)}]\nc = -1.5\nd: int = 3", dict.fromkeys("abcd", "constant")),
        ("a = f()\nb, (c, *d) = 1, 2\ne += 1\nf = ...\ng = None", dict.fromkeys("abcdefg", "value")),
        ("for i in x:\n    y = 1\nelse:\n    z = 2", {"i": "value", "y": "constant", "z": "constant"}),
        ("if (n := 3):\n    import m", {"n": "value", "m": "import"}),
        ("with open('x') as f:\n    y = 1", {"f": "value", "y": "constant"}),
        ("try:\n    import a\nexcept ImportError as e:\n    b = 1\nfinally:\n    c = f()", {"a": "import", "b": "constant", "c": "value"}),
        ("%matplotlib inline\nif x:\n    %pip install y\n    z = 1\nf?\n!ls", {"z": "constant"}),
        ("x.y = 1\nx[0] = 2\nprint(3)", {}),
        ("def f(:", {}),
        ("%%bash\nx=1", {}),
        ("x = (1\n     % 2)", {"x": "value"}),
    ],
)  # fmt: skip
def test_what_a_cell_binds(source, bound):
    """Imports, definitions, constants and other values, also in branches and under magics."""
    assert {found.name: found.how for found in bindings(source)} == bound


def lab(*cells: tuple[str, str]) -> Lab:
    """Make a lab of (kind and number, source): open, locked, answer and test cells."""
    known = [
        LabCell(name, "code", source, None, kind in ("locked", "test"), kind == "test", kind == "answer", False, 1.0)
        for name, source in cells
        if (kind := name.rstrip("0123456789")) != "open"
    ]
    code = tuple((None if name.startswith("open") else name, source) for name, source in cells)
    return Lab("ps", "ps", tuple(known), code)


def whose(found: Lab, name: str, grade_id: str) -> tuple[str, bool]:
    """Return the kind of cell a name comes from, and whether the teacher's statement binds it."""
    origin = origins(found, grade_id)[name]
    return origin.kind, origin.teachers


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("answer1", "def x(): pass"), ("test1", "")], ("answer", False)),
        ([("answer1", "import x"), ("test1", "")], ("answer", True)),
        ([("open1", "def x(): pass"), ("test1", "")], ("open", True)),
        ([("open1", "x = 3"), ("test1", "")], ("open", False)),
        ([("locked1", "x = 3"), ("test1", "")], ("locked", True)),
        ([("locked1", "x = f()"), ("test1", "")], ("locked", False)),
        ([("test0", "x = 3"), ("test1", "")], ("test", True)),
        ([("test0", "x = f()"), ("test1", "")], ("test", False)),
        ([("open1", "x = 5"), ("answer1", "x = 50"), ("test1", "")], ("answer", False)),
        ([("answer1", "def x(): pass"), ("open1", "def x(): pass"), ("test1", "")], ("open", True)),
        ([("test1", ""), ("answer1", "x = 1")], ("answer", False)),
        ([("answer1", "x = 1"), ("test1", ""), ("open1", "def x(): pass")], ("answer", False)),
    ],
)
def test_the_last_cell_before_the_test_decides(cells, expected):
    """Data are the student's to change; imports and functions that no answer defines are the teacher's."""
    assert whose(lab(*cells), "x", "test1") == expected


def test_a_test_cells_own_names_and_later_tests_do_not_count():
    """They are bound when the cell runs, or not yet."""
    found = lab(("test1", "x = 1"), ("test2", "y = 2"))
    assert "x" not in origins(found, "test1")
    assert "y" not in origins(found, "test1")
    assert whose(found, "x", "test2") == ("test", True)


def test_star_imports_are_found():
    """Names they bring cannot be read from the text, so their modules are kept."""
    assert [code.module for code in star_imports(lab(("open1", "from math import *"), ("test1", "")))] == ["math"]
