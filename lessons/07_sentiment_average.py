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
# # Averaging words
#
# Here are the words of a review in alphabetical order:
#
# > *again an and cold complained for hour laughed never soup the waited waiter we we when*
#
# Was the writer pleased? You can tell, and you have not read one sentence. How far does a model get that never sees the order of the
# words?

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Show the sorted words and nothing else. Ask for hands: pleased or not? Nearly all say not. Ask which words told
# them: cold, complained, waited, never. Then ask for a review whose sorted words would mislead. Somebody finds "not bad" or irony
# within a minute; write it on the board and keep it for the end of the lesson. The mistake behind "a model must understand the
# sentence": the room has this minute judged a text without one. The guide says which slides to skip in 50 minutes.

# %%
from course import lesson

ex = lesson("07_sentiment_average")
ex

# %% [markdown]
# **You will**
#
# - build a classifier of reviews from three parts you know: rows of an `Embedding`, their mean, one neuron;
# - read its training curves, say where it starts to learn by heart, and brake it with early stopping, dropout and L2;
# - see which words carry a verdict, have a review of your own judged, and find the reviews that no mean can get right.

# %% tags=["needed"]
import numpy as np

# %% tags=["needed"]
import keras

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="From a review to ids in three lines"
# ## 1. From a review to ids, in three lines
#
# - `words(text)` takes a text apart (lesson 06).
# - `Vocabulary.of(texts, size)` numbers the words of the **training** texts.
# - `vocabulary.encode(texts, length)` makes rows of ids: 0 is padding, 1 is any word that is not listed.

# %% [markdown] tags=["slide-only"] slide="text"
# ```python
# vocabulary = Vocabulary.of(["great soup", "great"], 10)
# vocabulary.encode(["Great gnocchi"], 4)  # [[2, 1, 0, 0]]
# ```

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** This is last lesson's work in one cell; do not teach it again. Ask: "Why is the vocabulary not made from all
# the texts? More words would be known." The room says "cheating", and that is right but vague. Make it exact: a word that only
# the test holds would get a row that is never trained, and the test would no longer show what happens with words never met. The
# mistake behind it: thinking that only labels can leak.

# %% [markdown]
# `SOURCE` is the switch of this lesson. The reviews that come with the course are short and about all sorts of things. `"imdb"` takes
# the Large Movie Review Dataset instead, 50,000 long film reviews
# ([Maas and others, 2011](https://aclanthology.org/P11-1015/)); it is downloaded once, and the notebook then takes some minutes.
# Everything below is written so that it runs on both. Start with the shipped ones.

# %% tags=["benchmark"]
SOURCE = "shipped"  # or "imdb"
SIZE, LENGTH, WIDTH = 20_000, 800, 16  # words in the vocabulary and in a review, at most; numbers in a word's row
# By source: passes over the training reviews, reviews in a batch, seeds to compare.
EPOCHS, BATCH, SEEDS = {"shipped": (14, 64, 3), "imdb": (8, 128, 2)}[SOURCE]

# %% tags=["benchmark"]
from course.data import load_reviews
from course.text import Vocabulary, words

reviews = load_reviews(SOURCE)
parts = {"train": reviews.train, "validation": reviews.validation, "test": reviews.test}
for name, part in parts.items():
    print(f"{name:11}{len(part):7,} reviews, {part.labels.mean():.0%} of them positive")

# %% [markdown]
# Three parts, three jobs. **Train**: the model learns from these. **Validation**: you choose by these, for instance when to stop.
# **Test**: looked at once, at the end.
#
# The vocabulary comes from the training texts alone: what the others hold must come as a surprise. A word that is not in the training
# texts becomes id 1, `[UNK]`. A word that occurs only once in them is left out as well; so `[UNK]` is met in training, and its row
# learns something too. Guess, before you run this: of a hundred words of the validation reviews, how many will be `[UNK]`?

# %% tags=["benchmark"]
LENGTH = min(LENGTH, max(len(words(text)) for text in reviews.train.texts))
vocabulary = Vocabulary.of(reviews.train.texts, SIZE, at_least=2)
x = {name: vocabulary.encode(part.texts, LENGTH) for name, part in parts.items()}  # (n, LENGTH) each
y = {name: part.labels[:, None] for name, part in parts.items()}  # (n, 1) each: 1 positive, 0 negative

print(f"{len(vocabulary):,} rows, reviews of {LENGTH} ids; the first validation review:")
print(reviews.validation.texts[0][:200])
print(vocabulary.decode(x["validation"][0, :40]))
print(x["validation"][0, :12], "...", x["validation"][0, -3:])
print(f"{100 * (x['validation'] == 1).sum() / (x['validation'] != 0).sum():.0f} of a hundred words are [UNK]")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 2. A review becomes the mean of its words
#
# - Ids in, one row of the table for each word.
# - The mean of the rows is one row, however long the review.
# - Padding is no word: a **mask** keeps it out.

# %% [markdown]
# Reviews differ in length, and a neuron wants the same number of inputs every time. The mean settles that. Look at five words and three
# positions of padding, with rows of four numbers, chosen at random.

# %%
tokens = ["warm", "bread", "and", "good", "soup", "(padding)", "(padding)", "(padding)"]
is_word = np.array([token != "(padding)" for token in tokens])  # (T,): the mask
rows = np.random.default_rng(3).integers(-9, 10, size=(8, 4)) / 10  # (T, d)
rows[5:] = rows[5]  # the padding has one row, the same at every position
mean_row = rows[is_word].mean(axis=0)  # (d,)

# %% slide="output"
grid = np.vstack([rows, np.full(4, np.nan), mean_row])  # a gap, then the mean
counted = np.append(is_word, [True, True])
plt.figure(figsize=(5.2, 5))
plt.imshow(np.where(counted[:, None], grid, np.nan), cmap="PuOr_r", vmin=-1.5, vmax=1.5, aspect=0.45)
for (i, j), value in np.ndenumerate(grid):
    plt.text(
        j, i, "" if np.isnan(value) else f"{value:.2f}", ha="center", va="center", color="k" if counted[i] else "0.6"
    )
plt.yticks([*range(8), 9], [*tokens, "mean"])
plt.xticks(range(4))
plt.xlabel("the four numbers of a row")
plt.grid(visible=False)
plt.title("Eight positions, five words, one mean")
plots.show(
    "A grid of eight rows of four numbers: five rows stand for words and are coloured, three are padding and are pale. "
    "Below it one row of four numbers, the mean of the five coloured rows."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Five words, three positions of padding, rows of four numbers. Let somebody add up the first number of the five
# rows on paper and ask: "By what must you divide to get the number at the bottom?" Half the room reaches for 8, and gets another
# number. The three pale rows are no words. The mistake behind it: to take the length of the row for the length of the review.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What does the mean still know of a review?
#
# $$\mathbf{m} = \frac{1}{n}\sum_{t:\ i_t \neq 0} E_{i_t} = \sum_j \text{share}_j\, E_j$$
#
# - $i_t$: the id at position $t$; $n$: how many words there are
# - $\text{share}_j$: the share of word $j$ in the review, a **bag of words**

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# *dog bites man* and *man bites dog*: the same shares, the same mean. The order is gone.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask the title's question with the formula alone. The room says "the words". On the board: "dog bites man" and
# "man bites dog"; let the room say their shares, then the next key. Push: "Does it know how many words there were?" Leave that
# open, the quiz asks it. A review without any word is 0 / 0 in Keras' own layer, one NaN for the whole batch; the model gets a
# layer of its own, which divides by 1 then. The mistake behind the first answer: the words, yes, but only as shares.

# %% [markdown]
# Now the same for a batch, by hand and with Keras. `table` has 6 rows of 2 numbers; its row 0, the padding's, is far from zero on
# purpose: if padding gets into a mean, you will see it. The mean of a review's words is
#
# $$\mathbf{m} = \frac{1}{n}\sum_{t:\ i_t \neq 0} E_{i_t}$$
#
# where $i_t$ is the id at position $t$, $E_i$ is row $i$ of the table, with shape $(d,)$, and $n$ is the number of words: positions
# whose id is not 0. With rows `[1, 2]`, `[3, 4]` and `[5, 0]`, what is the mean?

# %%
table = np.array([[90, 90], [0, 0], [1, 2], [3, 4], [5, 0], [7, 7]], dtype="float32")  # (6, 2)
ids = np.array([[2, 3, 4, 0, 0], [5, 0, 0, 0, 0]], dtype="int32")  # (2, 5)

mask = (ids != 0)[..., None]  # (2, 5, 1)
by_hand = (table[ids] * mask).sum(axis=1) / mask.sum(axis=1)  # (2, 2)
embedding = keras.layers.Embedding(6, 2, mask_zero=True)
embedding.build()
embedding.set_weights([table])
by_keras = np.array(keras.layers.GlobalAveragePooling1D()(embedding(ids)))  # (2, 2)
print("by hand:\n", by_hand)
print("by Keras:\n", by_keras)

# %% [markdown]
# `[3, 2]` it is, and Keras agrees: `mask_zero=True` sends a mask along with the rows, and `GlobalAveragePooling1D` reads it.
#
# You know from lesson 05 what that layer makes of a review without any word: 0 / 0, a NaN, and one NaN spoils the loss of the whole
# batch. An empty review does come, sooner or later. So the model gets a layer of its own, which divides by 1 when there is nothing
# to divide by.


# %% tags=["needed"]
class MaskedMean(keras.layers.Layer):
    """The mean of each review's rows over the positions that the mask marks; zeros where it marks none."""

    def call(self, rows, mask=None):  # (n, T, d), (n, T)
        if mask is None:  # nobody has said what is padding: every position counts
            return keras.ops.mean(rows, axis=1)
        weights = keras.ops.cast(mask, rows.dtype)[..., None]  # (n, T, 1)
        count = keras.ops.sum(weights, axis=1)  # (n, 1)
        return keras.ops.sum(rows * weights, axis=1) / keras.ops.maximum(count, 1)  # (n, d)

    def compute_mask(self, rows, previous_mask=None):
        return None  # one row is left for each review: nothing to mask any more


# %% [markdown]
# `call` says what the layer computes. Keras hands it the mask because it has an argument of that name. Before you run the next cell:
# which of the two layers will give a NaN, and for which of the three reviews?

# %%
ids = np.array([[2, 3, 4, 0, 0], [1, 1, 0, 0, 0], [0, 0, 0, 0, 0]], dtype="int32")  # words; only unknown words; nothing
rows = embedding(ids)  # (3, 5, 2), and the mask with them
for layer in (keras.layers.GlobalAveragePooling1D(), MaskedMean()):
    print(type(layer).__name__, np.array(layer(rows)).tolist())

longer = np.pad(ids, ((0, 0), (0, 20)))  # 20 more positions of padding
print("the same with 20 more of padding:", np.allclose(MaskedMean()(rows), MaskedMean()(embedding(longer))))

# %% [markdown]
# Only the review of nothing but padding, and only in Keras' own layer. Unknown words are no trouble: `[UNK]` is a word with a row of
# its own, row 1, which happens to be zeros here.
#
# Here are five words with rows of two numbers, so that each is a point, and the padding's row. Switch words off and on, and add
# padding. Before you move the slider: which of the two means will move, and towards what? And with all words off, where is the masked
# mean?

# %%
from course import play

points = [[2.5, 3.0], [0.5, 1.5], [0.0, 0.2], [4.0, 2.0], [2.5, -0.5]]  # one for each word
play.masked_mean(["warm", "bread", "and", "good", "soup"], points, padding_row=[-3.0, -2.0])

# %% [markdown]
# The masked mean stays where it is. The other one walks towards the padding's row, and with 20 positions of padding it is nearly there:
# five words have become one fifth of the review. With one word on, the masked mean is that word's row; with none, it is at (0, 0),
# because `MaskedMean` divides by 1 then.
#
# ### What the mean forgets
#
# There is another way to the same mean. Count what share of the review's words is word 1, word 2 and so on: one number for each word
# of the vocabulary. The mean row is then $\sum_j \text{share}_j\, E_j$, shares times table. You met it in lesson 04 as one-hot times
# table; a review is the mean of its words' one-hot rows. Such a list of counts or shares is called a **bag of words**: it says which
# words there are, and how often, and nothing of where they stand.

# %% [markdown]
# **Exercise 1 - shares of words.** Write `word_shares(ids, size)`. `ids` is an integer array of shape `(n, T)`, one review in each
# row, padded with 0 at the end or not at all; `size` is the number of ids there are, all ids are below it. Return an array of shape
# `(n, size)`: in row i, column j, the share of word j among the words of review i, between 0 and 1. Id 0 is padding and no word, so
# column 0 is all zeros; id 1, unknown, is a word like any other. A review of nothing but padding has zeros everywhere.
#
# `word_shares(np.array([[4, 2, 4, 0]]), 5)` returns `[[0, 0, 1/3, 0, 2/3]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write a review as the shares of its words


# %% exercise="word_shares" slide="code"
def word_shares(ids, size):
    """The share of each word among a review's words. ids: (n, T), 0 is padding; returns (n, size)."""
    ### BEGIN SOLUTION
    counts = np.zeros((len(ids), size))
    for row, review in zip(counts, ids, strict=True):
        for word in review:
            row[word] += 1
    counts[:, 0] = 0
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ### END SOLUTION


# %% check="word_shares"
ex.word_shares.check(word_shares)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Work the example: ids 4, 2, 4 and a padding; shares 1/3 and 2/3. Ask: "What stands in column
# 0?" Zeros, always. The mistake in the exercise: `counts[ids] += 1`, which NumPy carries out once for each different id, so
# that a word said twice counts once. Next: shares of all positions, padding included.

# %% [markdown]
# Stuck? `ex.word_shares.hint()` in a cell of its own gives a hint, three times. The cell below writes the shares of two reviews down by
# hand and multiplies them with the table. You know the first of the two means.

# %%
shares = np.array([[0, 0, 1 / 3, 1 / 3, 1 / 3, 0], [0, 0, 0, 0, 0, 1]])  # (2, 6): words 2, 3, 4; and word 5
print((shares @ table).round(3))  # (2, 6) @ (6, 2)

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="The whole model is a table, a mean and one neuron"
# ## 3. The whole model
#
# ids → `Embedding` → `MaskedMean` → `Dense(1, activation="sigmoid")`
#
# - shapes: (n, T) → (n, T, d) → (n, d) → (n, 1)
# - parameters: $V \cdot d$ in the table, $d + 1$ in the neuron

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Say the shapes aloud, from left to right. Then let them put 10,000 words and rows of 16 into the last line: "How
# many numbers, and how many of them are the neuron's?" 160,017, and 17. Somebody forgets the bias. Ask: "More parameters than
# reviews: what may happen?" Leave the answer for the curves. The mistake behind low guesses: to think of the model as the neuron,
# when nearly all of it is the table.

# %% [markdown]
# One neuron looks at the mean row and answers with a probability: above 0.5 means positive. Nothing else is in the model. Deep
# averaging networks (Iyyer and others, [2015](https://aclanthology.org/P15-1162/)) put a few layers between the mean and the answer
# and came close to far slower models that follow the order and grammar of a sentence.
#
# **Exercise 2 - the model.** Write `build_model(vocabulary_size, width)`. Return a Keras model, not compiled, that takes ids of shape
# `(n, T)`, int32, for any `T`, and returns the probability of a positive review, shape `(n, 1)`. It looks up a row of `width` numbers
# for each id, takes the mean of the rows of each review's words (id 0 is padding; a review of nothing but padding has the mean zero),
# and gives the mean to one neuron with a sigmoid. Its weights are a table of shape `(vocabulary_size, width)`, a kernel of shape
# `(width, 1)` and a bias of shape `(1,)`, and no others; all of them can learn, and no penalty is
# added to the loss. `MaskedMean` from above is yours to use.
#
# `build_model(6, 2)` has 6 · 2 + 2 + 1 = 15 parameters; with all of them set to 0, every review gets 0.5.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Build the averaging model in Keras


# %% exercise="build_model" slide="code"
def build_model(vocabulary_size, width):
    """A Keras model: ids (n, T) -> rows -> their masked mean -> one neuron with a sigmoid (n, 1)."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(shape=(None,), dtype="int32"),
            keras.layers.Embedding(vocabulary_size, width, mask_zero=True),
            MaskedMean(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    ### END SOLUTION


# %% check="build_model"
ex.build_model.check(build_model)

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes in the notebook.** Ask: "Which of the four lines has weights?" Two: the table and the neuron. With all of them set
# to 0 every review gets 0.5; let them say why. The mistakes to expect: no `mask_zero=True`, which is the next slide;
# `GlobalAveragePooling1D` and an empty review; a fixed length in `Input`; no sigmoid.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what does this model say of a short review?
#
# ```python
# model = keras.Sequential([
#     keras.Input(shape=(None,), dtype="int32"),
#     keras.layers.Embedding(10_000, 16),
#     keras.layers.GlobalAveragePooling1D(),
#     keras.layers.Dense(1, activation="sigmoid"),
# ])
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Nearly what padding alone would get: row 0 is averaged in. In a longer batch it says something else.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** There is no `mask_zero=True`, so the padding's row is averaged in: a review of 20 words padded to 800 is nearly
# all padding. The room says "it will not learn". It does learn, that is the trap: row 0 is trained like any other row, and short
# reviews come out pale, near what padding alone gets. And the same review gets another answer when the batch around it is longer.
# The mistake behind it: a model that learns is taken for one that is right.

# %% [markdown]
# From here on the lesson uses `averaging_model` from the course, which is the model of exercise 2 with two switches, both off for
# now. Training is three choices: the loss (lesson 03), the optimizer, and how long. The steps are ten times Adam's usual size, because
# most words occur in few batches and their rows get few chances to move.

# %% tags=["benchmark"]
from course.averaging import averaging_model


def train(model, epochs, callbacks=()):
    """Trains on the training reviews; returns what was measured after each epoch: a dict of lists."""
    entropy = keras.metrics.BinaryCrossentropy(name="entropy")
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy", entropy])
    options = {"epochs": epochs, "batch_size": BATCH, "validation_batch_size": 512, "callbacks": list(callbacks)}
    checked = (x["validation"], y["validation"])
    return model.fit(x["train"], y["train"], validation_data=checked, verbose=0, **options).history


# %% [markdown]
# An **epoch** is one pass over all training reviews. Training starts from random rows, so it comes out a little different with every
# seed; to see how much, the next two cells train the model several times. Guess the accuracy on the training reviews and on the
# validation reviews after the last epoch. Will they be alike?


# %%
def several(**switches):
    """Trains models that differ in nothing but the seed; returns what was measured of each, a list of dicts."""
    histories = []
    for seed in range(SEEDS):
        keras.utils.set_random_seed(seed)
        trained = averaging_model(len(vocabulary), WIDTH, **switches)
        histories.append(train(trained, EPOCHS))
        measured = trained.evaluate(x["train"], y["train"], batch_size=512, verbose=0, return_dict=True)
        histories[-1]["training at the end"] = measured["entropy"]
    return histories


# %%
runs = {"no brake": several()}
print(f"{len(vocabulary) * WIDTH + WIDTH + 1:,} parameters, {len(x['train']):,} training reviews, {EPOCHS} epochs")
for part, key in (("training", "accuracy"), ("validation", "val_accuracy")):
    print(f"accuracy on the {part} reviews:", *(f"{history[key][-1]:.3f}" for history in runs["no brake"]))

# %% [markdown]
# More parameters than reviews, many times more. Such a model can learn the training reviews by heart, and the first line says that
# it all but has. The second says what that is worth.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The training loss falls and falls: what does the validation loss do?

# %% [markdown]
# ## 4. Two curves that part
#
# - **Training curve**: what is measured after each epoch.
# - On training reviews the loss keeps falling.
# - On validation reviews it turns. From there on the model learns by heart: **overfitting**.

# %% slide="output" slideshow={"slide_type": "fragment"}
history = runs["no brake"][0]
figure, panels = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
turn = int(np.argmin(history["val_loss"]))
for ax, key, name in zip(panels, ("loss", "accuracy"), ("loss (cross-entropy)", "accuracy"), strict=True):
    ax.plot(history[key], "--", color=plots.ORANGE, label="training")
    ax.plot(history["val_" + key], color=plots.BLUE, label="validation")
    ax.axvline(turn, color="0.6", linewidth=1)
    ax.set(xlabel="epoch (the first is 0)", ylabel=name, xticks=range(0, EPOCHS, 2))
panels[0].set_title("On new reviews the loss turns")
panels[1].set_title("Training accuracy climbs on alone")
panels[0].legend()
plots.show(
    "Left, loss against epochs: the training loss falls throughout; the validation loss falls, reaches a lowest point, marked by a line, "
    "and rises again. Right, accuracy: training climbs towards 1, validation levels off well below."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes.** The picture is the next key. First draw a training loss that falls through 30 epochs, and have the room draw the
# validation loss below it. Most draw it as flat. Show the picture. From the grey line on the model gets better at the reviews it
# has and worse at others: overfitting. Ask: "Which model would you ship, the one at the line or the last?" By accuracy it hardly
# matters; ask again for a hospital that acts when the model is 99 % sure. The mistake behind "more epochs are better": reading
# the training curve as progress.

# %% [markdown]
# Read the left panel first. Up to the grey line both curves fall: what the model learns from the training reviews holds for others
# as well. After it the training loss goes on falling and the validation loss rises. That is **overfitting**: the model gets better at
# the reviews it has and worse at those it has not. (At the very start the training curve may lie above the other one: Keras averages
# it over the epoch, while the model is still getting better.)
#
# The right panel shows less of it. Accuracy only asks which side of 0.5 an answer lies on; the loss also asks how sure it was. Before
# you run the next cell: from the grey line to the last epoch, which of the two changes more?

# %%
for name in ("val_loss", "val_accuracy"):
    at_turn, at_end = history[name][turn], history[name][-1]
    print(f"{name:13} at the line {at_turn:.3f}, at the end {at_end:.3f}: {100 * (at_end / at_turn - 1):+.1f} %")

# %% [markdown]
# The loss. The model does not make that many more mistakes; it has become surer of those it makes.
#
# ### Stop where it turns
#
# The cheapest brake is to stop. The rule of **early stopping**: go on as long as the validation loss finds new lows; when it has found
# none for a few epochs in a row, stop and take back the weights of the best epoch. How many epochs you wait is the **patience**.
# Without it one bad epoch, by chance, would end the training.
#
# **Exercise 3 - early stopping.** Write `best_epoch(losses, patience)`. `losses` is a list of validation losses, `losses[0]` after
# epoch 0, one number or more; `patience` is an integer from 1 up. Training stops after `patience` epochs in a row without a new lowest
# loss (lower than every loss before; equal is not lower), or when the list ends. What comes after the stop is never seen. Return the
# epoch with the lowest loss seen until then, an integer.
#
# `best_epoch([0.6, 0.4, 0.5, 0.45, 0.3], 2)` returns 1: epochs 2 and 3 bring no new low, training stops, and nobody learns of the
# 0.3. With a patience of 3 the result is 4. A new low may be lower by however little.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stop where the loss turns, with a little patience


# %% exercise="best_epoch" slide="code"
def best_epoch(losses, patience):
    """The epoch that early stopping keeps: the lowest loss until `patience` epochs in a row brought no new low."""
    ### BEGIN SOLUTION
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best
    ### END SOLUTION


# %% check="best_epoch"
ex.best_epoch.check(best_epoch)

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes in the notebook.** Do 0.6, 0.4, 0.5, 0.45, 0.3 with a patience of 2 on the board: nobody learns of the 0.3. Ask:
# "And with 3?" Epoch 4. The common mistake is to compare with the epoch before instead of the best so far: 0.45 after 0.5 is
# not a new low. Others return the epoch at which training stops, and not the one that is kept.

# %% [markdown]
# Keras has the same rule as a **callback**, an object that `fit` calls after each epoch. The seed is the one from before, so the run
# begins as the first long run did. Before you run it: which epoch will it keep, and after which will it stop?

# %% tags=["benchmark"]
keras.utils.set_random_seed(0)
model = averaging_model(len(vocabulary), WIDTH)
stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
trained = train(model, EPOCHS, [stopping])
print(f"stopped after epoch {len(trained['loss']) - 1}, kept epoch {stopping.best_epoch}")

# %%
print(f"the lowest point of the long run: epoch {turn}")

# %% [markdown]
# This `model` is the one to keep. The mask does its work in the trained model too: the same reviews, with 50 more positions of
# padding, get the same answers. And an empty review gets an answer, not a NaN. Which one, when the mean is all zeros? What is left in
# the neuron is its bias. (For a few reviews, call the model like a function; `predict`, for many, works through them in batches.)

# %%
some = x["validation"][:100]
padded = np.pad(some, ((0, 0), (0, 50)))
print("largest difference:", np.abs(np.array(model(some)) - np.array(model(padded))).max())

empty = vocabulary.encode([""], LENGTH)  # (1, LENGTH): all padding
bias = model.get_weights()[-1][0]
print(f"an empty review: {float(model(empty)[0, 0]):.4f}, the sigmoid of the bias: {1 / (1 + np.exp(-bias)):.4f}")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what does this number promise?
#
# ```python
# best = 0
# for epoch in range(30):
#     model.fit(x_train, y_train, verbose=0)
#     accuracy = model.evaluate(x_test, y_test, verbose=0)[1]
#     best = max(best, accuracy)
# print(f"test accuracy: {best:.3f}")
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Nothing of new reviews: it is the luckiest of thirty, chosen by the test reviews themselves.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** It chooses the epoch by the test reviews, so the number it prints is the luckiest of thirty, not what to expect
# of a new review. The room says "the seed" or "no validation". Choosing needs a part of its own; that is all the validation
# reviews are for.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Two brakes against learning by heart: dropout and L2"
# ## 5. Two brakes: dropout and L2
#
# - **Dropout**: in training, set a random share of the inputs to 0.
# - **L2**: add the squared weights to the loss.
# - Both make learning by heart harder. Neither adds knowledge.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "Dropout hides half of what the model sees. Why does that not make it worse?" The room says "it makes it
# robust". Ask what that would look like in the two curves, and wait for "closer together". The mistake to guard against: brakes
# are taken for knowledge. They do not put into the model what the training reviews do not hold; more reviews do.

# %% [markdown]
# **Dropout** (Srivastava and others, [2014](https://jmlr.org/papers/v15/srivastava14a.html)) stands between the mean and the
# neuron. At each step of training it sets some of the mean's numbers to 0, drawn anew each time, so that the neuron cannot rest on
# any one of them. What is kept is scaled up, so that the sum stays the same on average. In use, nothing is dropped. Below,
# ten ones and a rate of 0.5: what will become of those that are kept?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Dropout sets some numbers to 0: what becomes of the rest?
#
# Ten ones and a rate of 0.5. What comes out, in training and in use?

# %% slide="output" slideshow={"slide_type": "fragment"}
drop = keras.layers.Dropout(0.5, seed=7)
ones = np.ones((1, 10), dtype="float32")
print("training:", np.array(drop(ones, training=True))[0])
print("training:", np.array(drop(ones, training=True))[0])
print("in use:  ", np.array(drop(ones, training=False))[0])

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask, then press the key: "What becomes of those that are kept?" Most say they stay 1. They are 2: about half go,
# so the rest count double, and the sum stays the same on average. In use nothing is dropped and nothing has to change. The
# mistake behind "they stay": forgetting that the neuron behind would see half of the sum in training and all of it in use.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## L2 lets every large weight pay its price
#
# $$L = \text{cross-entropy} + \lambda \sum_k w_k^2$$
#
# - $\lambda$, the rate, is one number.
# - A large weight must lower the cross-entropy by more than it costs.
# - With $w = [3, -4]$ and a rate of 0.01, what is the penalty?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# $0.01 \cdot (9 + 16) = 0.25$

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let the room compute the last line on paper; the answer is the next key. Some say 0.01 · 1,
# adding before squaring. Ask: "Model A reports a loss of 0.40 without L2, model B 0.46 with it. Which is better?" These numbers
# do not say: the second has the penalty in it. The mistake behind the quick answer: two yardsticks are taken for one.

# %% [markdown]
# Twos: about half of them go, so the rest count double. (You can write dropout yourself in the stretch exercise at the end.) Train
# the same models with this brake on; they are compared below.

# %%
runs["dropout 0.5"] = several(dropout=0.5)

# %% [markdown]
# **L2** changes what is minimised: the cross-entropy plus a penalty,
#
# $$L = \text{cross-entropy} + \lambda \sum_k w_k^2$$
#
# where $w_k$ are the weights it applies to and $\lambda$, the rate, is one number. A large weight now has to be worth its price: it
# must lower the cross-entropy by more than it costs. With $w = [3, -4]$ and a rate of 0.01, which number will come out?

# %%
print("by hand: ", round(0.01 * (3**2 + (-4) ** 2), 6))
print("by Keras:", round(float(keras.regularizers.L2(0.01)(np.array([3.0, -4.0]))), 6))

# %% [markdown]
# **Exercise 4 - a loss with L2.** Write `loss_with_l2(probabilities, labels, weights, rate)`. `probabilities` has shape `(n,)`, each
# between 0 and 1 and never exactly 0 or 1; `labels` has shape `(n,)`, each 0 or 1; `weights` is a list of arrays of any shapes, and
# may be an empty list: then there is no penalty; `rate` is a number. Return one number: the mean cross-entropy plus `rate` times the
# sum of the squares of *all* numbers in all the arrays. The cross-entropy of one review is $-\ln p$ if its label is 1, and
# $-\ln(1-p)$ if it is 0.
#
# `loss_with_l2(np.array([0.5, 0.5]), np.array([1, 0]), [np.array([3]), np.array([-4])], 0.01)` returns 0.693 + 0.25 = 0.943.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the loss with its penalty


# %% exercise="loss_with_l2" slide="code"
def loss_with_l2(probabilities, labels, weights, rate):
    """The mean cross-entropy of (n,) probabilities, plus `rate` times the sum of all squared numbers in the list `weights`."""
    ### BEGIN SOLUTION
    p, label = np.asarray(probabilities), np.asarray(labels)
    entropy = -np.mean(label * np.log(p) + (1 - label) * np.log(1 - p))
    penalty = sum(np.sum(np.square(array)) for array in weights)
    return entropy + rate * penalty
    ### END SOLUTION


# %% check="loss_with_l2"
ex.loss_with_l2.check(loss_with_l2)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "What if the list of weights is empty?" No penalty; the sum of nothing is 0. The mistakes
# to expect: the penalty divided by the number of weights or of reviews; the square of the sum; the root, as in a length; and
# the mean over reviews forgotten.

# %% [markdown]
# And the same models with L2, on the neuron's weights, with rate 0.01.

# %%
runs["L2 0.01"] = several(l2=0.01)

# %% [markdown]
# Do the brakes help? What is compared is the cross-entropy *without* the penalty: the loss with it is measured by another yardstick, and
# always comes out higher. There is a line for each seed: a difference that a new seed can undo is no difference. Before you run it: for
# which of the three will the two curves end furthest apart?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## No brake, dropout or L2: which of the three has won?

# %% slide="output"
figure, panels = plt.subplots(1, 3, figsize=(11, 4), sharey=True, layout="constrained")
for ax, (name, histories) in zip(panels, runs.items(), strict=True):
    for i, run in enumerate(histories):
        ax.plot(run["entropy"], "--", color=plots.ORANGE, linewidth=1.2, label="training" if i == 0 else None)
        ax.plot(run["val_entropy"], color=plots.BLUE, linewidth=1.2, label="validation" if i == 0 else None)
    ax.set(title=name, xlabel="epoch (the first is 0)", xticks=range(0, EPOCHS, 2))
panels[0].set_ylabel("cross-entropy, no penalty")
panels[0].legend()
figure.suptitle("Brakes keep the two curves closer; one line for each seed", x=0.02, ha="left", fontweight="bold")
plots.show(
    "Three panels of cross-entropy against epochs, for no brake, dropout and L2, a line for each seed. In each the training curve "
    "falls below the validation curve; the gap at the last epoch is widest without a brake."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** One line for each seed. Ask the title's question. Let them argue, then point at the spread of the lines: a
# difference that a new seed can undo is no difference. What is certain is the gap between the two curves: widest on the left. What
# is drawn is the cross-entropy *without* the penalty. The notebook's table has the numbers with their brackets. The mistake behind
# "L2 wins by 0.003": one run, no spread. Careful with dropout's dashed line: it is measured while half of the numbers are gone.


# %%
def spread(values):
    return f"{np.mean(values):.3f} ({min(values):.3f} to {max(values):.3f})"


print(f"{'':12}{'gap at the end':25}{'lowest cross-entropy':25}{'accuracy at that point':25}")
for name, histories in runs.items():
    gaps = [run["val_entropy"][-1] - run["training at the end"] for run in histories]
    lowest = [min(run["val_entropy"]) for run in histories]
    accuracy = [run["val_accuracy"][int(np.argmin(run["val_entropy"]))] for run in histories]
    print(f"{name:12}" + "".join(f"{spread(values):25}" for values in (gaps, lowest, accuracy)))
print(f"one validation review is {1 / len(y['validation']):.4f} of accuracy")

# %% [markdown]
# Each entry is the mean over the seeds, with the smallest and the largest in brackets. Read it from the left.
#
# - **The gap at the end**, validation minus training, is what the brakes are for. Here the training reviews are judged anew, with
#   nothing dropped: the dashed curve of dropout is measured while half of the numbers are gone, and flatters it.
# - **The lowest cross-entropy** is what early stopping would keep. If the brackets of two rows overlap, or the accuracies differ by a
#   few reviews, do not call one of them better.
#
# A brake forgives you a late stop. It does not put into the model what the training reviews do not hold; more reviews do that, or rows
# that have been trained on far more text (lessons 09 and 10).

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="For the verdict, every word is one number: its score"
# ## 6. Every word has a score
#
# - The neuron is linear up to its sigmoid, and so is the mean.
# - So: score of the mean = mean of the scores.
# - A word's **score** is its row times the neuron's weights: one number.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Do it with two words on the board: the weights times the mean of two rows is the mean of two products. So a
# trained model needs one number a word. Ask: "Then why rows of 16?" The room says "more is better". Training finds the one number
# more easily that way, and rows of more than one number are needed as soon as something stands between mean and answer. The
# mistake behind it: the width is taken for what the verdict uses.

# %% [markdown]
# With $\mathbf{w}$ the neuron's weights, shape $(d,)$, and $b$ its bias, the weighted sum for a review of $n$ words is
#
# $$z = \mathbf{w}\cdot\Big(\frac{1}{n}\sum_t E_{i_t}\Big) + b
#   = \frac{1}{n}\sum_t \underbrace{\mathbf{w}\cdot E_{i_t}}_{\text{score of word } i_t} + \;b$$
#
# The model has thousands of rows of 16 numbers, and as far as the verdict goes, each row is one number. The cell below takes the
# model that early stopping kept, works out all the scores in one line, and judges a review of two words by hand. Keras must agree.


# %% tags=["needed"]
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %%
table, kernel, bias = model.get_weights()  # (V, d), (d, 1), (1,)
scores = table @ kernel[:, 0]  # (V,): one score for each word
bias = float(bias[0])

first, second = vocabulary.id("lovely"), vocabulary.id("story")
by_hand = sigmoid((scores[first] + scores[second]) / 2 + bias)
by_keras = float(model(np.array([[first, second]], dtype="int32"))[0, 0])
print(f"lovely {scores[first]:+.2f}, story {scores[second]:+.2f}, bias {bias:+.2f}")
print(f"by hand {by_hand:.5f}, by Keras {by_keras:.5f}")

# %% [markdown]
# Now look at the ends of the list. Before you run it: write down three words that you expect on each side.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## It made its own list of kind and unkind words

# %% slide="output" slideshow={"slide_type": "fragment"}
known = np.arange(2, len(vocabulary))  # without padding and [UNK]
ranked = known[np.argsort(scores[known])]
shown = [*ranked[:12], *ranked[-12:]]

plt.figure(figsize=(9, 5.6))
plt.barh(range(24), scores[shown], color=[plots.BLUE if scores[i] > 0 else plots.ORANGE for i in shown])
plt.yticks(range(24), [vocabulary.words[i] for i in shown])
plt.axvline(0, color="0.3", linewidth=1)
plt.xlabel("score: row of the table times the neuron's weights")
plt.title("Complaint at one end, praise at the other")
plt.grid(axis="y", visible=False)
listed = ", ".join(vocabulary.words[i] for i in shown[:3]), ", ".join(vocabulary.words[i] for i in shown[:-4:-1])
plots.show(f"Bars for the 12 lowest and the 12 highest scores. Lowest first: {listed[0]}. Highest first: {listed[1]}.")

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Nobody gave it such a list. Let everybody write down three words for each end, then press the key. Compare.
# Ask: "Is there a word that has no business there?" There usually is: with few reviews, a word that happened to stand in good
# company gets a score for it. That is what overfitting looks like from the inside. The mistake to guard against: "it knows what
# lovely means". It saw labels on whole reviews.

# %% [markdown]
# Nobody gave the model a list of kind and unkind words. It has made one, from nothing but labels on whole reviews. Is there a word
# that has no business there? With few reviews, a word that happened to stand in good company gets a score for it. That is what
# overfitting looks like from the inside.
#
# **Exercise 5 - judge a review.** Write `judge_review(ids, scores, bias)`. `ids` has shape `(T,)`: one review, padded with 0 at the
# end or not at all. `scores` has shape `(V,)`, the score of each id; `bias` is a number. Return the probability that the review is
# positive, one number: the sigmoid of the mean score of the review's words plus the bias. Id 0 is padding and no word, whatever stands
# in `scores[0]`; id 1, unknown, is a word. For a review without any word the bias alone decides. `sigmoid` from above is yours to use.
#
# `judge_review(np.array([2, 3, 0]), np.array([9, 0, 4, -1]), 0.5)` returns sigmoid(2) = 0.881: the mean score is 1.5, and the bias
# makes it 2.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Judge a review by the scores of its words


# %% exercise="judge_review" slide="code"
def judge_review(ids, scores, bias):
    """The probability of a positive review from its words' scores. ids: (T,), 0 is padding; scores: (V,)."""
    ### BEGIN SOLUTION
    ids, scores = np.asarray(ids), np.asarray(scores)
    found = ids[ids != 0]
    mean = scores[found].mean() if len(found) else 0
    return sigmoid(mean + bias)
    ### END SOLUTION


# %% check="judge_review"
ex.judge_review.check(judge_review)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "What comes out for a review without any word?" The sigmoid of the bias; the room says
# 0.5, which holds only where the bias is 0. The mistake to expect: a mean over all positions, padding included; then the sum in
# place of the mean, which makes long reviews sure.

# %% [markdown]
# ### A review of your own
#
# Scores can be shown where they stand. Blue words push the verdict up, orange words down; the paler, the less. Change `mine` to a
# review of your own, or one that you have read today, and run the cell again.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: judge a review from the room
#
# Blue words push the verdict up, orange words down. **Which review will it get wrong?**

# %% slide="live"
mine = "The soup was delicious and the bread warm, but the waiter was rude and we will not come back."

tokens = words(mine)
probability = float(model(vocabulary.encode([mine], LENGTH))[0, 0])
plots.coloured_words(tokens, [scores[vocabulary.id(token)] for token in tokens])
plt.title(f"{'Positive' if probability > 0.5 else 'Negative'}, says the mean: {probability:.2f}")
plots.show(
    f"The words of the review on patches of colour, blue for positive scores and orange for negative. Review: {mine}"
)
print("words without a row of their own:", ", ".join(token for token in tokens if token not in vocabulary) or "none")

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes.** Take reviews from the room and type them in; this is the part they remember. Ask for a review that the model
# will get wrong, and have somebody predict the colour of each word. Irony comes first, then "not". Type in the misleading
# review that stands on the board from the first minute. The mistake behind "it does not understand irony": it does not
# understand anything; say which words have pushed.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="The test reviews are looked at once, when all is chosen"
# ## 7. The test, once
#
# - Test reviews: neither trained on nor chosen by.
# - The test set is a sample: its accuracy comes with a **standard error**.
# - Then: look at the mistakes.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Run the cell now, and only now. Ask for guesses: nearer to the training or to the validation accuracy? Nearer
# to validation, by which the epoch was chosen, and perhaps a little below. Then the standard error: on 560 reviews about one or
# two points either way. The mistake behind a report with three digits: the second is not certain.

# %% [markdown]
# All choices are made, so now the test reviews may speak. If a model is right about a share $a$ of all reviews in the world, its
# accuracy on $n$ of them is uncertain by about $\sqrt{a(1-a)/n}$, the **standard error**. Guess the accuracy before you run it: nearer to
# the training reviews' or to the validation reviews'?

# %% tags=["benchmark"]
probabilities = model.predict(x["test"], batch_size=512, verbose=0)[:, 0]  # (n,)
right = (probabilities > 0.5) == reviews.test.labels  # (n,)
accuracy = right.mean()
error = np.sqrt(accuracy * (1 - accuracy) / len(right))
print(f"test accuracy: {accuracy:.3f}, give or take {error:.3f}, on {len(right):,} reviews")

# %% [markdown]
# For so little it is a good deal: a table, a mean, a neuron, a few seconds of training. Now the mistakes. Here are the three wrong
# verdicts that the model was surest of. What do they have in common?

# %%
surest = np.argsort(-np.abs(probabilities - 0.5) * ~right)[:3]
for i in surest:
    truth = "positive" if reviews.test.labels[i] else "negative"
    print(f"said {probabilities[i]:.2f}, was {truth}: {reviews.test.texts[i][:300]}\n")

# %% [markdown]
# Some reviews praise one thing and pan another; some say the worst in kind words. And some turn a word round. Four short ones:
# before you run this, say which of the four get the same probability.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which of these four get the same answer?
#
# *It was good, not bad.* / *It was bad, not good.* / *An excellent book.* / *Not an excellent book.*

# %% slide="output" slideshow={"slide_type": "fragment"}
short = ["It was good, not bad.", "It was bad, not good.", "An excellent book.", "Not an excellent book."]
answers = np.array(model(vocabulary.encode(short, LENGTH)))[:, 0]  # (4,)
for text, answer in zip(short, answers, strict=True):
    print(f"{answer:.4f}  {text}")
print("scores:", *(f"{word} {scores[vocabulary.id(word)]:+.1f}  " for word in ("not", "an", "excellent", "book")))

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Hands for each pair, then the key. Then ask: "Would more data help with the first
# two?" Many say yes. It cannot: both have the same mean whatever the table holds. In the last one *not* puts its one score into
# the mean, whatever stands next to it; it does not turn *excellent* round. The mistake behind "more data": taking every
# weakness for a lack of data.

# %% [markdown]
# The first two say the opposite and get the same answer: they are the same bag of words. No training can mend that.
# In the last one *not* puts its one score into the mean, whatever stands next to it. It does not turn *excellent* round. Look at that
# score before you take it for blame: it was learned from whole reviews, and *not* stands in kind ones too, so it may well be above 0.
# It pulls the answer down when it is below the mean of the other words' scores, and up when it is above.
#
# Most reviews give themselves away by their words, and so the mean gets as far as it does. Where the order decides, it is blind.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Stretch: drop each number on its own, and scale up the rest"
# ## Stretch: dropout by hand
#
# - Each number, on its own: 0 with probability *rate*.
# - What is kept is divided by 1 − *rate*.
# - Why divide? So that nothing has to change in use.

# %% [markdown]
# **Exercise 6 - dropout (stretch).** Write `dropout(x, rate, rng)`. `x` is an array of any shape, float; `rate` is a number from 0 up
# and below 1; `rng` is a NumPy random generator, such as `np.random.default_rng(0)`. Return a new array of the same shape, whatever
# the rate: each number of `x` is, independently of the others, set to 0 with probability `rate`, and otherwise divided by `1 - rate`.
# Draw all that is random from `rng`, so that equal generators give equal results, and leave `x` as it is. With rate 0 the numbers come
# back as they were.
#
# `dropout(np.array([1.0, 2.0, 3.0, 4.0]), 0.5, np.random.default_rng(0))` may return `[2, 0, 0, 8]`, or have its zeros elsewhere: that
# is up to how you draw. A second call on the same generator gives another result.


# %% exercise="dropout" slide="code"
def dropout(x, rate, rng):
    """A copy of x in which each number is 0 with probability `rate`, and divided by 1 - rate otherwise."""
    ### BEGIN SOLUTION
    x = np.asarray(x)
    keep = rng.random(x.shape) >= rate
    return np.where(keep, x / (1 - rate), 0)
    ### END SOLUTION


# %% check="dropout"
ex.dropout.check(dropout)

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute here; it is homework.** Each number on its own: not half of the numbers, but each with probability one half. Ask:
# "Ten ones, a rate of 0.5: what is their sum afterwards?" The room says 10. It is 10 on average only; one draw may give 8 or 14.
# The mistakes to expect: one draw for a whole row, exactly half dropped, and randomness that does not come from `rng`.

# %% [markdown]
# ## Quiz
#
# Three questions. Choose, then click on your choice.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: what if the review stands there twice?

# %% [markdown] quiz="said_twice" slide="quiz"
# You paste a review after itself, so that every sentence stands there twice. What does the averaging model say now?
#
# - [ ] The same side, and it is surer :: There are twice as many words, and the sum of scores doubles. The mean divides by twice as many.
# - [x] The same probability :: The share of each word is what it was, so the mean row is, and so is everything after it.
# - [ ] Something between the old answer and 0.5 :: Padding would do that, if it were counted. Repeated words are words.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Vote by hands, then let one voter for each choice say why. Many vote for "surer", because there are twice as
# many words, and the sum of scores does double. The mean divides by twice as many. Those who answer "0.5" think of padding. The
# notebook has two questions more.

# %% [markdown] quiz="which_yardstick"
# Keras reports a `val_loss` of 0.40 for a model without L2 and 0.46 for one with L2. Which does better on the validation reviews?
#
# - [ ] The one without: its loss is lower :: The other number has the penalty in it. They are not measured with the same yardstick.
# - [ ] The one with: its weights are smaller :: Small weights make learning by heart harder. They do not say how well the model does.
# - [x] These numbers do not say :: Compare the cross-entropy without the penalty, or the accuracy, and see how much seeds move them.

# %% [markdown] quiz="in_use"
# A model was trained with dropout 0.5. You ask it about the same review twice. What happens to the mean's numbers?
#
# - [ ] A random half is set to 0 each time, so that the two answers differ :: That is training. In use nothing is dropped.
# - [ ] All are halved, to make up for the dropped ones :: The making up was done in training, where the kept ones were doubled.
# - [x] Nothing, and the answers are equal :: The kept ones were doubled in training, so on average the sums there were the same.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: a bag of scores gets far, and is blind to order"
# ## Take away
#
# - A review as the mean of its words' rows, and one neuron on it: a model of three layers that forgets order and still gets most
#   reviews right.
# - When the validation loss turns while the training loss falls, the model is learning by heart; stop there, brake it with dropout
#   or L2, and compare over seeds.
# - The verdict is the mean of one score for each word, which makes it easy to explain, and blind to *good, not bad* against *bad, not
#   good*.

# %% [markdown] tags=["words"]
# ## Words
#
# - **bag of words**: which words a text holds and how often, without their order
# - **epoch**: one pass of training over all training examples
# - **mask**: an array of True and False beside the data that says which positions count
# - **training set**: the examples a model learns from
# - **validation set**: examples kept apart to choose by, for instance when to stop
# - **test set**: examples kept apart to be looked at once, when all choices are made
# - **training curve**: what is measured after each epoch, drawn against the epochs
# - **overfitting**: getting better on the training examples and worse on others
# - **early stopping**: ending the training when the validation loss finds no new low, and keeping the best epoch's weights
# - **patience**: how many epochs without a new low early stopping waits
# - **callback**: an object that Keras calls during training, for instance after each epoch
# - **dropout**: setting a random share of numbers to 0 in training, and scaling up the rest
# - **L2**: a penalty on the loss, a rate times the sum of the squared weights
# - **score of a word**: in an averaging model, the word's row times the neuron's weights
# - **standard error**: by how much a share measured on a sample is likely to be off

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Close with the pair: "good, not bad" and "bad, not good". Ask: "What would a layer have to see to tell them apart?"
# The answer you want: two words at a time, or one after the other. Those are the two halves of lesson 08.

# %% [markdown]
# **Next.** *Good, not bad* and *bad, not good* are one bag. What must a layer see to tell them apart? Lesson 08, *Order matters*.
