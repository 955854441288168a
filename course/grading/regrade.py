"""Grading again after a lesson was mended: only the exercises that changed are run, and what would move is shown before it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import course
from course.authoring import settings
from course.grading import GradingError, marks
from course.grading.grade import prepared, tell, try_again
from course.grading.one import Ready, Work, status, versions
from course.grading.records import Records, write_whole
from course.grading.submission import digest
from course.grading.warm.limits import Limits

CHANGED, NEW, GONE = "the exercise changed", "the exercise is new", "the exercise is gone"


@dataclass
class Plan:
    """What is to be done with one record. why: by exercise; whole: why all of it is run again, "" when not all is."""

    record: dict[str, Any]
    lesson: Ready
    why: dict[str, str] = field(default_factory=dict)
    whole: str = ""

    @property
    def again(self) -> frozenset[str]:
        """The exercises to be run."""
        return frozenset(name for name, reason in self.why.items() if reason != GONE)


@dataclass(frozen=True)
class Move:
    """A line of the table: an exercise of a submission, and how it stood and would stand."""

    submission: str
    exercise: str
    before: str
    after: str
    why: str


@dataclass
class Regrading:
    """What would be written: the records, and the marks that move. told: exercises that get another verdict or message for the same
    mark. ran: exercises that were run. skipped: sentences about what could not be graded again."""

    records: list[dict[str, Any]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    told: int = 0
    ran: int = 0
    skipped: list[str] = field(default_factory=list)

    def write(self, out: Path) -> None:
        """Writes the records and the table of marks."""
        kept = Records(out)
        for record in self.records:
            kept.write(record)
        write_whole(out / "marks.csv", marks.table(kept.all()))


def regrade(
    out: Path,
    chosen: list[str],
    jobs: int = 1,
    timeout: float = 60,
    root: Path = settings.ROOT,
    say: Callable[[str], None] = tell,
    sandbox: bool = True,
    limits: Limits = Limits(),  # noqa: B008  (it cannot change)
) -> Regrading:
    """Grades again what changed since the records in `out` were made, and writes nothing.

    chosen: names of submissions in the marks, or paths; all when empty.
    Raises GradingError when a submission is not among the records.
    """
    records = _chosen(Records(out).all(), chosen, out)
    lessons = {name: prepared(name, root) for name in sorted({made["lesson"] for made in records if made["graded"]})}
    result = Regrading()
    plans = []
    for made in records:
        if not made["graded"]:
            result.skipped.append(f"{made['submission']}: {made['status']}; `course grade` tries it again")
        elif lessons[made["lesson"]].trouble:
            result.skipped.append(f"{made['submission']}: {lessons[made['lesson']].trouble}")
        else:
            plans.append(plan(made, lessons[made["lesson"]]))
    todo = [one for one in plans if one.again]
    lost = [one for one in todo if not digest(Path(one.record["path"]))]
    result.skipped += [f"{one.record['submission']}: there is no file {one.record['path']} any more" for one in lost]
    works = {
        one.record["path"]: Work(
            Path(one.record["path"]), one.record["submission"], one.lesson, one.record["seed_policy"], one.again
        )
        for one in todo
        if one not in lost
    }
    made_now = {}
    if works:
        made_now = {
            made["path"]: made for made in try_again([*works.values()], out, jobs, timeout, root, say, sandbox, limits)
        }
    for one in plans:
        new = made_now.get(one.record["path"])
        if new and not new["graded"]:
            result.skipped.append(f"{one.record['submission']}: {new['status']}")
        elif new or (not one.again and (one.why or one.record["fingerprint"] != one.lesson.fingerprint)):
            merged = merge(one, new)
            result.records.append(merged)
            result.ran += len(one.again)
            moves, told = compare(one, merged)
            result.moves += moves
            result.told += told
    return result


def _chosen(records: list[dict[str, Any]], chosen: list[str], out: Path) -> list[dict[str, Any]]:
    if not records:
        raise GradingError(f"There are no records in {out}: there is nothing to grade again.")
    if not chosen:
        return records
    found = []
    for name in chosen:
        path = str(Path(name).absolute())
        mine = [made for made in records if made["submission"] == name or made["path"] in (name, path)]
        mine = mine or [made for made in records if made["path"].startswith(f"{path}/")]
        if not mine:
            raise GradingError(f"There is no record of {name} in {out}.")
        found += [made for made in mine if made not in found]
    return found


def plan(made: dict[str, Any], lesson: Ready) -> Plan:
    """What of a record no longer holds, and why."""
    now = lesson.fingerprints
    sha = digest(Path(made["path"]))
    if sha and sha != made["sha256"]:
        return Plan(made, lesson, dict.fromkeys(now, "the file changed"), "the file changed")
    if made["versions"]["course"] != course.__version__:
        said = f"course {made['versions']['course']} -> {course.__version__}"
        return Plan(made, lesson, dict.fromkeys(now, said), said)
    before = made["exercises"]
    why = {
        name: NEW if name not in before else CHANGED
        for name, fingerprint in now.items()
        if before.get(name, {}).get("fingerprint") != fingerprint
    }
    return Plan(made, lesson, why | {name: GONE for name in before if name not in now})


def merge(one: Plan, new: dict[str, Any] | None) -> dict[str, Any]:
    """The record with what was run again put in its place; the rest stays as it was."""
    verdicts = {**one.record["exercises"], **(new["exercises"] if new else {})}
    verdicts = {name: verdicts[name] for name in one.lesson.fingerprints if name in verdicts}
    merged = {**one.record, **(new if new and one.whole else {})}
    return merged | {
        "status": status({name: verdict["verdict"] for name, verdict in verdicts.items()}),
        "exercises": verdicts,
        "points": sum(verdict["points"] for verdict in verdicts.values()),
        "out_of": sum(verdict["out_of"] for verdict in verdicts.values()),
        "fingerprint": one.lesson.fingerprint,
        "seed": new["seed"] if new else one.record["seed"],
        "versions": versions() if new else one.record["versions"],
        "graded_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def compare(one: Plan, merged: dict[str, Any]) -> tuple[list[Move], int]:
    """The marks that move from the record to `merged`, and how many exercises are told otherwise for the same mark."""
    before, after = one.record["exercises"], merged["exercises"]
    moves, told = [], 0
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name), after.get(name)
        if _mark(old) != _mark(new):
            moves.append(Move(merged["submission"], name, _shown(old), _shown(new), one.why.get(name, "")))
        elif (old["verdict"], old["mistake"], old["message"]) != (new["verdict"], new["mistake"], new["message"]):
            told += 1
    return moves, told


def _mark(verdict: dict[str, Any] | None) -> tuple[int, int] | None:
    return (verdict["points"], verdict["out_of"]) if verdict else None


def _shown(verdict: dict[str, Any] | None) -> str:
    return f"{verdict['points']}/{verdict['out_of']} {verdict['verdict']}" if verdict else "-"


def table(result: Regrading, kept: list[dict[str, Any]]) -> str:
    """What would change, for a person: a line for each exercise whose mark moves, and the submission's total after them.

    kept: the records as they are.
    """
    old = {made["submission"]: made for made in kept}
    new = {made["submission"]: made for made in result.records}
    lines = []
    for submission in dict.fromkeys(move.submission for move in result.moves):
        lines += [
            [m.submission, m.exercise, m.before, m.after, m.why] for m in result.moves if m.submission == submission
        ]
        was, now = old[submission], new[submission]
        lines.append(["", "total", f"{was['points']}/{was['out_of']}", f"{now['points']}/{now['out_of']}", ""])
    text = ""
    if lines:
        lines.insert(0, ["submission", "exercise", "before", "after", "why"])
        lines = [["".join(c if c.isprintable() else "?" for c in cell) for cell in line] for line in lines]
        widths = [max(len(line[i]) for line in lines) for i in range(5)]
        rows = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
        ]
        text = "\n".join([rows[0], "-" * len(rows[0]), *rows[1:]]) + "\n\n"
    moved = {move.submission for move in result.moves}
    said = f"{_count(len(moved), 'submission')} would get another mark"
    fallen = sum(new[submission]["points"] < old[submission]["points"] for submission in moved)
    said += f" ({fallen} of them a lower one)" if fallen else ""
    said += f", {_count(result.told, 'exercise')} another verdict or message for the same mark" if result.told else ""
    return f"{text}{said}; {_count(result.ran, 'answer')} run again."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
