"""Other right ways for lesson 02."""

import functools

import numpy as np

# --- dense ---


def dense_loops(X, W, b):
    rows = []
    for x in X:
        row = []
        for j in range(len(b)):
            z = b[j]
            for value, weights in zip(x, W, strict=True):
                z += value * weights[j]
            row.append(z)
        rows.append(row)
    return rows


def dense_einsum32(X, W, b):
    return np.einsum("nk,km->nm", X.astype("float32"), W.astype("float32")) + b.astype("float32")


def dense_one_more_input(X, W, b):
    """The bias as the weight of an input that is always 1."""
    return np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])


def dense_columns(X, W, b):
    return np.stack([(X * w).sum(axis=1) + start for w, start in zip(W.T, b, strict=True)], axis=1)


def dense_transposed(X, W, b):
    return tuple(map(tuple, (np.dot(W.T, X.T) + b[:, None]).T))


def dense_tensor(X, W, b):
    import tensorflow as tf

    return tf.nn.bias_add(tf.linalg.matmul(tf.constant(X, tf.float32), W), tf.constant(b, tf.float32))


def dense_keras(X, W, b):
    import keras

    layer = keras.layers.Dense(len(b))
    layer.build((None, len(W)))
    layer.set_weights([W, b])
    return layer(X)


# --- forward ---


def forward_index(x, layers):
    for i in range(len(layers)):
        x = x.dot(layers[i][0]) + layers[i][1]
        if i != len(layers) - 1:
            x = np.where(x > 0, x, 0)
    return x


def forward_recursive(x, layers):
    (W, b), *rest = layers
    z = np.matmul(x, W) + b
    return forward_recursive(np.maximum(z, 0), rest) if rest else z


def forward_relu_first(x, layers):
    """ReLU before every layer but the first."""
    x = x @ layers[0][0] + layers[0][1]
    for W, b in layers[1:]:
        x = np.clip(x, 0, None) @ W + b
    return x


def forward_in_place(x, layers):
    *between, (W, b) = layers
    for V, c in between:
        x = x @ V + c
        x[x < 0] = 0
    return (x @ W + b).tolist()


def forward_reduce32(x, layers):
    last = layers[-1]
    hidden = functools.reduce(
        lambda h, layer: np.maximum(h @ layer[0] + layer[1], 0).astype("float32"), layers[:-1], np.float32(x)
    )
    return hidden @ last[0].astype("float32") + last[1]


def forward_tensor(x, layers):
    import tensorflow as tf

    h = tf.constant(x)
    for W, b in layers[:-1]:
        h = tf.nn.relu(h @ W + b)
    return h @ layers[-1][0] + layers[-1][1]


def forward_keras(x, layers):
    import keras

    stack = [keras.layers.Dense(len(b), activation="relu") for _, b in layers]
    stack[-1].activation = keras.activations.linear
    model = keras.Sequential([keras.Input((x.shape[1],)), *stack])
    model.set_weights([array for pair in layers for array in pair])
    return model.predict(x, verbose=0)


# --- xor_network ---


def xor_tent():
    return np.array([[1, 1], [1, 1]]), np.array([0, -1]), np.array([1, -2]), 0


def xor_lists():
    return [[2, -2], [-2, 2]], [0, 0], [3, 3], 0.1


def xor_minus_the_negatives():
    """One hidden neuron for each negative review, and an output that starts at positive."""
    return [np.array([[-1.0, 1.0], [-1.0, 1.0]]), np.array([1.0, -1.0]), np.array([-1.0, -1.0]), np.array([1.0])]


def xor_columns_float32():
    return np.float32([[1, 1], [1, 1]]), np.float32([0, -1]), np.float32([[10], [-20]]), np.float32(-4)


def xor_one_bend():
    """The first neuron never bends on the four inputs; the second does."""
    return ((5, 1), (5, 1)), (3, -1.0), (0.2, -2.0), -0.6


def xor_tensors():
    import tensorflow as tf

    return tf.constant([[1.0, -1.0], [-1.0, 1.0]]), tf.zeros(2), tf.ones((2, 1)), tf.constant([0.0])


# --- count_parameters ---


def count_loop(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i]
        total += sizes[i]
    return total


def count_arrays(sizes):
    sizes = np.array(sizes)
    return (sizes[:-1] * sizes[1:]).sum() + sizes[1:].sum()


def count_recursive(sizes):
    if len(sizes) < 2:
        return 0
    return sizes[1] * (sizes[0] + 1) + count_recursive(sizes[1:])


def count_float(sizes):
    return float(np.dot(np.add(sizes, 1)[:-1], sizes[1:]))


def count_keras(sizes):
    import keras

    if len(sizes) == 1:
        return 0
    return keras.Sequential([keras.Input((sizes[0],)), *map(keras.layers.Dense, sizes[1:])]).count_params()


# --- build_mlp ---


def mlp_functional(inputs, hidden, outputs):
    import keras

    x = keras.Input((inputs,))
    h = keras.layers.Dense(hidden)(x)
    h = keras.layers.ReLU()(h)
    return keras.Model(x, keras.layers.Dense(outputs, activation="linear")(h))


def mlp_without_input(inputs, hidden, outputs):
    import keras

    return keras.Sequential([keras.layers.Dense(hidden, activation=keras.ops.relu), keras.layers.Dense(outputs)])


def mlp_added(inputs, hidden, outputs):
    import keras

    model = keras.Sequential(name="digits")
    model.add(keras.layers.InputLayer(shape=(inputs,)))
    model.add(keras.layers.Dense(hidden))
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.Dropout(0.2))
    model.add(keras.layers.Dense(outputs))
    model.compile(loss="mse")
    return model


def mlp_subclass(inputs, hidden, outputs):
    import keras

    class MLP(keras.Model):
        def __init__(self):
            super().__init__()
            self.out = keras.layers.Dense(outputs)
            self.hidden = keras.layers.Dense(hidden, "relu")

        def call(self, x):
            return self.out(self.hidden(x))

    return MLP()


def mlp_own_weights(inputs, hidden, outputs):
    import keras

    class Layer(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.arrays = [
                self.add_weight(shape=shape) for shape in ((inputs, hidden), (hidden,), (hidden, outputs), (outputs,))
            ]

        def call(self, x):
            W1, b1, W2, b2 = self.arrays
            return keras.ops.matmul(keras.ops.maximum(keras.ops.matmul(x, W1) + b1, 0), W2) + b2

    return Layer()


# --- conv1d ---


def conv_loops(x, kernel, b):
    size, k, m = kernel.shape
    result = []
    for start in range(len(x) - size + 1):
        row = [float(value) for value in b]
        for neuron in range(m):
            for step in range(size):
                for number in range(k):
                    row[neuron] += x[start + step][number] * kernel[step][number][neuron]
        result.append(row)
    return result


def conv_views(x, kernel, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, len(kernel), axis=0)  # (places, k, size)
    return np.einsum("pks,skm->pm", windows, kernel) + b


def conv_shifts(x, kernel, b):
    places = len(x) - len(kernel) + 1
    return sum((x[s : s + places] @ kernel[s] for s in range(len(kernel))), b)


def conv_correlate(x, kernel, b):
    columns = [
        sum(np.correlate(x[:, i], kernel[:, i, j], "valid") for i in range(x.shape[1])) + b[j] for j in range(len(b))
    ]
    return np.stack(columns, axis=1)


def conv_tensordot32(x, kernel, b):
    rows = [np.tensordot(np.float32(x[i : i + len(kernel)]), kernel, 2) for i in range(len(x) - len(kernel) + 1)]
    return np.float32(rows) + b


def conv_tensor(x, kernel, b):
    import tensorflow as tf

    return tf.nn.conv1d(tf.constant(x[None]), tf.constant(kernel), 1, "VALID")[0] + b


def conv_keras(x, kernel, b):
    import keras

    return keras.ops.conv(x[None].astype("float32"), kernel.astype("float32"))[0] + b.astype("float32")


RIGHT_WAYS = {
    "dense": [
        dense_loops,
        dense_einsum32,
        dense_one_more_input,
        dense_columns,
        dense_transposed,
        dense_tensor,
        dense_keras,
    ],
    "forward": [
        forward_index,
        forward_recursive,
        forward_relu_first,
        forward_in_place,
        forward_reduce32,
        forward_tensor,
        forward_keras,
    ],
    "xor_network": [xor_tent, xor_lists, xor_minus_the_negatives, xor_columns_float32, xor_one_bend, xor_tensors],
    "count_parameters": [count_loop, count_arrays, count_recursive, count_float, count_keras],
    "build_mlp": [mlp_functional, mlp_without_input, mlp_added, mlp_subclass, mlp_own_weights],
    "conv1d": [conv_loops, conv_views, conv_shifts, conv_correlate, conv_tensordot32, conv_tensor, conv_keras],
}
