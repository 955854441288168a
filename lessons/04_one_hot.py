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
# # One-hot
#
# A neuron multiplies numbers. A word is not a number. So number the words: *awful* 0, *best* 1, *dull* 2 ... Now the neuron can
# multiply *dull* by its weight. What has it multiplied?

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Ask: "The players of a team wear the numbers 1 to 11. What is the average player?" Somebody says 6, and laughs.
# Then: "Is player 10 twice player 5?" Nobody would do such sums with shirts, and everybody has done them with columns named
# `country_code`. The mistake behind it: a column of whole numbers looks like a quantity, and no program will object.

# %%
from course import lesson

ex = lesson("04_one_hot")
ex

# %% tags=["needed"]
import numpy as np

# %% tags=["needed"]
import keras  # takes some seconds, once

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown]
# Five words, and the stars that reviews with this word gave on average (made up, to be easy to read). One neuron is to say the stars
# when it is shown a word's number: it can choose a weight and a bias, so its answers lie on a straight line. The cell finds the best
# line, first with the words numbered in alphabetical order, then in another order. Before you run it: will *best* get the same answer
# both times?

# %%
stars = {"awful": 1, "best": 5, "dull": 2, "film": 3, "great": 5}
orders = {
    "alphabetical": ["awful", "best", "dull", "film", "great"],
    "another": ["great", "film", "best", "awful", "dull"],
}
lines = {}
for name, order in orders.items():
    w, b = np.polyfit(range(5), [stars[word] for word in order], 1)  # the best weight and bias there are
    lines[name] = w, b
    number = order.index("best")
    print(f"{name:13} best is {number}: the neuron says {w * number + b:.1f} stars; the truth is 5")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Number the words differently: does *best* get the same answer?
#
# One neuron is shown a word's number and is to say its stars.

# %% slide="output" slideshow={"slide_type": "fragment"}
figure, panels = plt.subplots(1, 2, figsize=(9.6, 3.9), sharey=True)
for ax, (name, order) in zip(panels, orders.items(), strict=True):
    w, b = lines[name]
    answers = w * np.arange(5) + b  # (5,)
    ax.vlines(range(5), [stars[word] for word in order], answers, color="0.45", linewidth=1.2, label="how far off")
    ax.plot(range(5), answers, color=plots.ORANGE, label="the neuron's answers")
    ax.plot(range(5), [stars[word] for word in order], "o", color=plots.BLUE, markersize=9, label="true stars")
    ax.set(title=f"order: {name}", ylim=(0, 6), xticks=range(5), xlabel="the word and its number")
    ax.set_xticklabels([f"{word}\n{i}" for i, word in enumerate(order)])
panels[0].set_ylabel("stars")
panels[1].legend(loc="lower left", fontsize=11)
figure.suptitle("Number the words differently, and the answers change", x=0.06, ha="left", fontweight="bold")
figure.tight_layout()
plots.show(
    "Two plots of stars against the number of a word, with the best straight line. In alphabetical order the line rises and passes "
    "far below best. In another order it falls. The true stars lie above and below both lines, some of them far away."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** One neuron is to say the stars when it is shown a word's number. Ask before the next key: "Will *best* get the
# same answer in both orders?" The room says yes, the word is the same. Only the numbering has changed, which nobody cares
# about, and the line went from rising to falling. The mistake behind "yes": thinking that the neuron sees the word. It sees the
# number, and has to say more for each next number, or less.

# %% [markdown]
# The words have not changed and neither have their stars. Only the numbering has, which nobody cares about, and the neuron's answers
# went from rising to falling. It has to say more for each next number, or less for each next number, and neither makes sense.
#
# **You will**
#
# - number any kind of category, and turn the numbers into vectors that a network can take: one-hot and bag of words;
# - get the same vectors from Keras, and work out how many bytes they take;
# - measure what is wrong with them: every word is equally far from every other, and nearly all of the numbers are 0.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 1. A number can be a name
#
# - A **quantity** can be added and compared: 3 stars are more than 2.
# - A **category** is one of several kinds: a word, a product, a user.
# - Its **id** is a number that serves as a name, like the number on a shirt.

# %% [markdown] tags=["slide-only"] slide="text"
# | number | twice as much as 2? | kind |
# |---|---|---|
# | 4 stars | yes | quantity |
# | product 4 | no | category |

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask for each: category or quantity? Postcode, age, year of birth, month, shoe size, bus line. The room agrees
# on bus lines and quarrels about months; let it: December and January are 11 apart as numbers and neighbours as months. The
# mistake behind most quarrels: a column of whole numbers looks like a quantity, and no program will object.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## One question tells a category from a quantity
#
# **Does the mean of two make sense?**
#
# - Half-way between 2 and 4 stars: 3 stars.
# - Half-way between product 2 and product 4: nothing.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Go back to the list on the board and put the question to each. Ask: "Postcode 10115 and postcode 80331: what
# lies half-way?" Somebody says "a place in between", and in some countries there is one; then ask for the mean of two telephone
# numbers. The mistake to guard against: ids in order of size look harmless. The order is the numbering's, not the things'. A
# word list may have a million ids, a shop a hundred million.

# %% [markdown]
# A **category** is one of several kinds of thing, with no order and no in-between: a word, a product in a shop, a user, a country. To
# put categories into arrays you number them. Such a number is called an **id**. The list that says which category has which id is the
# **vocabulary**, also when it holds products or users.
#
# | | one of | how many there may be |
# |---|---|---|
# | word | the words of a language | 10,000 to 1,000,000 |
# | product | what a shop sells | 1,000 to 100,000,000 |
# | user | who has an account | as many |
#
# One question tells a category from a quantity: **does the mean of two make sense?** Half-way between 2 and 4 stars lies 3 stars.
# Half-way between product 2 and product 4 lies nothing; product 3 is next to them on a list and nowhere else.
#
# Here is a vocabulary of five words. Id 0 is kept free for whatever is not listed, so that a word nobody thought of has an id too.
# Before you run the cell: which ids will come out for *great*, *film* and *gnocchi*?

# %%
vocabulary = {"great": 1, "film": 2, "a": 3, "dull": 4, "book": 5}
for word in ("great", "film", "gnocchi"):
    print(word, vocabulary.get(word, 0))  # 0 where the word is not listed

# %% [markdown]
# Keras has a layer for this, `StringLookup`. It is given the listed words in order, starts to count at 1 and keeps id 0 for the others,
# under the name `[UNK]`, "unknown". So it must give 1, 2 and 0 as well.

# %%
to_ids = keras.layers.StringLookup(vocabulary=list(vocabulary))
print(np.array(to_ids(["great", "film", "gnocchi"])))
print(*to_ids.get_vocabulary())

# %% [markdown]
# ### Exercise 1: number the items
#
# Write `number_items(items)`. `items` is a list of categories, strings or numbers, in which the same one may come many times. Return a
# dict from each different item to its id. The first item gets id 1, the next item that has not been met before gets 2, and so on
# without gaps. Id 0 is kept for items that are not listed, so it is not in the dict. An empty list gives an empty dict.
#
# `number_items(["tea", "milk", "tea", "cocoa"])` is `{"tea": 1, "milk": 2, "cocoa": 3}`. An item that is a number gets an id in the
# same way: `number_items([907, 13, 907])` is `{907: 1, 13: 2}`. The number 0 is an item like any other, and so is a text that differs from
# another in a capital only.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Number the items, and leave no gaps
#
# `["tea", "milk", "tea", "cocoa"]` gives `{"tea": 1, "milk": 2, "cocoa": 3}`. Id 0 is kept for what is not listed.


# %% exercise="number_items" slide="code"
def number_items(items):
    """A dict from each different item to its id: 1, 2, 3 ... in the order in which they are first met."""
    ### BEGIN SOLUTION
    ids = {}
    for item in items:
        if item not in ids:
            ids[item] = len(ids) + 1
    return ids
    ### END SOLUTION


# %% check="number_items"
ex.number_items.check(number_items)

# %% [markdown]
# Stuck? Put `ex.number_items.hint()` in a cell of its own. Every exercise has three hints.
#
# Any order would do, as long as it stays the same. First met is one custom, alphabetical another; lesson 06 numbers by how often a
# word occurs, and says why.

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** The mistake to expect: `{item: i for i, item in enumerate(items)}`. It runs, and a repeat moves
# the item to a later number, which leaves gaps. Ask what a gap costs: a row of the table that nobody ever uses. Others sort the
# items first, or start at 0. Ask those who are done why id 0 stays free: a word nobody thought of needs an id too.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="One-hot is a switch for each category"
# ## 2. A switch for each category
#
# - One number cannot hold a category. Take as many numbers as there are categories.
# - All 0, but for a 1 at the position of the id: **one-hot**.
# - Every category then has a weight of its own.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let six people stand up, one for each id; only the one whose word is said raises a hand. Ask: "How many numbers
# does *great* take?" The room says one; it is six, as many as there are ids. Ask: "Do I need the sixth? If five are 0 it must
# be the sixth." True, and statisticians drop it, because with a bias the columns are redundant; networks do not mind. The
# mistake behind "one": the id is one number, the row is not.

# %% [markdown]
# Picture a row of switches, one for each category. To say *dull* you turn on the switch of *dull* and no other. As numbers: a row of
# zeros, as long as there are ids, with a 1 at the position of the word's id. It is called **one-hot**: one of them is hot. Our ids run
# from 0 to 5, so it takes six numbers.

# %%
size = 6  # ids 0 to 5
dull = np.zeros(size)
dull[vocabulary["dull"]] = 1
print(dull)

# %% [markdown]
# A text is a sequence of words, so it becomes a matrix: one row for each word, one column for each id. Before you look at the picture:
# in *a great great gnocchi film*, which two rows will be equal, and in which column will the 1 of *gnocchi* stand?

# %%
text = ["a", "great", "great", "gnocchi", "film"]
ids = np.array([vocabulary.get(word, 0) for word in text], dtype="int32")  # (5,)
matrix = np.array(keras.ops.one_hot(ids, size))  # (5, 6)
print("ids:", ids, "  shape of the matrix:", matrix.shape)

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A text is a matrix: one row a word, one 1 a row
#
# *a great great gnocchi film*
#
# Which two rows will be equal?
#
# In which column does *gnocchi* stand, which is not listed?

# %% slide="output" slideshow={"slide_type": "fragment"}
figure, ax = plt.subplots(figsize=(6.6, 4.2))
ax.imshow(matrix, cmap="Blues", vmax=1.6)
for (row, column), value in np.ndenumerate(matrix):
    ax.text(column, row, f"{value:.0f}", ha="center", va="center")
ax.set(title="One row for each word, one 1 in each row", xlabel="id", ylabel="word of the text")
ax.set(yticks=range(5), yticklabels=text)
ax.set_xticks(range(size), [f"{i}\n{word}" for i, word in enumerate(["(other)", *vocabulary])])
ax.grid(False)
plots.show(
    "A grid of 5 rows and 6 columns of zeros with one 1 in each row: a in column 3, great in column 1 twice, gnocchi in column 0, "
    "which is for other words, and film in column 2."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** *a great great gnocchi film*. Ask before the next key: "Which two rows will be equal?" Both of *great*; some say
# none, because the places differ. "And in which column does *gnocchi* stand?" Column 0, for all words that are not listed. The
# mistake behind "it has none": a word that nobody thought of is a word all the same.

# %% [markdown]
# The two rows of *great* are equal, and *gnocchi* has its 1 in column 0.
#
# Back to the neuron that could not say the stars, and to its five words (there was no id for others). One-hot gives it five inputs
# instead of one, and so five weights, one for each word.
# Every sum of products is all zeros but for one product: the 1 times the word's own weight. Before you run it: which weights make all
# five answers right?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which five weights make every answer right?
#
# Stars: *awful* 1, *best* 5, *dull* 2, *film* 3, *great* 5. The input is the word's one-hot row.

# %% slide="output" slideshow={"slide_type": "fragment"}
weights = np.array([1, 5, 2, 3, 5])  # (5,) the stars of awful, best, dull, film, great
answers = np.array(keras.ops.one_hot(np.arange(5), 5)) @ weights  # (5, 5) @ (5,) -> (5,)
print("the neuron's answers:", answers)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask before the next key: "Which weights?" The stars themselves, because every sum of products is zeros
# but for one. Ask: "And if we number the words differently?" The weights change places and every word keeps its answer. Some
# say that it must be trained anew; the mistake behind it is to think of the weight as belonging to a position, when it belongs
# to the word at that position.

# %% [markdown]
# The stars themselves. And if you number the words differently, the weights change places and every word keeps its answer. The
# numbering no longer matters, as it should be.
#
# What if an id is too large, or negative? Guess what `keras.ops.one_hot` makes of the ids 2, 6 and −1 when the size is 6.

# %%
print(np.array(keras.ops.one_hot(np.array([2, 6, -1]), 6)))

# %% [markdown]
# No error: two rows without any 1, words that no weight will ever see. NumPy, asked for row 6 of a table, stops with an `IndexError`;
# asked for row −1, it counts from the end and gives row 5. Your own function will refuse both.
#
# ### Exercise 2: one-hot
#
# Write `one_hot(ids, size)`. `ids` is an integer array of shape `(n,)`, `size` an integer: how many ids there are. Return an array of
# shape `(n, size)` with numbers 0 and 1: row `i` has its 1 in column `ids[i]`. The same id may come more than once. No ids at all,
# shape `(0,)`, gives shape `(0, size)`. If any id is below 0, or `size` or more, raise `ValueError`.
#
# With `ids = [2, 0, 2]` and `size = 4` the result is `[[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]]`. With `size = 2` the same ids raise
# `ValueError`, because 2 is not an id of 0 to 1.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write one-hot, and refuse an id that is out of range


# %% exercise="one_hot" slide="code"
def one_hot(ids, size):
    """One-hot rows: (n,) integers in 0 to size - 1 -> (n, size), row i with a 1 in column ids[i]. ValueError for other ids."""
    ### BEGIN SOLUTION
    if np.any(ids < 0) or np.any(ids >= size):
        raise ValueError(f"ids must lie in 0 to {size - 1}")
    rows = np.zeros((len(ids), size), dtype="float32")
    rows[np.arange(len(ids)), ids] = 1
    return rows
    ### END SOLUTION


# %% check="one_hot"
ex.one_hot.check(one_hot)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Ask: "What does Keras make of the ids 6 and −1 when the size is 6?" Two rows without any 1, and
# no error; NumPy would count −1 from the end. Mistakes to expect: writing the id where the 1 belongs, which brings the quantity
# back in by the back door; `np.eye(size)[ids]`, which is right until an id is −1; and `rows[:, ids] = 1`, which sets whole
# columns.

# %% [markdown]
# Keras has two ways, the function `keras.ops.one_hot` that you have seen, and a layer to put into a model, `CategoryEncoding`. For ids
# in range all three agree; here it is checked against rows set one by one.

# %%
by_hand = np.zeros((5, size))
for row, i in enumerate(ids):
    by_hand[row, i] = 1
layer = keras.layers.CategoryEncoding(num_tokens=size, output_mode="one_hot")
print("keras.ops.one_hot equal:", np.array_equal(by_hand, keras.ops.one_hot(ids, size)))
print("CategoryEncoding equal: ", np.array_equal(by_hand, layer(ids)))

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what will the test set do to this?
#
# ```python
# x_train = np.eye(train_ids.max() + 1)[train_ids]
# x_test = np.eye(test_ids.max() + 1)[test_ids]
# ```
#
# Both lines make correct one-hot rows.

# %% [markdown] tags=["slide-only"] slide="answer"
# The widths differ, unless both happen to hold the largest id.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** The width comes from the data, so train and test have different widths unless both happen to hold the largest id. A
# layer built for one refuses the other, on a good day. The size belongs to the vocabulary. The room looks for the mistake in `eye`.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="For one-hot rows, no word is like another"
# ## 3. No word is like another
#
# - *great* and *lovely* share no 1. Neither do *great* and *gnocchi*.
# - Any two one-hot rows: distance $\sqrt 2$, cosine 0.

# %% [markdown] tags=["slide-only"] slide="text"
# ```text
# great      0  1  0  0  0
# lovely     0  0  1  0  0
# gnocchi    0  0  0  1  0
# ```

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** One-hot has cured the false order, and this is its price: *great* and *lovely* mean nearly the same, and no
# number says so. Let them work out the distance of the two on paper: the rows differ in two places, so it is the root of 2, and
# no place holds a 1 in both, so the cosine is 0. Ask: "Does it matter which two words?" The room hopes so. The mistake behind
# it: rows made from a numbering know nothing of meaning.

# %% [markdown]
# One-hot has cured the false order. It has a price: *great* and *lovely* mean nearly the same, and now no number says so. How near are
# two vectors? The **distance** (Euclidean) is what a ruler would measure: $\sqrt{\sum_i (a_i - b_i)^2}$, for vectors $\mathbf{a}$ and
# $\mathbf{b}$ of shape $(k,)$. The **cosine** asks whether they point the same way: $\mathbf{a}\cdot\mathbf{b}$ divided by both
# lengths, 1 for the same direction, 0 for a right angle, −1 for opposite directions.
#
# Work it out for *great* and *lovely* on paper first; in a list of five words, *great* is 0 and *lovely* is 1. Where their rows differ,
# the difference is 1 or −1. In how many places is that?

# %%
words = ["great", "lovely", "dull", "film", "book"]  # this list goes with us to the end of the lesson
great, lovely = np.array([1, 0, 0, 0, 0]), np.array([0, 1, 0, 0, 0])
distance = np.sqrt(np.sum((great - lovely) ** 2))
cosine = great @ lovely / (np.linalg.norm(great) * np.linalg.norm(lovely))
print(f"distance {distance:.4f}   cosine {cosine:.1f}")

# %% [markdown]
# In two places, so the distance is $\sqrt{1 + 1} = \sqrt 2$; and no place holds a 1 in both, so the cosine is 0. It does not matter
# which two words they are.
#
# Now something else: the same five words with only two numbers each, chosen by hand. The first says how good (*great* 2, *dull* −2), the
# second how much of a thing it is that you can hold (*film*, *book*).

# %%
table = np.array(  # (5, 2)  good, thing
    [[2.0, 0.0], [1.8, 0.2], [-2.0, 0.1], [0.0, 2.0], [0.2, 1.8]]
)

# %% [markdown]
# ### Exercise 3: all distances
#
# Write `distances(vectors)`. `vectors` is a float array of shape `(n, k)`, one vector in each row. Return an array of floats of shape
# `(n, n)`: in row `i` and column `j` the Euclidean distance between vectors `i` and `j`. So the diagonal is 0 and the matrix is the same
# when you swap rows and columns. Vectors may be equal, or nearly so; the distance is then 0, or nearly. One vector gives `[[0]]`.
#
# With `vectors = [[0, 0], [3, 4]]` the result is `[[0, 5], [5, 0]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write all distances between the rows of a table
#
# With `vectors = [[0, 0], [3, 4]]` the result is `[[0, 5], [5, 0]]`.


# %% exercise="distances" slide="code"
def distances(vectors):
    """The Euclidean distance between any two rows of `vectors` (n, k): an array of shape (n, n)."""
    ### BEGIN SOLUTION
    differences = vectors[:, None, :] - vectors[None, :, :]  # (n, n, k)
    return np.sqrt((differences**2).sum(axis=-1))
    ### END SOLUTION


# %% check="distances"
ex.distances.check(distances)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Say first what a distance is: what a ruler would measure. Ask: "Which number stands on the
# diagonal?" 0, and the table is the same when you swap rows and columns; half the work would do. The mistakes to expect:
# leaving out the root, or adding up signed differences, where 3 and −3 cancel. Show `vectors[:, None, :]` only to those who
# ask.

# %% [markdown]
# Here are both as pictures, one-hot rows on the left and the table of two numbers on the right. Before you run it: how many different
# numbers will the left one show?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## How far apart are two words, in either table?

# %% slide="output" slideshow={"slide_type": "fragment"}
figure, panels = plt.subplots(1, 2, figsize=(10.4, 4.7), layout="constrained")
for ax, name, rows in zip(
    panels, ("one-hot, 5 numbers a word", "by hand, 2 numbers a word"), (np.eye(5), table), strict=True
):
    grid = [[np.linalg.norm(a - b) for b in rows] for a in rows]  # (5, 5)
    picture = ax.imshow(grid, cmap="viridis_r", vmin=0, vmax=4)
    for (i, j), value in np.ndenumerate(np.array(grid)):
        ax.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=11, color="white" if value > 2 else "black")
    ax.set(title=name, xticks=range(5), xticklabels=words, yticks=range(5), yticklabels=words)
    ax.grid(False)
figure.colorbar(picture, ax=panels, label="distance", shrink=0.8)
figure.suptitle("One-hot: every word is equally far from every other", fontweight="bold", x=0.05, ha="left")
figure.get_layout_engine().set(h_pad=0.12)
plots.show(
    "Two 5 by 5 tables of distances between great, lovely, dull, film and book. Left, one-hot: 0 on the diagonal and 1.41 everywhere "
    "else. Right, two numbers a word: great and lovely are 0.28 apart, film and book 0.28, great and dull 4.00."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Let three people stand up and ask for a fourth place that is equally far from all three: in a room it is above
# their heads. Each further word needs a further direction; that is what the 10,000 numbers are used up for. Ask: "With 10,000
# words, how far apart are two?" The room says further. It is still the square root of 2, and the cosine is 0. Then the next key;
# on the right of the picture, two numbers a word, and *great* is near *lovely*. The mistake behind "further": more room does not
# mean more distance.

# %% [markdown]
# Two: 0 and 1.41. On the right, *great* is near *lovely* and far from *dull*, and *film* is near *book*, with fewer numbers. A vector
# like that, short and with hardly a zero in it, is called **dense**.
#
# What does nearness buy? A network that has learned something about *great* can use it for a word nearby. With one-hot, what it learns
# about *great* stays with the weight of *great*, and *lovely* starts from nothing.

# %% [markdown]
# ## 4. Nearly all of it is zeros
#
# 1,000 texts of 50 words; a vocabulary of 10,000 words; 4 bytes a number (float32).
#
# How many bytes as one-hot rows? How many as ids?

# %% [markdown]
# Now real sizes: 1,000 texts of 50 words each, a vocabulary of 10,000 words, numbers of 4 bytes. One-hot is an array of shape
# (1000, 50, 10000). How many bytes is that: 20 million, 200 million, 2 billion? And how many are the ids, shape (1000, 50)? Multiply,
# then run.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: how many bytes are 50,000 words as one-hot rows?
#
# 1,000 texts of 50 words; a vocabulary of 10,000 words; 4 bytes a number.
#
# **20 million, 200 million, or 2 billion?**

# %% slide="live"
texts, length, vocabulary_size, number = 1_000, 50, 10_000, 4  # 4: bytes of a float32 or an int32
sizes = {
    "one-hot rows": texts * length * vocabulary_size * number,
    "one row a text (section 5)": texts * vocabulary_size * number,
    "ids": texts * length * number,
}
for name, count in sizes.items():
    print(f"{name:27} {count:>13,} bytes")
print(f"share of zeros in the one-hot rows: {1 - 1 / vocabulary_size:.2%}")

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Take guesses first, by show of hands; then type the product. The common guess is 20 million: one forgets either
# the 50 or the 4. Change the vocabulary to a million words and ask: "What happens on your laptop?" 200 GB: it does not run. Ask
# what int8 would save: a factor of 4, and the zeros are all still there. The mistake behind the low guess: each *word* has
# 10,000 numbers, not each text.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## One-hot takes ten thousand times the bytes of ids

# %% slide="output"
figure, ax = plt.subplots(figsize=(7.6, 3.2))
ax.barh(list(sizes)[::-1], list(sizes.values())[::-1], color=[plots.BLUE, plots.ORANGE, plots.ORANGE])
for place, count in enumerate(list(sizes.values())[::-1]):
    label = f"{count / 1e9:g} GB" if count >= 1e9 else f"{count / 1e6:g} MB"
    ax.text(count * 1.2, place, label, va="center")
ax.set(title="One-hot takes 10,000 times the bytes of ids", xlabel="bytes (each line is ten times the last)")
ax.set(xscale="log", xlim=(1e4, 3e10), xticks=[10.0**n for n in range(4, 11)])
plots.show(
    "Three horizontal bars on a logarithmic axis: one-hot rows 2 GB, one row for each text 40 MB, ids 0.2 MB, for 1,000 texts of "
    "50 words and 10,000 words in the vocabulary."
)

# %% [markdown]
# Two billion bytes for 50,000 words of text, a thin book, and 99.99 % of the numbers are 0. An array with nearly only zeros is called
# **sparse**. The middle bar, one row for a whole text, is the next section.

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute.** Each line on the axis is ten times the last. Two billion bytes for 50,000 words of text, a thin book, and 99.99
# % of the numbers are 0: that is called sparse. Ask: "What is the middle bar?" One row for a whole text, which is the next
# slide. The mistake to guard against: the picture looks as if one-hot were twice as large. It is a logarithmic axis; read the
# labels.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A bag of words is a text as one vector of counts"
# ## 5. A bag of words
#
# - A text as one vector: add up its one-hot rows.
# - Position $i$ then says how often word $i$ occurs.
# - *dog bites man* and *man bites dog*: the same bag.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Shake the words in a bag, and all that is left is which and how many. Ask the room for two sentences with the
# same words and opposite meaning; write the best one on the board and keep it for lesson 08. Ask: "Should position 0, the
# unknown words, be in the vector?" The room says leave them out; how many words were unknown is worth knowing, and dropping
# them hides it.

# %% [markdown]
# Texts have different lengths, and a `Dense` layer wants the same number of inputs each time. The oldest way out: add up the one-hot
# rows of a text, column by column. What comes out counts how often each word occurs. It is called a **bag of words**: shake the words
# in a bag, and all that is left is which and how many. (The eight counts that lesson 01's critic looked at were a small one.)
#
# Take *a great great gnocchi film* again, in the vocabulary of section 1. Before you run it: which position will hold a 2?

# %%
print("ids:         ", ids)
print("sum of rows: ", matrix.sum(axis=0))  # (5, 6) -> (6,)
count = keras.layers.CategoryEncoding(num_tokens=size, output_mode="count")
print("Keras, count:", np.array(count(ids)))

# %% [markdown]
# Position 1, *great*. `CategoryEncoding` in the mode `"count"` gives the same numbers; its mode `"multi_hot"` would say 1 for *great*
# as well, present or not.
#
# ### Exercise 4: a bag of words
#
# Write `bag_of_words(words, vocabulary)`. `words` is a list of strings; `vocabulary` is a dict from word to id, with ids 1 to `V` in
# any order, `V` being its length, 1 or more. Return an array of shape `(V + 1,)`: at position `i` how often the word with id `i` occurs
# in `words`, and at position 0 how many of the words are not in the vocabulary, repeats included. Words are looked up whole and as they
# are written: *films* and *Film* are not *film*. No words give `V + 1` zeros.
#
# With `vocabulary = {"film": 1, "great": 2, "dull": 3}` and `words = ["great", "oh", "great", "film"]` the result is `[1, 1, 2, 0]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Count a text into a bag, unknown words included


# %% exercise="bag_of_words" slide="code"
def bag_of_words(words, vocabulary):
    """How often each id occurs in a list of words; ids 1 to V by `vocabulary`, 0 for words not listed. Shape (V + 1,)."""
    ### BEGIN SOLUTION
    bag = np.zeros(len(vocabulary) + 1, dtype="int32")
    for word in words:
        bag[vocabulary.get(word, 0)] += 1
    return bag
    ### END SOLUTION


# %% check="bag_of_words"
ex.bag_of_words.check(bag_of_words)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "How long is the vector for a vocabulary of three words?" Four. The mistakes to expect: a
# vector of length V, so that the last word falls off the end, which is the next slide; 1 in place of 2 where a word is
# repeated; and unknown words skipped.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: which word breaks this bag?
#
# ```python
# bag = np.zeros(len(vocabulary))  # ids are 1, 2, 3 ...
# for word in words:
#     bag[vocabulary.get(word, 0)] += 1
# ```
#
# It works on nearly every text.

# %% [markdown] tags=["slide-only"] slide="answer"
# The word with the largest id: ids 0 to V are V + 1 places, and there are V.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** The word with the largest id: ids go from 1 to V, and 0 is for unknown words, so there are V + 1 of them. The
# vector has V places, and id V falls off the end with an IndexError. The room looks at `get(word, 0)` first, which is right. It
# shows late because the last word of a vocabulary is often a rare one. The mistake behind: counting words where ids should be
# counted.

# %% [markdown]
# Now the reviews that come with the course. The cell takes every run of letters as a word (lesson 06 does it with more care), lists the
# different words of 1,260 reviews, and counts. `StringLookup` in the mode `"count"` makes ids and bags in one step. Guess: how many
# different words, and how many of them does one review hold?

# %%
import re

import tensorflow as tf

from course.data import load_reviews

split = [re.findall(r"[a-z']+", text.lower()) for text in load_reviews("shipped").train.texts]
known = sorted({word for review in split for word in review})
to_bag = keras.layers.StringLookup(vocabulary=known, output_mode="count")  # position 0: not listed
bags = np.array(to_bag(tf.ragged.constant(split)), dtype="float32")  # (1260, V + 1); ragged: rows differ in length
print(f"different words: {len(known):,}")
print(f"shape {bags.shape}: {bags.nbytes:,} bytes")
print(f"different words in one review: {np.mean((bags > 0).sum(axis=1)):.1f} on average")
print(f"share of zeros: {np.mean(bags == 0):.2%}")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A hundred reviews as bags: how many of the numbers are zeros?
#
# 100 rows, one a review; 4,808 columns, one a word.

# %% slide="output" slideshow={"slide_type": "fragment"}
order = np.argsort(-(bags > 0).sum(axis=0), kind="stable")  # ids, those in most reviews first
rows, columns = np.nonzero(bags[:100][:, order])  # where a number is not 0
figure, ax = plt.subplots(figsize=(9.6, 3.4))
ax.scatter(columns, rows, s=1.5, color=plots.BLUE)
ax.set(title="100 bags of words: a few dots of counts in a field of zeros", ylabel="review", xlim=(-20, bags.shape[1]))
ax.set(xlabel="word, those that are in most reviews first", ylim=(100, -1))
plots.show(
    "A wide, mostly empty field of 100 reviews by about 4,800 words. Dots crowd at the left edge, where the common words are, "
    "and become rare to the right."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** 100 rows, one a review; 4,808 columns, one a word, the common ones at the left. Ask for the share of zeros
# before the next key: guesses are around 90 %. It is 99.5 %, about 25 words in each row. Ask: "What stands at the far left?"
# *the*, *a*, *and*. Most words are in hardly any review, and each still has its column in every row. The mistake behind the
# guess: thinking of the words in a text, not of those that are not.

# %% [markdown]
# About 25 of 4,808 numbers in a row (one for each of the 4,807 words, and position 0) are not 0. The dots (drawn larger than they are, to
# be seen) crowd at the left, where words such as *the* stand. Most words are in hardly any review, and each still has its column in every
# row.
#
# **What is lost?** The order. *Not good, bad* and *not bad, good* fall into the same bag. How far one gets without the order all the same,
# you will see in lesson 07.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A table turns 10,000 numbers into 300"
# ## 6. From 10,000 numbers to 300
#
# - One-hot row times a table: a row of the table.
# - Bag times a table: the sum of the rows of its words.
# - The table can be narrow: 10,000 numbers in, 300 out.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Do the product of one-hot and table on the board and let the room cross out what is multiplied by 0. Ask: "A
# text of 25 words, as a bag: how many rows of the table does it touch?" 25 at most. The common answer is all of them, because
# the product runs over all. The mistake behind it: to take a multiplication by 0 for a contribution.

# %% [markdown]
# A layer turns the long vector into a short one: `Dense(300, use_bias=False)` multiplies it by a kernel of shape (10000, 300). Look at
# it with the five words of section 3, where the kernel is the table of shape (5, 2). The one-hot row of *lovely* has its 1 at position
# 1. Write down what `one_hot @ table` gives before you run this.

# %%
lovely = np.array([0, 1, 0, 0, 0])
print("one-hot @ table:", lovely @ table)  # (5,) @ (5, 2) -> (2,)

# %% [markdown]
# $[1.8, 0.2]$, row 1: every other row was multiplied by 0. In symbols, $\mathbf{o}_i E = E_i$, where $E$ is the table of shape $(V,
# d)$, $\mathbf{o}_i$ the one-hot row of id $i$, shape $(V,)$, and $E_i$ row $i$ of the table, shape $(d,)$.
#
# Move the id, and the 1 moves. Before you do: with the id of *film*, which of the ten numbers of the table have a say in the product?

# %%
from course import play

play.one_hot_times_table(words, table)

# %% [markdown]
# Two, 0 and 2: the row that lights up. The product is always that row, number for number, and the other eight numbers are multiplied by
# 0. Moving the 1 down by one is asking for the next row.
#
# A bag is a sum of one-hot rows, so a bag times the table is the sum of the words' rows, each as often as the word occurs. For *great
# great film* that is $2 \cdot [2, 0] + [0, 2]$. By hand, then Keras, then equal:

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A bag times the table is the sum of its words' rows
#
# *great great film*, with rows `[2, 0]` and `[0, 2]`:

# %% slide="code output" slideshow={"slide_type": "fragment"}
bag = np.array([[2, 0, 0, 1, 0]])  # (1, 5): great great film
dense = keras.layers.Dense(2, use_bias=False)
dense.build((None, 5))
dense.set_weights([table])
by_hand = 2 * table[0] + 1 * table[3]  # (2,)
print("rows added up:", by_hand)
print("Dense:        ", np.array(dense(bag))[0])

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask for the result before the next key: 2 · [2, 0] + [0, 2] = [4, 2]. Some say [2, 2], the two rows once each.
# By hand, then Keras, then equal. This is what the first layer of a network for text does; with 10,000 words and 300 numbers
# the table has three million numbers to learn. Ask: "Which of them can one review change?" That question is lesson 05; take
# answers, confirm none.

# %% [markdown]
# So this is what the first layer of a network for text does: one row of $d$ numbers for each word, $d$ being 300 or 50, and not as many
# as there are words. Whoever fills the table decides which words are near one another. In section 3 you did it by hand for five words;
# for 10,000 it is learned. How many numbers are there to learn?

# %%
wide = keras.layers.Dense(300, use_bias=False)
wide.build((None, 10_000))
print(f"{wide.count_params():,} weights, in a table of shape {wide.get_weights()[0].shape}")

# %% [markdown]
# Three million, and in a row-times-table product for one word, 3,000,000 multiplications, of which 300 are not by zero.
#
# Leave the zeros out. Of a matrix of bags, keep only what is not 0: **where** it stands (its row and column) and **what** it is. This is
# a **sparse representation**. Here are two texts, *great great film* and *dull book*. How many entries will be kept?

# %%
two_bags = np.array([[2, 0, 0, 1, 0], [0, 0, 1, 0, 1]])  # (2, 5)
rows, columns = np.nonzero(two_bags)
counts = two_bags[rows, columns]
for row, column, n in zip(rows, columns, counts, strict=True):
    print(f"text {row}, word {column} ({words[column]}): {n}")

# %% [markdown]
# ### Exercise 5: bags times a table, without the zeros (stretch)
#
# Write `sparse_product(rows, columns, counts, table, n)`. `rows`, `columns` and `counts` are integer arrays of shape `(m,)`: entry `j` says
# that text `rows[j]` holds the word with id `columns[j]`, `counts[j]` times. `table` is a float array of shape `(V, d)`, and `n` is the
# number of texts. Return what the matrix of bags times the table would give, floats of shape `(n, d)`: for each text the sum of its
# words' rows, each times its count.
#
# - The entries come in any order, and the same text and word may come twice; then their counts add up.
# - A text without entries gets zeros. There may be no entries at all.
# - Do not build the matrix of shape `(n, V)`, nor another that is as large, such as `(m, V)` or `(n, m)`: with real sizes it would fill the
#   memory, and the check looks at how much yours takes in NumPy.
#
# With `rows = [0, 0, 2]`, `columns = [1, 0, 1]`, `counts = [2, 1, 3]`, `table = [[1, 0], [10, 5]]` and `n = 3` the result is
# `[[21, 10], [0, 0], [30, 15]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: multiply bags with a table, without the zeros


# %% exercise="sparse_product" slide="code"
def sparse_product(rows, columns, counts, table, n):
    """Bags times `table` (V, d), the bags given by their entries: text rows[j] holds word columns[j] counts[j] times. Shape (n, d)."""
    ### BEGIN SOLUTION
    product = np.zeros((n, table.shape[1]))
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[row] += count * table[column]
    return product
    ### END SOLUTION


# %% check="sparse_product"
ex.sparse_product.check(sparse_product)

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute here; it is homework.** Keep only what is not 0: the row, the column and the count. Ask: "Three million
# multiplications, 300 that count: what would you leave out?" The mistake in the exercise: `product[rows] += ...`, where NumPy
# writes a repeated row once and loses the other entries. The loop does not have that trouble, and lesson 05 comes back to it.

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="category"
# **Quiz 1.** A table of customers has four columns of numbers. Which one should be one-hot?
#
# - [ ] Age in years :: Half-way between 20 and 40 lies 30: a quantity, and the neuron may multiply it.
# - [ ] Number of orders :: Four orders are twice two orders: a quantity.
# - [x] Number of the shop they go to most :: Shop 4 is not twice shop 2. Half-way between two shop numbers lies no shop.
# - [ ] Stars they gave on average :: 4 stars are better than 3 by as much as 3 than 2, or nearly so: used as a quantity.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: what is nearest to *great*?

# %% [markdown] quiz="nearest" slide="quiz"
# **Quiz 2.** You look for the word nearest to *great* among 10,000 one-hot rows, by distance. What do you find?
#
# - [ ] The word with the next id :: The id says where the 1 stands, and the distance does not ask how far apart the ones are.
# - [ ] A word that is used like *great* :: The rows know nothing of use. They were made from the numbering alone.
# - [x] All other words, at the same distance :: Any two rows differ in two places: distance √2, for 5 words and for 10,000.
# - [ ] The most frequent word :: How often a word occurs is not in its row.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Vote by hands, then let one voter for each choice say why. Many vote for a word that is used like *great*,
# because that is what they would like. The rows know nothing of use; they were made from the numbering alone, so all other
# words are at the same distance. The notebook has two questions more.

# %% [markdown] quiz="bag_times_table"
# **Quiz 3.** A review holds *great* three times and *film* once. Its bag times the table (10000, 300) is ...
#
# - [ ] four rows of 300 numbers :: Four one-hot rows would give four rows. The bag is their sum, one vector: one vector comes out.
# - [ ] the row of *great* plus the row of *film* :: That would be the product with 1 and 1. The bag holds a 3 for *great*.
# - [x] three times the row of *great* plus the row of *film* :: The product multiplies each row by its count and adds up: 300 numbers.
# - [ ] the mean of the two rows :: Nothing is divided. A mean comes out only if you divide the bag by the number of words.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: an id is a name, and one-hot times a table is a row"
# ## Take away
#
# - An id is a name, not a quantity; one-hot gives every category a column of its own, so that no numbering can mislead the neuron.
# - One-hot rows are sparse, long, and all equally far apart: they say which word it is and nothing about what it is like.
# - One-hot times a table is a row of the table, and a bag times a table is a sum of rows: that is the way from 10,000 numbers to 300.

# %% [markdown] tags=["words"]
# ## Words
#
# - **category**: one of several kinds of thing, with no order and no in-between: a word, a product, a user
# - **quantity**: a number that can be added and compared; the mean of two makes sense
# - **id**: a whole number that serves as the name of a category
# - **vocabulary**: the list that says which category has which id
# - **one-hot**: a row of zeros, as long as there are ids, with a 1 at the position of the id
# - **distance**: Euclidean distance, the root of the sum of squared differences between two vectors
# - **cosine**: the dot product of two vectors divided by their lengths; 1 for the same direction, 0 for a right angle
# - **sparse**: said of an array in which nearly all numbers are 0
# - **dense**: said of a vector that is short and has hardly a zero in it
# - **bag of words**: a text as one vector of counts, how often each word occurs; the order is lost
# - **multi-hot**: a text as one vector of zeros and ones, which words occur, however often
# - **sparse representation**: only the entries that are not 0, each with its row, column and value

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Close with the three million multiplications of which 300 count. Ask: "What would you do instead?" Somebody says:
# take the row. Say that this is a layer, that it has a name, and that the name is on the cover of the course.

# %% [markdown]
# **Next.** The product of a one-hot row and a table only ever copies a row. A layer that knows this needs no one-hot and no product: it
# takes the id and copies. What is it called, and how do its rows learn? Lesson 05, *The lookup table*.
