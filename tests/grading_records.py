"""Records made by hand, as `course grade` writes them, for the tests of what is made from records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course import catalog
from course.grading.records import SCHEMA, Records

VERDICTS = ("right", "not yet", "not attempted", "error", "timed out", "crashed", "missing")


def record(
    label: str, lesson: str = "01_neuron", verdicts: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A record of a graded submission, right in all but `verdicts`: a verdict by exercise, or a verdict, mistake and message."""
    exercises = {}
    for entry in catalog.lesson(lesson).exercises if lesson else ():
        said = (verdicts or {}).get(entry.name, "right")
        verdict, mistake, message = said if isinstance(said, tuple) else (said, "", "")
        points = entry.points if verdict == "right" else 0
        exercises[entry.name] = {
            "verdict": verdict,
            "points": points,
            "out_of": entry.points,
            "seconds": 0.25,
            "mistake": mistake,
            "message": message,
            "seed": 7,
            "fingerprint": "f",
        }
    made = {
        "schema": SCHEMA,
        "submission": label,
        "path": f"/nowhere/{label}",
        "sha256": "0" * 64,
        "modified": "2026-11-20T10:00:00+00:00",
        "lesson": lesson,
        "graded": True,
        "retry": False,
        "status": "graded",
        "points": sum(each["points"] for each in exercises.values()),
        "out_of": sum(each["out_of"] for each in exercises.values()),
        "exercises": exercises,
        "seed": 7,
        "seed_policy": "drawn",
        "fingerprint": "f",
        "versions": {"course": "0.1"},
        "seconds": 1.5,
        "graded_at": "2026-11-21T10:00:00+00:00",
    }
    return {**made, **more}


def unreadable(label: str, why: str = "the file is empty", **more: Any) -> dict[str, Any]:
    """A record of a submission that could not be graded."""
    return record(label, "", graded=False, status=f"not graded: {why}", **more)


def kept(folder: Path, *records: dict[str, Any]) -> Path:
    """The folder, with the records written as `course grade` does."""
    records_there = Records(folder)
    for each in records:
        records_there.write(each)
    return folder
