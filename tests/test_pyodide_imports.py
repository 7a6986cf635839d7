"""The student side can be imported in the browser: no threads, processes, sockets, or compiled parts of its own."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import initlab

PACKAGE = Path(initlab.__file__).parent
# What a teacher runs stays on a computer.
GRADING = {"cli.py", "grading"}
STUDENT_SIDE = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
                      and path.relative_to(PACKAGE).parts[0] not in GRADING)
# Pyodide 314 builds numpy and matplotlib (with Pillow, which matplotlib needs); the rest is plain Python.
BROUGHT_ALONG = {"numpy", "matplotlib", "PIL", "ipywidgets", "IPython"}
# Modules of the standard library that need what WebAssembly in a browser does not have.
ABSENT = {
    "threading", "_thread", "concurrent", "multiprocessing", "subprocess", "pty", "signal", "fcntl", "resource",
    "socket", "socketserver", "ssl", "select", "selectors", "http", "urllib", "ftplib", "smtplib", "ctypes", "mmap",
    "tkinter", "curses", "readline", "sqlite3", "dbm", "lzma",
}


def imported(source):
    """Return the dotted names of all modules that source imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide which floor a module stands on"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
                "import_module", "__import__"):
            value = node.args[0]
            if isinstance(value, ast.JoinedStr):
                value = value.values[0]
            names.add(value.value.rstrip(".") if isinstance(value, ast.Constant) else "computed name")
    return names


def out_of_place(source):
    """Return the names that the browser cannot import, or that belong to grading."""
    wrong = set()
    for name in imported(source):
        top = name.split(".")[0]
        if top == "initlab":
            wrong |= {name} if name.startswith(("initlab.grading", "initlab.cli")) else set()
        elif top in ABSENT or not (top in BROUGHT_ALONG or top in sys.stdlib_module_names):
            wrong.add(name)
    return wrong


@pytest.mark.parametrize("path", STUDENT_SIDE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_student_module_imports_what_a_browser_has(path):
    """Is every file of the student side plain Python, importing only what Pyodide has or brings along?"""
    assert path.suffix == ".py"
    assert out_of_place(path.read_text()) == set()


def test_the_student_side_is_looked_at_whole():
    """Are the modules that labs import among the files above?"""
    names = {path.relative_to(PACKAGE).as_posix() for path in STUDENT_SIDE}
    assert {"network.py", "plots.py", "widgets/sigma.py", "checks/__init__.py", "messages/__init__.py"} <= names


@pytest.mark.parametrize("source, wrong", [
    ("import threading", {"threading"}),
    ("def f():\n    from concurrent.futures import ThreadPoolExecutor",
     {"concurrent.futures", "concurrent.futures.ThreadPoolExecutor"}),
    ("import urllib.request", {"urllib.request"}),
    ("import scipy.stats", {"scipy.stats"}),
    ("from initlab.grading import build", {"initlab.grading", "initlab.grading.build"}),
    ("from importlib import import_module\nimport_module('subprocess')", {"subprocess"}),
    ("import numpy as np\nfrom initlab import network\nimport asyncio", set()),
])
def test_an_import_out_of_place_would_be_found(source, wrong):
    """Does the search report a thread, a socket, a compiled package and a grading module wherever they hide?"""
    assert out_of_place(source) == wrong


def test_the_set_up_cell_can_be_told_to_install_by_name(tmp_path):
    """Does the command of docs/jupyterlite.md make every notebook ask for initlab by name, and stay a notebook?"""
    root = PACKAGE.parents[1]
    files = tmp_path / "build" / "site" / "files"
    for lang in ("en", "ko"):
        shutil.copytree(root / "notebooks" / lang, files / lang)
    command = next(line.strip() for line in (root / "docs" / "jupyterlite.md").read_text().splitlines()
                   if line.strip().startswith("sed -i"))
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)
    for path in files.rglob("*.ipynb"):
        set_up = next(c for c in nbformat.read(path, as_version=4).cells if "find_spec" in c.source)
        installs = [line.strip() for line in set_up.source.splitlines() if "%pip" in line]
        assert installs and set(installs) == {"%pip install --quiet initlab ipywidgets"}
