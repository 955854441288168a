#!/usr/bin/env bash
# Unpacks the grader and installs what it imports, once.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export AUTOGRADER_ROOT=${AUTOGRADER_ROOT:-${RUNNER_TEMP:-/tmp}/autograder}
if [ -e "$AUTOGRADER_ROOT/ready" ]; then
    exit 0
fi
if [ -z "${AUTOGRADER_PYTHON:-}" ] && command -v sudo >/dev/null; then
    sudo apt-get install -qy --no-install-recommends bubblewrap libseccomp2 || echo "No sandbox: bubblewrap cannot be installed."
fi
export AUTOGRADER_PYTHON=${AUTOGRADER_PYTHON:-python3}
mkdir -p "$AUTOGRADER_ROOT/source"
"$AUTOGRADER_PYTHON" -m zipfile -e "$here/autograder.zip" "$AUTOGRADER_ROOT/source"
bash "$AUTOGRADER_ROOT/source/setup.sh"
touch "$AUTOGRADER_ROOT/ready"
