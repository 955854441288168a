"""Turns whatever an attempt returned into plain data: numbers, shapes and text that can be compared, printed and stored.

Nothing of the learner's own classes survives the conversion, so an object whose `==` is always true has no say.
A plain value is a dict with a "kind":

    {"kind": "number", "value": 2.5}              also bool, any NumPy scalar, a tensor of shape ()
    {"kind": "array", "shape": [2, 3], "values": [...]}   arrays, tensors, nested lists of numbers
    {"kind": "text", "value": "..."}
    {"kind": "list", "items": [...]}              what is no rectangular array of numbers
    {"kind": "dict", "items": [[key, value], ...]}   sorted by key
    {"kind": "set", "items": [...]}               sorted
    {"kind": "nothing"}                           None
    {"kind": "blank"}                             ... (the stub's placeholder)
    {"kind": "huge", "shape": [...]}              more numbers than any exercise asks for
    {"kind": "raised", "type": "ValueError"}      what a call raised (made by observe.call)
    {"kind": "other", "type": "Dense"}            anything else, by the name of its class

Two more keys say what a value looked like, for the learner's eyes alone; nothing compares or prints them (see `bare`):
"bool": true where a number, or every number of an array, is True or False; "made": "tuple", "array of text" ... of a list,
and of an array the brackets of each axis, `t` a tuple, `l` a list, `a` an array.
"""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

Plain = dict[str, Any]

HUGE = 2_000_000  # numbers; the largest array an exercise asks for is a few thousand

_array, _ndarray, _generic = (
    np.asarray,
    np.ndarray,
    np.generic,
)  # as they were at import: a lesson may rebind np's names


def plain(value: Any, _depth: int = 0) -> Plain:
    """The plain form of `value` (see the module's docstring). Never raises."""
    try:
        return _plain(value, _depth)
    except Exception:  # a class of the learner's own may raise anything when looked at
        return {"kind": "other", "type": type(value).__name__}


def _plain(value: Any, depth: int) -> Plain:
    kind = type(value)
    if value is None:
        return {"kind": "nothing"}
    if value is Ellipsis:
        return {"kind": "blank"}
    if depth > 20:
        return {"kind": "other", "type": kind.__name__}
    if kind is bool:
        return {**_number(int(value)), "bool": True}
    if issubclass(kind, int):
        return _number(int.__index__(value))
    if issubclass(kind, float):
        return _number(float.__float__(value))
    if issubclass(kind, str):
        return {"kind": "text", "value": str.__str__(value)}
    if kind is bytes:  # b"film" is not "film": no text
        return {"kind": "other", "type": "bytes"}
    if issubclass(kind, dict):
        pairs = [[plain(key, depth + 1), plain(item, depth + 1)] for key, item in dict.items(value)]
        return {"kind": "dict", "items": sorted(pairs, key=lambda pair: _sort_key(pair[0]))}
    if issubclass(kind, (set, frozenset)):
        members = set.__iter__(value) if issubclass(kind, set) else frozenset.__iter__(value)
        return {"kind": "set", "items": sorted((plain(item, depth + 1) for item in members), key=_sort_key)}
    if issubclass(kind, list):
        return _sequence(list(list.__iter__(value)), depth)
    if issubclass(kind, tuple):
        return _sequence(list(tuple.__iter__(value)), depth, "tuple")
    if kind in (range, type({}.keys()), type({}.values())):
        return _sequence(list(value), depth)
    if issubclass(kind, (_ndarray, _generic)):
        return _from_array(_array(value), depth)
    return _foreign(value, depth)


def _foreign(value: Any, depth: int) -> Plain:
    """Tensors, variables, sparse matrices and frames of the libraries a learner may use, told by what they can do."""
    shape = getattr(value, "shape", None)
    if shape is not None and _size(shape) > HUGE:
        return {"kind": "huge", "shape": [int(n) for n in shape]}
    if type(value).__name__ == "IndexedSlices":  # TensorFlow's sparse gradient of a lookup
        import tensorflow as tf

        value = tf.convert_to_tensor(value)
    for densify in ("detach", "toarray", "to_list"):  # torch, scipy.sparse, tf.RaggedTensor
        if callable(getattr(value, densify, None)) and not callable(value):
            value = getattr(value, densify)()
            break
    if type(value) is list:
        return _sequence(_texts(value), depth, "ragged tensor")
    if hasattr(value, "__array__") and not callable(value):
        return _from_array(_array(value), depth)
    return {"kind": "other", "type": type(value).__name__}


def _texts(value: Any) -> Any:
    """The same with bytes made text: TensorFlow keeps the text of a tensor as bytes, which no learner chose."""
    if type(value) is list:
        return [_texts(item) for item in value]
    return bytes.decode(value, "utf-8", "replace") if type(value) is bytes else value


def _number(value: int | float) -> Plain:
    return {"kind": "number", "value": value}


def _size(shape: Any) -> int:
    return math.prod(int(n) for n in shape if n is not None)  # None: a ragged axis


def _from_array(array: np.ndarray, depth: int) -> Plain:
    if array.size > HUGE:
        return {"kind": "huge", "shape": list(array.shape)}
    if array.dtype.kind in "USO":
        if array.ndim == 0:
            return plain(_texts(array.item()), depth + 1)
        made = "array of dtype object" if array.dtype.kind == "O" else "array of text"
        return _sequence(_texts(array.tolist()), depth, made)
    if array.dtype.kind not in "biuf" and "float" not in array.dtype.name:  # bfloat16 has kind V
        return {"kind": "other", "type": f"array of {array.dtype.name}"}
    looks = {"bool": True} if array.dtype.kind == "b" else {}
    if array.dtype.kind not in "biu":
        array = array.astype(np.float64)
    elif array.dtype.kind == "b":
        array = array.astype(np.int64)
    if array.ndim == 0:
        return {**_number(array.item()), **looks}
    return {
        "kind": "array",
        "shape": list(array.shape),
        "values": array.ravel().tolist(),
        "made": "a" * array.ndim,
        **looks,
    }


def _sequence(items: list, depth: int, made: str = "list") -> Plain:
    """A list of numbers, or of arrays of one shape, is an array; any other list stays one."""
    if len(items) > HUGE:
        return {"kind": "huge", "shape": [len(items)]}
    parts = [plain(item, depth + 1) for item in items]
    bracket = {"list": "l", "tuple": "t"}.get(made, "a")
    looks = {"bool": True} if parts and all(part.get("bool") for part in parts) else {}
    if all(part["kind"] == "number" for part in parts):
        values = [part["value"] for part in parts]
        return {"kind": "array", "shape": [len(parts)], "values": values, "made": bracket, **looks}
    if all(part["kind"] == "array" and part["shape"] == parts[0]["shape"] for part in parts):
        values = [value for part in parts for value in part["values"]]
        if len(values) > HUGE:
            return {"kind": "huge", "shape": [len(parts), *parts[0]["shape"]]}
        inner = {part.get("made", "") for part in parts}
        made = bracket + (inner.pop() if len(inner) == 1 else "l" * len(parts[0]["shape"]))
        return {"kind": "array", "shape": [len(parts), *parts[0]["shape"]], "values": values, "made": made, **looks}
    return {"kind": "list", "items": parts, **({} if made == "list" else {"made": made})}


def bare(value: Plain) -> Plain:
    """`value` without what only the learner's eyes need."""
    kept = {key: item for key, item in value.items() if key not in ("bool", "made")}
    if kept["kind"] in ("list", "set"):
        kept["items"] = [bare(item) for item in kept["items"]]
    elif kept["kind"] == "dict":
        kept["items"] = [[bare(key), bare(item)] for key, item in kept["items"]]
    return kept


def _sort_key(value: Plain) -> str:
    return json.dumps(bare(value), sort_keys=True)


def same(expected: Plain, got: Plain, rtol: float = 1e-4, atol: float = 1e-5) -> bool:
    """Whether two plain values agree: kinds, shapes and text exactly, numbers within `atol + rtol * |expected|`."""
    if expected["kind"] != got["kind"]:
        return False
    kind = expected["kind"]
    if kind == "number":
        return _close(expected["value"], got["value"], rtol, atol)
    if kind == "array":
        return expected["shape"] == got["shape"] and all(
            _close(a, b, rtol, atol) for a, b in zip(expected["values"], got["values"], strict=True)
        )
    if kind in ("list", "set"):
        return len(expected["items"]) == len(got["items"]) and all(
            same(a, b, rtol, atol) for a, b in zip(expected["items"], got["items"], strict=True)
        )
    if kind == "dict":
        return len(expected["items"]) == len(got["items"]) and all(
            same(a[0], b[0], rtol, atol) and same(a[1], b[1], rtol, atol)
            for a, b in zip(expected["items"], got["items"], strict=True)
        )
    return bare(expected) == bare(got)


def _close(a: float, b: float, rtol: float, atol: float) -> bool:
    if a == b:
        return True
    if not (math.isfinite(a) and math.isfinite(b)):
        return math.isnan(a) and math.isnan(b)
    return abs(a - b) <= atol + rtol * abs(a)


def numbers(value: Plain) -> list[float]:
    """All numbers in a plain value, in order."""
    if value["kind"] == "number":
        return [value["value"]]
    if value["kind"] == "array":
        return value["values"]
    if value["kind"] in ("list", "set"):
        return [number for item in value["items"] for number in numbers(item)]
    if value["kind"] == "dict":
        return [number for pair in value["items"] for item in pair for number in numbers(item)]
    return []


def shape(value: Plain) -> tuple[int, ...] | None:
    """The shape of a number (), array or huge array; None for anything else."""
    return () if value["kind"] == "number" else tuple(value["shape"]) if "shape" in value else None


def short(value: Any, room: int | None = None) -> str:
    """One line that shows `value` (plain or not) to a person: `[[1, 10], [2, 20]]`, `an array of shape (40, 50)`.

    What is longer than `room` (300 letters for numbers, 160 where there are texts) is cut between two items, never in a number.
    """
    form = value if type(value) is dict and "kind" in value else plain(value)
    if form["kind"] == "array" and len(form["values"]) > MANY:
        return f"an array of shape {shape(form)}"
    text = _short(form)
    if room is None:
        room = 160 if "'" in text or '"' in text else 300
    if len(text) <= room:
        return text
    if form["kind"] == "array":
        return f"an array of shape {shape(form)}"
    if form["kind"] in ("list", "set", "dict"):
        return _cut(form, room)
    return f"{text[: room - 4]} ..." + (text[-1] if form["kind"] == "text" else "")


MANY = 40  # numbers; an array that holds more is shown by its shape
_ENOUGH = 200  # items of a list; they are longer than any line has room for


def _short(value: Plain) -> str:
    kind = value["kind"]
    if kind == "number":
        return _digits(value["value"], value.get("bool", False))
    if kind == "array":
        if len(value["values"]) > MANY:
            return f"an array of shape {shape(value)}"
        return _nested(value["values"], value["shape"], value.get("made", ""), value.get("bool", False))
    if kind == "text":
        return repr(value["value"])
    if kind in ("list", "set", "dict"):
        left, right = _brackets(value)
        return left + ", ".join(_items(value)) + right
    if kind == "nothing":
        return "None"
    if kind == "blank":
        return "..."
    if kind == "huge":
        return f"an array of shape {shape(value)}"
    if kind == "raised":
        return f"a {value['type']}"
    return f"an object of type {value['type']}"


def _brackets(value: Plain) -> tuple[str, str]:
    """What stands around the items of a list, set or dict."""
    if value["kind"] == "set" and not value["items"]:
        return "set(", ")"
    if value["kind"] != "list":
        return "{", "}"
    if value.get("made") == "tuple":
        return "(", ",)" if len(value["items"]) == 1 else ")"
    return "[", "]"


def _items(value: Plain) -> list[str]:
    if value["kind"] == "dict":
        return [f"{_short(key)}: {_short(item)}" for key, item in value["items"][:_ENOUGH]]
    return [_short(item) for item in value["items"][:_ENOUGH]]


def _cut(value: Plain, room: int) -> str:
    """The first items, as many as there is room for, and how many more there are."""
    left, right = _brackets(value)
    shown, used = [], 0
    for text in _items(value):
        if used + len(text) > room - 20:
            break
        shown.append(text)
        used += len(text) + 2
    more = len(value["items"]) - len(shown)
    first = "" if shown else short(value["items"][0] if value["kind"] != "dict" else value["items"][0][1], room - 30)
    if not shown and value["kind"] == "dict":
        first = f"{short(value['items'][0][0], 30)}: {first}"
    if first:
        shown, more = [first], more - 1
    return left + ", ".join(shown) + (f", ... {more} more" if more else "") + right


def _digits(value: float, is_bool: bool = False) -> str:
    """Four digits; more where they are all there is, so that a case can be worked out by hand."""
    if is_bool:
        return str(bool(value))
    if isinstance(value, int):
        return str(value)
    if math.isfinite(value) and abs(value) < 1e7 and value == int(value):
        return str(int(value))
    five = f"{value:.5g}"
    return five if float(five) == value else f"{value:.4g}"


def _nested(values: list, shape_: list[int], made: str = "", is_bool: bool = False) -> str:
    left, right = "[", "]"
    if made[:1] == "t":
        left, right = "(", ",)" if shape_[0] == 1 else ")"
    if len(shape_) == 1:
        return left + ", ".join(_digits(value, is_bool) for value in values) + right
    step = math.prod(shape_[1:])
    rows = (_nested(values[i * step : (i + 1) * step], shape_[1:], made[1:], is_bool) for i in range(shape_[0]))
    return left + ", ".join(rows) + right
