"""Does a page lie under a path? Asked of segments, as `hostnames` reads them."""

import re
from functools import lru_cache

_DOT_SEGMENTS = frozenset({".", ".."})
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_SLASHES = re.compile(rb"[/\\]|\xc0\xaf")
_SILENT = re.compile(rb"[\x00-\x20\x7f]+")  # controls and spaces, which some servers drop
_MOST_LAYERS = 3  # of servers behind one another, each of which decodes once more


def is_below(segments: tuple[str, ...], prefix: tuple[str, ...]) -> bool:
    """Whether a path lies under a prefix by whole segments, however a server decodes it.

    A segment that some server would resolve once more (an encoded slash, `..;`, `%252e%252e`)
    lies nowhere.
    """
    is_under = bool(prefix) and segments[: len(prefix)] == prefix
    return is_under and not _has_ambiguous(segments)


@lru_cache(maxsize=8)  # one link is asked about many paths in a row
def _has_ambiguous(segments: tuple[str, ...]) -> bool:
    return any(_is_ambiguous(segment) for segment in segments)


def _is_ambiguous(segment: str) -> bool:
    """Whether some server may take it for a step up, or for more than one segment."""
    if "%" not in segment and ";" not in segment:
        return segment in _DOT_SEGMENTS
    read = segment.encode()
    for _ in range(_MOST_LAYERS):
        read = _ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), read)
    before_parameters = read.partition(b";")[0].replace(b"\xc0\xae", b".")  # "." written too long
    return bool(_SLASHES.search(read)) or _SILENT.sub(b"", before_parameters) in {b".", b".."}
