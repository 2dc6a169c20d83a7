"""Is the product named as the page's headline, where no label announces it?"""

from collections.abc import Sequence

from shop.assay.certificates.facts import Field, FieldName
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.labels import labels
from shop.assay.certificates.reading.layout import Cell, Line, Page, box
from shop.assay.certificates.reading.titles import is_title

_FOREHEAD = 0.45  # of the first page
_STANDS_OUT = 1.2  # times the usual height of a word
_MOST_WORDS = 9
_NAMES = frozenset({FieldName.LAB_NAME, FieldName.CLIENT, FieldName.BRAND})
_CONFIDENCE = 55
_NO_PRODUCTS = frozenset(
    [
        "pass",
        "passed",
        "fail",
        "failed",
        "tested",
        "complete",
        "summary",
        "results",
        "page",
        "confidential",
        "compliance",
    ]
)


def read_headline(
    laid_out: Sequence[tuple[Page, list[Line]]], fields: Sequence[Field]
) -> Field | None:
    """The largest words near the top that are neither title nor the name of anybody."""
    taken = {" ".join(words_of(field.value)) for field in fields if field.name in _NAMES}
    for page, page_lines in laid_out[:1]:
        heights = sorted(word.height for word in page.words)
        usual = heights[len(heights) // 2] if heights else 0.0
        found = [
            cell
            for line in page_lines
            if line.top < _FOREHEAD * page.height
            for cell in line.cells
            if _height(cell) > _STANDS_OUT * usual and _may_be(cell, taken)
        ]
        if found:
            best = max(found, key=lambda cell: (round(_height(cell)), -cell.top))
            return Field(
                name=FieldName.PRODUCT,
                value=best.text[:200],
                raw=best.text[:200],
                page=page.number,
                box=box(best.words, page),
                confidence=min(_CONFIDENCE, best.confidence),
                source=page.source,
            )
    return None


def _may_be(cell: Cell, taken: set[str]) -> bool:
    words = words_of(cell.text)
    plain = " ".join(words)
    is_named = any(plain in other or (other and other in plain) for other in taken)
    return (
        1 <= len(words) <= _MOST_WORDS
        and sum(map(str.isalpha, cell.text)) >= 3  # noqa: PLR2004
        and not is_title(cell.text)
        and not is_named
        and not labels(cell.text)
        and not _NO_PRODUCTS & set(words)
    )


def _height(cell: Cell) -> float:
    return max(word.height for word in cell.words)
