"""Facts of one good certificate, from which a test changes what it is about."""

from dataclasses import replace
from datetime import date

from shop.assay.certificates.facts import (
    AccreditationFacts,
    CertificateFacts,
    Expected,
    Field,
    FieldName,
    FileFacts,
    Kind,
    LaboratoryFacts,
    Result,
    Source,
)
from shop.assay.certificates.reading.layout import Page, Word

FILE = FileFacts(sha256="a" * 64, size=2_000, page_count=1, pages_read=1, text_sha256="b" * 64)
EXPECTED = Expected(
    product="Rosemary Scalp Serum", brand="Maren & Oak", size="50 ml", lot="MO-2609-B"
)
LABORATORY = LaboratoryFacts("lab2345678abcdef", "Northmere Analytical")
SEEN = AccreditationFacts(
    body="UKAS",
    number="4177",
    scope=("ISO 21149", "ISO 21392"),
    valid_from=date(2024, 1, 1),
    valid_to=date(2028, 1, 1),
    is_active=True,
    checked_on=date(2026, 1, 5),
)
ACCREDITED = replace(LABORATORY, accreditations=(SEEN,))
PRINTED = {
    "report_no": "NM-26-10417",
    "lot": "MO-2609-B",
    "product": "Rosemary Scalp Serum 50 ml",
    "lab_name_printed": "Northmere Analytical",
    "date_received": "2026-09-21",
    "date_tested": "2026-10-02",
    "date_issued": "2026-10-03",
    "date_expires": "2029-03",
}
RESULT = Result(
    "", "Lead (Pb)", "ISO 21392", "", "", "", "<= 2 mg/kg", "0.08 mg/kg", "Pass", 1, None
)


def field(name, value, *, confidence=95, raw=None, source=Source.PDF):
    return Field(
        name=FieldName(name),
        value=value,
        raw=value if raw is None else raw,
        page=1,
        box=(100, 200, 300, 220),
        confidence=confidence,
        source=source,
    )


def facts(printed=None, *, confidence=95, raw=None, **more):
    """A good certificate, with some values printed otherwise (None: not printed)."""
    values = {**PRINTED, **(printed or {})}
    fields = tuple(
        field(
            name,
            value,
            confidence=confidence if name in (printed or {}) else 95,
            raw=raw if name in (printed or {}) else None,
        )
        for name, value in values.items()
        if value is not None
    )
    whole = CertificateFacts(
        file=FILE,
        is_read=True,
        kind=Kind.ANALYSIS,
        title="Certificate of Analysis",
        fields=fields,
        results=(RESULT,),
        expected=EXPECTED,
        laboratory=LABORATORY,
    )
    return replace(whole, **more)


def page(*rows, number=1, source=Source.PDF, size=10.0, aside=""):
    """A page whose rows are given as (x, text) pairs, or as one text from the left margin."""
    words = []
    for row, cells in enumerate(rows):
        top = 40 + row * 20.0
        for left, text in [(50, cells)] if isinstance(cells, str) else cells:
            at = float(left)
            for part in text.split():
                right = at + 0.5 * size * len(part)
                words.append(Word(part, at, top, right, top + size))
                at = right + 0.25 * size
    return Page(number, 595.0, 842.0, tuple(words), aside=aside, source=source)
