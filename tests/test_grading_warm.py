"""Warm kernels and the jail around them: nothing leaks from one submission to the next, nothing gets out, and every end is clean."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.data.paths import PACKAGE
from course.grading import GradingError
from course.grading.grade import grade
from course.grading.judge import Judge, Result, Stopped
from course.grading.warm import HERE, jail
from course.grading.warm.limits import MB, Limits

pytestmark = pytest.mark.skipif(bool(jail.missing()), reason=jail.missing() or "there is a sandbox")

LIMITS = Limits(memory=1500 * MB, disk=8 * MB, file=4 * MB, processes=64)
TIMEOUT = 5
HOARDERS = """\
import os, time
for _ in range(6):
    if os.fork() == 0:
        hoard = b'1' * 400_000_000
        time.sleep(60)
time.sleep(60)"""


@pytest.fixture(scope="module", autouse=True)
def own() -> Iterator[str]:
    """A temporary folder of our own, by whose name our processes are known."""
    with tempfile.TemporaryDirectory(prefix="cw-", dir="/tmp") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", folder)
        yield folder


@pytest.fixture(scope="module")
def judge(own) -> Iterator[Judge]:
    with Judge(TIMEOUT, LIMITS) as made:
        yield made


def notebook(*sources: str) -> str:
    cells = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for i, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def ran(judge: Judge, *sources: str) -> Result:
    """The result of the cells. The last one is a probe: what it prints is kept."""
    return judge.run(notebook(*sources), {f"c{len(sources) - 1}": "expected\n"}, len(sources))


def printed(judge: Judge, *sources: str) -> str:
    result = ran(judge, *sources)
    item = result.items.get(f"c{len(sources) - 1}")
    assert item and item.error is None, result
    return item.text.strip()


def processes() -> set[str]:
    """The processes of our kernels, keepers, judges and jails."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            about = line + (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if tempfile.gettempdir() in about and folder.name != str(os.getpid()):
            found.add(f"{folder.name} {line[:80]}")
    return found


def test_a_kernel_is_fresh_and_warm(judge):
    first = "import sys, os; os.environ['LEFT'] = '1'; sys.left = 1; open('left', 'w'); open('/tmp/left', 'w')"
    look = (
        "import sys, os; print('tensorflow' in sys.modules, 'LEFT' in os.environ, hasattr(sys, 'left'), "
        "os.listdir('.') + os.listdir('/tmp'))"
    )
    assert ran(judge, first).items["c0"].error is None
    said = printed(judge, look)
    assert said.startswith("True False False [")
    assert "left" not in said


def test_random_numbers_are_drawn_anew_in_each_kernel(judge):
    code = (
        "import random, numpy as np, keras; print(random.random(), np.random.rand(), float(keras.random.uniform(())))"
    )
    first, second = (printed(judge, code).split() for _ in range(2))
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_the_jail_shows_no_answers_no_records_and_nothing_of_the_grader(judge, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the gradebook", encoding="utf-8")
    paths = [
        PACKAGE.parent / "solutions",
        PACKAGE.parent / "lessons",
        PACKAGE.parent / ".git",
        secret,
        "/etc/passwd",
        "/etc/shadow",
    ]
    named = [str(path) for path in paths]
    code = f"import os; print([path for path in {named} if os.path.exists(path)], os.listdir({str(PACKAGE / 'records')!r}))"
    assert printed(judge, code) == "[] []"
    assert printed(judge, "import os; print(sorted(os.listdir('/proc'))[0], os.getuid() == 0, os.getppid())").split()[
        1:
    ] == ["False", "0"]


@pytest.mark.parametrize(
    "code",
    [
        "open('/usr/evil', 'w')",
        f"open({str(PACKAGE / 'evil.py')!r}, 'w')",
        "import socket; socket.create_connection(('127.0.0.1', 22), 1)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM).connect(('10.0.0.1', 80))",
        "import os; os.kill(os.getppid() or 2**22 - 3, 9)",
        "import ctypes, os; libc = ctypes.CDLL(None, use_errno=True); assert libc.unshare(0x10000000) == 0",
        "import ctypes, os; libc = ctypes.CDLL(None, use_errno=True); assert libc.ptrace(16, 1, 0, 0) == 0",
        "import os; os.setuid(0)",
        "import os; os.memfd_create('hidden')",
        "open('big', 'wb').write(b'0' * 5_000_000)",
        "import os; [open(f'small{i}', 'wb').write(b'0' * 1_000_000) for i in range(12)]",
        "import glob; open(glob.glob('/tmp/*/course-warm-*/k-*')[0] + '/evil', 'w')",
        "import os; os.listdir('/sys')",
    ],
)
def test_what_a_kernel_may_not_do_ends_in_an_error_of_its_own(judge, code):
    result = ran(judge, code)
    assert result.items["c0"].error, result


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("import os; os._exit(0)", "crashed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "crashed"),
        ("while True:\n    pass", "timed out"),
        ("import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    time.sleep(1)", "timed out"),
        ("hoard = []\nwhile True:\n    hoard.append(bytearray(b'1' * 30_000_000))", "error"),
        ("import os\nwhile True:\n    os.fork()", "any"),
        (HOARDERS, "crashed"),
    ],
    ids=["leaves", "kills itself", "loops", "ignores the interrupt", "memory", "forks", "memory of many"],
)  # fmt: skip
def test_every_end_is_told_and_leaves_nothing(judge, code, how):
    ran(judge, "1")
    before = processes()
    begun = time.monotonic()
    result = ran(judge, code, "print('on')")
    assert time.monotonic() - begun < 4 * TIMEOUT
    if how == "error":
        assert result.items["c0"].error[0] == "MemoryError" or result.how == "crashed"
    elif how != "any":
        assert (result.lost, result.how) == ("c0", how)
    end = time.monotonic() + 5
    while processes() - before and time.monotonic() < end:
        time.sleep(0.1)
    assert processes() - before == set()


def test_two_submissions_see_nothing_of_each_other(judge):
    results: dict[str, str] = {}
    stay = "import os, time; open('/tmp/mine', 'w').write('secret'); time.sleep(3); print(os.path.exists('/tmp/mine'))"
    look = (
        "import glob, os, time; time.sleep(1.5)\n"
        "seen = [open(f'/proc/{p}/cmdline').read() for p in os.listdir('/proc') if p.isdecimal()]\n"
        "sockets = glob.glob('/tmp/*/course-warm-*/*')\n"
        "print(sum('python' in line for line in seen), os.path.exists('/tmp/mine'), len(sockets))"
    )
    threads = [
        threading.Thread(target=lambda name=name, code=code: results.update({name: printed(judge, code)}))
        for name, code in (("stay", stay), ("look", look))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {"stay": "True", "look": "1 False 1"}


def test_a_server_that_dies_costs_time_and_no_mark(judge):
    ran(judge, "1")
    threading.Timer(
        1, lambda: [os.kill(server._process.pid, signal.SIGKILL) for server in judge._servers.values()]
    ).start()
    assert printed(judge, "import time; time.sleep(2.5); print('still here')") == "still here"


def test_stopping_ends_everything_at_once(tmp_path):
    before = processes()
    judge = Judge(60, LIMITS)
    judge._warm_up()
    told: list[object] = []

    def work() -> None:
        try:
            told.append(ran(judge, "import time; time.sleep(50)"))
        except Stopped as problem:
            told.append(problem)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1.5)
    judge.stop()
    thread.join(10)
    assert [type(each) for each in told] == [Stopped]
    time.sleep(0.5)
    assert processes() - before == set()


def test_without_a_sandbox_the_verdicts_are_the_same():
    for warm in (True, False):
        with Judge(20, None, warm=warm) as judge:
            assert printed(judge, f"import os; print(os.getuid() == {os.getuid()})") == "True"
            assert ran(judge, "import os; os._exit(0)").how == "crashed"


def test_without_bubblewrap_grading_stops_with_the_sentence_that_helps(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(GradingError, match=r"There is no bubblewrap.*apt install bubblewrap.*--no-sandbox"):
        grade([tmp_path], tmp_path / "out")


def test_this_machine_is_one_that_has_them():
    assert HERE
