"""Says which property of a wrong result is off - its type, shape, sign, scale, order - and never what the result should be."""

from __future__ import annotations

import math
from typing import Any

from course.checking.observe import Seen
from course.checking.plain import Plain, numbers, plain, same, shape, short

_KINDS = {
    "number": "one number",
    "array": "an array of numbers",
    "text": "text",
    "list": "a list",
    "dict": "a dict",
    "set": "a set",
    "nothing": "None",
    "blank": "`...`",
}


def what(value: Any) -> str:
    """A value in a few words: "the number 3", "a list", "an object of type Dense"."""
    form = plain(value)
    return (
        f"an object of type {form['type']}"
        if form["kind"] == "other"
        else f"{_KINDS.get(form['kind'], 'an array')}: {short(form)}"
    )


def difference(name: str, expected: Plain, got: Seen, takes: list[str] | None) -> str:
    """One sentence on the first observation that differs."""
    saw, changed = got.saw, list(got.changed)
    if changed != expected.get("changed", []) and same(_bare(expected), saw):
        which = takes[changed[0]] if changed and takes and changed[0] < len(takes) else "an argument"
        return f"The result is right, but `{name}` changed its input `{which}`. Work on a copy, so that the caller's own stays as it was."
    return got.say or _value(name, _bare(expected), saw)


def case(expected: Plain, got: Seen, takes: list[str] | None) -> tuple[str, ...]:
    """The lines that show the smallest failing case: what it is about, the inputs, what came back."""
    lines = []
    if got.about:
        lines.append(f"Look at the case: {got.about}.")
    lines += given(got, takes)
    if got.saw["kind"] not in ("nothing", "raised") and not same(_bare(expected), got.saw):
        lines.append(f"yours: {short(got.saw)}")
    return tuple(lines)


def given(got: Seen, takes: list[str] | None) -> list[str]:
    if not got.given:
        return []
    names = takes if takes and len(takes) >= len(got.given) else [f"argument {i + 1}" for i in range(len(got.given))]
    return ["with " + ", ".join(f"{name} = {value}" for name, value in zip(names, got.given, strict=False))]


def printed(text: str) -> tuple[str, ...]:
    """The first line of what the attempt printed while it was tried, for those who debug by printing."""
    lines = text.strip().splitlines()
    if not lines:
        return ()
    more = f" (and {len(lines) - 1} more line{'s' * (len(lines) > 2)})" if len(lines) > 1 else ""
    return (f"it printed: {lines[0][:100]}{more}",)


def _bare(expected: Plain) -> Plain:
    return {key: value for key, value in expected.items() if key != "changed"}


def _value(name: str, expected: Plain, saw: Plain) -> str:
    kind = saw["kind"]
    if expected["kind"] == "raised":
        return f"This input should be refused with an error, and `{name}` returned a result."
    if kind == "nothing" and expected["kind"] != "nothing":
        return f"`{name}` returned None. Did you forget `return`?"
    if kind == "other":
        return f"The result is an object of type {saw['type']}, where {_asked(expected)} is asked for."
    if kind == "huge" or shape(saw) != shape(expected):
        return _shape(expected, saw)
    if kind != expected["kind"]:
        return f"The result is {_KINDS[kind]}, where {_asked(expected)} is asked for."
    if kind in ("number", "array"):
        return _numbers(expected, saw)
    if kind == "text":
        return _text(expected["value"], saw["value"])
    return _collection(expected, saw)


def _asked(expected: Plain) -> str:
    form = _KINDS.get(expected["kind"], "something else")
    return f"{form} of shape {shape(expected)}" if expected["kind"] == "array" else form


def _shape(expected: Plain, saw: Plain) -> str:
    asked, has = shape(expected), shape(saw)
    if asked is None:
        return f"The result is {_KINDS.get(saw['kind'], 'an array')}, where {_asked(expected)} is asked for."
    if has is None:
        return f"The result is {_KINDS[saw['kind']]}, where {_asked(expected)} is asked for."
    if saw["kind"] == "huge":
        return f"The result has shape {has}: far more numbers than shape {asked}, which is asked for."
    asked_text = "one number" if asked == () else f"shape {asked}"
    has_text = "one number" if has == () else f"shape {has}"
    mine, theirs = numbers(expected), numbers(saw)
    if len(mine) == len(theirs) and _all_close(mine, theirs):
        return f"The numbers are right, but they come as {has_text} where {asked_text} is asked for."
    return f"The result has {has_text}, where {asked_text} is asked for.".replace("has one number", "is one number")


def _numbers(expected: Plain, saw: Plain) -> str:
    mine, theirs = numbers(expected), numbers(saw)
    bad = [value for value in theirs if not math.isfinite(value)]
    if bad and all(math.isfinite(value) for value in mine):
        name = "a NaN (not a number)" if math.isnan(bad[0]) else "an infinite number"
        return f"The result holds {name}. Which step divides by zero, takes the log of zero, or overflows?"
    if any(mine) and not any(theirs):
        return "Every number of the result is zero here." if len(theirs) > 1 else "The number is zero here."
    if _all_close(mine, [-value for value in theirs]):
        return "The sizes are right and the sign is the opposite."
    if len(mine) > 1:
        if _all_close(sorted(mine), sorted(theirs)):
            return "The right numbers are there, in another order."
        factor = _factor(mine, theirs)
        if factor:
            return "All numbers are off by one and the same factor."
        if _all_close([a - mine[0] for a in mine], [b - theirs[0] for b in theirs]) and len(set(mine)) > 1:
            return "All numbers are off by one and the same amount."
        row_sentence = _rows(expected, saw)
        if row_sentence:
            return row_sentence
        wrong = [i for i, (a, b) in enumerate(zip(mine, theirs, strict=True)) if not _all_close([a], [b])]
        if 0 < len(wrong) < len(mine):
            are_off = "are off; the first is" if len(wrong) > 1 else "is off; it is"
            return (
                f"{len(wrong)} of {len(mine)} numbers {are_off} at position {_position(wrong[0], expected['shape'])}."
            )
        return "The shape is right; the numbers are not."
    if mine[0] > 0 > theirs[0] or theirs[0] > 0 > mine[0]:
        return "The number has the wrong sign."
    return f"The number is too {'large' if theirs[0] > mine[0] else 'small'} here."


def _rows(expected: Plain, saw: Plain) -> str:
    """A property of probabilities: rows that should sum to one and do not."""
    shape_ = expected.get("shape", [])
    if len(shape_) < 1 or not shape_[-1]:
        return ""
    step = shape_[-1]
    sums = [[sum(v[i : i + step]) for i in range(0, len(v), step)] for v in (expected["values"], saw["values"])]
    if all(abs(total - 1) < 1e-4 for total in sums[0]) and any(abs(total - 1) > 1e-3 for total in sums[1]):
        return "Along the last axis the numbers should sum to 1, and yours do not."
    return ""


def _factor(mine: list[float], theirs: list[float]) -> float | None:
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if abs(a) > 1e-9]
    if len(pairs) < 2 or abs(pairs[0][1]) < 1e-9:
        return None
    factor = pairs[0][1] / pairs[0][0]
    return factor if _all_close([a * factor for a in mine], theirs) else None


def _text(mine: str, theirs: str) -> str:
    if mine.lower() == theirs.lower():
        return "The text differs in upper and lower case only."
    if "".join(mine.split()) == "".join(theirs.split()):
        return "The text differs in its spaces only."
    return "The text is not what the statement describes."


def _collection(expected: Plain, saw: Plain) -> str:
    mine, theirs = expected["items"], saw["items"]
    if len(mine) != len(theirs):
        are = "is" if len(mine) == 1 else "are"
        return f"The result has {len(theirs)} item{'s' * (len(theirs) != 1)}, where {len(mine)} {are} asked for."
    if expected["kind"] == "dict":
        for (key_a, value_a), (key_b, value_b) in zip(mine, theirs, strict=True):
            if not same(key_a, key_b):
                return "The keys of the dict are not the ones asked for."
            if not same(value_a, value_b):
                return f"The value under the key {short(key_a)} is off: {_inner(value_a, value_b)}"
    if expected["kind"] == "list":
        if sorted(map(str, mine)) == sorted(map(str, theirs)):
            return "The right items are there, in another order."
        for i, (a, b) in enumerate(zip(mine, theirs, strict=True)):
            if not same(a, b):
                return f"Item {i} of the result is off (counting from 0): {_inner(a, b)}"
    return "The members of the set are not the ones asked for."


def _inner(expected: Plain, saw: Plain) -> str:
    sentence = _value("it", expected, saw)
    return sentence[0].lower() + sentence[1:]


def _position(index: int, shape_: list[int]) -> str:
    place = []
    for size in reversed(shape_):
        place.append(index % size)
        index //= size
    return str(place[0]) if len(place) == 1 else str(tuple(reversed(place)))


def _all_close(a: list[float], b: list[float]) -> bool:
    return len(a) == len(b) and all(
        same({"kind": "number", "value": x}, {"kind": "number", "value": y}) for x, y in zip(a, b, strict=True)
    )
