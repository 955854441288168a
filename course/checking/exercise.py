"""What an exercise is: a probe, hints and wrong ways. The right answer is not here; it stands in the lesson."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course import catalog
from course.checking.observe import Seen

Probe = Callable[[Any, np.random.Generator], Iterator[Seen]]


@dataclass(frozen=True)
class Wrong:
    """A mistake learners make: an attempt that makes it, and the one sentence that helps."""

    name: str
    attempt: Any
    sentence: str


@dataclass
class Exercise:
    """One exercise, as stated in `course/exercises`.

    name: the name the learner's cell defines; unique in its lesson.
    hints: three, from a nudge to nearly the code in words.
    rtol, atol: how far a number may lie from the recorded one (`atol + rtol * |recorded|`). Wider only for what training moves.

    The probe and the wrong ways are added by decorators::

        weighted_sum = Exercise("weighted_sum", hints=(...))

        @weighted_sum.probe
        def _(attempt, rng):
            yield call(attempt, rng.normal(size=3), rng.normal(size=3), 0.5)

        @weighted_sum.wrong("Your sum of products is right. The neuron also has a bias, and you have not used it.")
        def leaves_out_the_bias(x, w, b):
            return np.dot(x, w)
    """

    name: str
    hints: tuple[str, ...] = ()
    rtol: float = 1e-4
    atol: float = 1e-5
    wrong_ways: list[Wrong] = field(default_factory=list)
    run_probe: Probe | None = None

    def probe(self, function: Probe) -> Probe:
        """Decorator: makes `function(attempt, rng)` this exercise's probe. It yields what it observed."""
        self.run_probe = function
        return function

    def wrong(self, sentence: str) -> Callable[[Any], Any]:
        """Decorator: the function (or class) below is a wrong way, told `sentence`."""

        def keep(attempt: Any) -> Any:
            self.wrong_ways.append(Wrong(attempt.__name__, attempt, sentence))
            return attempt

        return keep

    def wrong_value(self, name: str, value: Any, sentence: str) -> None:
        """The same for an exercise whose answer is a value, not a function."""
        self.wrong_ways.append(Wrong(name, value, sentence))


def exercises(lesson: str) -> dict[str, Exercise]:
    """The exercises of a lesson by name, in the order of the catalog.

    Raises LookupError when the catalog and the lesson's module do not name the same exercises.
    """
    entry = catalog.lesson(lesson)
    module = importlib.import_module(f"course.exercises.lesson_{lesson}")
    found = {value.name: value for value in vars(module).values() if isinstance(value, Exercise)}
    wanted = [exercise.name for exercise in entry.exercises]
    if set(found) != set(wanted):
        raise LookupError(
            f"{module.__name__} defines {sorted(found)}, but the catalog lists {sorted(wanted)} for lesson {lesson}."
        )
    return {name: found[name] for name in wanted}
