"""What was read of each field, how surely, and what did staff write beside it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.assay.certificates.facts import SURE, Source
from shop.assay.policy import Mark
from shop.certificates.models import CertificateField
from shop.staff import words


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody wrote, and when. An empty value says that the report does not print it."""

    value: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A value, how it was read, and who corrected it. `number` is 0 where it has no box.

    `printed` is the value as printed where that differs from how we keep it.
    """

    number: int
    label: str
    value: str
    printed: str
    read: str
    mark: Mark
    source: str
    is_unsure: bool
    corrections: Sequence[Correction]
    page: int
    box: Sequence[int]


def rows(
    fields: Iterable[CertificateField], labels: Mapping[str, str], names: Mapping[str, str]
) -> list[FieldRow]:
    """One row for each field, in the order of `labels`; the newest word of staff counts."""
    by_name: dict[str, list[CertificateField]] = {}
    for each in fields:
        by_name.setdefault(each.name, []).append(each)
    found: list[FieldRow] = []
    for name, label in labels.items():
        if name in by_name:
            number = 1 + sum(1 for row in found if row.number)
            found.append(_row(label, by_name[name], number, names))
    return found


def _row(
    label: str, fields: Sequence[CertificateField], number: int, names: Mapping[str, str]
) -> FieldRow:
    read = next((each for each in fields if not each.written_by), None)
    written = sorted(
        (each for each in fields if each.written_by), key=lambda each: (each.written_at, each.id)
    )
    shown = written[-1] if written else fields[0]
    mark, source = _source(read, is_corrected=bool(written))
    box = read.box if read is not None and read.box else ()
    return FieldRow(
        number=number if box else 0,
        label=label,
        value=shown.value,
        printed=shown.raw if not written and shown.raw != shown.value else "",
        read=(read.raw or read.value) if read is not None else "",
        mark=mark,
        source=source,
        is_unsure=mark is Mark.WARN,
        corrections=[
            Correction(each.value, names.get(each.written_by, words.SOMEBODY), each.written_at)
            for each in written
        ],
        page=read.page if read is not None else 0,
        box=box,
    )


def _source(read: CertificateField | None, *, is_corrected: bool) -> tuple[Mark, str]:
    if is_corrected or read is None:
        return Mark.REVIEW, "By staff"
    if not read.value:
        return Mark.WARN, "Not understood"
    if read.confidence < SURE:
        return Mark.WARN, f"Unsure, {read.confidence}%"
    return Mark.OK, "From a scan" if read.source == Source.OCR else "From the text"
