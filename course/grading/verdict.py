"""From what came out of an exercise's cells to a verdict. Only nbval's comparison makes it right; the rest says what went wrong."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import zip_longest

from course.grading.judge import Item
from course.grading.reference import Expected

_BESIDE = "Of the cells beside the answers, only what an answer uses comes along."
_ERROR = r"[A-Z]\w{1,40}(?:Error|Exception|Warning|Interrupt|Exit|Iteration)"  # what reads as an error's name


@dataclass(frozen=True)
class Verdict:
    """One exercise's result.

    verdict: "right", "not yet", "not attempted", "error", "timed out", "crashed" (Python ended), "missing" (no answer cell).
    mistake: the wrong way that prints the same, "" for none. message: for the student, without any reference value.
    """

    verdict: str
    points: int
    out_of: int
    seconds: float = 0.0
    mistake: str = ""
    message: str = ""


def without_points(verdict: str, out_of: int, seconds: float = 0.0, message: str = "", mistake: str = "") -> Verdict:
    return Verdict(verdict, 0, out_of, round(seconds, 2), mistake, _clean(message))


def decide(name: str, out_of: int, expected: Expected, answer: Item | None, probe: Item) -> Verdict:
    """The verdict on an exercise whose probe ran. answer: its answer cell, which may have stopped with an error of its own."""
    seconds = probe.seconds + (answer.seconds if answer else 0.0)
    if probe.passed:
        return Verdict("right", out_of, out_of, round(seconds, 2))
    if probe.error:
        own = answer.error if answer and probe.error[0] == "NameError" else None
        start = "The answer cell stopped with" if own else f"`{name}` could not be tried:"
        message = _ended(f"{start} {': '.join(part for part in own or probe.error if part)}")
        message += f" {_BESIDE}" if own and own[0] == "NameError" else ""
        return without_points("error", out_of, seconds, message)
    lines = probe.text.removesuffix("\n").split("\n")
    if lines == ["not attempted"] or _kind(lines[0]) == "blank" or _raised(lines) == "NotImplementedError":
        return without_points("not attempted", out_of, seconds)
    mistake = next((each for each in expected.mistakes if each.lines == lines), None)
    first = next((line for line, other in zip(lines, expected.lines, strict=False) if line != other), lines[-1])
    verdict = "error" if _raised([first]) else "not yet"
    message = mistake.sentence if mistake else _message(name, lines, expected.lines)
    return without_points(verdict, out_of, seconds, message, mistake.name if mistake else "")


def _message(name: str, lines: list[str], expected: list[str]) -> str:
    if lines[-1].startswith("unfit: "):
        return lines[-1].removeprefix("unfit: ")
    off = [(line, other) for line, other in zip_longest(lines, expected, fillvalue="") if line != other]
    many = f"{len(off)} of {max(len(lines), len(expected))} things tried with `{name}` came out differently."
    line, other = next(((line, other) for line, other in off if _raised([line])), ("", ""))
    raised = _raised([line]).lstrip("_")  # NumPy has a _UFuncNoLoopError
    if re.fullmatch(_ERROR, raised):
        article = "an" if re.match("[AEIO]|Unb", raised) else "a"
        return f"`{name}` stopped with {article} {raised}." + (f" {_BESIDE}" if raised == "NameError" else "")
    if raised:  # an error of the answer's own, or a word that the probe has for this kind of error
        where = " for an input that it should take" if other and not _raised([other]) else ""
        return f"`{name}` stopped with an error{where}." + (f" In all, {many}" if len(off) > 1 else "")
    return many


def _raised(lines: list[str]) -> str:
    """The type of the first error that the lines tell of, "" for none."""
    for line in lines:
        if line.startswith("error: "):
            return line.removeprefix("error: ")
        if _kind(line) == "raised":
            return str(json.loads(line).get("type"))
    return ""


def _kind(line: str) -> str:
    try:
        saw = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    return str(saw.get("kind")) if isinstance(saw, dict) else ""


def _ended(text: str) -> str:
    """The text as a sentence that ends."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _clean(message: str) -> str:
    """One line without control characters: much of it was written by the student's kernel."""
    line = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", message).split())
    line = re.sub(r"\(\d+\.py, (line \d+)\)(\.?)$", r"(\1)\2", line)  # IPython calls a cell 3298701925.py
    line = "".join(letter for letter in line if letter.isprintable())
    return line if len(line) <= 300 else line[:297] + "..."
