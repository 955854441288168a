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
# # Learning
#
# In lesson 01 you chose three weights, in lesson 02 nine numbers. The digits network had 101,770, and nobody chose those. It starts with
# random numbers and examples of what is right. How can a network find out which of its weights to change, which way, and by how much?

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Play hot and cold: one person leaves, the room picks a place, the person comes back and may take one small step
# at a time, hearing only "warmer" or "colder". Then ask: "What if you heard, at every place, which way is warmer and how
# steeply?" That is the gradient. The mistake behind "it tries out all weights": with 101,770 of them, trying each alone costs
# that many runs per step.

# %%
from course import lesson

ex = lesson("03_learning")
ex

# %% tags=["needed"]
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots, sketch

plots.style()

# %% [markdown]
# Six reviews, and one neuron with one weight and no bias. Its input is how often *great* occurs minus how often *bad* occurs. Two of
# the reviews do not fit: one says "great" and is negative, one says "not bad".

# %%
texts = ["great, great, great", "great", "great if you love queues", "not bad at all", "bad", "bad, bad"]
X = np.array([[text.count("great"), text.count("bad")] for text in texts], dtype=float)  # (6, 2)
x = X[:, 0] - X[:, 1]  # (6,)
y = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0])  # (6,) 1: positive
for text, number, label in zip(texts, x, y, strict=True):
    print(f"{text:26} x = {number:+.0f}   positive: {label:.0f}")

# %% [markdown]
# One number can say how wrong the neuron is on all six together. (Section 1 builds it.) Here it is for every weight from −3 to 5. You
# stand at the dot, at w = −2. Which way would you walk?


# %%
def loss_at(w):
    """How wrong the neuron with weight w is on the six reviews: one number. A shortcut; section 1 builds the number itself."""
    return np.mean(np.logaddexp(0, (1 - 2 * y) * w * x))


weights = np.linspace(-3, 5, 161)
valley = np.array([loss_at(w) for w in weights])  # (161,)
slope = (loss_at(-1.9) - loss_at(-2.1)) / 0.2

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The slope under your feet says which way is down

# %% slide="output"
plt.plot(weights, valley)
ends = np.array([-2.8, -0.6])  # a piece of the straight line that has the slope at the dot
plt.plot(ends, loss_at(-2) + slope * (ends + 2), color=plots.ORANGE, linestyle="--")
plt.plot(-2, loss_at(-2), "o", color=plots.RED, markersize=11)
plt.annotate(f"slope −{-slope:.2f}:\ndownhill is to the right", (-2, loss_at(-2)), (-1.1, 2.3))
best = weights[valley.argmin()]
plt.plot(best, valley.min(), "*", color=plots.GREEN, markersize=16)
plt.annotate("the least wrong weight", (best, valley.min()), (0.1, 0.2))
plt.xlabel("weight w")
plt.ylabel("loss: how wrong")
plt.ylim(0, 3.6)
plt.title("The slope under your feet says which way is down")
plots.show(
    "A valley: the loss against the weight from -3 to 5, lowest near w = 0.7. A dot stands high on the left side at w = -2, "
    "with a dashed straight line through it that falls as the curve does there: its slope is about -1.08."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** One neuron, one weight, six reviews: the height is how wrong it is on all six. You stand at the dot. Ask:
# "Which way would you walk, and how do you know?" The room says right, "because the bottom is there". Cover the valley with
# your hand but for the dot and the dashed line, and ask again. The mistake behind the first answer: you saw the whole valley.
# With 101,770 weights nobody can draw it; the slope where you stand is all there is, and it is enough.

# %% [markdown]
# To the right, of course. But you saw the whole valley. With 101,770 weights nobody can draw it, and computing it everywhere is out of
# the question. What can be computed is the **slope at the place where you stand**. That is enough: take a step downhill, look again,
# take the next. This is all that training is.
#
# **You will**
#
# - write the number that says how wrong a neuron is, and its slope for every weight, by hand;
# - write the loop that walks downhill, see steps that are too small and too large, and see Keras take the same steps as you;
# - send the slope back through two layers, check it against two witnesses, and see why weights must not all start equal.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## One number says how wrong the answers are: the loss
#
# A forecaster says 99 % sun, and it rains.
#
# How much worse is that than having said 60 %?

# %% [markdown]
# ## 1. The loss: one number for how wrong
#
# - Sure and right costs next to nothing.
# - Undecided costs 0.69.
# - Sure and wrong costs a lot.

# %% [markdown]
# A **loss** is one number that is small when the answers are good. For a neuron with a sigmoid, the answer $p$ is a probability: how
# likely it thinks "positive" is. When the review is positive ($y = 1$), it pays $-\log p$. When it is negative ($y = 0$), it pays
# $-\log(1 - p)$. The logarithm is the natural one, `np.log`. Before you run the cell: three answers, two
# labels, six prices. Which of them are the highest?

# %%
for p in (0.9, 0.5, 0.1):
    print(f"says p = {p}:  pays {-np.log(p):.3f} if positive, {-np.log(1 - p):.3f} if negative")

# %% slide="output" slideshow={"slide_type": "fragment"}
p = np.linspace(0.005, 0.995, 199)
plt.plot(p, -np.log(p), label="the review is positive: −log p")
plt.plot(p, -np.log(1 - p), "--", label="the review is negative: −log(1 − p)")
plt.plot(0.5, np.log(2), "o", color=plots.RED, markersize=9)
plt.xlabel("the neuron's answer p")
plt.ylabel("it pays")
plt.ylim(0, 5.5)
plt.legend(loc="upper center")
plt.title("Sure and wrong is what costs")
plots.show(
    "Two curves over the answer p from 0 to 1. The one for positive reviews falls from above 5 to 0, the one for negative reviews is its "
    "mirror image. They cross at p = 0.5, at a height of 0.69."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask before the next key: "A weather forecaster says 99 % sun and it rains. How much worse is that than saying 60
# %?" The room says "a bit". In this loss, on the picture, it is 4.6 against 0.9: a positive review pays −log p, a negative one
# −log(1 − p). Then ask what 100 % should cost. Infinitely much, and the mean with it: hence the clip of the exercise. The mistake
# behind "a bit": counting mistakes, of which both are one.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Binary cross-entropy is the mean of what each answer pays
#
# $$L = -\frac{1}{n}\sum_{i=1}^{n} \big( y_i \log p_i + (1 - y_i)\log(1 - p_i) \big)$$
#
# - $\mathbf{p}$ and $\mathbf{y}$ have shape $(n,)$; $L$ is one number.
# - One of the factors $y_i$ and $1 - y_i$ is always 0.
# - A count of mistakes is flat, and has no slope to follow.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Read it for one positive and one negative example; each time one half falls away. Ask: "Why not count the
# mistakes?" Silence, or "it is less exact". Move the weight a little: the same reviews are right and wrong, the count stays,
# and its slope is 0. The mistake behind: what you want and what you can walk down are two things. It is the mean, so that a
# batch of 32 and one of 1,000 give numbers of one size.

# %% [markdown]
# Both cases fit into one line, because one of the two factors $y$ and $1 - y$ is always 0:
#
# $$L = -\frac{1}{n}\sum_{i=1}^{n} \big( y_i \log p_i + (1 - y_i)\log(1 - p_i) \big)$$
#
# where $\mathbf{p}$ and $\mathbf{y}$ have shape $(n,)$, one answer and one label for each example, and $L$ is one number. Its name is
# **binary cross-entropy**. It is the *mean* over the examples, so that a batch of 32 and a batch of 1,000 give numbers of one size.
#
# Two questions that come up:
#
# - **Why not count the mistakes?** Move the weight from −2 to −1.9 and the neuron gets the same reviews right and wrong as before. The
#   count is flat; it has no slope to follow. The loss above moves with every little change of a weight.
# - **What about p = 0?** The logarithm of 0 is minus infinity, and $0 \cdot \infty$ is NaN, "not a number". One such answer spoils the
#   mean of the whole batch. And a sigmoid does reach exactly 0 and 1 in the computer, by rounding. So $p$ is first **clipped**: kept
#   between 0.0000001 and 0.9999999. Keras does this too.

# %%
with np.errstate(divide="ignore", invalid="ignore"):
    print("log of 0:     ", np.log(0.0))
    print("0 * log of 0: ", 0.0 * np.log(0.0))
print("sigmoid of 40:", sigmoid(40.0))
print("clipped:      ", np.clip([0.0, 0.3, 1.0], 1e-7, 1 - 1e-7))

# %% [markdown]
# ### Exercise 1: binary cross-entropy
#
# Write `binary_cross_entropy(p, y)`. `p` has shape `(n,)`: the answers, from 0 to 1, both included. `y` has shape `(n,)`: the labels, 0
# or 1. First bring `p` into the range from `1e-7` to `1 - 1e-7`; then return the binary cross-entropy, the mean over the examples: one
# number. Leave `p` and `y` as they are.
#
# With `p = [0.5, 0.9]` and `y = [1, 0]` the two examples pay 0.693 and 2.303, and the result is 1.498. With `p = [0]` and `y = [1]` it is
# 16.118: very wrong, but a number.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the loss, and let no answer cost infinitely much
#
# With `p = [0.5, 0.9]` and `y = [1, 0]` the two pay 0.693 and 2.303: 1.498.


# %% exercise="binary_cross_entropy" slide="code"
def binary_cross_entropy(p, y):
    """The mean binary cross-entropy of answers p (n,), clipped to [1e-7, 1 - 1e-7], for labels y (n,): one number."""
    ### BEGIN SOLUTION
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    ### END SOLUTION


# %% check="binary_cross_entropy"
ex.binary_cross_entropy.check(binary_cross_entropy)

# %% [markdown]
# Stuck? Put `ex.binary_cross_entropy.hint()` in a cell of its own. Every exercise has three hints.

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "What does it give for p = 0 and y = 1?" 16.1 with the clip, and without it infinity; for
# p = 0 and y = 0 even NaN, because 0 times minus infinity is none. The mistake to expect: forgetting the minus (the log of a
# number below 1 is negative), and summing instead of averaging. A third: clipping to 0 and 1.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Nudge each weight, and see how much the loss changes
#
# $$\text{slope} \approx \frac{L(w + h) - L(w - h)}{2h}$$
#
# - Up a little, down a little: the **central difference**.
# - One slope for each weight. Together they are the **gradient**, and it has the shape of the weights.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "Why to both sides?" The room says "to be fair". When h becomes ten times smaller, the error of this one
# becomes a hundred times smaller, and that of going to one side only ten times. Ask: "Then why not h = 10⁻¹⁷?" Because the
# computer cannot tell w + h from w. And: "How often must the digits network be run for one gradient?" Twice for each of 101,770
# parameters. The mistake behind "once": one run gives one number, and there are as many slopes as weights.

# %% [markdown]
# ## 2. The slope, by nudging
#
# - Nudge one weight up a little, and down a little.
# - See how much the loss changes.
# - One slope for each weight: together they are the **gradient**.

# %% [markdown]
# The slope at $w$ says by how much the loss changes when $w$ grows by a little. So try it: go a little way $h$ to the right, a little
# way to the left, and divide the difference in height by the distance, which is $2h$:
#
# $$\text{slope} \approx \frac{L(w + h) - L(w - h)}{2h}$$
#
# This is the **central difference**. You could also go to the right only (the forward difference). Which of the two
# settles sooner, as $h$ shrinks? And what will the last line show, with a tiny $h$?

# %%
for h in (1.0, 0.1, 0.01, 1e-17):
    central = (loss_at(-2 + h) - loss_at(-2 - h)) / (2 * h)
    forward = (loss_at(-2 + h) - loss_at(-2)) / h
    print(f"h = {h:<6g} central {central:+.6f}   forward {forward:+.6f}")

# %% [markdown]
# The central one: when $h$ becomes ten times smaller, its error becomes about a hundred times smaller, and the other's only ten times.
# With $h = 10^{-17}$ the computer cannot tell $w + h$ from $w$, and the slope is lost. So: small, and not too small.
#
# With two weights there are two slopes, one for each: nudge the first and leave the second alone, then the other way round. With $k$
# weights there are $k$ slopes. As an array of shape $(k,)$ they are called the **gradient**: it says, for every weight, how the loss
# changes when that weight grows.
#
# ### Exercise 2: a gradient by nudging
#
# Write `numeric_gradient(f, w, h)`. `f` is a function that takes an array of shape `(k,)` and returns one number. `w` has shape `(k,)`,
# `h` is a number above 0. Return the gradient of `f` at `w` by central differences, shape `(k,)`: entry `i` is the slope when only
# weight `i` is nudged, by `h` to each side. Use `h` as it is given. Leave `w` as it is.
#
# For `f = lambda w: w[0] ** 2 + 3 * w[1]`, `w = [1, 2]` (an array of floats) and `h = 0.5`, the first entry is (1.5² − 0.5²) / 1 = 2,
# and the result is `[2, 3]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Measure a gradient by nudging one weight at a time


# %% exercise="numeric_gradient" slide="code"
def numeric_gradient(f, w, h):
    """The gradient of f at w (k,) by central differences with step h; f takes (k,) and returns a number. Returns (k,)."""
    ### BEGIN SOLUTION
    slopes = np.zeros(len(w))
    for i in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[i] = h
        slopes[i] = (f(w + nudge) - f(w - nudge)) / (2 * h)
    return slopes
    ### END SOLUTION


# %% check="numeric_gradient"
ex.numeric_gradient.check(numeric_gradient)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** As a witness this is unbeatable: it needs no mathematics, so it cannot make the same mistake as
# you. Ask: "What does `w` hold after your function has run?" It must be what it was. The mistake in the exercise: nudging `w`
# itself and not putting it back, or not all the way back, as on the next slide. Another: dividing by h.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: why is every slope half its size?
#
# ```python
# for i in range(len(w)):
#     w[i] += h
#     up = f(w)
#     w[i] -= h
#     down = f(w)
#     slopes[i] = (up - down) / (2 * h)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# `w[i] -= h` only undoes the first nudge: `down` is f at `w` itself.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** The room looks at the division, which belongs to a central difference. But `w[i] -= h` only undoes the first nudge:
# `down` is f at w itself, so every slope comes out at about half its size. (Take 2h off, and w is never put back.) The cure: make a
# nudged copy.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Rates multiply along a chain of steps
#
# | step | its slope | here |
# |---|---|---|
# | $z = wx + b$ | as $w$ grows: $x$ | 2 |
# | $p = \text{sigmoid}(z)$ | as $z$ grows: $p(1 - p)$ | 0.235 |
# | $L = -\log p$, since $y = 1$ | as $p$ grows: $-1/p$ | −2.649 |
#
# One review: $x = 2$, $w = -0.5$, $b = 0.5$, positive. All slopes for about the price of one run more.

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Money changed twice: two francs for a euro, four kroner for a franc, and eight kroner for a euro. Rates
# multiply; that is the chain rule. Go through the three steps and let the room say each slope. Ask: "Is the product positive or
# negative, and what does the sign mean?" Negative: let w grow and the loss falls, as it should for a positive review. The
# mistake behind "positive": reading the slope as the direction to walk. Nudging costs 203,540 runs of the digits network for a
# single step.

# %% [markdown]
# ## 3. The slope, by the chain rule
#
# - A network is a chain of small steps.
# - Each step has a slope that is known by heart.
# - **Multiply the slopes along the chain.**

# %% [markdown]
# Nudging costs two runs for each weight: 203,540 runs of the digits network for a single step. There is a way to get all slopes for
# about the price of one more run.
#
# Take one review and follow the numbers: $x = 2$, weight $w = -0.5$, bias $b = 0.5$, and it is positive, $y = 1$.
#
# Suppose that $z$ grows twice as fast as $w$, and $p$ a quarter as fast as $z$. Then $p$ grows $2 \cdot \frac14$ as fast as $w$. Rates
# multiply, as exchange rates do when you change money twice. This is the **chain rule**. So you need the slope of each step:
#
# | step | its slope | here |
# |---|---|---|
# | $z = wx + b$ | as $w$ grows: $x$; as $b$ grows: 1 | 2; 1 |
# | $p = \text{sigmoid}(z)$ | as $z$ grows: $p(1 - p)$ | 0.235 |
# | $L = -\log p$ (since $y = 1$) | as $p$ grows: $-1/p$ | −2.649 |
# | $L = -\log(1 - p)$ (if $y$ were 0) | as $p$ grows: $1/(1 - p)$ | not here |
#
# Before you run the cell: the product of the first three for $w$ - positive or negative? The neuron says 0.378, and the answer is 1.

# %%
x1, w1, bias, label = 2.0, -0.5, 0.5, 1.0
z1 = w1 * x1 + bias
p1 = sigmoid(z1)
loss1 = -np.log(p1)
print(f"forward:  z = {z1:.3f}   p = {p1:.3f}   loss = {loss1:.3f}")

dp = -1 / p1  # how the loss changes as p grows
dz = dp * p1 * (1 - p1)  # ... as z grows
dw, db = dz * x1, dz * 1  # ... as w grows, as b grows
print(f"backward: dp = {dp:.3f}   dz = {dz:.3f}   dw = {dw:.3f}   db = {db:.3f}")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Backward: start with 1, and multiply by one slope at each step
#
# Slopes: at the loss −2.649, at $p$ 0.235, at $z$ 2. Which number comes out at $w$?

# %% slide="output" slideshow={"slide_type": "fragment"}
names = ["w", "z", "p", "loss"]
factors = ["× x\n= 2", "× p (1 − p)\n= 0.235", "× (−1 / p)\n= −2.649"]
figure, ax = plt.subplots(figsize=(10, 3.2))
sketch.chain(ax, names, [w1, z1, p1, loss1], [dw, dz, dp, 1.0], factors)
ax.set_title("Backward: start with 1 and multiply by one slope at each step")
plots.show(
    "Four boxes from left to right: w -0.5, z -0.5, p 0.378, loss 0.974. Below them red arrows go from right to left: 1 at the loss, "
    "times -2.649 is -2.649 at p, times 0.235 is -0.622 at z, times 2 is -1.245 at w."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Do the line from right to left on the board and let the room multiply before the next key. Under each box stands
# how the loss changes as that number grows; in code it is called `d` and the box. Ask: "What stands under b?" The same as under
# z: its input is always 1. The mistake everybody makes is to forget that the bias has a gradient. The name of this is
# backpropagation (Rumelhart, Hinton and Williams, 1986).

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## For a sigmoid with cross-entropy, the slope at z is p − y
#
# $$-\frac{1}{p} \cdot p(1-p) = p - 1 \qquad (y = 1)$$
#
# $$\frac{1}{1-p} \cdot p(1-p) = p - 0 \qquad (y = 0)$$
#
# The answer minus what it should have been. **Too high: positive. Right: 0, nothing to change.**

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Look at −0.622 under z, and at 0.378 − 1. This is no accident; do the two lines on the board. Ask: "The answer
# is 0.99 and the label 1. How much does this example push the weights?" Next to nothing: p − y is −0.01. Those that are right
# leave the others to teach. The mistake behind most wrong answers in the exercise: an extra p(1 − p), because the slope of the
# sigmoid is remembered and its cancelling is not. In the notebook two witnesses agree with it: nudging, and TensorFlow's tape.

# %% [markdown]
# Negative: when $w$ grows, the loss falls. The number under a box is how the loss changes as that number grows; in code it has the name
# `d` and the box: `dz`, `dw`. Going through the chain from the loss back to the weights is called **backpropagation** ([Rumelhart,
# Hinton and Williams, 1986](https://doi.org/10.1038/323533a0)).
#
# Look at `dz`. It is −0.622, and $p - y$ is 0.378 − 1 = −0.622. This is no accident: $-\frac{1}{p} \cdot p(1-p) = p - 1$. For a negative
# review the last row of the table takes the place of the third, and $\frac{1}{1-p} \cdot p(1-p) = p$, which is $p - 0$. For a sigmoid
# with binary cross-entropy, always:
#
# $$dz = p - y$$
#
# The answer minus what it should have been. Too high: positive. Right: 0, nothing to change.
#
# **Two witnesses.** Never trust a gradient that you have derived. Nudging is the first witness. The second is `tf.GradientTape`: TensorFlow
# writes down each operation on a tape and then does what you did, from the end to the start. All three must agree.

# %% tags=["needed"]
import keras  # takes some seconds, once
import tensorflow as tf

# %%
nudged = (-np.log(sigmoid((w1 + 1e-5) * x1 + bias)) + np.log(sigmoid((w1 - 1e-5) * x1 + bias))) / 2e-5

w_tf, b_tf = tf.Variable(w1), tf.Variable(bias)  # a Variable is a number the tape watches
with tf.GradientTape() as tape:
    loss_tf = -tf.math.log(tf.sigmoid(w_tf * x1 + b_tf))
dw_tape, db_tape = tape.gradient(loss_tf, [w_tf, b_tf])
print(f"by hand {dw:.5f}   by nudging {nudged:.5f}   by the tape {dw_tape.numpy():.5f}")
print("all agree:", np.allclose([nudged, dw_tape], dw, atol=1e-5))

# %% [markdown]
# ### From one example to a batch
#
# With more inputs, each weight has its own: $dw_j = dz \cdot x_j$. With more examples, the loss is the mean, so the gradient is the mean
# of the examples' gradients. There is a general rule in this: **a number that is used in several places gets a gradient from each, and
# they are added.** The weight is used once in every example; so is the bias. (The mean then divides by $n$.)
#
# Two examples with one input, by hand. $x = 2$ with $p - y = -0.6$, and $x = 1$ with $p - y = 0.2$. Then $dw$ is the mean of −1.2 and 0.2,
# which is −0.5, and $db$ is the mean of −0.6 and 0.2, which is −0.2.
#
# **The mistake everybody makes** is to forget that the bias has a gradient too. Its input is always 1.
#
# ### Exercise 3: the gradient of a neuron
#
# Write `neuron_gradient(X, y, w, b)`. `X` has shape `(n, k)`, one row for each example; `y` has shape `(n,)`, labels 0 or 1; `w` has
# shape `(k,)`, `b` is a number. The neuron answers `p = sigmoid(X @ w + b)`, and its loss is the **mean** binary cross-entropy. Return
# `dw, db`: the gradient for the weights, shape `(k,)`, and for the bias, one number. Write it with the chain rule: to do that once by
# hand is what this exercise is for. `sigmoid` and `np` are there for you to use. Leave the inputs as they are. No clipping is needed here.
#
# With `X = [[1, 2], [3, 0]]`, `y = [0, 0]`, `w = [0, 0]` and `b = 0` (arrays of floats) both answers are 0.5, and the result is `[1,
# 0.5]` and 0.5.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write the gradient of a neuron over a batch
#
# A number used in several places gets a gradient from each, and they add up; the mean divides by n.


# %% exercise="neuron_gradient" slide="code"
def neuron_gradient(X, y, w, b):
    """dw (k,), db: the gradient of the mean binary cross-entropy of a sigmoid neuron. X (n, k), y (n,), w (k,), b a number."""
    ### BEGIN SOLUTION
    dz = (sigmoid(X @ w + b) - y) / len(y)  # (n,)
    return X.T @ dz, dz.sum()
    ### END SOLUTION


# %% check="neuron_gradient"
ex.neuron_gradient.check(neuron_gradient)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Work the example of the statement together: both answers are 0.5, so dz is 0.5 and 0.5. Ask:
# "Why is dw zero when x is zero?" The weight was not used; lesson 05 lives on this. Mistakes to expect: the sum and not the
# mean; `y − p`; a bias without a gradient; the extra p(1 − p).

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="To make the loss smaller, step against the gradient"
# ## 4. Walk downhill
#
# $w \leftarrow w - \eta \cdot dw$
#
# - Against the gradient: it points uphill.
# - The **learning rate** $\eta$ says how far.
# - Repeat.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "Why the minus?" The gradient says how the loss changes as the weight grows, so it points uphill. Many say
# "because the slope was negative". The mistake behind it: the sign of this slope is taken for the rule. Ask: "What happens to
# the steps near the bottom?" They get shorter by themselves, because the slope gets flatter.

# %% [markdown]
# The gradient says how the loss changes as the weights grow. To make the loss smaller, go the other way: subtract it, times a small
# number that sets the length of the step, the **learning rate** $\eta$ ("eta"). Then compute the gradient at the *new* place, and so on.
# This is **gradient descent**. Back to the one weight at the top of the lesson, for which $dw$ is the mean of $(p - y)\,x$:

# %%
w = -2.0
for _ in range(5):
    dw = np.mean((sigmoid(w * x) - y) * x)
    print(f"w = {w:+.3f}   loss {loss_at(w):.3f}   dw = {dw:+.3f}")
    w = w - 2.0 * dw  # learning rate 2

# %% [markdown]
# The steps get shorter by themselves, because the slope gets flatter towards the bottom. Now three learning rates, eight steps each:
# 0.1, 2 and 8. Where will each of them be after eight steps? Guess before you run it.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Eight steps with the rates 0.1, 2 and 8: where do they end?
#
# The valley of before, from $w = -2$. Which of the three comes nearest to the bottom?

# %% slide="figure" slideshow={"slide_type": "fragment"}
figure, panels = plt.subplots(1, 3, figsize=(11, 3.6), sharey=True, layout="constrained")
for ax, rate, verdict in zip(panels, (0.1, 2.0, 8.0), ("too small", "right", "too large"), strict=True):
    path = [-2.0]
    for _ in range(8):
        path.append(path[-1] - rate * np.mean((sigmoid(path[-1] * x) - y) * x))
    ends = np.linspace(-3, 8, 221)
    ax.plot(ends, [loss_at(w) for w in ends], color="0.7")
    ax.plot(path, [loss_at(w) for w in path], "o-", color=plots.BLUE, linewidth=1.2, markersize=6)
    ax.plot(path[-1], loss_at(path[-1]), "o", color=plots.RED, markersize=10)
    ax.set(title=f"{rate:g}: {verdict}", xlabel="weight w", ylim=(0, 3.6))
    print(f"rate {rate:4g}: ends at w = {path[-1]:+.2f}, loss {loss_at(path[-1]):.3f}")
panels[0].set_ylabel("loss")
figure.suptitle("A small rate hardly moves, a large one jumps across the valley", fontweight="bold")
plots.show(
    "The same valley three times, with eight steps from w = -2. Rate 0.1: the dots creep down the left side and stop high up. Rate 2: they "
    "are at the bottom after a few steps. Rate 8: the first step lands high on the right side; the next ones come down "
    "and are thrown up again; the last (red) is not at the bottom."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Take bets on rate 8 before the next key, which brings the three panels. Most say "faster". Then ask: "The loss of
# your network goes 0.9, 2.1, 0.7, 1.8. What do you change?" Make the rate smaller; not "train longer", which is the usual answer.
# The mistake behind it: to see the last number and not the path. No formula tells the right rate; try rates by factors of about
# three.

# %% [markdown]
# No formula tells you the right rate. What you do is look at the loss: hardly falls - larger; jumps up and down, or grows - smaller. Try
# rates by factors of about three: 0.1, 0.3, 1, 3.
#
# Move the rate, and the number of steps. At rate 4 the first step jumps across the bottom. Before you move it: does the path get to the
# bottom all the same? And at rate 6, will more steps help?


# %%
from course import play


def slope_at(w):
    return np.mean((sigmoid(w * x) - y) * x)


play.learning_rate(loss_at, slope_at, start=-2.0)

# %% [markdown]
# At 4 it does: each jump ends lower than the one before. At 6 it does not, and 20 steps are no better than 8: near the bottom it goes to
# and fro between two places, one on each side, for ever. The border lies a little above 5. From 8 on the loss itself jumps about, and
# which of the last steps is the best is luck. And at 0.05 nothing is wrong with the direction; 20 steps are too few.
#
# ### Exercise 4: gradient descent
#
# Write `descend(gradient, start, rate, steps)`. `gradient` is a function that takes weights of shape `(k,)` and returns their gradient,
# shape `(k,)`. `start` has shape `(k,)`, `rate` is a number, `steps` a whole number, 0 or more. Take that many steps of gradient
# descent, no fewer where it is flat. Return **all places visited**, the start first: an array of shape `(steps + 1, k)`. With `steps = 0`
# it holds the start alone. Leave `start` as it is.
#
# With `gradient = lambda w: 2 * w`, `start = [4]` (an array of floats), `rate = 0.25` and `steps = 2` the first gradient is 8, the first
# step goes to 4 − 0.25 · 8 = 2, and the result is `[[4], [2], [1]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Write gradient descent, and keep all places visited


# %% exercise="descend" slide="code"
def descend(gradient, start, rate, steps):
    """All places of gradient descent from start (k,), the start first: shape (steps + 1, k). gradient: (k,) -> (k,)."""
    ### BEGIN SOLUTION
    places = [start]
    for _ in range(steps):
        places.append(places[-1] - rate * gradient(places[-1]))
    return np.array(places)
    ### END SOLUTION


# %% check="descend"
ex.descend.check(descend)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "How many places are there after 0 steps?" One, the start. Mistakes to expect:
# `places.append(w)` followed by `w -= ...`, which is the next slide; the start missing, or the last place; the gradient taken
# once, before the loop. With `rate` 0.25 and the gradient 2w the example can be done in the head: 4, 2, 1.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: why do all rows come out equal?
#
# ```python
# w, places = start.copy(), []
# for _ in range(steps):
#     places.append(w)
#     w -= rate * gradient(w)
# ```
#
# All rows of `places` come out equal.

# %% [markdown] tags=["slide-only"] slide="answer"
# `w -= ...` changes the array in place, and the list holds that one array each time.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** `w -= ...` changes the array in place; the list holds the same array each time. `w = w - ...` makes a new one.
# The room often says the gradient is zero. And the last place is missing from the list: that is the second mistake in it.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Keras takes the same steps, to four digits and more
#
# ```python
# neuron = keras.layers.Dense(1, activation="sigmoid")
# model = keras.Sequential([keras.Input(shape=(2,)), neuron])
# model.compile(
#     optimizer=keras.optimizers.SGD(learning_rate=0.5),
#     loss="binary_crossentropy",
# )
# model.fit(X, y, batch_size=6, epochs=100, verbose=0)
# ```

# %% [markdown]
# ## 5. Keras takes the same steps
#
# - `compile` says which loss and which way of stepping.
# - `fit` is the loop.
# - The same start gives the same weights.

# %% [markdown]
# Now the neuron with both counts as inputs and a bias, three parameters, 100 steps on the six reviews. First by hand: the forward pass,
# `dz`, the gradients, the step. Everything starts at 0, so every answer is 0.5. Which loss will come first?

# %%
w, b, rate, losses = np.zeros(2), 0.0, 0.5, []
for _ in range(100):
    p = sigmoid(X @ w + b)  # (6, 2) @ (2,) -> (6,)
    losses.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    dz = (p - y) / len(y)  # (6,)
    w, b = w - rate * X.T @ dz, b - rate * dz.sum()  # X.T @ dz: (2, 6) @ (6,) -> (2,)
print(f"loss {losses[0]:.4f}, then {losses[-1]:.4f}")
print("weights for great and bad:", w.round(3), "  bias:", round(b, 3))

# %% [markdown]
# 0.6931, the logarithm of 2: what "undecided" costs. Now Keras. `optimizer` is the way of stepping; `SGD` is the rule above. (Writing
# `optimizer="sgd"` means the same with learning rate 0.01.) `batch_size=6` shows it all six reviews at each step, and one pass over all
# examples is called an **epoch**: 100 epochs, 100 steps.

# %% slide="output"
model = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1, activation="sigmoid")])
model.set_weights([np.zeros((2, 1)), np.zeros(1)])  # the same start
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.5), loss="binary_crossentropy")
history = model.fit(X, y, batch_size=6, epochs=100, verbose=0)  # takes some seconds

kernel, kernel_bias = model.get_weights()  # (2, 1), (1,)
print("by Keras:", kernel[:, 0].round(3), "  bias:", kernel_bias.round(3)[0])
print("the same weights:", np.allclose(kernel[:, 0], w, atol=1e-4), np.allclose(kernel_bias, b, atol=1e-4))
print("the same losses: ", np.allclose(history.history["loss"], losses, atol=1e-4))

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** `compile` names the loss and the way of stepping; `fit` is the loop. Ask what `fit` does that they have not
# written. Honest answer: shuffling, batching, printing. Ask: "What is the first loss, when everything starts at 0?" 0.6931, the
# price of "undecided"; some say 0. The mistake behind it: a loss of 0 means sure and right, not "not started".

# %% [markdown]
# The same weights and the same hundred losses, to four digits and more. (Keras computes with 32 bits, NumPy with 64.) `fit` holds no
# secret: forward, backward, step.
#
# The short name trains in the same way, with its learning rate of 0.01. One step from zero, by hand and with `optimizer="sgd"`:

# %%
model.set_weights([np.zeros((2, 1)), np.zeros(1)])
model.compile(optimizer="sgd", loss="binary_crossentropy")
model.fit(X, y, batch_size=6, epochs=1, verbose=0)
dz = (sigmoid(np.zeros(6)) - y) / 6
print("by hand ", -0.01 * X.T @ dz)
print("by Keras", model.get_weights()[0][:, 0])

# %% [markdown]
# ### Small batches: the S in SGD
#
# With a million reviews, a step that looks at all of them is a slow step. So one takes a few at random, a **mini-batch** of 32 say, and
# steps along *their* gradient. It points downhill on average and is a little off each time. This is **stochastic gradient descent**,
# **SGD**; stochastic means "by chance" ([Robbins and Monro, 1951](https://doi.org/10.1214/aoms/1177729586)).
#
# In lesson 01, eight votes chosen by hand got 62 % of 1,260 short reviews right. Now the neuron gets 1,000 words, whether each is in the
# review or not, and finds its own votes.

# %%
from collections import Counter

from course.data import load_reviews

reviews = load_reviews()
counted = Counter(word for text in reviews.train.texts for word in set(text.lower().split()))
vocabulary = [word for word, _ in counted.most_common(1000)]


def words_in(texts):
    """Which of the 1,000 words are in each text: shape (n, 1000), 1 or 0."""
    return np.array([[word in held for word in vocabulary] for held in (set(t.lower().split()) for t in texts)], float)


inputs, labels = words_in(reviews.train.texts), reviews.train.labels  # (1260, 1000), (1260,)

# %% [markdown]
# Two neurons, both see all 1,260 reviews ten times, with the same learning rate. One takes a step after each pass: ten steps. The other
# takes a step after every 32 reviews: 40 in each pass. Before you run it (it takes some seconds): which loss will be lower after ten
# passes?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: ten exact steps, or four hundred rough ones?
#
# 1,260 reviews, ten times over. One neuron steps after each pass, the other after every 32 reviews. **Which loss will be lower?**

# %% slide="live"
curves, critics = {}, {}
for size in (1260, 32):
    keras.utils.set_random_seed(1)
    critic = keras.Sequential([keras.Input(shape=(1000,)), keras.layers.Dense(1, activation="sigmoid")])
    critic.compile(optimizer=keras.optimizers.SGD(0.5), loss="binary_crossentropy")
    curves[size] = critic.fit(inputs, labels, batch_size=size, epochs=10, verbose=0).history["loss"]
    critics[size] = critic
    print(f"batches of {size:4}: loss after ten passes {curves[size][-1]:.3f}")

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Take votes, then run it. Ask: "Is a mini-batch gradient wrong?" It is an estimate, like a poll: 32 people
# instead of a million. The room says "so it is worse". Let them name what else could be changed: the rate. Then change it to
# 1.5 for the large batch and run again. The mistake behind the vote: thinking that a step must be right. It must be right on
# average.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The same reading, forty times the steps

# %% slide="output"
for (size, curve), look, steps_taken in zip(curves.items(), ("s--", "o-"), (10, 400), strict=True):
    plt.plot(range(1, 11), curve, look, label=f"batches of {size:,}: {steps_taken} steps")
plt.xlabel("epoch (one pass over 1,260 reviews)")
plt.ylabel("loss in that epoch")
plt.ylim(0, 0.8)
plt.legend(loc="lower left")
plt.title("The same reading, forty times the steps")
plots.show(
    "The loss over ten epochs. With all 1,260 reviews in one batch it falls slowly from about 0.7 to about 0.65; with batches of 32 it "
    "falls quickly at first, to about 0.3 to 0.4."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** This is a loss curve, the first thing to look at in any training. Forty rough steps beat a single exact one.
# Then ask for the share of *new* reviews that come out right, before the notebook prints it, and for the words with the
# strongest votes. In lesson 01 eight votes by hand got 62 %. The mistake to guard against: nobody told it what the words mean;
# it saw labels. With another seed the share moves by a point or two.

# %% [markdown]
# Such a picture is called a **loss curve**, and it is the first thing to look at in any training. And how good are the votes? What counts
# is reviews that the neuron has never seen. The course keeps 560 apart. Guess: how many of a hundred will it get right, and which words
# did it vote for most strongly?

# %%
critic = critics[32]
said = critic.predict(words_in(reviews.test.texts), verbose=0)[:, 0] > 0.5  # (560,)
print(f"right on new reviews: {np.mean(said == reviews.test.labels):.0%}   (by hand in lesson 01: 62%)")

learned = critic.get_weights()[0][:, 0]  # (1000,)
order = np.argsort(learned)
print("most against:", ", ".join(vocabulary[i] for i in order[:6]))
print("most for:    ", ", ".join(vocabulary[i] for i in order[::-1][:6]))

# %% [markdown]
# Nobody told it what these words mean. It saw labels, and each step moved the weights of the words in the batch a little. (The share moves
# by a point or two with another seed; lesson 07 takes it further.)

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Back through two layers: each step is a slope you know
#
# | from | to | multiply by | shape |
# |---|---|---|---|
# | loss | `dz2` | it is $p - y$ | one number |
# | `dz2` | `dw2`, `db2` | the hidden outputs $\mathbf{h}$; 1 | (2,); one number |
# | `dz2` | `dh` | the weights $\mathbf{w}_2$ | (2,) |
# | `dh` | `dz1` | the slope of ReLU: 1 where $z_1 > 0$, else 0 | (2,) |
# | `dz1` | `dW1`, `db1` | each input with each hidden neuron; 1 | (3, 2); (2,) |

# %% [markdown]
# ## 6. Back through two layers
#
# - The output neuron's `dz` goes back along its weights to the hidden neurons.
# - ReLU lets it through where it let the sum through.
# - Then each hidden neuron does what one neuron does.

# %% [markdown] slideshow={"slide_type": "notes"}
# **8 minutes.** Draw the network of lesson 02 and send the number −0.38 back with coloured chalk. Each `d` has the shape of
# what it belongs to; let the room say the shapes. Ask: "What does the silent neuron learn from this review?" Nothing. Ask: "And
# if it is silent for all reviews?" Nothing, ever: a dead neuron. The mistake behind "it learns to speak": ReLU lets nothing
# back where it let nothing through. In the notebook, both witnesses agree.

# %% [markdown]
# Here is the network of lesson 02: three inputs, two hidden neurons with ReLU, one output, now with a sigmoid and a loss. The output's
# bias is −1.5 and not −1, so that there is more to mend. One review, "not bad", positive. Forward first.

# %%
W1 = np.array([[1.0, -0.5], [-0.5, 1.0], [-1.0, 1.0]])  # (3, 2)
b1 = np.array([0.0, -1.0])  # (2,)
w2, b2 = np.array([2.0, 2.0]), -1.5  # (2,), one number
row, label = np.array([0.0, 1.0, 1.0]), 1.0  # (3,) good, bad, not

z1 = row @ W1 + b1  # (3,) @ (3, 2) + (2,) -> (2,)
h = relu(z1)  # (2,)
p = sigmoid(h @ w2 + b2)  # one number
print(f"hidden sums {z1}   after ReLU {h}   p = {p:.3f}   loss {-np.log(p):.3f}")

# %% [markdown]
# Backward, step by step, each one a slope you know:
#
# | from | to | multiply by | shape |
# |---|---|---|---|
# | loss | `dz2` | it is $p - y$ | one number |
# | `dz2` | `dw2`, `db2` | the output neuron's inputs $\mathbf{h}$; 1 | (2,); one number |
# | `dz2` | `dh` | the weights $\mathbf{w}_2$ | (2,) |
# | `dh` | `dz1` | the slope of ReLU: 1 where $z_1 > 0$, else 0 | (2,) |
# | `dz1` | `dW1`, `db1` | each input with each hidden neuron; 1 | (3, 2); (2,) |
#
# The first hidden neuron is silent here. Before you run it: what will its column of `dW1` be? And which row of `dW1` must be zero,
# because its input is?

# %%
dz2 = p - label  # one number
dw2, db2 = dz2 * h, dz2  # (2,), one number
dh = dz2 * w2  # (2,)
dz1 = dh * (z1 > 0)  # (2,)  a silent neuron passes nothing back
dW1 = np.outer(row, dz1)  # (3, 2)  entry [i, j]: input i times dz1 of neuron j
db1 = dz1  # (2,)
print("dW1", (dW1.round(3) + 0.0).tolist())  # + 0.0 makes −0 a plain 0
print("db1", db1.round(3) + 0.0, "  dw2", dw2.round(3) + 0.0, "  db2", round(db2, 3))

# %% [markdown]
# The first column is zero: the neuron was silent, so a small change of its weights changes nothing. And the first row is zero: the word
# "good" is not in the review. The others are negative: let these weights grow and the loss falls.
#
# Eleven parameters, eleven slopes. The two witnesses once more: nudging for `dW1`, the tape for all four. Do they agree?


# %%
def loss_of(W1):
    return -np.log(sigmoid(relu(row @ W1 + b1) @ w2 + b2))


nudged = np.zeros((3, 2))
for i, j in np.ndindex(3, 2):
    step = np.zeros((3, 2))
    step[i, j] = 1e-5
    nudged[i, j] = (loss_of(W1 + step) - loss_of(W1 - step)) / 2e-5
print("dW1 by nudging agrees:", np.allclose(nudged, dW1, atol=1e-6))

# %%
watched = [tf.Variable(W1), tf.Variable(b1), tf.Variable(w2), tf.Variable(b2, dtype=tf.float64)]
with tf.GradientTape() as tape:
    hidden = tf.nn.relu(tf.linalg.matvec(watched[0], row, transpose_a=True) + watched[1])
    loss = -tf.math.log(tf.sigmoid(tf.reduce_sum(hidden * watched[2]) + watched[3]))
by_tape = [gradient.numpy() for gradient in tape.gradient(loss, watched)]
for name, by_hand, taped in zip(("dW1", "db1", "dw2", "db2"), (dW1, db1, dw2, db2), by_tape, strict=True):
    print(f"{name} by the tape agrees:", np.allclose(taped, by_hand, atol=1e-6))

# %% [markdown]
# Each `d` has the shape of what it belongs to: `dW1` the shape of `W1`, `dh` the shape of `h`. When the shapes do not fit, the step is
# wrong; when they fit, ask a witness.
#
# For a batch, $Z = XW + \mathbf{b}$ with $n$ rows, each row gives its outer product, and they are added. That sum is one matrix
# product: $dW = X^\top dZ$, of shape $(k, n)\,(n, m) \to (k, m)$. And $d\mathbf{b}$ is the sum of the rows of $dZ$, shape $(m,)$.
#
# On the way from the output to the hidden layer, each example has a `dz2` of its own, so `dz2` has shape $(n,)$. It goes back along
# the same weights each time: row $i$ of `dh` is the `dz2` of example $i$ times $\mathbf{w}_2$, and `dh` has shape $(n, m)$. And the loss
# of a batch is a mean: $dz_2 = (p - y) / n$. Everything further back is made from `dz2`, so the $1/n$ is in it already.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What is the fairest start for eight hidden neurons?
#
# All weights 0? All equal? Random?

# %% [markdown]
# ## 7. Why weights must not start equal
#
# - Equal neurons get equal gradients.
# - Equal gradients keep them equal.
# - Eight equal neurons are one neuron.

# %% [markdown]
# What should a network start with? All weights 0.5 seems fair. Let eight hidden neurons learn the four reviews of lesson 02 (good, bad,
# not good, not bad), first from all weights 0.5, then from random ones. Before you run it: what will the weights of the eight neurons
# look like after 500 steps in each case?

# %%
four = np.array([[1.0, 0, 0], [0, 1, 0], [1, 0, 1], [0, 1, 1]])  # (4, 3) good, bad, not
answers = np.array([1.0, 0.0, 0.0, 1.0])  # (4,)


def learn(W1, w2, steps=500):
    """500 steps in Keras. Returns the weights of "not" for each hidden neuron after every 10 steps, and the losses."""
    net = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "sigmoid")])
    net.set_weights([W1, np.zeros(8), w2, np.zeros(1)])
    net.compile(optimizer=keras.optimizers.SGD(0.3), loss="binary_crossentropy")
    seen, losses = [], []
    for _ in range(steps):
        if len(losses) % 10 == 0:
            seen.append(net.get_weights()[0][2])
        losses.append(float(net.train_on_batch(four, answers)))
    return np.array(seen), losses  # (50, 8), 500 numbers


# %%
rng = np.random.default_rng(0)
starts = {
    "all weights 0.5": (np.full((3, 8), 0.5), np.full((8, 1), 0.5)),
    "random weights": (rng.normal(size=(3, 8)), rng.normal(size=(8, 1))),
}
runs = {name: learn(*start) for name, start in starts.items()}
for name, (seen, losses) in runs.items():
    print(f"{name:16} loss at the end {losses[-1]:.3f}   different neurons: {len(set(seen[-1].round(3)))} of 8")

# %% slide="output" slideshow={"slide_type": "fragment"}
figure, panels = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")
for ax, (name, (seen, _)) in zip(panels, runs.items(), strict=False):
    ax.plot(range(0, 500, 10), seen, linewidth=1.6)
    ax.set(title=name, xlabel="step", ylabel="weight of “not”", ylim=(-3.4, 3.4))
for (name, (_, losses)), look in zip(runs.items(), ("--", "-"), strict=True):
    panels[2].plot(losses, look, label=name)
panels[2].set(title="the loss", xlabel="step", ylabel="loss", ylim=(0, 1.7))
panels[2].legend(fontsize=11)
figure.suptitle("Eight equal neurons move as one, and learn no more than one", fontweight="bold")
plots.show(
    "Left: from equal weights the eight curves of the hidden neurons lie on one another. Middle: from random weights "
    "there are eight different curves. "
    "Right: the loss from equal weights stays at 0.69, from random weights it falls close to 0."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes.** Ask before the next key, which brings the picture: "What is the fairest start?" The room says zeros, or all
# equal. Show the left panel and ask how many curves are in it. Eight. Then: "Would a different learning rate help?" No: equal
# stays equal at any rate. The mistake behind "it will sort itself out": nothing in the rule tells equal neurons apart. Random
# numbers do. From zeros not even the hidden layer moves, because `dh` is `dz2` times the output weights.

# %% [markdown]
# At the left there are eight curves, one on top of the other. Look at the table in section 6: neurons with the same weights give the same
# `h`, get the same `dh`, and so take the same step. Eight copies of one neuron cannot do what one cannot (lesson 01), and the loss stays at
# 0.69: undecided. Random numbers break the tie, so that each neuron can go its own way. Biases may start at 0; the weights already differ.
#
# The level lines in the middle are neurons that are silent for both reviews with a "not": no gradient reaches that weight.
#
# Is one random start luck? Try twenty, trained side by side, and count in how many all four reviews come out right. Then with two hidden
# neurons, which lesson 02 needed when you chose the weights; and once from all zeros. Which will do best?


# %%
def train_many(W1, w2, rate=0.3, steps=500):
    """Trains r networks side by side: W1 (r, 3, m), w2 (r, m, 1). Which have all four right, and the hidden weights."""
    runs, _, width = W1.shape
    wanted = np.tile(answers, (runs, 1))  # (r, 4)
    held = [tf.Variable(array) for array in (W1, np.zeros((runs, 1, width)), w2, np.zeros((runs, 1, 1)))]

    def scores():
        return (tf.nn.relu(four @ held[0] + held[1]) @ held[2] + held[3])[:, :, 0]  # (r, 4)

    @tf.function  # makes the loop quick
    def step():
        with tf.GradientTape() as tape:
            losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=wanted, logits=scores())
            loss = tf.reduce_sum(losses) / 4  # each network has its own four losses
        for variable, gradient in zip(held, tape.gradient(loss, held), strict=True):
            variable.assign_sub(rate * gradient)

    for _ in range(steps):
        step()
    return ((scores().numpy() > 0) == (answers == 1)).all(axis=1), held[0].numpy()


# %%
for m in (8, 2):
    right, _ = train_many(rng.normal(size=(20, 3, m)), rng.normal(size=(20, m, 1)))
    print(f"{m} hidden neurons, random: {right.sum()} of 20 starts get all four right")
right, _ = train_many(np.full((1, 3, 8), 0.5), np.full((1, 8, 1), 0.5))
print(f"8 hidden neurons, all 0.5: {right.sum()} of 1")
right, hidden_weights = train_many(np.zeros((1, 3, 8)), np.zeros((1, 8, 1)))
print(f"8 hidden neurons, all 0:   {right.sum()} of 1, largest hidden weight afterwards: {abs(hidden_weights).max()}")

# %% [markdown]
# With eight neurons, nearly any start will do. With two it is a gamble: a neuron that begins silent for all four reviews, or on the wrong
# side, is not made up for by others. This is one reason why networks are made larger than they would have to be. (The counts move with
# the seed, the second by several.)
#
# From zeros, nothing in the hidden layer moves at all: `dh` is `dz2` times the output weights, and those are 0. That is why Keras fills the
# kernel of every `Dense` with small random numbers ([Glorot and Bengio, 2010](https://proceedings.mlr.press/v9/glorot10a.html)) and only
# the biases with zeros.
#
# ### Exercise 5 (stretch): backward through two layers, for a batch
#
# Write `backward(X, y, W1, b1, w2, b2)`. `X` has shape `(n, k)`, `y` has shape `(n,)` with labels 0 or 1. The network is that of section
# 6: hidden layer `relu(X @ W1 + b1)` with `W1` of shape `(k, m)` and `b1` of shape `(m,)`; output `sigmoid(hidden @ w2 + b2)` with `w2` of
# shape `(m,)` and `b2` one number. The loss is the **mean** binary cross-entropy over the `n` examples. Return its gradients `dW1, db1,
# dw2, db2`, in this order, each with the shape of what it belongs to. Leave the inputs as they are; no clipping is needed. `sigmoid`,
# `relu` and `np` are there. Take the slope of ReLU as 1 where its input is above 0, else 0 (so also 0 where it is exactly 0).
#
# With `X = [[1, 2]]`, `y = [0]`, `W1 = [[1, -1], [0, 0]]`, `b1 = [0, 0]`, `w2 = [2, 3]` and `b2 = -2` (arrays of floats) the hidden sums
# are 1 and −1, the output is 0.5, and the result is `[[1, 0], [2, 0]]`, `[1, 0]`, `[0.5, 0]` and 0.5.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: go backward through two layers, for a batch


# %% exercise="backward" slide="code"
def backward(X, y, W1, b1, w2, b2):
    """dW1 (k, m), db1 (m,), dw2 (m,), db2: gradients of the mean loss of a network with one ReLU layer. X (n, k), y (n,)."""
    ### BEGIN SOLUTION
    Z1 = X @ W1 + b1  # (n, m)
    H = relu(Z1)  # (n, m)
    dz2 = (sigmoid(H @ w2 + b2) - y) / len(y)  # (n,)
    dZ1 = np.outer(dz2, w2) * (Z1 > 0)  # (n, m)
    return X.T @ dZ1, dZ1.sum(axis=0), H.T @ dz2, dz2.sum()
    ### END SOLUTION


# %% check="backward"
ex.backward.check(backward)

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute here; it is homework.** Four lines forward and backward, and the table of two slides ago is all they need. Tell
# them to write the shape behind every line. The mistake to expect: the ReLU mask forgotten, so that silent neurons learn from
# examples they did not speak to. The next one: dividing by n twice, or nowhere.

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="count"
# **Quiz 1.** You want the neuron to make few mistakes. Why not walk down the *number of mistakes* instead of the cross-entropy?
#
# - [ ] It is too slow to compute. :: Counting is quicker than a logarithm.
# - [x] It is flat nearly everywhere, so its slope is 0. :: A small change of a weight changes no verdict: no slope, no step.
# - [ ] It could fall below 0. :: A count cannot. And a loss below 0 would have a slope all the same.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: what does a sum do that a mean does not?

# %% [markdown] quiz="sum" slide="quiz"
# **Quiz 2.** By mistake you use the *sum* over a batch of 32 for the loss, and not the mean, at the same learning rate. What happens?
#
# - [ ] Nothing: the lowest point is at the same place. :: It is at the same place. But how far do you step?
# - [x] Every step is 32 times as long, as if the learning rate were. :: Its gradient is 32 times that of the mean: quite possibly too much.
# - [ ] The steps point in another direction. :: All slopes grow by the same factor, so the direction stays.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Vote by hands, then let one voter for each choice say why. Votes go to "nothing", because the lowest point is
# at the same place, which is true. Ask those how far they step. The gradient is 32 times that of the mean, and so is every
# step. The notebook has two questions more.

# %% [markdown] quiz="silent"
# **Quiz 3.** A hidden ReLU neuron has the sum −3 for an example, and the network's answer for it is wrong. What does this example do to the
# neuron's weights?
#
# - [ ] It makes them larger, so that the neuron speaks next time. :: The neuron does not hear of it: ReLU passes nothing back here.
# - [ ] It makes them smaller, because the sum is negative. :: The sign of the sum is not the sign of the gradient.
# - [x] Nothing. :: The slope of ReLU is 0 there. A small change of its weights would not change the answer.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: forward, backward, a small step, and again"
# ## Take away
#
# - A loss says with one number how wrong the answers are; its gradient says, for every weight, how that number changes as the weight grows.
# - Backpropagation is the chain rule, from the loss back to the weights: multiply by the slope of each step, add where a number is used
#   more than once, and ask a witness.
# - Training is a loop: forward, backward, a small step against the gradient; its learning rate wants trying out, and its random start
#   keeps neurons from being copies.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let the room say the loop before you leave the quiz for this slide. Ask: "What does the gradient of one weight
# say, in a sentence?" How the loss changes as that weight grows. Many say "how wrong the weight is". The mistake behind it: no
# single weight is right or wrong; only answers are. The next lesson asks what a network is fed: one word, as numbers.

# %% [markdown] tags=["words"]
# ## Words
#
# - **loss**: one number that says how wrong a network's answers are; small is good
# - **binary cross-entropy**: the loss for yes/no answers: minus the log of the probability given to what was right, on average
# - **clip**: to keep numbers in a range: what lies outside is moved to its end
# - **gradient**: for every weight, how the loss changes as that weight grows; it has the shape of the weights
# - **central difference**: a slope measured by nudging a number to both sides
# - **chain rule**: the slope of steps done one after the other is the product of their slopes
# - **backpropagation**: computing all gradients with the chain rule, from the loss back to the weights
# - **learning rate**: the number that the gradient is multiplied by to make a step
# - **gradient descent**: taking steps against the gradient, again and again
# - **epoch**: one pass of training over all training examples
# - **mini-batch**: a few examples, drawn at random, that one step looks at
# - **SGD**: stochastic gradient descent, gradient descent with mini-batches
# - **optimizer**: in Keras, the rule that makes a step out of a gradient
# - **loss curve**: the loss drawn over the steps or epochs of a training

# %% [markdown]
# **Read on**: D. Rumelhart, G. Hinton and R. Williams, *Learning representations by back-propagating errors*, 1986
# ([doi:10.1038/323533a0](https://doi.org/10.1038/323533a0)), four pages that can be read now.
#
# **Next**: a network eats numbers, and you have been feeding it counts of words. With 10,000 words, what does one *single* word look like
# to it? Lesson 04 starts with the plainest answer, a row of zeros with a single 1, and finds a table in it.
