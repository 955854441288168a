"""Packs the grader for services that run it themselves, Gradescope and GitHub Classroom, and the lessons for nbgrader."""

from __future__ import annotations

import json
import shutil
import tomllib
import zipfile
from pathlib import Path

from course import catalog
from course.authoring import render, settings
from course.authoring.source import read
from course.grading import GradingError
from course.grading.records import write_whole

KITS = Path(__file__).parent / "kits"
CONFIG = "autograder.json"
_PARTS = ("course", "datasets")  # of the checkout, whole
_FILES = ("pyproject.toml", "README.md", "LICENSE")
_SKIPPED = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
_TIME = (2000, 1, 1, 0, 0, 0)  # the same course gives the same bytes


def lessons_of(chosen: str, root: Path) -> list[catalog.Lesson]:
    """The lesson that is named, or all that can be graded.

    Raises GradingError when there is nothing to grade in it, ValueError when there is no such lesson.
    """
    listed = [catalog.lesson(chosen)] if chosen else list(catalog.LESSONS)
    there = [entry for entry in listed if entry.exercises and (root / "lessons" / f"{entry.name}.py").exists()]
    if not there:
        raise GradingError(f"There is nothing to grade in {chosen or root / 'lessons'}.")
    return there


def gradescope(
    out: Path, chosen: str = "", visibility: str = "visible", timeout: float = 60, root: Path = settings.ROOT
) -> int:
    """Writes the autograder as a zip: setup.sh, run_autograder, and the course that grades `chosen`, or all lessons. Returns its size."""
    files = _grader(lessons_of(chosen, root), root, {"visibility": visibility, "timeout": timeout})
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f"{out.name}.tmp")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in sorted(files.items()):
                info = zipfile.ZipInfo(name, _TIME)
                runs = name in ("setup.sh", "run_autograder")
                info.external_attr = (0o100755 if runs else 0o100644) << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(info, data)
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return out.stat().st_size


def github_classroom(out: Path, chosen: str = "", timeout: float = 60, root: Path = settings.ROOT) -> list[Path]:
    """Writes a template repository: the learners' notebooks, the workflow, the tests as GitHub Classroom lists them, the grader.

    Returns the files. Raises GradingError when `out` holds files of another kind already.
    """
    entries = lessons_of(chosen, root)
    written = [out / "README.md", *(out / f"{entry.name}.ipynb" for entry in entries)]
    if out.exists() and any(out.iterdir()) and not (out / ".github" / "classroom").exists():
        raise GradingError(f"{out} is not empty: name a new folder.")
    for entry in entries:
        notebook = root / "notebooks" / f"{entry.name}.ipynb"
        if not notebook.exists():
            raise GradingError(f"There is no notebook {notebook}: run `course build {entry.number}` first.")
        write_whole(out / notebook.name, notebook.read_text(encoding="utf-8"))
    title = f"Lesson {entries[0].number}. {entries[0].title}" if len(entries) == 1 else "Embeddings, from the Neuron Up"
    pip = settings.load(root).pip or "FOLDER-OF-THE-COURSE"
    write_whole(out / "README.md", (KITS / "README.md").read_text(encoding="utf-8").format(title=title, pip=pip))
    folder = out / ".github" / "classroom"
    texts = {
        out / ".github" / "workflows" / "classroom.yml": (KITS / "classroom.yml").read_text(encoding="utf-8"),
        folder / "setup.sh": (KITS / "classroom-setup.sh").read_text(encoding="utf-8"),
        folder / "grade.sh": (KITS / "classroom-grade.sh").read_text(encoding="utf-8"),
        folder / "autograding.json": _tests(entries),
    }
    for path, text in texts.items():
        write_whole(path, text)
    gradescope(folder / "autograder.zip", chosen, timeout=timeout, root=root)
    return [*written, *texts, folder / "autograder.zip"]


def nbgrader(out: Path, chosen: str = "", root: Path = settings.ROOT) -> list[Path]:
    """Writes what an nbgrader course folder needs: source/ with the lessons, answers between nbgrader's marks, and nbgrader_config.py.

    A configuration that is there already is left alone. Returns the files written.
    """
    written = []
    for entry in lessons_of(chosen, root):
        made = render.notebook(read(root / "lessons" / f"{entry.name}.py"), render.NBGRADER, settings.load(root))
        path = out / "source" / entry.name / f"{entry.name}.ipynb"
        write_whole(path, render.text(made))
        written.append(path)
    config = out / "nbgrader_config.py"
    if not config.exists():
        write_whole(config, (KITS / config.name).read_text(encoding="utf-8"))
        written.append(config)
    return written


def _tests(entries: list[catalog.Lesson]) -> str:
    """The exercises as the tests of an assignment: each is a command whose exit code says whether it passed."""
    tests = [
        {
            "name": f"{exercise.title} ({exercise.name})",
            "setup": "bash .github/classroom/setup.sh",
            "run": f"bash .github/classroom/grade.sh {entry.name}/{exercise.name}",
            "input": "",
            "output": "",
            "comparison": "included",
            "timeout": 30,
            "points": exercise.points,
        }
        for entry in entries
        for exercise in entry.exercises
    ]
    return json.dumps({"tests": tests}, indent=2) + "\n"


def _grader(entries: list[catalog.Lesson], root: Path, config: dict[str, object]) -> dict[str, bytes]:
    """The files of the grader by their names in the zip."""
    files = {name: (KITS / name).read_bytes() for name in ("setup.sh", "run_autograder")}
    files[CONFIG] = (json.dumps({"lessons": [entry.name for entry in entries], **config}, indent=1) + "\n").encode()
    files["requirements.txt"] = _requirements(root).encode()
    files["constraints.txt"] = (root / "requirements.txt").read_bytes()
    there = [path for part in _PARTS for path in sorted((root / part).rglob("*"))]
    there += [root / name for name in _FILES] + [root / "lessons" / f"{entry.name}.py" for entry in entries]
    for path in there:
        inside = path.relative_to(root)
        if path.is_file() and not _SKIPPED & set(inside.parts) and path.suffix not in (".pyc", ".tmp"):
            files[f"checkout/{inside.as_posix()}"] = path.read_bytes()
    return files


def _requirements(root: Path) -> str:
    """What grading imports, by name; the versions stand in the constraints."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (root / "requirements.in").read_text(encoding="utf-8").splitlines()
    tensorflow = [line for line in lines if line.startswith("tensorflow")]
    return "\n".join([*tensorflow, *project["dependencies"], *project["optional-dependencies"]["grading"]]) + "\n"


def unpack(zipped: Path, folder: Path) -> None:
    """Lays the zip out as Gradescope does: the files in source/, run_autograder beside it."""
    with zipfile.ZipFile(zipped) as packed:
        packed.extractall(folder / "source")
    shutil.copy(folder / "source" / "run_autograder", folder / "run_autograder")
    (folder / "run_autograder").chmod(0o755)
    for name in ("submission", "results"):
        (folder / name).mkdir(exist_ok=True)
