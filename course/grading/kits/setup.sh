#!/usr/bin/env bash
# Runs once, when the machine that grades is made: Python 3.11 or later, the sandbox, and what grading imports.
#
# AUTOGRADER_ROOT      where all this lies (/autograder)
# AUTOGRADER_PYTHON    a Python to use; then nothing is asked of apt
# AUTOGRADER_NO_SANDBOX  to grade without the sandbox although there is one
# AUTOGRADER_PACKAGES  a site-packages folder to use in place of an index, to try these scripts without a network
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
source=$root/source
python=${AUTOGRADER_PYTHON:-}

if [ -z "$python" ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -qy --no-install-recommends python3 python3-venv python3-pip bubblewrap libseccomp2
    python=python3
    if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        python3 -m venv "$root/uv"
        "$root/uv/bin/pip" install --quiet uv
        export UV_PYTHON_INSTALL_DIR=$root/python
        "$root/uv/bin/uv" python install 3.12
        python=$("$root/uv/bin/uv" python find 3.12)
    fi
fi

"$python" -m venv "$root/venv"
if [ -n "${AUTOGRADER_PACKAGES:-}" ]; then
    folder=$("$root/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    echo "$AUTOGRADER_PACKAGES" > "$folder/packages.pth"
else
    "$root/venv/bin/pip" install --quiet -r "$source/requirements.txt" -c "$source/constraints.txt"
    "$root/venv/bin/pip" install --quiet --no-deps "$source/checkout"
fi
