"""What `lesson("01_neuron")` returns: the lesson's exercises, each with check, hint and solution."""

from __future__ import annotations

import difflib
import os
from typing import Any

from course import catalog
from course.checking import progress, records
from course.checking.exercise import Exercise, exercises
from course.checking.judge import Outcome, Verdict, judge
from course.checking.show import Note

_NOTHING = object()  # stands for what was not handed over


_NBGRADER = "NBGRADER_EXECUTION"  # set in its kernels while nbgrader grades or validates a notebook


class NotRight(AssertionError):
    """What a check raises while nbgrader runs the notebook: there, a cell that raises nothing has full marks."""

    def _render_traceback_(self) -> list[str]:  # the verdict, no frames of ours
        return [str(self)]


class Task:
    """One exercise on the learner's desk."""

    def __init__(self, lesson: str, exercise: Exercise, recorded: records.Recorded) -> None:
        self._lesson, self._exercise, self._recorded = lesson, exercise, recorded
        self._hints_given = 0
        self._asked_for_answer = False

    def check(self, attempt: Any = _NOTHING) -> Verdict:
        """Says whether `attempt` is right and, if not, which mistake it makes. Never raises, but for nbgrader (see NotRight)."""
        name = self._exercise.name
        if attempt is _NOTHING:
            verdict = Verdict(
                name, Outcome.NOT_ATTEMPTED, f"There is nothing to check. Hand it over: `ex.{name}.check({name})`."
            )
        else:
            verdict = judge(self._exercise, attempt, self._recorded)
            progress.note(self._lesson, self._exercise.name, verdict.outcome.value)
        if verdict.outcome is not Outcome.RIGHT and os.environ.get(_NBGRADER) in ("autograde", "validate"):
            raise NotRight(repr(verdict))
        return verdict

    def hint(self) -> Note:
        """The next of the exercise's hints; after the last, the last again."""
        hints = self._exercise.hints
        number = min(self._hints_given, len(hints) - 1)
        self._hints_given += 1
        progress.note(self._lesson, self._exercise.name, "hint")
        last = (
            f" The last one; `ex.{self._exercise.name}.solution()` shows the answer."
            if number == len(hints) - 1
            else ""
        )
        return Note("hint", f"{self._exercise.name}: hint {number + 1} of {len(hints)}", hints[number] + last)

    def solution(self) -> Note:
        """The lesson's answer: at once when the exercise is solved, else when asked a second time."""
        name = self._exercise.name
        if name not in progress.solved()[self._lesson] and not self._asked_for_answer:
            self._asked_for_answer = True
            return Note(
                "answer",
                f"{name}: not solved yet",
                "Have you read all the hints? Ask once more, and the answer is shown.",
            )
        if not self._recorded.answer:
            return Note(
                "answer",
                f"{name}: no answer here",
                "These lessons were handed out without answers. Your instructor has them.",
            )
        progress.note(self._lesson, name, "solution")
        return Note("answer", f"{name}: one right answer", "Yours may differ and be as right.", self._recorded.answer)

    def __repr__(self) -> str:
        return f"{self._exercise.name}: .check({self._exercise.name}), .hint(), .solution()"


class Desk:
    """The exercises of one lesson as attributes. Shown by itself, it is the lesson's line of progress."""

    def __init__(self, name: str) -> None:
        self._entry = catalog.lesson(name)
        recorded = records.load(name)
        self._tasks = {key: Task(name, exercise, recorded[key]) for key, exercise in exercises(name).items()}

    def __getattr__(self, name: str) -> Task:
        tasks = self.__dict__.get("_tasks", {})
        if name in tasks:
            return tasks[name]
        if name.startswith("_"):
            raise AttributeError(name)
        near = difflib.get_close_matches(name, tasks, 1)
        hint = f" Did you mean `{near[0]}`?" if near else ""
        raise AttributeError(f"Lesson {self._entry.number} has no exercise `{name}`.{hint} It has: {', '.join(tasks)}.")

    def __dir__(self) -> list[str]:
        return [*self._tasks, "progress"]

    def progress(self) -> str:
        """How far you are in this lesson, in one line."""
        return progress.line(self._entry)

    def __repr__(self) -> str:
        return progress.line(self._entry)
