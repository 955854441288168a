"""Which lines of a file may begin with one of the wanted words: told from their first sixteen bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

import numpy as np

from course.vectors.decimals import words_at

_SPACES, _FEEDS = np.uint64(0x2020202020202020), np.uint64(0x0A0A0A0A0A0A0A0A)
_ONES, _HIGH_BITS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_ONE, _SEVEN = np.uint64(1), np.uint64(7)
# 2**64 / golden ratio (D. Knuth, The Art of Computer Programming, 6.4), and a number like it.
_GOLDEN, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)


class Wanted:
    """A set of words to be kept."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if "\n" not in word)  # no line has such a word

    @cached_property
    def _marked(self) -> tuple[np.ndarray, np.ndarray]:
        """Two bool tables, a place for each of many hashes: whether a word has it, of its first eight bytes and of sixteen."""
        text = b"".join([encoded(word)[:16].ljust(16) for word in self.words])
        first, second = np.array(bytearray(text)).view("<u8").reshape(-1, 2).T
        first, ended = up_to_end(first)
        second, _ = up_to_end(second)
        second[ended] = 0
        tables = np.zeros((2, 1 << max(10, len(self.words).bit_length() + 6)), dtype=bool)
        tables[0][hashed(first, tables[0].size)] = True
        tables[1][hashed(first + second * _MIX, tables[1].size)] = True
        return tables[0], tables[1]

    def __len__(self) -> int:
        return len(self.words)

    def digest(self) -> str:
        """A text that is the same for the same words in any order, and different for others."""
        text = "\n".join(sorted(self.words)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(text).hexdigest()

    def maybe(self, block: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """Which lines, by where they start in block (uint8), may have a wanted word. bool, the shape of starts.

        All that do are told, and about one in a hundred of the others.
        """
        eight, sixteen = self._marked
        first, ended = up_to_end(words_at(block, starts))
        maybe = eight[hashed(first, eight.size)]
        some = np.flatnonzero(maybe)  # few, so the next eight bytes of the others need not be looked at
        second, _ = up_to_end(words_at(block, starts[some] + 8))
        second[ended[some]] = 0
        maybe[some] = sixteen[hashed(first[some] + second * _MIX, sixteen.size)]
        return maybe

    def only(self, words: bytes, rows: np.ndarray) -> tuple[bytes, np.ndarray]:
        """Of words, each followed by a line feed, and their rows, those that are wanted."""
        texts = words.decode("utf-8", "surrogateescape").split("\n")[:-1]
        kept = [i for i, text in enumerate(texts) if text in self.words]
        blob = "".join([texts[i] + "\n" for i in kept]).encode("utf-8", "surrogateescape")
        return blob, rows[kept]


def up_to_end(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eight bytes each, uint64 (n,), without the first space or line feed and what follows; and which had one, bool (n,)."""
    end = zero_bytes(words ^ _SPACES)
    end |= zero_bytes(words ^ _FEEDS)
    end &= ~end + _ONE  # only the lowest bit
    ended = end != 0
    end >>= _SEVEN
    end -= _ONE
    end &= words
    return end, ended


def hashed(numbers: np.ndarray, size: int) -> np.ndarray:
    """A place for each number, uint64 (n,), in a table of this size, a power of two: int64 (n,)."""
    return ((numbers * _GOLDEN) >> np.uint64(64 - size.bit_length() + 1)).view(np.int64)


def zero_bytes(words: np.ndarray) -> np.ndarray:
    """The high bit of each byte that is 0, uint64; bytes above a 0 may have theirs too, so only the lowest counts."""
    return (words - _ONES) & ~words & _HIGH_BITS


def encoded(word: str) -> bytes:
    """The bytes of a word in a file, where \\udc85 stands for the byte 0x85; none if no file can hold it."""
    try:
        return word.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return b""
