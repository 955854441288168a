"""The instructor's guide: a page for each lesson, made from the lesson, the catalog, the exercises and the notes in lessons/guide/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from course import catalog
from course.authoring import quiz
from course.authoring.guide_notes import Notes
from course.authoring.guide_notes import read as read_notes
from course.authoring.source import BEGIN, END, Cell, LessonError, Source
from course.checking.exercise import Exercise, exercises

# "**4 minutes in the notebook.** ..." or "Minutes: 4, in the notebook. ..."
_MINUTES = re.compile(r"^(?:\*\*(?P<bold>\d+) minutes?(?P<how>[^*]*)\*\*|Minutes: (?P<plain>\d+)(?P<then>[^.]*)\.)\s*")


def page(source: Source, notes: Notes, asked: dict[str, Exercise] | None = None) -> str:
    """The text of docs/guide/NN_slug.md.

    asked: the lesson's exercises, for tests; by default those of course/exercises.
    Raises LessonError, naming file and line, where the notes and the lesson do not fit together.
    """
    asked = exercises(source.name) if asked is None else asked
    notes.fits(source.entry, {name: [wrong.name for wrong in each.wrong_ways] for name, each in asked.items()})
    parts = [
        _head(source),
        *([f"## The night before\n\n{notes.night}"] if notes.night else []),
        _aims(source),
        _sections(source),
        *(_plan(source, notes, minutes) for minutes in sorted(notes.plans)),
        "## Where the class will stumble\n\n" + "\n".join(f"- {each}" for each in notes.stumbles),
        *_exercises(source, notes, asked),
        _discussion(source, notes),
        _quiz(source),
        _assessment(source.entry),
    ]
    return "\n\n".join(parts) + "\n"


def pages(sources: list[Source], folder: Path) -> dict[str, str]:
    """The pages of all lessons by name; `folder` holds the notes written by hand.

    Raises LessonError when a lesson has no notes, or notes no lesson.
    """
    made = {}
    for source in sources:
        path = folder / f"{source.name}.md"
        if not path.exists():
            raise LessonError(
                f"{path}: lesson {source.name} has no instructor's notes; course/authoring/guide_notes.py says what stands in them."
            )
        made[source.name] = page(source, read_notes(path))
    for path in sorted(folder.glob("*.md")):
        if path.stem not in made:
            raise LessonError(f"{path}: notes for a lesson that is not there.")
    return made


def _head(source: Source) -> str:
    entry = source.entry
    needs = ", ".join(f"[{need[:2]} {catalog.lesson(need).title}]({need}.md)" for need in entry.needs)
    index = catalog.LESSONS.index(entry)
    after = next((each for each in catalog.LESSONS[index + 1 :] if each.exercises), None)
    facts = [
        f"- Part {entry.part}, {catalog.PARTS[entry.part]}. {entry.minutes} minutes of a learner's time, {entry.points} points.",
        f"- Needs: {needs or 'nothing but school mathematics and a little Python'}."
        + (f" Next: [{after.number} {after.title}]({after.name}.md)." if after else ""),
        f"- Open: [the learners' notebook](../../notebooks/{source.name}.ipynb), "
        f"[the solution, run](../../solutions/{source.name}.ipynb); "
        f"[slides](../slides.md) with `course slides {entry.number} -o decks/`.",
    ]
    return (
        f"# {entry.number}. {entry.title}: instructor's guide\n\n"
        f"Made by `course build` from `lessons/{source.name}.py` and `lessons/guide/{source.name}.md`; edit those. "
        f"It holds the answers. [All lessons](README.md).\n\n" + "\n".join(facts)
    )


def _aims(source: Source) -> str:
    for cell in source.cells:
        _, found, aims = cell.source.partition("**You will**")
        if found and cell.kind == "markdown":
            return "## What learners will do\n\n" + aims.strip()
    raise LessonError(f"{source.path}:1: no cell says **You will**.")


def minutes_of(note: Cell, exercise: catalog.Entry | None) -> int:
    """The minutes of talk that a speaker's note states. What learners spend on the exercise it belongs to is not talk."""
    match = _MINUTES.match(note.source)
    if not match:
        return 0
    minutes, how = int(match["bold"] or match["plain"]), match["how"] or match["then"] or ""
    if (
        exercise is None or "; it is" in how or "the rest is" in how or "the exercise is" in how
    ):  # homework, talked of here
        return minutes
    return max(0, minutes - exercise.minutes) if "with the exercise" in how else 0


def sections(source: Source) -> Iterator[tuple[str, int, list[catalog.Entry]]]:
    """(title, minutes of talk, exercises) of each section, in order; the first is the opening."""
    entries = {entry.name: entry for entry in source.entry.exercises}
    title, talk, found = "Opening", 0, []
    latest: catalog.Entry | None = None  # the exercise since the last note
    for cell in source.cells:
        heading = re.match(r"## (?!Words\s*$)(.+)", cell.source, re.MULTILINE)  # the words belong to what is taken away
        if cell.kind == "markdown" and heading and not cell.is_notes and "slide-only" not in cell.tags:
            yield title, talk, found
            title, talk, found = heading[1], 0, []
        if cell.exercise:
            latest = entries[cell.exercise]
            found.append(latest)
        elif cell.is_notes:
            talk += minutes_of(cell, latest)
            latest = None
    yield title, talk, found


def _sections(source: Source) -> str:
    rows = ["| section | talk | exercises |", "|---|---|---|"]
    all_talk = all_work = 0
    for title, talk, found in sections(source):
        if not talk and not found:
            continue
        work = ", ".join(f"{e.title} {e.minutes}{' (stretch)' if e.stretch else ''}" for e in found)
        rows.append(f"| {title} | {talk or ''} | {work} |")
        all_talk, all_work = all_talk + talk, all_work + sum(e.minutes for e in found)
    rows.append(f"| **together** | **{all_talk}** | **{all_work}** |")
    return (
        "## Minutes, section by section\n\nTalk is what the speaker notes of the slides add up to, exercises what a learner needs in the "
        "notebook. Both in one class hour is too much: the two plans below choose.\n\n" + "\n".join(rows)
    )


def _plan(source: Source, notes: Notes, minutes: int) -> str:
    """A plan as a table. Where the notes name slides, their numbers stand in it, and below it those that it leaves out."""
    steps, named = notes.plans[minutes], notes.shown[minutes]
    if not any(named):
        rows, now = ["| at | min | |", "|---|---|---|"], 0
        for length, what in steps:
            rows.append(f"| {now}' | {length} | {what} |")
            now += length
        return f"## In {minutes} minutes\n\n" + "\n".join(rows)
    from course.authoring.slides.deck import titles as slide_titles  # which imports what makes the guide

    titles = slide_titles(source)
    rows, now, shown = ["| at | min | slides | |", "|---|---|---|---|"], 0, []
    for (length, what), begins in zip(steps, named, strict=True):
        numbers = [_number(notes, titles, begin) for begin in begins]
        shown += numbers
        rows.append(f"| {now}' | {length} | {_ranges(numbers)} | {what} |")
        now += length
    left = [number for number in range(1, len(titles) + 1) if number not in shown]
    if shown != sorted(set(shown)):
        raise LessonError(
            f"{notes.path}:1: the plan for {minutes} minutes shows its slides as {shown}: not once each, in order."
        )
    skipped = f"Skipped slides: {_ranges(left)}." if left else "No slide is skipped."
    return (
        f"## In {minutes} minutes\n\n"
        + "\n".join(rows)
        + f"\n\n{skipped} In the deck, `g`, a number and Enter go to a slide."
    )


def _number(notes: Notes, titles: list[str], begin: str) -> int:
    """The number in the deck of the one slide whose title begins so."""
    found = [number for number, title in enumerate(titles, 1) if title.lower().startswith(begin.lower())]
    found = [
        number for number in found if titles[number - 1].lower() == begin.lower()
    ] or found  # "Layers" is not "Layers in ..."
    if len(found) != 1:
        trouble = "no slide's title begins" if not found else f"the titles of slides {found} begin"
        raise LessonError(f"{notes.path}:1: a plan names the slide “{begin}”; {trouble} so.")
    return found[0]


def _ranges(numbers: list[int]) -> str:
    """[1, 2, 3, 5] as "1-3, 5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _exercises(source: Source, notes: Notes, asked: dict[str, Exercise]) -> Iterator[str]:
    yield "## Exercises"
    for number, entry in enumerate(source.entry.exercises, 1):
        note, exercise = notes.exercises[entry.name], asked[entry.name]
        said = {wrong.name: wrong.sentence for wrong in exercise.wrong_ways}
        stretch = ", a stretch" if entry.stretch else ""
        lines = [
            f"### {number}. {entry.title}: `{entry.name}`",
            f"{_count(entry.points, 'point')}, {entry.minutes} minutes{stretch}.",
            f"```python\n{_answer(source.answer(entry.name))}\n```",
            f"**Why it is built so.** {note.why}",
            f"**Not asked.** {note.not_asked[:1].upper()}{note.not_asked[1:]}",
            "**Misconceptions.** The name, what the learner is told, and what to do about it in class:",
        ]
        for names, answer in note.in_class:
            lines.append("\n".join(f"- `{name}`: {said[name]}" for name in names) + f"\n\n  **In class:** {answer}")
        grouped = {name for names, _ in note.in_class for name in names}
        rest = [f"- `{name}`: {sentence}" for name, sentence in said.items() if name not in grouped]
        if rest:
            lines.append(
                f"<details><summary>{len(rest)} more, for which the sentence is enough</summary>\n\n"
                + "\n".join(rest)
                + "\n\n</details>"
            )
        lines.append("**Hints**, in the order in which learners get them:")
        lines.append("\n".join(f"{i}. {hint}" for i, hint in enumerate(exercise.hints, 1)))
        yield "\n\n".join(lines)


def _answer(cell: Cell) -> str:
    """The answer cell's heads with what stands between the marks; the docstrings stay."""
    return "\n".join(line for line in cell.source.splitlines() if line.strip() not in (BEGIN, END))


def _discussion(source: Source, notes: Notes) -> str:
    parts = ["## Questions to discuss"]
    for title, shown, spoken in _asks(source):
        parts.append(f"### On a slide: {title}")
        parts += [shown] if shown else []
        parts.append(spoken)
    parts.append("### Further questions")
    parts += [f"**{question}**\n\n{expected}" for question, expected in notes.questions]
    return "\n\n".join(parts)


def _asks(source: Source) -> Iterator[tuple[str, str, str]]:
    """The slides that ask the room: title, what is shown, what the speaker's notes say."""
    for index, cell in enumerate(source.cells):
        title, _, shown = cell.source.partition("\n")
        if cell.kind != "markdown" or not title.startswith("## Ask the room:"):
            continue
        spoken = next((each.source for each in source.cells[index + 1 :] if each.is_notes), "")
        question = title.removeprefix("## Ask the room:").strip()
        yield question[:1].upper() + question[1:], shown.strip(), _MINUTES.sub(_said, spoken)


def _said(minutes: re.Match[str]) -> str:
    return f"*{_count(int(minutes['bold'] or minutes['plain']), 'minute')}.* "


def _quiz(source: Source) -> str:
    parts = ["## Quiz"]
    for cell in source.cells:
        if "quiz" in cell.metadata:
            try:
                question, choices = quiz.parse(cell.source)
            except quiz.QuizError as problem:
                raise LessonError(f"{source.path}:{cell.line}: {problem}.") from None
            parts.append(question)
            parts.append(
                "\n".join(f"- {'**right**' if right else 'wrong'}: {choice}<br>{why}" for right, choice, why in choices)
            )
    return "\n\n".join(parts)


def _assessment(entry: catalog.Lesson) -> str:
    rows = ["| | exercise | points | minutes |", "|---|---|---|---|"]
    for number, each in enumerate(entry.exercises, 1):
        stretch = " (stretch)" if each.stretch else ""
        rows.append(f"| {number} | {each.title}{stretch} | {each.points} | {each.minutes} |")
    rows.append(f"| | **together** | **{entry.points}** | **{sum(each.minutes for each in entry.exercises)}** |")
    stretch = sum(each.points for each in entry.exercises if each.stretch)
    return (
        "## Assessment\n\n"
        + "\n".join(rows)
        + f"\n\nWithout the stretch: {entry.points - stretch} points. Points are all or nothing for each exercise. "
        "What a mark proves: [grading](../grading.md)."
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
