"""The averaging model: a row for each word, the mean of a review's rows, one neuron. Built in lesson 07, used from there on."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="course")
class MaskedMean(keras.layers.Layer):
    """The mean of each text's rows over the positions that the mask marks; zeros where it marks none."""

    def call(self, rows: Any, mask: Any = None) -> Any:  # (n, T, d), (n, T) -> (n, d)
        if mask is None:
            return keras.ops.mean(rows, axis=1)
        weights = keras.ops.cast(mask, rows.dtype)[..., None]  # (n, T, 1)
        count = keras.ops.sum(weights, axis=1)  # (n, 1)
        return keras.ops.sum(rows * weights, axis=1) / keras.ops.maximum(count, 1)

    def compute_mask(self, rows: Any, previous_mask: Any = None) -> None:
        return None  # one row is left for each text: nothing to mask


def averaging_model(vocabulary_size: int, width: int, dropout: float = 0.0, l2: float = 0.0) -> keras.Model:
    """The model of lesson 07, not compiled: ids (n, T) -> the probability of a positive review (n, 1).

    dropout: the share of the mean's numbers set to 0 in training. l2: the rate of the penalty on the neuron's squared weights.
    """
    penalty = keras.regularizers.L2(l2) if l2 else None
    return keras.Sequential(
        [
            keras.Input(shape=(None,), dtype="int32"),
            keras.layers.Embedding(vocabulary_size, width, mask_zero=True),
            MaskedMean(),
            *([keras.layers.Dropout(dropout)] if dropout else []),
            keras.layers.Dense(1, activation="sigmoid", kernel_regularizer=penalty),
        ]
    )
