"""Errors in plain words: where in the learner's code, and what libraries mean by the messages that beginners meet most."""

from __future__ import annotations

import ast
import linecache
import re
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

_OURS = str(Path(__file__).resolve().parents[1])

_FUNCTION = r"function|method|builtin_function_or_method|numpy\.ufunc|(?:numpy\.)?_ArrayFunctionDispatcher"  # the types of functions

# What a library says, and what it means. Each sentence ends what stopped; none says what to write.
_MEANINGS = (
    (
        r"truth value of an array with more than one element is ambiguous",
        "An array of several numbers stands where one yes or no is asked for: after `if`, beside `and`, or in Python's own `max` or `min`.",
    ),
    (r"inhomogeneous shape", "An array needs rows of one length, and these rows have different lengths."),
    (
        r"unhashable type: '(list|set|dict|numpy\.ndarray)'",
        "A {0} can be changed, so it cannot be in a set or a key of a dict. A tuple can.",
    ),
    (
        r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('u?int\d+'\)",
        "Numbers with a fraction were to go into an array of whole numbers, which cannot hold them.",
    ),
    (
        r"(max|min)\(\) (?:arg|iterable argument) is (?:an )?empty",
        "`{0}` was called on nothing at all. The input may be empty.",
    ),
    (
        r"zero-size array to reduction operation (?:f?max|f?min|maximum|minimum)",
        "A largest or smallest was asked for of no numbers at all. The input may be empty.",
    ),
    (r"need at least one array to (?:concatenate|stack)", "There was nothing to put together. The input may be empty."),
    (
        rf"unsupported operand type\(s\) for (\S+): '[\w.]+' and '(?:{_FUNCTION})'",
        "A function stands on the right of `{0}`, where a number or an array is needed. Was it to be called?",
    ),
    (
        rf"unsupported operand type\(s\) for (\S+): '(?:{_FUNCTION})' and",
        "A function stands on the left of `{0}`, where a number or an array is needed. Was it to be called?",
    ),
    (
        rf"'(?:{_FUNCTION})' object is not subscriptable",
        "Square brackets stand after a function. Was it to be called?",
    ),
    (
        r"Cannot interpret '\d+' as a data type",
        "A number stands where NumPy expects a dtype: the sizes of a shape are one argument together, a tuple.",
    ),
    (
        r"matmul: Input operand [01] does not have enough dimensions",
        "`@` multiplies arrays, and a single number stands on one side of it.",
    ),
)


def meaning(error: BaseException) -> str:
    """What the error means, in one sentence; "" where its own words will do."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    product = _product(error, text)
    if product:
        return product
    for pattern in (
        r"could not be broadcast together with (?:remapped )?shapes (\([\d,]*\)) (\([\d,]*\))",
        r"Incompatible shapes: (\[[\d,]*\]) vs\. (\[[\d,]*\])",
        r"required broadcastable shapes",
    ):
        found = re.search(pattern, text)
        if found:
            both = f"Shapes {_shape(found[1])} and {_shape(found[2])}" if found.groups() else "Two shapes"
            return f"{both} do not fit together: counted from the last axis, two sizes must be equal, or one of them 1."
    found = re.search(r"could not broadcast input array from shape (\([\d,]*\)) into shape (\([\d,]*\))", text)
    if found:
        return f"Something of shape {_shape(found[1])} was to go into a place of shape {_shape(found[2])}."
    for pattern, sentence in _MEANINGS:
        found = re.search(pattern, text)
        if found:
            return sentence.format(*(group.replace("numpy.", "") for group in found.groups()))
    return ""


def message(error: BaseException) -> str:
    """The error's type and the line of its message that says most."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in str(error).splitlines()]
    lines = [line for line in lines if line] or ["(no message)"]
    wraps = (
        lines[0].startswith("Exception encountered when calling") and len(lines) > 1
    )  # Keras around the error proper
    line = re.sub(r"^\{\{.*?\}\} ?", "", lines[1] if wraps else lines[0]).removesuffix(" name:")
    return f"{type(error).__name__}: {line if len(line) <= 160 else line[:157] + '...'}"


def learner_line(error: BaseException) -> str:
    """The last line of the learner's own code in the error's traceback: 'line 3: return x[5]'; "" when there is none."""
    found = _learner_frame(error)
    if not found:
        return ""
    frame = found[1]
    return f"in line {frame.lineno} of the cell: {frame.line}" if frame.line else f"in line {frame.lineno} of the cell"


def _learner_frame(error: BaseException) -> tuple[FrameType, traceback.FrameSummary] | None:
    """The innermost frame of the learner's own code."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    summaries = traceback.extract_tb(error.__traceback__)
    own = [
        (frame, summary)
        for frame, summary in zip(frames, summaries, strict=True)
        if "site-packages" not in summary.filename
        and not summary.filename.startswith(_OURS)
        and "/lib/python" not in summary.filename.replace("\\", "/")
    ]
    return own[-1] if own else None


def _product(error: BaseException, text: str) -> str:
    """A matrix product whose shapes do not fit: both shapes, and the two sizes that should be equal."""
    found = re.search(r"matmul: Input operand 1 has a mismatch.*\(size (\d+) is different from (\d+)\)", text)
    if found:
        left, right = found[2], found[1]
        sides = _sides(error)
    else:
        found = re.search(r"shapes (\([\d,]*\)) and (\([\d,]*\)) not aligned: (\d+) \(dim \d+\) != (\d+)", text)
        if found:
            left, right = found[3], found[4]
        else:
            found = re.search(r"Matrix size-incompatible: In\[0\]: (\[[\d,]*\]), In\[1\]: (\[[\d,]*\])", text)
            if not found:
                return ""
            sizes = re.findall(r"\d+", found[1]), re.findall(r"\d+", found[2])
            left, right = sizes[0][-1], sizes[1][-2]
        sides = _shape(found[1]), _shape(found[2])
    if not sides:
        return f"A matrix product does not fit: its left side ends in {left}, its right side begins with {right}; they must be equal."
    return f"{sides[0]} @ {sides[1]} does not fit: the inner numbers, {left} and {right}, must be equal."


def _shape(text: str) -> str:
    """`(4,3)` or `[4,3]` as Python writes a shape."""
    return str(tuple(int(number) for number in re.findall(r"\d+", text)))


def _sides(error: BaseException) -> tuple[str, str] | None:
    """The shapes on both sides of the product that failed, where they can be had without running anything again."""
    found = _learner_frame(error)
    if not found:
        return None
    frame, place = found
    try:
        line = linecache.getline(place.filename, place.lineno).encode()
        if place.end_lineno != place.lineno:
            return None
        tree = ast.parse(line[place.colno : place.end_colno].decode(), mode="eval").body
        pair = _operands(tree)
        if not pair or not all(map(_harmless, pair)):
            return None
        return tuple(str(_shape_of(side, frame)) for side in pair)
    except Exception:  # no source, no positions, an object of the learner's own
        return None


def _operands(tree: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.MatMult):
        return tree.left, tree.right
    if isinstance(tree, ast.Call) and len(tree.args) == 2:
        return tree.args[0], tree.args[1]
    return None


_HARMLESS = (ast.Name, ast.Load, ast.Subscript, ast.Slice, ast.Tuple, ast.Constant, ast.UnaryOp, ast.USub)
_HARMLESS += (ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)


def _harmless(tree: ast.expr) -> bool:
    return all(
        isinstance(node, _HARMLESS) or (isinstance(node, ast.Attribute) and node.attr == "T") for node in ast.walk(tree)
    )


def _shape_of(tree: ast.expr, frame: FrameType) -> tuple[int, ...]:
    import numpy as np

    value: Any = eval(compile(ast.Expression(tree), "<side>", "eval"), frame.f_globals, dict(frame.f_locals))
    return tuple(int(size) for size in np.shape(value))
