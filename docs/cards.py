"""Put the cards of twelve wrong answers on one page: English and Korean, light and dark.

    python docs/cards.py            # writes docs/cards.html
    python docs/cards.py --png      # and pictures of it, docs/cards-light.png and docs/cards-dark.png, with Chromium

The answers are specimens of tests/wrong_answers/; the page shows what the checks say to them in a notebook.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from html import escape
from pathlib import Path

import numpy as np

from initlab import messages
from initlab.card import verdict_card
from initlab.checks import specimens

HERE = Path(__file__).parent
TWELVE = (
    ("he_init_params", "the variance for the standard deviation"),
    ("he_init_params", "rand for randn"),
    ("he_init_params", "uniform within one standard deviation"),
    ("he_init_params", "one matrix for all hidden layers"),
    ("he_init_params", "two things apart"),
    ("he_init_params", "1.9"),
    ("re_init_params", "he_init_params once more"),
    ("sigma_sq_by_experiment", "twice too much"),
    ("sigma_sq_derived", "Xavier's 1/D, or Glorot's 2 / (D + D)"),
    ("backward_pass", "two slips at once"),
    ("backward_pass", "K of the small network, from outside"),
    ("re_init_params", "a typing error"),
)
TALL = 8000  # pixels, more than the page needs
# The colours that JupyterLab's two themes give to a notebook's text and its background.
THEMES = {"light": ("#212121", "#ffffff"), "dark": ("#e0e0e0", "#111111")}


def page() -> str:
    """Return the page as HTML."""
    answers = {(one.exercise, one.title): one for one in specimens.read(HERE.parent / "tests" / "wrong_answers")}
    np.random.seed(0)  # some students draw from numpy's global generator
    parts = []
    for theme, (ink, paper) in THEMES.items():
        rows = [_row(number, answers[key]) for number, key in enumerate(TWELVE, 1)]
        parts.append(f'<section id="{theme}" style="color:{ink};background:{paper}"><h2>{theme.capitalize()}</h2>'
                     f'{"".join(rows)}</section>')
    return PAGE.format(sections="\n".join(parts))


PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Twelve wrong answers and what their cards say</title>
<style>
body {{ margin: 0; font: 14px/1.4 system-ui, "Noto Sans", "Noto Sans CJK KR", sans-serif; }}
header, section {{ padding: 1em 1.5em; }}
.pair {{ display: grid; grid-template-columns: 1fr 1fr; gap: 1em; align-items: start; }}
h3 {{ margin: 1.2em 0 .3em; font-size: 1em; }}
details {{ margin: .3em 0 0 .2em; font-size: .9em; }}
code, pre {{ font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: .92em; }}
</style>
</head>
<body>
<header><h1>Twelve wrong answers and what their cards say</h1>
<p>Made by <code>python docs/cards.py</code> from specimens in <code>tests/wrong_answers/</code>.
Can you tell from each card alone what the student did?</p></header>
{sections}
</body>
</html>
"""


def _row(number: int, specimen) -> str:
    cards = []
    for lang in messages.LANGUAGES:
        verdict = specimen.verdict(seed=None, lang=lang)
        cards.append(verdict_card(verdict, lang, [verdict], graded=False).html)
    return (
        f'<h3>{number}</h3><div class="pair"><div>{cards[0]}</div><div>{cards[1]}</div></div>'
        f"<details><summary>What the student wrote</summary><p>{escape(specimen.title)}</p>"
        f"<pre>{escape(specimen.source.strip())}</pre></details>"
    )


def photograph(theme: str) -> Path:
    """Take a picture of one theme's half of the page with Chromium; RuntimeError where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise RuntimeError("no Chromium on the PATH; on Debian and Ubuntu: apt install chromium")
    other = next(name for name in THEMES if name != theme)
    half = HERE / f".cards-{theme}.html"
    half.write_text(page().replace(f'<section id="{other}"', f'<section hidden id="{other}"'), encoding="utf-8")
    picture = HERE / f"cards-{theme}.png"
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               f"--window-size=1500,{TALL}", f"--screenshot={picture}", half.as_uri()]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    finally:
        half.unlink()
    _trim(picture)
    return picture


def _trim(picture: Path) -> None:
    """Cut off the empty end of a picture and store it with a palette, a quarter of the bytes."""
    from PIL import Image, ImageChops

    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    empty = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    bottom = ImageChops.difference(image, empty).getbbox()[3]
    if bottom == image.height:
        raise RuntimeError(f"the page is taller than {TALL} pixels; raise TALL in docs/cards.py")
    image.crop((0, 0, image.width, bottom)).quantize(128).save(picture, optimize=True)


def main() -> None:
    """Write the page, and its pictures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--png", action="store_true", help="take pictures of the page with Chromium")
    options = parser.parse_args()
    (HERE / "cards.html").write_text(page(), encoding="utf-8")
    print("written: docs/cards.html")
    for theme in THEMES if options.png else ():
        print(f"written: {photograph(theme).relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
