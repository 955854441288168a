"""Part I to be moved: a neuron's line, two bends that make a tent, steps down a valley."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course import sketch
from course.play.stage import Choice, Scene, Slider, number, show
from course.plots import BLACK, BLUE, GREEN, ORANGE, RED, SKY

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def decision_line(wanted: Sequence[int], w: Sequence[float] = (1.0, 1.0), b: float = -0.5) -> None:
    """Sliders for the weights and the bias of a neuron with two inputs; the line where z is 0 follows.

    wanted: 1 (it should fire) or 0 for the corners (0, 0), (0, 1), (1, 0), (1, 1) in this order. w, b: where it starts.
    """

    def draw(figure: Any, w1: float, w2: float, b: float) -> str:
        ax = figure.subplots()
        side = np.array([-0.5, 1.5])
        x1, x2 = np.meshgrid(side, side)
        z = w1 * x1 + w2 * x2 + b
        if z.max() > 1e-9:
            ax.contourf(x1, x2, z, [0, z.max() + 1], colors=[SKY], alpha=0.3)
        if z.min() < -1e-9 and z.max() > 1e-9:
            ax.contour(x1, x2, z, [0], colors=[BLACK], linewidths=2.2)
            middle = np.array([0.5, 0.5])
            foot = middle - (w1 * 0.5 + w2 * 0.5 + b) / (w1**2 + w2**2) * np.array([w1, w2])
            if (abs(foot - middle) < 0.95).all():
                sketch.firing_side(ax, *foot, towards=(w1, w2), size=0.25)
        sketch.corners(ax, list(wanted))
        sums = np.round(CORNERS @ [w1, w2] + b, 9)
        right = (sums > 0) == (np.array(wanted) == 1)
        for (x, y), fits in zip(CORNERS, right, strict=True):
            if not fits:
                ax.plot(x, y, "s", markersize=19, markerfacecolor="none", markeredgecolor=RED, markeredgewidth=2)
            ax.annotate(
                "right" if fits else "wrong", (x, y), (0, -22), textcoords="offset points", ha="center", fontsize=11
            )
        ax.set(xlabel="input x1", ylabel="input x2")
        return f"w = ({number(w1)}, {number(w2)}), b = {number(b)}: {right.sum()} of 4 corners right"

    w1, w2 = w
    controls = {
        "w1": Slider("weight w1", -2.0, 2.0, 0.1, w1),
        "w2": Slider("weight w2", -2.0, 2.0, 0.1, w2),
        "b": Slider("bias b", -2.0, 2.0, 0.1, b),
    }
    stills = ({}, {"b": b - 1.0}, {"w1": 0.2}, {"w1": -w1, "w2": -w2, "b": -b})
    alt = (
        "Four squares with the corners (0, 0), (0, 1), (1, 0), (1, 1), a line and a shaded side where the neuron fires. First the start; "
        "then another bias, and the line has moved without turning; then another first weight, and it has turned; then all signs "
        "flipped, and the same line has its other side shaded. Corners on the wrong side have a red square around them."
    )
    show(Scene(draw, controls, stills, alt, size=(5.7, 4.4)))


def tent() -> None:
    """Sliders for the place where the second of two ReLU neurons bends and for its weight; their sum follows."""

    def draw(figure: Any, bend: float, weight: float) -> str:
        ax = figure.subplots()
        count = np.linspace(0, 2, 201)
        first, second = np.maximum(count, 0), weight * np.maximum(count - bend, 0)
        ax.plot(count, first + second, color="0.75", linewidth=7, label="their sum")
        ax.plot(count, first, "--", color=BLUE, label="first neuron")
        ax.plot(count, second, ":", color=ORANGE, linewidth=3, label="second, times its weight")
        at = np.array([0, 1, 2])
        sums = at + weight * np.maximum(at - bend, 0)
        ax.plot(at, sums, "o", color=BLACK, markersize=8)
        ax.set(xticks=at, xlabel="how many of the two inputs are 1", ylabel="output", ylim=(-4.2, 4.2))
        ax.legend(loc="lower left", fontsize=11)
        return f"bend {number(bend)}, weight {number(weight)}: at 0, 1 and 2 the sum is " + ", ".join(
            number(round(value, 6)) for value in sums
        )

    controls = {
        "bend": Slider("second bends at", 0.0, 2.0, 0.1, 1.0),
        "weight": Slider("its weight", -4.0, 1.0, 0.1, -2.0),
    }
    stills = ({}, {"weight": -1.0}, {"bend": 0.5}, {"bend": 1.5, "weight": -4.0})
    alt = (
        "Four pictures of two bent lines and their sum over 0 to 2. Bend 1 and weight -2: a tent, 0, 1, 0. Weight -1: the sum rises to 1 "
        "and stays flat. Bend 0.5: the tent is lower, its top is at 0.5, and the sum ends at -1. Bend 1.5 and weight -4: it turns later "
        "and falls steeply."
    )
    show(Scene(draw, controls, stills, alt, size=(7.0, 3.8)))


def learning_rate(
    loss: Callable[[float], float], slope: Callable[[float], float], start: float, ends: tuple[float, float] = (-3, 11)
) -> None:
    """A slider for the learning rate and one for the number of steps; the path down the valley and its losses follow.

    loss, slope: of one weight. start: the weight before the first step. ends: the stretch of weights that is drawn.
    """
    weights = np.linspace(*ends, 221)
    valley = np.array([loss(w) for w in weights])
    best = valley.min()

    def draw(figure: Any, rate: float, steps: int) -> str:
        path = [start]
        for _ in range(steps):
            path.append(path[-1] - rate * slope(path[-1]))
        losses = np.array([loss(w) for w in path])
        left, right = figure.subplots(1, 2)
        left.plot(weights, valley, color="0.7")
        left.plot(path, losses, "o-", color=BLUE, linewidth=1.2, markersize=5)
        left.plot(path[-1], losses[-1], "o", color=RED, markersize=10)
        left.set(xlabel="weight w", ylabel="loss", xlim=ends, ylim=(0, 4.2), yticks=range(5))
        right.axhline(best, color=GREEN, linestyle="--", linewidth=1.5)
        right.text(20, best - 0.08, "lowest there is", color=GREEN, ha="right", va="top", fontsize=11)
        right.plot(range(steps + 1), losses, "o-", color=BLUE, markersize=5, linewidth=1.2)
        right.plot(steps, losses[-1], "o", color=RED, markersize=10)
        right.set(
            xlabel="step", ylabel="loss", xlim=(-0.6, 20.6), ylim=(0, 4.2), xticks=(0, 5, 10, 15, 20), yticks=range(5)
        )
        return f"rate {rate:g}, {steps} steps: w = {number(path[-1], '.2f')}, loss {losses[-1]:.3f} (lowest {best:.3f})"

    rates = (0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12)
    controls = {"rate": Choice("learning rate", rates, 2), "steps": Slider("steps", 0, 20, 1, 8)}
    stills = ({"rate": 0.5}, {"rate": 3}, {"rate": 6}, {"rate": 12})
    alt = (
        "Four pairs of pictures: eight steps in a valley, and the loss at each step. At rate 0.5 the dots creep down one side. At rate 3 "
        "they are near the bottom after a few steps. At rate 6 they jump across the bottom from side to side. At rate 12 they jump from "
        "one slope to the other and the loss goes up and down."
    )
    show(Scene(draw, controls, stills, alt, size=(7.6, 3.6)))
