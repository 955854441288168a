"""Odd but honest submissions (tests/kind), graded in one run: none loses a mark."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.grading.warm import jail
from tests.grading_course import Course
from tests.grading_suites import Graded, read_suite

pytestmark = pytest.mark.skipif(bool(jail.missing()), reason=f"no sandbox here: {jail.missing()}")

SUITE = read_suite(Path(__file__).parent / "kind")


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Iterator[Graded]:
    course = Course(tmp_path_factory.mktemp("kind"))
    begun = time.monotonic()
    graded = Graded(course, SUITE, timeout=30, limits={}, extra=lambda folder: None)
    folder = Path(__file__).parents[1] / ".cache"
    folder.mkdir(exist_ok=True)
    title = f"{len(SUITE)} odd but honest submissions, {time.monotonic() - begun:.0f} s"
    (folder / "kind.md").write_text(graded.table(title), encoding="utf-8")
    yield graded
    graded.done_with()


def test_there_are_enough():
    assert len(SUITE) >= 30


def test_the_run_goes_through(graded):
    assert graded.done.returncode == 0, graded.done.stderr[-2000:]
    assert "Traceback" not in graded.done.stderr


@pytest.mark.parametrize("name", SUITE)
def test_it_loses_no_mark(name, graded):
    record = graded.record(name)
    entries = record["exercises"]
    told = {key: (entry["verdict"], entry["message"]) for key, entry in entries.items() if entry["verdict"] != "right"}
    assert (record["status"], told) == ("graded", {})
    assert record["points"] == record["out_of"] > 0


def test_it_leaves_nothing(graded):
    time.sleep(0.5)
    assert graded.left_running() == []
    assert graded.after == graded.before
    assert list(graded.temporary.iterdir()) == []
