"""Every graded cell of the lab stands in the notebook once, in its place, whatever became of it on the way."""

import random

from initlab.grading.arrange import arrange
from initlab.grading.lab import Lab, LabCell
from initlab.grading.submission import Cell


def answer(name: str) -> LabCell:
    """Make the record of an answer cell."""
    return LabCell(name, "code", f"{name} = ...", None, False, False, True, False, 0.0)


def check(name: str) -> LabCell:
    """Make the record of a grade cell."""
    return LabCell(f"check_{name}", "code", f"assert {name}", None, True, True, False, False, 2.0)


ESSAY = LabCell("essay", "markdown", "Write.", None, False, True, True, False, 3.0)
TASK = LabCell("task", "markdown", "Do.", None, True, False, False, True, 1.0)
SETUP = LabCell("setup", "code", "import numpy", None, True, False, False, False, 0.0)
LAB = Lab("ps", "ps", (SETUP, answer("a"), check("a"), answer("b"), check("b"), ESSAY, TASK, answer("c"), check("c")), ())


def cell(grade_id: str, source: str | None = None, kind: str = "code", **claim) -> Cell:
    """Make a submitted cell that claims an id."""
    return Cell(kind, f"{grade_id} = 1" if source is None else source, {"grade_id": grade_id, **claim})


def intact() -> list[Cell]:
    """Return a submission that keeps the lab's cells, with prose and a cell of the student's between them."""
    return [
        Cell("markdown", "# Title"), cell("setup"), cell("a"), cell("check_a"), Cell("code", "mine = 1"), cell("b"),
        cell("check_b"), cell("essay", "Text.", "markdown"), cell("task", "?", "markdown"), cell("c"), cell("check_c"),
    ]  # fmt: skip


def order(cells: list[Cell]) -> list[str]:
    """Arrange a submission and return what stands where: ids of known cells, sources of the others."""
    return [placed.known.grade_id if placed.known else placed.source for placed in arrange(cells, LAB).cells]


EXPECTED = ["# Title", "setup", "a", "check_a", "mine = 1", "b", "check_b", "essay", "task", "c", "check_c"]


def test_an_intact_notebook_stays_as_it_is():
    """Nothing is moved and nothing is said; locked cells have the lab's text, answers the student's."""
    arranged = arrange(intact(), LAB)
    assert order(intact()) == EXPECTED
    assert arranged.notes == ()
    sources = {placed.known.grade_id: placed.source for placed in arranged.cells if placed.known}
    assert (sources["setup"], sources["a"], sources["check_a"]) == ("import numpy", "a = 1", "assert a")
    assert (sources["essay"], sources["task"]) == ("Text.", "Do.")


def test_a_deleted_grade_cell_comes_back_before_the_next_known_cell():
    """So late that an answer which lost its id, or was split in two, has run before it."""
    cells = [c for c in intact() if c.grade_id != "check_a"]
    assert order(cells) == ["# Title", "setup", "a", "mine = 1", "check_a", *EXPECTED[5:]]
    assert arrange(cells, LAB).notes == ("check_a was missing and has been put back",)


def test_deleted_written_answers_and_tasks_come_back():
    """Their rows in the gradebook get a place to show."""
    cells = [c for c in intact() if c.grade_id not in ("essay", "task")]
    assert [name for name in order(cells) if name in ("essay", "task")] == ["essay", "task"]


def test_an_empty_notebook_gets_every_graded_cell_in_order():
    """Also where nothing of the lab is left."""
    assert order([]) == ["check_a", "check_b", "essay", "task", "check_c"]


def test_a_copied_grade_cell_counts_once():
    """The copy in its place counts; the others are shown and not run, wherever they stand."""
    cells = intact()
    cells.insert(1, cell("check_a"))
    cells.append(cell("check_a"))
    arranged = arrange(cells, LAB)
    assert [placed.known.grade_id for placed in arranged.cells if placed.known].count("check_a") == 1
    assert [placed.runs for placed in arranged.cells if placed.claim == "check_a"] == [False, True, False]
    assert arranged.notes == ("check_a was there 3 times and counts once",)


def test_a_copied_answer_runs_every_time_and_stands_where_it_was_worked_on():
    """A stub left beside the answer does not make it unanswered."""
    cells = intact()
    cells.insert(2, cell("a", "a = ..."))
    arranged = arrange(cells, LAB)
    assert [placed.known is not None for placed in arranged.cells if placed.claim == "a"] == [False, True]
    assert all(placed.runs for placed in arranged.cells if placed.claim == "a")


def test_a_grade_cell_above_its_exercise_is_put_behind_it():
    """A test that runs before the answer would test nothing of it."""
    cells = intact()
    cells.insert(1, cells.pop(3))
    assert order(cells)[:6] == ["# Title", "setup", "a", "mine = 1", "check_a", "b"]
    assert arrange(cells, LAB).notes == ("check_a stood before its exercise and has been put behind it",)


def test_in_any_order_each_grade_cell_follows_its_answers_and_the_grade_cells_before_it():
    """Hundred shuffles: grade cells in the gradebook's order, each behind all answers that precede it there."""
    rng = random.Random(0)
    graded = ["check_a", "check_b", "check_c"]
    for _ in range(100):
        cells = intact()
        rng.shuffle(cells)
        found = order(cells)
        assert [name for name in found if name in graded] == graded
        for number, name in enumerate(graded):
            assert all(found.index(earlier) < found.index(name) for earlier in "abc"[: number + 1])


def test_the_gradebook_decides_on_text_and_type():
    """A grade cell rewritten, retyped, made worth more or claimed to be an answer is what it was."""
    cells = intact()
    cells[3] = cell("check_a", "pass", "raw", points=100, solution=True, locked=False)
    cells[2] = cell("a", "a = 5", "markdown")
    placed = {p.known.grade_id: p for p in arrange(cells, LAB).cells if p.known}
    assert (placed["check_a"].cell_type, placed["check_a"].source) == ("code", "assert a")
    assert placed["check_a"].known.points == 2.0
    assert (placed["a"].cell_type, placed["a"].source) == ("code", "a = 5")


def test_a_cell_that_claims_to_be_a_grade_cell_and_is_unknown_is_the_students():
    """It runs as any other code of the student's."""
    cells = [*intact(), cell("bonus", "2.0", grade=True, points=50, locked=True)]
    last = arrange(cells, LAB).cells[-1]
    assert (last.known, last.runs, last.source) == (None, True, "2.0")
