"""What the processes of a grading run get from the grader's own: the course, a home of their own, and little else."""

from __future__ import annotations

import os
import site
from pathlib import Path
from typing import TextIO

from course.data.paths import PACKAGE, cache_folder

ERRORS = "stderr.txt"  # in a judge's folder: what it wrote to standard error
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def environment(home: Path) -> dict[str, str]:
    """The environment variables for a process whose home and temporary folder is `home`.

    Nothing of the grader's own is handed on but where programs are, so no password or token. The rest makes runs alike: one thread
    for linear algebra and no GPU (results must not hang on --jobs), fixed hashes. `!pip install` in an answer finds no index.
    """
    chosen = {
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": str(PACKAGE.parent),  # the course that grades is the course that the kernel imports
        "PYTHONSAFEPATH": "1",  # the judge must not import what a student's kernel wrote beside it
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "COURSE_DATA": str(cache_folder()),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "KERAS_BACKEND": "tensorflow",
        "PIP_NO_INDEX": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    if site.ENABLE_USER_SITE:  # packages under the grader's home are found by it, and home is another one now
        chosen["PYTHONUSERBASE"] = site.getuserbase()
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | chosen


def private_stdout() -> TextIO:
    """This process's standard output for the caller alone: what anything else prints from now on, child processes too, goes nowhere."""
    ours = os.fdopen(os.dup(1), "w", encoding="utf-8")  # a duplicate is not inherited by child processes
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return ours
