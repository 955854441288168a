"""Names the mistake: runs the exercise's wrong ways through its probe until one comes out as the attempt did.

A wrong way is run only as far as it agrees with the attempt, and what it gave is kept for the next check in this process.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from course.checking.exercise import Exercise, Wrong
from course.checking.observe import Observations, Seen, Unfit, fits, observe
from course.checking.plain import Plain, same

Told = tuple[type, str]


@dataclass
class _Tape:
    """What a wrong way gave: its observations, the first of them where the run was cut short, and how it ended."""

    attempt: Any  # kept, so that its id stays its own
    seen: list[tuple[Plain, Told]] = field(default_factory=list)
    built: int = 0
    whole: bool = False
    unfit: str | None = None
    error: Told = (type(None), "")


_tapes: dict[tuple[str, int, int], _Tape] = {}


@dataclass(frozen=True)
class Found:
    """The wrong way that was recognised. exact: all of the attempt is like it; else other things are off besides."""

    wrong: Wrong
    exact: bool


def recognise(exercise: Exercise, observed: Observations, seed: int) -> Wrong | None:
    """The first wrong way that gives the same observations as the attempt, if any does."""
    found = find(exercise, observed, seed)
    return found.wrong if found else None


def find(exercise: Exercise, observed: Observations, seed: int, expected: list[Plain] | None = None) -> Found | None:
    """The wrong way that gives the same observations as the attempt, if any does.

    With `expected`, the recorded observations, a wrong way is found also where the attempt besides altered its arguments
    or has something off that a probe tells of in words, such as a dtype: those are second mistakes.
    """
    second = None
    for wrong in exercise.wrong_ways:
        if _cannot_fit(wrong.attempt, observed):
            continue
        likeness = _Likeness(exercise, observed, expected)
        _compare(exercise, wrong, seed, observed, likeness)
        if likeness.exact:
            return Found(wrong, True)
        if likeness.besides and second is None:
            second = Found(wrong, False)
    return second


def told(error: BaseException | None) -> Told:
    """What an error says, but for the numbers that Keras gives its layers: two attempts with one mistake say the same."""
    return type(error), re.sub(r"_\d+", "", first_line(error))


def first_line(error: BaseException | None) -> str:
    if error is None:
        return ""
    text = str(error).strip().splitlines()
    line = text[0] if text else "(no message)"
    return line if len(line) <= 160 else line[:157] + "..."


def equal(exercise: Exercise, expected: Plain, got: Plain) -> bool:
    """Whether two records agree: value and altered arguments."""
    return expected.get("changed", []) == got.get("changed", []) and equal_values(exercise, expected, got)


def equal_values(exercise: Exercise, expected: Plain, got: Plain) -> bool:
    """Whether two records agree but for altered arguments."""
    return same(_value(expected), _value(got), exercise.rtol, exercise.atol)


def _value(record: Plain) -> Plain:
    return {key: value for key, value in record.items() if key != "changed"}


class _Likeness:
    """How far a wrong way comes out as the attempt did: exactly, or with other things besides that are off in the attempt."""

    def __init__(self, exercise: Exercise, observed: Observations, expected: list[Plain] | None) -> None:
        self._exercise, self._observed, self._expected = exercise, observed, expected
        self.exact = True
        self.besides = expected is not None
        self._shared = False  # a value that is off in both
        self._count = 0

    def goes_on(self, record: Plain, error: Told) -> bool:
        """Takes the wrong way's next observation. False when it is like the attempt in neither sense."""
        index, self._count = self._count, self._count + 1
        if index >= len(self._observed.seen):
            self.exact = self.besides = False
            return False
        got = self._observed.seen[index]
        alike = error == told(got.error) and equal_values(self._exercise, record, got.record)
        changed = record.get("changed", [])
        self.exact = self.exact and alike and changed == list(got.changed)
        if self.besides:
            right = self._expected[index] if index < len(self._expected) else None
            if alike and set(changed) <= set(got.changed):
                off = right is None or not equal_values(self._exercise, right, record)
                self._shared = self._shared or (off and not in_words(got))
            else:
                self.besides = (
                    right is not None
                    and in_words(got)
                    and error == told(None)
                    and not equal_values(self._exercise, right, got.record)
                    and equal_values(self._exercise, right, record)
                )
        return self.exact or self.besides

    def ends(self, unfit: str | None, error: Told) -> None:
        """Takes how the wrong way ended."""
        alike = (
            self._count == len(self._observed.seen)
            and unfit == self._observed.unfit
            and error == told(self._observed.error)
        )
        self.exact = self.exact and alike
        self.besides = self.besides and alike and self._shared


def in_words(seen: Seen) -> bool:
    """Whether a probe told this in words of its own, or by yes or no: an aside, such as the dtype of the result.

    What it made of one call's result is none: there, the words are the point.
    """
    is_own = seen.error is None and seen.returned is None and not seen.is_result
    return is_own and (seen.saw["kind"] == "text" or bool(seen.saw.get("bool")))


def _compare(exercise: Exercise, wrong: Wrong, seed: int, observed: Observations, likeness: _Likeness) -> None:
    """Lets `likeness` see what the wrong way gives, from what is kept of it or by running it."""
    ended_early = observed.unfit is not None or observed.error is not None
    most = observed.built if ended_early else None  # a wrong way that gets one model further did not end there
    key = (exercise.name, id(wrong.attempt), seed)
    tape = _tapes.get(key)
    if tape:
        for record, error in tape.seen:
            if not likeness.goes_on(record, error):
                return
        if tape.whole:
            likeness.ends(tape.unfit, tape.error)
            return
        if most is not None and tape.built > most:
            likeness.exact = likeness.besides = False
            return
    again = _Likeness(exercise, observed, likeness._expected)
    with warnings.catch_warnings():  # a wrong way's warnings are not the learner's
        warnings.simplefilter("ignore")
        got = observe(exercise, wrong.attempt, seed, lambda seen: again.goes_on(seen.record, told(seen.error)), most)
    if not got.cut:
        again.ends(got.unfit, told(got.error))
    else:
        again.exact = again.besides = False
    likeness.exact, likeness.besides = again.exact, again.besides
    _tapes[key] = _Tape(
        wrong.attempt,
        [(seen.record, told(seen.error)) for seen in got.seen],
        got.built,
        not got.cut,
        got.unfit,
        told(got.error),
    )


def _cannot_fit(attempt: Any, observed: Observations) -> bool:
    """Whether a wrong way is told from the attempt without running it: it takes other arguments, or does not know the name."""
    if observed.seen and observed.seen[0].error is None:
        return False
    if observed.count is not None and not observed.seen:
        try:
            fits(attempt, observed.count)
        except Unfit as problem:
            return str(problem) != observed.unfit
        return True
    error = observed.seen[0].error if observed.seen else observed.error
    code = getattr(attempt, "__code__", None)
    if isinstance(error, NameError) and error.name and code is not None:
        return error.name not in _names(code)
    return False


def _names(code: CodeType) -> set[str]:
    """All names that a function uses, those within it included."""
    found = {*code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars}
    for const in code.co_consts:
        if isinstance(const, CodeType):
            found |= _names(const)
    return found
