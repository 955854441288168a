"""Finds what was handed in and reads it: any notebook format, and a sentence for what cannot be read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import catalog
from course.grading import GradingError

MAX_BYTES = 50_000_000
MAX_CODE = 500_000  # characters; outputs make notebooks large, code does not


class Unreadable(Exception):
    """A file that cannot be graded; the text says why."""


@dataclass(frozen=True)
class Cell:
    """A code cell. exercise, check: the exercise that it is marked as answering or checking, "" for none."""

    source: str
    exercise: str = ""
    check: str = ""


@dataclass(frozen=True)
class Submission:
    """A notebook that was handed in: the lesson it answers, its code cells in order, and the sha256 of the file that was read."""

    lesson: str
    cells: list[Cell]
    sha256: str = ""


@dataclass(frozen=True)
class Found:
    """A file that was handed in; `inside` is its path below the folder that was given, or its name."""

    path: Path
    inside: Path


def find(arguments: list[Path]) -> tuple[list[Found], list[Path]]:
    """The files to grade, and the other files of the folders given, which are left aside.

    A file given by name is graded whatever it is; of a folder, the notebooks in it and below, hidden ones excepted. Links and pipes that
    are called like notebooks are among them: `read` says that they are none.

    Raises GradingError when an argument does not exist, or nothing is found.
    """
    found: dict[Path, Found] = {}
    aside: list[Path] = []
    for argument in arguments:
        if not os.path.lexists(argument):
            raise GradingError(f"There is no file or folder {argument}.")
        inside = argument if argument.is_dir() else argument.parent
        for path in sorted(argument.rglob("*")) if argument.is_dir() else [argument]:
            hidden = any(part.startswith((".", "__MACOSX")) for part in path.relative_to(inside).parts)
            is_folder = path.is_dir() and not path.is_symlink()
            if path == argument or (path.suffix.lower() == ".ipynb" and not is_folder and not hidden):
                absolute = Path(os.path.abspath(path))
                found.setdefault(absolute, Found(absolute, path.relative_to(inside)))
            elif path.is_file() and not hidden:
                aside.append(path)
    if not found:
        raise GradingError(f"There is no notebook in {', '.join(map(str, arguments))}.")
    return list(found.values()), aside


def digest(path: Path) -> str:
    """The file's sha256; "" when it cannot be read, or is larger than what is graded."""
    try:
        return hashlib.sha256(_content(path)).hexdigest()
    except Unreadable:
        return ""


def read(path: Path) -> Submission:
    """Reads a notebook of any format from 2 on, with any line ends.

    Raises Unreadable, saying why, for what is no notebook or answers no lesson of this course.
    """
    data = _content(path)
    notebook = _parse(data)
    cells = [cell for raw in _raw_cells(notebook) if (cell := _cell(raw))]
    if sum(len(cell.source) for cell in cells) > MAX_CODE:
        raise Unreadable(f"the notebook holds more than {MAX_CODE // 1000} kB of code")
    return Submission(_lesson(notebook, cells, path), cells, hashlib.sha256(data).hexdigest())


def _content(path: Path) -> bytes:
    """The file's bytes. A link is not followed: it could lead to the solutions, to another submission or to a device."""
    if path.is_symlink():
        raise Unreadable("it is a link, not a file")
    if not path.is_file():
        raise Unreadable("it is not a file")
    try:
        # What is there now need not be what was there a moment ago; opening a pipe would wait for who writes to it.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise Unreadable("it is not a file")
            if state.st_size > MAX_BYTES:
                most = MAX_BYTES // 1_000_000
                raise Unreadable(f"the file is too large ({state.st_size // 1_000_000} MB; {most} MB at most)")
            return file.read(MAX_BYTES)
    except OSError as problem:
        raise Unreadable(f"the file cannot be read ({problem.strerror})") from None


def _parse(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise Unreadable("the file is empty")
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable("the file is not a notebook (it is not text)") from None
    except json.JSONDecodeError as problem:
        kind = "is cut off or damaged" if data.lstrip()[:1] == b"{" else "is not a notebook"
        raise Unreadable(f"the file {kind} (line {problem.lineno} is not JSON)") from None
    except (ValueError, RecursionError):
        raise Unreadable("the file is damaged (it is not proper JSON)") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", notebook.get("worksheets")), list):
        raise Unreadable("the file is not a notebook (it holds no cells)")
    return notebook


def _raw_cells(notebook: dict[str, Any]) -> list[Any]:
    if "cells" in notebook:
        return notebook["cells"]
    sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]  # formats 2 and 3
    return [cell for cells in sheets if isinstance(cells, list) for cell in cells]


def _cell(raw: Any) -> Cell | None:
    if not isinstance(raw, dict) or raw.get("cell_type") != "code":
        return None
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    source = source.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    metadata = raw["metadata"] if isinstance(raw.get("metadata"), dict) else {}
    # Colab keeps ids in the metadata.
    ids = [value for value in (raw.get("id"), metadata.get("id")) if isinstance(value, str)]
    return Cell(source, _marked(ids, metadata, "exercise", "answer-"), _marked(ids, metadata, "check", "check-"))


def _marked(ids: list[str], metadata: dict[str, Any], key: str, prefix: str) -> str:
    for value in ids:
        if value.startswith(prefix):
            return value.removeprefix(prefix)
    return metadata[key] if isinstance(metadata.get(key), str) else ""


_OPENS = re.compile(r"""\blesson\(\s*["'](\w+)["']""")


def _lesson(notebook: dict[str, Any], cells: list[Cell], path: Path) -> str:
    """The lesson's name: as the notebook says, else as its code opens it, else as the file is called."""
    metadata = notebook.get("metadata")
    said = metadata.get("course") if isinstance(metadata, dict) else None
    name = said.get("lesson") if isinstance(said, dict) else None
    if not isinstance(name, str):
        name = next((match[1] for cell in cells if (match := _OPENS.search(cell.source))), None)
    if name is None:
        stem = re.sub(r"\W+", "_", path.stem).lower()
        name = next((entry.name for entry in catalog.LESSONS if entry.name in stem), None)
    if name is None:
        raise Unreadable("it is the notebook of no lesson of this course")
    entry = next((entry for entry in catalog.LESSONS if entry.name == name), None)
    if entry is None:
        raise Unreadable(f"this course has no lesson {name[:60]!r}")
    if not entry.exercises:
        raise Unreadable(f"lesson {name} has no exercises yet")
    return name
