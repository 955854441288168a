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
# # Order matters
#
# > *It was good, not bad.*
# >
# > *It was bad, not good.*
#
# Two opinions, as far apart as can be. The averaging model of lesson 07 gives both the same probability. What must a model have to
# tell them apart? And once it has it, does it judge real reviews any better?

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Read the two sentences aloud. Ask: "Will more training reviews make the averaging model tell them apart?" Those
# who took lesson 07 know: never, whatever the table holds. Then the second question of the slide: "A model that sees order:
# better on real reviews, yes or no?" Take a vote and write it down. Nearly all say yes. You come back to it at the end, and the
# answer is the surprise of the lesson. The mistake behind the vote: being able to see something is not the same as having learned
# it. The guide says which slides to skip in 50 minutes.

# %%
from course import lesson

ex = lesson("08_sentiment_sequences")
ex

# %% [markdown]
# **You will**
#
# - build a network of sliding windows by hand and in Keras, one that padding cannot fool;
# - find out which texts such a network can never tell apart, and read them with a network that carries a state along;
# - train average, windows and state on the same reviews, and compare them by accuracy, parameters and seconds.

# %% tags=["needed"]
import time

import numpy as np

# %% tags=["needed"]
import keras

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Which of these rows does the averaging model see?"
# ## 1. What no mean can see
#
# Two sentences. Below the dashed line: each of them with its words sorted.

# %% [markdown]
# A bag of words is all that a mean knows of a text. Here are the two sentences, and what becomes of them when each is sorted.

# %% slide="output"
sentences = [["it", "was", "good", "not", "bad"], ["it", "was", "bad", "not", "good"]]
tint = dict(zip(sorted(sentences[0]), plots.COLOURS, strict=False))
lines = [*sentences, sorted(sentences[0]), sorted(sentences[1])]
plt.figure(figsize=(8, 3.6))
for row, line in enumerate(lines):
    for place, word in enumerate(line):
        plt.gca().add_patch(plt.Rectangle((place + 0.03, row + 0.08), 0.94, 0.78, color=tint[word], alpha=0.45, lw=0))
        plt.text(place + 0.5, row + 0.47, word, ha="center", va="center")
plt.axhline(1.97, color="0.4", linewidth=1, linestyle="--")
plt.gca().set(xlim=(0, 5), ylim=(4, 0), xticks=[], frame_on=False)
plt.grid(visible=False)
plt.tick_params(left=False)
plt.yticks([0.47, 1.47, 2.47, 3.47], ["first", "second", "first, sorted", "second, sorted"])
plt.title("Two sentences, and each with its words sorted")
plots.show(
    "Four rows of five coloured words. The first two rows are the sentences 'it was good not bad' and 'it was bad not good'; the last two "
    "are the same sentences with their words sorted, and they are equal: bad, good, it, not, was."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask the title's question. Some say the first two, because those are the ids that go in. They go in, and the mean
# makes the last two of them, which are one and the same. The mistake behind it: thinking of what a model is given instead of what
# it keeps.

# %% [markdown]
# To see this without a doubt you need texts in which order decides *everything*. So here is a set of them, made from one
# sentence. Each comes with its **mirror**: the same words, the two adjectives exchanged, the opposite label. `FAR` is for later.

# %% tags=["needed"]
GOOD = ["good", "great", "lovely", "fine", "warm", "fresh"]
BAD = ["bad", "awful", "poor", "dull", "cold", "stale"]
NEAR = "the {thing} was {first} not {second}"
FAR = (
    "at first we said that the {thing} was {second} that evening "
    "in the end we said that the {thing} was {first} that evening"
)


# %%
def mirrored(sentence):
    """Pairs of texts and labels, for training and for validation; no two adjectives of a validation pair meet in training."""
    parts = {"train": ([], []), "validation": ([], [])}
    for i, good in enumerate(GOOD):
        for j, bad in enumerate(BAD):
            texts, labels = parts["validation" if (i + j) % 3 == 0 else "train"]
            for thing in ("soup", "room", "film", "book"):
                texts += [sentence.format(thing=thing, first=good, second=bad)]
                texts += [sentence.format(thing=thing, first=bad, second=good)]
                labels += [1, 0]
    return parts


# %%
from course.text import Vocabulary, words


def numbered(parts):
    """Texts to ids, with a vocabulary of the training texts; returns it, the ids and the labels of each part."""
    vocabulary = Vocabulary.of(parts["train"][0])
    length = max(len(words(text)) for text in parts["train"][0])
    ids = {name: vocabulary.encode(texts, length) for name, (texts, _) in parts.items()}
    return vocabulary, ids, {name: np.array(labels)[:, None] for name, (_, labels) in parts.items()}


near = numbered(mirrored(NEAR))
print(*mirrored(NEAR)["train"][0][:2], sep="\n")
print({name: ids.shape for name, ids in near[1].items()}, f"{len(near[0])} rows in the table")


# %% [markdown]
# The training is the one of lesson 07. Every model of this lesson goes through `train`, and nothing but the model differs. Before
# you run the next cells: what accuracy will the averaging model reach on the validation sentences, after 10 epochs?


# %%
def train(model, ids, labels, epochs, rate=0.01, patience=None, batch=64):
    """Trains quietly; returns the accuracy on the validation part and the seconds it took."""
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping("val_loss", patience=patience or epochs, restore_best_weights=bool(patience))
    checked = (ids["validation"], labels["validation"])
    start = time.perf_counter()
    options = {"epochs": epochs, "batch_size": batch, "validation_batch_size": 512, "callbacks": [stop]}
    model.fit(ids["train"], labels["train"], validation_data=checked, verbose=0, **options)
    seconds = time.perf_counter() - start
    answers = np.array(model(ids["validation"])) > 0.5
    return float((answers == labels["validation"]).mean()), seconds


# %%
from course.averaging import averaging_model

vocabulary, ids, labels = near
keras.utils.set_random_seed(0)
average = averaging_model(len(vocabulary), 8)
accuracy, _ = train(average, ids, labels, epochs=10)
answers = np.array(average(ids["validation"]))[:, 0]  # each text is followed by its mirror
print(
    f"accuracy {accuracy:.2f}, largest difference between a text and its mirror {np.abs(answers[::2] - answers[1::2]).max():.0e}"
)

# %% [markdown]
# One half, and no seed, no width and no number of epochs can change that: a text and its mirror get one answer, and one of the
# two is wrong. (If you see a tiny difference, it is rounding: a sum in another order.)
#
# What a model needs is something that differs between the two. Take the words two at a time, as they stand:
#
# | | | | | |
# |---|---|---|---|---|
# | first | it was | **was good** | **good not** | **not bad** |
# | second | it was | **was bad** | **bad not** | **not good** |
#
# Such a piece of `n` words in a row is called an **n-gram**; two words make a **bigram**, three a **trigram**. Three of the four
# bigrams differ.

# %% [markdown]
# **Exercise 1 - windows of words.** Write `ngrams(ids, size)`. `ids` is an integer array of shape `(T,)`: the words of one text,
# padded with 0 at the end or not at all. `size` is an integer from 1 up. Return all n-grams of `size` words, one in each row, in
# the order in which they stand: an integer array of shape `(n - size + 1, size)` if the text has n words. Neighbouring n-grams
# overlap. Id 0 is padding and never part of an n-gram; id 1, unknown, is a word. An n-gram that comes twice is given twice. A
# text with fewer than `size` words has none: return an array of 0 rows (or an empty list).
#
# With `ids = np.array([5, 3, 9, 0])` and `size = 2` the result is `[[5, 3], [3, 9]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the function that cuts a text into n-grams
#
# `[5, 3, 9, 0]` with `size` 2 gives `[[5, 3], [3, 9]]`.


# %% exercise="ngrams" slide="code"
def ngrams(ids, size):
    """All windows of `size` words of one text. ids: (T,), 0 is padding; returns (number of windows, size)."""
    ### BEGIN SOLUTION
    ids = np.asarray(ids)
    found = ids[ids != 0]
    windows = [found[i : i + size] for i in range(len(found) - size + 1)]
    return np.array(windows, dtype="int64").reshape(-1, size)
    ### END SOLUTION


# %% check="ngrams"
ex.ngrams.check(ngrams)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask before they start: "How many bigrams do three words have? And three words with five of
# padding?" Two, both times; somebody says seven. The mistakes to expect: a window that runs on into the padding, and `range(n -
# size)`, which loses the last window. On the next key: the answer.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A filter slides over the text and fires at its n-gram"
# ## 2. A window that slides
#
# - **Filter**: one neuron that looks at `size` words at a time.
# - **Max pooling**: keep its strongest answer, wherever it was.
# - Together: "is my n-gram in this text?"

# %% [markdown]
# You built a convolution in lesson 02: one neuron, the same weights at every place. In a text, a step is a word, and its numbers
# are the word's row of the table. A neuron that slides like this is called a **filter** in Keras.
#
# Here is one made by hand. The table has two numbers a word: the first is 1 for *not*, the second is 1 for *bad*. The filter
# looks at two words; its weights ask for *not* at the first place and *bad* at the second, one point each. The bias is -1, so
# that one point alone is not enough. At which of the windows will it fire?

# %% slide="live"
tiny = Vocabulary(["it", "was", "good", "not", "bad"])  # ids 2 to 6
table = np.zeros((7, 2))
table[tiny.id("not")] = [1, 0]
table[tiny.id("bad")] = [0, 1]
kernel = np.array([[[1.0], [0.0]], [[0.0], [1.0]]])  # (size, numbers in a row, filters) = (2, 2, 1)
bias = np.array([-1.0])

for line in sentences:
    rows = table[tiny.ids(" ".join(line))]  # (5, 2)
    fired = [max(0.0, (rows[i : i + 2] * kernel[:, :, 0]).sum() + bias[0]) for i in range(4)]
    print(" ".join(line), "->", [float(value) for value in fired], "strongest:", float(max(fired)))

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes, typed live.** Type the loop and let the room say what each window gives before you run it. Ask: "Why the bias of
# -1?" The room says "to make it smaller". Take it out: then *not good* gives 1 and *was bad* gives 1, and the filter is a bag of
# two words. With the bias it is an AND, the gate of lesson 01. The mistake behind most questions: thinking that the filter moves
# over the numbers of a row. It moves over words only.

# %% [markdown]
# It fires at *not bad* and at nothing else. The maximum over the windows then answers one question: is *not bad* in this text?
# Where it stands is gone; the next layer does not need it. Keeping the maximum is called **max pooling**. A real network has
# dozens of filters, and training finds their n-grams (Collobert and others,
# [2011](https://jmlr.org/papers/v12/collobert11a.html); Kim, [2014](https://aclanthology.org/D14-1181/)).
#
# Slide the window over a longer text, and change the bias. Before you do: at a bias of 0, how many windows will fire, and which? And
# at −2?

# %%
from course import play

line = "it was not good but it was not bad"
play.conv_window(line.split(), table[tiny.ids(line)], kernel[:, :, 0], bias[0])

# %% [markdown]
# Two: *not bad* with 2, and *not good* with 1, for its *not* alone. With the bias at −1 half a match is not enough, and at −2 a whole
# one is not either: the filter is silent everywhere, and so is the maximum. Where the window stands changes nothing but what you look
# at; the network looks at all places at once.
#
# In symbols: filter $f$ with weights $K_f$, of shape (size, $d$), and bias $b_f$ gives
#
# $$m_f = \max_i\ \mathrm{ReLU}\Big(\sum_{s} K_{f,s}\cdot E_{w_{i+s}} + b_f\Big)$$
#
# where $w_i$ is the id at place $i$, $E_w$ the row of word $w$, with shape $(d,)$, and $s$ runs over the places of the window. Is
# Keras of the same opinion? `Conv1D` takes the weights as they are, with shape `(size, d, filters)`.

# %%
convolution = keras.layers.Conv1D(1, kernel_size=2, activation="relu")
pool = keras.layers.GlobalMaxPooling1D()
batch = np.stack([table[tiny.ids(" ".join(line))] for line in sentences])  # (2, 5, 2)
convolution.build(batch.shape)
convolution.set_weights([kernel, bias])
print("Keras, every window:", np.array(convolution(batch))[:, :, 0].tolist())  # (2, 4)
print("Keras, strongest:   ", np.array(pool(convolution(batch)))[:, 0].tolist())  # (2,)

# %% [markdown]
# Equal. And now the trap. Pad the second text on the right with two positions of id 0, as in any batch, and give padding a row
# that is *not* zeros: training moves row 0 like every other row. Say it is [0, 3], three times as bad as *bad*. The text is *it
# was good, bad it was not*. What will the filter make of *not* at its end?

# %%
padded_table = table.copy()
padded_table[0] = [0, 3]
text = tiny.ids("it was good bad it was not")
for ids in (text, text + [0, 0]):
    rows = padded_table[np.array(ids)][None]  # (1, T, 2)
    print(len(ids), "positions, strongest:", float(pool(convolution(rows))[0, 0]))

# %% [markdown]
# 3 instead of 0, from an n-gram that nobody wrote: *not (padding)*. With an averaging model you would say `mask_zero=True` and be
# done. Try that here.

# %%
import warnings

embedding = keras.layers.Embedding(7, 2, mask_zero=True)
embedding.build()
embedding.set_weights([padded_table])
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    strongest = pool(convolution(embedding(np.array([text + [0, 0]]))))
print("strongest:", float(strongest[0, 0]))
for message in (str(warning.message) for warning in said if "mask" in str(warning.message)):
    print(message.split(" (")[0], "says: this", message.split(". However, this ")[1].split(".")[0])

# %% [markdown]
# Still 3. `Conv1D` cannot use a mask. It warns, throws the mask away and goes on; so does `GlobalMaxPooling1D`. The warning is
# easy to lose among others, and the model trains as if nothing were wrong.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: does this model look at padding?
#
# ```python
# model = keras.Sequential([
#     keras.Input(shape=(None,), dtype="int32"),
#     keras.layers.Embedding(10_000, 16, mask_zero=True),
#     keras.layers.Conv1D(32, 3, activation="relu"),
#     keras.layers.GlobalMaxPooling1D(),
#     keras.layers.Dense(1, activation="sigmoid"),
# ])
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Yes. `Conv1D` drops the mask, and windows on padding fire like any other.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** The room says "no, there is `mask_zero=True`". Show the warning in the notebook: `Conv1D` does not support masks
# and drops this one. Windows on padding fire like any other. Ask: "How would you find out without reading warnings?" The answer
# to want: ask the model about the same text with and without padding. The mistake behind it: taking a switch for a guarantee.

# %% [markdown]
# So you say yourself which windows count: those that lie on words from end to end. By hand that is a matter of leaving the
# padding out.
#
# **Exercise 2 - the strongest window.** Write `conv_max(rows, mask, kernel, bias)`, the whole of the formula above for one text.
# `rows` has shape `(T, k)`: a row for each position. `mask` has shape `(T,)`, True for words and False for padding; all words
# come first. `kernel` has shape `(size, k, m)`, the weights of m filters, and `bias` shape `(m,)`. A window is `size`
# neighbouring rows, *all* of them words; a filter's answer at a window is the ReLU of its weighted sum over the window plus its
# bias; the first row of the weights meets the first row under the window. Return the strongest answer of each filter, shape
# `(m,)`. If there is no window, because the text has fewer than `size` words, the result is zeros.
#
# With `rows = [[1], [2], [4], [9]]`, `mask = [True, True, True, False]`, `kernel = [[[1]], [[2]]]` and `bias = [0.5]` there are
# two windows, with sums 1 + 2·2 + 0.5 = 5.5 and 2 + 2·4 + 0.5 = 10.5. The result is `[10.5]`. (The arguments come as NumPy
# arrays.)

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Keep each filter's strongest whole window
#
# `rows` `(T, k)`, `mask` `(T,)`, `kernel` `(size, k, m)`, `bias` `(m,)` give `(m,)`.


# %% exercise="conv_max" slide="code"
def conv_max(rows, mask, kernel, bias):
    """ReLU of every filter at every window that holds words only, then the maximum over the windows: (m,)."""
    ### BEGIN SOLUTION
    size, k, m = kernel.shape
    found = rows[mask]
    strongest = np.zeros(m)
    for i in range(len(found) - size + 1):
        window = found[i : i + size].reshape(size * k)
        fired = window @ kernel.reshape(size * k, m) + bias
        strongest = np.maximum(strongest, fired)
    return strongest
    ### END SOLUTION


# %% check="conv_max"
ex.conv_max.check(conv_max)

# %% [markdown] slideshow={"slide_type": "notes"}
# **9 minutes in the notebook.** Draw 3 words and 2 of padding, and let the room count the windows of 2 that hold words only: two.
# The mistakes to expect: zeros in the padding's rows and windows that run over them, so that half a window counts; and no ReLU,
# which only shows when all sums are below 0. Ask: "Why may you begin with zeros?" Because after the ReLU nothing is below 0.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Windows that touch padding are multiplied by zero"
# ### The same in Keras
#
# - ids → `Embedding` → `Conv1D(..., activation="relu")` → maximum → `Dense`
# - Padding is on the right: a window is all words if its *last* word is one.
# - `ids[:, size - 1 :] != 0` says so for every window.
# - After the ReLU nothing is below 0. Times 0, a window cannot win.

# %% [markdown] tags=["slide-only"] slide="text"
# | windows of 2 in `[5, 3, 9, 0, 0]` | 5, 3 | 3, 9 | 9, 0 | 0, 0 |
# |---|---|---|---|---|
# | last id of the window | 3 | 9 | 0 | 0 |

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# They count 1, 1, 0 and 0.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let the room say which of the four windows count before the next key. It tests both words of a window. Right, and
# as padding is only ever on the right, the last word knows. Ask what goes wrong with padding on the left: then it is the first
# word. The mistake behind most bugs here: a mask of T positions laid over T - size + 1 windows.

# %% [markdown]
# Keras writes this in the *functional* style of lesson 02: every layer is called on what the one before has given, and
# `keras.Model` closes the chain. Operations such as `!=`, slices, `*` and `keras.ops.max` may stand among the layers. One is missing:
# `==` on a tensor that is not there yet is Python's own, and gives plain `False` without a word. Its place is taken by
# `keras.ops.equal`. Try the mask on a batch first. With windows of 2, and texts of 3, 1 and 0 words: how many windows count in each
# row?

# %%
ids = np.array([[5, 3, 9, 0, 0], [4, 0, 0, 0, 0], [0, 0, 0, 0, 0]], dtype="int32")
size = 2
print((ids[:, size - 1 :] != 0).astype(int))  # (3, 4): one for each window

# %% [markdown]
# **Exercise 3 - a network of windows.** Write `build_cnn(vocabulary_size, width, filters, size)`. Return a Keras model, which
# need not be compiled, that takes ids of shape `(n, T)`, int32, for any `T` from `size` up, padded with 0 on the right, and returns the
# probability of a positive review, shape `(n, 1)`. It looks up a row of `width` numbers for each id, lets `filters` filters with
# a ReLU slide over windows of `size` words, keeps the strongest answer of each filter, and gives these to one neuron with a
# sigmoid. Windows that touch padding do not count. A review with fewer than `size` words has no window: every filter gives 0 for
# it. The weights are a table of shape `(vocabulary_size, width)`, a kernel `(size, width, filters)` with a bias `(filters,)`, a
# kernel `(filters, 1)` with a bias `(1,)`, and no others; all of them can learn. Nothing in it works by chance, as Dropout would.
#
# `build_cnn(9, 3, 5, 2)` has 27 + 30 + 5 + 5 + 1 = 68 parameters; with all of them set to 0, every review gets 0.5.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Build the network that padding cannot fool
#
# `build_cnn(9, 3, 5, 2)` has 68 parameters.


# %% exercise="build_cnn" slide="code"
def build_cnn(vocabulary_size, width, filters, size):
    """A Keras model: ids (n, T) -> rows -> filters at every window -> the strongest -> one neuron (n, 1)."""
    ### BEGIN SOLUTION
    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)
    counts = keras.ops.cast(ids[:, size - 1 :] != 0, "float32")[..., None]
    strongest = keras.ops.max(fired * counts, axis=1)
    answer = keras.layers.Dense(1, activation="sigmoid")(strongest)
    return keras.Model(ids, answer)
    ### END SOLUTION


# %% check="build_cnn"
ex.build_cnn.check(build_cnn)

# %% [markdown] slideshow={"slide_type": "notes"}
# **9 minutes in the notebook.** The most common answer has `GlobalMaxPooling1D` in it and no mask, and the check says that
# padding gets in. The next most common has a mask of T positions and fails with two shapes in the error. Ask: "Where would you
# see this mistake in training?" Nowhere, and that is the point: the curves look fine.

# %% [markdown]
# From here on the lesson takes `cnn_model` from the course, which is the model of exercise 3. Back to the mirrored sentences. The
# filters look at two words. The validation sentences hold pairs of adjectives that never met in training. Which accuracy do you
# expect?

# %%
from course.sequences import cnn_model, gru_model

vocabulary, ids, labels = near
keras.utils.set_random_seed(0)
cnn = cnn_model(len(vocabulary), width=8, filters=16, size=2)
accuracy, seconds = train(cnn, ids, labels, epochs=10)
print(f"accuracy {accuracy:.2f}")
for text in ("the soup was good not bad", "the soup was bad not good"):
    print(f"{float(cnn(vocabulary.encode([text], 6))[0, 0]):.3f}  {text}")

# %% [markdown]
# All of them. Which n-grams does it go by? The network's answer is a weighted sum of the filters' strongest windows, so each
# filter's share of the sum can be booked to the window where it fired. The next cell does that by hand, and checks the sum
# against Keras.


# %%
def window_shares(model, ids, size):
    """Of one text without padding (T,): what each window adds to the weighted sum before the sigmoid, (T - size + 1,)."""
    table, kernel, bias, out, _ = model.get_weights()
    windows = np.stack([table[ids[i : i + size]] for i in range(len(ids) - size + 1)])  # (places, size, d)
    fired = np.maximum(np.einsum("psd,sdf->pf", windows, kernel) + bias, 0)  # (places, filters)
    shares = np.zeros(len(windows))
    np.add.at(shares, fired.argmax(axis=0), fired.max(axis=0) * out[:, 0])
    return shares


# %%
pair = ["the soup was good not bad", "the soup was bad not good"]
shares = [window_shares(cnn, np.array(vocabulary.ids(text)), 2) for text in pair]
for text, added in zip(pair, shares, strict=True):
    by_hand = 1 / (1 + np.exp(-(added.sum() + cnn.get_weights()[-1][0])))
    print(f"by hand {by_hand:.5f}, by Keras {float(cnn(vocabulary.encode([text], 6))[0, 0]):.5f}")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The same words, other windows, the opposite verdict

# %% slide="output"
figure, panels = plt.subplots(1, 2, figsize=(9.5, 3.6), sharex=True, layout="constrained")
for ax, text, added in zip(panels, pair, shares, strict=True):
    tokens = text.split()
    ax.barh(range(5), added, color=[plots.BLUE if value > 0 else plots.ORANGE for value in added])
    ax.set_yticks(range(5), [" ".join(tokens[i : i + 2]) for i in range(5)])
    ax.set(title=text, xlabel="added to the weighted sum")
    ax.set_title(text, fontweight="normal")
    ax.invert_yaxis()
    ax.axvline(0, color="0.3", linewidth=1)
    ax.grid(axis="y", visible=False)
figure.suptitle("Each verdict rests on bigrams that the mirror does not have", x=0.02, ha="left", fontweight="bold")
told = "; ".join(
    f"{' '.join(text.split()[i : i + 2])} {a:+.1f}"
    for text, added in zip(pair, shares, strict=True)
    for i, a in enumerate(added)
)
plots.show(
    "Two panels of bars, a bar for each bigram: what it adds to the weighted sum, blue above 0 and orange below. The first five belong to "
    f"'{pair[0]}', the others to '{pair[1]}'. {told}."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "Which bigrams are in both sentences, and what do they add?" *The soup* and *soup was*, and next to nothing.
# Then: "Does the network know what *not* means?" The room says yes. What it has is a list of bigrams; a *not* three words before
# its adjective is in none of them. The mistake behind the yes: reading understanding into a right answer.

# %% [markdown]
# ## 3. What windows cannot see
#
# > *at first we said that the soup was* **bad** *that evening,*
# > *in the end we said that the soup was* **good** *that evening*
#
# - Exchange **good** and **bad**: the opposite opinion.
# - Every window of 3 words of the one is in the other.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which window of three words is in only one of these?
#
# - *at first we said that the soup was* **bad** *that evening, in the end we said that the soup was* **good** *that evening*
# - *at first we said that the soup was* **good** *that evening, in the end we said that the soup was* **bad** *that evening*

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# None: these six are in both, and so are all the others.
#
# ```text
# soup was bad     was bad that     bad that evening
# soup was good    was good that    good that evening
# ```

# %% [markdown]
# The maximum forgets where a window stood, as the mean forgets where a word stood. So the old trouble comes back one size larger:
# a network of windows knows the *set of n-grams* of a text and nothing else. Two texts with the same set get the same answer.
#
# In `FAR` the last opinion counts, and what tells you which one is the last, *at first* and *in the end*, stands far from the
# adjectives. Cut the sentence and its mirror into windows of 3: *soup was bad*, *was bad that*, *bad that evening* are in both,
# and so are those with *good*. Nothing differs.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Opposite opinions. Give the room a full minute to look; nobody finds one. The next key shows why: a network of
# windows is blind to the order of windows. Then ask for a window of 4: *bad that evening in* against *good that evening in*. The
# mistake behind "then take windows of 20": each filter would need weights for 20 places and would have to meet each sentence's
# exact words. Keep that thought for the next section.

# %% [markdown]
# **Exercise 4 - what windows cannot see.** Write `same_windows(one, other, size)`. `one` and `other` are lists of words, `size`
# is an integer from 1 up. Return True if the two texts have the same n-grams of `size` words, and False otherwise. The same
# means: each n-gram of the one is also somewhere in the other, and the other way round; how often it comes and where does not
# matter. A text with fewer than `size` words has no n-grams; two such texts have the same, none.
#
# With `one = ["good", "not", "bad"]` and `other = ["bad", "not", "good"]` the result is True for `size = 1` and False for `size =
# 2`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the test for two texts that windows cannot tell apart
#
# *good not bad*, *bad not good*: True for `size` 1, False for `size` 2.


# %% exercise="same_windows" slide="code"
def same_windows(one, other, size):
    """Whether two lists of words have the same set of n-grams of `size` words: True or False."""
    ### BEGIN SOLUTION
    first = {tuple(one[i : i + size]) for i in range(len(one) - size + 1)}
    second = {tuple(other[i : i + size]) for i in range(len(other) - size + 1)}
    return first == second
    ### END SOLUTION


# %% check="same_windows"
ex.same_windows.check(same_windows)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "Why does *how often* not matter?" Because a maximum of 3, 3 and 3 is 3. Sums and means
# would count. The mistakes to expect: comparing lists instead of sets, looking one way only, and gluing words together without a
# space.

# %% [markdown]
# Trust nothing that you can test. The next cell trains on `FAR` and its mirrors with windows of 2, 3 and 4 words. Before you run
# it: for which sizes will it be one half?

# %%
vocabulary, ids, labels = far = numbered(mirrored(FAR))
reached = {}
for size in (2, 3, 4):
    keras.utils.set_random_seed(0)
    model = cnn_model(len(vocabulary), width=8, filters=16, size=size)
    reached[size], _ = train(model, ids, labels, epochs=10)
    answers = np.array(model(ids["validation"]))[:, 0]
    apart = np.abs(answers[::2] - answers[1::2]).max()
    print(f"windows of {size}: accuracy {reached[size]:.2f}, a text and its mirror differ by at most {apart:.3f}")

# %% [markdown]
# One half for 2 and 3, as the sets of n-grams say. At 4 the two differ in one place, *bad that evening in*, and that is enough.
# But put one more word between, *bad that same evening in*, and 4 is blind again. For every size there is a pair that it cannot
# see.

# %% [markdown]
# ## 4. A state that is carried along
#
# $$\mathbf{h}_t = \tanh(\mathbf{x}_t W_x + \mathbf{h}_{t-1} W_h + \mathbf{b})$$
#
# - $\mathbf{x}_t$: the row of word $t$; $\mathbf{h}_t$: the **state** after it.
# - The last state is what the layer gives: the whole text, in order.
# - At padding: no step. The state stays as it is.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A recurrent layer reads word by word and keeps a state
#
# $$\mathbf{h}_t = \tanh(\mathbf{x}_t W_x + \mathbf{h}_{t-1} W_h + \mathbf{b})$$
#
# - $\mathbf{x}_t$: the row of word $t$; $\mathbf{h}_t$: the **state** after it.
# - The last state is what the layer gives: the whole text, in order.
# - Words of 1 and -2, then two positions of padding: what are the four states?

# %% [markdown]
# The recurrent layer of lesson 02 has no window. It reads the words one by one and carries a state along, in which a later word
# can overrule an earlier one. Here $\mathbf{x}_t$ has shape $(d,)$, the state $\mathbf{h}_t$ and the bias $\mathbf{b}$ have shape
# $(u,)$, $W_x$ is $(d, u)$ and $W_h$ is $(u, u)$. Before the first word the state is zeros.
#
# What should happen at padding? The layer could step on, with the padding's row as its input. The state would change with every
# position, and a short text in a long batch would have its words washed out. So nothing should happen: the mask says "no word",
# and the state stays. One state of one number, by hand: the words give 1 and -2, and two positions of padding follow, whose rows are
# not zeros. What will Keras say at the last two?

# %% slide="output" slideshow={"slide_type": "fragment"}
first = np.tanh(1.0 * 1.0 + 0.5 * 0.0)  # the weight of the word is 1, that of the state 0.5; before the first word: 0
second = np.tanh(1.0 * -2.0 + 0.5 * first)
print("by hand:", np.round([first, second, second, second], 4))

layer = keras.layers.SimpleRNN(1, return_sequences=True)
layer.build((1, 4, 1))
layer.set_weights([np.array([[1.0]]), np.array([[0.5]]), np.zeros(1)])
masked = layer(np.array([[[1.0], [-2.0], [5.0], [5.0]]]), mask=np.array([[True, True, False, False]]))
print("Keras:  ", np.array(masked)[0, :, 0].round(4))

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Act it out: one person reads a sentence aloud, another holds up fingers for the mood after each word. Ask: "The
# text is over, two empty places follow. What do the fingers do?" Nothing, and that is the mask: no step. Then the next key: the
# last two states repeat the second, by hand and in Keras. Ask what happens without a mask. The room says "nothing, padding is
# zeros". Leave it, the next slide asks it. The mistake behind it: taking zeros for nothing.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what do zeros do to the state?
#
# ```python
# rows = rows * mask[:, None]          # padding becomes zeros
# state = np.zeros(units)
# for row in rows:                     # so it cannot do harm
#     state = np.tanh(row @ Wx + state @ Wh + b)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Each step multiplies the state by `Wh` and adds the bias. After fifty of them the words are gone.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** A step on zeros is still a step: the state is multiplied by `Wh`, the bias is added, and the tanh is taken. After
# fifty positions of padding nothing is left of the words. The room finds the bias first; ask what happens with a bias of zeros.
# It is still wrong, by the product. The mistake behind the comment: zero as an input is not the same as no input.

# %% [markdown]
# **Exercise 5 - a state that passes over padding.** Write `masked_rnn(rows, mask, Wx, Wh, b)` for one text. `rows` has shape `(T,
# d)`, `mask` has shape `(T,)`, True for words and False for padding, which may stand *anywhere*, also on the left or in between.
# `Wx` has shape `(d, u)`, `Wh` `(u, u)` and `b` `(u,)`; all are NumPy arrays. The state starts as zeros. At a word it becomes
# `tanh(row @ Wx + state @ Wh + b)`; at padding it stays as it is. Return the state after the last position, shape `(u,)`. For a
# text of nothing but padding that is zeros.
#
# With `rows = [[1], [-2], [5], [5]]`, `mask = [True, True, False, False]`, `Wx = [[1]]`, `Wh = [[0.5]]` and `b = [0]` the result is
# `[-0.9245]`: tanh(1) = 0.7616, then tanh(-2 + 0.5 · 0.7616).

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write a recurrent layer that passes over padding
#
# `rows` `(T, d)` and `mask` `(T,)` give the last state, `(u,)`.


# %% exercise="masked_rnn" slide="code"
def masked_rnn(rows, mask, Wx, Wh, b):
    """The last state (u,) of a simple recurrent layer that takes no step where the mask is False."""
    ### BEGIN SOLUTION
    state = np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        if counts:
            state = np.tanh(row @ Wx + state @ Wh + b)
    return state
    ### END SOLUTION


# %% check="masked_rnn"
ex.masked_rnn.check(masked_rnn)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** The mistakes to expect: zeros for the padding's rows, as on the last slide; a `break` at the
# first padding, right for padding on the right and wrong for a gap; and a state that is set to zeros at padding. Ask those who
# are done: "Which step would leave the state as it is for *every* row?" It leads to the gates on the next slide.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A gate lets a state survive many words"
# ### Gates: GRU and LSTM
#
# $$\mathbf{h}_t = \mathbf{z} \odot \mathbf{h}_{t-1} + (1 - \mathbf{z}) \odot \text{new}$$
#
# - $\mathbf{z}$: a **gate**, numbers between 0 and 1, worked out anew at each word.
# - 1: keep the old state. 0: take the new one.
# - A mask does by force what a gate learns to do.

# %% [markdown]
# A simple recurrent layer multiplies its state by the same $W_h$ at every word. In a long text little is left of the first words
# at the end, and the gradient that should teach it to keep them fades on its way back (Bengio and others,
# [1994](https://doi.org/10.1109/72.279181)). The remedy is a **gate**: a small layer of its own with a sigmoid, which says for
# each number of the state how much of the old one to keep ($\odot$ multiplies number by number). The **GRU** (Cho and others,
# [2014](https://aclanthology.org/D14-1179/)) has two gates: this one, and one that says how much of the old state goes into the
# new one. The **LSTM** (Hochreiter and Schmidhuber, [1997](https://doi.org/10.1162/neco.1997.9.8.1735)) has three in its present
# form, and a second state beside the first. In Keras each is one word in place of another, with the same mask.
#
# Each gate costs weights. With rows of 8 numbers and a state of 16, one set has (8 + 16) · 16 weights and 16 biases: 400. How
# many sets has each of the three? (The GRU of Keras has a second bias in each set.)

# %% slide="output" slideshow={"slide_type": "fragment"}
for kind in (keras.layers.SimpleRNN, keras.layers.GRU, keras.layers.LSTM):
    layer = kind(16)
    layer.build((None, None, 8))
    print(f"{kind.__name__:10} {layer.count_params():6,} parameters = {layer.count_params() / 400:.2f} sets")

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "What must the gate be at *that evening in the end we said*, if the first adjective is to survive?" Close to
# 1. "And at the second adjective?" Close to 0, where it is to be overruled. "Who sets it?" The word itself, through weights that
# training finds. Point at the formula with z = 1: no step at all, what a mask does. Then the price, on the next key, in sets
# of weights: one, three, four. The mistake behind "the LSTM is
# the better one": nobody has measured it here, and it has more weights.

# %% [markdown]
# And now the sentences that windows of 3 cannot tell apart. `gru_model` from the course is ids → `Embedding(mask_zero=True)` →
# `GRU` → `Dense`. It reads 23 words in each text. Guess before you run it.

# %%
vocabulary, ids, labels = far
keras.utils.set_random_seed(0)
gru = gru_model(len(vocabulary), width=8, units=16)
reached["GRU"], seconds = train(gru, ids, labels, epochs=10)
print(f"GRU: accuracy {reached['GRU']:.2f}, {gru.count_params():,} parameters, {ids['train'].shape[1]} words a text")

# %% [markdown]
# All of them. How does it do it? Let it say after *every* word what it would answer if the text ended there: the neuron at the
# end, put on each state. The two curves below are a text and its mirror; they share all but two words. Where will they part, and
# where will they cross?

# %%
text = FAR.format(thing="soup", first="good", second="bad")
mirror = FAR.format(thing="soup", first="bad", second="good")
so_far = []
for line in (text, mirror):
    found = vocabulary.ids(line)
    beginnings = [found[: t + 1] + [0] * (len(found) - t - 1) for t in range(len(found))]  # 1 word, 2 words, ...
    so_far.append(np.array(gru(np.array(beginnings, dtype="int32")))[:, 0])

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Word by word: where do the two curves part, and where do they end?

# %% slide="output" slideshow={"slide_type": "fragment"}
tokens = [one if one == other else f"{one} / {other}" for one, other in zip(words(text), words(mirror), strict=True)]
plt.figure(figsize=(10, 4.4))
plt.plot(so_far[0], "o-", color=plots.BLUE, label="first bad, in the end good")
plt.plot(so_far[1], "s--", color=plots.ORANGE, label="first good, in the end bad")
plt.axhline(0.5, color="0.5", linewidth=1)
plt.xticks(range(len(tokens)), tokens, rotation=60, ha="right", fontsize=11)
plt.ylim(-0.05, 1.05)
plt.ylabel("probability so far")
plt.title("The curves part at the first adjective and end on opposite sides")
plt.legend(loc="upper left", bbox_to_anchor=(0.38, 0.83), fontsize=12)
plots.show(
    "Probability after each word for a text and its mirror. The curves are the same up to the first adjective, part there, and end "
    "on opposite sides of one half after the second."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** A GRU reads the two texts of slide 10 and gives a probability after each word. Let the room draw both curves
# before the key. They part at the first adjective, and not one word earlier: before that the two texts are one. After the second
# adjective they have changed places. Ask: "Does it understand *in the end*?" It need not: to let the last adjective win is enough
# for these texts. The mistake behind a yes: the network learned these texts, not English.

# %% [markdown]
# Up to the first adjective the two are one text, and one curve. There they part. In the state the difference outlives the words
# that both share, even where the two answers come close again; at the second adjective they change places. No window was needed,
# and no distance is built in anywhere. The way there differs from seed to seed. With this one the network tends to
# expect the best whenever it reads *the soup was*, and only a bad adjective pulls it down. Nor need it know what *in the end*
# means: for these texts it is enough that the last adjective wins.
#
# ### With padding and without
#
# Every beginning in that loop was padded, and the mask kept the padding out. The test that every model which reads text
# should pass: **the same text with more padding gets the same answer.** A third model joins in, the GRU with the same weights and
# no mask. Which of the four will fail?

# %%
without = keras.Sequential(
    [keras.Input((None,), dtype="int32"), keras.layers.Embedding(len(vocabulary), 8), *gru.layers[1:]]
)
without.layers[0].set_weights(gru.layers[0].get_weights())
some = ids["validation"]  # (96, 23), no padding
padded = np.pad(some, ((0, 0), (0, 20)))
models = {"average": averaging_model(len(vocabulary), 8), "windows": model, "GRU": gru, "GRU without a mask": without}
for name, tried in models.items():
    before, after = (np.array(tried(x)) for x in (some, padded))
    same = "the same" if np.abs(before - after).max() < 1e-5 else "NOT the same"
    print(f"{name:20} {same}: answers move by up to {np.abs(before - after).max():.1e}")
alike = np.allclose(gru.predict(some, verbose=0), gru.predict(padded, verbose=0), atol=1e-5)
print("predict(x) equals predict(x + padding), GRU:", alike)

# %% [markdown]
# Padding goes on the **right**, always. On a GPU, Keras hands GRU and LSTM to NVIDIA's cuDNN, which takes words first and padding
# last ([Keras](https://keras.io/api/layers/recurrent_layers/gru/): "strictly right-padded"), and at least one word in each text;
# on a CPU you would never notice. So see to it that an empty review does not reach such a layer as nothing but padding, or give
# the layer `use_cudnn=False`.
#
# Here are all of them, on both kinds of sentences. The averaging model gets one half on each, as you know without running it.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What a model can see decides what it can learn

# %%
vocabulary, ids, labels = near
on_near = {"average": 0.5}
for name, model in (
    ("windows of 2", cnn_model(len(vocabulary), 8, 16, 2)),
    ("windows of 3", cnn_model(len(vocabulary), 8, 16, 3)),
    ("windows of 4", cnn_model(len(vocabulary), 8, 16, 4)),
    ("GRU", gru_model(len(vocabulary), 8, 16)),
):
    on_near[name], _ = train(model, ids, labels, epochs=10)
on_far = dict(zip(on_near, [0.5, *reached.values()], strict=True))
print(*(f"{name:13} near {on_near[name]:.2f}, far {on_far[name]:.2f}" for name in on_near), sep="\n")

# %% slide="output"
plt.figure(figsize=(8.5, 3.8))
places = np.arange(len(on_near))
for shift, reached_by, colour, hatch, name in (
    (-0.2, on_near, plots.BLUE, None, "near: good not bad"),
    (0.2, on_far, plots.ORANGE, "//", "far: at first ... in the end ..."),
):
    heights = list(reached_by.values())
    plt.bar(places + shift, heights, 0.38, color=colour, hatch=hatch, edgecolor="white", label=name)
plt.xticks(places, list(on_near), fontsize=12)
plt.axhline(0.5, color="0.3", linewidth=1, linestyle="--")
plt.gca().set(ylim=(0, 1.35), yticks=[0, 0.5, 1], ylabel="accuracy")
plt.legend(loc="upper left", fontsize=11, ncols=2)
plt.grid(axis="x", visible=False)
plt.title("A coin's throw, until the model can see what decides")
plots.show(
    "Bars of accuracy for five models on two kinds of sentences. Average: one half on both. Windows of 2 and of 3: 1 on near "
    "sentences, one half on far ones. Windows of 4 and GRU: 1 on both."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask which bars are certain without any training: all those at one half, by the argument with the bags and the
# sets. The bars at 1 had to be learned. Then: "Now vote again: on real reviews, who wins?" Write the second vote beside the
# first one. The mistake to head off: taking the bars at 1 for a law. They say what can be learned, not what will be.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A thousand real reviews: who comes first, and at what price?"
# ## 5. Real reviews
#
# - The same 1,260 reviews for all three.
# - Three seeds each, stopped early by the validation reviews.
# - Accuracy, parameters, seconds.

# %% [markdown] tags=["slide-only"] slide="text"
# | first, second or third? | accuracy | parameters | seconds |
# |---|---|---|---|
# | average | ? | ? | ? |
# | windows of 2 | ? | ? | ? |
# | GRU | ? | ? | ? |

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let the room put the three in order before the numbers come: by accuracy, by parameters, by seconds. Ask: "Where
# are the parameters?" Somebody says in the GRU; nearly all of them are in the table, which all three have. Ask why three seeds:
# one run shows one throw of the dice. The mistake behind "run it once": with 560 test reviews a new seed alone moves the accuracy
# by a point or two.

# %% [markdown]
# Here are the reviews of lesson 07. The sizes and the steps of the optimizer were chosen by the validation reviews: windows and
# state do better with half the step of the average. Training stops when the validation loss has found no new low for two epochs.

# %%
from course.data import load_reviews

reviews = load_reviews("shipped")
parts = {"train": reviews.train, "validation": reviews.validation, "test": reviews.test}
listed = Vocabulary.of(reviews.train.texts, at_least=2)
LENGTH = max(len(words(text)) for text in reviews.train.texts)
x = {name: listed.encode(part.texts, LENGTH) for name, part in parts.items()}  # (n, LENGTH)
y = {name: part.labels[:, None] for name, part in parts.items()}  # (n, 1)
print({name: ids.shape for name, ids in x.items()}, f"{len(listed):,} rows in the table")

# %% [markdown]
# Before you run it: put the three in order, by accuracy, by parameters, by seconds. (It takes under half a minute, if
# the machine has nothing else to do.)

# %%
from course.waiting import progress

makers = {
    "average": (lambda: averaging_model(len(listed), 16), 0.01),
    "windows": (lambda: cnn_model(len(listed), 16, filters=32, size=2), 0.005),
    "GRU": (lambda: gru_model(len(listed), 16, units=16), 0.005),
}
runs, kept = {name: [] for name in makers}, {}


def run(name, seed):
    keras.utils.set_random_seed(seed)
    maker, rate = makers[name]
    kept[name] = maker()
    _, seconds = train(kept[name], x, y, epochs=14, rate=rate, patience=2, batch=128)
    right = (np.array(kept[name](x["test"])) > 0.5) == y["test"]
    runs[name].append((right.mean(), seconds))


# %%
for seed in progress(range(3), "seeds"):
    run("average", seed)
    run("windows", seed)

# %%
for seed in progress(range(3), "seeds"):
    run("GRU", seed)

# %%
print(f"{'':9}{'parameters':>11}{'seconds':>9}   test accuracy, a seed each")
for name, measured in runs.items():
    accuracies, seconds = zip(*measured, strict=True)
    shown = "  ".join(f"{value:.3f}" for value in accuracies)
    print(f"{name:9}{kept[name].count_params():11,}{np.mean(seconds):9.1f}   {shown}   mean {np.mean(accuracies):.3f}")
best = max(np.mean([accuracy for accuracy, _ in measured]) for measured in runs.values())
error = np.sqrt(best * (1 - best) / len(y["test"]))
print(f"standard error on {len(y['test'])} reviews: {error:.3f}")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Side by side: may you say that the average is better?

# %% slide="output"
figure, panels = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")
for place, (name, measured) in enumerate(runs.items()):
    accuracies, seconds = map(np.array, zip(*measured, strict=True))
    panels[0].errorbar(place, accuracies.mean(), yerr=2 * error, color="0.6", capsize=6, linewidth=2)
    panels[0].plot([place] * 3, accuracies, "o", color=plots.COLOURS[place], markersize=8)
    panels[1].bar(place, kept[name].count_params(), color=plots.COLOURS[place])
    panels[2].bar(place, seconds.mean(), color=plots.COLOURS[place])
for ax, name in zip(panels, ("test accuracy", "parameters", "seconds of training"), strict=True):
    ax.set_xticks(range(3), list(runs), fontsize=12)
    ax.set_ylabel(name)
    ax.grid(axis="x", visible=False)
panels[0].set_xlim(-0.5, 2.5)
means = {name: np.mean(measured, axis=0) for name, measured in runs.items()}  # accuracy, seconds
wins = max(means["windows"][0], means["GRU"][0]) > means["average"][0] + 2 * error
claim = "Seeing order wins on these reviews" if wins else f"On {len(y['train']):,} reviews, seeing order wins nothing"
figure.suptitle(claim, x=0.02, ha="left", fontweight="bold")
told = "; ".join(f"{name}: accuracy {right:.3f}, {taken:.1f} seconds" for name, (right, taken) in means.items())
plots.show(
    "Three panels for average, windows and GRU. Test accuracy, a dot for each of three seeds with a bar of two standard errors; "
    f"parameters, nearly equal; seconds of training. {told}."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes.** Put the two votes beside the picture. Ask the title's question. Look at the bars: two
# standard errors on 560 reviews are more than three points, so differences smaller than that mean nothing. What you may say:
# order has won nothing. Then ask why. The room says "too few epochs" or "too small". Take the next cell: most bigrams of new
# reviews were never seen in training. The mistake behind the first vote: taking what a model *can* learn for what it *has*
# learned.

# %% [markdown]
# Read the dots, then the bars: each is two standard errors up and down. With 560 test reviews, differences below about 3 points
# mean nothing, and a new seed alone moves an accuracy by one or two. Windows and GRU come out lower than the average, by about as much
# as that: perhaps they are worse, but these reviews cannot say so for certain. What was hoped for, that seeing order helps, is not
# there: neither does better than the mean. And they have hardly more parameters: nearly all of them are in the table.
#
# Why does it not help? Ask what there was to learn from. Of the words in the validation reviews, each counted as often as it
# comes, how many never occur in the training reviews? And of the bigrams?


# %%
def pieces(texts, size):
    """All n-grams of the texts, as tuples of words."""
    tokens = [words(text) for text in texts]
    return [tuple(line[i : i + size]) for line in tokens for i in range(len(line) - size + 1)]


for size, name in ((1, "words"), (2, "bigrams"), (3, "trigrams")):
    met = set(pieces(reviews.train.texts, size))
    new = [piece not in met for piece in pieces(reviews.validation.texts, size)]
    print(f"{name:9} never met in training: {np.mean(new):.0%}")

# %% [markdown]
# More than half of the bigrams are new, and most of the trigrams. A filter for *not worth* has little to learn from if it
# meets the pair a handful of times. What did the filters learn instead? Here are the three filters with the largest positive and
# the three with the largest negative weight in the last neuron, and for each the windows in the validation reviews at which it
# fires strongest.

# %%
table, kernel, bias, out, _ = kept["windows"].get_weights()
found = np.unique(np.concatenate([np.stack([row[:-1], row[1:]], axis=1) for row in x["validation"]]), axis=0)
found = found[(found > 1).all(axis=1)]  # no padding, no [UNK]
fired = np.maximum(np.einsum("psd,sdf->pf", table[found], kernel) + bias, 0)  # (bigrams, filters)
order = np.argsort(out[:, 0])
top = {f: np.argsort(-fired[:, f])[:4] for f in [*order[:-4:-1], *order[:3]]}

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What does each of these six filters look for?

# %% slide="output"
figure, panels = plt.subplots(2, 3, figsize=(11, 5), layout="constrained", sharex=True)
for ax, (f, places) in zip(panels.ravel(), top.items(), strict=True):
    ax.barh(range(4), fired[places, f], color=plots.BLUE if out[f, 0] > 0 else plots.ORANGE)
    ax.set_yticks(range(4), [listed.decode(found[i]) for i in places])
    ax.set_title(f"filter {f}, weight {out[f, 0]:+.2f}".replace("-", "−"), fontweight="normal", fontsize=12)
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
for ax in panels[1]:
    ax.set_xlabel("the filter's answer")
figure.suptitle("Where six filters fire strongest", x=0.02, ha="left", fontweight="bold")
named = "; ".join(", ".join(listed.decode(found[i]) for i in places[:2]) for places in top.values())
plots.show(
    f"Six panels, one for each filter, with the four bigrams at which it fires strongest. The first two of each: {named}."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let the room answer for each filter. They find a word, not a pair: the neighbour changes from line to line. On
# few reviews, filters fire at strong words. Ask: "What would it take for a filter to learn *not worth*?" More reviews with it.
# The mistake behind disappointment: the network has done the best thing it could with what it was given.

# %% [markdown]
# Mostly one strong word, and whatever happens to stand beside it: the filters have become detectors of single words. And the
# sentences of lesson 07? All three models, trained on the reviews:

# %%
short = ["It was good, not bad.", "It was bad, not good.", "An excellent book.", "Not an excellent book."]
print(" " * 26 + "".join(f"{name:>9}" for name in kept))
for text in short:
    given = listed.encode([text], LENGTH)
    print(f"{text:26}" + "".join(f"{float(kept[name](given)[0, 0]):9.2f}" for name in kept))

# %% [markdown]
# Windows and GRU no longer give the first two the same answer; but neither sees what you see in them. They
# *can* tell them apart, and nobody has taught them to. What helps is more text: tens of thousands of reviews, or rows that come
# from far more text than that. Lesson 09 begins with those.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Stretch: n-grams can be scored by counting alone"
# ## 6. Stretch: n-grams without training
#
# $$r_j = \ln\frac{p_j / \lVert\mathbf{p}\rVert_1}{q_j / \lVert\mathbf{q}\rVert_1}$$
#
# - $\mathbf{p}$: how often positive reviews say each n-gram, plus $\alpha$.
# - $\mathbf{q}$: the same of the negative ones.
# - Above 0: said more by the pleased. A score, and no training.

# %% [markdown]
# If training finds too little in few reviews, count instead. Take all words *and* bigrams as features, and score each by the
# **log-count ratio**, the logarithm of its share in what positive reviews say over its share in what negative ones say. Here
# $\mathbf{p}$ and $\mathbf{q}$ have one number for each n-gram, and $\lVert\mathbf{p}\rVert_1$ is the sum of all of them;
# $\alpha$, one number above 0, keeps an n-gram that one side never says from an infinite score. A review's verdict is the sum of
# the scores of its n-grams: that is a **naive Bayes** classifier. Wang and Manning ([2012](https://aclanthology.org/P12-2018/))
# scale features by this ratio and *then* train one neuron on them, and find that hard to beat. In this course's words: an
# `Embedding` of width 1, its rows scaled by $r$.
#
# **Exercise 6 - n-grams scored by counting (stretch).** Write `log_count_ratio(counts, labels, alpha)`. `counts` has shape `(n,
# V)`: how often review i says n-gram j, integers from 0 up. `labels` has shape `(n,)`, 1 for positive and 0 for negative; one of
# the two may be missing. `alpha` is a number above 0. Let `p` be `alpha` plus the sum of the rows of the positive reviews, and
# `q` `alpha` plus the sum of the rows of the negative ones, both of shape `(V,)`. Return $\ln$ of `p` divided by its own sum over
# `q` divided by its own sum, shape `(V,)`.
#
# With `counts = np.array([[1, 0], [1, 1]])`, `labels = np.array([1, 0])` and `alpha = 1`: `p` is [2, 1], with shares 2/3 and 1/3;
# `q` is [2, 2], with shares 1/2 and 1/2. The result is [ln(4/3), ln(2/3)] = `[0.288, -0.405]`.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Take one word, *brilliant*, and let the room guess how often each side says it. Ask: "Why divide by the sums?"
# Pleased people may write more; without the division every n-gram would look positive. Ask what alpha is for: a word that only
# one side says would get an infinite score. The mistake behind leaving it out: taking "never seen" for "impossible".

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: write the score of every n-gram in a few lines
#
# `counts` `(n, V)`, `labels` `(n,)`, `alpha` give `(V,)`.


# %% exercise="log_count_ratio" slide="code"
def log_count_ratio(counts, labels, alpha):
    """The log of each n-gram's share among positive reviews over its share among negative ones: (V,)."""
    ### BEGIN SOLUTION
    counts, labels = np.asarray(counts), np.asarray(labels)
    p = alpha + counts[labels == 1].sum(axis=0)
    q = alpha + counts[labels == 0].sum(axis=0)
    return np.log((p / p.sum()) / (q / q.sum()))
    ### END SOLUTION


# %% check="log_count_ratio"
ex.log_count_ratio.check(log_count_ratio)

# %% [markdown] slideshow={"slide_type": "notes"}
# **10 minutes, or homework.** The common mistake is alpha in the counts and not in the total, so that the shares do not sum to 1.
# Another is to sum over the wrong axis: one number for each review instead of one for each n-gram. Afterwards ask for the list of
# bigrams in the notebook: *never again* and *never boring* have landed on opposite sides, which no score of *never* alone can do.

# %% [markdown]
# The next cell counts on the training reviews and lists bigrams that begin with *never*, *not* or *n't*, the lowest and the highest
# scores. It has the formula written out, so that it runs whatever your answer is, and it counts a little differently: in how many
# *reviews* an n-gram stands, as Wang and Manning do, since a reviewer who says a word nine times should not count as nine reviewers.
# Is *never* a kind word or an unkind one?

# %%
from collections import Counter


def said(label, sizes):
    """In how many training reviews of that label each n-gram stands."""
    texts = [text for text, given in zip(reviews.train.texts, reviews.train.labels, strict=True) if given == label]
    return Counter(piece for text in texts for size in sizes for piece in set(pieces([text], size)))


def scored(sizes):
    p, q = said(1, sizes), said(0, sizes)
    features = sorted(p | q)
    totals = [sum(side.values()) + len(features) for side in (p, q)]  # alpha is 1
    return {f: float(np.log((p[f] + 1) / totals[0] / ((q[f] + 1) / totals[1]))) for f in features}


scores = scored((1, 2))
turning = sorted((f for f in scores if f[0] in ("never", "not", "n't") and len(f) == 2), key=scores.get)
print("lowest: ", *(f"{' '.join(f)} {scores[f]:+.1f}  " for f in turning[:5]))
print("highest:", *(f"{' '.join(f)} {scores[f]:+.1f}  " for f in turning[:-6:-1]))
print("alone:  ", *(f"{word} {scores[(word,)]:+.1f}  " for word in ("never", "not", "n't")))

# %% [markdown]
# Either, by what follows. And as a classifier? One pass of counting, words alone against words and bigrams, on the validation
# reviews.

# %%
for sizes in ((1,), (1, 2), (1, 2, 3)):
    scores = scored(sizes)
    sums = [
        sum(scores.get(f, 0) for size in sizes for f in set(pieces([text], size))) for text in reviews.validation.texts
    ]
    right = (np.array(sums) > 0) == reviews.validation.labels
    error = np.sqrt(right.mean() * (1 - right.mean()) / len(right))
    print(
        f"n-grams of {sizes}: {len(scores):6,} scores, validation accuracy {right.mean():.3f}, give or take {error:.3f}"
    )

# %% [markdown]
# In the region of what the trained models reach on the test reviews, and without a single step of training. Bigrams seem to help
# a little; with 280 validation reviews that is no proof. As a yardstick it is worth its few lines: whatever you train should beat
# it.

# %% [markdown]
# ## Quiz
#
# Three questions. Choose, then click on your choice.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: which model is sure to answer as before?

# %% [markdown] quiz="said_again" slide="quiz"
# You paste a review after itself. Which of these models is *sure* to give the same probability as before?
#
# - [x] The averaging model, and only that one :: No share of a word changes. Windows gain some at the seam; a state reads on.
# - [ ] Averaging and windows: a maximum does not count how often :: It does not, but the seam makes new windows, last word with first.
# - [ ] All three: nothing new is said :: A GRU reads the second half with a state that has read the first one.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask for hands on each choice before anybody speaks. The trap is the second choice: a maximum does not care how
# often, so the repeated windows change nothing. The mistake behind it: the seam is forgotten. Let somebody write the seam of
# *good not bad* on the board: *bad good*. The other two questions are in the notebook.

# %% [markdown] quiz="mask_and_conv"
# In a network ids → `Embedding(mask_zero=True)` → `Conv1D` → `GlobalMaxPooling1D` → `Dense`, what becomes of the mask?
#
# - [ ] It keeps padding out, as it does for a GRU :: The GRU reads masks. `Conv1D` does not support them.
# - [x] `Conv1D` drops it with a warning, and windows on padding compete for the maximum :: So the answer may change with the padding.
# - [ ] Nothing is lost: the padding's row is all zeros anyway :: It is trained like any row, and the bias is added at every window.

# %% [markdown] quiz="why_no_gain"
# Windows and GRU can tell *not worth it* from *worth it, not ...*. On the 1,260 reviews they did no better than the mean. What is
# the best-founded explanation?
#
# - [ ] They have too few parameters :: The table holds nearly all parameters, and all three have the same one.
# - [x] Most n-grams of a new review never occurred in training, so there is little order to learn from :: You counted them.
# - [ ] Order hardly ever matters in language :: Single words go far in reviews. In the mirrored sentences order was all there was.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: what a model cannot see, it cannot learn"
# ## Take away
#
# - A mean knows the bag of words, windows with a maximum know the set of n-grams, a recurrent layer reads in order; what a model cannot
#   see, no training can teach it.
# - The same text with more padding must get the same answer: pool only whole windows of words, and hand masks to layers that read them.
# - Being able to see order is not the same as having learned it: on few reviews the mean holds its own.

# %% [markdown] tags=["words"]
# ## Words
#
# - **n-gram**: n words in a row, as they stand in a text
# - **bigram**: an n-gram of two words
# - **trigram**: an n-gram of three words
# - **filter**: one neuron of a convolution, which slides over the steps with the same weights at every place
# - **max pooling**: keeping the largest of several numbers, for instance a filter's strongest answer in a text
# - **gate**: numbers between 0 and 1, worked out by a small layer, that say how much of something passes
# - **GRU**: gated recurrent unit; a recurrent layer with a gate that keeps the old state and one that lets it into the new one
# - **LSTM**: long short-term memory; a recurrent layer with three gates and a second state beside the first
# - **log-count ratio**: the logarithm of an n-gram's share in positive texts over its share in negative ones
# - **naive Bayes**: a classifier that adds up one score for each feature, each worked out from counts as if it stood alone

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute.** Look at the two votes once more. Ask: "Where could a model learn what *not* does, if not from your thousand
# labels?" From text without labels, of which there is any amount. That is the way to lesson 09. The room says "from more
# labels"; each of them has to be made by somebody. The mistake behind it: taking the labels for the only thing to learn from.

# %% [markdown]
# **Next.** Your reviews are few, and most of what a new one says they never said. Somebody else has counted billions of words and
# left the result in a file. Lesson 09, *Loading GloVe*.
