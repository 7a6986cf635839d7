"""JupyterLab on the loopback address and a headless Chromium: for tests, benchmarks and the README's pictures."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings":
        {"fetchNews": "false", "checkForUpdates": False},
    # All cells are in the page, also those out of sight.
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
}
START_SECONDS = 60


def chromium():
    """Return the path of Chromium, or None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Lab:
    """A running JupyterLab that serves one folder."""

    def __init__(self, folder, address, token):
        self.folder, self.address, self.token = folder, address, token

    def open(self, page, notebook, *, theme="JupyterLab Light"):
        """Open a notebook, by its path inside the folder, alone in the page, with a kernel of its own."""
        if not page.url.startswith(self.address):
            page.goto(f"{self.address}lab?token={self.token}&reset")
            page.wait_for_function("() => window.jupyterapp", timeout=START_SECONDS * 1000)
        page.evaluate(
            """async ([path, theme]) => {
                const app = window.jupyterapp;
                await app.restored;
                await app.commands.execute('apputils:change-theme', {theme});
                const panel = await app.commands.execute('docmanager:open', {path, factory: 'Notebook'});
                await app.commands.execute('application:set-mode', {mode: 'single-document'});
                await panel.context.ready;
                await panel.sessionContext.ready;
                app.shell.collapseLeft();
                app.shell.activateById(panel.id);
            }""",
            [str(notebook), theme],
        )
        # Commands act on the current document, which a document becomes a moment after it is opened.
        page.wait_for_function(
            "path => window.jupyterapp.shell.currentWidget?.context?.path === path", arg=str(notebook))

    @staticmethod
    def paint(page, theme):
        """Change the theme of what is open."""
        page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)

    @staticmethod
    def run_all(page):
        """Run all cells of the open notebook and wait until the last has ended, or one with an error."""
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")

    @staticmethod
    def close(page):
        """Shut the open notebook's kernel down and close it without saving."""
        page.evaluate(
            """async () => {
                const panel = window.jupyterapp.shell.currentWidget;
                await panel.sessionContext.shutdown();
                await panel.context.revert();
                panel.dispose();
            }"""
        )


@contextmanager
def jupyterlab(folder, state):
    """Run JupyterLab on folder until the block ends; its settings and runtime files go to the folder state."""
    state = Path(state)
    for name, value in SETTINGS.items():
        path = state / "settings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))
    token = secrets.token_hex(16)
    env = os.environ | {
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(state / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(state / "workspaces"),
        "IPYTHONDIR": str(state / "ipython"),
        "JUPYTER_TOKEN": token,
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser",
        "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={folder}",
    ]
    with (state / "jupyterlab.log").open("w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, cwd=state)
        try:
            yield Lab(Path(folder), _address(server, state), token)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _address(server, state):
    """Return the server's address as soon as it has written it down."""
    record = state / "runtime" / f"jpserver-{server.pid}.json"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            return json.loads(record.read_text())["url"]
        except (FileNotFoundError, json.JSONDecodeError):
            time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not start:\n{(state / 'jupyterlab.log').read_text()[-2000:]}")


@contextmanager
def browser():
    """Run headless Chromium with a profile of its own until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        try:
            yield running
        finally:
            running.close()


def notebook(*sources):
    """Return a notebook of these code cells as the text of a file."""
    cells = [{"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "execution_count": None, "outputs": [],
              "source": source} for i, source in enumerate(sources)]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernelspec}, "nbformat": 4, "nbformat_minor": 5})


def cell(page, index):
    """Return the cell with this number, counted over all cells of the open notebook."""
    return page.locator(".jp-Notebook .jp-Cell").nth(index)


def run_cell(page, index, source=None):
    """Type source into a code cell, if given, run it from the keyboard, and wait until the kernel has answered."""
    here = cell(page, index)
    prompt = here.locator(".jp-InputPrompt")
    editor = here.locator(".cm-content")
    editor.click()
    before = prompt.text_content()
    if source is not None:
        page.keyboard.press("Control+A")
        page.keyboard.type(source)
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "([prompt, before]) => /\\d/.test(prompt.textContent) && prompt.textContent !== before",
        arg=[prompt.element_handle(), before],
    )


def picture_of(control):
    """Return a function that waits until the picture of the control's explorer differs from now."""
    explorer = control.locator("xpath=ancestor::*[contains(@class, 'initlab-explorer')]").first
    svg = explorer.locator("svg[role=img]").first
    before = svg.evaluate("svg => svg.outerHTML")

    def changed():
        explorer.page.wait_for_function(
            "([explorer, before]) => explorer.querySelector('svg[role=img]')?.outerHTML !== before",
            arg=[explorer.element_handle(), before],
        )

    return changed


def violations(page, axe, within):
    """Return what axe-core calls serious or critical within a selector, in a line each."""
    page.evaluate(axe)
    found = page.evaluate(
        """async selector => (await axe.run({include: [[selector]]}, {resultTypes: ['violations']})).violations
            .filter(v => ['serious', 'critical'].includes(v.impact))
            .flatMap(v => v.nodes.map(node => `${v.id}: ${node.html}`))""",
        within,
    )
    return found
