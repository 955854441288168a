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
# # Layers
#
# Two neurons side by side and a third behind them were enough for *not bad* (lesson 01), and you could follow every weight with a
# finger. Real networks put two hundred side by side, and two hundred more behind those. How do you compute, draw and count such a thing
# without losing sight of a single weight?

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Write four reviews on the board in two columns: positive ("good", "not bad"), negative ("bad", "not good"). Ask:
# "Which weight would you give to *not*?" The room says: a negative one. Then ask what that makes of "not bad". Now underline:
# both columns hold the same words, good, bad and not. So whatever the votes are, both columns have the same total, and one neuron
# is lost. The mistake behind the first answer: looking at one pair and forgetting the other. It is the proof of lesson 01 in
# words.

# %%
from course import lesson

ex = lesson("02_layers")
ex

# %% [markdown]
# **You will**
#
# - write a layer of neurons as one matrix product, and say its shapes aloud;
# - run reviews forward through a network, by hand and with Keras, and get the same numbers; choose the weights of one yourself;
# - count the parameters of a network, and say what flows through a feed-forward, a convolutional and a recurrent layer.

# %% tags=["needed"]
import numpy as np


def relu(z):
    return np.maximum(z, 0)


# %% tags=["needed"]
import keras  # takes some seconds, once

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots, sketch

plots.style()

# %% [markdown]
# Why one neuron was not enough, once more and in words: the positive reviews "good" and "not bad" together hold the words *good*, *not*,
# *bad*. So do the negative ones, "bad" and "not good". The same words have the same votes. A neuron cannot give one pair more than
# the other, whatever its weights are.
#
# Here is a network that can, with all its weights. A line is as wide as its weight is large: solid blue votes for, dashed orange votes
# against.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Two neurons in the middle let *not* turn a word round

# %% slide="output"
W1 = np.array([[1.0, -0.5], [-0.5, 1.0], [-1.0, 1.0]])  # (3, 2)
b1 = np.array([0.0, -1.0])  # (2,)
W2 = np.array([[2.0], [2.0]])  # (2, 1)
b2 = np.array([-1.0])  # (1,)

names = [["good", "bad", "not"], ["h1, bias 0", "h2, bias −1"], ["score, bias −1"]]
plt.figure(figsize=(9.5, 4.2))
sketch.network(plt.gca(), [W1, W2], names)
plt.title("Two neurons in the middle let 'not' turn a word round")
plots.show(
    "A network of circles. Good, bad and not are joined to h1 with weights 1, -0.5, -1 and to h2 with weights -0.5, 1, 1. "
    "Both h1 and h2 are joined to the score with weight 2. Blue lines are positive, dashed orange ones negative."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Solid blue votes for, dashed orange against, and a wide line counts for much. Read it from the left: `h1`
# answers to a "good" that nobody took back, `h2` to "not" and "bad" together; either of them lifts the score above 0. Ask: "Why
# does h2 start at −1?" So that one of the two words is not enough. The room often says "to make it negative". The mistake
# behind it: to read a bias as a verdict. It is a threshold.

# %% [markdown]
# Read it from the left. `h1` is for "good" and against "not": it answers to a "good" that nobody took back. `h2` is for "bad" and for
# "not", and starts at −1, so one of them is not enough: it answers to "not" and "bad" together. The score starts at −1, and either of
# the two lifts it above 0. By the end of this lesson you can compute every number in this picture, and run networks of any size.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A layer is neurons side by side"
# ## 1. A layer is neurons side by side
#
# - One neuron: a weighted sum of the inputs, plus a bias.
# - A **layer**: several neurons that see the same inputs, each with weights of its own.
# - The weights of one neuron are one *column*. The layer is one matrix product.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Draw one neuron, then a second beside it with the same inputs. Ask: "How many loops would you need for four
# reviews and two neurons?" Two, around the neuron of lesson 01. Then say the third line: the weights of one neuron are one
# column, and one product does all of it. The mistake to guard against: neurons in a layer do not see each other. Only their
# inputs.

# %% [markdown]
# Four reviews, and how often each of three words occurs in them. One row is one review.

# %%
reviews = ["good", "bad", "not good", "not bad"]
words = ["good", "bad", "not"]
X = np.array([[review.split().count(word) for word in words] for review in reviews], dtype=float)  # (4, 3)
print(X)

# %% [markdown]
# Take `h2` and the last review, "not bad", by hand. The inputs are 0, 1, 1, the weights −0.5, 1, 1, the bias −1:
#
# $0 \cdot (-0.5) + 1 \cdot 1 + 1 \cdot 1 - 1 = 1$
#
# That is one number. Four reviews and two neurons need eight of them. You can write two loops around the neuron of lesson 01. Or you
# put the weights of the two neurons side by side, as columns of a table `W1`, and multiply once. Before you run the cell: where in the
# result will the 1 from above stand?

# %%
one_by_one = np.zeros((4, 2))
for review in range(4):
    for neuron in range(2):
        one_by_one[review, neuron] = np.dot(X[review], W1[:, neuron]) + b1[neuron]

at_once = X @ W1 + b1  # (4, 3) @ (3, 2) + (2,) -> (4, 2)
print(at_once)
print("the same as the loops:", np.array_equal(one_by_one, at_once))

# %% [markdown]
# Row 3, column 1 (counting from 0): the last review, the second neuron. The picture shows where this number comes from: a row of `X`
# runs along a column of `W1`, number by number, and the bias of that column is added.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A row of X meets a column of W1 and becomes one number
#
# *Not bad* is the last row of `X`, `h2` the second column of `W1`. Where will their number stand?

# %% slide="output" slideshow={"slide_type": "fragment"}
fig, axes = plt.subplots(1, 4, figsize=(10, 3.8), width_ratios=[3, 2, 2, 2], layout="constrained")
parts = {"X (4, 3)": X, "@ W1 (3, 2)": W1, "+ b1 (2,)": b1[None], "-> (4, 2)": at_once}
marks = [([3], range(3)), (range(3), [1]), ([0], [1]), ([3], [1])]  # the rows and columns to mark
for ax, (name, grid), (rows, columns) in zip(axes, parts.items(), marks, strict=True):
    marked = np.zeros(grid.shape)
    marked[np.ix_(rows, columns)] = 1
    ax.imshow(marked, cmap="Blues", vmax=3)
    for (row, column), value in np.ndenumerate(grid):
        bold = "bold" if marked[row, column] else "normal"
        ax.text(column, row, f"{value:g}", ha="center", va="center", weight=bold)
    ax.set_xticks(range(grid.shape[1]), ["h1", "h2"] if ax is not axes[0] else words)
    ax.set(xlabel=name, yticks=[])
    ax.grid(False)
axes[0].set_yticks(range(4), reviews)
axes[1].set_yticks(range(3), words)
fig.suptitle("A row of X meets a column of W1 and becomes one number", fontweight="bold")
plots.show(
    "Four grids of numbers: X with row 'not bad' marked, W1 with its second column marked, b1 with -1 marked, "
    "and the product with the number 1 marked in the last row, second column."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Take the last review, "not bad", and the second neuron: 0 · (−0.5) + 1 · 1 + 1 · 1 − 1 = 1. Let the room point at
# the place where this 1 will stand, on the board, before the next key. Many point at the last column but the first row. The
# mistake behind it: rows are examples, columns are neurons; say it with your arm, along the row and down the column. Then ask for
# any other number in the result.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Say the shapes aloud, as a sentence
#
# `(4, 3) @ (3, 2) -> (4, 2)`
#
# > Four reviews of three numbers, into two neurons of three weights, gives four reviews of two numbers.
#
# - The two inner numbers must agree, and are gone afterwards.
# - The bias `(2,)` is added to every row: **broadcasting**.

# %% [markdown]
# ### Say the shapes aloud
#
# Many of the errors you will meet while building networks are errors of shape. So make it a habit to read shapes as a sentence:
#
# > `(4, 3) @ (3, 2) -> (4, 2)`: "four reviews of three numbers, into two neurons of three weights, gives four reviews of two numbers."
#
# In general $Z = XW + \mathbf{b}$. $X$ has shape $(n, k)$: $n$ examples of $k$ numbers. $W$ has shape $(k, m)$: one column of $k$
# weights for each of $m$ neurons. $\mathbf{b}$ has shape $(m,)$: one bias for each neuron. $Z$ has shape $(n, m)$. The two inner
# numbers, $k$ and $k$, must agree, and are gone afterwards. NumPy adds $\mathbf{b}$ to every row of $XW$; spreading a small array over
# a larger one like this is called **broadcasting**.
#
# **The mistake everybody makes.** When $W$ happens to be square, $(2, 2)$ say, you can multiply with it lying on its side and no error
# tells you. The shapes are right and the numbers are wrong. So while you test, choose sizes that all differ, as 4, 3 and 2 do here.

# %% [markdown]
# In Keras this is `Dense(2)`. Nothing is new since `Dense(1)` of lesson 01 but the number of columns: the kernel is `W1`, and the bias has
# one number more. What will the two shapes be?

# %%
layer = keras.layers.Dense(2)
layer.build((None, 3))  # None: any number of examples
layer.set_weights([W1, b1])
print("shapes of its weights:", [w.shape for w in layer.get_weights()])
print("the same numbers as by hand:", np.array_equal(np.array(layer(X)), at_once))

# %% [markdown]
# The number of reviews is in no shape of the weights. The same layer takes 4 reviews or 4 million.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Let the room read aloud: "(32, 100) @ (100, 16)". Then hide the middle number and ask what it must be. Ask: "I
# have 50 reviews more. Which array grows?" Many say W. It is X, and with it the result; the weights know nothing of the batch.
# The mistake behind it: thinking of the layer as a machine with one slot for each example. Mention that PyTorch's `Linear`
# keeps the same table lying on its side, shape (m, k).

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what is wrong, though nothing fails?
#
# ```python
# X = np.array([[1, 0], [0, 1]])  # 2 reviews, 2 words
# W = np.array([[1, 2],           # neuron 0: weights 1, 2
#               [3, 4]])          # neuron 1: weights 3, 4
# b = np.array([10, 20])
#
# Z = X @ W + b                   # no error
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# A neuron is a column: neuron 0 has the weights 1 and 3. The square table hides it.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** The comment says that a neuron is a row; the product takes a neuron for a column. Neuron 0 gets the weights 1 and
# 3. No error, because W is square. The room looks at `b` first, which is right. Cure: test with sizes that differ.

# %% [markdown]
# ### Exercise 1: a layer
#
# Write `dense(X, W, b)`. `X` is an array of shape `(n, k)`: `n` examples of `k` numbers. `W` has shape `(k, m)`, one column for each
# neuron; `b` has shape `(m,)`. Return the weighted sums of all `m` neurons for all `n` examples, each with its neuron's bias: an array
# of shape `(n, m)`. No activation. Leave `X`, `W` and `b` as they are.
#
# With `X = [[1, 2]]`, `W = [[1, 0, 3], [0, 1, 1]]` and `b = [10, 20, 30]` the result is `[[11, 22, 35]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write a layer as one product
#
# With `X = [[1, 2]]`, `W = [[1, 0, 3], [0, 1, 1]]`, `b = [10, 20, 30]` the result is `[[11, 22, 35]]`.


# %% exercise="dense" slide="code"
def dense(X, W, b):
    """The weighted sums of m neurons for n examples: X (n, k), W (k, m), b (m,) -> (n, m)."""
    ### BEGIN SOLUTION
    return X @ W + b
    ### END SOLUTION


# %% check="dense"
ex.dense.check(dense)

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes in the notebook.** Ask: "Which shape has the result of the example, before you compute it?" (1, 3). Mistakes to
# expect: `W @ X`, which fits only by accident; `X @ W.T`, after the slide before; the bias added along the wrong axis, by those
# who write loops; and an activation, which nobody asked for. On the next key: the answer.

# %% [markdown]
# Stuck? Put `ex.dense.hint()` in a cell of its own. Every exercise has three hints.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Layers in a row: what one gives, the next one takes"
# ## 2. Layers in a row
#
# - **Input layer**: the numbers that come in. It computes nothing.
# - **Hidden layer**: between input and output. Nobody outside sees its numbers.
# - **Output layer**: the numbers that come out.
# - The **forward pass** goes from left to right: layer, activation, layer.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Point at each layer in the picture of the second slide. Ask: "How many layers has this network?" Answers: 3, 2,
# 1. All are in use; say "one hidden layer", which nobody can misread. The mistake behind "3": counting the input layer as if it
# computed something.

# %% [markdown]
# The network at the top has an **input layer** of 3 numbers, a **hidden layer** of 2 neurons and an **output layer** of 1 neuron. What
# one layer gives, the next one takes. Running numbers through from left to right is the **forward pass**. Networks of this kind, in
# which every neuron sees all outputs of the layer before it, are called **MLP**, multilayer perceptron.
#
# Between the layers stands the activation ReLU: negative sums become 0. So `h1` and `h2` speak up or are silent; they never vote
# against. Before you run the cell: which of the four reviews will have a score above 0?

# %%
hidden = relu(X @ W1 + b1)  # (4, 3) @ (3, 2) + (2,) -> (4, 2)
scores = hidden @ W2 + b2  # (4, 2) @ (2, 1) + (1,) -> (4, 1)
for review, h, score in zip(reviews, hidden, scores, strict=True):
    print(f"{review:10} hidden {h}   score {score[0]:+.0f}")

# %% [markdown]
# "good" and "not bad". The word "not" turned both of the others round, which no single neuron can do. Here is the last review on its
# way through the network, from left to right:

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## *Not bad*: the first neuron is silent, the second lifts the score

# %% slide="output"
plt.figure(figsize=(9.5, 4.2))
sketch.network(plt.gca(), [W1, W2], names, [X[3], hidden[3], scores[3]])
plt.title("'not bad': h1 is silent, h2 lifts the score from −1 to 1")
plots.show(
    "The network with the numbers of one review in its circles: good 0, bad 1, not 1; h1 0, h2 1; score 1. "
    "Only the thick line from h2 carries anything to the score."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Do this review on the board, number by number. Between the layers stands ReLU: negative sums become 0. Ask:
# "What would the score be for 'good'?" Let somebody do it aloud. The room forgets the ReLU on h1 for "not good". The mistake
# behind it: to run the sums first and the activations afterwards. Ask also why there is no ReLU after the score: it would turn
# every −1 into 0, and the network could never say "bad".

# %% [markdown]
# The score has no activation after it. ReLU there would turn every −1 into 0, and the network could never say "bad". What follows the
# last layer depends on the question: a sigmoid for a probability (lesson 01), nothing for a score.
#
# Now the same in Keras. `keras.Sequential` is a list of layers that run one after the other. `keras.Input(shape=(3,))` says how many
# numbers come in; the number of reviews is not said. Four arrays are set, in the order in which they are used.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## In Keras, a network is a list of layers
#
# ```python
# model = keras.Sequential([
#     keras.Input(shape=(3,)),
#     keras.layers.Dense(2, activation="relu"),
#     keras.layers.Dense(1),
# ])
# model.set_weights([W1, b1, W2, b2])
# ```
#
# The scores are the same as by hand: −1 or +1, difference 0.

# %%
model = keras.Sequential(
    [
        keras.Input(shape=(3,)),
        keras.layers.Dense(2, activation="relu"),
        keras.layers.Dense(1),
    ]
)
model.set_weights([W1, b1, W2, b2])
by_keras = np.array(model(X))  # (4, 1)
print("by hand: ", scores[:, 0])
print("by Keras:", by_keras[:, 0])
print("largest difference:", np.abs(by_keras - scores).max())

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "Where does the number of reviews stand?" Nowhere. `Input(shape=(3,))` says how many numbers come in for
# each example. Many expect `(4, 3)`. The mistake behind it is the one from before: the weights know nothing of the batch. Four
# arrays are set, in the order in which they are used.

# %% [markdown]
# ### Why there must be an activation between
#
# Take ReLU out and look at the scores. Before you run it: will they still tell good from bad?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What is lost if the ReLU between the layers is left out?

# %% slide="code output" slideshow={"slide_type": "fragment"}
without = (X @ W1 + b1) @ W2 + b2  # (4, 1)
print("without ReLU:", without[:, 0])

one_layer = X @ (W1 @ W2) + (b1 @ W2 + b2)  # (4, 3) @ (3, 1) + (1,) -> (4, 1)
print("one layer:   ", one_layer[:, 0])

# %% [markdown]
# Every review gets the same score, and one layer with the weights $W_1 W_2$, of shape $(3, 1)$, gives the very same numbers:
#
# $(X W_1 + \mathbf{b}_1) W_2 + \mathbf{b}_2 = X (W_1 W_2) + (\mathbf{b}_1 W_2 + \mathbf{b}_2)$
#
# A weighted sum of weighted sums is a weighted sum. A hundred layers without an activation between them are one layer that takes
# longer. It is the bend of the activation that makes a second layer worth having.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask before the next key, which brings the output: "What if I leave out the ReLU?" The room says "it gets a bit
# worse". It collapses: all four scores are equal, and one layer gives the very same numbers. A weighted sum of weighted sums is a
# weighted sum. The mistake behind it: to think that the second layer adds power by being a layer. It is the bend that does it.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what can this network not do?
#
# ```python
# model = keras.Sequential([
#     keras.Input(shape=(300,)),
#     keras.layers.Dense(100),
#     keras.layers.Dense(100),
#     keras.layers.Dense(1),
# ])
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Whatever one neuron cannot: there is no activation between its layers.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Nothing fails, and it trains. It has 40,301 parameters and can do what one neuron with 301 can do: there is no
# activation between. `Dense` has none unless you ask for it. Let the room find the 40,301 after section 4.

# %% [markdown]
# ### Exercise 2: the forward pass
#
# Write `forward(x, layers)`. `x` is an array of shape `(n, k)`; `layers` is a list of one or more pairs `(W, b)`, in the order in which
# they are run; a pair may stand in it twice. Apply each layer to what came out of the layer before it, with ReLU **between** the layers
# and **none after the last**. Return the output of the last layer. `relu` and `np` are there for you to use. Leave `x` and the arrays in
# `layers` as they are.
#
# With `x = [[1, 2]]` and `layers = [([[1, -1], [1, -1]], [0, 0]), ([[-1], [5]], [1])]` (each an array) the first layer gives `[[3,
# -3]]`, ReLU makes it `[[3, 0]]`, and the result is `[[-2]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Run a network forward, with ReLU between and none at the end


# %% exercise="forward" slide="code"
def forward(x, layers):
    """The output of a network: x (n, k) through the pairs (W, b) in `layers`, with ReLU between them and none at the end."""
    ### BEGIN SOLUTION
    *between, last = layers
    for W, b in between:
        x = relu(x @ W + b)
    W, b = last
    return x @ W + b
    ### END SOLUTION


# %% check="forward"
ex.forward.check(forward)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Ask: "How many ReLUs has a list of one layer?" None. The mistake to expect: ReLU after the last
# layer as well, because the loop is shorter that way; it shows only when a score is negative. The next one: `x = relu(x)` at
# the top of the loop, which bends the inputs too.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Where does the hidden layer put the four reviews?
#
# Where they stand by *good* and *not*, no line separates them. Where would you like them to be?

# %% [markdown]
# ## 3. What the hidden layer is for
#
# - It gives every review a new place.
# - In the new places, one straight line is enough.
# - The output neuron draws that line.

# %% [markdown]
# In lesson 01 you saw two neurons move the four corners of XOR. The network above does it with ReLU. To the left are its four reviews by
# two of their counts, "good" and "not"; the positive ones stand across from each other. To the right are the same reviews as the hidden
# layer sees them: each has the place `(h1, h2)` that the forward pass printed. Before you run it: which two will fall on one point?

# %% slide="output" slideshow={"slide_type": "fragment"}
fig, (left, right) = plt.subplots(1, 2, figsize=(9.5, 4.4), layout="constrained")
looks = {True: {"marker": "o", "color": plots.BLUE}, False: {"marker": "X", "color": plots.ORANGE}}
for ax, points in ((left, X[:, [0, 2]]), (right, hidden)):
    for review, (x, y), score in zip(reviews, points, scores[:, 0], strict=True):
        ax.plot(x, y, markersize=14, **looks[bool(score > 0)])
        lift = -46 if ax is right and review == "not good" else -28 if score < 0 else 14
        ax.annotate(review, (x, y), (0, lift), textcoords="offset points", ha="center")
    ax.set(xlim=(-0.6, 1.6), ylim=(-0.6, 1.5), xticks=(0, 1), yticks=(0, 1), aspect="equal")
right.plot([-0.4, 0.95], [0.9, -0.45], color="black", linewidth=1.5)
left.set(xlabel='how often "good"', ylabel='how often "not"', title="No line separates these")
right.set(xlabel="h1", ylabel="h2", title="One line separates these")
plots.show(
    "Left: four corners of a square, positive reviews (blue discs) and negative reviews (orange crosses) across from each other. "
    "Right: in the hidden layer both negative ones lie at (0, 0), and a line separates them from the positive ones at (1, 0) and (0, 1)."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Ask: "Where would you like the four to be?" Let somebody draw it, then press the next key. Ask:
# "Why may two different reviews land in one place?" Because the answer for them is the same; what the layer forgets is what the
# task does not need. The mistake behind the surprise: to think that a layer must keep everything. This is the work of every
# hidden layer in this course.

# %% [markdown]
# "bad" and "not good": both neurons are silent for them. (With OR and AND it was the two positive ones that met. Either will do.) Now
# one line is enough, and one line is what the output neuron has: $2 h_1 + 2 h_2 - 1 = 0$.
#
# That is the work of every hidden layer in this course: **move the examples to places where the next layer has less to do.** The places
# themselves, `(h1, h2)` of a review, are a description of the review in two numbers. Keep that thought; in part II it gets a name.

# %% [markdown]
# ### Exercise 3: XOR with a hidden layer
#
# Now choose weights yourself. A network has two inputs, each 0 or 1: is the word *good*, and is there a *not*? Its hidden layer has two
# neurons with ReLU, its output layer one neuron without activation. The output should be **above 0.5 for a positive review**, and 0.5 or
# below for a negative one:
#
# | good | not | the review | output |
# |---|---|---|---|
# | 0 | 0 | bad | 0.5 or below |
# | 0 | 1 | not bad | above 0.5 |
# | 1 | 0 | good | above 0.5 |
# | 1 | 1 | not good | 0.5 or below |
#
# Write `xor_network()`, which takes nothing and returns four things, `W1, b1, w2, b2`: arrays of shapes `(2, 2)`, `(2,)` and `(2,)`, and
# one number. The output is `relu(X @ W1 + b1) @ w2 + b2`. Many answers are right. There is nothing to train; pencil and paper are the
# best tools. One thing differs from lesson 01, where a neuron fired or did not: a ReLU neuron passes on *how much*, 0.5 or 2.
#
# The form, with a network that calls everything positive: `W1 = [[0, 0], [0, 0]]`, `b1 = [0, 0]`, `w2 = [0, 0]`, `b2 = 1`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Choose the weights of a network that solves XOR
#
# The output is `relu(X @ W1 + b1) @ w2 + b2`: above 0.5 for a positive review.


# %% exercise="xor_network" slide="code"
def xor_network():
    """Weights W1 (2, 2), b1 (2,), w2 (2,), b2 (one number) of a network with two ReLU neurons that solves XOR."""
    ### BEGIN SOLUTION
    W1 = np.array([[1.0, -1.0], [-1.0, 1.0]])  # h1: "good" without "not"; h2: "not" without "good"
    b1 = np.array([0.0, 0.0])
    w2 = np.array([1.0, 1.0])
    b2 = 0.0
    return W1, b1, w2, b2
    ### END SOLUTION


# %% check="xor_network"
ex.xor_network.check(xor_network)

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes in the notebook, with paper.** Many answers are right. Those who solved the stretch of lesson 01 bring its OR and
# AND neurons. ReLU passes the amount on: at (1, 1) that OR gives 1.5, and at (0, 1) it gives 0.5. The check knows this mistake
# and says so. Ask those who are done to draw where their hidden layer puts the four points.

# %% [markdown]
# ### Another way to see it: a tent
#
# Count the yeses among the two inputs. XOR asks for "some": 0 is negative, 1 is positive, 2 is negative again. One neuron can say "the
# more the better" or "the less the better". Two ReLU neurons that see the same count and bend at different places can say "some". Before
# you run the cell: one line goes up from 0, the other goes down twice as steeply from 1. What is their sum?

# %%
count = np.linspace(0, 2, 101)  # how many of the two inputs are 1
up, down = relu(count), -2 * relu(count - 1)
plt.plot(count, up + down, color="0.75", linewidth=7, label="their sum")
plt.plot(count, up, "--", label="first neuron")
plt.plot(count, down, ":", label="second neuron, times −2", linewidth=3)
plt.xticks([0, 1, 2])
plt.xlabel("how many of the two inputs are 1")
plt.ylabel("output")
plt.legend()
plt.title("Two neurons that bend once each add up to a tent")
plots.show(
    "A dashed line rises from 0 to 2, a dotted line stays at 0 until 1 and then falls to -2. "
    "Their sum, a wide grey line, is a tent: 0 at both ends and 1 in the middle."
)

# %% [markdown]
# A tent: 0, 1, 0. With many such tents side by side, each of its own height, you can follow any curve as closely as you like. That one
# hidden layer, if it is wide enough, can come close to any continuous function on a bounded region was shown by [Cybenko
# (1989)](https://doi.org/10.1007/BF02551274) for sigmoids and by [Hornik (1991)](https://doi.org/10.1016/0893-6080%2891%2990009-T) for more
# activations. They show that such weights exist, and not how to find them, nor how many neurons you need.
#
# Two numbers make this tent: where the second neuron bends, and its weight. Move them. Before you do: at which weight does the sum stay
# flat after the bend? And is "bend at 1, weight −2" the only way to 0, 1, 0?

# %%
from course import play

play.tent()

# %% [markdown]
# At −1: from the bend on, the second neuron takes away what the first one adds. And it is not the only way. Bend at 1.5 with weight −4,
# and the sum is 0, 1, 0 again; half-way between the counts it is another one, but nobody asks there. Bend before 1, and the top of the
# tent comes too early: at 1 the sum is below 1.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Every line is a weight, and every circle after the inputs has a bias"
# ## 4. Counting what is learned
#
# - Every line in the picture is a weight.
# - Every circle after the input layer has a bias.
# - Weights and biases together are the **parameters**: the numbers that training sets.

# %% [markdown]
# Count them in the picture at the top before you run the cell: how many lines, and how many circles that are not inputs?

# %% slide="output" slideshow={"slide_type": "fragment"}
for layer in model.layers:
    sizes = [w.shape for w in layer.get_weights()]
    print(f"{type(layer).__name__}: shapes {sizes}, {layer.count_params()} parameters")
print("together:", model.count_params())

# %% [markdown]
# 8 lines and 3 circles: 11. The hidden layer has 3 · 2 weights and 2 biases, the output layer 2 · 1 weights and 1 bias. The input layer
# has none, since it computes nothing.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Let the room count the picture aloud before the next key: 8 lines and 3 circles. Ask for guesses for 784 -> 128
# -> 10 before anyone computes: most guess a few thousand. It is 101,770. Then ask which layer holds most of it. The mistake
# behind low guesses: adding the sizes, and not multiplying neighbours.

# %% [markdown]
# ### Exercise 4: count the parameters
#
# Write `count_parameters(sizes)`. `sizes` is a list of whole numbers: how many inputs there are, then how many neurons each layer has,
# in order. Every neuron sees all outputs of the layer before it, and has a bias. Return the number of parameters, one whole number. A
# list with one size has inputs and no layer: 0.
#
# With `sizes = [3, 2, 1]`, the network above, the result is 11. Do it with arithmetic; no model is needed.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Count the parameters of a network with arithmetic
#
# `sizes = [3, 2, 1]` is the network above: 11.


# %% exercise="count_parameters" slide="code"
def count_parameters(sizes):
    """How many weights and biases an MLP has: sizes[0] inputs, then layers of sizes[1], sizes[2] ... neurons."""
    ### BEGIN SOLUTION
    return sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
    ### END SOLUTION


# %% check="count_parameters"
ex.count_parameters.check(count_parameters)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** The mistake in this exercise: biases for the inputs, because the picture shows circles there.
# The next one: a product of all sizes, or neighbours without the biases. Ask those who are done for the digits network, 784,
# 128, 10, and what share of it sits in the first layer: nearly all. With text that layer is a table with 10,000 rows, and this
# table is what the course is about.

# %% [markdown]
# A network that reads handwritten digits takes a picture of 28 × 28 = 784 points, has 128 hidden neurons, and one output for each of
# the ten digits. Guess first: how many parameters are there, and what share of them sits in the first layer?

# %%
digits = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10),
    ]
)
first = digits.layers[0].count_params()
print(f"{digits.count_params():,} parameters, {first / digits.count_params():.1%} of them in the first layer")

# %% [markdown]
# Nearly all of them sit where many inputs meet many neurons. Now think of text: with 10,000 words as inputs, that first layer becomes a
# table with 10,000 rows. This table is what the course is about.
#
# ### Exercise 5: build it in Keras
#
# Write `build_mlp(inputs, hidden, outputs)`. All three are whole numbers. Return a Keras model that takes `inputs` numbers for each
# example, has **one** hidden layer of `hidden` neurons with ReLU, and an output layer of `outputs` neurons **without** activation. Both
# layers have biases. The model need not be compiled or trained; the check sets its weights and compares it with a forward pass by hand.
#
# `build_mlp(3, 2, 1)` is the network at the top of this lesson, with other weights: its arrays have shapes `(3, 2)`, `(2,)`, `(2, 1)`
# and `(1,)`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Build a network with one hidden layer in Keras


# %% exercise="build_mlp" slide="code"
def build_mlp(inputs, hidden, outputs):
    """A Keras model: `inputs` numbers, one hidden layer of `hidden` ReLU neurons, `outputs` neurons without activation."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(shape=(inputs,)),
            keras.layers.Dense(hidden, activation="relu"),
            keras.layers.Dense(outputs),
        ]
    )
    ### END SOLUTION


# %% check="build_mlp"
ex.build_mlp.check(build_mlp)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask: "Why does it not need to be compiled?" Compiling is for training; a forward pass needs
# only weights. Mistakes to expect: an activation on the output; two hidden layers, by those who count the input as one. A model
# without `Input` passes, too: it makes its weights at its first call. The check sets the weights and compares with a forward pass
# by hand.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Three families: what flows through them differs"
# ## 5. Three families
#
# The same six words go in. What flows?
#
# - **Feed-forward**: everything at once, each place with weights of its own.
# - **Convolutional**: a small window that slides.
# - **Recurrent**: a memory that goes from word to word.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Draw three boxes on the board and let the room say what goes through the wire between them: "all six numbers",
# "two neighbours", "the state". Ask: "Which of them knows the order of the words?" All three, each in its own way: the
# feed-forward layer by a weight for each place. The room often denies it. The mistake behind it: the counts of section 1 had
# lost the order, not the layer.

# %% [markdown]
# So far a review was a row of counts, and the order of its words was lost. Now the words come in order, one number for each: +1 for
# praise, −1 for blame, 0 for neither. Such an ordered input has **steps**. Keras wants its shape as `(examples, steps, numbers in a step)`,
# here `(1, 6, 1)`: "one review, six steps, one number each".

# %%
text = ["great", "start", "then", "dull", "dull", "end"]
votes = [1.0, 0.0, 0.0, -1.0, -1.0, 0.0]
x = np.reshape(votes, (1, 6, 1))  # (examples, steps, numbers)

# %% [markdown]
# **Feed-forward** is what you know: `Flatten` lays the six numbers out in a row, `Dense` takes them all at once. Each place has a weight
# of its own. The first neuron here adds everything up. The second has negative weights for early words and positive ones for late
# words. The votes fall from +1 to -1: which sign will the second output have?

# %%
kernel = np.array([[1, -3], [1, -2], [1, -1], [1, 1], [1, 2], [1, 3]])  # (6, 2)
feed_forward = keras.Sequential([keras.Input(shape=(6, 1)), keras.layers.Flatten(), keras.layers.Dense(2)])
feed_forward.set_weights([kernel, np.zeros(2)])
print("Keras:  ", np.array(feed_forward(x))[0])  # (2,)
print("by hand:", np.array(votes) @ kernel)  # (6,) @ (6, 2) -> (2,)

# %% [markdown]
# **Convolutional**: one neuron that sees only two neighbouring words, and *slides* over the text. Its two weights are the same at every
# place. With the weights −1 and 1 it gives "second minus first": how much the mood turns from one word to the next. Six words have five
# pairs of neighbours, so five numbers come out. Guess them before you run it; the first is $-1 \cdot 1 + 1 \cdot 0 = -1$.

# %%
convolutional = keras.Sequential([keras.Input(shape=(6, 1)), keras.layers.Conv1D(1, kernel_size=2)])
window = np.reshape([-1.0, 1.0], (2, 1, 1))  # (words under the window, numbers for each word, neurons)
convolutional.set_weights([window, np.zeros(1)])
print("Keras:  ", np.array(convolutional(x))[0, :, 0])  # (5,)
print("by hand:", [votes[i] * -1 + votes[i + 1] * 1 for i in range(5)])

# %% [markdown]
# **Recurrent**: one neuron that reads word by word. At each step it sees the new word and its *own last output*, which is called its
# **state**. Here the word has weight 1 and the state 0.5: half of the old mood stays. The activation is tanh, which Keras uses here
# unless you say otherwise. Before you run it: after which word does the mood fall below 0?

# %%
recurrent = keras.Sequential([keras.Input(shape=(6, 1)), keras.layers.SimpleRNN(1, return_sequences=True)])
recurrent.set_weights([np.array([[1.0]]), np.array([[0.5]]), np.zeros(1)])  # for the word, for the state, bias
print("Keras:  ", np.array(recurrent(x))[0, :, 0].round(3))  # (6,)
state, moods = 0.0, []
for vote in votes:
    state = np.tanh(1.0 * vote + 0.5 * state)
    moods.append(state)
print("by hand:", np.round(moods, 3))

# %% [markdown]
# At the fourth word, the first "dull". And look at the last word, "end": it has no vote of its own, and yet the mood there is below 0,
# because the state remembers.
#
# ### What reaches what
#
# Here are the three, with the words below and the outputs above. Coloured lines of one look are one and the same weight; the thin grey
# lines are twelve different weights. Word 3 (counting from 0), the first "dull", is filled, and so is every output that hears of it.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A word reaches all outputs, its neighbourhood, or all that comes later

# %% slide="output"
fig, axes = plt.subplots(1, 3, figsize=(11, 3.2), layout="constrained")
sketch.wires(axes[0], 6, 2, [(i, o, None) for o in range(2) for i in range(6)], watch=3)
sketch.wires(axes[1], 6, 5, [(o + place, o, place) for o in range(5) for place in range(2)], watch=3)
sketch.wires(axes[2], 6, 6, [(o, o, 0) for o in range(6)], watch=3, memory=True)
for ax in axes:
    for place, word in enumerate(text):
        ax.text(place, -0.35, word, ha="center", va="top", fontsize=11)
for ax, name in zip(
    axes, ("feed-forward: 12 weights", "convolutional: 2 weights", "recurrent: 2 weights"), strict=True
):
    ax.set_title(name, fontsize=13, fontweight="normal", loc="center")
fig.suptitle("A word reaches every output, its neighbourhood, or all that comes later", fontweight="bold")
plots.show(
    "Three layers over six words. Feed-forward: every word is joined to both outputs. Convolutional: each of five outputs is joined to "
    "two neighbouring words. Recurrent: each output is joined to its word and to the output before it. Word 3 reaches both, two, and three."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Lines of one look are one and the same weight: twelve, two and two. Word 3 is filled, and so is every output
# that hears of it. Ask: "Which family would you take for a 1,000-word review and why?" The mistake behind "feed-forward, it
# sees everything": it must learn "dull" once for each place. Ask how many weights each has for 60 words: 120, 2 and 2, biases
# aside.

# %% [markdown]
# Trust no picture that you can test. Add 1 to word 3 and see which outputs move. What do you expect for each family?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: change one word, and see which outputs move
#
# Word 3 gets a vote more. **For each family, which outputs will move?**

# %% slide="live"
families = {"feed-forward": feed_forward, "convolutional": convolutional, "recurrent": recurrent}
touched = x.copy()
touched[0, 3, 0] += 1
for name, network in families.items():
    moved = np.abs(np.array(network(touched)) - np.array(network(x))).ravel() > 1e-6
    print(f"{name:14} outputs that moved: {np.flatnonzero(moved)} of {moved.size}")

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Take votes for each family before you run it. The room expects the recurrent layer to move everywhere; it
# cannot change what it said before it read the word. Then let somebody choose another word. If there is time, run the next
# cell, which puts a word in front: two families go along, and the feed-forward one gives other numbers. The mistake behind: a
# state is taken for something that looks both ways.

# %% [markdown]
# As drawn. One more experiment: put one word without a vote in front, so that every word comes one step later. (The last word, which has
# no vote either, falls off.) Which family gives the same numbers as before, one step later?

# %%
later = np.concatenate([np.zeros((1, 1, 1)), x[:, :-1]], axis=1)  # (1, 6, 1)
for name, network in families.items():
    print(f"{name:14} before {np.array(network(x)).ravel().round(2)}")
    print(f"{'':14} later  {np.array(network(later)).ravel().round(2)}")

# %% [markdown]
# The convolution and the recurrent layer go along: their weights do not care *where* in the text something stands. The second
# feed-forward neuron gives another number, since each word now meets the weight of another place.
#
# The same weight at every place also means fewer weights. How many parameters for 6 steps, and for 60?

# %%
for steps in (6, 60):
    for layers in (
        [keras.layers.Flatten(), keras.layers.Dense(2)],
        [keras.layers.Conv1D(1, kernel_size=2)],
        [keras.layers.SimpleRNN(1)],
    ):
        count = keras.Sequential([keras.Input(shape=(steps, 1)), *layers]).count_params()
        print(f"{steps:3} steps  {type(layers[-1]).__name__:10} {count:4} parameters")

# %% [markdown]
# | family | what flows | the same weights at every step | a word reaches |
# |---|---|---|---|
# | feed-forward | everything at once | no | every output |
# | convolutional | a window that slides | yes | its neighbourhood |
# | recurrent | a state, from step to step | yes | its own output and all that come later |
#
# All three are the neuron of lesson 01, wired differently. Convolutions made networks good at pictures ([LeCun and others,
# 1998](https://doi.org/10.1109/5.726791)); recurrent networks were made for language ([Elman,
# 1990](https://doi.org/10.1207/s15516709cog1402_1)). Lesson 08 lets both read real reviews.

# %% [markdown]
# ### Exercise 6 (stretch): a convolution by hand
#
# In the lessons ahead, a step is not one number but many, and a convolution has many kernels. Write `conv1d(x, kernel, b)`. `x` has shape
# `(steps, k)`: one text, `k` numbers a step. `kernel` has shape `(size, k, m)`, as in Keras: for each of `m` neurons, a window of `size`
# steps with `k` weights each, where `size` is at most `steps`. `b` has shape `(m,)`.
#
# Place the window at step 0, 1, 2 ... as long as all of it lies on the text. At each place every neuron gives one weighted sum, over all
# numbers under the window, plus its bias. The first row of the window's weights meets the first step under the window: nothing is turned
# round. No activation, no padding. Return an array of shape `(steps - size + 1, m)`. Write it with NumPy and without `Conv1D`: to see
# what that layer does is what this exercise is for.
#
# With `x = [[1], [2], [4]]`, `kernel = [[[1]], [[-1]]]` and `b = [10]` the window has 2 places, and the result is `[[9], [8]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: slide a layer over a text by hand


# %% exercise="conv1d" slide="code"
def conv1d(x, kernel, b):
    """A convolution without padding: x (steps, k), kernel (size, k, m), b (m,) -> (steps - size + 1, m)."""
    ### BEGIN SOLUTION
    size, k, m = kernel.shape
    W = kernel.reshape(size * k, m)  # the layer of section 1, for one window
    windows = [x[i : i + size].reshape(size * k) for i in range(len(x) - size + 1)]
    return np.stack(windows) @ W + b  # (places, size * k) @ (size * k, m) + (m,)
    ### END SOLUTION


# %% check="conv1d"
ex.conv1d.check(conv1d)

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute here; it is homework.** Say the idea: at each place, the window laid flat is one example, and the kernel laid flat
# is one layer. So a convolution is the layer of the first slide, applied at every place. Ask: "How many places has a window of
# 3 on 10 steps?" Eight; many say 7 or 10. The mistake to expect in the code is that one, and a kernel that is turned round, as
# in mathematics.

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="batch"
# **Quiz 1.** Batches of 32 examples with 20 numbers each go through `Dense(5)`. What is the shape of its kernel?
#
# - [ ] `(32, 5)` :: 32 is the number of examples. It is in no weight: the same layer takes a batch of any size.
# - [x] `(20, 5)` :: 20 weights for each of 5 neurons: (32, 20) @ (20, 5) -> (32, 5).
# - [ ] `(5, 20)` :: In Keras a neuron is a column, so that `X @ W` fits. (PyTorch stores it this way round.)

# %% [markdown] quiz="deep_and_straight"
# **Quiz 2.** Three `Dense` layers of 100, 100 and 1 neurons, none with an activation. What can they separate that one neuron cannot?
#
# - [ ] XOR, since it has two hidden layers. :: The hidden layers are there, but nothing bends in them.
# - [ ] More than one neuron, though less than with ReLU. :: It can do exactly what one neuron can.
# - [x] Nothing. :: A weighted sum of weighted sums is a weighted sum: the three kernels multiply into one.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: which output cannot hear of word 20?

# %% [markdown] quiz="families" slide="quiz"
# **Quiz 3.** In a text of 50 words you change word 20. (Words and outputs are counted from 0.) Which of these outputs can **not** change?
#
# - [ ] The last output of a `SimpleRNN`. :: The state carries word 20 on to the end, though it may be faint by then.
# - [x] Output 10 of a `SimpleRNN` that returns all its outputs. :: When the layer gave output 10, it had not read word 20.
# - [ ] Output 19 of a `Conv1D` with `kernel_size=3`. :: Its window lies on the words 19, 20 and 21.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Vote by hands, then let one voter for each choice say why. Votes go to the convolution, whose window is taken
# to start at its own number; it lies on the words 19, 20 and 21. A recurrent layer cannot change what it said before it read
# the word. The notebook has two questions more.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: one neuron, wired in different ways"
# ## Take away
#
# - A layer is neurons side by side: `(n, k) @ (k, m) + (m,) -> (n, m)`, one column of weights and one bias for each neuron.
# - A hidden layer moves the examples to places where the next layer has less to do; without an activation between them, layers collapse
#   into one.
# - Feed-forward, convolutional and recurrent layers are the same neuron, wired differently: everything at once, a window that slides, a
#   state that goes from step to step.

# %% [markdown] tags=["words"]
# ## Words
#
# - **layer**: several neurons that see the same inputs, each with weights and a bias of its own
# - **shape**: how many numbers an array has along each axis; (4, 3) is four rows of three
# - **broadcasting**: spreading a small array over a larger one, as when a bias of shape (m,) is added to every row of (n, m)
# - **input layer**: the numbers that go into a network; it computes nothing
# - **hidden layer**: a layer between input and output
# - **output layer**: the layer whose numbers are the network's answer
# - **forward pass**: computing a network's output from its input, layer by layer
# - **MLP**: multilayer perceptron, a network in which every neuron sees all outputs of the layer before it
# - **parameter**: a weight or a bias; a number that training sets
# - **feed-forward**: a network in which numbers flow one way, from input to output, without a memory
# - **convolution**: one small set of weights that slides over the steps of an input, or over a picture
# - **recurrent**: a layer that reads step by step and feeds its own last output back in
# - **state**: what a recurrent layer passes on from one step to the next

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Close with the question: "Who chose the weights today?" We did. "And with 101,770 of them?" Leave that question
# standing; it is the next lesson.

# %% [markdown]
# **Next.** Eleven numbers let a network read "not", and you chose nine more for XOR with pencil and paper. The digits network has
# 101,770. Nobody chooses those. How does a network find its weights by itself? Lesson 03, *Learning*.
