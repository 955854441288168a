"""Solutions run under unmodified nbval, and what their checks say is compared: every exercise is right."""

from __future__ import annotations

import nbformat
import pytest

from tests.notebook_tools import SOLUTIONS, under_nbval


@pytest.mark.parametrize("notebook", SOLUTIONS, ids=lambda path: path.stem)
def test_a_solution_passes_nbval(notebook, tmp_path):
    result = under_nbval(notebook, tmp_path)
    assert result.returncode == 0, result.stdout[-3000:]
    made = nbformat.read(notebook, as_version=4)
    checks = [cell for cell in made.cells if cell.id.startswith("check-")]
    assert checks
    for cell in checks:
        assert "nbval-check-output" in cell.metadata.tags
        assert f"✓ {cell.metadata.check}: right" in cell.outputs[0].data["text/plain"]
