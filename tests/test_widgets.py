"""Tests of the explorers as Python objects: what each control does to the picture and to its words."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from initlab import checks, network, stats, svg, widgets
from initlab.cloud import _drawn, cloud
from initlab.picture import Band, Bars, Line, Mark
from initlab.widgets import net
from initlab.widgets.luck import last_over_first
from initlab.widgets.sigma import LOG_SIGMA_SQ

NS = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def sigma():
    return widgets.sigma_explorer(20, 16, 0.5)


def _items(explorer, kind, panel=0):
    return [item for item in explorer.picture().panels[panel].items if isinstance(item, kind)]


def _this_seed(explorer, panel=0):
    return next(line for line in _items(explorer, Line, panel) if line.label == "this seed")


# sigma_explorer


def test_curves_are_those_of_the_labs_network(sigma):
    """Do both curves show what init_params, forward and backward give for this variance and seed?"""
    x = net.standard_normal_data()
    all_weights, all_biases = network.init_params(20, 16, 0.5, np.random.default_rng(0))
    output, all_f, all_h = network.forward(all_weights, all_biases, x)
    all_dl_df = network.backward(all_weights, all_biases, all_f, all_h, np.zeros_like(output))[3]
    np.testing.assert_allclose(_this_seed(sigma, 0).y, np.log10(stats.layer_std(all_h[1:])))
    np.testing.assert_allclose(_this_seed(sigma, 1).y, np.log10(stats.layer_std(all_dl_df[1:20])))


def test_the_data_are_standard_normal():
    """Have the inputs under the curves mean 0, mean square 1 and the mean size sqrt(2/pi) of normal numbers?"""
    x = net.standard_normal_data()
    np.testing.assert_allclose([x.mean(), np.mean(x * x)], [0, 1], atol=1e-12)
    np.testing.assert_allclose(np.abs(x).mean(), np.sqrt(2 / np.pi), rtol=0.02)


def test_gradients_are_mirrored_beside_activations(sigma):
    """Does the layer axis of the second panel run backwards?"""
    forward, backward, _ = sigma.picture().panels
    assert forward.x_range == backward.x_range[::-1] == (0.5, 20.5)
    assert "dl/df" in backward.title


def test_a_new_variance_moves_the_picture_and_the_number_box(sigma):
    """Does the slider change the drawing, the words and the box, to four digits?"""
    before = sigma.screen.value
    sigma.sigma_sq.slider.value = 0.0333333
    assert sigma.screen.value != before
    assert sigma.sigma_sq.box.value == 0.03333
    assert "sigma squared 0.03333," in sigma.picture().alt


def test_a_typed_number_is_drawn_and_stays(sigma):
    """Is a number typed into the box drawn exactly, also after the page has moved the slider to its next step?"""
    sigma.sigma_sq.box.value = 0.025
    assert sigma.sigma_sq.slider.value == 0.025
    sigma.sigma_sq.slider.value = 10**-1.6  # what the page sends back
    assert sigma.sigma_sq.box.value == 0.025 and "sigma squared 0.025," in sigma.picture().alt
    sigma.sigma_sq.slider.value = 10**-1.58  # an arrow key
    assert sigma.sigma_sq.box.value == 0.0263 and "sigma squared 0.0263," in sigma.picture().alt
    sigma.depth.box.value = 12
    assert sigma.depth.slider.value == 12 and "12 layers" in sigma.picture().alt


@pytest.mark.parametrize("name", ["ReLU", "leaky ReLU", "linear"])
def test_nothing_is_recomputed_while_dragging(sigma, name):
    """Do a hundred new variances draw no network, once a homogeneous activation has been chosen?"""
    sigma.activation.value = name
    before = net._base_trace.cache_info().misses, net._unit_weights.cache_info().misses, _drawn.cache_info().misses
    for value in np.geomspace(1e-3, 5, 100):
        sigma.sigma_sq.slider.value = value
    after = net._base_trace.cache_info().misses, net._unit_weights.cache_info().misses, _drawn.cache_info().misses
    assert before == after


def test_a_band_of_200_seeds_lies_around_both_curves(sigma):
    """Do both bands move with the variance, and hold nineteen in twenty of 200 networks?"""
    sigma.sigma_sq.slider.value = 0.05
    for panel, name in ((0, "activation"), (1, "gradient")):
        band, = _items(sigma, Band, panel)
        drawn = getattr(cloud(20, 16, "ReLU", 0.05), name)
        inside = (band.low <= drawn) & (drawn <= band.high)
        assert len(drawn) == 200
        np.testing.assert_allclose(inside.mean(axis=0), 0.955, atol=0.02)


def test_he_s_value_is_marked_and_can_be_hidden(sigma):
    """Does the ruler carry 2/D at its place, and do ruler, curves and words lose it when asked?"""
    def ruler_mark():
        root = ElementTree.fromstring(sigma.screen.value)
        return root.find(f"{NS}path[@class='calm']")

    low, high = LOG_SIGMA_SQ
    place = svg.LEFT + (np.log10(2 / 16) - low) / (high - low) * (svg.WIDTH - 24 - svg.LEFT)
    assert float(ruler_mark().get("d")[1:].split()[0]) == pytest.approx(place, abs=0.1)
    assert "He, 2/D = 0.125" in sigma.screen.value
    level = next(line for line in _items(sigma, Line) if line.label == "He, 2/D")
    assert np.ptp(level.y) < 1
    sigma.he.value = False
    assert ruler_mark() is None
    assert "He" not in sigma.screen.value and "0.125" not in sigma.screen.value


def test_a_new_seed_draws_another_network(sigma):
    """Does the button change this seed's curve and leave the band?"""
    line, band = _this_seed(sigma).y, _items(sigma, Band)[0].high
    sigma.new_seed.click()
    assert sigma.seed.value == 1
    assert not np.allclose(_this_seed(sigma).y, line)
    np.testing.assert_array_equal(_items(sigma, Band)[0].high, band)


def test_depth_and_width_change_the_network(sigma):
    """Do sliders and boxes of depth and width draw as many layers, and keep the opened layer among them?"""
    sigma.layer.value = 20
    sigma.depth.slider.value = 7
    assert len(_this_seed(sigma).y) == 7 and len(_this_seed(sigma, 1).y) == 6
    assert sigma.layer.value == 7
    sigma.width.slider.value = 40
    assert "7 layers of 40" in sigma.picture().alt and "0.05" in sigma.screen.value
    sigma.depth.slider.value = 2
    assert len(_this_seed(sigma, 1).y) == 1


def test_a_layer_is_opened_as_a_histogram(sigma):
    """Does the number box open the histogram of that layer's values, in its own standard deviations?"""
    before = sigma.screen.value
    sigma.layer.value = 4
    assert sigma.screen.value != before
    bars = _items(sigma, Bars, 2)
    assert [b.label for b in bars] == ["h", "dl/df"]
    x = net.standard_normal_data()
    all_weights, all_biases = network.init_params(20, 16, 0.5, np.random.default_rng(0))
    h = network.forward(all_weights, all_biases, x)[2][4]
    counts = np.histogram(h[h > 0] / h.std(), net.BINS)[0]
    np.testing.assert_allclose(bars[0].heights, counts / counts.max())
    opened = sigma.picture().panels[2]
    assert opened.title == "layer 4"
    std_h = 10 ** _this_seed(sigma).y[3]
    assert opened.detail.startswith(f"std h {std_h:.2g}, dl/df ")
    assert f"layer 4: {opened.detail}" in sigma.picture().alt
    assert f">layer 4: {opened.detail}</text>" in sigma.screen.value


def test_every_layer_waits_under_the_pointer(sigma):
    """Is there one hidden histogram per layer, with a place in both panels and its own std in words?"""
    root = ElementTree.fromstring(sigma.screen.value)
    peeks = root.findall(f"{NS}g[@class='initlab-peek']")
    assert len(peeks) == 20
    assert "visibility:hidden" in root.find(f"{NS}style").text
    hits = [peek[0].get("d") for peek in peeks]
    assert len(set(hits)) == 20 and all(hit.count("M") == 2 for hit in hits)
    names = [peek.find(f".//{NS}text").text for peek in peeks]
    assert names[2].startswith("layer 3: std h ") and "dl/df" in names[2]
    shapes = {path.get("d") for peek in peeks for path in peek.iter(f"{NS}path") if path.get("class") == "bars"}
    assert len(shapes) == 39  # the last layer has no dl/df panel of its own
    sigma.new_seed.click()
    other = ElementTree.fromstring(sigma.screen.value).findall(f"{NS}g[@class='initlab-peek']")
    assert shapes.isdisjoint(path.get("d") for peek in other for path in peek.iter() if path.get("class") == "bars")


def test_tanh_bends_where_relu_only_shifts(sigma):
    """Does tanh saturate: its last layer's std below 1 at a variance where ReLU explodes, and 1/D marked as level?"""
    sigma.sigma_sq.slider.value = 5.0
    assert _this_seed(sigma).y[-1] > 3
    sigma.activation.value = "tanh"
    assert -0.5 < _this_seed(sigma).y[-1] < 0
    assert "level, 1/D = 0.0625" in sigma.screen.value
    band, = _items(sigma, Band)
    assert band.low[-1] <= _this_seed(sigma).y[-1] <= band.high[-1]


def test_while_a_drag_lasts_no_cloud_is_computed(sigma):
    """Are the band of tanh and the layers under the pointer left out until the controls rest, and drawn then?"""
    sigma.activation.value = "tanh"
    waiting = []
    sigma.when_at_rest = waiting.append
    misses = _drawn.cache_info().misses
    for value in (0.2, 0.3, 0.4):
        sigma.sigma_sq.slider.value = value
        assert not _items(sigma, Band)
    assert _drawn.cache_info().misses == misses
    assert "initlab-peek" not in sigma.screen.value
    waiting[-1]()
    assert _items(sigma, Band) and 'class="band"' in sigma.screen.value
    assert sigma.screen.value.count('class="initlab-peek"') == 20


# predict_then_reveal


def test_nothing_is_shown_before_the_reveal():
    """Does neither the picture nor a word tell the measured value before the button is pressed?"""
    prediction = widgets.predict_then_reveal(1 / 80)
    assert [line.label for line in _items(prediction, Line)] == ["expected"]
    assert not _items(prediction, Band)
    prediction.expected.slider.value = 1e-3
    for said in (prediction.said.value, prediction.picture().alt):
        assert "std(h_50) / std(h_1)" in said and "You expect 0.001" in said
        assert re.findall(r"\d\.\d+", re.sub("style='[^']*'", "", said)) == ["0.0125", "0.001"]


def test_the_reveal_tells_the_difference_in_numbers():
    """Does the answer give expected, measured and their ratio, as init_params and forward have them?"""
    prediction = widgets.predict_then_reveal(1 / 80)
    prediction.expected.slider.value = 1e-3
    prediction.reveal.click()
    all_weights, all_biases = network.init_params(50, 80, 1 / 80, np.random.default_rng(0))
    all_h = network.forward(all_weights, all_biases, net.standard_normal_data())[2]
    measured = all_h[50].std() / all_h[1].std()
    assert f"{measured:.2e}".replace("e-0", "e-") in prediction.said.value
    assert "0.001" in prediction.said.value
    times = f"{1e-3 / measured:.2e}".replace("e+0", "e+")
    assert f"{times} times too large" in prediction.said.value
    assert {line.label for line in _items(prediction, Line)} >= {"expected", "measured, variance 0.0125"}
    assert _items(prediction, Band)
    assert "times too large" in prediction.picture().alt


def test_a_revealed_prediction_stands_until_it_starts_again():
    """Are slider and box locked after the reveal, and free and hidden again after starting again?"""
    prediction = widgets.predict_then_reveal()
    prediction.reveal.click()
    assert prediction.expected.slider.disabled and prediction.expected.box.disabled and prediction.reveal.disabled
    prediction.again.click()
    assert not prediction.expected.slider.disabled and len(_items(prediction, Line)) == 1


@pytest.mark.parametrize("expected, said", [(0.95**24.5, "agree"), (0.95**49, "too small"), (1.0, "too large")])
def test_two_variances_on_one_draw_differ_by_a_power(expected, said):
    """Is the factor between 1.9/D and 2/D 0.95**(49/2), whatever the draw?"""
    prediction = widgets.predict_then_reveal(1.9 / 80, against=2 / 80, seed=5)
    prediction.expected.box.value = expected
    prediction.reveal.click()
    assert "0.285" in prediction.said.value and said in prediction.said.value


def test_gradients_can_be_predicted_too():
    """Is the backward pass measured from the last layer, where gradients enter, to the first?"""
    prediction = widgets.predict_then_reveal(1 / 80, pass_="backward")
    prediction.reveal.click()
    all_weights, all_biases = network.init_params(50, 80, 1 / 80, np.random.default_rng(0))
    output, all_f, all_h = network.forward(all_weights, all_biases, net.standard_normal_data())
    all_dl_df = network.backward(all_weights, all_biases, all_f, all_h, np.zeros_like(output))[3]
    measured = all_dl_df[1].std() / all_dl_df[49].std()
    assert f"{measured:.2e}".replace("e-0", "e-") in prediction.said.value
    with pytest.raises(ValueError, match="sideways"):
        widgets.predict_then_reveal(pass_="sideways")


# luck_of_the_draw


def test_every_seed_is_a_network_that_can_be_drawn_again():
    """Is a ratio in the histogram that of init_params with this seed on many standard normal inputs?"""
    all_weights, all_biases = network.init_params(50, 80, 2 / 80, np.random.default_rng(7))
    all_h = network.forward(all_weights, all_biases, net.standard_normal_data(4000))[2]
    np.testing.assert_allclose(10 ** last_over_first(50, 80, 7), all_h[50].std() / all_h[1].std(), rtol=1e-3)


def test_the_histogram_grows_with_every_seed():
    """Do the buttons add 1, 10 and 100 seeds, keep the earlier ones and mark the newest?"""
    luck = widgets.luck_of_the_draw(10, 16)
    counts = [20]
    for button, n in zip(luck.draws, (1, 10, 100)):
        before = list(luck.ratios)
        button.click()
        counts.append(counts[-1] + n)
        bars, = _items(luck, Bars)
        assert bars.heights.sum() == len(luck.ratios) == counts[-1]
        assert luck.ratios[:len(before)] == before
        mark, = _items(luck, Mark)
        assert mark.label == f"seed {counts[-1] - 1}" and mark.x == luck.ratios[-1]
        assert f"{counts[-1]} seeds" in luck.screen.value
    luck.again.click()
    assert len(luck.ratios) == 20


def test_the_curve_over_the_histogram_is_the_law_of_theory():
    """Does the drawn density enclose as many seeds as were drawn, around the histogram's middle?"""
    luck = widgets.luck_of_the_draw(50, 80)
    line, bars = _items(luck, Line)[0], _items(luck, Bars)[0]
    area = line.y.sum() * (line.x[1] - line.x[0])
    np.testing.assert_allclose(area, 20 * (bars.edges[1] - bars.edges[0]), rtol=0.01)
    # Twenty draws with sd 0.39: their mean lies within 4 * 0.39 / sqrt(20) of the law's centre.
    assert abs(line.x[line.y.argmax()] - np.mean(luck.ratios)) < 0.35


def test_another_size_starts_a_new_histogram():
    """Does a new depth or width draw its own seeds, dead networks of narrow layers included?"""
    luck = widgets.luck_of_the_draw(10, 16)
    luck.depth.slider.value, luck.width.slider.value = 30, 2
    assert len(luck.ratios) == 20 and not np.all(np.isfinite(luck.ratios))
    assert "30 layers of 2" in luck.screen.value


def test_dead_networks_are_counted():
    """Do title and words say how many seeds have a ratio of 0, which no bar can show, and nothing where none has?"""
    luck = widgets.luck_of_the_draw(30, 6)
    dead = np.isinf(luck.ratios).sum()
    bars, = _items(luck, Bars)
    assert 0 < dead < 20 and bars.heights.sum() == 20 - dead
    assert f"20 seeds ({dead} dead: ratio 0)" in luck.screen.value
    assert f"Dead, with a ratio of 0 and in no bar: {dead}." in luck.picture().alt
    assert "dead" not in widgets.luck_of_the_draw(10, 16).screen.value


def test_only_the_size_at_rest_is_drawn():
    """Does a drag of depth draw no seed until the slider rests, and then those of the last depth?"""
    luck = widgets.luck_of_the_draw(10, 16)
    waiting, before = [], list(luck.ratios)
    luck.when_at_rest = waiting.append
    for depth in (11, 12, 13):
        luck.depth.slider.value = depth
        assert luck.ratios == before
    waiting[-1]()
    assert luck.ratios == [last_over_first(13, 16, seed) for seed in range(20)] and "13 layers" in luck.screen.value


def test_a_hundred_more_seeds_are_seen_coming():
    """Does the histogram grow in steps while many networks are drawn, rather than once at the end?"""
    luck = widgets.luck_of_the_draw(10, 16)
    seen = []
    luck.screen.observe(lambda change: seen.append(luck.picture().panels[0].title.split()[0]), "value")
    luck.draws[2].click()
    assert seen == [str(n) for n in range(30, 121, 10)]


# all explorers

EXPLORERS = [widgets.sigma_explorer, widgets.predict_then_reveal, widgets.luck_of_the_draw]


def _controls(box):
    for child in getattr(box, "children", ()):
        yield child
        yield from _controls(child)


@pytest.mark.parametrize("make", EXPLORERS)
def test_every_control_has_a_name_and_every_slider_a_box(make):
    """Has each slider a number box beside it that shows the same value, both named?"""
    explorer = make()
    for row in explorer.box.children:
        children = getattr(row, "children", ())
        for control in children:
            if type(control).__name__ != "HTML":
                assert re.search(r"\w", control.description)  # a sign alone is no name
        if any("Slider" in type(control).__name__ for control in children):
            slider, box = children
            assert type(box).__name__ in ("BoundedFloatText", "BoundedIntText")
            assert box.value == pytest.approx(slider.value, rel=1e-3)
            assert (box.min, box.max) == pytest.approx(
                (slider.base**slider.min, slider.base**slider.max) if hasattr(slider, "base") else
                (slider.min, slider.max))


@pytest.mark.parametrize("make", EXPLORERS)
def test_the_drawing_carries_its_words(make):
    """Is what the page shows an image with the picture's own text alternative, well formed?"""
    explorer = make()
    root = ElementTree.fromstring(explorer.screen.value)
    assert root.get("role") == "img" and root.get("aria-label") == explorer.picture().alt


@pytest.mark.parametrize("make", EXPLORERS)
def test_only_core_widgets_are_used(make):
    """Is every model one of Jupyter's own, which Colab shows without a custom widget manager?"""
    for widget in [(box := make().box), *_controls(box)]:
        assert widget._model_module in ("@jupyter-widgets/controls", "@jupyter-widgets/base")


@pytest.mark.parametrize("make", EXPLORERS)
def test_explorers_speak_the_notebook_s_language(make):
    """Are the words of controls, the caption and the text alternative Korean after checks.speak?"""
    checks.speak("ko")
    try:
        explorer = make()
        said = [control.description for control in _controls(explorer.box)
                if getattr(control, "description", "") and "=" not in control.description]
        still = explorer.picture()
        assert said and all(re.search("[가-힣]", words) for words in [*said, still.title, still.alt])
    finally:
        checks.speak("en")


@pytest.mark.parametrize("make", EXPLORERS)
def test_a_call_leaves_a_live_view_and_a_still(make, monkeypatch):
    """Is the explorer shown as two outputs: the live view, and a still picture with words that it hides?"""
    import IPython.display

    bundles = []
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: bundles.append(data))
    explorer = make()
    explorer._ipython_display_()
    live, still = bundles
    assert live["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.box.model_id
    assert not live["text/html"] and not live["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" not in still
    element = re.search(r'<figure id="([^"]+)"', still["text/html"])[1]
    hiding = [child.value for child in explorer.box.children if "display:none" in getattr(child, "value", "")]
    assert len(hiding) == 1 and f"#{element}{{display:none}}" in hiding[0]
    assert still["image/png"] and explorer.picture().alt in still["text/plain"]
