"""What grading tells students about errors: each is a sentence, names an error only by an error's name, and hides no right refusal."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from course.checking.exercise import exercises
from course.checking.observe import observe
from course.checking.printout import attempt_lines, choose_scales, lines
from course.grading.judge import Item
from course.grading.reference import Expected, Mistake
from course.grading.verdict import decide

VALUE = json.dumps({"kind": "number", "value": "a3"})
OTHER = json.dumps({"kind": "number", "value": "a4"})
REFUSED = json.dumps({"kind": "raised", "type": "ValueError"})
EXPECTED = Expected("", [VALUE, VALUE, REFUSED], [Mistake("known", "You left out the bias.", [OTHER, OTHER, REFUSED])])


def raised(name):
    return json.dumps({"kind": "raised", "type": name})


def told(*printed, answer=None, error=None):
    probe = Item(False, 0.1, "\n".join(printed) + "\n", error)
    return decide("gate", 3, EXPECTED, answer, probe)


def reads_as_a_sentence(text):
    assert text[0].isupper() or text[0].isdigit() or text[0] == "`", text
    assert text[-1] in ".!?" and ".." not in text, text
    assert not re.search(r"\ba [AEIO]\w*(Error|Exception)|\ban [BCDFGJKP-TVWYZ]\w*(Error|Exception)", text), text
    assert not re.search(r"[^.!?:] Of the cells", text), text  # two sentences with nothing between them
    return True


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ([raised("IndexError")], "`gate` stopped with an IndexError."),
        ([VALUE, raised("TypeError")], "`gate` stopped with a TypeError."),
        ([raised("UnboundLocalError")], "`gate` stopped with an UnboundLocalError."),
        ([raised("UnicodeDecodeError")], "`gate` stopped with a UnicodeDecodeError."),
        ([raised("OSError")], "`gate` stopped with an OSError."),
        ([raised("_UFuncNoLoopError")], "`gate` stopped with a UFuncNoLoopError."),
        ([raised("KeyboardInterrupt")], "`gate` stopped with a KeyboardInterrupt."),
        ([VALUE, raised("no largest"), REFUSED], "`gate` stopped with an error for an input that it should take."),
        ([VALUE, VALUE, raised("refused")], "`gate` stopped with an error."),
        (
            [raised("Bad"), OTHER, REFUSED],
            "`gate` stopped with an error for an input that it should take. In all, 2 of 3",
        ),
        ([raised("<b>x</b>"), VALUE, REFUSED], "`gate` stopped with an error for an input that it should take."),
        ([VALUE, "error: ZeroDivisionError"], "`gate` stopped with a ZeroDivisionError."),
        ([VALUE, "error: Own"], "`gate` stopped with an error"),
        ([raised("NameError")], "`gate` stopped with a NameError. Of the cells beside"),
        ([OTHER, OTHER, REFUSED], "You left out the bias."),
        ([OTHER, VALUE, REFUSED], "1 of 3 things tried with `gate` came out differently."),  # its ValueError is right
        ([VALUE, VALUE, VALUE], "1 of 3 things tried with `gate` came out differently."),
        ([VALUE, "unfit: `gate` takes two inputs."], "`gate` takes two inputs."),
    ],
)
def test_what_a_probe_printed_is_told_in_sentences(printed, said):
    message = told(*printed).message
    assert message.startswith(said) and reads_as_a_sentence(message)


@pytest.mark.parametrize(
    "error",
    [
        ("SyntaxError", "'(' was never closed (3298701925.py, line 1)"),
        ("NameError", "name 'npp' is not defined"),
        ("ValueError", "Did you mean this?"),
        ("Own", ""),
        ("InvalidArgumentError", "Graph execution error:\n\n  many lines\nof it"),
    ],
)
def test_what_stopped_an_answer_cell_or_its_trial_is_told_in_sentences(error):
    name_error = ("NameError", "name 'gate' is not defined")
    own = told(answer=Item(False, 0.1, "", error), error=name_error)
    assert own.verdict == "error" and own.message.startswith(f"The answer cell stopped with {error[0]}")
    assert ".py" not in own.message
    trial = told(answer=Item(True, 0.1), error=error)
    assert trial.message.startswith(f"`gate` could not be tried: {error[0]}")
    for message in (own.message, trial.message):
        assert reads_as_a_sentence(message)


def biggest(ids, input_dim):
    """What many write first: the largest of no ids is an error of NumPy's."""
    if ids.max() >= input_dim or ids.min() < 0 or not np.issubdtype(ids.dtype, np.integer):
        raise ValueError(f"bad: {[int(i) for i in ids.ravel() if not 0 <= i < input_dim][:1]}")
    return ids


def refuses(ids, input_dim):
    raise ValueError("no")


def crashes(ids, input_dim):
    return ids[input_dim + 99, 0]


@pytest.mark.parametrize("attempt", [biggest, refuses, crashes])
def test_a_word_that_a_probe_has_for_an_error_is_not_told_as_its_name(attempt):
    from course.authoring import answers, source
    from course.authoring.settings import ROOT

    exercise = exercises("05_embedding_layer")["check_ids"]
    answer = answers.run(source.read(ROOT / "lessons" / "05_embedding_layer.py"))["check_ids"]
    observed = observe(exercise, answer, 7)
    scales = choose_scales(exercise, observed)
    expected = Expected(scales, lines(exercise, observed, scales), [])
    text = "\n".join(attempt_lines(exercise, attempt, 7, scales)) + "\n"
    verdict = decide("check_ids", 2, expected, None, Item(False, 0.1, text))
    assert verdict.verdict == "error" and reads_as_a_sentence(verdict.message)
    assert "with a no" not in verdict.message and "refused" not in verdict.message
