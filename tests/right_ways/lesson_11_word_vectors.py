"""Other right ways for lesson 11."""

import math

import numpy as np


def pairs_by_slices(ids, window):
    found = []
    for place in range(len(ids)):
        for other in [*ids[max(0, place - window) : place], *ids[place + 1 : place + 1 + window]]:
            found.append([int(ids[place]), int(other)])
    return found


def pairs_by_shifting(ids, window):
    ids = np.asarray(ids, dtype="int64")
    parts = [np.zeros((0, 2), "int64")]
    for distance in range(1, min(window, len(ids) - 1) + 1):
        pair = np.stack([ids[:-distance], ids[distance:]], axis=1)
        parts += [pair, pair[:, ::-1]]
    return np.concatenate(parts)


def pairs_by_a_mask(ids, window):
    place = np.arange(len(ids))
    apart = np.abs(place[:, None] - place)
    i, j = np.nonzero((apart > 0) & (apart <= window))
    return np.asarray(ids, "int32")[np.column_stack([i, j])]


def pairs_by_a_generator(ids, window):
    for i, centre in enumerate(ids):
        for j, other in enumerate(ids):
            if i != j and abs(i - j) <= window:
                yield centre, other


def pairs_as_tensors(ids, window):
    import tensorflow as tf

    return tf.constant(pairs_by_slices(list(ids), window), dtype=tf.int32)


def keep_by_loop(counts, threshold):
    total = sum(int(count) for count in counts)
    return [min(1.0, math.sqrt(threshold * total / count)) if count else 1 for count in counts]


def keep_by_where(counts, threshold):
    share = np.asarray(counts, "float32") / np.sum(counts)
    with np.errstate(divide="ignore"):
        return np.minimum(1, np.sqrt(np.float32(threshold) / share))


def keep_by_the_dropping(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    drop = 1 - np.sqrt(np.divide(threshold, share, out=np.ones(share.shape), where=share > 0))
    return 1 - np.clip(drop, 0, 1)


def keep_by_tensors(counts, threshold):
    import tensorflow as tf

    share = tf.cast(counts, tf.float32) / tf.cast(tf.reduce_sum(counts), tf.float32)
    return tf.minimum(1.0, tf.sqrt(threshold / share))


def sgns_by_loop(centre, true, noise):
    def cost(z):
        return math.log1p(math.exp(-z)) if z > 0 else -z + math.log1p(math.exp(z))

    total = 0.0
    for c, t, made in zip(centre, true, noise, strict=True):
        total += cost(float(np.dot(c, t))) + sum(cost(-float(np.dot(c, row))) for row in made)
    return total / len(centre)


def sgns_by_maximum(centre, true, noise):
    scores = np.concatenate([-(centre * true).sum(1)[:, None], np.einsum("nd,nkd->nk", centre, noise)], axis=1)
    return (np.maximum(scores, 0) + np.log1p(np.exp(-np.abs(scores)))).sum(axis=1).mean()


def sgns_by_keras(centre, true, noise):
    import keras

    rows = np.concatenate([np.asarray(true)[:, None], noise], axis=1).astype("float32")
    scores = keras.ops.einsum("nd,nkd->nk", np.asarray(centre, "float32"), rows)
    labels = np.zeros(scores.shape, "float32")
    labels[:, 0] = 1
    return keras.losses.BinaryCrossentropy(from_logits=True)(labels, scores) * scores.shape[1]


def sgns_by_tensorflow(centre, true, noise):
    import tensorflow as tf

    centre, true, noise = (tf.constant(x, tf.float32) for x in (centre, true, noise))
    real = tf.reduce_sum(centre * true, axis=1)
    made_up = tf.linalg.matvec(noise, centre)
    return tf.reduce_mean(-tf.math.log_sigmoid(real) - tf.reduce_sum(tf.math.log_sigmoid(-made_up), axis=1))


def cooccurrence_by_shifting(ids, size, window):
    ids, counts = np.asarray(ids), np.zeros((size, size))
    for distance in range(1, min(window, ids.shape[1] - 1) + 1):
        here, there = ids[:, :-distance].ravel(), ids[:, distance:].ravel()
        both = (here > 0) & (there > 0)
        np.add.at(counts, (here[both], there[both]), 1 / distance)
    return counts + counts.T


def cooccurrence_by_one_hot(ids, size, window):
    one_hot = np.eye(size, dtype="float32")[ids]  # (n, T, size)
    one_hot[..., 0] = 0
    place = np.arange(np.shape(ids)[1])
    apart = np.abs(place[:, None] - place)
    nearness = np.where((apart > 0) & (apart <= window), 1 / np.maximum(apart, 1), 0)
    return np.einsum("nsi,st,ntj->ij", one_hot, nearness, one_hot)


def cooccurrence_both_ways(ids, size, window):
    counts = [[0.0] * size for _ in range(size)]
    for text in ids:
        for i, word in enumerate(text):
            for j, other in enumerate(text):
                if i != j and abs(i - j) <= window and word and other:
                    counts[word][other] += 1 / abs(i - j)
    return counts


def cooccurrence_then_erased(ids, size, window):
    counts = np.zeros((size, size))
    for text in ids:
        for i in range(len(text)):
            for j in range(max(0, i - window), i):
                counts[text[i], text[j]] += 1 / (i - j)
                counts[text[j], text[i]] += 1 / (i - j)
    counts[0] = 0
    counts[:, 0] = 0
    return counts


def glove_by_loops(counts, rows, columns, row_bias, column_bias, limit):
    total = 0.0
    for i in range(len(counts)):
        for j in range(len(counts)):
            x = counts[i][j]
            if x > 0:
                weight = (x / limit) ** 0.75 if x < limit else 1
                total += weight * (np.dot(rows[i], columns[j]) + row_bias[i] + column_bias[j] - math.log(x)) ** 2
    return total


def glove_by_where(counts, rows, columns, row_bias, column_bias, limit):
    logs = np.log(np.where(counts > 0, counts, 1))
    error = np.einsum("id,jd->ij", rows, columns) + np.add.outer(row_bias, column_bias) - logs
    return (np.minimum(1, counts / limit) ** 0.75 * error**2).sum()


def glove_by_mending(counts, rows, columns, row_bias, column_bias, limit):
    with np.errstate(divide="ignore", invalid="ignore"):
        error = rows @ columns.T + row_bias.reshape(-1, 1) + column_bias.reshape(1, -1) - np.log(counts)
        return np.nansum(np.clip((counts / limit) ** 0.75, 0, 1) * error**2)


def glove_by_tensors(counts, rows, columns, row_bias, column_bias, limit):
    import tensorflow as tf

    x, w, w2, b, b2 = (tf.constant(a, tf.float32) for a in (counts, rows, columns, row_bias, column_bias))
    error = w @ tf.transpose(w2) + b[:, None] + b2[None, :] - tf.math.log(tf.maximum(x, 1e-9))
    return tf.reduce_sum(tf.minimum(1.0, tf.pow(x / limit, 0.75)) * error**2)


def ppmi_by_loops(counts):
    size, total = len(counts), float(np.sum(counts))
    result = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(size):
            if counts[i][j] > 0:
                chance = sum(counts[i]) * sum(counts[k][j] for k in range(size)) / total
                result[i][j] = max(0.0, math.log(counts[i][j] / chance))
    return result


def ppmi_by_probabilities(counts):
    joint = np.asarray(counts, "float32") / np.sum(counts)
    chance = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    return np.log(np.maximum(1, np.divide(joint, chance, out=np.ones_like(joint), where=chance > 0)))


def ppmi_by_mending(counts):
    counts = np.asarray(counts, float)
    with np.errstate(all="ignore"):
        pmi = np.log(counts * counts.sum() / np.outer(counts.sum(1), counts.sum(0)))
    pmi[~np.isfinite(pmi)] = 0
    return np.where(pmi > 0, pmi, 0)


def ppmi_by_tensors(counts):
    import tensorflow as tf

    x = tf.cast(counts, tf.float32)
    chance = tf.reduce_sum(x, 1, keepdims=True) * tf.reduce_sum(x, 0, keepdims=True) / tf.reduce_sum(x)
    return tf.math.log(tf.maximum(tf.math.divide_no_nan(x, chance), 1.0))


RIGHT_WAYS = {
    "skip_gram_pairs": [pairs_by_slices, pairs_by_shifting, pairs_by_a_mask, pairs_by_a_generator, pairs_as_tensors],
    "keep_probability": [keep_by_loop, keep_by_where, keep_by_the_dropping, keep_by_tensors],
    "sgns_loss": [sgns_by_loop, sgns_by_maximum, sgns_by_keras, sgns_by_tensorflow],
    "cooccurrence": [
        cooccurrence_by_shifting,
        cooccurrence_by_one_hot,
        cooccurrence_both_ways,
        cooccurrence_then_erased,
    ],
    "glove_loss": [glove_by_loops, glove_by_where, glove_by_mending, glove_by_tensors],
    "ppmi": [ppmi_by_loops, ppmi_by_probabilities, ppmi_by_mending, ppmi_by_tensors],
}
