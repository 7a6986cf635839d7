"""On Google Colab: its pinned environment takes the project's wheel without upgrading anything, and runs every lab.

data/colab-pins.txt is what Colab installs. The environment is kept in build/, so that a second run is quick;
where neither that nor PyPI is to be had, these tests are skipped by name.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import flit_core.buildapi
import nbformat
import pytest
import uv

ROOT = Path(__file__).parents[1]
PINS = Path(__file__).parent / "data" / "colab-pins.txt"
LABS = sorted([*(ROOT / "solutions").glob("*.ipynb"), *(ROOT / "notebooks").glob("*/*/*.ipynb")])
NO_NETWORK = re.compile(r"dns error|failed to lookup address|connection (refused|reset)|timed? ?out|unreachable"
                        r"|network was disabled|client error \(connect\)", re.IGNORECASE)

# Runs inside the environment, with its own nbclient and its own kernel.
EXECUTE = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, timeout=120, kernel_name="colab").execute()
nbformat.write(notebook, sys.argv[2])
"""


def _python():
    """Return a Python for the environment: 3.13, which Colab has, or the nearest older one from 3.11 on."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in ("3.13", "3.12", "3.11"):
        for candidate in (shutil.which(f"python{version}"), *sorted(pyenv.glob(f"{version}.*/bin/python"))):
            # pyenv puts a python3.13 on the path that only says which version is not chosen.
            if candidate and subprocess.run([candidate, "-c", "pass"], capture_output=True).returncode == 0:
                return str(candidate)
    return sys.executable


def _uv(*arguments):
    done = subprocess.run([uv.find_uv_bin(), *arguments], capture_output=True, text=True)
    if done.returncode and NO_NETWORK.search(done.stderr):
        pytest.skip("PyPI cannot be reached, and the packages of Colab's environment are not in uv's cache")
    assert done.returncode == 0, done.stderr
    return done.stdout


class Colab:
    """An environment with Colab's pins, and the project's wheel installed into it the way a student would."""

    def __init__(self, folder, wheel):
        python = _python()
        key = hashlib.sha256(PINS.read_bytes() + python.encode()).hexdigest()[:12]
        self.folder = folder / f"colab-{key}"
        self.python = self.folder / "bin" / "python"
        # What a wheel that was not so well-behaved added or upgraded must not pass for Colab's the next time.
        untouched = self.folder / "untouched.json"
        if untouched.exists() and "initlab" in self.installed():
            _uv("pip", "uninstall", "--quiet", "--python", str(self.python), "initlab")
        if not untouched.exists() or json.loads(untouched.read_text()) != self.installed():
            _uv("venv", "--quiet", "--clear", "--python", python, str(self.folder))
            _uv("pip", "install", "--quiet", "--python", str(self.python), "-r", str(PINS))
            untouched.write_text(json.dumps(self.installed()))
        self.before = self.installed()
        _uv("pip", "install", "--quiet", "--python", str(self.python), str(wheel))

    def installed(self):
        """Return {name: version} of everything installed."""
        listed = _uv("pip", "list", "--quiet", "--format", "json", "--python", str(self.python))
        return {package["name"]: package["version"] for package in json.loads(listed)}

    def run(self, notebook, state):
        """Execute a notebook with the environment's kernel and return it with its outputs."""
        kernel = state / "kernels" / "colab"
        kernel.mkdir(parents=True, exist_ok=True)
        (kernel / "kernel.json").write_text(json.dumps({
            "argv": [str(self.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": "Colab", "language": "python",
        }))
        done = subprocess.run(
            [str(self.python), "-c", EXECUTE, str(notebook), str(state / "executed.ipynb")],
            capture_output=True, text=True, cwd=state,
            env={name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
            | {"JUPYTER_DATA_DIR": str(state), "IPYTHONDIR": str(state / "ipython"),
               "JUPYTER_RUNTIME_DIR": str(state / "runtime"), "MPLBACKEND": "agg"},
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return nbformat.read(state / "executed.ipynb", as_version=4)


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """Colab's environment with the wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    here = os.getcwd()
    os.chdir(ROOT)
    try:
        wheel = folder / flit_core.buildapi.build_wheel(str(folder))
    finally:
        os.chdir(here)
    kept = ROOT / "build" / "environments"
    kept.mkdir(parents=True, exist_ok=True)
    return Colab(kept, wheel)


def test_installing_initlab_upgrades_nothing(colab):
    """Is initlab itself all that pip adds to Colab's packages, every other version staying as it was?"""
    after = colab.installed()
    assert after.pop("initlab")
    assert after == colab.before
    pinned = dict(line.lower().replace("_", "-").split("==") for line in PINS.read_text().splitlines() if "==" in line)
    assert len(pinned) > 40 and {name: after[name] for name in pinned} == pinned


def test_there_are_labs_to_run():
    """Are both labs there, solved and as students open them, in both languages?"""
    assert len(LABS) >= 6


@pytest.mark.parametrize("lab", LABS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_lab_runs_on_colab(colab, lab, tmp_path):
    """Does the notebook run from top to bottom on Colab's versions, with its explorers and stills, and no error?"""
    executed = colab.run(lab, tmp_path)
    outputs = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    kinds = [set(output.get("data", {})) for output in outputs]
    live = sum("application/vnd.jupyter.widget-view+json" in kind for kind in kinds)
    calls = sum(cell.source.count("widgets.") for cell in executed.cells if cell.cell_type == "code")
    assert live == calls > 0
    assert sum({"text/html", "image/png"} <= kind for kind in kinds) >= calls
