"""Makes the course's small word vectors from the IMDB reviews with GloVe's objective, and measures them.

    OPENBLAS_NUM_THREADS=1 python datasets/make_vectors.py make aclImdb      # datasets/vectors.50d.txt.gz
    python datasets/make_vectors.py make aclImdb --out FILE
    python datasets/make_vectors.py evaluate VECTORS GOLD_DIR [datasets/reviews.csv]

NumPy is all it needs. With one thread a machine makes the same bytes again; more threads, or another BLAS, may
move a last decimal. How the shipped file was made and what it is worth: datasets/vectors.md.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Recipe:
    """Every choice that changes the numbers."""

    words: int = 20_000  # the most frequent ones are kept ...
    min_reviews: int = 20  # ... if so many different reviews use them: no one's private coinage
    window: int = 10  # words to either side; a word at distance d counts 1/d
    dim: int = 50
    x_max: float = 10.0  # counts from here on weigh 1 (the paper's 100 is for corpora 200 times this size)
    alpha: float = 0.75
    ridge: float = 3.0  # times |w|^2: an addition to the paper, see train()
    sweeps: int = 8  # the cost falls by less than 0.3 % in the last one
    seed: int = 2014
    decimals: int = 4


# ------------------------------------------------------------------------------------------ text

# The reviews hold Windows-1252 punctuation that was read as Latin-1, and every kind of apostrophe.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\x91\x92\u2018\u2019\u00b4`", "'"),
        **dict.fromkeys("\x93\x94\u201c\u201d", '"'),
        **dict.fromkeys("\x96\x97\u2013\u2014", " -- "),
        **dict.fromkeys("\x85\u2026", " ... "),
    }
)

# URLs and e-mail addresses are taken out before anything else looks at the text.
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|\b[\w.-]+\.(?:com|org|net|edu|co\.uk)\b\S*")
MARKUP = re.compile(r"</?\w+ ?/?>")
CLITIC = re.compile(r"(n't|'(?:s|m|d|re|ve|ll))\b")

TOKEN = re.compile(
    r"n't|'(?:s|m|d|re|ve|ll)\b"  # do n't, it 's: split off as the Stanford tokeniser does
    r"|(?:[a-z]\.){2,}"  # u.s.
    r"|(?:mr|mrs|ms|dr|st|jr|sr|vs)\."
    r"|[od]'[^\W\d_]{2,}"  # o'clock, d'artagnan
    r"|\d+(?:[.,:/]\d+)+"  # 7.5, 1,000, 9/11
    r"|[^\W_]+(?:-[^\W_]+)*"  # words, numbers, well-made
    r"|\.\.+|--+"
    r"|[^\w\s]|_"  # any other mark stands alone
)


def tokenise(text: str) -> list[str]:
    """Lower-case tokens, close to those of GloVe 6B: marks stand alone, n't and 's are split off."""
    text = MARKUP.sub(" ", text.lower().translate(PLAIN))
    text = CLITIC.sub(r" \1", ADDRESS.sub(" ", text)).replace("cannot", "can not")
    # Runs of dots or dashes differ by the writer's mood only.
    return ["..." if t[:2] == ".." else "--" if t[:2] == "--" else t for t in TOKEN.findall(text)]


def read_reviews(folder: Path) -> Iterator[str]:
    """Each different text of aclImdb/{train,test}/{pos,neg,unsup} once, always in the same order."""
    seen: set[bytes] = set()
    paths = sorted(folder.glob("t*/[npu]*/*.txt"))
    if not paths:
        sys.exit(f"No reviews under {folder}: expected {folder}/train/pos/*.txt and so on.")
    for path in paths:
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).digest()
        if digest not in seen:
            seen.add(digest)
            yield raw.decode("utf-8")


def number_tokens(texts: Iterator[str]) -> tuple[list[np.ndarray], list[str]]:
    """One array of provisional ids per text, and the word of each id, in order of first appearance."""
    ids: defaultdict[str, int] = defaultdict()
    ids.default_factory = ids.__len__
    reviews = [np.array([ids[t] for t in tokenise(text)], dtype=np.int32) for text in texts]
    return reviews, list(ids)


def choose_words(reviews: list[np.ndarray], words: list[str], recipe: Recipe) -> np.ndarray:
    """The provisional ids of the vocabulary, most frequent first, ties in alphabetical order."""
    count = np.bincount(np.concatenate(reviews), minlength=len(words))
    spread = np.bincount(np.concatenate([np.unique(r) for r in reviews]), minlength=len(words))
    fit = [i for i in np.flatnonzero(spread >= recipe.min_reviews) if words[i].isprintable()]
    fit.sort(key=lambda i: (-count[i], words[i]))
    return np.array(fit[: recipe.words])


def one_stream(reviews: list[np.ndarray], chosen: np.ndarray, types: int, window: int) -> np.ndarray:
    """All reviews in one array of final ids; -1 stands for a word outside the vocabulary."""
    final = np.full(types, -1, dtype=np.int32)
    final[chosen] = np.arange(len(chosen), dtype=np.int32)
    # A window's length of -1 after each review: no window then reaches from one review into the next.
    gap = np.full(window, -1, dtype=np.int32)
    return np.concatenate([part for review in reviews for part in (final[review], gap)])


# ------------------------------------------------------------------------------ counts, training


class Counts(NamedTuple):
    """A sparse symmetric table: row i holds values[ends[i]:ends[i+1]] in the columns cols[ends[i]:ends[i+1]]."""

    ends: np.ndarray
    cols: np.ndarray
    values: np.ndarray

    def row(self, i: int) -> slice:
        return slice(self.ends[i], self.ends[i + 1])


def count_band(stream: np.ndarray, window: int, first: int, last: int, size: int) -> np.ndarray:
    """Sums of 1/distance, (last - first, size): rows are the words first..last-1, columns their neighbours."""
    here = np.flatnonzero((stream >= first) & (stream < last))
    row = (stream[here].astype(np.int64) - first) * size
    cells = np.zeros((last - first) * size)
    for distance in range(1, window + 1):
        for there in (stream[here - distance], stream[here + distance]):
            known = there >= 0
            np.add.at(cells, row[known] + there[known], 1.0 / distance)
    return cells.reshape(last - first, size)


def co_occurrences(stream: np.ndarray, size: int, window: int) -> Counts:
    """The counts that are not zero. Dense, 1,000 rows at a time: the whole table would take 3 GB."""
    stream = np.concatenate([np.full(window, -1, dtype=np.int32), stream])  # as after each review
    ends, cols, values = [np.zeros(1, dtype=np.int64)], [], []
    for first in range(0, size, 1000):
        band = count_band(stream, window, first, min(first + 1000, size), size)
        row, col = np.nonzero(band)
        ends.append(ends[-1][-1] + np.cumsum(np.bincount(row, minlength=len(band))))
        cols.append(col.astype(np.int32))
        values.append(band[row, col].astype(np.float32))
    return Counts(np.concatenate(ends), np.concatenate(cols), np.concatenate(values))


def start(counts: Counts, recipe: Recipe) -> np.ndarray:
    """Random vectors; in the last column the biases that would be right if words met by chance."""
    sums = np.add.reduceat(counts.values.astype(np.float64), counts.ends[:-1])
    vectors = np.random.default_rng(recipe.seed).normal(0, 0.3, (len(sums), recipe.dim))
    return np.column_stack([vectors, np.log(sums) - np.log(sums.sum()) / 2]).astype(np.float32)


def best_for(fixed: np.ndarray, counts: Counts, target: np.ndarray, weight: np.ndarray, ridge: float) -> np.ndarray:
    """The w and b of every word that minimise the objective while all w~ and b~ stay as they are.

    With one side fixed the objective is a weighted least-squares problem for each word alone, with an
    exact solution. The counts are symmetric, so the same function serves the other side.
    """
    basis, bias = fixed.copy(), fixed[:, -1]
    basis[:, -1] = 1.0  # b is the weight of a constant
    hold = np.diag(np.r_[np.full(fixed.shape[1] - 1, ridge), 1e-3]).astype(np.float32)
    best = np.empty_like(fixed)
    for i in range(len(fixed)):
        cell = counts.row(i)
        cols = counts.cols[cell]
        near = basis[cols]
        pulled = near * weight[cell, None]
        best[i] = np.linalg.solve(pulled.T @ near + hold, pulled.T @ (target[cell] - bias[cols]))
    return best


def cost(main: np.ndarray, other: np.ndarray, counts: Counts, target: np.ndarray, weight: np.ndarray) -> float:
    """Mean over the counts of f(X) (w.w~ + b + b~ - log X)^2."""
    total = 0.0
    for i in range(len(main)):
        cell = counts.row(i)
        near = other[counts.cols[cell]]
        error = near[:, :-1] @ main[i, :-1] + near[:, -1] + main[i, -1] - target[cell]
        total += float(weight[cell] @ error**2)
    return total / len(target)


def train(counts: Counts, recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Minimises sum f(X) (w.w~ + b + b~ - log X)^2 (Pennington et al. 2014, eq. 8), one side at a time.

    A ridge on w and w~ keeps rare words, with hardly more counts than unknowns, from fitting noise.
    """
    target = np.log(counts.values)
    weight = np.minimum(1.0, (counts.values / recipe.x_max) ** recipe.alpha).astype(np.float32)
    other = start(counts, recipe)
    for sweep in range(1, recipe.sweeps + 1):
        main = best_for(other, counts, target, weight, recipe.ridge)
        other = best_for(main, counts, target, weight, recipe.ridge)
        print(f"          sweep {sweep}: cost {cost(main, other, counts, target, weight):.5f}", flush=True)
    return main[:, :-1], other[:, :-1]


def settle(main: np.ndarray, other: np.ndarray) -> np.ndarray:
    """w + w~ as in the paper, centred, without the first principal direction.

    Eq. 8 does not say where the origin is: the biases take up any shift of all the vectors. The first direction
    tells little but how frequent a word is (the correlation is printed), and drowns likeness in meaning.
    """
    table = (main + other).astype(np.float64)
    table -= table.mean(axis=0)
    first = np.linalg.eigh(table.T @ table)[1][:, -1]
    along = table @ first
    rank = np.log(np.arange(1, len(table) + 1))
    print(f"          first direction: correlation with log rank {abs(np.corrcoef(along, rank)[0, 1]):.2f}")
    return table - np.outer(along, first)


# ----------------------------------------------------------------------------------------- files


def write_vectors(path: Path, words: list[str], table: np.ndarray, decimals: int) -> None:
    """GloVe's text format, gzipped. No time or name in the gzip header: same numbers, same bytes."""
    table = np.round(table, decimals) + 0.0  # adding 0 turns -0.0 into 0.0
    lines = (" ".join([word, *(f"{x:.{decimals}f}" for x in row)]) for word, row in zip(words, table, strict=True))
    text = "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def read_vectors(path: Path) -> tuple[dict[str, int], np.ndarray]:
    """The row of each word, and the table. Splits at the space only: GloVe's own words can hold NBSP."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        parts = [line.rstrip("\n").split(" ") for line in file]
    table = np.array([p[1:] for p in parts], dtype=np.float32)
    return {p[0]: i for i, p in enumerate(parts)}, table


def make(folder: Path, out: Path, recipe: Recipe) -> None:
    """From the folder of reviews to the file of vectors, telling what it does."""
    began = time.perf_counter()

    def tell(message: str) -> None:
        print(f"{time.perf_counter() - began:6.0f} s  {message}", flush=True)

    reviews, types = number_tokens(read_reviews(folder))
    chosen = choose_words(reviews, types, recipe)
    stream = one_stream(reviews, chosen, len(types), recipe.window)
    tokens = sum(map(len, reviews))
    covered = int((stream >= 0).sum()) / tokens
    tell(f"{len(reviews):,} reviews, {tokens:,} tokens, {len(types):,} types")
    tell(f"{len(chosen):,} words kept, they are {covered:.2%} of the tokens")
    counts = co_occurrences(stream, len(chosen), recipe.window)
    tell(f"{len(counts.values):,} counts that are not zero")
    table = settle(*train(counts, recipe))
    tell("trained")
    write_vectors(out, [types[i] for i in chosen], table, recipe.decimals)
    tell(f"{out}: {out.stat().st_size:,} bytes, sha256 {hashlib.sha256(out.read_bytes()).hexdigest()}")


# ------------------------------------------------------------------------------------ evaluation

PRAISE = """good great excellent wonderful best perfect enjoyable delicious comfortable friendly beautiful brilliant
 superb charming delightful fantastic lovely fun touching clever"""
BLAME = """bad boring awful terrible worst disappointing waste poor dreadful rude broken cheap dull annoying dirty
 useless horrible stupid lame pathetic"""
LOOKED_AT = "good bad terrible wonderful boring funny king car pizza doctor london twenty"
CLOSER = [("king", "queen", "car"), ("dog", "cat", "idea"), ("good", "great", "bad"), ("bad", "awful", "good")]


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks with ties sharing their mean."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]


def gold_pairs(path: Path) -> list[tuple[str, str, float]]:
    """Word, word, human score of WordSim-353 (commas) or SimLex-999 (tabs; ours has three columns)."""
    text = path.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    score = rows[0].index("SimLex999") if "SimLex999" in rows[0] else 2  # the original file has a header
    head = not rows[0][score].replace(".", "").isdigit()
    return [(r[0].lower(), r[1].lower(), float(r[score])) for r in rows[head:] if r]


class Vectors:
    """A table of vectors of length 1, by word."""

    def __init__(self, rows: dict[str, int], table: np.ndarray) -> None:
        self.rows, self.words = rows, list(rows)
        self.table = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-12)

    def __getitem__(self, word: str) -> np.ndarray:
        return self.table[self.rows[word]]

    def cosine(self, a: str, b: str) -> float:
        return float(self[a] @ self[b])

    def neighbours(self, word: str, n: int = 8) -> list[str]:
        order = np.argsort(-(self.table @ self[word]), kind="stable")
        return [self.words[i] for i in order[: n + 1] if self.words[i] != word][:n]

    def spearman(self, pairs: list[tuple[str, str, float]]) -> tuple[float, int]:
        """Spearman's correlation with the human scores on the pairs covered, and how many those are."""
        known = [p for p in pairs if p[0] in self.rows and p[1] in self.rows]
        ours = np.array([self.cosine(a, b) for a, b, _ in known])
        theirs = np.array([score for *_, score in known])
        return float(np.corrcoef(ranks(ours), ranks(theirs))[0, 1]), len(known)

    def polarity(self) -> tuple[int, int]:
        """How many words of praise and blame are nearer to the mean of their own kind, that word left out."""
        kinds = [[self[w] for w in kind.split() if w in self.rows] for kind in (PRAISE, BLAME)]
        right = 0
        for own, opposite in (kinds, kinds[::-1]):
            for i, vector in enumerate(own):
                rest = np.mean(own[:i] + own[i + 1 :], axis=0)
                right += bool(np.linalg.norm(vector - rest) < np.linalg.norm(vector - np.mean(opposite, axis=0)))
        return right, len(kinds[0]) + len(kinds[1])

    def coverage(self, texts: list[str]) -> str:
        """How many types and tokens of the texts have a vector, marks left out, and the most frequent without one."""
        tokens = [t for text in texts for t in tokenise(text) if any(c.isalnum() for c in t)]
        often = Counter(tokens)
        types = often.keys()
        hit, known = sum(t in self.rows for t in tokens), len(types & self.rows.keys())
        missing = sorted(types - self.rows.keys(), key=lambda t: (-often[t], t))
        return (
            f"types {known:,}/{len(types):,} ({known / len(types):.1%}), "
            f"tokens {hit:,}/{len(tokens):,} ({hit / len(tokens):.1%})\n  missing most: {' '.join(missing[:20])}"
        )


def read_texts(path: Path) -> list[str]:
    """The column or key "text" of a CSV file or of JSON lines."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file) if path.suffix == ".csv" else (json.loads(line) for line in file if line.strip())
        return [row["text"] for row in rows]


def evaluate(path: Path, gold: Path, reviews: list[Path]) -> None:
    """Prints the figures of the datasheet."""
    began = time.perf_counter()
    rows, table = read_vectors(path)
    print(f"{path.name}: {len(rows):,} words x {table.shape[1]}, read in {time.perf_counter() - began:.2f} s")
    vectors = Vectors(rows, table)
    for name, file in (("WordSim-353", "wordsim353_combined.csv"), ("SimLex-999", "EN-SIMLEX-999.txt")):
        pairs = gold_pairs(gold / file)
        rho, known = vectors.spearman(pairs)
        print(f"{name}: Spearman {rho:.4f} on {known}/{len(pairs)} pairs")
    right, of = vectors.polarity()
    print(f"praise and blame: {right}/{of} words nearer to the mean of their own kind")
    for word, near, far in CLOSER:
        print(f"cosine {word}-{near} {vectors.cosine(word, near):.3f}, {word}-{far} {vectors.cosine(word, far):.3f}")
    for word in LOOKED_AT.split():
        if word in rows:
            print(f"{word}: {' '.join(vectors.neighbours(word))}")
    if reviews:
        texts = [text for file in reviews for text in read_texts(file)]
        print(f"{len(texts):,} short reviews: {vectors.coverage(texts)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make", help="train on the IMDB reviews and write the vectors")
    maker.add_argument("folder", type=Path, help="the folder aclImdb")
    maker.add_argument("--out", type=Path, default=HERE / "vectors.50d.txt.gz")
    judge = commands.add_parser("evaluate", help="print the figures of the datasheet")
    judge.add_argument("vectors", type=Path)
    judge.add_argument("gold", type=Path, help="folder with wordsim353_combined.csv and EN-SIMLEX-999.txt")
    judge.add_argument(
        "reviews", type=Path, nargs="*", help="CSV or JSON lines with a text each: how many words are covered"
    )
    given = parser.parse_args()
    if given.command == "make":
        make(given.folder, given.out, Recipe())
    else:
        evaluate(given.vectors, given.gold, given.reviews)


if __name__ == "__main__":
    main()
