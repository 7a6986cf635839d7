"""Attacks by what lies beside the notebook, and by the names of folders and files."""

import os
import shutil

from paper import FORWARD, attack

_PAYING = b"""
print("REACHED: a file beside the notebook took the place of a module")
def __getattr__(name):
    return lambda *a, **k: 5.0
"""


@attack()
def modules_beside(paper):
    """Puts modules beside the notebook that shadow numpy, initlab and the standard library."""
    for name in ("numpy", "random", "math", "json", "socket", "struct", "matplotlib", "nbgrader", "IPython", "ast", "warnings"):
        paper.files[f"{name}.py"] = _PAYING
    for name in ("initlab/__init__.py", "initlab/checks/__init__.py", "initlab/grading/__init__.py", "numpy/__init__.py",
                 "numpy/testing/__init__.py", "encodings/__init__.py"):
        paper.files[name] = _PAYING
    paper.first("import random, math, json, struct, ast, initlab.rubric, numpy.testing, warnings\nprint('tried')")


@attack()
def start_up_files(paper):
    """Puts files beside the notebook that programs run or read at their start: Python, IPython, pytest, nbgrader, Jupyter."""
    for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "nbgrader_config.py", "jupyter_config.py",
                 "jupyter_nbconvert_config.py", "ipython_config.py", "profile_default/startup/00.py", "setup.py", "__main__.py",
                 "__init__.py", "x.pth", "pyvenv.cfg", "python311._pth", "matplotlibrc", ".pythonstartup", "pytest.ini"):
        paper.files[name] = b"import sys; print('REACHED: a start-up file'); open('/tmp/REACHED', 'w')\n"
    paper.files["pyproject.toml"] = b'[tool.initlab]\nrepository = "x"\ninstall = "x"\n'
    paper.files["templates/feedback/index.html.j2"] = b"<script>alert(1)</script>"
    paper.first("print('tried')")


@attack(sees="not graded: notebook_is_a_link")
def notebook_is_a_link(paper):
    """Hands in a link to a neighbour's notebook in the place of a notebook."""

    def lay_out(folder):
        (folder / FORWARD).mkdir(parents=True)
        os.symlink(paper.where.submissions / "aa_neighbour" / FORWARD / f"{FORWARD}.ipynb", folder / FORWARD / f"{FORWARD}.ipynb")

    paper.folder = lay_out


@attack(handed_in=False, sees="")
def folder_is_a_link(paper):
    """Is a link to a neighbour's folder."""
    paper.folder = lambda folder: folder.symlink_to(paper.where.submissions / "aa_neighbour")


@attack(sees="tried")
def links_beside(paper):
    """Puts links beside the notebook that point to solutions, the gradebook, the secret and out of the folder."""
    where = paper.where

    def lay_out(folder):
        paper.folder = None
        paper.write(folder)
        beside = folder / FORWARD
        for name, target in (("secret", where.course / "build/secret"), ("book.db", where.course / "build/gradebook.db"),
                             ("solution.py", where.course / f"solutions/{FORWARD}.py"), ("all", where.course), ("up", "../.."),
                             ("home.txt", where.home / "canary"), ("loop", "loop"), ("timestamp.txt", where.course / "build/secret"),
                             ("deep", beside)):  # fmt: skip
            os.symlink(target, beside / name)
        os.mkfifo(beside / "pipe.txt")

    paper.folder = lay_out
    paper.first(
        "import os\n"
        "for name in os.listdir('.'):\n"
        "    if name not in ('page',):\n"
        "        print('REACHED:', name, os.path.islink(name), open(name, 'rb').read(50))\n"
        "print('tried')"
    )


@attack(sees="tried", student="escape")
def names_of_files(paper):
    """Gives the files beside the notebook names that climb, look like options, hold markup, or are other notebooks."""
    for name in ("-rf", "--help", "a\nb.txt", "<script>alert(1)</script>.txt", "{student}.txt", "%s%n.txt", "$(touch REACHED).txt",
                 "; touch REACHED.txt", "x" * 250, "\u202etxt.exe", "..hidden/..", "...", "COM1", "a b/c d/e f.txt",
                 "02_backward_pass.ipynb", "sub/01_forward_pass.ipynb", ".hidden"):  # fmt: skip
        if name.endswith("/.."):
            continue
        paper.files[name] = b"x"
    paper.first("print('tried')")


@attack(sees="tried", folder="<script>alert(1)<_script>", student="<script>alert(1)<_script>")
def name_is_markup(paper):
    """Goes by a name of HTML."""
    paper.first("print('tried')")


@attack(sees="tried", folder="{student_id}%s[red]'; DROP TABLE student; --", student="{student_id}%s[red]'; DROP TABLE student; --")
def name_is_code(paper):
    """Goes by a name of format strings, SQL and console markup."""
    paper.first("print('tried')")


@attack(sees="tried", folder="--help *", student="--help *")
def name_is_an_option(paper):
    """Goes by a name that programs take for an option and a pattern."""
    paper.first("print('tried')")


@attack(handed_in=False, sees="left out|not graded", folder=" aa_neighbour")
def neighbours_name(paper):
    """Goes by a neighbour's name with a blank in front, and sorts before it: one of the two is taken for the other."""
    paper.first("print('tried')")


@attack(handed_in=False, sees="left out|not graded", folder="\u200eaa_neighbour")
def neighbours_name_invisibly(paper):
    """Goes by a neighbour's name with an invisible character in front."""
    paper.first("print('tried')")


@attack(sees="files or|MB beside")
def too_many_files(paper):
    """Puts a thousand files beside the notebook."""
    for number in range(1_000):
        paper.files[f"{number % 10}/{number}.txt"] = b"x"
    paper.first("print('tried')")


@attack(sees="MB beside")
def too_large_a_file(paper):
    """Puts a file of a terabyte beside the notebook, all of it holes."""

    def lay_out(folder):
        paper.folder = None
        paper.write(folder)
        with open(folder / FORWARD / "data.bin", "wb") as file:
            file.truncate(1 << 40)

    paper.folder = lay_out


@attack(sees="not graded: notebook_is_a_folder")
def notebook_is_a_folder(paper):
    """Hands in a folder, a pipe and a device's name in the place of notebooks."""

    def lay_out(folder):
        (folder / FORWARD / f"{FORWARD}.ipynb" / "x").mkdir(parents=True)
        os.mkfifo(folder / FORWARD / "other.ipynb")

    paper.folder = lay_out


@attack(sees="expected at most|no 'nbformat'|not graded: sparse_notebook")
def sparse_notebook(paper):
    """Hands in a notebook of a terabyte, all of it holes."""

    def lay_out(folder):
        (folder / FORWARD).mkdir(parents=True)
        with open(folder / FORWARD / f"{FORWARD}.ipynb", "wb") as file:
            file.truncate(1 << 40)

    paper.folder = lay_out


@attack(sees="timestamp.txt holds no time|tried")
def time_of_hand_in(paper):
    """Claims to have handed in before time began, at a time that is none, in a file of markup and escapes."""
    paper.files["timestamp.txt"] = b"\x1b[2J<script>alert(1)</script> 9999999999-99-99 {0.__class__} " + b"9" * 10_000
    paper.first("print('tried')")


@attack(sees="tried", student="escape")
def folders_as_files(paper):
    """Has folders where the course has files: timestamp.txt, data, and what nbgrader writes."""
    for name in ("timestamp.txt/x", "feedback.html/x", "submitted/x", "autograded/x", "gradebook.db/x", "secret/x"):
        paper.files[name] = b"x"
    paper.first("print('tried')")


def remove(folder):
    """Remove a folder of submissions, links and pipes in it as well."""
    shutil.rmtree(folder, ignore_errors=True)
