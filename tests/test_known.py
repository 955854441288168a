"""Naming the mistake: wrong ways are run no further than they agree, once in a process, and second mistakes do not hide it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from course.checking import Exercise, call, progress, seen
from course.checking.judge import Outcome, judge
from course.checking.observe import observe
from course.checking.records import Recorded
from course.checking.show import text

runs: list[str] = []


def exercise_with(*ways):
    """Doubles an array in three cases, then says what its dtype is; `ways` are (function, sentence)."""
    exercise = Exercise("double", hints=("a?", "b.", "c."))

    @exercise.probe
    def _(attempt, rng):
        for size in (2, 3, 4):
            yield call(attempt, rng.normal(size=size).round(2))
        dtype = np.asarray(attempt(np.ones(2))).dtype.name
        yield replace(
            seen(dtype, about="the dtype"),
            say=f"The numbers are right. The dtype is {dtype}, and float64 is asked for.",
        )

    for way, sentence in ways:
        exercise.wrong(sentence)(way)
    recorded = Recorded(20, ["x"], "", [one.record for one in observe(exercise, lambda x: 2 * x, 20).seen])
    return exercise, recorded


def squares(x):
    runs.append("squares")
    return x**2


def negates(x):
    runs.append("negates")
    return -2 * x


@pytest.fixture
def two():
    runs.clear()
    return exercise_with((squares, "You squared."), (negates, "You negated."))


def test_a_wrong_way_is_run_no_further_than_it_agrees_and_once(two):
    assert judge(two[0], lambda x: -2 * x, two[1]).mistake == "negates"
    assert runs == ["squares", *["negates"] * 4]
    runs.clear()
    assert judge(two[0], lambda x: -2 * x, two[1]).mistake == "negates"
    assert judge(two[0], lambda x: x + 1, two[1]).mistake == ""
    assert runs == []


def test_what_was_cut_short_is_run_on_when_it_agrees_further(two):
    judge(two[0], lambda x: x + 1, two[1])
    assert judge(two[0], lambda x: x * x, two[1]).mistake == "squares"


def test_an_altered_input_does_not_hide_the_mistake(two):
    def attempt(x):
        y = x**2
        x[:] = 0
        return y

    said = judge(two[0], attempt, two[1])
    assert said.mistake == "squares" and "Besides, `double` changed its input `x`." in text(said)


def test_a_dtype_besides_does_not_hide_the_mistake(two):
    said = judge(two[0], lambda x: (x**2).astype("float32"), two[1])
    assert said.mistake == "squares"
    assert "Besides: The dtype is float32, and float64 is asked for." in text(said)


def test_words_that_a_probe_makes_of_each_result_are_no_asides():
    exercise = Exercise("fires", hints=("a?", "b.", "c."))

    @exercise.probe
    def _(attempt, rng):
        for x in (0, 1, 2):
            got = call(attempt, x)
            yield replace(got, saw={"kind": "text", "value": "it fires" if got.saw["value"] > 0 else "it does not"})

    @exercise.wrong("Always at 1.")
    def at_one(x):
        return 1 if x else -1

    recorded = Recorded(20, ["x"], "", [one.record for one in observe(exercise, lambda x: x - 1, 20).seen])
    assert judge(exercise, lambda x: 1, recorded).mistake == ""


def test_a_dtype_alone_is_no_known_mistake(two):
    said = judge(two[0], lambda x: (2 * x).astype("float32"), two[1])
    assert said.mistake == "" and "float32" in said.sentence


def test_a_right_value_with_an_altered_input_is_not_taken_for_a_mistake(two):
    def attempt(x):
        y = 2 * x
        x[:] = 0
        return y

    said = judge(two[0], attempt, two[1])
    assert said.mistake == "" and said.sentence.startswith("The result is right, but `double` changed its input `x`.")


def test_an_error_of_the_learners_own_is_told_without_running_wrong_ways(two):
    def misspelt(x):
        return 2 * ex  # noqa: F821

    for attempt in (misspelt, lambda x, y: x):
        assert judge(two[0], attempt, two[1]).mistake == ""
    assert runs == []


def test_an_error_that_a_wrong_way_makes_is_its_diagnosis():
    def adds_text(x):
        return x + "2"

    exercise, recorded = exercise_with((squares, "You squared."), (adds_text, "You added a text."))
    verdict = judge(exercise, lambda x: x + "3", recorded)
    assert verdict.outcome is Outcome.ERROR and verdict.sentence == "You added a text."


def test_a_wrong_way_that_builds_the_model_is_left_when_the_attempt_did_not():
    import keras

    from course.checking import built, output

    exercise = Exercise("build", hints=("a?", "b.", "c."))

    @exercise.probe
    def _(attempt, rng):
        model = built(attempt, 3)
        runs.append("probed")
        yield seen(output(model, np.ones((1, 2))))

    @exercise.wrong("Two layers.")
    def two_layers(n):
        return keras.Sequential([keras.layers.Dense(n), keras.layers.Dense(n)])

    recorded = Recorded(20, ["n"], "", [{"kind": "array", "shape": [1, 3], "values": [0.0, 0.0, 0.0]}])
    runs.clear()
    assert judge(exercise, lambda n: "text", recorded).outcome is Outcome.NOT_YET
    assert judge(exercise, lambda n: 1 / 0, recorded).outcome is Outcome.ERROR
    assert judge(exercise, keras.layers.Dense(2), recorded).sentence.endswith("without parentheses: `check(build)`.")
    assert runs == []


def test_progress_can_be_switched_off(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_PROGRESS", "off")
    progress.note("01_neuron", "neuron", "right")
    assert progress.path() is None and "neuron" in progress.solved()["01_neuron"]
    assert "Nothing is recorded" in progress.table() and list(tmp_path.iterdir()) == []
    progress._unwritten.clear()
