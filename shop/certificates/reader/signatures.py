"""Is the file signed, and does each signature hold? Counted here, examined by pyHanko elsewhere.

pikepdf counts everything in the file that is a signature or stands where one belongs, in objects
that nothing refers to as well. pyHanko finds signatures by the form's fields. Where the two differ,
or where anything goes wrong, the judge is told so: a file never passes for unsigned because its
signature could not be read.
"""

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    byte_range: tuple[int, ...]  # empty where there is none, or none of whole numbers
    contents: bytes
    is_old: bool
    is_right_of_use: bool  # what /Perms names, and no field


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
    values = _values_of_fields(pdf)
    rights = _rights_of_use(pdf)
    for whole in _objects(pdf):
        place = whole.objgen
        if place in values and not isinstance(whole, pikepdf.Dictionary):
            yield _no_dictionary(place)
        for part, is_value in _dictionaries(whole):
            is_whole = part is whole
            value = part.get("/V")
            if _is_odd(value) and _is_signature_field(part):
                yield _no_dictionary(place)
            if is_value or (is_whole and place in values) or _is_signature(part):
                yield Held(
                    place=place,
                    byte_range=_whole_numbers(part.get("/ByteRange")),
                    contents=_bytes(part.get("/Contents")),
                    is_old=str(part.get("/SubFilter")) in _OLD_KINDS,
                    is_right_of_use=is_whole and place in rights and place not in values,
                )


def _no_dictionary(place: tuple[int, int]) -> Held:
    """A signature field's value that cannot be a signature at all."""
    return Held(place, (), b"", is_old=False, is_right_of_use=False)


def _is_odd(value: object) -> bool:
    is_counted = isinstance(value, pikepdf.Object) and value.is_indirect
    return value is not None and not is_counted and not isinstance(value, pikepdf.Dictionary)


def _is_signature(part: pikepdf.Object) -> bool:
    kind = part.get("/Type")
    is_named = isinstance(kind, pikepdf.Name) and str(kind) in _TYPES
    return is_named or "/ByteRange" in part


def _values_of_fields(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The objects that signature fields name as their value, whatever these are."""
    values = set()
    for whole in _objects(pdf):
        for part, _ in _dictionaries(whole):
            value = part.get("/V") if _is_signature_field(part) else None
            if isinstance(value, pikepdf.Object) and value.is_indirect:
                values.add(value.objgen)
    return values


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
