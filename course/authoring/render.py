"""From a lesson's cells to a notebook, by a list of small steps; the lists at the end are the whole difference between the two kinds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.authoring import quiz
from course.authoring.settings import Settings
from course.authoring.source import Cell, LessonError, Source, answered, stub

Step = Callable[[list[Cell], Source, Settings], list[Cell]]

_GET_PACKAGE = """\
# Opens this lesson's exercises. The course's package is fetched first where it is missing.
try:
    import course
except ModuleNotFoundError:
    import importlib, subprocess, sys
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", {pip!r}], check=True)
    importlib.invalidate_caches()
"""

_NO_PACKAGE = """\
# Opens this lesson's exercises.
try:
    import course
except ModuleNotFoundError:
    raise SystemExit("The package `course` is missing here. Start with `make lab` in the course's folder, or: pip install FOLDER")
"""


def drop_notes(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    """Speaker notes and slide-only cells go to the decks alone."""
    return [cell for cell in cells if not cell.is_notes and "slide-only" not in cell.tags]


def take_answers_out(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    return [replace(cell, source=stub(cell.source)) if cell.exercise else cell for cell in cells]


def keep_answers(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    return [replace(cell, source=answered(cell.source)) if cell.exercise else cell for cell in cells]


def open_quizzes(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    def opened(cell: Cell) -> Cell:
        if "quiz" not in cell.metadata:
            return cell
        try:
            return replace(cell, source=quiz.render(cell.source))
        except quiz.QuizError as problem:
            raise LessonError(f"{source.path}:{cell.line}: {problem}.") from None

    return [opened(cell) for cell in cells]


def get_package(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    """The first code cell fetches the package where it is missing."""
    index = next((i for i, cell in enumerate(cells) if cell.kind == "code"), None)
    if index is None or "from course import lesson" not in cells[index].source:
        line = cells[index].line if index is not None else 1
        raise LessonError(f"{source.path}:{line}: the first code cell must hold `from course import lesson`.")
    start = _GET_PACKAGE.format(pip=settings.pip) if settings.pip else _NO_PACKAGE
    first = replace(cells[index], source=start + cells[index].source)
    return [*cells[:index], first, *cells[index + 1 :]]


def add_badge(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    """A Colab badge under the title, when the repository is on GitHub."""
    address = settings.colab(f"{source.name}.ipynb")
    if not address:
        return cells
    title, _, rest = cells[0].source.partition("\n")
    badge = f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({address})"
    return [replace(cells[0], source=f"{title}\n\n{badge}\n{rest}"), *cells[1:]]


def compare_checks(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    """nbval runs solutions in its lax mode; what a check says is the one output that must come out the same."""
    return [
        replace(cell, metadata={**cell.metadata, "tags": [*cell.tags, "nbval-check-output"]}) if cell.check else cell
        for cell in cells
    ]


def for_nbgrader(cells: list[Cell], source: Source, settings: Settings) -> list[Cell]:
    """nbgrader's metadata: an answer is a solution cell, the check below it a test cell with the exercise's points."""
    points = {entry.name: entry.points for entry in source.entry.exercises}

    def marked(cell: Cell) -> Cell:
        name = cell.exercise or cell.check
        if not name:
            return cell
        about = {
            "cell_type": "code",
            "grade": bool(cell.check),
            "grade_id": _cell_id(cell, {}),
            "locked": bool(cell.check),
            "schema_version": 3,
            "solution": bool(cell.exercise),
            "task": False,
        }
        if cell.check:
            about["points"] = points[name]
        return replace(cell, metadata={**cell.metadata, "nbgrader": about})

    return [marked(cell) for cell in cells]


LEARNER: tuple[Step, ...] = (drop_notes, take_answers_out, open_quizzes, get_package, add_badge, for_nbgrader)
INSTRUCTOR: tuple[Step, ...] = (drop_notes, keep_answers, open_quizzes, get_package, compare_checks, for_nbgrader)
NBGRADER: tuple[Step, ...] = (
    drop_notes,
    open_quizzes,
    get_package,
    for_nbgrader,
)  # its source: answers between their marks


def notebook(source: Source, steps: tuple[Step, ...], settings: Settings) -> nbformat.NotebookNode:
    """The notebook that `steps` make of a lesson. Without outputs, and the same to the byte on any machine."""
    cells = source.cells
    for step in steps:
        cells = step(cells, source, settings)
    made = new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "course": {"lesson": source.name},
        }
    )
    met: dict[str, int] = {}
    for cell in cells:
        make = new_code_cell if cell.kind == "code" else new_markdown_cell
        made.cells.append(make(cell.source, id=_cell_id(cell, met), metadata=cell.metadata))
    nbformat.validate(made)
    return made


def _cell_id(cell: Cell, met: dict[str, int]) -> str:
    """Named after the exercise where there is one, else after the cell's own text: edits elsewhere do not move it."""
    if cell.exercise:
        return f"answer-{cell.exercise}"
    if cell.check:
        return f"check-{cell.check}"
    digest = hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()[:12]
    nth = met[digest] = met.get(digest, 0) + 1
    return digest if nth == 1 else f"{digest}-{nth}"


def text(made: nbformat.NotebookNode) -> str:
    """A notebook as the text of its file."""
    return nbformat.writes(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
