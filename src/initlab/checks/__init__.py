"""The checks that a notebook's grade cells call: each shows a card and returns the points as a Python float.

There is one function for every exercise that a rubric registers, under the exercise's name:
``checks.sigma_sq_derived(sigma_sq_derived)``, ``checks.he_init_params(he_init_params)`` and so on.
A mistake of the student's is a verdict, never an exception; only a wrong use by a course's author raises.
"""

from __future__ import annotations

from inspect import Parameter, Signature

from initlab.checks.hints import hint as hint
from initlab.checks.readers import READERS
from initlab.checks.session import Session as Session
from initlab.checks.session import current, judge
from initlab.checks.session import grading as grading
from initlab.checks.session import speak as speak
from initlab.rubric import EXERCISES, Exercise, Outcome, Unusable


def __getattr__(name: str):
    """Return the check of an exercise by its name."""
    if name not in EXERCISES:
        raise AttributeError(f"there is no check {name!r}; there are: {', '.join(EXERCISES)}")
    globals()[name] = _check(EXERCISES[name])
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *EXERCISES})


def _check(exercise: Exercise):
    def check(*answers) -> float:
        signature.bind(*answers)  # a grade cell with too few or too many names is its author's mistake
        return judge(exercise.name, lambda: exercise.judge(*_read(exercise, answers)))

    signature = Signature([Parameter(name, Parameter.POSITIONAL_ONLY) for name in exercise.answers])
    check.__name__ = check.__qualname__ = exercise.name
    check.__signature__ = signature
    check.__doc__ = (f"Check {', '.join(exercise.answers)}, show a card, and return the points: 0 to "
                     f"{exercise.points}, as a float.")
    return check


def _read(exercise: Exercise, answers) -> list:
    """Return what the rubric judges, one entry per answer.

    Of several answers, one that is blank is None to the rubric and one that cannot be read is its finding.
    """
    parts = []
    for kind, answer in zip(exercise.answers.values(), answers):
        try:
            parts.append(READERS[kind](answer, exercise.name, current()))
        except Unusable as problem:
            parts.append(problem)
    problems = [part for part in parts if isinstance(part, Unusable)]
    blank = [problem.outcome is Outcome.NOT_ATTEMPTED for problem in problems]
    if problems and (len(parts) == 1 or (len(problems) == len(parts) and all(blank))):
        raise problems[0]
    return [_instead(part) if isinstance(part, Unusable) else part for part in parts]


def _instead(problem: Unusable):
    return None if problem.outcome is Outcome.NOT_ATTEMPTED else problem.finding
