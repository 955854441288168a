# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] slideshow={"slide_type": "slide"}
# # Text to ids
#
# A customer writes: *It's PERFECT, isn't it?* An `Embedding` layer takes whole numbers. Which numbers are these words? Are they four
# words, or six, or seven? And what about a word that nobody has ever written before?

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Write the sentence on the board and ask for the number of words. You will get four (the spaces), five and seven.
# Do not settle it. Say: each answer makes another table, and the model never finds out what the other answers would have been.
# Ask: "Is *PERFECT,* with its comma the same word as *perfect*?" Everybody says yes. Then run the first cell, where the computer
# says no. The mistake behind it: taking words for something that lies in the text, when they come out of rules that somebody
# chose.

# %%
from course import lesson

ex = lesson("06_text_to_ids")
ex

# %% [markdown]
# **You will**
#
# - take texts apart by rules, number the words, and turn any text into a row of ids of a fixed length;
# - get the same ids from `keras.layers.TextVectorization`, and save it inside a model that takes plain text;
# - measure how much of a new text a vocabulary knows, and learn pieces of words, with which no word is unknown.

# %% tags=["needed"]
import re
from collections import Counter

import numpy as np

# %% tags=["needed"]
import keras

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown]
# The texts of this lesson are short reviews that ship with the course, in three parts. You work with the **training** part. The
# validation part stands in for reviews that are yet to be written. The test part stays shut until lesson 07.
#
# Python's `text.split()` cuts a text at its spaces. Suppose that you give each piece that it finds a row of the table. How many rows
# does the word *perfect* get? Guess, then run the cell.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Cut at the spaces: how many rows does *perfect* get?
#
# Python's `text.split()` cuts a text at its spaces, and nowhere else.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# ```text
# Perfect   Perfect.   perfect   perfect,   perfect.   ...
# ```
#
# - Eight: each piece gets a row of the table of its own.
# - What one row learns, the others never hear of.

# %%
from course.data import load_reviews

reviews = load_reviews("shipped")
train, new = reviews.train.texts, reviews.validation.texts  # 1,260 and 280 texts

pieces = Counter(piece for text in train for piece in text.split())
perfect = {piece: n for piece, n in pieces.items() if re.fullmatch(r"\W*perfect\W*", piece.lower())}
print(f"{len(train):,} reviews, {len(pieces):,} different pieces")
print(f"rows for 'perfect': {len(perfect)}")
print(perfect)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask before the next key: "How many rows does the word *perfect* get in our reviews?" Guesses are two or three:
# with a capital and without. It is eight, with full stops, commas and the rest. Run the cell if they doubt it. The mistake
# behind the guess: they read words, and the computer compares characters. Before words get numbers, somebody has to say what a
# word is.

# %% [markdown]
# Eight rows for one word, each trained on its own few reviews, and what one of them learns the others never hear of. Before words get
# numbers, somebody has to say what a word is.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="What is a word? Rules that somebody chose"
# ## 1. What is a word?
#
# - **Standardise**: make alike what should count as alike (`PERFECT`, `perfect`).
# - **Split**: cut into **tokens**, the pieces that get an id each.
# - Both are rules. Somebody chose them.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Two steps, each a rule. Ask: "Should `!` be a word?" For sentiment yes, for a search engine hardly. Ask for a
# rule that would hurt here: dropping short words, which drops *no*; dropping *stop words*, whose usual lists hold *not*. The
# mistake behind "the usual cleaning": there is none that suits every task. Our rules: endings such as n't and 's stand apart,
# hyphens stay, ! and ? are kept.

# %% [markdown]
# A **token** is a piece of text that gets an id; in this lesson mostly a word. Making tokens takes two steps. To **standardise** a text
# is to make alike what should count as alike, for instance by writing it all in lower case. To **split** it is to cut it into tokens.
#
# Python's tool for such rules is the **regular expression**, a pattern for stretches of text. `re.findall(pattern, text)` lists all
# stretches that fit. In a pattern `\w` stands for one letter, digit or underscore, and `+` for "one or more of it". Before you run
# the cell: into which pieces will the second line cut *isn't*, and what will become of the line break `<br />`?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Live coding: find four flaws of the pattern `\w+`
#
# *It's PERFECT,`<br />`isn't it? A well-made café.*
#
# `\w` is one letter, digit or underscore; `+` is one or more of it. **Which pieces will come out?**

# %% slide="live output" slideshow={"slide_type": "fragment"}
text = "It's PERFECT,<br />isn't it? A well-made café."
print(text.split())
print(re.findall(r"\w+", text.lower()))

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Let the room find the flaws of `\w+` before you name them: *isn't* becomes *isn* and *t*, the line break
# becomes the word *br*, *well-made* comes apart, and the question mark is lost. Most miss the *br*. Then try what they propose;
# somebody adds the apostrophe to the pattern, and gets *isn't* whole. Ask how many words with *n't* there are: fifteen rows,
# most of them met a handful of times, or one row met 89 times. The mistake behind: a pattern that is right for one sentence is
# taken for right.

# %% [markdown]
# The capitals and the comma are gone, and there is new trouble: *isn't* has become *isn* and *t*, a line break has become the word
# *br*, *well-made* has come apart, and the question mark is lost, though it says something about mood.
#
# So a pattern with more to say. `|` reads "or", `[!?]` "one of these two", `(...)*` "any number of times", `\b` "the word ends here",
# and `[^\W_]` "one letter or digit, of any alphabet" (`\w` without the underscore).

# %% tags=["needed"]
WORD = re.compile(
    r"""
      n't | '(?:s|re|ve|ll|d|m)\b     # endings that stand apart: is n't, it 's, they 're
    | [^\W_]+ (?: - [^\W_]+ )*        # letters and digits, with hyphens between them
    | [!?]                            # two marks that carry feeling
    """,
    re.VERBOSE,  # spaces and comments in the pattern do not count
)

# %%
print(WORD.findall(text.lower()))

# %% [markdown]
# Better: *it* and *'s*, *well-made* in one, the question mark kept. Two flaws are left, and they will be yours to mend: *br* is still a
# word, and *isn't* has come to *isn* and *t*. A pattern takes what fits from left to right; when it comes to the *n't*, the *n* is
# already used up by *isn*. So the text must be changed before the pattern sees it. There are two tools for that: `text.replace(old, new)`
# for a fixed stretch, and `re.sub(pattern, new, text)`, which puts `new` in the place of all that fits. `[^/]` fits any one
# character that is no slash, and so `/[^/]*/` fits a slash, what follows, and the next slash. What will the second line print?

# %%
print("soup, no soup".replace("ou", "a"))
print(re.sub(r"/[^/]*/", "...", "the soup /cold/ and the bread /warm, by mistake/ came late"))

# %% [markdown]
# The two asides are gone, and the bread between them is still there. Keep the pattern in mind for the mark-up.
#
# Why should *n't* stand apart? Guess how many different words of our reviews have a *not* in them like this.

# %%
negated = Counter(re.findall(r"\w+n't", " ".join(train).lower()))
print(f"{len(negated)} words with n't, {sum(negated.values())} times in all")
print(negated)

# %% [markdown]
# Fifteen rows, most of them met a handful of times: too little to learn from. Or one row for *n't*, met 89 times. Apart it is. The rule
# is an old one: the Penn Treebank, a collection of parsed sentences
# ([Marcus and others, 1993](https://aclanthology.org/J93-2004/)), splits like this, and so do the texts behind the word vectors of
# lesson 09. (By the same rule *can't* is *ca n't*, and *won't* is *wo n't*. Odd to look at, and no harm done: *ca* gets a row too.)

# %% [markdown]
# ### Exercise 1: split a text into words
#
# Write `split_words(text)`. `text` is a string. Return the list of its words, in order, repeats included:
#
# 1. Mark-up, which is anything from a `<` to the next `>`, another `<` included, counts as a space. A `<` with no `>` behind it is no
#    mark-up.
# 2. Everything is in lower case.
# 3. The typographic apostrophe `’` counts as the plain one, `'`.
# 4. `n't` is a word of its own, wherever it stands, as in *do n't cha* for *don'tcha*.
# 5. The rest is as `WORD` above finds it: the endings `'s 're 've 'll 'd 'm` are words, a run of letters and digits with hyphens
#    inside is a word, each `!` and each `?` is a word, and all else separates words and is dropped.
#
# `split_words("It's PERFECT,<br />isn't it?")` is `["it", "'s", "perfect", "is", "n't", "it", "?"]`, and `split_words("")` is `[]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Split a text into words by five rules
#
# `"It's PERFECT,<br />isn't it?"` gives `["it", "'s", "perfect", "is", "n't", "it", "?"]`


# %% exercise="split_words" slide="code"
def split_words(text):
    """The words of `text`, a list of str in lower case, by the five rules."""
    ### BEGIN SOLUTION
    text = re.sub(r"<[^>]*>", " ", text).lower().replace("’", "'")
    return WORD.findall(text.replace("n't", " n't"))
    ### END SOLUTION


# %% check="split_words"
ex.split_words.check(split_words)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Ask: "Why must *n't* be dealt with before the pattern runs?" Because a pattern takes what fits
# from left to right, and *isn* has used up the n. The mistakes to expect: replacing mark-up by nothing, so that *good<br
# />film* becomes *goodfilm*; a pattern for mark-up that runs from the first < to the last >; and lower case forgotten for the
# typographic apostrophe's *N’T*.

# %% [markdown]
# Stuck? Put `ex.split_words.hint()` in a cell of its own. Every exercise has three hints.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="A vocabulary numbers the words of the training texts"
# ## 2. A vocabulary
#
# - Count the words of the **training** texts.
# - id 0: padding. id 1: any word that is not listed.
# - From id 2 on: the words, most frequent first.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "Why the most frequent first?" So that the 1,000 most useful words are the ids below 1,000. "Why
# alphabetical order among equals?" Because `Counter.most_common` keeps the order of first appearance, so shuffled training
# texts give other ids, and a saved model then reads every rare word as another word. The room says that order does not matter.
# It does not, as long as it stays the same.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The size counts all ids, the two reserved ones too
#
# | id | 0 | 1 | 2 | 3 | 4 | 5 |
# |---|---|---|---|---|---|---|
# | word | (padding) | `[UNK]` | good | film | bad | book |
#
# - **0 is padding**, no word at all. **1 is `[UNK]`**, any word that is not listed.
# - A vocabulary of size 6 has four words, and the table is `Embedding(6, d)`.

# %% [markdown]
# Now number the words. Most frequent first is the custom, and a good one: to keep the 1,000 most useful words you keep the ids below
# 1,000. Take three tiny reviews, already split.

# %%
tiny = [["good", "film", "good", "cast"], ["bad", "film"], ["good", "book"]]
tiny_counts = Counter(word for text in tiny for word in text)
print(tiny_counts)

# %% [markdown]
# Two ids are taken before the first word gets one:
#
# - **0 is padding**, no word at all (lesson 05).
# - **1 is `[UNK]`**, "unknown". It stands for every word that is not in the list. Such a word is called **out of vocabulary**, OOV.
#
# (In lesson 04, unknown words had id 0: bags of words need no padding, and nothing else wanted the 0. Rows of ids do, so `[UNK]` moves up.)
#
# So *good* gets id 2 and *film* id 3. Then three words come once each. Which is first? It hardly matters, as long as it is the same on
# every machine and in every run; in this course words of equal count stand in alphabetical order. A vocabulary of size 6 is then
#
# | id | 0 | 1 | 2 | 3 | 4 | 5 |
# |---|---|---|---|---|---|---|
# | word | | `[UNK]` | good | film | bad | book |
#
# and *cast* is not in it. The **size** counts all ids, the two reserved ones too, because that is what the table needs to know:
# `Embedding(6, d)`.
#
# **Which texts are counted?** The training texts, and no others. A word that only the test texts hold would get a row that is never
# trained, and would no longer count as unknown. You would measure how the model does in a world without new words. New reviews do not
# come from that world; section 6 puts a number on it.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "10,000 words in the list. What is `input_dim`?" The room says 10,000 or 10,001; it is 10,002. Then turn
# it round: "`size` is 10,000. How many words?" 9,998. A word that is not in the list is called out of vocabulary, OOV. The
# mistake behind both answers: counting words where ids should be counted.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: what does this test no longer show?
#
# ```python
# texts = reviews.train.texts + reviews.validation.texts + reviews.test.texts
# vocabulary = build_vocabulary([split_words(text) for text in texts], 10_000)
#
# x_train = to_ids(reviews.train.texts, vocabulary)
# x_test = to_ids(reviews.test.texts, vocabulary)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# What happens with a word never met before: no test word is unknown.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** No label of the test set was used, so the room finds nothing. Ask: "How many unknown words will the test texts
# have?" None. "And tomorrow's review?" Here about one word in sixteen. The test no longer shows what it is for.

# %% [markdown]
# ### Exercise 2: build a vocabulary
#
# Write `build_vocabulary(split_texts, size)`. `split_texts` is a list of one or more texts, each a list of words (str), perhaps empty;
# `size` is an integer of 2 or more. Return a list of str in which the position of a word is its id: `""` at 0 for padding, `"[UNK]"` at
# 1, and from 2 on the words of the texts as they are, the most frequent first, words of equal count in alphabetical order. The list has
# `size` entries in total, or fewer when the texts do not hold so many words.
#
# `build_vocabulary([["good", "film", "good"], ["bad", "film", "cast"]], 5)` is `["", "[UNK]", "film", "good", "bad"]`: *film* and
# *good* come twice each.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Build a vocabulary that is the same on every machine


# %% exercise="build_vocabulary" slide="code"
def build_vocabulary(split_texts, size):
    """The words by id: "" for padding, "[UNK]", then the most frequent words of `split_texts`; `size` entries at most."""
    ### BEGIN SOLUTION
    counts = Counter(word for text in split_texts for word in text)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return ["", "[UNK]", *ranked[: size - 2]]
    ### END SOLUTION


# %% check="build_vocabulary"
ex.build_vocabulary.check(build_vocabulary)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Work the example: *film* and *good* come twice each, so which is first? *film*, by the
# alphabet. The mistakes to expect: a size that counts the words only; ties in the order in which they were met; and two lists
# sorted apart, so that words and counts no longer belong together. For the others, ask how `(-counts[word], word)` sorts.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Which id for a word that is not in the list?"
# ## 3. A word that is not in the list
#
# "the gnocchi was great", and *gnocchi* is in no list. Give it
#
# - no id: drop it?
# - id 0?
# - id 1?

# %% [markdown]
# Say what each of the three does to the text before you read on.
#
# - **Drop it**, and the text gets shorter. A text of nothing but unknown words becomes empty, and its mean is 0 / 0 (lesson 05).
# - **Id 0**, and to the model it is padding. The mask hides it, and the texts that become empty are the same.
# - **Id 1** says that there is a word here and not which one. Row 1 can learn what that is worth.
#
# Id 1, then. But row 1 learns only if it is looked up in training. If every word of the training texts is in the vocabulary, no training
# text has an unknown word, and row 1 stays at its random start. So leave the rarest words out on purpose: with the 1,000 most
# frequent words, or with those that occur twice or more (lesson 07's choice), row 1 is trained on all the others.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Have a show of hands for the three choices; "drop it" wins in most rooms. Then give them the review "Gnocchi!
# Tiramisu!" and ask for its ids under each choice. With dropping, two ids of exclamation marks are left, and without the marks
# nothing. Id 0 hides it behind the mask. So id 1. The mistake behind "drop it": "the model cannot know the word, so it may as
# well not see it". That there is a word is information too; but row 1 learns only if training texts have unknown words, so
# leave the rarest out on purpose.

# %% [markdown]
# ### Exercise 3: words to ids
#
# Write `to_ids(words, vocabulary)`. `words` is a list of str, none of them `""` or `"[UNK]"`; `vocabulary` is a list as in exercise 2,
# where the position of a word is its id. Return a list of integers, one for each word, in order: the word's id, or 1 when the vocabulary
# does not list it. Words are looked up whole and as they are written. Leave `vocabulary` as it is.
#
# With `vocabulary = ["", "[UNK]", "good", "film"]`, the words `["a", "good", "film"]` become `[1, 2, 3]`, and `[]` becomes `[]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Turn words into ids, with 1 for what is not listed
#
# With `["", "[UNK]", "good", "film"]`, the words `["a", "good", "film"]` become `[1, 2, 3]`.


# %% exercise="to_ids" slide="code"
def to_ids(words, vocabulary):
    """The id of each of the `words`: its position in the list `vocabulary`, or 1 when it is not there."""
    ### BEGIN SOLUTION
    ids = {word: i for i, word in enumerate(vocabulary)}
    return [ids.get(word, 1) for word in words]
    ### END SOLUTION


# %% check="to_ids"
ex.to_ids.check(to_ids)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes in the notebook.** Ask: "What does `vocabulary.index(word)` cost for 10,000 words?" It reads the list from the
# start for every word; a dict is made once. Both are right here. The mistakes to expect: id 0 for unknown words, words dropped,
# and counting from 2 although the list has its two reserved entries already.

# %% [markdown]
# Taught, then imported: from here on the lesson takes the three steps from the course. `words(text)` splits as in exercise 1, and
# `Vocabulary` holds the list of exercise 2 (in `.words`) and does what exercise 3 does (in `.ids`). If you have solved the three, the
# next cell says that yours give the same on all the training reviews.

# %% tags=["needed"]
from course.text import Vocabulary, words

# %%
vocabulary = Vocabulary.of(train, size=1_000)
split_train = [words(text) for text in train]


def compare(name, yours, ours):
    """Says whether the function `yours` returns what `ours` is."""
    try:
        verdict = "the same" if yours() == ours else "not yet the same"
    except Exception:
        verdict = "not yet the same"
    print(f"{name:17} {verdict}")


compare("split_words", lambda: [split_words(text) for text in train], split_train)
compare("build_vocabulary", lambda: build_vocabulary(split_train, 1_000), vocabulary.words)
compare("to_ids", lambda: list(to_ids(split_train[0], vocabulary.words)), vocabulary.ids(train[0]))

# %% [markdown]
# And back again: which words will be missing?

# %%
ids = vocabulary.ids("The gnocchi was GREAT, wasn't it?")
print(ids)
print(vocabulary.decode(ids))

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Short reviews end in padding, long ones lose their end

# %% [markdown]
# ## 4. Rows of one length
#
# - A batch is a rectangle. Texts are not.
# - Too short: fill up with 0, **padding**.
# - Too long: cut, **truncation**.
# - At which end?

# %% [markdown]
# Here are ten training reviews as a rectangle of 22 ids each. Before you run the cell: what will a short review look like, and what a
# long one?

# %% slide="output"
from matplotlib.colors import ListedColormap

few = train[2:12]
rectangle = vocabulary.encode(few, length=22)  # (10, 22)
cut = [len(words(text)) > 22 for text in few]

plt.figure(figsize=(9.5, 4.4))
kinds = ListedColormap(["white", plots.ORANGE, plots.SKY])  # padding, unknown, word
plt.imshow(np.minimum(rectangle, 2), cmap=kinds, vmin=0, vmax=2, aspect="auto", alpha=0.55)
for (row, column), value in np.ndenumerate(rectangle):
    plt.text(column, row, value, ha="center", va="center", fontsize=9, color="0.6" if value == 0 else "black")
plt.xticks(range(0, 22, 3))
plt.yticks(range(10), [f"{'cut' if long else 'whole'}  {row}" for row, long in enumerate(cut)])
plt.xlabel("position (blue: a listed word, orange: id 1, white: padding)")
plt.ylabel("review")
plt.grid(False)
plt.title("Short reviews end in padding, long ones lose their end")
plots.show(
    "A grid of ten rows of 22 ids. Listed words are blue, unknown words orange. Four reviews are whole and end in white cells "
    "with 0, the padding; six are cut after 22 words and have no padding."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** A batch is a rectangle; texts are not. Blue is a listed word, orange id 1, white padding. Ask: "Where is the
# end of review 4?" Gone. Ask for the worst review to cut on the right; somebody offers one with a *but* near the end. Then ask
# whether padding on the left would help. It does not: padding and cutting are two questions with an end each. The mistake
# behind: taking them for one.

# %% [markdown]
# Row 1 in words, as the ids give them back, and what the writer wrote. What has become of the words that the list does not know?

# %%
print(vocabulary.decode(rectangle[1]))
print(few[1])

# %% [markdown]
# ### How long?
#
# A long row keeps every word and is mostly padding; a short one cuts. The longest training review has 75 words, so with rows of 75 ids
# nothing is lost. Guess the share of the rectangle that is then padding.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which length is best, when 20 cuts words and 75 adds padding?
#
# 1,260 reviews of 8 to 75 words:

# %% slide="output" slideshow={"slide_type": "fragment"}
lengths = np.array([len(text) for text in split_train])  # (1260,)
print(f"{lengths.min()} to {lengths.max()} words, {lengths.mean():.0f} on average")
print("length  reviews cut  words lost  padding")
for length in (20, 30, 50, 75):
    kept = np.minimum(lengths, length).sum()
    shares = (lengths > length).mean(), 1 - kept / lengths.sum(), 1 - kept / (length * len(lengths))
    print(f"{length:6}" + "".join(f"{share:11.0%}" for share in shares))

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask for the share of padding in rows of 75, before the next key: most say a quarter. It is more than half. Ask:
# "Which length would you take?" For these, 75, because zeros are cheap and nothing is lost; for film reviews of up to 2,000
# words you would look for a length that cuts few of them. The mistake behind "the mean length": it cuts half of the reviews.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: at which end does this cut?
#
# ```python
# row = [5, 2, 7, 3]  # four words
# keras.utils.pad_sequences([row], maxlen=2, padding="post")
# ```
#
# Padding goes to the right, as it should. What is left of the row?

# %% [markdown] tags=["slide-only"] slide="answer"
# At the left: `[7, 3]`. Cutting has an argument of its own, `truncating`.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** The room says [5, 2]. It is [7, 3]: `padding="post"` says where to pad, and cutting has an argument of its own,
# `truncating`, which is "pre" unless you say otherwise. Left in training and right in use raises no error. In this course:
# right, both times. The mistake behind it: one argument is taken for both.

# %% [markdown]
# More than half of it. Zeros are cheap here, and so lesson 07 keeps every word. With longer texts, a few of them very long, you would
# look for a length that cuts few, and find it in such a table: here 50 in place of 75 loses 4 % of the words and a third of the work.
#
# ### Which end?
#
# Cut this review to six words, once at the end and once at the beginning. Which half would you rather judge by?

# %%
review = words("Dull cover, terrible title, awful blurb. Then I could not put it down.")
print("cut on the right:", review[:6])
print("cut on the left: ", review[-6:])

# %% [markdown]
# In this one the verdict stands at the end. Cutting loses something at either end, and the remedy is a row long enough. For the
# *padding* there are good reasons to choose the right:
#
# - Position 0 is the first word of every text.
# - The mask is True, True, ..., False, False, and the fast GPU version of `LSTM` takes masks of that shape only: "strictly
#   right-padded", says its [documentation](https://www.tensorflow.org/api_docs/python/tf/keras/layers/LSTM).
#
# Older tutorials pad on the left. The usual reason: a layer that reads from left to right and knows of no mask ends on what comes last,
# which is words with left padding and zeros with right padding. With a mask that reason is gone. But beware of the helper
# `keras.utils.pad_sequences`: it pads *and cuts* **on the left** unless you say otherwise, in two separate arguments
# ([documentation](https://www.tensorflow.org/api_docs/python/tf/keras/utils/pad_sequences)). Left in training and right in use raises
# no error.
#
# In this course: right, both times, and a mask wherever it matters.

# %% [markdown]
# ### Exercise 4: pad and cut
#
# Write `pad(rows, length)`. `rows` is a list of one or more rows, each a list of integers, of any lengths, perhaps empty; `length` is an
# integer of 1 or more. Return a NumPy array of shape `(len(rows), length)` and dtype `int32`. A row that is too short is filled up
# with 0 on the right; of a row that is too long the first `length` ids are kept. Leave `rows` as they are.
#
# `pad([[5, 2, 7], [4]], 2)` is `[[5, 2], [4, 0]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Pad and cut rows to one length, both on the right


# %% exercise="pad" slide="code"
def pad(rows, length):
    """The `rows` as one int32 array of shape (len(rows), length): padded with 0 and cut, both on the right."""
    ### BEGIN SOLUTION
    padded = np.zeros((len(rows), length), dtype="int32")
    for line, row in zip(padded, rows, strict=True):
        kept = row[:length]
        line[: len(kept)] = kept
    return padded
    ### END SOLUTION


# %% check="pad"
ex.pad.check(pad)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask: "What becomes of an empty row?" Zeros only, and it is allowed. The mistakes to expect:
# `pad_sequences(rows, maxlen=n, padding="post")`, which they have just seen; a float array, because `np.zeros` makes one; and
# rows lengthened in place, so that the caller's lists have changed.

# %% [markdown]
# The course has this in `vocabulary.encode(texts, length)`, which goes the whole way from texts to the rectangle. The mask is one
# comparison away. Three texts: which mask will have no True at all, and how long is each text?

# %%
texts = ["Not good.", "Gnocchi, tiramisu!", "..."]
ids = vocabulary.encode(texts, length=5)  # (3, 5)
mask = ids != 0  # (3, 5)
print(ids)
print(mask)
print("lengths:", mask.sum(axis=1))

rows = [vocabulary.ids(text) for text in train]
compare("pad", lambda: np.array(pad(rows, 22)).tolist(), vocabulary.encode(train, 22).tolist())

# %% [markdown]
# The third text has characters and no word. Such texts come, and their mean is 0 / 0; you met the NaN in lesson 05, and lesson 07 has a
# layer that does without.
#
# Five texts of 2, 2, 8, 0 and 4 words; move the length of the rows. Before you do: at which length is nothing cut and nothing padding?
# And at the shortest length that cuts nothing, which share of the mask is False: a quarter, a half, more?

# %%
from course import play

some = ["warm soup", "not good", "the bread was warm and the room cold", "", "we will come again"]
play.padding([words(text) for text in some], longest=8)

# %% [markdown]
# At none. With texts of different lengths you choose between cutting and padding, and mostly get both. At length 8 nothing is cut, and 24
# of 40 positions are padding, because one long text sets the length for all. The text without a word is False at every length. Put
# padding and cutting on the left: the counts stay the same, and the long text loses its beginning in place of its end.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="One Keras layer does it all, with rules of its own"
# ## 5. The same in Keras
#
# `keras.layers.TextVectorization(max_tokens=..., output_sequence_length=...)`
#
# - `adapt(texts)`: standardise, split, count, number
# - calling it: texts in, ids out
# - a layer, so it can be saved inside a model

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Ask: "What will it make of *isn't*, *well-made* and the line break?" Nobody expects *isnt*, *wellmade* and
# *perfectbr*: it lowers, drops punctuation and splits at spaces. Run the cell. Then: "Somebody sends you a `.keras` file and a
# Python list of words. What do you need to ask?" Whether the list is the one from training, in that order. A vocabulary belongs
# to its model, and the safest place for it is inside. The mistake behind most trouble: two lists that differ only in their
# ties.

# %% [markdown]
# `TextVectorization` is sections 1 to 4 in one layer. `adapt` builds the vocabulary; `max_tokens` is its size, padding and `[UNK]`
# included; `output_sequence_length` pads and cuts on the right. Its rules for words are its own: lower case, drop punctuation,
# split at spaces. Before you run this: what will it make of *isn't*, *well-made* and `<br />`?

# %%
layer = keras.layers.TextVectorization(max_tokens=20, output_sequence_length=8)
sentence = "It's PERFECT,<br />isn't it? A well-made café."  # the one of section 1
layer.adapt([sentence])
listed = layer.get_vocabulary()
print("as words:", [str(word) for word in listed])
print("as ids:  ", np.array(layer([sentence])))
print("types in the list:", sorted({type(word).__name__ for word in listed}))

# %% [markdown]
# *isnt*, one word, unrelated to *is* and to *not*. *wellmade*. And the mark-up sticks to a word: *perfectbr*. Where it stands alone it
# is a word itself, and in texts full of line breaks, counted like this, *br* is one of the most frequent.
#
# Two more traps. The list mixes `str` with NumPy's `np.str_`, which print differently; hence the `str(word)`. And all these words come
# once, so their order is that of ties: **Keras goes backwards through the alphabet**, from *wellmade* to *a*.
#
# To have *your* rules in this layer, split first and hand over the words with spaces between them, with `standardize=None`, and hand
# over your list as `vocabulary`, without the two reserved entries. By hand, then Keras, then equal:

# %%
same = keras.layers.TextVectorization(
    standardize=None, split="whitespace", vocabulary=vocabulary.words[2:], output_sequence_length=75
)
by_keras = np.array(same([" ".join(words(text)) for text in new]))  # (280, 75)
by_hand = vocabulary.encode(new, length=75)  # (280, 75)
print("the same ids:", np.array_equal(by_keras, by_hand), " dtypes:", by_keras.dtype, by_hand.dtype)

# %% [markdown]
# The ids are the same; Keras' are int64, which `Embedding` takes as well. Had Keras counted by itself, would the vocabularies agree? It
# counts alike, and it orders ties otherwise. Guess how many of the 1,000 positions hold the same word in both lists.

# %%
counted = keras.layers.TextVectorization(max_tokens=1_000, standardize=None, split="whitespace")
counted.adapt([" ".join(words(text)) for text in train])
theirs = [str(word) for word in counted.get_vocabulary()]
print("the same word at the same id:", sum(a == b for a, b in zip(theirs, vocabulary.words, strict=True)), "of 1,000")
print("words in one list only:", len(set(theirs) - set(vocabulary.words)), "in each")
print("id 900:", theirs[900], "/", vocabulary.words[900])

# %% [markdown]
# That both counts are 83 is chance: they count different things. Neither list is better. But a model trained with one of them reads
# nonsense through the other, with no error and no warning. **A vocabulary belongs to its model**, and the safest place for it is inside.
#
# ### Saved inside a model
#
# `keras.Input(shape=(), dtype="string")` takes one text for each example. The model below is untrained; the point is that it goes from
# text to answer, and that the file carries the vocabulary. Will the loaded model give the same answers, or does it need `adapt`?

# %%
keras.utils.set_random_seed(6)
inner = keras.layers.TextVectorization(max_tokens=1_000, output_sequence_length=75)
inner.adapt(train)
model = keras.Sequential(
    [
        keras.Input(shape=(), dtype="string"),
        inner,
        keras.layers.Embedding(1_000, 8, mask_zero=True),
        keras.layers.GlobalAveragePooling1D(),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)

# %%
import tempfile
from pathlib import Path

import tensorflow as tf

some = tf.constant(["Perfect soup, warm bread.", "Cold soup, no bread."])
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "text_in_answer_out.keras"
    model.save(file)
    loaded = keras.saving.load_model(file)
print("before:", model.predict(some, verbose=0)[:, 0])
print("loaded:", loaded.predict(some, verbose=0)[:, 0])

# %% [markdown]
# The same, and no file but one. (A `standardize` function of your own is not in the file: it must be registered with
# `keras.saving.register_keras_serializable` on both sides, or loading fails.)
#
# For *training*, make the ids once, before the model, as lesson 07 does: strings are split on the CPU in any case, and there is no need
# to do it again in every epoch. Put the layer in when you ship the model
# ([Keras' guide](https://keras.io/guides/preprocessing_layers/) has both ways).

# %% [markdown]
# ### Exercise 5: the layer that does it all
#
# Write `vectorizer(texts, size, length)`. `texts` is a list of str, the training texts; `size` is the size of the vocabulary, padding and
# `[UNK]` included; `length` is the length of the rows. Return a Keras layer that turns `n` texts, a tensor of strings of shape `(n,)`,
# into ids of shape `(n, length)`: a `keras.layers.TextVectorization` with its own rules for words, its vocabulary counted on `texts`.
#
# With `texts = ["good film, good cast", "Good film"]`, `size = 4` and `length = 3`, the layer makes `[[2, 1, 3]]` of
# `["Good old film!"]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Make the layer that turns texts into rows of ids


# %% exercise="vectorizer" slide="code"
def vectorizer(texts, size, length):
    """A Keras layer, texts (n,) to ids (n, length), with a vocabulary of `size` ids counted on `texts`."""
    ### BEGIN SOLUTION
    layer = keras.layers.TextVectorization(max_tokens=size, output_sequence_length=length)
    layer.adapt(texts)
    return layer
    ### END SOLUTION


# %% check="vectorizer"
ex.vectorizer.check(vectorizer)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask: "When does the layer learn its words?" In `adapt`, not when it is made. The mistakes to
# expect: `max_tokens=size + 2`, by those who have learned the lesson of the two reserved ids too well; no
# `output_sequence_length`, which pads to the longest text of each batch; and `adapt` forgotten, which fails with a message
# about a table.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which share of the words comes only once?
#
# 1,260 reviews. A tenth of the different words? A third?

# %% [markdown]
# ## 6. How many words?
#
# - A few words make up most of every text.
# - Most words hardly ever come.
# - Every word you list costs a row, and a rare word's row learns next to nothing.

# %% [markdown]
# The training reviews hold 36,535 words, 4,797 of them different. Two guesses before you run the next cell. How many of the
# 4,797 occur only once? And what share of the text do the 100 most frequent make up?

# %%
counts = Counter(word for text in split_train for word in text)
sizes = np.array(sorted(counts.values(), reverse=True))  # (4797,): the counts, largest first
print(f"{sizes.sum():,} words, {len(sizes):,} different")
print(f"once: {(sizes == 1).sum():,} of them")
print(f"the 100 most frequent make up {sizes[:100].sum() / sizes.sum():.0%} of the text")

# %% slide="output" slideshow={"slide_type": "fragment"}
ranks = np.arange(1, len(sizes) + 1)
ranked = sorted(counts, key=lambda word: (-counts[word], word))
plt.loglog(ranks, sizes, ".", markersize=4, label="our reviews")
plt.loglog(ranks, sizes[0] / ranks, "--", color=plots.ORANGE, label="largest count / rank")
for rank in (1, 10, 100, 1_000, 4_000):
    place = (rank, sizes[rank - 1])
    plt.annotate(ranked[rank - 1], place, (2, 8), textcoords="offset points", fontsize=11)
plt.axis([0.8, 40_000, 0.5, 6_000])
plt.xlabel("rank of the word (1 is the most frequent)")
plt.ylabel("how often it occurs")
plt.title("A few words come often, nearly half only once")
plt.legend()
plots.show(
    "Word counts against ranks, both axes logarithmic. The points fall along a nearly straight line, from 2,034 for the most "
    "frequent word down to a long flat step of words that occur once."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Take guesses for "once" before the next key: the room says a tenth. It is nearly half. Both axes are logarithmic.
# Ask: "If we had a million reviews, would the share shrink?" Hardly: new rare words keep coming, that is what the straight line
# says (Zipf's law). The mistake behind the guess: we remember the words that we meet often. Each word you list costs a row, and
# the row of a word met once learns next to nothing.

# %% [markdown]
# Both axes are logarithmic: each step is ten times the last. **Zipf's law** says that the word of rank $r$ comes about $1/r$ as often
# as the first: the dashed line. Ours fall a little less steeply, and nearly as straight. Every natural language shows something like it
# ([Piantadosi, 2014](https://doi.org/10.3758/s13423-014-0585-6), is a critical review).
#
# What does a big vocabulary cost? A row of $d$ numbers for each word, to keep, to load and to train. And the rows at the far
# right of the figure hardly earn it: a word that comes once has its row looked up once in each epoch, in the company of whatever stood
# in that one review. It ends up near its random start, or it learns that review by heart. What does a small vocabulary
# cost? Text that the model sees as `[UNK]`. The share that is not `[UNK]` is the **coverage**.

# %% [markdown]
# ### Exercise 6: coverage
#
# Write `coverage(train_texts, new_texts, size)`. The first two are lists of one or more str, of any length; `size` is an integer of 2 or
# more. Make a vocabulary of that size (padding and `[UNK]` included) from `train_texts`, and return the share of the words of `new_texts`
# that it lists: one number between 0 and 1. Every occurrence counts, over all new texts together. If `new_texts` hold no word at all,
# return 0. Split and count as the course does: `words` and `Vocabulary` from above are yours to use, and `word in vocabulary` says
# whether a word is listed.
#
# With `train_texts = ["good film, good cast", "good film"]` and `size = 4`, *good* and *film* are listed. The texts
# `new_texts = ["Good book!", "good film"]` hold five words: *good* (listed), *book* (not), `!` (not), *good* and *film* (listed). The
# result is 3/5 = 0.6.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Measure how much of a new text the vocabulary knows


# %% exercise="coverage" slide="code"
def coverage(train_texts, new_texts, size):
    """The share of the words of `new_texts` that a vocabulary of `size` ids, made from `train_texts`, lists."""
    ### BEGIN SOLUTION
    vocabulary = Vocabulary.of(train_texts, size)
    listed = [word in vocabulary for text in new_texts for word in words(text)]
    return sum(listed) / max(len(listed), 1)
    ### END SOLUTION


# %% check="coverage"
ex.coverage.check(coverage)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask what 90 % coverage means for a review of 29 words: three of them unknown, and the rare
# words are the telling ones. The mistake to expect: counting different words in place of running words. Others take the mean of
# the texts' shares, which gives a short text as much weight as a long one, or divide by 0 when there is no word at all.

# %% [markdown]
# Now the trade in numbers, for rows of 16. Each line has ten times the rows of the one before, or all there are. How does the last column
# compare with the one before it?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## How much of a new text does a longer list cover?
#
# A list of 10 words, of 100, of 1,000, of all. Of the training text, the last covers 100 %.

# %% slide="output" slideshow={"slide_type": "fragment"}
print("  size   numbers in the table   training text covered   new text covered")
for size in (10, 100, 1_000, 10_000):
    candidate = Vocabulary.of(train, size)
    shares = []
    for texts in (train, new):
        ids = candidate.encode(texts, length=75)  # no review is longer
        shares.append((ids[ids > 0] > 1).mean())
    print(f"{size:6,}{16 * len(candidate):16,}{shares[0]:21.1%}{shares[1]:24.1%}")

both = Vocabulary.of(train + new, 10_000).encode(new, length=75)
print(f"counted on both, with 10,000: {(both[both > 0] > 1).mean():.1%} of the new text covered")

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask for the last column before the next key. The room expects it to reach 100 % as the one before does. It stops at
# about 94 %: a word that was never seen is in no list, however long. The last line counts the new texts too, and nothing is
# unknown: a coverage that no review written tomorrow will have. The mistake behind: measuring on what was counted. That was the
# first *ask the room*.

# %% [markdown]
# On the training texts a large vocabulary covers everything, by construction. On new texts it does not: about one word in sixteen
# was never seen, and no size helps. The last line is the number promised in section 2. Count the new texts too, and nothing is
# unknown in them: a coverage that no review written tomorrow will have.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="With pieces of words, no word is unknown"
# ## 7. Pieces of words
#
# *friendliest* was never seen. *friend*, *li* and *est* were.
#
# - Start from characters.
# - Join the most frequent pair of neighbours. Again. And again.
# - Frequent words come out whole, rare ones in pieces. None is unknown.

# %% [markdown]
# One of the new reviews says *friendliest*, which no training review does. You understand it at once; to the list of words it is
# `[UNK]`. Tokens between characters and words are called **subwords**, and **byte-pair encoding** (BPE) finds them by counting. It
# began as a way to compress files (Gage, 1994); Sennrich, Haddow and Birch ([2016](https://aclanthology.org/P16-1162/)) used it to
# translate rare words, and language models have used it or a relative of it ever since.
#
# Every word starts as its characters, with an **end mark** `_` behind, so that *old* in *older* and *old* at the end of *cold* can be
# told apart. Then, in each round, count every pair of neighbours, each word as often as it occurs, and **merge** the most frequent pair
# into one piece, wherever it stands. Of equal pairs the alphabetically first is taken.
#
# Four words with their counts. Which pair will win?

# %%
word_counts = {"cold": 4, "colder": 2, "old": 3, "older": 1}
split_as = {word: [*word, "_"] for word in word_counts}
for word, parts in split_as.items():
    print(f"{word_counts[word]} x", *parts)

pairs = Counter()
for word, parts in split_as.items():
    for pair in zip(parts, parts[1:], strict=False):
        pairs[pair] += word_counts[word]
print(pairs)

# %% [markdown]
# `l d` and `o l` both come 10 times, and `("l", "d")` is alphabetically first. Merging is a walk from left to right:


# %% tags=["needed"]
def merge(parts, pair):
    """The list `parts` with every occurrence of the pair made one part."""
    merged, i = [], 0
    while i < len(parts):
        if tuple(parts[i : i + 2]) == pair:
            merged.append(parts[i] + parts[i + 1])
            i += 2
        else:
            merged.append(parts[i])
            i += 1
    return merged


# %% [markdown]
# Five rounds, with the pairs worked out on paper by the rule above. Follow each on the printed words. After the third, *cold* needs two
# pieces; how many does it need after the fifth?

# %% slide="output"
for pair in [("l", "d"), ("o", "ld"), ("old", "_"), ("c", "old_"), ("e", "r")]:
    split_as = {word: merge(parts, pair) for word, parts in split_as.items()}
    print(f"{' + '.join(pair):9}", "    ".join(" ".join(parts) for parts in split_as.values()))

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes.** Do the tiny example on the board, with five people as letters who link arms when merged. Ask after round 3:
# "Why is *cold* not one piece yet?" Because *old* ends three words and *cold* only two. Ask: "Which words come out whole after
# 1,000 rounds?" The frequent ones. The mistake behind most surprise: expecting syllables or meanings. And a question that comes
# every time: "Why not single letters, then nothing is unknown either?" The texts get five times as long, and a row for *e* has
# little to say.

# %% [markdown]
# One. *cold* and *old* are whole words now, *colder* is `c old er _`, and nobody said anything about stems and endings.
#
# To split a **new** word, take its characters and apply the merges in the order in which they were learned. *bolder* was never seen.
# What will it be?

# %%
parts = [*"bolder", "_"]
for pair in [("l", "d"), ("o", "ld"), ("old", "_"), ("c", "old_"), ("e", "r")]:
    parts = merge(parts, pair)
print(parts)

# %% [markdown]
# ### On the reviews
#
# 1,000 rounds on the words of the training reviews. The course has the loop in `Subwords.learn(counts, merges)`, which you write
# yourself in the last exercise. The first merges are the commonest pairs of English letters; guess two of them.

# %%
from course.subwords import Subwords

subwords = Subwords.learn(counts, 1_000)
print("first:", *["".join(pair) for pair in subwords.merges[:16]])
print("last: ", *["".join(pair) for pair in subwords.merges[-10:]])

# %% [markdown]
# Letters and endings first, whole words and long pieces in the end. Now some words of the new reviews that the training reviews do not
# hold. In how many pieces will *friendliest* come?

# %%
unseen = {word for text in new for word in words(text)} - set(counts)
print(f"{len(unseen)} words of the new reviews are not in the training reviews, among them")
for word in ("friendliest", "underwater", "surfboard", "carefully", "colder", "hopeful", "paywall"):
    if word in unseen:
        print(f"{word:12}", *subwords.split(word))

# %% [markdown]
# Some pieces are what a linguist would cut (*friend*, *water*, *board*), some are letters that happen to be frequent together (*un der*).
# *colder* falls apart otherwise than among the four words above: other words, other counts, other merges. BPE knows nothing of meaning;
# it counts. What is the price? More ids for each word. Read the table from top to bottom: what gets better, and what gets worse?

# %%
letters = {letter for word in counts for letter in word} | {"_"}
running = [word for text in new for word in words(text)]
learned = Subwords.learn(counts, 3_000).merges
print("merges   rows of the table   ids for a word   unknown")
for merges in (0, 100, 1_000, 3_000):
    listed = letters | {"".join(pair) for pair in learned[:merges]}
    first = Subwords(learned[:merges])
    found = [piece for word in running for piece in first.split(word)]
    unknown = sum(piece not in listed for piece in found)
    print(f"{merges:6,}{len(listed):20,}{len(found) / len(running):17.2f}{unknown:10}")

# %% [markdown]
# Nothing is unknown in any line: at worst a word falls into its letters. With 1,040 rows, where the list of all words has 4,797, the
# texts get about 1.6 times as long. That is the trade: **rows of the table against length of the text**, and no `[UNK]` at either end.
#
# A letter that no training text holds would still be unknown. GPT-2 starts from the 256 possible bytes in place of letters, so that
# nothing is. It has 50,257 ids: the bytes, 50,000 merges and a mark for the end of a text
# ([Radford and others, 2019](https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf)).
# BERT has about 30,000, by a relative of BPE called WordPiece ([Devlin and others, 2019](https://aclanthology.org/N19-1423/)). You
# meet both in lesson 16.
#
# Whatever the tokens are, what follows is the same: a list of tokens, ids, rows of one length, a table.

# %% [markdown]
# ## Stretch: learn the merges
#
# Count the pairs. Merge the winner. Count **again**.

# %% [markdown]
# ### Exercise 7 (stretch): byte-pair encoding
#
# Write `learn_bpe(counts, merges)`. `counts` is a dict from one or more words (str) to how often they occur; `merges` is an integer of 0
# or more. Every word starts as its characters with `"_"` behind. In each round count all pairs of neighbours within words, each word as
# often as `counts` says, and merge the most frequent pair in all words, from left to right; of equally frequent pairs the one that comes
# first when tuples are sorted. Return the list of merged pairs, tuples of two str, in order: `merges` of them, or fewer when no word has
# two parts left. Leave `counts` as it is. `merge(parts, pair)` from above is yours to use. (`Subwords` does all of this; writing it
# yourself is what this exercise is for.)
#
# `learn_bpe({"cold": 4, "colder": 2, "old": 3, "older": 1}, 3)` is `[("l", "d"), ("o", "ld"), ("old", "_")]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: learn the merges by counting pairs, again and again
#
# Count the pairs. Merge the winner. Count **again**.


# %% exercise="learn_bpe" slide="code" slide_answer="5-14"
def learn_bpe(counts, merges):
    """The first `merges` merges of byte-pair encoding on a dict of words and their counts: a list of pairs."""
    ### BEGIN SOLUTION
    words = {word: [*word, "_"] for word in counts}
    learned = []
    for _ in range(merges):
        pairs = Counter()
        for word, parts in words.items():
            for pair in zip(parts, parts[1:], strict=False):
                pairs[pair] += counts[word]
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        learned.append(best)
        words = {word: merge(parts, best) for word, parts in words.items()}
    return learned
    ### END SOLUTION


# %% check="learn_bpe"
ex.learn_bpe.check(learn_bpe)

# %% [markdown] slideshow={"slide_type": "notes"}
# **1 minute here; it is homework.** The answer on the slide is the loop; the lines before it split each word into its
# characters and the end mark. Ask: "Why count again after each merge?" Because the pairs have changed: after l + d there is no
# *l d* any more, and there is a new pair, *o ld*. The mistake to expect is to count once and take the most frequent pairs of
# the first count.

# %% [markdown]
# ## Quiz
#
# Three questions. Choose, then click on your choice.

# %% [markdown] quiz="how_many_rows"
# **Quiz 1.** `TextVectorization(max_tokens=5000)`, adapted to a million reviews, and an `Embedding` behind it. How many words have a row of
# their own, and what is `input_dim`?
#
# - [ ] 5,000 words, and `input_dim=5002` :: `max_tokens` counts all ids, padding and `[UNK]` among them. Two rows would never be used.
# - [x] 4,998 words, and `input_dim=5000` :: Ids 0 to 4,999; two of them are taken before the first word.
# - [ ] 4,999 words, and `input_dim=5000` :: Padding is id 0, and unknown words have an id too.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: what leaks when no label does?

# %% [markdown] quiz="counted_on_all" slide="quiz"
# **Quiz 2.** A colleague counts the vocabulary on training *and* test reviews. "No label was used, so nothing leaks." What is wrong?
#
# - [ ] Nothing: words are no labels. :: The labels are safe. What is lost is the surprise.
# - [ ] The test accuracy is now certain to be too high. :: It may be higher or lower. It answers another question.
# - [x] The test no longer shows what happens with words never met before. :: Nothing in the test is unknown. New reviews are not like that.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Vote by hands, then let one voter for each choice say why. Votes go to "too high for certain"; it may be higher
# or lower, it answers another question. The labels are safe. What is lost is the surprise: nothing in the test is unknown, and
# new reviews are not like that. The notebook has two questions more.

# %% [markdown] quiz="bpe_unknown"
# **Quiz 3.** BPE was learned with 1,000 merges. A new review holds the name *Zelma*, in letters that all occur in training. What does the
# model get?
#
# - [ ] `[UNK]`: no training review holds the name. :: That is what a list of words would give.
# - [x] A few pieces, in the worst case single letters. :: Pieces are tried on any word. The text gets longer, and nothing is lost.
# - [ ] The pieces of the most similar known word. :: Nothing is compared. The merges are applied in their order, that is all.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: words come out of rules, and the rules are yours"
# ## Take away
#
# - Words come out of rules that you choose, ids out of counting the training texts: 0 is padding, 1 is any word not listed, then the
#   words by frequency.
# - Rows of one length are padded and cut on the right, and the vocabulary belongs to its model: the same rules and the same list in
#   training and in use.
# - Most words are rare, so every list of words leaves some text unknown; pieces of words leave none, at the price of longer rows.

# %% [markdown] tags=["words"]
# ## Words
#
# - **token**: a piece of text that gets an id: a word, a part of a word, a mark
# - **standardise**: to make alike what should count as alike in a text, for instance by writing it in lower case
# - **split**: to cut a text into tokens
# - **regular expression**: a pattern that says which stretches of text fit
# - **out of vocabulary**: said of a word that the vocabulary does not list; it gets the id of `[UNK]`
# - **`[UNK]`**: "unknown", the entry of the vocabulary that stands for all words not listed; id 1 in this course
# - **truncation**: cutting what is too long for a row of ids
# - **Zipf's law**: the word of rank r occurs about 1/r as often as the most frequent word
# - **coverage**: the share of a text's words that a vocabulary lists
# - **subword**: a token between character and word
# - **byte-pair encoding**: subwords found by merging, again and again, the most frequent pair of neighbours; BPE for short
# - **merge**: joining a pair of neighbouring pieces into one, wherever it stands
# - **end mark**: the piece behind the last character of a word that says that the word ends

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Close with the sentence from the start: *It's PERFECT, isn't it?* How many words? Seven tokens, by our rules.
# Ask: "And by Keras'?" Four: *its perfect isnt it*. "And by BPE?" It depends on the merges. The answer you want to hear: it
# depends on the rules, and the rules are ours.

# %% [markdown]
# **Next.** You can turn any review into a row of ids, and ids into rows of numbers. Can a model tell from the mean of those rows whether
# the writer was pleased? Lesson 07, *Averaging words*.
