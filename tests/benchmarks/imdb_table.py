"""IMDB, 25,000 test reviews: what the course's models and those of the usual tutorials reach, in one run. Asserts nothing.

    COURSE_DATA=FOLDER python -m tests.benchmarks.imdb_table [NAME ...]

Prints test accuracy, seconds from texts to ids, seconds of training, parameters, and for ours the seconds of training until the
validation accuracy was the test accuracy of the tutorial's model above it. The tutorials' models are rebuilt from their published
description: TensorFlow's "Word embeddings" (average), keras.io's "Text classification from scratch" (windows) and "Bidirectional LSTM on
IMDB" (sequence), and bigrams multi-hot from "Deep Learning with Python" (n-grams). 5,000 training reviews are kept for validation, but for
our n-grams, whose settings were chosen by cross-validation on the training reviews and which train on all 25,000.
"""

from __future__ import annotations

import os
import re
import string
import sys
import time
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from course.averaging import averaging_model
from course.data import load_reviews, vectors_path
from course.sequences import cnn_model, gru_model
from course.vectors import Vectors
from tests.benchmarks import imdb_average, ngram_model

REVIEWS = load_reviews("imdb")
CHUNK = 1000
LEVEL: list[float] = []  # the accuracy of the tutorial's model that was measured last, until its twin has been compared


def clean(texts: tf.Tensor) -> tf.Tensor:
    """As the tutorials do: lower case, no line breaks, no punctuation."""
    texts = tf.strings.regex_replace(tf.strings.lower(texts), "<br />", " ")
    return tf.strings.regex_replace(texts, f"[{re.escape(string.punctuation)}]", "")


def numbered(vectorize: layers.TextVectorization) -> dict[str, np.ndarray]:
    """The three parts as ids, or as a byte for each n-gram."""
    vectorize.adapt(tf.data.Dataset.from_tensor_slices(REVIEWS.train.texts).batch(1024))
    kind = np.uint8 if vectorize.get_config()["output_mode"] == "multi_hot" else np.int32
    parts = {"train": REVIEWS.train, "validation": REVIEWS.validation, "test": REVIEWS.test}
    return {
        name: np.concatenate(
            [
                vectorize(tf.constant(part.texts[i : i + CHUNK])).numpy().astype(kind)
                for i in range(0, len(part.texts), CHUNK)
            ]
        )
        for name, part in parts.items()
    }


def words(size: int, length: int) -> layers.TextVectorization:
    return layers.TextVectorization(standardize=clean, max_tokens=size, output_sequence_length=length)


def row(
    name: str, accuracy: float, prepared: float, trained: float, parameters: int, history: dict[str, list[float]]
) -> None:
    """Prints a model's line. The tutorials' names are indented; what follows one is its twin."""
    level = ""
    if name.startswith(" "):
        LEVEL[:] = [accuracy]
    elif LEVEL:
        reached = [epoch for epoch, seen in enumerate(history.get("val_accuracy", []), 1) if seen >= LEVEL[0]]
        if reached:
            level = f"{trained * reached[0] / len(history['val_accuracy']):.1f}"
        elif accuracy >= LEVEL[0]:
            level = f"<= {trained:.1f}"
        LEVEL.clear()
    print(f"{name:58s} {accuracy:6.1%} {prepared:9.1f} {trained:9.1f} {parameters:12,} {level:>12s}", flush=True)


def fitted(
    name: str,
    vectorize: layers.TextVectorization,
    build: Callable[[list[str]], keras.Model],
    epochs: int,
    batch: int = 32,
    rate: float = 0.001,
    patience: int = 0,
) -> None:
    """patience: epochs without a better validation accuracy after which training stops and the best is kept; 0 to train on."""
    keras.utils.set_random_seed(0)
    begun = time.perf_counter()
    x = numbered(vectorize)
    prepared = time.perf_counter() - begun
    model = build(vectorize.get_vocabulary())
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    stop = [keras.callbacks.EarlyStopping("val_accuracy", patience=patience, restore_best_weights=True)] * bool(
        patience
    )
    held = (x["validation"], REVIEWS.validation.labels)
    begun = time.perf_counter()
    history = model.fit(x["train"], REVIEWS.train.labels, batch, epochs, 0, stop, validation_data=held).history
    trained = time.perf_counter() - begun
    _, accuracy = model.evaluate(x["test"], REVIEWS.test.labels, batch_size=256, verbose=0)
    row(name, accuracy, prepared, trained, model.count_params(), history)
    keras.backend.clear_session()


def tutorial_average(_: list[str]) -> keras.Model:
    stack = [layers.Embedding(10000, 16), layers.GlobalAveragePooling1D(), layers.Dense(16, "relu")]
    return keras.Sequential([keras.Input((100,), dtype="int32"), *stack, layers.Dense(1, "sigmoid")])


def tutorial_windows(_: list[str]) -> keras.Model:
    slide = [layers.Conv1D(128, 7, strides=3, activation="relu") for _ in range(2)]
    head = [layers.GlobalMaxPooling1D(), layers.Dense(128, "relu"), layers.Dropout(0.5), layers.Dense(1, "sigmoid")]
    table = [layers.Embedding(20000, 128), layers.Dropout(0.5)]
    return keras.Sequential([keras.Input((500,), dtype="int32"), *table, *slide, *head])


def tutorial_sequence(_: list[str]) -> keras.Model:
    both = [layers.Bidirectional(layers.LSTM(64, return_sequences=True)), layers.Bidirectional(layers.LSTM(64))]
    return keras.Sequential(
        [keras.Input((200,), dtype="int32"), layers.Embedding(20000, 128), *both, layers.Dense(1, "sigmoid")]
    )


def tutorial_ngrams(_: list[str]) -> keras.Model:
    head = [layers.Dense(16, "relu"), layers.Dropout(0.5), layers.Dense(1, "sigmoid")]
    return keras.Sequential([keras.Input((20000,)), *head])


def frozen_glove(vocabulary: list[str]) -> keras.Model:
    """Lesson 09's: the averaging model over a frozen table of GloVe vectors."""
    table = Vectors.load(vectors_path("glove.6B.50d"), vocabulary).embedding_matrix(vocabulary).matrix
    model = averaging_model(len(table), table.shape[1])
    model.layers[0].set_weights([table])
    model.layers[0].trainable = False
    return model


def average() -> None:
    """Lesson 07's own cells."""
    made = next(imdb_average.runs([0]))
    row("lesson 07: averaging", made.accuracy, made.prepared, made.trained, made.parameters, made.history)
    keras.backend.clear_session()


def ngrams() -> None:
    """The n-gram model, on all 25,000 training reviews."""
    keras.utils.set_random_seed(0)
    texts = [*REVIEWS.train.texts, *REVIEWS.validation.texts]
    labels = np.concatenate([REVIEWS.train.labels, REVIEWS.validation.labels])
    begun = time.perf_counter()
    grams = ngram_model.Grams(texts)
    encoded = grams.encode(texts)
    signs = 2 * labels - 1
    model = ngram_model.build(ngram_model.log_count_ratio(encoded, signs, len(grams)))
    prepared = time.perf_counter() - begun
    begun = time.perf_counter()
    model.fit(ngram_model.Batches(encoded, signs), epochs=3, verbose=0)
    trained = time.perf_counter() - begun
    scores = model.predict(ngram_model.Batches(grams.encode(REVIEWS.test.texts), size=500), verbose=0)[:, 0]
    accuracy = np.mean((scores > 0) == REVIEWS.test.labels)
    name = "n-grams: Embedding of width 1, naive-Bayes ratio"
    row(name, accuracy, prepared, trained, model.count_params(), {})


MODELS: dict[str, Callable[[], None]] = {
    "tutorial average": lambda: fitted("  TensorFlow: Word embeddings", words(10000, 100), tutorial_average, 15, 1024),
    "average": average,
    "tutorial windows": lambda: fitted(
        "  keras.io: Text classification from scratch", words(20000, 500), tutorial_windows, 3
    ),  # fmt: skip
    "windows": lambda: fitted(
        "lesson 08: windows (CNN)", words(20000, 300), lambda v: cnn_model(20000, 32, 64, 4), 6, 64, 0.002, 1
    ),  # fmt: skip
    "tutorial sequence": lambda: fitted(
        "  keras.io: Bidirectional LSTM on IMDB", words(20000, 200), tutorial_sequence, 2
    ),
    "sequence": lambda: fitted(
        "lesson 08: GRU", words(20000, 200), lambda v: gru_model(20000, 32, 32), 4, 128, 0.003, 1
    ),
    "tutorial ngrams": lambda: fitted(
        "  Deep Learning with Python: bigrams",
        layers.TextVectorization(ngrams=2, max_tokens=20000, output_mode="multi_hot"),
        tutorial_ngrams,
        10,
        patience=10,
    ),  # fmt: skip
    "ngrams": ngrams,
    "glove": lambda: fitted(
        "lesson 09: averaging over frozen GloVe", words(20000, 500), frozen_glove, 40, 128, 0.02, 5
    ),
}


def main(names: list[str]) -> None:
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'model':58s} {'test':>6s} {'prepare s':>9s} {'train s':>9s} {'parameters':>12s} {'s to level':>12s}")
    for name in names or list(MODELS):
        MODELS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
