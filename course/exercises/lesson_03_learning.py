"""Lesson 03, learning: what is asked of each exercise, and the mistakes learners make."""

from dataclasses import replace

import numpy as np

from course.checking import Exercise, Unfit, call, seen
from course.checking.plain import numbers as numbers_in
from course.checking.plain import short

LEAST = 1e-7  # how close to 0 or 1 an answer may come, as the statement says


def relu(z):
    return np.maximum(z, 0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def numbers(rng, *shape):
    """Numbers of order 1 with one decimal, none of them near 0."""
    return (rng.uniform(0.3, 2, shape) * rng.choice([-1, 1], shape)).round(1)


def positive(rng, *shape):
    return rng.uniform(0.8, 1.2, shape).round(1)


def gradients(got, names, wanted):
    """An observation for each of the gradients that a call returned together, so that a message can name the one that is off.

    Raises Unfit, with a sentence for the learner, when it returned anything but so many things; `wanted` describes them.
    """
    saw = got.saw
    if saw["kind"] in ("raised", "nothing", "blank"):
        yield got
        return
    items = saw["items"] if saw["kind"] == "list" else []
    if saw["kind"] == "array" and len(saw["shape"]) > 1:  # things of one shape, which make one array
        size = len(saw["values"]) // max(1, saw["shape"][0])
        rows = [saw["values"][i * size : (i + 1) * size] for i in range(saw["shape"][0])]
        items = [{"kind": "array", "shape": saw["shape"][1:], "values": row} for row in rows]
    if len(items) != len(names):
        raise Unfit(f"It should return {wanted}. Yours returned {short(saw)}.")
    for name, item in zip(names, items, strict=True):
        yield replace(got, saw=item, about=f"`{name}` for {got.about}")


# --- 1. binary cross-entropy -----------------------------------------------------------------------------------------

binary_cross_entropy = Exercise(
    "binary_cross_entropy",
    hints=(
        "What does a positive example pay, and what a negative one? What is to be done with what all of them pay?",
        "Look again at the formula with the sum, and at the cell that prints `np.clip`: clip first, then take logarithms.",
        "Clip `p` with `np.clip` to 1e-7 and 1 - 1e-7, add `y` times the log of `p` and `1 - y` times the log of `1 - p`, "
        "take the mean of that and turn its sign.",
    ),
)


@binary_cross_entropy.probe
def _(attempt, rng):
    p = rng.choice([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], size=3, replace=False)
    yield call(attempt, p, np.array([1.0, 0.0, 0.0]), about="three examples, one of them positive")
    p = rng.uniform(0.05, 0.95, 6).round(2)
    yield call(attempt, p, rng.permutation([1.0, 1.0, 1.0, 1.0, 0.0, 0.0]), about="six examples, four of them positive")
    yield call(attempt, np.array([0.4]), np.array([0.0]), about="a single example, negative")
    about = "the answers 0 and 1 are right: sure, and nothing to pay"
    # All that can still be off here is the clip: answers that are not sure came out right before.
    say = "Right as long as no answer is close to 0 or 1. There it is the clip that counts: from 1e-7 to 1 - 1e-7, before the log."
    got = call(attempt, np.array([0.0, 1.0, 0.5]), np.array([0.0, 1.0, 1.0]), about=about)
    yield replace(got, say=say)
    got = call(attempt, np.array([0.0, 0.7]), np.array([1.0, 1.0]), about="the answer 0 is as wrong as can be")
    yield replace(got, say=say)
    about = "an answer that is not 0, and closer to it than 1e-7"
    yield replace(call(attempt, np.array([5e-8, 0.7]), np.array([1.0, 1.0]), about=about), say=say)
    # With 32 bits, 1 - 1e-7 is not quite that: the result is asked for its size only.
    got = call(attempt, np.array([1.0]), np.array([0.0]), about="the answer 1 is as wrong as can be")
    found = numbers_in(got.saw)
    if got.error is None and len(found) == 1:
        in_range = bool(15.5 < found[0] < 16.5)
        got = replace(
            seen(in_range, about=f"{got.about}; what came back is {short(got.saw)}"),
            given=got.given,
            changed=got.changed,
            say="With p = 1 and y = 0 the loss should be large and a number: p is clipped to 1 - 1e-7.",
        )
    yield got


def _clip(p):
    return np.clip(p, LEAST, 1 - LEAST)


def _pays(p, y, log=np.log):
    p = _clip(p)
    return -(y * log(p) + (1 - y) * log(1 - p))


@binary_cross_entropy.wrong(
    "You added up what the examples pay. The loss is the mean, so that it does not grow with the batch."
)
def sums_the_examples(p, y):
    return np.sum(_pays(p, y))


@binary_cross_entropy.wrong(
    "Everything is there but the sign: the log of a number below 1 is negative, and a loss counts upwards from 0."
)
def forgets_the_minus(p, y):
    return -np.mean(_pays(p, y))


@binary_cross_entropy.wrong("Negative examples pay nothing in yours. What does a sure yes cost when the label is 0?")
def positive_half_only(p, y):
    return -np.mean(y * np.log(_clip(p)))


@binary_cross_entropy.wrong("Positive examples pay nothing in yours. What does a sure no cost when the label is 1?")
def negative_half_only(p, y):
    return -np.mean((1 - y) * np.log(1 - _clip(p)))


@binary_cross_entropy.wrong(
    "Right as long as no answer is exactly 0 or 1. The log of zero is minus infinity, and one of them spoils the whole mean."
)
def log_of_zero(p, y):
    with np.errstate(all="ignore"):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "You replaced what came out of the log of zero, and the example that is as wrong as can be now pays the wrong price. "
    "Keep `p` away from 0 and 1 before the log."
)
def repairs_afterwards(p, y):
    with np.errstate(all="ignore"):
        return -np.mean(np.nan_to_num(y * np.log(p) + (1 - y) * np.log(1 - p), neginf=0.0))


@binary_cross_entropy.wrong(
    "You let NumPy write a huge number for minus infinity. Keep `p` away from 0 and 1 before the log."
)
def repairs_with_the_largest_number(p, y):
    with np.errstate(all="ignore"):
        return -np.mean(np.nan_to_num(y * np.log(p) + (1 - y) * np.log(1 - p)))


@binary_cross_entropy.wrong(
    "You left out the examples that gave NaN. They were right, they pay 0, and they count in the mean."
)
def leaves_out_the_nans(p, y):
    with np.errstate(all="ignore"):
        return -np.nanmean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "Your clip is at another place. How large the loss of an answer 0 may get depends on it: the statement says 1e-7."
)
def clips_elsewhere(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "Your clip comes close to 0 and 1 at a distance of 1e-8. The statement says 1e-7, and the price of a sure mistake depends on it."
)
def clips_at_another_place(p, y):
    p = np.clip(p, 1e-8, 1 - 1e-8)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong("You clipped at 1e-7 below, and at 1 above. The log of 1 - p needs a p below 1.")
def clips_below_only(p, y):
    with np.errstate(all="ignore"):
        p = np.maximum(p, LEAST)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "You use the two logs the wrong way round: a positive example pays for its `p`, a negative one for its `1 - p`."
)
def swaps_the_halves(p, y):
    return np.mean(_pays(1 - np.asarray(p), y))


@binary_cross_entropy.wrong("Your logarithm has base 2. The natural one, `np.log`, is meant.")
def log_of_base_two(p, y):
    return np.mean(_pays(p, y, np.log2))


@binary_cross_entropy.wrong("Your logarithm has base 10. The natural one, `np.log`, is meant.")
def log_of_base_ten(p, y):
    return np.mean(_pays(p, y, np.log10))


@binary_cross_entropy.wrong(
    "You have what each example pays. The loss is one number for all of them: their mean is missing."
)
def forgets_the_mean(p, y):
    return _pays(p, y)


@binary_cross_entropy.wrong(
    "This is the mean squared difference. It hardly minds an answer that is sure and wrong; cross-entropy uses the log."
)
def squared_error(p, y):
    return np.mean((_clip(p) - y) ** 2)


@binary_cross_entropy.wrong("This is the mean difference between answer and label. Cross-entropy uses the log.")
def absolute_error(p, y):
    return np.mean(np.abs(_clip(p) - y))


@binary_cross_entropy.wrong(
    "You averaged the positive and the negative examples apart and added the two. The mean runs over all examples together."
)
def averages_the_classes_apart(p, y):
    pays = _pays(p, y)
    return sum(pays[y == label].mean() for label in (0, 1) if (y == label).any())


@binary_cross_entropy.wrong(
    "`math.log` takes one number. `np.log` takes an array and gives the log of each number in it."
)
def log_of_one_number(p, y):
    import math

    return -np.mean(y * math.log(_clip(p)) + (1 - y) * math.log(1 - _clip(p)))


@binary_cross_entropy.wrong("You counted the mistakes. A count has no slope to walk down: cross-entropy uses the log.")
def counts_the_mistakes(p, y):
    return np.mean((np.asarray(p) > 0.5) != y)


@binary_cross_entropy.wrong(
    "`p` is written over in place: your result is right, and the caller's array is not any more."
)
def clips_in_place(p, y):
    np.clip(p, LEAST, 1 - LEAST, out=p)
    return np.mean(_pays(p, y))


@binary_cross_entropy.wrong("The labels went into the log and the answers outside. It is the other way round.")
def swaps_the_arguments(p, y):
    return np.mean(_pays(y, p))


@binary_cross_entropy.wrong(
    "`-` binds to the first half only: the two halves are subtracted from one another. Both are to be turned."
)
def minus_for_one_half(p, y):
    p = _clip(p)
    return np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "Multiplication comes before subtraction: without brackets, `1 - y * ...` is 1 minus a product, and not `1 - y` times the log."
)
def no_brackets_around_one_minus_y(p, y):
    p = _clip(p)
    return -np.mean(y * np.log(p) + 1 - y * np.log(1 - p))


@binary_cross_entropy.wrong(
    "Both halves take the log of `p` in yours. A negative example pays for what it gave to the other answer: the log of 1 - p."
)
def same_log_for_both(p, y):
    p = _clip(p)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(p))


@binary_cross_entropy.wrong("Only the first example is in your loss: the loop is left after its first turn.")
def first_example_only(p, y):
    return _pays(p, y)[0]


@binary_cross_entropy.wrong(
    "Only the first example is in your loss, divided by the number of examples: the loop is left after its first turn."
)
def first_example_divided(p, y):
    return _pays(p, y)[0] / len(y)


@binary_cross_entropy.wrong(
    "Only the last example is in your loss: each turn of the loop throws away what the ones before it paid."
)
def last_example_only(p, y):
    return _pays(p, y)[-1]


@binary_cross_entropy.wrong(
    "Only the last example is in your loss, divided by the number of examples: what the others paid is thrown away."
)
def last_example_divided(p, y):
    return _pays(p, y)[-1] / len(y)


@binary_cross_entropy.wrong(
    "There is a sigmoid too many: `p` holds answers, which came out of a sigmoid already. They are no weighted sums."
)
def sigmoid_on_top(p, y):
    return np.mean(_pays(sigmoid(_clip(p)), y))


@binary_cross_entropy.wrong("You clipped at 1 - 1e-7 above, and at 0 below. The log of p needs a p above 0.")
def clips_above_only(p, y):
    with np.errstate(all="ignore"):
        p = np.minimum(p, 1 - LEAST)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "You added 1e-7 before the log, which moves every answer a little. To clip is another thing: what lies outside the range goes to its "
    "end, and the rest stays where it is."
)
def adds_a_little(p, y):
    return -np.mean(y * np.log(p + LEAST) + (1 - y) * np.log(1 - p + LEAST))


@binary_cross_entropy.wrong(
    "You replaced answers that are exactly 0 or 1. Those that come closer to them than 1e-7 are outside the range as well."
)
def replaces_exact_answers(p, y):
    p = np.where(p == 0, LEAST, np.where(p == 1, 1 - LEAST, p))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "You clipped the loss. It is the answers that are kept in the range, before the log; a loss may well be above 1."
)
def clips_the_loss(p, y):
    with np.errstate(all="ignore"):
        return np.clip(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), LEAST, 1 - LEAST)


@binary_cross_entropy.wrong(
    "You clipped what each example pays. It is the answers that are kept in the range, before the log; a price may well be above 1."
)
def clips_the_prices(p, y):
    with np.errstate(all="ignore"):
        return np.mean(np.clip(-(y * np.log(p) + (1 - y) * np.log(1 - p)), LEAST, 1 - LEAST))


@binary_cross_entropy.wrong("You divided by one less than the number of examples. A mean divides by all of them.")
def divides_by_one_less(p, y):
    with np.errstate(all="ignore"):
        return np.sum(_pays(p, y)) / (len(p) - 1)


@binary_cross_entropy.wrong(
    "Everything is halved in yours. The two halves of the formula are no average: one of them is always 0."
)
def halves_everything(p, y):
    return np.mean(_pays(p, y)) / 2


@binary_cross_entropy.wrong(
    "You averaged the answers and took one log of that. Each example pays by its own log; the mean comes after."
)
def log_of_the_mean(p, y):
    return -np.log(np.mean(np.where(np.asarray(y) == 1, _clip(p), 1 - _clip(p))))


@binary_cross_entropy.wrong(
    "The answer decides in yours which log is taken, so that every example pays as if it were right. It is the label that decides."
)
def answers_decide(p, y):
    p = _clip(p)
    return -np.mean(np.where(p > 0.5, np.log(p), np.log(1 - p)))


# --- 2. a gradient by nudging ----------------------------------------------------------------------------------------

numeric_gradient = Exercise(
    "numeric_gradient",
    hints=(
        "How many slopes are there, and how many weights are nudged for each of them?",
        "Look again at the cell that prints `central`: there is one weight. "
        "Here, make a nudge of shape (k,) that is `h` at one place and 0 elsewhere.",
        "For each i, make an array of zeros with `h` at place i; call `f` with `w` plus it and with `w` minus it; "
        "divide the difference by `2 * h`.",
    ),
)


def _bowl(w):
    w = np.asarray(w, float)
    return float(w[0] ** 2 + 3 * w[1])


def _cubes(w):
    w = np.asarray(w, float)
    return float(np.sum(w**3) + 2 * w[0] * w[-1])


def _cube(w):
    return float(np.asarray(w, float)[0] ** 3)


def _neuron_loss(w):
    w = np.asarray(w, float)
    return float(np.log(1 + np.exp(-(2 * w[0] - w[1] + 0.5 * w[2]))))


@numeric_gradient.probe
def _(attempt, rng):
    # Numbers that a computer holds exactly: who nudges `w` itself and puts it back, gets it back to the last bit.
    def eighths(k):
        return rng.choice([-1, 1], k) * rng.integers(3, 16, k) / 8

    for f, says, k, h, about in (
        (_bowl, "w[0] ** 2 + 3 * w[1]", 2, 0.5, "the function of the statement, at another place"),
        (_cubes, "sum(w ** 3) + 2 * w[0] * w[2]", 3, 0.25, "three weights; f bends, so that h matters"),
        (_cube, "w[0] ** 3", 1, 0.5, "a single weight: the result has shape (1,)"),
        (_neuron_loss, "log(1 + exp(-(2 * w[0] - w[1] + w[2] / 2)))", 3, 0.25, "the loss of a neuron"),
    ):
        w = eighths(k)
        got = call(attempt, f, w, h, about=about)
        yield replace(got, given=(says, short(w), short(h)))


def _nudge(f, w, h, slope):
    """slope(f, w, nudge, h) for a nudge of each weight."""
    return np.array([slope(f, w, nudge, h) for nudge in h * np.eye(len(w))])


@numeric_gradient.wrong(
    "You went to the right only: this is the forward difference. The central one looks at both sides, which makes it far more exact."
)
def forward_difference(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w)) / h)


@numeric_gradient.wrong(
    "You went to the left only: this is the backward difference. The central one looks at both sides."
)
def backward_difference(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w) - f(w - nudge)) / h)


@numeric_gradient.wrong(
    "You divided by `h`, and every slope is twice what it should be. How far apart are the two places at which you called `f`?"
)
def divides_by_h(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / h)


@numeric_gradient.wrong(
    "You multiplied by `h` after dividing by 2: `/ 2 * h` goes from left to right. Brackets around `2 * h`."
)
def precedence(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / 2 * h)


@numeric_gradient.wrong("You have the differences in height. A slope is a difference divided by the distance.")
def forgets_the_distance(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: f(w + nudge) - f(w - nudge))


@numeric_gradient.wrong(
    "The division happens before the subtraction in yours: `f(a) - f(b) / (2 * h)` divides the second height alone."
)
def divides_one_height(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: f(w + nudge) - f(w - nudge) / (2 * h))


@numeric_gradient.wrong("The sign of every slope is turned: it is right minus left.")
def left_minus_right(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w - nudge) - f(w + nudge)) / (2 * h))


@numeric_gradient.wrong(
    "You nudged all weights together and got one slope for all of them. Each weight has its own: nudge one, leave the others alone."
)
def nudges_all_together(f, w, h):
    return (f(w + h) - f(w - h)) / (2 * h)


@numeric_gradient.wrong(
    "You nudged all weights together, once for each place. Each weight has a slope of its own: nudge one, leave the others alone."
)
def nudges_all_each_time(f, w, h):
    return np.full(len(w), (f(w + h) - f(w - h)) / (2 * h))


@numeric_gradient.wrong(
    "The second place is `w` and not `w - h`: you looked to the right only, and divided by the distance of both sides. "
    "(If you nudge `w` itself: `w[i] -= h` only undoes the first nudge.)"
)
def undoes_one_nudge_only(f, w, h):
    slopes = np.zeros(len(w))
    for i in range(len(w)):
        w[i] += h
        up = f(w)
        w[i] -= h
        slopes[i] = (up - f(w)) / (2 * h)
    return slopes


@numeric_gradient.wrong(
    "You nudged `w` itself and did not put it back. The next slope is then measured at another place, and the caller's array has moved."
)
def never_puts_it_back(f, w, h):
    slopes = np.zeros(len(w))
    for i in range(len(w)):
        w[i] += h
        up = f(w)
        w[i] -= 2 * h
        slopes[i] = (up - f(w)) / (2 * h)
    return slopes


@numeric_gradient.wrong(
    "Your nudges pile up: when the second weight is nudged, the first still is. The nudge starts at zero for each weight."
)
def nudges_pile_up(f, w, h):
    slopes, nudge = np.zeros(len(w)), np.zeros(len(w))
    for i in range(len(w)):
        nudge[i] = h
        slopes[i] = (f(w + nudge) - f(w - nudge)) / (2 * h)
    return slopes


@numeric_gradient.wrong(
    "Every slope is 0: both calls of `f` saw the same place. Did the nudge get into an array of its own? `up = w` makes no copy, "
    "`up[i] + h` alone changes nothing, and an array of whole numbers cannot hold 0.5."
)
def two_names_one_array(f, w, h):
    slopes = np.zeros(len(w))
    for i in range(len(w)):
        up, down = w, w
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@numeric_gradient.wrong("You used a small step of your own. The statement says: `h` as it is given.")
def own_step(f, w, h):
    return _nudge(f, w, 1e-5, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / 2e-5)


@numeric_gradient.wrong("You nudged by half of `h` to each side. The statement says: by `h` to each side.")
def half_a_step(f, w, h):
    return _nudge(f, w, h / 2, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h))


@numeric_gradient.wrong("You nudged each weight by 1. The statement says: by `h` to each side.")
def nudges_by_one(f, w, h):
    return _nudge(f, w, 1.0, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / 2)


@numeric_gradient.wrong("You nudged each weight by 1 and divided by `2 * h`. The nudge is `h`, at one place.")
def nudges_by_one_divides_by_h(f, w, h):
    return _nudge(f, w, 1.0, lambda f, w, nudge, one: (f(w + nudge) - f(w - nudge)) / (2 * h))


@numeric_gradient.wrong("You took the mean of the slopes. The gradient keeps them apart, one for each weight.")
def averages_the_slopes(f, w, h):
    return np.mean(_nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h)))


@numeric_gradient.wrong("You handed one weight to `f`. It takes all of them, of which one is nudged.")
def hands_over_one_weight(f, w, h):
    return np.array([(f(w[i] + h) - f(w[i] - h)) / (2 * h) for i in range(len(w))])


@numeric_gradient.wrong("Only the first slope is in your result: the loop is left after its first turn.")
def returns_in_the_loop(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h))[0]


@numeric_gradient.wrong(
    "You multiplied a weight by 1 + h and 1 - h. A nudge is added: what would become of a weight that is 0?"
)
def multiplies_the_nudge(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w * (1 + nudge)) - f(w * (1 - nudge))) / (2 * h))


@numeric_gradient.wrong(
    "The second height is taken at `w` and not to the right of it: you looked to the left only, and divided by the distance of both sides."
)
def left_only_over_both(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w) - f(w - nudge)) / (2 * h))


@numeric_gradient.wrong(
    "Two things happen in an order you did not mean: `f(a) - f(b) / 2 * h` halves the second height alone, and then multiplies by `h`."
)
def no_brackets_at_all(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: f(w + nudge) - f(w - nudge) / 2 * h)


@numeric_gradient.wrong("Only the first slope is filled in: the loop is left at the end of its first turn.")
def leaves_the_loop(f, w, h):
    slopes = np.zeros(len(w))
    for i, nudge in enumerate(h * np.eye(len(w))):
        slopes[i] = (f(w + nudge) - f(w - nudge)) / (2 * h)
        return slopes


@numeric_gradient.wrong("Only the last slope is left: each turn of your loop throws away the one before.")
def keeps_the_last_slope(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h))[-1]


@numeric_gradient.wrong("The last slope is missing: your loop stops one weight early.")
def stops_a_weight_early(f, w, h):
    slopes = _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h))
    slopes[-1] = 0
    return slopes


@numeric_gradient.wrong(
    "Your slopes are whole numbers: what stood after the point is cut off. Is their array one of ints?"
)
def cuts_the_slopes(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h)).astype(int)


@numeric_gradient.wrong(
    "While one weight is nudged, the others are 0 in yours. They stay where they are: the slope is asked for at `w`."
)
def other_weights_at_zero(f, w, h):
    at = np.diag(w)
    nudge = h * np.eye(len(w))
    return np.array([(f(here + step) - f(here - step)) / (2 * h) for here, step in zip(at, nudge, strict=True)])


@numeric_gradient.wrong(
    "You took the size of each slope and lost its sign. The sign says whether the loss rises or falls as the weight grows."
)
def loses_the_sign_of_the_slope(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: abs(f(w + nudge) - f(w - nudge)) / (2 * h))


@numeric_gradient.wrong("You divided by 2, whatever `h` is. The two places at which you called `f` are `2 * h` apart.")
def divides_by_two(f, w, h):
    return _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / 2)


@numeric_gradient.wrong("You added the slopes up. The gradient keeps them apart, one for each weight.")
def adds_the_slopes(f, w, h):
    return np.sum(_nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h)))


@numeric_gradient.wrong("The first slope is missing: your loop starts at the second weight.")
def starts_at_the_second_weight(f, w, h):
    slopes = _nudge(f, w, h, lambda f, w, nudge, h: (f(w + nudge) - f(w - nudge)) / (2 * h))
    slopes[0] = 0
    return slopes


@numeric_gradient.wrong(
    "You nudged `w` itself and put it back by too much: the next slope is measured at another place, and the caller's array has moved."
)
def puts_it_back_too_far(f, w, h):
    slopes = np.zeros(len(w))
    for i in range(len(w)):
        w[i] += h
        up = f(w)
        w[i] -= 2 * h
        slopes[i] = (up - f(w)) / (2 * h)
        w[i] += 2 * h
    return slopes


# --- 3. the gradient of a neuron -------------------------------------------------------------------------------------

SURE = "Right as long as the answers are not sure. Does something keep them away from 0 and 1?"

neuron_gradient = Exercise(
    "neuron_gradient",
    hints=(
        "How does the loss of one example change as its z grows? And as a weight grows, which meets the example's input?",
        "Look again at `dz = p - y`, and at the two examples by hand below it: one mean for the weights, one for the bias.",
        "Compute `p`, then `dz` as `p - y` divided by the number of examples; the gradient of the weights is `X.T @ dz`, "
        "that of the bias the sum of `dz`.",
    ),
)


@neuron_gradient.probe
def _(attempt, rng):
    wanted = "two things, `dw, db`: an array of shape (k,) and one number"
    # The first case has sizes that differ, so that no axis is taken for another; the second is square, where no error helps.
    for n, k, about in (
        (3, 2, "three examples, two inputs"),
        (2, 2, "two examples, two inputs"),
        (5, 3, "five examples, three inputs"),
        (1, 2, "a single example"),
        (4, 1, "one input"),
    ):
        y = rng.permutation(np.arange(n) % 2).astype(float) if n > 1 else np.array([1.0])
        b = float(rng.choice([-0.6, 0.7]))
        got = call(attempt, numbers(rng, n, k), y, numbers(rng, k), b, about=about)
        yield from gradients(got, ("dw", "db"), wanted)
    # Answers near 0 and 1, one of them wrong: who keeps them away from there shows.
    X = positive(rng, 2, 1) * [[4], [-4]]
    got = call(attempt, X, np.array([0.0, 0.0]), np.array([2.5]), 0.5, about="answers that are close to 0 and to 1")
    yield from gradients(replace(got, say=SURE), ("dw", "db"), wanted)


def _dz(X, y, w, b):
    return sigmoid(X @ w + b) - y


@neuron_gradient.wrong(
    "You added up over the examples. The loss is their mean, so both gradients are divided by the number of examples."
)
def sums_both(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz, dz.sum()


@neuron_gradient.wrong("The gradient of the weights is a sum in yours, and that of the bias a mean. Both are means.")
def sums_the_weights(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz, dz.mean()


@neuron_gradient.wrong("The gradient of the weights is a mean in yours, and that of the bias a sum. Both are means.")
def sums_the_bias(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz / len(y), dz.sum()


@neuron_gradient.wrong("You divided by the number of examples twice.")
def divides_twice(X, y, w, b):
    dz = _dz(X, y, w, b) / len(y)
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong("You divided by the number of examples twice for the bias: `dz` was divided already.")
def divides_the_bias_twice(X, y, w, b):
    dz = _dz(X, y, w, b) / len(y)
    return X.T @ dz, dz.mean()


@neuron_gradient.wrong(
    "All signs are turned: with `y - p` the gradient points downhill. It says how the loss changes as a weight grows."
)
def label_minus_answer(X, y, w, b):
    dz = -_dz(X, y, w, b)
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong("You returned the gradient of the weights alone. The bias has one too; its input is always 1.")
def forgets_the_bias_gradient(X, y, w, b):
    return X.T @ _dz(X, y, w, b) / len(y)


@neuron_gradient.wrong("The bias gets a gradient of 0 in yours. It is used in every example; its input is always 1.")
def bias_gradient_zero(X, y, w, b):
    return X.T @ _dz(X, y, w, b) / len(y), 0.0


@neuron_gradient.wrong(
    "There is one p (1 - p) too many: the slope of the sigmoid has cancelled with that of the log, and `p - y` is what is left."
)
def sigmoid_slope_twice(X, y, w, b):
    p = sigmoid(X @ w + b)
    dz = (p - y) * p * (1 - p)
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong("You compared the weighted sum with the label. The answer is what comes out of the sigmoid.")
def without_the_sigmoid(X, y, w, b):
    dz = X @ w + b - y
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong("The bias is missing from your forward pass, so the answers are not the neuron's.")
def forward_without_bias(X, y, w, b):
    dz = _dz(X, y, w, 0.0)
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong(
    "You averaged the inputs and the differences apart, and then multiplied. Each example's difference meets its own inputs first."
)
def averages_before_multiplying(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.mean(axis=0) * dz.mean(), dz.mean()


@neuron_gradient.wrong(
    "All weights get the same gradient in yours: the inputs are missing. A weight whose input is 0 did nothing, and gets 0."
)
def forgets_the_inputs(X, y, w, b):
    dz = _dz(X, y, w, b)
    return np.full(len(w), dz.mean()), dz.mean()


@neuron_gradient.wrong(
    "You averaged over the inputs of an example. The mean runs over the examples: one number for each weight is left."
)
def mean_over_the_wrong_axis(X, y, w, b):
    dz = _dz(X, y, w, b)
    return (X * dz[:, None]).mean(axis=1), dz.mean()


@neuron_gradient.wrong("You averaged over everything to one number. Each weight has a gradient of its own.")
def mean_over_everything(X, y, w, b):
    dz = _dz(X, y, w, b)
    return (X * dz[:, None]).mean(), dz.mean()


@neuron_gradient.wrong(
    "You kept the examples apart. One weight serves them all: its gradient is the mean of what each example says."
)
def keeps_the_examples_apart(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X * dz[:, None], dz


@neuron_gradient.wrong(
    "The bias gets one number for each example in yours. It is one number, and so is its gradient: the mean."
)
def bias_for_each_example(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz / len(y), dz


@neuron_gradient.wrong(
    "The table lies on its side: `X @ dz` mixes examples and inputs. Said aloud: (k, n) @ (n,) -> (k,)."
)
def table_on_its_side(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X @ dz / len(y), dz.mean()


@neuron_gradient.wrong("You returned the bias first. What is asked for is `dw, db`.")
def bias_gradient_first(X, y, w, b):
    dz = _dz(X, y, w, b)
    return dz.mean(), X.T @ dz / len(y)


@neuron_gradient.wrong(
    "You multiplied by the weights. As a weight grows, z grows by its input: multiply by the inputs."
)
def multiplies_by_the_weights(X, y, w, b):
    dz = _dz(X, y, w, b)
    return w * dz.mean(), dz.mean()


@neuron_gradient.wrong(
    "You divided by all numbers in `X`. The mean runs over the examples, of which there are `len(y)`."
)
def divides_by_the_size(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz / X.size, dz.mean()


@neuron_gradient.wrong(
    "You took the step as well: this is `w` and `b` minus their gradients. Return the gradients alone."
)
def takes_the_step(X, y, w, b):
    dz = _dz(X, y, w, b)
    return w - X.T @ dz / len(y), b - dz.mean()


@neuron_gradient.wrong("You multiplied the bias's gradient by `b`. As the bias grows, z grows as much: multiply by 1.")
def bias_times_itself(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz / len(y), dz.mean() * b


@neuron_gradient.wrong(
    "You divided by the number of inputs. The mean runs over the examples, of which there are `len(y)`."
)
def divides_by_the_inputs(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz / len(w), dz.mean()


@neuron_gradient.wrong(
    "You treated every review as positive: -1/p is the slope for y = 1. For y = 0 the loss is -log(1 - p), and its slope is another."
)
def every_review_positive(X, y, w, b):
    dz = sigmoid(X @ w + b) - 1
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong(
    "You stopped at the answer: this is how the loss changes as p grows. Between p and z stands the sigmoid, with a slope of its own."
)
def stops_at_the_answer(X, y, w, b):
    p = sigmoid(X @ w + b)
    dp = (p - y) / (p * (1 - p))
    return X.T @ dp / len(y), dp.mean()


@neuron_gradient.wrong(
    "This is the gradient of the squared difference. The loss here is the cross-entropy, for which `p - y` is all that is left at z."
)
def gradient_of_the_squared_error(X, y, w, b):
    p = sigmoid(X @ w + b)
    dz = 2 * (p - y) * p * (1 - p)
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong(
    "The gradient for the bias is 1 in yours. 1 is the slope of its step alone: it still multiplies `dz`."
)
def bias_gradient_one(X, y, w, b):
    return X.T @ _dz(X, y, w, b) / len(y), 1.0


@neuron_gradient.wrong(
    "You took the size of `p - y` and lost its sign. The sign says whether the answer was too high or too low."
)
def loses_the_sign(X, y, w, b):
    dz = np.abs(_dz(X, y, w, b))
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong("Only the first example is in your gradients. The loss is the mean over all of them.")
def gradient_of_the_first_example(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X[0] * dz[0], dz[0]


@neuron_gradient.wrong(
    "Only the last example is in your gradients: each turn of the loop throws away what the ones before it said."
)
def gradient_of_the_last_example(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X[-1] * dz[-1], dz[-1]


@neuron_gradient.wrong(
    "Only the last example is in your gradients, divided by the number of examples. What each of them says is added up."
)
def last_example_over_n(X, y, w, b):
    dz = _dz(X, y, w, b) / len(y)
    return X[-1] * dz[-1], dz[-1]


@neuron_gradient.wrong(
    "NumPy lined up `dz` with the inputs: said aloud, (n,) times (n, k) runs along the last axis. Each row of `X` has a number of `dz`."
)
def dz_along_the_inputs(X, y, w, b):
    dz = _dz(X, y, w, b)
    return (dz * X).mean(axis=0), dz.mean()


@neuron_gradient.wrong(
    "NumPy lined up the inputs with `dz`: said aloud, (n, k) times (n,) runs along the last axis. Each row of `X` has a number of `dz`."
)
def inputs_along_dz(X, y, w, b):
    dz = _dz(X, y, w, b)
    return (X * dz).mean(axis=0), dz.mean()


@neuron_gradient.wrong(
    "You divided both by the number of inputs. The mean runs over the examples, of which there are `len(y)`."
)
def divides_both_by_the_inputs(X, y, w, b):
    dz = _dz(X, y, w, b) / len(w)
    return X.T @ dz, dz.sum()


@neuron_gradient.wrong(
    "You kept the answers away from 0 and 1. Their distance from the label is the gradient, however small it is."
)
def clips_the_answers(X, y, w, b):
    dz = np.clip(sigmoid(X @ w + b), 0.01, 0.99) - y
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong("You put both gradients into one array. Two things are asked for: `dw, db`.")
def one_array(X, y, w, b):
    dz = _dz(X, y, w, b)
    return np.append(X.T @ dz / len(y), dz.mean())


@neuron_gradient.wrong(
    "The bias keeps a number for each example in yours. One bias serves them all: what the examples say is added."
)
def bias_keeps_the_examples(X, y, w, b):
    dz = _dz(X, y, w, b) / len(y)
    return X.T @ dz, dz


@neuron_gradient.wrong(
    "Only the first example is in your gradients, divided by the number of examples: the loop is left after its first turn."
)
def first_example_over_n(X, y, w, b):
    dz = _dz(X, y, w, b) / len(y)
    return X[0] * dz[0], dz[0]


@neuron_gradient.wrong("You added the bias after the sigmoid. It belongs to the weighted sum, which then goes through.")
def bias_after_the_sigmoid(X, y, w, b):
    dz = sigmoid(X @ w) + b - y
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong(
    "You added up the gradients of the weights for the bias. Its own input is 1 in every example: the inputs in `X` are not in it."
)
def adds_up_the_weights_for_the_bias(X, y, w, b):
    dw = X.T @ _dz(X, y, w, b) / len(y)
    return dw, dw.sum()


@neuron_gradient.wrong(
    "You multiplied the gradient of each weight by the weight. As a weight grows, z grows by its input alone."
)
def weights_as_a_factor(X, y, w, b):
    dz = _dz(X, y, w, b)
    return X.T @ dz / len(y) * w, dz.mean()


@neuron_gradient.wrong(
    "You made a yes or no of the answer and compared that with the label. How sure it was is gone: `p` itself is in the gradient."
)
def yes_or_no(X, y, w, b):
    dz = (sigmoid(X @ w + b) > 0.5) - y
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong(
    "You put each product through the sigmoid, with the bias, and added up after it. The neuron adds up first."
)
def sigmoid_before_the_sum(X, y, w, b):
    dz = sigmoid(X * w + b).sum(axis=1) - y
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong("The labels are missing: this is the answer where the answer minus the label is meant.")
def answers_without_labels(X, y, w, b):
    p = sigmoid(X @ w + b)
    return X.T @ p / len(y), p.mean()


@neuron_gradient.wrong(
    "The bias has the last example's share alone: each turn of the loop throws away what the others said. The weights are right."
)
def bias_of_the_last_example(X, y, w, b):
    dz = _dz(X, y, w, b) / len(y)
    return X.T @ dz, dz[-1]


@neuron_gradient.wrong(
    "A sign is off for the negative reviews: -log(1 - p) rises as p grows, so its slope 1 / (1 - p) is added, and not subtracted."
)
def sign_of_the_negative_half(X, y, w, b):
    p = sigmoid(X @ w + b)
    dz = (-y / p - (1 - y) / (1 - p)) * p * (1 - p)
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong(
    "You added the bias to every weight, so it is multiplied by the inputs. It is added once, after the sum."
)
def bias_into_the_weights(X, y, w, b):
    dz = sigmoid(X @ (w + b)) - y
    return X.T @ dz / len(y), dz.mean()


@neuron_gradient.wrong(
    "Your loop has as many turns as there are weights. It goes through the examples: one turn for each row of `X`."
)
def loops_over_the_weights(X, y, w, b):
    dw, db = np.zeros(len(w)), 0.0
    for i in range(len(w)):
        dz = (sigmoid(X[i] @ w + b) - y[i]) / len(y)
        dw, db = dw + dz * X[i], db + dz
    return dw, db


# --- 4. gradient descent ---------------------------------------------------------------------------------------------

descend = Exercise(
    "descend",
    hints=(
        "Where do you stand after the first step? And where is the second gradient to be computed?",
        "Look again at the cell with five steps and learning rate 2: one line computes the gradient, one makes the step. "
        "What is to be kept?",
        "Keep a list that begins with `start`. In a loop, append the last place minus `rate` times `gradient` of the last place. "
        "Return an array of the list.",
    ),
)


def _array(w):
    return np.array(w, dtype=float)


@descend.probe
def _(attempt, rng):
    def doubled(w):
        return 2 * _array(w)

    def bent(w):
        w = _array(w)
        return np.tanh(w) + 0.3 * w[::-1]

    def pulled(w):
        return _array(w) - 3

    for gradient, says, k, rate, steps, about in (
        (doubled, "w -> 2 * w", 1, 0.2, 3, "one weight, three steps"),
        (bent, "w -> tanh(w) + 0.3 * w[::-1]", 2, 0.5, 4, "two weights, four steps"),
        (pulled, "w -> w - 3", 3, 1.5, 2, "a rate so large that it jumps across the valley"),
        (doubled, "w -> 2 * w", 2, 0.1, 1, "one step"),
        (doubled, "w -> 2 * w", 2, 0.1, 0, "no step at all: the start alone, shape (1, 2)"),
        (pulled, "w -> w - 3", 2, 0.4, 3, "the start is the lowest point: the steps go nowhere, and each has a row"),
    ):
        start = np.full(k, 3.0) if gradient is pulled and steps == 3 else numbers(rng, k)
        got = call(attempt, gradient, start, rate, steps, about=about)
        if got.saw["kind"] == "array" and 0 in got.saw["shape"]:
            # No places at all look alike, whether they come as `[]` or as an array of shape (0, k): never right, and one mistake.
            got = replace(got, saw={"kind": "array", "shape": [0], "values": []})
        yield replace(got, given=(says, short(start), short(rate), short(steps)))


def _walk(start, steps, step):
    places = [start]
    for _ in range(steps):
        places.append(step(places[-1]))
    return np.array(places)


@descend.wrong("You walk uphill: the gradient points to where the loss grows. Downhill is against it.")
def walks_uphill(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w + rate * gradient(w))


@descend.wrong("You divided by the learning rate. A small rate should make small steps: it multiplies the gradient.")
def divides_by_the_rate(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - gradient(w) / rate)


@descend.wrong("Your steps have the full length of the gradient. The learning rate is missing.")
def forgets_the_rate(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - gradient(w))


@descend.wrong(
    "The learning rate multiplies the weights in yours. It sets the length of the step: it goes with the gradient."
)
def rate_on_the_weights(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: rate * w - gradient(w))


@descend.wrong(
    "The learning rate multiplies the weights as well, through the brackets. It goes with the gradient alone."
)
def rate_on_both(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: rate * (w - gradient(w)))


@descend.wrong("The learning rate is subtracted too, in yours. It multiplies the gradient.")
def subtracts_the_rate(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate - gradient(w))


@descend.wrong(
    "You computed the gradient at the start and used it for every step. After a step the slope is another: look again at each place."
)
def gradient_of_the_start(gradient, start, rate, steps):
    slope = gradient(start)
    return _walk(start, steps, lambda w: w - rate * slope)


@descend.wrong("Each of your steps begins at the start again. It begins where the last one ended.")
def steps_from_the_start(gradient, start, rate, steps):
    return np.array([start] + [start - rate * gradient(start) for _ in range(steps)])


@descend.wrong(
    "You start over from the start with the gradient of the last place. A step begins where the last one ended."
)
def start_minus_the_last_gradient(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: start - rate * gradient(w))


@descend.wrong("The start is missing from your result. All places are asked for, the start first: `steps + 1` rows.")
def leaves_out_the_start(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * gradient(w))[1:]


@descend.wrong(
    "The last place is missing from your result: it was kept before the step and never after it. `steps + 1` rows."
)
def leaves_out_the_end(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * gradient(w))[:-1]


@descend.wrong("You took one step too many.")
def one_step_too_many(gradient, start, rate, steps):
    return _walk(start, steps + 1, lambda w: w - rate * gradient(w))


@descend.wrong("You returned the last place alone. All places are asked for, the start first.")
def last_place_only(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * gradient(w))[-1]


@descend.wrong(
    "All rows of your result are the same array: `w -= ...` changes it in place, and the list holds it again and again. "
    "A new array for each place is what is needed."
)
def one_array_many_times(gradient, start, rate, steps):
    w = start.copy()
    places = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        places.append(w)
    return np.array(places)


@descend.wrong(
    "`w = start` makes no copy and `w -= ...` changes it in place: all rows are one array, and the caller's start has walked away too."
)
def walks_off_with_the_start(gradient, start, rate, steps):
    w = start
    places = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        places.append(w)
    return np.array(places)


@descend.wrong(
    "Your places are right, but `w = start` makes no copy and `w -= ...` changes it in place: the caller's start has walked away."
)
def moves_the_callers_start(gradient, start, rate, steps):
    w = start
    places = [w.copy()]
    for _ in range(steps):
        w -= rate * gradient(w)
        places.append(w.copy())
    return np.array(places)


@descend.wrong("You kept the gradients. The places are asked for.")
def keeps_the_gradients(gradient, start, rate, steps):
    return np.array([gradient(w) for w in _walk(start, steps, lambda w: w - rate * gradient(w))])


@descend.wrong("Your places come in the wrong order: the start is the first row.")
def last_place_first(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * gradient(w))[::-1]


@descend.wrong("Your loop is left after its first step.")
def returns_after_one_step(gradient, start, rate, steps):
    return _walk(start, min(steps, 1), lambda w: w - rate * gradient(w))


@descend.wrong("Your result lies on its side: one row is one place, one column is one weight.")
def places_on_their_side(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * gradient(w)).T


@descend.wrong(
    "The number of rows is right by accident: the start is missing, and there is a step too many at the end."
)
def without_the_start_and_too_far(gradient, start, rate, steps):
    return _walk(start, steps + 1, lambda w: w - rate * gradient(w))[1:]


@descend.wrong("Your walk begins at 0: the first row of the result was never set to `start`.")
def starts_at_zero(gradient, start, rate, steps):
    return _walk(np.zeros(len(start)), steps, lambda w: w - rate * gradient(w))


@descend.wrong("Your steps are right. The first row is still 0: it should hold the start.")
def first_row_stays_zero(gradient, start, rate, steps):
    places = _walk(start, steps, lambda w: w - rate * gradient(w))
    places[0] = 0
    return places


@descend.wrong("You took one step too few.")
def one_step_too_few(gradient, start, rate, steps):
    return _walk(start, max(steps - 1, 0), lambda w: w - rate * gradient(w))


@descend.wrong("Only the start and the last place are in your result: the ones between were not kept.")
def start_and_end_only(gradient, start, rate, steps):
    places = _walk(start, steps, lambda w: w - rate * gradient(w))
    return np.array([places[0], places[-1]])


@descend.wrong("The loop is left at the end of its first turn: `return` stands inside it.")
def returns_inside_the_loop(gradient, start, rate, steps):
    places = [start]
    for _ in range(steps):
        places.append(places[-1] - rate * gradient(places[-1]))
        return np.array(places)


@descend.wrong("Your table has a row for each step, and none is left for the start: there are `steps + 1` places.")
def no_room_for_the_start(gradient, start, rate, steps):
    places = np.zeros((steps, len(start)))
    places[0] = start
    for i in range(steps):
        places[i + 1] = places[i] - rate * gradient(places[i])
    return places


@descend.wrong(
    "You stopped as soon as the gradient was next to nothing. All `steps` are asked for: a step that goes nowhere has its row too."
)
def stops_where_it_is_flat(gradient, start, rate, steps):
    places = [start]
    for _ in range(steps):
        slope = gradient(places[-1])
        if np.linalg.norm(slope) < 1e-6:
            break
        places.append(places[-1] - rate * slope)
    return np.array(places)


@descend.wrong("You stopped as soon as a step went nowhere. All `steps` are asked for, with a row for each.")
def stops_when_nothing_moves(gradient, start, rate, steps):
    places = [start]
    for _ in range(steps):
        places.append(places[-1] - rate * gradient(places[-1]))
        if np.allclose(places[-1], places[-2]):
            break
    return np.array(places)


@descend.wrong("Your steps use a learning rate of 0.1, whatever `rate` says.")
def own_learning_rate(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - 0.1 * gradient(w))


@descend.wrong("The new place is the step alone in yours. It is the old place minus the step.")
def forgets_the_old_place(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: rate * gradient(w))


@descend.wrong("The new place is the step alone in yours, with a minus. It is the old place minus the step.")
def forgets_the_old_place_with_a_minus(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: -rate * gradient(w))


@descend.wrong(
    "Only the sign of the gradient is in your steps. Where it is steep the step is long, where it is flat it is short."
)
def sign_of_the_gradient(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * np.sign(gradient(w)))


@descend.wrong("All your steps have one length: you divided the gradient by its own. Its length belongs to the step.")
def unit_steps(gradient, start, rate, steps):
    with np.errstate(all="ignore"):  # where it is flat, its length is 0
        return _walk(start, steps, lambda w: w - rate * gradient(w) / np.linalg.norm(gradient(w)))


@descend.wrong(
    "Your places are whole numbers: what stood after the point is cut off. Is their array, or a conversion, one of ints?"
)
def cuts_the_places(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * gradient(w)).astype(int)


@descend.wrong("`gradient` is a function: it gives the slopes once it is called with a place.")
def never_calls_the_gradient(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * gradient)


@descend.wrong(
    "You moved the weights one after the other, each with a gradient at a place that had moved already. "
    "One gradient, at one place, moves them all."
)
def one_weight_after_the_other(gradient, start, rate, steps):
    def step(w):
        w = w.copy()
        for j in range(len(w)):
            w[j] -= rate * gradient(w)[j]
        return w

    return _walk(start, steps, step)


@descend.wrong("You returned two things, the places and then the last of them once more. The places are asked for.")
def places_and_the_last(gradient, start, rate, steps):
    places = _walk(start, steps, lambda w: w - rate * gradient(w))
    return places, places[-1]


@descend.wrong("You returned two things, the last place and then all of them. All places are asked for, in one array.")
def the_last_and_places(gradient, start, rate, steps):
    places = _walk(start, steps, lambda w: w - rate * gradient(w))
    return places[-1], places


@descend.wrong(
    "The start is in your result twice, and the last place is missing: each place was noted before its step, "
    "and the start was there already."
)
def start_twice(gradient, start, rate, steps):
    return np.array([start, *_walk(start, steps, lambda w: w - rate * gradient(w))[:-1]])


@descend.wrong(
    "You used `2 * w` for the gradient, which is that of the example. The one to be used is handed over: `gradient`."
)
def gradient_of_the_example(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - rate * 2 * w)


@descend.wrong("Your steps use a learning rate of 0.25, that of the example, whatever `rate` says.")
def rate_of_the_example(gradient, start, rate, steps):
    return _walk(start, steps, lambda w: w - 0.25 * gradient(w))


@descend.wrong(
    "Your places go into an array of ints, and each step starts from what was cut off there. Places have a part after the point."
)
def walks_on_whole_numbers(gradient, start, rate, steps):
    places = np.zeros((steps + 1, len(start)), dtype=int)
    places[0] = start
    for i in range(steps):
        places[i + 1] = places[i] - rate * gradient(places[i])
    return places


@descend.wrong("Your learning rate gets smaller from step to step. It is one number, the same for all steps.")
def shrinks_the_rate(gradient, start, rate, steps):
    places = [start]
    for i in range(steps):
        places.append(places[-1] - rate / (i + 1) * gradient(places[-1]))
    return np.array(places)


@descend.wrong(
    "Your table has one number for each place. A place is as many numbers as there are weights: shape (steps + 1, k)."
)
def one_number_for_a_place(gradient, start, rate, steps):
    places = np.zeros(steps + 1)
    places[0] = start
    for i in range(steps):
        places[i + 1] = places[i] - rate * gradient(places[i])
    return places


@descend.wrong("You took two steps for each row. Each place that the walk comes to has its row.")
def two_steps_a_row(gradient, start, rate, steps):
    return _walk(start, 2 * steps, lambda w: w - rate * gradient(w))[::2]


@descend.wrong("The last row is still 0: your loop ends one step too early.")
def last_row_stays_zero(gradient, start, rate, steps):
    places = np.zeros((steps + 1, len(start)))
    places[0] = start
    for i in range(1, steps):
        places[i] = places[i - 1] - rate * gradient(places[i - 1])
    return places


@descend.wrong(
    "The last row is still 0: each place is noted before its step, and the one after the last step is not noted any more."
)
def last_place_never_noted(gradient, start, rate, steps):
    places, w = np.zeros((steps + 1, len(start))), start
    for i in range(steps):
        places[i] = w
        w = w - rate * gradient(w)
    return places


@descend.wrong(
    "Your first turn writes over the start: it fills row 0 from the row before it, `places[-1]`, which is the last one and still 0."
)
def writes_over_the_start(gradient, start, rate, steps):
    places = np.zeros((steps + 1, len(start)))
    places[0] = start
    for i in range(steps):
        places[i] = places[i - 1] - rate * gradient(places[i - 1])
    return places


# --- 5. backward through two layers ----------------------------------------------------------------------------------

backward = Exercise(
    "backward",
    hints=(
        "Which numbers of the forward pass does the way back need? Compute and keep them first: "
        "the hidden sums, what ReLU makes of them, the answers.",
        "Look again at the table of section 6, and at the sentence below it: for a batch, the outer products add up to `X.T @ dZ`. "
        "Where is the best place to divide by n, once?",
        "`dz2` is `p - y` divided by n, shape (n,). From it: `H.T @ dz2` and its sum. Back to the hidden layer: "
        "the outer product of `dz2` and `w2`, times 1 where the hidden sums are above 0. From that: `X.T @` it, and its sum over the rows.",
    ),
)


@backward.probe
def _(attempt, rng):
    # The first case has sizes that all differ, so that no axis is taken for another; the second is square, where no error helps.
    for n, k, m, about in (
        (4, 3, 2, "four examples, three inputs, two hidden neurons"),
        (2, 2, 2, "two examples, two inputs, two hidden neurons"),
        (1, 2, 3, "a single example"),
        (3, 1, 4, "three examples, one input, four hidden neurons"),
    ):
        got = call(attempt, *_network(rng, n, k, m), about=about)
        yield from gradients(got, ("dW1", "db1", "dw2", "db2"), "four things, `dW1, db1, dw2, db2`")
    # A row of zeros and no bias: hidden sums of exactly 0, where the slope of ReLU is taken as 0.
    X, W1 = np.array([[1.0, 2.0], [0.0, 0.0], [2.0, -1.0]]), np.array([[1.2, -0.7], [0.4, 0.9]])
    got = call(
        attempt,
        X,
        np.array([1.0, 0.0, 1.0]),
        W1,
        np.zeros(2),
        numbers(rng, 2),
        0.3,
        about="three examples, the second all zeros, and `b1` = 0: its hidden sums are exactly 0",
    )
    yield from gradients(got, ("dW1", "db1", "dw2", "db2"), "four things, `dW1, db1, dw2, db2`")
    # Answers near 0 and 1, one of them wrong: who keeps them away from there shows.
    X, W1, w2 = np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([[1.5, -1.0], [-1.0, 1.5]]), np.array([-4.0, 4.5])
    got = call(attempt, X, np.array([0.0, 0.0]), W1, np.zeros(2), w2, 0.5, about="answers that are close to 0 and to 1")
    yield from gradients(replace(got, say=SURE), ("dW1", "db1", "dw2", "db2"), "four things, `dW1, db1, dw2, db2`")


def _network(rng, n, k, m):
    """X, y, W1, b1, w2, b2: no hidden sum near 0, some above and some below, and answers that are not sure."""
    while True:
        X, W1, b1, w2 = numbers(rng, n, k), numbers(rng, k, m), numbers(rng, m) / 2, numbers(rng, m)
        Z1 = X @ W1 + b1
        z2 = relu(Z1) @ w2
        b2 = round(float(-z2.mean()) + 0.3, 1)
        mixed = (Z1 > 0).any() and (Z1 < 0).any() and (n == 1 or (Z1 > 0).any(axis=0).all())
        if mixed and np.abs(Z1).min() > 0.05 and len(set(np.abs(w2))) == m and np.abs(z2 + b2).max() < 3:
            return X, (np.arange(n) % 2 == 0).astype(float), W1, b1, w2, b2


def _back(X, y, W1, b1, w2, b2, **other):
    """The way back with one part replaced. Each part takes what it needs by name from what is known so far."""
    known = {"X": X, "y": y, "W1": W1, "b1": b1, "w2": w2, "b2": b2, "n": len(y)}
    parts = {
        "Z1": lambda X, W1, b1, **_: X @ W1 + b1,
        "H": lambda Z1, **_: relu(Z1),
        "p": lambda H, w2, b2, **_: sigmoid(H @ w2 + b2),
        "dz2": lambda p, y, n, **_: (p - y) / n,
        "dw2": lambda H, dz2, **_: H.T @ dz2,
        "db2": lambda dz2, **_: dz2.sum(),
        "dH": lambda dz2, w2, **_: np.outer(dz2, w2),
        "dZ1": lambda dH, Z1, **_: dH * (Z1 > 0),
        "dW1": lambda X, dZ1, **_: X.T @ dZ1,
        "db1": lambda dZ1, **_: dZ1.sum(axis=0),
    }
    for name, part in parts.items():
        known[name] = other.get(name, part)(**known)
    return known["dW1"], known["db1"], known["dw2"], known["db2"]


def _mistake(name, sentence, result=lambda *gradients: gradients, **other):
    """A wrong way: the way back with the parts in `other` replaced, or with another `result` made of the four gradients."""

    def attempt(X, y, W1, b1, w2, b2):
        return result(*_back(X, y, W1, b1, w2, b2, **other))

    backward.wrong_value(name, attempt, sentence)


_mistake(
    "forgets_the_slope_of_relu",
    "The slope of ReLU is missing on the way back: where a hidden neuron was silent, nothing goes through.",
    dZ1=lambda dH, **_: dH,
)
_mistake(
    "multiplies_by_the_output_of_relu",
    "You multiplied by what ReLU gave, and not by its slope. The slope is 1 where the sum is above 0, whatever its size.",
    dZ1=lambda dH, H, **_: dH * H,
)
_mistake(
    "relu_of_the_gradient",
    "You put the gradient through ReLU. Whether it passes is decided by the hidden sum, not by the gradient's own sign.",
    dZ1=lambda dH, **_: relu(dH),
)
_mistake(
    "mask_of_the_gradient",
    "You asked whether the gradient is above 0. It is the hidden sum of the forward pass that opens or closes the way back.",
    dZ1=lambda dH, **_: (dH > 0) * 1.0,
)
_mistake(
    "mask_turned_round",
    "Your ReLU lets the gradient through where the neuron was silent, and stops it where it spoke. It is the other way round.",
    dZ1=lambda dH, Z1, **_: dH * (Z1 <= 0),
)
_mistake(
    "slope_of_a_sigmoid",
    "You used the slope of a sigmoid for the hidden layer. It has ReLU, and its slope is 1 or 0.",
    dZ1=lambda dH, Z1, **_: dH * sigmoid(Z1) * (1 - sigmoid(Z1)),
)
_mistake(
    "mask_too_late_for_the_bias",
    "The bias `b1` gets its gradient before ReLU has stopped anything. It stands inside ReLU, as `W1` does.",
    db1=lambda dH, **_: dH.sum(axis=0),
)
_mistake(
    "sums_the_examples_back",
    "All four gradients are those of the sum over the examples. The loss is their mean: they are `n` times too large.",
    dz2=lambda p, y, **_: p - y,
)
_mistake(
    "averages_the_biases_twice",
    "You divided by n twice for the biases: `dz2` was divided already, and then comes a mean. A sum is what is left to do.",
    db1=lambda dZ1, **_: dZ1.mean(axis=0),
    db2=lambda dz2, **_: dz2.mean(),
)
_mistake(
    "sums_the_biases",
    "You divided by n for the weights and forgot it for the biases.",
    db1=lambda dZ1, n, **_: n * dZ1.sum(axis=0),
    db2=lambda dz2, n, **_: n * dz2.sum(),
)
_mistake(
    "sums_the_weights_back",
    "You divided by n for the biases and forgot it for the weights.",
    dW1=lambda X, dZ1, n, **_: n * X.T @ dZ1,
    dw2=lambda H, dz2, n, **_: n * H.T @ dz2,
)
_mistake(
    "divides_all_twice",
    "All four gradients are divided by n once too often.",
    dz2=lambda p, y, n, **_: (p - y) / n**2,
)
_mistake(
    "divides_the_hidden_layer_twice",
    "The gradients of the hidden layer are divided by n twice: `dz2` was divided already.",
    dZ1=lambda dH, Z1, n, **_: dH * (Z1 > 0) / n,
)
_mistake(
    "label_minus_answer_back",
    "All signs are turned: with `y - p` the gradient points downhill. It says how the loss changes as a weight grows.",
    dz2=lambda p, y, n, **_: (y - p) / n,
)
_mistake(
    "slope_of_the_sigmoid_twice",
    "There is one p (1 - p) too many at the output: it has cancelled with the slope of the log, and `p - y` is what is left.",
    dz2=lambda p, y, n, **_: (p - y) * p * (1 - p) / n,
)
_mistake(
    "output_without_sigmoid",
    "You compared the output's sum with the label. The answer is what comes out of the sigmoid.",
    p=lambda H, w2, b2, **_: H @ w2 + b2,
)
_mistake(
    "w1_on_its_side",
    "`dW1` lies on its side. It has the shape of `W1`: a row for each input, a column for each hidden neuron.",
    dW1=lambda X, dZ1, **_: dZ1.T @ X,
)
_mistake(
    "inputs_not_turned",
    "You multiplied `X` as it stands with the gradient of the hidden sums. Said aloud, (k, n) @ (n, m): examples meet examples.",
    dW1=lambda X, dZ1, **_: X @ dZ1,
)
_mistake(
    "hidden_not_turned",
    "You multiplied the hidden outputs as they stand with `dz2`. Said aloud, (m, n) @ (n,): examples meet examples.",
    dw2=lambda H, dz2, **_: H @ dz2,
)
_mistake(
    "sums_before_relu_for_w2",
    "`dw2` is made from the hidden sums. What the output neuron sees is what ReLU made of them.",
    dw2=lambda Z1, dz2, **_: Z1.T @ dz2,
)
_mistake(
    "skips_the_output_weights",
    "The way back leaves out `w2`: a hidden neuron with a large output weight has more to answer for.",
    dH=lambda dz2, w2, **_: np.outer(dz2, np.ones_like(w2)),
)
_mistake(
    "outer_product_turned",
    "The outer product on the way to the hidden layer lies on its side: a row for each example, a column for each hidden neuron.",
    dH=lambda dz2, w2, **_: np.outer(w2, dz2),
)
_mistake(
    "mask_of_the_weights",
    "You asked whether the weights of `W1` are above 0. ReLU saw the hidden sums; their sign opens or closes the way back.",
    dZ1=lambda dH, **_: dH,
    dW1=lambda X, dZ1, W1, **_: X.T @ dZ1 * (W1 > 0),
)
_mistake(
    "hidden_bias_over_the_wrong_axis",
    "`db1` is summed over the wrong axis: one number for each example is left. It has the shape of `b1`, one for each hidden neuron.",
    db1=lambda dZ1, **_: dZ1.sum(axis=1),
)
_mistake(
    "hidden_bias_summed_to_one_number",
    "`db1` is summed to one number. Each hidden neuron has a bias of its own.",
    db1=lambda dZ1, **_: dZ1.sum(),
)
_mistake(
    "biases_keep_the_examples",
    "Your biases keep a gradient for each example. One bias serves them all: what the examples say is added.",
    db1=lambda dZ1, **_: dZ1,
    db2=lambda dz2, **_: dz2,
)
_mistake(
    "output_bias_keeps_the_examples",
    "`db2` keeps a number for each example. One bias serves them all: what the examples say is added.",
    db2=lambda dz2, **_: dz2,
)
_mistake(
    "forward_without_relu",
    "There is no ReLU in your forward pass, so the answers are not the network's.",
    H=lambda Z1, **_: Z1,
)
_mistake(
    "no_relu_either_way",
    "There is no ReLU in yours, neither on the way forward nor on the way back.",
    H=lambda Z1, **_: Z1,
    dZ1=lambda dH, **_: dH,
)
_mistake(
    "forward_without_b1",
    "The bias `b1` is missing from your forward pass.",
    Z1=lambda X, W1, **_: X @ W1,
)
_mistake(
    "forward_without_b2",
    "The bias `b2` is missing from your forward pass.",
    p=lambda H, w2, **_: sigmoid(H @ w2),
)
_mistake(
    "forgets_both_biases",
    "You returned two gradients. The biases have gradients too: `dW1, db1, dw2, db2`.",
    result=lambda dW1, db1, dw2, db2: (dW1, dw2),
)
_mistake(
    "output_layer_first",
    "You returned the output layer first. The order asked for is `dW1, db1, dw2, db2`.",
    result=lambda dW1, db1, dw2, db2: (dw2, db2, dW1, db1),
)
_mistake(
    "weights_first",
    "You returned both weights and then both biases. The order asked for is `dW1, db1, dw2, db2`.",
    result=lambda dW1, db1, dw2, db2: (dW1, dw2, db1, db2),
)


@backward.wrong("You took the step as well. Return the gradients alone.")
def takes_the_step_back(X, y, W1, b1, w2, b2):
    return tuple(a - d for a, d in zip((W1, b1, w2, b2), _back(X, y, W1, b1, w2, b2), strict=True))


@backward.wrong(
    "You moved `w2` before the hidden layer got its share. All gradients belong to the weights of the forward pass."
)
def moves_w2_too_early(X, y, W1, b1, w2, b2):
    def later(dz2, dw2, w2, **_):
        return np.outer(dz2, w2 - dw2)

    return _back(X, y, W1, b1, w2, b2, dH=later)


_mistake(
    "slope_one_at_zero",
    "Your ReLU lets the gradient through where the hidden sum is exactly 0. The statement takes the slope as 1 above 0 only.",
    dZ1=lambda dH, Z1, **_: dH * (Z1 >= 0),
)
_mistake(
    "clips_the_answers_back",
    "You kept the answers away from 0 and 1. Their distance from the label is the gradient, however small it is.",
    p=lambda H, w2, b2, **_: np.clip(sigmoid(H @ w2 + b2), 0.01, 0.99),
)
_mistake(
    "outer_product_of_a_batch",
    "`np.outer` made `dW1` of one review. With a batch it joins every row to every other. One table for each row is to be added up.",
    dW1=lambda X, dZ1, **_: np.outer(X, dZ1),
)
_mistake(
    "multiplies_dz2_by_w2",
    "You multiplied `dz2` and `w2` number by number. Said aloud, (n,) and (m,): every example meets every hidden neuron, shape (n, m).",
    dH=lambda dz2, w2, **_: dz2 * w2,
)
_mistake(
    "multiplies_w2_by_dz2",
    "You multiplied `w2` and `dz2` number by number. Said aloud, (m,) and (n,): every example meets every hidden neuron, shape (n, m).",
    dH=lambda dz2, w2, **_: w2 * dz2,
)
_mistake(
    "hidden_outputs_for_the_inputs",
    "`dW1` is made from the hidden outputs. What `W1` is multiplied with on the way forward are the inputs.",
    dW1=lambda H, dZ1, **_: H.T @ dZ1,
)
_mistake(
    "averages_b1_twice",
    "`db1` is divided by n twice: `dz2` was divided already, and then comes a mean.",
    db1=lambda dZ1, **_: dZ1.mean(axis=0),
)
_mistake(
    "averages_b2_twice",
    "`db2` is divided by n twice: `dz2` was divided already, and then comes a mean.",
    db2=lambda dz2, **_: dz2.mean(),
)
_mistake(
    "sums_the_hidden_layer",
    "You divided by n for the output layer and forgot it for the hidden layer.",
    dZ1=lambda dH, Z1, n, **_: n * dH * (Z1 > 0),
)
_mistake(
    "sums_the_output_layer",
    "You divided by n for the hidden layer and forgot it for the output layer.",
    dw2=lambda H, dz2, n, **_: n * H.T @ dz2,
    db2=lambda dz2, n, **_: n * dz2.sum(),
)
_mistake(
    "every_review_positive_back",
    "You treated every review as positive: `p - 1` is the slope at the output for y = 1 only.",
    dz2=lambda p, n, **_: (p - 1) / n,
)
_mistake(
    "first_review_back",
    "Only the first example is in your gradients. The loss is the mean over all of them.",
    dz2=lambda p, y, **_: np.where(np.arange(len(y)) == 0, p - y, 0.0),
)
_mistake(
    "first_review_over_n",
    "Only the first example is in your gradients, divided by the number of examples: the loop is left after its first turn.",
    dz2=lambda p, y, n, **_: np.where(np.arange(n) == 0, (p - y) / n, 0.0),
)
_mistake(
    "last_review_back",
    "Only the last example is in your gradients: each turn of the loop throws away what the ones before it said.",
    dz2=lambda p, y, n, **_: np.where(np.arange(n) == n - 1, p - y, 0.0),
)
_mistake(
    "last_review_over_n",
    "Only the last example is in your gradients, divided by the number of examples. What each of them says is added up.",
    dz2=lambda p, y, n, **_: np.where(np.arange(n) == n - 1, (p - y) / n, 0.0),
)
_mistake(
    "inputs_for_the_hidden_outputs",
    "`dw2` is made from the inputs. What the output neuron sees is what came out of the hidden layer.",
    dw2=lambda X, dz2, **_: X.T @ dz2,
)
_mistake(
    "slope_of_a_sigmoid_of_relu",
    "You used the slope of a sigmoid, h (1 - h), for the hidden layer. It has ReLU, and its slope is 1 or 0.",
    dZ1=lambda dH, H, **_: dH * H * (1 - H),
)
_mistake(
    "squared_difference_back",
    "There is a 2 too many at the output: it belongs to the squared difference. For the cross-entropy, `p - y` is what is left.",
    dz2=lambda p, y, n, **_: 2 * (p - y) / n,
)
_mistake(
    "sums_the_hidden_bias",
    "`db1` is a sum over the examples in yours, and the other three gradients are means. The 1/n belongs to all four.",
    db1=lambda dZ1, n, **_: n * dZ1.sum(axis=0),
)
_mistake(
    "means_before_they_meet",
    "You averaged the inputs and the gradients of the hidden sums apart, and then multiplied. Each row of `X` meets its own first.",
    dW1=lambda X, dZ1, **_: np.outer(X.mean(axis=0), dZ1.sum(axis=0)),
)
_mistake(
    "mask_of_the_output_weights",
    "You asked whether the output weights are above 0. ReLU saw the hidden sums; their sign opens or closes the way back.",
    dZ1=lambda dH, w2, **_: dH * (w2 > 0),
)
_mistake(
    "mask_of_the_output_sum",
    "You asked whether the output's sum is above 0. ReLU is not there but at the hidden layer, where each sum has a sign of its own.",
    dZ1=lambda dH, H, w2, b2, **_: dH * (H @ w2 + b2 > 0)[:, None],
)


_mistake(
    "mask_for_the_bias_only",
    "`dW1` is made before ReLU has stopped anything, and `db1` after. Both stand inside ReLU.",
    dW1=lambda X, dH, **_: X.T @ dH,
)
_mistake(
    "divides_by_the_hidden_neurons",
    "You divided by the number of hidden neurons. The mean runs over the examples, of which there are `len(y)`.",
    dz2=lambda p, y, w2, **_: (p - y) / len(w2),
)
_mistake(
    "divides_w1_twice",
    "`dW1` is divided by n twice: `dz2` was divided already, and it is made from that.",
    dW1=lambda X, dZ1, n, **_: X.T @ dZ1 / n,
)
_mistake(
    "divides_w2_twice",
    "`dw2` is divided by n twice: `dz2` was divided already, and it is made from that.",
    dw2=lambda H, dz2, n, **_: H.T @ dz2 / n,
)
_mistake(
    "output_bias_for_the_hidden",
    "The hidden biases have the gradient of the output's bias. On the way to them it meets `w2` and the slope of ReLU.",
    db1=lambda dz2, b1, **_: np.full(len(b1), dz2.sum()),
)
_mistake(
    "sigmoid_slope_on_the_way_back",
    "There is a p (1 - p) too many on the way to the hidden layer: in `dz2` it has cancelled already. The output layer is right.",
    dH=lambda dz2, p, w2, **_: np.outer(dz2 * p * (1 - p), w2),
)
_mistake(
    "mask_without_the_bias",
    "Your mask leaves out `b1`. ReLU saw the whole hidden sum, bias included.",
    dZ1=lambda dH, X, W1, **_: dH * (X @ W1 > 0),
)
_mistake(
    "sign_for_the_mask",
    "You multiplied by the sign of the hidden sums: below 0 it is -1. The slope of ReLU is 0 there.",
    dZ1=lambda dH, Z1, **_: dH * np.sign(Z1),
)


@backward.wrong(
    "This is the way back of section 6, for one review. In a batch every example has a `dz2` of its own, shape (n,), and what the examples "
    "say is added."
)
def code_of_one_review(X, y, W1, b1, w2, b2):
    z1 = X @ W1 + b1
    h = relu(z1)
    dz2 = sigmoid(h @ w2 + b2) - y
    dw2, db2 = dz2 * h, dz2
    dz1 = dz2 * w2 * (z1 > 0)
    return np.outer(X, dz1), dz1, dw2, db2
