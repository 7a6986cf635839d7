"""What a grade cell writes and displays, kept for the feedback page; nothing of its hidden tests."""

from __future__ import annotations

import io
import sys
from types import FrameType

FILENAME = "<grade cell>"  # as which a grade cell is compiled
MOST_TEXT = 20_000  # characters of printed text that are kept of one grade cell


class Shown:
    """The outputs of one run of a grade cell, as nbformat has them.

    hidden: numbers of the lines whose outputs are left out.
    """

    def __init__(self, hidden: frozenset[int]):
        self.hidden = hidden
        self.outputs: list[dict] = []

    def display(self, *values, **options) -> None:
        """Take the place of IPython's display in the cell."""
        if not self._hides(sys._getframe(1)):
            for value in values:
                self.add({"text/plain": repr(value)[:MOST_TEXT]})

    def add(self, data: dict) -> None:
        """Add a display of data by mime types."""
        self.outputs.append({"output_type": "display_data", "data": data, "metadata": {}})

    def write(self, name: str, text: str, frame: FrameType) -> None:
        """Keep what is written to a stream, unless a hidden test writes it."""
        if self._hides(frame):
            return
        kept = sum(len(output["text"]) for output in self.outputs if output["output_type"] == "stream")
        text = text[: max(MOST_TEXT - kept, 0)]
        if self.outputs and self.outputs[-1].get("name") == name:
            self.outputs[-1]["text"] += text
        elif text:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def _hides(self, frame: FrameType | None) -> bool:
        """Whether the call comes from a hidden test, directly or through functions of the cell."""
        while frame is not None:
            if frame.f_code.co_filename == FILENAME and frame.f_lineno in self.hidden:
                return True
            frame = frame.f_back
        return False


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a grade cell: whatever writes, what a student wrote must not reach a terminal."""

    def __init__(self, shown: Shown, name: str):
        self._shown, self.name = shown, name

    def write(self, text: str) -> int:
        """Take text."""
        self._shown.write(self.name, text, sys._getframe(1))
        return len(text)

    def writable(self) -> bool:
        """Say that one may write."""
        return True
