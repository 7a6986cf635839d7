"""Messages between the grader and a student's process: one length, one JSON object, the bytes of its arrays.

The other end is not trusted: lengths are checked before anything is read, and a message that is drip-fed
runs into the deadline of the whole message, not of one byte.
"""

from __future__ import annotations

import json
import socket
import struct
import time

from initlab.grading.border import Bounds

_HEADER = struct.Struct("<QQ")  # bytes of JSON, bytes of arrays
_ALIGN = 64  # arrays start at multiples of this, as numpy's own do


class Gone(Exception):
    """The other end closed the connection."""


class Late(Exception):
    """The message was not complete at its deadline."""


class Garbled(Exception):
    """What came is no message: it breaks a bound or is not JSON."""


def send(sock: socket.socket, message: dict, buffers=(), seconds: float | None = None) -> None:
    """Send one message with its array buffers; raises Gone, or Late when not taken within `seconds`."""
    sizes = [len(buffer) for buffer in buffers]
    text = json.dumps({**message, "sizes": sizes}).encode()
    parts = [_HEADER.pack(len(text), sum(_padded(size) for size in sizes)), text]
    for buffer, size in zip(buffers, sizes):
        parts += [buffer, bytes(_padded(size) - size)]
    deadline = None if seconds is None else time.monotonic() + seconds
    views = [memoryview(part).cast("B") for part in parts if len(part)]
    try:
        while views:
            sock.settimeout(None if deadline is None else max(deadline - time.monotonic(), 1e-3))
            sent = sock.sendmsg(views[:64])
            while views and sent >= len(views[0]):
                sent -= len(views.pop(0))
            if sent:
                views[0] = views[0][sent:]
    except TimeoutError:
        raise Late("the student's process does not read what it is sent") from None
    except OSError as error:
        raise Gone(str(error)) from None


def receive(sock: socket.socket, bounds: Bounds = Bounds(), seconds: float | None = None):
    """Receive one message: the JSON object and its buffers (writable memoryviews).

    Raises Gone at the end of the stream, Late when it is not complete after `seconds`, Garbled for anything
    out of bounds.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    text_size, array_size = _HEADER.unpack(_exactly(sock, _HEADER.size, deadline))
    if text_size > bounds.text_bytes or array_size > bounds.array_bytes + _ALIGN * bounds.items:
        raise Garbled(f"a reply announces {text_size} bytes of text and {array_size} bytes of arrays")
    text = _exactly(sock, text_size, deadline)
    arrays = memoryview(_exactly(sock, array_size, deadline))
    try:
        message = json.loads(bytes(text))
        sizes = message["sizes"]
        if type(sizes) is not list:
            raise Garbled("a reply lists no sizes of arrays")
        if len(sizes) > bounds.items:
            raise Garbled(f"a reply announces {len(sizes)} arrays")
        buffers, start = [], 0
        for size in sizes:
            if type(size) is not int or size < 0 or start + _padded(size) > array_size:
                raise Garbled("the sizes of a reply's arrays do not add up")
            buffers.append(arrays[start:start + size])
            start += _padded(size)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Garbled(f"a reply is not the JSON that was asked for ({error!r:.100})") from None
    return message, buffers


def _padded(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN


def _exactly(sock, size, deadline) -> bytearray:
    block = bytearray(size)
    view, filled = memoryview(block), 0
    while filled < size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Late("a reply was not complete in time")
            sock.settimeout(left)
        else:
            sock.settimeout(None)
        try:
            got = sock.recv_into(view[filled:])
        except TimeoutError:
            raise Late("a reply was not complete in time") from None
        except OSError as error:
            raise Gone(str(error)) from None
        if not got:
            raise Gone("the connection was closed")
        filled += got
    return block
