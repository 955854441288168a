"""Lesson 06, text to ids: what is asked of each exercise, and the mistakes learners make."""

import inspect
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np

from course.checking import Exercise, built, call, seen
from course.checking.observe import Seen
from course.checking.plain import numbers, plain
from course.text import Vocabulary, words

NOUNS = (
    "actor",
    "bread",
    "chair",
    "dress",
    "engine",
    "film",
    "garden",
    "hotel",
    "lamp",
    "menu",
    "novel",
    "oven",
    "phone",
)
JUDGED = ("awful", "bright", "clean", "dull", "fine", "good", "lovely", "poor", "sweet", "tired")


def some(rng, pool, count):
    """Different words of a pool, in any order."""
    return [str(word) for word in rng.choice(pool, count, replace=False)]


def ranked(rng, pool, count):
    """Different words of a pool, the alphabetically last first: no order of theirs is the alphabet's."""
    return sorted(some(rng, pool, count), reverse=True)


# ---- split_words -----------------------------------------------------------------------------------------------------

split_words = Exercise(
    "split_words",
    hints=(
        "`WORD` does rule 5 by itself. Which of the other four rules must be done to the text before `WORD` gets "
        "to see it?",
        "`re.sub(pattern, new, text)` puts `new` in the place of what fits; `<[^>]*>` fits a mark-up. "
        "`text.replace(old, new)` does the same for a fixed stretch. What could stand before `n't`, so that the "
        "word in front ends there?",
        "In the text, put a space in the place of every mark-up, make it lower case, put `'` in the place of `’`, "
        "and put a space before every `n't`. "
        "Then return `WORD.findall` of it.",
    ),
)


@split_words.probe
def _(attempt, rng):
    noun, other, third = some(rng, NOUNS, 3)
    judged, fine, dull = some(rng, JUDGED, 3)
    lead = str(rng.choice(["isn't", "wasn't", "doesn't"]))
    link = '<a href="https://example.org/what/we/bought/and/why.html">'
    cases = (
        (f"Our {noun} was {judged}, the {other} {fine}.", "a capital, a comma, a full stop", "rules 2 and 5"),
        (
            f"the {judged} {noun}<br />and one {dull}<br />{other}, <p>but {fine}</p>",
            "mark-up, mostly with no space around it",
            "rule 1",
        ),
        (f"It's {judged} but the {noun} {lead} {fine}", "an `'s` and an `n't`", "rules 4 and 5"),
        (f"They'll say I'm {dull}. I won't and don't.", "more endings", "rules 4 and 5"),
        (f"DON'T buy; it ISN'T {fine}", "an `n't` in capitals", "rules 2 and 4, or with their order"),
        (f"Is the {noun} {fine}? {judged.capitalize()}!!!", "a question mark and exclamation marks", "rule 5"),
        (
            f"the well-{judged} {noun} - size {rng.integers(10, 60)}, state-of-the-art",
            "hyphens inside words, one between spaces, digits",
            "rule 5",
        ),
        (
            f"a 'dull' {noun}, a 'menu', {fine}—{judged}, {other}_{third}",
            "quotation marks, a dash, an underscore",
            "rule 5",
        ),
        (f"the {third} café and the {third}", "a word twice, and a letter with an accent", "rule 5"),
        (
            f"that {noun}’s {fine}, the {other} isn’t, it DOESN’T",
            "typographic apostrophes",
            "rule 3, or with its place before rule 4",
        ),
        (f"see {link}the {noun}</a> and the<br\n/>{other}", "a link, and mark-up over the end of a line", "rule 1"),
        (f"the {noun}<br />but fewer than <5 were {fine}", "mark-up, and a `<` with no `>` behind it", "rule 1"),
        (f"you needn't, they mustn't, don'tcha: {fine}", "rarer words with an `n't`, in one of them inside", "rule 4"),
        (f"<!-- {dull} --> the {noun}<3 {other}>{fine}", "mark-up that begins with no letter", "rule 1"),
        (f"the {noun} < {other} <br />{fine}", "a second `<` before the `>`", "rule 1"),
        ("", "an empty text", ""),
        ("... (-)", "a text without a word", ""),
    )
    for text, about, rule in cases:
        result = call(attempt, text, about=about)
        is_list = result.saw["kind"] == "list" and all(item["kind"] == "text" for item in result.saw["items"])
        say = (
            f"Something is off with {rule}: compare your list with the text."
            if rule
            else "There is no word here: an empty list."
        )
        yield replace(result, say=say if is_list else "")


@split_words.wrong(
    "This is `WORD` as it stands in the lesson, with its flaws: `isn't` becomes `isn` and `t`, and `br` is no "
    "word that a reviewer wrote."
)
def finds_words_only(text):
    return _split(text, mark_up=None, negation="n't", apostrophe="’")


@split_words.wrong(
    "This is `WORD` on the text as it came. Before it gets to see the text, rules 1 to 4 are to be done."
)
def finds_words_in_the_raw_text(text):
    return _split(text, lower=False, mark_up=None, negation="n't", apostrophe="’")


@split_words.wrong(
    "You put `not` in the place of `n't`. It may well help a model; here `n't` stays as it is written, a word "
    "of its own."
)
def writes_not(text):
    return _split(text, negation=" not")


@split_words.wrong(
    "Cutting at everything that is no letter leaves empty pieces, where the text ends in a mark. And the "
    "endings are lost."
)
def cuts_at_all_else(text):
    return re.split(r"\W+", text.lower())


@split_words.wrong(
    "You cut at the spaces and stopped there: `good,` with its comma is another word to you than `good`."
)
def cuts_at_spaces(text):
    return text.split()


@split_words.wrong(
    "You cut at the spaces of the text in lower case, and the punctuation sticks to the words: `good,` is not `good`."
)
def cuts_lower_case_at_spaces(text):
    return text.lower().split()


@split_words.wrong(
    "Stripping marks off the ends of pieces leaves what stands inside them: mark-up without spaces around it, "
    "and the endings, which should be words."
)
def strips_pieces(text):
    return [piece.strip(".,!?<>/()-") for piece in text.lower().split() if piece.strip(".,!?<>/()-")]


@split_words.wrong("The words are right, but the capitals are still there: `The` and `the` would get a row each.")
def keeps_capitals(text):
    return _split(text, lower=False)


@split_words.wrong("Your list holds the inside of the mark-up: `br` is no word that a reviewer wrote.")
def keeps_mark_up(text):
    return _split(text, mark_up=None)


@split_words.wrong(
    "You took the mark-up out and put nothing in its place. Where no space stood around it, two words have "
    "grown together."
)
def glues_at_mark_up(text):
    return _split(text, mark_up="")


@split_words.wrong(
    "Your pattern for mark-up takes too much: from the first `<` to the last `>`, with the words in between. "
    "`.*` is greedy."
)
def takes_mark_up_greedily(text):
    return _split(re.sub(r"<.*>", " ", text), mark_up=None)


@split_words.wrong("You took the first mark-up out of a text and left the others. Every one of them counts as a space.")
def takes_the_first_mark_up(text):
    return _split(re.sub(r"<[^>]*>", " ", text, count=1), mark_up=None)


@split_words.wrong(
    "`.` fits anything but the end of a line, so mark-up that goes over it is left. What in its place would fit anything but a `>`?"
)
def stops_at_the_end_of_a_line(text):
    return _split(re.sub(r"<.*?>", " ", text), mark_up=None)


@split_words.wrong("A `<` with no `>` behind it is no mark-up. You let it take all that follows.")
def takes_the_rest_of_the_text(text):
    return _split(re.sub(r"<[^>]*>?", " ", text))


@split_words.wrong(
    "You know mark-up of a single word, `<br />` and `</p>`. A link says more between its `<` and `>`, and is mark-up all the same."
)
def knows_short_mark_up(text):
    return _split(re.sub(r"</?\w+ ?/?>", " ", text), mark_up=None)


@split_words.wrong(
    "You looked for `n't` while there were capitals: `DON'T` has come apart as `don` and `t`. Rule 2 comes before rule 4."
)
def lowers_too_late(text):
    text = re.sub(r"<[^>]*>", " ", text).replace("’", "'").replace("n't", " n't")
    return _WORD.findall(text.lower())


@split_words.wrong(
    "You looked for `n't` first and made `’` a plain apostrophe afterwards, so `isn’t` has come apart. Rule 3 comes before rule 4."
)
def replaces_the_apostrophe_too_late(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("n't", " n't")
    return _WORD.findall(text.replace("’", "'"))


@split_words.wrong("You set the first `n't` of a text apart, and not the second.")
def sets_the_first_apart(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'")
    return _WORD.findall(text.replace("n't", " n't", 1))


@split_words.wrong("Words of one letter are gone. `I` and `a` are words, and so is the `5` in `5 stars`.")
def drops_single_letters(text):
    return [word for word in _split(text) if len(word) > 1 or word in "!?"]


@split_words.wrong(
    "Marks in a row have become one word. `!!!` is three words here: with one, `!!` and `!!!` would get a row each."
)
def joins_marks(text):
    return _find(r"n't|'(?:s|re|ve|ll|d|m)\b|[^\W_]+(?:-[^\W_]+)*|[!?]+", text)


@split_words.wrong("The underscore is part of a word in yours: `\\w` counts it in. `WORD` separates words there.")
def keeps_underscores(text):
    return _find(r"n't|'(?:s|re|ve|ll|d|m)\b|\w+(?:-\w+)*|[!?]", text)


@split_words.wrong("With one hyphen you are right. A word may have several, as `state-of-the-art` has.")
def allows_one_hyphen(text):
    return _find(r"n't|'(?:s|re|ve|ll|d|m)\b|[^\W_]+(?:-[^\W_]+)?|[!?]", text)


@split_words.wrong(
    "You cut an ending off the beginning of a word: in `'dull'` the `'d` is followed by letters, so it ends nothing."
)
def finds_endings_anywhere(text):
    return _find(r"n't|'(?:s|re|ve|ll|d|m)|[^\W_]+(?:-[^\W_]+)*|[!?]", text)


@split_words.wrong(
    "You take one kind of mark-up out, `<br />`. Anything from a `<` to the next `>` is mark-up, `<br>` and `<p>` too."
)
def knows_one_mark_up(text):
    return _split(text.replace("<br />", " "), mark_up=None)


@split_words.wrong(
    "`isn't` has come apart as `isn` and `t`, or lost its end: the run of letters before `n't` takes the `n` "
    "along. What should stand before it?"
)
def leaves_the_endings(text):
    return _split(text, negation="n't")


@split_words.wrong(
    "`\\w+` alone knows no endings, no hyphens and no marks: `isn't` becomes `isn` and `t`, and `!` is lost. "
    "`WORD` knows them."
)
def finds_letters_only(text):
    return re.findall(r"\w+", re.sub(r"<[^>]*>", " ", text).lower())


@split_words.wrong(
    "You took the apostrophes out: `isn't` becomes `isnt`, a word of its own that shares nothing with `is` or "
    "with `not`. This is Keras' way, not ours."
)
def drops_apostrophes(text):
    return _split(re.sub("['’]", "", text))


@split_words.wrong(
    "`isn't` came through in one piece. The `n't` should stand apart, so that all words that end in it share its row."
)
def keeps_contractions(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'")
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*|[!?]", text)


@split_words.wrong(
    "With the plain apostrophe you are right. The typographic one, `’`, is what phones and word processors "
    "write, and it counts as the same."
)
def knows_one_apostrophe(text):
    return _split(text, apostrophe="’")


@split_words.wrong("You dropped `!` and `?`. They are words here: they say something about the mood of the writer.")
def drops_marks(text):
    return [word for word in _split(text) if word not in "!?"]


@split_words.wrong("Words with a hyphen have come apart. A hyphen between letters belongs to the word.")
def cuts_at_hyphens(text):
    return _split(text.replace("-", " "))


@split_words.wrong(
    "The letters with accents are gone, and the word with them is cut short. `a-z` is not all of the alphabet."
)
def keeps_plain_letters_only(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'").replace("n't", " n't")
    return re.findall(r"n't|'(?:s|re|ve|ll|d|m)\b|[a-z0-9]+(?:-[a-z0-9]+)*|[!?]", text)


@split_words.wrong("The digits are gone. A run of digits is a word like any other.")
def drops_digits(text):
    return [word for word in _split(text) if not word.isdigit()]


@split_words.wrong(
    "Each word comes only once in your result. A text says a word as often as it says it, and where; both are kept."
)
def drops_repeats(text):
    return list(dict.fromkeys(_split(text)))


@split_words.wrong("You returned one text with the words in it. A list of words is asked for.")
def joins_the_words(text):
    return " ".join(_split(text))


@split_words.wrong("You took the text apart into its characters.")
def lists_characters(text):
    return list(text.lower())


@split_words.wrong(
    "Short words are missing. Which of them are unimportant is not for the splitting to say: `no` is short too."
)
def drops_short_words(text):
    return [word for word in _split(text) if len(word) > 2 or word in "!?"]


@split_words.wrong(
    "The marks that end words are still in your list: commas, full stops. Only `!` and `?` are words; the rest "
    "separates."
)
def keeps_all_marks(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'").replace("n't", " n't")
    return re.findall(r"n't|'(?:s|re|ve|ll|d|m)\b|[^\W_]+(?:-[^\W_]+)*|[^\w\s]", text)


@split_words.wrong(
    "You set `n't` apart where a word ends in it. Rule 4 says wherever it stands: in `don'tcha` it stands inside."
)
def sets_apart_at_the_ends(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'")
    return _WORD.findall(re.sub(r"n't\b", " n't", text))


@split_words.wrong(
    "You listed words that hold an `n't`, and the list has gaps: `needn't`, `mustn't`. What do all of them share?"
)
def lists_the_contractions(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'")
    for word in ("is", "was", "does", "do", "wo", "ca", "did", "could"):
        text = text.replace(f"{word}n't", f"{word} n't")
    return _WORD.findall(text)


@split_words.wrong(
    "You know mark-up that begins with a letter, as `<br />` does. Here it is anything from a `<` to the next `>`."
)
def wants_a_letter_in_mark_up(text):
    return _split(re.sub(r"</?[A-Za-z][^>]*>", " ", text), mark_up=None)


@split_words.wrong(
    "Where a second `<` comes before the `>`, your mark-up begins at the second. It begins at the first and goes to the next `>`."
)
def begins_mark_up_at_the_last(text):
    return _split(re.sub(r"<[^<>]*>", " ", text), mark_up=None)


@split_words.wrong(
    "`\\w+` was the lesson's first try: `br` is a word to it, `isn't` comes apart as `isn` and `t`, and `!` is lost. `WORD` knows more."
)
def finds_letters_in_the_raw_text(text):
    return re.findall(r"\w+", text.lower())


@split_words.wrong(
    "You took the typographic apostrophe out, and `isn’t` has become `isnt`. It counts as a plain one, which stays."
)
def drops_the_typographic_one(text):
    return _split(text, apostrophe="")


@split_words.wrong("Letters have lost their accents: `café` came out as `cafe`. The words stay as they are written.")
def strips_accents(text):
    letters = unicodedata.normalize("NFKD", text)
    return _split("".join(letter for letter in letters if not unicodedata.combining(letter)))


@split_words.wrong(
    "The `'s` stands apart, and `isn't` came through in one piece. The `n't` of all such words is one word, too."
)
def keeps_negations_whole(text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'")
    return re.findall(r"[^\W_]+n't|'(?:s|re|ve|ll|d|m)\b|[^\W_]+(?:-[^\W_]+)*|[!?]", text)


@split_words.wrong(
    "You know mark-up of words and slashes. A link has quotation marks and dots between its `<` and `>`; anything may stand there."
)
def knows_mark_up_of_words(text):
    return _split(re.sub(r"<[\w /]*>", " ", text), mark_up=None)


@split_words.wrong(
    "You put the space behind `n't`. The run of letters in front of it still takes the `n` along: `isn't` has become `isn` and `t`."
)
def parts_behind_only(text):
    return _split(text, negation="n't ")


@split_words.wrong(
    "`n't` stands apart, and `it's` came through in one piece. The endings `'s 're 've 'll 'd 'm` are words of their own, too."
)
def keeps_endings(text):
    return _find(r"n't|[^\W_]+(?:['-][^\W_]+)*|[!?]", text)


_WORD = re.compile(r"n't|'(?:s|re|ve|ll|d|m)\b|[^\W_]+(?:-[^\W_]+)*|[!?]")


def _find(pattern, text):
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'")
    return re.findall(pattern, text.replace("n't", " n't"))


def _split(text, lower=True, mark_up=" ", negation=" n't", apostrophe="'"):
    if mark_up is not None:
        text = re.sub(r"<[^>]*>", mark_up, text)
    text = (text.lower() if lower else text).replace("’", apostrophe)
    return _WORD.findall(text.replace("n't", negation))


# ---- build_vocabulary ------------------------------------------------------------------------------------------------

build_vocabulary = Exercise(
    "build_vocabulary",
    hints=(
        "How many words fit into a vocabulary of `size` entries, when two entries are taken already? And what "
        "decides between two words of equal count?",
        "`Counter` from the first cell counts, as in the cell with the three tiny reviews. `sorted` takes a `key`, "
        "a function that says what to sort by; "
        "when the key is a tuple, its second part decides where the first is equal, and a minus turns an order of "
        "numbers round.",
        "Count the words of all texts, sort them by the tuple (minus the count, the word), keep the first `size - 2`, "
        'and return a list that starts with "" and "[UNK]" and goes on with them.',
    ),
)


@build_vocabulary.probe
def _(attempt, rng):
    often, twice, once = ranked(rng, NOUNS, 3)
    yield call(attempt, [[twice, often, often], [once, twice, often]], 4, about="three words, room for two")
    yield call(attempt, [[once, often, often], [often, twice, twice]], 5, about="three words, room for all")
    e, d, c, b, a = ranked(rng, JUDGED, 5)
    yield call(attempt, [[c, d, e], [a, b]], 4, about="five words once each, room for two")
    yield call(attempt, [[b, d, c], [d, c, a]], 5, about="two words twice, two once, room for three")
    yield call(attempt, [[c, c, c], [d], [d]], 3, about="one word three times in a single text, one word in two texts")
    shout = a.upper()
    yield call(attempt, [[a, shout, a], ["it's", a, shout]], 5, about="a word in capitals, and one with an apostrophe")
    yield call(attempt, [[a], [], [a, b]], 10, about="more room than words, and an empty text")
    yield call(attempt, [[a, b]], 2, about="room for the reserved entries only")


@build_vocabulary.wrong(
    "Your list has two entries too many: `size` counts padding and `[UNK]` as well, because the table needs a "
    "row for each."
)
def forgets_the_reserved(split_texts, size):
    return _vocabulary(split_texts, size + 2)


@build_vocabulary.wrong(
    "Your list has one entry too many. Two are reserved, and it looks as if you took one of them into account."
)
def counts_one_reserved(split_texts, size):
    return _vocabulary(split_texts, size + 1)


@build_vocabulary.wrong("Your list has one word fewer than fits. Two entries are reserved, not three.")
def leaves_one_place_empty(split_texts, size):
    return ["", "[UNK]", *_words_by(split_texts)[: max(0, size - 3)]]


@build_vocabulary.wrong(
    "The words are there, without padding and `[UNK]` before them: your most frequent word has id 0, and the "
    "mask will hide it."
)
def reserves_nothing(split_texts, size):
    return _words_by(split_texts)[:size]


@build_vocabulary.wrong(
    'Only one entry is reserved in your list. Padding and unknown are two different things: "" at 0, "[UNK]" at 1.'
)
def reserves_unknown_only(split_texts, size):
    return ["[UNK]", *_words_by(split_texts)[: size - 1]]


@build_vocabulary.wrong("Padding and `[UNK]` have changed places. Id 0 is padding: the mask looks for 0.")
def swaps_the_reserved(split_texts, size):
    return ["[UNK]", "", *_words_by(split_texts)[: size - 2]]


@build_vocabulary.wrong("The reserved entries stand at the end. They are ids 0 and 1, whatever words there are.")
def reserves_at_the_end(split_texts, size):
    return [*_words_by(split_texts)[: size - 2], "", "[UNK]"]


@build_vocabulary.wrong(
    "`most_common(size)` gives `size` words, and two entries are reserved. Besides, it leaves words of equal "
    "count in the order in which they first came."
)
def takes_most_common_of_size(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *(word for word, _ in counts.most_common(size))]


@build_vocabulary.wrong(
    "Words of equal count stand in the order in which they first came. Shuffle the texts, and the ids change; "
    "in alphabetical order they do not."
)
def keeps_first_come_order(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *(word for word, _ in counts.most_common(size - 2))]


@build_vocabulary.wrong(
    "Words of equal count stand in reverse alphabetical order: turning the whole order round turned the words too."
)
def turns_ties_round(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *sorted(counts, key=lambda word: (counts[word], word), reverse=True)[: size - 2]]


@build_vocabulary.wrong(
    "You sorted by the word, not by how often it occurs. With little room, it is the frequent words that should get in."
)
def sorts_by_word(split_texts, size):
    return ["", "[UNK]", *sorted({word for text in split_texts for word in text})[: size - 2]]


@build_vocabulary.wrong(
    "The right words are in, and then you sorted them by the alphabet. The most frequent word has id 2, the next id 3."
)
def sorts_what_it_chose(split_texts, size):
    return ["", "[UNK]", *sorted(_words_by(split_texts)[: size - 2])]


@build_vocabulary.wrong("The rarest words come first in your list. `sorted` goes from small to large.")
def rarest_first(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *sorted(counts, key=lambda word: (counts[word], word))[: size - 2]]


@build_vocabulary.wrong(
    "The rarest words come first in your list: `sorted` goes from small to large. And equals stand in the order in which they came."
)
def rarest_first_as_met(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *sorted(counts, key=counts.get)[: size - 2]]


@build_vocabulary.wrong(
    "You sorted the two reserved entries along with the words. They come in no text, so they have gone to the end; they are ids 0 and 1."
)
def sorts_the_reserved(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return sorted(["", "[UNK]", *counts], key=lambda word: (-counts[word], word))[:size]


@build_vocabulary.wrong("A word stands in your list as often as the texts say it. Each different word has one place.")
def lists_every_occurrence(split_texts, size):
    said = [word for text in split_texts for word in text]
    return ["", "[UNK]", *sorted(said, key=lambda word: (-said.count(word), word))[: size - 2]]


@build_vocabulary.wrong(
    "You counted letters: handed a word, `Counter.update` or a loop goes through its characters. The words are to be counted."
)
def counts_letters(split_texts, size):
    return _vocabulary([list(word) for text in split_texts for word in text], size)


@build_vocabulary.wrong("Your words stand in the order in which they first came. Nothing has been counted yet.")
def does_not_count(split_texts, size):
    return ["", "[UNK]", *list(dict.fromkeys(word for text in split_texts for word in text))[: size - 2]]


@build_vocabulary.wrong(
    "You counted in how many texts a word stands. Every occurrence counts, also the third one in the same text."
)
def counts_texts(split_texts, size):
    return _vocabulary([sorted(set(text)) for text in split_texts], size)


@build_vocabulary.wrong(
    "You cut before you sorted: which of the equally frequent words are left is then a matter of who came first. Sort them all, then cut."
)
def cuts_before_sorting(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    kept = counts.most_common(size - 2)
    return ["", "[UNK]", *(word for word, _ in sorted(kept, key=lambda pair: (-pair[1], pair[0])))]


@build_vocabulary.wrong(
    "You sorted the chosen words by the alphabet, frequent or not; and among equals at the end of the list it was chance who got in."
)
def sorts_the_most_common_by_word(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *sorted(word for word, _ in counts.most_common(size - 2))]


@build_vocabulary.wrong(
    'Padding has the name `[PAD]` in your list. It is no word at all, and here its entry is the empty text, "".'
)
def names_the_padding(split_texts, size):
    return ["[PAD]", *_vocabulary(split_texts, size)[1:]]


@build_vocabulary.wrong(
    'You filled the list up with "" where there were fewer words than room. A shorter list is right: no text will ask for those ids.'
)
def fills_up(split_texts, size):
    listed = _vocabulary(split_texts, size)
    return listed + [""] * (size - len(listed))


@build_vocabulary.wrong(
    "You dropped the words that occur once. It may be wise; here every word gets in for which there is room."
)
def drops_words_met_once(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *[word for word in _words_by(split_texts) if counts[word] > 1][: size - 2]]


@build_vocabulary.wrong(
    "You made the words lower case. They come split and ready; words that differ in a capital are two words here."
)
def lowers_words(split_texts, size):
    return _vocabulary([[word.lower() for word in text] for text in split_texts], size)


@build_vocabulary.wrong("You split the words once more, and `it's` has come apart. They are the words already.")
def splits_again(split_texts, size):
    return _vocabulary([words(" ".join(text)) for text in split_texts], size)


@build_vocabulary.wrong(
    "You go on until the list is full, and there may be fewer words than room. The list is shorter then."
)
def runs_out_of_words(split_texts, size):
    left, listed, i = _words_by(split_texts), ["", "[UNK]"], 0
    while len(listed) < size:
        listed.append(left[i])
        i += 1
    return listed


@build_vocabulary.wrong(
    "You add a word before you look whether the list is full. With `size` 2 it is full from the start, and your loop never stops adding."
)
def looks_too_late(split_texts, size):
    listed = ["", "[UNK]"]
    for word in _words_by(split_texts):
        listed.append(word)
        if len(listed) == size:
            break
    return listed


@build_vocabulary.wrong("You counted the first text and left the others.")
def counts_the_first_text(split_texts, size):
    return _vocabulary(split_texts[:1], size)


@build_vocabulary.wrong("Your list holds all words. `size` says how many entries there is room for.")
def ignores_the_size(split_texts, size):
    return _vocabulary(split_texts, 10_000)


@build_vocabulary.wrong(
    "You returned a dict from words to ids. It is as useful, and here the list is asked for in which a word's "
    "position is its id."
)
def returns_a_dict(split_texts, size):
    return {word: i for i, word in enumerate(_vocabulary(split_texts, size))}


@build_vocabulary.wrong("You returned the counts along with the words. The list holds words only.")
def returns_counts(split_texts, size):
    counts = Counter(word for text in split_texts for word in text)
    return ["", "[UNK]", *((word, counts[word]) for word in _words_by(split_texts)[: size - 2])]


def _words_by(split_texts):
    counts = Counter(word for text in split_texts for word in text)
    alphabetical = sorted(counts)
    return [alphabetical[i] for i in np.argsort([-counts[word] for word in alphabetical], kind="stable")]


def _vocabulary(split_texts, size):
    return ["", "[UNK]", *_words_by(split_texts)[: size - 2]]


# ---- to_ids ----------------------------------------------------------------------------------------------------------

to_ids = Exercise(
    "to_ids",
    hints=(
        "What is the id of a word that the list holds, and what is done with one that it does not hold?",
        "A dict from words to ids answers fast: `enumerate(vocabulary)` gives positions and words. "
        "`get` of a dict takes a second argument, the answer for what is not in it.",
        "Make a dict that gives for each word of `vocabulary` its position. Return a list with, for each of the "
        "`words`, "
        "what the dict's `get` gives, with 1 as the answer for unknown words.",
    ),
)


@to_ids.probe
def _(attempt, rng):
    listed = ranked(rng, NOUNS, 4)
    vocabulary = ["", "[UNK]", *listed]
    strange = some(rng, JUDGED, 3)
    first, second, third, fourth = listed
    yield call(attempt, [third, first, third], vocabulary, about="known words, one of them twice")
    yield call(attempt, [second, strange[0], fourth], vocabulary, about="an unknown word between two known ones")
    yield call(attempt, strange, vocabulary, about="unknown words only")
    yield call(
        attempt, [strange[1], first, strange[1], strange[2]], vocabulary, about="one unknown word twice, another once"
    )
    nearly = [first.capitalize(), f"{second}s", third[:-1], fourth]
    yield call(attempt, nearly, vocabulary, about="words that are nearly listed ones, and a listed one")
    yield call(attempt, [], vocabulary, about="no words at all")
    yield _kind(attempt, [third, strange[0], second], vocabulary)


def _kind(attempt, *args):
    """Whether the result holds integers, in words."""
    result = call(attempt, *args, about="the type of the ids")
    try:
        kind = np.asarray(attempt(*args)).dtype.kind
    except Exception:
        return result
    saw = "integers" if kind in "iu" else "floats" if kind == "f" else "no numbers"
    return Seen(
        plain(saw), result.given, result.about, say=f"The ids are {saw}. An id is a name, and names are integers."
    )


@to_ids.wrong(
    "You left the unknown words out. The text gets shorter, and a text of nothing but unknown words becomes "
    "empty; id 1 says that a word is there."
)
def drops_unknown_words(words, vocabulary):
    return [vocabulary.index(word) for word in words if word in vocabulary]


@to_ids.wrong(
    "Unknown words have id 0 in your result. That is padding: the mask will hide them as if nothing stood there."
)
def unknown_as_padding(words, vocabulary):
    return _ids(words, vocabulary, unknown=0)


@to_ids.wrong(
    "Unknown words have id -1 in your result. A list has no row -1 to look up, and Keras takes the last one "
    "without a word."
)
def unknown_as_minus_one(words, vocabulary):
    return _ids(words, vocabulary, unknown=-1)


@to_ids.wrong(
    "Unknown words have an id of their own, past the end of the table. `[UNK]` is in the vocabulary, at position 1."
)
def unknown_past_the_end(words, vocabulary):
    return _ids(words, vocabulary, unknown=len(vocabulary))


@to_ids.wrong(
    "Unknown words got new ids at the end of the list. The table has as many rows as `vocabulary` entries; "
    "there is no row for them."
)
def makes_new_ids(words, vocabulary):
    known = list(vocabulary)
    known += [word for word in dict.fromkeys(words) if word not in known]
    return [known.index(word) for word in words]


@to_ids.wrong(
    "You added the unknown words to `vocabulary`. The table has been made with as many rows as it had entries; "
    "there is no row for them."
)
def adds_to_the_vocabulary(words, vocabulary):
    vocabulary += [word for word in dict.fromkeys(words) if word not in vocabulary]
    return [vocabulary.index(word) for word in words]


@to_ids.wrong("The unknown words became the text `[UNK]`. Its id is asked for, an integer.")
def unknown_as_text(words, vocabulary):
    return [vocabulary.index(word) if word in vocabulary else "[UNK]" for word in words]


@to_ids.wrong("Unknown words are None in your result. They have an id too, that of `[UNK]`.")
def unknown_as_none(words, vocabulary):
    return _ids(words, vocabulary, unknown=None)


@to_ids.wrong(
    "Your ids are two too small: you counted from the first word. The list holds padding and `[UNK]` before it."
)
def counts_words_only(words, vocabulary):
    return [vocabulary.index(word) - 2 if word in vocabulary else 1 for word in words]


@to_ids.wrong(
    "Your ids are two too large. `vocabulary` holds padding and `[UNK]` already, so positions are ids as they are."
)
def adds_the_reserved_again(words, vocabulary):
    return [vocabulary.index(word) + 2 if word in vocabulary else 1 for word in words]


@to_ids.wrong("Your ids are one too large. Positions in a list start at 0, and so do ids.")
def counts_from_one(words, vocabulary):
    return [vocabulary.index(word) + 1 if word in vocabulary else 1 for word in words]


@to_ids.wrong("With an unknown word your answer stops: `index` of a list raises an error for what is not in it.")
def stops_at_unknown_words(words, vocabulary):
    return [vocabulary.index(word) for word in words]


@to_ids.wrong(
    "With an unknown word your answer stops: a dict in square brackets raises an error for what is not in it."
)
def stops_at_missing_keys(words, vocabulary):
    ids = {word: i for i, word in enumerate(vocabulary)}
    return [ids[word] for word in words]


@to_ids.wrong(
    "The ids are right and they are floats. An id is a name, and above 16 million float32 mixes the names up."
)
def returns_floats(words, vocabulary):
    return [float(i) for i in _ids(words, vocabulary)]


@to_ids.wrong("Your ids are text. An id is an integer: it is to choose a row of a table.")
def returns_text(words, vocabulary):
    return [str(i) for i in _ids(words, vocabulary)]


@to_ids.wrong("You looked the vocabulary up in the text. The words of the text are to be looked up in the vocabulary.")
def swaps_words_and_vocabulary(words, vocabulary):
    return [words.index(word) if word in words else 1 for word in vocabulary]


@to_ids.wrong("You went through the vocabulary and noted what the text holds. The ids follow the text, word by word.")
def walks_through_the_vocabulary(words, vocabulary):
    return [i for i, word in enumerate(vocabulary) if word in words]


@to_ids.wrong("Your answer ends at the first unknown word. Its id is 1, and then the text goes on.")
def ends_at_an_unknown_word(words, vocabulary):
    ids = []
    for word in words:
        ids.append(vocabulary.index(word) if word in vocabulary else 1)
        if word not in vocabulary:
            break
    return ids


@to_ids.wrong("Only the first word has an id: the function is left before the loop comes to the second.")
def returns_in_the_loop(words, vocabulary):
    for word in words:
        return vocabulary.index(word) if word in vocabulary else 1


@to_ids.wrong("You returned a one-hot row for each word. An id is one number: its position in the list.")
def returns_one_hot_rows(words, vocabulary):
    return [[int(word == entry) for entry in vocabulary] for word in words]


@to_ids.wrong("You returned a set: it has no order, and no repeats. The ids follow the text, word by word.")
def returns_a_set(words, vocabulary):
    return set(_ids(words, vocabulary))


@to_ids.wrong(
    "You made the words lower case. They are looked up as they are written, and splitting has seen to capitals."
)
def lowers_the_words(words, vocabulary):
    return _ids([word.lower() for word in words], vocabulary)


@to_ids.wrong(
    "A listed word that is only a part of the word has given it its id. `films` is not `film`: it is unknown."
)
def finds_parts_of_words(words, vocabulary):
    return [next((i for i, entry in enumerate(vocabulary) if entry and entry in word), 1) for word in words]


@to_ids.wrong("Each id comes only once in your result. A word that the text says twice is there twice.")
def drops_repeated_ids(words, vocabulary):
    return list(dict.fromkeys(_ids(words, vocabulary)))


@to_ids.wrong("You sorted the ids. The order of the words is part of the text.")
def sorts_the_ids(words, vocabulary):
    return sorted(_ids(words, vocabulary))


@to_ids.wrong("You gave back one number for each entry of `vocabulary`. One id for each of the `words` is asked for.")
def loops_over_the_vocabulary(words, vocabulary):
    return [int(word in words) for word in vocabulary]


@to_ids.wrong("These are the places of the words in the text. The id of a word is its place in `vocabulary`.")
def places_in_the_text(words, vocabulary):
    return list(range(len(words)))


@to_ids.wrong(
    "In lesson 04 the vocabulary was a dict, and had `get`. Here it is a list of words, and a word's position is its id."
)
def asks_the_list_as_a_dict(words, vocabulary):
    return [vocabulary.get(word, 1) for word in words]


@to_ids.wrong(
    "Square brackets after a list take a position and give what stands there. You have the word, and want its position."
)
def puts_words_in_brackets(words, vocabulary):
    return [vocabulary[word] for word in words]


@to_ids.wrong(
    "A listed word stands in square brackets behind the list, where a position is wanted. The position is what you look for."
)
def puts_listed_words_in_brackets(words, vocabulary):
    return [(word in vocabulary and vocabulary[word]) or 1 for word in words]


@to_ids.wrong(
    "You sorted the vocabulary before you looked. An id is a position in the list as it was handed over: the table's rows follow that."
)
def sorts_the_vocabulary(words, vocabulary):
    return _ids(words, sorted(vocabulary))


@to_ids.wrong(
    "A listed word has its place in the text for an id. The id is its place in `vocabulary`, wherever the text says it."
)
def places_of_listed_words(words, vocabulary):
    return [i if word in vocabulary else 1 for i, word in enumerate(words)]


@to_ids.wrong("A word that comes again has no id of its own in your result. The text says it again, and so do its ids.")
def drops_repeated_words(words, vocabulary):
    return _ids(list(dict.fromkeys(words)), vocabulary)


@to_ids.wrong(
    "You noted a number for every entry of the list that a word was compared with. One id for each word is asked for, after the comparing."
)
def notes_every_comparison(words, vocabulary):
    return [i if word == entry else 1 for word in words for i, entry in enumerate(vocabulary)]


@to_ids.wrong(
    "You leave the function within the loop, with the id of the first word. The list is ready after the last one."
)
def returns_a_list_in_the_loop(words, vocabulary):
    for word in words:
        return _ids([word], vocabulary)


def _ids(words, vocabulary, unknown=1):
    return [vocabulary.index(word) if word in vocabulary else unknown for word in words]


# ---- pad -------------------------------------------------------------------------------------------------------------

pad = Exercise(
    "pad",
    hints=(
        "Which numbers does the result hold before you have put in a single id? And how much of a row fits?",
        "`np.zeros(shape, dtype=...)` makes the rectangle, all padding. `row[:length]` is the beginning of a row, "
        "or all of it when it is short.",
        "Make zeros of shape `(len(rows), length)` and dtype int32. For each row take its first `length` ids and "
        "write them at the beginning "
        "of its line: `line[:len(kept)] = kept`.",
    ),
)


@pad.probe
def _(attempt, rng):
    def row(count):
        return [int(i) for i in rng.choice(np.arange(2, 40), count, replace=False)]

    yield call(attempt, [row(2), row(4)], 4, about="one row is too short, one fits")
    yield call(attempt, [row(5), row(3)], 3, about="one row is too long, one fits")
    yield call(attempt, [row(1), row(6), row(3)], 4, about="a short, a long and a short row")
    yield call(attempt, [row(2), []], 3, about="an empty row")
    yield call(attempt, [row(2), row(1)], 5, about="all rows are too short")
    yield call(attempt, [row(3)], 1, about="rows of one id")
    large = [int(i) for i in rng.integers(40_000, 90_000, 3)]
    yield call(attempt, [large, [0, 5, 0, 300]], 4, about="large ids, and zeros inside a row")
    yield _dtype(attempt, [row(2), row(4)], 3)


def _dtype(attempt, rows, length):
    """The dtype of the result, in words."""
    result = call(attempt, rows, length, about="the dtype of the result")
    try:
        returned = attempt([list(row) for row in rows], length)
        name = "a list, not an array" if isinstance(returned, (list, tuple)) else np.asarray(returned).dtype.name
    except Exception:
        return result
    return Seen(
        plain(name),
        result.given,
        result.about,
        say=f"The numbers are right. The result is {name}, and an array of int32 is asked for.",
    )


@pad.wrong(
    "Your padding stands on the left. Then the first position is a word in one text and padding in the next, "
    "and the fast LSTM refuses the mask."
)
def pads_on_the_left(rows, length):
    return _rectangle([[0] * (length - len(row)) + row[:length] for row in rows])


@pad.wrong("Rows that are too long have lost their beginning. The first `length` ids are to be kept.")
def cuts_on_the_left(rows, length):
    return _rectangle([row[-length:] + [0] * (length - len(row)) for row in rows])


@pad.wrong(
    "You pad and cut on the left. If this is Keras' `pad_sequences`: that is what it does unless it is told "
    "otherwise, in two arguments."
)
def pads_and_cuts_on_the_left(rows, length):
    return _rectangle([[0] * (length - len(row)) + row[-length:] for row in rows])


@pad.wrong(
    "The numbers are right, and they are floats: `np.zeros` makes float64 unless you say otherwise. Ids are "
    "int32 in this course."
)
def makes_floats(rows, length):
    return _padded(rows, length).astype("float64")


@pad.wrong("The numbers are right, in int64, which takes twice the room. The course's ids are int32.")
def makes_int64(rows, length):
    return _padded(rows, length).astype("int64")


@pad.wrong("The numbers are right, in a list of lists. A NumPy array with dtype int32 is asked for.")
def makes_lists(rows, length):
    return _padded(rows, length).tolist()


@pad.wrong(
    "Your rows still differ in length: long ones are cut, and short ones are not filled up. A batch is a rectangle."
)
def leaves_rows_ragged(rows, length):
    return [row[:length] for row in rows]


@pad.wrong("Your rows are as long as the longest of them. `length` says how long they are to be, whatever comes in.")
def pads_to_the_longest(rows, length):
    return _padded(rows, max(len(row) for row in rows))


@pad.wrong("Your rows are as long as the shortest of them. `length` says how long they are to be, whatever comes in.")
def cuts_to_the_shortest(rows, length):
    return _padded(rows, min(length, *(len(row) for row in rows), length))


@pad.wrong("You filled up with 1, the id of unknown words. Nothing stands there, and nothing has id 0.")
def pads_with_unknown(rows, length):
    return _rectangle([row[:length] + [1] * (length - len(row)) for row in rows])


@pad.wrong("You filled up with -1. Padding is id 0: the mask looks for 0, and Keras reads -1 as the last row.")
def pads_with_minus_one(rows, length):
    return _rectangle([row[:length] + [-1] * (length - len(row)) for row in rows])


@pad.wrong("You repeated the ids to fill the row, so that a short text says its words twice. Padding is id 0.")
def repeats_ids(rows, length):
    return np.stack([np.resize(np.array(row or [0], dtype="int32"), length) for row in rows])


@pad.wrong("Rows that are too long have vanished. They are cut, and kept.")
def drops_long_rows(rows, length):
    fitting = [row for row in rows if len(row) <= length]
    return _padded(fitting, length) if fitting else np.zeros((0, length), dtype="int32")


@pad.wrong(
    "Empty rows have vanished. A text without words keeps its place, as a row of padding: its label waits for it."
)
def drops_empty_rows(rows, length):
    return _padded([row for row in rows if row], length)


@pad.wrong("Your rows have one position too many.")
def one_too_many(rows, length):
    return _padded(rows, length + 1)


@pad.wrong("Your rows have one position too few.")
def one_too_few(rows, length):
    return _padded(rows, max(length - 1, 0))


@pad.wrong(
    "With short rows you are right. A row that is longer than `length` does not fit into the line, and you did "
    "not cut it."
)
def does_not_cut(rows, length):
    padded = np.zeros((len(rows), length), dtype="int32")
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded


@pad.wrong(
    "Short rows are filled up. A row that is longer than `length` is not cut, so the rows differ, and NumPy makes no array of them."
)
def fills_and_does_not_cut(rows, length):
    return np.array([row + [0] * (length - len(row)) for row in rows], dtype="int32")


@pad.wrong("You ask a short row for an id at every position up to `length`, and it does not have so many.")
def reads_past_the_end(rows, length):
    return np.array([[row[i] for i in range(length)] for row in rows], dtype="int32")


@pad.wrong("You sorted the rows by their lengths. Row 0 stays row 0: its label waits for it.")
def sorts_by_length(rows, length):
    return _padded(sorted(rows, key=len), length)


@pad.wrong("You left out the zeros inside a row, and what follows has moved. A row is copied as it is.")
def leaves_out_zeros(rows, length):
    return _padded([[i for i in row if i] for row in rows], length)


@pad.wrong(
    "Large ids have come out as other numbers: int16 ends at 32,767, and what is larger starts again from below."
)
def makes_int16(rows, length):
    return _padded(rows, length).astype("int16").astype("int32")


@pad.wrong(
    "With rows that fit exactly you are right. NumPy makes no array of rows that differ in length; the short "
    "ones need filling up."
)
def does_not_fill(rows, length):
    return np.array([row[:length] for row in rows], dtype="int32")


@pad.wrong("All ids are there in one long line. A row for each text is asked for, with shape `(len(rows), length)`.")
def makes_one_line(rows, length):
    return _padded(rows, length).ravel()


@pad.wrong("Your result lies on its side: a row for each text is asked for, and you made a column of it.")
def lies_on_its_side(rows, length):
    return _padded(rows, length).T


@pad.wrong(
    "A shape is one thing, with both sizes in it. You gave `np.zeros` two numbers, and it takes the second one for a dtype."
)
def hands_the_shape_over_in_two(rows, length):
    padded = np.zeros(len(rows), length)
    for i, row in enumerate(rows):
        padded[i, : len(row[:length])] = row[:length]
    return padded


@pad.wrong(
    "Short rows are right. For a row that is too long the padding comes out as a number below 0; such a row is cut."
)
def pads_long_rows(rows, length):
    return np.stack([np.pad(row, (0, length - len(row))) for row in rows]).astype("int32")


@pad.wrong(
    "All your rows are one and the same list, written over for each text. In the end all of them hold the last one."
)
def fills_one_row_again(rows, length):
    line, lines = [0] * length, []
    for row in rows:
        line[: len(row[:length])] = row[:length]
        lines.append(line)
    return _rectangle(lines)


@pad.wrong(
    "Behind a short row stand ids of the row before it: the line was not empty when you wrote into it. There belongs padding."
)
def keeps_the_row_before(rows, length):
    line, lines = [0] * length, []
    for row in rows:
        line[: len(row[:length])] = row[:length]
        lines.append(list(line))
    return _rectangle(lines)


def _with_another_dtype(way):
    """The same mistakes in an array whose dtype is off as well: told as one."""
    sentence = next(wrong.sentence for wrong in pad.wrong_ways if wrong.attempt is way)

    def as_dtype(rows, length, dtype):
        returned = way(rows, length)
        return returned.tolist() if dtype == "list" else returned.astype(dtype)

    for dtype, what in (
        ("float64", "the dtype is float64"),
        ("int64", "the dtype is int64"),
        ("list", "it is a list of lists"),
    ):

        def again(rows, length, dtype=dtype):
            return as_dtype(rows, length, dtype)

        again.__name__ = f"{way.__name__}_in_{dtype}"
        again.__signature__ = inspect.signature(way)
        pad.wrong(f"{sentence} Besides, {what}, where an array of int32 is asked for.")(again)


def _rectangle(lists):
    return np.array(lists, dtype="int32")


def _padded(rows, length):
    """By the roundabout way of one comparison for each position."""
    return _rectangle([[row[i] if i < len(row) else 0 for i in range(length)] for row in rows]).reshape(
        len(rows), length
    )


for _way in (
    pads_on_the_left,
    cuts_on_the_left,
    pads_and_cuts_on_the_left,
    pads_to_the_longest,
    pads_with_unknown,
    one_too_many,
):
    _with_another_dtype(_way)


# ---- vectorizer ------------------------------------------------------------------------------------------------------

vectorizer = Exercise(
    "vectorizer",
    hints=(
        "Which arguments of `TextVectorization` are the size of the vocabulary and the length of the rows? And "
        "when does the layer get to see the texts?",
        "Look again at the first cell of section 5. `max_tokens` counts padding and `[UNK]` in, as `size` does.",
        "Make a `keras.layers.TextVectorization` with `max_tokens=size` and `output_sequence_length=length`, call "
        "its `adapt` on `texts`, and return the layer.",
    ),
)


@vectorizer.probe
def _(attempt, rng):
    a, b, c = some(rng, JUDGED, 3)
    d, e = some(rng, NOUNS, 2)
    texts = [f"{a} {b} {a}", f"{a} {b} {c}"]  # a three times, b twice, c once
    many = [f"{a} {b} {c} {d} {e}", f"{a} {b} {c} {d}", f"{a} {b} {c}", f"{a} {b}", a]  # a five times to e once
    cases = (
        (texts, 5, 4, [f"{b} {a}", f"{c} {d} {b}"], "room for all words; then a text with an unknown one"),
        (many, 4, 5, [f"{e} {d} {c} {b} {a}"], "room for two words of five"),
        (
            [c, c, c, f"{b} {a} {a}"],
            5,
            2,
            [f"{a} {c} {b} {a}", f"{b}"],
            "one training text comes three times; a text that is longer than the rows",
        ),
        ([f"{d.capitalize()} {e} {d}"], 4, 3, [f"{e} {d.upper()}"], "capitals"),
        (
            [f"{d}, {d}! {e} isn't", f"{e}. {d}, {d}! {e}"],
            5,
            5,
            [f"{e}? {d} {a}, isn't!"],
            "marks and an apostrophe",
        ),
        (texts, 100, 3, [f"{e} {a}", "..."], "more room than words; then a text without any"),
    )
    for texts_, size, length, new, about in cases:
        yield _made(attempt, texts_, size, length, new, about)


def _made(attempt, texts, size, length, new, about):
    """What the attempt's layer makes of new texts."""
    import tensorflow as tf

    layer = built(attempt, list(texts), size, length)
    shown = seen(layer(tf.constant(new)), about=f"{about}; called on {new}", given=(texts, size, length))
    return replace(shown, say=_ids_off(shown.saw, length))


def _ids_off(saw, length):
    """A sentence on ids of the wrong form; "" when the form is right."""
    if saw.get("shape") and len(saw["shape"]) == 2 and saw["shape"][1] != length:
        return f"The layer gives rows of {saw['shape'][1]} where `length` is {length}."
    if saw["kind"] == "list":
        return "The layer gives rows that differ in length. Each is to be as long as `length` says, filled up with 0."
    if saw["kind"] == "array" and set(numbers(saw)) == {0, 1}:
        return "Every word is unknown to your layer. Was its vocabulary counted on the words of `texts`?"
    return ""


@vectorizer.wrong(
    "The layer has never seen the texts. A TextVectorization learns its vocabulary in `adapt`, before anybody calls it."
)
def never_adapts(texts, size, length):
    import keras

    return keras.layers.TextVectorization(max_tokens=size, output_sequence_length=length)


@vectorizer.wrong(
    "The vocabulary has two ids more than `size`. `max_tokens` counts padding and `[UNK]` in, and `size` does as well."
)
def adds_the_reserved_twice(texts, size, length):
    return _vectorizer(texts, max_tokens=size + 2, output_sequence_length=length)


@vectorizer.wrong(
    "The vocabulary has two ids fewer than `size`. `max_tokens` counts padding and `[UNK]` in, and `size` does as well."
)
def takes_the_reserved_off(texts, size, length):
    return _vectorizer(texts, max_tokens=size - 2, output_sequence_length=length)


@vectorizer.wrong("The vocabulary has one id more than `size`. `max_tokens` counts all ids, 0 among them.")
def adds_one(texts, size, length):
    return _vectorizer(texts, max_tokens=size + 1, output_sequence_length=length)


@vectorizer.wrong("The vocabulary holds all words of the texts. `size` says how many ids there is room for.")
def sets_no_size(texts, size, length):
    return _vectorizer(texts, output_sequence_length=length)


@vectorizer.wrong(
    "The rows are as long as the longest text of the batch, so another batch gives another width. Which "
    "argument fixes the length?"
)
def sets_no_length(texts, size, length):
    return _vectorizer(texts, max_tokens=size)


@vectorizer.wrong(
    "Size and length have changed places: `max_tokens` is the vocabulary's size, the other argument the length "
    "of the rows."
)
def swaps_size_and_length(texts, size, length):
    return _vectorizer(texts, max_tokens=length, output_sequence_length=size)


@vectorizer.wrong(
    "With `standardize=None` the layer takes `Good` and `good` for two words. Its own rules are asked for "
    "here, and they are on unless you turn them off."
)
def turns_the_rules_off(texts, size, length):
    return _vectorizer(texts, max_tokens=size, output_sequence_length=length, standardize=None)


@vectorizer.wrong(
    "The layer only makes texts lower case, and punctuation sticks to the words. Its own rules, the default, drop it."
)
def lowers_only(texts, size, length):
    return _vectorizer(texts, max_tokens=size, output_sequence_length=length, standardize="lower")


@vectorizer.wrong(
    "The layer drops punctuation and keeps capitals: `Good` and `good` are two words to it. Its own rules, the default, do both."
)
def strips_only(texts, size, length):
    return _vectorizer(texts, max_tokens=size, output_sequence_length=length, standardize="strip_punctuation")


@vectorizer.wrong(
    "The vocabulary was counted by the course's rules for words, and the layer splits by its own: `n't` is in the list, and the layer "
    "asks for `isnt`. Here both are the layer's."
)
def takes_the_course_vocabulary(texts, size, length):
    import keras

    return keras.layers.TextVectorization(
        vocabulary=Vocabulary.of(texts, size=size).words[2:], output_sequence_length=length
    )


@vectorizer.wrong(
    "The layer has learned words that the course's rules made, and has no rules of its own for the texts it is called on. "
    "Here it counts the texts as they are, by its own rules."
)
def adapts_to_the_course_words(texts, size, length):
    return _vectorizer(
        [" ".join(words(text)) for text in texts],
        max_tokens=size,
        output_sequence_length=length,
        standardize=None,
    )


@vectorizer.wrong("The layer splits texts into characters. Its own rules, the default, split at spaces.")
def splits_characters(texts, size, length):
    return _vectorizer(texts, max_tokens=size, output_sequence_length=length, split="character")


@vectorizer.wrong(
    "The layer says which words a text holds, as zeros and ones, and not the ids in their order. Which "
    "`output_mode` gives ids?"
)
def gives_multi_hot(texts, size, length):
    return _vectorizer(texts, max_tokens=size, output_mode="multi_hot")


@vectorizer.wrong(
    "The layer counts how often a text holds each word. The ids in their order are asked for: which "
    "`output_mode` gives them?"
)
def gives_counts(texts, size, length):
    return _vectorizer(texts, max_tokens=size, output_mode="count")


@vectorizer.wrong("The layer also takes pairs of words as words. One id for each word is asked for, without `ngrams`.")
def takes_pairs(texts, size, length):
    return _vectorizer(texts, max_tokens=size, output_sequence_length=length, ngrams=2)


@vectorizer.wrong("The layer has seen the first text only. `adapt` takes the whole list.")
def adapts_to_the_first(texts, size, length):
    return _vectorizer(texts[:1], max_tokens=size, output_sequence_length=length)


@vectorizer.wrong(
    "The words have ids by the alphabet. With `adapt` the layer counts, and the most frequent word gets id 2."
)
def numbers_by_the_alphabet(texts, size, length):
    import keras

    listed = sorted({word for text in texts for word in re.findall(r"\w+", text.lower().replace("'", ""))})
    return keras.layers.TextVectorization(vocabulary=listed[: size - 2], output_sequence_length=length)


@vectorizer.wrong(
    "Your function gives None back. `adapt` changes the layer and returns nothing, and so does a function without `return`: "
    "the layer itself is asked for."
)
def returns_what_adapt_gives(texts, size, length):
    import keras

    return keras.layers.TextVectorization(max_tokens=size, output_sequence_length=length).adapt(texts)


@vectorizer.wrong(
    "You let `adapt` see each different text once. A text that comes three times says its words three times."
)
def drops_repeated_texts(texts, size, length):
    return _vectorizer(list(dict.fromkeys(texts)), max_tokens=size, output_sequence_length=length)


def _vectorizer(texts, **arguments):
    import keras

    layer = keras.layers.TextVectorization(**arguments)
    layer.adapt(texts)
    return layer


# ---- coverage --------------------------------------------------------------------------------------------------------

coverage = Exercise(
    "coverage",
    hints=(
        "Which texts decide what is listed, and over which texts do you count? And what is divided by what?",
        "`Vocabulary.of(texts, size)` makes the vocabulary, as after exercise 3. `words(text)` splits a text. "
        "Python counts True as 1, so the sum of a list of True and False is the number of True.",
        "Make the vocabulary of `train_texts`. Go through all words of all `new_texts` and note for each whether "
        "it is `in` the vocabulary. "
        "Return the number of those that are, divided by the number of all, or by 1 when there are none.",
    ),
)


@coverage.probe
def _(attempt, rng):
    a, b, c, f, g = some(rng, JUDGED, 5)
    d, e = some(rng, NOUNS, 2)
    train = [f"{a} {b} {a} {f}", f"{a} {b} {c} {g}"]  # a three times, b twice, the others once
    yield call(attempt, [f"{a} {b} {a}"], [f"{d} {a} {d}"], 3, about="room for one word")
    repeats = [f"{a} {d} {d} {a} {a} {d} {c} {f} {g}"]
    yield call(attempt, train, repeats, 4, about="room for two words, a new text that repeats its words")
    yield call(attempt, train, [f"{b} {b}", f"{d} {c} {a} {e} {e}"], 4, about="two new texts of different lengths")
    yield call(attempt, train, [f"{c} {b}", f"{e} {a} {d} {e}"], 50, about="room for all words")
    yield call(
        attempt,
        [f"{a.capitalize()} {d}, {d}.", f"It isn't {a}"],
        [f"{d}! {a}, is it {b}?"],
        50,
        about="capitals, marks and an `n't`",
    )
    z, y, x = ranked(rng, NOUNS, 3)
    yield call(attempt, [f"{z} {y} {x}"], [f"{z} {x} {x}"], 3, about="room for one of three equally frequent words")
    long = f"{a} " * 80 + f"{d} " * 10
    yield call(attempt, train, [long, b], 10, about="a text of 90 words, of which the last ten are unknown")
    yield call(attempt, [f"{d}s {a}"], [f"{a} {d} {e}"], 10, about="a new word that is the beginning of a listed one")
    yield call(attempt, train, [f"{a} {b}"], 10, about="every new word is listed")
    yield call(attempt, train, ["", "..."], 10, about="no word in the new texts")


@coverage.wrong(
    "You counted the vocabulary on the new texts too. They are the ones that come later: a word that only they "
    "hold is unknown, and that is what you measure."
)
def counts_on_both(train_texts, new_texts, size):
    return _share(Vocabulary.of([*train_texts, *new_texts], size), new_texts)


@coverage.wrong(
    "You made the vocabulary from the new texts. It comes from `train_texts`; the new ones are what it is tried on."
)
def counts_on_new(train_texts, new_texts, size):
    return _share(Vocabulary.of(new_texts, size), new_texts)


@coverage.wrong(
    "This is the share of the training texts that is listed. It says nothing of texts yet to come: ask the `new_texts`."
)
def measures_training(train_texts, new_texts, size):
    return _share(Vocabulary.of(train_texts, size), train_texts)


@coverage.wrong("Training texts and new texts have changed places.")
def swaps_the_texts(train_texts, new_texts, size):
    return _share(Vocabulary.of(new_texts, size), train_texts)


@coverage.wrong(
    "You took the share of the different words. A word that comes five times counts five times: it is five "
    "places of the text that are covered or not."
)
def counts_different_words(train_texts, new_texts, size):
    found = {word for text in new_texts for word in words(text)}
    vocabulary = Vocabulary.of(train_texts, size)
    return sum(word in vocabulary for word in found) / max(len(found), 1)


@coverage.wrong("This is the share of words that the vocabulary does not list. Coverage is the other part.")
def gives_the_unknown_share(train_texts, new_texts, size):
    found = [word for text in new_texts for word in words(text)]
    vocabulary = Vocabulary.of(train_texts, size)
    return sum(word not in vocabulary for word in found) / max(len(found), 1)


@coverage.wrong("This is the number of listed words. Their share is asked for, between 0 and 1.")
def gives_a_count(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    return sum(word in vocabulary for text in new_texts for word in words(text))


@coverage.wrong("This is a percentage. A share is between 0 and 1.")
def gives_percent(train_texts, new_texts, size):
    return 100 * _share(Vocabulary.of(train_texts, size), new_texts)


@coverage.wrong(
    "You took each text's share and then the mean, so that a text of one word weighs as much as one of four. "
    "All words count alike."
)
def averages_over_texts(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    return sum(_share(vocabulary, [text]) for text in new_texts) / len(new_texts)


@coverage.wrong(
    "You have two words too many in the vocabulary: `size` counts padding and `[UNK]` too, and here they were "
    "not taken off."
)
def forgets_the_two(train_texts, new_texts, size):
    return _share(Vocabulary.of(train_texts, size + 2), new_texts)


@coverage.wrong("You took padding and `[UNK]` off the size twice: `Vocabulary.of` counts them in already.")
def takes_two_off_twice(train_texts, new_texts, size):
    return _share(Vocabulary.of(train_texts, size - 2), new_texts)


@coverage.wrong("You left the size out, and the vocabulary took every word of the training texts.")
def leaves_the_size_out(train_texts, new_texts, size):
    return _share(Vocabulary.of(train_texts), new_texts)


@coverage.wrong(
    "You split at spaces only. Punctuation sticks to the words then, and `good,` is not found; `words` splits "
    "as the vocabulary did."
)
def splits_new_at_spaces(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    found = [word in vocabulary for text in new_texts for word in text.split()]
    return sum(found) / max(len(found), 1)


@coverage.wrong(
    "Your vocabulary takes the word that came first among equally frequent ones. The course's takes the alphabetically first."
)
def breaks_ties_by_the_first_met(train_texts, new_texts, size):
    counts = Counter(word for text in train_texts for word in words(text))
    listed = {word for word, _ in counts.most_common(size - 2)}
    found = [word in listed for text in new_texts for word in words(text)]
    return sum(found) / max(len(found), 1)


@coverage.wrong("You looked at the first 75 words of each text. What a longer text says after that counts too.")
def cuts_at_75(train_texts, new_texts, size):
    ids = Vocabulary.of(train_texts, size).encode(new_texts, length=75)
    return (ids > 1).sum() / max((ids > 0).sum(), 1)


@coverage.wrong("You counted padding in: positions at which no word stands are part of your whole. Only words count.")
def counts_padding_in(train_texts, new_texts, size):
    return (Vocabulary.of(train_texts, size).encode(new_texts, length=75) > 1).mean()


@coverage.wrong("You left out the word with id 2. It is the most frequent word, and listed; reserved are 0 and 1 only.")
def leaves_out_id_2(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    found = [vocabulary.id(word) > 2 for text in new_texts for word in words(text)]
    return sum(found) / max(len(found), 1)


@coverage.wrong("`//` cuts off what comes after the point, and a share is nearly all after the point.")
def divides_whole_numbers(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    found = [word in vocabulary for text in new_texts for word in words(text)]
    return sum(found) // max(len(found), 1)


@coverage.wrong(
    "You put the texts together without a space, so the last word of one and the first of the next are one word."
)
def glues_the_texts(train_texts, new_texts, size):
    return _share(Vocabulary.of(train_texts, size), ["".join(new_texts)])


@coverage.wrong("You looked at the first of the new texts only. Every word of all of them counts.")
def looks_at_the_first_text(train_texts, new_texts, size):
    return _share(Vocabulary.of(train_texts, size), new_texts[:1])


@coverage.wrong("Every word has an id, the unknown ones id 1. Those do not count as covered.")
def counts_unknown_in(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    found = [vocabulary.id(word) > 0 for text in new_texts for word in words(text)]
    return sum(found) / max(len(found), 1)


@coverage.wrong(
    "This is the share of the vocabulary that the new texts use. The question is what share of the new text "
    "the vocabulary knows."
)
def shares_of_the_vocabulary(train_texts, new_texts, size):
    listed = Vocabulary.of(train_texts, size).words[2:]
    found = {word for text in new_texts for word in words(text)}
    return sum(word in found for word in listed) / max(len(listed), 1)


@coverage.wrong("You took the share of the texts that have no unknown word. The words count, not the texts.")
def counts_texts_covered(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    return sum(all(word in vocabulary for word in words(text)) for text in new_texts) / len(new_texts)


@coverage.wrong("All is right until no word is there at all: then you divide by zero. The result is 0 in that case.")
def divides_by_zero(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    found = [word in vocabulary for text in new_texts for word in words(text)]
    return sum(found) / len(found)


@coverage.wrong("All is right until no word is there at all: the mean of nothing is NaN. The result is 0 in that case.")
def means_of_nothing(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    found = [word in vocabulary for text in new_texts for word in words(text)]
    return sum(found) / len(found) if found else float("nan")


@coverage.wrong(
    "All is right until no word is there at all: your function then meets no `return` and gives None. The result is 0 in that case."
)
def gives_none_without_words(train_texts, new_texts, size):
    if any(words(text) for text in new_texts):
        return _share(Vocabulary.of(train_texts, size), new_texts)


@coverage.wrong(
    "All is right until no word is there at all: then you say 1, all covered. The result is 0 in that case."
)
def all_covered_without_words(train_texts, new_texts, size):
    found = any(words(text) for text in new_texts)
    return _share(Vocabulary.of(train_texts, size), new_texts) if found else 1


@coverage.wrong(
    "You looked for the words inside one long string: `film` is found in `films` there. Words are compared whole."
)
def looks_into_a_string(train_texts, new_texts, size):
    listed = " ".join(Vocabulary.of(train_texts, size).words)
    found = [word in listed for text in new_texts for word in words(text)]
    return sum(found) / max(len(found), 1)


@coverage.wrong(
    "You counted padding as covered: all that is not `[UNK]`, the positions at which no word stands among them. Only words count."
)
def counts_padding_as_covered(train_texts, new_texts, size):
    return (Vocabulary.of(train_texts, size).encode(new_texts, length=75) != 1).mean()


@coverage.wrong(
    "You cut the new texts at the length of the longest training text. What they say after that counts too."
)
def cuts_at_the_longest_in_training(train_texts, new_texts, size):
    ids = Vocabulary.of(train_texts, size).encode(new_texts, length=max(len(words(text)) for text in train_texts))
    return (ids > 1).sum() / max((ids > 0).sum(), 1)


@coverage.wrong(
    "Each text's share is written over the one before, and the last is left. All words are counted together."
)
def keeps_the_last_share(train_texts, new_texts, size):
    return _share(Vocabulary.of(train_texts, size), new_texts[-1:])


@coverage.wrong("You divided by the number of new texts: listed words for each text. The share is of all their words.")
def divides_by_texts(train_texts, new_texts, size):
    return gives_a_count(train_texts, new_texts, size) / len(new_texts)


@coverage.wrong("You divided by the number of words in the training texts. The whole is the words of the new ones.")
def divides_by_training_words(train_texts, new_texts, size):
    return gives_a_count(train_texts, new_texts, size) / sum(len(words(text)) for text in train_texts)


@coverage.wrong(
    "You divided by the number of characters: the length of a text is that of the string. The whole is the number of words."
)
def divides_by_characters(train_texts, new_texts, size):
    return gives_a_count(train_texts, new_texts, size) / max(sum(len(text) for text in new_texts), 1)


@coverage.wrong(
    "The listed words are among those that `words` finds, and you divided by what `split` finds. To `words` an `!` is a word, too."
)
def divides_by_pieces(train_texts, new_texts, size):
    return gives_a_count(train_texts, new_texts, size) / max(sum(len(text.split()) for text in new_texts), 1)


@coverage.wrong("`words` takes one text apart. You gave it the whole list of texts.")
def splits_the_list(train_texts, new_texts, size):
    vocabulary = Vocabulary.of(train_texts, size)
    found = words(new_texts)
    return sum(word in vocabulary for word in found) / max(len(found), 1)


@coverage.wrong(
    "`Vocabulary(...)` makes one of a list of words, and counts nothing. The one that counts texts stands after exercise 3."
)
def calls_the_class(train_texts, new_texts, size):
    return _share(Vocabulary(train_texts, size), new_texts)


@coverage.wrong(
    "You let Keras make the words, by its own rules: it drops `!` and writes `isnt`. Here the course's rules split and count."
)
def lets_keras_count(train_texts, new_texts, size):
    import keras

    layer = keras.layers.TextVectorization(max_tokens=size)
    layer.adapt(train_texts)
    ids = np.array(layer(new_texts))
    return (ids > 1).sum() / max((ids > 0).sum(), 1)


def _share(vocabulary, texts):
    ids = [i for text in texts for i in vocabulary.ids(text)]
    return float(np.mean(np.array(ids) > 1)) if ids else 0.0


# ---- learn_bpe -------------------------------------------------------------------------------------------------------

learn_bpe = Exercise(
    "learn_bpe",
    hints=(
        "What do you need to keep for each word, so that a round can start where the one before ended? And which "
        "counts have changed after a merge?",
        "The cell with the four words does the counting of one round, and the cell after `merge` does the merging. "
        "`min` takes a `key`, as `sorted` does: what has to come first in a tuple so that the smallest is the pair "
        "you want?",
        "Keep a dict from each word to its parts. In each of `merges` rounds count all pairs anew, adding the "
        "word's count for each; stop if there are none; "
        "take the smallest pair by the tuple (minus its count, the pair); note it, and merge it in all words.",
    ),
)


@learn_bpe.probe
def _(attempt, rng):
    small, large = int(rng.integers(2, 4)), int(rng.integers(5, 8))
    a, b, c, d, e = some(rng, list("bcdghklmnprst"), 5)
    low, middle, high = sorted((a, b, c))
    cases = (
        ({f"{a}o": small}, 1, "one word of two letters, so three parts; one merge"),
        ({f"{a}i{b}": large, f"{c}i{b}": small}, 3, "two words that end alike; three merges"),
        (
            {f"{a}{b}": small, f"{c}{d}": small, f"{c}{e}": small, f"u{d}": large},
            4,
            "a frequent word and three rare ones",
        ),
        ({"ba": small, "ab": small}, 2, "all pairs are equally frequent"),
        ({f"{a}o{a}o": small, f"{b}i": small + 1}, 2, "a word that holds the same pair twice"),
        ({f"o{a}": large, f"{b}o{a}": small, f"o{a}e{c}": small}, 4, "one part at the end of a word and inside one"),
        ({f"{low}{high}{low}{high}": small}, 3, "one word, which is the same two letters twice"),
        ({f"{c}{c}{c}": small, f"{c}{c}": small}, 3, "the same letter two and three times"),
        (
            {f"{low}{high}{low}{middle}": small},
            3,
            "one word; the pair that wins a tie is not the one that spells first",
        ),
        ({f"{a}e": 1, f"{a.upper()}e{b}": 2}, 20, "more merges than there are pairs"),
        ({f"{a}e": 3}, 0, "no merges"),
    )
    for counts, merges, about in cases:
        result = call(attempt, counts, merges, about=about)
        are_pairs = result.saw["kind"] == "list" and all(map(_is_pair, result.saw["items"]))
        if are_pairs and len(result.saw["items"]) == merges:
            result = replace(result, say=_PAIRS_OFF)
        elif are_pairs and merges == 20:
            result = replace(result, say=_END_OFF)
        yield result


_PAIRS_OFF = (
    "One of your pairs was not the most frequent at that point, or not the alphabetically first of the most frequent. "
    "Count the rounds on paper: where do yours part from them?"
)


_END_OFF = (
    "Your merges are not the ones that the counts give, up to the end, where every word is in one part. "
    "Count the rounds on paper: where do yours part from them?"
)


def _is_pair(saw):
    return saw["kind"] == "list" and [item["kind"] for item in saw["items"]] == ["text", "text"]


@learn_bpe.wrong(
    "You counted each pair once in a word, and a word can hold a pair twice. Every two neighbours count, each time."
)
def counts_once_in_a_word(counts, merges):
    def once(parts, counts):
        return Counter(
            pair for word, pieces in parts.items() for pair in set(pairwise(pieces)) for _ in range(counts[word])
        )

    return _learn(counts, merges, count=once)


@learn_bpe.wrong(
    "You counted each word once. A pair in a word that occurs seven times occurs seven times: weigh it with `counts`."
)
def ignores_the_counts(counts, merges):
    return _learn(dict.fromkeys(counts, 1), merges)


@learn_bpe.wrong(
    'No pair with the end mark is ever counted. Does every word start as its characters with `"_"` behind, and does your '
    "count go up to the last two parts?"
)
def leaves_out_the_end_mark(counts, merges):
    return _learn(counts, merges, start=list)


@learn_bpe.wrong(
    "You put the end mark before the words. It stands behind the last character, so that endings can be told."
)
def marks_the_beginning(counts, merges):
    return _learn(counts, merges, start=lambda word: ["_", *word])


@learn_bpe.wrong(
    "You counted once and took the most frequent pairs of the start. Each merge makes new pairs and takes "
    "occurrences from others, so count again."
)
def never_counts_again(counts, merges):
    totals = _pairs({word: [*word, "_"] for word in counts}, counts)
    return sorted(totals, key=lambda pair: (-totals[pair], pair))[:merges]


@learn_bpe.wrong(
    "Every round finds the same pair, because the words stay as they were. The merged parts are what the next "
    "round starts from."
)
def never_merges(counts, merges):
    totals = _pairs({word: [*word, "_"] for word in counts}, counts)
    return [min(totals, key=lambda pair: (-totals[pair], pair))] * merges


@learn_bpe.wrong(
    "Among equally frequent pairs you took the one that was met first. The order of the dict would then "
    "decide; the alphabetically first pair does not depend on it."
)
def takes_the_first_met(counts, merges):
    return _learn(counts, merges, best=lambda totals: max(totals, key=totals.get))


@learn_bpe.wrong(
    "`most_common` takes the pair that was met first among equals, where the alphabetically first is asked "
    "for; and it has nothing to give when no pair is left."
)
def takes_most_common(counts, merges):
    return _learn(counts, merges, best=lambda totals: totals.most_common(1)[0][0], stops=False)


@learn_bpe.wrong(
    "`max` takes the pair that was met first among equals, where the alphabetically first is asked for; and it "
    "has nothing to give when no pair is left."
)
def takes_the_first_met_on_and_on(counts, merges):
    return _learn(counts, merges, best=lambda totals: max(totals, key=totals.get), stops=False)


@learn_bpe.wrong(
    "All is right until every word is in one part: then `min` has no pair to choose from. The list of merges "
    "ends there."
)
def does_not_stop_before_min(counts, merges):
    return _learn(counts, merges, best=lambda totals: min(totals, key=lambda pair: (-totals[pair], pair)), stops=False)


@learn_bpe.wrong(
    "Among equally frequent pairs you took the alphabetically last: `max` turned the order of the pairs round "
    "along with that of the counts."
)
def takes_the_last(counts, merges):
    return _learn(counts, merges, best=lambda totals: max(totals, key=lambda pair: (totals[pair], pair)))


@learn_bpe.wrong("You merged the rarest pair. `min` and `sorted` go from small to large; the most frequent is wanted.")
def takes_the_rarest(counts, merges):
    return _learn(counts, merges, best=lambda totals: min(totals, key=lambda pair: (totals[pair], pair)))


@learn_bpe.wrong(
    "You took the alphabetically first pair, however often it occurs. The count decides first, the alphabet "
    "only between equals."
)
def takes_by_the_alphabet(counts, merges):
    return _learn(counts, merges, best=min)


@learn_bpe.wrong(
    "The merges are right, and you returned the parts that came of them. The pairs are asked for, tuples of two."
)
def returns_joined(counts, merges):
    return ["".join(pair) for pair in _learn(counts, merges)]


@learn_bpe.wrong(
    "You returned the words in their parts. The list of merges is asked for: with it, words can be split that "
    "were never counted."
)
def returns_the_words(counts, merges):
    parts = {word: [*word, "_"] for word in counts}
    for pair in _learn(counts, merges):
        parts = {word: _merge(pieces, pair) for word, pieces in parts.items()}
    return parts


@learn_bpe.wrong(
    "When all words are in one part, no pair is left, and looking for the best of none stops with an error. "
    "Then the list ends."
)
def does_not_stop(counts, merges):
    return _learn(counts, merges, stops=False)


@learn_bpe.wrong(
    "You stopped before the pairs ran out, at pairs that occur once. The statement stops only when no word has "
    "two parts left."
)
def stops_at_single_pairs(counts, merges):
    learned, parts = [], {word: [*word, "_"] for word in counts}
    while len(learned) < merges:
        totals = _pairs(parts, counts)
        if max(totals.values(), default=0) < 2:
            break
        learned.append(min(totals, key=lambda pair: (-totals[pair], pair)))
        parts = {word: _merge(pieces, learned[-1]) for word, pieces in parts.items()}
    return learned


@learn_bpe.wrong(
    "You merged in a text with spaces: `c c` is also found where `cc c` stands, and parts grow together that are not the pair. "
    "Whole parts are compared."
)
def merges_in_a_text(counts, merges):
    def in_text(pieces, pair):
        return " ".join(pieces).replace(" ".join(pair), "".join(pair)).split(" ")

    return _learn(counts, merges, merge=in_text)


@learn_bpe.wrong(
    "You merged the pair at its first place in each word. It is merged wherever it stands, twice in one word as well."
)
def merges_the_first_place(counts, merges):
    def once(pieces, pair):
        for i, two in enumerate(pairwise(pieces)):
            if two == pair:
                return [*pieces[:i], "".join(pair), *pieces[i + 2 :]]
        return pieces

    return _learn(counts, merges, merge=once)


@learn_bpe.wrong(
    "You merged from right to left. Where a letter comes three times in a row it makes a difference; the walk goes from left to right."
)
def merges_from_the_right(counts, merges):
    def backwards(pieces, pair):
        turned = [piece[::-1] for piece in reversed(pieces)]
        merged = _merge(turned, tuple(part[::-1] for part in reversed(pair)))
        return [piece[::-1] for piece in reversed(merged)]

    return _learn(counts, merges, merge=backwards)


@learn_bpe.wrong(
    "Among equally frequent pairs you compared what they spell. Compared are the tuples: first their first parts."
)
def compares_what_pairs_spell(counts, merges):
    return _learn(counts, merges, best=lambda totals: min(totals, key=lambda pair: (-totals[pair], "".join(pair))))


@learn_bpe.wrong(
    "Your counts go on from the round before, so pairs that are gone still count. In each round all pairs are counted anew."
)
def counts_on_and_on(counts, merges):
    kept = Counter()

    def on_top(parts, counts):
        kept.update(_pairs(parts, counts))
        return kept

    return _learn(counts, merges, count=on_top)


@learn_bpe.wrong('Your end mark is another one. Here every word ends in `"_"`, a part of its own.')
def marks_with_another_sign(counts, merges):
    return _learn(counts, merges, start=lambda word: [*word, "</w>"])


@learn_bpe.wrong(
    "You put the end mark to the last letter from the start. It is a part of its own, until a merge joins it."
)
def glues_the_end_mark(counts, merges):
    return _learn(counts, merges, start=lambda word: [*word[:-1], word[-1] + "_"])


@learn_bpe.wrong("With `merges` 0 nothing is to be merged, and yours merges before it looks.")
def merges_at_least_once(counts, merges):
    return _learn(counts, merges or 1_000)


@learn_bpe.wrong("You learned one merge too many.")
def one_merge_too_many(counts, merges):
    return _learn(counts, merges + 1)


@learn_bpe.wrong("You learned one merge too few.")
def one_merge_too_few(counts, merges):
    return _learn(counts, max(merges - 1, 0))


@learn_bpe.wrong(
    "Your pairs reach from the end of one word to the beginning of the next. Neighbours are counted within a "
    "word; the dict's order says nothing."
)
def counts_across_words(counts, merges):
    learned, parts = [], [part for word, count in counts.items() for part in [*word, "_"] * count]
    for _ in range(merges):
        totals = Counter(pairwise(parts))
        if not totals:
            break
        learned.append(min(totals, key=lambda pair: (-totals[pair], pair)))
        parts = _merge(parts, learned[-1])
    return learned


@learn_bpe.wrong("You noted each pair together with its count. The pair alone is asked for, a tuple of two str.")
def notes_the_counts(counts, merges):
    noted, parts = [], {word: [*word, "_"] for word in counts}
    while len(noted) < merges and (totals := _pairs(parts, counts)):
        best = _most_frequent(totals)
        noted.append((best, totals[best]))
        parts = {word: _merge(pieces, best) for word, pieces in parts.items()}
    return noted


@learn_bpe.wrong(
    "`most_common(1)[0]` is a pair and its count. You went on with both as if they were the pair: no two parts are equal to that, and "
    "nothing is merged."
)
def takes_the_count_along(counts, merges):
    totals = _pairs({word: [*word, "_"] for word in counts}, counts)
    return totals.most_common(1) * merges


@learn_bpe.wrong(
    "You stop as soon as one word is in one part. Others may have two parts left, and pairs to be counted."
)
def stops_at_the_first_whole_word(counts, merges):
    learned, parts = [], {word: [*word, "_"] for word in counts}
    while len(learned) < merges and all(len(pieces) > 1 for pieces in parts.values()):
        learned.append(_most_frequent(_pairs(parts, counts)))
        parts = {word: _merge(pieces, learned[-1]) for word, pieces in parts.items()}
    return learned


@learn_bpe.wrong(
    "A pair that several words hold has the count of the last of them: each one writes over the one before. The counts add up."
)
def keeps_the_last_count(counts, merges):
    def last(parts, counts):
        return Counter({pair: counts[word] for word, pieces in parts.items() for pair in pairwise(pieces)})

    return _learn(counts, merges, count=last)


@learn_bpe.wrong(
    "The last part of a word has no neighbour behind it, and you ask for one. Parts have one pair fewer than they are."
)
def looks_past_the_end(counts, merges):
    def pairs(parts, counts):
        totals = Counter()
        for word, pieces in parts.items():
            for i in range(len(pieces)):
                totals[pieces[i], pieces[i + 1]] += counts[word]
        return totals

    return _learn(counts, merges, count=pairs)


@learn_bpe.wrong(
    "You made the words lower case. Their characters are taken as they are: `Old` and `old` begin differently."
)
def lowers_the_characters(counts, merges):
    return _learn({word.lower(): count for word, count in counts.items()}, merges)


def _pairs(parts, counts):
    totals = Counter()
    for word, pieces in parts.items():
        for pair in pairwise(pieces):
            totals[pair] += counts[word]
    return totals


def _most_frequent(totals):
    top = max(totals.values())
    return min(pair for pair, total in totals.items() if total == top)


def _merge(pieces, pair):
    merged = []
    for piece in pieces:
        if merged and (merged[-1], piece) == pair:
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def _learn(
    counts, merges, start=lambda word: [*word, "_"], best=_most_frequent, stops=True, count=_pairs, merge=_merge
):
    parts, learned = {word: start(word) for word in counts}, []
    while len(learned) < merges:
        totals = count(parts, counts)
        if stops and not totals:
            break
        learned.append(best(totals))
        parts = {word: merge(pieces, learned[-1]) for word, pieces in parts.items()}
    return learned
