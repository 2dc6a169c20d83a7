"""What may the reader's process still do, once it holds a stranger's document?

Memory, time, file size and open files are limited by the kernel. The network is taken away: by a
network namespace of its own where the kernel permits one, and by a filter that refuses to make
sockets. Calls that reading never needs are refused (calls.py), and so are files other than the
libraries' and its own folder's (landlock.py). Where the system offers none of these, the user that
runs the worker should own nothing that a stranger may not see (docs/threats.md).
"""

import contextlib
import ctypes
import os
import resource
import shutil
import signal
import sys
import sysconfig
from pathlib import Path

import shop
from shop.certificates.reader import calls, landlock
from shop.certificates.reader.landlock import EXECUTE, READ, WRITE
from shop.certificates.reader.limits import Limits

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1
# Not all of /usr: an application may have been put there, settings and documents and all.
_SYSTEM = (
    *("/bin", "/lib", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib64", "/usr/libexec", "/usr/share"),
    *("/usr/local/bin", "/usr/local/lib", "/usr/local/share", "/etc/fonts", "/etc/ld.so.cache"),
)
_LIBRARIES = ("stdlib", "platstdlib", "purelib", "platlib")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_OURS = Path(shop.__file__).parent

refuse_sockets = calls.refuse_sockets


def enter(limits: Limits, folder: Path, *, network: str = "") -> str:
    """Give up what reading does not need; only `folder` may be written to.

    Returns what was taken away, joined by "+": how the network went (see `cut_network`; `network`
    says that it has gone already), "calls", "files".
    """
    taken = [network or cut_network()]
    _offer_to_be_ended_first()
    if landlock.confine(_paths(folder)):
        taken.append("files")
    if calls.refuse_all_but_reading():
        taken.append("calls")
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
    return "+".join(taken)


def cut_network() -> str:
    """Take the network away from this process and its children, for good.

    "namespace", "filter", or "none" where the system offers neither. A namespace has no part in
    sockets that are files (a database's, say), so the filter comes on top of it.
    """
    if sys.platform != "linux":
        return "none"
    libc = ctypes.CDLL(None, use_errno=True)
    is_apart = any(
        libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)
    )
    is_filtered = refuse_sockets()
    if is_apart:
        return "namespace"
    return "filter" if is_filtered else "none"


def end_with(parent: int) -> None:
    """Have the kernel end this process when the one that forked it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _offer_to_be_ended_first() -> None:
    """Where memory runs out, this process goes, and neither the shop nor its database."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _paths(folder: Path) -> dict[Path, tuple[str, ...]]:
    program = shutil.which("tesseract")
    code = {Path(sysconfig.get_path(name)) for name in _LIBRARIES}
    return {
        **dict.fromkeys(map(Path, _SYSTEM), (READ, EXECUTE)),
        **dict.fromkeys((path for path in code if not _holds_ours(path)), (READ, EXECUTE)),
        **({Path(program).resolve(): (READ, EXECUTE)} if program else {}),
        **dict.fromkeys(map(Path, _DEVICES), (READ, WRITE)),
        _OURS: (READ,),
        folder: (READ, WRITE),
    }


def _holds_ours(path: Path) -> bool:
    """A folder that is the shop's or above it may hold settings and documents."""
    return _OURS.is_relative_to(path)
