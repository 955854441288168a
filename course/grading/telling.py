"""What a run tells on standard error: on a terminal a bar with rate and time left, elsewhere a line for each submission."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_STEP = re.compile(r"\[(\d+)/(\d+)\] (.*)", re.DOTALL)
_PLAIN = re.compile(r".*: (recorded before|\d+ of \d+ points in [\d.]+ s)")


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """A function that takes a run's lines. On a terminal those of submissions with nothing to remark only move the bar."""
    if not sys.stderr.isatty():
        yield lambda line: print(line, file=sys.stderr, flush=True)
        return
    from tqdm import tqdm

    with tqdm(unit=" submissions", unit_scale=False, smoothing=0.1, file=sys.stderr, dynamic_ncols=True) as bar:

        def say(line: str) -> None:
            step = _STEP.fullmatch(line)
            if step:
                bar.total = int(step[2])
                if step[3].endswith(": recorded before"):
                    bar.initial = int(step[1])  # took no time: the rate is that of the others
                bar.update(int(step[1]) - bar.n)
            if not step or not _PLAIN.fullmatch(step[3]):
                bar.write(step[3] if step else line, file=sys.stderr)

        yield say
