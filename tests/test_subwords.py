"""Byte-pair encoding: the quick learner against the slow and plain one, and words split as they were learned."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from course.data import load_reviews
from course.subwords import END, Subwords, merge
from course.text import words


def plainly(counts, merges):
    """Every round counts every pair anew."""
    parts, learned = {word: [*word, END] for word in counts}, []
    for _ in range(merges):
        totals = Counter()
        for word, pieces in parts.items():
            for pair in pairwise(pieces):
                totals[pair] += counts[word]
        if not totals:
            break
        learned.append(min(totals, key=lambda pair: (-totals[pair], pair)))
        parts = {word: merge(pieces, learned[-1]) for word, pieces in parts.items()}
    return learned, parts


COUNTED = Counter(word for text in load_reviews("shipped").train.texts[:300] for word in words(text))


@pytest.mark.parametrize(
    "counts",
    [
        {"cold": 4, "colder": 2, "old": 3, "older": 1},
        {"aaa": 3, "aaaa": 2, "aa": 1},
        {"momo": 2, "mom": 1, "o": 7},
        dict(COUNTED),
    ],
)
def test_the_merges_are_those_of_the_plain_loop(counts):
    learned, parts = plainly(counts, 120)
    subwords = Subwords.learn(counts, 120)
    assert subwords.merges == learned
    assert {word: subwords.split(word) for word in counts} == parts


def test_it_ends_when_every_word_is_one_piece():
    subwords = Subwords.learn({"ab": 2, "b": 1}, 50)
    assert subwords.merges == [("b", END), ("a", "b" + END)]
    assert subwords.split("ab") == ["ab" + END]


def test_no_merges_and_no_words():
    assert Subwords.learn({}, 5).merges == []
    assert Subwords.learn({"ab": 1}, 0).split("ab") == ["a", "b", END]
    assert Subwords([]).split("") == [END]


def test_a_word_never_seen_falls_into_pieces_that_spell_it():
    subwords = Subwords.learn(COUNTED, 300)
    for word in ("friendliest", "Ωmega", "x"):
        assert "".join(subwords.split(word)) == word + END
