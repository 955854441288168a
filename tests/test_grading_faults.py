"""Grading that is disturbed: killed at random moments, on a full disk, in a closed folder. A rerun ends with the marks of a calm run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.grading.warm import jail
from tests.grading_course import ALL, NAMES, Course

pytestmark = pytest.mark.skipif(bool(jail.missing()), reason=f"no sandbox here: {jail.missing()}")

SEED = 7  # of the inputs, so that marks can be compared byte by byte
RANDOM = random.Random(20261126)
KILLS, STRIKES = 4, 3
EACH = 2  # submissions of a kind
ANSWERS = {
    "right": {},
    "wrong": {"double": "def double(x):\n    return x**2"},
    "error": {"last": "def last(items):\n    return items[99]"},
    "crash": {"summed": "import os\ndef summed(values):\n    os._exit(0)"},
    "untouched": None,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    return Course(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def handed_in(course) -> Path:
    """Some submissions of each kind."""
    folder = course.root / "handed in"
    folder.mkdir()
    for kind, answers in ANSWERS.items():
        made = course.untouched if answers is None else course.answered(**answers)
        for number in range(EACH):
            (folder / f"{kind} {number}.ipynb").write_text(json.dumps(made), encoding="utf-8")
    return folder


def command(handed_in: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "course", "grade", str(handed_in), "-o", str(out), "--jobs", "2", "--seed", str(SEED)]


def start(course: Course, arguments: list[str], tmp_path: Path) -> subprocess.Popen:
    """A run whose temporary files lie in a folder of its own, by whose name its processes are known."""
    environment = {**os.environ, "PYTHONPATH": str(course.root), "TMPDIR": str(tmp_path)}
    return subprocess.Popen(
        arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=course.root
    )


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for a run's temporary files, with a name short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="cf-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def finish(running: subprocess.Popen) -> str:
    said, _ = running.communicate(timeout=180)
    assert "Traceback" not in said, said
    return said


@pytest.fixture(scope="module")
def calm(course, handed_in, tmp_path_factory) -> tuple[bytes, float]:
    """The marks of a run that nothing disturbs, and its seconds."""
    out = tmp_path_factory.mktemp("calm")
    begun = time.monotonic()
    finish(start(course, command(handed_in, out), tmp_path_factory.mktemp("t")))
    rows = (out / "marks.csv").read_bytes()
    assert rows.count(b"\n") == 1 + EACH * len(ANSWERS)
    assert rows.count(f",{ALL},{ALL},graded".encode()) == EACH
    return rows, time.monotonic() - begun


def records(out: Path) -> dict[str, int]:
    """The records by name, with the time they were written. Each must be whole."""
    found = {}
    for path in (out / "records").glob("*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        assert set(record["exercises"]) == (set(NAMES) if record["graded"] else set())
        found[path.name] = path.stat().st_mtime_ns
    return found


def processes(temporary: Path) -> Iterator[tuple[int, str]]:
    """Process ids and command lines of a run."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            about = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(temporary) in line + about:
            yield int(folder.name), line


def wait_until_none(temporary: Path) -> None:
    end = time.monotonic() + 60  # on a busy machine
    while left := list(processes(temporary)):
        assert time.monotonic() < end, left
        time.sleep(0.05)


def test_killed_at_random_moments_it_is_resumed(course, handed_in, calm, tmp_path, temporary):
    marks, seconds = calm
    out = tmp_path / "out"
    kept: dict[str, int] = {}
    killed = 0
    for _ in range(KILLS):
        running = start(course, command(handed_in, out), temporary)
        more = RANDOM.randint(0, 2)  # records, and then somewhere in what comes next
        while running.poll() is None and len(records(out)) < len(kept) + more:
            time.sleep(0.01)
        try:
            running.wait(RANDOM.uniform(0, 0.5) * (1 if more else seconds))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            killed += 1
        running.communicate()
        wait_until_none(temporary)
        assert kept.items() <= records(out).items()  # what was recorded stands, and is not made again
        kept = records(out)
    assert killed >= 2
    said = finish(start(course, command(handed_in, out), temporary))
    assert said.count("recorded before") == len(kept)
    assert kept.items() <= records(out).items()
    assert len(records(out)) == EACH * len(ANSWERS)
    assert (out / "marks.csv").read_bytes() == marks


def test_judges_and_servers_that_are_killed_cost_time_and_no_mark(course, handed_in, calm, tmp_path, temporary):
    """As when the system runs out of memory and ends what is largest."""
    marks, seconds = calm
    out = tmp_path / "out"
    running = start(course, command(handed_in, out), temporary)
    struck = 0
    end = time.monotonic() + 4 * seconds
    while running.poll() is None and struck < STRIKES and time.monotonic() < end:
        time.sleep(RANDOM.uniform(0.1, 0.3))
        judges = [pid for pid, line in processes(temporary) if "course.grading.plugin:judge" in line]
        if judges and len(records(out)) >= 1:
            os.kill(RANDOM.choice(judges), signal.SIGKILL)
            struck += 1
    finish(running)
    assert struck >= 2
    finish(start(course, command(handed_in, out), temporary))  # what was left for the next run
    assert (out / "marks.csv").read_bytes() == marks


def _in_namespaces(script: str, *more: str) -> list[str]:
    """A command that runs the script where it may mount."""
    options = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
    return ["unshare", *options, "sh", "-ec", script, "sh", *more]


def test_on_a_full_disk_it_stops_with_one_sentence_and_goes_on_when_there_is_room(course, handed_in, calm, tmp_path):
    marks, _ = calm
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    script = (
        'disk=$1 kept=$2; shift 2; mount -t tmpfs -o size=28k tmpfs "$disk"; "$@" && exit 9 || test $? = 2; ls "$disk"/out/records; '
        'mount -o remount,size=10m "$disk"; "$@"; cp -r "$disk"/out "$kept"'
    )
    arguments = command(handed_in, disk / "out")
    running = start(course, _in_namespaces(script, str(disk), str(kept), *arguments), tmp_path)
    said = finish(running)
    assert running.returncode == 0, said
    sentence = [line for line in said.splitlines() if line.startswith("course: ")]
    assert len(sentence) == 1 and "No space left on device" in sentence[0] and "again" in sentence[0]
    assert ".tmp" not in said
    assert "recorded before" in said
    assert len(records(kept)) == EACH * len(ANSWERS)
    assert (kept / "marks.csv").read_bytes() == marks


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_graded(course, handed_in, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    (tmp_path / "closed").mkdir()
    script = 'closed=$1; shift; mount -t tmpfs tmpfs "$closed"; mount -o remount,ro "$closed"; exec "$@"'
    ways = {
        "Read-only file system": _in_namespaces(
            script, str(tmp_path / "closed"), *command(handed_in, tmp_path / "closed" / "out")
        ),
        "Not a directory": command(handed_in, tmp_path / "file" / "out"),
    }
    for why, arguments in ways.items():
        running = start(course, arguments, tmp_path)
        said = finish(running).splitlines()
        assert running.returncode == 2
        assert len(said) == 1 and said[0].startswith("course: ") and why in said[0], said


def test_a_grader_who_is_not_root_gets_the_same_marks(course, handed_in, calm, tmp_path):
    """Then each jail is a user namespace, instead of a user id of its own."""
    marks, _ = calm
    ordinary = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    said = finish(start(course, [*ordinary, *command(handed_in, tmp_path / "out")], tmp_path))
    assert (tmp_path / "out" / "marks.csv").read_bytes() == marks, said
