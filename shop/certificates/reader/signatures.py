"""Is the file signed, and does each signature hold? Counted here, examined by pyHanko elsewhere.

pikepdf counts everything in the file that is a signature or stands where one belongs, in objects
that nothing refers to as well. pyHanko finds signatures by the form's fields. Where the two differ,
or where anything goes wrong, the judge is told so: a file never passes for unsigned because its
signature could not be read.
"""

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pikepdf

from shop.assay.certificates.inside import FileDoubt, Signature, Signatures

# Loaded only for a file that bears a signature: pyHanko takes half a second to import.
EXAMINER = "shop.certificates.reader.signature_check"
_TYPES = frozenset({"/Sig", "/DocTimeStamp"})
# Signatures over a SHA-1 digest, dropped from PDF 2.0 (ISO 32000-2:2020, 12.8.3).
_OLD_KINDS = frozenset({"/adbe.pkcs7.sha1", "/adbe.x509.rsa_sha1"})
_RANGE = re.compile(rb"/ByteRange\b")
_DEEPEST = 32  # fields above a field
_LONGEST = 200


class TooMuch(Exception):  # noqa: N818 - a judgement on the file
    """The file asks for more work than any honest signature does."""


@dataclass(frozen=True, slots=True)
class Held:
    """A signature as pikepdf sees it in the file."""

    place: tuple[int, int]  # number and generation of the object that holds it
    byte_range: tuple[int, ...] = ()  # empty where there is none, or none of whole numbers
    contents: bytes = b""
    is_whole: bool = False  # the object itself, and no part of one
    is_old: bool = False
    is_right_of_use: bool = False  # what /Perms names, and no field


def read(content: bytes, pdf: pikepdf.Pdf) -> Signatures:
    """What can be said of the file's signatures; its problem where it cannot be said.

    Raises nothing but MemoryError.
    """
    counted = 0
    try:
        held = tuple(_held(pdf))
        asked = [one for one in held if not one.is_old and not one.is_right_of_use]
        counted = len(asked)
        doubts = set(_doubts(content, held))
        found: tuple[Signature, ...] = ()
        if asked:
            found, more = importlib.import_module(EXAMINER).examine(content, pdf, asked)
            doubts |= more
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever it is, it must not read as "unsigned"
        said = f"{type(problem).__name__}: {problem}"
        plain = "".join(letter if letter.isprintable() else " " for letter in said)
        return Signatures(dictionaries=counted, problem=plain[:_LONGEST])
    return Signatures(dictionaries=counted, found=found, doubts=tuple(sorted(doubts)))


def _doubts(content: bytes, held: tuple[Held, ...]) -> Iterator[FileDoubt]:
    if any(one.is_old for one in held):
        yield FileDoubt.OLD_KIND
    if any(one.is_right_of_use for one in held):
        yield FileDoubt.USAGE_RIGHTS
    if len(_RANGE.findall(content)) > sum(1 for one in held if one.byte_range):
        yield FileDoubt.REMOVED


def _held(pdf: pikepdf.Pdf) -> Iterator[Held]:
    """Every signature among the objects, each once."""
    named: set[tuple[int, int]] = set()  # objects that signature fields name as their value
    held = [one for whole in _objects(pdf) for one in _within(whole, named)]
    yield from (one for one in held if not one.is_whole)
    wholes = {one.place: one for one in held if one.is_whole}
    for place in named - wholes.keys():
        wholes[place] = _as_held(pdf.get_object(place), place)
    rights = _rights_of_use(pdf) - named
    yield from (replace(one, is_right_of_use=one.place in rights) for one in wholes.values())


def _within(whole: pikepdf.Object, named: set[tuple[int, int]]) -> Iterator[Held]:
    """The signatures written in an object, or the object itself; values elsewhere are noted."""
    for part, is_value in _dictionaries(whole):
        value = _value_of_field(part)
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            named.add(value.objgen)
        elif value is not None and not isinstance(value, pikepdf.Dictionary):
            yield Held(whole.objgen)  # what cannot be a signature at all
        if is_value or _is_signature(part):
            yield replace(_as_held(part, whole.objgen), is_whole=part is whole)


def _as_held(value: object, place: tuple[int, int]) -> Held:
    if not isinstance(value, pikepdf.Dictionary):
        return Held(place)
    return Held(
        place=place,
        byte_range=_whole_numbers(value.get("/ByteRange")),
        contents=_bytes(value.get("/Contents")),
        is_old=str(value.get("/SubFilter")) in _OLD_KINDS,
    )


def _value_of_field(part: pikepdf.Object) -> object:
    """What a signature field holds; None for an empty one, and for what is no such field."""
    value: object = part.get("/V")
    return value if value is not None and _is_signature_field(part) else None


def _is_signature(part: pikepdf.Object) -> bool:
    kind = part.get("/Type")
    is_named = isinstance(kind, pikepdf.Name) and str(kind) in _TYPES
    return is_named or "/ByteRange" in part


def _objects(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Those that may hold others: a null comes as None, and a number as itself."""
    wholes: Iterable[object] = pdf.objects
    yield pdf.trailer
    yield from (whole for whole in wholes if isinstance(whole, pikepdf.Object))


def _rights_of_use(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    permissions = pdf.Root.get("/Perms")
    if not isinstance(permissions, pikepdf.Dictionary):
        return set()
    named = (permissions.get(key) for key in ("/UR", "/UR3"))
    return {value.objgen for value in named if isinstance(value, pikepdf.Dictionary)}


def _is_signature_field(part: pikepdf.Object) -> bool:
    """Whether it is one by its own word or by that of a field above it."""
    above: object = part
    for _ in range(_DEEPEST):
        if not isinstance(above, pikepdf.Dictionary):
            return False
        kind = above.get("/FT")
        if kind is not None:
            return str(kind) == "/Sig"
        above = above.get("/Parent")
    return False


def _dictionaries(whole: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, bool]]:
    """The dictionaries written in an object, and whether each is a signature field's value."""
    waiting = [(whole, False)]
    while waiting:
        part, is_value = waiting.pop()
        if isinstance(part, pikepdf.Array):
            inner = [(child, False) for child in part]
        elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part, is_value
            inner = [
                (child, key == "/V" and _is_signature_field(part)) for key, child in part.items()
            ]
        else:
            continue
        waiting += [
            (child, is_one)
            for child, is_one in inner
            if isinstance(child, pikepdf.Array | pikepdf.Dictionary) and not child.is_indirect
        ]


def _whole_numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, pikepdf.Array):
        return ()
    numbers: list[object] = list(value)
    whole = tuple(number for number in numbers if isinstance(number, int))
    return whole if len(whole) == len(numbers) else ()


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, pikepdf.String) else b""
