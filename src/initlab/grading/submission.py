"""Reads what a student handed in, whatever shape it is in, and keeps of it what grading needs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

MOST_BYTES = 50_000_000  # of a notebook file; a solved lab with its pictures has 300 kB
MOST_PARTS = 5_000_000  # values in its JSON; one takes up to 80 bytes, a file of nothing else 25 times its size
MOST_OLD_BYTES = 5_000_000  # of a notebook in a format before 4, which nbformat takes long to bring up to date
MOST_CELLS = 2_000
MOST_TEXT = 2_000_000  # characters of one cell


class Unreadable(ValueError):
    """A file that is no notebook; the message says in one line what is wrong with it."""


@dataclass
class Cell:
    """One cell of a submission, reduced to what is needed of it.

    claim: what its metadata holds under "nbgrader", believed for the cell's id alone.
    attachments: pictures of a markdown cell, by name and type.
    """

    cell_type: str
    source: str
    claim: dict = field(default_factory=dict)
    attachments: dict = field(default_factory=dict)

    @property
    def grade_id(self) -> str | None:
        found = self.claim.get("grade_id")
        return found if isinstance(found, str) else None


def read(data: bytes) -> list[Cell]:
    """Return the cells of a notebook file; raises Unreadable.

    Accepts version 4 with any minor version, with and without cell ids, as Colab, VS Code and JupyterLab
    write it; older versions are brought up to date by nbformat.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"the file has {len(data) / 1e6:.0f} MB, expected at most {MOST_BYTES / 1e6:.0f} MB")
    if not data.strip():
        raise Unreadable("the file is empty; save the notebook and hand it in again")
    if sum(data.count(sign) for sign in (b",", b"[", b"{")) > MOST_PARTS:
        raise Unreadable(f"the file holds more than {MOST_PARTS} values")
    try:
        notebook = json.loads(data)
    except UnicodeDecodeError as problem:
        raise Unreadable(f"the file is not UTF-8 text (byte {problem.start})") from None
    except RecursionError:
        raise Unreadable("the file is JSON nested deeper than any notebook") from None
    except ValueError as problem:
        raise Unreadable(
            f"the file is not JSON, so not a notebook ({problem}); save it in Jupyter or download it as .ipynb, "
            "and hand it in again"
        ) from None
    if not isinstance(notebook, dict) or "nbformat" not in notebook:
        raise Unreadable("the file is JSON but not a notebook: it has no 'nbformat'")
    version = notebook["nbformat"]
    if isinstance(version, int) and not isinstance(version, bool) and 1 <= version <= 3:
        if len(data) > MOST_OLD_BYTES:
            given, most = (f"{size / 1e6:.0f} MB" for size in (len(data), MOST_OLD_BYTES))
            raise Unreadable(f"the file has {given} in an old format, expected at most {most}")
        notebook = _upgraded(notebook)
    elif version != 4:
        raise Unreadable(f"the notebook says it has nbformat version {repr(version)[:40]}, expected 4")
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise Unreadable("the notebook has no list of cells")
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"the notebook has {len(cells)} cells, expected at most {MOST_CELLS}")
    return [_cell(cell, number) for number, cell in enumerate(cells, 1)]


def _cell(cell: object, number: int) -> Cell:
    if not isinstance(cell, dict):
        raise Unreadable(f"cell {number} of the notebook is not an object")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Unreadable(f"cell {number} of the notebook has no text as its source")
    if len(source) > MOST_TEXT:
        raise Unreadable(f"cell {number} of the notebook has {len(source)} characters, expected at most {MOST_TEXT}")
    # JSON can hold half a surrogate pair, which no file can.
    source = source.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    metadata = cell.get("metadata")
    claim = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    kind = cell.get("cell_type")
    return Cell(
        cell_type=kind if kind in ("code", "markdown") else "raw",
        source=source,
        claim=claim if isinstance(claim, dict) else {},
        attachments=_pictures(cell.get("attachments")) if kind == "markdown" else {},
    )


def _pictures(attachments: object) -> dict:
    kept = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        pictures = {
            kind: data
            for kind, data in (bundle.items() if isinstance(bundle, dict) else ())
            if kind in ("image/png", "image/jpeg", "image/gif") and isinstance(data, str) and is_base64(data)
        }
        if pictures:
            kept[name] = pictures
    return kept


def is_base64(data: str) -> bool:
    """Tell whether a text is base64 and nothing else."""
    return data.isascii() and all(c.isalnum() or c in "+/=\n" for c in set(data))


def _upgraded(notebook: dict) -> dict:
    import nbformat

    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception as problem:
        version = notebook["nbformat"]
        raise Unreadable(f"a notebook of nbformat version {version} that cannot be read ({problem!r:.80})") from None
