"""Properties that tell how wrong numbers are off: a sign, a factor, an order. Found only where they explain all the cases.

A property that holds in the one case shown may hold by accident: two row numbers that sum to 1, ones that are all off by a
factor since all are equal. So each has to hold in every case that was tried, and on enough numbers to be no accident.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from course.checking.plain import Plain, numbers, same


@dataclass(frozen=True)
class Numbers:
    """One case: the numbers recorded and the attempt's, in the same shape."""

    shape: list[int]
    mine: list[float]
    theirs: list[float]


@dataclass(frozen=True)
class _Cases:
    """The cases whose numbers are finite, the one that is spoken of first, and the tolerances."""

    all: list[Numbers]
    rtol: float
    atol: float

    def close(self, a: list[float], b: list[float]) -> bool:
        one = {"kind": "array", "shape": [len(a)], "values": a}
        return len(a) == len(b) and same(one, {**one, "values": b}, self.rtol, self.atol)

    @property
    def off(self) -> list[Numbers]:
        return [case for case in self.all if not self.close(case.mine, case.theirs)]


def property_off(cases: list[Numbers], rtol: float, atol: float, is_result: bool) -> str:
    """The sentence on the property that is off in the first case, "" where none explains what came back."""
    first = cases[0]
    bad = [value for value in first.theirs if not math.isfinite(value)]
    if bad and all(math.isfinite(value) for value in first.mine):
        kind = "a NaN (not a number)" if math.isnan(bad[0]) else "an infinite number"
        where = "The result holds" if is_result else "There is"
        if all(isinstance(value, int) for value in first.mine):
            return f"{where} {kind}, where whole numbers are asked for."
        return f"{where} {kind}. Which step divides by zero, takes the log of zero, or overflows?"
    if not _finite(first):
        return ""
    tried = _Cases([case for case in cases if _finite(case)], rtol, atol)
    if any(case not in tried.all and not _same_ends(case) for case in cases):
        return ""  # elsewhere it is no number: whatever holds here is not the whole of it
    for look in (_zero, _sign, _whole, _rounded, _rest_zero, _order, _factor, _amount, _sums):
        if look is not _zero and _are_flags(tried):
            return ""
        sentence = look(tried, is_result)
        if sentence:
            return sentence
    return ""


def where_off(expected: Plain, saw: Plain, rtol: float, atol: float, many: str = "numbers") -> str:
    """Where the numbers differ: in how many places and at which the first is; of a single number, in which direction."""
    mine, theirs = numbers(expected), numbers(saw)
    tried = _Cases([], rtol, atol)
    if len(mine) == 1 and many != "numbers":
        return f"The shape is right; the {many} are not."
    if len(mine) == 1:
        if not (math.isfinite(mine[0]) and math.isfinite(theirs[0])):
            return "The number is not the one asked for."
        return f"The number is too {'large' if theirs[0] > mine[0] else 'small'} here."
    wrong = [i for i, (a, b) in enumerate(zip(mine, theirs, strict=True)) if not tried.close([a], [b])]
    if 0 < len(wrong) < len(mine):
        are_off = "are off; the first is" if len(wrong) > 1 else "is off; it is"
        return f"{len(wrong)} of {len(mine)} {many} {are_off} at position {_position(wrong[0], expected['shape'])}."
    return f"The shape is right; the {many} are not."


def _finite(case: Numbers) -> bool:
    return all(map(math.isfinite, case.mine)) and all(map(math.isfinite, case.theirs))


def _same_ends(case: Numbers) -> bool:
    """Whether NaN and infinity stand where they are recorded."""
    return all(
        a == b or (math.isnan(a) and math.isnan(b)) or (math.isfinite(a) and math.isfinite(b))
        for a, b in zip(case.mine, case.theirs, strict=True)
    )


def _is_whole(value: float) -> bool:
    return value == math.floor(value)


def _are_flags(tried: _Cases) -> bool:
    """Whether all numbers are 0 or 1, marks rather than quantities."""
    return all(value in (0, 1) for case in tried.all for value in case.mine + case.theirs)


def _weight(values: set[float], whole: float) -> float:
    """How much a set of values proves: a whole number counts less, since small whole numbers meet by accident."""
    return sum(whole if _is_whole(value) else 1 for value in values)


def _zero(tried: _Cases, is_result: bool) -> str:
    if not any(tried.all[0].mine) or any(any(case.theirs) for case in tried.all if any(case.mine)):
        return ""
    if _are_flags(tried) and not is_result:
        return ""
    if len(tried.all[0].mine) == 1:
        return "The number is zero here."
    of = " of the result" if is_result else ""
    held = (
        ""
        if all(isinstance(value, float) for value in tried.all[0].theirs)
        else " An array of whole numbers cannot hold a fraction."
    )
    fractions = [value for case in tried.all for value in case.mine if not _is_whole(value)]
    return f"Every number{of} is zero here.{held if fractions else ''}"


def _sign(tried: _Cases, is_result: bool) -> str:
    if not all(tried.close(case.mine, [-value for value in case.theirs]) for case in tried.all):
        return ""
    if _weight({value for case in tried.all for value in case.mine if value}, 1 / 3) < 1:
        return ""
    return "The sizes are right and the sign is the opposite."


def _whole(tried: _Cases, is_result: bool) -> str:
    if not all(_is_whole(value) for case in tried.all for value in case.theirs):
        return ""
    lost = {value for case in tried.all for value in case.mine if not _is_whole(value)}
    near = all(abs(a - b) < 1 for case in tried.all for a, b in zip(case.mine, case.theirs, strict=True))
    if len(lost) < 2 or not near:
        return ""
    return "Your numbers are whole numbers: what comes after the point is lost. An array of integers cuts it off; rounding does too."


def _rounded(tried: _Cases, is_result: bool) -> str:
    for digits in (1, 2, 3):
        finer = {a for case in tried.all for a in case.mine if abs(a - round(a, digits)) > 1e-6 * max(1, abs(a))}
        if len(finer) > 2 and all(
            abs(b - round(b, digits)) <= 1e-6 * max(1, abs(b)) and abs(a - b) <= 0.501 * 10**-digits
            for case in tried.all
            for a, b in zip(case.mine, case.theirs, strict=True)
        ):
            return "Your numbers are rounded. They are asked for as they are."
    return ""


def _rest_zero(tried: _Cases, is_result: bool) -> str:
    """The first rows right and zeros after them: a loop that is left too early."""
    said = ""
    for case in tried.off:
        if not case.shape or case.shape[0] < 2:
            return ""
        step = math.prod(case.shape[1:])
        filled = max((i // step + 1 for i, value in enumerate(case.theirs) if value), default=0)
        if not 0 < filled < case.shape[0] or not tried.close(case.mine[: filled * step], case.theirs[: filled * step]):
            return ""
        if not all(map(_is_whole, case.mine)) or len(set(case.mine)) > 2:
            things = "row" if len(case.shape) > 1 else "number"
            first = f"first {things} is" if filled == 1 else f"first {filled} {things}s are"
            said = said or f"The {first} right, and what follows is zero. Is a loop left too early?"
        else:
            return ""
    return said


def _order(tried: _Cases, is_result: bool) -> str:
    if not all(tried.close(sorted(case.mine), sorted(case.theirs)) for case in tried.all):
        return ""
    proof = sum(
        _weight({a for a, b in zip(case.mine, case.theirs, strict=True) if not tried.close([a], [b])}, 1 / 4)
        for case in tried.off
    )
    if proof < 1:
        return ""
    off = tried.off
    if all(len(case.shape) == 1 for case in off):
        if all(tried.close(case.mine, case.theirs[::-1]) for case in off) and any(len(case.mine) > 2 for case in off):
            return "The right numbers are there, in another order: back to front."
        return "The right numbers are there, in another order."
    if all(len(case.shape) == 2 and case.shape[0] == case.shape[1] for case in off) and all(
        tried.close(case.mine, [v for column in zip(*_rows(case, case.theirs), strict=True) for v in column])
        for case in off
    ):
        return "The right numbers are there, but rows and columns have changed places."
    if all(tried.close(_flat(sorted(_rows(case, case.mine))), _flat(sorted(_rows(case, case.theirs)))) for case in off):
        return "The right rows are there, in another order."
    if all(tried.close(case.mine, _flat([row[::-1] for row in _rows(case, case.theirs)])) for case in off):
        return "The right numbers are there, and each row is back to front."
    repeated = any(len(set(case.mine)) < len(case.mine) for case in off)
    return "" if repeated else "The right numbers are there, in other places."


def _rows(case: Numbers, values: list[float]) -> list[list[float]]:
    step = case.shape[-1]
    return [values[i : i + step] for i in range(0, len(values), step)] if step else []


def _flat(rows: list[list[float]]) -> list[float]:
    return [value for row in rows for value in row]


def _factor(tried: _Cases, is_result: bool) -> str:
    single = all(len(case.mine) == 1 for case in tried.all)
    cases = [_joined(tried)] if single else tried.all
    proof = 0.0
    for case in cases:
        top = max(range(len(case.mine)), key=lambda i, case=case: abs(case.mine[i]), default=None)
        if top is None or abs(case.mine[top]) < 1e-9:
            if any(case.theirs):
                return ""
            continue
        factor = case.theirs[top] / case.mine[top]
        if not factor or not tried.close([a * factor for a in case.mine], case.theirs):
            return ""
        if not tried.close(case.mine, case.theirs):
            proof += max(0, _weight(_distinct(case.mine) - {0}, 1 / 2) - 1)
    if proof < (2 if single else 1):
        return ""
    return f"{'In every case your number is' if single else 'All numbers are'} off by one and the same factor."


def _amount(tried: _Cases, is_result: bool) -> str:
    single = all(len(case.mine) == 1 for case in tried.all)
    cases = [_joined(tried)] if single else tried.all
    proof = 0.0
    for case in cases:
        if not case.mine:
            continue
        amount = case.theirs[0] - case.mine[0]
        if not tried.close([a + amount for a in case.mine], case.theirs):
            return ""
        if not tried.close(case.mine, case.theirs):
            proof += max(0, _weight(_distinct(case.mine), 1 / 2) - 1 / 2)
    if proof < (2 if single else 1):
        return ""
    return f"{'In every case your number is' if single else 'All numbers are'} off by one and the same amount."


def _joined(tried: _Cases) -> Numbers:
    """Single numbers of many cases as one list."""
    mine, theirs = _flat([case.mine for case in tried.all]), _flat([case.theirs for case in tried.all])
    return Numbers([len(mine)], mine, theirs)


def _distinct(values: list[float]) -> set[float]:
    return {float(f"{value:.4g}") for value in values}


def _sums(tried: _Cases, is_result: bool) -> str:
    """Rows of probabilities, which should sum to one and do not."""
    sums = [
        (sum(row), sum(other))
        for case in tried.all
        if case.shape and case.shape[-1] > 1
        for row, other in zip(_rows(case, case.mine), _rows(case, case.theirs), strict=True)
    ]
    fractions = {value for case in tried.all for value in case.mine if not _is_whole(value)}
    if len(sums) < 2 or len(fractions) < 3 or any(abs(total - 1) > 1e-4 for total, _ in sums):
        return ""
    if all(abs(total - 1) <= 1e-3 for _, total in sums):
        return ""
    return "Along the last axis the numbers should sum to 1, and yours do not."


def _position(index: int, shape: list[int]) -> str:
    place = []
    for size in reversed(shape):
        place.append(index % size)
        index //= size
    return str(place[0]) if len(place) == 1 else str(tuple(reversed(place)))
