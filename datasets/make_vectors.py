"""Makes the course's small word vectors from the IMDB reviews with GloVe's objective, and measures them.

    python datasets/make_vectors.py make aclImdb             # writes datasets/vectors.50d.txt.gz
    python datasets/make_vectors.py make aclImdb --out FILE
    python datasets/make_vectors.py evaluate VECTORS GOLD_DIR [REVIEWS.jsonl ...]

`make` needs NumPy and numba; `evaluate` needs NumPy only. What came out, and how: datasets/vectors.md.
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
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

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
    epochs: int = 25
    rate: float = 0.05  # AdaGrad's first step
    seed: int = 20250101
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


# -------------------------------------------------------------------------------- counts, training


def compiled(function: Callable) -> Callable:
    """The function as machine code. Without fast-math, so that sums are made in the order written."""
    try:
        from numba import njit
    except ImportError:
        sys.exit("Making the vectors needs numba, which the course itself does not: pip install numba")
    return njit(function)


def count_band(stream: np.ndarray, window: int, first: int, band: np.ndarray) -> None:
    """Adds 1/distance to band[word - first, neighbour] for every word in the band, both sides."""
    for here in range(window, len(stream) - window):
        row = stream[here] - first
        if stream[here] < 0 or row < 0 or row >= len(band):
            continue
        for distance in range(1, window + 1):
            for there in (here - distance, here + distance):
                if stream[there] >= 0:
                    band[row, stream[there]] += 1.0 / distance


def co_occurrences(stream: np.ndarray, size: int, window: int) -> tuple[np.ndarray, ...]:
    """Rows, columns and values of the counts that are not zero, a dense band of rows at a time."""
    fast = compiled(count_band)
    stream = np.concatenate([np.full(window, -1, dtype=np.int32), stream])
    parts = []
    for first in range(0, size, 2000):
        band = np.zeros((min(2000, size - first), size))
        fast(stream, window, first, band)
        rows, cols = np.nonzero(band)
        values = band[rows, cols].astype(np.float32)
        parts.append(((rows + first).astype(np.int32), cols.astype(np.int32), values))
    rows, cols, values = (np.concatenate(p) for p in zip(*parts, strict=True))
    return rows, cols, values


def epoch(rows, cols, target, weight, main, other, main_sum, other_sum, rate) -> float:
    """One pass of AdaGrad over all counts; returns the mean of weight * error^2 before each step.

    The last two columns hold the biases: `main` ends in (b, 1), `other` in (1, b~), so that one
    dot product gives w.w~ + b + b~, and the ones are simply left out of the step.
    """
    wide = main.shape[1]
    cost = 0.0
    product = np.empty(wide, np.float32)
    for k in range(len(rows)):
        w, c = main[rows[k]], other[cols[k]]
        w_sum, c_sum = main_sum[rows[k]], other_sum[cols[k]]
        for d in range(wide):
            product[d] = w[d] * c[d]
        error = -target[k]
        for d in range(wide):
            error += product[d]
        pull = weight[k] * error
        cost += pull * error
        for d in range(wide):
            w_step, c_step = pull * c[d], pull * w[d]
            w_sum[d] += w_step * w_step
            c_sum[d] += c_step * c_step
            w[d] -= rate * w_step / np.sqrt(w_sum[d])
            c[d] -= rate * c_step / np.sqrt(c_sum[d])
        w[wide - 1] = c[wide - 2] = 1.0
    return cost / len(rows)


def start(size: int, dim: int, one: int, random: np.random.Generator) -> np.ndarray:
    """Small random vectors as in the authors' code, a bias, and the constant one that its partner needs."""
    table = ((random.random((size, dim + 2)) - 0.5) / (dim + 1)).astype(np.float32)
    table[:, one] = 1.0
    return table


def train(rows: np.ndarray, cols: np.ndarray, values: np.ndarray, size: int, recipe: Recipe) -> np.ndarray:
    """Minimises sum f(X) (w.w~ + b + b~ - log X)^2 (Pennington et al. 2014, eq. 8); gives w + w~."""
    random = np.random.default_rng(recipe.seed)
    order = random.permutation(len(values))  # once, as the authors do: a new order each time costs more than it gives
    rows, cols, values = rows[order], cols[order], values[order]
    target = np.log(values)
    weight = np.minimum(1.0, (values / recipe.x_max) ** recipe.alpha).astype(np.float32)
    dim = recipe.dim
    main, other = start(size, dim, dim + 1, random), start(size, dim, dim, random)
    main_sum, other_sum = np.ones_like(main), np.ones_like(other)
    fast = compiled(epoch)
    for done in range(1, recipe.epochs + 1):
        cost = fast(rows, cols, target, weight, main, other, main_sum, other_sum, np.float32(recipe.rate))
        print(f"epoch {done:3d}  cost {cost:.5f}", flush=True)
    return main[:, :dim] + other[:, :dim]


# ----------------------------------------------------------------------------------------- files


def write_vectors(path: Path, words: list[str], table: np.ndarray, decimals: int) -> None:
    """GloVe's text format, gzipped. No time or name in the gzip header: same numbers, same bytes."""
    lines = (
        " ".join([word, *(f"{x:.{decimals}f}" for x in row)])
        for word, row in zip(words, table, strict=True)
    )
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
    rows, cols, values = co_occurrences(stream, len(chosen), recipe.window)
    tell(f"{len(values):,} counts that are not zero")
    table = train(rows, cols, values, len(chosen), recipe)
    tell("trained")
    write_vectors(out, [types[i] for i in chosen], table, recipe.decimals)
    tell(f"{out}: {out.stat().st_size:,} bytes, sha256 {hashlib.sha256(out.read_bytes()).hexdigest()}")


# ------------------------------------------------------------------------------------ evaluation

PRAISE = """good great excellent wonderful best perfect enjoyable delicious comfortable friendly beautiful brilliant
 superb charming delightful fantastic lovely fun touching clever""".split()
BLAME = """bad boring awful terrible worst disappointing waste poor dreadful rude broken cheap dull annoying dirty
 useless horrible stupid lame pathetic""".split()
LOOKED_AT = "good bad terrible wonderful boring funny king car pizza doctor london twenty".split()
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
        kinds = [[self[w] for w in kind if w in self.rows] for kind in (PRAISE, BLAME)]
        right = 0
        for own, opposite in (kinds, kinds[::-1]):
            for i, vector in enumerate(own):
                rest = np.mean(own[:i] + own[i + 1 :], axis=0)
                right += bool(np.linalg.norm(vector - rest) < np.linalg.norm(vector - np.mean(opposite, axis=0)))
        return right, len(kinds[0]) + len(kinds[1])

    def coverage(self, texts: list[str]) -> str:
        tokens = [t for text in texts for t in tokenise(text) if any(c.isalnum() for c in t)]
        types = set(tokens)
        hit, known = sum(t in self.rows for t in tokens), len(types & self.rows.keys())
        missing = sorted(types - self.rows.keys(), key=lambda t: (-tokens.count(t), t))
        return (
            f"types {known:,}/{len(types):,} ({known / len(types):.1%}), "
            f"tokens {hit:,}/{len(tokens):,} ({hit / len(tokens):.1%})\n  missing most: {' '.join(missing[:20])}"
        )


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
    for word in LOOKED_AT:
        if word in rows:
            print(f"{word}: {' '.join(vectors.neighbours(word))}")
    if reviews:
        lines = [line for file in reviews for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        print(f"{len(lines):,} short reviews: {vectors.coverage([json.loads(line)['text'] for line in lines])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make", help="train on the IMDB reviews and write the vectors")
    maker.add_argument("folder", type=Path, help="the folder aclImdb")
    maker.add_argument("--out", type=Path, default=HERE / "vectors.50d.txt.gz")
    judge = commands.add_parser("evaluate", help="print the figures of the datasheet")
    judge.add_argument("vectors", type=Path)
    judge.add_argument("gold", type=Path, help="folder with wordsim353_combined.csv and EN-SIMLEX-999.txt")
    judge.add_argument("reviews", type=Path, nargs="*", help="JSON lines with a text each: how many words are covered")
    given = parser.parse_args()
    if given.command == "make":
        make(given.folder, given.out, Recipe())
    else:
        evaluate(given.vectors, given.gold, given.reviews)


if __name__ == "__main__":
    main()
