"""Other right ways for lesson 04."""

from collections import Counter

import numpy as np

# --- number_items ---


def first_met(items):
    return {item: i for i, item in enumerate(dict.fromkeys(items), start=1)}


def with_a_set(items):
    met, listed = set(), []
    for item in items:
        if item not in met:
            met.add(item)
            listed.append(item)
    return dict(zip(listed, range(1, len(listed) + 1), strict=True))


def setdefault(items):
    ids = {}
    for item in items:
        ids.setdefault(item, len(ids) + 1)
    return ids


def numpy_numbers(items):
    ids = {}
    for item in items:
        if ids.get(item) is None:
            ids[item] = np.int64(len(ids) + 1)
    return ids


def counter_keys(items):
    return {item: i + 1 for i, item in enumerate(Counter(items))}


# --- one_hot ---


def eye(ids, size):
    if any(i < 0 or i >= size for i in ids):
        raise ValueError("out of range")
    return np.eye(size)[ids]


def lists(ids, size):
    rows = []
    for i in ids:
        if not 0 <= i < size:
            raise ValueError(f"{i} is no id")
        rows.append([1 if column == i else 0 for column in range(size)])
    return np.array(rows, dtype="int8").reshape(len(ids), size)


def compared(ids, size):
    rows = ids[:, None] == np.arange(size)[None, :]
    if not rows.any(axis=1).all():
        raise ValueError("out of range")
    return rows


def by_keras(ids, size):
    import keras

    if len(ids) and not (ids.min() >= 0 and ids.max() < size):
        raise ValueError
    return keras.ops.one_hot(ids, size)


def by_tensorflow(ids, size):
    import tensorflow as tf

    if np.any((ids < 0) | (ids >= size)):
        raise ValueError("ids")
    return tf.one_hot(tf.constant(ids), size, dtype=tf.float64)


# --- distances ---


def two_loops(vectors):
    n = len(vectors)
    table = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            table[i][j] = sum((a - b) ** 2 for a, b in zip(vectors[i], vectors[j], strict=True)) ** 0.5
    return table


def norms(vectors):
    return np.array([np.linalg.norm(vectors - row, axis=1) for row in vectors])


def multiplied_out(vectors):
    vectors = vectors.astype("float32")
    squares = (vectors**2).sum(axis=1)
    return np.sqrt(np.maximum(squares[:, None] + squares[None, :] - 2 * vectors @ vectors.T, 0))


def scipy_like(vectors):
    table = np.zeros((len(vectors), len(vectors)))
    for i in range(len(vectors)):
        for j in range(i):
            table[i, j] = table[j, i] = np.sqrt(np.sum((vectors[i] - vectors[j]) ** 2))
    return table


def tensors(vectors):
    import tensorflow as tf

    vectors = tf.constant(vectors)
    return tf.norm(tf.expand_dims(vectors, 1) - tf.expand_dims(vectors, 0), axis=-1)


# --- bag_of_words ---


def bincount(words, vocabulary):
    ids = np.array([vocabulary.get(word, 0) for word in words], dtype=int)
    return np.bincount(ids, minlength=len(vocabulary) + 1)


def one_hots_added(words, vocabulary):
    bag = np.zeros(len(vocabulary) + 1, dtype="float32")
    for word in words:
        row = np.zeros(len(vocabulary) + 1, dtype="float32")
        row[vocabulary.get(word, 0)] = 1
        bag += row
    return bag


def plain_list(words, vocabulary):
    bag = [0] * (len(vocabulary) + 1)
    for word, id_ in vocabulary.items():
        bag[id_] = words.count(word)
    bag[0] = len(words) - sum(bag)
    return bag


def category_encoding(words, vocabulary):
    import keras

    if not words:
        return np.zeros(len(vocabulary) + 1)
    listed = sorted(vocabulary, key=vocabulary.get)
    ids = keras.layers.StringLookup(vocabulary=listed)(words)
    return keras.layers.CategoryEncoding(num_tokens=len(listed) + 1, output_mode="count")(ids)


def counter(words, vocabulary):
    counts = Counter(vocabulary.get(word, 0) for word in words)
    return tuple(counts[i] for i in range(len(vocabulary) + 1))


# --- sparse_product ---


def add_at(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]), dtype="float32")
    np.add.at(product, rows, counts[:, None] * table[columns])
    return product


def text_by_text(rows, columns, counts, table, n):
    return [[float(total) for total in counts[rows == i] @ table[columns[rows == i]]] for i in range(n)]


def bincount_by_column(rows, columns, counts, table, n):
    each = [np.bincount(rows, counts * table[columns, k], minlength=n) for k in range(table.shape[1])]
    return np.stack(each, axis=1)


def segment_sum(rows, columns, counts, table, n):
    import tensorflow as tf

    scaled = tf.cast(counts[:, None], tf.float64) * tf.gather(table, columns)
    return tf.math.unsorted_segment_sum(scaled, rows, n)


def grouped_in_a_dict(rows, columns, counts, table, n):
    """Python objects for each entry: they weigh more than numbers, and far less than zeros."""
    entries = {}
    for row, column, count in zip(rows, columns, counts, strict=True):
        entries.setdefault(int(row), []).append(count * table[column])
    return np.array([np.sum(entries.get(i, [np.zeros(table.shape[1])]), axis=0) for i in range(n)])


def every_text_with_every_entry(rows, columns, counts, table, n):
    """n times m turns of a loop: slow, and right."""
    product = np.zeros((n, table.shape[1]))
    for i in range(n):
        for j in range(len(rows)):
            if rows[j] == i:
                product[i] += counts[j] * table[columns[j]]
    return product


RIGHT_WAYS = {
    "number_items": [first_met, with_a_set, setdefault, numpy_numbers, counter_keys],
    "one_hot": [eye, lists, compared, by_keras, by_tensorflow],
    "distances": [two_loops, norms, multiplied_out, scipy_like, tensors],
    "bag_of_words": [bincount, one_hots_added, plain_list, category_encoding, counter],
    "sparse_product": [
        add_at,
        text_by_text,
        bincount_by_column,
        segment_sum,
        grouped_in_a_dict,
        every_text_with_every_entry,
    ],
}
