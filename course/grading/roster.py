"""Who is in the class, and which submission is whose: a roster, matched with the records by an id in a file's or folder's name."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course import catalog
from course.grading import GradingError

# What columns mean, whatever a roster calls them: our names first, then those that Canvas, Moodle, Gradescope and nbgrader write.
_MEANS = {
    "id": ("id", "student id", "student_id", "studentid", "sis user id", "id number", "idnumber", "sid", "matriculation number"),
    "username": ("username", "login", "sis login id", "login id", "user name", "netid", "github", "github_username"),
    "email": ("email", "email address", "e-mail", "mail"),
    "name": ("name", "student", "full name", "student name"),
    "first_name": ("first_name", "first name", "firstname", "given name"),
    "last_name": ("last_name", "last name", "lastname", "surname", "family name"),
    "section": ("section", "sections", "group", "groups"),
    "canvas_id": ("canvas_id", "canvas id", "canvas user id"),
    "submitted": ("submitted", "submission time", "submitted at", "timestamp", "last modified (submission)"),
    "submission": ("submission", "file", "path"),
}  # fmt: skip
KEYS = ("id", "username", "email", "canvas_id")  # the columns that can tell students apart, in the order they are tried
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # a spreadsheet may take a cell that starts so for a formula


@dataclass(frozen=True)
class Student:
    """A line of the roster: `key` tells the student apart, `about` has what the columns mean (see _MEANS), "" where nothing stands."""

    key: str
    about: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """The student's name, the id where there is none."""
        first, last = self.about.get("first_name", ""), self.about.get("last_name", "")
        return self.about.get("name") or f"{first} {last}".strip() or self.key


@dataclass(frozen=True)
class Roster:
    """The students in the order of the file. column: the heading of the column that tells them apart; meaning: what it means."""

    students: tuple[Student, ...]
    column: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Row:
    """One line of any table of marks: a student and a lesson, with the record that counts.

    status: "graded", "missing", "not graded: why", "duplicate: which one counts", "not on the roster", "could be: who and who".
    student: None for a submission that is nobody's. counts: whether this is the one line that holds the student's mark.
    """

    student: Student | None
    lesson: str
    record: dict[str, Any] | None
    status: str
    late: bool = False
    submitted: datetime | None = None
    counts: bool = True

    @property
    def remarks(self) -> str:
        return f"{self.status}; late" if self.late else self.status


def read(path: Path, column: str = "") -> Roster:
    """Reads a roster: CSV with a heading, in UTF-8 or UTF-16, with commas, semicolons or tabs. A Canvas gradebook will do, or a Moodle one.

    column: the heading of the column that tells students apart; "" for the first there is of id, username, email.
    Raises GradingError, naming the line, for an id that is missing, stands twice or would be a formula in a spreadsheet.
    """
    try:
        text = _text(path)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (OSError, csv.Error) as problem:
        raise GradingError(f"The roster {path} cannot be read: {problem}") from None
    heading = [title.strip() for title in rows[0]] if rows else []
    meanings = _meanings(heading)
    place = _place(path, heading, meanings, column)
    students: dict[str, Student] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = [" ".join(cell.split()) for cell in row] + [""] * (len(heading) - len(row))
        if not any(cells) or cells[0].startswith("Points Possible"):  # the line under the heading of a Canvas gradebook
            continue
        key = cells[place]
        where = f"Line {number} of {path}"
        if not key:
            raise GradingError(f"{where} has nothing in the column {heading[place]!r}.")
        if key.startswith(FORMULA):
            raise GradingError(f"{where}: a spreadsheet would take the id {key!r} for a formula.")
        if _plain(key) in students:
            raise GradingError(f"{where}: {key!r} stands in the column {heading[place]!r} twice.")
        about = {meaning: cells[index] for meaning, index in meanings.items()}
        students[_plain(key)] = Student(key, about)
    if not students:
        raise GradingError(f"The roster {path} names nobody.")
    meaning = next((meaning for meaning, index in meanings.items() if index == place), "")
    return Roster(tuple(students.values()), heading[place], meaning)


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GradingError(f"The roster {path} is not in UTF-8: save it as `CSV UTF-8`.") from None


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _meanings(heading: list[str]) -> dict[str, int]:
    """Where the columns stand whose meaning is known. In a Canvas gradebook, `ID` is Canvas's own number."""
    known = [title.lower() for title in heading]
    found = {
        meaning: next(known.index(name) for name in names if name in known)
        for meaning, names in _MEANS.items()
        if set(names) & set(known)
    }
    if "sis user id" in known or "sis login id" in known:
        found = {meaning: index for meaning, index in found.items() if meaning != "id"}
        found |= {"canvas_id": known.index("id")} if "id" in known else {}
        found |= {"id": known.index("sis user id")} if "sis user id" in known else {}
    return found


def _place(path: Path, heading: list[str], meanings: dict[str, int], column: str) -> int:
    if column:
        if column in heading:
            return heading.index(column)
        if column in meanings:
            return meanings[column]
        raise GradingError(f"The roster {path} has no column {column!r}. It has: {', '.join(heading)}.")
    for meaning in KEYS:
        if meaning in meanings:
            return meanings[meaning]
    raise GradingError(
        f"Which column of {path} tells students apart? Name it with --id-column. It has: {', '.join(heading) or 'nothing'}."
    )


def _plain(text: str) -> str:
    """For comparing: capitals and ways to write an accent do not matter (macOS writes file names its own way)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


_LESSONS = re.compile("|".join(re.escape(entry.name) for entry in catalog.LESSONS), re.IGNORECASE)


class Finder:
    """Finds the students whose id, or full name where there is no id, stands in a submission's name."""

    def __init__(self, students: Iterable[Student]) -> None:
        students = list(students)
        self._keys = {_plain(student.key): [student] for student in students}
        self._names: dict[str, list[Student]] = {}
        for student in students:
            for name in _full_names(student):
                self._names.setdefault(_plain(name), []).append(student)
        said = ((student.about.get("submission", "").strip("/"), student) for student in students)
        self._said = {name: student for name, student in said if name}

    def owners(self, label: str) -> list[Student]:
        """Whose submission it is: those whose id stands in its name, not as a part of a longer word, nor of a longer id.

        One in the clear case; none, or several when it cannot be told. A roster's column `submission` goes before the ids: it
        holds the submission's name, or a folder's. Where there is no id, a full name will do: Moodle's folders have nothing else.
        """
        parts = label.split("/")
        for length in range(len(parts), 0, -1):
            if "/".join(parts[:length]) in self._said:
                return [self._said["/".join(parts[:length])]]
        text = _plain(_LESSONS.sub(" ", label))  # the 01 of 01_neuron is nobody's id
        return _standing_in(text, self._keys) or _standing_in(text, self._names)


def _full_names(student: Student) -> set[str]:
    """The ways in which a full name is written. One word alone is none: too many files are called so."""
    first, last = student.about.get("first_name", ""), student.about.get("last_name", "")
    names = {
        student.about.get("name", ""),
        f"{first} {last}" if first and last else "",
        f"{last} {first}" if first and last else "",
    }
    before, comma, after = student.about.get("name", "").partition(", ")
    names |= {f"{after} {before}", f"{before} {after}"} if comma else set()
    return {name for name in names if " " in name.strip()}


def _standing_in(text: str, wanted: dict[str, list[Student]]) -> list[Student]:
    """The students by whose word there is one in the text that neither letter nor digit touches, and that is in no longer one."""
    longest = max(map(len, wanted), default=0)
    starts = [i for i in range(len(text)) if i == 0 or not text[i - 1].isalnum()]
    ends = [i for i in range(1, len(text) + 1) if i == len(text) or not text[i].isalnum()]
    spans = [
        (start, end) for start in starts for end in ends if 0 < end - start <= longest and text[start:end] in wanted
    ]
    outer = [(s, e) for s, e in spans if not any(a <= s and e <= b and b - a > e - s for a, b in spans)]
    return list(dict.fromkeys(student for start, end in outer for student in wanted[text[start:end]]))


def file_names(keys: Iterable[str]) -> dict[str, str]:
    """For each key a name that any file system takes for a file or a folder, different from the others whatever the capitals."""
    names: dict[str, str] = {}
    met: set[str] = set()
    for key in keys:
        name = re.sub(r"[^\w.@-]+", "_", unicodedata.normalize("NFC", key))[:100].strip("._-") or "student"
        while name.casefold() in met:
            name += "_"
        met.add(name.casefold())
        names[key] = name
    return names


def moment(text: str) -> datetime:
    """A time as ISO 8601 writes it; a date alone is the end of that day, and without an offset it is this machine's time.

    Raises GradingError for anything else.
    """
    try:
        made = datetime.fromisoformat(text.strip())
    except ValueError:
        raise GradingError(f"{text!r} is not a time such as 2026-11-24T23:59 or 2026-11-24T23:59+01:00.") from None
    if re.fullmatch(r"[\d-]+", text.strip()):
        made = made.replace(hour=23, minute=59, second=59)
    return made.astimezone()


def rows(
    records: list[dict[str, Any]],
    roster: Roster | None = None,
    deadline: datetime | None = None,
    lessons: list[str] | None = None,
) -> list[Row]:
    """The lines of a table of marks: for each student and lesson one that counts, then what does not count, then what is nobody's.

    Without a roster each submission is a student's of its own, by its name. deadline: what was handed in after it is late. Of several
    submissions the last one in time counts; where all are late, the first. lessons: those to have lines for; all that records are of.
    """
    wanted = lessons or [
        entry.name for entry in catalog.LESSONS if any(made["lesson"] == entry.name for made in records)
    ]
    if roster is None:
        listed = [made for made in records if made["lesson"] in wanted or not made["lesson"]]
        return [_row(Student(made["submission"]), made["lesson"], made, deadline) for made in listed]
    finder = Finder(roster.students)
    of: dict[tuple[str, str], list[Row]] = {}
    strays: list[Row] = []
    for made in records:
        found = finder.owners(made["submission"])
        if made["lesson"] not in wanted and made["lesson"]:
            continue
        if len(found) == 1:
            lesson = made["lesson"] or (wanted[0] if len(wanted) == 1 else "")
            of.setdefault((found[0].key, lesson), []).append(_row(found[0], lesson, made, deadline))
        else:
            why = f"could be: {', '.join(student.key for student in found)}" if found else "not on the roster"
            strays.append(_row(None, made["lesson"], made, deadline, why))
    result = []
    for lesson in wanted:
        for student in roster.students:
            result += _ranked(of.pop((student.key, lesson), [])) or [Row(student, lesson, None, "missing")]
    return [*result, *(row for rest in of.values() for row in _ranked(rest)), *strays]


def _row(
    student: Student | None, lesson: str, record: dict[str, Any], deadline: datetime | None, status: str = ""
) -> Row:
    submitted = _submitted(student, record)
    late = bool(deadline and submitted and submitted > deadline)
    return Row(student, lesson, record, status or record["status"], late, submitted, counts=not status)


def _submitted(student: Student | None, record: dict[str, Any]) -> datetime | None:
    """When it was handed in: as the roster says, else when the file was last changed, as far as that is known."""
    said = student.about.get("submitted", "") if student else ""
    if said:
        return moment(said)
    try:
        return datetime.fromisoformat(record.get("modified") or "")
    except ValueError:
        pass
    try:
        return datetime.fromtimestamp(Path(record["path"]).stat().st_mtime, UTC)
    except (OSError, ValueError):
        return None


def _ranked(several: list[Row]) -> list[Row]:
    """The one that counts, then the others, which say so."""
    if len(several) < 2:
        return several
    start = datetime.min.replace(tzinfo=UTC)

    def rank(row: Row) -> tuple[bool, bool, float, str]:
        age = (row.submitted or start).timestamp() if row.submitted else 0.0
        return (row.record["graded"], not row.late, -age if row.late else age, row.record["submission"])

    best, *others = sorted(several, key=rank, reverse=True)
    said = f"duplicate: {best.record['submission']} counts"
    return [best, *(Row(o.student, o.lesson, o.record, said, o.late, o.submitted, counts=False) for o in others)]
