"""Turns a quiz cell into choices that open when clicked: plain HTML, so it works in Jupyter, Colab, on GitHub and on paper.

A quiz cell is a markdown cell with `quiz="name"`: the question, then one line for each choice, `- [x]` the right one::

    What is $z$ when every weight is 0?

    - [ ] 0 :: The bias is still added.
    - [x] $b$ :: The sum of products is 0, and the bias is what is left.
"""

from __future__ import annotations

import re

_CHOICE = re.compile(r"^- \[( |x)\] (.+?) :: (.+)$")


class QuizError(ValueError):
    """A quiz cell that breaks the form."""


def parse(text: str) -> tuple[str, list[tuple[bool, str, str]]]:
    """The question, and the choices as (right, choice, why).

    Raises QuizError unless there are three or more choices, each with a reason, and exactly one is right.
    """
    question, choices = [], []
    for line in text.strip().splitlines():
        match = _CHOICE.match(line)
        if match:
            choices.append((match[1] == "x", match[2].strip(), match[3].strip()))
        elif line.startswith("- ["):
            raise QuizError(f"a choice needs the form `- [ ] choice :: why`: {line}")
        elif choices and line.strip():
            raise QuizError(f"nothing may follow the choices: {line}")
        else:
            question.append(line)
    if len(choices) < 3 or sum(right for right, *_ in choices) != 1:
        raise QuizError("a quiz needs three choices or more, exactly one of them right")
    return "\n".join(question).strip(), choices


def render(text: str) -> str:
    """The quiz cell as learners see it."""
    question, choices = parse(text)
    parts = [question, ""]
    for letter, (right, choice, why) in zip("ABCDEFG", choices, strict=False):
        verdict = "Yes." if right else "No."
        parts += [
            f"<details><summary><b>{letter}.</b> {_html(choice)}</summary>",
            "",
            f"{verdict} {why}",
            "",
            "</details>",
        ]
    return "\n".join(parts)


def _html(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
