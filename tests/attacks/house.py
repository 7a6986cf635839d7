"""A course to attack: grades a hostile notebook beside an honest one and looks at everything around it.

    def test_something(house):
        house.repels(house.answered(square="def square(x): ..."))

`repels` asserts what every attack has to meet: 0 marks, no fault of the grader, the honest neighbour who
comes after it graded as ever, no process left behind, nobody called by network, nothing on the teacher's
terminal but text, and nothing changed outside: every file of the course, of the class, of the grader's
temporary folder and of its home, and every other row of the gradebook.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import re
import shutil
import sqlite3
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import nbformat
from digging import MARKERS
from doors import Doors
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from paper import REACHED, Attack, Paper, Places
from rich.console import Console
from traitlets.config import Config

from initlab.grading import linux, report
from initlab.grading.batch import Run, collect
from initlab.grading.kernels import Setting
from initlab.grading.limits import Limits
from initlab.grading.marks import Graded

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))
import other_course  # noqa: E402
from here import Here  # noqa: E402

ATTACKER, NEIGHBOUR, BYSTANDER = "attacker", "neighbour", "bystander"  # in the order in which they are graded
_PR_SET_CHILD_SUBREAPER = 36
LAB = other_course.ASSIGNMENT
FULL = 29.0

# Small, so that an attack that uses one of them up takes a second and not half a minute.
LIMITS = Limits(
    memory=256 << 20, cpu_seconds=8, wall_seconds=12, cell_seconds=2, written_bytes=4 << 20, output_bytes=200_000
)

_ANSWERED_BY_CHECKS = {  # exercises of the labs, with their points and what their grade cells ask for
    "network_size": (1, "all_weights, all_biases", "all_weights"),
    "sigma_sq_by_experiment": (2, "sigma_sq_omega", "sigma_sq_omega"),
    "sigma_sq_derived": (2, "sigma_sq_derived", "sigma_sq_derived"),
    "he_init_params": (5, None, "he_init_params"),
    "predicted_ratio": (2, "predicted_ratio", "predicted_ratio"),
    "backward_pass": (5, None, "backward_pass"),
    "mislabelled_print": (3, "printed_quantity, true_std_dl_dh", "printed_quantity, true_std_dl_dh"),
}
_PARAMETERS = {"he_init_params": "K, D, rng", "backward_pass": "all_weights, all_biases, all_f, all_h, y"}

HONEST = {
    "square": "def square(x):\n    return x * x",
    "mean": "def mean(xs):\n    return float(np.mean(xs))",
    "constant": "x = 0.5",
    "network_size": "all_weights = [np.ones((80, 1))] + [np.ones((80, 80))] * 49 + [np.ones((1, 80))]",
    "sigma_sq_by_experiment": "sigma_sq_omega = 0.0254",
    "sigma_sq_derived": "sigma_sq_derived = 2 / 80",
    "he_init_params": "def he_init_params(K, D, rng):\n    widths = [1] + [D] * K + [1]\n"
    "    weights = [rng.normal(size=(a, b)) * np.sqrt(2 / b) for a, b in zip(widths[1:], widths[:-1])]\n"
    "    return weights, [np.zeros((a, 1)) for a in widths[1:]]",
    "predicted_ratio": "predicted_ratio = 0.95 ** 24.5",
    "backward_pass": "def backward_pass(all_weights, all_biases, all_f, all_h, y):\n"
    "    n = len(all_weights)\n    dw, db, dh, df = ([None] * n for _ in range(4))\n"
    "    df[-1] = 2 * (all_f[-1] - y)\n    for k in reversed(range(n)):\n"
    "        dw[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)\n"
    "        dh[k] = all_weights[k].T @ df[k]\n        if k:\n            df[k - 1] = dh[k] * (all_f[k - 1] > 0)\n"
    "    return dw, db, dh, df",
    "mislabelled_print": 'printed_quantity, true_std_dl_dh = "dl_df", 1477.322',
}


def _lesson() -> list:
    """Return the teacher's notebook: exercises as any teacher writes them for nbgrader, and those of the labs."""
    solution = "### BEGIN SOLUTION\n# {}\n{}\n### END SOLUTION"
    marker = MARKERS["a solution"].decode()
    cells = [
        other_course.plain("import numpy as np\nfrom math import isclose\nfrom initlab import checks"),
        other_course.locked("tools", "def near(a, b):\n    return abs(a - b) < 1e-9"),
        other_course.answer("square", "def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"),
        other_course.tests(
            "check_square",
            2,
            "assert square(3) == 9\n### BEGIN HIDDEN TESTS\n"
            f"# {MARKERS['a hidden test'].decode()}\n"
            "assert [square(x) for x in range(7)] == [x * x for x in range(7)]\n"
            "assert near(square(0.25), 0.0625)\n### END HIDDEN TESTS",
        ),
        other_course.answer("mean", "def mean(xs):\n    ### BEGIN SOLUTION\n    return np.mean(xs)\n    ### END SOLUTION"),
        other_course.tests(
            "check_mean",
            2,
            "cases = [np.arange(5.0), np.array([2.5, -1.0])]\n"
            "for found, case in zip(map(mean, cases), cases, strict=True):\n"
            "    np.testing.assert_allclose(found, np.mean(case))\n"
            "assert np.all(np.isclose(mean(np.ones(4)), 1.0)) and isclose(mean(np.ones(4)), 1.0)",
        ),
        other_course.answer("constant", "x = ...\n" + solution.format(marker, "x = 0.5")),
        other_course.tests("check_constant", 2, "assert abs(x - 0.5) < 1e-6\nassert 0.4 < x < 0.6\nassert not x > 0.6"),
        other_course.tests(
            "check_partial",
            3,
            "score = 0.0\nif square(4) == 16:\n    score += 1.5\nif mean([3.0, 5.0]) == 4:\n    score += 1.5\nscore",
        ),
    ]
    for name, (points, targets, asked) in _ANSWERED_BY_CHECKS.items():
        if targets is None:
            body = f"def {name}({_PARAMETERS[name]}):\n    " + solution.format(marker, "return None").replace("\n", "\n    ")
        else:
            body = f"{targets} = {', '.join(['...'] * len(targets.split(',')))}\n" + solution.format(marker, "pass")
        cells.append(other_course.answer(name, body))
        cells.append(other_course.tests(f"check_{name}", points, f"checks.{name}({asked})"))
    return cells


@dataclass(frozen=True)
class World:
    """Everything that an attack could have changed, by name."""

    files: dict[str, tuple]
    rows: dict[str, list]
    processes: frozenset[int]


class House:
    """The course, its gradebook, and the folders around it.

    root: of the course, with source/, gradebook.db and secret in it.  temporary, home: the grader's own.
    Attacks may name these paths in their code; none of them may be read or changed.
    """

    def __init__(self, folder: Path, isolation: str | None = None):
        self.root, self.temporary, self.home = folder / "course", folder / "tmp", folder / "home"
        for path in (self.root, self.temporary, self.home):
            path.mkdir(exist_ok=True)
        (self.home / "diary.txt").write_bytes(MARKERS["a home folder"])
        self.doors = Doors(folder)
        # A child whose parents have ended becomes a child of this process, where it is seen.
        linux.prctl(_PR_SET_CHILD_SUBREAPER, 1)
        self.config: Config = other_course.make_course(self.root, _lesson())
        for name in ("data/table.csv", "helper.py"):  # what the teacher gives along with the notebook
            path = self.root / "source" / LAB / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("1, 2\n" if name.endswith("csv") else "")
        self.setting = Setting(isolation=isolation, closed=(str(self.root),), limits=LIMITS, figures=False)
        self.secret = MARKERS["the course's secret"]
        (self.root / "secret").write_bytes(self.secret)
        (self.root / "secret").chmod(0o600)
        self._class = folder / "class"
        self.places = Places(self.root, self._class, self.home, self.temporary, self.doors.ports)
        self.honest = HONEST | {"square": HONEST["square"] + f"  # {MARKERS['another submission'].decode()}"}
        (bystander,) = self.grade({BYSTANDER: self.answered(**self.honest)})
        assert bystander.score == FULL, bystander.marks
        # Reads and writes of the course that every run makes are made by now.
        self.grade({ATTACKER: self.answered(), NEIGHBOUR: self.answered(**self.honest)})

    @property
    def gradebook(self) -> Path:
        """The gradebook's file."""
        return self.root / "gradebook.db"

    def released(self) -> nbformat.NotebookNode:
        """Return the notebook as students get it; the attack may make of it what it likes."""
        return other_course.released(self.root)

    def answered(self, **answers: str) -> nbformat.NotebookNode:
        """Return the notebook with code in place of some stubs, by the ids of the answer cells."""
        return other_course.solved(self.root, **answers)

    def paper(self) -> Paper:
        """Return a submission in the making, with a wrong answer to everything."""
        return Paper(json.loads(nbformat.writes(self.released())), LAB, self.places)

    def withstands(self, attack: Attack) -> Graded:
        """Let an attack happen, assert that it did and that it got nowhere, and return what became of it."""
        paper = self.paper()
        attack.make(paper)
        graded = self.repels(paper)
        assert REACHED not in self.shown, [line for line in self.shown.splitlines() if REACHED in line]
        assert re.search(attack.sees, self.shown), f"no sign of {attack.sees!r} in:\n{self.shown[-3000:]}"
        return graded

    def repels(
        self,
        notebook: nbformat.NotebookNode | bytes | str | Paper,
        *,
        files: dict[str, bytes] | None = None,
        score: float = 0.0,
    ) -> Graded:
        """Grade a hostile notebook, assert that it got nowhere, and return what became of it.

        files: what lies beside it.  score: what it is honestly worth.
        """
        self.setting.warm()  # it belongs to what was there before, as what the neighbour hands in does
        other_course.hand_in(self._class, NEIGHBOUR, self.answered(**self.honest))
        before = self.world()
        attacker, neighbour = self.grade({ATTACKER: notebook, NEIGHBOUR: self.answered(**self.honest)}, files or {})
        after = self.world()
        assert attacker.score == score, [(mark.grade_id, mark.score, mark.words) for mark in attacker.marks]
        assert sum(self.recorded(ATTACKER).values()) == score
        assert (neighbour.score, neighbour.trouble) == (FULL, ""), neighbour.marks
        assert sum(self.recorded(NEIGHBOUR).values()) == FULL
        assert after.files == before.files, _differences(before.files, after.files)
        assert after.rows == before.rows, _differences(before.rows, after.rows)
        assert after.processes <= before.processes, f"left running: {after.processes - before.processes}"
        assert self.doors.visitors() == []
        assert not (forged := _unprintable(self.printed)), f"on the teacher's terminal: {forged!r}"
        return attacker

    def accepts(self, notebook: nbformat.NotebookNode | bytes | str, files: dict[str, bytes] | None = None) -> Graded:
        """Grade an honest notebook and assert full marks."""
        return self.repels(notebook, files=files, score=FULL)

    def page(self) -> str:
        """Return the feedback page of the notebook graded last, made anew."""
        from initlab.grading.feedback import make_pages

        assert make_pages(self.config, [(ATTACKER, LAB)]) == []
        folder = self.root / "feedback" / ATTACKER / LAB
        page = (folder / f"{LAB}.html").read_text(encoding="utf-8")
        shutil.rmtree(self.root / "feedback")
        return page

    def by_nbgrader(self) -> str:
        """Have nbgrader's own command grade what the attacker handed in last, and return what the notebook shows then."""
        made = Autograde(coursedir=CourseDirectory(config=self.config), config=self.config)
        made.log.setLevel(logging.ERROR)
        made.coursedir.assignment_id, made.coursedir.student_id, made.force = LAB, ATTACKER, True
        made.start()
        return self._outputs(ATTACKER)

    def recorded(self, student: str) -> dict[str, float]:
        """Return the marks of a student in the gradebook, by grade id, 0 where there is none."""
        with sqlite3.connect(self.gradebook) as database:
            rows = database.execute(_GRADES, (student,)).fetchall()
        return {name: (auto if manual is None else manual) or 0.0 for name, auto, manual in rows}

    def world(self) -> World:
        """Return the state of everything but what belongs to the attacker, and what the neighbour is given."""
        places = {"course": self.root, "tmp": self.temporary, "home": self.home, "class": self._class}
        files = {}
        for name, top in places.items():
            for folder, _, names in os.walk(top):
                relative = Path(name, os.path.relpath(folder, top))
                if ATTACKER in relative.parts or (NEIGHBOUR in relative.parts and name == "course"):
                    continue
                files[str(relative)] = (os.stat(folder).st_mode,)
                for file in names:
                    path = Path(folder, file)
                    if path != self.gradebook:
                        about = path.lstat()
                        content = b"" if path.is_symlink() else path.read_bytes()
                        files[str(relative / file)] = (about.st_mode, hashlib.sha256(content).hexdigest())
        for folder in ("/tmp", "/var/tmp", "/dev/shm"):
            files |= {f"{folder}/{name}": () for name in os.listdir(folder) if "REACHED" in name}
        return World(files, self._rows(), descendants())

    def grade(self, class_: dict, files: dict[str, bytes] | None = None) -> list[Graded]:
        for student in (ATTACKER, NEIGHBOUR):
            shutil.rmtree(self._class / student, ignore_errors=True)
        for student, notebook in class_.items():
            if isinstance(notebook, Paper):
                notebook.write(self._class / student / LAB)
                continue
            path = other_course.hand_in(self._class, student, notebook)
            for name, data in (files or {}).items() if student == ATTACKER else ():
                (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
                (path.parent / name).write_bytes(data)
        graded, self.shown, self.printed = [], "", ""
        for student in class_:
            run = collect(self._class / student / LAB, self.config, self.setting, self.secret, workers=1, executor=Here)
            assert run.faults == [], run.faults
            graded += run.graded
            if student == next(iter(class_)):
                self.printed = _printed(run)
                self.shown = self.printed + self._outputs(student)
        return graded

    def _outputs(self, student: str) -> str:
        """Return everything that a graded notebook shows beside its sources."""
        notebook = json.loads((self.root / "autograded" / student / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
        shown = []
        for cell in notebook["cells"]:
            shown += [cell["source"]] if "notice" in cell["metadata"].get("initlab", {}) else []
            for output in cell.get("outputs", ()):
                shown += [output.get("text", ""), output.get("ename", ""), output.get("evalue", "")]
                shown += [*output.get("traceback", ()), *map(str, output.get("data", {}).values())]
        return "\n".join(shown)

    def _rows(self) -> dict[str, list]:
        """Return every row of the gradebook that is not the attacker's or the neighbour's."""
        with sqlite3.connect(self.gradebook) as database:
            tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
            theirs = {row for query in _THEIRS for row in database.execute(query, (ATTACKER, NEIGHBOUR))}
            return {
                table: sorted(
                    repr(row) for row in database.execute(f"select * from {table}") if theirs.isdisjoint((v,) for v in row)
                )
                for table in tables
            }


_GRADES = (
    "select c.name, g.auto_score, g.manual_score from grade g join base_cell c on g.cell_id = c.id"
    " join submitted_notebook n on g.notebook_id = n.id join submitted_assignment a on n.assignment_id = a.id"
    " where a.student_id = ?"
)
_THEIRS = (
    "select id from student where id in (?, ?)",
    "select id from submitted_assignment where student_id in (?, ?)",
    "select n.id from submitted_notebook n join submitted_assignment a on n.assignment_id = a.id where a.student_id in (?, ?)",
)


def _printed(run: Run) -> str:
    """Return what a run prints on the teacher's terminal."""
    console = Console(file=io.StringIO(), width=300, force_terminal=False)
    report.marks(run, None, 0.0, console)
    return console.file.getvalue()


def _unprintable(text: str) -> str:
    """Return what of a text would steer a terminal: control characters, and those that turn the order of letters."""
    return "".join(c for c in text if unicodedata.category(c) == "Cc" and c != "\n" or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


def descendants() -> frozenset[int]:
    """Return the ids of all processes below this one, through all namespaces."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        parents[int(lines["Pid"])] = int(lines["PPid"])
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return frozenset(found)


def _differences(before: dict, after: dict) -> dict:
    return {
        name: (before.get(name), after.get(name)) for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    }
