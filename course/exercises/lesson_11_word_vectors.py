"""Lesson 11, where vectors come from: what is asked of each exercise, and the mistakes learners make."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from course.checking import Exercise, call, fits
from course.checking.plain import numbers as numbers_in
from course.checking.plain import plain


def numbers(rng, *shape):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.3, 2, shape) * rng.choice([-1, 1], shape)).round(2)


# ---- skip_gram_pairs -------------------------------------------------------------------------------------------------

skip_gram_pairs = Exercise(
    "skip_gram_pairs",
    hints=(
        "Put your finger on one place of the text. Which places are its neighbours, and which of them do not exist near the ends?",
        "Two loops over *places*, not over words: one for the centre, one for the neighbour. `range(start, stop)` leaves `stop` "
        "out; `max` and "
        "`min` keep both ends inside the text.",
        "For each place, let another place run from the larger of 0 and place − window up to and including the smaller of the "
        "last place and "
        "place + window. Unless the two places are one and the same, append the tuple of the two ids found there.",
    ),
)


@skip_gram_pairs.probe
def _(attempt, rng):
    fits(attempt, 2)

    def pairs(ids, window):
        return _in_order(attempt(ids, window))

    a, b, c, d, e, *rest = (int(i) for i in rng.permutation(np.arange(10, 60)))
    yield call(pairs, [a, b, c], 1, about="3 words, a window of 1")
    yield call(pairs, [a, b, c, d, e], 2, about="5 words, a window of 2")
    yield call(pairs, [a, b, a, a], 2, about="a word that stands three times, twice side by side")
    yield call(pairs, [a, b, c], 7, about="a window wider than the text")
    yield call(pairs, [a], 3, about="one word, no neighbours: no pairs")
    yield call(pairs, [], 2, about="no words, no pairs")
    yield call(pairs, np.array(rest[:9]), 3, about="9 words as an array, a window of 3")
    yield call(pairs, np.array([a, b, a, c, b, a, c, d], dtype="int32"), 3, about="8 words, some of them repeated")


def _in_order(result):
    """Pairs sorted, and nothing for no pairs, however they come; anything else as it is."""
    if isinstance(result, Iterator):
        result = list(result)
    form = plain(result)
    if form["kind"] in ("array", "list") and not numbers_in(form) and all(not i for i in form.get("items", [])):
        return []
    if form["kind"] == "array" and len(form["shape"]) == 2 and form["shape"][1] == 2:
        values = form["values"]
        return sorted(zip(values[::2], values[1::2], strict=True))
    return result


def _near(ids, window, lowest=None, itself=False):
    """(place, other place) of all neighbours; `lowest`: the first offset, -window unless told."""
    return [
        (place, place + offset)
        for place in range(len(ids))
        for offset in range(-window if lowest is None else lowest, window + 1)
        if 0 <= place + offset < len(ids) and (itself or offset)
    ]


@skip_gram_pairs.wrong("You took the neighbours to the right only. A word has neighbours on its left as well.")
def right_neighbours_only(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window, 1)]


@skip_gram_pairs.wrong("You took the neighbours to the left only. A word has neighbours on its right as well.")
def left_neighbours_only(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if j < i]


@skip_gram_pairs.wrong("Each word is its own neighbour in yours. A place is not paired with itself.")
def pairs_with_itself(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window, itself=True)]


@skip_gram_pairs.wrong(
    "Your window is one short on the right: `range` and slices leave their end out, so the last neighbour is missing."
)
def one_short_on_the_right(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if j < i + window]


@skip_gram_pairs.wrong("Your window is one short on both sides: the neighbour exactly `window` places away counts too.")
def one_short_on_both_sides(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if abs(i - j) < window]


@skip_gram_pairs.wrong(
    "Near the start, `place - window` is below 0, and Python counts from the end: your first words have met the last ones."
)
def counts_from_the_end(ids, window):
    found = []
    for place in range(len(ids)):
        for other in range(place - window, place + window + 1):
            if other != place and -len(ids) <= other < len(ids):
                found.append((ids[place], ids[other]))
    return found


@skip_gram_pairs.wrong(
    "Near the start, `place - window` is below 0 and counts from the end; at the end your code then asks for places that do not exist."
)
def leaves_both_ends_open(ids, window):
    return [(ids[i], ids[j]) for i in range(len(ids)) for j in range(i - window, i + window + 1) if i != j]


@skip_gram_pairs.wrong("Your text goes round: the last word is a neighbour of the first. A text has two ends.")
def goes_round(ids, window):
    n = len(ids)
    return [(ids[i], ids[(i + o) % n]) for i in range(n) for o in range(-window, window + 1) if o]


@skip_gram_pairs.wrong(
    "Near the start your slice begins below 0, that is, counted from the end, and comes out empty: left neighbours that exist are lost."
)
def loses_the_left_near_the_start(ids, window):
    found = []
    for place, centre in enumerate(ids):
        others = [*ids[place - window : place], *ids[place + 1 : place + 1 + window]]
        found += [(centre, other) for other in others]
    return found


@skip_gram_pairs.wrong(
    "You compare the words where you should compare the places: a word that stands twice in one window is its own neighbour."
)
def skips_equal_words(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if ids[i] != ids[j]]


@skip_gram_pairs.wrong(
    "A pair that is seen twice counts twice. In a set, or without repeats, the second sighting is lost, and with it how often "
    "two words meet."
)
def drops_repeats(ids, window):
    return sorted({(int(ids[i]), int(ids[j])) for i, j in _near(ids, window)})


@skip_gram_pairs.wrong(
    "You return a set, and it keeps each pair once. How often a pair is seen matters: return a list or an array."
)
def returns_a_set(ids, window):
    return {(int(ids[i]), int(ids[j])) for i, j in _near(ids, window)}


@skip_gram_pairs.wrong("These are places in the text. Asked for are the ids that stand there.")
def returns_places(ids, window):
    return _near(ids, window)


@skip_gram_pairs.wrong(
    "You look a word's place up by the word. If the word stands twice, you find its first place both times: let the loop count the places."
)
def looks_the_place_up(ids, window):
    ids = list(ids)
    return [(ids[i], ids[j]) for word in ids for i, j in _near(ids, window) if i == ids.index(word)]


@skip_gram_pairs.wrong(
    "You share the window out between both sides. It holds for each side: so many to the left, so many to the right."
)
def halves_the_window(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window // 2)]


@skip_gram_pairs.wrong(
    "Words near the ends have fewer neighbours, but they have some, and you left those words out as centres."
)
def full_windows_only(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if window <= i < len(ids) - window]


@skip_gram_pairs.wrong("You took the places exactly `window` away. All those in between are neighbours too.")
def exactly_at_the_edge(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if abs(i - j) == window]


@skip_gram_pairs.wrong(
    "You pair every word with every other of the text. Only those at most `window` places away are neighbours."
)
def ignores_the_window(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, len(ids))]


@skip_gram_pairs.wrong(
    "You give each centre word with the list of its neighbours. Asked for is one tuple of two ids for each neighbour."
)
def groups_by_centre(ids, window):
    return [(ids[i], [ids[j] for k, j in _near(ids, window) if k == i]) for i in range(len(ids))]


@skip_gram_pairs.wrong("You return the ids one after the other. Each pair should stay a pair, a tuple of two.")
def flattens_the_pairs(ids, window):
    return [int(ids[k]) for pair in _near(ids, window) for k in pair]


@skip_gram_pairs.wrong(
    "Only the first word has been a centre: your `return` is reached in the first round of the loop."
)
def returns_too_early(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if i == 0]


@skip_gram_pairs.wrong("Your window is twice as wide as asked: `window` places to each side, not 2 · `window`.")
def doubles_the_window(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, 2 * window)]


@skip_gram_pairs.wrong("Your window is one too long: places `window` + 1 apart are no neighbours.")
def one_too_long(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window + 1)]


@skip_gram_pairs.wrong("You look one place to each side, whatever `window` says.")
def looks_one_place_away(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, 1)]


@skip_gram_pairs.wrong("You look two places to each side, whatever `window` says: it is an argument.")
def looks_two_places_away(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, 2)]


@skip_gram_pairs.wrong(
    "Near the start, `place - window` is below 0, and a negative place counts from the end. At the other end yours stops as it should."
)
def leaves_the_start_open(ids, window):
    found = []
    for place in range(len(ids)):
        for other in range(place - window, min(len(ids), place + window + 1)):
            if other != place:
                found.append((ids[place], ids[other]))
    return found


@skip_gram_pairs.wrong(
    "You take the two neighbours at a distance only where both exist. Near an end there is one of them, and it counts."
)
def both_sides_or_none(ids, window):
    return [(ids[i], ids[j]) for i, j in _near(ids, window) if 0 <= 2 * i - j < len(ids)]


@skip_gram_pairs.wrong(
    "Each two neighbours are there twice in the same direction. Each of the two is the centre once: turn the pair round."
)
def gives_one_direction_twice(ids, window):
    return 2 * [(ids[i], ids[j]) for i, j in _near(ids, window, 1)]


@skip_gram_pairs.wrong(
    "Each two neighbours are there twice, always with the left one as the neighbour. Each is the centre once."
)
def gives_the_other_direction_twice(ids, window):
    return 2 * [(ids[j], ids[i]) for i, j in _near(ids, window, 1)]


@skip_gram_pairs.wrong("All pairs are there, and each one twice. A pair is returned as often as it is seen.")
def gives_every_pair_twice(ids, window):
    return 2 * [(ids[i], ids[j]) for i, j in _near(ids, window)]


@skip_gram_pairs.wrong(
    "Your pairs stand in two long rows, all centres in one and all neighbours in the other. Asked for is a row for each pair."
)
def gives_two_long_rows(ids, window):
    return np.array([(ids[i], ids[j]) for i, j in _near(ids, window)]).T


# ---- keep_probability ------------------------------------------------------------------------------------------------

keep_probability = Exercise(
    "keep_probability",
    hints=(
        "In the example, *64* is what share of all words? How many times the threshold is that share?",
        "The formula stands above the exercise, and NumPy works on whole arrays. Where can a share of 0 do harm, and what "
        "should come out there?",
        "Divide the counts by their sum. Take the square root of the threshold divided by the share; before dividing, raise "
        "every share that is "
        "below the threshold to the threshold, and the root is 1 there, also for a share of 0.",
    ),
)


@keep_probability.probe
def _(attempt, rng):
    often = int(rng.integers(40, 70))
    yield _kept(attempt, np.array([often, 100 - often]), 0.01, about="two words, both more frequent than the threshold")
    yield _kept(attempt, np.array([1, often, 2, 200]), 0.02, about="two rare words and two frequent ones")
    yield _kept(attempt, rng.integers(1, 500, 6), 0.001, about="six words, a small threshold")
    yield _kept(attempt, np.array([0, 0, often, 9, 30]), 0.05, about="the first two words do not occur")
    yield _kept(attempt, rng.integers(1, 90, 5) * np.array([1, 0, 1, 1, 10]), 0.1, about="one word does not occur")
    yield _kept(attempt, np.array([5]), 0.09, about="a text of one word, over and over")
    yield _kept(attempt, np.array([3.0, often, 60.0]), 0.06, about="counts that come as floats")


def _kept(attempt, counts, threshold, about):
    """A call; what is off is told from the words that occur alone, whatever an attempt gives those that do not."""
    observed = call(attempt, counts, threshold, about=about)
    if observed.saw["kind"] != "array" or observed.saw["shape"] != [len(counts)]:
        return observed
    occurs = counts > 0
    found, share = np.array(observed.saw["values"], float)[occurs], (counts / counts.sum())[occurs]
    if _alike(found, np.minimum(1, np.sqrt(threshold / share))):
        return observed
    return replace(observed, say=next((say for off, say in _OFF if _alike(found, off(share, threshold))), ""))


def _alike(one, other):
    return np.allclose(one, other, rtol=1e-4, atol=1e-5)


_OFF = (
    (
        lambda share, t: np.sqrt(share / t),
        "Your fraction stands on its head: the more frequent a word, the *less* likely it is to be kept.",
    ),
    (
        lambda share, t: np.maximum(1, np.sqrt(t / share)),
        "You took the larger of 1 and the root. A probability ends at 1, so it is the smaller one that is kept.",
    ),
    (
        lambda share, t: np.sqrt(t / share) + t / share,
        "That is the formula of `word2vec.c`, with t/f added. The exercise asks for the paper's, without it.",
    ),
    (
        lambda share, t: np.minimum(1, np.sqrt(t / share) + t / share),
        "That is the formula of `word2vec.c`, with t/f added. The exercise asks for the paper's, without it.",
    ),
    (
        lambda share, t: np.where(share > t, np.sqrt(t / share), 0),
        "A word at the threshold or below has 0 in yours and would always be dropped. Rare words are always kept.",
    ),
    (
        lambda share, t: np.sqrt(t / share),
        "A probability ends at 1: rare words are always kept, and no more than that.",
    ),
)


def _share(counts):
    return counts / counts.sum()


def _root(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.sqrt(threshold / _share(counts))


@keep_probability.wrong("These are the probabilities of *dropping* each word. Asked for are those of keeping it.")
def gives_the_dropping(counts, threshold):
    return np.maximum(0, 1 - _root(counts, threshold))


@keep_probability.wrong(
    "That is 1 minus the formula: the probability of dropping, and below 0 for rare words. Asked for is that of keeping."
)
def gives_the_dropping_below_0(counts, threshold):
    return 1 - _root(counts, threshold)


@keep_probability.wrong("For rare words your result is above 1. A probability ends at 1: such words are always kept.")
def has_no_upper_end(counts, threshold):
    return _root(counts, threshold)


@keep_probability.wrong(
    "For rare words your result is above 1. A probability ends at 1. For words that do not occur you have set something else already."
)
def has_no_upper_end_but_for_0(counts, threshold):
    return np.where(counts > 0, np.sqrt(threshold / np.maximum(_share(counts), 1e-9)), 1.0)


@keep_probability.wrong("You left the square root out, so frequent words are thinned far more than the formula says.")
def has_no_root(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.minimum(1, threshold / _share(counts))


@keep_probability.wrong(
    "You took the counts where the formula has shares: `f` is a word's part of all words, between 0 and 1."
)
def takes_the_counts(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.minimum(1, np.sqrt(threshold / counts))


@keep_probability.wrong(
    "That is the formula of `word2vec.c`, with t/f added. The exercise asks for the paper's, without it."
)
def follows_the_program(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.minimum(1, _root(counts, threshold) + threshold / _share(counts))


@keep_probability.wrong(
    "Your fraction stands on its head: the more frequent a word, the *less* likely it is to be kept."
)
def turns_the_fraction_over(counts, threshold):
    return np.minimum(1, np.sqrt(_share(counts) / threshold))


@keep_probability.wrong(
    "You divided by the largest count. A word's share is its part of the whole text, so all shares sum to 1."
)
def divides_by_the_largest(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.minimum(1, np.sqrt(threshold / (counts / counts.max())))


@keep_probability.wrong(
    "You divided by the number of different words. A word's share is its part of all words on the page."
)
def divides_by_the_types(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.minimum(1, np.sqrt(threshold / (counts / len(counts))))


@keep_probability.wrong(
    "Words that occur are right. One that does not occur has nothing to drop, and its probability is 1 here, not 0."
)
def gives_0_for_none(counts, threshold):
    return np.where(counts > 0, np.minimum(1, _root(counts, threshold)), 0.0)


@keep_probability.wrong(
    "You draw a hard line: rare words stay, all others go. The formula thins the frequent ones out and leaves some of each."
)
def draws_a_line(counts, threshold):
    return (_share(counts) <= threshold).astype(float)


@keep_probability.wrong(
    "You write into an array of integers, as `counts` is one: a probability of 0.4 written into it becomes 0."
)
def writes_into_integers(counts, threshold):
    return np.minimum(1, _root(counts, threshold)).astype(counts.dtype)


@keep_probability.wrong("You use the lesson's threshold, 0.0003, whatever `threshold` says. It is an argument.")
def takes_the_lessons_threshold(counts, threshold):
    return np.minimum(1, _root(counts, 0.0003))


@keep_probability.wrong("You use the example's threshold, 0.04, whatever `threshold` says. It is an argument.")
def takes_the_examples_threshold(counts, threshold):
    return np.minimum(1, _root(counts, 0.04))


@keep_probability.wrong(
    "You made the probabilities sum to 1. Each word is kept or dropped by itself, so they need not: all of them may be 1."
)
def makes_them_sum_to_1(counts, threshold):
    keep = np.minimum(1, _root(counts, threshold))
    return keep / keep.sum()


@keep_probability.wrong("The root is taken of the threshold alone. It belongs over the whole fraction.")
def roots_the_threshold_only(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.minimum(1, np.sqrt(threshold) / _share(counts))


@keep_probability.wrong(
    "These are the shares of the words. They go into the formula; asked for is what comes out of it."
)
def gives_the_shares(counts, threshold):
    return _share(counts)


@keep_probability.wrong(
    "Where a word does not occur you put a count of 1, and that has gone into the sum as well: all shares have changed."
)
def counts_the_zeros_as_1(counts, threshold):
    return np.minimum(1, _root(np.maximum(counts, 1), threshold))


@keep_probability.wrong(
    "A word that does not occur has the share 1 in yours, as if it were the whole text. By the statement its probability is 1."
)
def gives_the_zeros_the_share_1(counts, threshold):
    share = _share(counts)
    return np.minimum(1, np.sqrt(threshold / np.where(share == 0, 1, share)))


@keep_probability.wrong(
    "`//` cuts off what comes after the point: every share below 1 is 0 then, and every word is kept."
)
def divides_whole_numbers(counts, threshold):
    return np.minimum(1, np.sqrt(threshold / np.maximum(counts // counts.sum(), 1e-12)))


@keep_probability.wrong(
    "You divided by the number of different words that occur. A word's share is its part of all words on the page."
)
def divides_by_the_types_that_occur(counts, threshold):
    with np.errstate(divide="ignore"):
        return np.minimum(1, np.sqrt(threshold / (counts / np.count_nonzero(counts))))


# ---- sgns_loss -------------------------------------------------------------------------------------------------------

sgns_loss = Exercise(
    "sgns_loss",
    hints=(
        "For each pair there are 1 + K scores. What are their shapes, for n pairs: that of the real ones, and that of the made-up ones?",
        "A dot product of rows is a product and a sum over the last axis; `centre[:, None]` has shape (n, 1, d) and goes with "
        "(n, K, d). For the "
        "log of the sigmoid look at the third line of the cell above.",
        "Real scores: `(centre * true).sum(-1)`. Made-up scores: `(centre[:, None] * noise).sum(-1)`. `np.logaddexp(0, -z)` is "
        "the cost of a real "
        "score; for a made-up one the sign of z is turned. Add the K costs of each pair to that of its real score, then take the mean.",
    ),
)


@sgns_loss.probe
def _(attempt, rng):
    def pairs(n, k, d, factor=1):
        return numbers(rng, n, d) * factor, numbers(rng, n, d), numbers(rng, n, k, d)

    yield call(attempt, *pairs(1, 1, 2), about="one pair, one made-up neighbour")
    yield call(attempt, *pairs(1, 3, 2), about="one pair, three made-up neighbours")
    yield call(attempt, *pairs(4, 5, 3), about="four pairs, five made-up neighbours each")
    yield call(attempt, *pairs(3, 2, 4), about="three pairs, two made-up neighbours each")
    yield call(attempt, *pairs(2, 7, 3), about="two pairs, seven made-up neighbours each")
    up, down = np.array([[50.0, 0.0]]), np.array([[-2.0, 1.0]])
    yield _steep(attempt, up, down, np.array([[[0.5, 1.0]]]), about="a real pair with the score −100")
    yield _steep(attempt, up, -down, np.array([[[1.5, 1.0], [-1.0, 0.0]]]), about="a made-up pair with the score 75")
    far = np.array([[1000.0, 0.0], [0.5, 0.0]])
    yield _steep(
        attempt,
        far,
        np.array([[-1.0, 2.0], [1.0, 1.0]]),
        np.array([[[1.0, 0.0]], [[-1.0, 1.0]]]),
        about="scores of −1,000 and 1,000",
    )
    score = float(rng.integers(720, 900))
    yield _steep(
        attempt,
        np.array([[score, 1.0]]),
        np.array([[-1.0, 0.0]]),
        np.array([[[0.0, 0.5], [0.0, -1.0]]]),
        about=f"a real pair with the score −{score:.0f}",
    )
    yield call(
        attempt,
        far,
        np.array([[1.0, 2.0], [1.0, 1.0]]),
        np.array([[[-1.0, 0.0]], [[-1.0, 1.0]]]),
        about="scores of 1,000 and −1,000, both as they should be",
    )


def _steep(attempt, centre, true, noise, about):
    """A call with scores far on the wrong side. What comes back finite and small has stopped growing, whatever stopped it."""
    observed = call(attempt, centre, true, noise, about=about)
    real, made = _scores(centre, true, noise)
    wrong_by = (np.maximum(0, -real) + np.maximum(0, made).sum(axis=-1)).mean()
    value = observed.saw["value"] if observed.saw["kind"] == "number" else 0
    say = ""
    if 0 < value < 0.9 * wrong_by:
        say = (
            "Small scores are right. Here your loss has stopped growing, just where the model is most wrong: something small "
            "was added, or something large cut off, before the log."
        )
    elif 1.05 * wrong_by + 2 < value < np.inf:
        say = (
            "Small scores are right. So far out a question costs about as much as its score is wrong by, and yours costs more: "
            "does a fixed number stand in for infinity?"
        )
    return replace(observed, say=say)


def _scores(centre, true, noise):
    return (centre * true).sum(axis=-1), (centre[:, None] * noise).sum(axis=-1)


def _cost(z):
    """The cost of a score that should be high: -ln sigmoid."""
    return np.logaddexp(0, -z)


def _sigmoid(z):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-z))


@sgns_loss.wrong(
    "You treat the made-up pairs as real ones. Their scores should be *low*: what does the minus inside do?"
)
def takes_all_for_real(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(made).sum(axis=-1)).mean()


@sgns_loss.wrong("You averaged over the K made-up neighbours. In this loss their costs are added.")
def averages_the_noise(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made).mean(axis=-1)).mean()


@sgns_loss.wrong(
    "You averaged over all 1 + K questions, as Keras does. Here the costs of one pair are added, and the mean is over pairs."
)
def averages_as_keras(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made).sum(axis=-1)).mean() / (1 + made.shape[1])


@sgns_loss.wrong("You added up the pairs. Asked for is their mean, so that the loss does not grow with the batch.")
def sums_the_pairs(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made).sum(axis=-1)).sum()


@sgns_loss.wrong("You give one loss for each pair. Asked for is one number, their mean.")
def leaves_the_pairs_apart(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return _cost(real) + _cost(-made).sum(axis=-1)


@sgns_loss.wrong("Only the real pairs are in your loss. Without the made-up ones the answer *real* would always do.")
def forgets_the_noise(centre, true, noise):
    return _cost(_scores(centre, true, noise)[0]).mean()


@sgns_loss.wrong(
    "Only the made-up pairs are in your loss. Without the real ones it is best to call everything made up."
)
def forgets_the_real(centre, true, noise):
    return _cost(-_scores(centre, true, noise)[1]).sum(axis=-1).mean()


@sgns_loss.wrong("Real and made-up have changed places: your loss is small when the real pair has a low score.")
def swaps_real_and_made_up(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(-real) + _cost(made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "The size is right and the sign is not: logs of probabilities are below 0, and a loss turns them round."
)
def forgets_the_minus(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return -(_cost(real) + _cost(-made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "Small scores are right. `exp` of 1,000 is too large for any float; 1 over it is 0, and 0 has no log. One infinite pair spoils the "
    "whole batch."
)
def takes_the_log_of_0(centre, true, noise):
    real, made = _scores(centre, true, noise)
    with np.errstate(all="ignore"):
        return (-np.log(_sigmoid(real)) - np.log(_sigmoid(-made)).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "Small scores are right. At a made-up score of 75 the sigmoid is rounded to exactly 1, and 1 minus 1 has no log. Where did "
    "the digits go?"
)
def takes_the_log_of_1_minus_1(centre, true, noise):
    real, made = _scores(centre, true, noise)
    with np.errstate(all="ignore"):
        return (-np.log(_sigmoid(real)) - np.log(1 - _sigmoid(made)).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "You keep the sigmoid away from 0 and 1 by a small number. The loss is finite then, and stops growing just where the model "
    "is most wrong."
)
def clips_the_sigmoid(centre, true, noise):
    real, made = (np.clip(_sigmoid(z), 1e-7, 1 - 1e-7) for z in _scores(centre, true, noise))
    return (-np.log(real) - np.log(1 - made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "You add a small number inside the log. The loss is finite then, and stops growing just where the model is most wrong."
)
def adds_an_epsilon(centre, true, noise):
    real, made = (_sigmoid(z) for z in _scores(centre, true, noise))
    return (-np.log(real + 1e-10) - np.log(1 - made + 1e-10).sum(axis=-1)).mean()


@sgns_loss.wrong("There is no log in your loss: you add up how far each probability is from the right answer.")
def leaves_the_log_out(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (1 - _sigmoid(real) + _sigmoid(made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "You added the made-up rows first and asked one question about their sum. Each made-up neighbour is a question of its own."
)
def adds_the_rows_first(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made.sum(axis=-1))).mean()


@sgns_loss.wrong(
    "You shared one probability out among the 1 + K neighbours, a softmax. Here each pair is a yes-or-no question of its own."
)
def takes_a_softmax(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (np.logaddexp.reduce(np.column_stack([real, made]), axis=1) - real).mean()


@sgns_loss.wrong(
    "You scored the made-up neighbours with the row of the *true* neighbour. They are to be the centre word's neighbours."
)
def scores_against_the_neighbour(centre, true, noise):
    real, made = _scores(centre, true, noise)[0], (true[:, None] * noise).sum(axis=-1)
    return (_cost(real) + _cost(-made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "You divided the scores by the lengths of the rows. That is the cosine; this loss takes the plain dot product."
)
def takes_the_cosine(centre, true, noise):
    rows = [x / np.linalg.norm(x, axis=-1, keepdims=True) for x in (centre, true, noise)]
    real, made = _scores(*rows)
    return (_cost(real) + _cost(-made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "The costs of the made-up neighbours are added over all pairs of the batch. Each pair has its own K; then comes the mean over pairs."
)
def sums_the_noise_of_the_batch(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return _cost(real).mean() + _cost(-made).sum()


@sgns_loss.wrong(
    "Your product scores every centre word with every true neighbour of the batch. Pair i takes row i of the one and row i of the other."
)
def scores_all_with_all(centre, true, noise):
    _, made = _scores(centre, true, noise)
    return _cost(centre @ np.transpose(true)).mean() + _cost(-made).sum(axis=-1).mean()


@sgns_loss.wrong("The sign of the real pair's score is turned: its cost should be small when the score is *high*.")
def takes_all_for_made_up(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(-real) + _cost(-made).sum(axis=-1)).mean()


@sgns_loss.wrong("Your log is to the base 2. The loss is made of natural logs.")
def takes_logs_to_base_2(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made).sum(axis=-1)).mean() / np.log(2)


@sgns_loss.wrong(
    "Your log is to the base 2, of a sigmoid. The loss is made of natural logs, and a far score has no log in yours."
)
def takes_log2_of_the_sigmoid(centre, true, noise):
    return takes_the_log_of_0(centre, true, noise) / np.log(2)


@sgns_loss.wrong("Your log is to the base 10. The loss is made of natural logs.")
def takes_logs_to_base_10(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made).sum(axis=-1)).mean() / np.log(10)


@sgns_loss.wrong(
    "Your log is to the base 10, of a sigmoid. The loss is made of natural logs, and a far score has no log in yours."
)
def takes_log10_of_the_sigmoid(centre, true, noise):
    return takes_the_log_of_0(centre, true, noise) / np.log(10)


@sgns_loss.wrong(
    "You have a cost for each of the d numbers of a row. The score is the dot product: add the products first, then take one cost."
)
def asks_every_dimension(centre, true, noise):
    return (_cost(centre * true).sum(axis=-1) + _cost(-centre[:, None] * noise).sum(axis=(-2, -1))).mean()


@sgns_loss.wrong("Only the first made-up neighbour of each pair is in your loss. All K of them cost something.")
def takes_the_first_made_up(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made[:, 0])).mean()


@sgns_loss.wrong(
    "The shapes (n, d) and (n, K, d) do not go together as they are: NumPy lines them up from the right, so that n meets K. With one pair "
    "it goes well by chance."
)
def lines_up_n_with_k(centre, true, noise):
    return (_cost((centre * true).sum(axis=-1)) + _cost(-(centre * noise).sum(axis=-1)).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "The shapes (n, d) and (n, K, d) do not go together as they are: NumPy lines them up from the right, so that n meets K. (And far "
    "scores will need another log.)"
)
def lines_up_and_takes_the_log(centre, true, noise):
    real, made = _sigmoid((centre * true).sum(axis=-1)), _sigmoid(-(centre * noise).sum(axis=-1))
    with np.errstate(all="ignore"):
        return (-np.log(real) - np.log(made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "The shapes (n, d) and (n, K, d) do not go together in your product: NumPy lines them up from the right, so that n meets K. Read the "
    "shapes in the last line."
)
def lines_up_k_with_n(centre, true, noise):
    return (_cost((centre * true).sum(axis=-1)) + _cost(-(noise * centre).sum(axis=-1)).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "`@` takes `centre` for one matrix, and multiplies rows with columns. Row i of `centre` goes with the K rows of `noise[i]`."
)
def multiplies_noise_with_centre(centre, true, noise):
    return (_cost((centre * true).sum(axis=-1)) + _cost(-(noise @ centre)).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "`noise @ centre.T` has shape (n, K, n): every made-up neighbour is scored with the centres of all pairs. It belongs to one."
)
def scores_noise_with_all_centres(centre, true, noise):
    return (_cost((centre * true).sum(axis=-1)) + _cost(-(noise @ centre.T)).sum(axis=(-2, -1))).mean()


@sgns_loss.wrong(
    "Your loss takes five made-up neighbours, the lesson's K. `noise` may hold more of them, and all cost something."
)
def takes_five_made_up(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) + _cost(-made[:, :5]).sum(axis=-1)).mean()


@sgns_loss.wrong("`np.logaddexp(1, -z)` is ln(e + e^−z). The 1 in ln(1 + e^−z) is e to the power of 0.")
def adds_e_in_place_of_1(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (np.logaddexp(1, -real) + np.logaddexp(1, made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "You subtracted the cost of the made-up pairs: your loss would fall the worse they are told apart. Each cost is above 0 and is added."
)
def subtracts_the_noise(centre, true, noise):
    real, made = _scores(centre, true, noise)
    return (_cost(real) - _cost(-made).sum(axis=-1)).mean()


@sgns_loss.wrong("Your scores are means of products. A dot product is their sum.")
def takes_means_of_products(centre, true, noise):
    real, made = (centre * true).mean(axis=-1), (centre[:, None] * noise).mean(axis=-1)
    return (_cost(real) + _cost(-made).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "1 − σ(−z) is σ(z) again: you turned the sign twice, and the made-up pairs are real ones in your loss. "
    "(And far scores will need another log.)"
)
def turns_the_sign_twice(centre, true, noise):
    real, made = _scores(centre, true, noise)
    with np.errstate(all="ignore"):
        return (-np.log(_sigmoid(real)) - np.log(1 - _sigmoid(-made)).sum(axis=-1)).mean()


@sgns_loss.wrong(
    "Each centre word is scored with the neighbours of all pairs, the real ones and the made-up ones. Pair i has its own, in row i."
)
def scores_everything_with_everything(centre, true, noise):
    made = np.einsum("nd,mkd->nmk", centre, noise)
    return (_cost(centre @ np.transpose(true)) + _cost(-made).sum(axis=-1)).mean()


# ---- cooccurrence ----------------------------------------------------------------------------------------------------

cooccurrence = Exercise(
    "cooccurrence",
    hints=(
        "Take the first example by hand. Which two places are 1 apart, which are 2 apart, and which cells does each meeting change?",
        "Go through texts, places and the places that follow within the window; `enumerate(text[place + 1 : place + 1 + window], 1)` gives "
        "distances along with words.",
        "Start with zeros of shape (size, size). For every place and every later place at most `window` away: unless one of the "
        "two ids is 0, "
        "add 1 / distance to the cell (word, other) and to the cell (other, word).",
    ),
)


@cooccurrence.probe
def _(attempt, rng):
    a, b, c = (int(i) for i in rng.permutation([1, 2, 3]))
    yield call(attempt, np.array([[a, b, c]]), 4, 1, about="three words, a window of 1")
    yield call(attempt, np.array([[a, b, c]]), 4, 2, about="three words, a window of 2")
    yield call(attempt, np.array([[a, 0, b, c]]), 4, 3, about="id 0 between two words")
    yield call(
        attempt, np.array([[a, 0, 0, b, c]]), 4, 2, about="more zeros between two words than the window reaches over"
    )
    yield call(attempt, np.array([[a, b, a, a]]), 4, 3, about="a word that stands three times")
    yield call(attempt, np.array([[a, b, 0], [c, a, 0]]), 4, 2, about="two texts")
    yield call(
        attempt, np.array([[a, b], [c, a]]), 4, 9, about="two texts without padding, a window wider than they are"
    )
    yield call(attempt, np.array([[0, 0, 0]]), 3, 2, about="no words at all")
    batch = np.where(np.arange(8) < [[8], [5], [3]], rng.integers(1, 6, (3, 8)), 0).astype("int32")
    yield call(attempt, batch, 7, 4, about="three texts, 5 different words, a window of 4")


def _meetings(ids, window, across=False):
    """(word, other, distance), the other one to the right; zeros included."""
    for text in [np.ravel(ids)] if across else ids:
        for place in range(len(text)):
            for distance in range(1, min(window, len(text) - 1 - place) + 1):
                yield int(text[place]), int(text[place + distance]), distance


def _table(size, meetings, left=True, right=True):
    counts = np.zeros((size, size))
    for i, j, amount in meetings:
        counts[i, j] += amount * right
        counts[j, i] += amount * left
    return counts


def _words(ids, window, **options):
    return [meeting for meeting in _meetings(ids, window, **options) if meeting[0] and meeting[1]]


@cooccurrence.wrong("You count every meeting as 1. Asked for is 1/d: the nearer, the more.")
def counts_each_as_1(ids, size, window):
    return _table(size, [(i, j, 1) for i, j, _ in _words(ids, window)])


@cooccurrence.wrong(
    "You write each meeting down for one of the two words only. Both have met: the table comes out symmetric."
)
def one_side_only(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _words(ids, window)], left=False)


@cooccurrence.wrong(
    "All your counts are twice what they should be: each two places are met from the left and again from the right, and each time you fill "
    "both cells."
)
def counts_twice(ids, size, window):
    return 2 * _table(size, [(i, j, 1 / d) for i, j, d in _words(ids, window)])


@cooccurrence.wrong("You took id 0 for a word. Its row and its column stay 0.")
def counts_id_0(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _meetings(ids, window)])


@cooccurrence.wrong(
    "You took the zeros out before you measured distances. An id 0 counts for nothing, but it keeps its place."
)
def closes_the_gaps(ids, size, window):
    closed = [[i for i in text if i] for text in ids]
    return _table(size, [(i, j, 1 / d) for text in closed for i, j, d in _words([text], window)])


@cooccurrence.wrong("Your window reaches from one text into the next. Words of different texts never meet.")
def crosses_texts(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _words(ids, window, across=True)])


@cooccurrence.wrong("Your window is one short: places exactly `window` apart meet as well. `range` leaves its end out.")
def one_short(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _words(ids, window - 1)])


@cooccurrence.wrong("There is no end to your window: words that stand further apart than `window` do not meet.")
def has_no_window(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _words(ids, np.shape(ids)[1])])


@cooccurrence.wrong("Your distances are one too large: words side by side are 1 apart, not 2.")
def distances_too_large(ids, size, window):
    return _table(size, [(i, j, 1 / (d + 1)) for i, j, d in _words(ids, window)])


@cooccurrence.wrong("You leave out meetings of a word with itself. If it stands at two places, those places meet too.")
def skips_itself(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _words(ids, window) if i != j])


@cooccurrence.wrong(
    "When a word meets itself, the two cells to be filled are one and the same, and it is filled twice. You fill it once."
)
def fills_the_diagonal_once(ids, size, window):
    counts = cooccurrence_right(ids, size, window)
    return counts - np.diag(np.diag(counts)) / 2


def cooccurrence_right(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _words(ids, window)])


@cooccurrence.wrong(
    "Meetings are lost: `counts[i, j] += ...` with arrays of ids is carried out once for each different pair, however often the pair comes."
)
def loses_repeats(ids, size, window):
    counts, ids = np.zeros((size, size)), np.asarray(ids)
    for d in range(1, min(window, ids.shape[1] - 1) + 1):
        here, there = ids[:, :-d].ravel(), ids[:, d:].ravel()
        both = (here > 0) & (there > 0)
        counts[here[both], there[both]] += 1 / d
        counts[there[both], here[both]] += 1 / d
    return counts


@cooccurrence.wrong("You set the cell anew at each meeting, so only the last one is left. Meetings add up.")
def keeps_the_last(ids, size, window):
    counts = np.zeros((size, size))
    for i, j, d in _words(ids, window):
        counts[i, j] = counts[j, i] = 1 / d
    return counts


@cooccurrence.wrong(
    "Your amounts fall in even steps with the distance, as in some programs. Here a meeting at distance d counts 1/d."
)
def falls_in_steps(ids, size, window):
    return _table(size, [(i, j, (window - d + 1) / window) for i, j, d in _words(ids, window)])


@cooccurrence.wrong(
    "Your texts go round: the last word has met the first. `np.roll` brings back in front what it pushes out behind."
)
def rolls_round(ids, size, window):
    counts, ids = np.zeros((size, size)), np.asarray(ids)
    for d in range(1, window + 1):
        there = np.roll(ids, -d, axis=1)
        both = (ids > 0) & (there > 0)
        np.add.at(counts, (ids[both], there[both]), 1 / d)
        np.add.at(counts, (there[both], ids[both]), 1 / d)
    return counts


@cooccurrence.wrong("You divide each row by its sum. Asked for are the counts themselves.")
def makes_shares(ids, size, window):
    counts = cooccurrence_right(ids, size, window)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)


@cooccurrence.wrong("You multiply by the distance. A meeting far apart should count less, not more.")
def multiplies_by_the_distance(ids, size, window):
    return _table(size, [(i, j, d) for i, j, d in _words(ids, window)])


@cooccurrence.wrong("Your table is one row and one column off: word 2 belongs into row 2. Row 0 is there, and stays 0.")
def one_row_off(ids, size, window):
    return np.roll(cooccurrence_right(ids, size, window), (-1, -1), axis=(0, 1))


@cooccurrence.wrong(
    "You stop at an id 0. It may stand between words too: those on its two sides still meet, further apart."
)
def stops_at_a_gap(ids, size, window):
    meetings = [
        (int(text[i]), int(text[j]), 1 / (j - i))
        for text in ids
        for i in range(len(text))
        for j in range(i + 1, min(len(text), i + window + 1))
        if all(text[k] for k in range(i, j + 1))
    ]
    return _table(size, meetings)


@cooccurrence.wrong(
    "Near the end of a text a whole window no longer fits, and you leave those places out. What is left of the window counts."
)
def leaves_the_end_out(ids, size, window):
    meetings = [
        (int(text[i]), int(text[i + d]), 1 / d)
        for text in ids
        for i in range(len(text) - window)
        for d in range(1, window + 1)
        if text[i] and text[i + d]
    ]
    return _table(size, meetings)


@cooccurrence.wrong(
    "Your distances are those of the text, and your window counts only the words that are left. Id 0 keeps its place for both."
)
def counts_the_window_in_words(ids, size, window):
    meetings = []
    for text in ids:
        places = [place for place, word in enumerate(text) if word]
        for k, i in enumerate(places):
            meetings += [(int(text[i]), int(text[j]), 1 / (j - i)) for j in places[k + 1 : k + 1 + window]]
    return _table(size, meetings)


@cooccurrence.wrong("Your window is one too long: places `window` + 1 apart do not meet.")
def window_too_long(ids, size, window):
    return cooccurrence_right(ids, size, window + 1)


@cooccurrence.wrong("In yours a place meets itself. Two places are at least 1 apart.")
def meets_itself(ids, size, window):
    counts = cooccurrence_right(ids, size, window)
    return counts + np.diag(np.bincount(np.ravel(ids), minlength=size) * (np.arange(size) > 0))


@cooccurrence.wrong("Only one half of your table is filled. Where $X_{ij}$ gets an amount, $X_{ji}$ gets it too.")
def fills_the_upper_half(ids, size, window):
    return np.triu(cooccurrence_right(ids, size, window))


@cooccurrence.wrong(
    "Only the half of your table below the diagonal is filled. Where $X_{ij}$ gets an amount, $X_{ji}$ gets it too."
)
def fills_the_lower_half(ids, size, window):
    return np.tril(cooccurrence_right(ids, size, window))


@cooccurrence.wrong("Your table knows the first text only: is the `return` inside the loop?")
def stops_after_the_first_text(ids, size, window):
    return cooccurrence_right(ids[:1], size, window)


@cooccurrence.wrong("Row 0 is emptied in yours, and column 0 is not. Id 0 is no word as a neighbour either.")
def empties_row_0_only(ids, size, window):
    counts = counts_id_0(ids, size, window)
    counts[0] = 0
    return counts


@cooccurrence.wrong("Column 0 is emptied in yours, and row 0 is not. Id 0 is no word on either side.")
def empties_column_0_only(ids, size, window):
    counts = counts_id_0(ids, size, window)
    counts[:, 0] = 0
    return counts


@cooccurrence.wrong("Your text ends at the first id 0. It may stand anywhere, and words after it count.")
def ends_at_the_first_0(ids, size, window):
    cut = [np.array(text)[: int(np.argmin([*text, 0] != np.array(0)))] for text in ids]
    return _table(size, [(i, j, 1 / d) for text in cut for i, j, d in _words([text], window)])


@cooccurrence.wrong(
    "At the first id 0 your loop over places ends, and the words behind it never get their turn. Id 0 may stand anywhere."
)
def leaves_the_loop_at_0(ids, size, window):
    meetings = []
    for text in ids:
        for i, word in enumerate(text):
            if word == 0:
                break
            rest = enumerate(text[i + 1 : i + 1 + window], start=1)
            meetings += [(int(word), int(other), 1 / d) for d, other in rest if other]
    return _table(size, meetings)


@cooccurrence.wrong(
    "`text[place - d]` with a number below 0 counts from the end of the text: your first words have met the last ones."
)
def looks_left_past_the_start(ids, size, window):
    counts = np.zeros((size, size))
    for text in ids:
        for place in range(len(text)):
            for d in range(1, window + 1):
                i, j = text[place], text[place - d]
                if i and j:
                    counts[i, j] += 1 / d
                    counts[j, i] += 1 / d
    return counts


@cooccurrence.wrong(
    "1/2 has become 0 in yours: an array of integers cuts off what comes after the point, and so does `//`."
)
def has_a_table_of_integers(ids, size, window):
    return _table(size, [(i, j, int(d == 1)) for i, j, d in _words(ids, window)])


@cooccurrence.wrong("You divide by the square of the distance. Asked for is 1/d.")
def divides_by_the_square(ids, size, window):
    return _table(size, [(i, j, 1 / d**2) for i, j, d in _words(ids, window)])


@cooccurrence.wrong("In yours a place meets itself, and both times. Two places are at least 1 apart.")
def meets_itself_twice(ids, size, window):
    counts = cooccurrence_right(ids, size, window)
    return counts + 2 * np.diag(np.bincount(np.ravel(ids), minlength=size) * (np.arange(size) > 0))


@cooccurrence.wrong(
    "In yours a place meets itself, at distance 0, and 1/0 is no number. Two places are at least 1 apart."
)
def divides_by_distance_0(ids, size, window):
    return _table(size, [(int(i), int(i), 1 / d) for i in np.ravel(ids) if i for d in range(window)])


@cooccurrence.wrong(
    "Near the end of a text your window reaches past it, for places that do not exist. What is left of the window counts."
)
def looks_past_the_end(ids, size, window):
    counts = np.zeros((size, size))
    for text in ids:
        for place in range(len(text)):
            for other in range(place + 1, place + window + 1):
                i, j = text[place], text[other]
                if i and j:
                    counts[i, j] += 1 / (other - place)
                    counts[j, i] += 1 / (other - place)
    return counts


@cooccurrence.wrong("Your window is 2, as in the example, whatever `window` says. It is an argument.")
def takes_the_examples_window(ids, size, window):
    return cooccurrence_right(ids, size, 2)


@cooccurrence.wrong("You leave id 1 out as well. It is a word here, like any other; only id 0 is none.")
def takes_id_1_for_no_word(ids, size, window):
    return cooccurrence_right(np.where(np.asarray(ids) == 1, 0, ids), size, window)


@cooccurrence.wrong("You went down the columns: words of different texts have met. A text is a row of `ids`.")
def goes_down_the_columns(ids, size, window):
    return cooccurrence_right(np.transpose(ids), size, window)


@cooccurrence.wrong(
    "A word meets nobody in yours unless a whole window fits around it. Near the ends what is left of the window counts."
)
def full_windows_around_only(ids, size, window):
    meetings = [
        (int(text[i]), int(text[i + d]), 1 / abs(d))
        for text in ids
        for i in range(window, len(text) - window)
        for d in range(-window, window + 1)
        if d and text[i] and text[i + d]
    ]
    return _table(size, meetings, left=False)


@cooccurrence.wrong(
    "You leave a meeting out only where both ids are 0. One that is 0 is enough: nobody meets what is no word."
)
def lets_one_zero_through(ids, size, window):
    return _table(size, [(i, j, 1 / d) for i, j, d in _meetings(ids, window) if i or j])


@cooccurrence.wrong(
    "Your distances have a sign, and to the left they are below 0. How far apart two places are has none."
)
def counts_with_a_sign(ids, size, window):
    right = _words(ids, window)
    return _table(size, [*((i, j, 1 / d) for i, j, d in right), *((j, i, -1 / d) for i, j, d in right)], left=False)


@cooccurrence.wrong(
    "Each of your numbers is half of what is asked for. A meeting gives all of 1/d to both cells; it is not shared out between them."
)
def shares_each_meeting(ids, size, window):
    return cooccurrence_right(ids, size, window) / 2


# ---- glove_loss ------------------------------------------------------------------------------------------------------

glove_loss = Exercise(
    "glove_loss",
    hints=(
        "In the example there are four cells. Which of them count, and what would the log of the others be?",
        "`rows @ columns.T` holds all dot products at once. A bias of shape (V,) added to a table of shape (V, V) goes along the columns; "
        "`[:, None]` turns it into one for the rows. `np.nonzero` or a mask picks the cells.",
        "Make the error table: dot products, plus row bias as a column, plus column bias, minus the log of the counts, where a "
        "count of 0 is "
        "replaced by 1 first. Weight: the smaller of 1 and (counts / limit) to the power of 0.75, which is 0 where the count "
        "is. Sum weight times "
        "squared error.",
    ),
)


@glove_loss.probe
def _(attempt, rng):
    def case(counts, limit, d=2):
        counts = np.array(counts, dtype=float)
        v = len(counts)
        return counts, numbers(rng, v, d), numbers(rng, v, d), numbers(rng, v), numbers(rng, v), limit

    near = float(rng.integers(5, 9))
    yield call(attempt, *case([[near]], 4), about="one word; its count is above the limit")
    yield call(attempt, *case([[near]], 16), about="one word; its count is below the limit")
    yield call(attempt, *case([[2, near], [1, 0.5]], 4), about="two words, no count is 0")
    yield call(attempt, *case([[0, near], [1, 0]], 4), about="two cells are 0")
    yield call(attempt, *case([[0, 0], [0, 0]], 4), about="all counts are 0")
    table = rng.integers(1, 30, (4, 4)) / 2 * (rng.random((4, 4)) < 0.7)
    table[0, 1], table[2, 1] = 0, near
    yield call(attempt, *case(table, 6, 3), about="four words, counts on both sides of the limit, some 0")
    yield call(attempt, *case(table * 20, 150, 3), about="the same with larger counts and limit")


def _glove(counts, rows, columns, row_bias, column_bias, limit, log=np.log, weight=None, biases=None, total=np.sum):
    met = counts > 0
    error = rows @ columns.T - log(np.where(met, counts, 1))
    error = error + (row_bias[:, None] + column_bias if biases is None else biases)
    f = np.minimum(1, (counts / limit) ** 0.75) if weight is None else weight
    return total((f * error**2)[met])


@glove_loss.wrong(
    "A count of 0 went into the log: 0 times minus infinity is no number, and no weight of 0 can make it one again."
)
def takes_the_log_of_zero(counts, rows, columns, row_bias, column_bias, limit):
    with np.errstate(all="ignore"):
        error = rows @ columns.T + row_bias[:, None] + column_bias - np.log(counts)
        return np.sum(np.minimum(1, (counts / limit) ** 0.75) * error**2)


@glove_loss.wrong("You took the log of 1 + X. That keeps the zeros out of trouble and changes every other count's log.")
def logs_one_more(*args):
    return _glove(*args, log=np.log1p)


@glove_loss.wrong("You averaged over the cells. The loss is the sum.")
def averages_the_cells(*args):
    return _glove(*args, total=lambda cells: cells.sum() / max(1, cells.size))


@glove_loss.wrong("You averaged over all cells of the table, the zeros too. The loss is the sum.")
def averages_the_table(counts, *args):
    return _glove(counts, *args) / counts.size


@glove_loss.wrong(
    "There is no weight in your sum. A pair that met once then pulls as hard as one that met a thousand times."
)
def has_no_weight(counts, *args):
    return _glove(counts, *args, weight=np.ones(counts.shape))


@glove_loss.wrong("Your weight grows without end. It stops at 1: from the limit on, all counts weigh the same.")
def has_no_limit(*args):
    return _glove(*args, weight=(args[0] / args[-1]) ** 0.75)


@glove_loss.wrong("Your weight has no exponent. It is the fraction to the power of 0.75, which lifts the small ones.")
def has_no_exponent(*args):
    return _glove(*args, weight=np.minimum(1, args[0] / args[-1]))


@glove_loss.wrong(
    "You cut the count at the limit, and then do not divide by it: the weight goes up to limit to the power of 0.75, not to 1."
)
def does_not_divide(*args):
    return _glove(*args, weight=np.minimum(args[-1], args[0]) ** 0.75)


@glove_loss.wrong("Your weight is always that of a limit of 100. The limit is an argument.")
def takes_the_papers_limit(*args):
    return _glove(*args, weight=np.minimum(1, (args[0] / 100) ** 0.75))


@glove_loss.wrong(
    "You took the larger of 1 and the fraction. Small counts then weigh as much as the limit, and large ones more."
)
def takes_the_larger(*args):
    return _glove(*args, weight=np.maximum(1, (args[0] / args[-1]) ** 0.75))


@glove_loss.wrong("The biases are missing: without them the dot products have to say how frequent the words are.")
def has_no_biases(*args):
    return _glove(*args, biases=0)


@glove_loss.wrong("The bias of the column is missing. Each cell has two: its row's and its column's.")
def has_no_column_bias(*args):
    return _glove(*args, biases=args[3][:, None])


@glove_loss.wrong("The bias of the row is missing. Each cell has two: its row's and its column's.")
def has_no_row_bias(*args):
    return _glove(*args, biases=args[4])


@glove_loss.wrong(
    "Both biases go along the columns in yours: an array of shape (V,) added to a table gives each *column* its number."
)
def both_along_the_columns(*args):
    return _glove(*args, biases=args[3] + args[4])


@glove_loss.wrong("The two biases have changed places: row i's number has gone to column i, and the other way round.")
def swaps_the_biases(*args):
    return _glove(*args, biases=args[3] + args[4][:, None])


@glove_loss.wrong(
    "You multiplied rows with rows. The cell of i and j takes row i of the one table and row j of the *other*."
)
def uses_one_table(counts, rows, columns, *args):
    return _glove(counts, rows, rows, *args)


@glove_loss.wrong(
    "Rows and columns have changed places in your dot products: the table is the right one, lying on its side."
)
def swaps_the_tables(counts, rows, columns, *args):
    return _glove(counts, columns, rows, *args)


@glove_loss.wrong("You compare with the counts themselves. The dot products are to meet their *logs*.")
def takes_no_log(*args):
    return _glove(*args, log=lambda counts: counts)


@glove_loss.wrong("Your log is to the base 10. The natural one is asked for.")
def logs_to_base_10(*args):
    return _glove(*args, log=np.log10)


@glove_loss.wrong("Your log is to the base 2. The natural one is asked for.")
def logs_to_base_2(*args):
    return _glove(*args, log=np.log2)


@glove_loss.wrong("Your errors are not squared, so those above and those below 0 cancel.")
def does_not_square(counts, rows, columns, row_bias, column_bias, limit):
    met = counts > 0
    error = rows @ columns.T + row_bias[:, None] + column_bias - np.log(np.where(met, counts, 1))
    return np.sum((np.minimum(1, (counts / limit) ** 0.75) * error)[met])


@glove_loss.wrong("You squared the weight along with the error. It stands outside the square.")
def squares_the_weight(*args):
    return _glove(*args, weight=np.minimum(1, (args[0] / args[-1]) ** 0.75) ** 2)


@glove_loss.wrong("You went through one half of the table. Every cell above 0 counts; the table need not be symmetric.")
def takes_one_half(counts, *args):
    return _glove(np.triu(counts), *args)


@glove_loss.wrong(
    "You took the log of at least 1, so counts below 1 have the log 0. A count of 0.5 has a log, and it is below 0."
)
def cuts_logs_at_0(*args):
    return _glove(*args, log=lambda counts: np.log(np.maximum(counts, 1)))


@glove_loss.wrong("You halved the sum, as GloVe's own program does. The paper's equation 8, and this exercise, do not.")
def halves_the_sum(*args):
    return _glove(*args) / 2


@glove_loss.wrong("You give a loss for each row. Asked for is the sum over all cells, one number.")
def leaves_the_rows_apart(*args):
    met = args[0] > 0
    error = args[1] @ args[2].T + args[3][:, None] + args[4] - np.log(np.where(met, args[0], 1))
    return np.sum(np.minimum(1, (args[0] / args[5]) ** 0.75) * error**2, axis=1)


@glove_loss.wrong(
    "Your exponent applies to the limit alone, or to the count alone. It belongs over the whole fraction."
)
def raises_the_limit_only(*args):
    return _glove(*args, weight=np.minimum(1, args[0] / args[5] ** 0.75))


@glove_loss.wrong("Both biases go along the rows in yours: row i gets both of its numbers, and the column has no say.")
def both_along_the_rows(*args):
    return _glove(*args, biases=(args[3] + args[4])[:, None])


@glove_loss.wrong("You took the size of the error. It is squared here, so that large errors weigh more.")
def takes_the_size_of_the_error(*args):
    met = args[0] > 0
    error = args[1] @ args[2].T + args[3][:, None] + args[4] - np.log(np.where(met, args[0], 1))
    return np.sum((np.minimum(1, (args[0] / args[5]) ** 0.75) * np.abs(error))[met])


@glove_loss.wrong(
    "You multiplied row i with column i only, one number for each word. Every cell (i, j) has a dot product of its own: row i of the one "
    "table with row j of the other."
)
def multiplies_place_by_place(*args):
    met = args[0] > 0
    error = (args[1] * args[2]).sum(axis=1) + args[3][:, None] + args[4] - np.log(np.where(met, args[0], 1))
    return np.sum((np.minimum(1, (args[0] / args[5]) ** 0.75) * error**2)[met])


@glove_loss.wrong(
    "`rows @ columns` multiplies rows of the one table with *columns* of the other, and both have shape (V, d). Which of the two must be "
    "turned on its side?"
)
def does_not_transpose(*args):
    met = args[0] > 0
    error = args[1] @ args[2] + args[3][:, None] + args[4] - np.log(np.where(met, args[0], 1))
    return np.sum((np.minimum(1, (args[0] / args[5]) ** 0.75) * error**2)[met])


@glove_loss.wrong("You left counts below 1 out. They are above 0, so they count.")
def leaves_out_below_1(counts, *args):
    return _glove(np.where(counts >= 1, counts, 0), *args)


@glove_loss.wrong("You left counts of 1 out, and all below. Their log is 0 or less, and yet they count.")
def leaves_out_up_to_1(counts, *args):
    return _glove(np.where(counts > 1, counts, 0), *args)


@glove_loss.wrong("You made integers of the counts: 0.5 is 0 then, and 2.5 is 2.")
def makes_integers_of_counts(counts, *args):
    return _glove(np.floor(counts), *args)


@glove_loss.wrong("You left the diagonal out. A word that met itself has a count like any other.")
def leaves_out_the_diagonal(counts, *args):
    return _glove(np.where(np.eye(len(counts)) > 0, 0, counts), *args)


@glove_loss.wrong("The sign of the log is turned: the error is what the model says *minus* the log of the count.")
def adds_the_log(*args):
    return _glove(*args, log=lambda counts: -np.log(counts))


@glove_loss.wrong("Your counts lie on their side: $X_{ij}$ belongs to row i of `rows` and row j of `columns`.")
def transposes_the_counts(counts, *args):
    return _glove(counts.T, *args)


@glove_loss.wrong("Your weight is always that of a limit of 10, the lesson's. The limit is an argument.")
def takes_the_lessons_limit(*args):
    return _glove(*args, weight=np.minimum(1, (args[0] / 10) ** 0.75))


@glove_loss.wrong(
    "There is no weight in your sum, and so cells with a count of 0 are in it, with a log that you put there. They add nothing."
)
def has_no_weight_and_no_mask(*args):
    error = args[1] @ args[2].T + args[3][:, None] + args[4] - np.log(np.where(args[0] > 0, args[0], 1))
    return np.sum(error**2)


@glove_loss.wrong("You averaged over the cells that count, and where none does you divide by 0. The loss is the sum.")
def averages_the_cells_that_count(*args):
    with np.errstate(all="ignore"):
        return np.float64(_glove(*args)) / np.count_nonzero(args[0])


@glove_loss.wrong("You give a table, with one number for each cell. The loss is the sum of them all.")
def leaves_the_cells_apart(*args):
    return _cells(*args)


@glove_loss.wrong("Only the last cell is left of your loss: each cell replaces the one before. They are added up.")
def keeps_the_last_cell(*args):
    cells = _cells(*args)[args[0] > 0]
    return cells[-1] if cells.size else 0


def _cells(*args):
    """The loss, cell by cell."""
    error = args[1] @ args[2].T + args[3][:, None] + args[4] - np.log(np.where(args[0] > 0, args[0], 1))
    return np.minimum(1, (args[0] / args[5]) ** 0.75) * error**2


@glove_loss.wrong("You took the root of the sum. The loss is the sum of squares itself.")
def takes_the_root(*args):
    return np.sqrt(_glove(*args))


@glove_loss.wrong(
    "You took the biases away. The dot product and both biases together are to meet the log of the count."
)
def subtracts_the_biases(*args):
    return _glove(*args, biases=-(args[3][:, None] + args[4]))


@glove_loss.wrong("Your exponent is 0.5, a square root. It is 0.75.")
def takes_the_root_for_a_weight(*args):
    return _glove(*args, weight=np.minimum(1, args[0] / args[5]) ** 0.5)


@glove_loss.wrong("You took the mean of the products. A dot product is their sum.")
def takes_the_mean_of_products(counts, rows, columns, *args):
    return _glove(counts, rows / rows.shape[1], columns, *args)


@glove_loss.wrong(
    "You have one number for each word, the product of its two rows and its two biases, and took it for all rows of the table. Each cell "
    "has a row i and a column j of its own."
)
def takes_each_word_with_itself(*args):
    met = args[0] > 0
    error = (args[1] * args[2]).sum(axis=1) + args[3] + args[4] - np.log(np.where(met, args[0], 1))
    return np.sum((np.minimum(1, (args[0] / args[5]) ** 0.75) * error**2)[met])


@glove_loss.wrong(
    "You put a 1 where a count is 0: the log is 0 then, but the weight is not, and the cell is in the sum."
)
def puts_1_for_0(counts, *args):
    return _glove(np.where(counts == 0, 1.0, counts), *args)


@glove_loss.wrong("You made the counts symmetric first. They need not be, and are taken as they come.")
def makes_the_counts_symmetric(counts, *args):
    return _glove((counts + counts.T) / 2, *args)


# ---- ppmi ------------------------------------------------------------------------------------------------------------

ppmi = Exercise(
    "ppmi",
    hints=(
        "In the example, what would chance alone put into the cell (0, 1), from the sums of its row and its column?",
        "`sum(axis=1, keepdims=True)` has shape (V, 1); times the sums of the columns, shape (V,), it gives a table. Which "
        "cells must not go "
        "into the log, and which must not go into the division?",
        "What chance expects: row sums as a column, times column sums, divided by the sum of all. Start with zeros; where a "
        "count is above 0, put the "
        "log of count divided by expectation; then take the larger of 0 and that.",
    ),
)


@ppmi.probe
def _(attempt, rng):
    few = int(rng.integers(2, 5))
    yield _surprise(attempt, np.array([[40, 1], [2, few]]), about="two words, no count is 0, not symmetric")
    yield _surprise(attempt, np.array([[0, few], [few, 2 * few + 1]]), about="one count is 0")
    yield _surprise(attempt, np.array([[few, 7.0, 1], [0, 2, 0.5], [3, 0, 1]]), about="three words, not symmetric")
    yield _surprise(
        attempt, np.array([[0, 0, 0], [0, few, 1], [0, 1, 8]]), about="the first row and column hold nothing but zeros"
    )
    table = rng.integers(0, 9, (5, 5)) / 2
    table[0, :2], table[3] = (4, 1), 0
    yield _surprise(attempt, table, about="five words, one row holds nothing but zeros")
    yield _surprise(attempt, np.array([[0, 0], [few, 0]]), about="a single count above 0")
    yield _surprise(attempt, np.array([[0.5, 0], [0, 0.25]]), about="counts below 1")


def _surprise(attempt, counts, about):
    """A call; a number in a cell that never met is told of, whatever put it there."""
    observed = call(attempt, counts, about=about)
    if observed.saw["kind"] != "array" or observed.saw["shape"] != list(counts.shape):
        return observed
    empty = np.array(observed.saw["values"], float).reshape(counts.shape)[counts == 0]
    say = "A cell with the count 0 holds a number in yours. Two words that never met have 0 in the result, whatever stood in for it."
    return replace(observed, say=say) if np.any(np.isfinite(empty) & (np.abs(empty) > 1e-5)) else observed


def _pmi(counts, log=np.log, expect=None, empty=0.0):
    counts = np.asarray(counts, dtype=float)
    chance = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum() if expect is None else expect
    result = np.full(counts.shape, empty)
    met = counts > 0
    with np.errstate(all="ignore"):
        result[met] = log((counts / chance)[met])
    return result


@ppmi.wrong("Cells below what chance gives have a log below 0. *Positive* PMI sets them to 0.")
def leaves_the_negative(counts):
    return _pmi(counts)


@ppmi.wrong("You took away the sign of what is below 0. Positive PMI sets such cells to 0.")
def takes_the_size(counts):
    return np.abs(_pmi(counts))


@ppmi.wrong("Your log is to the base 2, as many books have it. The natural one is asked for.")
def logs_to_the_base_2(counts):
    return np.maximum(0, _pmi(counts, log=np.log2))


@ppmi.wrong("Where a row holds nothing but zeros you divide 0 by 0, and a NaN is left. Such cells are 0 in the result.")
def leaves_nan(counts):
    with np.errstate(all="ignore"):
        chance = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
        return np.maximum(0, np.log(counts / chance))


@ppmi.wrong("Cells that never met have minus infinity in yours, the log of 0. They are 0 in the result.")
def leaves_infinity(counts):
    return np.where(np.asarray(counts) > 0, np.maximum(0, _pmi(counts)), -np.inf)


@ppmi.wrong("Your table lies on its side: the cell of i and j is where that of j and i should be.")
def lies_on_its_side(counts):
    return np.maximum(0, _pmi(counts)).T


@ppmi.wrong("You cut off everything behind the point: the result holds the logs, not integers.")
def makes_integers(counts):
    return np.trunc(np.maximum(0, _pmi(counts)))


@ppmi.wrong("You write into an array of integers, as `counts` may be one: 0.7 written into it becomes 0.")
def writes_into_integers_too(counts):
    return np.maximum(0, _pmi(counts)).astype(counts.dtype)


@ppmi.wrong("You subtracted ln 5. That is where skip-gram with K = 5 has its best scores; asked for is PPMI by itself.")
def subtracts_the_log_of_k(counts):
    return np.maximum(0, _pmi(counts) - np.log(5) * (np.asarray(counts) > 0))


@ppmi.wrong("You took the log of 1 + ratio. What chance gives has the ratio 1, and its log should be 0.")
def logs_one_more_than_the_ratio(counts):
    return np.maximum(0, _pmi(counts, log=np.log1p))


@ppmi.wrong("These are the ratios. Their log is missing.")
def forgets_the_log(counts):
    return _pmi(counts, log=lambda ratio: ratio)


@ppmi.wrong(
    "The sum of all counts is missing: a count divided by two sums is far below what the formula says, and nearly every log below 0."
)
def forgets_the_total(counts):
    counts = np.asarray(counts, dtype=float)
    return np.maximum(0, _pmi(counts, expect=counts.sum(axis=1, keepdims=True) * counts.sum(axis=0)))


@ppmi.wrong("You put the number of cells where the sum of all counts belongs.")
def takes_the_number_of_cells(counts):
    counts = np.asarray(counts, dtype=float)
    return np.maximum(0, _pmi(counts, expect=counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.size))


@ppmi.wrong("You took the sums of the rows for both. The table need not be symmetric: a column has a sum of its own.")
def takes_the_rows_twice(counts):
    counts = np.asarray(counts, dtype=float)
    rows = counts.sum(axis=1)
    return np.maximum(0, _pmi(counts, expect=rows[:, None] * rows / counts.sum()))


@ppmi.wrong(
    "Rows and columns have changed places: the sum of row i has gone to column i. In a table that is not symmetric it shows."
)
def swaps_rows_and_columns(counts):
    counts = np.asarray(counts, dtype=float)
    return np.maximum(0, _pmi(counts, expect=counts.sum(axis=0)[:, None] * counts.sum(axis=1) / counts.sum()))


@ppmi.wrong(
    "You divided by the sum of the row only: how likely j is near i. How frequent j is everywhere has not gone in."
)
def forgets_the_columns(counts):
    counts = np.asarray(counts, dtype=float)
    rows = counts.sum(axis=1, keepdims=True) * np.ones(counts.shape)
    return np.maximum(0, _pmi(counts, expect=rows / counts.sum()))


@ppmi.wrong(
    "These are counts divided by the sum of their row, shares. They say nothing of what chance would give, and have no log."
)
def makes_shares_of_rows(counts):
    counts = np.asarray(counts, dtype=float)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)


@ppmi.wrong(
    "That is the log of a share, of the part of its row that a cell holds: never above 0. What chance would give has not gone in."
)
def logs_the_shares(counts):
    counts = np.asarray(counts, dtype=float)
    rows = counts.sum(axis=1, keepdims=True) * np.ones(counts.shape)
    return np.maximum(0, _pmi(counts, expect=rows))


@ppmi.wrong("You multiplied by the count. That is a part of the *mean* of PMI; asked for is PMI itself.")
def weighs_by_the_count(counts):
    return np.maximum(0, np.asarray(counts) / np.sum(counts) * _pmi(counts))


@ppmi.wrong(
    "You added 1 to every cell. No zero is left to trouble the log, and pairs that never met look as if they had."
)
def adds_one_to_every_cell(counts):
    return np.maximum(0, _pmi(np.asarray(counts, dtype=float) + 1))


@ppmi.wrong(
    "Your row sums and column sums are multiplied place by place, a product of shape (V,). Each cell takes the sum of its row "
    "and of its column."
)
def multiplies_the_sums_place_by_place(counts):
    counts = np.asarray(counts, dtype=float)
    with np.errstate(all="ignore"):
        return np.maximum(
            0,
            _pmi(counts, expect=np.broadcast_to(counts.sum(axis=0) * counts.sum(axis=1) / counts.sum(), counts.shape)),
        )


def _mended(result):
    return np.where(np.isfinite(result), result, 0)


@ppmi.wrong(
    "The sums of the rows have gone to the columns: an array of shape (V,) gives each *column* its number. Row i's sum belongs to row i."
)
def gives_row_sums_to_columns(counts):
    return _mended(multiplies_the_sums_place_by_place(counts))


@ppmi.wrong(
    "The sum of row i has gone to column i, and that of column i to row i. In a table that is not symmetric it shows."
)
def swaps_the_sums(counts):
    return _mended(swaps_rows_and_columns(counts))


@ppmi.wrong("Your log is to the base 10. The natural one is asked for.")
def logs_to_the_base_10(counts):
    return np.maximum(0, _pmi(counts, log=np.log10))


@ppmi.wrong("You took the sums of the columns for both. The table need not be symmetric: a row has a sum of its own.")
def takes_the_columns_twice(counts):
    columns = np.sum(counts, axis=0, dtype=float)
    return np.maximum(0, _pmi(counts, expect=columns[:, None] * columns / columns.sum()))


def _with_total(counts, total):
    counts = np.asarray(counts, dtype=float)
    return np.maximum(0, _pmi(counts, expect=counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / total))


@ppmi.wrong("You put the number of words where the sum of all counts belongs.")
def takes_the_number_of_words(counts):
    return _with_total(counts, len(counts))


@ppmi.wrong("You put the number of cells that are not 0 where the sum of all counts belongs.")
def takes_the_number_of_met_cells(counts):
    return _with_total(counts, np.count_nonzero(counts))


@ppmi.wrong("You multiplied each log by its count. Asked for is the log of the ratio, once for each cell.")
def multiplies_by_the_count(counts):
    return np.maximum(0, np.asarray(counts) * _pmi(counts))


@ppmi.wrong(
    "You kept what is below 0 and set the rest to 0. Positive PMI keeps those cells that met *more* often than chance."
)
def keeps_the_negative(counts):
    return np.minimum(0, _pmi(counts))


@ppmi.wrong(
    "Your ratio stands on its head: what chance gives, divided by the count. It is the count divided by chance."
)
def turns_the_ratio_over(counts):
    return np.maximum(0, -_pmi(counts))


@ppmi.wrong("You emptied the diagonal. A word that met itself has a cell like any other.")
def empties_the_diagonal(counts):
    return np.where(np.eye(len(counts)) > 0, 0, np.maximum(0, _pmi(counts)))


@ppmi.wrong("`//` cuts off what comes after the point, so your ratios are whole numbers.")
def cuts_the_ratios(counts):
    return np.maximum(0, _pmi(counts, log=lambda ratio: np.log(np.maximum(1, np.floor(ratio + 1e-9)))))
