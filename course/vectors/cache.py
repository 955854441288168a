"""Vectors that were read once, kept so that the next load maps them into memory instead of reading text.

One file for each source and set of words: the matrix as an .npy file, which np.load can map, then the words, then a note
of where they came from. One file is moved into place in one step, so matrix and words always belong together.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from course.data import cache_folder
from course.data.fetch import PART, sweep
from course.vectors.reading import Read
from course.vectors.wanted import Wanted

FORMAT = 1  # count up when what is read from the same file changes
_LENGTH = 8  # bytes at the very end: the length of the note


class Place:
    """Where the vectors of one file, and the words wanted from it, are kept. Raises OSError if there is no such file."""

    def __init__(self, path: Path, member: str | None, wanted: Wanted | None) -> None:
        path = path.resolve()
        status = path.stat()
        name = [str(path), member, None if wanted is None else wanted.digest()]
        # The change time too: it tells of a file that was replaced by one of the same size and modification time.
        self._source = [FORMAT, *name, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
        digest = hashlib.sha256(json.dumps(name).encode()).hexdigest()[:16]
        self.file = cache_folder() / "vectors" / f"{path.name}-{digest}.npy"

    def load(self) -> Read | None:
        """What is kept, if it is whole and the file is still the one it was made of. The matrix is mapped, read-only."""
        try:
            with open(self.file, "rb") as file:
                file.seek(-_LENGTH, os.SEEK_END)
                length = int.from_bytes(file.read(_LENGTH), "little")
                file.seek(-_LENGTH - length, os.SEEK_END)
                note = json.loads(file.read(length))
                if note["source"] != self._source:
                    return None
                matrix = np.load(self.file, mmap_mode="r")
                file.seek(matrix.offset + matrix.nbytes)
                words = file.read(note["bytes"])
            if zlib.crc32(words) != note["crc32"]:
                return None
            return Read(words, np.asarray(matrix), note["duplicates"])
        except (OSError, ValueError, KeyError, TypeError, OverflowError):  # not there, or not whole
            return None

    def save(self, what: Read) -> None:
        """Keep what was read. In a folder that cannot be written to, or on a full disk: do without."""
        if not what.words:
            return
        note = {"source": self._source, "bytes": len(what.words), "crc32": zlib.crc32(what.words)}
        end = json.dumps(note | {"duplicates": what.duplicates}).encode()
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            sweep(self.file.parent)
            with TemporaryDirectory(prefix=PART, dir=self.file.parent, ignore_cleanup_errors=True) as part:
                new = Path(part, "new.npy")
                with open(new, "wb") as file:
                    np.save(file, what.matrix, allow_pickle=False)
                    for piece in (what.words, end, len(end).to_bytes(_LENGTH, "little")):
                        file.write(piece)
                os.replace(new, self.file)
        except OSError:
            pass
