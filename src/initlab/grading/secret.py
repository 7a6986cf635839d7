"""The secret of a course, and the seeds of the hidden cases drawn from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

LENGTH = 32


def course_secret(path: Path) -> bytes:
    """Return the 32 bytes in a file that only its owner can read; draw and write them where there is none.

    Raises ValueError when the file holds anything but 32 bytes, or when others may read it.
    """
    if not path.exists():
        _draw(path)
    secret = path.read_bytes()
    if len(secret) != LENGTH:
        raise ValueError(f"{path} holds {len(secret)} bytes, expected {LENGTH}; delete it to draw a new secret")
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise ValueError(f"{path} is open to others (mode {mode:o}), expected 600; run: chmod 600 {path}")
    return secret


def _draw(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked into place, so that a second grader never reads half a secret.
    handle, aside = tempfile.mkstemp(dir=path.parent)  # mode 600
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(LENGTH))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(aside)


def digest(submission: bytes, files: Mapping[str, bytes] | None = None) -> str:
    """Return the SHA-256, in hexadecimal, of all that was handed in: a notebook's bytes and the files beside it.

    With the notebook alone, two attempts that differ in a file which the notebook reads would be asked the same.
    """
    whole = hashlib.sha256(submission)
    for name, data in sorted((files or {}).items()):
        for part in (name.encode("utf-8", "surrogatepass"), data):
            whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def seed(secret: bytes, student: str, exercise: str, submission: str) -> bytes:
    """Return the 32 bytes from which one submission's cases of one exercise are drawn.

    submission: its digest.  HMAC-SHA256 (RFC 2104) over length-prefixed fields, so that no two
    triples give the same message.
    """
    message = b"".join(
        len(part).to_bytes(8, "big") + part
        for part in (text.encode("utf-8", "surrogatepass") for text in (student, exercise, submission))
    )
    return hmac.new(secret, message, hashlib.sha256).digest()
