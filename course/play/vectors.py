"""Part IV to be moved: which words get a row, how much a pair weighs, how many neighbours t-SNE looks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course.play.stage import Choice, Scene, Slider, number, show
from course.plots import BLUE, ORANGE, RED


def cut_off(counts: Mapping[str, int], new: Mapping[str, int], dim: int) -> None:
    """A slider for how often a word must occur to get a row: how many rows are left, and what they cover.

    counts: words of the training texts, which decide. new: words of other texts, of which a share is covered. dim: numbers in a row.
    """
    words = np.array(list(counts.values()))
    found = np.array([counts.get(word, 0) for word in new])
    times = np.array(list(new.values()))
    limits = np.arange(1, 21)
    rows = np.array([(words >= n).sum() for n in limits])
    types = np.array([(found >= n).mean() for n in limits])
    tokens = np.array([times[found >= n].sum() / times.sum() for n in limits])

    def draw(figure: Any, n: int) -> str:
        left, right = figure.subplots(1, 2)
        left.bar(limits, rows, color="0.8")
        left.bar(n, rows[n - 1], color=BLUE)
        left.set(xlabel="a word must occur", ylabel="rows of the table", xticks=(1, 5, 10, 15, 20))
        for shares, name, colour, look in ((tokens, "tokens", BLUE, "o-"), (types, "types", ORANGE, "s--")):
            right.plot(limits, 100 * shares, look, color=colour, markersize=4, label=name)
            right.plot(n, 100 * shares[n - 1], look[0], color=colour, markersize=11, markeredgecolor="black")
        right.set(xlabel="a word must occur", ylabel="covered (%)", ylim=(0, 103), xticks=(1, 5, 10, 15, 20))
        right.legend(loc="center right", bbox_to_anchor=(1, 0.42), fontsize=11, handlelength=1.5)  # between the curves
        share = rows[n - 1] / rows[0]
        return (
            f"{n} times or more: {rows[n - 1]:,} rows of {dim} ({share:.0%} of all), "
            f"covering {tokens[n - 1]:.1%} of new tokens, {types[n - 1]:.0%} of new types"
        )

    alt = (
        "Four pairs of pictures for words that occur once, twice, five times and twenty times or more. The number of rows falls steeply "
        f"from {rows[0]:,} to {rows[1]:,}, {rows[4]:,} and {rows[19]:,}; the share of new tokens that is covered falls slowly, from "
        f"{tokens[0]:.1%} to {tokens[1]:.1%}, {tokens[4]:.1%} and {tokens[19]:.1%}, the share of new types faster, from "
        f"{types[0]:.0%} to {types[1]:.0%}, {types[4]:.0%} and {types[19]:.0%}."
    )
    controls = {"n": Slider("must occur (times)", 1, 20, 1, 1)}
    show(Scene(draw, controls, [{"n": n} for n in (1, 2, 5, 20)], alt, size=(7.6, 3.4)))


def glove_weight(counts: Any) -> None:
    """Sliders for the limit and the exponent of GloVe's weight: the curve, and which pairs the loss then listens to.

    counts: of all pairs that met, any shape.
    """
    values, times = np.unique(np.asarray(counts, dtype=float).round(3), return_counts=True)
    bands = {"< 1": values < 1, "1 to 10": (values >= 1) & (values < 10), "≥ 10": values >= 10}
    pairs = np.array([times[band].sum() for band in bands.values()]) / times.sum()
    x = np.concatenate([[0], np.geomspace(0.01, 200, 300)])

    def draw(figure: Any, limit: int, power: float) -> str:
        left, right = figure.subplots(1, 2)
        left.plot(x, np.minimum(1, (x / limit) ** power), color=BLUE)
        one = min(1.0, (1 / limit) ** power)
        left.plot(1, one, "o", color=RED, markersize=9)
        left.set(xlabel="count X", ylabel="weight f(X)", ylim=(0, 1.08), xlim=(-4, 200))
        weight = times * np.minimum(1, (values / limit) ** power)
        shares = np.array([weight[band].sum() for band in bands.values()]) / weight.sum()
        at = np.arange(3)
        right.bar(at - 0.2, 100 * pairs, 0.38, color="0.75", label="of the pairs")
        right.bar(at + 0.2, 100 * shares, 0.38, color=BLUE, label="of the weight")
        right.set_xticks(at, list(bands), fontsize=11)
        right.set(xlabel="count X", ylabel="share (%)", ylim=(0, 135), yticks=(0, 25, 50, 75, 100))
        right.legend(loc="upper right", fontsize=11, handlelength=1)
        return (
            f"limit {limit}, exponent {power:g}: count 1 (dot) weighs {one:.2f}; "
            f"pairs of count 10 or more have {shares[2]:.0%} of the weight"
        )

    controls = {
        "limit": Slider("limit x_max", 1, 200, 1, 10),
        "power": Slider("exponent alpha", 0.0, 1.5, 0.05, 0.75),
    }
    stills = ({}, {"limit": 100}, {"limit": 100, "power": 1.5}, {"power": 0.0})
    alt = (
        "Four pairs of pictures: GloVe's weight against the count, and bars for the shares of pairs and of weight by count. With a larger "
        "limit or exponent the curve rises later and frequent pairs hold more of the weight. With the exponent 0 the curve is flat at 1 "
        "and shares of weight are shares of pairs, nearly all of them rare."
    )
    show(Scene(draw, controls, stills, alt, size=(7.6, 3.4)))


def perplexity(places: Mapping[int, Any], near: Any, draw_words: Callable[[Any, Any, str], None]) -> None:
    """A slider for t-SNE's perplexity over pictures that are made already.

    places: perplexity -> (n, 2). near: each point's true neighbours, (n, k) ids. draw_words(ax, places, title): draws one picture.
    """
    places = dict(sorted(places.items()))
    k = near.shape[1]
    kept = {}
    for name, points in places.items():
        drawn = np.linalg.norm(points[:, None] - points, axis=-1).argsort(axis=1)[:, 1 : k + 1]
        kept[name] = np.mean([len(set(a) & set(b)) / k for a, b in zip(near, drawn, strict=True)])

    def draw(figure: Any, chosen: int) -> str:
        ax = figure.subplots()
        draw_words(ax, places[chosen], "")
        ax.set(xticks=[], yticks=[], xlabel="(no unit)", ylabel="(no unit)")
        return f"perplexity {number(chosen)}: keeps {kept[chosen]:.0%} of {k} neighbours"

    names = tuple(places)
    first, last = names[0], names[-1]
    stills = [{"chosen": name} for name in (first, names[len(names) // 2], last)]
    alt = (
        f"Three t-SNE pictures of the same words, at perplexities from {first} to {last}. At the smallest the words fall into many small "
        "knots, at the largest into one wide cloud with the groups in regions of it. Where a group lies differs from picture to picture."
    )
    control = Choice("perplexity", names, names[len(names) // 2])
    show(Scene(draw, {"chosen": control}, stills, alt, size=(6.6, 4.8), columns=3, shrink=0.52))
