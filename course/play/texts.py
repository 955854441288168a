"""Parts II and III to be moved: a row of a table, padding and its mask, a masked mean, a window that slides over a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.play.stage import Choice, Scene, Slider, Switch, number, show
from course.plots import BLACK, BLUE, ORANGE, RED, SKY


def one_hot_times_table(words: Sequence[str], table: Any) -> None:
    """A slider for an id: its one-hot row, the row of the table that lights up, and the product.

    words: by id. table: shape (V, d).
    """
    table = np.asarray(table)
    V, d = table.shape

    def draw(figure: Any, id: int) -> str:
        ax = figure.subplots()
        one_hot = np.zeros(V)
        one_hot[id] = 1
        for i in range(V):
            _cell(ax, 0, i, number(one_hot[i]), lit=i == id)
            ax.text(-0.25, i + 0.5, f"{i}  {words[i]}", ha="right", va="center", fontweight="bold" if i == id else None)
            for j in range(d):
                _cell(ax, 2.2 + 1.5 * j, i, number(table[i, j]), lit=i == id, width=1.5)
        middle = (V - 1) / 2
        left = 2.2 + 1.5 * d
        for j in range(d):
            _cell(ax, left + 1.2 + 1.5 * j, middle, number((one_hot @ table)[j]), lit=True, width=1.5)
        for x, sign in ((1.6, "×"), (left + 0.6, "=")):
            ax.text(x, V / 2, sign, fontsize=20, ha="center", va="center")
        notes = (
            (0.5, f"one-hot ({V},)"),
            (2.2 + 0.75 * d, f"table ({V}, {d})"),
            (left + 1.2 + 0.75 * d, f"product ({d},)"),
        )
        for x, note in notes:
            ax.text(x, V + 0.35, note, ha="center", va="top")
        ax.set(xlim=(-2.2, left + 1.4 + 1.5 * d), ylim=(V + 1, -0.1))
        ax.axis("off")
        row = ", ".join(number(value) for value in table[id])
        return f"id {id}, {words[id]}: one_hot @ table = [{row}], row {id}"

    controls = {"id": Slider("id", 0, V - 1, 1, 0)}
    alt = (
        f"Several pictures of a one-hot row, drawn as a column of {V} numbers beside a table of {V} rows, and their product. In each "
        "another place of the one-hot row holds the 1; the row of the table beside it is coloured, and the product is that row."
    )
    show(Scene(draw, controls, [{"id": i} for i in (0, 1, 2, V - 1)], alt, size=(6.6, 3.4)))


def padding(texts: Sequence[Sequence[str]], longest: int) -> None:
    """A slider for the length of the rows: which words stay, what is padding, what is cut; the mask beside it.

    texts: each a list of words. longest: where the slider ends.
    """

    def draw(figure: Any, length: int, side: str) -> str:
        left, right = figure.subplots(1, 2, width_ratios=(2.6, 1))
        cut = 0
        for row, text in enumerate(texts):
            kept = list(text[:length] if side == "right" else text[max(0, len(text) - length) :])
            gone = len(text) - len(kept)
            cut += gone
            fill = [""] * (length - len(kept))
            for place, word in enumerate(kept + fill if side == "right" else fill + kept):
                _cell(left, place, row, word or "0", lit=bool(word), small=True)
                _cell(right, place, row, "", lit=bool(word))
            if gone:
                edge, side_of = (length + 0.15, "left") if side == "right" else (-0.15, "right")
                left.text(edge, row + 0.5, f"{gone} cut", color=RED, fontsize=11, va="center", ha=side_of)
        for ax, title in ((left, "rows (a word stands for its id)"), (right, "mask: True is coloured")):
            ax.set(xlim=(-1.6, longest + 1.2), ylim=(len(texts) + 0.1, -0.1), xticks=[], yticks=[])
            ax.set(xlabel="position", ylabel="text")
            ax.set_title(title, fontsize=12, fontweight="normal")
            ax.spines[["left", "bottom"]].set_visible(False)
        empty = length * len(texts) - sum(min(len(text), length) for text in texts)
        return (
            f"length {length}: {length * len(texts)} positions, {empty} of them padding (mask False); {cut} words cut"
        )

    controls = {
        "length": Slider("length of the rows", 1, longest, 1, 4),
        "side": Choice("pad and cut on the", ("right", "left"), "right"),
    }
    stills = ({"length": 2}, {}, {"length": longest}, {"side": "left"})
    alt = (
        f"Four pictures of {len(texts)} texts as rows of one length, with the mask beside them: coloured cells are words and True, white "
        "cells are padding and False. Short rows have little padding and cut many words; the longest rows cut none and hold much "
        "padding. In the last picture padding and cutting are on the left."
    )
    show(Scene(draw, controls, stills, alt, size=(9.0, 2.5), columns=1, shrink=0.9))


def masked_mean(words: Sequence[str], rows: Any, padding_row: Sequence[float]) -> None:
    """Switches for words and a slider for positions of padding: the mean with the mask, and the mean without it.

    rows: a place in the plane for each word, shape (T, 2). padding_row: the row of id 0.
    """
    rows, zero = np.asarray(rows, dtype=float), np.asarray(padding_row, dtype=float)
    span = np.vstack([rows, zero, [0, 0]])
    low, high = span.min(axis=0) - 1.3, span.max(axis=0) + 0.8

    def draw(figure: Any, padding: int, **on: bool) -> str:
        ax = figure.subplots()
        kept = np.array([on[f"word{i}"] for i in range(len(words))])
        for word, place, is_on in zip(words, rows, kept, strict=True):
            ax.plot(*place, "o", color=BLUE if is_on else "white", markeredgecolor="0.5", markersize=9)
            ax.annotate(word, place, (0, 9), textcoords="offset points", ha="center", color=BLACK if is_on else "0.6")
        ax.plot(*zero, "X", color=ORANGE if padding else "white", markeredgecolor="0.5", markersize=11)
        ax.annotate(f"padding, {padding} times", zero, (0, -12), textcoords="offset points", ha="center", va="top")
        n = int(kept.sum())
        total = rows[kept].sum(axis=0)
        masked = total / max(n, 1)
        plain = (total + padding * zero) / max(n + padding, 1)
        ax.plot(*plain, "D", color=ORANGE, markersize=13, markeredgecolor=BLACK, label="mean of all positions")
        ax.plot(*masked, "*", color=BLUE, markersize=20, markeredgecolor=BLACK, label="masked mean")
        ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xlabel="first number of a row", ylabel="second number")
        ax.legend(loc="upper left", fontsize=11)
        return f"words: {n}, padding: {padding}; masked mean {_pair(masked)}, mean of all positions {_pair(plain)}"

    controls = {"padding": Slider("positions of padding", 0, 20, 1, 0)}
    controls |= {f"word{i}": Switch(word) for i, word in enumerate(words)}
    none = {f"word{i}": False for i in range(len(words))}
    stills = ({}, {"padding": 5}, {"padding": 20}, {**none, "word0": True, "padding": 5})
    alt = (
        f"Four pictures of {len(words)} words and of the padding's row as points in the plane, with two means. Without padding the two are "
        "one. With 5 and with 20 positions of padding the masked mean has not moved; the mean of all positions has wandered towards the "
        "padding's row. With all words but one switched off, the masked mean is that word's row."
    )
    show(Scene(draw, controls, stills, alt, size=(6.4, 4.2)))


def conv_window(words: Sequence[str], rows: Any, kernel: Any, bias: float) -> None:
    """A slider for the place of a window and one for the bias of its filter: its answer at every place, and the strongest.

    rows: (T, d). kernel: (size, d), the weights of one filter.
    """
    rows, kernel = np.asarray(rows, dtype=float), np.asarray(kernel, dtype=float)
    size = len(kernel)
    places = len(words) - size + 1
    points = np.array([(rows[i : i + size] * kernel).sum() for i in range(places)])

    def draw(figure: Any, place: int, bias: float) -> str:
        ax = figure.subplots()
        fired = np.maximum(points + bias, 0)
        for i, value in enumerate(fired):
            ax.bar(i + size / 2, value, width=0.7, color=BLUE if i == place else SKY, alpha=1 if i == place else 0.6)
            ax.text(i + size / 2, value + 0.06, number(round(value, 2)), ha="center", va="bottom", fontsize=11,
                    fontweight="bold" if i == place else None)  # fmt: skip
        if fired.max() > 0:
            ax.axhline(fired.max(), color=RED, linestyle="--", linewidth=1.5)
            ax.text(0, fired.max() + 0.05, "strongest", color=RED, va="bottom", fontsize=11)
        for i, word in enumerate(words):
            inside = place <= i < place + size
            _cell(ax, i, -0.95, word, lit=inside, height=0.6)
        ax.add_patch(_box(place, -1.0, size, 0.7))
        ax.set(
            xlim=(-0.1, len(words) + 0.1),
            ylim=(-1.1, 3.6),
            yticks=(0, 1, 2, 3),
            xticks=[],
            xlabel="word by word",
            ylabel="answer of the filter",
        )
        ax.spines["bottom"].set_visible(False)
        ax.axhline(0, color=BLACK, linewidth=1)
        window = " ".join(words[place : place + size])
        sign = "−" if bias < 0 else "+"
        total = f"{number(points[place])} {sign} {abs(bias):g} = {number(round(points[place] + bias, 2))}"
        return (
            f"“{window}”: {total}, answer {number(round(fired[place], 2))}; "
            f"windows that fire: {(fired > 0).sum()}, strongest {number(round(fired.max(), 2))}"
        )

    controls = {
        "place": Slider("window starts at", 0, places - 1, 1, 0),
        "bias": Slider("bias of the filter", -2.0, 1.0, 0.1, bias),
    }
    best = int(points.argmax())
    stills = ({}, {"place": best}, {"place": best, "bias": 0.0}, {"place": best, "bias": -2.0})
    alt = (
        f"Four pictures of the text “{' '.join(words)}” with a window of {size} words, and a bar above each place for the filter's answer. "
        f"At bias {bias:g} one window fires, “{' '.join(words[best : best + size])}”. At bias 0 more windows fire. At bias -2 none does."
    )
    show(Scene(draw, controls, stills, alt, size=(7.6, 3.4)))


def _cell(
    ax: Any, x: float, y: float, text: str, lit: bool, width: float = 1.0, height: float = 1.0, small: bool = False
) -> None:
    """A box with a text, its upper left corner at x, y where y points down; coloured when lit."""
    from matplotlib.patches import Rectangle

    face = SKY if lit else "white"
    ax.add_patch(Rectangle((x, y), width, height, facecolor=face, alpha=0.55 if lit else 1, edgecolor="none", zorder=1))
    ax.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor="0.7", linewidth=1, zorder=2))
    kind = {"fontsize": 10} if small else {}
    ax.text(
        x + width / 2, y + height / 2, text, ha="center", va="center", color=BLACK if lit else "0.5", zorder=3, **kind
    )


def _box(x: float, y: float, width: float, height: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), width, height, fill=False, edgecolor=BLUE, linewidth=3, zorder=4)


def _pair(point: Any) -> str:
    return f"({number(point[0], '.2f')}, {number(point[1], '.2f')})"
