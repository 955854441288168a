"""The learner's desk: hints in order, the answer only when earned or asked for twice, progress that survives."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import course
from course import catalog
from course.checking import progress


@pytest.fixture(autouse=True)
def own_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "deep" / "progress.jsonl"))


def test_hints_come_in_order_and_the_last_stays():
    ex = course.lesson("01_neuron")
    said = [repr(ex.weighted_sum.hint()) for _ in range(4)]
    assert "hint 1 of 3" in said[0] and "hint 2 of 3" in said[1] and "hint 3 of 3" in said[2] and said[2] == said[3]
    assert "`ex.weighted_sum.solution()` shows the answer" in said[2]


def test_a_check_of_nothing_says_what_to_hand_over():
    verdict = course.lesson("01_neuron").weighted_sum.check()
    assert verdict.outcome.value == "not attempted" and "`ex.weighted_sum.check(weighted_sum)`" in verdict.sentence


def test_the_answer_is_shown_when_asked_twice():
    ex = course.lesson("01_neuron")
    first, second = repr(ex.weighted_sum.solution()), repr(ex.weighted_sum.solution())
    assert "def weighted_sum" not in first and "def weighted_sum" in second
    assert "SOLUTION" not in second


def test_the_answer_is_shown_at_once_when_solved():
    progress.note("01_neuron", "weighted_sum", "right")
    assert "def weighted_sum" in repr(course.lesson("01_neuron").weighted_sum.solution())


def test_an_unknown_exercise_and_lesson_are_named_with_what_there_is():
    with pytest.raises(AttributeError, match="Did you mean `weighted_sum`"):
        _ = course.lesson("01_neuron").weigthed_sum
    with pytest.raises(ValueError, match="01_neuron"):
        course.lesson("99_nothing")


def test_progress_counts_what_is_right_once():
    ex = course.lesson("01_neuron")
    count = len(catalog.lesson("01").exercises)
    assert f"0 of {count} solved" in repr(ex)
    for _ in range(2):
        progress.note("01_neuron", "weighted_sum", "right")
    assert f"1 of {count} solved" in repr(ex) and f"1 of {count} solved" in progress.table()


def test_progress_survives_a_torn_line_and_goes_on():
    progress.note("01_neuron", "weighted_sum", "right")
    with open(progress.path(), "ab") as file:
        file.write(b'{"lesson": "01_neu')
    progress.note("01_neuron", "neuron", "right")
    assert progress.solved()["01_neuron"] == {"weighted_sum", "neuron"}


def test_two_writers_lose_nothing():
    code = "from course.checking import progress\nfor i in range(200): progress.note('01_neuron', f'e{i}', 'right')"
    writers = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert all(writer.wait() == 0 for writer in writers)
    assert len(progress.events()) == 400


def test_a_folder_that_cannot_be_written_costs_no_check(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "file" / "progress.jsonl"))
    assert course.lesson("01_neuron").weighted_sum.check(...).outcome.value == "not attempted"


def test_importing_the_course_does_not_import_tensorflow_or_numpy():
    code = "import sys, course; print([m for m in ('tensorflow', 'keras', 'numpy', 'matplotlib') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_opening_a_lesson_does_not_import_tensorflow():
    code = "import sys, course; course.lesson('01_neuron'); print('tensorflow' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ})
    assert result.stdout.strip() == "False", result.stderr


def test_nothing_a_learner_imports_pulls_in_authoring_or_grading():
    code = (
        "import sys, course, course.data, course.text, course.plots; course.lesson('01_neuron');"
        "print([m for m in sys.modules if m.startswith(('course.authoring', 'course.grading', 'nbformat', 'jupytext'))])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_importing_tensorflow_through_the_course_is_silent():
    code = "import course, tensorflow as tf; print(int(tf.reduce_sum([1, 2])))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.stdout.strip(), result.stderr) == ("3", "")
