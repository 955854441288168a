"""Untouched notebooks run from top to bottom with no traceback, and say of each exercise that it was not attempted."""

from __future__ import annotations

import pytest

from tests.notebook_tools import NOTEBOOKS, errors, run, said


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_untouched_notebook_runs_and_nothing_is_attempted(notebook, tmp_path):
    made = run(notebook, tmp_path)
    assert errors(made) == []
    checks = [cell for cell in made.cells if cell.id.startswith("check-")]
    assert checks
    for cell in checks:
        assert "not attempted" in said(made, cell.id)
