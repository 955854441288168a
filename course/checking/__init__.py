"""How an attempt is judged and what the learner is told. Exercises need these names; the rest is for the desk and the grader."""

from course.checking.exercise import Exercise
from course.checking.observe import Unfit, built, call, fill, fits, output, seen, shapes

__all__ = ["Exercise", "Unfit", "built", "call", "fill", "fits", "output", "seen", "shapes"]
