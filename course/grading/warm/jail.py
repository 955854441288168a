"""Bubblewrap's jail around one kernel, and the way in for a process that was forked outside.

bubblewrap makes the jail and starts a process in it that does nothing; the forked process then joins its namespaces (setns). So the
jail is bubblewrap's, and the kernel is warm all the same.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import site
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from course.data.paths import PACKAGE, cache_folder, datasets_folder
from course.grading.warm import HERE
from course.grading.warm.limits import Limits, libseccomp

HOME = "/home/learner"  # in the jail
FOLDERS = ("/dev/shm", "/tmp", HOME)  # in the jail, where one can write; each a file system in memory
_PROGRAM = "bwrap"
_HOW = "On Debian and Ubuntu: apt install bubblewrap libseccomp2; on Fedora: dnf install bubblewrap libseccomp"
# Of /etc, what programs and libraries look up there, and nothing of this machine's accounts or keys.
_ETC = "ld.so.cache ld.so.conf ld.so.conf.d alternatives localtime timezone fonts mime.types nsswitch.conf"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_NAMESPACES = (
    0x00020000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000
)  # mount, process ids, network, ipc, host name
_USER_NAMESPACE = 0x10000000
_GET_USER_NAMESPACE = 0xB701  # ioctl_ns(2): the user namespace that a namespace belongs to
_REMOUNT_READ_ONLY = 1 | 2 | 4 | 32 | 4096  # read-only, no set-user-id programs, no devices; of this mount alone


def missing() -> str:
    """Why there can be no sandbox on this machine, and what to do; "" when there can be one."""
    if not HERE:
        return "The sandbox needs Linux. To grade here without one, submitted code running with your rights, add --no-sandbox."
    without = "To grade without one, submitted code running with your rights, add --no-sandbox."
    if not shutil.which(_PROGRAM):
        return f"There is no bubblewrap (bwrap), the sandbox that submissions run in. {_HOW}. {without}"
    try:
        libseccomp()
    except OSError:
        return f"There is no libseccomp, which the sandbox needs. {_HOW}. {without}"
    tried = subprocess.run(
        [_PROGRAM, *_isolation(), "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if tried.returncode:
        said = (tried.stderr.strip().splitlines() or ["it gives no reason"])[-1]
        return (
            f"bubblewrap cannot make a sandbox here ({said}). In a container, allow it user namespaces "
            f"(docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined); on Ubuntu 24.04 see "
            f"docs/grading.md. {without}"
        )
    return ""


def _isolation() -> list[str]:
    """Namespaces of its own. Root needs no user namespace: each kernel gets a user id of its own instead."""
    listed = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    listed.append("--die-with-parent")
    return listed if os.geteuid() == 0 else [*listed, "--unshare-user", "--uid", "1000", "--gid", "1000"]


class Jail:
    """One jail, made when this is, gone with `end` or with the process that made it."""

    def __init__(self, shared: Path, hidden: list[str], limits: Limits) -> None:
        """shared: the one folder that is inside and outside the same, writable until `close`. hidden: folders that must not be seen,
        wherever they lie. Raises OSError when it cannot be made."""
        says, info = os.pipe()
        stay, ours = os.pipe()
        command = [_PROGRAM, *_isolation(), *_view(shared, hidden, limits), "--info-fd", str(info)]
        self.process = subprocess.Popen(
            [*command, "sh", "-c", "echo; exec cat"],  # tells that the jail stands, and stays until the pipe ends
            stdin=stay,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=[info],
            env={"PATH": "/usr/bin:/bin"},
        )
        self._ours = ours
        os.close(info)
        os.close(stay)
        assert self.process.stdout
        stands = self.process.stdout.read(1) == b"\n"
        text = os.read(says, 4096) if stands else b""  # all of it is there; its end would not come before the jail's
        os.close(says)
        if not stands:
            self.process.wait()
            raise OSError("bubblewrap could not make the jail")
        init = json.loads(text)["child-pid"]
        self._init = os.pidfd_open(init)
        self._users: tuple[int, int] | None = None
        if os.geteuid() != 0:
            import fcntl  # not on Windows

            # bubblewrap mounts in one user namespace and goes on in another inside it: the keeper needs the first, to mount.
            mounts = os.open(f"/proc/{init}/ns/mnt", os.O_RDONLY)
            self._users = (fcntl.ioctl(mounts, _GET_USER_NAMESPACE), os.open(f"/proc/{init}/ns/user", os.O_RDONLY))
            os.close(mounts)
        self._shared = shared

    def enter(self) -> None:
        """Moves this process into the jail; its next child will have a process id there. For good."""
        if self._users:
            _join(self._users[0], _USER_NAMESPACE)
        _join(self._init, _NAMESPACES)
        os.chdir("/")

    def settle(self) -> None:
        """Moves this process, which is in the jail, to where it has no rights over the jail's mounts. For good."""
        if self._users and not os.path.sameopenfile(*self._users):
            _join(self._users[1], _USER_NAMESPACE)

    def close(self) -> None:
        """Makes the shared folder read-only in the jail, when it holds what it must hold. To be called inside, with privileges."""
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mount(None, os.fsencode(self._shared), None, _REMOUNT_READ_ONLY, None):
            raise OSError(ctypes.get_errno(), "the shared folder could not be closed")

    def end(self) -> None:
        """Ends every process in the jail."""
        import signal

        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._init, signal.SIGKILL)
        for number in (self._init, self._ours, *(self._users or ())):
            with suppress(OSError):
                os.close(number)
        self.process.wait()


def _join(namespace: int, kinds: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(namespace, kinds):
        raise OSError(ctypes.get_errno(), "the jail could not be entered")


def _view(shared: Path, hidden: list[str], limits: Limits) -> list[str]:
    """What can be seen in the jail: system and Python, the course without its recorded answers, and empty folders to write in."""
    options = ["--proc", "/proc", "--dev", "/dev"]
    for folder in FOLDERS:  # first: what is shown may lie in them
        options += ["--perms", "1777", "--size", str(limits.disk), "--tmpfs", folder]
    shown: list[str] = []
    made = {Path(folder) for folder in ("/tmp", HOME, *Path(HOME).parents)}

    def make_way(path: str) -> None:
        """Folders above that others than root may pass through."""
        for folder in reversed(Path(path).parents[:-1]):
            if folder not in made and not any(_is_under(str(folder), other) for other in shown):
                made.add(folder)
                options.extend(["--perms", "0755", "--dir", str(folder)])

    def show(path: str) -> None:
        if not any(_is_under(path, other) for other in shown) and (os.path.isdir(path) or os.path.isfile(path)):
            make_way(path)
            shown.append(path)
            options.extend(["--ro-bind", path, path])

    for path in _SYSTEM:
        if os.path.islink(path):
            options += ["--symlink", os.readlink(path), path]
        else:
            show(path)
    for name in _ETC.split():
        show(f"/etc/{name}")
    for path in _pythons():
        show(path)
    for folder in (PACKAGE, datasets_folder(), cache_folder()):
        show(os.path.realpath(folder))
    for folder in [str(PACKAGE / "records"), *hidden]:
        path = os.path.realpath(folder)
        if any(_is_under(path, other) for other in shown) and os.path.isdir(path):
            options += ["--tmpfs", path, "--remount-ro", path]
    make_way(str(shared))
    options += ["--bind", str(shared), str(shared), "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
    return [*options, "--hostname", "course"]


def in_sight(folders: Sequence[Path]) -> list[str]:
    """Those of the folders that a jail shows unless they are hidden: of the others it need not even hear the names."""
    shown = [
        *_SYSTEM,
        *_pythons(),
        *(os.path.realpath(folder) for folder in (PACKAGE, datasets_folder(), cache_folder())),
    ]
    paths = {os.path.realpath(folder) for folder in folders}
    return sorted(path for path in paths if any(_is_under(path, other) for other in shown))


def _pythons() -> list[str]:
    """The folders that this Python and its packages lie in."""
    folders = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, *site.getsitepackages()]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    found = {os.path.realpath(folder) for folder in folders} | set(folders)
    found |= {os.path.dirname(os.path.realpath(sys.executable))}
    return sorted(folder for folder in found if not _is_wide(folder))


def _is_under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")


def _is_wide(folder: str) -> bool:
    """Whether showing it would show the system's root or somebody's home."""
    return folder in ("/", "/home", os.path.expanduser("~")) or folder == "/usr" or folder.startswith("/usr/")
