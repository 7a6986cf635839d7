"""What running one cell gave, rebuilt from whatever the student's process said about it."""

from __future__ import annotations

from dataclasses import dataclass

from initlab.grading.border import plain_text

_SPARE = 500_000  # bytes beyond the limit of the cell: how it ended, names of mime types
_DEPTH = 50  # of a display's data; Python's own limit is near what a JSON parser lets through


@dataclass(frozen=True)
class CellRun:
    """What running one cell gave.

    outputs: nbformat output dicts, as the student's process sent them: to show, never to score, and with
    markup as the student wrote it.  error: "NameError: …" or None.  stopped: the sentence about the limit
    that was hit, or None.
    """

    outputs: list[dict]
    error: str | None
    stopped: str | None
    seconds: float


def checked_outputs(sent, limit: int) -> list[dict]:
    """Make nbformat outputs of what was sent, leaving out what is none and what goes beyond `limit` bytes."""
    made, used = [], 0
    for one in sent if isinstance(sent, list) else ():
        output = _output(one) if isinstance(one, dict) else None
        used += _weight(output)
        if used > limit + _SPARE:
            break
        if output is not None:
            made.append(output)
    return made


def error_of(outputs: list[dict]) -> str | None:
    """Say the first error among outputs in one line."""
    errors = (one for one in outputs if one["output_type"] == "error")
    return next((f"{one['ename']}: {one['evalue']}" for one in errors), None)


def _output(one: dict) -> dict | None:
    kind = one.get("output_type")
    if kind == "stream":
        name = "stderr" if one.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(one.get("text"))}
    if kind == "error":
        lines = one.get("traceback")
        lines = [_text(line) for line in lines] if isinstance(lines, list) else []
        return {"output_type": kind, "ename": _text(one.get("ename")), "evalue": _text(one.get("evalue")),
                "traceback": lines}  # fmt: skip
    if kind not in ("display_data", "execute_result") or not isinstance(one.get("data"), dict):
        return None
    output = {"output_type": kind, "data": _plain(one["data"]), "metadata": {}}
    if isinstance(one.get("metadata"), dict):
        output["metadata"] = _plain(one["metadata"])
    if kind == "execute_result":
        count = one.get("execution_count")
        output["execution_count"] = count if type(count) is int else None
    return output


def _weight(value) -> int:
    """Count the bytes of all texts in a JSON value."""
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode())
    if isinstance(value, dict):
        return sum(_weight(part) for pair in value.items() for part in pair)
    return sum(map(_weight, value)) if isinstance(value, list) else 1


def _text(value) -> str:
    return plain_text(value) if isinstance(value, str) else ""


def _plain(value, depth: int = 0):
    """Give a JSON value without lone surrogates, anywhere in it, and without what is nested too deeply to walk."""
    if isinstance(value, str):
        return plain_text(value)
    if depth == _DEPTH:
        return None
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {plain_text(key): _plain(item, depth + 1) for key, item in value.items()}
    return value
