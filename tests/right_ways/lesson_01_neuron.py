"""Other right ways for lesson 01."""

import numpy as np


def loop(x, w, b):
    total = b
    for a, c in zip(x, w, strict=True):
        total += a * c
    return total


def product_then_sum(x, w, b):
    return np.float32((np.asarray(x) * np.asarray(w)).sum() + b)


def tensor(x, w, b):
    import tensorflow as tf

    return tf.tensordot(tf.constant(x, tf.float32), tf.constant(w, tf.float32), 1) + b


RIGHT_WAYS = {"weighted_sum": [loop, product_then_sum, tensor]}
