"""Puts the answers of a submission into the lesson as published. Of its other cells only imports, functions, classes and constants
come along, and of these only what an answer mentions; its checks, tags and stored outputs never do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from course.authoring.source import Source, stub
from course.grading.submission import Cell, Submission

MOST = 2000  # statements looked at beside the answers; an honest notebook holds some dozens


@dataclass(frozen=True)
class Part:
    """One cell of the spliced notebook. kind: "needed", "helper" or "answer"; exercise: whose answer it is, or whose helper."""

    kind: str
    source: str
    exercise: str = ""


@dataclass(frozen=True)
class Spliced:
    """The parts in order; the exercises without an answer cell, and those whose cell is still as it was given out."""

    parts: list[Part]
    missing: frozenset[str]
    untouched: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """A top-level statement that may come along: the cell it stands in, the names it gives a value, its text."""

    cell: int
    names: set[str]
    text: str


def splice(source: Source, submission: Submission) -> Spliced:
    """The lesson with the submission's answers in place of its own."""
    cells = submission.cells
    defines = [bound(cell.source) for cell in cells]
    stubs = {entry.name: _tidy(stub(source.answer(entry.name).source)) for entry in source.entry.exercises}
    places = {name: _answer(name, cells, defines, given) for name, given in stubs.items()}
    helpers = _helpers(source, cells, places)
    parts: list[Part] = []
    done = -1  # the last cell whose helpers are in

    def bring_helpers(upto: int, exercise: str) -> None:
        nonlocal done
        parts.extend(Part("helper", each.text, exercise) for each in helpers if done < each.cell <= upto)
        done = max(done, upto)

    for cell in source.cells:
        if cell.kind == "code" and cell.is_needed:
            parts.append(Part("needed", cell.source))
        place = places.get(cell.exercise) if cell.exercise else None
        if place is not None:
            bring_helpers(place, cell.exercise)
            parts.append(Part("answer", without_marks(cells[place].source), cell.exercise))
            bring_helpers(_checked_at(cell.exercise, place, cells, places), cell.exercise)
    found = {name: place for name, place in places.items() if place is not None}
    untouched = frozenset(name for name, place in found.items() if _tidy(cells[place].source) == stubs[name])
    return Spliced(parts, frozenset(stubs) - frozenset(found), untouched)


def _answer(name: str, cells: list[Cell], defines: list[set[str]], given: str) -> int | None:
    """Which cell answers the exercise: the marked one, and of several the last that defines it.

    A marked cell that is still as it was given out, or that has lost the definition (it was split), gives way to a cell that has it.
    """
    marked = [i for i, cell in enumerate(cells) if cell.exercise == name]
    defining = [i for i, cell in enumerate(cells) if name in defines[i] and not cell.check]
    touched = [i for i in defining if _tidy(cells[i].source) != given]
    ranks = ([i for i in touched if i in marked], touched, [i for i in defining if i in marked], defining, marked)
    return next((rank[-1] for rank in ranks if rank), None)


def _checked_at(name: str, place: int, cells: list[Cell], places: dict[str, int | None]) -> int:
    """The cell where the answer was first checked: what was defined up to there, it could use."""
    for i in range(place, len(cells)):
        if cells[i].check == name or f".{name}.check(" in cells[i].source:
            return i
    return min((i for i in places.values() if i is not None and i > place), default=len(cells)) - 1


def _helpers(source: Source, cells: list[Cell], places: dict[str, int | None]) -> list[Statement]:
    """The statements that come along: what the answers mention, what those mention, and so on.

    What the lesson's own needed cells define is there already, and an exercise is answered by its answer alone.
    """
    answers = set(places.values())
    others = (i for i, cell in enumerate(cells) if i not in answers and not cell.check)
    found = [statement for i in others for statement in statements(cells[i].source, i)][:MOST]
    given = set(places).union(*(bound(cell.source) for cell in source.cells if cell.kind == "code" and cell.is_needed))
    given.discard("*")
    wanted = {"*"}.union(*(_words(cells[i].source) for i in answers if i is not None))
    taken: set[int] = set()
    while new := {i for i, each in enumerate(found) if i not in taken and (each.names - given) & wanted}:
        taken |= new
        wanted = wanted.union(*(_words(found[i].text) for i in new))
    return [found[i] for i in sorted(taken)]


def _words(code: str) -> set[str]:
    """Every word of the code, those in its texts too: `globals()["helper"]` mentions `helper`."""
    return set(re.findall(r"[^\W\d]\w*", code))


def _tidy(code: str) -> str:
    return "\n".join(line.rstrip() for line in code.strip().splitlines())


def without_marks(code: str) -> str:
    """The code with nbval's comment marks blanked, line for line."""

    def is_mark(line: str) -> bool:
        comment = line.strip()
        return comment.startswith("#") and bool(
            re.fullmatch(r"(NBVAL|PYTEST_VALIDATE)_[A-Z_]+", comment.lstrip("#").strip())
        )

    return "".join("#\n" if is_mark(line) else line for line in code.splitlines(keepends=True))


def parse(code: str) -> tuple[ast.Module, str] | None:
    """The syntax tree of a cell and the text it is of: where IPython's own lines stand in the way, without them.

    None when it does not parse.
    """
    for text in (code, _without_magics(code)):
        try:
            return ast.parse(text), text
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # all of them happen to hostile texts
            continue
    return None


def _without_magics(code: str) -> str:
    lines = code.split("\n")
    if re.match(r"\s*%%(time|capture)\b", lines[0]):  # the magics whose cell is plain Python
        lines[0] = ""

    def is_magic(line: str) -> bool:
        bare = line.strip()
        return bare.startswith(("%", "!", "?")) or bare.endswith("?") or bool(re.match(r"[\w, ]+=\s*[%!]", bare))

    return "\n".join(line[: len(line) - len(line.lstrip())] + "pass" if is_magic(line) else line for line in lines)


def bound(code: str) -> set[str]:
    """The names a cell gives a value at its top level; of a cell that does not parse, those it seems to define."""
    parsed = parse(code)
    if parsed:
        return _bound(parsed[0])
    pairs = re.findall(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)", code, re.MULTILINE)
    return {name for pair in pairs for name in pair if name}


def _bound(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                names.add("*")  # wanted, as a star import is, whatever the names
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, ast.Lambda):
            nodes += ast.iter_child_nodes(node)
    return names


def statements(code: str, cell: int = 0) -> Iterator[Statement]:
    """The imports, functions, classes and constants of a cell. None of a cell that does not parse."""
    tree, text = parse(code) or (ast.Module([], []), "")
    lines = text.split("\n")
    for node in tree.body:
        if _is_definition(node):
            yield Statement(cell, _bound(ast.Module([node], [])), _text(node, lines))


def _is_definition(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return True
    if isinstance(node, ast.Assign):
        return all(_is_name(target) for target in node.targets) and _is_constant(node.value)
    if isinstance(node, ast.AnnAssign):
        return _is_name(node.target) and node.value is not None and _is_constant(node.value)
    if isinstance(node, ast.Try):  # the usual `try: import a`, `except ImportError: import b`
        inside = [*node.body, *node.orelse, *node.finalbody, *(each for one in node.handlers for each in one.body)]
        return all(isinstance(each, (ast.Import, ast.ImportFrom, ast.Pass)) for each in inside)
    return False


def _is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) or (
        isinstance(target, (ast.Tuple, ast.List)) and all(_is_name(one) for one in target.elts)
    )


_WORK = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _is_constant(value: ast.expr) -> bool:
    """Whether the value is written down and not worked out: numbers, texts, containers, other names, a lambda; no calls."""
    return isinstance(value, ast.Lambda) or not any(isinstance(node, _WORK) for node in ast.walk(value))


def _text(node: ast.stmt, lines: list[str]) -> str:
    """The statement's own text. Like ast.get_source_segment, but with decorators, and without splitting the cell each time."""
    decorators = getattr(node, "decorator_list", [])
    if decorators:
        return "\n".join(lines[decorators[0].lineno - 1 : node.end_lineno])
    inside = lines[node.lineno - 1 : node.end_lineno]
    inside[-1] = inside[-1].encode()[: node.end_col_offset].decode()
    inside[0] = inside[0].encode()[node.col_offset :].decode()
    return "\n".join(inside)
