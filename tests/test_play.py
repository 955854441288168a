"""Pictures to move: they follow their sliders and say the right number; stills stand in for them; they cost a run and a learner nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter
from types import SimpleNamespace

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest

from course import catalog, play, plots
from course.authoring import settings
from course.authoring.source import read
from course.play import networks, stage, texts, vectors
from tests.notebook_tools import NOTEBOOKS, SOLUTIONS

kit = pytest.importorskip("ipywidgets")
CONTROLS = (kit.ToggleButton, kit.SelectionSlider, kit.IntSlider, kit.FloatSlider)

RNG = np.random.default_rng(0)
CLOUD = RNG.normal(size=(40, 5))
PLANES = {perplexity: RNG.normal(size=(40, 2)) for perplexity in (30, 5, 10, 2)}
NEAR = np.linalg.norm(CLOUD[:, None] - CLOUD, axis=-1).argsort(axis=1)[:, 1:6]
TEXT = ["it", "was", "not", "good", "but", "it", "was", "not", "bad"]
ROWS = [{"not": (1, 0), "bad": (0, 1)}.get(word, (0, 0)) for word in TEXT]
CALLS = {
    "decision_line": lambda: play.decision_line([0, 1, 1, 1]),
    "tent": play.tent,
    "learning_rate": lambda: play.learning_rate(lambda w: w**2 / 8, lambda w: w / 4, start=-2.0),
    "one_hot_times_table": lambda: play.one_hot_times_table(["a", "b", "c", "d"], [[2, 0], [1.8, 0.2], [-2, 0.1], [0, 2]]),
    "padding": lambda: play.padding([["warm", "soup"], [], ["one", "long", "text", "of", "six", "words"]], longest=7),
    "masked_mean": lambda: play.masked_mean(["a", "b"], [[2.0, 3.0], [4.0, 1.0]], padding_row=[-3.0, -2.0]),
    "conv_window": lambda: play.conv_window(TEXT, ROWS, [[1, 0], [0, 1]], -1.0),
    "cut_off": lambda: play.cut_off({"the": 30, "soup": 2, "rare": 1}, {"the": 6, "soup": 2, "rare": 1, "new": 1}, 50),
    "glove_weight": lambda: play.glove_weight([0.5, 0.5, 1, 4, 20, 200]),
    "perplexity": lambda: play.perplexity(PLANES, NEAR, lambda ax, places, title: ax.plot(*places.T, ".")),
}  # fmt: skip


@pytest.fixture(autouse=True)
def looks():
    plots.style()
    plt.close(plt.figure())  # Matplotlib settles which backend it draws with
    yield
    assert plt.get_fignums() == [], "a figure was left open"


@pytest.fixture
def scene(monkeypatch):
    """The scene that a call would show."""

    def of(name: str) -> stage.Scene:
        found = []
        for module in (networks, texts, vectors):
            monkeypatch.setattr(module, "show", found.append)
        CALLS[name]()
        return found[0]

    return of


@pytest.fixture
def shown(monkeypatch):
    """What calls display, as (data, metadata)."""
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw, metadata: outputs.append((data, metadata)))
    return outputs


def controls(box) -> dict[str, object]:
    parts = [inner for child in box.children for inner in (child.children if isinstance(child, kit.HBox) else [child])]
    return {part.description: part for part in parts if isinstance(part, CONTROLS)}


def sentence(box) -> str:
    return re.sub("<[^>]*>", "", box.children[-2].value).replace("\u2212", "-")


def another(control):
    """A value the control does not have."""
    if isinstance(control, kit.ToggleButton):
        return not control.value
    if isinstance(control, kit.SelectionSlider):
        return next(value for _, value in control.options if value != control.value)
    return control.min if control.value != control.min else control.max


def test_every_picture_of_the_package_is_tried_here():
    assert sorted(CALLS) == sorted(play.__all__)


@pytest.mark.parametrize("name", CALLS)
def test_each_control_changes_the_picture_and_the_sentence(scene, name):
    box = stage.live(scene(name))
    assert controls(box) and all(controls(box))  # each has a description
    for label, control in controls(box).items():
        before, said = bytes(box.children[-1].value), sentence(box)
        control.value = another(control)
        after = bytes(box.children[-1].value)
        assert after.startswith(b"\x89PNG") and after != before, label
        if (name, label) != ("padding", "pad and cut on the"):  # the counts are the same on both sides
            assert sentence(box) != said, label


@pytest.mark.parametrize(
    ("name", "moves", "words"),
    [
        ("decision_line", {}, "w = (1, 1), b = -0.5: 4 of 4 corners right"),
        ("decision_line", {"bias b": -1.0}, "b = -1: 2 of 4"),  # on the line: does not fire
        ("decision_line", {"weight w1": 0.0, "weight w2": 0.0}, "w = (0, 0), b = -0.5: 1 of 4"),  # no line at all
        ("decision_line", {"weight w1": 0.0, "weight w2": 0.0, "bias b": 1.0}, "b = 1: 3 of 4"),
        ("tent", {}, "at 0, 1 and 2 the sum is 0, 1, 0"),
        ("tent", {"second bends at": 1.5, "its weight": -4.0}, "the sum is 0, 1, 0"),
        ("tent", {"its weight": -1.0}, "the sum is 0, 1, 1"),
        ("learning_rate", {"learning rate": 4, "steps": 1}, "rate 4, 1 steps: w = 0.00, loss 0.000"),
        ("learning_rate", {"learning rate": 2, "steps": 2}, "rate 2, 2 steps: w = -0.50, loss 0.031"),
        ("one_hot_times_table", {"id": 2}, "id 2, c: one_hot @ table = [-2, 0.1], row 2"),
        ("padding", {"length of the rows": 4}, "length 4: 12 positions, 6 of them padding (mask False); 2 words cut"),
        ("padding", {"length of the rows": 7}, "21 positions, 13 of them padding (mask False); 0 words cut"),
        ("masked_mean", {}, "masked mean (3.00, 2.00), mean of all positions (3.00, 2.00)"),
        ("masked_mean", {"positions of padding": 2}, "masked mean (3.00, 2.00), mean of all positions (0.00, 0.00)"),
        ("masked_mean", {"b": False}, "words: 1, padding: 0; masked mean (2.00, 3.00)"),
        ("masked_mean", {"a": False, "b": False}, "masked mean (0.00, 0.00)"),
        ("conv_window", {"window starts at": 7}, "“not bad”: 2 - 1 = 1, answer 1; windows that fire: 1"),
        ("conv_window", {"bias of the filter": 0.0}, "windows that fire: 2, strongest 2"),
        ("conv_window", {"bias of the filter": -2.0}, "windows that fire: 0, strongest 0"),
        ("cut_off", {}, "3 rows of 50 (100% of all), covering 90.0% of new tokens, 75% of new types"),
        ("cut_off", {"must occur (times)": 2}, "2 rows of 50 (67% of all), covering 80.0% of new tokens, 50% of new types"),
        ("glove_weight", {"limit x_max": 16}, "count 1 (dot) weighs 0.12"),  # (1/16) ** 0.75 = 1/8
        ("glove_weight", {"exponent alpha": 0.0}, "weighs 1.00; pairs of count 10 or more have 33% of the weight"),
    ],
)  # fmt: skip
def test_the_sentence_says_the_right_number(scene, name, moves, words):
    box = stage.live(scene(name))
    for label, value in moves.items():
        controls(box)[label].value = value
    assert words in sentence(box)


def test_the_share_of_neighbours_kept_is_counted(scene):
    box = stage.live(scene("perplexity"))
    control = controls(box)["perplexity"]
    assert [label for label, _ in control.options] == ["2", "5", "10", "30"]
    control.value = 30
    drawn = np.linalg.norm(PLANES[30][:, None] - PLANES[30], axis=-1).argsort(axis=1)[:, 1:6]
    kept = np.mean([len(set(a) & set(b)) / 5 for a, b in zip(NEAR, drawn, strict=True)])
    assert sentence(box) == f"perplexity 30: keeps {kept:.0%} of 5 neighbours"


@pytest.mark.parametrize("name", CALLS)
def test_axes_are_labelled_and_keep_their_place(scene, name):
    camera = stage.Camera(scene(name))
    for ax in camera.figure.axes:
        assert not ax.axison or (ax.get_xlabel() and ax.get_ylabel())
    once = camera.picture(camera.scene.start)
    camera.picture({**camera.scene.start, **camera.scene.stills[-1]})
    assert camera.picture(camera.scene.start) == once
    assert len(camera.figure.axes) == len(camera.places)


@pytest.mark.parametrize("name", CALLS)
def test_stills_are_shown_where_nobody_can_move_them(shown, name):
    CALLS[name]()
    CALLS[name]()
    (data, metadata), again = shown
    assert sorted(data) == ["image/png", "text/plain"]
    assert len(metadata["image/png"]["alt"]) >= 40 and metadata["image/png"]["alt"] in data["text/plain"]
    assert again == (data, metadata), "stills must come out the same each time"


def front_end(monkeypatch, allow_stdin: bool) -> None:
    message = {"content": {"allow_stdin": allow_stdin}}
    kernel = SimpleNamespace(get_parent=lambda channel: message)
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=kernel))


def test_a_person_gets_both_in_one_output_and_a_program_the_stills(shown, monkeypatch):
    front_end(monkeypatch, allow_stdin=True)
    play.tent()
    front_end(monkeypatch, allow_stdin=False)
    play.tent()
    person, program = (data for data, _ in shown)
    view = person.pop(stage.VIEW)
    assert person == program
    assert view["version_major"] == 2 and re.fullmatch("[0-9a-f]{32}", view["model_id"])


def test_without_ipywidgets_the_stills_are_shown(shown, monkeypatch):
    front_end(monkeypatch, allow_stdin=True)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    play.tent()
    assert sorted(shown[0][0]) == ["image/png", "text/plain"]


def test_importing_the_package_brings_neither_tensorflow_nor_ipywidgets():
    heavy = ["tensorflow", "keras", "ipywidgets", "matplotlib.pyplot"]
    code = f"import sys, course; from course import play; print(set({heavy}) & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "set()", ran.stdout + ran.stderr


def test_each_written_part_has_two_or_more_and_the_grader_runs_none():
    parts = Counter()
    for path in NOTEBOOKS:
        source = read(settings.ROOT / "lessons" / f"{path.stem}.py")
        for at, cell in enumerate(source.cells):
            if cell.kind == "code" and re.search(r"^play\.", cell.source, re.MULTILINE):
                parts[source.entry.part] += 1
                assert not cell.is_needed and "from course import play" in cell.source
                before, after = source.cells[at - 1], source.cells[at + 1]
                assert re.search(r"[Bb]efore you", before.source) and "?" in before.source, "a question to guess from"
                assert after.kind == "markdown" and not after.is_notes, "what was to be seen"
    written = {entry.part for entry in catalog.LESSONS if entry.exercises and entry.name in {p.stem for p in NOTEBOOKS}}
    assert all(parts[part] >= 2 for part in written & {1, 2, 3, 4}), parts


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SOLUTIONS])
def test_a_committed_solution_holds_stills_and_no_widget(path):
    notebook = nbformat.read(path, as_version=4)
    assert "widgets" not in notebook.metadata and stage.VIEW not in path.read_text(encoding="utf-8")
    for cell in notebook.cells:
        if cell.cell_type == "code" and re.search(r"^play\.", cell.source, re.MULTILINE):
            assert "image/png" in cell.outputs[-1].data


def main() -> None:
    """`python -m tests.test_play`: how long each picture takes to redraw, in milliseconds of processor time."""
    plots.style()
    for name, call in CALLS.items():
        found: list[stage.Scene] = []
        for module in (networks, texts, vectors):
            module.show = found.append
        call()
        camera, taken = stage.Camera(found[0]), []
        for changed in [*found[0].stills] * 5:
            start = time.thread_time()
            camera.picture({**found[0].start, **changed})
            taken.append(1000 * (time.thread_time() - start))
        print(f"{name:20} {np.median(taken):4.0f} ms, at most {max(taken):4.0f} ms")


if __name__ == "__main__":
    main()
