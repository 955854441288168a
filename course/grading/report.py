"""The class report: one HTML page with marks, exercises by difficulty, misconceptions, who has not handed in, and grading time."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from statistics import mean, median
from typing import Any

from course import catalog
from course.grading import pages
from course.grading.roster import Roster, Row

_LEFT, _RIGHT, _FLOOR, _TOP = 4, 356, 121, 18  # of the histogram, in its own units
_SHOWN = 8  # misconceptions of a lesson; the rarer ones are folded away
_ERROR = re.compile(r"\b([A-Z]\w{1,40}(?:Error|Exception|Warning))\b")  # what looks like an error's name
_NO_PYTHON = tuple(f"The answer cell stopped with {name}" for name in ("SyntaxError", "IndentationError", "TabError"))
_WORDS = {
    "right": "right",
    "not-yet": "not yet",
    "error": "error",
    "lost": "no result",
    "not-attempted": "not attempted",
}


def page(rows: list[Row], roster: Roster | None = None, deadline: datetime | None = None, names: bool = True) -> str:
    """The report on these rows. names: whether students and files are named; without, it can be shown to the class."""
    lessons = [entry for entry in catalog.LESSONS if any(row.lesson == entry.name for row in rows)]
    made = [row.record for row in rows if row.record]
    return pages.render(
        "report.html",
        roster=roster is not None,
        names=names,
        people="students" if roster else "submissions",
        when=_when(made),
        deadline=pages.time(deadline),
        numbers=_numbers(rows, roster),
        lessons=[_lesson(entry, [row for row in rows if row.lesson == entry.name]) for entry in lessons],
        look=[_look(row) for row in rows if _wants_a_look(row)],
        time=_time(made),
        records=len(made),
    )


def _when(records: list[dict[str, Any]]) -> str:
    days = sorted(
        {
            pages.time(datetime.fromisoformat(made["graded_at"])).partition(",")[0]
            for made in records
            if made["graded_at"]
        }
    )
    return days[0] if len(days) == 1 else f"on {len(days)} days" if days else ""


def _numbers(rows: list[Row], roster: Roster | None) -> list[tuple[str, int]]:
    counting = [row for row in rows if row.counts]
    numbers = [
        ("students", len(roster.students) if roster else 0),
        ("submissions", sum(row.record is not None for row in rows)),
        ("graded", sum(bool(row.record and row.record["graded"]) for row in counting)),
        ("not graded", sum(bool(row.record and not row.record["graded"]) for row in counting)),
        ("missing", sum(row.record is None for row in rows)),
        ("late", sum(row.late for row in counting)),
        ("double", sum(row.status.startswith("duplicate") for row in rows)),
        ("nobody's", sum(row.student is None for row in rows)),
    ]
    always = ("submissions", "graded", *(("students", "missing") if roster else ()))
    return [(name, number) for name, number in numbers if number or name in always]


def _lesson(entry: catalog.Lesson, rows: list[Row]) -> dict[str, Any]:
    graded = [row.record for row in rows if row.counts and row.record and row.record["graded"]]
    points = [made["points"] for made in graded]
    most = max([made["out_of"] for made in graded] or [entry.points])
    seen = Counter(pages.kind(verdict["verdict"])[0] for made in graded for verdict in made["exercises"].values())
    mistakes = _mistakes(entry, graded)
    return {
        "name": entry.name,
        "number": entry.number,
        "title": entry.title,
        "graded": len(graded),
        "out_of": most,
        "marks_said": _marks(points, most),
        "marks_picture": "A histogram. " + _spread(points),
        "bars": _bars(points, most),
        "kinds": [(kind, word) for kind, word in _WORDS.items() if seen[kind]],
        "exercises": _exercises(entry, graded),
        "mistakes": mistakes[:_SHOWN],
        "rarer": mistakes[_SHOWN:],
        "unknown": _unknown(graded),
        "errors": _errors(graded),
        "missing": [row.student.name for row in rows if row.record is None],
    }


def _marks(points: list[int], most: int) -> str:
    if not points:
        return ""
    full, none = points.count(most), points.count(0)
    return (
        f"Half of them have {median(points):g} of {most} points or more; the mean is {mean(points):.1f}. "
        f"{full} {'has' if full == 1 else 'have'} all points, {none} {'has' if none == 1 else 'have'} none."
    )


def _spread(points: list[int]) -> str:
    return "; ".join(f"{count} with {value} points" for value, count in sorted(Counter(points).items()))


def _bars(points: list[int], most: int) -> list[dict[str, Any]]:
    """A bar for each number of points that one can have."""
    counts = Counter(points)
    highest = max(counts.values(), default=1)
    step = (_RIGHT - _LEFT) / (most + 1)
    every = 1 if most <= 20 else 5
    bars = []
    for value in range(most + 1):
        height = round(counts[value] / highest * (_FLOOR - _TOP), 1)
        x = round(_LEFT + value * step + step * 0.1, 2)
        bars.append(
            {
                "count": counts[value],
                "label": value if value % every == 0 else None,
                "x": x,
                "y": round(_FLOOR - height, 1),
                "width": round(step * 0.8, 2),
                "height": height,
                "middle": round(x + step * 0.4, 2),
            }
        )
    return bars


def _exercises(entry: catalog.Lesson, graded: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The exercises with the shares of verdicts, the one that fewest have right first."""
    shown = []
    for exercise in entry.exercises:
        verdicts = [made["exercises"][exercise.name] for made in graded if exercise.name in made["exercises"]]
        counts = Counter(pages.kind(verdict["verdict"])[0] for verdict in verdicts)
        right = counts["right"] / len(verdicts) if verdicts else 0.0
        parts, x = [], 0.0
        for kind in _WORDS:
            width = 100 * counts[kind] / len(verdicts) if verdicts else 0.0
            if width:
                parts.append({"kind": kind, "x": round(x, 3), "width": round(max(0.3, width - 0.4), 3)})
            x += width
        rest = [f"{counts[kind]} {word}" for kind, word in _WORDS.items() if counts[kind] and kind != "right"]
        shown.append(
            {
                "name": exercise.name,
                "title": exercise.title,
                "stretch": exercise.stretch,
                "out_of": verdicts[0]["out_of"] if verdicts else exercise.points,
                "right": right,
                "parts": parts,
                "said": ", ".join([f"{right:.0%} right", *rest]),
            }
        )
    return sorted(shown, key=lambda each: each["right"])


def _mistakes(entry: catalog.Lesson, graded: list[dict[str, Any]]) -> list[dict[str, Any]]:
    titles = {exercise.name: exercise.title for exercise in entry.exercises}
    counts: Counter[tuple[str, str]] = Counter()
    said = {}
    for made in graded:
        for name, verdict in made["exercises"].items():
            if verdict["mistake"]:
                counts[name, verdict["mistake"]] += 1
                said[name, verdict["mistake"]] = verdict["message"]
    return [
        {
            "name": key[0],
            "title": titles.get(key[0], key[0]),
            "said": said[key],
            "count": count,
            "width": round(100 * count / max(counts.values()), 2),
        }
        for key, count in counts.most_common()
    ]


def _unknown(graded: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counts = Counter(
        name
        for made in graded
        for name, verdict in made["exercises"].items()
        if verdict["verdict"] == "not yet" and not verdict["mistake"]
    )
    return [{"name": name, "count": count} for name, count in counts.most_common()]


def _errors(graded: list[dict[str, Any]]) -> str:
    """A sentence about the answers that stopped with an error that is no known mistake, "" when none did.

    Only what looks like the name of an error is named: the text is a student's.
    """
    met = [
        _ERROR.search(verdict["message"])
        for made in graded
        for verdict in made["exercises"].values()
        if verdict["verdict"] == "error" and not verdict["mistake"]
    ]
    if not met:
        return ""
    named = Counter(found[1] for found in met if found).most_common(6)
    rest = len(met) - sum(count for _, count in named)
    parts = [f"{count} with {name}" for name, count in named]
    parts += [f"{rest} with an error of another kind"] if rest and named else []
    said = f"{len(met)} {'answer' if len(met) == 1 else 'answers'} stopped with an error that is no known mistake"
    return f"{said}: {', '.join(parts)}." if parts else f"{said}."


def _wants_a_look(row: Row) -> bool:
    """What a person may have to decide about: late, double, nobody's, not graded, or with an answer that could not be tried."""
    made = row.record
    if not made:
        return False
    untried = any(
        verdict["verdict"] in ("timed out", "crashed", "missing") or _does_not_parse(verdict)
        for verdict in made["exercises"].values()
    )
    return row.late or not row.counts or not made["graded"] or untried


def _does_not_parse(verdict: dict[str, Any]) -> bool:
    """Whether the answer is no Python: all the rest of it may be right."""
    return verdict["verdict"] == "error" and verdict["message"].startswith(_NO_PYTHON)


def _look(row: Row) -> dict[str, str]:
    whose = row.student.name if row.student else "?"
    return {"submission": row.record["submission"], "whose": whose, "what": row.remarks.removeprefix("graded; ")}


def _time(records: list[dict[str, Any]]) -> dict[str, Any]:
    seconds = [made["seconds"] for made in records]
    if not seconds:
        return {"said": "Nothing was graded.", "slowest": []}
    total = sum(seconds)
    said = f"{len(seconds)} submissions took {_long(total)} of machine time; half of them {median(seconds):.1f} s or less each."
    slowest = sorted(records, key=lambda made: -made["seconds"])[:5]
    return {
        "said": said,
        "slowest": [
            {"submission": made["submission"], "seconds": f"{made['seconds']:.1f}", "most": _most(made)}
            for made in slowest
        ],
    }


def _most(made: dict[str, Any]) -> str:
    """The exercise that took longest."""
    if not made["exercises"]:
        return ""
    name, verdict = max(made["exercises"].items(), key=lambda pair: pair[1]["seconds"])
    return f"{name}: {verdict['seconds']:.1f} s" if verdict["seconds"] else ""


def _long(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
