"""Lesson 01, one neuron: what is asked of each exercise, and the mistakes learners make."""

import itertools
import re
from dataclasses import replace
from typing import Any

import numpy as np

from course.checking import Exercise, Unfit, built, call, fill, output, seen, shapes
from course.checking.observe import Seen
from course.checking.plain import Plain, numbers, plain, short

CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
NO_BRANCH = (
    'For the name "{name}" it returned None. Either no branch was taken for it '
    '(the names are "and", "nand" and "but_not", in small letters), or the branch that was taken does not return.'
)
GATE_DIFFERS = (
    "At this corner your neuron does not answer as the gate does. On which side of your line does the corner lie?"
)
XOR_DIFFERS = (
    "At this corner the three neurons together do not answer as XOR does. Follow the corner through the first two."
)

# --- 1. the weighted sum ---------------------------------------------------------------------------------------------

weighted_sum = Exercise(
    "weighted_sum",
    hints=(
        "What happens to each input before everything is added up? And what is added last?",
        "Look again at the picture of the neuron: one product for each arrow, their sum, then one more number.",
        "Multiply `x` and `w` position by position, add up the products, and add `b` to that sum. One line is enough.",
    ),
)


@weighted_sum.probe
def _(attempt, rng):
    halves = rng.choice([-2.0, -1.5, -0.5, 0.5, 1.5, 2.5], size=4, replace=False)
    yield call(attempt, rng.permutation([3.0, 1.0, 2.0]), halves[:3], float(halves[3]), about="three inputs")
    yield call(attempt, np.zeros(3), halves[:3], float(halves[3]), about="every input is 0, so only the bias is left")
    for k in (1, 6):
        x, w, b = rng.normal(size=k).round(2), rng.normal(size=k).round(2), round(float(rng.normal()), 2)
        yield call(attempt, x, w, b, about="one input" if k == 1 else f"{k} inputs")


@weighted_sum.wrong("Your sum of products is right. The neuron also has a bias, and you have not used it.")
def leaves_out_the_bias(x, w, b):
    return np.dot(x, w)


@weighted_sum.wrong("You added the bias to every product. It is added once, after the sum.")
def bias_in_every_product(x, w, b):
    return np.sum(x * w + b)


@weighted_sum.wrong("You have one product for each input; a neuron adds them up to one number.")
def forgets_the_sum(x, w, b):
    return x * w + b


@weighted_sum.wrong("You have one product for each input. Neither their sum nor the bias has been taken yet.")
def products_alone(x, w, b):
    return x * w


@weighted_sum.wrong("Your sum stops one input too early: the last one has a vote, too.")
def leaves_out_the_last_input(x, w, b):
    return np.dot(x[:-1], w[:-1]) + b


@weighted_sum.wrong("Your sum starts at the second input. Positions count from 0, and the first input has a vote, too.")
def leaves_out_the_first_input(x, w, b):
    return np.dot(x[1:], w[1:]) + b


@weighted_sum.wrong("You wrote out three products. `x` can have any length from 1 up, and here it is shorter.")
def writes_out_three_products(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b


@weighted_sum.wrong("You wrote out two products. `x` can have any length from 1 up.")
def writes_out_two_products(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + b


@weighted_sum.wrong("Your sum takes in three inputs and no more. `x` can have any length from 1 up.")
def three_inputs_at_most(x, w, b):
    return np.dot(x[:3], w[:3]) + b


@weighted_sum.wrong("You use the bias where every input is 0, and nowhere else. It is part of every sum.")
def bias_for_zeros_alone(x, w, b):
    return b if np.all(x == 0) else np.dot(x, w)


@weighted_sum.wrong(
    "You multiplied the sum of the inputs by the sum of the weights. Each input meets its own weight first."
)
def sums_before_multiplying(x, w, b):
    return np.sum(x) * np.sum(w) + b


@weighted_sum.wrong("You added each weight to its input. A weight says how much an input counts: it multiplies.")
def adds_the_weights(x, w, b):
    return np.sum(x + w) + b


@weighted_sum.wrong("You subtracted the bias. In this lesson the bias is where the vote starts, so it is added.")
def subtracts_the_bias(x, w, b):
    return np.dot(x, w) - b


@weighted_sum.wrong("You multiplied by the bias. It belongs to no input; it is one more vote beside the others.")
def multiplies_by_the_bias(x, w, b):
    return np.dot(x, w) * b


@weighted_sum.wrong("You averaged the products. A neuron adds them: three votes for are more than one vote for.")
def averages(x, w, b):
    return np.mean(x * w) + b


@weighted_sum.wrong(
    "Only your last product is left at the end: each turn of the loop throws away what the one before found."
)
def keeps_the_last_product(x, w, b):
    z = 0.0
    for i in range(len(x)):
        z = x[i] * w[i]
    return z + b


@weighted_sum.wrong("Only the first product is in your sum: the loop is left before it comes to the second.")
def returns_inside_the_loop(x, w, b):
    z = b
    for i in range(len(x)):
        z += x[i] * w[i]
        return z


@weighted_sum.wrong(
    "You added up `votes`, the products of the one review above. Here `x` and `w` are others, and so are their products."
)
def adds_the_votes_of_the_cell(x, w, b):
    return np.sum([3.0, -2.0, 0.0]) + b


@weighted_sum.wrong("You put -0.5 in place of the bias. That was the bias of the example; here `b` says what it is.")
def bias_of_the_example(x, w, b):
    return np.dot(x, w) - 0.5


@weighted_sum.wrong(
    "You put z through the sigmoid already. The weighted sum itself is asked for, before any activation."
)
def goes_on_to_the_sigmoid(x, w, b):
    return sigmoid(np.dot(x, w) + b)


@weighted_sum.wrong("You return 0 where the sum is below 0. z may be negative: then the votes against have won.")
def nothing_below_0(x, w, b):
    return max(np.dot(x, w) + b, 0.0)


@weighted_sum.wrong("You return whether z is above 0. The weighted sum itself is asked for, however large or small.")
def yes_or_no(x, w, b):
    return 1 if np.dot(x, w) + b > 0 else 0


# --- 2. a neuron over a batch ----------------------------------------------------------------------------------------

neuron = Exercise(
    "neuron",
    hints=(
        "One row of `X` is one review. What do you do with one row, and in which order: product, sum, bias, activation?",
        "Look again at the cell that computes `X @ w`: it does the products and their sum for every row. Two steps are missing.",
        "Multiply the table by the weights with `@`, add `b`, and hand the whole array of sums to `activation`. Return what it gives.",
    ),
)


def _negative(z):
    """-z as a NumPy array. A list has no minus: like the lesson's `sigmoid`, the probe's activations want an array (or a number)."""
    return np.asarray(-z, dtype=float)


def relu(z):
    return np.maximum(-_negative(z), 0.0)


def tanh(z):
    return np.tanh(-_negative(z))


def sigmoid(z):
    return 1 / (1 + np.exp(_negative(z)))


def step(z):
    return np.where(_negative(z) < 0, 1.0, 0.0)


@neuron.probe
def _(attempt, rng):
    counts = rng.permutation([[2.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    w, b = rng.permutation([1.5, -1.0]), float(rng.choice([-0.5, 0.5]))
    yield _neuron(attempt, counts, w, b, relu, "three reviews, two words, ReLU")
    for activation, n, k, about in (
        (tanh, 4, 3, "four rows, three inputs, tanh"),
        (sigmoid, 1, 2, "a batch of one row: the result still has one number for each row, shape (1,)"),
        (relu, 5, 1, "five rows, one input, ReLU"),
        (sigmoid, 3, 3, "three rows, three inputs, sigmoid"),
    ):
        X = rng.integers(-20, 21, size=(n, k)) / 10  # one decimal: the message has room for twelve numbers
        w, b = rng.uniform(-1.5, 1.5, size=k).round(1), float(rng.choice([-0.7, 0.4]))
        yield _neuron(attempt, X, w, b, activation, about)


def _neuron(attempt, X, w, b, activation, about):
    """Calls the attempt; the message names the activation where `call` would show an object of type function."""
    given = (short(X), short(w), short(b), activation.__name__)
    return replace(call(attempt, X, w, b, activation, about=about), given=given)


@neuron.wrong("Your sums are right. You have not handed them to `activation`.")
def leaves_out_the_activation(X, w, b, activation):
    return X @ w + b


@neuron.wrong("You have the products and the activation. The bias is missing from the sums.")
def batch_without_bias(X, w, b, activation):
    return activation(X @ w)


@neuron.wrong(
    "You added the bias after the activation. The activation comes last: it sees the whole sum, bias included."
)
def bias_after_the_activation(X, w, b, activation):
    return activation(X @ w) + b


@neuron.wrong("You handed the inputs to the activation. It is the sum that goes through it, once, at the end.")
def activates_the_inputs(X, w, b, activation):
    return activation(X) @ w + b


@neuron.wrong("You put every product through the activation and then added up. A neuron adds up first.")
def activates_the_products(X, w, b, activation):
    return activation(X * w).sum(axis=1) + b


@neuron.wrong(
    "You added everything in the table up to one number. Each row is a review of its own and gets its own sum."
)
def one_number_for_the_batch(X, w, b, activation):
    return activation(np.sum(X * w) + b)


@neuron.wrong("You added up the columns. A row is one review: the sum runs along the row, over its inputs.")
def sums_the_columns(X, w, b, activation):
    return activation((X * w).sum(axis=0) + b)


@neuron.wrong(
    "You added the bias to every product, so it counts once for each input. It belongs to the sum, once a row."
)
def bias_in_every_product_of_the_batch(X, w, b, activation):
    return activation((X * w + b).sum(axis=1))


@neuron.wrong("Your answers are right, but they stand in a column. What is asked for has shape (n,): one number a row.")
def keeps_a_column(X, w, b, activation):
    return activation(X @ w.reshape(-1, 1) + b)


@neuron.wrong("Right for many rows. A batch of one row comes back without its axis: one row is a batch, too.")
def squeezes_one_row(X, w, b, activation):
    return np.squeeze(activation(X @ w + b))


@neuron.wrong("You put each product through the activation, and the products of a row have not been added up.")
def forgets_the_sum_of_the_row(X, w, b, activation):
    return activation(X * w + b)


@neuron.wrong("You subtracted the bias. In this lesson the bias is where the vote starts, so it is added.")
def subtracts_the_bias_of_the_batch(X, w, b, activation):
    return activation(X @ w - b)


@neuron.wrong(
    "Each row goes on counting where the one before it stopped. A review knows nothing of the others: start anew."
)
def sums_run_on_from_row_to_row(X, w, b, activation):
    return activation(np.cumsum(X @ w) + b)


@neuron.wrong("Your rows have sums of their own, and they stand in a Python list. `activation` takes an array.")
def hands_over_a_list(X, w, b, activation):
    return activation([row @ w + b for row in X])


@neuron.wrong("You answered for the first row only. The others are reviews, too.")
def first_row_only(X, w, b, activation):
    return activation(X[0] @ w + b)


@neuron.wrong("Only the first row is answered: the loop is left before it comes to the second.")
def returns_inside_the_loop_over_rows(X, w, b, activation):
    return activation(X[:1] @ w + b)


@neuron.wrong("Only the last row is left at the end: each turn of the loop throws away what the one before found.")
def keeps_the_last_row(X, w, b, activation):
    return activation(X[-1] @ w + b)


@neuron.wrong("Your answers stop one row too early: the last row is a review, too.")
def leaves_out_the_last_row(X, w, b, activation):
    return activation(X[:-1] @ w + b)


@neuron.wrong("You counted up to the number of inputs. There is one answer for each row: how many rows has `X`?")
def counts_the_inputs_for_rows(X, w, b, activation):
    return np.array([activation(X[i] @ w + b) for i in range(len(w))])


@neuron.wrong("You wrote out two products. A row can have any number of inputs from 1 up.")
def writes_out_two_products_a_row(X, w, b, activation):
    return activation(X[:, 0] * w[0] + X[:, 1] * w[1] + b)


@neuron.wrong("You averaged the products of each row. A neuron adds them: three votes for are more than one vote for.")
def averages_the_products_of_a_row(X, w, b, activation):
    return activation((X * w).mean(axis=1) + b)


@neuron.wrong("You put the answers through the activation once more. It is used once, on the sums.")
def activates_twice(X, w, b, activation):
    return activation(activation(X @ w + b))


@neuron.wrong(
    "You used `products`, the sums of the four reviews above. Here `X` and `w` are others, and so are the sums."
)
def products_of_the_cell(X, w, b, activation):
    return activation(np.array([1.0, -3.0, 2.0, 0.0]) + b)


@neuron.wrong("You used the sigmoid each time, whatever `activation` was. It is an argument: the caller chooses.")
def always_the_sigmoid(X, w, b, activation):
    return sigmoid(X @ w + b)


@neuron.wrong("You used ReLU each time, whatever `activation` was. It is an argument: the caller chooses.")
def always_relu(X, w, b, activation):
    return relu(X @ w + b)


@neuron.wrong("You used the step each time, whatever `activation` was. It is an argument: the caller chooses.")
def always_the_step(X, w, b, activation):
    return step(X @ w + b)


@neuron.wrong("You used tanh each time, whatever `activation` was. It is an argument: the caller chooses.")
def always_tanh(X, w, b, activation):
    return tanh(X @ w + b)


# --- 3. the same neuron in Keras -------------------------------------------------------------------------------------

as_dense = Exercise(
    "as_dense",
    hints=(
        "Which two arrays does `Dense(1)` hold, and of which shapes? Which shapes do `w` and `b` have?",
        "Look again at the cells above: the layer gets its weights when it is built, and `set_weights` takes a list of two arrays. "
        "One thing that cell did not need: an activation.",
        'Make `Dense(1, activation="sigmoid")`, build it for `len(w)` inputs, then set a list of two arrays: '
        "`w` as a column, and `b` as an array of shape (1,). Return the layer.",
    ),
)


@as_dense.probe
def _(attempt, rng):
    for k in (2, 1, 4):
        w, b = rng.uniform(0.3, 1.5, size=k).round(2) * rng.choice([-1, 1], size=k), float(rng.choice([-0.8, 0.6]))
        X = rng.uniform(-2, 2, size=(3, k)).round(2)
        given = (short(w), short(b))
        try:
            model = built(attempt, w.copy(), b)
        except (Unfit, NotImplementedError):
            raise
        except Exception as problem:
            _refuse_a_fixed_number(problem, k)
            yield _keras_error(problem, given)
            return
        if shapes(model):  # else it is built when it is first called
            _refuse_other_shapes(shapes(model), k)
        out = output(model, X)
        _refuse_other_shapes(shapes(model), k)
        again = output(built(attempt, w.copy(), b), X)
        if out.shape == again.shape and not np.allclose(out, again, atol=1e-4):
            raise Unfit("Called twice with the same `w` and `b`, it gives two neurons with different answers.")
        yield replace(seen(out, about=f"its answers to the batch {short(X)}"), given=given)
        fill(model, seed=k)
        yield replace(
            seen(output(model, X), about="its answers after its weights were set to other numbers"), given=given
        )


def _refuse_other_shapes(has: list[list[int]], k: int) -> None:
    """Raises Unfit unless the weights are those of one neuron with k inputs."""
    if has == [[1], [k, 1]]:
        return
    if len(has) == 2 and has[0] == [1] and len(has[1]) == 2 and has[1][1] == 1:
        raise Unfit(_built_for(has[1][0], k))
    raise Unfit(
        f"The neuron that Keras makes of {k} input{'s' * (k > 1)} holds two arrays, of shapes ({k}, 1) and (1,). "
        f"The arrays in yours: {', '.join(str(tuple(shape)) for shape in has) or 'none'}."
    )


def _built_for(made: int, k: int) -> str:
    return (
        f"You built the layer for {made} input{'s' * (made > 1)}, and here `w` has {k}. "
        "The number of inputs is as many as there are weights."
    )


def _refuse_a_fixed_number(problem: Exception, k: int) -> None:
    """Raises Unfit when the error says that the layer or the kernel was made for a number of inputs that `w` does not have."""
    layer = re.search(r"shape \((\d+), 1\) is not compatible with provided weight shape \((\d+), 1\)", str(problem))
    if layer and int(layer[1]) != k == int(layer[2]):
        raise Unfit(_built_for(int(layer[1]), k)) from None
    kernel = re.search(r"cannot reshape array of size (\d+) into shape \((\d+),1\)", str(problem))
    if kernel and int(kernel[1]) == k:
        raise Unfit(
            f"You shaped `w` into {kernel[2]} row{'s' * (kernel[2] != '1')}, and here it holds {k} "
            f"number{'s' * (k > 1)}. The kernel has as many rows as there are weights."
        ) from None


def _keras_error(problem: Exception, given: tuple[str, ...]) -> Seen:
    """What Keras raised, with the running number taken out of the layer's name: equal mistakes then read alike."""
    message = re.sub(r"\b(dense|sequential|functional)(_\d+)?\b", "dense", str(problem))
    if len(problem.args) == 1:
        problem.args = (message,)
    return Seen({"kind": "raised", "type": type(problem).__name__}, given, error=problem)


def _dense(activation: Any = "sigmoid", **options: Any) -> Any:
    import keras

    return keras.layers.Dense(1, activation=activation, **options)


@as_dense.wrong(
    "Your layer still has the random numbers Keras starts with: the answers change from call to call. "
    "Nothing has put `w` and `b` into it."
)
def leaves_the_weights_random(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    return layer


@as_dense.wrong("The kernel is set and the bias is still at 0, where Keras starts it.")
def leaves_the_bias_at_zero(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.zeros(1)])
    return layer


@as_dense.wrong("The weighted sums are right. They come out as they are, and a sigmoid is asked for.")
def leaves_out_the_sigmoid(w, b):
    layer = _dense(activation=None)
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong("The weighted sums are right, and then go through ReLU. A sigmoid is asked for.")
def relu_instead(w, b):
    layer = _dense(activation="relu")
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong("The weighted sums are right, and then go through tanh. A sigmoid is asked for.")
def tanh_instead(w, b):
    layer = _dense(activation="tanh")
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong(
    "A softmax shares 1 out among the neurons of a layer. Yours is alone and gets all of it: every answer is 1."
)
def softmax_instead(w, b):
    layer = _dense(activation="softmax")
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong("The weighted sums are right, and then go through a step: yes or no. A sigmoid is asked for.")
def step_instead(w, b):
    layer = _dense(activation=lambda z: 1.0 * np.asarray(z > 0))
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong("The weighted sums are right, and go through the sigmoid twice. One of them is enough.")
def two_sigmoids(w, b):
    import keras

    layer = _dense()
    model = keras.Sequential([keras.Input((len(w),)), layer, keras.layers.Activation("sigmoid")])
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return model


@as_dense.wrong("The kernel is right, and the bias went in with its sign turned.")
def turns_the_sign_of_the_bias(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([-b])])
    return layer


@as_dense.wrong("Your neuron has no bias of its own: the layer was told to do without one.")
def without_a_bias(w, b):
    layer = _dense(use_bias=False)
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1))])
    return layer


@as_dense.wrong(
    "Your layer has one neuron for each input. One neuron is asked for, with as many weights as there are inputs."
)
def one_neuron_for_each_input(w, b):
    import keras

    layer = keras.layers.Dense(len(w), activation="sigmoid")
    layer.build((None, len(w)))
    layer.set_weights([np.diag(w), np.full(len(w), b)])
    return layer


@as_dense.wrong(
    "You built the layer for 3 inputs and shaped `w` to fit them. Here `w` has 2: any number from 1 up can come."
)
def always_three_inputs(w, b):
    layer = _dense()
    layer.build((None, 3))
    layer.set_weights([np.reshape(w, (3, 1)), np.array([b])])
    return layer


@as_dense.wrong("You built the layer for 3 inputs, and here `w` has 2. Any number from 1 up can come.")
def built_for_three_inputs(w, b):
    layer = _dense()
    layer.build((None, 3))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong(
    "Your layer has one neuron for each input, so its kernel is a square table; the kernel you set is that of one neuron."
)
def one_neuron_for_each_input_and_one_kernel(w, b):
    import keras

    layer = keras.layers.Dense(len(w), activation="sigmoid")
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong(
    "You set a plain Python list. The layer compares shapes before it takes weights, and only arrays have one."
)
def sets_plain_lists(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([[[v] for v in w], [b]])
    return layer


@as_dense.wrong(
    "Your `w` is a flat array, and the kernel of a Dense layer is a table: one row for each input, one column for each neuron."
)
def sets_a_flat_kernel(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([w, np.array([b])])
    return layer


@as_dense.wrong(
    "Your kernel lies on its side: it has one row and a column for each input, and Keras has it the other way round."
)
def sets_a_row_kernel(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (1, -1)), np.array([b])])
    return layer


@as_dense.wrong(
    "The layer had no weights yet when you set them: before it is built, it does not know how many inputs there will be."
)
def sets_weights_before_building(w, b):
    layer = _dense()
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong(
    "You set the bias to a bare number. Layers hold arrays: even one neuron's bias is an array, with one number in it."
)
def sets_a_bare_bias(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), b])
    return layer


@as_dense.wrong(
    "Your bias is an array without an axis. The layer holds one bias for each neuron, in an array of shape (1,)."
)
def sets_a_bias_of_no_axis(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array(b)])
    return layer


@as_dense.wrong("You handed over one array. The layer holds two, the kernel and the bias, and wants both.")
def sets_the_kernel_alone(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1))])
    return layer


@as_dense.wrong(
    "You set the bias first. The layer keeps the kernel first and the bias second, and takes them in that order."
)
def sets_the_bias_first(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights([np.array([b]), np.reshape(w, (-1, 1))])
    return layer


@as_dense.wrong(
    "You handed the kernel and the bias over one by one. `set_weights` takes one thing: a list that holds both."
)
def sets_two_things(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights(np.reshape(w, (-1, 1)), np.array([b]))
    return layer


@as_dense.wrong(
    "You joined `w` and `b` to one array, and each of its numbers was taken for an array of weights. The layer holds two."
)
def sets_one_flat_array(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.set_weights(np.append(w, b))
    return layer


@as_dense.wrong("You handed `build` a bare number. It takes a shape: rows first, of any number, and then the inputs.")
def builds_with_a_number(w, b):
    layer = _dense()
    layer.build(len(w))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return layer


@as_dense.wrong(
    "You put an array in the place of the kernel. The kernel is an object of Keras' own and stays; its numbers can be set."
)
def assigns_the_kernel(w, b):
    layer = _dense()
    layer.build((None, len(w)))
    layer.kernel = np.reshape(w, (-1, 1))
    return layer


# --- 4. weights by hand ----------------------------------------------------------------------------------------------

gate = Exercise(
    "gate",
    hints=(
        "At which corners should z be above 0, and at which not? Write the four sums down for a first guess.",
        "Look again at the picture of parallel lines: the bias moves the line, the weights turn it. "
        "For NAND, which side of the AND line should fire?",
        "AND: both weights 1, and a bias low enough that one input is too little and two are enough. NAND: the same three numbers, "
        "each with its sign turned. BUT_NOT: `x1` votes for, `x2` votes against at least as hard, and the bias leaves 0 votes silent.",
    ),
)


@gate.probe
def _(attempt, rng):
    for name in ("and", "nand", "but_not"):
        got = call(attempt, name, about=f'what you return for "{name}"')
        if not _usable(got):
            yield replace(got, say=NO_BRANCH.format(name=name)) if got.saw["kind"] == "nothing" else got
            continue
        w, b = _pair(got.saw)
        for corner in CORNERS:
            about = f'"{name}" at the corner {corner}, where your w = {short(w)} and b = {short(b)} make z = {short(_z(w, b, corner))}'
            yield replace(got, saw=_says(_fires(w, b, corner)), about=about, given=(), say=GATE_DIFFERS)


def _usable(got: Seen) -> bool:
    return got.error is None and got.saw["kind"] not in ("nothing", "blank")


def _pair(value: Plain, which: str = "It") -> tuple[list[float], float]:
    """The weights and the bias in what was returned.

    Raises Unfit, with a sentence for the learner, when there are not two weights and one bias.
    """
    parts = value["items"] if value["kind"] == "list" else []
    if len(parts) == 2 and (len(numbers(parts[0])), len(numbers(parts[1]))) == (2, 1):
        return numbers(parts[0]), numbers(parts[1])[0]
    if len(parts) == 2 and (len(numbers(parts[0])), len(numbers(parts[1]))) == (1, 2):
        raise Unfit(
            f"{which} should be `w, b` in this order: two weights, then one bias. Yours has the single number first."
        )
    if len(parts) == 2 and len(numbers(parts[0])) > 2 and len(numbers(parts[1])) == 1:
        raise Unfit(
            f"{which} should have two weights, one for each of the two numbers it looks at. "
            f"Yours has {len(numbers(parts[0]))}."
        )
    row = value["kind"] == "array" and len(numbers(value)) == 3
    yours = "three numbers in a row" if row else short(value)
    raise Unfit(f"{which} should be two weights and one bias, as `[w1, w2], b`. Yours is {yours}.")


def _z(w: list[float], b: float, x: tuple[int, int]) -> float:
    """The weighted sum; what is 0 on paper is 0 here: 0.8 - 0.7 - 0.1 is 2.8e-17 in float64 and 2e-8 from float32."""
    z = x[0] * w[0] + x[1] * w[1] + b
    size = x[0] * abs(w[0]) + x[1] * abs(w[1]) + abs(b)
    return 0.0 if abs(z) <= 1e-7 * size else z


def _fires(w: list[float], b: float, x: tuple[int, int]) -> int:
    return int(_z(w, b, x) > 0)


def _says(fires: int) -> Plain:
    return plain("it fires" if fires else "it does not fire")


def _neuron_that(*answers: int) -> tuple[tuple[int, int], int]:
    """Some weights and a bias that give these answers at the corners, found by trying. Here too nobody writes an answer down."""
    for w1, w2, b in itertools.product((-2, 0, 2), (-2, 0, 2), (-3, -1, 1, 3)):
        if tuple(_fires([w1, w2], b, corner) for corner in CORNERS) == answers:
            return (w1, w2), b
    raise ValueError(f"no line gives {answers}")


NEVER, ALWAYS = (0, 0, 0, 0), (1, 1, 1, 1)
WANTED = {"and": (0, 0, 0, 1), "nand": (1, 1, 1, 0), "but_not": (0, 0, 1, 0)}  # as the statement's table has it


def _gate_mistake(name: str, sentence: str, **answers: tuple[int, ...]) -> None:
    """A wrong way that answers like this at the corners, and as the statement asks for the names not given."""
    neurons = {key: _neuron_that(*row) for key, row in {**WANTED, **answers}.items()}
    gate.wrong_value(name, neurons.__getitem__, sentence)


_gate_mistake(
    "bias_of_zero",
    "Your AND fires for one input alone, and your NAND never does: that is what a bias of 0 makes of them. "
    "The line then runs through the corner (0, 0).",
    **{"and": (0, 1, 1, 1)},
    nand=NEVER,
)
_gate_mistake(
    "line_through_the_corner",
    "Your AND and your BUT_NOT never fire. Work out z at the corner where each of them should: "
    "it has to be above 0, and exactly 0 is not.",
    **{"and": NEVER},
    but_not=NEVER,
)
_gate_mistake(
    "biases_turned_round",
    "The signs of your biases are flipped: AND fires even where both inputs are 0, and NAND never fires.",
    **{"and": ALWAYS},
    nand=NEVER,
    but_not=(1, 0, 1, 1),
)
_gate_mistake(
    "or_for_and",
    "What you made for AND is OR: one input alone is enough to make it fire.",
    **{"and": (0, 1, 1, 1)},
)
_gate_mistake(
    "and_never",
    "Your AND never fires, not even where both inputs are 1: their votes do not lift z above 0.",
    **{"and": NEVER},
)
_gate_mistake(
    "and_always",
    "Your AND always fires, even where both inputs are 0: what does z come to there?",
    **{"and": ALWAYS},
)
_gate_mistake(
    "nor_for_nand",
    "Your NAND fires only where both inputs are 0. NAND is silent at one corner and fires at three.",
    nand=(1, 0, 0, 0),
)
_gate_mistake(
    "nand_never",
    "Your NAND never fires, not even where both inputs are 0. There, z is the bias and nothing else.",
    nand=NEVER,
)
_gate_mistake(
    "nand_always",
    "Your NAND always fires: two inputs together do not pull z down to 0.",
    nand=ALWAYS,
)
_gate_mistake(
    "and_for_nand",
    "Your NAND is the AND once more: it fires where NAND should be silent, and is silent everywhere else.",
    nand=(0, 0, 0, 1),
)
_gate_mistake(
    "or_for_but_not",
    "What you made for BUT_NOT is OR: it fires wherever an input is 1. `x2` is to vote against.",
    but_not=(0, 1, 1, 1),
)
_gate_mistake(
    "but_not_turned_round",
    "Your BUT_NOT fires for `x2` without `x1`. Read its name from the left: `x1`, but not `x2`.",
    but_not=(0, 1, 0, 0),
)
_gate_mistake(
    "but_not_ignores_x2",
    "Your BUT_NOT fires whenever `x1` is 1. At the corner (1, 1) the vote of `x2` should have stopped it.",
    but_not=(0, 0, 1, 1),
)
_gate_mistake(
    "but_not_ignores_x1",
    "Your BUT_NOT fires whenever `x2` is 0, even where `x1` is 0 as well.",
    but_not=(1, 0, 1, 0),
)
_gate_mistake(
    "but_not_never",
    "Your BUT_NOT never fires, not even where `x1` stands alone: the bias takes back all that `x1` gives.",
    but_not=NEVER,
)
_gate_mistake(
    "but_not_starts_above_0",
    "Your BUT_NOT fires at three corners and should fire at one. At (0, 0), where z is the bias alone, it is above 0 already.",
    but_not=(1, 0, 1, 1),
)
_gate_mistake(
    "the_same_for_every_name",
    "All three of your neurons answer AND. Is the first branch taken for every name? "
    "A condition that is a text by itself, as after `or`, is always true.",
    nand=(0, 0, 0, 1),
    but_not=(0, 0, 0, 1),
)
_gate_mistake(
    "or_for_every_name",
    "All three of your neurons answer OR, the example of the statement. Each name asks for a neuron of its own.",
    **{"and": (0, 1, 1, 1)},
    nand=(0, 1, 1, 1),
    but_not=(0, 1, 1, 1),
)
_gate_mistake(
    "nand_for_every_name",
    "All three of your neurons answer NAND. The function is handed a name: is it looked at before you return?",
    **{"and": (1, 1, 1, 0)},
    but_not=(1, 1, 1, 0),
)
_gate_mistake(
    "but_not_for_every_name",
    "All three of your neurons answer BUT_NOT. Is what you chose for the other names written over by what comes after?",
    **{"and": (0, 0, 1, 0)},
    nand=(0, 0, 1, 0),
)
_gate_mistake(
    "and_written_over",
    "What you return for AND is the neuron for BUT_NOT. An `else` belongs to the one `if` above it: to which names does yours apply?",
    **{"and": (0, 0, 1, 0)},
)
_gate_mistake(
    "and_and_nand_swapped",
    "Your AND answers as NAND should, and your NAND as AND should: the two have changed places.",
    **{"and": (1, 1, 1, 0)},
    nand=(0, 0, 0, 1),
)


@gate.wrong(
    'Your dictionary has no entry for the name it is asked for. The names are "and", "nand" and "but_not", in small letters.'
)
def keys_in_capitals(name):
    return {"AND": None, "NAND": None, "BUT_NOT": None}[name]


@gate.wrong(
    'No branch was taken for the name, so `w` was never set. The names are "and", "nand" and "but_not", in small letters.'
)
def names_in_capitals(name):
    if name == "AND":
        w, b = [0, 0], 0
    return w, b


@gate.wrong(
    'For "but_not" no branch was taken, so `w` was never set. How is the name written: with a space, a hyphen, an underscore?'
)
def but_not_with_a_space(name):
    if name in WANTED and name != "but_not":
        w, b = _neuron_that(*WANTED[name])
    return w, b


@gate.wrong(
    'For "but_not" it returned None: either no branch was taken (is the name written with a space, a hyphen or an underscore?), '
    "or the branch does not return."
)
def no_branch_for_but_not(name):
    return _neuron_that(*WANTED[name]) if name != "but_not" else None


@gate.wrong("You returned the bias first. What is asked for is `w, b`: the two weights, then the bias.")
def bias_first(name):
    return -1.0, [1.0, 1.0]


@gate.wrong(
    "You returned three numbers in a row. What is asked for is a pair: the two weights together, then the bias."
)
def three_numbers(name):
    return 1.0, 1.0, -1.0


# --- 5. three neurons for XOR ----------------------------------------------------------------------------------------

xor_neurons = Exercise(
    "xor_neurons",
    hints=(
        "The third neuron sees two new inputs, h1 and h2. What would they have to be, so that one line can do the rest?",
        "Look again at the picture on the right, above: h1 answers OR and h2 answers AND. "
        "At which of its three points should the third neuron fire?",
        "First neuron: the OR of this lesson. Second: the AND of exercise 4. Third: fires where h1 is 1 but h2 is not, "
        "which is also a neuron of exercise 4.",
    ),
)


@xor_neurons.probe
def _(attempt, rng):
    got = call(attempt, about="what you return")
    if not _usable(got):
        yield got
        return
    pairs = [_pair(part, f"Neuron {number} of the list") for number, part in enumerate(_three(got.saw), 1)]
    for corner in CORNERS:
        h1, h2 = (_fires(*pair, corner) for pair in pairs[:2])
        z = short(_z(*pairs[2], (h1, h2)))
        about = (
            f"the corner {corner}, where your first two neurons give h1 = {h1} and h2 = {h2}, and the third has z = {z}"
        )
        yield replace(got, saw=_says(_fires(*pairs[2], (h1, h2))), about=about, say=XOR_DIFFERS)


def _three(value: Plain) -> list[Plain]:
    parts = value["items"] if value["kind"] == "list" else []
    kinds = [part["kind"] for part in parts]
    if kinds == ["list"] * 3:
        return parts
    yours = {("array", "number"): "one neuron", ("list", "list"): "two neurons"}.get(tuple(kinds), short(value))
    raise Unfit(f"It should be a list of three neurons, each a pair `([w1, w2], b)`. Yours is {yours}.")


def _xor_mistake(name: str, sentence: str, *answers: tuple[int, ...]) -> None:
    """A wrong way whose three neurons answer like this, each at the corners of its own two inputs."""
    neurons = [_neuron_that(*row) for row in answers]
    xor_neurons.wrong_value(name, lambda: neurons, sentence)


_OR, _AND = (0, 1, 1, 1), (0, 0, 0, 1)

_xor_mistake(
    "answers_or",
    "Together your neurons answer OR: the corner (1, 1) fires as well. XOR is silent where both inputs are 1.",
    _OR,
    _AND,
    _OR,
)
_xor_mistake(
    "answers_and",
    "Together your neurons answer AND: only (1, 1) fires, and of the corners with a 1 that is the one to be silent.",
    _OR,
    _AND,
    _AND,
)
_xor_mistake(
    "answers_nand",
    "Together your neurons answer NAND: the corner (0, 0) fires as well. Which of the three is to keep it silent?",
    _OR,
    _AND,
    (1, 0, 1, 0),
)
_xor_mistake(
    "answers_nor",
    "Together your neurons fire at (0, 0) and nowhere else: there, both inputs are 0 and XOR is silent.",
    _OR,
    _AND,
    (1, 0, 0, 0),
)
_xor_mistake(
    "turned_round",
    "Every corner is answered the wrong way round: yours fires where the two inputs are equal.",
    _OR,
    _AND,
    (1, 1, 0, 1),
)
_xor_mistake(
    "never",
    "Together your neurons never fire. Is there a corner at which h1 and h2 are what your third neuron waits for?",
    (0, 0, 1, 0),
    (0, 1, 0, 0),
    _AND,
)
_xor_mistake(
    "always", "Together your neurons fire at all four corners. Two of them should be silent.", _OR, _AND, ALWAYS
)
_xor_mistake(
    "first_input_only",
    "Yours fires at (1, 0) and is silent at (0, 1). XOR does not mind which of the two inputs is the 1.",
    (0, 0, 1, 0),
    (0, 0, 1, 0),
    _OR,
)
_xor_mistake(
    "second_input_only",
    "Yours fires at (0, 1) and is silent at (1, 0). XOR does not mind which of the two inputs is the 1.",
    (0, 1, 0, 0),
    (0, 1, 0, 0),
    _OR,
)


@xor_neurons.wrong("You returned one neuron. A line cannot do it alone: three neurons are asked for, in a list.")
def one_neuron():
    return [2, 2], -1


@xor_neurons.wrong("You returned two neurons. They give h1 and h2; the third, which looks at those two, is missing.")
def two_neurons():
    return [_neuron_that(*_OR), _neuron_that(*_AND)]


@xor_neurons.wrong(
    'You asked `gate` for "or". It knows "and", "nand" and "but_not"; the OR of this lesson is in the statement of exercise 4.'
)
def asks_gate_for_or():
    return {"and": None, "nand": None, "but_not": None}["or"]
