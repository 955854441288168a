"""Slides to one HTML page, by nbconvert's slides exporter and the template beside this; everything it needs is packed in."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import catalog, theme
from course.authoring.slides import npm
from course.authoring.slides.deck import Part, Slide
from course.authoring.slides.sizes import sizes

TEMPLATES = Path(__file__).parent / "template"


def page(entry: catalog.Lesson, deck: list[Slide], public: bool) -> str:
    """The text of the deck's HTML file.

    public: without speaker notes, answers of exercises and of quizzes. They are left out before anything is rendered.
    """
    from nbconvert.exporters import SlidesExporter

    exporter = SlidesExporter(template_name="course", extra_template_basedirs=[str(TEMPLATES)])
    about = {
        "title": f"{entry.number} {entry.title}",
        "lesson": f"{entry.number} · {entry.title}",
        "part": f"Part {entry.part} · {catalog.PARTS[entry.part]}",
        "row": int(entry.number),
        "minutes": entry.minutes,
    }
    made, _ = exporter.from_notebook_node(_notebook(deck, public), resources={"deck": about})
    for mark, text in _packed().items():
        made = made.replace(f"<!--pack:{mark}-->", text)
    return made


def _notebook(deck: list[Slide], public: bool) -> NotebookNode:
    """The deck as a notebook: a cell for each part of a slide, the first one starting the slide."""
    made = new_notebook()
    for number, slide in enumerate(deck):
        parts = [part for part in slide.parts if part.text or part.png or not public] or [Part("text")]
        for place, part in enumerate(parts):
            kind = "fragment" if part.fragment else "-"
            about = {"kind": part.kind, "fragment": part.fragment, "last": place == len(parts) - 1}
            if place == 0:
                kind = "slide"
                about["slide"] = {
                    "kind": slide.kind,
                    "chip": slide.chip,
                    "title": _inline(slide.title),
                    "layout": slide.layout,
                    "number": number,
                    "sizes": sizes(slide)._asdict(),
                    "notes": "" if public else "\n\n".join(slide.notes),
                }
            cell = _cell(part, "" if public else part.answer, about)
            cell.id = f"slide-{number}-{place}"
            cell.metadata.update(slideshow={"slide_type": kind}, deck=about)
            made.cells.append(cell)
    return made


def _cell(part: Part, answer: str, about: dict) -> NotebookNode:
    """A part as a cell. `about` is completed for the template."""
    about["answer"] = answer
    if part.kind == "figure":
        width, height = part.size
        about["shape"] = round(width / height, 4)
        picture = new_output("display_data", {"image/png": part.png}, metadata={"image/png": {"alt": part.alt}})
        return new_code_cell("", outputs=[picture])
    if part.kind == "output":
        return new_code_cell("", outputs=[new_output("stream", text=part.text)])
    if part.kind in ("code", "exercise"):
        return new_code_cell(part.text)
    if part.kind == "live":
        section, about["line"] = part.text.split("\n")
        number, _, name = section.rpartition(". ")
        about["section"] = f"section {number}, “{_inline(name)}”" if number else f"“{_inline(name)}”"
        return new_markdown_cell("")
    return new_markdown_cell(part.text)


def _inline(text: str) -> str:
    from nbconvert.filters import markdown2html

    return re.sub(r"^<p>|</p>\s*$", "", markdown2html(text).strip())


def _packed() -> dict[str, str]:
    """The styles, typefaces and scripts of every deck, by the name of the mark that they replace in the template."""
    faces = [
        _face("Inter", npm.TEXT_FONT, "inter-latin-wght-normal", "100 900"),
        _face("Inter", npm.TEXT_FONT, "inter-greek-wght-normal", "100 900", "U+0370-03FF"),
        _face("JetBrains Mono", npm.CODE_FONT, "jetbrains-mono-latin-wght-normal", "100 800"),
    ]
    styles = [npm.file(npm.REVEAL, "dist/reveal.css").decode(), *faces, theme.css("theme", "slides")]
    reveal = [npm.file(npm.REVEAL, f"{name}.js").decode() for name in ("dist/reveal", "plugin/notes/notes")]
    return {
        "styles": "\n".join(styles),
        "mathjax": _script(npm.file(npm.MATHJAX, "es5/tex-svg-full.js").decode()),
        "reveal": _script("\n".join(reveal)),
    }


def _face(family: str, package: npm.Package, name: str, weights: str, of: str = "") -> str:
    data = base64.b64encode(npm.file(package, f"files/{name}.woff2")).decode()
    only = f" unicode-range: {of};" if of else ""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weights};{only} '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
    )


def _script(code: str) -> str:
    """Code that may stand in a page: what would end its element early is written another way, in its strings."""
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--")
