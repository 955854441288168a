# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] slideshow={"slide_type": "slide"}
# # The lookup table
#
# You have 10,000 words and a network that takes numbers. One-hot gives each word 10,000 numbers, all zero but one, and the first
# layer turns them into 300. Does anyone really multiply by all those zeros?

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Say: today is the heart of the course, and it is smaller than its reputation. Ask: "A one-hot row of 10,000 numbers
# times a table of 10,000 x 300. How many multiplications?" The room says 10,000 or 300; it is the product, three million. Then ask
# how many of those change the result. Let them say 300, and only then run the notebook's first own cell, the one that begins
# `big_table`. The mistake behind "10,000": counting the inputs and not the connections.

# %%
from course import lesson

ex = lesson("05_embedding_layer")
ex

# %% [markdown]
# **You will**
#
# - look rows up in a table, first by hand, then with `keras.layers.Embedding`, and show that both give the same numbers;
# - refuse ids that are not in the table, and average words without averaging the padding;
# - say which rows of the table one training step changes, and write that step yourself.

# %% tags=["needed"]
import numpy as np

# %% tags=["needed"]
import keras

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown]
# Start with the question itself. The cell below makes a table of 10,000 rows with 300 numbers each, one row for each word, and
# fetches word 7 in two ways: by multiplying its one-hot row with the table, and by copying row 7. Before you run it: how many of
# the multiplications are by zero?

# %%
big_table = np.random.default_rng(5).normal(size=(10_000, 300)).astype("float32")
one_hot = np.zeros(10_000, dtype="float32")
one_hot[7] = 1  # word 7, and no other

multiplied = one_hot @ big_table  # (300,)
copied = big_table[7]  # (300,)
print("the same 300 numbers:", np.array_equal(multiplied, copied))
print(f"multiplying: {big_table.size:,} products, {big_table.size - 300:,} of them by zero")
print("copying: 0 products")

# %% [markdown]
# Nobody multiplies by all those zeros. The layer that copies the row is called **Embedding**, and copying is all that it does in
# the forward pass. What makes it worth a lesson is what the rows *become*.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 1. One-hot times a table is a row
#
# - A **vocabulary** is a numbered list of words. A word's number is its **id**.
# - **One-hot**: a row of zeros, as long as the vocabulary, with a 1 at the word's id.
# - One-hot row $i$ times the table = row $i$ of the table.

# %% [markdown]
# Take a vocabulary of five words, so ids 0 to 4, and a table with three numbers for each. To let you see where a number comes from,
# the digit before the point says its row and the digit after the point its column. The text is "great film, great".

# %%
words = ["the", "film", "was", "great", "dull"]
small_table = (np.arange(5)[:, None] + np.array([0.0, 0.1, 0.2])).astype("float32")  # (5, 3)
text_ids = np.array([words.index(word) for word in ["great", "film", "great"]], dtype="int32")
one_hot = np.eye(5)[text_ids]  # (3, 5): one row for each word of the text

print("ids:", text_ids)
print("table:\n", small_table)


# %%
def draw(left, top, title, names, numbers):
    """A grid of numbers, its cells 1 by 1, with a name before each row."""
    rows, columns = numbers.shape
    darkest = 8 if numbers.max() > 1 else 2
    plt.imshow(numbers, cmap="Blues", vmin=0, vmax=darkest, extent=(left, left + columns, top + rows, top))
    for (row, column), value in np.ndenumerate(numbers):
        plt.text(left + column + 0.5, top + row + 0.5, f"{value:g}", ha="center", va="center")
    for row, i in enumerate(names):
        plt.text(left - 0.2, top + row + 0.5, f"{i} {words[i]}", ha="right", va="center")
    plt.text(left + columns / 2, 5.6, title, ha="center")


# %% [markdown]
# `draw` is there for the picture alone. Before you run the next cell: which three rows will come out, and in which order?

# %% slide="output" slideshow={"slide_type": "fragment"}
plt.figure(figsize=(9.5, 3.2))
draw(0, 1, "one-hot (3, 5)", text_ids, one_hot)
draw(8, 0, "table (5, 3)", range(5), small_table)
draw(14, 1, "rows of the table (3, 3)", text_ids, one_hot @ small_table)
plt.text(5.5, 2.5, "×", fontsize=20, ha="center", va="center")
plt.text(11.5, 2.5, "=", fontsize=20, ha="center", va="center")
plt.title("One-hot times the table copies rows 3, 1 and 3")
plt.axis([-2.2, 17.2, 5.9, 0])
plt.axis("off")
plots.show(
    "Three grids of numbers. One-hot rows for the words great, film, great, times a table of five rows, give rows 3, 1 and 3 of the table."
)

# %% [markdown]
# In symbols: $\mathbf{o}_i E = E_i$, where $E$ is the table, with shape $(V, d)$; $V$ is the number of words and $d$ the number of
# numbers for each word; $\mathbf{o}_i$ is the one-hot row of id $i$, with shape $(V,)$; and $E_i$ is row $i$ of the table, with
# shape $(d,)$. A row of such a table is the word's **embedding**, or **word vector**.
#
# The product only ever copies. So skip it and index the table: that is a **lookup**.

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Draw the product on the board for one row and cross out the zeros. Ask: "What if the same word stands twice in
# the text?" The room says "you get it twice"; good, hold on to that, it decides the gradient later. The mistake behind most
# questions here: reading the one-hot row as a quantity. It only points. On the next key: the picture, when the room has said
# which three rows come out, and in which order.

# %% [markdown]
# ### Exercise 1: look rows up
#
# Write `lookup(table, ids)`. `table` is an array of shape `(V, d)`; `ids` is an integer array of any shape (the shape `()` of one
# id alone is a shape too), every id in 0 to `V - 1`. Return the rows of `table` at `ids`, an array of shape `ids.shape + (d,)`. The
# same id may come more than once.
#
# With `table = [[0, 0], [1, 10], [2, 20]]` and `ids = [[2, 1], [1, 1]]` the result has shape `(2, 2, 2)`, and its first row is
# `[[2, 20], [1, 10]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the lookup so that it keeps the shape of `ids`
#
# `table` is `(V, d)`, `ids` has any shape. The result has shape `ids.shape + (d,)`.


# %% exercise="lookup" slide="code"
def lookup(table, ids):
    """The rows of `table` (V, d) at `ids` (any shape): an array of shape ids.shape + (d,)."""
    ### BEGIN SOLUTION
    return table[ids]
    ### END SOLUTION


# %% check="lookup"
ex.lookup.check(lookup)

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes in the notebook.** Say: "One row for each id, wherever the id stands." Ask before they start: "`ids` has shape (2,
# 2) and the table 5 rows of 3. What shape comes out?" Many say (2, 3) or (4, 3); it is (2, 2, 3). The mistakes to expect:
# `np.take(table, ids)` without an axis, which reads the table as one long list of numbers, and a loop that flattens `ids` and
# forgets to fold it back. On the next key: the answer.

# %% [markdown]
# Stuck? Put `ex.lookup.hint()` in a cell of its own. Every exercise has three hints.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="The layer is the table, and the table is all it has"
# ## 2. The layer is the table
#
# - Its only weight is the table, shape `(input_dim, output_dim)`.
# - Forward pass: copy the rows asked for.
# - The rows start small and random. Training changes them like any weight.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "What does the layer compute?" If somebody says "meaning", ask for the line of code that does it. The
# answer you want is "nothing, it copies". The mistake behind: the name. "Embedding" sounds like an operation, and it is a
# table.

# %% [markdown]
# A Keras layer needs two things: its weights, and a `call` that says what it does with its input. For a lookup that is very little:

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Your own Embedding layer takes seven lines
#
# ```python
# class Lookup(keras.layers.Layer):
#     def __init__(self, input_dim, output_dim):
#         super().__init__()
#         shape = (input_dim, output_dim)
#         self.table = self.add_weight(shape=shape, initializer="uniform")
#
#     def call(self, ids):
#         return keras.ops.take(self.table, ids, axis=0)
# ```


# %%
class Lookup(keras.layers.Layer):
    """A table with one row for each id."""

    def __init__(self, input_dim, output_dim):
        super().__init__()
        self.table = self.add_weight(shape=(input_dim, output_dim), initializer="uniform")

    def call(self, ids):
        return keras.ops.take(self.table, ids, axis=0)  # ids.shape + (output_dim,)


# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Read it aloud line by line. `add_weight` makes the table, `take` copies rows; there is no third thing. Ask:
# "Where is the training?" The room looks for it in the class. It is not there: the table is a weight, and any optimizer changes
# weights. In the notebook, the next cells show that `tf.keras.layers.Embedding` and `keras.layers.Embedding` are one class, and
# that NumPy, this class and Keras give the same numbers, with a difference of 0.

# %% [markdown]
# Keras has this layer ready made, and it goes by two names. In older code you meet `tf.keras.layers.Embedding`, in newer code
# `keras.layers.Embedding`. The next cell asks Python whether they are two classes or one.

# %%
import tensorflow as tf

print("one class, two names:", tf.keras.layers.Embedding is keras.layers.Embedding)

# %% [markdown]
# One class. This course writes `import keras`, which stays the same whatever Keras runs on (TensorFlow, JAX or PyTorch).
#
# Now three ways to the same rows: NumPy, your own layer, and Keras. `build()` makes the layer's weights (your `Lookup` made its
# table in `__init__` and needs none), and `set_weights` takes a list of arrays, here a list of one. If all three are the same
# thing, the largest difference is 0.

# %%
mine = Lookup(5, 3)
theirs = keras.layers.Embedding(input_dim=5, output_dim=3)
theirs.build()
for layer in (mine, theirs):
    layer.set_weights([small_table])  # from section 1

by_hand = small_table[text_ids]  # (3, 3)
for name, layer in (("Lookup", mine), ("Embedding", theirs)):
    rows = np.array(layer(text_ids))  # (3, 3)
    difference = np.abs(rows - by_hand).max()
    print(f"{name:10} weights {[w.shape for w in layer.get_weights()]}   largest difference {difference:g}")

# %% [markdown]
# ### What you tell it
#
# | argument | what it means | what goes wrong |
# |---|---|---|
# | `input_dim` | rows of the table: how many ids there are, $V$ | it is the *largest id plus one*: 21 for ids 1 to 20 |
# | `output_dim` | numbers in each row, $d$ | too few leave no room for the differences; too many learn the data by heart |
# | `embeddings_initializer` | what the rows start as | default `"uniform"`: random, shown in the next cell |
# | `mask_zero` | whether id 0 is padding, to be skipped by later layers | section 5 |
#
# The rows start as random numbers. Guess how large they are before you run this.

# %%
fresh = keras.layers.Embedding(input_dim=10_000, output_dim=300)
fresh.build()
start = fresh.get_weights()[0]  # (10000, 300)
print(f"smallest {start.min():.3f}   largest {start.max():.3f}   mean {start.mean():.3f}")

counts, edges = np.histogram(start, bins=5)
for left, right, count in zip(edges[:-1], edges[1:], counts, strict=True):
    print(f"{left:6.3f} to {right:6.3f}: {count / start.size:.1%} of the numbers")

# %% [markdown]
# Evenly spread between -0.05 and 0.05: small, so that no word shouts before anything is learned, and random, so that no two words
# start as the same word.
#
# ### What became of `input_length`
#
# Many older tutorials write a third argument, `input_length`, the number of ids in each text. Here are the arguments that the layer
# takes today.

# %%
import inspect

print(f"Keras {keras.__version__}:", *inspect.signature(keras.layers.Embedding).parameters)

# %% [markdown]
# `input_length` is not among them. Keras 3 removed it, because the layer can see the shape of what it is given. In the first
# versions of Keras 3 code that passed it stopped with "Unrecognized keyword arguments"
# ([keras issue 19282](https://github.com/keras-team/keras/issues/19282), 2024); later versions ignore it with a warning. When you
# meet it, take it out; nothing else changes. The shape and type of the ids go into the model's first line instead:
# `keras.Input(shape=(None,), dtype="int32")`, `None` for "any length". (Of the arguments that the table above leaves out, `weights`
# takes a table to start from; the others are for regularizing, fine-tuning and compressing, and you need none of them here.)

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: why does this fail only weeks later?
#
# ```python
# words = ["film", "great", "dull", ...]               # 20 words
# ids = {word: i + 1 for i, word in enumerate(words)}  # 0 is for padding
#
# layer = keras.layers.Embedding(len(words), 16)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Ids run from 0 to 20: 21 rows. Nothing fails until the word with id 20 comes up.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "20 words, ids 1 to 20, and 0 for padding: what is `input_dim`?" The room says 20, or says that 16 is too
# small. The ids run from 1 to 20, so the table needs 21 rows. The code works until the last word comes up: an error on a CPU, a
# row of zeros on a GPU. The mistake behind: `input_dim` is taken for the number of words. It is the largest id plus one.

# %% [markdown]
# ### Exercise 2: a layer that holds a given table
#
# Write `same_layer(table)`. `table` is an array of shape `(V, d)`, float. Return a Keras layer that, called on ids,
# gives their rows of exactly this table: it holds one weight, of shape `(V, d)`, equal to `table`. A `keras.layers.Embedding` does
# this, and so may a layer of your own. Leave `table` itself as it is.
#
# With `table = [[0, 0], [1, 10], [2, 20]]`, calling the layer on the ids `[[2, 0]]` gives `[[[2, 20], [0, 0]]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write a layer that holds the table you give it
#
# Called on ids, it gives their rows of exactly this table.


# %% exercise="same_layer" slide="code"
def same_layer(table):
    """A Keras layer that looks ids up in `table` (V, d): its one weight."""
    ### BEGIN SOLUTION
    rows, width = table.shape
    layer = keras.layers.Embedding(rows, width)
    layer.build()
    layer.set_weights([table])
    return layer
    ### END SOLUTION


# %% check="same_layer"
ex.same_layer.check(same_layer)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask: "When does a Keras layer get its weights?" The room says when it is made; it is when it is
# built, by `build()` or by the first call. So the mistake to expect is `set_weights` on a layer that has none yet, and the
# error message talks of 0 weights. A second one: passing `table.shape` the wrong way round, which a square table would hide.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Two layers give the same vectors: which has more parameters?"
# ## 3. The same weights, far less work
#
# 10,000 words, 300 numbers each. Two layers can hold them:
#
# - one-hot into `Dense(300, use_bias=False)`: multiply
# - ids into `Embedding(10_000, 300)`: copy

# %% [markdown] tags=["slide-only"] slide="text" slideshow={"slide_type": "fragment"}
# | 10,000 words x 300 | one-hot + `Dense` | `Embedding` |
# |---|---|---|
# | parameters | 3,000,000 | 3,000,000 |
# | bytes of table | 12,000,000 | 12,000,000 |
# | bytes for one word of input | 40,000 | 4 |

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Take guesses before the next key, which brings the table: "Which has more parameters?" Half the room says Dense.
# They are the same 10,000 times 300. What differs is what goes in: one id of 4 bytes against 10,000 numbers of 4 bytes. The
# mistake behind the guess: taking the size of the input for the size of the layer.

# %% [markdown]
# Both layers have the same table inside. Before you run the cell, guess: which has more parameters? How many bytes does each need
# for *one word of input*? (A `Dense` layer learns how long its input is only from `build((None, 10_000))`; an `Embedding` was told
# both its sizes when it was made.)

# %%
embedding = keras.layers.Embedding(10_000, 300)
dense = keras.layers.Dense(300, use_bias=False)
embedding.build()
dense.build((None, 10_000))
dense.set_weights(embedding.get_weights())

word_id = np.array(7, dtype="int32")
word_one_hot = np.eye(1, 10_000, k=7, dtype="float32")  # (1, 10000)
for name, layer, word in (("one-hot + Dense", dense, word_one_hot), ("Embedding", embedding, word_id)):
    held = layer.get_weights()[0]
    print(f"{name:16} {held.size:>9,} parameters {held.nbytes:>11,} bytes of table {word.nbytes:>7,} bytes for a word")

# %% [markdown]
# The parameters are the same, 10,000 times 300, at 4 bytes each. The input is not: one id of 4 bytes against 10,000 numbers of 4
# bytes. And the work is not. Now the clock, on a batch of 32 texts of 50 words. (Your numbers will differ from anyone else's; what
# to look at is the ratio.)

# %%
from time import perf_counter


def seconds(work, times=5):
    """The time of the fastest of a few runs."""
    runs = []
    for _ in range(times):
        start = perf_counter()
        work()
        runs.append(perf_counter() - start)
    return min(runs)


# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: how many times faster is the copy?
#
# Both layers, 32 texts of 50 words each. **Write your guess down first.**

# %% slide="live output" slideshow={"slide_type": "fragment"}
batch = np.random.default_rng(5).integers(0, 10_000, size=(32, 50)).astype("int32")
looked_up = seconds(lambda: np.array(embedding(batch)))  # (32, 50, 300)
multiplied = seconds(lambda: np.array(dense(keras.ops.one_hot(batch, 10_000))))  # (32, 50, 10000) -> (32, 50, 300)
print(f"one-hot + Dense: {1000 * multiplied:8.2f} ms")
print(f"Embedding:       {1000 * looked_up:8.2f} ms     {multiplied / looked_up:.0f} times as fast")

same = np.allclose(embedding(batch), dense(keras.ops.one_hot(batch, 10_000)), atol=1e-6)
print("the same output:", same)

# %% [markdown]
# The same output, from the same table. `Embedding` is a `Dense` layer for one-hot rows that knows where the 1 is.
#
# The idea is older than the name. Bengio and others (2003) trained a language model whose first layer maps each word $i$ to a row
# $C(i)$ of a shared table, and learned the table together with the rest
# ([A Neural Probabilistic Language Model](https://www.jmlr.org/papers/v3/bengio03a.html)).

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Take guesses for the ratio before running; write three on the board. The room guesses 10,000, because that is the
# ratio of the inputs. It is far less, 50 times or so; the next key shows a run of ours, should yours fail. Fetching rows costs
# memory traffic and each call of a layer has a fixed cost, while matrix products are what computers do best. Then run it twice,
# so that they see the numbers wobble and the ratio stay. Ask: "So when would you use one-hot and Dense?" With a handful of
# categories it makes no difference. The mistake behind the guess: taking a count of operations for time.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Three ids are not in the table: which will Keras refuse?"
# ## 4. An id that is not in the table
#
# A table of 5 rows has ids 0 to 4. An error, zeros, or the numbers of some row?
#
# - 5, one too large
# - -1
# - 2.7

# %% [markdown]
# A table of 5 rows has ids 0 to 4. Before you run the cell, decide for each of the three: an error, zeros, or the numbers of some
# row?

# %% slide="output" slideshow={"slide_type": "fragment"}
layer = keras.layers.Embedding(5, 3)
layer.build()
layer.set_weights([small_table])  # row 4 is [4, 4.1, 4.2]

for bad in (5, -1, 2.7):
    try:
        print(f"id {bad}: row {np.array(layer(np.array([bad])))[0]}")
    except tf.errors.InvalidArgumentError as error:
        print(f"id {bad}: refused, {type(error).__name__}")

# %% [markdown]
# One of three, and that one only because this ran on a CPU. On a GPU nobody looks: the
# [documentation of `tf.gather`](https://www.tensorflow.org/api_docs/python/tf/gather), which does the work underneath, says that on
# a CPU an id out of range is an error, and that on a GPU "a 0 is stored in the corresponding output value". So a model that stops
# with an error on your laptop trains without complaint on a Colab GPU, with a row of zeros for every id that is too large. (If you
# are on a GPU now, you have seen the zeros above.)
#
# The -1 is counted from the end, as in a Python list. The 2.7 is cut to 2. Floats do harm even when they are whole:

# %%
print("id 16,777,217 as float32:", int(np.float32(16_777_217)))

# %% [markdown]
# A float32 has room for about seven digits, so large ids turn into their neighbours. `keras.Input` makes float32 unless you say
# otherwise, which is why the ids of this course are int32 and every model starts with `keras.Input(..., dtype="int32")`.
#
# Three bad ids, three different outcomes, two of them silent. What you want is one clear sentence, at once, on every machine. Write
# it.

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Ask for a show of hands on each of the three ids before the next key. Most expect three errors. Then tell the
# Colab story: it trained on the laptop with a small vocabulary, it trained on the GPU with a large one, and every rare word was
# a row of zeros, because on a GPU not even the 5 is refused. Ask: "How would you have found out?" The room goes quiet, which is
# the point: check at the door. The mistake behind: trusting that a library refuses what makes no sense.

# %% [markdown]
# ### Exercise 3: check ids at the door
#
# Write `check_ids(ids, input_dim)`. `ids` is a NumPy array of any shape, `input_dim` the number of rows $V$.
#
# - If `ids` has an integer dtype, any of them (int32, int64, uint8 ...), and every id is in 0 to `input_dim - 1`, return `ids`. An
#   empty integer array is fine.
# - If an id is out of range, raise `ValueError`. Its message names the *first* bad id in reading order (row by row, left to
#   right), before any other bad id.
# - If `ids` is an array of floats (float32 or float64), raise `ValueError`, even when all are whole, such as `2.0`, and even when the
#   array is empty. This message may say what it likes.
#
# Other dtypes, such as bool, do not come.
#
# `check_ids(np.array([[3, 0], [7, -1]]), 5)` raises `ValueError`, with a message such as "id 7 is not in 0 to 4". With
# `[[3, 0], [4, 4]]` it returns that array.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Check ids at the door, and name the first bad one
#
# With 5 rows, `[[3, 0], [7, -1]]` is a `ValueError` that names 7, the first in reading order.
#
# `[[3, 0], [4, 4]]` comes back as it is. Floats are an error, even 2.0.


# %% exercise="check_ids" slide="code"
def check_ids(ids, input_dim):
    """`ids`, when every one is an integer in 0 to input_dim - 1; otherwise a ValueError that names the first bad one."""
    ### BEGIN SOLUTION
    if not np.issubdtype(ids.dtype, np.integer):
        raise ValueError(f"ids are integers, and these are {ids.dtype}")
    bad = ids[(ids < 0) | (ids >= input_dim)]  # in reading order
    if bad.size > 0:
        raise ValueError(f"id {bad[0]} is not in 0 to {input_dim - 1}")
    return ids
    ### END SOLUTION


# %% check="check_ids"
ex.check_ids.check(check_ids)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Ask: "Is `[2.0, 4.0]` fine?" The room says yes, they are whole. The check refuses them all the
# same: a float32 cannot tell 16,777,217 from its neighbour, and the day the vocabulary is that large nobody will remember. The
# mistakes to expect: `ids > input_dim`, which lets `input_dim` itself through; only `ids.max()` looked at, which lets -1
# through; and naming the largest bad id instead of the first.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="With `mask_zero`, what stands where the padding is?"
# ## 5. Padding is not a word
#
# - Texts differ in length; a batch is a rectangle. So short texts are filled up: **padding**, id 0.
# - `mask_zero=True` makes a **mask**: True for words, False for padding.
# - "great film great" is 3 1 3, and "dull" is 4 0 0.
# - Row 0 of the table is 0.5 0.6 0.7, row 4 is 4.5 4.6 4.7.

# %% [markdown]
# From here on id 0 stands for no word, and the words start at 1. Two texts, "great film great" and "dull", fit into one array of
# shape (2, 3) when the second is padded on the right. Before you run the cell: with `mask_zero=True`, what comes out where the
# padding stands?

# %% slide="output" slideshow={"slide_type": "fragment"}
words = ["", "film", "was", "great", "dull"]
two_texts = np.array([[3, 1, 3], [4, 0, 0]], dtype="int32")  # "great film great", "dull"

masked = keras.layers.Embedding(5, 3, mask_zero=True)
masked.build()
masked.set_weights([small_table + 0.5])  # row 0 is [0.5, 0.6, 0.7]
print("the vectors of 'dull':")
print(np.array(masked(two_texts))[1])
print("the masks of both texts:")
print(np.array(masked.compute_mask(two_texts)))

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** The table is the one of before plus 0.5, so that row 0 is not all zeros; id 0 was "the" and is padding now. Ask
# before the next key: "What is in the vectors of 'dull' at the padding?" Nearly everyone says zeros. The last two rows of 'dull'
# are 0.5, 0.6, 0.7: row 0 of the table, copied like any other. The mask is a note on the side, and it is up to the next layer to
# read it. `GlobalAveragePooling1D`, LSTM and attention do; `Flatten`, `GlobalMaxPooling1D` and `Conv1D` do not. The mistake
# behind: the name of the argument.

# %% [markdown]
# Not zeros. Row 0 comes out like any other row: **`mask_zero` does not zero anything.** It makes a mask beside the vectors, which
# you can ask for with `compute_mask`, and Keras hands it to the next layer if that layer's `call` has an argument `mask`. The next
# cell puts a layer after it that says what it is handed, once with `mask_zero` and once without. (`supports_masking` tells Keras
# that the mask may travel on past this layer; without it you are warned that the mask ends here.)


# %%
class Peek(keras.layers.Layer):
    """Says which mask it is handed, and passes the vectors on."""

    supports_masking = True

    def call(self, vectors, mask=None):
        print("handed mask:", None if mask is None else np.array(mask).tolist())
        return vectors


for layer in (masked, keras.layers.Embedding(5, 3)):
    Peek()(layer(two_texts))


# %% [markdown]
# Who makes use of the mask? `GlobalAveragePooling1D`, the mean over the positions, does. `Flatten`, which lays the vectors of all
# positions end to end as one long row, does not, nor does `GlobalMaxPooling1D`, the largest number over the positions: they warn
# and carry on with the padding in. Of the layers that later lessons bring, `LSTM`, `GRU` and attention use the mask, and `Conv1D`
# does not. (More in Keras' guide to [masking and padding](https://keras.io/guides/understanding_masking_and_padding/).)
#
# What a mask is worth shows when you pad the same text more and more. The text is "dull", its row is `[4.5, 4.6, 4.7]`, and the
# mean of one word should be that word. The figure follows the first of the three numbers.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Where does the mean of one word go as padding grows?
#
# The text is "dull", its row begins with 4.5. Row 0 begins with 0.5.
#
# - The mean of one word should be that word.
# - Without a mask?

# %% slide="output" slideshow={"slide_type": "fragment"}
mean = keras.layers.GlobalAveragePooling1D()
plain = keras.layers.Embedding(5, 3)
plain.build()
plain.set_weights(masked.get_weights())

paddings = range(0, 21)
plt.figure(figsize=(5.6, 4))
for name, layer, line in (("with mask_zero", masked, "-"), ("without", plain, "--")):
    means = [np.array(mean(layer(np.array([[4] + [0] * n], dtype="int32"))))[0, 0] for n in paddings]
    plt.plot(paddings, means, line, marker="o", markersize=4, label=name)
plt.title("Without a mask, padding drags the mean away", fontsize=12)
plt.xlabel("positions of padding after the word")
plt.ylabel("first number of the mean")
plt.xticks(range(0, 21, 5))
plt.ylim(0, 5)
plt.legend()
plots.show(
    "Two curves over 0 to 20 positions of padding. With mask_zero the mean stays at 4.5. Without, it falls towards 0.5."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Say what will be drawn: the first number of the mean, for one word and 0 to 20 positions of padding. Ask before
# the next key: "Without a mask, which number does it go to?" The room says 0. It goes to row 0's number, 0.5, and is at 0.69
# after 20: (4.5 + 20 times 0.5) / 21. Padding is a word as far as the table knows, and a learned one. The mistake behind:
# believing that padding contributes nothing to a mean. It contributes to the sum *and* to the count.

# %% [markdown]
# ### A text with nothing in it
#
# Sooner or later a text arrives that is all padding: an empty review, or one with no known word. Its mean is a sum over no words,
# divided by 0. Guess what Keras makes of it.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What does one empty text do to the batch?
#
# Three texts: "great film great", "dull", and one that is all padding.
#
# With the mask, what are their means? And the mean of the three?

# %% slide="output" slideshow={"slide_type": "fragment"}
three_texts = np.array([[3, 1, 3], [4, 0, 0], [0, 0, 0]], dtype="int32")
means = np.array(mean(masked(three_texts)))  # (3, 3)
print(means.round(2))
print("mean over the batch:", means.mean(axis=0))

# %% [markdown]
# **NaN**, "not a number" ([keras issue 18152](https://github.com/keras-team/keras/issues/18152) reports it). And it spreads: the
# loss is a mean over the batch, so one empty text makes it NaN; so are the gradients of the layers after it, and after one step
# their weights. There are two ways out: let no such text through, or divide by at least 1. You now write the second.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask before the next key what 0 / 0 is, and what happens to a batch of 64 with one such text. The room says "that
# one text is spoilt". All of it is: the loss is a mean over the batch, so it is NaN, so are the gradients, and after one step the
# weights. Such texts are not rare: an empty review, or one in which no word is known. The mistake behind: testing a model on
# texts that somebody has cleaned.

# %% [markdown]
# ### Exercise 4: a mean over words only
#
# Write `masked_mean(vectors, ids)`. `vectors` is an array of shape `(batch, steps, dim)`, float; `ids` has shape `(batch, steps)`,
# integer. A position with id 0 is padding, wherever it stands, and its vector may hold any numbers. Return the mean of the other
# positions' vectors, shape `(batch, dim)`. A text with nothing but padding gives zeros, not NaN.
#
# With `vectors = [[[2, 4], [6, 8], [9, 9]]]` and `ids = [[5, 3, 0]]` the result is `[[4, 6]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Take a mean over words only, and survive an empty text
#
# `vectors = [[[2, 4], [6, 8], [9, 9]]]` and `ids = [[5, 3, 0]]` give `[[4, 6]]`. Id 0 is padding, wherever it stands.
#
# A text of nothing but padding gives zeros, not NaN.


# %% exercise="masked_mean" slide="code"
def masked_mean(vectors, ids):
    """The mean of `vectors` (batch, steps, dim) over the positions whose id is not 0: an array of shape (batch, dim)."""
    ### BEGIN SOLUTION
    mask = (ids != 0)[:, :, None]  # (batch, steps, 1)
    total = (vectors * mask).sum(axis=1)  # (batch, dim)
    count = mask.sum(axis=1)  # (batch, 1)
    return total / np.maximum(count, 1)
    ### END SOLUTION


# %% check="masked_mean"
ex.masked_mean.check(masked_mean)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Ask: "By what do you divide?" The first answer is the number of positions, which is right only
# when there is no padding. Another mistake to expect: adding 1 to the count to be safe, which spoils every other mean. Dividing
# by at least 1 spoils none, because a text with a word has a count of 1 or more.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Ids 3, 1, 3 are looked up: which gradient does each row get?"
# ## 6. The gradient reaches only the rows looked up
#
# Forward, a row is copied to a position. Backward, the position's gradient, called **upstream**, goes back to its row: here 1, 10 and 100.

# %% [markdown]
# After a batch, each *position* of the output receives a gradient: for each number of its vector, how the loss would change if that
# number grew. We call this the **upstream gradient**; it has the shape of the output, `ids.shape + (d,)`. A position is a copy of a
# row, so its gradient belongs to that row. And a row that was copied to two positions has two ways to change the loss, so its two
# gradients are added, as for any number that is used twice (lesson 03).
#
# Look up ids 3, 1, 3 in a table of five rows and let the three positions receive gradients of 1, 10 and 100. Before you run it:
# what will the five rows get?

# %%
three_ids = np.array([3, 1, 3], dtype="int32")
upstream_gradient = np.array([[1, 1], [10, 10], [100, 100]], dtype="float32")  # (3, 2)

layer = keras.layers.Embedding(5, 2)
with tf.GradientTape() as tape:
    copies = layer(three_ids)  # (3, 2)
    loss = keras.ops.sum(copies * upstream_gradient)  # its gradient at `copies` is `upstream_gradient`
table_gradient = tape.gradient(loss, layer.trainable_weights)[0]
print("kept as", type(table_gradient).__name__)
print("ids: ", table_gradient.indices.numpy())
print("rows:", table_gradient.values.numpy().tolist())

# %% slide="output" slideshow={"slide_type": "fragment"}
received = np.array(tf.convert_to_tensor(table_gradient))  # (5, 2): written out, with its zeros
grids = [(0, 1, "each position (3, 2)", upstream_gradient, ["id 3", "id 1", "id 3"])]
grids.append((5.2, 0, "each row (5, 2)", received, [f"row {i}" for i in range(5)]))
plt.figure(figsize=(8, 3.4))
for left, top, name, grid, labels in grids:
    cells = (left, left + 2.4, top + len(grid), top)
    plt.imshow(np.log10(grid + 1), cmap="Oranges", vmax=4, extent=cells, aspect="auto")
    for (row, column), value in np.ndenumerate(grid):
        plt.text(left + 1.2 * column + 0.6, top + row + 0.5, f"{value:g}", ha="center", va="center", size=14)
    for row, label in enumerate(labels):
        plt.text(left - 0.1, top + row + 0.5, label, ha="right", va="center", size=14)
    plt.text(left + 1.2, 5.5, f"gradient of {name}", ha="center", size=13)
for place, i in enumerate(three_ids):  # from a position to its row
    plt.annotate("", (4.1, i + 0.5), (2.5, place + 1.5), arrowprops={"arrowstyle": "->", "lw": 2})
plt.title("Row 3, looked up twice, gets the sum; rows 0, 2 and 4 get nothing", fontsize=13)
plt.axis([-0.8, 8, 5.7, 0])
plt.axis("off")
plots.show(
    "Left, the gradients 1, 10 and 100 of the positions with ids 3, 1, 3. Arrows lead to the rows at the right: row 1 gets 10, "
    "row 3 gets 1 and 100, which is 101, and rows 0, 2, 4 get 0."
)

# %% [markdown]
# 101: the 1 and the 100 of the two positions. `IndexedSlices` is how TensorFlow keeps such a gradient: three rows and their ids.
# The full array with its zeros is made only when somebody asks for it, as the figure did. With 10,000 words of which a batch holds
# 200, that saves most of the work; with 100 million words it decides whether you can train at all.

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes.** This is the centre of the lesson. Ask for the five numbers, on paper, before the next key brings the picture:
# many say row 3 gets 100 ("the last one") or 50.5 ("the mean"). Why the sum: turn one number of row 3 a little, and two positions
# change. Ask: "And a word that does not occur in this batch?" Zero, so it does not move; a word that never occurs keeps its
# random start for ever. The mistake behind: thinking of a gradient as belonging to a word in the text. It belongs to the row, and
# the row was used twice.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: which gradient does NumPy lose?
#
# ```python
# gradient = np.zeros((5, 2))
# gradient[[3, 1, 3]] += [[1, 1], [10, 10], [100, 100]]
# ```
#
# What does row 3 hold afterwards?

# %% [markdown] tags=["slide-only"] slide="answer"
# **100.** The 1 is lost: read all rows, add, write all, and the last write wins.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** The room says 101, as on the picture before. It is 100, says the next key: NumPy reads row 3 once (0), adds each
# gradient to that 0, and writes twice; the last write wins. Let somebody run it. The cure is a loop, or `np.add.at`. The mistake
# behind: reading `+=` as "one after the other". With an array of ids it means "read all, add all, write all".

# %% [markdown]
# ### Exercise 5: the gradient of the table
#
# Write `row_gradient(ids, upstream, input_dim)`. `ids` is an integer array of any shape; `upstream` has shape `ids.shape + (d,)`:
# one gradient for each position. Return the gradient of the table, shape `(input_dim, d)`: in row $i$ the sum of the gradients of
# all positions that hold id $i$, and zeros where there is none.
#
# With `ids = [2, 0, 2]`, `upstream = [[1, 2], [3, 4], [10, 20]]` and `input_dim = 4` the result is
# `[[3, 4], [0, 0], [11, 22], [0, 0]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Add up the gradients of each row, repeats included
#
# `upstream` holds one gradient for each position of `ids`.
#
# `ids = [2, 0, 2]` and `upstream = [[1, 2], [3, 4], [10, 20]]`, with 4 rows: what comes out?


# %% exercise="row_gradient" slide="code"
def row_gradient(ids, upstream, input_dim):
    """The gradient of a table with `input_dim` rows: row i is the sum of `upstream` (ids.shape + (d,)) where `ids` is i."""
    ### BEGIN SOLUTION
    gradient = np.zeros((input_dim, upstream.shape[-1]))
    np.add.at(gradient, ids, upstream)
    return gradient
    ### END SOLUTION


# %% check="row_gradient"
ex.row_gradient.check(row_gradient)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Ask them to work the example on paper first: it gives `[[3, 4], [0, 0], [11, 22], [0, 0]]`. The
# mistakes to expect: `gradient[ids] += upstream`, which they have just seen and will write all the same; and a loop over the rows
# of a two-dimensional `ids` that adds a whole row of positions at once. The second way, one-hot transposed times upstream, is in
# the notebook below the check; show it if lesson 03 went well.

# %% [markdown]
# There is a second way to the same numbers, through section 1. A lookup is $O E$, with the one-hot rows $O$ of shape $(n, V)$ for
# $n$ positions. The gradient of such a product with respect to $E$ is $O^\top U$ (lesson 03), with the upstream gradient $U$ of
# shape $(n, d)$. Column $i$ of $O$ says at which positions id $i$ stands, so the product adds up their gradients. By hand, then
# Keras, then equal:

# %%
one_hot = np.eye(5)[three_ids]  # (3, 5)
by_hand = one_hot.T @ upstream_gradient  # (5, 3) @ (3, 2) -> (5, 2)
print(by_hand)
print("Keras has the same:", np.array_equal(by_hand, received))

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Where will each word go, if nobody says what it means?"
# ## 7. What the rows become
#
# - *great*, *lovely*: liked; *dull*, *awful*: not
# - *actor*, *screen*: a film; *page*, *chapter*: a book
# - 16 reviews, all pairs: *great actor*, *dull page* ...
# - *zebra*: in no review
# - A row is two numbers: a point, near (0, 0) at first.

# %% [markdown]
# Everything so far was bookkeeping. Now let the rows learn. Every review has one word of judgement (great, lovely, dull, awful) and
# one thing (actor, screen, page, chapter). The model looks the two words up, averages their rows, and answers two questions with a
# `Dense` layer: was it liked, and was it a film (or a book)? The vocabulary has one word more, "zebra", which no review holds.

# %%
words = ["", "great", "lovely", "dull", "awful", "actor", "screen", "page", "chapter", "zebra"]
reviews = np.array([[a, b] for a in (1, 2, 3, 4) for b in (5, 6, 7, 8)], dtype="int32")  # (16, 2)
answers = np.stack([reviews[:, 0] <= 2, reviews[:, 1] <= 6], axis=1).astype("float32")  # (16, 2): liked, film
for review, answer in list(zip(reviews, answers, strict=True))[::6]:
    print(f"{words[review[0]]:>7} {words[review[1]]:8} liked {answer[0]:.0f}, film {answer[1]:.0f}")

# %%
keras.utils.set_random_seed(5)
embedding = keras.layers.Embedding(len(words), 2)
model = keras.Sequential(
    [
        keras.Input(shape=(None,), dtype="int32"),
        embedding,
        keras.layers.GlobalAveragePooling1D(),
        keras.layers.Dense(2, activation="sigmoid"),
    ]
)
model.compile(optimizer=keras.optimizers.SGD(2.0), loss="binary_crossentropy")
before = embedding.get_weights()[0].copy()  # (10, 2)

# %% [markdown]
# 150 steps of gradient descent. Before you run it: where will "great" end up, seen from "lovely"? From "dull"? Where will "zebra"
# be?

# %%
for _ in range(150):
    loss = model.train_on_batch(reviews, answers)
after = embedding.get_weights()[0].copy()  # (10, 2)
print(f"loss after the last step: {float(loss):.3f}")

# %% slide="output" slideshow={"slide_type": "fragment"}
plt.figure(figsize=(5.4, 5))
for i in range(1, 9):
    colour = plots.COLOURS[(i - 1) // 2]
    plt.annotate("", after[i], before[i], arrowprops={"arrowstyle": "->", "color": colour, "lw": 2})
    plt.plot(*after[i], "o", color=colour)
for i in (1, 3, 5, 7):
    plt.text(*(1.3 * after[i]), f"{words[i]}\n{words[i + 1]}", ha="center", va="center")
plt.plot(*after[9], "o", color=plots.BLACK, markersize=13, zorder=5)
between = after[9] + 0.35 * (after[1] + after[5])  # two arrows
plt.annotate("zebra", after[9], between, ha="center", va="center", arrowprops={"arrowstyle": "-"})
plt.title("Words used alike end up alike; 'zebra' stays", fontsize=12, loc="center")
plt.axis([-3.6, 3.6, -3.6, 3.6])
plt.gca().set(xlabel="first number of the row", ylabel="second number of the row", aspect="equal")
plots.show(
    "Arrows from the middle of a plane to four corners, two words at each: great and lovely, dull and awful, "
    "actor and screen, page and chapter. Zebra stays in the middle."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes.** Before the next key, which brings the figure, let three people draw on the board where the words will go. The
# room places great opposite dull, and is unsure about the things. Ask: "Why do great and lovely coincide?" Because they are
# interchangeable in the data, so their gradients are nearly the same (they start in slightly different places). Nothing was said
# of meaning. And zebra, the black dot, stays where the random numbers put it. The mistake behind most surprise: believing that
# the layer knows words. With another seed the picture is turned; the pairs stay pairs.

# %% [markdown]
# Pairs of words that do the same job stand in nearly the same place: each got nearly the same gradients, so each was pushed the
# same way. Opposites stand opposite. With another seed the whole picture is turned or mirrored, because only the rows' positions
# *to each other* count; the pairs stay pairs. And "zebra" is where the random numbers put it, to the last digit:

# %%
moved = np.abs(after - before).max(axis=1)  # (10,)
for i in (1, 9, 0):
    print(f"{words[i] or '(padding)':10} moved by {moved[i]:g}")

# %% [markdown]
# A row that is never looked up never learns. Keep that in mind whenever you have rare words: their rows are little more than their
# random start.
#
# **A trap.** "Only the rows looked up get a gradient" is always true. "Only the rows looked up *move*" is true for plain SGD. Adam
# keeps a running mean of past gradients, and moves along it even when the new gradient is zero. Here step 1 looks up row 1, step 2
# looks up row 2. Guess which rows move in step 2.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Step 1 looks up row 1, step 2 row 2: what does Adam move?
#
# A table of four rows with one number each. Plain SGD moves one row each time.

# %% slide="output" slideshow={"slide_type": "fragment"}
layer = keras.layers.Embedding(4, 1)
layer.build()
adam = keras.optimizers.Adam(0.1)
print("moved by       row 0   row 1   row 2   row 3")
for row in (1, 2):
    start = layer.get_weights()[0].copy()
    with tf.GradientTape() as tape:
        loss = keras.ops.sum(layer(np.array([row], dtype="int32")))
    adam.apply(tape.gradient(loss, layer.trainable_weights), layer.trainable_weights)
    moved = (layer.get_weights()[0] - start)[:, 0]
    print(f"looked up {row}:", *(f"{number:7.3f}" for number in moved))

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "In step 2 only row 2 gets a gradient. Which rows move?" The answer is on the next key. The room has just
# learned "only row 2". Row 1 moves too: Adam keeps a running mean of past gradients and walks on along it. For most models that
# does no harm; the price is that every step works through the whole table and two more of its size. The mistake behind: taking
# "gets a gradient" and "moves" for the same. If somebody knows PyTorch, ask what `padding_idx` does to a mean: its zeros are
# still counted.

# %% [markdown]
# Row 1 moves again in step 2 although nobody looked it up. (Row 2 moves less at first than row 1 did: Adam enlarges its running
# means while steps are few, counting the steps of the whole table, and for row 2 the first gradient comes in step 2.) For most
# models that does no harm. It has a price, though: every step works through the whole table, and through two more of its size:
# Adam's running mean of the gradients and its running mean of their squares.
#
# ### The same in PyTorch
#
# `torch.nn.Embedding(num_embeddings, embedding_dim)` is the same table with the same lookup and the same gradient. What differs
# ([documentation](https://docs.pytorch.org/docs/stable/generated/torch.nn.Embedding.html)):
#
# | | Keras | PyTorch |
# |---|---|---|
# | rows, numbers in a row | `input_dim`, `output_dim` | `num_embeddings`, `embedding_dim` |
# | start | uniform, -0.05 to 0.05 | normal, mean 0 and standard deviation 1 |
# | padding | `mask_zero=True`: row 0 is a row like any other | `padding_idx=0`: row 0 starts as zeros and gets no gradient |
# | the mask | goes on to the next layer | there is none: a mean counts the padding |
# | a table you have | `set_weights([table])` | `nn.Embedding.from_pretrained(table, freeze=False)` |
# | gradient in few rows | always, with TensorFlow | only with `sparse=True` |

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="One step of learning touches a few rows, so leave the others alone"
# ## 8. One step of learning, in a few rows
#
# $E \leftarrow E - \eta\,G$, and the gradient $G$ is zero in most rows.
#
# So leave those rows alone.

# %% [markdown]
# One step of plain SGD subtracts $G$, the gradient of the loss with respect to the table and of the same shape $(V, d)$, times the
# learning rate $\eta$ ("eta", one number) from the table $E$. First by hand, the wasteful way with a full gradient, then with Keras,
# then equal. Before you run it: which rows will differ from the start?

# %%
layer = keras.layers.Embedding(5, 2)
layer.build()
start = layer.get_weights()[0].copy()  # (5, 2)
by_hand = start - 0.01 * (np.eye(5)[three_ids].T @ upstream_gradient)  # 3, 1, 3 and 1, 10, 100 from section 6

keras.optimizers.SGD(0.01).apply([table_gradient], layer.trainable_weights)  # from section 6
stepped = layer.get_weights()[0]
print("equal:", np.allclose(by_hand, stepped, atol=1e-6))
print((stepped - start).round(3))

# %% [markdown]
# ### Exercise 6 (stretch): a step that touches only the rows looked up
#
# Write `sgd_step(table, ids, upstream, rate)`. `table` is a float array of shape `(V, d)`; `ids` is an integer array of any shape;
# `upstream` has shape `ids.shape + (d,)`; `rate` is one number. Take one step of SGD **in place**: change `table` itself. What you
# return is not looked at. Repeated ids add up, as in exercise 5; a row that no id names keeps its numbers.
#
# Do not make an array as large as the table on the way, neither a full gradient nor a copy: a table of 100 million rows barely fits
# once. The check measures the memory you take, and compares `table` afterwards; it does not see how long you take.
#
# With `table = [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]`, `ids = [2, 0, 2]`, `upstream = [[1.0, 2.0], [3.0, 4.0], [10.0, 20.0]]` and
# `rate = 0.1`, `table` is afterwards `[[0.7, 0.6], [2.0, 2.0], [1.9, 0.8]]`.


# %% exercise="sgd_step" slide="code"
def sgd_step(table, ids, upstream, rate):
    """One SGD step, in place, in the rows of `table` (V, d) that `ids` names."""
    ### BEGIN SOLUTION
    np.subtract.at(table, ids, rate * upstream)  # once for each position, so repeats add up
    ### END SOLUTION


# %% check="sgd_step"
ex.sgd_step.check(sgd_step)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes; the exercise is a stretch, for homework.** Ask: "The table has 100 million rows and the batch 200 words. How many
# rows does a step have to touch?" 200 at most. The usual answer in code makes a full gradient first, as large as the table, and
# then subtracts it: right numbers, and no machine that can hold it. The mistake to expect next is `table[ids] -= rate *
# upstream`, which loses repeats, as on the slide before.

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="minus_one"
# **Quiz 1.** An `Embedding(1000, 16)` runs on TensorFlow, on a CPU. By a slip in your code some ids are -1. What happens?
#
# - [ ] It stops with an InvalidArgumentError. :: The id 1000 would do that. Negative ids are counted from the end.
# - [ ] Those positions become zeros. :: Zeros are what an id that is too large gives on a GPU.
# - [x] Those positions get row 999, and nothing is said. :: -1 counts from the end. This is why you check ids at the door.

# %% [markdown] quiz="mask"
# **Quiz 2.** `Embedding(1000, 16, mask_zero=True)`, then `Flatten` (all positions' vectors end to end), then `Dense`. What does
# `Dense` see where a text was padded?
#
# - [ ] Zeros, because the layer masks id 0. :: `mask_zero` changes no vector. It only sends a mask along.
# - [x] The numbers of row 0, which are learned like those of any other row. :: `Flatten` makes no use of the mask.
# - [ ] Nothing, the padded positions are cut out. :: The shape stays a rectangle; no position is ever removed.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: one step of SGD, and which rows change?

# %% [markdown] quiz="who_moves" slide="quiz"
# **Quiz 3.** A batch holds the ids `[[4, 4], [9, 0]]`, without a mask. One step of plain SGD. What changes?
#
# - [ ] Row 4 by the mean of its two gradients, row 9 and row 0 by theirs. :: The sum: a change of row 4 acts in two positions.
# - [ ] Row 4 by the sum of its two gradients, row 9 by its one; row 0 is padding and stays. :: Without a mask, 0 is an id like any other.
# - [x] Row 4 by the sum of its two gradients, row 9 and row 0 each by their one. :: Three rows were looked up. The rest stay.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Notebooks closed: the answers lie open in them. Let them vote by hands before anyone speaks, then let one voter for
# each choice say why. Most votes go to B, because in this course 0 is padding. Without a mask nobody has told the layer: row 0
# is looked up, so it gets a gradient and moves. Voters for A are back at the mean. The notebook has two questions more.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: the layer copies, and learning decides what the rows become"
# ## Take away
#
# - An `Embedding` layer is a table: looking up id 7 copies row 7, which is what one-hot times the table would give, without the
#   multiplying.
# - The gradient goes back to the rows looked up and adds up for repeats; what a row becomes is decided by the texts its word stands
#   in.
# - Check ids before they reach the table, and give padding a mask: both mistakes are silent.

# %% [markdown] tags=["words"]
# ## Words
#
# - **vocabulary**: a numbered list of words
# - **id**: the number of a word in the vocabulary; it is a name, not a quantity
# - **one-hot**: a row of zeros with a single 1, at the position of the id
# - **embedding**: the row of numbers that stands for a word or any other thing with an id; also the table of all such rows
# - **lookup**: fetching rows of a table by their ids
# - **upstream gradient**: the gradient of the loss at a layer's output, from which the gradients of its weights are made
# - **padding**: positions added to make texts equally long; id 0 in this course
# - **mask**: an array of True and False beside the data that says which positions count
# - **NaN**: "not a number", the result of 0 / 0; every sum or mean with a NaN in it is NaN

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Close with the question back to the room: "What does an Embedding layer compute?" The answer you want: nothing, it
# copies. "Then what is learned?" The rows.

# %% [markdown]
# **Next.** You had ids from the start of this lesson. Texts come as letters. How does "It's GREAT, isn't it?" become a row of ids,
# and what about a word that is in no list? Lesson 06, *Text to ids*.
