"""Is each piece of a page's text what it seems to be? Asked before it is read, and after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from shop.assay.certificates.inside import Look, Oddity
from shop.assay.certificates.reading import layout
from shop.assay.certificates.reading.document import Document
from shop.certificates.reader import digits, disagreements, fonts, notes, painting, places, unseen
from shop.certificates.reader.cleaning import clean
from shop.certificates.reader.fonts import Typed
from shop.certificates.reader.painting import Painting
from shop.certificates.reader.revisions import BROKEN
from shop.certificates.reader.sight import Sight

_MOST_TYPED = 60_000  # pieces of text of a document
_MOST_ODD = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One page that is being looked at."""

    sight: Sight
    number: int
    painted: Painting | None  # None: it could not be looked at, which is on record

    def without_unseen(self, page: layout.Page) -> layout.Page:
        """The words without those that are in the text and not on the page."""
        return clean(page, self.sight.oddities, self.number)

    def compare(self, picture: Image.Image) -> None:
        """Note whether the drawn digits look like what the text says they are."""
        if self.painted is None:
            return
        try:
            if digits.suspicious(self.painted, picture):
                self.sight.doubted.add(self.number)
        except BROKEN:
            self.sight.unfinished.add(Look.TEXT)


@contextmanager
def looking(sight: Sight, opened: pypdfium2.PdfPage, number: int) -> Iterator[Page]:
    """Look at a page's text before it is read: text that nobody sees is taken off the page."""
    textpage = opened.get_textpage()
    try:
        yield Page(sight, number, _look(sight, opened, textpage, number))
    finally:
        textpage.close()


def conclude(sight: Sight, said: Document) -> tuple[Oddity, ...]:
    """Everything that is odd about the document's text, now that it was read."""
    try:
        sight.oddities += fonts.outliers(sight.typed)
        sight.oddities += disagreements.look(sight, said.fields, said.results)
    except BROKEN:
        sight.unfinished.add(Look.TEXT)
    return tuple(sight.oddities[:_MOST_ODD])


def _look(
    sight: Sight, opened: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, number: int
) -> Painting | None:
    try:
        painted = painting.look(opened, textpage)
        unseen.look(sight, opened, painted, number)
        notes.look(sight, number)
        if len(sight.typed) < _MOST_TYPED:
            sight.typed += _typed(painted, opened, number)
    except BROKEN:
        sight.unfinished.add(Look.TEXT)
        return None
    return painted


def _typed(painted: Painting, opened: pypdfium2.PdfPage, number: int) -> Iterator[Typed]:
    names: dict[int, str] = {}
    for text in painted.texts:
        if not text.is_seen:
            continue
        font = text.font
        if font not in names:
            names[font] = text.font_name
        box = places.thousandths(text.box, opened)
        yield Typed(text.text, font, names[font], painted.size(text), number, box)
