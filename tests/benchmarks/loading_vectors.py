"""How long the usual ways of loading GloVe text take, and ours: seconds, ratios, peak memory, in one run. Asserts nothing.

    python tests/benchmarks/loading_vectors.py PATH/glove.6B.50d.txt [--rounds 3] [--peers VENV/bin/python] [--only TEXT]

Every way runs in a process of its own, all of them in turn, so that a busy minute strikes all alike, and its clock starts a
moment after its imports; the table shows medians, and peak memory is the process's ru_maxrss, interpreter included. pandas,
polars, pyarrow and gensim are run if the --peers interpreter can import them. "whole file" ways end with all words and vectors
in memory and one vector looked up.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS, PEERS = "ours", "peers"
LOOK = "assert v['frog'].shape[0] == v.dim and len(v.words) == len(v) == N"
# name -> (interpreter, modules needed, code outside the clock, code inside)
WAYS = {
    "read the bytes": (OURS, "", "", "len(open(P, 'rb').read())"),
    "read the bytes, count lines": (OURS, "", "", "open(P, 'rb').read().count(b'\\n')"),
    "keras.io loop": (
        OURS,
        "",
        "import numpy as np",
        """
index = {}
with open(P, encoding='utf-8') as f:
    for line in f:
        word, coefs = line.split(maxsplit=1)
        index[word] = np.array(coefs.split(), 'f')
assert len(index) == N""",
    ),
    "gensim, no_header": (
        PEERS,
        "gensim",
        "from gensim.models import KeyedVectors",
        "kv = KeyedVectors.load_word2vec_format(P, no_header=True); assert len(kv) == N; kv['frog']",
    ),
    "pandas, C engine": (
        PEERS,
        "pandas",
        "import pandas as pd, csv",
        """d = pd.read_csv(P, sep=' ', header=None, index_col=0, quoting=csv.QUOTE_NONE, na_filter=False,
    dtype={i: 'float32' for i in range(1, D + 1)}, engine='c')
assert len(d) == N; d.loc['frog']""",
    ),
    "polars": (
        PEERS,
        "polars",
        "import polars as pl; SCHEMA = {'w': pl.String, **{str(i): pl.Float32 for i in range(D)}}",
        """d = pl.read_csv(P, separator=' ', has_header=False, quote_char=None, schema=SCHEMA)
assert len(d) == N and d['w'][0] == 'the', d""",
    ),
    "pyarrow": (
        PEERS,
        "pyarrow",
        "import pyarrow.csv as pc, pyarrow as pa",
        """t = pc.read_csv(P, read_options=pc.ReadOptions(autogenerate_column_names=True, block_size=1 << 24),
    parse_options=pc.ParseOptions(delimiter=' ', quote_char=False), convert_options=pc.ConvertOptions(
    column_types={f'f{i}': pa.float32() for i in range(1, D + 1)}, strings_can_be_null=False))
assert t.num_rows == N""",
    ),
    "course: whole file": (OURS, "", "LOAD", "v = Vectors.load(P, cache=False); assert len(v) == N"),
    "course: whole file, words looked up": (OURS, "", "LOAD", f"v = Vectors.load(P, cache=False); {LOOK}"),
    "course: whole file, cache written": (OURS, "", "LOAD", "v = Vectors.load(P); assert len(v) == N"),
    "course: from the cache": (OURS, "", "LOAD", "v = Vectors.load(P); assert len(v) == N"),
    "course: from the cache, words looked up": (OURS, "", "LOAD", f"v = Vectors.load(P); {LOOK}"),
    "loop over 20,000 wanted words": (
        OURS,
        "",
        "WANT; import numpy as np",
        """
d = {}
with open(P, encoding='utf-8') as f:
    for line in f:
        w, _, rest = line.partition(' ')
        if w in want: d[w] = np.array(rest.split(), 'f')
assert len(d) == len(want)""",
    ),
    "course: 20,000 wanted words": (
        OURS,
        "",
        "LOAD; WANT",
        "v = Vectors.load(P, want, cache=False); assert len(v) == len(want) and v.words",
    ),
    "course: the same, cache written": (
        OURS,
        "",
        "LOAD; WANT",
        "v = Vectors.load(P, want); assert len(v) == len(want)",
    ),
    "course: the same, from the cache": (
        OURS,
        "",
        "LOAD; WANT",
        "v = Vectors.load(P, want); assert len(v) == len(want) and v.words",
    ),
}
SHORT = {
    "LOAD": "from course.vectors import Vectors; import course.data; course.data.cache_folder()",
    "WANT": "want = {l.split(' ', 1)[0] for i, l in zip(range(40000), open(P, encoding='utf-8')) if i % 2}",
}
CHILD = """import sys, time, resource
P, N, D = sys.argv[1], *map(int, sys.argv[2:])
{before}
time.sleep(0.2)  # until threads that the imports have started are at rest
t0, c0 = time.perf_counter(), time.process_time()
{code}
seconds, cpu = time.perf_counter() - t0, time.process_time() - c0
unit = 1 if sys.platform == 'darwin' else 1024
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
print(seconds, cpu, peak)"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--peers", default=sys.executable, help="an interpreter that has gensim, pandas, polars, pyarrow"
    )
    parser.add_argument("--only", default="", help="run only ways whose names hold one of these texts, comma-separated")
    options = parser.parse_args()
    with open(options.path, "rb") as file:
        dim = file.readline().count(b" ")
        lines = 1 + sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    texts = options.only.split(",")
    names = [name for name in WAYS if name.startswith("read the bytes") or any(text in name for text in texts)]
    missing = [name for name in names if not can_import(WAYS[name][1], options.peers)]
    got: dict[str, list[list[float]]] = {name: [] for name in names if name not in missing}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as cache:  # so each round writes the caches anew
            for name in got:
                got[name] += run(name, options, lines, dim, cache)
    report(got, missing, options, lines, dim)


def can_import(module: str, python: str) -> bool:
    return not module or subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0


def run(name: str, options: argparse.Namespace, lines: int, dim: int, cache: str) -> list[list[float]]:
    """Seconds, seconds of processor, megabytes at the peak; nothing, and a word on it, if it failed."""
    whose, _, before, code = WAYS[name]
    for short, long in SHORT.items():
        before = before.replace(short, long)
    child = CHILD.format(before=before.replace("; ", "\n"), code=code.strip())
    python = sys.executable if whose == OURS else options.peers
    environment = {**os.environ, "COURSE_DATA": cache, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [python, "-W", "ignore", "-c", child, options.path, str(lines), str(dim)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        print(f"{name} failed: {done.stderr.strip().splitlines()[-1]}")
        return []
    return [[float(number) for number in done.stdout.split()[-3:]]]


def report(
    got: dict[str, list[list[float]]], missing: list[str], options: argparse.Namespace, lines: int, dim: int
) -> None:
    size = os.path.getsize(options.path)
    print(
        f"{options.path}: {size / 1e6:,.1f} MB, {lines:,} lines of {dim} numbers: a matrix of {lines * dim * 4 / 1e6:,.0f} MB"
    )
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians of {options.rounds} rounds")
    medians = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in got.items() if runs
    }
    floor = medians["read the bytes"][0]
    loop = medians.get("keras.io loop", [float("nan")])[0]
    print(
        f"{'':40s} {'seconds':>8s} {'fastest':>8s} {'CPU s':>7s} {'x reading':>9s} {'x faster than keras.io':>23s} {'peak MB':>8s}"
    )
    for name, (seconds, cpu, peak) in medians.items():
        fastest = min(row[0] for row in got[name])
        print(
            f"{name:40s} {seconds:8.3f} {fastest:8.3f} {cpu:7.2f} {seconds / floor:9.2f} {loop / seconds:23.1f} {peak:8.0f}"
        )
    if missing:
        print(f"not measured, {options.peers} lacks them: {', '.join(missing)}")


if __name__ == "__main__":
    main()
