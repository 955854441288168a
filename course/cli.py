"""The command `course`: parses, calls, prints."""

from __future__ import annotations

import argparse
import sys


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

    build = commands.add_parser("build", help="for authors: build notebooks, solutions and records from lessons/")
    build.add_argument("lessons", nargs="*", metavar="LESSON", help="names or numbers; all without")
    build.add_argument("--check", action="store_true", help="run nothing; name what is stale, and fail if anything is")
    build.set_defaults(run=_build)

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


def _expected(problem: Exception) -> bool:
    """Whether the message is one of ours, written for a person; anything else is a bug and keeps its traceback."""
    return isinstance(problem, (ValueError, OSError)) or type(problem).__module__.startswith("course.")


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
    from course.authoring.build import build, stale

    if not chosen.check:
        build(wanted=chosen.lessons)
        return 0
    problems = stale()
    for problem in problems:
        print(problem)
    print("everything is up to date" if not problems else f"{len(problems)} stale: run `course build`")
    return 1 if problems else 0
