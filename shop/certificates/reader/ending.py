"""How did the process that opened a document end? What parent.py asks of both ways to start one."""

from dataclasses import dataclass

# Exit statuses by which the process says why it ended.
OUR_FAULT = 1  # an exception of Python's: a person looks, and the file is not blamed
OUT_OF_MEMORY = 3
OUT_OF_SPACE = 4  # the disk is full: no fault of the file, nor of ours

LOGGED = 2_000  # of what it wrote on its way, in bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """`status` is the exit status, or the signal that ended it, negative."""

    status: int
    is_overrun: bool = False  # it was ended because its time was over
    answer: bytes = b""  # at most one byte more than may be
    errors: str = ""  # the last of what it wrote there
    cpu_seconds: float = 0.0  # of it and the programs that it ran; 0: not known
    peak_bytes: int = 0  # of resident memory, what it shares included; 0: not known
