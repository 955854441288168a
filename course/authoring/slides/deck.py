"""From a lesson's cells to slides, by the marks in the lesson; refuses what does not fit on one, naming file and line."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import textwrap
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

import nbformat

from course import catalog
from course.authoring import quiz
from course.authoring.source import Cell, LessonError, Source, answered, stub

LINES, COLUMNS = 12, 80  # of code
OUTPUT_LINES = 14
FEWEST, MOST = 15, 25  # slides in a deck
ASK = "Ask the room:"
PARTS = {"code", "output", "figure", "live", "quiz", "text", "answer"}


@dataclass
class Part:
    """One thing on a slide. kind: text, code, exercise, figure, output, live, quiz.

    text: markdown, code, or what was printed. answer: what the instructor's deck shows last. png, alt: of a figure.
    """

    kind: str
    text: str = ""
    answer: str = ""
    png: str = ""
    alt: str = ""
    fragment: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a figure, from the PNG's header."""
        return struct.unpack(">II", b64decode(self.png[:64])[16:24])


@dataclass
class Slide:
    """One slide. chip: the few words above the title that say what kind of slide it is. line: of its first cell in the lesson."""

    title: str
    line: int
    kind: str = "plain"
    chip: str = ""
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def figures(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "figure"]

    @property
    def layout(self) -> str:
        """How the parts stand: `side`, words beside a figure; `stack`, one below the other."""
        words = [part for part in self.parts if part.kind not in ("figure",)]
        if len(self.figures) == 1 and words and all(part.kind == "text" for part in words):
            width, height = self.figures[0].size
            return "side" if width < 2 * height else "stack"
        return "stack"


def slides(source: Source, solution: nbformat.NotebookNode | None) -> list[Slide]:
    """The slides of a lesson. solution: the executed notebook, where figures and printed output come from.

    Raises LessonError for a mark it does not know, a slide without a title, a cell without the output that a slide wants,
    and code or output that is too long for a slide.
    """
    outputs = _outputs(source, solution)
    made: list[Slide] = []
    section = source.entry.title
    for cell in source.cells:
        heading = re.match(r"#{1,2} (.+)", cell.source) if cell.kind == "markdown" else None
        if heading and "slide-only" not in cell.tags and not cell.is_notes:
            section = heading[1]
        role = cell.metadata.get("slideshow", {}).get("slide_type")
        if role == "slide":
            made.append(_start(source, cell, first=not made))
            continue
        if role not in (None, "notes", "fragment"):
            raise LessonError(f'{source.path}:{cell.line}: slides know "slide", "fragment" and "notes", not {role!r}.')
        marks = _marks(source, cell)
        if not cell.is_notes and not marks:
            continue
        if not made:
            raise LessonError(f"{source.path}:{cell.line}: this stands before the first slide.")
        if cell.is_notes:
            made[-1].notes.append(cell.source)
        else:
            _add(source, made[-1], cell, marks, outputs, section)
    for slide in made:
        _check(source, slide)
    return made


def titles(source: Source) -> list[str]:
    """The titles of a lesson's slides in order, for whoever needs no more: nothing has to have been run."""
    starts = [cell for cell in source.cells if cell.metadata.get("slideshow", {}).get("slide_type") == "slide"]
    return [_start(source, cell, first=not nth).title for nth, cell in enumerate(starts)]


def _marks(source: Source, cell: Cell) -> list[str]:
    marks = cell.metadata.get("slide", "").split()
    if unknown := set(marks) - PARTS:
        raise LessonError(f'{source.path}:{cell.line}: slide="{" ".join(sorted(unknown))}"; there are {sorted(PARTS)}.')
    if cell.metadata.get("slideshow", {}).get("slide_type") == "fragment" and not marks:
        return ["text"] if cell.kind == "markdown" else ["code"]
    return marks


def _start(source: Source, cell: Cell, first: bool) -> Slide:
    """A slide from its first cell: the heading is the title, unless `slide_title` gives it another."""
    match = re.match(r"#{1,3} +(.+?)\n*(?:\n(.*))?\Z", cell.source, re.DOTALL)
    if cell.kind != "markdown" or not match:
        raise LessonError(
            f"{source.path}:{cell.line}: a slide starts with a markdown cell whose first line is `## Title`."
        )
    title = re.sub(r"^\d+\. ", "", cell.metadata.get("slide_title", match[1])).strip()
    slide = Slide(title, cell.line)
    if first:
        slide.kind = "title"
        slide.chip = f"Lesson {source.entry.number}"
    elif title.startswith(ASK):
        slide.kind, slide.chip, slide.title = "ask", ASK[:-1], _capital(title.removeprefix(ASK))
    elif found := re.match(r"(Live coding|Quiz|Stretch): *", title):
        slide.chip, slide.title = found[1], _capital(title[found.end() :])
        slide.kind = {"Live coding": "live", "Quiz": "quiz", "Stretch": "exercise"}[found[1]]
    if body := (match[2] or "").strip():
        slide.parts.append(Part("text", body))
    return slide


def _add(
    source: Source, slide: Slide, cell: Cell, marks: list[str], outputs: dict[int, list[Any]], section: str
) -> None:
    fragment = cell.metadata.get("slideshow", {}).get("slide_type") == "fragment"
    for mark in marks:
        if mark == "text":
            slide.parts.append(Part("text", re.sub(r"^#+ .*\n+", "", cell.source), fragment=fragment))
        elif mark == "answer":
            slide.parts.append(Part("text", answer=cell.source))
        elif mark == "quiz":
            slide.kind, slide.chip = "quiz", "Quiz"
            slide.parts.append(_quiz(cell))
        elif mark == "live":
            slide.kind, slide.chip = "live", "Live coding"
            slide.parts.append(Part("live", f"{section}\n{_shortened(_first_line(cell))}"))
        elif mark == "code" and cell.exercise:
            _exercise(source, slide, cell)
        elif mark == "code":
            waits = fragment and len(marks) == 1  # beside output the code stands there, and the output is the step
            slide.parts.append(Part("code", fitted(cell.source), fragment=waits))
        else:
            found = [one for one in _shown(outputs.get(cell.line, [])) if mark in ("output", one["kind"])]
            if not found:
                raise LessonError(
                    f"{source.path}:{cell.line}: this cell's output belongs on a slide, and solutions/{source.name}.ipynb has none: "
                    f"run `course build {source.entry.number}`."
                )
            slide.parts += [Part(**part, fragment=fragment) for part in found]


def _exercise(source: Source, slide: Slide, cell: Cell) -> None:
    """The answer cell as learners get it; the answer follows as the last thing of the instructor's slide."""
    entries = source.entry.exercises
    number, entry = next((n, e) for n, e in enumerate(entries, 1) if e.name == cell.exercise)
    points = f"{entry.points} point{'s' if entry.points > 1 else ''}"
    slide.kind = "exercise"
    slide.chip = f"{'Stretch: exercise' if entry.stretch else 'Exercise'} {number} · {entry.minutes} minutes · {points}"
    answer = answered(cell.source)
    if lines := cell.metadata.get("slide_answer"):  # an answer that is too long: these lines of it
        first, last = map(int, lines.split("-"))
        answer = textwrap.dedent("\n".join(answer.splitlines()[first - 1 : last]))
    slide.parts.append(Part("exercise", fitted(stub(cell.source)), fitted(answer)))


def _quiz(cell: Cell) -> Part:
    question, choices = quiz.parse(cell.source)
    question = re.sub(r"^\*\*Quiz[^*]*\*\*\s*", "", question)
    letters = "ABCDEFG"
    lines = [f"- **{letters[i]}** {choice}" for i, (_, choice, _) in enumerate(choices)]
    answer = next(f"**{letters[i]}.** {why}" for i, (right, _, why) in enumerate(choices) if right)
    return Part("quiz", question + "\n\n" + "\n".join(lines), answer)


def fitted(code: str) -> str:
    """Code as it stands on a slide: lines that are too long are broken, a docstring's and a comment's too."""
    lines: list[str] = []
    for line in code.strip().splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        before, _, comment = line.rpartition("  # ")
        if len(line) > COLUMNS and re.fullmatch(r'\s+""".*"""', line):
            lines += textwrap.wrap(line.strip(), COLUMNS, initial_indent=indent, subsequent_indent=indent)
        elif len(line) > COLUMNS and before.strip():
            lines += textwrap.wrap(comment, COLUMNS, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")
            lines.append(before.rstrip())
        else:
            lines.append(line)
    code = "\n".join(lines)
    if any(len(line) > COLUMNS for line in lines):
        command = [sys.executable, "-m", "ruff", "format", "--quiet", "--line-length", str(COLUMNS), "-"]
        ran = subprocess.run(command, input=code, capture_output=True, encoding="utf-8")
        code = (ran.stdout if ran.returncode == 0 else code).strip()
    return code


def _first_line(cell: Cell) -> str:
    return next(line for line in cell.source.splitlines() if line.strip())


def _shortened(line: str, most: int = 72) -> str:
    return line if len(line) <= most else line[: most - 4].rstrip() + " ..."


def _capital(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]


def _outputs(source: Source, solution: nbformat.NotebookNode | None) -> dict[int, list[Any]]:
    """What each code cell put out, by the line of the cell in the lesson."""
    if solution is None:
        return {}
    ran: dict[str, list[list[Any]]] = {}
    for made in solution.cells:
        if made.cell_type == "code":
            ran.setdefault(made.source, []).append(made.outputs)
    return {
        cell.line: ran[text].pop(0)
        for cell in source.cells
        if cell.kind == "code" and ran.get(text := answered(cell.source) if cell.exercise else cell.source)
    }


def _shown(outputs: list[Any]) -> Any:
    """The figures and the printed text among a cell's outputs."""
    printed = ""
    for output in outputs:
        if output.output_type == "stream" and output.name == "stdout":
            printed += output.text
        elif "image/png" in output.get("data", {}):
            if printed.strip():
                yield {"kind": "output", "text": printed.rstrip()}
                printed = ""
            alt = output.metadata.get("image/png", {}).get("alt", "")
            yield {"kind": "figure", "png": output.data["image/png"].replace("\n", ""), "alt": alt}
        elif "text/plain" in output.get("data", {}):
            printed += output.data["text/plain"] + "\n"
    if printed.strip():
        yield {"kind": "output", "text": printed.rstrip()}


def _check(source: Source, slide: Slide) -> None:
    where = f"{source.path}:{slide.line}"
    for part in slide.parts:
        for code in _code(part):
            lines = code.splitlines()
            if len(lines) > LINES:
                raise LessonError(
                    f"{where}: {len(lines)} lines of code on the slide “{slide.title}”; {LINES} at most. The cell begins: {lines[0]}"
                )
            if wide := next((line for line in lines if len(line) > COLUMNS), None):
                raise LessonError(
                    f"{where}: a line of {len(wide)} characters on the slide “{slide.title}”; {COLUMNS} at most: {wide}"
                )
        if part.kind == "output":
            lines = part.text.splitlines()
            if len(lines) > OUTPUT_LINES or max(map(len, lines)) > COLUMNS:
                raise LessonError(
                    f"{where}: the output on the slide “{slide.title}” has {len(lines)} lines and {max(map(len, lines))} columns; "
                    f"{OUTPUT_LINES} and {COLUMNS} at most."
                )
        if part.kind == "figure" and not part.alt:
            raise LessonError(
                f"{where}: a figure without alt text on the slide “{slide.title}”; end it in `plots.show(...)`."
            )


def _code(part: Part) -> list[str]:
    if part.kind in ("code", "exercise"):
        return [text for text in (part.text, part.answer) if text]
    return [code.rstrip("\n") for code in re.findall(r"^```\w*\n(.*?)^```", part.text, re.DOTALL | re.MULTILINE)]


def problems(entry: catalog.Lesson, deck: list[Slide]) -> list[str]:
    """What the course's rules for a deck find wrong with one: its length, titles, notes, and the slides that every lesson has."""
    found = []
    if not FEWEST <= len(deck) <= MOST:
        found.append(f"{len(deck)} slides; {FEWEST} to {MOST} are wanted")
    for slide in deck[1:]:  # the first bears the lesson's name
        if len(slide.title.split()) < 4:
            found.append(f"line {slide.line}: the title “{slide.title}” is no sentence that states the point")
        if len(slide.title) > 90:
            found.append(f"line {slide.line}: the title “{slide.title}” has {len(slide.title)} characters; 90 at most")
    found += [
        f"line {slide.line}: two slides have the title “{slide.title}”"
        for i, slide in enumerate(deck)
        if slide.title in [other.title for other in deck[:i]]
    ]
    for slide in deck:
        if len(" ".join(slide.notes).split()) < 15:
            found.append(f"line {slide.line}: no notes, or next to none, on “{slide.title}”")
        if len(slide.figures) > 1:
            found.append(f"line {slide.line}: {len(slide.figures)} figures on “{slide.title}”; one picture to a slide")
    if (asked := sum(slide.kind == "ask" for slide in deck)) != 2:
        found.append(f'{asked} slides "Ask the room: ..."; two are wanted')
    if not any(part.kind == "live" for slide in deck for part in slide.parts):
        found.append('no slide points to the cell to code live (a code cell marked slide="live")')
    return [f"{entry.name}, {problem}" for problem in found]
