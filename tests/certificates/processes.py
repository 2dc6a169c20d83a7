"""Looking at processes from outside: who has which children, and waiting until one is gone."""

import os
import select
import subprocess
import time

_PATIENCE = 30  # seconds, after which a test has failed


def children(pid):
    """The ids of the processes that this one has started, itself or through them."""
    listed = subprocess.run(
        ["/bin/ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    rows = [line.split() for line in listed if line]
    by_parent = {}
    for own, parent, state in rows:
        if not state.startswith("Z"):
            by_parent.setdefault(int(parent), []).append(int(own))
    found, waiting = [], [pid]
    while waiting:
        waiting += (more := by_parent.get(waiting.pop(), []))
        found += more
    return found


def first_child(pid):
    """The first process that it starts, as soon as it has."""
    deadline = time.monotonic() + _PATIENCE
    while not (found := children(pid)):
        assert time.monotonic() < deadline, "it started none"
    return found[0]


def is_gone(pid):
    """Whether the process ends, or has ended, before patience does."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        ended, _, _ = select.select([watched], [], [], _PATIENCE)
        return bool(ended)
    finally:
        os.close(watched)
