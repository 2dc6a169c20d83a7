"""May this upload be kept, and under which name? Answered without opening it."""

import errno
import re

from shop.certificates.reader.limits import MEGABYTE
from shop.plumbing.blobs import BlobStore
from shop.plumbing.errors import Unavailable

_HEADER = b"%PDF-"
_HEADER_SEARCH = 1024  # further in, no program takes it for a PDF
_LONGEST_NAME = 200


def plain_filename(filename: str) -> str:
    """A name to show: the last part of a path, without what is no character."""
    last = re.split(r"[\\/]", filename)[-1]
    shown = "".join(character for character in last if character.isprintable()).strip()
    return shown[-_LONGEST_NAME:] or "certificate.pdf"


def refusal(content: bytes, max_megabytes: int) -> str:
    """What the person reads instead, if it may not; the words of the upload page."""
    if not content:
        return "The selected file is empty."
    if len(content) > max_megabytes * MEGABYTE:
        return f"The selected file must be smaller than {max_megabytes} MB."
    if _HEADER not in content[:_HEADER_SEARCH]:
        return "The selected file must be a PDF. Ask the laboratory for its PDF."
    return ""


def keep(content: bytes, store: BlobStore) -> str:
    """The digest of the bytes, once they are kept for good. Raises Unavailable, and keeps nothing.

    It is taken of these very bytes: what a file on its way here turns into later is another one.
    """
    try:
        return store.put(content)
    except OSError as problem:
        code = "certificate.not_stored"
        is_full = problem.errno in {errno.ENOSPC, errno.EDQUOT}
        why = "because the disk is full" if is_full else "because the disk did not take it"
        message = f"The file could not be stored {why}. Nothing of it was kept; try again later."
        raise Unavailable(code, message) from problem
