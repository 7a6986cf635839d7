"""The card that a student sees: outcome, marks, what was found, a small picture, and what to do next.

A card is HTML for notebooks and feedback pages, and plain text for terminals, from the same messages.
It takes its text colour and background from the page, which makes it readable in light and dark themes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from initlab import messages, miniature
from initlab.messages.markup import as_html, as_text, figure, harmless
from initlab.rubric import EXERCISES, LABS, POINTS, Finding, Outcome, Verdict

# Background and ink of each outcome's badge: contrast at least 4.5, and a sign and a word besides the colour.
_BADGES = {
    Outcome.RIGHT: ("✓", "#009E73", "#000"),
    Outcome.WRONG: ("✗", "#D55E00", "#000"),
    Outcome.NOT_ATTEMPTED: ("○", "#0072B2", "#fff"),
    Outcome.BROKE: ("⚠", "#CC79A7", "#000"),
}
_HINT = ("?", "#0072B2", "#fff")
# Findings beyond these can wait until the first ones are mended.
_MOST_FINDINGS = 3


@dataclass(frozen=True)
class Card:
    """One card as HTML and as plain text."""

    html: str
    text: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text

    def show(self) -> None:
        """Display the card in IPython, and print its text elsewhere."""
        if "IPython" in sys.modules:
            from IPython import get_ipython
            from IPython.display import display

            if get_ipython() is not None:
                display(self)
                return
        print(self.text)


def verdict_card(verdict: Verdict, lang: str, so_far: Sequence[Verdict], *, graded: bool) -> Card:
    """Return the card of a verdict.

    so_far: all verdicts of this notebook or grading, this one included; of an exercise the latest counts.
    graded: whether the cases were hidden ones; a public check says that it is no more than that.
    """
    badge = _BADGES[verdict.outcome]
    word = messages.label(verdict.outcome.value, lang)
    points = messages.label("points", lang)
    marks = {"points": figure(verdict.points), "most": POINTS[verdict.exercise]}
    checked = messages.label(verdict.exercise, lang)
    blocks = [_paragraph(messages.label("checked", lang), checked, {})]
    blocks += [_finding(finding, lang, number) for number, finding in _numbered(verdict.findings)]
    blocks += [_remark(remark, lang) for remark in verdict.remarks]
    template, fields = _next_step(verdict, lang)
    blocks.append(_paragraph(messages.label("next", lang), template, fields))
    foot = f"{_total(verdict, so_far, lang)} {messages.label('hidden' if graded else 'public', lang)}"
    picture = verdict.picture
    return _card(
        badge, word, verdict.exercise, as_text(points, marks), blocks, foot, lang,
        svg=miniature.draw(picture, lang) if picture else "",
        words=miniature.alternative(picture, lang) if picture else "",
    )


def hint_card(exercise: str, n: int, lang: str, solution: str | None = None) -> Card:
    """Return the card with hint n of an exercise; solution: address to give after the last one, or None."""
    hints = messages.hints_of(exercise, lang)
    word = as_text(messages.label("hint", lang), {"n": n, "count": len(hints)})
    if not 1 <= n <= len(hints):
        word = messages.label("hint_missing", lang)
        blocks = [_paragraph("", messages.label("hint_none", lang), {"n": n, "count": len(hints)})]
    else:
        blocks = [_paragraph("", hints[n - 1], {})]
        if n < len(hints):
            blocks.append(_paragraph("", messages.label("hint_more", lang), {"exercise": exercise, "n": n + 1}))
        else:
            blocks.append(_paragraph("", messages.label("hint_last", lang), {}))
            if solution:
                blocks.append(_paragraph("", messages.label("hint_solution", lang) + " {address}",
                                         {"address": solution}))
    return _card(_HINT, word, exercise, "", blocks, "", lang)


def unknown_exercise_card(exercise: str, lang: str) -> Card:
    """Return the card that says which exercises there are."""
    fields = {"exercise": exercise[:60], "names": ", ".join(POINTS)}
    blocks = [_paragraph("", messages.label("hint_unknown", lang), fields)]
    return _card(_HINT, messages.label("hint_missing", lang), "", "", blocks, "", lang)


def _numbered(findings):
    shown = findings[:_MOST_FINDINGS]
    return [(number if len(shown) > 1 else 0, finding) for number, finding in enumerate(shown, 1)]


def _finding(finding: Finding, lang: str, number: int) -> tuple[str, str]:
    found = messages.message(finding.code, lang)
    fields = finding.fields
    lead = f"{number}. " if number else ""
    html = [f'<p style="margin:.5em 0 .2em"><strong>{lead}{as_html(found.seen, fields)}</strong></p>']
    text = [lead + as_text(found.seen, fields)]
    if fields.get("lines"):
        label = messages.label("lines", lang)
        html.append(f'<p style="margin:.2em 0">{_lead(label)}</p>')
        html.append(f'<pre style="margin:.3em 0;padding:.3em .6em;border-left:3px solid;overflow-x:auto;'
                    f'background:none;color:inherit">{harmless(fields["lines"])}</pre>')
        text.append(f"   {label}:")
        text += [f"     {line}" for line in fields["lines"].splitlines()]
    for name, template in (("form", found.form), ("ask", found.ask)):
        if template:
            label = messages.label(name, lang)
            html.append(f'<p style="margin:.2em 0">{_lead(label)}{as_html(template, fields)}</p>')
            text.append(f"   {label}: {as_text(template, fields)}")
    return "".join(html), "\n".join(text)


def _remark(remark: Finding, lang: str) -> tuple[str, str]:
    found = messages.message(remark.code, lang)
    template = " ".join(filter(None, (found.seen, found.form, found.ask)))
    return _paragraph(messages.label("also", lang), template, remark.fields)


def _paragraph(label: str, template: str, fields) -> tuple[str, str]:
    return (f'<p style="margin:.4em 0">{_lead(label)}{as_html(template, fields)}</p>',
            (f"{label}: " if label else "") + as_text(template, fields))


def _lead(label: str) -> str:
    """Return the name of a paragraph as HTML, paler than the paragraph."""
    return f'<span style="opacity:.75">{label}:</span> ' if label else ""


def _next_step(verdict: Verdict, lang: str) -> tuple[str, dict]:
    names = {Outcome.RIGHT: "next_done", Outcome.NOT_ATTEMPTED: "next_start"}
    template = messages.label(names.get(verdict.outcome, "next_hint"), lang)
    return template, {"exercise": verdict.exercise}


def _total(verdict: Verdict, so_far: Sequence[Verdict], lang: str) -> str:
    lab = LABS[EXERCISES[verdict.exercise].lab]
    latest = {given.exercise: given.points for given in so_far if given.exercise in lab}
    fields = {"points": figure(round(sum(latest.values()), 2)), "most": sum(POINTS[name] for name in lab)}
    return as_text(messages.label("so_far", lang), fields) + "."


def _card(badge, word, exercise, marks, blocks, foot, lang, svg="", words="") -> Card:
    sign, colour, ink = badge
    head = (f'<p style="margin:0 0 .4em"><span style="background:{colour};color:{ink};padding:.1em .6em;'
            f'border-radius:.8em;font-weight:600"><span aria-hidden="true">{sign}</span> {harmless(word)}</span> '
            f'<code>{harmless(exercise)}</code> {harmless(marks)}</p>')
    body = "".join(html for html, _ in blocks)
    tail = f'<p style="margin:.6em 0 0;font-size:.9em;opacity:.85">{harmless(foot)}</p>' if foot else ""
    # Korean breaks between words, not within them.
    breaks = "word-break:keep-all;overflow-wrap:break-word" if lang == "ko" else "overflow-wrap:break-word"
    # Both class names keep MathJax, old and new, away from what a student named.
    html = (
        f'<div class="initlab-card tex2jax_ignore mathjax_ignore" lang="{lang}" role="group" '
        f'aria-label="{escape(f"{exercise}: {word}")}" style="border:1px solid;border-left:6px solid {colour};'
        f'border-radius:4px;padding:.6em .9em;margin:.4em 0;max-width:64em;line-height:1.45;{breaks}">{head}'
        f'<div style="display:flex;flex-wrap:wrap;gap:.4em 1.5em"><div style="flex:1 1 22em;min-width:0">{body}</div>'
        f'{f"<div>{svg}</div>" if svg else ""}</div>{tail}</div>'
    )
    lines = [f"[{sign} {word}] {exercise} {marks}".rstrip(), *(text for _, text in blocks)]
    lines += [f"({words})"] if words else []
    lines += [foot] if foot else []
    return Card(html, "\n".join(lines))
