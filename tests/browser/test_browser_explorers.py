"""The explorers in JupyterLab: moved by mouse and keyboard, read in both themes, followed by a pointer, seen once."""

import pytest
from driving import notebook, picture_of, violations

SOURCES = (
    "from initlab import checks, network, plots, widgets\nimport numpy as np",
    "widgets.sigma_explorer()",
    "widgets.predict_then_reveal()",
    "widgets.luck_of_the_draw()",
    "plots.init_by_layer(lambda K, D, rng: network.init_params(K, D, 1 / D, rng))",
    "checks.sigma_sq_derived(0.1)",
)
EXPLORERS = 3


@pytest.fixture(scope="module", params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request):
    """Each of the two themes."""
    return request.param


@pytest.fixture(scope="module")
def page(theme, lab, window):
    """A page with a notebook of all explorers, run from top to bottom."""
    (lab.folder / "explorers.ipynb").write_text(notebook(*SOURCES))
    lab.open(window, "explorers.ipynb", theme=theme)
    lab.run_all(window)
    window.wait_for_function(
        f"() => document.querySelectorAll('.initlab-explorer svg[role=img]').length === {EXPLORERS}")
    yield window
    lab.close(window)


def test_a_picture_is_seen_once(page):
    """Is every still hidden while its explorer lives, and the labs' own figure not?"""
    stills = page.locator("figure[id^=initlab-still]")
    page.wait_for_function("() => document.querySelectorAll('figure[id^=initlab-still]').length === 3")
    assert [stills.nth(i).is_visible() for i in range(EXPLORERS)] == [False] * EXPLORERS
    assert page.locator("figure:not([id]) img[alt*='std of activations']").is_visible()


def test_axe_finds_nothing_serious(page, axe):
    """Can assistive technology use what the cells show: names, roles, contrast, text alternatives?"""
    assert violations(page, axe, ".jp-OutputArea-output") == []


def test_axe_would_find_a_slider_without_a_name(page, axe):
    """Is a nameless slider found, so that the test above can fail?"""
    handle = page.locator("[role=slider]").first
    name = handle.get_attribute("aria-label")
    handle.evaluate("handle => { handle.removeAttribute('aria-label') }")
    try:
        assert any("aria-input-field-name" in found for found in violations(page, axe, ".jp-OutputArea-output"))
    finally:
        handle.evaluate("(handle, name) => { handle.setAttribute('aria-label', name) }", name)


def test_every_slider_has_the_name_beside_it(page):
    """Does every handle take the words beside it as its name?"""
    page.wait_for_function("() => !document.querySelector('[role=slider]:not([aria-label])')")
    names = page.locator("[role=slider]").evaluate_all("handles => handles.map(h => h.getAttribute('aria-label'))")
    assert names == ["weight variance", "depth", "width", "I expect", "depth", "width"]


def test_tab_visits_every_control(page):
    """Does the Tab key go through all controls of an explorer, in the order in which they are seen, and out again?"""
    explorer = page.locator(".initlab-explorer").first
    controls = explorer.locator("[role=slider], input, select, button:enabled")
    controls.first.focus()
    visited = []
    for _ in range(controls.count()):
        visited.append(controls.evaluate_all("all => all.indexOf(document.activeElement)"))
        page.keyboard.press("Tab")
    assert visited == list(range(controls.count())) and len(visited) > 8
    assert controls.evaluate_all("all => all.indexOf(document.activeElement)") == -1


def test_sliders_are_moved_by_mouse_and_by_keyboard(page):
    """Does every slider change its picture, dragged and by arrow keys?"""
    sliders = page.locator(".initlab-explorer [role=slider]")
    for i in range(sliders.count()):
        slider = sliders.nth(i)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        changed = picture_of(slider)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 25, y, steps=4)
        page.mouse.up()
        changed()
        changed = picture_of(slider)
        slider.focus()
        page.keyboard.press("ArrowLeft")
        changed()


def test_a_number_box_moves_its_slider(page):
    """Does a number typed into the box of sigma squared move picture and slider, and stay as it was typed?"""
    box = page.get_by_label("σ² =").first
    changed = picture_of(box)
    box.fill("0.3")
    box.press("Enter")
    changed()
    page.wait_for_function(
        """() => Math.abs(document.querySelector('[role=slider]').getAttribute('aria-valuetext')
                          - Math.log10(0.3)) < .02""")
    # By now the page has told the kernel to which step it moved the slider; the next answer comes after that.
    button = page.get_by_role("button", name="New seed", exact=True)
    changed = picture_of(button)
    button.click()
    changed()
    assert box.input_value() == "0.3"
    assert "sigma squared 0.3," in page.locator("svg[role=img]").first.get_attribute("aria-label")


def test_a_layer_opens_under_the_pointer(page):
    """Is a layer's histogram shown while the pointer is over it, and another one over another layer?"""
    shown = """count => {
        const layers = [...document.querySelector('.initlab-explorer').querySelectorAll('g.initlab-peek > g')];
        const seen = layers.flatMap((layer, i) => getComputedStyle(layer).visibility === 'visible' ? [i + 1] : []);
        return seen.length === count && layers.length > 0 && [seen];
    }"""
    frame = page.locator(".initlab-explorer").first.locator(".widget-html:has(svg)").bounding_box()
    seen = []
    for share in (0.12, 0.3):
        page.mouse.move(frame["x"] + share * frame["width"], frame["y"] + frame["height"] / 2)
        seen.append(page.wait_for_function(shown, arg=1).json_value()[0][0])
    assert seen[0] < seen[1]
    page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] - 5)
    page.wait_for_function(shown, arg=0)


def test_a_layer_is_opened_by_its_number(page):
    """Does the number box open a layer for who uses no pointer?"""
    box = page.get_by_label("open layer").first
    changed = picture_of(box)
    box.fill("3")
    box.press("Enter")
    changed()
    assert page.locator(".initlab-explorer").first.locator("svg text", has_text="layer 3").first.is_visible()


def test_buttons_answer(page):
    """Do a new seed, the reveal and more draws change what is seen, pressed from the keyboard?"""
    for name in ("New seed", "Reveal", "Draw 10 more"):
        button = page.get_by_role("button", name=name, exact=True)
        changed = picture_of(button)
        button.focus()
        page.keyboard.press("Enter")
        changed()
    assert page.get_by_text("Measured with seed 0").first.is_visible()
    assert page.get_by_role("button", name="Reveal", exact=True).is_disabled()
    page.locator("svg text", has_text="30 seeds").first.wait_for()  # they are shown coming, one after the other


def test_the_text_can_be_read_in_this_theme(page, theme, screenshots):
    """Has the ink of every picture 4.5:1 contrast against its own paper, and is the paper the theme's?"""
    colours = page.locator(".initlab-explorer svg[role=img]").evaluate_all(
        """pictures => pictures.map(p => [getComputedStyle(p).color, getComputedStyle(p).backgroundColor]
            .map(colour => colour.match(/[\\d.]+/g).map(Number)))""")
    for ink, paper in colours:
        assert len(paper) == 3 or paper[3] == 1
        light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
        assert (_luminance(paper) < 0.2) == ("Dark" in theme)
    page.screenshot(path=screenshots / f"explorers-{theme.split()[-1].lower()}.png")


def _luminance(colour):
    parts = [c / 255 for c in colour[:3]]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
