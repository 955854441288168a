"""The learners' zip: what is in it runs, and what must not be in it is found wherever it is put."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

import nbformat
import pytest

from course import catalog
from course.authoring import handout as handouts
from course.authoring import settings
from course.authoring.handout import SEALED, TAUGHT, HandoutError, handout
from course.authoring.leaks import Known, Unreadable
from course.authoring.source import answered, read
from course.sealed import seal, unseal
from tests.notebook_tools import errors, run, said

ROOT = settings.ROOT
SOURCES = [read(path) for path in sorted((ROOT / "lessons").glob("[0-9][0-9]_*.py"))]
ANSWERS = {f"{s.name}/{cell.exercise}": answered(cell.source) for s in SOURCES for cell in s.cells if cell.exercise}
NOTE = next(cell.source for cell in SOURCES[4].cells if cell.is_notes)
PLANTED = "05_embedding_layer/masked_mean"
MEMBER = "05_embedding_layer.ipynb"


@pytest.fixture(scope="module")
def known():
    return Known.of(SOURCES, settings.load())


@pytest.fixture(autouse=True)
def known_once(known, monkeypatch):
    """Reading all lessons takes seconds; once is enough."""
    monkeypatch.setattr(handouts.Known, "of", classmethod(lambda *_: known))


@pytest.fixture(scope="module")
def everything(known, tmp_path_factory):
    """The real handout of all lessons."""
    out = tmp_path_factory.mktemp("handout") / "all.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handouts.Known, "of", classmethod(lambda *_: known))
        handout(out)
    return out


def notebook() -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "notebooks" / MEMBER, as_version=4)


def answer_cell(made: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return next(cell for cell in made.cells if cell.id == "answer-masked_mean")


def written(made: nbformat.NotebookNode) -> bytes:
    return nbformat.writes(made).encode()


def in_the_answer_cell(answer: str) -> bytes:
    made = notebook()
    answer_cell(made).source = answer
    return written(made)


def in_a_comment(answer: str) -> bytes:
    made = notebook()
    made.cells[3].source += "\n\n" + "\n".join(f"# {line}" for line in answer.splitlines())
    return written(made)


def in_prose(answer: str) -> bytes:
    made = notebook()
    made.cells.append(nbformat.v4.new_markdown_cell(f"One way:\n\n```python\n{answer}\n```"))
    return written(made)


def in_an_output(answer: str) -> bytes:
    made = notebook()
    answer_cell(made).outputs = [nbformat.v4.new_output("stream", name="stdout", text=answer)]
    return written(made)


def in_an_html_output(answer: str) -> bytes:
    made = notebook()
    shown = answer.replace("<", "&lt;").replace('"', "&quot;")
    answer_cell(made).outputs = [nbformat.v4.new_output("display_data", data={"text/html": f"<pre>{shown}</pre>"})]
    return written(made)


def in_the_metadata(answer: str) -> bytes:
    made = notebook()
    made.cells[5].metadata["hidden"] = {"deep": [{"down": answer}]}
    return written(made)


def in_an_attachment(answer: str) -> bytes:
    made = notebook()
    made.cells[0].attachments = {"picture.png": {"image/png": base64.b64encode(answer.encode()).decode()}}
    return written(made)


@pytest.mark.parametrize(
    "place",
    [
        in_the_answer_cell,
        in_a_comment,
        in_prose,
        in_an_output,
        in_an_html_output,
        in_the_metadata,
        in_an_attachment,
    ],
)
def test_an_answer_in_a_notebook_is_found_and_its_exercise_named(known, place):
    assert known.leaks(MEMBER, (ROOT / "notebooks" / MEMBER).read_bytes()) == []
    found = known.leaks(MEMBER, place(ANSWERS[PLANTED]))
    assert PLANTED in {leak.exercise for leak in found}
    assert all(leak.member == MEMBER for leak in found)


def packed(name: str, text: str, kind: str) -> bytes:
    data, out = text.encode(), io.BytesIO()
    if kind == "gz":
        return gzip.compress(data)
    if kind == "tar":
        with tarfile.open(fileobj=out, mode="w") as archive:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    else:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "gz"])
def test_an_answer_in_an_archive_in_an_archive_is_found(known, kind):
    inner = packed("course/notes.py", f"x = 1\n{ANSWERS[PLANTED]}\n", kind)
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("inner.bin", inner)
    (leak,) = known.leaks("course-1.0-py3-none-any.whl", wheel.getvalue())
    assert leak.exercise == PLANTED and leak.member.startswith("course-1.0-py3-none-any.whl!inner.bin!")
    assert str(leak) == f"{leak.member} holds lines of the answer of {PLANTED}"


def test_what_cannot_be_looked_into_is_no_proof(known):
    with pytest.raises(Unreadable, match="cannot be opened"):
        known.leaks("data.zip", b"PK\x03\x04 and nothing that follows")
    data = b"x"
    for _ in range(8):
        data = gzip.compress(data)
    with pytest.raises(Unreadable, match="too many others"):
        known.leaks("data.gz", data)
    with pytest.raises(Unreadable, match="no notebook"):
        known.leaks("x.ipynb", b"[]")


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_found_however_it_is_laid_out(known, name):
    answer = ANSWERS[name]
    bare = re.sub(r"#.*", "", re.sub(r'"""(.*?)"""\n', "", answer, flags=re.DOTALL))
    layouts = {
        "as it is": answer,
        "without docstring and comments": bare,
        "further in": "class X:\n" + "".join(f"    {line}\n" for line in answer.splitlines()),
        "in a string": json.dumps({"a": answer}),
        "other quotes": bare.replace('"', "'"),
    }
    for how, text in layouts.items():
        found = known.leaks("x.json" if how == "in a string" else "x.py", text.encode())
        assert name in {leak.exercise for leak in found}, how


def test_one_long_line_of_an_answer_is_enough(known):
    line = next(line for line in ANSWERS["12_good_vectors/weat"].splitlines() if "of_x, of_y" in line)
    assert [leak.exercise for leak in known.leaks("x.md", f"Try this:{line}".encode())] == ["12_good_vectors/weat"]


def test_marks_and_speaker_notes_are_found(known):
    for text in ("### BEGIN SOLUTION", "a\n    ###  END SOLUTION\n"):
        assert [leak.what for leak in known.leaks("x.py", text.encode())] == ["the mark of a solution region"]
    assert [leak.what for leak in known.leaks("x.txt", NOTE.encode())] == ["speaker notes"]


def test_a_stored_output_is_no_learners_notebook(known):
    made = notebook()
    answer_cell(made).outputs = [nbformat.v4.new_output("stream", name="stdout", text="12")]
    (leak,) = known.leaks(MEMBER, written(made))
    assert leak.what == "the stored output of a cell" and leak.exercise == "masked_mean"


def test_the_real_handout_is_clean_and_its_exceptions_are_those_that_are_stated(known, everything):
    met = {}
    with zipfile.ZipFile(everything) as held:
        names = [name.partition("/")[2] for name in held.namelist()]
        for name in names:
            for leak in known.leaks(name, held.read(f"all/{name}")):
                met.setdefault(leak.member, []).append(leak.exercise)
    assert {member: tuple(sorted(found)) for member, found in met.items()} == {
        member: tuple(sorted(found)) for member, found in TAUGHT.items()
    }, "TAUGHT in course/authoring/handout.py lists what may be there, no more and no less"
    written_lessons = {f"{entry.name}.ipynb" for entry in catalog.LESSONS if entry.exercises}
    assert {name for name in names if name.endswith(".ipynb")} == written_lessons
    assert not any(name.startswith(("course/grading", "course/authoring", "solutions", "lessons")) for name in names)
    assert {"README.md", "requirements.txt", "LICENSE", "datasets/reviews.csv"} <= set(names)


def test_a_learner_reads_nothing_of_make_and_how_to_name_what_is_handed_in(everything):
    with zipfile.ZipFile(everything) as held:
        texts = {name: held.read(name).decode() for name in held.namelist() if name.endswith((".ipynb", ".md"))}
    assert not [name for name, text in texts.items() if "make lab" in text]
    firsts = [text for name, text in texts.items() if name.endswith(".ipynb")]
    assert all("Open this notebook in the folder that you unpacked from the zip" in text for text in firsts)
    readme = texts["all/README.md"]
    assert "your student id into the file's name" in readme and "`s1234567_01_neuron.ipynb`" in readme


def test_what_is_sealed_opens_to_what_the_package_has(everything):
    assert unseal(seal("é\n'\"")) == "é\n'\""
    with zipfile.ZipFile(everything) as held:
        record = json.loads(held.read("all/course/records/05_embedding_layer.json"))
        module = held.read("all/course/exercises/lesson_05_embedding_layer.py").decode()
    plain = json.loads((ROOT / "course" / "records" / "05_embedding_layer.json").read_text(encoding="utf-8"))
    for name, entry in plain["exercises"].items():
        assert "answer" not in record["exercises"][name]
        assert unseal(record["exercises"][name]["sealed"]) == entry["answer"]
        assert record["exercises"][name]["observations"] == entry["observations"]
    original = (ROOT / "course" / "exercises" / "lesson_05_embedding_layer.py").read_text(encoding="utf-8")
    assert unseal(json.loads(re.search(r"unseal\((\"[^\"]*\")\)", module)[1])) == original
    assert SEALED == ("course/exercises/lesson_*.py", "course/records/*.json")


@pytest.fixture
def tampered(tmp_path):
    """A checkout in which lesson 05's notebook has been written over by a solved one."""
    root = tmp_path / "checkout"
    root.mkdir()
    for name in ("course", "datasets", "lessons", "LICENSE", "requirements.txt", "pyproject.toml"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns("*off*"))
    shutil.copy(ROOT / "solutions" / MEMBER, root / "notebooks" / MEMBER)
    return root


def test_a_handout_with_an_answer_in_it_is_not_made_and_leaves_the_old_one(tampered, tmp_path):
    out = tmp_path / "out" / "lessons.zip"
    assert handout(out, ["1"], root=tampered)[1] == "01_neuron.ipynb"
    before = out.read_bytes()
    with pytest.raises(HandoutError) as told:
        handout(out, ["1", "05"], root=tampered)
    assert re.fullmatch(
        r"No handout was made, because 05_embedding_layer\.ipynb holds lines of the answer of 05_embedding_layer/\w+\. "
        r"The notebook is not what its lesson makes: run `course build 05`\.",
        str(told.value),
    )
    assert out.read_bytes() == before and [path.name for path in out.parent.iterdir()] == ["lessons.zip"]
    assert "course/averaging.py" not in handout(out, ["1"], root=tampered), "of the package only what is imported"
    handout(out, ["1"], root=tampered)
    assert out.read_bytes() == before, "the same lessons give the same bytes"


def test_lessons_and_names_that_are_not_there_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="There is no lesson '99'"):
        handout(tmp_path / "x.zip", ["99"])
    with pytest.raises(HandoutError, match="13_recommenders is planned"):
        handout(tmp_path / "x.zip", ["13"])
    with pytest.raises(HandoutError, match="does not end in .zip"):
        handout(tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [entry.number for entry in catalog.LESSONS if entry.exercises])
def test_one_lesson_alone_has_all_that_it_imports(number):
    (entry,) = handouts._entries([number], ROOT)
    files = handouts._files([entry], True, ROOT, "x")
    asked = set()
    for name, data in files.items():
        sealed = re.search(r'unseal\("([^"]*)"', data.decode()) if name.startswith("course/exercises/lesson") else None
        if name.endswith(".py"):
            text = unseal(sealed[1]) if sealed else data.decode()
            asked |= set(re.findall(r"^\s*(?:from|import) (course[\w.]*)", text, re.MULTILINE))
    for cell in json.loads(files[f"{entry.name}.ipynb"])["cells"]:
        if cell["cell_type"] == "code":
            asked |= set(re.findall(r"^\s*(?:from|import) (course[\w.]*)", "".join(cell["source"]), re.MULTILINE))
    for module in asked:
        path = module.replace(".", "/")
        left_out = module.split(".")[1:2] and module.split(".")[1] in handouts.LEFT_OUT
        assert left_out or f"{path}.py" in files or f"{path}/__init__.py" in files, module


def test_what_is_said_of_exceptions_is_what_they_are():
    said = (ROOT / "docs" / "guide" / "handout.md").read_text(encoding="utf-8")
    for member in (*TAUGHT, *SEALED):
        assert f"`{member}`" in said, f"docs/guide/handout.md does not say that {member} holds an answer"


def test_without_the_lessons_nothing_can_be_proven_and_nothing_is_made(tampered, tmp_path):
    (tampered / "lessons").unlink()
    shutil.copytree(ROOT / "lessons", tampered / "lessons")
    (tampered / "lessons" / "09_glove.py").unlink()
    with pytest.raises(HandoutError, match="There is no .*09_glove.py: without a checkout"):
        handout(tmp_path / "x.zip", ["1"], root=tampered)
    assert not (tmp_path / "x.zip").exists()


TRY = """
import sys
from course import catalog, lesson
assert "course.authoring" not in sys.modules
for entry in catalog.LESSONS:
    if entry.exercises:
        ex = lesson(entry.name)
        for exercise in entry.exercises:
            task = getattr(ex, exercise.name)
            task.solution()
            print(exercise.name, "def" if f"def {exercise.name}(" in repr(task.solution()) else "none")
ex = lesson("05_embedding_layer")
print(ex.lookup.check(lambda table, ids: table[ids]))
print(ex.lookup.check(lambda table, ids: table[:, ids]))
"""


@pytest.mark.parametrize("answers", [True, False])
def test_unpacked_it_checks_and_shows_answers_or_says_that_it_has_none(everything, tmp_path, answers):
    zipped = everything
    if not answers:
        zipped = tmp_path / "all.zip"
        handout(zipped, answers=False)
    with zipfile.ZipFile(zipped) as held:
        held.extractall(tmp_path)
    code = TRY
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "all",
        env={"PATH": "", "HOME": str(tmp_path), "COURSE_PROGRESS": str(tmp_path / "progress.jsonl")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    exercises = sum(len(entry.exercises) for entry in catalog.LESSONS)
    assert done.stdout.count(" def\n") == (exercises if answers else 0)
    assert "lookup: right" in done.stdout and "You picked columns." in done.stdout
    told = subprocess.run(
        [sys.executable, "-m", "course", "--help"], cwd=tmp_path / "all", capture_output=True, text=True, timeout=60
    )
    assert "progress" in told.stdout and "grade" not in told.stdout and "build" not in told.stdout


@pytest.mark.parametrize("lessons", [None, ["1"]])
def test_unpacked_elsewhere_the_untouched_first_lesson_runs(everything, tmp_path, monkeypatch, lessons):
    zipped = everything
    if lessons:
        zipped = tmp_path / "all.zip"
        handout(zipped, lessons)
    with zipfile.ZipFile(zipped) as held:
        held.extractall(tmp_path / "unpacked")
    folder = tmp_path / "unpacked" / "all"
    monkeypatch.setenv("PYTHONPATH", str(folder))
    made = nbformat.read(folder / "01_neuron.ipynb", as_version=4)
    made.cells.append(nbformat.v4.new_code_cell("import course; print(course.__file__)"))
    nbformat.write(made, folder / "01_neuron.ipynb")
    (tmp_path / "empty").mkdir()
    done = run(folder / "01_neuron.ipynb", tmp_path / "empty")
    assert errors(done) == []
    assert done.cells[-1].outputs[0].text.strip() == str(folder / "course" / "__init__.py")
    checks = [cell for cell in done.cells if cell.id.startswith("check-")]
    assert checks and all("not attempted" in said(done, cell.id) for cell in checks)
