"""What is said of a wrong result: what it is, and a property only where it explains every case that was tried."""

from __future__ import annotations

import numpy as np
import pytest

from course.checking import Exercise, Unfit, call, seen
from course.checking.judge import judge
from course.checking.observe import observe
from course.checking.records import Recorded
from course.checking.show import text


def told(cases, right, attempt, about=""):
    """What `attempt` is told of an exercise that calls it on each of the `cases`, a tuple of arguments each."""
    exercise = Exercise("f", hints=("a?", "b.", "c."))

    @exercise.probe
    def _(attempt, rng):
        for case in cases:
            yield call(attempt, *case, about=about)

    recorded = Recorded(20, ["x", "y", "z"], "", [one.record for one in observe(exercise, right, 20).seen])
    verdict = judge(exercise, attempt, recorded)
    assert len(text(verdict).splitlines()) <= 6
    return verdict


ROWS = [(np.array([[0.5, 1.25], [2.0, -3.5]]),), (np.array([[1.5, 4.25], [0.25, 7.75]]),)]
SCALES = [(np.array([1.5, -2.25, 4.0]),), (np.array([0.5, 8.75]),)]
IDS = [([3, 1],), ([0, 1, 2],)]


@pytest.mark.parametrize(
    ("cases", "right", "attempt", "words"),
    [
        (ROWS, lambda x: 2 * x, lambda x: (2 * x, x[0]), "You returned a tuple of 2 things"),
        (ROWS, lambda x: 2 * x, lambda x: ((2 * x),), "a tuple with one thing in it"),
        (ROWS, lambda x: 2 * x, lambda x: (2 * x).astype(str), "The result is an array of text"),
        (ROWS, lambda x: 2 * x, lambda x: [[1], [1, 2]], "a list whose rows have different lengths"),
        (ROWS, lambda x: 2 * x, lambda x: ["1 2", "3"], "a list of text, where numbers of shape (2, 2)"),
        (ROWS, lambda x: 2 * x, lambda x: np.array([[1, None], [2, 3]]), "an array of dtype object"),
        (ROWS, lambda x: 2 * x, lambda x: [], "The result is an empty list"),
        ([("",)], lambda x: [], lambda x: [""], "The result is a list of text, where an empty list is asked for"),
        (IDS, lambda x: [2 in x, True], lambda x: [2 in x, False], "1 of 2 answers True or False is off"),
        (IDS, lambda x: 2 in x, lambda x: 2 not in x, "`f` says True here, and that is not so"),
        (IDS, lambda x: 7, lambda x: True, "The result is True or False, where one number is asked for"),
        (IDS, lambda x: 2 in x, lambda x: {1}, "The result is a set, where True or False is asked for"),
        (IDS, lambda x: x * 2, lambda x: x.sort(), "None. Did you forget `return`? (Methods such as `.sort()`"),
        (
            IDS,
            lambda x: [["a", ["b", "c"]], ["d"]],
            lambda x: [["a", ["b", "e"]], ["d"]],
            "Item 0 of the result is off (counting from 0): item 1 of it is off: item 1 of it is off: the text is not",
        ),
        (ROWS, lambda x: 2 * x, lambda x: (2 * x).T, "rows and columns have changed places"),
        (SCALES, lambda x: 2 * x, lambda x: (2 * x).astype(int), "whole numbers: what comes after the point is lost"),
        (
            [*SCALES, ([0.123, 4.567, 8.9],)],
            lambda x: np.array(x) / 7,
            lambda x: np.round(np.array(x) / 7, 2),
            "rounded",
        ),
        (ROWS, lambda x: 2 * x, lambda x: np.vstack([2 * x[:1], 0 * x[1:]]), "what follows is zero"),
        (SCALES, lambda x: x.sum(), lambda x: 3 * x.sum(), "The number is too large here"),  # two cases prove no factor
        ([*SCALES, ([1.0, 0.75],)], lambda x: np.sum(x), lambda x: 3 * np.sum(x), "off by one and the same factor"),
    ],
)
def test_what_came_back_is_named(cases, right, attempt, words):
    assert words in told(cases, right, attempt).sentence


@pytest.mark.parametrize(
    ("cases", "right", "attempt", "accident"),
    [
        (IDS, lambda x: [0, 1], lambda x: [0, 2], "sum to 1"),
        ([([1, 1],), ([2, 3],)], lambda x: np.sqrt(x) * 1.41, lambda x: np.sqrt(x).astype(int), "factor"),
        ([(0.5,), (3.0,)], lambda x: x - 1, lambda x: 1 - 0.9 * x, "sign"),
        ([([1, 2],), ([2, 2],)], lambda x: [[1, 2], [2, 1]], lambda x: [[1, 2], [1, 2]], "order"),
        ([([1.0],), ([0.0],)], lambda x: [2.5 * x[0], 1.5], lambda x: [0, 1.5 - 1.5 * x[0]], "zero"),
        ([([2.0, 3.0],), ([1.0, 4.0],)], lambda x: x, lambda x: 2 * np.array(x) if x[0] == 2 else [5.0, 7.5], "factor"),
    ],
)
def test_what_holds_by_accident_is_not_said(cases, right, attempt, accident):
    assert accident not in told(cases, right, attempt).sentence


def test_values_are_shown_as_they_are_written():
    said = text(told([([True, False],)], lambda x: [("a", "b")], lambda x: {("m", "o"): 2}))
    assert "x = [True, False]" in said and "yours: {('m', 'o'): 2}" in said


def test_a_small_case_is_shown_whole():
    layers = [(np.full((3, 3), -1.25), np.full(3, 0.75)), (np.full((3, 2), 2.5), np.full(2, 0.5))]
    said = text(told([(layers,)], lambda x: 1.0, lambda x: 2.0))
    assert "(3 items)" not in said and said.count("-1.25") == 9 and said.count("0.5]") == 1


def test_who_prints_and_does_not_return_hears_of_it_once():
    def attempt(x):
        print("sum", x)

    said = text(told([(1.0,), (2.0,), (3.0,)], lambda x: x, attempt))
    assert "`print` only shows a value" in said and said.count("it printed: sum 1.0") == 1 and "more" not in said


def test_a_changed_input_is_a_second_sentence_where_the_value_is_wrong():
    def attempt(x):
        x += 1
        return x * 7

    said = text(told([(np.array([1.5, 2.5]),)], lambda x: 2 * x, attempt))
    assert "Besides, `f` changed its input `x`." in said


def test_what_a_probe_looked_at_is_not_called_the_result():
    exercise = Exercise("f", hints=("a?", "b.", "c."))

    @exercise.probe
    def _(attempt, rng):
        yield seen([[1], [attempt(2)]], about="the shapes of its weights")
        yield seen("told apart", about="the words of the check")

    expected = [one.record for one in observe(exercise, lambda x: 2, 20).seen]
    said = judge(exercise, lambda x: [2], Recorded(20, ["x"], "", expected))
    assert said.sentence == "This is not as the statement asks: the shapes of its weights."
    said = judge(exercise, lambda x: 2, Recorded(20, ["x"], "", [expected[0], {"kind": "text", "value": "not"}]))
    assert "yours" not in text(said)
    one = Exercise(
        "f", hints=("a?", "b.", "c."), run_probe=lambda attempt, rng: iter([seen([attempt(2), "b"], about="words")])
    )
    said = judge(one, lambda x: "A", Recorded(20, ["x"], "", [seen(["a", "b"]).record]))
    assert said.sentence == "At position 0 of what is shown below, the text differs in upper and lower case only."
    assert said.details == ("Look at the case: words.", "yours: ['A', 'b']")


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda x, W: x @ W @ W, "(2,) @ (3, 4) does not fit: the inner numbers, 2 and 3, must be equal."),
        (lambda x, W: np.zeros(len(x), 3), "A number stands where NumPy expects a dtype"),
        (lambda x, W: np.dot(x, W), "(2,) @ (3, 4) does not fit: the inner numbers, 2 and 3, must be equal."),
        (lambda x, W: (0 + x).copy() @ W, "its left side ends in 2, its right side begins with 3"),
        (lambda x, W: x * W, "Shapes (2,) and (3, 4) do not fit together"),
        (lambda x, W: 1 if W > 0 else 2, "where one yes or no is asked for"),
        (lambda x, W: x - np.sum, "A function stands on the right of `-`"),
        (lambda x, W: {[1]}, "A list can be changed"),
        (lambda x, W: max([]), "`max` was called on nothing"),
        (lambda x, W: np.array([[1], [1, 2]]), "rows have different lengths"),
        (lambda x, W: np.arange(2).__iadd__(0.5), "whole numbers, which cannot hold them"),
    ],
)
def test_an_error_of_a_library_is_put_in_plain_words(attempt, words):
    verdict = told([(np.ones(2), np.ones((3, 4)))], lambda x, W: x, attempt)
    assert words in verdict.sentence and verdict.details[0].count(": ")  # the library's own words as well


def test_a_matrix_product_of_tensors_is_put_in_plain_words():
    import tensorflow as tf

    verdict = told([(np.ones((1, 2)), np.ones((3, 4)))], lambda x, W: x, lambda x, W: tf.matmul(x, W))
    assert "(1, 2) @ (3, 4) does not fit: the inner numbers, 2 and 3, must be equal." in verdict.sentence


def test_a_class_in_the_place_of_a_model_is_named():
    import keras

    from course.checking import built

    with pytest.raises(Unfit, match="the class `Sequential` itself"):
        built(lambda: keras.Sequential)
