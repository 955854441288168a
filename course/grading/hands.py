"""Who does the work: threads of this process, each of which waits for a judge, or the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from course.grading import GradingError
from course.grading.judge import Judge
from course.grading.one import Work, grade_one
from course.grading.warm import jail
from course.grading.warm.limits import Limits


class Hands(Protocol):
    """Takes work and gives records. To be used as a context; `stop` drops what is not done."""

    def __enter__(self) -> Hands: ...
    def __exit__(self, *problem: object) -> None: ...
    def submit(self, work: Work) -> Future[dict[str, Any]]: ...
    def stop(self) -> None: ...


class Here:
    """This machine: `jobs` submissions at once."""

    def __init__(self, jobs: int, timeout: float, limits: Limits | None, hidden: Sequence[Path]) -> None:
        """limits: of the jail that each submission gets; None for no jail. Raises GradingError where there can be no jail."""
        if limits and (why := jail.missing()):
            raise GradingError(why)
        self._judge = Judge(timeout, limits, hidden)
        self._pool = ThreadPoolExecutor(jobs)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()

    def submit(self, work: Work) -> Future[dict[str, Any]]:
        return self._pool.submit(grade_one, work, self._judge)

    def start(self) -> None:
        """Starts what is slow to start, without waiting for it."""
        self._judge.start()

    def stop(self) -> None:
        self._judge.stop()
        self._pool.shutdown(cancel_futures=True)


def hands(scheduler: str, jobs: int, timeout: float, limits: Limits | None, hidden: Sequence[Path]) -> Hands:
    """The workers of the Dask scheduler at that address, or this machine when there is none."""
    if scheduler:
        from course.grading.cluster import Cluster

        return Cluster(scheduler, timeout, limits)
    here = Here(jobs, timeout, limits, hidden)
    here.start()
    return here
