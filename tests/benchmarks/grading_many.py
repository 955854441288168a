"""A thousand submissions of lesson 05 in one run: time and memory as it goes on, and what a kill in the middle costs. Asserts nothing.

    python -m tests.benchmarks.grading_many [--count 1000] [--no-kill]

Memory is the proportional set size of the grader and of all its processes together. The second run is ended by
SIGKILL when half of the records are there, and started again; its marks are compared with the first run's, byte by byte.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.benchmarks.grading_throughput import SEED, submissions

MB = 1 << 20
PARTS = 10


def start(folder: Path, out: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "course", "grade", str(folder), "-o", str(out), "--seed", str(SEED)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def recorded(out: Path) -> int:
    return sum(1 for _ in (out / "records").glob("*.json"))


def memory(process: psutil.Process) -> tuple[float, float]:
    """MB of the grader alone, and of it and all that it started."""
    found = []
    for each in [process, *process.children(recursive=True)]:
        try:
            found.append(each.memory_full_info().pss / MB)
        except (psutil.Error, OSError):  # it has ended
            found.append(0.0)
    return found[0], sum(found)


def watch(running: subprocess.Popen, out: Path, count: int) -> float:
    """Prints a line for each tenth of the run; returns the seconds of all of it."""
    process = psutil.Process(running.pid)
    begun = last = time.perf_counter()
    alone, together, part = [], [], 1
    print(f"{'submissions':>12s} {'seconds':>8s} {'each':>6s} {'grader MB':>10s} {'all MB':>8s} {'at most':>8s}")
    while running.poll() is None:
        time.sleep(0.5)
        done = recorded(out)
        if done:  # before, the servers are starting
            mine, all_of_it = memory(process) if running.poll() is None else (0, 0)
            alone += [mine] * bool(mine)
            together += [all_of_it] * bool(mine)
        if done >= part * count // PARTS and together:
            now = time.perf_counter()
            print(
                f"{done:12,} {now - begun:8.1f} {(now - last) / (count / PARTS):6.3f} {statistics.median(alone):10.0f} "
                f"{statistics.median(together):8.0f} {max(together):8.0f}",
                flush=True,
            )
            last, alone, together, part = now, [], [], part + 1
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--no-kill", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="many-") as name:
        folder = Path(name) / "in"
        submissions(folder, chosen.count)
        print(f"{chosen.count:,} submissions of lesson 05, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        calm, disturbed = Path(name) / "calm", Path(name) / "disturbed"
        seconds = watch(start(folder, calm), calm, chosen.count)
        print(f"{seconds:.0f} s in all, {seconds / chosen.count:.2f} s each")
        if chosen.no_kill:
            return
        begun = time.perf_counter()
        running = start(folder, disturbed)
        while recorded(disturbed) < chosen.count // 2:
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
        running.wait()
        kept = recorded(disturbed)
        start(folder, disturbed).wait()
        both = time.perf_counter() - begun
        same = (calm / "marks.csv").read_bytes() == (disturbed / "marks.csv").read_bytes()
        print(
            f"killed at {kept:,} records and started again: {both:.0f} s in all, {recorded(disturbed):,} records, "
            f"marks {'the same, byte by byte' if same else 'DIFFERENT'}"
        )


if __name__ == "__main__":
    main()
