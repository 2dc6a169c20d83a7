"""How are pages and printed values laid out side by side, each value with its numbered box?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.assay.certificates.facts import SURE, Source
from shop.assay.policy import Mark
from shop.certificates.models import CertificateField, CertificatePage

# A page is drawn this wide whatever its preview's pixels, so that boxes and numbers keep a size.
_WIDTH = 595
_LABEL = 12
_GAP = 5


@dataclass(frozen=True, slots=True)
class Box:
    """A numbered frame around a value, in units of the drawn page."""

    number: int
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the document with its boxes."""

    number: int
    width: int
    height: int
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A value, how it was read, and who corrected it. `number` is 0 where it has no box."""

    number: int
    label: str
    value: str
    read: str
    mark: Mark
    source: str
    corrected_by: str
    corrected_at: datetime | None


def field_rows(
    rows: Iterable[CertificateField], labels: Mapping[str, str], names: Mapping[str, str]
) -> list[FieldRow]:
    """One row for each field, in the order of `labels`; the newest word of staff counts."""
    by_name: dict[str, list[CertificateField]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    found: list[FieldRow] = []
    for name, label in labels.items():
        if name in by_name:
            number = 1 + sum(1 for row in found if row.number)
            found.append(_field_row(label, by_name[name], number, names))
    return found


def sheets(
    pages: Iterable[CertificatePage],
    rows: Iterable[CertificateField],
    labels: Mapping[str, str],
) -> list[Sheet]:
    """Every page, with the boxes of what was read there, numbered as in `field_rows`."""
    numbered: list[tuple[int, CertificateField]] = []
    read = {row.name: row for row in rows if not row.written_by and row.box}
    for name in labels:
        if name in read:
            numbered.append((len(numbered) + 1, read[name]))
    return [_sheet(page, numbered) for page in pages]


def _field_row(
    label: str, rows: Sequence[CertificateField], number: int, names: Mapping[str, str]
) -> FieldRow:
    read = next((row for row in rows if not row.written_by), None)
    written = [row for row in rows if row.written_by]
    newest = max(written, key=lambda row: (row.written_at, row.id)) if written else None
    mark, source = _source(read, newest)
    shown = newest or rows[0]
    return FieldRow(
        number=number if read is not None and read.box else 0,
        label=label,
        value=shown.value,
        read=(read.raw or read.value) if read is not None else "",
        mark=mark,
        source=source,
        corrected_by=names.get(newest.written_by, "staff") if newest is not None else "",
        corrected_at=newest.written_at if newest is not None else None,
    )


def _source(read: CertificateField | None, newest: CertificateField | None) -> tuple[Mark, str]:
    if newest is not None or read is None:
        return Mark.REVIEW, "By staff"
    if read.confidence < SURE:
        return Mark.WARN, f"Unsure, {read.confidence}%"
    return Mark.OK, "From a scan" if read.source == Source.OCR else "From the text"


def _sheet(page: CertificatePage, numbered: Iterable[tuple[int, CertificateField]]) -> Sheet:
    height = round(_WIDTH * page.height / page.width) if page.width else _WIDTH
    boxes = [
        _box(number, field.box, height)
        for number, field in numbered
        if field.page == page.number and field.box
    ]
    return Sheet(page.number, _WIDTH, height, boxes)


def _box(number: int, box: Sequence[int], height: int) -> Box:
    """A frame a little larger than the words, its number behind them, or before at the margin."""
    left, top, right, bottom = box
    x, y = left * _WIDTH / 1000, top * height / 1000
    width, tall = (right - left) * _WIDTH / 1000, (bottom - top) * height / 1000
    is_at_edge = x + width + _GAP + _LABEL > _WIDTH
    return Box(
        number=number,
        x=round(x - 3, 1),
        y=round(y - 2, 1),
        width=round(width + 6, 1),
        height=round(tall + 4, 1),
        label_x=round(x - _LABEL - _GAP if is_at_edge else x + width + _GAP, 1),
        label_y=round(y + tall / 2 - _LABEL / 2, 1),
    )
