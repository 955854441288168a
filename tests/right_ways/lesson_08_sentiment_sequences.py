"""Other right ways for lesson 08."""

import math

import numpy as np


def ngrams_by_lists(ids, size):
    found = [int(i) for i in ids if i != 0]
    return [found[i : i + size] for i in range(len(found) - size + 1)]


def ngrams_by_zip(ids, size):
    found = [i for i in ids.tolist() if i]
    return list(zip(*(found[k:] for k in range(size)), strict=False))


def ngrams_by_stride(ids, size):
    found = ids[ids > 0].astype("int64")
    if len(found) < size:
        return np.zeros((0, size), dtype="float32")
    return np.lib.stride_tricks.sliding_window_view(found, size)


def ngrams_by_filter(ids, size):
    import tensorflow as tf

    places = np.arange(max(len(ids) - size + 1, 0))[:, None] + np.arange(size)
    windows = np.asarray(ids)[places]
    return tf.constant(windows[(windows != 0).all(axis=1)])


def conv_by_loops(rows, mask, kernel, bias):
    size, k, m = kernel.shape
    n = sum(bool(counts) for counts in mask)
    best = [0.0] * m
    for i in range(n - size + 1):
        for f in range(m):
            total = float(bias[f])
            for s in range(size):
                for j in range(k):
                    total += float(rows[i + s][j]) * float(kernel[s][j][f])
            best[f] = max(best[f], total)
    return best


def conv_by_einsum(rows, mask, kernel, bias):
    size = len(kernel)
    found = rows[mask].astype("float32")
    if len(found) < size:
        return np.zeros_like(bias)
    windows = np.lib.stride_tricks.sliding_window_view(found, size, axis=0)  # (places, k, size)
    return np.maximum(np.einsum("pks,skf->pf", windows, kernel) + bias, 0).max(axis=0)


def conv_by_mask(rows, mask, kernel, bias):
    size, k, m = kernel.shape
    fired = [np.zeros(m)]
    for i in range(len(rows) - size + 1):
        window = rows[i : i + size].ravel() @ kernel.reshape(size * k, m) + bias
        fired.append(np.maximum(window, 0) * mask[i : i + size].all())
    return np.stack(fired).max(0)


def conv_by_keras(rows, mask, kernel, bias):
    import keras

    found = np.asarray(rows, "float32")[mask]
    if len(found) < len(kernel):
        return keras.ops.zeros(len(bias))
    fired = keras.ops.conv(found[None], np.asarray(kernel, "float32"), padding="valid")[0] + np.asarray(bias, "float32")
    return keras.ops.max(keras.ops.relu(fired), axis=0)


def courses_own(vocabulary_size, width, filters, size):
    from course.sequences import cnn_model

    return cnn_model(vocabulary_size, width, filters, size)


def where_and_relu_last(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    sums = keras.layers.Conv1D(filters, size)(rows)
    counts = keras.ops.not_equal(ids[:, size - 1 :], 0)[..., None]
    strongest = keras.ops.relu(keras.ops.max(keras.ops.where(counts, sums, -1e9), axis=1))
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(strongest))


def subclassed(vocabulary_size, width, filters, size):
    import keras

    class Windows(keras.Model):
        def __init__(self):
            super().__init__()
            self.table = keras.layers.Embedding(vocabulary_size, width)
            self.filters_ = keras.layers.Conv1D(filters, size, activation="relu")
            self.neuron = keras.layers.Dense(1, activation="sigmoid")

        def call(self, ids):
            ids = keras.ops.convert_to_tensor(ids)
            fired = self.filters_(self.table(ids))
            counts = keras.ops.cast(ids[:, size - 1 :] > 0, fired.dtype)
            return self.neuron(keras.ops.max(fired * keras.ops.expand_dims(counts, -1), axis=1))

    return Windows()


def layer_that_pools(vocabulary_size, width, filters, size):
    import keras

    class StrongestWindow(keras.layers.Layer):
        def call(self, fired, ids):
            return keras.ops.max(fired * keras.ops.cast(ids[:, size - 1 :] != 0, fired.dtype)[..., None], axis=1)

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.ReLU()(keras.layers.Conv1D(filters, size, padding="valid")(rows))
    model = keras.Model(ids, keras.layers.Dense(1, "sigmoid")(StrongestWindow()(fired, ids)))
    model.compile("adam", "binary_crossentropy")
    return model


def global_max_pooling(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)
    counts = keras.layers.Lambda(
        lambda i: keras.ops.cast(keras.ops.not_equal(i[:, size - 1 :], 0), "float32")[..., None]
    )
    pooled = keras.layers.GlobalMaxPooling1D()(keras.layers.Multiply()([fired, counts(ids)]))
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(pooled))


def windows_by_strings(one, other, size):
    def found(words):
        return {"\t".join(words[i : i + size]) for i in range(len(words) - size + 1)}

    return found(one) == found(other)


def windows_by_zip(one, other, size):
    a, b = (set(zip(*(t[k:] for k in range(size)), strict=False)) for t in (one, other))
    return not a ^ b


def windows_by_loops(one, other, size):
    first = [list(one[i : i + size]) for i in range(len(one) - size + 1)]
    second = [list(other[i : i + size]) for i in range(len(other) - size + 1)]
    return np.bool_(all(w in second for w in first) and all(w in first for w in second))


def rnn_by_selection(rows, mask, Wx, Wh, b):
    state = np.zeros_like(b, dtype="float32")
    for row in rows[mask]:
        state = np.tanh(row @ Wx + state @ Wh + b)
    return state


def rnn_by_where(rows, mask, Wx, Wh, b):
    state = np.zeros((1, len(b)))
    for t in range(len(rows)):
        keep = float(mask[t])
        state = keep * np.tanh(rows[t : t + 1].dot(Wx) + state.dot(Wh) + b) + (1 - keep) * state
    return state[0].tolist()


def rnn_by_one_matrix(rows, mask, Wx, Wh, b):
    both, state = np.vstack([Wx, Wh]), np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        if counts:
            state = np.array([math.tanh(z) for z in np.concatenate([row, state]) @ both + b])
    return state


def rnn_by_keras(rows, mask, Wx, Wh, b):
    import keras

    layer = keras.layers.SimpleRNN(len(b))
    layer.build((1, *rows.shape))
    layer.set_weights([Wx, Wh, b])
    return layer(np.asarray(rows, "float32")[None], mask=np.asarray(mask)[None])[0]


def ratio_by_loops(counts, labels, alpha):
    p, q = [alpha] * len(counts[0]), [alpha] * len(counts[0])
    for row, label in zip(counts, labels, strict=True):
        side = p if label == 1 else q
        for j, count in enumerate(row):
            side[j] += int(count)
    return [math.log(a / sum(p)) - math.log(b / sum(q)) for a, b in zip(p, q, strict=True)]


def ratio_by_product(counts, labels, alpha):
    p, q = alpha + labels @ counts, alpha + (1 - labels) @ counts
    return np.log(p / np.abs(p).sum()) - np.log(q / np.linalg.norm(q, 1))


def ratio_by_tensors(counts, labels, alpha):
    import tensorflow as tf

    counts = tf.cast(counts, tf.float32)
    p = tf.reduce_sum(tf.boolean_mask(counts, labels == 1), axis=0) + alpha
    q = tf.reduce_sum(tf.boolean_mask(counts, labels == 0), axis=0) + alpha
    return tf.math.log(p / tf.reduce_sum(p)) - tf.math.log(q / tf.reduce_sum(q))


RIGHT_WAYS = {
    "ngrams": [ngrams_by_lists, ngrams_by_zip, ngrams_by_stride, ngrams_by_filter],
    "conv_max": [conv_by_loops, conv_by_einsum, conv_by_mask, conv_by_keras],
    "build_cnn": [courses_own, where_and_relu_last, subclassed, layer_that_pools, global_max_pooling],
    "same_windows": [windows_by_strings, windows_by_zip, windows_by_loops],
    "masked_rnn": [rnn_by_selection, rnn_by_where, rnn_by_one_matrix, rnn_by_keras],
    "log_count_ratio": [ratio_by_loops, ratio_by_product, ratio_by_tensors],
}
