"""On one file, gensim finds the same neighbours, answers and correlations. It lives in an environment of its own, .cache/gensim."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course.data import vectors_path
from course.vectors import Vectors

ROOT = Path(__file__).resolve().parents[1]
GENSIM = "gensim==4.4.0"
REAL = Path(os.environ.get("COURSE_DATA") or "nowhere", "glove.6B.50d.txt").absolute()
LINES = 20_000
CAPITALS = {"KING": "queen", "Woman": "man", "Good": "bad"}  # words that differ by case, with other vectors
ASKED = ["king", "good", "movie", "the", "1", "france", "terrible", "dog", "he", "water", "."]
ANALOGIES = [("man", "king", "woman"), ("good", "better", "bad"), ("he", "his", "she"), ("big", "bigger", "small")]
QUESTIONS = """: family
man king woman queen
Boy Girl Brother Sister
he she his her
father mother son daughter
man woman KING queen
: grammar
good better bad worse
bad worse big bigger
walk walking go going
walking walked going went
car cars bird birds
dog dogs cat cats
xyzzy dogs cat cats
: none
xyzzy plugh cat cats
"""
PAIRS = [
    ("good", "bad", 5.0),
    ("good", "great", 9.0),
    ("Movie", "film", 9.5),
    ("king", "queen", 8.0),
    ("dog", "cat", 7.5),
]
PAIRS += [
    ("dog", "the", 1.0),
    ("sun", "moon", 6.0),
    ("woman", "man", 7.0),
    ("xyzzy", "cat", 4.0),
    ("water", "fire", 5.0),
]
SCRIPT = """
import json, sys
from gensim.models import KeyedVectors
path, questions, pairs, asked = sys.argv[1:5]
kv = KeyedVectors.load_word2vec_format(path, no_header=True)
asked = json.loads(asked)
_, sections = kv.evaluate_word_analogies(questions)
_, spearman, missed = kv.evaluate_word_pairs(pairs)
json.dump({
    "words": kv.index_to_key,
    "near": [kv.most_similar(word, topn=10) for word in asked["near"]],
    "vector": kv.similar_by_vector(kv["king"] + kv["water"], topn=10),
    "analogies": [kv.most_similar(positive=[b, c], negative=[a], topn=5) for a, b, c in asked["analogies"]],
    "similarity": [float(kv.similarity(a, b)) for a, b in zip(asked["near"], asked["near"][1:])],
    "sections": {s["section"]: [len(s["correct"]), len(s["correct"]) + len(s["incorrect"])] for s in sections},
    "spearman": [float(spearman[0]), missed],
}, open(sys.argv[5], "w"))
kv.vectors.tofile(sys.argv[5] + ".f32")
"""


def environment() -> Path:
    """The Python of an environment with gensim, made when it is not there; the test is skipped where that cannot be."""
    home = ROOT / ".cache" / "gensim"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = home / f"{GENSIM}-{sys.version_info.major}.{sys.version_info.minor}"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True, capture_output=True)
        pip = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary=:all:",
            GENSIM,
        ]
        done = subprocess.run(pip, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"{GENSIM} cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
        ready.touch()
    return python


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first lines of the real GloVe file, or of the one that ships, and some words that differ by case only."""
    path = tmp_path_factory.mktemp("vectors") / "v.txt"
    source = REAL if REAL.is_file() else vectors_path("shipped")
    with (gzip.open if source.suffix == ".gz" else open)(source, "rb") as file:
        lines = list(itertools.islice(file, LINES))
    numbers = {line.split(b" ")[0].decode("latin-1"): line.split(b" ", 1)[1] for line in lines}
    lines += [word.encode() + b" " + numbers[like] for word, like in CAPITALS.items()]
    path.write_bytes(b"".join(lines))
    return path


@pytest.fixture(scope="module")
def ours(file: Path) -> Vectors:
    return Vectors.load(file, cache=False)


@pytest.fixture(scope="module")
def theirs(file: Path) -> dict:
    questions, pairs, out = file.with_name("questions.txt"), file.with_name("pairs.tsv"), file.with_name("gensim.json")
    questions.write_text(QUESTIONS, encoding="utf-8")
    pairs.write_text("".join(f"{a}\t{b}\t{rating}\n" for a, b, rating in PAIRS), encoding="utf-8")
    asked = json.dumps({"near": ASKED, "analogies": ANALOGIES})
    command = [str(environment()), "-c", SCRIPT, str(file), str(questions), str(pairs), asked, str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text(encoding="utf-8")) | {"matrix": np.fromfile(f"{out}.f32", dtype=np.float32)}


def agree(our: list[tuple[str, float]], their: list[list]) -> bool:
    """The same words in the same order; where cosines are equal but for rounding, in either order."""
    scores = np.array([score for _, score in their])
    close = np.allclose([score for _, score in our], scores, rtol=0, atol=1e-5)
    gap = np.abs(np.diff(scores, prepend=9, append=-9))
    tied = np.minimum(gap[1:], gap[:-1]) < 1e-6
    return close and all(a == b or tie for (a, _), (b, _), tie in zip(our, their, tied, strict=True))


def test_the_words_and_every_bit_are_the_same(ours, theirs):
    assert ours.words == theirs["words"] and ours.matrix.tobytes() == theirs["matrix"].tobytes()


def test_the_neighbours_are_the_same(ours, theirs):
    assert all(agree(ours.most_similar(word), near) for word, near in zip(ASKED, theirs["near"], strict=True))
    assert agree(ours.most_similar(ours["king"] + ours["water"]), theirs["vector"])
    ours_pairs = [ours.similarity(a, b) for a, b in itertools.pairwise(ASKED)]
    assert np.allclose(ours_pairs, theirs["similarity"], rtol=0, atol=1e-5)


def test_the_analogies_are_the_same(ours, theirs, file):
    assert all(agree(ours.analogy(*a, topn=5), b) for a, b in zip(ANALOGIES, theirs["analogies"], strict=True))
    score = ours.evaluate_analogies(file.with_name("questions.txt"))
    counts = {name: [section.correct, section.total] for name, section in score.sections.items()}
    total = theirs["sections"].pop("Total accuracy")
    assert counts == theirs["sections"] | {name: [0, 0] for name in counts if name not in theirs["sections"]}
    assert [score.correct, score.total] == total and total[1] >= 8


def test_the_correlation_is_the_same(ours, theirs, file):
    for pairs in (PAIRS, file.with_name("pairs.tsv")):
        score = ours.evaluate_similarity(pairs)
        assert score.spearman == pytest.approx(theirs["spearman"][0], abs=1e-6)
        assert (1 - score.coverage) * 100 == pytest.approx(theirs["spearman"][1])
