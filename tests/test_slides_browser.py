"""Every deck in Chromium, offline: every slide fits, the network is not asked, the next key walks through, notes where they belong."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.authoring import settings
from course.authoring.build import Tree
from course.authoring.slides import browser
from course.authoring.slides.deck import Slide
from course.authoring.slides.decks import load
from course.authoring.slides.page import page
from course.authoring.source import read
from tests.deck_browser import axe, chromium, needs_chromium, needs_packages, opened, trouble
from tests.test_slides import LESSONS

DECKS = [pytest.param(path, id=path.stem) for path in LESSONS]
ONE = next(path for path in LESSONS if path.name.startswith("05"))


@pytest.fixture(scope="module")
def running():
    needs_chromium()
    needs_packages()
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def deck(tmp_path_factory):
    """Makes the deck of a lesson, once: its slides and its file."""
    folder, made = tmp_path_factory.mktemp("decks"), {}

    def of(path: Path, public: bool = False) -> tuple[list[Slide], Path]:
        if (path, public) not in made:
            source = read(path)
            slides, file = load(Tree(settings.ROOT), source), folder / f"{path.stem}-{public}.html"
            file.write_text(page(source.entry, slides, public), encoding="utf-8")
            made[path, public] = slides, file
        return made[path, public]

    return of


@pytest.mark.parametrize("path", DECKS)
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768)])
def test_every_slide_fits(running, deck, path, width, height):
    slides, file = deck(path)
    shown = opened(running, file, width, height)
    found = []
    for number in range(len(slides)):
        for fragment in (-1, 99):
            shown.evaluate(f"Reveal.slide({number}, 0, {fragment})")
            found += trouble(shown, smallest=18)
    shown.context.close()
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("slide.querySelector('h2').style.fontSize = '17px'", "type of 17.0 px"),
        ("slide.querySelector('p').style.marginTop = '560px'", "runs into the foot"),
        ("slide.querySelector('p').style.transform = 'translateX(900px)'", "cut off"),
        ("slide.querySelector('p').textContent = 'so $z = 1$'", "a formula as typed"),
        ("slide.querySelector('.part').style.marginTop = '-90px'", "overlap"),
        ("slide.querySelector('pre').style.cssText = 'overflow: hidden; height: 20px'", "scrolls: PRE"),
        ("slide.querySelector('.part').insertAdjacentHTML('beforeend', '<img src=\"data:,\" alt=x>')", "did not load"),
    ],
)
def test_what_does_not_fit_would_be_found(running, deck, spoil, words):
    slides, file = deck(ONE)
    number = next(i for i, slide in enumerate(slides) if slide.kind == "exercise")
    shown = opened(running, file)
    shown.evaluate(f"Reveal.slide({number})")
    assert trouble(shown, smallest=18) == []
    shown.evaluate(f"{{ const slide = Reveal.getCurrentSlide(); {spoil}; }}")
    shown.wait_for_timeout(50)
    assert words in "\n".join(trouble(shown, smallest=18))
    shown.context.close()


@pytest.mark.parametrize("path", DECKS)
def test_the_next_key_walks_through_all_and_the_network_is_not_asked(running, deck, path):
    slides, file = deck(path)
    shown = opened(running, file)
    met = [shown.evaluate("Reveal.getIndices().h")]
    for _ in range(3 * len(slides)):
        shown.keyboard.press("ArrowRight")
        met.append(shown.evaluate("Reveal.getIndices().h"))
    assert list(dict.fromkeys(met)) == list(range(len(slides)))
    assert all(0 <= b - a <= 1 for a, b in zip(met, met[1:], strict=False))
    assert shown.evaluate("Reveal.isLastSlide()") and not shown.evaluate("Reveal.availableFragments().next")
    assert not [address for address in shown.asked_for if not address.startswith(("file:", "data:", "blob:"))]
    assert len([address for address in shown.asked_for if address.startswith("file:")]) == 1
    assert shown.said == []
    shown.context.close()


@pytest.mark.parametrize("path", DECKS)
def test_notes_and_answers_are_the_instructors(running, deck, path):
    count = "e => document.querySelectorAll(e).length"
    slides, file = deck(path)
    shown = opened(running, file)
    assert shown.evaluate(count, "aside.notes") == len(slides)
    exercises = sum(part.kind == "exercise" for slide in slides for part in slide.parts)
    assert shown.evaluate(count, ".both .answer") == exercises
    for number, slide in enumerate(slides):
        if any(part.kind == "exercise" for part in slide.parts):
            shown.evaluate(f"Reveal.slide({number}, 0, 99)")
            last = "Reveal.getCurrentSlide().querySelector('.fragment.current-fragment.answer').innerText"
            assert shown.evaluate(last).strip() and not shown.evaluate("Reveal.availableFragments().next")
    shown.context.close()
    shown = opened(running, deck(path, public=True)[1])
    assert shown.evaluate(count, "aside.notes") == shown.evaluate(count, ".answer") == 0
    shown.context.close()


def test_the_speakers_window_shows_the_notes_and_follows(running, deck):
    slides, file = deck(ONE)
    notes = "document.querySelector('.speaker-controls-notes .value').innerText"
    shown = opened(running, file)
    with shown.expect_popup() as window:
        shown.keyboard.press("s")
    speaker = window.value
    for slide in slides[:2]:
        expected = slide.notes[0].split("**")[1]
        for _ in range(300):  # it opens the deck twice, to show this slide and the next
            if expected in (said := speaker.evaluate(notes)):
                break
            speaker.wait_for_timeout(100)
        assert expected in said
        shown.keyboard.press("ArrowRight")
    assert not [address for address in shown.asked_for if not address.startswith(("file:", "data:", "blob:", "about:"))]
    shown.context.close()


def test_d_changes_between_light_and_dark(running, deck):
    shown = opened(running, deck(ONE)[1], scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = shown.evaluate(paper)
    shown.keyboard.press("d")
    light = shown.evaluate(paper)
    shown.keyboard.press("d")
    assert (light, shown.evaluate(paper)) == ("rgb(255, 255, 255)", dark) and dark != light
    shown.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(running, deck, scheme):
    slides, file = deck(ONE)
    shown = opened(running, file, scheme=scheme)
    found = {}
    for number in range(len(slides)):
        shown.evaluate(f"Reveal.slide({number}, 0, 99)")
        for finding in axe(shown):
            found.setdefault(finding["id"], []).append((number + 1, finding["nodes"][0]["html"][:200]))
    shown.context.close()
    assert found == {}


@pytest.mark.parametrize("path", DECKS)
def test_a_pdf_has_a_page_for_each_slide_and_none_is_blank(deck, path, tmp_path):
    needs_chromium()
    needs_packages()
    slides, file = deck(path)
    browser.to_pdf(file, tmp_path / "deck.pdf", len(slides))  # raises where pages and slides differ
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(tmp_path / "deck.pdf")
    assert len(document) == len(slides)
    for number, slide in enumerate(slides):
        assert document[number].get_size() == (960, 540)
        words = document[number].get_textpage().get_text_range()
        assert words.split(), f"no text on page {number + 1}, {slide.title}"
        picture = document[number].render(scale=0.25).to_pil().convert("L")
        assert sum(picture.histogram()[:128]) > 100, f"page {number + 1} is blank: {slide.title}"
    document.close()
