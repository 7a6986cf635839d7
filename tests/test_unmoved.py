"""Explorers where a notebook is graded: their stills, made once for all submissions."""

import re
from pathlib import Path

import numpy as np
import pytest

from initlab import checks, plots, widgets
from initlab.grading import warm
from initlab.widgets import parts

LABS = sorted((Path(__file__).parents[1] / "solutions").glob("*.py"))


@pytest.fixture(autouse=True)
def graded(monkeypatch):
    """Show explorers as where a notebook is graded."""
    monkeypatch.setattr(parts, "_hand", False)
    yield
    checks.speak("en")


def test_the_still_is_that_of_the_explorer_at_first(monkeypatch):
    """A feedback page shows what the student saw before moving anything."""
    still = widgets.predict_then_reveal(K=10, D=20).still()
    monkeypatch.setattr(parts, "_hand", True)

    assert still == plots.still(widgets.predict_then_reveal(K=10, D=20).picture())


def test_code_can_move_what_no_hand_can():
    """A cell that sets the depth of an explorer runs on, and its still has that depth."""
    explorer = widgets.sigma_explorer(K=10, D=20)
    explorer.depth.slider.value = 7

    assert explorer.depth.value == 7
    assert "at layer 7." in explorer.still()["text/plain"]


def test_a_korean_notebook_has_korean_words_under_its_stills():
    """The still of the same explorer is made anew for the other language."""
    said = []
    for lang in ("en", "ko", "en"):
        checks.speak(lang)
        said.append(widgets.luck_of_the_draw(K=5, D=8).still()["text/plain"])

    assert said[0] == said[2] and not re.search("[가-힣]", said[0])
    assert re.search("[가-힣]", said[1])


def test_a_misspelt_name_is_an_error_as_on_any_object():
    """Asking an explorer for what it doesn't have says so."""
    with pytest.raises(AttributeError, match="dept"):
        widgets.sigma_explorer(K=5, D=8).dept


def test_a_wrong_call_is_an_error_as_in_a_notebook():
    """An explorer called with a word that it doesn't know stops its cell, graded or not."""
    with pytest.raises(TypeError, match="bogus"):
        widgets.sigma_explorer(bogus=1)


def test_a_variance_that_is_an_array_is_shown_too():
    """What no cache can hold is drawn all the same."""
    assert "0.02" in widgets.predict_then_reveal(np.array(0.02), K=5, D=8).still()["text/plain"]


def test_the_labs_explorers_are_drawn_for_all_but_the_first_submission():
    """Every explorer that a lab calls is found drawn, in both languages: none costs each submission its time."""
    calls = [call for lab in LABS for call in re.findall(r"^widgets\..+", lab.read_text(), re.MULTILINE)]
    warm.draw_stills()
    before = parts._first_still.cache_info().misses
    for lang in ("en", "ko"):
        checks.speak(lang)
        for call in calls:
            eval(call, {"widgets": widgets}).still()

    assert len(calls) >= 4
    assert parts._first_still.cache_info().misses == before
