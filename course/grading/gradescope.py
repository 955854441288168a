"""What run_autograder starts on Gradescope: grades the one submission that is there and writes results.json.

python -m course.grading.gradescope /autograder
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from course import catalog
from course.grading import GradingError, exports
from course.grading.grade import grade
from course.grading.package import CONFIG
from course.grading.records import Records, write_whole
from course.grading.roster import Row, rows
from course.grading.warm import jail


def main(root: Path) -> int:
    """Writes results/results.json below `root`. Exit code 1, and no results, when it is the grader that failed: Gradescope tells the
    instructor then, and the student gets no mark that somebody would have to take back."""
    config = json.loads((root / "source" / CONFIG).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as out:
        graded = graded_here(root / "submission", Path(out), config["lessons"], config["timeout"])
    if failure(graded):
        print(failure(graded))
        return 1
    made = exports.results(graded, config["visibility"])
    write_whole(root / "results" / "results.json", json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    print(f"{made['score']} points")
    return 0


def failure(graded: list[Row]) -> str:
    """A sentence when the grader failed on one of them, "" when it did not."""
    failed = [row.record for row in graded if row.record and row.record["retry"]]
    return f"The grader failed on {failed[0]['submission']}: {failed[0]['status']}" if failed else ""


def graded_here(folder: Path, out: Path, lessons: list[str], timeout: float) -> list[Row]:
    """Grades the notebooks in a folder as one student's. A row for each of `lessons` that was found, and one for each notebook that
    could not be graded where nothing else could; without any notebook, none."""
    why = "AUTOGRADER_NO_SANDBOX is set." if os.environ.get("AUTOGRADER_NO_SANDBOX") else jail.missing()
    if why:
        print(f"Graded without the sandbox. {why}")
    try:
        grade([folder], out, timeout=timeout, sandbox=not why)
    except GradingError as problem:
        if "There is no notebook in" not in str(problem):
            raise
        return []
    return best([_of(made, lessons) for made in Records(out).all()])


def _of(made: dict[str, Any], lessons: list[str]) -> dict[str, Any]:
    """The record; a notebook of another lesson than is asked for is none that counts."""
    if made["graded"] and made["lesson"] not in lessons:
        asked = ", ".join(catalog.lesson(name).number for name in lessons)
        said = f"not graded: it is the notebook of lesson {made['lesson']}, and lesson {asked} is asked for"
        return {**made, "graded": False, "retry": False, "status": said}
    if not made["graded"] and made["retry"] and made["lesson"] and made["lesson"] not in lessons:
        return {**made, "retry": False, "status": f"not graded: lesson {made['lesson']} is not asked for here"}
    return made


def best(records: list[dict[str, Any]]) -> list[Row]:
    """Of several notebooks of a lesson the one with most points; those that could not be graded when there is no other."""
    of: dict[str, dict[str, Any]] = {}
    for made in records:
        if made["graded"] and (made["lesson"] not in of or made["points"] > of[made["lesson"]]["points"]):
            of[made["lesson"]] = made
    return rows(list(of.values()) or records)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
