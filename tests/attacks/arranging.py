"""Attacks by the notebook file itself: tags, metadata, copies, order, types and shapes of cells, and of the JSON."""

import copy
import json

from paper import attack, claim, code, markdown


def _grade_cells(paper):
    return [cell for cell in paper.cells if cell["metadata"].get("nbgrader", {}).get("grade")]


@attack(sees="_forward_pass|not|wrong|variance")
def skip_execution(paper):
    """Tags the grade cells so that they are skipped: stock nbgrader gives full marks for a test that says nothing."""
    for cell in _grade_cells(paper):
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "remove-cell", "remove-output"]
        cell["metadata"].update(trusted=True, collapsed=True, scrolled=True, slideshow={"slide_type": "skip"})
        cell["metadata"]["jupyter"] = {"outputs_hidden": True, "source_hidden": True}


@attack(sees="not|wrong|variance")
def generous_grade_cells(paper):
    """Rewrites the grade cells: no test in them, and a hundred points for each."""
    for cell in _grade_cells(paper):
        cell["source"] = "100.0"
        cell["metadata"]["nbgrader"].update(points=100, checksum="0" * 32, locked=False, schema_version=99)
        cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "data": {"text/plain": "100.0"},
                            "metadata": {}}]


@attack(sees="not|wrong|variance")
def grade_cells_as_answers(paper):
    """Declares the grade cells to be solutions and tasks, which nobody restores and a person would mark."""
    for number, cell in enumerate(_grade_cells(paper)):
        cell["source"] = "5.0"
        cell["metadata"]["nbgrader"].update(solution=True, locked=False, task=number % 2 == 0)


@attack(sees="tried")
def cells_of_its_own_that_pay(paper):
    """Adds grade cells that the course does not know, with points, and answers under the ids of grade cells."""
    about = {"grade": True, "locked": True, "points": 50, "schema_version": 3, "solution": False, "task": False}
    for grade_id in ("bonus", "check_everything", "check_network_size ", "CHECK_network_size", "", "../check_network_size",
                     "check_network_size\\0", "x" * 10_000, "'; DROP TABLE grade; --", "<script>alert(1)</script>"):
        cell = code("print('tried')\n50.0")
        cell["metadata"]["nbgrader"] = {**about, "grade_id": grade_id}
        paper.cells.append(cell)
    for strange in (5, None, ["check_network_size"], {"a": 1}, True, 1e400):
        cell = code("50.0")
        cell["metadata"]["nbgrader"] = {**about, "grade_id": strange}
        paper.cells.append(cell)
    paper.cells.append({**code("50.0"), "metadata": {"nbgrader": "check_network_size"}})
    paper.cells.append({**code("50.0"), "metadata": ["nbgrader"]})


@attack(sees="counts once")
def copies_of_grade_cells(paper):
    """Hands in thirty copies of every grade cell, of which all but one hold full marks, before and after it."""
    for cell in _grade_cells(paper):
        place = paper.cells.index(cell)
        generous = {**copy.deepcopy(cell), "source": "5.0"}
        paper.cells[place:place] = [copy.deepcopy(generous) for _ in range(15)]
        paper.cells.extend(copy.deepcopy(generous) for _ in range(15))


@attack(sees="counts once|not|variance")
def copies_of_answers(paper):
    """Hands in answers twice, the second under the id of another answer, to be judged in its place."""
    for exercise in ("network_size", "sigma_sq_derived", "predicted_ratio"):
        cell = copy.deepcopy(paper.cell(exercise))
        cell["metadata"]["nbgrader"]["grade_id"] = "he_init_params"
        paper.cells.insert(2, cell)
        paper.cells.append(copy.deepcopy(paper.cell(exercise)))


@attack(sees="was missing and has been put back")
def no_grade_cells(paper):
    """Deletes the grade cells: no verdict, no wrong verdict."""
    paper.notebook["cells"] = paper.cells = [cell for cell in paper.cells if cell not in _grade_cells(paper)]


@attack(sees="was missing and has been put back")
def no_metadata(paper):
    """Strips all metadata, so that nothing in the notebook is known to nbgrader."""
    for cell in paper.cells:
        cell["metadata"] = {}
    paper.notebook["metadata"] = {}


@attack(sees="not|variance|wrong|stood before")
def turned_around(paper):
    """Turns the order of all cells around: grade cells come before what they grade."""
    paper.cells.reverse()


@attack(sees="not|variance|wrong")
def cells_of_other_types(paper):
    """Makes grade cells raw and Markdown, answers Markdown, and prose code that pays."""
    for number, cell in enumerate(_grade_cells(paper)):
        cell["cell_type"] = ("raw", "markdown", "heading", "html", "worksheet")[number % 5]
        cell["source"] = "5.0"
        cell.pop("outputs")
    paper.cell("sigma_sq_derived")["cell_type"] = "markdown"
    paper.cells.append({"cell_type": "raw", "metadata": {"format": "text/html"}, "source": "<script>alert(1)</script>"})


@attack(sees="not|variance|wrong")
def another_kernel(paper):
    """Names a kernel of its own, a command to start it, and a language that prints full marks."""
    paper.notebook["metadata"] = {
        "kernelspec": {"name": "../../../evil", "display_name": "<script>alert(1)</script>", "language": "bash",
                       "argv": ["touch", "/tmp/REACHED"], "env": {"PYTHONSTARTUP": "/tmp/REACHED"}},
        "kernel_info": {"name": "bash"}, "language_info": {"name": "bash", "pygments_lexer": "../evil",
                                                           "codemirror_mode": {"name": "<script>"}},
        "title": "<script>alert(1)</script>", "authors": [{"name": "<script>alert(1)</script>"}],
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": {"model_name": "HTMLModel", "state":
                    {"value": "<script>alert(1)</script>"}}}, "version_major": 2}},
        "initlab": {"submission": "0" * 64, "trouble": "", "notes": ["5.0"]}, "initlab_submission": {"bytes": "x"},
        "nbgrader": {"score": 12, "max_score": 12}, "celltoolbar": "Create Assignment",
    }  # fmt: skip
    for cell in paper.cells:
        cell["metadata"]["initlab"] = {"notice": True, "runs": False}


@attack(sees="not|variance|wrong")
def outputs_filled_in(paper):
    """Hands in outputs that show full marks, and execution counts and ids to match."""
    for number, cell in enumerate(paper.cells):
        cell["id"] = "same-id" if number % 2 else "x" * 500 + "<script>"
        if cell["cell_type"] == "code":
            cell["execution_count"] = 10**30
            cell["outputs"] = [{"output_type": "execute_result", "execution_count": 5, "metadata": {"alt": '"onload="x'},
                                "data": {"text/plain": "5.0", "text/html": "<script>alert(1)</script>"}}]


@attack(sees="not|variance|wrong")
def old_format(paper):
    """Hands the notebook in as nbformat 3, with worksheets, where cells, metadata and ids are elsewhere."""
    cells = [{**cell, "input": cell.pop("source"), "language": "python", "collapsed": False, "prompt_number": 5}
             for cell in copy.deepcopy(paper.cells)]
    paper.raw = json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "x", "signature": "5.0"},
                            "worksheets": [{"cells": cells, "metadata": {}}, {"cells": cells}]}).encode()


@attack(sees="not graded|not|expected 4")
def future_format(paper):
    """Claims a format of the future, as a number that equals 4, a text, and infinity."""
    paper.notebook.update(nbformat=4.0, nbformat_minor=10**9)
    paper.raw = json.dumps(paper.notebook).replace('"nbformat": 4.0', '"nbformat": 5, "nbformat": 1e999').encode()


@attack(sees="variance|not")
def twice_the_same_key(paper):
    """Gives keys of the JSON twice, so that readers disagree on which cells, ids and sources count."""
    text = json.dumps(paper.notebook)
    text = text.replace('{"cells": [', '{"cells": [], "nbformat": 3, "cells": [', 1)
    paper.raw = text.replace('"grade": true', '"grade": true, "points": 100, "grade": false, "grade": true').encode()


@attack(sees="nested deeper")
def json_without_end(paper):
    """Nests the notebook's JSON a hundred thousand levels deep."""
    paper.raw = b'{"nbformat": 4, "cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@attack(sees="cells, expected at most")
def cells_without_end(paper):
    """Hands in fifty thousand cells."""
    paper.cells.extend([code("1")] * 50_000)


@attack(sees="MB, expected at most")
def enormous_file(paper):
    """Hands in a file of sixty megabytes, most of it one line."""
    paper.cells.append(markdown("x" * 60_000_000))


@attack(sees="variance|not")
def half_a_character(paper):
    """Puts half surrogate pairs, null characters and line ends of all kinds into cells, ids and keys."""
    strange = "\ud83d print \x00 \r \x0b \x85 \u2028 \u202e \ufeff"
    paper.first(f"# {strange}\nprint('tried')")
    paper.cells.append(markdown(strange))
    paper.cells.append({**code("x = 1"), "metadata": {strange: strange, "nbgrader": {"grade_id": strange}}})
    paper.notebook["metadata"][strange] = strange


@attack(sees="variance|not")
def sources_of_other_kinds(paper):
    """Hands in sources as lists of lines, and a graded cell whose source hides its tests from the feedback page."""
    for cell in paper.cells:
        cell["source"] = [line + "\n" for line in "".join(cell["source"]).split("\n")]
    for cell in _grade_cells(paper):
        cell["source"] = ["### BEGIN HIDDEN TESTS\n", "5.0\n", "### END HIDDEN TESTS"]
    paper.cells.append(code("### BEGIN HIDDEN TESTS\nprint('tried')\n### BEGIN SOLUTION\n### AUTOTEST 5.0"))


@attack(sees="no text as its source|not graded")
def sources_that_are_no_text(paper):
    """Hands in sources, metadata and outputs that are numbers, objects and nothing."""
    paper.cells.append({"cell_type": "code", "source": {"5.0": 5.0}, "metadata": 5, "outputs": "5.0"})


@attack(sees="other than|not")
def everything_in_one_cell(paper):
    """Puts answers, grade cells and everything else into one answer cell, with the notebook's magics."""
    together = "\n".join("".join(cell["source"]) for cell in paper.cells)
    paper.answer(network_size="%%time\n" + together + "\n5.0", he_init_params="%%capture out\n5.0", predicted_ratio="%run -i x.py\n5.0")
    assert claim(paper.cell("network_size"))


@attack(sees="more than 5000000 values")
def json_of_many_values(paper):
    """Hands in fifty megabytes of empty objects, which take more than a gigabyte once they are read."""
    paper.raw = b'{"nbformat": 4, "cells": [], "metadata": {"x": [' + b"{}," * 16_000_000 + b"0]}}"


@attack(sees="in an old format")
def old_format_without_end(paper):
    """Hands in six megabytes of cells in an old format, which nbformat takes minutes to bring up to date and validate."""
    cell = b'{"cell_type": "code", "input": "", "outputs": [], "metadata": {}, "language": "python"},'
    paper.raw = b'{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [' + cell * 70_000 + b"{}]}]}"
