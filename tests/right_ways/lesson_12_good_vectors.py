"""Other right ways for lesson 12."""

import math
from collections import Counter

import numpy as np


def nearest_by_loop(table, row, k):
    def cosine(x, y):
        lengths = math.sqrt(sum(v * v for v in x)) * math.sqrt(sum(v * v for v in y))
        return sum(v * w for v, w in zip(x, y, strict=True)) / lengths if lengths else 0.0

    others = [i for i in range(len(table)) if i != row]
    table = [[float(v) for v in r] for r in table]
    return sorted(others, key=lambda i: -cosine(table[i], table[row]))[:k]


def nearest_by_argpartition(table, row, k):
    table = np.asarray(table, "float32")
    lengths = np.linalg.norm(table, axis=1)
    cosines = table @ table[row] / np.maximum(lengths * lengths[row], 1e-12)
    cosines[row] = -2
    top = np.argpartition(-cosines, k - 1)[:k]
    return top[np.argsort(-cosines[top])].astype("int32")


def nearest_by_keras(table, row, k):
    import keras

    unit = keras.ops.normalize(keras.ops.convert_to_tensor(np.asarray(table), "float32"), axis=-1)
    cosines = keras.ops.convert_to_numpy(unit @ unit[row][:, None])[:, 0]
    order = [int(i) for i in np.argsort(cosines)[::-1] if i != row]
    return tuple(order[:k])


def nearest_by_sklearn(table, row, k):
    from sklearn.metrics.pairwise import cosine_similarity

    cosines = cosine_similarity(table)[row]
    return np.array([i for i in np.argsort(-cosines) if i != row])[:k]


def spearman_by_counting(a, b):
    def ranks(values):
        ordered, counts = sorted(values), Counter(values)
        return [ordered.index(v) + 1 + (counts[v] - 1) / 2 for v in values]

    x, y = ranks(list(a)), ranks(list(b))
    mx, my = sum(x) / len(x), sum(y) / len(y)
    top = sum((p - mx) * (q - my) for p, q in zip(x, y, strict=True))
    return top / math.sqrt(sum((p - mx) ** 2 for p in x) * sum((q - my) ** 2 for q in y))


def spearman_by_the_course(a, b):
    from course.vectors import spearman

    return spearman(a, b)


def spearman_by_scipy(a, b):
    from scipy.stats import spearmanr

    return spearmanr(a, b).statistic


def spearman_in_float32(a, b):
    def ranks(values):
        values = np.asarray(values)
        ordered = np.sort(values)
        first, last = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
        return ((first + last + 1) / 2).astype("float32")

    return np.corrcoef(ranks(a), ranks(b))[0, 1].astype("float32")


def analogy_by_loop(table, a, b, c):
    def unit(row):
        length = math.sqrt(sum(float(v) ** 2 for v in row))
        return [float(v) / length for v in row]

    units = [unit(row) for row in table]
    target = unit([q - p + r for p, q, r in zip(units[a], units[b], units[c], strict=True)])
    others = set(range(len(units))) - {a, b, c}
    return max(others, key=lambda i: sum(v * w for v, w in zip(units[i], target, strict=True)))


def analogy_by_three_cosines(table, a, b, c):
    unit = np.asarray(table, "float32")
    unit = unit / np.linalg.norm(unit, axis=1, keepdims=True)
    cosines = unit @ unit[[a, b, c]].T  # (n, 3)
    scores = cosines[:, 1] - cosines[:, 0] + cosines[:, 2]
    return np.int64(next(i for i in np.argsort(-scores) if i not in (a, b, c)))


def analogy_by_distance_of_unit_rows(table, a, b, c):
    unit = table / np.linalg.norm(table, axis=1)[:, None]
    distances = np.linalg.norm(unit - (unit[b] - unit[a] + unit[c]), axis=1)
    distances[[a, b, c]] = np.inf
    return int(distances.argmin())


def analogy_by_tensors(table, a, b, c):
    import tensorflow as tf

    unit = tf.math.l2_normalize(tf.constant(table, tf.float64), axis=1)
    scores = tf.linalg.matvec(unit, unit[b] - unit[a] + unit[c])
    return tf.argmax(tf.tensor_scatter_nd_update(scores, [[a], [b], [c]], tf.fill([3], tf.cast(-9, tf.float64))))


def pca_by_sklearn(table, k):
    from sklearn.decomposition import PCA

    return PCA(k, svd_solver="full").fit_transform(table)


def pca_by_covariance(table, k):
    centred = table - np.mean(table, axis=0)
    directions = np.linalg.eigh(np.cov(centred.T))[1][:, ::-1]
    return -(centred @ directions[:, :k])


def pca_by_left_vectors(table, k):
    centred = (table - table.mean(0)).astype("float32")
    left, spreads, _ = np.linalg.svd(centred, full_matrices=False)
    return (left * spreads)[:, :k].tolist()


def pca_by_tensors(table, k):
    import tensorflow as tf

    centred = tf.constant(table) - tf.reduce_mean(table, axis=0)
    spreads, left, _ = tf.linalg.svd(centred)
    return (left * spreads)[:, :k]


def tsv_by_loops(words, table):
    vectors, metadata = "", ""
    for word, row in zip(words, table, strict=True):
        vectors += "\t".join(f"{value:.6f}" for value in row) + "\n"
        word = word.replace("\t", " ").replace("\n", " ")
        metadata += (word if word else "(empty)") + "\n"
    return vectors, metadata


def tsv_by_csv(words, table):
    import csv
    import io

    file = io.StringIO()
    csv.writer(file, delimiter="\t").writerows(np.asarray(table).tolist())
    cleaned = [word.translate({9: " ", 10: " "}) or "(empty)" for word in words]
    return [file.getvalue(), "\n".join(cleaned)]


def tsv_by_savetxt(words, table):
    import io
    import re

    file = io.StringIO()
    np.savetxt(file, np.asarray(table), delimiter="\t", fmt="%.5e")
    return file.getvalue(), "\n".join(re.sub(r"[\t\n]", " ", word) or "(empty)" for word in words)


def weat_by_loops(x, y, a, b):
    def cosine(v, w):
        return float(np.dot(v, w) / (np.linalg.norm(v) * np.linalg.norm(w)))

    def leaning(v):
        return sum(cosine(v, w) for w in a) / len(a) - sum(cosine(v, w) for w in b) / len(b)

    s, t = [leaning(v) for v in x], [leaning(v) for v in y]
    mean = sum(s + t) / len(s + t)
    spread = math.sqrt(sum((value - mean) ** 2 for value in s + t) / len(s + t))
    return (sum(s) / len(s) - sum(t) / len(t)) / spread


def weat_by_mean_of_unit_rows(x, y, a, b):
    x, y, a, b = (w / np.linalg.norm(w, axis=1, keepdims=True) for w in (x, y, a, b))
    axis = a.mean(axis=0) - b.mean(axis=0)
    return ((x @ axis).mean() - (y @ axis).mean()) / np.std([*(x @ axis), *(y @ axis)])


def weat_by_tensors(x, y, a, b):
    import tensorflow as tf

    x, y, a, b = (tf.math.l2_normalize(tf.cast(w, tf.float64), axis=1) for w in (x, y, a, b))

    def leaning(w):
        return tf.reduce_mean(w @ tf.transpose(a), axis=1) - tf.reduce_mean(w @ tf.transpose(b), axis=1)

    s, t = leaning(x), leaning(y)
    return (tf.reduce_mean(s) - tf.reduce_mean(t)) / tf.math.reduce_std(tf.concat([s, t], axis=0))


RIGHT_WAYS = {
    "nearest": [nearest_by_loop, nearest_by_argpartition, nearest_by_keras, nearest_by_sklearn],
    "spearman": [spearman_by_counting, spearman_by_the_course, spearman_by_scipy, spearman_in_float32],
    "analogy": [
        analogy_by_loop,
        analogy_by_three_cosines,
        analogy_by_distance_of_unit_rows,
        analogy_by_tensors,
    ],
    "pca": [pca_by_sklearn, pca_by_covariance, pca_by_left_vectors, pca_by_tensors],
    "projector_tsv": [tsv_by_loops, tsv_by_csv, tsv_by_savetxt],
    "weat": [weat_by_loops, weat_by_mean_of_unit_rows, weat_by_tensors],
}
