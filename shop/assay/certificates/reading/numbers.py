"""Which numbers does the document print, in which order?"""

import re
import unicodedata
from collections.abc import Sequence

from shop.assay.certificates.reading.layout import Line, Page, lines

MOST = 5_000
_LONGEST = 40
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PAGE_WORDS = "page|seite|pagina|página|pag|pág|sheet|blatt|strona|sida|side|sivu|oldal|stran"
_PAGE_NUMBER = re.compile(
    rf"\b(?:{_PAGE_WORDS})\b\.?\s*(?:no\.?|n°|nr\.?)?\s*:?\s*\d+"
    r"(?:\s*(?:/|of|von|de|di|da|sur|van|av|af|z|out of)\s*\d+)?",
    re.IGNORECASE,
)
_LONE = re.compile(r"[-–—]?\s*\d{1,3}\s*(?:(?:/|of|von|de|di|sur|van)\s*\d{1,3})?\s*[-–—]?")  # noqa: RUF001
_MARGIN = 0.08  # of the page's height, at the top and at the bottom


def read_numbers(pages: Sequence[Page]) -> tuple[str, ...]:
    """Every number as printed, with a point for the comma; page numbers are left out."""
    found: list[str] = []
    for page in pages:
        for line in lines(page):
            text = unicodedata.normalize("NFKC", _text(page, line))
            found += (
                number.replace(",", ".")[:_LONGEST]
                for number in _NUMBER.findall(_PAGE_NUMBER.sub(" ", text))
            )
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _text(page: Page, line: Line) -> str:
    is_margin = line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height
    cells = [cell.text for cell in line.cells]
    return " ".join(text for text in cells if not (is_margin and _LONE.fullmatch(text)))
