"""Specimen answers: right and wrong ones as students write them, each with what a check must say to it.

A file holds the specimens of the exercise that it is named after, under headings such as

    # %% wrong init.xavier: Xavier's variance
    # %% wrong init.xavier, init.biases_not_zero (share 0): two mistakes at once
    # %% right (says init.same_draws): the notebook's own function
    # %% not_attempted common.blank_function: the stub
    # %% broke common.broke: a typing error

and below each heading the student's code.  What comes before the first heading is about the file.
A course's own tests and `initlab verify` read the same files.
"""

from __future__ import annotations

import linecache
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from initlab import checks, network
from initlab.checks.session import Session, opened
from initlab.rubric import EXERCISES, Outcome, Verdict

_HEADING = re.compile(
    r"# %% (?P<outcome>\w+)(?: (?P<codes>[\w.]+(?:, [\w.]+)*))?"
    r"(?: \((?:share (?P<share>[\d.]+))?(?:says (?P<says>[\w.]+))?\))?: (?P<title>.+)"
)


@dataclass(frozen=True)
class Specimen:
    """One answer and what must be said of it.

    codes: of all findings, in order.  share: of the points, or None where it isn't stated; a right answer has 1.
    says: the code of the one remark, or None.
    """

    exercise: str
    title: str
    outcome: Outcome
    codes: tuple[str, ...]
    share: float | None
    says: str | None
    source: str

    def verdict(self, *, seed: bytes | None = b"specimens", lang: str = "en") -> Verdict:
        """Return the verdict of the exercise's grade cell on this answer.

        seed: of the hidden cases, or None for the public ones that the notebook itself asks for.
        """
        # Names that the labs define or import before the exercise.
        notebook = {"np": np, "d_loss_d_output": network.d_loss_d_output, "relu": network.relu,
                    "init_params": network.init_params, "forward": network.forward}
        file = f"<{self.exercise}: {self.title}>"
        # As in a notebook, where a traceback finds the cell's lines.
        linecache.cache[file] = (len(self.source), None, self.source.splitlines(keepends=True), file)
        exec(compile(self.source, file, "exec"), notebook)
        answers = [notebook[name] for name in EXERCISES[self.exercise].answers]
        with checks.grading(seed, lang) if seed else opened(Session(lang=lang, silent=True)) as session:
            getattr(checks, self.exercise)(*answers)
        return session.verdicts[0]


def read(folder: Path) -> list[Specimen]:
    """Return the specimens of all files in a folder that are named after an exercise, in the order of the labs.

    ValueError names a heading that cannot be read.
    """
    return [specimen for path in files(folder) for specimen in read_file(path)]


def files(folder: Path) -> list[Path]:
    """Return the files in a folder that are named after an exercise, in the order of the labs."""
    return [path for exercise in EXERCISES if (path := folder / f"{exercise}.py").exists()]


def read_file(path: Path) -> list[Specimen]:
    """Return the specimens of one file, which is named after its exercise; ValueError as in `read`."""
    exercise = path.stem
    parts = re.split(r"^(?=# %% )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = []
    for part in parts[1:]:
        heading, _, source = part.partition("\n")
        match = _HEADING.fullmatch(heading)
        if match is None or match["outcome"] not in [outcome.value for outcome in Outcome]:
            raise ValueError(f"{path.name}: cannot read {heading!r}; expected '# %% wrong some.code: a title'")
        outcome = Outcome(match["outcome"])
        share = float(match["share"]) if match["share"] else 1.0 if outcome is Outcome.RIGHT else None
        codes = tuple(match["codes"].split(", ")) if match["codes"] else ()
        found.append(Specimen(exercise, match["title"], outcome, codes, share, match["says"], source))
    return found
