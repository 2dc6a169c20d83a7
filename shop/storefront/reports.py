"""How is a certificate told to a shopper: its verdict, its facts and what we checked?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shop.assay.certificates.checks import is_answered
from shop.assay.certificates.facts import FieldName
from shop.assay.policy import Mark
from shop.assay.vocabulary import Finding, Severity, readable
from shop.certificates.models import (
    Certificate,
    CertificateField,
    CertificatePage,
    CertificateResult,
    Status,
)
from shop.orders.stock import FreeLot
from shop.verdicts.service import PublishedVerdict
from shop.web import result_words, words
from shop.web.words import Words

UNREAD = frozenset({Status.QUARANTINED, Status.PROCESSING})
PAGE_WIDTH = 595  # points of an A4 page: what the stylesheet's sizes are made for
_DATES = (
    (FieldName.DATE_SAMPLED, "Sampled"),
    (FieldName.DATE_TESTED, "Tested"),
    (FieldName.DATE_ISSUED, "Issued"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """A certificate with what stands about it, for one lot on offer (or none)."""

    certificate: Certificate
    published: PublishedVerdict | None
    told: Words

    @property
    def lot_code(self) -> str:
        return self.certificate.lot.code if self.certificate.lot else ""

    @property
    def is_withdrawn(self) -> bool:
        return self.published is not None and _is_withdrawn(self.certificate, self.published)

    @property
    def findings(self) -> Sequence[Finding]:
        """What we checked, good news last and a person's word first."""
        if self.published is None:
            return ()
        said = self.published.said_by_staff
        verdict = self.published.verdict
        standing = [each for each in verdict.findings if not is_answered(each, verdict.decision)]
        standing.sort(key=lambda each: -each.severity.rank)
        return (*([said] if said else ()), *standing)

    @property
    def is_open(self) -> bool:
        """Whether its pages may be shown: it was read, and nothing in it was refused."""
        if self.certificate.status in UNREAD or self.published is None:
            return False
        return all(each.severity is not Severity.REFUSED for each in self.findings)


def report(
    certificate: Certificate, published: PublishedVerdict | None, ships: FreeLot | None = None
) -> Report:
    """Tell a certificate, seen from the lot that a shopper would receive."""
    return Report(certificate, published, _told(certificate, published, ships))


def facts_of(
    certificate: Certificate,
    fields: Sequence[CertificateField],
    results: Sequence[CertificateResult],
) -> list[tuple[str, str]]:
    """What the report says of itself, as (label, value)."""
    by_name: Mapping[str, CertificateField] = {row.name: row for row in fields}
    told = [("Laboratory", laboratory_of(certificate, by_name))]
    told.append(("Printed number", _raw(by_name, FieldName.ACCREDITATION)))
    told.append(("Report", _raw(by_name, FieldName.REPORT_NO)))
    told += [(label, _date(by_name, name)) for name, label in _DATES]
    told.append(("Results", result_words.kept([row.verdict_computed for row in results])))
    return [(label, value) for label, value in told if value]


def laboratory_of(certificate: Certificate, fields: Mapping[str, CertificateField]) -> str:
    """The laboratory as we know it, else as it is printed."""
    if certificate.laboratory is not None:
        return certificate.laboratory.legal_name
    return _raw(fields, FieldName.LAB_NAME)


@dataclass(frozen=True, slots=True)
class Box:
    """A numbered place on a page that is drawn PAGE_WIDTH wide."""

    number: int
    x: float
    y: float
    width: float
    height: float

    @property
    def label_x(self) -> float:
        """Left of the box, or inside the margin where there is no room."""
        return max(self.x - 17, 1)


def page_height(page: CertificatePage) -> int:
    """How high the page is when it is drawn PAGE_WIDTH wide."""
    return round(PAGE_WIDTH * page.height / page.width)


def boxes(rows: Sequence[tuple[int, CertificateField]], page: CertificatePage) -> list[Box]:
    """The boxes of the numbered fields that stand on this page (thousandths on record)."""
    height = page_height(page)
    found = []
    for number, row in rows:
        if row.page != page.number or row.box is None:
            continue
        left, top, right, bottom = (part / 1000 for part in row.box)
        found.append(
            Box(
                number,
                round(left * PAGE_WIDTH, 1),
                round(top * height, 1),
                round((right - left) * PAGE_WIDTH, 1),
                round((bottom - top) * height, 1),
            )
        )
    return found


def _told(
    certificate: Certificate, published: PublishedVerdict | None, ships: FreeLot | None
) -> Words:
    if published is None:
        return Words(Mark.REVIEW, "Certificate in review", f"Received {_day(certificate)}")
    checked = f"Checked {readable(published.verdict.judged_at.date().isoformat())}"
    mark = published.mark
    if _is_withdrawn(certificate, published):
        return Words(Mark.STOP, words.certificate(Mark.STOP, is_withdrawn=True), checked)
    if any(each.severity is Severity.REFUSED for each in published.verdict.findings):
        is_rejected = mark is Mark.STOP
        title = words.certificate(mark) if is_rejected else words.NOT_OPENED.title
        return Words(Mark.STOP, title, checked)
    is_passed = mark in {Mark.OK, Mark.PART}
    if is_passed and ships is not None and certificate.lot_id != ships.id:
        tested = certificate.lot.code if certificate.lot else "another lot"
        detail = f"On sale: {ships.code}. Tested: {tested}"
        return Words(Mark.OLD, words.certificate(Mark.OLD), detail)
    notes = sum(
        each.severity.rank >= Severity.NOTICE.rank and words.finding_mark(each) is not Mark.OK
        for each in published.verdict.findings
    )
    return Words(mark, words.certificate(mark, notes=notes), checked)


def _is_withdrawn(certificate: Certificate, published: PublishedVerdict) -> bool:
    return published.is_withdrawn or certificate.status == Status.REVOKED


def _day(certificate: Certificate) -> str:
    return readable(certificate.uploaded_at.date().isoformat())


def _raw(fields: Mapping[str, CertificateField], name: FieldName) -> str:
    row = fields.get(name)
    return (row.raw or row.value) if row is not None else ""


def _date(fields: Mapping[str, CertificateField], name: FieldName) -> str:
    row = fields.get(name)
    if row is None:
        return ""
    try:
        return readable(date.fromisoformat(row.value).isoformat())
    except ValueError:
        return row.raw
