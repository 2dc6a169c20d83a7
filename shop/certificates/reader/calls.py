"""Which system calls may the reader's process no longer make? A filter in the kernel (seccomp).

Refused are those that open a way out (sockets), look into or steer other processes, leave the
process group by which it is killed, make namespaces, or reach parts of the kernel that reading a
document never needs. Programs may still be started: tesseract is one.
"""

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Iterable

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _RETURN = 0x20, 0x06
_JUMP, _JUMP_EQUAL, _JUMP_FROM, _JUMP_ANY_BIT = 0x05, 0x15, 0x35, 0x45
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16  # in struct seccomp_data
_ALLOW, _FAIL_WITH = 0x7FFF0000, 0x00050000
_DENY = _FAIL_WITH | errno.EACCES
_X32_CALLS = 0x40000000  # the same calls once more, under other numbers
_NEW_NAMESPACES = 0x7E020000  # the CLONE_NEW* flags of clone
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Numbers on the two, in this order.
_SOCKETS = {"socket": (41, 198), "socketpair": (53, 199), "io_uring_setup": (425, 425)}
_OTHERS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "setsid": (112, 157),
    "setpgid": (109, 154),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "mount_setattr": (442, 442),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
}
_CLONE, _CLONE3 = (56, 220), (435, 435)

_Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, value


def refuse_sockets() -> bool:
    """Have the kernel refuse to make sockets from now on. False where we cannot ask it to."""
    place = _place()
    return place is not None and _install(_refuse(calls[place] for calls in _SOCKETS.values()))


def refuse_all_but_reading() -> bool:
    """Have it refuse everything named above. False where we cannot ask it to.

    clone3 hides its flags from a filter; told that there is none, the C library takes clone.
    """
    place = _place()
    return place is not None and _install(
        [
            *_refuse(calls[place] for calls in (_SOCKETS | _OTHERS).values()),
            (_JUMP_EQUAL, 0, 1, _CLONE3[place]),
            (_RETURN, 0, 0, _FAIL_WITH | errno.ENOSYS),
            (_JUMP_EQUAL, 0, 3, _CLONE[place]),
            (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
            (_JUMP_ANY_BIT, 0, 1, _NEW_NAMESPACES),
            (_RETURN, 0, 0, _DENY),
        ]
    )


def _place() -> int | None:
    """Which column of the numbers is ours."""
    machine = platform.machine()
    is_known = sys.platform == "linux" and machine in _ARCHITECTURES
    return list(_ARCHITECTURES).index(machine) if is_known else None


def _refuse(numbers: Iterable[int]) -> list[_Instruction]:
    refused = list(numbers)
    return [
        *((_JUMP_EQUAL, len(refused) - i, 0, number) for i, number in enumerate(refused)),
        (_JUMP, 0, 0, 1),
        (_RETURN, 0, 0, _DENY),
    ]


def _install(rules: list[_Instruction]) -> bool:
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 1, 0, _ARCHITECTURES[platform.machine()]),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_FROM, 0, 1, _X32_CALLS),
        (_RETURN, 0, 0, _DENY),
        *rules,
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }, padded by "@".
    fprog = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, fprog, 0, 0) == 0)
