"""The notebook that is judged: the spliced parts, and after each answer a cell that prints what it does with this run's inputs."""

from __future__ import annotations

import json
from dataclasses import dataclass

from course.grading.reference import Reference
from course.grading.splice import Part

# Answer cells may end in `ex.name.check(name)`. The verdict is not made there, so a stand-in that takes everything will do.
_DESK = "from unittest.mock import MagicMock\n\nex = MagicMock()"

_PROBE = """\
# NBVAL_CHECK_OUTPUT
from course.checking.printout import print_observations
print_observations({lesson!r}, {name!r}, {name}, {seed}, {scales!r})"""


@dataclass(frozen=True)
class ToRun:
    """A cell as nbval gets it. kind: as of its part, or "desk" or "probe"."""

    id: str
    kind: str
    exercise: str
    source: str


def cells(parts: list[Part], pending: list[str], left_out: set[str], reference: Reference) -> list[ToRun]:
    """The cells of one run: answers and helpers without those of `left_out`, probes for `pending`. They hold no expected value."""
    made = [ToRun("desk", "desk", "", _DESK)]
    kept = [part for part in parts if not part.exercise or part.exercise not in left_out]
    for number, part in enumerate(kept):
        name = part.exercise
        made.append(ToRun(f"{part.kind}-{number}", part.kind, name, part.source))
        if name in pending and not any(later.exercise == name for later in kept[number + 1 :]):
            code = _PROBE.format(
                lesson=reference.lesson, name=name, seed=reference.seed, scales=reference.exercises[name].scales
            )
            made.append(ToRun(probe_id(name), "probe", name, code))
    return made


def probe_id(name: str) -> str:
    return f"probe-{name}"


def notebook(made: list[ToRun]) -> str:
    """The cells as the text of a notebook without outputs."""
    listed = [
        {
            "cell_type": "code",
            "id": cell.id,
            "metadata": {},
            "source": cell.source,
            "outputs": [],
            "execution_count": None,
        }
        for cell in made
    ]
    return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
