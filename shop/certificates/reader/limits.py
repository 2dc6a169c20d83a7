"""How much may one document cost us?"""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the reader's process may use; a document that needs more is refused, by name.

    Measured on 2026-11 wheels: the imports take 60 MB of address space, a page of text with its
    preview 95 MB, ten scanned pages 150 MB and tesseract on its own 200 MB.
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
