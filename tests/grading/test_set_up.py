"""The first cell of a notebook installs initlab where it is missing, and is idle where it is there."""

import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*/*.ipynb"))

# A real IPython whose %pip only tells what it was asked to install, on a machine without a network.
SHELL = """
import socket, sys
from IPython.core.interactiveshell import InteractiveShell

def refuse(*args, **kwargs):
    raise OSError("the set-up cell opened a socket")

shell = InteractiveShell.instance()
shell.register_magic_function(lambda line: print("pip", line), magic_name="pip")
socket.socket = socket.create_connection = refuse
{hide}
result = shell.run_cell({cell!r})
print("error", type(result.error_in_exec).__name__)
"""

HIDE = """
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "initlab":
            raise ModuleNotFoundError(name)
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name == "initlab" else find(name)
sys.meta_path.insert(0, Missing())
"""


def run_set_up(notebook: Path, hide: str) -> str:
    """Run the set-up cell of a notebook in a fresh IPython and return what it printed."""
    (cell,) = (cell for cell in nbformat.read(notebook, as_version=4).cells if cell.id == "set-up")
    script = SHELL.format(hide=hide, cell=cell.source)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_notebooks_to_try():
    """The tests below would pass over an empty folder."""
    assert len(NOTEBOOKS) >= 4


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: "-".join(path.parts[-3:-1]))
def test_set_up_is_idle_where_initlab_is_installed(notebook):
    """In JupyterLab with initlab installed nothing is installed and no connection is opened."""
    printed = run_set_up(notebook, hide="")

    assert "pip" not in printed
    assert printed.endswith("error NoneType\n")


@pytest.mark.parametrize("notebook", NOTEBOOKS[:1], ids=lambda path: "-".join(path.parts[-3:-1]))
def test_set_up_installs_from_the_configured_address_where_initlab_is_missing(notebook):
    """On Colab the cell asks pip for the one address that the project's configuration names."""
    install = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["initlab"]["install"]

    assert f"pip install --quiet {install}\n" in run_set_up(notebook, hide=HIDE)
