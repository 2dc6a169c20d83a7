"""Is there a table the other way round: names across, and their amounts below?"""

import re
from collections.abc import Iterator, Sequence

from shop.assay.certificates.facts import Result
from shop.assay.certificates.reading.layout import Cell, Line, Page, box
from shop.assay.certificates.reading.unit_words import is_unit

_FEWEST = 4  # names, so that it is no table of another kind
_NEAR = 3.0  # heights of a line from the names to their amounts
_LINES = 4  # below the names
_NAME = re.compile(
    r"(?:total )?(?:[d\u0394\u2206]?-?\d{0,2}-?(?:thc|cbd|cbg|cbn|cbc|cbl|cbt)[av]{0,2}|exo-thc)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[<>]?\s?\d+(?:[.,]\d+)?\s?%?|n\.?d\.?|<\s?lo[qd]|-+", re.IGNORECASE)


def read_transposed(page: Page, page_lines: Sequence[Line]) -> Iterator[Result]:
    """A result for each cannabinoid of a line of them, from the first line of amounts below."""
    for row, line in enumerate(page_lines):
        names = [cell for cell in line.cells if _NAME.fullmatch(cell.text)]
        if len(names) < _FEWEST:
            continue
        lod = _line_of(page_lines, row, "lod")
        for below in page_lines[row + 1 : row + 1 + _LINES]:
            unit = below.cells[0].text if is_unit(below.cells[0].text) else ""
            amounts = [_amount(name, below) for name in names]
            if below.top - line.bottom < _NEAR * line.height and unit and all(amounts):
                for name, amount in zip(names, amounts, strict=True):
                    if amount:
                        least = _amount(name, lod) if lod else None
                        yield _result(page, name, amount, unit, least)
                break


def _amount(name: Cell, line: Line) -> Cell | None:
    """The amount that stands below the name."""
    return next(
        (cell for cell in line.cells if cell.overlap(name) > 0 and _AMOUNT.fullmatch(cell.text)),
        None,
    )


def _line_of(page_lines: Sequence[Line], row: int, word: str) -> Line | None:
    following = page_lines[row + 1 : row + 1 + 2 * _LINES]
    return next((line for line in following if line.cells[0].text.casefold() == word), None)


def _result(page: Page, name: Cell, amount: Cell, unit: str, least: Cell | None) -> Result:
    return Result(
        group="",
        analyte=name.text,
        method="",
        unit=unit,
        lod=least.text if least else "",
        loq="",
        spec="",
        value=amount.text,
        verdict="",
        page=page.number,
        box=box((*name.words, *amount.words), page),
    )
