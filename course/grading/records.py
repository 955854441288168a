"""One JSON file a submission, written whole or not at all. Marks and everything else are made from these."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from course.grading import GradingError
from course.grading.submission import Found, digest

SCHEMA = 1


class Records:
    """The records in a folder: `DIR/records/*.json`, one for each path that was graded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "records"
        self._records: dict[str, dict[str, Any]] = {}
        for file in sorted(self._folder.glob("*.json")):
            try:
                record = json.loads(file.read_text(encoding="utf-8", errors="surrogateescape"))
            except (OSError, ValueError):
                continue
            if isinstance(record, dict) and record.get("schema") == SCHEMA:
                self._records[record["path"]] = record

    def all(self) -> list[dict[str, Any]]:
        """All records, by the submission's name."""
        return sorted(self._records.values(), key=lambda record: record["submission"])

    def of(self, path: Path) -> dict[str, Any] | None:
        """The record of the submission at `path`."""
        return self._records.get(str(path))

    def write(self, record: dict[str, Any]) -> None:
        """Writes a record in place of the one that was made of the same path."""
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        write_whole(self._folder / _file_name(record["submission"]), text)
        self._records[record["path"]] = record

    def labels(self, found: list[Found]) -> dict[Path, str]:
        """Each submission's name in the marks: its path inside the folder given, and as much of the path above it as tells it apart.

        One with a record keeps its name, and takes it along when it has been moved. So there is never a second row for one
        submission, nor one row for two.
        """
        recorded = {
            each.path: made["submission"] for each in found if (made := self.of(each.path) or self._moved(each))
        }
        taken = {record["submission"] for record in self.all()}
        labels: dict[Path, str] = {}
        lengths = {each.path: len(each.inside.parts) for each in found}
        while lengths:
            names = {path: _name(path, length) for path, length in lengths.items()}
            met = Counter(names.values())
            free = {
                path: name for path, name in names.items() if met[name] == 1 and (path in recorded or name not in taken)
            }
            labels |= free
            taken |= set(free.values())
            lengths = {path: length + 1 for path, length in lengths.items() if path not in free}
        return dict(sorted((labels | recorded).items(), key=lambda pair: pair[1]))

    def _moved(self, found: Found) -> dict[str, Any] | None:
        """The record of this very file made when it had another path, which is now noted in it."""
        for record in self._records.values():
            is_gone = not os.path.lexists(record["path"])
            name = _name(found.path, len(found.inside.parts))
            if is_gone and record["submission"] == name and record["sha256"] == digest(found.path):
                del self._records[record["path"]]
                self.write({**record, "path": str(found.path)})
                return self.of(found.path)
        return None


def write_whole(path: Path, text: str) -> None:
    """Writes to a temporary name beside the file, then moves it there: whoever is killed meanwhile leaves no half file.

    Raises GradingError, a sentence that says what to do, when it cannot be written: a full disk, a folder that is closed.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # or a machine that loses power may keep the name and not the text
        temporary.replace(path)
    except OSError as problem:
        with suppress(OSError):
            temporary.unlink()
        raise GradingError(
            f"{path} cannot be written ({problem.strerror}). What was there before is whole: mend that (space, permissions) "
            "and give the same command again."
        ) from None


def _name(path: Path, length: int) -> str:
    """The last parts of a path, printable."""
    name = "/".join(path.parts[-length:]) + "+" * (length - len(path.parts))  # no shorter way to be different
    return printable(name)


def printable(name: str) -> str:
    """The name of a file as any file can hold it and any terminal show it: it may be made of anything."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _file_name(label: str) -> str:
    """Readable, legal on every file system, and different for different submissions."""
    readable = re.sub(r"[^\w.-]+", "_", label)[-60:].strip("._")
    return f"{readable}-{hashlib.sha256(label.encode()).hexdigest()[:10]}.json"
