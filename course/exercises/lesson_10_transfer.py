"""Lesson 10, transfer: what is asked of each exercise, and the mistakes learners make."""

import warnings
from dataclasses import replace

import numpy as np

from course.checking import Exercise, Unfit, built, call, fits, seen
from course.checking.plain import plain


def numbers(rng, *shape):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.3, 2, shape) * rng.choice([-1, 1], shape)).round(2)


# ---- label_subsets ---------------------------------------------------------------------------------------------------

label_subsets = Exercise(
    "label_subsets",
    hints=(
        "If the 100 are to hold the 50, what may be drawn only once, and what is then cut from it again and again?",
        "`np.flatnonzero(labels == 1)` gives the positions of one kind, and `rng.permutation` puts them in a random order. What is the "
        "first half of a subset of each size?",
        "Make a generator from `seed`. For each of the two labels: find its positions, shuffle them once. For each size: take the first "
        "`size // 2` of both, joined with `np.concatenate`.",
    ),
)


def _arrays(attempt, labels, sizes, seed):
    """What `attempt` returns, as arrays, and which inputs it changed; what is no list of arrays ends the probe with a sentence."""
    inputs = labels.copy(), list(sizes)
    result = attempt(*inputs, seed)
    changed = tuple(i for i, (a, b) in enumerate(zip(inputs, (labels, sizes), strict=True)) if not np.array_equal(a, b))
    if result is None:
        raise Unfit("It returned None. Did you forget `return`?")
    if isinstance(result, (dict, str)):
        kind = "a dict" if isinstance(result, dict) else "text"
        raise Unfit(f"It returned {kind}. Asked for is a list of arrays: one array of positions for each size.")
    form = plain(result)
    if form["kind"] == "array" and len(form["shape"]) == 1 and len(sizes) > 1:
        raise Unfit(
            "It returned one flat array of numbers. Asked for is a list of arrays: one array of positions for each size."
        )
    try:
        arrays = [np.asarray(sorted(one) if isinstance(one, (set, frozenset)) else one) for one in result]
    except TypeError:
        raise Unfit("It should return a list of arrays, one for each size.") from None
    if len(arrays) != len(sizes):
        number = f"{len(arrays)} array{'s' * (len(arrays) != 1)}"
        raise Unfit(f"For {len(sizes)} sizes it returned {number}. There is one for each size.")
    if any(one.dtype.kind == "b" for one in arrays):
        raise Unfit("Your arrays hold True and False. Asked for are the positions themselves, whole numbers.")
    if any(one.ndim != 1 for one in arrays):
        shapes = " and ".join(str(one.shape) for one in arrays if one.ndim != 1)
        raise Unfit(f"An array of positions has shape (size,); yours came with shape {shapes}.")
    if any(one.dtype.kind not in "iu" for one in arrays):
        raise Unfit("Your positions are floats, or no numbers. Only integers can pick rows: `train_ids[some]`.")
    if any(len(one) and (one.min() < 0 or one.max() >= len(labels)) for one in arrays):
        raise Unfit(f"Some of your positions do not exist: there are {len(labels)} labels, at 0 to {len(labels) - 1}.")
    return [sorted(int(i) for i in one) for one in arrays], changed


@label_subsets.probe
def _(attempt, rng):
    fits(attempt, 3)
    seed = int(rng.integers(1_000, 1_000_000))
    labels = rng.permutation([0] * 18 + [1] * 12).astype("int32")
    sizes = [2, 8, 12]
    given = (labels, sizes, seed)

    def look(value, about, say, changed=()):
        return replace(seen(value, about, given), say=say, changed=changed)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn, changed = _arrays(attempt, labels, sizes, seed)
    yield look(
        [len(one) for one in drawn],
        "how many positions each array holds",
        "Your arrays do not hold as many positions as `sizes` says.",
        changed,
    )
    # What a wrong answer draws hangs on how it draws. So from here on only that is observed which holds in all of many
    # draws, and two attempts with one mistake look alike.
    others = [_arrays(attempt, labels, sizes, seed + k)[0] for k in range(1, 61)]
    every = [drawn, *others]
    halves = all(2 * int(labels[one].sum()) == len(one) for arrays in every for one in arrays)
    twice = any(len(set(one)) < len(one) for arrays in every for one in arrays)
    ever = sorted({i for arrays in every for i in arrays[-1]})
    if max(ever) <= 1:
        raise Unfit(
            "Your arrays hold nothing but 0 and 1. Those are labels; asked for are the positions where they stand."
        )
    if (twice or not halves) and max(ever) < 18:
        raise Unfit(
            "In many draws no position of yours is above 17, and there are 30 labels, 18 of them 0. It looks as if you count "
            "within the ones and within the zeros. Asked for are positions in `labels`."
        )
    if twice:
        raise Unfit(
            "In some of your arrays a position stands twice, and another is missing for it. Each is drawn once."
        )
    yield look(
        halves,
        "many seeds: whether half of each array has label 1",
        "Half of the positions in each array should have label 1, and in yours that is not always so.",
    )
    yield look(
        len({int(labels[arrays[-1]].sum()) for arrays in every}) == 1,
        "many seeds: whether the number of ones in the last array is always the same",
        "How many ones there are in your last array differs from seed to seed.",
    )
    nested = all(set(a) <= set(b) for arrays in every for a, b in zip(arrays, arrays[1:], strict=False))
    yield look(
        nested,
        "many seeds: whether each array holds the one before it",
        "Each array should hold all positions of the one before it, and in yours that is not always so.",
    )
    again = _arrays(attempt, labels, sizes, seed)[0]
    yield look(
        drawn == again,
        "whether the same seed gives the same subsets",
        "Called twice with the same seed, yours gives different subsets.",
    )
    differ = any(other != drawn for other in others)
    yield look(
        differ,
        "whether other seeds give other subsets",
        "Whatever the seed, yours gives the same subsets.",
    )
    yield look(
        len(ever) == 30,
        "60 seeds: whether each of the 30 positions comes up at some time",
        f"With 60 seeds, only {len(ever)} of the 30 positions come up at all. Each should have a chance.",
    )
    first = sorted(int(i) for kind in (0, 1) for i in np.flatnonzero(labels == kind)[:6])
    yield look(drawn[-1] == first, "whether they are the first ones of each kind", "")
    # 60 draws of 6 out of 12, or out of 18, are nearly all different
    various = [len({tuple(i for i in arrays[-1] if labels[i] == kind) for arrays in others}) for kind in (0, 1)]
    yield look(
        min(various) > 40,
        "60 seeds: whether the draws of each kind differ",
        f"60 seeds give only {min(various)} different draws of one kind. Is it drawn at random, or shifted along?",
    )
    zero = [_arrays(attempt, labels, sizes, 0)[0] for _ in range(2)]
    yield look(
        zero[0] == zero[1],
        "whether seed 0 gives the same subsets twice",
        "Called twice with seed 0, yours gives different subsets. Zero is a seed like any other.",
    )
    equal = rng.permutation([0] * 8 + [1] * 8).astype("int32")
    ranks = np.where(equal == 1, np.cumsum(equal == 1), np.cumsum(equal == 0))  # the third one, the third zero: 3
    halved = [_arrays(attempt, equal, [8], seed + k)[0][0] for k in range(20)]
    twins = all(
        {int(ranks[i]) for i in one if equal[i]} == {int(ranks[i]) for i in one if not equal[i]} for one in halved
    )
    yield look(
        twins,
        "as many ones as zeros, 20 seeds: whether the draw of the zeros is always that of the ones over again",
        "Where there are as many ones as zeros, the k-th zero is drawn whenever the k-th one is. Neither should hang on the other.",
    )
    ordered = np.array([0] * 20 + [1] * 20)
    drawn = _arrays(attempt, ordered, [10, 40], seed)[0]
    yield seen(
        [len(set(one)) for one in drawn],
        "labels that are sorted, the second size all of them: how many different positions each array holds",
        (ordered, [10, 40], seed),
    )


def _kinds(labels, rng):
    return [rng.permutation(np.flatnonzero(labels == kind)) for kind in (0, 1)]


def _first(kinds, size):
    return np.concatenate([kind[: size // 2] for kind in kinds])


@label_subsets.wrong(
    "Each of your subsets is balanced, but they are drawn anew for each size, so the larger ones do not hold the smaller ones."
)
def draws_anew(labels, sizes, seed):
    rng = np.random.default_rng(seed)
    return [_first(_kinds(labels, rng), size) for size in sizes]


@label_subsets.wrong("Your subsets are nested, but not balanced: the labels come out as chance has it.")
def is_not_stratified(labels, sizes, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    return [order[:size] for size in sizes]


@label_subsets.wrong(
    "You drew anew for each size and without looking at the labels: the subsets are neither nested nor balanced."
)
def neither_nested_nor_balanced(labels, sizes, seed):
    rng = np.random.default_rng(seed)
    return [rng.choice(len(labels), size, replace=False) for size in sizes]


@label_subsets.wrong(
    "You drew with replacement: some positions stand twice in an array, and others are missing for it. Each is drawn once."
)
def draws_with_replacement(labels, sizes, seed):
    rng = np.random.default_rng(seed)
    kinds = [rng.choice(np.flatnonzero(labels == kind), max(sizes)) for kind in (0, 1)]
    return [_first(kinds, size) for size in sizes]


@label_subsets.wrong(
    "You shuffle once for both kinds. There are more zeros than ones here, and the zeros at the end never have a chance."
)
def shuffles_once_for_both(labels, sizes, seed):
    kinds = [np.flatnonzero(labels == kind) for kind in (0, 1)]
    order = np.random.default_rng(seed).permutation(min(map(len, kinds)))
    return [_first([kind[order] for kind in kinds], size) for size in sizes]


@label_subsets.wrong(
    "You shuffle the ones and leave the zeros in their order: the first zeros come up every time, the others never."
)
def shuffles_the_ones_only(labels, sizes, seed):
    zeros, ones = np.flatnonzero(labels == 0), np.flatnonzero(labels == 1)
    ones = np.random.default_rng(seed).permutation(ones)
    return [_first([zeros, ones], size) for size in sizes]


@label_subsets.wrong(
    "You shift the positions along by the seed. That is not drawn at random: neighbours always come together, and seeds repeat."
)
def shifts_along(labels, sizes, seed):
    return [_first([np.roll(np.flatnonzero(labels == kind), seed) for kind in (0, 1)], size) for size in sizes]


@label_subsets.wrong(
    "The subsets are right, but you sorted or shuffled `labels` itself. The caller's labels then no longer belong to the caller's reviews."
)
def sorts_the_labels(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng(seed))
    labels.sort()
    return [_first(kinds, size) for size in sizes]


@label_subsets.wrong("Your positions are floats. Only integers can pick rows of an array.")
def returns_floats(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng(seed))
    return [_first(kinds, size).astype(float) for size in sizes]


@label_subsets.wrong(
    "You take the first ones of each kind, whatever the seed: nothing is drawn, and most positions never have a chance."
)
def takes_the_first(labels, sizes, seed):
    return [_first([np.flatnonzero(labels == kind) for kind in (0, 1)], size) for size in sizes]


@label_subsets.wrong("Your generator does not use `seed`, so every seed gives the same subsets.")
def ignores_the_seed(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng(0))
    return [_first(kinds, size) for size in sizes]


@label_subsets.wrong("Your generator was not given `seed`, so the same seed gives other subsets each time.")
def does_not_seed(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng())
    return [_first(kinds, size) for size in sizes]


@label_subsets.wrong("You took `size` of each kind. Together they are twice as many as asked for.")
def takes_size_of_each(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng(seed))
    return [np.concatenate([kind[:size] for kind in kinds]) for size in sizes]


@label_subsets.wrong(
    "You returned the labels that stand at the positions. Asked for are the positions, with which ids and labels can be picked."
)
def returns_the_labels(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng(seed))
    return [labels[_first(kinds, size)] for size in sizes]


@label_subsets.wrong(
    "Each of your arrays holds what is new since the one before. It should hold the earlier ones as well."
)
def returns_what_is_new(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng(seed))
    begins = [0, *sizes[:-1]]
    return [
        np.concatenate([kind[begin // 2 : size // 2] for kind in kinds])
        for begin, size in zip(begins, sizes, strict=True)
    ]


@label_subsets.wrong(
    "You count within each kind, so 3 may mean the fourth positive review. Asked for are positions in `labels`."
)
def counts_within_a_kind(labels, sizes, seed):
    rng = np.random.default_rng(seed)
    kinds = [rng.permutation(int((labels == kind).sum())) for kind in (0, 1)]
    return [_first(kinds, size) for size in sizes]


@label_subsets.wrong(
    "You keep the labels' own shares. Here there are more zeros than ones, and half of each subset should be ones all the same."
)
def keeps_the_shares(labels, sizes, seed):
    zeros, ones = _kinds(labels, np.random.default_rng(seed))
    share = len(ones) / len(labels)
    return [np.concatenate([ones[: round(share * size)], zeros[: size - round(share * size)]]) for size in sizes]


@label_subsets.wrong(
    "You take seed 0 for no seed, so that it gives other subsets each time. Zero is a seed like any other."
)
def takes_seed_zero_for_none(labels, sizes, seed):
    kinds = _kinds(labels, np.random.default_rng(seed or None))
    return [_first(kinds, size) for size in sizes]


@label_subsets.wrong(
    "You begin again with the same seed for each kind. Where there are as many ones as zeros, the third zero then always comes "
    "along with the third one: the two draws are one."
)
def begins_again_for_each_kind(labels, sizes, seed):
    kinds = [_kinds(labels, np.random.default_rng(seed))[0]]
    kinds.append(np.random.default_rng(seed).permutation(np.flatnonzero(labels == 1)))
    return [_first(kinds, size) for size in sizes]


# ---- mean_and_error --------------------------------------------------------------------------------------------------

mean_and_error = Exercise(
    "mean_and_error",
    hints=(
        "Which axis of `accuracies` counts the runs? The result has one number for each size, so which axis has to go?",
        "`std` of NumPy has an argument `ddof`, by which the number of runs is lowered in the division. And what turns the spread of one "
        "run into the error of the mean?",
        "The mean along axis 0; the standard deviation along axis 0 with `ddof=1`, divided by the square root of the number of rows. "
        "Return both.",
    ),
)


@mean_and_error.probe
def _(attempt, rng):
    low = float(rng.integers(50, 60)) / 100
    yield call(attempt, np.array([[low, 0.9], [low + 0.2, 0.9]]), about="2 runs of 2 sizes")
    yield call(attempt, rng.uniform(0.5, 0.9, size=(5, 3)).round(2), about="5 runs of 3 sizes")
    yield call(attempt, rng.uniform(0.5, 0.9, size=(3, 1)).round(2), about="3 runs of one size")
    yield call(attempt, rng.uniform(0.5, 0.9, size=(4, 4)).round(2), about="4 runs of 4 sizes")
    yield call(attempt, np.full((3, 2), 0.75), about="3 runs that all came out alike")


@mean_and_error.wrong(
    "The mean is right. Your spread divides by r, as `std` does unless told otherwise; with few runs that is too small."
)
def divides_by_r(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0) / np.sqrt(len(accuracies))


@mean_and_error.wrong(
    "The mean is right. Your second array is the spread of one run, the standard deviation; the mean of several is less uncertain."
)
def gives_the_deviation(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1)


@mean_and_error.wrong(
    "The mean is right. Your second array is NumPy's plain `std`: the spread of one run, and with r in the place of r - 1."
)
def gives_the_plain_deviation(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0)


@mean_and_error.wrong("You divided the spread by the number of runs. The error shrinks with its square root.")
def divides_by_the_number(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1) / len(accuracies)


@mean_and_error.wrong(
    "You averaged over the sizes, and got a number for each run. The runs are the rows: average over them."
)
def along_the_sizes(accuracies):
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return accuracies.mean(axis=1), accuracies.std(axis=1, ddof=1) / np.sqrt(accuracies.shape[1])


@mean_and_error.wrong("You averaged over everything at once. Asked for is one mean and one error for each size.")
def over_everything(accuracies):
    return accuracies.mean(), accuracies.std(ddof=1) / np.sqrt(accuracies.size)


@mean_and_error.wrong("You divided by the root of the number of sizes. What is averaged over is the runs.")
def counts_the_sizes(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1) / np.sqrt(accuracies.shape[1])


@mean_and_error.wrong("You divided by the root of all numbers there are. For each size there are only the runs.")
def counts_everything(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1) / np.sqrt(accuracies.size)


@mean_and_error.wrong("Your second array has no square root in it: it is the variance, divided by the number of runs.")
def has_no_root(accuracies):
    return accuracies.mean(axis=0), accuracies.var(axis=0, ddof=1) / len(accuracies)


@mean_and_error.wrong(
    "You used r - 1 twice. It belongs in the spread; the root that makes an error of it is that of the number of runs."
)
def lowers_it_twice(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies) - 1)


@mean_and_error.wrong(
    "Your second array is the error of a *set of reviews*, as in lesson 07. Here it is the runs that vary, and their spread says how much."
)
def takes_the_error_of_a_share(accuracies):
    mean = accuracies.mean(axis=0)
    return mean, np.sqrt(mean * (1 - mean) / len(accuracies))


@mean_and_error.wrong(
    "Your second array holds variances over the root of r: the root of the variance itself is missing."
)
def takes_the_variance(accuracies):
    return accuracies.mean(axis=0), accuracies.var(axis=0, ddof=1) / np.sqrt(len(accuracies))


@mean_and_error.wrong("You divided by the root of 2, whatever the number of runs.")
def takes_two_runs(accuracies):
    return accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1) / np.sqrt(2)


@mean_and_error.wrong("Your second array holds two standard errors. One is asked for.")
def gives_two_errors(accuracies):
    return accuracies.mean(axis=0), 2 * accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies))


@mean_and_error.wrong(
    "You made pairs, a mean with its error for each size. Asked for are two arrays: all means, and all errors."
)
def makes_pairs(accuracies):
    error = accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies))
    return list(zip(accuracies.mean(axis=0), error, strict=True))


@mean_and_error.wrong(
    "Your numbers are in percent. The accuracies came as shares, and mean and error are asked for in the same unit."
)
def gives_percent(accuracies):
    return 100 * accuracies.mean(axis=0), 100 * accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies))


@mean_and_error.wrong("Both arrays are right, and in the other order: the mean comes first, then the error.")
def swaps_the_two(accuracies):
    return accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies)), accuracies.mean(axis=0)


@mean_and_error.wrong("You returned the mean alone. Its error is asked for as well.")
def returns_the_mean_alone(accuracies):
    return accuracies.mean(axis=0)


@mean_and_error.wrong(
    "Your first array is the median. It is a fair middle, but the standard error belongs to the mean."
)
def takes_the_median(accuracies):
    return np.median(accuracies, axis=0), accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies))


@mean_and_error.wrong(
    "Your second array is half of the distance from the smallest to the largest run. It grows with the number of runs."
)
def takes_the_range(accuracies):
    return accuracies.mean(axis=0), np.ptp(accuracies, axis=0) / 2


@mean_and_error.wrong(
    "You returned where the error bar begins and where it ends. Asked for are the mean and how long one half of the bar is."
)
def gives_the_ends_of_the_bar(accuracies):
    mean, error = accuracies.mean(axis=0), accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies))
    return mean - error, mean + error


@mean_and_error.wrong("You returned the error alone. The mean is asked for as well, and comes first.")
def returns_the_error_alone(accuracies):
    return accuracies.std(axis=0, ddof=1) / np.sqrt(len(accuracies))


@mean_and_error.wrong(
    "You took the number of sizes, the columns, for the number of runs, both in the spread and in the root."
)
def takes_sizes_for_runs(accuracies):
    r = accuracies.shape[1]
    mean = accuracies.mean(axis=0)
    with np.errstate(all="ignore"):
        return mean, np.sqrt(((accuracies - mean) ** 2).sum(axis=0) / (r - 1)) / np.sqrt(r)


# ---- unfreeze --------------------------------------------------------------------------------------------------------

unfreeze = Exercise(
    "unfreeze",
    hints=(
        "Three things have to happen: on which objects is `trainable` set, what makes the model take notice, and where does the rate go?",
        "In the experiment with the small model, look at the fourth line: what was done there that the other three left out? "
        "`model.layers` is the list of all layers.",
        "In a loop over `model.layers` set `trainable` to True; then call `model.compile` with a new `keras.optimizers.Adam(rate)` and the "
        "loss; return the model.",
    ),
)

IDS = np.array([[1, 2], [3, 4]], dtype="int32")
LABELS = np.array([[1.0], [0.0]], dtype="float32")
NAMES = "table, hidden kernel, hidden bias, kernel, bias"


def _frozen_model(rng, frozen, loss):
    """A model of an Embedding, a mean, a hidden Dense and a Dense, trained by `loss`; `frozen`: the numbers of its frozen layers."""
    import keras

    model = keras.Sequential(
        [
            keras.Input(shape=(None,), dtype="int32"),
            keras.layers.Embedding(5, 3),
            keras.layers.GlobalAveragePooling1D(),
            keras.layers.Dense(2, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.set_weights([numbers(rng, *weight.shape) for weight in model.get_weights()])
    for number in frozen:
        model.layers[number].trainable = False
    model.compile(optimizer=keras.optimizers.SGD(0.125), loss=loss, jit_compile=False)
    model.train_on_batch(IDS, LABELS)
    return model


def _step(model):
    """One training step; of a model that was compiled anew without a trace, which would cost a second."""
    if not model.compiled:
        raise Unfit("The model that came back is not compiled, so it cannot go on training.")
    if getattr(model, "train_function", None) is None:
        model.run_eagerly = True
    try:
        return model.train_on_batch(IDS, LABELS)
    except ValueError as error:
        if "Unknown variable" not in str(error):
            raise
        raise Unfit(
            "The optimizer does not know the weights that it should move: it was made for others, in an earlier phase or an "
            "earlier call. Each call needs a new one."
        ) from None


def _as_loss(result):
    """The first number of what `train_on_batch` returns: the loss, also where somebody added metrics."""
    return float(np.ravel(result)[0])


@unfreeze.probe
def _(attempt, rng):
    import tensorflow as tf

    fits(attempt, 2)
    logger, level = tf.get_logger(), tf.get_logger().level
    logger.setLevel("ERROR")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            about = "a frozen Embedding and a frozen hidden Dense, rate 0.01"
            yield from _observed(attempt, rng, 0.01, (0, 2), "binary_crossentropy", about)
            about = "a frozen hidden Dense and a frozen head, squared error before, rate 0.002"
            yield from _observed(attempt, rng, 0.002, (2, 3), "mse", about)
    finally:
        logger.setLevel(level)


def _observed(attempt, rng, rate, frozen, loss_before, about):
    given = _frozen_model(rng, frozen, loss_before)
    before = given.get_weights()
    model = built(attempt, given, rate)

    def look(value, what, say):
        return replace(seen(value, f"{about}: {what}"), say=say)

    yield look(
        model is given,
        "whether the same model came back",
        "Another model came back. Asked for is the one that was given, the same object.",
    )
    weights = model.get_weights()
    if [w.shape for w in weights] != [w.shape for w in before]:
        raise Unfit("The model that came back has other weights than the one that was given.")
    same = all(np.array_equal(a, b) for a, b in zip(weights, before, strict=True))
    yield look(
        same,
        "whether its weights are as they were",
        "The weights are not those that came in. The model should come back as it is, ready to be trained, and not trained yet.",
    )
    yield look(
        [bool(layer.trainable) for layer in model.layers],
        "which of its four layers are trainable",
        "Not every layer of the model that came back is trainable.",
    )
    loss = _as_loss(_step(model))
    # In the first step of Adam every number with a gradient moves by the rate; of SGD, by the rate times the gradient.
    moved = [np.abs(a - b).max() / rate for a, b in zip(model.get_weights(), before, strict=True)]
    yield seen(
        [round(float(one), 2) for one in moved],
        f"{about}: the largest moves in one step, in units of the rate ({NAMES})",
    )
    yield look(
        round(loss, 3),
        "the loss that this step reports",
        "The loss that the next step reports is no binary cross-entropy.",
    )


def _compile(model, rate, **options):
    import keras

    model.compile(**{"optimizer": keras.optimizers.Adam(rate), "loss": "binary_crossentropy", **options})


def _thaw(model):
    for layer in model.layers:
        layer.trainable = True


@unfreeze.wrong(
    "You set `trainable` and did not compile. The training step was put together while the layers were frozen, and goes on so."
)
def does_not_compile(model, rate):
    _thaw(model)
    return model


@unfreeze.wrong(
    "You set `trainable` and gave the old optimizer the new rate. But the old training step knows nothing of the thawed layers."
)
def changes_the_rate_only(model, rate):
    _thaw(model)
    model.optimizer.learning_rate = rate
    return model


@unfreeze.wrong(
    "You compiled anew, but the layers are still frozen. (The flag of the model itself was True all along: setting it passes nothing on.)"
)
def compiles_only(model, rate):
    _compile(model, rate)
    return model


@unfreeze.wrong("You thawed the first layer. The model has another frozen one, and that one has not moved.")
def thaws_the_first(model, rate):
    model.layers[0].trainable = True
    _compile(model, rate)
    return model


@unfreeze.wrong(
    "You thawed all layers but the last. It may be a frozen one too, as any other: every layer is to learn."
)
def leaves_the_last(model, rate):
    for layer in model.layers[:-1]:
        layer.trainable = True
    _compile(model, rate)
    return model


@unfreeze.wrong(
    "You trained the model as well. Asked for is a model that is ready to be trained, with its weights as they are."
)
def trains_it(model, rate):
    _thaw(model)
    _compile(model, rate, run_eagerly=True)
    model.train_on_batch(IDS, LABELS)
    return model


@unfreeze.wrong("You froze the layers: none of the weights moves any more. `trainable` says whether a layer learns.")
def freezes_all(model, rate):
    for layer in model.layers:
        layer.trainable = False
    _compile(model, rate)
    return model


@unfreeze.wrong(
    "Your model learns with Adam's own rate, 0.001, whatever `rate` says. The second phase is about how large the steps are."
)
def takes_adams_own_rate(model, rate):
    _thaw(model)
    _compile(model, rate, optimizer="adam")
    return model


@unfreeze.wrong(
    "All layers move, but the steps are not Adam's: plain gradient descent moves a number by rate times gradient."
)
def takes_sgd(model, rate):
    import keras

    _thaw(model)
    _compile(model, rate, optimizer=keras.optimizers.SGD(rate))
    return model


@unfreeze.wrong(
    "You made the steps smaller than `rate` yourself. It is the caller who chooses how much lower the rate is."
)
def lowers_the_rate_itself(model, rate):
    _thaw(model)
    _compile(model, rate / 10)
    return model


@unfreeze.wrong(
    "You returned a copy of the model. Copies made by `clone_model` start with new random weights: phase one is lost."
)
def clones_the_model(model, rate):
    import keras

    keras.utils.set_random_seed(0)
    copy = keras.models.clone_model(model)
    _thaw(copy)
    _compile(copy, rate)
    return copy


@unfreeze.wrong(
    "You returned a copy with the right weights. Asked for is the model itself, which others may hold as well."
)
def copies_the_model(model, rate):
    import keras

    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    _thaw(copy)
    _compile(copy, rate)
    return copy


@unfreeze.wrong(
    "All layers move, but by another loss: the model's one answer is a probability, judged by cross-entropy."
)
def takes_squared_error(model, rate):
    _thaw(model)
    _compile(model, rate, loss="mse")
    return model


@unfreeze.wrong(
    "You compiled with the optimizer that the model had. It has no memory for the numbers of the thawed layers: a new one is needed."
)
def keeps_the_old_optimizer(model, rate):
    _thaw(model)
    model.optimizer.learning_rate = rate
    _compile(model, rate, optimizer=model.optimizer)
    return model


@unfreeze.wrong(
    "None came back, and the model is asked for. Either `return` is missing, or you returned what `compile` returns: that is None."
)
def returns_what_compile_returns(model, rate):
    import keras

    _thaw(model)
    return model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy")


@unfreeze.wrong(
    "The layers are thawed and the model is compiled, but you also froze the head. In the second phase all layers learn."
)
def freezes_the_head(model, rate):
    _thaw(model)
    model.layers[-1].trainable = False
    _compile(model, rate)
    return model


@unfreeze.wrong(
    "You named no loss, or the one that the model had. Keras then goes on with what the model was compiled with before, "
    "and that need not be the cross-entropy."
)
def names_no_loss(model, rate):
    import keras

    _thaw(model)
    model.compile(optimizer=keras.optimizers.Adam(rate))
    return model


@unfreeze.wrong(
    "You set the flags of the weights. The layers still say that they are frozen, and it is the layers that are asked when a model is "
    "taken apart or saved."
)
def sets_the_flags_of_the_weights(model, rate):
    for weight in model.weights:
        weight.trainable = True
    _compile(model, rate)
    return model


@unfreeze.wrong("You turned every flag round: what was frozen learns now, and what was learning is frozen.")
def turns_the_flags_round(model, rate):
    for layer in model.layers:
        layer.trainable = not layer.trainable
    _compile(model, rate)
    return model


@unfreeze.wrong("You stopped after the first frozen layer. There may be more of them, and here there are.")
def thaws_the_first_frozen_one(model, rate):
    next(layer for layer in model.layers if not layer.trainable).trainable = True
    _compile(model, rate)
    return model


# ---- moved -----------------------------------------------------------------------------------------------------------

moved = Exercise(
    "moved",
    hints=(
        "You need one number for each row first. Which? And then: how often may a row be counted, if its word comes ten times?",
        "`np.linalg.norm` with `axis=1` gives the length of each row of `after - before`. `np.isin(np.arange(V), ids)` says for each row "
        "whether its id comes in `ids`.",
        "Work out the distances, shape `(V,)`, and the mask of the met ids. Leave position 0 out of both. Return the mean of the distances "
        "where the mask is True, and where it is False; 0 for a group without rows.",
    ),
)


@moved.probe
def _(attempt, rng):
    def tables(rows, width):
        before = numbers(rng, rows, width)
        return before, before + numbers(rng, rows, width)

    before = np.zeros((4, 2))
    after = np.array([[9.0, 9.0], [3.0, 4.0], [0.0, 1.0], [0.0, 0.0]])
    yield call(attempt, before, after, np.array([[1, 1, 0]]), about="4 rows, one word met, and padding")
    yield call(attempt, *tables(5, 3), np.array([2, 4]), about="two words met, no padding, `ids` of shape (2,)")
    often = np.array([[1, 1, 1, 2, 0, 0], [3, 1, 1, 1, 1, 0]])
    yield call(attempt, *tables(7, 2), often, about="a word that comes seven times, and padding")
    yield call(attempt, *tables(4, 2), np.array([[1, 2, 3]]), about="all words are met: there are no others")
    yield call(attempt, *tables(3, 2), np.zeros((2, 2), dtype="int32"), about="nothing but padding: no word is met")
    start = numbers(rng, 6, 4)
    there = start.copy()
    there[[1, 5]] *= -1
    yield call(attempt, start, there, np.array([[1, 5, 2]]), about="two rows turned round, the others as they were")


def _distances(before, after):
    return np.sqrt(((np.asarray(after) - np.asarray(before)) ** 2).sum(axis=1))


def _groups(distance, ids, padding=()):
    """The mean distance of met rows and of others; `padding`: the groups (0 met, 1 others) that row 0 is counted in."""
    is_met = np.isin(np.arange(len(distance)), ids)
    is_met[0] = False
    others = ~is_met
    others[0] = 1 in padding
    is_met[0] = 0 in padding
    return tuple(float(distance[group].mean()) if group.any() else 0.0 for group in (is_met, others))


@moved.wrong(
    "You counted the padding's row among the met words, because id 0 stands in `ids`. It is no word and belongs to neither group."
)
def counts_the_padding_as_met(before, after, ids):
    return _groups(_distances(before, after), ids, (0,) if (np.asarray(ids) == 0).any() else (1,))


@moved.wrong("You counted the padding's row among the others. It is no word and belongs to neither group.")
def counts_the_padding_as_other(before, after, ids):
    return _groups(_distances(before, after), ids, (1,))


@moved.wrong(
    "A word that comes several times counts several times in yours, so frequent words outweigh the rest. Each row counts once."
)
def counts_repeats(before, after, ids):
    distance = _distances(before, after)
    found = np.ravel(ids)[np.ravel(ids) != 0]
    return float(distance[found].mean()) if len(found) else 0.0, _groups(distance, ids)[1]


@moved.wrong(
    "You looked up the rows of all positions: words count as often as they occur, and the padding's row with them."
)
def counts_all_positions(before, after, ids):
    distance = _distances(before, after)
    return float(distance[np.ravel(ids)].mean()), _groups(distance, ids)[1]


@moved.wrong("These are squared distances: the square root is missing.")
def has_no_root_here(before, after, ids):
    return _groups(_distances(before, after) ** 2, ids)


@moved.wrong(
    "You averaged how far single numbers moved. A row's distance takes its numbers together: squares, sum, root."
)
def averages_the_numbers(before, after, ids):
    return _groups(np.abs(after - before).mean(axis=1), ids)


@moved.wrong("You added up how far the numbers of a row moved. A distance has squares in it, and a root.")
def adds_the_numbers(before, after, ids):
    return _groups(np.abs(after - before).sum(axis=1), ids)


@moved.wrong(
    "You took the mean of the squares in a row. The distance has their sum: with more numbers in a row it is larger."
)
def takes_root_mean_square(before, after, ids):
    return _groups(np.sqrt(((after - before) ** 2).mean(axis=1)), ids)


@moved.wrong(
    "You compared how long the rows are, before and after. A row that was turned round has moved, and is as long as before."
)
def compares_lengths(before, after, ids):
    return _groups(np.abs(np.linalg.norm(after, axis=1) - np.linalg.norm(before, axis=1)), ids)


@moved.wrong(
    "You took one norm over the whole group: it grows with the number of rows. Asked for is the mean over the rows."
)
def takes_one_norm(before, after, ids):
    step = np.asarray(after) - before
    is_met = np.isin(np.arange(len(step)), ids)
    return float(np.linalg.norm(step[1:][is_met[1:]])), float(np.linalg.norm(step[1:][~is_met[1:]]))


@moved.wrong(
    "You averaged the rows first and took the distance of the means. Rows that move in opposite directions then cancel."
)
def moves_the_mean(before, after, ids):
    step = np.asarray(after) - before
    is_met = np.isin(np.arange(len(step)), ids)
    groups = step[1:][is_met[1:]], step[1:][~is_met[1:]]
    return tuple(float(np.linalg.norm(group.mean(axis=0))) if len(group) else 0.0 for group in groups)


@moved.wrong("You added the distances up. Asked for is their mean: with more words in a group the sum only grows.")
def adds_the_distances(before, after, ids):
    is_met, distance = np.isin(np.arange(len(before)), ids)[1:], _distances(before, after)[1:]
    return distance[is_met].sum(), distance[~is_met].sum()


@moved.wrong("You took the row that moved furthest. Asked for is the mean over the rows of a group.")
def takes_the_furthest(before, after, ids):
    is_met, distance = np.isin(np.arange(len(before)), ids)[1:], _distances(before, after)[1:]
    return distance[is_met].max(initial=0), distance[~is_met].max(initial=0)


@moved.wrong("You took the median of the distances. Asked for is their mean.")
def takes_the_median_distance(before, after, ids):
    is_met, distance = np.isin(np.arange(len(before)), ids)[1:], _distances(before, after)[1:]
    return tuple(float(np.median(d)) if len(d) else 0.0 for d in (distance[is_met], distance[~is_met]))


@moved.wrong(
    "You took the root of the mean of squares over the rows. Each row has a distance of its own; asked for is the plain mean of those."
)
def takes_root_mean_square_of_rows(before, after, ids):
    is_met, squares = np.isin(np.arange(len(before)), ids)[1:], _distances(before, after)[1:] ** 2
    return tuple(float(np.sqrt(d.mean())) if len(d) else 0.0 for d in (squares[is_met], squares[~is_met]))


@moved.wrong("You left id 1 out as well as the padding. It is the row of unknown words, and moves like any other.")
def leaves_out_the_unknown(before, after, ids):
    ids = np.asarray(ids)
    is_met, distance = np.isin(np.arange(len(before)), ids)[2:], _distances(before, after)[2:]
    return tuple(float(d.mean()) if len(d) else 0.0 for d in (distance[is_met], distance[~is_met]))


@moved.wrong("You count the unknown word (id 1) among the others, though it stands in `ids`. Only 0 is padding.")
def counts_the_unknown_as_other(before, after, ids):
    return _groups(_distances(before, after), np.where(np.asarray(ids) > 1, ids, 0))


@moved.wrong(
    "You told the groups apart by whether a row moved. A word may be met and stay where it is: it is `ids` that says who was met."
)
def groups_by_moving(before, after, ids):
    distance = _distances(before, after)[1:]
    return float(distance[distance > 0].mean()) if distance.any() else 0.0, 0.0


@moved.wrong("You looked at the first review only. `ids` holds all that the model was trained on.")
def looks_at_the_first_review(before, after, ids):
    return _groups(_distances(before, after), np.atleast_1d(np.asarray(ids)[0]))


@moved.wrong("Two loops, one inside the other, want `ids` to have two axes. It may have any shape.")
def loops_twice(before, after, ids):
    found = {int(word) for review in ids for word in review}
    return _groups(_distances(before, after), list(found))


@moved.wrong("Both numbers are right, and in the other order: the met words come first.")
def swaps_the_groups(before, after, ids):
    return _groups(_distances(before, after), ids)[::-1]


@moved.wrong("Where a group has rows you are right. A group without rows gives NaN: a mean of nothing is 0 / 0.")
def gives_nan(before, after, ids):
    distance = _distances(before, after)
    is_met = np.isin(np.arange(len(distance)), ids)[1:]
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return distance[1:][is_met].mean(), distance[1:][~is_met].mean()


@moved.wrong("Your second number is the mean over all rows, the met ones among them. Only the others are asked for.")
def takes_all_rows(before, after, ids):
    distance = _distances(before, after)
    return _groups(distance, ids)[0], float(distance[1:].mean())


@moved.wrong("Your distances run down the columns, so there is one for each number of a row and not one for each row.")
def goes_down_the_columns(before, after, ids):
    distance = np.sqrt(((np.asarray(after) - before) ** 2).sum(axis=0))
    return _groups(distance, ids)


@moved.wrong(
    "You dropped the smallest id, taking it for the padding. Where no padding stands in `ids`, that one is a word."
)
def drops_the_smallest_id(before, after, ids):
    distance, found = _distances(before, after), np.unique(ids)[1:]
    others = np.setdiff1d(np.arange(1, len(distance)), found)
    return tuple(float(distance[group].mean()) if len(group) else 0.0 for group in (found, others))


@moved.wrong(
    "You measured how long the rows are after training. How far they moved also hangs on where they were before."
)
def measures_the_rows_after(before, after, ids):
    return _groups(np.linalg.norm(after, axis=1), ids)


@moved.wrong("You divide by the number of rows in a group, and a group may have none.")
def divides_by_none(before, after, ids):
    distance, found = _distances(before, after).tolist(), set(np.ravel(ids).tolist()) - {0}
    others = set(range(1, len(distance))) - found
    return tuple(sum(distance[i] for i in group) / len(group) for group in (found, others))


# ---- choose ----------------------------------------------------------------------------------------------------------

choose = Exercise(
    "choose",
    hints=(
        "Which of the two arrays may decide, and which is only looked at once, at the place that was decided?",
        "Average each row of `validation`. `np.argmax` gives the place of the largest number, the first one if there are several.",
        "The first result is `np.argmax` of the row means of `validation`; the second is the mean of that row of `test`.",
    ),
)


@choose.probe
def _(attempt, rng):
    low = float(rng.integers(5, 15)) / 100
    validation = np.array([[0.7, 0.7], [0.6, 0.9]]) - low
    test = np.array([[0.8, 0.8], [0.6, 0.8]]) - low
    yield call(
        attempt, validation.round(2), test.round(2), about="setting 1 is best on validation, setting 0 on the test"
    )
    # best mean: 2; the highest single run is in 0, the highest median in 1, the best test in 3
    lucky = np.array([[0.5, 0.95, 0.5], [0.72, 0.72, 0.45], [0.7, 0.71, 0.7], [0.6, 0.6, 0.61]])
    last = np.array([[0.5, 0.6, 0.7], [0.61, 0.63, 0.65], [0.55, 0.66, 0.62], [0.9, 0.8, 0.85]])
    yield call(attempt, (lucky - low).round(2), (last - low).round(2), about="one setting has the luckiest single run")
    order = rng.permutation(4)
    yield call(attempt, (lucky[order]).round(2), (last[order]).round(2), about="the same settings in another order")
    even = np.array([[0.5, 0.6], [0.7, 0.8], [0.6, 0.66]])
    yield call(attempt, np.full((3, 2), 0.75), even, about="all settings are equal on validation")
    close = np.array([[0.7126, 0.7126], [0.7134, 0.7134], [0.7, 0.7]])
    yield call(attempt, close, even, about="two settings are very close on validation")
    near = np.array([[0.71, 0.69], [0.66, 0.7], [0.6, 0.6]])
    late = np.array([[0.6, 0.6], [0.7, 0.68], [0.69, 0.71]])
    yield call(attempt, near, late, about="the best on validation is the worst on the test")
    yield call(attempt, np.array([[0.75]]), np.array([[0.5]]), about="one setting, one run")
    runs = np.array([[0.5, 0.75, 0.5, 0.5], [0.75, 0.5, 0.75, 0.75]])
    yield call(attempt, runs, runs[:, ::-1] - 0.25 * np.eye(2, 4), about="2 settings, 4 runs")


def _rows(array):
    return np.asarray(array).mean(axis=1)


@choose.wrong(
    "You chose by the test. The number you report is then partly the luck of that choice, and higher than a new user will see."
)
def chooses_by_the_test(validation, test):
    best = int(np.argmax(_rows(test)))
    return best, _rows(test)[best]


@choose.wrong(
    "You chose rightly and reported the validation accuracy. It helped to choose, so it is partly luck; the test has not been used up."
)
def reports_the_validation(validation, test):
    best = int(np.argmax(_rows(validation)))
    return best, _rows(validation)[best]


@choose.wrong("You chose by validation, and then reported the best test accuracy of all settings.")
def reports_the_best_test(validation, test):
    return int(np.argmax(_rows(validation))), _rows(test).max()


@choose.wrong(
    "You chose the setting with the luckiest single run. One run varies; the mean over the runs is what can be relied on."
)
def chooses_the_luckiest_run(validation, test):
    best = int(np.argmax(np.max(validation, axis=1)))
    return best, _rows(test)[best]


@choose.wrong("The setting is right. You reported the best of its runs on the test, not the mean of them.")
def reports_the_best_run(validation, test):
    best = int(np.argmax(_rows(validation)))
    return best, np.max(test, axis=1)[best]


@choose.wrong(
    "You looked for the highest single number, and reported the test accuracy of that one run. A setting is judged by the mean."
)
def chooses_one_run(validation, test):
    row, run = np.unravel_index(np.argmax(validation), np.shape(validation))
    return int(row), np.asarray(test)[row, run]


@choose.wrong("You averaged over the settings and chose a run. The rows are settings: average along the runs.")
def chooses_a_run(validation, test):
    best = int(np.argmax(np.mean(validation, axis=0)))
    return best, np.mean(test, axis=0)[best]


@choose.wrong(
    "Among settings that are equal on validation you let the test decide. It may report, not choose; the statement asks for the first."
)
def breaks_ties_by_the_test(validation, test):
    means = _rows(validation)
    tied = np.flatnonzero(np.isclose(means, means.max()))
    best = int(tied[np.argmax(_rows(test)[tied])])
    return best, _rows(test)[best]


@choose.wrong("You rounded the accuracies before you compared them, and so made two settings equal that are not.")
def rounds_first(validation, test):
    best = int(np.argmax(_rows(validation).round(2)))
    return best, _rows(test)[best]


@choose.wrong(
    "You reported one run of the chosen setting, the one that is best on validation. A setting is reported by the mean over its runs."
)
def reports_the_run_that_is_best_on_validation(validation, test):
    best = int(np.argmax(_rows(validation)))
    return best, np.asarray(test)[best, np.argmax(np.asarray(validation)[best])]


@choose.wrong("You looked at the first run alone. Asked for is the mean over all runs.")
def looks_at_the_first_run(validation, test):
    best = int(np.argmax(np.asarray(validation)[:, 0]))
    return best, np.asarray(test)[best, 0]


@choose.wrong("Settings are numbered from 0, and yours from 1.")
def counts_from_one(validation, test):
    best = int(np.argmax(_rows(validation)))
    return best + 1, _rows(test)[best]


@choose.wrong(
    "You chose rightly, and reported the mean over the tests of *all* settings. Only the chosen one is in use."
)
def reports_all_settings(validation, test):
    return int(np.argmax(_rows(validation))), float(np.mean(test))


@choose.wrong("You rounded the test accuracy. Report it as it is: who reads it can still round.")
def rounds_the_report(validation, test):
    best = int(np.argmax(_rows(validation)))
    return best, round(float(_rows(test)[best]), 1)


@choose.wrong("You chose the lowest accuracy. That is right for a loss.")
def chooses_the_lowest(validation, test):
    best = int(np.argmin(_rows(validation)))
    return best, _rows(test)[best]


@choose.wrong("Among equal settings you took the last. The statement asks for the first.")
def takes_the_last(validation, test):
    means = _rows(validation)
    best = len(means) - 1 - int(np.argmax(means[::-1]))
    return best, _rows(test)[best]


@choose.wrong(
    "You chose a setting in each run anew and averaged what those got. Then no single setting has the number that you report."
)
def chooses_in_each_run(validation, test):
    best = np.argmax(validation, axis=0)
    return int(np.argmax(_rows(validation))), float(np.mean(np.asarray(test)[best, np.arange(len(best))]))


@choose.wrong("You chose by the mean of validation and test. The test has then helped to choose.")
def chooses_by_both(validation, test):
    best = int(np.argmax(_rows(validation) + _rows(test)))
    return best, _rows(test)[best]


@choose.wrong("You chose by the median run. Asked for is the mean over the runs.")
def chooses_by_the_median(validation, test):
    best = int(np.argmax(np.median(validation, axis=1)))
    return best, _rows(test)[best]


@choose.wrong("The setting is right. You returned all its test accuracies; one number is asked for, their mean.")
def reports_all_runs(validation, test):
    best = int(np.argmax(_rows(validation)))
    return best, np.asarray(test)[best]


@choose.wrong("Both results are right, and in the other order: the number of the setting comes first.")
def swaps_the_results(validation, test):
    best = int(np.argmax(_rows(validation)))
    return _rows(test)[best], best


@choose.wrong("You chose by each setting's worst run. Asked for is the mean over the runs.")
def chooses_by_the_worst_run(validation, test):
    best = int(np.argmax(np.min(validation, axis=1)))
    return best, _rows(test)[best]


@choose.wrong("You chose by the first run alone. Asked for is the mean over all runs.")
def chooses_by_the_first_run(validation, test):
    best = int(np.argmax(np.asarray(validation)[:, 0]))
    return best, _rows(test)[best]


@choose.wrong("The setting is right. You reported its first run on the test, not the mean of its runs.")
def reports_the_first_run(validation, test):
    best = int(np.argmax(_rows(validation)))
    return best, np.asarray(test)[best, 0]


@choose.wrong(
    "Your number is the place of the highest accuracy when all rows are laid end to end. It is no number of a setting."
)
def counts_along_all_rows(validation, test):
    place = int(np.argmax(validation))
    return place, np.ravel(test)[place]


# ---- tuning_step -----------------------------------------------------------------------------------------------------

tuning_step = Exercise(
    "tuning_step",
    hints=(
        "In the example, where does the first weight stand, and where did it start? Which of slope and pull moves it further down?",
        "The gradient of the penalty is `pull * (weight - start)`. Add it to the slope, and take one step with that weight's own rate.",
        "Go through the four lists together with `zip`. If the start is not None, add "
        "`pull * (weight - start)` to the slope, in a new array; the new weight is the weight minus its rate "
        "times that. Collect the new weights in a list.",
    ),
)


@tuning_step.probe
def _(attempt, rng):
    pair = [np.array([2.0]), np.array([5.0, 3.0])]
    ones = [np.array([1.0]), np.array([1.0, 2.0])]
    yield call(attempt, pair, ones, [0.1, 0.5], [np.array([1.0]), None], 0.5, about="two weights, one of them pulled")

    def arrays(*shapes):
        return [numbers(rng, *shape) for shape in shapes]

    shapes = (4, 3), (3,), (1,)
    weights, slopes, starts = arrays(*shapes), arrays(*shapes), arrays(*shapes)
    yield call(
        attempt, weights, slopes, [0.05, 0.2, 0.4], [starts[0], None, None], 0.3, about="a table, a kernel, a bias"
    )
    yield call(attempt, weights, slopes, [0.1, 0.1, 0.1], [None, None, None], 2.0, about="nothing is pulled")
    yield call(attempt, weights, slopes, [0.3, 0.2, 0.1], starts, 0.7, about="all three are pulled")
    yield call(attempt, weights, slopes, [0.0, 0.2, 0.1], starts, 0.7, about="the first rate is 0")
    yield call(attempt, weights, slopes, [0.3, 0.2, 0.1], starts, 0.0, about="pull 0")
    zeros = [starts[0], starts[1], np.zeros(1)]
    yield call(attempt, weights, slopes, [0.3, 0.2, 0.1], zeros, 0.7, about="the bias started at zero, and is pulled")
    still = [np.zeros(shape) for shape in shapes]
    yield call(attempt, weights, still, [0.3, 0.2, 0.1], starts, 0.7, about="no slopes: the pull alone")
    yield call(
        attempt, weights, still, [0.3, 0.2, 0.1], weights, 0.7, about="no slopes, and all weights at their start"
    )


def _each(weights, slopes, rates, starts, pull, band):
    """A step with `band(weight, start)` in the place of weight - start."""
    return [
        w - rate * (slope + (0 if start is None else pull * band(w, start)))
        for w, slope, rate, start in zip(weights, slopes, rates, starts, strict=True)
    ]


@tuning_step.wrong("You leave the pull out: this is plain gradient descent with a rate for each weight.")
def does_not_pull(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, 0, np.subtract)


@tuning_step.wrong("Your band pushes: a weight that has left its start is driven further away from it.")
def pushes_away(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, -pull, np.subtract)


@tuning_step.wrong("You pull toward zero, as L2 in lesson 07 does. The home of these weights is where they started.")
def pulls_to_zero(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, pull, lambda w, start: w)


@tuning_step.wrong(
    "Your pull is twice as strong: the penalty has a half in front, which the two of the square takes away."
)
def pulls_twice(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, 2 * pull, np.subtract)


@tuning_step.wrong(
    "Your pull is half as strong: the half in front of the penalty is taken away by the square's gradient."
)
def pulls_half(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, pull / 2, np.subtract)


@tuning_step.wrong("You subtracted the penalty itself, squares and all. A step goes by its gradient.")
def takes_the_penalty(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, pull / 2, lambda w, start: np.sum((w - start) ** 2))


@tuning_step.wrong(
    "Your pull does not pass through the learning rate: it is subtracted whole. A weight with rate 0 moves in yours."
)
def pulls_past_the_rate(weights, slopes, rates, starts, pull):
    return [
        w - rate * slope - (0 if start is None else pull * (w - start))
        for w, slope, rate, start in zip(weights, slopes, rates, starts, strict=True)
    ]


@tuning_step.wrong(
    "Where a weight started at zero you do not pull. Zero is a start like any other; only `None` means that nothing pulls."
)
def takes_zero_for_none(weights, slopes, rates, starts, pull):
    starts = [start if start is not None and start.any() else None for start in starts]
    return _each(weights, slopes, rates, starts, pull, np.subtract)


@tuning_step.wrong(
    "You came back from inside the loop, with the first weight alone. There is a new array for each weight."
)
def returns_in_the_loop(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, pull, np.subtract)[:1]


@tuning_step.wrong(
    "You asked whether the start is true. An array of several numbers is neither true nor false; the question is whether it is None."
)
def asks_whether_a_start_is_true(weights, slopes, rates, starts, pull):
    return [
        w - rate * (slope + pull * (w - start) if start else slope)
        for w, slope, rate, start in zip(weights, slopes, rates, starts, strict=True)
    ]


@tuning_step.wrong(
    "A start may be None, and nothing can be subtracted from a weight then. `None` means that it is not pulled."
)
def subtracts_none(weights, slopes, rates, starts, pull):
    return [
        w - rate * (slope + pull * (w - start))
        for w, slope, rate, start in zip(weights, slopes, rates, starts, strict=True)
    ]


@tuning_step.wrong("A weight without a start does not move in yours. It is not pulled; its slope counts as before.")
def leaves_the_unpulled(weights, slopes, rates, starts, pull):
    new = _each(weights, slopes, rates, starts, pull, np.subtract)
    return [w if start is None else n for w, n, start in zip(weights, new, starts, strict=True)]


@tuning_step.wrong(
    "You took the step first and pulled the new weight then. Slope and pull are both those of the place where the weight is now."
)
def pulls_after_the_step(weights, slopes, rates, starts, pull):
    new = _each(weights, slopes, rates, starts, 0, np.subtract)
    return [
        n if start is None else n - rate * pull * (n - start) for n, rate, start in zip(new, rates, starts, strict=True)
    ]


@tuning_step.wrong("You added up the distances of all numbers in a weight. Each number is pulled by its own distance.")
def pulls_by_the_sum(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, pull, lambda w, start: np.sum(w - start))


@tuning_step.wrong("You took the first rate for all weights. Each has its own.")
def takes_the_first_rate(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, [rates[0]] * len(weights), starts, pull, np.subtract)


@tuning_step.wrong(
    "Where there is no start you pull to zero. `None` means that the weight is not pulled at all: zero is a place too."
)
def takes_none_for_zero(weights, slopes, rates, starts, pull):
    return _each(
        weights,
        slopes,
        rates,
        [0 * w if s is None else s for w, s in zip(weights, starts, strict=True)],
        pull,
        np.subtract,
    )


@tuning_step.wrong("Only the first weight is pulled in yours. Every weight that has a start is.")
def pulls_the_first_only(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, [starts[0], *[None] * (len(starts) - 1)], pull, np.subtract)


@tuning_step.wrong("You climb: the step is added. Down the slope is minus.")
def goes_up(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, [-rate for rate in rates], starts, pull, np.subtract)


@tuning_step.wrong(
    "The numbers are right, but you put them into what came in: into the arrays, or into the list `weights` in their place. The caller may "
    "still need those, as the starting point perhaps."
)
def writes_into_the_weights(weights, slopes, rates, starts, pull):
    for w, new in zip(weights, _each(weights, slopes, rates, starts, pull, np.subtract), strict=True):
        w[...] = new
    return weights


@tuning_step.wrong(
    "The new weights are right, but you added the pull into `slopes`: the caller's gradients have changed."
)
def writes_into_the_slopes(weights, slopes, rates, starts, pull):
    for w, slope, start in zip(weights, slopes, starts, strict=True):
        if start is not None:
            slope += pull * (w - start)
    return [w - rate * slope for w, slope, rate in zip(weights, slopes, rates, strict=True)]


@tuning_step.wrong("You returned the steps, not the weights after them.")
def returns_the_steps(weights, slopes, rates, starts, pull):
    new = _each(weights, slopes, rates, starts, pull, np.subtract)
    return [a - b for a, b in zip(new, weights, strict=True)]


@tuning_step.wrong(
    "The band should pull from where the weight is now. Yours steps from the start, and forgets the way so far."
)
def steps_from_the_start(weights, slopes, rates, starts, pull):
    return [
        (w if start is None else start) - rate * (slope + (0 if start is None else pull * (w - start)))
        for w, slope, rate, start in zip(weights, slopes, rates, starts, strict=True)
    ]


@tuning_step.wrong("You returned how far each weight steps, not the weights after the step.")
def returns_how_far(weights, slopes, rates, starts, pull):
    new = _each(weights, slopes, rates, starts, pull, np.subtract)
    return [a - b for a, b in zip(weights, new, strict=True)]


@tuning_step.wrong("You pull by the start itself. The band pulls by the distance from it: at the start it is slack.")
def pulls_by_the_start(weights, slopes, rates, starts, pull):
    return _each(weights, slopes, rates, starts, pull, lambda w, start: start)


@tuning_step.wrong(
    "Your pull is added and not subtracted, and it does not pass through the learning rate: it drives a weight away from its start."
)
def pushes_past_the_rate(weights, slopes, rates, starts, pull):
    return [
        w - rate * slope + (0 if start is None else pull * (w - start))
        for w, slope, rate, start in zip(weights, slopes, rates, starts, strict=True)
    ]


@tuning_step.wrong("You pulled every weight to the first start. Each has a start of its own.")
def pulls_all_to_the_first_start(weights, slopes, rates, starts, pull):
    starts = [None if start is None else starts[0] for start in starts]
    return _each(weights, slopes, rates, starts, pull, np.subtract)


@tuning_step.wrong(
    "A weight whose rate is 0 is missing from your list. It does not move, and its place in the list is its own all the same."
)
def leaves_the_frozen_out(weights, slopes, rates, starts, pull):
    new = _each(weights, slopes, rates, starts, pull, np.subtract)
    return [n for n, rate in zip(new, rates, strict=True) if rate]
