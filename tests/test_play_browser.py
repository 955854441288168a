"""JupyterLab in Chromium: lesson 01's line follows its slider, by the arrow keys and by the mouse; stills are saved with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.play.stage import VIEW
from tests.deck_browser import chromium, needs_chromium
from tests.lab_browser import closed, lab, opened, run_all
from tests.notebook_tools import ROOT

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
LESSON = ROOT / "notebooks" / "01_neuron.ipynb"


def up_to_the_line(folder: Path) -> str:
    """The lesson's notebook up to the picture to move, without the cells about Keras, which is slow to start; its name in `folder`."""
    made = nbformat.read(LESSON, as_version=4)
    code = [cell.source if cell.cell_type == "code" else "" for cell in made.cells]
    last = next(i for i, source in enumerate(code) if "play.decision_line(" in source)
    made.cells = [made.cells[i] for i in range(last + 1) if not re.search("keras|as_dense|reviews", code[i])]
    nbformat.write(made, folder / LESSON.name)
    return LESSON.name


def sentence(page: Any) -> str:
    return page.locator("[role=status]").inner_text().replace("\u2212", "-")


def moved(page: Any, before: str, source: str) -> None:
    """Waits until the sentence is another one than `before` and the picture has been loaded from another place than `source`."""
    page.wait_for_function(
        """([before, source]) => {
            const picture = document.querySelector('img.widget-image');
            const said = document.querySelector('[role=status]').innerText;
            return said !== before && picture.src !== source && picture.complete && picture.naturalWidth > 0;
        }""",
        arg=[before, source],
    )


def test_the_line_follows_the_slider_and_is_saved_with_its_stills(tmp_path):
    needs_chromium()
    name = up_to_the_line(tmp_path)
    with chromium() as running, lab(tmp_path) as address:
        page = opened(running, address, name)
        run_all(page)
        picture, slider = page.locator("img.widget-image"), page.get_by_role("slider").nth(2)
        picture.wait_for()
        assert page.get_by_role("slider").count() == 3
        assert page.locator(".widget-slider .widget-label").all_inner_texts() == ["weight w1", "weight w2", "bias b"]
        assert sentence(page) == "w = (1, 1), b = -0.5: 4 of 4 corners right"
        picture.scroll_into_view_if_needed()
        pixels = [picture.screenshot()]

        was = page.locator("[role=status]").inner_text(), picture.get_attribute("src")
        slider.focus()
        page.keyboard.press("ArrowLeft")
        moved(page, *was)
        assert sentence(page) == "w = (1, 1), b = -0.6: 4 of 4 corners right"
        pixels.append(picture.screenshot())

        was = page.locator("[role=status]").inner_text(), picture.get_attribute("src")
        handle = slider.bounding_box()
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y, steps=6)
        page.mouse.up()
        moved(page, *was)
        page.wait_for_function("""() => {
            const shown = document.querySelector('[role=status]').innerText.match(/b = (.+):/)[1];
            return shown !== '−0.6' && +shown.replace('−', '-') === +document.querySelectorAll('[role=slider]')[2].ariaValueNow;
        }""")
        bias = float(re.search("b = (.+):", sentence(page))[1])
        assert bias > 0 and "3 of 4 corners right" in sentence(page)  # (0, 0) fires now
        pixels.append(picture.screenshot())
        assert len(set(pixels)) == 3, "the picture did not change"
        assert not page.get_by_text("javascript error").count()

        page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
        closed(page)
        saved = nbformat.read(tmp_path / name, as_version=4)
        assert "widgets" not in saved.metadata
        assert {VIEW, "image/png", "text/plain"} == set(saved.cells[-1].outputs[0].data)
