"""Judges an attempt: observes it, compares with the record, and only when it differs looks for the mistake."""

from __future__ import annotations

import dis
from dataclasses import dataclass
from enum import Enum
from typing import Any

from course.checking import errors, explain
from course.checking.exercise import Exercise
from course.checking.known import Found, equal, equal_values, find, in_words
from course.checking.observe import Observations, Seen, is_model, observe
from course.checking.plain import Plain
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
    is_function = callable(attempt) and (isinstance(attempt, type) or not is_model(attempt))
    if recorded.takes is not None and not is_function:
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
    except KeyboardInterrupt as stop:
        during = getattr(stop, "during", None)
        where = errors.learner_line(stop)
        return Verdict(
            exercise.name,
            Outcome.ERROR,
            f"You interrupted `{exercise.name}` while it was running. Is there a loop that never ends?",
            ((where,) if where else ()) + tuple(explain.given(during, recorded.takes) if during else ()),
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
    seen = observed.seen[first] if first is not None else None
    error = seen.error if seen else observed.error
    if isinstance(error, NotImplementedError) or (observed.seen and observed.seen[0].saw["kind"] == "blank"):
        return not_attempted(exercise.name)
    try:
        found = find(exercise, observed, recorded.seed, recorded.observations)
    except KeyboardInterrupt:  # the learner has waited long enough
        found = None
    if error is not None:
        return _stumbled(exercise, error, seen, observed, recorded, found)
    details = explain.case(recorded.observations[first], seen, recorded.takes, bool(found)) if seen else ()
    details += explain.printed(seen, observed.printed)
    if found:
        besides = _besides(exercise, observed, recorded) if not found.exact else ()
        return Verdict(exercise.name, Outcome.NOT_YET, found.wrong.sentence, besides + details, found.wrong.name)
    if observed.unfit:
        return Verdict(
            exercise.name, Outcome.NOT_YET, f"About `{exercise.name}`: {observed.unfit[0].lower()}{observed.unfit[1:]}"
        )
    if seen is None:
        return Verdict(
            exercise.name, Outcome.NOT_YET, f"`{exercise.name}` did not get through all the cases it was tried on."
        )
    sentence = explain.difference(exercise, recorded.observations, observed.seen, first, recorded.takes)
    besides = ()
    if not equal_values(exercise, recorded.observations[first], seen.record):
        besides = explain.altered(exercise.name, recorded.observations[first], seen, recorded.takes)
    return Verdict(exercise.name, Outcome.NOT_YET, sentence, besides + details)


def _besides(exercise: Exercise, observed: Observations, recorded: Recorded) -> tuple[str, ...]:
    """What is off besides the mistake that was recognised: one line at most."""
    for expected, seen in zip(recorded.observations, observed.seen, strict=False):
        lines = explain.altered(exercise.name, expected, seen, recorded.takes)
        if not lines and in_words(seen) and not equal_values(exercise, expected, seen.record):
            lines = explain.aside(seen)
        if lines:
            return lines
    return ()


def not_attempted(name: str) -> Verdict:
    return Verdict(
        name, Outcome.NOT_ATTEMPTED, f"Write your answer in the cell of `{name}`, run it, then run this cell again."
    )


def agrees(exercise: Exercise, observed: Observations, expected: list[Plain]) -> bool:
    """Whether a complete run of the probe saw what `expected` (a list of plain values) says."""
    if observed.unfit or observed.error is not None or len(observed.seen) != len(expected):
        return False
    return all(equal(exercise, a, b.record) for a, b in zip(expected, observed.seen, strict=True))


def _first_difference(exercise: Exercise, observed: Observations, recorded: Recorded) -> int | None:
    """The first observation whose value differs; where all values are right, the first of which an argument was altered."""
    pairs = list(zip(recorded.observations, observed.seen, strict=False))
    for alike in (equal_values, equal):
        for index, (expected, got) in enumerate(pairs):
            if not alike(exercise, expected, got.record):
                return index
    return None


def _stumbled(
    exercise: Exercise,
    error: BaseException,
    failing: Seen | None,
    observed: Observations,
    recorded: Recorded,
    found: Found | None,
) -> Verdict:
    details = [errors.message(error)]
    where = errors.learner_line(error)
    if where:
        details.append(where)
    if failing:
        details += explain.given(failing, recorded.takes)
    if found:
        sentence = found.wrong.sentence
    else:
        sentence = f"What `{exercise.name}` returned could not be used as the statement says."
        if where:
            sentence = f"`{exercise.name}` stopped with an error before it could return."
        meaning = errors.meaning(error)
        if meaning and where:
            sentence = f"`{exercise.name}` stopped with an error. {meaning}"
        elif meaning:
            sentence += f" {meaning}"
    return Verdict(
        exercise.name,
        Outcome.ERROR,
        sentence,
        tuple(details) + explain.printed(failing, observed.printed),
        found.wrong.name if found else "",
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
