"""From texts to ids: words, a vocabulary, rows of ids of one length. Taught in lesson 06, used from 07 on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

PADDING, UNKNOWN = 0, 1  # the first two ids of every vocabulary

# Clitics stand apart, as in the texts that GloVe 6B was counted on: do n't, it 's, they 'll.
_WORD = re.compile(r"n't|'(?:s|re|ve|ll|d|m)\b|[^\W_]+(?:-[^\W_]+)*|[!?]")


def words(text: str) -> list[str]:
    """The words of a text, in lower case: "It's good, isn't it?" -> it 's good is n't it ?

    Mark-up such as <br /> is left out, punctuation too except ! and ?, which carry feeling. Hyphens inside a word stay.
    Mark-up runs from a < to the next >; a < with no > behind it is none.
    """
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("\u2019", "'")
    return _WORD.findall(text.replace("n't", " n't"))  # before the pattern runs: "isn" would use up the n


class Vocabulary:
    """Words and their ids. Id 0 is padding, id 1 stands for every word that is not listed; the rest are words, most frequent first.

    words: list of str; words[i] is the word of id i ("" for padding, "[UNK]" for 1).
    """

    def __init__(self, listed: Iterable[str]) -> None:
        self.words = ["", "[UNK]", *listed]
        self._ids = {word: i for i, word in enumerate(self.words)}
        if len(self._ids) != len(self.words):
            raise ValueError("a vocabulary lists each word once, and neither '' nor '[UNK]'")

    @classmethod
    def of(cls, texts: Iterable[str], size: int = 10_000, at_least: int = 1) -> Vocabulary:
        """The `size` most frequent words of the texts (padding and unknown included) that occur `at_least` so often.

        Words of equal count come in alphabetical order, so that the ids are the same on every machine.
        Use the training texts only: what the test texts hold must come as a surprise.
        """
        counts = Counter(word for text in texts for word in words(text))
        ranked = sorted(
            (word for word, count in counts.items() if count >= at_least), key=lambda word: (-counts[word], word)
        )
        return cls(ranked[: max(0, size - 2)])

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        return self._ids.get(word, PADDING) > UNKNOWN

    def id(self, word: str) -> int:
        """The id of a word; 1 when it is not listed."""
        return self._ids.get(word, UNKNOWN)

    def ids(self, text: str) -> list[int]:
        """The ids of a text's words, as many as it has."""
        return [self.id(word) for word in words(text)]

    def encode(self, texts: Sequence[str], length: int) -> np.ndarray:
        """Ids of shape (len(texts), length), int32: cut after `length` words, padded with 0 on the right."""
        rows = np.zeros((len(texts), length), dtype=np.int32)
        for row, text in zip(rows, texts, strict=True):
            ids = self.ids(text)[:length]
            row[: len(ids)] = ids
        return rows

    def decode(self, ids: Iterable[int]) -> str:
        """The words of the ids, padding left out."""
        return " ".join(self.words[int(i)] for i in ids if int(i) != PADDING)
