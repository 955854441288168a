"""For the tests that open notebooks in JupyterLab in Chromium: a server in a folder of its own, and a page with a notebook that has run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECONDS = 60  # for any one thing to happen; a slow machine is no failure


@contextmanager
def lab(folder: Path, **environment: str) -> Iterator[str]:
    """JupyterLab on `folder`, with nobody's settings; the address it answers at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        f"JUPYTER_{name}_DIR": str(folder / f".jupyter-{name.lower()}") for name in ("CONFIG", "DATA", "RUNTIME")
    } | {"JUPYTER_PLATFORM_DIRS": "1", "COURSE_PROGRESS": str(folder / "progress.jsonl")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    command += ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url=", "--ServerApp.log_level=WARN"]
    log = folder / "lab.log"
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **own, **environment})
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=5).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise AssertionError(
                        f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}"
                    ) from None
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(SECONDS)


def opened(browser: Any, address: str, notebook: str, width: int = 1280, height: int = 1000) -> Any:
    """A page with the notebook open in JupyterLab and its kernel ready."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(1000 * SECONDS)
    page.goto(f"{address}/doc/tree/{notebook}")
    page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    return page


def run_all(page: Any) -> None:
    """Runs all cells, and waits until the last has run."""
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        """() => {
            const cells = window.jupyterapp.shell.currentWidget.content.widgets;
            const code = cells.filter(cell => cell.model.type === 'code');
            return code.length && code.at(-1).model.executionCount !== null && code.at(-1).model.executionState !== 'running';
        }"""
    )


def closed(page: Any) -> None:
    """Ends the notebook's kernel and closes the page."""
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.context.close()
