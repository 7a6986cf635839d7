"""What an attacker hands in: a notebook that is worth nothing, to be worked on, and the files beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FORWARD, BACKWARD = "01_forward_pass", "02_backward_pass"

# None of these is right, and each is an answer: the grade cells get something to judge.
WRONG = {
    FORWARD: {
        "network_size": "all_weights, all_biases = [np.zeros((3, 3))], [np.zeros((3, 1))]",
        "sigma_sq_by_experiment": "sigma_sq_omega = 7.0",
        "sigma_sq_derived": "sigma_sq_derived = 7.0",
        "he_init_params": "def he_init_params(K, D, rng):\n    return [np.zeros((3, 3))], [np.zeros((3, 1))]",
        "predicted_ratio": "predicted_ratio = 7.0",
    },
    BACKWARD: {
        "backward_pass": "def backward_pass(all_weights, all_biases, all_f, all_h, y):\n"
        "    return [[7.0 * x for x in given] for given in (all_weights, all_biases, all_h, all_f)]",
        "sigma_sq_backward": "sigma_sq_backward = 7.0",
        "re_init_params": "def re_init_params(K, D, rng):\n    return [np.zeros((3, 3))], [np.zeros((3, 1))]",
        "mislabelled_print": 'printed_quantity, true_std_dl_dh = "dl_dh", 446.654',
    },
}

# For code that tries one thing after the other: what went through says so in words that the tests look for.
ATTEMPT = '''\
def attempt(what, act):
    try:
        got = act()
    except BaseException as problem:
        print("refused:", what, "-", type(problem).__name__, str(problem)[:150])
    else:
        print("REACHED:", what, "-", repr(got)[:300])
'''
REACHED = "REACHED:"


@dataclass
class Where:
    """What an attacker may know of the machine: everything but the contents of secrets."""

    course: Path
    submissions: Path
    home: Path
    temp: Path
    ports: dict[str, object]

    def as_code(self) -> str:
        """Return cells' code that gives these places to attacking code."""
        return (
            f"COURSE, SUBMISSIONS = {str(self.course)!r}, {str(self.submissions)!r}\n"
            f"HOME, TEMP, PORTS = {str(self.home)!r}, {str(self.temp)!r}, {self.ports!r}\n"
        )


class Paper:
    """A submission in the making.

    cells: those of the released notebook that matter (set-up, imports, answers, grade cells), as JSON objects.
    files: what is to lie beside the notebook, by name.  raw: bytes to hand in instead of the notebook.
    folder: set where the attack lays out its folder by itself, as a function of the folder's path.
    """

    def __init__(self, released: Path, where: Where, lab: str = FORWARD):
        self.lab, self.where = lab, where
        self.notebook = json.loads((released / lab / f"{lab}.ipynb").read_text(encoding="utf-8"))
        # Markdown and the cells that draw take time, and no attack needs them.
        self.cells = [cell for cell in self.notebook["cells"] if _matters(cell)]
        self.notebook["cells"] = self.cells
        self.files: dict[str, bytes] = {}
        self.raw: bytes | None = None
        self.folder: Callable[[Path], None] | None = None
        self.answer(**WRONG[lab])

    def answer(self, **sources: str) -> None:
        """Fill in answer cells, by exercise."""
        for exercise, source in sources.items():
            self.cell(exercise)["source"] = source

    def cell(self, grade_id: str) -> dict:
        """Return the cell of the released notebook with this id."""
        return next(cell for cell in self.cells if claim(cell) == grade_id)

    def first(self, source: str) -> None:
        """Put a code cell behind the imports, before every answer."""
        place = next(i for i, cell in enumerate(self.cells) if claim(cell))
        self.cells.insert(place, code(source))

    def last(self, source: str) -> None:
        """Put a code cell at the end."""
        self.cells.append(code(source))

    def bytes(self) -> bytes:
        """Return the notebook as it is handed in."""
        return json.dumps(self.notebook).encode() if self.raw is None else self.raw

    def write(self, folder: Path) -> None:
        """Lay the submission out in the folder of its student."""
        if self.folder is not None:
            self.folder(folder)
            return
        target = folder / self.lab
        target.mkdir(parents=True)
        (target / f"{self.lab}.ipynb").write_bytes(self.bytes())
        for name, data in self.files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def claim(cell: dict) -> str | None:
    """Return the id that nbgrader's metadata of a cell give it."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def code(source: str) -> dict:
    """Make a code cell."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def markdown(source: str) -> dict:
    """Make a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _matters(cell: dict) -> bool:
    source = "".join(cell["source"])
    return claim(cell) is not None or (cell["cell_type"] == "code" and "import " in source) or "def " in source[:4]


@dataclass(frozen=True)
class Attack:
    """One attack.

    tries: what it does and what would be seen if it worked, in a sentence.  make: works on a Paper.
    sees: regular expression of what the graded notebook or the grader's report has to hold, as a sign that
    the attack took place.  folder: name of the student's folder, where that is not the attack's.
    student: under which name the grader books it.  handed_in: False where no mark is booked at all.
    bare: whether it may be run without isolation, in the test that shows that the harness sees its traces.
    """

    name: str
    tries: str
    make: Callable[[Paper], None]
    lab: str = FORWARD
    sees: str = "tried"
    folder: str = ""
    student: str = ""
    handed_in: bool = True
    bare: bool = False


ATTACKS: dict[str, Attack] = {}


def attack(**options) -> Callable[[Callable], Callable]:
    """Enter a function that works on a Paper into the list of attacks, under its own name."""

    def enter(make: Callable[[Paper], None]) -> Callable:
        name = make.__name__
        assert name not in ATTACKS, name
        named = {"folder": name, "student": options.get("folder", name)} | options
        ATTACKS[name] = Attack(name, " ".join(make.__doc__.split()), make, **named)
        return make

    return enter
