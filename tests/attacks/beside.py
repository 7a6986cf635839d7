"""Attacks by what lies beside the notebook, and by the names of folders and files."""

import os

from paper import attack

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


@attack(sees="it is a link, not a file")
def notebook_is_a_link(paper):
    """Hands in a link to a neighbour's notebook, worth full marks, in the place of a notebook."""
    target = paper.places.class_ / "neighbour" / paper.name / f"{paper.name}.ipynb"
    paper.folder = lambda folder: os.symlink(target, folder / f"{paper.name}.ipynb")


@attack()
def links_beside(paper):
    """Puts links beside the notebook that point to solutions, the gradebook, the secret and out of the folder."""
    course, notebook = paper.places.course, f"{paper.name}.ipynb"
    targets = {
        "secret": course / "secret", "book.db": course / "gradebook.db", "solution.py": course / "source" / paper.name / notebook,
        "all": course, "up": "../..", "home.txt": paper.places.home / "diary.txt", "loop": "loop",
        "timestamp.txt": course / "secret", "neighbour": paper.places.class_ / "neighbour",
    }  # fmt: skip

    def lay_out(folder):
        (folder / notebook).write_bytes(paper.bytes())
        for name, target in targets.items():
            os.symlink(target, folder / name)
        os.mkfifo(folder / "pipe.txt")

    paper.folder = lay_out
    paper.first(
        "import os\n"
        "for root, folders, names in os.walk('.'):\n"
        "    for name in set(folders + names) - {'data', 'table.csv', 'helper.py'}:\n"
        "        print('REACHED:', root, name, os.path.islink(name))\n"
        "print('tried')"
    )


@attack(sees="tried")
def names_of_files(paper):
    """Gives the files beside the notebook names that climb, look like options, hold markup, or are other notebooks."""
    for name in ("-rf", "--help", "a\nb.txt", "<script>alert(1)</script>.txt", "{student}.txt", "%s%n.txt", "$(touch REACHED).txt",
                 "; touch REACHED.txt", "x" * 250, "\u202etxt.exe", "...", "COM1", "a b/c d/e f.txt",
                 "other.ipynb", "sub/ps1.ipynb", ".hidden"):  # fmt: skip
        paper.files[name] = b"x"
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
    paper.folder = lambda folder: _holes(folder / "data.bin", (folder / f"{paper.name}.ipynb").write_bytes(paper.bytes()))


@attack(sees="not a regular file")
def notebook_is_a_folder(paper):
    """Hands in a folder in the place of the notebook."""
    paper.folder = lambda folder: (folder / f"{paper.name}.ipynb" / "x").mkdir(parents=True)


@attack(sees="not a regular file")
def notebook_is_a_pipe(paper):
    """Hands in a pipe, whose readers wait for ever."""
    paper.folder = lambda folder: os.mkfifo(folder / f"{paper.name}.ipynb")


@attack(sees="MB, expected at most")
def notebook_of_holes(paper):
    """Hands in a notebook of a terabyte, all of it holes."""
    paper.folder = lambda folder: _holes(folder / f"{paper.name}.ipynb")


@attack(sees="which of these|no notebook")
def many_notebooks(paper):
    """Hands in two notebooks under other names, one of them a link, and lets the grader choose."""

    def lay_out(folder):
        (folder / "a.ipynb").write_bytes(paper.bytes())
        os.symlink(paper.places.class_ / "neighbour" / paper.name / f"{paper.name}.ipynb", folder / "b.ipynb")

    paper.folder = lay_out


@attack(sees="holds no time")
def time_of_hand_in(paper):
    """Claims to have handed in at a time that is none, in a file of markup and escapes."""
    paper.files["timestamp.txt"] = b"\x1b[2J<script>alert(1)</script> 9999999999-99-99 {0.__class__} " + b"9" * 10_000


@attack()
def folders_as_files(paper):
    """Has folders where the course has files: timestamp.txt, and what nbgrader writes."""
    for name in ("timestamp.txt/x", "feedback.html/x", "submitted/x", "autograded/x", "gradebook.db/x", "secret/x"):
        paper.files[name] = b"x"
    paper.first("print('tried')")


@attack()
def files_in_the_courses_way(paper):
    """Puts a file where the course has a folder of data, and a folder where it has a file."""
    paper.files["data"] = b"x"
    paper.files["helper.py/x"] = b"x"
    paper.first("print('tried', open('data/table.csv').read())")


def _holes(path, _=None):
    with open(path, "wb") as file:
        file.truncate(1 << 40)


@attack(sees="folders beside")
def folders_without_end(paper):
    """Nests folders beside the notebook so deep that no copy has room for their names, or in the end for recursion."""

    def lay_out(folder):
        (folder / f"{paper.name}.ipynb").write_bytes(paper.bytes())
        _nested(folder, ("a", 300), ("y" * 100, 30))

    paper.folder = lay_out


@attack(sees="folders beside")
def more_folders_than_files(paper):
    """Puts six hundred empty folders beside the notebook, each of which takes a place on a disk."""

    def lay_out(folder):
        (folder / f"{paper.name}.ipynb").write_bytes(paper.bytes())
        for number in range(600):
            (folder / f"folder-{number}").mkdir()

    paper.folder = lay_out


@attack()
def files_that_take_more_than_they_hold(paper):
    """Puts files beside the notebook that fit its scratch folder by their bytes, and not by the blocks they take."""
    for number in range(480):
        paper.files[f"{number}.txt"] = b"x" * 8200
    paper.first("print('tried')")


def _nested(folder, *chains):
    here = os.getcwd()
    for name, depth in chains:
        os.chdir(folder)
        for _level in range(depth):
            os.mkdir(name)
            os.chdir(name)
        with open("x", "w") as file:
            file.write("x")
    os.chdir(here)
