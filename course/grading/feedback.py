"""Feedback: an HTML page for each student, with what was right, which mistake was made, and the hint to read again.

No reference value is in it, and no input: records hold none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course import catalog
from course.checking.exercise import exercises
from course.grading import pages
from course.grading.records import write_whole
from course.grading.roster import Row, file_names

# Which hint to read again: after nothing the first, which nudges; after a try the second, which points at the lesson.
_HINT = {"not attempted": 0, "not yet": 1, "error": 1}
_NO_HINT = "The answer cell stopped with "  # how messages begin where Python, not the idea, is what went wrong

_SAID = {
    "not attempted": "The cell is as it was given out.",
    "missing": "No cell with this answer was found. Leave the answer's cell in the notebook, and the name it defines as it is.",
}


def write(rows: list[Row], folder: Path) -> list[Path]:
    """Writes a page for each student who has handed something in, named after the student's id. Returns the pages."""
    of: dict[str, list[Row]] = {}
    for row in rows:
        if row.student and row.counts and row.record:
            of.setdefault(row.student.key, []).append(row)
    written = []
    for key, name in file_names(of).items():
        path = folder / f"{name}.html"
        write_whole(path, page(of[key]))
        written.append(path)
    return written


def page(rows: list[Row]) -> str:
    """The page of one student."""
    return pages.render("feedback.html", name=rows[0].student.name, lessons=[_lesson(row) for row in rows])


def _lesson(row: Row) -> dict[str, Any]:
    made = row.record
    entry = catalog.lesson(row.lesson) if row.lesson else None
    shown = _exercises(entry, made) if entry and made["graded"] else []
    return {
        "number": entry.number if entry else "?",
        "title": entry.title if entry else made["submission"],
        "graded": made["graded"],
        "why": made["status"].removeprefix("not graded: "),
        # where it is the grader that failed (retry), handing in again helps nobody
        "advice": ""
        if made["graded"] or made["retry"]
        else "Open your notebook, save it, see that it is the one you mean, and hand it in again.",
        "points": made["points"],
        "out_of": made["out_of"],
        "exercises": shown,
        "all_right": bool(shown) and all(each["verdict"] == "right" for each in shown),
        "late": row.late,
        "submitted": pages.time(row.submitted),
        "file": made["submission"],
        "sha256": made["sha256"][:12],
    }


def _exercises(entry: catalog.Lesson, made: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        hints = {name: exercise.hints for name, exercise in exercises(entry.name).items()}
    except (ImportError, LookupError):  # another version of the course than the one that graded
        hints = {}
    titles = {exercise.name: exercise.title for exercise in entry.exercises}
    shown = []
    for name, verdict in made["exercises"].items():
        said = verdict["verdict"]
        kind, sign = pages.kind(said)
        given = hints.get(name, ())
        number = len(given) if verdict["message"].startswith(_NO_HINT) else _HINT.get(said, len(given))
        shown.append(
            {
                "name": name,
                "title": titles.get(name, name),
                "verdict": said,
                "kind": kind,
                "sign": sign,
                "points": verdict["points"],
                "out_of": verdict["out_of"],
                "said": "" if said == "right" else verdict["message"] or _SAID.get(said, ""),
                "hint": given[number] if number < len(given) else "",
                "hint_number": number + 1,
                "hints": len(given),
            }
        )
    return shown
