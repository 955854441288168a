"""The learner's wait: seconds of every lesson and of its slowest cell, from running the solutions on this machine. Asserts nothing.

python -m tests.benchmarks.lesson_times [LESSON ...]
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path

from tests.notebook_tools import SOLUTIONS, run


def seconds(cell) -> float:
    """How long a cell ran, by the kernel's own time stamps."""
    times = cell.metadata.get("execution", {})
    start, end = times.get("iopub.execute_input"), times.get("shell.execute_reply")
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() if start and end else 0.0


def main(wanted: list[str]) -> None:
    total = 0.0
    print(f"{'lesson':24} {'seconds':>8} {'slowest':>8}  its first line")
    for path in SOLUTIONS:
        if wanted and not any(path.stem.startswith(name) for name in wanted):
            continue
        with tempfile.TemporaryDirectory() as folder:
            cells = [cell for cell in run(path, Path(folder)).cells if cell.cell_type == "code"]
        slowest = max(cells, key=seconds)
        spent = sum(seconds(cell) for cell in cells)
        total += spent
        print(f"{path.stem:24} {spent:8.1f} {seconds(slowest):8.1f}  {slowest.source.splitlines()[0][:60]}", flush=True)
    print(f"{'all':24} {total:8.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
