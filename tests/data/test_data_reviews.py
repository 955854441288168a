"""Loading reviews and finding files: the shipped ones, and trees that lie in the cache folder already."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from data_server import TEXT, TREE

import course.data.reviews
from course.data import (
    DATASETS,
    DataError,
    Source,
    cache_folder,
    get,
    list_text,
    load_reviews,
    shipped,
    status,
    vectors_path,
)

CSV = """id,split,label,domain,text
1,train,1,food,"Crisp, hot and ""proper"" chips."
2,train,0,film,Two hours of my life.
3,validation,1,travel,Un caf\u00e9 d\u00e9licieux \u2013 we'll be back.
4,test,0,film,"Dull.\r\nReally dull."
5,train,1,shop,Worth it
"""
ORDER = sorted(range(4), key=lambda n: hashlib.sha256(f"{n}_7.txt".encode()).digest())


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source checkout with shipped data of its own."""
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "reviews.csv").write_text(CSV, encoding="utf-8", newline="")
    (tmp_path / "datasets" / "vectors.50d.txt.gz").write_bytes(b"")
    monkeypatch.setattr("course.data.paths.PACKAGE", tmp_path / "course")
    return tmp_path


@pytest.fixture
def small_imdb(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree as IMDB's with four reviews in each folder, four of them for validation; nothing may be downloaded."""
    for name, text in TREE.items():
        path = cache / name.replace("tree", "aclImdb", 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    nowhere = Source("https://nowhere.invalid/aclImdb_v1.tar.gz", 84_125_825, "0" * 64)
    small = replace(DATASETS["imdb"], folders=dict.fromkeys(DATASETS["imdb"].folders, 4), sources=(nowhere,))
    monkeypatch.setitem(DATASETS, "imdb", small)
    monkeypatch.setattr("course.data.reviews.VALIDATION", 4)
    return cache / "aclImdb"


def contents(reviews):
    return [(part.texts, part.labels.tolist()) for part in (reviews.train, reviews.validation, reviews.test)]


def test_shipped_reviews(checkout):
    reviews = load_reviews()
    assert reviews.name == "shipped"
    assert contents(reviews) == [
        (['Crisp, hot and "proper" chips.', "Two hours of my life.", "Worth it"], [1, 0, 1]),
        (["Un caf\u00e9 d\u00e9licieux \u2013 we'll be back."], [1]),
        (["Dull.\r\nReally dull."], [0]),
    ]
    assert reviews.train.labels.dtype == np.int32 and reviews.train.labels.shape == (3,) and len(reviews.train) == 3


def test_a_checkout_and_an_installed_wheel(checkout):
    assert shipped("reviews.csv") == checkout / "datasets" / "reviews.csv"
    assert vectors_path() == checkout / "datasets" / "vectors.50d.txt.gz"
    (checkout / "course" / "_datasets").mkdir(parents=True)
    with pytest.raises(DataError, match=r"^reviews.csv ships with the course but is not in .*_datasets: [^.]*\.$"):
        load_reviews()
    (checkout / "course" / "_datasets" / "reviews.csv").write_text("split,label,text\n", encoding="utf-8")
    assert shipped("reviews.csv") == checkout / "course" / "_datasets" / "reviews.csv"
    assert contents(load_reviews()) == [([], [])] * 3


def test_unknown_sources_are_told_the_choices():
    with pytest.raises(DataError, match=r"no data source 'imbd': choose one of 'shipped', 'imdb'\.$"):
        load_reviews("imbd")
    with pytest.raises(DataError, match=r"no data source 'glove': choose one of 'shipped', 'glove.6B.50d'\.$"):
        vectors_path("glove")


def test_imdb_is_split_evenly_and_left_as_it_was(small_imdb):
    reviews = load_reviews("imdb")
    parts = contents(reviews)
    assert [labels for _, labels in parts] == [[0, 1] * 2, [0, 1] * 2, [0, 1] * 4]
    assert parts[1][0] == [TREE[f"tree/train/{label}/{n}_7.txt"] for n in ORDER[:2] for label in ("neg", "pos")]
    assert sorted(parts[0][0] + parts[1][0]) == sorted(text for name, text in TREE.items() if "/train/" in name)
    assert sorted(parts[2][0]) == sorted(text for name, text in TREE.items() if "/test/" in name)
    assert all(("neg", "pos")[label] in text and "<br />" in text for texts, labels in parts
               for text, label in zip(texts, labels, strict=True))  # fmt: skip


def test_the_second_load_reads_one_file(small_imdb, monkeypatch):
    first = contents(load_reviews("imdb"))
    assert sorted(os.listdir(small_imdb.parent)) == ["aclImdb", course.data.reviews.CACHE]
    monkeypatch.setattr("course.data.reviews.read_folders", None)
    assert contents(load_reviews("imdb")) == first


def test_a_damaged_one_file_is_made_again(small_imdb):
    first = contents(load_reviews("imdb"))
    one = small_imdb.parent / course.data.reviews.CACHE
    for bad in (b"", one.read_bytes()[:100], b"\xff\xfe"):
        one.write_bytes(bad)
        assert contents(load_reviews("imdb")) == first
    assert json.loads(one.read_text(encoding="utf-8"))["test"]


def test_a_folder_one_may_only_read(small_imdb, monkeypatch):
    def refuse(*args, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("course.data.reviews.TemporaryDirectory", refuse)
    assert len(load_reviews("imdb").test) == 8
    assert os.listdir(small_imdb.parent) == ["aclImdb"]


def test_an_incomplete_tree_is_not_used(small_imdb):
    (small_imdb / "train" / "pos" / "2_7.txt").unlink()
    with pytest.raises(DataError, match="aclImdb is not whole"):
        load_reviews("imdb")


def test_files_a_mac_adds_do_not_count(small_imdb):
    (small_imdb / "train" / "pos" / "._2_7.txt").write_bytes(b"\0\5\26")
    (small_imdb / "train" / "pos" / ".DS_Store").write_bytes(b"\0")
    assert len(load_reviews("imdb").train) == 4


def test_the_list_says_what_is_here(small_imdb, cache):
    here, absent = status()
    assert here == ("imdb", 84_125_825, DATASETS["imdb"].licence, str(cache / "aclImdb"), True)
    assert absent[0] == "glove.6B" and absent.where.startswith("https://") and not absent.present
    lines = list_text().splitlines()
    assert lines[0].split() == ["name", "size", "here", "licence", "where"]
    assert lines[1].startswith("imdb      84 MB   yes   none stated") and lines[1].endswith("aclImdb")
    assert "glove.6B  171 MB  no    PDDL 1.0" in lines[2]
    assert str(cache) in lines[3] and "COURSE_DATA" in lines[3]


def test_the_cache_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", "~/there")
    assert cache_folder() == Path.home() / "there"
    for unset in ("", None):
        monkeypatch.setenv("COURSE_DATA", unset) if unset is not None else monkeypatch.delenv("COURSE_DATA")
        assert cache_folder().is_absolute() and "embeddings-course" in str(cache_folder())


def test_importing_is_cheap():
    code = "import course.data, sys; print(sorted({'tensorflow', 'keras', 'pandas', 'pooch', 'requests', 'tqdm'} & set(sys.modules)))"
    root = str(Path(course.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": root}, capture_output=True)
    assert done.stdout.strip() == b"[]", done.stderr


def test_an_ascii_locale(small_imdb, checkout, child, cache, server):
    """The same texts where open() without an encoding would fail, and not one such open()."""
    code = f"""
import sys, hashlib, course.data, course.data.paths, course.data.reviews
from dataclasses import replace
from pathlib import Path
from course.data import *
course.data.paths.PACKAGE = Path({str(checkout / "course")!r})
course.data.reviews.VALIDATION = 4
DATASETS["imdb"] = replace(DATASETS["imdb"], folders=dict.fromkeys(DATASETS["imdb"].folders, 4))
print(list_text())
for name in ("shipped", "imdb", "imdb"):
    texts = load_reviews(name).validation.texts
    print(hashlib.sha256("".join(texts).encode()).hexdigest())
from data_server import TEXT
digest = hashlib.sha256(TEXT).hexdigest()
source = Source({server.add("/words.txt", TEXT)!r}, len(TEXT), digest)
DATASETS["words"] = Dataset("words", "", "words.txt", len(TEXT), (source,), "", "", "", sha256=digest)
print(get("words"))
load_reviews("caf\\u00e9")
"""
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    process = child(code, "-X", "warn_default_encoding", **ascii_only)
    out, err = (stream.decode("ascii") for stream in process.communicate())
    assert "EncodingWarning" not in err
    assert err.strip().splitlines()[-1].endswith(r"no data source 'caf\xe9': choose one of 'shipped', 'imdb'.")
    lines = out.splitlines()
    assert lines[-1] == str(cache / "words.txt") and get("imdb") == small_imdb
    for line, name in zip(lines[-4:-1], ("shipped", "imdb", "imdb"), strict=True):
        assert line == hashlib.sha256("".join(load_reviews(name).validation.texts).encode()).hexdigest()
