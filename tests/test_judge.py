"""What a learner is told: four outcomes, one sentence, never the expected value."""

from __future__ import annotations

import numpy as np
import pytest

from course.checking import Exercise, Unfit, call
from course.checking.judge import Outcome, judge, untouched
from course.checking.observe import observe
from course.checking.plain import numbers, short
from course.checking.records import Recorded
from course.checking.show import html, text

double = Exercise("double", hints=("a?", "b.", "c."))


@double.probe
def _(attempt, rng):
    yield call(attempt, rng.normal(size=3).round(2), about="three numbers")
    yield call(attempt, np.zeros(0), about="no numbers")


@double.wrong("You squared the numbers.")
def squares(x):
    return x**2


def right(x):
    return 2 * x


RECORDED = Recorded(20, ["x"], "def double(x): ...", [seen.record for seen in observe(double, right, 20).seen])


def told(attempt):
    return judge(double, attempt, RECORDED)


def mutates(x):
    x *= 2
    return x


def prints(x):
    print("here", x)
    return 2 * x


def exits(x):
    raise SystemExit


def interrupted(x):
    raise KeyboardInterrupt


def stumbles(x):
    y = x
    return y[99]


def two_arguments(x, y):
    return x


@pytest.mark.parametrize(
    "attempt",
    [
        lambda x: [2 * v for v in x],
        lambda x: tuple(2.0 * v for v in x),
        lambda x: np.float32(2) * np.asarray(x, "float32"),
        lambda x: np.add(x, x, dtype="float64"),
        lambda *args: 2 * args[0],
        lambda x, y=0: x + x,
        prints,
    ],
)
def test_right_however_written(attempt):
    assert told(attempt).outcome is Outcome.RIGHT


def test_a_tensor_is_right():
    import tensorflow as tf

    assert told(lambda x: 2 * tf.constant(x, dtype=tf.float32)).outcome is Outcome.RIGHT


@pytest.mark.parametrize("stub", [lambda x: ..., lambda x: None, ...])
def test_untouched_is_not_attempted(stub):
    assert untouched(stub)
    assert told(stub).outcome is Outcome.NOT_ATTEMPTED


def test_not_implemented_is_not_attempted():
    def attempt(x):
        raise NotImplementedError

    assert told(attempt).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("attempt", "outcome", "words"),
    [
        (
            3,
            Outcome.NOT_YET,
            "should be a function, and it is one number: 3. Did you call it? Hand over its name, without parentheses",
        ),
        ("double", Outcome.NOT_YET, "Hand over its name, without quotes: `check(double)`"),
        (two_arguments, Outcome.NOT_YET, "called with 1 argument, and yours takes (x, y)"),
        (lambda: 1, Outcome.NOT_YET, "yours takes (nothing)"),
        (lambda x: x.sort(), Outcome.NOT_YET, "Did you forget `return`?"),
        (lambda x: (2 * x).reshape(-1, 1), Outcome.NOT_YET, "The numbers are right, but they come as shape (3, 1)"),
        (lambda x: x * np.nan, Outcome.NOT_YET, "NaN"),
        (lambda x: x * np.inf, Outcome.NOT_YET, "infinite"),
        (lambda x: 0 * x, Outcome.NOT_YET, "zero"),
        (lambda x: -2 * x, Outcome.NOT_YET, "sign is the opposite"),
        (lambda x: 3 * x, Outcome.NOT_YET, "one and the same factor"),
        (lambda x: 2 * x + 1, Outcome.NOT_YET, "one and the same amount"),
        (lambda x: (2 * x)[::-1], Outcome.NOT_YET, "in another order"),
        (
            lambda x: np.where(np.arange(len(x)) == 1, 7, 2 * x),
            Outcome.NOT_YET,
            "1 of 3 numbers is off; it is at position 1",
        ),
        (
            lambda x: np.where(np.arange(len(x)) > 0, [7, 8, 9][: len(x)], 2 * x),
            Outcome.NOT_YET,
            "2 of 3 numbers are off; the first is at position 1",
        ),
        (lambda x: np.broadcast_to(0.0, (10**5, 10**5)), Outcome.NOT_YET, "far more numbers"),
        (lambda x: "six", Outcome.NOT_YET, "The result is text"),
        (lambda x: object(), Outcome.NOT_YET, "an object of type object"),
        (lambda x: {"a": 1}, Outcome.NOT_YET, "The result is a dict"),
        (squares, Outcome.NOT_YET, "You squared the numbers."),
        (mutates, Outcome.NOT_YET, "changed its input `x`"),
        (exits, Outcome.ERROR, "tried to end Python"),
        (interrupted, Outcome.ERROR, "You interrupted `double`"),
        (stumbles, Outcome.ERROR, "stopped with an error"),
    ],
)
def test_each_kind_of_wrong_has_its_sentence(attempt, outcome, words):
    verdict = told(attempt)
    assert verdict.outcome is outcome
    assert words in verdict.sentence
    assert len(text(verdict).splitlines()) <= 6
    expected = numbers(RECORDED.observations[0])
    for shown in (text(verdict), html(verdict)):
        assert short(expected) not in shown


def test_one_number_that_is_zero_is_spoken_of_as_one():
    total = Exercise("total", hints=("a?", "b.", "c."))

    @total.probe
    def _(attempt, rng):
        yield call(attempt, np.ones(3))

    recorded = Recorded(20, ["x"], "", [{"kind": "number", "value": 3.0}])
    assert judge(total, lambda x: 0.0, recorded).sentence == "The number is zero here."


def test_no_order_is_spoken_of_where_there_are_no_arguments():
    nothing = Exercise("nothing", hints=("a?", "b.", "c."))

    @nothing.probe
    def _(attempt, rng):
        yield call(attempt)

    said = judge(nothing, lambda x, y: 1, Recorded(20, [], "", [{"kind": "number", "value": 1}])).sentence
    assert said == "About `nothing`: it is called with 0 arguments, and yours takes (x, y)."


def test_an_error_shows_the_learners_own_line_and_no_frame_of_ours():
    said = text(told(stumbles))
    assert "IndexError" in said and "return y[99]" in said
    assert "observe" not in said and "Traceback" not in said


def test_the_same_verdict_reads_the_same_every_time():
    for attempt in (stumbles, squares, lambda x: object(), right):
        assert text(told(attempt)) == text(told(attempt)) and html(told(attempt)) == html(told(attempt))


def test_what_an_attempt_prints_is_kept_apart(capsys):
    def attempt(x):
        print("looking at", len(x))
        return x

    said = text(told(attempt))
    assert "it printed: looking at 3" in said
    assert capsys.readouterr().out == ""


def test_an_object_that_equals_everything_is_wrong():
    class AlwaysEqual:
        __eq__ = lambda self, other: True  # noqa: E731
        __hash__ = None

    assert told(lambda x: AlwaysEqual()).outcome is Outcome.NOT_YET


def test_markup_in_a_learners_text_is_escaped():
    assert "<script>" not in html(told(lambda x: "<script>alert(1)</script>"))


def test_unfit_from_a_probe_becomes_a_sentence():
    picky = Exercise("picky", hints=("a?", "b.", "c."))

    @picky.probe
    def _(attempt, rng):
        raise Unfit("It should return a Keras model or layer, and it returned [1].")
        yield

    verdict = judge(picky, right, Recorded(20, ["x"], "", [{"kind": "number", "value": 1}]))
    assert verdict.outcome is Outcome.NOT_YET and "keras model" in verdict.sentence.lower()
