"""One warm process for all tests of this folder: importing everything takes a second, a fork a few ms."""

import pytest

from initlab.grading.limits import Limits
from initlab.grading.remote import Warm
from initlab.grading.sandbox import IsolationError


@pytest.fixture(scope="session")
def warm():
    """A warm process with whatever layers this system gives."""
    try:
        with Warm() as process:
            yield process
    except IsolationError as reason:
        pytest.skip(f"student code cannot be isolated here: {reason}")


@pytest.fixture
def student(warm):
    """Make kernels: student(*cells, **limits) returns one that has run the cells, and closes it after the test."""
    made = []

    def make(*cells, folder=None, figures=True, **limits):
        kernel = warm.student(folder, Limits(**limits), figures=figures)
        made.append(kernel)
        for cell in cells:
            kernel.run(cell)
        return kernel

    yield make
    for kernel in made:
        kernel.close()
