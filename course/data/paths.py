"""Where data lies: the files that ship with the course, and the cache folder for downloads."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


class DataError(Exception):
    """Data that cannot be had: its text is one sentence saying why, and how to go on."""

    def _render_traceback_(self) -> list[str]:  # what a notebook shows: the sentence, no frames of ours
        return [f"DataError: {self}"]


def cache_folder() -> Path:
    """The folder downloads go to: $COURSE_DATA, or else the platform's cache folder. It need not exist yet."""
    chosen = os.environ.get("COURSE_DATA")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("embeddings-course", appauthor=False))


def datasets_folder() -> Path:
    """Where the data that ships with the course lies: datasets/ in a checkout, course/_datasets/ in a wheel."""
    installed = PACKAGE / "_datasets"
    return installed if installed.is_dir() else PACKAGE.parent / "datasets"


def shipped(name: str) -> Path:
    """The path of a file that ships with the course. Raises DataError if it is not there."""
    folder = datasets_folder()
    path = folder / name
    if not path.is_file():
        raise DataError(f"{name} ships with the course but is not in {folder}: install the course again.")
    return path


def choose(source: str, choices: tuple[str, ...]) -> str:
    """Return source if it is one of the choices, else raise a DataError listing them."""
    if source not in choices:
        raise DataError(f"There is no data source {source!r}: choose one of {', '.join(map(repr, choices))}.")
    return source
