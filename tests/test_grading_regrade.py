"""Grading again after a lesson was mended: what runs again, whose mark moves, and that nothing is written unasked."""

from __future__ import annotations

import ast
import copy
import json

import pytest

import course as package
from course.authoring.settings import ROOT
from course.authoring.source import read
from course.cli import main
from course.grading import fingerprints, regrade
from course.grading.one import Ready
from course.grading.records import Records
from tests.grading_course import Course
from tests.grading_records import kept, record

MODULE = """
import numpy as np
from course.checking import Exercise, call

SIZE = 3
OTHER = 4


def inner(rng):
    return rng.normal(size=SIZE)


def numbers(rng):
    return inner(rng)


weighted_sum = Exercise("weighted_sum", hints=("a", "b"))
neuron = Exercise("neuron", rtol=1e-3)


@weighted_sum.probe
def _(attempt, rng):
    yield call(attempt, numbers(rng))


@weighted_sum.wrong("You summed.")
def sums(x):
    return sum(x)


@neuron.probe
def _(attempt, rng):
    yield call(attempt, OTHER)


neuron.wrong_value("one", 1, "One.")
"""


@pytest.fixture(scope="module")
def source():
    return read(ROOT / "lessons" / "01_neuron.py")


def changed(source, old, new):
    assert MODULE.count(old) == 1 and ast.parse(MODULE.replace(old, new))
    before, after = fingerprints.of(source, MODULE), fingerprints.of(source, MODULE.replace(old, new))
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("old", "new", "exercises"),
    [
        ("yield call(attempt, numbers(rng))", 'yield call(attempt, numbers(rng), about="x")', {"weighted_sum"}),
        ("return sum(x)", "return sum(x) + 0", {"weighted_sum"}),
        ('"You summed."', '"You added."', {"weighted_sum"}),
        ("SIZE = 3", "SIZE = 5", {"weighted_sum"}),  # by way of two helpers
        ("OTHER = 4", "OTHER = 5", {"neuron"}),
        ("rtol=1e-3", "rtol=1e-2", {"neuron"}),
        ('wrong_value("one", 1', 'wrong_value("one", 2', {"neuron"}),
        ('hints=("a", "b")', 'hints=("a", "c")', set()),
        ("SIZE = 3", "SIZE = 3  # how many", set()),
        ("import numpy as np", "import numpy as np, math", set()),  # nobody uses it
        ("SIZE = 3", "SIZE = 3\nprint(SIZE)", {"weighted_sum", "neuron", "as_dense", "gate", "xor_neurons"}),
    ],
)
def test_an_exercise_s_fingerprint_changes_with_what_it_hangs_on_and_with_nothing_else(source, old, new, exercises):
    assert changed(source, old, new) == exercises


def test_an_answer_and_what_answers_need_are_in_the_fingerprint(source):
    def changed_by(chosen, extra):
        other = copy.deepcopy(source)
        cell = next(cell for cell in other.cells if chosen(cell))
        cell.source += extra
        before, after = fingerprints.of(source), fingerprints.of(other)
        return {name for name in before if before[name] != after[name]}

    assert changed_by(lambda cell: cell.exercise == "gate", "\nmore = 1") == {"gate"}
    assert changed_by(lambda cell: cell.exercise == "gate", "\n# more") == set()
    assert changed_by(lambda cell: cell.kind == "markdown", "\nmore") == set()
    assert len(changed_by(lambda cell: cell.is_needed, "\nmore = 1")) == 5
    assert changed_by(lambda cell: cell.kind == "code" and not (cell.exercise or cell.is_needed), "\nmore = 1") == set()


def lesson(**more):
    made = read(ROOT / "lessons" / "01_neuron.py")
    names = [entry.name for entry in made.entry.exercises]
    return Ready("01_neuron", made, "now", fingerprints=dict.fromkeys(names, "f") | more)


def as_now(tmp_path, **more):
    path = tmp_path / "x.ipynb"
    path.write_text("{}", encoding="utf-8")
    from course.grading.submission import digest

    return record("x.ipynb", path=str(path), sha256=digest(path), versions={"course": package.__version__}, **more)


def test_only_what_changed_is_planned(tmp_path):
    assert regrade.plan(as_now(tmp_path), lesson()).again == set()
    one = regrade.plan(as_now(tmp_path), lesson(gate="g", brand_new="n"))
    assert one.again == {"gate", "brand_new"}
    assert one.why == {"gate": regrade.CHANGED, "brand_new": regrade.NEW}
    gone = as_now(tmp_path)
    gone["exercises"]["older"] = gone["exercises"]["gate"]
    assert regrade.plan(gone, lesson()).why == {"older": regrade.GONE}
    for whole in ({"versions": {"course": "0.0"}}, {"sha256": "1" * 64}):
        one = regrade.plan({**as_now(tmp_path), **whole}, lesson())
        assert len(one.again) == 5 and one.whole


def test_the_rest_of_a_record_stays_as_it_was(tmp_path):
    old = as_now(tmp_path, verdicts={"gate": "not yet", "neuron": "crashed"}, status="graded; crashed: neuron")
    old["exercises"]["older"] = {**old["exercises"]["gate"], "points": 4, "out_of": 4}
    one = regrade.plan(old, lesson(gate="g"))
    new = record("x.ipynb", seed=99)
    new["exercises"] = {"gate": {**new["exercises"]["gate"], "seed": 99, "fingerprint": "g"}}
    merged = regrade.merge(one, new)
    assert (merged["points"], merged["out_of"]) == (10, 13)
    assert {name: verdict["seed"] for name, verdict in merged["exercises"].items()} == {
        "weighted_sum": 7, "neuron": 7, "as_dense": 7, "gate": 99, "xor_neurons": 7,
    }  # fmt: skip
    assert (merged["fingerprint"], merged["status"], merged["sha256"]) == (
        "now",
        "graded; crashed: neuron",
        old["sha256"],
    )
    moves, told = regrade.compare(one, merged)
    assert [(m.exercise, m.before, m.after, m.why) for m in moves] == [
        ("gate", "0/3 not yet", "3/3 right", regrade.CHANGED),
        ("older", "4/4 not yet", "-", regrade.GONE),
    ]
    assert told == 0
    shown = regrade.table(regrade.Regrading([merged], moves, ran=1), [old])
    assert "x.ipynb     gate      0/3 not yet  3/3 right  the exercise changed" in shown
    assert "1 submission would get another mark; 1 answer run again." in shown


def test_a_hostile_name_does_nothing_to_the_terminal(tmp_path):
    old = as_now(tmp_path)
    old["submission"] = "\x1b[2Jx\n.ipynb"
    move = regrade.Move(old["submission"], "gate", "0/3", "3/3", "")
    assert "\x1b" not in regrade.table(regrade.Regrading([old], [move]), [old])


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A small course, three submissions of it graded."""
    course = Course(tmp_path_factory.mktemp("mended") / "course")
    folder = course.root / "handed in"
    folder.mkdir()
    for name, answer in {
        "right": "def double(x):\n    return 2 * x",
        "triples": "def double(x):\n    return 3 * x",
    }.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(course.answered(double=answer)), encoding="utf-8")
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    done = course.grade(folder, "-o", course.root / "marks", "--no-sandbox", "--jobs", 2)
    assert done.returncode == 1, done.stderr
    return course


def regraded(course, *arguments):
    return course.python("-m", "course", "regrade", "marks", *arguments, "--no-sandbox")


def test_a_mended_exercise_is_run_again_alone_and_written_when_told(graded):
    out = graded.root / "marks"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    done = regraded(graded)
    assert done.returncode == 1
    assert "0 submissions would get another mark; 0 answers run again." in done.stdout
    assert "as it was: broken.ipynb: not graded" in done.stderr

    source = graded.root / "lessons" / "90_small.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("return FACTOR * np.asarray(x)", "return 3 * np.asarray(x)"), encoding="utf-8")

    done = regraded(graded)  # nobody at the terminal
    assert "right.ipynb" in done.stdout and "1/1 right    0/1 not yet" in done.stdout
    assert "2 submissions would get another mark (1 of them a lower one); 2 answers run again." in done.stdout
    assert "what runs again: 0 of 1 points" in done.stderr
    assert "Nothing has been written. With --yes it is." in done.stdout
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before

    done = regraded(graded, "right.ipynb", "--yes")
    assert "1 submission would get another mark (1 of them a lower one); 1 answer run again." in done.stdout
    done = regraded(graded, "--yes")
    assert "triples.ipynb  double    0/1 not yet  1/1 right  the exercise changed" in done.stdout
    assert done.stdout.count("another mark; 1 answer run again") == 1

    marks = {made["submission"]: made for made in Records(out).all()}
    assert (marks["right.ipynb"]["points"], marks["triples.ipynb"]["points"]) == (9, 10)
    assert len({verdict["seed"] for verdict in marks["right.ipynb"]["exercises"].values()}) == 2
    assert "triples.ipynb,90_small,1,2,3,4,10,10,graded" in (out / "marks.csv").read_text(encoding="utf-8")

    done = graded.grade(graded.root / "handed in", "-o", out, "--no-sandbox")  # nothing is left for it to do
    assert done.stderr.count("recorded before") == 2 or "broken" in done.stderr
    assert {m["submission"]: m["graded_at"] for m in Records(out).all()} == {
        n: m["graded_at"] for n, m in marks.items()
    }


def test_an_answer_mended_into_a_known_mistake_is_one_sentence_and_nothing_is_written(graded):
    out, source = graded.root / "marks", graded.root / "lessons" / "90_small.py"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    text = source.read_text(encoding="utf-8")
    assert "return 3 * np.asarray(x)" in text
    source.write_text(text.replace("return 3 * np.asarray(x)", "return np.asarray(x) ** 2"), encoding="utf-8")
    done = regraded(graded, "--yes")
    source.write_text(text, encoding="utf-8")
    assert done.returncode == 2 and done.stdout == ""
    (said,) = done.stderr.splitlines()
    assert said.startswith(
        "course: Lesson 90_small cannot be graded, whatever inputs are drawn: its inputs do not tell "
    )
    assert (
        "the wrong way `squares` of `double` from the answer. If the answer was mended, take that wrong way out" in said
    )
    assert said.endswith("nothing is written.")
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_comment_or_a_hint_moves_nothing_and_runs_nothing(graded):
    module = graded.root / "course" / "exercises" / "lesson_90_small.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(
        "# better\n" + text.replace('Exercise("last")', 'Exercise("last", hints=("a", "b", "c"))'), encoding="utf-8"
    )
    done = regraded(graded, "--yes")
    assert "0 answers run again." in done.stdout and "Written" in done.stdout
    assert len({made["fingerprint"] for made in Records(graded.root / "marks").all() if made["graded"]}) == 1


def test_what_is_not_there_is_one_sentence(tmp_path, capsys):
    assert main(["regrade", str(tmp_path)]) == 2
    assert "There are no records in" in capsys.readouterr().err
    kept(tmp_path, record("x.ipynb", path="/nowhere/x.ipynb", versions={"course": package.__version__}))
    assert main(["regrade", str(tmp_path), "y.ipynb"]) == 2
    assert "There is no record of y.ipynb" in capsys.readouterr().err


def test_a_file_that_is_gone_keeps_its_marks(tmp_path, capsys):
    kept(tmp_path, record("x.ipynb", path="/nowhere/x.ipynb", versions={"course": package.__version__}))
    assert main(["regrade", str(tmp_path), "--no-sandbox", "--yes"]) == 1
    assert "as it was: x.ipynb: there is no file" in capsys.readouterr().err
    assert Records(tmp_path).all()[0]["points"] == 13
