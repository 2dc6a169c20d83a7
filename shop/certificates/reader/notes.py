"""Does a note or form field hide what a page prints? Both are drawn over it by every viewer."""

from contextlib import closing

import pikepdf
import pypdfium2

from shop.assay.certificates.inside import Oddity, OddityKind
from shop.assay.certificates.reading import layout
from shop.certificates.reader import comparing, differences
from shop.certificates.reader.differences import Note, Side
from shop.certificates.reader.sight import Sight

_HIDDEN = 3  # pixels of a word that a note takes away
_LONGEST = 300
_HARMLESS = frozenset({"/Link", "/Popup"})


def look(sight: Sight, number: int) -> None:
    """Note the words of a page that a note lies over."""
    if not _has_notes(sight.pdf, number):
        return
    with closing(pypdfium2.PdfDocument(sight.content)) as document:
        document.init_forms()
        page = document[number - 1]
        side = differences.side(document, page, sight.limits)
        page.close()
    for note in side.notes:
        oddity = _covered(side, note, number)
        if oddity is not None:
            sight.oddities.append(oddity)


def _has_notes(pdf: pikepdf.Pdf, number: int) -> bool:
    notes = pdf.pages[number - 1].obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return False
    return any(
        isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) not in _HARMLESS
        for note in notes
    )


def _covered(side: Side, note: Note, number: int) -> Oddity | None:
    words, boxes = [], []
    for word in side.words.words:
        box = layout.box([word], side.words)
        left, top, right, bottom = comparing.pixels(box, side.picture)
        area = (int(left), int(top), int(right) + 1, int(bottom) + 1)
        is_there = left < note.box[2] and right > note.box[0]
        is_there = is_there and top < note.box[3] and bottom > note.box[1]
        if is_there and comparing.lightened(side.content, side.picture, area) >= _HIDDEN:
            words.append(word.text)
            boxes.append(box)
    text = " ".join(words)
    if not any(map(str.isalnum, text)):
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    place = (min(lefts), min(tops), max(rights), max(bottoms))
    return Oddity(OddityKind.COVERED, text[:_LONGEST], note.text[:_LONGEST], number, place)
