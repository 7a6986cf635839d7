"""Prints what a run came to: the marks, what went wrong in a few words, and where everything is."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from initlab.grading.course import Course
from initlab.grading.marks import BROKE, BY_HAND, FAULT, NOT_ATTEMPTED, RIGHT, WRONG, Graded, Mark

# A sign besides the colour: the four outcomes stay apart on any terminal and in a file.
SIGNS = {
    RIGHT: ("✓", "green"),
    WRONG: ("✗", "red"),
    NOT_ATTEMPTED: ("○", "blue"),
    BROKE: ("!", "magenta"),
    BY_HAND: ("?", "yellow"),
    FAULT: ("‼", "bold red"),
}
_TURNING = "\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\u2068"


def marks(run, isolation: str | None, seconds: float, console: Console | None = None) -> None:
    """Print one table for each lab, and one plain line for each thing that could not be graded."""
    console = console or _console()
    if isolation == "none":
        console.print(Text("warning: student code ran without isolation and could do whatever you can do", "bold red"))
    else:
        for said in sorted({one.gaps for one in run.graded} - {""}):
            console.print(Text(f"warning: {said}", "yellow"), soft_wrap=True)
    for lab, graded in groupby(run.graded, key=lambda one: one.lab):
        console.print(_table(lab, list(graded), console.width))
    seen = {mark.outcome for one in run.graded for mark in one.marks}
    if seen:
        console.print(Text("   ".join(f"{sign} {name}" for name, (sign, _) in SIGNS.items() if name in seen)))
    for line in run.notes:
        console.print(Text(f"note: {_line(line)}"), soft_wrap=True)
    for one in run.graded:
        if one.trouble:
            console.print(Text(_line(f"not graded: {one.student}/{one.lab}: {one.trouble}")), soft_wrap=True)
    for one in run.astray:
        console.print(Text(_line(f"not graded: {one.student}/{one.lab}: {one.trouble}")), soft_wrap=True)
    for line in run.faults:
        console.print(Text(f"fault: {_line(line)}"), soft_wrap=True)
    handed_in = len(run.graded) + len(run.astray)
    marked = sum(not one.trouble for one in run.graded)
    console.print(Text(f"{handed_in} handed in, {marked} graded in {seconds:.1f} s"))


def places(course: Course, pageless: list[tuple[str, str]], console: Console | None = None) -> None:
    """Print where the gradebook, the feedback pages and the student notebooks are.

    pageless: (student, lab) of those whose page could not be made.
    """
    console = console or _console()
    for student, lab in pageless:
        console.print(Text(_line(f"fault: no feedback page could be made for {student}/{lab}")))
    for what, path in (
        ("gradebook", course.gradebook),
        ("feedback pages", course.build / "feedback"),
        ("student notebooks", course.root / "notebooks"),
    ):
        console.print(Text(f"{what}: {path}"), soft_wrap=True)


def _table(lab: str, graded: list[Graded], width: int) -> Table:
    """Return the marks of one lab; where names of exercises do not fit beside each other they become numbers."""
    exercises = [mark.exercise for mark in graded[0].marks]
    numbered = sum(len(name) + 3 for name in exercises) > width - 50
    names = [str(number) for number, _ in enumerate(exercises, 1)] if numbered else exercises
    legend = ", ".join(f"{number} {name}" for number, name in enumerate(exercises, 1)) if numbered else None
    table = Table(
        title=Text(lab),
        title_justify="left",
        caption=legend and Text(legend),
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    table.add_column("student", overflow="fold")
    for name, mark in zip(names, graded[0].marks, strict=True):
        table.add_column(Text(f"{name}\nof {mark.points:g}"), justify="right", no_wrap=True)
    table.add_column("marks", justify="right", no_wrap=True)
    table.add_column("what went wrong", overflow="fold", ratio=1)
    table.add_column("s", justify="right", no_wrap=True)
    for one in graded:
        table.add_row(
            Text(_line(one.student)),
            *(_cell(mark) for mark in one.marks),
            Text(f"{one.score:g}/{one.points:g}", "bold"),
            Text(_wrong(one, names)),
            Text(f"{one.seconds:.1f}"),
        )
    return table


def _cell(mark: Mark) -> Text:
    sign, colour = SIGNS[mark.outcome]
    given = "–" if mark.score is None else f"{mark.score:g}"
    return Text(f"{given} {sign}", colour)


def _wrong(graded: Graded, names: list[str]) -> str:
    if graded.trouble:
        return "not graded, see below"
    if all(mark.outcome == NOT_ATTEMPTED for mark in graded.marks):
        return "nothing attempted"
    said = (
        f"{name}: {_line(mark.words)}"
        for name, mark in zip(names, graded.marks, strict=True)
        if mark.words and mark.outcome != BY_HAND
    )
    return "\n".join(said)


def _line(text: str) -> str:
    """Return a text as one line in which nothing steers the terminal: a student may have written it.

    Control characters move the cursor and forge other students' lines; some others turn the order of letters.
    """
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" or c in _TURNING else c for c in text)


def _console() -> Console:
    return Console(soft_wrap=False, highlight=False)
