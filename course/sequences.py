"""Models that see the order of words: windows that slide, and a state that is carried along. Built in lesson 08, used from there on."""

from __future__ import annotations

import keras


def cnn_model(vocabulary_size: int, width: int, filters: int, size: int) -> keras.Model:
    """Ids (n, T) -> the probability of a positive review (n, 1); not compiled. T is at least `size`.

    Each of `filters` filters looks at windows of `size` words and keeps its strongest answer. Windows with padding (id 0, on the
    right) do not count; a text shorter than a window has 0 from every filter.
    """
    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)  # (n, T, width)
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)  # (n, T - size + 1, filters)
    counts = keras.ops.cast(ids[:, size - 1 :] != 0, "float32")[..., None]  # the window that ends here holds words only
    strongest = keras.ops.max(fired * counts, axis=1)  # (n, filters): after the ReLU nothing is below 0
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(strongest))


def gru_model(vocabulary_size: int, width: int, units: int) -> keras.Model:
    """Ids (n, T) -> the probability of a positive review (n, 1); not compiled. The state passes over padding (id 0) unchanged."""
    return keras.Sequential(
        [
            keras.Input(shape=(None,), dtype="int32"),
            keras.layers.Embedding(vocabulary_size, width, mask_zero=True),
            keras.layers.GRU(units),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
