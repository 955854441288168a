"""Has nbval run a notebook and compare what its probes print with the reference, in a process of its own that outlives any kernel."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading.surroundings import ERRORS, environment
from course.grading.warm import HERE, jail, provisioner
from course.grading.warm.limits import Limits
from course.grading.warm.server import Server, receive, send

JUDGES = "course.grading.plugin:judge"
KERNELS = "course.grading.warm.kernel:keep"
_START_UP = 150  # seconds for pytest and the kernel to start (nbval gives the kernel 60), beside the cells' own time
_TRIES = 3  # with servers that end meanwhile


class Stopped(Exception):
    """The run is being ended."""


@dataclass(frozen=True)
class Item:
    """What nbval made of a cell: whether it passed, how long it took, what it printed, the error it ended in (name, text)."""

    passed: bool
    seconds: float
    text: str = ""
    error: tuple[str, str] | None = None


@dataclass
class Result:
    """What became of a notebook. items: by cell id, of the cells that ran.

    lost: the cell in which the kernel was lost, None when it lived to the end. how: "crashed", "crashed before" the cell began, or
    "timed out". cut: whether the judge ended in the midst of its work. trouble: why there is no result at all.
    """

    items: dict[str, Item] = field(default_factory=dict)
    lost: str | None = None
    how: str = ""
    cut: bool = False
    trouble: str = ""


class Judge:
    """Runs notebooks, from several threads at once; `stop` ends what runs. Use it as a context, or call `stop` in the end.

    timeout: seconds for a cell. limits: of the jail that each submission gets; None for no jail. hidden: folders that must not be seen in
    it. warm: whether judges and kernels are forked from servers that have imported all they need; a jail needs that.
    """

    def __init__(
        self, timeout: float, limits: Limits | None = None, hidden: Sequence[Path] = (), warm: bool = HERE
    ) -> None:
        self.timeout = timeout
        self._limits, self._hidden, self._warm = limits, jail.in_sight(hidden) if limits else [], warm
        self._servers: dict[str, Server] = {}
        self._starting = threading.Lock()
        self._running: set[_Process] = set()
        self._stopped = False

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends all that runs, and lets nothing start any more."""
        self._stopped = True
        for process in list(self._running):
            process.kill()
        with self._starting:
            for server in self._servers.values():
                server.stop()
            self._servers = {}

    def start(self) -> None:
        """Starts what is slow to start, without waiting for it."""
        if self._warm:
            with self._starting:
                self._start()

    def _start(self) -> None:
        home = Path(tempfile.gettempdir())
        for name, target in (("judges", JUDGES), ("kernels", KERNELS)):
            if name in self._servers and not self._servers[name].is_alive():
                self._servers.pop(name).stop()
            if name not in self._servers and not self._stopped:
                self._servers[name] = Server(target, environment(home))

    def _warm_up(self) -> dict[str, Server]:
        """The servers, running."""
        with self._starting:
            if self._stopped:
                raise Stopped
            self._start()
            for server in self._servers.values():
                server.wait()
            return dict(self._servers)

    def run(self, notebook: str, references: dict[str, str], allowance: int) -> Result:
        """Runs the notebook; `references` is what its probes should print, by cell id; `allowance`, how many cells may take long.

        When the judge's process ends in the middle, killed perhaps by a system that was out of memory, it is tried again: only what
        ends the judge each time is held against the submission.
        """
        for tried in range(1, _TRIES + 1):
            servers = self._warm_up() if self._warm else {}
            with tempfile.TemporaryDirectory(prefix="course-grade-", ignore_cleanup_errors=True) as folder:
                work = Path(folder) / "work"  # the kernel's working directory
                work.mkdir()
                (work / "submission.ipynb").write_text(notebook, encoding="utf-8")
                try:
                    result = self._run(Path(folder), references, _START_UP + allowance * (self.timeout + 10), servers)
                except ConnectionError:
                    if self._stopped:
                        raise Stopped from None
                    continue
            if all(server.is_alive() for server in servers.values()) and (not result.cut or tried == _TRIES):
                return result
        return Result(trouble="the warm server ended, more than once")

    def _run(self, folder: Path, references: dict[str, str], seconds: float, servers: dict[str, Server]) -> Result:
        request = {
            "folder": str(folder),
            "references": references,
            "timeout": self.timeout,
            "environment": environment(folder) | self._kernels(servers, folder),
        }
        if self._stopped:
            raise Stopped
        process = _Forked(servers["judges"]) if servers else _Started(folder)
        self._running.add(process)
        if self._stopped:  # meanwhile
            process.kill()
        overdue = threading.Event()
        timer = threading.Timer(seconds, lambda: (overdue.set(), process.kill()))
        timer.start()
        try:
            events = _converse(process, request)
        finally:
            timer.cancel()
            process.kill()
            process.close()
            self._running.discard(process)
        if self._stopped:
            raise Stopped
        with suppress(OSError):
            errors = (folder / ERRORS).read_text(encoding="utf-8", errors="replace")
        return _result(events, "timed out" if overdue.is_set() else "crashed", errors)

    def _kernels(self, servers: dict[str, Server], folder: Path) -> dict[str, str]:
        """The environment variables that tell jupyter_client how to come by kernels."""
        if not servers:
            return {}
        kernels = environment(folder) | {"MPLBACKEND": "agg"}
        return provisioner.settings(servers["kernels"], kernels, self._limits, self._hidden)


class _Process:
    """A judge's process, and the socket it is talked to by."""

    socket: socket.socket

    def kill(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.socket.close()


class _Started(_Process):
    """A judge started cold."""

    def __init__(self, folder: Path) -> None:
        self.socket, theirs = socket.socketpair()  # a socket cannot be opened by way of /proc, as a pipe can
        with theirs, open(folder / ERRORS, "wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "course.grading.plugin"],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd=folder,
                env=environment(folder),
                start_new_session=True,
            )

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.wait()
        super().close()


class _Forked(_Process):
    """A judge forked from a warm server. Raises ConnectionError when the server has gone."""

    def __init__(self, server: Server) -> None:
        self.socket = server.connect()
        self._handle = -1
        try:
            # It waits for our request, so it lives, and the number is its own.
            self._handle = os.pidfd_open(receive(self.socket)["pid"])
        except OSError as problem:
            self.socket.close()
            raise ConnectionError(str(problem)) from None

    def kill(self) -> None:
        with suppress(OSError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def close(self) -> None:
        os.close(self._handle)
        self._handle = -1
        super().close()


def _converse(process: _Process, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Sends the request, and takes the events until the other side ends. Whatever kernels it started are then ended too."""
    events = []
    with suppress(OSError):  # the judge was killed: what it told so far counts
        send(process.socket, request)
        with process.socket.makefile("rb") as lines, suppress(ValueError):  # a line that is cut off is the last
            for line in lines:
                events.append(json.loads(line))
                if "over" in events[-1]:
                    break  # no need to wait until pytest has tidied up
    for kernel in {event["kernel"] for event in events if event.get("kernel")}:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(kernel, signal.SIGKILL)  # a kernel leads a process group; what it started is in it
    return events


def _result(events: list[dict[str, Any]], ended: str, errors: str) -> Result:
    """What the events come to. ended: how it is called when the judge itself ended in the midst of a cell."""
    result = Result()
    begun = None
    for event in events:
        if "started" in event:
            begun = event["started"]
        elif "cell" in event:
            error = tuple(event["error"]) if event["error"] else None
            result.items[event["cell"]] = Item(event["passed"], event["seconds"], event["text"], error)
            if event["ended"]:
                result.lost, result.how = event["cell"], event["ended"]
            begun = None
        elif "over" in event:
            result.trouble = "" if result.items else "no kernel could be started"
            return result
    if result.lost:
        return result
    result.cut = ended != "timed out"
    if begun is not None:
        result.lost, result.how = begun, ended
    else:
        result.trouble = (errors.strip().splitlines() or ["nbval ended without a result"])[-1]
    return result
