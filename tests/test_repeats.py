"""The helpers of lesson 10: balanced nested draws, the error of a mean, the choice by validation."""

import numpy as np
import pytest

from course.repeats import balanced, chosen, standard_error

LABELS = np.array([0] * 18 + [1] * 12)


def test_draws_are_balanced_nested_and_follow_the_seed():
    large, small = balanced(LABELS, 12, 3), balanced(LABELS, 4, 3)
    assert LABELS[large].sum() == 6 and LABELS[small].sum() == 2
    assert set(small) <= set(large) and len(set(large)) == 12
    assert np.array_equal(large, balanced(LABELS, 12, 3)) and not np.array_equal(large, balanced(LABELS, 12, 4))


@pytest.mark.parametrize("size", [3, 26, -2])
def test_sizes_that_cannot_be_drawn_are_refused(size):
    with pytest.raises(ValueError, match="even and at most 24"):
        balanced(LABELS, size, 0)


def test_error_by_hand():
    assert np.allclose(standard_error([[0.6, 0.9], [0.8, 0.9]]), [0.1, 0])


def test_the_test_has_no_part_in_the_choice():
    assert chosen(np.array([[0.7, 0.7], [0.6, 0.9]]), np.array([[0.8, 0.8], [0.6, 0.8]])) == (1, pytest.approx(0.7))
    assert chosen(np.full((2, 2), 0.5), np.array([[0.1, 0.1], [0.9, 0.9]]))[0] == 0
