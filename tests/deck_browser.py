"""For the tests that open decks in Chromium: a browser without a network, and what it measures on a slide."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from course.authoring.slides import browser, npm


def needs_packages() -> None:
    """Skips a test where reveal.js and the rest are neither kept nor to be had."""
    try:
        for package in (npm.REVEAL, npm.MATHJAX, npm.TEXT_FONT, npm.CODE_FONT):
            npm.file(package, "package.json")
    except npm.SlidesError as problem:
        pytest.skip(str(problem))


def needs_chromium() -> None:
    """Skips a test where there is no Chromium, or no playwright to drive it."""
    pytest.importorskip("playwright", reason="playwright is not installed: pip install playwright")
    if not browser.find():
        pytest.skip("there is no Chromium: apt-get install chromium, or set CHROMIUM to its path")


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=browser.find(), args=browser.arguments())
        yield running
        running.close()


def opened(running: Any, deck: Path, width: int = 1280, height: int = 720, scheme: str = "light") -> Any:
    """A page with the deck, in a context that is offline. page.asked_for: what it asked the network for; page.said: errors."""
    context = running.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, offline=True)
    page = context.new_page()
    page.asked_for, page.said = [], []
    page.on("request", lambda request: page.asked_for.append(request.url))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("console", lambda line: page.said.append(line.text) if line.type in ("error", "warning") else None)
    page.goto(deck.resolve().as_uri())
    wait_until_ready(page)
    page.add_style_tag(content=".reveal .slides .fragment { transition: none !important; }")
    return page


def wait_until_ready(page: Any) -> None:
    """Waits until the deck says that it is ready. (playwright's own waiting evaluates text, which decks forbid.)"""
    for _ in range(600):
        if page.evaluate("document.documentElement.dataset.ready === 'yes'"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url} was not ready in a minute")


def trouble(page: Any, smallest: float) -> list[str]:
    """What is wrong with the slide on screen, one line each. smallest: type in pixels as projected."""
    return page.evaluate(_LOOK, smallest)


_LOOK = (Path(__file__).parent / "slide_trouble.js").read_text(encoding="utf-8")


def axe(page: Any) -> list[dict[str, Any]]:
    """What axe-core finds on the slide on screen; skips the test where axe-core is not to be had."""
    package = npm.Package(
        "axe-core",
        "4.14.1",
        "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    )
    if not page.evaluate("typeof axe !== 'undefined'"):
        try:
            page.evaluate(npm.file(package, "axe.min.js").decode())
        except npm.SlidesError as problem:
            pytest.skip(str(problem))
    return page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")


def make_deck(lesson: str, folder: Path, *options: str) -> Path:
    """The deck that `course slides` makes; its path."""
    command = [sys.executable, "-m", "course", "slides", lesson, "-o", str(folder), *options]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return Path(ran.stdout.split(": ")[0])


def main() -> None:
    """`python -m tests.deck_browser DECK ...`: what is wrong with decks, and what axe-core finds."""
    for deck in map(Path, sys.argv[1:]):
        well = True
        with chromium() as running:
            for width, height in ((1280, 720), (1024, 768)):
                page = opened(running, deck, width, height)
                for number in range(page.evaluate("Reveal.getTotalSlides()")):
                    page.evaluate(f"Reveal.slide({number}, 0, 99)")
                    for line in trouble(page, 18):
                        well = False
                        print(f"{deck.name} {width}x{height} slide {number + 1}: {line}")
            met: dict[str, int] = {}
            for scheme in ("light", "dark"):
                page = opened(running, deck, scheme=scheme)
                for number in range(page.evaluate("Reveal.getTotalSlides()")):
                    page.evaluate(f"Reveal.slide({number}, 0, 99)")
                    for finding in axe(page):
                        nodes = [node["html"][:150] for node in finding["nodes"]]
                        text = json.dumps([scheme, finding["impact"], finding["id"], nodes])
                        met[text] = met.get(text, 0) + 1
            for text, times in met.items():
                print(f"{deck.name} axe {times}x {text}")
            if well and not met:
                print(f"{deck.name}: everything fits, and axe-core finds nothing")


if __name__ == "__main__":
    main()
