"""jupyter_client's extension point for how kernels come about: these are forked from a warm server instead of started.

Chosen by JUPYTER_DEFAULT_PROVISIONER_NAME=course-warm; the server's address and what it is to do stand in COURSE_WARM_KERNELS, which
`settings` makes.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase

from course.grading.warm.limits import Limits
from course.grading.warm.server import Server, receive, send

NAME = "course-warm"
SETTINGS = "COURSE_WARM_KERNELS"
_START_UP = 60


class WarmClient(BlockingKernelClient):
    """A client for a kernel whose sockets are open before it is told of it."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Waits for one reply. The usual way listens another 0.2 s lest old messages lie about; this kernel is new."""
        try:
            self.kernel_info(reply=True, timeout=timeout)
        except TimeoutError:
            raise RuntimeError(f"The kernel did not answer within {timeout:g} s.") from None


class WarmKernel(KernelProvisionerBase):
    """One kernel, forked from the server. Messages go over ipc, which needs no network. why: why it ended, where that is known."""

    why = ""
    _line: socket.socket | None = None
    _folder: Path | None = None
    _exit: int | None = None

    @property
    def has_process(self) -> bool:
        return self._line is not None

    @property
    def pid(self) -> int | None:
        """None: the process ends with its life-line, and must be left to its keeper."""
        return None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Chooses ipc and a folder for its sockets."""
        manager = self.parent
        self._folder = Path(tempfile.mkdtemp(prefix="k-", dir=_settings()["sockets"]))
        manager.transport, manager.ip = "ipc", str(self._folder / "s")
        if manager.client_factory is BlockingKernelClient:
            manager.client_factory = WarmClient
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Asks the server for a kernel and waits until it can be reached. Raises RuntimeError when it cannot."""
        chosen = _settings()
        connection = {**self.connection_info, "key": self.connection_info["key"].decode()}
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_START_UP)
        try:
            line.connect(chosen["address"])
            send(
                line,
                {
                    "connection": connection,
                    "folder": str(self._folder),
                    "cwd": kwargs.get("cwd") or os.getcwd(),
                    "environment": chosen["environment"] or kwargs["env"],
                    "jailed": chosen["jailed"],
                    "hidden": chosen["hidden"],
                    "limits": chosen["limits"],
                },
            )
            receive(line)
        except OSError as problem:
            line.close()
            raise RuntimeError(f"The warm server gave no kernel: {problem}") from None
        line.setblocking(False)
        self._line, self._exit = line, None
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel lives, else its exit code."""
        if self._line is None or self._exit is not None:
            return self._exit if self._exit is not None else 0
        try:
            self._line.setblocking(True)
            self._line.settimeout(0.001)
            said = receive(self._line)
        except TimeoutError:
            return None
        except OSError:  # the keeper has gone, and the kernel with it
            said = {"exit": -signal.SIGKILL, "why": ""}
        self._exit, self.why = said["exit"], said["why"]
        return self._exit

    async def wait(self) -> int | None:
        while (status := await self.poll()) is None:
            await asyncio.sleep(0.01)
        self._close()
        return status

    async def send_signal(self, signum: int) -> None:
        if self._line and self._exit is None:
            try:
                self._line.sendall(bytes([signum]))
            except OSError:
                self._exit = -signal.SIGKILL

    async def kill(self, restart: bool = False) -> None:
        """Ends the kernel and all that it started."""
        if self._line and self._exit is None:
            self._line.shutdown(socket.SHUT_WR)

    async def terminate(self, restart: bool = False) -> None:
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        self._close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _close(self) -> None:
        if self._line:
            self._line.close()
            self._line = None


def settings(
    server: Server, environment: dict[str, str] | None = None, limits: Limits | None = None, hidden: Sequence[str] = ()
) -> dict[str, str]:
    """The environment variables that have jupyter_client fork its kernels from `server`.

    environment: the kernels' own; as jupyter_client is asked for when None. limits: of the jail that each gets; None for no jail.
    hidden: folders that must not be seen in it.
    """
    chosen = {
        "address": server.address,
        "sockets": server.folder,
        "environment": environment,
        "jailed": limits is not None,
        "hidden": list(hidden),
        "limits": asdict(limits) if limits else {},
    }
    return {"JUPYTER_DEFAULT_PROVISIONER_NAME": NAME, SETTINGS: json.dumps(chosen)}


def _settings() -> dict[str, Any]:
    return json.loads(os.environ[SETTINGS])
