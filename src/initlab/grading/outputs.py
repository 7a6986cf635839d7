"""Makes what a student's code displayed safe to show: text and pictures stay, whatever could run goes.

The feedback page and the formgrader put HTML into their pages as it stands, in the browser of the next
student or of the teacher who is logged in. bleach parses it as a browser would and leaves only what is
listed here; pictures inside it become data that a browser decodes and never executes.
"""

from __future__ import annotations

import base64
import re
import secrets
from html import escape, unescape

from initlab.grading.border import plain_text
from initlab.grading.submission import is_base64

MOST_OUTPUTS = 2_000  # of one cell; the kernel bounds their bytes
MOST_BYTES = 20_000_000  # of one notebook
# html5lib's time grows with the square of the nesting: 5,000 open tags take it 0.2 s, 100,000 more than a minute.
MOST_TAGS_AT_ONCE = 5_000
MOST_TAGS = 20_000  # of one notebook
MOST_HTML = 200_000  # characters of one output, pictures not counted
MOST_TAG = 4_000  # characters of one tag: its time grows with the square of the attributes

TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 "
    "hr i img ins kbd li ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr tt u ul "
    "var".split()
)
ATTRIBUTES = {
    "*": ["style", "title", "lang", "dir"],
    "a": ["href"],
    "img": ["src", "alt", "width", "height"],
    "ol": ["start"],
    "td": ["colspan", "rowspan", "align"],
    "th": ["colspan", "rowspan", "align", "scope"],
    "table": ["border"],
}
# No property that loads something or that lifts a box out of its place over the rest of the page.
STYLES = frozenset(
    "background-color border border-bottom border-collapse border-color border-left border-radius border-right "
    "border-spacing border-style border-top border-width color display font font-family font-size font-style "
    "font-weight height line-height margin margin-bottom margin-left margin-right margin-top max-height max-width "
    "min-width overflow padding padding-bottom padding-left padding-right padding-top text-align text-decoration "
    "text-indent vertical-align white-space width".split()
)
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_SVG, _SVG_END = (re.compile(form, flags=re.DOTALL | re.IGNORECASE) for form in (r"<svg\b.*?</svg\s*>", r"</svg\s*>"))
_BITMAPS = ("image/png", "image/jpeg")


class Showcase:
    """Makes the outputs of one notebook safe, and keeps count: parsing HTML takes the grader's time."""

    def __init__(self):
        self._tags_left = MOST_TAGS
        self._bytes_left = MOST_BYTES

    def safe(self, outputs: object) -> list[dict]:
        """Return a cell's outputs in their order, each rebuilt from the parts that are known to be harmless.

        What is not of the form that nbformat gives to outputs is left out.
        """
        kept = []
        for output in (outputs if isinstance(outputs, list) else [])[:MOST_OUTPUTS]:
            made = self._safe(output)
            if made is None:
                continue
            self._bytes_left -= _size(made)
            if self._bytes_left < 0:
                text = f"The rest is left out: this notebook shows more than {MOST_BYTES / 1e6:.0f} MB.\n"
                return [*kept, {"output_type": "stream", "name": "stderr", "text": text}]
            kept.append(made)
        return kept

    def html(self, text: str) -> str:
        """Return clean HTML, or the HTML as text when there is more of it than is reasonable to parse."""
        plain = _DATA.sub("", text)
        tags = plain.count("<") + plain.count("&")
        many = tags > min(self._tags_left, MOST_TAGS_AT_ONCE) or len(plain) > MOST_HTML
        if many or re.search(rf"<[^>]{{{MOST_TAG}}}", plain):
            return f"<pre>{escape(text[:MOST_HTML])}</pre>"
        self._tags_left -= tags
        return clean_html(text)

    def _safe(self, output: object) -> dict | None:
        if not isinstance(output, dict):
            return None
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return {"output_type": "stream", "name": name, "text": _text(output.get("text"))}
        if kind == "error":
            trace = output.get("traceback")
            return {
                "output_type": "error",
                "ename": _text(output.get("ename")),
                "evalue": _text(output.get("evalue")),
                "traceback": [_text(line) for line in trace] if isinstance(trace, list) else [],
            }
        data = output.get("data")
        if kind not in ("display_data", "execute_result") or not isinstance(data, dict):
            return None
        bundle = self._bundle(data)
        made = {"output_type": kind, "data": bundle, "metadata": _metadata(output.get("metadata"), bundle)}
        if kind == "execute_result":
            count = output.get("execution_count")
            made["execution_count"] = count if type(count) is int else None
        return made if bundle else None

    def _bundle(self, data: dict) -> dict:
        kept: dict[str, str] = {}
        for kind, value in data.items():
            if kind in ("text/plain", "text/latex", "text/markdown"):
                kept[kind] = _text(value)
            elif kind == "text/html":
                kept[kind] = self.html(_text(value))
            elif kind in _BITMAPS and isinstance(value, str) and is_base64(value):
                kept[kind] = value
            elif kind == "image/svg+xml":
                kept.setdefault("text/html", _svg_as_img(_text(value)))
        return kept


def clean_html(text: str) -> str:
    """Return HTML in which nothing can run or load, and that keeps text, tables, emphasis and pictures."""
    import tinycss2
    from bleach.css_sanitizer import CSSSanitizer
    from bleach.sanitizer import Cleaner

    class Styles(CSSSanitizer):
        def sanitize_css(self, style: str) -> str:
            """Leave out margins below zero as well: they would pull a box over what stands above it.

            bleach hands over what the attribute's source says, of which a browser decodes `&#41;` and the like
            first: read as it stands, `color:(&#41;;position:fixed)` would be one harmless declaration.
            """
            style = unescape(style)
            if "&" in style:  # it would be decoded once more
                return ""
            parsed = tinycss2.parse_declaration_list(style)
            kept = [one for one in parsed if one.type == "declaration" and not _pulls(one)]
            return super().sanitize_css(tinycss2.serialize(kept))

    pictures: list[str] = []
    # A name that the student cannot know: written a thousand times, it would stand for a thousand pictures.
    name_of_picture = f"initlab-picture-{secrets.token_hex(8)}"
    aside = re.compile(rf"{name_of_picture}-(\d+)\.")

    def set_aside(match: re.Match) -> str:
        pictures.append(re.sub(r"\s", "", match[0]))
        return f"{name_of_picture}-{len(pictures) - 1}."

    def allowed(tag: str, name: str, value: str) -> bool:
        if name == "src":
            return tag == "img" and bool(aside.fullmatch(value) or _DATA.fullmatch(value))
        if name == "href":
            return tag == "a" and bool(re.match(r"https?://|mailto:|#", value, flags=re.IGNORECASE))
        return name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())

    # An <svg> inside HTML is a document in which scripts run; as the source of an <img> it is a picture.
    # Behind the last end tag no beginning has an end, and looking for it from each of them takes long.
    last = max((match.end() for match in _SVG_END.finditer(text)), default=0)
    text = _SVG.sub(_svg_as_img, text[:last]) + text[last:]
    # A parser takes long over a megabyte of base64.
    text = _DATA.sub(set_aside, text)
    styles = Styles(allowed_css_properties=STYLES)
    protocols = ["http", "https", "mailto", "data"]
    cleaner = Cleaner(tags=TAGS, attributes=allowed, protocols=protocols, css_sanitizer=styles, strip=True)
    return aside.sub(lambda m: pictures[int(m[1])], cleaner.clean(text))


def _pulls(declaration) -> bool:
    """Tell whether a declaration of a style is a margin that may be below zero."""
    return declaration.lower_name.startswith("margin") and any(
        part.type == "function" or (part.type in ("number", "dimension", "percentage") and part.value < 0)
        for part in declaration.value
    )


def _size(output: dict) -> int:
    parts = [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", ())]
    return sum(len(part) for part in [*parts, *output.get("data", {}).values()])


def _metadata(metadata: object, data: dict) -> dict:
    kept = {}
    for kind in _BITMAPS:
        given = metadata.get(kind) if isinstance(metadata, dict) and kind in data else None
        if isinstance(given, dict):
            sizes = {side: given[side] for side in ("width", "height") if type(given.get(side)) is int}
            alt = {"alt": _text(given["alt"])} if isinstance(given.get("alt"), str) else {}
            kept[kind] = sizes | alt
    return kept


def _text(value: object) -> str:
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    return plain_text(value) if isinstance(value, str) else ""


def _svg_as_img(svg: re.Match | str) -> str:
    text = svg if isinstance(svg, str) else svg.group(0)
    label = re.search(r"""\baria-label\s*=\s*(?:"([^"]*)"|'([^']*)')""", text)
    alt = unescape(label[1] or label[2] or "") if label else ""
    if "xmlns=" not in text[:200]:
        text = re.sub(r"<svg\b", '<svg xmlns="http://www.w3.org/2000/svg"', text, count=1, flags=re.IGNORECASE)
    data = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}" style="max-width:100%">'
