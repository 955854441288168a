"""For the tests that run notebooks: run one in a folder of its own, under nbval or with its outputs kept."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat

from course.grading.judge import KERNELS
from course.grading.surroundings import environment
from course.grading.warm import HERE
from course.grading.warm.provisioner import settings
from course.grading.warm.server import Server

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))
CELL_SECONDS = 120


@cache
def warm_kernels() -> dict[str, str]:
    """The environment variables that have kernels forked from a warm server, which is started the first time; none where it cannot be."""
    if not HERE:
        return {}
    server = Server(KERNELS, environment(Path.home()))
    atexit.register(server.stop)
    server.wait()
    return settings(server)


def under_nbval(notebook: Path, folder: Path, *options: str) -> subprocess.CompletedProcess:
    """Runs a copy of the notebook under `pytest --nbval-lax` in `folder`."""
    copy = folder / notebook.name
    shutil.copy(notebook, copy)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", "--nbval-current-env"]
    command += [f"--nbval-cell-timeout={CELL_SECONDS}", "--rootdir", str(folder), *options, str(copy)]
    chosen = {**os.environ, "COURSE_PROGRESS": str(folder / "progress.jsonl"), **warm_kernels()}
    chosen.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(command, cwd=folder, env=chosen, capture_output=True, text=True, timeout=900)


def run(notebook: Path, folder: Path) -> nbformat.NotebookNode:
    """The notebook with the outputs of a run in `folder`, by the kernel called python3; cells that raise keep their error and the run
    goes on."""
    from nbclient import NotebookClient

    made = nbformat.read(notebook, as_version=4)
    chosen = {**os.environ, "COURSE_PROGRESS": str(folder / "progress.jsonl")}
    client = NotebookClient(
        made,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        allow_errors=True,
        record_timing=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env=chosen)
    return made


def errors(notebook: nbformat.NotebookNode) -> list[str]:
    """What the run's cells raised or wrote to stderr."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found.append(f"{output.ename}: {output.evalue}\n{cell.source}")
            elif output.get("name") == "stderr":
                found.append(f"stderr: {output.text}\n{cell.source}")
    return found


def said(notebook: nbformat.NotebookNode, cell_id: str) -> str:
    """The plain text that a cell displayed."""
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    return "\n".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)
