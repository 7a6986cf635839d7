"""Messages over a socket whose other end sends what it likes, as slowly as it likes."""

import json
import socket
import struct
import threading
import time

import numpy as np
import pytest

from initlab.grading.border import Bounds
from initlab.grading.frames import Garbled, Gone, Late, receive, send


@pytest.fixture
def ends():
    """Two ends of a connection."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def frame(text: bytes, arrays: bytes = b"") -> bytes:
    """Put together what `send` would."""
    return struct.pack("<QQ", len(text), len(arrays)) + text + arrays


def test_a_message_and_its_buffers_arrive(ends):
    """Buffers of any length, an empty one included, and writable."""
    ours, theirs = ends
    buffers = [np.frombuffer(bytes(range(n)), np.uint8) for n in (0, 1, 64, 200)]
    threading.Thread(target=send, args=(theirs, {"a": [1, "σ"]}, buffers)).start()
    message, received = receive(ours, seconds=10)

    assert message["a"] == [1, "σ"]
    assert [bytes(one) for one in received] == [buffer.tobytes() for buffer in buffers]
    assert not any(one.readonly for one in received)


@pytest.mark.parametrize(
    "sent",
    [struct.pack("<QQ", 2**63, 0), struct.pack("<QQ", 10, 2**63), frame(b"{"), frame(b"[]"), frame(b"\xff\xfe{}")]
    + [frame(b'{"sizes": [-1]}'), frame(b'{"sizes": [1]}'), frame(b'{"sizes": "a"}'), frame(b'{"sizes": [1e9]}')]
    + [frame(b'{"sizes":' + b"[" * 100_000 + b"]" * 100_000 + b"}"), frame(b'{"sizes": [' + b"0," * 200_000 + b"0]}")]
    + [frame(b'{"sizes": [' + b"9" * 5000 + b"]}")],
    ids=["text too long", "arrays too long", "no JSON", "a list", "no text", "negative", "beyond", "text", "float"]
    + ["nested", "too many", "too many digits"],
)
def test_what_is_no_message_is_garbled(ends, sent):
    """Announcing too much is enough: nothing of it is read."""
    ours, theirs = ends
    threading.Thread(target=lambda: theirs.sendall(sent), daemon=True).start()

    with pytest.raises(Garbled):
        receive(ours, Bounds(text_bytes=1 << 20, items=100_000), 10)


def test_a_message_cut_short_is_the_end(ends):
    """The process ended in the middle of its answer."""
    ours, theirs = ends
    theirs.sendall(frame(json.dumps({"sizes": []}).encode())[:-1])
    theirs.close()

    with pytest.raises(Gone):
        receive(ours, seconds=10)


def test_a_message_that_drips_is_late(ends):
    """The deadline is that of the whole message: a byte now and then does not move it."""
    ours, theirs = ends
    stop = threading.Event()

    def drip():
        theirs.sendall(frame(b" " * 1000)[:20])
        while not stop.wait(0.02):
            theirs.sendall(b" ")

    thread = threading.Thread(target=drip)
    thread.start()
    start = time.monotonic()
    try:
        with pytest.raises(Late):
            receive(ours, seconds=0.3)
    finally:
        stop.set()
        thread.join()

    assert time.monotonic() - start < 10  # 980 drips would take 20 s


def test_a_message_that_nobody_takes_is_late(ends):
    """A process that does not read does not hold the grader up."""
    ours, _ = ends

    with pytest.raises(Late):
        send(ours, {}, [np.zeros(16 << 20, np.uint8)], seconds=0.2)
