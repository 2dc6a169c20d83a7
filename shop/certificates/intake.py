"""May this upload be kept, and under which name? Answered without opening it."""

import re

from shop.certificates.reader.limits import MEGABYTE

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
