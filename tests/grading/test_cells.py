"""Cells of a notebook in a student's kernel: what they put out, and what a notebook may rely on."""

import base64
import struct

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from initlab.grading.shell import _Transformers


def texts(run, name="stdout"):
    """Join the text of one stream."""
    return "".join(one["text"] for one in run.outputs if one.get("name") == name)


def kinds(run):
    """List the kinds of outputs, in their order."""
    return [one["output_type"] for one in run.outputs]


def test_outputs_come_in_order_and_as_nbformat_has_them(student):
    """Text, displays and the result of one cell; text is joined where nothing comes between."""
    run = student().run(
        "import sys\nfrom IPython.display import display, HTML\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\n"
        "display(HTML('<b>d</b>'))\nprint('e')\n6 * 7"
    )
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(one) for one in run.outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))

    assert kinds(run) == ["stream", "stream", "display_data", "stream", "execute_result"]
    assert run.outputs[0]["text"] == "a\nb\n" and texts(run, "stderr") == "c\n"
    assert run.outputs[-1]["data"] == {"text/plain": "42"}
    assert run.error is None and run.stopped is None


def test_an_error_is_an_output_and_a_line(student):
    """The traceback shows the student's lines, and none of a library's."""
    run = student("def f(x):\n    return np_inv(x)\nimport numpy as np\nnp_inv = np.linalg.inv").run("f(np.zeros((2, 2)))")

    assert run.error == "LinAlgError: Singular matrix"
    assert "np_inv" in "".join(run.outputs[-1]["traceback"]) and "linalg.py" not in "".join(run.outputs[-1]["traceback"])


@pytest.mark.parametrize(
    ("source", "error"),
    [("x = = 1", "SyntaxError"), ("%no_such_magic", "UsageError"), ("raise ExceptionGroup('g', [ValueError()])", "Exc")]
    + [("raise SystemExit(1)", "SystemExit"), ("def f(): f()\nf()", "RecursionError"), ("  x\n y", "IndentationError")]
    + [("class E(Exception):\n    def __str__(self): 1 / 0\nraise E", "E"), ("raise KeyboardInterrupt", "Keyb")],
)
def test_every_way_to_fail_is_reported_and_the_next_cell_runs(student, source, error):
    """One error output each, also where IPython shows none."""
    kernel = student()
    run = kernel.run(source)

    assert kinds(run).count("error") == 1 and run.error.startswith(error)
    assert kernel.run("1").outputs[0]["data"] == {"text/plain": "1"}


def test_a_figure_becomes_a_picture_of_the_size_it_was_made(student):
    """No tight bounding box: it changes the size, and costs more than the drawing."""
    run = student().run("import matplotlib.pyplot as plt\nplt.figure(figsize=(4, 2), dpi=50)\nplt.plot([1, 2])\nplt.show()")
    png = base64.b64decode(run.outputs[-1]["data"]["image/png"])

    assert struct.unpack(">II", png[16:24]) == (200, 100)


def test_figures_can_be_left_out(student):
    """Grading without looking needs no pictures; the figure is still named."""
    run = student(figures=False).run("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);")

    assert list(run.outputs[-1]["data"]) == ["text/plain"]


@pytest.mark.parametrize(
    "source",
    ["%time 1", "  %time 1", "x = %time 1", "x = \\\n  %time 1", "!ls", "x=!ls", "len?", "?len", "/len []", ",print a", ";print a", "%%time\n1"]
    + ["if True:\n    %time 1", "f(1)\n!ls", "x.y = %time 1"],
)
def test_every_form_of_magic_is_taken_for_one(source):
    """What IPython would rewrite is looked for before any cell is left as it is."""
    whole = TransformerManager().transform_cell(source)

    assert _Transformers().transform_cell(source) == whole


@pytest.mark.parametrize("source", ["!pip install numpy", "%pip install numpy", "x = !ls", "%%bash\nls", "%%sh\nls", "%conda list"])
def test_other_programs_are_politely_not_run(student, source):
    """Notebooks from Colab install things; that is no reason to fail their cells."""
    run = student().run(source)

    assert run.error is None and texts(run).startswith("not run while grading")


def test_input_says_that_there_is_no_keyboard(student):
    """It ends the cell, as it would where nobody can answer, and no other."""
    kernel = student()

    assert "no keyboard while grading" in kernel.run("name = input('?')").error
    assert kernel.run("1").error is None


@pytest.mark.parametrize(
    "source",
    ["import asyncio\nawait asyncio.sleep(0.001)", "import ipywidgets\ndisplay(ipywidgets.IntSlider())", "exit()"]
    + ["import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    print(1)", "%time 1", "%%timeit -n1 -r1\n1"]
    + ["from ipywidgets import interact\n@interact(x=(0, 3))\ndef f(x): return x", "import warnings\nwarnings.warn('σ')"]
    + ["import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()", "import tempfile\ntempfile.mkdtemp()"]
    + ["한글 = 'π'\nprint(한글)", "import sys\nsys.stdout.buffer.write(b'x')", "from tqdm.auto import trange" if 0 else "1"]
    + ["from pathlib import Path\nPath('notes.txt').write_text('x')\nPath.home().joinpath('y').write_text('x')"],
)
def test_what_notebooks_do_works(student, source):
    """Widgets without a front end, top-level await, threads, files in the working folder and at home."""
    run = student().run(source)

    assert run.error is None and run.stopped is None


def test_displays_can_be_changed_and_cleared(student):
    """clear_output and update_display do what they do in a notebook."""
    kernel = student("from IPython.display import display, clear_output, HTML")

    assert kinds(kernel.run("print(1)\nclear_output()\n2")) == ["execute_result"]
    assert texts(kernel.run("print(1)\nclear_output(wait=True)\nprint(2)")) == "2\n"
    run = kernel.run("h = display(HTML('old'), display_id=True)\nprint(1)\nh.update(HTML('new'))")
    assert [one.get("data", {}).get("text/html") for one in run.outputs] == ["new", None]


FLOODS = {
    "lines": "for i in range(100_000): print(i)",
    "one line": "print('x' * 5_000_000)",
    "in bits": "import sys\nfor i in range(500_000): sys.stdout.write('ab')",
    "past sys.stdout": "import os\nfor i in range(1_000):\n    try: os.write(1, b'y' * 1000)\n    except OSError: pass",
    "by C": "import ctypes\nlibc = ctypes.CDLL(None)\nfor i in range(1_000): libc.puts(b'z' * 1000)\nlibc.fflush(None)",
    "warnings": "import sys\nfor i in range(1_000): sys.stderr.write('w' * 1000)",
    "displays": "for i in range(200): display({'text/html': 'a' * 10_000}, raw=True)",
    "one display": "display({'text/html': 'a' * 2_000_000}, raw=True)",
    "updates": "h = display({'text/html': ''}, raw=True, display_id=True)\nh.update({'text/html': 'a' * 2_000_000}, raw=True)",
    "result": "'x' * 3_000_000",
    "wide characters": "print('한' * 1_000_000)",
    "control characters": "print('\\x00' * 1_000_000)",
    "errors": "for i in range(1_000):\n    try: raise ValueError('v' * 5_000)\n    except ValueError: get_ipython().showtraceback()",
}


@pytest.mark.parametrize("source", FLOODS.values(), ids=FLOODS.keys())
def test_output_is_bounded_in_bytes_whatever_its_shape(student, source):
    """At most the limit, its note, and how the cell ended; the kernel goes on."""
    kernel = student(output_bytes=100_000, cell_seconds=60)
    run = kernel.run(source)
    kept = sum(len(str(one).encode()) for one in run.outputs if one["output_type"] != "error")

    assert kept < (500_000 if "x00" in source else 130_000)  # a control character is four when it is shown
    assert len(str(run.outputs)) < 600_000
    assert run.stopped is None
    if "update" not in source:
        assert "more than 97.7 KiB from one cell" in texts(run, "stderr")
    assert texts(kernel.run("print('next')")) == "next\n"


def test_descriptors_take_no_more_than_is_shown(student):
    """The bound holds while C code writes, not only when the text is read back."""
    kernel = student(output_bytes=100_000)
    run = kernel.run("import os\ntry:\n    while True: os.write(1, bytes(10_000))\nexcept OSError: pass\nos.fstat(1).st_size < 200_000")

    assert run.outputs[0]["data"] == {"text/plain": "True"}


def test_an_update_that_is_too_big_leaves_what_was_there(student):
    """As output that is too big leaves what came before it."""
    run = student(output_bytes=1_000).run(FLOODS["updates"])

    assert [one["data"] for one in run.outputs] == [{"text/html": ""}]


def test_a_forged_account_of_a_cell_is_bounded_and_checked(student):
    """Outputs are what a student's process says they are, within bounds and of the kinds there are."""
    kernel = student(output_bytes=10_000)
    run = kernel.run(
        "import json, os, struct\n"
        "text = {'output_type': 'stream', 'name': ['x'], 'text': 'a' * 300_000}\n"
        "odd = [{'output_type': 'script'}, 7, None, {'output_type': 'display_data', 'data': [1]}, {'output_type': 'error', 'traceback': 'x'}]\n"
        "said = json.dumps({'number': 1, 'sizes': [], 'outputs': odd + [text] * 9}).encode()\n"
        "said = struct.pack('<QQ', len(said), 0) + said\n"
        "while said: said = said[os.write(100, said):]\n"
    )
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(one) for one in run.outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))

    assert [one["output_type"] for one in run.outputs] == ["error", "stream"]


def test_each_cell_has_its_own_share_of_output(student):
    """A flood costs its own cell's output, and nobody else's."""
    kernel = student("print('x' * 200_000)", output_bytes=100_000)

    assert texts(kernel.run("import os\nos.write(1, b'low\\n')\nprint('high')")) == "high\nlow\n"


def test_files_beside_the_notebook_are_there_and_shadow_nothing(student, tmp_path):
    """A helper module is found; one that calls itself numpy is not what the labs import."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "points.csv").write_text("1,2")
    (tmp_path / "helper.py").write_text("answer = 42")
    for name in ("numpy", "matplotlib", "initlab", "json", "secrets", "colorsys"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('shadowed')")
    kernel = student(folder=tmp_path)

    assert kernel.run("open('data/points.csv').read()").outputs[0]["data"] == {"text/plain": "'1,2'"}
    run = kernel.run("import helper, numpy, matplotlib.pyplot, initlab.network, json, secrets, colorsys\nhelper.answer")
    assert run.error is None and run.outputs[0]["data"] == {"text/plain": "42"}


def test_links_in_a_submission_are_not_followed(student, tmp_path):
    """A link would make the grader, which may read more, fetch somebody else's file."""
    secret = tmp_path / "secret"
    secret.write_text("hidden tests")
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "link").symlink_to(secret)
    (folder / "links").symlink_to(tmp_path, target_is_directory=True)
    (folder / "own").write_text("own")
    kernel = student("import os\nfound = [name for _, _, names in os.walk('.') for name in names]", folder=folder)

    assert kernel.lookup("found") == ["own"]


def test_code_without_a_seed_draws_the_same_in_every_kernel(student):
    """Regrading gives the same marks, also to code that draws from numpy's and Python's global generators."""
    source = "import random, numpy as np\nx = [random.random(), float(np.random.randn()), sorted({'a', 'b', 'c'}, key=hash)]"

    assert student(source).lookup("x") == student(source).lookup("x")
