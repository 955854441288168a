"""Pictures of decks, to be looked at: `python tools/contact_sheet.py DECK.html ... -o DIR` makes one PNG of each.

Needs Chromium and playwright.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course.authoring.slides import browser


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("decks", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--columns", type=int, default=3)
    parser.add_argument("--width", type=int, default=640, help="of one slide, in pixels")
    parser.add_argument("--only", type=int, nargs="*", help="these slides, counting from 1")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--solved", action="store_true", help="with the last fragments shown")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    width, height = map(int, chosen.size.split("x"))
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser.needed(), args=browser.arguments())
        for deck in chosen.decks:
            scheme = "dark" if chosen.dark else "light"
            page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(deck.resolve().as_uri())
            while not page.evaluate("document.documentElement.dataset.ready === 'yes'"):
                page.wait_for_timeout(100)
            page.add_style_tag(content=".reveal .slides .fragment { transition: none !important; }")
            pictures = []
            for number in range(page.evaluate("Reveal.getTotalSlides()")):
                if chosen.only and number + 1 not in chosen.only:
                    continue
                page.evaluate(f"Reveal.slide({number}, 0, {99 if chosen.solved else -1})")
                page.wait_for_timeout(60)
                picture = Image.open(io.BytesIO(page.screenshot()))
                small = (chosen.width, chosen.width * height // width)
                pictures.append(picture.convert("RGB").resize(small, Image.Resampling.LANCZOS))
            columns = min(chosen.columns, len(pictures))
            rows = -(-len(pictures) // columns)
            w, h = pictures[0].size
            sheet = Image.new("RGB", (columns * (w + 8) + 8, rows * (h + 8) + 8), (120, 120, 120))
            for place, picture in enumerate(pictures):
                sheet.paste(picture, (8 + place % columns * (w + 8), 8 + place // columns * (h + 8)))
            name = deck.name.removesuffix(".html") + ("-dark" if chosen.dark else "") + ".png"
            sheet.save(chosen.out / name, optimize=True)
            print(chosen.out / name)
            page.close()
        chromium.close()


if __name__ == "__main__":
    main()
