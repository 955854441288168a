"""Embeddings, from the Neuron Up: what the lessons import. Importing it costs nothing; TensorFlow comes only when a lesson asks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from course import quiet

if TYPE_CHECKING:
    from course.checking.desk import Desk

__version__ = "0.1.0"

# They are read when TensorFlow and Keras are first imported, which is after this line: TensorFlow's start-up
# log would otherwise stand under the first cell of every lesson, and Keras would choose any backend it finds.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
quiet.tensorflow_import()


def lesson(name: str) -> Desk:
    """Opens the exercises of one lesson.

    name: the lesson's name, as in its file name: "01_neuron".
    Returns the object whose attributes are the exercises: ``ex.weighted_sum.check(weighted_sum)``.
    Raises ValueError, listing the lessons, when there is none of that name.
    """
    from course.checking.desk import Desk

    return Desk(name)
