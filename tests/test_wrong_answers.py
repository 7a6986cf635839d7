"""Every specimen answer gets what its heading says: wrong ones their own code and no other, right ones everything."""

from pathlib import Path

import pytest

from initlab.checks import specimens
from initlab.rubric import EXERCISES, Outcome

FOLDER = Path(__file__).parent / "wrong_answers"
ALL = specimens.read(FOLDER)

# The mistakes listed in the literature that can occur in these two labs, by what they are, and the codes that name them.
# The others belong to labs on convolutions, residual networks, normalisation and other activations.
MISCONCEPTIONS = {
    "std = 2/n, the root forgotten": "init.sqrt_forgotten",
    "(2/n)**1/2": "init.precedence",
    "sqrt(2/fan_in+fan_out)": "init.brackets",
    "1/n**-.5": "init.grows",
    "Xavier with ReLU": "init.xavier",
    "Glorot's average on layers that aren't square": "init.glorot",
    "fan-in and fan-out swapped": "init.needs_fan_in",
    "fan-out and fan-in swapped": "init.needs_fan_out",
    "shape convention (in, out)": "init.transposed",
    "uniform bound = std": "init.uniform_bound",
    "uniform needs the gain squared": "init.uniform_gain",
    "rand for randn": "init.all_positive",
    "truncated normal without correction": "init.truncated",
    "√2 for the 2 in the variance": "init.sqrt2_variance",
    "√2 for the 2, derived": "derived.root_of_two",
    "ReLU halves the std": "init.four",
    "ReLU halves the std, derived": "derived.std_halved",
    "Var(h) for E[h²]": "derived.variance_of_h",
    "zero initialisation": "init.zero",
    "a constant breaks symmetry": "init.constant",
    "one matrix for all layers": "init.reused",
    "variance independent of the width": "init.width_ignored",
    "flat on one seed must be the right one": "derived.tuned",
    "biases drawn too": "init.biases_not_zero",
    "dl_dh for dl_df": "print.label_believed",
    "dl_dh with the ReLU in it": "backward.dh_is_df",
    "global K": "backward.global_k",
}


def name(specimen):
    return f"{specimen.exercise}-{specimen.title}"


@pytest.mark.parametrize("seed", [b"one", b"another"], ids=["seed1", "seed2"])
@pytest.mark.parametrize("specimen", ALL, ids=name)
def test_verdict_is_what_the_heading_says(specimen, seed):
    """A specimen's outcome, its codes in their order, its remark, and its share where the heading gives one."""
    verdict = specimen.verdict(seed=seed)
    assert verdict.outcome is specimen.outcome
    assert tuple(finding.code for finding in verdict.findings) == specimen.codes
    assert tuple(remark.code for remark in verdict.remarks) == ((specimen.says,) if specimen.says else ())
    if specimen.share is not None:
        assert verdict.share == pytest.approx(specimen.share)
    if specimen.outcome is not Outcome.RIGHT:
        assert verdict.share < 1


@pytest.mark.parametrize("code", MISCONCEPTIONS.values(), ids=MISCONCEPTIONS)
def test_misconception_is_recognised(code):
    """Every known misconception that these labs can meet has a specimen whose first finding names it."""
    assert any(specimen.codes[:1] == (code,) for specimen in ALL)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_specimens(exercise):
    """Every exercise has wrong answers for at least two reasons, and at least one right answer that is unusual."""
    mine = [specimen for specimen in ALL if specimen.exercise == exercise]
    assert len({specimen.codes for specimen in mine if specimen.outcome is Outcome.WRONG}) >= 2
    assert sum(specimen.outcome is Outcome.RIGHT for specimen in mine) >= 2
    assert any(specimen.outcome is Outcome.NOT_ATTEMPTED for specimen in mine)


def test_there_are_enough_specimens():
    """At least 80 wrong answers and 40 unusual right ones, no two under one name."""
    assert sum(specimen.outcome is Outcome.WRONG for specimen in ALL) >= 80
    assert sum(specimen.outcome is Outcome.RIGHT for specimen in ALL) >= 40
    assert len({(specimen.exercise, specimen.title) for specimen in ALL}) == len(ALL)


@pytest.mark.parametrize("specimen", [s for s in ALL if s.outcome is Outcome.RIGHT], ids=name)
def test_right_answer_is_right_in_the_notebook(specimen):
    """What the hidden cases find right, the notebook's own public check finds right as well."""
    assert specimen.verdict(seed=None).share == pytest.approx(1)


def test_wrong_heading_is_named(tmp_path):
    """A heading that cannot be read is named with its file, so that no specimen is passed over in silence."""
    (tmp_path / "network_size.py").write_text("# %% wrogn size.depth: a typing error\nall_weights = []\n")
    with pytest.raises(ValueError, match="network_size.py: cannot read '# %% wrogn size.depth"):
        specimens.read(tmp_path)


def test_heading_is_read_whole(tmp_path):
    """Outcome, codes, share, remark, title and source are those of the file."""
    text = '"""About."""\n\n# %% wrong a.b, c.d (share 0.25): two things\nx = 1\n# %% right (says e.f): fine\ny = 2\n'
    (tmp_path / "network_size.py").write_text(text)
    wrong, right = specimens.read(tmp_path)
    assert (wrong.outcome, wrong.codes, wrong.share, wrong.says) == (Outcome.WRONG, ("a.b", "c.d"), 0.25, None)
    assert (wrong.title, wrong.source) == ("two things", "x = 1\n")
    assert (right.outcome, right.codes, right.share, right.says) == (Outcome.RIGHT, (), 1.0, "e.f")
