"""Pictures to move: a slider, the picture that follows it, and the number that changes; a row of stills where nothing can be moved.

Each is one call in a lesson. Where sliders run (JupyterLab, Notebook 7, Colab) it can be moved; on GitHub, in a PDF and in a run
without anybody to move it, stills of several positions stand in its place.
"""

from course.play.networks import decision_line, learning_rate, tent
from course.play.texts import conv_window, masked_mean, one_hot_times_table, padding
from course.play.vectors import cut_off, glove_weight, perplexity

__all__ = [
    "conv_window",
    "cut_off",
    "decision_line",
    "glove_weight",
    "learning_rate",
    "masked_mean",
    "one_hot_times_table",
    "padding",
    "perplexity",
    "tent",
]
