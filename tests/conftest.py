"""After the gates: a table of what they found, an exercise a line. A wrong way counts when it was told its own sentence."""

from __future__ import annotations

from collections import Counter
from typing import Any

GATE = "gate"  # the property under which tests/test_gates.py says what it tried: lesson, exercise, kind, how many


def pytest_terminal_summary(terminalreporter: Any) -> None:
    tried: Counter[tuple[str, str, str]] = Counter()
    passed: Counter[tuple[str, str, str]] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", []):
                if name == GATE and report.when == "call":
                    lesson, exercise, kind, count = value
                    tried[lesson, exercise, kind] += count
                    passed[lesson, exercise, kind] += count if outcome == "passed" else 0
    exercises = sorted({key[:2] for key in tried})
    if not exercises:
        return
    terminalreporter.section("wrong ways and right ways, exercise by exercise")
    terminalreporter.line(
        f"{'exercise':58s} {'wrong ways':>10s} {'own sentence':>12s} {'right ways':>10s} {'accepted':>8s}"
    )

    def line(title: str, keys: list[tuple[str, str]]) -> None:
        cells = [
            sum(counted[(*key, kind)] for key in keys) for kind in ("wrong", "right") for counted in (tried, passed)
        ]
        terminalreporter.line(f"{title:58s} {cells[0]:10d} {cells[1]:12d} {cells[2]:10d} {cells[3]:8d}")

    for lesson, exercise in exercises:
        line(f"{lesson} {exercise}", [(lesson, exercise)])
    line(f"{len(exercises)} exercises", exercises)
