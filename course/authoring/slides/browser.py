"""Chromium, for what only a browser can do: printing a deck."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from course.authoring.slides.npm import SlidesError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
SECONDS = 120
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of Chromium or of one of its relatives; $CHROMIUM first. None where there is none."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next(filter(None, map(shutil.which, NAMES)), None) or next((p for p in PLACES if Path(p).exists()), None)


def arguments() -> list[str]:
    """What Chromium is started with. Its own sandbox does not run as root."""
    return [*QUIET, *(["--no-sandbox"] if sys.platform == "linux" and os.geteuid() == 0 else [])]


def needed() -> str:
    """The path of Chromium. Raises SlidesError, with how to get it, where there is none."""
    found = find()
    if not found:
        raise SlidesError(
            "There is no Chromium or Chrome to print with: install it (Debian, Ubuntu: `sudo apt install chromium`; others: "
            "https://www.chromium.org/getting-involved/download-chromium/), or set CHROMIUM to its path, or leave out --pdf."
        )
    return found


def to_pdf(deck: Path, pdf: Path, slides: int) -> None:
    """Prints a deck, a page for each slide, once it says that it is ready.

    Raises SlidesError when Chromium fails or the pages are not as many as the slides.
    """
    chromium = needed()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [chromium, *arguments(), f"--user-data-dir={folder}", "--remote-debugging-port=0", "about:blank"]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            printing = asyncio.wait_for(_printed(Path(folder), f"{deck.resolve().as_uri()}?print-pdf"), SECONDS)
            with ThreadPoolExecutor(1) as apart:  # a notebook that calls this has an event loop running already
                printed = apart.submit(asyncio.run, printing).result()
        except TimeoutError:
            raise SlidesError(f"{chromium} did not print {deck.name} in {SECONDS} seconds.") from None
        except OSError as problem:
            raise SlidesError(f"{chromium} did not print {deck.name}: {problem}.") from None
        finally:
            running.terminate()
            running.wait()
    if pages(printed) != slides:
        raise SlidesError(
            f"{deck.name} has {slides} slides and its PDF {pages(printed)} pages: please report this with the deck."
        )
    temporary = pdf.with_name(f"{pdf.name}.{os.getpid()}.tmp")
    temporary.write_bytes(printed)
    temporary.replace(pdf)


async def _printed(profile: Path, address: str) -> bytes:
    """The PDF of a page, from the Chromium that runs with this profile, over its DevTools protocol.

    `chromium --print-to-pdf` would print when the page is loaded, which is before its formulas are set.
    """
    from tornado.httpclient import AsyncHTTPClient
    from tornado.websocket import websocket_connect

    port = profile / "DevToolsActivePort"  # Chromium writes it when it listens
    while not port.exists() or not port.read_text(encoding="utf-8").strip():
        await asyncio.sleep(0.05)
    host = f"http://127.0.0.1:{port.read_text(encoding='utf-8').split()[0]}"
    listed = await AsyncHTTPClient().fetch(f"{host}/json/list")
    tab = next(target for target in json.loads(listed.body) if target["type"] == "page")
    socket = await websocket_connect(tab["webSocketDebuggerUrl"], max_message_size=1 << 30)
    numbers = itertools.count(1)

    async def call(method: str, **parameters: Any) -> dict[str, Any]:
        number = next(numbers)
        await socket.write_message(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            said = await socket.read_message()
            if said is None:
                raise OSError("it went away")
            answer = json.loads(said)
            if answer.get("id") == number:
                if "error" in answer:
                    raise OSError(answer["error"]["message"])
                return answer["result"]

    try:
        await call("Page.navigate", url=address)
        ready = {"expression": "document.documentElement.dataset.ready === 'yes'"}
        while (await call("Runtime.evaluate", **ready))["result"].get("value") is not True:
            await asyncio.sleep(0.1)
        return base64.b64decode((await call("Page.printToPDF", printBackground=True, preferCSSPageSize=True))["data"])
    finally:
        socket.close()


def pages(data: bytes) -> int:
    """The number of pages of a PDF that Chromium wrote."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))
