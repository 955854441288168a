"""Lesson 12, are the vectors any good: what is asked of each exercise, and the mistakes learners make."""

from dataclasses import replace

import numpy as np

from course.checking import Exercise, Unfit, call, fits, seen
from course.checking.plain import plain, same


def numbers(rng, *shape):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.2, 2, shape) * rng.choice([-1, 1], shape)).round(2)


def rows(rng, n, d):
    """Rows of very different lengths, so that a length that gets into a comparison shows."""
    directions = rng.normal(size=(n, d))
    lengths = rng.permutation(np.geomspace(0.2, 20, n))
    return (directions / np.linalg.norm(directions, axis=1, keepdims=True) * lengths[:, None]).round(3)


def _unit(table):
    table = np.asarray(table, float)
    lengths = np.linalg.norm(table, axis=-1, keepdims=True)
    return table / np.where(lengths == 0, 1, lengths)


# ---- nearest ---------------------------------------------------------------------------------------------------------

nearest = Exercise(
    "nearest",
    hints=(
        "If every row had length 1, what would one product of the table with one row give you?",
        "Divide each row by its length, with 1 in place of a length of 0; multiply the table with the row asked about. "
        "Which entry of the result must never win, and what could you write there?",
        "The cosines are unit rows times the unit row; set the entry of `row` itself to minus infinity; `np.argsort` of the negated "
        "cosines puts the greatest first; keep the first `k`.",
    ),
)


@nearest.probe
def _(attempt, rng):
    small = np.array([[6, 8], [0, 5], [3, 4], [0, 0], [-3, -4]])
    yield _near(attempt, small, 2, 2, about="5 rows, of which row 0 points the same way as the row asked about")
    yield _near(attempt, small, 2, 4, about="all other rows, the row of zeros among them")
    early = np.array([[5, 0], [-5, 1], [0, 0], [10, 1]])
    yield _near(attempt, early, 0, 3, about="a row of zeros that stands before the nearest row")
    first = np.array([[0, 0], [-5, 1], [2, 0], [10, 1], [4, 3]])
    yield _near(attempt, first, 2, 4, about="a row of zeros that stands first, as padding does")
    table = rows(rng, 7, 3)
    for row in rng.permutation(7)[:3]:
        yield _near(attempt, table, int(row), 3, about="7 rows of different lengths")
    table = rows(rng, 40, 5)
    for row, k in zip(rng.permutation(40)[:4], (1, 2, 6, 39), strict=True):
        yield _near(attempt, table, int(row), k, about=f"40 rows; the nearest {k}")
    twin = np.array([[3, 4], [1, 0], [3, 4], [0, 2], [-1, 1]])
    yield _near(attempt, twin, 0, 2, about="row 2 holds the same numbers as row 0, the one asked about")
    yield _near(attempt, _many(rng), 7, 300, about="600 rows; the nearest 300")


def _many(rng):
    """600 rows, too many to come out sorted where NumPy only picks the first few. Their cosines with row 7 are well apart."""
    cosines, angles = rng.permutation((np.arange(600) - 299.75) / 310), rng.uniform(0, 2 * np.pi, 600)
    sines = np.sqrt(1 - cosines**2)
    table = np.column_stack([cosines, sines * np.cos(angles), sines * np.sin(angles)])
    table[7] = [1, 0, 0]
    return table * rng.uniform(1, 9, (600, 1))


def _near(attempt, table, row, k, about):
    """A call that should give row numbers; what is off is said of rows, since row numbers are no amounts."""
    observed = call(attempt, table, row, k, about=about)
    saw = observed.saw
    if saw["kind"] != "array" or saw["shape"] != [k]:
        return observed
    found = saw["values"]
    say = "These are not the rows that the statement describes."
    if any(i != int(i) or not 0 <= i < len(table) for i in found):
        say = f"Not all of these are row numbers: those go from 0 to {len(table) - 1}."
    elif row in found:
        say = _of_itself(table, row, found)
    elif len(set(found)) < k:
        say = "One row is in your list more than once."
    elif np.any(np.diff(_cosines(table, row)[np.array(found, int)]) > 1e-6):
        say = "Along your list the cosines should fall, and somewhere they rise."
    elif any(cosine > 0.999999 for cosine in np.delete(_cosines(table, row), [row, *map(int, found)])):
        say = "A row that points the same way as the one asked about is missing. Only the row itself is left out, by its number."
    return replace(observed, say=say)


def _of_itself(table, row, found):
    """What can be said of a list that holds the row asked about."""
    missing = np.setdiff1d(np.arange(len(table)), found)
    if found[0] == row or len(found) < len(table) - 1:
        return "Your list holds the row itself."
    if any(not np.any(table[i]) for i in missing):
        return "Your list holds the row itself, and a row of zeros is missing: its cosine is 0, a place in the list like any other."
    if all(_cosines(table, row)[missing] < 0):
        return "Your list holds the row itself, ahead of a row with a cosine below 0. What stands in place of its own cosine?"
    return "Your list holds the row itself."


def _ranked(scores, row, k):
    scores = np.array(scores, float)
    scores[row] = -np.inf
    return np.argsort(-scores, kind="stable")[:k]


def _cosines(table, row):
    unit = _unit(table)
    return unit @ unit[row]


@nearest.wrong(
    "Your list holds the row itself. It is nearest to itself whatever the numbers are, so that says nothing."
)
def keeps_the_row_itself(table, row, k):
    scores = _cosines(table, row)
    scores[row] = 2
    return np.argsort(-scores, kind="stable")[:k]


@nearest.wrong(
    "Your list holds the row itself, which is nearest to itself. Where another row points the same way, the two are tied."
)
def keeps_the_row_in_its_place(table, row, k):
    return np.argsort(-_cosines(table, row).round(9), kind="stable")[:k]


@nearest.wrong(
    "You dropped whatever came first, on trust that it was the row itself. A row that points the same way can come before it: "
    "look at rows 0 and 2 of the first case."
)
def drops_the_first(table, row, k):
    return np.argsort(-_cosines(table, row).round(9), kind="stable")[1 : k + 1]


@nearest.wrong(
    "You left out every row with cosine 1. Only the row asked about is to be left out; another that points the same way is its nearest."
)
def leaves_out_all_equals(table, row, k):
    scores = _cosines(table, row)
    order = np.argsort(-scores, kind="stable")
    return [int(i) for i in order if scores[i] < 0.999999][:k]


@nearest.wrong(
    "You ranked by the dot product: a long row gets a large one even when it points elsewhere. A cosine does not depend on the lengths."
)
def ranks_by_dot_product(table, row, k):
    table = np.asarray(table, float)
    return _ranked(table @ table[row], row, k)


@nearest.wrong(
    "You ranked by distance. A row that points the same way and is twice as long is far off, and yet has cosine 1."
)
def ranks_by_distance(table, row, k):
    table = np.asarray(table, float)
    return _ranked(-np.linalg.norm(table - table[row], axis=1), row, k)


@nearest.wrong(
    "You set the row's own cosine to 0. That takes it off the top, and leaves it ahead of all rows with cosines below 0."
)
def sets_its_own_to_zero(table, row, k):
    scores = _cosines(table, row)
    scores[row] = 0
    return np.argsort(-scores, kind="stable")[:k]


@nearest.wrong(
    "You set the row's own cosine to −1. A row that points the opposite way has that too, and then the two are tied."
)
def sets_its_own_to_minus_one(table, row, k):
    scores = _cosines(table, row).round(9)
    scores[row] = -1
    return np.argsort(-scores, kind="stable")[:k]


@nearest.wrong("Your list begins at the wrong end: these are the rows with the smallest cosines.")
def farthest_first(table, row, k):
    scores = _cosines(table, row)
    scores[row] = np.inf
    return np.argsort(scores, kind="stable")[:k]


@nearest.wrong("The right rows, in the wrong order: the one with the greatest cosine comes first.")
def nearest_last(table, row, k):
    return _ranked(_cosines(table, row), row, k)[::-1]


@nearest.wrong("You returned the cosines. Asked for is which rows they belong to.")
def returns_cosines(table, row, k):
    scores = _cosines(table, row)
    return scores[_ranked(scores, row, k)]


@nearest.wrong("You returned the rows' contents. Asked for is where they stand: their row numbers.")
def returns_contents(table, row, k):
    return np.asarray(table, float)[_ranked(_cosines(table, row), row, k)]


@nearest.wrong(
    "Without the row of zeros all is well. With it you divide 0 by 0, and where a NaN lands in a sorted list is none of its merit: "
    "the statement gives such a row the cosine 0."
)
def has_nan_for_zeros(table, row, k):
    table = np.asarray(table, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = table / np.linalg.norm(table, axis=1, keepdims=True)
        scores = unit @ unit[row]
    scores[row] = -9
    return np.argsort(-scores, kind="stable")[:k]


@nearest.wrong(
    "A row of zeros comes last in yours: 0 divided by 0 is a NaN, and NaN sorts to the end. By the statement its cosine is 0, and rows "
    "with cosines below 0 come after it."
)
def puts_zeros_last(table, row, k):
    scores = _cosines(table, row)
    scores[~np.any(table, axis=1)] = -2
    return _ranked(scores, row, k)


@nearest.wrong(
    "The cosine of a row of zeros is a NaN in yours. No number is larger or smaller than a NaN, so `sorted` leaves it, and others with it, "
    "where it happens to stand."
)
def sorts_with_nan(table, row, k):
    table = np.asarray(table, float)
    with np.errstate(all="ignore"):
        cosines = [t @ table[row] / np.linalg.norm(t) / np.linalg.norm(table[row]) for t in table]
    return sorted((i for i in range(len(table)) if i != row), key=lambda i: -cosines[i])[:k]


@nearest.wrong("You left rows of zeros out. They have cosine 0 with every row, and that is a place in the list.")
def leaves_zeros_out(table, row, k):
    scores = _cosines(table, row)
    scores[row] = -np.inf
    return [int(i) for i in np.argsort(-scores, kind="stable") if np.any(table[i]) and i != row][:k]


@nearest.wrong("You gave all rows in order. Asked for are the first `k`.")
def gives_all_rows(table, row, k):
    return _ranked(_cosines(table, row), row, len(table) - 1)


@nearest.wrong("You compared with row 0 whatever `row` says, as if it were the one asked about.")
def compares_with_row_0(table, row, k):
    return _ranked(_cosines(table, 0), 0, k)


@nearest.wrong("You counted the rows from 1. The first row of a table has the number 0.")
def counts_from_1(table, row, k):
    return _ranked(_cosines(table, row), row, k) + 1


@nearest.wrong(
    "You divided by the square of each length: a long row then looks farther off than it is. The root is missing."
)
def divides_by_the_square(table, row, k):
    table = np.asarray(table, float)
    squares = (table * table).sum(axis=1)
    return _ranked(table @ table[row] / np.where(squares == 0, 1, squares), row, k)


@nearest.wrong("You divided by the lengths of the columns. Each *row* has a length, one for all its numbers: `axis=1`.")
def divides_by_columns(table, row, k):
    unit = _unit(np.asarray(table, float).T).T
    return _ranked(unit @ unit[row], row, k)


@nearest.wrong(
    "A row of zeros has come out on top. Dividing by its length gives NaN, and sorting puts NaN at one end of the list."
)
def has_nan_in_front(table, row, k):
    table = np.asarray(table, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = table / np.linalg.norm(table, axis=1, keepdims=True)
        scores = unit @ unit[row]
    scores[row] = -9
    return np.argsort(scores, kind="stable")[::-1][:k]


@nearest.wrong(
    "You took the cosines without their sign. A row that points the opposite way is the farthest, not the nearest."
)
def ignores_the_sign(table, row, k):
    return _ranked(np.abs(_cosines(table, row)), row, k)


@nearest.wrong(
    "You took the row out before you counted, so every row after it has moved up by one place and its number is one too small."
)
def counts_without_the_row(table, row, k):
    return np.argsort(-np.delete(_cosines(table, row), row), kind="stable")[:k]


@nearest.wrong("You gave one row too few: `k` counts the rows besides the one asked about.")
def gives_one_too_few(table, row, k):
    return _ranked(_cosines(table, row), row, k - 1)


@nearest.wrong("You gave one row too many: `k` is how many rows are asked for.")
def gives_one_too_many(table, row, k):
    return _ranked(_cosines(table, row), row, k + 1)


@nearest.wrong(
    "You compared columns. A word is a row, and one product of the table with a row compares it with all of them."
)
def compares_columns(table, row, k):
    unit = _unit(np.asarray(table, float).T)
    row = row % len(unit)
    return _ranked(unit @ unit[row], row, k)


@nearest.wrong(
    "Your list begins at the wrong end, and with the row itself, which you have put lowest: after it come the smallest cosines."
)
def farthest_first_after_itself(table, row, k):
    scores = _cosines(table, row)
    scores[row] = -np.inf
    return np.argsort(scores, kind="stable")[:k]


@nearest.wrong(
    "You left out every row that holds the same numbers as the one asked about. Only that one is left out, by its number: a row like it is "
    "its nearest."
)
def leaves_out_twins(table, row, k):
    order = np.argsort(-_cosines(table, row), kind="stable")
    return [int(i) for i in order if i != row and np.any(table[i] != table[row])][:k]


# ---- spearman --------------------------------------------------------------------------------------------------------

spearman = Exercise(
    "spearman",
    hints=(
        "If you multiplied all of `a` by 10, or took its logarithm, what should happen to the result? What must `a` be turned into first?",
        "Two steps. Ranks: for each number, how many are smaller, and how many are equal, itself included? Then Pearson's correlation "
        "of the two lists of ranks; the formula stands above the exercise.",
        "With s numbers smaller and e equal (itself included), the places s + 1 to s + e are shared, and their mean is s + (e + 1) / 2. "
        "Subtract from each list of ranks its mean; divide the sum of products by the root of the product of the two sums of squares.",
    ),
)


@spearman.probe
def _(attempt, rng):
    def spaced(n):
        """n different numbers, far from evenly spaced, in any order."""
        return rng.permutation(np.cumsum(rng.uniform(0.2, 1, n) ** 4 * 20).round(2) + 0.5)

    yield _told(attempt, *_loose(rng, 5, spaced), about="5 pairs of numbers, all of them different")
    yield _told(attempt, [1.0, 2.0], [7.0, 3.0], about="2 pairs, in opposite order")
    tied = rng.permutation([1.0, 2.0, 2.0, 5.0, 9.0, 9.0, 9.0])
    yield _told(attempt, tied, spaced(7), about="equal numbers in `a`")
    yield _told(attempt, spaced(7), tied[::-1].copy(), about="equal numbers in `b`")
    ratings = rng.integers(0, 7, 30) / 2
    yield _told(attempt, (ratings + rng.normal(0, 1.2, 30)).round(1), ratings, about="30 pairs, many numbers equal")
    yield _told(attempt, -np.exp(ratings[:12]), ratings[:12] * 2 + 1, about="12 pairs, in exactly opposite order")
    cosines = rng.uniform(-0.2, 0.9, 9).round(2)
    yield _told(attempt, cosines, np.round(cosines * 4 + rng.normal(0, 1, 9)), about="cosines and judgements")


def _told(attempt, a, b, about):
    """A call; how NumPy's argsort orders equal numbers depends on the machine, so no wrong way can stand for it, and this says it."""
    observed = call(attempt, a, b, about=about)
    value = observed.saw["value"] if observed.saw["kind"] == "number" else None
    if value is None or not -1.0001 < value < 1.0001:
        return observed
    if len(set(a)) < len(a) or len(set(b)) < len(b):
        if value == round(value, 4):  # more likely rounded than wrongly ranked
            return observed
        return replace(
            observed,
            say="Where all numbers differ yours is right. Here some are equal: which rank does each of them get in yours, and which "
            "in the statement?",
        )
    if abs(value - _pearson(np.argsort(a), np.argsort(b))) < 1e-4:
        return replace(
            observed,
            say="`np.argsort` says which number comes first, which second and so on. A rank says, for each number, in which place "
            "it comes.",
        )
    return observed


def _loose(rng, n, spaced):
    """Two lists in about the same order, neither the same nor opposite."""
    a, b = np.sort(spaced(n)), np.sort(spaced(n))
    order = rng.permutation(n)
    swapped = np.arange(n)
    swapped[[0, 1, 2]] = [2, 0, 1]
    return a[order], b[swapped][order]


def _smaller_and_equal(values):
    values = np.asarray(values, float)
    return (values < values[:, None]).sum(axis=1), (values == values[:, None]).sum(axis=1)


def _ranks(values, how="mean"):
    smaller, equal = _smaller_and_equal(values)
    if how == "mean":
        return smaller + (equal + 1) / 2
    if how == "min":
        return smaller + 1.0
    if how == "max":
        return (smaller + equal).astype(float)
    if how == "dense":
        return np.unique(np.asarray(values, float), return_inverse=True)[1].reshape(-1) + 1.0
    return np.argsort(np.argsort(np.asarray(values, float), kind="stable"), kind="stable") + 1.0  # one after the other


def _pearson(x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))


@spearman.wrong(
    "You correlated the numbers themselves: that is Pearson's correlation, and it asks for a straight line. "
    "Spearman's asks only for the same order."
)
def correlates_the_numbers(a, b):
    return _pearson(a, b)


@spearman.wrong(
    "`np.argsort` says which number comes first, which second and so on. A rank says, for each number, in which place it comes: "
    "that is the other way round."
)
def takes_argsort_for_ranks(a, b):
    return _pearson(np.argsort(a, kind="stable"), np.argsort(b, kind="stable"))


@spearman.wrong(
    "Equal numbers get different ranks in yours, in the order in which they stand. So the result depends on the order of the pairs."
)
def breaks_ties_by_place(a, b):
    return _pearson(_ranks(a, "place"), _ranks(b, "place"))


@spearman.wrong(
    "You gave equal numbers the first of the places that they take up. They share these places, so each gets their mean."
)
def ties_take_the_first_place(a, b):
    return _pearson(_ranks(a, "min"), _ranks(b, "min"))


@spearman.wrong(
    "You gave equal numbers the last of the places that they take up. They share these places, so each gets their mean."
)
def ties_take_the_last_place(a, b):
    return _pearson(_ranks(a, "max"), _ranks(b, "max"))


@spearman.wrong(
    "Equal numbers share a rank in yours, and the next number gets the next one. But three equal numbers take up three places: "
    "the number after them comes fourth."
)
def ties_take_one_place(a, b):
    return _pearson(_ranks(a, "dense"), _ranks(b, "dense"))


@spearman.wrong(
    "The short formula with 6 times the squared differences is exact only while no two numbers are equal. Here some are."
)
def uses_the_short_formula(a, b):
    n = len(a)
    return 1 - 6 * float(np.sum((_ranks(a) - _ranks(b)) ** 2)) / (n * (n * n - 1))


@spearman.wrong(
    "You did not subtract the means of the ranks. All ranks are positive, so without that everything correlates with everything."
)
def does_not_centre(a, b):
    x, y = _ranks(a), _ranks(b)
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))


@spearman.wrong(
    "One of your lists is ranked from the largest and the other from the smallest, so agreement comes out negative."
)
def ranks_one_backwards(a, b):
    return -_pearson(_ranks(a), _ranks(b))


@spearman.wrong("You lost the sign: two lists in opposite order agree as badly as can be, and that is −1.")
def loses_the_sign(a, b):
    return abs(_pearson(_ranks(a), _ranks(b)))


@spearman.wrong("This is the square of the correlation. It has no sign and lies nearer to 0.")
def squares_it(a, b):
    return _pearson(_ranks(a), _ranks(b)) ** 2


@spearman.wrong(
    "You stopped at the covariance of the ranks, which grows with the number of pairs. Divide by both spreads to get from −1 to 1."
)
def stops_at_the_covariance(a, b):
    x, y = _ranks(a), _ranks(b)
    return float(np.mean((x - x.mean()) * (y - y.mean())))


@spearman.wrong(
    "You stopped at the covariance of the ranks, with n − 1 in it. Divide by both spreads to get from −1 to 1."
)
def stops_at_the_covariance_of_a_sample(a, b):
    return float(np.cov(_ranks(a), _ranks(b))[0, 1])


@spearman.wrong("You stopped at the sum of products. Divide by both spreads to get from −1 to 1.")
def stops_at_the_sum_of_products(a, b):
    x, y = _ranks(a), _ranks(b)
    return float((x - x.mean()) @ (y - y.mean()))


@spearman.wrong(
    "The root is missing: the sum of products is divided by the product of two sums of squares, which is far too large."
)
def forgets_the_root(a, b):
    x, y = _ranks(a), _ranks(b)
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / ((x @ x) * (y @ y)))


@spearman.wrong(
    "You sorted both lists, each by itself. The pairs are torn apart then, and two sorted lists always agree."
)
def sorts_both(a, b):
    return _pearson(_ranks(np.sort(a)), _ranks(np.sort(b)))


@spearman.wrong(
    "You sorted both lists, each by itself, and correlated the numbers. The pairs are torn apart then: which number of `a` belonged to "
    "which of `b`?"
)
def sorts_both_and_correlates(a, b):
    return _pearson(np.sort(a), np.sort(b))


@spearman.wrong(
    "Your sum of products is divided by one number of pairs and your spreads by another, n in one and n − 1 in the other, "
    "so that perfect agreement does not give 1."
)
def mixes_n_and_n_minus_1(a, b):
    x, y = _ranks(a), _ranks(b)
    return float(np.cov(x, y)[0, 1] / (x.std() * y.std()))


@spearman.wrong(
    "The same the other way round: products divided by n, spreads by n − 1, so that perfect agreement stays below 1."
)
def mixes_n_minus_1_and_n(a, b):
    x, y = _ranks(a), _ranks(b)
    return float(np.mean((x - x.mean()) * (y - y.mean())) / (x.std(ddof=1) * y.std(ddof=1)))


@spearman.wrong(
    "You counted pairs that are in the same order and in opposite order: that is Kendall's correlation, another measure of agreement."
)
def counts_orders(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    x, y = np.sign(a - a[:, None]), np.sign(b - b[:, None])
    return float(np.sum(x * y) / np.sqrt(np.sum(x * x) * np.sum(y * y)))


@spearman.wrong("You ranked one list and left the other as it was. The order is all that counts in both.")
def ranks_only_one(a, b):
    return _pearson(_ranks(a), b)


@spearman.wrong("You ranked one list and left the other as it was. Both lists have to become ranks.")
def ranks_only_the_other(a, b):
    return _pearson(a, _ranks(b))


@spearman.wrong("You returned the whole table of correlations. Asked for is the one between `a` and `b`.")
def returns_a_table(a, b):
    return np.corrcoef(_ranks(a), _ranks(b))


@spearman.wrong(
    "You took the mean of the products, and below the root stand sums: the result is n times too small. It is a sum in both places."
)
def divides_by_n_as_well(a, b):
    return _pearson(_ranks(a), _ranks(b)) / len(a)


@spearman.wrong("You added the two sums of squares below the root. They are multiplied.")
def adds_below_the_root(a, b):
    x, y = _ranks(a), _ranks(b)
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / np.sqrt(x @ x + y @ y))


@spearman.wrong("You stopped at the sum of the squared differences of ranks. The correlation lies between −1 and 1.")
def sums_squared_differences(a, b):
    return float(np.sum((_ranks(a) - _ranks(b)) ** 2))


# ---- analogy ---------------------------------------------------------------------------------------------------------

analogy = Exercise(
    "analogy",
    hints=(
        "From man to king is a step. Which three rows do you need to take the same step from woman, and with which signs?",
        "Make all rows unit rows first. The target is unit[b] − unit[a] + unit[c]. Cosines with all rows come from one product; "
        "which three of them must not win?",
        "scores = unit @ target; set the scores at a, b and c to minus infinity; return `np.argmax` of the scores.",
    ),
)


@analogy.probe
def _(attempt, rng):
    table = np.array([[1, 0], [3, 3], [0, 1], [-2, 2], [4, -4]])
    yield _row(attempt, table, 0, 1, 2, about="the example of the statement")
    for n, d, times in ((6, 3, 4), (12, 4, 6), (40, 8, 6)):
        table = rows(rng, n, d)
        for _ in range(times):
            a, b, c = (int(row) for row in rng.permutation(n)[:3])
            yield _row(attempt, table, a, b, c, about=f"{n} rows of different lengths")
    table = rows(rng, 12, 4)  # row b lies close to row a: the target is nearly row c
    table[1] = (table[0] * 1.1 + 0.01).round(3)
    yield _row(attempt, table, 0, 1, 2, about="b lies close to a, so that the target is nearly row c")
    # four rows in the plane, by their angles: in each another question row would win if it were not left out
    lengths = rng.permutation([0.5, 2.0, 3.0, 7.0])
    for angles, about in (
        ((0, 30, -90, 90), "c lies against the step, so that the target is nearer to a than to b"),
        ((0, -90, 30, 90), "b lies against the step, so that the target is nearer to a than to c"),
        ((0, 40, -50, 180), "a lies between b and c, so that the target is nearest to a"),
        ((90, 10, -10, 164), "all other rows point away from the target, further than at a right angle"),
    ):
        angles = np.deg2rad(angles)
        table = (lengths[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])).round(3)
        yield _row(attempt, table, 0, 1, 2, about=about)
    ahead = rng.uniform(0.5, 2, size=(4, 3)).round(2)
    a, b, c, rest = (int(row) for row in rng.permutation(4))
    ahead[rest] *= -1
    yield _row(attempt, ahead, a, b, c, about="4 rows, so that only one is left to answer, and it points away")


def _row(attempt, *given, about):
    """A call that should give a row number; of another row, nobody is told that its number is too large or too small."""
    observed = call(attempt, *given, about=about)
    if observed.saw["kind"] != "number":
        return observed
    table, *question = given
    value, say = observed.saw["value"], "This is not the row that the statement describes."
    if value not in range(len(table)):
        say = f"This is no row number: those are integers from 0 to {len(table) - 1}."
    elif value in question:
        say = "This is one of the three rows of the question, and those are left out."
    return replace(observed, say=say)


def _target(table, a, b, c):
    unit = _unit(table)
    return unit, unit[b] - unit[a] + unit[c]


def _best(scores, *left_out):
    scores = np.array(scores, float)
    scores[list(left_out)] = -np.inf
    return int(np.argmax(scores))


@analogy.wrong(
    "You left no row out. The target lies close to the rows it was made from, so that the question answers itself with one of them."
)
def leaves_none_out(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target)


@analogy.wrong("You left out c only. Row b is in the target as well, with the same sign, and wins where c may not.")
def leaves_out_c_only(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target, c)


@analogy.wrong(
    "You left out b and c. Row a is a question word too: it may not be the answer, although it seldom would be."
)
def leaves_out_b_and_c(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target, b, c)


@analogy.wrong("You left out b only. The target lies closest, as a rule, to row c.")
def leaves_out_b_only(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target, b)


@analogy.wrong(
    "You left out a and c. Row b is in the target, with the same sign as c: it may not be the answer either."
)
def leaves_out_a_and_c(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target, a, c)


@analogy.wrong(
    "You left out a and b. The target lies closest, as a rule, to row c, and it may not be the answer either."
)
def leaves_out_a_and_b(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target, a, b)


@analogy.wrong(
    "You left out a only, the row that is farthest from the target as a rule. Rows b and c are question words too."
)
def leaves_out_a_only(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target, a)


@analogy.wrong(
    "You set the scores of the question rows to −1. The target is no unit row, so a score may lie below −1, and then a question row wins."
)
def sets_scores_to_minus_one(table, a, b, c):
    unit, target = _target(table, a, b, c)
    scores = unit @ target
    scores[[a, b, c]] = -1
    return int(np.argmax(scores))


@analogy.wrong(
    "You set the scores of the question rows to 0. Where all other rows score below 0, a question row still wins."
)
def sets_scores_to_zero(table, a, b, c):
    unit, target = _target(table, a, b, c)
    scores = unit @ target
    scores[[a, b, c]] = 0
    return int(np.argmax(scores))


@analogy.wrong("Your signs are turned round: you took the step from b to a. The step goes from a to b.")
def goes_backwards(table, a, b, c):
    unit, target = _target(table, b, a, c)
    return _best(unit @ target, a, b, c)


@analogy.wrong("You subtracted c. The step from a to b starts at c: a is subtracted, b and c are added.")
def subtracts_c(table, a, b, c):
    unit = _unit(table)
    return _best(unit @ (unit[b] + unit[a] - unit[c]), a, b, c)


@analogy.wrong("You added all three rows. The word that the step comes from, a, is taken away.")
def adds_all_three(table, a, b, c):
    unit = _unit(table)
    return _best(unit @ (unit[a] + unit[b] + unit[c]), a, b, c)


@analogy.wrong(
    "You added and subtracted the rows as they are. A long row then counts for more: the statement makes the rows unit rows first."
)
def adds_raw_rows(table, a, b, c):
    table = np.asarray(table, float)
    return _best(_unit(table) @ (table[b] - table[a] + table[c]), a, b, c)


@analogy.wrong("Your target is right. But you ranked the rows by their dot product with it, and long rows win that.")
def ranks_by_raw_product(table, a, b, c):
    _, target = _target(table, a, b, c)
    return _best(np.asarray(table, float) @ target, a, b, c)


@analogy.wrong("There is no unit row in yours, neither in the target nor in the comparison: the lengths decide.")
def is_raw_throughout(table, a, b, c):
    table = np.asarray(table, float)
    return _best(table @ (table[b] - table[a] + table[c]), a, b, c)


@analogy.wrong(
    "You looked for the smallest distance between rows as they are. The lengths decide then, and not the directions."
)
def takes_the_smallest_distance(table, a, b, c):
    table = np.asarray(table, float)
    return _best(-np.linalg.norm(table - (table[b] - table[a] + table[c]), axis=1), a, b, c)


@analogy.wrong("This is the row with the smallest cosine. The answer is the one with the greatest.")
def takes_the_farthest(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(-(unit @ target), a, b, c)


@analogy.wrong(
    "You took a, b and c out of the table before you counted, so that the rows after them have other numbers."
)
def counts_without_them(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return int(np.argmax(np.delete(unit @ target, [a, b, c])))


@analogy.wrong("You returned a cosine. Asked for is the row that has it.")
def returns_the_cosine(table, a, b, c):
    unit, target = _target(table, a, b, c)
    row = _best(unit @ target, a, b, c)
    return float(unit[row] @ target / np.linalg.norm(target))


@analogy.wrong("You returned the greatest score. Asked for is the row that has it.")
def returns_the_score(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return float((unit @ target)[_best(unit @ target, a, b, c)])


@analogy.wrong("Row c is missing in your target: b − a is the step, and it starts at c.")
def forgets_c(table, a, b, c):
    unit = _unit(table)
    return _best(unit @ (unit[b] - unit[a]), a, b, c)


@analogy.wrong("You took both a and c away from b. The step from a to b starts at c, so c is added.")
def subtracts_both(table, a, b, c):
    unit = _unit(table)
    return _best(unit @ (unit[b] - unit[a] - unit[c]), a, b, c)


@analogy.wrong("You took the cosines without their sign. A row that points away from the target is farthest from it.")
def takes_cosines_without_sign(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(np.abs(unit @ target), a, b, c)


@analogy.wrong("You divided by the lengths of the columns. Each *row* has a length, one for all its numbers.")
def divides_by_the_columns(table, a, b, c):
    unit = _unit(np.asarray(table, float).T).T
    return _best(unit @ (unit[b] - unit[a] + unit[c]), a, b, c)


@analogy.wrong("You took rows 0, 1 and 2, as in the example, whatever `a`, `b` and `c` say.")
def takes_the_examples_rows(table, a, b, c):
    unit, target = _target(table, 0, 1, 2)
    return _best(unit @ target, 0, 1, 2)


@analogy.wrong(
    "Your target is made of rows 0, 1 and 2, as in the example, whatever `a`, `b` and `c` say. What you leave out is right."
)
def makes_the_examples_target(table, a, b, c):
    unit, target = _target(table, 0, 1, 2)
    return _best(unit @ target, a, b, c)


@analogy.wrong("You counted the rows from 1. The first row of a table has the number 0.")
def counts_rows_from_1(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return _best(unit @ target, a, b, c) + 1


@analogy.wrong("You returned the row's contents. Asked for is its number.")
def returns_the_row(table, a, b, c):
    unit, target = _target(table, a, b, c)
    return np.asarray(table, float)[_best(unit @ target, a, b, c)]


@analogy.wrong("You returned the nearest neighbour of c. Rows a and b have had no say.")
def ignores_the_step(table, a, b, c):
    unit = _unit(table)
    return _best(unit @ unit[c], a, b, c)


@analogy.wrong(
    "You added b and c and took nothing away. What the word c has in common with a is to be replaced: a is subtracted."
)
def adds_b_and_c_only(table, a, b, c):
    unit = _unit(table)
    return _best(unit @ (unit[b] + unit[c]), a, b, c)


# ---- pca -------------------------------------------------------------------------------------------------------------

pca = Exercise(
    "pca",
    hints=(
        "Shift all rows by the same amount: should the picture change? What do you have to subtract so that it does not?",
        "After centring, `np.linalg.svd(centred, full_matrices=False)` gives three things. Which of them holds directions, one in each "
        "row, and how does a product tell how far each row of the table reaches along a direction?",
        "Subtract from each column its mean; call `svd`; the first `k` rows of its third result are the directions; the coordinates are "
        "the centred table times these rows transposed.",
    ),
)


@pca.probe
def _(attempt, rng):
    fits(attempt, 2)
    height = float(rng.integers(2, 9))
    line = np.array([[1.0, height], [3.0, height], [5.0, height]])
    yield from _flat(attempt, line, 1, "3 points on a line")
    yield from _flat(attempt, _cloud(rng, 6, 4), 2, "6 points in 4 dimensions, in 2")
    yield from _flat(attempt, _cloud(rng, 6, 4), 3, "6 points in 4 dimensions, in 3")
    yield from _flat(attempt, _cloud(rng, 4, 7), 2, "4 points in 7 dimensions: more dimensions than points")
    yield from _flat(attempt, _cloud(rng, 30, 5), 1, "30 points, along one direction")
    yield from _flat(
        attempt, _cloud(rng, 6, 3, tilt=0.15)[:, ::-1].copy(), 2, "6 points, widest nearly along the last column"
    )
    table = _cloud(rng, 5, 3)
    kept = table.copy()
    attempt(kept, 2)
    yield seen(np.array_equal(kept, table), "whether `table` is as it was (1) or not (0)")


def _cloud(rng, n, d, tilt=None):
    """n points whose spreads along their main directions are well apart, far from the origin. tilt: how far these lie off the columns."""
    centred = rng.normal(size=(n, n))
    centred[:, 0] = 1
    left = np.linalg.qr(centred)[0][:, 1:]  # (n, n - 1), each column at right angles to ones: its mean is 0
    rank = min(n - 1, d)
    spreads = np.array([9, 5, 2.5, 1.2, 0.6, 0.3])[:rank]
    askew = rng.normal(size=(d, d)) if tilt is None else np.eye(d) + tilt * rng.choice([-1, 1], (d, d))
    right = np.linalg.qr(askew)[0][:, :rank]
    return left[:, :rank] * spreads @ right.T + rng.choice([-1, 1], d) * rng.uniform(2, 6, d)


def _flat(attempt, table, k, about):
    """What does not depend on the signs of the columns: the sizes, and the table with one number of each column made positive."""
    result = attempt(table.copy(), k)
    form = plain(result)
    if form["kind"] == "blank":
        raise NotImplementedError
    if result is None:
        raise Unfit("It returned None. Did you forget `return`?")
    if form["kind"] != "array" or len(form["shape"]) != 2:
        raise Unfit(
            f"It should return an array of shape {(len(table), k)}, one row for each row of the table. It returned "
            + (f"one of shape {tuple(form['shape'])}." if form["kind"] == "array" else "no array of numbers.")
        )
    made = np.reshape(np.asarray(form["values"], float), form["shape"])
    yield replace(
        seen(list(made.shape), f"{about}: the shape of your result", given=(table, k)),
        say=f"Your result has shape {made.shape}. It should hold a row for each row of the table, and `k` numbers in each.",
    )
    yield seen(np.abs(made), f"{about}: the coordinates without their signs", given=(table, k))
    large = np.abs(made) > 0.7 * np.abs(made).max(axis=0, initial=0)
    leader = made[large.argmax(axis=0), np.arange(made.shape[1])] if made.size else np.ones(made.shape[1])
    turned = np.where(leader < 0, -made, made).round(9) + 0.0
    yield replace(
        seen(turned, f"{about}; columns turned so that their first large number is positive", given=(table, k)),
        say="The sizes are right. Within a column some signs are turned and others are not: you may turn a whole column, not single rows.",
    )


def _svd(table):
    table = np.asarray(table, float)
    return np.linalg.svd(table - table.mean(axis=0), full_matrices=False)


@pca.wrong(
    "You did not centre the table. The first direction then points from the origin to the middle of the cloud, "
    "and says little of the cloud."
)
def does_not_centre_the_table(table, k):
    table = np.asarray(table, float)
    directions = np.linalg.svd(table, full_matrices=False)[2]
    return table @ directions[:k].T


@pca.wrong(
    "Your directions are those of the centred table, but you projected the table as it was: "
    "all coordinates are off by one amount in each column."
)
def projects_the_raw_table(table, k):
    return np.asarray(table, float) @ _svd(table)[2][:k].T


@pca.wrong(
    "The directions come from a table that was not centred, though its rows were centred before projecting. "
    "They point to the middle of the cloud."
)
def directions_of_the_raw_table(table, k):
    table = np.asarray(table, float)
    return (table - table.mean(axis=0)) @ np.linalg.svd(table, full_matrices=False)[2][:k].T


@pca.wrong("You subtracted one mean, of all numbers. Each column has a mean of its own.")
def centres_by_one_number(table, k):
    table = np.asarray(table, float)
    table = table - table.mean()
    return table @ np.linalg.svd(table, full_matrices=False)[2][:k].T


@pca.wrong(
    "You subtracted from each row its own mean. The cloud's middle is a mean over rows: one number for each column."
)
def centres_the_rows(table, k):
    table = np.asarray(table, float)
    table = table - table.mean(axis=1, keepdims=True)
    return table @ np.linalg.svd(table, full_matrices=False)[2][:k].T


@pca.wrong("You returned the directions. Asked for is where each row of the table lies along them.")
def returns_the_directions(table, k):
    return _svd(table)[2][:k]


@pca.wrong(
    "You returned the left vectors of the SVD, in which every column has the same spread. Without the singular values the picture "
    "has forgotten that the first direction is the longest."
)
def forgets_the_spreads(table, k):
    return _svd(table)[0][:, :k]


@pca.wrong(
    "You divided each column by its spread. Then a direction along which hardly anything happens looks as wide as the first one."
)
def divides_each_column(table, k):
    left, spreads, _ = _svd(table)
    return left[:, :k] * np.sqrt(len(left))


@pca.wrong(
    "You divided the coordinates by the root of n. They are to be as wide as the cloud is; nothing is divided here."
)
def divides_by_root_n(table, k):
    left, spreads, _ = _svd(table)
    return (left * spreads)[:, :k] / np.sqrt(len(left))


@pca.wrong(
    "You divided the coordinates by the root of n − 1. They are to be as wide as the cloud is; nothing is divided here."
)
def divides_by_root_n_minus_1(table, k):
    left, spreads, _ = _svd(table)
    return (left * spreads)[:, :k] / np.sqrt(len(left) - 1)


@pca.wrong(
    "The singular values are in your result twice: projecting has put them in, and you multiplied by them once more."
)
def squares_the_spreads(table, k):
    left, spreads, _ = _svd(table)
    return (left * spreads**2)[:, :k]


@pca.wrong("You took the last `k` directions. `np.linalg.svd` lists the widest first, so those are the narrowest.")
def takes_the_last(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    return centred @ _svd(table)[2][-k:].T


@pca.wrong(
    "You brought all columns to one spread before looking for directions. "
    "The statement does not: a column that varies more counts for more."
)
def standardises(table, k):
    table = np.asarray(table, float)
    table = table - table.mean(axis=0)
    spread = table.std(axis=0)
    table = table / np.where(spread < 1e-12, 1, spread)
    return table @ np.linalg.svd(table, full_matrices=False)[2][:k].T * 1.0


@pca.wrong("These are the directions of *least* spread. `np.linalg.eigh` lists the smallest first, `svd` the largest.")
def takes_the_smallest(table, k):
    left, spreads, directions = _svd(table)
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    order = np.linalg.eigh(centred.T @ centred)[1]
    return centred @ order[:, :k]


@pca.wrong("The right directions in the wrong order: the one with the greatest spread is the first column.")
def widest_last(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    return centred @ _svd(table)[2][:k].T[:, ::-1]


@pca.wrong(
    "You multiplied with columns of the SVD's third result. Its rows are the directions: NumPy gives it transposed."
)
def takes_columns_for_directions(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    directions = np.linalg.svd(centred, full_matrices=True)[2]
    return centred @ directions[:, :k]


@pca.wrong("Your result lies on its side: each row of the table has a row in the result, and each direction a column.")
def lies_on_its_side(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    return (centred @ _svd(table)[2][:k].T).T


@pca.wrong(
    "You made the rows unit rows first. That may be a good idea before a comparison by cosine; this exercise takes the table as it is."
)
def makes_unit_rows(table, k):
    unit = _unit(table)
    return (unit - unit.mean(axis=0)) @ _svd(unit)[2][:k].T


@pca.wrong(
    "You went back from the coordinates to the full width. Asked for are the coordinates themselves, `k` numbers a row."
)
def goes_back(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    directions = _svd(table)[2][:k]
    return centred @ directions.T @ directions + np.mean(table, axis=0)


@pca.wrong("You kept the first columns of the table. Those are directions that happened to be there, not the widest.")
def keeps_first_columns(table, k):
    return (np.asarray(table, float) - np.mean(table, axis=0))[:, :k]


@pca.wrong("You returned coordinates without a sign. Left and right of the middle have fallen together.")
def loses_the_signs(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    return np.abs(centred @ _svd(table)[2][:k].T)


@pca.wrong("You changed `table` itself: the caller's rows are centred now. Subtract into a new array.")
def centres_in_place(table, k):
    table -= table.mean(axis=0)
    return table @ np.linalg.svd(table, full_matrices=False)[2][:k].T


@pca.wrong(
    "You multiplied with columns of the SVD's third result. Its rows are the directions: NumPy gives it transposed. While it is square "
    "nothing complains."
)
def takes_columns_of_a_short_result(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    return centred @ np.linalg.svd(centred, full_matrices=False)[2][:, :k]


@pca.wrong(
    "`np.linalg.eig` promises no order of its directions, and you took the first that came. Asked for are the widest."
)
def takes_eig_as_it_comes(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    return (centred @ np.linalg.eig(centred.T @ centred)[1][:, :k]).real


@pca.wrong(
    "You kept the columns of the table that vary most. The widest directions of a cloud lie askew, between the columns."
)
def keeps_the_widest_columns(table, k):
    centred = np.asarray(table, float) - np.mean(table, axis=0)
    return centred[:, np.argsort(-centred.var(axis=0), kind="stable")[:k]]


@pca.wrong(
    "You divided each column by its spread, and the second column has none: 0 divided by 0 is a NaN, with which no SVD is found. "
    "Nothing is divided here."
)
def standardises_a_constant(table, k):
    table = np.asarray(table, float)
    with np.errstate(all="ignore"):
        table = (table - table.mean(axis=0)) / table.std(axis=0)
    return table @ np.linalg.svd(table, full_matrices=False)[2][:k].T


# ---- projector_tsv ---------------------------------------------------------------------------------------------------

projector_tsv = Exercise(
    "projector_tsv",
    hints=(
        "Two texts, the same number of lines in both. Which characters inside a word would break a line in two, or a line off?",
        '`"\\t".join(...)` puts tabs between texts and `"\\n".join(...)` puts line ends between lines. How does a number become a text?',
        "For each row: join the texts of its numbers with tabs; join the rows with line ends. "
        "For each word: replace tab and line end by a space, "
        "and an empty word by `(empty)`; join with line ends.",
    ),
)


@projector_tsv.probe
def _(attempt, rng):
    fits(attempt, 2)
    yield from _texts(attempt, ["the", "film"], numbers(rng, 2, 3), "2 words")
    table = (rng.uniform(0.1, 0.9, size=(4, 2)) * rng.choice([-1, 1], (4, 2))).round(4)
    table[1] = [0, -3]
    yield from _texts(attempt, ["a", "café", "ice cream", "1984"], table, "4 words, one with a space inside")
    yield from _texts(attempt, ["one"], numbers(rng, 1, 1), "one word with one number")
    table = numbers(rng, 3, 2).astype("float32")
    yield from _texts(attempt, ["", "[UNK]", "soup"], table, "an empty word, as padding is")
    large = (rng.integers(11, 16, (2, 2)) + 0.3449) * rng.choice([-1, 1], (2, 2))
    large[1, 1] *= 100
    yield from _texts(attempt, ["far", "out"], large, "numbers above 10, with four decimals, and one above 1,000")
    yield from _texts(
        attempt, ["two\tparts", "two\nlines", "well"], numbers(rng, 3, 2), "a tab and a line end in words"
    )
    same_twice = ["soup", "", "cold", "soup", ""]
    yield from _texts(attempt, same_twice, numbers(rng, 5, 2), "a word that comes twice, and an empty one that does")
    odd = ["\tone", "two\t\ttabs", "one\n\ntwo", " ", "end ", "last\n", "New\u00a0York"]
    yield from _texts(
        attempt, odd, numbers(rng, 7, 2), "tabs, line ends and spaces, side by side and at the ends of words"
    )


def _texts(attempt, words, table, about):
    given, own = (list(words), table), (list(words), table.copy())
    result = attempt(*own)
    changed = tuple(i for i in range(2) if not same(plain(given[i]), plain(own[i]), 0, 0))
    form = plain(result)
    if form["kind"] == "blank":
        raise NotImplementedError
    if result is None:
        raise Unfit("It returned None. Did you forget `return`? (Nothing is to be printed or written to a file.)")
    both = form.get("items", [])
    if form["kind"] != "list" or len(both) != 2 or any(item["kind"] != "text" for item in both):
        raise Unfit("It should return two texts, the vectors' and the words': a pair of str.")
    if any(isinstance(part, (bytes, bytearray)) for part in result):
        raise Unfit(
            "It returned bytes, and a pair of str is asked for: how they become bytes is for whoever writes the file."
        )
    vectors, labels = (_lines(item["value"]) for item in both)
    counted = f"{about}: how many lines there are in the first text"
    yield replace(seen(len(vectors), counted, given=given), say=_count("first", vectors, words), changed=changed)
    content = _content(vectors, words)
    say = _FORMS.get(content, "") if isinstance(content, str) else ""
    yield replace(seen(content, f"{about}: the first text", given=given), say=say)
    if isinstance(content, str):
        return
    counted = f"{about}: how many lines there are in the second text"
    yield replace(seen(len(labels), counted, given=given), say=_count("second", labels, words))
    if len(labels) == len(words):
        for i, (word, line) in enumerate(zip(words, labels, strict=True)):
            which = f"{about}: line {i} of the second text, counting from 0"
            observed = seen(line, which, given=given)
            yield replace(observed, say=_label(word, line), returned=observed.saw)  # the line is shown as it came


def _count(name, lines, words):
    return f"Your {name} text has {len(lines)} line{'s' * (len(lines) != 1)} for {len(words)} word{'s' * (len(words) != 1)}."


def _lines(text):
    text = text.replace("\r\n", "\n")
    return text.removesuffix("\n").split("\n")


_FORMS = {
    "unequal lines": "The lines of your first text hold unequally many numbers.",
    "the words": "Your first text holds the words. The vectors come first.",
    "types": "Your numbers come with their type, which is no part of a number.",
    "brackets": "There are brackets in your first text, which are no part of a number.",
    "a tab too many": "Each line of your first text ends in a tab. A tab stands *between* two numbers.",
    "commas": "There are commas between your numbers, where tabs are asked for.",
    "spaces": "There are spaces between your numbers, where tabs are asked for.",
    "words first": "Each line of your first text begins with something that is no number.",
    "something else": "Not every piece between the tabs of your first text is a number.",
}


def _content(lines, words):
    """The numbers of the vectors' text, where all are numbers and tabs stand between them; else what is there in their place."""
    cells = [line.split("\t") for line in lines]
    text = "\n".join(lines)
    if all(map(_are_numbers, cells)):
        return np.array(cells, float) if len(set(map(len, cells))) == 1 else "unequal lines"
    if len(lines) == len(words) and all(line in (word, _clean(word)) for line, word in zip(lines, words, strict=True)):
        return "the words"
    if "np." in text or "float" in text:
        return "types"
    if any(bracket in text for bracket in "[]()"):
        return "brackets"
    if all(line.endswith("\t") and _are_numbers(line[:-1].split("\t")) for line in lines):
        return "a tab too many"
    if all(_are_numbers(line.split(",")) for line in lines):
        return "commas"
    if all(_are_numbers(line.split()) for line in lines):
        return "spaces"
    return "words first" if all(_are_numbers(row[1:]) for row in cells) else "something else"


def _are_numbers(pieces):
    try:
        return bool([float(piece) for piece in pieces])
    except ValueError:
        return False


def _label(word, line):
    """What can be said of a word's line that is not as the statement describes."""
    if "\t" in line:
        inside = "A tab inside a word is still there." if "\t" in word else "There is a tab in the line of a word."
        return f"{inside} The Projector takes what follows it for a second column."
    if not word:
        return (
            "An empty word is written `(empty)`, spelled like that."
            if line
            else "An empty word has left an empty line."
        )
    if line == "(empty)":
        return "Only an empty word becomes `(empty)`. A word of one space is not empty."
    if line.lower() == _clean(word).lower():
        return "Upper and lower case stay as they are."
    if "\u00a0" in word and "\u00a0" not in line:
        return "A hard space, one at which no line may break, is neither a tab nor a line end, and stays."
    if line.split() == word.split():
        return "Every tab and every line end in a word becomes one space, also at its ends, and a space stays."
    if "".join(line.split()) == "".join(word.split()):
        return "A tab or a line end inside a word becomes a space. In yours it has gone."
    return "Something besides the word stands in its line." if word in line else "This is not the word of this row."


def _clean(word):
    return " ".join(part for part in [word.replace("\t", " ").replace("\n", " ")]) or "(empty)"


def _vectors_text(table, between="\t", number=str):
    return "\n".join(between.join(number(value) for value in row) for row in np.asarray(table).tolist())


def _words_text(words):
    return "\n".join(_clean(word) for word in words)


@projector_tsv.wrong(
    "There are commas between your numbers. The t in tsv is for tab, and the Projector splits at tabs."
)
def writes_commas(words, table):
    return _vectors_text(table, ","), _words_text(words)


@projector_tsv.wrong(
    "There are spaces between your numbers, as in a GloVe file. The Projector splits at tabs and would see one piece a line."
)
def writes_spaces(words, table):
    return _vectors_text(table, " "), _words_text(words)


@projector_tsv.wrong(
    "Each of your lines of vectors begins with its word, as in a GloVe file. Here the words have a text of their own."
)
def puts_words_before_numbers(words, table):
    return "\n".join(
        f"{_clean(word)}\t{line}" for word, line in zip(words, _vectors_text(table).split("\n"), strict=True)
    ), _words_text(words)


@projector_tsv.wrong(
    "Your second text begins with a head line. With a single column there is none: the Projector would take it for the first word and "
    "complain that the counts differ."
)
def writes_a_head_line(words, table):
    return _vectors_text(table), "word\n" + _words_text(words)


@projector_tsv.wrong(
    "Your second text has a column of row numbers. With two columns a head line would be needed; asked for are the words alone."
)
def numbers_the_words(words, table):
    return _vectors_text(table), "\n".join(f"{i}\t{_clean(word)}" for i, word in enumerate(words))


@projector_tsv.wrong("The two texts are there in the wrong order: the vectors come first.")
def swaps_the_texts(words, table):
    return _words_text(words), _vectors_text(table)


@projector_tsv.wrong("Your words stand in one line with tabs between. One word a line, as many lines as vectors.")
def writes_words_in_one_line(words, table):
    return _vectors_text(table), "\t".join(_clean(word) for word in words)


@projector_tsv.wrong(
    "You wrote the words as they are. An empty one leaves an empty line, which the Projector skips, and a line end inside a word makes "
    "two lines of it. Then the counts differ."
)
def leaves_words_as_they_are(words, table):
    return _vectors_text(table), "\n".join(words)


@projector_tsv.wrong(
    "Tabs and line ends inside words are taken care of. An empty word still leaves an empty line, which the Projector skips."
)
def leaves_the_empty_word(words, table):
    return _vectors_text(table), "\n".join(word.replace("\t", " ").replace("\n", " ") for word in words)


@projector_tsv.wrong(
    "The empty word is taken care of. A tab inside a word still makes two columns of it, and a line end two lines."
)
def leaves_tabs_and_line_ends(words, table):
    return _vectors_text(table), "\n".join(word or "(empty)" for word in words)


@projector_tsv.wrong(
    "The first empty word is taken care of, by its place. Every empty word becomes `(empty)`, wherever it stands."
)
def names_the_first_only(words, table):
    cleaned = [word.replace("\t", " ").replace("\n", " ") for word in words]
    return _vectors_text(table), "\n".join(["(empty)" if not cleaned[0] else cleaned[0], *cleaned[1:]])


@projector_tsv.wrong(
    "The first tab of a word has become a space, and the first line end. A word may have more of them."
)
def replaces_the_first_only(words, table):
    cleaned = [word.replace("\t", " ", 1).replace("\n", " ", 1) or "(empty)" for word in words]
    return _vectors_text(table), "\n".join(cleaned)


@projector_tsv.wrong("Tabs and line ends have gone without a trace. A space is to stand where each was.")
def removes_tabs_and_line_ends(words, table):
    cleaned = [word.replace("\t", "").replace("\n", "") or "(empty)" for word in words]
    return _vectors_text(table), "\n".join(cleaned)


@projector_tsv.wrong(
    "You cut off what stands at a word's ends. A tab or line end there becomes a space as well, and a space stays."
)
def strips_the_words(words, table):
    return _vectors_text(table), "\n".join(_clean(word).strip() for word in words)


@projector_tsv.wrong(
    "You cut off what stands at a word's ends, so that a word of one space is empty in yours. It is not."
)
def strips_the_words_first(words, table):
    return _vectors_text(table), "\n".join(_clean(word.strip()) for word in words)


@projector_tsv.wrong("You made one space of several. Each tab and each line end becomes one, and spaces stay.")
def joins_spaces(words, table):
    return _vectors_text(table), "\n".join(" ".join(word.split()) or "(empty)" for word in words)


@projector_tsv.wrong("A word of one space is no empty word: it is not `(empty)`.")
def takes_a_space_for_empty(words, table):
    return _vectors_text(table), "\n".join(_clean(word) if word.strip() else "(empty)" for word in words)


@projector_tsv.wrong(
    "A word that comes twice has one line in yours. It has two rows, and from there on every word stands beside another's vector."
)
def drops_words_that_come_twice(words, table):
    return _vectors_text(table), "\n".join(dict.fromkeys(_clean(word) for word in words))


@projector_tsv.wrong(
    "You left the empty word out, and its row with it. Every row of the table has a line, in both texts."
)
def drops_the_empty_word_and_its_row(words, table):
    kept = [i for i, word in enumerate(words) if word]
    return _vectors_text(np.asarray(table)[kept]), _words_text([words[i] for i in kept])


@projector_tsv.wrong("There is a tab behind the last number of each line. It stands *between* two numbers.")
def ends_lines_with_a_tab(words, table):
    return "\n".join("".join(f"{value}\t" for value in row) for row in np.asarray(table).tolist()), _words_text(words)


@projector_tsv.wrong("You kept three decimals; the statement asks for four at least.")
def keeps_three_decimals(words, table):
    return _vectors_text(table, number=lambda value: f"{value:.3f}"), _words_text(words)


@projector_tsv.wrong(
    "You kept four digits, and of a number above 10 that leaves two decimals. Four *decimals* at least are asked for."
)
def keeps_four_digits(words, table):
    return _vectors_text(table, number=lambda value: f"{value:.4g}"), _words_text(words)


@projector_tsv.wrong(
    "You left the empty word out. Its vector is still in the first text, and from there on every word stands beside another's vector."
)
def drops_the_empty_word(words, table):
    return _vectors_text(table), "\n".join(_clean(word) for word in words if word)


@projector_tsv.wrong(
    "You kept two decimals. Words that differ in the third have become one point; the statement asks for four at least."
)
def keeps_two_decimals(words, table):
    return _vectors_text(table, number=lambda value: f"{value:.2f}"), _words_text(words)


@projector_tsv.wrong("You turned the numbers into integers, and most of them are 0 now.")
def writes_integers(words, table):
    return _vectors_text(table, number=lambda value: str(int(value))), _words_text(words)


@projector_tsv.wrong(
    "Your numbers come with their type, as in `np.float64(0.5)`: that is what `repr` gives for a NumPy number. A program that reads the "
    "file cannot make a number of it."
)
def writes_types(words, table):
    kind = np.asarray(table).dtype.name  # spelled out, since NumPy 1 has another repr
    return "\n".join("\t".join(f"np.{kind}({value})" for value in row) for row in table), _words_text(words)


@projector_tsv.wrong("There are brackets in your first text: those are a list's, and no part of a number.")
def writes_brackets(words, table):
    return "\n".join(str(row) for row in np.asarray(table).tolist()), _words_text(words)


@projector_tsv.wrong("Your first text lies on its side: each line holds one column of the table. A word is a row.")
def writes_columns(words, table):
    return _vectors_text(np.asarray(table).T), _words_text(words)


@projector_tsv.wrong("All your numbers stand in one line. One line for each row of the table.")
def writes_one_line(words, table):
    return "\t".join(str(value) for value in np.asarray(table).ravel().tolist()), _words_text(words)


@projector_tsv.wrong("There is quotation around your words. It would be shown as part of them.")
def quotes_the_words(words, table):
    return _vectors_text(table), "\n".join(f'"{_clean(word)}"' for word in words)


@projector_tsv.wrong(
    "`splitlines` gives no piece for a line end at a word's end, so that one has gone. It becomes a space, wherever it stands."
)
def splits_into_lines(words, table):
    lines = [" ".join(word.splitlines()).replace("\t", " ") or "(empty)" for word in words]
    return _vectors_text(table), "\n".join(lines)


@projector_tsv.wrong(
    "You replaced every kind of white space. Only a tab and a line end become a space; a hard space, which keeps a name on one line, stays."
)
def replaces_every_white_space(words, table):
    cleaned = ["".join(" " if sign.isspace() else sign for sign in word) or "(empty)" for word in words]
    return _vectors_text(table), "\n".join(cleaned)


@projector_tsv.wrong("Numbers above 1,000 have a comma inside in yours, and no program reads such a piece as a number.")
def writes_thousands_with_a_comma(words, table):
    return _vectors_text(table, number=lambda value: f"{value:,.4f}"), _words_text(words)


@projector_tsv.wrong("You wrote the words in lower case. Nothing else about a word changes.")
def writes_lower_case(words, table):
    return _vectors_text(table), "\n".join(_clean(word).lower() if word else "(empty)" for word in words)


# ---- weat ------------------------------------------------------------------------------------------------------------

weat = Exercise(
    "weat",
    hints=(
        "For one word of `x`: is it nearer to the words of `a` or to those of `b`? Which one number says by how much?",
        "Make all rows unit rows. The cosines of `x` with `a` are one product, shape (n, p); the mean along one axis leaves a number for "
        "each word of `x`. The same with `b`, and the same for `y`.",
        "s_x = (unit x @ unit a.T).mean(axis=1) − (unit x @ unit b.T).mean(axis=1), s_y alike; "
        "the result is s_x.mean() − s_y.mean(), divided by "
        "`np.std` of both put together with `np.concatenate`.",
    ),
)


@weat.probe
def _(attempt, rng):
    one = np.eye(2)
    x, y = np.array([[2.0, 0], [3, 4]]), np.array([[0, 1.0], [-3, 4]])
    yield call(attempt, x, y, 3 * one[:1], one[1:], about="two words in x and in y, one in a and in b")
    yield call(attempt, 2 * one[:1], one[1:], 3 * one[:1], one[1:], about="one word in each set, at right angles")
    yield call(attempt, one[1:], one[:1], one[:1], 2 * one[1:], about="the same with x and y exchanged")
    for sizes in ((2, 2, 2, 2), (3, 4, 2, 3), (5, 2, 4, 1)):
        table = rows(rng, sum(sizes), 4)
        parts = np.split(table, np.cumsum(sizes)[:-1])
        yield call(attempt, *parts, about=f"sets of {', '.join(map(str, sizes))} words, rows of different lengths")
    parts = [rows(rng, 8, 10) for _ in range(4)]
    yield call(attempt, *parts, about="four sets of 8 words")


def _leaning(w, a, b, unit=_unit):
    return (unit(w) @ unit(a).T).mean(axis=1) - (unit(w) @ unit(b).T).mean(axis=1)


def _both(x, y, a, b):
    return _leaning(x, a, b), _leaning(y, a, b)


@weat.wrong(
    "You stopped at the difference of the means. Without the division nobody can say whether it is large for these words."
)
def does_not_divide(x, y, a, b):
    s, t = _both(x, y, a, b)
    return float(s.mean() - t.mean())


@weat.wrong(
    "You divided by the standard deviation of a sample, with n − 1. The statement asks for NumPy's plain one, with n."
)
def divides_by_sample_std(x, y, a, b):
    s, t = _both(x, y, a, b)
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t]), ddof=1))


@weat.wrong(
    "You divided by a spread within the sets. The statement asks for that of all the words together, with the gap between the sets in it."
)
def divides_by_pooled_std(x, y, a, b):
    s, t = _both(x, y, a, b)
    with np.errstate(all="ignore"):
        return float((s.mean() - t.mean()) / np.sqrt((s.var() + t.var()) / 2))


@weat.wrong(
    "You divided by the mean of two standard deviations, that of `x` and that of `y`. The statement asks for one, of all leanings together."
)
def divides_by_the_mean_of_two_stds(x, y, a, b):
    s, t = _both(x, y, a, b)
    with np.errstate(all="ignore"):
        return float((s.mean() - t.mean()) / ((s.std() + t.std()) / 2))


@weat.wrong("You compared `x` with `a` only, and `y` with `b` only. Every word has a leaning between `a` and `b`.")
def compares_x_with_a_and_y_with_b(x, y, a, b):
    s, t = (_unit(x) @ _unit(a).T).mean(axis=1), (_unit(y) @ _unit(b).T).mean(axis=1)
    with np.errstate(all="ignore"):
        return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "The rows of `x` and `y` are unit rows in yours, those of `a` and `b` are not: a long row of `a` then counts for more."
)
def leaves_a_and_b_long(x, y, a, b):
    s, t = (_unit(w) @ np.transpose(a) for w in (x, y))
    s, t = (
        s.mean(axis=1) - (_unit(x) @ np.transpose(b)).mean(axis=1),
        t.mean(axis=1) - (_unit(y) @ np.transpose(b)).mean(axis=1),
    )
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "The rows of `a` and `b` are unit rows in yours, those of `x` and `y` are not: a long row of `x` then leans more."
)
def leaves_x_and_y_long(x, y, a, b):
    s, t = ((w @ _unit(a).T).mean(axis=1) - (w @ _unit(b).T).mean(axis=1) for w in (np.asarray(x), np.asarray(y)))
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "You took each word's greatest cosine with a set. The statement asks for the mean over all words of the set."
)
def takes_the_greatest_cosine(x, y, a, b):
    s, t = ((_unit(w) @ _unit(a).T).max(axis=1) - (_unit(w) @ _unit(b).T).max(axis=1) for w in (x, y))
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "Your means run along the wrong axis: they leave one number for each word of `a`. A leaning belongs to a word of `x` or `y`."
)
def takes_means_along_the_wrong_axis(x, y, a, b):
    s, t = ((_unit(w) @ _unit(a).T).mean(axis=0) - (_unit(w) @ _unit(b).T).mean(axis=0) for w in (x, y))
    with np.errstate(all="ignore"):
        return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong("You divided by the variance. The standard deviation is its root.")
def divides_by_the_variance(x, y, a, b):
    s, t = _both(x, y, a, b)
    return float((s.mean() - t.mean()) / np.var(np.concatenate([s, t])))


@weat.wrong(
    "You divided by the spread of all single cosines. Each word gives one number, its leaning, and the spread of those is meant."
)
def divides_by_spread_of_cosines(x, y, a, b):
    s, t = _both(x, y, a, b)
    every = _unit(np.concatenate([x, y])) @ _unit(np.concatenate([a, b])).T
    return float((s.mean() - t.mean()) / every.std())


@weat.wrong(
    "You used dot products: a long vector then leans more than a short one that points the same way. Cosines do not see lengths."
)
def uses_dot_products(x, y, a, b):
    s, t = (_leaning(w, a, b, lambda rows_: np.asarray(rows_, float)) for w in (x, y))
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "You compared with the mean vector of each set. The statement asks for the mean of the cosines, one for each word of the set."
)
def compares_with_mean_vectors(x, y, a, b):
    s, t = (
        _leaning(w, np.mean(np.asarray(a, float), axis=0)[None], np.mean(np.asarray(b, float), axis=0)[None])
        for w in (x, y)
    )
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "You compared with the mean of the unit vectors, made a unit vector again. The mean of the cosines comes without that second step."
)
def compares_with_unit_means(x, y, a, b):
    s, t = (_leaning(w, _unit(a).mean(axis=0)[None], _unit(b).mean(axis=0)[None]) for w in (x, y))
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong("Your sign is turned: positive means that `x` leans to `a` more than `y` does.")
def turns_the_sign(x, y, a, b):
    s, t = _both(x, y, a, b)
    return float((t.mean() - s.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong("You lost the sign, and with it which of the two sets leans to `a`.")
def loses_the_sign_of_weat(x, y, a, b):
    s, t = _both(x, y, a, b)
    return float(abs(s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "You added the leanings up. With sets of different sizes the larger set then decides; the statement takes means."
)
def adds_up(x, y, a, b):
    s, t = _both(x, y, a, b)
    return float((s.sum() - t.sum()) / np.std(np.concatenate([s, t])))


@weat.wrong(
    "You took the standard deviation of the two means. Of two numbers that is half their distance, so the result is 2 or −2 whatever the "
    "words are."
)
def divides_by_spread_of_the_means(x, y, a, b):
    s, t = _both(x, y, a, b)
    return float((s.mean() - t.mean()) / np.std([s.mean(), t.mean()]))


@weat.wrong(
    "You added the cosines of a word up. With sets of different sizes the larger of `a` and `b` then pulls harder; "
    "the statement takes means."
)
def adds_the_cosines_up(x, y, a, b):
    s, t = ((_unit(w) @ _unit(a).T).sum(axis=1) - (_unit(w) @ _unit(b).T).sum(axis=1) for w in (x, y))
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong("You looked at `a` only. A word that is near to both sets leans to neither.")
def ignores_b(x, y, a, b):
    s, t = ((_unit(w) @ _unit(a).T).mean(axis=1) for w in (x, y))
    spread = np.std(np.concatenate([s, t]))
    return float((s.mean() - t.mean()) / spread)


@weat.wrong("You compared `a` with `b`. The words whose leaning is asked about are those of `x` and `y`.")
def exchanges_the_roles(x, y, a, b):
    s, t = _both(a, b, x, y)
    return float((s.mean() - t.mean()) / np.std(np.concatenate([s, t])))


@weat.wrong("You divided by the spread of `x` alone. The words of `y` belong to it as well.")
def divides_by_spread_of_x(x, y, a, b):
    s, t = _both(x, y, a, b)
    with np.errstate(all="ignore"):
        return float((s.mean() - t.mean()) / np.std(s))


@weat.wrong("You returned the leaning of every word. Asked for is one number.")
def returns_leanings(x, y, a, b):
    return np.concatenate(_both(x, y, a, b))


@weat.wrong(
    "You divided by the lengths of columns. Each *row* has a length, one for all its numbers; a column of zeros gives a NaN besides."
)
def divides_by_lengths_of_columns(x, y, a, b):
    with np.errstate(all="ignore"):
        x, y, a, b = (rows_ / np.linalg.norm(rows_, axis=0, keepdims=True) for rows_ in (x, y, a, b))
        s, t = ((w @ a.T).mean(axis=1) - (w @ b.T).mean(axis=1) for w in (x, y))
        return (s.mean() - t.mean()) / np.std(np.concatenate([s, t]))


@weat.wrong(
    "You subtracted the leanings of `x` and `y` word by word. The sets may hold unequally many words: each has a mean of its own first."
)
def subtracts_word_by_word(x, y, a, b):
    s, t = _both(x, y, a, b)
    return (s - t).mean() / np.std(np.concatenate([s, t]))


@weat.wrong(
    "You divided by the sum of two standard deviations, that of `x` and that of `y`. The statement asks for one, of all leanings together."
)
def divides_by_the_sum_of_two_stds(x, y, a, b):
    s, t = _both(x, y, a, b)
    with np.errstate(all="ignore"):
        return (s.mean() - t.mean()) / (s.std() + t.std())


@weat.wrong("You took medians. The effect size is a difference of means.")
def takes_medians(x, y, a, b):
    s, t = _both(x, y, a, b)
    return (np.median(s) - np.median(t)) / np.std(np.concatenate([s, t]))
