"""Lesson 08, order matters: what is asked of each exercise, and the mistakes learners make."""

import warnings
from collections import Counter
from dataclasses import replace

import numpy as np

from course.checking import Exercise, Unfit, built, call, fill, output, seen, shapes
from course.checking.plain import plain


def numbers(rng, *shape):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape)).round(2)


def ids_of(*ids):
    return np.array(ids, dtype="int32")


# ---- ngrams ----------------------------------------------------------------------------------------------------------

ngrams = Exercise(
    "ngrams",
    hints=(
        "In `[5, 3, 9, 0]`, at which positions can a window of two words begin?",
        "Leave the padding out first. Then a slice `words[i : i + size]` is one window; what is the last `i` for which it is whole?",
        "Keep the ids that are not 0, say n of them. Take the slices that start at 0, 1 ... n - size, with a loop; make an array of them "
        "and give it the shape `(-1, size)`, so that no window at all is an array of 0 rows.",
    ),
)


@ngrams.probe
def _(attempt, rng):
    def windows(ids, size, about):
        looked = call(attempt, ids, size, about=about)
        if looked.saw.get("shape", [1])[0] == 0:  # no window: an empty list is as good as an array of 0 rows
            looked = replace(looked, saw=plain(np.zeros((0, size))))
        if any(isinstance(value, float) for value in looked.saw.get("values", ())):
            raise Unfit(
                "It returned floats, such as 5.0. Ids are integers: a float cannot pick a row of a table. "
                "(An array made by `np.zeros` holds floats unless it is told otherwise.)"
            )
        return looked

    a, b, c, d, e, f = (int(i) for i in rng.permutation(np.arange(2, 40))[:6])
    yield windows(ids_of(max(a, b), min(a, b), c, 0), 2, "3 words and 1 padding, windows of 2")
    yield windows(ids_of(a, b, c, d, e), 3, "5 words, no padding, windows of 3")
    yield windows(
        ids_of(a, b, a, b, 1, c, 0, 0, 0), 2, "a window that comes twice, an unknown word (id 1), 3 of padding"
    )
    yield windows(ids_of(a, b, c, d, 0, 0), 1, "windows of 1")
    yield windows(ids_of(a, b, 0, 0, 0), 2, "exactly as many words as a window has")
    yield windows(ids_of(a, 0, 0, 0), 3, "fewer words than a window has: no windows")
    yield windows(ids_of(0, 0, 0), 2, "nothing but padding: no windows")
    yield windows(ids_of(f, e, d, c, b, a), 4, "6 words, windows of 4")


def _windows(ids, size, first=0, step=1, beyond=0):
    """Windows of `ids` as they come, padding and all; `beyond`: how many more starts than fit are counted off."""
    found = [ids[i : i + size] for i in range(first, len(ids) - size + 1 + beyond, step)]
    return np.array(found, dtype="int64").reshape(-1, size)


def _words_of(ids):
    return np.asarray(ids)[np.asarray(ids) != 0]


@ngrams.wrong("Your windows run on into the padding. A window with a 0 in it holds a place where no word stands.")
def runs_into_the_padding(ids, size):
    return _windows(ids, size)


@ngrams.wrong(
    "You dropped windows of nothing but padding. Those that begin on a word and end on padding are still there."
)
def keeps_windows_that_begin_on_a_word(ids, size):
    found = _windows(ids, size)
    return found[found[:, 0] != 0]


@ngrams.wrong("The last window is missing: count on paper how many windows of 2 there are in 3 words.")
def misses_the_last(ids, size):
    return _windows(_words_of(ids), size, beyond=-1)


@ngrams.wrong(
    "Your windows stand side by side. They should overlap: the window moves on by one word, not by its own length."
)
def does_not_overlap(ids, size):
    return _windows(_words_of(ids), size, step=size)


@ngrams.wrong("You gave each window once. The second time counts too: a text may say the same twice.")
def gives_each_once(ids, size):
    return np.array(list(dict.fromkeys(map(tuple, _windows(_words_of(ids), size)))), dtype="int64").reshape(-1, size)


@ngrams.wrong("Unknown words (id 1) are gone along with the padding, so that words look like neighbours that are none.")
def drops_the_unknown(ids, size):
    return _windows(ids[ids > 1], size)


@ngrams.wrong("The words inside a window are sorted. Their order is what windows are made for.")
def sorts_inside(ids, size):
    return np.sort(_windows(_words_of(ids), size), axis=1)


@ngrams.wrong("The words inside each window stand backwards.")
def turns_each_window_round(ids, size):
    return _windows(_words_of(ids), size)[:, ::-1]


@ngrams.wrong("Your windows come last first. They should stand in the order of the text.")
def gives_the_last_window_first(ids, size):
    return _windows(_words_of(ids), size)[::-1]


@ngrams.wrong("You sorted the windows, and each comes once. They should stand as they do in the text, repeats and all.")
def sorts_the_windows_and_gives_each_once(ids, size):
    return np.unique(_windows(_words_of(ids), size), axis=0)


@ngrams.wrong("You sorted the windows. They should stand in the order of the text.")
def sorts_the_windows(ids, size):
    return sorted(_windows(_words_of(ids), size).tolist())


@ngrams.wrong("Your windows are texts, with the ids written into them. Each should be a row of integers.")
def writes_texts(ids, size):
    return [" ".join(str(i) for i in window) for window in _windows(_words_of(ids), size)]


@ngrams.wrong("Your array lies on its side: a window is a row.")
def lies_on_its_side(ids, size):
    return _windows(_words_of(ids), size).T


@ngrams.wrong("All windows are there, but laid out in one long row. Each is a row of its own.")
def is_flat(ids, size):
    return _windows(_words_of(ids), size).ravel()


@ngrams.wrong("You made pairs whatever `size` says.")
def always_makes_pairs(ids, size):
    return _windows(_words_of(ids), 2)


@ngrams.wrong("Your windows are right where there are some. A text shorter than a window has none; yours gives it one.")
def gives_a_short_text_a_window(ids, size):
    found = _words_of(ids)
    return _windows(found, size) if len(found) >= size else np.pad(found, (0, size - len(found)))[None]


@ngrams.wrong("Your windows leave words out: the words of an n-gram stand next to each other in the text.")
def skips_words(ids, size):
    found = _words_of(ids)
    starts = range(max(len(found) - 2 * (size - 1), 0))
    return np.array([found[i : i + 2 * size - 1 : 2] for i in starts], dtype="int64").reshape(-1, size)


@ngrams.wrong("At the end of the text you let pieces shorter than `size` through. Every n-gram has `size` words.")
def lets_pieces_through(ids, size):
    found = _words_of(ids).tolist()
    return [found[i : i + size] for i in range(len(found))]


@ngrams.wrong(
    "You cut at the first 0, and where there is none nothing tells you so: a text without padding loses all its words."
)
def cuts_at_a_padding_that_is_not_there(ids, size):
    return _windows(ids[: np.argmax(ids == 0)], size)


@ngrams.wrong("You look for the first 0, and a text without padding has none.")
def looks_for_a_padding_that_is_not_there(ids, size):
    return _windows(ids[: list(ids).index(0)], size)


@ngrams.wrong("You leave the last position out, whatever stands there. A text without padding then loses a word.")
def leaves_out_the_last_position(ids, size):
    return _windows(ids[:-1], size)


@ngrams.wrong(
    "You came back from inside the loop, so that the first window is the only one. A text without windows gives None in yours."
)
def returns_the_first_window(ids, size):
    found = _windows(_words_of(ids), size)
    return found[:1] if len(found) else None


@ngrams.wrong(
    "Your windows are right where there are some. A text shorter than a window has none; yours gives back the words it has."
)
def gives_a_short_text_its_words(ids, size):
    found = _words_of(ids)
    return _windows(found, size) if len(found) >= size else found[None]


@ngrams.wrong("A text of exactly `size` words has one n-gram, all of it. Yours has none.")
def gives_no_window_to_an_exact_fit(ids, size):
    found = _words_of(ids)
    return _windows(found if len(found) > size else found[:0], size)


@ngrams.wrong(
    "Another shape of the same numbers makes pieces that stand side by side, and only if they come out even. Windows overlap."
)
def reshapes_the_words(ids, size):
    return _words_of(ids).reshape(-1, size)


# ---- conv_max --------------------------------------------------------------------------------------------------------

conv_max = Exercise(
    "conv_max",
    hints=(
        "A window of 2 on a text of 3 words and 5 of padding: at how many places does all of it lie on words?",
        "One window is `rows[i : i + size]`, of shape `(size, k)`. The weighted sum of filter f is "
        "`(rows[i : i + size] * kernel[:, :, f]).sum() + bias[f]`. What is the largest of them, if none is below 0?",
        "Keep the rows where the mask is True. Start with zeros, one for each filter. For every window take the weighted sums of all "
        "filters, and keep at each filter the larger of what you have and the new sum. Starting from 0 is the ReLU.",
    ),
)


@conv_max.probe
def _(attempt, rng):
    def case(words, padding, k, size, m, bias=None, **about):
        rows = numbers(rng, words + padding, k)
        mask = np.arange(words + padding) < words
        return call(attempt, rows, mask, numbers(rng, size, k, m), numbers(rng, m) if bias is None else bias, **about)

    ramp = np.array([[1.0], [2.0], [4.0], [9.0]])
    off = float(rng.integers(1, 9)) / 10
    yield call(
        attempt, ramp, np.array([True, True, True, False]), np.array([[[1.0]], [[2.0]]]), np.array([off]),
        about="3 words and 1 padding, 1 filter with windows of 2",
    )  # fmt: skip
    yield call(
        attempt, np.array([[1.0], [3.0], [-2.0]]), np.full(3, True), np.array([[[-1.0]], [[1.0]]]), np.array([off]),
        about="no padding; the filter's first weight is -1, its second 1",
    )  # fmt: skip
    yield call(
        attempt, ramp, np.full(4, True), np.array([[[-1.0]], [[-1.0]]]), np.array([-off]),
        about="a filter whose sums are all below 0",
    )  # fmt: skip
    yield call(
        attempt, ramp[:3], np.array([True, False, False]), np.array([[[1.0]], [[1.0]]]), np.array([1 + off]),
        about="1 word, windows of 2: no window",
    )  # fmt: skip
    yield case(6, 0, 3, 2, 4, about="6 words with 3 numbers each, 4 filters")
    yield case(5, 4, 3, 3, 5, about="5 words and 4 of padding, 5 filters with windows of 3")
    yield case(4, 3, 2, 2, 6, about="4 words and 3 of padding, 6 filters")
    yield case(7, 2, 2, 4, 3, about="windows of 4")
    yield case(5, 1, 2, 1, 3, about="windows of 1")
    yield case(3, 2, 2, 3, 4, about="exactly as many words as a window has")
    yield case(2, 0, 2, 3, 2, bias=np.array([0.7, 0.4]), about="2 words, no padding, windows of 3: no window")
    yield case(0, 4, 2, 2, 3, bias=np.array([0.5, 0.2, 0.9]), about="nothing but padding: no window")


def _sums(rows, kernel, bias):
    """The weighted sums of all whole windows: (places, m)."""
    rows, kernel = np.asarray(rows, float), np.asarray(kernel, float)
    size, _, m = kernel.shape
    found = [np.tensordot(rows[i : i + size], kernel, 2) + bias for i in range(len(rows) - size + 1)]
    return np.array(found).reshape(-1, m)


def _most(sums, m):
    return np.maximum(sums, 0).max(axis=0, initial=0) if len(sums) else np.zeros(m)


@conv_max.wrong("Your windows run over the padding as well, so what stands in its rows decides.")
def slides_over_the_padding(rows, mask, kernel, bias):
    return _most(_sums(rows, kernel, bias), len(bias))


@conv_max.wrong(
    "You set the padding's rows to 0 and let the windows run on over them: a window of half a text counts as one."
)
def zeroes_the_padding(rows, mask, kernel, bias):
    return _most(_sums(rows * mask[:, None], kernel, bias), len(bias))


@conv_max.wrong(
    "You count a window as soon as it begins on a word. Its end may lie on padding, and then it is no n-gram."
)
def counts_windows_that_begin_on_a_word(rows, mask, kernel, bias):
    sums = _sums(rows, kernel, bias)
    return _most(sums[mask[: len(sums)]], len(bias))


@conv_max.wrong("There is no ReLU in yours: where all sums of a filter are below 0, the result is below 0.")
def has_no_relu(rows, mask, kernel, bias):
    sums = _sums(rows[mask], kernel, bias)
    return sums.max(axis=0) if len(sums) else np.zeros(len(bias))


@conv_max.wrong("You left out the bias.")
def has_no_bias_in_the_sums(rows, mask, kernel, bias):
    return _most(_sums(rows[mask], kernel, 0 * bias), len(bias))


@conv_max.wrong(
    "You added the bias after the ReLU and the maximum. It belongs to the weighted sum, before anything is cut off."
)
def adds_the_bias_last(rows, mask, kernel, bias):
    return _most(_sums(rows[mask], kernel, 0 * bias), len(bias)) + bias


@conv_max.wrong(
    "Your bias goes past the ReLU: the weighted sum is cut off first and the bias added then. It is a part of that sum."
)
def adds_the_bias_after_the_relu(rows, mask, kernel, bias):
    sums = np.maximum(_sums(rows[mask], kernel, 0 * bias), 0) + bias
    return _most(sums, len(bias))


@conv_max.wrong(
    "You added the bias to the maximum, past the ReLU. It belongs to the weighted sum, before anything is cut off."
)
def adds_the_bias_to_the_maximum(rows, mask, kernel, bias):
    sums = _sums(rows[mask], kernel, 0 * bias)
    return _most(sums, len(bias)) + bias if len(sums) else np.zeros(len(bias))


@conv_max.wrong("Your windows are two words long, whatever the kernel says: its first axis is `size`.")
def takes_two_words(rows, mask, kernel, bias):
    words, best = rows[mask], np.zeros(len(bias))
    for i in range(len(words) - 1):
        best = np.maximum(best, words[i] @ kernel[0] + words[i + 1] @ kernel[1] + bias)
    return best


@conv_max.wrong(
    "Your windows stand side by side. They should overlap: the filter moves on by one word, not by its own length."
)
def jumps_by_its_length(rows, mask, kernel, bias):
    return _most(_sums(rows[mask], kernel, bias)[:: len(kernel)], len(bias))


@conv_max.wrong(
    "You took the size of the sum where the ReLU is asked for: a filter that is strongly against a window then fires."
)
def takes_the_absolute_value(rows, mask, kernel, bias):
    return _most(np.abs(_sums(rows[mask], kernel, bias)), len(bias))


@conv_max.wrong("Your filters end in a sigmoid. Asked for is the ReLU, which has no upper end and is 0 below 0.")
def has_a_sigmoid_for_the_relu(rows, mask, kernel, bias):
    return _most(1 / (1 + np.exp(-_sums(rows[mask], kernel, bias))), len(bias))


@conv_max.wrong(
    "You took the window at which the first filter is strongest, for all filters. Each has a strongest window of its own."
)
def takes_the_first_filters_window(rows, mask, kernel, bias):
    sums = np.maximum(_sums(rows[mask], kernel, bias), 0)
    return sums[sums[:, 0].argmax()] if len(sums) else np.zeros(len(bias))


@conv_max.wrong(
    "Python's `max` asks which of two *arrays* is larger, and there is no answer to that. Each filter needs a maximum of its own."
)
def takes_pythons_max(rows, mask, kernel, bias):
    return max(list(np.maximum(_sums(rows[mask], kernel, bias), 0)), default=np.zeros(len(bias)))


@conv_max.wrong(
    "Python's `max` cannot say which of two *arrays* is larger, and it fails on no window at all. Each filter needs a maximum of its own."
)
def takes_pythons_max_of_nothing(rows, mask, kernel, bias):
    return max(list(np.maximum(_sums(rows[mask], kernel, bias), 0)))


@conv_max.wrong("You took the mean over the windows. One window that fires strongly is then drowned by the others.")
def takes_the_mean(rows, mask, kernel, bias):
    sums = np.maximum(_sums(rows[mask], kernel, bias), 0)
    return sums.mean(axis=0) if len(sums) else np.zeros(len(bias))


@conv_max.wrong("You added the windows up. Asked for is the strongest one of each filter.")
def adds_the_windows(rows, mask, kernel, bias):
    return np.maximum(_sums(rows[mask], kernel, bias), 0).sum(axis=0)


@conv_max.wrong("You took the strongest filter at each window. Asked for is the strongest window of each filter.")
def takes_the_strongest_filter(rows, mask, kernel, bias):
    sums = np.maximum(_sums(rows[mask], kernel, bias), 0)
    return sums.max(axis=1)


@conv_max.wrong("That is one number for all filters together. Each filter keeps a strongest window of its own.")
def takes_one_maximum(rows, mask, kernel, bias):
    return _most(_sums(rows[mask], kernel, bias), len(bias)).max()


@conv_max.wrong("These are the answers at every window. The maximum over the windows is still to come.")
def does_not_pool(rows, mask, kernel, bias):
    return np.maximum(_sums(rows[mask], kernel, bias), 0)


@conv_max.wrong("You turned the window round: the first row of its weights should meet the first word under it.")
def turns_the_window_round(rows, mask, kernel, bias):
    return _most(_sums(rows[mask], kernel[::-1], bias), len(bias))


@conv_max.wrong("The last window is missing.")
def misses_the_last_window(rows, mask, kernel, bias):
    return _most(_sums(rows[mask], kernel, bias)[:-1], len(bias))


@conv_max.wrong(
    "A text without any window gives minus infinity in yours, and one such text spoils a batch. Without a window, 0."
)
def is_minus_infinity_without_a_window(rows, mask, kernel, bias):
    sums = _sums(rows[mask], kernel, bias)
    return np.maximum(sums, 0).max(axis=0) if len(sums) else np.full(len(bias), -np.inf)


@conv_max.wrong(
    "Where there is a window you are right. Without any, there is no sum that the bias could belong to: the result is 0."
)
def keeps_the_bias_without_a_window(rows, mask, kernel, bias):
    sums = _sums(rows[mask], kernel, bias)
    return _most(sums, len(bias)) if len(sums) else np.maximum(bias, 0)


@conv_max.wrong("Texts with a window are right. For a text without one, a maximum over nothing raises an error.")
def fails_without_a_window(rows, mask, kernel, bias):
    return np.maximum(_sums(rows[mask], kernel, bias), 0).max(axis=0)


@conv_max.wrong(
    "There is no ReLU in yours: sums below 0 stay, and a text without a window is left with the very small number you began at."
)
def has_no_relu_and_starts_low(rows, mask, kernel, bias):
    sums = _sums(rows[mask], kernel, bias)
    return sums.max(axis=0) if len(sums) else np.full(len(bias), -np.inf)


@conv_max.wrong("There is no ReLU in yours, and a maximum over no window at all raises an error.")
def has_no_relu_and_fails_without_a_window(rows, mask, kernel, bias):
    return _sums(rows[mask], kernel, bias).max(axis=0)


@conv_max.wrong(
    "You added the bias at every word of the window. A filter has one bias, and adds it once to the sum over the window."
)
def adds_the_bias_at_every_word(rows, mask, kernel, bias):
    return _most(_sums(rows[mask], kernel, len(kernel) * bias), len(bias))


@conv_max.wrong(
    "You cut off at 0 word by word. The ReLU comes when the sum over the whole window is there: one word may speak against another."
)
def cuts_off_word_by_word(rows, mask, kernel, bias):
    words, size = rows[mask], len(kernel)
    found = [
        sum(np.maximum(words[i + s] @ kernel[s], 0) for s in range(size)) + bias for i in range(len(words) - size + 1)
    ]
    return _most(np.array(found).reshape(-1, len(bias)), len(bias))


@conv_max.wrong(
    "You laid the windows and the kernel flat in different orders, so that weights meet numbers they do not belong to. "
    "(`sliding_window_view` puts the places within a window last.)"
)
def lays_them_flat_in_another_order(rows, mask, kernel, bias):
    size, k, m = kernel.shape
    words = rows[mask]
    if len(words) < size:
        return np.zeros(m)
    windows = np.lib.stride_tricks.sliding_window_view(words, size, axis=0)  # (places, k, size)
    return _most(windows.reshape(len(windows), -1) @ kernel.reshape(size * k, m) + bias, m)


@conv_max.wrong("A text of exactly `size` words has one window. In yours it has none.")
def gives_no_window_to_an_exact_text(rows, mask, kernel, bias):
    words = rows[mask]
    return _most(_sums(words if len(words) > len(kernel) else words[:0], kernel, bias), len(bias))


@conv_max.wrong(
    "You filled a short text up with zeros until a window fits. That window is not all words: without a whole one the result is 0."
)
def fills_up_a_short_text(rows, mask, kernel, bias):
    words = rows[mask]
    short = max(len(kernel) - len(words), 0)
    return _most(_sums(np.pad(words, ((0, short), (0, 0))), kernel, bias), len(bias))


@conv_max.wrong(
    "You multiplied the window by all filters at once and added everything up. Each filter has a sum of its own."
)
def multiplies_by_all_filters_at_once(rows, mask, kernel, bias):
    words, size = rows[mask], len(kernel)
    if len(words) < size:
        return np.zeros(len(bias))
    found = [(words[i : i + size] * kernel).sum() + bias for i in range(len(words) - size + 1)]
    return _most(np.array(found), len(bias))


# ---- build_cnn -------------------------------------------------------------------------------------------------------

build_cnn = Exercise(
    "build_cnn",
    hints=(
        "Five steps: ids, rows, answers of the filters at every window, the strongest answer of each filter, one number. At which of them "
        "can padding get in?",
        "`ids[:, size - 1 :] != 0` is True at place i when position i + size - 1 holds a word. When is the whole window words, if padding "
        "stands only on the right? After the ReLU no answer is below 0: what does a product with 0 do to a maximum?",
        "Functional style: `keras.Input` of ids; `Embedding`; `Conv1D` with `filters`, `size` and the activation relu; the comparison from "
        "hint 2, cast to float32 and with one more axis; the product of both; `keras.ops.max` over axis 1; `Dense` of one neuron with a "
        "sigmoid; `keras.Model(ids, answer)`.",
    ),
)

SIZE, WIDTH, FILTERS, WINDOW = 9, 3, 5, 2


@build_cnn.probe
def _(attempt, rng):
    given = (SIZE, WIDTH, FILTERS, WINDOW)
    model = built(attempt, *given)
    # As many windows as filters: a mask without its last axis passes here and fails later; a mask that has one number for
    # each word fails here. So the two can be told apart.
    first = rng.permutation(np.arange(1, SIZE))[: FILTERS + WINDOW - 1].astype("int32")[None]
    asked = sorted([[SIZE, WIDTH], [WINDOW, WIDTH, FILTERS], [FILTERS], [FILTERS, 1], [1]])
    try:
        _answers(model, first)  # a subclassed model makes its weights now
    except Exception:
        if shapes(model) in ([], asked):
            raise
    if shapes(model) != asked:
        raise Unfit(
            f"With {_arguments(given)} your model holds weights of shape {_listed(shapes(model))}, "
            f"and the statement asks for {_listed(asked)}."
        )
    if len(model.trainable_weights) < len(model.get_weights()):
        raise Unfit("Some of its weights are frozen. All of them should learn.")
    fill(model, 3)
    yield seen(_answers(model, first), about="one review of 6 words; the weights are drawn at random", given=given)
    review = rng.permutation(np.arange(1, SIZE))[:5].astype("int32")[None]
    yield seen(_answers(model, review), about="one review of 5 words", given=given)
    reviews = np.stack([rng.permutation(np.arange(1, SIZE))[:6] for _ in range(12)]).astype("int32")
    yield seen(_answers(model, reviews), about="12 reviews of 6 words", given=given)
    if not np.allclose(_answers(model, reviews), _answers(model, reviews, training=True), atol=1e-5, equal_nan=True):
        raise Unfit(
            "While it is trained your model answers otherwise: a layer in it, such as Dropout, works by chance."
        )
    still = _unreached(model, reviews)
    if still:
        raise Unfit(f"No gradient reaches its weights of shape {_listed(still)}. All of them should learn.")
    yield seen(_answers(model, reviews[:, ::-1].copy()), about="the same 12, last word first", given=given)
    padded = np.pad(reviews, ((0, 0), (0, 4)))
    yield seen(_answers(model, padded), about="12 reviews of 6 words, with 4 positions of padding each", given=given)
    ragged = np.where(np.arange(6) < np.arange(1, 7).repeat(2)[:, None], reviews, 0).astype("int32")
    yield seen(_answers(model, ragged), about="reviews of 1 to 6 words in one batch", given=given)
    yield seen(_answers(model, ids_of([0, 0, 0])), about="a review of nothing but padding", given=given)
    given = (SIZE, WIDTH, FILTERS, 3)
    model = built(attempt, *given)
    _answers(model, ids_of([2, 1, 2]))
    if shapes(model) != sorted([[SIZE, WIDTH], [3, WIDTH, FILTERS], [FILTERS], [FILTERS, 1], [1]]):
        raise Unfit(
            f"With {_arguments(given)} your model holds weights of shape {_listed(shapes(model))}. "
            f"With size = {WINDOW} it was right: does the window follow `size`?"
        )
    fill(model, 3)
    yield seen(_answers(model, ragged), about="windows of 3, reviews of 1 to 6 words in one batch", given=given)


def _arguments(given):
    names = ("vocabulary_size", "width", "filters", "size")
    return ", ".join(f"{name} = {value}" for name, value in zip(names, given, strict=True))


def _listed(held):
    return ", ".join(str(tuple(shape)) for shape in held) or "()"


def _answers(model, ids, training=False):
    """The model's answers; a model that cannot take these ids is told so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return output(model, ids, training=training)
    except ValueError as error:
        if "incompatible" in str(error) or "expected shape" in str(error):
            raise Unfit(
                f"Your model cannot take ids of shape {ids.shape}. It should take any number of positions from `size` up."
            ) from None
        raise


def _unreached(model, ids):
    """The shapes of the trainable weights that no gradient of the answers reaches."""
    import tensorflow as tf

    with tf.GradientTape() as tape, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        total = tf.reduce_sum(model(ids))
    slopes = tape.gradient(total, model.trainable_weights)
    return [list(w.shape) for w, slope in zip(model.trainable_weights, slopes, strict=True) if slope is None]


def _cnn(
    vocabulary_size,
    width,
    filters,
    size,
    *,
    relu="relu",
    end="sigmoid",
    counts=True,
    pool=None,
    padding="valid",
    units=1,
    learns=True,
    last_padding=0,
    between=None,
    last=None,
):
    """A CNN with switches for what people get wrong. counts: "end" (True), "start", or False for windows that count.

    between, last: what the rows, and the strongest answers, go through.
    """
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width, trainable=learns)(ids)
    rows = between(rows) if between else rows
    fired = keras.layers.Conv1D(filters, size, padding=padding, activation=relu)(rows)
    if counts == "start":
        inside = ids if size == 1 or padding != "valid" else ids[:, : 1 - size]
    else:
        inside = ids[:, size - 1 :] if padding == "valid" else ids
    if counts:
        fired = fired * keras.ops.cast(inside > last_padding, "float32")[..., None]
    pooled = (pool or keras.ops.max)(fired, axis=1)
    pooled = last(pooled) if last else pooled
    return keras.Model(ids, keras.layers.Dense(units, activation=end)(pooled))


@build_cnn.wrong(
    "Padding gets into your maximum: the windows that lie on it fire like any other. (A comparison by `==` is False for every id "
    "in the functional style: it is Python's, not Keras'.)"
)
def pools_the_padding(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, counts=False)


@build_cnn.wrong("You count the windows that begin on a word. The last of them end on padding: they are no n-grams.")
def counts_windows_by_their_start(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, counts="start")


@build_cnn.wrong(
    'Your convolution has `padding="same"`, which makes windows that stick out over an end of the text, filled up with zeros.'
)
def has_padding_same(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, padding="same")


@build_cnn.wrong(
    'You have `padding="same"`, and padding counts as well: windows stick out over the text and lie on the padding.'
)
def has_padding_same_and_no_mask(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, padding="same", counts=False)


@build_cnn.wrong(
    'Your convolution has `padding="causal"`: its first windows stick out at the front, where there are no words but zeros.'
)
def has_padding_causal(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, padding="causal")


@build_cnn.wrong(
    "Your filters have no activation, so a sum below 0 loses against the 0 of a window that does not count."
)
def has_no_relu_in_the_model(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, relu=None)


@build_cnn.wrong("Your filters have no activation, and the windows on the padding count.")
def has_no_relu_and_no_mask(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, relu=None, counts=False)


@build_cnn.wrong(
    "You took the mean over the windows, not the maximum; and each window on padding makes that mean smaller."
)
def averages_the_windows(vocabulary_size, width, filters, size):
    import keras

    return _cnn(vocabulary_size, width, filters, size, pool=keras.ops.mean)


@build_cnn.wrong(
    "You took the mean over all windows, those on the padding included. Asked for is each filter's strongest window."
)
def averages_all_windows(vocabulary_size, width, filters, size):
    import keras

    return _cnn(vocabulary_size, width, filters, size, pool=keras.ops.mean, counts=False)


@build_cnn.wrong(
    "You added the windows up: a long review gets more from each filter. Asked for is each filter's strongest window."
)
def sums_the_windows(vocabulary_size, width, filters, size):
    import keras

    return _cnn(vocabulary_size, width, filters, size, pool=keras.ops.sum)


@build_cnn.wrong(
    "`filters` and `size` have changed places in your convolution: it has as many filters as a window has words."
)
def swaps_filters_and_size(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.Conv1D(size, filters, activation="relu", padding="same")(rows)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.max(fired, axis=1)))


@build_cnn.wrong("Your neuron has no activation: its weighted sum comes out as it is, and that is no probability.")
def ends_without_a_sigmoid(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, end=None)


@build_cnn.wrong(
    "Your last neuron is a ReLU: 0 for half of all sums, and without an upper end. A probability needs the sigmoid."
)
def ends_in_a_relu(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, end="relu")


@build_cnn.wrong(
    "Two neurons at the end, one for each class. Asked for is one, whose answer is the probability of positive."
)
def ends_in_two_neurons(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, end="softmax", units=2)


@build_cnn.wrong("Your table has one row too many: `vocabulary_size` counts all ids, and 0 is one of them.")
def adds_a_row(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size + 1, width, filters, size)


@build_cnn.wrong(
    "You set the padding's rows to 0 before the convolution. Its windows then give the bias, and half a window at the end of the text."
)
def zeroes_rows_only(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    rows = rows * keras.ops.cast(ids != 0, "float32")[..., None]
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.max(fired, axis=1)))


@build_cnn.wrong(
    "Your mask has not as many places as there are windows, so the two cannot be multiplied: T words have T - size + 1 windows."
)
def masks_words_instead_of_windows(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)
    counts = keras.ops.cast(ids != 0, "float32")[..., None]
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.max(fired * counts, axis=1)))


@build_cnn.wrong(
    "Your mask has one number for each window, and the answers have one for each window *and filter*: the mask lacks a last axis."
)
def masks_without_a_last_axis(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)
    counts = keras.ops.cast(ids[:, size - 1 :] != 0, "float32")
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.max(fired * counts, axis=1)))


@build_cnn.wrong(
    "Your neuron gets numbers for every *window*, and how many windows there are differs from batch to batch, so Keras cannot say how "
    "many weights it needs. One number for each *filter* should be left."
)
def keeps_the_windows(vocabulary_size, width, filters, size):
    import keras

    return _cnn(vocabulary_size, width, filters, size, pool=lambda fired, axis: keras.ops.max(fired, axis=2))


@build_cnn.wrong(
    "Windows that do not count get a very small number from you, and a review without any window keeps it. It should be 0 there."
)
def is_very_small_without_a_window(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)
    fired = keras.ops.where((ids[:, size - 1 :] != 0)[..., None], fired, -1e9)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.max(fired, axis=1)))


@build_cnn.wrong("You take id 1 for padding as well. It is an unknown word, and windows with it count.")
def takes_the_unknown_for_padding(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, last_padding=1)


@build_cnn.wrong("Your filters end in a tanh, which never gets above 1. Asked for is the ReLU.")
def has_a_tanh(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, relu="tanh")


@build_cnn.wrong("Your filters end in a sigmoid, which never gets above 1. Asked for is the ReLU.")
def has_a_sigmoid_in_the_filters(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, relu="sigmoid")


@build_cnn.wrong("A softmax makes its numbers sum to 1, and yours has one number: every review gets 1.")
def ends_in_a_softmax(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, end="softmax")


@build_cnn.wrong("Your table is frozen. It starts with random rows, and they would stay random.")
def freezes_the_table(vocabulary_size, width, filters, size):
    return _cnn(vocabulary_size, width, filters, size, learns=False)


@build_cnn.wrong(
    "A layer in your model works by chance while it is trained, as Dropout does. It may be a good idea, but it is not asked for here."
)
def drops_out(vocabulary_size, width, filters, size):
    import keras

    return _cnn(vocabulary_size, width, filters, size, last=keras.layers.Dropout(0.5))


@build_cnn.wrong(
    "Between your table and the answer something lets no gradient through, so the table keeps the random rows it started with."
)
def stops_the_gradient(vocabulary_size, width, filters, size):
    import keras

    return _cnn(vocabulary_size, width, filters, size, between=keras.ops.stop_gradient)


@build_cnn.wrong(
    "Your filters have no activation: a filter whose sums are all below 0 stays below 0, and without a window the very small number stays."
)
def has_no_relu_and_very_small_numbers(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    sums = keras.layers.Conv1D(filters, size)(keras.layers.Embedding(vocabulary_size, width)(ids))
    sums = keras.ops.where((ids[:, size - 1 :] != 0)[..., None], sums, -1e9)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.max(sums, axis=1)))


@build_cnn.wrong(
    "Windows that do not count get -1 from you, and a review without any window keeps it. It should be 0 there."
)
def is_minus_one_without_a_window(vocabulary_size, width, filters, size):
    import keras

    ids = keras.Input(shape=(None,), dtype="int32")
    rows = keras.layers.Embedding(vocabulary_size, width)(ids)
    fired = keras.layers.Conv1D(filters, size, activation="relu")(rows)
    fired = keras.ops.where((ids[:, size - 1 :] != 0)[..., None], fired, -1.0)
    return keras.Model(ids, keras.layers.Dense(1, activation="sigmoid")(keras.ops.max(fired, axis=1)))


@build_cnn.wrong("Your model gives the probability of a *negative* review: one minus what is asked for.")
def gives_the_probability_of_negative(vocabulary_size, width, filters, size):
    import keras

    return _cnn(vocabulary_size, width, filters, size, end=lambda z: 1 - keras.ops.sigmoid(z))


# ---- same_windows ----------------------------------------------------------------------------------------------------

same_windows = Exercise(
    "same_windows",
    hints=(
        "Write down the windows of 2 of *good not bad* and of *bad not good*. Is there one that only one of the two texts has?",
        "How often a window comes does not matter, and where it stands does not either. Which of Python's collections keeps neither?",
        "For each text, make the set of all tuples `tuple(words[i : i + size])` with i from 0 to `len(words) - size`. "
        "Return whether the two sets are equal.",
    ),
)


@same_windows.probe
def _(attempt, rng):
    known = ["bad", "cold", "dry", "good", "hot", "late", "new", "old", "soft", "warm"]
    a, b, c, d, e = (str(word) for word in rng.permutation(known)[:5])
    yield call(attempt, [a, "not", b], [b, "not", a], 2, about="one order and the other, windows of 2")
    yield call(attempt, [a, "not", b], [b, "not", a], 1, about="one order and the other, windows of 1")
    yield call(attempt, [a, b, c], [a, b, c], 3, about="the same text")
    yield call(attempt, [a, b, a, b], [a, b, a, b, a, b], 2, about="the same windows, in one text more often")
    yield call(attempt, [a, b, a], [b, a, b], 2, about="the same windows in another order")
    yield call(attempt, [a, b, c], [a, b], 2, about="all windows of the second text are in the first")
    yield call(attempt, [a, b], [c, a, b], 2, about="all windows of the first text are in the second")
    yield call(attempt, [a, b, c, d], [a, b, c, e], 2, about="only the last window differs")
    yield call(attempt, [a, b, c, d], [a, b, d, c], 3, about="windows of 3")
    yield call(attempt, [a, b, c], [a, d, c], 3, about="windows of 3, the word in the middle differs")
    yield call(attempt, [a, b, c], [a, b, d], 3, about="windows of 3, the last word differs")
    yield call(attempt, [a, b, c], [d, b, c], 3, about="windows of 3, the first word differs")
    yield call(attempt, ["part"], ["part", "art"], 1, about="a word that is a piece of another word")
    one, other = [c, d, a, d, c, d, b, d, c], [c, d, b, d, c, d, a, d, c]
    yield call(attempt, one, other, 3, about="two words have changed places among others, windows of 3")
    yield call(attempt, one, other, 4, about="the same two texts, windows of 4")
    yield call(attempt, one, other, 5, about="the same two texts, windows of 5")
    yield call(attempt, ["in", "put"], ["i", "nput"], 2, about="other words that read alike when glued together")
    yield call(attempt, [a], [b, c], 3, about="both texts are shorter than a window")
    yield call(attempt, [a, b], [a, b, c], 3, about="one text is shorter than a window")
    yield call(attempt, [a, b, c, d], [c, d, a, b], 2, about="the halves have changed places")


def _set_of(words, size, step=1, less=0):
    return {tuple(words[i : i + size]) for i in range(0, len(words) - size + 1 - less, step)}


@same_windows.wrong(
    "You compared how often each window comes. A maximum does not count: the strongest stays, however often it is there."
)
def counts_how_often(one, other, size):
    windows = [Counter(tuple(t[i : i + size]) for i in range(len(t) - size + 1)) for t in (one, other)]
    return windows[0] == windows[1]


@same_windows.wrong(
    "You compared the windows in the order in which they stand. A maximum does not know where its window stood."
)
def compares_in_order(one, other, size):
    windows = [[tuple(t[i : i + size]) for i in range(len(t) - size + 1)] for t in (one, other)]
    return windows[0] == windows[1]


@same_windows.wrong("You compared single words, whatever `size` says.")
def compares_words(one, other, size):
    return set(one) == set(other)


@same_windows.wrong("You compared pairs of words, whatever `size` says.")
def always_compares_pairs(one, other, size):
    return _set_of(one, 2) == _set_of(other, 2)


@same_windows.wrong(
    "You say False as soon as one text is longer. It may say its windows more often, and that does not matter to a maximum."
)
def compares_the_lengths(one, other, size):
    return len(one) == len(other) and _set_of(one, size) == _set_of(other, size)


@same_windows.wrong(
    "You say True as soon as one text is shorter than a window. It has no windows then, and the other may well have some."
)
def says_yes_to_a_short_text(one, other, size):
    return len(one) < size or len(other) < size or _set_of(one, size) == _set_of(other, size)


@same_windows.wrong("Your windows are lists, and a list can change, so no set takes it as a member.")
def puts_lists_into_sets(one, other, size):
    first = {one[i : i + size] for i in range(len(one) - size + 1)}
    return first == {other[i : i + size] for i in range(len(other) - size + 1)}


@same_windows.wrong("You compared the sorted words: their bag. `size` plays no part in that.")
def compares_bags(one, other, size):
    return sorted(one) == sorted(other)


@same_windows.wrong("You looked whether the first text's windows are in the second. The second may have more.")
def looks_one_way(one, other, size):
    return _set_of(one, size) <= _set_of(other, size)


@same_windows.wrong("You looked whether the second text's windows are in the first. The first may have more.")
def looks_the_other_way(one, other, size):
    return _set_of(one, size) >= _set_of(other, size)


@same_windows.wrong("You glued the words of a window together, so that *in put* and *i nput* are the same to you.")
def glues_the_words(one, other, size):
    windows = [{"".join(w) for w in _set_of(t, size)} for t in (one, other)]
    return windows[0] == windows[1]


@same_windows.wrong("The last window of each text is missing.")
def misses_the_last_windows(one, other, size):
    return _set_of(one, size, less=1) == _set_of(other, size, less=1)


@same_windows.wrong("Your windows stand side by side and do not overlap, so that most windows are never looked at.")
def jumps_from_window_to_window(one, other, size):
    return _set_of(one, size, step=size) == _set_of(other, size, step=size)


@same_windows.wrong("You say True where the windows differ, and False where they are the same.")
def says_the_opposite(one, other, size):
    return _set_of(one, size) != _set_of(other, size)


@same_windows.wrong("You sorted the words inside each window, and so forgot their order again.")
def sorts_inside_the_windows(one, other, size):
    windows = [{tuple(sorted(w)) for w in _set_of(t, size)} for t in (one, other)]
    return windows[0] == windows[1]


@same_windows.wrong(
    "You asked whether the texts share a window. One window that only one of them has is enough to tell them apart."
)
def asks_for_a_shared_window(one, other, size):
    return bool(_set_of(one, size) & _set_of(other, size))


@same_windows.wrong("At the end of a text you let pieces shorter than `size` count as windows.")
def counts_pieces(one, other, size):
    windows = [{tuple(t[i : i + size]) for i in range(len(t))} for t in (one, other)]
    return windows[0] == windows[1]


@same_windows.wrong("You compared the texts themselves. Different texts may well have the same windows.")
def compares_texts(one, other, size):
    return one == other


@same_windows.wrong(
    "Two texts that are both shorter than a window have no windows at all, both of them: nothing tells them apart."
)
def says_no_to_short_texts(one, other, size):
    return len(one) >= size and _set_of(one, size) == _set_of(other, size)


@same_windows.wrong("You compared the first and the last word of each window. What stands between them may differ.")
def compares_the_ends(one, other, size):
    windows = [{(w[0], w[-1]) for w in _set_of(t, size)} for t in (one, other)]
    return windows[0] == windows[1]


@same_windows.wrong("You compared two words of each window, however many `size` says it has.")
def compares_two_words_of_each(one, other, size):
    windows = [{w[:2] for w in _set_of(t, size)} for t in (one, other)]
    return windows[0] == windows[1]


@same_windows.wrong(
    "You looked for each window in the other text as in one long string, and there *art* is found in *part*."
)
def looks_in_the_joined_text(one, other, size):
    return all(
        " ".join(window) in " ".join(text) for t, text in ((one, other), (other, one)) for window in _set_of(t, size)
    )


@same_windows.wrong("You compared how many different windows there are, not which.")
def compares_the_numbers_of_windows(one, other, size):
    return len(_set_of(one, size)) == len(_set_of(other, size))


# ---- masked_rnn ------------------------------------------------------------------------------------------------------

masked_rnn = Exercise(
    "masked_rnn",
    hints=(
        "Before the first word the state is all zeros. After a position of padding, what should it be?",
        "One step is `np.tanh(row @ Wx + state @ Wh + b)`. At which positions should it be taken?",
        "Start with zeros of shape `(u,)`. Go through rows and mask together; where the mask is True, the state becomes the tanh of the "
        "step; where it is False, nothing happens. Return the state after the last position.",
    ),
)


@masked_rnn.probe
def _(attempt, rng):
    def case(mask, d, u, about):
        mask = np.array(mask, dtype=bool)
        weights = numbers(rng, d, u) / 2, numbers(rng, u, u) / 2, numbers(rng, u) / 2
        return call(attempt, numbers(rng, len(mask), d), mask, *(w.round(2) for w in weights), about=about)

    yield case([1], 2, 2, "one word")
    yield case([1, 1, 1], 1, 1, "3 words, 1 number a word and 1 in the state")
    yield case([1, 1, 0, 0], 2, 3, "2 words and 2 of padding on the right")
    yield case([1, 1, 1, 1, 1], 3, 2, "5 words, no padding")
    yield case([1, 1, 1, 0], 2, 2, "3 words and 1 of padding, a square Wx")
    yield case([0, 0, 1, 1], 2, 3, "padding on the left")
    yield case([1, 0, 1, 1, 0], 2, 2, "a gap in the middle")
    yield case([0, 0, 0], 2, 3, "nothing but padding")
    yield case([1, 1, 1, 1, 0, 0, 0, 0], 4, 5, "4 words and 4 of padding")


def _rnn(rows, mask, Wx, Wh, b, activation=np.tanh, start=0.0, skip=True):
    state = np.full(np.shape(b), start, float)
    for row, counts in zip(rows, mask, strict=True):
        if counts or not skip:
            state = activation(row @ Wx + state @ Wh + b)
    return state


@masked_rnn.wrong("You stepped through the padding as well. Its rows and the bias turn the state with every position.")
def steps_through_the_padding(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, b, skip=False)


@masked_rnn.wrong(
    "You set the padding's rows to 0 and stepped on. A step on zeros still multiplies the state and adds the bias: it forgets the words."
)
def zeroes_the_rows(rows, mask, Wx, Wh, b):
    return _rnn(rows * np.asarray(mask)[:, None], mask, Wx, Wh, b, skip=False)


@masked_rnn.wrong("At a position of padding you set the state back to zeros, so all that was read before it is lost.")
def forgets_at_padding(rows, mask, Wx, Wh, b):
    state = np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        state = np.tanh(row @ Wx + state @ Wh + b) if counts else np.zeros(len(b))
    return state


@masked_rnn.wrong(
    "You stopped at the first position of padding. The words after a gap, or after padding on the left, are never read."
)
def stops_at_the_first_padding(rows, mask, Wx, Wh, b):
    state = np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        if not counts:
            break
        state = np.tanh(row @ Wx + state @ Wh + b)
    return state


@masked_rnn.wrong(
    "You cut the padding off on the right, and step through it elsewhere. It may stand in a gap, or on the left, as well."
)
def cuts_off_the_right_only(rows, mask, Wx, Wh, b):
    end = int(np.max(np.flatnonzero(mask), initial=-1)) + 1
    return _rnn(rows[:end], [True] * end, Wx, Wh, b)


@masked_rnn.wrong("You took as many positions from the front as there are words. They need not be the first ones.")
def takes_the_first_positions(rows, mask, Wx, Wh, b):
    n = int(np.sum(mask))
    return _rnn(rows[:n], [True] * n, Wx, Wh, b)


@masked_rnn.wrong("The mask is turned round in yours: you read the padding and pass over the words.")
def turns_the_mask_round(rows, mask, Wx, Wh, b):
    return _rnn(rows, ~np.asarray(mask), Wx, Wh, b)


@masked_rnn.wrong("The old state does not go into your step, so only the last word is left at the end.")
def has_no_memory(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, 0 * Wh, b)


@masked_rnn.wrong("The old state goes into your step as it is, past its weights `Wh`.")
def adds_the_state(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, np.eye(len(b)), b)


@masked_rnn.wrong("You have `Wh` the wrong way round: the state is a row and stands on the left of the product.")
def transposes_the_state_weights(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, np.transpose(Wh), b)


@masked_rnn.wrong(
    "There is no tanh in your step. Without it the state grows without end, or is one large weighted sum."
)
def has_no_tanh(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, b, activation=lambda z: z)


@masked_rnn.wrong("Your step ends in a sigmoid. Asked for is tanh, which can also be below 0.")
def has_a_sigmoid(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, b, activation=lambda z: 1 / (1 + np.exp(-z)))


@masked_rnn.wrong("You left out the bias.")
def leaves_out_the_bias(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, 0 * b)


@masked_rnn.wrong(
    "The tanh in yours covers only a part of the sum: the word's and the state's part go into it together, with the bias."
)
def adds_after_the_tanh(rows, mask, Wx, Wh, b):
    state = np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        state = np.tanh(row @ Wx + b) + state @ Wh if counts else state
    return state


@masked_rnn.wrong("Your bias stands outside the tanh. It belongs to the sum that goes into it.")
def adds_the_bias_outside(rows, mask, Wx, Wh, b):
    state = np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        state = np.tanh(row @ Wx + state @ Wh) + b if counts else state
    return state


@masked_rnn.wrong(
    "You took the tanh once, at the end. Every step has one, and the next step starts from what it gives."
)
def takes_the_tanh_at_the_end(rows, mask, Wx, Wh, b):
    return np.tanh(_rnn(rows, mask, Wx, Wh, b, activation=lambda z: z))


@masked_rnn.wrong(
    "You came back from inside the loop: only the first position has been looked at. The state after the *last* one is asked for."
)
def returns_in_the_loop(rows, mask, Wx, Wh, b):
    return _rnn(rows[:1], mask[:1], Wx, Wh, b)


@masked_rnn.wrong("`Wx` and `Wh` have changed places: `Wx` belongs to the word's row, `Wh` to the state.")
def swaps_the_weights(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wh, Wx, b)


@masked_rnn.wrong(
    "You multiplied the state by `Wh` number by number. Each number of the new state is a weighted sum of all the old ones."
)
def multiplies_number_by_number(rows, mask, Wx, Wh, b):
    state = np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        state = np.tanh(row @ Wx + state * Wh + b) if counts else state
    return state


@masked_rnn.wrong(
    "Your first state has as many numbers as a word's row has. How many the state has is another matter: as many as `b`."
)
def starts_as_long_as_a_row(rows, mask, Wx, Wh, b):
    state = np.zeros(rows.shape[1])
    for row, counts in zip(rows, mask, strict=True):
        state = np.tanh(row @ Wx + state @ Wh + b) if counts else state
    return state


@masked_rnn.wrong(
    "You begin with the first word, and a text of nothing but padding has none. Before any word the state is zeros."
)
def begins_with_the_first_word(rows, mask, Wx, Wh, b):
    found = rows[mask]
    state = np.tanh(found[0] @ Wx + b)
    for row in found[1:]:
        state = np.tanh(row @ Wx + state @ Wh + b)
    return state


@masked_rnn.wrong("Your state starts at ones. Before the first word there is nothing to remember: zeros.")
def starts_at_ones(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, b, start=1.0)


@masked_rnn.wrong("You read from the last position to the first.")
def reads_backwards(rows, mask, Wx, Wh, b):
    return _rnn(rows[::-1], np.asarray(mask)[::-1], Wx, Wh, b)


@masked_rnn.wrong("You return the states after all positions. Asked for is the last one.")
def returns_all_states(rows, mask, Wx, Wh, b):
    return np.array([_rnn(rows[: t + 1], mask[: t + 1], Wx, Wh, b) for t in range(len(rows))])


@masked_rnn.wrong("You averaged the states. The last one is asked for.")
def averages_the_states(rows, mask, Wx, Wh, b):
    return returns_all_states(rows, mask, Wx, Wh, b).mean(axis=0)


@masked_rnn.wrong(
    "You added the step to the old state. The tanh is the new state, and the old one is already inside it."
)
def adds_the_step(rows, mask, Wx, Wh, b):
    state = np.zeros(len(b))
    for row, counts in zip(rows, mask, strict=True):
        state = state + counts * np.tanh(row @ Wx + state @ Wh + b)
    return state


@masked_rnn.wrong(
    "Your step cuts off at 0, as a ReLU does. Asked for is tanh, which can also be below 0 and never above 1."
)
def has_a_relu(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, b, activation=lambda z: np.maximum(z, 0))


@masked_rnn.wrong("Your state starts as the bias. Before the first word there is nothing to remember: zeros.")
def starts_at_the_bias(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, b, start=b)


@masked_rnn.wrong("You added the bias twice, with the word and with the state. The step has one.")
def adds_the_bias_twice(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, 2 * b)


@masked_rnn.wrong("The first position is never read. If a word stands there, it is a word like the others.")
def misses_the_first_position(rows, mask, Wx, Wh, b):
    return _rnn(rows[1:], mask[1:], Wx, Wh, b)


@masked_rnn.wrong("The last word is never read: you give the state before it.")
def misses_the_last_word(rows, mask, Wx, Wh, b):
    found = rows[mask][:-1]
    return _rnn(found, [True] * len(found), Wx, Wh, b)


@masked_rnn.wrong("The state after the last position is right, and you rounded it. It is asked for as it is.")
def rounds_the_state(rows, mask, Wx, Wh, b):
    return _rnn(rows, mask, Wx, Wh, b).round(4)


@masked_rnn.wrong(
    "You came back from inside the loop, after the first word. And a text of nothing but padding gives None in yours."
)
def returns_after_the_first_word(rows, mask, Wx, Wh, b):
    found = rows[mask]
    return _rnn(found[:1], [True], Wx, Wh, b) if len(found) else None


# ---- log_count_ratio -------------------------------------------------------------------------------------------------

log_count_ratio = Exercise(
    "log_count_ratio",
    hints=(
        "Of all that positive reviews say, which share is n-gram j? And of all that negative reviews say?",
        "`counts[labels == 1]` are the rows of the positive reviews. Sum them over the reviews and add alpha: one number for each n-gram. "
        "What must you divide by, so that these numbers sum to 1?",
        "Make p from the positive rows and q from the negative ones: the sum over the reviews plus alpha, divided by its own total. "
        "Return the logarithm of p / q.",
    ),
)


@log_count_ratio.probe
def _(attempt, rng):
    one = int(rng.integers(1, 4))
    yield call(attempt, np.array([[one, 0], [1, 1]]), np.array([1, 0]), 1.0, about="2 reviews, 2 n-grams")
    yield call(
        attempt, np.array([[3, 0, 1], [0, 1, 0]]), np.array([0, 1]), 1.0, about="the negative review is the longer one"
    )
    counts = rng.integers(0, 2, (9, 5))
    labels = rng.permutation([1] * 6 + [0] * 3)
    yield call(attempt, counts, labels, 1.0, about="6 positive and 3 negative reviews")
    yield call(
        attempt, rng.integers(0, 4, (6, 4)), np.array([1, 0, 1, 0, 0, 1]), 0.5, about="counts above 1, alpha 0.5"
    )
    yield call(
        attempt, np.array([[1, 0, 0], [0, 2, 0]]), np.array([1, 0]), 2.0, about="an n-gram that no review has, alpha 2"
    )
    yield call(attempt, np.array([[3, 0, 1], [1, 0, 1]]), np.array([1, 1]), 1.0, about="no negative review at all")
    yield call(attempt, np.array([[0, 5], [2, 1]]), np.array([0, 0]), 0.5, about="no positive review at all, alpha 0.5")


def _shares(counts, labels, alpha, which, total=None):
    summed = np.asarray(counts)[np.asarray(labels) == which].sum(axis=0) + alpha
    return summed / (summed.sum() if total is None else total)


@log_count_ratio.wrong("The sign is the other way round: what positive reviews say more often should come out above 0.")
def turns_the_ratio_round(counts, labels, alpha):
    return np.log(_shares(counts, labels, alpha, 0) / _shares(counts, labels, alpha, 1))


@log_count_ratio.wrong(
    "That is the ratio itself. Its logarithm is asked for: 0 where both sides say an n-gram equally often."
)
def takes_no_logarithm(counts, labels, alpha):
    return _shares(counts, labels, alpha, 1) / _shares(counts, labels, alpha, 0)


@log_count_ratio.wrong(
    "You compared the sums and not the shares. If positive reviews say more in all, every n-gram looks positive."
)
def compares_sums(counts, labels, alpha):
    return np.log(_shares(counts, labels, alpha, 1, 1) / _shares(counts, labels, alpha, 0, 1))


@log_count_ratio.wrong(
    "You divided by the number of reviews. The shares are shares of all that is counted: p sums to 1, and so does q."
)
def divides_by_reviews(counts, labels, alpha):
    n = [(np.asarray(labels) == side).sum() for side in (1, 0)]
    with np.errstate(all="ignore"):
        return np.log(_shares(counts, labels, alpha, 1, n[0]) / _shares(counts, labels, alpha, 0, n[1]))


@log_count_ratio.wrong(
    "You divided by the root of the sum of squares. The shares are shares of the sum: all of one side's add up to 1."
)
def divides_by_the_length(counts, labels, alpha):
    p, q = _shares(counts, labels, alpha, 1, 1), _shares(counts, labels, alpha, 0, 1)
    return np.log((p / np.linalg.norm(p)) / (q / np.linalg.norm(q)))


@log_count_ratio.wrong(
    "You left out alpha: an n-gram that one side never says gives the logarithm of 0, or a division by it."
)
def leaves_out_alpha(counts, labels, alpha):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(_shares(counts, labels, 0, 1) / _shares(counts, labels, 0, 0))


@log_count_ratio.wrong("You added 1, whatever alpha is.")
def always_adds_one(counts, labels, alpha):
    return np.log(_shares(counts, labels, 1, 1) / _shares(counts, labels, 1, 0))


@log_count_ratio.wrong(
    "You divided by the counts without alpha, and added alpha above only: the shares of one side then sum to more than 1."
)
def divides_by_the_bare_total(counts, labels, alpha):
    counts, labels = np.asarray(counts), np.asarray(labels)
    totals = [counts[labels == side].sum() for side in (1, 0)]
    with np.errstate(all="ignore"):
        return np.log(_shares(counts, labels, alpha, 1, totals[0]) / _shares(counts, labels, alpha, 0, totals[1]))


@log_count_ratio.wrong(
    "You added alpha once to the total. It was added to every n-gram, so the total grows by it as many times."
)
def adds_alpha_once_below(counts, labels, alpha):
    counts, labels = np.asarray(counts), np.asarray(labels)
    totals = [counts[labels == side].sum() + alpha for side in (1, 0)]
    return np.log(_shares(counts, labels, alpha, 1, totals[0]) / _shares(counts, labels, alpha, 0, totals[1]))


@log_count_ratio.wrong(
    "You added alpha after dividing, to the shares. It is a count: it belongs to the counts, before the division."
)
def adds_alpha_to_the_shares(counts, labels, alpha):
    counts, labels = np.asarray(counts), np.asarray(labels)
    sides = [counts[labels == side].sum(axis=0) for side in (1, 0)]
    with np.errstate(all="ignore"):
        p, q = (side / side.sum() + alpha for side in sides)
        return np.log(p / q)


@log_count_ratio.wrong(
    "Alpha goes in once for every review in yours: you added it before the sum over the reviews, or took their mean instead of the sum."
)
def adds_alpha_to_every_review(counts, labels, alpha):
    counts, labels = np.asarray(counts) + alpha, np.asarray(labels)
    p, q = (counts[labels == side].sum(axis=0) for side in (1, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(p / p.sum() / (q / q.sum()))


@log_count_ratio.wrong(
    "You summed over the n-grams: that is one number for each review. Asked for is one for each n-gram."
)
def sums_over_the_ngrams(counts, labels, alpha):
    summed = np.asarray(counts).sum(axis=1) + alpha
    return np.log(summed / summed.sum())


@log_count_ratio.wrong("You compared positive reviews with all reviews. The other side is the negative ones.")
def compares_with_all(counts, labels, alpha):
    total = np.asarray(counts).sum(axis=0) + alpha
    return np.log(_shares(counts, labels, alpha, 1) / (total / total.sum()))


@log_count_ratio.wrong("You took the logarithm to the base 2. `ln`, the natural one, is asked for.")
def takes_base_two(counts, labels, alpha):
    return np.log2(_shares(counts, labels, alpha, 1) / _shares(counts, labels, alpha, 0))


@log_count_ratio.wrong(
    "You counted in how many reviews an n-gram is. Here `counts` says how often it is there, and that is what to sum."
)
def counts_reviews(counts, labels, alpha):
    return np.log(_shares(np.asarray(counts) > 0, labels, alpha, 1) / _shares(np.asarray(counts) > 0, labels, alpha, 0))


@log_count_ratio.wrong(
    "You took means over the reviews and stopped there. A share is a share of all that one side says: p sums to 1."
)
def takes_means_over_reviews(counts, labels, alpha):
    counts, labels = np.asarray(counts), np.asarray(labels)
    with np.errstate(all="ignore"):
        p, q = (alpha + counts[labels == side].sum(axis=0) / (labels == side).sum() for side in (1, 0))
        return np.log(p / q)


@log_count_ratio.wrong(
    "You divided one logarithm by the other. The logarithm of a quotient is the difference of the logarithms."
)
def divides_the_logarithms(counts, labels, alpha):
    return np.log(_shares(counts, labels, alpha, 1)) / np.log(_shares(counts, labels, alpha, 0))


@log_count_ratio.wrong("You took the logarithm to the base 10. `ln`, the natural one, is asked for.")
def takes_base_ten(counts, labels, alpha):
    return np.log10(_shares(counts, labels, alpha, 1) / _shares(counts, labels, alpha, 0))


@log_count_ratio.wrong(
    "Without reviews of one label you return zeros. That side has alpha for each n-gram, and what the other side says still counts."
)
def gives_zeros_without_a_label(counts, labels, alpha):
    labels = np.asarray(labels)
    if labels.all() or not labels.any():
        return np.zeros(np.shape(counts)[1])
    return np.log(_shares(counts, labels, alpha, 1) / _shares(counts, labels, alpha, 0))


@log_count_ratio.wrong(
    "You used the labels as row numbers: `counts[labels]` takes rows 0 and 1 again and again. Asked for are the rows *whose* label is 1."
)
def uses_labels_as_row_numbers(counts, labels, alpha):
    p, q = alpha + counts[labels].sum(axis=0), alpha + counts[1 - labels].sum(axis=0)
    return np.log((p / p.sum()) / (q / q.sum()))


@log_count_ratio.wrong(
    "You add alpha to one side only. An n-gram that the other side never says still gives the logarithm of 0."
)
def adds_alpha_to_the_negative_only(counts, labels, alpha):
    with np.errstate(all="ignore"):
        return np.log(_shares(counts, labels, 0, 1) / _shares(counts, labels, alpha, 0))


@log_count_ratio.wrong(
    "You add alpha to p and not to q. An n-gram that negative reviews never say then gives a division by 0."
)
def adds_alpha_to_the_positive_only(counts, labels, alpha):
    with np.errstate(all="ignore"):
        return np.log(_shares(counts, labels, alpha, 1) / _shares(counts, labels, 0, 0))


@log_count_ratio.wrong(
    "Your sums are integers, and `+=` would write the new numbers into that same array. With alpha they are no integers any more."
)
def adds_into_integers(counts, labels, alpha):
    p, q = counts[labels == 1].sum(axis=0), counts[labels == 0].sum(axis=0)
    p += alpha
    q += alpha
    return np.log((p / p.sum()) / (q / q.sum()))


@log_count_ratio.wrong("That is a score for each review, the sum over its n-grams. Asked for is one for each n-gram.")
def scores_the_reviews(counts, labels, alpha):
    return counts @ np.log(_shares(counts, labels, alpha, 1) / _shares(counts, labels, alpha, 0))


@log_count_ratio.wrong(
    "Divisions in one line go from left to right: yours divides by q and then by q's sum as well. q is to become shares first."
)
def divides_by_everything_in_turn(counts, labels, alpha):
    p, q = _shares(counts, labels, alpha, 1, 1), _shares(counts, labels, alpha, 0, 1)
    return np.log(p / p.sum() / q / q.sum())


@log_count_ratio.wrong(
    "You added the logarithm of how many reviews there are of each kind. Naive Bayes may do so; this ratio is about the n-grams alone."
)
def adds_the_numbers_of_reviews(counts, labels, alpha):
    n = [(np.asarray(labels) == side).sum() for side in (1, 0)]
    with np.errstate(all="ignore"):
        prior = np.log(max(n[0], 1) / max(n[1], 1))
    return np.log(_shares(counts, labels, alpha, 1) / _shares(counts, labels, alpha, 0)) + prior


@log_count_ratio.wrong(
    "You used the labels as row numbers: `counts[labels]` takes rows 0 and 1, and `counts[~labels]` the last two. "
    "Asked for are the rows *whose* label is 1, and those whose label is 0."
)
def uses_inverted_labels_as_row_numbers(counts, labels, alpha):
    p, q = alpha + counts[labels].sum(axis=0), alpha + counts[~labels].sum(axis=0)
    return np.log((p / p.sum()) / (q / q.sum()))
