"""Neighbours, analogies, measures, and the table for an Embedding layer, on vectors small enough to check by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from course.text import Vocabulary
from course.vectors import SectionScore, Vectors, spearman
from course.vectors.ranking import ranks, read_pairs

# Two directions mean something here: royal or not, and woman or man.
WORDS = {
    "man": (0, -1),
    "woman": (0, 1),
    "king": (1, -1),
    "queen": (1, 1),
    "royal": (1, 0),
    "zero": (0, 0),
    "-king": (-2, 2),
}


@pytest.fixture
def vectors() -> Vectors:
    return Vectors(WORDS, list(WORDS.values()))


@pytest.fixture
def many() -> Vectors:
    rng = np.random.default_rng(3)
    return Vectors([f"w{i}" for i in range(20_000)], rng.normal(size=(20_000, 6)) * rng.uniform(0.1, 9, (20_000, 1)))


def cosines(matrix: np.ndarray, vector: np.ndarray) -> np.ndarray:
    matrix, vector = matrix.astype(np.float64), vector.astype(np.float64)
    return matrix @ vector / np.linalg.norm(matrix, axis=1) / np.linalg.norm(vector)


# ------------------------------------------------------------------------------------------- looking up, neighbours


def test_looking_up(vectors):
    assert len(vectors) == 7 and vectors.dim == 2 and list(vectors) == vectors.words == list(WORDS)
    assert "king" in vectors and "King" not in vectors and None not in vectors
    assert vectors["king"].tolist() == [1, -1] and vectors["king"].dtype == np.float32
    assert repr(vectors) == "Vectors(7 words, 2 dimensions)"
    with pytest.raises(KeyError, match="there is one for 'king'"):
        vectors["King"]
    with pytest.raises(KeyError, match="no vector for 'bishop'"):
        vectors.most_similar("bishop")


def test_words_and_numbers_must_fit():
    for words, matrix in [
        ("ab", [[1, 2]]),
        ("a", [1, 2]),
        ("aa", [[1, 2], [3, 4]]),
        ("a", [[1, np.nan]]),
        ("a", [[np.inf, 1]]),
    ]:
        with pytest.raises(ValueError):
            Vectors(words, matrix)


def test_neighbours_come_nearest_first_without_the_word_itself(vectors):
    got = vectors.most_similar("king", 2)
    assert [word for word, _ in got] == ["man", "royal"]  # of equal ones the first
    assert got[0][1] == pytest.approx(0.5**0.5) and type(got[0][1]) is float
    assert vectors.most_similar("king", 99)[-1] == ("-king", pytest.approx(-1))
    assert len(vectors.most_similar("king", 99)) == 6 and vectors.most_similar("king", 0) == []


def test_a_vector_has_neighbours_too_and_none_is_left_out(vectors):
    assert vectors.most_similar(np.array([3.0, -3.0]), 1) == [("king", pytest.approx(1))]
    assert vectors.most_similar([1, 0], 1) == [("royal", 1.0)]
    assert {score for _, score in vectors.most_similar("zero")} == {0.0}
    for vector in ([1, 2, 3], [[1, 2]], 5):
        with pytest.raises(ValueError, match=r"shape \(2,\)"):
            vectors.most_similar(vector)


def test_similarity_is_the_cosine(vectors):
    assert vectors.similarity("man", "woman") == -1 and vectors.similarity("royal", [5, 5]) == pytest.approx(0.5**0.5)
    assert vectors.similarity("king", "zero") == 0 and type(vectors.similarity("man", "man")) is float


def test_neighbours_of_many_are_those_of_a_full_sort(many):
    for word in ("w0", "w777", "w19999"):
        scores = cosines(many.matrix, many[word])
        scores[many.words.index(word)] = -9
        order = np.argsort(-scores)[:25]
        got = many.most_similar(word, 25)
        assert [w for w, _ in got] == [many.words[i] for i in order]
        assert np.allclose([s for _, s in got], scores[order], atol=1e-6)


# -------------------------------------------------------------------------------------------------------- analogies


def test_man_is_to_king_as_woman_is_to_queen(vectors):
    assert vectors.analogy("man", "king", "woman") == [("queen", pytest.approx(0.9597, abs=1e-4))]
    assert [word for word, _ in vectors.analogy("man", "king", "woman", topn=9)][:2] == ["queen", "royal"]
    assert not {"man", "king", "woman"} & {word for word, _ in vectors.analogy("man", "king", "woman", topn=9)}
    with pytest.raises(KeyError):
        vectors.analogy("man", "king", "Woman")


def test_the_three_words_count_alike_however_long_their_vectors_are(many):
    a, b, c = (many[word] / np.linalg.norm(many[word]) for word in ("w1", "w2", "w3"))
    scores = cosines(many.matrix, b - a + c)
    scores[1:4] = -9
    assert many.analogy("w1", "w2", "w3")[0] == (many.words[scores.argmax()], pytest.approx(scores.max(), abs=1e-6))


def questions(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_analogies_is_counted_by_section(vectors, tmp_path):
    path = questions(
        tmp_path / "q.txt",
        ": first\nman king woman queen\nMan King Woman Queen\nking queen man woman\nman king woman royal\nman king woman bishop\n"
        "\n: second part\nwoman queen man king\n: third\nman king boy prince\n",
    )
    score = vectors.evaluate_analogies(path)
    assert score.sections == {
        "first": SectionScore(3, 4, 1), "second part": SectionScore(1, 1, 0), "third": SectionScore(0, 0, 1)
    }  # fmt: skip
    assert (score.correct, score.total, score.skipped, score.accuracy) == (4, 5, 2, 0.8)
    assert score.sections["third"].accuracy == 0 and str(score).splitlines()[-1].split() == [
        "all",
        "4",
        "of",
        "5",
        "80.0%",
    ]
    assert vectors.evaluate_analogies(path, case_insensitive=False).sections["first"] == SectionScore(2, 3, 2)
    assert vectors.evaluate_analogies(path, restrict_vocab=3).total == 0
    assert vectors.evaluate_analogies(path, restrict_vocab=None).total == 5


def test_words_that_differ_by_case_only_are_one_and_the_first_counts(tmp_path):
    words = ["man", "king", "woman", "Queen", "KING", "queen", "WOMAN"]
    vectors = Vectors(words, [[0, -1], [1, -1], [0, 1], [1, 0.9], [1, 1], [-1, -1], [0.9, 1]])
    path = questions(tmp_path / "q.txt", "man king woman queen\n")
    assert [word for word, _ in vectors.analogy("man", "king", "woman", topn=3)] == ["WOMAN", "KING", "Queen"]
    assert vectors.evaluate_analogies(path).correct == 1  # neither KING nor WOMAN, and Queen is the queen
    assert vectors.evaluate_analogies(path, case_insensitive=False).correct == 0


def test_each_of_many_questions_is_answered_as_analogy_answers_it(many, tmp_path):
    rng = np.random.default_rng(0)
    rows = [rng.choice(20_000, 3, replace=False) for _ in range(700)]
    asked = [[f"w{i}" for i in row] for row in rows]
    given = [many.analogy(*words)[0][0] if k % 3 else "w5" for k, words in enumerate(asked[:60])]
    lines = [" ".join([*words, answer]) for words, answer in zip(asked, [*given, *["w6"] * 640], strict=True)]
    score = many.evaluate_analogies(questions(tmp_path / "q.txt", "\n".join(lines)))
    assert (score.correct, score.total) == (40, 700)


# --------------------------------------------------------------------------------------------------- similarity


def test_ties_share_their_mean_rank_and_spearman_is_theirs():
    assert ranks([10, 20, 20, 5]).tolist() == [2, 3.5, 3.5, 1]
    assert spearman([1, 2, 3], [10, 400, 9000]) == pytest.approx(1) and spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(
        -1
    )
    assert np.isnan(spearman([1, 1], [1, 2])) and np.isnan(spearman([1], [2])) and np.isnan(spearman([], []))
    with pytest.raises(ValueError):
        spearman([1, 2], [1, 2, 3])
    # By hand: ranks 1.5 1.5 3 4 and 1 2 3.5 3.5; deviations -1 -1 .5 1.5 and -1.5 -.5 1 1; 4 / sqrt(4.5 * 4.5)
    assert spearman([1, 1, 2, 3], [1, 2, 3, 3]) == pytest.approx(4 / 4.5)


def test_pairs_are_read_from_every_usual_form(tmp_path):
    forms = {
        "Word 1,Word 2,Human (mean)\ncat,dog,7.5\nsun,sea,1\n": "WordSim-353",
        "cat\tdog\t7.5\r\nsun\tsea\t1\r\n": "three columns",
        "word1\tword2\tPOS\tSimLex999\tconc(w1)\ncat\tdog\tN\t7.5\t4.9\nsun\tsea\tN\t1.0\t2\n": "SimLex-999",
        "# by hand\ncat dog 7.5\n\nsun sea 1\n": "spaces",
        "\ufeffcat,dog,7.5\nsun,sea,1": "with a byte order mark",
    }
    for text, form in forms.items():
        path = tmp_path / "pairs.txt"
        path.write_text(text, encoding="utf-8", newline="")
        assert read_pairs(path) == [("cat", "dog", 7.5), ("sun", "sea", 1.0)], form


def test_similarity_counts_the_covered_pairs(vectors, tmp_path):
    pairs = [("king", "man", 7.0), ("King", "QUEEN", 3.0), ("man", "woman", 1.0), ("man", "bishop", 9.0)]
    score = vectors.evaluate_similarity(pairs)
    assert (score.covered, score.total, score.coverage) == (3, 4, 0.75)
    assert score.spearman == pytest.approx(1) and str(score) == "Spearman 1.0000 on 3 of 4 pairs"
    assert vectors.evaluate_similarity(pairs, case_insensitive=False).covered == 2
    assert vectors.evaluate_similarity(pairs, restrict_vocab=3).covered == 2
    assert np.isnan(vectors.evaluate_similarity([]).spearman) and vectors.evaluate_similarity([]).coverage == 0
    path = tmp_path / "pairs.csv"
    path.write_text("".join(f"{a},{b},{rating}\n" for a, b, rating in pairs), encoding="utf-8")
    assert vectors.evaluate_similarity(path) == vectors.evaluate_similarity(str(path)) == score


# ---------------------------------------------------------------------------------------------------- the table


def test_each_row_of_the_table_is_its_words_vector_or_zeros(vectors):
    vocabulary = Vocabulary(["king", "bishop", "man", "zero"])
    for given in (vocabulary, vocabulary.words, tuple(vocabulary.words)):
        table = vectors.embedding_matrix(given)
        assert table.matrix.dtype == np.float32 and table.matrix.flags.writeable
        assert table.matrix.tolist() == [[0, 0], [0, 0], [1, -1], [0, 0], [0, -1], [0, 0]]
        assert table.found.dtype == bool and table.found.tolist() == [False, False, True, False, True, True]
    assert table.coverage == 0.75 and table.token_coverage is None and table.misses() == ["bishop"]
    assert str(table) == "3 of 4 words found (75.0%)"
    assert table.matrix[vocabulary.id("king")].tolist() == vectors["king"].tolist()


def test_padding_and_unknown_are_no_words_even_if_they_have_vectors():
    vectors = Vectors(["", "[UNK]", "a"], [[1, 1], [2, 2], [3, 4]])
    table = vectors.embedding_matrix(Vocabulary(["a"]))
    assert table.matrix.tolist() == [[0, 0], [0, 0], [3, 4]] and table.coverage == 1
    assert vectors.embedding_matrix(Vocabulary(["a", "b"]), unknown="mean").matrix.tolist() == [
        [0, 0],
        [3, 4],
        [3, 4],
        [0, 0],
    ]


def test_coverage_by_token_and_the_most_frequent_misses(vectors):
    vocabulary = Vocabulary(["king", "bishop", "man", "pawn", "rook"])
    counts = Counter({"king": 60, "man": 20, "pawn": 15, "bishop": 5, "the": 10_000})
    table = vectors.embedding_matrix(vocabulary, counts)
    assert table.coverage == 0.4 and table.token_coverage == 0.8
    assert table.misses() == ["pawn", "bishop", "rook"] and table.misses(1) == ["pawn"] and table.misses(0) == []
    assert str(table) == "2 of 5 words found (40.0%), 80.0% of the running words"
    assert vectors.embedding_matrix(vocabulary).misses(2) == ["bishop", "pawn"]
    assert vectors.embedding_matrix(vocabulary, {}).token_coverage == 0


def test_missing_rows_can_be_drawn_with_the_spread_of_the_found_ones(many):
    vocabulary = Vocabulary([*many.words[:4000], *(f"x{i}" for i in range(4000))])
    table = many.embedding_matrix(vocabulary, missing="normal", seed=7)
    lost = table.matrix[~table.found]
    assert not lost[:2].any() and lost[2:].any(axis=1).all()
    assert lost[2:].std() == pytest.approx(table.matrix[table.found].std(), rel=0.02) and abs(lost[2:].mean()) < 0.2
    assert np.array_equal(table.matrix[table.found], many.matrix[:4000])
    assert np.array_equal(table.matrix, many.embedding_matrix(vocabulary, missing="normal", seed=7).matrix)
    assert not np.array_equal(table.matrix, many.embedding_matrix(vocabulary, missing="normal", seed=8).matrix)


def test_small_and_wrong_vocabularies(vectors):
    for words in ([], [""], ["", "[UNK]"]):
        for missing in ("zeros", "normal"):
            table = vectors.embedding_matrix(words, missing=missing, unknown="mean")
            assert table.matrix.shape == (len(words), 2) and not table.matrix.any()
            assert table.coverage == 0 and table.misses() == []
    assert Vectors([], np.empty((0, 2))).embedding_matrix(Vocabulary(["a"]), missing="normal").matrix.shape == (3, 2)
    assert Vectors([], np.empty((0, 2))).most_similar([1, 2]) == []
    for wrong in ({"missing": "random"}, {"unknown": "median"}):
        with pytest.raises(ValueError, match='is "zeros" or'):
            vectors.embedding_matrix(Vocabulary(["king"]), **wrong)


def test_the_table_is_what_an_embedding_layer_takes(vectors):
    import keras

    table = vectors.embedding_matrix(Vocabulary(["king", "bishop"])).matrix
    layer = keras.layers.Embedding(*table.shape, weights=[table], trainable=False)
    assert np.array_equal(layer(np.array([[2, 3, 0]], dtype=np.int32)), [[[1, -1], [0, 0], [0, 0]]])
