"""A run on a Dask cluster: the same unit of work, done by workers anywhere, which get the course from here."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import tempfile
import zipfile
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from course.data.paths import PACKAGE, datasets_folder
from course.grading import GradingError
from course.grading.judge import Judge
from course.grading.one import Work, grade_one
from course.grading.submission import Unreadable, read
from course.grading.warm import jail
from course.grading.warm.limits import Limits

_RETRIES = 3  # of a piece of work whose worker was lost; after that it is left for the next run
_WAIT = 60  # seconds for the first worker


class Cluster:
    """The workers of a scheduler. They may come and go: what a lost one was doing is done by another."""

    def __init__(self, address: str, timeout: float, limits: Limits | None) -> None:
        """Raises GradingError when Dask is missing, the scheduler cannot be reached, or a worker cannot do the work."""
        try:
            import cloudpickle
            from distributed import Client
        except ImportError:
            raise GradingError("Grading on a cluster needs Dask: pip install .[cluster]") from None
        from course.grading import arrival

        cloudpickle.register_pickle_by_value(arrival)  # no worker has it before it arrives
        try:
            self._client = Client(address, timeout=20, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise GradingError(f"There is no Dask scheduler at {address} ({problem}).") from None
        self._call, self._settings = arrival.call, (timeout, limits)
        self._waiting: set[Future] = set()
        try:
            packed = _packed_course()
            self._bring(arrival.Arrival(packed, hashlib.sha256(packed).hexdigest()[:16]), address)
        except BaseException:
            self._client.close()
            raise

    def _bring(self, plugin: Any, address: str) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError:
            raise GradingError(f"The Dask scheduler at {address} has had no worker for {_WAIT} s.") from None
        self._client.register_plugin(plugin)
        asked = pickle.dumps((_trouble, (self._settings[1],)))
        for worker, why in self._client.run(self._call, asked).items():
            if why:
                raise GradingError(f"The worker {worker} cannot grade: {why}")

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()

    def submit(self, work: Work) -> Future[dict[str, Any]]:
        """The record to come. The submission's bytes go along: workers need not see its file."""
        future: Future[dict[str, Any]] = Future()
        try:
            read(work.path)
            data, changed = work.path.read_bytes(), work.path.stat().st_mtime
        except (Unreadable, OSError):
            future.set_result(grade_one(work, None))  # which says why, and needs no judge
            return future
        packed = pickle.dumps((grade_there, (work, data, changed, *self._settings)))
        remote = self._client.submit(self._call, packed, pure=False, retries=_RETRIES)
        self._waiting.add(future)

        def done(remote: Any) -> None:
            try:
                record = remote.result()
            except BaseException as problem:  # noqa: B902  (Dask cancels with an error that is no Exception)
                why = f"its worker was lost or failed: {problem!r}"[:300]
                record = grade_one(replace(work, lesson=replace(work.lesson, trouble=why)), None)
            self._waiting.discard(future)
            if future.set_running_or_notify_cancel():
                future.set_result(record)

        remote.add_done_callback(done)
        return future

    def stop(self) -> None:
        for future in list(self._waiting):
            future.cancel()
        self._client.close()


def _packed_course() -> bytes:
    """A zip of the package and the data that ships with it. The recorded answers stay here: no kernel may see them, and no judge does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for folder, name in ((PACKAGE, "course"), (datasets_folder(), "datasets")):
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                if path.is_file() and not {"__pycache__", "_datasets", "records"} & set(inside.parts):
                    archive.writestr(zipfile.ZipInfo(f"{name}/{inside.as_posix()}"), path.read_bytes())
    return out.getvalue()


def grade_there(work: Work, data: bytes, changed: float, timeout: float, limits: Limits | None) -> dict[str, Any]:
    """On a worker: the record of one submission, as it would be made where its file lies."""
    with tempfile.TemporaryDirectory(prefix="course-grade-") as folder:
        path = Path(folder) / work.path.name
        path.write_bytes(data)
        os.utime(path, (changed, changed))
        record = grade_one(replace(work, path=path), _judge(timeout, limits))
    return {**record, "path": str(work.path)}


_judges: dict[tuple[float, Limits | None], Judge] = {}
_making = Lock()


def _judge(timeout: float, limits: Limits | None) -> Judge:
    """This worker's judge, with servers that stay warm from one submission to the next."""
    with _making:
        if (timeout, limits) not in _judges:
            _judges[timeout, limits] = Judge(timeout, limits)
        return _judges[timeout, limits]


def _trouble(limits: Limits | None) -> str:
    """On a worker: why it cannot grade, "" when it can."""
    import importlib.util

    wanted = ("nbval", "ipykernel", "keras", "tensorflow", "matplotlib")
    absent = [name for name in wanted if importlib.util.find_spec(name) is None]
    if absent:
        return f"{', '.join(absent)} is not installed. Give the workers what requirements.txt names."
    return jail.missing() if limits else ""
