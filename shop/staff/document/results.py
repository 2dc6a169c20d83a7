"""What does each line of the results table say, and do its words and numbers agree?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from shop.assay.certificates.reading.printed import printed
from shop.assay.policy import Mark
from shop.certificates.models import CertificateResult
from shop.web.words import Words

_BY_NUMBERS = {
    "pass": Words(Mark.OK, "Within"),
    "fail": Words(Mark.WARN, "Outside"),
    "": Words(Mark.NONE, "Cannot tell"),
}
_NO_LIMIT = Words(Mark.NONE, "No limit")
_CONTRADICTS = Words(Mark.WARN, "Report says otherwise")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result. `computed` is what its numbers say; `key` is empty where it has no box."""

    key: str
    analyte: str
    method: str
    unit: str
    limits: str  # of detection and of quantification, as far as printed
    spec: str
    value: str
    verdict: str
    computed: Words
    is_contradicted: bool
    page: int
    box: Sequence[int]


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Results under one heading of the document; the heading may be empty."""

    title: str
    rows: Sequence[ResultRow]


def groups(results: Iterable[CertificateResult]) -> list[ResultGroup]:
    """The table in the document's order, by its own headings."""
    return [
        ResultGroup(title, [_row(each) for each in lines])
        for title, lines in groupby(results, key=lambda each: each.group)
    ]


def _row(result: CertificateResult) -> ResultRow:
    said, numbers = printed(result.verdict), result.verdict_computed
    is_contradicted = bool(said) and bool(numbers) and said != numbers
    limits = [("LOD", result.lod), ("LOQ", result.loq)]
    return ResultRow(
        key=f"line-{result.position + 1}" if result.box else "",
        analyte=result.analyte,
        method=result.method,
        unit=result.unit,
        limits=", ".join(f"{name} {value}" for name, value in limits if value),
        spec=result.spec,
        value=result.value,
        verdict=result.verdict,
        computed=_computed(result, is_contradicted=is_contradicted),
        is_contradicted=is_contradicted,
        page=result.page,
        box=result.box or (),
    )


def _computed(result: CertificateResult, *, is_contradicted: bool) -> Words:
    if is_contradicted:
        outside = _BY_NUMBERS[result.verdict_computed].title
        return Words(_CONTRADICTS.mark, outside, _CONTRADICTS.title)
    if not result.spec:
        return _NO_LIMIT
    return _BY_NUMBERS.get(result.verdict_computed, _BY_NUMBERS[""])
