"""How the course reaches a Dask worker: a plugin that brings the package. It imports nothing of the course, which is not there yet."""

import sys

from distributed.diagnostics.plugin import WorkerPlugin


class Arrival(WorkerPlugin):
    """Unpacks the course beside the worker's own files and has it imported from there. Workers that come later get it too."""

    idempotent = True

    def __init__(self, packed: bytes, digest: str) -> None:
        self.packed, self.digest = packed, digest
        self.name = f"course-{digest}"

    def setup(self, worker) -> None:
        """Called on each worker, by Dask."""
        import io
        import zipfile
        from pathlib import Path

        folder = Path(worker.local_directory) / self.name
        if str(folder) in sys.path:
            return
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            archive.extractall(folder)
        for name in [name for name in sys.modules if name.partition(".")[0] == "course"]:
            del sys.modules[name]  # another version, which the worker had
        sys.path.insert(0, str(folder))


def call(packed: bytes):
    """On a worker: calls what a pair of function and arguments says. Packed, it passes a scheduler that does not have the course."""
    import pickle

    function, arguments = pickle.loads(packed)
    return function(*arguments)
