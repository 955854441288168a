"""Lines of text, a word and its numbers in each, to words and rows of float32: a block of lines at a time.

A line is split from the right: its last `dim` fields are the numbers, and what stands before them is the word, whatever
it holds (GloVe has words with blanks, no-break spaces and next-line characters in them). Nothing splits but the space.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from course.vectors.decimals import SLACK, decimals, is_number, number
from course.vectors.errors import BadLine
from course.vectors.wanted import Wanted

_FEED, _SPACE, _RETURN = (ord(character) for character in "\n \r")
_WITH_POINT = re.compile(rb"[+-]?\d*\.\d+(?:[eE][+-]?\d+)?")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_NOT_YET, _EMPTY = -1, -2  # where a line's word ends, if not at a place in the block


class Part(NamedTuple):
    """What a block gave: n words, each followed by a line feed, and their keys, uint64 (n,); their rows, float32 (n, dim); how many
    lines it had."""

    words: bytes
    keys: np.ndarray
    rows: np.ndarray
    lines: int


class Fields(NamedTuple):
    """Where the lines of a block begin and end, int64; which of them are regular, bool of the same shape; and of those:

    where the word ends, and the character after each number stands, int64 of shapes (r,) and (r, dim).
    """

    starts: np.ndarray
    ends: np.ndarray
    regular: np.ndarray
    word_ends: np.ndarray
    number_ends: np.ndarray


def parse(block: np.ndarray, dim: int, wanted: Wanted | None = None) -> Part:
    """Read a block of lines: uint8, at least one whole line, each ended by a line feed; then SLACK bytes of anything.

    wanted: the words to keep, None for all. Of a line with another word the numbers are not looked at.
    Empty lines are passed over. Raises BadLine.
    """
    if wanted is None:
        return parse_all(block, dim)
    ends = np.flatnonzero(block[:-SLACK] == _FEED)
    starts = after(ends)
    maybe = wanted.maybe(block, starts)
    maybe[-1] = True  # so that it is noticed when the file was cut off here
    chosen = np.flatnonzero(maybe)
    places = zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True)
    few = b"".join([*(block[start : end + 1].tobytes() for start, end in places), bytes(SLACK)])
    try:
        part = parse_all(np.frombuffer(few, dtype=np.uint8), dim)
    except BadLine as error:
        raise BadLine(int(chosen[error.line]), error.what) from None
    words, rows = wanted.only(part.words, part.rows)
    return Part(words, keys(words), rows, len(ends))


def parse_all(block: np.ndarray, dim: int) -> Part:
    """Read every line of a block. A mark is a space, a line feed or another control character."""
    marks = np.flatnonzero(block[:-SLACK] <= _SPACE)
    return parse_plain(block, marks, dim) or parse_any(block, marks, dim)


def parse_plain(block: np.ndarray, marks: np.ndarray, dim: int) -> Part | None:
    """Read a block, as nearly all are, in which each line is a word, dim times a space and a number, and a line feed; else None.

    marks: where they stand, int64.
    """
    ends = marks[dim :: dim + 1]
    if len(marks) != (dim + 1) * len(ends) or (block.take(ends) != _FEED).any():
        return None
    if np.count_nonzero(block[:-SLACK] < _SPACE) > len(ends):
        return None
    rows = np.empty(len(marks), dtype=np.float32)
    rows[:-1], wrong = decimals(block, marks[:-1], marks[1:], passed_over=slice(dim, None, dim + 1))
    if wrong.size:
        return None
    words = cut(block, after(ends), marks[:: dim + 1])
    return Part(words, keys(words), rows.reshape(-1, dim + 1)[:, :dim], len(ends))


def parse_any(block: np.ndarray, marks: np.ndarray, dim: int) -> Part:
    """Read a block: the regular lines with NumPy, the others one by one."""
    fields = find_fields(block, marks, dim)
    lines = len(fields.starts)
    right = fields.number_ends.reshape(-1)
    left = np.empty_like(right)
    left[1:] = right[:-1]
    left[::dim] = fields.word_ends
    values, wrong = decimals(block, left, right)
    rows, word_ends = values.reshape(-1, dim), fields.word_ends
    if len(rows) == lines and not wrong.size:
        rows = rows.astype(np.float32)
    else:
        fast, regular = np.flatnonzero(fields.regular), rows
        rows, word_ends = np.empty((lines, dim), dtype=np.float32), np.full(lines, _NOT_YET)
        rows[fast], word_ends[fast] = regular, fields.word_ends
        word_ends[fast[wrong // dim]] = _NOT_YET
        for line in np.flatnonzero(word_ends == _NOT_YET).tolist():
            word_ends[line] = parse_one(block, fields, line, rows[line])
    kept = np.flatnonzero(word_ends != _EMPTY)
    if len(kept) < lines:
        rows = rows[kept]
    words = cut(block, fields.starts[kept], word_ends[kept])
    if b" " in words:
        refuse_long_lines(words, kept, dim)
    return Part(words, keys(words), rows, lines)


def find_fields(block: np.ndarray, marks: np.ndarray, dim: int) -> Fields:
    """Find the lines of a block, and in those that are regular the numbers.

    The last marks of a regular line are dim spaces and the end of the line. So it is split from the right, and the word may hold
    any marks.
    """
    kinds = block.take(marks)
    feeds = np.flatnonzero(kinds == _FEED)
    ends = marks[feeds]
    last = before_blanks(feeds, marks, kinds)
    first = last - dim  # the space after the word; the line's first mark comes after the feed before
    feed_before = np.concatenate(([-1], feeds[:-1]))
    regular = (first > feed_before) & (kinds.take(first, mode="clip") == _SPACE)
    after_number = np.ones(len(marks), dtype=bool)
    after_number[ranges(feed_before + 1, np.where(regular, first, last) + 1)] = False
    after_number[ranges(last + 1, feeds + 1)] = False
    number_ends, word_ends = marks[after_number].reshape(-1, dim), marks[first[regular]]
    other = kinds[after_number] != _SPACE
    other[dim - 1 :: dim] = False  # the ends of lines
    if other.any():
        good = ~other.reshape(-1, dim).any(axis=1)
        number_ends, word_ends = number_ends[good], word_ends[good]
        regular[regular] = good
    return Fields(after(ends), ends, regular, word_ends, number_ends)


def after(ends: np.ndarray) -> np.ndarray:
    """Where the lines start that have these ends."""
    return np.concatenate(([0], ends[:-1] + 1))


def before_blanks(feeds: np.ndarray, marks: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """For each line feed, as an index into marks, the mark after the last number.

    It is an earlier one if a carriage return stands before the line feed, or a blank (word2vec writes one), or both.
    """
    last = feeds.copy()
    for _ in range(2):
        before = kinds.take(last - 1, mode="clip")
        last -= ((before == _SPACE) | (before == _RETURN)) & (marks.take(last - 1, mode="clip") == marks[last] - 1)
    return last


def parse_one(block: np.ndarray, fields: Fields, line: int, row: np.ndarray) -> int:
    """Read one line that is not regular, its numbers into row. Returns where its word ends, or that it is empty."""
    start = int(fields.starts[line])
    text = block[start : fields.ends[line]].tobytes().rstrip(b"\r ")
    if not text:
        return _EMPTY
    word, *numbers = text.rsplit(b" ", len(row))
    if len(numbers) < len(row):
        raise BadLine(line, f"it has {count(len(numbers))} where {len(row)} are expected")
    for i, field in enumerate(numbers):
        try:
            row[i] = number(field)
        except ValueError:
            shown = field[:20].decode("utf-8", "backslashreplace")
            raise BadLine(line, f"{shown!r} stands where number {i + 1} of {len(row)} is expected") from None
    return start + len(word)


def refuse_long_lines(words: bytes, lines: np.ndarray, dim: int) -> None:
    """Raise BadLine for a word in which a number with a point follows a space: a line with more than dim numbers."""
    for line, word in zip(lines.tolist(), words.split(b"\n"), strict=False):
        fields = word.split(b" ")[1:]
        if any(map(_WITH_POINT.fullmatch, fields)):
            raise BadLine(line, f"it has {count(dim + sum(map(is_number, fields)))} where {dim} are expected")


def cut(block: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> bytes:
    """The bytes from each start up to its end, each followed by a line feed."""
    text = block.take(ranges(starts, ends + 1))
    text[np.cumsum(ends + 1 - starts) - 1] = _FEED
    return text.tobytes()


def ranges(starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """All whole numbers from each start up to its stop, one after the other: int64."""
    lengths = np.maximum(stops - starts, 0)
    after = np.cumsum(lengths)
    return np.arange(lengths.sum()) + np.repeat(starts - after + lengths, lengths)


def keys(words: bytes) -> np.ndarray:
    """A number for each of the words, which are followed by a line feed each: uint64 (n,), the same for the same word.

    It is a polynomial in the word's bytes, modulo 2**64; two words with one number are possible and very rare.
    """
    text = np.frombuffer(words, dtype=np.uint8)
    stops = np.flatnonzero(text == _FEED) + 1
    starts = np.concatenate(([0], stops))[:-1]
    places = np.arange(len(text)) - np.repeat(starts, stops - starts)
    powers = np.cumprod(np.full(places.max(initial=0) + 1, _BASE))
    return np.add.reduceat(powers.take(places) * text, starts) if len(starts) else np.empty(0, dtype=np.uint64)


def count(numbers: int) -> str:
    return f"{numbers} number{'s' * (numbers != 1)}"
