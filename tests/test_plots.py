"""Tests of the labs' figures: the words they carry, the band, the student's function, and no figure left over."""

import base64
import re
from html import unescape
from io import BytesIO

import nbclient
import nbformat
import numpy as np
import pytest

from initlab import checks, network, plots, raster
from initlab.picture import Band, Line


@pytest.fixture
def shown(monkeypatch):
    """Collect what is displayed."""
    import IPython.display

    bundles = []
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: bundles.append(data))
    return bundles


@pytest.fixture
def in_korean():
    checks.speak("ko")
    yield
    checks.speak("en")


def he(K, D, rng):
    return network.init_widths([1] + [D] * K + [1], [2.0] + [2 / D] * K, rng)


def re_init(K, D, rng):
    return network.init_widths([1] + [D] * K + [1], [2 / D] * K + [2.0], rng)


def _image(bundle):
    from matplotlib.image import imread

    return imread(BytesIO(base64.b64decode(bundle["image/png"])))


def test_the_page_carries_the_words(shown):
    """Does the page hold an <img> whose alt tells both ends of every curve, and the same words for a terminal?"""
    plots.std_by_layer({"1/D <here>": [1.0, 1e-3, 2e-9]}, band=([0.5] * 3, [2.0] * 3), title="trial")
    html = shown[0]["text/html"]
    alt = unescape(re.search(r'<img alt="([^"]*)"', html)[1])
    for words in ("trial", "1/D <here>", "1 at layer 1", "2.0e-9 at layer 3", "0.5 to 2 at layer 3", "log scale"):
        assert words in alt
    assert "<here>" not in html
    assert alt in shown[0]["text/plain"]


def test_the_page_shows_the_png_itself(shown):
    """Is the picture in the page a PNG of the figure's full size, the tight box not taken, in the palette's colours?"""
    plots.std_by_layer({"a": [1.0, 2.0, 4.0]})
    assert f'src="data:image/png;base64,{shown[0]["image/png"]}"' in shown[0]["text/html"]
    pixels = _image(shown[0])
    assert pixels.shape[:2] == (360, 640)
    blue = np.array([0x00, 0x72, 0xB2]) / 255
    assert (np.abs(pixels[:, :, :3] - blue).max(axis=2) < 2 / 255).sum() > 100


def test_curves_are_drawn_on_a_log_scale_with_their_band():
    """Do the curve and the band hold the logarithms, numbered from the first layer, on a log axis?"""
    picture = plots.std_picture({"a": [1.0, 10.0, 100.0]}, band=([0.1] * 3, [10.0] * 3), first_layer=4)
    band, line = picture.panels[0].items
    assert isinstance(band, Band) and isinstance(line, Line)
    np.testing.assert_allclose(line.x, [4, 5, 6])
    np.testing.assert_allclose(line.y, [0, 1, 2])
    np.testing.assert_allclose([band.low, band.high], [[-1] * 3, [1] * 3])
    assert picture.panels[0].log_y


def test_the_words_of_a_figure_are_in_the_notebook_s_language(shown):
    """Does a Korean notebook tell in Korean what its figure shows, with the same numbers?"""
    checks.speak("ko")
    try:
        plots.std_by_layer({"a": [1.0, 10.0, 100.0]}, band=([0.1] * 3, [10.0] * 3))
    finally:
        checks.speak("en")
    assert "1층 1, 3층 100" in shown[0]["text/plain"] and "3층에서 0.1부터 10까지" in shown[0]["text/plain"]
    assert not re.search("at layer", shown[0]["text/plain"])


def test_vanished_layers_can_be_drawn(shown):
    """Does a curve that reaches exactly 0, nan or inf give a picture all the same, without a warning?"""
    with np.errstate(all="raise"):
        plots.std_by_layer({"dead": [1.0, 0.0, np.nan, np.inf]})
    assert "0 at layer 1" not in shown[0]["text/plain"] and "inf at layer 4" in shown[0]["text/plain"]


def test_what_cannot_be_drawn_is_named():
    """Do unequal lengths and too many curves say what was given?"""
    with pytest.raises(ValueError, match="equally long.*'a': 2.*'b': 3"):
        plots.std_by_layer({"a": [1, 2], "b": [1, 2, 3]})
    with pytest.raises(ValueError, match="equally long.*'band low': 2"):
        plots.std_by_layer({"a": [1, 2, 3]}, band=([1, 1], [2, 2, 2]))
    with pytest.raises(ValueError, match="1 to 4 curves, got 5"):
        plots.std_by_layer({name: [1, 2] for name in "abcde"})


def test_a_second_figure_moves_the_artists_of_the_first(shown):
    """Are the line, the band and the figure kept, given new data, and hidden when there is nothing for them?"""
    raster._canvas.cache_clear()  # other tests have drawn on it
    plots.std_by_layer({"a": [1.0, 2.0]}, band=([1, 1], [2, 2]))
    canvas = raster._canvas(1, (1.0,), raster.INCHES)
    before = dict(canvas._kept[0])
    plots.std_by_layer({"b": [1.0, 5.0, 7.0]})
    assert canvas is raster._canvas(1, (1.0,), raster.INCHES)
    assert all(canvas._kept[0][key] is artist for key, artist in before.items())
    visible = {key for key, artist in canvas._kept[0].items() if artist.get_visible()}
    assert visible == {("line", 0)}
    np.testing.assert_allclose(canvas._kept[0]["line", 0].get_ydata(), np.log10([1, 5, 7]))
    assert len(canvas.axes[0].lines) + len(canvas.axes[0].patches) == len(canvas._kept[0])


def test_no_figure_is_left_open(shown):
    """Does pyplot know of no figure after twenty pictures?"""
    import matplotlib.pyplot

    for _ in range(20):
        plots.std_by_layer({"a": [1.0, 2.0]})
    assert matplotlib.pyplot.get_fignums() == []


@pytest.mark.parametrize("init, pass_", [(he, "forward"), (re_init, "backward")])
def test_a_correct_init_lies_inside_the_band(shown, monkeypatch, init, pass_):
    """Do correct initialisations lie between the band's edges for three layers in four, over forty seeds?

    A network leaves the band with many layers at once: of simulated means over forty networks, which are 0.93 to 0.95
    by median, one in ten thousand is below 0.77.
    """
    pictures = []
    monkeypatch.setattr(plots, "show", pictures.append)
    inside = []
    for seed in range(40):
        plots.init_by_layer(init, pass_=pass_, seed=seed)
        band, line = pictures[-1].panels[0].items
        inside.append(np.mean((band.low <= line.y) & (line.y <= band.high)))
    assert len(line.y) == (50 if pass_ == "forward" else 49)
    assert np.mean(inside) > 0.75


def _half(K, D, rng):
    return network.init_params(K, D, 1 / D, rng)


@pytest.mark.parametrize("init, pass_, layer", [
    (_half, "forward", -1), (_half, "backward", 0), (re_init, "forward", 0),
])
def test_a_wrong_init_leaves_the_band(monkeypatch, init, pass_, layer):
    """Is half the variance outside at the far end, and fan-out outside in the forward pass's first layer?"""
    pictures = []
    monkeypatch.setattr(plots, "show", pictures.append)
    plots.init_by_layer(init, pass_=pass_)
    band, line = pictures[-1].panels[0].items
    assert line.y[layer] < band.low[layer]


def test_a_blank_answer_gets_one_plain_line(shown, in_korean):
    """Does a function that returns nothing yet, or is not defined yet, get a sentence in the notebook's language?"""
    def he_init_params(K, D, rng):
        ...

    def not_implemented(K, D, rng):
        raise NotImplementedError

    for blank in (he_init_params, not_implemented, ..., None):
        plots.init_by_layer(blank)
        assert "비어" in shown[-1]["text/plain"] and "image/png" not in shown[-1]
    assert "he_init_params" in shown[0]["text/html"]


def test_an_init_may_take_no_rng_or_want_the_old_kind(shown):
    """Are the signatures of earlier notebooks drawn too: (K, D), and rng.randn of a RandomState?"""
    plots.init_by_layer(lambda K, D: he(K, D, np.random.RandomState(0)))
    plots.init_by_layer(lambda K, D, rng: [[rng.randn(a, b) * np.sqrt(2 / b)
                                            for a, b in zip([D] * K + [1], [1] + [D] * K)],
                                           [np.zeros((a, 1)) for a in [D] * K + [1]]])
    assert all("image/png" in bundle for bundle in shown) and len(shown) == 2


def test_an_unknown_pass_is_named():
    """Does an error say which passes there are?"""
    with pytest.raises(ValueError, match="sideways"):
        plots.init_by_layer(he, pass_="sideways")


@pytest.mark.parametrize("backend", ["%matplotlib inline", "import matplotlib; matplotlib.use('agg')"])
def test_figures_appear_once_in_a_real_kernel(backend):
    """Does a cell show one picture, under inline and without a display, and leave no figure for inline to show?"""
    notebook = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell(backend + "\nfrom initlab import plots"),
        nbformat.v4.new_code_cell("plots.std_by_layer({'a': [1.0, 2.0, 3.0]})"),
        nbformat.v4.new_code_cell("import matplotlib.pyplot as plt; print(plt.get_fignums())"),
    ])
    nbclient.NotebookClient(notebook, timeout=60).execute()
    picture, = notebook.cells[1].outputs
    assert set(picture.data) == {"text/html", "image/png", "text/plain"}
    assert notebook.cells[2].outputs[0].text == "[]\n"
