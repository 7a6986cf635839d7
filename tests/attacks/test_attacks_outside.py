"""Attacks on what is around the student's process: the border, files, processes, limits, and whoever looks."""

import beside
import digging
import flooding
import forging
import pytest
import reaching
import showing
from paper import ATTACKS

THEMES = {module.__name__ for module in (beside, digging, flooding, forging, reaching, showing)}


@pytest.mark.parametrize("name", sorted(name for name, attack in ATTACKS.items() if attack.theme in THEMES))
def test_it_gets_nowhere(house, name):
    """The attack took place, is worth 0, hurt nobody, and changed nothing outside; see house.py."""
    house.withstands(ATTACKS[name])
