"""What the averaging model of lesson 07 reaches on IMDB: test accuracy, seconds of training, parameters. Asserts nothing.

    COURSE_DATA=FOLDER python -m tests.benchmarks.imdb_average [SEED ...]

Runs the lesson's own cells tagged `benchmark` (and the `needed` ones), with its switch turned to "imdb": settings, ids, training with
early stopping, test. IMDB is downloaded into COURSE_DATA when it is not there. Each seed replaces the lesson's in the training cell.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("MPLBACKEND", "Agg")

from course.authoring.settings import ROOT
from course.authoring.source import Cell, read

LESSON = ROOT / "lessons" / "07_sentiment_average.py"
SWITCH, SEED, TRAINING = ('SOURCE = "shipped"', 'SOURCE = "imdb"'), "set_random_seed(0)", "EarlyStopping("


@dataclass(frozen=True)
class Run:
    """One training. accuracy: on the test reviews. prepared, trained: seconds. history: what Keras measured, epoch by epoch."""

    accuracy: float
    reviews: int
    kept: int
    prepared: float
    trained: float
    parameters: int
    history: dict[str, list[float]]


def runs(seeds: list[int]) -> Iterator[Run]:
    """Trains the lesson's model with each seed."""
    cells = [cell for cell in read(LESSON).cells if cell.kind == "code" and {"needed", "benchmark"} & set(cell.tags)]
    for text in (SWITCH[0], SEED, TRAINING):
        if not any(text in cell.source for cell in cells):
            sys.exit(f"{LESSON}: no cell tagged `benchmark` holds {text!r}")
    names: dict = {"__name__": "benchmark"}
    first = next(number for number, cell in enumerate(cells) if TRAINING in cell.source)
    prepared = run(cells[:first], names)
    for seed in seeds:
        trained = run(cells[first : first + 1], names, seed)
        run(cells[first + 1 :], names)
        found = (names["accuracy"], len(names["right"]), names["stopping"].best_epoch)
        yield Run(*found, prepared, trained, names["model"].count_params(), names["trained"])


def main(seeds: list[int]) -> None:
    for seed, made in zip(seeds, runs(seeds), strict=True):
        print(
            f"seed {seed}: test accuracy {made.accuracy:.4f} on {made.reviews:,} reviews, "
            f"kept epoch {made.kept} of {len(made.history['loss'])}, "
            f"preparing {made.prepared:.1f} s, training {made.trained:.1f} s, {made.parameters:,} parameters",
            flush=True,
        )


def run(cells: list[Cell], names: dict, seed: int = 0) -> float:
    """Runs the cells in `names`, silently; returns the seconds it took."""
    start = time.perf_counter()
    with redirect_stdout(StringIO()):
        for cell in cells:
            exec(cell.source.replace(*SWITCH).replace(SEED, f"set_random_seed({seed})"), names)
    return time.perf_counter() - start


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or [0])
