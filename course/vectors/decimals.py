"""Decimal numbers in text, such as -0.12345, to float32: many at once, exact to the last bit.

float() takes one number at a time, and a file of 400,000 vectors holds twenty million. So NumPy reads them, eight characters
at a time: eight bytes of text are one 64-bit word, and three multiplications turn eight digits in a word into their value
(D. Lemire, "Quickly parsing eight digits", 2018). Most numbers are a digit, a point and up to six digits. With more digits after the
point a second word is needed; where the point stands elsewhere, more steps; and what is left after that is up to float().

Exact means: each value is np.float32(float(text)), bit by bit. A number of 15 digits is below 2**53, and a power of ten up to
10**22 is a double, so their quotient is the double that is nearest to the decimal, and that is what float() gives
(W. D. Clinger, "How to read floating point numbers accurately", 1990).
"""

from __future__ import annotations

import numpy as np

SLACK = 24  # bytes that must follow the last number: it is read in words that may end after it

_ZEROS = np.uint64(0x3030303030303030)  # the text 00000000; text ^ zeros: 0 to 9 for a digit, more for anything else
_POINT = np.uint64(ord(".") ^ ord("0"))
_TO_HIGH_BIT = np.uint64(0x7676767676767676)  # 0x76 + 10 = 0x80: sets the high bit of each byte above 9
_HIGH_BITS = np.uint64(0x8080808080808080)
_NONE, _ONE, _BYTE = np.uint64(0), np.uint64(1), np.uint64(255)
_PAIRS, _QUARTERS = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0000FFFF0000FFFF)
_TWO, _FOUR, _EIGHT = (np.uint64(10 << 8 | 1), np.uint64(100 << 16 | 1), np.uint64(10_000 << 32 | 1))
_7, _8, _16, _32, _56, _64 = (np.uint64(bits) for bits in (7, 8, 16, 32, 56, 64))
_DIGIT_POINT_DIGITS = _ZEROS ^ _POINT << np.uint64(8)  # the text 0.000000, which most numbers are like; text ^ this: 0 for the point
_TO_HIGH_BIT_OR_POINT = _TO_HIGH_BIT + np.uint64(9 << 8)  # and here of the second byte, if it is not 0
_MANY = 200  # numbers: for fewer, float() is faster than the many steps of any_point
_IN_NUMBERS = b"0123456789+-.eE"


def number(text: bytes) -> float:
    """The value of one number in text, as a double. Raises ValueError unless it is a decimal that float32 can hold."""
    if text.translate(None, _IN_NUMBERS):  # float() alone would also take 1_000, nan and blanks
        raise ValueError(text)
    value = float(text)
    if abs(value) > 3e38:
        with np.errstate(over="ignore"):
            if not np.isfinite(np.float32(value)):
                raise ValueError(text)
    return value


def is_number(field: bytes) -> bool:
    try:
        number(field)
    except ValueError:
        return False
    return True


def decimals(
    text: np.ndarray, left: np.ndarray, right: np.ndarray, passed_over: slice = slice(0)
) -> tuple[np.ndarray, np.ndarray]:
    """The numbers that stand in text between left and right.

    text: uint8, with at least SLACK bytes after the last number. left, right: int64 (n,): where the character before each
    number stands, and the one after it. passed_over: which of the n are something else; their values mean nothing.
    Returns the values, float64 (n,), and the indices of those that could not be read because they are no numbers.
    """
    negative = (text[1:].take(left) == ord("-")).astype(np.int64)
    start = left + negative
    start += 1
    blank = start - right
    blank += 8  # how much shorter than eight characters the number is, without its sign
    odd = blank.view(np.uint64) > 7
    np.maximum(blank, 0, out=blank)
    word = words_at(text, start)
    word ^= _DIGIT_POINT_DIGITS
    cut_off(word, blank)
    high = not_digits(word, _TO_HIGH_BIT_OR_POINT, out=blank.view(np.uint64))
    wrong = high != 0
    first = np.bitwise_and(word, _BYTE, out=high)
    first *= _BYTE
    word += first  # the digit before the point goes up by a byte, to the point's place: times 256
    values = whole_number(word).view(np.int64).astype(np.float64)
    odd |= wrong
    odd[passed_over] = False
    rest = np.flatnonzero(odd)
    long, fits = long_decimals(text, start.take(rest), right.take(rest), values.take(rest))
    fits &= ~wrong.take(rest)
    values /= 1e6
    values[rest[fits]] = long[fits]
    negative <<= 63
    values.view(np.int64)[:] |= negative  # so 0.0 gets a sign, too
    rest = rest[~fits]
    if rest.size > _MANY:
        rest = any_point(text, left, right, values, rest)
    return values, one_by_one(text, left, right, values, rest)


def long_decimals(
    text: np.ndarray, start: np.ndarray, right: np.ndarray, millionths: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Numbers whose first eight characters, a digit, a point and six digits, are read already: so many millionths, float64 (n,).

    start, right: int64 (n,): where each number stands, without its sign, and the character after it.
    Returns the values, float64 (n,), and which of them are right, bool (n,): of those with 9 to 16 characters, if only digits follow.
    """
    length = right - start
    word = words_at(text, start + 8)
    word ^= _ZEROS
    cut_off(word, np.clip(16 - length, 0, 8))
    fits = not_digits(word) == 0
    fits &= length > 8
    fits &= length <= 16
    values = millionths * 1e8
    values += whole_number(word)
    values /= 1e14
    return values, fits


def any_point(
    text: np.ndarray, left: np.ndarray, right: np.ndarray, values: np.ndarray, rest: np.ndarray
) -> np.ndarray:
    """Fill in those of the values at the indices `rest` that have up to 16 characters, with or without a point, wherever it stands.

    Returns the indices of the others.
    """
    left, right = left.take(rest), right.take(rest)
    negative = text.take(left + 1) == ord("-")
    start = left + 1 + negative
    length = right - start
    first, second = sixteen(words_at(text, start) ^ _ZEROS, words_at(text, start + 8) ^ _ZEROS, length)
    high, high_2 = not_digits(first), not_digits(second)
    unit, unit_2 = high >> _7, high_2 >> _7
    first, second = first ^ unit * _POINT, second ^ unit_2 * _POINT
    wrong = (high & (high - _ONE)) | (high_2 & (high_2 - _ONE)) | (first & (unit * _BYTE)) | (second & (unit_2 * _BYTE))
    wrong |= np.where(high != 0, high_2, _NONE)  # one point in all
    # What is before the point goes up by a byte. If the point is in the second word, that is all of the first word.
    last = np.where(unit_2 != 0, first >> _56, _NONE)
    before = np.where(unit_2 != 0, first, np.where(unit != 0, first & (unit - _ONE), _NONE))
    before_2 = np.where(unit_2 != 0, second & (unit_2 - _ONE), _NONE)
    first, second = first + before * _BYTE, second + before_2 * _BYTE + last
    digits = whole_number(first).astype(np.float64) * 1e8 + whole_number(second).astype(np.float64)
    power = whole_number(unit).astype(np.float64) * 1e8 + whole_number(unit_2).astype(np.float64)  # 0: no point
    value = digits / np.maximum(power, 1) * (1 - 2 * negative.view(np.int8))
    fits = (wrong == 0) & (length <= 16) & (length > (power > 0)) & (digits < 2.0**53)
    values[rest[fits]] = value[fits]
    return rest[~fits]


def sixteen(first: np.ndarray, second: np.ndarray, length: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two words of eight bytes one after the other, moved up so that the first `length` bytes of them end the second.

    Shifts of 64 bits and more, and by less than none, which become huge, give 0 in NumPy.
    """
    blank = (np.clip(16 - length, 0, 16) << 3).view(np.uint64)
    return first << blank, second << blank | first >> (_64 - blank) | first << (blank - _64)


def one_by_one(
    text: np.ndarray, left: np.ndarray, right: np.ndarray, values: np.ndarray, rest: np.ndarray
) -> np.ndarray:
    """Fill in the values at the indices `rest` with float(). Returns the indices of those that are no numbers."""
    if not rest.size:
        return rest
    starts, stops = left.take(rest) + 1, right.take(rest)
    first = int(starts[0])
    part = text[first : stops[-1]].tobytes()
    fields = [part[a:b] for a, b in zip((starts - first).tolist(), (stops - first).tolist(), strict=True)]
    try:
        values[rest] = [number(field) for field in fields]
        return rest[:0]
    except ValueError:
        return rest[[not is_number(field) for field in fields]]


def words_at(text: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The eight bytes of text, uint8, from each place on, int64 (n,), as 64-bit words: uint64 (n,), first byte lowest.

    text must go on for 16 bytes after each place. Each word is made of the two around it that begin at multiples of 8.
    """
    aligned = text[: len(text) // 8 * 8].view("<u8")
    row = places >> 3
    shift = ((places & 7) << 3).view(np.uint64)
    word = aligned.take(row)
    word >>= shift
    after = aligned[1:].take(row)
    after <<= np.subtract(_64, shift, out=shift)
    word |= after
    return word


def cut_off(word: np.ndarray, count: np.ndarray) -> None:
    """Make the last `count` bytes of each word 0: int64 (n,), 0 to 8. In place, count too. Shifts of 64 give 0 in NumPy."""
    count <<= 3
    shift = count.view(np.uint64)
    word <<= shift
    word >>= shift


def not_digits(word: np.ndarray, to_high_bit: np.uint64 = _TO_HIGH_BIT, out: np.ndarray | None = None) -> np.ndarray:
    """The high bits of those bytes of a word, text ^ zeros, that are no digits: above 9. out: where to put them, uint64 (n,).

    to_high_bit: what sets the high bit of each such byte, when it is added.
    """
    high = np.add(word, to_high_bit, out=out)  # a carry into the next byte comes only from a byte that is no digit
    high |= word
    high &= _HIGH_BITS
    return high


def whole_number(word: np.ndarray) -> np.ndarray:
    """The number that the eight digits of a word make, the first in the lowest byte, as bytes from 0 to 9. In place."""
    word *= _TWO  # in each pair of bytes the upper one is now ten times the first digit, plus the second
    word >>= _8
    word &= _PAIRS
    word *= _FOUR
    word >>= _16
    word &= _QUARTERS
    word *= _EIGHT
    word >>= _32
    return word
