"""Slides, without a browser: what marks become, what is refused, what a public deck leaves out, the course's rules for decks."""

from __future__ import annotations

import base64
import html
import io
import itertools
import re
import tarfile
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course import catalog, cli, plots, theme
from course.authoring import settings
from course.authoring.build import Tree
from course.authoring.slides import browser, npm
from course.authoring.slides.deck import fitted, problems, slides, titles
from course.authoring.slides.decks import load
from course.authoring.slides.page import page
from course.authoring.slides.sizes import sizes
from course.authoring.source import LessonError, read
from tests.deck_browser import needs_packages

LESSONS = sorted((settings.ROOT / "lessons").glob("[0-9][0-9]_*.py"))
IN_NOTES, IN_ANSWER, IN_QUIZ = "sentinel of the notes", "sentinel_of_the_answer", "sentinel of the quiz"
IN_STEP = "sentinel of the last step"
LESSON = f'''\
# %% [markdown] slideshow={{"slide_type": "slide"}}
# # A lesson
#
# What is asked?

# %% [markdown] slideshow={{"slide_type": "notes"}}
# Say this. {IN_NOTES}

# %%
from course import lesson

ex = lesson("01_neuron")

# %% tags=["needed"]
import numpy as np

# %% [markdown]
# Only in the notebook.

# %% [markdown] slideshow={{"slide_type": "slide"}}
# ## 1. The point of this slide
#
# A formula: $z = 1$.

# %% slide="output"
draw()

# %% [markdown] slideshow={{"slide_type": "notes"}}
# More. {IN_NOTES}

# %% [markdown] tags=["slide-only"] slideshow={{"slide_type": "slide"}}
# ## Write the sum of the products

# %% exercise="weighted_sum" slide="code"
def weighted_sum(x, w, b):
    """One neuron."""
    ### BEGIN SOLUTION
    {IN_ANSWER} = np.dot(x, w) + b
    return {IN_ANSWER}
    ### END SOLUTION

# %% check="weighted_sum"
ex.weighted_sum.check(weighted_sum)

# %% [markdown] tags=["slide-only"] slideshow={{"slide_type": "slide"}}
# ## Live coding: watch the bias move the line

# %% slide="live"
for b in (0, 1):
    print(b)

# %% [markdown] tags=["slide-only"] slideshow={{"slide_type": "slide"}}
# ## Ask the room: what is wrong here?
#
# ```python
# np.dot(x, w)
# ```

# %% [markdown] tags=["slide-only"] slide="answer"
# Nothing, {IN_STEP}.

# %% [markdown] tags=["slide-only"] slideshow={{"slide_type": "slide"}}
# ## Quiz: what is left of it?

# %% [markdown] quiz="zero" slide="quiz"
# **Quiz 1.** What is $z$ when all weights are 0?
#
# - [ ] 0 :: The bias is still added.
# - [x] $b$ :: The products are all 0, {IN_QUIZ}.
# - [ ] 1 :: Nothing here makes a 1.
'''
PNG = base64.b64encode(
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (300).to_bytes(4, "big") + (200).to_bytes(4, "big")
).decode()


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """Writes a lesson of one exercise and returns its source and what a run of it put out."""
    entry = catalog.Lesson("01_neuron", 1, "A lesson", "", exercises=(catalog.Entry("weighted_sum", "The sum", 2, 5),))
    monkeypatch.setattr(catalog, "LESSONS", (entry,))

    def write(old: str = "", new: str = ""):
        assert old in LESSON
        path = tmp_path / "01_neuron.py"
        path.write_text(LESSON.replace(old, new), encoding="utf-8")
        return read(path), ran(alt="a line")

    return write


def ran(alt: str, text: str = "0.5\n") -> nbformat.NotebookNode:
    picture = new_output("display_data", {"image/png": PNG}, metadata={"image/png": {"alt": alt}})
    return new_notebook(cells=[new_code_cell("draw()", outputs=[new_output("stream", text=text), picture])])


# What marks become


def test_marks_become_slides_and_what_is_not_marked_stays_in_the_notebook(lesson):
    made = slides(*lesson())
    assert [slide.kind for slide in made] == ["title", "plain", "exercise", "live", "ask", "quiz"]
    assert [slide.title for slide in made][1:4] == [
        "The point of this slide",
        "Write the sum of the products",
        "Watch the bias move the line",
    ]
    assert [part.kind for part in made[1].parts] == ["text", "output", "figure"]
    assert made[1].parts[2].alt == "a line" and made[1].parts[2].size == (300, 200) and IN_NOTES in made[1].notes[0]
    assert IN_ANSWER not in made[2].parts[0].text and IN_ANSWER in made[2].parts[0].answer
    assert made[2].chip == "Exercise 1 · 5 minutes · 2 points"
    assert made[3].parts[0].text == "1. The point of this slide\nfor b in (0, 1):"
    assert "Only in the notebook" not in repr(made)


def test_an_output_and_a_figure_can_wait_for_the_next_key(lesson):
    def waiting(marks: str) -> list[tuple[str, bool]]:
        made = slides(*lesson('slide="output"', f'{marks} slideshow={{"slide_type": "fragment"}}'))
        assert titles(lesson()[0]) == [slide.title for slide in made]
        return [(part.kind, part.fragment) for part in made[1].parts]

    assert waiting('slide="output"') == [("text", False), ("output", True), ("figure", True)]
    assert waiting('slide="figure"') == [("text", False), ("figure", True)]
    assert waiting('slide="live output"') == [("text", False), ("live", False), ("output", True), ("figure", True)]
    assert waiting('slide="code output"') == [("text", False), ("code", False), ("output", True), ("figure", True)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("# ## Write the sum of the products", "# Write the sum", "first line is `## Title`"),
        ('slide="live"', 'slide="alive"', 'slide="alive"'),
        ('{"slide_type": "notes"}', '{"slide_type": "subslide"}', "not 'subslide'"),
        ("draw()", "draw_more()", "run `course build 01`"),
        ("# np.dot(x, w)\n", "# np.dot(x, w)\n" * 13, "13 lines of code"),
        ("# np.dot(x, w)\n", f"# {'x' * 81}\n", "a line of 81 characters"),
        (
            '# %% [markdown] slideshow={"slide_type": "slide"}\n# # A',
            "# %% [markdown]\n# # A",
            "before the first slide",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_file_and_line(lesson, old, new, words):
    with pytest.raises(LessonError) as told:
        slides(*lesson(old, new))
    assert words in str(told.value) and re.search(r"01_neuron\.py:\d+: ", str(told.value))


def test_output_that_is_too_long_and_a_figure_without_alt_are_named(lesson):
    source, _ = lesson()
    for out, words in ((ran("a", "x\n" * 15), "15 lines"), (ran("a", "x" * 81), "81 columns"), (ran(""), "alt text")):
        with pytest.raises(LessonError, match=words):
            slides(source, out)


def test_long_lines_are_broken_and_mean_the_same():
    code = 'def f(x):\n    """' + "word " * 25 + '"""\n    return x  # ' + "a comment that goes on and on " * 3 + "\n"
    assert max(map(len, fitted(code).splitlines())) <= 80 and "def f(x):" in fitted(code)
    call = f"result = function({', '.join(f'argument_{i}=value_{i}' for i in range(6))})"
    assert max(map(len, fitted(call).splitlines())) <= 80
    assert compile(fitted(call), "", "exec").co_code == compile(call, "", "exec").co_code


def test_type_is_never_smaller_than_the_smallest(lesson):
    for slide in slides(*lesson()):
        assert sizes(slide).text >= 28 and sizes(slide).code >= 23


# What is in the file


class Addresses(HTMLParser):
    """What a page would load: every address in an attribute that loads, and in its style sheets."""

    LOADS = ("src", "srcset", "poster", "data", "background", "xlink:href")

    def __init__(self) -> None:
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        attributes = dict(attrs)
        self.found += [attributes[name] for name in self.LOADS if attributes.get(name)]
        if tag in ("link", "use", "base"):
            self.found.append(attributes.get("href") or "")

    def handle_data(self, data):
        if self.inside == "style":
            self.found += [a or b for a, b in re.findall(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", data)]


@pytest.mark.parametrize("public", [True, False])
def test_a_deck_loads_nothing_from_anywhere(lesson, public):
    needs_packages()
    source, out = lesson()
    made = page(source.entry, slides(source, out), public)
    parser = Addresses()
    parser.feed(made)
    assert parser.found and not [address for address in parser.found if not address.startswith("data:")]
    assert "<!--pack:" not in made


def test_a_public_deck_holds_neither_notes_nor_answers_in_any_form(lesson):
    needs_packages()
    source, out = lesson()
    made = {public: page(source.entry, slides(source, out), public) for public in (True, False)}
    for sentinel in (IN_NOTES, IN_ANSWER, IN_QUIZ, IN_STEP):
        assert sentinel in texts(made[False]), "the sentinel is where it should be"
        assert sentinel not in texts(made[True])
        for form in base64_forms(sentinel):
            assert form not in made[True]
    assert "<aside" not in made[True].partition('<div class="slides">')[2].partition("<script>")[0]


def texts(page: str) -> str:
    """The page as it stands, then unescaped and without tags, then everything in base64 that is in it."""
    plain = html.unescape(re.sub(r"<[^>]*>", "", page))
    packed = []
    for run in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", page):
        packed.append(base64.b64decode(run[: len(run) // 4 * 4]).decode("latin-1"))
    return "\0".join([page, plain, *packed])


def base64_forms(text: str) -> list[str]:
    """The text in base64, as it looks at each of the three places where it may begin."""
    return [base64.b64encode(b"x" * n + text.encode())[n + (n > 0) : -4].decode() for n in range(3)]


def test_sentinels_would_be_found_in_base64():
    packed = base64.b64encode(b"ab" + IN_NOTES.encode() + b"cd").decode()
    assert IN_NOTES in texts(f"<img src='data:x;base64,{packed}'>")
    assert any(form in packed for form in base64_forms(IN_NOTES))


# Packages


def packed(version: str) -> tuple[bytes, npm.Package]:
    """A small package, and its pin."""
    import hashlib

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        info = tarfile.TarInfo("package/a.js")
        info.size = 2
        tar.addfile(info, io.BytesIO(b"ok"))
    digest = base64.b64encode(hashlib.sha512(out.getvalue()).digest()).decode()
    return out.getvalue(), npm.Package("@scope/small", version, f"sha512-{digest}")


class Answer:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def raise_for_status(self) -> None:
        pass


def test_a_package_is_downloaded_once_checked_and_kept(tmp_path, monkeypatch):
    import requests

    data, package = packed("1.0.0")
    asked = []
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    monkeypatch.setenv("npm_config_registry", "https://npm.example/mirror/")
    monkeypatch.setattr(requests, "get", lambda address, **_: asked.append(address) or Answer(data))
    assert [npm.file(package, "a.js"), npm.file(package, "a.js")] == [b"ok", b"ok"]
    assert asked == ["https://npm.example/mirror/@scope/small/-/small-1.0.0.tgz"]
    (tmp_path / "npm" / "small-1.0.0.tgz").write_bytes(b"spoilt")
    assert npm.file(package, "a.js") == b"ok" and len(asked) == 2


def test_a_package_that_is_not_what_was_pinned_is_refused(tmp_path, monkeypatch):
    import requests

    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    monkeypatch.setattr(requests, "get", lambda address, **_: Answer(b"something else"))
    with pytest.raises(npm.SlidesError, match="wrong checksum"):
        npm.file(packed("1.0.0")[1], "a.js")
    assert not list(tmp_path.rglob("*.tgz"))


def test_without_a_network_one_sentence_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "empty"))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    assert cli.main(["slides", "01", "-o", str(tmp_path / "decks")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("course: No network: cannot reach 127.0.0.1:9 for ") and said.count("\n") == 1
    assert not list((tmp_path / "decks").iterdir())


def test_without_chromium_one_sentence_says_how_to_get_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(browser, "find", lambda: None)
    assert cli.main(["slides", "01", "-o", str(tmp_path / "decks"), "--pdf"]) == 2
    said = capsys.readouterr().err
    assert "apt install chromium" in said and said.count("\n") == 1 and not (tmp_path / "decks").exists()


# The theme


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read_on_its_ground(mode):
    colours = theme.colours(mode)
    assert {name for names in theme.TEXT_ON.values() for name in names} | set(theme.TEXT_ON) <= set(colours)
    poor = {
        f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2)
        for ground, names in theme.TEXT_ON.items()
        for text in names
        if contrast(colours[text], colours[ground]) < 4.5
    }
    assert not poor


def test_the_themes_accents_are_the_figures_colours_made_readable():
    import colorsys

    def hue(colour: str) -> float:
        return colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]

    hues = [hue(colour) for colour in plots.COLOURS[:-1]]
    for mode, name in itertools.product(("light", "dark"), ("accent", "ask", "live", "quiz", "answer")):
        own = hue(theme.colours(mode)[name])
        assert min(min(abs(own - h), 1 - abs(own - h)) for h in hues) < 0.04, (mode, name)


# The lessons' decks


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lessons_deck_keeps_the_rules(path: Path):
    source = read(path)
    deck = load(Tree(settings.ROOT), source)
    assert problems(source.entry, deck) == []
