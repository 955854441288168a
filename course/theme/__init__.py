"""One look for slides and HTML reports: style sheets, and the colours in them for whoever has to check or reuse them.

Figures have the same palette, in course/plots.py, which learners import; tests hold the two together.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent

# Which colour is laid on which: text needs a contrast of 4.5 to 1 (WCAG 2.2, AA).
TEXT_ON = {
    "paper": ("ink", "muted", "accent", "ask", "live", "exercise", "quiz", "answer"),
    "panel": ("ink", "muted", "accent", "keyword", "string", "number", "comment", "name"),
    "ask-paper": ("ink", "muted", "ask"),
}


def css(*names: str) -> str:
    """The text of style sheets of this folder: `theme` for everything, `slides` for decks."""
    return "\n".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in names)


def colours(mode: str) -> dict[str, str]:
    """The colours of theme.css by name, "#rrggbb"; mode is "light" or "dark"."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css("theme"))
    return {name: dark if mode == "dark" else light for name, light, dark in found}
