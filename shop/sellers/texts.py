"""What may go into the database? Both of ours refuse what the other takes."""

import re

_PUBLIC_ID = re.compile(r"[a-z0-9]{1,16}")
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def public_id(text: str) -> str:
    """The text when it is shaped like a public id, else one that nothing bears."""
    return text if _PUBLIC_ID.fullmatch(text) else ""


def storable(text: str) -> str:
    """The text with a replacement character for NUL and half characters."""
    return _NOT_STORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
