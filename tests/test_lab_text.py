"""The text of the labs: two languages that say the same, complete exercise headers, and code that exists.

Every rule is a function from a lab's cells to the sentences that say where it is broken.
The labs must give none, and a small broken lab must give at least one.
"""

import ast
import importlib
import re
from pathlib import Path

import jupytext
import pytest

from initlab.rubric import POINTS

SOLUTIONS = Path(__file__).parents[1] / "solutions"
LABS = sorted(SOLUTIONS.glob("[0-9][0-9]_*.py"))
LANGUAGES = ("en", "ko")
MOST_LINES = 25
MOST_COLUMNS = 90  # JupyterLab cuts wider lines off in a window of ordinary width

HEADERS = {
    "en": re.compile(
        r"### Exercise (?P<number>\d): `(?P<name>\w+)`\n\n"
        r"\*\*Difficulty\*\* (?P<dots>[●○]{3}) \((?P<level>\d) of 3\) · \*\*Time\*\* (?P<minutes>\d+) min"
        r" · \*\*Points\*\* (?P<points>\d+) · \*\*You learn\*\* (?P<learn>\S.{10,})\n\n\S"
    ),
    "ko": re.compile(
        r"### 문제 (?P<number>\d): `(?P<name>\w+)`\n\n"
        r"\*\*난이도\*\* (?P<dots>[●○]{3}) \(3단계 중 (?P<level>\d)\) · \*\*시간\*\* (?P<minutes>\d+)분"
        r" · \*\*배점\*\* (?P<points>\d+) · \*\*배우는 것\*\* (?P<learn>\S.{5,})\n\n\S"
    ),
}
TIMES = {
    "en": re.compile(
        r"\*\*Time:\*\* (\d+) minutes, of which (\d+) are for the \w+ exercises and (\d+) for reading\."
    ),
    "ko": re.compile(r"\*\*시간:\*\* (\d+)분\.\s+문제 [가-힣]+ 개에 (\d+)분, 읽기에 (\d+)분입니다\."),
}


def lab_cells(text):
    """Return the cells of a lab's source."""
    return jupytext.reads(text, fmt="py:percent").cells


def language(cell):
    """Return the language of a cell, or None for one that all languages share."""
    return next((tag for tag in cell.metadata.get("tags", ()) if tag in LANGUAGES), None)


def pairs(cells):
    """Return the (English, Korean) texts, in order."""
    texts = [cell.source for cell in cells if language(cell)]
    return list(zip(texts[::2], texts[1::2]))


def without_blocks(text):
    """Return a text without its formulas and its code, which hold dots and capitals of their own."""
    return re.sub(r"\$\$.*?\$\$|\$[^$]+\$|`[^`]+`", "x", text, flags=re.DOTALL)


def languages_alternate(cells):
    """Every text is an English cell with its Korean one right below; code and answers are shared."""
    last = None
    for cell in cells:
        lang = language(cell)
        if cell.cell_type == "markdown" and lang is None:
            yield f"a text without a language: {cell.source[:40]!r}"
        if cell.cell_type != "markdown" and lang is not None:
            yield f"code of one language only: {cell.source[:40]!r}"
        if (lang == "ko") != (last == "en"):
            yield f"{lang} follows {last}: {cell.source[:40]!r}"
        last = lang
    if last == "en":
        yield "the last text has no Korean"


def pairs_agree(cells):
    """Both texts of a pair have the same headings, list items, links, formulas and names."""
    looks = {
        "heading levels": r"^#+(?= )",
        "list items": r"^- ",
        "links": r"\]\(([^)]+)\)",
        "formulas": r"\$\$.*?\$\$|\$[^$\n]+\$",
        "names": r"`[^`]+`",
        "figures": r"(?<![\w.])\d+\.\d+",
    }
    for english, korean in pairs(cells):
        for what, pattern in looks.items():
            here, there = (
                sorted(re.findall(pattern, text, flags=re.MULTILINE | re.DOTALL)) for text in (english, korean)
            )
            if here != there:
                yield f"{what} differ, {here} and {there}: {english[:40]!r}"


def one_sentence_per_line(cells):
    """A line of prose holds one sentence, so that a change of one sentence is a change of one line."""
    ends = {"en": r"[.?!][)”\"]? (?=[A-Z*$`x\[(])", "ko": r"[다오까요][.?!][)”\"]? (?=\S)"}
    for cell in cells:
        lang = language(cell)
        for line in without_blocks(cell.source).splitlines() if lang else ():
            line = re.sub(r"^#+ .*|et al\.|\*\*[^*]+\*\*", "x", line)
            if re.search(ends[lang], line):
                yield f"two sentences in one line: {line!r}"


def exercises_complete(cells):
    """Above every answer stands a header with number, difficulty, time, points and aim in both languages.

    Below it stands its check, worth those points.
    """
    number = 0
    for place, cell in enumerate(cells):
        if not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        number += 1
        name = cell.metadata["nbgrader"]["grade_id"]
        headers = [HEADERS[lang].match(text.source) for lang, text in zip(LANGUAGES, cells[place - 2:place])]
        if not all(headers):
            yield f"{name} lacks a complete header"
            continue
        told, korean = ({key: found[key] for key in found.groupdict() if key != "learn"} for found in headers)
        if told != korean:
            yield f"{name}: the headers differ, {told} and {korean}"
        dots = "●" * int(told["level"]) + "○" * (3 - int(told["level"]))
        want = {"number": str(number), "name": name, "dots": dots, "points": str(POINTS.get(name))}
        for key, value in want.items():
            if told[key] != value:
                yield f"{name}: {key} is {told[key]}, expected {value}"
        grade = cells[place + 1].metadata.get("nbgrader", {}) if place + 1 < len(cells) else {}
        if (grade.get("grade_id"), str(grade.get("points"))) != (f"check_{name}", told["points"]):
            yield f"{name}: its check does not follow, or is not worth {told['points']}"


def times_add_up(cells):
    """The time that the lab announces is the sum of its exercises and its reading, 45 to 50 minutes."""
    for index, lang in enumerate(LANGUAGES):
        texts = [pair[index] for pair in pairs(cells)]
        told = next((found for found in map(TIMES[lang].search, texts) if found), None)
        if told is None:
            yield f"{lang}: no time announced"
            continue
        total, exercises, reading = map(int, told.groups())
        minutes = sum(int(found["minutes"]) for found in map(HEADERS[lang].match, texts) if found)
        if minutes != exercises or exercises + reading != total or not 45 <= total <= 50:
            yield f"{lang}: {total} announced, {minutes} in exercises and {reading} in reading"


def graded_cells_are_calls(cells):
    """A grade cell is one call of the exercise's check and nothing else; it is shared and tagless."""
    for cell in cells:
        grader = cell.metadata.get("nbgrader")
        if grader is None:
            continue
        if cell.metadata.get("tags"):
            yield f"{grader['grade_id']} has tags"
        if grader["grade"]:
            name = grader["grade_id"].removeprefix("check_")
            body = ast.parse(cell.source).body
            if len(body) != 1 or not ast.unparse(body[0]).startswith(f"checks.{name}("):
                yield f"{grader['grade_id']} is not a single call of checks.{name}"


def answers_stand_apart(cells):
    """What is left of an answer cell is a `name = ...` for each value, or a signature with its docstring."""
    for cell in cells:
        if not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        left = re.sub(r" *### BEGIN SOLUTION\n.*?### END SOLUTION", "", cell.source, flags=re.DOTALL)
        for statement in ast.parse(left).body:
            blank = isinstance(statement, ast.Assign) and re.fullmatch(r"\.\.\.|\((\.\.\., )+\.\.\.\)",
                                                                      ast.unparse(statement.value))
            if not blank and not (isinstance(statement, ast.FunctionDef) and len(statement.body) == 1):
                yield f"an untouched answer holds {ast.unparse(statement)!r}"


def cells_fit(cells):
    """A code cell has at most 25 lines of at most 90 columns; what needs more belongs into the package."""
    for cell in cells:
        lines = len(cell.source.splitlines())
        if cell.cell_type == "code" and lines > MOST_LINES:
            yield f"{lines} lines: {cell.source[:40]!r}"
        for line in cell.source.splitlines() if cell.cell_type == "code" else ():
            if len(line) > MOST_COLUMNS:
                yield f"{len(line)} columns: {line!r}"


def package_names_exist(cells):
    """Every name that a lab takes from the package is there."""
    modules = {}
    for cell in cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("initlab"):
                for alias in node.names:
                    modules[alias.name] = found = _package_name(node.module, alias.name)
                    if found is None:
                        yield f"{node.module} has no {alias.name}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module = modules.get(node.value.id)
                if module is not None and not hasattr(module, node.attr):
                    yield f"{node.value.id} has no {node.attr}"


def _package_name(module, name):
    found = getattr(importlib.import_module(module), name, None)
    if found is None:
        try:
            return importlib.import_module(f"{module}.{name}")
        except ModuleNotFoundError:
            return None
    return found


def names_in_prose_exist(cells):
    """A name in the text is a name in the code: of this lab, of its exercises, or of the package."""
    known = {"float32", *POINTS}
    for cell in cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                known |= {getattr(node, field, None) for field in ("id", "attr", "name", "arg")}
                if isinstance(node, ast.Constant) and isinstance(node.value, str):  # labels, docstrings
                    known |= set(re.findall(r"\w+", node.value))
    for cell in cells:
        if language(cell) != "en":
            continue
        for code in re.findall(r"`([^`$]+)`", cell.source):
            for node in ast.walk(ast.parse(code)):
                name = getattr(node, "id", getattr(node, "attr", None))
                if name is not None and name not in known | {"hint", "normal"}:
                    yield f"`{code}` names {name}, which no code has"


GOOD = '''\
# %% [markdown] tags=["en"]
# # Lab
#
# **Time:** 45 minutes, of which 3 are for the one exercises and 42 for reading.
# %% [markdown] tags=["ko"]
# # 실습
#
# **시간:** 45분.
# 문제 한 개에 3분, 읽기에 42분입니다.
# %%
from initlab import checks, network
# %% [markdown] tags=["en"]
# ### Exercise 1: `network_size`
#
# **Difficulty** ●○○ (1 of 3) · **Time** 3 min · **Points** 1 · **You learn** what depth does to growth
#
# Draw it with $D = 80$ and `network`.
# It is 0.981, see [there](https://example.org).
# %% [markdown] tags=["ko"]
# ### 문제 1: `network_size`
#
# **난이도** ●○○ (3단계 중 1) · **시간** 3분 · **배점** 1 · **배우는 것** 깊이가 하는 일
#
# $D = 80$과 `network`로 만드세요.
# 0.981입니다. [여기](https://example.org)를 보세요.
# %% nbgrader={"grade": false, "grade_id": "network_size", "solution": true}
all_weights = ...
### BEGIN SOLUTION
all_weights = network.init_params(50, 80, 1.0, 0)
### END SOLUTION
# %% nbgrader={"grade": true, "grade_id": "check_network_size", "points": 1, "solution": false}
checks.network_size(all_weights)
'''.replace("0.981입니다. [여기]", "0.981이며, [여기]")

RULES = {
    languages_alternate: ('tags=["ko"]\n# ### 문제', 'tags=["en"]\n# ### 문제'),
    pairs_agree: ("# $D = 80$과", "# $D = 8$과"),
    one_sentence_per_line: ("`network`.\n# It", "`network`. It"),
    exercises_complete: ("**배점** 1", "**배점** 2"),
    times_add_up: ("(1 of 3) · **Time** 3 min", "(1 of 3) · **Time** 4 min"),
    graded_cells_are_calls: ("\nchecks.network_size(", "\n0.5 + checks.network_size("),
    answers_stand_apart: ("\nall_weights = ...", "\nall_weights = network.relu"),
    cells_fit: ("\nfrom initlab import checks", "\n" + "\n" * 25 + "0\nfrom initlab import checks"),
    package_names_exist: ("network.init_params", "network.init_parameters"),
    names_in_prose_exist: ("and `network`", "and `net`"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_lab_keeps_the_rule(path, rule):
    """Each lab's source keeps each rule; what is broken is listed."""
    assert list(rule(lab_cells(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_notices_one_slip(rule):
    """A slip of an author in an otherwise good lab is told, so that none of the rules is empty."""
    assert list(rule(lab_cells(GOOD))) == []
    right, wrong = RULES[rule]
    assert right in GOOD
    assert list(rule(lab_cells(GOOD.replace(right, wrong)))) != []


def test_there_are_two_labs():
    """The rules look at something."""
    assert [path.stem for path in LABS] == ["01_forward_pass", "02_backward_pass"]
