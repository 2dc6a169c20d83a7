"""What did an appended revision change among the file's objects: a signature, or more?

Whoever signs a PDF appends to it: the signature, its field, what is needed to check it in later
years. That alone is no edit. Whether the signatures hold is asked elsewhere (signatures.py).
"""

import hashlib
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

Key = tuple[int, int]  # an object's number and generation

_MOST_OBJECTS = 20_000
_MOST_REACHED = 5_000
_DEEPEST = 12
_UPWARD = {"/P", "/Parent", "/Prev", "/Next"}
_BOOKKEEPING = {"/XRef", "/ObjStm"}
# What signing may touch in the catalog, and in the form.
_OF_CATALOG = {"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version", "/Metadata"}
_OF_FORM = {"/Fields", "/SigFlags", "/DR", "/DA", "/NeedAppearances"}
_SIGNATURES = {"/Sig", "/DocTimeStamp"}


def differing(old: pikepdf.Pdf, new: pikepdf.Pdf) -> set[Key] | None:
    """The objects that the new revision has otherwise than the old one, or one of them alone.

    None when there are too many to look at.
    """
    if len(new.objects) > _MOST_OBJECTS:
        return None
    return {
        key
        for key in _keys(old) | _keys(new)
        if _print(old.get_object(key)) != _print(new.get_object(key))
    }


def is_signing(old: pikepdf.Pdf, new: pikepdf.Pdf, changed: Iterable[Key]) -> bool:
    """Whether all that changed belongs to a signature that the old revision has not."""
    fields = signature_fields(new)
    if len(signed(fields)) <= len(signed(signature_fields(old))) and not _has_new_store(old, new):
        return False
    store = new.Root.get("/DSS")
    of_signatures = _reached([*fields, store] if store is not None else fields)
    return all(
        key in of_signatures or _is_accompanying(old.get_object(key), new.get_object(key), new)
        for key in changed
    )


def signature_fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The form's fields for signatures, signed or not."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, Dictionary) else None
    found: list[pikepdf.Object] = []
    waiting = [(field, "", 0) for field in _members(fields)]
    while waiting and len(found) < _MOST_REACHED:
        field, kind, depth = waiting.pop()
        if not isinstance(field, Dictionary) or depth > _DEEPEST:
            continue
        kind = str(field.get("/FT", kind))
        if kind == "/Sig":
            found.append(field)
        waiting += [(kid, kind, depth + 1) for kid in _members(field.get("/Kids"))]
    return found


def signed(fields: Iterable[pikepdf.Object]) -> list[pikepdf.Object]:
    """Of these fields the ones that hold a signature."""
    return [field for field in fields if isinstance(field.get("/V"), Dictionary)]


def _keys(pdf: pikepdf.Pdf) -> set[Key]:
    """Where objects may be. A number or a null among them does not say its own place."""
    size = pdf.trailer.get("/Size", 0)
    numbers = range(1, min(size, _MOST_OBJECTS) if isinstance(size, int) else 1)
    things: list[object] = list(pdf.objects)
    placed = {thing.objgen for thing in things if isinstance(thing, pikepdf.Object)}
    return placed | {(number, 0) for number in numbers}


def _has_new_store(old: pikepdf.Pdf, new: pikepdf.Pdf) -> bool:
    """Whether what is needed to check signatures later was added (ISO 32000-2, 12.8.4.3)."""
    stores = [pdf.Root.get("/DSS") for pdf in (old, new)]
    return stores[1] is not None and _print(stores[0]) != _print(stores[1])


def _is_accompanying(old: pikepdf.Object, new: pikepdf.Object, pdf: pikepdf.Pdf) -> bool:
    """What has to change along with a signature: catalog, form, a page's list of fields."""
    if isinstance(new, Array):
        return _adds_only_signatures(old, new)
    if not isinstance(new, Dictionary | Stream):
        return False
    kind = str(new.get("/Type", ""))
    records = (pdf.trailer.get("/Info"), pdf.Root.get("/Metadata"))
    if kind in _BOOKKEEPING or any(_is_same(new, record) for record in records):
        return True
    if _is_same(new, pdf.Root.get("/AcroForm")):
        return _is_form_kept(old, new)
    return isinstance(old, Dictionary) and _is_kept(kind, old, new)


def _is_kept(kind: str, old: pikepdf.Object, new: pikepdf.Object) -> bool:
    if kind == "/Catalog":
        return _differing_keys(old, new) <= _OF_CATALOG and _form_kept(old, new)
    is_rest_kept = kind == "/Page" and _differing_keys(old, new) <= {"/Annots"}
    return is_rest_kept and _adds_only_signatures(old.get("/Annots"), new.get("/Annots"))


def _is_same(thing: pikepdf.Object, other: pikepdf.Object | None) -> bool:
    return other is not None and other.is_indirect and thing.objgen == other.objgen


def _form_kept(old: pikepdf.Object, new: pikepdf.Object) -> bool:
    return _is_form_kept(old.get("/AcroForm"), new.get("/AcroForm"))


def _is_form_kept(old: pikepdf.Object | None, new: pikepdf.Object | None) -> bool:
    if new is None or old is None:
        fields = None if new is None else new.get("/Fields")
        return old is None and _adds_only_signatures(None, fields)
    return _differing_keys(old, new) <= _OF_FORM and _adds_only_signatures(
        old.get("/Fields"), new.get("/Fields")
    )


def _adds_only_signatures(old: pikepdf.Object | None, new: pikepdf.Object | None) -> bool:
    """Whether a list of fields is what it was, but for fields of signatures."""
    before = [_name(item) for item in _members(old)]
    after = _members(new)
    kept = [_name(item) for item in after if _name(item) in before]
    added = [item for item in after if _name(item) not in before]
    return kept == before and all(
        isinstance(item, Dictionary) and str(item.get("/FT", "")) == "/Sig" for item in added
    )


def _name(item: object) -> object:
    return item.objgen if isinstance(item, pikepdf.Object) and item.is_indirect else _print(item)


def _members(list_: pikepdf.Object | None) -> list[pikepdf.Object]:
    return list(list_)[:_MOST_REACHED] if isinstance(list_, Array) else []


def _differing_keys(old: pikepdf.Object, new: pikepdf.Object) -> set[str]:
    keys = {*old.keys(), *new.keys()}
    return {key for key in keys if _print(old.get(key)) != _print(new.get(key))}


def _reached(starts: Iterable[pikepdf.Object]) -> set[Key]:
    """The objects that these lead to, apart from those that stand over them."""
    found: set[Key] = set()
    waiting = list(starts)
    while waiting and len(found) < _MOST_REACHED:
        thing = waiting.pop()
        if not isinstance(thing, Array | Dictionary | Stream):
            continue
        if thing.is_indirect:
            if thing.objgen in found:
                continue
            found.add(thing.objgen)
        waiting += _inner(thing)
    return found


def _inner(thing: pikepdf.Object) -> list[pikepdf.Object]:
    if isinstance(thing, Array):
        return list(thing)
    return [value for key, value in thing.items() if key not in _UPWARD]


def _print(thing: object) -> bytes:
    """What tells an object from another: all it says, references left as they are."""
    if isinstance(thing, Stream):
        raw = hashlib.sha256(thing.read_raw_bytes()).digest()
        inner = [(key, _print_inner(value)) for key, value in sorted(thing.items())]
        return repr(inner).encode() + raw
    if isinstance(thing, pikepdf.Object) and not isinstance(thing, Name):
        return bytes(thing.unparse(resolved=True))
    return repr(thing).encode()


def _print_inner(value: object) -> bytes:
    if isinstance(value, pikepdf.Object):
        return bytes(value.unparse())
    return repr(value).encode()
