"""A folder of honest, hostile and broken submissions is graded once; then each has the row it should have."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course.checking.observe import generator
from course.cli import main
from course.grading import GradingError
from course.grading.grade import grade
from tests.grading_course import ALL, NAMES, POINTS, Course, cell, code

TIMEOUT = 4  # seconds for a cell
SECRET = "grader-password-7c1d"

RIGHT = dict.fromkeys(NAMES, "right")

# Tricks, each beside a wrong answer. By exercise: what stands in its answer cell, and the verdict; the other answers are right.
TRICKS = {
    "says_so": {
        "double": (
            "import course.checking.printout as printout\n"
            "printout.print_observations = lambda *a: print('right')\n"
            "def double(x):\n    return 0",
            "not yet",
        ),
        **{name: (f"{name} = 0", "not yet") for name in NAMES[1:]},
    },
    "patches_checking": {
        "double": (
            "import numpy as np, course.checking.plain as plain, course.checking.judge as judge\n"
            "np.allclose = np.testing.assert_allclose = plain.same = judge.agrees = lambda *a, **k: True\n"
            "class Always(float):\n    __eq__ = lambda self, other: True\n"
            "def double(x):\n    return Always(3)",
            "not yet",
        ),
    },
    "swallows_errors": {
        "double": (
            "shell = get_ipython()\n"
            "shell.showtraceback = lambda *a, **k: None\n"
            "shell.set_custom_exc((Exception,), lambda *a, **k: None)\n"
            "def double(x):\n    raise ValueError('no idea')",
            "error",
        ),
        "summed": ("raise RuntimeError('gone before it is defined')", "not yet"),
    },
    "writes_to_every_pipe": {
        "double": (
            "import json, os\n"
            "line = json.dumps({'cell': 'probe-double', 'passed': True, 'seconds': 0, 'ended': '', 'text': '', 'error': None})\n"
            "line = (line + '\\n').encode()\n"
            "for path in (1, 2, *(f'/proc/{os.getppid()}/fd/{number}' for number in range(40))):\n"
            "    try:\n"
            "        os.write(path if type(path) is int else os.open(path, os.O_WRONLY | os.O_NONBLOCK), line)\n"
            "    except OSError:\n        pass\n"
            "def double(x):\n    return 0",
            "not yet",
        ),
    },
    "looks_for_the_reference": {
        "double": (
            "import os, re\n"
            "found = ''\n"
            "for folder, _, names in os.walk('..'):\n"
            "    for name in names:\n"
            "        try:\n"
            "            found += open(os.path.join(folder, name), errors='replace').read()\n"
            "        except OSError:\n            pass\n"
            "if 'NBVAL_CHECK_OUTPUT' in found or '\"shape\"' in found:\n"
            "    raise RuntimeError('the notebook lies about')\n"
            "def double(x):\n    return 0",
            "not yet",
        ),
        "summed": ("import os\nraise RuntimeError(os.environ.get('GRADER_TOKEN', 'no token'))", "error"),
    },
    "kills_the_judge": {"double": ("import os\ndef double(x):\n    os.kill(os.getppid(), 9)", "crashed")},
    "exits_at_once": {"double": ("import os\nos._exit(0)", "crashed")},
    "exits_when_called": {
        "summed": ("import os\ndef summed(values):\n    os._exit(0)", "crashed"),
        "last": ("import sys\ndef last(items):\n    sys.exit(0)", "error"),
    },
    "leaves_a_bomb": {
        "double": (
            "import os, threading, time\nthreading.Timer(0.3, os._exit, [0]).start()\ndef double(x):\n    return 2 * x",
            "right",
        ),
        "summed": ("import time\ntime.sleep(2)\ndef summed(values):\n    return sum(values)", "crashed"),
    },
    "leaves_a_process": {
        "double": ("import subprocess\nsubprocess.Popen(['sleep', '600'])\ndef double(x):\n    return 2 * x", "right"),
        "summed": ("import numpy as np\ndef summed(values):\n    return np.zeros(300_000)", "not yet"),
    },
    "loops": {
        "double": ("def double(x):\n    while True:\n        pass", "timed out"),
        "summed": ("import os, signal\ndef summed(values):\n    os.kill(os.getpid(), signal.SIGSTOP)", "timed out"),
        "sizes": (
            "while True:\n    try:\n        while True:\n            print('still here')\n    except BaseException:\n        pass",
            "timed out",
        ),
    },
    "skips": {
        "double": ("# NBVAL_SKIP\n#NBVAL_RAISES_EXCEPTION\ndef double(x):\n    return 0", "not yet"),
        "summed": ("# NBVAL_SKIP\ndef summed(values):\n    return sum(values)", "right"),
    },
    "ordinary_mistakes": {
        "double": ("def double(x):\n    return x ** 2", "not yet"),
        "summed": ("def summed(values:\n    return", "error"),
        "sizes": ("sizes = 1, 2", "not yet"),
        "last": ("def last(items):\n    return items[nowhere]", "error"),
    },
}


def tampered(course: Course) -> dict:
    """Wrong answers, and every mark, check and output about them says that all is well."""
    notebook = course.answered(double="def double(x):\n    return 0", last="def last(items):\n    raise ValueError")
    for each in notebook["cells"]:
        if each["cell_type"] != "code":
            continue
        each["metadata"]["tags"] = ["raises-exception", "nbval-skip", "nbval-ignore-output", "needed"]
        each["execution_count"] = 1
        each["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "right\n"}]
        if each["id"].startswith("check"):
            each["source"] = "print('right: 10 of 10 points')"
    return notebook


def recorded_only(course: Course) -> dict:
    """A table of what the recorded draw gives, which a learner could make by asking the check."""
    return course.answered(
        double=(
            "import numpy as np\nfrom course.checking.observe import generator\nfrom course.checking.records import SEED\n"
            "rng = generator('double', SEED)\nknown = {str(x): 2 * x for x in (rng.normal(size=1), rng.normal(size=4))}\n"
            "def double(x):\n    return known.get(str(x), 0)"
        )
    )


def colab(course: Course) -> dict:
    """As Colab may leave a notebook: ids of its own, nothing but them in the metadata, no minor format."""
    notebook = course.solution
    for number, each in enumerate(notebook["cells"]):
        each.pop("id", None)
        each["metadata"] = {"id": f"x{number}", "colab": {"base_uri": "https://localhost"}}
    notebook["metadata"] = {
        "colab": {"provenance": []},
        "kernelspec": {"name": "conda-env-other-py", "display_name": "x"},
    }
    notebook["nbformat_minor"] = 0
    return notebook


def format_3(course: Course) -> dict:
    cells = [
        {
            "cell_type": "code",
            "input": each["source"].splitlines(True),
            "outputs": [],
            "language": "python",
            "collapsed": False,
        }
        for each in course.solution["cells"]
        if each["cell_type"] == "code"
    ]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}


def helped(course: Course) -> dict:
    """Answers that lean on honest helpers in cells of the learner's own, before and behind, and on an import of a demonstration."""
    notebook = course.answered(
        double="%matplotlib inline\nimport logging\nlogging.warning('noise')\n!echo\ndef double(x):\n    print(x)\n    return twice(x)",
        summed="def summed(values):\n    return Counter(a=fsum(values))['a'] * ONE",
        last="%%time\ndef last(items):\n    return end.of(items)\nex.last.check(last)",
    )
    place = notebook["cells"].index(cell(notebook, "check-double"))
    own = "!pip --version\nfrom math import fsum\nONE: int = 3 - 2\nraise_ = 1 / 0\n\ndef twice(x):\n    return x + x\nprint(twice(3))"
    notebook["cells"].insert(place, code(own, id="own"))
    own = "class end:\n    @staticmethod\n    def of(items):\n        return items[-1]"
    notebook["cells"].insert(2, code(own, id="own-2"))
    notebook["cells"].insert(2, code("def broken(:\n", id="own-3"))
    return notebook


def merged(course: Course) -> dict:
    """All answers in one cell of the learner's own; one marked cell doubled, one left as it was given out."""
    notebook = course.untouched
    sources = [cell(course.solution, f"answer-{name}")["source"] for name in NAMES if name != "last"]
    notebook["cells"].insert(3, code("\n\n".join(sources), id="mine"))
    right = cell(course.solution, "answer-last")
    notebook["cells"] += [code("def last(items):\n    return 0", id="scratch"), {**right, "id": "copy"}]
    return notebook


def without_last(course: Course) -> dict:
    notebook = course.solution
    cell(notebook, "answer-last")["cell_type"] = "markdown"
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    return Course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def folder(course) -> Path:
    """The submissions."""
    folder = course.root / "handed in"
    notebooks = {
        "solution": course.solution,
        "untouched": course.untouched,
        "tampered": tampered(course),
        "recorded_only": recorded_only(course),
        "colab": colab(course),
        "format_3": format_3(course),
        "helped": helped(course),
        "merged": merged(course),
        "without_last": without_last(course),
        "a/same": course.solution,
        "b/same": course.answered(last="def last(items):\n    return items[0]"),
        "Élève Nº 1 (2)": course.solution,
        "=cmd": course.untouched,
        **{
            name: course.answered(**{key: text for key, (text, _) in answers.items()})
            for name, answers in TRICKS.items()
        },
    }
    other = course.untouched
    other["metadata"]["course"]["lesson"] = "77_other"
    planned = course.untouched
    planned["metadata"]["course"]["lesson"] = "21_shipping"
    texts = {
        **{name: json.dumps(notebook) for name, notebook in notebooks.items()},
        "crlf": "\ufeff" + json.dumps(course.solution).replace("\\n", "\\r\\n"),
        "empty": "",
        "cut_off": json.dumps(course.solution)[:500],
        "not_a_notebook": "print('hello')",
        "a_list": "[1, 2]",
        "no_lesson": json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
        "other_course": json.dumps(other),
        "planned": json.dumps(planned),
    }
    for name, text in texts.items():
        path = folder / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "binary.ipynb").write_bytes(b"\x89PNG\xff\xfe")
    with open(folder / "huge.ipynb", "wb") as huge:
        huge.truncate(60_000_000)
    (folder / "notes.txt").write_text("of the instructor", encoding="utf-8")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "solution-checkpoint.ipynb").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(course, folder) -> subprocess.CompletedProcess:
    os.environ["GRADER_TOKEN"] = SECRET
    try:
        return course.grade(folder, "-o", course.root / "out", "--jobs", 2, "--timeout", TIMEOUT)
    finally:
        del os.environ["GRADER_TOKEN"]


@pytest.fixture(scope="module")
def rows(course, run) -> dict[str, dict[str, str]]:
    return {row["submission"].removesuffix(".ipynb"): row for row in table(course.root / "out")}


@pytest.fixture(scope="module")
def records(course, run) -> dict[str, dict]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (course.root / "out" / "records").iterdir()]
    return {record["submission"].removesuffix(".ipynb"): record for record in found}


def table(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "marks.csv").read_text(encoding="utf-8"))))


def verdicts(record: dict) -> dict[str, str]:
    return {name: entry["verdict"] for name, entry in record["exercises"].items()}


@pytest.mark.parametrize(
    "name", ["solution", "colab", "format_3", "helped", "merged", "crlf", "a/same", "Élève Nº 1 (2)"]
)
def test_right_answers_get_all_points_in_any_form(name, rows, records):
    assert verdicts(records[name]) == RIGHT
    assert (rows[name]["total"], rows[name]["out_of"], rows[name]["status"]) == (str(ALL), str(ALL), "graded")


def test_the_untouched_notebook_gets_nothing_and_costs_nothing(rows, records):
    assert verdicts(records["untouched"]) == dict.fromkeys(NAMES, "not attempted")
    assert rows["untouched"]["total"] == "0"
    assert records["untouched"]["seconds"] < 1


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_earns_nothing_and_costs_its_own_exercise_only(name, rows, records):
    expected = {**RIGHT, **{exercise: verdict for exercise, (_, verdict) in TRICKS[name].items()}}
    assert verdicts(records[name]) == expected
    marks = {exercise: str(POINTS[exercise] if verdict == "right" else 0) for exercise, verdict in expected.items()}
    assert {exercise: rows[name][exercise] for exercise in NAMES} == marks


def test_marks_checks_and_outputs_of_the_submission_count_for_nothing(records):
    assert verdicts(records["tampered"]) == {**RIGHT, "double": "not yet", "last": "error"}


def test_an_answer_right_for_the_recorded_inputs_alone_is_not_right(records):
    assert verdicts(records["recorded_only"]) == {**RIGHT, "double": "not yet"}


def test_a_missing_answer_is_named(rows, records):
    assert verdicts(records["without_last"]) == {**RIGHT, "last": "missing"}
    assert rows["without_last"]["status"] == "graded; missing: last"


def test_a_lost_kernel_is_named_and_noticed_at_once(rows, records):
    assert rows["exits_at_once"]["status"] == "graded; crashed: double"
    assert rows["loops"]["status"] == "graded; timed out: double, summed, sizes"
    assert records["exits_when_called"]["exercises"]["summed"]["seconds"] < TIMEOUT / 2


def test_an_answer_that_stopped_is_named_in_the_marks(rows):
    assert rows["ordinary_mistakes"]["status"] == "graded; error: summed, last"


def test_records_name_the_mistake(records):
    entries = records["ordinary_mistakes"]["exercises"]
    assert (entries["double"]["mistake"], entries["double"]["message"]) == ("squares", "You squared it.")
    assert entries["summed"]["message"] == "The answer cell stopped with SyntaxError: '(' was never closed (line 1)."
    assert (entries["sizes"]["mistake"], entries["sizes"]["message"]) == ("one_short", "One size is missing.")
    assert entries["last"]["message"].startswith("`last` stopped with a NameError. Of the cells beside the answers")


def test_a_record_says_what_was_graded_with_what(folder, records):
    record = records["a/same"]
    assert record["sha256"] == hashlib.sha256((folder / "a" / "same.ipynb").read_bytes()).hexdigest()
    assert (record["schema"], record["lesson"], record["seed_policy"]) == (1, "90_small", "drawn")
    assert set(record["versions"]) == {"python", "course", "keras", "tensorflow", "numpy", "nbval"}
    assert all(record["versions"].values())
    assert record["seed"] != 20
    verdict = {"verdict", "points", "out_of", "seconds", "mistake", "message", "seed", "fingerprint"}
    assert set(record["exercises"]["double"]) == verdict


def test_nothing_of_the_graders_surroundings_gets_into_the_kernel(course, run, records):
    assert records["looks_for_the_reference"]["exercises"]["summed"]["message"].endswith("RuntimeError: no token.")
    for path in [*(course.root / "out").rglob("*.json"), course.root / "out" / "marks.csv"]:
        assert SECRET not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("empty", "the file is empty"),
        ("cut_off", "the file is cut off or damaged (line 1 is not JSON)"),
        ("not_a_notebook", "the file is not a notebook (line 1 is not JSON)"),
        ("a_list", "the file is not a notebook (it holds no cells)"),
        ("binary", "the file is not a notebook (it is not text)"),
        ("huge", "the file is too large (60 MB; 50 MB at most)"),
        ("no_lesson", "it is the notebook of no lesson of this course"),
        ("other_course", "this course has no lesson '77_other'"),
        ("planned", "lesson 21_shipping has no exercises yet"),
    ],
)
def test_what_cannot_be_graded_has_a_row_that_says_why(name, why, rows):
    assert rows[name]["status"] == f"not graded: {why}"
    assert rows[name]["total"] == rows[name]["double"] == ""


def test_every_submission_has_one_row_and_one_line_of_progress(course, folder, run, rows):
    files = [path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    assert len(table(course.root / "out")) == len(files) == len(rows)
    names = sorted(path.relative_to(folder).as_posix() for path in files)
    assert [row["submission"].removeprefix("'") for row in table(course.root / "out")] == names
    progress = [line for line in run.stderr.splitlines() if line.startswith("[")]
    assert len(progress) == len(files)
    assert run.stderr.startswith("left aside, no notebooks: notes.txt")
    assert run.returncode == 1  # some could not be graded


def test_a_name_that_a_spreadsheet_would_run_is_guarded(rows):
    assert "'=cmd" in rows
    assert "=cmd" not in rows


def test_nothing_is_left_running_or_lying_about(course, run):
    time.sleep(0.5)
    mine = [
        path for path in Path("/proc").glob("[0-9]*/environ") if f"PYTHONPATH={course.root}".encode() in _bytes(path)
    ]
    assert mine == []


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_a_rerun_grades_only_what_changed(course, folder, rows, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(course.root / "out", out)
    kept = {path.name: path.stat().st_mtime_ns for path in (out / "records").iterdir()}
    before = table(out)
    changed = folder / "b" / "same.ipynb"
    text = changed.read_text(encoding="utf-8")
    try:
        changed.write_text(json.dumps(course.solution), encoding="utf-8")
        done = course.grade(folder / "b", changed, folder, "-o", out)  # named in three ways
    finally:
        changed.write_text(text, encoding="utf-8")
    fresh = {path.name for path in (out / "records").iterdir() if path.stat().st_mtime_ns != kept.get(path.name)}
    assert len(fresh) == 1 and next(iter(fresh)).startswith("b_same")
    assert len([line for line in done.stderr.splitlines() if line.endswith("recorded before")]) == len(before) - 1
    after = {row["submission"]: row for row in table(out)}
    assert len(after) == len(before)
    assert after["b/same.ipynb"]["total"] == str(ALL)


def test_one_job_or_three_a_given_seed_gives_the_same_bytes(course, folder, tmp_path):
    chosen = [folder / f"{name}.ipynb" for name in ("solution", "skips", "empty")]
    for jobs in (1, 3):
        course.grade(*chosen, "-o", tmp_path / str(jobs), "--jobs", jobs, "--seed", 7)
    assert (tmp_path / "1" / "marks.csv").read_bytes() == (tmp_path / "3" / "marks.csv").read_bytes()
    seeds = {json.loads(path.read_text(encoding="utf-8"))["seed"] for path in (tmp_path / "1" / "records").iterdir()}
    assert seeds == {7, None}


def test_a_run_that_is_killed_leaves_whole_records_and_is_resumed(course, folder, tmp_path):
    arguments = [
        "-m",
        "course",
        "grade",
        str(folder / "a"),
        str(folder / "b"),
        str(folder / "helped.ipynb"),
        "-o",
        str(tmp_path),
    ]
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(course.root), "TMPDIR": str(tmp_path / "tmp")}
    begun = subprocess.Popen(
        [sys.executable, *arguments], env=environment, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    )
    begun.stderr.readline()
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    begun.stderr.close()
    whole = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "records").glob("*.json")]
    assert 1 <= len(whole) < 3
    done = course.python(*arguments)
    assert done.stderr.count("recorded before") == len(whole)
    assert [row["submission"] for row in table(tmp_path)] == ["a/same.ipynb", "b/same.ipynb", "helped.ipynb"]


def test_a_seed_that_does_not_tell_a_mistake_from_the_answer_is_refused(course, folder, tmp_path):
    draws = ((seed, generator("last", seed).integers(0, 1000, size=7)) for seed in range(100, 100_000))
    seed = next(seed for seed, items in draws if items[0] == items[-1])
    done = course.grade(folder / "solution.ipynb", "-o", tmp_path, "--seed", seed)
    assert done.returncode == 2
    sentence = "its inputs do not tell the wrong way `first` of `last` from the answer."
    sentence += " If the answer was mended, take that wrong way out."
    assert done.stderr == f"course: Lesson 90_small cannot be graded with seed {seed}: {sentence}\n"


def test_a_lesson_whose_own_answers_fail_is_told_and_graded_when_it_is_mended(course, folder, tmp_path):
    lesson = course.root / "lessons" / "90_small.py"
    text = lesson.read_text(encoding="utf-8")
    try:
        lesson.write_text(text.replace("FACTOR = 2", "FACTOR = 2 / 0"), encoding="utf-8")
        done = course.grade(folder / "solution.ipynb", folder / "empty.ipynb", "-o", tmp_path)
    finally:
        lesson.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    why = "The answers of lesson 90_small cannot be run: ZeroDivisionError: division by zero"
    assert table(tmp_path)[1]["status"] == f"not graded: {why}"
    assert course.grade(folder / "solution.ipynb", "-o", tmp_path).returncode == 0
    assert [row["total"] for row in table(tmp_path)] == ["", str(ALL)]


def test_bad_usage_is_one_sentence_and_exit_code_2(folder, tmp_path, capsys):
    (tmp_path / "nothing").mkdir()
    for arguments, sentence in (
        ([tmp_path / "missing.ipynb"], "There is no file or folder"),
        ([tmp_path / "nothing"], "There is no notebook in"),
        ([folder, "--seed", "20"], "Seed 20 is the one of the recorded results"),
    ):
        assert main(["grade", *map(str, arguments), "-o", str(tmp_path / "out")]) == 2
        assert capsys.readouterr().err.startswith(f"course: {sentence}")
    for arguments in ([folder], [folder, "-o", "x", "--jobs", "0"], [folder, "-o", "x", "--seed", "-1"]):
        with pytest.raises(SystemExit) as ended:
            main(["grade", *map(str, arguments)])
        assert ended.value.code == 2


def test_without_the_lessons_there_is_one_sentence(tmp_path):
    with pytest.raises(GradingError, match="Grading needs a checkout of the course"):
        grade([tmp_path], tmp_path / "out", root=tmp_path)


def test_nothing_a_learner_imports_brings_grading(course):
    code = (
        "import sys, course.checking.desk, course.checking.printout; print([m for m in sys.modules if 'grading' in m])"
    )
    assert course.python("-c", code).stdout == "[]\n"
