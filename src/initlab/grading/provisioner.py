"""The sandbox for other programs: a jupyter_client kernel provisioner, and the kernelspec that names it.

nbclient, nbval and stock nbgrader start whatever kernel a kernelspec names.  This one is an ordinary
ipykernel in a fork of the warm process, behind the same walls as student code in the grader, and reached
over files that only this user can open.  It keeps student code away from the machine; unlike the grader of
this package it doesn't keep a notebook's tests away from the student code beside them.

`python -m initlab.grading.provisioner` installs the kernelspec into this environment.
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import os
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.connect import port_names
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Dict, Unicode

from initlab.grading import frames
from initlab.grading.limits import Limits
from initlab.grading.ownfiles import own_files
from initlab.grading.process import throw_away
from initlab.grading.remote import Warm

NAME = "initlab-sandbox"
_READY_SECONDS = 60
_POLL_SECONDS = 0.05


class SandboxProvisioner(KernelProvisionerBase):
    """Runs one ipykernel in a fork of this program's warm process."""

    limits = Dict(help="Limits that differ from the defaults, by their names in Limits.").tag(config=True)
    isolation = Unicode(None, allow_none=True, help='None, or "none" to run bare.').tag(config=True)

    _name: int | None = None
    _folder: str | None = None
    _scratch: str | None = None

    @property
    def has_process(self) -> bool:
        """Tell whether there is a kernel that has not been seen to end."""
        return self._name is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose where the kernel is reached: files in a folder of its own."""
        manager = self.parent
        if kwargs.pop("transport_encryption", None) not in (None, False, "disabled", "auto"):
            raise RuntimeError(f"the kernel {NAME} is reached over files of this user and encrypts nothing")
        kwargs.pop("extra_arguments", None)
        if self._folder is None:
            self._folder = tempfile.mkdtemp(prefix="initlab-")
            manager.transport, manager.ip = "ipc", f"{self._folder}/k"
            for number, port in enumerate(port_names, 1):
                setattr(manager, port, number)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Fork the kernel, give it copies of the files in its working directory, wait until it listens."""
        limits, warm = Limits.named(self.limits), _warm(self.isolation)
        self._scratch = warm.scratch_folder()
        ours, theirs = socket.socketpair()
        listeners = [self._listener(self.connection_info[port]) for port in port_names]
        request = {"do": "fork", "name": warm.new_name(), "limits": vars(limits), "folder": self._scratch}
        with ours:
            with theirs:
                fds = (theirs.fileno(), *(listener.fileno() for listener in listeners))
                problem = warm.ask(request, fds).get("problem")
            for listener in listeners:
                listener.close()
            if not problem:
                self._name = request["name"]
                # Only a folder that was named: the current one may hold the whole course.
                folder = Path(kwargs["cwd"]) if kwargs.get("cwd") else None
                files = own_files(folder, limits.written_bytes)
                info = {key: self.connection_info[key] for key in ("key", "signature_scheme")}
                info["key"] = os.fsdecode(info["key"])
                frames.send(ours, info, (), _READY_SECONDS)
                names, contents = [name for name, _ in files], [data for _, data in files]
                frames.send(ours, {"files": names}, contents, _READY_SECONDS)
                problem = await asyncio.to_thread(self._wait_until_ready, ours, warm)
        if problem:
            await self.cleanup()
            raise RuntimeError(f"no sandboxed kernel could be started: {problem}")
        return self.connection_info

    async def poll(self) -> int | None:
        """Return the exit status of the kernel, None while it runs."""
        if self._name is None:
            return 0
        return _warm(self.isolation).ask({"do": "poll", "name": self._name})["status"]

    async def wait(self) -> int | None:
        """Wait for the kernel to end and return its exit status."""
        status = await self.poll()
        while status is None:
            await asyncio.sleep(_POLL_SECONDS)
            status = await self.poll()
        self._name = None
        return status

    async def send_signal(self, signum: int) -> None:
        """Send the kernel a signal; 0 only asks whether it is there, as for processes."""
        if signum == signal.SIGKILL or signum == signal.SIGTERM:
            await self.kill()
        elif signum and self._name is not None:
            _warm(self.isolation).ask({"do": "signal", "name": self._name, "signal": int(signum)})

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and everything it has started."""
        if self._name is not None:
            _warm(self.isolation).ask({"do": "end", "name": self._name, "patience": 0})

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel: to one that has been asked to shut down there is nothing more to say."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """End the kernel and throw its folders away."""
        await self.kill(restart)
        self._name = None
        if self._scratch is not None:
            throw_away(self._scratch)
            self._scratch = None
        if self._folder is not None and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _listener(self, port: int) -> socket.socket:
        path = f"{self.connection_info['ip']}-{port}"
        Path(path).unlink(missing_ok=True)  # of the kernel before a restart
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen()
        return listener

    def _wait_until_ready(self, sock: socket.socket, warm: Warm) -> str | None:
        try:
            return frames.receive(sock, seconds=_READY_SECONDS)[0].get("problem")
        except (frames.Gone, frames.Late, frames.Garbled) as error:
            ended = warm.ask({"do": "end", "name": self._name, "patience": 1})["status"]
            return f"{error} (exit status {ended})\n{warm.written()}"


def install(prefix: str = sys.prefix) -> str:
    """Install the kernelspec below `prefix`; return the folder it is in."""
    folder = str(Path(__file__).parent / "kernelspec")
    return KernelSpecManager().install_kernel_spec(folder, NAME, prefix=prefix)


@functools.cache
def _warm(isolation: str | None) -> Warm:
    warm = Warm(isolation, kernels="jupyter")
    atexit.register(warm.close)
    return warm


if __name__ == "__main__":
    print(install())
