"""Make the README's pictures of an explorer and of a card: docs/explorer.png and docs/card.png.

    .venv/bin/python docs/pictures.py

Opens a small notebook in JupyterLab in headless Chromium (Debian's package), runs it, and takes the pictures there,
so that they show what a student sees.
"""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "browser"))

from driving import browser, cell, chromium, jupyterlab, notebook  # noqa: E402

SOURCES = (
    "from initlab import checks, network, widgets",
    "widgets.sigma_explorer(50, 80, 0.03)",
    "def he_init_params(K, D, rng):\n    return network.init_params(K, D, 1 / D, rng)\n\n"
    "checks.he_init_params(he_init_params)",
)
# What is photographed of a cell: its number, the element, and the file.
PICTURES = ((1, ".initlab-explorer", "explorer.png"), (2, ".initlab-card", "card.png"))


def main():
    """Write the pictures and say where they are."""
    if chromium() is None:
        sys.exit("no Chromium found; on Debian and Ubuntu: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work"
        work.mkdir()
        (work / "pictures.ipynb").write_text(notebook(*SOURCES))
        with jupyterlab(work, folder) as lab, browser() as running:
            page = running.new_page(viewport={"width": 1100, "height": 1400}, device_scale_factor=1.5)
            lab.open(page, "pictures.ipynb")
            lab.run_all(page)
            for number, selector, name in PICTURES:
                element = cell(page, number).locator(selector)
                element.wait_for()
                if name == "explorer.png":
                    element.locator("svg[role=img]").wait_for()
                    page.wait_for_function("() => !document.querySelector('[role=slider]:not([aria-label])')")
                element.screenshot(path=HERE / name)
                print(f"wrote {(HERE / name).relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
