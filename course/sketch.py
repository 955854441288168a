"""Drawings that lessons show and do not teach: a vote as a staircase, a neuron, the four corners of two yes/no inputs.

Each draws on the axes it is given; the lesson sets the title and calls `plots.show`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.plots import BLACK, BLUE, GREEN, ORANGE, RED


def votes(ax: Any, words: Sequence[str], counts: Sequence[float], weights: Sequence[float], bias: float) -> None:
    """The weighted sum as steps to the right (for) and to the left (against), from the bias at the top to the total."""
    labels, steps = ["start (bias)"], [bias]
    for word, count, weight in zip(words, counts, weights, strict=True):
        labels.append(f"{word}: {count:g} × {_signed(weight)}")
        steps.append(count * weight)
    at = 0.0
    for row, step in enumerate(steps):
        ax.barh(row, step, left=at, height=0.6, color=BLUE if step > 0 else ORANGE)
        right = max(at, at + step)
        ax.text(right + 0.08, row, _signed(step), va="center")
        at += step
        ax.plot([at, at], [row - 0.3, row + 1.3], color="0.6", linewidth=1)
    ax.barh(len(steps), at, height=0.6, color=BLACK)
    ax.text(max(at, 0) + 0.08, len(steps), _signed(at), va="center", fontweight="bold")
    ax.axvline(0, color=BLACK, linewidth=1)
    ax.use_sticky_edges = False
    ax.margins(x=0.12)
    ax.set_yticks(range(len(steps) + 1), [*labels, "total"])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)


def neuron(ax: Any, words: Sequence[str], counts: Sequence[float], weights: Sequence[float], bias: float) -> None:
    """One neuron as circles and arrows: inputs at the left, each arrow with its weight, the sum, the activation, the output."""
    import numpy as np

    z = sum(c * w for c, w in zip(counts, weights, strict=True)) + bias
    middle = (len(words) - 1) / 2
    sum_at, bend_at, out_at = (2.6, middle), (4.9, middle), (6.3, middle)
    for row, (word, count, weight) in enumerate(zip(words, counts, weights, strict=True)):
        at = (0.0, len(words) - 1 - row)
        _node(ax, at, f"{count:g}")
        ax.text(-0.5, at[1], word, ha="right", va="center")
        _arrow(ax, at, sum_at, _signed(weight), BLUE if weight > 0 else ORANGE, 1 + abs(weight))
    _node(ax, (2.6, middle + 1.6), _signed(bias), size=0.46, face="0.92")
    ax.text(2.6 - 0.6, middle + 1.6, "bias", ha="right", va="center")
    _arrow(ax, (2.6, middle + 1.6), sum_at, "", BLUE if bias > 0 else ORANGE, 1.5)
    _node(ax, sum_at, "sum", size=0.46)
    _arrow(ax, sum_at, bend_at, f"z = {z:.1f}", BLACK, 1.5, lift=0.16)
    _node(ax, bend_at, "", size=0.46)
    curve = np.linspace(-1, 1, 50)
    ax.plot(bend_at[0] + 0.3 * curve, bend_at[1] + 0.26 * np.tanh(3 * curve), color=GREEN)
    ax.text(bend_at[0], middle - 0.6, "activation\n(sigmoid)", ha="center", va="top")
    _arrow(ax, bend_at, out_at, "", BLACK, 1.5)
    ax.text(out_at[0] - 0.2, middle, f"{1 / (1 + np.exp(-z)):.2f}", va="center", fontweight="bold")
    ax.text(0, -0.4, "inputs", ha="center", va="top")
    ax.text(1.25, 0.0, "weights", ha="center", va="top")
    ax.text(out_at[0] + 0.1, middle - 0.6, "output", ha="center", va="top")
    ax.set_xlim(-1.6, 7.0)
    ax.set_ylim(-0.8, middle + 2.1)
    ax.set_aspect("equal")
    ax.axis("off")


def corners(ax: Any, answers: Sequence[float], names: Sequence[str] = ()) -> None:
    """The points (0, 0), (0, 1), (1, 0), (1, 1) in this order: a full disc where the answer is 1, an empty ring where it is 0."""
    points(ax, ((0, 0), (0, 1), (1, 0), (1, 1)), answers, names)


def points(ax: Any, places: Sequence[tuple], answers: Sequence[float], names: Sequence[str] = ()) -> None:
    """The same for any of the four corners; `names` are written above the points."""
    for (x1, x2), answer, name in zip(places, answers, names or [""] * len(places), strict=True):
        ax.plot(x1, x2, "o", markersize=10, color=BLUE if answer else "white", markeredgecolor=BLACK, zorder=3)
        ax.annotate(name, (x1, x2), (0, 9), textcoords="offset points", ha="center", fontsize=12)
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=(0, 1), yticks=(0, 1), aspect="equal")
    ax.grid(visible=False)


def network(
    ax: Any, weights: Sequence[Any], names: Sequence[Sequence[str]], values: Sequence[Any] | None = None
) -> None:
    """A network as circles and lines, the inputs at the left: a line for each weight, as wide as the weight is far from 0.

    weights: one array (k, m) for each layer after the inputs. names: one list of names for each layer, inputs first.
    values: the numbers to write into the circles, one list for each layer; without them the circles are empty.
    Weights above 0 are solid and blue, those below 0 dashed and orange.
    """
    wide = 3.8
    tall = max(len(layer) for layer in names)
    at = [
        [(wide * i, (tall - len(layer)) / 2 + len(layer) - 1 - j) for j in range(len(layer))]
        for i, layer in enumerate(names)
    ]
    at = [[(x, 1.8 * y) for x, y in layer] for layer in at]
    for starts, ends, table in zip(at, at[1:], weights, strict=False):
        for i, start in enumerate(starts):
            for j, end in enumerate(ends):
                _weight(ax, start, end, float(table[i][j]), 0.2 + 0.1 * ((2 * i + j) % 3))
    for depth, (layer, points) in enumerate(zip(names, at, strict=True)):
        for j, (name, (x, y)) in enumerate(zip(layer, points, strict=True)):
            _node(
                ax,
                (x, y),
                f"{float(values[depth][j]):g}".replace("-", "\u2212") if values is not None else "",
                size=0.36,
            )
            side = {0: -1, len(names) - 1: 1}.get(depth, 0)
            if side:
                ax.text(x + 0.55 * side, y, name, ha="right" if side < 0 else "left", va="center")
            else:
                below = j > (len(layer) - 1) / 2  # outside, where fewer lines arrive
                ax.text(
                    x,
                    y - 0.45 if below else y + 0.45,
                    name,
                    ha="center",
                    va="top" if below else "bottom",
                    zorder=3,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
                )
    ax.set(xlim=(-1.6, wide * (len(names) - 1) + 1.6), ylim=(-0.7, 1.8 * (tall - 1) + 0.7), aspect="equal")
    ax.axis("off")


def wires(
    ax: Any, inputs: int, outputs: int, pairs: Sequence[tuple[int, int, int | None]], watch: int, memory: bool = False
) -> None:
    """A layer as wires from a row of inputs, below, to its outputs, above; outputs that input `watch` reaches are filled.

    pairs: (input, output, which weight), a colour and a line style for each weight; None for a weight that occurs once.
    memory: whether each output also feeds the next one, as in a recurrent layer.
    """
    looks = ((BLUE, "-"), (ORANGE, "--"), (GREEN, ":"))
    left = (inputs - outputs) / 2 if not memory and outputs != inputs else 0.0
    gap = 1.0 if outputs > 2 else 2.0
    x_of = [left + gap * (o - (outputs - 1) / 2) + (outputs - 1) / 2 for o in range(outputs)]
    for start, end, weight in pairs:
        colour, look = ("0.55", "-") if weight is None else looks[weight]
        ax.plot([start, x_of[end]], [0, 2], look, color=colour, linewidth=1.2 if weight is None else 2.2, zorder=1)
    reached = {end for start, end, _ in pairs if start == watch}
    if memory:
        reached = set(range(min(reached), outputs))
        for o in range(outputs - 1):
            arrow = {
                "arrowstyle": "-|>",
                "color": ORANGE,
                "linewidth": 2,
                "linestyle": "--",
                "shrinkA": 7,
                "shrinkB": 7,
            }
            ax.annotate("", (x_of[o + 1], 2), (x_of[o], 2), arrowprops=arrow)
    for x, y, full in [(i, 0, i == watch) for i in range(inputs)] + [
        (x_of[o], 2, o in reached) for o in range(outputs)
    ]:
        ax.plot(x, y, "o", markersize=15, color="0.35" if full else "white", markeredgecolor=BLACK, zorder=3)
    ax.set(xlim=(-0.6, inputs - 0.4), ylim=(-0.5, 2.5))
    ax.axis("off")


def _weight(ax: Any, start: tuple[float, float], end: tuple[float, float], weight: float, place: float) -> None:
    """One weight as a line, with its number at `place` along it."""
    if weight == 0:
        return
    colour = BLUE if weight > 0 else ORANGE
    ax.plot(
        *zip(start, end, strict=True), "-" if weight > 0 else "--", color=colour, linewidth=4 * abs(weight), zorder=1
    )
    x, y = (a + place * (b - a) for a, b in zip(start, end, strict=True))
    ax.text(
        x,
        y,
        _signed(weight),
        ha="center",
        va="center",
        fontsize=11,
        zorder=2,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )


def firing_side(ax: Any, x1: float, x2: float, towards: Sequence[float], size: float = 0.2) -> None:
    """A short arrow from the point (x1, x2) of a line to the side where the neuron fires: there its weights, `towards`, point."""
    length = (towards[0] ** 2 + towards[1] ** 2) ** 0.5
    end = (x1 + size * towards[0] / length, x2 + size * towards[1] / length)
    ax.annotate(
        "", end, (x1, x2), arrowprops={"arrowstyle": "-|>", "color": BLUE, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    )


def chain(
    ax: Any, names: Sequence[str], values: Sequence[float], slopes: Sequence[float], factors: Sequence[str]
) -> None:
    """A chain of steps as boxes, forward with their values; below, backward, the slope at each box and the factors between."""
    arrow = {"arrowstyle": "-|>", "linewidth": 2}
    for place, (name, value, slope) in enumerate(zip(names, values, slopes, strict=True)):
        text = f"{name}\n{value:.3f}".replace("-", "−")
        box = {"facecolor": "white", "boxstyle": "round,pad=0.6"}
        ax.text(3 * place, 0, text, ha="center", va="center", bbox=box)
        text = f"{slope:.3f}".replace("-", "−")
        ax.text(3 * place, -1.25, text, ha="center", va="center", color=RED, fontweight="bold")
    for place, factor in enumerate(factors):
        left, right = 3 * place + 0.75, 3 * place + 2.25
        ax.annotate("", (right, 0), (left, 0), arrowprops=arrow)
        ax.annotate("", (left, -1.25), (right, -1.25), arrowprops={**arrow, "color": RED})
        ax.text(3 * place + 1.5, -0.8, factor, ha="center", va="center", color=RED, fontsize=11)
    ax.text(-2.2, 0, "forward", va="center")
    ax.text(-2.2, -1.25, "backward", va="center", color=RED)
    ax.set(xlim=(-2.3, 3 * len(factors) + 1), ylim=(-1.7, 0.8))
    ax.axis("off")


def label(ax: Any, x: float, y: float, text: str) -> None:
    """A small text on a white ground, to be laid on a line."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    ax.text(x, y, text.replace("-", "\u2212"), ha="center", va="center", fontsize=11, bbox=box)


def _signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "\u2212") if number else "0"


def _node(ax: Any, at: tuple[float, float], text: str, size: float = 0.33, face: str = "white") -> None:
    from matplotlib.patches import Circle

    ax.add_patch(Circle(at, size, facecolor=face, edgecolor=BLACK, linewidth=1.5, zorder=2))
    ax.text(*at, text, ha="center", va="center", zorder=3)


def _arrow(ax: Any, start: tuple, end: tuple, text: str, colour: str, width: float, lift: float = 0.0) -> None:
    place = 0.5 if lift else 0.45
    ax.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": width, "shrinkA": 14, "shrinkB": 20},
        zorder=1,
    )
    if text:
        x, y = start[0] + place * (end[0] - start[0]), start[1] + place * (end[1] - start[1])
        ax.text(
            x,
            y + lift,
            text,
            ha="center",
            va="center" if not lift else "bottom",
            zorder=3,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
