"""From a name in the registry to verified data in the cache folder.

Everything is downloaded, checked and unpacked in a temporary folder inside the cache folder, and then renamed to its
name in one step. So what has its name is whole, whenever a process is killed, and two processes that ask at once both
end well without a lock: whoever is second finds the name taken by the same data.
"""

import hashlib
import os
import shutil
import sys
import tarfile
import time
import warnings
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

from course.data.paths import DataError, cache_folder, choose
from course.data.registry import DATASETS, Dataset, Source

TIMEOUT = 30.0  # seconds without a byte after which a source is given up
STALE = 3600.0  # seconds after which a temporary folder in which nothing was written is a dead process's
PART = ".part-"  # how the names of temporary folders begin
UNREACHABLE = "cannot be reached"


class Status(NamedTuple):
    """One row of the list of data sets."""

    name: str
    size: int  # bytes to download
    licence: str
    where: str  # its path if present, else where it would be downloaded from
    present: bool


def get(name: str) -> Path:
    """The path of a data set, a folder for "imdb", a text file for "glove.6B"; it is downloaded if it is missing.

    Raises DataError if the name is unknown, or if no source gave the data and it is not in the cache folder.
    """
    data = DATASETS[choose(name, tuple(DATASETS))]
    target = cache_folder() / data.target
    return target if complete(data, target) else fetch(data, target)


def status() -> list[Status]:
    """One row for each data set of the registry. Nothing is downloaded."""
    rows = []
    for data in DATASETS.values():
        target, source = cache_folder() / data.target, data.sources[0]
        present = complete(data, target)
        rows.append(Status(data.name, source.size, data.licence, str(target) if present else source.url, present))
    return rows


def list_text() -> str:
    """The list of data sets as a table in plain text, for `course data list`."""
    head = ("name", "size", "here", "licence", "where")
    rows = [(row.name, megabytes(row.size), "yes" if row.present else "no", row.licence, row.where) for row in status()]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    lines.append(f"Downloads go to {cache_folder()} (set COURSE_DATA to change that).")
    return "\n".join(line.rstrip() for line in lines)


def complete(data: Dataset, target: Path) -> bool:
    """Whether the data set lies at target: a file of its size, or a tree with its number of files in each folder."""
    if data.folders:
        return all(len(text_files(target / folder)) == number for folder, number in data.folders.items())
    return target.is_file() and target.stat().st_size == data.size


def text_files(folder: Path) -> list[str]:
    """The names of the .txt files in a folder, in no order; none if there is no such folder."""
    names = os.listdir(folder) if folder.is_dir() else []
    return [name for name in names if name.endswith(".txt") and not name.startswith(".")]


def fetch(data: Dataset, target: Path) -> Path:
    """Download a data set to target from the first of its sources that gives it, or raise a DataError."""
    if target.exists() and not complete(data, target):
        raise DataError(f"{target} is not whole: move it away, or go on with the shipped data: {data.instead}.")
    folder = target.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        scratch = TemporaryDirectory(prefix=PART, dir=folder, ignore_cleanup_errors=True)
    except OSError as error:
        raise DataError(
            f"Cannot write to the data folder {folder} ({error.strerror}): set COURSE_DATA to a folder you can write"
            f" to, or go on with the shipped data: {data.instead}."
        ) from None
    failures = []
    with scratch as parts:
        for number, source in enumerate(data.sources):
            part = Path(parts, str(number))
            try:
                part.mkdir()
                publish(data, obtain(data, source, part), target)
                return target
            except (Refused, OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error) as error:
                failures.append((urlsplit(source.url).netloc, reason(error)))
                shutil.rmtree(part, ignore_errors=True)
    what = f"Could not download {data.name} ({'; '.join(f'{host}: {why}' for host, why in failures)})"
    if all(why == UNREACHABLE for _, why in failures):
        what = f"No network: cannot reach {' or '.join(host for host, _ in failures)} to download {data.name}"
    raise DataError(f"{what}; go on with the shipped data: {data.instead}.")


def obtain(data: Dataset, source: Source, part: Path) -> Path:
    """Download from one source into the empty folder `part`, check, unpack; return the data set's path in there."""
    packed = source.url.endswith((".zip", ".tar.gz"))
    need, free = source.size + packed * data.size, shutil.disk_usage(part).free
    if free < need:
        raise Refused(f"it takes {megabytes(need)} of disk and {megabytes(free)} are free")
    made = part / data.target
    if not packed:
        download(source, made, data.name)
        return made
    archive = part / "archive"
    download(source, archive, data.name)
    if data.folders:
        untar(archive, part)
        if not complete(data, made):
            raise Refused("files are missing in the archive")
    else:
        with zipfile.ZipFile(archive) as packed_files, checked(made, data.size, data.sha256) as file:
            if data.target not in packed_files.namelist():
                raise Refused(f"{data.target} is missing in the archive")
            with packed_files.open(data.target) as member:
                shutil.copyfileobj(member, file, 1 << 20)
    return made


def download(source: Source, path: Path, name: str) -> None:
    """Write what a URL gives to path, with a progress bar; Refused unless size and checksum are right."""
    with warnings.catch_warnings():  # pooch imports tqdm.auto, which warns on the page where there are no widgets
        warnings.simplefilter("ignore")
        import pooch
    from tqdm import tqdm  # the plain one: a notebook saved with a widget bar is an invalid notebook on GitHub

    shown = sys.stderr is not None and (sys.stderr.isatty() or "ipykernel" in type(sys.stderr).__module__)
    bar = tqdm(total=source.size, desc=name, unit="B", unit_scale=True, leave=False, disable=not shown)
    downloader = pooch.HTTPDownloader(
        progressbar=bar if shown else False,
        chunk_size=1 << 16,
        timeout=(min(TIMEOUT, 10), TIMEOUT),  # to connect, to read
        headers={"Accept-Encoding": "identity"},  # the bytes as they are
    )
    with bar, checked(path, source.size, source.sha256) as file:
        downloader(source.url, file, None)


class Refused(Exception):
    """What a source gave cannot be used: its text says why."""


class Checked:
    """A binary file being written that counts and hashes its bytes, and refuses more than were promised."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size, self.written, self.hash = file, size, 0, hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        if not self.written and chunk.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
            raise Refused("a web page came instead of the file")
        self.written += len(chunk)
        if self.written > self.size:
            raise Refused(f"more than the {self.size:,} bytes of the file came")
        self.hash.update(chunk)
        self.file.write(chunk)

    def flush(self) -> None:
        """pooch asks for a flush after each chunk; closing the file does it."""


@contextmanager
def checked(path: Path, size: int, sha256: str) -> Generator[Checked, None, None]:
    """A new file at path to write to; Refused at the end unless its size and checksum are as given."""
    with open(path, "xb") as file:
        body = Checked(file, size)
        yield body
    if body.written < size:
        raise Refused(f"only {body.written:,} of {size:,} bytes came")
    if body.hash.hexdigest() != sha256:
        raise Refused("the checksum is wrong")


def untar(archive: Path, folder: Path) -> None:
    """Unpack the regular files of a tar into folder; Refused if one would lie outside of it. Links are left out.

    Copying the bytes ourselves is safe in every Python; the filters of tarfile came in 3.11.4 and changed since.
    """
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.isreg():
                path = inside(folder, member.name)
                path.parent.mkdir(parents=True, exist_ok=True)
                with open(path, "xb") as file:
                    shutil.copyfileobj(packed.extractfile(member), file)


def inside(folder: Path, name: str) -> Path:
    """The path of an archive's member under folder; Refused if the name leads out of it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or ":" in name:
        raise Refused(f"the archive holds an unsafe path, {name}")
    return folder.joinpath(*parts)


def publish(data: Dataset, made: Path, target: Path) -> None:
    """Give the finished data its name, unless another process has just done so."""
    try:
        os.replace(made, target)
    except OSError:
        if not complete(data, target):
            raise


def sweep(folder: Path) -> None:
    """Remove the temporary folders that killed processes left behind."""
    for old in folder.glob(PART + "*"):
        try:
            written = max(path.stat().st_mtime for path in (old, *old.rglob("*")))
        except OSError:  # its owner is at work in it, or has just removed it
            continue
        if written < time.time() - STALE:
            shutil.rmtree(old, ignore_errors=True)


def reason(error: Exception) -> str:
    """A few words on why a source failed."""
    import requests

    if isinstance(error, requests.HTTPError):
        return f"HTTP {error.response.status_code}"
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the transfer broke off"
    if isinstance(error, requests.ConnectTimeout):
        return UNREACHABLE
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return f"nothing came for {TIMEOUT:g} s"
    if isinstance(error, requests.ConnectionError):
        return UNREACHABLE
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def megabytes(size: int) -> str:
    """A number of bytes in words, for people: 84 MB."""
    return f"{size / 1e6:,.0f} MB"
