"""Do the labels of a host mix right-to-left letters in a way that no browser opens? (RFC 5893, 2)

Ada looks at the labels that hold such letters; Chromium, with the RFC, at every label of a host in
which one does.
"""

import unicodedata
from itertools import dropwhile

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_OF_RIGHT = frozenset({"R", "AL", "AN", "EN", "ES", "CS", "ET", "ON", "BN", "NSM"})
_OF_LEFT = frozenset({"L", "EN", "ES", "CS", "ET", "ON", "BN", "NSM"})
_ENDS_RIGHT = frozenset({"R", "AL", "EN", "AN"})
_ENDS_LEFT = frozenset({"L", "EN"})
# What has no entry in Python's copy of Unicode takes the class of its neighbourhood
# (DerivedBidiClass.txt, @missing lines).
_MISSING_RIGHT = ((0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10800, 0x10FFF))
_MISSING_RIGHT_TOO = (0x1E800, 0x1EFFF)


def breaks_rule(host: str) -> bool:
    """Whether a host, in Unicode and lower case, is one that the rule forbids."""
    if host.isascii():
        return False
    labels = [[_class(char) for char in label] for label in host.split(".") if label]
    if not any(_RIGHT_TO_LEFT.intersection(label) for label in labels):
        return False
    return not all(_fits(label) for label in labels)


def _fits(label: list[str]) -> bool:
    last = next(dropwhile("NSM".__eq__, reversed(label)), "")
    if label[0] == "L":
        return _OF_LEFT.issuperset(label) and last in _ENDS_LEFT
    if label[0] not in {"R", "AL"}:
        return False
    has_two_kinds_of_digits = "EN" in label and "AN" in label
    return _OF_RIGHT.issuperset(label) and last in _ENDS_RIGHT and not has_two_kinds_of_digits


def _class(char: str) -> str:
    known = unicodedata.bidirectional(char)
    if known:
        return known
    code = ord(char)
    is_right = any(low <= code <= high for low, high in (*_MISSING_RIGHT, _MISSING_RIGHT_TOO))
    return "R" if is_right else "L"
