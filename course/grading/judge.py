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
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading.surroundings import environment

_START_UP = 150  # seconds for pytest and the kernel to start (nbval gives the kernel 60), beside the cells' own time


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
    "timed out". trouble: why there is no result at all.
    """

    items: dict[str, Item] = field(default_factory=dict)
    lost: str | None = None
    how: str = ""
    trouble: str = ""


class Judge:
    """Runs notebooks, from several threads at once; `stop` ends what runs."""

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        self._running: set[subprocess.Popen] = set()
        self._stopped = False

    def stop(self) -> None:
        """Ends all that runs, and lets nothing start any more."""
        self._stopped = True
        for process in list(self._running):
            process.kill()

    def run(self, notebook: str, references: dict[str, str], allowance: int) -> Result:
        """Runs the notebook; `references` is what its probes should print, by cell id; `allowance`, how many cells may take long."""
        with tempfile.TemporaryDirectory(prefix="course-grade-", ignore_cleanup_errors=True) as folder:
            work = Path(folder) / "work"  # the kernel's working directory
            work.mkdir()
            (work / "submission.ipynb").write_text(notebook, encoding="utf-8")
            return self._run(Path(folder), references, _START_UP + allowance * (self.timeout + 10))

    def _run(self, folder: Path, references: dict[str, str], seconds: float) -> Result:
        ours, theirs = socket.socketpair()  # a socket cannot be opened by way of /proc, as a pipe can
        with open(folder / "stderr.txt", "w+b") as errors, ours:
            with theirs:
                if self._stopped:
                    raise Stopped
                process = subprocess.Popen(
                    self._command(folder),
                    stdin=theirs,
                    stdout=theirs,
                    stderr=errors,
                    cwd=folder,
                    env=environment(folder),
                    start_new_session=True,
                )
            self._running.add(process)
            if self._stopped:  # meanwhile
                process.kill()
            overdue = threading.Event()
            timer = threading.Timer(seconds, lambda: (overdue.set(), process.kill()))
            timer.start()
            try:
                events = _converse(ours, references)
            finally:
                timer.cancel()
                process.kill()
                process.wait()
                self._running.discard(process)
            if self._stopped:
                raise Stopped
            errors.seek(0)
            ended = "timed out" if overdue.is_set() else "crashed"
            return _result(events, ended, errors.read().decode("utf-8", "replace"))

    def _command(self, folder: Path) -> list[str]:
        pytest = [sys.executable, "-m", "pytest", "-s", "-q", "--tb=no"]
        nbval = ["--nbval-lax", "--nbval-current-env", f"--nbval-cell-timeout={self.timeout:g}"]
        plugins = ["-p", "course.grading.plugin", "-p", "nbval.plugin", "-p", "no:cacheprovider"]
        own = ["-c", os.devnull, "--rootdir", str(folder), "--noconftest"]  # nobody else's pytest settings
        return [*pytest, *nbval, *plugins, *own, str(folder / "work" / "submission.ipynb")]


def _converse(ours: socket.socket, references: dict[str, str]) -> list[dict[str, Any]]:
    """Sends the references, and takes the events until the other side ends. Whatever kernels it started are then ended too."""
    events = []
    with suppress(OSError):  # the judge was killed: what it told so far counts
        ours.sendall(json.dumps(references).encode())
        ours.shutdown(socket.SHUT_WR)
        with ours.makefile("rb") as lines, suppress(ValueError):  # a line that is cut off is the last
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
    if begun is not None:
        result.lost, result.how = begun, ended
    else:
        result.trouble = (errors.strip().splitlines() or ["nbval ended without a result"])[-1]
    return result
