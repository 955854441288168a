"""The gates of every exercise: the answer is right, the stub is not attempted, each wrong way gets its own sentence,
and other right ways are right under five seeds."""

from __future__ import annotations

import importlib
from dataclasses import replace
from functools import cache

import pytest

from course import catalog
from course.authoring import answers, settings
from course.authoring.source import read
from course.checking import records
from course.checking.exercise import Exercise, exercises
from course.checking.judge import Outcome, agrees, judge
from course.checking.observe import observe
from course.checking.plain import Plain
from course.checking.records import Recorded
from course.checking.show import text
from tests.conftest import GATE

WRITTEN = [entry.name for entry in catalog.LESSONS if entry.exercises]
EXERCISES = [(entry.name, exercise.name) for entry in catalog.LESSONS for exercise in entry.exercises]
WRONG = [(lesson, name, wrong.name) for lesson, name in EXERCISES for wrong in exercises(lesson)[name].wrong_ways]
SEEDS = (1, 2, 3, 4, 5)


@cache
def attempts(lesson: str, stubs: bool = False) -> dict:
    return answers.run(read(settings.ROOT / "lessons" / f"{lesson}.py"), stubs)


@cache
def right_ways(lesson: str) -> dict:
    return importlib.import_module(f"tests.right_ways.lesson_{lesson}").RIGHT_WAYS


def parts(lesson: str, name: str) -> tuple[Exercise, Recorded]:
    return exercises(lesson)[name], records.load(lesson)[name]


@cache
def expected(lesson: str, name: str, seed: int) -> list[Plain]:
    """What the lesson's own answer gives for the inputs drawn with this seed."""
    return [seen.record for seen in observe(exercises(lesson)[name], attempts(lesson)[name], seed).seen]


@pytest.mark.parametrize(("lesson", "name"), EXERCISES)
def test_the_lessons_answer_is_right(lesson, name):
    exercise, recorded = parts(lesson, name)
    assert judge(exercise, attempts(lesson)[name], recorded).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("lesson", "name"), EXERCISES)
def test_the_untouched_stub_is_not_attempted(lesson, name):
    exercise, recorded = parts(lesson, name)
    assert judge(exercise, attempts(lesson, stubs=True)[name], recorded).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize(("lesson", "name", "wrong"), WRONG)
def test_every_wrong_way_is_told_its_own_sentence(lesson, name, wrong, record_property):
    record_property(GATE, (lesson, name, "wrong", 1))
    exercise, recorded = parts(lesson, name)
    mistake = next(way for way in exercise.wrong_ways if way.name == wrong)
    verdict = judge(exercise, mistake.attempt, recorded)
    assert verdict.outcome in (Outcome.NOT_YET, Outcome.ERROR)
    assert (verdict.mistake, verdict.sentence) == (wrong, mistake.sentence)
    assert len(text(verdict).splitlines()) <= 6


@pytest.mark.parametrize(("lesson", "name", "wrong"), WRONG)
def test_no_wrong_way_is_right_under_another_draw(lesson, name, wrong):
    exercise, _ = parts(lesson, name)
    mistake = next(way for way in exercise.wrong_ways if way.name == wrong)
    for seed in SEEDS[:2]:  # without the judge, who would look for the mistake's sentence each time
        assert not agrees(exercise, observe(exercise, mistake.attempt, seed), expected(lesson, name, seed))


@pytest.mark.parametrize(("lesson", "name"), EXERCISES)
def test_other_right_ways_are_right_under_five_seeds(lesson, name, record_property):
    exercise, recorded = parts(lesson, name)
    ways = right_ways(lesson)[name]
    record_property(GATE, (lesson, name, "right", len(ways)))
    assert len(ways) >= 3
    for seed in SEEDS:
        drawn = replace(recorded, seed=seed, observations=expected(lesson, name, seed))
        for way in ways:
            verdict = judge(exercise, way, drawn)
            assert verdict.outcome is Outcome.RIGHT, f"{way} under seed {seed}: {verdict}"


@pytest.mark.parametrize(("lesson", "name"), EXERCISES)
def test_each_exercise_is_complete(lesson, name):
    exercise, _ = parts(lesson, name)
    assert len(exercise.wrong_ways) >= 5
    assert len({wrong.sentence for wrong in exercise.wrong_ways}) == len(exercise.wrong_ways)
    assert len(exercise.hints) == 3 and all(hint.endswith((".", "?")) for hint in exercise.hints)


@pytest.mark.parametrize("lesson", WRITTEN)
def test_right_ways_name_the_lessons_exercises(lesson):
    assert set(right_ways(lesson)) == set(exercises(lesson))
