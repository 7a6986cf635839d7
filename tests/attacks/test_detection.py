"""The attacks do what they say: without walls they succeed, and the tests see it."""

import contextlib
import os
import signal
import sqlite3

import pytest
import reaching
from digging import MARKERS
from house import House, descendants
from paper import ATTACKS

from initlab.grading import kernels

BARE = sorted(name for name, attack in ATTACKS.items() if attack.bare and attack.theme == reaching.__name__)
assert len(BARE) >= 6


@pytest.mark.parametrize("name", BARE)
def test_without_walls_it_succeeds_and_is_seen(tmp_path, name):
    """Files, rows, sockets and processes outside: the assertions that an attack has to meet are not met."""
    (tmp_path / "open").mkdir()
    house = House(tmp_path / "open", isolation="none")
    before = descendants()
    try:
        # Some leave so little of the course that looking at it is no longer possible.
        with pytest.raises((AssertionError, sqlite3.Error, ValueError)):
            house.withstands(ATTACKS[name])
    finally:
        for pid in descendants() - before:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)  # started by the attack, below this process
        house.doors.close()
        kernels.close()


def test_markers_are_where_the_searches_look_for_them(house):
    """A search that finds nothing has something to find: each marker lies in a file of the course or beside it."""
    for what, marker in MARKERS.items():
        places = [house.root, house.home, house._class]
        files = [path for place in places for path in place.rglob("*") if path.is_file() and not path.is_symlink()]
        assert any(marker in path.read_bytes() for path in files), what
