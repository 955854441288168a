"""One look for every figure of the course, and a way to show a figure that also says what it shows."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

# Okabe & Ito (2008), https://jfly.uni-koeln.de/color/ : told apart with every common kind of colour blindness.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, BLACK = COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000",
)  # fmt: skip


def style() -> None:
    """Sets the course's look for Matplotlib: type to be read from the back of a room, a colour-blind-safe palette, few lines."""
    import matplotlib as mpl

    mpl.rcParams.update(
        {
            "figure.figsize": (7.2, 4.2),
            "figure.dpi": 100,
            "figure.facecolor": "white",
            "font.size": 13,
            "axes.titlesize": 14,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.labelsize": 13,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.alpha": 0.25,
            "lines.linewidth": 2.2,
            "legend.frameon": False,
            "axes.prop_cycle": mpl.cycler(color=COLOURS[:6]),
            "image.cmap": "viridis",
        }
    )


def coloured_words(words: Sequence[str], scores: Sequence[float], width: float = 8.0) -> None:
    """A text on a new figure, each word on a patch of colour: blue for a score above 0, orange below, stronger the further from 0.

    width: of the figure, in inches; the text is broken into lines that fit.
    """
    import matplotlib.pyplot as plt
    from matplotlib.colors import to_rgb

    figure, ax = plt.subplots(figsize=(width, 1))
    ax.axis("off")
    renderer = figure.canvas.get_renderer()
    largest = max([abs(float(score)) for score in scores] or [0]) or 1.0
    x, line = 0.0, 0
    for word, score in zip(words, scores, strict=True):
        strength = 0.75 * abs(float(score)) / largest
        patch = [1 - strength * (1 - part) for part in to_rgb(BLUE if score > 0 else ORANGE)]
        label = ax.text(
            x, line, word, fontsize=14, va="center", bbox={"facecolor": patch, "edgecolor": "none", "pad": 3}
        )
        size = label.get_window_extent(renderer).width / ax.bbox.width
        if x + size > 1 and x > 0:
            x, line = 0.0, line + 1
            label.set_position((x, line))
        x += size + 0.02
    ax.set(xlim=(0, 1), ylim=(line + 0.6, -0.6))
    figure.set_figheight(0.7 + 0.42 * (line + 1))


def show(alt: str, beside: Mapping[str, Any] | None = None) -> None:
    """Shows the current figure and closes it.

    alt: what the figure shows, in one or two sentences, for someone who cannot see it. It is kept with the picture.
    beside: the same in other forms, by MIME type, for front ends that prefer one of those.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    figure = plt.gcf()
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=96, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
    data = {
        "image/png": base64.b64encode(_smaller(picture)).decode(),
        "text/plain": f"[figure: {alt}]",
        **(beside or {}),
    }
    display(data, raw=True, metadata={"image/png": {"alt": alt}})


def _smaller(picture: io.BytesIO) -> bytes:
    """The same PNG with a palette of 64 colours: a quarter of the size, and no difference to be seen in a chart."""
    from PIL import Image

    small = io.BytesIO()
    Image.open(picture).convert("RGB").quantize(64, kmeans=2, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()
