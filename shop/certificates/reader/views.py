"""Do all programs that read this file see the same document?

pyHanko judges signatures, pikepdf counts, pdfium draws what staff and shoppers look at. An attack
that lets two of them read different documents is the deepest one, and needs no broken signature.
So the parts of pages and forms are compared, and the drawings.
"""

import ctypes
import io
from collections.abc import Collection

import pikepdf
import pypdfium2
from PIL import ImageDraw
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdfium2 import raw

from shop.certificates.reader import same_parts

_SCALE = 1.0  # 72 dots per inch
_LONGEST = 1_200.0
_MOST_PAGES = 10  # as many as are read
_MARGIN = 2  # pixels around a stamp, over which its edge is smoothed
# Places of signatures' stamps, by page: left, bottom, right, top in points of the page.
Places = dict[int, list[tuple[float, float, float, float]]]


def is_one_document(content: bytes, pdf: pikepdf.Pdf, reader: PdfFileReader) -> bool:
    """Whether the three libraries see the same pages and forms."""
    if not same_parts.are_alike(pdf, reader):
        return False
    anew = io.BytesIO()
    with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as other:
        other.save(anew, fix_metadata_version=False)
    return shows_same(anew.getvalue(), content, {})


def shows_same(before: bytes, after: bytes, places: Places) -> bool:
    """Whether pdfium draws the same pages, apart from what stands at these places."""
    first, second = pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after)
    try:
        return len(first) == len(second) and all(
            _drawn(first, index, places) == _drawn(second, index, places)
            for index in range(min(len(first), _MOST_PAGES))
        )
    finally:
        first.close()
        second.close()


def places_of(pdf: pikepdf.Pdf, values: Collection[tuple[int, int]]) -> Places:
    """Where the signatures kept in these objects show themselves."""
    places: Places = {}
    for index, page in enumerate(pdf.pages):
        for note in page.obj.get("/Annots", ()):
            value = note.get("/V") or note.get("/Parent", pikepdf.Dictionary()).get("/V")
            if isinstance(value, pikepdf.Dictionary) and value.objgen in values:
                left, bottom, right, top = (float(side) for side in note.Rect)
                places.setdefault(index, []).append((left, bottom, right, top))
    return places


def _drawn(document: pypdfium2.PdfDocument, index: int, places: Places) -> tuple[object, ...]:
    page = document[index]
    scale = min(_SCALE, _LONGEST / max(*page.get_size(), 1.0))
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    brush = ImageDraw.Draw(picture)
    for left, bottom, right, top in places.get(index, ()):
        ends = [_place(page, picture.size, at) for at in ((left, bottom), (right, top))]
        across, down = (sorted(sides) for sides in zip(*ends, strict=True))
        corners = (
            *(across[0] - _MARGIN, down[0] - _MARGIN),
            *(across[1] + _MARGIN, down[1] + _MARGIN),
        )
        brush.rectangle(corners, fill="white")
    page.close()
    return picture.size, picture.tobytes()


def _place(
    page: pypdfium2.PdfPage, size: tuple[int, int], at: tuple[float, float]
) -> tuple[int, int]:
    """The pixel at a point of the page, whichever way the page is turned."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, *at, across, down)
    return across.value, down.value
