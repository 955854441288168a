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
# # Loading GloVe
#
# A review calls the soup *atrocious*. If that word stands in none of the reviews your model learned from, the model sees `[UNK]`, the
# same as for a typing error. Elsewhere a program has read more than you ever will, and has left a text file with a row of numbers
# for every word it met. Can your model use that file?

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "Your model was trained on a thousand reviews. Of the different words in the *next* five hundred, how many has it
# never seen?" The room says 5 %. Write the guesses down, then run the first cell with numbers. The mistake behind the low guess:
# people think of running text, where the common words fill the page. Counted as different words, most words are rare, and rare ones
# are missed. The guide says which slides to skip in 50 minutes.

# %%
from course import lesson

ex = lesson("09_glove")
ex

# %% [markdown]
# **You will**
#
# - read a file of word vectors line by line, also the lines on which the usual recipe breaks;
# - measure how much of your vocabulary the file knows, and look at what it does not know;
# - put the vectors into a layer that does not learn, and find out by measuring what that is good for.

# %% tags=["needed"]
from collections import Counter

import numpy as np

# %% tags=["needed"]
import keras

# %% tags=["needed"]
import matplotlib.pyplot as plt

from course import plots

plots.style()

# %% [markdown]
# Two switches. Everything below runs on any of their four combinations; start with the shipped files, which need no network. The
# shipped vectors have 20,000 words and were made in GloVe's way from 100,000 film reviews (`datasets/vectors.md`). `"glove.6B.50d"` is
# the real file of Pennington, Socher and Manning ([2014](https://aclanthology.org/D14-1162/)): 400,000 words, a download of 171 MB,
# once. `"imdb"` takes 50,000 reviews of films instead ([Maas and others, 2011](https://aclanthology.org/P11-1015/)), and the notebook
# some minutes.

# %%
from course import data
from course.text import Vocabulary, words

VECTORS = "shipped"  # or "glove.6B.50d"
REVIEWS = "shipped"  # or "imdb"

path = data.vectors_path(VECTORS)
reviews = data.load_reviews(REVIEWS)
print(path.name, "and", len(reviews.train), "training reviews")

# %% [markdown]
# Before you run the next cell, guess: of the different words in the test reviews, how many stand in none of the training reviews?

# %%
counts = Counter(word for text in reviews.train.texts for word in words(text))
in_test = {word for text in reviews.test.texts for word in words(text)}
unseen = {word for word in in_test if word not in counts}

print(f"{len(counts):,} different words in training, {len(in_test):,} in the test reviews")
print(f"never met in training: {len(unseen):,}, which is {len(unseen) / len(in_test):.0%} of them")
print("for example", *sorted(unseen)[50 :: len(unseen) // 8])

# %% [markdown]
# In the model of lesson 07 all of these share one row, that of `[UNK]`. Labels are dear; nobody will read and label enough reviews to
# meet every word. Text without labels is cheap, and others have read it for you.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 1. A file of vectors is a text file
#
# - One line for each word: the word, then its numbers, single spaces between.
# - No header, no quotes, UTF-8, most frequent word first.
# - **Pre-trained** vectors: learned on other texts, for another task, before you came.

# %% [markdown] tags=["slide-only"] slide="text"
# ```text
# the 0.418 0.24968 -0.41242 0.1217 0.34527 ...
# , 0.013441 0.23682 -0.16899 0.40951 0.63812 ...
# ```

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Show the first lines in the notebook: `the`, then 50 numbers; 51 pieces when you cut at every space. Ask: "Who
# has ever opened a text file without `encoding=`?" All have. On many a Windows machine *café* then becomes *cafÃ©*: no error,
# and a word that you will never find. The mistake behind: a file that looks right on your machine is taken for right.

# %% [markdown]
# **Word vectors** are the rows of an embedding table, here with the words written beside them. **Pre-trained** means that somebody else
# did the learning. **GloVe** ("global vectors") is one way of learning them, from counts of which words stand near each other; lesson
# 11 builds it. Today you only read the result.
#
# In how many pieces does a line fall if you cut it at every space? There are 50 numbers.

# %%
import gzip

opened = gzip.open if path.suffix == ".gz" else open
with opened(path, "rt", encoding="utf-8", newline="\n") as file:
    first = [next(file) for _ in range(4)]
for line in first:
    print(f"{line[:40]} ... {line[-9:]!r}   {len(line.split(' '))} pieces")

# %% [markdown]
# 51: the word and its 50 numbers. The last piece still carries the end of the line, `\n`.
#
# Look at how the file is opened. `"rt"` asks for text. `encoding="utf-8"` is not decoration: without it, Python on many a Windows
# machine takes another encoding, cp1252. Which word does "café" become then?

# %%
print("café".encode().decode("cp1252"))  # encode() makes UTF-8

# %% [markdown]
# No error, and a word that you will never find. `newline="\n"` says that a line ends at `\n` and nowhere else.
#
# ### Where the usual recipe breaks
#
# Most tutorials write `line.split()`. It cuts at *every* kind of white space, and some words have white space inside. In the large
# file `glove.840B.300d` there is a word `. . .`, and people have been asking about `could not convert string to float: '.'` for years
# ([GloVe issue 150](https://github.com/stanfordnlp/GloVe/issues/150)). Here are three such words with three numbers each. A line should
# fall into 4 pieces, and it is one line.

# %%
odd_lines = {
    "three dots with spaces": ". . . 0.1 0.2 0.3\n",
    "a no-break space, U+00A0": "1\u00a01/2 0.1 0.2 0.3\n",
    "a next-line sign, U+0085": "oh\u0085no 0.1 0.2 0.3\n",
}
for what, line in odd_lines.items():
    pieces, spaces, lines = len(line.split()), len(line.split(" ")), len(line.splitlines())
    print(f"{what:25} split(): {pieces} pieces   split(' '): {spaces} pieces   splitlines(): {lines} line(s)")

# %% [markdown]
# `split()` is wrong three times, `split(" ")` once, and `splitlines()` makes two lines out of one. Neither of our two files has such a
# word, as the cell that loads them will count. Your code will outlive the file.
#
# The way out is in the picture: the word may hold anything, a number never holds a space, and you know how many numbers there are.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What is the word in this line, and how do you know?
#
# `. . . 0.1 0.2 0.3`, a word and three numbers.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# Count the numbers from the right. The word may hold anything; a number never holds a space.

# %% slide="output" slideshow={"slide_type": "fragment"}
pieces = [" . ", " . ", " . ", "0.1", "0.2", "0.3"]
ways = {
    "from the left: the word is '.', and the next '.' is no number": 1,
    "from the right: 3 numbers, the rest is the word": 3,
}
figure, axes = plt.subplots(2, 1, figsize=(6.4, 2.9), layout="constrained")
for ax, (title, length) in zip(axes, ways.items(), strict=True):
    for i, piece in enumerate(pieces):
        colour = plots.ORANGE if i < length else plots.SKY
        ax.text(i, 0, piece, ha="center", va="center", family="monospace", bbox={"pad": 9, "facecolor": colour})
    ax.text((length - 1) / 2, -0.75, "word", ha="center")
    ax.text((length + 5) / 2, -0.75, "numbers", ha="center")
    ax.set(xlim=(-0.6, 6), ylim=(-0.8, 0.5))
    ax.set_title(title, fontsize=12, fontweight="normal")
    ax.axis("off")
figure.suptitle("Cut from the right, the word stays whole", fontweight="bold", x=0.02, ha="left")
plots.show(
    "The line of the word dot dot dot as six boxes. Cut from the left, one box is the word and five would be numbers. "
    "Cut from the right, the last three boxes are the numbers and the first three are the word."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask the title's question. Some say `.`, others `. . .`; those who are right counted from the right, or knew what
# a number looks like. That is the idea, on the next key; `rsplit` is its spelling, and the picture the key after. Most tutorials
# write `line.split()`, which cuts at every kind of white space, and people have asked about `could not convert string to float:
# '.'` for years. The mistake behind: code is right for the file at hand.

# %% [markdown]
# ### Exercise 1: one line
#
# Write `parse_line(line, dim)`. `line` is a str: a word, then `dim` numbers, with one space before each number. It may end in `"\n"`,
# in `"\r\n"`, or in neither. Return the word, a str, and its vector, an array of shape `(dim,)`, float32.
#
# The word is everything before the last `dim` numbers and the one space before them, unchanged: it may hold spaces and other white
# space, also at its beginning and its end, and it may look like a number, as *1984* does.
#
# The check takes float64 as well, here and in the exercises below; float32 is what a layer keeps, and float16 would lose digits.
#
# `parse_line(". . . 0.1 0.2 0.3\n", 3)` returns `". . ."` and `[0.1, 0.2, 0.3]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Read one line, whatever the word looks like
#
# `". . . 0.1 0.2 0.3\n"` with `dim = 3` gives `". . ."` and `[0.1, 0.2, 0.3]`.


# %% exercise="parse_line" slide="code"
def parse_line(line, dim):
    """The word of a line and its vector: (str, float32 array of shape (dim,))."""
    ### BEGIN SOLUTION
    word, *numbers = line.rstrip("\r\n").rsplit(" ", dim)
    return word, np.array(numbers, dtype="float32")
    ### END SOLUTION


# %% check="parse_line"
ex.parse_line.check(parse_line)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** The mistake in the exercise: `line.strip()` to lose the line's end, which also loses a no-break
# space at the word's start. Ask: "Is *1984* a word?" It is one here, and a test that looks for numbers finds it guilty. Others
# return a list of strings: a vector must hold numbers.

# %% [markdown]
# Stuck? Put `ex.parse_line.hint()` in a cell of its own. Every exercise has three hints.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 2. Keep the words you want, and no others
#
# - Not every line is a word: a header, an empty line, a line cut short by a broken download.
# - Not every word is yours: 400,000 rows, and your texts use a few thousand.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask: "Why not read the whole file into a dict and be done?" The room says "memory". True, but let them compute
# it: words x 50 x 4 bytes is small; what costs is 400,000 Python objects with a dict around them, and turning text into numbers
# that nobody will use. So look at the word first. The mistake behind: to count the numbers and forget what holds them.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Three kinds of line hold no vector
#
# 1. `400000 50`
# 2. an empty one
# 3. `sandberg 0.07 -0.5`
#
# Where does each of them come from?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# 1. A **header**: word2vec's files have one, GloVe's do not.
# 2. The end of a file that somebody edited.
# 3. A download that broke off. The dangerous one: it parses, into a vector that is too short.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let the room guess before the next key. Ask: "How does your code tell them from
# words?" By the number of pieces. Somebody proposes to drop the first line always, because some file once had a header. In
# GloVe's own files that line is the word *the*. The mistake behind it: a rule about the place of a line, where the line itself
# says what it is.

# %% [markdown]
# Three kinds of line hold no vector:
#
# | line | where it comes from |
# |---|---|
# | `400000 50` | a **header**, how many words and numbers follow: word2vec's files have one, GloVe's do not |
# | an empty one | the end of a file that somebody edited |
# | `sandberg 0.07 -0.5` | a download that broke off in the middle of a line |
#
# All three fall into the wrong number of pieces, and nearly always you can tell them by that. (The exception: a download that breaks off
# inside the *last* number leaves the right number of pieces, and `-0.5` where `-0.5381` stood.) The third is the dangerous one: it
# parses, into a vector that is too short.
#
# Turning text into numbers is the slow part of loading, and a dict of 400,000 small arrays takes far more memory than its numbers. Both
# shrink to what you need when you look at the word first: is it **wanted**, that is, in your vocabulary? If not, leave its numbers text.

# %% [markdown]
# ### Exercise 2: the wanted words
#
# Write `load_glove(lines, wanted, dim)`. `lines` gives one str after the other in a `for` loop: a list, or an open file, which can be
# gone through once and has no `len`. In the lines given, every piece after the word is a number. `wanted` is a set of words. Return a
# dict: wanted word -> its vector, an array of shape `(dim,)`, float32.
#
# - A wanted word without a line is not in the dict.
# - A line that is not a word and exactly `dim` numbers is left out, wherever it stands: too few, and too many.
# - Words are compared as they are written: *Film* is not *film*.
# - If a word comes twice, its first whole line counts.
# - To keep it small: the words in these lines hold no spaces.
#
# `load_glove(["3 2\n", "the 0.1 0.2\n", "film 0.3 0.4\n", "soup 0.5\n"], {"film", "soup", "app"}, 2)` returns
# `{"film": [0.3, 0.4]}`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Load the words you want, and leave out what is no vector


# %% exercise="load_glove" slide="code"
def load_glove(lines, wanted, dim):
    """The vectors of the wanted words: a dict, word -> float32 array of shape (dim,)."""
    ### BEGIN SOLUTION
    vectors = {}
    for line in lines:
        word, *numbers = line.rstrip("\r\n").rsplit(" ", dim)
        if len(numbers) == dim and word in wanted and word not in vectors:
            vectors[word] = np.array(numbers, dtype="float32")
    return vectors
    ### END SOLUTION


# %% check="load_glove"
ex.load_glove.check(load_glove)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Say that `lines` may be an open file: it can be gone through once and has no `len`. Ask: "A
# word comes twice: which line counts?" The first, as stated; a plain assignment keeps the last. The mistakes to expect: that
# one; the first line dropped always; lines that are too long kept; and the whole file turned into a list first.

# %% [markdown]
# Now the file itself. The loop is written out once more, with counters, so that this page runs whatever became of your exercise. What
# it counts: lines, lines left out, and words with white space in them.

# %%
DIM = 50


def load(path, wanted):
    """The vectors of the wanted words; and how many lines there were, were left out, and had an odd word."""
    vectors, seen, odd, bad = {}, 0, 0, 0
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            word, *numbers = line.rstrip("\r\n").rsplit(" ", DIM)
            seen += 1
            bad += len(numbers) != DIM
            odd += len(word.split()) != 1
            if word in wanted and len(numbers) == DIM:
                vectors.setdefault(word, np.array(numbers, dtype="float32"))
    return vectors, {"lines": seen, "left out": bad, "odd words": odd}


# %%
from time import perf_counter

start = perf_counter()
vectors, seen = load(path, wanted=set(counts) | in_test)
print(seen, f"in {perf_counter() - start:.1f} s")
print(f"kept {len(vectors):,} vectors of {DIM} numbers")
for name, rows in (("kept", len(vectors)), ("all", seen["lines"])):
    print(f"numbers alone, {name}: {rows * DIM * 4 / 1e6:.1f} MB")  # 4 bytes each

# %% [markdown]
# Back to the question at the top. Of the words that training never met, how many does the file know?

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Of the words that training never met, how many does the file know?

# %% slide="output" slideshow={"slide_type": "fragment"}
known = unseen & vectors.keys()
sizes = [len(in_test) - len(unseen), len(known), len(unseen) - len(known)]
labels = ["met in training", "new, in the file", "new, in neither"]
left = 0
for size, label, colour in zip(sizes, labels, (plots.BLUE, plots.GREEN, plots.ORANGE), strict=True):
    plt.barh(0, size, left=left, color=colour, label=f"{label}: {size:,}")
    left += size
plt.gcf().set_size_inches(8, 2.2)
plt.gca().set(yticks=[], ylim=(-0.5, 0.5), xlabel="different words in the test reviews")
plt.gca().spines["left"].set_visible(False)
plt.grid(visible=False)
plt.legend(loc="upper center", bbox_to_anchor=(0.5, -0.45), ncols=3, handlelength=1)
plt.title(f"The file knows {len(known) / len(unseen):.0%} of the words that training never met")
plots.show(
    f"One bar in three parts. Of {len(in_test)} different words in the test reviews, {sizes[0]} were met in training, "
    f"{sizes[1]} are new and in the file, {sizes[2]} are in neither."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask the title's question, then press the key. Go back to the guesses on the board from the first minute: the orange
# and green parts together are the words that training never met. Ask: "What would a model do with the green part?" Without the
# file, all of them share the row of `[UNK]`. The mistake behind low guesses was to think of running text; this counts different
# words, and most different words are rare.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Coverage says how much of your text the file knows"
# ## 3. Coverage says how much the file knows
#
# - By **type**: of the different words, how many have a vector?
# - By **token**: of the running words, how many?
# - Then look at the words that have none.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Do it with "the" 6, "film" 3, "wifi" 1, of which the file knows two: 2 of 3 by type, 9 of 10 by token. Ask:
# "Which of the two would you put into a report?" The room wants the high one. Both, and the list of misses. The mistake behind:
# one number is taken for the answer, when rare words are many types and few tokens.

# %% [markdown]
# A **type** is a word as a dictionary lists it, once. A **token** is one word on the page: "the cat and the dog" has 5 tokens of 4
# types. **Coverage** is the share that has a vector. It has two numbers, because rare words are many types and few tokens.
#
# Say a text has "the" 6 times, "film" 3 times and "wifi" once, and the file knows "the" and "film". By type that is 2 of 3. By token
# it is 9 of 10.

# %% [markdown]
# ### Exercise 3: coverage
#
# Write `coverage(counts, known)`. `counts` is a dict: word -> how often it occurs, 1 or more. `known` is a set or a dict of words; it may
# hold words that are not in `counts`. Return two numbers between 0 and 1: the share of the types of `counts` that are in `known`, and
# the share of its tokens. Words are compared as they are written. If `counts` is empty, both are 0.
#
# `coverage({"the": 6, "film": 3, "wifi": 1}, {"the", "film", "opera"})` returns 2/3 and 0.9.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Measure coverage by type and by token


# %% exercise="coverage" slide="code"
def coverage(counts, known):
    """The shares of types and of tokens that are known: two numbers from 0 to 1."""
    ### BEGIN SOLUTION
    if not counts:
        return 0.0, 0.0
    found = [word for word in counts if word in known]
    return len(found) / len(counts), sum(counts[word] for word in found) / sum(counts.values())
    ### END SOLUTION


# %% check="coverage"
ex.coverage.check(coverage)

# %% [markdown] slideshow={"slide_type": "notes"}
# **5 minutes in the notebook.** Ask: "What is the coverage of an empty text?" 0 and 0, as stated; without a word about it, a
# division by 0. The mistakes to expect: `known` counted where it has words that the text does not; and tokens counted in
# `known`, which has no counts.

# %% [markdown]
# ### How you cut the text decides what you find
#
# The same reviews, the same file, three ways to cut a text into words: at spaces; in lower case with all marks deleted, which is what
# `keras.layers.TextVectorization` does unless told otherwise; and `words()` from lesson 06. Which one will find least?

# %%
import string

delete_marks = str.maketrans("", "", string.punctuation)
cuts = {
    "at spaces": str.split,
    "lower case,\nmarks deleted": lambda text: text.lower().translate(delete_marks).split(),
    "course.text.words": words,
}
tallies = {name: Counter(token for text in reviews.train.texts for token in cut(text)) for name, cut in cuts.items()}
found, _ = load(path, wanted=set().union(*tallies.values()))

shares = []  # (3, 2): types, tokens
for tally in tallies.values():
    hits = [n for token, n in tally.items() if token in found]
    shares.append([len(hits) / len(tally), sum(hits) / sum(tally.values())])

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Cut at spaces: what share of the words finds a vector?

# %% slide="output" slideshow={"slide_type": "fragment"}
shares = 100 * np.array(shares)
for k, (name, colour) in enumerate((("types", plots.SKY), ("tokens", plots.BLUE))):
    bars = plt.barh(np.arange(3) - 0.2 + 0.4 * k, shares[:, k], height=0.38, color=colour, label=name)
    plt.bar_label(bars, fmt="%.0f %%", padding=4)
plt.yticks(range(3), list(cuts))
plt.gca().set(xlabel="share with a vector (%)", xlim=(0, 112), ylim=(2.5, -0.5))
plt.grid(axis="y", visible=False)
plt.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2)
plt.title("Cut at spaces, most types find no vector")
plots.show(
    f"Bars for three ways to cut the text. By types: {shares[0, 0]:.0f}, {shares[1, 0]:.0f} and {shares[2, 0]:.0f} percent have a vector. "
    f"By tokens: {shares[0, 1]:.0f}, {shares[1, 1]:.0f} and {shares[2, 1]:.0f} percent."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Before the key, ask for a bet: text cut at spaces, what share of the types is found? The room says 80 %. The
# picture says 38. Ask: "Is the model in trouble?" By token it looks far better, because *the* and *and* carry the sum. Both
# numbers are true. The file's words are in lower case, and marks stand alone: *The* and *soup,* are in no file. The mistake
# behind the bet: to think of the words and not of how they were cut.

# %% [markdown]
# Cut at spaces, "The" and "soup," and "it." are words, and the file knows none of them: GloVe's words are **lower case**, and marks stand
# alone. So put your text into lower case, or a large part of it is lost.
#
# Deleting the marks looks nearly as good as `words()`. Look again, at *which* vector is found. Read the second line aloud before you go on.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## *I'll* has become *ill*: which number would have told you?
#
# *I'll say we're glad: she'll do well* ... with its marks deleted, then cut as GloVe's texts were:

# %% slide="output"
text = "I'll say we're glad: she'll do well, it's its own thing, can't complain"
print(*cuts["lower case,\nmarks deleted"](text))
print(*words(text))
glued = {t: n for t, n in tallies["at spaces"].items() if "'" in t.strip(string.punctuation)}
wrong = {t: n for t, n in glued.items() if t.lower().translate(delete_marks) in found}
print(f"tokens with ' inside: {sum(glued.values())}; found under another spelling: {sum(wrong.values())}")

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Read the first line aloud: *ill say were glad*. It gets a laugh, and the laugh is the point: each of these
# counts as found, with the vector of another word. Ask: "Which number would have told you?" None; coverage does not see it. The
# rule to take home: cut your text the way the file's texts were cut, and read the misses. The mistake behind it: taking a high
# number for the answer, when the question was another.

# %% [markdown]
# *I'll* has become *ill*, *we're* has become *were*, *she'll* has become *shell*. They count as found, with the vector of another word.
# Coverage does not see that. GloVe's texts were cut with **clitics** apart, the short forms that lean on the word before: *do n't*, *it
# 's*, *ca n't*. The rule to take home: **cut your text the way the file's texts were cut**.
#
# ### The misses
#
# Now the list that every loader should print: the most frequent words without a vector. Before you run it: the shipped vectors come
# from film reviews, and the shipped reviews speak of soup, hotels and headphones. Which words will be missing?

# %%
missing = [word for word in counts if word not in vectors]
missing.sort(key=lambda word: (-counts[word], word))  # most frequent first
misses = [(word, counts[word]) for word in missing]
print(f"{len(misses):,} of {len(counts):,} types have no vector. The most frequent:")
print(", ".join(f"{word} {n}" for word, n in misses[:20]))

# %% [markdown]
# With the shipped vectors the misses are things of the house, and things that came after 2011, when those film reviews were collected;
# and *cannot*, which the makers of the file had cut into *can not*. With `glove.6B.50d` there are few misses, most of them coined on the
# spot or joined by hyphens. A file knows the world of its texts, cut as its makers cut them. **Look at the misses before you train**: if
# *great* is among them, the fault is in your code.
#
# Coverage is also a matter of *your* table: which words of the training texts get a row? Each row costs 50 numbers. Before you move
# the slider: if a word must occur twice, how many of the rows go, and how many percent of the tokens of the test reviews?

# %%
from course import play

play.cut_off(counts, Counter(word for text in reviews.test.texts for word in words(text)), DIM)

# %% [markdown]
# With the shipped reviews, nearly half of the rows go, and 4 of every 100 tokens: 93.6 % of them are covered before, 89.4 % after. Rare
# words are many types and few tokens, so the rows fall steeply and the tokens slowly. Even with every row kept, 6 % of the test tokens
# have none: those are the words that training never met, and for them you need the file.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## The embedding matrix puts the file in your order
#
# | id | word | row of the matrix |
# |---|---|---|
# | 0 | padding | zeros |
# | 1 | `[UNK]` | zeros |
# | 2 | the | the file's vector of *the* |
# | 3 | mattress, a miss | ? |

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# A miss: zeros, random numbers, or the mean of all rows. Here: zeros.

# %% [markdown]
# ## 4. The embedding matrix puts the file in your order
#
# | id | word | row of the matrix |
# |---|---|---|
# | 0 | padding | zeros |
# | 1 | `[UNK]` | zeros |
# | 2 | the | the file's vector of *the* |
# | 3 | mattress, a miss | zeros |

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Draw two columns, the file's order and yours, and let someone draw the arrows. Ask: "What should the row of a
# word be that the file does not know?" You will hear zeros, random, the mean; all three are in use. The next key has this
# lesson's. Zeros keep silent; random numbers claim something; the mean claims little. Ask what a row that is one off does: the
# model trains anyway. The mistake: trusting a matrix because its shape is right.

# %% [markdown]
# The file has its own order. Your ids have another. The **embedding matrix** brings them together: row $i$ is the vector of the word
# whose id is $i$. Its shape is $(V, d)$, $V$ ids by $d$ numbers. Three kinds of row stay zero: row 0, which is padding; row 1, `[UNK]`;
# and every miss. A zero row adds nothing to a sum: a word that the file does not know claims nothing. (A mean still counts it as a word.)
#
# Most of what goes wrong here is silent. If the rows are one off, or two, every word has the vector of its neighbour in the vocabulary,
# the model trains, and the accuracy is poor. Whether the row is `i`, `i - 1` or `i + 1` was argued over in Keras' own example again and
# again ([13809](https://github.com/keras-team/keras/pull/13809), [8037](https://github.com/keras-team/keras/issues/8037)). With a
# vocabulary that lists padding and `[UNK]` as its words 0 and 1, as ours does, there is nothing to add and nothing to take away.

# %% [markdown]
# ### Exercise 4: the embedding matrix
#
# Write `embedding_matrix(words, vectors, dim)`. `words` is a list of str in which a word's position is its id; `words[0]` is `""`, the
# padding, and `words[1]` is `"[UNK]"`. `vectors` is a dict: word -> array of shape `(dim,)`; it may hold words that are not in `words`,
# but neither `""` nor `"[UNK]"`. Return an array of shape `(len(words), dim)`, float32: row i is the vector of `words[i]`, and zeros
# where it has none. Words are compared as they are written.
#
# `embedding_matrix(["", "[UNK]", "the", "app", "film"], {"film": [5, 6], "the": [1, 2]}, 2)` returns
# `[[0, 0], [0, 0], [1, 2], [0, 0], [5, 6]]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Build the table that has its rows in your order


# %% exercise="embedding_matrix" slide="code"
def embedding_matrix(words, vectors, dim):
    """The table for these words: row i is the vector of words[i], zeros where there is none; float32 (len(words), dim)."""
    ### BEGIN SOLUTION
    matrix = np.zeros((len(words), dim), dtype="float32")
    for i, word in enumerate(words):
        if word in vectors:
            matrix[i] = vectors[word]
    return matrix
    ### END SOLUTION


# %% check="embedding_matrix"
ex.embedding_matrix.check(embedding_matrix)

# %% [markdown] slideshow={"slide_type": "notes"}
# **6 minutes in the notebook.** Ask: "Which rows are zeros?" Row 0, row 1, and every miss. The mistakes to expect: `matrix[i +
# 1]`, argued over in Keras' own example again and again; `len(vectors)` rows; rows in the file's order; and misses left out, so
# that all that follows moves up.

# %% [markdown]
# Now with the real vocabulary, all words of the training reviews. What will the picture show for "", `[UNK]` and the three misses at
# the bottom?

# %%
vocabulary = Vocabulary.of(reviews.train.texts, 20_000)
matrix = np.zeros((len(vocabulary), DIM), dtype="float32")  # (V, d)
for i, word in enumerate(vocabulary.words):
    if word in vectors:
        matrix[i] = vectors[word]
print(f"{matrix.shape}, {np.count_nonzero(matrix.any(axis=1)):,} rows are not zero")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Which rows of the matrix have to be zeros?

# %% slide="output" slideshow={"slide_type": "fragment"}
shown = [0, 1, 2, 3, 4, 5, *(vocabulary.id(word) for word in ["good", "bad", *missing[:3]])]
rows = np.where(matrix[shown] == 0, np.nan, matrix[shown])  # a cell of zero is left out
plt.figure(figsize=(8, 4))
plt.imshow(rows, cmap="PuOr_r", vmin=-1.5, vmax=1.5, aspect="auto")
plt.yticks(range(len(shown)), [f"{i}  {vocabulary.words[i] or '(padding)'}" for i in shown])
plt.gca().set(xlabel="the row's 50 numbers", ylabel="id and word", facecolor="0.8")
plt.grid(visible=False)
plt.colorbar(label="number (zeros are grey)")
plt.title("Padding, [UNK] and misses are rows of zeros")
plots.show(
    "A grid of rows of 50 coloured cells. The rows of padding, of UNK and of three words without a vector are all grey; "
    "the rows of four frequent words and of good and bad are filled."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Ask the title's question before the key: padding, `[UNK]` and every miss. Grey is zero. Ask: "Look at *good*
# and *bad*: what do you notice?" They look alike; keep that for later, it is why a frozen table is no miracle. Prove a matrix
# before you use it: a row is zero exactly where the word was not found, and one word you name has the vector you expect. Most
# people check the shape, which is right in every bug of this kind.

# %% [markdown]
# ### A bug that goes round
#
# This loop is copied from notebook to notebook. It runs. The file knows *the* and *film*. Which rows will be wrong?

# %%
small_file = {"the": [1.0, 2.0], "film": [5.0, 6.0]}
buggy = np.zeros((5, 2))
for i, word in enumerate(["", "[UNK]", "the", "app", "film"]):
    if word in small_file:
        vector = small_file[word]
    if i >= 2:
        buggy[i] = vector
print(buggy)

# %% [markdown]
# The row of *app*, which is a miss, holds the vector of *the*: the name `vector` still held the word before. Every miss gets the meaning
# of whatever stood above it. Nothing crashes and no shape is wrong.
#
# So prove your matrix before you use it. Two lines catch this bug and any shift of the rows: a row is zero exactly where the word was
# not found, and one word you name has the vector you expect.

# %%
has_row = matrix.any(axis=1)  # (V,)
was_found = np.array([word in vectors for word in vocabulary.words])
print("zero exactly where not found:", np.array_equal(has_row, was_found))
print("'the' has its own vector:", np.array_equal(matrix[vocabulary.id("the")], vectors["the"]))

# %% [markdown]
# You will meet `num_tokens = len(voc) + 2` in the [Keras example](https://keras.io/examples/nlp/pretrained_word_embeddings/). There
# `voc` already begins with `""` and `"[UNK]"`, so the two rows too many are rows that no id asks for. Harmless. The same `+ 2` on the
# *ids* would be the shift above.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: which rows are wrong?
#
# ```python
# for i, word in enumerate(words):
#     if word in vectors:
#         vector = vectors[word]
#     if i >= 2:
#         matrix[i] = vector
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Every miss: it holds the vector of the last word that was found.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Every miss holds the vector of the last word that was found. The room says "row 0" or "it crashes on a miss". It
# crashes only if word 2 is a miss. Ask how one would notice: not by the shape, not by the loss.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## 5. A frozen layer is used and not changed
#
# - `trainable=False`: the layer's weights are not the optimizer's business.
# - **Frozen**: looked up in every step, changed in none.
# - `mask_zero=True` as before: padding is not a word.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Ask: "A frozen layer in the *middle* of a network: does the gradient stop there?" The room says yes. It does not:
# it goes through to the layers before, and only the frozen layer's own weights get none. An Embedding stands first, so nothing
# lies before it. Ask: "Row 0 is zeros; do I still need the mask?" Count hands and say no more: the quiz asks it. The mistake
# behind the yes: frozen is heard as absent.

# %% [markdown]
# With few labels you do not want to bend rows that were made from millions of words. So you **freeze** the layer. In Keras that is one
# argument, `trainable=False`, which can also be set later. What it means:
#
# | | `trainable=True` | `trainable=False` |
# |---|---|---|
# | forward pass | rows are looked up | the same |
# | gradient of the table | computed | not computed |
# | step of the optimizer | moves the rows | does not know of them |
# | `count_params()` | counts the table | counts it too, as "non-trainable" in the summary |
#
# The zeros of row 0 do not replace the mask. Zeros add nothing to a sum; a *mean* still divides by their number.
#
# A table gets into a layer as in lesson 05: `layer.build()` makes the layer's weights, and `layer.set_weights([matrix])` fills them from
# a list with one array for each weight.

# %% [markdown]
# ### Exercise 5: the frozen layer
#
# Write `frozen_layer(matrix)`. `matrix` is a float array of shape `(V, d)`, row 0 zeros. Return a Keras layer that, as a
# `keras.layers.Embedding` can,
#
# - holds `matrix`, a table of V rows and no more: called on ids it gives rows of `matrix`;
# - is frozen: training a model with the layer in it leaves its rows as they are;
# - masks id 0 and no other: layers after it skip the padding, so that a mean over the ids `[2, 1, 0, 0]` is the mean of rows 2 and 1,
#   also where row 1 is zeros.
#
# `matrix` itself stays as it is.
#
# `frozen_layer(np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]]))` returns a layer that gives `[[[3, 4], [0, 0]]]` for the ids
# `np.array([[2, 0]])`, before and after training.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Put the table into a layer that does not learn


# %% exercise="frozen_layer" slide="code"
def frozen_layer(matrix):
    """A Keras Embedding that holds `matrix` (V, d), does not learn, and masks id 0."""
    ### BEGIN SOLUTION
    layer = keras.layers.Embedding(*matrix.shape, mask_zero=True, trainable=False)
    layer.build()
    layer.set_weights([matrix])
    return layer
    ### END SOLUTION


# %% check="frozen_layer"
ex.frozen_layer.check(frozen_layer)

# %% [markdown] slideshow={"slide_type": "notes"}
# **7 minutes in the notebook.** Ask: "How many of a model's numbers can training change, with one neuron behind this layer?"
# 51: the neuron's 50 weights and its bias. The mistakes to expect: `trainable` forgotten, `mask_zero` forgotten, one row more
# than the matrix has, and `weights=[matrix]` in a layer that is never built.

# %% [markdown]
# By hand, then Keras, then equal, on two test reviews. The model of lesson 07 is put together around a frozen layer: rows, masked mean,
# one neuron. How many of its numbers can training change?

# %%
from course.averaging import MaskedMean

layer = keras.layers.Embedding(*matrix.shape, mask_zero=True, trainable=False)
mean = keras.Sequential([keras.Input(shape=(None,), dtype="int32"), layer, MaskedMean()])
layer.set_weights([matrix])

ids = vocabulary.encode(reviews.test.texts[:2], 40)  # (2, 40)
is_word = (ids != 0)[..., None]  # (2, 40, 1)
by_hand = (matrix[ids] * is_word).sum(axis=1) / is_word.sum(axis=1)  # (2, 50)
print("equal:", np.allclose(by_hand, mean.predict(ids, verbose=0), atol=1e-5))

# %%
model = keras.Sequential([*mean.layers, keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy")
before = layer.get_weights()[0].copy()
model.fit(ids, reviews.test.labels[:2], epochs=3, verbose=0)

trainable = sum(weight.shape.num_elements() for weight in model.trainable_weights)
print(f"{model.count_params():,} parameters, of which training can change {trainable}")
print("largest change in the table after training:", np.abs(layer.get_weights()[0] - before).max())

# %% [markdown]
# 51, the neuron's 50 weights and its bias, and a change of exactly 0.
#
# **A trap.** `trainable` can be changed later. Here a small model trains for one epoch, then its layer is frozen, then it trains for
# another. Do the rows move in the second epoch?

# %%
keras.utils.set_random_seed(9)
rows = keras.layers.Embedding(4, 2)
tiny = keras.Sequential([keras.Input(shape=(None,), dtype="int32"), rows, MaskedMean(), keras.layers.Dense(1)])
x, y = np.array([[1, 2], [3, 3]]), np.array([[1.0], [-1.0]])
tiny.compile(optimizer=keras.optimizers.SGD(0.5), loss="mse")
tiny.fit(x, y, verbose=0)
rows.trainable = False
for what in ("frozen", "frozen and compiled again"):
    before = rows.get_weights()[0].copy()
    tiny.fit(x, y, verbose=0)
    print(f"{what:26} largest change {np.abs(rows.get_weights()[0] - before).max():.4f}")
    tiny.compile(optimizer=keras.optimizers.SGD(0.5), loss="mse")

# %% [markdown]
# They do. The training step was put together when the model first trained, and it goes on as it was. **After changing `trainable`,
# compile again.** Lesson 10 needs this the other way round, to thaw a layer.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Ask the room: does the table move?
#
# ```python
# model.compile(optimizer="adam", loss="binary_crossentropy")
# model.fit(x, y, epochs=1)
#
# layer.trainable = False
# model.fit(x, y, epochs=1)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# It moves, in both calls of `fit`. Compile again after changing `trainable`.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Let them vote. It moves, in both calls of `fit`: the training step was put together when the model first
# trained, and goes on as it was. Compile again after changing `trainable`. Most of the room trusts the flag. The mistake behind
# it: `trainable` is read when the training step is built, not in every step. Lesson 10 needs this the other way round.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Live coding: measure with and without, before you believe"
# ## 6. With and without: measure before you believe
#
# - The same model twice: a random table that learns, a frozen table from the file.
# - 100 labels, then all. Three seeds each.
# - Guess first: which is ahead, and by how much?

# %% [markdown]
# One neuron on a mean of frozen rows is a blunt tool: it can draw one flat border in a space that somebody else laid out. So both models
# get a small layer first that looks at *every word by itself*: `Dense(16, activation="relu")` on rows of shape $(n, T, d)$ asks each
# word 16 questions. The mean is over the answers.

# %%
FEW, LENGTH = 100, {"shipped": 64, "imdb": 200}[REVIEWS]


def classifier(table, frozen):
    """ids -> rows -> 16 answers for each word -> their mean -> a probability. Compiled."""
    rows = keras.layers.Embedding(*table.shape, mask_zero=True, trainable=not frozen)
    questions = keras.layers.Dense(16, activation="relu")  # (n, T, 50) -> (n, T, 16)
    verdict = keras.layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input(shape=(None,), dtype="int32"), rows, questions, MaskedMean(), verdict])
    if frozen:
        rows.set_weights([table])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    return model


# %%
train_x, test_x = (vocabulary.encode(part.texts, LENGTH) for part in (reviews.train, reviews.test))
train_y, test_y = reviews.train.labels, reviews.test.labels


def agrees(model, ids, labels):
    """For each review, whether the model judges it as its writer did, (n,); 512 at a time."""
    answers = np.concatenate([model(ids[i : i + 512]) for i in range(0, len(ids), 512)])  # (n, 1)
    return (answers[:, 0] > 0.5) == labels


def accuracy(model, ids, labels):
    """The share of the reviews that the model judges as their writers did."""
    return float(agrees(model, ids, labels).mean())


# %%
def run(labels, frozen, seed):
    """Trains on so many training reviews, drawn by the seed. Returns the model, its training and its test accuracy."""
    keras.utils.set_random_seed(seed)
    some = np.random.default_rng(seed).permutation(len(train_y))[:labels]
    model = classifier(matrix, frozen)
    epochs, batch = (15, 20) if labels == FEW else (6, 64)
    model.fit(train_x[some], train_y[some], epochs=epochs, batch_size=batch, verbose=0)
    return model, accuracy(model, train_x[some], train_y[some]), accuracy(model, test_x, test_y)


# %% [markdown]
# Write your guess down: with 100 labels, which is ahead on the test reviews, and by how many points? Six short trainings, some seconds.

# %% slide="live"
results = {}
for frozen in (False, True):
    results[FEW, frozen] = [run(FEW, frozen, seed)[1:] for seed in range(3)]
    for on_train, on_test in results[FEW, frozen]:
        print(f"{FEW} labels, {'frozen' if frozen else 'random'} table: training {on_train:.2f}, test {on_test:.3f}")

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Collect guesses before the training cells, and let the room defend them. Most expect the frozen table to win by
# ten points with 100 labels. Run the cell; it takes some seconds. Ask: "How far apart are two seeds of one kind?" before
# anybody compares the two kinds. The mistake behind the guess: "pre-trained" was heard as "knows what I want to know".

# %% [markdown]
# And with all labels. Will the frozen table gain as much from the labels as the random one?

# %%
ALL = len(train_y)
models = {}
for frozen in (False, True):
    runs = [run(ALL, frozen, seed) for seed in range(3)]
    models[frozen] = runs[0][0]
    results[ALL, frozen] = [pair[1:] for pair in runs]
    for on_train, on_test in results[ALL, frozen]:
        print(f"{ALL} labels, {'frozen' if frozen else 'random'} table: training {on_train:.2f}, test {on_test:.3f}")

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Is any gap larger than that between two seeds?

# %% slide="output"
gaps = {n: 100 * np.subtract(*(np.mean(results[n, frozen], axis=0)[1] for frozen in (True, False))) for n in (FEW, ALL)}
figure, panels = plt.subplots(1, 2, figsize=(9, 3.8), sharey=True, layout="constrained")
for ax, n in zip(panels, (FEW, ALL), strict=True):
    for x, frozen in enumerate((False, True)):
        on_train, on_test = np.array(results[n, frozen]).T  # (3,) each
        ax.plot([x - 0.1] * 3, on_train, "s", color=plots.ORANGE, markersize=8, label="training" if x else None)
        ax.plot([x + 0.1] * 3, on_test, "o", color=plots.BLUE, markersize=8, label="test" if x else None)
    ax.set(xlabel=f"{n:,} labels", xlim=(-0.5, 1.5))
    ax.set_xticks([0, 1], ["random,\nlearned", "GloVe,\nfrozen"])
    ax.grid(axis="x", visible=False)
panels[0].set_ylabel("accuracy, three seeds")
panels[1].legend()
figure.suptitle("With all labels, only the random table learns by heart", fontweight="bold", x=0.02, ha="left")
plots.show(
    f"Training and test accuracy of three seeds. With {FEW} labels the frozen table is {gaps[FEW]:+.1f} points from the random one "
    f"on the test reviews, with {ALL} labels {gaps[ALL]:+.1f} points. The random table's training accuracy is far above its test accuracy."
)

# %% [markdown] slideshow={"slide_type": "notes"}
# **4 minutes.** Read it in this order: training (orange) against test (blue), then test against test. Ask the title's question of
# each. Training against test: yes, in three of the four columns. Frozen against random, on test: no, there is no leap to be seen on
# these reviews. Then *good* and *bad*: ask for sentences in which the two can be swapped. Any sentence will do, and that is the
# reason; they stand in the same places, so their vectors point the same way. The mistake behind the disappointment: to ask of a
# file what its texts do not hold.

# %%
for frozen in (False, True):
    count = sum(weight.shape.num_elements() for weight in models[frozen].trainable_weights)
    on_train, on_test = np.mean(results[ALL, frozen], axis=0)
    lost = f"{100 * (on_train - on_test):.1f} points lost from training to test"
    print(f"{ALL} labels, {'frozen' if frozen else 'random'}: {count:>9,} trainable numbers, {lost}")

spread = max(100 * np.ptp([on_test for _, on_test in pairs]) for pairs in results.values())
print(f"frozen against random, test: {gaps[FEW]:+.1f} points with {FEW} labels, {gaps[ALL]:+.1f} with {ALL}")
print(f"the three seeds of one kind differ among themselves by up to {spread:.1f} points")

# %% [markdown]
# Read it in this order.
#
# 1. **Trainable numbers.** The frozen model has less than a thousand, the random one as many for the head *and* a row for every word.
# 2. **Training against test.** The random table learns its training reviews by heart, few or many: each word can move until it fits.
#    The frozen model gets part of the way with 100 reviews. With all of them its few numbers do not suffice, and it loses far
#    less on the way to new reviews.
# 3. **Test.** Compare the gap with what three seeds of one kind differ by among themselves. (The seed also draws the 100 reviews.) On the
#    shipped reviews there is no leap to be seen, and with all labels the frozen table is not ahead. If you expected a leap, you have read
#    the same tutorials as everyone.
#
# Why no leap? One part of the answer is *whose texts* the vectors come from. The shipped ones know films; most of the shipped reviews
# are about other things. When the file fits, the picture changes. With `REVIEWS = "imdb"`, 100 labels and the shipped vectors, the frozen
# table is far ahead; take that for a best case, because those vectors were made from these very reviews, without their labels. With
# `glove.6B.50d`, made from an encyclopedia and from news, it is hardly ahead on the same film reviews.
#
# The other part: the vectors were made from which words stand *near* each other, and opposites stand in the same places. The nearness of
# two vectors is usually given by the **cosine** of the angle between them, 1 for the same direction and 0 for a right angle. Guess the
# second line.

# %%
judged, _ = load(path, wanted={"good", "great", "bad", "hot", "cold", "kettle"})
for one, other in (("good", "great"), ("good", "bad"), ("hot", "cold"), ("good", "kettle")):
    if one in judged and other in judged:
        a, b = judged[one], judged[other]
        print(f"{one}, {other:7} cosine {a @ b / (np.linalg.norm(a) * np.linalg.norm(b)):.2f}")

# %% [markdown]
# *Good* and *kettle* have little to do with each other. *Good* and *bad* point to the same side, because both stand before *film*,
# *idea* and *luck*. To a sentiment model they should be far apart, and a frozen table cannot move them. Lesson 10 lets it.
#
# ### What no label can give you
#
# The random table has one thing missing that no accuracy on these reviews shows: rows for words it never met. The frozen model does
# not need to have met a word. Its head was trained on a *space*, and takes any vector of 50 numbers. Here are words of praise and of
# blame. Which of them did training never see, and what does the head say of them? For one word by itself the mean is that word's own
# answers, so the whole head is two small products:
#
# $$\text{score} = \max(0,\ \mathbf{v} W_1 + \mathbf{b}_1) \cdot \mathbf{w}_2 + b_2$$
#
# with $\mathbf{v}$ the word's vector, shape $(50,)$, $W_1$ of shape $(50, 16)$, $\mathbf{b}_1$ and $\mathbf{w}_2$ of shape $(16,)$. Above 0
# means positive.

# %%
praise = """superb terrific exquisite flawless enchanting delightful splendid magnificent adorable captivating gripping masterful
outstanding stunning phenomenal sublime riveting heartwarming exhilarating dazzling"""
blame = """atrocious abysmal horrendous dreadful lousy pathetic tedious tasteless laughable inept amateurish clumsy dismal
appalling unbearable wretched shoddy insipid horrid incompetent"""
praise, blame = praise.split(), blame.split()
new_words, _ = load(path, wanted={word for word in praise + blame if word not in counts})

_, w1, b1, w2, b2 = models[True].get_weights()
scores = {word: (np.maximum(v @ w1 + b1, 0) @ w2 + b2).item() for word, v in new_words.items()}

probability = models[True].predict(np.array([[vocabulary.id("good")]]), verbose=0).item()
by_hand = (np.maximum(vectors["good"] @ w1 + b1, 0) @ w2 + b2).item()
print("by hand equals Keras for 'good':", np.isclose(probability, 1 / (1 + np.exp(-by_hand)), atol=1e-5))

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## What do the two models say of words that they never met?
#
# *superb*, *splendid*, *atrocious*, *abysmal*: in no training review.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# - With a learned table they all get one score, that of `[UNK]`.
# - With the file's table they lie near words that training did meet, and most fall on the right side of 0.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "fragment"}
# Words like these are many types and few tokens.

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** None of these words stands in a training review. Ask: "What does the model with the random table say of them?"
# One and the same, for all: `[UNK]`. The frozen model, on the same key, puts most where they belong; show the figure in the
# notebook, section 6. Ask: "Does that lift the test accuracy?" The room is sure. The last key: these words are many types and few
# tokens; one number on one test set does not show it. Keep both facts. The mistake behind: what is seen in a few words is taken
# for what counts in all.

# %%
right = sum((score > 0) == (word in praise) for word, score in scores.items())
ordered = sorted(scores, key=scores.get)
plt.figure(figsize=(7.2, 0.27 * max(8, len(ordered)) + 1.2))
for y, word in enumerate(ordered):
    good = word in praise
    plt.plot([0, scores[word]], [y, y], color="0.8", linewidth=1.5, zorder=1)
    plt.plot(scores[word], y, "o" if good else "s", color=plots.BLUE if good else plots.ORANGE, zorder=2)
plt.plot([], [], "o", color=plots.BLUE, label="praise")
plt.plot([], [], "s", color=plots.ORANGE, label="blame")
plt.axvline(0, color="black", linewidth=1)
plt.yticks(range(len(ordered)), ordered, fontsize=11)
plt.gca().set(xlabel="score (above 0: positive)")
plt.legend(loc="upper left")
plt.title(f"{right} of {len(scores)} words never met in training\nfall on the right side")
plots.show(
    f"Scores of {len(scores)} words of praise and blame that no training review holds. {right} of them have a score on the side of zero "
    "where they belong. The lowest is " + (ordered[0] if ordered else "none") + "."
)

# %% [markdown]
# The model with the random table gives all of these words one and the same score, that of `[UNK]`. The frozen model puts most of them
# where they belong, because they lie near words that training did meet.
#
# Does that lift the test accuracy? The table can grow after training: add rows for the test words that the file knows, keep the head.
# Guess: how many verdicts turn right, and how many turn wrong?

# %%
longer = Vocabulary([*vocabulary.words[2:], *sorted(known)])
rows = np.array([vectors.get(word, np.zeros(DIM)) for word in longer.words], dtype="float32")
grown = classifier(rows, frozen=True)
grown.set_weights([rows, *models[True].get_weights()[1:]])

test_counts = Counter(word for text in reviews.test.texts for word in words(text))
share = sum(test_counts[word] for word in known) / sum(test_counts.values())
print(f"{len(rows) - len(matrix):,} rows more, for {share:.1%} of the running words in the test reviews")
was = agrees(models[True], test_x, test_y)  # (n,): right or wrong
now = agrees(grown, longer.encode(reviews.test.texts, LENGTH), test_y)
print(f"test accuracy {was.mean():.3f} before, {now.mean():.3f} after: of {len(now):,} verdicts", end=" ")
print(f"{(now & ~was).sum()} turned right and {(was & ~now).sum()} turned wrong")

# %% [markdown]
# The new words are many types and few tokens, most of them say nothing of the verdict, and the head may misjudge those that do. Some
# verdicts turn right, others turn wrong, and one number on one test set does not show it either way. So keep both facts: the file lets
# the model say something sensible of words it never met, and that is not the same as being right more often on *these* reviews.

# %% [markdown]
# ## 7. A word without a line is not always lost
#
# - *Sunday* is not in the file. *sunday* is.
# - *flat-pack* is not in the file. *flat* and *pack* are.
# - Fall back step by step, and stop at the first that works.

# %% [markdown]
# A zero row is honest, and sometimes you can do better. Many misses are known words in disguise. How many have a hyphen, and for how
# many of those is at least one part known?

# %%
hyphened = [word for word, _ in misses if "-" in word]
parts, _ = load(path, wanted={part for word in hyphened for part in word.split("-")})
helped = [word for word in hyphened if any(part in parts for part in word.split("-"))]
print(f"{len(misses):,} misses, {len(hyphened)} with a hyphen, {len(helped)} of those with a known part:")
print(", ".join(helped[:8]))

# %% [markdown]
# ### Exercise 6 (stretch): a vector for nearly every word
#
# Write `find_vector(word, vectors, dim)`. `word` is a str, not empty; `vectors` is a dict: word -> array of shape `(dim,)`. Return an
# array of shape `(dim,)`, the first of these that exists:
#
# 1. the vector of `word` itself;
# 2. the vector of `word` in lower case;
# 3. of the parts between hyphens, in lower case: the mean of the vectors of those parts that have one; a part that comes twice, as in
#    "day-to-day", counts twice;
# 4. zeros.
#
# `find_vector("Well-Made", {"well": [2, 0], "made": [0, 4], "made-up": [9, 9]}, 2)` returns `[1, 2]`. With the same dict "well-cut" gives
# `[2, 0]`, "made-up" gives `[9, 9]`, and "umbrella" gives `[0, 0]`.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Stretch: a word without a line is not always lost
#
# *Sunday* is not in the file, *sunday* is. *flat-pack* is not, *flat* and *pack* are.


# %% exercise="find_vector" slide="code"
def find_vector(word, vectors, dim):
    """A vector for `word`, shape (dim,): its own, its lower-case form's, the mean of its parts, or zeros."""
    ### BEGIN SOLUTION
    for form in (word, word.lower()):
        if form in vectors:
            return vectors[form]
    parts = [vectors[part] for part in word.lower().split("-") if part in vectors]
    return np.mean(parts, axis=0) if parts else np.zeros(dim)
    ### END SOLUTION


# %% check="find_vector"
ex.find_vector.check(find_vector)

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes; the exercise is homework.** Ask for a word whose parts mislead: *butterfly* has no hyphen, but *red-tape* and
# *second-hand* do. A mean of parts is a guess, and a guess is a choice: sometimes silence, the zero row, is better. The mistake
# in the exercise: dividing by the number of parts rather than by the number of *known* parts.

# %% [markdown]
# ### From here on: `course.vectors`
#
# You have read the file, matched it, measured it and made the table. From lesson 10 on, the course does it for you; it is quicker on the
# second call, because it keeps what it read, and it refuses a broken file with a sentence instead of passing it over. The numbers are
# the ones you made:

# %%
from course.vectors import Vectors

loaded = Vectors.load(path, vocabulary)
table = loaded.embedding_matrix(vocabulary, counts)
listed = {word: counts[word] for word in vocabulary.words[2:]}  # without padding and [UNK]
hits = {word: n for word, n in listed.items() if word in vectors}

print("the same matrix:", np.array_equal(table.matrix, matrix))
print(f"types  {table.coverage:.4f}, by hand {len(hits) / len(listed):.4f}")
print(f"tokens {table.token_coverage:.4f}, by hand {sum(hits.values()) / sum(listed.values()):.4f}")
print("the same misses:", table.misses(20) == [word for word, _ in misses[:20]])

# %% [markdown]
# ## Quiz

# %% [markdown] quiz="coverage_is_not_all"
# **Quiz 1.** You change how the text is cut, and coverage by token rises from 96 % to 99 %. What do you know?
#
# - [ ] The model will be better. :: Coverage says that a vector was found. It does not say that it was the right one.
# - [ ] 3 % more of the types have a vector. :: That is the other count. A single frequent word, such as "n't", can move this one.
# - [x] More of the running words find some vector. Is it theirs? Look. :: Deleting marks finds *ill* for *I'll*: counted, and wrong.

# %% [markdown] tags=["slide-only"] slideshow={"slide_type": "slide"}
# ## Quiz: do zeros replace the mask?

# %% [markdown] quiz="mean_of_zeros" slide="quiz"
# **Quiz 2.** Row 0 of the matrix is zeros, and the layer has no `mask_zero`. A review of 5 words is padded to 20 positions and averaged.
# What comes out?
#
# - [ ] The mean of the 5 words: the zeros add nothing. :: They add nothing to the sum. The mean divides by 20 all the same.
# - [x] A quarter of the mean of the 5 words. :: The sum is right, and is divided by 20 instead of 5.
# - [ ] Zeros: padding wins. :: The 5 words are in the sum. They come out pale, not gone.

# %% [markdown] slideshow={"slide_type": "notes"}
# **2 minutes.** Vote by hands, then let one voter for each choice say why. Compare with the hands on slide 17. The trap is "the
# mean of the 5 words: the zeros add nothing". They add nothing to the sum, and the mean divides by 20 all the same, so a quarter
# is left. The notebook has two questions more.

# %% [markdown] quiz="what_is_frozen"
# **Quiz 3.** A model with a frozen `Embedding` and two `Dense` layers is trained. Then you add 10,000 rows of the file for new words at the
# end of the table. What must be trained again?
#
# - [ ] The `Dense` layers, because the table has another shape. :: They see rows of 50 numbers, never the table or how many rows it has.
# - [ ] The new rows, because they have had no gradient. :: The old rows had none either. All rows come from the file.
# - [x] Nothing. :: The `Dense` layers learned to read a space of vectors, and the new rows lie in it. With a learned table it would fail.

# %% [markdown] slideshow={"slide_type": "slide"} slide_title="Take away: cut as the file was cut, read the misses, then measure"
# ## Take away
#
# - A file of vectors is text, one word a line: cut it from the right, keep the words you want, and leave out what is no word and `d`
#   numbers.
# - Cut your own text the way the file's was cut, measure coverage by type and by token, and read the misses before you train.
# - A frozen table leaves little to learn by heart with, and knows words that no label touched; it also cannot move apart what its
#   maker put together, and helps most when the file's texts are like yours.

# %% [markdown] tags=["words"]
# ## Words
#
# - **pre-trained vectors**: rows of numbers for words, learned by somebody else on other texts, usually without labels
# - **GloVe**: a way of learning word vectors from counts of which words stand near each other; also the files made with it
# - **type**: a word as a dictionary lists it, once, however often it occurs
# - **token**: one word on the page; "the cat and the dog" has 5 tokens of 4 types
# - **coverage**: the share of the types, or of the tokens, that have a vector in the file
# - **clitic**: a short form that leans on the word before it, such as n't and 's; GloVe's texts have it as a token of its own
# - **embedding matrix**: the table made for a vocabulary from a file of vectors: row i is the vector of the word with id i
# - **frozen layer**: a layer with trainable=False: used in every step, changed in none
# - **cosine**: how far two vectors point the same way: 1 the same direction, 0 a right angle, -1 opposite

# %% [markdown] slideshow={"slide_type": "notes"}
# **3 minutes.** Close with one question: "When would you freeze?" Few labels, many unseen words, little time to train. "And when not?"
# When what you want to tell apart lies close together in the file. That is the door to lesson 10.

# %% [markdown]
# **Next.** Between a table that may not move at all and one that starts from nothing there is a third: start from the file, and let it
# move. How many labels does that take, and what does it forget on the way? Lesson 10, *Transfer*.
