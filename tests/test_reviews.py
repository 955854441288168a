"""The shipped reviews are what their datasheet says."""

from __future__ import annotations

import csv
import re
from collections import Counter

import numpy as np
import pytest

from course.data import load_reviews, shipped


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with open(shipped("reviews.csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_enough_and_they_are_balanced(rows):
    assert len(rows) == 2100 and len({row["id"] for row in rows}) == 2100
    assert Counter(row["split"] for row in rows) == {"train": 1260, "validation": 280, "test": 560}
    for split in ("train", "validation", "test"):
        labels = Counter(row["label"] for row in rows if row["split"] == split)
        assert labels["0"] == labels["1"]
    assert len({row["domain"] for row in rows}) == 12


def test_every_review_has_8_to_80_words(rows):
    lengths = [len(row["text"].split()) for row in rows]
    assert min(lengths) >= 8 and max(lengths) <= 80


def test_no_two_reviews_are_near_duplicates(rows):
    """Jaccard of token sets over all pairs, by one matrix product."""
    tokens = [sorted(set(re.findall(r"[a-z0-9']+", row["text"].lower()))) for row in rows]
    ids = {token: i for i, token in enumerate(sorted({token for row in tokens for token in row}))}
    holds = np.zeros((len(rows), len(ids)), dtype=np.float32)
    for row, present in zip(holds, tokens, strict=True):
        row[[ids[token] for token in present]] = 1
    shared = holds @ holds.T
    sizes = holds.sum(axis=1)
    jaccard = shared / (sizes[:, None] + sizes[None, :] - shared)
    np.fill_diagonal(jaccard, 0)
    assert jaccard.max() < 0.6


def test_word_counts_are_neither_hopeless_nor_enough():
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    reviews = load_reviews()
    model = make_pipeline(CountVectorizer(), LogisticRegression(max_iter=1000))
    model.fit(reviews.train.texts, reviews.train.labels)
    accuracy = model.score(reviews.test.texts, reviews.test.labels)
    print(f"bag of words, logistic regression: {accuracy:.3f} on test")
    assert 0.75 <= accuracy <= 0.92
