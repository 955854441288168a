"""The judge's process: pytest with nbval, and our hooks in it. nbval stays as it is, runs the cells and compares; the hooks hand it the
reference outputs, hand out the results, and keep it from waiting for what will not come.

The reference comes through a socket and is put into the collected cells: it stands on no disk that the kernel could read. The results
go back the same way, a line of JSON each as soon as it is known; the kernel does not inherit the socket.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell

from course.grading.surroundings import ERRORS
from course.grading.warm.server import receive, send

STEP = 0.5  # seconds between two looks at whether the kernel is alive
GRACE = 5  # seconds for the kernel to heed the interrupt that nbval sends after a time-out
ROOM = 1_000_000  # characters that a probe may print beyond what is expected
MEMORY = 2 << 30  # bytes for the judge


class KernelDied(Exception):
    """The kernel's process ended while a cell was running."""


class TimeIsUp(Exception):
    """The cell ran out of time and went on nevertheless."""


def warm_up() -> None:
    """Has what every run of nbval imports and compiles done once, before the forks."""
    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell()]))
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--version", "-c", os.devnull])


def judge(connection: socket.socket) -> None:
    """Runs the one notebook that the request on the connection is about. To be called in a process that does nothing else."""
    send(connection, {"pid": os.getpid()})
    asked = receive(connection)
    folder = Path(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(folder)
    errors = os.open(folder / ERRORS, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(errors, 2)
    if sys.platform == "linux":  # a kernel may send what it likes
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    tempfile.tempdir = None  # it was looked up before
    clerk = Clerk(asked["references"], connection.makefile("w", encoding="utf-8"), asked["timeout"])
    RunningKernel.get_message = clerk.watching(RunningKernel.get_message)
    # nbval compares; the report of how the texts differ would hold the reference, take long for long ones, and nobody reads it.
    IPyNbCell.format_output_compare = lambda self, key, left, right: None
    nbval = ["--nbval-lax", "--nbval-current-env", f"--nbval-cell-timeout={asked['timeout']:g}", "-p", "nbval.plugin"]
    quiet = ["-s", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:warnings"]
    own = ["-c", os.devnull, "--rootdir", str(folder), "--noconftest"]  # nobody else's pytest settings
    pytest.main([*quiet, *nbval, *own, str(folder / "work" / "submission.ipynb")], plugins=[clerk])


class Clerk:
    """Carries reference outputs to nbval's cells and results to the grader."""

    def __init__(self, references: dict[str, str], out: Any, timeout: float) -> None:
        self._references, self._out, self._timeout = references, out, timeout
        self._deadline = math.inf
        self._room: int | None = None  # characters left for the probe that runs; None when no probe runs
        self._running = False

    def _send(self, **event: Any) -> None:
        self._out.write(json.dumps(event) + "\n")
        self._out.flush()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Puts the reference outputs in, as if they had been stored in the notebook, and deletes the notebook."""
        for item in session.items:
            if item.cell.id in self._references:
                item.cell.outputs = [
                    nbformat.v4.new_output("stream", name="stdout", text=self._references[item.cell.id])
                ]
                item.cell.execution_count = 1
            # nbval waits 5 s for a cell's last output, which a busy machine may need; the kernel is watched anyway.
            item.output_timeout = self._timeout
        for path in {item.path for item in session.items}:
            Path(path).unlink()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: Any) -> Generator[None, Any, Any]:
        expected = self._references.get(item.cell.id)
        self._room = None if expected is None else len(expected) + ROOM
        self._deadline = time.monotonic() + self._timeout + GRACE
        self._running = True
        self._send(started=item.cell.id, kernel=item.parent.kernel.km.provisioner.pid)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: pytest.CallInfo) -> Generator[None, Any, Any]:
        report = yield
        if call.when == "call":
            ended = self._ended(item, call)
            self._send(
                cell=item.cell.id,
                passed=report.outcome == "passed" and not hasattr(report, "wasxfail"),
                seconds=round(call.duration, 3),
                ended=ended,
                **_printed(item.test_outputs or []),
            )
            if ended:  # the grader runs the later cells again in a kernel of their own
                item.session.shouldstop = ended
            elif item is item.session.items[-1]:  # nobody needs to wait until the kernel has been shut down
                self._send(over=True)
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        self._send(over=True)

    def _ended(self, item: Any, call: pytest.CallInfo) -> str:
        """How the kernel was lost in this cell, "" when it was not."""
        problem = call.excinfo.value if call.excinfo else None
        if isinstance(problem, KernelDied):
            return "crashed"
        if isinstance(problem, RuntimeError) and "Kernel dead on test start" in str(problem):
            return "crashed before"
        return "timed out" if item.parent.timed_out or isinstance(problem, TimeIsUp) else ""

    def watching(self, get_message: Callable[..., Any]) -> Callable[..., Any]:
        """nbval's way of waiting for a message, in short steps: a dead kernel ends the wait within a step, and so does the deadline,
        which nbval does not have for a cell that goes on printing after its time. Messages that nobody needs are dropped."""

        def get(kernel: RunningKernel, stream: str, timeout: float | None = None) -> Any:
            end = time.monotonic() + (math.inf if timeout is None else timeout)
            while True:
                now = time.monotonic()
                if now > self._deadline:
                    raise TimeIsUp
                try:
                    message = get_message(kernel, stream, timeout=max(0, min(STEP, end - now)))
                except Empty:
                    if not kernel.is_alive():
                        raise KernelDied from None
                    if time.monotonic() >= end:
                        raise
                    continue
                if not self._running or stream != "iopub" or self._is_needed(message):
                    return message

        return get

    def _is_needed(self, message: dict[str, Any]) -> bool:
        """Of all that a cell shows, what a probe prints. Logs and warnings are no observation, and what an answer prints is no fault."""
        kind, content = message["msg_type"], message["content"]
        if kind not in ("stream", "display_data", "execute_result", "update_display_data", "clear_output"):
            return True
        if self._room is None or kind != "stream" or content["name"] != "stdout":
            return False
        self._room -= len(content["text"])
        return self._room >= 0


def _printed(outputs: list[Any]) -> dict[str, Any]:
    """What a cell printed, and the error that it ended in."""
    error = next((out for out in outputs if out.output_type == "error"), None)
    return {
        "text": "".join(str(out.text) for out in outputs if out.output_type == "stream"),
        "error": [str(error.ename)[:200], str(error.evalue)[:1000]] if error else None,
    }


if __name__ == "__main__":
    judge(socket.socket(fileno=os.dup(0)))
