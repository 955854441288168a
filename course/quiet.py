"""Keeps TensorFlow's start-up log off the learner's page.

TF_CPP_MIN_LOG_LEVEL does not reach lines that TensorFlow's C++ code logs before its logger is set up (tensorflow/tensorflow#100442),
and a notebook shows whatever is written to the process's standard error. So that stream is closed for the time of the import,
and for no longer; an import that fails still raises.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import sys
from types import ModuleType
from typing import Any


class _Finder(importlib.abc.MetaPathFinder):
    """Finds `tensorflow` as usual, once, and has its loader wrapped."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname != "tensorflow":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: Any) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        try:
            kept = os.dup(2)
        except OSError:  # no standard error to close
            self._loader.exec_module(module)
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            self._loader.exec_module(module)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:  # get_data, is_package ...: resources are read through the loader
        return getattr(self._loader, name)


def tensorflow_import() -> None:
    """Makes the next `import tensorflow` silent."""
    if "tensorflow" not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
