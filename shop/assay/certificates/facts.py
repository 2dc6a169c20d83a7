"""What is known about one certificate when it is judged.

Everything is plain and frozen, so that the digest of the facts names exactly what was judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.inside import NOTHING, Inside


class FieldName(StrEnum):
    """What may be printed on a certificate, each at most once."""

    REPORT_NO = "report_no"
    REPORT_REV = "report_rev"
    AMENDS = "amends"  # the number of the report that this one replaces
    LOT = "lot"
    SAMPLE_ID = "sample_id"
    PRODUCT = "product"
    BRAND = "brand"
    CLIENT = "client"
    GTIN = "gtin"
    LAB_NAME = "lab_name_printed"
    ACCREDITATION = "accreditation"
    SIGNATORY = "signatory"
    VERIFY_URL = "verify_url"
    OVERALL = "overall_verdict"
    DATE_MADE = "date_made"
    DATE_EXPIRES = "date_expires"
    DATE_SAMPLED = "date_sampled"
    DATE_RECEIVED = "date_received"
    DATE_TESTED = "date_tested"
    DATE_ISSUED = "date_issued"
    DATE_VOID_AFTER = "date_void_after"


class Source(StrEnum):
    """Who read a value: the file's own text, a picture of it, or a person."""

    PDF = "pdf"
    OCR = "ocr"
    STAFF = "staff"


class Kind(StrEnum):
    """What a document calls itself."""

    ANALYSIS = "analysis"  # a certificate or report of analysis
    DATA_SHEET = "data_sheet"
    SPECIFICATION = "specification"
    CONFORMITY = "conformity"
    UNKNOWN = "unknown"


# Below this a value counts as unsure, and what follows from it as "could not tell".
SURE = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One value. `value` is its plain form (a date is ISO, "2029-03" if no day is printed)."""

    name: FieldName
    value: str  # empty: printed, but not understood
    raw: str  # as printed
    page: int
    box: Box | None
    confidence: int  # 0 to 100
    source: Source


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the results table, as printed. Numbers in it are parsed when asked for."""

    group: str
    analyte: str
    method: str
    unit: str
    lod: str
    loq: str
    spec: str
    value: str
    verdict: str  # as printed: "Pass", "Complies"
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code or barcode found on a page."""

    format: str
    payload: str
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file was not read, or not wholly: a rule's code, its variant, and its values."""

    code: str
    variant: str = "default"
    details: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The file itself, apart from what is printed in it."""

    sha256: str
    size: int
    page_count: int = 0
    pages_read: int = 0
    problems: tuple[Problem, ...] = ()
    text_source: Source = Source.PDF
    unreadable_pages: tuple[int, ...] = ()  # no usable text, neither in the file nor by picture
    is_restricted: bool = False  # opens with an empty password, and bears an owner's
    is_ocr_missing: bool = False  # a page needed it and the program is not installed
    text_sha256: str = ""  # of the visible words, white space apart


@dataclass(frozen=True, slots=True)
class Expected:
    """The lot on offer, which the certificate is said to be about. Empty: not known."""

    product: str
    brand: str
    size: str = ""
    lot: str = ""
    gtin: str = ""


@dataclass(frozen=True, slots=True)
class AccreditationFacts:
    """That a body found a laboratory competent, as a person saw it there."""

    body: str
    number: str
    scope: tuple[str, ...]  # methods, as the body lists them; empty: not written down
    valid_from: date | None
    valid_to: date | None
    is_active: bool  # neither suspended nor withdrawn when it was seen
    checked_on: date | None  # None: on record, and nobody has looked


@dataclass(frozen=True, slots=True)
class LaboratoryFacts:
    """Our record of the laboratory. Which hosts and certificates are its own is staff's word."""

    public_id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    verify_hosts: tuple[str, ...] = ()  # where its codes may lead: often not its own domain
    accreditations: tuple[AccreditationFacts, ...] = ()
    signing_certs: tuple[str, ...] = ()  # SHA-256 of pinned certificates, hex


@dataclass(frozen=True, slots=True)
class KnownReport:
    """Another document on file with the same laboratory and report number."""

    public_id: str
    sha256: str
    text_sha256: str
    is_amendment: bool
    is_from_picture: bool = False  # its words were read by OCR, and never twice the same


@dataclass(frozen=True, slots=True)
class AlikeReport:
    """Another document on file with nearly the same numbers, or measured values (alike.py)."""

    public_id: str
    sha256: str
    laboratory: str  # as printed
    report_no: str
    lot: str
    alike: int  # thousandths of the numbers, in their order
    differing: tuple[str, ...]  # some of the numbers that only the newcomer has
    amends: str = ""  # the number of the report that it replaces
    values: int = 0  # measured values that tell, of whichever has more of them
    same_values: int = 0  # of these, in their order
    same_digits: int = 0  # of the same values, each value's first digit not counted


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a person saw the result at the laboratory itself."""

    is_by_laboratory: bool  # it wrote to us; else its own page showed the report
    where: str  # the page's address, or who wrote
    sha256: str  # of what was kept of it
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """One certificate, everything that a rule may ask of it."""

    file: FileFacts
    is_read: bool  # False: waits for the reader
    kind: Kind = Kind.UNKNOWN
    title: str = ""
    specimen_phrase: str = ""  # words that say it is no report at all, as printed
    language: str = ""
    fields: tuple[Field, ...] = ()
    results: tuple[Result, ...] = ()
    codes: tuple[Code, ...] = ()
    expected: Expected | None = None  # None: not yet filed under a product
    laboratory: LaboratoryFacts | None = None
    known_reports: tuple[KnownReport, ...] = ()
    inside: Inside = NOTHING
    similar_laboratory: str = ""  # on record, and easily taken for the printed one
    brand_domains: tuple[str, ...] = ()
    alike_reports: tuple[AlikeReport, ...] = ()
    confirmation: Confirmation | None = None
    received_on: date | None = None  # when we first had this very file
    signed_by: str = ""  # another laboratory on record, whose pinned certificate signed it

    def field(self, name: FieldName) -> Field | None:
        return field_of(self.fields, name)


def field_of(fields: Iterable[Field], name: FieldName) -> Field | None:
    """The field of this name, if it was printed."""
    return next((field for field in fields if field.name is name), None)


def first_day(value: str) -> date | None:
    """The earliest day that a date field can mean; None when it was not understood."""
    days = _days(value)
    return days[0] if days else None


def last_day(value: str) -> date | None:
    """The latest day that a date field can mean."""
    days = _days(value)
    return days[1] if days else None


def _days(value: str) -> tuple[date, date] | None:
    try:
        if len(value) == len("2029-03"):
            first = date.fromisoformat(f"{value}-01")
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            return first, date.fromordinal(following.toordinal() - 1)
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day, day
