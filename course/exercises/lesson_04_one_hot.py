"""Lesson 04, one-hot: what is asked of each exercise, and the mistakes learners make."""

import dis
import re
import tracemalloc
from dataclasses import replace
from itertools import groupby

import numpy as np

from course.checking import Exercise, call, seen
from course.checking.plain import numbers as flat
from course.checking.plain import shape

DRINKS = ["cider", "cocoa", "coffee", "juice", "lemonade", "milk", "mocha", "squash", "tea", "water"]


def ids_of(*ids):
    return np.array(ids, dtype="int32")


# ---- number_items ----------------------------------------------------------------------------------------------------

number_items = Exercise(
    "number_items",
    hints=(
        "Go through the items one after the other. What do you have to know about an item before you give it a number?",
        "A dict can say whether it holds a key (`item in ids`) and how many it holds (`len(ids)`). The vocabulary at the start of "
        "this section shows what is to come out.",
        "Start with an empty dict. For each item that is not yet in it, add it with the number of entries so far, plus 1. "
        "Return the dict after the loop.",
    ),
)


@number_items.probe
def _(attempt, rng):
    low, middle, high, late, last = (DRINKS[i] for i in np.sort(rng.choice(len(DRINKS), 5, replace=False)))
    one, two, three = (int(user) for user in rng.choice(np.arange(10, 100), 3, replace=False))
    cases = (
        ([middle, high, high, low], "three drinks, one of them twice"),
        ([last, low, last, middle, low, late], "two drinks come twice, not side by side"),
        ([one, two, one, three], "user numbers as items"),
        ([two, 0, one, 0], "one of the user numbers is 0"),
        ([high, low.capitalize(), low, high], "two drinks that differ in the capital only"),
        ([low], "one item"),
        ([], "no items at all"),
    )
    for items, about in cases:
        got = call(attempt, items, about=about)
        yield replace(got, say=_dict_off(got.saw, items))


def _dict_off(saw, items):
    """A sentence on a dict that is nearly the one asked for; "" when it is something else."""
    if saw["kind"] != "dict":
        return ""
    got = [(key.get("value"), value.get("value")) for key, value in saw["items"]]
    keys, asked = {key for key, _ in got}, set(items)
    ids = [i for _, i in got]
    if keys == asked and all(isinstance(i, int) for i in ids) and sorted(ids) == list(range(1, len(asked) + 1)):
        return "The ids are the right ones, without gaps, and the items do not have them in the order in which they are first met."
    if keys == {str(item) for item in items} != asked:
        return "The items in your dict have become text. A number stays the number that it is."
    if keys > asked and all(isinstance(key, (str, int)) and not str(key).startswith("[") for key in keys):
        return "Your dict holds items that are not in this list. Is it a new, empty one in every call?"
    return ""


def _numbered(items, start=1):
    return {item: i for i, item in enumerate(items, start)}


@number_items.wrong("Your numbers start at 0. Here 0 is kept for items that are not listed, so the first item is 1.")
def starts_at_0(items):
    return _numbered(dict.fromkeys(items), 0)


@number_items.wrong(
    "Your ids follow the alphabet. Asked for is the order in which the items are met: the first of the list gets 1."
)
def in_alphabetical_order(items):
    return _numbered(sorted(set(items)))


@number_items.wrong("Your ids follow the alphabet, and they start at 0, which is kept for items that are not listed.")
def in_alphabetical_order_from_0(items):
    return _numbered(sorted(set(items)), 0)


@number_items.wrong(
    "An item that comes again gets a new number, and its old one is left to nobody. An id is given once, at the first meeting."
)
def repeats_are_renumbered(items):
    return _numbered(items)


@number_items.wrong(
    "An item that comes again gets a new number, and the count starts at 0. An id is given once, and 0 is kept free."
)
def repeats_are_renumbered_from_0(items):
    return _numbered(items, 0)


@number_items.wrong(
    "Each item has its first place in the list for an id, so a repeat leaves a gap. Ids count different items, not places."
)
def place_of_the_first(items):
    return {item: items.index(item) + 1 for item in items}


@number_items.wrong(
    "Your dict is turned round: it goes from id to item. You will want to ask it for the id of an item."
)
def turned_round(items):
    return dict(enumerate(dict.fromkeys(items), 1))


@number_items.wrong("You counted how often each item comes. An id is a name: it says nothing about how often.")
def counts_the_items(items):
    return {item: items.count(item) for item in items}


@number_items.wrong("You gave the smallest ids to the items that come most often. Here the first that is met gets 1.")
def most_frequent_first(items):
    return _numbered(sorted(dict.fromkeys(items), key=lambda item: -items.count(item)))


@number_items.wrong(
    "You put an entry for unknown items into the dict. Id 0 is kept free for them; only items that are met are listed."
)
def lists_the_unknown(items):
    return {"[UNK]": 0, **_numbered(dict.fromkeys(items))}


@number_items.wrong(
    "You returned the ids of the items in a row. Asked for is the vocabulary itself, a dict from item to id."
)
def returns_the_ids(items):
    ids = _numbered(dict.fromkeys(items))
    return [ids[item] for item in items]


@number_items.wrong("You returned the different items as a list. Asked for is a dict that says which id each one has.")
def returns_a_list(items):
    return list(dict.fromkeys(items))


@number_items.wrong(
    "The item 0 has no id: where a condition is wanted, Python takes 0 for False. It is an item like the others."
)
def leaves_out_item_0(items):
    return _numbered(dict.fromkeys(item for item in items if item))


@number_items.wrong(
    "You made capitals small, and two items have become one. Items that are written differently are different."
)
def ignores_capitals(items):
    return _numbered(dict.fromkeys(item.lower() if isinstance(item, str) else item for item in items))


@number_items.wrong("You made the items lower case. Numbers have none, and two items that differ in a capital are two.")
def asks_numbers_for_lower_case(items):
    ids = {}
    for item in items:
        if item.lower() not in ids:
            ids[item.lower()] = len(ids) + 1
    return ids


@number_items.wrong(
    "An item that comes again goes to the end of your dict, so the order is that of the last meeting. The first one counts."
)
def in_order_of_the_last_meeting(items):
    return _numbered(reversed(list(dict.fromkeys(reversed(items)))))


@number_items.wrong(
    "You compared each item with its neighbour only. When it comes again further on, it gets a new id, and its old one is nobody's."
)
def compares_neighbours_only(items):
    ids, last = {}, 0
    for i, item in enumerate(items):
        if i == 0 or item != items[i - 1]:
            last += 1
            ids[item] = last
    return ids


@number_items.wrong("Your answer begins with the item at position 0, and there may be none: the list can be empty.")
def begins_with_the_first(items):
    ids = {items[0]: 1}
    for item in items:
        if item not in ids:
            ids[item] = len(ids) + 1
    return ids


@number_items.wrong(
    "Every item has the same id: the number that you give does not grow when an item is added to the dict."
)
def never_counts_on(items):
    return dict.fromkeys(items, 1)


@number_items.wrong("Your ids are text. An id is a whole number: it is to choose a column or a row.")
def ids_as_text(items):
    return {item: str(i) for item, i in _numbered(dict.fromkeys(items)).items()}


@number_items.wrong("Only the first item has an id: the function is left before the loop comes to the next one.")
def returns_in_the_loop(items):
    ids = {}
    for item in items:
        ids[item] = len(ids) + 1
        return ids


# ---- one_hot ---------------------------------------------------------------------------------------------------------

one_hot = Exercise(
    "one_hot",
    hints=(
        "How many rows does the result have, and how many columns? Which of the two does an id choose?",
        "Look again at the cell that makes the row of *dull*: zeros first, then a single 1. Here it is done for every id. "
        "For the ids out of range, look at what `np.any(ids < 0)` gives.",
        "Raise ValueError if any id is below 0 or not below `size`. Make zeros of shape `(len(ids), size)`, and in a loop over the "
        "ids put a 1 into each row, at the column of its id. Return the whole.",
    ),
)


@one_hot.probe
def _(attempt, rng):
    a, b = (int(i) for i in rng.choice([1, 2], 2, replace=False))
    cases = (
        (ids_of(a, 0, a), 4, "three ids, one of them twice, and four columns"),
        (rng.permutation(ids_of(0, 1, 2, 3, 3, 1)), 5, "six ids, five columns"),
        (ids_of(3, 1, 0, 2) if b == 1 else ids_of(2, 3, 1, 0), 4, "as many ids as columns"),
        (ids_of(0), 1, "one id, one column"),
        (ids_of(), 3, "no ids at all: no rows, and still three columns"),
    )
    right_place = True
    for ids, size, about in cases:
        got = _accepted(call(attempt, ids, size, about=about), len(ids))
        right_place = right_place and not got.changed and _marks(got.saw, ids, size)
        yield got
    if right_place:  # else that is what the learner should hear of first
        for ids, size, about in (
            (ids_of(1, 4, 0), 4, "an id is as large as `size`"),
            (ids_of(2, -1), 4, "an id is -1"),
            (ids_of(5, 1, 0), 4, "the first of three ids is too large"),
            (ids_of(9), 3, "an id is far too large"),
        ):
            yield _refused(attempt, ids, size, about)


def _marks(saw, ids, size):
    """Whether the result has the shape asked for and a mark for each id in its own row."""
    if saw["kind"] != "array" or shape(saw) != (len(ids), size):
        return False
    values = np.reshape(flat(saw), (len(ids), size))
    return bool((values.sum(axis=1) == 1).all() and (values[np.arange(len(ids)), ids] == 1).all())


def _accepted(got, n):
    """A call with good ids. A ValueError of the learner's own is told as what it is, whatever its message says."""
    if isinstance(got.error, ValueError) and n and _on_purpose(got.error):
        return replace(got, error=None, say="All ids of this call are good ones, and your function refuses them.")
    if isinstance(got.error, (ValueError, IndexError)) and not n:
        told = f"{type(got.error).__name__}: {got.error}"[:120]
        return replace(got, error=None, say=f"No ids at all are no mistake: they give no rows. Yours stops with {told}")
    if got.saw["kind"] == "list" and all(item["kind"] in ("text", "list") for item in got.saw["items"]):
        return replace(got, say="Your rows hold something other than numbers. Asked for are the numbers 0 and 1.")
    return got


def _on_purpose(error):
    """Whether a `raise` in the learner's own code raised it, and not something that NumPy was asked to do."""
    where = error.__traceback__
    while where.tb_next:
        where = where.tb_next
    code = where.tb_frame.f_code
    theirs = re.search(r"site-packages[\\/](?!course)", code.co_filename)
    return not theirs and code.co_code[where.tb_lasti] == dis.opmap["RAISE_VARARGS"]


def _refused(attempt, ids, size, about):
    """Whether the attempt raises ValueError. The type of another error is part of what is seen, its message is not."""
    got = call(attempt, ids, size, about=about)
    if got.error is None or isinstance(got.error, (NotImplementedError, NameError, AttributeError, ImportError)):
        what = "returns a result all the same" if got.saw["kind"] == "array" else "comes to its end"
        return replace(
            got,
            say=f"The rows are right for good ids. Here {about}, and the call {what}. A ValueError is to be raised.",
        )
    say = f"For good ids the rows are right. Where {about}, it should raise ValueError, and yours raised {type(got.error).__name__}."
    return replace(got, error=None, say=say)


def _rows(ids, size):
    return np.eye(size)[ids]


@one_hot.wrong("Your matrix lies on its side. A row belongs to an id of the list; the columns are the ids there are.")
def lies_on_its_side(ids, size):
    return _rows(ids, size).T


@one_hot.wrong("Every 1 stands one column too far to the left, as if ids started at 1. Id 0 has column 0.")
def one_column_to_the_left(ids, size):
    return _rows(ids - 1, size)


@one_hot.wrong("Every 1 stands one column too far to the right, and the last id has wrapped round. Id 0 has column 0.")
def one_column_to_the_right(ids, size):
    return _rows((ids + 1) % size, size)


@one_hot.wrong("You wrote the id where a 1 belongs. That makes it a quantity again, and id 0 has vanished altogether.")
def writes_the_id(ids, size):
    return _rows(ids, size) * np.reshape(ids, (-1, 1))


@one_hot.wrong("You put all ids into one row. That says which ones occur, in no order; asked for is a row for each id.")
def one_row_for_all(ids, size):
    row = np.zeros(size)
    row[ids] = 1
    return row


@one_hot.wrong("You added the rows up into one. That is a bag; asked for is a row for each id.")
def adds_the_rows_up(ids, size):
    return _rows(ids, size).sum(axis=0)


@one_hot.wrong("An id that comes again has no row of its own, and the order is lost: one row for each id of the list.")
def drops_repeats(ids, size):
    return _rows(np.unique(ids), size)


@one_hot.wrong(
    "You took the number of columns from the largest id at hand. It is `size`, whether or not the last ids occur."
)
def width_from_the_ids(ids, size):
    return _rows(ids, max(ids, default=0) + 1)


@one_hot.wrong(
    "The largest id at hand gives your matrix its width, and there may be no id at all. It is `size` that says how many columns there are."
)
def width_from_ids_that_may_be_missing(ids, size):
    return _rows(ids, max(ids) + 1)


@one_hot.wrong("You left out the column of id 0, as if 0 were no category. It is an id like the others here.")
def leaves_out_column_0(ids, size):
    return _rows(ids, size)[:, 1:]


@one_hot.wrong(
    "Your columns are 0 to `size`, one more than there are ids: counted from 0, `size` ids end at `size - 1`."
)
def one_column_too_many(ids, size):
    return _rows(ids, size + 1)


@one_hot.wrong("The 0 and the 1 have changed places: each row has one 0, and the rest is hot.")
def one_cold(ids, size):
    return 1 - _rows(ids, size)


@one_hot.wrong("You filled whole columns: every row has a 1 for every id of the list. Each row has its own id only.")
def fills_whole_columns(ids, size):
    rows = np.zeros((len(ids), size))
    rows[:, ids] = 1
    return rows


@one_hot.wrong("Only the first id has a row. The function is left before the loop comes to the next one.")
def first_id_only(ids, size):
    return _rows(ids[:1], size)


@one_hot.wrong(
    "The rows are right for good ids. For an id out of range you return a row of zeros: a word that no weight will see."
)
def zeros_out_of_range(ids, size):
    return (np.reshape(ids, (-1, 1)) == np.arange(size)).astype(float)


@one_hot.wrong(
    "The rows are right, and too large an id is refused. A negative one passes, and NumPy counts it from the end."
)
def lets_negative_ids_pass(ids, size):
    if len(ids) and max(ids) >= size:
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong("The id `size` itself passes. With 4 columns the ids are 0 to 3; what does your comparison say about 4?")
def lets_the_size_itself_pass(ids, size):
    if len(ids) and (min(ids) < 0 or max(ids) > size):
        raise ValueError("id out of range")
    return _rows(np.minimum(ids, size - 1), size)


@one_hot.wrong(
    "The id `size` itself passes your comparison, and NumPy then stops at it with an IndexError. With 4 columns, is 4 an id?"
)
def lets_the_size_pass_to_numpy(ids, size):
    if len(ids) and (min(ids) < 0 or max(ids) > size):
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong(
    "The rows are right, and negative ids are refused. Too large an id is left to NumPy, which stops with an IndexError, not a ValueError."
)
def lets_large_ids_pass(ids, size):
    if len(ids) and min(ids) < 0:
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong(
    "You look at the first id only. A bad one may stand anywhere, and one is enough to refuse the whole call."
)
def looks_at_the_first_id(ids, size):
    if len(ids) and not 0 <= ids[0] < size:
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong("You refuse a call only when all of its ids are bad. A single one among good ones is enough.")
def refuses_if_all_are_bad(ids, size):
    if len(ids) and all(not 0 <= i < size for i in ids):
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong(
    "The id `size` itself passes your comparison and comes out as a row of zeros. With 4 columns the ids are 0 to 3."
)
def lets_the_size_pass_as_zeros(ids, size):
    if len(ids) and (min(ids) < 0 or max(ids) > size):
        raise ValueError("id out of range")
    return zeros_out_of_range(ids, size)


@one_hot.wrong(
    "You refuse a call only when all of its ids are bad. One bad id among good ones is enough; yours gets a row of zeros."
)
def refuses_if_all_are_bad_else_zeros(ids, size):
    if len(ids) and all(not 0 <= i < size for i in ids):
        raise ValueError("id out of range")
    return zeros_out_of_range(ids, size)


@one_hot.wrong(
    "A shape is one thing, with both sizes in it. You gave `np.zeros` two numbers, and it takes what comes second for a dtype."
)
def hands_the_shape_over_in_two(ids, size):
    rows = np.zeros(len(ids), size)
    rows[np.arange(len(ids)), ids] = 1
    return rows


@one_hot.wrong(
    "You moved ids that are out of range to the nearest one allowed. Then two different words share a row, and nobody is told."
)
def clips_the_ids(ids, size):
    return _rows(np.clip(ids, 0, size - 1), size)


@one_hot.wrong("You left out ids that are out of range, so rows and words no longer match. An error is asked for.")
def leaves_out_bad_ids(ids, size):
    return _rows(ids[(ids >= 0) & (ids < size)], size)


@one_hot.wrong("No id at all is not an error: it gives no rows. Your function stops with an error on an empty list.")
def refuses_an_empty_list(ids, size):
    if min(ids) < 0 or max(ids) >= size:
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong("You refuse good ids: 0 and `size - 1` are both allowed.")
def refuses_zero(ids, size):
    if len(ids) and (min(ids) < 1 or max(ids) >= size):
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong("You refuse `size - 1`, which is an id: counted from 0, `size` ids end there.")
def refuses_the_last_id(ids, size):
    if len(ids) and (min(ids) < 0 or max(ids) >= size - 1):
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong(
    "You refuse every call, even one with good ids. A method without its parentheses, as in `(ids < 0).any`, counts as True."
)
def refuses_everything(ids, size):
    if (ids < 0).any or (ids >= size).any:
        raise ValueError("id out of range")
    return _rows(ids, size)


@one_hot.wrong(
    "The rows are right for good ids. You leave the others to NumPy: it stops with an IndexError at an id that is too large, and counts "
    "−1 from the end. ValueError is asked for, for both."
)
def leaves_it_to_numpy(ids, size):
    return _rows(ids, size)


# ---- distances -------------------------------------------------------------------------------------------------------

distances = Exercise(
    "distances",
    hints=(
        "For two vectors you know the formula. How many pairs are there, and where does the distance of pair (i, j) go?",
        "Look again at the cell that works out the distance between *great* and *lovely*: difference, square, sum, root. "
        "Two loops, one inside the other, can do it for every pair of rows.",
        "Make an array of zeros of shape `(n, n)`. For every `i` and every `j`, take row `i` minus row `j`, square, add up, take the "
        "root, and put the number at `[i, j]`.",
    ),
    atol=2e-3,  # the root of a rounding error, where the squares are multiplied out in float32
)


@distances.probe
def _(attempt, rng):
    corners = np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 4.0]])
    nearly = np.array([[0.6], [0.86], [0.6 + 1e-9], [0.86 + 1e-9]])  # a^2 + b^2 - 2ab is below 0 for these, by rounding
    cases = (
        (rng.permutation(corners) + rng.integers(1, 4, 2), "three corners of a triangle with sides 3, 4 and 5"),
        (rng.uniform(-2, 2, (3, 5)).round(2), "three vectors of five numbers"),
        (np.eye(4), "four one-hot rows"),
        (rng.uniform(-2, 2, (4, 1)).round(2), "four vectors of one number each"),
        (rng.permutation(nearly), "vectors that are nearly equal, two and two"),
        (rng.uniform(1, 2, (1, 3)).round(2), "a single vector"),
    )
    for vectors, about in cases:
        got = call(attempt, vectors, about=about)
        yield replace(got, say=_no_distances(got.saw, len(vectors)))


def _no_distances(saw, n):
    """A sentence on a table that cannot be one of distances; "" when it could."""
    if saw["kind"] != "array" or shape(saw) != (n, n):
        return ""
    table = np.reshape(flat(saw), (n, n)).astype(float)
    if np.isnan(table).any():
        return "There is a NaN in your table: you took the root of a number below 0. Rounding can make a tiny one of what should be 0."
    if (table < 0).any():
        return "There is a negative number in your table. A distance is never negative."
    if (np.diag(table) > 2e-3).any():
        return "The diagonal of your table is not 0. How far is a vector from itself?"
    if np.abs(table - table.T).max() > 2e-3:
        return "In your table it is further from one vector to another than back. A distance is the same both ways."
    return ""


def _differences(vectors):
    return vectors[:, None, :] - vectors[None, :, :]


def _euclidean(vectors):
    return np.array([[np.linalg.norm(a - b) for b in vectors] for a in vectors])


@distances.wrong(
    "You have the sums of squares. The distance is the root of that: squares grow much faster than lengths."
)
def leaves_out_the_root(vectors):
    return (_differences(vectors) ** 2).sum(axis=-1)


@distances.wrong(
    "You added up the absolute differences: the way along the streets of a grid. Euclidean distance goes straight."
)
def city_blocks(vectors):
    return np.abs(_differences(vectors)).sum(axis=-1)


@distances.wrong(
    "You added up the differences with their signs, so that 3 and −3 cancel. A distance is never negative."
)
def adds_signed_differences(vectors):
    return _differences(vectors).sum(axis=-1)


@distances.wrong(
    "You added up first and squared afterwards, so that differences of 3 and −3 cancel. Each one is squared first."
)
def squares_the_sum(vectors):
    return np.abs(_differences(vectors).sum(axis=-1))


@distances.wrong(
    "You averaged the squares before the root. A distance adds them up: more numbers that differ lie further apart."
)
def averages_the_squares(vectors):
    return np.sqrt((_differences(vectors) ** 2).mean(axis=-1))


@distances.wrong("You kept the largest difference of each pair. Every position counts in a Euclidean distance.")
def largest_difference(vectors):
    return np.abs(_differences(vectors)).max(axis=-1)


@distances.wrong("You measured between columns. A vector is a row: n rows give n times n distances.")
def between_columns(vectors):
    return _euclidean(vectors.T)


@distances.wrong(
    "These are the lengths of the vectors, their distances from 0. Asked for is how far they lie from one another."
)
def lengths(vectors):
    return np.sqrt((vectors**2).sum(axis=1))


@distances.wrong("You measured from the first vector only. Each of the others wants a row of the result as well.")
def from_the_first_only(vectors):
    return np.sqrt(((vectors - vectors[0]) ** 2).sum(axis=1))


@distances.wrong("You have each vector's distance to the next one. Every pair is asked for, in a table of n times n.")
def to_the_next(vectors):
    return np.linalg.norm(np.diff(vectors, axis=0), axis=1)


@distances.wrong("Half of the table is empty: you filled in each pair once. From j to i it is as far as from i to j.")
def one_half_only(vectors):
    return np.triu(_euclidean(vectors))


@distances.wrong(
    "Half of the table is empty, above the diagonal: from i to j it is as far as from j to i, and both places are asked for."
)
def lower_half_only(vectors):
    return np.tril(_euclidean(vectors))


@distances.wrong(
    "You have each pair once, in one long list. Asked for is a table of n times n, with both (i, j) and (j, i)."
)
def list_of_pairs(vectors):
    table = _euclidean(vectors)
    return table[np.triu_indices(len(vectors), 1)]


@distances.wrong("All the distances are there, in one long row. Asked for is a table with n rows of n.")
def flat_list(vectors):
    return _euclidean(vectors).ravel()


@distances.wrong("These are dot products. They grow where vectors agree; a distance is 0 there.")
def dot_products(vectors):
    return vectors @ vectors.T


@distances.wrong("These are cosines: 1 for the same direction. Asked for is how far apart the vectors lie.")
def cosines(vectors):
    sizes = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return (vectors / sizes) @ (vectors / sizes).T


@distances.wrong(
    "This is 1 minus the cosine: it says how directions differ. Asked for is how far apart the vectors lie."
)
def one_minus_cosine(vectors):
    return 1 - cosines(vectors)


@distances.wrong(
    "You compared the lengths of the vectors. Two of one length can lie far apart, in different directions."
)
def differences_of_lengths(vectors):
    return np.abs(np.subtract.outer(lengths(vectors), lengths(vectors)))


@distances.wrong(
    "You added the vectors where the distance asks for their difference. What comes out for a vector and itself?"
)
def adds_the_vectors(vectors):
    return np.sqrt(((vectors[:, None, :] + vectors[None, :, :]) ** 2).sum(axis=-1))


@distances.wrong("You divided by the largest distance, so that it becomes 1. The distances themselves are asked for.")
def divides_by_the_largest(vectors):
    table = _euclidean(vectors)
    with np.errstate(invalid="ignore"):  # 0 / 0, where there is one vector
        return table / table.max()


@distances.wrong(
    "Your distances are whole numbers: an array with an integer dtype cuts off what comes after the point."
)
def cuts_off_decimals(vectors):
    return _euclidean(vectors).astype(int)


@distances.wrong(
    "You rounded the distances. Round when you print; whoever goes on with the numbers wants all their digits."
)
def rounds(vectors):
    return _euclidean(vectors).round(2)


@distances.wrong("You rounded the distances to whole numbers. What is nearer than a half is then at distance 0.")
def rounds_to_whole_numbers(vectors):
    return _euclidean(vectors).round()


@distances.wrong("You added up over all pairs into one number. Every pair has a distance of its own.")
def one_number(vectors):
    return np.sqrt((_differences(vectors) ** 2).sum())


@distances.wrong(
    "You took root and square position by position and have not added up: there is a table for each position."
)
def forgets_the_sum(vectors):
    return np.sqrt(_differences(vectors) ** 2)


@distances.wrong(
    "You added up along the wrong axis: over one of the two vectors of the pairs, not over the positions in a vector."
)
def sums_another_axis(vectors):
    return np.sqrt((_differences(vectors) ** 2).sum(axis=1))


@distances.wrong(
    "You have half of the sums of squares. Python works out a power before it divides: `** 1 / 2` is a power of 1, and then a half."
)
def halves_the_squares(vectors):
    return (_differences(vectors) ** 2).sum(axis=-1) ** 1 / 2


@distances.wrong(
    "You used the first two numbers of each vector. A vector has `k` of them, one or five or more, and all of them count."
)
def first_two_numbers_only(vectors):
    x, y = vectors[:, 0], vectors[:, 1]
    return np.sqrt(np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2)


@distances.wrong(
    "You made every vector as long as 1 first, so that only directions count. Measure between the vectors as they are."
)
def between_directions(vectors):
    return _euclidean(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@distances.wrong("These are the differences, `k` numbers for each pair. A distance is one number for a pair.")
def stops_at_the_differences(vectors):
    return _differences(vectors)


@distances.wrong(
    "All rows of your table are one and the same list: `[[0] * n] * n` repeats the one row, and what you write into it shows in all."
)
def one_row_n_times(vectors):
    table = [[0.0] * len(vectors)] * len(vectors)
    for i, a in enumerate(vectors):
        for j, b in enumerate(vectors):
            table[i][j] = np.linalg.norm(a - b)
    return table


@distances.wrong(
    "You noted each pair once, in one long list. A table is asked for, with a row and a column for each vector."
)
def list_of_pairs_row_by_row(vectors):
    return _euclidean(vectors)[np.tril_indices(len(vectors), -1)]


# ---- bag_of_words ----------------------------------------------------------------------------------------------------

bag_of_words = Exercise(
    "bag_of_words",
    hints=(
        "Which position of the result does a word change, and by how much? And a word that the vocabulary does not list?",
        "Look again at the first cell of section 1: `vocabulary.get(word, 0)` is the id of a word, and 0 where there is none.",
        "Make zeros, one more than the vocabulary has entries. For each word, find its id, 0 if it has none, and add 1 at that position. "
        "Return the array.",
    ),
)


@bag_of_words.probe
def _(attempt, rng):
    great, film, dull, book, oh, well = (
        str(word) for word in rng.permutation(["great", "film", "dull", "book", "oh", "well"])
    )
    small = {film: 2, great: 1, dull: 3}
    yield call(attempt, [great, dull, great], small, about="two different words, one of them twice")
    yield call(
        attempt, [film, oh, great, well, film, oh], small, about="three of the six words are not in the vocabulary"
    )
    parts = {"a": 3, "film": 1, "reading": 2}
    yield call(attempt, ["films", "a", "reading", "film", "films"], parts, about="`film` is listed, `films` is not")
    yield call(
        attempt, ["A", "film", "READING", "Film", "film"], parts, about="capitals, and all words listed are small"
    )
    large = {dull: 4, great: 2, book: 1, film: 3}
    yield call(attempt, [dull, dull, dull, film, oh], large, about="one word three times, ids in another order")
    yield call(attempt, [oh], small, about="no word of the text is in the vocabulary")
    yield call(attempt, [], small, about="a text without words")


def _bag(words, vocabulary):
    ids = [vocabulary.get(word, 0) for word in words]
    return np.bincount(np.array(ids, dtype=int), minlength=len(vocabulary) + 1)


@bag_of_words.wrong("You say 1 for a word that comes twice. That is multi-hot, present or not; a bag counts how often.")
def present_or_not(words, vocabulary):
    return (_bag(words, vocabulary) > 0).astype(int)


@bag_of_words.wrong("Words that are not in the vocabulary have vanished. They count at position 0.")
def drops_unknown_words(words, vocabulary):
    bag = _bag(words, vocabulary)
    bag[0] = 0
    return bag


@bag_of_words.wrong(
    "Your result has as many positions as the vocabulary has words. Ids start at 1: position 0, for words not listed, comes on top."
)
def no_place_for_unknown_words(words, vocabulary):
    return _bag(words, vocabulary)[1:]


@bag_of_words.wrong(
    "Your array is one too short: ids go up to and with V, and position 0 is there as well. The last word falls off the end."
)
def one_too_short(words, vocabulary):
    bag = np.zeros(len(vocabulary))
    for word in words:
        bag[vocabulary.get(word, 0)] += 1
    return bag


@bag_of_words.wrong(
    "A word that is not in the vocabulary stops your function. Such words come up; they count at position 0."
)
def stops_at_an_unknown_word(words, vocabulary):
    bag = np.zeros(len(vocabulary) + 1)
    for word in words:
        bag[vocabulary[word]] += 1
    return bag


@bag_of_words.wrong(
    "You went through the vocabulary in the order in which it is written. It is the ids that say which position is whose."
)
def order_of_the_dict(words, vocabulary):
    return [sum(word not in vocabulary for word in words)] + [words.count(word) for word in vocabulary]


@bag_of_words.wrong(
    "Every count is one position too far to the left, and the unknown words have ended up last. Ids start at 1, after position 0."
)
def one_position_to_the_left(words, vocabulary):
    bag = np.zeros(len(vocabulary) + 1)
    for word in words:
        bag[vocabulary.get(word, 0) - 1] += 1
    return bag


@bag_of_words.wrong("You returned a one-hot row for each word. A bag is their sum, one row for the whole text.")
def rows_not_added_up(words, vocabulary):
    return np.eye(len(vocabulary) + 1)[[vocabulary.get(word, 0) for word in words]]


@bag_of_words.wrong(
    "These are shares of the text: you divided by the number of words. A bag holds the counts themselves."
)
def shares(words, vocabulary):
    return _bag(words, vocabulary) / max(len(words), 1)


@bag_of_words.wrong(
    "These are the ids of the words, in order. A bag says at the position of each id how often it occurs."
)
def ids_in_order(words, vocabulary):
    return [vocabulary.get(word, 0) for word in words]


@bag_of_words.wrong("You added up ids. An id is a name: a word adds 1 at its position, whatever its id is.")
def adds_the_ids(words, vocabulary):
    return _bag(words, vocabulary) * np.arange(len(vocabulary) + 1)


@bag_of_words.wrong("You returned a dict of counts. A network needs an array, with a position for each id.")
def returns_a_dict(words, vocabulary):
    return {word: words.count(word) for word in words}


@bag_of_words.wrong("The array ends at the largest id that occurs. It has a position for every id, occurring or not.")
def as_long_as_needed(words, vocabulary):
    return np.bincount(np.array([vocabulary.get(word, 0) for word in words], dtype=int))


@bag_of_words.wrong(
    "Position 0 says whether there are unknown words. It should say how many, like every other position."
)
def unknown_words_once(words, vocabulary):
    bag = _bag(words, vocabulary)
    bag[0] = min(bag[0], 1)
    return bag


@bag_of_words.wrong(
    "You searched a text for letters: `film` is found inside `films` as well. Words are compared whole."
)
def counts_inside_words(words, vocabulary):
    text, bag = " ".join(words), [0] * (len(vocabulary) + 1)
    for word, i in vocabulary.items():
        bag[i] = text.count(word)
    bag[0] = sum(word not in vocabulary for word in words)
    return bag


@bag_of_words.wrong(
    "You made the words lower case. They are looked up as they are written: `Film` is not in this vocabulary."
)
def lowers_the_words(words, vocabulary):
    return _bag([word.lower() for word in words], vocabulary)


@bag_of_words.wrong(
    "At position 0 you counted all words. It counts those that are not in the vocabulary, and no others."
)
def counts_all_at_0(words, vocabulary):
    bag = _bag(words, vocabulary)
    bag[0] = len(words)
    return bag


@bag_of_words.wrong(
    "An unknown word that comes twice counts once in yours. At position 0 every occurrence counts, as elsewhere."
)
def different_unknown_words(words, vocabulary):
    bag = _bag(words, vocabulary)
    bag[0] = len(set(words) - set(vocabulary))
    return bag


@bag_of_words.wrong(
    "You added up one-hot rows along the wrong axis: each row gives its own 1. A bag adds up column by column."
)
def adds_up_each_row(words, vocabulary):
    return rows_not_added_up(words, vocabulary).sum(axis=1)


@bag_of_words.wrong("Only the first word is in your bag: the function is left before the loop comes to the second.")
def first_word_only(words, vocabulary):
    return _bag(words[:1], vocabulary)


@bag_of_words.wrong(
    "You went through the vocabulary as it is written and left position 0 at zero. The ids say which position is whose; 0 counts the rest."
)
def order_of_the_dict_without_unknown(words, vocabulary):
    return [0] + [words.count(word) for word in vocabulary]


@bag_of_words.wrong(
    "You have one count for each word of the vocabulary, as it is written. The ids say which position is whose, and 0 is a position too."
)
def counts_of_the_listed_words(words, vocabulary):
    return [words.count(word) for word in vocabulary]


@bag_of_words.wrong(
    "For an unknown word `get` gives None, and NumPy reads None in brackets as all of the array: every count goes up by one."
)
def none_for_unknown_words(words, vocabulary):
    bag = np.zeros(len(vocabulary) + 1)
    for word in words:
        bag[vocabulary.get(word)] += 1
    return bag


@bag_of_words.wrong("Unknown words count at the last position, another word's: −1 counts from the end. Theirs is 0.")
def minus_one_for_unknown_words(words, vocabulary):
    bag = np.zeros(len(vocabulary) + 1)
    for word in words:
        bag[vocabulary.get(word, -1)] += 1
    return bag


@bag_of_words.wrong("You looked for the words among the ids, so none is found. In the dict the words are the keys.")
def looks_among_the_ids(words, vocabulary):
    bag = np.zeros(len(vocabulary) + 1)
    for word in words:
        bag[vocabulary[word] if word in vocabulary.values() else 0] += 1
    return bag


@bag_of_words.wrong(
    "You leave the function within the loop, after the first word. The bag is ready when all words have been counted."
)
def returns_in_the_loop_of_words(words, vocabulary):
    for word in words:
        return _bag([word], vocabulary)


# ---- sparse_product --------------------------------------------------------------------------------------------------

sparse_product = Exercise(
    "sparse_product",
    hints=(
        "What does one entry, `rows[j]`, `columns[j]`, `counts[j]`, add to the result, and to which of its rows?",
        "Look again at *great great film*: `2 * table[0] + 1 * table[3]`. Each entry is one term of such a sum. The example of the "
        "statement can be done on paper in the same way.",
        "Make zeros of shape `(n, d)`. In a loop over the entries add, to the row of the entry's text, the entry's count times the row of "
        "`table` at the entry's column. Return the whole.",
    ),
)


@sparse_product.probe
def _(attempt, rng):
    table = rng.permutation([[1.0, 0.5], [10.0, 5.0], [3.0, 20.0]])
    rows, columns, counts = ids_of(1, 0, 1), rng.permutation(ids_of(0, 1, 2)), rng.permutation(ids_of(1, 2, 3))
    yield call(attempt, rows, columns, counts, table, 2, about="two texts, three entries")
    yield call(
        attempt, ids_of(0, 2, 0), ids_of(1, 0, 2), counts, table, 4, about="four texts; two of them hold no words"
    )
    yield call(
        attempt,
        ids_of(1, 0, 1),
        ids_of(2, 2, 2),
        ids_of(1, 1, 2),
        table,
        2,
        about="the same text and word in two entries",
    )
    table = rng.uniform(-2, 2, (6, 3)).round(2)
    rows, columns = rng.integers(0, 3, 8).astype("int32"), rng.integers(0, 6, 8).astype("int32")
    yield call(
        attempt, rows, columns, rng.integers(1, 4, 8).astype("int32"), table, 5, about="eight entries, drawn at random"
    )
    got = call(attempt, ids_of(), ids_of(), ids_of(), table, 2, about="no entries at all")
    if isinstance(got.error, (ValueError, IndexError)):
        told = f"{type(got.error).__name__}: {got.error}"[:120]
        got = replace(
            got, error=None, say=f"There may be no entries at all, only texts without words. Yours stops with {told}"
        )
    yield got
    yield _memory(attempt, rng)


def _memory(attempt, rng):
    """Whether the product makes an array as large as the matrix of bags, (n, size), or one for every entry: (m, size), (n, m)."""
    n, size, m = 400, 1_000, 800
    table = rng.uniform(-1, 1, (size, 2))
    rows, columns = rng.integers(0, n, m).astype("int32"), rng.integers(0, size, m).astype("int32")
    counts = np.ones(m, dtype="int32")
    attempt(rows[:2], columns[:2], counts[:2], table, n)  # what is imported on the way is not counted
    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        attempt(rows, columns, counts, table, n)
        taken = tracemalloc.get_traced_memory()[1] - before
    finally:
        if not tracing:
            tracemalloc.stop()
    size_taken = "far less than the matrix of bags" if taken < n * size else "as much as the matrix of bags"
    return seen(size_taken, about=f"{m} entries of {n} texts and {size:,} words; the memory that it takes on the way")


def _product(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]))
    np.add.at(product, rows, np.reshape(counts, (-1, 1)) * table[columns])
    return product


@sparse_product.wrong(
    "The numbers are right, and on the way you made a large matrix of nearly only zeros. Can you work with the entries alone?"
)
def builds_the_matrix(rows, columns, counts, table, n):
    bags = np.zeros((n, len(table)))
    np.add.at(bags, (rows, columns), counts)
    return bags @ table


@sparse_product.wrong(
    "You made the matrix with all its zeros, and wrote over a count where an entry comes twice. Work with the entries, and add."
)
def builds_the_matrix_and_overwrites(rows, columns, counts, table, n):
    bags = np.zeros((n, len(table)))
    bags[rows, columns] = counts
    return bags @ table


@sparse_product.wrong(
    "A text with several entries keeps only one of them: it is written over the others, not added. (`product[rows] += ...` does that, too.)"
)
def last_one_wins(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]))
    product[rows] += np.reshape(counts, (-1, 1)) * table[columns]
    return product


@sparse_product.wrong("You left out the counts: a word that occurs three times adds its row three times.")
def leaves_out_the_counts(rows, columns, counts, table, n):
    return _product(rows, columns, np.ones_like(counts), table, n)


@sparse_product.wrong(
    "You confused `rows` and `columns`: the row of the bags is the text, and the column is the word, whose row of the table you want."
)
def swaps_rows_and_columns(rows, columns, counts, table, n):
    product = np.zeros((max(n, len(table)), table.shape[1]))
    np.add.at(product, columns, np.reshape(counts, (-1, 1)) * table[rows % len(table)])
    return product[:n]


@sparse_product.wrong("You divided by the number of words of each text. A mean is not asked for; the product adds up.")
def averages(rows, columns, counts, table, n):
    totals = np.zeros(n)
    np.add.at(totals, rows, counts)
    return _product(rows, columns, counts, table, n) / np.maximum(totals, 1)[:, None]


@sparse_product.wrong(
    "Your result ends at the last text that has an entry. A text without words gets its row too, of zeros: there are `n` of them."
)
def forgets_texts_without_words(rows, columns, counts, table, n):
    return _product(rows, columns, counts, table, max(rows, default=-1) + 1)


@sparse_product.wrong(
    "You took the number of texts from the largest in `rows`. Texts at the end may have no words, and there may be no entries."
)
def takes_the_number_from_the_rows(rows, columns, counts, table, n):
    return _product(rows, columns, counts, table, max(rows) + 1)


@sparse_product.wrong(
    "You used `columns` for the texts and `rows` for the words. In the matrix of bags a row is a text and a column is a word."
)
def takes_rows_for_words(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]))
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[column] += count * table[row]
    return product


@sparse_product.wrong(
    "Your result lies on its side: a row belongs to a text, a column to a position of the table's rows."
)
def lies_on_its_side_as_well(rows, columns, counts, table, n):
    return _product(rows, columns, counts, table, n).T


@sparse_product.wrong(
    "Your sums are whole numbers: an array with an integer dtype cuts off what comes after the point."
)
def cuts_off_the_decimals(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]), dtype=int)
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[row] = product[row] + count * table[column]
    return product


@sparse_product.wrong(
    "You took the entries of a text to stand side by side. They come in any order; of a text that comes again, the last part is left."
)
def takes_the_entries_as_sorted(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]))
    for row, entries in groupby(zip(rows, columns, counts, strict=True), key=lambda entry: entry[0]):
        product[row] = sum(count * table[column] for _, column, count in entries)
    return product


@sparse_product.wrong(
    "You made an array with an integer dtype, and it refuses the sums. The counts are whole numbers; what they are multiplied with is not."
)
def adds_floats_to_integers(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]), dtype=int)
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[row] += count * table[column]
    return product


@sparse_product.wrong(
    "You go through texts and entries side by side, as if the entries were sorted by text. They come in any order, and you miss some."
)
def walks_along_texts_and_entries(rows, columns, counts, table, n):
    product, j = np.zeros((n, table.shape[1])), 0
    for i in range(n):
        while j < len(rows) and rows[j] == i:
            product[i] += counts[j] * table[columns[j]]
            j += 1
    return product


@sparse_product.wrong("You have one row for each entry. The entries of a text are added up into one row.")
def one_row_for_each_entry(rows, columns, counts, table, n):
    return np.reshape(counts, (-1, 1)) * table[columns]


@sparse_product.wrong(
    "You added up the entries of all texts. Each text has its own sum: `rows` says which entry is whose."
)
def one_sum_for_all(rows, columns, counts, table, n):
    return (np.reshape(counts, (-1, 1)) * table[columns]).sum(axis=0)


@sparse_product.wrong(
    "You multiplied by the ids of the words. An id names a row of the table; how often it counts is in `counts`."
)
def multiplies_by_the_ids(rows, columns, counts, table, n):
    return _product(rows, columns, counts * columns, table, n)


@sparse_product.wrong(
    "You took one row too early: id 0 is row 0 of the table, and with a minus 1 it has become the last one."
)
def one_row_off(rows, columns, counts, table, n):
    return _product(rows, columns - 1, counts, table, n)


@sparse_product.wrong("You returned the counts in a matrix, the bags themselves. They have not met the table yet.")
def stops_at_the_bags(rows, columns, counts, table, n):
    bags = np.zeros((n, len(table)))
    np.add.at(bags, (rows, columns), counts)
    return bags


@sparse_product.wrong("The same text and word in two entries counts once in yours. Their counts add up.")
def drops_repeated_entries(rows, columns, counts, table, n):
    entries = {(row, column): count for row, column, count in zip(rows, columns, counts, strict=True)}
    product = np.zeros((n, table.shape[1]))
    for (row, column), count in entries.items():
        product[row] += count * table[column]
    return product


@sparse_product.wrong(
    "A text without entries comes out as the single number 0. Like the other texts it has a row, of d zeros."
)
def a_number_for_an_empty_text(rows, columns, counts, table, n):
    entries = list(zip(rows, columns, counts, strict=True))
    return [sum(count * table[column] for row, column, count in entries if row == i) for i in range(n)]


@sparse_product.wrong(
    "Your loop runs `n` times, once for each text. There are as many terms as entries: the length of `rows`."
)
def loops_over_the_texts(rows, columns, counts, table, n):
    product = np.zeros((n, table.shape[1]))
    for j in range(n):
        product[rows[j]] += counts[j] * table[columns[j]]
    return product


@sparse_product.wrong(
    "Your result has a row for each word of the table. A row for each text is asked for, and there are `n` texts."
)
def as_many_rows_as_the_table(rows, columns, counts, table, n):
    product = np.zeros_like(table)
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[row] += count * table[column]
    return product


@sparse_product.wrong(
    "A text without entries is not in your dict, and asking for it stops the answer. Such a text has a row of zeros."
)
def asks_for_texts_without_words(rows, columns, counts, table, n):
    sums = {}
    for row, column, count in zip(rows, columns, counts, strict=True):
        sums[int(row)] = sums.get(int(row), 0) + count * table[column]
    return np.array([sums[i] for i in range(n)])


@sparse_product.wrong(
    "Texts without entries are missing from your result, and those behind them have moved up. Each has its row, of zeros."
)
def leaves_out_texts_without_words(rows, columns, counts, table, n):
    sums = {}
    for row, column, count in zip(rows, columns, counts, strict=True):
        sums[int(row)] = sums.get(int(row), 0) + count * table[column]
    return np.array([sums[i] for i in sorted(sums)])


@sparse_product.wrong(
    "You counted the texts that have entries. There are `n` of them, and a text without words keeps its place."
)
def counts_texts_with_entries(rows, columns, counts, table, n):
    product = np.zeros((len(set(rows.tolist())), table.shape[1]))
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[row] += count * table[column]
    return product


@sparse_product.wrong(
    "You made room for two numbers a text. The rows of a table may be longer: shape `(n, d)` is asked for."
)
def room_for_two_numbers(rows, columns, counts, table, n):
    product = np.zeros((n, 2))
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[row] += count * table[column]
    return product


@sparse_product.wrong(
    "A shape is one thing, with both sizes in it. You gave `np.zeros` two numbers, and it takes the second one for a dtype."
)
def hands_the_shape_over_in_two_parts(rows, columns, counts, table, n):
    product = np.zeros(n, table.shape[1])
    for row, column, count in zip(rows, columns, counts, strict=True):
        product[row] += count * table[column]
    return product
