"""What is drawn while a notebook is graded: stills of explorers and pictures, where somebody asked for them."""

import pytest

from initlab.grading.kernels import Setting, close

EXPLORERS = ("sigma_explorer", "predict_then_reveal", "luck_of_the_draw")
SOURCE = "from initlab import plots, widgets\nimport numpy as np\n"
PICTURES = (
    "plots.std_by_layer({'std': np.ones(5)})",
    "plots.init_by_layer(lambda K, D, rng: None)",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
)


@pytest.fixture(scope="module", params=[True, False], ids=["figures", "no figures"])
def shown(request):
    """Run explorers and pictures in a student's kernel; source -> mime types of what was displayed."""
    with Setting(figures=request.param).open(None) as kernel:
        assert kernel.run(SOURCE).error is None
        sources = [f"widgets.{name}()" for name in EXPLORERS] + list(PICTURES)
        found = {source: [set(o.get("data", ())) for o in kernel.run(source).outputs] for source in sources}
        text = str(kernel.run(f"widgets.{EXPLORERS[0]}()").outputs)
    close()
    return request.param, found, text


@pytest.mark.parametrize("name", EXPLORERS)
def test_an_explorer_is_a_still_picture_or_a_line_of_words(shown, name):
    """There is no hand on its sliders: the feedback page has its picture, and without pictures a line says so."""
    figures, found, text = shown
    kinds = {"image/svg+xml", "text/plain"} if figures else {"text/plain"}
    assert found[f"widgets.{name}()"] == [kinds]
    assert ("[explorer] to be moved by hand" in text) is not figures
    assert ("<svg" in text) is figures


def test_pictures_are_drawn_for_the_feedback_page_alone(shown):
    """With figures a picture and its words; without them the words."""
    figures, found, _ = shown
    by_us, _, by_pyplot = (set().union(*found[source]) for source in PICTURES)
    assert ("image/svg+xml" in by_us, "image/png" in by_pyplot) == (figures, figures)
    assert "text/plain" in by_us and "text/plain" in by_pyplot
