"""A process that has imported what takes long and forks a fresh child for each connection, and the handle by which others use it."""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from course.grading import GradingError

_START_UP = 120  # seconds for the imports, on a busy machine
_PR_SET_PDEATHSIG = 1


class Server:
    """A running server; `stop` ends it and all that it forked, and so does the end of the process that started it.

    address: of the socket that children are asked for at, a path that other processes may use too. folder: for what goes with it.
    """

    def __init__(self, target: str, environment: dict[str, str]) -> None:
        """target: "module:function", which a child calls with its connection."""
        self._temporary = tempfile.TemporaryDirectory(
            prefix="course-warm-", dir=_short_folder(), ignore_cleanup_errors=True
        )
        self.folder = self._temporary.name
        self.address = os.path.join(self.folder, "server")
        self._is_ready = False
        with socket.socket(socket.AF_UNIX) as listener, open(self._errors(), "wb") as errors:
            listener.bind(self.address)
            listener.listen(64)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "course.grading.warm.server", target, str(listener.fileno())],
                stdin=subprocess.PIPE,  # its end tells the server that we have gone
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=self.folder,
                env={**environment, "HOME": self.folder, "TMPDIR": self.folder},  # what it imports leaves caches there
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )

    def _errors(self) -> Path:
        return Path(self.folder) / "stderr.txt"

    def wait(self) -> None:
        """Waits until the imports are done. Raises GradingError when they fail."""
        said = self._process.stdout
        assert said
        if self._is_ready:
            return
        ready, _, _ = select.select([said], [], [], _START_UP)
        if not ready or said.readline() != b"ready\n":
            self._process.kill()
            errors = self._errors().read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise GradingError(f"The warm process could not be started: {(errors or ['it took too long'])[-1]}")
        self._is_ready = True

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def connect(self) -> socket.socket:
        """A connection to a fresh child. Raises OSError when the server has gone."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._temporary.cleanup()


def die_with_parent() -> None:
    """Has the kernel send this process SIGKILL when the thread that forked it ends."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def serve(listener: socket.socket, target: Callable[[socket.socket], None]) -> None:
    """Forks a child for each connection, until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children: their connections tell of their end
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's to answer
    gc.collect()
    gc.freeze()  # a child's collector need not look at, and so copy, what was there before it
    while True:
        ready, _, _ = select.select([listener, 0], [], [])
        if 0 in ready:
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            _child(listener, connection, target)
        connection.close()


def _child(listener: socket.socket, connection: socket.socket, target: Callable[[socket.socket], None]) -> NoReturn:
    status = 1
    try:
        die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        listener.close()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        os.close(nowhere)
        target(connection)
        status = 0
    finally:
        os._exit(status)


def _short_folder() -> str | None:
    """A folder for sockets, whose paths may hold no more than 107 bytes; None for the usual one."""
    return "/tmp" if len(os.fsencode(tempfile.gettempdir())) > 60 else None


def receive(connection: socket.socket) -> dict:
    """One message: a line of JSON. Raises OSError when the other side has gone before its end."""
    line = bytearray()
    while not line.endswith(b"\n"):
        chunk = connection.recv(65536)
        if not chunk:
            raise ConnectionResetError("the other side has gone")
        line += chunk
    return json.loads(line)


def send(connection: socket.socket, message: dict) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


def main() -> None:
    module, _, name = sys.argv[1].partition(":")
    imported = importlib.import_module(module)
    target = getattr(imported, name)
    if hasattr(imported, "warm_up"):
        imported.warm_up()
    if _threads() > 1:  # a lock that another thread holds would be held in each child for ever
        raise SystemExit("the imports left a thread behind")
    with socket.socket(fileno=int(sys.argv[2])) as listener:
        os.write(1, b"ready\n")
        serve(listener, target)


if __name__ == "__main__":
    main()
