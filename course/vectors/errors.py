"""What is raised when a file cannot be read as word vectors."""

from course.data import DataError


class VectorsError(DataError):
    """A file that is not whole or not vectors: its text names the file, the line, what is wrong, and what to do."""

    def _render_traceback_(self) -> list[str]:  # what a notebook shows: the sentence, no frames of ours
        return [f"VectorsError: {self}"]


class BadLine(Exception):
    """A line that is not a word and its numbers. line: its place in the block, from 0; what: what is wrong with it."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(line, what)
        self.line, self.what = line, what
