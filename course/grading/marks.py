"""The table of marks, made from the records: a row a submission, a column an exercise. The same records give the same bytes."""

from __future__ import annotations

import csv
import io
from typing import Any

from course import catalog

_OTHERS = ("submission", "lesson", "total", "out_of", "status")  # the columns that are no exercises


def table(records: list[dict[str, Any]]) -> str:
    """The text of marks.csv. Where there is more than one lesson among the records, the exercises' columns carry the lesson's name."""
    met = {record["lesson"] for record in records if record["exercises"]}
    lessons = [entry for entry in catalog.LESSONS if entry.name in met]
    columns = [(entry.name, exercise.name) for entry in lessons for exercise in entry.exercises]
    titles = [f"{lesson}/{name}" if len(lessons) > 1 or name in _OTHERS else name for lesson, name in columns]
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*_OTHERS[:2], *titles, *_OTHERS[2:]])
    for record in sorted(records, key=lambda record: record["submission"]):
        points = [
            record["exercises"].get(name, {}).get("points", "") if lesson == record["lesson"] else ""
            for lesson, name in columns
        ]
        sums = [record["points"], record["out_of"]] if record["graded"] else ["", ""]
        rows.writerow([_safe(record["submission"]), _safe(record["lesson"]), *points, *sums, _safe(record["status"])])
    return out.getvalue()


def _safe(text: str) -> str:
    """A spreadsheet takes a cell that starts so for a formula, and runs it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
