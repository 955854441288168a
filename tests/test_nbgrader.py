"""A school with nbgrader: the real thing, in an environment of its own, generates, grades and exports lesson 01."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import course
from course import catalog
from course.authoring import render, settings
from course.authoring.source import read
from course.checking.desk import NotRight
from course.cli import main
from course.grading import exports, roster
from tests.grading_records import record

ROOT = settings.ROOT
PINS = "nbgrader==0.9.6"
LESSON = "01_neuron"
POINTS = {entry.name: entry.points for entry in catalog.lesson(LESSON).exercises}
NOTEBOOK = ROOT / "notebooks" / f"{LESSON}.ipynb"


@pytest.fixture(scope="module")
def python():
    """The Python of an environment with nbgrader. Made once and kept in .cache; the kernels are those of the tests' own."""
    key = hashlib.sha256((PINS + sys.version).encode()).hexdigest()[:12]
    home = ROOT / ".cache" / f"nbgrader-{key}"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", PINS], check=True, timeout=900)
        (home / "ready").write_text("", encoding="utf-8")
    return home / "bin" / "python"


class School:
    """A folder that nbgrader works in."""

    def __init__(self, home: Path, python: Path) -> None:
        self.home, self._python = home, python
        spec = home / "jupyter" / "kernels" / "python3"
        spec.mkdir(parents=True)
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        about = {"argv": command, "display_name": "Python 3", "language": "python"}
        (spec / "kernel.json").write_text(json.dumps(about), encoding="utf-8")

    def nbgrader(self, *arguments: str) -> str:
        environment = {
            **os.environ,
            "JUPYTER_PATH": str(self.home / "jupyter"),
            "JUPYTER_PREFER_ENV_PATH": "0",
            "COURSE_PROGRESS": str(self.home / "progress.jsonl"),
            "PYTHONPATH": str(ROOT),
            "PATH": f"{self._python.parent}{os.pathsep}{os.environ['PATH']}",  # nbgrader calls alembic by its name
        }
        done = subprocess.run(
            [str(self._python), "-m", "nbgrader", *arguments],
            cwd=self.home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout + done.stderr

    def submit(self, student: str, notebook: nbformat.NotebookNode) -> None:
        path = self.home / "submitted" / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)

    def grade(self) -> dict[str, dict[str, float]]:
        """For each student the points by exercise, from nbgrader's database."""
        self.nbgrader("autograde", LESSON)
        code = (
            "import json; from nbgrader.api import Gradebook\n"
            "with Gradebook('sqlite:///gradebook.db') as book:\n"
            "    print(json.dumps({s.student.id: {g.name: [g.auto_score, g.max_score, g.needs_manual_grade] for n in s.notebooks"
            f" for g in n.grades}} for s in book.assignment_submissions('{LESSON}')}}))"
        )
        done = subprocess.run(
            [str(self._python), "-c", code], cwd=self.home, capture_output=True, text=True, check=True
        )
        marks = {}
        for student, grades in json.loads(done.stdout).items():
            assert {name: most for name, (_, most, _) in grades.items()} == {f"check-{n}": p for n, p in POINTS.items()}
            assert not any(manual for _, _, manual in grades.values())
            marks[student] = {name.removeprefix("check-"): score for name, (score, _, _) in grades.items()}
        return marks


def sources(notebook):
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def answered(base, wanted=POINTS, **other):
    """A notebook with the solution's answers to the exercises wanted, and other sources where given."""
    solution = nbformat.read(ROOT / "solutions" / f"{LESSON}.ipynb", as_version=4)
    answers = {cell.id: cell.source for cell in solution.cells if cell.id.removeprefix("answer-") in wanted}
    answers |= {f"answer-{name}": source for name, source in other.items()}
    made = nbformat.from_dict(base)
    for cell in made.cells:
        cell.source = answers.get(cell.id, cell.source)
    return made


def test_nbgrader_generates_what_learners_have_and_grades_it_right(python, tmp_path):
    school = School(tmp_path, python)
    assert main(["package", "nbgrader", "01", "-o", str(tmp_path)]) == 0
    said = school.nbgrader("generate_assignment", LESSON, "--create")
    assert "extra keys" not in said and "WARNING" not in said, said
    released = nbformat.read(tmp_path / "release" / LESSON / f"{LESSON}.ipynb", as_version=4)
    mine = nbformat.read(NOTEBOOK, as_version=4)
    assert sources(released) == sources(mine)

    school.submit("untouched", released)
    school.submit("solved", answered(released))
    school.submit(
        "half",
        answered(released, ["weighted_sum", "gate"], neuron="def neuron(X, w, b, activation):\n    return X @ w"),
    )
    school.submit("from_our_notebook", answered(mine))
    school.submit("ours_untouched", mine)
    forged = answered(released, [])
    for cell in forged.cells:
        if cell.id.startswith("check-"):
            cell.source = "print('right')"
    school.submit("forged", forged)

    marks = school.grade()
    assert marks["solved"] == marks["from_our_notebook"] == POINTS
    none = dict.fromkeys(POINTS, 0)
    assert marks["untouched"] == marks["ours_untouched"] == marks["forged"] == none
    assert marks["half"] == none | {"weighted_sum": POINTS["weighted_sum"], "gate": POINTS["gate"]}

    graded = nbformat.read(tmp_path / "autograded" / "half" / LESSON / f"{LESSON}.ipynb", as_version=4)
    (error,) = next(cell.outputs for cell in graded.cells if cell.id == "check-neuron")
    assert error.ename == "NotRight" and "activation" in error.evalue
    assert not any("course/checking" in line for line in error.traceback)

    school.nbgrader("export", "--to", "theirs.csv")
    theirs = list(csv.DictReader(io.StringIO((tmp_path / "theirs.csv").read_text(encoding="utf-8"))))
    of = {line["student_id"]: line for line in theirs}
    assert (float(of["solved"]["score"]), float(of["half"]["score"])) == (13, 5)
    ours = exports.FORMATS["nbgrader"](roster.rows([record("solved")]), exports.Options())
    (line,) = csv.DictReader(io.StringIO(ours))
    assert list(line) == list(theirs[0])
    for column in ("assignment", "student_id", "raw_score", "late_submission_penalty", "score", "max_score"):
        assert line[column] == of["solved"][column]


def test_the_learners_notebook_can_be_the_source_as_it_is(python, tmp_path):
    school = School(tmp_path, python)
    source = tmp_path / "source" / LESSON / NOTEBOOK.name
    source.parent.mkdir(parents=True)
    shutil.copy(NOTEBOOK, source)
    config = (ROOT / "course" / "grading" / "kits" / "nbgrader_config.py").read_text(encoding="utf-8")
    assert "\n# c.ClearSolutions.enabled = False" in config
    (tmp_path / "nbgrader_config.py").write_text(config.replace("# c.Clear", "c.Clear"), encoding="utf-8")
    school.nbgrader("generate_assignment", LESSON, "--create")
    released = nbformat.read(tmp_path / "release" / LESSON / NOTEBOOK.name, as_version=4)
    assert sources(released) == sources(nbformat.read(NOTEBOOK, as_version=4))
    school.submit("solved", answered(released))
    assert school.grade() == {"solved": POINTS}


# ---- without nbgrader


@pytest.mark.parametrize("steps", [render.LEARNER, render.INSTRUCTOR, render.NBGRADER])
def test_every_answer_and_check_carries_its_metadata(steps):
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))[:4]:
        source = read(ROOT / "lessons" / f"{path.stem}.py")
        points = {entry.name: entry.points for entry in source.entry.exercises}
        made = render.notebook(source, steps, settings.Settings())
        ids = []
        for cell in made.cells:
            about = cell.metadata.get("nbgrader")
            kind, _, name = cell.id.partition("-")
            if name not in points or kind not in ("answer", "check"):
                assert about is None
                continue
            ids.append(about["grade_id"])
            assert (about["grade"], about["solution"], about["locked"]) == (
                kind == "check",
                kind == "answer",
                kind == "check",
            )
            assert about.get("points") == (points[name] if kind == "check" else None)
            assert (about["schema_version"], about["task"], about["cell_type"]) == (3, False, "code")
        assert sorted(ids) == sorted(f"{kind}-{name}" for kind in ("answer", "check") for name in points)


def test_nbgraders_source_has_each_answer_between_its_marks():
    made = render.notebook(read(ROOT / "lessons" / f"{LESSON}.py"), render.NBGRADER, settings.Settings())
    for cell in made.cells:
        assert cell.source.count("### BEGIN SOLUTION") == cell.source.count("### END SOLUTION")
        assert ("### BEGIN SOLUTION" in cell.source) == cell.id.startswith("answer-")


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_a_check_raises_while_nbgrader_runs_it_and_only_then(mode, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    ex = course.lesson(LESSON)

    def right(x, w, b):
        return sum(a * c for a, c in zip(x, w, strict=True)) + b

    def wrong(x, w, b):
        return sum(a * c for a, c in zip(x, w, strict=True))

    assert ex.weighted_sum.check(wrong).outcome.value == "not yet"
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    assert ex.weighted_sum.check(right).outcome.value == "right"
    for attempt in ((wrong,), (...,), (), (3,)):
        with pytest.raises(NotRight, match="weighted_sum"):
            ex.weighted_sum.check(*attempt)
    monkeypatch.setenv("NBGRADER_EXECUTION", "something else")
    assert ex.weighted_sum.check(wrong).outcome.value == "not yet"


def test_a_configuration_that_is_there_is_left_alone(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("mine", encoding="utf-8")
    assert main(["package", "nbgrader", "02", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "source" / "02_layers" / "02_layers.ipynb").exists()
