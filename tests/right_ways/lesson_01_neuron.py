"""Other right ways for lesson 01."""

import numpy as np

# --- weighted_sum ---


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


def bias_as_one_more_weight(x, w, b):
    return float(np.array([*x, 1.0]) @ np.array([*w, b]))


# --- neuron ---


def row_by_row(X, w, b, activation):
    answers = []
    for row in X:
        z = b
        for value, weight in zip(row, w, strict=True):
            z += value * weight
        answers.append(float(activation(z)))
    return answers


def list_to_array(X, w, b, activation):
    return activation(np.array([sum(x * v for x, v in zip(row, w, strict=True)) + b for row in X.tolist()]))


def bare_floats(X, w, b, activation):
    return [activation(sum(x * v for x, v in zip(row, w.tolist(), strict=True)) + b) for row in X.tolist()]


def einsum32(X, w, b, activation):
    z = np.einsum("nk,k->n", X.astype("float32"), w.astype("float32")) + np.float32(b)
    return tuple(activation(z))


def matvec(X, w, b, activation):
    import tensorflow as tf

    z = tf.linalg.matvec(tf.constant(X), tf.constant(w)) + b
    return tf.constant(activation(z))


def product_and_axis(X, w, b, activation):
    return activation((X * w).sum(axis=1) + b)


def column_and_back(X, w, b, activation):
    return activation(np.dot(X, w.reshape(-1, 1)) + b)[:, 0]


# --- as_dense ---


def layer(w, b):
    import keras

    layer = keras.layers.Dense(1, activation=keras.activations.sigmoid)
    layer.build((None, len(w)))
    layer.set_weights([w.reshape(-1, 1), np.array([b])])
    return layer


def in_float64(w, b):
    import keras

    layer = keras.layers.Dense(1, activation=keras.ops.sigmoid, dtype="float64")
    layer.build((None, w.shape[0]))
    layer.set_weights([np.array([w]).T, np.full(1, b)])
    return layer


def functional(w, b):
    import keras

    inputs = keras.Input((len(w),))
    dense = keras.layers.Dense(1)
    model = keras.Model(inputs, keras.layers.Activation("sigmoid")(dense(inputs)))
    dense.kernel.assign(w[:, None])
    dense.bias.assign([b])
    return model


def not_yet_built(w, b):
    import keras

    constant = keras.initializers.Constant
    return keras.layers.Dense(
        1, activation="sigmoid", kernel_initializer=constant(w[:, None]), bias_initializer=constant(b)
    )


def built_by_a_call(w, b):
    import keras

    model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
    model(np.zeros((1, len(w)), "float32"))
    model.set_weights([np.array([[v] for v in w]), np.full(1, b, "float32")])
    return model


def subclass(w, b):
    import keras

    class Neuron(keras.Model):
        def __init__(self):
            super().__init__()
            self.kernel = self.add_weight(shape=(len(w), 1), name="kernel")
            self.start = self.add_weight(shape=(1,), name="start")

        def call(self, inputs):
            return keras.ops.sigmoid(keras.ops.matmul(inputs, self.kernel) + self.start)

    model = Neuron()
    model.set_weights([np.reshape(w, (-1, 1)), np.reshape(b, (1,))])
    return model


# --- gate ---


def arrays(name):
    if name == "and":
        return np.array([1.0, 1.0]), -1.5
    if name == "nand":
        return np.array([-1, -1]), np.float32(1.5)
    return np.array([1.0, -1.0]), np.array([-0.5])


def lopsided(name):
    table = {"and": ([20, 0.3], -20.1), "nand": ([-3, -7], 8), "but_not": ((0.01, -100), -0.005)}
    return table[name]


def just_fires(name):
    """z is exactly 0 at some corners, where a neuron does not fire."""
    return {"and": [[1, 1], -1], "nand": [[-1, -1], 2], "but_not": [[1, -1], 0]}[name]


def zero_on_paper_only(name):
    """z is 0 on paper at some corners, and 1e-17 or so in floats."""
    return {"and": ([0.1, 0.2], -0.2), "nand": ([-0.7, -0.1], 0.8), "but_not": ([0.8, -0.7], -0.1)}[name]


def zero_on_paper_in_float32(name):
    w, b = zero_on_paper_only(name)
    return np.float32(w), np.float32(b)


def tensors(name):
    import tensorflow as tf

    w, b = lopsided(name)
    return tf.constant(w), tf.constant(float(b))


# --- xor_neurons ---


def or_and_nand():
    return [([1, 1], -0.5), ([-1, -1], 1.5), ([1, 1], -1.5)]


def each_alone():
    return (
        (np.array([1.0, -1.0]), -0.5),
        (np.array([-1.0, 1.0]), -0.5),
        (np.array([1.0, 1.0]), -0.5),
    )


def neither_and_both():
    return [[[-1, -1], 1], [[2, 2], -3], [[-1.0, -1.0], 0.5]]


def at_least_one_minus_twice_both():
    return [(np.float32([1, 1]), np.float32(-0.5)), ((1, 1), -1), ([1, -2], [-0.5])]


def zero_on_paper():
    return [([0.1, 0.1], 0), ([-0.7, -0.1], 0.8), ([0.7, 0.1], -0.7)]


def zero_on_paper_32():
    return [(np.float32(w), np.float32(b)) for w, b in zero_on_paper()]


RIGHT_WAYS = {
    "weighted_sum": [loop, product_then_sum, tensor, bias_as_one_more_weight],
    "neuron": [row_by_row, list_to_array, bare_floats, einsum32, matvec, product_and_axis, column_and_back],
    "as_dense": [layer, in_float64, functional, not_yet_built, built_by_a_call, subclass],
    "gate": [arrays, lopsided, just_fires, zero_on_paper_only, zero_on_paper_in_float32, tensors],
    "xor_neurons": [
        or_and_nand,
        each_alone,
        neither_and_both,
        at_least_one_minus_twice_both,
        zero_on_paper,
        zero_on_paper_32,
    ],
}
