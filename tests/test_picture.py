"""Tests of pictures and their drawing as SVG: words, ranges, places of points."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from initlab import svg
from initlab.picture import (
    COLOURS, DASHES, MARKERS, Band, Bars, Line, Mark, Panel, Picture, finite_range, power_of_ten, ticks,
)

NS = "{http://www.w3.org/2000/svg}"


def _panel(*items, **changes):
    fields = dict(title="t", x_label="x", y_label="y", items=items, x_range=(0.0, 10.0), y_range=(0.0, 1.0))
    return Panel(**(fields | changes))


def _drawn(*items, alt="words", **changes):
    return ElementTree.fromstring(svg.draw(Picture("title", alt, (_panel(*items, **changes),))))


@pytest.mark.parametrize("log10_value, words", [
    (0.0, "1"), (-1.602, "0.025"), (2.0, "100"), (39.2, "1.6e+39"), (-400.0, "1.0e-400"), (5000.5, "3.2e+5000"),
    (3.99999, "1.0e+4"), (3.2, "1600"), (-2.2, "0.0063"),
    (-3.2, "6.3e-4"), (8.9999, "1.0e+9"), (-np.inf, "0"), (np.inf, "inf"), (np.nan, "not a number"),
])
def test_a_power_of_ten_is_readable_also_beyond_floats(log10_value, words):
    """Is 10**x written with two digits, where a float would overflow too?"""
    assert power_of_ten(log10_value) == words


@pytest.mark.parametrize("low, high, log, labels", [
    (-3, 2, True, ["10⁻³", "10⁻²", "10⁻¹", "1", "10¹", "10²"]),
    (-50, 100, True, ["10⁻⁵⁰", "1", "10⁵⁰", "10¹⁰⁰"]),
    (-0.8, 0.4, True, ["0.2", "0.5", "1", "2"]),
    (0, 1.05, False, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    (50.5, 0.5, False, ["10", "20", "30", "40", "50"]),
])
def test_ticks_stand_at_round_places_inside_the_axis(low, high, log, labels):
    """Are there a handful of ticks, all inside, whole decades or 1-2-5, on a mirrored axis too?"""
    found = ticks(low, high, log=log)
    assert [label for _, label in found] == labels
    assert all(min(low, high) <= place <= max(low, high) for place, _ in found)


def test_a_range_ignores_what_is_not_finite():
    """Do dead layers (-inf) and gaps (nan) leave the axis where the other values are?"""
    low, high = finite_range([np.array([-np.inf, 1.0, 3.0]), np.array([np.nan])], margin=0.0)
    assert (low, high) == (1.0, 3.0)
    assert finite_range([np.array([-np.inf])], at_least=2.0) == (-1.0, 1.0)
    low, high = finite_range([np.array([5.0])], at_least=2.0, margin=0.0)
    assert (low, high) == (4.0, 6.0)


def test_the_svg_carries_its_words():
    """Is the picture announced as an image, with its text alternative, whatever characters that holds?"""
    alt = 'a < b & "c"'
    root = _drawn(alt=alt)
    assert root.get("role") == "img" and root.get("aria-label") == alt


def test_points_land_where_the_axes_say():
    """Is the first point of a line at the lower left and the last at the upper right, and mirrored when asked?"""
    frame = svg.frames(Picture("", "", (_panel(),)))[0]
    for x_range, ends in (((0.0, 10.0), (frame.x0, frame.x1)), ((10.0, 0.0), (frame.x1, frame.x0))):
        line = Line("", np.array([0.0, 10.0]), np.array([0.0, 1.0]), marker=False)
        path = _drawn(line, x_range=x_range).find(f".//{NS}path[@class='line']").get("d")
        x = [float(pair.split()[0]) for pair in path[1:].split("L")]
        y = [float(pair.split()[1]) for pair in path[1:].split("L")]
        np.testing.assert_allclose(x, ends, atol=0.1)
        np.testing.assert_allclose(y, [frame.y0, frame.y1], atol=0.1)


def test_dead_and_exploding_values_stay_at_the_edge():
    """Does a curve with -inf, nan and a number far outside give finite coordinates near the frame?"""
    y = np.array([-np.inf, 0.5, np.nan, 1e300])
    text = svg.draw(Picture("", "", (_panel(Line("", np.arange(4.0), y), Band("", np.arange(4.0), y, y)),)))
    numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", text)]
    assert "nan" not in text and "inf" not in text and max(numbers) < svg.WIDTH + 1


def test_bars_have_the_area_of_their_counts():
    """Does the outline of a histogram rise to its heights and come back to the floor?"""
    frame = svg.frames(Picture("", "", (_panel(),)))[0]
    path = svg.bars_path(frame, np.array([0.0, 2.0, 4.0, 6.0]), np.array([0.0, 1.0, 0.5]))
    heights = [int(v) for v in re.findall(r"V(\d+)", path)]
    assert heights == [frame.y1, round((frame.y0 + frame.y1) / 2), frame.y0]


def test_curves_differ_without_colour():
    """Has each of the four styles its own dashes and its own marker?"""
    assert COLOURS == ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
    assert len(set(DASHES)) == len(set(MARKERS)) == 4
    shapes = set()
    for style in range(4):
        root = _drawn(Line("", np.arange(3.0), np.zeros(3), style), legend=False)
        line = root.find(f".//{NS}path[@class='line']")
        assert line.get("stroke") == COLOURS[style]
        marker = root.findall(f"{NS}*")[-1]
        outline = re.sub(r"^M[\d.]+ [\d.]+", "", marker.get("d", "circle"))
        shapes.add((line.get("stroke-dasharray"), outline))
    assert len(shapes) == len({dash for dash, _ in shapes}) == len({outline for _, outline in shapes}) == 4


def _contrast(one, other):
    """Return the contrast ratio of two colours #rrggbb, as WCAG 2 defines it."""
    def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", ["#ffffff", "#111111"])
def test_curves_can_be_seen_in_both_themes(paper):
    """Has every curve 3:1 contrast on the paper of JupyterLab's light and dark theme?"""
    assert all(_contrast(colour, paper) >= 3 for colour in COLOURS)


def test_text_and_paper_follow_the_theme_together():
    """Do the picture's ink and paper come from the theme, both with a fallback that can be read?"""
    style = _drawn().get("style")
    ink = re.search(r"color:var\(--jp-[\w-]+, (#\w{6})\)", style.replace("background:", "paper:"))
    paper = re.search(r"background:var\(--jp-[\w-]+, (#\w{6})\)", style)
    assert _contrast(ink[1], paper[1]) >= 4.5


def test_marks_are_named_inside_the_frame():
    """Is a marked place named on its inner side, so that the name is not cut off?"""
    for place, anchor in ((1.0, "start"), (9.0, "end")):
        root = _drawn(Mark("here", place), legend=False)
        assert [t.get("text-anchor") for t in root.iter(f"{NS}text") if t.text == "here"] == [anchor]


def test_a_legend_names_every_item():
    """Are curve, band and bars named above the frame, each beside a sample?"""
    x = np.arange(3.0)
    root = _drawn(Band("band", x, x, x), Line("curve", x, x, 1), Bars("bars", np.arange(4.0), x, 2))
    assert {"band", "curve", "bars"} <= {t.text for t in root.iter(f"{NS}text")}
