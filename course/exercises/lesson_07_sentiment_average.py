"""Lesson 07, averaging words: what is asked of each exercise, and the mistakes learners make."""

import warnings

import numpy as np

from course.checking import Exercise, Unfit, built, call, fill, fits, output, seen, shapes
from course.checking.plain import plain


def numbers(rng, *shape):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.3, 2, shape) * rng.choice([-1, 1], shape)).round(2)


def ids_of(*rows):
    return np.array(rows, dtype="int32")


# ---- word_shares -----------------------------------------------------------------------------------------------------

word_shares = Exercise(
    "word_shares",
    hints=(
        "In `[4, 2, 4, 0]`, how many words are there? How many of them are word 4, and how many are word 0?",
        "Count first, divide afterwards: a table of zeros of shape `(n, size)`, and 1 more in row i, column j, whenever review i says "
        "word j. Then look at what column 0 has counted.",
        "Go through the rows and their ids with two loops and add 1 each time; set column 0 to 0; divide each row by its own sum, with the "
        "sum raised to at least 1 so that an empty review gives 0 / 1.",
    ),
)


@word_shares.probe
def _(attempt, rng):
    one, two = (int(word) for word in rng.permutation([2, 3, 4, 5])[:2])
    yield call(attempt, ids_of([one, two, one, 0]), 6, about="3 words, one of them said twice, and 1 padding")
    yield call(attempt, ids_of([1, two, 1, one, two, 1]), 7, about="unknown words (id 1), and no padding")
    batch = np.where(np.arange(7) < [[7], [4], [2]], rng.integers(1, 5, size=(3, 7)), 0).astype("int32")
    batch[0, :5] = [2, 2, 2, 3, 4]
    yield call(attempt, batch, 6, about="3 reviews of different lengths")
    yield call(attempt, ids_of([0, 0, 0], [one, 0, 0]), 6, about="the first review is nothing but padding")


def _counts(ids, size, padding=False):
    counts = np.zeros((len(ids), size))
    for row, review in zip(counts, ids, strict=True):
        np.add.at(row, review, 1)
    if not padding:
        counts[:, 0] = 0
    return counts


def _by_row(counts):
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@word_shares.wrong("These are counts. A share is a count divided by how many words the review has.")
def leaves_counts(ids, size):
    return _counts(ids, size)


@word_shares.wrong(
    "You counted the padding as a word. Its column should be 0, and it should not be in the number of words either."
)
def counts_the_padding(ids, size):
    return _by_row(_counts(ids, size, padding=True))


@word_shares.wrong(
    "The padding is out of column 0, but not out of the division: you divided by all positions of the row."
)
def divides_by_all_positions(ids, size):
    return _counts(ids, size) / ids.shape[1]


@word_shares.wrong(
    "Your division is right. But column 0 is the padding's, and it has to stay 0: padding is no word and has no share."
)
def leaves_the_padding_in_column_0(ids, size):
    words = np.maximum(_counts(ids, size).sum(axis=1, keepdims=True), 1)
    return _counts(ids, size, padding=True) / words


@word_shares.wrong("You divided by the right number. Column 0 is the padding's: leave it 0, and each row sums to 1.")
def leaves_the_padding_beside_words(ids, size):
    return leaves_the_padding_in_column_0(ids, size) * (ids != 0).any(axis=1, keepdims=True)


@word_shares.wrong(
    "A word said twice counts once in yours: you count which words there are (so does `counts[ids] += 1`), not how often. "
    "The shares still sum to 1."
)
def counts_each_word_once(ids, size):
    return _by_row((_counts(ids, size) > 0).astype(float))


@word_shares.wrong(
    "A word said twice counts once in yours, so the shares do not sum to 1. "
    "`counts[ids] += 1`, for one, is carried out once for each different id."
)
def loses_repeats(ids, size):
    return (_counts(ids, size) > 0) / np.maximum((ids != 0).sum(axis=1, keepdims=True), 1)


@word_shares.wrong(
    "You say which words there are, 1 or 0. Asked for is how large a share of the review each of them is."
)
def says_which_words(ids, size):
    return (_counts(ids, size) > 0).astype(float)


@word_shares.wrong("Reviews with words are right. A review of nothing but padding gives NaN: there you divide 0 by 0.")
def nan_for_empty(ids, size):
    counts = _counts(ids, size)
    with np.errstate(invalid="ignore"):
        return counts / counts.sum(axis=1, keepdims=True)


@word_shares.wrong(
    "You left the unknown words out along with the padding. Id 1 stands for a word, though nobody knows which."
)
def leaves_out_the_unknown(ids, size):
    counts = _counts(ids, size)
    counts[:, 1] = 0
    return _by_row(counts)


@word_shares.wrong(
    "You divided by the number of words in the whole batch. Each review is divided by its own number of words."
)
def divides_by_the_batch(ids, size):
    counts = _counts(ids, size)
    return counts / max(counts.sum(), 1)


@word_shares.wrong(
    "You divided each column by its sum: how a word is spread over the reviews. Asked for is how a review is spread over words."
)
def divides_the_columns(ids, size):
    counts = _counts(ids, size)
    return counts / np.maximum(counts.sum(axis=0), 1)


@word_shares.wrong("You added 1 to the number of words. That prevents 0 / 0 and makes every other share too small.")
def adds_one_to_the_count(ids, size):
    counts = _counts(ids, size)
    return counts / (counts.sum(axis=1, keepdims=True) + 1)


@word_shares.wrong("Your columns are one off: word 2 belongs into column 2. Column 0 is there, and stays 0.")
def one_column_off(ids, size):
    shares = _by_row(_counts(ids, size))
    return np.roll(shares, -1, axis=1)


@word_shares.wrong("You return after the first review: the `return` stands inside the loop.")
def returns_in_the_loop(ids, size):
    shares = _by_row(_counts(ids, size))
    shares[1:] = 0
    return shares


@word_shares.wrong("Your shares run to 100. Shares from 0 to 1 are asked for.")
def in_percent(ids, size):
    return 100 * _by_row(_counts(ids, size))


@word_shares.wrong(
    "Your result is as wide as the largest id in the batch. `size` says how many columns there are, also for words not said here."
)
def is_as_wide_as_the_batch(ids, size):
    return _by_row(_counts(ids, int(np.max(ids)) + 1))


@word_shares.wrong("An array of integers takes no fractions: every share below 1 has become 0 in yours.")
def adds_into_integers(ids, size):
    counts = _counts(ids, size)
    return np.where(counts.sum(axis=1, keepdims=True) == 1, counts, 0)


@word_shares.wrong(
    "A word said twice counts once in yours: adding at an array of ids is done once for each different id. "
    "And a review without any word stops your code, at a division by 0."
)
def loses_repeats_and_stops_without_words(ids, size):
    shares = np.zeros((len(ids), size))
    for row, review in zip(shares, ids, strict=True):
        words = review[review != 0]
        row[words] += 1 / len(words)
    return shares


@word_shares.wrong("Reviews with words are right. One without any stops your code: you divide by its 0 words.")
def stops_without_any_word(ids, size):
    counts = _counts(ids, size).astype(int).tolist()
    return [[count / sum(row) for count in row] for row in counts]


@word_shares.wrong(
    "Column 0 is the padding's, and it has to stay 0. And a review of nothing but padding is divided by its 0 words."
)
def leaves_column_0_and_divides_by_0(ids, size):
    with np.errstate(all="ignore"):
        return _counts(ids, size, padding=True) / (ids != 0).sum(axis=1, keepdims=True)


@word_shares.wrong(
    "You cut each review where its smallest id stands. Where there is no padding that is a word, and words are lost."
)
def cuts_at_the_smallest_id(ids, size):
    cut = np.array([np.where(np.arange(len(review)) < np.argmin(review), review, 0) for review in ids])
    return _by_row(_counts(cut, size))


@word_shares.wrong("You look for the first 0 of each review. A review may have no padding, and then your code stops.")
def looks_for_the_first_0(ids, size):
    shares = np.zeros((len(ids), size))
    for row, review in zip(shares, ids, strict=True):
        words = list(review)[: list(review).index(0)]
        for word in words:
            row[word] += 1 / len(words)
    return shares


# ---- build_model -----------------------------------------------------------------------------------------------------

build_model = Exercise(
    "build_model",
    hints=(
        "Four steps: ids come in, rows are looked up, rows become one row, one row becomes one number. Which of them have weights?",
        "The lines under the heading name the layers in order. Which argument of `Embedding` makes the mask that `MaskedMean` gets?",
        "`keras.Sequential` with four parts: an `Input` of shape `(None,)` and dtype int32; an `Embedding` of `vocabulary_size` rows and "
        "`width` numbers, with `mask_zero` on; `MaskedMean()`; a `Dense` layer of one neuron with the activation sigmoid.",
    ),
)

SIZE, WIDTH = 7, 3


@build_model.probe
def _(attempt, rng):
    given = (SIZE, WIDTH)
    model = built(attempt, *given)
    _answers(model, ids_of([2, 1, 2]))  # a subclassed model makes its weights now
    held, asked = shapes(model), sorted([[SIZE, WIDTH], [WIDTH, 1], [1]])
    if held != asked:
        raise Unfit(
            f"With vocabulary_size = {SIZE} and width = {WIDTH} your model holds weights of shape {_listed(held)}, "
            f"and the statement asks for {_listed(asked)}."
        )
    if len(model.trainable_weights) != len(asked):
        raise Unfit(
            "Some weights of your model cannot learn: they were set to `trainable=False`, and nobody asked for it."
        )
    if model.losses:
        raise Unfit("Your model adds a penalty to the loss, by a regularizer. None is asked for.")
    fill(model, 4)  # of these weights, some words' sums are above 0 and some below
    review = rng.permutation([1, 2, 3, 4, 5, 6])[:4].astype("int32")[None]
    about = "one review of 4 words; the weights are drawn at random"
    yield seen(_answers(model, review), about=about, given=given)
    padded = np.pad(review, ((0, 0), (0, 4)))
    both = np.concatenate([_answers(model, review), _answers(model, padded)])
    yield seen(both, about="a review of 4 words, then the same with 4 positions of padding", given=given)
    batch = ids_of([6, 5, 6, 1, 0], [3, 0, 0, 0, 0], [2, 4, 1, 5, 6])
    yield seen(_answers(model, batch), about="3 reviews in one batch", given=given)
    singles = np.arange(1, SIZE, dtype="int32")[:, None]
    yield seen(_answers(model, singles), about="6 reviews of one word each", given=given)
    yield seen(_answers(model, ids_of([0, 0, 0])), about="a review of nothing but padding", given=given)


def _listed(held):
    return " and ".join(str(tuple(shape)) for shape in held) or "()"


def _answers(model, ids):
    """The model's answers; a model that cannot take these ids, or does not give an array, is told so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return output(model, ids)
    except ValueError as error:
        if "incompatible" in str(error) or "expected shape" in str(error):
            raise Unfit(
                f"Your model cannot take ids of shape {ids.shape}. It should take any number of positions."
            ) from None
        raise


def _model(*parts):
    import keras

    return keras.Sequential([keras.Input(shape=(None,), dtype="int32"), *parts])


def _embedding(rows, width, **options):
    import keras

    return keras.layers.Embedding(rows, width, **{"mask_zero": True, **options})


def _dense(units=1, activation="sigmoid", **options):
    import keras

    return keras.layers.Dense(units, activation=activation, **options)


def _mean():
    from course.averaging import MaskedMean

    return MaskedMean()


def _pooling():
    import keras

    return keras.layers.GlobalAveragePooling1D()


@build_model.wrong("Your model averages the padding in: nobody has told the mean which positions are words.")
def has_no_mask(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width, mask_zero=False), _pooling(), _dense())


@build_model.wrong(
    "Reviews with words are right. A review of nothing but padding gives NaN: its count of words is 0, and 0 / 0 is what "
    "Keras' own mean makes of it, or one of yours without a guard."
)
def has_nan_for_empty(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _pooling(), _dense())


@build_model.wrong("Your neuron has no activation: its weighted sum comes out as it is, and that is no probability.")
def has_no_sigmoid(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _mean(), _dense(activation=None))


@build_model.wrong(
    "Your neuron's activation is ReLU, which is 0 for every sum below 0 and has no upper end. A probability needs the sigmoid."
)
def has_relu(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _mean(), _dense(activation="relu"))


@build_model.wrong("Your neuron's activation is tanh, which goes from −1 to 1. A probability lies between 0 and 1.")
def has_tanh(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _mean(), _dense(activation="tanh"))


@build_model.wrong(
    "A softmax over one neuron is always 1: it shares a total of 1 out among the neurons, and there is only one."
)
def has_softmax_over_one(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _mean(), _dense(activation="softmax"))


@build_model.wrong(
    "Your model has two neurons at the end, one for each class. Asked for is one, whose answer is the probability of positive."
)
def has_two_neurons(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _mean(), _dense(2, activation="softmax"))


@build_model.wrong("Your table lies on its side: `Embedding` takes the number of rows first, then how long a row is.")
def swaps_the_dimensions(vocabulary_size, width):
    return _model(_embedding(width, vocabulary_size), _mean(), _dense())


@build_model.wrong("Your table has one row too many: `vocabulary_size` counts all ids, and 0 is one of them.")
def has_an_extra_row(vocabulary_size, width):
    return _model(_embedding(vocabulary_size + 1, width), _mean(), _dense())


@build_model.wrong("Your table has two rows too many: padding and unknown are among the `vocabulary_size` ids.")
def has_two_extra_rows(vocabulary_size, width):
    return _model(_embedding(vocabulary_size + 2, width), _mean(), _dense())


@build_model.wrong(
    "Your neuron judges each word by itself, sigmoid and all, and you average the verdicts. The mean comes before the neuron."
)
def judges_before_averaging(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _dense(), _mean())


@build_model.wrong(
    "Reviews with words are right: neuron and mean may change places, for both are linear. "
    "But a review of nothing but padding loses the bias, which went into the words' scores."
)
def scores_before_averaging(vocabulary_size, width):
    import keras

    return _model(
        _embedding(vocabulary_size, width), _dense(activation=None), _mean(), keras.layers.Activation("sigmoid")
    )


@build_model.wrong("There is a hidden layer between your mean and the last neuron. This model has none.")
def has_a_hidden_layer(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _mean(), _dense(width, activation="relu"), _dense())


@build_model.wrong(
    "You keep the largest number at each place, not the mean. And padding counts: this layer does not read the mask."
)
def takes_the_maximum(vocabulary_size, width):
    import keras

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras says that this layer drops the mask
        return _model(_embedding(vocabulary_size, width), keras.layers.GlobalMaxPooling1D(), _dense())


@build_model.wrong("You added the rows up and did not divide: a long review gets a sum as many times larger.")
def adds_the_rows(vocabulary_size, width):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    total = keras.ops.sum(rows * keras.ops.cast(ids != 0, "float32")[..., None], axis=1)
    return keras.Model(ids, _dense()(total))


@build_model.wrong(
    "You divided by all positions. The padding is out of the sum and should be out of the count as well."
)
def divides_by_all_positions_in_the_model(vocabulary_size, width):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    mean = keras.ops.mean(rows * keras.ops.cast(ids != 0, "float32")[..., None], axis=1)
    return keras.Model(ids, _dense()(mean))


@build_model.wrong("Your neuron has no bias. What would it say about a review whose mean is all zeros?")
def has_no_bias(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _mean(), _dense(use_bias=False))


@build_model.wrong("One answer for each word comes out: the neuron gets the rows as they are. Where is the mean?")
def forgets_the_mean_of_rows(vocabulary_size, width):
    return _model(_embedding(vocabulary_size, width), _dense())


def _by_hand(vocabulary_size, width, weights_of, count_of):
    """The model written with `keras.ops`: which positions count, and by what their sum is divided."""
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    weights = keras.ops.cast(weights_of(ids), "float32")[..., None]
    mean = keras.ops.sum(rows * weights, axis=1) / count_of(keras.ops.sum(weights, axis=1))
    return keras.Model(ids, _dense()(mean))


@build_model.wrong(
    "You added the rows up, the padding's as well, and did not divide. The mean is over the words alone."
)
def adds_all_rows(vocabulary_size, width):
    return _by_hand(vocabulary_size, width, lambda ids: ids > -1, lambda count: 1.0)


@build_model.wrong("You masked id 1 along with the padding. `[UNK]` stands for a word, though nobody knows which.")
def masks_the_unknown(vocabulary_size, width):
    import keras

    return _by_hand(vocabulary_size, width, lambda ids: ids > 1, lambda count: keras.ops.maximum(count, 1.0))


@build_model.wrong("You added 1 to the number of words. That prevents 0 / 0 and makes every other mean too small.")
def adds_one_to_the_words(vocabulary_size, width):
    return _by_hand(vocabulary_size, width, lambda ids: ids != 0, lambda count: count + 1.0)


@build_model.wrong(
    "You took the sigmoid twice: the neuron's own, and one more on its answer, which is then 0.5 or above."
)
def takes_the_sigmoid_twice(vocabulary_size, width):
    import keras

    return _model(_embedding(vocabulary_size, width), _mean(), _dense(), keras.layers.Activation("sigmoid"))


# ---- best_epoch ------------------------------------------------------------------------------------------------------

best_epoch = Exercise(
    "best_epoch",
    hints=(
        "Which two things do you have to remember while you go from epoch to epoch, to know when to stop and what to return?",
        "Remember the best epoch so far, and how many epochs you have waited since. What happens to each of them at a new low? "
        "And when there is none?",
        "Start with best epoch 0 and 0 waited. For each later epoch: if its loss is below the best one's, it becomes the best and the "
        "waiting starts again at 0; else one more waited. Leave the loop when the waiting reaches `patience`. Return the best epoch.",
    ),
)


@best_epoch.probe
def _(attempt, rng):
    def losses(*values):
        up = float(rng.integers(0, 20)) / 100
        return [round(value + up, 2) for value in values]

    yield call(attempt, losses(0.6, 0.4, 0.5, 0.45, 0.3), 2, about="a lower loss comes, but after the stop")
    yield call(attempt, losses(0.6, 0.4, 0.5, 0.45, 0.3), 3, about="patience lasts until the lower loss")
    yield call(attempt, losses(0.7), 1, about="a single epoch")
    yield call(attempt, losses(0.9, 0.7, 0.6, 0.5), 1, about="the loss falls to the end")
    yield call(attempt, losses(0.3, 0.4, 0.5, 0.2), 1, about="the loss rises at once")
    yield call(attempt, losses(0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.6), 2, about="every other epoch is a new low")
    yield call(attempt, losses(0.5, 0.3, 0.3, 0.4, 0.2), 2, about="a loss equal to the lowest")
    yield call(attempt, losses(0.5, 0.3, 0.4), 5, about="the list ends while it still waits")
    yield call(attempt, losses(0.5, 0.3, 0.4, 0.45, 0.2), 2, about="the loss rises twice in a row")
    yield call(
        attempt, losses(0.8, 0.6, 0.7, 0.5, 0.6, 0.65, 0.4), 3, about="patience outlasts one bad epoch, then two"
    )
    yield call(attempt, losses(2.1, 1.7, 1.8, 1.9), 2, about="all losses are above 1")
    yield call(attempt, [0.5, 0.495, 0.492, 0.6], 2, about="new lows that are lower by very little")
    yield call(attempt, [0.02, 3.1e-6, 2.9e-6, 0.5, 0.6], 2, about="a new low that is lower by almost nothing")
    yield call(attempt, [float(value) for value in rng.permutation(12) / 10 + 0.1], 3, about="12 epochs in no order")


def _walk(losses, patience, low=lambda now, best: now < best):
    """(best epoch, epoch of the stop) of the rule, with `low` saying what a new low is."""
    best = waited = 0
    for epoch in range(1, len(losses)):
        if low(losses[epoch], losses[best]):
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return best, epoch
    return best, len(losses) - 1


@best_epoch.wrong(
    "You looked at the whole list. Training has stopped before that: losses after the stop are never seen."
)
def ignores_the_patience(losses, patience):
    return min(range(len(losses)), key=losses.__getitem__)


@best_epoch.wrong("That is the epoch at which training stops. The one to keep lies before it.")
def returns_the_stop(losses, patience):
    return _walk(losses, patience)[1]


@best_epoch.wrong(
    "You counted back from the stop by `patience`. When the list ends before patience does, that is not where the lowest loss lies."
)
def counts_back_from_the_stop(losses, patience):
    return _walk(losses, patience)[1] - patience


@best_epoch.wrong(
    "You compared each loss with the one before it. A new low is lower than every loss so far: after 0.4 and 0.5, a 0.45 is none."
)
def compares_with_the_epoch_before(losses, patience):
    best = waited = 0
    for epoch in range(1, len(losses)):
        waited = 0 if losses[epoch] < losses[epoch - 1] else waited + 1
        if losses[epoch] < losses[best]:
            best = epoch
        if waited == patience:
            break
    return best


@best_epoch.wrong("Your count of bad epochs goes on over a new low. It is epochs in a row: a new low starts it again.")
def never_starts_again(losses, patience):
    best = waited = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        else:
            waited += 1
        if waited == patience:
            break
    return best


@best_epoch.wrong("You took a loss equal to the lowest for a new low. It has to be lower.")
def takes_equal_for_lower(losses, patience):
    return _walk(losses, patience, lambda now, best: now <= best)[0]


@best_epoch.wrong("You are one off: the first epoch is epoch 0.")
def counts_from_one(losses, patience):
    return _walk(losses, patience)[0] + 1


@best_epoch.wrong(
    "You waited one epoch longer than `patience` says: training stops as soon as that many bad epochs have passed."
)
def waits_one_longer(losses, patience):
    return _walk(losses, patience + 1)[0]


@best_epoch.wrong("That is the lowest loss. Asked for is the epoch at which it was measured.")
def returns_the_loss(losses, patience):
    return losses[_walk(losses, patience)[0]]


@best_epoch.wrong(
    "That is the epoch with the highest loss. It would be right for accuracies; of losses, the lowest is the best."
)
def takes_the_highest(losses, patience):
    return max(range(len(losses)), key=losses.__getitem__)


@best_epoch.wrong("You return both the epoch and something else. One integer is asked for.")
def returns_two_numbers(losses, patience):
    return _walk(losses, patience)


@best_epoch.wrong("You stopped at the first loss that is no new low, whatever the patience.")
def has_no_patience(losses, patience):
    return _walk(losses, 1)[0]


def _stops_early(losses, patience, first=1, always=True):
    """The rule with `patience - 1`; whether the check for the stop also comes after a new low, is `always`."""
    best = waited = 0
    for epoch in range(first, len(losses)):
        low = epoch == 0 or losses[epoch] < losses[best]
        best, waited = (epoch, 0) if low else (best, waited + 1)
        if waited == patience - 1 if always else waited >= patience - 1 and not low:
            break
    return best


@best_epoch.wrong(
    "You stopped one epoch too early: training stops when `patience` bad epochs have passed, and not one before that."
)
def stops_one_early(losses, patience):
    return _stops_early(losses, patience, always=False)


@best_epoch.wrong("You stopped one epoch too early. With patience 1, yours stops at a new low.")
def stops_one_early_at_a_low(losses, patience):
    return _stops_early(losses, patience)


@best_epoch.wrong("You stopped one epoch too early. With patience 1, yours stops at once, after epoch 0.")
def stops_one_early_from_epoch_0(losses, patience):
    return _stops_early(losses, patience, first=0)


@best_epoch.wrong(
    "You counted rises in a row. An epoch is bad when it brings no new low: after 0.4 and 0.5, a 0.45 is a fall and still bad."
)
def counts_rises(losses, patience):
    best = waited = 0
    for epoch in range(1, len(losses)):
        waited = waited + 1 if losses[epoch] > losses[epoch - 1] else 0
        if losses[epoch] < losses[best]:
            best = epoch
        if waited == patience:
            break
    return best


@best_epoch.wrong(
    "Where training stops early you are right. When the list ends before patience runs out, nothing is returned."
)
def returns_only_at_the_stop(losses, patience):
    best = waited = 0
    for epoch in range(1, len(losses)):
        best, waited = (epoch, 0) if losses[epoch] < losses[best] else (best, waited + 1)
        if waited == patience:
            return best
    return None


@best_epoch.wrong(
    "You counted epoch 0 as a bad epoch, because its loss is not below itself. It is the first lowest loss: begin to wait after it."
)
def counts_epoch_0_as_bad(losses, patience):
    best = waited = 0
    for epoch in range(len(losses)):
        best, waited = (epoch, 0) if losses[epoch] < losses[best] else (best, waited + 1)
        if waited == patience:
            break
    return best


@best_epoch.wrong(
    "Your lowest loss so far starts at 1, so losses above 1 are never a new low. Losses have no upper end: start with the first one."
)
def starts_the_low_at_one(losses, patience):
    low, best, waited = 1.0, 0, 0
    for epoch, loss in enumerate(losses):
        low, best, waited = (loss, epoch, 0) if loss < low else (low, best, waited + 1)
        if waited == patience:
            break
    return best


@best_epoch.wrong(
    "Where training stops early you return the epoch of the stop. Asked for is the one that is kept: the epoch of the lowest loss."
)
def returns_the_stop_or_the_best(losses, patience):
    best, stop = _walk(losses, patience)
    return stop if stop - best == patience else best


@best_epoch.wrong(
    "Your lowest loss so far starts at 0, and no loss is below 0: nothing is ever a new low. Start with the first one."
)
def starts_the_low_at_zero(losses, patience):
    return 0


@best_epoch.wrong("You wait two epochs, whatever `patience` says.")
def always_waits_two(losses, patience):
    return _walk(losses, 2)[0]


@best_epoch.wrong(
    "Your comparison is turned round: you keep an epoch whose loss is higher. Of losses, the lowest is the best."
)
def turns_the_comparison(losses, patience):
    return _walk(losses, patience, lambda now, best: now > best)[0]


@best_epoch.wrong("A new low may be lower by however little. You ask for a smallest step that nobody has named.")
def asks_for_a_step(losses, patience):
    return _walk(losses, patience, lambda now, best: now < best - 0.01)[0]


@best_epoch.wrong(
    "A new low counts however small the step. Your comparison asks for a smallest step, and very small ones are lost."
)
def asks_for_a_small_step(losses, patience):
    return _walk(losses, patience, lambda now, best: now < best - 1e-4)[0]


@best_epoch.wrong(
    "Your patience runs from epoch 0 on. It starts again at every new low: what counts is epochs in a row without one."
)
def counts_all_epochs(losses, patience):
    seen_losses = losses[: patience + 1]
    return seen_losses.index(min(seen_losses))


@best_epoch.wrong(
    "You compare every loss with the first one. A new low takes its place: from then on, losses are compared with that."
)
def compares_with_epoch_0(losses, patience):
    return _walk(losses, patience, lambda now, best: now < losses[0])[0]


@best_epoch.wrong("When the list ends before patience runs out, you read on past its end, and your code stops.")
def reads_past_the_end(losses, patience):
    best, waited, epoch = 0, 0, 1
    while waited < patience:
        best, waited = (epoch, 0) if losses[epoch] < losses[best] else (best, waited + 1)
        epoch += 1
    return best


@best_epoch.wrong("You never look at the last epoch of the list. It may be the one with the lowest loss.")
def leaves_out_the_last_epoch(losses, patience):
    return _walk(losses[:-1], patience)[0]


# ---- loss_with_l2 ----------------------------------------------------------------------------------------------------

loss_with_l2 = Exercise(
    "loss_with_l2",
    hints=(
        "The loss has two parts that know nothing of each other. Which of the four arguments does each part need?",
        "For the first part, `label * log(p) + (1 - label) * log(1 - p)` picks the right logarithm for each review. For the second, "
        "look again at the cell with `[3, -4]`; there may be several arrays, or none.",
        "Take minus the mean of the picked logarithms over the reviews. Square every number of every array and add all of it up, with a "
        "loop over `weights`. Return the first plus `rate` times the second.",
    ),
)


@loss_with_l2.probe
def _(attempt, rng):
    def case(n, *weights):
        labels = rng.permutation(np.arange(n) % 2).astype("int32")
        return rng.uniform(0.15, 0.85, n).round(2), labels, [numbers(rng, *shape) for shape in weights]

    yield call(attempt, *case(2, (2,)), 0.5, about="2 reviews and one array of 2 weights")
    yield call(attempt, *case(3), 0.5, about="an empty list of weights: no penalty")
    yield call(attempt, *case(5, (3, 2), (1,)), 0.1, about="5 reviews and two arrays of different shapes")
    yield call(attempt, *case(4, (2, 1), (2, 2), (3,)), 0.0, about="rate 0")
    sure = np.array([0.001, 0.998, 0.6])
    about = "two answers that are sure and wrong, 0.001 and 0.998"
    yield call(attempt, sure, np.array([1, 0, 1]), [np.array([0.5])], 0.1, about=about)
    yield call(
        attempt, np.array([0.9, 0.3]), np.array([1, 1]), [np.array([[0.5, -1.5]])], 1.0, about="only positive reviews"
    )


def _logs(probabilities, labels):
    return np.where(labels == 1, np.log(probabilities), np.log(1 - probabilities))


def _squares(weights):
    return sum(np.sum(array**2) for array in weights)


@loss_with_l2.wrong("That is the cross-entropy alone. What do the weights cost?")
def leaves_out_the_penalty(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels))


@loss_with_l2.wrong("You added the penalty without its rate.")
def leaves_out_the_rate(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + _squares(weights)


@loss_with_l2.wrong("You added up the weights' sizes. L2 adds up their squares; with sizes the penalty is called L1.")
def adds_the_sizes(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * sum(np.sum(np.abs(array)) for array in weights)


@loss_with_l2.wrong(
    "You added the weights up and squared the sum. Square each first: with the sum, 3 and −3 would cost nothing."
)
def squares_the_sum(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * sum(np.sum(array) ** 2 for array in weights)


@loss_with_l2.wrong("You took the root of the sum of squares, the length of the weights. The penalty has no root.")
def takes_the_root(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * np.sqrt(_squares(weights))


@loss_with_l2.wrong("You averaged the squares. The penalty is their sum: a model with more weights pays more.")
def averages_the_squares(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * sum(np.mean(array**2) for array in weights)


@loss_with_l2.wrong("You halved the penalty. Some books write it so; this statement, and Keras, do not.")
def halves_the_penalty(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * _squares(weights) / 2


@loss_with_l2.wrong("Only the first array pays in yours. All numbers in all the arrays count.")
def takes_the_first_array(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * _squares(weights[:1])


@loss_with_l2.wrong("You subtracted the penalty: now large weights make the loss lower.")
def subtracts_the_penalty(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) - rate * _squares(weights)


@loss_with_l2.wrong("The penalty is right. The cross-entropy is the mean over the reviews, and yours is the sum.")
def adds_the_entropies(probabilities, labels, weights, rate):
    return -np.sum(_logs(probabilities, labels)) + rate * _squares(weights)


@loss_with_l2.wrong(
    "The penalty is right. The cross-entropy has a minus before the logarithms, which are below 0; you have lost it."
)
def loses_the_minus(probabilities, labels, weights, rate):
    return np.mean(_logs(probabilities, labels)) + rate * _squares(weights)


@loss_with_l2.wrong(
    "The penalty is right. In the cross-entropy, reviews with the label 0 cost nothing in yours, however wrong the answer."
)
def forgets_the_negative_reviews(probabilities, labels, weights, rate):
    return -np.mean(labels * np.log(probabilities)) + rate * _squares(weights)


@loss_with_l2.wrong(
    "You squared the weights and added the arrays, but not the numbers within each: the penalty should be one number."
)
def leaves_arrays_of_squares(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * sum(array**2 for array in weights)


@loss_with_l2.wrong(
    "The arrays in `weights` have different shapes, so they do not fit into one array. Go through the list, one array at a time."
)
def makes_one_array(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * np.sum(np.array(weights) ** 2)


@loss_with_l2.wrong(
    "The penalty is right. For the first part you averaged squared differences; asked for is the cross-entropy, with logarithms."
)
def squares_the_differences(probabilities, labels, weights, rate):
    return np.mean((probabilities - labels) ** 2) + rate * _squares(weights)


@loss_with_l2.wrong("You charged the penalty once for each review. It is added once, whatever their number.")
def charges_each_review(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + len(labels) * rate * _squares(weights)


@loss_with_l2.wrong("One number is asked for, and yours has one for each review: the mean is missing.")
def forgets_the_mean(probabilities, labels, weights, rate):
    return -_logs(probabilities, labels) + rate * _squares(weights)


@loss_with_l2.wrong(
    "The penalty is right. The labels are swapped: with the label 1 it is the logarithm of p, with 0 that of 1 − p."
)
def swaps_the_labels(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, 1 - labels)) + rate * _squares(weights)


@loss_with_l2.wrong("You multiplied by 0.01, the rate of the example. `rate` says what it is.")
def fixes_the_rate(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + 0.01 * _squares(weights)


@loss_with_l2.wrong("You multiplied the weights by the rate and squared then, so the rate is squared too.")
def squares_the_rate(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate**2 * _squares(weights)


@loss_with_l2.wrong("Only the last array pays in yours: in the loop, each replaces the one before. Add them up.")
def takes_the_last_array(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * _squares(weights[-1:])


@loss_with_l2.wrong(
    "You divided the penalty by the number of reviews. It is added once, as it is; only the cross-entropy is a mean."
)
def averages_the_penalty_over_reviews(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * _squares(weights) / len(labels)


@loss_with_l2.wrong(
    "You kept the probabilities away from 0 and 1, so an answer that is sure and wrong costs too little. None is exactly 0 or 1."
)
def clips_the_probabilities(probabilities, labels, weights, rate):
    return -np.mean(_logs(np.clip(probabilities, 0.01, 0.99), labels)) + rate * _squares(weights)


@loss_with_l2.wrong("That is the penalty alone. What do the answers cost, by their cross-entropy?")
def leaves_out_the_entropy(probabilities, labels, weights, rate):
    return rate * _squares(weights)


@loss_with_l2.wrong(
    "You took a root for each array, its length, and added those. The penalty adds the squares and has no root."
)
def adds_the_lengths(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * sum(np.sqrt(np.sum(array**2)) for array in weights)


@loss_with_l2.wrong(
    "You added up all the weights of all arrays and squared the total. Square each first: with the total, 3 and −3 would cost nothing."
)
def squares_the_total(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * sum(np.sum(array) for array in weights) ** 2


@loss_with_l2.wrong("The penalty is right. Your logarithm has the base 2; ln is the one with the base e, `np.log`.")
def takes_log2(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) / np.log(2) + rate * _squares(weights)


@loss_with_l2.wrong("Only `weights[0]` pays in yours. There may be more arrays, or none, and then your code stops.")
def takes_array_0(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) + rate * np.sum(weights[0] ** 2)


@loss_with_l2.wrong(
    "You multiplied the cross-entropy by the penalty's part. The two are added: each is there without the other."
)
def multiplies_the_two(probabilities, labels, weights, rate):
    return -np.mean(_logs(probabilities, labels)) * (1 + rate * _squares(weights))


@loss_with_l2.wrong(
    "The penalty is right. You took the logarithm of p for every review; with the label 0 it is that of 1 − p."
)
def takes_every_label_for_1(probabilities, labels, weights, rate):
    return -np.mean(np.log(probabilities)) + rate * _squares(weights)


@loss_with_l2.wrong(
    "The penalty is right. `from_logits=True` takes the probabilities for weighted sums and puts a sigmoid on them."
)
def takes_probabilities_for_sums(probabilities, labels, weights, rate):
    return -np.mean(_logs(1 / (1 + np.exp(-probabilities)), labels)) + rate * _squares(weights)


# ---- judge_review ----------------------------------------------------------------------------------------------------

judge_review = Exercise(
    "judge_review",
    hints=(
        "Which of the ids are words? How many are left when there are none?",
        "`ids[ids != 0]` keeps the words. An array of ids in square brackets picks their scores, as it picked rows of a table.",
        "Pick the scores of the ids that are not 0; take their mean, or 0 if there are none; add the bias; give the result to `sigmoid`.",
    ),
)


@judge_review.probe
def _(attempt, rng):
    def scores():
        values = numbers(rng, 8)
        values[0] = 3.0  # the padding's score: it must not count
        return values

    bias = round(float(rng.uniform(0.3, 0.9)), 2)
    one, two, three = (int(word) for word in rng.permutation([2, 3, 4, 5, 6, 7])[:3])
    yield call(attempt, ids_of(one, two, 0), scores(), bias, about="2 words and 1 padding")
    yield call(
        attempt, ids_of(one, two, one, three), scores(), -bias, about="4 words, one of them said twice, no padding"
    )
    yield call(attempt, ids_of(1, one, 1, two, 0, 0), scores(), bias, about="unknown words (id 1)")
    yield call(attempt, ids_of(0, 0, 0), scores(), bias, about="nothing but padding: the bias decides")
    yield call(attempt, ids_of(three), scores(), 0.0, about="one word, bias 0")
    neutral = scores()
    neutral[two] = 0.0
    yield call(attempt, ids_of(one, two, three, 0), neutral, bias, about="3 words, one of them with the score 0")
    alike = scores()
    alike[two] = alike[0]
    yield call(attempt, ids_of(one, two, three, 0), alike, bias, about="3 words, one of them with the padding's score")


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _mean_score(ids, scores):
    found = ids[ids != 0]
    return scores[found].mean() if len(found) else 0.0


@judge_review.wrong("You averaged over all positions, and so counted the padding's score. Padding is no word.")
def averages_the_padding(ids, scores, bias):
    return _sigmoid(scores[ids].mean() + bias)


@judge_review.wrong("The padding is out of your sum, but not out of the count: you divided by all positions.")
def divides_by_every_position(ids, scores, bias):
    return _sigmoid(scores[ids[ids != 0]].sum() / len(ids) + bias)


@judge_review.wrong("You added the scores up. With the mean, a long review is not surer than a short one.")
def adds_the_scores(ids, scores, bias):
    return _sigmoid(scores[ids[ids != 0]].sum() + bias)


@judge_review.wrong("You have left out the bias. A review without any word has nothing else.")
def leaves_out_the_bias(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores))


@judge_review.wrong("That is the weighted sum. The sigmoid makes a probability of it.")
def leaves_out_the_sigmoid(ids, scores, bias):
    return _mean_score(ids, scores) + bias


@judge_review.wrong(
    "You took the sigmoid of the mean score and added the bias to it. The bias goes inside the sigmoid."
)
def adds_the_bias_outside(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores)) + bias


@judge_review.wrong(
    "You took the sigmoid of each word's score and averaged those. The mean comes first, then one sigmoid."
)
def averages_the_sigmoids(ids, scores, bias):
    found = ids[ids != 0]
    return _sigmoid(scores[found] + bias).mean() if len(found) else _sigmoid(bias)


@judge_review.wrong("You left the unknown words out. Id 1 is a word and has a score like any other.")
def leaves_the_unknown_out(ids, scores, bias):
    found = ids[ids > 1]
    return _sigmoid((scores[found].mean() if len(found) else 0.0) + bias)


@judge_review.wrong(
    "A word said twice counts once in yours. In a mean over words each one counts, however often it was said."
)
def counts_words_once(ids, scores, bias):
    return _sigmoid(_mean_score(np.unique(ids), scores) + bias)


@judge_review.wrong("Reviews with words are right. One without any gives NaN: the mean of nothing is 0 / 0.")
def has_nan_without_words(ids, scores, bias):
    with np.errstate(invalid="ignore"):
        found = scores[ids[ids != 0]]
        return _sigmoid(np.divide(found.sum(), np.float64(len(found))) + bias)


@judge_review.wrong("Reviews with words are right. One without any gets 0.5 in yours, and the bias should decide.")
def says_half_without_words(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores) + bias) if (ids != 0).any() else 0.5


@judge_review.wrong(
    "You answered with a verdict, 0 or 1. Asked for is the probability, which also says how sure it is."
)
def answers_with_a_verdict(ids, scores, bias):
    return int(_sigmoid(_mean_score(ids, scores) + bias) > 0.5)


@judge_review.wrong(
    "You left a word out because its score is 0. It is a word all the same and counts in the mean; padding is what has the id 0."
)
def takes_score_0_for_padding(ids, scores, bias):
    found = scores[ids[ids != 0]]
    return _sigmoid(found.sum() / max(np.count_nonzero(found), 1) + bias)


@judge_review.wrong("You averaged the ids. They are names, not quantities: look up what each of them scores.")
def averages_the_ids(ids, scores, bias):
    found = ids[ids != 0]
    return _sigmoid((found.mean() if len(found) else 0.0) + bias)


@judge_review.wrong(
    "Reviews with words are right. One without any gets the bias itself, which is a weighted sum: the sigmoid makes a probability of it."
)
def says_the_bias_without_words(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores) + bias) if (ids != 0).any() else bias


@judge_review.wrong(
    "Reviews with words are right. One without any gets 0 in yours, and the sigmoid of the bias should decide."
)
def says_zero_without_words(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores) + bias) if (ids != 0).any() else 0.0


@judge_review.wrong("A review without any word stops your code: you divide by 0 words. Then the bias alone decides.")
def stops_without_words(ids, scores, bias):
    found = [float(scores[word]) for word in ids if word != 0]
    return _sigmoid(sum(found) / len(found) + bias)


@judge_review.wrong("You divided the bias along with the scores. The mean is over the scores; the bias is added whole.")
def divides_the_bias(ids, scores, bias):
    found = scores[ids[ids != 0]]
    return _sigmoid((found.sum() + bias) / max(len(found), 1))


@judge_review.wrong("You are one place off: the score of word 2 is `scores[2]`. Place 0 is the padding's.")
def looks_one_place_to_the_left(ids, scores, bias):
    return _sigmoid(_mean_score(ids, np.roll(scores, 1)) + bias)


@judge_review.wrong("That is the probability of negative. A high score speaks for positive.")
def says_the_other_side(ids, scores, bias):
    return 1 - _sigmoid(_mean_score(ids, scores) + bias)


@judge_review.wrong(
    "You left a word out because it scores what the padding scores. Padding is what has the id 0, whatever its score."
)
def takes_the_paddings_score_for_padding(ids, scores, bias):
    found = scores[ids]
    found = found[found != scores[0]]
    return _sigmoid((found.mean() if len(found) else 0.0) + bias)


@judge_review.wrong(
    "Your count leaves the padding out, and your sum does not: the padding's score is in it once for each position."
)
def adds_the_paddings_score(ids, scores, bias):
    return _sigmoid(scores[ids].sum() / max(np.count_nonzero(ids), 1) + bias)


@judge_review.wrong(
    "Where there are words you left out the bias. It is added to their mean score; without words it is alone."
)
def keeps_the_bias_for_no_words(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores) if (ids != 0).any() else bias)


@judge_review.wrong(
    "You looked up the positions of the words, not their ids: the score of word 5 is `scores[5]`, wherever it stands."
)
def looks_up_the_positions(ids, scores, bias):
    found = scores[np.flatnonzero(ids)]
    return _sigmoid((found.mean() if len(found) else 0.0) + bias)


@judge_review.wrong(
    "Reviews with words are right. For one without any, nothing is returned, and the bias should decide."
)
def returns_nothing_without_words(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores) + bias) if (ids != 0).any() else None


@judge_review.wrong("You subtracted the bias. It is added to the mean score.")
def subtracts_the_bias(ids, scores, bias):
    return _sigmoid(_mean_score(ids, scores) - bias)


@judge_review.wrong(
    "You cut the review where its smallest id stands. Where there is no padding that is a word, and words are lost."
)
def cuts_the_review_at_the_smallest_id(ids, scores, bias):
    return _sigmoid(_mean_score(ids[: np.argmin(ids)], scores) + bias)


@judge_review.wrong("You look for the first 0 of the review. It may have no padding, and then your code stops.")
def looks_for_the_reviews_first_0(ids, scores, bias):
    return _sigmoid(_mean_score(ids[: list(ids).index(0)], scores) + bias)


@judge_review.wrong(
    "`ids != 0` says which positions hold words, and `scores` has a place for each id. Positions and ids are two things."
)
def picks_scores_by_position(ids, scores, bias):
    return _sigmoid(np.mean(scores[ids != 0]) + bias)


@judge_review.wrong("Without any word your weights sum to 0, and your code stops. Then the bias alone decides.")
def averages_with_weights(ids, scores, bias):
    return _sigmoid(np.average(scores[ids], weights=ids != 0) + bias)


# ---- dropout ---------------------------------------------------------------------------------------------------------

dropout = Exercise(
    "dropout",
    hints=(
        "If each number goes with probability `rate`, what is the mean of what is left? By how much is that too small?",
        "`rng.random(x.shape)` draws a number between 0 and 1 for each number of `x`. How many of them lie below `rate`?",
        "Draw one number for each place of `x` from `rng`; where it is below `rate` the result is 0, elsewhere it is the number of `x` "
        "divided by `1 - rate`. `np.where` puts the two together.",
    ),
)


@dropout.probe
def _(attempt, rng):
    fits(attempt, 3)
    seed = int(rng.integers(1_000_000))

    def made(x, rate, generator=None):
        """What `attempt` returns, as an array of the shape of x; anything else ends the probe with a sentence."""
        result = attempt(x, rate, generator or np.random.default_rng(seed))
        form = plain(result)
        if result is None:
            raise Unfit("It returned None. Did you forget `return`?")
        if form["kind"] != "array" or tuple(form["shape"]) != x.shape:
            shape = tuple(form["shape"]) if form["kind"] == "array" else "()" if form["kind"] == "number" else None
            came = f"something of shape {shape}" if shape else "no array of numbers"
            raise Unfit(f"For an `x` of shape {x.shape} it returned {came}. The result has the shape of `x`.")
        return np.reshape(np.asarray(form["values"], float), form["shape"])

    ones = np.ones((40, 50))
    for rate in (0.5, 0.2):
        met = np.unique(made(ones.copy(), rate).round(5))
        yield seen(
            [met[0], met[-1], len(met)],
            f"2,000 ones at rate {rate}: the smallest number, the largest, how many different",
        )
    for rate in (0.2, 0.25, 0.5, 0.8):
        share = float(np.mean(made(np.ones(20_000), rate) == 0))
        yield seen(
            round(round(20 * share) / 20, 2), f"20,000 ones at rate {rate}: the share of zeros, to the nearest 0.05"
        )
    x = numbers(rng, 30, 20)
    met = np.unique((made(x.copy(), 0.2) / x).round(4) + 0.0)
    yield seen(
        [met[0], met[-1], len(met)],
        "the result divided by x, at rate 0.2: the smallest number, the largest, how many different",
    )
    zero = made(ones.copy(), 0.5) == 0
    mixed = [int(np.sum(zero.any(axis=axis) & ~zero.all(axis=axis))) for axis in (1, 0)]
    yield seen(
        mixed, "40 x 50 ones at rate 0.5: how many rows, and how many columns, hold both kept and dropped numbers"
    )
    generator = np.random.default_rng(seed)
    met = {int(np.sum(made(np.ones(6), 0.5, generator) == 0)) for _ in range(40)}
    yield seen(len(met) > 1, "6 ones at rate 0.5, forty times: whether the number of zeros varies (1) or not (0)")
    generator = np.random.default_rng(seed)
    again = [made(ones.copy(), 0.5, generator) for _ in range(2)]
    yield seen(
        not np.array_equal(*again), "whether a second call on the same generator gives another result (1) or not (0)"
    )
    equal = [made(ones.copy(), 0.5, np.random.default_rng(seed)) for _ in range(2)]
    yield seen(np.array_equal(*equal), "whether equal generators give equal results (1) or not (0)")
    yield seen(made(x[:2, :3].copy(), 0.0), "rate 0", given=(x[:2, :3], 0.0))
    kept = x.copy()
    made(kept, 0.5)
    yield seen(np.array_equal(kept, x), "whether `x` is as it was (1) or not (0)")
    result = attempt(kept, 0.0, np.random.default_rng(seed))
    itself = isinstance(result, np.ndarray) and np.shares_memory(result, kept)
    yield seen(itself, "whether, at rate 0, the result is `x` itself (1) or a new array (0)")
    yield seen(list(made(np.ones((2, 1, 3)), 0.5).shape), "the shape of the result for an x of shape (2, 1, 3)")


def _drop(x, rate, random, factor=None):
    return np.where(random >= rate, x * (1 / (1 - rate) if factor is None else factor), 0.0)


@dropout.wrong(
    "You drop numbers and leave the rest as they are, so the sum is smaller in training than in use. What makes up for it?"
)
def does_not_scale(x, rate, rng):
    return _drop(x, rate, rng.random(x.shape), 1)


@dropout.wrong(
    "Nothing was dropped: `x` came back as it was. (Keras' own layer drops only when it is told that this is training.)"
)
def drops_nothing(x, rate, rng):
    return x.copy()


@dropout.wrong("You divided and dropped nothing, so everything has become larger.")
def only_divides(x, rate, rng):
    return x / (1 - rate)


@dropout.wrong("You multiplied what is kept by `1 - rate`: it shrinks, though it has to stand in for what was dropped.")
def scales_down(x, rate, rng):
    return _drop(x, rate, rng.random(x.shape), 1 - rate)


@dropout.wrong("You keep the share `rate` and drop the others. `rate` is the share that goes.")
def keeps_the_rate(x, rate, rng):
    return np.where(rng.random(x.shape) < rate, x / (1 - rate), 0.0)


@dropout.wrong(
    "You took `rate` for the probability of being kept, in the drawing and in the division. It is that of being dropped."
)
def takes_rate_for_kept(x, rate, rng):
    return np.where(rng.random(x.shape) < rate, x / (rate or 1), 0.0)


@dropout.wrong(
    "You divided by `rate`. At rate 0.2 four fifths are kept: by what must they be divided to make up for the rest?"
)
def divides_by_the_rate(x, rate, rng):
    return _drop(x, rate, rng.random(x.shape), 1 / (rate or 1))


@dropout.wrong("You drew once for the whole array: either all of it goes or none.")
def drops_all_or_nothing(x, rate, rng):
    return _drop(x, rate, np.full(x.shape, rng.random()))


@dropout.wrong("You drew one number for each row, so whole rows go together. Each number is dropped or kept by itself.")
def drops_rows(x, rate, rng):
    return _drop(x, rate, rng.random((len(x),) + (1,) * (x.ndim - 1)))


@dropout.wrong(
    "You drew one number for each column and used it in every row. Each number is dropped or kept by itself."
)
def drops_columns(x, rate, rng):
    return _drop(x, rate, rng.random(x.shape[-1]))


@dropout.wrong(
    "You drop exactly the share `rate` every time. Each number should be dropped by itself, so that how many go varies."
)
def drops_an_exact_number(x, rate, rng):
    order = rng.permutation(x.size).reshape(x.shape)
    return np.where(order >= round(rate * x.size), x / (1 - rate), 0.0)


@dropout.wrong(
    "You drew the places to drop with replacement, so some come up twice and too few are dropped. Draw once for each number of `x`."
)
def draws_with_replacement(x, rate, rng):
    result = x / (1 - rate)
    result.reshape(-1)[rng.choice(x.size, int(rate * x.size))] = 0
    return result


@dropout.wrong("You drew from another generator than `rng`, so equal generators do not give equal results.")
def draws_elsewhere(x, rate, rng):
    return _drop(x, rate, np.random.default_rng().random(x.shape))


@dropout.wrong(
    "You start a generator of your own in every call, so the same numbers are dropped each time. Draw from `rng`."
)
def starts_its_own_generator(x, rate, rng):
    return _drop(x, rate, np.random.default_rng(0).random(x.shape))


@dropout.wrong("The result is right, but you wrote it into `x`: the caller's numbers are gone. Work on a copy.")
def writes_into_x(x, rate, rng):
    x[...] = _drop(x, rate, rng.random(x.shape))
    return x


@dropout.wrong("You set the dropped numbers to the mean of `x`. Dropped means 0.")
def puts_the_mean(x, rate, rng):
    return np.where(rng.random(x.shape) >= rate, x / (1 - rate), x.mean())


@dropout.wrong(
    "You divided by `rate`, which is 0 where nothing is dropped. At rate 0.2 four fifths are kept: by what must they be divided?"
)
def divides_by_the_rate_also_where_it_is_0(x, rate, rng):
    with np.errstate(all="ignore"):
        return x * (rng.random(x.shape) >= rate) / np.float64(rate)


@dropout.wrong(
    "At rate 0 you return `x` itself. Who changes the result then changes `x`: return a new array there as well."
)
def returns_x_itself_at_rate_0(x, rate, rng):
    return x if rate == 0 else _drop(x, rate, rng.random(x.shape))


@dropout.wrong("You drop half of the numbers, whatever `rate` says.")
def fixes_the_rate_at_a_half(x, rate, rng):
    return _drop(x, 0.5, rng.random(x.shape))


@dropout.wrong(
    "The numbers that are kept are scaled up. Those that should be dropped stay as they were; dropped means 0."
)
def leaves_the_dropped_as_they_were(x, rate, rng):
    return np.where(rng.random(x.shape) >= rate, x / (1 - rate), x)


@dropout.wrong("You drew whole tenths, so a rate of 0.25 drops a fifth. Draw a number between 0 and 1 for each place.")
def draws_tenths(x, rate, rng):
    return _drop(x, rate, np.where(rng.integers(0, 10, x.shape) >= int(rate * 10), 1.0, -1.0))


@dropout.wrong("You changed `x` itself on the way: the caller's numbers are not what they were. Work on a copy.")
def changes_x_on_the_way(x, rate, rng):
    x[rng.random(x.shape) < rate] = 0
    return x / (1 - rate)


@dropout.wrong(
    "You divide by the share that happened to be kept, another one in each call. Divide by the probability of being kept."
)
def divides_by_the_share_kept(x, rate, rng):
    kept = rng.random(x.shape) >= rate
    return np.where(kept, x / max(kept.mean(), 1e-9), 0.0)


@dropout.wrong("Half of the numbers go, whatever `rate` says. What is kept is scaled as if `rate` had been used.")
def drops_a_half_and_scales_by_the_rate(x, rate, rng):
    return np.where(rng.integers(0, 2, x.shape) == 1, x / (1 - rate), 0.0)


@dropout.wrong("Your two loops are for two axes. `x` may have any number of them, and with one your code stops.")
def loops_over_two_axes(x, rate, rng):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if rng.random() >= rate:
                result[i, j] = x[i, j] / (1 - rate)
    return result
