"""The recorded results: what each lesson's own answers did under their probes. Written by the build, read by the checks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from course.checking.plain import Plain
from course.sealed import unseal

SEED = 20  # of the recorded draw; a grading run draws its own


@dataclass(frozen=True)
class Recorded:
    """One exercise's recorded result.

    takes: the names of the answer's parameters; None when the answer is a value.
    answer: the answer's source, for `solution()`; "" in a handout made without answers.
    observations: plain values, one for each observation of the probe.
    """

    seed: int
    takes: list[str] | None
    answer: str
    observations: list[Plain]


def folder() -> Path:
    """Where the recorded results are: course/records."""
    return Path(str(resources.files("course") / "records"))


@cache
def load(lesson: str) -> dict[str, Recorded]:
    """The recorded results of a lesson by exercise.

    Raises FileNotFoundError, saying how to make them, when the lesson has not been built.
    """
    path = folder() / f"{lesson}.json"
    if not path.exists():
        raise FileNotFoundError(
            f"Lesson {lesson} has no recorded results at {path}. Authors make them with: course build {lesson[:2]}"
        )
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Recorded(data["seed"], entry["takes"], _answer(entry), entry["observations"])
        for name, entry in data["exercises"].items()
    }


def _answer(entry: dict[str, Any]) -> str:
    """The answer's source. A handout has it sealed, or not at all."""
    if "answer" in entry:
        return entry["answer"]
    return unseal(entry["sealed"]) if entry["sealed"] else ""
