"""Says what about a wrong result is off - its type, shape, or a property of its numbers - and never what the result should be."""

from __future__ import annotations

from typing import Any

from course.checking.exercise import Exercise
from course.checking.observe import Seen
from course.checking.plain import Plain, bare, numbers, plain, same, shape, short
from course.checking.properties import Numbers, property_off, where_off

_KINDS = {
    "number": "one number",
    "text": "text",
    "dict": "a dict",
    "set": "a set",
    "nothing": "None",
    "blank": "`...`",
}


def what(value: Any) -> str:
    """A value in a few words: "the number 3", "a list", "an object of type Dense"."""
    form = plain(value)
    if form["kind"] == "other":
        return f"an object of type {form['type']}"
    kind = {"t": "a tuple", "l": "a list"}.get(form.get("made", "")[:1], "an array")
    if form["kind"] == "list":
        kind = _list(form)
    elif form["kind"] != "array":
        kind = _kind(form)
    return f"{kind}: {short(form, 70)}"


def difference(exercise: Exercise, expected: list[Plain], seen: list[Seen], index: int, takes: list[str] | None) -> str:
    """One sentence on observation `index`, the first that differs from the `expected` ones."""
    got, right = seen[index], _value(expected[index])
    if same(right, got.saw, exercise.rtol, exercise.atol):
        which = _altered(expected[index], got, takes)
        right_but = f"The result is right, but `{exercise.name}` changed its input {which}."
        return f"{right_but} Work on a copy, so that the caller's own stays as it was."
    if got.say:
        return got.say
    alike = [
        (_value(one), other.saw)
        for one, other in zip(expected, seen, strict=False)
        if _role(other) == _role(got) and other is not got
    ]
    if got.is_result:
        return _result(exercise, right, got, alike)
    return _looked_at(exercise, right, got, alike)


def case(expected: Plain, got: Seen, takes: list[str] | None, recognised: bool) -> tuple[str, ...]:
    """The lines that show the smallest failing case: what it is about, the inputs, what came back."""
    lines = []
    if got.about and (recognised or got.say or not _is_told_by_name(_value(expected), got)):
        lines.append(f"Look at the case: {_about(got)}.")
    lines += given(got, takes)
    yours = got.saw
    if not got.is_result and yours["kind"] == "text":  # a probe's own words
        yours = got.returned
    if yours and yours["kind"] not in ("nothing", "raised") and not same(_value(expected), got.saw):
        lines.append(f"yours: {short(yours)}")
    return tuple(lines)


def given(got: Seen, takes: list[str] | None) -> list[str]:
    if not got.given:
        return []
    names = takes if takes and len(takes) >= len(got.given) else [f"argument {i + 1}" for i in range(len(got.given))]
    return ["with " + ", ".join(f"{name} = {value}" for name, value in zip(names, got.given, strict=False))]


def printed(got: Seen | None, everything: str) -> tuple[str, ...]:
    """The first line of what the attempt printed in the call that is shown, for those who debug by printing."""
    is_call = got is not None and bool(got.returned or got.printed or got.error)
    lines = (got.printed if is_call else everything).strip().splitlines()
    if not lines:
        return ()
    more = ""
    if len(lines) > 1:
        more = f" (and {len(lines) - 1} more line{'s' * (len(lines) > 2)})" if is_call else " (and more)"
    return (f"it printed: {lines[0][:100]}{more}",)


def altered(name: str, expected: Plain, got: Seen, takes: list[str] | None) -> tuple[str, ...]:
    """A line on an argument that was altered and should not have been, beside what else is off."""
    if not set(got.changed) - set(expected.get("changed", [])):
        return ()
    return (f"Besides, `{name}` changed its input {_altered(expected, got, takes)}.",)


def aside(got: Seen) -> tuple[str, ...]:
    """A line on something else that is off: what the probe says of it, without its praise of the numbers."""
    said = [part for part in got.say.split(". ") if part and " right" not in part]
    if said:
        return (f"Besides: {'. '.join(said)}",)
    return (f"Besides, this is not as the statement asks: {_about(got)}.",) if got.about else ()


def _altered(expected: Plain, got: Seen, takes: list[str] | None) -> str:
    more = [place for place in got.changed if place not in expected.get("changed", [])]
    place = (more or list(got.changed) or [99])[0]
    return f"`{takes[place]}`" if takes and place < len(takes) else "an argument"


def _role(got: Seen) -> str:
    """What an observation is of: the result, a named part of it, or what a probe looked at."""
    if got.is_result:
        return ""
    return got.about.split("`")[1] if got.about.startswith("`") and got.about.count("`") > 1 else got.about


def _value(expected: Plain) -> Plain:
    return {key: value for key, value in expected.items() if key != "changed"}


def _about(got: Seen) -> str:
    return got.about.replace(" (1) or not (0)", " or not")


def _is_told_by_name(expected: Plain, got: Seen) -> bool:
    """Whether what a probe looked at is named in the sentence, since its own form says nothing to the learner."""
    is_yes_or_no = got.saw.get("bool") or expected.get("bool")
    is_bare = got.saw["kind"] not in ("number", "array") or bool(is_yes_or_no)
    return not got.is_result and is_bare and not _word_off(expected, got.saw)


def _word_off(expected: Plain, saw: Plain) -> str:
    """On the first of several texts that differs; "" where there are no texts to compare."""
    texts = expected["kind"] == saw["kind"] == "list" and [*expected["items"], *saw["items"]]
    if not texts or any(item["kind"] != "text" for item in texts) or len(expected["items"]) != len(saw["items"]):
        return ""
    for place, (a, b) in enumerate(zip(expected["items"], saw["items"], strict=True)):
        if a["value"] != b["value"]:
            sentence = _text(a["value"], b["value"])
            return f"At position {place} of what is shown below, {sentence[0].lower()}{sentence[1:]}"
    return ""


def _looked_at(exercise: Exercise, expected: Plain, got: Seen, alike: list[tuple[Plain, Plain]]) -> str:
    """On something that a probe looked at: an output of a model, a part of the result, a yes or no."""
    if expected["kind"] == "raised":
        return f"This input should be refused with an error, and `{exercise.name}` returned a result."
    if _is_told_by_name(expected, got):
        return f"This is not as the statement asks: {_about(got) or 'what the check looked at'}."
    if _word_off(expected, got.saw):
        return _word_off(expected, got.saw)
    if got.saw["kind"] != expected["kind"] or shape(got.saw) != shape(expected):
        has, asked = _shape_words(shape(got.saw)), _shape_words(shape(expected))
        return f"The shape is off in what is looked at here: {has}, where {asked} is asked for."
    return _numbers(exercise, expected, got.saw, alike, is_result=False)


def _result(exercise: Exercise, expected: Plain, got: Seen, alike: list[tuple[Plain, Plain]]) -> str:
    saw, name = got.saw, exercise.name
    kind = saw["kind"]
    if expected["kind"] == "raised":
        return f"This input should be refused with an error, and `{name}` returned a result."
    if kind == "nothing" and expected["kind"] != "nothing":
        if got.printed.strip():
            return f"`{name}` printed something and returned None. `print` only shows a value; `return` hands it back."
        return f"`{name}` returned None. Did you forget `return`? (Methods such as `.sort()` and `.append()` give back None, too.)"
    if kind in ("number", "array") and kind == expected["kind"] and shape(saw) == shape(expected):
        return _numbers(exercise, expected, saw, alike, is_result=True)
    return _form(expected, saw)


def _form(expected: Plain, saw: Plain) -> str:
    """On a result of the wrong type or shape; on the items of a list, set or dict; on text."""
    kind = saw["kind"]
    if kind == "other":
        return f"The result is an object of type {saw['type']}, where {_asked(expected)}."
    if kind in ("array", "list", "number") and _holds_one_thing(expected, saw):
        return "The result is a tuple with one thing in it. Is there a comma after what you return?"
    has, asked = shape(saw), shape(expected)
    if has is not None and asked is not None and has != asked:
        return _shape(expected, saw)
    if kind != expected["kind"]:
        things = _things(saw)
        return (
            f"You returned {things}, where {_asked(expected)}."
            if things
            else f"The result is {_kind(saw)}, where {_asked(expected)}."
        )
    if kind == "text":
        return _text(expected["value"], saw["value"])
    if kind in ("number", "array"):
        return "The numbers are not the ones asked for."
    return _collection(expected, saw)


def _kind(saw: Plain) -> str:
    """What a result is, in words."""
    if saw["kind"] == "number" and saw.get("bool"):
        return "True or False"
    if saw["kind"] == "array":
        if not saw["values"]:
            return {"t": "an empty tuple", "l": "an empty list"}.get(saw.get("made", "")[:1], "an empty array")
        form = {"t": "a tuple", "l": "a list"}.get(saw.get("made", "")[:1], "an array")
        return f"{form} of numbers, of shape {shape(saw)}"
    if saw["kind"] == "list":
        return _list(saw)
    if saw["kind"] == "raised":
        return f"a {saw['type']}"
    return _KINDS.get(saw["kind"], "an array")


def _list(saw: Plain) -> str:
    """What a list is that is no rectangular array of numbers."""
    items, made = saw["items"], saw.get("made", "")
    kinds = {item["kind"] for item in items}
    if made in ("array of text", "array of dtype object"):
        return f"an {made}"
    form = {"tuple": "a tuple", "ragged tensor": "a ragged tensor"}.get(made, "a list")
    if kinds == {"text"}:
        return f"{form} of text"
    if kinds <= {"array", "list"} and len({_length(item) for item in items}) > 1:
        return f"{form} whose rows have different lengths"
    if kinds == {"list"} and all(inner["kind"] == "text" for item in items for inner in item["items"]):
        return f"{form} of rows of text"
    return f"{form} of {len(items)} things" if made == "tuple" else form


def _length(item: Plain) -> int:
    return len(item["items"]) if "items" in item else item["shape"][0]


def _things(saw: Plain) -> str:
    """How many things a `return a, b` returned; "" for what is no tuple."""
    if saw["kind"] == "list" and saw.get("made") == "tuple":
        return f"a tuple of {len(saw['items'])} thing{'s' * (len(saw['items']) != 1)}"
    if saw["kind"] == "array" and saw.get("made", "")[:1] == "t" and saw["values"]:
        return f"a tuple of {saw['shape'][0]} thing{'s' * (saw['shape'][0] != 1)}"
    return ""


def _holds_one_thing(expected: Plain, saw: Plain) -> bool:
    if saw["kind"] == "array" and saw["made" if "made" in saw else "kind"][:1] == "t" and saw["shape"][0] == 1:
        return tuple(saw["shape"][1:]) == shape(expected)
    is_tuple = saw["kind"] == "list" and saw.get("made") == "tuple" and len(saw["items"]) == 1
    return is_tuple and saw["items"][0]["kind"] == expected["kind"]


def _asked(expected: Plain) -> str:
    """What is asked for, as the end of a sentence."""
    kind = expected["kind"]
    if expected.get("bool"):
        return (
            "True or False is asked for"
            if kind == "number"
            else f"True or False in shape {shape(expected)} are asked for"
        )
    if kind == "array":
        made = expected.get("made", "")
        if not expected["values"]:
            if made[:1] == "a" and len(expected["shape"]) > 1:
                return f"an empty array of shape {shape(expected)} is asked for"
            return "an empty one is asked for" if made[:1] != "l" else "an empty list is asked for"
        if made[:2] in ("la", "ta"):
            form = "list" if made[0] == "l" else "tuple"
            return f"a {form} of {expected['shape'][0]} array{'s' * (expected['shape'][0] != 1)} is asked for"
        whole = "whole numbers" if all(isinstance(value, int) for value in expected["values"]) else "numbers"
        return f"{whole} of shape {shape(expected)} are asked for"
    if kind == "list":
        return f"a {'tuple' if expected.get('made') == 'tuple' else 'list'} is asked for"
    return f"{_KINDS.get(kind, 'something else')} is asked for"


def _shape_words(sizes: tuple[int, ...] | None) -> str:
    return "no numbers" if sizes is None else "one number" if sizes == () else f"shape {sizes}"


def _shape(expected: Plain, saw: Plain) -> str:
    asked, has = shape(expected), shape(saw)
    if saw["kind"] == "huge":
        return f"The result has shape {has}: far more numbers than shape {asked}, which is asked for."
    asked_text, has_text = _shape_words(asked), _shape_words(has)
    mine, theirs = numbers(expected), numbers(saw)
    if mine and len(mine) == len(theirs):
        one = {"kind": "array", "shape": [len(mine)], "values": mine}
        if same(one, {**one, "values": theirs}):
            return f"The numbers are right, but they come as {has_text} where {asked_text} is asked for."
        if len(has) == 2 and same(
            one, {**one, "values": [theirs[i * has[1] + j] for j in range(has[1]) for i in range(has[0])]}
        ):
            return f"The numbers are right, but rows and columns have changed places: {has_text}, where {asked_text} is asked for."
    things = _things(saw)
    if things:
        return f"You returned {things}, where {_asked(expected)}."
    if not theirs and has == (0,):
        return f"The result is {_kind(saw)}, where {_asked(expected)}."
    return f"The result {'is' if has == () else 'has'} {has_text}, where {asked_text} is asked for."


def _numbers(exercise: Exercise, expected: Plain, saw: Plain, alike: list[tuple[Plain, Plain]], is_result: bool) -> str:
    """On numbers in the right shape. What holds in this case and not in the others explains nothing, and is not said."""
    if saw.get("bool") and any(value not in (0, 1) for value in numbers(expected)):
        return f"The result is True or False, where {_asked(expected)}."
    if expected.get("bool") or saw.get("bool"):
        if saw["kind"] != "number":
            return where_off(expected, saw, exercise.rtol, exercise.atol, "answers True or False")
        if saw["value"] in (0, 1):
            return f"`{exercise.name}` says {bool(saw['value'])} here, and that is not so."
        return "The result is one number, where True or False is asked for."
    pairs = [(expected, saw), *((one, other) for one, other in alike if _are_numbers(one, other))]
    cases = [Numbers(list(one.get("shape", [])), numbers(one), numbers(other)) for one, other in pairs]
    found = property_off(cases, exercise.rtol, exercise.atol, is_result)
    return found or where_off(expected, saw, exercise.rtol, exercise.atol)


def _are_numbers(one: Plain, other: Plain) -> bool:
    return one["kind"] == other["kind"] and one["kind"] in ("number", "array") and shape(one) == shape(other)


def _text(mine: str, theirs: str) -> str:
    if mine.lower() == theirs.lower():
        return "The text differs in upper and lower case only."
    if "".join(mine.split()) == "".join(theirs.split()):
        return "The text differs in its spaces only."
    return "The text is not what the statement describes."


def _collection(expected: Plain, saw: Plain) -> str:
    mine, theirs = expected["items"], saw["items"]
    if expected["kind"] == "dict":
        return _dict(mine, theirs)
    if len(mine) != len(theirs):
        are = "is" if len(mine) == 1 else "are"
        return f"The result has {len(theirs)} item{'s' * (len(theirs) != 1)}, where {len(mine)} {are} asked for."
    if expected["kind"] == "list":
        if sorted(str(bare(item)) for item in mine) == sorted(str(bare(item)) for item in theirs):
            return "The right items are there, in another order."
        for i, (a, b) in enumerate(zip(mine, theirs, strict=True)):
            if not same(a, b):
                return f"Item {i} of the result is off (counting from 0): {_inner(a, b)}"
    return "The members of the set are not the ones asked for."


def _dict(mine: list, theirs: list) -> str:
    keys = [key for key, _ in mine]
    strange = [key for key, _ in theirs if not any(same(key, other) for other in keys)]
    if (
        strange
        and keys
        and all(key["kind"] == "text" for key in strange)
        and all(key["kind"] == "number" for key in keys)
    ):
        return f"The keys of the dict are text, such as {short(strange[0], 70)}, where numbers are asked for."
    if strange:
        return f"The keys of the dict are not the ones asked for: {short(strange[0], 70)} should not be one."
    if len(mine) != len(theirs):
        missing = len(mine) - len(theirs)
        return f"The dict has too few keys: {missing} {'is' if missing == 1 else 'are'} missing."
    for (_, value_a), (key, value_b) in zip(mine, theirs, strict=True):
        if not same(value_a, value_b):
            return f"The value under the key {short(key, 70)} is off: {_inner(value_a, value_b)}"
    return "The dict is not the one asked for."


def _inner(expected: Plain, saw: Plain) -> str:
    """The same of an item. How its numbers are off is said by place alone: one item is too little to see more in."""
    if saw["kind"] in ("number", "array") and saw["kind"] == expected["kind"] and shape(saw) == shape(expected):
        sentence = where_off(expected, saw, 1e-4, 1e-5)
    elif saw["kind"] == "nothing":
        sentence = f"It is None, where {_asked(expected)}."
    else:
        sentence = _form(expected, saw).replace("The result is", "It is").replace("The result has", "It has")
        sentence = sentence.replace(" of the result is off (counting from 0)", " of it is off")
    return sentence[0].lower() + sentence[1:]
