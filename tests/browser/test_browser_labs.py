"""The student notebooks in JupyterLab: run, answered wrongly and rightly, dragged, looked at."""

import shutil
from pathlib import Path

import nbformat
import numpy as np
import pytest
from driving import cell, picture_of, run_cell, violations
from matplotlib.image import imread

from initlab import messages

ROOT = Path(__file__).parents[2]
LABS = sorted((ROOT / "notebooks").glob("*/*/*.ipynb"))
# Per lab: an exercise, a wrong answer and a right one, each as a student would type it.
ANSWERS = {
    "01_forward_pass": ("sigma_sq_derived", "sigma_sq_derived = 1 / 80", "sigma_sq_derived = 2 / 80"),
    "02_backward_pass": ("sigma_sq_backward", "sigma_sq_backward = 1.0", "sigma_sq_backward = 0.0253"),
}
ERRORS = ".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr'], .jp-RenderedText[data-mime-type*=error]"


class Opened:
    """A student notebook, open in a page and run from top to bottom."""

    def __init__(self, page, path, lab):
        self.page, self.lang, self.name = page, path.parts[-3], path.stem
        self.cells = nbformat.read(path, as_version=4).cells
        target = lab.folder / self.lang / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
        lab.open(page, target.relative_to(lab.folder))
        lab.run_all(page)

    def numbers(self, called):
        """Return the numbers of the code cells whose source holds `called`."""
        return [i for i, c in enumerate(self.cells) if c.cell_type == "code" and called in c.source]

    def cell_of(self, grade_id):
        """Return the number of the cell with this grade id."""
        return next(i for i, c in enumerate(self.cells) if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def test_there_are_labs_to_open():
    """Are both labs released in both languages?"""
    assert len(LABS) >= 4


@pytest.fixture(scope="module", params=LABS, ids=lambda path: "-".join(path.parts[-3:-1]))
def opened(request, lab, window):
    """Each student notebook in turn."""
    window.set_viewport_size({"width": 1280, "height": 1000})
    notebook = Opened(window, request.param, lab)
    window.wait_for_function(
        """([explorers, errors]) => document.querySelector(errors)
            || document.querySelectorAll('.initlab-explorer svg[role=img]').length >= explorers""",
        arg=[len(notebook.numbers("widgets.")), ERRORS])
    yield notebook
    lab.close(window)


def test_an_untouched_lab_runs_without_an_error(opened):
    """Has every code cell run, each check saying "not attempted", and none with a traceback?"""
    page = opened.page
    assert page.locator(ERRORS).all_inner_texts() == []
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(p => /\\d/.test(p.textContent))")
    cards = page.locator(".initlab-card")
    words = messages.label("not_attempted", opened.lang)
    assert cards.count() == len(opened.numbers("checks.")) - 1  # one of them is the set-up cell
    assert all(words in text for text in cards.all_inner_texts())


def test_every_picture_has_words(opened):
    """Has every image in an output a text alternative of its own? (JupyterLab puts "Image" where there is none.)"""
    images = opened.page.locator(".jp-OutputArea-output img")
    assert images.count() >= len(opened.numbers("widgets."))  # the stills at least, hidden while explorers live
    words = images.evaluate_all("images => images.map(i => i.alt)")
    drawings = opened.page.locator(".jp-OutputArea-output svg[role=img]")
    words += drawings.evaluate_all("all => all.map(s => s.getAttribute('aria-label') ?? '')")
    assert [text for text in words if len(text.split()) < 4] == []


def test_the_card_follows_the_answer(opened, screenshots):
    """Does a wrong answer change the card to wrong, and a right one to right?"""
    exercise, wrong, right = ANSWERS[opened.name]
    answer, check = opened.cell_of(exercise), opened.cell_of(f"check_{exercise}")
    cards = cell(opened.page, check).locator(".initlab-card")
    for source, outcome in ((wrong, "wrong"), (right, "right")):
        run_cell(opened.page, answer, source)
        run_cell(opened.page, check)
        card = cell(opened.page, check).get_by_role(
            "group", name=f"{exercise}: {messages.label(outcome, opened.lang)}", exact=True)
        card.wait_for()
        assert cards.count() == 1
        card.screenshot(path=screenshots / f"{opened.name}-{opened.lang}-card-{outcome}.png")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_axe_finds_nothing_serious(opened, lab, axe, theme):
    """Can assistive technology use the outputs of this lab, answered cards too, in either theme?"""
    lab.paint(opened.page, theme)
    assert violations(opened.page, axe, ".jp-OutputArea-output") == []


def test_sliders_answer_to_mouse_and_keyboard(opened):
    """Does each slider of the lab change its picture, dragged and by arrow keys?"""
    page = opened.page
    sliders = page.locator(".initlab-explorer [role=slider]")
    assert sliders.count() >= len(opened.numbers("widgets."))
    for i in range(sliders.count()):
        slider = sliders.nth(i)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        changed = picture_of(slider)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 20, y, steps=3)
        page.mouse.up()
        changed()
        changed = picture_of(slider)
        slider.focus()
        page.keyboard.press("ArrowRight")
        changed()


def test_the_lab_is_kept_as_a_picture(opened, screenshots):
    """Is the whole notebook, from its first cell to its last, kept for people to look at?"""
    page = opened.page
    cells = page.locator(".jp-Notebook .jp-Cell")
    first, last = cells.first.bounding_box(), cells.last.bounding_box()
    height = last["y"] + last["height"] - first["y"]
    page.set_viewport_size({"width": 1280, "height": int(height) + 300})
    # The notebook was scrolled to the last slider; it fits now, once JupyterLab has taken the new size.
    page.wait_for_function(
        """() => {
            const cells = [...document.querySelectorAll('.jp-Notebook .jp-Cell')];
            cells[0].scrollIntoView();
            return cells[0].getBoundingClientRect().top >= 0
                && cells.at(-1).getBoundingClientRect().bottom <= innerHeight;
        }""")
    path = screenshots / f"{opened.name}-{opened.lang}.png"
    page.locator(".jp-NotebookPanel").screenshot(path=path)
    pixels = imread(path)[:, 100:1100, :3]
    written = [part.std() > 0.02 for part in np.array_split(pixels[:int(height)], 12)]
    assert len(pixels) >= height and all(written)
