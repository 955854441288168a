"""Other right ways for lesson 07."""

import math
from collections import Counter

import numpy as np


def shares_by_counter(ids, size):
    rows = []
    for review in ids:
        counts = Counter(int(word) for word in review if word != 0)
        total = sum(counts.values()) or 1
        rows.append([counts[word] / total for word in range(size)])
    return rows


def shares_by_one_hot(ids, size):
    one_hot = np.eye(size, dtype="float32")[np.asarray(ids)]  # (n, T, size)
    one_hot[..., 0] = 0
    total = one_hot.sum(axis=1)
    return total / np.maximum(total.sum(axis=1, keepdims=True), 1)


def shares_by_bincount(ids, size):
    counts = np.stack([np.bincount(review[review > 0], minlength=size) for review in np.asarray(ids)])
    words = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, words, out=np.zeros(counts.shape), where=words > 0)


def shares_by_tensors(ids, size):
    import tensorflow as tf

    counts = tf.reduce_sum(tf.one_hot(ids, size) * tf.cast(tf.not_equal(ids, 0), tf.float32)[..., None], axis=1)
    return tf.math.divide_no_nan(counts, tf.reduce_sum(counts, axis=1, keepdims=True))


def courses_own(vocabulary_size, width):
    from course.averaging import averaging_model

    return averaging_model(vocabulary_size, width)


def functional(vocabulary_size, width):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    mask = keras.ops.cast(keras.ops.not_equal(ids, 0), "float32")[..., None]
    mean = keras.ops.sum(rows * mask, axis=1) / keras.ops.maximum(keras.ops.sum(mask, axis=1), 1.0)
    return keras.Model(ids, keras.layers.Activation("sigmoid")(keras.layers.Dense(1)(mean)))


def subclassed(vocabulary_size, width):
    import keras

    class Averaging(keras.Model):
        def __init__(self):
            super().__init__()
            self.neuron = keras.layers.Dense(1, activation=keras.activations.sigmoid)
            self.table = keras.layers.Embedding(input_dim=vocabulary_size, output_dim=width)

        def call(self, ids):
            mask = keras.ops.cast(keras.ops.not_equal(ids, 0), "float32")
            share = mask / keras.ops.maximum(keras.ops.sum(mask, axis=1, keepdims=True), 1.0)
            return self.neuron(keras.ops.einsum("nt,ntd->nd", share, self.table(ids)))

    return Averaging()


def pooling_without_nan(vocabulary_size, width):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width, mask_zero=True)(ids)
    mean = keras.ops.nan_to_num(keras.layers.GlobalAveragePooling1D()(rows))
    model = keras.Model(ids, keras.layers.Dense(1, "sigmoid")(keras.layers.Dropout(0.5)(mean)))
    model.compile("adam", "binary_crossentropy")
    return model


def epoch_by_slices(losses, patience):
    for epoch in range(len(losses)):
        best = losses[: epoch + 1].index(min(losses[: epoch + 1]))
        if epoch - best >= patience:
            return best
    return losses.index(min(losses))


def epoch_with_the_lowest_loss(losses, patience):
    lowest, best, bad = math.inf, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, best, bad = loss, epoch, 0
        else:
            bad += 1
            if bad >= patience:
                return best
    return best


def epoch_by_numpy(losses, patience):
    losses = np.asarray(losses)
    lows = np.flatnonzero(losses < np.concatenate([[np.inf], np.minimum.accumulate(losses)[:-1]]))
    for low, following in zip(lows, [*lows[1:], len(losses) + patience + 1], strict=True):
        if following - low > patience:
            return np.int64(low)


def epoch_by_keras(losses, patience):
    import keras

    stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience)
    stopping.set_model(keras.Sequential())
    stopping.model.stop_training = False
    stopping.on_train_begin()
    for epoch, loss in enumerate(losses):
        stopping.on_epoch_end(epoch, {"val_loss": loss})
        if stopping.model.stop_training:
            break
    return stopping.best_epoch


def l2_by_loops(probabilities, labels, weights, rate):
    entropy = 0.0
    for p, label in zip(probabilities, labels, strict=True):
        entropy -= math.log(p if label else 1 - p) / len(labels)
    return entropy + rate * sum(float(w) ** 2 for array in weights for w in np.ravel(array))


def l2_in_float32(probabilities, labels, weights, rate):
    p = np.where(labels == 1, probabilities, 1 - probabilities).astype("float32")
    flat = np.concatenate([np.ravel(array) for array in weights] or [np.zeros(0)]).astype("float32")
    return np.float32(-np.log(p).mean() + rate * flat @ flat)


def l2_by_keras(probabilities, labels, weights, rate):
    import keras

    labels = np.asarray(labels, "float32")
    loss = keras.losses.BinaryCrossentropy()(labels, np.asarray(probabilities, "float32"))
    for array in weights:
        loss = loss + keras.regularizers.L2(rate)(keras.ops.convert_to_tensor(array, "float32"))
    return loss


def judge_by_loop(ids, scores, bias):
    total, count = 0.0, 0
    for word in ids:
        if word:
            total += scores[word]
            count += 1
    return 1 / (1 + math.exp(-(total / count + bias if count else bias)))


def judge_by_mask(ids, scores, bias):
    mask = np.asarray(ids) != 0
    z = (np.asarray(scores, "float32")[ids] * mask).sum() / max(mask.sum(), 1) + bias
    return np.array([1 / (1 + np.exp(-z))])[0]


def judge_by_tensors(ids, scores, bias):
    import tensorflow as tf

    picked = tf.gather(tf.constant(scores, tf.float32), tf.boolean_mask(ids, ids != 0))
    return tf.sigmoid(tf.math.divide_no_nan(tf.reduce_sum(picked), tf.cast(tf.size(picked), tf.float32)) + bias)


def judge_by_shares(ids, scores, bias):
    shares = np.bincount(ids[ids > 0], minlength=len(scores)) / max(np.count_nonzero(ids), 1)
    return 1 / (1 + np.exp(-(shares @ scores + bias)))


def drop_by_loop(x, rate, rng):
    result = np.array(x, float)
    for place in np.ndindex(result.shape):
        result[place] = 0.0 if rng.random() < rate else result[place] / (1 - rate)
    return result


def drop_by_mask(x, rate, rng):
    return x * rng.binomial(1, 1 - rate, size=np.shape(x)) / (1 - rate)


def drop_by_uniform(x, rate, rng):
    dropped = rng.uniform(size=x.shape) < rate
    scaled = x.astype("float32") / np.float32(1 - rate)
    scaled[dropped] = 0
    return scaled.tolist()


def drop_by_keras(x, rate, rng):
    import keras

    return keras.random.dropout(np.asarray(x, "float32"), rate, seed=int(rng.integers(2**31)))


RIGHT_WAYS = {
    "word_shares": [shares_by_counter, shares_by_one_hot, shares_by_bincount, shares_by_tensors],
    "build_model": [courses_own, functional, subclassed, pooling_without_nan],
    "best_epoch": [epoch_by_slices, epoch_with_the_lowest_loss, epoch_by_numpy, epoch_by_keras],
    "loss_with_l2": [l2_by_loops, l2_in_float32, l2_by_keras],
    "judge_review": [judge_by_loop, judge_by_mask, judge_by_tensors, judge_by_shares],
    "dropout": [drop_by_loop, drop_by_mask, drop_by_uniform, drop_by_keras],
}
