"""Runs one grade cell in the grader's own process and turns what came of it into a mark."""

from __future__ import annotations

import __future__
import ast
import builtins
import re
import time
import warnings
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import initlab
from initlab.grading.bindings import tree_of
from initlab.grading.border import BorderError, Ungivable
from initlab.grading.deadline import TooLong, deadline
from initlab.grading.deleting import with_deletes
from initlab.grading.evaluating import __file__ as _evaluating
from initlab.grading.evaluating import evaluating
from initlab.grading.hiddentests import hidden_lines
from initlab.grading.lab import LabCell
from initlab.grading.limits import mapping_at_most
from initlab.grading.marks import BROKE, FAULT, NOT_ATTEMPTED, RIGHT, WRONG, Mark, clipped
from initlab.grading.namespace import Names, NotDefined
from initlab.grading.proxy import NotKnown
from initlab.grading.shown import FILENAME, Shown, Stream

_PACKAGE = str(Path(initlab.__file__).parent)
_MEANT = (NotDefined, NotKnown, TooLong, BorderError, EOFError, AssertionError, ImportError)
MOST_MESSAGE = 2_000  # characters of an exception's message


@dataclass
class Tested:
    """What running a grade cell gave: the mark, the outputs for the feedback page, the names it bound."""

    mark: Mark
    outputs: list[dict] = field(default_factory=list)
    bound: dict[str, object] = field(default_factory=dict)


def run_grade_cell(
    cell: LabCell,
    names: Names,
    *,
    seed: bytes,
    lang: str,
    seconds: float,
    verdicts: list,
    mapped: int | None = None,
) -> Tested:
    """Run a grade cell and return its mark; nothing that it or the student's functions raise gets out.

    seed: of the hidden cases.  lang: of the cards.  seconds: wall time after which the cell is stopped.
    verdicts: what initlab.checks has said of this notebook so far; gets what it says now.
    mapped: bytes that this process may have mapped meanwhile; None for any number.
    """
    from initlab import checks

    started = time.monotonic()
    run = _Run(cell, names)
    with warnings.catch_warnings(), checks.grading(seed=seed, lang=lang) as session:
        warnings.simplefilter("ignore")
        session.verdicts.extend(verdicts)
        with redirect_stdout(Stream(run.shown, "stdout")), redirect_stderr(Stream(run.shown, "stderr")):
            value, problem = run.execute(seconds, mapped)
        names.give_back(all_of_them=True)
    new = session.verdicts[len(verdicts) :]
    verdicts.extend(new)
    if problem is None and value is None and not new:
        # A bare `except:` takes anything for the exception that it asks for; a cell that counts points has counted.
        problem = names.unanswered
    if problem is not None:
        score, outcome, words = 0.0, *run.explain(problem)
    else:
        score, outcome, words = _valued(value, cell, new, empty=run.empty)
    for card in session.cards:
        run.shown.add({"text/html": card.html, "text/plain": card.text})
    mark = Mark(cell.grade_id, cell.points, score, outcome, words, time.monotonic() - started)
    own = {"__name__", "__builtins__", "__annotations__"}
    return Tested(mark, run.shown.outputs, {k: v for k, v in names.cell.items() if k not in own})


class _Run:
    """One run of one grade cell: its statements one after the other, so that it is known which one is at work."""

    def __init__(self, cell: LabCell, names: Names):
        self.source = cell.source
        self.names = names
        self.hidden = hidden_lines(cell.source)
        self.shown = Shown(self.hidden)
        self.empty = True
        names.update(evaluating(cell.source, names))
        names.update(display=self.shown.display, input=_no_input, exit=_no_exit, quit=_no_exit)

    def execute(self, seconds: float, mapped: int | None) -> tuple[object, BaseException | None]:
        """Return the value of the last expression, or None, and the exception that ended the cell, or None."""
        value = None
        try:
            with deadline(seconds), mapping_at_most(mapped):
                body = tree_of(self.source).body
                flags = 0
                for place, statement in enumerate(body):
                    self.empty = self.empty and _says_nothing(statement)
                    last = place == len(body) - 1 and isinstance(statement, ast.Expr)
                    tree = ast.Expression(statement.value) if last else with_deletes(ast.Module([statement], []))
                    code = compile(tree, FILENAME, "eval" if last else "exec", flags, dont_inherit=True)
                    flags |= code.co_flags & _FUTURE
                    if last:
                        value = eval(code, self.names.cell)
                        if isinstance(statement.value, ast.Constant) and isinstance(value, str):
                            value = None  # a remark such as "all tests passed", not a result
                    else:
                        exec(code, self.names.cell)
                        self.names.give_back()
        except BaseException as problem:
            if isinstance(problem, KeyboardInterrupt) and not _students(problem):
                raise
            return None, problem
        return value, None

    def explain(self, problem: BaseException) -> tuple[str, str]:
        """Return the outcome and the words for the exception that ended the cell, and show it."""
        passed = self._lines(problem)
        line = passed[-1] if passed else None
        hidden = not self.hidden.isdisjoint(passed)
        name = _type_name(problem, hidden)
        message = "" if hidden else _message(problem)
        lines = list(getattr(problem, "student_lines", ()))
        if isinstance(problem, NotDefined):
            outcome, words = NOT_ATTEMPTED, message or "a name is not defined"
        elif isinstance(problem, MemoryError) and not _students(problem):
            outcome, words = BROKE, "this test needs more memory than it may have"
        elif self._ours(problem):
            outcome, words = FAULT, f"the grader failed with {name}: {message}"
        elif isinstance(problem, TooLong):
            outcome, words = BROKE, _message(problem)
        elif name == "StudentStopped":
            outcome, words = BROKE, _message(problem)
        elif _students(problem):
            outcome = NOT_ATTEMPTED if isinstance(problem, NotImplementedError) else BROKE
            words = f"{name}: {message}" if message else name
        elif isinstance(problem, SyntaxError) and line is None:
            outcome, words = FAULT, f"the grade cell itself is not Python: {message}"
        elif isinstance(problem, Ungivable):
            outcome, words = FAULT, _message(problem)
        elif hidden:
            outcome, words = WRONG, "a hidden test failed"
        elif isinstance(problem, AssertionError):
            outcome, words = WRONG, message or self._text(line)
        else:
            outcome, words = WRONG, f"{name}: {message}" if message else name
        shown = [f"line {line}: {self._text(line)}"] if line and not hidden else []
        shown += [f"in the answer, {student}" for student in lines]
        shown.append("A hidden test failed." if hidden and not _students(problem) else words)
        self.shown.outputs.append({"output_type": "error", "ename": name, "evalue": message, "traceback": shown})
        return outcome, few(words)

    def _ours(self, problem: BaseException) -> bool:
        """Whether initlab itself failed, which must not pass for a wrong answer.

        So it is when the exception went through initlab's own code, below the grade cell, and is none of those
        that this code raises for what a student or a teacher did.
        """
        if _students(problem) or isinstance(problem, _MEANT):
            return False
        place = problem.__traceback__
        while place is not None and place.tb_frame.f_code.co_filename != FILENAME:
            place = place.tb_next
        while place is not None:
            file = place.tb_frame.f_code.co_filename
            if file.startswith(_PACKAGE) and file != _evaluating:  # what a text raises passes through there
                return True
            place = place.tb_next
        return False

    def _lines(self, problem: BaseException) -> list[int]:
        """Return the lines of the cell that the exception passed through, the innermost last."""
        lines, place = [], problem.__traceback__
        while place is not None:
            if place.tb_frame.f_code.co_filename == FILENAME:
                lines.append(place.tb_lineno)
            place = place.tb_next
        return lines

    def _text(self, line: int | None) -> str:
        lines = self.source.split("\n")
        return lines[line - 1].strip() if line and line <= len(lines) else ""


# What `from __future__ import …` in one statement leaves to the next ones, as flags of compile().
_FUTURE = sum(
    getattr(__future__, name).compiler_flag for name in __future__.all_feature_names if name != "nested_scopes"
)


def _valued(value: object, cell: LabCell, verdicts: list, *, empty: bool) -> tuple[float, str, str]:
    """Return score, outcome and words of a grade cell that ran to its end."""
    if verdicts:
        if value is None:
            value = sum(verdict.points for verdict in verdicts)
        last = verdicts[-1]
        outcome = last.outcome.value.replace("_", " ")
        words = "" if outcome == RIGHT else _said(last)
    elif empty:
        return 0.0, BROKE, "this grade cell holds no test"
    elif value is None:
        return cell.points, RIGHT, ""
    else:
        outcome = words = ""
    score = clipped(value, cell.points)
    if score is None:
        return 0.0, BROKE, f"the grade cell ended in a value of type {type(value).__name__}, which is no mark"
    if not outcome:
        outcome = RIGHT if score >= cell.points else WRONG
        words = "" if outcome == RIGHT else f"{score:g} of {cell.points:g} points"
    return score, outcome, words


def _said(verdict) -> str:
    """Return what a verdict of initlab.checks found first, in a few words for the teacher."""
    from initlab import messages
    from initlab.messages.markup import as_text

    for finding in verdict.findings:
        # The error, or the limit, as for a cell that checks without initlab.checks.
        said = finding.fields.get("message")
        if finding.code == "common.stopped":
            return few(said)
        if finding.code == "common.broke":
            return few(f"{finding.fields['type']}: {said}" if said else finding.fields["type"])
        return as_text(messages.message(finding.code, "en").words, finding.fields)
    return verdict.outcome.value.replace("_", " ")


def _says_nothing(statement: ast.stmt) -> bool:
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Pass | ast.Import | ast.ImportFrom)


def _students(problem: BaseException) -> bool:
    return hasattr(problem, "student_lines")


def _type_name(problem: BaseException, hidden: bool) -> str:
    name = type(problem).__name__
    if not hidden:
        return str(getattr(problem, "student_type", None) or name)[:80]
    # A class made up in the student's code could carry the hidden test's numbers in its name.
    return name if name in vars(builtins) else "Exception"


def _message(problem: BaseException) -> str:
    try:
        return str(problem)[:MOST_MESSAGE]
    except Exception:
        return ""


def few(words: str) -> str:
    """Return the first line of what is to be said, short enough for a table."""
    # What a student's process says may be long, and the search takes time that grows with its square.
    words = re.sub(r"\(<ipython-input-[^>]*>, (line \d+)\)", r"(\1)", words[:MOST_MESSAGE])
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return first if len(first) <= 90 else first[:89] + "…"


def _no_input(prompt: object = "", /) -> str:
    raise EOFError("a grade cell cannot ask for input")


def _no_exit(status: object = None, /) -> None:
    raise AssertionError("the grade cell called exit()")
