"""The build: deterministic, stable under edits, and clear about what it refuses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from course import catalog
from course.authoring import build, quiz, render, settings
from course.authoring.settings import Settings
from course.authoring.source import LessonError, read, stub

SENTINEL = "return np.dot(x, w) + b  # the sentinel"
LESSON = f'''# ---
# jupyter:
#   jupytext:
#     formats: py:percent
# ---

# %% [markdown]
# # A lesson

# %%
from course import lesson

ex = lesson("01_neuron")

# %% [markdown] slideshow={{"slide_type": "notes"}}
# Speaker notes: the secret of the room.

# %% tags=["needed"]
import numpy as np

# %% exercise="weighted_sum"
def weighted_sum(x, w, b):
    """One neuron."""
    ### BEGIN SOLUTION
    {SENTINEL}
    ### END SOLUTION

# %% check="weighted_sum"
ex.weighted_sum.check(weighted_sum)

# %% [markdown] quiz="zero"
# What is $z$ when all weights are 0?
#
# - [ ] 0 :: The bias is still added.
# - [x] $b$ :: The products are all 0.
# - [ ] 1 :: Nothing here makes a 1.

# %%
print("the end")

# %% [markdown] tags=["words"]
# ## Words
#
# - **bias**: the number added last.
'''
NO_PLACE = Settings()


@pytest.fixture(autouse=True)
def one_exercise(monkeypatch):
    entry = catalog.Lesson("01_neuron", 1, "A lesson", "", exercises=(catalog.Entry("weighted_sum", "The sum", 2, 5),))
    monkeypatch.setattr(catalog, "LESSONS", (entry,))


@pytest.fixture
def lesson(tmp_path):
    def write(text: str = LESSON, name: str = "01_neuron.py") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def cells(path: Path, steps=render.LEARNER, where: Settings = NO_PLACE):
    return render.notebook(read(path), steps, where).cells


def test_the_learners_notebook_holds_no_answer_no_output_and_no_notes(lesson):
    text = render.text(render.notebook(read(lesson()), render.LEARNER, NO_PLACE))
    assert SENTINEL not in text and "secret of the room" not in text and "SOLUTION" not in text
    answer = next(cell for cell in cells(lesson()) if cell.id == "answer-weighted_sum")
    assert answer.source == 'def weighted_sum(x, w, b):\n    """One neuron."""\n    ...'
    assert all(not cell.get("outputs") for cell in cells(lesson()))


def test_the_solution_holds_the_answer_without_marks(lesson):
    text = render.text(render.notebook(read(lesson()), render.INSTRUCTOR, NO_PLACE))
    assert SENTINEL in text and "SOLUTION" not in text and "secret of the room" not in text


def test_two_builds_are_the_same_to_the_byte(lesson):
    once, again = (render.text(render.notebook(read(lesson()), render.LEARNER, NO_PLACE)) for _ in range(2))
    assert once == again


def test_cell_ids_stay_when_the_lesson_is_edited_elsewhere(lesson):
    before = {cell.source: cell.id for cell in cells(lesson())}
    edited = LESSON.replace("# # A lesson", "# # A better lesson").replace(
        "# %% tags", "# %%\nprint('new')\n\n# %% tags"
    )
    after = {cell.source: cell.id for cell in cells(lesson(edited))}
    kept = before.keys() & after.keys()
    assert len(kept) == len(before) - 1
    assert all(before[source] == after[source] for source in kept)
    assert len(set(after.values())) == len(after)


def test_cells_with_the_same_text_have_ids_of_their_own(lesson):
    twice = LESSON + '\n# %%\nprint("the end")\n'
    ids = [cell.id for cell in cells(lesson(twice))]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("    ### END SOLUTION\n", "", 24, "never closed"),
        (
            "    ### END SOLUTION\n",
            "    ### BEGIN SOLUTION\n    ### END SOLUTION\n",
            26,
            "inside the one opened at line 24",
        ),
        ("    ### BEGIN SOLUTION\n", "", 25, "without a"),
        ('print("the end")', "### BEGIN SOLUTION\n### END SOLUTION", 39, "outside an answer cell"),
        ('# %% exercise="weighted_sum"', "# %%", 24, "outside an answer cell"),
        ('exercise="weighted_sum"', 'exercise="unheard_of"', 21, "has no such exercise"),
        ('# %% check="weighted_sum"\nex.weighted_sum.check(weighted_sum)\n', "", 1, "no check cell"),
        ("def weighted_sum(x, w, b):", "def other(x, w, b):", 21, "does not define `weighted_sum`"),
        (f"    ### BEGIN SOLUTION\n    {SENTINEL}\n    ### END SOLUTION\n", "    pass\n", 21, "holds no"),
        ("- [x] $b$", "- [ ] $b$", 31, "exactly one of them right"),
        (" :: The bias is still added.", "", 31, "- [ ] choice :: why"),
        ("from course import lesson\n", "import course\n", 10, "first code cell"),
        ("- **bias**: the", "- bias the", 44, "a word needs the form"),
    ],
)
def test_what_does_not_fit_is_named_with_file_and_line(lesson, old, new, line, words):
    assert old in LESSON
    path = lesson(LESSON.replace(old, new))
    with pytest.raises(LessonError) as told:
        source = read(path)
        render.notebook(source, render.LEARNER, NO_PLACE)
        build.words(source)
    assert str(told.value).startswith(f"{path}:{line}: "), told.value
    assert words in str(told.value)


def test_a_name_used_twice_is_refused(lesson):
    answer = LESSON[LESSON.index('# %% exercise="') : LESSON.index('# %% check="')]
    with pytest.raises(LessonError, match=r":\d+: a second answer cell for `weighted_sum`; the first is at line 21"):
        read(lesson(LESSON + "\n" + answer))


def test_an_exercise_without_an_answer_is_refused(lesson):
    start, end = LESSON.index('# %% exercise="'), LESSON.index("# %% [markdown] quiz")
    with pytest.raises(LessonError, match="`weighted_sum` of course/catalog.py has no answer cell"):
        read(lesson(LESSON[:start] + LESSON[end:]))


def test_a_lesson_that_the_catalog_does_not_know_is_refused(lesson):
    with pytest.raises(LessonError, match="course/catalog.py has no lesson '77_unknown'"):
        read(lesson(name="77_unknown.py"))


def test_the_stub_keeps_what_stands_around_the_answer():
    code = (
        "def f(x):\n    y = 1\n    ### BEGIN SOLUTION\n    z = y\n    return z\n    ### END SOLUTION\n\nprint('kept')"
    )
    assert stub(code) == "def f(x):\n    y = 1\n    ...\n\nprint('kept')"


def test_a_quiz_shows_every_choice_with_its_reason():
    shown = quiz.render("What?\n\n- [ ] `a` :: Not `a`.\n- [x] b :: It is b.\n- [ ] c :: Not c.")
    assert (
        shown.count("<details>") == 3
        and "<code>a</code>" in shown
        and "\nYes. It is b.\n" in shown
        and "\nNo. Not c.\n" in shown
    )


@pytest.mark.parametrize(
    ("repository", "pip", "badge"),
    [
        ("https://github.com/someone/course", "git+https://github.com/someone/course@main", True),
        ("git+https://github.com/someone/course.git", "git+https://github.com/someone/course@main", True),
        ("git+file:///srv/course", "git+file:///srv/course", False),
        ("/srv/course", "/srv/course", False),
    ],
)
def test_the_repository_named_once_reaches_the_first_cell_and_the_badge(lesson, repository, pip, badge):
    made = cells(lesson(), where=Settings(repository))
    first = next(cell for cell in made if cell.cell_type == "code")
    assert repr(pip) in first.source
    address = "https://colab.research.google.com/github/someone/course/blob/main/notebooks/01_neuron.ipynb"
    assert (address in made[0].source) == badge
    assert sum("colab.research" in cell.source for cell in made) == badge


def test_without_a_repository_there_is_no_badge_and_the_first_cell_says_what_to_do(lesson):
    made = cells(lesson())
    assert not any("colab.research" in cell.source for cell in made)
    assert "make lab" in next(cell for cell in made if cell.cell_type == "code").source


@pytest.fixture
def tree(tmp_path) -> Path:
    for folder in ("lessons", "course/records"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "lessons" / "01_neuron.py").write_text(LESSON, encoding="utf-8")
    shutil.copy(settings.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_a_build_leaves_nothing_stale_and_an_edit_is_named(tree, capsys, monkeypatch):
    from course.checking import Exercise, call
    from course.checking import exercise as exercise_module

    small = Exercise("weighted_sum", hints=("a?", "b.", "c."))

    @small.probe
    def _(attempt, rng):
        yield call(attempt, rng.normal(size=3), rng.normal(size=3), 1.0)

    monkeypatch.setattr(exercise_module, "exercises", lambda name: {"weighted_sum": small})
    monkeypatch.setattr("course.authoring.answers.exercises", lambda name: {"weighted_sum": small})

    source = tree / "lessons" / "01_neuron.py"
    source.write_text(LESSON.replace("ex.weighted_sum.check(weighted_sum)", "weighted_sum(1, 2, 3)"), encoding="utf-8")
    assert len(build.stale(tree)) == 4
    build.build(tree)
    assert build.stale(tree) == []
    solution = nbformat.read(tree / "solutions" / "01_neuron.ipynb", as_version=4)
    assert any(cell.get("outputs") for cell in solution.cells)

    source.write_text(source.read_text(encoding="utf-8").replace("# # A lesson", "# # Another title"), encoding="utf-8")
    assert [re.match(r"[\w/.]+", line)[0] for line in build.stale(tree)] == [
        "notebooks/01_neuron.ipynb",
        "solutions/01_neuron.ipynb",
    ]
    build.build(tree, ["01"])
    (tree / "notebooks" / "02_left_over.ipynb").write_text("{}", encoding="utf-8")
    assert build.stale(tree) == ["notebooks/02_left_over.ipynb has no lesson"]


def test_a_cell_that_fails_or_writes_to_stderr_stops_the_build(tree):
    for code, words in (
        ("1 / 0", "ZeroDivisionError"),
        ("import sys; print('x', file=sys.stderr)", "writes to stderr"),
    ):
        (tree / "lessons" / "01_neuron.py").write_text(LESSON.replace('print("the end")', code), encoding="utf-8")
        source = read(tree / "lessons" / "01_neuron.py")
        with pytest.raises(LessonError, match=words):
            build.execute(source, render.notebook(source, render.INSTRUCTOR, NO_PLACE))


def test_the_committed_products_are_up_to_date(monkeypatch):
    monkeypatch.undo()
    assert build.stale() == []
