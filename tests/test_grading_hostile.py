"""Hostile submissions (tests/hostile), graded in one run beside honest ones: none earns a mark, changes another's, or leaves anything."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.grading.warm import jail
from course.grading.warm.limits import MB
from tests.grading_course import ALL, LESSON, NAMES, POINTS, Course
from tests.grading_suites import Graded, read_suite

pytestmark = pytest.mark.skipif(bool(jail.missing()), reason=f"no sandbox here: {jail.missing()}")

SUITE = read_suite(Path(__file__).parent / "hostile")
BYSTANDERS = 6
TRACE = "hostile-was-here"  # what submissions call the files they try to leave
LIMITS = {"memory": 1024 * MB, "disk": 32 * MB, "file": 16 * MB, "processes": 64}
PLACES = ("/", "/tmp", "/var/tmp", "/dev/shm", "/root", "/home", "/work", os.path.expanduser("~"))


def bystanders(course: Course) -> dict[str, dict]:
    """Honest submissions, spread among the others."""
    return {f"{'abdhmprsw'[i]}_bystander_{i}.ipynb": course.solution for i in range(BYSTANDERS)}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Iterator[Graded]:
    course = Course(tmp_path_factory.mktemp("hostile"))
    (course.root / "solutions").mkdir()
    (course.root / "solutions" / f"{LESSON}.ipynb").write_text(json.dumps(course.solution), encoding="utf-8")

    def more(folder: Path) -> None:
        for name, notebook in bystanders(course).items():
            (folder / name).write_text(json.dumps(notebook), encoding="utf-8")

    begun = time.monotonic()
    graded = Graded(course, SUITE, timeout=4, limits=LIMITS, extra=more)
    keep_table(graded, time.monotonic() - begun)
    yield graded
    graded.done_with()


def keep_table(graded: Graded, seconds: float) -> None:
    folder = Path(__file__).parents[1] / ".cache"
    folder.mkdir(exist_ok=True)
    text = graded.table(f"{len(graded.suite)} hostile submissions, {seconds:.0f} s")
    (folder / "hostile.md").write_text(text + f"\n```\n{graded.done.stderr[-3000:]}\n```\n", encoding="utf-8")


def test_there_are_enough():
    assert len(SUITE) >= 60


def test_the_run_goes_through(graded):
    assert graded.done.returncode == 0, graded.done.stderr[-2000:]
    assert "Traceback" not in graded.done.stderr


@pytest.mark.parametrize("name", SUITE)
def test_it_gets_what_it_has_earned(name, graded):
    odd = SUITE[name]
    if odd.status == "no row":
        assert str(graded.paths[name]) not in graded.by_path
        return
    record = graded.record(name)
    assert record["status"].startswith(odd.status)
    if record["graded"]:
        entries = record["exercises"]
        assert list(entries) == list(NAMES)
        for key, entry in entries.items():
            assert entry["verdict"] in odd.gets.get(key, "right").split("|"), (key, entry)
        points = {key: POINTS[key] if entries[key]["verdict"] == "right" else 0 for key in NAMES}
        assert {key: entry["points"] for key, entry in entries.items()} == points
    assert len(json.dumps(record)) < 10_000


@pytest.mark.parametrize("number", range(BYSTANDERS))
def test_it_changes_no_others_mark(number, graded):
    record = graded.of_file(list(bystanders(graded.course))[number])
    assert (record["status"], record["points"]) == ("graded", ALL), record


def test_it_leaves_no_process(graded):
    time.sleep(0.5)
    assert graded.left_running() == []


def test_it_leaves_no_file(graded):
    assert graded.after == graded.before
    assert list(graded.temporary.iterdir()) == []
    left = [path for place in PLACES if os.access(place, os.R_OK) for path in os.listdir(place) if TRACE in path]
    assert left == []


def test_none_hangs(graded):
    patience = (2 * len(NAMES) + 1) * (graded.timeout + 10)  # each cell's time-out and what ending it may take
    assert {path: seconds for path, seconds in graded.seconds.items() if seconds > patience} == {}


def test_the_table_of_marks_and_the_progress_are_clean(graded):
    text = (graded.out / "marks.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(graded.by_path)
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    assert all(letter.isprintable() or letter == "\n" for letter in graded.done.stderr)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert "grader-password" not in text + "".join(map(json.dumps, graded.by_path.values()))
