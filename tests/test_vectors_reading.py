"""Files of word vectors: every word and every bit of every number comes back, and what is wrong with a file is said."""

from __future__ import annotations

import gzip
import lzma
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

import course.vectors.reading
from course.text import Vocabulary
from course.vectors import Vectors, VectorsError
from course.vectors.decimals import SLACK, decimals

ROOT = Path(__file__).resolve().parents[1]
# Words as GloVe's files have them: with blanks, no-break spaces, next-line characters, marks, and bytes that are no UTF-8.
ODD = [
    *(
        b"the",
        b",",
        b".",
        b". . .",
        b"at name@domain.com",
        b"at 5",
        b"1 1/2",
        b"\xc2\xa0",
        b"a\xc2\xa0b",
        b"x\xc2\x85y",
        b'"',
    ),
    *(b"#", b"'s", b"u.s.", b"1.5", b"-1.5e3", b"0.25-", b"\xff\xfe", b"\xe2\x82", b"\xed\xb2\x85", b"", b" ", b"  x"),
    *(
        b"caf\xc3\xa9",
        b"a\tb",
        b"\x0b\x0c",
        b"\x1c\x1d\x1e",
        b"\xe2\x80\xa8",
        b"w" * 300,
        b"nan",
        b"-",
        b"...",
        b"\x00",
        b"<s>",
    ),
]
STYLES = ["{:.5g}", "{:.6f}", "{:.4f}", "{:.8f}", "{!r}", "{:.9e}", "{:.3e}", "{:.0f}", "{:+.5f}", "{:.12f}", "{:.17f}"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    return tmp_path / "cache" / "vectors"


def numbers(count: int, seed: int = 0) -> list[str]:
    """Texts of numbers of every size and in many styles."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=count) * 10.0 ** rng.integers(-6, 4, size=count)
    values[rng.random(count) < 0.02] = 0.0
    values = values.astype(np.float32).tolist()
    return [STYLES[k].format(x) for x, k in zip(values, rng.integers(len(STYLES), size=count), strict=True)]


def text_of(words: list[bytes], texts: list[str], end: bytes = b"\n") -> bytes:
    dim = len(texts) // len(words)
    rows = (" ".join(texts[i * dim : (i + 1) * dim]).encode() for i in range(len(words)))
    return b"".join(word + b" " + row + end for word, row in zip(words, rows, strict=True))


def exactly(texts: list[str]) -> np.ndarray:
    return np.array([np.float32(float(text)) for text in texts], dtype=np.float32)


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    return a.dtype == b.dtype == np.float32 and a.shape == b.shape and a.tobytes() == b.tobytes()


def write(path: Path, text: bytes) -> Path:
    path.write_bytes(text)
    return path


def wrong(path: Path, *parts: str, **options) -> None:
    """Loading says one sentence or two that hold these parts, in one line that names the file."""
    with pytest.raises(VectorsError) as caught:
        Vectors.load(path, **options)
    said = str(caught.value)
    assert path.name in said and "\n" not in said and said.endswith(".")
    assert all(part in said for part in parts), said


# ----------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize("style", [*STYLES, "mixed"])
def test_each_number_is_what_float_makes_of_it_to_the_bit(tmp_path, style):
    values = np.random.default_rng(1).normal(size=6000).astype(np.float32).tolist()
    texts = numbers(6000) if style == "mixed" else [style.format(x) for x in values]
    words = [b"w%d" % i for i in range(200)]
    vectors = Vectors.load(write(tmp_path / "v.txt", text_of(words, texts)), cache=False)
    assert same_bits(vectors.matrix, exactly(texts).reshape(200, 30))


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-0",
        "-0.0",
        "5.",
        ".5",
        "-.5",
        "+.5",
        "007.50",
        "0.0000000",
        "9999999.",
        "99999999",
        "0.9999999",
        "-0.0012345",
    ]
    + ["1.0012345", "-9.0012345", "12345678.12345678", "9007199254740992.", "9007199254740993.", "0.1234567890123456"]
    + [
        "1e-45",
        "7e-46",
        "1e-400",
        "3.4028235e38",
        "16777217.0",
        "0.00000000000001",
        "1E5",
        "1e+05",
        "00000000000000000.5",
    ]
    + ["-1234567.8", "-12345678", "0.000123456789", "1.17549435e-38", "33554433", "8388608.5", "0.30000001192092896"],
)
def test_numbers_at_the_edges(text):
    raw = f"x {text} 0.5 {text}\n".encode()
    spaces = [i for i, byte in enumerate(raw) if byte in b" \n"]
    block = np.frombuffer(raw + b"9" * SLACK, dtype=np.uint8)
    values, bad = decimals(block, np.array(spaces[:-1]), np.array(spaces[1:]))
    assert not bad.size and same_bits(values.astype(np.float32), exactly([text, "0.5", text]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "-",
        "+",
        "-.",
        "--1.0",
        "1-0.5",
        "0.1-2",
        "1.2.3",
        "..5",
        "1..",
        "0/5",
        "0:5.",
        "1,5",
        "1_0.0",
        "0x1.8",
        "nan",
        "inf",
    ]
    + [
        "-inf",
        "1e",
        "1e5.0",
        "e5",
        "1e39",
        "1e999",
        "a.b",
        "0.12a45",
        "\u0661.\u0662",
        "0.1\u00a0",
        "12345678.1234567a",
        "1.234567890.1",
    ]
    + [
        "0.5\x00",
        "\x005.5",
        "1.5\t",
        "9.12345678:",
        "1 .5",
        "0.\xff",
        "\xff.5",
        "\x7f.\x80",
        "0./1",
        "1e-",
        "1.0e+",
        "1.5f",
    ],
)
def test_what_is_no_number_is_told(tmp_path, text):
    line = b"b 0.5 " + text.encode("utf-8" if "\u0661" in text else "latin-1") + b" 0.25\n"
    path = write(tmp_path / "v.txt", b"a 1.5 2.5 3.5\n" * 5 + line + b"c 1.5 2.5 3.5\n")
    if text == "1 .5":  # two numbers in place of one
        wrong(path, "line 6", "4 numbers where 3 are expected", cache=False)
    else:
        wrong(path, "line 6", "number 2 of 3", cache=False)


# ------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b" \n", b" \r\n"])
@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("block", [4000, 1 << 20])
def test_every_word_comes_back_whatever_its_bytes(tmp_path, monkeypatch, end, header, block):
    monkeypatch.setattr(course.vectors.reading, "BLOCK", block)
    words = [*ODD, *(b"w%d" % i for i in range(500))]
    texts = numbers(5 * len(words))
    head = b"%d 5" % len(words) + end if header else b""
    vectors = Vectors.load(write(tmp_path / "v.txt", head + text_of(words, texts, end)), cache=False)
    assert [word.encode("utf-8", "surrogateescape") for word in vectors.words] == words
    assert same_bits(vectors.matrix, exactly(texts).reshape(-1, 5))
    assert vectors.dim == 5 and len(vectors) == len(words) == len(list(vectors)) and vectors.duplicates == 0
    assert all(same_bits(vectors[word], vectors.matrix[i]) and word in vectors for i, word in enumerate(vectors.words))


@pytest.mark.parametrize("few", [4000, 1 << 21])
def test_only_the_words_of_a_vocabulary_in_the_order_of_the_file(tmp_path, monkeypatch, few):
    monkeypatch.setattr(course.vectors.reading, "FEW", few)
    words = [*ODD, *(b"w%d" % i for i in range(3000)), *(b"the same beginning %d" % i for i in range(9))]
    path = write(tmp_path / "v.txt", text_of(words, numbers(5 * len(words))))
    everything = Vectors.load(path, cache=False)
    some = [
        *everything.words[: len(ODD) : 2],
        "w7",
        "w2999",
        "the same beginning 3",
        "nowhere",
        "two\nlines",
        "\ud800",
        "w7",
    ]
    vectors = Vectors.load(path, iter(reversed(some)), cache=False)
    expected = [i for i, word in enumerate(everything.words) if word in some]
    assert vectors.words == [everything.words[i] for i in expected]
    assert same_bits(vectors.matrix, everything.matrix[expected])


def test_a_vocabulary_object_gives_its_words(tmp_path):
    path = write(tmp_path / "v.txt", b"[UNK] 1.0 2.0\nb 3.0 4.0\na 5.0 6.0\nc 7.0 8.0\n")
    assert Vectors.load(path, Vocabulary(["a", "b", "z"])).words == ["b", "a"]
    assert Vectors.load(path, ["z"]).words == [] and Vectors.load(path, []).matrix.shape == (0, 2)
    with pytest.raises(TypeError):
        Vectors.load(path, "abc")


def test_of_a_word_that_comes_twice_the_first_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(course.vectors.reading, "BLOCK", 60)
    path = write(tmp_path / "v.txt", b"a 1.0 2.0\nb 3.0 4.0\na 5.0 6.0\nc 7.0 8.0\nb 9.0 9.5\n" * 3)
    vectors = Vectors.load(path)
    assert (vectors.words, vectors.matrix.tolist(), vectors.duplicates) == (list("abc"), [[1, 2], [3, 4], [7, 8]], 12)
    again = Vectors.load(path)
    assert (again.words, again.matrix.tolist(), again.duplicates) == (list("abc"), [[1, 2], [3, 4], [7, 8]], 12)
    assert Vectors.load(path, ["b", "c"], cache=False).matrix.tolist() == [[3, 4], [7, 8]]


def test_empty_lines_and_a_last_line_without_an_end(tmp_path):
    path = write(tmp_path / "v.txt", b"\na 1.0 2.0\n\n\r\n  \nb 3.0 4.0")
    assert Vectors.load(path, cache=False).words == ["a", "b"]
    wrong(
        write(tmp_path / "w.txt", b"\na 1.0 2.0\n\n\nb 3.0 4.0\n\nc 5.0\n"), "line 7", "1 number where 2", cache=False
    )


def test_one_dimension_and_many(tmp_path):
    assert Vectors.load(write(tmp_path / "1.txt", b"a 1.5\nb 2\n5 3\n")).matrix.tolist() == [[1.5], [2], [3]]
    assert Vectors.load(write(tmp_path / "2.txt", b"2 1\na 1.5\nb 2\n")).words == ["a", "b"]
    assert Vectors.load(write(tmp_path / "3.txt", b"0 7\n")).matrix.shape == (0, 7)
    texts = numbers(4096 * 3)
    path = write(tmp_path / "4.txt", text_of([b"a", b"b", b"c"], texts))
    assert same_bits(Vectors.load(path, cache=False).matrix, exactly(texts).reshape(3, 4096))


def test_the_matrix_is_not_written_to_by_accident(tmp_path):
    path = write(tmp_path / "v.txt", b"a 1.0 2.0\n")
    for vectors in (Vectors.load(path), Vectors.load(path), Vectors(["a"], [[1, 2]])):
        with pytest.raises(ValueError):
            vectors.matrix[0] = 0


# ----------------------------------------------------------------------------------------------- files, packed


def test_packed_files_and_members_of_archives(tmp_path):
    words = [b"w%d" % i for i in range(2000)]
    text = text_of(words, ["0.25"] * 20 * len(words))  # packs to so little that the matrix has to grow
    plain = Vectors.load(write(tmp_path / "v.txt", text))
    (tmp_path / "v.gz").write_bytes(gzip.compress(text))
    (tmp_path / "v.xz").write_bytes(lzma.compress(text))
    with zipfile.ZipFile(tmp_path / "one.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v.txt", text)
    with zipfile.ZipFile(tmp_path / "two.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("d/v.20d.txt", text)
        archive.writestr("d/v.2d.txt", b"a 1.0 2.0\n")
    for name, member in [
        ("v.gz", None),
        ("v.xz", None),
        ("one.zip", None),
        ("one.zip", "v.txt"),
        ("two.zip", "d/v.20d.txt"),
    ]:
        for cache in (False, True, True):
            vectors = Vectors.load(tmp_path / name, member=member, cache=cache)
            assert vectors.words == plain.words and same_bits(vectors.matrix, plain.matrix)
    assert Vectors.load(tmp_path / "two.zip", member="d/v.2d.txt").words == ["a"]
    wrong(tmp_path / "two.zip", "several", "member=", "'d/v.20d.txt'")
    wrong(tmp_path / "two.zip", "no member 'v.txt'", "'d/v.2d.txt'", member="v.txt")
    wrong(tmp_path / "v.gz", "no zip", member="v.txt")
    for name in ("v.gz", "v.xz", "one.zip"):
        whole = (tmp_path / name).read_bytes()
        wrong(write(tmp_path / f"cut-{name}", whole[: len(whole) * 2 // 3]), "damaged or not whole", "again")


def test_the_shipped_vectors():
    from course.data import vectors_path

    vectors = Vectors.load(vectors_path("shipped"))
    assert vectors.dim == 50 and len(vectors) > 10_000 and "good" in vectors


# ------------------------------------------------------------------------------------------- what can be wrong


def test_a_line_that_is_too_short_or_too_long_is_told_with_its_number(tmp_path, monkeypatch):
    monkeypatch.setattr(course.vectors.reading, "BLOCK", 20_000)
    words = [b"w%d" % i for i in range(400)]
    lines = text_of(words, numbers(300 * 400)).splitlines(keepends=True)
    cut = b" ".join(lines[369].split(b" ")[:39]) + b"\n"
    for name, changed, parts in [
        ("short", [*lines[:369], cut, *lines[370:]], ("line 370", "38 numbers where 300 are expected", "again")),
        ("last", [*lines[:369], cut.rstrip(b"\n")], ("line 370", "38 numbers where 300")),
        ("long", [*lines[:7], lines[7].rstrip(b"\n") + b" 0.5\n", *lines[8:]], ("line 8", "301 numbers where 300")),
        (
            "joined",
            [*lines[:99], lines[99].rstrip(b"\n") + b" " + lines[100], *lines[101:]],
            ("line 100", "600 numbers"),
        ),
        (
            "garbled",
            [*lines[:5], lines[5].replace(b" ", b" \x80", 3), *lines[6:]],
            ("line 6", "number 1 of 300", "\\x80"),
        ),
        ("word", [*lines[:5], b"alone\n", *lines[6:]], ("line 6", "0 numbers where 300")),
    ]:
        path = write(tmp_path / f"{name}.txt", b"".join(changed))
        wrong(path, *parts)
        line = int(parts[0].split()[1])
        wrong(path, *parts, vocabulary=["w1", changed[line - 1].split(b" ")[0].decode().strip()])
        wrong(write(tmp_path / f"{name}-2.txt", b"400 300\n" + b"".join(changed)), f"line {line + 1}", *parts[1:])
    wrong(tmp_path / "last.txt", "line 370", vocabulary=["w1"])  # the end of the file is looked at in any case


def test_files_that_are_something_else(tmp_path):
    wrong(tmp_path / "none.txt", "no file", 'vectors_path("shipped")')
    wrong(tmp_path, "cannot be read")
    wrong(write(tmp_path / "empty.txt", b""), "is empty", "again")
    wrong(write(tmp_path / "blank.txt", b"\n\n \n"), "is empty")
    wrong(write(tmp_path / "page.txt", b"<!DOCTYPE html>\n<html>"), "web page")
    wrong(write(tmp_path / "prose.txt", b"This is a text.\nIt has no numbers.\n"), "no vectors")
    wrong(write(tmp_path / "tabs.txt", b"a\t1.0\t2.0\n"), "no vectors")
    wrong(
        write(tmp_path / "binary.bin", b"2 3\na " + bytes(12) + b"\nb " + bytes(12) + b"\n"),
        "binary format",
        "binary=False",
    )
    wrong(write(tmp_path / "huge.bin", b"x" * (5 << 20)), "no text file of vectors")
    wrong(write(tmp_path / "cut.txt", b"5 2\na 1.0 2.0\nb 3.0 4.0\n"), "holds 2 words", "promises 5", "cut off")
    wrong(write(tmp_path / "head.txt", b"5 2\n"), "holds 0 words", "promises 5")
    wrong(write(tmp_path / "other.txt", b"5 3\na 1.0 2.0\nb 3.0 4.0\n"), "line 1", "1 number where 2")
    wrong(tmp_path / "cut.txt", "promises 5", vocabulary=["a"])
    assert VectorsError("What is wrong.")._render_traceback_() == ["VectorsError: What is wrong."]


# ------------------------------------------------------------------------------------------------------- cache


def some_file(folder: Path) -> Path:
    return write(folder / "v.txt", text_of([*ODD, b"a", b"b"], numbers(3 * len(ODD) + 6)))


def never(monkeypatch) -> None:
    monkeypatch.setattr("course.vectors.core.read", lambda *_: pytest.fail("read again"))


def test_the_second_time_nothing_is_read_again(tmp_path, cache, monkeypatch):
    path = some_file(tmp_path)
    first, some = Vectors.load(path), Vectors.load(path, ["b", "a"])
    assert len(list(cache.glob("*.npy"))) == len(list(cache.iterdir())) == 2
    never(monkeypatch)
    for again in (Vectors.load(path), Vectors.load(os.path.relpath(path))):
        assert again.words == first.words and same_bits(again.matrix, first.matrix)
    again = Vectors.load(path, {"a", "b"})
    assert again.words == ["a", "b"] and same_bits(again.matrix, some.matrix)
    held = again.matrix
    while held.base is not None and not isinstance(held, np.memmap):
        held = held.base
    assert isinstance(held, np.memmap)
    assert same_bits(np.load(next(cache.glob("*.npy"))), np.load(next(cache.glob("*.npy"))))  # any NumPy reads it


def test_without_the_cache_none_is_made(tmp_path, cache):
    Vectors.load(some_file(tmp_path), cache=False)
    assert not cache.exists()


def test_another_file_at_the_path_is_read_anew(tmp_path, cache):
    path = write(tmp_path / "v.txt", b"a 1.0 2.0\n")
    before = path.stat()
    assert Vectors.load(path)["a"].tolist() == [1, 2]
    path.unlink()
    write(path, b"a 3.0 4.0\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # of the same size and age, as an unpacked archive's is
    assert Vectors.load(path)["a"].tolist() == [3, 4]
    assert Vectors.load(path)["a"].tolist() == [3, 4] and len(list(cache.iterdir())) == 1


def test_a_broken_cache_is_made_anew(tmp_path, cache, monkeypatch):
    path = some_file(tmp_path)
    words = Vectors.load(path).words
    kept = next(cache.glob("*.npy"))
    whole = kept.read_bytes()
    place = whole.index(b"name@domain")
    for broken in (b"", whole[:50], whole[:-1], whole[:-200], whole + b"x", bytes(len(whole)), whole[100:], b"[1]" + b"\x03" + bytes(7),
                   whole[:place] + b"x" + whole[place + 1 :], b"\x80" + whole[1:]):  # fmt: skip
        kept.write_bytes(broken)
        assert Vectors.load(path).words == words
        assert kept.read_bytes() == whole
    kept.unlink()
    kept.mkdir()  # cannot be replaced: does without
    assert Vectors.load(path).words == words
    never(monkeypatch)
    kept.rmdir()
    kept.write_bytes(whole)
    assert Vectors.load(path).words == words


def test_where_no_cache_can_be_written_it_does_without(tmp_path, monkeypatch):
    path = some_file(tmp_path)
    words = Vectors.load(path, cache=False).words
    monkeypatch.setenv("COURSE_DATA", str(write(tmp_path / "file", b"")))
    assert Vectors.load(path).words == words
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "cache"))
    monkeypatch.setattr(np, "save", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert Vectors.load(path).words == words
    assert not list((tmp_path / "cache" / "vectors").iterdir())


def test_two_at_once_both_end_well(tmp_path, cache):
    path = write(tmp_path / "v.txt", text_of([b"w%d" % i for i in range(3000)], numbers(9000)))
    code = "import sys; from course.vectors import Vectors; v = Vectors.load(sys.argv[1]); assert len(v.words) == 3000 == len(v.matrix)"
    started = [subprocess.Popen([sys.executable, "-c", code, path], cwd=ROOT) for _ in range(4)]
    assert [process.wait(timeout=60) for process in started] == [0] * 4
    assert [file.suffix for file in cache.iterdir()] == [".npy"]


# ------------------------------------------------------------------------------------------------- environment


def test_it_works_where_text_is_ascii_and_imports_little(tmp_path):
    path = some_file(tmp_path)
    code = (
        "import sys; from course.vectors import Vectors; v = Vectors.load(sys.argv[1]); v.most_similar('a', 2);"
        "assert 'caf\\u00e9' in v and 'x\\u0085y' in v;"
        "heavy = {'tensorflow', 'keras', 'pandas', 'scipy', 'matplotlib', 'requests', 'IPython'} & set(sys.modules);"
        "assert not heavy, heavy; print(len(v))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, path],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{len(ODD) + 2}\n", "")
