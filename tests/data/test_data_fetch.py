"""Downloading: whatever a server or the machine does, the cache is right or empty, and the learner is told in one line."""

import os
import shutil
import threading
import time
from types import SimpleNamespace

import pytest
from data_server import TEXT, TREE, cut, files, head, stall, tarred, whole, zipped

from course.data import DATASETS, DataError, get

PAGE = b"\n<!DOCTYPE html><html><body>We have moved.</body></html>" * 40
BAD = TEXT[:-1] + b"!"
TELL = 'go on with the shipped data: vectors_path("shipped").'


def fails(words: str) -> str:
    """The sentence get("words") ends in, having left nothing behind."""
    with pytest.raises(DataError) as caught:
        get("words")
    told = str(caught.value)
    assert words in told and "\n" not in told and told.count(". ") == 0
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return told


def test_a_file_is_downloaded_once(server, words, cache):
    words(server.add("/words.txt", TEXT))
    assert get("words") == cache / "words.txt"
    assert get("words").read_bytes() == TEXT
    assert server.asked == ["/words.txt"]
    assert files(cache) == ["words.txt"] and os.listdir(cache) == ["words.txt"]


def test_a_download_may_be_read_by_everyone(server, words):
    words(server.add("/words.txt", TEXT))
    mask = os.umask(0o022)
    os.umask(mask)
    assert get("words").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, "HTTP 404"),
        (lambda handler: handler.send_error(500), "HTTP 500"),
        (whole(PAGE, "text/html"), "a web page came instead of the file"),
        (whole(PAGE[:500], "text/html"), "a web page came instead of the file"),
        (whole(b""), "only 0 of"),
        (cut(TEXT, tell_length=True), "the transfer broke off"),
        (cut(TEXT, tell_length=False), f"only {len(TEXT) // 2:,} of {len(TEXT):,} bytes came"),
        (whole(TEXT + b"more"), f"more than the {len(TEXT):,} bytes of the file came"),
        (whole(BAD), "the checksum is wrong"),
        (stall(TEXT), "nothing came for 1 s"),
        (lambda handler: handler.server.stopped.wait(30), "nothing came for 1 s"),
    ],
    ids=["404", "500", "page", "short page", "empty", "cut", "cut silently", "long", "wrong bytes", "stall", "silence"],
)
def test_a_bad_source_leaves_nothing_and_the_second_is_tried(server, words, cache, answer, why):
    first = server.add("/first", answer) if answer else server.add("/nowhere", b"").replace("nowhere", "first")
    words(first)
    start = time.monotonic()
    told = fails(f"Could not download words (127.0.0.1:{server.server_address[1]}: {why}")
    assert told.endswith(TELL) and time.monotonic() - start < 4
    assert os.listdir(cache) == []

    words(first, server.add("/second", TEXT))
    assert get("words").read_bytes() == TEXT
    assert server.asked == ["/first", "/first", "/second"]
    assert os.listdir(cache) == ["words.txt"]


def test_both_sources_bad(server, words, cache, unreachable):
    words(server.add("/page", PAGE), unreachable)
    told = fails("a web page came instead of the file; 127.0.0.1")
    assert "cannot be reached" in told and told.endswith(TELL)
    assert os.listdir(cache) == []


def test_what_one_source_left_takes_no_space_while_the_next_is_tried(server, words, cache):
    left = []

    def second(handler):
        left.extend(cache.glob(".part-*/0"))
        whole(TEXT)(handler)

    words(server.add("/first", BAD), server.add("/second", second))
    assert get("words").read_bytes() == TEXT and left == []


def test_no_network(words, unreachable):
    words(unreachable, unreachable)
    assert fails("No network: cannot reach 127.0.0.1").endswith(TELL)


def test_a_notebook_shows_the_sentence_and_no_frames(words, unreachable):
    words(unreachable)
    with pytest.raises(DataError) as caught:
        get("words")
    assert caught.value._render_traceback_() == [f"DataError: {caught.value}"]


def test_an_unknown_name(cache):
    with pytest.raises(DataError, match=r"no data source 'wrods': choose one of 'imdb', 'glove.6B'\.$"):
        get("wrods")


def test_no_free_space_is_seen_before_anything_is_asked_for(server, words, cache, monkeypatch):
    words(server.add("/words.txt", TEXT))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=len(TEXT) - 1))
    assert fails("of disk and 0 MB are free").endswith(TELL)
    assert server.asked == [] and os.listdir(cache) == []


def test_an_archive_needs_space_for_itself_and_for_what_is_in_it(server, words, monkeypatch):
    body = zipped({"words.txt": TEXT})
    words(server.add("/words.zip", body), body=body)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=len(body) + len(TEXT) - 1))
    fails("are free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=len(body) + len(TEXT)))
    assert get("words").read_bytes() == TEXT


def test_a_cache_folder_that_cannot_be_written(words, tmp_path, monkeypatch, unreachable):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")  # works for root too, whom permissions do not stop
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "file" / "cache"))
    words(unreachable)
    assert "set COURSE_DATA to a folder you can write to" in fails("Cannot write to the data folder")


def test_a_half_file_put_there_by_hand_is_neither_used_nor_overwritten(server, words, cache):
    words(server.add("/words.txt", TEXT))
    cache.mkdir()
    (cache / "words.txt").write_bytes(TEXT[:100])
    assert fails("is not whole: move it away").endswith(TELL)
    assert (cache / "words.txt").read_bytes() == TEXT[:100] and server.asked == []


# Archives


def test_of_a_zip_only_the_file_wanted_is_unpacked(server, words, cache):
    body = zipped({"../evil.txt": b"out", "other.txt": b"x" * 10**6, "words.txt": TEXT})
    words(server.add("/words.zip", body), body=body)
    assert get("words").read_bytes() == TEXT
    assert files(cache.parent) == ["cache/words.txt"]


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ({"other.txt": TEXT}, "words.txt is missing in the archive"),
        ({"words.txt": BAD}, "the checksum is wrong"),
        ({"words.txt": TEXT[:-9]}, "only"),
        ({"words.txt": TEXT * 9}, "more than"),
        (None, "File is not a zip file"),
    ],
    ids=["missing", "wrong", "short", "bomb", "no zip"],
)
def test_a_zip_with_something_else_in_it(server, words, cache, inside, why):
    body = zipped(inside) if inside else TEXT
    words(server.add("/words.zip", body), body=body)
    fails(why)
    assert os.listdir(cache) == []


def test_a_tree_is_unpacked_from_a_tar(server, tree, cache):
    body = tarred(TREE)
    tree(server.add("/tree.tar.gz", body), body)
    assert get("tree") == cache / "tree"
    assert files(cache) == sorted(TREE) and os.listdir(cache) == ["tree"]
    assert (cache / "tree/test/pos/3_7.txt").read_bytes() == TREE["tree/test/pos/3_7.txt"].encode()
    get("tree")
    assert server.asked == ["/tree.tar.gz"]


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/tmp/evil.txt", "tree/../../../evil.txt", "..\\evil.txt", "C:evil.txt"]
)
def test_a_tar_that_would_write_elsewhere_is_refused(server, tree, cache, name):
    body = tarred({**TREE, name: "out"})
    tree(server.add("/tree.tar.gz", body), body)
    with pytest.raises(DataError, match="unsafe path"):
        get("tree")
    assert files(cache.parent) == [] and os.listdir(cache) == []


def test_links_in_a_tar_are_left_out(server, tree, cache):
    body = tarred(TREE, {"tree/link": "/etc", "tree/link/passwd": "../../.."})
    tree(server.add("/tree.tar.gz", body), body)
    assert files(get("tree")) == sorted(name.removeprefix("tree/") for name in TREE)


def test_a_tar_with_files_missing(server, tree, cache):
    body = tarred(dict(list(TREE.items())[1:]))
    tree(server.add("/tree.tar.gz", body), body)
    with pytest.raises(DataError, match="files are missing in the archive"):
        get("tree")
    assert os.listdir(cache) == []


def test_a_cut_tar_with_the_right_checksum(server, tree, cache):
    body = tarred(TREE)[:-20]
    tree(server.add("/tree.tar.gz", body), body)
    with pytest.raises(DataError, match="Could not download tree"):
        get("tree")
    assert os.listdir(cache) == []


# Other processes

CHILD = """
import hashlib
from course.data import DATASETS, Dataset, Source, get
from data_server import TEXT
digest = hashlib.sha256(TEXT).hexdigest()
source = Source({url!r}, len(TEXT), digest)
DATASETS["words"] = Dataset("words", "", "words.txt", len(TEXT), (source,), "", "", "", sha256=digest)
print(get("words").read_bytes() == TEXT)
"""


def test_killed_half_way_and_tried_again(server, words, cache, child):
    half = threading.Event()
    url = server.add("/words.txt", stall(TEXT, half))
    process = child(CHILD.format(url=url))
    assert half.wait(20)
    deadline = time.monotonic() + 10
    while not any(path.stat().st_size for path in cache.glob(".part-*/*/words.txt")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.kill()  # SIGKILL
    process.wait()
    (left,) = os.listdir(cache)
    assert left.startswith(".part-")

    words(server.add("/words.txt", TEXT))
    assert get("words").read_bytes() == TEXT
    assert sorted(os.listdir(cache)) == [left, "words.txt"]  # it might be a live process's: left alone for an hour


def test_what_a_killed_process_left_is_removed_after_an_hour(server, words, cache):
    words(server.add("/words.txt", TEXT))
    for name, age in ((".part-dead", 4000), (".part-alive", 10)):
        (cache / name / "0").mkdir(parents=True)
        (cache / name / "0" / "words.txt").write_bytes(TEXT[:99])
        for path in (cache / name / "0" / "words.txt", cache / name / "0", cache / name):
            os.utime(path, (time.time() - age,) * 2)
    get("words")
    assert sorted(os.listdir(cache)) == [".part-alive", "words.txt"]


def test_two_processes_at_once(server, cache, child):
    both = threading.Barrier(2, timeout=20)

    def together(handler):
        both.wait()
        whole(TEXT)(handler)

    url = server.add("/words.txt", together)
    processes = [child(CHILD.format(url=url)) for _ in range(2)]
    assert [process.communicate()[0].strip() for process in processes] == [b"True", b"True"]
    assert os.listdir(cache) == ["words.txt"]


def test_a_tree_that_another_process_has_just_put_there(server, tree, cache):
    body = tarred(TREE)

    def late(handler):
        for name, text in TREE.items():
            (cache / name).parent.mkdir(parents=True, exist_ok=True)
            (cache / name).write_bytes(text.encode())
        whole(body)(handler)

    tree(server.add("/tree.tar.gz", late), body)
    assert files(get("tree")) == sorted(name.removeprefix("tree/") for name in TREE)
    assert os.listdir(cache) == ["tree"]


# The progress bar


@pytest.mark.parametrize(("terminal", "length"), [(True, True), (True, False), (False, True)])
def test_a_progress_bar_only_where_someone_watches(server, words, monkeypatch, capsys, terminal, length):
    def answer(handler):
        head(handler, len(TEXT) if length else None)
        handler.wfile.write(TEXT)

    steps = []
    words(server.add("/words.txt", answer))
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("tqdm.tqdm.update", lambda bar, step=1: steps.append(step))
    get("words")
    out, err = capsys.readouterr()
    assert out == "" and ("words" in err) == terminal
    assert (sum(steps) >= len(TEXT)) == (terminal and length)


def test_the_table():
    for data in DATASETS.values():
        assert len(data.sources) >= 2 and data.licence and data.citation and data.instead.endswith('("shipped")')
        assert bool(data.sha256) != bool(data.folders)
        for source in data.sources:
            assert source.url.startswith("https://") and source.size > 10**7
            assert len(source.sha256) == 64 and int(source.sha256, 16)
