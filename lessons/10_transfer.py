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
# # Transfer
#
# You have fifty labelled reviews. On your disk lies a table of word vectors that somebody made from a hundred thousand texts. Should
# your model start from that table? And if it does: may training change it?

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Read the two questions and take a vote by hands, on both. Most say: start from the file, and let it be trained. Write
# the counts on the board. Ask one of them: "How would you find out?" The room says "train both and compare", and one run of each is
# what they have in mind. The mistake behind the vote: an answer that hangs on the number of labels was given without it. The
# guide says which slides to skip in 50 minutes.

# %%
from course import lesson

ex = lesson("10_transfer")
ex

# %% [markdown]
# **You will**
#
# - draw learning curves with error bars: a random, a frozen and a thawed table, from 50 labels to all there are;
# - thaw a frozen table in Keras so that it really learns, with steps small enough to keep what it knew;
# - measure how far rows move, choose on the validation reviews, and say when a random table is the better start.

# %% tags=["needed"]
import numpy as np

# %% tags=["needed"]
import keras

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown]
# Two switches, as in lesson 09. Everything below runs on all four combinations; start with the shipped files, which need no network.
# `"imdb"` takes film reviews ([Maas and others, 2011](https://aclanthology.org/P11-1015/)) and the notebook then some minutes;
# `"glove.6B.50d"` takes the real GloVe file ([Pennington and others, 2014](https://aclanthology.org/D14-1162/)). Each is downloaded
# once.

# %% tags=["benchmark"]
SOURCE = "shipped"  # or "imdb"
VECTORS = "shipped"  # or "glove.6B.50d"
SIZES = (50, 100, 200, 400, 800, 1260)  # how many labels
SEEDS = 6  # how many repeats
LENGTH = 80  # words in a review
if SOURCE == "imdb":
    SIZES, SEEDS, LENGTH = (50, 200, 1000, 5000, 20_000), 3, 200

# %% tags=["benchmark"]
from course import data
from course.text import Vocabulary
from course.vectors import Vectors

reviews = data.load_reviews(SOURCE)
vocabulary = Vocabulary.of(reviews.train.texts, 20_000)  # texts only: no label is needed for this
found = Vectors.load(data.vectors_path(VECTORS), vocabulary).embedding_matrix(vocabulary)
pretrained = found.matrix  # (V, 50)


def encoded(part, most):
    return vocabulary.encode(part.texts[:most], LENGTH), part.labels[:most]


train_ids, train_labels = encoded(reviews.train, None)  # (N, T), (N,)
checked = encoded(reviews.validation, 1000)  # to choose by
tested = encoded(reviews.test, 5000)  # to report
print(found)

# %% [markdown]
# All that follows has the same vocabulary, the words of all training *texts*: a text costs nothing. What grows is the number of
# reviews whose **label** the model may see. Before you run this: of a hundred running words in the test reviews, how many stand in 50
# labelled reviews? (Counted are the words of the vocabulary. All others share one row, that of [UNK].)

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Fifty labelled reviews: what share of the next words have you met?

# %% slide="output" slideshow={"slide_type": "fragment"}
some_order = np.random.default_rng(0).permutation(len(train_ids))
known = tested[0][tested[0] > 1]  # the ids of all words in the test reviews, without padding and [UNK]
met, in_file = [], []
for size in SIZES:
    is_met = np.isin(known, train_ids[some_order[:size]])
    met.append(100 * is_met.mean())
    in_file.append(100 * (~is_met & found.found[known]).mean())

places = np.arange(len(SIZES))
plt.bar(places, met, color=plots.BLUE, label="met in a labelled review")
plt.bar(places, in_file, bottom=met, color=plots.GREEN, label="not met, but in the file")
plt.xticks(places, [f"{size:,}" for size in SIZES])
plt.gca().set(xlabel="labelled reviews", ylabel="share of running words in\nthe vocabulary (%)", ylim=(0, 100))
plt.grid(axis="x", visible=False)
plt.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
plt.title(f"With {SIZES[0]} labels, {100 - met[0]:.0f} of 100 running words are new")
plots.show(
    f"Bars of the running words in test reviews. With {SIZES[0]} labelled reviews {met[0]:.0f} percent of them have been met and "
    f"{in_file[0]:.0f} percent are new but in the file; the new ones shrink as labels grow."
)

# %%
for size, a, b in zip(SIZES, met, in_file, strict=True):
    print(f"{size:6,} labels: met {a:.0f} %, not met but in the file {b:.0f} %")
outside = (tested[0] == 1).sum() / (tested[0] > 0).sum()
print(f"not in the vocabulary, and not counted above: {outside:.0%} of all words")

# %% [markdown]
# With all labels everything is met, since the vocabulary is made of these very reviews. The gap above a bar is words that are
# neither met nor in the file. The first words to be met are *the* and *and*. What carries a verdict is rarer. For most of the words
# not yet met the file has a row, and a random table has noise. That is the promise of **transfer**: use for one task what was
# learned on another.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask for the share of running words in the next five hundred reviews; collect guesses, then press the key. The
# room guesses too low this time, because it remembers from lesson 09 how many *different* words are new. Counted on the page it
# is most of them, even after fifty reviews. The mistake behind the low guess: types counted for tokens. Point at the green part:
# that is all that a file can add, and it shrinks with every label.

# %% [markdown]
# ## 1. Three ways to use a table
#
# | | starts as | in training |
# |---|---|---|
# | random | small random rows | moves |
# | frozen | the file's rows | stays |
# | **fine-tuned** | the file's rows | moves |

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A table can start in two ways, and learn or not
#
# | table | starts as | in training |
# |---|---|---|
# | random | small random rows | moves |
# | frozen | the file's rows | stays |
# | **fine-tuned** | the file's rows | moves |

# %% [markdown]
# The model is that of lesson 07: the mean of a review's rows, and one neuron, here called the **head**. To **fine-tune** is to go on
# training weights that were learned elsewhere.
#
# One neuron on a mean is small enough to work out its gradients by hand. You know that each word has a score, $s_j = E_j \cdot
# \mathbf{w}$, and that a review's weighted sum is the mean of its words' scores plus the bias. With $p_i$ the probability and $y_i$
# the label of review $i$ of $n$, and $a_{ij}$ the share of word $j$ in it:
#
# $$g_j = \frac{1}{n}\sum_i (p_i - y_i)\,a_{ij} \qquad
# \frac{\partial L}{\partial E_j} = g_j\,\mathbf{w} \qquad
# \frac{\partial L}{\partial \mathbf{w}} = \sum_j g_j\,E_j \qquad
# \frac{\partial L}{\partial b} = \frac{1}{n}\sum_i (p_i - y_i)$$
#
# $E_j$ and $\mathbf{w}$ have shape $(d,)$; $g_j$ is one number for each word, how much the loss rises with its score. Look at the
# second formula. If no labelled review holds word $j$, then $a_{ij}$ is 0 everywhere, so $g_j$ is 0, and its row has no gradient at
# all.


# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -50, 50)))


def positions(ids):
    """What each position weighs in its review's mean: one over the number of words; 0 for padding. (n, T)"""
    is_word = ids != 0
    return (is_word / np.maximum(is_word.sum(axis=1, keepdims=True), 1)).astype("float32")


def answers(weights, ids):
    """The probabilities, (n,). weights: table (V, d), kernel (d,), bias ()."""
    table, kernel, bias = weights
    scores = table @ kernel  # (V,)
    return sigmoid((scores[ids] * positions(ids)).sum(axis=1) + bias)


# %%
def gradients(weights, ids, labels):
    """The gradients of the mean cross-entropy: table (V, d), kernel (d,), bias ()."""
    table, kernel, _ = weights
    error = ((answers(weights, ids) - labels) / len(labels)).astype("float32")
    each = error[:, None] * positions(ids)  # (n, T)
    by_word = np.bincount(ids.ravel(), each.ravel(), len(table))  # (V,): g
    by_word = by_word.astype("float32")
    return by_word[:, None] * kernel, table.T @ by_word, error.sum()


# %% [markdown]
# `np.bincount` adds up what all positions of one id contribute. How many rows of the table will have a gradient that is not zero,
# after the first 50 reviews? Count the different words in them.


# %%
def new_head(seed):
    """A kernel as Keras' Dense starts with, (d,), and a bias of 0."""
    limit = np.sqrt(6 / (pretrained.shape[1] + 1))
    return np.random.default_rng(seed).uniform(-limit, limit, pretrained.shape[1]).astype("float32"), np.float32(0)


weights = [pretrained, *new_head(0)]
first_ids, first_labels = train_ids[:50], train_labels[:50]
slopes = gradients(weights, first_ids, first_labels)
print("rows with a gradient:", slopes[0].any(axis=1).sum(), "of", f"{len(pretrained):,}")
print("different words in the 50 reviews:", np.count_nonzero(np.unique(first_ids)))

# %% [markdown]
# The same number. (Padding has no gradient either: its weight in every mean is 0.) Now Keras: the same weights, the same 50 reviews.

# %%
import tensorflow as tf

tf.get_logger().setLevel("ERROR")  # this page makes many small models, and TensorFlow would remark on it
from course.averaging import averaging_model


def in_keras(weights):
    table, kernel, bias = weights
    model = averaging_model(*table.shape)
    model.set_weights([table, kernel[:, None], np.reshape(bias, 1)])
    return model


model = in_keras(weights)
with tf.GradientTape() as tape:
    loss = keras.losses.BinaryCrossentropy()(first_labels[:, None], model(first_ids))
by_keras = [tf.convert_to_tensor(slope).numpy() for slope in tape.gradient(loss, model.trainable_weights)]
for name, mine, theirs in zip(("table", "kernel", "bias"), slopes, by_keras, strict=True):
    print(f"{name:7}equal: {np.allclose(mine, np.reshape(theirs, np.shape(mine)), atol=1e-6)}")

# %% [markdown]
# Freezing takes the table off the list of weights that a step changes. Guess both lines before you run this: how many weights, how
# many numbers?

# %% slide="output" slideshow={"slide_type": "fragment"}
for trainable in (True, False):
    model.layers[0].trainable = trainable
    numbers = sum(weight.shape.num_elements() for weight in model.trainable_weights)
    kind = "fine-tuned" if trainable else "frozen"
    print(f"{kind:11} {len(model.trainable_weights)} weights can change, {numbers:,} numbers")

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Point at the three lines of the table and ask: "Which of the three can say something about a word that no
# labelled review holds?" The room says "fine-tuned and frozen". Right. Before the key ask how many numbers training may change
# with a frozen table. Somebody says none; it is the head's, one for each of 50 columns and a bias. The mistake behind "none":
# taking the table for the whole model.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Does training move a word that no labelled review holds?
#
# $$\frac{\partial L}{\partial E_j} = g_j\,\mathbf{w} \qquad g_j = \frac{1}{n}\sum_i (p_i - y_i)\,a_{ij}$$
#
# - $E_j$: the row of word $j$; $\mathbf{w}$: the head; $a_{ij}$: the share of word $j$ in review $i$.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# - In no labelled review: every $a_{ij}$ is 0, so the row stays.
# - Its **score** moves all the same: $E_j \cdot \mathbf{w}$, and $\mathbf{w}$ has learned.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "Does fine-tuning *improve* a word that no labelled review holds?" Most say yes. The key: it cannot, its
# gradient is zero, its row stays. Only the head in front of it changes. Keep that for section 4. Let the room predict how many
# rows have a gradient after 50 reviews, and run the cell: as many as there are different words in them. The mistake: thinking
# that fine-tuning moves "the embedding space". It moves the rows of words that were met.

# %% [markdown]
# ### Training by hand
#
# The lesson needs some two hundred trainings, so they should be quick. With the gradients above, one step is a few array operations. The
# optimizer is **Adam** ([Kingma and Ba, 2015](https://arxiv.org/abs/1412.6980)), as in lesson 07: it divides each number's gradient
# by its own recent size. For you one consequence matters: *a step moves each number by about the learning rate*, whether its gradient
# is large or small. There is one learning rate for each of the three weights here, and rate 0 is a frozen one. Training stops early,
# by the validation loss, and the best weights are kept.


# %%
def entropy(weights, ids, labels):
    """The mean cross-entropy."""
    p = np.clip(answers(weights, ids), 1e-7, 1 - 1e-7)
    return -np.mean(np.where(labels == 1, np.log(p), np.log(1 - p)))


def adam_step(weights, ids, labels, rates, memory, t):
    """The weights after step t of Adam, on all reviews at once. memory: two averages for each weight, kept from step to step."""
    moved = list(weights)
    for k, slope in enumerate(gradients(weights, ids, labels)):
        if rates[k]:
            mean, square = memory[k]
            memory[k] = mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            size = rates[k] * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t)
            moved[k] = weights[k] - size * mean / (np.sqrt(square) + 1e-7)
    return moved


# %%
def train(weights, ids, labels, rates, most=300, patience=15):
    """Steps until the validation loss has found no new low for `patience` steps; returns the best weights and their step."""
    memory = [(0 * w, 0 * w) for w in weights]
    best, lowest, at = weights, entropy(weights, *checked), 0
    for t in range(1, most + 1):
        weights = adam_step(weights, ids, labels, rates, memory, t)
        now = entropy(weights, *checked)
        if now < lowest:
            best, lowest, at = weights, now, t
        elif t - at == patience:
            break
    return best, at


# %% [markdown]
# Five steps by hand and five of Keras' Adam, from the same weights. How far can a number have moved, at the most?

# %%
mine, memory = weights, [(0 * w, 0 * w) for w in weights]
for t in range(1, 6):
    mine = adam_step(mine, first_ids, first_labels, (0.01, 0.01, 0.01), memory, t)

model, adam = in_keras(weights), keras.optimizers.Adam(0.01)
for _ in range(5):
    with tf.GradientTape() as tape:
        loss = keras.losses.BinaryCrossentropy()(first_labels[:, None], model(first_ids))
    slopes = [tf.convert_to_tensor(slope) for slope in tape.gradient(loss, model.trainable_weights)]
    adam.apply(slopes, model.trainable_weights)
print("largest difference in the table:", f"{np.abs(mine[0] - model.get_weights()[0]).max():.6f}")
print("largest move of any number in it:", f"{np.abs(mine[0] - pretrained).max():.3f}")

# %% [markdown]
# Five steps of 0.01 are 0.05. `fit` does the same work, with one difference that you would not guess:

# %%
model = in_keras(weights)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
model.fit(first_ids, first_labels, batch_size=50, epochs=5, verbose=0)
furthest = np.abs(model.get_weights()[0] - pretrained).max(axis=1)  # (V,)
rare = np.bincount(first_ids.ravel(), minlength=len(vocabulary)) == 1
print(
    f"fit, five steps: words met once moved up to {furthest[rare].max():.3f}, frequent ones up to {furthest.max():.3f}"
)

# %% [markdown]
# From a lookup, TensorFlow hands the optimizer a list: a word that comes thirty times is on it thirty times (lesson 05). In the cell
# before, `tf.convert_to_tensor` added such entries up first. `fit` does not: Adam then squares each entry by itself, finds the
# squares small, and takes larger steps for frequent words (Keras 3.15 with TensorFlow; measured here). It trains well all the same.
# But know it before you compare two programs by their last digit.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="How would you compare two tables, and with how many runs?"
# ## 2. Learning curves with error bars
#
# - A **learning curve**: accuracy against the number of labels.
# - Repeat each point: another draw of reviews, another random start.
# - Both tables get the *same* reviews in the same repeat.

# %% [markdown] tags=["slide-only"] slide="text"
# > One run with 100 labels: frozen gets 0.70, random 0.68. Which is better?

# %% [markdown]
# Fifty reviews drawn from 1,260 can be lucky or unlucky, and the start is random too. So each point is repeated with several
# **seeds**. Three rules make the curves comparable.
#
# - **Stratified**: each subset has as many positive reviews as negative ones, or else 50 labels may mean 31 against 19.
# - **Nested**: the 100 reviews contain the 50, the 200 contain the 100. Then a curve rises because labels were added, not because
#   others were drawn.
# - **Paired**: in one repeat, every kind of table learns from the same reviews.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask the question on the slide. Somebody says "frozen, by two
# points". Ask what another hundred reviews would have given. Nobody knows, and that is the answer. The mistake behind it: taking one
# draw for a law.

# %% [markdown]
# ### Exercise 1: nested subsets
#
# Write `label_subsets(labels, sizes, seed)`. `labels` is an integer array of shape `(N,)`, each 0 or 1, in any order. `sizes` is a
# list of even integers that grow; there are enough labels of each kind for the largest. `seed` is an integer. Return a list of
# integer arrays, one for each size, of shape `(size,)`. They hold *positions* in `labels`, from 0 to N - 1, in any order (and
# `labels` and `sizes` stay as they are):
#
# - half of the positions of each array have label 1, half have label 0;
# - no position stands twice in an array;
# - each array holds all positions of the one before it;
# - they are drawn at random: every position has a chance, whichever others come, and the draw of the zeros does not follow that of
#   the ones; equal seeds, 0 among them, give equal subsets, other seeds give others.
#
# With `labels = np.array([1, 0, 0, 1, 0, 1])`, `sizes = [2, 4]` and some seed a result is `[[3, 1], [3, 1, 5, 2]]`: position 3 has
# label 1, position 1 has label 0.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Each subset is balanced, and holds the one before it
#
# `label_subsets(labels, sizes, seed)` returns positions, an array for each size.


# %% exercise="label_subsets" slide="code"
def label_subsets(labels, sizes, seed):
    """Balanced random subsets, each holding the one before: a list of integer arrays of positions, (size,) each."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    kinds = [rng.permutation(np.flatnonzero(np.asarray(labels) == kind)) for kind in (0, 1)]
    return [np.concatenate([kind[: size // 2] for kind in kinds]) for size in sizes]
    ### END SOLUTION


# %% check="label_subsets"
ex.label_subsets.check(label_subsets)

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes in the notebook.** Ask before they start: "What has to be drawn only once?" The order; the sizes are cut from it. The
# mistakes to expect: a new draw for each size, which is balanced and not nested; and positions within the positives, 0 to 5, where
# positions in `labels` are asked for.

# %% [markdown]
# Stuck? Put `ex.label_subsets.hint()` in a cell of its own. Every exercise has three hints.
#
# The lesson draws its subsets with `balanced(labels, size, seed)` of `course.repeats`, which gives the positions for one size by the
# rules of the exercise. Whatever your answer is, the curves below are the same.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: which of the two tables is better off?
#
# ```python
# for n in (50, 100, 200):
#     some = rng.permutation(len(labels))[:n]
#     random[n] = accuracy_of("random", some)
#     some = rng.permutation(len(labels))[:n]
#     frozen[n] = accuracy_of("frozen", some)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Nobody can tell: each table met other reviews. Draw once, for both.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "Which table met the easier reviews?" Nobody can tell: each table meets other reviews, in every line. The
# room says "it is random, so it is fair". Fair on average, after many repeats; in this one the difference between the tables is
# mixed with the difference between the draws. Drawing once for both takes the second out, for nothing. The mistake behind
# "fair": what is fair on average need not be so in one run. And the sizes are not nested, so a curve may fall where it should
# rise.


# %%
from course.repeats import balanced, chosen, standard_error


def labelled(size, seed):
    """Ids and labels of `size` training reviews, balanced; a larger size holds the smaller ones."""
    some = balanced(train_labels, size, seed)
    return train_ids[some], train_labels[some]


def small_random(seed):
    """A table as Keras' Embedding starts with: numbers from -0.05 to 0.05."""
    return np.random.default_rng([seed, 1]).uniform(-0.05, 0.05, pretrained.shape).astype("float32")


def accuracy(weights, ids, labels):
    return float(np.mean((answers(weights, ids) > 0.5) == labels))


# %% [markdown]
# Now the runs: six sizes, two tables, six seeds, some seconds. The learning rates were chosen on the validation reviews; section 5
# says how. Write down your guess for the test reviews: which table is ahead with 50 labels, which with all, and by how many points?
# In lesson 09, with a small layer between table and mean, the frozen one was ahead at neither end.

# %%
from course.waiting import progress

RATES = {"random": (0.01, 0.01, 0.01), "frozen": (0, 0.03, 0.03)}  # of table, kernel, bias
kept, steps = {}, {}  # of every run: its best weights, and after how many steps it had them
for size in progress(SIZES, "sizes"):
    for seed in range(SEEDS):
        for kind, rates in RATES.items():
            start = pretrained if kind == "frozen" else small_random(seed)
            key = kind, size, seed
            kept[key], steps[key] = train([start, *new_head(seed)], *labelled(size, seed), rates)

# %%
scores = {}  # kind -> test accuracy (seeds, sizes)
for kind in RATES:
    scores[kind] = np.array([[accuracy(kept[kind, size, seed], *tested) for size in SIZES] for seed in range(SEEDS)])
print("test accuracy with", SIZES[0], "labels, a number for each seed")
for kind, values in scores.items():
    print(f"{kind:7}", *(f"{value:.3f}" for value in values[:, 0]))

# %% [markdown]
# Look at how far the seeds lie apart. A curve needs two numbers for each point: the mean over the seeds, and how uncertain that mean
# is.
#
# The **standard deviation** of the runs says how much *one run* varies. The mean of $r$ runs varies less, by a factor of $\sqrt r$:
# the **standard error**,
#
# $$\text{error} = \frac{1}{\sqrt r}\sqrt{\frac{1}{r-1}\sum_k (x_k - \bar x)^2}$$
#
# where $x_k$ is the accuracy of run $k$ and $\bar x$ their mean. Why $r - 1$? The runs lie nearer to their own mean than to the true
# one, and dividing by $r$ would make the spread too small. For the runs 0.6 and 0.8 the mean is 0.7. The squares sum to 0.02, by $r-1=1$
# that stays 0.02, the root is 0.141, and divided by $\sqrt 2$ the error is 0.1.

# %% [markdown]
# ### Exercise 2: mean and error
#
# Write `mean_and_error(accuracies)`. `accuracies` is a float array of shape `(r, k)`, `r` runs (2 or more) of `k` sizes: row i holds
# run i. Return two arrays of shape `(k,)`: the mean over the runs for each size, and its standard error, by the formula above.
#
# With `accuracies = np.array([[0.6, 0.9], [0.8, 0.9]])` the result is `[0.7, 0.9]` and `[0.1, 0]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The error of a mean is smaller than the spread of the runs
#
# `mean_and_error(accuracies)`: runs in rows, sizes in columns, two arrays out.


# %% exercise="mean_and_error" slide="code"
def mean_and_error(accuracies):
    """The mean over the runs and its standard error: two arrays (k,) from (r, k)."""
    ### BEGIN SOLUTION
    accuracies = np.asarray(accuracies)
    spread = accuracies.std(axis=0, ddof=1)
    return accuracies.mean(axis=0), spread / np.sqrt(len(accuracies))
    ### END SOLUTION


# %% check="mean_and_error"
ex.mean_and_error.check(mean_and_error)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask: "I run it a hundred times instead of six. Does the standard deviation shrink?" Many say yes. It
# does not; the standard error does, by about four. The mistakes to expect: NumPy's `std` divides by r unless told otherwise, and the
# root of r is forgotten.

# %% [markdown]
# The pictures of this lesson show *one* standard error up and one down (in lesson 08 it was two). `standard_error` of `course.repeats`
# is the second half of the exercise.

# %%
COLOURS = {"random": plots.ORANGE, "frozen": plots.BLUE, "thawed": plots.GREEN}
MARKS = {"random": "s", "frozen": "o", "thawed": "^"}


def draw(ax, values, kind, label):
    """A curve with bars of one standard error up and one down: values (seeds, sizes)."""
    error = standard_error(values)
    style = {"color": COLOURS[kind], "marker": MARKS[kind], "capsize": 4, "label": label}
    ax.errorbar(SIZES, 100 * values.mean(axis=0), 100 * error, **style)
    ax.set_xscale("log")
    ax.set_xticks(SIZES, [f"{size:,}" for size in SIZES])
    ax.minorticks_off()
    ax.set_xlabel("labelled reviews")


# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which table is ahead with few labels, and which with many?

# %% slide="output" slideshow={"slide_type": "fragment"}
for kind, label in (("random", "random, learns"), ("frozen", "from the file, frozen")):
    draw(plt.gca(), scores[kind], kind, label)
plt.ylabel("test accuracy (%), ± one error")
plt.legend()
ahead = scores["frozen"].mean(axis=0) > scores["random"].mean(axis=0)
crossing = ahead[0] and not ahead[-1]
plt.title("Frozen wins with few labels, random with many" if crossing else "Frozen against random as labels grow")
first, last = (100 * (scores["frozen"] - scores["random"]).mean(axis=0)[[0, -1]]).round(1)
plots.show(
    f"Test accuracy against labelled reviews with error bars. With {SIZES[0]} labels the frozen table is {first:+} points from the random "
    f"one, with {SIZES[-1]:,} labels {last:+} points."
)

# %% [markdown]
# Two runs of one seed share their reviews, so look at the *difference* in each seed, and at the mean and error of that. It is
# steadier than the curves: a lucky draw lifts both.

# %%
gap = 100 * (scores["frozen"] - scores["random"])  # (seeds, sizes), in points
for size, mean, error in zip(SIZES, gap.mean(axis=0), standard_error(gap), strict=True):
    print(f"{size:6,} labels: frozen minus random {mean:+.1f} points, error {error:.1f}")
share = scores["random"].mean()
print(
    f"one set of {len(tested[1]):,} test reviews: error {100 * np.sqrt(share * (1 - share) / len(tested[1])):.1f} points"
)

# %% [markdown]
# As a rule of thumb, a difference of less than two errors may be chance. On the shipped reviews the frozen table is ahead with
# few labels (with 50 by less than that, with 100 by more), the two meet somewhere in the hundreds, and with all labels the random
# one is ahead by a margin that no seed undoes. The same two files, the same reviews as in lesson 09, and another model: with a
# single neuron there is less to learn from few labels. "Does pre-training help?" has no answer without the model and the number
# of labels.
#
# Two cautions. The bars with all labels are tiny because every seed has the same reviews there. And they say nothing of the test
# reviews, which are one sample: the last line is *its* error, as in lesson 07.
#
# A third, which is often passed over. These runs stop by the validation reviews, which have labels too. Somebody who has 50 labels in
# all has none to spare for that ([Perez and others, 2021](https://arxiv.org/abs/2105.11447)). Both tables profit, so the comparison
# is fair; the accuracy with 50 labels is not what 50 labels buy.

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes.** Have the room draw the two curves before the key. Most draw frozen above random everywhere. Show it and ask:
# "Why does the frozen curve flatten?" The answer you want: 51 numbers can only say so much. Then ask for the error with all labels:
# "Is it really that certain?" No: every seed has the same 1,260 reviews, only the start differs. The mistake: reading the smallest
# bar as the best measurement.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A frozen model has 51 numbers, and soon they are used up"
# ### When random wins
#
# - Frozen: 51 numbers for *all* words. More labels do not make them more.
# - Random: a row for each word. It can learn the labels by heart.
# - By heart is no virtue. But it can say what 51 numbers cannot.

# %% [markdown]
# With all labels, how many of its *own training reviews* does each model get right?

# %%
for kind in RATES:
    on_train = np.mean([accuracy(kept[kind, SIZES[-1], seed], train_ids, train_labels) for seed in range(SEEDS)])
    on_test = scores[kind][:, -1].mean()
    print(
        f"{kind:7} training {on_train:.3f}   test {on_test:.3f}   lost on the way {100 * (on_train - on_test):.1f} points"
    )

# %% [markdown]
# The frozen model loses little on the way, and has little to lose: it cannot even fit what it has seen. The random one learns its
# reviews by heart, loses a lot, and is still ahead.
#
# What is it that 51 numbers cannot say? Lesson 09 pointed at opposites: *good* and *bad* have vectors that lie near each other. Here
# are some opposites and their scores after training with all labels, the mean over the seeds, in units of the spread over all common
# words, 0 being the middle. Before you run it: can the frozen model part *good* from *bad*?

# %%
OPPOSITES = [
    ("good", "bad"),
    ("happy", "sad"),
    ("warm", "cold"),
    ("fast", "slow"),
    ("easy", "hard"),
    ("before", "after"),
]
common = np.bincount(train_ids.ravel(), minlength=len(vocabulary)) >= 10


def standard_scores(kind):
    """Scores in units of their spread over the common words, 0 in the middle; the mean over the seeds."""
    runs = np.array([kept[kind, SIZES[-1], seed][0] @ kept[kind, SIZES[-1], seed][1] for seed in range(SEEDS)])
    runs -= runs[:, common].mean(axis=1, keepdims=True)
    return (runs / runs[:, common].std(axis=1, keepdims=True)).mean(axis=0)


# %% slide="output" slideshow={"slide_type": "fragment"}
by_kind = {kind: standard_scores(kind) for kind in RATES}
print("                  cosine   scores, frozen   scores, random")
for pair in OPPOSITES:
    one, other = (vocabulary.id(word) for word in pair)
    a, b = pretrained[one], pretrained[other]
    cosine = a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-9)
    values = "".join(f"{by_kind[kind][one]:+9.1f} {by_kind[kind][other]:+5.1f}  " for kind in ("frozen", "random"))
    print(f"{pair[0]:7} {pair[1]:7} {cosine:8.2f}{values}")

# %% [markdown]
# It can, and more clearly than the random model. Two vectors may lie near each other and still differ along *one* direction, and a
# direction is what a head learns. These vectors come from film reviews, where there is a direction for praise and blame. It also runs
# through *happy* and *sad*, *warm* and *cold*.
#
# It does not run through *easy* and *hard*, nor through *before* and *after*, which a review of a kettle or a repair may hang on.
# There the frozen model has next to nothing to say, and no number of labels will change it: what is not in the file's directions, 51
# numbers cannot get out of it. The random model has a row for each of these words. (It says a lot about *before* and *after* as well.
# Whether that holds for reviews it has not seen, this table does not show.)
#
# So this is when random wins: **labels in plenty, words that they repeat, and a verdict that hangs on what the file's texts did not
# care about**.
#
# And when does it lose? Where words were not met. The next cell takes the words of the labelled reviews *out* of the test reviews and
# lets both models judge what is left. Guess the accuracy of the random table.


# %%
def unmet_only(ids, size, seed):
    """The test reviews with all words taken out that the labelled reviews hold, and [UNK]; and which still have a word."""
    left = np.where(np.isin(ids, labelled(size, seed)[0]) | (ids == 1), 0, ids)
    return left, left.any(axis=1)


FEW = SIZES[:3]
unmet = {kind: np.zeros((SEEDS, len(FEW))) for kind in RATES}
for kind in RATES:
    for seed in range(SEEDS):
        for k, size in enumerate(FEW):
            table, kernel, _ = kept[kind, size, seed]
            left, has = unmet_only(tested[0], size, seed)
            unmet[kind][seed, k] = accuracy([table, kernel, 0], left[has], tested[1][has])

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Recall lesson 09: good and bad have a cosine of nearly a half. "So the frozen model cannot part them?" The room says
# yes, as lesson 09 seemed to; press the key. Near is not the same. Then ask what *would* lie on no direction of film reviews: prices,
# waiting times, whether a thing is easy to clean. The mistake: taking the cosine for all that a table knows.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## How often is a model right, from words it never met alone?

# %% slide="output" slideshow={"slide_type": "fragment"}
for kind, shift in (("random", -0.1), ("frozen", 0.1)):
    error = standard_error(unmet[kind])
    options = {"color": COLOURS[kind], "marker": MARKS[kind], "linestyle": "none", "markersize": 9, "capsize": 4}
    plt.errorbar(np.arange(len(FEW)) + shift, 100 * unmet[kind].mean(axis=0), 100 * error, label=kind, **options)
plt.axhline(50, color="0.4", linewidth=1, linestyle="--")
plt.xticks(range(len(FEW)), [f"{size:,}" for size in FEW])
plt.gca().set(xlabel="labelled reviews", ylabel="accuracy (%), ± one error", xlim=(-0.5, len(FEW) - 0.5))
plt.ylim(44, 62)
plt.text(len(FEW) - 0.52, 50.2, "chance", ha="right", va="bottom", color="0.3")
plt.legend(loc="upper right", ncols=2)
plt.title("On words it never met, random tosses a coin")
lines = {kind: ", ".join(f"{100 * value:.1f}" for value in unmet[kind].mean(axis=0)) for kind in unmet}
plots.show(
    f"Accuracy on the unmet words of the test reviews alone. Random: {lines['random']} percent, near the dashed line of chance at 50. "
    f"Frozen: {lines['frozen']} percent."
)

# %%
print("random:", lines["random"], "  frozen:", lines["frozen"])

# %% [markdown]
# (The bias is left out: it is the same for every review.) A row that was never moved is noise, and noise gets about half of the
# reviews right. The frozen table does better on words that no label ever touched. Not by much: most rare words say little of the
# verdict. This is what the file has to give, and it is worth most where most words are new.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Before the key, ask for the random table: what does it get from words that it never met? Somebody says zero; ask
# what a coin gets. Then ask for the frozen one, and how many words of a review are left when all that the labels have met is
# taken out: few, and mostly dull. So five to seven points above a coin are not bad. The mistake behind "pre-trained is better":
# nobody asks better than what, with how many labels, on which words.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Teach the head first, then thaw the table with small steps"
# ## 3. Two phases: first the head, then the table
#
# 1. Table **frozen**: train the head until it has learned what it can.
# 2. **Thaw** the table, compile again, go on with a *lower* learning rate.

# %% [markdown] tags=["slide-only"] slide="text"
# Thawed at once, what are the first steps made of? The gradient of a row is $g_j\,\mathbf{w}$.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# At the start $\mathbf{w}$ is random, and so is where the rows go.

# %% [markdown]
# Why not thaw at once? Look at the gradient of a row again: $g_j\,\mathbf{w}$. At the start $\mathbf{w}$ is random, so the first
# steps push every row that was met in a random direction, and the rows that were not met stay behind. By the time the head has
# learned to read the table, the table is another. Kumar and others ([2022](https://arxiv.org/abs/2202.10054)) show that this is how
# fine-tuning loses what was pre-trained, and that training the head first prevents most of it.
#
# In Keras the second phase has three steps, and each is forgotten somewhere: set `trainable` on the *layers*, `compile` again, and
# give the new optimizer a lower rate. (All three come before the next training step; in which order does not matter.) Here is a
# small model with a frozen table that has been trained for a step. After which of the four will the table move?


# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Point at the formula of a row's gradient: a number times the head. "What is the head at the start?" Random. "So
# where do the rows go?" The room sees it. The mistake behind "fine-tune everything": not asking in which order things learn.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: after which of the four does the table move?


# %% slide="live"
def small_model():
    model = averaging_model(4, 2)
    model.layers[0].trainable = False
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="binary_crossentropy")
    model.train_on_batch(np.array([[1, 2], [3, 3]]), np.array([[1], [0]]))
    return model


def compile_again(model):
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")


# %% slide="output" slideshow={"slide_type": "fragment"}
for what in ("model.trainable, compile", "layer.trainable", "compile", "layer.trainable, compile"):
    model = small_model()
    before = model.get_weights()[0]
    if "model.trainable" in what:
        model.trainable = True
    if "layer.trainable" in what:
        model.layers[0].trainable = True
    if "compile" in what:
        compile_again(model)
    model.train_on_batch(np.array([[1, 2], [3, 3]]), np.array([[1], [0]]))
    print(f"{what:26} largest move {np.abs(model.get_weights()[0] - before).max():.3f}")

# %% [markdown]
# Only after the last.
#
# - `layer.trainable = True` by itself: the step was put together when the model first trained (lesson 09), and goes on without the
#   table.
# - `compile` by itself: a new step, and the table still frozen.
# - `model.trainable = True`: the model's own flag was `True` all along; you have set it to what it was, and Keras with TensorFlow
#   then does not pass it on to the layers. Set it on the layers.
#
# None of the three failures says a word. So look: count the numbers in `model.trainable_weights`, or compare the table before and
# after. (Handing the *old* optimizer to `compile` does fail aloud, with `Unknown variable`: it has no memory for the table's
# numbers.)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes.** Live: type the small model, freeze, train a step, then let the room dictate how to thaw it. Whatever they say
# first, run it and print the largest move. The next key has all four, as recorded, should the live run fail. `model.trainable =
# True` is the usual first try, and nothing happens. Ask: "How would you have noticed, without this print?" By the accuracy,
# perhaps, a week later. The mistake: believing a flag instead of a measurement.

# %% [markdown]
# ### Exercise 3: unfreeze
#
# Write `unfreeze(model, rate)`. `model` is a Keras `Sequential` that has been compiled, with whatever loss, and trained; one or
# more of its layers are frozen. `rate` is a number. Make *every* layer trainable and compile the model so that it goes on with a
# new `keras.optimizers.Adam` of that learning rate and the loss `"binary_crossentropy"`. Return the model: the same object, with
# its weights as they are. You need not train it.
#
# For a model with a frozen `Embedding` and a `Dense(1)`, `len(unfreeze(model, 0.001).trainable_weights)` is 3, and the next
# training step moves the numbers of the rows looked up by about 0.001 (of a word that comes more than once, by somewhat more:
# section 1).

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## To thaw is three things: layers, compile, a lower rate
#
# `unfreeze(model, rate)` returns the same model, ready to go on.


# %% exercise="unfreeze" slide="code"
def unfreeze(model, rate):
    """Makes every layer trainable and compiles anew: Adam(rate), binary cross-entropy. Returns the model."""
    ### BEGIN SOLUTION
    for layer in model.layers:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy")
    return model
    ### END SOLUTION


# %% check="unfreeze"
ex.unfreeze.check(unfreeze)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Say: "The check trains one step and looks at what moved." The mistakes to expect: no `compile`, or a
# compile with `"adam"`, whose rate is 0.001 whatever was asked for; and a copy of the model, which has other weights.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what does the second phase train?
#
# ```python
# model.layers[0].trainable = True
# model.optimizer.learning_rate = 0.003
# model.fit(x, y, epochs=20, verbose=0)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# The head, and nothing else: what to train was fixed when the model first trained.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask for the list of weights that `fit` will change. The head, and nothing else, with smaller steps. The rate is
# read in every step, so that line works; the list of weights was fixed when the model first trained. The room says "all of it",
# because both lines look alike. The accuracy goes up a little too, since the head goes on learning, and everybody is content.
# The mistake behind it: taking a flag that was set for a step that was made.

# %% [markdown]
# Both phases by hand and in Keras, with 100 labels and seed 0. Head first, with rate 0.03. Then all, with 0.003, a tenth of it.

# %%
HUNDRED = SIZES[1]
THAW = (0.003, 0.003, 0.003)
ids, labels = labelled(HUNDRED, 0)

first_phase = kept["frozen", HUNDRED, 0]
by_hand, more = train(first_phase, ids, labels, THAW)
print(f"by hand: {accuracy(first_phase, *tested):.3f} frozen, {accuracy(by_hand, *tested):.3f} thawed")

# %% [markdown]
# For Keras the numbers of steps are those that early stopping has found by hand, so that the two can be compared.


# %%
def steps_of_keras(model, rate, epochs):
    """That many steps of Adam on all reviews at once; returns the test accuracy."""
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy")
    for _ in range(epochs):  # as `fit` with one batch, without its bookkeeping
        model.train_on_batch(ids, labels)
    return float(np.mean((np.array(model(tested[0]))[:, 0] > 0.5) == tested[1]))


model = in_keras([pretrained, *new_head(0)])
model.layers[0].trainable = False
print(f"Keras:   {steps_of_keras(model, 0.03, steps['frozen', HUNDRED, 0]):.3f} frozen, ", end="")
print("head equal:", np.allclose(model.get_weights()[1][:, 0], first_phase[1], atol=1e-3))

model.layers[0].trainable = True
print(f"Keras:   {steps_of_keras(model, 0.003, more):.3f} thawed")

# %% [markdown]
# With a frozen table both have the same head. Thawed, they part a little: Keras' step is larger for frequent words, as you saw in
# section 1.
#
# Now the third curve. With 50 labels, and with all, where will it lie?

# %%
for size in progress(SIZES, "sizes"):
    for seed in range(SEEDS):
        kept["thawed", size, seed], _ = train(kept["frozen", size, seed], *labelled(size, seed), THAW)
scores["thawed"] = np.array(
    [[accuracy(kept["thawed", size, seed], *tested) for size in SIZES] for seed in range(SEEDS)]
)

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Head first, then thawed: where does the third curve lie?

# %% slide="output" slideshow={"slide_type": "fragment"}
names = {"random": "random, learns", "frozen": "from the file, frozen", "thawed": "from the file, thawed"}
for kind, label in names.items():
    draw(plt.gca(), scores[kind], kind, label)
plt.ylabel("test accuracy (%), ± one error")
plt.legend()
best = (scores["thawed"].mean(axis=0) >= np.maximum(*(scores[kind].mean(axis=0) for kind in RATES))).all()
plt.title("Head first, then thaw: ahead of both" if best else "Random, frozen, thawed as labels grow")
points = ", ".join(f"{100 * value:.1f}" for value in scores["thawed"].mean(axis=0))
plots.show(
    f"Test accuracy against labelled reviews, three curves with error bars. The thawed table: {points} percent; compared with the random "
    "and the frozen curve, which cross."
)

# %%
for other in RATES:
    gap = 100 * (scores["thawed"] - scores[other])
    error = standard_error(gap)
    listed = "  ".join(f"{m:+.1f} ({e:.1f})" for m, e in zip(gap.mean(axis=0), error, strict=True))
    print(f"thawed minus {other}, points (error): {listed}")

# %% [markdown]
# On the shipped reviews the thawed table begins where the frozen one is good and goes on where the random one is good. It starts from
# what the file knows, and then parts what the labels part. It is not magic: with all labels it is ahead of the random table by little
# more than the error of the test set. But it is behind nowhere, and that is a good property for a default.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask before the key: "Where will the third one lie?" The room draws it between the two. It lies above both, and it
# is worth asking why: it has the frozen model's knowledge of rare words *and* the random model's freedom with common ones. The
# mistake: to call it the winner with all labels, where the lead is about as large as the uncertainty of 560 test reviews.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Thawed at once, the rows do the head's work"
# ## 4. How far do rows move?
#
# - Adam moves each number by about the rate, in each step.
# - Far is: as far as the nearest other row.
# - A random head asks much of the rows before it.

# %% [markdown]
# Every fine-tuning recipe says "use a small learning rate". Small against what? Against the numbers that are there. Here they are,
# and with them how far a word's row lies from the nearest other row. Guess: after how many steps of 0.1 is a row further from home
# than its neighbour?

# %%
rows = pretrained[found.found]
squares = (rows**2).sum(axis=1)
apart = (
    squares[:, None] + squares[None, :2000] - 2 * rows @ rows[:2000].T
)  # squared distances to the 2,000 most frequent
apart[np.arange(2000), np.arange(2000)] = np.inf
nearest = float(np.sqrt(np.median(apart.min(axis=0))))  # half of the words have their nearest row closer than this
print(f"a number of the table: about {rows.std():.2f}; the nearest other row: about {nearest:.2f} away")
print(f"one step of 0.1 moves a row of {rows.shape[1]} numbers by about {0.1 * np.sqrt(rows.shape[1]):.2f}")

# %% [markdown]
# After three or four. Now let the table learn *at once*, together with a random head, at several rates; beside it the random table,
# and the two phases, where the rate is that of the second. All with 100 labels, early stopping and six seeds. Will a small rate save
# the table?

# %%
STEPS = (0.003, 0.01, 0.03, 0.1, 0.3)
WAYS = ("random table", "thawed at once", "head first, then thawed")
by_rate = {(way, part): np.zeros((SEEDS, len(STEPS))) for way in WAYS for part in ("validation", "test")}
moves = {}
for seed in progress(range(SEEDS), "seeds"):
    starts = [small_random(seed), *new_head(seed)], [pretrained, *new_head(seed)], kept["frozen", HUNDRED, seed]
    for k, rate in enumerate(STEPS):
        for way, start in zip(WAYS, starts, strict=True):
            after = train(start, *labelled(HUNDRED, seed), (rate,) * 3)[0]
            by_rate[way, "validation"][seed, k] = accuracy(after, *checked)
            by_rate[way, "test"][seed, k] = accuracy(after, *tested)
            moves[way, rate, seed] = after

# %% slide="output" slideshow={"slide_type": "fragment"}
for way, kind, shift in zip(WAYS, ("random", "frozen", "thawed"), (0.95, 1, 1.05), strict=True):  # side by side
    values = 100 * by_rate[way, "test"]
    error = standard_error(values)
    colour = plots.PURPLE if kind == "frozen" else COLOURS[kind]
    mark = "D" if kind == "frozen" else MARKS[kind]
    places = np.multiply(STEPS, shift)
    plt.errorbar(places, values.mean(axis=0), error, color=colour, marker=mark, capsize=4, label=way)
frozen, error = 100 * scores["frozen"][:, 1].mean(), 100 * standard_error(scores["frozen"])[1]
plt.axhline(frozen, color=plots.BLUE, linewidth=1.4, linestyle="--", label="frozen")
plt.axhspan(frozen - error, frozen + error, color=plots.BLUE, alpha=0.12, linewidth=0)
plt.xscale("log")
plt.xticks(STEPS, [f"{step:g}" for step in STEPS])
plt.minorticks_off()
plt.gca().set(xlabel=f"learning rate of the table ({HUNDRED} labels)", ylabel="test accuracy (%), ± one error")
plt.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=2)
behind = 100 * by_rate[WAYS[1], "test"].mean(axis=0).max() < frozen
plt.title("Thawed at once: behind the frozen table" if behind else "Three ways to train at five rates")
listed = {way: ", ".join(f"{100 * v:.1f}" for v in by_rate[way, "test"].mean(axis=0)) for way in WAYS}
plots.show(
    "Test accuracy against the learning rate. " + "; ".join(f"{way}: {text}" for way, text in listed.items()) + "."
)

# %%
print("rate", " " * 20, *(f"{step:>6g}" for step in STEPS))
for way in WAYS:
    print(f"{way:25}", *(f"{100 * value:6.1f}" for value in by_rate[way, "test"].mean(axis=0)))
print(f"{'frozen':25} {100 * scores['frozen'][:, 1].mean():6.1f}")

# %% [markdown]
# A small rate does not save it. The head has the same small rate, so while it is slowly learning to read the table, the rows are
# moved to suit a head that cannot read yet. Thawed at once, the model ends nearer to the random table than to two phases, and behind
# the frozen one, where nobody has touched the rows at all. With the head first, a wide range of rates will do. (At the largest ones
# the first step already makes the validation loss worse; early stopping then takes no step and hands the frozen model back.)
#
# The accuracy says that something was lost. What, you see in the rows.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "Small learning rate: small against what?" Let them find the yardstick: the numbers in the table. "Then a
# small rate will save it?" They say yes; press the key and show the purple curve. It does not: the head learns at the same small
# rate. The mistake: to think that the rate is the whole recipe. The order matters more.

# %% [markdown]
# ### Exercise 4: how far rows moved
#
# Write `moved(before, after, ids)`. `before` and `after` have shape `(V, d)`: the table before and after training. `ids` is an
# integer array of any shape: the reviews trained on, padded with 0. Return two numbers: the mean distance that the rows of the words
# *met* in `ids` moved, and the mean distance of all the others. A row's distance is $\sqrt{\sum_k (\text{after}_k -
# \text{before}_k)^2}$. A word that comes several times in `ids` is one row and counts once. Row 0 is the padding's and belongs to
# neither. If a group has no rows, its number is 0.
#
# With `before` all zeros, `after = [[9, 9], [3, 4], [0, 1], [0, 0]]` and `ids = [[1, 1, 0]]` the result is 5 and 0.5: row 1 moved by
# 5, rows 2 and 3 by 1 and 0.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## How far have the met rows moved, and how far the others?
#
# `moved(before, after, ids)`: the mean distance of met rows, and of the others.


# %% exercise="moved" slide="code"
def moved(before, after, ids):
    """The mean distances that the rows met in `ids`, and all other rows, have moved; row 0 aside."""
    ### BEGIN SOLUTION
    distance = np.linalg.norm(np.asarray(after) - np.asarray(before), axis=1)  # (V,)
    met = np.isin(np.arange(len(distance)), ids)
    met, other = distance[1:][met[1:]], distance[1:][~met[1:]]
    return met.mean() if len(met) else 0, other.mean() if len(other) else 0
    ### END SOLUTION


# %% check="moved"
ex.moved.check(moved)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "What will the second number be after plain fine-tuning?" Zero, exactly: no gradient, no step.
# The mistake to expect: `after[ids] - before[ids]`, in which *the* is counted as often as it occurs, and the padding with it.

# %% [markdown]
# How far the met rows moved on average, how many of their ten nearest neighbours they kept, and how far the furthest of the other
# rows went, with seed 0. First thawed at once, and head first, both with early stopping; then head first and 30 steps without it, to
# see what a rate does when nothing stops it. Guess the column of the furthest other row.


# %%
def neighbours(table, some):
    """The ids of the ten nearest rows, by cosine, for each id in `some`."""
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    cosines = unit[some] @ unit.T
    cosines[np.arange(len(some)), some] = -2
    return np.argpartition(-cosines, 10, axis=1)[:, :10]


ids, labels = labelled(HUNDRED, 0)
met = np.unique(ids)
met = met[(met > 1) & found.found[met]]
others = np.setdiff1d(np.flatnonzero(found.found), met)
home = neighbours(pretrained, met)


def kept_share(table):
    return np.mean([len(set(a) & set(b)) for a, b in zip(home, neighbours(table, met), strict=True)]) / 10


# %%
def never_stopped(weights, rate, most=30):
    memory = [(0 * w, 0 * w) for w in weights]
    for t in range(1, most + 1):
        weights = adam_step(weights, ids, labels, (rate,) * 3, memory, t)
    return weights


shown = [(way, rate, moves[way, rate, 0]) for way, rate in ((WAYS[1], 0.003), (WAYS[1], 0.1), (WAYS[2], 0.003))]
shown += [("head first, 30 steps", rate, never_stopped(first_phase, rate)) for rate in (0.003, 0.03, 0.1, 0.3)]

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Met rows leave their neighbours, and the others stay behind

# %% slide="output"
print("way                     rate    mean   neighbours      furthest")
print("                               moved         kept     other row   test")
for way, rate, after in shown:
    distance = np.linalg.norm(after[0] - pretrained, axis=1)
    row = f"{distance[met].mean():7.2f} {kept_share(after[0]):12.0%} {distance[others].max():13.2f}"
    print(f"{way:23} {rate:<5g} {row} {accuracy(after, *tested):7.3f}")

# %% [markdown]
# - **The furthest other row has moved by zero, always.** The rows that were met move; the others stay where the file put them.
# - **Thawed at once**, the met rows go about as far at either rate, and lose more than half of their neighbours. The head learns to
#   read moved rows, and then meets unmoved ones.
# - **Head first**, there is little left to do, and the rows stay at home.
# - **When nothing stops it**, the rate decides how far the rows go. The large ones leave few neighbours, and the accuracy goes with
#   them.
#
# %%
panels = plt.subplots(1, 2, figsize=(10, 3.8), sharey=True, layout="constrained")[1]
for ax, (way, rate, after), colour in zip(panels, (shown[2], shown[0]), (plots.GREEN, plots.PURPLE), strict=True):
    distance = np.linalg.norm(after[0] - pretrained, axis=1)[met]
    ax.hist(distance, bins=np.linspace(0, 1.2 * nearest, 50), color=colour)
    ax.axvline(nearest, color="0.3", linewidth=1.5, linestyle="--")
    ax.set_title(f"{way}, rate {rate}", fontsize=12, fontweight="normal")
    ax.set_xlabel("distance moved")
panels[0].set_ylabel("met words")
for ax in panels:
    ax.text(nearest - 0.05, panels[0].get_ylim()[1] * 0.85, "nearest\nother row", ha="right")
plt.suptitle("Head first, the rows hardly leave home", x=0.02, ha="left", fontweight="bold")
plots.show(
    "Two histograms of how far the rows of met words moved. Head first they stay far to the left of the dashed line, which is the distance "
    "to the nearest other row. Thawed at once, at the same rate, they come much nearer to it."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Point at the column of zeros and ask: "Half of the words have moved house, the other half is still at the old
# address. Who is wrong now?" The head is. Then the last four lines: the same start, the same 30 steps, and the rate decides
# what is left. The mistake behind it: thinking of the table as one thing that moves as a whole.

# %% [markdown]
# ## 5. Choose, then report
#
# - Many settings, each with a little luck.
# - The best of many on the *same* reviews is partly the luckiest.
# - So: choose by validation, report the test of the chosen one.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Of fifteen settings, which do you report?
#
# - Many settings, each with a little luck.
# - Which would you report, and what would it get on other reviews?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# The best of many on the *same* reviews is partly the luckiest. So:
#
# | reviews | what they decide |
# |---|---|
# | training | the weights |
# | validation | when to stop, and which setting |
# | test | nothing: they are reported, once |

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "Of the fifteen points on slide 17, which would you report?" The eye goes to the highest point. Ask what it
# would be on another 560 reviews: lower, most likely. The mistake is to believe that looking is free.

# %% [markdown]
# You have now seen fifteen settings with their test accuracies, and your eye went to the highest. If you reported that number, you
# would report its luck as well. It is a small sin with fifteen settings and 560 reviews, and it grows with the number of settings.
#
# ### Exercise 5: choose
#
# Write `choose(validation, test)`. Both are float arrays of shape `(m, r)`: accuracies of `m` settings in `r` runs, row i for setting
# i. Return two things: the number of the setting, from 0, whose *mean* validation accuracy is highest, and the mean test accuracy of
# that setting. If several are equal, take the first.
#
# With `validation = [[0.7, 0.7], [0.6, 0.9]]` and `test = [[0.8, 0.8], [0.6, 0.8]]` the result is 1 and 0.7, although setting 0 would
# have been better on the test.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The test set has one word, and it comes last
#
# `choose(validation, test)`: which setting, and what to report for it.


# %% exercise="choose" slide="code"
def choose(validation, test):
    """The setting with the highest mean validation accuracy, and its mean test accuracy. Both arrays: (m, r)."""
    ### BEGIN SOLUTION
    best = int(np.argmax(np.mean(validation, axis=1)))
    return best, np.mean(test, axis=1)[best]
    ### END SOLUTION


# %% check="choose"
ex.choose.check(choose)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask: "Why the mean over the runs, and not the best run?" Because a new user gets one run, not the
# best of six. The mistake to expect: choosing the setting by validation and then reporting its *validation* accuracy, which has been
# used up by the choice.

# %% [markdown]
# All fifteen settings of section 4, chosen three ways (`chosen` of `course.repeats` does what your function does). Which line will
# be highest?

# %%
settings = [(way, k) for way in WAYS for k in range(len(STEPS))]
on_validation, on_test = (
    np.array([by_rate[way, part][:, k] for way, k in settings]) for part in ("validation", "test")
)  # (15, seeds) each
best, reported = chosen(on_validation, on_test)
way, k = settings[best]
print(f"chosen by validation:  {way}, rate {STEPS[k]:g}, test accuracy {reported:.3f}")
print(f"its validation accuracy, which helped to choose it:       {on_validation[best].mean():.3f}")
print(f"the best of all runs on the test, which nobody will get:  {on_test.max():.3f}")

# %% [markdown]
# The first is the number to report. The same for each kind of table by itself:

# %%
for way in WAYS:
    k, reported = chosen(by_rate[way, "validation"].T, by_rate[way, "test"].T)
    print(f"{way:24} chosen rate {STEPS[k]:<6g} test accuracy {reported:.3f}")

# %% [markdown]
# The rates of sections 2 and 3 were found like this, with all sizes in view; they are these or neighbours of these, and neighbouring
# rates differ by less than the errors.

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute.** Ask: "You have tried fifteen settings and found one that gets 0.74 in one run. What do you tell your customer?" The
# room laughs and knows. The mistake is rarely a lie; it is one loop that looked at the wrong array. Ask who has ever tuned on a test
# set. Everybody has.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Stretch: a rubber band to the place each row came from"
# ## Stretch: a step with a rubber band
#
# - Another way to keep what was learned: **pull** each row back.
# - A penalty on the distance from the *start*, not from zero.
# - And each layer may have a rate of its own.

# %% [markdown] tags=["slide-only"] slide="text"
# $$w \leftarrow w - \text{rate}\cdot\big(\text{slope} + \lambda\,(w - w^0)\big)$$

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute.** Ask: "L2 pulls to zero. What would it do to the rows of words that are met, and to those that are not?" The room says
# "keep them small", as of something good. It shrinks all of them, met or not, and the file's knowledge with them. The rubber band does
# nothing to a row that has not moved: put $w = w^0$ into the formula. The mistake behind it: taking zero for the home of every weight.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: write a step that knows where each weight began

# %% [markdown]
# L2 in lesson 07 pulled weights toward zero. For a pre-trained row zero is no home; where it came from is. Li and others
# ([2018](https://arxiv.org/abs/1802.01483)) add to the loss
#
# $$\frac{\lambda}{2}\sum_k (w_k - w^0_k)^2$$
#
# where $w^0_k$ is the weight before fine-tuning, and call it **L2-SP**, SP for "starting point". Its gradient is $\lambda\,(w_k -
# w^0_k)$: a rubber band. A second idea, from Howard and Ruder ([2018](https://aclanthology.org/P18-1031/)): **discriminative learning
# rates**, lower ones for the layers that were pre-trained, higher ones for the new ones.
#
# **Exercise 6 (stretch).** Write `tuning_step(weights, slopes, rates, starts, pull)`, one step of plain gradient descent (lesson 03).
# The first four are lists of equal length, one entry for each weight: `weights[k]` is an array of any shape; `slopes[k]`, of the same
# shape, is its gradient without the penalty; `rates[k]` is its learning rate, a number, 0 for a frozen weight; `starts[k]` is where
# it started, an array of the same shape, or `None` for a weight that is not pulled. `pull` is $\lambda$, a number. Return a list of
# the new arrays:
#
# $$w - \text{rate}\cdot\big(\text{slope} + \lambda\,(w - w^0)\big)$$
#
# and without the last term where there is no start. The lists and arrays that came in stay as they are.
#
# With `weights = [[2.0], [5.0]]`, `slopes = [[1.0], [1.0]]`, `rates = [0.1, 0.5]`, `starts = [[1.0], None]` and `pull = 0.5` the
# result is `[1.85]` and `[4.5]`: 2 - 0.1 · (1 + 0.5 · 1), and 5 - 0.5 · 1.


# %% exercise="tuning_step" slide="code"
def tuning_step(weights, slopes, rates, starts, pull):
    """One step of gradient descent, a rate for each weight, each pulled to its start. Returns a list of new arrays."""
    ### BEGIN SOLUTION
    moved = []
    for weight, slope, rate, start in zip(weights, slopes, rates, starts, strict=True):
        weight, slope = np.asarray(weight), np.asarray(slope)
        if start is not None:
            slope = slope + pull * (weight - np.asarray(start))
        moved.append(weight - rate * slope)
    return moved
    ### END SOLUTION


# %% check="tuning_step"
ex.tuning_step.check(tuning_step)

# %% [markdown]
# In Keras the pull is a **regularizer**, an object that is called with the weight; what it returns is added to the loss. The first weight
# of the example, with a loss whose gradient is 1: which number comes out?


# %%
class Pull(keras.regularizers.Regularizer):
    """L2-SP: half of `pull` times the squared distance from where the weight started."""

    def __call__(self, weight):
        return 0.5 / 2 * keras.ops.sum((weight - np.array([[1.0]], dtype="float32")) ** 2)


layer = keras.layers.Embedding(1, 1, embeddings_regularizer=Pull())
layer.build()
layer.set_weights([np.array([[2.0]])])
with tf.GradientTape() as tape:
    loss = keras.ops.sum(layer(np.array([0]))) + sum(layer.losses)
optimizer = keras.optimizers.SGD(0.1)
optimizer.apply([tf.convert_to_tensor(tape.gradient(loss, layer.trainable_weights[0]))], layer.trainable_weights)
print("by hand:  1.85   Keras:", round(float(layer.get_weights()[0][0, 0]), 4))

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute; the exercise is homework.** Ask: "Which line makes a weight *frozen*?" None of its own: rate 0 does. The room looks
# for an `if`. The mistakes to expect: `start - weight`, a band that pushes; and `weight -= ...`, which changes the arrays that
# came in.

# %% [markdown]
# ## Quiz

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: does the frozen table beat the random one?

# %% [markdown] quiz="one_seed" slide="quiz"
# **Quiz 1.** With 100 labels a frozen table gets 0.71 and a random one 0.68, one run each. What do you know?
#
# - [ ] Frozen is better by three points. :: Another draw of a hundred reviews moves such numbers by two or three points.
# - [ ] Nothing can be known, training is random. :: A mean over runs is far steadier than a run, and its error can be computed.
# - [x] One difference. You need its mean and error over several draws. :: And the same reviews for both, so that a lucky draw lifts both.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Hands for each choice. Those who choose the second are too modest: the error of a mean shrinks with the number
# of runs. Those who choose the first should look at the row of numbers that section 2 printed for one size. The third quiz
# question is good to take home. The mistake behind both: a single number is taken for all that can be had.

# %% [markdown] quiz="unmet_rows"
# **Quiz 2.** You fine-tune a whole model. *Abysmal* has a vector in the file and stands in no labelled review. What becomes of its
# row, and of its score?
#
# - [ ] The row follows its neighbours. :: Nothing ties rows together. Each has its own gradient, and this one's is zero.
# - [x] The row stays. The score changes, because the head does. :: Score is row times head, and a head is shared by all words.
# - [ ] Both stay as they were. :: The row does. But the head has been trained, and it is in every word's score.

# %% [markdown] quiz="silent_thaw"
# **Quiz 3.** After phase one you set `layer.trainable = True` and call `fit` again. The validation accuracy rises a little. Has the
# table learned?
#
# - [ ] Yes, or the accuracy would not rise. :: The head was not done yet. It goes on learning, with or without the table.
# - [x] No: it was not compiled again. :: The training step was put together while the table was frozen. Compare the table before and after.
# - [ ] Partly: only the rows of words that were met. :: That is so once it is thawed. Here no row moves at all.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: start from the file, head first, small steps"
# ## Take away
#
# - Few labels and many new words: start from the file. Many labels that repeat the same words: a random table can win, because it has
#   a row for each word where a frozen one has 51 numbers for all.
# - Head first, then thaw the layers, compile again, small steps: met rows stay near home, where the rows that were not met still are.
# - A curve over seeds with error bars, the same reviews for all, chosen on validation: anything less compares luck.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask each row of the room for one sentence they would tell a colleague who wants to "use pre-trained
# embeddings". Correct the one that says "always" or "never": the mistake is to leave out with how many labels, and which words.
# Close with the question that is open: where does such a file come from? Nobody labelled anything for it.

# %% [markdown] tags=["words"]
# ## Words
#
# - **transfer**: using for one task what was learned on another
# - **head**: the layers after the embedding, which are new for each task
# - **fine-tuning**: going on with the training of weights that were learned elsewhere
# - **to thaw**: to make a frozen layer trainable again and compile the model anew
# - **learning curve**: accuracy against the number of labelled examples
# - **stratified**: drawn so that each label has the same share in every subset
# - **nested subsets**: subsets each of which holds the smaller ones
# - **paired comparison**: comparing two models run by run on the same draws, and averaging the differences
# - **standard error of a mean**: the spread of the runs divided by the square root of their number
# - **Adam**: an optimizer that divides each gradient by its own recent size, so that a step is about the learning rate
# - **L2-SP**: a penalty on the squared distance from where the weights started
# - **discriminative learning rates**: a learning rate for each layer, lower for those that were trained before

# %% [markdown]
# **Next.** Nobody labelled anything for the file, and still it knows that *good* and *great* are alike. What was it trained on?
# Lesson 11, *Where vectors come from*.
