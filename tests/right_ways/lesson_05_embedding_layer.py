"""Other right ways for lesson 05."""

from collections import defaultdict

import numpy as np

# ---- lookup


def lookup_take(table, ids):
    return np.take(table, ids, axis=0)


def lookup_one_hot(table, ids):
    return np.eye(len(table))[np.asarray(ids)] @ np.asarray(table)


def lookup_loop(table, ids):
    ids = np.asarray(ids)
    rows = [list(table[i]) for i in ids.ravel()]
    return np.reshape(rows, (*ids.shape, len(table[0])))


def lookup_lists(table, ids):
    if np.ndim(ids) == 0:
        return tuple(float(number) for number in table[ids])
    return [lookup_lists(table, one) for one in ids]


def lookup_places(table, ids):
    rows = np.zeros(ids.shape + table.shape[1:])
    for place in np.ndindex(ids.shape):
        rows[place] = table[ids[place]]
    return rows


def lookup_tensor(table, ids):
    import tensorflow as tf

    return tf.gather(tf.constant(table, tf.float32), ids)


def lookup_keras(table, ids):
    import keras

    layer = keras.layers.Embedding(*table.shape)
    layer.build()
    layer.set_weights([table])
    return layer(ids)


# ---- same_layer


def layer_with_weights_argument(table):
    import keras

    return keras.layers.Embedding(input_dim=len(table), output_dim=len(table[0]), weights=[table])


def layer_from_constant(table):
    import keras

    return keras.layers.Embedding(*table.shape, embeddings_initializer=keras.initializers.Constant(table))


def layer_assigned(table):
    import tensorflow as tf

    layer = tf.keras.layers.Embedding(table.shape[0], table.shape[1], trainable=False)
    layer(np.zeros((1, 1), dtype="int32"))
    layer.embeddings.assign(np.float32(table))
    return layer


def layer_in_a_model(table):
    import keras

    model = keras.Sequential([keras.Input((None,), dtype="int32"), keras.layers.Embedding(*table.shape)])
    model.set_weights([table])
    return model


def layer_functional(table):
    import keras

    ids = keras.Input((None,), dtype="int32")
    layer = keras.layers.Embedding(*table.shape, mask_zero=True)
    model = keras.Model(ids, layer(ids))
    layer.set_weights([np.float32(table)])
    return model


def layer_by_hand(table):
    import keras

    class Lookup(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.table = self.add_weight(shape=table.shape, initializer="zeros")
            self.table.assign(table)

        def call(self, ids):
            return keras.ops.take(self.table, ids, axis=0)

    return Lookup()


# ---- check_ids


def check_loop(ids, input_dim):
    if ids.dtype.kind not in "iu":
        raise ValueError("the ids are floats")
    for i in ids.ravel().tolist():
        if not 0 <= i < input_dim:
            raise ValueError(f"Bad id: {i}. This table has {input_dim} rows.")
    return ids


def check_argmax(ids, input_dim):
    if np.issubdtype(ids.dtype, np.floating):
        raise ValueError(ids.dtype)
    bad = np.logical_or(ids < 0, ids > input_dim - 1).ravel()
    if np.any(bad):
        raise ValueError("id " + str(ids.ravel()[np.argmax(bad)]))
    return ids.copy()


def check_lists_all(ids, input_dim):
    flat = list(ids.flatten())
    if isinstance(ids.dtype.type(0), (float, np.floating)):
        raise ValueError(f"{ids!r} holds floats")
    bad = [int(i) for i in flat if i not in range(input_dim)]
    if bad:
        raise ValueError(f"not in the table: {bad}")
    return ids.tolist()


class BadId(ValueError):
    pass


def check_own_error(ids, input_dim):
    if "int" not in str(ids.dtype):
        raise BadId("integers please")
    for place, i in np.ndenumerate(ids):
        if i < 0 or i >= input_dim:
            raise BadId(f"0-{input_dim - 1} are allowed; at {place}: {i!r}")
    return ids


def check_first_place(ids, input_dim):
    if not issubclass(ids.dtype.type, np.integer):
        raise ValueError
    places = np.argwhere((ids < 0) | (ids >= input_dim))
    if len(places):
        place = tuple(places[0])
        raise ValueError(f"{len(places)} of these: {ids.tolist()}; the first is {ids[place]} at {place}")
    return ids


# ---- masked_mean


def mean_loop(vectors, ids):
    means = []
    for text, row in zip(vectors, ids, strict=True):
        words = [vector for vector, i in zip(text, row, strict=True) if i != 0]
        means.append(np.mean(words, axis=0) if words else np.zeros(vectors.shape[2]))
    return means


def mean_einsum(vectors, ids):
    mask = (np.asarray(ids) != 0).astype("float32")
    return np.einsum("bs,bsd->bd", mask, vectors) / (mask.sum(1, keepdims=True) + 1e-9)


def mean_nan_to_num(vectors, ids):
    mask = (ids > 0)[..., np.newaxis]
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.where(mask, vectors, 0).sum(axis=1) / mask.sum(axis=1))


def mean_masked_array(vectors, ids):
    mask = np.broadcast_to((ids == 0)[..., None], vectors.shape)
    return np.ma.masked_array(vectors, mask).mean(axis=1).filled(0)


def mean_tensor(vectors, ids):
    import tensorflow as tf

    mask = tf.cast(tf.not_equal(ids, 0), tf.float32)[..., None]
    return tf.math.divide_no_nan(tf.reduce_sum(tf.cast(vectors, tf.float32) * mask, 1), tf.reduce_sum(mask, 1))


# ---- row_gradient


def gradient_loop(ids, upstream, input_dim):
    width = upstream.shape[-1]
    gradient = [[0.0] * width for _ in range(input_dim)]
    for i, one in zip(ids.ravel(), upstream.reshape(-1, width), strict=True):
        for k in range(width):
            gradient[i][k] += one[k]
    return gradient


def gradient_one_hot(ids, upstream, input_dim):
    one_hot = np.eye(input_dim, dtype="float32")[ids.ravel()]
    return one_hot.T @ upstream.reshape(len(one_hot), -1).astype("float32")


def gradient_by_row(ids, upstream, input_dim):
    return tuple(upstream[ids == i].sum(0) for i in range(input_dim))


def gradient_segments(ids, upstream, input_dim):
    import tensorflow as tf

    flat = tf.reshape(tf.constant(upstream, tf.float32), (-1, upstream.shape[-1]))
    return tf.math.unsorted_segment_sum(flat, tf.reshape(ids, (-1,)), input_dim)


def gradient_slices(ids, upstream, input_dim):
    import keras
    import tensorflow as tf

    layer = keras.layers.Embedding(input_dim, upstream.shape[-1])
    with tf.GradientTape() as tape:
        loss = keras.ops.sum(layer(ids) * upstream.astype("float32"))
    return tape.gradient(loss, layer.trainable_weights)[0]


# ---- sgd_step


def step_loop(table, ids, upstream, rate):
    for i, one in zip(ids.ravel(), upstream.reshape(-1, upstream.shape[-1]), strict=True):
        table[i] -= rate * one


def step_at(table, ids, upstream, rate):
    np.subtract.at(table, ids, rate * np.asarray(upstream))


def step_dict(table, ids, upstream, rate):
    sums = defaultdict(float)
    for place, i in np.ndenumerate(ids):
        sums[int(i)] = sums[int(i)] + upstream[place]
    for i, total in sums.items():
        table[i, :] = table[i, :] - rate * total
    return table


def step_by_id(table, ids, upstream, rate):
    for i in set(ids.ravel().tolist()):
        table[i] += -rate * upstream[ids == i].sum(axis=0)


def step_through_views(table, ids, upstream, rate):
    if ids.ndim:
        for some, incoming in zip(ids, upstream, strict=True):
            step_through_views(table, some, incoming, rate)
    else:
        row = table[int(ids)]
        row -= rate * upstream


def step_segments(table, ids, upstream, rate):
    import tensorflow as tf

    rows, where = tf.unique(tf.reshape(ids, (-1,)))
    flat = tf.reshape(tf.constant(upstream, tf.float64), (-1, upstream.shape[-1]))
    table[rows.numpy()] -= rate * tf.math.unsorted_segment_sum(flat, where, len(rows)).numpy()


RIGHT_WAYS = {
    "lookup": [lookup_take, lookup_one_hot, lookup_loop, lookup_lists, lookup_places, lookup_tensor, lookup_keras],
    "same_layer": [
        layer_with_weights_argument,
        layer_from_constant,
        layer_assigned,
        layer_in_a_model,
        layer_functional,
        layer_by_hand,
    ],
    "check_ids": [check_loop, check_argmax, check_lists_all, check_own_error, check_first_place],
    "masked_mean": [mean_loop, mean_einsum, mean_nan_to_num, mean_masked_array, mean_tensor],
    "row_gradient": [gradient_loop, gradient_one_hot, gradient_by_row, gradient_segments, gradient_slices],
    "sgd_step": [step_loop, step_at, step_dict, step_by_id, step_through_views, step_segments],
}
