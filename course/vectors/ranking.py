"""How well vectors agree with people: word pairs rated for similarity, and analogy questions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

Pair = tuple[str, str, float]
Question = tuple[str, str, str, str]
_QUESTIONS, _WORDS = 512, 8192  # how many at a time: their cosines, float32, fit into a cache


class SimilarityScore(NamedTuple):
    """Spearman's rank correlation between cosines and ratings (nan when fewer than two pairs differ), and what was covered."""

    spearman: float
    covered: int  # pairs of which both words have vectors: the ones that count
    total: int

    @property
    def coverage(self) -> float:
        """The share of the pairs that were covered, 0 to 1."""
        return self.covered / self.total if self.total else 0.0

    def __str__(self) -> str:
        return f"Spearman {self.spearman:.4f} on {self.covered:,} of {self.total:,} pairs"


class SectionScore(NamedTuple):
    """One section of a file of analogies: right answers, questions asked, questions left out for want of a vector."""

    correct: int
    total: int
    skipped: int = 0

    @property
    def accuracy(self) -> float:
        return self.correct / self.total if self.total else 0.0


@dataclass(frozen=True)
class AnalogyScore:
    """Right answers to analogy questions, per section and over all of them. total counts the questions that were asked."""

    sections: dict[str, SectionScore] = field(default_factory=dict)

    @property
    def correct(self) -> int:
        return sum(section.correct for section in self.sections.values())

    @property
    def total(self) -> int:
        return sum(section.total for section in self.sections.values())

    @property
    def skipped(self) -> int:
        return sum(section.skipped for section in self.sections.values())

    @property
    def accuracy(self) -> float:
        return self.correct / self.total if self.total else 0.0

    def __str__(self) -> str:
        rows = [*self.sections.items(), ("all", SectionScore(self.correct, self.total, self.skipped))]
        width = max(len(name) for name, _ in rows)
        return "\n".join(
            f"{name:{width}}  {score.correct:6,} of {score.total:6,}  {score.accuracy:6.1%}" for name, score in rows
        )


def spearman(a: Sequence[float], b: Sequence[float]) -> float:
    """Spearman's rank correlation of two equally long sequences: Pearson's of their ranks, ties sharing their mean rank.

    nan if there are fewer than two values, or all of a sequence are equal.
    """
    x, y = ranks(a), ranks(b)
    if len(x) != len(y):
        raise ValueError(f"{len(x)} values cannot be compared with {len(y)}")
    if len(x) < 2:
        return float("nan")
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale else float("nan")


def ranks(values: Sequence[float]) -> np.ndarray:
    """The ranks of the values, from 1, float64 of shape (n,); equal values share the mean of their ranks."""
    _, group, sizes = np.unique(np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    return (last - (sizes - 1) / 2)[group.reshape(-1)]


def read_pairs(path: str | Path) -> list[Pair]:
    """Rated pairs of words from a file, columns split by tabs, commas or spaces: two words, then a rating.

    The rating is the first column after the words that holds a number: so WordSim-353's csv, SimLex-999's own file, which has a
    part of speech in between, and its three-column form all work. Lines without one (a head line, comments) are left out.
    """
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    delimiter = next((mark for mark in "\t," if mark in text), " ")
    rows = csv.reader(text.splitlines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    pairs = []
    for row in rows:
        rating = next((value for value in map(as_float, row[2:]) if value is not None), None)
        if rating is not None and not row[0].startswith("#"):
            pairs.append((row[0].strip(), row[1].strip(), rating))
    return pairs


def as_float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def read_questions(path: str | Path) -> dict[str, list[Question]]:
    """Analogy questions from a file as word2vec's questions-words.txt: ": section" lines, then four words a line."""
    sections: dict[str, list[Question]] = {}
    name = ""
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if line.startswith(":"):
                name = line[1:].strip()
            elif len(words) == 4:
                sections.setdefault(name, []).append(tuple(words))
    return sections


def first_places(
    words: Iterable[str], fold: bool, wanted: set[str] | None = None
) -> tuple[dict[str, int], dict[int, list[int]]]:
    """Where each word comes first, and for these places where it comes again: with fold, words are compared in capitals.

    wanted: the words to look for, in capitals with fold; None: all.
    """
    first: dict[str, int] = {}
    others: dict[int, list[int]] = {}
    for i, word in enumerate(words):
        key = word.upper() if fold else word
        if wanted is None or key in wanted:
            place = first.setdefault(key, i)
            if place != i:
                others.setdefault(place, []).append(i)
    return first, others


def ask(
    unit: np.ndarray, questions: Sequence[Question], places: Mapping[str, int], others: Mapping[int, list[int]]
) -> SectionScore:
    """Ask the questions of a section. unit: rows of length 1, float32 (n, d); places and others: as from first_places."""
    asked = [[places[word] for word in question] for question in questions if all(word in places for word in question)]
    again = [[i for row in rows[:3] for i in others.get(row, ())] for rows in asked]
    width = max(map(len, again), default=0)
    excluded = [rows[:3] + more + [-1] * (width - len(more)) for rows, more in zip(asked, again, strict=True)]
    rows = np.array(asked, dtype=np.int64).reshape(-1, 4)
    given = answers(unit, rows[:, :3], np.array(excluded, dtype=np.int64).reshape(len(asked), 3 + width))
    return SectionScore(int((given == rows[:, 3]).sum()), len(asked), len(questions) - len(asked))


def answers(unit: np.ndarray, asked: np.ndarray, excluded: np.ndarray) -> np.ndarray:
    """The row that answers each question "a is to b as c is to ?", by 3CosAdd.

    unit: rows of length 1, float32 (n, d). asked: rows of a, b and c, int64 (q, 3). excluded: rows that are no answer, int64
    (q, k), -1 for none. Returns int64 (q,).

    The answer is the row with the greatest cosine to b - a + c (Mikolov, Yih & Zweig 2013, "Linguistic regularities in
    continuous space word representations"; named 3CosAdd by Levy & Goldberg 2014, "Linguistic regularities in sparse
    and explicit word representations").
    """
    found = np.zeros(len(asked), dtype=np.int64)
    for first in range(0, len(asked), _QUESTIONS):
        some = slice(first, first + _QUESTIONS)
        a, b, c = unit[asked[some]].swapaxes(0, 1)
        found[some] = nearest(unit, b - a + c, excluded[some])
    return found


def nearest(unit: np.ndarray, queries: np.ndarray, excluded: np.ndarray) -> np.ndarray:
    """The row of unit with the greatest product with each query, but for the excluded rows; -1 if there is none left."""
    best = np.full(len(queries), -np.inf, dtype=np.float32)
    place = np.full(len(queries), -1)
    every = np.arange(len(queries))
    for start in range(0, len(unit), _WORDS):
        scores = queries @ unit[start : start + _WORDS].T  # (questions, words)
        question, column = np.nonzero((excluded >= start) & (excluded < start + scores.shape[1]))
        scores[question, excluded[question, column] - start] = -np.inf
        top = scores.argmax(axis=1)
        better = scores[every, top] > best
        best[better], place[better] = scores[every, top][better], top[better] + start
    return place
