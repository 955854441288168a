"""Looks for answers where none may be: in texts, notebooks and archives, archives inside archives included.

An answer is known by its n-grams: eight tokens in a row, comments, docstrings and the kind of quotes left aside, that stand in the
answered cell and neither in what learners get of it nor anywhere else in a learners' notebook. A copy is found in code, in a comment, in an
output, in metadata, in base 64. A paraphrase is not: who renames every variable has written another text.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from course.authoring import render
from course.authoring.settings import Settings
from course.authoring.source import Source, answered, stub

GRAM = 8  # tokens
SHARE = 0.25  # of an answer's own n-grams: so many together are a copy
LINE = 12  # tokens: a line of an answer that is so long is found by itself
NOTES = 4  # n-grams of a speaker's note: eleven words in a row
DEPTH = 5  # archives inside archives
LARGEST = 200_000_000  # bytes of one member, unpacked

_TOKEN = re.compile(r"\w+|[^\w\s#]")
_DOCSTRING = re.compile(r'"""(?:.*?)"""|\'\'\'(?:.*?)\'\'\'', re.DOTALL)
_COMMENT = re.compile(r"#.*")
_NUMBERS = re.compile(r"(?:[-+]?\d[\d.eE+-]*[ \t]+){20,}")  # a row of a table of vectors: nothing in it to compare
_MARK = re.compile(r"#+\s*(?:BEGIN|END)\s+SOLUTION")
_BASE64 = re.compile(r"[A-Za-z0-9+/\n]{60,}={0,2}")
_Gram = tuple[str, ...]


class Unreadable(ValueError):
    """A member that cannot be looked into, which is no proof of anything."""


@dataclass(frozen=True)
class Leak:
    """Something that may not be there. member: where, archives inside archives with `!` between. exercise: "" when it is none's."""

    member: str
    what: str
    exercise: str = ""

    def __str__(self) -> str:
        return f"{self.member} holds {self.what}" + (f" of {self.exercise}" if self.exercise else "")


@dataclass
class Known:
    """What must not get out. grams: n-gram -> the answers it belongs to. sizes, lines: of each answer. notes: n-grams of speaker notes."""

    grams: dict[_Gram, set[str]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    lines: dict[str, list[set[_Gram]]] = field(default_factory=dict)
    notes: set[_Gram] = field(default_factory=set)

    @classmethod
    def of(cls, sources: Iterable[Source], where: Settings) -> Known:
        """The answers and notes of the lessons, less what their learners' notebooks say anyway."""
        known, sources = cls(), list(sources)
        public: set[_Gram] = set()
        for source in sources:
            for cell in render.notebook(source, render.LEARNER, where).cells:
                public |= _grams(_tokens(cell.source)) | _grams(_code(cell.source))
        for source in sources:
            for cell in source.cells:
                if cell.exercise:
                    known._add(f"{source.name}/{cell.exercise}", cell.source, public)
                elif cell.is_notes:
                    known.notes |= _grams(_tokens(cell.source)) - public
        return known

    def _add(self, name: str, code: str, public: set[_Gram]) -> None:
        own = _grams(_code(answered(code))) - _grams(_code(stub(code))) - public
        self.sizes[name] = len(own)
        for gram in own:
            self.grams.setdefault(gram, set()).add(name)
        lines = (_code(line) for line in answered(code).splitlines())
        grams = (_grams(tokens) for tokens in lines if len(tokens) >= LINE)
        self.lines[name] = [line for line in grams if line <= own]

    def leaks(self, member: str, data: bytes, depth: int = 0) -> list[Leak]:
        """What a member of that name and content gives away.

        Raises Unreadable for an archive that cannot be opened, is nested too deeply or too large.
        """
        inside = _archive(member, data)
        if inside is not None:
            if depth >= DEPTH:
                raise Unreadable(f"{member} is an archive inside too many others")
            return [leak for name, held in inside for leak in self.leaks(f"{member}!{name}", held, depth + 1)]
        found = [leak for text in _texts(member, data) for leak in self._in_text(member, text)]
        if member.endswith(".ipynb"):
            found += _outputs(member, data)
        return list(dict.fromkeys(found))

    def _in_text(self, member: str, text: str) -> Iterator[Leak]:
        if _MARK.search(text):
            yield Leak(member, "the mark of a solution region")
        text = _NUMBERS.sub(" ", text)
        met: set[_Gram] = set()
        noted: set[_Gram] = set()
        for tokens in (_tokens(text), _code(text)):
            for gram in zip(*(tokens[i:] for i in range(GRAM)), strict=False):
                if gram in self.grams:
                    met.add(gram)
                if gram in self.notes:
                    noted.add(gram)
        counts: dict[str, int] = {}
        for gram in met:
            for name in self.grams[gram]:
                counts[name] = counts.get(name, 0) + 1
        for name, count in sorted(counts.items()):
            if count >= SHARE * self.sizes[name] or any(line <= met for line in self.lines[name]):
                yield Leak(member, "lines of the answer", name)
        if len(noted) >= NOTES:
            yield Leak(member, "speaker notes")


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.replace("'", '"'))


def _code(text: str) -> list[str]:
    return _tokens(_COMMENT.sub("", _DOCSTRING.sub("", text)))


def _grams(tokens: list[str]) -> set[_Gram]:
    return set(zip(*(tokens[i:] for i in range(GRAM)), strict=False))


def _archive(member: str, data: bytes) -> list[tuple[str, bytes]] | None:
    """The members of an archive, whatever its name says; None for anything else."""
    try:
        if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                listed = [info for info in packed.infolist() if not info.is_dir()]
                _small_enough(member, sum(info.file_size for info in listed))
                return [(info.filename, packed.read(info)) for info in listed]
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as packed:
                held = packed.read(LARGEST + 1)
            _small_enough(member, len(held))
            return [("content", held)]
        if data[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(data)) as packed:
                listed = [info for info in packed.getmembers() if info.isfile()]
                _small_enough(member, sum(info.size for info in listed))
                return [(info.name, packed.extractfile(info).read()) for info in listed]  # type: ignore[union-attr]
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, tarfile.TarError) as problem:
        raise Unreadable(f"{member} is an archive that cannot be opened: {problem}") from None
    return None


def _small_enough(member: str, size: int) -> None:
    if size > LARGEST:
        raise Unreadable(f"{member} unpacks to more than {LARGEST // 1_000_000} MB")


def _texts(member: str, data: bytes) -> Iterator[str]:
    """The texts in a member: as it stands, the strings of a JSON file put together, and what is in base 64."""
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    if member.endswith((".ipynb", ".json")) or text[:1] in ("{", "["):
        with suppress(ValueError):  # not JSON after all: a text like others
            text = "\n".join(_strings(json.loads(text)))
    yield html.unescape(text)
    for match in _BASE64.finditer(text):
        try:
            decoded = base64.b64decode(match[0].replace("\n", ""), validate=True)
        except binascii.Error:
            continue
        yield decoded.decode("utf-8", errors="replace")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (key, *_strings(each))
    elif isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            yield "".join(value)  # a notebook's lines
        else:
            for each in value:
                yield from _strings(each)


def _outputs(member: str, data: bytes) -> list[Leak]:
    """A learners' notebook has no outputs: they would be those of the answers."""
    try:
        cells = json.loads(data)["cells"]
        full = [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(f"{member} is no notebook") from None
    if not full:
        return []
    about = full[0].get("metadata") or {}
    return [Leak(member, "the stored output of a cell", about.get("exercise") or about.get("check") or "")]
