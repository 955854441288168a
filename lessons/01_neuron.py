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

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# # One neuron
#
# > *Great cast, great songs, a boring middle.*
#
# Is this review positive? You weighed it as you read: two words for, one against, and some words count for more than others.
# A neuron does this with numbers.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 3. Read the review aloud and ask for a show of hands: positive or negative? Most say positive, a few "mixed". Ask one
# of each *why*; they will name words and weigh them ("great twice, so ..."). That is the whole lesson: words, how often, how much
# each counts, and how much it takes to convince you. The mistake behind "you cannot put that in numbers": they have done it this
# minute.

# %% [markdown]
# # One neuron
#
# > *Great cast, great songs, a boring middle.*
#
# Is this review positive? You weighed it as you read: two words for, one against, and some words count for more than
# others. A neuron does this with numbers. Run the next three cells to watch it vote.

# %%
from course import lesson

ex = lesson("01_neuron")
ex

# %% tags=["needed"]
import matplotlib.pyplot as plt
import numpy as np

from course import plots, sketch

plots.style()

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A review is a vote: each word counts, and the count starts somewhere

# %% slide="output"
words = ["great", "boring", "again"]
x = np.array([2.0, 1.0, 0.0])  # (3,) how often each word stands in the review
w = np.array([1.5, -2.0, 1.0])  # (3,) what one occurrence counts
b = -0.5  # where the vote starts: this reader wants to be convinced

figure, ax = plt.subplots(figsize=(7.2, 3.4))
sketch.votes(ax, words, x, w, b)
ax.set(title="The votes add up to +0.5: positive, narrowly", xlabel="against (below 0) or for (above 0)")
plots.show(
    "A staircase of bars. The vote starts at minus 0.5; two times great takes it up by 3 to 2.5; boring takes it "
    "down by 2 to 0.5; again does not occur and adds nothing. The total is plus 0.5."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Read the staircase from the top: it starts at −0.5, *great* twice takes it up by 3, *boring* takes 2 away, *again*
# is not there and adds nothing. Ask: "What if the reader were easier to please?" Somebody says "a larger weight for great". It is
# the start that changes: every review gets the same lift. The mistake behind it: to look for every opinion in the weights.

# %% [markdown]
# Read it from the top. The vote starts at −0.5. *Great* stands there twice and counts 1.5 each time: up by 3. *Boring*
# takes 2 away. *Again* is not in the review and adds nothing. What is left is +0.5: for, narrowly.
#
# **You will**
#
# - write a neuron yourself, for one review and for a whole table of them;
# - make the same neuron with Keras and see the same numbers come out;
# - choose weights by hand that draw a line between points - and meet four points that no line can separate.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## A neuron adds up weighted votes
#
# - **inputs**: how often each word occurs
# - **weights**: how much each counts, and for which side
# - **bias**: where the count starts
# - **activation**: makes an answer of the sum

# %% [markdown]
# ## 1. A neuron adds up weighted votes
#
# Here is the same vote, drawn the way neurons are drawn.

# %% slide="output"
figure, ax = plt.subplots(figsize=(7.2, 4.0))
sketch.neuron(ax, words, x, w, b)
ax.set_title("A neuron: weighted votes, one sum, one answer")
plots.show(
    "Three circles at the left hold the inputs 2, 1 and 0. An arrow with a weight, 1.5, minus 2 and 1, leads from each to a circle "
    "named sum; the bias, minus 0.5, enters it from above. Out comes z = 0.5, which passes through "
    "an activation, the sigmoid, and leaves as 0.62."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 3. Go through the picture from left to right; it is the staircase, drawn the way neurons are drawn. Ask: "Which arrow
# does not come from an input?" The bias. Ask: "What does the neuron say about a review with none of the three words?" Half the
# room says 0. It is the bias, −0.5: the mistake is to think of the bias as a correction instead of as the starting point. Names
# you may hear for it: threshold with the sign turned, intercept.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The weighted sum is one dot product and one number more
#
# $$z = w_1 x_1 + w_2 x_2 + \dots + w_k x_k + b = \mathbf{w}\cdot\mathbf{x} + b$$
#
# - $\mathbf{x}$, the inputs, has shape $(k,)$
# - $\mathbf{w}$, the weights, has shape $(k,)$
# - $b$, the bias, is one number, and so is $z$

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Say every symbol with its shape, and put the numbers of the review under it: 1.5 · 2 − 2 · 1 + 1 · 0 − 0.5. Ask:
# "What is k here?" 3. Some say 4 and count the bias as a weight; that works too, with an input that is always 1, and older books
# do it. The neuron in this form goes back to McCulloch and Pitts (1943), the adjustable weights to Rosenblatt (1958).

# %% [markdown]
# - The **inputs** come in at the left: here, how often each word occurs.
# - Each arrow carries a **weight**: how much that input counts, and for which side: blue votes for, orange against,
#   and a thick arrow counts for much.
# - The **bias** is a vote that does not depend on the input. It says where the count starts.
# - All of it, bias included, is added up to one number, the **weighted sum**, called z.
# - The last circle, the **activation**, makes 0.62 out of 0.5. Section 2 says how.
#
# In one line:
#
# $$z = w_1 x_1 + w_2 x_2 + \dots + w_k x_k + b = \mathbf{w}\cdot\mathbf{x} + b$$
#
# where $\mathbf{x}$ (the inputs) and $\mathbf{w}$ (the weights) have shape $(k,)$ and $b$ (the bias) is one number.
# Here $k = 3$. The sum of the products, $\mathbf{w}\cdot\mathbf{x}$, is called the **dot product** of the two.
#
# In NumPy, `x * w` multiplies position by position. Before you run this: which three numbers will it print?

# %%
votes = x * w  # (3,)
print(votes)

# %% [markdown]
# The three steps of the staircase: +3, −2, 0. The sum of the three, and the bias, are yours to add.
#
# **Exercise 1 - the weighted sum.** Write `weighted_sum(x, w, b)`. `x` and `w` are arrays of shape `(k,)`, `b` is a
# number. Return z, one number. `k` can be any number from 1 up. When every input is 0, only the bias is left.
#
# With `x = [2, 1, 0]`, `w = [1.5, -2, 1]` and `b = -0.5` the result is 0.5. The mistake everybody makes once is to lose
# the bias.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the weighted sum, and do not lose the bias
#
# With `x = [2, 1, 0]`, `w = [1.5, -2, 1]` and `b = -0.5` the result is 0.5.


# %% exercise="weighted_sum" slide="code"
def weighted_sum(x, w, b):
    """The weighted sum z of one neuron. x, w: shape (k,); b: a number. Returns one number."""
    ### BEGIN SOLUTION
    return np.dot(x, w) + b
    ### END SOLUTION


# %% check="weighted_sum"
ex.weighted_sum.check(weighted_sum)

# %% [markdown]
# Stuck? `ex.weighted_sum.hint()` in a cell of its own gives a hint, three times. Every exercise has them.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 5, in the notebook. Let them work the example on paper first. Ask: "What comes out when every input is 0?" The room
# says 0; it is the bias. The mistake to expect is to leave it out, and after it to add it to every product, which is the next
# slide. On the next key: the answer. `sum(x * w) + b` or a loop are as right.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what is wrong here?
#
# ```python
# def weighted_sum(x, w, b):
#     return np.sum(x * w + b)
# ```
#
# $x = [2, 1, 0]$, $w = [1.5, -2, 1]$, $b = -0.5$. It returns −0.5 and not 0.5.

# %% [markdown] tags=["slide-only"] slide="answer"
# The bias is added to each of the three products, and so counts three times.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. `x * w + b` adds the bias to each of the three products, so it counts three times: 1 − 1.5 = −0.5, and the verdict
# flips. The room often says "the bias has the wrong sign". NumPy repeats the single number along the array without a word
# (broadcasting): the right shape is no proof of the right sum.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## An activation turns the sum into an answer
#
# The sum can be any number. The answer wanted is yes or no, a share, or nothing below 0.

# %% [markdown]
# ## 2. An activation turns the sum into an answer
#
# The sum can be any number, −40 or 0.5 or 7. An **activation** is a function that turns it into the kind of answer you
# want: yes or no, a share between 0 and 1, nothing below 0.


# %%
def step(z):
    return np.where(z > 0, 1.0, 0.0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0.0)


activations = {"step": step, "sigmoid": sigmoid, "tanh": np.tanh, "ReLU": relu}

# %% slide="output"
below, above = np.linspace(-3, 0, 301), np.linspace(1e-6, 3, 301)  # in two pieces: the step jumps at 0
figure, panels = plt.subplots(1, 4, figsize=(10.4, 3.8), sharex=True, sharey=True)
for ax, (name, activation) in zip(panels, activations.items(), strict=True):
    ax.plot(below, activation(below), color=plots.BLUE)
    ax.plot(above, activation(above), color=plots.BLUE)
    ax.plot(0.5, activation(0.5), "o", color=plots.RED, markersize=8)
    ax.set(title=name, xlabel="z", xticks=(-2, 0, 2), yticks=(-1, 0, 1, 2, 3), ylim=(-1.2, 3.2))
panels[0].set_ylabel("answer")
figure.suptitle("One sum, z = 0.5 (dot), and four answers to it", x=0.06, ha="left", fontweight="bold")
figure.tight_layout()
plots.show(
    "Four curves against z from minus 3 to 3. Step jumps from 0 to 1 at z = 0. Sigmoid rises in an S from 0 to 1 and is 0.5 at 0. "
    "Tanh is an S from minus 1 to 1 through 0. ReLU is 0 below 0 and the line z above. A dot on each marks z = 0.5."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 3. Say each in a word: step, yes or no; sigmoid, a share between 0 and 1; tanh, the same S from −1 to 1; ReLU, nothing
# below 0. Ask: "Which of the four would you use to say how *sure* you are?" The room says tanh or sigmoid; both are fine as
# pictures, but a share between 0 and 1 reads as a probability. The mistake behind "ReLU, because it is the modern one": it has no
# upper end, so it cannot say "sure".

# %% [markdown]
# - **step**: 1 if z is above 0, else 0. A plain yes or no. A neuron **fires** where its z is above 0, so the step says
#   whether it does.
# - **sigmoid**: $1/(1+e^{-z})$, always between 0 and 1. Good where you want to read the answer as a probability. At z =
#   0 it says 0.5: undecided.
# - **tanh**: the same S, from −1 to 1 and through 0.
# - **ReLU** (rectified linear unit): z where it is above 0, else 0. Cheap to compute, and a usual choice for neurons
#   whose answers other neurons look at.
#
# Four reviews have the sums −3.5, −0.5, 0.5 and 1.5. Before you run this: which two activations answer exactly 0 to the
# first two?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which of the four activations say exactly 0?
#
# Four reviews have the sums −3.5, −0.5, 0.5 and 1.5:

# %% slide="output" slideshow={"slide_type": "fragment"}
sums = np.array([-3.5, -0.5, 0.5, 1.5])  # (4,)
for name, activation in activations.items():
    print(f"{name:8}", np.round(activation(sums), 3))

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Ask before the next key: "Which two answer exactly 0 to the first two reviews?" Many add the sigmoid: it looks like
# 0 in the picture. It says 0.029, "almost certainly not". All four agree on the order: a larger sum never gets a smaller answer.
# If somebody asks why not always the step: lesson 03 needs a slope to learn from, and the step has none. tanh(z) = 2 sigmoid(2z)
# − 1, a sigmoid in other units.

# %% [markdown]
# Step and ReLU. The sigmoid comes close to 0 and never gets there: 0.029 says "almost certainly not". To 0.5 it answers
# 0.622: that is the 0.62 in the picture of the neuron, "rather yes". All of them agree on the order: a larger sum never
# gets a smaller answer.
#
# ### A table of reviews at once
#
# Nobody asks about one review only. Put many into a table, one row each: a **batch**. Its shape is $(n, k)$, $n$
# reviews with $k$ inputs. `X @ w` then multiplies each row by the weights and adds up the products, for all rows: $(n,
# k)$ and $(k,)$ give $(n,)$. Before you run this: the first row is the review you know. Which number will stand first?

# %%
X = np.array(  # (4, 3)         great boring again
    [
        [2.0, 1.0, 0.0],  # Great cast, great songs, a boring middle.
        [0.0, 2.0, 1.0],  # Boring, boring. Never again.
        [0.0, 0.0, 2.0],  # We will go again and again.
        [0.0, 0.0, 0.0],  # It came on Tuesday.
    ]
)
products = X @ w  # (4,)
print(products)

# %% [markdown]
# One: +3 − 2 + 0, the products without the bias. (And *never again* got a vote for *again*. The neuron counts words; it
# does not read.)
#
# **Exercise 2 - a neuron over a batch.** Write `neuron(X, w, b, activation)`. `X` has shape `(n, k)`, one row for each
# review; `w` has shape `(k,)`, `b` is a number, and `activation` is a function such as `relu` that takes an array and
# returns one of the same shape. Return the neuron's answers, shape `(n,)`: one number for each row. A batch of one row
# gives shape `(1,)`.
#
# With `X = [[1, 2], [3, 0]]`, `w = [1, -1]`, `b = 0.5` and `relu` the sums are −0.5 and 3.5, and the result is `[0,
# 3.5]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write one neuron for a whole batch of reviews
#
# A **batch** is a table, one row for each review. `X` has shape `(n, k)`, the result `(n,)`.


# %% exercise="neuron" slide="code"
def neuron(X, w, b, activation):
    """One neuron's answers to a batch. X: (n, k); w: (k,); b: a number; activation: a function of an array. Returns shape (n,)."""
    ### BEGIN SOLUTION
    return activation(X @ w + b)
    ### END SOLUTION


# %% check="neuron"
ex.neuron.check(neuron)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 6, in the notebook. Say the shapes aloud: (n, k) and (k,) give (n,). Ask: "What shape has the answer to a batch of
# one review?" Most say "one number". It is (1,): a batch of one is still a batch. Mistakes to expect: the activation before the
# bias; a loop that returns a list of arrays; `w @ X`, which fits only when n equals k. For those who try large numbers:
# `np.exp(1000)` overflows with a warning, and the sigmoid of −1000 still comes out as 0.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## In Keras, a neuron is `Dense(1)`
#
# ```python
# layer = keras.layers.Dense(1)  # one neuron, no activation
# layer.build((None, 3))         # three inputs; None: any number of rows
# ```

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# - the **kernel**, shape `(3, 1)`: a row for each input, a column for each neuron
# - the **bias**, shape `(1,)`: one for each neuron

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 3. Ask before the next key, which brings the shapes: "You have three weights in shape (3,). In which shape does Keras
# keep them?" Then: "Where would a second neuron's weights go?" In a second column: lesson 02. The answer the room gives is "a
# second row". The mistake behind it: a row belongs to an input, a column to a neuron. Before `build` there are no weights at all;
# afterwards they are random, and the bias is 0.

# %% [markdown]
# ## 3. In Keras, a neuron is `Dense(1)`
#
# **Keras** is a library of ready-made parts for what this course builds; TensorFlow does its computing. Its parts are
# **layers**: objects that hold weights and turn a batch of inputs into a batch of answers. A **model** is one or more
# layers joined together, and is used in the same way.
#
# `keras.layers.Dense(1)` is a layer of one neuron. It keeps its weights in a table called the **kernel** and its bias
# beside it. It has neither until it knows how many inputs there will be: `build` tells it, and makes them. Before you
# run this: you have three weights in shape `(3,)`. In which shape does Keras keep them?

# %% tags=["needed"]
import keras  # takes some seconds, once

# %%
layer = keras.layers.Dense(1)  # one neuron, no activation
layer.build((None, 3))  # three inputs; None: any number of rows
for array in layer.get_weights():
    print(array.shape)

# %% [markdown]
# `(3, 1)`: a row for each input, a column for each neuron - and there is one neuron. The bias has shape `(1,)`: one for
# each neuron. Keras has put random numbers into the kernel (by a rule named Glorot uniform) and 0 into the bias.
#
# `set_weights` puts yours in. It takes a list of two arrays in the order of `get_weights`: the kernel, then the bias,
# each in the shape you have seen. `layer(X)` calls the layer on a batch and gives a **tensor**, which is TensorFlow's
# array; `np.asarray` turns it into a NumPy array. Both ways must print the same four sums.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## By hand and with Keras, the same four sums come out

# %% slide="code output"
layer.set_weights([w.reshape(3, 1), np.array([b])])
by_hand = products + b  # (4,)
by_keras = np.asarray(layer(X))  # (4, 1), as a NumPy array
print("by hand ", by_hand)
print("by Keras", by_keras[:, 0])
print("equal   ", np.allclose(by_hand, by_keras[:, 0]))

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Point at the two places where the shape changes: `reshape(3, 1)` on the way in, `[:, 0]` on the way out. Ask: "Why
# is the result (4, 1) and not (4,)?" A column for each neuron, even if there is only one. Numbers agree to about seven digits and
# not exactly: Keras computes in float32, NumPy in float64. With these round numbers even that does not show.

# %% [markdown]
# The same numbers. Keras returns shape `(4, 1)`, not `(4,)`: a column for each neuron, even if there is only one. An
# activation goes into the layer as well: `Dense(1, activation="sigmoid")`.
#
# **Exercise 3 - the same neuron in Keras.** Write `as_dense(w, b)`. `w` has shape `(k,)`, `b` is a Python number.
# Return a Keras layer or model with one neuron that holds these weights (a kernel of shape `(k, 1)` and a bias of shape
# `(1,)`) and has a sigmoid activation: for a batch of shape `(n, k)` it returns the sigmoid of each row's weighted sum,
# in shape `(n, 1)`. Any `k` from 1 up.
#
# With `w = [1, -1]` and `b = 0.5` the row `[1, 2]` has the sum −0.5, and the answer to it is 0.378.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Put your own weights into a Keras neuron


# %% exercise="as_dense" slide="code"
def as_dense(w, b):
    """A Keras layer or model: one neuron with weights w, shape (k,), bias b, a number, and a sigmoid. (n, k) -> (n, 1)."""
    ### BEGIN SOLUTION
    layer = keras.layers.Dense(1, activation="sigmoid")
    layer.build((None, len(w)))
    layer.set_weights([w.reshape(len(w), 1), np.array([b])])
    return layer
    ### END SOLUTION


# %% check="as_dense"
ex.as_dense.check(as_dense)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 7, in the notebook. Ask: "Which three things must happen, and in which order?" Make the layer, build it, set its
# weights. The mistake to expect is `set_weights` before `build`: there is nothing to set yet. The next one is the kernel in shape
# (k,), which Keras refuses, and the third is to forget the sigmoid, which shows only in the numbers.

# %% [markdown]
# ### One neuron reads a thousand reviews
#
# The course comes with short reviews, half of them positive. `load_reviews().train` is the larger part of them, with
# `texts` and `labels`: 1 for a positive review, 0 for a negative one. Here are eight words with votes chosen by hand, in
# a minute. `text.words` splits a review into its words, in lower case; lesson 06 shows how.

# %%
from course import text
from course.data import load_reviews

reviews = load_reviews().train
chosen = {"great": 1, "good": 1, "love": 1, "perfect": 1, "bad": -1, "boring": -1, "worst": -2, "refund": -2}
split = [text.words(review) for review in reviews.texts]
counts = np.array([[found.count(word) for word in chosen] for found in split], "float32")
print(counts.shape)  # (n, 8): n reviews, how often each of the eight words occurs

# %% [markdown]
# Before you run this: guess how many of a hundred reviews the neuron gets right. A coin gets 50.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: eight words read a thousand reviews
#
# Of a hundred reviews, how many does the neuron get right? A coin gets 50. **Write your guess down.**

# %% slide="live"
critic = keras.layers.Dense(1)
critic.build((None, 8))
critic.set_weights([np.array(list(chosen.values())).reshape(8, 1), np.array([-0.5])])
fires = np.asarray(critic(counts))[:, 0] > 0  # (n,)
silent = counts.sum(axis=1) == 0  # (n,) none of the eight words
print(f"{np.mean(fires == reviews.labels):.0%} of the reviews right")
print(f"{np.mean(silent):.0%} of them hold none of the eight words")

# %% [markdown]
# Better than a coin, not by much, and the second line says why: to most reviews the neuron has nothing to say but its
# bias. It needs thousands of words, and thousands of weights. Nobody chooses those by hand; lesson 03 learns them from
# examples.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 4. Let them guess first and write the guesses on the board. Run it, and read the second printed line before anyone
# explains the first. Guesses are around 80; the mistake behind them is to picture reviews that hold such words. It is not that
# the votes are wrong: look at the share of reviews that hold none of the eight. Let somebody change the words and run it again;
# it gets better by a few points only. It needs thousands of words, and nobody chooses thousands of weights by hand: lesson 03.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## With two inputs, a neuron draws a line
#
# OR is to fire for (0, 1), (1, 0), (1, 1), AND for (1, 1) alone. Where would you lay the ruler?

# %% [markdown]
# ## 4. With two inputs, a neuron draws a line
#
# Take two inputs that are 0 or 1, so that there are four points, the corners of a square. A rule that answers yes or no
# at each of the four is called a **gate**. The gate OR says yes where at least one input is 1. Which neuron fires there
# and nowhere else? Weights 1 and 1 with bias −0.5 do it: at (0, 0) z is −0.5, at the other corners 0.5, 0.5 and 1.5.
#
# Where does such a neuron change its mind? Where z is exactly 0, and that is a straight line:


# %%
def line(ax, w, b, **look):
    """Draws the points where w[0] * x1 + w[1] * x2 + b is 0, solved for x2."""
    x1 = np.array([-0.5, 1.5])
    ax.plot(x1, -(w[0] * x1 + b) / w[1], **look)


# %% slide="output" slideshow={"slide_type": "fragment"}
figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.4))
sketch.corners(left, [0, 1, 1, 1])
line(left, [1, 1], -0.5, color=plots.BLACK)
left.fill_between([-0.5, 1.5], [1.0, -1.0], 1.5, color=plots.SKY, alpha=0.3)  # here it fires
sketch.label(left, 0.25, 0.25, "z = 0")
left.set(title="OR: one line does it", xlabel="input x1", ylabel="input x2")
sketch.corners(right, [0, 0, 0, 1])
for bias in (0, -0.5, -1, -1.5, -2):
    line(right, [1, 1], bias, color=plots.ORANGE, linewidth=1.5)
    sketch.label(right, -bias / 2 + 0.3, -bias / 2 - 0.3, f"b = {bias:g}")
    sketch.firing_side(right, -bias / 2 - 0.25, -bias / 2 + 0.25, towards=[1, 1])
sketch.label(right, -0.22, -0.4, "arrow: fires")
right.set(title="AND: b moves the line", xlabel="input x1", ylabel="input x2")
figure.tight_layout()
plots.show(
    "Two squares with the corners (0, 0), (0, 1), (1, 0), (1, 1). Left: OR. A falling line crosses both axes at 0.5; the three full "
    "discs lie in the shaded half above it, the empty ring at (0, 0) below. Right: five parallel falling lines for the biases "
    "0, -0.5, -1, -1.5 and -2, which move from (0, 0) towards (1, 1) as the bias falls; an arrow on each points up and to the "
    "right, to its firing side. The lines of 0, -1 and -2 run through corners. Only (1, 1) is to fire."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 4. Draw the square on the board, let someone lay a ruler across it for OR, then AND, then NAND. On the next key the
# picture: full discs are to fire. The weights say which way the line faces, the bias moves it without turning it. Ask: "The ruler
# for AND and the ruler for NAND, how do they differ?" The room says "another line". It is the same line; the firing side is the
# other one. The mistake behind it: to think of the line and to forget its direction.

# %% [markdown]
# Full discs are to fire, empty rings are not. The line where z = 0 is called the **decision line**. On one side of it
# (shaded at the left, marked by an arrow at the right) the neuron fires; on the other side, and on the line itself, it
# does not.
#
# - The **weights** say which way the line faces: the firing side lies where they point, for (1, 1) up and to the right.
#   Flip all signs, bias included, and the other side fires.
# - The **bias** moves the line without turning it. The five lines at the right have the weights 1 and 1, and differ in
#   the bias only.
#
# With which of the five biases does (1, 1) fire and no other corner? Look at the picture, then try it here: change the
# numbers and run the cell again. (`round`, because 0.8 − 0.7 − 0.1 is a hair away from 0 in a computer.)

# %%
try_w, try_b = [1.0, 1.0], -0.5  # OR
for corner in [(0, 0), (0, 1), (1, 0), (1, 1)]:
    total = round(try_w[0] * corner[0] + try_w[1] * corner[1] + try_b, 9)
    print(f"{corner}  z = {total:+.1f}", "fires" if total > 0 else "")

# %% [markdown]
# With two of them. −1.5 leaves (1, 1) alone beyond the line. −1 does, too, with no room to spare: (0, 1) and (1, 0) lie
# on the line and do not fire. With −2 the corner (1, 1) itself lies on the line, and nothing fires.
#
# Now move the line yourself: three sliders hold the weights and the bias of the OR neuron. Full discs are to fire, and the
# sentence counts the corners that are right. (A slider also takes the arrow keys. When the kernel has been restarted, run the
# cell again. Where there are no sliders, as on GitHub, you see four positions.) Before you move anything: which slider moves
# the line without turning it, and how far can you take it in steps of 0.1 before a corner is wrong?

# %%
from course import play

play.decision_line([0, 1, 1, 1])  # what is wanted at (0, 0), (0, 1), (1, 0), (1, 1)

# %% [markdown]
# The bias, and all four corners are right from −0.9 to 0. Each weight turns the line; at a weight of 0 the line runs
# parallel to that input's axis, because the neuron no longer looks at it. With all three signs flipped it is the same line,
# and the other side fires. The list in the call says what is wanted: change it, run the cell again, and you have a ruler for
# the next exercise.
#
# **Exercise 4 - weights by hand.** Write `gate(name)`. `name` is `"and"`, `"nand"` or `"but_not"`. Return `w, b`: a
# list or array of two weights, and one number, the bias, of a neuron that answers like this (1: fires, z is above 0; 0:
# does not fire, z is 0 or below; what is 0 on paper counts as 0):
#
# | x1 | x2 | `"and"` | `"nand"` | `"but_not"` |
# |---|---|---|---|---|
# | 0 | 0 | 0 | 1 | 0 |
# | 0 | 1 | 0 | 1 | 0 |
# | 1 | 0 | 0 | 1 | 1 |
# | 1 | 1 | 1 | 0 | 0 |
#
# `"nand"` is "not both". `"but_not"` is "the first, but not the second". Many numbers are right; the four answers are
# what is checked. For a gate named `"or"` the answer could be `[1, 1], -0.5`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Choose the weights of three gates by hand
#
# AND: both. NAND: not both. BUT_NOT: the first, but not the second.


# %% exercise="gate" slide="code"
def gate(name):
    """A neuron that answers like the gate `name`: "and", "nand" or "but_not". Returns w, b: a list of two weights, one number."""
    ### BEGIN SOLUTION
    if name == "and":
        return [1, 1], -1.5
    if name == "nand":
        return [-1, -1], 1.5
    return [1, -1], -0.5
    ### END SOLUTION


# %% check="gate"
ex.gate.check(gate)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 8, in the notebook, with paper. Many numbers are right; the four answers are what is checked. Exactly 0 counts as not
# firing. A bias of −1 for AND works for that reason only, with no room to spare. Ask those who are done for a second solution.
# The mistake to expect: NAND with the weights flipped and the bias kept, which is the next slide.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what is wrong with this NAND?
#
# ```python
# w, b = [1, 1], -1.5     # AND
# w, b = [-1, -1], -1.5   # NAND: the weights flipped
# ```
#
# It never fires. Why not?

# %% [markdown] tags=["slide-only"] slide="answer"
# The largest sum is the bias, −1.5. To turn a neuron round, turn the bias too: 1.5.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. The largest z it can reach is the bias itself, −1.5, at (0, 0). To flip a neuron, flip the whole sum, and the bias
# is part of it. The room often proposes larger weights; those only push z further down. The mistake behind: the bias is taken for
# something beside the neuron.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which line keeps these four phrases apart?
#
# | phrase | x1: is the word *good*? | x2: is there a *not*? | positive |
# |---|---|---|---|
# | bad | 0 | 0 | 0 |
# | not bad | 0 | 1 | 1 |
# | good | 1 | 0 | 1 |
# | not good | 1 | 1 | 0 |
#
# This table is called **XOR**, "exclusive or". Which line puts the two positive phrases on one side?

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 3. Give the room the square again and a ruler, and ask for XOR. Somebody always tries a line between the diagonals; let
# them. Then: "Would it help to search longer? Larger weights? A sigmoid?" The room is split on the sigmoid. It bends the answer,
# not the border: the sigmoid is above 0.5 exactly where z is above 0. The mistake behind: to take a curved answer for a curved
# border.

# %% [markdown]
# ## 5. Four points that no line can separate
#
# *Good* is positive and *bad* is not, but *not bad* is positive and *not good* is not. Two yes/no inputs say all there
# is to know:
#
# | phrase | x1: is the word *good*? | x2: is there a *not*? | positive |
# |---|---|---|---|
# | bad | 0 | 0 | 0 |
# | not bad | 0 | 1 | 1 |
# | good | 1 | 0 | 1 |
# | not good | 1 | 1 | 0 |
#
# This table is called **XOR**, "exclusive or": one or the other, and not both. Which line puts the two positive phrases
# on one side? Try it with the sliders: `play.decision_line([0, 1, 1, 0])` in a cell of its own.

# %% [markdown]
# Let the computer look. It draws 100,000 lines at random, three numbers each, and counts for every line how many of the
# four corners it gets right. For AND, OR and XOR at once. Before you run this: what will be the best result for XOR?

# %%
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # (4, 2)
wanted = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "XOR": [0, 1, 1, 0]}

rng = np.random.default_rng(1)
W = rng.uniform(-1, 1, size=(100_000, 2))  # weights, one row for each line
B = rng.uniform(-1, 1, size=(100_000, 1))  # biases
fired = W @ corners.T + B > 0  # (100_000, 4)
shares = {}
for name, answers in wanted.items():
    right = (fired == np.array(answers)).sum(axis=1)  # (100_000,) corners right, 0 to 4
    shares[name] = np.bincount(right, minlength=5) / len(right)
    print(f"{name:4} best: {right.max()} of 4     4 of 4: {np.sum(right == 4):,} lines of {len(right):,}")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Of 100,000 random lines, how many get XOR right?
#
# A line is three random numbers. How many of the four corners does the best one get right?

# %% slide="output" slideshow={"slide_type": "fragment"}
figure, panels = plt.subplots(1, 3, figsize=(9.4, 3.3), sharey=True)
for ax, (name, share) in zip(panels, shares.items(), strict=True):
    ax.bar(range(5), 100 * share, color=[plots.SKY] * 4 + [plots.BLUE])
    ax.text(4, 100 * share[4] + 1.5, f"{100 * share[4]:.1f} %", ha="center")
    ax.set(title=name, xlabel="corners right, of 4", xticks=range(5))
panels[0].set_ylabel("lines (%)")
figure.suptitle("Of 100,000 random lines, none gets all of XOR right", x=0.07, ha="left", fontweight="bold")
figure.tight_layout()
plots.show(
    "Three bar charts of how many corners random lines get right. For AND about 2 percent and for OR about 4 percent of the lines get "
    "all four. For XOR the bar at four is 0: most lines get two right, some one or three."
)

# %% [markdown]
# At best 3 of 4. Other random lines would change the first two counts a little. The third stays 0 however long you
# search, and here is the reason. For XOR, the four corners ask:
#
# 1. at (0, 0): $b \le 0$
# 2. at (0, 1): $w_2 + b > 0$
# 3. at (1, 0): $w_1 + b > 0$
# 4. at (1, 1): $w_1 + w_2 + b \le 0$
#
# Add 2 and 3: $w_1 + w_2 + 2b > 0$. Add 1 and 4: $w_1 + w_2 + 2b \le 0$. The same sum would have to be above 0 and not
# above 0. No three numbers do that. Points that one line can separate are called **linearly separable**; the corners of
# XOR are not. Minsky and Papert proved such limits for a whole family of single neurons in *Perceptrons* (MIT Press,
# 1969).

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Ask for the best result for XOR before the next key. Three of four, and it stays there however long you search. Ask:
# "Two per cent hit AND. Is AND hard?" No: a random line is a poor way to look. The mistake behind "we need more lines": a search
# that finds nothing proves nothing. The proof is on the next slide.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which three numbers would make a neuron that says XOR?
#
# | at | XOR asks for |
# |---|---|
# | (0, 0) | $b \le 0$ |
# | (0, 1) | $w_2 + b > 0$ |
# | (1, 0) | $w_1 + b > 0$ |
# | (1, 1) | $w_1 + w_2 + b \le 0$ |

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# None. The two in the middle add up to $w_1 + w_2 + 2b > 0$. The first and the last add up to $w_1 + w_2 + 2b \le 0$.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Do the four lines on the board; it is the only proof in this lesson. Let the room do the adding before the next key.
# Ask: "Which three numbers would do it?" None, whatever they are. Points that one line can separate are called linearly
# separable; the corners of XOR are not. Minsky and Papert proved such limits for a whole family of single neurons in
# *Perceptrons* (1969). The mistake to guard against: "so neurons are useless". One is.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Two neurons move the corners, and then one line does it
#
# `h1` answers OR, `h2` answers AND. Where do the four phrases go?

# %% [markdown]
# ### Two neurons move the corners
#
# One neuron cannot. So put two neurons in front, and let the third look at *their* answers, h1 and h2. Say that h1
# answers OR and h2 answers AND. Where do the four phrases lie for the third neuron?

# %% slide="output" slideshow={"slide_type": "fragment"}
phrases = ["bad", "not bad", "good", "not good"]
figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.4))
sketch.corners(left, wanted["XOR"], phrases)
left.set(title="Before: no line separates them", xlabel="input x1 (good)", ylabel="input x2 (not)")
sketch.points(right, [(0, 0), (1, 0), (1, 1)], [0, 1, 0], ["bad", "good\nnot bad", "not good"])
right.set(title="After: one line does it", xlabel="h1: x1 OR x2", ylabel="h2: x1 AND x2")
figure.tight_layout()
plots.show(
    "Left: the four phrases at the corners of the square; good and not bad, which are positive, lie at opposite corners. Right: the same "
    "phrases placed by h1 and h2. Bad is at (0, 0), not good at (1, 1), and good and not bad now share the point (1, 0)."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 3. h1 answers OR, h2 answers AND. Place the four phrases on the board one by one, before the next key. Ask: "Where did
# (0, 1) and (1, 0) go, and what is at (0, 1) on the right?" They lie on one another; nothing is at (0, 1), because AND without OR
# does not happen. This is the sentence to remember: the first neurons turn the inputs into something better to look at. The
# mistake behind most confusion: reading the right-hand axes as x1 and x2.

# %% [markdown]
# The two positive phrases have landed on the same point, and nothing is left at (0, 1). Lay a ruler on the right-hand
# picture: one line does it now.
#
# The last exercise of every lesson is a *stretch*: harder than the others, and nothing later needs it.
#
# **Exercise 5 - three neurons for XOR (stretch).** Write `xor_neurons()`. Return a list of three neurons, each a pair
# `(w, b)` as in exercise 4: two weights and a bias. The first two neurons look at `x1` and `x2` and give `h1` and `h2`
# (1 if the neuron fires, else 0). The third looks at `h1` and `h2`. It must fire for the inputs (0, 1) and (1, 0), and
# not for (0, 0) and (1, 1). Again, many numbers are right, and your first two neurons need not be OR and AND.
#
# How it is computed, with three neurons that together answer OR: `[([1, 0], -0.5), ([0, 1], -0.5), ([1, 1], -0.5)]`. At
# (0, 1) the first has the sum −0.5 and the second 0.5, so `h1 = 0` and `h2 = 1`; the third has the sum 0 + 1 − 0.5 =
# 0.5 and fires.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Three neurons do what one cannot


# %% exercise="xor_neurons" slide="code"
def xor_neurons():
    """Three neurons that answer XOR: a list of three pairs (w, b). The third looks at the answers of the first two."""
    ### BEGIN SOLUTION
    either = ([1, 1], -0.5)
    both = ([1, 1], -1.5)
    first_but_not_second = ([1, -1], -0.5)
    return [either, both, first_but_not_second]
    ### END SOLUTION


# %% check="xor_neurons"
ex.xor_neurons.check(xor_neurons)

# %% [markdown]
# Three neurons in two steps do what one cannot: the first two turn the inputs into something better to look at.
# Remember that sentence. An *embedding*, which is a row of numbers that stands for a word, is something better to look at,
# too. Neurons that look at the answers of other neurons are called a **network**.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 10, or homework. The mistake to expect: a third neuron that looks at x1 and x2 again. It sees h1 and h2 only. Ask those
# who are done for another way: two BUT_NOTs and an OR, or OR and NAND and an AND. Collect them on the board; there are many,
# which is a first sign that a network has no one right set of weights.

# %% [markdown]
# ## Quiz
#
# Three questions. Choose, then click on your choice.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: does ten times the neuron answer otherwise?

# %% [markdown] quiz="times_ten" slide="quiz"
# A neuron has a step activation. You multiply all its weights **and** its bias by 10. For which inputs does its answer change?
#
# - [ ] For all of them :: Every z becomes ten times as large, and the step asks one thing only: is it above 0?
# - [ ] For those near the line :: The line is where z is 0, and ten times 0 is 0. It does not move.
# - [x] For none :: z keeps its sign everywhere. Had you left the bias as it was, the line would have moved.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Let them vote before anyone speaks, then let one voter for each choice say why. Many vote for "near the line",
# thinking that the answer gets steeper; that is so for a sigmoid. The step asks one thing only: is z above 0? Ten times z has the
# same sign. Had you left the bias as it was, the line would have moved. The notebook has two questions more.

# %% [markdown] quiz="one_half"
# A neuron's answer is 0.5. Which activation has it certainly not been through?
#
# - [ ] sigmoid :: It answers 0.5 where z is 0, on the line itself.
# - [ ] tanh :: It passes through every number between −1 and 1, and answers 0.5 a little above z = 0.5.
# - [ ] ReLU :: It answers 0.5 where z is 0.5.
# - [x] step :: It answers 0 or 1 and nothing between. How far z is above 0 is lost.

# %% [markdown] quiz="sigmoid_xor"
# You replace every step by a sigmoid, and take a last answer above 0.5 for a yes. What does that change for XOR?
#
# - [ ] One neuron can do it: a curve can bend :: The answer rises along a curve. It is above 0.5 where z is above 0: the same line.
# - [ ] One neuron can, with large weights :: They make the answer steeper beside the line. The line stays a line.
# - [x] Nothing: one cannot, three can :: One neuron's border is still where z is 0, a line. With large weights a sigmoid is almost a step.
# - [ ] Not even three neurons can any more :: They can. Make all weights and biases ten times as large: h1 and h2 come close to 0 or 1.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: a neuron votes, and one neuron draws one line"
# ## Take away
#
# - A neuron multiplies each input by a weight, adds the products and a bias, and hands the sum to an activation.
# - `Dense(1)` is that neuron in Keras: a kernel of shape `(k, 1)`, a bias of shape `(1,)`, the same numbers as by hand.
# - One neuron separates its inputs with a straight line; what no line can separate, such as XOR, takes neurons that
#   look at the answers of others.

# %% [markdown] slideshow={"slide_type": "notes"}
# Minutes: 2. Let the room say the three sentences before you leave the quiz for this slide. Ask: "What is the bias, in one word?"
# The start. Ask: "What can two neurons and a third do that one cannot?" Put the corners elsewhere. If they say "learn", stop
# them: nothing has learned anything today, every weight was chosen by hand. Lesson 02 puts neurons side by side.

# %% [markdown] tags=["words"]
# ## Words
#
# - **neuron**: a weighted sum of inputs, passed through an activation.
# - **input**: one of the numbers that a neuron looks at.
# - **weight**: the number an input is multiplied by: how much it counts, and for which side.
# - **bias**: the part of the weighted sum that depends on no input: where the vote starts.
# - **dot product**: of two lists of numbers, the sum of the products position by position.
# - **weighted sum**: the dot product of inputs and weights, plus the bias; written z.
# - **activation**: the function that turns the weighted sum into the neuron's answer.
# - **step**: the activation that answers 1 where z is above 0, else 0.
# - **fires**: said of a neuron whose weighted sum is above 0.
# - **sigmoid**: the activation 1 / (1 + e^(-z)), an S from 0 to 1.
# - **tanh**: the activation that is an S from −1 to 1 through 0.
# - **ReLU**: rectified linear unit, the activation that gives z where it is above 0, else 0.
# - **batch**: several inputs handled at once, as a table with one row for each.
# - **Keras layer**: an object that holds weights and turns a batch of inputs into a batch of answers.
# - **model**: one or more layers joined together, used like a single one.
# - **tensor**: TensorFlow's array.
# - **kernel**: the table of weights of a Keras layer; in Dense, one row for each input and one column for each neuron.
# - **gate**: a rule that answers yes or no for each combination of yes/no inputs, such as OR, AND, XOR.
# - **decision line**: the points where a neuron's weighted sum is 0; on one side of it the neuron fires.
# - **XOR**: exclusive or: one or the other, and not both.
# - **network**: neurons of which some look at the answers of others.
# - **linearly separable**: said of points that a straight line (a plane, with more inputs) can separate as wanted.

# %% [markdown]
# **Read on**: W. McCulloch and W. Pitts, *A logical calculus of the ideas immanent in nervous activity*, 1943
# ([doi:10.1007/BF02478259](https://doi.org/10.1007/BF02478259)); F. Rosenblatt, *The perceptron*, 1958
# ([doi:10.1037/h0042519](https://doi.org/10.1037/h0042519)).
#
# **Next**: for XOR, two neurons looked at the same inputs side by side. What if it were two hundred? Lesson 02 puts
# neurons into layers.
