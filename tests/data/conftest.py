"""What the tests of course.data share: a cache folder, a server, and small data sets to download from it."""

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import course
from course.data import DATASETS, Dataset, Source

sys.path.insert(0, str(Path(__file__).parent))
from data_server import TEXT, Server


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, in use for this test; no proxy between the test and its server."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("COURSE_DATA", str(folder))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("course.data.fetch.TIMEOUT", 1.0)
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def unreachable() -> str:
    """A URL on a port where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/words.txt"


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Dataset]:
    """Put a data set "words", one text file, into the registry, to be had from the URLs given."""

    def add(*urls: str, body: bytes = TEXT) -> Dataset:
        sources = tuple(Source(url, len(body), hashlib.sha256(body).hexdigest()) for url in urls)
        data = Dataset("words", "some words", "words.txt", len(TEXT), sources, "CC0", "nobody", 'vectors_path("shipped")',
                       sha256=hashlib.sha256(TEXT).hexdigest())  # fmt: skip
        monkeypatch.setitem(DATASETS, "words", data)
        return data

    return add


@pytest.fixture
def tree(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Dataset]:
    """Put a data set "tree", four texts in each of four folders, into the registry, to be had from the URL given."""

    def add(url: str, body: bytes) -> Dataset:
        source = Source(url, len(body), hashlib.sha256(body).hexdigest())
        folders = {f"{part}/{label}": 4 for part in ("train", "test") for label in ("neg", "pos")}
        data = Dataset("tree", "some texts", "tree", 1000, (source,), "CC0", "nobody", 'load_reviews("shipped")',
                       folders=folders)  # fmt: skip
        monkeypatch.setitem(DATASETS, "tree", data)
        return data

    return add


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen]]:
    """Start Python on some code in a process of its own, with course to import and output to read."""
    started = []

    def start(code: str, *options: str, **environment: str) -> subprocess.Popen:
        path = os.pathsep.join([str(Path(course.__file__).parents[1]), str(Path(__file__).parent)])
        process = subprocess.Popen(
            [sys.executable, *options, "-c", code],
            env={**os.environ, "PYTHONPATH": path, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
