"""Answers that are texts, and tests that evaluate them: in the grader, where they must not run."""

import other_course
import pytest
from other_course import answer, plain

from initlab.grading.batch import collect
from initlab.grading.kernels import Setting

LESSON = [
    plain("import numpy as np\nfrom math import sqrt"),
    answer("formula", "formula = ...\n### BEGIN SOLUTION\nformula = 'n * (n + 1) // 2'\n### END SOLUTION"),
    other_course.tests("evaluated", 1, "n = 10\nassert eval(formula) == 55"),
    other_course.tests("in_names", 1, "assert eval(formula, {'n': 10}) == 55"),
    other_course.tests("executed", 1, "exec('m = 4')\nassert m == 4 and eval('n') == 10 and eval(formula + '+ 1') == 56"),
]
# Each would leave a trace, and be worth full marks.
REACHING = [
    "open({0!r}, 'w').write('') + 55", "__import__('os').mkdir({0!r}) or 55", "np.save({0!r}, 1) or 55",
    "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == 'FileIO'][0]({0!r}, 'w') and 55",
    "(lambda f: f({0!r}, 'w') and 55)(open)", "max([{0!r}], key=lambda p: open(p, 'w')) and 55",
    "eval('open({0}, \\'w\\')') and 55", "sqrt.__self__.__loader__ and np.lib.format.open_memmap({0!r}, 'w+', shape=1) and 55",
    "sum.__self__.open({0!r}, 'w') and 55", "(open := [o for o in [sum]][0]) and np.zeros(1).tofile({0!r}) or 55",
    "f'{{open({0!r}, chr(119))}}' and 55", "print(55, file=open({0!r}, 'w')) or 55", "[*map(open, [{0!r}], 'w')] and 55",
    "'{{0.__class__}}'.format(1) and breakpoint() or 55", "globals()['__builtins__']['open']({0!r}, 'w') and 55",
]  # fmt: skip
HONEST = ["n * (n + 1) // 2", "sum(range(n + 1))", "int(np.sqrt(100) * 5.5)", "int(sqrt(n * n)) * (n + 1) // 2", "own(n)"]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose teacher evaluates what students write."""
    root = tmp_path_factory.mktemp("texts")
    return root, other_course.make_course(root, LESSON)


def scores(course, formula: str) -> list[float]:
    """Return the marks for a text, and assert that the grader did not fail."""
    root, config = course
    source = f"def own(n):\n    return 55\nformula = {formula!r}"
    other_course.hand_in(root / "class", "one", other_course.solved(root, formula=source))
    run = collect(root / "class", config, Setting(figures=False), b"s" * 32)
    assert run.faults == []
    return [mark.score for mark in run.graded[0].marks]


@pytest.mark.parametrize("formula", REACHING)
def test_no_text_runs_in_the_grader(course, tmp_path, formula):
    """Nor earns anything."""
    trace = tmp_path / "trace"
    assert scores(course, formula.format(str(trace))) == [0.0, 0.0, 0.0]
    assert not list(tmp_path.glob("trace*"))


@pytest.mark.parametrize("formula", HONEST)
def test_a_formula_is_reckoned(course, formula):
    """With numbers, the student's own functions, and those of math and numpy; and what the teacher wrote runs as ever."""
    own_names = {"np", "sqrt", "own"}
    marks = scores(course, formula)
    assert marks[0] == marks[2] == 1.0
    assert marks[1] == float(not any(name in formula for name in own_names))
