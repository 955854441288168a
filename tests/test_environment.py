"""Setting up: one clear sentence for each thing that can be wrong, and a second try that succeeds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "stand-in"\nversion = "1"\n'
# The smallest build backend: pip needs no network for it.
BACKEND = """
import zipfile
def build_editable(folder, settings=None, metadata=None):
    name = "stand_in-1-py3-none-any.whl"
    info = "stand_in-1.dist-info/"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: stand-in\\nVersion: 1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""


@pytest.fixture
def clone(tmp_path) -> Path:
    """The set-up files in a folder of their own, with a package that needs no download in place of ours."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "environment.py", tmp_path / "tools")
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (tmp_path / "backend.py").write_text(BACKEND, encoding="utf-8")
    return tmp_path


def set_up(folder: Path, before: str = "pass", **environment: str) -> subprocess.CompletedProcess:
    script = folder / "tools" / "environment.py"
    code = f"import runpy, sys; {before}; runpy.run_path({str(script)!r}, run_name='__main__')"
    env = {**os.environ, "PYTHON": sys.executable, **environment}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120)


def sentence(result: subprocess.CompletedProcess) -> str:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith("make: "), result.stderr
    return lines[0]


def test_a_wrong_python_is_named_with_what_to_do(clone):
    result = set_up(clone, "sys.version_info = (3, 9, 1, 'final', 0)")
    assert result.returncode == 1
    assert "Python 3.11 to 3.13 is needed" in sentence(result) and "Python 3.9" in sentence(result)
    assert not (clone / ".venv").exists()


def test_a_python_without_venv_is_told_how_to_get_it(clone):
    result = set_up(clone, "import subprocess; subprocess.call = lambda *a, **k: 1")
    assert result.returncode == 1 and "python3-venv" in sentence(result)


def test_no_network_is_one_sentence_and_the_second_try_succeeds(clone):
    (clone / "requirements.txt").write_text("a-package-that-is-not-there==1\n", encoding="utf-8")
    away = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_FIND_LINKS": "",
    }
    result = set_up(clone, **away)
    assert result.returncode == 1 and "is there a network?" in sentence(result)
    (clone / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    assert set_up(clone, **away).returncode == 0
    assert (clone / ".venv" / "ready").exists()


def test_a_half_made_environment_is_made_whole(clone):
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").write_text("not a program", encoding="utf-8")
    result = set_up(clone)
    assert result.returncode == 0, result.stderr
    assert (clone / ".venv" / "ready").exists()
    assert "Making" not in set_up(clone).stdout


def test_make_says_what_there_is_and_when_there_is_no_python(clone):
    said = subprocess.run(["make", "help"], cwd=clone, capture_output=True, text=True)
    commands = {" ".join(line.split()[:2]) for line in said.stdout.splitlines()}
    assert {"make lab", "make test", "make env"} <= commands
    missing = subprocess.run(["make", "env", "PYTHON=no-such-python"], cwd=clone, capture_output=True, text=True)
    assert missing.returncode != 0 and "install Python 3.11 to 3.13" in missing.stderr
