"""A run: finds submissions, grades those that have no record that still holds, and writes the marks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path
from secrets import randbelow
from typing import Any

import course
from course.authoring import answers, settings
from course.authoring.source import LessonError
from course.authoring.source import read as read_lesson
from course.checking.records import SEED
from course.grading import GradingError, fingerprints, marks, reference
from course.grading.hands import Hands, hands
from course.grading.one import Ready, Work
from course.grading.records import Records, printable, write_whole
from course.grading.submission import digest, find, read
from course.grading.warm.limits import Limits

_HIDDEN = ("lessons", "solutions", "tests", ".git")  # of the checkout: what no submission may see
_DRAWS = 5  # seeds drawn for a lesson, lest one does not tell a wrong way from the answer


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def grade(
    arguments: list[Path],
    out: Path,
    seed: int | None = None,
    jobs: int = 1,
    timeout: float = 60,
    root: Path = settings.ROOT,
    say: Callable[[str], None] = tell,
    sandbox: bool = True,
    limits: Limits = Limits(),  # noqa: B008  (it cannot change)
    scheduler: str = "",
) -> tuple[int, int]:
    """Grades files and folders into `out`: `records/*.json` and `marks.csv`. A submission whose record still holds is skipped.

    seed: of the inputs; drawn anew in each run when None. jobs: submissions at once. timeout: seconds for a cell. say: takes a line
    of progress for each submission. sandbox: whether each submission runs in a jail of its own, held to `limits`. scheduler: the address of
    a Dask scheduler whose workers do the work; "" for this machine.
    Returns how many of the submissions are graded, and how many could not be.
    Raises GradingError for what stops the whole run: no lessons/, no sandbox, no such file, a seed that cannot be used.
    """
    if not (root / "lessons").is_dir():
        raise GradingError(f"Grading needs a checkout of the course: there is no folder lessons/ in {root}.")
    if seed == SEED:
        raise GradingError(f"Seed {SEED} is the one of the recorded results, which learners have: take another.")
    found, aside = find(arguments)
    kept = Records(out)
    write_whole(out / "marks.csv", marks.table(kept.all()))  # before hours of work, see that it can be written
    if aside:
        say(f"left aside, no notebooks: {', '.join(sorted({printable(path.name) for path in aside})[:20])}")
    labels = kept.labels(found)
    lessons = {path: _lesson_of(path) for path in labels}
    ready = {name: prepared(name, root) for name in set(lessons.values())}
    work = [Work(path, label, ready[lessons[path]], policy(seed)) for path, label in labels.items()]
    todo = [each for each in work if not _holds(kept.of(each.path), each)]
    done = sorted(set(labels.values()) - {each.label for each in todo})
    for number, label in enumerate(done, 1):
        say(f"[{number}/{len(work)}] {label}: recorded before")
    hidden = [root / name for name in _HIDDEN] + [out, *sorted({path.parent for path in labels})]
    with hands(scheduler, jobs, timeout, limits if sandbox else None, hidden) as doing:
        ready = _with_references({each.lesson.name: each.lesson for each in todo}, seed, jobs, root)
        todo = [replace(each, lesson=ready[each.lesson.name]) for each in todo]
        _run(todo, doing, kept, len(work), say)
    write_whole(out / "marks.csv", marks.table(kept.all()))
    graded = sum(kept.of(path)["graded"] for path in labels)
    return graded, len(labels) - graded


def try_again(
    todo: list[Work],
    out: Path,
    jobs: int = 1,
    timeout: float = 60,
    root: Path = settings.ROOT,
    say: Callable[[str], None] = tell,
    sandbox: bool = True,
    limits: Limits = Limits(),  # noqa: B008
    scheduler: str = "",
) -> list[dict[str, Any]]:
    """The records that grading makes of this work now, each by its own way to the seed. Nothing is written.

    Raises GradingError when the answers of a lesson are in no state to grade with: it is said once, not of each submission.
    """
    made = _Collected()
    hidden = [root / name for name in _HIDDEN] + [out, *sorted({each.path.parent for each in todo})]
    with hands(scheduler, jobs, timeout, limits if sandbox else None, hidden) as doing:
        for way in sorted({each.seed_policy for each in todo}):
            seed = None if way == policy(None) else int(way.removeprefix("given "))
            mine = [each for each in todo if each.seed_policy == way]
            ready = _with_references({each.lesson.name: each.lesson for each in mine}, seed, jobs, root)
            for lesson in ready.values():
                if lesson.trouble:
                    raise GradingError(f"{lesson.trouble} Nothing has been graded again, and nothing is written.")
            mine = [replace(each, lesson=ready[each.lesson.name]) for each in mine]
            _run(mine, doing, made, len(mine), say, "what runs again: ")
    return made.records


class _Collected:
    """Takes records in place of Records, and writes none."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []

    def write(self, record: dict[str, Any]) -> None:
        self.records.append(record)


def policy(seed: int | None) -> str:
    """The way to the seed, as records have it."""
    return "drawn" if seed is None else f"given {seed}"


def _run(
    todo: list[Work],
    doing: Hands,
    kept: Records | _Collected,
    total: int,
    say: Callable[[str], None],
    what: str = "",
) -> None:
    """Has the work done. This thread alone writes, each record as soon as it is there. what: goes before its points where it is a part."""
    number = total - len(todo)
    waiting = [doing.submit(work) for work in todo]
    try:
        for done in as_completed(waiting):
            record = done.result()
            kept.write(record)
            number += 1
            say(f"[{number}/{total}] {record['submission']}: {what if record['graded'] else ''}{_summary(record)}")
    except BaseException:
        doing.stop()
        raise


def _summary(record: dict[str, Any]) -> str:
    if not record["graded"]:
        return record["status"]
    extra = record["status"].removeprefix("graded")
    return f"{record['points']} of {record['out_of']} points in {record['seconds']:.1f} s{extra}"


def _lesson_of(path: Path) -> str:
    """The submission's lesson, "" when it cannot be read (which the grading of it will say)."""
    try:
        return read(path).lesson
    except Exception:
        return ""


def prepared(name: str, root: Path) -> Ready:
    """The lesson, still without its reference."""
    path = root / "lessons" / f"{name}.py"
    if not name or not path.exists():
        return Ready(name, trouble=f"lessons/ has no {path.name}")
    try:
        source = read_lesson(path)
        return Ready(name, source, answers.fingerprint(source), fingerprints=fingerprints.of(source))
    except LessonError as problem:
        return Ready(name, trouble=str(problem))


def _with_references(lessons: dict[str, Ready], seed: int | None, jobs: int, root: Path) -> dict[str, Ready]:
    """The lessons with their references. Where one cannot be made, the lesson is in trouble and the others are graded.

    Raises reference.Refused when the seed that was given will not do.
    """

    def with_reference(lesson: Ready) -> Ready:
        if lesson.trouble:
            return lesson
        seeds = [SEED + 1 + randbelow(2**31) for _ in range(_DRAWS)] if seed is None else [seed]
        try:
            return replace(lesson, reference=reference.make(root, lesson.name, seeds))
        except GradingError as problem:
            if seed is not None and isinstance(problem, reference.Refused):
                raise
            return replace(lesson, trouble=str(problem))

    with ThreadPoolExecutor(jobs) as pool:
        return dict(zip(lessons, pool.map(with_reference, lessons.values()), strict=True))


def _holds(record: dict[str, Any] | None, work: Work) -> bool:
    """Whether a record still says what grading would say: the same file, course, lesson and way to the seed."""
    return (
        record is not None
        and not record["retry"]
        and record["versions"]["course"] == course.__version__
        and record["fingerprint"] == work.lesson.fingerprint
        and record["seed_policy"] == work.seed_policy
        and record["sha256"] == digest(work.path)
    )
