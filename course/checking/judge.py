"""Judges an attempt: observes it, compares with the record, and only when it differs looks for the mistake."""

from __future__ import annotations

import dis
import re
import traceback
import warnings
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from course.checking import explain
from course.checking.exercise import Exercise, Wrong
from course.checking.observe import Observations, Seen, observe
from course.checking.plain import same
from course.checking.records import Recorded


class Outcome(Enum):
    """The four things that can be said of an attempt; there is no other."""

    RIGHT = "right"
    NOT_ATTEMPTED = "not attempted"
    NOT_YET = "not yet"
    ERROR = "error in your code"


@dataclass(frozen=True)
class Verdict:
    """What the learner is told.

    sentence: the one sentence that matters. details: up to four further lines (the input, what came back, where it broke).
    mistake: name of the wrong way recognised, or "".
    """

    exercise: str
    outcome: Outcome
    sentence: str
    details: tuple[str, ...] = ()
    mistake: str = ""

    def __repr__(self) -> str:
        from course.checking.show import text

        return text(self)

    def _repr_html_(self) -> str:
        from course.checking.show import html

        return html(self)


def judge(exercise: Exercise, attempt: Any, recorded: Recorded) -> Verdict:
    """The verdict on `attempt`. Never raises; an interrupt during the probe becomes a verdict that names the exercise."""
    if untouched(attempt):
        return not_attempted(exercise.name)
    if recorded.takes is not None and not callable(attempt):
        ask = "Hand over its name, without quotes"
        if not isinstance(attempt, str):
            ask = "Did you call it? Hand over its name, without parentheses"
        return Verdict(
            exercise.name,
            Outcome.NOT_YET,
            f"`{exercise.name}` should be a function, and it is {explain.what(attempt)}. "
            f"{ask}: `check({exercise.name})`.",
        )
    try:
        observed = observe(exercise, attempt, recorded.seed)
    except KeyboardInterrupt:
        return Verdict(
            exercise.name,
            Outcome.ERROR,
            f"You interrupted `{exercise.name}` while it was running. Is there a loop that never ends?",
        )
    except SystemExit:
        return Verdict(
            exercise.name,
            Outcome.ERROR,
            f"`{exercise.name}` tried to end Python (exit or quit). Let it return instead.",
        )
    return verdict(exercise, observed, recorded)


def verdict(exercise: Exercise, observed: Observations, recorded: Recorded) -> Verdict:
    """The verdict on what has been observed."""
    if agrees(exercise, observed, recorded.observations):
        return Verdict(exercise.name, Outcome.RIGHT, "Right.")
    first = _first_difference(exercise, observed, recorded)
    error = first[1].error if first else observed.error
    if isinstance(error, NotImplementedError) or (observed.seen and observed.seen[0].saw["kind"] == "blank"):
        return not_attempted(exercise.name)
    mistake = recognise(exercise, observed, recorded.seed)
    if error is not None:
        return _stumbled(exercise, error, first[1] if first else None, observed.printed, recorded, mistake)
    details = explain.case(first[0], first[1], recorded.takes) if first else ()
    if mistake:
        return Verdict(
            exercise.name, Outcome.NOT_YET, mistake.sentence, details + explain.printed(observed.printed), mistake.name
        )
    if observed.unfit:
        return Verdict(
            exercise.name, Outcome.NOT_YET, f"About `{exercise.name}`: {observed.unfit[0].lower()}{observed.unfit[1:]}"
        )
    if first is None:
        return Verdict(
            exercise.name, Outcome.NOT_YET, f"`{exercise.name}` did not get through all the cases it was tried on."
        )
    sentence = explain.difference(exercise.name, first[0], first[1], recorded.takes)
    return Verdict(exercise.name, Outcome.NOT_YET, sentence, details + explain.printed(observed.printed))


def not_attempted(name: str) -> Verdict:
    return Verdict(
        name, Outcome.NOT_ATTEMPTED, f"Write your answer in the cell of `{name}`, run it, then run this cell again."
    )


def agrees(exercise: Exercise, observed: Observations, expected: list) -> bool:
    """Whether a complete run of the probe saw what `expected` (a list of plain values) says."""
    if observed.unfit or observed.error is not None or len(observed.seen) != len(expected):
        return False
    return all(equal(exercise, a, b.record) for a, b in zip(expected, observed.seen, strict=True))


def equal(exercise: Exercise, expected: dict, got: dict) -> bool:
    return expected.get("changed") == got.get("changed") and same(
        {k: v for k, v in expected.items() if k != "changed"},
        {k: v for k, v in got.items() if k != "changed"},
        exercise.rtol,
        exercise.atol,
    )


def recognise(exercise: Exercise, observed: Observations, seed: int) -> Wrong | None:
    """The first wrong way that gives the same observations as the attempt, if any does."""
    for wrong in exercise.wrong_ways:
        with warnings.catch_warnings():  # a wrong way's warnings are not the learner's
            warnings.simplefilter("ignore")
            seen = observe(exercise, wrong.attempt, seed)
        ended_alike = seen.unfit == observed.unfit and _told(seen.error) == _told(observed.error)
        if ended_alike and _saw_the_same(exercise, seen.seen, observed.seen):
            return wrong
    return None


def _saw_the_same(exercise: Exercise, one: list[Seen], other: list[Seen]) -> bool:
    return len(one) == len(other) and all(
        equal(exercise, a.record, b.record) and _told(a.error) == _told(b.error)
        for a, b in zip(one, other, strict=True)
    )


def _first_difference(exercise: Exercise, observed: Observations, recorded: Recorded) -> tuple[dict, Seen] | None:
    for expected, got in zip(recorded.observations, observed.seen, strict=False):
        if not equal(exercise, expected, got.record):
            return expected, got
    return None


def _stumbled(
    exercise: Exercise,
    error: BaseException,
    failing: Seen | None,
    printed: str,
    recorded: Recorded,
    mistake: Wrong | None,
) -> Verdict:
    details = [f"{type(error).__name__}: {_first_line(error)}"]
    where = learner_line(error)
    if where:
        details.append(where)
    if failing:
        details += explain.given(failing, recorded.takes)
    if mistake:
        sentence = mistake.sentence
    elif where:
        sentence = f"`{exercise.name}` stopped with an error before it could return."
    else:
        sentence = f"What `{exercise.name}` returned could not be used as the statement says."
    return Verdict(
        exercise.name,
        Outcome.ERROR,
        sentence,
        tuple(details) + explain.printed(printed),
        mistake.name if mistake else "",
    )


def _told(error: BaseException | None) -> tuple[type, str]:
    """What an error says, but for the numbers that Keras gives its layers: two attempts with one mistake say the same."""
    return type(error), re.sub(r"_\d+", "", _first_line(error))


def _first_line(error: BaseException | None) -> str:
    if error is None:
        return ""
    text = str(error).strip().splitlines()
    line = text[0] if text else "(no message)"
    return line if len(line) <= 160 else line[:157] + "..."


_OURS = str(Path(__file__).resolve().parents[1])


def learner_line(error: BaseException) -> str:
    """The last line of the learner's own code in the error's traceback: 'line 3: return x[5]'; "" when there is none."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "site-packages" not in frame.filename
        and not frame.filename.startswith(_OURS)
        and "/lib/python" not in frame.filename.replace("\\", "/")
    ]
    if not frames:
        return ""
    return (
        f"in line {frames[-1].lineno} of the cell: {frames[-1].line}"
        if frames[-1].line
        else f"in line {frames[-1].lineno} of the cell"
    )


_IDLE = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "COPY_FREE_VARS"}


def untouched(attempt: Any) -> bool:
    """Whether `attempt` is the stub: `...`, or a function that does nothing but return None or `...`."""
    if attempt is Ellipsis:
        return True
    code = getattr(attempt, "__code__", None)
    if code is None:
        return False
    steps = list(dis.get_instructions(code))
    if any(step.opname not in _IDLE for step in steps):
        return False
    return all(step.argval in (None, Ellipsis) for step in steps if step.opname in ("LOAD_CONST", "RETURN_CONST"))
