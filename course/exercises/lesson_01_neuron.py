"""Lesson 01, one neuron: what is asked of each exercise, and the mistakes learners make."""

import numpy as np

from course.checking import Exercise, call

weighted_sum = Exercise(
    "weighted_sum",
    hints=(
        "What happens to each input before everything is added up? And what is added last?",
        "Look again at the picture of the neuron: one product for each input, their sum, then one more number.",
        "Multiply `x` and `w` position by position, add up the products, and add `b` to that sum. One line is enough.",
    ),
)


@weighted_sum.probe
def _(attempt, rng):
    for k in (3, 1, 6):
        yield call(
            attempt,
            rng.normal(size=k).round(2),
            rng.normal(size=k).round(2),
            round(float(rng.normal()), 2),
            about=f"{k} inputs",
        )


@weighted_sum.wrong("Your sum of products is right. The neuron also has a bias, and you have not used it.")
def leaves_out_the_bias(x, w, b):
    return np.dot(x, w)


@weighted_sum.wrong("You added the bias to every product. It is added once, after the sum.")
def bias_in_every_product(x, w, b):
    return np.sum(np.asarray(x) * np.asarray(w) + b)


@weighted_sum.wrong("You have the products; a neuron adds them up to one number.")
def forgets_the_sum(x, w, b):
    return np.asarray(x) * np.asarray(w) + b
