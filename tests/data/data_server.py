"""A web server on this machine that misbehaves on demand, and small files for it to serve."""

import io
import tarfile
import threading
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """Answers a path as `answers` says, anything else with 404; `asked` lists the paths it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.stopped = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def add(self, path: str, answer: Answer | bytes) -> str:
        """Answer path so from now on; the URL is returned."""
        self.answers[path] = whole(answer) if isinstance(answer, bytes) else answer
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def stop(self) -> None:
        self.stopped.set()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.send_error(404)
        else:
            answer(self)

    def log_message(self, *args) -> None:
        pass


def head(handler: BaseHTTPRequestHandler, length: int | None, kind: str = "application/octet-stream") -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    if length is not None:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()


def whole(body: bytes, kind: str = "application/octet-stream") -> Answer:
    """The body, as it should be."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        head(handler, len(body), kind)
        handler.wfile.write(body)

    return answer


def cut(body: bytes, tell_length: bool) -> Answer:
    """Half of the body, then the connection is closed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        head(handler, len(body) if tell_length else None)
        handler.wfile.write(body[: len(body) // 2])

    return answer


def stall(body: bytes, sent: threading.Event | None = None) -> Answer:
    """Half of the body, then nothing more, with the connection left open."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        head(handler, len(body))
        handler.wfile.write(body[: len(body) // 2])
        if sent:
            sent.set()
        handler.server.stopped.wait(30)

    return answer


NUMBERS = " ".join(["0.25"] * 50)
TEXT = "".join(f"{word} {NUMBERS}\n" for word in ("the", "caf\u00e9", "a\u0085b")).encode() * 600  # several chunks
TREE = {f"tree/{part}/{label}/{n}_7.txt": f"{part} {label} {n}: tr\u00e8s<br /><br />bien" for part in ("train", "test")
        for label in ("neg", "pos") for n in range(4)}  # fmt: skip


def tarred(texts: dict[str, str], links: dict[str, str] | None = None) -> bytes:
    """A .tar.gz of these texts, and of links to these places."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as packed:
        for name, place in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, place
            packed.addfile(member)
        for name, text in texts.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            packed.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def zipped(contents: dict[str, bytes]) -> bytes:
    """A .zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in contents.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def files(folder: Path) -> list[str]:
    """What a folder holds, whole paths below it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
