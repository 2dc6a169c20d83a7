"""What did the checks find, the gravest first, and where on the page does it stand?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_uppercase

from shop.assay.policy import Mark
from shop.assay.vocabulary import Finding, Outcome, Severity, readable
from shop.staff.document import sheets
from shop.staff.document.sheets import Cut, Frame, Sheet
from shop.web import words as shop_words

# What a detail is called beside its finding. Others stand in the sentence alone.
_DETAILS = {
    "expected": "Expected",
    "observed": "Found",
    "before": "Before",
    "after": "Now",
    "now": "Now",
}
_LONGEST = 300
_REFUSED, _FAILED, _LOOK, _NOTES, _PASSED = (
    "Not opened",
    "Failed",
    "To look at",
    "Notes",
    "Passed",
)
_TITLES = (_REFUSED, _FAILED, _LOOK, _NOTES, _PASSED)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding with what stands behind it. `key` names its frame on the page; empty: none."""

    mark: Mark
    sentence: str
    code: str
    details: Sequence[tuple[str, str]]
    label: str
    key: str
    page: int
    cut: Cut | None
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Findings of one weight."""

    title: str
    rows: Sequence[FoundRow]
    is_folded: bool = False


def groups(findings: Iterable[Finding], pages: Mapping[int, Sheet]) -> list[FoundGroup]:
    """Failed, then to look at, then notes, then what passed; empty ones are left out."""
    by_weight: dict[str, list[Finding]] = {title: [] for title in _TITLES}
    for finding in findings:
        by_weight[_title(finding)].append(finding)
    found, letters = [], _letters()
    for title, each in by_weight.items():
        each.sort(key=lambda finding: -finding.severity.rank)
        rows = [_row(finding, pages, letters) for finding in each]
        if rows:
            found.append(FoundGroup(title, rows, is_folded=title == _PASSED))
    return found


def _title(finding: Finding) -> str:
    if finding.severity is Severity.REFUSED:
        return _REFUSED
    match finding.outcome:
        case Outcome.FAILED:
            return _FAILED
        case Outcome.INDETERMINATE:
            return _LOOK
        case Outcome.NOT_APPLICABLE:
            return _NOTES
        case Outcome.PASSED:
            return _PASSED


def _row(finding: Finding, pages: Mapping[int, Sheet], letters: Iterator[str]) -> FoundRow:
    place = finding.place
    sheet = pages.get(place.page) if place is not None else None
    box = place.box if place is not None else None
    label = next(letters) if sheet is not None and box is not None else ""
    frame = None
    if sheet is not None and box is not None:
        frame = sheets.frame(sheet, f"place-{label}", label, box)
    return FoundRow(
        mark=shop_words.finding_mark(finding),
        sentence=finding.sentence,
        code=finding.rule.code,
        details=[
            (name, readable(finding.details[detail])[:_LONGEST])
            for detail, name in _DETAILS.items()
            if finding.details.get(detail)
        ],
        label=label,
        key=frame.key if frame is not None else "",
        page=place.page if place is not None and sheet is not None else 0,
        cut=sheets.cut(sheet, frame) if sheet is not None and frame is not None else None,
        frame=frame,
    )


def _letters() -> Iterator[str]:
    """A to Z, then A2 to Z2, and so on."""
    for turn in count(1):
        for letter in ascii_uppercase:
            yield letter if turn == 1 else f"{letter}{turn}"
