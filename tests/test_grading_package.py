"""The grader packed for Gradescope and GitHub Classroom: what is in it, and that its scripts, run elsewhere, give the same marks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml

from course import catalog
from course.authoring.settings import ROOT
from course.cli import main
from course.grading import GradingError, classroom, gradescope, package
from course.grading.records import Records
from tests.grading_records import record, unreadable
from tests.test_grading_exports import check_results

POINTS = {exercise.name: exercise.points for exercise in catalog.lesson("01").exercises}


@pytest.fixture(scope="module")
def half_right():
    """The solution of lesson 01 with one answer wrong, one missing and one that writes GitHub's commands."""
    notebook = nbformat.read(ROOT / "solutions" / "01_neuron.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id == "answer-weighted_sum":
            cell.source = "def weighted_sum(x, w, b):\n    return np.dot(x, w)"
        if cell.id == "answer-neuron":
            cell.source = "raise ValueError('\\n::notice title=Autograding report::{}')\ndef neuron(): ..."
    notebook.cells = [cell for cell in notebook.cells if cell.id != "answer-gate"]
    return nbformat.writes(notebook)


@pytest.fixture(scope="module")
def marks(half_right, tmp_path_factory):
    """The marks that `course grade` gives it."""
    folder = tmp_path_factory.mktemp("here")
    (folder / "x.ipynb").write_text(half_right, encoding="utf-8")
    assert main(["grade", str(folder / "x.ipynb"), "-o", str(folder / "marks")]) == 0
    (made,) = Records(folder / "marks").all()
    return {name: verdict["points"] for name, verdict in made["exercises"].items()}


def run(*command, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    packages = {"AUTOGRADER_PYTHON": sys.executable, "AUTOGRADER_PACKAGES": sysconfig.get_path("purelib")}
    packages["AUTOGRADER_NO_SANDBOX"] = "1"  # in which packages from elsewhere, and all of /tmp, are out of sight
    done = subprocess.run(
        [str(part) for part in command],
        env={**kept, **packages, **{name: str(value) for name, value in environment.items()}},
        capture_output=True,
        text=True,
        timeout=600,
        cwd=environment.get("GITHUB_WORKSPACE"),
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def zipped(tmp_path_factory):
    out = tmp_path_factory.mktemp("zip") / "autograder.zip"
    assert main(["package", "gradescope", "01", "-o", str(out), "--visibility", "after_due_date"]) == 0
    return out


def test_the_zip_has_what_gradescope_asks_for_at_its_root(zipped):
    with zipfile.ZipFile(zipped) as packed:
        names = {info.filename: info for info in packed.infolist()}
    for name in ("setup.sh", "run_autograder"):
        assert names[name].external_attr >> 16 & 0o111
    assert {"requirements.txt", "constraints.txt", "checkout/pyproject.toml", "checkout/course/__init__.py"} <= set(
        names
    )
    assert [name for name in names if "/lessons/" in name] == ["checkout/lessons/01_neuron.py"]
    assert not [name for name in names if re.search(r"__pycache__|\.git/|solutions|tests/|\.venv", name)]
    assert not [name for name in names if name.startswith("/") or ".." in name]


def test_the_same_course_gives_the_same_zip(zipped, tmp_path):
    package.gradescope(tmp_path / "again.zip", "1", "after_due_date")
    assert (tmp_path / "again.zip").read_bytes() == zipped.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.zip"]


def test_every_lesson_is_in_it_when_none_is_named(tmp_path):
    package.gradescope(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        config = json.loads(packed.read("autograder.json"))
        assert {f"checkout/lessons/{name}.py" for name in config["lessons"]} <= set(packed.namelist())
    assert "01_neuron" in config["lessons"] and len(config["lessons"]) > 5


def test_every_constraint_is_one_that_pip_takes(zipped):
    """pip refuses extras in constraints."""
    with zipfile.ZipFile(zipped) as packed:
        constraints = packed.read("constraints.txt").decode()
        wanted = {
            re.split(r"[\s>;=]", line)[0].lower() for line in packed.read("requirements.txt").decode().splitlines()
        }
    pinned = {line.partition("==")[0].lower() for line in constraints.splitlines() if "==" in line}
    assert wanted <= pinned
    assert not [line for line in constraints.splitlines() if "[" in line.partition("#")[0].partition(";")[0]]


@pytest.mark.parametrize("name", ["setup.sh", "run_autograder", "classroom-setup.sh", "classroom-grade.sh"])
def test_the_scripts_are_bash(name):
    assert subprocess.run(["bash", "-n", package.KITS / name]).returncode == 0


def test_gradescope_s_scripts_give_the_same_marks(zipped, half_right, marks, tmp_path):
    root = tmp_path / "autograder"
    package.unpack(zipped, root)
    (root / "submission" / "my homework (2).ipynb").write_text(half_right, encoding="utf-8")
    done = run("bash", root / "source" / "setup.sh", AUTOGRADER_ROOT=root)
    assert done.returncode == 0, done.stderr
    done = run(root / "run_autograder", AUTOGRADER_ROOT=root)
    assert done.returncode == 0, done.stdout + done.stderr
    made = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    check_results(made)
    assert {re.search(r"\((\w+)\)$", test["name"])[1]: test["score"] for test in made["tests"]} == marks
    assert sum(marks.values()) == sum(POINTS.values()) - POINTS["weighted_sum"] - POINTS["neuron"] - POINTS["gate"]
    assert {test["visibility"] for test in made["tests"]} == {"after_due_date"}
    assert "bias" in made["tests"][0]["output"]

    (root / "submission" / "my homework (2).ipynb").unlink()
    (root / "submission" / "essay.pdf").write_bytes(b"%PDF")
    done = run(root / "run_autograder", AUTOGRADER_ROOT=root)
    made = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    assert (done.returncode, made["score"], made["output"]) == (0, 0, "Nothing was handed in.")


def test_the_best_notebook_of_a_lesson_counts_and_another_lesson_s_does_not():
    made = [record("a"), record("b", verdicts={"gate": "error"}), unreadable("c"), record("d", "02_layers")]
    chosen = gradescope.best([gradescope._of(each, ["01_neuron"]) for each in made])
    assert [row.record["submission"] for row in chosen] == ["a"]
    (other,) = gradescope.best([gradescope._of(made[3], ["01_neuron"])])
    assert other.status == "not graded: it is the notebook of lesson 02_layers, and lesson 01 is asked for"
    assert not other.record["graded"]


def test_a_failing_grader_gives_no_mark(tmp_path, monkeypatch, capsys):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "autograder.json").write_text(
        json.dumps({"lessons": ["01_neuron"], "visibility": "visible", "timeout": 5}), encoding="utf-8"
    )
    failed = unreadable("x.ipynb", "no kernel could be started", retry=True)
    monkeypatch.setattr(gradescope, "graded_here", lambda *_: gradescope.best([failed]))
    assert gradescope.main(tmp_path) == 1
    assert not (tmp_path / "results").exists()
    assert "no kernel could be started" in capsys.readouterr().out


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    out = tmp_path_factory.mktemp("github") / "lesson-01"
    assert main(["package", "github-classroom", "01", "-o", str(out)]) == 0
    return out


def test_the_workflow_is_as_classroom_s_reporter_says_it_must_be(repository):
    workflow = yaml.safe_load((repository / ".github" / "workflows" / "classroom.yml").read_text(encoding="utf-8"))
    assert workflow["name"] == "Autograding Tests"
    assert list(workflow["jobs"]) == ["run-autograding-tests"]
    assert workflow["permissions"] == {"checks": "write", "actions": "read", "contents": "read"}
    assert "push" in workflow[True]  # YAML 1.1 reads the key `on` so
    uses = [step["uses"] for step in workflow["jobs"]["run-autograding-tests"]["steps"] if "uses" in step]
    assert uses == ["actions/checkout@v4", "actions/setup-python@v5"]  # nothing of a service that may end


def test_autograding_json_has_a_test_for_each_exercise(repository):
    tests = json.loads((repository / ".github" / "classroom" / "autograding.json").read_text(encoding="utf-8"))["tests"]
    assert {test["run"].rpartition("/")[2]: test["points"] for test in tests} == POINTS
    fields = {"name", "setup", "run", "input", "output", "comparison", "timeout", "points"}
    assert all(set(test) == fields and test["comparison"] in ("included", "exact", "regex") for test in tests)


def test_the_template_is_the_learner_s(repository):
    assert (repository / "01_neuron.ipynb").read_bytes() == (ROOT / "notebooks" / "01_neuron.ipynb").read_bytes()
    assert "Lesson 01" in (repository / "README.md").read_text(encoding="utf-8")


def test_the_workflow_s_steps_give_the_same_marks(repository, half_right, marks, tmp_path):
    workflow = yaml.safe_load((repository / ".github" / "workflows" / "classroom.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["run-autograding-tests"]["steps"] if "run" in step]
    (repository / "01_neuron.ipynb").write_text(half_right, encoding="utf-8")
    summary = tmp_path / "summary.md"
    github = {"RUNNER_TEMP": tmp_path, "GITHUB_WORKSPACE": repository, "GITHUB_STEP_SUMMARY": summary}
    *before, last = [run("bash", "-c", step, **github) for step in steps]
    assert [done.returncode for done in before] == [0], before
    assert last.returncode == 1  # not all is right
    total, most = sum(marks.values()), sum(POINTS.values())
    live = commands(last.stdout)
    assert f"::notice title=Autograding complete::Points {total}/{most}" in live
    assert f'::notice title=Autograding report::{{"totalPoints": {total}, "maxPoints": {most}}}' in live
    assert len(live) == 2  # and none that the notebook wrote
    assert f"## {total} of {most} points" in summary.read_text(encoding="utf-8")

    tests = json.loads((repository / ".github" / "classroom" / "autograding.json").read_text(encoding="utf-8"))["tests"]
    for test in tests:
        assert run("bash", "-c", test["setup"], **github).returncode == 0
        right = run("bash", "-c", test["run"], **github).returncode == 0
        assert test["points"] * right == marks[test["run"].rpartition("/")[2]]


def commands(text):
    """The lines that GitHub would take for commands."""
    live, stopped = [], None
    for line in text.splitlines():
        if stopped and line == f"::{stopped}::":
            stopped = None
        elif not stopped and line.startswith("::stop-commands::"):
            stopped = line.removeprefix("::stop-commands::")
        elif not stopped and (line.lstrip().startswith("::") or "##[" in line):
            live.append(line)
    return live


def test_what_a_kernel_wrote_is_no_command_and_no_markdown():
    evil = "x\n::notice title=Autograding report::{}\n##[set-output]"
    assert commands(classroom.quiet(evil)) == []
    assert classroom.quiet("") != classroom.quiet("")  # nobody can guess how it ends
    summary = classroom._summary([("t", 0, 1, "error", "<b>|`x`|[a](http://b)|@all")], ["![x](y)"], 0, 1)
    said = summary.splitlines()[4]
    assert said.count("|") == 5 and not re.search(r"[<>`\[\]()@]", said)
    assert "![" not in summary


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("x", encoding="utf-8")
    with pytest.raises(GradingError, match="is not empty"):
        package.github_classroom(tmp_path, "01")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]
    with pytest.raises(ValueError, match="There is no lesson"):
        package.gradescope(Path("x.zip"), "99")
    with pytest.raises(GradingError, match="nothing to grade"):
        package.gradescope(Path("x.zip"), "21")
