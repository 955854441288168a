"""HTML pages from templates, with everything that comes from a student's kernel or file escaped."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from course import theme

# How a verdict is shown: a class for its colour, and a sign beside the words.
KINDS = {
    "right": ("right", "✓"),
    "not yet": ("not-yet", "→"),
    "not attempted": ("not-attempted", "○"),
    "error": ("error", "!"),
    "timed out": ("lost", "■"),
    "crashed": ("lost", "■"),
    "missing": ("lost", "■"),
}


def render(template: str, **values: Any) -> str:
    """The page that the template makes of the values."""
    return _environment().get_template(template).render(css=Markup(theme.css("theme", "pages")), **values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["inline"] = inline
    return made


def inline(text: str) -> Markup:
    """The text, escaped, with its `code` set as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def kind(verdict: str) -> tuple[str, str]:
    return KINDS.get(verdict, ("lost", "■"))


def time(moment: datetime | None) -> str:
    """A time as a reader wants it, in this machine's zone."""
    return moment.astimezone().strftime("%d %B %Y, %H:%M").lstrip("0") if moment else ""
