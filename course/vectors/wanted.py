"""Which lines of a file may begin with one of the wanted words: told from their first eight bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from course.vectors.decimals import words_of

_SPACES = np.uint64(0x2020202020202020)
_ONES, _HIGH_BITS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio (D. Knuth, The Art of Computer Programming, 6.4)


class Wanted:
    """A set of words to be kept."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if "\n" not in word)  # no line has such a word
        beginnings = b"".join([encoded(word)[:8].ljust(8) for word in self.words])
        keys = first_fields(np.frombuffer(beginnings, dtype="<u8"))
        self._shift = np.uint64(64 - max(10, len(self.words).bit_length() + 5))
        self._marked = np.zeros(1 << (64 - int(self._shift)), dtype=bool)
        self._marked[self._places(keys)] = True

    def __len__(self) -> int:
        return len(self.words)

    def digest(self) -> str:
        """A text that is the same for the same words in any order, and different for others."""
        text = "\n".join(sorted(self.words)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(text).hexdigest()

    def maybe(self, block: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """Which lines, by where they start in block (uint8), may have a wanted word. bool, the shape of starts.

        All that do are told, and about three in a hundred of the others.
        """
        return self._marked[self._places(first_fields(words_of(block)[starts]))]

    def only(self, words: bytes, rows: np.ndarray) -> tuple[bytes, np.ndarray]:
        """Of words, each followed by a line feed, and their rows, those that are wanted."""
        texts = words.decode("utf-8", "surrogateescape").split("\n")[:-1]
        kept = [i for i, text in enumerate(texts) if text in self.words]
        blob = "".join([texts[i] + "\n" for i in kept]).encode("utf-8", "surrogateescape")
        return blob, rows[kept]

    def _places(self, keys: np.ndarray) -> np.ndarray:
        return ((keys * _MIX) >> self._shift).view(np.int64)


def first_fields(words: np.ndarray) -> np.ndarray:
    """Eight bytes of text as one number, cut before the first space: uint64 of any shape, first byte lowest."""
    other = words ^ _SPACES
    space = (other - _ONES) & ~other & _HIGH_BITS  # the lowest bit that is set stands in the first byte that is a space
    space &= ~space + np.uint64(1)  # only that bit
    return words & ((space >> np.uint64(7)) - np.uint64(1))


def encoded(word: str) -> bytes:
    """The bytes of a word in a file, where \\udc85 stands for the byte 0x85; none if no file can hold it."""
    try:
        return word.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return b""
