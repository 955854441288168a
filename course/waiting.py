"""Says how far long work has come, on the learner's page, in one line that leaves no trace of a bar behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_LENGTH = 24  # characters of a whole bar


class _Line:
    """One line of text as a notebook shows it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def progress(items: Sequence[Any], what: str = "steps") -> Iterator[Any]:
    """Goes through `items` and shows a bar that grows; at the end it becomes "6 of 6 passes".

    The line is one display that is updated: nothing on standard error, no widget, nothing that a saved notebook cannot keep.
    """
    from IPython.display import display

    handle = display(_Line(_bar(0, len(items), what)), display_id=True)
    for done, item in enumerate(items, 1):
        yield item
        if handle is not None:  # there is none outside a notebook
            handle.update(_Line(_bar(done, len(items), what)))


def _bar(done: int, of: int, what: str) -> str:
    count = f"{done} of {of} {what}"
    if done == of:
        return count
    full = _LENGTH * done // of
    return f"[{'#' * full}{'.' * (_LENGTH - full)}] {count}"
