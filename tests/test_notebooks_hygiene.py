"""What is true of every committed notebook without running it."""

from __future__ import annotations

import ast
import json
import re
import warnings

import nbformat
import pytest

from course import catalog
from course.authoring import settings
from course.authoring.source import read
from tests.notebook_tools import NOTEBOOKS, SOLUTIONS

BOTH = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in [*NOTEBOOKS, *SOLUTIONS]]
LEGACY = re.compile(r"input_length|keras\.preprocessing|tf_keras|\bTokenizer\b|tf\.compat|pad_sequences|gensim")
LONG_WORK = {"fit", "evaluate", "predict"}


def load(path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def test_every_lesson_has_both_and_nothing_else_is_there():
    written = {entry.name for entry in catalog.LESSONS if entry.exercises}
    assert {path.stem for path in NOTEBOOKS} == {path.stem for path in SOLUTIONS} == written


@pytest.mark.parametrize("path", BOTH)
def test_a_notebook_is_valid_small_and_plain(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(json.loads(path.read_text(encoding="utf-8")))
    notebook = load(path)
    assert path.stat().st_size < 300_000
    assert notebook.metadata.kernelspec.name == "python3"
    assert not {"widgets", "colab", "accelerator"} & set(notebook.metadata)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", BOTH)
def test_stored_outputs_hold_no_error_no_stderr_and_no_progress_bar(path):
    for cell in load(path).cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error" and output.get("name") != "stderr"
            shown = json.dumps({kind: text for kind, text in output.get("data", output).items() if kind != "image/png"})
            assert "it/s" not in shown and "ms/step" not in shown and "━" not in shown and "\\r" not in shown


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in NOTEBOOKS])
def test_a_learners_notebook_holds_no_output_and_nothing_of_an_answer(path):
    notebook = load(path)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)
    text = path.read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    source = read(settings.ROOT / "lessons" / f"{path.stem}.py")
    for cell in source.cells:
        if cell.is_notes:
            assert json.dumps(cell.source)[1:-1] not in text
        if cell.exercise:
            region = cell.source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
            answer = next(made.source for made in notebook.cells if made.id == f"answer-{cell.exercise}")
            assert not any(line.strip() in answer for line in region.splitlines() if len(line.strip()) > 6)


@pytest.mark.parametrize("path", BOTH)
def test_long_work_is_quiet_and_no_legacy_api_is_used(path):
    for source in code(load(path)):
        assert not LEGACY.search(source), LEGACY.search(source)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LONG_WORK:
                chosen = [keyword.value for keyword in node.keywords if keyword.arg == "verbose"]
                assert chosen and getattr(chosen[0], "value", None) in (0, 2), ast.unparse(node)


@pytest.mark.parametrize("path", BOTH)
def test_cells_are_short_enough_to_read(path):
    for cell in load(path).cells:
        if cell.cell_type == "code" and not cell.id.startswith("answer-"):
            assert len(cell.source.splitlines()) <= 22, cell.source


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SOLUTIONS])
def test_every_picture_says_what_it_shows(path):
    for cell in load(path).cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) >= 40, cell.source


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in NOTEBOOKS])
def test_a_lesson_has_the_parts_that_every_lesson_has(path):
    notebook, entry = load(path), catalog.lesson(path.stem)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert notebook.cells[0].source.startswith("# ")
    for part in ("You will", "## Take away", "## Words"):
        assert part in prose, part
    assert sum("quiz" in cell.metadata for cell in notebook.cells) == 3
    assert (
        len(entry.exercises) >= 4
        and sum(exercise.stretch for exercise in entry.exercises) == 1
        and entry.exercises[-1].stretch
    )
    assert 30 <= entry.minutes <= 60
    for word in ("simply", "obviously", "just "):
        assert not re.search(rf"\b{word}", prose.replace("adjust ", ""), re.IGNORECASE), word
    assert not re.search(r"[a-z]!(?:\s|$)", re.sub(r"`[^`]*`|\"[^\"]*\"|“[^”]*”", "", prose)), "no exclamation marks"
