"""One submission, from its file to its record: the unit of work."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from time import monotonic
from typing import Any

import course
from course.authoring.source import Source
from course.grading import probe
from course.grading.judge import Item, Judge, Result, Stopped
from course.grading.records import SCHEMA
from course.grading.reference import Reference
from course.grading.splice import splice
from course.grading.submission import Submission, Unreadable, digest, read
from course.grading.verdict import Verdict, decide, without_points


@dataclass(frozen=True)
class Ready:
    """A lesson, ready to be graded against. trouble: why it is not, "" when it is.

    fingerprint: of all that its marks hang on, as course.authoring.answers makes it; fingerprints: of each exercise.
    """

    name: str
    source: Source | None = None
    fingerprint: str = ""
    reference: Reference | None = None
    trouble: str = ""
    fingerprints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """What is to be graded and with what. label: its name in the marks. seed_policy: "drawn", or "given" and the number. only: the
    exercises to be tried; all when empty."""

    path: Path
    label: str
    lesson: Ready
    seed_policy: str
    only: frozenset[str] = frozenset()


class NotGraded(Exception):
    """It is no fault of the submission's that it has no marks: it is left for the next run."""


def grade_one(work: Work, judge: Judge | None) -> dict[str, Any]:
    """The record of one submission. Raises Stopped when the run is being ended, and nothing else.

    judge: None for a submission that comes to no judgement, because it cannot be read or its lesson is in trouble.
    """
    begun = monotonic()
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "submission": work.label,
        "path": str(work.path),
        "sha256": digest(work.path),
        "modified": _modified(work.path),
        "lesson": work.lesson.name,
        "graded": False,
        "retry": False,
        "status": "",
        "points": 0,
        "out_of": 0,
        "exercises": {},
        "seed": work.lesson.reference.seed if work.lesson.reference else None,
        "seed_policy": work.seed_policy,
        "fingerprint": work.lesson.fingerprint,
        "versions": versions(),
    }
    try:
        submission = read(work.path)
        record["sha256"] = submission.sha256
        if work.lesson.trouble:
            raise NotGraded(work.lesson.trouble)
        verdicts = _verdicts(work.lesson.source, work.lesson.reference, submission, judge, work.only)
        record["exercises"] = {
            name: {**asdict(verdict), "seed": record["seed"], "fingerprint": work.lesson.fingerprints.get(name, "")}
            for name, verdict in verdicts.items()
        }
        record["points"] = sum(verdict.points for verdict in verdicts.values())
        record["out_of"] = sum(verdict.out_of for verdict in verdicts.values())
        record["status"] = status({name: verdict.verdict for name, verdict in verdicts.items()})
        record["graded"] = True
    except Unreadable as problem:
        record["status"] = f"not graded: {problem}"
    except Exception as problem:  # whatever one submission does to the grader, the others are graded
        if isinstance(problem, Stopped):
            raise
        said = str(problem) if isinstance(problem, NotGraded) else f"the grader failed on it: {problem!r}"[:300]
        record |= {"status": f"not graded: {said}", "retry": True}
    record["seconds"] = round(monotonic() - begun, 2)
    record["graded_at"] = datetime.now(UTC).isoformat(timespec="seconds")
    return record


def status(verdicts: dict[str, str]) -> str:
    """How a graded submission stands in the marks. verdicts: the word by exercise."""
    parts = ["graded"]
    for word in ("error", "crashed", "timed out", "missing"):
        names = [name for name, verdict in verdicts.items() if verdict == word]
        if names:
            parts.append(f"{word}: {', '.join(names)}")
    return "; ".join(parts)


def _modified(path: Path) -> str:
    """When the file was last changed, "" when that cannot be told."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    except (OSError, ValueError, OverflowError):
        return ""


def _verdicts(
    source: Source, reference: Reference, submission: Submission, judge: Judge, only: frozenset[str] = frozenset()
) -> dict[str, Verdict]:
    """The verdict on each exercise of the lesson, or on each of `only`.

    Where the kernel is lost, the verdicts so far stand, and what comes later runs again without the answer that lost it.
    """
    spliced = splice(source, submission)
    points = {entry.name: entry.points for entry in source.entry.exercises}
    verdicts = {name: without_points("missing", points[name]) for name in spliced.missing}
    verdicts |= {name: without_points("not attempted", points[name]) for name in spliced.untouched}
    asked = [name for name in points if not only or name in only]
    pending = [name for name in asked if name not in verdicts]
    left_out: set[str] = set()
    again = False
    while pending:
        cells = probe.cells(spliced.parts, pending, left_out, reference)
        expected = {probe.probe_id(name): reference.exercises[name].text for name in pending}
        result = judge.run(probe.notebook(cells), expected, allowance=2 * len(pending) + 1)
        for name in list(pending):
            item = result.items.get(probe.probe_id(name))
            if item and result.lost != probe.probe_id(name):
                verdicts[name] = decide(
                    name, points[name], reference.exercises[name], _answer(name, cells, result), item
                )
                pending.remove(name)
        guilty = _guilty(cells, result)
        if guilty:
            left_out.add(guilty)
            if guilty in pending:
                verdicts[guilty] = _lost(guilty, points[guilty], result, judge)
                pending.remove(guilty)
        elif pending:
            if again:
                raise NotGraded(result.trouble or "the lesson's own cells do not run here")
            again = True
    return {name: verdicts[name] for name in asked}


def _answer(name: str, cells: list[probe.ToRun], result: Result) -> Item | None:
    return next((result.items.get(cell.id) for cell in cells if cell.kind == "answer" and cell.exercise == name), None)


def _guilty(cells: list[probe.ToRun], result: Result) -> str:
    """The exercise whose code lost the kernel: the one of the cell where it was lost or, when that is none of the student's or had not
    begun, the last one before it. "" when there is none."""
    if result.lost is None:
        return ""
    place = next(i for i, cell in enumerate(cells) if cell.id == result.lost)
    before = cells[:place] if result.how == "crashed before" else cells[: place + 1]
    return next((cell.exercise for cell in reversed(before) if cell.exercise), "")


def _lost(name: str, out_of: int, result: Result, judge: Judge) -> Verdict:
    item = result.items.get(result.lost or "")
    seconds = item.seconds if item else 0.0
    if result.how == "timed out":
        message = f"`{name}` did not end within {judge.timeout:g} s. Is there a loop that never ends?"
        return without_points("timed out", out_of, seconds, message)
    return without_points(
        "crashed", out_of, seconds, f"Python ended while `{name}` ran: it left, or it ran out of memory."
    )


@cache
def versions() -> dict[str, str | None]:
    """The versions of what a mark depends on."""
    found = {"python": platform.python_version(), "course": course.__version__}
    for name in ("keras", "tensorflow", "numpy", "nbval"):
        found[name] = _version(name) or (_version("tensorflow-cpu") if name == "tensorflow" else None)
    return found


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
