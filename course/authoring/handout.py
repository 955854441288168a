"""Packs lessons for learners as one zip that runs offline, and moves it into place only when no answer is found in it.

What is in it, and the one exception, stated in full:

- the learners' notebooks, the data that ships, requirements.txt, a README, and of the package `course` what the notebooks and their checks
  import, so nothing of grading, authoring and theme;
- of course/exercises and course/records, what the lessons handed out need. Checks cannot do without: a probe is compared with what
  the answer gave, and a wrong way is an answer with one mistake in it. Both are *sealed* (compressed, in base 85): in SEALED, and only
  there, the answers are in the zip, in a form that shows nothing to who opens a file and that `ex.NAME.solution()` opens, as it does
  for everybody who asks twice. `answers=False` leaves the answers themselves out; the wrong ways stay;
- what the course teaches first and then offers (TAUGHT): these files of the package hold in plain text what a learner has built.
"""

from __future__ import annotations

import ast
import json
import zipfile
from fnmatch import fnmatch
from pathlib import Path

from course import catalog
from course.authoring import render, settings
from course.authoring.leaks import Known, Leak, Unreadable
from course.authoring.source import read
from course.sealed import seal

LEFT_OUT = ("authoring", "grading", "theme")  # of the package: only `course.cli` asks for them, where they are there
SEALED = ("course/exercises/lesson_*.py", "course/records/*.json")
TAUGHT = {  # member -> answers that it may hold: "taught, then imported"
    "course/averaging.py": ("07_sentiment_average/build_model",),
    "course/sequences.py": ("07_sentiment_average/build_model", "08_sentiment_sequences/build_cnn"),
    "course/text.py": ("06_text_to_ids/split_words",),
    "course/repeats.py": ("10_transfer/label_subsets", "10_transfer/choose"),
    "course/checking/exercise.py": (
        "01_neuron/weighted_sum",
    ),  # its docstring's example of a wrong way: the bias is left out
}
_START = (  # what a notebook says where `course` is missing: in a checkout, and to a learner, who has no Makefile
    "Start with `make lab` in the course's folder, or: pip install FOLDER",
    "Open this notebook in the folder that you unpacked from the zip, with the folder `course` beside it; "
    "in Colab, unzip there first. README.md says how.",
)
TEMPLATE = Path(__file__).with_name("handout.md")  # of the learners' README
_TIME = (2000, 1, 1, 0, 0, 0)  # the same course gives the same bytes
_SKIPPED = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


class HandoutError(ValueError):
    """A handout that was not made. The message is one sentence: which member, which exercise. member: where, "" when it is no member's."""

    def __init__(self, message: str, member: str = "") -> None:
        super().__init__(message)
        self.member = member


def handout(out: Path, lessons: list[str] | None = None, answers: bool = True, root: Path = settings.ROOT) -> list[str]:
    """Writes the zip for the lessons (names or numbers; all that there are without), and returns the names of its members.

    answers: whether the sealed answers go along, for `ex.NAME.solution()`.
    Raises HandoutError when an answer is found in the zip, ValueError for a lesson that is not there; what was at `out` stays as it was.
    """
    if out.suffix.lower() != ".zip":
        raise HandoutError(f"{out} does not end in .zip: name the file that is to be made.")
    entries = _entries(lessons, root)
    files = _files(entries, answers, root, out.stem)
    known = Known.of((read(path) for path in _sources(root)), settings.load(root))
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f"{out.name}.tmp")
    try:
        _write(temporary, files, out.stem)
        prove(temporary, known)
        temporary.replace(out)
    except HandoutError as problem:
        stale = [entry for entry in entries if f"{entry.name}.ipynb" == problem.member and _stale(entry, root)]
        hint = f" The notebook is not what its lesson makes: run `course build {stale[0].number}`." if stale else ""
        raise HandoutError(f"{problem}{hint}", problem.member) from None
    finally:
        temporary.unlink(missing_ok=True)
    return list(files)


def prove(zipped: Path, known: Known) -> None:
    """Opens the zip as it lies on the disk and looks into every member. Raises HandoutError at the first thing that may not be there."""
    with zipfile.ZipFile(zipped) as packed:
        for info in packed.infolist():
            inside = info.filename.partition("/")[2]  # without the folder that everything is in
            try:
                found = known.leaks(inside, packed.read(info))
            except Unreadable as problem:
                raise HandoutError(f"No handout was made, because {problem}.") from None
            for leak in found:
                if not allowed(leak):
                    raise HandoutError(f"No handout was made, because {leak}.", leak.member)


def allowed(leak: Leak) -> bool:
    """Whether it is one of the exceptions that TAUGHT lists."""
    return bool(leak.exercise) and leak.exercise in TAUGHT.get(leak.member, ())


def _entries(lessons: list[str] | None, root: Path) -> list[catalog.Lesson]:
    """The lessons asked for, in the order of the course."""
    names = {catalog.lesson(name).name for name in lessons} if lessons else {entry.name for entry in catalog.LESSONS}
    entries = [entry for entry in catalog.LESSONS if entry.name in names and entry.exercises]
    missing = names - {entry.name for entry in entries}
    if lessons and missing:
        raise HandoutError(f"Lesson {min(missing)} is planned and not yet written: there is nothing to hand out.")
    for entry in entries:
        if not (root / "notebooks" / f"{entry.name}.ipynb").exists():
            raise HandoutError(f"There is no notebook of lesson {entry.name}: run `course build {entry.number}` first.")
    return entries


def _sources(root: Path) -> list[Path]:
    """The sources of all lessons: without one, its answers would not be known, and nothing would be proven."""
    paths = [root / "lessons" / f"{entry.name}.py" for entry in catalog.LESSONS if entry.exercises]
    for path in paths:
        if not path.exists():
            raise HandoutError(
                f"There is no {path}: without a checkout of the course its answers cannot be looked for."
            )
    return paths


def _stale(entry: catalog.Lesson, root: Path) -> bool:
    """Whether the notebook is older than its lesson, or was changed by hand."""
    made = render.notebook(read(root / "lessons" / f"{entry.name}.py"), render.LEARNER, settings.load(root))
    return (root / "notebooks" / f"{entry.name}.ipynb").read_text(encoding="utf-8") != render.text(made)


def _files(entries: list[catalog.Lesson], answers: bool, root: Path, folder: str) -> dict[str, bytes]:
    """The members by name, in the order of the zip."""
    names = {entry.name for entry in entries}
    files = {"README.md": _readme(entries, folder, answers).encode()}
    for entry in entries:
        made = (root / "notebooks" / f"{entry.name}.ipynb").read_text(encoding="utf-8")
        files[f"{entry.name}.ipynb"] = made.replace(*_START).encode()
    for name in ("requirements.txt", "LICENSE"):
        files[name] = (root / name).read_bytes()
    needed = _needed(entries, root)
    for path in sorted([*(root / "course").rglob("*"), *(root / "datasets").rglob("*")]):
        inside = path.relative_to(root)
        skipped = _SKIPPED & set(inside.parts) or path.suffix in (".pyc", ".tmp")
        if not path.is_file() or skipped or (inside.parts[0] == "course" and inside.parts[1] in LEFT_OUT):
            continue
        if path.suffix == ".py" and inside.parts[0] == "course" and inside.as_posix() not in needed:
            continue
        name = inside.as_posix()
        if not any(fnmatch(name, pattern) for pattern in SEALED):
            files[name] = path.read_bytes()
        elif path.stem.removeprefix("lesson_") in names:
            sealed = _sealed_record if path.suffix == ".json" else _sealed_module
            files[name] = sealed(path.read_text(encoding="utf-8"), answers).encode()
    return files


def _needed(entries: list[catalog.Lesson], root: Path) -> set[str]:
    """The modules of the package that the notebooks, their checks and `course progress` import, also inside functions."""
    waiting = ["course.__main__", "course.checking", "course.checking.desk", "course.checking.show"]
    waiting += [f"course.exercises.lesson_{entry.name}" for entry in entries]
    for entry in entries:
        made = json.loads((root / "notebooks" / f"{entry.name}.ipynb").read_text(encoding="utf-8"))
        for cell in made["cells"]:
            if cell["cell_type"] == "code":
                waiting += _imported("".join(cell["source"]))
    found: set[str] = set()
    met: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in met or name.split(".")[1:2] and name.split(".")[1] in LEFT_OUT:
            continue
        met.add(name)
        base = root.joinpath(*name.split("."))
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.exists():
                found.add(path.relative_to(root).as_posix())
                waiting += _imported(path.read_text(encoding="utf-8"))
                waiting.append(name.rpartition(".")[0] or "course")
    return found


def _imported(code: str) -> list[str]:
    """The names of modules of `course` that a piece of code imports; also names that may be modules or something in one."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a cell with a magic in it
        return []
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.split(".")[0] == "course"]


def _sealed_module(text: str, answers: bool) -> str:
    return (
        '"""The probes, hints and wrong ways of this lesson, sealed so that no answer is read by accident."""\n\n'
        "from course.sealed import unseal\n\n"
        f'exec(compile(unseal({json.dumps(seal(text))}), __file__, "exec"))\n'
    )


def _sealed_record(text: str, answers: bool) -> str:
    data = json.loads(text)
    for entry in data["exercises"].values():
        answer = entry.pop("answer")
        entry["sealed"] = seal(answer) if answers else ""
    return json.dumps(data, ensure_ascii=False) + "\n"


def _write(path: Path, files: dict[str, bytes], folder: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            info = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, data)


def _readme(entries: list[catalog.Lesson], folder: str, answers: bool) -> str:
    first = f"{entries[0].name}.ipynb"
    rows = "\n".join(
        f"| `{entry.name}.ipynb` | {entry.title} | {entry.minutes} | {entry.points} |" for entry in entries
    )
    solution = (
        "`ex.NAME.solution()` shows one right answer, when you have solved the exercise or when you ask twice."
        if answers
        else "Your instructor has the answers; `ex.NAME.solution()` does not show them here."
    )
    return TEMPLATE.read_text(encoding="utf-8").format(rows=rows, first=first, folder=folder, solution=solution)
