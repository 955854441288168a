"""Other right ways for lesson 10."""

import math
import random
import statistics

import numpy as np


def subsets_by_dealing(labels, sizes, seed):
    rng = np.random.default_rng(seed)
    ones, zeros = (rng.permutation(np.flatnonzero(np.asarray(labels) == kind)) for kind in (1, 0))
    few = min(len(ones), len(zeros))
    order = np.stack([ones[:few], zeros[:few]], axis=1).ravel()
    return [order[:size] for size in sizes]


def subsets_in_plain_python(labels, sizes, seed):
    order = list(range(len(labels)))
    random.Random(seed).shuffle(order)
    result = []
    for size in sizes:
        chosen, left = [], {0: size // 2, 1: size // 2}
        for i in order:
            if left[int(labels[i])]:
                left[int(labels[i])] -= 1
                chosen.append(i)
        result.append(chosen)
    return result


def subsets_grown(labels, sizes, seed):
    np.random.seed(seed)
    chosen, result = np.array([], dtype=int), []
    for size in sizes:
        for kind in (0, 1):
            free = np.setdiff1d(np.flatnonzero(labels == kind), chosen)
            missing = size // 2 - int((labels[chosen] == kind).sum())
            chosen = np.append(chosen, np.random.choice(free, missing, replace=False))
        result.append(chosen.copy())
    return tuple(result)


def subsets_by_sorting(labels, sizes, seed):
    keys = np.random.RandomState(seed).rand(len(labels))
    order = np.argsort(keys)
    rank = np.empty(len(labels), dtype="int64")
    for kind in (0, 1):
        own = order[labels[order] == kind]
        rank[own] = np.arange(len(own))
    return [np.flatnonzero(rank < size // 2) for size in sizes]


def error_by_loops(accuracies):
    columns = list(zip(*np.asarray(accuracies).tolist(), strict=True))
    means = [statistics.fmean(column) for column in columns]
    return means, [statistics.stdev(column) / math.sqrt(len(column)) for column in columns]


def error_in_float32(accuracies):
    x = np.asarray(accuracies, dtype="float32")
    mean = x.mean(axis=0)
    r = len(x)
    return np.stack([mean, np.sqrt(((x - mean) ** 2).sum(axis=0) / (r * (r - 1)))])


def error_by_tensors(accuracies):
    import tensorflow as tf

    x = tf.constant(accuracies, tf.float64)
    mean = tf.reduce_mean(x, axis=0)
    variance = tf.reduce_sum((x - mean) ** 2, axis=0) / (x.shape[0] - 1)
    return mean, tf.sqrt(variance / x.shape[0])


def thaw_after_compiling(model, rate):
    import keras

    model.compile(loss=keras.losses.BinaryCrossentropy(), optimizer=keras.optimizers.Adam(learning_rate=rate))
    for layer in model.layers:
        layer.trainable = True
    return model


def thaw_by_the_flag_twice(model, rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model


def thaw_the_frozen_ones(model, rate):
    import keras

    for layer in model.layers:
        if not layer.trainable:
            layer.trainable = True
    optimizer = keras.optimizers.Adam()
    optimizer.learning_rate = rate
    model.compile(optimizer=optimizer, loss=keras.losses.binary_crossentropy, jit_compile=False)
    return model


def thaw_and_train_eagerly(model, rate):
    import keras

    [setattr(layer, "trainable", True) for layer in model.layers]
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy", run_eagerly=True)
    return model


def moved_by_sets(before, after, ids):
    met = {int(i) for i in np.ravel(ids)} - {0}
    far = {True: [], False: []}
    for i in range(1, len(before)):
        far[i in met].append(math.dist(list(before[i]), list(after[i])))
    return [sum(far[kind]) / max(len(far[kind]), 1) for kind in (True, False)]


def moved_by_masks(before, after, ids):
    distance = np.sqrt(np.einsum("vd,vd->v", after - before, after - before)).astype("float32")
    met = np.zeros(len(before))
    met[np.asarray(ids).ravel()] = 1
    other = 1 - met
    met[0] = other[0] = 0
    return distance @ met / max(met.sum(), 1), distance @ other / max(other.sum(), 1)


def moved_by_deleting(before, after, ids):
    distance = np.hypot.reduce(np.asarray(after) - np.asarray(before), axis=1)
    met = np.setdiff1d(np.unique(ids), [0])
    other = np.delete(distance, np.append(met, 0))
    return np.array([distance[met].mean() if met.size else 0, other.mean() if other.size else 0])


def choose_by_loop(validation, test):
    best, highest = 0, -1.0
    for i, row in enumerate(validation):
        if sum(row) / len(row) > highest + 1e-12:
            best, highest = i, sum(row) / len(row)
    return best, sum(test[best]) / len(test[best])


def choose_by_max(validation, test):
    means = np.asarray(validation, dtype="float64").mean(axis=1).round(9).tolist()
    best = max(range(len(means)), key=means.__getitem__)
    return [np.int64(best), np.float32(np.mean(test[best]))]


def choose_by_tensors(validation, test):
    import tensorflow as tf

    best = tf.argmax(tf.reduce_mean(tf.constant(validation), axis=1))
    return best, tf.reduce_mean(tf.constant(test)[best])


def step_by_terms(weights, slopes, rates, starts, pull):
    new = []
    for k in range(len(weights)):
        if starts[k] is None:
            new.append(weights[k] - rates[k] * slopes[k])
        else:
            keep = rates[k] * pull
            new.append((1 - keep) * weights[k] + keep * starts[k] - rates[k] * slopes[k])
    return new


def step_on_copies(weights, slopes, rates, starts, pull):
    new = [np.array(weight, dtype="float32") for weight in weights]
    for weight, slope, rate, start in zip(new, slopes, rates, starts, strict=True):
        band = pull * (weight - start) if start is not None else 0
        weight -= (rate * (slope + band)).astype("float32")
    return tuple(new)


def step_by_tape(weights, slopes, rates, starts, pull):
    import tensorflow as tf

    new = []
    for weight, slope, rate, start in zip(weights, slopes, rates, starts, strict=True):
        w = tf.Variable(weight, dtype=tf.float64)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(w * slope)
            if start is not None:
                loss += pull / 2 * tf.reduce_sum((w - start) ** 2)
        new.append(w - rate * tape.gradient(loss, w))
    return new


RIGHT_WAYS = {
    "label_subsets": [subsets_by_dealing, subsets_in_plain_python, subsets_grown, subsets_by_sorting],
    "mean_and_error": [error_by_loops, error_in_float32, error_by_tensors],
    "unfreeze": [thaw_after_compiling, thaw_by_the_flag_twice, thaw_the_frozen_ones, thaw_and_train_eagerly],
    "moved": [moved_by_sets, moved_by_masks, moved_by_deleting],
    "choose": [choose_by_loop, choose_by_max, choose_by_tensors],
    "tuning_step": [step_by_terms, step_on_copies, step_by_tape],
}
