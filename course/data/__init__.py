"""Data sets and word vectors: what ships with the course, and what is downloaded when asked for.

    load_reviews("shipped" | "imdb")              labelled reviews, split in three
    vectors_path("shipped" | "glove.6B.50d")      a text file of word vectors
    shipped("reviews.csv")                        the path of a file that ships
    get("imdb"), status(), list_text()            the sets in DATASETS, downloaded into cache_folder() when missing

Whatever goes wrong is a DataError: one sentence, with the way to go on.
"""

from course.data.fetch import Status, get, list_text, status
from course.data.paths import DataError, cache_folder, shipped
from course.data.registry import DATASETS, Dataset, Source
from course.data.reviews import Reviews, Split, load_reviews
from course.data.vectors import vectors_path

__all__ = [
    "DATASETS",
    "DataError",
    "Dataset",
    "Reviews",
    "Source",
    "Split",
    "Status",
    "cache_folder",
    "get",
    "list_text",
    "load_reviews",
    "shipped",
    "status",
    "vectors_path",
]
