"""Lesson 05, the lookup table: what is asked of each exercise, and the mistakes learners make."""

import io
import re
import tracemalloc
from contextlib import redirect_stdout
from dataclasses import replace

import numpy as np

from course.checking import Exercise, Unfit, built, call, fits, output, seen, shapes
from course.checking.observe import Seen
from course.checking.plain import plain


def numbers(rng, *shape):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.3, 2, shape) * rng.choice([-1, 1], shape)).round(2)


def ids_of(*rows):
    return np.array(rows, dtype="int32")


# ---- lookup ----------------------------------------------------------------------------------------------------------

lookup = Exercise(
    "lookup",
    hints=(
        "Row 2 of a NumPy array is `table[2]`. What does NumPy do when, in place of the 2, you give it a whole array of numbers?",
        "Look again at the first cell of the lesson, where word 7 is fetched by copying. An array of ids can stand where the 7 stands.",
        "Index `table` with `ids` in square brackets and return the result: NumPy keeps the shape of `ids` and puts a row in each place.",
    ),
)


@lookup.probe
def _(attempt, rng):
    # Rows are at least as long as the table is high, so that picking columns fails by its result and not with an IndexError.
    small = numbers(rng, 2, 3).round(1)  # few digits: the result is shown number by number; no other size is 3
    yield call(attempt, small, ids_of([1, 0], [1, 1]), about="2 texts of 2 words, one word three times")
    yield call(attempt, numbers(rng, 3, 3), ids_of(2, 0, 1, 0), about="4 words in a single line")
    ids = rng.permutation([1, 2, 2, 3, 3, 3]).reshape(2, 1, 3).astype("int32")
    yield call(attempt, numbers(rng, 4, 5), ids, about="ids in three dimensions")
    # The last row is not asked for: one-hot rows cut off at the largest id do not fit the table here.
    yield call(attempt, numbers(rng, 3, 3), np.array(1, dtype="int32"), about="one id alone, in an array of shape ()")


@lookup.wrong("You picked columns. A word is a row: what is the shape of your result?")
def picks_columns(table, ids):
    return table[:, ids]


@lookup.wrong("You multiplied by the ids. They are names, not quantities: id 2 is not twice id 1.")
def multiplies_by_the_ids(table, ids):
    return ids[..., None] * table[ids]


@lookup.wrong(
    "You multiplied the table and the ids number by number. An id is a name that says which row; it is no factor."
)
def table_times_ids(table, ids):
    return table * ids


@lookup.wrong(
    "You multiplied the table by the ids themselves. It is their one-hot rows that pick out rows of the table; an id is a name."
)
def ids_times_table(table, ids):
    return ids @ table


@lookup.wrong("All the rows are there, but the result has forgotten the shape of `ids`: it is one long list of rows.")
def forgets_the_shape(table, ids):
    return table[ids.ravel()]


@lookup.wrong("You are one row off. Ids start at 0, and so do the rows.")
def one_row_off(table, ids):
    return table[ids - 1]


@lookup.wrong("You went one row further than asked, and past the end of the table. Ids start at 0, and so do the rows.")
def one_row_further(table, ids):
    return table[ids + 1]


@lookup.wrong(
    "You handed NumPy a tuple, which it reads as one row and one column. That picks single numbers, not rows."
)
def indexes_with_a_tuple(table, ids):
    return table[tuple(ids)]


@lookup.wrong(
    "Each row comes only once in your result, in the order of the table. A text may say a word three times, in any order."
)
def drops_repeats(table, ids):
    return table[np.unique(ids)]


@lookup.wrong(
    "Your result has one number for each id, not one row: `np.take` without an axis reads the table as one long list of numbers."
)
def takes_without_an_axis(table, ids):
    return np.take(table, ids)


@lookup.wrong("These are the one-hot rows. They have not met the table yet.")
def stops_at_one_hot(table, ids):
    return np.eye(len(table))[ids]


@lookup.wrong(
    "Your one-hot rows are as long as the largest id asks for. They are as long as the vocabulary, whatever the text holds."
)
def one_hot_up_to_the_largest_id(table, ids):
    return np.eye(ids.max() + 1)[ids] @ table


@lookup.wrong("You looked up the first entry of `ids` and left the others.")
def looks_up_the_first_only(table, ids):
    return table[ids[0]]


@lookup.wrong("You return inside the loop, and so the lookup ends with the first id.")
def returns_inside_the_loop(table, ids):
    return np.array([table[i] for i in ids.ravel()[:1]])


@lookup.wrong("You turned the table on its side and fetched rows of that: they are its columns. A word is a row.")
def turns_the_table(table, ids):
    return table.T[ids]


@lookup.wrong("You made zeros of id 0. Here it is the id of a row like the others; padding comes later in the lesson.")
def zeros_for_id_0(table, ids):
    return table[ids] * (ids != 0)[..., None]


@lookup.wrong("You wrote 3 for the length of a row. How long the rows of this table are, its shape says.")
def rows_of_three_numbers(table, ids):
    return np.array([table[i] for i in ids.ravel()]).reshape((*ids.shape, 3))


@lookup.wrong("You added the rows of a text into one. A lookup keeps one row for each id.")
def adds_the_rows(table, ids):
    return table[ids].sum(axis=-2)


@lookup.wrong("You averaged the rows of a text into one. A lookup keeps one row for each id.")
def averages_the_rows(table, ids):
    return table[ids].mean(axis=-2)


@lookup.wrong(
    "You go through the ids one by one, and one id alone, in an array of shape (), has nothing to go through. Any shape may come."
)
def goes_through_the_first_axis(table, ids):
    return np.array([table[i] for i in ids])


@lookup.wrong(
    "You loop over texts, and over the words of each. Words in a single line have one axis less; any shape may come."
)
def loops_over_texts_and_words(table, ids):
    return np.array([[table[i] for i in text] for text in ids])


@lookup.wrong("These are whole numbers: the decimals of the rows were cut on the way.")
def cuts_decimals(table, ids):
    return table[ids].astype(int)


# ---- same_layer ------------------------------------------------------------------------------------------------------

same_layer = Exercise(
    "same_layer",
    hints=(
        "Which number of `table.shape` says how many ids there are, and which how long a row is?",
        "Look again at the cell that compares NumPy, `Lookup` and `Embedding`: it makes a layer, gives it weights, and gives it the table.",
        "Make `keras.layers.Embedding` with the two numbers of `table.shape`, call its `build()`, hand it a list with the table through "
        "`set_weights`, and return the layer.",
    ),
)


@same_layer.probe
def _(attempt, rng):
    for table, ids in (
        (numbers(rng, 3, 2), ids_of([2, 0])),
        (numbers(rng, 5, 4), ids_of([4, 0, 1], [1, 1, 3])),
    ):
        kept = table.copy()
        layer = built(attempt, table)
        yield _untouched_table(table, kept)
        held = _held(layer)
        sizes = f"Your layer holds weights of shape {' and '.join(map(str, held))}, and the table is {table.shape}."
        if not held:
            raise Unfit(
                "Your layer holds no weight: its table is a plain array, which training could never change. "
                "It should be the layer's one weight."
            )
        if held[0][0] < len(table):
            raise Unfit(sizes)
        if np.abs(layer.get_weights()[0]).max() <= 0.06:
            raise Unfit(
                "Your layer has the right size and still holds the small numbers that it started with. "
                "How do the numbers of `table` get in?"
            )
        yield seen(output(layer, ids), about=f"the layer called on the ids {ids.tolist()}", given=(table,))
        if held != [table.shape]:
            raise Unfit(sizes)


def _untouched_table(table, kept):
    """Whether the table given is as it was. Looked at first: what a changed table does to the layer is no second mistake."""
    if np.array_equal(table, kept):
        return seen("as it was", about="`table` after the call")
    say = "`same_layer` changed its input `table`. Work on a copy, so that the caller's array stays as it was."
    return replace(seen("changed", about="`table` after the call", given=(kept,)), say=say)


def _held(layer):
    """The shapes of the layer's weights, after one call: a layer may make them only then."""
    try:
        output(layer, ids_of([0]))
    except ValueError as error:
        if "incompatible with the layer" in str(error):
            raise Unfit("Your layer cannot be called on ids: it expects an input of another shape.") from None
        raise
    return [tuple(shape) for shape in shapes(layer)]


@same_layer.wrong(
    "The layer has the right size, but its rows are still what they were at the start, not those of `table`."
)
def never_gives_it_the_table(table):
    return _embedding(*table.shape)


@same_layer.wrong(
    "Your layer's table lies on its side. Rows are words: `input_dim` is the number of rows, `output_dim` their length."
)
def swaps_the_dimensions(table):
    return _embedding(*table.T.shape, rows=table.T)


@same_layer.wrong(
    "Your layer has one row more than `table`, at the end. Nothing looks it up: `V` ids are 0 to `V - 1`, and 0 is counted already."
)
def one_row_too_many(table):
    return _embedding(len(table) + 1, table.shape[1], rows=np.vstack([table, 0 * table[:1]]))


@same_layer.wrong(
    "You put a row for padding before the table, so every id finds the row of its neighbour. Here id 0 is row 0 of `table`."
)
def shifts_by_a_padding_row(table):
    return _embedding(len(table) + 1, table.shape[1], rows=np.vstack([0 * table[:1], table]))


@same_layer.wrong(
    "You set row 0 to zeros. Nothing here says that id 0 is padding: the layer should hold `table` as it is."
)
def zeroes_row_0(table):
    rows = table.copy()
    rows[0] = 0
    return _embedding(*table.shape, rows=rows)


@same_layer.wrong(
    "That is a Dense layer: it multiplies, and would need one-hot rows. An Embedding takes the ids and copies rows of the same table."
)
def makes_a_dense_layer(table):
    import keras

    layer = keras.layers.Dense(table.shape[1], use_bias=False)
    layer.build((None, len(table)))
    layer.set_weights([table])
    return layer


@same_layer.wrong(
    "You returned the layer's weights. The layer itself is asked for: something that can be called on ids."
)
def returns_the_weights(table):
    return _embedding(*table.shape, rows=table).get_weights()


@same_layer.wrong(
    "Your layer holds the table, and its output is a mean over the ids. Only the lookup is asked for: one row for each id."
)
def averages_as_well(table):
    import keras

    return keras.Sequential([_embedding(*table.shape, rows=table), keras.layers.GlobalAveragePooling1D()])


@same_layer.wrong(
    "The layer has no weights yet when you set them: it makes its table in `build()`, or when it is first called on ids."
)
def sets_weights_before_there_are_any(table):
    import keras

    layer = keras.layers.Embedding(*table.shape)
    layer.set_weights([table])
    return layer


@same_layer.wrong(
    "You handed `set_weights` the table alone, and it took every row for a weight. It wants a list with one array for each weight."
)
def sets_weights_without_a_list(table):
    return _embedding(*table.shape, rows=table, listed=False)


@same_layer.wrong(
    "You made the layer for 5 words of 3 numbers, as in the lesson's cell. Here `table` has other sizes: it knows them."
)
def sizes_of_the_lesson(table):
    return _embedding(5, 3, rows=table)


@same_layer.wrong(
    "You told the layer the two sizes in the wrong order, and then the table does not fit: first how many rows, then how long."
)
def swaps_the_sizes(table):
    return _embedding(*table.T.shape, rows=table)


@same_layer.wrong("You turned the table on its side before you set it. Rows are words in the layer, too.")
def sets_the_table_on_its_side(table):
    return _embedding(*table.shape, rows=table.T)


@same_layer.wrong(
    "You made room for one row more than `table` has. Its ids are 0 to `V - 1`: the largest plus one is `V` already."
)
def room_for_one_row_more(table):
    return _embedding(len(table) + 1, table.shape[1], rows=table)


@same_layer.wrong(
    "You kept what `build()` gives back, and that is None. It changes the layer itself: keep the layer, then build it."
)
def keeps_what_build_returns(table):
    import keras

    layer = keras.layers.Embedding(*table.shape).build()
    layer.set_weights([table])
    return layer


@same_layer.wrong(
    "You handed `Embedding` one thing. It wants two numbers: how many rows there are, and how long a row is."
)
def hands_over_one_thing(table):
    import keras

    return keras.layers.Embedding(table.shape)


@same_layer.wrong(
    "You put an array in the place of the layer's weight. The weight is an object of Keras' own and stays; its numbers can be set."
)
def assigns_the_weight(table):
    import keras

    layer = keras.layers.Embedding(*table.shape)
    layer.build()
    layer.embeddings = table
    return layer


@same_layer.wrong("The table went into the layer as whole numbers: its decimals were cut on the way.")
def cuts_the_tables_decimals(table):
    return _embedding(*table.shape, rows=table.astype(int))


def _embedding(rows_, width, rows=None, listed=True):
    import keras

    layer = keras.layers.Embedding(rows_, width)
    layer.build()
    if rows is not None:
        layer.set_weights([rows] if listed else rows)
    return layer


# ---- check_ids -------------------------------------------------------------------------------------------------------

check_ids = Exercise(
    "check_ids",
    hints=(
        "What are the smallest and the largest id that a table of `input_dim` rows has? "
        "And what tells an array of floats from one of integers, when the floats are whole?",
        "`ids.dtype` knows about floats; `np.issubdtype` compares it with `np.integer`. "
        "A comparison such as `ids < 0` gives an array of True and False; `ids[that array]` picks the ids where it is True, in order.",
        "First raise ValueError unless the dtype is an integer one. Then pick the ids that are below 0 or not below `input_dim`; "
        "if there are any, raise ValueError with the first of them in the message. Otherwise return `ids`.",
    ),
)


@check_ids.probe
def _(attempt, rng):
    fits(attempt, 2)
    size = int(rng.integers(5, 9))
    large, negative, larger = size + 6, -size - 3, size + 13  # no two alike, and none that a text such as "0-7" holds
    good = (
        (ids_of([2, 1], [3, 1]), "all ids are in the table"),
        (ids_of([0, 2]), "id 0 is among them"),
        (ids_of([1, size - 1]), "the last row is among them"),
        (np.array([[3, 1], [2, 2]], dtype="int64"), "the ids are int64"),
        (np.array([1, 3], dtype="uint8"), "the ids are uint8"),
        (np.zeros((0,), dtype="int32"), "there are no ids at all, in an integer array"),
        (ids_of([[1, 3]], [[2, 1]]), "the ids have three axes"),
    )
    bad = (
        (ids_of([1, 2], [-1, 3]), (-1,), "one id is -1"),
        (ids_of(1, size), (size,), "one id is as large as `input_dim`"),
        (ids_of([1, large], [negative, larger]), (large, negative, larger), "several ids are bad, a large one first"),
        (ids_of([2, negative], [large, 1]), (negative, large), "several ids are bad, a negative one first"),
    )
    floats = (
        (np.array([1.0, 2.0]), "the ids are whole floats"),
        (np.array([1.0, 2.0], dtype="float32"), "the ids are whole floats, of float32"),
        (np.array([0.5, 2.0]), "the ids are floats"),
        (np.zeros((0,)), "there are no ids at all, in an array of floats"),
    )
    for ids, about in good:
        yield _accepted(attempt, ids, size, about)
    refused = [_refused(attempt, ids, size, about) for ids, _, about in bad]
    refused += [_refused(attempt, ids, size, about) for ids, about in floats]
    yield from refused
    if all(one.saw["kind"] == "raised" and one.error is None for one in refused):  # else that comes first
        for ids, named, about in bad:
            yield _named(attempt, ids, size, named, about)
        many = np.full((40, 30), 2, dtype="int32")  # more than NumPy shows whole
        many[20, 7] = large
        yield _named(attempt, many, size, (large,), "one id in 1,200 is too large")


def _shown(ids, size):
    """The inputs as the message shows them, dtype and all: 2.0 stays 2.0."""
    few = ids.size <= 100
    return f"{ids.tolist() if few else f'{ids.size:,} ids of shape {ids.shape}'} ({ids.dtype})", str(size)


def _on_purpose(error):
    """Whether an error was raised by a `raise` or `assert` of the attempt's own and is no crash somewhere inside."""
    import dis

    last = error.__traceback__
    if last is None:
        return False
    while last.tb_next is not None:
        last = last.tb_next
    code = last.tb_frame.f_code
    return "site-packages" not in code.co_filename and code.co_code[last.tb_lasti] == dis.opmap["RAISE_VARARGS"]


def _accepted(attempt, ids, size, about):
    """What comes back for good ids. A refusal is kept as one, and is no crash."""
    result = replace(call(attempt, ids, size, about=about), given=_shown(ids, size))
    error = result.error
    if not ids.size and "zero-size array" in str(error):
        say = "An array with no ids has no smallest and no largest id to ask for. No ids at all is fine."
        return replace(result, saw={"kind": "raised", "type": "no largest"}, error=None, say=say)
    if error is None or isinstance(error, NotImplementedError) or not _on_purpose(error):
        return result
    whole = "an array with no ids is fine" if not ids.size else f"{ids.dtype} is an integer dtype, and all are in range"
    say = f"These ids are good, and you refused them: {whole}. Which of your conditions do they meet?"
    return replace(result, saw={"kind": "raised", "type": "refused"}, error=None, say=say)


def _refused(attempt, ids, size, about):
    """Whether the attempt raises ValueError. Other errors that are raised on purpose are told apart from a crash."""
    returned, printed = [], io.StringIO()

    def keeping(ids, size):
        returned.append(attempt(ids, size))
        return returned[0]

    with redirect_stdout(printed):
        result = replace(call(keeping, ids, size, about=about), given=_shown(ids, size))
    print(printed.getvalue(), end="")
    error = result.error
    if error is None:
        return replace(result, say=_let_pass(ids, returned[0], printed.getvalue()))
    if isinstance(error, ValueError):
        return Seen({"kind": "raised", "type": "ValueError"}, result.given, about, result.changed)
    if "must derive from BaseException" in str(error):
        raise Unfit(
            "You raised something that is no error, such as a text. The text goes inside an error: a ValueError."
        )
    if isinstance(error, LookupError) or (_on_purpose(error) and not isinstance(error, NotImplementedError)):
        raise Unfit(
            f"Where {about}, it should raise ValueError, and yours raised {type(error).__name__}. "
            "A caller who guards against bad values waits for ValueError."
        )
    return result


def _let_pass(ids, returned, printed):
    """What to say of an attempt that does not raise where it should."""
    if isinstance(returned, BaseException) or (isinstance(returned, type) and issubclass(returned, BaseException)):
        return (
            "You returned the error. A returned error is a value like any other and stops nobody: it has to be raised."
        )
    what = "An array of floats" if ids.dtype.kind == "f" else "An id that is out of range"
    if printed:
        return f"{what} has to be refused, and you printed something instead. Print stops nobody: an error has to be raised."
    if returned is None:
        return f"{what} has to be refused with an error, and here `check_ids` came to its end without raising one."
    return f"{what} has to be refused with an error, and here `check_ids` returned a result."


def _named(attempt, ids, size, bad, about):
    """Which of the bad ids the error's message names first."""
    message = str(call(attempt, ids, size).error)
    in_it = [int(number) for number in re.findall(r"(?<!\d)-\d+|\d+", message)]
    named = [number for number in in_it if number in bad]
    if named[:1] == [bad[0]]:
        saw = "the first bad id"
    elif named:
        saw = ("the second bad id", "the third bad id")[bad.index(named[0]) - 1] + " before it" * (bad[0] in named)
    else:
        saw = "another number" if set(in_it) - {0, size, size - 1} else "no id"
    say = f"Where {about}, the error's message should name the first bad id, before any other; yours names {saw}."
    return replace(seen(saw, about=f"what the message names where {about}"), given=_shown(ids, size), say=say)


@check_ids.wrong("Negative ids pass. Keras takes -1 for the last row, as a Python list does, and says nothing.")
def lets_negative_ids_pass(ids, input_dim):
    return _checked(ids, input_dim, bad=lambda ids: ids >= input_dim)


@check_ids.wrong("The id `input_dim` itself passes. A table of 5 rows has rows 0 to 4.")
def lets_the_size_itself_pass(ids, input_dim):
    return _checked(ids, input_dim, bad=lambda ids: (ids < 0) | (ids > input_dim))


@check_ids.wrong("You refuse id 0. It is a row like the others, or padding; both are in the table.")
def refuses_zero(ids, input_dim):
    return _checked(ids, input_dim, bad=lambda ids: (ids < 1) | (ids >= input_dim))


@check_ids.wrong("You refuse the last row. Ids run up to and with `input_dim - 1`.")
def refuses_the_last_row(ids, input_dim):
    return _checked(ids, input_dim, bad=lambda ids: (ids < 0) | (ids >= input_dim - 1))


@check_ids.wrong(
    "Arrays of floats pass when their values lie in the range. The dtype tells them apart, even where 2.0 and 2 are equal."
)
def lets_floats_pass(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: False)


@check_ids.wrong(
    "Floats that happen to be whole pass. They are refused too: in float32, large ids turn into their neighbours."
)
def lets_whole_floats_pass(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: (ids != np.round(ids)).any())


@check_ids.wrong(
    "You refuse the right arrays, but when several ids are bad the message names another than the first in reading order."
)
def names_another(ids, input_dim):
    return _checked(ids, input_dim, pick=lambda bad: bad[-1])


@check_ids.wrong(
    "You refuse the right arrays, but the message does not say which id is bad. Among 10,000 ids, who finds it?"
)
def names_none(ids, input_dim):
    return _checked(ids, input_dim, pick=lambda bad: "")


@check_ids.wrong(
    "Your message shows the whole array. A long one NumPy cuts short, and the bad id is lost. Which of them is it?"
)
def shows_the_whole_array(ids, input_dim):
    return _checked(ids, input_dim, pick=lambda bad: ids)


@check_ids.wrong("Your message says where the bad id stands. Asked for is the id itself, the number that is in no row.")
def names_the_position(ids, input_dim):
    wrong = (ids < 0) | (ids >= input_dim)
    return _checked(ids, input_dim, pick=lambda bad: np.flatnonzero(wrong)[0])


@check_ids.wrong(
    "You return inside the loop, after the first id: no other is looked at, and where there are none nothing is returned."
)
def returns_after_the_first_id(ids, input_dim):
    if not np.issubdtype(ids.dtype, np.integer):
        raise ValueError("ids are integers")
    for i in ids.ravel():
        return _checked(ids, input_dim, bad=lambda ids: ids != ids) if 0 <= i < input_dim else _checked(ids, input_dim)


@check_ids.wrong("You raise where you should, and return True where the ids are good. The caller wants the ids back.")
def returns_true(ids, input_dim):
    _checked(ids, input_dim)
    return True


@check_ids.wrong(
    "You look for ids that are too large first, and for negative ones after. The first in reading order may be either."
)
def looks_for_large_ids_first(ids, input_dim):
    return _checked(ids, input_dim, pick=lambda bad: [*bad[bad > 0], *bad][0])


@check_ids.wrong(
    "You look for negative ids first, and for those that are too large after. The first in reading order may be either."
)
def looks_for_negative_ids_first(ids, input_dim):
    return _checked(ids, input_dim, pick=lambda bad: [*bad[bad < 0], *bad][0])


@check_ids.wrong("The message lists the bad ids from the end. Whoever looks for the mistake starts at the first.")
def lists_them_from_the_end(ids, input_dim):
    return _checked(ids, input_dim, pick=lambda bad: bad[::-1].tolist())


@check_ids.wrong("You refuse floats of float64 alone, which Python's `float` is. Keras makes float32, and those pass.")
def refuses_float64_alone(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: ids.dtype == float)


@check_ids.wrong(
    "You ask each id whether it is a Python `float`. A float32 is none, and an empty array has no id to ask; the dtype knows."
)
def asks_each_for_python_float(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: any(isinstance(i, float) for i in ids.ravel()))


@check_ids.wrong(
    "You ask each id whether it is a float, and an empty array has no id to ask. Its dtype tells all the same."
)
def asks_each_for_float(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: any(isinstance(i, (float, np.floating)) for i in ids.ravel()))


@check_ids.wrong(
    "You accept int64 alone, which is what `int` means to NumPy. The ids of this course are int32; any integer dtype is good."
)
def accepts_int64_alone(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: ids.dtype != np.int64)


@check_ids.wrong("You accept int32 alone. `np.array([3, 0])` makes int64 on most computers; any integer dtype is good.")
def accepts_int32_alone(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: ids.dtype != np.int32)


@check_ids.wrong("You accept signed integers only. uint8 is an integer dtype too, one without negative numbers.")
def accepts_signed_integers_alone(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: ids.dtype.kind != "i")


@check_ids.wrong(
    "You ask each id whether it is a Python `int`. What comes out of a NumPy array is not, so you refuse every id."
)
def asks_each_for_python_int(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: not all(isinstance(i, int) for i in ids.ravel()))


@check_ids.wrong(
    "You refuse an array with no ids in it. Nothing in it is out of range; an empty text is no error here."
)
def refuses_no_ids(ids, input_dim):
    return _checked(ids, input_dim, floats=lambda ids: not ids.size or not np.issubdtype(ids.dtype, np.integer))


@check_ids.wrong("You moved bad ids into the range. Now they find the row of another word, and nobody hears of it.")
def clips(ids, input_dim):
    return np.clip(ids, 0, input_dim - 1)


@check_ids.wrong("You left the bad ids out. The words after them have moved, and nobody hears of it.")
def drops_bad_ids(ids, input_dim):
    bad = (ids < 0) | (ids >= input_dim)
    return ids[~bad] if bad.any() else ids


@check_ids.wrong(
    "You return whether the ids are good. The caller wants the ids back, or an error that cannot be overlooked."
)
def returns_true_or_false(ids, input_dim):
    return bool(np.issubdtype(ids.dtype, np.integer) and ((ids >= 0) & (ids < input_dim)).all())


@check_ids.wrong(
    "An empty array has no smallest id, so asking for it fails. No ids at all is fine: nothing is out of range."
)
def stumbles_over_no_ids(ids, input_dim):
    if not np.issubdtype(ids.dtype, np.integer):
        raise ValueError("ids are integers")
    if ids.min() < 0 or ids.max() >= input_dim:
        raise ValueError(f"id {ids[(ids < 0) | (ids >= input_dim)][0]} is not in 0 to {input_dim - 1}")
    return ids


@check_ids.wrong(
    "With texts as rows of `ids`, your loop takes a whole row of ids at a time, and `if` wants a single True or False."
)
def loops_over_rows(ids, input_dim):
    if not np.issubdtype(ids.dtype, np.integer):
        raise ValueError("ids are integers")
    for i in ids:
        if i < 0 or i >= input_dim:
            raise ValueError(f"id {i} is not in 0 to {input_dim - 1}")
    return ids


@check_ids.wrong(
    "You loop over texts, and over the ids of each. Ids in a single line have one axis less; any shape may come."
)
def loops_over_texts_and_ids(ids, input_dim):
    if not np.issubdtype(ids.dtype, np.integer):
        raise ValueError("ids are integers")
    for text in ids:
        for i in text:
            if i < 0 or i >= input_dim:
                raise ValueError(f"id {i} is not in 0 to {input_dim - 1}")
    return ids


@check_ids.wrong(
    "`ids < 0` says True or False for each id, and `if` wants a single answer. What do you ask of all of them together?"
)
def asks_all_at_once(ids, input_dim):
    if not np.issubdtype(ids.dtype, np.integer):
        raise ValueError("ids are integers")
    if ids < 0 or ids >= input_dim:
        raise ValueError(f"id {ids} is not in 0 to {input_dim - 1}")
    return ids


@check_ids.wrong(
    "An `assert` is a note to yourself and is skipped when Python runs with -O. Bad input from a caller is a ValueError."
)
def asserts(ids, input_dim):
    assert np.issubdtype(ids.dtype, np.integer)
    assert ((ids >= 0) & (ids < input_dim)).all()
    return ids


def _checked(ids, input_dim, bad=None, floats=None, pick=None):
    """The check with one part replaced."""
    is_float = (lambda ids: not np.issubdtype(ids.dtype, np.integer)) if floats is None else floats
    if is_float(ids):
        raise ValueError("ids are integers")
    found = ids[(bad or (lambda ids: (ids < 0) | (ids >= input_dim)))(ids)]
    if found.size:
        raise ValueError(f"id {(pick or (lambda found: found[0]))(found)} is not in 0 to {input_dim - 1}")
    return ids


# ---- masked_mean -----------------------------------------------------------------------------------------------------

masked_mean = Exercise(
    "masked_mean",
    hints=(
        "Of a text of 3 positions with 1 padded, how many vectors should be added up, and by what should the sum be divided?",
        "`ids != 0` is the mask. Multiplied with the vectors (with one axis more, so that the shapes fit) "
        "it leaves the padding out of the sum; added up over the positions it counts the words.",
        "Turn the mask into shape (batch, steps, 1), multiply it with `vectors` and sum over axis 1; sum the mask over axis 1 too; "
        "divide the first by the second, with the count raised to at least 1 so that a text of padding gives 0 / 1.",
    ),
)


@masked_mean.probe
def _(attempt, rng):
    one = np.round(numbers(rng, 1, 3, 2) + 3, 2)
    yield call(attempt, one, ids_of([5, 3, 0]), about="one text of 2 words and 1 padding")
    yield call(
        attempt, numbers(rng, 2, 4, 3), ids_of([2, 7, 7, 1], [4, 0, 0, 0]), about="a full text, and one of 1 word"
    )
    yield call(attempt, numbers(rng, 1, 4, 2), ids_of([0, 6, 0, 2]), about="padding in other places than the end")
    silent = numbers(rng, 1, 3, 2)
    silent[0, 1] = 0
    yield call(
        attempt,
        silent,
        ids_of([5, 3, 0]),
        about="a word whose vector happens to be all zeros, and padding whose vector is not",
    )
    yield call(attempt, numbers(rng, 2, 3, 2), ids_of([0, 0, 0], [1, 2, 0]), about="one text is nothing but padding")


@masked_mean.wrong("You averaged over all positions. Some of them are padding: what do their vectors do to the mean?")
def averages_everything(vectors, ids):
    return vectors.mean(axis=1)


@masked_mean.wrong("The padding is out of your sum, but not out of the count: you divide by all positions.")
def divides_by_all_positions(vectors, ids):
    return _total(vectors, ids) / ids.shape[1]


@masked_mean.wrong(
    "The padding is out of your count, but not out of the sum: its vectors are added up with the others."
)
def adds_the_padding(vectors, ids):
    return vectors.sum(axis=1) / np.maximum((ids != 0).sum(axis=1, keepdims=True), 1)


@masked_mean.wrong("You multiplied the vectors by their ids. An id is a name; all that counts is whether it is 0.")
def multiplies_by_the_ids_first(vectors, ids):
    return (vectors * ids[..., None]).sum(axis=1) / np.maximum((ids != 0).sum(axis=1, keepdims=True), 1)


@masked_mean.wrong("You weighted the vectors with their ids. An id is a name; all that counts is whether it is 0.")
def weights_with_the_ids(vectors, ids):
    return (vectors * ids[..., None]).sum(axis=1) / np.maximum(ids.sum(axis=1, keepdims=True), 1)


@masked_mean.wrong("This is the sum of the words' vectors. A mean also divides by how many there are.")
def only_sums(vectors, ids):
    return _total(vectors, ids)


@masked_mean.wrong("Texts with words are right. A text of nothing but padding gives NaN: there you divide 0 by 0.")
def nan_for_empty(vectors, ids):
    with np.errstate(invalid="ignore"):
        return _total(vectors, ids) / (ids != 0).sum(axis=1, keepdims=True)


@masked_mean.wrong("You added 1 to every count. That prevents 0 / 0 and makes every other mean too small.")
def adds_one_to_the_count(vectors, ids):
    return _total(vectors, ids) / ((ids != 0).sum(axis=1, keepdims=True) + 1)


@masked_mean.wrong("You averaged over the words of all texts together. Each text of the batch gets a mean of its own.")
def one_mean_for_the_batch(vectors, ids):
    words = vectors[ids != 0]
    return words.sum(axis=0) / max(len(words), 1)


@masked_mean.wrong(
    "You divided by the number of words in the whole batch. Each text is divided by its own number of words."
)
def counts_the_whole_batch(vectors, ids):
    return _total(vectors, ids) / max((ids != 0).sum(), 1)


@masked_mean.wrong(
    "You told padding by its vector being zeros. The ids say what is padding; a vector may hold anything."
)
def looks_at_the_vectors(vectors, ids):
    count = (vectors != 0).any(axis=2).sum(axis=1, keepdims=True)
    return vectors.sum(axis=1) / np.maximum(count, 1)


@masked_mean.wrong("You cut each text at its first padding. Padding may stand anywhere; the words after it count.")
def stops_at_the_first_padding(vectors, ids):
    kept = np.cumprod(ids != 0, axis=1)
    return (vectors * kept[..., None]).sum(axis=1) / np.maximum(kept.sum(axis=1, keepdims=True), 1)


@masked_mean.wrong(
    "You counted the words and took that many vectors from the front. Padding may stand anywhere, also before a word."
)
def takes_as_many_from_the_front(vectors, ids):
    front = np.arange(ids.shape[1]) < (ids != 0).sum(axis=1, keepdims=True)
    return _total(vectors, front) / np.maximum(front.sum(axis=1, keepdims=True), 1)


@masked_mean.wrong("You kept the padding and left the words out: your mask is the wrong way round.")
def keeps_the_padding(vectors, ids):
    return _total(vectors, ids == 0) / np.maximum((ids == 0).sum(axis=1, keepdims=True), 1)


@masked_mean.wrong("You averaged over the numbers of each vector. The mean goes over the positions, axis 1.")
def averages_each_vector(vectors, ids):
    return vectors.mean(axis=2)


@masked_mean.wrong(
    "The means are right for texts with words, and a text of nothing but padding got the mean of its padding. It should give zeros."
)
def mean_of_padding_for_empty(vectors, ids):
    empty = (ids == 0).all(axis=1)
    return np.where(
        empty[:, None],
        vectors.mean(axis=1),
        _total(vectors, ids) / np.maximum((ids != 0).sum(axis=1, keepdims=True), 1),
    )


@masked_mean.wrong("A text of nothing but padding is missing from your result. It keeps its place: a row of zeros.")
def leaves_out_empty_texts(vectors, ids):
    return np.array([one[i != 0].mean(axis=0) for one, i in zip(vectors, ids, strict=True) if i.any()])


@masked_mean.wrong(
    "For a text of nothing but padding you put a single 0 among rows. Its mean has as many numbers as the others."
)
def one_zero_for_empty(vectors, ids):
    return np.array([one[i != 0].mean(axis=0) if i.any() else 0 for one, i in zip(vectors, ids, strict=True)])


@masked_mean.wrong("The numbers are right, with an axis of length 1 left over where the positions were.")
def keeps_the_axis(vectors, ids):
    return _total(vectors, ids)[:, None] / np.maximum((ids != 0).sum(axis=1), 1)[:, None, None]


def _total(vectors, ids):
    return (vectors * (ids != 0)[..., None]).sum(axis=1)


# ---- row_gradient ----------------------------------------------------------------------------------------------------

row_gradient = Exercise(
    "row_gradient",
    hints=(
        "Take the positions one after the other. To which row does each one's gradient go? "
        "And what if that row has received something already?",
        "Look again at the figure: row 3 gets 1 and 100. In NumPy, `gradient[ids] += upstream` writes each row once; "
        "`np.add.at` adds every time. A loop over the positions does so too.",
        "Start from zeros of shape (input_dim, d). Lay `ids` out flat and `upstream` as rows of d numbers, "
        "go through both together, and add each gradient to the row that its id names.",
    ),
)


@row_gradient.probe
def _(attempt, rng):
    yield call(attempt, ids_of(2, 0, 2), numbers(rng, 3, 2), 4, about="id 2 twice, ids 1 and 3 not at all")
    yield call(attempt, ids_of(1, 3), numbers(rng, 2, 3), 5, about="no id twice, and 1 before 3")
    yield call(
        attempt, ids_of([1, 1, 4], [0, 1, 4]), numbers(rng, 2, 3, 2), 6, about="2 texts of 3 words, id 1 three times"
    )


@row_gradient.wrong(
    "Row 2 was looked up twice and kept only its last gradient. They should add up: `=` puts one in the place of the other, "
    "and with all ids at once NumPy writes each row once, even with `+=`."
)
def last_one_wins(ids, upstream, input_dim):
    gradient = np.zeros((input_dim, upstream.shape[-1]))
    gradient[ids] += upstream
    return gradient


@row_gradient.wrong(
    "Row 2 was looked up twice and kept only its first gradient. Both positions change the loss, so both count."
)
def first_one_wins(ids, upstream, input_dim):
    flat = upstream.reshape(-1, upstream.shape[-1])
    return last_one_wins(ids.ravel()[::-1], flat[::-1], input_dim)


@row_gradient.wrong(
    "You took the mean for a row looked up more than once. Two positions that hold one row change the loss twice: add."
)
def averages_repeats(ids, upstream, input_dim):
    counts = np.maximum(np.bincount(ids.ravel(), minlength=input_dim), 1)
    return _rows(ids, upstream, input_dim) / counts[:, None]


@row_gradient.wrong(
    "You divided by the number of positions. Nothing here asks for a mean: the gradients are added as they are."
)
def divides_by_positions(ids, upstream, input_dim):
    return _rows(ids, upstream, input_dim) / ids.size


@row_gradient.wrong(
    "Your result lists the rows that were looked up and leaves out the others. All `input_dim` rows are asked for, most of them zeros."
)
def only_rows_met(ids, upstream, input_dim):
    return _rows(ids, upstream, input_dim)[np.unique(ids)]


@row_gradient.wrong("Your result ends at the largest id that occurs. The table has `input_dim` rows, looked up or not.")
def ends_at_the_largest_id(ids, upstream, input_dim):
    return _rows(ids, upstream, input_dim)[: ids.max() + 1]


@row_gradient.wrong("You made one row too many. A table of `input_dim` rows has ids 0 to `input_dim - 1`.")
def one_row_more(ids, upstream, input_dim):
    return _rows(ids, upstream, input_dim + 1)


@row_gradient.wrong("Your rows are one off: the gradient of id 2 belongs to row 2. Ids start at 0, and so do the rows.")
def one_row_early(ids, upstream, input_dim):
    return np.roll(_rows(ids, upstream, input_dim), -1, axis=0)


@row_gradient.wrong("Row 0 got nothing. There is no mask here, so id 0 is an id like any other.")
def skips_id_0(ids, upstream, input_dim):
    gradient = _rows(ids, upstream, input_dim)
    gradient[0] = 0
    return gradient


@row_gradient.wrong(
    "You added up the numbers of each gradient as well. A row of the result has d of them, one for each."
)
def one_number_for_each_row(ids, upstream, input_dim):
    return np.array([upstream[ids == i].sum() for i in range(input_dim)])


@row_gradient.wrong("Only the first position is in your result: the loop is left before it comes to the second.")
def returns_after_the_first_position(ids, upstream, input_dim):
    return _rows(ids.ravel()[:1], upstream.reshape(-1, upstream.shape[-1])[:1], input_dim)


@row_gradient.wrong("Your loop stops one position too early: the last gradient has not reached its row.")
def stops_one_position_early(ids, upstream, input_dim):
    gradient = np.zeros((input_dim, upstream.shape[-1]))
    for k in range(len(ids) - 1):
        gradient[ids[k]] += upstream[k]
    return gradient


@row_gradient.wrong(
    "With the ids in one line you are right. With texts as rows of `ids`, your one-hot array has three axes, "
    "and a product of tables wants two: one row for each position."
)
def one_hot_of_texts(ids, upstream, input_dim):
    return np.eye(input_dim)[ids].T @ upstream


@row_gradient.wrong("This is the gradient of the positions. Which row did each position copy?")
def returns_upstream(ids, upstream, input_dim):
    return upstream


@row_gradient.wrong("You counted how often each id occurs. What is added is the gradient of each position, not 1.")
def counts_ids(ids, upstream, input_dim):
    return np.repeat(np.bincount(ids.ravel(), minlength=input_dim)[:, None], upstream.shape[-1], axis=1)


@row_gradient.wrong(
    "The sizes are right and the sign is turned. The minus belongs to the SGD step, not to the gradient."
)
def turns_the_sign(ids, upstream, input_dim):
    return -_rows(ids, upstream, input_dim)


@row_gradient.wrong(
    "You looked rows of `upstream` up by id. It goes by position; `ids` says to which row of the table each position's gradient belongs."
)
def looks_upstream_up(ids, upstream, input_dim):
    return upstream[ids]


@row_gradient.wrong(
    "With the ids in one line you are right. With texts as rows of `ids`, your loop takes a whole row of ids at a time."
)
def loops_over_the_first_axis(ids, upstream, input_dim):
    gradient = np.zeros((input_dim, upstream.shape[-1]))
    for i, one in zip(ids, upstream, strict=True):
        gradient[i] += one
    return gradient


@row_gradient.wrong(
    "With the ids in one line you are right. With texts as rows of `ids`, your loop takes a whole text at a time, "
    "and the second axis of `upstream` is its words; the last axis is d."
)
def loops_over_texts_of_the_wrong_width(ids, upstream, input_dim):
    gradient = np.zeros((input_dim, upstream.shape[1]))
    for i, one in zip(ids, upstream, strict=True):
        gradient[i] += one
    return gradient


@row_gradient.wrong(
    "You took d from the second axis of `upstream`. With texts as rows of `ids`, the second axis is their words; d is the last."
)
def takes_the_width_from_the_second_axis(ids, upstream, input_dim):
    gradient = np.zeros((input_dim, upstream.shape[1]))
    np.add.at(gradient, ids, upstream)
    return gradient


@row_gradient.wrong("Your gradient is an array of integers, so each sum loses its decimals as it is stored.")
def stores_integers(ids, upstream, input_dim):
    gradient = np.zeros((input_dim, upstream.shape[-1]), dtype=int)
    for place, i in np.ndenumerate(ids):
        gradient[i] = gradient[i] + upstream[place]
    return gradient


@row_gradient.wrong("Your gradient is an array of integers, and NumPy refuses to add numbers with decimals into it.")
def adds_into_integers(ids, upstream, input_dim):
    gradient = np.zeros((input_dim, upstream.shape[-1]), dtype=int)
    for place, i in np.ndenumerate(ids):
        gradient[i] += upstream[place]
    return gradient


@row_gradient.wrong("You turned the sums into whole numbers: their decimals were cut.")
def cuts_the_sums(ids, upstream, input_dim):
    return _rows(ids, upstream, input_dim).astype(int)


@row_gradient.wrong(
    "Every row got the sum of all gradients. A row gets only the gradients of the positions that hold its id."
)
def all_rows_alike(ids, upstream, input_dim):
    total = upstream.reshape(-1, upstream.shape[-1]).sum(axis=0)
    return np.tile(total, (input_dim, 1))


def _rows(ids, upstream, input_dim):
    """In row i the sum over its positions, by the roundabout way of one comparison for each row."""
    return np.array([upstream[ids == i].sum(axis=0) for i in range(input_dim)])


# ---- sgd_step --------------------------------------------------------------------------------------------------------

sgd_step = Exercise(
    "sgd_step",
    hints=(
        "Which rows change at all? And when an id comes twice, what should the second change start from?",
        "`table[i] -= ...` changes the array that you were given; `table = table - ...` makes a new one and leaves the given one alone. "
        "With many ids at once, NumPy writes each row only once, except through `np.add.at` and `np.subtract.at`.",
        "Lay `ids` out flat and `upstream` as rows of d numbers. "
        "Go through both together and subtract `rate` times the gradient from the row of `table` that the id names.",
    ),
)

NOT_CHANGED = "The table that was given has not changed"
NEARLY = 0.5  # of the table's bytes; an honest step needs a few rows


@sgd_step.probe
def _(attempt, rng):
    yield _stepped(attempt, numbers(rng, 3, 2), ids_of(2, 0, 2), numbers(rng, 3, 2), 0.1, "id 2 twice, id 1 not at all")
    yield _stepped(attempt, numbers(rng, 4, 3), ids_of(3, 1), numbers(rng, 2, 3), 0.5, "no id twice")
    yield _stepped(
        attempt, numbers(rng, 5, 2), ids_of([1, 1, 4], [0, 1, 4]), numbers(rng, 2, 3, 2), 0.1, "2 texts of 3 words"
    )
    yield _memory(attempt, rng)


def _stepped(attempt, table, ids, upstream, rate, about):
    """What `table` holds after the attempt's step."""
    mine, positions, incoming = table.copy(), ids.copy(), upstream.copy()
    result = call(lambda *_: attempt(mine, positions, incoming, rate), table, ids, upstream, rate, about=about)
    fits(attempt, 4)
    if result.error is not None:
        return result
    changed = tuple(
        i
        for i, (now, before) in enumerate(((positions, ids), (incoming, upstream)), 1)
        if not np.array_equal(now, before)
    )
    say = f"{NOT_CHANGED}." if np.array_equal(mine, table) else ""
    return Seen(plain(mine), result.given, f"`table` afterwards; {about}", changed, say=say)


def _memory(attempt, rng):
    """Whether a step in a few rows of a large table makes an array of the table's size."""
    rows, d = (
        2_000,
        80,
    )  # wide: one-hot rows of all ids, which some try, take 32 MB; with 20,000 rows they would take 3 GB
    table = rng.uniform(-1, 1, (rows, d))
    ids, upstream = rng.integers(0, rows, 6).astype("int32"), numbers(rng, 6, d)
    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        attempt(table, ids, upstream, 0.1)
        taken = tracemalloc.get_traced_memory()[1] - before
    finally:
        if not tracing:
            tracemalloc.stop()
    size = "far smaller than the table" if taken < NEARLY * table.nbytes else "as large as the table"
    return seen(size, about="a step in 6 rows of a table of 2,000; the memory it takes on the way")


@sgd_step.wrong(
    "The numbers are right, and on the way you made an array as large as the table. Only a few rows change: can you work in those alone?"
)
def makes_a_full_gradient(table, ids, upstream, rate):
    table -= rate * _full(ids, upstream, len(table))


@sgd_step.wrong(
    f"{NOT_CHANGED}. `table[ids]` is a copy of its rows, and `row - ...` is a new array: write the new numbers into `table` itself."
)
def changes_a_copy_of_the_rows(table, ids, upstream, rate):
    rows = table[ids]
    rows -= rate * upstream


@sgd_step.wrong(f"{NOT_CHANGED}. A new array under the name `table` is not the caller's: change rows inside it.")
def returns_a_new_table(table, ids, upstream, rate):
    return table - rate * _full(ids, upstream, len(table))


@sgd_step.wrong(
    "Row 2 was asked for twice and moved for its last gradient only: `table[ids] -= ...` writes each row once. They should add up."
)
def last_one_wins_in_place(table, ids, upstream, rate):
    table[ids] -= rate * upstream


@sgd_step.wrong(
    "With the ids in one line you are right. With texts as rows of `ids`, your loop takes a whole row of ids at a time: repeats get lost."
)
def loops_over_texts(table, ids, upstream, rate):
    for i, one in zip(ids, upstream, strict=True):
        table[i] -= rate * one


@sgd_step.wrong("You went up the slope. A step of SGD subtracts the gradient, so that the loss falls.")
def goes_up(table, ids, upstream, rate):
    np.add.at(table, ids, rate * upstream)


@sgd_step.wrong("You subtracted the gradients whole. The learning rate says how much of them.")
def forgets_the_rate(table, ids, upstream, rate):
    np.subtract.at(table, ids, upstream)


@sgd_step.wrong("You took 0.1 for the rate, as in the example. The rate is an argument: the caller chooses.")
def rate_of_the_example(table, ids, upstream, rate):
    np.subtract.at(table, ids, 0.1 * upstream)


@sgd_step.wrong("Row 0 stays where it was. There is no mask here, so id 0 is an id like any other.")
def leaves_row_0(table, ids, upstream, rate):
    np.subtract.at(table, ids, rate * upstream * (ids != 0)[..., None])


@sgd_step.wrong("You divided by the learning rate. A small rate makes a small step: multiply.")
def divides_by_the_rate(table, ids, upstream, rate):
    np.subtract.at(table, ids, upstream / rate)


@sgd_step.wrong("You took the mean where an id comes more than once. The gradients of its positions add up.")
def averages_repeats_in_place(table, ids, upstream, rate):
    share = np.bincount(ids.ravel())[ids][..., None]
    np.subtract.at(table, ids, rate * upstream / share)


@sgd_step.wrong("You divided by the number of positions. The step takes the gradients as they are, times the rate.")
def divides_the_step(table, ids, upstream, rate):
    np.subtract.at(table, ids, rate * upstream / ids.size)


@sgd_step.wrong(
    "You put the gradients in the place of the rows. A step starts from what the row holds and moves it a little."
)
def overwrites_rows(table, ids, upstream, rate):
    table[ids] = -rate * upstream


def _full(ids, upstream, rows):
    gradient = np.zeros((rows, upstream.shape[-1]))
    np.add.at(gradient, ids, upstream)
    return gradient
