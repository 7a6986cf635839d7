"""What is said to students: complete in both languages, saying the same, and tripped by a specimen each."""

from pathlib import Path

import pytest

from initlab import messages
from initlab.checks import specimens
from initlab.messages import markup
from initlab.messages.hints import HINTS
from initlab.messages.labels import LABELS
from initlab.messages.pictures import PICTURES
from initlab.rubric import POINTS, Outcome

ALL = specimens.read(Path(__file__).parent / "wrong_answers")
# A remark goes with a right answer; a blank or broken answer has a code as well.
TRIPPED = {code for specimen in ALL for code in specimen.codes} | {specimen.says for specimen in ALL if specimen.says}


def differences(english, korean):
    """Return what two versions of a text disagree about: fields, formulas, code."""
    looks = {"fields": markup.fields_of, "formulas": lambda text: sorted(markup.formulas_of(text)),
             "code": lambda text: sorted(markup.code_of(text))}
    return [name for name, look in looks.items() if look(english) != look(korean)]


@pytest.mark.parametrize("code", messages.codes())
def test_every_code_is_tripped_by_a_specimen(code):
    """No message without an answer that gets it: a check that nothing fails is no check."""
    assert code in TRIPPED


def test_every_specimens_code_has_a_message():
    """No specimen expects a code that there is no message for."""
    assert TRIPPED <= set(messages.codes())


@pytest.mark.parametrize("code", messages.codes())
def test_message_is_complete_in_both_languages(code):
    """Both languages have the same parts; a mistake has all four: its name, what was seen, the form, a question."""
    english, korean = (messages.message(code, lang) for lang in messages.LANGUAGES)
    assert [bool(part) for part in english] == [bool(part) for part in korean]
    wrong = any(code in specimen.codes and specimen.outcome in (Outcome.WRONG, Outcome.BROKE) for specimen in ALL)
    half_blank = code in ("print.name_blank", "print.std_blank")
    assert all(english) == (wrong and not half_blank)


@pytest.mark.parametrize("code", messages.codes())
def test_languages_say_the_same(code):
    """Both languages of a message have the same fields, formulas and names; a stale translation shows here."""
    for part, english, korean in zip(messages.Message._fields, messages.message(code, "en"), messages.message(code, "ko")):
        assert differences(english, korean) == [], part


def test_difference_is_seen():
    """The comparison of languages can fail: a lost field, a changed formula, a renamed function."""
    assert differences("{got} of $1/D$ in `np.std`", "{got}개 $1/D$ `np.std`") == []
    assert differences("{got} of $1/D$ in `np.std`", "{want}개 $2/D$ `np.var`") == ["fields", "formulas", "code"]


@pytest.mark.parametrize("texts", [*LABELS.values(), *HINTS.values()], ids=[*LABELS, *(f"hint {name}" for name in HINTS)])
def test_labels_and_hints_say_the_same(texts):
    """Labels and hints exist in both languages, with the same fields and names."""
    assert set(texts) == set(messages.LANGUAGES)
    english, korean = (text if isinstance(text, list) else [text] for text in (texts["en"], texts["ko"]))
    assert len(english) == len(korean)
    for one, other in zip(english, korean):
        assert differences(one, other) == []


def test_pictures_say_the_same():
    """The text alternatives of the pictures have the same fields in both languages."""
    for texts in PICTURES.values():
        assert [differences(*pair) for pair in zip(texts["en"], texts["ko"])] == [[], [], [], []]


def test_every_exercise_has_rising_hints():
    """Every exercise has at least three hints, and a later one says more than the one before."""
    assert set(HINTS) == set(POINTS)
    for texts in HINTS.values():
        assert len(texts["en"]) >= 3
        assert all(len(set(texts[lang])) == len(texts[lang]) for lang in messages.LANGUAGES)


def test_specimen_messages_fill_in():
    """Every message can be filled in, in both languages, with the figures that its finding carries."""
    for specimen in ALL:
        for finding in specimen.verdict().findings:
            for lang in messages.LANGUAGES:
                for part in messages.message(finding.code, lang):
                    assert "{" not in markup.as_text(part, finding.fields)


def test_korean_is_polite_throughout():
    """Korean sentences end in the polite style; a question keeps its mark."""
    endings = ("다", "요", "까", "오", "가", ")", "`")
    for code in messages.codes():
        for part in messages.message(code, "ko")[1:]:
            sentences = [sentence.strip() for sentence in markup.as_text(part, _any()).replace("?", ".").split(". ")]
            for sentence in filter(None, (sentence.rstrip(".") for sentence in sentences)):
                assert sentence.endswith(endings), f"{code}: {sentence}"


class _any(dict):
    def __missing__(self, key):
        return "x"


@pytest.mark.parametrize(("value", "shown"), [
    (3, "3"), (0.025, "0.025"), (446.6542, "446.7"), (1477.322, "1477"), (1e38, "1·10³⁸"), (-2.5e-12, "-2.5·10⁻¹²"),
    (0.0, "0"), (float("inf"), "inf"), (float("nan"), "nan"), (5e-324, "4.94·10⁻³²⁴"), (9.9999e-5, "0.0001"),
    (99999.9, "1·10⁵"),
])
def test_figure_is_short(value, shown):
    """Numbers come with four digits, and with a power of ten where they are very large or small."""
    assert markup.figure(value) == shown


def test_language_is_checked():
    """A language that there are no messages in is named, with those that there are."""
    with pytest.raises(ValueError, match="en, ko, got 'fr'"):
        messages.message("common.broke", "fr")
