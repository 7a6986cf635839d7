"""Explorers without their kernel, in a real browser: a converted page without a network, a notebook opened again."""

import nbclient
import nbconvert
import nbformat
import pytest
from driving import notebook, violations

SOURCES = ("from initlab import widgets", "widgets.sigma_explorer()", "widgets.luck_of_the_draw()")


@pytest.fixture(scope="module")
def executed():
    """An executed notebook with two explorers and the state of their widgets."""
    nb = nbformat.reads(notebook(*SOURCES), as_version=4)
    nbclient.NotebookClient(nb, timeout=60).execute()
    assert nb.metadata.widgets
    return nb


def test_a_page_without_a_network_shows_the_stills(executed, window, tmp_path, axe):
    """Does a feedback page, opened offline, show both pictures, although it also holds the widgets' state?"""
    path = tmp_path / "feedback.html"
    path.write_text(nbconvert.HTMLExporter().from_notebook_node(executed)[0])
    window.context.set_offline(True)
    try:
        window.goto(path.as_uri())
        widths = window.locator("figure img").evaluate_all("images => images.map(i => i.offsetWidth)")
        assert len(widths) == 2 and all(width > 400 for width in widths)
        assert violations(window, axe, "figure") == []
    finally:
        window.context.set_offline(False)


def test_a_notebook_opened_again_shows_the_stills(executed, lab, window):
    """Does JupyterLab show both pictures of a saved notebook before any cell is run, and the live ones after that?"""
    saved = nbformat.from_dict(executed)
    saved.metadata.pop("widgets")
    nbformat.write(saved, lab.folder / "saved.ipynb")
    lab.open(window, "saved.ipynb")
    window.wait_for_function(
        """() => { const images = [...document.querySelectorAll('.jp-OutputArea-output figure img')];
                   return images.length === 2 && images.every(i => i.offsetWidth > 400) }""")
    lab.run_all(window)
    window.wait_for_function(
        """() => document.querySelectorAll('.initlab-explorer svg[role=img]').length === 2
            && [...document.querySelectorAll('.jp-OutputArea-output figure img')].every(i => i.offsetWidth === 0)""")
    lab.close(window)
