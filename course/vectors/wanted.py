"""Which lines of a file may begin with one of the wanted words: told from their first sixteen bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

import numpy as np

from course.vectors.decimals import words_at

_SPACES, _FEEDS = np.uint64(0x2020202020202020), np.uint64(0x0A0A0A0A0A0A0A0A)
_ONES, _HIGH_BITS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
# 2**64 / golden ratio (D. Knuth, The Art of Computer Programming, 6.4), and a number like it.
_MIX = np.array([[0x9E3779B97F4A7C15], [0xD1B54A32D192ED03]], dtype=np.uint64)


class Wanted:
    """A set of words to be kept."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if "\n" not in word)  # no line has such a word

    @cached_property
    def _marked(self) -> np.ndarray:
        """Bool, a place for each of many hashes of beginnings: whether one of the words has it."""
        marked = np.zeros(1 << max(10, len(self.words).bit_length() + 6), dtype=bool)
        text = b"".join([encoded(word)[:16].ljust(16) for word in self.words])
        marked[hashed(np.array(bytearray(text)).view("<u8").reshape(-1, 2).T, len(marked))] = True
        return marked

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
        beginnings = np.stack([words_at(block, starts), words_at(block, starts + 8)])
        return self._marked[hashed(beginnings, len(self._marked))]

    def only(self, words: bytes, rows: np.ndarray) -> tuple[bytes, np.ndarray]:
        """Of words, each followed by a line feed, and their rows, those that are wanted."""
        texts = words.decode("utf-8", "surrogateescape").split("\n")[:-1]
        kept = [i for i, text in enumerate(texts) if text in self.words]
        blob = "".join([texts[i] + "\n" for i in kept]).encode("utf-8", "surrogateescape")
        return blob, rows[kept]


def hashed(beginnings: np.ndarray, size: int) -> np.ndarray:
    """Hashes of what stands before the first space or line feed in sixteen bytes: int64 (n,), from 0 up to size.

    beginnings: uint64 (2, n), the first eight bytes and the next, each with its first byte lowest. size: a power of two.
    """
    end = zero_bytes(beginnings ^ _SPACES) | zero_bytes(beginnings ^ _FEEDS)
    end &= ~end + np.uint64(1)  # only the lowest bit
    kept = beginnings & ((end >> np.uint64(7)) - np.uint64(1))
    kept[1, end[0] != 0] = 0
    mixed = (kept * _MIX).sum(axis=0, dtype=np.uint64)
    return (mixed >> np.uint64(64 - size.bit_length() + 1)).astype(np.int64)


def zero_bytes(words: np.ndarray) -> np.ndarray:
    """The high bit of each byte that is 0, uint64; bytes above a 0 may have theirs too, so only the lowest counts."""
    return (words - _ONES) & ~words & _HIGH_BITS


def encoded(word: str) -> bytes:
    """The bytes of a word in a file, where \\udc85 stands for the byte 0x85; none if no file can hold it."""
    try:
        return word.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return b""
