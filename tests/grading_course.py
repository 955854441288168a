"""A course of one small lesson, for the tests of grading: a copy of the package with a lesson 90 of four exercises, no TensorFlow."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from course.authoring import settings

LESSON = "90_small"
NAMES = ("double", "summed", "sizes", "last")
POINTS = {"double": 1, "summed": 2, "sizes": 3, "last": 4}
ALL = sum(POINTS.values())

_CATALOG = """

LESSONS += (
    Lesson(
        "90_small",
        1,
        "Small",
        "for tests",
        exercises=(
            Entry("double", "Double", 1, 1),
            Entry("summed", "Summed", 2, 1),
            Entry("sizes", "Sizes", 3, 1),
            Entry("last", "Last", 4, 1),
        ),
    ),
)
"""

_EXERCISES = """
import numpy as np

from course.checking import Exercise, call, seen

double = Exercise("double")
summed = Exercise("summed")
sizes = Exercise("sizes")
last = Exercise("last")


@double.probe
def _(attempt, rng):
    for k in (1, 4):
        yield call(attempt, rng.normal(size=k))


@double.wrong("You squared it.")
def squares(x):
    return x**2


@summed.probe
def _(attempt, rng):
    yield call(attempt, rng.normal(size=5).tolist())
    yield call(attempt, [])


@summed.wrong("You took the mean.")
def mean(values):
    return np.mean(values) if values else 0.0


@sizes.probe
def _(attempt, rng):
    yield seen(attempt)


sizes.wrong_value("one_short", [1, 2], "One size is missing.")


@last.probe
def _(attempt, rng):
    yield call(attempt, rng.integers(0, 1000, size=7).tolist())


@last.wrong("That is the first one.")
def first(items):
    return items[0]
"""

_SOURCE = '''\
# %% [markdown]
# # Small

# %%
from course import lesson

ex = lesson("90_small")

# %% tags=["needed"]
import numpy as np

FACTOR = 2

# %%
from collections import Counter

raise SystemExit("a demonstration, which a grader does not run")

# %% exercise="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return FACTOR * np.asarray(x)
    ### END SOLUTION

# %% check="double"
ex.double.check(double)

# %% exercise="summed"
def summed(values):
    ### BEGIN SOLUTION
    return sum(values)
    ### END SOLUTION

# %% check="summed"
ex.summed.check(summed)

# %% exercise="sizes"
sizes = (
    ### BEGIN SOLUTION
    [1, 2, 3]
    ### END SOLUTION
)

# %% check="sizes"
ex.sizes.check(sizes)

# %% exercise="last"
def last(items):
    ### BEGIN SOLUTION
    return items[-1]
    ### END SOLUTION

# %% check="last"
ex.last.check(last)
'''

_RENDER = """
import sys
from pathlib import Path
from course.authoring import render, settings, source
read = source.read(Path(sys.argv[1]) / "lessons" / (sys.argv[2] + ".py"))
for steps in (render.LEARNER, render.INSTRUCTOR):
    print(render.text(render.notebook(read, steps, settings.Settings())).replace("\\n", ""))
"""


class Course:
    """The copy at `root`; `untouched` and `solution` are its lesson's notebooks as JSON."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(settings.ROOT / "course", root / "course", ignore=shutil.ignore_patterns("__pycache__"))
        with open(root / "course" / "catalog.py", "a", encoding="utf-8") as catalog:
            catalog.write(_CATALOG)
        (root / "course" / "exercises" / f"lesson_{LESSON}.py").write_text(_EXERCISES, encoding="utf-8")
        (root / "lessons").mkdir()
        (root / "lessons" / f"{LESSON}.py").write_text(_SOURCE, encoding="utf-8")
        done = self.python("-c", _RENDER, str(root), LESSON)
        self._untouched, self._solution = (json.loads(line) for line in done.stdout.splitlines())
        for each in self._untouched["cells"] + self._solution["cells"]:
            each["source"] = "".join(each["source"])

    @property
    def untouched(self) -> dict[str, Any]:
        return copy.deepcopy(self._untouched)

    @property
    def solution(self) -> dict[str, Any]:
        return copy.deepcopy(self._solution)

    def python(self, *arguments: str) -> subprocess.CompletedProcess:
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        command = [sys.executable, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=self.root)
        assert done.returncode in (0, 1, 2), done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def grade(self, *arguments: object) -> subprocess.CompletedProcess:
        return self.python("-m", "course", "grade", *map(str, arguments))

    def answered(self, **answers: str) -> dict[str, Any]:
        """The solution with some of its answer cells replaced."""
        notebook = self.solution
        for name, source in answers.items():
            cell(notebook, f"answer-{name}")["source"] = source
        return notebook


def cell(notebook: dict[str, Any], cell_id: str) -> dict[str, Any]:
    return next(each for each in notebook["cells"] if each.get("id") == cell_id)


def code(source: str, **more: Any) -> dict[str, Any]:
    """A code cell."""
    made = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    return {**made, **more}
