"""A sentiment model of n-grams: an Embedding of width 1, whose rows are scaled by the naive-Bayes ratio and summed.

NB-SVM (Wang & Manning, ACL 2012) as a Keras model: log-count ratios, unit length, squared hinge. Beside the words, pairs and triples
of words it looks at pairs with one or two words left out between them; a word that comes c times counts 1 + ln c.

    grams = Grams(texts)                                      which n-grams come in two texts or more
    encoded = grams.encode(texts)                             their rows, text by text
    model = build(log_count_ratio(encoded, labels, len(grams)))
    model.fit(Batches(encoded, labels), epochs=EPOCHS)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

WORD = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]+")  # isn't, well-made, !!!
OFFSETS = ((0,), (0, 1), (0, 1, 2), (0, 2), (0, 3))  # which words, from the first one on, make an n-gram
TEXT = np.uint64(0xFFFF)  # 16 bits for a text's number, 48 for the hash of an n-gram, in one sortable number
EPOCHS, BATCH, RATE = 6, 100, 0.01


@dataclass(frozen=True, eq=False)
class Encoded:
    """The n-grams of texts, one text after the other: text i has rows[starts[i] : starts[i + 1]], with their weights."""

    starts: np.ndarray  # (texts + 1,) int64
    rows: np.ndarray  # int32, from 1 on
    weights: np.ndarray  # float32

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.starts)


class Grams:
    """The n-grams that come in at least two of the texts, and a row of the table for each. Row 0 is padding."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words: dict[str, int] = {}
        counted = self.count(texts, learn=True)
        first = np.flatnonzero(np.diff(counted[0], prepend=np.uint64(0)))  # counted is sorted by n-gram
        often = np.diff(first, append=len(counted[0])) >= 2
        self.known = counted[0][first[often]]
        self.first = (texts, counted)  # until encode(texts)

    def __len__(self) -> int:
        return 1 + len(self.known)

    def encode(self, texts: Sequence[str]) -> Encoded:
        gram, text, count = self.first[1] if texts is self.first[0] else self.count(texts)
        self.first = ((), None)
        row = np.searchsorted(self.known, gram)
        row[row == len(self.known)] = 0
        found = np.flatnonzero(self.known[row] == gram)
        packed = (text[found].astype(np.int64) << 44) | ((row[found] + 1) << 16) | np.minimum(count[found], 0xFFFF)
        packed.sort()  # by text, then row
        starts = np.searchsorted(packed >> 44, np.arange(len(texts) + 1))
        weights = 1 + np.log((packed & 0xFFFF).astype(np.float32))
        return Encoded(starts, (packed >> 16 & 0xFFFFFFF).astype(np.int32), weights)

    def count(self, texts: Sequence[str], learn: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Every n-gram of every text: its hash, the text's number, how often it comes there; sorted by hash, then text.

        Words not known make no n-grams, unless they are to be learned.
        """
        ids, lengths = [], []
        for text in texts:
            words = WORD.findall(text.replace("<br />", " ").lower())
            lengths.append(len(words))
            if learn:
                ids += [self.words.setdefault(word, len(self.words) + 1) for word in words]
            else:
                ids += [self.words.get(word, 0) for word in words]
        word = np.array(ids, dtype=np.uint64)
        of = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
        keys = []
        for number, offsets in enumerate(OFFSETS):
            size = max(0, len(word) - offsets[-1])
            whole = of[:size] == of[offsets[-1] :]
            key = np.full(size, number, dtype=np.uint64)
            for offset in offsets:
                here = word[offset : offset + size]
                key = scramble(key + here)
                whole &= here > 0
            keys.append((key[whole] & ~TEXT) | of[:size][whole])
        flat = np.concatenate(keys)
        flat.sort()
        first = np.flatnonzero(np.diff(flat, prepend=np.uint64(0)))
        return flat[first] & ~TEXT, flat[first] & TEXT, np.diff(first, append=len(flat))


def scramble(key: np.ndarray) -> np.ndarray:
    """A 64-bit hash: the multiplications and shifts that end MurmurHash3."""
    key = (key ^ (key >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    key = (key ^ (key >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return key ^ (key >> np.uint64(33))


def log_count_ratio(encoded: Encoded, labels: np.ndarray, size: int) -> np.ndarray:
    """How much more often each row comes in positive texts than in negative ones: ln(p / q), add-one; (size,), 0 for padding."""
    positive = np.repeat(labels > 0, encoded.lengths)
    counts = [np.bincount(encoded.rows[side], encoded.weights[side], size) + 1 for side in (positive, ~positive)]
    p, q = (count / count.sum() for count in counts)
    ratio = np.log(p / q).astype(np.float32)
    ratio[0] = 0
    return ratio


def build(ratio: np.ndarray) -> keras.Model:
    """The model, compiled: rows (n, T) and weights (n, T) -> a score (n, 1), above 0 for a positive text."""
    rows = keras.Input((None,), dtype="int32")
    weights = keras.Input((None,))
    prior = keras.layers.Embedding(len(ratio), 1, weights=[ratio[:, None]], trainable=False)(rows)
    prior = keras.layers.Multiply()([keras.layers.Flatten()(prior), weights])  # 0 where padded
    learned = keras.layers.Embedding(len(ratio), 1, embeddings_initializer="zeros")(rows)
    score = keras.layers.Dot(1)([keras.layers.UnitNormalization()(prior), keras.layers.Flatten()(learned)])
    model = keras.Model([rows, weights], score)
    model.compile(keras.optimizers.Adam(RATE), "squared_hinge", metrics=[keras.metrics.BinaryAccuracy(threshold=0)])
    return model


class Batches(keras.utils.PyDataset):
    """Batches of texts of about one length, padded to the longest; with labels in another order in every epoch."""

    def __init__(self, encoded: Encoded, labels: np.ndarray | None = None, size: int = BATCH, seed: int = 0) -> None:
        super().__init__()
        self.encoded, self.labels, self.size = encoded, labels, size
        self.random = np.random.default_rng(seed)
        self.on_epoch_end()

    def __len__(self) -> int:
        return -(-len(self.encoded) // self.size)

    def on_epoch_end(self) -> None:
        lengths = self.encoded.lengths
        if self.labels is None:
            self.order = np.arange(len(lengths))
        else:
            self.order = np.argsort(lengths * self.random.uniform(0.8, 1.2, len(lengths)))
        starts = np.arange(0, len(lengths), self.size)
        self.batches = starts if self.labels is None else self.random.permutation(starts)

    def __getitem__(self, number: int) -> tuple[Any, ...]:
        start = self.batches[number]
        texts = self.order[start : start + self.size]
        lengths = self.encoded.lengths[texts]
        places = np.arange(max(1, lengths.max()))
        there = places < lengths[:, None]
        at = (self.encoded.starts[texts][:, None] + places)[there]
        rows, weights = np.zeros(there.shape, np.int32), np.zeros(there.shape, np.float32)
        rows[there], weights[there] = self.encoded.rows[at], self.encoded.weights[at]
        return ((rows, weights),) if self.labels is None else ((rows, weights), self.labels[texts].astype(np.float32))
