"""nbgrader's gradebook, imported without what it does not need; each test in an interpreter of its own."""

import subprocess
import sys

OPEN = """
import sys
from initlab.grading.nbgraderapi import nbgrader_api
api = nbgrader_api()
"""


def said(code: str) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", OPEN + code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_gradebook_needs_no_web_server_and_no_archives():
    """What takes half a second to import, and no gradebook asks for, is not imported."""
    code = """
api.Gradebook("sqlite://").close()
print(sorted({"requests", "setuptools", "nbformat", "nbconvert", "jupyter_server", "nbgrader.apps"} & set(sys.modules)))
"""
    assert said(code) == "[]"


def test_what_was_left_out_is_there_for_whoever_asks():
    """nbgrader's own unpacking works, and its server extensions can be imported and are the real ones."""
    code = """
import nbgrader.utils, tempfile, zipfile, pathlib
folder = pathlib.Path(tempfile.mkdtemp())
with zipfile.ZipFile(folder / "a.zip", "w") as archive:
    archive.writestr("lab.ipynb", "{}")
(folder / "out").mkdir()
nbgrader.utils.unzip(str(folder / "a.zip"), str(folder / "out"))
import nbgrader.server_extensions.formgrader as formgrader
print((folder / "out" / "lab.ipynb").read_text(), formgrader.__file__.endswith("__init__.py"))
"""
    assert said(code) == "{} True"


def test_collection_goes_on_after_the_import():
    """The garbage collector is left as it was found, on or off."""
    code = """
import gc
print(gc.isenabled(), nbgrader_api() is api)
"""
    assert said(code) == "True True"
