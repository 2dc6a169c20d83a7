"""Is this text JSON that means one thing only? Bytes in, a document or problems out.

Two readers may understand a text differently when keys repeat, numbers overflow or the text is not
UTF-8; a list that decides who may sell is then not read at all. Nothing here raises.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import isfinite

LARGEST = 1_048_576  # bytes
DEEPEST = 20  # levels; the format itself has five
MOST_PROBLEMS = 100
_LONGEST_INTEGER = 18  # digits
_PLAIN_KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_SHOWN_KEY = 40
_SURROGATE_OR_NUL = re.compile("[\x00\ud800-\udfff]")
# What turns the rest of a sentence around, in which a seller's name stands (UAX #9).
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where (a JSON path such as `$.sellers[3].domains[0]`), and what to do.

    A warning leaves the list as it is; everything else keeps it from being used.
    """

    path: str
    message: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document of dicts, lists, texts, numbers, booleans and None; or why there is none."""

    document: object = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_usable(self) -> bool:
        return all(problem.is_warning for problem in self.problems)


def parse(data: bytes) -> Parsed:
    """Read the bytes as JSON. Time and memory are bounded by LARGEST."""
    if len(data) > LARGEST:
        return _unusable(f"The list is larger than {LARGEST // 1024:,} KiB. Make it smaller.")
    if not data.strip():
        return _unusable("There is nothing here. Begin with a JSON object: { … }.")
    decoded = _decode(data)
    if isinstance(decoded, Problem):
        return Parsed(problems=(decoded,))
    warnings = (_MARKED,) if decoded.startswith("\ufeff") else ()
    loaded = _load(decoded.removeprefix("\ufeff"))
    if isinstance(loaded, Problem):
        return Parsed(problems=(*warnings, loaded))
    return Parsed(loaded, (*warnings, *_hazards(loaded)))


def child(path: str, key: str | int) -> str:
    """The path of a member: `$.sellers`, `$.sellers[0]`, `$['an odd key']`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    if _PLAIN_KEY.fullmatch(key) and len(key) <= _SHOWN_KEY:
        return f"{path}.{key}"
    return f"{path}['{_visible(key)}']"


def shown(text: str) -> str:
    """A text from the document inside a sentence: short, and without anything invisible."""
    return f"“{_visible(text)}”"


class _Unsafe:
    """Stands in the document for a number that has no one meaning."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Repeating(dict[str, object]):
    """An object in which a key stood twice."""

    repeated: tuple[str, ...] = ()


_MARKED = Problem("$", "Save the file without a byte order mark.", is_warning=True)


def _unusable(message: str) -> Parsed:
    return Parsed(problems=(Problem("$", message),))


def _decode(data: bytes) -> str | Problem:
    if data.startswith(_OTHER_ENCODINGS) or b"\0" in data[:4]:
        return Problem("$", "This is UTF-16 or UTF-32. Save the file as UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return Problem("$", f"Byte {problem.start + 1:,} is not UTF-8. Save the file as UTF-8.")


def _load(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_constant=_Unsafe,
            parse_int=_integer,
            parse_float=_float,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno:,}, column {problem.colno:,}"
        return Problem("$", f"This is not JSON from {where} on: {_plain(problem.msg)}.")
    except RecursionError:
        return _too_deep("$")


def _plain(message: str) -> str:
    """What Python's parser says, without a claim about where."""
    return message[:1].lower() + message[1:].removesuffix(" starting at").removesuffix(" at")


def _integer(text: str) -> object:
    return int(text) if len(text) <= _LONGEST_INTEGER else _Unsafe(text)


def _float(text: str) -> object:
    return value if isfinite(value := float(text)) else _Unsafe(text)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(made := dict(pairs)) == len(pairs):
        return made
    counted = Counter(key for key, _ in pairs)
    marked = _Repeating(made)
    marked.repeated = tuple(key for key, count in counted.items() if count > 1)
    return marked


def _hazards(document: object) -> Iterator[Problem]:
    """What has no one meaning, in the order of the document. Walks without recursion."""
    return islice(_walk(document), MOST_PROBLEMS)


def _walk(document: object) -> Iterator[Problem]:
    open_levels = [iter([("$", document)])]
    while open_levels:
        path, value = next(open_levels[-1], (None, None))
        if path is None:
            open_levels.pop()
        elif len(open_levels) > DEEPEST:
            yield _too_deep(path)
        else:
            yield from _wrong_here(path, value)
            open_levels.append(_members(path, value))


def _members(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from ((child(path, key), each) for key, each in value.items())
    elif isinstance(value, list):
        yield from ((child(path, number), each) for number, each in enumerate(value))


def _wrong_here(path: str, value: object) -> Iterator[Problem]:
    if isinstance(value, _Unsafe):
        yield Problem(path, f"{shown(value.text)} is not a number that JSON can carry. Remove it.")
    elif isinstance(value, str) and _SURROGATE_OR_NUL.search(value):
        yield Problem(path, "This text holds a NUL or half a character. Write it anew.")
    elif isinstance(value, str) and _TURNING.search(value):
        yield Problem(path, "This text holds marks that change its direction. Remove them.")
    elif isinstance(value, _Repeating):
        for key in value.repeated:
            yield Problem(child(path, key), "This key stands here twice. Keep one of them.")


def _visible(text: str) -> str:
    cut = text if len(text) <= _SHOWN_KEY else f"{text[:_SHOWN_KEY]}…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cut)


def _too_deep(path: str) -> Problem:
    return Problem(path, f"This is nested more than {DEEPEST} levels deep. Make it flat.")
