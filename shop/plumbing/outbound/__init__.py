"""May we open this address, and what is there? The only door through which strangers are fetched.

Only workers use it: the web process fetches nothing.
"""

from shop.plumbing.outbound.answers import (
    Answer,
    Blocked,
    Code,
    Hop,
    LeftHost,
    Limits,
    NotEncrypted,
    NotFoundInDns,
    NotOpened,
    NotTrusted,
    OutboundError,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Trace,
    TxtAnswer,
    Unreachable,
)
from shop.plumbing.outbound.gate import Outbound

__all__ = [
    "Answer",
    "Blocked",
    "Code",
    "Hop",
    "LeftHost",
    "Limits",
    "NotEncrypted",
    "NotFoundInDns",
    "NotOpened",
    "NotTrusted",
    "Outbound",
    "OutboundError",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "Trace",
    "TxtAnswer",
    "Unreachable",
]
