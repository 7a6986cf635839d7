"""Every specimen answer gets what its heading says: wrong ones their own code and no other, right ones everything."""

from pathlib import Path

import pytest

from initlab import messages
from initlab.checks import specimens
from initlab.rubric import Outcome

FOLDER = Path(__file__).parent / "wrong_answers"
ALL = specimens.read(FOLDER)


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
