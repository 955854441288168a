"""The instructor's commands beside `course grade`: what is made from its records. Parses, calls, prints."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Adds them to the command line's subparsers. Nothing heavy is imported before one of them runs."""
    export = commands.add_parser(
        "export",
        help="for instructors: marks as another system imports them",
        description="Writes marks in the form that another system imports (docs/exports.md). DIR is the one that `course grade` wrote to.",
        epilog="Exit code: 0 all marks are in the file, 1 some submissions are nobody's (they are named), 2 nothing done.",
    )
    export.add_argument("marks", type=Path, metavar="DIR")
    export.add_argument("--to", required=True, choices=("csv", "canvas", "moodle", "gradescope", "nbgrader"))
    export.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="a folder for gradescope")
    _who(export)
    export.add_argument(
        "--missing", choices=("blank", "zero"), default="blank", help="the mark of who handed nothing in (blank)"
    )
    export.add_argument(
        "--title",
        action="append",
        default=[],
        metavar="LESSON=TITLE",
        help="the name of a lesson's column or assignment",
    )
    export.add_argument(
        "--without-stretch",
        action="store_true",
        help="without stretch exercises, in the marks and in what they are out of",
    )
    export.set_defaults(run=_export)

    feedback = commands.add_parser(
        "feedback",
        help="for instructors: a page of feedback for each student",
        description="Writes an HTML page for each student: what was right, which mistake was made, the hint to read again.",
    )
    feedback.add_argument("marks", type=Path, metavar="DIR")
    feedback.add_argument("-o", "--out", type=Path, required=True, metavar="DIR2", help="where the pages go")
    _who(feedback)
    feedback.set_defaults(run=_feedback)

    report = commands.add_parser(
        "report",
        help="for instructors: a report on the class",
        description="Writes one HTML page: marks, exercises by difficulty, misconceptions, who has not handed in, grading time.",
    )
    report.add_argument("marks", type=Path, metavar="DIR")
    report.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")
    report.add_argument(
        "--no-names", action="store_true", help="name no student and no file: a report to show to the class"
    )
    _who(report)
    report.set_defaults(run=_report)

    regrade = commands.add_parser(
        "regrade",
        help="for instructors: grade again what a mended exercise changes",
        description="Runs again, of what `course grade` wrote to DIR, the exercises that changed since, shows whose mark would move and "
        "why, and writes that when it is told to.",
        epilog="Exit code: 0 done or nothing to do, 1 some could not be graded again (they are named), 2 nothing done.",
    )
    regrade.add_argument("marks", type=Path, metavar="DIR")
    regrade.add_argument(
        "submissions", nargs="*", metavar="SUBMISSION", help="only these: names in marks.csv, or paths"
    )
    regrade.add_argument("--yes", action="store_true", help="write without asking")
    regrade.add_argument("--jobs", type=int, default=0, metavar="N", help="submissions at once (as many as cores)")
    regrade.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="for one cell (60)")
    regrade.add_argument("--no-sandbox", action="store_true", help="as for `course grade`")
    regrade.set_defaults(run=_regrade)

    package = commands.add_parser("package", help="for instructors: the grader, packed for a service that runs it")
    kinds = package.add_subparsers(dest="kind", required=True, metavar="SERVICE")
    zipped = kinds.add_parser("gradescope", help="autograder.zip for a programming assignment (docs/packages.md)")
    template = kinds.add_parser("github-classroom", help="a template repository with the workflow (docs/packages.md)")
    source = kinds.add_parser(
        "nbgrader", help="the lessons as nbgrader's source/, and its configuration (docs/nbgrader.md)"
    )
    for kind in (zipped, template, source):
        kind.add_argument("lesson", nargs="?", default="", metavar="LESSON", help="name or number; all without")
    for kind in (zipped, template):
        kind.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="for one cell (60)")
    zipped.add_argument("-o", "--out", type=Path, default=Path("autograder.zip"), metavar="ZIP")
    zipped.add_argument(
        "--visibility", choices=("visible", "after_due_date", "after_published", "hidden"), default="visible",
        help="when students see the verdicts (visible)",
    )  # fmt: skip
    for kind in (template, source):
        kind.add_argument("-o", "--out", type=Path, required=True, metavar="DIR")
    package.set_defaults(run=_package)


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--roster", type=Path, metavar="CSV", help="who is in the class; a submission's name holds the id"
    )
    parser.add_argument(
        "--id-column", default="", metavar="NAME", help="the roster's column with the ids (id, username, email)"
    )
    parser.add_argument(
        "--deadline", default="", metavar="TIME", help="what came later is late: 2026-11-24T23:59 (+01:00)"
    )
    parser.add_argument(
        "--lesson", action="append", default=[], metavar="LESSON", help="only this lesson; may be repeated"
    )


def _rows(chosen: argparse.Namespace) -> tuple[list[Any], Any, Any]:
    """The rows that the command is about, the roster (or None) and the deadline (or None)."""
    from course.grading import GradingError, roster
    from course.grading.records import Records

    records = Records(chosen.marks).all()
    if not records:
        raise GradingError(
            f"There are no records in {chosen.marks}: run `course grade SUBMISSIONS -o {chosen.marks}` first."
        )
    known = roster.read(chosen.roster, chosen.id_column) if chosen.roster else None
    deadline = roster.moment(chosen.deadline) if chosen.deadline else None
    return roster.rows(records, known, deadline, [_lesson(name) for name in chosen.lesson]), known, deadline


def _lesson(text: str) -> str:
    """The name of a lesson that is given by name or number. Raises ValueError when there is none."""
    from course import catalog

    return catalog.lesson(text).name


def _titles(given: list[str]) -> dict[str, str]:
    from course.grading import GradingError

    titles = {}
    for each in given:
        lesson, sign, title = each.partition("=")
        if not sign or not title.strip():
            raise GradingError(f"--title takes LESSON=TITLE, and got {each!r}.")
        titles[_lesson(lesson)] = title.strip()
    return titles


def _export(chosen: argparse.Namespace) -> int:
    from course.grading import exports

    rows, known, deadline = _rows(chosen)
    options = exports.Options(
        known, deadline, _titles(chosen.title), chosen.missing, stretch=not chosen.without_stretch
    )
    notes = exports.export(chosen.to, rows, chosen.out, options)
    for note in notes:
        print(note, file=sys.stderr)
    print(f"{_summary(rows)}: {chosen.out}")
    return 1 if notes else 0


def _feedback(chosen: argparse.Namespace) -> int:
    from course.grading import feedback

    rows, _, _ = _rows(chosen)
    written = feedback.write(rows, chosen.out)
    print(f"{len(written)} {'page' if len(written) == 1 else 'pages'}: {chosen.out}")
    return 0


def _report(chosen: argparse.Namespace) -> int:
    from course.grading import report
    from course.grading.records import write_whole

    rows, known, deadline = _rows(chosen)
    write_whole(chosen.out, report.page(rows, known, deadline, not chosen.no_names))
    print(f"{_summary(rows)}: {chosen.out}")
    return 0


def _regrade(chosen: argparse.Namespace) -> int:
    from course.grading import regrade
    from course.grading.records import Records
    from course.grading.telling import telling

    kept = Records(chosen.marks).all()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    jobs = chosen.jobs if chosen.jobs > 0 else cores
    with telling() as say:
        result = regrade.regrade(
            chosen.marks, chosen.submissions, jobs, chosen.timeout, say=say, sandbox=not chosen.no_sandbox
        )
    for note in result.skipped:
        print(f"as it was: {note}", file=sys.stderr)
    print(regrade.table(result, kept))
    if result.records and (chosen.yes or _agreed()):
        result.write(chosen.marks)
        print(f"Written: {chosen.marks / 'marks.csv'}")
    elif result.records:
        print("Nothing has been written. With --yes it is.")
    return 1 if result.skipped else 0


def _agreed() -> bool:
    """Whether a person at the terminal says yes."""
    return sys.stdin.isatty() and input("Write this? [y/N] ").strip().lower() in ("y", "yes")


def _package(chosen: argparse.Namespace) -> int:
    from course.grading import package

    if chosen.kind == "gradescope":
        size = package.gradescope(chosen.out, chosen.lesson, chosen.visibility, chosen.timeout)
        print(f"{size / 1e6:.1f} MB: {chosen.out}")
    else:
        if chosen.kind == "nbgrader":
            files = package.nbgrader(chosen.out, chosen.lesson)
        else:
            files = package.github_classroom(chosen.out, chosen.lesson, chosen.timeout)
        print(f"{len(files)} files: {chosen.out}")
    return 0


def _summary(rows: list[Any]) -> str:
    """How many of what, in words."""
    counts = {
        "graded": sum(
            row.counts and row.student is not None and bool(row.record and row.record["graded"]) for row in rows
        ),
        "not graded": sum(bool(row.counts and row.student and row.record and not row.record["graded"]) for row in rows),
        "missing": sum(row.record is None for row in rows),
        "late": sum(row.late and row.counts for row in rows),
        "duplicate": sum(row.status.startswith("duplicate") for row in rows),
        "nobody's": sum(row.student is None for row in rows),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "graded")
