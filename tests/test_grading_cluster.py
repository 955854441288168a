"""A run on a Dask cluster: a real scheduler and two worker processes, which get the course from here. Marks are those of a local run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.grading.warm import jail
from tests.grading_course import ALL, LESSON, Course

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(bool(jail.missing()), reason=jail.missing() or "there is a sandbox")

ANSWERS = {
    "right": {},
    "wrong": {"double": "def double(x):\n    return x ** 2"},
    "broken": {},
    "left": {"double": "import os\nos._exit(0)"},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    return Course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def folder(course, tmp_path_factory) -> Path:
    """Twelve submissions: right, wrong, broken and left."""
    folder = tmp_path_factory.mktemp("handed in")
    for number in range(3):
        for kind in ANSWERS:
            made = course.answered(**ANSWERS[kind])
            text = json.dumps(made) if kind != "broken" else "{"
            (folder / f"{kind}{number}.ipynb").write_text(text, encoding="utf-8")
    return folder


class Workers:
    """A scheduler and worker processes, started as an administrator would, without the course on their path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self.environment["PYTHONSAFEPATH"] = "1"
        self.all = [self._start("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard")]
        end = time.monotonic() + 60
        while not self.file.exists() and time.monotonic() < end:
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text(encoding="utf-8"))["address"]
        self.workers = [self.add() for _ in range(2)]

    def _start(self, module: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", module, "--scheduler-file", str(self.file), *options]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def add(self) -> subprocess.Popen:
        options = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder), "--no-nanny")
        self.all.append(self._start("distributed.cli.dask_worker", *options))
        return self.all[-1]

    def stop(self) -> None:
        for process in self.all:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def workers(tmp_path_factory) -> Iterator[Workers]:
    made = Workers(tmp_path_factory.mktemp("cluster"))
    yield made
    made.stop()


def marks(out: Path) -> str:
    return (out / "marks.csv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def here(course, folder, tmp_path_factory) -> str:
    """The marks of a local run."""
    out = tmp_path_factory.mktemp("here")
    course.grade(folder, "-o", out, "--jobs", 2, "--seed", 7)
    return marks(out)


def test_a_cluster_gives_the_marks_of_a_local_run(course, folder, workers, here, tmp_path):
    done = course.grade(folder, "-o", tmp_path, "--seed", 7, "--scheduler", workers.address)
    assert done.returncode == 1, done.stderr  # three cannot be read
    assert marks(tmp_path) == here
    assert here.count(f",{ALL},{ALL},graded\n") == 3
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "records").glob("*.json")]
    assert {Path(record["path"]).parent for record in records} == {folder}
    assert {record["lesson"] for record in records if record["graded"]} == {LESSON}


def test_a_worker_killed_in_the_middle_costs_nothing_but_time(course, folder, workers, here, tmp_path):
    command = [sys.executable, "-m", "course", "grade", folder, "-o", tmp_path, "--seed", "7"]
    begun = subprocess.Popen(
        [*map(str, command), "--scheduler", workers.address],
        env={**os.environ, "PYTHONPATH": str(course.root)},
        stderr=subprocess.PIPE,
        text=True,
        cwd=course.root,
    )
    for line in begun.stderr:
        if line.startswith("[4/"):  # three cannot be read, and are told of at once
            os.kill(workers.workers[0].pid, signal.SIGKILL)
            workers.workers.append(workers.add())
            break
    said = begun.stderr.read()
    assert begun.wait(timeout=120) == 1, said
    assert marks(tmp_path) == here


def test_a_scheduler_that_is_not_there_is_one_sentence(course, folder, tmp_path):
    done = course.grade(folder, "-o", tmp_path, "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("course: There is no Dask scheduler at tcp://127.0.0.1:9")


def test_without_dask_one_sentence_says_how_to_get_it(course, folder, tmp_path):
    (tmp_path / "distributed.py").write_text("raise ImportError('not here')", encoding="utf-8")
    run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from course.cli import main; sys.exit(main())"
    done = course.python("-c", run, tmp_path, "grade", folder, "-o", tmp_path / "out", "--scheduler", "tcp://x:1")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "course: Grading on a cluster needs Dask: pip install .[cluster]",
    )
