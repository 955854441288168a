"""Marks in the forms that other systems import: one table of formats, each a function from rows to text. docs/exports.md describes them.

Everything in a cell was perhaps written by a student: no cell begins as a formula, no cell holds a control character.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from course import catalog
from course.grading import GradingError
from course.grading.records import write_whole
from course.grading.roster import FORMULA, Roster, Row, file_names

NO_GRADE = "-"  # Moodle's sign for it; alone in a cell it is no formula


@dataclass(frozen=True)
class Options:
    """roster: None when there is none. titles: what a lesson is called there, by its name. missing: what a student gets who handed
    nothing in, "blank" or "zero". visibility: of the tests on Gradescope. stretch: whether stretch exercises count."""

    roster: Roster | None = None
    deadline: datetime | None = None
    titles: dict[str, str] = field(default_factory=dict)
    missing: str = "blank"
    visibility: str = "visible"
    stretch: bool = True

    def exercises(self, lesson: str) -> list[catalog.Entry]:
        """Those of the lesson that count."""
        return [entry for entry in catalog.lesson(lesson).exercises if self.stretch or not entry.stretch]

    def most(self, lesson: str) -> int:
        """The points that can be had in the lesson."""
        return sum(entry.points for entry in self.exercises(lesson))

    def title(self, lesson: str) -> str:
        entry = catalog.lesson(lesson)
        return self.titles.get(lesson) or f"{entry.number} {entry.title}"


def safe(value: object) -> str:
    """A cell's text: on one line, without control characters, and never the beginning of a formula."""
    if not isinstance(value, str):
        return str(value)
    text = "".join(letter if letter.isprintable() else " " for letter in value)
    start = text.lstrip()
    return f"'{text}" if start.startswith(FORMULA) and start != NO_GRADE else text


def export(to: str, rows: list[Row], out: Path, options: Options) -> list[str]:
    """Writes the rows to the file `out` (for gradescope: to files in a folder). Returns sentences about what is not in there.

    Raises GradingError for a format that needs a roster when there is none.
    """
    if to in NEED_ROSTER and options.roster is None:
        raise GradingError(f"`--to {to}` needs --roster: {to} knows students by their ids, not by their files.")
    rows = rows if options.stretch else without_stretch(rows)
    if to == "gradescope":
        _write_results(rows, out, options)
    else:
        write_whole(out, FORMATS[to](rows, options))
    return left_out(rows) if to != "csv" else []


def without_stretch(rows: Iterable[Row]) -> list[Row]:
    """The rows with records in which stretch exercises are not there, nor their points."""
    return [replace(row, record=_without_stretch(row.record)) if row.record else row for row in rows]


def _without_stretch(record: dict[str, Any]) -> dict[str, Any]:
    if not record["graded"]:
        return record
    stretch = {entry.name for entry in catalog.lesson(record["lesson"]).exercises if entry.stretch}
    kept = {name: verdict for name, verdict in record["exercises"].items() if name not in stretch}
    points, most = (sum(verdict[what] for verdict in kept.values()) for what in ("points", "out_of"))
    return record | {"exercises": kept, "points": points, "out_of": most}


def left_out(rows: Iterable[Row]) -> list[str]:
    """Sentences about the submissions that are nobody's, and those that count and have no mark."""
    return [
        f"{'left out' if row.student is None else 'no mark'}: {row.record['submission']}: {row.status}"
        for row in rows
        if row.record and (row.student is None or (row.counts and not row.record["graded"]))
    ]


def _table(heading: Sequence[object], lines: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe(cell) for cell in heading])
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return out.getvalue()


def _lessons(rows: Iterable[Row]) -> list[str]:
    met = {row.lesson for row in rows}
    return [entry.name for entry in catalog.LESSONS if entry.name in met]


def _by_student(rows: list[Row]) -> dict[str, dict[str, Row]]:
    """The rows that count, by the student's id and lesson, in the order of the roster."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row.student and row.counts and row.lesson:
            found.setdefault(row.student.key, {})[row.lesson] = row
    return found


def _points(row: Row | None, missing: str) -> object:
    """What stands for a row where only a number may stand. What could not be graded is blank: somebody has to look at it."""
    if row is None or (row.record is None and row.status == "missing"):
        return 0 if missing == "zero" else ""
    return row.record["points"] if row.record and row.record["graded"] else ""


def _csv(rows: list[Row], options: Options) -> str:
    """For people and their spreadsheets: every row there is, with its status. It begins with a BOM, or Excel takes it for ANSI."""
    lessons = _lessons(rows)
    columns = [(lesson, entry.name) for lesson in lessons for entry in options.exercises(lesson)]
    who = ["id", "name", "section"] if options.roster else []
    others = [*who, "submission", "lesson", "total", "out_of", "status", "late", "submitted"]
    exercises = [f"{lesson}/{name}" if len(lessons) > 1 or name in others else name for lesson, name in columns]
    lines = []
    for row in rows:
        made = row.record or {}
        about = [row.student.key, row.student.name, row.student.about.get("section", "")] if row.student else [""] * 3
        total = [made["points"], made["out_of"]] if made.get("graded") else [_points(row, options.missing), ""]
        points = [
            made["exercises"].get(name, {}).get("points", "") if made and lesson == row.lesson else ""
            for lesson, name in columns
        ]
        time = row.submitted.isoformat(timespec="seconds") if row.submitted else ""
        late = "late" if row.late else ""
        mine = about if options.roster else []
        lines.append([*mine, made.get("submission", ""), row.lesson, *total, row.status, late, time, *points])
    return "\ufeff" + _table([*others, *exercises], lines)


def _canvas(rows: list[Row], options: Options) -> str:
    """A gradebook as Canvas imports it: a line of points possible, then a line for each student."""
    lessons = _lessons(rows)
    heading = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(options.title(name) for name in lessons)]
    possible = ["Points Possible", "", "", "", "", *(options.most(name) for name in lessons)]
    lines = []
    for of in _by_student(rows).values():
        student = next(iter(of.values())).student
        about = student.about
        login = about.get("username", "") or (about.get("email", "") if options.roster.meaning == "email" else "")
        known = options.roster.meaning in ("username", "email", "canvas_id")
        sis = about.get("id", "") or ("" if known else student.key)
        points = [_points(of.get(name), options.missing) for name in lessons]
        lines.append([student.name, about.get("canvas_id", ""), sis, login, about.get("section", ""), *points])
    return _table(heading, [possible, *lines])


def _moodle(rows: list[Row], options: Options) -> str:
    """A CSV for Moodle's grade import: a column for each lesson and one for its feedback; "-" is Moodle's sign for no grade."""
    lessons = _lessons(rows)
    meanings = {"id": "ID number", "username": "Username", "email": "Email address"}
    students = options.roster.students
    shown = [meaning for meaning in meanings if any(student.about.get(meaning) for student in students)]
    own = [] if options.roster.meaning in shown else [options.roster.column]
    titles = [options.title(name) for name in lessons]
    items = [cell for title in titles for cell in (title, f"{title} (feedback)")]
    lines = []
    for of in _by_student(rows).values():
        student = next(iter(of.values())).student
        marks = []
        for name in lessons:
            points = _points(of.get(name), options.missing)
            marks += [NO_GRADE if points == "" else points, escape(_feedback(of.get(name)), quote=False)]
        ids = [*([student.key] if own else []), *(student.about.get(meaning, "") for meaning in shown)]
        lines.append([*ids, student.about.get("first_name", ""), student.about.get("last_name", ""), *marks])
    heading = [*own, *(meanings[meaning] for meaning in shown), "First name", "Last name", *items]
    return _table(heading, lines)


def _nbgrader(rows: list[Row], options: Options) -> str:
    """The columns of `nbgrader export`, where who has handed nothing in has 0."""
    heading = [
        *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
        *("raw_score", "late_submission_penalty", "score", "max_score"),
    ]
    lines = []
    for row in rows:
        if not (row.student and row.counts and row.lesson):
            continue
        about = row.student.about
        points = float(row.record["points"]) if row.record else 0.0
        names = [row.student.key, about.get("last_name", ""), about.get("first_name", ""), about.get("email", "")]
        times = [_utc(options.deadline), _utc(row.submitted)]
        most = float(options.most(row.lesson))
        lines.append([options.titles.get(row.lesson, row.lesson), *times, *names, points, 0.0, points, most])
    return _table(heading, lines)


def _utc(time: datetime | None) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if time else ""


def _feedback(row: Row | None) -> str:
    """What a student is told, on one line."""
    if row is None or row.record is None:
        return "Nothing was handed in."
    parts = [row.remarks.capitalize()] if row.late or not row.record["graded"] else []
    for name, made in row.record["exercises"].items():
        said = f": {made['message']}" if made["message"] and made["verdict"] != "right" else ""
        parts.append(f"{name} {made['points']}/{made['out_of']} {made['verdict']}{said}")
    return " | ".join(parts)


def results(rows: list[Row], visibility: str = "visible") -> dict[str, Any]:
    """What Gradescope reads from results.json, of one student's rows: a test for each exercise."""
    tests, said = [], []
    for row in rows:
        made = row.record
        if made is None or not made["graded"]:
            said.append(f"{made['submission'] if made else row.lesson}: {row.status}")
            continue
        entry = catalog.lesson(row.lesson)
        said.append(f"{made['submission']}: lesson {entry.number}, {made['points']} of {made['out_of']} points")
        for number, exercise in enumerate(entry.exercises, 1):
            verdict = made["exercises"].get(exercise.name)
            if verdict is None:
                continue
            message = "" if verdict["verdict"] == "right" else verdict["message"]
            tests.append(
                {
                    "name": f"{exercise.title} ({exercise.name})",
                    "number": f"{int(entry.number)}.{number}",
                    "score": verdict["points"],
                    "max_score": verdict["out_of"],
                    "status": "passed" if verdict["verdict"] == "right" else "failed",
                    "output": f"{verdict['verdict']}. {message}".strip(),
                    "visibility": visibility,
                }
            )
    return {
        "score": sum(test["score"] for test in tests),
        "execution_time": round(sum(row.record.get("seconds", 0) for row in rows if row.record)),
        "output": "\n".join(said) or "Nothing was handed in.",
        # Much of the text comes from students' kernels: none of it is to be read as HTML or Markdown.
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def _write_results(rows: list[Row], out: Path, options: Options) -> None:
    """A results.json for each student, in a folder of the student's; a single one when `out` is called so."""
    of = _by_student(rows)
    if out.suffix == ".json":
        if len(of) != 1:
            raise GradingError(f"{out} can hold one student's results, and there are {len(of)}: name a folder.")
        write_whole(out, _json(next(iter(of.values())), options))
        return
    for key, folder in file_names(of).items():
        write_whole(out / folder / "results.json", _json(of[key], options))


def _json(of: dict[str, Row], options: Options) -> str:
    return json.dumps(results(list(of.values()), options.visibility), ensure_ascii=False, indent=1) + "\n"


NEED_ROSTER = ("canvas", "moodle")
FORMATS: dict[str, Callable[[list[Row], Options], str]] = {
    "csv": _csv,
    "canvas": _canvas,
    "moodle": _moodle,
    "nbgrader": _nbgrader,
}
NAMES = (*FORMATS, "gradescope")
