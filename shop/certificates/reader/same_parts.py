"""Do pikepdf and pyHanko read the same pages and forms from one file, part by part?"""

from decimal import Decimal
from typing import Any, cast

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

_MOST_PARTS = 60_000
_ROOTS = ("/Pages", "/AcroForm")
_Pair = tuple[Any, Any]  # the same part as either library has it


def are_alike(pdf: pikepdf.Pdf, reader: PdfFileReader) -> bool:
    """Whether everything that pages and forms lead to is the same; False beyond a limit."""
    seen: set[tuple[int, int]] = set()
    waiting: list[_Pair] = [(pdf.Root.get(key), _raw(reader.root, key)) for key in _ROOTS]
    left = _MOST_PARTS
    while waiting and left:
        left -= 1
        ours, theirs = waiting.pop()
        if isinstance(theirs, generic.IndirectObject):
            place = (theirs.idnum, theirs.generation)
            if isinstance(ours, pikepdf.Object) and ours.is_indirect and ours.objgen != place:
                return False
            if place in seen:
                continue
            seen.add(place)
        inner = _inner(ours, _resolved(theirs))
        if inner is None:
            return False
        waiting += inner
    return not waiting


def plain(value: object) -> object:
    """A value in a form that is the same whoever read it."""
    form: object = ("unlike", type(value).__name__)
    match value:
        case None | generic.NullObject():
            form = None
        case pikepdf.Name() | generic.NameObject():
            form = ("name", str(value))
        case pikepdf.String():
            form = ("text", bytes(value))
        case generic.TextStringObject() | generic.ByteStringObject():
            form = ("text", value.original_bytes)
        case bool() | generic.BooleanObject():
            form = ("truth", bool(value))
        case int() | Decimal() | float():
            form = ("number", Decimal(value).normalize())
        case _:
            pass
    return form


def _inner(ours: object, theirs: object) -> list[_Pair] | None:
    """The pairs inside two values that are alike so far; None for two that are not."""
    if isinstance(ours, pikepdf.Dictionary | pikepdf.Stream):
        return _inner_of_dictionaries(ours, theirs)
    if isinstance(ours, pikepdf.Array):
        if not isinstance(theirs, generic.ArrayObject) or len(ours) != len(theirs):
            return None
        return [(each, theirs.raw_get(place)) for place, each in enumerate(list(ours))]
    return [] if plain(ours) == plain(theirs) else None


def _inner_of_dictionaries(ours: pikepdf.Object, theirs: object) -> list[_Pair] | None:
    if not isinstance(theirs, generic.DictionaryObject):
        return None
    is_stream = isinstance(theirs, generic.StreamObject)
    if isinstance(ours, pikepdf.Stream) != is_stream:
        return None
    if is_stream and ours.read_raw_bytes() != cast("generic.StreamObject", theirs).encoded_data:
        return None
    apart = {"/Length"}
    if "/ByteRange" in ours:  # a signature's value, compared elsewhere, is the one plain string
        apart.add("/Contents")  # in a file whose strings are all encrypted (7.6.2)
    values = {key: value for key, value in ours.items() if key not in apart}
    others = {str(key): theirs.raw_get(key) for key in theirs if key not in apart}
    others = {key: value for key, value in others.items() if plain(_resolved(value)) is not None}
    if values.keys() != others.keys():
        return None
    return [(value, others[key]) for key, value in values.items()]


def _raw(dictionary: generic.DictionaryObject, key: str) -> object:
    try:
        return dictionary.raw_get(key)
    except KeyError:
        return None


def _resolved(value: object) -> object:
    if isinstance(value, generic.IndirectObject):
        resolved: object = value.get_object()  # type: ignore[no-untyped-call] # pyHanko's own
        return resolved
    return value
