"""Links lead somewhere and pictures say what they show: README, docs and guide, notebooks, and the lessons that decks are made from.

Needs no network, and no package but pytest. With COURSE_LINKS=online every address is asked too (once a week, .github/workflows/test.yml).
"""

from __future__ import annotations

import ast
import json
import os
import re
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PROSE += sorted(path for folder in ("docs", "datasets", "lessons/guide") for path in (ROOT / folder).rglob("*.md"))
NOTEBOOKS = sorted(path for folder in ("notebooks", "solutions") for path in (ROOT / folder).glob("*.ipynb"))
LESSONS = sorted((ROOT / "lessons").glob("[0-9][0-9]_*.py"))
ALL = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in [*PROSE, *NOTEBOOKS, *LESSONS]]

# Hosts that links go to. A new one: look at the page, then add its host. A slip in a name is noticed here, without a network.
HOSTS = {
    "aclanthology.org",
    "arxiv.org",
    "cdn.openai.com",
    "colab.research.google.com",
    "distill.pub",
    "distributed.dask.org",
    "docs.moodle.org",
    "docs.pytorch.org",
    "doi.org",
    "fh295.github.io",
    "gabrilovich.com",
    "gh.io",
    "github.com",
    "gradescope-autograders.readthedocs.io",
    "jmlr.org",
    "keras.io",
    "kubernetes.dask.org",
    "nbgrader.readthedocs.io",
    "papers.nips.cc",
    "proceedings.mlr.press",
    "projector.tensorflow.org",
    "www.jmlr.org",
    "www.tensorflow.org",
}
REFUSES_ROBOTS = {401, 403, 405, 418, 429, 999}  # there is a page, and it is not shown to a program

_IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))+)>?(?:\s+\"[^\"]*\")?\s*\)")
_BARE = re.compile(r"<(https?://[^>\s]+)>")
_HTML = re.compile(r"<(?:a|img)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(href|src|alt)\s*=\s*\"([^\"]*)\"", re.IGNORECASE)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$|``.+?``|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)


@dataclass(frozen=True)
class Link:
    """Where a link leads; alt: of a picture, else None."""

    target: str
    alt: str | None = None


def links(text: str) -> list[Link]:
    """The links and pictures of a Markdown text. What stands in code or in a formula is none."""
    text = _FORMULA.sub(" ", _CODE.sub("`code`", text))
    found = [Link(target, alt) for alt, target in _IMAGE.findall(text)]
    text = _IMAGE.sub(lambda match: match[1] or "picture", text)
    found += [Link(target) for _, target in _LINK.findall(text)]
    found += [Link(target) for target in _BARE.findall(text)]
    for tag in _HTML.findall(text):
        has = {name.lower(): value for name, value in _ATTRIBUTE.findall(tag)}
        if "src" in has:
            found.append(Link(has["src"], has.get("alt", "")))
        elif "href" in has:
            found.append(Link(has["href"]))
    return found


@cache
def text_of(path: Path) -> str:
    """The Markdown of a file: of a notebook or a lesson, that of its cells, speaker notes and slides included."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return "\n\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown")
    if path.suffix == ".py":
        cells = re.split(r"^# %%", text, flags=re.MULTILINE)[1:]
        return "\n\n".join(
            "\n".join(line.removeprefix("#").removeprefix(" ") for line in cell.splitlines()[1:])
            for cell in cells
            if cell.startswith(" [markdown]")
        )
    return text


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives the headings of a Markdown text."""
    met: dict[str, int] = {}
    found = set()
    for heading in re.findall(
        r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.sub(r"^(```).*?^\1", "", text, flags=re.M | re.S), re.M
    ):
        plain = _LINK.sub(lambda match: match[1], heading).replace("`", "").replace("*", "").lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        nth = met[slug] = met.get(slug, -1) + 1
        found.add(slug if nth == 0 else f"{slug}-{nth}")
    return found


@pytest.mark.parametrize("path", ALL)
def test_links_inside_the_repository_lead_somewhere(path):
    for link in links(text_of(path)):
        target, _, anchor = link.target.partition("#")
        if urlsplit(link.target).scheme or target.startswith("//"):
            continue
        assert path.suffix != ".py" and not target.startswith("/"), (
            f"{link.target}: a lesson has no place that a path starts from"
        )
        to = (path.parent / unquote(target)).resolve() if target else path
        assert to.exists(), f"{link.target}: there is no such file"
        assert ROOT in to.parents, f"{link.target} leads out of the repository"
        if anchor and to.suffix == ".md":
            assert anchor in anchors(text_of(to)), f"{link.target}: {to.name} has no heading with this anchor"


@pytest.mark.parametrize("path", ALL)
def test_addresses_are_well_formed_secure_and_go_to_known_hosts(path):
    for link in links(text_of(path)):
        address = urlsplit(link.target)
        if not address.scheme:
            continue
        assert address.scheme == "https", f"{link.target} is not https"
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", address.netloc), f"{link.target}: a strange host"
        assert not re.search(r"[\s<>\"{}|\\^`]|[.,;:]$|\butm_", link.target), f"{link.target} is not well formed"
        assert address.netloc in HOSTS, f"{address.netloc} is new: look at the page, then add it to HOSTS in {__name__}"


def says_something(alt: str) -> bool:
    """Whether an alt text could help who does not see the picture: some words, and no file name."""
    words = re.findall(r"\w[\w'-]*", alt)
    return len(words) >= 3 and not re.search(
        r"\.(png|jpe?g|svg|gif)\b|^(image|picture|figure|screenshot)\s+\d", alt, re.I
    )


@pytest.mark.parametrize("path", ALL)
def test_a_picture_has_an_alt_text_that_says_something(path):
    for link in links(text_of(path)):
        if link.alt is not None:
            assert says_something(link.alt), f"{link.target}: what does the picture show? {link.alt!r}"


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem) for path in NOTEBOOKS if path.parent.name == "solutions"]
)
def test_a_picture_in_an_output_has_an_alt_text(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            for kind in output.get("data", {}):
                if kind.startswith("image/"):
                    alt = output.get("metadata", {}).get(kind, {}).get("alt", "")
                    assert len(alt.split()) >= 6 and says_something(alt), (alt, "".join(cell["source"])[:200])


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in LESSONS])
def test_a_figure_of_a_lesson_is_shown_with_an_alt_text(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "plots.show":
            said = [
                part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            assert len(" ".join(said).split()) >= 6, ast.unparse(node)


def test_the_checker_sees_what_it_is_to_see():
    text = (
        '[a](b.md#c) ![alt text here](x.png) `[no](code)` $f[x](y)$ <https://e.org/a> [d (e)](https://e.org/a_(b) "t")'
    )
    text += '\n\n```\n[no](block)\n```\n\n[![badge of it](https://e.org/b.svg)](https://e.org) <img src="y.png" alt="two words">'
    assert links(text) == [
        Link("x.png", "alt text here"),
        Link("https://e.org/b.svg", "badge of it"),
        Link("b.md#c"),
        Link("https://e.org/a_(b)"),
        Link("https://e.org"),
        Link("https://e.org/a"),
        Link("y.png", "two words"),
    ]
    assert anchors("# A `b` and (c)!\n\n## One\n\n## One\n\n```\n# no\n```\n") == {"a-b-and-c", "one", "one-1"}
    assert not says_something("lesson.png") and not says_something("Figure 3") and not says_something("")
    assert says_something("A lesson in JupyterLab: a figure")


def ask(address: str) -> str:
    """What is wrong with an address, "" when there is a page. Asked three times before it counts."""
    trouble = ""
    for attempt in range(3):
        time.sleep(5 * attempt)
        request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (link checker of a course)"})
        try:
            with urllib.request.urlopen(request, timeout=30):
                return ""
        except urllib.error.HTTPError as problem:
            if problem.code in REFUSES_ROBOTS:
                return ""
            trouble = f"{problem.code} {problem.reason}"
        except (OSError, ValueError) as problem:
            trouble = str(problem)
    return trouble


@pytest.mark.skipif(
    os.environ.get("COURSE_LINKS") != "online", reason="asks every address only with COURSE_LINKS=online"
)
def test_every_address_answers():
    where: dict[str, str] = {}
    for path in [*PROSE, *NOTEBOOKS, *LESSONS]:
        for link in links(text_of(path)):
            if link.target.startswith("https:"):
                where.setdefault(link.target.partition("#")[0], str(path.relative_to(ROOT)))
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(where, pool.map(ask, where), strict=True))
    assert [f"{where[address]}: {address}: {trouble}" for address, trouble in answers.items() if trouble] == []
