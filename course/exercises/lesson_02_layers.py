"""Lesson 02, layers: what is asked of each exercise, and the mistakes learners make."""

import re
from dataclasses import replace

import numpy as np

from course.checking import Exercise, Unfit, built, call, fill, fits, output, seen
from course.checking.observe import Seen, is_model
from course.checking.plain import plain, shape, short


def relu(z):
    return np.maximum(z, 0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def numbers(rng, *shape_):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.3, 2, shape_) * rng.choice([-1, 1], shape_)).round(2)


def positive(rng, *shape_):
    return rng.uniform(0.3, 2, shape_).round(2)


# --- 1. a layer ------------------------------------------------------------------------------------------------------

dense = Exercise(
    "dense",
    hints=(
        "One neuron is a row of `X` times a column of weights, plus a bias. Which operation does this for all of them at once?",
        "Look again at the cell that compares the two loops with `at_once`: it is one line, and the shapes stand in its comment.",
        "Multiply the matrices with `@`, `X` on the left and `W` on the right, and add `b`, which NumPy spreads over the rows.",
    ),
)


@dense.probe
def _(attempt, rng):
    # The first case is square throughout, so that a table on its side fails by its numbers and not with an error.
    yield call(
        attempt, numbers(rng, 2, 2), numbers(rng, 2, 2), numbers(rng, 2), about="2 examples, 2 inputs, 2 neurons"
    )
    yield call(
        attempt, numbers(rng, 4, 3), numbers(rng, 3, 2), numbers(rng, 2), about="4 examples, 3 inputs, 2 neurons"
    )
    yield call(attempt, numbers(rng, 1, 3), numbers(rng, 3, 4), numbers(rng, 4), about="a single example, 4 neurons")
    yield call(attempt, numbers(rng, 3, 2), numbers(rng, 2, 1), numbers(rng, 1), about="a single neuron")


@dense.wrong("Your products are right. Each neuron also has a bias, and you have not used it.")
def forgets_the_bias(X, W, b):
    return X @ W


@dense.wrong(
    "You took the rows of `W` for neurons: the table lies on its side. Column j holds the weights of neuron j. "
    "With a square `W` no error tells you."
)
def transposes_the_weights(X, W, b):
    return X @ W.T + b


@dense.wrong(
    "You gave a bias to each example: yours goes down the rows. Each neuron, so each column of the result, has its own."
)
def bias_down_the_rows(X, W, b):
    return X @ W + b[:, None]


@dense.wrong(
    "You multiplied the other way round, `W` before `X`. Said aloud: (k, m) @ (n, k) fits only when the sizes happen to agree."
)
def weights_first(X, W, b):
    return W @ X + b


@dense.wrong(
    "You multiplied number by number. A layer adds up the products of a row with each column, and that is another product."
)
def multiplies_elementwise(X, W, b):
    return X * W + b


@dense.wrong("You added the bias to every weight, so it is multiplied by the inputs. It is added once, after the sum.")
def bias_into_the_weights(X, W, b):
    return X @ (W + b)


@dense.wrong("You added the bias to the inputs. It belongs to the neurons: it is added after the product.")
def bias_into_the_inputs(X, W, b):
    return (X + b) @ W


@dense.wrong("You subtracted the bias. It is where a neuron's vote starts, so it is added.")
def subtracts_the_bias(X, W, b):
    return X @ W - b


@dense.wrong("The weighted sums are right, and then go through ReLU. Here no activation is asked for.")
def adds_relu(X, W, b):
    return relu(X @ W + b)


@dense.wrong("The weighted sums are right, and then go through a sigmoid. Here no activation is asked for.")
def adds_a_sigmoid(X, W, b):
    return sigmoid(X @ W + b)


@dense.wrong("You added the neurons up. They stand side by side: one number for each example and each neuron.")
def adds_the_neurons_up(X, W, b):
    return (X @ W + b).sum(axis=1)


@dense.wrong("Your result lies on its side. One row is one example, one column is one neuron.")
def result_on_its_side(X, W, b):
    return (X @ W + b).T


@dense.wrong("You computed the first example only. The others are rows of `X`, too.")
def first_example_only(X, W, b):
    return X[0] @ W + b


@dense.wrong("You added the sum of all biases to every neuron. Each neuron has one of its own.")
def adds_all_biases(X, W, b):
    return X @ W + b.sum()


@dense.wrong("You added the first bias to every neuron. Each neuron has one of its own.")
def first_bias_everywhere(X, W, b):
    return X @ W + b[0]


@dense.wrong("You multiplied by the bias. It belongs to no input: it is added, one number for each neuron.")
def multiplies_by_the_bias(X, W, b):
    return X @ W * b


@dense.wrong(
    "You turned `X` on its side to make the shapes fit. They fit already: said aloud, (n, k) @ (k, m). Which of the two stands on the left?"
)
def turns_the_inputs(X, W, b):
    return W @ X.T + b


@dense.wrong(
    "You computed the table on its side, neurons down and examples across, so that the biases go to the examples."
)
def whole_table_on_its_side(X, W, b):
    return W.T @ X.T + b


@dense.wrong("Only your first row is filled: the loop over the examples is left after its first turn.")
def leaves_after_the_first_row(X, W, b):
    result = np.zeros((len(X), len(b)))
    result[0] = X[0] @ W + b
    return result


@dense.wrong("You added the bias once for each input. It counts once for each neuron, after the products are added up.")
def bias_for_every_input(X, W, b):
    return X @ W + len(W) * b


@dense.wrong(
    "Your numbers are whole: what stood after the point is cut off. Is your array, or a conversion, one of ints?"
)
def cuts_to_whole_numbers(X, W, b):
    return (X @ W + b).astype(int)


@dense.wrong("Your numbers are rounded to whole ones. A neuron's sum goes on as it is.")
def rounds_to_whole_numbers(X, W, b):
    return (X @ W + b).round()


@dense.wrong("Your result has one row, that of the first example: the loop is left after its first turn.")
def returns_one_row_of_many(X, W, b):
    return X[:1] @ W + b


@dense.wrong(
    "Your loop takes row j of `W` for neuron j: the table lies on its side. With a square `W` no error tells you; "
    "the weights of a neuron are a column."
)
def rows_for_neurons_in_a_loop(X, W, b):
    return np.array([[np.dot(x, W[j]) + b[j] for j in range(W.shape[1])] for x in X])


@dense.wrong("You looked up the bias by the example. It belongs to the neuron: one for each column of the result.")
def bias_by_the_example(X, W, b):
    result = np.zeros((len(X), W.shape[1]))
    for i in range(len(X)):
        for j in range(W.shape[1]):
            result[i, j] = np.dot(X[i], W[:, j]) + b[i]
    return result


@dense.wrong(
    "Your result has room for as many columns as `X` has. There is one for each neuron: as many as `W` has columns."
)
def as_many_columns_as_inputs(X, W, b):
    result = np.zeros(X.shape)
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            result[i, j] = np.dot(X[i], W[:, j]) + b[j]
    return result


@dense.wrong(
    "Only the last product of each sum is left: every turn of the inner loop throws away the one before. They are added up."
)
def keeps_the_last_product(X, W, b):
    return X[:, -1:] * W[-1] + b


@dense.wrong("Only the first neuron is in your result. Each column of `W` is one.")
def first_neuron_only(X, W, b):
    return X @ W[:, :1] + b[:1]


@dense.wrong("Only the first neuron is in your result, one number for each example. Each column of `W` is a neuron.")
def first_neuron_as_a_row(X, W, b):
    return X @ W[:, 0] + b[0]


@dense.wrong(
    "You joined the ones to `X` at one end and the biases to `W` at the other. Each bias should meet a one, and each input its own weight."
)
def ones_at_the_other_end(X, W, b):
    return np.hstack([np.ones((len(X), 1)), X]) @ np.vstack([W, b])


# --- 2. the forward pass ---------------------------------------------------------------------------------------------

forward = Exercise(
    "forward",
    hints=(
        "What goes into the second layer: the inputs, or what came out of the first? And how does the last layer differ from the others?",
        "Look again at the two lines that compute `hidden` and `scores`: the same step twice, once with `relu` around it and once without.",
        "Go through all pairs but the last in a loop, each time replacing `x` by `relu(x @ W + b)`; then do the last pair without `relu` "
        "and return it.",
    ),
)


def layer(rng, k, m):
    return numbers(rng, k, m), numbers(rng, m)


@forward.probe
def _(attempt, rng):
    # By their signs, the first neuron of the hidden layer speaks, the second is silent, and the output is below 0.
    first = (np.hstack([positive(rng, 2, 1), -positive(rng, 2, 1)]), np.array([0.25, -0.15]))
    last = (np.vstack([-positive(rng, 1, 1), positive(rng, 1, 1)]), np.array([-0.35]))
    about = "2 examples, one hidden layer of 2 neurons, 1 output"
    yield _run_forward(attempt, positive(rng, 2, 2), [first, last], about)
    about = "3 examples, two hidden layers (4 neurons, then 3), 2 outputs"
    yield _run_forward(attempt, numbers(rng, 3, 2), [layer(rng, 2, 4), layer(rng, 4, 3), layer(rng, 3, 2)], about)
    alone = (-positive(rng, 3, 2), numbers(rng, 2) / 10)
    yield _run_forward(attempt, positive(rng, 2, 3), [alone], "a single layer, which is the last one: no ReLU at all")
    deep = [layer(rng, k, m) for k, m in ((3, 5), (5, 4), (4, 3), (3, 1))]
    yield _run_forward(attempt, numbers(rng, 4, 3), deep, "4 layers")
    # Whoever knows the last layer by its arrays, and not by its place, takes both turns for the last one.
    twice = (np.hstack([positive(rng, 2, 1), -positive(rng, 2, 1)]), np.array([0.25, -0.15]))
    yield _run_forward(attempt, positive(rng, 3, 2), [twice, twice], "one layer twice in the list: ReLU stands between")


def _run_forward(attempt, x, layers, about):
    """The call, with its layers shown by name: each number where they are few, and shapes where they are many."""
    got = call(attempt, x, layers, about=about)
    pairs = ", ".join(f"(W{i}, b{i})" for i in range(1, len(layers) + 1))
    arrays = [(f"{name}{i}", array) for i, pair in enumerate(layers, 1) for name, array in zip("Wb", pair, strict=True)]
    if sum(array.size for _, array in arrays) < 12:
        parts = [f"{name} = {short(array)}" for name, array in arrays]
    else:
        parts = [f"{name} of shape {array.shape}" for name, array in arrays if array.ndim == 2]
    return replace(got, given=(short(x), f"[{pairs}], where {', '.join(parts)}"))


@forward.wrong(
    "ReLU comes after the last layer, too, in yours. The last layer's sums go out as they are: a score may be below 0."
)
def relu_at_the_end(x, layers):
    for W, b in layers:
        x = relu(x @ W + b)
    return x


@forward.wrong(
    "There is no activation between your layers, so they collapse into one. Sums below 0 become 0 on their way to the next layer."
)
def no_relu_between(x, layers):
    for W, b in layers:
        x = x @ W + b
    return x


@forward.wrong("Your products and activations are in place. The biases are missing, in every layer.")
def forgets_the_biases(x, layers):
    for W, _b in layers[:-1]:
        x = relu(x @ W)
    return x @ layers[-1][0]


@forward.wrong("The bias of the last layer is missing. It has no activation, but it has a bias like the others.")
def forgets_the_last_bias(x, layers):
    return _run(x, layers, last=lambda x, W, b: x @ W)


@forward.wrong(
    "You added the bias after ReLU. The activation sees the whole sum, bias included: the bias decides where it bends."
)
def bias_after_relu(x, layers):
    return _run(x, layers, step=lambda x, W, b: relu(x @ W) + b)


@forward.wrong("You put the inputs through ReLU as well. It stands between layers; the inputs go in as they are.")
def relu_on_the_inputs(x, layers):
    return _run(relu(x), layers)


@forward.wrong("Only your first layer is followed by ReLU. With two hidden layers, the second needs one as well.")
def relu_after_the_first_only(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i == 0 and len(layers) > 1:
            x = relu(x)
    return x


@forward.wrong(
    "You applied ReLU to the first layer whatever comes after it. When there is a single layer, it is the last one, and has none."
)
def relu_even_when_alone(x, layers):
    W, b = layers[0]
    x = relu(x @ W + b)
    return _run(x, layers[1:]) if len(layers) > 1 else x


@forward.wrong("A layer after the first gets the inputs `x` in yours. It takes what came out of the layer before it.")
def starts_from_the_inputs(x, layers):
    out = x
    for i, (W, b) in enumerate(layers):
        out = x @ W + b
        if i < len(layers) - 1:
            out = relu(out)
    return out


@forward.wrong("You stopped before the last layer: this is what the last hidden layer gives, not the output.")
def stops_before_the_last(x, layers):
    for W, b in layers[:-1]:
        x = relu(x @ W + b)
    return x


@forward.wrong("You ran two layers, whatever the list held. It may hold one layer, or four.")
def always_two_layers(x, layers):
    h = relu(x @ layers[0][0] + layers[0][1])
    return h @ layers[1][0] + layers[1][1]


@forward.wrong(
    "Your tables lie on their side: with `W` of shape (k, m) and its neurons in columns, nothing is to be turned."
)
def transposes_every_layer(x, layers):
    for W, b in layers[:-1]:
        x = relu(x @ W.T + b)
    return x @ layers[-1][0].T + layers[-1][1]


@forward.wrong("Your loop is left after its first layer. The others are still to come.")
def returns_after_the_first(x, layers):
    return _run(x, layers[:1]) if len(layers) == 1 else relu(x @ layers[0][0] + layers[0][1])


@forward.wrong(
    "A sigmoid stands between your layers. The statement asks for ReLU: below 0 it gives 0, above 0 it changes nothing."
)
def sigmoid_between(x, layers):
    return _run(x, layers, step=lambda x, W, b: sigmoid(x @ W + b))


@forward.wrong(
    "A tanh stands between your layers. The statement asks for ReLU: below 0 it gives 0, above 0 it changes nothing."
)
def tanh_between(x, layers):
    return _run(x, layers, step=lambda x, W, b: np.tanh(x @ W + b))


@forward.wrong(
    "The output is right up to its last step: there you put it through a sigmoid. No activation comes after the last layer."
)
def sigmoid_at_the_end(x, layers):
    return sigmoid(_run(x, layers))


@forward.wrong("You returned the outputs of all layers. Only that of the last one is asked for.")
def returns_all_layers(x, layers):
    outs = []
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        x = x if i == len(layers) - 1 else relu(x)
        outs.append(x)
    return outs


@forward.wrong(
    "Your ReLU stands after the first layer whatever comes next, and after no other. It stands between layers: "
    "after each of them but the last."
)
def relu_after_layer_one_only(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i == 0:
            x = relu(x)
    return x


@forward.wrong("There is no ReLU after your last hidden layer: you leave it out one layer too early.")
def no_relu_after_the_last_hidden(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i < len(layers) - 2:
            x = relu(x)
    return x


@forward.wrong("Yours keeps what is below 0 and silences what is above. ReLU does it the other way round.")
def relu_turned_round(x, layers):
    return _run(x, layers, step=lambda x, W, b: np.minimum(x @ W + b, 0))


@forward.wrong(
    "Your hidden neurons fire with 1 or 0, as in lesson 01. A ReLU neuron passes on how much: above 0 it changes nothing."
)
def fires_or_not(x, layers):
    return _run(x, layers, step=lambda x, W, b: np.where(x @ W + b > 0, 1.0, 0.0))


@forward.wrong("You turned sums below 0 into positive ones. ReLU silences them: they become 0.")
def absolute_values(x, layers):
    return _run(x, layers, step=lambda x, W, b: np.abs(x @ W + b))


@forward.wrong("The biases of the hidden layers are missing. Each of these neurons has one, and it counts before ReLU.")
def no_bias_in_hidden_layers(x, layers):
    return _run(x, layers, step=lambda x, W, b: relu(x @ W))


@forward.wrong(
    "Your loop goes through all layers, the last one included, and after it the last layer is run once more."
)
def last_layer_twice(x, layers):
    for W, b in layers:
        x = relu(x @ W + b)
    return x @ W + b


@forward.wrong("Your layers run in reverse. The list has them in the order in which they are run: the first meets `x`.")
def runs_in_reverse(x, layers):
    return _run(x, layers[::-1])


@forward.wrong(
    "Your layers run in reverse, with ReLU after every one. The list has them in the order in which they are run."
)
def runs_in_reverse_with_relu(x, layers):
    for W, b in layers[::-1]:
        x = relu(x @ W + b)
    return x


@forward.wrong(
    "You know the last layer by its arrays. The same pair may stand in the list twice: its place decides, "
    "and only the last turn has no ReLU."
)
def last_layer_by_its_arrays(x, layers):
    for W, b in layers:
        x = x @ W + b
        if not np.array_equal(W, layers[-1][0]):
            x = relu(x)
    return x


@forward.wrong("Only the first example is in your result. The others are rows of `x`, too.")
def first_row_only(x, layers):
    return _run(x[0], layers)


@forward.wrong(
    "You took the largest sum of each neuron over the examples, and the examples are gone. ReLU looks at each number by itself, "
    "beside a 0."
)
def largest_over_the_examples(x, layers):
    return _run(x, layers, step=lambda x, W, b: np.max(x @ W + b, 0))


@forward.wrong("Your last layer gets the inputs `x`, and what the hidden layers made of them is lost.")
def last_layer_from_the_inputs(x, layers):
    h = x
    for W, b in layers[:-1]:
        h = relu(h @ W + b)
    return x @ layers[-1][0] + layers[-1][1]


@forward.wrong(
    "You leave ReLU out after a layer of one neuron. It is its place that makes a layer the last one: the last may have several neurons."
)
def last_layer_by_its_size(x, layers):
    for W, b in layers:
        x = x @ W + b
        if len(b) > 1:
            x = relu(x)
    return x


@forward.wrong("Your ReLU comes after every layer but the first. It is the last one that has none.")
def relu_after_all_but_the_first(x, layers):
    for i, (W, b) in enumerate(layers):
        x = x @ W + b
        if i > 0:
            x = relu(x)
    return x


@forward.wrong(
    "After your loop, `W` and `b` are still those of its last turn: that layer is run twice, and the last of the list not at all."
)
def runs_the_hidden_layer_twice(x, layers):
    for W, b in layers[:-1]:
        x = relu(x @ W + b)
    return x @ W + b


@forward.wrong("You took each pair apart as `b, W`. It is `(W, b)`: the weights come first.")
def pairs_the_other_way_round(x, layers):
    for b, W in layers:
        x = relu(x @ W + b)
    return x


def _run(x, layers, step=None, last=None):
    """A forward pass with one part replaced."""
    for W, b in layers[:-1]:
        x = (step or (lambda x, W, b: relu(x @ W + b)))(x, W, b)
    return (last or (lambda x, W, b: x @ W + b))(x, *layers[-1])


# --- 3. XOR with a hidden layer --------------------------------------------------------------------------------------

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
POSITIVE = CORNERS[:, 0] != CORNERS[:, 1]  # as the statement's table has it
FORM = "four things, `W1, b1, w2, b2`, of shapes (2, 2), (2,), (2,) and one number"

xor_network = Exercise(
    "xor_network",
    hints=(
        "The output neuron draws one line. Where would the hidden layer have to put the four reviews, so that one line is enough?",
        "Look again at `h1` and `h2` at the top of the lesson: each of them answers to one positive review and is silent for the others. "
        "What do the two positive reviews look like here, in 0 and 1?",
        "Let one hidden neuron answer to a *good* that no *not* takes back (one weight above 0, the other below), and the second to "
        "a *not* without *good*. The output adds the two up.",
    ),
)


@xor_network.probe
def _(attempt, rng):
    W1, b1, w2, b2 = _weights(attempt)
    sums = CORNERS @ W1 + b1  # (4, 2), before ReLU
    z = relu(sums) @ w2 + b2
    if np.isnan(z).any():
        raise Unfit("With your weights, an output is NaN (not a number). Weights are finite numbers.")
    about = f"the four outputs are {short(z)}; positive is above 0.5 (1), negative is not (0)"
    if not np.array_equal(z > 0.5, POSITIVE):
        diagnosis = _diagnosis(sums, z, W1, b1, w2, b2)
        if diagnosis:
            # A "nothing", so that the message shows the four outputs and not this name of ours.
            yield Seen({"kind": "nothing", "diagnosis": diagnosis}, about=about)
            return
    yield seen(z > 0.5, about=about)


def _weights(attempt):
    """The four arrays that the attempt returns.

    Raises Unfit, with a sentence for the learner, when they are not of the form asked for.
    """
    fits(attempt, 0)
    result = attempt()
    if result is Ellipsis:
        raise NotImplementedError
    if result is None:
        raise Unfit("It returned None. Did you forget `return`?")
    if not isinstance(result, (tuple, list)) or len(result) != 4:
        pairs = isinstance(result, (tuple, list)) and len(result) == 2
        if pairs and all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in result):
            raise Unfit(f"It returned two pairs `(W, b)`, as `forward` takes them. It should return {FORM}.")
        count = f"{len(result)} thing{'s' * (len(result) != 1)}" if isinstance(result, (tuple, list)) else ""
        what = count or short(result)
        raise Unfit(f"It should return {FORM}. Yours returned {what}.")
    arrays = []
    for name, value, allowed in zip(
        ("W1", "b1", "w2", "b2"),
        result,
        ([(2, 2)], [(2,), (1, 2)], [(2,), (2, 1), (1, 2)], [(), (1,), (1, 1)]),
        strict=True,
    ):
        form = plain(value)
        if shape(form) not in allowed:
            has = "is " + short(form) if shape(form) is None else f"has shape {shape(form)}"
            wants = "be one number" if name == "b2" else f"have shape {allowed[0]}"
            raise Unfit(
                f"`{name}` should {wants}: there are two inputs, two hidden neurons and one output. Yours {has}."
            )
        values = np.array(form["values"] if "values" in form else [form["value"]], dtype=float)
        arrays.append(values.reshape(2, 2) if name == "W1" else values)
    W1, b1, w2, b2 = arrays
    return W1, b1, w2, b2[0]


def _diagnosis(sums, z, W1, b1, w2, b2):
    """What would make a network that is not XOR into one, in a few words; "" when nothing simple does."""
    if z[POSITIVE].min() > z[~POSITIVE].max() + 1e-9:
        return "told apart, but not at 0.5"
    if z[~POSITIVE].min() > z[POSITIVE].max() + 1e-9:
        return "told apart, but turned round"
    steps = (sums > 0) @ w2 + b2
    if any(np.array_equal(steps > edge, POSITIVE) for edge in (0, 0.5)):
        return "right for neurons that fire with 1 or 0, not for ReLU"
    if np.array_equal(relu(CORNERS @ W1.T + b1) @ w2 + b2 > 0.5, POSITIVE):
        return "right with `W1` lying on its side"
    if np.array_equal(relu(CORNERS @ W1 + w2) @ b1 + b2 > 0.5, POSITIVE):
        return "right with `b1` and `w2` exchanged"
    if (sums <= 0).all():
        return "both hidden neurons are silent for all four reviews"
    if np.allclose(sums[:, 0], sums[:, 1]):
        return "two hidden neurons that do the same"
    if all((column >= 0).all() or (column <= 0).all() for column in sums.T):
        return "ReLU bends nothing here"
    return ""


def _xor_mistake(name, sentence, W1, b1, w2, b2):
    xor_network.wrong_value(name, lambda: (np.array(W1, float), np.array(b1, float), np.array(w2, float), b2), sentence)


_xor_mistake(
    "thinks_in_steps",
    "With neurons that fire or do not, as in lesson 01, your weights would do. A ReLU neuron passes on how much: "
    'for "not good" it may send more than 1. Work out what your hidden neurons really send.',
    [[1, 1], [1, 1]],
    [-0.5, -1.5],
    [1, -1],
    0,
)
_xor_mistake(
    "at_another_height",
    "Your network tells positive from negative, the higher outputs for the positive. But they do not lie on the two sides of 0.5.",
    [[1, -1], [-1, 1]],
    [0, 0],
    [1, 1],
    -0.5,
)
_xor_mistake(
    "turned_round",
    "Your network tells the two kinds apart, but the wrong way round: its higher outputs go to the negative reviews.",
    [[1, -1], [-1, 1]],
    [0, 0],
    [-1, -1],
    1,
)
_xor_mistake(
    "weights_on_their_side",
    "Your weights would do if the rows of `W1` were the neurons. In `X @ W1` each neuron is a column.",
    [[-1, -1], [2, 2]],
    [0, -1],
    [1, -3],
    1,
)
_xor_mistake(
    "exchanges_b1_and_w2",
    "Your weights would do, but `b1` and `w2` have changed places: the order asked for is `W1, b1, w2, b2`.",
    [[1, -1], [-1, 1]],
    [1, 1],
    [0, 0],
    0,
)
_xor_mistake(
    "silent",
    "Both hidden neurons are silent for all four reviews, so the output is the last bias each time. What lifts them above 0?",
    [[1, 1], [1, 1]],
    [-2, -3],
    [1, 1],
    0,
)
_xor_mistake(
    "twins",
    "Your two hidden neurons do the same for every review. Together they can do no more than one of them.",
    [[1, 1], [1, 1]],
    [-0.5, -0.5],
    [1, 1],
    0,
)
_xor_mistake(
    "nothing_bends",
    "For these four reviews, neither hidden neuron has sums on both sides of 0. So ReLU bends nothing, "
    "and the network is one straight line. Where should each of them go silent?",
    [[1, 1], [1, 2]],
    [0, 0],
    [2, -1],
    0,
)
_xor_mistake(
    "answers_or",
    'Your network calls "not good" positive, too: it answers OR. Which hidden neuron could pull this one down?',
    [[1, 1], [1, 1]],
    [0, -1],
    [1, 0],
    0,
)
_xor_mistake(
    "answers_and",
    'Only "not good" comes out positive: that is AND. Work out the output where one of the two inputs is 1.',
    [[1, 1], [1, 1]],
    [-1, 0.5],
    [1, 0],
    0,
)
_xor_mistake(
    "good_alone",
    'Your network finds "good" and misses "not bad". It answers to one of the two inputs alone.',
    [[1, 1], [-1, 1]],
    [0, 0],
    [1, 0],
    0,
)
_xor_mistake(
    "not_alone",
    'Your network finds "not bad" and misses "good". It answers to one of the two inputs alone.',
    [[-1, 1], [1, 1]],
    [0, 0],
    [1, 0],
    0,
)
_xor_mistake(
    "follows_good",
    'Your output is high wherever the word is *good*, "not good" included: the second input makes no difference.',
    [[1, 1], [0, 0]],
    [0, -0.5],
    [1, 0],
    0,
)
_xor_mistake(
    "follows_not",
    'Your output is high wherever there is a *not*, "not good" included: the first input makes no difference.',
    [[0, 0], [1, 1]],
    [0, -0.5],
    [1, 0],
    0,
)
_xor_mistake(
    "all_positive",
    "Your network calls all four reviews positive. Two of them have to come down to 0.5 or below.",
    [[1, 1], [1, -1]],
    [0, 0],
    [1, 1],
    1,
)
_xor_mistake(
    "all_negative",
    "Your network calls all four reviews negative: no output is above 0.5.",
    [[1, 1], [1, -1]],
    [0, 0],
    [1, 1],
    -5,
)


@xor_network.wrong(
    "You returned a single neuron. There are two of them in the hidden layer, and an output neuron after it."
)
def one_neuron():
    return np.array([1.0, 1.0]), -0.5


@xor_network.wrong("You returned the hidden layer. The output neuron is missing: its two weights and its bias.")
def without_the_output_neuron():
    return [np.array([[1.0, -1.0], [-1.0, 1.0]]), np.zeros(2), np.ones(2)]


# --- 4. count the parameters -----------------------------------------------------------------------------------------

count_parameters = Exercise(
    "count_parameters",
    hints=(
        "Between a layer of 3 and a layer of 2, how many lines are there in the picture? And which circles have a bias?",
        "Look again at the sentence after the picture was counted: 3 · 2 weights and 2 biases, then 2 · 1 weights and 1 bias.",
        "Go through neighbouring sizes, `before` and `after`, and add up `before * after` weights and `after` biases for each pair.",
    ),
)


@count_parameters.probe
def _(attempt, rng):
    yield call(attempt, [3, 4, 2], about="3 inputs, 4 hidden neurons, 2 outputs")
    yield call(attempt, [5, 2], about="no hidden layer")
    yield call(attempt, [int(n) for n in rng.permutation([2, 3, 5, 7])], about="two hidden layers")
    yield call(attempt, [784, 128, 10], about="a network that reads digits")
    yield call(attempt, [int(rng.integers(3, 9))], about="inputs alone, and no layer")
    yield call(attempt, [int(n) for n in rng.integers(1, 20, 6)], about="five layers")


@count_parameters.wrong("You counted the weights. Every neuron also has a bias.")
def without_biases(sizes):
    return sum(a * b for a, b in _pairs(sizes))


@count_parameters.wrong("You gave the inputs biases, too. They compute nothing: only neurons have one.")
def biases_for_the_inputs(sizes):
    return sum(a * b for a, b in _pairs(sizes)) + sum(sizes)


@count_parameters.wrong(
    "You counted one bias for each number that goes into a layer. It is one for each neuron, so for each number that comes out."
)
def biases_of_the_wrong_side(sizes):
    return sum(a * b + a for a, b in _pairs(sizes))


@count_parameters.wrong("You counted one bias for each layer. Every neuron of the layer has one of its own.")
def one_bias_for_each_layer(sizes):
    return sum(a * b + 1 for a, b in _pairs(sizes))


@count_parameters.wrong(
    "You counted neurons. Each of them has many parameters: one weight for each number it sees, and a bias."
)
def counts_neurons(sizes):
    return sum(sizes)


@count_parameters.wrong(
    "You added neighbouring sizes. Every neuron sees every number of the layer before: that is a product."
)
def adds_the_sizes(sizes):
    return sum(a + b for a, b in _pairs(sizes))


@count_parameters.wrong(
    "You multiplied all the sizes. Weights lie between neighbouring layers only, so their products are added up."
)
def multiplies_everything(sizes):
    return int(np.prod(sizes))


@count_parameters.wrong("You counted the first layer. The layers after it have weights and biases, too.")
def first_layer_only(sizes):
    return (sizes[0] + 1) * sizes[1] if len(sizes) > 1 else 0


@count_parameters.wrong("You left out the bias of the output layer. Its neurons have one like all the others.")
def no_bias_at_the_end(sizes):
    return sum(a * b + b for a, b in _pairs(sizes)) - (sizes[-1] if len(sizes) > 1 else 0)


@count_parameters.wrong(
    "You counted the layer after the inputs as if it had no bias. It is a layer of neurons; the inputs are not."
)
def no_bias_at_the_start(sizes):
    return sum(a * b + b for a, b in _pairs(sizes)) - (sizes[1] if len(sizes) > 1 else 0)


@count_parameters.wrong("You joined every layer with all layers after it. In an MLP, a layer sees only the one before.")
def joins_all_layers(sizes):
    return sum(sizes[i] * sizes[j] for j in range(len(sizes)) for i in range(j)) + sum(sizes[1:])


@count_parameters.wrong(
    "You added 1 to both sizes before multiplying. The bias adds one number to what each neuron has, and no neuron."
)
def one_more_on_both_sides(sizes):
    return sum((a + 1) * (b + 1) for a, b in _pairs(sizes))


@count_parameters.wrong(
    "You returned a list with the count of each layer. One number for the whole network is asked for."
)
def a_count_for_each_layer(sizes):
    return [a * b + b for a, b in _pairs(sizes)]


@count_parameters.wrong("Right for networks with layers. A list with a single size has none, and then the answer is 0.")
def stumbles_over_no_layer(sizes):
    total = (sizes[0] + 1) * sizes[1]
    for a, b in _pairs(sizes[1:]):
        total += (a + 1) * b
    return total


@count_parameters.wrong("Yours needs exactly three sizes. A network may have no hidden layer, or several.")
def exactly_three_sizes(sizes):
    return sizes[0] * sizes[1] + sizes[1] + sizes[1] * sizes[2] + sizes[2]


@count_parameters.wrong(
    "You went one step too far: the last size has no neighbour after it. There is one layer fewer than there are sizes."
)
def one_pair_too_many(sizes):
    total = 0
    for i in range(len(sizes)):
        total += (sizes[i] + 1) * sizes[i + 1]
    return total


@count_parameters.wrong("Your count is that of the first layer alone: the loop is left at the end of its first turn.")
def leaves_the_loop(sizes):
    total = 0
    for a, b in _pairs(sizes):
        total += a * b + b
        return total


@count_parameters.wrong("Your loop stops a layer early: the output layer is not counted.")
def stops_a_layer_early(sizes):
    return sum(a * b + b for a, b in _pairs(sizes)[:-1])


@count_parameters.wrong("Each turn of your loop throws away the count of the one before: the last layer alone is left.")
def keeps_the_last_layer(sizes):
    total = 0
    for a, b in _pairs(sizes):
        total = a * b + b
    return total


@count_parameters.wrong(
    "Your first turn joins the first size with the last one: where i is 0, `sizes[i - 1]` is the end of the list."
)
def wraps_around(sizes):
    return sum(sizes[i - 1] * sizes[i] + sizes[i] for i in range(len(sizes)))


@count_parameters.wrong("Your loop starts a layer late: the weights and biases of the first layer are not counted.")
def starts_a_layer_late(sizes):
    return sum(a * b + b for a, b in _pairs(sizes)[1:])


@count_parameters.wrong(
    "Every layer sees the inputs in yours. The second layer sees what came out of the first, and has a weight for each of those."
)
def every_layer_sees_the_inputs(sizes):
    return sum((sizes[0] + 1) * b for b in sizes[1:])


@count_parameters.wrong(
    "You took the last size off as if its layer had no biases. Its neurons have one each, and a list with one size has no layer at all."
)
def takes_the_last_size_off(sizes):
    return sum(a * b + b for a, b in _pairs(sizes)) - sizes[-1]


@count_parameters.wrong(
    "Right for networks with layers. Where there is a single size you count the inputs; they have no parameters, so the answer is 0."
)
def counts_inputs_that_are_alone(sizes):
    return sum(a * b + b for a, b in _pairs(sizes)) if len(sizes) > 1 else sizes[0]


@count_parameters.wrong(
    "Your loop goes on by two, so that every second layer is left out. A size in the middle ends one layer and begins the next."
)
def goes_on_by_two(sizes):
    return sum(a * b + b for a, b in _pairs(sizes)[::2])


@count_parameters.wrong(
    "The hidden layers have no biases in your count. Their neurons have one each, like those at the end."
)
def biases_of_the_output_only(sizes):
    return sum(a * b for a, b in _pairs(sizes)) + sizes[-1]


@count_parameters.wrong(
    "Yours is 0 for every network: no pair of neighbours is counted. The sizes come as one list, and not one by one."
)
def counts_nothing(sizes):
    return 0


def _pairs(sizes):
    return list(zip(sizes[:-1], sizes[1:], strict=True))


# --- 5. build it in Keras --------------------------------------------------------------------------------------------

build_mlp = Exercise(
    "build_mlp",
    hints=(
        "Which layers of an MLP hold weights? And which of them has an activation?",
        "Look again at the cell that makes `model` with `keras.Sequential`: three lines in its list. Where do 3, 2 and 1 stand in it?",
        'Return a `keras.Sequential` with a list of three: `keras.Input` for `inputs` numbers, `Dense` with `hidden` neurons and `"relu"`, '
        "`Dense` with `outputs` neurons and nothing else.",
    ),
)


@build_mlp.probe
def _(attempt, rng):
    if is_model(attempt) and not isinstance(attempt, type):
        raise Unfit("It should be a function that makes a model, and you handed over a model: `check(build_mlp)`.")
    for sizes in ((2, 4, 3), (3, 5, 2)):
        X = numbers(rng, 4, sizes[0])
        try:
            model = built(attempt, *sizes)
            if isinstance(model, type):
                raise Unfit(f"It returned the class `{model.__name__}`, and not a model made with it.")
            _takes_rows_of(model, sizes[0])
            output(model, X)  # some models make their weights at their first call
        except (Unfit, NotImplementedError):
            raise
        except Exception as problem:
            yield _keras_error(problem, sizes)
            return
        found = _in_order([list(weight.shape) for weight in model.get_weights()], sizes[0])
        got = seen(found, about="the shapes of its weights, layer by layer", given=sizes)
        yield replace(got, say=_off_in_size(found, *sizes))
        # Larger weights than fill() gives: some hidden sums then lie below 0, some outputs below 0 and above 1.
        fill(model, seed=sum(sizes))
        model.set_weights([3 * weight for weight in model.get_weights()])
        about = f"its output for {len(X)} examples, after its weights were set"
        say = "Your weights have the right shapes; what is made of them is off. What stands after each of your two layers?"
        yield replace(seen(output(model, X), about=about, given=sizes), say=say)


def _in_order(found, inputs):
    """The shapes of a model's weights in the order in which numbers run through them, as far as the sizes tell; the rest after."""
    left, ordered, width = list(found), [], inputs
    while kernel := next((shape_ for shape_ in left if len(shape_) == 2 and shape_[0] == width), None):
        width = kernel[1]
        for shape_ in (kernel, [width]):
            if shape_ in left:
                left.remove(shape_)
                ordered.append(shape_)
    return ordered + left


def _off_in_size(found, inputs, hidden, outputs):
    """What is off in the shapes of the weights, in a sentence; used where no wrong way fits."""
    if len(found) != 4:
        return f"Two `Dense` layers have 4 arrays of weights, a kernel and a bias each. Your model has {len(found)}."
    for name, size, kernel in (("hidden", hidden, found[0]), ("outputs", outputs, found[2])):
        if len(kernel) == 2 and kernel[1] != size:
            layer_ = "hidden layer" if name == "hidden" else "output layer"
            return f"Your {layer_} has {kernel[1]} neuron{'s' * (kernel[1] != 1)} where `{name}` is {size}."
    return "The weights of your model are not those of two `Dense` layers."


def _keras_error(problem, sizes):
    """What Keras raised, with the running numbers taken out of the layers' names: equal mistakes then read alike."""
    message = re.sub(r"\b(dense|sequential|functional)(_\d+)?\b", r"\1", str(problem))
    if len(problem.args) == 1:
        problem.args = (message,)
    given = tuple(str(size) for size in sizes)
    return Seen({"kind": "raised", "type": type(problem).__name__}, given, error=problem)


def _takes_rows_of(model, inputs):
    """Raises Unfit, with a sentence for the learner, when the model says that it wants other examples than `inputs` numbers."""
    try:
        wants = tuple(model.input_shape[1:])
    except (AttributeError, TypeError, ValueError):
        return  # it does not know before it has been called
    if wants != (inputs,):
        raise Unfit(
            f"Called with inputs = {inputs}, it should take examples of shape ({inputs},). Yours takes shape {wants}."
        )


def _mlp(inputs, *sizes, between="relu", end=None, bias=True):
    import keras

    layers = [keras.layers.Dense(size, activation=between, use_bias=bias) for size in sizes[:-1]]
    last = keras.layers.Dense(sizes[-1], activation=end, use_bias=bias)
    return keras.Sequential([keras.Input(shape=(inputs,)), *layers, last])


@build_mlp.wrong(
    "Your hidden layer has no activation, so the two layers collapse into one. `Dense` has none unless you ask for it."
)
def no_activation_between(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, between=None)


@build_mlp.wrong("ReLU stands after your output layer as well. It should give its sums as they are, those below 0 too.")
def relu_on_the_output(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, end="relu")


@build_mlp.wrong("A sigmoid stands after your output layer. Here it should give its sums as they are.")
def sigmoid_on_the_output(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, end="sigmoid")


@build_mlp.wrong("A softmax stands after your output layer. Here it should give its sums as they are.")
def softmax_on_the_output(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, end="softmax")


@build_mlp.wrong("The ReLU stands after the output layer and is missing after the hidden one.")
def relu_in_the_wrong_layer(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, between=None, end="relu")


@build_mlp.wrong("Your hidden layer has a sigmoid. The statement asks for ReLU.")
def sigmoid_between_layers(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, between="sigmoid")


@build_mlp.wrong("Your hidden layer has a tanh. The statement asks for ReLU.")
def tanh_between_layers(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, between="tanh")


@build_mlp.wrong(
    "You made a `Dense` layer for the inputs. The input layer computes nothing and has no weights; "
    "your model has one layer of neurons too many."
)
def dense_for_the_inputs(inputs, hidden, outputs):
    return _mlp(inputs, inputs, hidden, outputs)


@build_mlp.wrong(
    "You made a `Dense` layer for the inputs, without an activation. How many numbers come in is what `keras.Input` says; "
    "it has no weights, and the layer you made has."
)
def plain_dense_for_the_inputs(inputs, hidden, outputs):
    import keras

    stack = [keras.layers.Dense(inputs), keras.layers.Dense(hidden, activation="relu"), keras.layers.Dense(outputs)]
    return keras.Sequential([keras.Input(shape=(inputs,)), *stack])


@build_mlp.wrong("Your hidden layer has 2 neurons whatever `hidden` says: the 2 is that of the network in the lesson.")
def always_two_hidden(inputs, hidden, outputs):
    return _mlp(inputs, 2, outputs)


@build_mlp.wrong("Your hidden layer has as many neurons as there are inputs. How many it has is what `hidden` says.")
def as_many_hidden_as_inputs(inputs, hidden, outputs):
    return _mlp(inputs, inputs, outputs)


@build_mlp.wrong(
    "Your hidden layer has a GELU. The statement asks for ReLU: below 0 it gives 0, above 0 it changes nothing."
)
def gelu_between_layers(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, between="gelu")


@build_mlp.wrong(
    "Your hidden layer has a leaky ReLU, which lets a little through below 0. The statement asks for ReLU."
)
def leaky_relu_between_layers(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, between="leaky_relu")


@build_mlp.wrong("Your model has two hidden layers. One is asked for.")
def one_hidden_layer_too_many(inputs, hidden, outputs):
    return _mlp(inputs, hidden, hidden, outputs)


@build_mlp.wrong("Your model has no hidden layer: its inputs go straight to the outputs.")
def no_hidden_layer(inputs, hidden, outputs):
    return _mlp(inputs, outputs)


@build_mlp.wrong("Your model stops at the hidden layer. The output layer is missing.")
def no_output_layer(inputs, hidden, outputs):
    import keras

    return keras.Sequential([keras.Input(shape=(inputs,)), keras.layers.Dense(hidden, activation="relu")])


@build_mlp.wrong(
    "`hidden` and `outputs` have changed places in your model: the hidden layer has as many neurons as there are outputs."
)
def swaps_hidden_and_outputs(inputs, hidden, outputs):
    return _mlp(inputs, outputs, hidden)


@build_mlp.wrong("Your layers have no biases. The statement asks for them in both.")
def without_biases_in_keras(inputs, hidden, outputs):
    return _mlp(inputs, hidden, outputs, bias=False)


@build_mlp.wrong("Your output layer has one neuron, whatever `outputs` says.")
def always_one_output(inputs, hidden, outputs):
    return _mlp(inputs, hidden, 1)


@build_mlp.wrong("Your hidden layer has no bias. The statement asks for biases in both layers.")
def no_bias_in_the_hidden_layer(inputs, hidden, outputs):
    import keras

    layers = [keras.layers.Dense(hidden, activation="relu", use_bias=False), keras.layers.Dense(outputs)]
    return keras.Sequential([keras.Input(shape=(inputs,)), *layers])


@build_mlp.wrong("Your output layer has no bias. The statement asks for biases in both layers.")
def no_bias_in_the_output_layer(inputs, hidden, outputs):
    import keras

    layers = [keras.layers.Dense(hidden, activation="relu"), keras.layers.Dense(outputs, use_bias=False)]
    return keras.Sequential([keras.Input(shape=(inputs,)), *layers])


@build_mlp.wrong(
    "Your model expects as many numbers for each example as it has hidden neurons. How many come in is what `inputs` says."
)
def hidden_for_inputs(inputs, hidden, outputs):
    return _mlp(hidden, hidden, outputs)


@build_mlp.wrong("You gave `keras.Input` a bare number. A shape is a tuple, even when it holds one number.")
def shape_without_a_tuple(inputs, hidden, outputs):
    import keras

    return keras.Sequential([keras.Input(inputs), keras.layers.Dense(hidden, "relu"), keras.layers.Dense(outputs)])


@build_mlp.wrong("You gave the layers to `keras.Sequential` one by one. It takes one thing: a list of them.")
def layers_without_a_list(inputs, hidden, outputs):
    import keras

    dense_, last = keras.layers.Dense(hidden, activation="relu"), keras.layers.Dense(outputs)
    return keras.Sequential(keras.Input(shape=(inputs,)), dense_, last)


@build_mlp.wrong("You returned what comes out of the last layer. The model is what joins it to the input.")
def returns_the_last_output(inputs, hidden, outputs):
    import keras

    return keras.layers.Dense(outputs)(keras.layers.Dense(hidden, activation="relu")(keras.Input(shape=(inputs,))))


@build_mlp.wrong("You returned a list of layers. Keras runs them one after the other when they stand in a model.")
def a_list_of_layers(inputs, hidden, outputs):
    return list(_mlp(inputs, hidden, outputs).layers)


# --- 6. a convolution by hand ----------------------------------------------------------------------------------------

conv1d = Exercise(
    "conv1d",
    hints=(
        "With 5 steps and a window of 2, at which steps can the window start? What lies under it at step 3?",
        "One window holds `size * k` numbers, and one neuron as many weights. That is the layer of section 1, used again at each place.",
        "For each start i from 0 to `len(x) - size`, take `x[i : i + size]`, reshape it to one row of `size * k` numbers, multiply it with "
        "`kernel` reshaped to `(size * k, m)`, add `b`; stack the rows.",
    ),
)


@conv1d.probe
def _(attempt, rng):
    # Positive numbers under a kernel below 0: an activation shows. Two different weights: a kernel turned round shows.
    kernel = -np.sort(positive(rng, 2) + [0, 1]).reshape(2, 1, 1).round(2)
    about = "4 steps of 1 number, 1 neuron, a window of 2"
    yield _slid(attempt, positive(rng, 4, 1), kernel, numbers(rng, 1) / 10, about)
    about = "5 steps of 2 numbers, 4 neurons, a window of 3"
    yield _slid(attempt, numbers(rng, 5, 2), numbers(rng, 3, 2, 4), numbers(rng, 4), about)
    about = "the window is as long as the text: one place"
    yield _slid(attempt, numbers(rng, 3, 2), numbers(rng, 3, 2, 2), numbers(rng, 2), about)
    about = "a window of 1 step"
    yield _slid(attempt, numbers(rng, 3, 3), numbers(rng, 1, 3, 2), numbers(rng, 2), about)


def _slid(attempt, x, kernel, b, about):
    """The call. No places at all look alike, whether they come as `[]` or as an array of shape (0, m): never right, and one mistake."""
    got = call(attempt, x, kernel, b, about=about)
    empty = got.saw["kind"] == "array" and 0 in got.saw["shape"]
    return replace(got, saw={"kind": "array", "shape": [0], "values": []}) if empty else got


def _slide(x, kernel, b, starts=None, window=None):
    """A convolution with one part replaced."""
    size = len(kernel)
    rows = []
    for i in range(len(x) - size + 1) if starts is None else starts:
        under = x[i : i + size]
        rows.append((window or (lambda under, kernel: np.einsum("sk,skm->m", under, kernel)))(under, kernel) + b)
    return np.array(rows).reshape(-1, kernel.shape[2])


@conv1d.wrong(
    "You turned the kernel round. Textbooks do; in Keras, and here, its first row meets the first step under the window."
)
def flips_the_kernel(x, kernel, b):
    return _slide(x, kernel[::-1], b)


@conv1d.wrong("Your sums under the window are right. Each neuron also has a bias, and you have not used it.")
def conv_without_bias(x, kernel, b):
    return _slide(x, kernel, 0 * b)


@conv1d.wrong("You added the bias for every step under the window. It counts once for each place of the window.")
def bias_for_every_step(x, kernel, b):
    return _slide(x, kernel, len(kernel) * b)


@conv1d.wrong("Your window stops one place too early: it can also lie on the last steps of the text.")
def one_place_short(x, kernel, b):
    return _slide(x, kernel, b, starts=range(len(x) - len(kernel)))


@conv1d.wrong(
    "You let the window hang over the end of the text, or filled up with zeros there. It must lie on the text with all its steps."
)
def pads_at_the_end(x, kernel, b):
    return _slide(np.vstack([x, np.zeros((len(kernel) - 1, x.shape[1]))]), kernel, b)


@conv1d.wrong(
    'You put zeros around the text, so that as many steps come out as go in (`padding="same"`). No padding is asked for.'
)
def pads_to_the_same_length(x, kernel, b):
    more = len(kernel) - 1
    return _slide(np.pad(x, ((more // 2, more - more // 2), (0, 0))), kernel, b)


@conv1d.wrong(
    "Your windows lie side by side. The window moves on by one step each time, so neighbouring windows share steps."
)
def windows_side_by_side(x, kernel, b):
    return _slide(x, kernel, b, starts=range(0, len(x) - len(kernel) + 1, len(kernel)))


@conv1d.wrong("You put the result through ReLU. No activation is asked for.")
def conv_with_relu(x, kernel, b):
    return relu(_slide(x, kernel, b))


@conv1d.wrong("You averaged under the window. A neuron adds up.")
def averages_under_the_window(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: np.einsum("sk,skm->m", under, kernel) / len(kernel))


@conv1d.wrong("You averaged over all numbers under the window. A neuron adds up.")
def averages_over_all_numbers(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: np.einsum("sk,skm->m", under, kernel) / under.size)


@conv1d.wrong("Only the first of the `k` numbers of each step is in your sums. The window covers all of them.")
def first_number_only(x, kernel, b):
    return _slide(x[:, :1], kernel[:, :1], b)


@conv1d.wrong(
    "You added up the inputs under the window before they met their weights. Each number meets its own weight first."
)
def sums_before_multiplying(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: under.sum(axis=0) @ kernel.sum(axis=0))


@conv1d.wrong("You added the neurons up. They stand side by side: one number for each place and each neuron.")
def adds_the_kernels_up(x, kernel, b):
    return _slide(x, kernel, b).sum(axis=1)


@conv1d.wrong("Your result lies on its side: one row is one place of the window, one column is one neuron.")
def conv_on_its_side(x, kernel, b):
    return _slide(x, kernel, b).T


@conv1d.wrong(
    "Only the first neuron is in your result. The last axis of `kernel` holds one window of weights for each of `m`."
)
def first_kernel_only(x, kernel, b):
    return _slide(x, kernel[:, :, :1], b[:1])


@conv1d.wrong("Your windows come in the wrong order: the first row of the result belongs to step 0.")
def last_window_first(x, kernel, b):
    return _slide(x, kernel, b)[::-1]


@conv1d.wrong(
    "The window is flattened in one order and the kernel in another, so numbers meet weights that are not theirs. "
    "Both run through the steps first, and within a step through its numbers."
)
def flattens_in_two_orders(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: under.T.reshape(-1) @ kernel.reshape(-1, kernel.shape[2]))


@conv1d.wrong("Only the first step under the window is in your sums. The window covers `size` of them.")
def first_step_only(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: under[0] @ kernel[0])


@conv1d.wrong(
    "Only the last step under the window is left at the end: each step throws away the sum of the one before."
)
def keeps_the_last_step(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: under[-1] @ kernel[-1])


@conv1d.wrong("You kept the `k` numbers of a step apart. A neuron adds up all that lies under its window.")
def keeps_the_numbers_apart(x, kernel, b):
    return [np.einsum("sk,skm->km", x[i : i + len(kernel)], kernel) + b for i in range(len(x) - len(kernel) + 1)]


@conv1d.wrong(
    "You multiplied the window with the whole kernel, number by number, and NumPy lined up axes that do not belong together. "
    "Said aloud: (size, k) times (size, k, m)."
)
def lines_up_the_wrong_axes(x, kernel, b):
    return np.array([(x[i : i + len(kernel)] * kernel).sum() + b for i in range(len(x) - len(kernel) + 1)])


@conv1d.wrong("Your window starts at step 1: the place at step 0 is missing.")
def starts_at_step_one(x, kernel, b):
    return _slide(x, kernel, b, starts=range(1, len(x) - len(kernel) + 1))


@conv1d.wrong(
    "Your window stops one place too early, and where it is as long as the text there is no place at all. "
    "It can also lie on the last steps."
)
def one_place_short_stacked(x, kernel, b):
    return np.stack([np.einsum("sk,skm->m", x[i : i + len(kernel)], kernel) + b for i in range(len(x) - len(kernel))])


@conv1d.wrong("Only the first place of the window is in your result: the loop is left after its first turn.")
def first_place_only(x, kernel, b):
    return _slide(x, kernel, b, starts=[0])


@conv1d.wrong(
    "You returned the neurons' sums for the first place, and left the loop there. The other places are still to come."
)
def returns_one_row(x, kernel, b):
    return _slide(x, kernel, b, starts=[0])[0]


@conv1d.wrong(
    "Your last windows hang over the end of the text, where there are too few steps left under them. "
    "The last place is the one that ends with the text."
)
def window_cut_at_the_end(x, kernel, b):
    W = kernel.reshape(-1, kernel.shape[2])
    return np.array([x[i : i + len(kernel)].reshape(-1) @ W + b for i in range(len(x))])


@conv1d.wrong("Your window runs past the end of the text: it asks for a step that is not there.")
def runs_past_the_end(x, kernel, b):
    return np.array([sum(x[i + s] @ kernel[s] for s in range(len(kernel))) + b for i in range(len(x))])


@conv1d.wrong("You put zeros in front of the text. No padding is asked for: the first place is at step 0.")
def pads_in_front(x, kernel, b):
    return _slide(np.vstack([np.zeros((len(kernel) - 1, x.shape[1])), x]), kernel, b)


@conv1d.wrong("You kept the steps under the window apart. A neuron adds up all that lies under its window.")
def keeps_the_steps_apart(x, kernel, b):
    return [np.einsum("sk,skm->sm", x[i : i + len(kernel)], kernel) + b for i in range(len(x) - len(kernel) + 1)]


@conv1d.wrong(
    "`reshape` fills row by row and turns nothing: with `m` first, the weights of different neurons end up in one row. "
    "The last axis of the kernel counts the neurons, and stays last."
)
def reshapes_the_neurons_first(x, kernel, b):
    W = kernel.reshape(kernel.shape[2], -1)
    return _slide(x, kernel, b, window=lambda under, kernel: W @ under.reshape(-1))


@conv1d.wrong("You subtracted the bias. It is where a neuron's vote starts, so it is added.")
def conv_subtracts_the_bias(x, kernel, b):
    return _slide(x, kernel, -b)


@conv1d.wrong(
    "Your sums are whole numbers: what stood after the point is cut off. Is your array, or a conversion, one of ints?"
)
def conv_cuts_to_whole_numbers(x, kernel, b):
    return _slide(x, kernel, b).astype(int)


@conv1d.wrong(
    "Your window stops one place too early. With as many steps under it as the text has, it still has one place, and yours has none."
)
def one_place_short_bias_after(x, kernel, b):
    size = len(kernel)
    return np.array([np.tensordot(x[i : i + size], kernel, 2) for i in range(len(x) - size)]) + b


@conv1d.wrong(
    "Your window goes on to the last step, where too little of the text is left under it. "
    "The last place is the one that ends with the text."
)
def goes_on_to_the_last_step(x, kernel, b):
    return np.array([np.tensordot(x[i : i + len(kernel)], kernel, 2) for i in range(len(x))]) + b


@conv1d.wrong(
    "Your window goes on to the last step, where fewer steps lie under it than it has weights. Sometimes NumPy stretches what is left; "
    "the last place is the one that ends with the text."
)
def stretches_the_last_window(x, kernel, b):
    size, m = len(kernel), kernel.shape[2]
    return np.array([[np.sum(x[i : i + size] * kernel[:, :, j]) + b[j] for j in range(m)] for i in range(len(x))])


@conv1d.wrong(
    "Your result has a row for every step, and the last rows were never filled. There are fewer places than steps: `steps - size + 1`."
)
def a_row_for_every_step(x, kernel, b):
    rows = _slide(x, kernel, b)
    return np.vstack([rows, np.zeros((len(kernel) - 1, kernel.shape[2]))])


@conv1d.wrong(
    "You put half a window of zeros on either side of the text. No padding is asked for: the window stays on the text."
)
def pads_half_a_window(x, kernel, b):
    half = len(kernel) // 2
    return _slide(np.pad(x, ((half, half), (0, 0))), kernel, b, starts=range(len(x)))


@conv1d.wrong("You put half a window of zeros on either side, and the window runs over them. No padding is asked for.")
def pads_half_a_window_and_runs_on(x, kernel, b):
    half = len(kernel) // 2
    return _slide(np.pad(x, ((half, half), (0, 0))), kernel, b)


@conv1d.wrong(
    "The last step under the window is left out of your sums. The window covers `size` steps, the last included."
)
def last_step_left_out(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: np.einsum("sk,skm->m", under[:-1], kernel[:-1]))


@conv1d.wrong("Your window covers two steps, whatever `kernel` says. How many it covers is the first axis of `kernel`.")
def always_two_steps(x, kernel, b):
    return x[:-1] @ kernel[0] + x[1:] @ kernel[1] + b


@conv1d.wrong(
    "All your neurons have the weights of the first one. The last axis of `kernel` holds one window of weights for each."
)
def first_weights_for_all(x, kernel, b):
    return _slide(x, np.repeat(kernel[:, :, :1], kernel.shape[2], axis=2), b)


@conv1d.wrong("You added the sum of all biases to every neuron. Each neuron has one of its own.")
def conv_adds_all_biases(x, kernel, b):
    return _slide(x, kernel, np.full(len(b), b.sum()))


@conv1d.wrong("Every weight of the window meets the step at its start. The weights move along with the steps under it.")
def stays_at_the_first_step(x, kernel, b):
    return _slide(x, kernel, b, window=lambda under, kernel: np.einsum("k,skm->m", under[0], kernel))


@conv1d.wrong("Your window does not move: at every place you took the first steps of the text.")
def does_not_slide(x, kernel, b):
    return np.repeat(_slide(x, kernel, b, starts=[0]), len(x) - len(kernel) + 1, axis=0)


@conv1d.wrong("You added the first bias to every neuron. Each neuron has one of its own.")
def conv_first_bias_everywhere(x, kernel, b):
    return _slide(x, kernel, np.full(len(b), b[0]))


@conv1d.wrong(
    "You added the last bias to every neuron, which is where the loop had stopped. Each neuron has one of its own."
)
def conv_last_bias_everywhere(x, kernel, b):
    return _slide(x, kernel, np.full(len(b), b[-1]))


@conv1d.wrong(
    "Your slice ends at -size + 1 + s, which is 0 for the last step: `x[s:0]` is empty. Where it ends can be counted from the front: "
    "after as many steps as there are places."
)
def slice_that_ends_at_zero(x, kernel, b):
    size = len(kernel)
    return sum(x[s : -size + 1 + s] @ kernel[s] for s in range(size)) + b
