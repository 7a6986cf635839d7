"""The one door for teachers: ``initlab build``, ``initlab grade``, ``initlab verify``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Run one command of initlab and return its exit status.

    0 all was done, 1 something that was asked for does not hold, 2 the command could not be carried out,
    130 it was interrupted.
    """
    args = _parser().parse_args(argv)
    try:
        return args.run(args)
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.startswith("initlab"):
            raise
        return _refuse(f"{missing.name} is not installed; install it with: pip install 'initlab[grade]'")
    except KeyboardInterrupt:
        _refuse("interrupted; what was done until now stands; run it again for all of it")
        return 130
    except ValueError as problem:
        return _refuse(str(problem))
    except OSError as problem:
        if problem.filename is None:  # of our own, with a sentence
            return _refuse(str(problem))
        mendable = isinstance(problem, PermissionError | NotADirectoryError | FileExistsError)
        remedy = "; see that you may read and write there" if mendable else ""
        return _refuse(f"{problem.filename}: {problem.strerror}{remedy}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="initlab", description="Build, grade and verify the labs.")
    commands = parser.add_subparsers(title="commands", required=True)

    build = commands.add_parser("build", help="make all notebooks from solutions/*.py and release them")
    build.add_argument("--check", action="store_true", help="change nothing; fail where a notebook differs")
    build.set_defaults(run=_build)

    grade = commands.add_parser("grade", help="grade a class, or one notebook")
    grade.add_argument("path", type=Path, help="a folder <student>/<lab>/<lab>.ipynb, or one notebook")
    grade.add_argument("--workers", type=_count, help="how many submissions at once (default: two, or one for one)")
    grade.add_argument("--isolation", choices=("none",), help="run student code bare, on a trusted machine only")
    grade.add_argument("--no-figures", action="store_true", help="leave the students' pictures out of the feedback")
    grade.set_defaults(run=_grade)

    verify = commands.add_parser("verify", help="check a lab after changing it; one line per fact")
    verify.set_defaults(run=_verify)
    return parser


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number of 1 or more, not {text!r}")
    return number


def _build(args: argparse.Namespace) -> int:
    from initlab.grading.build import build, differences
    from initlab.grading.course import Course

    course = Course.at()
    if not args.check:
        for path in build(course):
            print(f"released {path.relative_to(course.root)}")
        return 0
    found = differences(course)
    for sentence in found:
        print(sentence)
    if not found:
        print("every notebook is what its source gives")
    return 1 if found else 0


def _grade(args: argparse.Namespace) -> int:
    from initlab.grading import numerics

    os.environ.update(numerics.ENVIRONMENT)  # before numpy is imported, which reads it then
    from initlab.grading.batch import grade
    from initlab.grading.course import Course

    return grade(
        args.path,
        Course.at(),
        workers=args.workers,
        isolation=args.isolation,
        figures=not args.no_figures,
    )


def _verify(args: argparse.Namespace) -> int:
    from initlab.grading.course import Course
    from initlab.grading.verify import verify

    return verify(Course.at())


def _refuse(sentence: str) -> int:
    print(f"initlab: {sentence}", file=sys.stderr)
    return 2
