"""How fast an explorer answers in JupyterLab: key press to changed picture, and updates in a mouse drag.

    .venv/bin/python benchmarks/widget_latency.py

Opens one notebook in JupyterLab in headless Chromium (Debian's package) and measures, in the same run,
`widgets.sigma_explorer()` and the usual way, `interact` with a new matplotlib figure and `plt.show()`, drawing the
same curves from the same numbers. Times are taken in the page by performance.now(): from the keydown event to the
change of the picture's element (the SVG, or the loaded <img>).
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from driving import browser, chromium, jupyterlab, notebook  # noqa: E402

KEYS, DRAG_EVENTS, DRAG_SECONDS = 40, 60, 1.5
TARGET = {"median ms": 60, "p90 ms": 100, "drag updates": 30}

EXPLORER = "from initlab import widgets\nwidgets.sigma_explorer(50, 80, 0.025)"
INTERACT = '''%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatLogSlider, interact
from initlab.cloud import cloud, quantiles, rescale
from initlab.widgets.net import trace

def show(sigma_sq):
    line = trace(50, 80, 0, "ReLU", sigma_sq).log_std
    around = rescale(cloud(50, 80), np.full(51, np.log10(sigma_sq * 40)))
    figure, axes = plt.subplots(1, 2, figsize=(8.8, 2.7))
    for ax, name in zip(axes, ("activation", "gradient")):
        y = getattr(line, name)[0]
        ax.fill_between(np.arange(len(y)), *quantiles(getattr(around, name)), alpha=0.3)
        ax.plot(y)
    plt.show()

interact(show, sigma_sq=FloatLogSlider(value=0.025, min=-4, max=1, step=0.02));'''

# Notes when a key went down or the mouse moved, and when the picture of cell `index` changed after that.
RECORDER = """index => {
    const cell = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[index];
    const record = window.record = {keys: [], changes: []};
    const seen = () => record.changes.push(performance.now());
    const look = new MutationObserver(changes => {
        for (const change of changes) for (const node of change.addedNodes) {
            if (node.nodeType !== 1) continue;
            const picture = node.matches('svg, img') ? node : node.querySelector('svg[role=img], img');
            if (!picture) continue;
            if (picture.tagName !== 'IMG') seen();
            else if (picture.complete && picture.naturalWidth) seen();
            else picture.addEventListener('load', seen, {once: true});
        }
    });
    look.observe(cell.querySelector('.jp-Cell-outputArea'), {childList: true, subtree: true});
    document.addEventListener('keydown', () => record.keys.push(performance.now()), {capture: true});
}"""


def measure(page, index):
    """Return the latencies in ms of KEYS key presses, and the number of changes in one drag, of a cell's slider."""
    page.evaluate(RECORDER, index)
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(index)
    handle = cell.locator("[role=slider]").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    for pressed in range(1, KEYS + 1):
        before = page.evaluate("() => record.changes.length")
        page.keyboard.press("ArrowRight" if (pressed // 10) % 2 else "ArrowLeft")
        page.wait_for_function("n => record.changes.length > n", arg=before, polling="raf")
        settle(page)
    record = page.evaluate("() => record")
    latencies = []
    for key in record["keys"]:
        after = [change for change in record["changes"] if change > key]
        latencies.append(min(after) - key)
    return latencies, drag(page, handle)


def drag(page, handle):
    """Return the number of changed pictures while the handle is dragged by DRAG_EVENTS mouse moves."""
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    before = page.evaluate("() => record.changes.length")
    start = page.evaluate("() => performance.now()")
    for step in range(1, DRAG_EVENTS + 1):
        wait = start + step * 1000 * DRAG_SECONDS / DRAG_EVENTS - page.evaluate("() => performance.now()")
        page.wait_for_timeout(max(wait, 0))
        page.mouse.move(x + 1.5 * step, y)
    page.mouse.up()
    settle(page)
    return page.evaluate("() => record.changes.length") - before


def settle(page):
    """Wait until the kernel is idle and no picture has changed for a fifth of a second."""
    page.wait_for_function(
        """() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'
                 && performance.now() - (record.changes.at(-1) ?? 0) > 200"""
    )


def main():
    """Print the table; exit status 1 when the explorer misses a target and --check was given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail when the explorer misses its targets")
    check = parser.parse_args().check
    if chromium() is None:
        sys.exit("no Chromium found; on Debian: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work"
        work.mkdir()
        (work / "latency.ipynb").write_text(notebook(EXPLORER, INTERACT))
        with jupyterlab(work, folder) as lab, browser() as running:
            page = running.new_page(viewport={"width": 1280, "height": 1400})
            lab.open(page, "latency.ipynb")
            lab.run_all(page)
            page.wait_for_selector(".jp-CodeCell svg[role=img]")
            page.wait_for_selector(".jp-OutputArea-output img:visible")
            rows = [(name, *measure(page, index)) for index, name in
                    enumerate(("initlab.widgets.sigma_explorer", "interact + plt.show"))]
    print(f"{'':32}{'median ms':>10}{'p90 ms':>8}{'drag updates of ' + str(DRAG_EVENTS):>22}")
    for name, latencies, updates in rows:
        print(f"{name:32}{statistics.median(latencies):10.0f}{_p90(latencies):8.0f}{updates:22d}")
    _, latencies, updates = rows[0]
    missed = [
        statistics.median(latencies) > TARGET["median ms"],
        _p90(latencies) > TARGET["p90 ms"],
        updates < TARGET["drag updates"],
    ]
    print("targets: " + ", ".join(f"{name} {'at least' if 'drag' in name else 'at most'} {value}"
                                  for name, value in TARGET.items()) + (": missed" if any(missed) else ": met"))
    sys.exit(1 if check and any(missed) else 0)


def _p90(values):
    return statistics.quantiles(values, n=10)[-1]


if __name__ == "__main__":
    main()
