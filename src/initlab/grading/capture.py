"""What a cell puts out, in whatever way, caught as nbformat outputs and bounded in bytes as it comes."""

from __future__ import annotations

import fcntl
import io
import json
import os

from initlab.grading.limits import size

_BLOCK = 1 << 16  # more than C's buffers hold, so that even the write that does not fit goes beyond the limit
_ERROR_BYTES = 200_000  # of errors, beside the limit: how a cell ended is not to be dropped


class Outputs:
    """The outputs of one cell, in order; beyond `limit` bytes they are dropped, and said to be."""

    def __init__(self, limit: int):
        self.limit = limit
        self.clear()

    def clear(self) -> None:
        """Forget what came so far."""
        self.items: list[dict] = []
        self._used, self._full, self._clear_next = 0, False, False

    def clear_on_next(self) -> None:
        """Clear as soon as something new comes."""
        self._clear_next = True

    def write(self, name: str, text: str) -> None:
        """Append text to the stream `name`."""
        if self._clear_next:
            self.clear()
        if self._full or not text:
            return
        room = self.limit - self._used
        kept = text[:room].encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
        self._used += len(kept) if kept.isascii() else len(kept.encode())
        if self.items and self.items[-1].get("name") == name:
            self.items[-1]["text"].append(kept)
        else:
            self.items.append({"output_type": "stream", "name": name, "text": [kept]})
        if len(kept) < len(text):
            self._overflow()

    def add(self, output: dict) -> None:
        """Append a display, a result or an error."""
        if self._clear_next:
            self.clear()
        is_error = output["output_type"] == "error"
        weight = _weight(output)
        if self._used + weight > self.limit + is_error * _ERROR_BYTES or (self._full and not is_error):
            self._overflow()
            return
        self._used += weight
        self.items.append(output)

    def replace(self, old: dict, new: dict) -> None:
        """Put a display in the place of an earlier one of this cell, where that is shown."""
        for place, shown in enumerate(self.items):
            more = _weight(new) - _weight(old)
            if shown is old and self._used + more <= self.limit:
                self._used += more
                self.items[place] = new

    def done(self) -> list[dict]:
        """Return the outputs as nbformat has them."""
        for item in self.items:
            if item["output_type"] == "stream":
                item["text"] = "".join(item["text"])
        return self.items

    def _overflow(self) -> None:
        if not self._full:
            self._full = True
            note = f"\n[output stopped here: more than {size(self.limit)} from one cell]\n"
            self.items.append({"output_type": "stream", "name": "stderr", "text": [note]})


def _weight(output: dict) -> int:
    return len(json.dumps(output, ensure_ascii=False).encode("utf-8", "replace"))


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a student; `shell.outputs` gets the text, and nobody while it is None."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, shell, name: str, fd: int):
        self._shell, self.name, self._fd = shell, name, fd
        self.buffer = _Bytes(self)

    def write(self, text):
        """Take text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._shell.outputs is not None:
            self._shell.outputs.write(self.name, text)
        return len(text)

    def writable(self):
        """Say that one may write."""
        return True

    def fileno(self):
        """Give the descriptor that C code would write to."""
        return self._fd


class _Bytes(io.RawIOBase):
    def __init__(self, stream):
        self._stream = stream

    def writable(self):
        return True

    def write(self, data):
        self._stream.write(bytes(data).decode("utf-8", "replace"))
        return len(data)


def catch_descriptors(limit: int) -> None:
    """Put files in memory, of a size that cannot grow, behind descriptors 1 and 2.

    A pipe would need somebody who reads it while C code writes and holds the interpreter's lock.
    """
    for fd in (1, 2):
        memory = os.memfd_create("output", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
        os.ftruncate(memory, limit + _BLOCK)
        fcntl.fcntl(memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
        os.dup2(memory, fd)
        os.close(memory)


def drain_descriptors(outputs: Outputs | None) -> None:
    """Move what was written to descriptors 1 and 2 themselves to the outputs, or nowhere."""
    for fd, name in ((1, "stdout"), (2, "stderr")):
        try:
            written = os.lseek(fd, 0, os.SEEK_CUR)
            if not written:
                continue
            os.lseek(fd, 0, os.SEEK_SET)
            text = os.pread(fd, min(written, os.fstat(fd).st_size), 0).decode("utf-8", "replace")
        except OSError:  # the student closed it, or put something else in its place
            continue
        if outputs is not None:
            outputs.write(name, text)
