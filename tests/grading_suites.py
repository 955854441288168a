"""Suites of odd submissions, a text file each, graded in one run: what tests/hostile and tests/kind have in common.

A file begins with what is known of the submission, a line each:

    tries: what it tries, or what is odd about it
    gets: double not yet; last crashed      its verdicts, a|b for one or the other; exercises that are not named are right
    status: not graded: the file is empty   how its row's status begins, where it is no plain "graded"
    file: Élève 1.ipynb                      what it is called, if not as the text file
    made: FUNCTION ARGUMENTS                 a function below that goes on from the cells
    lesson: 05_embedding_layer               if not the small one

Then come cells, put into the lesson's solution: `%% answer double` is the answer to that exercise, `%% check double` its check;
`%% first`, `%% before double`, `%% after double`
and `%% end` are cells beside the answers, where they say.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.grading_course import LESSON, Course, cell, code

_RENDER = """
import sys
from pathlib import Path
from course.authoring import render, settings, source
read = source.read(Path(sys.argv[1]) / "lessons" / (sys.argv[2] + ".py"))
print(render.text(render.notebook(read, render.INSTRUCTOR, settings.Settings())).replace("\\n", ""))
"""
_GRADE = """
import json, sys
from pathlib import Path
from course.grading.grade import grade
from course.grading.warm.limits import Limits
asked = json.loads(sys.argv[1])
grade([Path(each) for each in asked["submissions"]], Path(asked["out"]), jobs=2, timeout=asked["timeout"], limits=Limits(**asked["limits"]))
"""
_PLACE = re.compile(r"^%% (?=(?:first|end|(?:answer|check|before|after) \w+)$)", re.MULTILINE)


LONG = 30  # seconds for a cell, where the suite's own time-out is too short for a busy machine


@dataclass(frozen=True)
class Odd:
    """One submission of a suite. gets: verdicts by exercise, where they are not "right". cells: place and text."""

    name: str
    tries: str
    gets: dict[str, str] = field(default_factory=dict)
    status: str = "graded"
    file: str = ""
    made: str = ""
    lesson: str = LESSON
    cells: tuple[tuple[str, str], ...] = ()


def read_suite(folder: Path) -> dict[str, Odd]:
    """The submissions of a suite by name."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.txt"))}


def _read(path: Path) -> Odd:
    head, *texts = _PLACE.split(path.read_text(encoding="utf-8"))
    said = dict(line.split(": ", 1) for line in head.strip().splitlines())
    gets = dict(part.strip().split(" ", 1) for part in said.pop("gets", "").split(";") if part.strip())
    cells = []
    for text in texts:
        place, _, source = text.partition("\n")
        cells.append((place.strip(), source.strip("\n")))
    return Odd(path.stem, gets=gets, cells=tuple(cells), **said)


def _records(out: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in (out / "records").glob("*.json")]


class Graded:
    """A suite that has been graded: records by name, and what the run said.

    home: the home of who graded. temporary: where the run had its temporary files. out: where the marks are. seconds: what each
    submission took, by path, when a cell had `timeout` seconds.
    """

    def __init__(
        self,
        course: Course,
        suite: dict[str, Odd],
        timeout: float,
        limits: dict[str, int],
        extra: Callable[[Path], None],
    ) -> None:
        """extra: puts more files into the folder of submissions."""
        self.course, self.suite = course, suite
        self.folder = course.root / "handed in"
        self.home, self.out = course.root / "home", course.root / "out"
        self.temporary = Path(tempfile.mkdtemp(prefix="suite-"))
        self._solutions = {LESSON: course.solution}
        for path in (self.folder, self.home):
            path.mkdir()
        self.paths = {name: self._write(odd) for name, odd in suite.items()}
        extra(self.folder)
        self.before = _files(course.root, self.home)
        self.timeout, self._limits = timeout, limits
        self.done = self._grade([self.folder], self.out, timeout)
        self.after = _files(course.root, self.home)
        self.by_path = {record["path"]: record for record in _records(self.out)}
        self.seconds = {path: record["seconds"] for path, record in self.by_path.items()}
        late = [self.paths[name] for name, odd in suite.items() if self._is_late(odd)]
        if late:  # the machine was busy: these few again, with time enough to end as they must
            again = self._grade(late, self.out.with_name("again"), LONG)
            assert again.returncode in (0, 1), again.stderr
            self.by_path |= {record["path"]: record for record in _records(self.out.with_name("again"))}

    def _grade(self, submissions: list[Path], out: Path, timeout: float) -> subprocess.CompletedProcess:
        asked = {
            "submissions": [str(path) for path in submissions],
            "out": str(out),
            "timeout": timeout,
            "limits": self._limits,
        }
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.course.root),
            "TMPDIR": str(self.temporary),
            "HOME": str(self.home),
            "GRADER_TOKEN": "grader-password-7c1d",
        }
        return subprocess.run(
            [sys.executable, "-c", _GRADE, json.dumps(asked)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            cwd=self.course.root,
            stdin=subprocess.DEVNULL,
            timeout=400,
        )

    def _is_late(self, odd: Odd) -> bool:
        """Whether it ran out of time where that is not among the verdicts it may get."""
        record = self.by_path.get(str(self.paths[odd.name]), {"exercises": {}})
        return any(
            entry["verdict"] == "timed out" and "timed out" not in odd.gets.get(key, "right").split("|")
            for key, entry in record["exercises"].items()
        )

    def record(self, name: str) -> dict[str, Any]:
        return self.by_path[str(self.paths[name])]

    def of_file(self, name: str) -> dict[str, Any]:
        """The record of a file in the folder of submissions."""
        return self.by_path[str(self.folder / name)]

    def solution(self, lesson: str) -> dict[str, Any]:
        """The lesson's solution as a notebook; the lesson is taken along into the copy of the course when it is a real one."""
        if lesson not in self._solutions:
            here = Path(__file__).parents[1] / "lessons" / f"{lesson}.py"
            (self.course.root / "lessons" / here.name).write_bytes(here.read_bytes())
            made = json.loads(self.course.python("-c", _RENDER, str(self.course.root), lesson).stdout)
            for each in made["cells"]:
                each["source"] = "".join(each["source"])
            self._solutions[lesson] = made
        return json.loads(json.dumps(self._solutions[lesson]))

    def _write(self, odd: Odd) -> Path:
        notebook = self.solution(odd.lesson)
        put(notebook, odd.cells)
        path = self.folder / (
            odd.file.encode().decode("unicode_escape") if "\\" in odd.file else odd.file or f"{odd.name}.ipynb"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        made: Any = notebook
        if odd.made:
            name, *arguments = odd.made.split()
            made = MAKERS[name](notebook, path, *arguments)
        if isinstance(made, dict):
            made = json.dumps(made)
        if isinstance(made, str):
            made = made.encode("utf-8", "surrogatepass")
        if made is not None:
            path.write_bytes(made)
        return path

    def done_with(self) -> None:
        """Deletes the temporary folder."""
        shutil.rmtree(self.temporary, ignore_errors=True)

    def left_running(self) -> list[str]:
        """The processes that have to do with the run: its temporary folder stands in their arguments, environment or mounts."""
        mark = os.fsencode(self.temporary)
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            texts = [_bytes(folder / name) for name in ("cmdline", "environ", "mountinfo")]
            if int(folder.name) != os.getpid() and any(mark in text for text in texts):
                found.append(f"{folder.name} {texts[0].decode(errors='replace')[:100]}")
        return found

    def table(self, title: str) -> str:
        """What came of it, in Markdown: file, tried, verdicts."""
        rows = []
        for name, odd in self.suite.items():
            record = self.by_path.get(str(self.paths[name]))
            rows.append(f"| {name} | {odd.tries.replace('|', chr(92) + '|')} | {_in_words(record)} |")
        return "\n".join([f"## {title}", "", "| file | tries | verdict |", "|---|---|---|", *rows, ""])


def _in_words(record: dict[str, Any] | None) -> str:
    if record is None:
        return "no row"
    if not record["graded"]:
        return record["status"].replace("|", "\\|")
    odd = [f"{name} {entry['verdict']}" for name, entry in record["exercises"].items() if entry["verdict"] != "right"]
    return (
        f"{', '.join(odd) or 'all right'}: {record['points']} of {record['out_of']} points, {record['seconds']:.1f} s"
    )


def put(notebook: dict[str, Any], cells: tuple[tuple[str, str], ...]) -> None:
    """Puts a suite's cells into a solution."""
    listed = notebook["cells"]
    for number, (place, source) in enumerate(cells):
        made = code(source, id=f"own-{number}")
        where, _, name = place.partition(" ")
        if where in ("answer", "check"):
            cell(notebook, f"{where}-{name}")["source"] = source
        elif where == "first":
            listed.insert(0, made)
        elif where == "end":
            listed.append(made)
        else:
            listed.insert(listed.index(cell(notebook, f"answer-{name}")) + (where == "after"), made)


def _files(*folders: Path) -> dict[str, tuple[int, int]]:
    """Every file in the folders with its size and time, but what Python and the run itself put there."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if "__pycache__" not in path.parts and folder / "out" not in path.parents and path.name != "out":
                state = path.lstat()
                found[str(path)] = (state.st_size, state.st_mtime_ns if not path.is_dir() else 0)
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


# What is too large or too strange for a text file. Each takes the notebook, the path it is to have, and the words behind its name;
# returns a notebook, text or bytes to write, or None when it has written by itself.
MAKERS: dict[str, Callable[..., Any]] = {}


def maker(function: Callable[..., Any]) -> Callable[..., Any]:
    MAKERS[function.__name__] = function
    return function


@maker
def many_cells(notebook: dict[str, Any], path: Path, count: str) -> dict[str, Any]:
    notebook["cells"][1:1] = [code(f"x{i} = {i}\ndef f{i}(): return x{i}", id=f"many-{i}") for i in range(int(count))]
    return notebook


@maker
def many_helpers(notebook: dict[str, Any], path: Path, count: str) -> dict[str, Any]:
    """Each helper mentions the next, and the answer the first."""
    helpers = [f"def f{i}():\n    return f{i + 1}()" for i in range(int(count))]
    notebook["cells"][1:1] = [code("\n".join(helpers), id="helpers")]
    return notebook


@maker
def of_megabytes(notebook: dict[str, Any], path: Path, megabytes: str) -> str:
    text = json.dumps(notebook)
    place = text.index('"cells"')
    return text[:place] + '"padding": "' + "x" * (int(megabytes) * 1_000_000) + '", ' + text[place:]


@maker
def sparse(notebook: dict[str, Any], path: Path, power: str) -> None:
    """A file that says it is huge and takes no room, as an archive may hold."""
    with open(path, "wb") as file:
        file.write(json.dumps(notebook).encode())
        file.truncate(2 ** int(power))


@maker
def nested(notebook: dict[str, Any], path: Path, where: str, depth: str) -> str:
    """Deep lists, in the metadata or in a cell's source."""
    deep = "[" * int(depth) + "]" * int(depth)
    text = json.dumps(notebook)
    if where == "metadata":
        return text.replace('"metadata"', f'"deep": {deep}, "metadata"', 1)
    return text.replace('"cells": [', '"cells": [{"cell_type": "code", "metadata": {}, "source": ' + deep + "}, ", 1)


@maker
def many_lists(notebook: dict[str, Any], path: Path, millions: str) -> str:
    """Small in the file and large in memory."""
    return json.dumps(notebook).replace(
        '"metadata"', '"many": [' + "[]," * (int(millions) * 1_000_000) + '0], "metadata"', 1
    )


@maker
def replaced(notebook: dict[str, Any], path: Path, old: str, new: str) -> str:
    """The file with every `old` replaced."""
    return json.dumps(notebook).replace(old, new)


@maker
def filled(notebook: dict[str, Any], path: Path, name: str, text: str, times: str) -> dict[str, Any]:
    """An answer with code that is `text` many times over in the place of FILL."""
    each = cell(notebook, f"answer-{name}")
    each["source"] = each["source"].replace("FILL", text * int(times))
    return notebook


@maker
def links_to(notebook: dict[str, Any], path: Path, target: str) -> None:
    path.symlink_to(target)


@maker
def pipe(notebook: dict[str, Any], path: Path) -> None:
    os.mkfifo(path)


@maker
def folder(notebook: dict[str, Any], path: Path) -> None:
    path.mkdir()
    (path / "inner.txt").write_text("", encoding="utf-8")


@maker
def outputs_cleared(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for each in notebook["cells"]:
        if each["cell_type"] == "code":
            each |= {"outputs": [], "execution_count": None}
    return notebook


@maker
def outputs_say(notebook: dict[str, Any], path: Path, text: str) -> dict[str, Any]:
    for each in notebook["cells"]:
        if each["cell_type"] == "code":
            each["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text.replace("_", " ")}]
    return notebook


@maker
def tagged(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for each in notebook["cells"]:
        each["metadata"]["tags"] = ["raises-exception", "nbval-skip", "nbval-ignore-output", "nbval-raises-exception"]
    return notebook


@maker
def without_checks(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    notebook["cells"] = [each for each in notebook["cells"] if not each.get("id", "").startswith("check-")]
    return notebook


@maker
def of_type(notebook: dict[str, Any], path: Path, name: str, kind: str) -> dict[str, Any]:
    cell(notebook, f"answer-{name}")["cell_type"] = kind
    return notebook


@maker
def doubled(notebook: dict[str, Any], path: Path, name: str) -> dict[str, Any]:
    """The marked cell once more, in the end and wrong."""
    each = cell(notebook, f"answer-{name}")
    notebook["cells"].append({**each, "source": f"def {name}(x):\n    return 0"})
    return notebook


@maker
def swapped(notebook: dict[str, Any], path: Path, one: str, other: str) -> dict[str, Any]:
    """Two marks changed for each other."""
    first, second = cell(notebook, f"answer-{one}"), cell(notebook, f"answer-{other}")
    first["id"], second["id"] = second["id"], first["id"]
    first["metadata"], second["metadata"] = second["metadata"], first["metadata"]
    return notebook


@maker
def with_attachments(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for number, each in enumerate(notebook["cells"]):
        each["attachments"] = ({"x.png": {"image/png": "AAAA" * 1000}}, [1, [2]], "text", {"../../x": None})[number % 4]
    return notebook


@maker
def with_widgets(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    notebook["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {f"{i}": {"model": i} for i in range(10_000)}
    }
    return notebook


@maker
def with_odd_types(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    odd = [None, 5, "text", [], {}, {"cell_type": ["code"]}, {"cell_type": "code"}, {"cell_type": "code", "source": 5}]
    odd += [{"cell_type": "code", "source": [1, None, "x = 1"], "id": ["x"], "metadata": []}]
    odd += [{"cell_type": "code", "source": "", "id": 5, "metadata": {"exercise": ["double"], "check": {}, "id": 7}}]
    notebook["cells"] = odd + notebook["cells"] + odd
    notebook["metadata"] = {"course": ["90_small"], "kernelspec": 7, "language_info": "python"}
    return {**notebook, "nbformat": "four", "nbformat_minor": None}


@maker
def with_kernelspec(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    notebook["metadata"]["kernelspec"] = {
        "name": "bash",
        "argv": ["touch", "/tmp/hostile-was-here"],
        "language": "bash",
    }
    notebook["metadata"]["language_info"] = {"name": "bash", "file_extension": ".sh"}
    return notebook


@maker
def many_on_one_line(notebook: dict[str, Any], path: Path, count: str) -> dict[str, Any]:
    notebook["cells"].insert(1, code("x=1;" * int(count), id="line"))
    return notebook


def _code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in notebook["cells"] if each["cell_type"] == "code"]


@maker
def as_colab(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for each in notebook["cells"]:
        each["metadata"] = {
            "id": each.pop("id", "x"),
            "outputId": "0f",
            "colab": {"base_uri": "https://localhost:8080/"},
        }
        each.pop("outputs", None)
    notebook["metadata"] = {
        "colab": {"provenance": [], "gpuType": "T4", "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "accelerator": "GPU",
    }
    return {**notebook, "nbformat_minor": 0}


@maker
def foreign_kernel(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    notebook["metadata"]["kernelspec"] = {
        "name": "conda-env-ml-py",
        "display_name": "Python [conda env:ml]",
        "language": "python",
    }
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.14.0"}
    return notebook


@maker
def with_crlf(notebook: dict[str, Any], path: Path) -> str:
    for each in notebook["cells"]:
        each["source"] = each["source"].replace("\n", "\r\n")
    return "\ufeff" + json.dumps(notebook, indent=1).replace("\n", "\r\n")


@maker
def with_bom(notebook: dict[str, Any], path: Path) -> bytes:
    return json.dumps(notebook).encode("utf-8-sig")


@maker
def in_utf_16(notebook: dict[str, Any], path: Path) -> bytes:
    return json.dumps(notebook).encode("utf-16")


@maker
def sources_as_lists(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for each in notebook["cells"]:
        each["source"] = each["source"].splitlines(True)
    return notebook


@maker
def format_3(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    cells = [
        {
            "cell_type": "code",
            "language": "python",
            "input": each["source"].splitlines(True),
            "outputs": [],
            "collapsed": False,
        }
        for each in _code_cells(notebook)
    ]
    return {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }


@maker
def format_4_0(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for each in notebook["cells"]:
        each.pop("id", None)
    return {**notebook, "metadata": {}, "nbformat_minor": 0}


@maker
def ids_replaced(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for number, each in enumerate(notebook["cells"]):
        each["id"] = f"{number:08x}"
    return notebook


@maker
def marks_lost(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    for each in notebook["cells"]:
        each.pop("id", None)
        each["metadata"] = {}
    return notebook


@maker
def with_outputs(notebook: dict[str, Any], path: Path) -> dict[str, Any]:
    picture = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"image/png": "iVBOR" * 400_000, "text/plain": ["<Figure>"]},
    }
    error = {"output_type": "error", "ename": "ValueError", "evalue": "x", "traceback": ["\x1b[31mx"]}
    for number, each in enumerate(_code_cells(notebook)):
        each["execution_count"] = 99 - number
        each["outputs"] = [picture, error, {"output_type": "stream", "name": "stderr", "text": ["a\n", "b"]}]
    return notebook


@maker
def stub_stays(notebook: dict[str, Any], path: Path, name: str) -> dict[str, Any]:
    cell(notebook, f"answer-{name}")["source"] = 'def double(x):\n    """Twice x."""\n    ...  # see below'
    return notebook


@maker
def copied(notebook: dict[str, Any], path: Path, name: str) -> dict[str, Any]:
    each = cell(notebook, f"answer-{name}")
    notebook["cells"].append({**each, "metadata": dict(each["metadata"]), "id": "copy"})
    return notebook
