"""The instructor's guide: complete for every lesson, made without running anything, and clear about notes that do not fit."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from course import catalog
from course.authoring import build, guide, guide_notes, settings
from course.authoring.source import BEGIN, END, Cell, LessonError, read
from course.checking.exercise import exercises

ROOT = settings.ROOT
NOTES = ROOT / "lessons" / "guide"
WRITTEN = [entry.name for entry in catalog.LESSONS if entry.exercises]
PLACE = NOTES / "05_embedding_layer.md"
README = (ROOT / "docs" / "guide" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sources():
    return {name: read(ROOT / "lessons" / f"{name}.py") for name in WRITTEN}


@pytest.fixture(scope="module")
def pages(sources):
    return guide.pages(list(sources.values()), NOTES)


def test_every_lesson_has_its_page(pages):
    assert list(pages) == WRITTEN
    assert {path.stem for path in (ROOT / "docs" / "guide").glob("[0-9]*.md")} == set(WRITTEN)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_holds_all_that_the_lesson_says_to_an_instructor(pages, sources, name):
    page, source, entry = pages[name], sources[name], catalog.lesson(name)
    for heading in ("What learners will do", "Minutes, section by section", "In 50 minutes", "In 90 minutes"):
        assert f"\n## {heading}\n" in page
    for heading in ("Where the class will stumble", "Exercises", "Questions to discuss", "Quiz", "Assessment"):
        assert f"\n## {heading}\n" in page
    assert len(re.findall(r"^### On a slide: ", page, re.MULTILINE)) >= 2
    for exercise in entry.exercises:
        assert f": `{exercise.name}`\n\n{exercise.points} point" in page
        answer = source.answer(exercise.name).source
        assert "\n".join(line for line in answer.splitlines() if line.strip() not in (BEGIN, END)) in page
    for exercise in exercises(name).values():
        assert all(hint in page for hint in exercise.hints)
        for wrong in exercise.wrong_ways:
            assert f"- `{wrong.name}`: {wrong.sentence}\n" in page
    assert page.count("**right**: ") == sum("quiz" in cell.metadata for cell in source.cells)
    assert f"**{entry.points}**" in page
    assert BEGIN not in page


@pytest.mark.parametrize("name", WRITTEN)
def test_the_minutes_of_a_lesson_are_those_of_its_notes_and_exercises(sources, name):
    found = list(guide.sections(sources[name]))
    assert [e.name for _, _, held in found for e in held] == [e.name for e in catalog.lesson(name).exercises]
    assert 30 <= sum(talk for _, talk, _ in found) <= 110
    assert all(talk <= 30 for _, talk, _ in found)
    assert sum(len(held) for _, _, held in found) == len(catalog.lesson(name).exercises)


@pytest.mark.parametrize(
    ("note", "minutes", "talk"),
    [
        ("**4 minutes.** Say", None, 4),
        ("Minutes: 3. Read", None, 3),
        ("**1 minute.** Say", None, 1),
        ("**7 minutes in the notebook.** Ask", 7, 0),
        ("Minutes: 5, in the notebook. Let", 5, 0),
        ("**12 minutes with the exercise.** Ask", 8, 4),
        ("**2 minutes; the exercise is a stretch, for homework.** Ask", 10, 2),
        ("**1 minute here; it is homework.** Say", 10, 1),
        ("**2 minutes, the rest is homework.** Work", 10, 2),
        ("Minutes: 10, or homework. The", 10, 0),
        ("No minutes here.", None, 0),
    ],
)
def test_what_a_speakers_note_says_of_minutes(note, minutes, talk):
    entry = catalog.Entry("x", "X", 2, minutes) if minutes else None
    assert guide.minutes_of(Cell("markdown", note, 1), entry) == talk


def test_no_sentence_of_the_notes_would_fit_two_lessons():
    met = Counter()
    for name in WRITTEN:
        text = " ".join((NOTES / f"{name}.md").read_text(encoding="utf-8").split())
        met.update({s.strip() for s in re.split(r"(?<=[.?:]) ", text) if len(s.split()) >= 8})
    assert [sentence for sentence, count in met.items() if count > 1] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_the_notes_keep_the_houses_voice(name):
    text = (NOTES / f"{name}.md").read_text(encoding="utf-8")
    assert not re.search(r"\b(simply|obviously|just)\b", re.sub(r"`[^`]*`", "", text), re.IGNORECASE)
    assert "—" not in text and not re.search(r"[a-z]!(\s|$)", re.sub(r"\*[^*]*\*|\"[^\"]*\"", "", text))
    assert max(map(len, text.splitlines())) <= 140
    for sentences in (re.findall(r"^Why: (.*?)\n\n", text, re.MULTILINE | re.DOTALL),):
        assert all(2 <= len(re.findall(r"[.?](?:\s|$)", each)) <= 5 for each in sentences)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("- 4 [The lookup table]:", "- 5 [The lookup table]:", r":1: the plan for 50 minutes adds up to 51"),
        ("## 90 minutes", "## 80 minutes", r":\d+: there is no section `## 80 minutes`"),
        ("- 6 [One-hot times]:", "- six:", r":\d+: a step of a plan needs the form"),
        (
            "[One-hot times]",
            "[Two-hot times]",
            r":1: a plan names the slide “Two-hot times”; no slide's title begins so",
        ),
        ("[One-hot times]", "[Take a mean]", r":1: the plan for 50 minutes shows its slides as \[1, 15,"),
        ("[One-hot times]", "[W]", r":1: a plan names the slide “W”; the titles of slides"),
        ("- 3: Spare,", "- 3: Room,", r":1: the plan for 50 minutes needs a step `Spare ...` of 3 or more"),
        ("Read your plan", "Read " + 120 * "on ", r":1: \d+ words for the night before; 120 at most"),
        (
            "## Exercise check_ids",
            "## Exercise check_id",
            r":1: it is about the exercises lookup, same_layer, check_id,",
        ),
        ("Why: Integer-array", "Integer-array", r":\d+: in an exercise stand `Why: ...`"),
        ("Not asked: ids out of range; they are exercise 3.", "", r"exercise `lookup` needs a paragraph `Why:`"),
        (
            "- `picks_columns`:",
            "- `picks_colums`:",
            r"exercise `lookup`: the wrong way `picks_colums` is not in course",
        ),
        ("- `picks_columns`:", "- `stops_at_one_hot`:", r"the wrong way `stops_at_one_hot` is named twice"),
        (" :: Yes. Section 7", " Yes. Section 7", r":\d+: a question needs the form"),
        ("## Questions", "## Answers", r":\d+: there is no section `## Answers`"),
    ],
)
def test_notes_that_do_not_fit_the_lesson_are_named_with_file_and_line(tmp_path, sources, old, new, words):
    text = PLACE.read_text(encoding="utf-8")
    if old not in text:
        pytest.skip("the notes have moved on")
    path = tmp_path / PLACE.name
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LessonError, match=words) as told:
        guide.page(sources["05_embedding_layer"], guide_notes.read(path))
    assert str(told.value).startswith(f"{path}:")


def test_a_lesson_without_notes_and_notes_without_a_lesson_are_named(tmp_path, sources):
    with pytest.raises(LessonError, match="01_neuron.md: lesson 01_neuron has no instructor's notes"):
        guide.pages([sources["01_neuron"]], tmp_path)
    shutil.copy(NOTES / "01_neuron.md", tmp_path)
    shutil.copy(PLACE, tmp_path)
    with pytest.raises(LessonError, match="05_embedding_layer.md: notes for a lesson that is not there"):
        guide.pages([sources["01_neuron"]], tmp_path)


def test_the_build_writes_the_pages_and_the_check_names_one_that_was_edited(tmp_path, pages):
    (tmp_path / "lessons").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in WRITTEN:
        shutil.copy(ROOT / "lessons" / f"{name}.py", tmp_path / "lessons")
    shutil.copytree(NOTES, tmp_path / "lessons" / "guide")
    assert build.build_guide(tmp_path) == len(WRITTEN)
    page = tmp_path / "docs" / "guide" / "05_embedding_layer.md"
    assert page.read_text(encoding="utf-8") == pages["05_embedding_layer"]
    page.write_text("by hand", encoding="utf-8")
    (page.parent / "77_unknown.md").write_text("", encoding="utf-8")
    assert [line for line in build.stale(tmp_path) if "guide" in line] == [
        "docs/guide/05_embedding_layer.md is not what lessons/05_embedding_layer.py and lessons/guide/05_embedding_layer.md make",
        "docs/guide/77_unknown.md has no lesson",
    ]
    (tmp_path / "lessons" / "guide" / "05_embedding_layer.md").unlink()
    assert any("has no instructor's notes" in line for line in build.stale(tmp_path))


def test_the_guide_is_made_without_running_a_lesson():
    code = (
        "import sys; from pathlib import Path; from course.authoring import guide; from course.authoring.source import read\n"
        "guide.pages([read(p) for p in sorted(Path('lessons').glob('[0-9]*.py'))], Path('lessons/guide'))\n"
        "assert not {'tensorflow', 'keras', 'nbclient'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


@pytest.mark.parametrize("weeks", [6, 10, 14])
def test_a_syllabus_has_a_row_for_each_week_and_every_lesson_in_its_place(weeks):
    table = README[README.index(f"**{weeks} weeks**") :].split("\n\n")[1]
    rows = [line for line in table.splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(re.match(r"\| (\d+)", row)[1]) for row in rows] == list(range(1, weeks + 1))
    in_class = [number for row in rows for number in re.findall(r"\[(\d\d)\]", row.split("|")[2])]
    everywhere = re.findall(r"\[(\d\d)\]\(", table)
    numbers = [name[:2] for name in WRITTEN]
    assert in_class == sorted(in_class) and set(everywhere) == set(numbers)
    if weeks > 6:
        assert in_class == numbers
