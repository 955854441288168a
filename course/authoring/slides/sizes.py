"""How large the type of a slide can be, reckoned from its words: as large as there is room, so that it is read from the last row.

A reckoning, not a measurement; that everything fits is what the browser tests prove.
"""

from __future__ import annotations

import itertools
import math
import re
from typing import NamedTuple

from course.authoring.slides.deck import Part, Slide

WIDE, HIGH = 1152, 528  # pixels of a slide's body, where its title has one line
TEXT, CODE = range(34, 27, -2), range(30, 22, -1)  # the smallest, 23, is 18.4 as projected on 1024 x 768


class Sizes(NamedTuple):
    """Of words, and of code and printed output, in pixels of 1280 x 720."""

    text: int
    code: int


def sizes(slide: Slide) -> Sizes:
    """The largest type with which the slide's parts stand below each other."""
    if slide.kind == "title":
        return Sizes(32, 25)
    if slide.figures:
        return Sizes(
            30, next((code for code in CODE if all(_part(part, 30, code)[1] <= WIDE for part in slide.parts)), CODE[-1])
        )
    high = HIGH - 50 * (len(slide.title) > 50) - 38 * bool(slide.chip)
    choices = sorted(itertools.product(TEXT, CODE), key=lambda one: -2 * one[0] - one[1])  # words first
    return Sizes(*next((one for one in choices if _fits(slide, *one, high)), (TEXT[-1], CODE[-1])))


def _fits(slide: Slide, text: int, code: int, high: int) -> bool:
    parts = [_part(part, text, code) for part in slide.parts]
    gaps = 22 * (len(parts) - 1)
    return sum(height for height, _ in parts) + gaps <= high and all(width <= WIDE for _, width in parts)


def _part(part: Part, text: int, code: int) -> tuple[float, float]:
    """Height and width of a part."""
    if part.kind in ("code", "exercise", "output"):
        shown = max((part.text, part.answer), key=lambda one: len(one.splitlines()))
        return _code(shown, code, max(len(line) for line in f"{part.text}\n{part.answer}".splitlines()))
    if part.kind == "live":
        height, width = _code(part.text.split("\n")[1], code)
        return height + 2.5 * 1.4 * text, width + 25
    height = width = 0.0
    for nth, piece in enumerate(re.split(r"^```\w*\n(.*?)^```\n?", part.text + "\n", flags=re.DOTALL | re.MULTILINE)):
        if nth % 2:
            more, wide = _code(piece.rstrip("\n"), code)
            height, width = height + more + 0.6 * text, max(width, wide)
        else:
            height += _words(piece, text)
    if part.kind == "quiz":  # a line and some room around each choice
        height += 0.5 * text * part.text.count("\n- ") + text
    return height + (_words(part.answer, text) + 10 if part.answer else 0), width


def _code(shown: str, size: int, columns: int = 0) -> tuple[float, float]:
    lines = shown.splitlines()
    return 1.42 * size * len(lines) + 32, 0.6 * size * (columns or max(map(len, lines))) + 40


def _words(words: str, size: int) -> float:
    """Paragraphs, lists and tables: a letter is half as wide as high."""
    height, paragraph = 0.0, 0.0
    for line in [*words.splitlines(), ""]:
        if line.startswith("$$"):
            height += 3.8 * size + 2 * size  # a fraction or a sum, and the room around it
        elif line.startswith("|"):
            height += 0 if set(line) <= set("|-: ") else 52
        elif line.strip():
            if paragraph and re.match(r"- |\d+\. ", line):
                height, paragraph = height + 1.4 * size * math.ceil(paragraph / (1100 / (0.5 * size))) + 0.42 * size, 0
            paragraph += len(line) + 1
        elif paragraph:
            height += 1.4 * size * math.ceil(paragraph / (1100 / (0.5 * size))) + 0.6 * size
            paragraph = 0
    return height
