"""The drawings of lesson 01 say the numbers they are given."""

from __future__ import annotations

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest

from course import sketch

VOTE = (["great", "boring", "again"], [2, 1, 0], [1.5, -2.0, 1.0], -0.5)


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_staircase_ends_at_the_weighted_sum(ax):
    sketch.votes(ax, *VOTE)
    assert texts(ax) == ["−0.5", "+3.0", "−2.0", "0", "+0.5"]
    assert [label.get_text() for label in ax.get_yticklabels()][1:3] == ["great: 2 × +1.5", "boring: 1 × −2.0"]


def test_the_neuron_shows_weights_sum_and_output(ax):
    sketch.neuron(ax, *VOTE)
    assert {"great", "+1.5", "−2.0", "−0.5", "z = 0.5", "0.62"} <= set(texts(ax))


def test_full_discs_are_the_corners_that_fire(ax):
    sketch.corners(ax, [0, 1, 1, 0], ["bad", "not bad", "good", "not good"])
    full = [tuple(line.get_xydata()[0]) for line in ax.lines if line.get_color() != "white"]
    assert full == [(0, 1), (1, 0)] and texts(ax) == ["bad", "not bad", "good", "not good"]
    with pytest.raises(ValueError):
        sketch.corners(ax, [0, 1, 1])


def test_a_chain_shows_values_slopes_and_factors(ax):
    sketch.chain(ax, ["w", "loss"], [0.5, 1.25], [-2.0, 1.0], ["times x"])
    said = [text.get_text() for text in ax.texts]
    assert {"w\n0.500", "loss\n1.250", "−2.000", "1.000", "times x"} <= set(said)
