"""`course slides`: decks of the lessons wanted, as HTML and, if asked, PDF."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat

from course.authoring import settings
from course.authoring.build import Tree
from course.authoring.slides import browser
from course.authoring.slides.deck import Slide, slides
from course.authoring.slides.page import page
from course.authoring.source import Source, read


def make(
    out: Path, wanted: list[str] | None = None, public: bool = False, pdf: bool = False, root: Path = settings.ROOT
) -> None:
    """Writes a deck for each lesson wanted, or for all, into the folder `out`. Prints a line for each.

    The instructor's deck is NAME.instructor.html, the public one NAME.html: nobody hands out the wrong one by mistake.
    Raises LessonError for a lesson whose slides cannot be made, SlidesError when reveal.js or Chromium cannot be had.
    """
    if pdf:
        browser.needed()
    tree = Tree(root)
    out.mkdir(parents=True, exist_ok=True)
    for path in tree.lessons(wanted):
        source = read(path)
        deck = load(tree, source)
        made = out / f"{source.name}{'' if public else '.instructor'}.html"
        _write(made, page(source.entry, deck, public))
        print(f"{made}: {len(deck)} slides", flush=True)
        if pdf:
            browser.to_pdf(made, made.with_suffix(".pdf"), len(deck))
            print(f"{made.with_suffix('.pdf')}: {len(deck)} pages", flush=True)


def load(tree: Tree, source: Source) -> list[Slide]:
    """The slides of a lesson, with the outputs of its executed solution where there is one."""
    solution = tree.solution(source.name)
    return slides(source, nbformat.read(solution, as_version=4) if solution.exists() else None)


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)
