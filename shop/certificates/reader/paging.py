"""How is one page read? Its own words; its picture, codes and preview; its picture's words."""

import dataclasses
import time

import pypdfium2
from PIL import Image

from shop.assay.certificates.reading.layout import Page
from shop.assay.certificates.reading.legibility import is_legible
from shop.certificates.reader import ocr, oddities, pages
from shop.certificates.reader.sight import Sight
from shop.certificates.reader.wire import Preview, preview_name

_BLANK = 0.002  # of a page's pixels are dark
_DARK = 128


def read_page(sight: Sight, opened: pypdfium2.PdfPage, number: int) -> None:
    """Add the page to what has been read; it is drawn once, for everybody who looks at it."""
    with oddities.looking(sight, opened, number) as looked:
        page = looked.without_unseen(pages.read_words(opened, number, sight.limits))
        picture = pages.render(opened, dots_per_inch=None, limits=sight.limits)
        looked.compare(picture)
    pages.save_preview(picture, sight.folder / preview_name(number))
    sight.codes += pages.read_codes(picture, number)
    is_empty = _is_blank(picture) and not pages.has_picture(opened)
    if not is_empty and not is_legible(text_of(page)):
        page = _read_picture(sight, opened, page)
    sight.pages.append(page)
    sight.previews.append(Preview(number, picture.width, picture.height, text_of(page)))


def text_of(page: Page) -> str:
    """The words of a page as one text of sensible length."""
    return " ".join(word.text for word in page.words)[:100_000]


def _read_picture(sight: Sight, opened: pypdfium2.PdfPage, page: Page) -> Page:
    """The page read from its picture, or marked as unreadable with no words at all."""
    if not ocr.is_installed():
        sight.is_ocr_missing = True
    left = sight.deadline - time.monotonic()
    if ocr.is_installed() and left > 0:
        picture = pages.render(opened, dots_per_inch=ocr.DOTS_PER_INCH, limits=sight.limits)
        seen = ocr.read_words(picture, page, seconds=left)
        if seen is not None and is_legible(text_of(seen)):
            return seen
    sight.unreadable.append(page.number)
    return dataclasses.replace(page, words=())


def _is_blank(picture: Image.Image) -> bool:
    grey = picture.convert("L")
    return sum(grey.histogram()[:_DARK]) < _BLANK * grey.width * grey.height
