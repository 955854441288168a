"""For instructors: submissions -> marks, judged by nbval outside the student's kernel. Nothing a learner imports comes here.

Data flows one way, a module a step:

    submission  finds what was handed in and reads it, whatever its form
    splice      puts its answers into the lesson as published; nothing else of it but honest helpers
    probe       adds after each answer a cell that prints what the answer does with inputs drawn for this run
    reference   what the lesson's own answers print there
    judge       runs nbval (plugin: our hooks in it), which compares the two
    verdict     from what came out to right, not yet, crashed ...
    one         all of this for one submission: the unit of work
    records     one JSON file a submission; marks: the table made of them
    grade       a run over many
"""

import sys

# jsonschema, which comes with nbformat, tries this optional module; importing it takes 1.8 s of every process, and it serves for
# nothing here.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


class GradingError(Exception):
    """A grading run that cannot go on. The text is one sentence for the instructor."""
