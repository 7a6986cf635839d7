"""Fill in a message and set it as HTML or as plain text.

A template marks code with `backticks` and formulas with $dollars$; {fields} stand for what was found.
Formulas are plain Unicode (σ², √, 1/D): no typesetting is needed, in a terminal or on a feedback page.
What a student named goes through as text alone: it is escaped, and no markup in it is looked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from html import escape

_PARTS = re.compile(r"(`[^`]*`|\$[^$]*\$)")
_FIELDS = re.compile(r"\{(\w+)\}")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def as_text(template: str, fields: Mapping) -> str:
    """Return a template with its fields filled in, without markup."""
    return "".join(_fill(part.strip("`") if part[:1] == "`" else part.strip("$") if part[:1] == "$" else part, fields)
                   for part in _PARTS.split(template))


def as_html(template: str, fields: Mapping) -> str:
    """Return a template as HTML: code in <code>, formulas in <span class="initlab-formula">, the rest escaped."""
    done = []
    for part in _PARTS.split(template):
        if part[:1] == "`":
            done.append(f"<code>{harmless(_fill(part[1:-1], fields))}</code>")
        elif part[:1] == "$":
            done.append(f'<span class="initlab-formula">{harmless(_fill(part[1:-1], fields))}</span>')
        else:
            done.append(harmless(_fill(part, fields)))
    return "".join(done)


def harmless(text: str) -> str:
    """Return text as HTML that shows it and does nothing else.

    Dollars and backslashes stand in elements of their own, so that no page's MathJax takes what is between them for
    TeX, which can hold links.  Control characters become a visible sign.
    """
    shown = "".join(char if char.isprintable() or char == "\n" else "�" for char in text)
    return re.sub(r"[$\\]", lambda found: f"<span>{found.group()}</span>", escape(shown))


def figure(value) -> str:
    """Return a number as a reader wants it: 4 digits, and a power of ten where it is very large or small."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, int) and abs(value) < 10**6:
        return str(value)
    if not math.isfinite(value):
        return str(float(value))
    if value == 0:
        return "0"
    digits, exponent = f"{value:.3e}".split("e")
    if -4 <= int(exponent) < 5:
        return _trimmed(f"{value:.{max(0, 3 - int(exponent))}f}")
    digits, exponent = f"{value:.2e}".split("e")
    return f"{_trimmed(digits)}·10{str(int(exponent)).translate(_RAISED)}"


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def fields_of(template: str) -> set[str]:
    """Return the names of the fields that a template asks for."""
    return set(_FIELDS.findall(template))


def formulas_of(template: str) -> list[str]:
    """Return the formulas of a template, in order."""
    return [part for part in _PARTS.findall(template) if part[0] == "$"]


def code_of(template: str) -> list[str]:
    """Return the pieces of code of a template, in order."""
    return [part for part in _PARTS.findall(template) if part[0] == "`"]


def _fill(text: str, fields: Mapping) -> str:
    return _FIELDS.sub(lambda name: figure(fields[name.group(1)]), text)
