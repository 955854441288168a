"""Our hooks in the judge's pytest, loaded with `-p`. nbval stays as it is, runs the cells and compares; this hands it the reference
outputs, hands out the results, and keeps it from waiting for what will not come.

The reference comes through standard input and is put into the collected cells: it stands on no disk that the kernel could read. The
results go through standard output, a line of JSON each as soon as it is known; the kernel inherits neither.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from nbformat.v4 import new_output
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell

from course.grading.surroundings import private_stdout

STEP = 0.5  # seconds between two looks at whether the kernel is alive
GRACE = 5  # seconds for the kernel to heed the interrupt that nbval sends after a time-out
ROOM = 1_000_000  # characters that a probe may print beyond what is expected


class KernelDied(Exception):
    """The kernel's process ended while a cell was running."""


class TimeIsUp(Exception):
    """The cell ran out of time and went on nevertheless."""


def pytest_configure(config: pytest.Config) -> None:
    clerk = Clerk(json.load(sys.stdin), private_stdout(), config.option.nbval_cell_timeout)
    config.pluginmanager.register(clerk, "course-clerk")
    RunningKernel.get_message = clerk.watching(RunningKernel.get_message)
    # nbval compares; the report of how the texts differ would hold the reference, take long for long ones, and nobody reads it.
    IPyNbCell.format_output_compare = lambda self, key, left, right: None


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
                item.cell.outputs = [new_output("stream", name="stdout", text=self._references[item.cell.id])]
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
        "error": [str(error.ename), str(error.evalue)[:1000]] if error else None,
    }
