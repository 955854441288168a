"""What the workflow starts on GitHub: grades the notebooks of a repository, and says so as GitHub Classroom's own reporter does.

python -m course.grading.classroom REPOSITORY MARKS [LESSON/EXERCISE]
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from secrets import token_hex

from course import catalog
from course.grading.gradescope import failure, graded_here
from course.grading.package import CONFIG
from course.grading.roster import Row


def main(repository: Path, marks: Path, exercise: str = "") -> int:
    """Prints the verdicts. Exit code 0 when all is right (or the one exercise asked about is), else 1; 2, and no score, when it is
    the grader that failed.

    What is graded already is not graded again: the tests of autograding.json run one by one, and grade once.
    """
    config = json.loads((marks.parent / "source" / CONFIG).read_text(encoding="utf-8"))
    rows = graded_here(repository.resolve(), marks, config["lessons"], config["timeout"])
    if failure(rows):
        print(quiet(failure(rows)))
        return 2
    if exercise:
        return _one(rows, *exercise.split("/"))
    lines, points, most = [], 0, 0
    for lesson in config["lessons"]:
        entry = catalog.lesson(lesson)
        row = next((row for row in rows if row.lesson == lesson and row.record["graded"]), None)
        verdicts = row.record["exercises"] if row else {}
        for each in entry.exercises:
            made = verdicts.get(each.name, {"points": 0, "verdict": "not handed in", "message": ""})
            lines.append((f"{each.title} ({each.name})", made["points"], each.points, made["verdict"], made["message"]))
        points += row.record["points"] if row else 0
        most += entry.points
    notes = [row.status for row in rows if not row.record["graded"]]
    print(quiet("\n".join([_line(*line) for line in lines] + notes)))
    # The two annotations that classroom-resources/autograding-grading-reporter makes, which Classroom reads the score from.
    print(f"::notice title=Autograding complete::Points {points}/{most}")
    print(f"::notice title=Autograding report::{json.dumps({'totalPoints': points, 'maxPoints': most})}")
    if os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as summary:
            summary.write(_summary(lines, notes, points, most))
    return 0 if points == most else 1


def _one(rows: list[Row], lesson: str, name: str) -> int:
    found = [row.record["exercises"].get(name) for row in rows if row.lesson == lesson and row.record["graded"]]
    if not found or found[0] is None:
        print("not handed in")
        return 1
    print(quiet(f"{found[0]['verdict']}. {found[0]['message']}"))
    return 0 if found[0]["verdict"] == "right" else 1


def quiet(text: str) -> str:
    """The text with GitHub's commands switched off around it: some of it comes from a student's kernel, and a line can be a command."""
    token = token_hex(16)
    return f"::stop-commands::{token}\n{text}\n::{token}::"


def _line(title: str, points: int, most: int, verdict: str, message: str) -> str:
    return f"{points}/{most}  {title}: {verdict}" + (f". {message}" if message and verdict != "right" else "")


def _summary(lines: list[tuple[str, int, int, str, str]], notes: list[str], points: int, most: int) -> str:
    """A table in Markdown, where hostile text stays text."""

    def plain(text: str) -> str:
        return "".join(f"&#{ord(letter)};" if letter in "<>&|`*_[]()!#\\@~:/" else letter for letter in text)

    rows = [f"| {plain(t)} | {p} of {m} | {v} | {plain(said) if v != 'right' else ''} |" for t, p, m, v, said in lines]
    table = ["| exercise | points | verdict | |", "|---|---|---|---|", *rows]
    return "\n".join([f"## {points} of {most} points", "", *table, "", *(plain(note) for note in notes)]) + "\n"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4]))
