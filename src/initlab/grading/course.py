"""Where a course keeps its things: folders, configuration, and what nbgrader is told about them."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from traitlets.config import Config, PyFileConfigLoader

from initlab.grading.pipeline import configure

CONFIGURED = "nbgrader_config.py"

# What an unanswered cell holds: nothing that could fail, and nothing that would be shown as a result, so that a
# notebook can be run from top to bottom before anything is answered.
STUB = "# YOUR CODE HERE\npass"


@dataclass(frozen=True)
class Course:
    """The folders of one course, all below its root, and the addresses its notebooks point to."""

    root: Path
    repository: str  # address of the public repository, without a slash at the end
    install: str  # what the set-up cell gives to pip where initlab is missing
    worked: str | None = None  # address of the worked solutions, {lab} for a lab's name; None keeps them from students

    @classmethod
    def at(cls, folder: Path | str = ".") -> Course:
        """Find the course that a folder belongs to.

        Raises FileNotFoundError when neither the folder nor one above it holds a pyproject.toml with a
        table [tool.initlab].
        """
        start = Path(folder).resolve()
        for root in (start, *start.parents):
            project = root / "pyproject.toml"
            if project.is_file():
                settings = tomllib.loads(project.read_text(encoding="utf-8")).get("tool", {}).get("initlab")
                if settings is not None:
                    return cls(root, settings["repository"].rstrip("/"), settings["install"], settings.get("worked"))
        raise FileNotFoundError(
            f"no course at {start}: expected a pyproject.toml with a table [tool.initlab] there or in a "
            f"folder above; run initlab from the course's repository"
        )

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def gradebook(self) -> Path:
        return self.build / "gradebook.db"

    @property
    def secret(self) -> Path:
        return self.build / "secret"

    def source(self, lang: str) -> Path:
        """Return the folder of the full notebooks that nbgrader makes the release from."""
        return self.build / "source" / lang

    def release(self, lang: str) -> Path:
        """Return the folder of the notebooks that students open."""
        return self.root / "notebooks" / lang

    def labs(self) -> list[str]:
        """Return the names of the labs, in order: the sources in solutions/ without their ending."""
        return sorted(path.stem for path in self.solutions.glob("[0-9][0-9]_*.py"))

    def nbgrader_config(self, lang: str = "en") -> Config:
        """Return what nbgrader needs to know of this course; nbgrader_config.py may say more."""
        c = Config()
        c.CourseDirectory.root = str(self.root)
        c.CourseDirectory.course_id = "initlab"
        c.CourseDirectory.source_directory = str(self.source(lang))
        c.CourseDirectory.release_directory = str(self.release(lang))
        c.CourseDirectory.submitted_directory = str(self.build / "submitted")
        c.CourseDirectory.autograded_directory = str(self.build / "autograded")
        c.CourseDirectory.feedback_directory = str(self.build / "feedback")
        c.CourseDirectory.db_url = f"sqlite:///{self.gradebook}"
        c.ClearSolutions.code_stub = {"python": STUB}
        configure(
            c,
            lab_folders=[str(folder / "{assignment}") for folder in (self.source("en"), self.release("en"))],
            secret=self.secret,
            closed=[self.build, self.solutions],
        )
        return c

    def configuration(self) -> Config:
        """Return the same with what nbgrader_config.py says, as nbgrader's own commands read it in this folder.

        Raises ValueError when that file fails.
        """
        c, path = self.nbgrader_config(), self.root / CONFIGURED
        if not path.is_file():
            return c
        if str(self.root) not in sys.path:
            sys.path.append(str(self.root))  # nbgrader's commands find a plugin that lies beside the file, too
        try:
            c.merge(PyFileConfigLoader(CONFIGURED, path=str(self.root)).load_config())
        except Exception as problem:
            raise ValueError(f"{path} failed with {type(problem).__name__}: {problem}; mend it") from problem
        return c
