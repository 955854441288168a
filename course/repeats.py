"""Repeated runs: balanced draws, the error of a mean, and a choice that the test has no part in. Built in lesson 10."""

from __future__ import annotations

import numpy as np


def balanced(labels: np.ndarray, size: int, seed: int) -> np.ndarray:
    """Positions of `size` labels, half of them 1 and half 0, drawn from `seed`: (size,). A larger size holds the smaller ones."""
    rng = np.random.default_rng(seed)
    zeros, ones = (rng.permutation(np.flatnonzero(np.asarray(labels) == kind)) for kind in (0, 1))
    few = min(len(ones), len(zeros))
    if not 0 <= size <= 2 * few or size % 2:
        raise ValueError(f"size is {size}; it should be even and at most {2 * few}, twice the rarer label")
    return np.stack([zeros[:few], ones[:few]], axis=1).ravel()[:size]  # dealt in turn: every even beginning is balanced


def standard_error(runs: np.ndarray) -> np.ndarray:
    """How uncertain the mean over the runs is, for each column: (k,) from (r, k), with r at least 2."""
    runs = np.asarray(runs)
    return runs.std(axis=0, ddof=1) / np.sqrt(len(runs))


def chosen(validation: np.ndarray, test: np.ndarray) -> tuple[int, float]:
    """The setting (a row) with the highest mean validation accuracy, the first of equals, and its mean test accuracy."""
    best = int(np.argmax(np.mean(validation, axis=1)))
    return best, float(np.mean(test[best]))
