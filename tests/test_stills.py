"""Without a kernel: what converters make of an executed notebook with explorers, and what they can choose from."""

import copy
import re

import nbclient
import nbconvert
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

EXPLORERS = ("sigma_explorer", "predict_then_reveal", "luck_of_the_draw")
VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def executed():
    """A notebook of the three explorers, executed, with the state of its widgets as a converter may find it."""
    notebook = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell("from initlab import widgets"),
        *(nbformat.v4.new_code_cell(f"widgets.{name}()") for name in EXPLORERS),
    ])
    nbclient.NotebookClient(notebook, timeout=60).execute()
    assert notebook.metadata.widgets
    return notebook


@pytest.fixture
def stateless(executed):
    """The same without the widgets' state, as GitHub and a notebook saved by hand have it."""
    notebook = copy.deepcopy(executed)
    del notebook.metadata["widgets"]
    return notebook


def _stills(page):
    """Return the text alternatives of the pictures in a page of HTML."""
    return [image.get("alt") for image in BeautifulSoup(page, "html.parser").select("figure > img")]


def _is_still(alts):
    return len(alts) == 3 and "activations" in alts[0] and "variance" in alts[1] and "seeds" in alts[2]


def _feedback():
    """Return the exporter that nbgrader makes its feedback pages with."""
    return nbconvert.HTMLExporter(config=GenerateFeedback(coursedir=CourseDirectory()).config)


@pytest.mark.parametrize("exporter", [nbconvert.HTMLExporter, _feedback], ids=["nbconvert", "feedback"])
@pytest.mark.parametrize("with_state", [True, False], ids=["with state", "without state"])
@pytest.mark.filterwarnings("error:Your element with mimetype")
def test_a_page_holds_the_stills_with_their_words(executed, stateless, exporter, with_state):
    """Are the three pictures in the page, with words and no converter's placeholder, whatever widgets it finds?"""
    notebook = copy.deepcopy(executed if with_state else stateless)
    for cell in notebook.cells:  # what nbgrader's template looks for
        cell.metadata.nbgrader = {"grade": False, "solution": False, "task": False, "schema_version": 3}
    resources = {"nbgrader": {"score": 0, "max_score": 0, "notebook": "n", "student": "s", "late_penalty": 0}}
    page = exporter().from_notebook_node(notebook, resources=resources)[0]
    assert _is_still(_stills(page))
    assert "No description has been provided" not in page


def test_a_printed_page_gets_the_pngs(stateless):
    """Does the way to PDF, through LaTeX, take along three pictures?"""
    body, resources = nbconvert.LatexExporter().from_notebook_node(stateless)
    pictures = [name for name in resources["outputs"] if name.endswith(".png")]
    assert len(pictures) == 3 and all(name in body for name in pictures)


def test_plain_text_gets_the_words(stateless):
    """Does a still say in text what it shows, and the live view nothing?"""
    for cell in stateless.cells[1:]:
        live, still = cell.outputs
        assert live.data["text/plain"] == ""
        assert re.match(r"\[picture\] \w", still.data["text/plain"])


def test_nothing_depends_on_scripts(executed):
    """Are an explorer's outputs a view of core widgets and a still, with no script in either?"""
    kinds = {kind for cell in executed.cells for output in cell.outputs for kind in output.data}
    assert kinds == {VIEW, "text/html", "text/plain", "image/png"}
    pages = [output.data["text/html"] for cell in executed.cells for output in cell.outputs]
    assert not any(re.search(r"<script|javascript:| on\w+=", page) for page in pages)
