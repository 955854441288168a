"""A file of word vectors, read by several threads: NumPy's loops run without Python's global lock."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course.vectors.decimals import SLACK
from course.vectors.errors import BadLine, VectorsError
from course.vectors.files import AGAIN, Shape, blocks, opened, sniff
from course.vectors.lines import Part, parse
from course.vectors.wanted import Wanted

BLOCK = 5 << 18  # bytes to read at a time: more would take more memory, less would have the threads wait for Python's lock
FEW = 3 << 20  # the same when most lines are passed over

# glibc gives freed memory back to the system at once, and asks for it anew, until a block as big as this was freed; for
# arrays made and dropped thousands of times that is a quarter of all the time. With other allocators this does nothing.
KEEP = 1 << 24


class Read(NamedTuple):
    """n words, each followed by a line feed; their vectors, float32 (n, dim); how many lines were left out as duplicates."""

    words: bytes
    matrix: np.ndarray
    duplicates: int


def taken_apart(words: bytes) -> list[str]:
    """Words as a Read has them, as a list of str."""
    return words.decode("utf-8", "surrogateescape").split("\n")[:-1]


def read(path: Path, member: str | None, wanted: Wanted | None) -> Read:
    """Read a file, or a member of a zip: all its words, or those that are wanted. Raises VectorsError."""
    threads = cores()
    np.empty(KEEP, dtype=np.uint8)  # and freed
    free: list[bytearray] = []
    with opened(path, member) as (file, size):
        source = blocks(path, file, BLOCK if wanted is None else FEW, free)
        buffer, stop = next(source, (bytearray(), 0))
        text = buffer[:stop]
        shape = sniff(path, text)
        if shape.header:
            text = text[text.index(b"\n") + 1 :]
            stop = len(text)
            buffer[:stop] = text
        expected = int(1.1 * size / max(len(text), 1) * text.count(b"\n")) + 100
        rows = Rows(expected if wanted is None else min(expected, len(wanted)), shape.dim)
        with ThreadPoolExecutor(threads) as pool:
            first = [(buffer, stop)] if text else []
            parts = parsed(pool, threads + 2, chain(first, source), free, shape.dim, wanted)
            words, numbers = collect(path, shape, parts, rows)
    return without_duplicates(words, numbers, rows.finish())


def cores() -> int:
    """How many threads to use: the cores this process may run on, up to three. More would wait for Python's lock."""
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(mine, 3)


def parsed(
    pool: ThreadPoolExecutor,
    most: int,
    source: Iterator[tuple[bytearray, int]],
    free: list[bytearray],
    dim: int,
    wanted: Wanted | None,
) -> Iterator[Part]:
    """What the blocks of the source give, in their order, while the next ones, `most` in all, are being read and parsed."""
    waiting = deque()
    for buffer, stop in source:
        waiting.append((pool.submit(parse, np.frombuffer(buffer, np.uint8, stop + SLACK), dim, wanted), buffer))
        if len(waiting) == most:
            done, buffer = waiting.popleft()
            yield done.result()
            free.append(buffer)
    while waiting:
        yield waiting.popleft()[0].result()


def collect(path: Path, shape: Shape, parts: Iterator[Part], rows: Rows) -> tuple[bytes, np.ndarray]:
    """Put the parts' rows into rows; return their words and the words' keys. Raises VectorsError, which names the line."""
    words, numbers, lines = [], [np.empty(0, dtype=np.uint64)], shape.header
    try:
        for part in parts:
            words.append(part.words)
            numbers.append(part.keys)
            rows.add(part.rows)
            lines += part.lines
    except BadLine as error:
        where = f"{path}, line {lines + error.line + 1:,}"
        raise VectorsError(f"{where}: {error.what}. The file may be cut off or damaged: {AGAIN}.") from None
    found = lines - shape.header
    if shape.words is not None and found < shape.words:
        what = f"holds {found:,} words, and its first line promises {shape.words:,}"
        raise VectorsError(f"{path} {what}: it was cut off; {AGAIN}.")
    return b"".join(words), np.concatenate(numbers)


class Rows:
    """A float32 matrix to which rows are added. What is not filled yet takes no memory."""

    def __init__(self, expected: int, dim: int) -> None:
        self._matrix = np.empty((expected, dim), dtype=np.float32)
        self._filled = 0

    def add(self, rows: np.ndarray) -> None:
        stop = self._filled + len(rows)
        if stop > len(self._matrix):
            self._matrix.resize((stop + stop // 2, self._matrix.shape[1]), refcheck=False)
        self._matrix[self._filled : stop] = rows
        self._filled = stop

    def finish(self) -> np.ndarray:
        """The rows that were added: the matrix itself, cut in place."""
        self._matrix.resize((self._filled, self._matrix.shape[1]), refcheck=False)
        return self._matrix


def any_twice(numbers: np.ndarray) -> bool:
    """Whether a number, uint64 (n,), stands twice. Faster than sorting: of those that share a place in a table, one stays there."""
    bits = max(10, len(numbers).bit_length() + 1)
    table = np.empty(1 << bits, dtype=np.int32)
    places = (numbers >> np.uint64(64 - bits)).view(np.int64)
    while len(numbers):
        own = np.arange(len(numbers), dtype=np.int32)
        table[places] = own
        there = table.take(places)
        lost = np.flatnonzero(there != own)
        if (numbers.take(there.take(lost)) == numbers.take(lost)).any():
            return True
        numbers, places = numbers.take(lost), places.take(lost)
    return False


def without_duplicates(words: bytes, numbers: np.ndarray, matrix: np.ndarray) -> Read:
    """Leave out the words that have stood before, and their rows, in place. numbers: the words' keys."""
    if not any_twice(numbers):
        return Read(words, matrix, 0)
    first: dict[str, int] = {}
    for i, word in enumerate(taken_apart(words)):
        first.setdefault(word, i)
    kept = np.fromiter(first.values(), dtype=np.int64)
    for start in range(0, len(kept), 1 << 14):  # rows only move up, so a few at a time need no copy of all
        some = kept[start : start + (1 << 14)]
        matrix[start : start + len(some)] = matrix[some]
    duplicates = len(matrix) - len(kept)
    matrix.resize((len(kept), matrix.shape[1]), refcheck=False)
    return Read("".join([word + "\n" for word in first]).encode("utf-8", "surrogateescape"), matrix, duplicates)
