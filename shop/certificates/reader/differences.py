"""What does a page show otherwise than it did in an earlier revision, and who put it there?

The page's own content is told from notes and form fields over it by drawing both without these.
A signature's stamp on an empty place is no change: whether it holds is the signatures' affair.
"""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from shop.assay.certificates.inside import Change, ChangeKind
from shop.assay.certificates.reading import layout
from shop.assay.certificates.reading.layout import Page
from shop.certificates.reader import comparing, pages
from shop.certificates.reader.comparing import Box, Spot
from shop.certificates.reader.limits import Limits

_MOST_NOTES = 500
_FEWEST = 3  # pixels of a place on a page that differs
_FEW_FAINT = 4
_HIDDEN = 4  # pixels of print that a note laid over them takes away
_LONGEST = 300
_READ_AT_ONCE = 2_000  # UTF-16 units of a note's text


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation or form field and where it stands, in pixels."""

    box: Box
    text: str
    is_field: bool
    is_signature: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A page in one of two revisions."""

    picture: Image.Image
    content: Image.Image  # without notes and fields
    words: Page
    notes: tuple[Note, ...]


def is_same(before: pypdfium2.PdfPage, after: pypdfium2.PdfPage, limits: Limits) -> bool:
    """Whether both look the same, so that nothing more need be asked."""
    return not comparing.spots(comparing.draw(before, limits), comparing.draw(after, limits))


def side(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, limits: Limits) -> Side:
    picture = comparing.draw(page, limits)
    notes = tuple(_notes(document, page, picture))
    content = comparing.draw(page, limits, with_notes=False) if notes else picture
    return Side(picture, content, pages.read_words(page, 1, limits), notes)


def changes(before: Side, after: Side, *, page: int, revision: int) -> list[Change]:
    """Every place of the page that differs, boxed, with the words of then and now."""
    found = comparing.spots(before.picture, after.picture)
    total = sum(spot.pixels for spot in found)
    judged = [(spot, _change(before, after, spot, page, revision)) for spot in found]
    return [
        change
        for spot, change in judged
        if change is not None and _is_seen(spot, total, change.before != change.after)
    ]


def _is_seen(spot: Spot, total: int, is_reworded: bool) -> bool:  # noqa: FBT001 - all three decide
    """Whether the place counts: a digit in small print is fewer pixels than the threshold."""
    if total > comparing.MOST_PIXELS and spot.pixels >= _FEWEST:
        return True
    return is_reworded and (spot.pixels >= 1 or spot.faint >= _FEW_FAINT)


def _change(before: Side, after: Side, spot: Spot, page: int, revision: int) -> Change | None:
    box = _wider(spot.box, after.picture)
    kind = _kind(before, after, box)
    if kind is None:
        return None
    if kind is ChangeKind.CONTENT:
        then, now = _words(before, box), _words(after, box)
    else:
        then = f"{_words(before, box)} {_noted(before, box)}".strip()
        now = _noted(after, box)
    place = comparing.thousandths(box, after.picture)
    return Change(page, place, then[:_LONGEST], now[:_LONGEST], revision, kind)


def _kind(before: Side, after: Side, box: Box) -> ChangeKind | None:
    """Whose change it is; None for the stamp of a signature that hides nothing."""
    if before.picture.size != after.picture.size:
        return ChangeKind.CONTENT
    difference = comparing.spots(before.content.crop(box), after.content.crop(box))
    if sum(spot.pixels for spot in difference) >= _FEWEST or not (before.notes or after.notes):
        return ChangeKind.CONTENT
    hidden = comparing.lightened(after.content, after.picture, box)
    hidden_before = comparing.lightened(before.content, before.picture, box)
    if hidden - hidden_before >= _HIDDEN or _is_refilled(before, after, box):
        return ChangeKind.COVER
    if any(note.is_signature for note in _overlapping(after.notes, box)):
        return None
    return ChangeKind.NOTE


def _is_refilled(before: Side, after: Side, box: Box) -> bool:
    """Whether a form field there held another value."""
    was = [note.text for note in _overlapping(before.notes, box) if note.is_field and note.text]
    now = [note.text for note in _overlapping(after.notes, box) if note.is_field]
    return bool(was) and was != now


def _words(side_: Side, box: Box) -> str:
    placed = [
        (comparing.pixels(layout.box([word], side_.words), side_.picture), word.text)
        for word in side_.words.words
    ]
    found = [(place, text) for place, text in placed if _meet(place, box)]
    tallest = max((place[3] - place[1] for place, _ in found), default=0.0)
    if box[3] - box[1] < 2 * tallest:  # one line: what was added to it last may be its first word
        found.sort(key=lambda pair: pair[0][0])
    return " ".join(text for _, text in found[:_LONGEST])


def _noted(side_: Side, box: Box) -> str:
    return " ".join(note.text for note in _overlapping(side_.notes, box) if note.text)


def _overlapping(notes: Iterable[Note], box: Box) -> list[Note]:
    return [note for note in notes if _meet(note.box, box)]


def _meet(one: tuple[float, float, float, float], box: Box) -> bool:
    """Whether they share more than an edge: the middle of the lower one lies in the other."""
    if min(one[2], box[2]) - max(one[0], box[0]) < 1:
        return False
    shared = min(one[3], box[3]) - max(one[1], box[1])
    return shared > min(one[3] - one[1], box[3] - box[1]) / 2


def _wider(box: Box, picture: Image.Image) -> Box:
    left, top, right, bottom = box
    return (
        max(0, left - 1),
        max(0, top - 1),
        min(picture.width, right + 1),
        min(picture.height, bottom + 1),
    )


def _notes(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, picture: Image.Image
) -> Iterable[Note]:
    form = document.formenv.raw if document.formenv else None
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, place)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(note) not in {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}:
                yield _note(page, form, note, picture)
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _note(page: pypdfium2.PdfPage, form: object, note: object, picture: Image.Image) -> Note:
    kind = raw.FPDFAnnot_GetFormFieldType(form, note) if form else -1
    is_signature = kind == raw.FPDF_FORMFIELD_SIGNATURE and raw.FPDFAnnot_HasKey(note, b"V")
    is_field = raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET
    size = (ctypes.c_ushort * _READ_AT_ONCE)()
    if is_field and form:
        used = raw.FPDFAnnot_GetFormFieldValue(form, note, size, ctypes.sizeof(size))
    else:
        used = raw.FPDFAnnot_GetStringValue(note, b"Contents", size, ctypes.sizeof(size))
    text = bytes(size)[: max(0, min(used, ctypes.sizeof(size)) - 2)].decode("utf-16-le", "replace")
    box = _note_box(page, note, picture)
    return Note(box, " ".join(text.split()), is_field, bool(is_signature))


def _note_box(page: pypdfium2.PdfPage, note: object, picture: Image.Image) -> Box:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, ctypes.byref(rect))
    xs, ys = [], []
    for x, y in ((rect.left, rect.top), (rect.right, rect.bottom)):
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (picture.width, picture.height)
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        xs.append(across.value)
        ys.append(down.value)
    return min(xs), min(ys), max(xs), max(ys)
