"""Arrays in, verdicts out: one pure function per exercise, in one module per lab.

A rubric never sees a callable, a notebook or a kernel, and draws no random numbers.
Every statistical bound comes from `initlab.theory` with the false-reject rate that `bounds` allots to it.
"""

from importlib import import_module

from initlab.rubric.verdict import EXERCISES as EXERCISES
from initlab.rubric.verdict import Comparison as Comparison
from initlab.rubric.verdict import Exercise as Exercise
from initlab.rubric.verdict import Finding as Finding
from initlab.rubric.verdict import Outcome as Outcome
from initlab.rubric.verdict import Unusable as Unusable
from initlab.rubric.verdict import Verdict as Verdict
from initlab.rubric.verdict import judged as judged


def of_lab(lab: str):
    """Return the rubric of a lab by its name, with or without its number: "01_forward_pass" or "forward_pass"."""
    return import_module(f"initlab.rubric.{lab.lstrip('0123456789_')}")


for _lab in ("01_forward_pass", "02_backward_pass"):
    of_lab(_lab)

POINTS = {name: exercise.points for name, exercise in EXERCISES.items()}
LABS: dict[str, tuple[str, ...]] = {}
for _exercise in EXERCISES.values():
    LABS[_exercise.lab] = (*LABS.get(_exercise.lab, ()), _exercise.name)
