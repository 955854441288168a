"""What a kernel may use, and the system calls it may not make."""

from __future__ import annotations

import ctypes
import os
import resource
from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """For one submission. memory: bytes, all its processes together (looked at twice a second) and each alone (at once); disk: bytes in
    its temporary folder and in its home, each; file: bytes of one file; processes: threads count too; cpu: seconds of each process."""

    memory: int = 4096 * MB
    disk: int = 256 * MB
    file: int = 128 * MB
    open_files: int = 512
    processes: int = 256
    cpu: int = 3600

    def apply(self) -> None:
        """Sets what the operating system can hold this process to, for good."""
        for kind, value in (
            (resource.RLIMIT_DATA, self.memory),
            (resource.RLIMIT_FSIZE, self.file),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_NPROC, self.processes),
            (resource.RLIMIT_CPU, self.cpu),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MEMLOCK, 0),
            (resource.RLIMIT_MSGQUEUE, 0),
        ):
            _, hard = resource.getrlimit(kind)
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (most, most))


# What no answer needs, and what has been a way out of namespaces or around the memory limit.
_FORBIDDEN = """
    unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr
    ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd
    add_key request_key keyctl bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    memfd_create memfd_secret shmget shmat msgget semget open_by_handle_at name_to_handle_at fanotify_init
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl
    settimeofday clock_settime adjtimex clock_adjtime sethostname setdomainname syslog vhangup iopl ioperm modify_ldt personality
"""
_ALLOW = 0x7FFF0000
_CLONE_NEWUSER = 0x10000000
_EPERM, _ENOSYS = 1, 38


class _Compare(ctypes.Structure):
    """libseccomp's scmp_arg_cmp: argument number, comparison, two operands."""

    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def libseccomp() -> ctypes.CDLL:
    """The library that makes system-call filters. Raises OSError where it is missing."""
    lib = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    lib.seccomp_init.restype = ctypes.c_void_p
    return lib


def forbid_system_calls() -> None:
    """Refuses this process and its children the system calls above, for good. Raises OSError when that fails."""
    lib = libseccomp()
    rules = ctypes.c_void_p(lib.seccomp_init(_ALLOW))

    def refuse(name: str, error: int, *conditions: _Compare) -> None:
        number = lib.seccomp_syscall_resolve_name(name.encode())
        if number == -1:  # not known to this version of the library
            return
        listed = (_Compare * len(conditions))(*conditions)
        if lib.seccomp_rule_add_array(rules, 0x00050000 | error, number, len(conditions), listed):
            raise OSError(f"no rule for the system call {name}")

    for name in _FORBIDDEN.split():
        refuse(name, _EPERM)
    refuse("clone", _EPERM, _Compare(0, 7, _CLONE_NEWUSER, _CLONE_NEWUSER))  # 7: equal under a mask
    refuse("clone3", _ENOSYS)  # its flags lie in memory, out of the filter's sight; the C library then takes clone
    if lib.seccomp_load(rules):
        raise OSError("the filter of system calls could not be set")
    lib.seccomp_release(rules)


_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 4, 24, 38, 47
_CAPABILITY_VERSION_3 = 0x20080522


def become_nobody(user: int | None) -> None:
    """Gives up every privilege, for good. user: the id to go on as; None to keep the present one."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(64):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    libc.prctl(_PR_CAP_AMBIENT, 4, 0, 0, 0)  # 4: clear all
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    if libc.capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)  # its /proc/self stays readable to it
