"""What is said to students, by code and language: English and Korean, one module per lab and one for all labs."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import NamedTuple

LANGUAGES = ("en", "ko")
_MODULES = ("common", "initialisation", "forward_pass", "backward_pass")


class Message(NamedTuple):
    """One message in one language, as templates for `markup`.

    words: a few, for a table.  seen: the mistake by name and what was seen of it, in a sentence.
    form: what form was expected.  ask: a question that leads on without giving the answer.
    """

    words: str
    seen: str
    form: str = ""
    ask: str = ""


def message(code: str, lang: str) -> Message:
    """Return the message of a code; KeyError for a code that has none."""
    return Message(*_all()[code][checked_language(lang)])


def codes() -> list[str]:
    """Return the codes of all messages."""
    return list(_all())


def picture_words(code: str, lang: str) -> tuple[str, str, str, str]:
    """Return the title, the name of the student's curve, that of the band, and the text alternative of a picture."""
    return import_module("initlab.messages.pictures").PICTURES[code][checked_language(lang)]


def hints_of(exercise: str, lang: str) -> list[str]:
    """Return the hints of an exercise, each more explicit than the one before."""
    return import_module("initlab.messages.hints").HINTS[exercise][checked_language(lang)]


def label(name: str, lang: str) -> str:
    """Return a word or phrase of the card itself."""
    return import_module("initlab.messages.labels").LABELS[name][checked_language(lang)]


def checked_language(lang: str) -> str:
    """Return lang if there are messages in it; ValueError names it and the languages there are."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, got {lang!r}")
    return lang


@cache
def _all() -> dict:
    found = {}
    for name in _MODULES:
        found.update(import_module(f"initlab.messages.{name}").MESSAGES)
    return found
