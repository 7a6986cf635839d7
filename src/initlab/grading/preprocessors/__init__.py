"""The grader's steps inside nbgrader's pipeline, one transformation per file."""

from initlab.grading.preprocessors.hidehiddentests import HideHiddenTests as HideHiddenTests
from initlab.grading.preprocessors.runcells import RunCells as RunCells
from initlab.grading.preprocessors.savemarks import SaveMarks as SaveMarks
from initlab.grading.preprocessors.tidycells import TidyCells as TidyCells
