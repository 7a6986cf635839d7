"""Puts the cells of a submission beside those of the lab: every graded cell once, in its place, as it was written."""

from __future__ import annotations

from dataclasses import dataclass, field

from initlab.grading.lab import Lab, LabCell
from initlab.grading.submission import Cell


@dataclass
class Placed:
    """One cell of the notebook to be graded.

    known: the lab's own record of the cell, or None for a cell that is the student's alone.
    runs: False for a copy of a grade cell, which is shown and not run.
    claim: the id that the student's metadata gives it.
    """

    cell_type: str
    source: str
    known: LabCell | None = None
    runs: bool = True
    attachments: dict = field(default_factory=dict)
    claim: str | None = None


@dataclass(frozen=True)
class Arranged:
    """The cells in the order in which they are graded, and what was mended, one line each."""

    cells: list[Placed]
    notes: tuple[str, ...]


def arrange(submitted: list[Cell], lab: Lab) -> Arranged:
    """Return the notebook to be graded.

    Of a submitted cell's metadata only its id is believed, and only where the gradebook knows it; text and type
    of locked cells, type of all known cells, and points come from the gradebook. Answers run in the
    student's order. A grade cell stays where the student has it when that is behind the known cells that
    precede it in the lab; else it goes as far down as the next one that follows it there.
    """
    known = lab.by_id
    rank = {cell.grade_id: place for place, cell in enumerate(lab.cells)}
    cells = [
        Placed(cell.cell_type, cell.source, attachments=cell.attachments, claim=cell.grade_id) for cell in submitted
    ]
    copies: dict[str, list[Placed]] = {}
    for placed, cell in zip(cells, submitted, strict=True):
        if cell.grade_id in known:
            copies.setdefault(cell.grade_id, []).append(placed)
    notes = []
    for grade_id, found in copies.items():
        if not known[grade_id].tests:
            _adopt(_chosen(found, known[grade_id]), known[grade_id])
    for cell in lab.graded:
        found = copies.get(cell.grade_id, [])
        ahead = {grade_id for grade_id in rank if rank[grade_id] < rank[cell.grade_id]}
        behind = [i for i, placed in enumerate(cells) if placed.known and placed.known.grade_id in ahead]
        lower = max(behind, default=-1) + 1
        if not cell.tests:
            if not found:
                notes.append(f"{cell.grade_id} was missing and has been put back")
                _insert(cells, Placed(cell.cell_type, cell.source, cell, claim=cell.grade_id), lower, rank)
            continue
        below = range(lower, len(cells))
        place = next((i for i in below if any(cells[i] is copy for copy in found)), None)
        for copy in found:
            if place is None or copy is not cells[place]:
                copy.runs = False
        if place is not None:
            _adopt(cells[place], cell)
        else:
            _insert(cells, Placed(cell.cell_type, cell.source, cell, claim=cell.grade_id), lower, rank)
            if not found:
                notes.append(f"{cell.grade_id} was missing and has been put back")
            else:
                notes.append(f"{cell.grade_id} stood before its exercise and has been put behind it")
                cells[:] = [placed for placed in cells if placed is not found[-1]]
        if len(found) > 1:
            notes.append(f"{cell.grade_id} was there {len(found)} times and counts once")
    return Arranged(cells, tuple(notes))


def same_text(source: str, stub: str) -> bool:
    """Tell whether two cells hold the same, blanks at the ends of lines and empty lines around them apart."""
    one, other = ([line.rstrip() for line in text.strip().splitlines()] for text in (source, stub))
    return one == other


def _chosen(copies: list[Placed], cell: LabCell) -> Placed:
    """Return the copy of an answer that stands for it: the first that was worked on. The others run as well."""
    return next((copy for copy in copies if not same_text(copy.source, cell.source)), copies[0])


def _adopt(placed: Placed, cell: LabCell) -> None:
    placed.known = cell
    placed.cell_type = cell.cell_type
    if cell.locked:
        placed.source = cell.source
        placed.attachments = {}


def _insert(cells: list[Placed], new: Placed, lower: int, rank: dict[str, int]) -> None:
    after = (i for i in range(lower, len(cells)) if rank.get(cells[i].claim, -1) > rank[new.known.grade_id])
    cells.insert(next(after, len(cells)), new)
