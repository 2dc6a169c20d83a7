"""What was measured, group by group: results against their limits, and the accreditation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from shop.assay.certificates.accreditation import ScopeView, scope_of
from shop.assay.certificates.charts import Scale, scale
from shop.assay.certificates.facts import AccreditationFacts, CertificateFacts, Result
from shop.assay.certificates.reading.verdicts import notation
from shop.certificates import gather
from shop.certificates.models import Certificate, CertificateField, CertificateResult
from shop.web import result_words
from shop.web.words import Words

_FEW = 12  # results of a group that are drawn at once; more are told in a sentence first


@dataclass(frozen=True, slots=True)
class Line:
    """One result. `scope` says whether an accreditation covers it: "", or why not."""

    row: CertificateResult
    told: Words
    scope: str
    scale: Scale | None

    @property
    def value(self) -> str:
        """The result with its unit, once."""
        unit = self.row.unit
        return f"{self.row.value} {unit}".strip() if unit not in self.row.value else self.row.value

    @property
    def said(self) -> str:
        """What the chart shows of it, in words."""
        if self.scale is None:
            return ""
        return result_words.drawn(self.row.analyte, self.value, self.row.spec, self.scale)


@dataclass(frozen=True, slots=True)
class Group:
    """The results under one heading of the report; `name` is empty where it has none."""

    name: str
    lines: Sequence[Line]

    @property
    def is_long(self) -> bool:
        return len(self.lines) > _FEW

    @property
    def summary(self) -> str:
        """12 of 12 within limits."""
        return result_words.kept([line.row.verdict_computed for line in self.lines])

    @property
    def drawn(self) -> Sequence[Line]:
        """The results whose place against the limit is a number."""
        return [line for line in self.lines if line.scale is not None]


@dataclass(frozen=True, slots=True)
class Measured:
    """All groups, and the accreditation in a sentence; empty where no person saw one."""

    groups: Sequence[Group]
    accredited: str
    seen: str  # when it was looked up, and where it is listed
    outside: Sequence[str]  # tests that it does not cover

    @property
    def count(self) -> int:
        return sum(len(group.lines) for group in self.groups)


def measured(
    certificate: Certificate,
    fields: Sequence[CertificateField],
    results: Sequence[CertificateResult],
) -> Measured:
    """The results of a report, for a page; asks the records for its accreditations alone."""
    facts = gather.measured(certificate, fields, results)
    view = scope_of(facts)
    seen = view.accreditations
    return Measured(
        groups=_groups(facts, results, view),
        accredited=result_words.accredited(
            [_listed(each) for each in seen], len(view.covered), len(facts.results)
        ),
        seen=result_words.accreditation_seen([each.checked_on for each in seen if each.checked_on]),
        outside=list(dict.fromkeys(result.analyte for result in view.outside)) if seen else [],
    )


def _groups(
    facts: CertificateFacts, rows: Sequence[CertificateResult], view: ScopeView
) -> list[Group]:
    """Results in the order of the report; a heading that comes again begins a group again."""
    style = notation(facts.language, facts.results)
    lines = [
        Line(
            row,
            result_words.within(row.verdict_computed, row.verdict),
            _scope(result, view),
            scale(result, style),
        )
        for row, result in zip(rows, facts.results, strict=True)
    ]
    parted: Iterable[tuple[str, Iterable[Line]]] = groupby(lines, key=lambda line: line.row.group)
    return [Group(name, list(held)) for name, held in parted]


def _scope(result: Result, view: ScopeView) -> str:
    if not view.accreditations or result in view.covered:
        return ""
    return result_words.OUTSIDE_SCOPE if result in view.outside else result_words.NO_METHOD


def _listed(accreditation: AccreditationFacts) -> str:
    return f"{accreditation.body} {accreditation.number}".strip()
