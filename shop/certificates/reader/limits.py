"""How much may one document cost us?"""

from dataclasses import dataclass, replace

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the reader's process may use; a document that needs more is refused, by name.

    Address space as measured: 117 MB for the imports, shared with the server but counted here;
    150 MB for a page of text with preview and codes, and for a scan. A picture of 144 million
    points takes 280 MB of resident memory.
    """

    file_bytes: int = 20 * MEGABYTE
    memory_bytes: int = 512 * MEGABYTE  # of address space, each process
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    written_bytes: int = 50 * MEGABYTE
    open_files: int = 64
    pages: int = 50
    pages_read: int = 10
    objects: int = 200_000
    stream_bytes: int = 160 * MEGABYTE  # one stream, inflated
    inflated_bytes: int = 640 * MEGABYTE  # all of them
    longest_side: int = 2_000  # of a preview, in pixels
    answer_bytes: int = 4 * MEGABYTE
    preview_bytes: int = 8 * MEGABYTE
    words: int = 60_000


DEFAULT = Limits()


def limits_for(megabytes: int) -> Limits:
    """The limits where files of so many megabytes are taken in."""
    return replace(DEFAULT, file_bytes=megabytes * MEGABYTE)
