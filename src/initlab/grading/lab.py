"""A lab as its teacher wrote it: what the gradebook says of its cells, and their order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

# Files beside the teacher's notebook that go to the student's code as well: data, helper modules.
MOST_FILE_BYTES = 50_000_000


@dataclass(frozen=True)
class LabCell:
    """One cell of which nbgrader keeps a record.

    source: as the teacher wrote it, hidden tests included; of an answer cell, the stub.
    """

    grade_id: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float

    @property
    def tests(self) -> bool:
        """Whether the cell is one that the grader runs: graded code that holds no answer."""
        return self.grade and self.cell_type == "code" and not self.solution

    @property
    def metadata(self) -> dict:
        """What nbgrader keeps in the cell's metadata."""
        kept = {
            "grade": self.grade,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.cell_type,
        }
        if self.checksum is not None:
            kept["checksum"] = self.checksum
        if self.grade or self.task:
            kept["points"] = self.points
        return kept


@dataclass(frozen=True)
class Lab:
    """One notebook of one assignment.

    cells: those that the gradebook knows, in the teacher's order.
    code: (grade id or None, source) of every code cell of the teacher's notebook, in order.
    """

    assignment: str
    name: str
    cells: tuple[LabCell, ...]
    code: tuple[tuple[str | None, str], ...]
    kernelspec: dict = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[str, LabCell]:
        return {cell.grade_id: cell for cell in self.cells}

    @property
    def graded(self) -> tuple[LabCell, ...]:
        """The cells that carry points, in order."""
        return tuple(cell for cell in self.cells if cell.grade or cell.task)


def lab_from(notebook, folders: list[Path]) -> Lab:
    """Return the lab of a notebook in nbgrader's gradebook.

    notebook: nbgrader's own record of it.  folders: where the teacher's notebook may lie, best first (source,
    then release); the gradebook keeps no order and knows nothing of cells without an id, so both come from
    there.  The text, the type and the points of a cell that has an id come from the gradebook alone.
    """
    grades = {cell.name: cell for cell in notebook.grade_cells}
    tasks = {cell.name: cell for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    known = {
        cell.name: LabCell(
            grade_id=cell.name,
            cell_type=cell.cell_type,
            source=cell.source or "",
            checksum=cell.checksum,
            locked=bool(cell.locked),
            grade=cell.name in grades,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=float((grades.get(cell.name) or tasks.get(cell.name)).max_score)
            if cell.name in grades or cell.name in tasks
            else 0.0,
        )
        for cell in notebook.source_cells
    }
    written = _teachers_cells(folders, notebook.name)
    order = [name for name, _ in written if name in known]
    order += [name for name in known if name not in order]
    # An answer cell's own text shows which names the answer binds; the record of it holds but the stub.
    code = [
        (name, known[name].source if name in known and not known[name].solution else source)
        for name, source in written
        if source is not None
    ]
    seen = {name for name, _ in code}
    code += [(n, known[n].source) for n in order if n not in seen and known[n].cell_type == "code"]
    return Lab(
        assignment=notebook.assignment.name,
        name=notebook.name,
        cells=tuple(known[name] for name in order),
        code=tuple(code),
        kernelspec=json.loads(notebook.kernelspec) if notebook.kernelspec else {},
        files=_files(folders[0]) if folders else {},
    )


def _teachers_cells(folders: list[Path], name: str) -> list[tuple[str | None, str | None]]:
    """Return (grade id or None, source of a code cell or None) for each cell of the teacher's notebook."""
    for folder in folders:
        path = folder / f"{name}.ipynb"
        if path.is_file():
            cells = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
            return [
                (
                    cell["metadata"].get("nbgrader", {}).get("grade_id"),
                    "".join(cell["source"]) if cell["cell_type"] == "code" else None,
                )
                for cell in cells
            ]
    return []


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix not in (".ipynb", ".pyc")
        and path.stat().st_size <= MOST_FILE_BYTES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
