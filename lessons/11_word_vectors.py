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
# # Where vectors come from
#
# Lesson 09 opened a file with a row of numbers for each of 20,000 words. Ask it for the words nearest to *novel*, and it answers
# *book*, *novella*, *author*. Nobody told the program what a novel is. It had text, and nothing else. How do you get from text to such
# rows?

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "How did you learn what *atrocious* means? Did somebody define it?" Hardly anybody looked it up; they met
# it, in sentences. Then write *I ordered the ___ and it came cold* on the board and collect words for the gap. Everybody's
# words are things to eat or drink. Say: what fits one gap is alike; that is the whole lesson. The mistake to head off: that the
# program has a dictionary. The guide says which slides to skip in 50 minutes.

# %%
from course import lesson

ex = lesson("11_word_vectors")
ex

# %% [markdown]
# **You will**
#
# - turn text into pairs of neighbouring words, and train vectors on them with a loss that you write yourself;
# - count instead which words meet, and write the loss with which GloVe fits vectors to the counts;
# - measure what each of the two has learned from 2,100 short reviews, and say how the course's own file was made.

# %% tags=["needed"]
import numpy as np

# %% tags=["needed"]
import keras

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown]
# Before you run this: what will stand nearest to *two*? And to *she*? (`Vectors` is the class of the course for what you built in
# lesson 09.)

# %%
from course import data
from course.vectors import Vectors

shipped = Vectors.load(data.vectors_path("shipped"))
PROBES = ("soup", "novel", "she", "two")
for word in PROBES:
    print(f"{word:8}", *(near for near, _ in shipped.most_similar(word, 6)))

# %% [markdown]
# And the soup? The file was made from film reviews. *Duck Soup* is a film, and so the neighbours of *soup* quack. Such rows know what their
# texts say, and nothing else; keep that in mind for the whole lesson.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A word is known by the company it keeps"
# ## 1. Words and their company
#
# - *I ordered the ___ and it came cold.* What fits the gap?
# - Words that fit the same gaps are alike.
# - A program can see that without knowing any of them.

# %% [markdown]
# "You shall know a word by the company it keeps", wrote the linguist J. R. Firth in 1957. To a program, the **context** of a word is the
# words that stand near it: at most so many places to the left and to the right. That stretch of text is the **context window**, and the
# word in its middle is the **centre word**.

# %% slide="output" slideshow={"slide_type": "fragment"}
sentence = ["the", "soup", "was", "cold", "and", "the", "waiter", "was", "late"]
window = 2
figure, axes = plt.subplots(3, 1, figsize=(9, 3.4), layout="constrained")
for ax, centre in zip(axes, (0, 3, 8), strict=True):
    for place, word in enumerate(sentence):
        near = place != centre and abs(place - centre) <= window
        colour = plots.ORANGE if place == centre else plots.SKY if near else "0.94"
        box = {"facecolor": colour, "edgecolor": "none", "pad": 7}
        ax.text(place, 0, word, ha="center", va="center", fontsize=14, bbox=box)
    ax.set(xlim=(-0.5, 8.5), ylim=(-0.5, 0.5))
    ax.axis("off")
figure.suptitle("Two words to either side; at the ends there are fewer", x=0.02, ha="left", fontweight="bold")
plots.show(
    "The sentence 'the soup was cold and the waiter was late' three times. The centre word is orange: the, then cold, then late. "
    "Up to two words to its left and right are blue; at the ends of the sentence only one side has neighbours."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Go back to the words on the board: why do they all fit? The picture is the next key. Ask: "What does a window of
# 2 know of a sentence of 20 words?" Little; and it knows it millions of times. Ask also: "Which words fit the same gaps, and mean
# the opposite?" Hot and cold. Keep that pair on the board, lesson 12 comes back to it. The mistake behind "near means similar":
# *soup* and *cold* are near each other and not alike. Alike are *soup* and *coffee*, which may never stand in one sentence.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Text becomes pairs: a centre word and one of its neighbours
#
# - **Skip-gram**: from the centre word, predict each neighbour.
# - Every neighbour in every window is one training example.
# - Labels come free of charge: the text is the label.

# %% [markdown]
# Out of each window come pairs: (centre word, one neighbour). To learn from such pairs is called **skip-gram** (Mikolov and others,
# [2013](https://arxiv.org/abs/1310.4546)). Each pair says: these two were seen together. With 9 words and a window of 2, how many pairs
# are there? Count neighbours: 2 for each end, 3 for the next, 4 for each of the 5 in between.

# %% slide="output" slideshow={"slide_type": "fragment"}
neighbours = [2, 3, 4, 4, 4, 4, 4, 3, 2]  # of each of the nine words, counted by hand
print(sum(neighbours), "pairs; those of 'cold':")
print([(sentence[3], sentence[place]) for place in (1, 2, 4, 5)])

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** On the board: *the soup was cold and the waiter was late*, a window of 2. Let them count the pairs by hand before
# the key; most say 36, forgetting the ends. It is 30. Ask: "Which pairs of this sentence tell you something about soup?" (soup,
# cold) does; (soup, the) hardly does. Keep that for subsampling. The mistake to head off: every pair is a fact. Most of them are
# noise, and the many make up for it.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Every neighbour in the window makes one pair
#
# `ids = [7, 3, 9]` and `window = 1` give (7, 3), (3, 7), (3, 9), (9, 3).

# %% [markdown]
# **Exercise 1 - pairs.** Write `skip_gram_pairs(ids, window)`. `ids` holds the ids of one text's words in order, a list or an array of
# shape `(T,)`; all of them are words. `window` is an integer from 1 up and may be larger than T. Return all pairs (id of a centre word,
# id of a neighbour), where the neighbour stands at most `window` places to the left or to the right of the centre word: a list of
# tuples, or an integer array of shape `(n, 2)`. The order of the pairs does not matter; the check sorts them.
#
# - At the ends of the text there are fewer neighbours, and the text does not go round.
# - A place is no neighbour of itself. But if a word stands twice in one window, it is its own neighbour: `(5, 5)` is a pair then.
# - A pair that is seen twice is returned twice. A text of one word, or of none, has no pairs: return an empty list or array.
#
# With `ids = [7, 3, 9]` and `window = 1` the pairs are `(7, 3)`, `(3, 7)`, `(3, 9)` and `(9, 3)`.


# %% exercise="skip_gram_pairs" slide="code"
def skip_gram_pairs(ids, window):
    """All pairs (centre, neighbour) at most `window` places apart."""
    ### BEGIN SOLUTION
    pairs = []
    for place, centre in enumerate(ids):
        start = max(0, place - window)
        for other in range(start, min(len(ids), place + window + 1)):
            if other != place:
                pairs.append((centre, ids[other]))
    return pairs
    ### END SOLUTION


# %% check="skip_gram_pairs"
ex.skip_gram_pairs.check(skip_gram_pairs)

# %% [markdown]
# Stuck? `ex.skip_gram_pairs.hint()` in a cell of its own gives a hint, three times.

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes.** Everybody works; after three minutes ask for the edges: "What does your code return for a text of one word? For a
# window wider than the text?" Then: "Your word stands twice in the window. Is it its own neighbour?" Yes: places are compared,
# not words. The mistake in the exercise is on the next slide, so do not give it away.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what does this code do at the edges of a text?
#
# ```python
# for place, centre in enumerate(ids):
#     left = ids[place - window : place]
#     right = ids[place + 1 : place + 1 + window]
#     pairs += [(centre, other) for other in [*left, *right]]
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# With a window of 2, `ids[-1:1]` at place 1 is empty: the left neighbour is lost, and nothing complains.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** The window is 2. At place 1 the slice is `ids[-1:1]`: it starts at the last word and ends before it has begun,
# so it is empty, and the one left neighbour that exists is lost. The room says "an IndexError". There is none: slices never
# complain, which is why this bug lives long. Ask what `ids[place - window]` by itself, without a slice, would give: the last
# word but one. The mistake behind it: a negative place is taken for "before the beginning".

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Frequent words fill the pairs and say little"
# ## 2. Fewer of the frequent words
#
# - Every word has met *the*. So *the* tells nobody apart.
# - **Subsampling**: drop words at random, frequent ones more often.
# - Keep a word with probability $\sqrt{t / f}$, at most 1.

# %% [markdown]
# Here is the text: all 2,100 shipped reviews, the test part too. No label is used and no model is tested on them here; for a lesson that
# judges a classifier this would not do. Words that occur at least 5 times get an id. What share of the words on the page are *the*, *and*,
# *a* and *it* together? Guess first.

# %% slide="output" slideshow={"slide_type": "fragment"}
from course.text import Vocabulary

reviews = data.load_reviews("shipped")
texts = [*reviews.train.texts, *reviews.validation.texts, *reviews.test.texts]
vocabulary = Vocabulary.of(texts, at_least=5)
known = [[i for i in vocabulary.ids(text) if i > 1] for text in texts]  # without [UNK], which is no word to learn
counts = np.bincount(np.concatenate(known), minlength=len(vocabulary))  # (V,)

print(f"{len(texts):,} reviews, {counts.sum():,} words on the page, {np.count_nonzero(counts):,} different ones")
few = sum(counts[vocabulary.id(word)] for word in ("the", "and", "a", "it"))
print(f"the, and, a, it: {few / counts.sum():.0%} of them")

# %% [markdown]
# **Subsampling** thins the frequent words out before the pairs are made. Each word on the page is kept with the probability
#
# $$p = \min\Big(1, \sqrt{t / f}\Big)$$
#
# where $f$ is the word's share of all words and $t$, the threshold, is a small number (Mikolov and others, 2013, equation 5, which
# gives the probability of *dropping* it, $1 - \sqrt{t/f}$). They took $t$ around 0.00001 for texts of a billion words; our text is
# small, and we take 0.0003. The program that was published with the paper, `word2vec.c`, keeps a few more: it uses $\sqrt{t/f} + t/f$.
# Here the paper's formula counts.
#
# **Exercise 2 - how likely a word is kept.** Write `keep_probability(counts, threshold)`. `counts` is an array of shape `(V,)`, of
# integers or floats: how often each word occurs; some counts may be 0, and at least one is not. `threshold` is a number above 0. Return
# an array of shape `(V,)` with each word's probability of being kept, by the formula above. For a word that does not occur it is 1.
#
# With `counts = [0, 4, 16, 64, 16]` and `threshold = 0.04` the shares are 0, 0.04, 0.16, 0.64, 0.16, and the result is
# `[1, 1, 0.5, 0.25, 0.5]`.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Before the key ask: "The, and, a, it: what share of a page?" The room says a twentieth; it is several times that.
# Then: "Why not delete the hundred most frequent words and be done?" Because *not* is among them, and because there is no natural
# line; the square root draws a soft one. The mistake behind the low guess: thinking of a list of words, in which each stands once.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the probability of keeping each word
#
# $p = \min\big(1, \sqrt{t / f}\big)$ for a word whose share of the text is $f$.


# %% exercise="keep_probability" slide="code"
def keep_probability(counts, threshold):
    """The probability of keeping each word: (V,), from counts (V,) and the threshold t."""
    ### BEGIN SOLUTION
    counts = np.asarray(counts)
    share = counts / counts.sum()
    return np.sqrt(threshold / np.maximum(share, threshold))
    ### END SOLUTION


# %% check="keep_probability"
ex.keep_probability.check(keep_probability)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Work the example by hand first: 4, 16, 64 and 16 of 100 words, a threshold of 0.04. Ask: "A word
# of half the share of another: is it kept twice as often?" The room says yes; the root makes it 1.4 times. The mistake in the
# exercise: the paper's formula is for dropping. Who copies it keeps every *the* and drops the rare words. A count of 0 divides by
# 0; look at what comes out there. The published program differs a little from the paper; people compare and wonder.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Thinned at random: how often is *the* kept, and what is left?

# %% slide="output" slideshow={"slide_type": "fragment"}
THRESHOLD = 0.0003
share = counts / counts.sum()
keep = np.sqrt(THRESHOLD / np.maximum(share, THRESHOLD))  # (V,)
for word in ("the", "not", "room", "hotel", "soup"):
    i = vocabulary.id(word)
    print(f"{word:6} {counts[i]:6,} times, kept {keep[i]:4.0%} of the time")
print(f"expected length of the text: {(counts * keep).sum():,.0f} of {counts.sum():,} words")

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let the room guess before the key; most guess that *the* is kept half of the time. Ask for the effect on the
# window: "Two words stand ten apart, with four *the* between them. Can they be a pair in a window of 8?" Yes: the dropped words
# are gone before windows are made, so a window reaches further. The room says no, because it counts on the page. The mistake
# behind it: thinning the pairs and not the text.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A real pair or a made-up one? The model has to tell"
# ## 3. Real pairs and made-up pairs
#
# - Two tables: one for words as centres, one for words as neighbours.
# - **Score** of a pair: the dot product of its two rows.
# - Sigmoid of the score: how likely is this a real pair?

# %% [markdown] tags=["slide-only"] slide="text"
# | pair | where from | right answer |
# |---|---|---|
# | *soup*, *cold* | the text | 1 |
# | *soup*, *novel* | drawn at random | 0 |
# | *soup*, *was* | drawn at random | 0 |

# %% [markdown]
# To predict the neighbour out of the whole vocabulary, a model would have to score every word, for every pair. **Negative sampling** asks
# a cheaper question. Take a real pair, (soup, cold). Make up a few others by replacing the neighbour with words drawn at random: (soup,
# novel), (soup, was). Train the model to say *real* to the first and *made up* to the others. That is the neuron of lesson 01, on a dot
# product.
#
# The random words are drawn from the **noise distribution**: in proportion to their counts to the power of 0.75 (Mikolov and others, 2013).
# The power lifts rare words. If one word occurs 10,000 times and another 16 times, how much more often is the first drawn? Not 625 times:

# %%
occurs = np.array([10_000, 16])
for power in (1, 0.75):
    weights = occurs**power
    print(f"power {power}: {weights[0] / weights[1]:.0f} times as often")

noise = counts**0.75 / (counts**0.75).sum()  # (V,): sums to 1; padding and [UNK] have count 0 and are never drawn
rng = np.random.default_rng(0)
print(vocabulary.decode(rng.choice(len(vocabulary), size=12, p=noise)))

# %% [markdown]
# Now the loss of one real pair and its $K$ made-up neighbours. Let $\mathbf{c}$ be the centre word's row, $\mathbf{t}$ the row of the true
# neighbour and $\mathbf{n}_1, \dots, \mathbf{n}_K$ the rows of the made-up ones, each of shape $(d,)$; $\sigma$ is the sigmoid:
#
# $$L = -\ln \sigma(\mathbf{c}\cdot\mathbf{t}) - \sum_{k=1}^{K} \ln \sigma(-\mathbf{c}\cdot\mathbf{n}_k)$$
#
# It is binary cross-entropy, one term for each question. For a made-up pair the right answer is 0, and $1 - \sigma(z) = \sigma(-z)$: hence
# the minus inside.
#
# One trap. Scores may be large, and $\sigma(-800)$ is so small that the computer makes it 0; its log is minus infinity, though the true
# answer is $-800$. Rewrite it: $-\ln\sigma(z) = \ln(1 + e^{-z})$. NumPy has a function for the log of a sum of two powers of $e$,
# `np.logaddexp(a, b)` $= \ln(e^a + e^b)$, which never overflows. Before you run this: which of the three lines fail at $z = -800$?

# %%
z = np.array([2.0, 0.0, -800.0])
with np.errstate(all="ignore"):  # no warnings: the point is what comes out
    lines = {"minus log of the sigmoid": -np.log(1 / (1 + np.exp(-z))), "log of one plus exp": np.log1p(np.exp(-z))}
lines["np.logaddexp(0, -z)"] = np.logaddexp(0, -z)
for name, values in lines.items():
    print(f"{name:25}", *(f"{value:9.3f}" for value in values))

# %% [markdown]
# The first two. Rewriting alone does not help, because $e^{800}$ is already too large for a float. And on scores such as 2 and 0 nobody
# would ever notice.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "Why two tables? Would one not do?" With one table a word's score with itself is its length squared, which
# is never below 0, but a word is rarely its own neighbour. Then the noise: "Why not draw all words equally often?" Then nearly
# all made-up neighbours are rare words, and the model learns that *rare* means made up. The power of 0.75 lies between the two.
# The room says "one is enough, a word is a word". The mistake behind it: a word as a centre and a word as a neighbour do two
# jobs.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The loss adds one real question and K made-up ones
#
# $$L = -\ln \sigma(\mathbf{c}\cdot\mathbf{t}) - \sum_{k=1}^{K} \ln \sigma(-\mathbf{c}\cdot\mathbf{n}_k)$$

# %% [markdown]
# **Exercise 3 - the loss of skip-gram with negative sampling.** Write `sgns_loss(centre, true, noise)`. `centre` and `true` have shape
# `(n, d)`: row i of `centre` belongs to the centre word of pair i, row i of `true` to its real neighbour. `noise` has shape `(n, K,
# d)`: the rows of the K made-up neighbours of each pair, K at least 1. All are arrays of floats. Return one number: the mean over the n
# pairs of $L$ from above. In $L$ the K terms are *added*, not averaged. Scores may lie as far from 0 as 1,000 to either side; the
# result is finite then too.
#
# With `centre = [[2, 0]]`, `true = [[1, 5]]` and `noise = [[[0, 1], [-1, 0]]]` the scores are 2 for the real pair, 0 and −2 for the
# made-up ones, and the result is 0.127 + 0.693 + 0.127 = 0.947.


# %% exercise="sgns_loss" slide="code"
def sgns_loss(centre, true, noise):
    """The mean loss of n pairs: (n, d), (n, d), (n, K, d)."""
    ### BEGIN SOLUTION
    centre = np.asarray(centre, dtype=float)
    real = (centre * true).sum(axis=-1)  # (n,)
    made_up = (centre[:, None] * noise).sum(axis=-1)  # (n, K)
    loss = np.logaddexp(0, -real) + np.logaddexp(0, made_up).sum(axis=-1)
    return loss.mean()
    ### END SOLUTION


# %% check="sgns_loss"
ex.sgns_loss.check(sgns_loss)

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes.** Write the three shapes on the board, (n, d), (n, d) and (n, K, d), and ask which axis is summed when. The mistake
# in the exercise: the log of a sigmoid, right on every small example, and infinite on the first bad one. Ask what a single
# infinity does to the mean of a batch. The second mistake: the mean over K in place of the sum.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="In Keras: two Embedding layers and a dot product"
# ### The same in Keras
#
# Two `Embedding` layers, one dot product. The model takes a batch of centre words and, for each, the ids of its one true and K made-up
# neighbours, in this order; it returns 1 + K scores for each pair.

# %% slide="live"
SIZE, WIDTH, K = len(vocabulary), 32, 5


def skip_gram_model():
    """Scores of pairs: centre ids (n,) and neighbour ids (n, 1 + K) -> (n, 1 + K)."""
    centre = keras.Input(shape=(), dtype="int32")
    others = keras.Input(shape=(1 + K,), dtype="int32")
    row = keras.layers.Embedding(SIZE, WIDTH, name="centres")(centre)  # (n, d)
    rows = keras.layers.Embedding(SIZE, WIDTH, name="neighbours")(others)  # (n, 1 + K, d)
    return keras.Model([centre, others], keras.layers.Dot(axes=(2, 1))([rows, row]))


# %% [markdown]
# A score is no probability yet; it is what the sigmoid is applied to, a **logit**. `BinaryCrossentropy(from_logits=True)` takes scores and
# does the sigmoid and the log in one safe step. It takes the *mean* over the 1 + K questions, where $L$ takes the sum, so it must be
# multiplied by 1 + K. Keras starts rows near 0, so all scores are about 0 and each question costs $\ln 2$. Which number will come out for
# K = 5?

# %%
keras.utils.set_random_seed(0)
model = skip_gram_model()
entropy = keras.losses.BinaryCrossentropy(from_logits=True)

ids = rng.choice(SIZE, size=(4, 2 + K), p=noise).astype("int32")  # 4 pairs: centre, true neighbour, K made up
labels = np.tile([1.0] + K * [0.0], (4, 1))  # (4, 1 + K)
by_keras = float(entropy(labels, model([ids[:, 0], ids[:, 1:]]))) * (1 + K)

centres, neighbours = (model.get_layer(name).get_weights()[0] for name in ("centres", "neighbours"))  # (V, d) each
c, t, made = centres[ids[:, 0]], neighbours[ids[:, 1]], neighbours[ids[:, 2:]]  # (4, d), (4, d), (4, K, d)
made_up_scores = np.einsum("nd,nkd->nk", c, made)
by_hand = np.logaddexp(0, -(c * t).sum(axis=1)) + np.logaddexp(0, made_up_scores).sum(axis=1)  # (4,)
print(f"by hand {by_hand.mean():.5f}, by Keras {by_keras:.5f}, {1 + K} times ln 2 {(1 + K) * np.log(2):.5f}")

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes, live.** Write the model with the room, layer by layer, asking for the shape after each; `Dot` takes two axes, one
# for each of its inputs, and the batch is not counted among them as something to sum over. Before the equality cell ask for the
# number: six questions, nobody knows anything yet, each costs ln 2. The mistake behind a factor of 6: Keras averages over the
# questions, the formula adds them.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: this loss is right on paper, so what is wrong here?
#
# ```python
# def loss(scores_real, scores_made_up):
#     sigmoid = lambda z: 1 / (1 + np.exp(-z))
#     real = -np.log(sigmoid(scores_real))
#     made_up = -np.log(1 - sigmoid(scores_made_up))
#     return real.mean() + made_up.sum(axis=1).mean()
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# At a made-up score of 40 the sigmoid is exactly 1, and the log of 0 is minus infinity.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "At which score does it break?" At a made-up score of 40 the sigmoid is rounded to exactly 1, and `1 - 1`
# has no log. That is not far out: 40 comes sooner than the -800 of the other side. The room says "add a small epsilon". That
# makes it finite and wrong: the loss stops growing, and with it the gradient, on the pairs that are worst. The mistake behind
# it: repairing the number instead of the formula.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A few passes over the text, and the loss goes down"
# ## 4. Train it
#
# - Each pass: thin the text anew, make the pairs, draw the noise.
# - Then one `fit` over all pairs.
# - Keep the table of the centres; throw the other away.

# %% [markdown]
# The pairs for all reviews at once, by another road than yours: the reviews stand in one long row of ids with zeros between them, and
# the row is laid beside itself, shifted by 1, by 2, and so on up to the window. Where no zero is involved, the two ids are a pair.

# %%
WINDOW = 8


def draw_pairs(rng):
    """The pairs (n, 2) of the text, thinned at random: words are dropped first, windows are made from what is left."""
    thinned = [[i for i in review if rng.random() < keep[i]] for review in known]
    row = np.concatenate([np.array(review + WINDOW * [0]) for review in thinned])  # no window reaches over the zeros
    found = []
    for distance in range(1, WINDOW + 1):
        pair = np.stack([row[:-distance], row[distance:]], axis=1)
        pair = pair[(pair > 0).all(axis=1)]
        found += [pair, pair[:, ::-1]]  # either of the two is the centre once
    return np.concatenate(found).astype("int32")


pairs = draw_pairs(np.random.default_rng(0))
print(
    f"{len(pairs):,} pairs, for example",
    *(f"({vocabulary.decode(p[:1])}, {vocabulary.decode(p[1:])})" for p in pairs[:3]),
)

# %% [markdown]
# Now the training. Five passes take under half a minute. The steps are twenty times Adam's usual size, because most rows are met only a few
# times in a pass.

# %%
from course.waiting import progress

PASSES = 5


def train(seed):
    """The losses, one for each pass, and the tables of the centres before and after."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = skip_gram_model()
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss=entropy)
    before, losses = model.get_layer("centres").get_weights()[0], []
    for _ in progress(range(PASSES), "passes"):
        pairs = draw_pairs(rng)
        made_up = rng.choice(SIZE, size=(len(pairs), K), p=noise)
        others = np.column_stack([pairs[:, 1], made_up]).astype("int32")  # (n, 1 + K)
        labels = np.tile(np.array([1] + K * [0], "float32"), (len(pairs), 1))
        history = model.fit([pairs[:, 0], others], labels, batch_size=2048, verbose=0).history
        losses.append(history["loss"][0] * (1 + K))
    return losses, before, model.get_layer("centres").get_weights()[0]


# %%
losses, before, after = train(seed=0)

# %% slide="output" slideshow={"slide_type": "fragment"}
plt.plot(range(1, PASSES + 1), losses, "o-", color=plots.BLUE)
plt.axhline((1 + K) * np.log(2), color="0.5", linestyle="--", linewidth=1.5)
plt.text(PASSES, (1 + K) * np.log(2) - 0.06, "no idea: (1 + K) ln 2", ha="right", va="top")
plt.gca().set(
    xlabel="pass over the text", ylabel="loss of a pair and its noise", ylim=(2.2, 4.4), xticks=range(1, PASSES + 1)
)
plt.title("The loss falls, and levels off far above 0")
plots.show(
    f"The loss against the pass. It starts below the dashed line at {(1 + K) * np.log(2):.2f}, at {losses[0]:.2f} in the first pass, "
    f"and levels off at {losses[-1]:.2f}."
)

# %% [markdown]
# It cannot come near 0, and should not. A made-up pair may be a real one by chance, and nearly any word can stand next to *and*. No row of
# numbers can tell those apart. What counts is what the rows have become on the way.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** While the training runs, and before the key, ask: "What is the smallest loss you can imagine?" The room says 0.
# The curve levels off far above. Take the pair (soup, and): it is seen as a real pair, and *and* is drawn as noise for *soup*
# too. One model, two answers to the same question: it can only say how often which. The mistake behind the 0: the least loss is
# taken for something that any text allows.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Words of one kind of review have moved together"
# ## What the rows have become
#
# Words that keep the same company lie close together. Nobody said what a restaurant is.

# %%
untrained = Vectors(vocabulary.words[2:], before[2:])
trained = Vectors(vocabulary.words[2:], after[2:])
MORE = ("soup", "hotel", "novel", "battery", "boring", "two")
for name, vectors in (("before", untrained), ("after", trained)):
    print(name)
    for word in MORE:
        print(f"   {word:8}", *(near for near, _ in vectors.most_similar(word, 6)))

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Read two of the lists aloud and let the room judge them: "Would you show these in a report?" They are what 2,100
# reviews give. Ask how one could measure a whole table and not five words: somebody proposes to compare with known groups. So the
# question on the next key: of a word's five nearest, the share of its own kind. Ask what chance would give; the room says a tenth
# for ten domains, and the key after says that it is about right.

# %% [markdown]
# Better than before, and far from good: the right corner of the world, and strange guests in it. *Soup* stands in 27 places of this text.
# That is little to know a word by.
#
# Every review has a domain, such as restaurant or book, in a column that no training has seen. It makes a measure. Call a word
# **topical** here if more than half of the reviews that use it are of one domain. Then look at its five nearest topical words: how many
# belong to the same domain?

# %% slide="output"
import csv

with open(data.shipped("reviews.csv"), encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
domains = sorted({row["domain"] for row in rows})
uses = np.zeros((len(vocabulary), len(domains)))  # in how many reviews of each domain a word stands
for row in rows:
    present = [i for i in set(vocabulary.ids(row["text"])) if i > 1]
    uses[present, domains.index(row["domain"])] += 1
main = uses.argmax(axis=1)  # (V,)
topical = np.flatnonzero(uses.max(axis=1) > uses.sum(axis=1) / 2)

for domain in ("restaurant", "book", "gadget"):
    print(f"{domain:11}", *(vocabulary.words[i] for i in topical[main[topical] == domains.index(domain)][:8]))


# %% [markdown] tags=["slide-only"] slide="text" slideshow={"slide_type": "fragment"}
# Of a word's five nearest words, how many are of its own kind?


# %% slide="output" slideshow={"slide_type": "fragment"}
def topic_share(table, among=topical):
    """The share of words of the same domain among each topical word's five nearest; table: (V, d)."""
    rows = table[among] / np.linalg.norm(table[among], axis=1, keepdims=True)
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -np.inf)  # a word is not its own neighbour
    nearest = np.argsort(-cosines, axis=1)[:, :5]
    return (main[among][nearest] == main[among][:, None]).mean()


chance = np.mean([(main[topical] == main[i]).sum() - 1 for i in topical]) / (len(topical) - 1)
shares = {"chance": chance, "untrained rows": topic_share(before), "skip-gram": topic_share(after)}
print(f"{len(topical)} topical words;", *(f"{name} {value:.2f}  " for name, value in shares.items()))

# %% [markdown]
# Untrained rows do what chance does. The trained ones do several times better. For a picture of them, 32 numbers must become 2: take the
# two directions along which the words shown differ most. (That is called PCA; lesson 12 has it.)

# %%
SHOWN = ("restaurant", "book", "gadget", "clothing")
chosen = np.concatenate(
    [topical[main[topical] == domains.index(domain)][:6] for domain in SHOWN]
)  # frequent ones first


def flattened(table):
    """The chosen words along two directions, brought to a width of 1, and the places of their labels: (24, 2) each."""
    unit = table[chosen] / np.linalg.norm(table[chosen], axis=1, keepdims=True)
    unit -= unit.mean(axis=0)
    flat = unit @ np.linalg.svd(unit, full_matrices=False)[2][:2].T
    flat /= np.ptp(flat, axis=0)
    taken = list(flat)
    for i, point in enumerate(flat):  # a label goes where it is farthest from the points and labels that are there
        spots = point + [(0, 0.045), (0, -0.045), (0.08, 0), (-0.08, 0)]
        others = np.delete(taken, i, axis=0)
        taken.append(max(spots, key=lambda spot: np.abs((others - spot) / (3, 1)).sum(axis=1).min()))
    return flat, taken[len(flat) :]


# %%
figure, panels = plt.subplots(1, 2, figsize=(12, 5.8), layout="constrained")
for ax, table, title in (
    (panels[0], before, "Before: no order"),
    (panels[1], after, "After: most are with their kind"),
):
    flat, labels = flattened(table)
    for k, (domain, marker) in enumerate(zip(SHOWN, "os^D", strict=True)):
        part = slice(6 * k, 6 * k + 6)
        ax.plot(*flat[part].T, marker, color=plots.COLOURS[k], markersize=8, label=domain)
    for word, place in zip(chosen, labels, strict=True):
        ax.text(*place, vocabulary.words[word], ha="center", va="center", fontsize=10.5)
    ax.set(title=title, xlabel="first direction", ylabel="second direction", xticks=[], yticks=[])
    ax.margins(0.15)
figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
plots.show(
    "24 words from four kinds of reviews as points in two panels. Before training the four kinds are mixed. "
    "After training words of restaurants, books, gadgets and clothing lie in regions of their own, with some overlap."
)

# %% [markdown]
# How much of this is the text, and how much the dice? Train once more, with another seed, and compare: of a word's five nearest words, how
# many will be the same in both runs? Guess before you run it.

# %%
_, _, again = train(seed=1)

# %%
frequent = [i for i in np.argsort(-counts)[:1000] if counts[i] > 0]
other = Vectors(vocabulary.words[2:], again[2:])
for name, ids in (("100 most frequent words", frequent[:100]), ("words 901 to 1,000", frequent[900:])):
    words_ = [vocabulary.words[i] for i in ids]
    both = [
        {w for w, _ in trained.most_similar(word, 5)} & {w for w, _ in other.most_similar(word, 5)} for word in words_
    ]
    print(f"{name}: {np.mean([len(same) for same in both]):.1f} of 5 nearest words are the same")
print(f"topic share: {topic_share(after):.2f} and {topic_share(again):.2f}")

# %% [markdown]
# The topic share holds. The single neighbours hardly do: with another seed nearly all of them are other words. With a text this small you
# may trust what the table says about *many* words together, and not what it says about one.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Then show the picture in the notebook, cover the legend, and let them name the four kinds; then the second seed.
# If the room is disappointed by the lists: the honest number is the share over 276 words, and a billion words cure most of it.
# The mistake: choosing five pretty examples. Everybody does it; ask whether the lists at the top of the lesson were chosen. They
# were.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Count once which words meet, and the text is done with"
# ## 5. Count once
#
# - Skip-gram walks through the text again and again.
# - Another way: one walk, and write down how often any two words meet.
# - At distance $d$ a meeting counts $1/d$.

# %% [markdown] tags=["slide-only"] slide="text"
# > **the soup** was cold and **the** waiter was late
#
# In a window of 5, how much do *soup* and *the* meet?

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Let them work out the question on the slide: 1 before and 4 after makes 1 + 1/4. The room says 2, counting
# meetings. Then ask for the size of the table with 400,000 words: 160 thousand million cells. The room says "impossible"; GloVe's
# program stores only the cells that are not 0. The mistake behind "impossible": thinking of the table that is drawn, and not of
# what is in it.

# %% [markdown]
# The table of such counts is the **co-occurrence matrix** $X$, of shape $(V, V)$: $X_{ij}$ says how much word $j$ was seen near word
# $i$. In GloVe (Pennington and others, [2014](https://aclanthology.org/D14-1162/)) a meeting at distance $d$ counts $1/d$: the nearest
# neighbour 1, the second 1/2. In the sentence below, how much do *soup* and *the* meet, with a window of 5? *The* stands 1 before
# *soup*, and again 4 after it.
#
# > the soup was cold and the waiter was late
#
# The first counts 1, the second 1/4, together 1.25.
#
# **Exercise 4 - count meetings.** Write `cooccurrence(ids, size, window)`. `ids` is an integer array of shape `(n, T)`, one text in
# each row; `size` is the number of ids there are, all ids are below it; `window` is an integer from 1 up and may be larger than T.
# Return an array of shape `(size, size)`: for every two places of one text that are $d$ apart, $d$ from 1 to `window`, with word i at
# one and word j at the other, add $1/d$ to $X_{ij}$ and $1/d$ to $X_{ji}$.
#
# - Id 0 is no word: row 0 and column 0 are zeros. It may stand anywhere, and it keeps its place: in `[4, 0, 5]` the words 4 and 5 are 2
#   apart.
# - Words in different texts never meet.
# - If word i stands at both places, $X_{ii}$ gets $1/d$ twice.
#
# With `ids = [[2, 1, 2], [1, 0, 3]]`, `size = 4` and `window = 2`: $X_{12} = X_{21} = 2$, $X_{22} = 1$, $X_{13} = X_{31} = 0.5$, all
# others 0.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Count how much any two words of a text meet
#
# `[[2, 1, 2], [1, 0, 3]]`, window 2: words 1 and 2 meet twice at 1, words 1 and 3 once at 2.


# %% exercise="cooccurrence" slide="code" slide_answer="3-10"
def cooccurrence(ids, size, window):
    """How much any two words meet, 1/distance for each meeting: (size, size), from ids (n, T) where 0 is no word."""
    ### BEGIN SOLUTION
    counts = np.zeros((size, size))
    for text in ids:
        for place, word in enumerate(text):
            for distance, other in enumerate(text[place + 1 : place + 1 + window], start=1):
                if word != 0 and other != 0:
                    counts[word, other] += 1 / distance
                    counts[other, word] += 1 / distance
    return counts
    ### END SOLUTION


# %% check="cooccurrence"
ex.cooccurrence.check(cooccurrence)

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes in the notebook.** Ask before they start: "Id 0 is no word. Does it take up a place?" The room is divided; it does,
# so words 1 and 3 of the example are 2 apart. The mistakes to expect: `X[i, j] += ...` with arrays of ids, which NumPy carries
# out once for each different pair; zeros taken out first, so that words move together; and one side of the table left empty.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which row of this table tells *soup* from *hotel*?

# %% [markdown]
# Now all reviews, again by shifting, as above. An unknown word becomes 0: it keeps its place and counts for nothing. Nothing is thinned
# out. The cell also counts bare meetings, each as 1. What share of the pairs that met at all have met once only? Guess.

# %%
encoded = vocabulary.encode(texts, length=100)  # (2100, 100): no review is longer
encoded[encoded == 1] = 0
X = np.zeros((SIZE, SIZE), dtype="float32")
meetings = np.zeros((SIZE, SIZE), dtype="int32")
for distance in range(1, WINDOW + 1):
    here, there = encoded[:, :-distance].ravel(), encoded[:, distance:].ravel()
    both = (here > 0) & (there > 0)
    for i, j in ((here[both], there[both]), (there[both], here[both])):
        np.add.at(X, (i, j), 1 / distance)
        np.add.at(meetings, (i, j), 1)

met = X > 0
possible = np.count_nonzero(counts) ** 2
print(f"{met.sum():,} of {possible:,} cells are not 0: {met.sum() / possible:.0%}")
print(f"of those, met once only: {(meetings[met] == 1).mean():.0%}")

# %% slide="output"
few = ["the", "was", "soup", "cold", "hot", "room", "hotel", "story", "novel"]
place = [vocabulary.id(word) for word in few]
part = X[np.ix_(place, place)]
plt.figure(figsize=(6.6, 5.2))
plt.imshow(np.log1p(part), cmap="Blues")
for (i, j), value in np.ndenumerate(part):
    text = f"{value:.0f}" if value > 10 or value == 0 else f"{value:.1f}"
    plt.text(j, i, text, ha="center", va="center", color="w" if value > 60 else "k", fontsize=11)
plt.xticks(range(9), few, rotation=45, ha="right")
plt.yticks(range(9), few)
plt.grid(visible=False)
plt.title("Co-occurrence counts of nine words")
plots.show(
    "A table of co-occurrence counts of nine words, darker for more. The rows and columns of 'the' and 'was' are dark; "
    "among soup, cold, hot, room, hotel, story and novel most counts are 0 or below 3."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** The title's question. The eye goes to the dark row, which tells nothing: everybody meets *the*, and few meet
# anybody else. Then: "Two words met once, 3 apart. What is in the cell?" A third. Note it: most cells that are not 0 hold the
# inverse of one distance, and that will matter. The mistake behind the dark row: taking a large count for a telling one.

# %% [markdown]
# The dark rows tell you little: everybody meets *the*. Two pale ones tell *soup* from *hotel*: *cold* and *hot* meet the one and not
# the other.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="GloVe fits dot products to the logs of the counts"
# ## 6. GloVe's loss
#
# - Dot product + two biases ≈ log of the count.
# - Cells with the count 0 are left out.
# - Large counts weigh more, up to a limit.

# %% [markdown]
# Again there are two tables, $W$ and $\tilde W$, of shape $(V, d)$, one for words as rows of $X$ and one for words as columns. Each word
# also has two biases, $b_i$ and $\tilde b_i$: frequent words have large counts with everybody, and the biases take that up, so that the dot
# product need not. The loss (Pennington and others, 2014, equation 8) is
#
# $$J = \sum_{X_{ij} > 0} f(X_{ij})\,\big(\mathbf{w}_i \cdot \tilde{\mathbf{w}}_j + b_i + \tilde b_j - \ln X_{ij}\big)^2
#   \qquad f(x) = \min\Big(1, \big(x / x_{\max}\big)^{0.75}\Big)$$
#
# and $f$, the weight, is their equation 9. They took $x_{\max} = 100$ for billions of words. Our text is small; we take 10.

# %% slide="output"
x = np.linspace(0, 200, 400)
for limit, style in ((100, "-"), (10, "--")):
    plt.plot(x, np.minimum(1, (x / limit) ** 0.75), style, label=f"limit {limit}")
plt.gca().set(xlabel="count X", ylabel="weight f(X)", ylim=(0, 1.08))
plt.legend(loc="lower right")
plt.title("Rare pairs weigh little, frequent ones not too much")
plots.show(
    "The weight against the count for two limits. Each curve rises from 0, reaches 1 at its limit, 100 or 10, and stays there."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "Why logs?" Because counts differ by factors: 1 and 10 differ as 100 and 1,000 do. "And why not weigh all
# cells alike?" Because a count of 1 may as well have been 0 or 2, while a count of 1,000 is known well. "And why the limit?" Or
# *of the* decides everything. The room would rather drop the rare cells. The mistake behind it: they are nearly all of the
# table.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The loss of GloVe is a weighted sum of squared errors
#
# $$J = \sum_{X_{ij} > 0} f(X_{ij})\,\big(\mathbf{w}_i \cdot \tilde{\mathbf{w}}_j + b_i + \tilde b_j - \ln X_{ij}\big)^2$$

# %% [markdown]
# Move the limit and the exponent over the counts of our reviews. Before you do: with the exponent at 0, what does the curve look like,
# and whom does the loss then listen to?

# %%
from course import play

play.glove_weight(X[met])

# %% [markdown]
# A flat line at 1: all pairs weigh alike, and three quarters of the weight lie on pairs with a count below 1, most of which met once, some
# words apart. A larger limit or exponent takes weight from them: at a limit of 100 and an exponent of 1.5, the one pair in a hundred
# with a count of 10 or more has more than half of it. No choice is right for all texts: too flat, and the loss fits chance; too steep,
# and it fits *of the*.
#
# How much does a pair weigh that met once, at distance 3, with a limit of 10? $(0.333/10)^{0.75}$, about 0.08. And a cell of 0 weighs 0.
# "Weighs 0" is not enough for a computer: $0 \cdot (\ln 0)^2$ is 0 times infinity, a NaN. Such cells must stay out of the log.
#
# **Exercise 5 - GloVe's loss.** Write `glove_loss(counts, rows, columns, row_bias, column_bias, limit)`. `counts` is $X$, an array of shape
# `(V, V)`, no count below 0; it need not be symmetric. `rows` is $W$ and `columns` is $\tilde W$, each of shape `(V, d)`; `row_bias` is $b$
# and `column_bias` is $\tilde b$, each of shape `(V,)`; `limit` is $x_{\max}$, a number above 0. Return $J$, one number: the sum, not the
# mean. The exponent is 0.75, the log is the natural one. Cells with count 0 add nothing; if all are 0, the loss is 0.
#
# With `counts = [[0, 16], [1, 0]]`, `rows` and `columns` all zeros, `row_bias = [0, 2]`, `column_bias = [0, 0]` and `limit = 16` the two
# cells give $1 \cdot (0 - \ln 16)^2 = 7.687$ and $(1/16)^{0.75} \cdot (2 - \ln 1)^2 = 0.125 \cdot 4$, together 8.187.


# %% exercise="glove_loss" slide="code"
def glove_loss(counts, rows, columns, row_bias, column_bias, limit):
    """The weighted sum of squared errors over counts above 0."""
    ### BEGIN SOLUTION
    i, j = np.nonzero(counts)
    x = np.asarray(counts)[i, j]  # (n,): the counts above 0
    weight = np.minimum(1, (x / limit) ** 0.75)
    dots = (np.asarray(rows) @ np.transpose(columns))[i, j]
    biases = np.asarray(row_bias)[i] + np.asarray(column_bias)[j]
    return np.sum(weight * (dots + biases - np.log(x)) ** 2)
    ### END SOLUTION


# %% check="glove_loss"
ex.glove_loss.check(glove_loss)

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes in the notebook.** Ask before they start: "What does a cell of 0 cost?" Nothing, says the room, its weight is 0.
# Then let somebody type `0 * np.log(0) ** 2`. It is a NaN, and one NaN makes the whole sum one. That is the mistake in the
# exercise: multiplying the log of 0 by a weight of 0. The other one is a mean in place of the sum.

# %% [markdown]
# ### Train it by hand
#
# Two tables, two lists of biases, and a gradient that fits on a line. With the *pull* $P_{ij} = 2 f(X_{ij})\,(\dots)$, the error times
# its weight, the gradient with respect to $W$ is $P \tilde W$, with respect to $\tilde W$ it is $P^\top W$, and for the biases the sums
# of $P$ along rows and columns. Is that so? Nudge one number, as in lesson 03, and compare.


# %%
def loss_and_pull(parts, weight, log_counts):
    """GloVe's loss, and twice the weighted error of each cell. parts: W, W~ (V, d), b (V, 1), b~ (1, V)."""
    w, w2, b, b2 = parts
    error = w @ w2.T + b + b2 - log_counts  # (V, V)
    return (weight * error**2).sum(), 2 * weight * error


tiny = np.array([[0, 3, 1], [3, 0, 0.5], [1, 0.5, 2]])
tiny_weight, tiny_log = np.minimum(1, (tiny / 10) ** 0.75), np.log(np.where(tiny > 0, tiny, 1))
parts = [rng.normal(size=shape) for shape in ((3, 2), (3, 2), (3, 1), (1, 3))]
pull = loss_and_pull(parts, tiny_weight, tiny_log)[1]
nudged = [parts[0].copy(), *parts[1:]]
nudged[0][1, 0] += 1e-6
rise = loss_and_pull(nudged, tiny_weight, tiny_log)[0] - loss_and_pull(parts, tiny_weight, tiny_log)[0]
print(f"by the formula {(pull @ parts[1])[1, 0]:.4f}, by nudging {rise / 1e-6:.4f}")

# %% [markdown]
# The steps are those of **AdaGrad**, the optimizer of the paper: each number has a step size of its own, the rate divided by the root
# of the sum of its squared gradients so far. A number that has been pushed much moves less. All cells at once, 80 steps, under
# half a minute.

# %%
weight = np.minimum(1, (X / 10) ** 0.75)  # (V, V): 0 where nobody met
log_counts = np.log(np.where(met, X, 1))  # where nobody met: log of 1, and the weight 0 keeps it out
rng = np.random.default_rng(0)
shapes = ((SIZE, WIDTH), (SIZE, WIDTH), (SIZE, 1), (1, SIZE))
parts = [rng.uniform(-0.5, 0.5, shape).astype("float32") / WIDTH for shape in shapes]
squares = [np.ones_like(part) for part in parts]
glove_losses = []
for _ in progress(range(80), "steps"):
    total, pull = loss_and_pull(parts, weight, log_counts)
    glove_losses.append(total / met.sum())
    w, w2 = parts[:2]
    gradients = [pull @ w2, pull.T @ w, pull.sum(axis=1, keepdims=True), pull.sum(axis=0, keepdims=True)]
    for part, square, gradient in zip(parts, squares, gradients, strict=True):
        square += gradient**2
        part -= 0.1 * gradient / np.sqrt(square)
print(f"loss of a cell: {glove_losses[0]:.3f} at the start, {glove_losses[-1]:.3f} at the end")

# %% [markdown]
# The loss falls to a fraction of what it was. As in the paper, a word's vector is the *sum* of its two rows. Now look at neighbours, and at
# the topic share. Will GloVe's be higher than that of skip-gram, or lower?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The loss fell to about a tenth: is the table good?
#
# Six words and their nearest by our GloVe; then, for each table, the share of its kind.

# %% slide="output" slideshow={"slide_type": "fragment"}
glove_table = parts[0] + parts[1]  # (V, d)
glove = Vectors(vocabulary.words[2:], glove_table[2:])
for word in MORE:
    print(f"{word:8}", *(near for near, _ in glove.most_similar(word, 6)))
shares["GloVe"] = topic_share(glove_table)
print(*(f"{name} {value:.2f}  " for name, value in shares.items()))

# %% [markdown]
# Some words have found their kind: look at *two*. But the topics have hardly come out, though the loss fell and the gradient is right. Has
# GloVe failed? The text has, for this loss. Remember the two numbers under the counts: nine of ten cells are 0, and most of the others are
# a single meeting. The loss does not look at cells of 0. And a single meeting has the log of 1/d, which is minus the log of *how far
# apart* the two happened to stand that one time, and says next to nothing. With many meetings the count becomes a measurement. That
# takes a large text.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Hands before the key. Then read two lines, and the last: the topics have hardly come out. The lesson in it: a
# loss says how well you fit what you were asked to fit. Here that is mostly noise. Ask what would help: more text, says the room,
# and is right; the shipped file is the same objective on 26 million words. The mistake behind the raised hands: taking a loss for
# a measure of use.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="The shipped file: the same loss, far more text"
# ## 7. How the shipped vectors were made
#
# - 98,469 film reviews, 26 million words, no labels.
# - Window 10, equation 8, limit 10, 50 numbers a word.
# - Solved by **alternating least squares**, not by small steps.

# %% [markdown]
# `datasets/vectors.md` says how the file was made, and `datasets/make_vectors.py` does it: counts with $1/d$ over the Large Movie Review
# Dataset ([Maas and others, 2011](https://aclanthology.org/P11-1015/)), then the loss of exercise 5. Four things differ from the paper:
# the limit is 10; there is a penalty on the squared rows; the last step, below; and the way to the minimum.
#
# That way is worth a look. Hold $\tilde W$ and $\tilde b$ still. Then what is left of $J$ for word $i$ is a weighted **least-squares**
# problem in $\mathbf{w}_i$ and $b_i$ alone, and such a problem has an exact solution in one stroke, without a learning rate. Solve it
# for every word, then hold $W$ still and solve for the other side, and so on: **alternating least squares**. Here is one stroke for one
# word of our own table.

# %%
i = vocabulary.id("soup")
near = np.flatnonzero(X[i])  # the words that soup has met
basis = np.column_stack([parts[1][near], np.ones(len(near))])  # (m, d + 1): the last number is the bias
target = log_counts[i, near] - parts[3][0, near]
root = np.sqrt(weight[i, near])


def cost_of(row):
    return ((root * (basis @ row - target)) ** 2).sum()


now = np.append(parts[0][i], parts[2][i])  # (d + 1,)
best = np.linalg.lstsq(root[:, None] * basis, root * target, rcond=None)[0]
print(f"soup has met {len(near)} words; {WIDTH + 1} numbers to choose")
print(f"its share of the loss: {cost_of(now):.3f} after 80 steps, {cost_of(best):.3f} after one stroke")

# %% [markdown]
# The gain is small here, because the 80 steps had fitted this row to the other side, which is held still. What counts is that no rate
# had to be chosen, and that no row could do better against that side.
#
# Look at the first line again. *Soup* has met some five words for each number to choose. A word that has met fewer words than it has
# numbers would be fitted perfectly, and that would be worth nothing. So the script adds a penalty on the squares: the L2 of lesson 07.
#
# **The last step.** The file holds $W + \tilde W$, **centred**: the mean of all rows was subtracted. Then the first principal direction
# was removed, the direction along which the rows differ most. It mostly said how frequent a word is (correlation with the log of the
# rank: 0.88, says `datasets/vectors.md`), and made frequent words alike. You can see both steps in the file. What is the mean of its 50
# columns? And of its 50 directions, how many have any length left?

# %%
table = shipped.matrix.astype(float)
print("largest mean of a column:", f"{np.abs(table.mean(axis=0)).max():.5f}")
lengths = np.linalg.svd(table, compute_uv=False) / np.sqrt(len(table))  # spread along 50 directions, largest first
print(f"spread along directions 1, 49 and 50: {lengths[0]:.3f}, {lengths[48]:.3f}, {lengths[49]:.6f}")

# %% [markdown]
# Nothing but rounding along the fiftieth: 49 are left. Now the measure from above, on the topical words that the file has.

# %% slide="output"
found = np.array([i for i in topical if vocabulary.words[i] in shipped])
rows_of = np.zeros((len(vocabulary), shipped.dim))
rows_of[found] = [shipped[vocabulary.words[i]] for i in found]
shares["shipped file"] = topic_share(rows_of, found)
print(f"{len(found)} of {len(topical)} topical words are in the file; topic share {shares['shipped file']:.2f}")
print(f"on the same words: skip-gram {topic_share(after, found):.2f}, GloVe {topic_share(glove_table, found):.2f}")

# %% [markdown]
# The same loss as our GloVe, and now the topics are there. Skip-gram is ahead of it in this number, and do not read too much into that: it
# was trained on the very reviews that the number is computed from, the file was made from film reviews and has never seen one about
# trousers. Compare the neighbours at the top of the lesson, and ask which table you would rather use.
#
# ### What such vectors cannot do
#
# - **They know their texts.** The file's nearest words to *king* come from film titles and names. For everyday text take GloVe 6B
#   (lesson 09).
# - **One row a word.** A *bar* of chocolate and a hotel *bar* share one. Lesson 16 gives a word another vector in each sentence.
# - **The same company is not the same meaning.** *Good* and *bad* keep the same company.
# - **Prejudice comes along.** If the texts speak of nurses as *she*, so do the numbers. Lesson 12 measures it.
# - **No row for a word never met**, and a poor one for a word met five times.

# %%
print("king:", *(near for near, _ in shipped.most_similar("king", 6)))
for one, other in (("good", "bad"), ("good", "room"), ("nurse", "she"), ("nurse", "he")):
    print(f"{one}, {other:4} cosine {shipped.similarity(one, other):.2f}")

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Ask: "Why is there no learning rate in least squares?" Because nothing is stepped; the minimum of a parabola can
# be written down. Run the cell in the notebook that measures the file: columns with a mean of 0, and 49 directions. Close with
# the limits. Ask for a word whose row must be wrong for somebody in the room: names of food from other countries come at once.
# The mistake behind "GloVe is better than skip-gram", or the reverse: two methods compared on different texts.

# %% [markdown]
# ## Stretch: surprise instead of counts
#
# - Did they meet *more often than chance* would have it?
# - $\text{PMI}_{ij} = \ln \dfrac{X_{ij}\, N}{X_{i\cdot}\, X_{\cdot j}}$
# - Below 0, or never met: 0. That is **PPMI**.

# %% [markdown]
# Is the information missing from the counts, or did the loss pass it by? There is an older way to make vectors of counts, without any
# training. If $N$ is the sum of all counts, $X_{i\cdot}$ the sum of row $i$ and $X_{\cdot j}$ that of column $j$, then chance alone
# would give the cell $X_{i\cdot} X_{\cdot j} / N$. The **pointwise mutual information** is the log of how many times more than that it
# holds. A count of 0 has no log; cells of 0, and those below what chance gives, are set to 0: **positive** PMI, or PPMI. A word's
# vector is its whole row.
#
# The two roads meet here. Levy and Goldberg ([2014](https://papers.nips.cc/paper/2014/hash/feab05aa91085b7a8012516bc3533958-Abstract.html))
# showed that skip-gram with negative sampling, given rows wide enough and noise drawn by plain counts, has its best scores at PMI minus
# $\ln K$.
#
# **Exercise 6 - PPMI (stretch).** Write `ppmi(counts)`. `counts` is an array of shape `(V, V)`, no count below 0, at least one above;
# it need not be symmetric. Return an array of the same shape: the larger of 0 and $\ln(X_{ij} N / (X_{i\cdot} X_{\cdot j}))$ where
# $X_{ij} > 0$, and 0 where $X_{ij} = 0$. A row or column may hold nothing but zeros; the result has no NaN and no infinity.
#
# With `counts = [[0, 2], [2, 4]]`, N is 8, the sums of rows and of columns are 2 and 6. $X_{01}$: ln(2·8 / (2·6)) = 0.288. $X_{11}$:
# ln(4·8 / (6·6)) is below 0. The result is `[[0, 0.288], [0.288, 0]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: did they meet more often than chance would have it?
#
# $\text{PMI}_{ij} = \ln \big(X_{ij}\, N / (X_{i\cdot}\, X_{\cdot j})\big)$; below 0, or never met: 0.


# %% exercise="ppmi" slide="code"
def ppmi(counts):
    """Positive pointwise mutual information: (V, V) from counts (V, V)."""
    ### BEGIN SOLUTION
    counts = np.asarray(counts, dtype=float)
    by_chance = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    result = np.zeros(counts.shape)
    met = counts > 0
    result[met] = np.log(counts[met] / by_chance[met])
    return np.maximum(result, 0)
    ### END SOLUTION


# %% check="ppmi"
ex.ppmi.check(ppmi)

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute; the exercise is homework.** Work the example on the board: N is 8, the sums are 2 and 6, so chance would give the
# cell 2 · 6 / 8 = 1.5, and 2 is more. Ask: "Is 4 in the corner many?" The room says it is the largest; chance would give 4.5. The
# mistakes to expect: the log of 0 again, and sums over the wrong axis, which nobody notices while the table is symmetric.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What does a zero in the table of counts know?

# %% [markdown]
# And with our counts? The next cell forms the ratio, without a log of 0, and measures the topic share of its rows. Then it does the same
# with nothing but *met or not*, a table of ones and zeros. Before you run it: will the two come out near
# GloVe, or near skip-gram?


# %%
def surprise(counts):
    chance = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    return np.log(np.maximum(1, np.divide(counts, chance, out=np.ones_like(counts), where=counts > 0)))


shares["PPMI"] = topic_share(surprise(X))
shares["PPMI of met or not"] = topic_share(surprise(met.astype("float32")))
print(*(f"{name} {value:.2f}  " for name, value in shares.items()))

# %% slide="output" slideshow={"slide_type": "fragment"}
ranked = sorted(shares, key=shares.get)
colours = [plots.ORANGE if name in ("chance", "untrained rows") else plots.BLUE for name in ranked]
bars = plt.barh(ranked, [shares[name] for name in ranked], color=colours)
plt.bar_label(bars, fmt="%.2f", padding=4)
plt.xlabel("share of the 5 nearest words that are of the same domain")
plt.xlim(0, 0.6)
plt.grid(axis="y", visible=False)
plt.title("In a small text it matters whether two words met")
plots.show("Bars for the topic share: " + ", ".join(f"{name} {shares[name]:.2f}" for name in ranked) + ".")

# %% [markdown]
# Near skip-gram, both. The counts held the topics all along, and *whether* two words met already carries most of it. PPMI keeps the
# zeros: that soup never met chapters is part of soup's row. Skip-gram keeps them too, in its own way: (soup, chapter) comes up as a
# made-up pair. GloVe's loss looks only at how much those met that did meet, and in 2,100 reviews that is mostly one meeting. This
# explains a part of the gap, not all of it: the methods differ in more than that. Which method is best is a question about your text as
# well.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** The room says "nothing", and that is the mistake of the hour. In a large text a zero says: these two avoid each
# other, or there was no chance yet. Have them say what each method does with it: PPMI writes 0, skip-gram draws it as noise,
# GloVe looks away. Then the bars, on the key. Do not let them leave with "GloVe is bad": the shipped file is GloVe's objective
# too.

# %% [markdown]
# ## Quiz
#
# Three questions. Choose, then click on your choice.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: what are the made-up pairs for?

# %% [markdown] quiz="no_noise" slide="quiz"
# You train skip-gram on real pairs only, with no made-up ones. What becomes of it?
#
# - [ ] It learns the same, only faster :: There is no question left to get wrong: *real* is always the right answer.
# - [x] The loss nears 0, and the rows are worth nothing :: All rows may grow in one direction: each score is large, each answer right.
# - [ ] The loss cannot be computed :: It can: the sum over the made-up pairs is empty. That is the trouble.

# %% [markdown] quiz="where_alike"
# *Coffee* and *tea* stand in no sentence together in some text. Can skip-gram give them similar rows?
#
# - [ ] No, they were never a pair :: A pair pulls a centre row to a *neighbour* row. Likeness is between two centre rows.
# - [x] Yes, if they have the same neighbours :: Both are pulled to the neighbour rows of *cup*, *hot*, *drank*, so towards each other.
# - [ ] Only by chance :: Two random rows are hardly ever close. What pulls them together is the company they share.

# %% [markdown] quiz="loss_fell"
# Your GloVe's loss has fallen to about a tenth of what it was at the start. What do you know about the vectors?
#
# - [ ] They are good: the loss says so :: It says that they fit the counts. In a small text the counts are mostly single meetings.
# - [ ] They are ten times better than before :: A loss is no scale of usefulness; this one was dominated by the biases at first.
# - [x] They fit the counts; what they are good for is another question :: It needs a measure of its own: many neighbours, or your task.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let them vote by hand before you show the answer. Many choose the first: fewer pairs, less work. Ask what such
# a model can get wrong: nothing, and so it learns nothing. The second question of the notebook splits the room: many make the
# mistake of believing that words become alike by standing side by side. Draw two tables, and pull *coffee* and *tea*, both in
# the left one, towards *cup* in the right one.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: text is enough, and much text is better"
# ## Take away
#
# - Words that keep the same company get similar rows, whether you predict the company (skip-gram) or count it (GloVe, PPMI): text is
#   enough, no labels.
# - Negative sampling asks *real pair or made up?*, with a loss that never takes the log of 0; GloVe fits dot products to logs of
#   counts, and looks only at pairs that met.
# - From a small text trust what holds for many words and over seeds, not a pretty list of neighbours; what the rows know is what the text
#   said.

# %% [markdown] tags=["words"]
# ## Words
#
# - **context window**: the words at most so many places to the left and right of a word
# - **centre word**: the word in the middle of a context window
# - **skip-gram**: learning word vectors by predicting, from a word, each of the words near it
# - **subsampling**: dropping words of a text at random, frequent ones more often, before training on it
# - **negative sampling**: training a model to tell real pairs from made-up ones, in place of predicting one word out of all
# - **noise distribution**: the probabilities with which made-up neighbours are drawn, counts to the power of 0.75
# - **logit**: a score before the sigmoid
# - **co-occurrence matrix**: a table of how often, or how much, any two words stand near each other
# - **AdaGrad**: an optimizer that divides each number's steps by the root of the sum of its squared gradients so far
# - **least squares**: choosing numbers so that the sum of squared errors is smallest; solved exactly, without steps
# - **alternating least squares**: solving for one table while the other is held still, then the other way round, again and again
# - **centred**: with the mean subtracted, so that the mean is 0
# - **pointwise mutual information**: the log of how many times more often two things come together than chance would have it
# - **PPMI**: pointwise mutual information with everything below 0, and everything never seen, set to 0

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask each bench for one sentence on where vectors come from. Then the open end: "Is our table any good? What
# would you measure?" Somebody says "the neighbours look right"; the mistake behind it is the one of today, looking at five
# words. Topic share is a yardstick we made up. Collect others on the board: similarity judged by people, analogies, a task.
# That is lesson 12.

# %% [markdown]
# **Next.** You have three tables now, and one home-made yardstick. What do people measure when they say that vectors are good, and does it
# agree with being useful? Lesson 12, *Are they any good*.
