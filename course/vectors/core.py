"""Words and their vectors: looking up, neighbours, analogies, the rows for a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from course.text import Vocabulary
from course.vectors.cache import Place
from course.vectors.matrix import EmbeddingMatrix, embedding_matrix
from course.vectors.ranking import (
    AnalogyScore,
    Pair,
    SimilarityScore,
    ask,
    first_places,
    read_pairs,
    read_questions,
    spearman,
)
from course.vectors.reading import Read, read, taken_apart
from course.vectors.wanted import Wanted


class Vectors:
    """n words and a vector of d numbers for each.

    words: list of n str, each once. matrix: float32 of shape (n, d), read-only: row i is the vector of words[i].
    duplicates: how many lines of the file were left out because their word had stood in a line before.
    """

    def __init__(self, words: Iterable[str], matrix: np.ndarray) -> None:
        """Vectors made in Python: words, each once, and an array of shape (len(words), d), copied to float32.

        Raises ValueError if they do not fit.
        """
        words, matrix = list(words), np.array(matrix, dtype=np.float32)
        if matrix.ndim != 2 or len(matrix) != len(words):
            raise ValueError(f"{len(words)} words need a matrix of shape ({len(words)}, d), not {matrix.shape}")
        if len(set(words)) != len(words):
            raise ValueError("each word must stand once in words")
        if not np.isfinite(matrix).all():
            raise ValueError("all numbers of a vector must be finite")
        matrix.flags.writeable = False
        self.words, self.matrix, self.duplicates = words, matrix, 0

    @classmethod
    def _of(cls, what: Read) -> Vectors:
        self = cls.__new__(cls)
        self._text, self.matrix, self.duplicates = what
        self.matrix.flags.writeable = False
        return self

    @classmethod
    def load(
        cls,
        path: str | Path,
        vocabulary: Iterable[str] | Vocabulary | None = None,
        cache: bool = True,
        member: str | None = None,
    ) -> Vectors:
        """Loads a text file of vectors: in each line a word and its numbers, parted by single spaces.

        path: GloVe's text or word2vec's, which has a first line "words dimensions"; as it is, or packed as .gz, .xz or .zip.
        vocabulary: the words to keep, a Vocabulary or any str; None keeps all. The order is always the file's.
        cache: whether to keep what was read, to be mapped into memory next time: in the folder vectors of the data cache
            ($COURSE_DATA), which can be deleted at any time.
        member: which file of a zip, such as "glove.6B.50d.txt", if it holds more than one.

        Each number is np.float32(float(text)), to the bit. A word is whatever stands before the last d numbers, read as
        UTF-8; bytes that are not UTF-8 become lone surrogates (PEP 383), so they can be written back. Of a word that
        comes twice, the first counts. Lines end in LF or CR LF, empty ones do not count. A number with a point that
        follows the word after a space makes the line too long, even if the word could be meant so ("version 2.0").

        Raises VectorsError, which names the file and the line, if a line is too short, too long or holds no numbers, if
        the file ends before its first line says, cannot be unpacked or is not there. With a vocabulary, only lines
        whose words look wanted, and some others, are checked.
        """
        if isinstance(vocabulary, str):
            raise TypeError("vocabulary is a list of words, not one str")
        path = Path(path).expanduser()
        wanted = None if vocabulary is None else Wanted(listed(vocabulary))
        try:
            place = Place(path, member, wanted) if cache else None
        except OSError:  # no such file: reading it says so
            place = None
        what = place.load() if place else None
        if what is None:
            what = read(path, member, wanted)
            if place:
                place.save(what)
        return cls._of(what)

    @cached_property
    def words(self) -> list[str]:
        # A file's words come in one piece. Half a million str take more memory than that, and time: when first asked for.
        return taken_apart(self._text)

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(zip(self.words, range(len(self)), strict=True))

    @cached_property
    def _lengths(self) -> np.ndarray:
        """The lengths of the rows, float32 (n,); 1 for a row of zeros, whose cosine with anything is then 0."""
        lengths = np.sqrt(np.einsum("ij,ij->i", self.matrix, self.matrix))
        lengths[lengths == 0] = 1
        return lengths

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self.matrix.shape[1]

    def __len__(self) -> int:
        return len(self.matrix)

    def __repr__(self) -> str:
        return f"Vectors({len(self):,} words, {self.dim} dimensions)"

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._places

    def __getitem__(self, word: str) -> np.ndarray:
        """The vector of a word, float32 of shape (d,). Raises KeyError if there is none."""
        return self.matrix[self.place(word)]

    def place(self, word: str) -> int:
        """The row of a word. Raises KeyError if there is none."""
        try:
            return self._places[word]
        except KeyError:
            hint = f", but there is one for {word.lower()!r}" if word.lower() in self._places else ""
            raise KeyError(f"there is no vector for {word!r}{hint}") from None

    def most_similar(self, word: str | np.ndarray, topn: int = 10) -> list[tuple[str, float]]:
        """The topn words whose vectors have the greatest cosine with a word's, and the cosines, greatest first.

        word: a word, which is then left out; or a vector of shape (d,). Raises KeyError for a word without a vector.
        """
        excluded = [self.place(word)] if isinstance(word, str) else []
        return self._nearest(self[word] if excluded else self._vector(word), excluded, topn)

    def analogy(self, a: str, b: str, c: str, topn: int = 1) -> list[tuple[str, float]]:
        """The topn answers to "a is to b as c is to ?" and their cosines with b - a + c, all of length 1; a, b, c are left out.

        analogy("man", "king", "woman") asks for the queen. Raises KeyError for a word without a vector.
        This is 3CosAdd: Mikolov, Yih & Zweig 2013, "Linguistic regularities in continuous space word representations";
        the name is from Levy & Goldberg 2014, "Linguistic regularities in sparse and explicit word representations".
        """
        rows = [self.place(word) for word in (a, b, c)]
        unit = self.matrix[rows] / self._lengths[rows, None]
        return self._nearest(unit[1] - unit[0] + unit[2], rows, topn)

    def similarity(self, a: str | np.ndarray, b: str | np.ndarray) -> float:
        """The cosine of two words, or of vectors of shape (d,): from -1 to 1; 0 if one of them is all zeros."""
        a, b = (self[x] if isinstance(x, str) else self._vector(x) for x in (a, b))
        lengths = np.linalg.norm(a) * np.linalg.norm(b)
        return float(a @ b / lengths) if lengths else 0.0

    def _vector(self, vector: np.ndarray) -> np.ndarray:
        vector = np.asarray(vector, dtype=np.float32)
        if vector.shape != (self.dim,):
            raise ValueError(f"a vector here has shape ({self.dim},), not {vector.shape}")
        return vector

    def _nearest(self, vector: np.ndarray, excluded: Sequence[int], topn: int) -> list[tuple[str, float]]:
        """The rows with the greatest cosine with a vector; of equal ones, the first."""
        cosines = self.matrix @ (vector / (np.linalg.norm(vector) or 1))
        cosines /= self._lengths
        cosines[list(excluded)] = -np.inf
        topn = max(0, min(topn, len(self) - len(set(excluded))))
        rows = np.flatnonzero(cosines >= np.partition(cosines, -topn)[-topn]) if topn else np.array([], dtype=np.int64)
        rows = rows[np.argsort(-cosines[rows], kind="stable")][:topn]
        return [(self.words[row], float(cosines[row])) for row in rows.tolist()]

    def evaluate_similarity(
        self,
        path_or_pairs: str | Path | Iterable[Pair],
        restrict_vocab: int | None = None,
        case_insensitive: bool = True,
    ) -> SimilarityScore:
        """How well cosines rank pairs of words as people do: Spearman's correlation over the pairs that have vectors.

        path_or_pairs: a file such as WordSim-353's csv or SimLex-999 (see ranking.read_pairs), or (word, word, rating) triples.
        restrict_vocab: only the first so many words take part (gensim's evaluate_word_pairs: 300,000); None: all.
        case_insensitive: whether Japan may be japan; among words equal but for case, the first counts.
        """
        pairs = read_pairs(path_or_pairs) if isinstance(path_or_pairs, str | Path) else list(path_or_pairs)
        folded = [(*((word.upper() if case_insensitive else word) for word in pair[:2]), pair[2]) for pair in pairs]
        asked = {word for pair in folded for word in pair[:2]}
        places, _ = first_places(self.words[:restrict_vocab], case_insensitive, asked)
        covered = [(places[a], places[b], rating) for a, b, rating in folded if a in places and b in places]
        first, second = (self.matrix[[pair[side] for pair in covered]].astype(np.float64) for side in (0, 1))
        lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
        cosines = (first * second).sum(axis=1) / np.where(lengths, lengths, 1)
        return SimilarityScore(spearman(cosines, [rating for *_, rating in covered]), len(covered), len(pairs))

    def evaluate_analogies(
        self, path: str | Path, restrict_vocab: int | None = 300_000, case_insensitive: bool = True
    ) -> AnalogyScore:
        """Asks all questions of a file such as word2vec's questions-words.txt: "a b c d", right if analogy(a, b, c) is d.

        restrict_vocab: only the first so many words take part, the most frequent ones in most files; None: all. 30,000 is a
        tenth of the work. Questions with a word that takes no part are skipped.
        case_insensitive: as in evaluate_similarity; an answer that differs from a, b or c only by case is left out too.
        """
        words = self.words[:restrict_vocab]
        unit = self.matrix[: len(words)] / self._lengths[: len(words), None]
        places, others = first_places(words, case_insensitive)
        sections = {}
        for name, questions in read_questions(path).items():
            if case_insensitive:
                questions = [tuple(word.upper() for word in question) for question in questions]
            sections[name] = ask(unit, questions, places, others)
        return AnalogyScore(sections)

    def embedding_matrix(
        self,
        vocabulary: Vocabulary | Sequence[str],
        counts: Mapping[str, int] | None = None,
        missing: str = "zeros",
        unknown: str = "zeros",
        seed: int = 0,
    ) -> EmbeddingMatrix:
        """The table for an Embedding layer: row i is the vector of the word whose id is i, float32 (len(vocabulary), d).

        vocabulary: a Vocabulary, or a list in which a word's position is its id; ids 0 and 1 are padding and unknown.
        counts: how often each word occurs in the texts, to measure coverage by token.
        missing: rows of words that are not found: "zeros", or "normal": drawn with this seed from a normal distribution
            with mean 0 and the standard deviation of all numbers in the found rows.
        unknown: row 1: "zeros", or "mean": the mean of the found rows. Row 0 is always zeros.
        """
        words = vocabulary.words if isinstance(vocabulary, Vocabulary) else list(vocabulary)
        return embedding_matrix(self._places, self.matrix, words, counts, missing, unknown, seed)


def listed(vocabulary: Iterable[str] | Vocabulary) -> Iterable[str]:
    """The words of a vocabulary: of a Vocabulary, those it lists, without padding and unknown."""
    return vocabulary.words[2:] if isinstance(vocabulary, Vocabulary) else vocabulary
