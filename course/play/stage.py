"""Shows a picture that can be moved: with ipywidgets where somebody can move it, as stills of several positions beside or instead.

The rule: a cell is run either for a person, who could be asked a question (`allow_stdin` in Jupyter's request: JupyterLab, Notebook,
Colab, VS Code), or by a program (nbclient, nbval, nbconvert, papermill). A program gets the stills. A person gets one output that holds
both: front ends that know widgets show the widget, all others, GitHub among them, show the stills.
"""

from __future__ import annotations

import html
import io
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"
DPI = 96


@dataclass(frozen=True)
class Slider:
    """A number to move in steps; whole numbers where `step` is one."""

    label: str
    low: float
    high: float
    step: float
    start: float

    def widget(self, kit: Any) -> Any:
        make = kit.IntSlider if isinstance(self.step, int) else kit.FloatSlider
        looks = {"readout_format": ".2f" if self.step < 0.1 else ".1f"} if make is kit.FloatSlider else {}
        return make(self.start, min=self.low, max=self.high, step=self.step, **looks, **_looks(self.label))


@dataclass(frozen=True)
class Choice:
    """One of several values, by their position on a slider."""

    label: str
    options: tuple[Any, ...]
    start: Any

    def widget(self, kit: Any) -> Any:
        named = [(_plain(option), option) for option in self.options]
        return kit.SelectionSlider(options=named, value=self.start, **_looks(self.label))


@dataclass(frozen=True)
class Switch:
    """On or off."""

    label: str
    start: bool = True

    def widget(self, kit: Any) -> Any:
        return kit.ToggleButton(self.start, description=self.label, layout={"width": "auto"})


@dataclass(frozen=True)
class Scene:
    """A picture with controls.

    draw: draws on the figure (or part of a figure) it is given, at the values of the controls, and returns the sentence that says the
    number which changes. controls: by the name of the value. stills: what differs from the start in each still, three or four of them.
    alt: what the stills show together. size: of the picture that is moved, in inches. columns: stills in a row. shrink: how much
    smaller a still is; its type keeps its size.
    """

    draw: Callable[..., str]
    controls: Mapping[str, Slider | Choice | Switch]
    stills: Sequence[Mapping[str, Any]]
    alt: str
    size: tuple[float, float] = (6.4, 4.0)
    columns: int = 2
    shrink: float = 0.72

    @property
    def start(self) -> dict[str, Any]:
        return {name: control.start for name, control in self.controls.items()}


def show(scene: Scene) -> None:
    """Shows a scene: to be moved where somebody can, as stills where nobody can."""
    from course import plots

    beside = {}
    if somebody():
        box = live(scene)
        beside[VIEW] = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    stills(scene)
    plots.show(scene.alt, beside)


def somebody() -> bool:
    """Whether the cell that runs was sent by a front end with a person at it, and ipywidgets is there to be used."""
    try:
        import ipywidgets  # noqa: F401
        from IPython import get_ipython

        return bool(get_ipython().kernel.get_parent("shell")["content"]["allow_stdin"])
    except (ImportError, AttributeError, KeyError, TypeError):
        return False


def live(scene: Scene) -> Any:
    """The scene as a widget: controls, a sentence, a picture. Its picture is `children[-1]`, its sentence `children[-2]`."""
    import ipywidgets as kit

    controls = {name: control.widget(kit) for name, control in scene.controls.items()}
    sliders = [made for made in controls.values() if not isinstance(made, kit.ToggleButton)]
    switches = [made for made in controls.values() if isinstance(made, kit.ToggleButton)]
    width = round(scene.size[0] * DPI)
    sentence = kit.HTML()
    picture = kit.Image(format="png", layout={"width": f"{width}px", "max_width": "100%", "object_fit": "contain"})
    camera = Camera(scene)

    def redraw(_: Any = None) -> None:
        said, png = camera.picture({name: made.value for name, made in controls.items()})
        sentence.value = f'<span role="status" style="font-size: 1.1em">{html.escape(said)}</span>'
        picture.value = png

    redraw()
    for made in controls.values():
        made.observe(redraw, "value")
    rows = [*sliders, *([kit.HBox(switches, layout={"flex_flow": "row wrap"})] if switches else []), sentence, picture]
    return kit.VBox(rows)


def stills(scene: Scene) -> None:
    """Draws the scene at several positions, side by side, on a new current figure."""
    import matplotlib.pyplot as plt

    wide, high = (scene.shrink * side for side in scene.size)
    rows = -(-len(scene.stills) // scene.columns)
    figure = plt.figure(figsize=(wide * scene.columns, (high + 0.5) * rows), layout="constrained")
    parts = list(figure.subfigures(rows, scene.columns, squeeze=False, wspace=0.03, hspace=0.03).flat)
    letters = int(wide * 11)
    captions = [
        textwrap.wrap(scene.draw(part, **{**scene.start, **changed}), letters)
        for part, changed in zip(parts, scene.stills, strict=True)
    ]
    lines = max(map(len, captions))  # all captions of one height, or the pictures below them would differ in size
    for part, caption in zip(parts, captions, strict=True):
        part.suptitle("\n".join(caption + [""] * (lines - len(caption))), fontsize=12, x=0.02, ha="left")


class Camera:
    """Draws a scene again and again on one figure that pyplot does not know: nothing else draws on it, and it goes with its widget.

    Where the axes stand is worked out once, at the start: that takes as long as the drawing, and axes that keep their place do not jump.
    """

    def __init__(self, scene: Scene) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.scene = scene
        self.figure = Figure(figsize=scene.size, dpi=DPI, layout="constrained")
        FigureCanvasAgg(self.figure)
        scene.draw(self.figure, **scene.start)
        self.figure.draw_without_rendering()
        self.figure.set_layout_engine("none")
        self.places = [ax.get_position(original=True) for ax in self.figure.axes]

    def picture(self, values: Mapping[str, Any]) -> tuple[str, bytes]:
        """The sentence and the PNG at these values."""
        import numpy as np
        from PIL import Image

        for ax in self.figure.axes:  # `figure.clear()` would clear each of them first, for a fifth of the time
            self.figure.delaxes(ax)
        said = self.scene.draw(self.figure, **values)
        for ax, place in zip(self.figure.axes, self.places, strict=True):
            ax.set_position(place)
        self.figure.canvas.draw()
        red_green_blue = np.ascontiguousarray(np.asarray(self.figure.canvas.buffer_rgba())[..., :3])
        png = io.BytesIO()
        Image.fromarray(red_green_blue).save(png, "png", compress_level=1)
        return said, png.getvalue()


def _looks(label: str) -> dict[str, Any]:
    return {
        "description": label,
        "style": {"description_width": "11em"},
        "layout": {"width": "34em", "max_width": "100%"},
    }


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:,g}"


def number(value: float, form: str = "g") -> str:
    """A number for reading, with a minus sign that is one."""
    return format(value, form).replace("-", "\u2212")
