"""One course, one gradebook and one warm process for all attacks, in a temporary folder and a home of their own."""

import tempfile

import pytest
from house import House

from initlab.grading import kernels


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """The course to attack; see house.py."""
    folder = tmp_path_factory.mktemp("attacks")
    patch = pytest.MonkeyPatch()
    made = None
    try:
        patch.setenv("TMPDIR", str(folder / "tmp"))
        patch.setenv("HOME", str(folder / "home"))
        patch.setattr(tempfile, "tempdir", str(folder / "tmp"))
        made = House(folder)
        yield made
    finally:
        kernels.close()
        patch.undo()
