"""Arrays in, verdicts out: one pure function per exercise, in one module per lab.

A rubric never sees a callable, a notebook or a kernel, and draws no random numbers.
Every statistical bound comes from `initlab.theory` with the false-reject rate that `bounds` allots to it.
"""

from importlib import import_module

from initlab.rubric.verdict import POINTS as POINTS
from initlab.rubric.verdict import Comparison as Comparison
from initlab.rubric.verdict import Finding as Finding
from initlab.rubric.verdict import Outcome as Outcome
from initlab.rubric.verdict import Unusable as Unusable
from initlab.rubric.verdict import Verdict as Verdict
from initlab.rubric.verdict import judged as judged

LABS = {
    "forward_pass": (
        "network_size", "sigma_sq_by_experiment", "sigma_sq_derived", "he_init_params", "predicted_ratio",
    ),
    "backward_pass": ("backward_pass", "sigma_sq_backward", "re_init_params", "mislabelled_print"),
}


def lab_of(exercise: str) -> str:
    """Return the name of the lab that an exercise belongs to; ValueError names an exercise that is unknown."""
    for lab, exercises in LABS.items():
        if exercise in exercises:
            return lab
    raise ValueError(f"unknown exercise {exercise!r}, expected one of {', '.join(POINTS)}")


def of_lab(lab: str):
    """Return the rubric of a lab by its name, with or without its number: "01_forward_pass" or "forward_pass"."""
    return import_module(f"initlab.rubric.{lab.lstrip('0123456789_')}")
