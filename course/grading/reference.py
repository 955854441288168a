"""What the lesson's own answers and the known mistakes print under a run's seed: made once a run, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.grading import GradingError
from course.grading.surroundings import environment, private_stdout
from course.grading.warm import HERE
from course.grading.warm.server import die_with_parent

SECONDS = 600  # for all answers and wrong ways of a lesson


class Refused(GradingError):
    """None of the seeds will do."""


@dataclass(frozen=True)
class Mistake:
    """A wrong way: its name, its sentence, and what it prints."""

    name: str
    sentence: str
    lines: list[str]


@dataclass(frozen=True)
class Expected:
    """What one exercise's answer prints, on which scales (see course.checking.printout), and what the wrong ways print on them."""

    scales: str
    lines: list[str]
    mistakes: list[Mistake]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


@dataclass(frozen=True)
class Reference:
    """The reference of one lesson under one seed."""

    lesson: str
    seed: int
    exercises: dict[str, Expected]


def make(root: Path, lesson: str, seeds: list[int]) -> Reference:
    """The reference under the first of the seeds that will do: one that tells every wrong way from the answer.

    Raises Refused when no seed does, GradingError when an answer of the lesson does not get through.
    """
    request = json.dumps({"root": str(root), "lesson": lesson, "seeds": seeds})
    with tempfile.TemporaryDirectory(prefix="course-grade-") as home:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "course.grading.reference"],
                input=request,
                capture_output=True,
                text=True,
                encoding="utf-8",
                cwd=home,
                env=environment(Path(home)) | {"MPLBACKEND": "agg"},
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise GradingError(f"The answers of lesson {lesson} take longer than {SECONDS} s.") from None
    if done.returncode or not done.stdout:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise GradingError(f"The answers of lesson {lesson} cannot be run: {last}")
    made = json.loads(done.stdout)
    if "refused" in made:
        raise Refused(made["refused"])
    exercises = {
        name: Expected(entry["scales"], entry["lines"], [Mistake(**mistake) for mistake in entry["mistakes"]])
        for name, entry in made["exercises"].items()
    }
    return Reference(lesson, made["seed"], exercises)


def _work_out(root: Path, lesson: str, seeds: list[int]) -> dict[str, Any]:
    from course.authoring import answers, source
    from course.checking.exercise import exercises

    attempts = answers.run(source.read(root / "lessons" / f"{lesson}.py"))
    refused = ""
    for seed in seeds:
        made = {}
        for name, exercise in exercises(lesson).items():
            made[name], refused = _expected(exercise, attempts[name], seed)
            if refused:
                break
        else:
            return {"seed": seed, "exercises": made}
    if len(seeds) > 1:  # then it is no bad luck with one draw
        return {"refused": f"Lesson {lesson} cannot be graded, whatever inputs are drawn: {refused}"}
    return {"refused": f"Lesson {lesson} cannot be graded with seed {seed}: {refused}"}


def _expected(exercise: Any, answer: Any, seed: int) -> tuple[dict[str, Any], str]:
    """One exercise's entry, and why this seed will not do ("" when it will)."""
    from course.checking.observe import observe
    from course.checking.printout import attempt_lines, choose_scales, lines

    observed = observe(exercise, answer, seed)
    scales = choose_scales(exercise, observed)
    expected = lines(exercise, observed, scales)
    if not expected or expected[-1].startswith(("unfit: ", "error: ")):
        return {}, f"the answer of `{exercise.name}` does not get through its probe ({''.join(expected[-1:])})."
    if attempt_lines(exercise, answer, seed, scales) != expected:
        return {}, f"the answer of `{exercise.name}` does not print the same twice."
    mistakes = [
        {"name": wrong.name, "sentence": wrong.sentence, "lines": attempt_lines(exercise, wrong.attempt, seed, scales)}
        for wrong in exercise.wrong_ways
    ]
    for mistake in mistakes:
        if mistake["lines"] == expected:
            told = f"its inputs do not tell the wrong way `{mistake['name']}` of `{exercise.name}` from the answer."
            return {}, f"{told} If the answer was mended, take that wrong way out."
    return {"scales": scales, "lines": expected, "mistakes": mistakes}, ""


if __name__ == "__main__":
    if HERE:
        die_with_parent()  # a grader that is killed cannot end it, and nobody would read what it makes
    asked = json.load(sys.stdin)
    with private_stdout() as answer:
        json.dump(_work_out(Path(asked["root"]), asked["lesson"], asked["seeds"]), answer)
