"""What students displayed is shown as they displayed it, and nothing of it can run in a page."""

import base64
import time

import bs4
import pytest

from initlab.grading.outputs import MOST_BYTES, Showcase, clean_html

PICTURE = "data:image/png;base64," + base64.b64encode(b"picture" * 20).decode()

SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='data:text/html;base64,PHNjcmlwdD4='>",
    "<img src=https://example.org/track.png>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href=" &#1; javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<SVG/onload=alert(1)>",
    "<svg><p><style><g title='</style><img src=x onerror=alert(1)>'></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
    "<form action=https://example.org><input name=score id=check_a><button>x</button></form>",
    "<style>body{display:none}</style><link rel=stylesheet href=x><base href=https://example.org>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<p style='position:fixed;top:0;background:url(https://example.org/x);behavior:url(x)'>x</p>",
    "<details ontoggle=alert(1) open>x</details><video src=x onerror=alert(1)></video>",
    "<p id=check_a class=modal data-toggle=x contenteditable onclick=alert(1)>x</p>",
    "<!--><script>alert(1)</script>-->",
    "<x onclick=alert(1)>y</x>",
    f"<img src='{PICTURE}' onload=alert(1)><img src='initlab-picture-0.' alt='initlab-picture-9.'>",
]
HARMLESS = {"style", "title", "lang", "dir", "href", "src", "alt", "width", "height", "start", "colspan", "rowspan", "align",
            "scope", "border"}  # fmt: skip
RUNS = {"script", "iframe", "object", "embed", "form", "input", "button", "style", "link", "base", "meta", "svg", "math",
        "video", "audio", "noscript", "template"}  # fmt: skip


@pytest.mark.parametrize("attack", SCRIPTS)
def test_nothing_can_run_or_load(attack):
    """Parsed as a page, what is left has no element that runs, no handler, and no address but a picture's bytes."""
    page = bs4.BeautifulSoup(Showcase().html(f"before {attack} after"), "html.parser")
    assert "before" in page.text
    for element in page.find_all(True):
        assert element.name not in RUNS
        assert element.attrs.keys() <= HARMLESS
        assert element.get("src", "data:image/").startswith("data:image/")
        assert element.get("href", "https:").startswith("https:")
        assert "url" not in element.get("style", "") and "position" not in element.get("style", "")


def test_tables_figures_and_links_stay():
    """What pandas, our plots and a careful student display comes through whole."""
    table = '<table border="1"><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    figure = f'<figure><img alt="std by layer" src="{PICTURE}"><figcaption style="color: red;">a &lt; b</figcaption></figure>'
    link = '<a href="https://udlbook.github.io">book</a> <b>bold</b>'
    assert clean_html(table) == table
    assert clean_html(figure) == figure
    assert clean_html(link) == link


def test_a_drawing_becomes_a_picture_that_keeps_its_words():
    """An <svg> is shown as the source of an <img>, where scripts do not run, with its label as the alternative."""
    image = bs4.BeautifulSoup(clean_html('<svg aria-label="two &amp; three"><circle r="3"/></svg>'), "html.parser").img
    assert image["alt"] == "two & three"
    drawn = base64.b64decode(image["src"].removeprefix("data:image/svg+xml;base64,")).decode()
    assert "circle" in drawn and 'xmlns="http://www.w3.org/2000/svg"' in drawn


def test_outputs_keep_their_kind_and_order():
    """Text, stderr, results and errors, one after the other, without fields of the student's making."""
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"], "extra": 1},
        {"output_type": "stream", "name": "elsewhere", "text": "c"},
        {"output_type": "execute_result", "data": {"text/plain": "2.0"}, "execution_count": "<script>", "metadata": {"x": 1}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t", 3]},
    ]
    assert Showcase().safe(outputs) == [
        {"output_type": "stream", "name": "stdout", "text": "a\nb"},
        {"output_type": "stream", "name": "stdout", "text": "c"},
        {"output_type": "execute_result", "data": {"text/plain": "2.0"}, "execution_count": None, "metadata": {}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t", ""]},
    ]


def test_of_a_display_the_harmless_types_are_kept():
    """Pictures only where they are base64; scripts, widgets and PDF go, and their text stays."""
    data = {
        "text/plain": "p", "text/html": "<b>h</b><script></script>", "application/javascript": "alert(1)",
        "application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "image/png": "aGk=", "image/jpeg": 'x" onload="y',
        "application/pdf": "JVBERi0=", "text/latex": "$x$",
    }  # fmt: skip
    metadata = {"image/png": {"width": 3, "height": '3" onload="x', "alt": "words"}, "text/html": {"isolated": True}}
    (output,) = Showcase().safe([{"output_type": "display_data", "data": data, "metadata": metadata}])
    assert output["data"] == {"text/plain": "p", "text/html": "<b>h</b>", "image/png": "aGk=", "text/latex": "$x$"}
    assert output["metadata"] == {"image/png": {"width": 3, "alt": "words"}}


@pytest.mark.parametrize("outputs", [None, "x", [None, 3, {}, {"output_type": "display_data"}, {"output_type": "x"}]])
def test_what_is_no_output_is_left_out(outputs):
    """A student's process may send anything."""
    assert Showcase().safe(outputs) == []


@pytest.mark.parametrize(
    "html", ["<b>" * 100_000, "<p " + " ".join(f"a{i}=b" for i in range(50_000)) + ">", "&amp;" * 100_000, "<svg" * 100_000]
)
def test_html_that_takes_long_to_parse_is_shown_as_text(html):
    """Each of these takes a parser ten seconds and more; CPU time, so that a busy machine does not fail it."""
    begun = time.process_time()
    shown = Showcase().html(html)
    assert time.process_time() - begun < 2.0
    assert shown.startswith("<pre>") or "<" not in shown


def test_many_small_pieces_of_html_run_into_the_same_limit():
    """The limit is on the notebook, not on one output."""
    showcase = Showcase()
    shown = [showcase.html("<i>x</i>" * 2_000) for _ in range(10)]
    assert not shown[0].startswith("<pre>")
    assert shown[-1].startswith("<pre>")


def test_a_notebook_shows_only_so_much():
    """Behind 20 MB the rest is left out, and said to be."""
    showcase = Showcase()
    text = [{"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000}]
    shown = [showcase.safe(text) for _ in range(25)]
    assert sum(len(o["text"]) for cell in shown for o in cell) < MOST_BYTES + 10_000
    assert "left out" in shown[-1][0]["text"]


def test_a_picture_is_put_back_where_it_was_and_nowhere_else():
    """Its placeholder is not to be guessed: written ten thousand times it would be gigabytes."""
    text = f"<img src='{PICTURE}'>" + "initlab-picture-0. " * 5_000
    cleaned = Showcase().html(text)
    assert cleaned.count(PICTURE) == 1 and len(cleaned) < 2 * len(text)
