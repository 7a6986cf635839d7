"""Attacks on whoever looks: scripts in the feedback page, forged lines on the teacher's terminal."""

from paper import attack, markdown

# Each of these tries to call pwned() in the page it ends up in.
SCRIPTS = r"""<script>pwned()</script>
<img src=x onerror=pwned()>
<svg onload=pwned()><script>pwned()</script></svg>
<svg><animate onbegin=pwned() attributeName=x dur=1s></svg>
<math><mi xlink:href="javascript:pwned()">x</mi></math>
<iframe srcdoc="<script>parent.pwned()</script>"></iframe>
<object data="data:text/html,<script>pwned()</script>"></object>
<embed src="javascript:pwned()">
<a href="javascript:pwned()" id=click>x</a>
<a href=" &#14; java&#10;script&colon;pwned()">x</a>
<a href="data:text/html,<script>pwned()</script>">x</a>
<form action="javascript:pwned()"><button id=press>x</button></form>
<details open ontoggle=pwned()>x</details>
<body onload=pwned()>
<style>@import 'javascript:pwned()'; * { background: url("javascript:pwned()") }</style>
<link rel=stylesheet href="data:text/css,body{display:none}">
<meta http-equiv=refresh content="0;url=javascript:pwned()">
<base href="javascript:/">
<video><source onerror=pwned()></video>
<input autofocus onfocus=pwned()>
<noscript><p title="</noscript><img src=x onerror=pwned()>"></noscript>
<svg></p><style><g title="</style><img src=x onerror=pwned()>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=pwned()&gt;">
<p style="background:url(javascript:pwned());position:fixed;inset:0;behavior:url(#x)">x</p>
<img src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0icHduZWQoKSIvPg==" onload=pwned()>
<img src="initlab-picture-0." onerror="pwned()"> initlab-picture-0.
<template shadowrootmode=open><script>pwned()</script></template>
<xmp><p title="</xmp><script>pwned()</script>"></xmp>
<!--><script>pwned()</script>--><![CDATA[><script>pwned()</script>]]>
<textarea><img title="</textarea><img src=x onerror=pwned()>"></textarea>
"""


@attack()
def scripts_displayed(paper):
    """Displays scripts as HTML, SVG, Markdown, LaTeX, JavaScript, widgets and every other type that pages render."""
    paper.first(f"SCRIPTS = {SCRIPTS!r}\n" + """
from IPython.display import display, HTML, SVG, Markdown, Latex, Javascript, IFrame, publish_display_data
for script in [SCRIPTS, *SCRIPTS.splitlines()]:
    for kind in ("text/html", "text/markdown", "text/latex", "image/svg+xml", "text/plain"):
        publish_display_data({kind: script})
for kind in ("application/javascript", "text/javascript", "application/vnd.plotly.v1+json", "application/vnd.vegalite.v5+json",
             "application/vnd.jupyter.widget-view+json", "application/json", "application/geo+json", "text/vnd.mermaid", "application/pdf",
             "image/png", "image/jpeg", "image/gif", "text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml", "text/x-html"):
    publish_display_data({kind: SCRIPTS})
    publish_display_data({kind: {"a": SCRIPTS, "script": "pwned()", "model_id": SCRIPTS}})
publish_display_data({"image/png": "AAAA"}, {"image/png": {"alt": '"onload="pwned()', "width": '1" onerror="pwned()', "height": 5}})
publish_display_data({"image/png": 'AAAA" onerror="pwned()'})
publish_display_data({"text/html": "x"}, {"isolated": True, "text/html": {"isolated": True}})
display(Javascript("pwned()"), IFrame("javascript:pwned()", 5, 5))
print(SCRIPTS)
print("tried")
""")


# Boxes that would lie over the page, or load something, if the page's reader takes a style for other than it is.
BOXES = r"""<div style="color:(&#41;;position:fixed;top:0;left:0;background:url(https://example.org/x);x:y)">29/29</div>
<div style="color:(&rpar;;position:absolute;x:y)">29/29</div>
<div style="color:(&amp;#41;;position:fixed;x:y)">29/29</div>
<div style="color:&#x5c;&#41;;position:fixed">29/29</div>
<div style="font-family:&#34;;position:fixed;x:&#34;">29/29</div>
<div style="display:inline-block;margin-top:-3000px;background-color:white">29/29</div>
<div style="margin:calc(0px - 3000px) 0;background-color:white">29/29</div>
<div style="MARGIN:0 0 -1e3px;m\61rgin-top:-9px">29/29</div>
"""


@attack()
def boxes_over_the_page(paper):
    """Displays and writes boxes that would cover the marks on the page: fixed, pulled up by margins, encoded past a sanitizer."""
    paper.first(f"BOXES = {BOXES!r}\n" + """
from IPython.display import display, HTML, Markdown
for box in BOXES.splitlines():
    display(HTML(box), Markdown(box))
print("tried")
""")
    for box in BOXES.splitlines():
        paper.cells.append(markdown(box))


@attack()
def scripts_printed(paper):
    """Prints scripts and terminal escapes that a converter turns into HTML."""
    paper.first(f"import sys\nSCRIPTS = {SCRIPTS!r}\n" + r"""
print(SCRIPTS)
print(SCRIPTS, file=sys.stderr)
for start in ("\x1b[1;31m", "\x1b]8;;javascript:pwned()\x07", "\x1b[38;2;<img src=x onerror=pwned()>m", "\x1b[<script>", "\x9b31m", "\x1b[9999999999999m"):
    print(start + SCRIPTS)
class R:
    def __repr__(self): return "\x1b[31m" + SCRIPTS
print("tried")
R()
""")


@attack(sees="variance|not")
def scripts_in_cells(paper):
    """Writes scripts into Markdown, raw and code cells, attachments, formulas, links and pictures."""
    for script in [SCRIPTS, *SCRIPTS.splitlines()]:
        paper.cells.append(markdown(script))
    for text in ("[x](javascript:pwned())", "[x](<java\nscript:pwned()>)", "![x](x\" onerror=\"pwned())", "<javascript:pwned()>", "[x][1]\n\n[1]: javascript:pwned()",
                 "$\\href{javascript:pwned()}{x}$", "$$\\unicode{<script>pwned()</script>}$$", "`</code><script>pwned()</script>`",
                 "```html\n</code></pre><script>pwned()</script>\n```", "```x\"><script>pwned()</script>\n```", "|<script>pwned()</script>|\n|-|\n",
                 "# x {onload=pwned()}", "\\begin{a}</script><script>pwned()</script>\\end{a}", "$</script><script>pwned()</script>$", "![a](attachment:x.png)",
                 "![a](attachment:y\" onerror=\"pwned())", "[files](files/../../secret)", "<a href='files/javascript:pwned()'>x</a>"):
        cell = markdown(text)
        cell["attachments"] = {"x.png": {"image/svg+xml": SCRIPTS, "text/html": SCRIPTS, "image/png": '"><script>pwned()</script>'},
                               'y" onerror="pwned()': {"image/png": "AAAA"}}
        paper.cells.append(cell)
    for kind in ("", "text/html", "text/restructuredtext", "image/svg+xml"):
        paper.cells.append({"cell_type": "raw", "metadata": {"raw_mimetype": kind, "format": kind}, "source": SCRIPTS})
    paper.first("# " + SCRIPTS.replace("\n", "\n# "))
    paper.cell("check_network_size")["metadata"].update(name="<script>pwned()</script>", tags=['"><script>pwned()</script>'])


@attack()
def scripts_in_answers(paper):
    """Answers with scripts: as texts, names of types and functions, messages of exceptions, lines of code."""
    paper.first(f"SCRIPTS = {SCRIPTS!r}\n")
    paper.answer(
        backward_pass="""
Named = type(SCRIPTS, (ValueError,), {})
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    raise Named(SCRIPTS)  # <script>pwned()</script><img src=x onerror=pwned()>
""",
        sigma_sq_derived="sigma_sq_derived = SCRIPTS",
        he_init_params="""
def he_init_params(K, D, rng): return type(SCRIPTS, (), {})()
he_init_params.__name__ = he_init_params.__qualname__ = he_init_params.__doc__ = SCRIPTS
he_init_params.__module__ = SCRIPTS
""",
        mislabelled_print="printed_quantity, true_std_dl_dh = SCRIPTS, type(SCRIPTS, (), {})()\nprint('tried')",
    )


@attack(sees="variance|not|Error")
def forged_report(paper):
    """Raises exceptions whose messages move the teacher's cursor up and write a table with full marks."""
    forged = r'"\x1b[2J\x1b[1;1H\x1b]0;title\x07\x9b2J\r\n\n│ forged_report │ 1/1 ✓ │ 12/12 │\x1b[8m\u202e\u2066\x08\x7f" * 2'
    paper.answer(
        network_size=f"raise ValueError({forged})",
        sigma_sq_by_experiment=f"sigma_sq_omega = {forged}",
        sigma_sq_derived=f"sigma_sq_derived = type({forged}, (), {{}})()",
        he_init_params=f"def he_init_params(K, D, rng):\n    raise type({forged}, (ValueError,), {{}})({forged})",
        predicted_ratio=f"predicted_ratio = type({forged}, (float,), {{}})(7)",
    )


@attack(sees="not graded|no 'nbformat'|expected 4")
def forged_report_by_a_broken_file(paper):
    """Hands in a broken notebook whose contents the reason for refusing it might quote, with terminal escapes in it."""
    paper.raw = b'{"nbformat": "\\u001b[2J\\u001b[1;1H\\u009b2J [bold]12/12[/bold] ' + b"x" * 1000 + b'", "cells": []}'
