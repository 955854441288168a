"""Lesson 09, loading GloVe: what is asked of each exercise, and the mistakes learners make."""

import re
import warnings
from dataclasses import replace

import numpy as np

from course.checking import Exercise, Unfit, built, call, output, seen, shapes


def numbers(rng, *shape):
    """Numbers of order 1 with two decimals, none of them near 0."""
    return (rng.uniform(0.3, 2, shape) * rng.choice([-1, 1], shape)).round(2)


def line_of(word, vector, end="\n"):
    return " ".join([word, *(f"{number:g}" for number in vector)]) + end


def floats(texts):
    return np.array(list(texts), dtype="float32")


# ---- parse_line ------------------------------------------------------------------------------------------------------

parse_line = Exercise(
    "parse_line",
    hints=(
        "You do not know how many spaces the word has. Do you know how many the rest of the line has?",
        "`str.rsplit` cuts from the right, and takes two arguments: at what to cut, and how often. "
        "`str.rstrip` can be told which characters to take off.",
        'Take `"\\r\\n"` off the right end with `rstrip`, cut with `rsplit` at a single space `dim` times, and you have a list: first the '
        "word, then `dim` texts. Return the first, and the rest as a NumPy array with dtype float32.",
    ),
)

NBSP, NEXT_LINE = "\u00a0", "\u0085"


@parse_line.probe
def _(attempt, rng):
    for word, dim, end, about in (
        ("film", 3, "\n", "a plain word"),
        (". . .", 3, "\n", "a word with spaces in it"),
        (f"1{NBSP}1/2", 2, "\n", "a word with a no-break space in it, U+00A0"),
        (f"oh{NEXT_LINE}no", 2, "\n", "a word with the next-line sign in it, U+0085"),
        (f"{NBSP}km", 4, "\n", "a word that begins with a no-break space, U+00A0"),
        ("Mr.", 2, "\r\n", r"a line that ends in \r\n"),
        ("at name@domain.com", 3, "", "a word with a space, in a line without an end"),
        ("1984", 3, "\n", "a word that looks like a number"),
        ("catch 22", 2, "\n", "a word whose last piece looks like a number"),
        (f"km{NBSP}", 2, "\n", "a word that ends with a no-break space, U+00A0"),
        (". . .", 50, "\n", "a word with spaces in it, and 50 numbers"),
        ("blade runner 2049", 2, "\n", "a word with two spaces in it, whose last piece looks like a number"),
        (" km", 3, "\n", "a word that begins with a space"),
        ("km ", 3, "\n", "a word that ends with a space"),
        ("oh  no", 2, "\n", "a word with two spaces in a row in it"),
        ("oh\rno", 2, "\n", r"a word with the sign \r in it"),
    ):
        yield call(attempt, line_of(word, numbers(rng, dim), end), dim, about=about)
    fine = rng.uniform(0.3, 2, 3).round(4)
    yield call(attempt, line_of("soup", fine), 3, about="numbers with four decimals")
    vector = numbers(rng, 3)
    yield call(attempt, line_of(f"{vector[0]:g}", vector), 3, about="a word that reads as its first number")


@parse_line.wrong(
    "`split()` cuts at every white space, also inside the word, and a piece of the word is then taken for a number."
)
def splits_everywhere(line, dim):
    word, *rest = line.split()
    return word, floats(rest)


@parse_line.wrong(
    "`split()` cuts the word into pieces too. The numbers are right; of the word you kept the first piece only."
)
def keeps_the_first_piece(line, dim):
    pieces = line.split()
    return pieces[0], floats(pieces[-dim:])


@parse_line.wrong(
    "You put the word together again with plain spaces. The no-break space in it is another character: `split()` cuts there too."
)
def joins_with_plain_spaces(line, dim):
    pieces = line.split()
    return " ".join(pieces[:-dim]), floats(pieces[-dim:])


@parse_line.wrong(
    "You cut at single spaces, but from the left. A word with spaces in it loses all but its first piece, and the next is no number."
)
def splits_from_the_left(line, dim):
    word, *rest = line.split(" ")
    return word, floats(rest)


@parse_line.wrong(
    "That is the recipe of many tutorials: cut once from the left. With spaces in the word, the rest does not begin with a number."
)
def splits_once_fromstring(line, dim):
    word, rest = line.split(maxsplit=1)
    with warnings.catch_warnings(action="ignore"):  # older NumPys only warn
        return word, np.fromstring(rest, "f", sep=" ")


@parse_line.wrong(
    "Your `strip()` has taken off more than the end of the line: a no-break space at the beginning belongs to the word."
)
def strips_both_ends(line, dim):
    word, *rest = line.strip().rsplit(" ", dim)
    return word, floats(rest)


@parse_line.wrong("The cutting is right. Your numbers are still text: `'0.5'` is three characters, not a number.")
def leaves_text(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
    return word, rest


@parse_line.wrong("You cut once too few: the first number is still stuck to the word.")
def cuts_once_too_few(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", dim - 1)
    return word, floats(rest)


@parse_line.wrong("The vector comes first in your result. Asked for is the word, then its vector.")
def vector_first(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
    return floats(rest), word


@parse_line.wrong(
    "You changed the word to lower case. In the file it is what it is: *Mr.* and *mr.* may both be there."
)
def lowers_the_word(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
    return word.lower(), floats(rest)


@parse_line.wrong("You took the white space out of the word. It is part of it: `. . .` and `...` are two words.")
def glues_the_word(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
    return "".join(word.split()), floats(rest)


@parse_line.wrong("You returned the vector alone. The word is wanted too, before it.")
def returns_the_vector_only(line, dim):
    return floats(line.rstrip("\r\n").rsplit(" ", dim)[1:])


@parse_line.wrong(
    "You cut 50 times, whatever the line. `dim` says how many numbers there are, and so how often to cut."
)
def cuts_fifty_times(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", 50)
    return word, floats(rest)


@parse_line.wrong(
    "The white space at the end of the word is lost. It belongs to the word: cut at a single space, and strip the line's end only."
)
def loses_white_space_at_the_words_end(line, dim):
    word, *rest = line.rsplit(maxsplit=dim)
    return word, floats(rest)


@parse_line.wrong("You stripped the word on both sides. White space at its beginning and at its end is part of it.")
def strips_the_word(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
    return word.strip(), floats(rest)


@parse_line.wrong(
    "You tell the numbers by trying `float()`, and a word may look like one: 1984. `dim` says how many pieces are numbers."
)
def tells_numbers_by_trying(line, dim):
    pieces = line.rstrip("\r\n").split(" ")
    return " ".join(piece for piece in pieces if not _is_number(piece)), floats(filter(_is_number, pieces))


@parse_line.wrong(
    "You cut with `split()` and tell the numbers by trying `float()`. A word may hold any white space, and may look like a number."
)
def tells_the_pieces_of_split_by_trying(line, dim):
    pieces = line.split()
    return " ".join(piece for piece in pieces if not _is_number(piece)), floats(filter(_is_number, pieces))


@parse_line.wrong("Your numbers are still text, and the last one has the end of the line in it.")
def leaves_text_and_the_lines_end(line, dim):
    word, *rest = line.rsplit(" ", dim)
    return word, rest


@parse_line.wrong("You cut with `split()`, and your numbers are still text: turn the pieces into an array of float32.")
def splits_and_leaves_text(line, dim):
    word, *rest = line.split()
    return word, rest


def _cut(line, dim):
    word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
    return word, floats(rest)


@parse_line.wrong(
    "You cut from the right, but once too often: the last piece of a word with spaces is taken for a number."
)
def cuts_once_too_often(line, dim):
    return _cut(line, dim + 1)


@parse_line.wrong(
    "You always cut off the last character. A line may end in nothing, and then the last number loses a digit."
)
def cuts_the_last_character_off(line, dim):
    return _cut(line[:-1], dim)


@parse_line.wrong(
    "`splitlines()` ends a line at other signs too, the next-line sign for one, and the word goes on after it."
)
def takes_the_first_of_splitlines(line, dim):
    return _cut(line.splitlines()[0], dim)


@parse_line.wrong(
    "You cut three times, as in the example. `dim` says how many numbers there are, and so how often to cut."
)
def cuts_three_times(line, dim):
    return _cut(line, 3)


@parse_line.wrong("You cut the numbers down to whole ones.")
def makes_whole_numbers(line, dim):
    word, vector = _cut(line, dim)
    return word, vector.astype(int)


@parse_line.wrong("You rounded the numbers. They are wanted as they stand in the line.")
def rounds_the_numbers(line, dim):
    word, vector = _cut(line, dim)
    return word, vector.round(2)


@parse_line.wrong("You took off a space at the beginning of the word. It is part of the word.")
def strips_a_space_at_the_beginning(line, dim):
    return _cut(line.lstrip(" "), dim)


@parse_line.wrong(
    "You threw empty pieces away, and with them spaces of the word: at its beginning, at its end, two in a row."
)
def throws_empty_pieces_away(line, dim):
    pieces = [piece for piece in line.rstrip("\r\n").split(" ") if piece]
    return " ".join(pieces[:-dim]), floats(pieces[-dim:])


@parse_line.wrong(
    r"You took every `\r` out of the line. Inside the word it belongs to the word; only at the line's end it does not."
)
def takes_every_return_out(line, dim):
    return _cut(line.replace("\n", "").replace("\r", ""), dim)


@parse_line.wrong('Your word is bytes: `b"film"` is not `"film"`, and no str finds it.')
def returns_bytes(line, dim):
    word, vector = _cut(line, dim)
    return word.encode(), vector


@parse_line.wrong("Your numbers are float16, which keeps three digits. float32 or float64 is asked for.")
def makes_float16(line, dim):
    word, vector = _cut(line, dim)
    return word, vector.astype("float16")


@parse_line.wrong(
    "You cut `dim` times, but from the left. Where the word has spaces in it, the piece after the first is no number."
)
def cuts_dim_times_from_the_left(line, dim):
    word, *rest = line.split(" ", dim)
    return word, floats(rest)


@parse_line.wrong(
    "You take the first piece for the word and the next `dim` for its numbers. A word with spaces has more pieces than one."
)
def takes_the_first_numbers(line, dim):
    word, *rest = line.split(" ")
    return word, floats(rest[:dim])


@parse_line.wrong("You put the pieces of the word together without the spaces between them. `. . .` becomes `...`.")
def joins_without_spaces(line, dim):
    pieces = line.rstrip("\r\n").split(" ")
    return "".join(pieces[:-dim]), floats(pieces[-dim:])


@parse_line.wrong("Your word is a list of its pieces. Asked for is a str, with the spaces where they were.")
def leaves_the_word_in_pieces(line, dim):
    pieces = line.rstrip("\r\n").split(" ")
    return pieces[:-dim], floats(pieces[-dim:])


@parse_line.wrong(
    "You look for the first number in the line, and end the word where it is first found. The word may hold the same signs."
)
def looks_for_the_first_number(line, dim):
    pieces = line.rstrip("\r\n").split(" ")
    return line[: line.index(pieces[-dim]) - 1], floats(pieces[-dim:])  # found at 0, the word is nearly all of the line


@parse_line.wrong(
    "You cut once, at the first space. Where the word has spaces in it, what follows does not begin with a number."
)
def cuts_once_at_the_first_space(line, dim):
    word, _, rest = line.partition(" ")
    return word, floats(rest.split())


@parse_line.wrong(
    "The cut makes `dim + 1` pieces, and you have names for two. Which names take the word, and all the others together?"
)
def names_two_pieces(line, dim):
    word, rest = line.rsplit(" ", dim)
    return word, floats([rest])


def _is_number(piece):
    try:
        float(piece)
    except ValueError:
        return False
    return True


# ---- load_glove ------------------------------------------------------------------------------------------------------

load_glove = Exercise(
    "load_glove",
    hints=(
        "What is the first thing to ask about a line, before any of its numbers is read? And how do you see that a line is broken?",
        '`line.rsplit(" ", dim)` gives `dim + 1` pieces for a whole line and fewer for a broken one. '
        "A dict answers `word in vectors` when a word has been met before.",
        "Start with an empty dict. For each line, cut it into the word and the rest; if there are `dim` numbers, the word is in `wanted` "
        "and not yet in the dict, store its float32 array under the word. Return the dict after the loop.",
    ),
)


@load_glove.probe
def _(attempt, rng):
    def file(words, dim):
        return [line_of(word, numbers(rng, dim)) for word in words]

    yield call(attempt, file(["the", "film", "soup"], 2), {"film", "soup"}, 2, about="three lines, two of them wanted")
    yield call(
        attempt, file(["the", "film"], 3), {"the", "app"}, 3, about="the first word is wanted, and one has no line"
    )
    yield call(
        attempt, ["3 2\n", *file(["the", "3", "film"], 2)], {"3", "film"}, 2, about="a header, whose word is wanted"
    )
    short = line_of("soup", numbers(rng, 2))
    about = "the last line is cut short, and its word is wanted"
    yield call(attempt, [*file(["film"], 4), short], {"film", "soup"}, 4, about=about)
    about = "an empty line before a wanted word"
    yield call(attempt, [*file(["the"], 2), "\n", *file(["film"], 2)], {"film"}, 2, about=about)
    yield call(attempt, file(["film", "the", "film"], 2), {"film"}, 2, about="a word that comes twice")
    once = iter(file(["the", "film", "soup"], 2))
    yield call(attempt, once, {"film", "the"}, 2, about="the lines come from an open file: once, and without a `len`")
    yield call(attempt, file(["the"], 2), {"app"}, 2, about="no wanted word has a line")
    long = line_of("soup", numbers(rng, 4))
    about = "a wanted word's line has more than `dim` numbers"
    yield call(attempt, [*file(["film"], 2), long], {"film", "soup"}, 2, about=about)
    about = '"so" and "soups" have lines, and "soup" is wanted'
    yield call(attempt, file(["so", "soups", "film"], 2), {"film", "soup"}, 2, about=about)
    yield call(attempt, file(["Film", "the"], 2), {"film", "the"}, 2, about='"Film" has a line, and "film" is wanted')
    yield call(attempt, file(["n't", "film"], 3), {"n't", "film"}, 3, about="a wanted word with a mark in it")
    about = "a word comes twice before the last wanted one"
    yield call(attempt, file(["film", "film", "the", "soup"], 2), {"film", "soup"}, 2, about=about)


def _loaded(lines, wanted, dim, whole=None, again=False, number=floats):
    """The loop with one part replaced: which lines count as whole, whether a later line counts, how numbers are read."""
    vectors = {}
    for line in lines:
        word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
        fine = len(rest) == dim if whole is None else whole(rest)
        if fine and word in wanted and (again or word not in vectors):
            vectors[word] = number(rest)
    return vectors


class _Everything:
    def __contains__(self, word):
        return True


@load_glove.wrong(
    "You kept every word of the file. Of its 400,000 vectors your texts use a few thousand: `wanted` says which."
)
def keeps_all_words(lines, wanted, dim):
    return _loaded(lines, _Everything(), dim)


@load_glove.wrong(
    "Lines that are no vector got in: a header, or one cut short. Does every line you keep have `dim` numbers?"
)
def keeps_broken_lines(lines, wanted, dim):
    return _loaded(lines, wanted, dim, whole=lambda rest: True)


@load_glove.wrong(
    "Lines that are no vector got in, and a later line overwrites an earlier one. How many numbers has a whole line? Which line counts?"
)
def keeps_broken_lines_and_the_last(lines, wanted, dim):
    return _loaded(lines, wanted, dim, whole=lambda rest: True, again=True)


@load_glove.wrong(
    "You catch the header and the empty line. A line cut short still gets in, as a vector that is too short."
)
def keeps_short_lines(lines, wanted, dim):
    return _loaded(lines, wanted, dim, whole=lambda rest: len(rest) > 1)


@load_glove.wrong(
    "An empty line has no first piece and stops your code, and a line cut short gets in. How many pieces does a whole line have?"
)
def takes_the_first_piece(lines, wanted, dim):
    vectors = {}
    for line in lines:
        pieces = line.split()
        if pieces[0] in wanted:
            vectors[pieces[0]] = floats(pieces[1:])
    return vectors


@load_glove.wrong(
    "An empty line cannot be taken apart and stops your code; a line cut short gets in. Count the pieces before you use them."
)
def unpacks_every_line(lines, wanted, dim):
    vectors = {}
    for line in lines:
        word, *rest = line.split()
        if word in wanted:
            vectors[word] = floats(rest)
    return vectors


@load_glove.wrong("When a word comes twice, its last line wins in your dict. The first one counts.")
def last_line_wins(lines, wanted, dim):
    return _loaded(lines, wanted, dim, again=True)


@load_glove.wrong(
    "You always skip the first line. Some files begin with a header; GloVe's own begin with a word, and you lost it."
)
def skips_the_first_line(lines, wanted, dim):
    lines = iter(lines)
    next(lines)
    return _loaded(lines, wanted, dim)


@load_glove.wrong(
    "`lines[1:]` needs a list, and an open file is none. And a first line is not always a header: GloVe's own files begin with a word."
)
def slices_the_first_line_off(lines, wanted, dim):
    return _loaded(lines[1:], wanted, dim)


@load_glove.wrong("You asked for `len(lines)`. An open file has none: go through it with `for line in lines`.")
def counts_the_lines(lines, wanted, dim):
    return _loaded([lines[i] for i in range(len(lines))], wanted, dim)


@load_glove.wrong("You stop at the first line that is no vector. The lines after it may be fine.")
def stops_at_a_broken_line(lines, wanted, dim):
    fine = []
    for line in lines:
        if len(line.rsplit(" ", dim)) != dim + 1:
            break
        fine.append(line)
    return _loaded(fine, wanted, dim)


@load_glove.wrong("Your vectors are still lists of texts. Numbers are asked for.")
def keeps_text(lines, wanted, dim):
    return _loaded(lines, wanted, dim, number=list)


@load_glove.wrong(
    "A wanted word without a line is in your dict all the same. Left out, it can be counted as a miss; with zeros it looks found."
)
def zeros_for_misses(lines, wanted, dim):
    return {**{word: np.zeros(dim, "float32") for word in wanted}, **_loaded(lines, wanted, dim)}


@load_glove.wrong("You return after the first line that fits: the `return` stands inside the loop.")
def returns_in_the_loop(lines, wanted, dim):
    vectors = {}
    for line in lines:
        word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
        if len(rest) == dim and word in wanted:
            vectors[word] = floats(rest)
            return vectors
    return vectors


@load_glove.wrong("You returned the words that were found. Their vectors are wanted too: a dict, word -> vector.")
def returns_the_words(lines, wanted, dim):
    return set(_loaded(lines, wanted, dim))


def _split(lines, wanted, dim, fits, numbers_of=floats):
    """The loop over `line.split()` with one part replaced: which rests are taken, and what is made of them."""
    vectors = {}
    for line in lines:
        word, *rest = line.split() or [""]
        if fits(rest) and word in wanted and word not in vectors:
            vectors[word] = numbers_of(rest)
    return vectors


@load_glove.wrong(
    "A line with too many numbers got in. Whole is a line with exactly `dim` of them, no fewer and no more."
)
def keeps_long_lines(lines, wanted, dim):
    return _split(lines, wanted, dim, lambda rest: len(rest) >= dim)


@load_glove.wrong("From a line with too many numbers you took the first `dim`. Such a line is broken: leave it out.")
def cuts_long_lines(lines, wanted, dim):
    return _split(lines, wanted, dim, lambda rest: len(rest) >= dim, lambda rest: floats(rest[:dim]))


@load_glove.wrong("From a line with too many numbers you took the last `dim`. Such a line is broken: leave it out.")
def takes_the_end_of_long_lines(lines, wanted, dim):
    return _split(lines, wanted, dim, lambda rest: len(rest) >= dim, lambda rest: floats(rest[-dim:]))


@load_glove.wrong(
    "Lines of the wrong length got in: a header, one cut short, one with too many numbers. Count: a word and `dim` numbers."
)
def counts_no_numbers(lines, wanted, dim):
    return _split(lines, wanted, dim, lambda rest: True)


@load_glove.wrong("You ask for `dim` pieces in all. The word is a piece too: a whole line has `dim + 1`.")
def forgets_the_word_in_the_count(lines, wanted, dim):
    return _split(lines, wanted, dim, lambda rest: len(rest) == dim - 1)


@load_glove.wrong('A piece of a wanted word is not the word: "so" is in "soup", and only "soup" is wanted.')
def looks_inside_the_wanted_words(lines, wanted, dim):
    class Inside:
        def __contains__(self, word):
            return any(word in one for one in wanted)

    return _loaded(lines, Inside(), dim)


@load_glove.wrong('You ask how the line begins. "soups" begins with "soup" as well: compare the whole word.')
def looks_at_the_beginning(lines, wanted, dim):
    vectors = {}
    for line in lines:
        _, *rest = line.rstrip("\r\n").rsplit(" ", dim)
        for word in wanted:
            if len(rest) == dim and line.startswith(word):
                vectors.setdefault(word, floats(rest))
    return vectors


@load_glove.wrong(
    "You put the line into lower case. A file may hold *Film* and *film*: take each word as it is written."
)
def lowers_the_line(lines, wanted, dim):
    return _loaded((line.lower() for line in lines), wanted, dim)


@load_glove.wrong(
    "You skip the first line and count nothing. GloVe has no header line: its first is a word. What tells a header is its length."
)
def skips_the_first_line_and_counts_nothing(lines, wanted, dim):
    lines = iter(lines)
    next(lines)
    return _split(lines, wanted, dim, lambda rest: True)


@load_glove.wrong(
    "GloVe has no header line, and you skip the first. An empty line further down then stops your code: count the pieces of each line."
)
def skips_the_first_line_and_unpacks(lines, wanted, dim):
    lines = iter(lines)
    next(lines)
    return unpacks_every_line(lines, wanted, dim)


@load_glove.wrong("You return after the very first line: the `return` stands inside the loop. Move it to the left.")
def returns_after_the_first_line(lines, wanted, dim):
    return _loaded([next(iter(lines))], wanted, dim)


@load_glove.wrong(
    "An empty line has no first piece, and your code stops there. Count the pieces before you look at one."
)
def looks_before_it_counts(lines, wanted, dim):
    vectors = {}
    for line in lines:
        pieces = line.split()
        if pieces[0] in wanted and len(pieces) == dim + 1:
            vectors.setdefault(pieces[0], floats(pieces[1:]))
    return vectors


@load_glove.wrong(
    "An empty line cannot be taken apart, and your code stops there. Count the pieces before you name them."
)
def unpacks_before_it_counts(lines, wanted, dim):
    vectors = {}
    for line in lines:
        word, *rest = line.split()
        if word in wanted and len(rest) == dim:
            vectors.setdefault(word, floats(rest))
    return vectors


@load_glove.wrong(
    "You go through `lines` twice. An open file is at its end after the first time, and the second finds nothing."
)
def goes_through_twice(lines, wanted, dim):
    sum(1 for _ in lines)
    return _loaded(lines, wanted, dim)


@load_glove.wrong(
    "All words share one array in your dict, and it holds the last word's numbers. Make an array for each word."
)
def shares_one_array(lines, wanted, dim):
    vectors, vector = {}, np.zeros(dim, "float32")
    for line in lines:
        word, *rest = line.rstrip("\r\n").rsplit(" ", dim)
        if len(rest) == dim and word in wanted and word not in vectors:
            vector[:] = floats(rest)
            vectors[word] = vector
    return vectors


@load_glove.wrong('The keys of your dict are bytes: `b"film"` is not `"film"`, and no str finds it.')
def keeps_bytes(lines, wanted, dim):
    return {word.encode(): vector for word, vector in _loaded(lines, wanted, dim).items()}


@load_glove.wrong(
    "When a word comes twice its last line wins, as long as others are still looked for. The first whole line counts."
)
def last_line_wins_until_all_are_found(lines, wanted, dim):
    vectors = {}
    for line in lines:
        word, *rest = line.split() or [""]
        if len(rest) == dim and word in wanted:
            vectors[word] = floats(rest)
            if len(vectors) == len(wanted):
                break
    return vectors


@load_glove.wrong(
    "A broken line uses its word up in yours, and a whole one further down is passed over. Broken lines are as good as not there."
)
def broken_lines_use_words_up(lines, wanted, dim):
    vectors, met = {}, set()
    for line in lines:
        word, *rest = line.split() or [""]
        if len(rest) == dim and word in wanted and word not in met:
            vectors[word] = floats(rest)
        met.add(word)
    return vectors


@load_glove.wrong("You ask for 50 numbers, whatever the file. `dim` says how many there are.")
def asks_for_fifty(lines, wanted, dim):
    return _loaded(lines, wanted, 50)


@load_glove.wrong(
    "You leave out words that are not letters alone. *3*, *n't* and *...* are words of the file: what tells a header is its length."
)
def keeps_letters_only(lines, wanted, dim):
    return _loaded(lines, {word for word in wanted if word.isalpha()}, dim)


@load_glove.wrong(
    "At the end you look every wanted word up, and a word without a line stops your code. Such a word is left out of the dict."
)
def looks_every_wanted_word_up(lines, wanted, dim):
    vectors = _loaded(lines, _Everything(), dim)
    return {word: vectors[word] for word in wanted}


@load_glove.wrong(
    "You compare the word in lower case and store it as it is written: *Film* gets in, and only *film* was wanted."
)
def compares_in_lower_case(lines, wanted, dim):
    class Lowered:
        def __contains__(self, word):
            return word.lower() in wanted

    return _loaded(lines, Lowered(), dim)


@load_glove.wrong("Your vectors are float16, which keeps three digits. float32 or float64 is asked for.")
def makes_float16_vectors(lines, wanted, dim):
    return _loaded(lines, wanted, dim, number=lambda rest: floats(rest).astype("float16"))


@load_glove.wrong(
    "You returned a list of vectors. Which word does each of them belong to? Asked for is a dict, word -> vector."
)
def returns_a_list_of_vectors(lines, wanted, dim):
    return list(_loaded(lines, wanted, dim, again=True).values())


@load_glove.wrong(
    "You asked for `lines.readlines()`. A list has none: `for line in lines` works with a list and a file."
)
def asks_for_readlines(lines, wanted, dim):
    return _loaded(lines.readlines(), wanted, dim)


# ---- coverage --------------------------------------------------------------------------------------------------------

coverage = Exercise(
    "coverage",
    hints=(
        "For the first number every word counts once. What does it count for in the second?",
        "Look again at the example: 2 of 3 words are known, and they are 6 + 3 of the 6 + 3 + 1 on the page.",
        "If `counts` is empty, return 0 and 0. Otherwise make a list of the words of `counts` that are in `known`; divide its length by "
        "`len(counts)`, and the sum of the counts of its words by the sum of all counts. Return both.",
    ),
)


@coverage.probe
def _(attempt, rng):
    def drawn(*words):
        return dict(zip(words, (int(n) for n in rng.choice(np.arange(2, 40), len(words), replace=False)), strict=True))

    yield call(attempt, {"the": 5, "app": 1, "film": 2}, {"the", "film"}, about="3 types, 8 tokens, one type unknown")
    counts = drawn("the", "film", "soup", "wifi", "app")
    known = {"the", "soup", "opera", "actor", "screen", "plot", "queen"}
    yield call(attempt, counts, known, about="`known` holds words that are not in the texts")
    vectors = {word: numbers(rng, 2) for word in ("film", "opera")}
    yield call(attempt, drawn("the", "film", "soup"), vectors, about="`known` is a dict of vectors")
    yield call(attempt, drawn("wifi", "app"), {"the"}, about="no word is known")
    yield call(attempt, drawn("soup", "app"), {"the", "app", "soup"}, about="all words are known")
    yield call(attempt, {}, {"the"}, about="`counts` is empty")
    yield call(attempt, {"the": 7, "app": 1, "film": 1}, {"the", "app"}, about="a known word that occurs once")
    yield call(attempt, {"US": 5, "us": 2, "The": 3}, {"us", "the"}, about='"US" and "us" are two words')
    yield call(
        attempt, {"so": 4, "soup": 3, "up": 2}, {"soup", "opera"}, about='"so" and "up" are pieces of a known word'
    )
    yield call(attempt, drawn("soup", "app"), set(), about="`known` is empty")


def _shares(counts, known):
    """By type, by token; and what they are made from."""
    found = [word for word in counts if word in known]
    tokens, total = sum(counts[word] for word in found), sum(counts.values())
    return (len(found) / len(counts), tokens / total) if counts else (0.0, 0.0)


@coverage.wrong("The two numbers have changed places: types first, tokens second.")
def swaps_the_two(counts, known):
    types, tokens = _shares(counts, known)
    return tokens, types


@coverage.wrong("Your numbers run to 100. Shares are asked for, from 0 to 1.")
def in_percent(counts, known):
    types, tokens = _shares(counts, known)
    return 100 * types, 100 * tokens


@coverage.wrong(
    "You divided by the size of `known`, which may hold words that are not in the texts. How much of your *texts* is known?"
)
def share_of_the_file(counts, known):
    if not counts:
        return 0.0, 0.0
    found = [word for word in counts if word in known]
    return len(found) / len(known), _shares(counts, known)[1]


@coverage.wrong("Those are the shares of what is *not* found. Coverage is the rest.")
def shares_of_the_misses(counts, known):
    types, tokens = _shares(counts, known)
    return (1 - types, 1 - tokens) if counts else (0.0, 0.0)


@coverage.wrong(
    "Both of your numbers count every word once. A token is a word on the page: a word that occurs 6 times is 6 tokens."
)
def types_twice(counts, known):
    types, _ = _shares(counts, known)
    return types, types


@coverage.wrong("Both of your numbers weigh words by how often they occur. By type, every word counts once.")
def tokens_twice(counts, known):
    _, tokens = _shares(counts, known)
    return tokens, tokens


@coverage.wrong("You divided the known tokens by the number of types. The share is among all tokens.")
def tokens_by_types(counts, known):
    types, _ = _shares(counts, known)
    return (types, sum(n for word, n in counts.items() if word in known) / len(counts)) if counts else (0.0, 0.0)


@coverage.wrong("You return how many were found. What share is that of all there are?")
def returns_numbers(counts, known):
    found = [word for word in counts if word in known]
    return len(found), sum(counts[word] for word in found)


@coverage.wrong("When `counts` is empty you divide by zero. No words at all: both shares are 0.")
def stumbles_over_no_words(counts, known):
    found = [word for word in counts if word in known]
    return len(found) / len(counts), sum(counts[word] for word in found) / sum(counts.values())


@coverage.wrong("You counted all of `known` as found. It holds words that your texts never use.")
def counts_all_known(counts, known):
    return (len(known) / len(counts), _shares(counts, known)[1]) if counts else (0.0, 0.0)


@coverage.wrong(
    "You looked up every word of `known` in `counts`. Words of the file that your texts never use are not there."
)
def looks_up_every_known(counts, known):
    tokens = sum(counts[word] for word in known)
    return (len(known) / len(counts), tokens / sum(counts.values())) if counts else (0.0, 0.0)


@coverage.wrong("You rounded. Return the shares as they are; rounding is for printing.")
def rounds(counts, known):
    return tuple(round(share, 2) for share in _shares(counts, known))


@coverage.wrong("The share of types alone. The share of tokens is asked for as well.")
def types_only(counts, known):
    return _shares(counts, known)[0]


@coverage.wrong(
    "`known` may hold words that are not in the texts: do not divide by its size. And with no words at all you divide by zero."
)
def share_of_the_file_without_a_guard(counts, known):
    found = [word for word in counts if word in known]
    return len(found) / len(known), sum(counts[word] for word in found) / sum(counts.values())


@coverage.wrong(
    "You divided both sums by the size of `known`, which may hold words that are not in the texts. What are all types, all tokens?"
)
def both_by_the_file(counts, known):
    found = [word for word in counts if word in known]
    return len(found) / len(known), sum(counts[word] for word in found) / len(known)


@coverage.wrong("With no words at all you return 1. Nothing is known of nothing: both shares are 0, as stated.")
def ones_for_no_words(counts, known):
    return _shares(counts, known) if counts else (1.0, 1.0)


@coverage.wrong(
    "`known` holds words that are not in `counts`, and looking them up stops your code. Go through `counts` instead."
)
def looks_up_what_is_not_there(counts, known):
    if not counts:
        return 0.0, 0.0
    found = [counts[word] for word in known]
    return len(found) / len(counts), sum(found) / sum(counts.values())


@coverage.wrong("You joined `known` to a set with `&`, and it may be a dict. `word in known` works with both.")
def wants_a_set(counts, known):
    found = set(counts) & known
    return (len(found) / len(counts), sum(counts[word] for word in found) / sum(counts.values())) if counts else (0, 0)


@coverage.wrong(
    "You asked for `known.keys()`, and `known` may be a set, which has none. `word in known` works with both."
)
def wants_a_dict(counts, known):
    return _shares(counts, known.keys())


@coverage.wrong("You put the words into lower case. Here they are compared as they are written: *US* is not *us*.")
def lowers_the_words(counts, known):
    found = [word for word in counts if word.lower() in known]
    return (len(found) / len(counts), sum(counts[word] for word in found) / sum(counts.values())) if counts else (0, 0)


@coverage.wrong('A piece of a known word is not the word: "so" is in "soup", and only "soup" is known.')
def looks_inside_the_known_words(counts, known):
    return _shares(counts, [word for word in counts if any(word in one for one in known)])


@coverage.wrong("Words that occur once are left out of what you found. They are types and tokens like any other.")
def leaves_out_what_occurs_once(counts, known):
    return _shares(counts, [word for word in known if counts.get(word, 0) > 1])


@coverage.wrong("Where `known` is empty you return 1. Nothing of the texts is known then: both shares are 0.")
def ones_for_nothing_known(counts, known):
    return _shares(counts, known) if known or not counts else (1.0, 1.0)


@coverage.wrong("You divided the known types by the number of tokens. Types are a share of types, tokens of tokens.")
def types_by_tokens(counts, known):
    found = [word for word in counts if word in known]
    return (len(found) / sum(counts.values()), _shares(counts, known)[1]) if counts else (0.0, 0.0)


@coverage.wrong(
    "You joined `counts` and `known` with `&`. Dicts have no `&`; `word in known` works with a set and a dict."
)
def joins_a_dict(counts, known):
    if not counts:
        return 0.0, 0.0
    return _shares(counts, counts & known)


@coverage.wrong("You asked for `known[word]`. `known` may be a set, which holds no values: ask `word in known`.")
def asks_for_a_value(counts, known):
    return _shares(counts, [word for word in counts if known[word]])


@coverage.wrong("For no words at all one 0 is not enough: both shares are asked for there as well.")
def one_zero_for_no_words(counts, known):
    return _shares(counts, known) if counts else 0


@coverage.wrong("For no words at all nothing is returned. Both shares are 0 there.")
def nothing_for_no_words(counts, known):
    return _shares(counts, known) if counts else None


@coverage.wrong("You return after the first word: the `return` stands inside the loop.")
def returns_after_the_first_word(counts, known):
    first = dict(list(counts.items())[:1])
    return _shares(first, known)


@coverage.wrong(
    "For the second number you divided the known types by all tokens. A known word is as many tokens as it occurs."
)
def known_types_by_tokens(counts, known):
    if not counts:
        return 0.0, 0.0
    found = [word for word in counts if word in known]
    return len(found) / len(counts), len(found) / sum(counts.values())


# ---- embedding_matrix ------------------------------------------------------------------------------------------------

embedding_matrix = Exercise(
    "embedding_matrix",
    hints=(
        "If all words were misses, what would the matrix be? And what changes when one of them has a vector?",
        "`enumerate(words)` gives each id with its word. `np.zeros` makes the rows that nothing is known of.",
        "Make zeros of shape `(len(words), dim)`. Go through `enumerate(words)`; where the word is in `vectors`, write its vector into the "
        "row of that id, and where it is not, do nothing. Return the matrix.",
    ),
)


@embedding_matrix.probe
def _(attempt, rng):
    def file(words, dim):
        return {word: numbers(rng, dim).astype("float32") for word in words}

    head = ["", "[UNK]"]
    yield _rows(
        attempt, [*head, "the", "film"], file(["film", "the"], 2), 2, about="both words are known, in another order"
    )
    small = file(["film", "opera", "the", "queen"], 3)
    yield _rows(attempt, [*head, "the", "app", "film"], small, 3, about="a miss between two known words")
    large = file(["screen", "good", "soup", "plot"], 4)
    about = "a miss comes first, two misses in a row, and one last"
    yield _rows(attempt, [*head, "wifi", "soup", "app", "emoji", "good", "vegan"], large, 4, about=about)
    yield _rows(attempt, [*head, "app", "wifi"], file(["opera"], 2), 2, about="no word is known")
    about = '"US" and "so" are misses; the file knows "us" and "soup"'
    yield _rows(attempt, [*head, "film", "US", "so"], file(["us", "film", "soup"], 3), 3, about=about)


def _rows(attempt, words, vectors, dim, about):
    """The call; when only rows that nothing is known of are off, and hold numbers, that is said. Random ones have no wrong way."""
    result = call(attempt, words, vectors, dim, about=about)
    if result.saw.get("shape") != [len(words), dim] or "values" not in result.saw:
        return result
    rows = np.array(result.saw["values"], dtype=float).reshape(len(words), dim)
    hits = [i for i, word in enumerate(words) if word in vectors]
    misses = [i for i, word in enumerate(words) if word not in vectors]
    if (
        not np.allclose(rows[hits], [vectors[words[i]] for i in hits] or rows[hits], atol=1e-4)
        or not rows[misses].any()
    ):
        return result
    say = "The rows of known words are right. Rows that nothing is known of hold numbers in your matrix, and zeros are asked for."
    return replace(result, say=say)


def _matrix(words, vectors, dim, miss=None):
    rows = [
        vectors[word] if word in vectors else np.zeros(dim) if miss is None else miss(i) for i, word in enumerate(words)
    ]
    return np.array(rows, dtype="float32")


@embedding_matrix.wrong(
    "A miss has the vector of the word before it: the name still held that one. What should happen when a word is not found?"
)
def keeps_the_previous_vector(words, vectors, dim):
    matrix, vector = np.zeros((len(words), dim)), np.zeros(dim)
    for i, word in enumerate(words):
        if word in vectors:
            vector = vectors[word]
        if i >= 2:
            matrix[i] = vector
    return matrix


@embedding_matrix.wrong("Your matrix has two rows too many. Padding and `[UNK]` are words 0 and 1 of the list already.")
def two_rows_too_many(words, vectors, dim):
    return np.vstack([_matrix(words, vectors, dim), np.zeros((2, dim))])


@embedding_matrix.wrong("Your matrix has one row too many. The padding is word 0 of the list already.")
def one_row_too_many(words, vectors, dim):
    return np.vstack([_matrix(words, vectors, dim), np.zeros((1, dim))])


@embedding_matrix.wrong(
    "Padding and `[UNK]` have no rows in your matrix, so the word with id 2 has row 0. Every lookup would find the vector of another word."
)
def leaves_out_the_first_two(words, vectors, dim):
    return _matrix(words[2:], vectors, dim)


@embedding_matrix.wrong(
    "Your rows stand two below their ids: the first real word has id 2 and is in row 0. Every lookup finds the vector of another word."
)
def two_rows_off(words, vectors, dim):
    return np.vstack([_matrix(words[2:], vectors, dim), np.zeros((2, dim))])


@embedding_matrix.wrong(
    "Your rows stand one above their ids: you left a row for the padding, and the list has one already."
)
def one_row_off(words, vectors, dim):
    return np.vstack([np.zeros((1, dim)), _matrix(words, vectors, dim)])


@embedding_matrix.wrong(
    "You wrote one row further than the id says, and past the end. Row i is for the word with id i: the list begins with the padding."
)
def one_row_further(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for i, word in enumerate(words):
        matrix[i + 1] = vectors.get(word, np.zeros(dim))
    return matrix


@embedding_matrix.wrong(
    "Only the words that were found have a row, so the rows after a miss have moved up. An id must find its own row, also after a miss."
)
def rows_for_hits_only(words, vectors, dim):
    found = [vectors[word] for word in words if word in vectors]
    return np.array(found) if found else np.zeros((0, dim))


@embedding_matrix.wrong(
    "You left two rows free for padding and `[UNK]`, and the list has them already: every vector stands two rows too far down."
)
def two_rows_further(words, vectors, dim):
    return np.vstack([np.zeros((2, dim)), _matrix(words, vectors, dim)])


@embedding_matrix.wrong(
    "Words without a vector have rows of NaN: `get` gave None for them, and None among numbers becomes a NaN. Theirs are zeros."
)
def writes_none(words, vectors, dim):
    return _matrix(words, vectors, dim, miss=lambda i: np.full(dim, np.nan))


@embedding_matrix.wrong("Your rows are in the order of the file. Row i belongs to the word whose id is i.")
def order_of_the_file(words, vectors, dim):
    rows = [vector for word, vector in vectors.items() if word in words]
    return np.array([np.zeros(dim)] * 2 + rows + [np.zeros(dim)] * (len(words) - 2 - len(rows)))


@embedding_matrix.wrong(
    "You made a row for each word of the file. Your ids need a row for each of `words`, and no others."
)
def the_whole_file(words, vectors, dim):
    return np.array(list(vectors.values()))


@embedding_matrix.wrong(
    "A word that is not in the file stops your code. There will always be some; theirs are rows of zeros."
)
def no_misses_allowed(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for i, word in enumerate(words[2:], 2):
        matrix[i] = vectors[word]
    return matrix


@embedding_matrix.wrong(
    "Padding and `[UNK]` are not in the file, and looking them up stops your code. So would any miss; theirs are rows of zeros."
)
def looks_up_the_padding(words, vectors, dim):
    return np.array([vectors[word] for word in words])


@embedding_matrix.wrong(
    "Misses, `[UNK]` or padding have the mean of the known vectors in your matrix. Here they are zeros."
)
def mean_for_misses(words, vectors, dim):
    return _matrix(words, vectors, dim, miss=lambda i: np.mean(list(vectors.values()), axis=0))


@embedding_matrix.wrong(
    "Misses have the mean of the known vectors in your matrix. Here their rows are zeros, which say nothing."
)
def mean_for_words(words, vectors, dim):
    def miss(i):
        return np.mean(list(vectors.values()), axis=0) if i >= 2 else np.zeros(dim)

    return _matrix(words, vectors, dim, miss)


@embedding_matrix.wrong(
    "Your matrix is all zeros: either nothing is written into its rows, or the loop ends before it gets to them."
)
def never_writes(words, vectors, dim):
    return np.zeros((len(words), dim))


@embedding_matrix.wrong("Your matrix lies on its side: a word is a row, so its shape is ids by numbers.")
def lies_on_its_side(words, vectors, dim):
    return _matrix(words, vectors, dim).T


@embedding_matrix.wrong("Rows that nothing is known of are ones in your matrix. Start from zeros, which say nothing.")
def ones_for_misses(words, vectors, dim):
    return _matrix(words, vectors, dim, miss=lambda i: np.ones(dim))


@embedding_matrix.wrong(
    "You filled the rows from the top, in the order of the file. Row i belongs to the word with id i: go through `words`."
)
def order_of_the_file_from_the_top(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for i, vector in enumerate(vectors.values()):
        matrix[i] = vector
    return matrix


@embedding_matrix.wrong(
    "You filled the rows from row 2 on, in the order of the file, also for words that have no id. Go through `words`."
)
def order_of_the_file_from_row_2(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for i, vector in enumerate(vectors.values(), 2):
        matrix[i] = vector
    return matrix


@embedding_matrix.wrong(
    "You go through the file and ask `words.index` for each word. `vectors` may hold words without an id: go through `words`."
)
def asks_for_every_index(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for word, vector in vectors.items():
        matrix[words.index(word)] = vector
    return matrix


@embedding_matrix.wrong(
    "A miss has the vector of the word before it: the name still held that one. If no word came before, your code stops."
)
def keeps_the_previous_vector_if_any(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for i, word in enumerate(words):
        if word in vectors:
            vector = vectors[word]
        if i >= 2:
            matrix[i] = vector
    return matrix


@embedding_matrix.wrong(
    "You wrote the vector of id i into row i − 1. The list begins with the padding, so a word's position is its id and its row."
)
def one_row_before(words, vectors, dim):
    return np.vstack([_matrix(words[1:], vectors, dim), np.zeros((1, dim))])


@embedding_matrix.wrong(
    "You put the words into lower case. Here they are compared as they are written: *US* is not *us*."
)
def lowers_the_words_of_the_list(words, vectors, dim):
    return _matrix([word.lower() for word in words], vectors, dim)


@embedding_matrix.wrong('A piece of a word of the file is not the word: "so" is in "soup", and is a miss.')
def looks_inside_the_words_of_the_file(words, vectors, dim):
    held = [next((one for one in vectors if word and word in one), "") for word in words]
    return _matrix(held, vectors, dim)


@embedding_matrix.wrong("Your matrix is float16, which keeps three digits. float32 or float64 is asked for.")
def makes_a_matrix_of_float16(words, vectors, dim):
    return _matrix(words, vectors, dim).astype("float16")


@embedding_matrix.wrong(
    "All rows of yours are one and the same: `[row] * n` repeats one array, and what is written into it shows in every place."
)
def repeats_one_row_object(words, vectors, dim):
    rows = [np.zeros(dim)] * len(words)
    for row, word in zip(rows, words, strict=True):
        if word in vectors:
            row[:] = vectors[word]
    return np.array(rows)


@embedding_matrix.wrong(
    "You scaled every row to length 1. The rows are wanted as the file has them: the frequent words' are longer, and that may matter."
)
def scales_the_rows(words, vectors, dim):
    matrix = _matrix(words, vectors, dim)
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


@embedding_matrix.wrong(
    "Your matrix has as many rows as the file has words, and an id runs past its end. It needs a row for each of `words`."
)
def as_many_rows_as_the_file(words, vectors, dim):
    matrix = np.zeros((len(vectors), dim))
    for i, word in enumerate(words):
        if word in vectors:
            matrix[i] = vectors[word]
    return matrix


@embedding_matrix.wrong(
    "You count the words from 1, and the last one runs past the end. The padding has id 0: row i is for `words[i]`."
)
def counts_the_words_from_one(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for i, word in enumerate(words, 1):
        if word in vectors:
            matrix[i] = vectors[word]
    return matrix


@embedding_matrix.wrong(
    "You asked for the row of a word by the word. Rows have numbers: that of a word is its position in `words`."
)
def takes_the_word_for_the_row(words, vectors, dim):
    matrix = np.zeros((len(words), dim))
    for word in words:
        if word in vectors:
            matrix[word] = vectors[word]
    return matrix


@embedding_matrix.wrong(
    "A miss takes no row in yours, so all words after it stand too high. Its row is zeros, and the next word has the next row."
)
def goes_on_after_hits_only(words, vectors, dim):
    found = [vectors[word] for word in words if word in vectors]
    return np.array([np.zeros(dim)] * 2 + found + [np.zeros(dim)] * (len(words) - 2 - len(found)))


# ---- frozen_layer ----------------------------------------------------------------------------------------------------

frozen_layer = Exercise(
    "frozen_layer",
    hints=(
        "Three properties are asked for: which rows, whether they learn, and whether id 0 is padding. Which two of them are arguments?",
        "`trainable` and `mask_zero` are arguments of `keras.layers.Embedding`. How a layer gets a given table you know from lesson 05: "
        "`build()` and `set_weights`.",
        "Make an `Embedding` with the two numbers of `matrix.shape`, `mask_zero=True` and `trainable=False`; call its `build()`; give it a "
        "list with the matrix through `set_weights`; return it.",
    ),
)

ASKED = np.array([[2, 1, 0], [1, 0, 0]], dtype="int32")


@frozen_layer.probe
def _(attempt, rng):
    for rows, width in ((3, 2), (6, 4)):
        matrix = numbers(rng, rows, width)
        matrix[0] = 0
        if rows > 3:
            matrix[1] = 0  # as [UNK] has it
        given = matrix.copy()
        layer = built(attempt, given)
        _fits_in(layer, matrix)
        every = np.arange(rows, dtype="int32")[None]
        yield seen(output(layer, every), about="the layer called on all ids, 0 among them", given=(matrix,))
        yield seen(
            _mean(layer, ASKED),
            about=f"a mean over the layer's output for the ids {ASKED.tolist()}{', and row 1 is zeros too' * (rows > 3)}",
            given=(matrix,),
        )
        _train(layer)
        yield seen(
            output(layer, every), about="the layer called on all ids, after one step of training", given=(matrix,)
        )
        yield seen(np.array_equal(given, matrix), about="whether `matrix` is as it was (1) or not (0)", given=(matrix,))
        held = [tuple(one) for one in shapes(layer)]
        if held != [matrix.shape]:
            raise Unfit(
                f"Your layer holds weights of shape {' and '.join(map(str, held))}, and the matrix is {matrix.shape}."
            )


def _fits_in(layer, matrix):
    """Raises Unfit when the layer cannot be called on ids, or its table is too small or still holds what it started with."""
    try:
        shape = output(layer, np.array([[0]], dtype="int32")).shape
    except ValueError:
        raise Unfit("Your layer cannot be called on ids: it expects an input of another shape.") from None
    held = [tuple(one) for one in shapes(layer)]
    if not held:
        raise Unfit("Your layer holds no table.")
    if shape != (1, 1, matrix.shape[1]):
        if held[0] == matrix.T.shape:
            raise Unfit(
                f"Your layer's table has shape {held[0]}, and the matrix is {matrix.shape}: it lies on its side."
            )
        return
    if held[0][0] < len(matrix):
        raise Unfit(f"Your layer's table has shape {held[0]}, and the matrix is {matrix.shape}.")
    if 0 < np.abs(layer.get_weights()[0]).max() <= 0.06:
        raise Unfit(
            "Your layer has the right size and still holds the small numbers that it started with. How do the numbers of `matrix` get in?"
        )


def _mean(layer, ids):
    import keras

    rows = layer(ids)
    return np.array(keras.layers.GlobalAveragePooling1D()(rows) if len(rows.shape) == 3 else rows)


def _train(layer):
    """One step of plain gradient descent in a model with the layer in it, whatever the layer's output looks like."""
    import keras

    class Total(keras.layers.Layer):
        supports_masking = True

        def __init__(self):
            super().__init__()
            self.scale = self.add_weight(shape=(1,), initializer="ones")  # Keras warns when nothing at all can learn

        def call(self, rows, mask=None):
            return self.scale * keras.ops.sum(rows, axis=tuple(range(1, len(rows.shape))))[:, None]

        def compute_mask(self, rows, mask=None):
            return None

    model = keras.Sequential([keras.Input((None,), dtype="int32"), layer, Total()])
    model.compile(optimizer=keras.optimizers.SGD(0.25), loss="mae", run_eagerly=True)
    model.train_on_batch(ASKED, np.array([[1000.0], [1000.0]]))


def _embedding(matrix, rows=None, **options):
    import keras

    shape = matrix.shape if rows is None else rows.shape
    layer = keras.layers.Embedding(*shape, **options)
    layer.build()
    layer.set_weights([matrix if rows is None else rows])
    return layer


@frozen_layer.wrong("The rows moved when a model with your layer was trained. A frozen layer stays as it is.")
def is_not_frozen(matrix):
    return _embedding(matrix, mask_zero=True)


@frozen_layer.wrong(
    "The rows are right and stay as they are, but padding is counted as a word: your layer sends no mask along."
)
def sends_no_mask(matrix):
    return _embedding(matrix, trainable=False)


@frozen_layer.wrong(
    "The rows are right at the start. Two things are missing: padding is counted as a word, and training moves the rows."
)
def neither_masks_nor_freezes(matrix):
    return _embedding(matrix)


@frozen_layer.wrong(
    "Your layer has the right size, and its rows are the random ones it started with. Freezing those keeps them random for ever."
)
def never_gives_it_the_matrix(matrix):
    import keras

    layer = keras.layers.Embedding(*matrix.shape, mask_zero=True, trainable=False)
    layer.build()
    return layer


@frozen_layer.wrong(
    "Your layer's table lies on its side. Ids are rows: the number of rows comes first, their length second."
)
def swaps_the_dimensions(matrix):
    return _embedding(matrix, rows=matrix.T, mask_zero=True, trainable=False)


@frozen_layer.wrong(
    "You put a row for the padding before the matrix. It has one already: row 0. Now every id finds the row of its neighbour."
)
def adds_a_padding_row(matrix):
    return _embedding(matrix, rows=np.vstack([0 * matrix[:1], matrix]), mask_zero=True, trainable=False)


@frozen_layer.wrong(
    "Every row of your layer is the same. `Constant` fills the whole table from what it is given; a single vector is repeated in each row."
)
def repeats_one_row(matrix):
    return _embedding(matrix, rows=np.tile(matrix[1], (len(matrix), 1)), mask_zero=True, trainable=False)


@frozen_layer.wrong(
    "You returned the matrix itself. A layer that holds it is asked for: something that can be called on ids."
)
def returns_the_matrix(matrix):
    return matrix


@frozen_layer.wrong("You returned the layer's weights. The layer itself is asked for.")
def returns_the_weights(matrix):
    return _embedding(matrix, mask_zero=True, trainable=False).get_weights()


@frozen_layer.wrong("Your layer averages as well. One row for each id is asked for; the mean is the next layer's work.")
def averages_as_well(matrix):
    import keras

    layer = _embedding(matrix, mask_zero=True, trainable=False)
    return keras.Sequential([keras.Input((None,), dtype="int32"), layer, keras.layers.GlobalAveragePooling1D()])


@frozen_layer.wrong(
    "That is a Dense layer: it multiplies, and would need one-hot rows. An Embedding takes the ids and copies rows."
)
def makes_a_dense_layer(matrix):
    import keras

    layer = keras.layers.Dense(matrix.shape[1], use_bias=False, trainable=False)
    layer.build((None, len(matrix)))
    layer.set_weights([matrix])
    return layer


@frozen_layer.wrong(
    "Your layer has more rows than `matrix`. Nothing looks them up: V ids are 0 to V - 1, and the padding's row 0 is counted already."
)
def one_row_more(matrix):
    return _embedding(matrix, rows=np.vstack([matrix, 0 * matrix[:1]]), mask_zero=True, trainable=False)


@frozen_layer.wrong(
    "You mask rows of zeros. `[UNK]` and every miss have such a row and are words; padding is id 0: `mask_zero`."
)
def masks_rows_of_zeros(matrix):
    import keras

    layer = _embedding(matrix, trainable=False)
    return keras.Sequential([keras.Input((None,), dtype="int32"), layer, keras.layers.Masking()])


@frozen_layer.wrong(
    "The layer has no weights yet when you set them: it makes its table in `build()`, or when it is first called on ids."
)
def sets_weights_before_there_are_any(matrix):
    import keras

    layer = keras.layers.Embedding(*matrix.shape, mask_zero=True, trainable=False)
    layer.set_weights([matrix])
    return layer


@frozen_layer.wrong(
    "`set_weights` was given the matrix alone and took every row for a weight. It wants a list with one array for each weight."
)
def sets_weights_without_a_list(matrix):
    import keras

    layer = keras.layers.Embedding(*matrix.shape, mask_zero=True, trainable=False)
    layer.build()
    layer.set_weights(matrix)
    return layer


@frozen_layer.wrong(
    "You set the matrix alone, on a layer that has no weights yet. `build()` comes first, and `set_weights` wants a list."
)
def sets_rows_before_there_are_weights(matrix):
    import keras

    layer = keras.layers.Embedding(*matrix.shape, mask_zero=True, trainable=False)
    layer.set_weights(matrix)
    return layer


@frozen_layer.wrong(
    "The matrix does not fit: the two sizes have changed places. First how many rows there are, then how long a row is."
)
def swaps_the_sizes(matrix):
    import keras

    layer = keras.layers.Embedding(matrix.shape[1], matrix.shape[0], mask_zero=True, trainable=False)
    layer.build()
    layer.set_weights([matrix])
    return layer


@frozen_layer.wrong("You changed `matrix` itself: the caller's numbers are not what they were. Work on a copy.")
def changes_the_matrix(matrix):
    layer = _embedding(matrix, mask_zero=True, trainable=False)
    matrix[0] = 1
    return layer


# ---- find_vector -----------------------------------------------------------------------------------------------------

find_vector = Exercise(
    "find_vector",
    hints=(
        "There are four steps in a fixed order. What must be true of a step for the next one to be tried?",
        '`word.lower()` and `str.split("-")` make the forms to look for; `np.mean(rows, axis=0)` makes one vector of several. '
        "What is the mean of no vectors?",
        "If `word` is in `vectors`, return its vector; the same for `word.lower()`. Otherwise cut the lower-case word at the hyphens and "
        "make a list of the vectors of the parts that have one. If there is any, return the mean over axis 0; if not, `np.zeros(dim)`.",
    ),
)


@find_vector.probe
def _(attempt, rng):
    def file(dim, *words):
        return {word: numbers(rng, dim) for word in words}

    # "well" and "made" are known, "made-up" too; "US" and "us" are two words
    yield call(attempt, "film", file(2, "the", "film"), 2, about="the word is known")
    yield call(attempt, "Sunday", file(2, "sunday", "the"), 2, about="its lower-case form is known")
    yield call(
        attempt, "US", file(2, "us", "US"), 2, about="the word is known, and its lower-case form is another word"
    )
    yield call(attempt, "well-made", file(2, "made", "the", "well"), 2, about="both parts are known")
    yield call(
        attempt,
        "made-up",
        file(2, "made", "up", "made-up"),
        2,
        about="the word with its hyphen is known, and so are its parts",
    )
    yield call(
        attempt,
        "Made-Up",
        file(2, "made", "up", "made-up"),
        2,
        about="its lower-case form is known, and so are the parts",
    )
    yield call(attempt, "flat-zxq", file(3, "the", "flat"), 3, about="one of two parts is known")
    yield call(attempt, "Well-Made", file(3, "well", "made", "Well"), 3, about="the parts are known in lower case")
    yield call(attempt, "nine-year-zxq", file(2, "year", "nine", "old"), 2, about="two of three parts are known")
    yield call(attempt, "umbrella", file(3, "the", "film"), 3, about="nothing is known, and there is no hyphen")
    yield call(attempt, "qqx-zxq", file(4, "the", "film"), 4, about="no part is known")
    yield call(attempt, "day-to-day", file(2, "to", "the", "day"), 2, about="a known part comes twice")
    yield call(attempt, "it's", file(2, "it", "s", "the"), 2, about="a mark that is no hyphen: nothing is known")
    yield call(
        attempt, "e-mail", file(2, "email", "mail"), 2, about="a part is known, and so is the word without its hyphen"
    )
    yield call(attempt, "SUNDAY", file(2, "Sunday", "the"), 2, about='only "Sunday" is known: neither of the two forms')
    yield call(attempt, "x-ray", file(2, "ray", "x"), 2, about="both parts are known, and one is a single letter")
    yield call(
        attempt, "ice_cream van", file(2, "ice", "cream", "van"), 2, about="a space and a low line: no hyphen, no parts"
    )
    silent = {**file(2, "film"), "Film": np.zeros(2)}
    yield call(attempt, "Film", silent, 2, about="the word is known, and its vector is zeros")


def _parts(word, vectors):
    return [vectors[part] for part in word.lower().split("-") if part in vectors]


def _found(word, vectors, dim, forms=None, together=None, none=None):
    """The four steps with one replaced."""
    for form in (word, word.lower()) if forms is None else forms(word):
        if form in vectors:
            return vectors[form]
    parts = _parts(word, vectors)
    if not parts:
        return np.zeros(dim) if none is None else none(dim)
    return np.mean(parts, axis=0) if together is None else together(parts)


@find_vector.wrong(
    "The word is never looked for as it is written, step 1: you lower it first. *US* and *us* may both be in the file."
)
def lowers_first(word, vectors, dim):
    return _found(word.lower(), vectors, dim)


@find_vector.wrong("You never look for the lower-case form of the whole word.")
def no_lower_case(word, vectors, dim):
    if word in vectors:
        return vectors[word]
    parts = _parts(word, vectors) if "-" in word else []
    return np.mean(parts, axis=0) if parts else np.zeros(dim)


@find_vector.wrong("The parts are looked for as they are written. They go into lower case first, too.")
def parts_as_written(word, vectors, dim):
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    parts = [vectors[part] for part in word.split("-") if part in vectors]
    return np.mean(parts, axis=0) if parts else np.zeros(dim)


@find_vector.wrong(
    "A word with a hyphen goes straight to its parts. First comes the word itself, then its lower-case form."
)
def parts_first(word, vectors, dim):
    return _found(word, vectors, dim, forms=lambda word: [] if "-" in word else [word, word.lower()])


@find_vector.wrong(
    "You divided by the number of all parts. A part without a vector has no say: the mean is over those that have one."
)
def divides_by_all_parts(word, vectors, dim):
    return _found(word, vectors, dim, together=lambda parts: np.sum(parts, axis=0) / len(word.split("-")))


@find_vector.wrong("You added the parts. A sum of three is three times as long as a word; the mean is asked for.")
def adds_the_parts(word, vectors, dim):
    return _found(word, vectors, dim, together=lambda parts: np.sum(parts, axis=0))


@find_vector.wrong(
    "You return the first part that is known. The others have a say as well: the mean of all that have a vector."
)
def first_part_only(word, vectors, dim):
    return _found(word, vectors, dim, together=lambda parts: parts[0])


@find_vector.wrong(
    "You return the last part that is known. The others have a say as well: the mean of all that have a vector."
)
def last_part_only(word, vectors, dim):
    return _found(word, vectors, dim, together=lambda parts: parts[-1])


@find_vector.wrong("One unknown part is enough to make you give up. The mean is over the parts that do have a vector.")
def all_parts_or_none(word, vectors, dim):
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    parts = word.lower().split("-")
    if all(part in vectors for part in parts):
        return np.mean([vectors[part] for part in parts], axis=0)
    return np.zeros(dim)


@find_vector.wrong("An unknown part stops your code. Take the parts that have a vector and leave the others.")
def looks_up_unknown_parts(word, vectors, dim):
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    if "-" not in word:
        return np.zeros(dim)
    return np.mean([vectors[part] for part in word.lower().split("-")], axis=0)


@find_vector.wrong("The mean of no vectors at all is a NaN, a 0 / 0. When nothing is known, zeros are asked for.")
def mean_of_nothing(word, vectors, dim):
    return _found(word, vectors, dim, none=lambda dim: np.nan)


@find_vector.wrong(
    "A word with a hyphen of which no part is known gives a NaN: the mean of no vectors is a 0 / 0. Zeros are asked for."
)
def mean_of_no_parts(word, vectors, dim):
    return _found(word, vectors, dim, none=lambda dim: np.nan if "-" in word else np.zeros(dim))


@find_vector.wrong(
    "You go straight to the parts, in lower case. Two steps come first: the word itself, then its lower-case form."
)
def parts_only(word, vectors, dim):
    return _found(word, vectors, dim, forms=lambda word: [])


@find_vector.wrong("When nothing is known you return None. Zeros of shape `(dim,)` are asked for.")
def none_for_nothing(word, vectors, dim):
    return _found(word, vectors, dim, none=lambda dim: None)


@find_vector.wrong("When nothing is known you return a single zero. A vector of `dim` zeros is asked for.")
def one_zero_for_nothing(word, vectors, dim):
    return _found(word, vectors, dim, none=lambda dim: 0.0)


@find_vector.wrong(
    "The mean is over everything: you need one number for each of the `dim` positions, so the mean goes over the parts only."
)
def mean_without_an_axis(word, vectors, dim):
    return _found(word, vectors, dim, together=np.mean)


@find_vector.wrong("You take the hyphens out and look for the glued word. It is the parts that have vectors.")
def glues_the_parts(word, vectors, dim):
    for form in (word, word.lower(), word.lower().replace("-", "")):
        if form in vectors:
            return vectors[form]
    return np.zeros(dim)


@find_vector.wrong(
    "Step 2 is missing: the lower-case form of the whole word. *Made-Up* goes to its parts, though *made-up* has a vector."
)
def skips_the_lower_case_form(word, vectors, dim):
    return _found(word, vectors, dim, forms=lambda word: [word])


@find_vector.wrong(
    "A part that comes twice counts once in your mean, as in a set. Each part counts each time it comes."
)
def drops_repeated_parts(word, vectors, dim):
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    parts = [vectors[part] for part in dict.fromkeys(word.lower().split("-")) if part in vectors]
    return np.mean(parts, axis=0) if parts else np.zeros(dim)


@find_vector.wrong("You cut at other marks than the hyphen as well. *it's* has no parts here: nothing of it is known.")
def cuts_at_every_mark(word, vectors, dim):
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    parts = [vectors[part] for part in re.split(r"\W+", word.lower()) if part in vectors]
    return np.mean(parts, axis=0) if parts else np.zeros(dim)


@find_vector.wrong("You look for the word without its hyphens before its parts. That step is not among the four.")
def looks_for_the_glued_word_too(word, vectors, dim):
    return _found(word, vectors, dim, forms=lambda word: (word, word.lower(), word.lower().replace("-", "")))


@find_vector.wrong(
    "You look for more forms than two, such as *Sunday* for *SUNDAY*. Step 2 is the lower-case form alone."
)
def tries_other_forms(word, vectors, dim):
    return _found(word, vectors, dim, forms=lambda word: (word, word.lower(), word.title(), word.upper()))


@find_vector.wrong(
    "You pass over a vector of zeros, as if the word were not there. What is asked is whether the word is in `vectors`."
)
def passes_over_zeros(word, vectors, dim):
    return _found(word, {one: vector for one, vector in vectors.items() if np.any(vector)}, dim)


@find_vector.wrong("You cut at the first hyphen only. A word may have several: *nine-year-old* has three parts.")
def cuts_at_the_first_hyphen(word, vectors, dim):
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    parts = [vectors[part] for part in word.lower().split("-", 1) if part in vectors]
    return np.mean(parts, axis=0) if parts else np.zeros(dim)


@find_vector.wrong("When nothing is known you divide by 0 parts, and your code stops. Zeros are asked for.")
def divides_by_no_parts(word, vectors, dim):
    return _found(word, vectors, dim, together=lambda parts: sum(parts) / len(parts), none=lambda dim: 0 / 0)


@find_vector.wrong(
    "You take the mean over each part's numbers. Asked for is the mean over the parts, one for each position."
)
def averages_within_the_parts(word, vectors, dim):
    return _found(word, vectors, dim, together=lambda parts: np.mean(parts, axis=1))


@find_vector.wrong(
    "You pass over parts of a single letter. *x* in *x-ray* is a part like any other, if it has a vector."
)
def leaves_out_single_letters(word, vectors, dim):
    return _found(word, {one: vector for one, vector in vectors.items() if len(one) > 1}, dim)


@find_vector.wrong(
    "You cut at spaces and low lines as well as at hyphens. Only a hyphen parts a word here; nothing of *ice_cream van* is known."
)
def cuts_at_spaces_too(word, vectors, dim):
    return _found(re.sub("[ _]", "-", word), vectors, dim)


@find_vector.wrong(
    "You average as you go, half the old and half the new: from three parts on, the last weighs most. Each part weighs the same."
)
def averages_as_it_goes(word, vectors, dim):
    def together(parts):
        mean = parts[0]
        for part in parts[1:]:
            mean = (mean + part) / 2
        return mean

    return _found(word, vectors, dim, together=together)


@find_vector.wrong("You look for the word as it is written and for nothing else. Three more steps come after that one.")
def word_itself_only(word, vectors, dim):
    return vectors.get(word, np.zeros(dim))


@find_vector.wrong("You look for the word and its lower-case form. What of the parts between the hyphens, step 3?")
def leaves_out_the_parts(word, vectors, dim):
    return vectors.get(word, vectors.get(word.lower(), np.zeros(dim)))


@find_vector.wrong(
    "You look for each part as it is written before its lower-case form. The parts are looked for in lower case alone."
)
def parts_as_written_first(word, vectors, dim):
    def together(_):
        forms = [part if part in vectors else part.lower() for part in word.split("-")]
        return np.mean([vectors[form] for form in forms if form in vectors], axis=0)

    return _found(word, vectors, dim, together=together)


@find_vector.wrong("You take a word for two parts, no more and no fewer, and another number of parts stops your code.")
def unpacks_two_parts(word, vectors, dim):
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    one, other = word.lower().split("-")
    parts = [vectors[part] for part in (one, other) if part in vectors]
    return np.mean(parts, axis=0) if parts else np.zeros(dim)


@find_vector.wrong("You look for the lower-case form and for nothing else. It is step 2 of four.")
def lower_case_form_only(word, vectors, dim):
    return vectors.get(word.lower(), np.zeros(dim))


@find_vector.wrong(
    "You divide by 2, whatever the number of parts that have a vector. With one or three of them that is no mean."
)
def always_divides_by_two(word, vectors, dim):
    return _found(word, vectors, dim, together=lambda parts: np.sum(parts, axis=0) / 2)
