"""Nothing that a student wrote or displayed runs in the page that others open."""

import re
import shutil
import tempfile
from html.parser import HTMLParser

import pytest
import showing
from house import HONEST
from paper import ATTACKS, markdown

NAMES = sorted(name for name, attack in ATTACKS.items() if attack.theme == showing.__name__)
FORBIDDEN = {"iframe", "object", "embed", "form", "base", "input", "button", "template", "noscript", "math", "link", "textarea"}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Reader(HTMLParser):
    """Lists what in a page could run: scripts, handlers, addresses that are code, and elements that load something."""

    def __init__(self, page: str):
        super().__init__()
        self.scripts, self.found = [], []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Look at one element."""
        self._inside = tag == "script"
        self.found += [tag] if tag in FORBIDDEN else []
        if tag == "script":
            self.scripts.append(dict(attrs).get("src", ""))
        for name, value in attrs:
            value = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in ("srcdoc", "action", "formaction", "xlink:href", "http-equiv"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "data") and re.match(r"(javascript|vbscript):|data:(text|application)", value):
                self.found.append(f"{tag} {name}={value[:40]}")
            if name == "style" and re.search(r"url\(|expression|position:|behavior|margin[^;]*[-(]", _live(value)):
                self.found.append(f"{tag} style={value[:60]}")

    def handle_data(self, data):
        """Keep what stands in a script."""
        if self._inside:
            self.scripts[-1] += data
            self._inside = False


def _live(style: str) -> str:
    """Return a style without what stands in texts and parentheses, where no declaration begins."""
    style = re.sub(r"\"[^\"]*\"|'[^']*'", "", style)
    return re.sub(r"\(.*?\)(?=;|$)", "()", style)


@pytest.fixture(scope="module")
def usual(house):
    """What runs in the page of an honest student: nbgrader's own."""
    house.accepts(house.answered(**HONEST))
    return Reader(house.page())


def test_the_page_of_an_honest_student_holds_nothing_forbidden(usual):
    """Otherwise the others could not be told from it."""
    assert usual.found == [] and usual.scripts


@pytest.mark.parametrize("name", NAMES)
def test_no_script_gets_into_the_page(house, usual, name):
    """The page holds the scripts of nbgrader's template and no other, and nothing else that could run."""
    house.withstands(ATTACKS[name])
    page = Reader(house.page())
    assert page.scripts == usual.scripts
    assert page.found == []


def test_a_script_in_a_page_would_be_seen(usual):
    """The reader itself: each line of the attack holds something that it finds."""
    missed = [line for line in showing.SCRIPTS.splitlines() if Reader(line).found == Reader(line).scripts == []]
    # Parsers differ on what these hold; Chromium, below, is the judge of them.
    assert len(missed) <= 4, missed


def test_a_picture_named_often_does_not_fill_the_disk(house):
    """Attached once and named thousands of times in each of some cells: kilobytes that would make a page of a gigabyte."""
    paper = house.paper()
    for source in ("![](attachment:a.png) " * 2_000, "![][1] " * 2_000 + "\n\n[1]: attachment:a.png", "<img src='attachment:a.png'>" * 2_000):
        cell = markdown(source)
        cell["attachments"] = {"a.png": {"image/png": "A" * 100_000}}
        paper.cells += [cell] * 4
    shown = markdown("![shown](attachment:b.png)")
    shown["attachments"] = {"b.png": {"image/png": "BBBB"}}
    paper.cells.append(shown)
    house.repels(paper)
    page = house.page()
    assert len(page) < 50_000_000
    assert "data:image/png;base64,BBBB" in page


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_chromium_runs_nothing(house, monkeypatch):
    """The pages of all attacks on whoever looks, opened in a browser: pwned() is never called, whatever is clicked."""
    from playwright.sync_api import sync_playwright

    pages = {}
    for name in NAMES:
        house.withstands(ATTACKS[name])
        pages[name] = house.page()
    # The browser leaves files where the house looks for some, and wants a short path.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, sync_playwright() as playwright:
        monkeypatch.setenv("TMPDIR", folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(offline=True)
        called = []
        context.expose_function("pwned", lambda: called.append(True))
        page = context.new_page()
        page.set_content("<script>pwned()</script>")
        page.wait_for_timeout(200)
        assert called, "the test would see nothing"
        for name, content in pages.items():
            called.clear()
            page = context.new_page()  # a link that was clicked on the one before may still be on its way
            page.set_content(content, wait_until="domcontentloaded")
            page.evaluate("for (const a of document.querySelectorAll('a, button, summary')) a.click()")
            page.wait_for_timeout(200)
            assert not called, name
            page.close()
        browser.close()
