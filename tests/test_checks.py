"""The checks as a grade cell sees them: one float, one card, no exception, whatever the answer is."""

import sys
import threading

import numpy as np
import pytest

from initlab import checks, messages
from initlab.checks.session import Session, opened
from initlab.rubric import EXERCISES, LABS, POINTS, Finding, Outcome


@pytest.fixture
def notebook():
    """A session like a notebook's own, which shows nothing."""
    with opened(Session(silent=True)) as session:
        yield session


def right(K, D, rng):
    """A right he_init_params."""
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]


def verdict_of(exercise, *answers, seed=b"seed"):
    """Return the verdict of one check, and assert that it gave a plain float within its points."""
    with checks.grading(seed) as session:
        points = getattr(checks, exercise)(*answers)
    assert type(points) is float and 0 <= points <= POINTS[exercise]
    return session.verdicts[0]


@pytest.mark.parametrize("blank", [..., None])
@pytest.mark.parametrize("exercise", POINTS)
def test_blank_is_not_attempted(exercise, blank, capsys):
    """An answer left as handed out, or emptied, is not attempted, and nothing reaches stderr."""
    verdict = verdict_of(exercise, *[blank] * len(EXERCISES[exercise].answers))
    assert (verdict.outcome, verdict.points) == (Outcome.NOT_ATTEMPTED, 0.0)
    assert capsys.readouterr().err == ""


def test_points_are_those_of_the_labs():
    """Lab 1 is worth 12 points and lab 2 14, in the order of the exercises."""
    assert {lab: sum(POINTS[name] for name in names) for lab, names in LABS.items()} == {
        "forward_pass": 12, "backward_pass": 14}
    assert list(LABS["forward_pass"])[0] == "network_size" and list(LABS["backward_pass"])[-1] == "mislabelled_print"


def test_there_is_a_check_for_every_exercise():
    """Every exercise has a check of its name with its grade cell's names; another name is told what there is."""
    assert set(POINTS) <= set(dir(checks))
    assert checks.mislabelled_print.__name__ == "mislabelled_print"
    assert str(checks.mislabelled_print.__signature__) == "(printed_quantity, true_std_dl_dh, /)"
    with pytest.raises(AttributeError, match="no check 'he_init'; there are: network_size"):
        checks.he_init
    with pytest.raises(TypeError):
        checks.mislabelled_print("dl_df")


def test_cases_depend_on_the_seed_alone():
    """The same seed asks for the same networks, another seed for others, a notebook for the public ones."""
    asked = {}

    def spy(key):
        def he_init_params(K, D, rng):
            asked.setdefault(key, []).append((K, D, rng.normal()))
            return right(K, D, rng)
        return he_init_params

    for key, seed in (("a", b"one"), ("b", b"one"), ("c", b"two")):
        verdict_of("he_init_params", spy(key), seed=seed)
    with opened(Session(silent=True)):
        checks.he_init_params(spy("public"))
    assert asked["a"] == asked["b"]
    assert {call[:2] for call in asked["a"]}.isdisjoint(call[:2] for call in asked["public"])
    assert [call[:2] for call in asked["a"]] != [call[:2] for call in asked["c"]]
    assert [call[:2] for call in asked["public"]] == [(50, 80), (24, 20), (1, 2000), (24, 20)]


def test_sessions_of_threads_are_apart():
    """Two graders in two threads each collect their own verdicts, in their own language."""
    found, barrier = {}, threading.Barrier(2)

    def grade(lang, answer):
        with checks.grading(b"seed", lang) as session:
            barrier.wait(10)
            checks.sigma_sq_derived(answer)
            barrier.wait(10)
        found[lang] = (session.verdicts[0].share, messages.label("checked", lang) in session.cards[0].text)

    threads = [threading.Thread(target=grade, args=pair) for pair in (("en", 0.025), ("ko", 0.1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == {"en": (1.0, True), "ko": (0.0, True)}


def test_marks_so_far_count_the_latest_answer(notebook):
    """A notebook's marks add up over exercises, and a second try takes the place of the first."""
    checks.sigma_sq_derived(0.025)
    checks.network_size(...)
    checks.sigma_sq_by_experiment(1.0)
    assert "So far in this lab: 2 of 12 points" in notebook.cards[-1].text
    checks.sigma_sq_by_experiment(0.025)
    assert "So far in this lab: 4 of 12 points" in notebook.cards[-1].text
    assert len(notebook.verdicts) == 3
    checks.sigma_sq_backward(0.025)
    assert "So far in this lab: 2 of 14 points" in notebook.cards[-1].text


def test_language_is_chosen_once(notebook):
    """After speak, cards and hints come in that language; a language that isn't there is refused."""
    checks.speak("ko")
    checks.sigma_sq_derived(0.0125)
    assert "ReLU가 없는 신경망" in notebook.cards[-1].text
    checks.hint("sigma_sq_derived")
    assert "힌트 1/3" in notebook.cards[-1].text
    with pytest.raises(ValueError, match="en, ko, got 'fr'"):
        checks.speak("fr")


def test_warnings_of_a_student_stay_quiet(capsys, recwarn):
    """Overflow and warnings in a student's function reach neither stderr nor the warnings of the notebook."""

    def he_init_params(K, D, rng):
        import warnings
        warnings.warn("old fashioned")
        np.exp(np.array(1e4)), np.array(1.0) / 0
        return right(K, D, rng)

    assert verdict_of("he_init_params", he_init_params).share == 1
    assert capsys.readouterr().err == "" and len(recwarn) == 0


def test_interrupt_passes_through():
    """A student who interrupts the kernel interrupts the check as well."""

    def he_init_params(K, D, rng):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verdict_of("he_init_params", he_init_params)


def test_error_shows_the_students_lines():
    """A function that stops is shown with its own lines, innermost last, and with none of the package's."""
    verdict = verdict_of("he_init_params", lambda K, D, rng: rng.normal(size=(D, "D")))
    fields = verdict.findings[0].fields
    assert verdict.outcome is Outcome.BROKE
    assert fields["type"] == "TypeError" and "he_init_params(K=" in fields["call"]
    assert fields["lines"].count("\n") == 0 and 'rng.normal(size=(D, "D"))' in fields["lines"]


def test_lines_of_an_error_end_where_it_was_raised():
    """The student's lines stand in the order of the calls."""

    def width_of(layer):
        return layer.size

    def he_init_params(K, D, rng):
        return width_of(D)

    lines = verdict_of("he_init_params", he_init_params).findings[0].fields["lines"].splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == ["return width_of(D)", "return layer.size"]


def test_error_from_afar_keeps_type_and_lines():
    """An exception that says which type and lines the student's had is quoted with those."""

    class RemoteError(Exception):
        student_type = "ShapeError"
        student_lines = ("3: w = draw(K)", "8: return w @ w")

    def he_init_params(K, D, rng):
        raise RemoteError("no such shape")

    fields = verdict_of("he_init_params", he_init_params).findings[0].fields
    assert (fields["type"], fields["message"]) == ("ShapeError", "no such shape")
    assert fields["lines"] == "3: w = draw(K)\n8: return w @ w"


def test_arguments_are_the_functions_own(notebook):
    """What one call does to its arguments is not seen by the next."""
    seen = []

    def backward_pass(all_weights, all_biases, all_f, all_h, y):
        seen.append(float(all_weights[0].sum()))
        for weights in all_weights:
            weights[:] = 0
        return [], [], [], []

    for _ in range(2):
        checks.backward_pass(backward_pass)
    assert seen[0] == seen[1] != 0


class Loud:
    """Answers to every way of asking it for a value, and remembers that it was asked."""

    asked = []

    def __getattribute__(self, name):
        Loud.asked.append(name)
        return 0.025

    def __float__(self):
        Loud.asked.append("float")
        return 0.025

    def __array__(self, *_, **__):
        Loud.asked.append("array")
        return np.array(0.025)

    def __iter__(self):
        Loud.asked.append("iter")
        return iter([0.025])

    def __eq__(self, other):
        Loud.asked.append("eq")
        return True

    def __len__(self):
        Loud.asked.append("len")
        return 1

    __hash__ = None


class Generous(float):
    """A float that compares as every mark would like."""

    def __le__(self, other):
        return True

    __ge__ = __lt__ = __gt__ = __eq__ = __le__
    __hash__ = float.__hash__


def endless():
    """Nest a list in itself."""
    nested = []
    nested.append(nested)
    return nested


HOSTILE = {
    "loud": Loud(), "generous": Generous(0.025), "endless": endless(), "set": {1}, "bytes": b"0.025", "dict": {0: 1},
    "generator": (x for x in [1]), "type": float, "module": sys, "slice": slice(3), "complex": 1j, "bool": True,
    "numpy bool": np.True_, "datetime": np.datetime64("2026-01-01"), "object array": np.array([1, None], dtype=object),
    "structured": np.zeros(3, dtype=[("a", float)]), "text array": np.array(["0.025"]), "empty": [], "empty array": np.array([]),
    "list of nothing": [[]], "nan": np.nan, "huge": 10**5000, "exception": ValueError("0.025"), "nested": [[[[[[1]]]]]],
    "many": [0.0] * 5000, "loud list": [Loud()] * 51, "text": "0.025" * 1000, "masked": np.ma.masked_array([1.0], [True]),
}


@pytest.mark.parametrize("exercise", POINTS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_odd_values_get_a_verdict(exercise, kind):
    """A value that is no answer earns nothing, is told by name, and is asked nothing by the checks."""
    Loud.asked.clear()
    verdict = verdict_of(exercise, *[HOSTILE[kind]] * len(EXERCISES[exercise].answers))
    assert verdict.share == 0 and verdict.outcome is not Outcome.RIGHT
    assert not {"float", "array", "iter", "eq", "len"} & set(Loud.asked)


@pytest.mark.parametrize("exercise", ["he_init_params", "re_init_params", "backward_pass"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_odd_results_get_a_verdict(exercise, kind):
    """A function that returns something odd, alone or in lists of the right length, earns nothing."""
    odd = HOSTILE[kind]
    results = [odd, [odd, odd], (odd,) * 4, ([odd] * 51, [odd] * 51), ([odd] * 7,) * 4]
    for result in results:
        Loud.asked.clear()
        if exercise == "backward_pass":
            verdict = verdict_of(exercise, lambda all_weights, all_biases, all_f, all_h, y: result)
        else:
            verdict = verdict_of(exercise, lambda K, D, rng: result)
        assert verdict.share == 0 and verdict.outcome is not Outcome.RIGHT
        assert not {"float", "array", "iter", "eq"} & set(Loud.asked)


def test_hints_rise_and_end(notebook):
    """Hints are numbered, say whether there is another, and end without the solution."""
    for n in (1, 2, 3):
        checks.hint("he_init_params", n)
    texts = [card.text for card in notebook.cards]
    assert [f"Hint {n} of 3" in text for n, text in enumerate(texts, 1)] == [True] * 3
    assert 'checks.hint("he_init_params", 2)' in texts[0] and 'checks.hint("he_init_params", 3)' in texts[1]
    assert "last hint" in texts[2] and "solution" not in texts[2]


def test_solution_only_where_the_course_gives_it(notebook):
    """The last hint leads to the worked solution when, and only when, the course has said where that is."""
    checks.speak("en", solutions="https://course.example/{lab}.html")
    checks.hint("re_init_params", 2)
    checks.hint("re_init_params", 3)
    assert ["https://course.example/backward_pass.html" in card.text for card in notebook.cards] == [False, True]


@pytest.mark.parametrize(("exercise", "n", "says"), [
    ("he_init_params", 4, "no hint 4"), ("he_init_params", 0, "hints 1 to 3"), ("he_init", 1, "there are: network_size"),
    (None, 1, "NoneType"), ("he_init_params", "one", "hints 1 to 3"),
])
def test_hint_that_is_not_there(notebook, exercise, n, says):
    """A wrong number or name gets a card that says which hints there are, not an exception."""
    checks.hint(exercise, n)
    assert says in notebook.cards[-1].text
    assert notebook.cards[-1].text.startswith("[? No such hint]")


def test_hints_in_a_grade_cell_show_nothing(capsys):
    """While grading, nothing is printed or displayed."""
    with checks.grading(b"seed") as session:
        checks.hint("he_init_params")
        checks.sigma_sq_derived(1)
    assert len(session.cards) == 2 and capsys.readouterr().out == ""


def test_seed_of_a_grader_is_bytes():
    """A grader without a seed would ask everybody the same; it is refused."""
    for seed in (b"", "seed", None):
        with pytest.raises(ValueError, match="seed must be bytes"), checks.grading(seed):
            pass


def test_finding_keeps_its_fields():
    """What a finding quotes cannot be changed after the fact."""
    with pytest.raises(TypeError):
        Finding("common.broke", {"a": 1}).fields["a"] = 2
