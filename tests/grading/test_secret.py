"""The course's secret is drawn once, kept from others, and gives every exercise of every submission its seed."""

import stat

import pytest

from initlab.grading.secret import course_secret, digest, seed


def test_it_is_drawn_once_and_is_the_owners_alone(tmp_path):
    """32 random bytes, mode 600, the same at every later use."""
    path = tmp_path / "build" / "secret"
    secret = course_secret(path)
    assert len(secret) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert course_secret(path) == secret
    assert course_secret(tmp_path / "other") != secret
    assert [p.name for p in path.parent.iterdir()] == ["secret"]


def test_a_secret_that_others_can_read_or_that_was_cut_is_refused(tmp_path):
    """The sentence says what to do."""
    path = tmp_path / "secret"
    course_secret(path)
    path.chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        course_secret(path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="5 bytes, expected 32"):
        course_secret(path)


def test_every_part_changes_the_seed():
    """Student, exercise, bytes of the submission and secret; and no part can take over from the next one."""
    base = (b"k" * 32, "kim", "he", digest(b"nb"))
    others = [
        (b"l" * 32, *base[1:]), (base[0], "lee", *base[2:]), (*base[:2], "re", base[3]), (*base[:3], digest(b"nc")),
        (base[0], "kimh", "e", base[3]),
    ]  # fmt: skip
    seeds = {seed(*parts) for parts in [base, *others]}
    assert len(seeds) == 6
    assert seed(*base) == seed(*base)
