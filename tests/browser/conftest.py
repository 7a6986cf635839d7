"""One JupyterLab and one Chromium for all browser tests; without Chromium they are skipped by name."""

from pathlib import Path

import pytest
from driving import browser, chromium, jupyterlab

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items):
    """Skip what needs Chromium where it is missing, and say how to get it."""
    if chromium() is None:
        here = Path(__file__).parent
        for item in items:
            if here in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="needs Chromium; on Debian and Ubuntu: apt install chromium"))


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab that serves an empty folder."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    (folder / "work").mkdir()
    with jupyterlab(folder / "work", folder) as running:
        yield running


@pytest.fixture(scope="module")
def window():
    """A page of a headless Chromium; JupyterLab is loaded into it once, notebooks are opened one after the other."""
    with browser() as running:
        yield running.new_page(viewport={"width": 1280, "height": 2400})


@pytest.fixture(scope="session")
def screenshots():
    """The folder of the pictures that the tests leave behind."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which finds what assistive technology cannot use."""
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-core, from axe-playwright-python")
    return (Path(package.__file__).parent / "axe.min.js").read_text()
