"""What is known about a file that is in no record? Readings into Facts, and answers as JSON.

For `flask certificates inspect`: laboratories, the lot and the documents on file come from whoever
asks (docs/certificates-programs.md), and no database is asked.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shop.assay import policy
from shop.assay.certificates import checks, checks_lot, checks_signatures, evidence
from shop.assay.certificates.alike import Shelf
from shop.assay.certificates.facts import (
    CertificateFacts,
    Expected,
    Field,
    FieldName,
    KnownReport,
    LaboratoryFacts,
    Source,
    field_of,
)
from shop.assay.certificates.keys import code_key, name_key, name_keys
from shop.assay.certificates.laboratory_names import similar
from shop.assay.vocabulary import Finding
from shop.certificates.reader.wire import Reading


def expected(product: str, lot: str) -> Expected | None:
    """The lot on offer; None where neither is said."""
    if not product.strip() and not lot.strip():
        return None
    name, size = checks_lot.apart(product)
    return Expected(product=name, brand="", size=size, lot=lot.strip())


class Folder:
    """The documents on file, to which another is compared: by report number, and by numbers."""

    def __init__(self, laboratories: Sequence[LaboratoryFacts]) -> None:
        self._laboratories = laboratories
        self._shelf = Shelf()
        self._by_report: defaultdict[str, list[tuple[str, KnownReport]]] = defaultdict(list)

    def add(self, name: str, reading: Reading) -> None:
        """Put a document on file under a name. One that could not be read has nothing to compare.

        The order is the order in which they came in.
        """
        if reading.file.problems:
            return
        facts = self._read(reading)
        self._shelf.add(facts, name=name)
        key = _report_key(facts.fields)
        if key:
            names = {field.name for field in facts.fields}
            is_amendment = bool(names & {FieldName.AMENDS, FieldName.REPORT_REV})
            file = facts.file
            is_from_picture = file.text_source is Source.OCR
            known = KnownReport(
                name, file.sha256, file.text_sha256, is_amendment, is_from_picture=is_from_picture
            )
            self._by_report[key].append((_issuer(facts), known))

    def facts(
        self, reading: Reading, on_offer: Expected | None, *, at: datetime
    ) -> CertificateFacts:
        """Everything that the judge asks about a document that came in at this moment.

        It is not compared to itself.
        """
        facts = self._read(reading)
        if reading.file.problems:
            return facts
        signatures = facts.inside.signatures
        same_number = self._by_report.get(_report_key(facts.fields), [])
        return dataclasses.replace(
            facts,
            expected=on_offer,
            known_reports=tuple(
                known
                for issuer, known in same_number
                if issuer == _issuer(facts) and known.sha256 != facts.file.sha256
            ),
            alike_reports=self._shelf.find(facts),
            # What lies here signed was signed before it came, whatever day is asked for.
            received_on=max(at.date(), checks_signatures.signed_on(signatures) or at.date()),
            signed_by=self._signed_by(facts),
            similar_laboratory=self._similar(facts),
        )

    def _read(self, reading: Reading) -> CertificateFacts:
        return CertificateFacts(
            file=reading.file,
            is_read=not reading.file.problems,
            kind=reading.kind,
            title=reading.title,
            specimen_phrase=reading.specimen_phrase,
            language=reading.language,
            fields=reading.fields,
            results=reading.results,
            codes=reading.codes,
            laboratory=self._named(reading.fields),
            inside=reading.inside,
        )

    def _similar(self, facts: CertificateFacts) -> str:
        """The laboratory for which the printed one may be taken, if it is none of them."""
        printed = facts.field(FieldName.LAB_NAME)
        if facts.laboratory is not None or printed is None:
            return ""
        names = (name for known in self._laboratories for name in (known.name, *known.aliases))
        return similar(printed.value, names)

    def _signed_by(self, facts: CertificateFacts) -> str:
        """Another laboratory, to which a certificate is pinned that vouches for a signature."""
        digests = checks_signatures.digests(facts.inside.signatures)
        others = (known for known in self._laboratories if known != facts.laboratory)
        return next(
            (known.name for known in others if digests.intersection(known.signing_certs)), ""
        )

    def _named(self, fields: Sequence[Field]) -> LaboratoryFacts | None:
        printed = field_of(fields, FieldName.LAB_NAME)
        keys = name_keys(printed.value) if printed else frozenset()
        return next((known for known in self._laboratories if keys & _names(known)), None)


def answer(facts: CertificateFacts, *, at: datetime) -> dict[str, Any]:
    """Everything that was read and found, as JSON. The keys stand in docs/certificates-programs.md.

    Boxes are left, top, right and bottom in thousandths of the page.
    """
    findings = checks.judge(facts, at=at)
    return {
        "sha256": facts.file.sha256,
        "kind": facts.kind.value,
        "title": facts.title,
        "language": facts.language,
        "pages": facts.file.page_count,
        "text_source": facts.file.text_source.value,
        "laboratory": facts.laboratory.name if facts.laboratory else None,
        "fields": {field.name.value: _field(field) for field in facts.fields},
        "results": [dataclasses.asdict(result) for result in facts.results],
        "codes": [dataclasses.asdict(code) for code in facts.codes],
        "findings": [_finding(finding) for finding in findings],
        "outcome": policy.overall(findings).value,
        "evidence_level": evidence.evidence_level(facts, None).name,
        "signatures": dataclasses.asdict(facts.inside.signatures),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.rule.code,
        "severity": finding.severity.value,
        "outcome": finding.outcome.value,
        "page": finding.place.page if finding.place else None,
        "box": finding.place.box if finding.place else None,
        "details": dict(finding.details),
        "sentence": finding.sentence,
    }


def _field(field: Field) -> dict[str, Any]:
    shown = dataclasses.asdict(field)
    del shown["name"]
    return shown


def _report_key(fields: Sequence[Field]) -> str:
    number = field_of(fields, FieldName.REPORT_NO)
    return code_key(number.value) if number else ""


def _issuer(facts: CertificateFacts) -> str:
    """By which two documents are of one laboratory: its record, else its printed name."""
    if facts.laboratory is not None:
        return facts.laboratory.public_id
    printed = facts.field(FieldName.LAB_NAME)
    return name_key(printed.value) if printed else ""


def _names(known: LaboratoryFacts) -> set[str]:
    return {name_key(known.name), *map(name_key, known.aliases)} - {""}
