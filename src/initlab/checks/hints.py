"""Hints on request: numbered, each more explicit than the one before."""

from __future__ import annotations

from initlab.card import hint_card, unknown_exercise_card
from initlab.checks.session import current
from initlab.checks.values import type_name
from initlab.rubric import EXERCISES


def hint(exercise: str, n: int = 1) -> None:
    """Show hint n of an exercise, counted from 1, and say whether there is another.

    A number or a name that there isn't gets a card that says which there are.
    """
    session = current()
    if type(exercise) is not str or exercise not in EXERCISES:
        card = unknown_exercise_card(exercise if type(exercise) is str else type_name(exercise), session.lang)
    else:
        solution = session.solutions.format(lab=EXERCISES[exercise].lab) if session.solutions else None
        card = hint_card(exercise, n if type(n) is int else 0, session.lang, solution)
    if session.graded or session.silent:
        session.cards.append(card)
    else:
        card.show()
