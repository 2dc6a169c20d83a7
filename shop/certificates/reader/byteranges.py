"""Do the byte ranges of a signature leave out its own value, and nothing else of the file?

pyHanko takes a signature for one over the entire file when the lengths add up. That they do says
nothing of where the gap lies: whoever writes the value in half the space has the other half to
fill with pages. So the gap is looked at itself (ISO 32000-2:2020, 12.8.1).
"""

import re

from asn1crypto import parser

_GAP = re.compile(rb"<[0-9A-Fa-f]*>")
_BEFORE = re.compile(rb"/Contents[\x00\t\n\f\r ]*\Z")
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[\x00\t\n\f\r ]+([0-9]{1,5})[\x00\t\n\f\r ]+obj\b")
_END = b"endobj"
_NEAR = 262_144  # bytes of a signature's dictionary before its value


def end_of(byte_range: tuple[int, ...]) -> int:
    """The place behind the last byte that it covers."""
    return byte_range[2] + byte_range[3]


def is_sound(
    content: bytes, place: tuple[int, int], byte_range: tuple[int, ...], contents: bytes
) -> bool:
    """Whether it runs from the first byte, and its gap is the value of the object at `place`."""
    if len(byte_range) != 4 or min(byte_range) < 0:  # noqa: PLR2004 - two ranges
        return False
    start, gap, after, _ = byte_range
    if start != 0 or not 0 < gap < after < end_of(byte_range) <= len(content):
        return False
    written = content[gap:after]
    if not _GAP.fullmatch(written) or len(written) % 2:
        return False
    is_value = bytes.fromhex(written[1:-1].decode("ascii")) == contents
    return (
        is_value
        and _is_filled_up(contents)
        and _is_within(content[max(0, gap - _NEAR) : gap], place)
    )


def _is_filled_up(contents: bytes) -> bool:
    """Whether nothing but noughts fills the space that was kept for the value."""
    return not contents[parser.peek(contents) :].strip(b"\x00")


def _is_within(before: bytes, place: tuple[int, int]) -> bool:
    """Whether what stands before the gap is that object, up to the key of its value."""
    key = _BEFORE.search(before)
    opened = next(reversed(list(_OBJECT.finditer(before))), None)
    if key is None or opened is None or before.find(_END, opened.end()) >= 0:
        return False
    return (int(opened[1]), int(opened[2])) == place
