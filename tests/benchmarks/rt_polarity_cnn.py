"""Kim's convolution (2014) on rt-polarity with random, static and fine-tuned vectors: accuracy over ten folds. Asserts nothing.

    python -m tests.benchmarks.rt_polarity_cnn --data FOLDER [--vectors PATH/glove.6B.50d.txt] [--folds 10]

FOLDER holds rt-polarity.pos and rt-polarity.neg (Pang & Lee 2005); without --data they come from the course's registry, if they are
in it, and without --vectors GloVe does. --folds 3 runs the first three of the ten folds.

The model as published: filters 3, 4 and 5 words wide, 100 of each, the largest answer of each, dropout 0.5, max-norm 3 on the last
layer, batches of 50, early stopping on a tenth of the training folds. Not as published: GloVe of 50 numbers instead of word2vec of
300, Adam instead of Adadelta. Words without a vector get random numbers as widely spread as the vectors'. The three tables of a fold
share its split, its seed and its starting filters. Static against random also tells how far 50 numbers go; compare gaps, not heights.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from course.data import get, vectors_path
from course.vectors import Vectors

KINDS = ("random", "static", "non-static")
PAPER = {"random": 76.1, "static": 81.0, "non-static": 81.5}  # Kim 2014, table 2, column MR
FOLDS, BATCH, EPOCHS, PATIENCE, RATE = 10, 50, 25, 3, 0.001
WORD = re.compile(r"\S+")  # the sentences come tokenised
CLITIC = re.compile(r"(?<=\w)(n't|'(?:s|re|ve|ll|d|m))(?=\s|$)")  # it's -> it 's, as in GloVe


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of rt-polarity.pos and rt-polarity.neg")
    parser.add_argument("--vectors", type=Path, help="a text file of word vectors")
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the ten folds to run")
    options = parser.parse_args()
    sentences, labels = load(options.data or get("rt-polarity"))
    vectors = Vectors.load(options.vectors or vectors_path("glove.6B.50d"), {word for s in sentences for word in s})
    words = ["", *sorted({word for sentence in sentences for word in sentence})]
    ids = {word: i for i, word in enumerate(words)}
    x = np.zeros((len(sentences), max(map(len, sentences))), np.int32)
    for row, sentence in zip(x, sentences, strict=True):
        row[: len(sentence)] = [ids[word] for word in sentence]
    found = np.array([word in vectors for word in words])
    print(
        f"{len(x):,} sentences of up to {x.shape[1]} words, {len(words) - 1:,} words, {found.mean():.0%} of them in the vectors"
    )

    fold_of = np.random.default_rng(0).permutation(len(x)) % FOLDS
    accuracies: dict[str, list[float]] = {kind: [] for kind in KINDS}
    seconds = dict.fromkeys(KINDS, 0.0)
    for fold in range(options.folds):
        random = np.random.default_rng(1 + fold)
        rest = random.permutation(np.flatnonzero(fold_of != fold))
        held, train, test = rest[: len(rest) // 10], rest[len(rest) // 10 :], fold_of == fold
        tables = starting_tables(words, vectors, found, random)
        for kind in KINDS:
            start = time.perf_counter()
            keras.utils.set_random_seed(fold)
            model = kim(tables[kind], kind != "static")
            stopping = keras.callbacks.EarlyStopping("val_accuracy", patience=PATIENCE, restore_best_weights=True)
            checked = (x[held], labels[held])
            model.fit(x[train], labels[train], BATCH, EPOCHS, 0, [stopping], validation_data=checked)
            accuracies[kind].append(100 * model.evaluate(x[test], labels[test], batch_size=512, verbose=0)[1])
            seconds[kind] += time.perf_counter() - start
            keras.backend.clear_session()
        print(f"fold {fold}: " + ", ".join(f"{kind} {accuracies[kind][-1]:.1f}" for kind in KINDS), flush=True)
    report(accuracies, seconds, options.folds)


def load(folder: Path) -> tuple[list[list[str]], np.ndarray]:
    """The sentences as lists of words, and their labels, int32 (n,): 1 for a positive one."""
    sentences: list[list[str]] = []
    sizes = []
    for name in ("rt-polarity.neg", "rt-polarity.pos"):
        lines = (folder / name).read_text(encoding="latin-1").strip("\n").split("\n")
        sentences += [WORD.findall(CLITIC.sub(r" \1", line)) for line in lines]
        sizes.append(len(lines))
    return sentences, np.repeat([0, 1], sizes).astype(np.int32)


def starting_tables(
    words: list[str], vectors: Vectors, found: np.ndarray, random: np.random.Generator
) -> dict[str, np.ndarray]:
    """The three tables to start with; a word's random row is the same in all where it has no vector."""
    known = np.stack([vectors[word] for word, is_there in zip(words, found, strict=True) if is_there])
    drawn = random.normal(0, known.std(), (len(words), vectors.dim)).astype(np.float32)
    drawn[0] = 0
    filled = drawn.copy()
    filled[found] = known
    return {"random": drawn, "static": filled, "non-static": filled}


def kim(table: np.ndarray, trainable: bool) -> keras.Model:
    ids = keras.Input((None,), dtype="int32")
    rows = keras.layers.Embedding(*table.shape, weights=[table], trainable=trainable)(ids)
    strongest = []
    for width in (3, 4, 5):
        fired = keras.layers.Conv1D(100, width, padding="same", activation="relu")(rows)
        strongest.append(keras.layers.GlobalMaxPooling1D()(fired))
    kept = keras.layers.Dropout(0.5)(keras.layers.Concatenate()(strongest))
    norm = keras.constraints.MaxNorm(3)
    model = keras.Model(ids, keras.layers.Dense(1, activation="sigmoid", kernel_constraint=norm)(kept))
    model.compile(keras.optimizers.Adam(RATE), "binary_crossentropy", metrics=["accuracy"])
    return model


def report(accuracies: dict[str, list[float]], seconds: dict[str, float], folds: int) -> None:
    print(f"\n{folds} of {FOLDS} folds, GloVe or --vectors; the paper: word2vec, 300 numbers. {os.cpu_count()} cores")
    print(
        f"{'table':12s} {'accuracy %':>16s} {'paper':>7s} {'above the one before':>28s} {'paper':>7s} {'seconds a fold':>15s}"
    )
    for before, kind in zip((None, *KINDS), KINDS, strict=False):
        runs = np.array(accuracies[kind])
        line = f"{kind:12s} {spread(runs):>16s} {PAPER[kind]:7.1f}"
        if before:
            gap, paper = spread(runs - accuracies[before], "+"), f"{PAPER[kind] - PAPER[before]:+.1f}"
        else:
            gap = paper = ""
        print(f"{line} {gap:>28s} {paper:>7s} {seconds[kind] / folds:15.1f}")


def spread(numbers: np.ndarray, sign: str = "") -> str:
    """Mean and standard deviation over the folds."""
    return f"{numbers.mean():{sign}.1f} +- {numbers.std(ddof=1) if len(numbers) > 1 else 0:.1f}"


if __name__ == "__main__":
    main()
