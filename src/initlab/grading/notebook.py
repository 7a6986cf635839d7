"""The notebook that is graded, as nbformat 4.5 writes it: rebuilt from nothing, so that nothing foreign is in it."""

from __future__ import annotations

import json

from initlab.grading.arrange import Arranged, Placed, same_text
from initlab.grading.lab import Lab, LabCell

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def as_notebook(arranged: Arranged, lab: Lab, *, digest: str, trouble: str = "") -> dict:
    """Return the notebook of arranged cells, without outputs.

    digest: of the submission's bytes.  trouble: why the submission could not be read; it is shown first.
    """
    cells = [_cell(placed, number) for number, placed in enumerate(arranged.cells, 1)]
    said = list(arranged.notes)
    if trouble:
        said.insert(0, f"This notebook could not be graded: {trouble}")
    if said:
        text = "\n".join(f"- {_plain(line)}" for line in said)
        metadata = {"initlab": {"notice": True}}
        cells.insert(0, {"cell_type": "markdown", "id": "grader", "metadata": metadata, "source": text})
    return {
        "cells": cells,
        "metadata": {
            "initlab": {"submission": digest, "trouble": trouble, "notes": list(arranged.notes)},
            "kernelspec": dict(lab.kernelspec) or dict(KERNELSPEC),
            "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def arranged_of(notebook: dict, lab: Lab) -> list[tuple[dict, Placed]]:
    """Return each cell of such a notebook with what it stands for; the grader's own notice is left out."""
    known: dict[str, LabCell] = lab.by_id
    pairs = []
    for cell in notebook["cells"]:
        metadata = cell["metadata"]
        if metadata.get("initlab", {}).get("notice"):
            continue
        cell_of_lab = known.get(metadata.get("nbgrader", {}).get("grade_id"))
        runs = metadata.get("initlab", {}).get("runs", True)
        pairs.append((cell, Placed(cell["cell_type"], cell["source"], cell_of_lab, runs)))
    return pairs


def unchanged_of(notebook: dict, lab: Lab) -> tuple[str, ...]:
    """Return the ids of the answer cells that are as they were handed out, or gone."""
    sources = {placed.known.grade_id: placed.source for _, placed in arranged_of(notebook, lab) if placed.known}
    return tuple(
        cell.grade_id
        for cell in lab.cells
        if cell.solution and same_text(sources.get(cell.grade_id, cell.source), cell.source)
    )


def text_of(notebook: dict) -> str:
    """Return a notebook as the text of its file."""
    # Without indents, which Python's slow encoder alone can make: nobody reads this file but a program.
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"


def _cell(placed: Placed, number: int) -> dict:
    metadata: dict = {}
    if placed.known is not None:
        metadata["nbgrader"] = placed.known.metadata
        if placed.known.tests:
            metadata.update(deletable=False, editable=False)
    if not placed.runs:
        metadata["initlab"] = {"runs": False}
    cell = {"cell_type": placed.cell_type, "id": f"cell-{number:03d}", "metadata": metadata, "source": placed.source}
    if placed.cell_type == "code":
        cell.update(execution_count=None, outputs=[])
    if placed.attachments:
        cell["attachments"] = placed.attachments
    return cell


def _plain(line: str) -> str:
    """Return a line that Markdown shows as it is; names in it may come from a student."""
    return "".join(f"&#{ord(c)};" if c in "<>&[]()`*_#!|\\" else c for c in line.replace("\n", " "))
