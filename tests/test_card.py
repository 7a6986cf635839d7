"""The card: readable in any theme, by any reader, and harmless whatever a student named."""

import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from initlab import card, checks, messages, miniature
from initlab.checks import specimens
from initlab.checks.session import Session, opened
from initlab.rubric import Comparison, Finding, Outcome, Verdict

ALL = specimens.read(Path(__file__).parent / "wrong_answers")
VERDICTS = {}
EVIL = "</code><script>alert(1)</script><img src=x onerror=alert(2)> $\\href{javascript:alert(3)}{x}$ \\(y\\) `z` {got} \x1b[31m"


def verdict_of(specimen):
    """Return a specimen's verdict, which does not depend on the language, running it once for all tests."""
    if specimen not in VERDICTS:
        VERDICTS[specimen] = specimen.verdict()
    return VERDICTS[specimen]


def card_of(verdict, lang="en", graded=False):
    """Return the card of a verdict alone."""
    return card.verdict_card(verdict, lang, [verdict], graded=graded)


def tree(html):
    """Return the card's HTML as a tree, which fails when a tag or an attribute is left open."""
    return ET.fromstring(html)


def contrast(one, other):
    """Return the contrast ratio of two colours, #rrggbb or #rgb, after WCAG 2."""

    def light(colour):
        digits = colour.lstrip("#")
        parts = [digits[i:i + 2] for i in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
        values = [int(part, 16) / 255 for part in parts]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_specimens_card_is_whole(lang):
    """Every card is well formed, says its language, and gives words for its picture and for its outcome."""
    for specimen in ALL:
        verdict = verdict_of(specimen)
        shown = card_of(verdict, lang)
        root = tree(shown.html)
        assert root.get("lang") == lang and root.get("role") == "group" and specimen.exercise in root.get("aria-label")
        word = messages.label(verdict.outcome.value, lang)
        assert word in "".join(root.itertext()) and word in shown.text
        drawings = [element for element in root.iter() if element.tag.endswith("svg")]
        assert len(drawings) == (verdict.picture is not None)
        for drawing in drawings:
            assert drawing.get("role") == "img" and len(drawing.get("aria-label")) > 40
            assert "nan" not in ET.tostring(drawing, "unicode").split("aria-label")[0]


def test_text_says_what_the_html_says():
    """The plain text of a card holds every sentence of the HTML."""
    for specimen in ALL:
        shown = card_of(verdict_of(specimen))
        root = tree(shown.html)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag.endswith(("svg", "pre")):
                    parent.remove(child)
        plain = " ".join(shown.text.replace("] ", " ", 1).split())
        for paragraph in root.iter("p"):
            words = " ".join("".join(paragraph.itertext()).split()[1:])  # the first of them may be the outcome's sign
            assert words in plain


def test_names_of_a_student_are_only_text():
    """Markup, TeX and control characters in what a student named come out as text, in the card and its attributes."""
    fields = {"call": EVIL, "type": EVIL, "message": EVIL, "lines": f"3: {EVIL}\n4: {EVIL}", "name": EVIL}
    verdict = Verdict("he_init_params", Outcome.BROKE, 0.0, (Finding("common.broke", fields),))
    shown = card_of(verdict)
    root = tree(shown.html)
    assert {element.tag for element in root.iter()} <= {"div", "p", "span", "code", "pre", "strong"}
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    # No run of text between two tags holds a whole formula for MathJax, nor a terminal's escape.
    runs = [unescape(run) for run in re.split(r"<[^>]*>", shown.html)]
    assert not any(re.search(r"\$.+\$|\\\(|\\\[|\x1b", run, re.DOTALL) for run in runs)
    assert {"tex2jax_ignore", "mathjax_ignore"} <= set(root.get("class").split())
    assert "{got}" in "".join(root.itertext())


def test_check_of_markup_can_fail():
    """An unescaped name would be seen by the test above."""
    assert "script" in {element.tag for element in tree(f"<p>{'<script>1</script>'}</p>").iter()}


@pytest.mark.parametrize("outcome", Outcome)
def test_badges_can_be_read(outcome):
    """Every outcome has its own sign, word and colour, and the badge's text has a contrast of at least 4.5."""
    sign, colour, ink = card._BADGES[outcome]
    assert contrast(colour, ink) >= 4.5
    assert len({badge[0] for badge in card._BADGES.values()}) == len({badge[1] for badge in card._BADGES.values()}) == 4


@pytest.mark.parametrize("paper", ["#ffffff", "#111111"])
def test_lines_stand_out(paper):
    """Curve and band have the 3:1 that pictures need, on white and on JupyterLab's dark background."""
    assert contrast(miniature._YOURS, paper) >= 3 and contrast(miniature._BAND, paper) >= 3


def test_curve_and_band_differ_without_colour():
    """The student's curve is solid with dots, the band dashed."""
    drawing = miniature.draw(Comparison("picture.forward", (1, 2, 3), (1, 2, 3), (0.5, 0.5, 0.5), (4, 4, 4)), "en")
    lines = re.findall(r'<path d="M[^"]*" fill="none" stroke="(#\w+)"[^>]*?(stroke-dasharray)?[^>]*/>', drawing)
    assert (miniature._YOURS, "") in lines and "circle" in drawing
    assert re.search(rf'stroke="{miniature._BAND}"[^>]*stroke-dasharray', drawing)


@pytest.mark.parametrize("values", [
    (0.0, 0.0, 0.0), (1e308, 1e-308, 1.0), (float("inf"), 1.0, 2.0), (float("nan"), 1.0, 0.0), (-1.0, -2.0, -3.0), (5.0, 5.0, 5.0),
])
def test_picture_of_any_numbers(values):
    """A curve that explodes, vanishes or isn't a number is drawn within the picture."""
    drawing = miniature.draw(Comparison("picture.forward", (1, 2, 3), values, (0.5,) * 3, (2,) * 3), "en")
    for path in re.findall(r' d="([^"]*)"', drawing):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path):
            assert 0 <= float(x) <= miniature.WIDTH and 0 <= float(y) <= miniature.HEIGHT
    assert "nan" not in re.sub(r'aria-label="[^"]*"', "", drawing)


def test_picture_of_one_layer():
    """A single number has a picture too."""
    assert "circle" in miniature.draw(Comparison("picture.print", (1, 2, 3), (5.0,), (1, 2, 3)), "en")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_public_card_does_not_speak_for_hidden_cases(lang):
    """In a notebook even a right answer is told that other cases decide; when graded the card says which cases were."""
    verdict = Verdict("he_init_params", Outcome.RIGHT, 1.0)
    public, graded = card_of(verdict, lang), card_of(verdict, lang, graded=True)
    assert messages.label("public", lang) in public.text and messages.label("hidden", lang) not in public.text
    assert messages.label("hidden", lang) in graded.text and messages.label("public", lang) not in graded.text


ANSWERS = {
    "sigma_sq_by_experiment": ["0.025", "2/80", "2/D", "1/40", "0.0254"],
    "sigma_sq_backward": ["0.025", "2/80", "2/D", "1/40", "0.0253"],
    "sigma_sq_derived": ["0.025", "2/80", "2/D", "1/40"],
    "predicted_ratio": ["0.285", "0.2846", "24.5", "49/2"],
    "mislabelled_print": ["1477", "1477.322"],
    "network_size": ["50, 80"],
}


@pytest.mark.parametrize("specimen", [s for s in ALL if s.outcome is Outcome.WRONG and s.exercise in ANSWERS],
                         ids=lambda s: f"{s.exercise}-{s.title}")
def test_card_of_a_wrong_number_keeps_the_answer(specimen):
    """No word and no picture of a wrong answer's card says what would be right."""
    shown = card_of(verdict_of(specimen))
    words = shown.text + unescape(re.sub(r"<[^>]+>", " ", shown.html))
    answers = ANSWERS[specimen.exercise]
    if not any(answer in specimen.source.replace(" ", "") for answer in answers):  # else it is only quoted
        for answer in answers:
            assert not re.search(rf"(?<![\d.]){re.escape(answer)}(?![\d.])", words), answer


def test_at_most_three_findings_at_once():
    """A student gets the first three points; the rest can wait until those are mended."""
    found = tuple(Finding("init.biases_not_zero", {"largest": n}) for n in range(5))
    text = card_of(Verdict("he_init_params", Outcome.WRONG, 0.0, found)).text
    assert "3. Your biases" in text and "4. Your biases" not in text


def test_findings_are_numbered_in_their_order():
    """Two findings are told in the order in which to mend them; one alone has no number."""
    two = (Finding("init.all_positive", {"square": 0.01, "D": 80}), Finding("init.biases_not_zero", {"largest": 1.0}))
    text = card_of(Verdict("he_init_params", Outcome.WRONG, 0.0, two)).text
    assert text.index("1. Not one of your hidden weights") < text.index("2. Your biases")
    assert "1. " not in card_of(Verdict("he_init_params", Outcome.WRONG, 0.0, two[:1])).text


def test_display_in_ipython(monkeypatch, capsys):
    """In IPython the card is displayed, as HTML with its text beside it; elsewhere its text is printed."""
    import IPython
    import IPython.display

    shown = []
    monkeypatch.setattr(IPython.display, "display", shown.append)
    monkeypatch.setattr(IPython, "get_ipython", lambda: None)
    with opened(Session()):
        checks.sigma_sq_derived(1.0)
        assert "[✗ Not right yet] sigma_sq_derived" in capsys.readouterr().out and not shown
        monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace())
        checks.sigma_sq_derived(1.0)
    assert capsys.readouterr().out == ""
    bundle = shown[0]._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"} and bundle["text/plain"] == repr(shown[0])
