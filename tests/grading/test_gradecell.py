"""What becomes of a grade cell: the score, the outcome, the words, and what students get to see of it."""

import math

import numpy as np
import pytest

from initlab.grading.gradecell import run_grade_cell
from initlab.grading.hiddentests import hidden_lines, released
from initlab.grading.lab import LabCell
from initlab.grading.namespace import Names
from initlab.grading.remote_errors import StudentStopped


class Notebook:
    """A student's notebook that holds plain values: what the grader sees of a real one."""

    def __init__(self, **values):
        self.values, self.calls, self.asked = values, 0, []

    def lookup(self, name: str, held: dict):
        self.asked.append(name)
        if name not in self.values:
            raise NameError(name)
        return self.values[name]


def test_cell(source: str, points: float = 4.0) -> LabCell:
    """Make a grade cell."""
    return LabCell("check_it", "code", source, None, True, True, False, False, points)


test_cell.__test__ = False


def run(source: str, points: float = 4.0, seconds: float = 20.0, **values):
    """Run a grade cell on a notebook that holds these values."""
    names = Names(Notebook(**values), origins={}, shared={}, stars=[])
    return run_grade_cell(test_cell(source, points), names, seed=b"seed", lang="en", seconds=seconds, verdicts=[])


@pytest.mark.parametrize(
    ("ending", "score"),
    [
        ("1.5", 1.5), ("3", 3.0), ("np.float64(0.5)", 0.5), ("np.int64(2)", 2.0), ("np.array(2.5)", 2.5),
        ("99", 4.0), ("-1", 0.0), ("True", 4.0), ("False", 0.0), ("np.True_", 4.0), ("None", 4.0),
        ("'all tests passed'", 4.0), ("float('nan')", 0.0), ("float('inf')", 0.0), ("10 ** 400", 0.0),
        ("str(2)", 0.0), ("[1]", 0.0), ("np.ones(3)", 0.0), ("1j", 0.0), ("{}", 0.0),
    ],
)  # fmt: skip
def test_the_value_that_a_cell_ends_in_is_its_score(ending, score):
    """Real numbers are clipped to the points; what is no number is no mark, where nbgrader gives full marks."""
    mark = run(f"import numpy as np\nassert True\n{ending}").mark
    assert (type(mark.score), mark.score) == (float, score)
    assert math.isfinite(mark.score)
    assert (mark.outcome == "right") == (score == 4.0)


@pytest.mark.parametrize("source", ["", "# nothing", "pass", "import math", '"""A remark."""', "assert (1 ==", "exit()"])
def test_a_cell_without_a_verdict_is_worth_nothing(source):
    """A cell that tests nothing, is no Python or leaves early gives 0 and says why."""
    mark = run(source).mark
    assert mark.score == 0.0
    assert mark.words


def test_statements_and_functions_see_the_students_names():
    """At the top, in a function, a comprehension, a generator, a class body, a lambda and a default."""
    source = (
        "assert x == 2\n"
        "def f(y=x):\n    return [x for _ in range(y)]\n"
        "assert f() == [2, 2]\n"
        "assert sum(x for _ in range(3)) == 6\n"
        "class C:\n    z = x\n    def g(self):\n        return x\n"
        "assert (C.z, C().g()) == (2, 2)\n"
        "assert (lambda: {x: x for _ in [0]})() == {2: 2}\n"
        "assert eval('x') == 2\n"
        "assert 'x' in globals() and 'x' in dir() and 'x' in locals() and globals()['x'] == 2\n"
        "assert 'nobody' not in globals() and globals().get('nobody', 7) == 7\n"
    )
    assert run(source, x=2).mark.score == 4.0


def test_the_cells_own_names_and_pythons_win():
    """What the cell binds, and what Python has built in, is not asked of the student."""
    notebook = {"abs": 0, "len": 1, "np": 2, "helper": 3, "open": 4}
    source = (
        "import numpy as np\n"
        "def helper(v):\n    return abs(v) + len([v])\n"
        "assert helper(-1) == 2\nassert np.ones(2).sum() == 2\nassert callable(open)"
    )
    assert run(source, **notebook).mark.score == 4.0


def test_a_missing_name_is_told_as_such():
    """The student reads which name the notebook lacks; inside a try the teacher may expect it."""
    mark = run("assert he_init(3)").mark
    assert (mark.score, mark.outcome) == (0.0, "not attempted")
    assert mark.words == "the notebook does not define 'he_init'"
    assert run("try:\n    x\nexcept NameError:\n    pass\nassert True").mark.score == 4.0


def test_an_answer_is_looked_up_once_for_a_test():
    """A name that is asked for twice could be answered twice: below 3 once and above 5 the other time."""
    notebook = Notebook()
    answers = iter([1, 9])
    notebook.lookup = lambda name: next(answers)
    names = Names(notebook, origins={}, shared={}, stars=[])
    cell = test_cell("assert x < 3\nassert x > 5")
    assert run_grade_cell(cell, names, seed=b"s", lang="en", seconds=9, verdicts=[]).mark.score == 0.0


def test_a_test_that_never_ends_is_stopped():
    """A loop of the teacher's that waits for a student's value to converge costs that exercise alone."""
    mark = run("while x < 1:\n    try:\n        pass\n    except Exception:\n        pass", x=0, seconds=0.2).mark
    assert (mark.score, mark.outcome, mark.words) == (0.0, "broke", "stopped after 0.2 s")


HIDDEN = """\
def close(value, wanted):
    print("comparing", value)
    assert value == wanted, f"{value} is not {wanted}"
print("visible")
### BEGIN HIDDEN TESTS
print("secret 17")
close(x, 17)
### END HIDDEN TESTS"""


def test_hidden_tests_leave_no_trace():
    """Neither what they print nor what they say when they fail, directly or in a visible function, gets out."""
    tested = run(HIDDEN, x=3)
    assert tested.mark.score == 0.0
    assert tested.mark.words == "a hidden test failed"
    assert "visible" in str(tested.outputs)
    assert "17" not in str(tested.outputs)
    assert "comparing" not in str(tested.outputs)


def test_lines_between_the_marks_are_hidden():
    """Both lines with the marks go too; what is not ended runs to the end of the cell."""
    assert hidden_lines("a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc") == {2, 3, 4}
    assert hidden_lines("a\n# BEGIN HIDDEN TESTS\nb\nc") == {2, 3, 4}
    assert released(HIDDEN).endswith('print("visible")')


def test_what_was_printed_is_kept_in_order_and_bounded():
    """stdout and stderr of visible lines go to the feedback page."""
    tested = run("import sys\nprint('a', 1, sep='-')\nprint('b', file=sys.stderr)\nfor i in range(9999): print('long')")
    assert [output["name"] for output in tested.outputs] == ["stdout", "stderr", "stdout"]
    assert tested.outputs[0]["text"] == "a-1\n"
    assert sum(len(output["text"]) for output in tested.outputs) == 20_000


def test_imports_from_the_future_and_magics_do_no_harm():
    """Cells from old notebooks run as they did."""
    assert run("from __future__ import annotations, print_function\n%matplotlib inline\ndef f(x: Nope): return x\nassert f(2) == 2").mark.score == 4.0


def test_our_checks_give_points_outcome_and_card():
    """The verdict of initlab.checks is the mark, its first finding the words, its card the output."""
    source = "from initlab import checks\nchecks.sigma_sq_derived(s)"
    right, wrong, undone = run(source, 2, s=0.025), run(source, 2, s=0.5), run(source, 2, s=...)
    assert (right.mark.score, right.mark.outcome, right.mark.words) == (2.0, "right", "")
    assert (wrong.mark.score, wrong.mark.outcome) == (0.0, "wrong")
    assert wrong.mark.words
    assert (undone.mark.score, undone.mark.outcome) == (0.0, "not attempted")
    assert [list(output["data"]) for output in right.outputs] == [["text/html", "text/plain"]]


def test_a_check_that_is_not_the_last_line_still_counts():
    """Running to the end of the cell is not full marks when a check has spoken."""
    source = "from initlab import checks\nscore = checks.sigma_sq_derived(s)"
    assert run(source, 2, s=0.5).mark.score == 0.0
    assert run(source, 2, s=0.025).mark.score == 2.0


def test_warnings_of_numpy_reach_nobody(capfd):
    """An overflow on purpose is no error, and says nothing on the grader's own stderr."""
    assert run("import numpy as np\nnp.float64(1e308) * 10\nassert True").mark.score == 4.0
    assert capfd.readouterr().err == ""
    assert np.geterr()["over"] == "warn"


def test_a_fault_of_the_graders_own_is_not_a_wrong_answer(monkeypatch):
    """An exception that comes out of initlab's code below the grade cell is told apart, so that the run says so."""
    monkeypatch.setattr("initlab.rubric.forward_pass.near", None)
    mark = run("from initlab import checks\nchecks.sigma_sq_derived(s)", 2, s=0.5).mark
    assert (mark.score, mark.outcome) == (0.0, "fault")
    assert "TypeError" in mark.words


def test_nothing_that_a_cell_writes_reaches_the_terminal(capfd):
    """Text of a student's could steer it; a teacher who catches what is printed gets it."""
    source = (
        "import contextlib, io, pprint, sys\n"
        "sys.stdout.write(x)\npprint.pprint(x)\nprint(x, file=sys.stderr)\n"
        "with contextlib.redirect_stdout(io.StringIO()) as caught:\n    print('mine')\n"
        "assert caught.getvalue() == 'mine\\n'\n"
        "### BEGIN HIDDEN TESTS\npprint.pprint('hidden')\n### END HIDDEN TESTS\n"
    )
    tested = run(source, x="\x1b[2Jforged")
    assert (tested.mark.score, capfd.readouterr()) == (4.0, ("", ""))
    assert [(one["name"], one["text"]) for one in tested.outputs] == [
        ("stdout", "\x1b[2Jforged'\\x1b[2Jforged'\n"),
        ("stderr", "\x1b[2Jforged\n"),
    ]


@pytest.mark.parametrize("source", ["%%bash\ntrue", "assert f({1}) == 1", "assert f(lambda y: y) == 1"])
def test_a_cell_that_cannot_work_here_is_not_a_students_mistake(student, source):
    """The run says so, in place of a 0 for the whole class that looks like any other."""
    names = Names(student("x = 1\ndef f(y): return 1"), origins={}, shared={}, stars=[])
    mark = run_grade_cell(test_cell(source), names, seed=b"s", lang="en", seconds=9, verdicts=[]).mark
    assert (mark.score, mark.outcome) == (0.0, "fault")
    assert mark.words.startswith("the grade cell")


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (NameError("name 'fan_in' is not defined"), "NameError: name 'fan_in' is not defined"),
        (ValueError(), "ValueError"),
        (StudentStopped("stopped after 30 s in a call of f"), "stopped after 30 s in a call of f"),
    ],
)
def test_the_table_says_what_broke_a_function(problem, words):
    """Not that something did: a teacher tells an endless loop from a misspelt name without opening a page."""

    def he_init_params(K, D, rng):
        raise problem

    problem.student_lines = ()
    mark = run("from initlab import checks\nchecks.he_init_params(f)", f=he_init_params).mark
    assert (mark.outcome, mark.words) == ("broke", words)
