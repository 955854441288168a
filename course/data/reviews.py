"""Labelled reviews as texts and labels, from the shipped file or from IMDB."""

import csv
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from course.data.fetch import PART, get, text_files
from course.data.paths import choose, shipped

SPLITS = ("train", "validation", "test")
VALIDATION = 5_000  # of IMDB's 25,000 training reviews
CACHE = "imdb-1.json"  # one file instead of 50,000; count up when the split changes


@dataclass(frozen=True, eq=False)
class Split:
    """n texts with their labels: int32 of shape (n,), 1 for a positive review and 0 for a negative one."""

    texts: list[str]
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, eq=False)
class Reviews:
    """Reviews to learn from, to choose by, and to test on once."""

    train: Split
    validation: Split
    test: Split
    name: str


Rows = dict[str, list[tuple[str, int]]]  # split -> (text, label) of each review


def load_reviews(source: str = "shipped") -> Reviews:
    """Load labelled reviews.

    source: "shipped", short reviews of everyday things, in the order of datasets/reviews.csv; or "imdb", long film
    reviews (20,000 / 5,000 / 25,000; the texts as downloaded, `<br />` included; downloaded if missing).
    IMDB's labels alternate and its reviews are shuffled, the same on every machine: any even slice is balanced.
    Raises DataError for another source, or if the data cannot be had.
    """
    rows = read_shipped() if choose(source, ("shipped", "imdb")) == "shipped" else read_imdb(get("imdb"))
    return Reviews(*(split(rows[name]) for name in SPLITS), name=source)


def split(rows: list[tuple[str, int]]) -> Split:
    return Split([text for text, _ in rows], np.array([label for _, label in rows], dtype=np.int32))


def read_shipped() -> Rows:
    rows: Rows = {name: [] for name in SPLITS}
    with open(shipped("reviews.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["split"]].append((row["text"], int(row["label"])))
    return rows


def read_imdb(tree: Path) -> Rows:
    """IMDB's reviews, from the one file that an earlier call left beside the tree, or else from the tree."""
    cache = tree.parent / CACHE
    try:
        return json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there yet, or not whole
        pass
    train = read_folders(tree / "train")
    rows = {"train": train[VALIDATION:], "validation": train[:VALIDATION], "test": read_folders(tree / "test")}
    try:
        with TemporaryDirectory(prefix=PART, dir=cache.parent, ignore_cleanup_errors=True) as part:
            new = Path(part, CACHE)
            new.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
            os.replace(new, cache)
    except OSError:  # a folder one may only read: do without
        pass
    return rows


def read_folders(part: Path) -> list[tuple[str, int]]:
    """The reviews under train/ or test/, the labels in turn, each in an order that only the files' names decide."""
    texts: dict[str, list[str]] = {"neg": [], "pos": []}
    for label, read in texts.items():
        for name in sorted(text_files(part / label), key=lambda name: hashlib.sha256(name.encode()).digest()):
            with open(part / label / name, "rb") as file:  # as bytes: a text file would translate line ends
                read.append(file.read().decode("utf-8"))
    return [row for pair in zip(texts["neg"], texts["pos"], strict=True) for row in zip(pair, (0, 1), strict=True)]
