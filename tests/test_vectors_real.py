"""The complete GloVe file and the word pairs and analogies people use, where COURSE_DATA holds them. Nothing is downloaded."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest

from course.vectors import Vectors

REAL = Path(os.environ.get("COURSE_DATA") or "nowhere").absolute()
GLOVE = REAL / "glove.6B.50d.txt"
pytestmark = pytest.mark.skipif(not GLOVE.is_file(), reason=f"COURSE_DATA does not hold {GLOVE.name}")


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return Vectors.load(GLOVE, cache=False)


def file(name: str) -> Path:
    if not (REAL / name).is_file():
        pytest.skip(f"COURSE_DATA does not hold {name}")
    return REAL / name


def test_all_words_and_a_sample_of_the_numbers_to_the_bit(vectors):
    with open(GLOVE, "rb") as source:
        lines = source.read().split(b"\n")[:-1]
    assert len(lines) == len(vectors) == 400_000 and vectors.dim == 50 and vectors.duplicates == 0
    assert vectors.words == [line.rsplit(b" ", 50)[0].decode() for line in lines]
    for row in [*range(100), *random.Random(0).sample(range(400_000), 20_000), *range(399_900, 400_000)]:
        exact = np.array([float(number) for number in lines[row].rsplit(b" ", 50)[1:]]).astype(np.float32)
        assert exact.tobytes() == vectors.matrix[row].tobytes()


def test_a_vocabulary_gives_the_same_rows(vectors):
    wanted = set(random.Random(1).sample(vectors.words, 20_000))
    some = Vectors.load(GLOVE, wanted, cache=False)
    rows = [i for i, word in enumerate(vectors.words) if word in wanted]
    assert some.words == [vectors.words[i] for i in rows] and some.matrix.tobytes() == vectors.matrix[rows].tobytes()


@pytest.mark.parametrize(
    ("name", "expected", "pairs"), [("wordsim353_combined.csv", 0.5033, 353), ("EN-SIMLEX-999.txt", 0.2646, 999)]
)
def test_the_known_correlations(vectors, name, expected, pairs):
    score = vectors.evaluate_similarity(file(name))
    assert score.spearman == pytest.approx(expected, abs=5e-5) and score.covered == score.total == pairs


def test_what_gensim_finds_in_the_first_words_only(vectors):
    """gensim 4.4: evaluate_word_pairs, which takes the first 300,000 words; evaluate_word_analogies, restrict_vocab=30000."""
    pairs = vectors.evaluate_similarity(file("EN-SIMLEX-999.txt"), restrict_vocab=300_000)
    assert pairs.spearman == pytest.approx(0.26306, abs=5e-6) and pairs.covered == 998
    score = vectors.evaluate_analogies(file("questions-words.txt"), restrict_vocab=30_000)
    assert len(score.sections) == 14 and (score.total, score.skipped) == (14_877, 19_544 - 14_877)
    assert abs(score.correct - 7_393) <= 2  # where cosines are equal but for rounding, machines differ
    assert score.sections["family"][:2] == (259, 342)
