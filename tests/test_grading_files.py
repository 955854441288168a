"""Reading what was handed in, naming it, and the table of marks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from course.grading import GradingError, marks
from course.grading.records import SCHEMA, Records
from course.grading.submission import Found, Unreadable, digest, find, read

LESSON = "01_neuron"


def written(path: Path, notebook: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def code(source: object, **more: object) -> dict:
    return {"cell_type": "code", "source": source, **more}


def test_cells_are_read_whatever_their_form(tmp_path):
    cells = [
        code(["a = 1\r\n", "b = 2"]),
        code("c", id="answer-one"),
        code("d", metadata={"id": "answer-two"}),
        code("e", metadata={"exercise": "three", "check": 5}),
        code("f\ud800", id="check-one", metadata=None),
        code(5),
        {"cell_type": "markdown", "source": "text"},
        "nonsense",
        None,
    ]
    found = read(written(tmp_path / "x.ipynb", {"cells": cells, "metadata": {"course": {"lesson": LESSON}}}))
    assert [(cell.source, cell.exercise, cell.check) for cell in found.cells] == [
        ("a = 1\nb = 2", "", ""),
        ("c", "one", ""),
        ("d", "two", ""),
        ("e", "three", ""),
        ("f?", "", "one"),
    ]


@pytest.mark.parametrize(
    ("name", "notebook"),
    [
        ("x", {"cells": [code("lesson('02_layers')")], "metadata": {"course": {"lesson": LESSON}}}),
        (
            "02_layers",
            {"cells": [code("from course import lesson"), code(f'ex = lesson( "{LESSON}")')], "metadata": {}},
        ),
        (f"Copy of {LESSON} (2)", {"cells": [], "metadata": {"course": []}}),
        ("Copy of 01-Neuron", {"cells": []}),
    ],
)
def test_the_lesson_is_as_the_notebook_says_or_its_code_or_its_name(tmp_path, name, notebook):
    assert read(written(tmp_path / f"{name}.ipynb", notebook)).lesson == LESSON


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"cells": 1' + "0" * 10_000 + "}",
        '{"cells": {}}',
        "null",
        '{"worksheets": [3, {"cells": 4}]}',
        "<<<<<<< HEAD",
    ],
)
def test_hostile_files_are_refused_in_words(tmp_path, text):
    path = tmp_path / "x.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        read(path)


def test_too_much_code_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="more than 500 kB of code"):
        read(written(tmp_path / f"{LESSON}.ipynb", {"cells": [code("#" * 1_100_000)] * 2}))


def test_a_folder_gives_its_notebooks_and_a_named_file_is_taken_as_it_is(tmp_path):
    for name in (
        "b/x.ipynb",
        "a/y.IPYNB",
        "a/z.txt",
        ".hidden/x.ipynb",
        "a/.ipynb_checkpoints/y.ipynb",
        "__MACOSX/x.ipynb",
    ):
        written(tmp_path / name, {})
    (tmp_path / "c.ipynb").mkdir()
    found, aside = find([tmp_path, tmp_path / "b" / "x.ipynb", tmp_path / "a" / "z.txt"])
    assert [each.inside.as_posix() for each in found] == ["a/y.IPYNB", "b/x.ipynb", "z.txt"]
    assert [path.name for path in aside] == ["z.txt"]
    with pytest.raises(GradingError, match="There is no file or folder"):
        find([tmp_path / "none"])
    with pytest.raises(GradingError, match="There is no notebook in"):
        find([tmp_path / "c.ipynb"])


def record(path: Path, label: str, **more: object) -> dict:
    base = {
        "schema": SCHEMA,
        "path": str(path),
        "submission": label,
        "sha256": digest(path),
        "lesson": "",
        "status": "graded",
    }
    return {**base, "graded": True, "exercises": {}, "points": 0, "out_of": 0, **more}


def as_found(root: Path, *names: str) -> list[Found]:
    return [Found(written(root / name, {"cells": [name]}), Path(name)) for name in names]


def test_labels_are_as_short_as_tells_submissions_apart(tmp_path):
    found = [Found(each.path, Path(each.path.name)) for each in as_found(tmp_path, "a/x/same", "b/x/same", "other")]
    assert set(Records(tmp_path).labels(found).values()) == {"a/x/same", "b/x/same", "other"}


def test_a_recorded_submission_keeps_its_label_and_no_other_gets_it(tmp_path):
    inner, outer = as_found(tmp_path, "s/a/same", "s/same")
    kept = Records(tmp_path)
    kept.write(record(inner.path, "same"))
    labels = Records(tmp_path).labels([Found(inner.path, Path("a/same")), Found(outer.path, Path("same"))])
    assert labels == {inner.path: "same", outer.path: "s/same"}


def test_a_moved_submission_is_the_same_one_and_a_new_file_of_its_name_is_not(tmp_path):
    (first,) = as_found(tmp_path / "old", "same")
    Records(tmp_path).write(record(first.path, "same"))
    moved = tmp_path / "new" / "same"
    moved.parent.mkdir()
    first.path.rename(moved)
    (other,) = as_found(tmp_path / "other", "same")
    other.path.write_text("something else", encoding="utf-8")
    assert Records(tmp_path).labels([other]) == {other.path: "other/same"}
    kept = Records(tmp_path)
    assert kept.labels([Found(moved, Path("same"))]) == {moved: "same"}
    assert [made["path"] for made in Records(tmp_path).all()] == [str(moved)]


def test_damaged_records_and_half_written_ones_are_passed_over(tmp_path):
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "x.json").write_text("{", encoding="utf-8")
    (tmp_path / "records" / "y.json").write_text('{"schema": 0}', encoding="utf-8")
    (tmp_path / "records" / "z.json.5.tmp").write_text("{}", encoding="utf-8")
    assert Records(tmp_path).all() == []


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such names")
def test_names_that_are_not_utf_8_are_kept_in_records_and_readable_in_marks(tmp_path):
    path = Path(str(tmp_path) + "/na\udcefve")
    path.write_text("{}", encoding="utf-8")
    kept = Records(tmp_path)
    (label,) = kept.labels([Found(path, Path(path.name))]).values()
    kept.write(record(path, label))
    assert Records(tmp_path).of(path)["submission"] == label == "na\ufffdve"
    assert "na\ufffdve" in marks.table(Records(tmp_path).all()).encode("utf-8").decode("utf-8")


def test_the_table_of_two_lessons_has_their_names_in_its_columns(tmp_path, monkeypatch):
    lessons = tuple(
        marks.catalog.Lesson(name, 1, name, "", exercises=(marks.catalog.Entry("one", "One", 2, 1),))
        for name in ("01_a", "02_b")
    )
    monkeypatch.setattr(marks.catalog, "LESSONS", lessons)
    made = [
        record(tmp_path, "b, of a", lesson="01_a", exercises={"one": {"points": 2}}, points=2, out_of=2),
        record(tmp_path, '+a "b"', lesson="02_b", exercises={"one": {"points": 0}}, points=0, out_of=2),
        record(tmp_path, "c\nd", graded=False, status="not graded: the file is empty"),
    ]
    assert marks.table(made) == (
        "submission,lesson,01_a/one,02_b/one,total,out_of,status\n"
        '"\'+a ""b""",02_b,,0,0,2,graded\n'
        '"b, of a",01_a,2,,2,2,graded\n'
        '"c\nd",,,,,,not graded: the file is empty\n'
    )
    assert marks.table(made[:1]).startswith("submission,lesson,one,total")
