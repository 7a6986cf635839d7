"""What an attacker hands in: a notebook that is worth nothing, to be worked on, and the files beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# None of these is right, and each is an answer: the grade cells get something to judge.
WRONG = {
    "square": "def square(x):\n    return x + 7",
    "mean": "def mean(xs):\n    return 7.0",
    "constant": "x = 7.0",
    "network_size": "all_weights, all_biases = [np.zeros((3, 3))], [np.zeros((3, 1))]",
    "sigma_sq_by_experiment": "sigma_sq_omega = 7.0",
    "sigma_sq_derived": "sigma_sq_derived = 7.0",
    "he_init_params": "def he_init_params(K, D, rng):\n    return [np.zeros((3, 3))], [np.zeros((3, 1))]",
    "predicted_ratio": "predicted_ratio = 7.0",
    "backward_pass": "def backward_pass(all_weights, all_biases, all_f, all_h, y):\n"
    "    return [[7.0 * x for x in given] for given in (all_weights, all_biases, all_h, all_f)]",
    "mislabelled_print": 'printed_quantity, true_std_dl_dh = "dl_dh", 446.654',
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


@dataclass(frozen=True)
class Places:
    """What an attacker may know of the machine: everything but the contents of secrets."""

    course: Path
    class_: Path
    home: Path
    temp: Path
    ports: dict


class Paper:
    """A submission in the making.

    cells: of the released notebook, as JSON objects.  files: what is to lie beside it, by name.
    raw: bytes to hand in instead of the notebook.
    folder: where the attack lays out its folder by itself, what does so, given the folder and the notebook's name.
    """

    def __init__(self, released: dict, name: str, places: Places):
        self.notebook, self.name, self.places = released, name, places
        self.cells = self.notebook["cells"]
        self.files: dict[str, bytes] = {}
        self.raw: bytes | None = None
        self.folder: Callable[[Path], None] | None = None
        self.answer(**WRONG)

    @property
    def where(self) -> str:
        """Code that gives attacking code the places as COURSE, CLASS, HOME, TEMP and PORTS, and the notebook's as NAME."""
        p = self.places
        return (
            f"COURSE, CLASS, NAME = {str(p.course)!r}, {str(p.class_)!r}, {self.name!r}\n"
            f"HOME, TEMP, PORTS = {str(p.home)!r}, {str(p.temp)!r}, {p.ports!r}\n"
        )

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
        """Lay the submission out in a folder, which is made."""
        folder.mkdir(parents=True)
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if self.folder is None:
            (folder / f"{self.name}.ipynb").write_bytes(self.bytes())
        else:
            self.folder(folder)


def claim(cell: dict) -> str | None:
    """Return the id that nbgrader's metadata of a cell give it."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def code(source: str) -> dict:
    """Make a code cell."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def markdown(source: str) -> dict:
    """Make a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


@dataclass(frozen=True)
class Attack:
    """One attack.

    tries: what it does and what would be seen if it worked, in a sentence.  make: works on a Paper.
    sees: regular expression of what the graded notebook or the grader's notes have to hold, as a sign that
    the attack took place.  theme: the module it is from.
    bare: whether it may be run without isolation, in the test that shows that its traces would be seen.
    """

    name: str
    theme: str
    tries: str
    make: Callable[[Paper], None]
    sees: str = "tried"
    bare: bool = False


ATTACKS: dict[str, Attack] = {}


def attack(**options) -> Callable[[Callable], Callable]:
    """Enter a function that works on a Paper into the list of attacks, under its own name."""

    def enter(make: Callable[[Paper], None]) -> Callable:
        name = make.__name__
        assert name not in ATTACKS, name
        ATTACKS[name] = Attack(name, make.__module__, " ".join(make.__doc__.split()), make, **options)
        return make

    return enter
