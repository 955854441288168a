"""What a learner has solved: a small local file, one line an event, that a crash cannot spoil."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

from course import catalog

_unwritten: list[dict] = []  # the events of this process where nothing is recorded


def path() -> Path | None:
    """The progress file: COURSE_PROGRESS, or `progress.jsonl` in the user's data folder.

    None with COURSE_PROGRESS=off: nothing is written, and progress lasts as long as the process.
    """
    if os.environ.get("COURSE_PROGRESS", "").lower() == "off":
        return None
    if os.environ.get("COURSE_PROGRESS"):
        return Path(os.environ["COURSE_PROGRESS"])
    import platformdirs

    return Path(platformdirs.user_data_dir("embeddings-course", appauthor=False)) / "progress.jsonl"


def note(lesson: str, exercise: str, event: str) -> None:
    """Adds one event ("right", "not yet", "hint" ...). A disk that refuses costs the line, never the check.

    Each event is one short line written by one append: two notebooks may write at once, and a torn last line is skipped on reading.
    """
    entry = {"lesson": lesson, "exercise": exercise, "event": event}
    file = path()
    if file is None:
        _unwritten.append(entry)
        return
    line = json.dumps(entry) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "ab") as out:
            if out.tell() and not _ends_with_newline(file):
                line = "\n" + line
            out.write(line.encode())
    except OSError:
        pass


def _ends_with_newline(file: Path) -> bool:
    with open(file, "rb") as read:
        read.seek(-1, os.SEEK_END)
        return read.read(1) == b"\n"


def events() -> list[dict]:
    """All events that can be read, oldest first. Lines that are damaged are left out."""
    file = path()
    if file is None:
        return list(_unwritten)
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and {"lesson", "exercise", "event"} <= event.keys():
            found.append(event)
    return found


def solved() -> dict[str, set[str]]:
    """The names of the exercises solved, by lesson."""
    done: dict[str, set[str]] = defaultdict(set)
    for event in events():
        if event["event"] == "right":
            done[event["lesson"]].add(event["exercise"])
    return done


def line(lesson: catalog.Lesson, done: set[str] | None = None) -> str:
    """One line on one lesson: `01  One neuron   3 of 5 solved   [###..]   next: step`."""
    names = [exercise.name for exercise in lesson.exercises]
    done = solved()[lesson.name] if done is None else done
    count = sum(name in done for name in names)
    bar = "".join("#" if name in done else "." for name in names)
    left = next((name for name in names if name not in done), None)
    tail = f"next: {left}" if left else "all solved"
    return f"{lesson.number}  {lesson.title:<34} {count} of {len(names)} solved  [{bar}]  {tail}"


def table() -> str:
    """The table that `course progress` prints: every lesson that can be opened, and the sum."""
    done = solved()
    lessons = [lesson for lesson in catalog.LESSONS if lesson.exercises]
    rows = [line(lesson, done[lesson.name]) for lesson in lessons]
    total = sum(len(lesson.exercises) for lesson in lessons)
    count = sum(exercise.name in done[lesson.name] for lesson in lessons for exercise in lesson.exercises)
    where = f"The record is in {path()}" if path() else "Nothing is recorded: COURSE_PROGRESS is off."
    return "\n".join([*rows, "", f"{count} of {total} exercises solved. {where}"])
