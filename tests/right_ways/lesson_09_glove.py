"""Other right ways for lesson 09."""

import re
from collections import Counter

import numpy as np

# ---- parse_line


def parse_split_at_single_spaces(line, dim):
    pieces = line.rstrip("\n").rstrip("\r").split(" ")
    return " ".join(pieces[:-dim]), np.asarray(pieces[-dim:], dtype=np.float32)


def parse_floats(line, dim):
    pieces = line.rsplit(" ", dim)  # float() does not mind the line's end
    return [pieces[0], [float(piece) for piece in pieces[1:]]]


def parse_rpartition(line, dim):
    vector = np.zeros(dim)
    for i in reversed(range(dim)):
        line, _, number = line.rpartition(" ")
        vector[i] = number
    return line, vector


def parse_regex(line, dim):
    match = re.fullmatch(rf"(.*)((?: [^ \r\n]+){{{dim}}})[\r\n]*", line, re.DOTALL)
    return match[1], np.fromstring(match[2], "f", sep=" ")


def parse_tensor(line, dim):
    import tensorflow as tf

    word, *numbers = line.rstrip().rsplit(" ", dim)
    return word, tf.strings.to_number(tf.constant(numbers))


# ---- load_glove


def load_by_counting_pieces(lines, wanted, dim):
    vectors = {}
    for line in lines:
        pieces = line.split()
        if len(pieces) != dim + 1:
            continue
        word = pieces[0]
        if word in wanted:
            vectors.setdefault(word, np.array([float(piece) for piece in pieces[1:]]))
    return vectors


def load_removing_what_was_found(lines, wanted, dim):
    missing, vectors = set(wanted), {}
    for line in lines:
        word, *numbers = line.rstrip().split(" ")
        if word in missing and len(numbers) == dim:
            vectors[word] = tuple(map(float, numbers))
            missing.remove(word)
    return vectors


def load_backwards(lines, wanted, dim):
    cut = [line.rstrip("\n").rsplit(" ", dim) for line in lines]
    whole = [pieces for pieces in cut if len(pieces) == dim + 1]
    return {pieces[0]: np.float32(pieces[1:]) for pieces in reversed(whole) if pieces[0] in wanted}


def load_parsing_all(lines, wanted, dim):
    everything = {}
    for line in lines:
        try:
            word, rest = line.split(" ", 1)
            vector = np.array(rest.split(), dtype="float64")
        except ValueError:
            continue
        if vector.shape == (dim,) and word not in everything:
            everything[word] = vector
    return {word: everything[word] for word in wanted if word in everything}


# ---- coverage


def coverage_sets(counts, known):
    found = counts.keys() & set(known)
    total = sum(counts.values()) or 1
    return len(found) / max(1, len(counts)), sum(map(counts.get, found)) / total


def coverage_numpy(counts, known):
    if len(counts) == 0:
        return np.zeros(2)
    hit = np.array([word in known for word in counts])
    weight = np.array(list(counts.values()))
    return np.array([hit.mean(), (hit * weight).sum() / weight.sum()], dtype="float32")


def coverage_loop(counts, known):
    types = tokens = total = 0
    for word, n in counts.items():
        total += n
        if word in known:
            types += 1
            tokens += n
    return [types / len(counts), tokens / total] if total else [0, 0]


def coverage_tokens(counts, known):
    page = list(Counter(counts).elements())

    def share(words):
        return np.mean([word in known for word in words]) if words else 0.0

    return share(list(counts)), share(page)


# ---- embedding_matrix


def matrix_get(words, vectors, dim):
    return np.stack([np.asarray(vectors.get(word, np.zeros(dim)), dtype="float32") for word in words])


def matrix_lists(words, vectors, dim):
    return [list(map(float, vectors[word])) if word in vectors else [0.0] * dim for word in words]


def matrix_from_the_file(words, vectors, dim):
    ids = {word: i for i, word in enumerate(words)}
    matrix = np.zeros((len(words), dim))
    for word, vector in vectors.items():
        if word in ids:
            matrix[ids[word], :] = vector
    return matrix


def matrix_appending(words, vectors, dim):
    matrix = np.empty((0, dim))
    for word in words:
        matrix = np.vstack([matrix, vectors[word] if word in vectors else np.zeros(dim)])
    return matrix


def matrix_tensor(words, vectors, dim):
    import tensorflow as tf

    return tf.stack([tf.cast(vectors[word], tf.float32) if word in vectors else tf.zeros(dim) for word in words])


# ---- frozen_layer


def frozen_with_weights_argument(matrix):
    import keras

    return keras.layers.Embedding(len(matrix), len(matrix[0]), weights=[matrix], mask_zero=True, trainable=False)


def frozen_afterwards(matrix):
    import keras

    layer = keras.layers.Embedding(*matrix.shape, mask_zero=True)
    layer(np.zeros((1, 1), dtype="int32"))
    layer.set_weights([matrix.astype("float32")])
    layer.trainable = False
    return layer


def frozen_from_constant(matrix):
    import keras

    constant = keras.initializers.Constant(matrix)
    return keras.layers.Embedding(*matrix.shape, embeddings_initializer=constant, mask_zero=True, trainable=False)


def frozen_in_a_model(matrix):
    import tensorflow as tf

    ids = tf.keras.Input((None,), dtype="int32")
    layer = tf.keras.layers.Embedding(*matrix.shape, mask_zero=True, trainable=False)
    model = tf.keras.Model(ids, layer(ids))
    model.set_weights([matrix])
    return model


def frozen_by_hand(matrix):
    import keras

    class Table(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.table = self.add_weight(shape=matrix.shape, initializer="zeros", trainable=False)
            self.table.assign(matrix)

        def call(self, ids):
            return keras.ops.take(self.table, ids, axis=0)

        def compute_mask(self, ids, mask=None):
            return keras.ops.not_equal(ids, 0)

    return Table()


# ---- find_vector


def find_generator(word, vectors, dim):
    low = word.lower()
    for forms in ([word], [low], low.split("-")):
        rows = [np.asarray(vectors[form], dtype="float32") for form in forms if form in vectors]
        if rows:
            return sum(rows) / len(rows)
    return [0] * dim


def find_get(word, vectors, dim):
    vector = vectors.get(word)
    if vector is None:
        vector = vectors.get(word.lower())
    if vector is None:
        total, n = np.zeros(dim), 0
        for part in word.lower().split("-"):
            if part in vectors:
                total, n = total + vectors[part], n + 1
        vector = total / max(n, 1)
    return vector.tolist()


def find_nan_to_num(word, vectors, dim):
    if word in vectors:
        return vectors[word].copy()
    if word.lower() in vectors:
        return vectors[word.lower()].copy()
    rows = np.reshape([vectors[part] for part in word.lower().split("-") if part in vectors], (-1, dim))
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(rows.sum(axis=0) / len(rows) if len(rows) else np.full(dim, np.nan))


def find_tensor(word, vectors, dim):
    import tensorflow as tf

    for form in (word, word.lower()):
        if form in vectors:
            return tf.constant(vectors[form], tf.float32)
    rows = [vectors[part] for part in word.lower().split("-") if part in vectors]
    return tf.reduce_mean(tf.constant(rows, tf.float32), axis=0) if rows else tf.zeros(dim)


RIGHT_WAYS = {
    "parse_line": [
        parse_split_at_single_spaces,
        parse_floats,
        parse_rpartition,
        parse_regex,
        parse_tensor,
    ],
    "load_glove": [load_by_counting_pieces, load_removing_what_was_found, load_backwards, load_parsing_all],
    "coverage": [coverage_sets, coverage_numpy, coverage_loop, coverage_tokens],
    "embedding_matrix": [matrix_get, matrix_lists, matrix_from_the_file, matrix_appending, matrix_tensor],
    "frozen_layer": [
        frozen_with_weights_argument,
        frozen_afterwards,
        frozen_from_constant,
        frozen_in_a_model,
        frozen_by_hand,
    ],
    "find_vector": [find_generator, find_get, find_nan_to_num, find_tensor],
}
