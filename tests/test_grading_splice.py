"""What of a submission comes into the notebook that is judged."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from course import catalog
from course.authoring.source import Cell as LessonCell
from course.authoring.source import Source
from course.grading.splice import bound, parse, splice, statements, without_marks
from course.grading.submission import Cell, Submission

STUB = "def {0}(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"


def lesson(*names: str) -> Source:
    entry = catalog.Lesson(
        "90_small", 1, "Small", "", exercises=tuple(catalog.Entry(name, name, 1, 1) for name in names)
    )
    cells = [
        LessonCell("code", "import numpy as np\nSIZE = 3", 1, {"tags": ["needed"]}),
        LessonCell("code", "demonstrate()", 1),
    ]
    for name in names:
        cells += [
            LessonCell("code", STUB.format(name), 1, {"exercise": name}),
            LessonCell("code", f"ex.{name}.check({name})", 1, {"check": name}),
        ]
    return Source(Path("90_small.py"), entry, cells)


def spliced(*cells: Cell | str, names: tuple[str, ...] = ("one",)) -> list[tuple[str, str]]:
    made = [cell if isinstance(cell, Cell) else Cell(cell) for cell in cells]
    parts = splice(lesson(*names), Submission("90_small", made)).parts
    return [(part.kind, part.source) for part in parts if part.kind != "needed"]


def marked(source: str, name: str = "one") -> Cell:
    return Cell(source, exercise=name)


def test_of_the_lesson_only_needed_cells_come():
    parts = splice(lesson("one"), Submission("90_small", [marked("def one(x): return 1")])).parts
    assert [part.kind for part in parts] == ["needed", "answer"]
    assert parts[0].source == "import numpy as np\nSIZE = 3"


def test_an_exercise_without_a_cell_is_missing_and_one_left_alone_is_untouched():
    made = splice(lesson("one", "two"), Submission("90_small", [marked("def one(x):\n    ...  \n\n")]))
    assert (made.missing, made.untouched) == ({"two"}, {"one"})


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (["def one(x): return 1", "def one(x): return 2"], "def one(x): return 2"),
        ([marked("def one(x): return 1"), "def one(x): return 2"], "def one(x): return 1"),
        ([marked("def one(x): return 1"), marked("def one(x): return 2")], "def one(x): return 2"),
        ([marked("def one(x): return 1"), marked("print('nothing')")], "def one(x): return 1"),
        ([marked("def one(x):\n    ..."), "def one(x): return 2"], "def one(x): return 2"),
        ([marked("# it was split"), "def one(x): return 2"], "def one(x): return 2"),
        ([marked("def one(x: return 1"), "one = 3"], "def one(x: return 1"),
        ([marked("exec('def one(x): return 1')")], "exec('def one(x): return 1')"),
        (["if True:\n    one = lambda x: x"], "if True:\n    one = lambda x: x"),
        (["from math import sqrt as one"], "from math import sqrt as one"),
        (["one, two = min, max"], "one, two = min, max"),
        (
            ["%matplotlib inline\ndef one(x):\n    !ls\n    return 1"],
            "%matplotlib inline\ndef one(x):\n    !ls\n    return 1",
        ),
    ],
)
def test_which_cell_is_the_answer(cells, answer):
    assert ("answer", answer) in spliced(*cells)


def test_a_check_cell_is_never_an_answer():
    assert spliced(Cell("def one(x): return 1", check="one")) == []


def test_definitions_that_are_mentioned_and_work_whose_results_are_used_come_along():
    helpers = """\
import os, sys
from math import pi as circle
print("seen")
RATE: float = 0.5
names = ["a", -1, (2.0, None)]
worked = fsum([1])
quiet = lambda x: worked
total = 0
total += 1

@decorate(
    circle)
def half(x):
    return x * RATE  # of it

class Box:
    size = 1
try:
    import fast
except ImportError:
    import slow as fast
del total
train(); import tail
"""
    answer = "def one(x): return half(x), Box, names, quiet, total, fast, tail, worked"
    assert spliced(helpers, marked(answer)) == [
        ("helper", "from math import pi as circle"),
        ("helper", "RATE: float = 0.5"),
        ("helper", 'names = ["a", -1, (2.0, None)]'),
        ("helper", "worked = fsum([1])"),
        ("helper", "quiet = lambda x: worked"),
        ("helper", "total = 0"),
        ("helper", "total += 1"),
        ("helper", "@decorate(\n    circle)\ndef half(x):\n    return x * RATE  # of it"),
        ("helper", "class Box:\n    size = 1"),
        ("helper", "try:\n    import fast\nexcept ImportError:\n    import slow as fast"),
        ("helper", "import tail"),
        ("answer", answer),
    ]


def test_a_helper_brings_its_own_helpers_and_a_mention_in_a_text_counts():
    cells = ["def a(): return b", "b = 1", "c = 2", marked("def one(x): return globals()['a']()")]
    assert spliced(*cells)[:2] == [("helper", "def a(): return b"), ("helper", "b = 1")]


def test_star_and_future_imports_come_along():
    made = spliced("from __future__ import annotations\nfrom math import *\nimport os", marked("def one(x): return x"))
    assert [source for kind, source in made if kind == "helper"] == [
        "from __future__ import annotations",
        "from math import *",
    ]


def test_what_the_lesson_gives_and_what_answers_give_is_not_taken_from_elsewhere():
    cells = [
        "import numpy as np\nSIZE = 99\ndef two(x): return 0",
        marked("def one(x): return two(np.ones(SIZE))"),
        marked("def two(x): return 1", "two"),
    ]
    assert [kind for kind, _ in spliced(*cells, names=("one", "two"))] == ["answer", "answer"]


def test_work_comes_along_for_names_that_are_really_used_alone():
    cells = [
        "model = build(); model.fit(x)\nimport slow; slow.start()",
        "table = make()\ntable.append(1)\ntable[0] = 2\nfor i in table: table.add(i)\nprint(table)\nother = table.copy()",
        marked("def one(x):\n    model = 3; print('other')\n    return table, model, slow"),
    ]
    assert [source for kind, source in spliced(*cells) if kind == "helper"] == [
        "import slow",
        "table = make()",
        "table.append(1)",
        "table[0] = 2",
        "for i in table: table.add(i)",
        "other = table.copy()",  # as good as `other = table.pop()`
    ]


def test_what_stands_too_far_down_comes_along_where_nothing_else_has_its_name():
    cells = [
        "k = 1",
        marked("def one(x): return k, sum(x), sqrt(x), places"),
        Cell("ex.one.check(one)", check="one"),
        "from math import sqrt, sum\nk = 2\nplaces = []\nplaces.append(k)",
    ]
    assert [source for _, source in spliced(*cells)] == ["k = 1", "places = []", "places.append(k)", cells[1].source]
    cells[3] = "from math import sqrt\nfrom numpy import *"
    assert [source for _, source in spliced(*cells)] == ["k = 1", "from math import sqrt", cells[1].source]


def test_definitions_under_a_condition_come_along():
    helper = "if True:\n    def a(x): return x\nelse:\n    a = None"
    assert spliced(helper, marked("def one(x): return a(x)"))[0] == ("helper", helper)


def test_a_cell_with_other_comments_and_spaces_is_still_as_it_was_given_out():
    given = marked("# my answer\n\ndef  one( x ):\n    ... # to do\n")
    assert splice(lesson("one"), Submission("90_small", [given])).untouched == {"one"}
    assert ("answer", "def one(x): return 1") in spliced(given, "def one(x): return 1")


def test_a_long_chain_of_helpers_is_cut_off_and_takes_no_time():
    cells = ["\n".join(f"def f{i}(): return f{i + 1}()" for i in range(10_000)), marked("def one(x): return f0()")]
    assert len(spliced(*cells)) == 501


def test_helpers_stand_where_the_learner_had_them():
    cells = [
        "k = 1",
        marked("def one(x): return k + late"),
        "late = 2",
        Cell("ex.one.check(one)", check="one"),
        "k = 3",
        marked("def two(x): return k", "two"),
        "import unused",
    ]
    assert [source for _, source in spliced(*cells, names=("one", "two"))] == [
        "k = 1",
        "def one(x): return k + late",
        "late = 2",
        "k = 3",
        "def two(x): return k",
    ]


def test_one_cell_with_two_answers_serves_both():
    both = "def one(x): return 1\ndef two(x): return 2"
    assert spliced(marked(both), names=("one", "two")) == [("answer", both), ("answer", both)]


def test_a_cell_that_does_not_parse_costs_itself_alone():
    cells = ["import a\ndef broken(:", "import b", marked("def one(x): return a, b")]
    assert spliced(*cells)[0] == ("helper", "import b")


def test_nbvals_marks_are_blanked_line_for_line():
    source = "# NBVAL_SKIP\nx = 1  # NBVAL_SKIP\n  ##  NBVAL_RAISES_EXCEPTION \n#PYTEST_VALIDATE_IGNORE_OUTPUT\n# NBVAL_SKIP it"
    assert without_marks(source) == "#\nx = 1  # NBVAL_SKIP\n#\n#\n# NBVAL_SKIP it"


def test_text_beyond_ascii_is_cut_out_whole():
    assert [each.text for each in statements("a = 'é'; b = 'ü'\nc = '''\nñ'''; print(1)")] == [
        "a = 'é'",
        "b = 'ü'",
        "c = '''\nñ'''",
    ]


@pytest.mark.parametrize(
    "hostile", ["-" * 100_000 + "1", "(" * 100_000, "x = " + "1+" * 100_000 + "1", "\0", "\ud800", "lambda:" * 9000]
)
def test_hostile_texts_do_not_parse_and_do_no_harm(hostile):
    assert parse(hostile) is None
    assert list(statements(hostile)) == []
    bound(hostile)


def test_magics_inside_blocks_leave_the_block_whole():
    tree, _ = parse("if True:\n    !ls\nfiles = !ls\n%timeit x\n?print\nprint?\ny = 2")
    assert isinstance(tree, ast.Module)
    assert bound("if True:\n    !ls\nfiles = !ls\ny = 2") == {"y"}
