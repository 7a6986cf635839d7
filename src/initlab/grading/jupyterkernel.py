"""What runs in a fork that is an ordinary Jupyter kernel: see `provisioner`."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import sys
from pathlib import Path

import ipykernel.ipkernel
import ipykernel.kernelapp
import zmq
from ipykernel.heartbeat import Heartbeat
from ipykernel.iostream import IOPubThread
from jupyter_client.connect import port_names

from initlab.grading import sandbox
from initlab.grading.frames import receive, send
from initlab.grading.limits import Limits
from initlab.grading.student import empty_environment, only_these, take_files


def preload() -> None:
    """Import what kernels and labs use, and draw a first figure, so that forks find the fonts loaded."""
    import matplotlib

    matplotlib.use("module://matplotlib_inline.backend_inline")
    import ipywidgets  # noqa: F401
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([1, 2])
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)


def main(socks: list[socket.socket], box: sandbox.Box, limits: Limits, request: dict) -> None:
    """Confine this fork and be a kernel, listening on the sockets that came open."""
    sock, *listeners = only_these(socks)
    try:
        folder = sandbox.scratch_folder(box, limits, request["folder"])
        info, _ = receive(sock)
        take_files(sock)
        empty_environment(folder)
        sys.path.append(folder)
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (1, 2):
            os.dup2(null, fd)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        sandbox.confine(box, limits, folder)
        app = _app([listener.detach() for listener in listeners], info, Path(folder, ".kernel.json"))
    except BaseException as error:  # ipykernel exits where it cannot start
        send(sock, {"problem": f"{type(error).__name__}: {error}"})
        return
    send(sock, {})
    sock.close()
    app.start()


def _app(fds: list[int], info: dict, file: Path) -> ipykernel.kernelapp.IPKernelApp:
    """Make the kernel; it can open no sockets, so it takes those it was given for the ports it asks for."""
    by_port = dict(enumerate(fds, 1))

    def bind(zmq_socket, port):
        zmq_socket.setsockopt(zmq.USE_FD, by_port[port])
        zmq_socket.bind(f"ipc://{port}")
        return port

    class Beat(Heartbeat):
        def _try_bind_socket(self):
            return bind(self.socket, self.port)

    class App(ipykernel.kernelapp.IPKernelApp):
        def _try_bind_socket(self, s, port):
            return bind(s, port)

        def init_heartbeat(self):
            self.heartbeat = Beat(zmq.Context(), ("ipc", self.ip, self.hb_port))
            self.heartbeat.start()

    def without_pipe(*args, **kwargs):
        return IOPubThread(*args, **{**kwargs, "pipe": False})

    # The pipe is a TCP socket, for the output of child processes; libzmq aborts where it gets none.
    ipykernel.kernelapp.IOPubThread = without_pipe
    ports = {name: number for number, name in enumerate(port_names, 1)}
    file.write_text(json.dumps({"transport": "ipc", "ip": "kernel", **ports, **info}))
    app = App.instance()
    app.initialize(["-f", str(file)])
    app.shell.enable_matplotlib("inline")
    return app
