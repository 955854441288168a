"""A checksum for each exercise of all that its marks hang on, so that mending one exercise does not grade the others again."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import course.exercises
from course.authoring.source import Source


def of(source: Source, module: str | None = None) -> dict[str, str]:
    """The checksums of a lesson's exercises by name: cells that answers need, the answer, points, and its part of the lesson's module.

    Comments, hints and how the code is set do not count. module: the text of course/exercises/lesson_NN_slug.py, read when None.
    """
    if module is None:
        path = Path(course.exercises.__path__[0]) / f"lesson_{source.name}.py"
        module = path.read_text(encoding="utf-8") if path.exists() else ""
    shared = [_code(cell.source) for cell in source.cells if cell.kind == "code" and cell.is_needed]
    parts = _parts(module, [entry.name for entry in source.entry.exercises])
    made = {}
    for entry in source.entry.exercises:
        pieces = [*shared, _code(source.answer(entry.name).source), str(entry.points), *parts[entry.name]]
        made[entry.name] = hashlib.sha256("\0".join(pieces).encode()).hexdigest()[:16]
    return made


def _parts(module: str, names: list[str]) -> dict[str, list[str]]:
    """For each exercise the statements of the module that are about it, those that these use, and those that are about none."""
    body = ast.parse(module).body
    about = [_about(node, names) for node in body]
    defines = [_defines(node) if not name else set() for node, name in zip(body, about, strict=True)]
    uses = [{leaf.id for leaf in ast.walk(node) if isinstance(leaf, ast.Name)} for node in body]
    made = {}
    for name in names:
        taken = {i for i in range(len(body)) if about[i] == name or (not about[i] and not defines[i])}
        wanted = set().union(*(uses[i] for i in taken))
        while more := {i for i in range(len(body)) if i not in taken and not about[i] and defines[i] & wanted}:
            taken |= more
            wanted |= set().union(*(uses[i] for i in more))
        made[name] = [_text(body[i]) for i in sorted(taken)]
    return made


def _about(node: ast.stmt, names: list[str]) -> str:
    """The exercise that a statement makes, adds a probe or a wrong way to; "" for none."""
    roots: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        roots = list(node.targets)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        roots = list(node.decorator_list)
    elif isinstance(node, ast.Expr):
        roots = [node.value]
    for root in roots:
        while isinstance(root, (ast.Call, ast.Attribute)):
            root = root.func if isinstance(root, ast.Call) else root.value
        if isinstance(root, ast.Name) and root.id in names:
            return root.id
    return ""


def _defines(node: ast.stmt) -> set[str]:
    """The names that a statement defines and does nothing besides; empty when it may do more, and so is everybody's."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        leaves = [leaf for target in targets for leaf in ast.walk(target)]
        if all(isinstance(leaf, (ast.Name, ast.Tuple, ast.List, ast.Store)) for leaf in leaves):
            return {leaf.id for leaf in leaves if isinstance(leaf, ast.Name)}
    return set()


def _text(node: ast.stmt) -> str:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Exercise":
            call.keywords = [keyword for keyword in call.keywords if keyword.arg != "hints"]
    return ast.unparse(node)


def _code(text: str) -> str:
    try:
        return ast.unparse(ast.parse(text))
    except SyntaxError:
        return text
