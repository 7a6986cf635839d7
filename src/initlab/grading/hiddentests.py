"""Where the hidden tests of a grade cell stand in its source."""

from __future__ import annotations


def hidden_lines(source: str) -> frozenset[int]:
    """Return the numbers, from 1, of the lines from BEGIN HIDDEN TESTS to END HIDDEN TESTS."""
    lines, hidden = set(), False
    for number, line in enumerate(source.split("\n"), 1):
        hidden = hidden or "BEGIN HIDDEN TESTS" in line
        if hidden:
            lines.add(number)
        hidden = hidden and "END HIDDEN TESTS" not in line
    return frozenset(lines)


def released(source: str) -> str:
    """Return the source of a cell without its hidden tests, as students got it."""
    hidden = hidden_lines(source)
    return "\n".join(line for number, line in enumerate(source.split("\n"), 1) if number not in hidden)
