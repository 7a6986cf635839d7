"""The feedback page and the formgrader's page show a student's work, and run none of it."""

import nbformat
import other_course
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from other_course import ASSIGNMENT, RIGHT, hand_in, solved

from initlab.grading.batch import collect
from initlab.grading.feedback import make_pages
from initlab.grading.kernels import Setting

PROSE = """# My answer

Some *emphasis*, `code`, $a < b$ and a [link](https://udlbook.github.io).

<script>document.title = 'owned-by-markdown'</script>
<img src=x onerror="document.title = 'owned-by-image'">

[press](javascript:owned) <a href="javascript:owned">me</a> <iframe srcdoc="<script>owned</script>"></iframe>
"""
SHOWS = """from IPython.display import HTML, Javascript, Markdown, SVG, display
display(HTML("<b>shown</b><script>owned_html()</script><p onclick='owned_click()'>x</p>"))
display(Javascript("owned_js()"))
display(Markdown("<script>owned_markdown()</script> *told*"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='owned_svg()'><script>owned_svg()</script></svg>"))
print("<script>owned_print()</script>")
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which one student shows what runs, and one links to a picture that is not there."""
    root = tmp_path_factory.mktemp("pages")
    config = other_course.make_course(root)
    script = solved(root, **RIGHT | {"why": PROSE})
    script.cells += [nbformat.v4.new_markdown_cell(PROSE), nbformat.v4.new_code_cell(SHOWS)]
    broken = solved(root, **RIGHT)
    broken.cells.append(nbformat.v4.new_markdown_cell("![no picture](attachment:none.png) and words"))
    hand_in(root / "class", "script", script)
    hand_in(root / "class", "broken", broken)
    assert not collect(root / "class", config, Setting(), b"s" * 32, workers=1).faults
    assert make_pages(config, [("broken", ASSIGNMENT), ("script", ASSIGNMENT)]) == []
    return root, config


def page_of(root, student: str) -> BeautifulSoup:
    """Return a student's feedback page, parsed."""
    path = root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def runs(page: BeautifulSoup) -> list[str]:
    """Return everything on a page that would run and speaks of what the student wrote."""
    found = [str(tag) for tag in page.find_all(["script", "iframe", "object", "embed", "svg"]) if "owned" in str(tag)]
    for tag in page.find_all(True):
        found += [f"{name}={value}" for name, value in tag.attrs.items() if name.startswith("on")]
        found += [str(tag[name]) for name in ("href", "src") if str(tag.get(name, "")).startswith("javascript:")]
    return found


def test_nothing_of_a_student_runs_in_the_feedback_page(course):
    """Neither from Markdown cells, nor from what code displayed as HTML, script, Markdown or drawing."""
    assert runs(page_of(course[0], "script")) == []


def test_nothing_of_a_student_runs_in_the_formgraders_page(course):
    """The teacher is logged in there; it renders with the same configuration of HTMLExporter."""
    path = course[0] / "autograded" / "script" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    html, _ = HTMLExporter(config=course[1]).from_filename(str(path))
    assert runs(BeautifulSoup(html, "html.parser")) == []


def test_what_is_harmless_is_still_there(course):
    """Emphasis, formulas, links, bold results and printed angle brackets."""
    page = page_of(course[0], "script")
    assert page.find("em", string="emphasis")
    assert page.find("b", string="shown")
    assert page.find("a", href="https://udlbook.github.io")
    assert "$a < b$" in page.text
    assert "<script>owned_print()</script>" in page.text


def test_prose_that_cannot_be_rendered_is_shown_as_text(course):
    """nbconvert fails on an attachment that is not there, and the student would get no page at all."""
    assert "![no picture](attachment:none.png) and words" in page_of(course[0], "broken").text
