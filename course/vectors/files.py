"""Text files of word vectors, plain or packed, as blocks of whole lines."""

from __future__ import annotations

import gzip
import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from course.vectors.decimals import SLACK, is_number
from course.vectors.errors import VectorsError

LOOK = 32  # lines that are looked at to tell the shape
AGAIN = "download or unpack it again"


class Shape(NamedTuple):
    """What the first lines tell: numbers in a line; and words in the file, lines before the first, if there is a header."""

    dim: int
    words: int | None
    header: int


@contextmanager
def opened(path: Path, member: str | None = None) -> Iterator[tuple[BinaryIO, int]]:
    """Open a file, or a member of a zip, to read its bytes unpacked; and about how many they are, or more.

    Raises VectorsError, also for what goes wrong while reading.
    """
    try:
        with open(path, "rb", buffering=0) as raw:
            size = os.fstat(raw.fileno()).st_size
            magic = raw.read(6)
            raw.seek(0)
            if magic.startswith(b"PK\x03\x04"):
                with zipfile.ZipFile(raw) as archive:
                    name = choose_member(path, archive.namelist(), member)
                    with archive.open(name) as file:
                        yield file, archive.getinfo(name).file_size
            elif member is not None:
                raise VectorsError(f"{path} is no zip archive, so it has no member {member!r}: leave member out.")
            elif magic.startswith(b"\x1f\x8b"):
                with gzip.open(raw) as file:
                    yield file, 5 * size
            elif magic == b"\xfd7zXZ\x00":
                import lzma  # which not every Python has

                try:
                    with lzma.open(raw) as file:
                        yield file, 6 * size
                except lzma.LZMAError as error:
                    raise EOFError(error) from None
            else:
                yield raw, size
    except (EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise VectorsError(f"{path} is damaged or not whole ({error}): {AGAIN}.") from None
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise VectorsError(f'There is no file {path}: vectors_path("shipped") is the one of the course.') from None
        raise VectorsError(
            f"{path} cannot be read ({error.strerror or error}): choose another file, or {AGAIN}."
        ) from None


def choose_member(path: Path, names: list[str], member: str | None) -> str:
    """The name of the file to read in a zip: the one asked for, or else the only one."""
    files = [name for name in names if not name.endswith("/")]
    if member is None and len(files) == 1:
        return files[0]
    if member in files:
        return member
    what = f"has no member {member!r}" if member else "holds several files"
    raise VectorsError(f"{path} {what}: say member= one of {', '.join(map(repr, sorted(files)[:8]))}.")


def blocks(path: Path, file: BinaryIO, full: int, free: list[bytearray]) -> Iterator[tuple[bytearray, int]]:
    """The lines of a file, in buffers of up to `full` bytes: at least one line, each ended by a line feed, then SLACK bytes.

    With each buffer comes where its lines stop. Whoever is done with a buffer puts it into free, to be used again.
    """
    rest = b""  # the beginning of a line
    while True:
        buffer = free.pop() if free else bytearray(full + 1 + SLACK)
        filled = len(rest)
        buffer[:filled] = rest
        with memoryview(buffer) as view:
            while filled < full and (got := file.readinto(view[filled:full])):
                filled += got
        if not filled:
            return
        if filled < full and buffer[filled - 1] != ord("\n"):  # the end of the file
            buffer[filled] = ord("\n")
            filled += 1
        stop = buffer.rfind(b"\n", 0, filled) + 1
        if not stop:
            raise VectorsError(
                f"{path} has a line of more than {full:,} bytes, so it is no text file of vectors: {AGAIN}."
            )
        rest = bytes(buffer[stop:filled])
        yield buffer, stop


def sniff(path: Path, text: bytes | bytearray) -> Shape:
    """What the first lines of a file, ended by line feeds, tell of it. Raises VectorsError if they are no vectors.

    A header is a line of two whole numbers, words and dimensions, before lines of so many numbers. The dimensions are
    what most lines have, so a word with spaces or numbers in it does not mislead.
    """
    if text.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
        raise VectorsError(f"{path} is a web page, not a file of vectors: {AGAIN}.")
    lines = [line.rstrip(b"\r ") for line in text.split(b"\n", LOOK)[:LOOK]]
    header = re.fullmatch(rb"(\d{1,12}) (\d{1,6})", lines[0])
    if header:
        words, dim = map(int, header.groups())
        found = common_length(lines[1:])
        if b"\0" in text and found != dim:
            raise VectorsError(f"{path} is in word2vec's binary format: save it as text, with binary=False.")
        if dim and found in (dim, 0):
            return Shape(dim, words, 1)
    dim = common_length(lines)
    if not dim:
        what = "has no vectors in its first lines" if text.strip() else "is empty"
        raise VectorsError(f"{path} {what}, where each line should be a word and its numbers: {AGAIN}.")
    return Shape(dim, None, 0)


def common_length(lines: Sequence[bytes | bytearray]) -> int:
    """How many numbers stand at the end of most lines; the first field of a line is its word. 0 if there are none."""
    lengths = Counter()
    for line in lines:
        fields = line.split(b" ")[1:]
        length = next((i for i, field in enumerate(reversed(fields)) if not is_number(field)), len(fields))
        lengths[length] += bool(line)
    return lengths.most_common(1)[0][0] if lengths else 0
