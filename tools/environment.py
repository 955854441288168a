"""Makes the environment in .venv that `make lab` and `make test` use; run again, it does only what is missing.

    environment.py [FILE]    what learners need and, with FILE, the requirements it lists beside

Runs under whatever `python3` there is, down to old ones, so that a wrong version gets a sentence and not a SyntaxError: no
f-strings, no annotations here. Standard library only.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
READY = os.path.join(VENV, "ready")  # written last: what it holds says what the environment was made from
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python")
TRACE = os.path.join(VENV, "pip.log")


def stop(sentence):
    sys.stderr.write("make: " + sentence + "\n")
    sys.exit(1)


def right_version():
    return OLDEST <= sys.version_info[:2] <= NEWEST


def another_python():
    """A Python of a version that fits, by name, or None."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found and works(found, "import sys; sys.exit(sys.version_info[:2] != (3, %d))" % minor):
            return found
    return None


def works(python, code):
    try:
        with open(os.devnull, "wb") as nowhere:
            return subprocess.call([python, "-c", code], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def fingerprint(*names):
    digest = hashlib.sha256(sys.version.encode())
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    digest.update(ROOT.encode("utf-8", "replace"))  # a folder that was moved needs its scripts written anew
    return digest.hexdigest()


def is_ready(wanted, mark=READY):
    try:
        with open(mark, encoding="utf-8") as file:
            return file.read() == wanted and os.path.exists(PYTHON)
    except OSError:
        return False


def set_ready(wanted, mark=READY):
    with open(mark + ".tmp", "w", encoding="utf-8") as file:
        file.write(wanted)
    os.rename(mark + ".tmp", mark)


def make_venv():
    if works(PYTHON, "import pip, sys; sys.exit(sys.version_info[:2] != %r)" % (sys.version_info[:2],)):
        return  # half-made but sound: go on where it stopped
    if not works(sys.executable, "import venv, ensurepip"):
        stop(
            "this Python has no venv module. Install it (on Debian and Ubuntu: apt install python3-venv) and run the same command again."
        )
    print("Making the environment in .venv (once; about two minutes) ...")
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        stop(
            "the environment could not be made in %s. Is the disk full, or the folder not writable? Then run the same command again."
            % VENV
        )


def install(requirements, ourselves):
    with open(requirements, encoding="utf-8") as file:
        total = sum("==" in line for line in file)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--progress-bar", "off", "--log", TRACE]
    if os.path.exists(TRACE):
        os.remove(TRACE)
    if run_pip(pip + ["-r", requirements], total) != 0 or (
        ourselves and run_pip(pip + ["--no-deps", "-e", ROOT], 0) != 0
    ):
        stop(reason() + " Nothing is lost: run the same command again. Details: " + TRACE)


def run_pip(command, total):
    """Runs pip and shows how many of about `total` packages it has come to; nothing where `total` is 0."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    met = 0
    for line in process.stdout:
        if not total:
            continue
        if line.startswith(b"Collecting "):
            met += 1
            show("  fetching: %d of about %d packages" % (met, total))
        elif line.startswith(b"Installing collected"):
            show("  unpacking them (half a minute)                    ")
    process.stdout.close()
    if total and sys.stdout.isatty():
        print("")
    return process.wait()


def show(text):
    """On a terminal one line that changes; in a log every fortieth."""
    if sys.stdout.isatty():
        sys.stdout.write("\r" + text)
        sys.stdout.flush()
    elif text.startswith("  unpacking") or " 40 of" in text or " 80 of" in text:
        print(text)


def settle_jupyterlab():
    """JupyterLab's settings for this environment: it asks nobody about news, which needs a network."""
    folder = os.path.join(VENV, "share", "jupyter", "lab", "settings")
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with open(os.path.join(folder, "overrides.json"), "w", encoding="utf-8") as file:
        file.write(
            '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}\n'
        )


def reason():
    """Why pip failed, in one sentence, from its log."""
    try:
        with open(TRACE, "rb") as file:
            log = file.read().decode("utf-8", "replace").lower()
    except OSError:
        log = ""
    if "no space left" in log:
        return "the disk is full; the environment needs about 2 GB."
    signs = ("connection", "name resolution", "network is unreachable", "timed out", "max retries", "proxy")
    if any(sign in log for sign in signs):
        return "the packages could not be downloaded; is there a network?"
    if "no matching distribution" in log:
        return "the package index has no build of a pinned package for this machine."
    return "pip could not install the packages."


def main():
    if not right_version():
        other = another_python() if "PYTHON" not in os.environ else None
        if other:
            sys.exit(subprocess.call([other, os.path.abspath(__file__)]))
        stop(
            "Python 3.%d to 3.%d is needed, and %s is Python %d.%d. Install one from https://www.python.org/downloads/, or name it: make PYTHON=/path/to/python3.12 lab"
            % (OLDEST[1], NEWEST[1], sys.executable, sys.version_info[0], sys.version_info[1])
        )
    wanted = fingerprint("requirements.txt", "pyproject.toml")
    if not is_ready(wanted):
        make_venv()
        if os.path.exists(READY):
            os.remove(READY)
        print("Installing the packages (about 700 MB to download the first time) ...")
        sys.stdout.flush()
        install(os.path.join(ROOT, "requirements.txt"), True)
        settle_jupyterlab()
        set_ready(wanted)
    for name in sys.argv[1:]:
        also(name)


def also(name):
    """What the requirements file `name` lists, beside what learners need."""
    wanted, mark = fingerprint("requirements.txt", name), READY + "-" + name.replace("/", "-")
    if not is_ready(wanted, mark):
        print("Installing what the tests need (about 50 MB to download the first time) ...")
        sys.stdout.flush()
        install(os.path.join(ROOT, name), False)
        set_ready(wanted, mark)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted. Nothing is lost: run the same command again.")
