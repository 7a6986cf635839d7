"""Servers that wait for student code to call: whoever is connected or sent anything was reached from the box."""

from __future__ import annotations

import socket
from pathlib import Path


class Doors:
    """Listens by TCP, UDP, and unix sockets with a path and without; `ports` says where."""

    def __init__(self, folder: Path):
        inet, unix, stream, datagram = socket.AF_INET, socket.AF_UNIX, socket.SOCK_STREAM, socket.SOCK_DGRAM
        path, second = str(folder / "door"), str(folder / "datagrams")
        abstract = f"\0initlab-attacks-{folder}"
        self._open = {
            "tcp": _bound(inet, stream, ("127.0.0.1", 0)),
            "udp": _bound(inet, datagram, ("127.0.0.1", 0)),
            "path": _bound(unix, stream, path),
            "datagram": _bound(unix, datagram, second),
            "abstract": _bound(unix, stream, abstract),
        }
        self.ports = {
            "tcp": self._open["tcp"].getsockname()[1],
            "udp": self._open["udp"].getsockname()[1],
            "path": path,
            "datagram": second,
            "abstract": abstract,
        }

    def visitors(self) -> list[str]:
        """Return which doors somebody has come through since the last time."""
        came = []
        for name, door in self._open.items():
            try:
                if door.type == socket.SOCK_STREAM:
                    door.accept()[0].close()
                else:
                    door.recv(100)
                came.append(name)
            except BlockingIOError:
                continue
        return came

    def close(self) -> None:
        """Stop listening."""
        for door in self._open.values():
            door.close()


def _bound(family: int, kind: int, address) -> socket.socket:
    door = socket.socket(family, kind)
    door.bind(address)
    if kind == socket.SOCK_STREAM:
        door.listen()
    door.setblocking(False)
    return door
