"""Whatever an attempt returns becomes plain data, and only plain data is compared."""

from __future__ import annotations

import collections

import numpy as np
import pytest

from course.checking.plain import HUGE, plain, same, short


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


class Liar:
    """Says that it is an array, and raises when looked at."""

    shape = (2,)

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "value",
    [
        [[1, 2], [3, 4]],
        ((1, 2), (3, 4)),
        np.array([[1, 2], [3, 4]], dtype=np.float32),
        np.array([[1, 2], [3, 4]], dtype=np.int8),
        np.array([[1, 2], [3, 4]])[::1, ::1].T.T,
        [np.array([1.0, 2.0]), (3, 4)],
        np.ma.array([[1, 2], [3, 4]]),
    ],
)
def test_arrays_and_nested_lists_are_one_and_the_same(value):
    assert same(plain([[1.0, 2.0], [3.0, 4.0]]), plain(value))


def test_tensors_variables_and_sparse_gradients_are_arrays():
    import keras
    import tensorflow as tf

    assert same(plain([1.0, 2.0]), plain(tf.constant([1.0, 2.0])))
    assert same(plain([1.0, 2.0]), plain(tf.Variable([1.0, 2.0], dtype=tf.float64)))
    assert same(plain([1.0, 2.0]), plain(keras.Variable([1.0, 2.0])))
    assert same(plain(2.5), plain(tf.constant(2.5)))
    slices = tf.IndexedSlices(tf.constant([[1.0], [2.0]]), tf.constant([2, 2]), tf.constant([3, 1]))
    assert same(plain([[0], [0], [3]]), plain(slices))
    assert same(plain([[1], [2, 3]]), plain(tf.ragged.constant([[1], [2, 3]])))
    assert same(plain(["a", "b"]), plain(tf.constant(["a", "b"]).numpy()))
    assert same(plain([["a"], ["b", "c"]]), plain(tf.ragged.constant([["a"], ["b", "c"]])))
    assert same(plain("a"), plain(tf.constant("a"))) and not same(plain("a"), plain(b"a"))
    assert not same(plain({"a": 1}), plain({b"a": 1})) and not same(plain(["a"]), plain([b"a"]))


@pytest.mark.parametrize("value", [True, np.True_, 1, 1.0, np.float32(1), np.int64(1), np.array(1)])
def test_one_number_is_a_number_however_it_is_typed(value):
    assert same(plain(1), plain(value))


def test_a_shape_of_one_is_not_a_number_and_columns_are_not_rows():
    assert not same(plain(1), plain([1]))
    assert not same(plain([1, 2]), plain([[1], [2]]))


@pytest.mark.parametrize("value", [AlwaysEqual(), Liar(), object(), AlwaysEqual, lambda: 1, 1j, iter([1])])
@pytest.mark.parametrize("expected", [1, [1, 2], "a", None, {"a": 1}])
def test_objects_of_other_classes_equal_nothing(value, expected):
    assert not same(plain(expected), plain(value))
    assert not same(plain(expected), plain([value]))


def test_subclasses_are_read_by_the_base_class():
    class Text(str):
        def __eq__(self, other):
            return True

        __hash__ = str.__hash__

    assert same(plain("a"), plain(Text("a"))) and not same(plain("a"), plain(Text("b")))
    assert same(plain({"a": 2}), plain(collections.Counter("aa")))
    assert same(plain([1, 2]), plain(collections.namedtuple("Pair", "x y")(1, 2)))
    assert same(plain([0, 1]), plain(range(2)))
    assert same(plain({"b": 1, "a": 2}), plain({"a": 2, "b": 1}))
    assert same(plain({3, 1}), plain({1, 3}))


def test_a_huge_array_is_told_by_its_shape_and_not_copied():
    assert plain(np.broadcast_to(np.float32(0), (10**5, 10**5))) == {"kind": "huge", "shape": [10**5, 10**5]}
    assert plain(range(HUGE + 1))["kind"] == "huge"


def test_nothing_that_comes_back_raises():
    deep: list = []
    deep.append(deep)
    for value in (
        deep,
        [[1], [1, 2]],
        float("nan"),
        np.array([object()]),
        b"\xff",
        np.float64("inf"),
        {1: {2: {}}},
        ...,
    ):
        assert plain(value)["kind"]
        assert short(value)


def test_nan_equals_nan_only_and_tolerance_is_relative_to_the_expected():
    assert same(plain(float("nan")), plain(np.nan)) and not same(plain(1.0), plain(np.nan))
    assert same(plain(1000.0), plain(1000.05)) and not same(plain(1000.0), plain(1001.0))
    assert not same(plain(np.inf), plain(-np.inf))


def test_short_is_one_readable_line():
    assert short(np.array([[1, 10], [2, 20]])) == "[[1, 10], [2, 20]]"
    assert short([0.123456]) == "[0.1235]"
    assert short(np.zeros((40, 50))) == "an array of shape (40, 50)"
    assert len(short("x" * 500)) <= 165
