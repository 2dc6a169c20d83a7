"""What may the reader's process still do, once it holds a stranger's document?

Memory, time, file size and open files are limited by the kernel. The network is taken away: by a
network namespace of its own where the kernel permits one, else by a filter that refuses to make
sockets. Files that its user can read stay readable; the user that runs the worker should own
nothing that a stranger may not see (docs/threats.md).
"""

import ctypes
import platform
import resource
import struct
import sys

from shop.certificates.reader.limits import Limits

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
# Audit architecture, and the system calls that open a way out: socket, socketpair, io_uring_setup.
_ARCHITECTURES = {
    "x86_64": (0xC000003E, (41, 53, 425)),
    "aarch64": (0xC00000B7, (198, 199, 425)),
}
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # EACCES
_X32_BIT = 0x40000000


def enter(limits: Limits) -> str:
    """Give up what reading does not need; returns how the network went: see `cut_network`."""
    cut = cut_network()
    for what, most, grace in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, limits.open_files, 0),
        (resource.RLIMIT_FSIZE, limits.written_bytes, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds, 1),  # first SIGXCPU, by which one sees why
        (resource.RLIMIT_AS, limits.memory_bytes, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        hard = most + grace if ceiling == resource.RLIM_INFINITY else min(most + grace, ceiling)
        resource.setrlimit(what, (min(most, hard), hard))
    return cut


def cut_network() -> str:
    """Take the network away from this process and its children, for good.

    "namespace", "filter", or "none" where the system offers neither.
    """
    if sys.platform != "linux":
        return "none"
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET):
        if libc.unshare(flags) == 0:
            return "namespace"
    return "filter" if refuse_sockets() else "none"


def refuse_sockets() -> bool:
    """Have the kernel refuse to make sockets from now on. False where we cannot ask it to."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    architecture, calls = known
    program = [
        (_LOAD, 0, 0, 4),  # the architecture
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, 0),  # the call's number
    ]
    refused = [*calls, *(call | _X32_BIT for call in calls)]
    program += [(_JUMP_EQUAL, len(refused) - i, 0, call) for i, call in enumerate(refused)]
    program += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }, padded by "@".
    fprog = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, fprog, 0, 0) == 0)
