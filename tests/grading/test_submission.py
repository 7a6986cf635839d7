"""A submission is read in whatever shape it comes; what is no notebook is told in one line."""

import json

import nbformat
import pytest

from initlab.grading.submission import MOST_BYTES, Unreadable, read


def notebook(*cells: dict, **top) -> bytes:
    """Return the bytes of a notebook file."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)} | top).encode()


CODE = {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "metadata": {"nbgrader": {"grade_id": "x"}, "tags": ["t"]}}


def test_text_type_and_id_are_all_that_is_kept():
    """Tags, outputs, counts and ids of cells are left behind."""
    (cell,) = read(notebook(CODE | {"outputs": [{"output_type": "display_data"}], "execution_count": "<script>"}))
    assert (cell.cell_type, cell.source, cell.grade_id) == ("code", "a = 1\nb = 2", "x")
    assert vars(cell).keys() == {"cell_type", "source", "claim", "attachments"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"<html></html>", "not JSON"),
        (b"[1, 2]", "no 'nbformat'"),
        (b'{"cells": []}', "no 'nbformat'"),
        (b'{"nbformat": 5, "cells": []}', "version 5, expected 4"),
        (b'{"nbformat": "four", "cells": []}', "version 'four', expected 4"),
        (b'{"nbformat": true, "cells": []}', "version True, expected 4"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 4, "cells": [3]}', "cell 1 of the notebook is not an object"),
        (b'{"nbformat": 4, "cells": [{"source": [1]}]}', "cell 1 of the notebook has no text"),
        (b"[" * 100_000, "nested deeper"),
        ("안녕".encode("cp949"), "not UTF-8"),
        (b"x" * (MOST_BYTES + 1), "at most 50 MB"),
        (notebook(*[CODE] * 2_001), "2001 cells"),
        (notebook(CODE | {"source": "x" * 2_000_001}), "2000001 characters"),
    ],
)
def test_what_is_no_notebook_is_refused_in_one_line(data, said):
    """The sentence names what was found and what was expected."""
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_colabs_shape_is_read():
    """Version 4.0, no ids, a kernel without a language, and widget state without 'state'."""
    metadata = {"kernelspec": {"name": "python3"}, "widgets": {"application/vnd.jupyter.widget-state+json": {"a": {}}}}
    assert len(read(notebook(CODE, nbformat_minor=0, metadata=metadata))) == 1


def test_older_versions_are_brought_up_to_date():
    """A notebook of version 3, with worksheets, has its cells."""
    old = nbformat.v3.new_notebook(worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell("a = 1")])])
    assert [cell.source for cell in read(json.dumps(old).encode())] == ["a = 1"]


def test_odd_parts_of_a_cell_are_left_out():
    """Unknown types count as raw, metadata that is no object as none, half a character as a question mark."""
    cells = read(
        notebook(
            {"cell_type": "heading", "source": "x", "metadata": []},
            {"cell_type": "code", "source": "s = '\ud800'", "metadata": {"nbgrader": {"grade_id": 7}}},
        )
    )
    assert [cell.cell_type for cell in cells] == ["raw", "code"]
    assert [cell.grade_id for cell in cells] == [None, None]
    assert cells[1].source == "s = '?'"


def test_of_attachments_pictures_alone_are_kept():
    """An SVG or HTML attachment could run in the page; base64 that is none could leave its attribute."""
    attachments = {
        "a.png": {"image/png": "aGk="},
        "b.svg": {"image/svg+xml": "<svg/>"},
        "c.png": {"image/png": 'x" onerror="alert(1)'},
    }
    (cell,) = read(notebook({"cell_type": "markdown", "source": "", "attachments": attachments}))
    assert cell.attachments == {"a.png": {"image/png": "aGk="}}
