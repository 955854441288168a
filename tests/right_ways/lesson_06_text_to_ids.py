"""Other right ways for lesson 06."""

import heapq
import re
import string
from collections import Counter, defaultdict
from itertools import chain, pairwise

import numpy as np

from course import text as course_text

# ---- split_words


def split_in_one_pattern(text):
    text = re.sub("<.*?>", " ", text.replace("’", "'").lower(), flags=re.DOTALL)
    pattern = r"n't|'(?:s|re|ve|ll|d|m)\b|[^\W_]+?(?=n't)|[^\W_]+(?:-[^\W_]+)*|[!?]"
    return re.findall(pattern, text)


def split_by_characters(text):
    found, word, i = [], "", 0
    text = text.lower().replace("’", "'") + " "
    while i < len(text):
        letter = text[i]
        if letter.isalnum() or letter in "'-":
            word += letter
        else:
            found += _parts(word)
            word = ""
            if letter in "!?":
                found.append(letter)
            if letter == "<":
                i = _end_of_mark_up(text, i)
        i += 1
    return found


def _end_of_mark_up(text, start):
    """Where the `>` stands that belongs to the `<` at `start`; `start` itself when there is none."""
    return max(text.find(">", start), start)


def _parts(word):
    word = word.strip("-'")
    if "n't" in word:
        before, _, behind = word.partition("n't")
        return [*_parts(before), "n't", *_parts(behind)]
    for ending in ("'s", "'re", "'ve", "'ll", "'d", "'m"):
        if word.endswith(ending):
            return [word[: -len(ending)], ending]
    return [word] if word else []


def split_step_by_step(text):
    text = text.lower()
    while re.search("<(.|\n)*>", text):
        start = text.index("<")
        text = text[:start] + " " + text[text.index(">", start) + 1 :]
    text = text.replace("’", "'")
    for mark in set(text) - set("'-"):
        if not mark.isalnum():
            text = text.replace(mark, f" {mark} " if mark in "!?" else " ")
    text = text.replace("n't", " n't ")
    endings = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")
    for ending in endings[1:]:
        text = re.sub(rf"{ending}\b", f" {ending}", text)
    pieces = [piece if piece in endings else piece.strip("'-") for piece in text.split()]
    return tuple(piece for piece in pieces if piece)


def split_as_the_course(text):
    return course_text.words(text)


# ---- build_vocabulary


def vocabulary_by_two_sorts(split_texts, size):
    counts = {}
    for text in split_texts:
        for word in text:
            counts[word] = counts.get(word, 0) + 1
    found = sorted(counts)
    found.sort(key=counts.get, reverse=True)
    return (["", "[UNK]"] + found)[:size]


def vocabulary_by_most_common(split_texts, size):
    counts = Counter(sorted(chain.from_iterable(split_texts)))
    return ["", "[UNK]"] + [word for word, _ in counts.most_common(size - 2)]


def vocabulary_by_numpy(split_texts, size):
    every = [word for text in split_texts for word in text]
    found, counts = np.unique(np.array(every), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return np.concatenate([["", "[UNK]"], found[order]])[:size]


def vocabulary_by_picking(split_texts, size):
    left = Counter(word for text in split_texts for word in text)
    listed = ["", "[UNK]"]
    while left and len(listed) < size:
        top = max(left.values())
        word = min(word for word, count in left.items() if count == top)
        listed.append(word)
        del left[word]
    return tuple(listed)


# ---- to_ids


def ids_by_index(words, vocabulary):
    return [vocabulary.index(word) if word in vocabulary else 1 for word in words]


def ids_by_default(words, vocabulary):
    ids = defaultdict(lambda: 1, zip(vocabulary, range(len(vocabulary)), strict=True))
    return np.array([ids[word] for word in words], dtype="int32")


def ids_by_trying(words, vocabulary):
    found = ()
    for word in words:
        try:
            found += (vocabulary.index(word),)
        except ValueError:
            found += (1,)
    return found


def ids_by_tensor(words, vocabulary):
    import tensorflow as tf

    return tf.constant(ids_by_index(words, vocabulary), dtype="int64", shape=(len(words),))


def ids_by_keras(words, vocabulary):
    import keras

    if not words:
        return []
    layer = keras.layers.StringLookup(vocabulary=vocabulary[2:], mask_token="")
    return np.array(layer(np.array(words)))


# ---- pad


def pad_by_concatenation(rows, length):
    return np.array([(row + [0] * length)[:length] for row in rows], dtype=np.int32)


def pad_by_keras(rows, length):
    import keras

    return keras.utils.pad_sequences(rows, maxlen=length, padding="post", truncating="post")


def pad_by_numpy(rows, length):
    lines = [np.pad(np.array(row[:length], dtype="int64"), (0, max(0, length - len(row)))) for row in rows]
    return np.stack(lines).astype("int32")


def pad_by_loops(rows, length):
    result = np.zeros(shape=(len(rows), length)).astype(int)
    for i in range(len(rows)):
        for j in range(min(length, len(rows[i]))):
            result[i, j] = rows[i][j]
    return np.int32(result)


def pad_by_ragged(rows, length):
    import tensorflow as tf

    return tf.ragged.constant(rows, dtype="int32", inner_shape=()).to_tensor(shape=(len(rows), length))


# ---- vectorizer


def vectorizer_in_a_model(texts, size, length):
    import keras

    layer = keras.layers.TextVectorization(size, output_sequence_length=length)
    layer.adapt(np.array(texts))
    return keras.Sequential([keras.Input(shape=(), dtype="string"), layer])


def vectorizer_from_a_dataset(texts, size, length):
    import keras
    import tensorflow as tf

    layer = keras.layers.TextVectorization(max_tokens=size, output_sequence_length=length, output_mode="int")
    layer.adapt(tf.data.Dataset.from_tensor_slices(texts).batch(1))
    return layer


def vectorizer_from_a_list(texts, size, length):
    import keras

    cleaned = [text.lower().translate(str.maketrans("", "", string.punctuation)).split() for text in texts]
    listed = [word for word, _ in Counter(chain.from_iterable(cleaned)).most_common(size - 2)]
    return keras.layers.TextVectorization(vocabulary=listed, output_sequence_length=length)


def vectorizer_functional(texts, size, length):
    import tensorflow as tf

    layer = tf.keras.layers.TextVectorization(max_tokens=size, output_sequence_length=length, split="whitespace")
    layer.adapt(texts)
    given = tf.keras.Input((), dtype=tf.string)
    return tf.keras.Model(given, layer(given))


def vectorizer_set_afterwards(texts, size, length):
    import keras

    counted = keras.layers.TextVectorization(max_tokens=size)
    counted.adapt(texts)
    layer = keras.layers.TextVectorization(output_sequence_length=length)
    layer.set_vocabulary(counted.get_vocabulary())
    return layer


# ---- coverage


def coverage_by_ids(train_texts, new_texts, size):
    vocabulary = course_text.Vocabulary.of(train_texts, size=size)
    ids = [i for text in new_texts for i in vocabulary.ids(text)]
    return np.float32(np.mean([i > 1 for i in ids])) if ids else 0


def coverage_by_loop(train_texts, new_texts, size):
    counts = Counter()
    for text in train_texts:
        counts.update(course_text.words(text))
    known = set(sorted(counts, key=lambda word: (-counts[word], word))[: size - 2])
    hits = total = 0
    for text in new_texts:
        for word in course_text.words(text):
            total += 1
            if word in known:
                hits += 1
    return hits / total if total > 0 else 0.0


def coverage_by_rectangle(train_texts, new_texts, size):
    vocabulary = course_text.Vocabulary.of(train_texts, size)
    ids = vocabulary.encode(new_texts, 200)
    return (ids > 1).sum() / max(1, (ids > 0).sum())


def coverage_by_tensor(train_texts, new_texts, size):
    import tensorflow as tf

    ids = tf.constant(course_text.Vocabulary.of(train_texts, size).encode(new_texts, 99))
    listed = tf.reduce_sum(tf.cast(ids > 1, tf.float32))
    return tf.math.divide_no_nan(listed, tf.reduce_sum(tf.cast(ids > 0, tf.float32)))


# ---- learn_bpe


def bpe_by_text(counts, merges):
    """As in the paper's listing: words as texts with spaces, merged by a regular expression."""
    words = {" ".join(word) + " _": count for word, count in counts.items()}
    learned = []
    while len(learned) < merges:
        totals = defaultdict(int)
        for word, count in words.items():
            for pair in pairwise(word.split()):
                totals[pair] += count
        if not totals:
            return learned
        best = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[0][0]
        learned.append(list(best))
        pattern = re.compile(r"(?<!\S)" + re.escape(" ".join(best)) + r"(?!\S)")
        words = {pattern.sub("".join(best), word): count for word, count in words.items()}
    return learned


def bpe_recursive(counts, merges):
    def go(parts, left):
        totals = Counter()
        for pieces, count in parts:
            for i in range(len(pieces) - 1):
                totals[pieces[i], pieces[i + 1]] += count
        if left == 0 or not totals:
            return []
        best = min((-total, pair) for pair, total in totals.items())[1]
        return [best, *go([(_joined(pieces, best), count) for pieces, count in parts], left - 1)]

    return go([([*word, "_"], count) for word, count in counts.items()], merges)


def bpe_by_heap(counts, merges):
    learned, parts = [], {word: list(word + "_") for word in counts}
    for _ in range(merges):
        totals = Counter(pair for word, pieces in parts.items() for pair in list(pairwise(pieces)) * counts[word])
        heap = [(-total, pair) for pair, total in totals.items()]
        if not heap:
            break
        heapq.heapify(heap)
        learned.append(heap[0][1])
        parts = {word: _joined(pieces, learned[-1]) for word, pieces in parts.items()}
    return tuple(learned)


def _joined(pieces, pair):
    result, i = [], 0
    while i < len(pieces):
        two = tuple(pieces[i : i + 2]) == pair
        result.append("".join(pieces[i : i + 2]) if two else pieces[i])
        i += 2 if two else 1
    return result


RIGHT_WAYS = {
    "split_words": [split_in_one_pattern, split_by_characters, split_step_by_step, split_as_the_course],
    "build_vocabulary": [
        vocabulary_by_two_sorts,
        vocabulary_by_most_common,
        vocabulary_by_numpy,
        vocabulary_by_picking,
    ],
    "to_ids": [ids_by_index, ids_by_default, ids_by_trying, ids_by_tensor, ids_by_keras],
    "pad": [pad_by_concatenation, pad_by_keras, pad_by_numpy, pad_by_loops, pad_by_ragged],
    "vectorizer": [
        vectorizer_in_a_model,
        vectorizer_from_a_dataset,
        vectorizer_from_a_list,
        vectorizer_functional,
        vectorizer_set_afterwards,
    ],
    "coverage": [coverage_by_ids, coverage_by_loop, coverage_by_rectangle, coverage_by_tensor],
    "learn_bpe": [bpe_by_text, bpe_recursive, bpe_by_heap],
}
