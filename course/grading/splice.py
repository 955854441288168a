"""Puts the answers of a submission into the lesson as published. Of its other cells only what an answer uses comes along: imports,
functions, classes and constants that it mentions, and how other values that it uses are made. Its checks, tags and outputs never do."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass

from course.authoring.source import Source, stub
from course.grading.submission import Cell, Submission

_LONG = 10_000  # characters; what is given out is much shorter
MOST = 500  # statements that come along with the answers; an honest notebook has some dozens


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
    """A top-level statement that may come along: the cell it stands in, the names it gives a value or alters, its text.

    is_definition: whether it only defines; else it works something out, which may take long, and comes along for real use alone.
    """

    cell: int
    names: set[str]
    text: str
    is_definition: bool = True


def splice(source: Source, submission: Submission) -> Spliced:
    """The lesson with the submission's answers in place of its own."""
    cells = submission.cells
    defines = [bound(cell.source) for cell in cells]
    stubs = {entry.name: _shape(stub(source.answer(entry.name).source)) for entry in source.entry.exercises}
    places = {name: _answer(name, cells, defines, given) for name, given in stubs.items()}
    helpers = _Helpers(source, cells, places)
    parts: list[Part] = []
    for cell in source.cells:
        if cell.kind == "code" and cell.is_needed:
            parts.append(Part("needed", cell.source))
        place = places.get(cell.exercise) if cell.exercise else None
        if place is not None:
            name, answer = cell.exercise, cells[place].source
            before, after = helpers.bring(answer, place, _checked_at(cell.exercise, place, cells, places))
            parts.extend(Part("helper", each.text, name) for each in before)
            parts.append(Part("answer", without_marks(answer), name))
            parts.extend(Part("helper", each.text, name) for each in after)
    found = {name: place for name, place in places.items() if place is not None}
    untouched = frozenset(name for name, place in found.items() if _shape(cells[place].source) == stubs[name])
    return Spliced(parts, frozenset(stubs) - frozenset(found), untouched)


def _answer(name: str, cells: list[Cell], defines: list[set[str]], given: str) -> int | None:
    """Which cell answers the exercise: the marked one, and of several the last that defines it.

    A marked cell that is still as it was given out, or that has lost the definition (it was split), gives way to a cell that has it.
    """
    marked = [i for i, cell in enumerate(cells) if cell.exercise == name]
    defining = [i for i, cell in enumerate(cells) if name in defines[i] and not cell.check]
    touched = [i for i in defining if _shape(cells[i].source) != given]
    ranks = ([i for i in touched if i in marked], touched, [i for i in defining if i in marked], defining, marked)
    return next((rank[-1] for rank in ranks if rank), None)


def _checked_at(name: str, place: int, cells: list[Cell], places: dict[str, int | None]) -> int:
    """The cell where the answer was first checked: what was defined up to there, it could use."""
    for i in range(place, len(cells)):
        if cells[i].check == name or f".{name}.check(" in cells[i].source:
            return i
    return min((i for i in places.values() if i is not None and i > place), default=len(cells)) - 1


class _Helpers:
    """The statements beside the answers, each of which comes along once: with the first answer that has use for it.

    What the lesson's own needed cells define is there already, and an exercise is answered by its answer alone.
    """

    def __init__(self, source: Source, cells: list[Cell], places: dict[str, int | None]) -> None:
        answers = set(places.values())
        beside = [(i, cell.source) for i, cell in enumerate(cells) if i not in answers and not cell.check]
        self._found = [each for i, code in beside for each in statements(code, i)]
        given = (bound(cell.source) for cell in source.cells if cell.kind == "code" and cell.is_needed)
        self._given = set(places).union(*given) - {"*"}
        modules = set().union(*(each.names for each in self._found if each.text.startswith(("import ", "from "))))
        self._brought: set[int] = set()
        self._definitions: dict[str, list[int]] = {}
        self._work: dict[str, list[int]] = {}
        for i, each in enumerate(self._found):
            names = self._definitions if each.is_definition else self._work
            for name in each.names - self._given - (set() if each.is_definition else modules):
                names.setdefault(name, []).append(i)

    def bring(self, answer: str, place: int, checked: int) -> tuple[list[Statement], list[Statement]]:
        """What the answer has use for and is not there yet: what comes before the answer in cell `place`, and what comes after it.

        That is what stands up to where it was first checked. What it needs and stands only further down comes along too: cells can be
        run in any order.
        """
        wanted = [i for i in self._wanted(answer) if i not in self._brought]
        in_time = [i for i in wanted if self._found[i].cell <= checked]
        have = {"*", *dir(builtins), *self._given}.union(*(self._found[i].names for i in (*self._brought, *in_time)))
        late = [i for i in wanted if self._found[i].cell > checked and not self._found[i].names & have]
        self._brought.update(in_time, late)
        before = [i for i in in_time if self._found[i].cell <= place]
        after = [i for i in in_time if self._found[i].cell > place]
        return [self._found[i] for i in before + late], [self._found[i] for i in after]

    def _wanted(self, answer: str) -> list[int]:
        """What the answer mentions, what that mentions, and so on; where work is to be done, what is really used."""
        taken: set[int] = set()
        texts, mentioned, used = [answer], {"*"}, set()
        met: set[str] = set()
        while texts and len(taken) < MOST:
            mentioned.update(*map(_words, texts))
            used.update(*map(_used, texts))
            more = {i for name in mentioned - met for i in self._definitions.get(name, ())}
            more |= {i for name in used for i in self._work.get(name, ())}
            met |= mentioned
            texts = [self._found[i].text for i in more - taken]
            taken |= more
        return sorted(taken)[:MOST]


def _used(code: str) -> set[str]:
    """The names that a code takes from around it: no parameters, no variables of its functions. None of one that does not parse."""
    parsed = parse(code)
    try:
        tables = [symtable.symtable(parsed[1], "", "exec")] if parsed else []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        is_top = table.get_type() == "module"
        names |= {
            each.get_name() for each in table.get_symbols() if each.is_referenced() and (is_top or each.is_global())
        }
    return names


def _words(code: str) -> set[str]:
    """Every word of the code, those in its texts too: `globals()["helper"]` mentions `helper`."""
    return set(re.findall(r"[^\W\d]\w*", code))


def _shape(code: str) -> str:
    """The code without what does not matter: comments, blank lines, spaces."""
    parsed = parse(code) if len(code) < _LONG else None
    try:
        return ast.dump(parsed[0]) if parsed else code.strip()
    except RecursionError:
        return code.strip()


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
    """The statements of a cell that define, work out or alter something. None of a cell that does not parse."""
    tree, text = parse(code) or (ast.Module([], []), "")
    lines = [line.encode() for line in text.split("\n")]
    for node in tree.body:
        is_definition = _is_definition(node)
        names = _bound(ast.Module([node], [])) | (set() if is_definition else _altered(node))
        if names:
            yield Statement(cell, names, _text(node, lines), is_definition)


def _altered(statement: ast.stmt) -> set[str]:
    """The names of what a statement puts something into: `x.append(1)`, `x[0] = 1`, `x.y = 1`."""
    names: set[str] = set()
    for node in ast.walk(statement):
        inside = (
            node.func
            if isinstance(node, ast.Call)
            else node
            if isinstance(getattr(node, "ctx", None), ast.Store)
            else None
        )
        while isinstance(inside, (ast.Attribute, ast.Subscript)):
            inside = inside.value
            if isinstance(inside, ast.Name):
                names.add(inside.id)
    return names


def _is_definition(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return True
    if isinstance(node, ast.Assign):
        return all(_is_name(target) for target in node.targets) and _is_constant(node.value)
    if isinstance(node, ast.AnnAssign):
        return _is_name(node.target) and node.value is not None and _is_constant(node.value)
    if isinstance(node, ast.If):
        inside = [*node.body, *node.orelse]
    elif isinstance(node, ast.Try):  # the usual `try: import a`, `except ImportError: import b`
        inside = [*node.body, *node.orelse, *node.finalbody, *(each for one in node.handlers for each in one.body)]
    else:
        return False
    return all(isinstance(each, ast.Pass) or _is_definition(each) for each in inside)


def _is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) or (
        isinstance(target, (ast.Tuple, ast.List)) and all(_is_name(one) for one in target.elts)
    )


_WORK = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _is_constant(value: ast.expr) -> bool:
    """Whether the value is written down and not worked out: numbers, texts, containers, other names, a lambda; no calls."""
    return isinstance(value, ast.Lambda) or not any(isinstance(node, _WORK) for node in ast.walk(value))


def _text(node: ast.stmt, lines: list[bytes]) -> str:
    """The statement's own text. Like ast.get_source_segment, but with decorators, and without splitting the cell each time."""
    decorators = getattr(node, "decorator_list", [])
    if decorators:
        return b"\n".join(lines[decorators[0].lineno - 1 : node.end_lineno]).decode()
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    if first == last:
        return lines[first][node.col_offset : node.end_col_offset].decode()
    return b"\n".join(
        [lines[first][node.col_offset :], *lines[first + 1 : last], lines[last][: node.end_col_offset]]
    ).decode()
