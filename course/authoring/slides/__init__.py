"""From a lesson to a slide deck: one HTML file that needs no network, and a PDF. How marks in a lesson become slides: docs/slides.md."""

from course.authoring.slides.decks import make

__all__ = ["make"]
