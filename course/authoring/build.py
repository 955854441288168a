"""Builds what comes from lessons/: notebooks, executed solutions, recorded results, glossary, instructor's guide. Says what is stale."""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course import catalog
from course.authoring import answers, guide, render, settings
from course.authoring.source import LessonError, Source, read

MAX_BYTES = 300_000


@dataclass(frozen=True)
class Tree:
    """Where things are: the repository's folders below `root`."""

    root: Path

    def lesson(self, name: str) -> Path:
        return self.root / "lessons" / f"{name}.py"

    def notebook(self, name: str) -> Path:
        return self.root / "notebooks" / f"{name}.ipynb"

    def solution(self, name: str) -> Path:
        return self.root / "solutions" / f"{name}.ipynb"

    def record(self, name: str) -> Path:
        return self.root / "course" / "records" / f"{name}.json"

    @property
    def readme(self) -> Path:
        return self.root / "README.md"

    @property
    def glossary(self) -> Path:
        return self.root / "docs" / "glossary.md"

    @property
    def notes(self) -> Path:
        """What is written by hand for the instructor's guide."""
        return self.root / "lessons" / "guide"

    def guide(self, name: str) -> Path:
        return self.root / "docs" / "guide" / f"{name}.md"

    def lessons(self, wanted: list[str] | None = None) -> list[Path]:
        """The sources of the lessons wanted (names or numbers), or of all there are."""
        if wanted:
            return [self.lesson(catalog.lesson(name).name) for name in wanted]
        return sorted((self.root / "lessons").glob("[0-9][0-9]_*.py"))


def build(root: Path = settings.ROOT, wanted: list[str] | None = None) -> None:
    """Builds the lessons wanted, or all. Prints a line for each product.

    Raises LessonError, naming file and line, for a lesson that cannot be built; what was built before it stays.
    """
    tree, where = Tree(root), settings.load(root)
    for path in tree.lessons(wanted):
        source = read(path)
        _write(tree.notebook(source.name), render.text(render.notebook(source, render.LEARNER, where)))
        _write(tree.record(source.name), answers.record(source))
        answers_loaded_afresh()
        made = execute(source, render.notebook(source, render.INSTRUCTOR, where))
        _write(tree.solution(source.name), render.text(made))
        print(f"built {source.name}: notebook, record, solution", flush=True)
    _write(tree.glossary, glossary([read(path) for path in tree.lessons()]))
    if tree.readme.exists():
        _write(tree.readme, with_map(_read(tree.readme)))
    build_guide(root)


def build_guide(root: Path = settings.ROOT) -> int:
    """Builds the pages of the instructor's guide, running nothing. Returns how many there are; 0 where no notes are written."""
    tree = Tree(root)
    made = guide.pages([read(path) for path in tree.lessons()], tree.notes) if tree.notes.exists() else {}
    for name, text in made.items():
        _write(tree.guide(name), text)
    return len(made)


def answers_loaded_afresh() -> None:
    """Forgets records read before they were written anew."""
    from course.checking import records

    records.load.cache_clear()


def stale(root: Path = settings.ROOT) -> list[str]:
    """What is out of date, one line each, without running any lesson."""
    tree, where = Tree(root), settings.load(root)
    problems = []
    sources = [read(path) for path in tree.lessons()]
    for source in sources:
        name = source.name
        if _read(tree.notebook(name)) != render.text(render.notebook(source, render.LEARNER, where)):
            problems.append(f"notebooks/{name}.ipynb is not what lessons/{name}.py makes")
        problems += _stale_solution(tree, source, where)
        if json.loads(_read(tree.record(name)) or "{}").get("made_from") != answers.fingerprint(source):
            problems.append(f"course/records/{name}.json is older than the answers or probes of {name}")
    names = {source.name for source in sources}
    for folder in ("notebooks", "solutions"):
        problems += [
            f"{folder}/{path.name} has no lesson"
            for path in sorted((root / folder).glob("*.ipynb"))
            if path.stem not in names
        ]
    problems += [
        f"lesson {entry.name} has exercises in the catalog and no source"
        for entry in catalog.LESSONS
        if entry.exercises and entry.name not in names
    ]
    if _read(tree.readme) != with_map(_read(tree.readme)):
        problems.append("README.md does not show the map of course/catalog.py")
    if _read(tree.glossary) != glossary(sources):
        problems.append("docs/glossary.md is not what the lessons' words make")
    return problems + _stale_guide(tree, sources)


def _stale_guide(tree: Tree, sources: list[Source]) -> list[str]:
    try:
        made = guide.pages(sources, tree.notes) if tree.notes.exists() else {}
    except LessonError as problem:
        return [str(problem)]
    there = {path.stem for path in tree.guide("x").parent.glob("[0-9][0-9]_*.md")}
    return [
        *(
            f"docs/guide/{name}.md is not what lessons/{name}.py and lessons/guide/{name}.md make"
            for name, text in made.items()
            if _read(tree.guide(name)) != text
        ),
        *(f"docs/guide/{name}.md has no lesson" for name in sorted(there - made.keys())),
    ]


def _stale_solution(tree: Tree, source: Source, where: settings.Settings) -> list[str]:
    name = f"solutions/{source.name}.ipynb"
    text = _read(tree.solution(source.name))
    if not text:
        return [f"{name} is missing"]
    made, wanted = nbformat.reads(text, as_version=4), render.notebook(source, render.INSTRUCTOR, where)
    if [(c.id, c.source) for c in made.cells] != [(c.id, c.source) for c in wanted.cells]:
        return [f"{name} is not what lessons/{source.name}.py makes"]
    if any(c.cell_type == "code" and c.execution_count is None for c in made.cells):
        return [f"{name} has cells that were not run"]
    return []


def execute(source: Source, made: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Runs a notebook in a fresh kernel and a folder of its own, and returns it with its outputs.

    Raises LessonError when a cell raises, writes to stderr, takes over 120 s, or the result is too large to open comfortably.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COURSE_PROGRESS": str(Path(folder) / "progress.jsonl"), "PYTHONHASHSEED": "0"}
        client = NotebookClient(
            made,
            timeout=120,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": folder}},
            extra_arguments=["--IPKernelApp.log_level=40"],  # without the warning that a local kernel speaks plain TCP
        )
        try:
            client.execute(env=environment)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as problem:
            raise LessonError(f"{source.path}: a cell of the solution fails.\n{problem}") from None
    for cell in made.cells:
        for out in cell.get("outputs", []):
            if out.get("name") == "stderr":
                raise LessonError(
                    f"{source.path}: a cell writes to stderr, which would stand in the solution:\n{cell.source}\n{out.text[:500]}"
                )
        cell.metadata.pop("execution", None)
    made.metadata["language_info"] = {"name": "python"}
    if len(render.text(made).encode()) > MAX_BYTES:
        raise LessonError(
            f"{source.path}: the solution is {len(render.text(made).encode()) // 1000} kB with its outputs; {MAX_BYTES // 1000} kB at most."
        )
    return made


_WORD = re.compile(r"^- \*\*(.+?)\*\*\s*[:.-]\s*(.+)$")


def words(source: Source) -> dict[str, str]:
    """The terms of a lesson's `words` cell: lines `- **term**: definition`.

    Raises LessonError for a line of another form.
    """
    found = {}
    for cell in source.cells:
        if "words" not in cell.tags:
            continue
        for offset, line in enumerate(cell.source.splitlines(), 1):
            if not line.startswith("- "):
                continue
            match = _WORD.match(line)
            if not match:
                raise LessonError(
                    f"{source.path}:{cell.line + offset}: a word needs the form `- **term**: definition`."
                )
            found[match[1]] = match[2]
    return found


def glossary(sources: list[Source]) -> str:
    """The text of docs/glossary.md: every term where it is first defined."""
    terms: dict[str, tuple[str, str]] = {}
    for source in sources:
        for term, meaning in words(source).items():
            terms.setdefault(term, (meaning, source.name))
    lines = ["# Glossary", "", "Made by `course build` from the words at the end of each lesson; edit them there.", ""]
    for term in sorted(terms, key=str.casefold):
        meaning, name = terms[term]
        lines.append(f"- **{term}**: {meaning.rstrip('.')}. *({catalog.lesson(name).number})*")
    return "\n".join(lines) + "\n"


_MAP = re.compile(r"(<!-- map:.*?-->\n).*?(<!-- end of map -->)", re.DOTALL)


def with_map(text: str) -> str:
    """README's text with the map of the course, from the catalog, between its two marks."""
    rows = ["| | lesson | what it is about | minutes | points |", "|---|---|---|---|---|"]
    for part, title in catalog.PARTS.items():
        rows.append(f"| | **Part {part}. {title}** | | | |")
        for entry in catalog.LESSONS:
            if entry.part == part:
                link = f"[{entry.title}](notebooks/{entry.name}.ipynb)" if entry.exercises else entry.title
                minutes, points = (entry.minutes, entry.points) if entry.exercises else ("", "")
                rows.append(f"| {entry.number} | {link} | {entry.summary} | {minutes} | {points} |")
    return _MAP.sub(lambda found: found[1] + "\n".join(rows) + "\n" + found[2], text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _write(path: Path, text: str) -> None:
    """Writes to a temporary name beside the file, then moves it: a build that dies leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + f".{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)
