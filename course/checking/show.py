"""How verdicts, hints and answers look: rich in a notebook, plain text elsewhere, the same from run to run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.checking.judge import Verdict

# Dark enough on white and light enough on black for the 3:1 that a border needs; the outcome is also said in words and by a sign.
_LOOK = {
    "right": ("✓", "#1b7f4d"),
    "not attempted": ("○", "#6f6f6f"),
    "not yet": ("→", "#b35c00"),
    "error in your code": ("!", "#b3261e"),
    "hint": ("?", "#2a6fbb"),
    "answer": ("=", "#2a6fbb"),
}


def text(verdict: Verdict) -> str:
    """The verdict in plain text, six lines at the most."""
    sign = _LOOK[verdict.outcome.value][0]
    lines = [f"{sign} {verdict.exercise}: {verdict.outcome.value}"]
    if verdict.outcome.value != "right":
        lines.append(f"  {verdict.sentence}")
    return "\n".join(lines + [f"    {detail}" for detail in verdict.details[:4]])


def html(verdict: Verdict) -> str:
    """The verdict for a notebook."""
    sentence = "" if verdict.outcome.value == "right" else verdict.sentence
    return _box(verdict.outcome.value, f"{verdict.exercise}: {verdict.outcome.value}", sentence, verdict.details[:4])


@dataclass(frozen=True)
class Note:
    """A hint or an answer, ready to be shown."""

    look: str
    title: str
    sentence: str
    code: str = ""

    def __repr__(self) -> str:
        body = f"\n  {self.sentence}" if self.sentence else ""
        return f"{_LOOK[self.look][0]} {self.title}{body}" + (f"\n\n{self.code}" if self.code else "")

    def _repr_html_(self) -> str:
        return _box(self.look, self.title, self.sentence, (), self.code)


def _box(look: str, title: str, sentence: str, details: tuple[str, ...], code: str = "") -> str:
    sign, colour = _LOOK[look]
    parts = [f"<strong><span style='color:{colour}' aria-hidden='true'>{sign}</span> {_inline(title)}</strong>"]
    if sentence:
        parts.append(f"<div style='margin-top:.3em'>{_inline(sentence)}</div>")
    if details:
        items = "".join(f"<div>{_inline(detail)}</div>" for detail in details)
        parts.append(f"<div style='margin-top:.3em;font-family:monospace;font-size:.92em'>{items}</div>")
    if code:
        parts.append(f"<pre style='margin:.5em 0 0'>{escape(code)}</pre>")
    return f"<div style='border-left:4px solid {colour};padding:.4em .8em;margin:.3em 0;max-width:50em'>{''.join(parts)}</div>"


def _inline(sentence: str) -> str:
    """Escapes, and sets `code` in a code font."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(sentence, quote=False))
