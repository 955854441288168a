"""The real IMDB reviews and GloVe vectors, where COURSE_DATA holds them already. Nothing is downloaded."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

from course.data import DATASETS, load_reviews, vectors_path
from course.data.fetch import complete

REAL = Path(os.environ.get("COURSE_DATA") or "nowhere").absolute()


def here(name: str) -> pytest.MarkDecorator:
    target = DATASETS[name].target
    return pytest.mark.skipif(not complete(DATASETS[name], REAL / target), reason=f"COURSE_DATA does not hold {target}")


@pytest.fixture
def beside(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that shows the real data by links, so that nothing is written beside it."""
    cache.mkdir()
    for data in DATASETS.values():
        (cache / data.target).symlink_to(REAL / data.target)
    monkeypatch.setattr("course.data.fetch.fetch", None)
    return cache


@here("imdb")
def test_real_reviews(beside):
    reviews = load_reviews("imdb")
    for part, size in ((reviews.train, 20_000), (reviews.validation, 5_000), (reviews.test, 25_000)):
        assert len(part.texts) == size and part.labels.shape == (size,) and part.labels.dtype == np.int32
        assert part.labels.sum() == size // 2
    assert any("<br /><br />" in text for text in reviews.train.texts)
    digest = hashlib.sha256("\0".join(reviews.validation.texts).encode()).hexdigest()
    assert digest == "9ce495240e394ea7d400bec54e18ba93b9d5ab2a0935a1ad80e3eb5e32e37171"  # the same on every machine
    again = load_reviews("imdb")
    assert again.validation.texts == reviews.validation.texts and again.train.texts == reviews.train.texts


@here("glove.6B")
def test_real_vectors(beside):
    path = vectors_path("glove.6B.50d")
    assert path == beside / "glove.6B.50d.txt"
    with open(path, "rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == DATASETS["glove.6B"].sha256
