"""Attacks from within the student's process, and by the notebook file: none of them earns a mark."""

import answering
import arranging
import hijacking
import lying
import pytest
from paper import ATTACKS

THEMES = {module.__name__ for module in (answering, arranging, hijacking, lying)}


@pytest.mark.parametrize("name", sorted(name for name, attack in ATTACKS.items() if attack.theme in THEMES))
def test_it_gets_nowhere(house, name):
    """The attack took place, is worth 0, hurt nobody, and changed nothing outside; see house.py."""
    house.withstands(ATTACKS[name])
