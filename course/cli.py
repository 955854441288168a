"""The command `course`: parses, calls, prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns its exit code. Bad input is one sentence on stderr and exit code 2."""
    parser = argparse.ArgumentParser(prog="course", description="Embeddings, from the Neuron Up")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    progress = commands.add_parser("progress", help="what you have solved")
    progress.set_defaults(run=_progress)

    data = commands.add_parser("data", help="the data sets: list them, get one")
    data_commands = data.add_subparsers(dest="data_command", required=True, metavar="COMMAND")
    data_commands.add_parser("list", help="what there is, its size and licence, and whether it is here").set_defaults(
        run=_data_list
    )
    get = data_commands.add_parser("get", help="download one and check it")
    get.add_argument("name")
    get.set_defaults(run=_data_get)

    if find_spec("course.authoring") and find_spec("course.grading"):  # neither is in a handout
        from course.grading import commands as instructors

        _add_others(commands)
        instructors.add(commands)

    chosen = parser.parse_args(arguments)
    try:
        return chosen.run(chosen)
    except KeyboardInterrupt:
        print("course: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 141
    except Exception as problem:
        if not _expected(problem):
            raise
        print(f"course: {problem}", file=sys.stderr)
        return 2


def _add_others(commands: Any) -> None:
    """The commands for authors and instructors that stand in this module."""
    build = commands.add_parser("build", help="for authors: build notebooks, solutions and records from lessons/")
    build.add_argument("lessons", nargs="*", metavar="LESSON", help="names or numbers; all without")
    build.add_argument("--check", action="store_true", help="run nothing; name what is stale, and fail if anything is")
    build.add_argument("--guide", action="store_true", help="only the instructor's guide, docs/guide/; runs nothing")
    build.set_defaults(run=_build)

    slides = commands.add_parser(
        "slides",
        help="for instructors: slide decks",
        description="Makes slide decks, one HTML file each that needs no network: with speaker notes (press s) and solutions, or --public.",
    )
    slides.add_argument("lessons", nargs="*", metavar="LESSON", help="names or numbers; all without")
    slides.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="where the decks go")
    slides.add_argument("--public", action="store_true", help="without speaker notes, solutions and answers of quizzes")
    slides.add_argument("--pdf", action="store_true", help="print each deck too; needs Chromium or Chrome")
    slides.set_defaults(run=_slides)

    handout = commands.add_parser(
        "handout",
        help="for instructors: a zip for learners, with a proof that no answer is in it",
        description="Makes a zip for learners that runs offline: notebooks, data, what checks need. "
        "When an answer is found in it, nothing is made, and you are told where.",
    )
    handout.add_argument("lessons", nargs="*", metavar="LESSON", help="names or numbers; all without")
    handout.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.zip")
    handout.add_argument(
        "--no-answers", action="store_true", help="leave out the sealed answers too, which ex.NAME.solution() shows"
    )
    handout.set_defaults(run=_handout)

    grade = commands.add_parser(
        "grade",
        help="for instructors: grade notebooks",
        description="Grades notebooks, or all of a folder, into DIR/marks.csv and DIR/records/. What is graded already is skipped.",
        epilog="Exit code: 0 all graded, 1 some could not be graded (marks.csv says why), 2 nothing done.",
    )
    grade.add_argument("submissions", nargs="+", type=Path, metavar="FILE_OR_FOLDER")
    grade.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="where marks and records go")
    grade.add_argument(
        "--seed", type=_whole(0), metavar="N", help="of the inputs that answers are tried on (drawn anew)"
    )
    grade.add_argument("--jobs", type=_whole(1), metavar="N", help="submissions at once (as many as cores)")
    grade.add_argument("--timeout", type=_whole(1), default=60, metavar="SECONDS", help="for one cell (60)")
    grade.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="have the workers of this Dask scheduler do it"
    )
    grade.add_argument("--memory", type=_whole(512), default=4096, metavar="MB", help="for one submission (4096)")
    grade.add_argument(
        "--no-sandbox", action="store_true", help="let submitted code run with your rights: your files, your network"
    )
    grade.set_defaults(run=_grade)


def _expected(problem: Exception) -> bool:
    """Whether the message is one of ours, written for a person; anything else is a bug and keeps its traceback."""
    return isinstance(problem, (ValueError, OSError)) or type(problem).__module__.startswith("course.")


def _whole(least: int) -> Callable[[str], int]:
    """Reads a whole number, `least` at least."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
        return int(text)

    return read


def _progress(_: argparse.Namespace) -> int:
    from course.checking.progress import table

    print(table())
    return 0


def _data_list(_: argparse.Namespace) -> int:
    from course import data

    print(data.list_text())
    return 0


def _data_get(chosen: argparse.Namespace) -> int:
    from course import data

    print(data.get(chosen.name))
    return 0


def _build(chosen: argparse.Namespace) -> int:
    from course.authoring.build import build, build_guide, stale

    if chosen.guide and not chosen.check:
        print(f"built docs/guide: {build_guide()} pages")
        return 0
    if not chosen.check:
        build(wanted=chosen.lessons)
        return 0
    problems = stale()
    for problem in problems:
        print(problem)
    print("everything is up to date" if not problems else f"{len(problems)} stale: run `course build`")
    return 1 if problems else 0


def _slides(chosen: argparse.Namespace) -> int:
    from course.authoring.slides import make

    make(chosen.out, chosen.lessons, chosen.public, chosen.pdf)
    return 0


def _handout(chosen: argparse.Namespace) -> int:
    from course.authoring.handout import handout

    members = handout(chosen.out, chosen.lessons, not chosen.no_answers)
    notebooks = sum(name.endswith(".ipynb") for name in members)
    print(
        f"{notebooks} {'notebook' if notebooks == 1 else 'notebooks'}, {len(members)} files, "
        f"no answer found in any: {chosen.out} ({chosen.out.stat().st_size / 1e6:.1f} MB)"
    )
    return 0


def _grade(chosen: argparse.Namespace) -> int:
    from course.grading.grade import grade
    from course.grading.telling import telling
    from course.grading.warm.limits import MB, Limits

    jobs = chosen.jobs or len(
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    with telling() as say:
        graded, not_graded = grade(
            chosen.submissions,
            chosen.out,
            chosen.seed,
            jobs,
            chosen.timeout,
            say=say,
            sandbox=not chosen.no_sandbox,
            limits=Limits(memory=chosen.memory * MB),
            scheduler=chosen.scheduler,
        )
    rest = f", {not_graded} not (marks.csv says why)" if not_graded else ""
    print(f"{graded} graded{rest}: {chosen.out / 'marks.csv'}")
    return 1 if not_graded else 0
