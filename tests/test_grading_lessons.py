"""The lessons under the grader: solved, all points; untouched, none; with known mistakes, each is named."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path

import pytest

from course import catalog
from course.authoring import answers, render, settings
from course.authoring.source import read
from course.checking.exercise import exercises
from course.checking.observe import observe
from course.checking.printout import attempt_lines, choose_scales, lines
from course.grading.grade import grade

# One of few parts of Keras and one of many: each more costs the tests some 10 s.
LESSONS = ["01_neuron", "05_embedding_layer"]

_MISTAKE = """\
from course.checking.exercise import exercises
{name} = exercises({lesson!r})[{name!r}].wrong_ways[0].attempt"""


@pytest.fixture(scope="module")
def records(tmp_path_factory) -> dict[str, dict]:
    root = tmp_path_factory.mktemp("lessons")
    for lesson in LESSONS:
        source = read(settings.ROOT / "lessons" / f"{lesson}.py")
        made = {
            "untouched": render.notebook(source, render.LEARNER, settings.Settings()),
            "solution": render.notebook(source, render.INSTRUCTOR, settings.Settings()),
            "mistakes": render.notebook(source, render.INSTRUCTOR, settings.Settings()),
        }
        for cell in made["mistakes"].cells:
            if cell.id.startswith("answer-"):
                cell.source = _MISTAKE.format(name=cell.id.removeprefix("answer-"), lesson=lesson)
        for kind, notebook in made.items():
            (root / "in" / kind).mkdir(parents=True, exist_ok=True)
            (root / "in" / kind / f"{lesson}.ipynb").write_text(render.text(notebook), encoding="utf-8")
    says: list[str] = []
    grade([root / "in"], root / "out", jobs=min(2, os.cpu_count() or 1), say=says.append)
    print(*says, sep="\n")
    found = [json.loads(path.read_text(encoding="utf-8")) for path in Path(root / "out" / "records").iterdir()]
    return {record["submission"].removesuffix(".ipynb"): record for record in found}


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_lessons_own_answers_get_all_points(lesson, records):
    record = records[f"solution/{lesson}"]
    assert {name: entry["verdict"] for name, entry in record["exercises"].items()} == dict.fromkeys(
        exercises(lesson), "right"
    )
    assert record["points"] == record["out_of"] > 0


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_untouched_notebook_gets_none(lesson, records):
    record = records[f"untouched/{lesson}"]
    verdicts = {name: entry["verdict"] for name, entry in record["exercises"].items()}
    assert verdicts == dict.fromkeys(exercises(lesson), "not attempted")
    assert record["points"] == 0


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_known_mistake_gets_no_points_and_its_sentence(lesson, records):
    for name, entry in records[f"mistakes/{lesson}"]["exercises"].items():
        first = exercises(lesson)[name].wrong_ways[0]
        assert (entry["verdict"] in ("not yet", "error"), entry["points"]) == (True, 0)
        assert (entry["mistake"], entry["message"][:200]) == (first.name, first.sentence[:200])


@pytest.mark.parametrize("lesson", [entry.name for entry in catalog.LESSONS if entry.exercises])
def test_other_right_ways_print_what_the_answer_prints(lesson):
    attempts = answers.run(read(settings.ROOT / "lessons" / f"{lesson}.py"))
    right_ways = importlib.import_module(f"tests.right_ways.lesson_{lesson}").RIGHT_WAYS
    for name, exercise in exercises(lesson).items():
        for seed in (101, 102):
            observed = observe(exercise, attempts[name], seed)
            scales = choose_scales(exercise, observed)
            expected = lines(exercise, observed, scales)
            for way in right_ways[name]:
                assert attempt_lines(exercise, way, seed, scales) == expected, f"{name}, seed {seed}: {way}"
