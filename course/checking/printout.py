"""Prints what a probe observed so that two honest runs print the same text: the grader's side of an exercise.

Numbers are printed as whole steps on a scale whose steps are `5 * rtol` wide (linear near zero, relative further out). The trusted
run chooses for each number one of two scales, half a step apart, so that its own value lies well inside a step: an honest
answer, which may differ in its last digits, then cannot miss. The choice is one letter a number and says nothing of the value.
"""

from __future__ import annotations

import json
import math
from typing import Any

from course.checking.exercise import Exercise, exercises
from course.checking.judge import untouched
from course.checking.observe import Observations, observe
from course.checking.plain import Plain, bare, numbers


def print_observations(lesson: str, name: str, attempt: Any, seed: int, scales: str) -> None:
    """Probes `attempt` with `seed` and prints the observations, one a line. What the attempt prints or plots is swallowed."""
    from IPython.utils.capture import capture_output

    exercise = exercises(lesson)[name]
    with capture_output():
        lines = attempt_lines(exercise, attempt, seed, scales)
        _close_figures()
    print("\n".join(lines))


def attempt_lines(exercise: Exercise, attempt: Any, seed: int, scales: str) -> list[str]:
    """What the probe saw of `attempt`, as printed."""
    if untouched(attempt):
        return ["not attempted"]
    return lines(exercise, observe(exercise, attempt, seed), scales)


def lines(exercise: Exercise, observed: Observations, scales: str) -> list[str]:
    """The printed form of observations; ends in how the probe ended where it did not run through."""
    letters = iter(scales)
    text = [_print(seen.record, letters, exercise) for seen in observed.seen]
    if observed.unfit:
        text.append(f"unfit: {observed.unfit}")
    elif observed.error is not None:
        text.append(f"error: {type(observed.error).__name__}")
    return text


def choose_scales(exercise: Exercise, observed: Observations) -> str:
    """One letter for each number of the trusted run: `i` whole number, `a` or `b` the scale on which it lies inside a step."""
    return "".join(_letter(value, exercise) for seen in observed.seen for value in numbers(seen.saw))


def _letter(value: float, exercise: Exercise) -> str:
    if isinstance(value, int):
        return "i"
    if not math.isfinite(value):
        return "a"
    place = _place(value, exercise) % 1.0
    return "a" if 0.25 <= place < 0.75 else "b"


def _place(value: float, exercise: Exercise) -> float:
    knee = exercise.atol / exercise.rtol
    return math.asinh(value / knee) / (5 * exercise.rtol)


def _print(record: Plain, letters: Any, exercise: Exercise) -> str:
    return json.dumps(_coded(bare(record), letters, exercise), ensure_ascii=True, sort_keys=True)


def _coded(value: Plain, letters: Any, exercise: Exercise) -> Any:
    kind = value["kind"]
    coded = dict(value)
    if kind == "number":
        coded["value"] = _code(value["value"], next(letters, "a"), exercise)
    elif kind == "array":
        coded["values"] = " ".join(_code(number, next(letters, "a"), exercise) for number in value["values"])
    elif kind in ("list", "set"):
        coded["items"] = [_coded(item, letters, exercise) for item in value["items"]]
    elif kind == "dict":
        coded["items"] = [[_coded(item, letters, exercise) for item in pair] for pair in value["items"]]
    return coded


def _code(number: float, letter: str, exercise: Exercise) -> str:
    if not math.isfinite(number):
        return str(number)
    if letter == "i":
        whole = round(number)
        return str(whole) if abs(number - whole) <= exercise.atol + exercise.rtol * abs(whole) else f"{number:.6g}"
    return f"{letter}{math.floor(_place(number, exercise) + (0.5 if letter == 'b' else 0.0))}"


def _close_figures() -> None:
    import sys

    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
