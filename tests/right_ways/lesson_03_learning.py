"""Other right ways for lesson 03."""

import math

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# --- binary_cross_entropy ---


def cross_entropy_loop(p, y):
    total = 0.0
    for answer, label in zip(p, y, strict=True):
        answer = min(max(float(answer), 1e-7), 1 - 1e-7)
        total -= math.log(answer) if label == 1 else math.log(1 - answer)
    return total / len(y)


def cross_entropy_where(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.where(y == 1, -np.log(p), -np.log(1 - p)).mean()


def cross_entropy_dot(p, y):
    p = np.minimum(np.maximum(p, 1e-7), 1 - 1e-7)
    return -(y @ np.log(p) + (1 - y) @ np.log1p(-p)) / len(p)


def cross_entropy_given_to_what_was_right(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.mean(-np.log(np.abs(1 - y - p)))


def cross_entropy_float32(p, y):
    p = np.clip(np.float32(p), np.float32(1e-7), np.float32(1 - 1e-7))
    return np.float32(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def cross_entropy_keras(p, y):
    import keras

    return keras.losses.BinaryCrossentropy()(y, p)


def cross_entropy_tensor(p, y):
    import tensorflow as tf

    p = tf.clip_by_value(tf.constant(p), 1e-7, 1 - 1e-7)
    return -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))


# --- numeric_gradient ---


def numeric_list(f, w, h):
    slopes = []
    for i in range(len(w)):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return slopes


def numeric_eye(f, w, h):
    return np.array([f(w + e) - f(w - e) for e in h * np.eye(len(w))]) / h / 2


def numeric_puts_back(f, w, h):
    slopes = np.zeros_like(w)
    for i in range(len(w)):
        kept = w[i]
        w[i] = kept + h
        up = f(w)
        w[i] = kept - h
        slopes[i] = (up - f(w)) / (2 * h)
        w[i] = kept
    return slopes


def numeric_arithmetic_back(f, w, h):
    slopes = np.zeros(len(w))
    for i in range(len(w)):
        w[i] += h
        up = f(w)
        w[i] -= 2 * h
        slopes[i] = (up - f(w)) / (2 * h)
        w[i] += h
    return slopes


def numeric_plain_lists32(f, w, h):
    w = [float(value) for value in w]
    result = []
    for i in range(len(w)):
        result.append((f(w[:i] + [w[i] + h] + w[i + 1 :]) - f(w[:i] + [w[i] - h] + w[i + 1 :])) / (2 * h))
    return np.float32(result)


# --- neuron_gradient ---


def neuron_loop(X, y, w, b):
    dw, db = [0.0] * len(w), 0.0
    for row, label in zip(X, y, strict=True):
        z = sum(a * c for a, c in zip(row, w, strict=True)) + b
        d = 1 / (1 + math.exp(-z)) - label
        for j in range(len(w)):
            dw[j] += d * row[j] / len(y)
        db += d / len(y)
    return dw, db


def neuron_mean(X, y, w, b):
    d = sigmoid(X @ w + b) - y
    return [(X * d[:, None]).mean(axis=0), d.mean()]


def neuron_einsum32(X, y, w, b):
    d = np.float32(sigmoid(X @ w + b) - y) / len(y)
    return np.einsum("nk,n->k", np.float32(X), d), np.float32(d.sum())


def neuron_long_chain(X, y, w, b):
    p = sigmoid(X @ w + b)
    dp = (-y / p + (1 - y) / (1 - p)) / len(y)
    dz = dp * p * (1 - p)
    return dz @ X, np.dot(dz, np.ones(len(y)))


def neuron_one_more_input(X, y, w, b):
    """The bias as the weight of an input that is always 1."""
    more = np.hstack([X, np.ones((len(X), 1))])
    d = more.T @ (sigmoid(more @ np.append(w, b)) - y) / len(y)
    return d[:-1], d[-1]


def neuron_tape(X, y, w, b):
    import tensorflow as tf

    w, b = tf.Variable(w), tf.Variable(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        z = tf.linalg.matvec(tf.constant(X), w) + b
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant(y), logits=z))
    return tape.gradient(loss, [w, b])


# --- descend ---


def descend_lists(gradient, start, rate, steps):
    w = [float(value) for value in start]
    places = [w]
    for _ in range(steps):
        w = [a - rate * d for a, d in zip(w, gradient(w), strict=True)]
        places.append(w)
    return places


def descend_rows(gradient, start, rate, steps):
    places = np.zeros((steps + 1, len(start)))
    places[0] = start
    for i in range(steps):
        places[i + 1] = places[i] - rate * gradient(places[i])
    return places


def descend_copies(gradient, start, rate, steps):
    w = start.copy()
    places = [w.copy()]
    for _ in range(steps):
        w -= rate * gradient(w)
        places.append(w.copy())
    return np.stack(places)


def descend_recursive32(gradient, start, rate, steps):
    if steps == 0:
        return np.float32([start])
    return np.vstack([[start], descend_recursive32(gradient, start - rate * gradient(start), rate, steps - 1)])


def descend_keras(gradient, start, rate, steps):
    import keras

    w, optimizer = keras.Variable(start), keras.optimizers.SGD(rate)
    places = [keras.ops.convert_to_numpy(w)]
    for _ in range(steps):
        optimizer.apply([keras.ops.convert_to_tensor(gradient(keras.ops.convert_to_numpy(w)), "float32")], [w])
        places.append(keras.ops.convert_to_numpy(w))
    return places


# --- backward ---


def backward_loop(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = np.zeros(W1.shape), np.zeros(len(b1)), np.zeros(len(w2)), 0.0
    for x, label in zip(X, y, strict=True):
        z1 = x @ W1 + b1
        h = np.maximum(z1, 0)
        d = sigmoid(h @ w2 + b2) - label
        back = d * w2 * (z1 > 0)
        dW1 += np.outer(x, back)
        db1 += back
        dw2 += d * h
        db2 += d
    n = len(y)
    return dW1 / n, db1 / n, dw2 / n, db2 / n


def backward_in_place(X, y, W1, b1, w2, b2):
    h = X @ W1 + b1
    h[h < 0] = 0
    d = (sigmoid(h @ w2 + b2) - y) / len(y)
    back = d[:, None] * w2
    back[h == 0] = 0
    return [(back.T @ X).T, back.sum(0), d @ h, float(d.sum())]


def backward_einsum32(X, y, W1, b1, w2, b2):
    z = np.einsum("nk,km->nm", X, W1) + b1
    d = np.float32(sigmoid(np.where(z > 0, z, 0) @ w2 + b2) - y)
    back = np.einsum("n,m,nm->nm", d, w2, z > 0)
    return (
        np.einsum("nk,nm->km", X, back) / len(y),
        back.mean(axis=0),
        np.einsum("nm,n->m", np.maximum(z, 0), d) / len(y),
        d.mean(),
    )


def backward_column(X, y, W1, b1, w2, b2):
    """Everything as columns, squeezed at the end."""
    h = np.maximum(X @ W1 + b1, 0)
    d = (sigmoid(h @ w2.reshape(-1, 1) + b2) - y.reshape(-1, 1)) / len(y)
    back = (d @ w2.reshape(1, -1)) * np.sign(h)
    return X.T @ back, back.sum(axis=0), (h.T @ d)[:, 0], d.sum()


def backward_tape(X, y, W1, b1, w2, b2):
    import tensorflow as tf

    watched = [tf.Variable(array, dtype=tf.float64) for array in (W1, b1, w2, b2)]
    with tf.GradientTape() as tape:
        h = tf.nn.relu(tf.constant(X) @ watched[0] + watched[1])
        p = tf.sigmoid(tf.linalg.matvec(h, watched[2]) + watched[3])
        loss = -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
    return tuple(tape.gradient(loss, watched))


RIGHT_WAYS = {
    "binary_cross_entropy": [
        cross_entropy_loop,
        cross_entropy_where,
        cross_entropy_dot,
        cross_entropy_given_to_what_was_right,
        cross_entropy_float32,
        cross_entropy_keras,
        cross_entropy_tensor,
    ],
    "numeric_gradient": [
        numeric_list,
        numeric_eye,
        numeric_puts_back,
        numeric_arithmetic_back,
        numeric_plain_lists32,
    ],
    "neuron_gradient": [
        neuron_loop,
        neuron_mean,
        neuron_einsum32,
        neuron_long_chain,
        neuron_one_more_input,
        neuron_tape,
    ],
    "descend": [descend_lists, descend_rows, descend_copies, descend_recursive32, descend_keras],
    "backward": [backward_loop, backward_in_place, backward_einsum32, backward_column, backward_tape],
}
