"""Which file holds the word vectors that were asked for."""

from pathlib import Path

from course.data.fetch import get
from course.data.paths import choose, shipped


def vectors_path(source: str = "shipped") -> Path:
    """The path of a text file of 50-dimensional word vectors, a word and its numbers in each line, UTF-8.

    source: "shipped" (gzipped, a small vocabulary) or "glove.6B.50d" (400,000 words; downloaded if missing).
    Raises DataError for another source, or if the file cannot be had.
    """
    if choose(source, ("shipped", "glove.6B.50d")) == "shipped":
        return shipped("vectors.50d.txt.gz")
    return get("glove.6B")
