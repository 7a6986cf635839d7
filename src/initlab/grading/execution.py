"""Grades one submission: a pure function of its bytes, the lab, the seeds and the limits.

It touches no gradebook and no file of the course, so the same call works in this process, in a pool of
processes, or on another machine. Answer cells run in the student's kernel, grade cells here.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace

from initlab.grading.arrange import Arranged, arrange
from initlab.grading.bindings import origins, star_imports
from initlab.grading.chance import Chance
from initlab.grading.gradecell import Tested, few, run_grade_cell
from initlab.grading.kernels import Setting
from initlab.grading.lab import Lab, LabCell
from initlab.grading.limits import mapped_bytes
from initlab.grading.marks import BROKE, BY_HAND, NOT_ATTEMPTED, WRONG, Graded, Mark
from initlab.grading.namespace import Names
from initlab.grading.notebook import arranged_of, as_notebook, text_of, unchanged_of
from initlab.grading.outputs import Showcase
from initlab.grading.ownfiles import laid_out
from initlab.grading.secret import digest
from initlab.grading.submission import Unreadable, read
from initlab.grading.workplace import workplace

# For all grade cells of a submission together: what students' functions return is bounded for each call alone.
MOST_MEMORY = 2 << 30


@dataclass(frozen=True)
class Task:
    """Everything that grading one submission depends on.

    submission: the bytes of the notebook, or None where there is none to read; trouble then says why.
    files: what lies beside the notebook, by name.  seeds: of the hidden cases, by grade id.
    stamp: when it was handed in, as its timestamp.txt has it.
    """

    student: str
    lab: Lab
    submission: bytes | None
    seeds: dict[str, bytes]
    setting: Setting = Setting()
    files: dict[str, bytes] = field(default_factory=dict)
    trouble: str = ""
    stamp: str = ""


def tidy(submission: bytes, lab: Lab, trouble: str = "", files: dict[str, bytes] | None = None) -> dict:
    """Return the notebook to be graded, without outputs; files: what lies beside it.

    A submission that cannot be read gives the lab's graded cells alone, with the reason on top.
    """
    cells = []
    try:
        if not trouble:
            cells = read(submission)
    except Unreadable as problem:
        trouble = str(problem)
    arranged = arrange(cells, lab)
    if trouble:
        arranged = Arranged(arranged.cells, ())
    return as_notebook(arranged, lab, digest=digest(submission, files), trouble=trouble)


def grade_task(task: Task) -> Graded:
    """Grade one submission.

    Whatever the submission does costs it marks; an exception from here is a fault of the grader, or an
    IsolationError where student code cannot be isolated.
    """
    started = time.monotonic()
    notebook = tidy(task.submission or b"", task.lab, task.trouble, task.files)
    about = notebook["metadata"]["initlab"]
    spent: dict[str, float] = {"read": time.monotonic() - started}
    gaps = ""
    if about["trouble"]:
        marks = unmarked(notebook, task.lab, about["trouble"])
    else:
        begun = time.monotonic()
        with laid_out(task.files, task.lab.files) as folder, task.setting.open(folder) as kernel:
            _add(spent, "fork", begun)
            gaps = kernel.gaps
            marks = run(notebook, task.lab, kernel, task.seeds, task.setting.limits.cell_seconds, spent)
            begun = time.monotonic()
        _add(spent, "fork", begun)
    begun = time.monotonic()
    text = text_of(notebook)
    _add(spent, "write", begun)
    return Graded(
        student=task.student,
        lab=task.lab.assignment,
        name=task.lab.name,
        marks=tuple(marks),
        notebook=text,
        digest=about["submission"],
        trouble=about["trouble"],
        notes=tuple(about["notes"]),
        unchanged=unchanged_of(notebook, task.lab),
        gaps=gaps,
        seconds=time.monotonic() - started,
        spent=tuple(spent.items()),
    )


def lost(task: Task, reason: str) -> Graded:
    """Return what is recorded of a submission whose grading came to nothing: 0 for every cell, and why."""
    return grade_task(replace(task, trouble=reason))


def run(
    notebook: dict,
    lab: Lab,
    kernel,
    seeds: dict[str, bytes],
    cell_seconds: float,
    spent: dict[str, float],
) -> list[Mark]:
    """Run a tidied notebook in place, from top to bottom, and return one mark for each graded cell of the lab.

    spent: gets the seconds that answer cells, grade cells and the cleaning of outputs took.
    """
    pairs = arranged_of(notebook, lab)
    unchanged = unchanged_of(notebook, lab)
    lang = language([placed.source for _, placed in pairs])
    showcase = Showcase()
    stars = star_imports(lab)
    shared: dict[str, object] = {}
    marks: dict[str, Mark] = {}
    verdicts: list = []
    failures: list[str] = []
    count = 0
    mapped = mapped_bytes()
    most = mapped + MOST_MEMORY if mapped else None
    with workplace(lab.files), Chance(b"".join(seeds[cell.grade_id] for cell in lab.graded)) as kernel.chance:
        for cell, placed in pairs:
            if placed.cell_type != "code":
                continue
            count += 1
            cell["execution_count"] = count
            begun = time.monotonic()
            if not placed.runs:
                cell["outputs"] = [_note("A copy of a grade cell: it was not run.")]
            elif placed.known is not None and placed.known.tests:
                known = placed.known
                names = Names(kernel, origins=origins(lab, known.grade_id), shared=shared, stars=stars)
                tested = run_grade_cell(
                    known,
                    names,
                    seed=seeds[known.grade_id],
                    lang=lang,
                    seconds=2 * cell_seconds,
                    verdicts=verdicts,
                    mapped=most,
                )
                shared.update(tested.bound)
                marks[known.grade_id] = _reasoned(tested, failures, _answers(lab, known.grade_id), unchanged)
                cell["outputs"] = tested.outputs
                failures = []
            else:
                ran = kernel.run(placed.source, f"cell {count}")
                _add(spent, "cells", begun)
                begun = time.monotonic()
                cell["outputs"] = showcase.safe(ran.outputs)
                if ran.stopped:
                    cell["outputs"].append(_note(ran.stopped))
                if ran.stopped or ran.error:
                    failures.append(ran.stopped or ran.error)
                _add(spent, "outputs", begun)
                continue
            _add(spent, "grade cells", begun)
    # A grade cell without a mark is the grader's fault, which a KeyError tells; it must not pass for the student's.
    return [marks[cell.grade_id] if cell.tests else _by_hand(cell, unchanged) for cell in lab.graded]


def unmarked(notebook: dict, lab: Lab, reason: str) -> list[Mark]:
    """Return marks of 0 for a notebook that could not be run, and say so in each of its grade cells."""
    for cell, placed in arranged_of(notebook, lab):
        if placed.known is not None and placed.known.tests:
            cell["outputs"] = [_note("No marks: see the top of this page.")]
    return [Mark(cell.grade_id, cell.points, 0.0, BROKE, reason) for cell in lab.graded]


def language(sources: list[str]) -> str:
    """Return the language that the notebook's set-up cell chose for the checks, English where it chose none."""
    found = [match[1] for source in sources for match in re.finditer(r"""checks\.speak\(\s*["'](en|ko)["']""", source)]
    return found[-1] if found else "en"


def _reasoned(tested: Tested, failures: list[str], answers: list[str], unchanged: tuple[str, ...]) -> Mark:
    """Return the mark, with the reason that lies behind the one the grade cell could see."""
    mark = tested.mark
    if mark.score or mark.outcome not in (NOT_ATTEMPTED, WRONG):
        return mark
    if answers and all(answer in unchanged for answer in answers):
        return replace(mark, outcome=NOT_ATTEMPTED, words="")
    if mark.outcome == NOT_ATTEMPTED and failures:
        return replace(mark, outcome=BROKE, words=few(failures[0]))
    return mark


def _answers(lab: Lab, grade_id: str) -> list[str]:
    """Return the ids of the answer cells that stand between a grade cell and the one before it."""
    answers: list[str] = []
    for cell in lab.cells:
        if cell.grade_id == grade_id:
            return answers
        if cell.tests:
            answers = []
        elif cell.solution:
            answers.append(cell.grade_id)
    return answers


def _by_hand(cell: LabCell, unchanged: tuple[str, ...]) -> Mark:
    """Return the mark of a cell that a person marks: 0 where nothing was written, else none yet."""
    if cell.solution and cell.grade_id in unchanged:
        return Mark(cell.grade_id, cell.points, 0.0, NOT_ATTEMPTED)
    return Mark(cell.grade_id, cell.points, None, BY_HAND, "waits for a person")


def _add(spent: dict[str, float], what: str, begun: float) -> None:
    spent[what] = spent.get(what, 0.0) + time.monotonic() - begun


def _note(text: str) -> dict:
    return {"output_type": "stream", "name": "stderr", "text": text + "\n"}
