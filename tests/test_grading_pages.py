"""Feedback for a student and the report on a class: what they say, what they keep to themselves, and what hostile text does to them."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from course import catalog, theme
from course.checking.exercise import exercises
from course.cli import main
from course.grading import feedback, report, roster
from tests.grading_records import VERDICTS, kept, record, unreadable

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}</style>\"'><svg/onload=alert(3)>`<b>`"
)
WRONG = exercises("01_neuron")["gate"].wrong_ways[0]


class Reader(HTMLParser):
    """What stands in a page: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_data(self, data):
        if not self._in_style:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def room(tmp_path):
    names = "id,name\nann,Ann Ångström\nbob,Bob\neve," + HOSTILE.replace('"', "") + "\nzoe,Zoë\nold,Old\n"
    (tmp_path / "roster.csv").write_text(names, encoding="utf-8")
    verdicts = {
        "weighted_sum": "not attempted",
        "neuron": ("error", "", "The answer cell stopped with NameError: name 'npp' is not defined"),
        "gate": ("not yet", WRONG.name, WRONG.sentence),
        "as_dense": ("not yet", "", "1 of 3 things tried with `as_dense` came out differently."),
    }
    kept(
        tmp_path / "marks",
        record("ann.ipynb", verdicts=verdicts, modified="2026-11-20T13:00:00+00:00"),
        record("bob.ipynb"),
        record("bob again.ipynb", verdicts=verdicts, modified="2026-11-19T00:00:00+00:00"),
        record(f"eve {HOSTILE}.ipynb", verdicts={name: (word, HOSTILE, HOSTILE) for name, word in zip(
            [entry.name for entry in catalog.lesson("01").exercises], VERDICTS[1:], strict=False)}),
        unreadable("old.ipynb", HOSTILE),
        record("stray.ipynb"),
    )  # fmt: skip
    return tmp_path


def made(room, *more):
    out = room / "feedback"
    marks = ["--roster", room / "roster.csv", "--deadline", "2026-11-20T12:00+00:00"]
    assert main([str(part) for part in ("feedback", room / "marks", "-o", out, *marks)]) == 0
    assert main([str(part) for part in ("report", room / "marks", "-o", room / "report.html", *marks, *more)]) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in [*out.iterdir(), room / "report.html"]}


def test_a_student_reads_what_was_right_which_mistake_and_which_hint(room):
    pages = made(room)
    assert sorted(pages) == ["ann.html", "bob.html", "eve.html", "old.html", "report.html"]
    said = Reader(pages["ann.html"]).text
    hints = {name: exercise.hints for name, exercise in exercises("01_neuron").items()}
    assert "Feedback for Ann Ångström" in said and "3 of 13 points" in said
    assert WRONG.sentence in said
    assert "name 'npp' is not defined" in said
    assert f"hint 1 of 3. {hints['weighted_sum'][0]}" in said
    assert "hint 2 of 3." in said and hints["gate"][1] in said
    assert hints["neuron"][1] not in said  # a name that is not defined is nothing that a hint explains
    assert "✓ right Three neurons for XOR 3 of 3" in said
    assert "Handed in after the deadline" in said
    assert hints["xor_neurons"][0] not in said  # nothing to read again about what is right
    assert "Every exercise is right" in Reader(pages["bob.html"]).text
    assert "Not graded" in Reader(pages["old.html"]).text


def test_feedback_holds_the_third_hint_of_no_exercise_and_nothing_of_the_record_but_what_is_said(room):
    pages = made(room)
    for exercise in exercises("01_neuron").values():
        assert exercise.hints[2] not in Reader(pages["ann.html"]).text
    for page in pages.values():
        assert "fingerprint" not in page and "/nowhere/" not in page and "drawn anew" not in page
        assert not re.search(r"\bseed\b", page)


def test_nobody_elses_name_is_on_a_students_page(room):
    page = made(room)["ann.html"]
    assert "Bob" not in page and "Zoë" not in page and "stray" not in page


def test_hostile_text_stays_text(room):
    for name, page in made(room).items():
        read = Reader(page)
        allowed = {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "header",
            "footer",
            "section",
            "article",
            "nav",
        }
        allowed |= {
            "p",
            "h1",
            "h2",
            "h3",
            "span",
            "strong",
            "b",
            "small",
            "br",
            "code",
            "div",
            "ul",
            "li",
            "dl",
            "dt",
            "dd",
        }
        allowed |= {"figure", "figcaption", "svg", "rect", "text", "line", "details", "summary", "a"}
        allowed |= {"table", "thead", "tbody", "tr", "th", "td"}
        assert {tag for tag, _ in read.tags} <= allowed, name
        assert not [attribute for _, attributes in read.tags for attribute in attributes if attribute.startswith("on")]
        assert page.count("<style>") == page.count("</style>") == 1
        assert "49" not in read.text or "{{ 7*7 }}" in read.text
        if name in ("eve.html", "old.html"):
            assert "<script>alert(1)</script>" in read.text


def test_pages_load_nothing_and_run_nothing(room):
    for page in made(room).values():
        read = Reader(page)
        assert "default-src 'none'; style-src 'unsafe-inline'" in page
        assert not [a for _, a in read.tags if {"src", "srcset", "data", "action", "style"} & set(a)]
        assert all(a["href"].startswith("#") for _, a in read.tags if "href" in a)
        assert "url(" not in page and "@import" not in page


def test_the_report_says_how_the_class_did(room):
    page = made(room)["report.html"]
    said = Reader(page).text
    assert "students 5 submissions 6 graded 3 not graded 1 missing 1 late 1 double 1 nobody's 1" in said
    assert "Not handed in: 1 Zoë" in said
    assert WRONG.sentence in said and "1 of 3" in said
    assert "1 answer stopped with an error that is no known mistake: 1 with NameError." in said
    assert "as_dense 1" in said  # not right, and no known mistake
    assert said.index("Weights by hand") < said.index("Three neurons for XOR")
    for what in ("stray.ipynb", "not on the roster", "duplicate: bob.ipynb counts", "not graded: "):
        assert what in said
    assert "6 submissions took 9 s of machine time; half of them 1.5 s or less each." in said


def test_errors_of_a_class_are_counted_in_a_sentence():
    stopped = "The answer cell stopped with {}: so it said."
    told = [("", stopped.format("SyntaxError")), ("", "`gate` stopped with an error."), ("known", WRONG.sentence)]
    told += [("", stopped.format("OSError"))] * 2
    made = [record(f"{n}", verdicts={"gate": ("error", *each)}) for n, each in enumerate(told)]

    def said(records):
        return Reader(report.page(roster.rows(records))).text

    known = "stopped with an error that is no known mistake"
    assert f"4 answers {known}: 2 with OSError, 1 with SyntaxError, 1 with an error of another kind." in said(made)
    assert f"1 answer {known}." in said(made[1:2])
    assert known not in said(made[2:3])


def test_what_could_not_be_tried_is_to_be_looked_at():
    syntax = ("error", "", "The answer cell stopped with SyntaxError: '(' was never closed (line 1).")
    error = ("error", "", "`gate` stopped with an IndexError.")
    words = {
        "fine": "not yet",
        "stopped": error,
        "typo": syntax,
        "slow": "timed out",
        "gone": "crashed",
        "left": "missing",
    }
    rows = roster.rows([record(f"{name}.ipynb", verdicts={"gate": word}) for name, word in words.items()])
    page = Reader(report.page(rows)).text
    look = page[page.index("To look at") : page.index("Grading time")]
    assert [name for name in words if f"{name}.ipynb" in look] == ["typo", "slow", "gone", "left"]
    unnamed = Reader(report.page(rows, names=False)).text
    assert (
        "4 submissions are late, double, nobody's or not graded, or have an answer that could not be tried" in unnamed
    )


def test_who_was_not_graded_reads_what_to_do_and_nothing_untrue():
    said = Reader(feedback.page(roster.rows([unreadable("x.ipynb")]))).text
    assert "hand it in again" in said and "Your answers were run" not in said
    failed = Reader(feedback.page(roster.rows([unreadable("x.ipynb", "the grader failed on it", retry=True)]))).text
    assert "hand it in again" not in failed
    assert "Your answers were run" in Reader(feedback.page(roster.rows([record("x.ipynb")]))).text


def test_a_report_without_names_names_nobody(room):
    said = Reader(made(room, "--no-names")["report.html"]).text
    assert not [name for name in ("Ångström", "Bob", "Zoë", "stray", "Old") if name in said]
    assert "Not handed in: 1" in said


def test_of_the_submissions_alone_there_are_pages_too(tmp_path):
    rows = roster.rows([record("a/x.ipynb"), record("A_x.ipynb"), unreadable("é.ipynb"), record("b", "02_layers")])
    written = feedback.write(rows, tmp_path)
    assert sorted(path.name for path in written) == ["A_x.ipynb_.html", "a_x.ipynb.html", "b.html", "é.ipynb.html"]
    said = Reader(report.page(rows)).text
    assert "2 lessons" in said and "Not handed in" not in said and "Lesson 02. Layers" in said


def test_a_report_on_nothing_graded_is_a_page(tmp_path):
    rows = roster.rows(
        [unreadable("x.ipynb")], roster.Roster((roster.Student("a"),), "id", "id"), lessons=["01_neuron"]
    )
    assert "Nothing of this lesson has been graded." in Reader(report.page(rows)).text


def test_a_record_of_another_version_of_the_lesson_is_shown_as_it_is():
    made = record("x.ipynb")
    made["exercises"]["gone"] = {
        **made["exercises"]["gate"],
        "verdict": "not yet",
        "points": 0,
        "message": "So it was.",
    }
    del made["exercises"]["gate"]
    rows = roster.rows([made])
    assert "So it was." in Reader(feedback.page(rows)).text
    assert "Weights by hand" in Reader(report.page(rows)).text


def test_bars_and_their_numbers_add_up():
    rows = roster.rows([record(f"{n}.ipynb", verdicts={"gate": word}) for n, word in enumerate(VERDICTS * 3)])
    page = report.page(rows)
    (gate,) = re.findall(r'aria-label="(14% right[^"]*)">(.*?)</svg>', page)
    assert gate[0] == "14% right, 3 not yet, 3 error, 9 no result, 3 not attempted"
    parts = [(float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)" width="([\d.]+)"', gate[1])]
    assert len(parts) == 5 and abs(parts[-1][0] + parts[-1][1] - 100) < 0.5
    assert all(a[0] + a[1] <= b[0] for a, b in zip(parts, parts[1:], strict=False))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_colours_of_verdicts_can_be_read(mode):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    colours = theme.colours(mode)
    for front, back in [(f, "paper") for f in ("live", "ask", "quiz", "ink", "muted", "accent")] + [
        ("muted", "panel"),
        ("ink", "panel"),
    ]:
        a, b = sorted((light(colours[front]), light(colours[back])))
        assert (b + 0.05) / (a + 0.05) >= 4.5, (front, back)


@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium")
def test_nothing_is_wider_than_a_phone(room):
    """Measured from a page around it: the pages themselves run nothing."""
    pages = [room / "report.html", room / "feedback" / "ann.html", room / "feedback" / "eve.html"]
    made(room)
    frames = "".join(
        f'<iframe src="{page.as_uri()}" style="width:360px;height:800px;border:0"></iframe>' for page in pages
    )
    widths = "[...document.querySelectorAll('iframe')].map(f => f.contentDocument.documentElement.scrollWidth)"
    script = f"onload = () => {{ document.title = {widths}.join() }}"
    (room / "around.html").write_text(
        f"<!doctype html><title>?</title>{frames}<script>{script}</script>", encoding="utf-8"
    )
    command = [
        "chromium",
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    command += [f"--user-data-dir={room}/browser", "--dump-dom", (room / "around.html").as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
    widths = re.search(r"<title>([\d,]+)</title>", dom)
    assert widths, dom[:500]
    assert [int(width) for width in widths[1].split(",")] == [360] * len(pages)
