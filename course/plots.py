"""One look for every figure of the course, and a way to show a figure that also says what it shows."""

from __future__ import annotations

import base64
import io

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


def show(alt: str) -> None:
    """Shows the current figure and closes it.

    alt: what the figure shows, in one or two sentences, for someone who cannot see it. It is kept with the picture.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    figure = plt.gcf()
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=96, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
    data = {"image/png": base64.b64encode(picture.getvalue()).decode(), "text/plain": f"[figure: {alt}]"}
    display(data, raw=True, metadata={"image/png": {"alt": alt}})
