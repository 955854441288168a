"""Reads a lesson's source, and refuses one whose answers and exercises do not fit together, naming file and line."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext

from course import catalog

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


class LessonError(Exception):
    """A lesson that cannot be built. The message names file and line, what is wrong and what to do."""


@dataclass
class Cell:
    """One cell of a lesson. line: where its `# %%` stands in the file, counting from 1."""

    kind: str  # "code" or "markdown"
    source: str
    line: int
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def tags(self) -> list[str]:
        return self.metadata.get("tags", [])

    @property
    def exercise(self) -> str | None:
        """The exercise this cell answers."""
        return self.metadata.get("exercise")

    @property
    def check(self) -> str | None:
        """The exercise this cell checks."""
        return self.metadata.get("check")

    @property
    def is_notes(self) -> bool:
        """Speaker notes, which go to the instructor's slides and nowhere else."""
        return self.metadata.get("slideshow", {}).get("slide_type") == "notes" or "notes" in self.tags

    @property
    def is_needed(self) -> bool:
        """Whether answers need this cell to have run: the grader runs these and no other demonstration."""
        return "needed" in self.tags


@dataclass
class Source:
    """A lesson's source, checked."""

    path: Path
    entry: catalog.Lesson
    cells: list[Cell]

    @property
    def name(self) -> str:
        return self.entry.name

    def answer(self, exercise: str) -> Cell:
        return next(cell for cell in self.cells if cell.exercise == exercise)


def read(path: Path) -> Source:
    """Reads and checks `lessons/NN_slug.py`.

    Raises LessonError for solution marks that are unclosed, nested or outside an answer cell, an exercise without an answer or
    check, an answer without an exercise, and a name used twice.
    """
    try:
        entry = catalog.lesson(path.stem)
    except ValueError:
        raise LessonError(
            f"{path}:1: course/catalog.py has no lesson {path.stem!r}; add it to the table first."
        ) from None
    text = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"# %%(\s|$)", line)]
    if len(lines) != len(notebook.cells):
        raise LessonError(f"{path}:1: start every cell with a line `# %%`; something stands before the first one.")
    cells = [Cell(c.cell_type, c.source, line, _metadata(c)) for c, line in zip(notebook.cells, lines, strict=True)]
    source = Source(path, entry, cells)
    _check(source)
    return source


def _metadata(cell: Any) -> dict[str, Any]:
    return {
        key: value for key, value in cell.metadata.items() if key != "lines_to_next_cell"
    }  # jupytext's own bookkeeping


def _check(source: Source) -> None:
    for cell in source.cells:
        _check_marks(source.path, cell)
    wanted = [exercise.name for exercise in source.entry.exercises]
    for role, word in (("exercise", "answer"), ("check", "check")):
        found: dict[str, Cell] = {}
        for cell in source.cells:
            name = getattr(cell, role)
            if name is None:
                continue
            where = f"{source.path}:{cell.line}"
            if name in found:
                raise LessonError(
                    f"{where}: a second {word} cell for `{name}`; the first is at line {found[name].line}. Names must be unique."
                )
            if name not in wanted:
                raise LessonError(
                    f"{where}: the {word} cell of `{name}`, but lesson {source.name} in course/catalog.py has no such exercise."
                )
            found[name] = cell
        for name in wanted:
            if name not in found:
                raise LessonError(
                    f'{source.path}:1: exercise `{name}` of course/catalog.py has no {word} cell (`# %% {role}="{name}"`).'
                )
            if role == "exercise":
                _check_answer(source.path, name, found[name])


def _check_marks(path: Path, cell: Cell) -> None:
    opened = None
    for offset, line in enumerate(cell.source.splitlines(), 1):
        where = f"{path}:{cell.line + offset}"
        if line.strip() in (BEGIN, END) and not cell.exercise:
            raise LessonError(
                f'{where}: `{line.strip()}` outside an answer cell; start the cell with `# %% exercise="NAME"`.'
            )
        if line.strip() == BEGIN:
            if opened:
                raise LessonError(f"{where}: `{BEGIN}` inside the one opened at line {opened}; close that first.")
            opened = cell.line + offset
        elif line.strip() == END:
            if not opened:
                raise LessonError(f"{where}: `{END}` without a `{BEGIN}` before it.")
            opened = None
    if opened:
        raise LessonError(f"{path}:{opened}: `{BEGIN}` is never closed; add `{END}` in the same cell.")


def _check_answer(path: Path, name: str, cell: Cell) -> None:
    if BEGIN not in cell.source:
        raise LessonError(
            f"{path}:{cell.line}: the answer cell of `{name}` holds no `{BEGIN}`: nothing would be left for the learner to do."
        )
    if name not in defined(cell.source):
        raise LessonError(f"{path}:{cell.line}: the answer cell of `{name}` does not define `{name}`.")


def defined(code: str) -> set[str]:
    """The names that a cell defines at its top level: functions, classes, assigned variables. Empty when it does not parse."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return set()
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)}
    return names


def stub(code: str) -> str:
    """The answer cell as the learner gets it: each solution region replaced by `...`."""
    kept, inside = [], False
    for line in code.splitlines():
        if line.strip() == BEGIN:
            kept.append(line[: len(line) - len(line.lstrip())] + "...")
            inside = True
        elif line.strip() == END:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def answered(code: str) -> str:
    """The answer cell as the instructor gets it: the answer in, the marks out."""
    return "\n".join(line for line in code.splitlines() if line.strip() not in (BEGIN, END))
