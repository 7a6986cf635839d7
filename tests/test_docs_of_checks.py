"""The pages that commands of the repository make: the cards of wrong answers, and the error rates."""

import importlib.util
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from initlab.rubric import bounds

ROOT = Path(__file__).parents[1]


def words(html):
    """Return the words of a page without its pictures and figures, which may differ in their last digits."""
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)))
    return re.sub(r"[-\d.·⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", "#", text).split()


@pytest.fixture(scope="module")
def cards():
    """Load docs/cards.py."""
    spec = importlib.util.spec_from_file_location("cards", ROOT / "docs" / "cards.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page_of_cards_is_up_to_date(cards):
    """The page in docs/ shows what the checks say today, in both languages, light and dark."""
    shown = (ROOT / "docs" / "cards.html").read_text(encoding="utf-8")
    assert shown.count('class="initlab-card') == 2 * 2 * len(cards.TWELVE) == 48
    assert words(shown) == words(cards.page())
    assert all((ROOT / "docs" / f"cards-{theme}.png").stat().st_size > 50_000 for theme in cards.THEMES)


def test_error_rates_are_those_of_the_bounds():
    """The page in docs/ lists every bound with the rate that it has today, a million draws, and not one false alarm."""
    page = (ROOT / "docs" / "error_rates.md").read_text(encoding="utf-8")
    for bound in bounds.STATISTICAL["he_init_params"]:
        assert f"| {bound} | {bounds.allotted('he_init_params', bound):.1e} |" in page
    assert "In 1,000,000 simulated submissions 0 bounds were missed" in page
    assert re.search(r"\| 1\.9 / fan-in \| 0 \|", page) and re.search(r"\| 2\.1 / fan-in \| 0 \|", page)
    assert (ROOT / "docs" / "error_rates.png").stat().st_size > 10_000


def test_error_rates_can_be_reproduced(tmp_path):
    """A short run of the benchmark writes the page and the picture, and finds what the long one did."""
    command = [sys.executable, ROOT / "benchmarks" / "error_rates.py", "--draws", "500", "--nets", "1", "--out", tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "error_rates.md").read_text(encoding="utf-8")
    assert "In 500 simulated submissions 0 bounds were missed" in page and (tmp_path / "error_rates.png").is_file()
    right = re.findall(r"\| ([^|]+) \| 1 of 1 \| 0 of 1 \| 0 of 1 \|", page)
    assert len(right) == 6
    powers = dict(re.findall(r"^\| ([^|]+) \|.* ([\d.e-]+) \|$", page.split("## Wrong")[1], flags=re.MULTILINE))
    assert len(powers) == 19 and set(powers.values()) == {"0"}
