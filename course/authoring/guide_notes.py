"""Reads what an instructor's guide cannot take from the lesson: lessons/guide/NN_slug.md, written by hand.

Its form, in this order; lines may be wrapped, and each item is one paragraph or one list item::

    # 05 The lookup table
    ## The night before      (may be left out; 120 words at most, first on the page)
    What to read, to open and to bring.
    ## 50 minutes            (and "## 90 minutes": steps that add up)
    - 5: what happens
    - 7 [One-hot times | Write the lookup]: what happens, with these slides, named by how their titles begin
    - 3: Spare ...           (wanted, 3 minutes of 50 and 5 of 90, in a plan that names slides)
    ## Stumbles
    - where the class will stumble
    ## Exercise lookup       (one for each exercise of the catalog)
    Why: ...
    Not asked: ...
    - `wrong_way`, `another`: what to ask or to draw in class
    ## Questions
    - A question? :: The answer expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course import catalog
from course.authoring.source import LessonError

PLANS = (50, 90)
SPARE = {50: 3, 90: 5}  # minutes
NIGHT = 120  # words
LEAST = {"stumbles": 2, "questions": 2, "in_class": 2}


@dataclass
class ExerciseNotes:
    """What is written of one exercise. in_class: names of wrong ways, and what to do about them in class."""

    line: int
    why: str = ""
    not_asked: str = ""
    in_class: list[tuple[list[str], str]] = field(default_factory=list)


@dataclass
class Notes:
    """What is written of one lesson. plans: by their length, the steps as (minutes, what).

    shown: for each step of a plan how the titles of its slides begin. night: what to do the night before.
    """

    path: Path
    plans: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    shown: dict[int, list[list[str]]] = field(default_factory=dict)
    night: str = ""
    stumbles: list[str] = field(default_factory=list)
    exercises: dict[str, ExerciseNotes] = field(default_factory=dict)
    questions: list[tuple[str, str]] = field(default_factory=list)

    def fits(self, entry: catalog.Lesson, wrong_ways: dict[str, list[str]]) -> None:
        """Raises LessonError unless the notes cover the lesson: both plans, every exercise, wrong ways that exist."""
        for length in PLANS:
            steps = self.plans.get(length)
            if not steps:
                raise LessonError(f"{self.path}:1: there is no plan `## {length} minutes`.")
            if sum(minutes for minutes, _ in steps) != length:
                raise LessonError(
                    f"{self.path}:1: the plan for {length} minutes adds up to {sum(minutes for minutes, _ in steps)}."
                )
            spare = sum(minutes for minutes, what in steps if what.startswith("Spare"))
            if any(self.shown[length]) and spare < SPARE[length]:
                raise LessonError(
                    f"{self.path}:1: the plan for {length} minutes needs a step `Spare ...` of {SPARE[length]} or more."
                )
        if (words := len(self.night.split())) > NIGHT:
            raise LessonError(f"{self.path}:1: {words} words for the night before; {NIGHT} at most.")
        for what in ("stumbles", "questions"):
            if len(getattr(self, what)) < LEAST[what]:
                raise LessonError(f"{self.path}:1: `## {what.capitalize()}` needs {LEAST[what]} items or more.")
        wanted = [each.name for each in entry.exercises]
        if list(self.exercises) != wanted:
            raise LessonError(
                f"{self.path}:1: it is about the exercises {', '.join(self.exercises)}; "
                f"the lesson has {', '.join(wanted)}, in this order."
            )
        for name, note in self.exercises.items():
            where = f"{self.path}:{note.line}: exercise `{name}`"
            if not note.why or not note.not_asked:
                raise LessonError(f"{where} needs a paragraph `Why:` and a line `Not asked:`.")
            if len(note.in_class) < LEAST["in_class"]:
                raise LessonError(f"{where} needs {LEAST['in_class']} items about misconceptions or more.")
            met: set[str] = set()
            for names, _ in note.in_class:
                for each in names:
                    if each not in wrong_ways[name] or each in met:
                        trouble = "named twice" if each in met else "not in course/exercises"
                        raise LessonError(f"{where}: the wrong way `{each}` is {trouble}.")
                    met.add(each)


def read(path: Path) -> Notes:
    """Reads one file of notes. Raises LessonError, naming file and line, for what has another form."""
    notes, section = Notes(path), ""
    for line, text in _paragraphs(path.read_text(encoding="utf-8")):
        where = f"{path}:{line}"
        if text.startswith("# "):
            continue
        if text.startswith("## "):
            section = text[3:].strip()
            _open(notes, section, line)
        elif section.endswith(" minutes"):
            step = re.fullmatch(r"- (\d+)(?: \[(.+?)\])?: (.+)", text)
            if not step:
                raise LessonError(f"{where}: a step of a plan needs the form `- MINUTES: what happens`.")
            length = int(section.split()[0])
            notes.plans[length].append((int(step[1]), step[3].replace("|", "\\|")))
            notes.shown[length].append([title.strip() for title in step[2].split(" | ")] if step[2] else [])
        elif section == "The night before":
            notes.night = f"{notes.night}\n\n{text}".strip()
        elif section == "Stumbles" and text.startswith("- "):
            notes.stumbles.append(text[2:])
        elif section == "Questions":
            question = re.fullmatch(r"- (.+?) :: (.+)", text)
            if not question:
                raise LessonError(f"{where}: a question needs the form `- question? :: the answer expected`.")
            notes.questions.append((question[1], question[2]))
        elif section.startswith("Exercise "):
            _exercise_line(notes.exercises[section.split()[1]], text, where)
        else:
            raise LessonError(
                f"{where}: this stands in no section of the form that course/authoring/guide_notes.py names."
            )
    return notes


def _open(notes: Notes, section: str, line: int) -> None:
    plan = re.fullmatch(r"(\d+) minutes", section)
    exercise = re.fullmatch(r"Exercise (\w+)", section)
    if plan and int(plan[1]) in PLANS:
        notes.plans[int(plan[1])], notes.shown[int(plan[1])] = [], []
    elif exercise:
        notes.exercises[exercise[1]] = ExerciseNotes(line)
    elif section not in ("The night before", "Stumbles", "Questions"):
        raise LessonError(f"{notes.path}:{line}: there is no section `## {section}` in an instructor's notes.")


def _exercise_line(note: ExerciseNotes, text: str, where: str) -> None:
    item = re.fullmatch(r"- ((?:`\w+`(?:, )?)+): (.+)", text)
    if item:
        note.in_class.append((re.findall(r"`(\w+)`", item[1]), item[2]))
    elif text.startswith("Why: "):
        note.why = text[5:]
    elif text.startswith("Not asked: "):
        note.not_asked = text[11:]
    else:
        raise LessonError(f"{where}: in an exercise stand `Why: ...`, `Not asked: ...` and items "
                          "`- `wrong_way`: what to do in class`.")  # fmt: skip


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Headings, list items and paragraphs, each as one line, with the number of its first line."""
    start, kept = 0, []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        begins = not line.strip() or line.startswith(("- ", "#"))
        if begins and kept:
            yield start, " ".join(kept)
            kept = []
        if line.strip():
            if not kept:
                start = number
            kept.append(line.strip())
