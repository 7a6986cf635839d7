"""What a teacher sees on a terminal while and after a class is graded."""

import io

from rich.console import Console

from initlab.grading import report


def told(*, terminal: bool) -> tuple[list, str]:
    """Follow three results; return them and what was written."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=80)
    return list(report.followed(iter("abc"), 3, console)), out.getvalue()


def test_a_terminal_is_told_how_far_a_run_is():
    """A hundred notebooks take minutes; silence looks like a machine that hangs."""
    results, said = told(terminal=True)
    assert results == ["a", "b", "c"]
    assert "1/3" in said and "3/3" in said


def test_a_file_holds_no_bar():
    """The log of a night's run is the table and nothing else."""
    assert told(terminal=False) == (["a", "b", "c"], "")
