"""The labs in a real kernel: solved they print the original's digits, untouched they show no traceback."""

import re
import shutil
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from initlab import messages, network, stats, theory
from initlab.grading.build import release, solved
from initlab.grading.course import Course
from initlab.rubric import LABS, POINTS

ROOT = Path(__file__).parents[1]
COMPARED = "nbval-check-output"
FALSE_REJECT = 1e-6

# What the original notebook prints, as far as its text goes: it is cut off in layer 26 and in layer 33.
ORIGINAL = {
    "forward K=5": (0, "0.981 0.811 1.472 4.547 8.896"),
    "forward K=50": (0, (
        "0.981 0.886 0.698 0.741 0.899 0.995 0.886 0.826 0.851 0.737 0.646 0.677 0.597 0.582 "
        "0.583 0.572 0.588 0.625 0.672 0.656 0.851 0.719 0.720 0.758 0.868 0.951"
    )),
    "backward K=5": (1, "446.654 340.657 109.132 56.472"),
    "backward K=50": (1, (
        "2.439 2.572 2.935 2.876 2.683 2.791 2.920 2.613 2.622 2.980 3.040 3.056 2.792 2.899 "
        "3.037 2.765 2.364 2.397 2.148 2.639 2.426 2.150 2.224 1.954 2.004 2.793 2.313 2.563 "
        "2.771 2.996 3.072 2.969"
    )),
}


def run(notebook, folder):
    """Execute a notebook to its end, whatever happens in its cells, and return it."""
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=60, allow_errors=True, resources=where).execute()
    return notebook


def outputs(notebook, kind):
    """Return the outputs of one kind, with the first line of their cells."""
    return [
        (cell.source.partition("\n")[0], output)
        for cell in notebook.cells for output in cell.get("outputs", ()) if output.output_type == kind
    ]


def printed_rows(notebook):
    """Return the rows that the compared cells print: for each cell a list of (layer, what, digits)."""
    tables = []
    for cell in notebook.cells:
        if COMPARED in cell.metadata.get("tags", ()):
            text = "".join(output.text for output in cell.outputs)
            tables.append(re.findall(r"Layer (\d+), std of (.+) = (\S+)", text))
    return tables


def grade_results(notebook):
    """Return the points that the grade cells show, by exercise, and the text of their cards."""
    points, cards = {}, {}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            name = cell.metadata.nbgrader.grade_id.removeprefix("check_")
            card, result = cell.outputs
            points[name], cards[name] = float(result.data["text/plain"]), card.data["text/html"]
    return points, cards


@pytest.fixture(scope="module")
def solved_labs(tmp_path_factory):
    """Both labs with their answers, executed: forward, backward."""
    folder = tmp_path_factory.mktemp("solved")
    return [run(solved(Course.at(ROOT), lab), folder) for lab in ("01_forward_pass", "02_backward_pass")]


@pytest.fixture(scope="module")
def untouched_labs(tmp_path_factory):
    """What students open, executed as it is: {(language, lab): notebook}."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "solutions").mkdir()
    for source in (ROOT / "solutions").glob("*.py"):
        shutil.copy(source, folder / "solutions")
    return {
        (path.parents[1].name, path.stem): run(nbformat.read(path, as_version=4), folder)
        for path in release(Course.at(folder))
    }


def tables_of(solved_labs):
    """Return the four tables, joined over the cells that print them: {name: [(layer, digits)]}."""
    small, last, deep = printed_rows(solved_labs[0])
    small_back, deep_back = printed_rows(solved_labs[1])
    tables = (small + last, deep, small_back, deep_back)
    return {
        name: [(int(layer), digits) for layer, _, digits in table] for name, table in zip(ORIGINAL, tables)
    }


@pytest.mark.parametrize("name", ORIGINAL)
def test_solved_lab_prints_the_digits_of_the_original(solved_labs, name):
    """A teacher who knows the original finds each of its 67 figures again."""
    first, digits = ORIGINAL[name]
    want = list(enumerate(digits.split(), start=first))

    assert tables_of(solved_labs)[name][:len(want)] == want


def test_layer_that_the_original_leaves_out_is_printed(solved_labs):
    """The original stops before the last hidden layer; the labs go on to it."""
    tables = tables_of(solved_labs)

    assert tables["forward K=5"][-1] == (5, "10.106")
    assert tables["forward K=50"][-1] == (50, "0.600")
    assert [layer for layer, _ in tables["backward K=50"]] == list(range(1, 50))


def test_solved_lab_earns_all_points_without_a_word_on_stderr(solved_labs):
    """The reference solutions satisfy the checks, and no stderr costs the points under stock nbgrader."""
    for notebook, lab in zip(solved_labs, ("forward_pass", "backward_pass")):
        assert outputs(notebook, "error") == []
        assert [text for line, text in outputs(notebook, "stream") if text.name == "stderr"] == []
        assert grade_results(notebook)[0] == {name: float(POINTS[name]) for name in LABS[lab]}


@pytest.mark.parametrize("lab", ["01_forward_pass", "02_backward_pass"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_untouched_lab_is_not_attempted_and_shows_no_traceback(untouched_labs, lang, lab):
    """A student who runs all cells first meets no wall of red, but is told what is open."""
    notebook = untouched_labs[lang, lab]

    assert outputs(notebook, "error") == []
    assert [text for line, text in outputs(notebook, "stream") if text.name == "stderr"] == []
    points, cards = grade_results(notebook)
    assert points == {name: 0.0 for name in LABS[lab.partition("_")[2]]}
    assert all(messages.label("not_attempted", lang) in card for card in cards.values())


WRONG = {  # an early answer, and what it costs
    "01_forward_pass": (
        "network_size", "all_weights, all_biases = init_params(5, 8, 1.0, np.random.RandomState(0))", 1),
    "02_backward_pass": (
        "backward_pass", "def backward_pass(all_weights, all_biases, all_f, all_h, y):\n    all_f[1][:] = 0", 5),
}


@pytest.mark.parametrize("lab", WRONG)
def test_one_mistake_costs_its_points_once(tmp_path, lab):
    """All that comes after a wrong answer is right, and is marked so, though the notebook has gone on with it."""
    exercise, answer, costs = WRONG[lab]
    notebook = solved(Course.at(ROOT), lab)
    (cell,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise]
    cell.source = answer

    points = grade_results(run(notebook, tmp_path))[0]

    full = {name: float(POINTS[name]) for name in LABS[lab.partition("_")[2]]}
    assert points == full | {exercise: full[exercise] - costs}


def outside_the_bounds(name, stds):
    """Return which derived bounds the standard deviations of a table break; those of layer 0 are left out.

    The small networks have variance 1 in every layer; by homogeneity that multiplies a correct draw by a known
    factor in each layer, which is divided out.
    """
    K, D = (5, 8) if name.endswith("K=5") else (50, 80)
    layers = np.arange(1, len(stds) + 1)
    forward = name.startswith("forward")
    if K == 5:
        stds = stds / (np.sqrt(1 / 2) * 2.0 ** (layers - 1) if forward else 2.0 ** (K - 1 - layers))
    slope, ratio = stats.log_slope(stds), stats.last_over_first(stds if forward else stds[::-1])
    if forward:
        low, high = theory.std_band(K, D, FALSE_REJECT)
        ends = theory.last_over_first_bounds(K, D, FALSE_REJECT)
        slopes = theory.slope_bounds(K, D, FALSE_REJECT)
        broken = [] if np.all((low <= stds) & (stds <= high)) else ["band"]
    else:
        ends = theory.gradient_ratio_bounds(K, D, FALSE_REJECT)
        slopes, broken = theory.gradient_slope_bounds(K, D, FALSE_REJECT), []
    broken += [] if ends[0] <= ratio <= ends[1] else ["ratio"]
    return broken + ([] if slopes[0] <= slope <= slopes[1] else ["slope"])


@pytest.mark.parametrize("name", ORIGINAL)
def test_every_printed_number_lies_within_the_derived_bounds(solved_labs, name):
    """The tables are those of correct draws, by the bounds of theory and not by anybody's memory."""
    stds = np.array([float(digits) for layer, digits in tables_of(solved_labs)[name] if layer > 0])

    assert outside_the_bounds(name, stds) == []


@pytest.mark.parametrize("variance", [1 / 80, 4 / 80, (2 / 80) ** 2, 1.0], ids=["1/D", "4/D", "std 2/D", "1"])
@pytest.mark.parametrize("name", ["forward K=50", "backward K=50"])
def test_each_bound_is_broken_by_wrong_initialisations(name, variance):
    """A forgotten factor, a forgotten root or no scaling at all breaks every one of the bounds."""
    drawn = network.init_params(50, 80, variance, np.random.RandomState(0))
    output, all_f, all_h = network.forward(*drawn, np.random.RandomState(1).normal(size=(1, 100)))
    if name.startswith("forward"):
        assert outside_the_bounds(name, stats.layer_std(all_h[1:])) == ["band", "ratio", "slope"]
    else:
        all_dl_df = network.backward(*drawn, all_f, all_h, np.zeros_like(output))[3]
        assert outside_the_bounds(name, stats.layer_std(all_dl_df[1:50])) == ["ratio", "slope"]
