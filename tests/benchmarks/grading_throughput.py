"""How long grading takes: the same submissions of lesson 05 by `course grade`, by plain nbval and by nbgrader, in one run. Asserts nothing.

    python -m tests.benchmarks.grading_throughput [--count 40] [--nbgrader PYTHON]

Every way runs the cells that `course grade` runs: what answers need, the answers, a probe after each. `course grade` gets the
submissions as learners hand them in, with its sandbox on; nbval and nbgrader get notebooks that hold those cells already, without one.
--nbgrader: the interpreter of an environment with nbgrader (tests/test_nbgrader.py makes one in .cache); left out without.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat

from course.authoring.settings import ROOT
from course.authoring.source import read as read_lesson
from course.grading import probe, reference
from course.grading.splice import splice
from course.grading.submission import read

LESSON, SEED = "05_embedding_layer", 4242
WRONG = "def lookup(table, ids):\n    return table[:, ids]"
BROKEN = "def lookup(table, ids:\n    return"


def submissions(folder: Path, count: int) -> list[Path]:
    """Solutions; every tenth one has a wrong answer, and one does not parse."""
    folder.mkdir()
    made = nbformat.read(ROOT / "solutions" / f"{LESSON}.ipynb", as_version=4)
    answer = next(cell for cell in made.cells if cell.id == "answer-lookup")
    right = answer.source
    paths = []
    for number in range(count):
        answer.source = BROKEN if number == 1 else WRONG if number % 10 == 0 else right
        paths.append(folder / f"s{number:04d}.ipynb")
        nbformat.write(made, paths[-1])
    return paths


def assignments(paths: list[Path], folder: Path) -> list[Path]:
    """The submissions as notebooks that nbval and nbgrader can judge: the cells of a run, with the reference as stored outputs."""
    folder.mkdir()
    source = read_lesson(ROOT / "lessons" / f"{LESSON}.py")
    names = [entry.name for entry in source.entry.exercises]
    made = reference.make(ROOT, LESSON, [SEED])
    written = []
    for path in paths:
        cells = probe.cells(splice(source, read(path)).parts, names, set(), made)
        notebook = nbformat.reads(probe.notebook(cells), as_version=4)
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        for cell, ran in zip(notebook.cells, cells, strict=True):
            is_probe = ran.kind == "probe"
            if is_probe:
                text = made.exercises[ran.exercise].text
                cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", name="stdout", text=text)], 1
            if is_probe or ran.kind == "answer":
                cell.metadata["nbgrader"] = {
                    "grade": is_probe, "grade_id": cell.id, "locked": is_probe, "schema_version": 3, "cell_type": "code",
                    "solution": not is_probe, "task": False, **({"points": 1} if is_probe else {}),
                }  # fmt: skip
        written.append(folder / path.name)
        nbformat.write(notebook, written[-1])
    return written


def run(command: list[object], cwd: Path, **environment: str) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{command[:4]}: {done.stderr[-1000:]}")


def ours(folder: Path, paths: list[Path], jobs: int) -> None:
    out = folder / f"marks-{jobs}"
    run([sys.executable, "-m", "course", "grade", *paths, "-o", out, "--jobs", jobs, "--seed", SEED], folder)
    total = len(list((out / "records").glob("*.json")))
    assert total == len(paths), total


def nbval(folder: Path, paths: list[Path], workers: int) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--nbval-lax", "--nbval-current-env"]
    spread = ["-n", workers, "--dist", "loadfile"] if workers > 1 else []
    run([*command, "--nbval-cell-timeout=60", *spread, *paths], folder, PYTHONPATH=str(ROOT))


def nbgrader(folder: Path, paths: list[Path], python: Path) -> None:
    school = folder / "school"
    spec = school / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    environment = {
        "JUPYTER_PATH": str(school / "jupyter"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "PYTHONPATH": str(ROOT),
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
    }
    (school / "source" / "hw").mkdir(parents=True)
    shutil.copy(paths[-1], school / "source" / "hw" / "hw.ipynb")
    run([python, "-m", "nbgrader", "generate_assignment", "hw", "--IncludeHeaderFooter.header="], school, **environment)
    for path in paths:
        place = school / "submitted" / path.stem / "hw"
        place.mkdir(parents=True)
        shutil.copy(path, place / "hw.ipynb")
    begun = time.perf_counter()
    run([python, "-m", "nbgrader", "autograde", "hw"], school, **environment)
    nbgrader.seconds = time.perf_counter() - begun  # type: ignore[attr-defined]  # without the making of the assignment


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--nbgrader", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="throughput-") as name:
        folder = Path(name)
        paths = submissions(folder / "in", chosen.count)
        ready = assignments(paths, folder / "ready")
        ways: dict[str, Callable[[], None]] = {
            "course grade, 2 at once, sandbox on": lambda: ours(folder, paths, 2),
            "course grade, 1 at once, sandbox on": lambda: ours(folder, paths, 1),
            "pytest --nbval-lax -n 2": lambda: nbval(folder, ready, 2),
            "pytest --nbval-lax": lambda: nbval(folder, ready, 1),
        }
        if chosen.nbgrader:
            ways["nbgrader autograde"] = lambda: nbgrader(folder, ready, chosen.nbgrader.absolute())
        print(f"{chosen.count} submissions of lesson 05, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        print(f"{'':38s} {'seconds':>8s} {'each':>6s} {'x course grade, 2 at once':>26s}")
        first = None
        for way, grade in ways.items():
            begun = time.perf_counter()
            grade()
            seconds = getattr(nbgrader, "seconds", None) if "nbgrader" in way else time.perf_counter() - begun
            first = first or seconds
            print(f"{way:38s} {seconds:8.1f} {seconds / chosen.count:6.2f} {seconds / first:26.1f}", flush=True)


if __name__ == "__main__":
    main()
