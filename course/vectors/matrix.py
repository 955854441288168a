"""The table for an Embedding layer, from pre-trained vectors, and how much of the vocabulary it covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course.text import UNKNOWN


@dataclass(frozen=True, eq=False)
class EmbeddingMatrix:
    """Rows for the words of a vocabulary.

    matrix: float32 (len(words), d): row i for words[i]. found: bool (len(words),): whether that row is the word's own vector;
    never for padding and unknown. words: as the vocabulary has them. counts: word -> how often it occurs, or None.
    """

    matrix: np.ndarray
    found: np.ndarray
    words: Sequence[str]
    counts: Mapping[str, int] | None = None

    @property
    def coverage(self) -> float:
        """By type: the share of the vocabulary's words, padding and unknown aside, that were found. 0 to 1."""
        return share(self.found[UNKNOWN + 1 :], np.ones(max(0, len(self.words) - UNKNOWN - 1)))

    @property
    def token_coverage(self) -> float | None:
        """By token: the same, each word weighed by its count; None without counts. Words outside the vocabulary do not matter."""
        return None if self.counts is None else share(self.found, self._weights())

    def misses(self, n: int = 20) -> list[str]:
        """The n most frequent words that were not found; without counts, the first ones in the vocabulary."""
        missed = [i for i in range(UNKNOWN + 1, len(self.words)) if not self.found[i]]
        if self.counts is not None:
            weights = self._weights()
            missed.sort(key=lambda i: -weights[i])
        return [self.words[i] for i in missed[: max(0, n)]]

    def _weights(self) -> np.ndarray:
        weights = np.array([self.counts.get(word, 0) for word in self.words], dtype=np.float64)
        weights[: UNKNOWN + 1] = 0
        return weights

    def __str__(self) -> str:
        found, words = int(self.found.sum()), max(0, len(self.words) - UNKNOWN - 1)
        text = f"{found:,} of {words:,} words found ({self.coverage:.1%})"
        return text if self.counts is None else f"{text}, {self.token_coverage:.1%} of the running words"


def share(found: np.ndarray, weights: np.ndarray) -> float:
    """The share of the weights, float64 (n,), that is on what was found, bool (n,)."""
    total = weights.sum()
    return float(weights[found].sum() / total) if total else 0.0


def embedding_matrix(
    places: Mapping[str, int],
    vectors: np.ndarray,
    words: Sequence[str],
    counts: Mapping[str, int] | None,
    missing: str,
    unknown: str,
    seed: int,
) -> EmbeddingMatrix:
    """See Vectors.embedding_matrix. places: word -> its row in vectors, float32 (n, d)."""
    if missing not in ("zeros", "normal"):
        raise ValueError(f'missing is "zeros" or "normal", not {missing!r}')
    if unknown not in ("zeros", "mean"):
        raise ValueError(f'unknown is "zeros" or "mean", not {unknown!r}')
    rows = np.array([places.get(word, -1) for word in words], dtype=np.int64)
    rows[: UNKNOWN + 1] = -1
    found = rows >= 0
    matrix = np.zeros((len(words), vectors.shape[1]), dtype=np.float32)
    matrix[found] = vectors[rows[found]]
    if missing == "normal":
        lost = np.flatnonzero(~found)[UNKNOWN + 1 :]
        spread = matrix[found].std() if found.any() else vectors.std() if vectors.size else 0.0
        drawn = np.random.default_rng(seed).normal(0.0, spread, (len(lost), matrix.shape[1]))
        matrix[lost] = drawn
    if unknown == "mean" and found.any():
        matrix[UNKNOWN] = matrix[found].mean(axis=0)
    return EmbeddingMatrix(matrix, found, words, counts)
