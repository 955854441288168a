"""On Colab, and alone: an untouched notebook in an empty folder fetches the package, changes nothing that is installed, and runs from
top to bottom with no traceback; of each exercise it says that it was not attempted."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.notebook_tools import NOTEBOOKS, ROOT, errors, run, said

PINS = ROOT / "tests" / "colab_pins.txt"
COLAB_PYTHON = "3.13"


def do(*command: str | Path, **options) -> str:
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=900, **options)
    assert result.returncode == 0, f"{command}\n{result.stdout[-2000:]}\n{result.stderr[-2000:]}"
    return result.stdout


def base_python() -> str:
    """Colab's Python where this machine has it, else the one that runs the tests."""
    found = shutil.which(f"python{COLAB_PYTHON}")
    if found and subprocess.run([found, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0:
        return found
    return sys.executable


@pytest.fixture(scope="module")
def colab() -> Path:
    """The Python of an environment with Colab's versions. Made once and kept in .cache; without `course`."""
    base = base_python()
    version = do(base, "-c", "import sys; print(sys.version)")
    key = hashlib.sha256((PINS.read_text(encoding="utf-8") + version).encode()).hexdigest()[:12]
    home = ROOT / ".cache" / f"colab-{key}"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        do(base, "-m", "venv", home)
        do(python, "-m", "pip", "install", "--quiet", "-r", PINS)
        (home / "ready").write_text("", encoding="utf-8")
    subprocess.run(
        [python, "-m", "pip", "uninstall", "--quiet", "--yes", "embeddings-from-the-neuron-up"], capture_output=True
    )
    return python


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    """This working tree as a git repository of its own that names itself in pyproject.toml, its notebooks built anew."""
    home = tmp_path_factory.mktemp("somewhere") / "the course"
    names = do("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, home / name)
    pyproject = home / "pyproject.toml"
    address = "git+" + home.as_uri()
    text = re.sub(
        r'^repository = ".*"$', f'repository = "{address}"', pyproject.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert address in text
    pyproject.write_text(text, encoding="utf-8")
    code = (
        "from pathlib import Path; from course.authoring import render, settings; from course.authoring.source import read\n"
        "root = Path('.')\n"
        "for path in sorted((root / 'lessons').glob('*.py')):\n"
        "    made = render.notebook(read(path), render.LEARNER, settings.load(root))\n"
        "    (root / 'notebooks' / f'{path.stem}.ipynb').write_text(render.text(made), encoding='utf-8')\n"
    )
    do(sys.executable, "-c", code, cwd=home)
    git = ("git", "-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "init.defaultBranch=main")
    do(*git, "init", "--quiet", cwd=home)
    do(*git, "add", "--all", cwd=home)
    do(*git, "commit", "--quiet", "--message", "as it is", cwd=home)
    return home


def installed(python: Path) -> set[str]:
    listed = json.loads(do(python, "-m", "pip", "list", "--format", "json"))
    return {f"{entry['name']}=={entry['version']}" for entry in listed}


def test_installing_the_course_changes_no_installed_package(colab, repository):
    before = installed(colab)
    do(colab, "-m", "pip", "install", "--quiet", "git+" + repository.as_uri())
    after = installed(colab)
    assert before <= after
    assert {line.split("==")[0] for line in after - before} == {"embeddings-from-the-neuron-up"}
    do(colab, "-m", "pip", "check")


@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])
def test_a_notebook_alone_in_an_empty_folder_fetches_the_package_and_runs(
    colab, repository, name, tmp_path, monkeypatch
):
    do(colab, "-m", "pip", "uninstall", "--quiet", "--yes", "embeddings-from-the-neuron-up")
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    command = [str(colab), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(
        json.dumps({"argv": command, "display_name": "Colab", "language": "python"}), encoding="utf-8"
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.setenv("PATH", f"{colab.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    alone = tmp_path / "alone"
    alone.mkdir()
    made = run(repository / "notebooks" / f"{name}.ipynb", alone)
    assert errors(made) == []
    where = do(colab, "-c", "import course; print(course.__file__)", cwd=alone)
    assert "site-packages" in where
    checks = [cell.id for cell in made.cells if cell.id.startswith("check-")]
    assert checks
    for check in checks:
        assert "not attempted" in said(made, check)
