"""Runs a lesson's own answers, and records what they do under their probes."""

from __future__ import annotations

import hashlib
import inspect
import json
import linecache
import traceback
from pathlib import Path
from typing import Any

import course.exercises
from course.authoring.source import LessonError, Source, answered, stub
from course.checking.exercise import exercises
from course.checking.observe import Observations, observe
from course.checking.records import SEED

SCHEMA = 1


def run(source: Source, stubs: bool = False) -> dict[str, Any]:
    """The attempts that the lesson's answer cells (or, with `stubs`, the learner's untouched ones) define, by exercise.

    Runs the cells that answers need and the answer cells, in order, in a namespace of their own.
    """
    namespace: dict[str, Any] = {"__name__": f"lesson_{source.name}"}
    for cell in source.cells:
        if cell.kind == "code" and (cell.exercise or cell.is_needed):
            code = (stub if stubs else answered)(cell.source) if cell.exercise else cell.source
            file = f"<{source.path.name}:{cell.line}>"
            linecache.cache[file] = (len(code), None, [line + "\n" for line in code.splitlines()], file)
            exec(compile(code, file, "exec"), namespace)
    return {entry.name: namespace[entry.name] for entry in source.entry.exercises}


def record(source: Source) -> str:
    """The text of the lesson's record file.

    Raises LessonError when an answer does not get through its own probe.
    """
    attempts = run(source)
    entries = {}
    for name, exercise in exercises(source.name).items():
        observed = observe(exercise, attempts[name], SEED)
        trouble = observed.unfit or _stopped(observed) or ("" if observed.seen else "the probe yields nothing")
        if trouble:
            line = source.answer(name).line
            raise LessonError(f"{source.path}:{line}: the answer of `{name}` does not get through its probe: {trouble}")
        entries[name] = {
            "takes": _takes(attempts[name]),
            "answer": answered(source.answer(name).source),
            "observations": [seen.record for seen in observed.seen],
        }
    data = {
        "schema": SCHEMA,
        "lesson": source.name,
        "seed": SEED,
        "made_from": fingerprint(source),
        "exercises": entries,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def fingerprint(source: Source) -> str:
    """A checksum of all that the record depends on: the cells that answers need, the answers, the probes."""
    parts = [cell.source for cell in source.cells if cell.exercise or cell.is_needed]
    module = Path(course.exercises.__path__[0]) / f"lesson_{source.name}.py"
    parts.append(module.read_text(encoding="utf-8") if module.exists() else "")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _stopped(observed: Observations) -> str:
    """The error that ended a probe, with the line where it rose; "" where there was none."""
    if observed.error is None:
        return ""
    last = traceback.extract_tb(observed.error.__traceback__)[-1]
    return f"{observed.error!r} at {last.filename}:{last.lineno}"


def _takes(attempt: Any) -> list[str] | None:
    return list(inspect.signature(attempt).parameters) if callable(attempt) else None
