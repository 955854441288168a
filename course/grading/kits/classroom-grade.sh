#!/usr/bin/env bash
# Grades the notebooks of this repository. With the name of an exercise, only says whether that is right: exit code 0 or 1.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export AUTOGRADER_ROOT=${AUTOGRADER_ROOT:-${RUNNER_TEMP:-/tmp}/autograder}
export PYTHONPATH="$AUTOGRADER_ROOT/source/checkout"
exec "$AUTOGRADER_ROOT/venv/bin/python" -m course.grading.classroom "$here/../.." "$AUTOGRADER_ROOT/marks" "$@"
