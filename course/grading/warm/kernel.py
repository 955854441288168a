"""What a forked child does to be one submission's kernel: a keeper outside of the jail, and the kernel itself inside.

The keeper's connection is the kernel's life-line: bytes that come in are signals to hand on; its end means that nobody wants the kernel
any more. The keeper answers {"pid": ...} when the kernel can be reached, and {"exit": ...} when it has ended.
"""

from __future__ import annotations

# What a kernel needs is imported here, once. No operation is run: TensorFlow would start threads, which a fork does not take along.
import importlib
import json
import os
import pkgutil
import random
import select
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import ipykernel.kernelapp
import keras  # noqa: F401
import matplotlib.pyplot
import numpy as np
import tensorflow  # noqa: F401

import course.exercises
from course.checking import printout  # noqa: F401
from course.grading.warm.jail import FOLDERS, HOME, Jail
from course.grading.warm.limits import MB, Limits, become_nobody, forbid_system_calls
from course.grading.warm.server import die_with_parent, receive, send

for _found in pkgutil.iter_modules(course.exercises.__path__, "course.exercises."):
    importlib.import_module(_found.name)

_LOOK = 0.5  # seconds between two looks at the memory in use
_SOCKETS = 5  # of a Jupyter kernel
_START_UP = 50  # seconds for it to open them; nbval waits 60
_OF_A_FILE, _OF_A_SOCKET = 1024, 1 << 18  # bytes of the system's memory that an empty file and a full socket take
_FEW = 64  # sockets that every kernel has, and which are never full
_FIRST_USER = 0x40000000  # user ids that no account has; one for each kernel where the grader is root


def keep(connection: socket.socket) -> None:
    """Starts the kernel that the first message asks for and looks after it until it ends or nobody wants it.

    The message: connection (as in a connection file), folder (where its sockets lie), cwd, environment, and for a jail hidden and limits.
    """
    asked = receive(connection)
    folder = Path(asked["folder"])
    jail = limits = None
    user = _FIRST_USER + os.getpid() if os.geteuid() == 0 else None
    if asked["jailed"]:
        limits = Limits(**asked["limits"])
        jail = Jail(folder, asked.pop("hidden"), limits)
        if user is not None:
            os.chown(folder, user, user)
        jail.enter()
    process = os.fork()
    if process == 0:
        connection.close()
        _be_kernel(asked, user, jail, limits)
    try:
        _look_after(process, connection, jail, folder, limits)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(process, 0)  # a jail ends only when no process of it is left, not even a dead one
        if jail:
            jail.end()


def _look_after(
    process: int, connection: socket.socket, jail: Jail | None, folder: Path, limits: Limits | None
) -> None:
    handle = os.pidfd_open(process)
    if not _is_ready(handle, connection, folder):
        return
    if jail:
        jail.close()
    send(connection, {"pid": process})
    while True:
        ready, _, _ = select.select([handle, connection], [], [], _LOOK)
        if handle in ready:
            _, status = os.waitpid(process, 0)
            send(connection, {"exit": os.waitstatus_to_exitcode(status), "why": ""})
            return
        if connection in ready:
            signals = connection.recv(16)
            if not signals:
                return
            for number in signals:
                signal.pidfd_send_signal(handle, number)
        if limits and _memory() > limits.memory:
            send(connection, {"exit": -signal.SIGKILL, "why": f"it took more than {limits.memory // MB} MB of memory"})
            return


def _is_ready(handle: int, connection: socket.socket, folder: Path) -> bool:
    """Waits until the kernel's sockets are there; False when it ends before or nobody wants it any more."""
    end = time.monotonic() + _START_UP
    while time.monotonic() < end:
        if len(os.listdir(folder)) >= _SOCKETS:
            return True
        ready, _, _ = select.select([handle, connection], [], [], 0.01)
        if ready:
            return False
    return False


def _memory() -> int:
    """Bytes that the jail takes up: its processes, what the system keeps about them, its files, which lie in memory, and its sockets."""
    total = sum(_of_process(Path("/proc", name)) for name in os.listdir("/proc") if name.isdecimal())
    for folder in FOLDERS:
        state = os.statvfs(folder)
        total += (state.f_blocks - state.f_bfree) * state.f_frsize + (state.f_files - state.f_ffree) * _OF_A_FILE
    with suppress(OSError, ValueError):
        used = Path("/proc/1/net/sockstat").read_text(encoding="ascii").split(maxsplit=3)[2]  # sockets: used 12
        total += max(0, int(used) - _FEW) * _OF_A_SOCKET
    return total


def _of_process(folder: Path) -> int:
    """Bytes that a process takes up, with its page tables; what it shares counts in part, so that all shares make one."""
    try:
        status = dict(line.split(b":", 1) for line in (folder / "status").read_bytes().splitlines())
        tables = int(status.get(b"VmPTE", b"0 kB").split()[0])
        try:
            lines = (folder / "smaps_rollup").read_bytes().splitlines()
            own = next(int(line.split()[1]) for line in lines if line.startswith(b"Pss:"))
        except (OSError, StopIteration):  # it hides from others, or has no memory any more
            own = sum(int(status.get(kind, b"0 kB").split()[0]) for kind in (b"RssAnon", b"RssShmem"))
        return (own + tables) * 1024
    except (OSError, ValueError):  # it has ended
        return 0


def _be_kernel(asked: dict[str, Any], user: int | None, jail: Jail | None, limits: Limits | None) -> NoReturn:
    """Turns this process, which is in the jail if there is one, into a Jupyter kernel."""
    status = 1
    try:
        os.setsid()
        if jail:
            jail.settle()
        die_with_parent()
        home = HOME if limits else asked["environment"]["HOME"]
        os.environ.clear()
        os.environ.update(asked["environment"])
        if limits:
            os.environ.update(HOME=HOME, TMPDIR="/tmp", MPLCONFIGDIR=HOME)
            with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
                score.write("1000")  # if the machine runs out of memory, this goes first
        tempfile.tempdir = None  # it was looked up before
        os.chdir(home if limits else asked["cwd"])
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(nowhere, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        file = os.path.join(home, f".kernel-{os.getpid()}.json")
        if limits:
            become_nobody(user)
            limits.apply()
            die_with_parent()  # changing the user id undid it
            forbid_system_calls()
        with open(file, "w", encoding="utf-8") as out:
            json.dump(asked["connection"], out)
        random.seed()
        np.random.seed()
        inline = "module://matplotlib_inline.backend_inline"  # what ipykernel would choose
        matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND", inline)
        sys.argv = ["ipykernel_launcher", "-f", file]
        app = ipykernel.kernelapp.IPKernelApp.instance()
        app.initialize([*sys.argv[1:], "--HistoryManager.enabled=False"])
        os.unlink(file)
        app.start()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(status)
