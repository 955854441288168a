"""Warm processes: what takes long to import is imported once, and each submission gets a process forked from that, in a jail of its own.

    server       a process that has imported and forks a fresh child for each connection; the handle by which others use it
    kernel       what such a child does to be one submission's kernel: a keeper outside of the jail, the kernel inside
    jail         bubblewrap's jail around one kernel, and the way in for a process that was forked outside
    limits       what a kernel may use, and the system calls it may not make
    provisioner  jupyter_client's extension point: nbval starts such kernels as it starts any other

Linux only. Elsewhere kernels are started cold, one process after another, and verdicts are the same.
"""

import sys

HERE = sys.platform == "linux"  # whether this machine can have warm processes at all
