"""Who handed what in, and the marks in the forms that other systems import."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import UTC, datetime

import pytest

from course import catalog
from course.cli import main
from course.grading import GradingError, exports, roster
from course.grading.exports import Options, safe
from tests.grading_records import kept, record, unreadable

CLASS = """\
Student ID,First name,Last name,Email,Username,Section
s101,Ann,Ångström,ann@uni.edu,anna,A
s102,Bob,"O'Neil, Jr.",bob@uni.edu,bob,A
s1021,=cmd|'/c calc'!A0,Mallory,mallory@uni.edu,mal,B
s103,Zoë,Last,zoe@uni.edu,zoe,B
"""
DEADLINE = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def room(tmp_path):
    """A folder of marks and the class's roster."""
    (tmp_path / "roster.csv").write_text(CLASS, encoding="utf-8")
    late = {"modified": "2026-11-20T13:00:00+00:00"}
    kept(
        tmp_path / "marks",
        record("s101/01_neuron.ipynb", verdicts={"gate": ("not yet", "m", "You left out the <b>bias</b>.")}),
        record("s102_first.ipynb", verdicts={"neuron": "not attempted"}),
        record("s102_second.ipynb"),
        record("s102_third.ipynb", verdicts={"neuron": "error"}, **late),
        record("S1021 late.ipynb", verdicts={"gate": ("error", "", '=HYPERLINK("http://x")')}, **late),
        record("nobody.ipynb"),
        record("s101 and s102.ipynb"),
        unreadable("s103.ipynb"),
    )
    return tmp_path


def rows_of(room, **more):
    from course.grading.records import Records

    return roster.rows(Records(room / "marks").all(), roster.read(room / "roster.csv"), **more)


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported(room, to, *more, code=1):
    out = room / f"out-{to}"
    arguments = ["export", room / "marks", "--to", to, "-o", out, "--roster", room / "roster.csv", *more]
    assert main(list(map(str, arguments))) == code
    return out if out.is_dir() else out.read_text(encoding="utf-8")


# ---- the roster


def test_every_student_and_submission_has_a_row_that_says_how_it_stands(room):
    rows = rows_of(room, deadline=DEADLINE)
    said = [
        (row.student and row.student.key, row.record and row.record["submission"], row.status, row.late) for row in rows
    ]
    second = "duplicate: s102_second.ipynb counts"
    assert said == [
        ("s101", "s101/01_neuron.ipynb", "graded", False),
        ("s102", "s102_second.ipynb", "graded", False),
        ("s102", "s102_first.ipynb", second, False),
        ("s102", "s102_third.ipynb", second, True),
        ("s1021", "S1021 late.ipynb", "graded", True),
        ("s103", "s103.ipynb", "not graded: the file is empty", False),
        (None, "nobody.ipynb", "not on the roster", False),
        (None, "s101 and s102.ipynb", "could be: s101, s102", False),
    ]
    assert [row.counts for row in rows] == [True, True, False, False, True, True, False, False]


def test_a_student_without_a_submission_is_missing_in_each_lesson(room):
    rows = rows_of(room, lessons=["01_neuron", "02_layers"])
    missing = {(row.student.key, row.lesson) for row in rows if row.status == "missing"}
    assert missing == {(key, "02_layers") for key in ("s101", "s102", "s1021", "s103")} | {("s103", "01_neuron")}


@pytest.mark.parametrize(
    ("label", "whose"),
    [
        ("s101.ipynb", "s101"),
        ("S101 - Copy (2).ipynb", "s101"),
        ("hand-in/s101_x/01_neuron.ipynb", "s101"),
        ("Angstrom_s1021_neuron.ipynb", "s1021"),
        ("bob@uni.edu.ipynb", "bob@uni.edu"),
        ("bob.ipynb", "bob"),
        ("01_neuron.ipynb", ""),
        ("homework 01/x.ipynb", "01"),
        ("s10.ipynb", ""),
        ("xs101.ipynb", ""),
        ("zoe\u0308.ipynb", "zoë"),
        ("by hand/x.ipynb", "z"),
        ("s101 s1021.ipynb", "s101 s1021"),
        ("", ""),
    ],
)
def test_an_id_is_found_in_a_name_as_a_word_of_its_own_and_the_longest_wins(label, whose):
    keys = ("s101", "s1021", "01", "bob", "bob@uni.edu", "zoë")
    students = [roster.Student(key) for key in keys] + [roster.Student("z", {"submission": "by hand"})]
    assert " ".join(student.key for student in roster.Finder(students).owners(label)) == whose


@pytest.mark.parametrize(
    ("label", "whose"),
    [
        ("Ann Ångström_12345_assignsubmission_file/01_neuron.ipynb", "s1"),
        ("Ångström Ann - 01_neuron.ipynb", "s1"),
        ("Kim Lee_77/x.ipynb", "s2 s3"),  # two of that name
        ("Kim Lee s3.ipynb", "s3"),
        ("Zoë.ipynb", ""),
        ("Smith Zoë.ipynb", "s4"),
    ],
)
def test_where_no_id_is_a_full_name_will_do(label, whose):
    about = {
        "s1": {"first_name": "Ann", "last_name": "Ångström"},
        "s2": {"name": "Kim Lee"},
        "s3": {"name": "Lee, Kim"},
        "s4": {"name": "Smith, Zoë"},
        "s5": {"name": "Zoë"},
    }
    students = [roster.Student(key, columns) for key, columns in about.items()]
    assert " ".join(sorted(student.key for student in roster.Finder(students).owners(label))) == whose


def test_five_thousand_names_are_matched_in_no_time():
    finder = roster.Finder([roster.Student(f"s{number}") for number in range(5000)])
    assert all(finder.owners(f"hand in/week 3/s{n}_some name of it.ipynb")[0].key == f"s{n}" for n in range(5000))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("id,name\n,x\n", "Line 2 of .* has nothing in the column 'id'"),
        ("id,name\na,x\nA,y\n", "Line 3 of .*: 'A' stands in the column 'id' twice"),
        ("id,name\n=1+1,x\n", "take the id '=1\\+1' for a formula"),
        ("id,name\n", "names nobody"),
        ("", "Which column"),
        ("colour,size\nred,1\n", "Which column of .* tells students apart\\? .* colour, size"),
    ],
)
def test_a_roster_that_cannot_tell_students_apart_is_refused(tmp_path, text, wrong):
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GradingError, match=wrong):
        roster.read(path)


def test_rosters_come_in_many_forms(tmp_path):
    path = tmp_path / "r.csv"
    canvas = "Student,ID,SIS User ID,SIS Login ID,Section,HW (1)\n    Points Possible,,,,,10\nÅngström; Ann,77,s101,anna,A,\n"
    forms = {
        "utf-8": CLASS,
        "utf-8-sig": CLASS,
        "utf-16": CLASS.replace(",", "\t").replace("O'Neil\t Jr.", "O'Neil, Jr."),
        "utf-8 ": canvas,
    }
    for encoding, text in forms.items():
        path.write_text(text.replace("\n", "\r\n"), encoding=encoding.strip(), newline="")
        read = roster.read(path)
        assert (read.students[0].key, read.meaning) == ("s101", "id"), encoding
        assert "Ångström" in read.students[0].name
    assert (len(read.students), read.students[0].about["canvas_id"], read.students[0].about["username"]) == (
        1,
        "77",
        "anna",
    )
    assert roster.read(path, "SIS Login ID").students[0].key == "anna"
    assert roster.read(path, "canvas_id").students[0].key == "77"
    with pytest.raises(GradingError, match="has no column 'nick'"):
        roster.read(path, "nick")
    path.write_bytes("id,name\n1,Müller\n".encode("latin-1"))
    with pytest.raises(GradingError, match="not in UTF-8"):
        roster.read(path)


def test_late_is_told_by_the_roster_else_by_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    __import__("time").tzset()
    try:
        path = tmp_path / "r.csv"
        path.write_text("id,submitted\na,2026-11-20 12:59:00\nb,2026-11-20T12:01:00+00:00\nc,\nd,\n", encoding="utf-8")
        there = tmp_path / "d.ipynb"
        there.write_text("{}", encoding="utf-8")
        os.utime(there, (DEADLINE.timestamp() + 60,) * 2)
        made = [record(f"{key}.ipynb", modified="") for key in "abc"] + [
            record("d.ipynb", modified="", path=str(there))
        ]
        rows = roster.rows(made, roster.read(path), DEADLINE)
        assert [row.late for row in rows] == [False, True, False, True]
        assert roster.moment("2026-11-20").isoformat() == "2026-11-20T23:59:59+01:00"
    finally:
        monkeypatch.undo()
        __import__("time").tzset()
    with pytest.raises(GradingError, match="is not a time"):
        roster.moment("tomorrow")


def test_of_several_submissions_the_last_in_time_counts_and_where_all_are_late_the_first():
    def counting(*days, broken=()):
        made = [
            record(f"a {day}.ipynb", graded=day not in broken, status="-", modified=f"2026-11-{day}T00:00:00+00:00")
            for day in days
        ]
        (row,) = [row for row in roster.rows(made, roster.Roster((roster.Student("a"),)), DEADLINE) if row.counts]
        return int(row.record["submission"][2:4])

    assert counting(17, 19, 18) == 19
    assert counting(18, 21) == 18
    assert counting(23, 21, 22) == 21
    assert counting(17, 19, broken=[19]) == 17  # what can be graded goes before what cannot


# ---- the formats


def test_csv_has_every_row_with_its_status_and_a_mark_that_excel_knows_utf_8_by(room):
    text = exported(room, "csv", "--deadline", "2026-11-20T12:00+00:00", code=0)
    assert text.startswith("\ufeffid,name,section,submission,lesson,total,out_of,status,late,submitted,weighted_sum,")
    lines = table(text.removeprefix("\ufeff"))
    assert len(lines) == 8
    assert (lines[0]["total"], lines[0]["out_of"], lines[0]["gate"], lines[0]["name"]) == (
        "10",
        "13",
        "0",
        "Ann Ångström",
    )
    assert (lines[4]["late"], lines[4]["submitted"], lines[0]["late"]) == ("late", "2026-11-20T13:00:00+00:00", "")
    assert (lines[5]["total"], lines[5]["status"]) == ("", "not graded: the file is empty")
    assert (lines[6]["id"], lines[6]["status"]) == ("", "not on the roster")


def test_csv_without_a_roster_has_a_row_for_each_submission(room):
    out = room / "x.csv"
    assert main(["export", str(room / "marks"), "--to", "csv", "-o", str(out)]) == 0
    lines = table(out.read_text(encoding="utf-8-sig"))
    assert [line["submission"] for line in lines][:2] == ["S1021 late.ipynb", "nobody.ipynb"]
    assert len(lines) == 8 and "id" not in lines[0]


def test_canvas_gets_the_columns_that_its_importer_looks_for(room, capsys):
    text = exported(room, "canvas", "--title", "01=Homework 1 (4711)")
    heading, possible, *lines = list(csv.reader(io.StringIO(text, newline="")))
    assert heading == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework 1 (4711)"]
    assert possible == ["Points Possible", "", "", "", "", str(catalog.lesson("01").points)]
    assert lines == [
        ["Ann Ångström", "", "s101", "anna", "A", "10"],
        ["Bob O'Neil, Jr.", "", "s102", "bob", "A", "10"],  # without a deadline the last one counts
        ["'=cmd|'/c calc'!A0 Mallory", "", "s1021", "mal", "B", "10"],
        ["Zoë Last", "", "s103", "zoe", "B", ""],
    ]
    told = capsys.readouterr()
    assert "left out: nobody.ipynb: not on the roster" in told.err
    assert "left out: s101 and s102.ipynb: could be: s101, s102" in told.err
    assert "no mark: s103.ipynb: not graded: the file is empty" in told.err
    assert "3 graded, 1 not graded, 2 duplicate, 2 nobody's" in told.out
    # As lib/gradebook_importer.rb has it: what makes a heading, and where the student's columns end.
    assert len(heading) > 3 and "Student" in heading[0] and "ID" in heading[1]
    assert re.search(r"SIS\s+User\s+ID", heading[2]) and re.search(r"SIS\s+Login\s+ID", heading[3])
    assert "Section" in heading[4]


def test_missing_students_get_what_was_asked_for(room):
    (room / "roster.csv").write_text("id,name\ns101,Ann\nnew,New\ns103,Zoë\n", encoding="utf-8")
    marks = [line["01 One neuron"] for line in table(exported(room, "canvas"))]
    assert marks == ["13", "10", "", ""]
    marks = [line["01 One neuron"] for line in table(exported(room, "canvas", "--missing", "zero"))]
    assert marks == ["13", "10", "0", ""]  # what could not be graded is for a person to look at
    assert [line["01 One neuron"] for line in table(exported(room, "moodle"))] == ["10", "-", "-"]


@pytest.mark.parametrize("to", [*exports.FORMATS, "gradescope"])
def test_without_stretch_it_counts_neither_in_the_mark_nor_in_what_it_is_out_of(room, to, capsys):
    """Lesson 01: 13 points, 3 of them for the stretch, xor_neurons."""
    out = exported(room, to, "--without-stretch", "--deadline", DEADLINE.isoformat(), code=0 if to == "csv" else 1)
    if to == "gradescope":
        made = json.loads((out / "s102" / "results.json").read_text(encoding="utf-8"))
        assert (made["score"], sum(test["max_score"] for test in made["tests"])) == (10, 10)
        assert not [test for test in made["tests"] if "xor_neurons" in test["name"]]
        return
    assert "xor_neurons" not in out
    lines = table(out.removeprefix("\ufeff"))
    if to == "csv":
        assert (lines[1]["submission"], lines[1]["total"], lines[1]["out_of"]) == ("s102_second.ipynb", "10", "10")
        assert lines[0]["total"] == "7"
    elif to == "canvas":
        title = Options().title("01_neuron")
        assert [line[title] for line in lines] == ["10", "7", "10", "7", ""]
    elif to == "moodle":
        assert [line[Options().title("01_neuron")] for line in lines] == ["7", "10", "7", "-"]
    else:
        assert [(line["score"], line["max_score"]) for line in lines] == [
            ("7.0", "10.0"),
            ("10.0", "10.0"),
            ("7.0", "10.0"),
            ("0.0", "10.0"),
        ]


def test_moodle_gets_ids_a_grade_and_feedback_that_is_no_html(room):
    lines = table(exported(room, "moodle"))
    assert list(lines[0]) == [
        *("ID number", "Username", "Email address", "First name", "Last name"),
        *("01 One neuron", "01 One neuron (feedback)"),
    ]
    ann, bob, mallory, zoe = lines
    assert (ann["ID number"], ann["Email address"], ann["01 One neuron"]) == ("s101", "ann@uni.edu", "10")
    assert "gate 0/3 not yet: You left out the &lt;b&gt;bias&lt;/b&gt;." in ann["01 One neuron (feedback)"]
    assert (zoe["01 One neuron"], zoe["01 One neuron (feedback)"]) == ("-", "Not graded: the file is empty")
    assert mallory["First name"].startswith("'=cmd")
    assert all(
        line["ID number"] for line in lines
    )  # Moodle gives a mark without an id to the student of the line before


def test_moodle_knows_students_by_the_roster_s_own_column_when_it_is_none_of_moodle_s(room):
    (room / "roster.csv").write_text("Badge,First name\ns101,Ann\n", encoding="utf-8")
    lines = table(exported(room, "moodle", "--id-column", "Badge"))
    assert lines[0]["Badge"] == "s101"


def test_nbgrader_s_columns_are_those_of_its_own_export(room):
    lines = table(exported(room, "nbgrader", "--deadline", "2026-11-20T12:00+00:00"))
    assert ",".join(lines[0]) == (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score"
    )
    assert lines[1] == {
        "assignment": "01_neuron",
        "duedate": "2026-11-20 12:00:00",
        "timestamp": "2026-11-20 10:00:00",
        "student_id": "s102",
        "last_name": "O'Neil, Jr.",
        "first_name": "Bob",
        "email": "bob@uni.edu",
        "raw_score": "13.0",
        "late_submission_penalty": "0.0",
        "score": "13.0",
        "max_score": "13.0",
    }
    assert [line["student_id"] for line in lines] == ["s101", "s102", "s1021", "s103"]
    assert lines[3]["score"] == "0.0"


VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}


def check_results(made):
    """That results.json is as gradescope-autograders.readthedocs.io/en/latest/specs has it."""
    top = {"score", "execution_time", "output", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"}
    formats = {"output_format", "test_output_format", "test_name_format"}
    assert set(made) <= top | formats
    assert isinstance(made["score"], (int, float)) and isinstance(made["execution_time"], int)
    assert {made["visibility"], made["stdout_visibility"]} <= VISIBILITIES
    assert {made[name] for name in formats} == {"text"}
    for test in made["tests"]:
        assert set(test) <= {
            "score",
            "max_score",
            "status",
            "name",
            "number",
            "output",
            "tags",
            "visibility",
            "extra_data",
        }
        assert 0 <= test["score"] <= test["max_score"]
        assert test["status"] in ("passed", "failed") and test["visibility"] in VISIBILITIES
        assert all(isinstance(test[name], str) for name in ("name", "number", "output"))


def test_gradescope_gets_a_results_file_for_each_student(room):
    folder = exported(room, "gradescope")
    assert sorted(path.name for path in folder.iterdir()) == ["s101", "s102", "s1021", "s103"]
    made = json.loads((folder / "s101" / "results.json").read_text(encoding="utf-8"))
    check_results(made)
    assert (made["score"], sum(test["max_score"] for test in made["tests"])) == (10, 13)
    assert made["tests"][3] == {
        "name": "Weights by hand (gate)",
        "number": "1.4",
        "score": 0,
        "max_score": 3,
        "status": "failed",
        "output": "not yet. You left out the <b>bias</b>.",
        "visibility": "visible",
    }


def test_gradescope_one_student_fits_one_file_and_names_do_not_meet(tmp_path):
    rows = roster.rows([record("a/b.ipynb"), record("a_b.ipynb"), record("../x.ipynb"), record("A_B.ipynb")])
    exports.export("gradescope", rows[:1], tmp_path / "results.json", Options())
    check_results(json.loads((tmp_path / "results.json").read_text(encoding="utf-8")))
    exports.export("gradescope", rows, tmp_path / "all", Options())
    assert len(list((tmp_path / "all").glob("*/results.json"))) == 4
    assert not (tmp_path / "x.ipynb").exists()
    with pytest.raises(GradingError, match="one student's results, and there are 4"):
        exports.export("gradescope", rows, tmp_path / "results.json", Options())


def test_what_was_not_graded_is_said_in_words_and_has_no_test():
    made = exports.results(roster.rows([unreadable("x.ipynb")]))
    check_results(made)
    assert (made["score"], made["tests"], made["output"]) == (0, [], "x.ipynb: not graded: the file is empty")


@pytest.mark.parametrize("to", ["csv", "canvas", "moodle", "nbgrader"])
def test_no_cell_is_a_formula_and_no_cell_has_two_lines(to):
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "a\n=1", "\x00=1", "\u2028=1"]
    students = tuple(
        roster.Student(f"k{n}", {"id": f"k{n}", "name": text, "first_name": text, "last_name": text, "section": text})
        for n, text in enumerate(evil)
    )
    made = [record(f"k{n} {text}", verdicts={"gate": ("error", "", text)}, status=text) for n, text in enumerate(evil)]
    rows = roster.rows(made, roster.Roster(students, "id", "id"))
    assert len(rows) == len(evil)
    text = exports.FORMATS[to](rows, Options(roster.Roster(students, "id", "id"), titles={"01_neuron": "=title"}))
    cells = [cell for line in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")) for cell in line]
    assert not [cell for cell in cells if cell.lstrip().startswith(roster.FORMULA) and cell != "-"]
    assert all(cell.isprintable() for cell in cells)
    assert len(text.splitlines()) == len(text.split("\n")) - 1


def test_safe_leaves_numbers_and_honest_words_alone():
    assert [safe(each) for each in (3, 2.5, "O'Neil", "-", "a-b", "=x", "-x", "")] == [
        "3", "2.5", "O'Neil", "-", "a-b", "'=x", "'-x", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "canvas"], "needs --roster"),
        (["--to", "csv", "--deadline", "soon"], "'soon' is not a time"),
        (["--to", "csv", "--lesson", "77"], "There is no lesson '77'"),
        (["--to", "csv", "--title", "x"], "--title takes LESSON=TITLE"),
        (["--to", "csv", "--roster", "none.csv"], "none.csv"),
    ],
)
def test_bad_input_is_one_sentence(room, capsys, arguments, said):
    assert main(["export", str(room / "marks"), "-o", str(room / "x"), *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1
    assert not (room / "x").exists()


def test_a_folder_without_records_is_one_sentence(tmp_path, capsys):
    assert main(["export", str(tmp_path), "--to", "csv", "-o", str(tmp_path / "x")]) == 2
    assert "There are no records in" in capsys.readouterr().err
