"""Are the numbers of one document those of another, a few excepted?

The words of honest reports by one laboratory are the same to 98 %, so words say nothing, and
neither do the numbers that all its reports share: limits, methods, its telephone. A copy is seen
by two things together: nearly all numbers, in their order, are another document's; and so are its
measured values, which a second lot hardly repeats (see checks_alike).

Documents to compare with are found by runs of three numbers. Where one number in twenty differs
(a likeness of 950) at least 17 of 20 runs are the same, so that of 16 runs drawn by their digests
none is left in fewer than one case of a billion. A document is kept under its first MARKS runs that
fewer than RARE documents bear: runs of a template soon mark nobody, and what a search can meet has
a bound, ASKED times RARE, however many documents are on file (`Shelf`; certificates.alikes).
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import Indel

from shop.assay.certificates.facts import AlikeReport, CertificateFacts, FieldName

ALIKE = 950  # thousandths of the numbers, in their order
NEAR = 900  # the same, where of a few dozen numbers only one differs, or the values are the same
MARKS = 16
RARE = 8
ASKED = 600  # runs with which one searches
COMPARED = 8  # documents that are compared number by number
_RUN = 3
_FEWEST = 10  # numbers: fewer tell nothing
_TELLING = 2  # digits that count
_FEW_VALUES, _MANY_VALUES = 2, 6
_MOST_NAMED = 8  # of the numbers that differ
_MEASURED = re.compile(r"[\s+-]*(\d+(?:[.,]\d+)*)")
_K = TypeVar("_K", int, str)


@dataclass(frozen=True, slots=True)
class Printed:
    """What of a document is compared with others."""

    public_id: str
    sha256: str
    laboratory: str = ""
    report_no: str = ""
    lot: str = ""
    amends: str = ""
    numbers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()  # see `telling`


def printed(facts: CertificateFacts, public_id: str = "") -> Printed:
    """What is compared of a document; without an id it goes by the start of its digest."""
    said = {field.name: field.value for field in facts.fields}
    return Printed(
        public_id or facts.file.sha256[:16],
        facts.file.sha256,
        said.get(FieldName.LAB_NAME, ""),
        said.get(FieldName.REPORT_NO, ""),
        said.get(FieldName.LOT, ""),
        said.get(FieldName.AMENDS, ""),
        facts.inside.numbers,
        telling(result.value for result in facts.results),
    )


def telling(results: Iterable[str]) -> tuple[str, ...]:
    """The measured values of two digits and more; "ND", "< 0.05" and "10" are everybody's."""
    measured = (_MEASURED.match(result) for result in results)
    values = (match[1].replace(",", ".") for match in measured if match)
    return tuple(value for value in values if _digits(value) >= _TELLING)


def compared(new: Printed, old: Printed) -> AlikeReport | None:
    """How alike they are; None where there is nothing to say of it.

    Named are documents whose numbers are ALIKE, or NEAR with one that differs or with the same
    values, and those whose many measured values are the same.
    """
    alike = likeness(new.numbers, old.numbers)
    kept = _common(new.values, old.values)
    same, most = len(kept), max(len(new.values), len(old.values))
    differing = _only_in(new.numbers, old.numbers)
    is_near = alike >= NEAR and (len(differing) <= 1 or same >= _FEW_VALUES)
    has_values = same >= _MANY_VALUES and 1000 * same >= ALIKE * most
    if not (alike >= ALIKE or is_near or has_values):
        return None
    return AlikeReport(
        public_id=old.public_id,
        sha256=old.sha256,
        laboratory=old.laboratory,
        report_no=old.report_no,
        lot=old.lot,
        alike=alike,
        differing=differing[:_MOST_NAMED],
        amends=old.amends,
        values=most,
        same_values=same,
        same_digits=sum(_digits(value) - 1 for value in kept),
    )


def likeness(first: Sequence[str], second: Sequence[str]) -> int:
    """Thousandths of the numbers that both have in the same order; 0 for too few of them."""
    if min(len(first), len(second)) < _FEWEST:
        return 0
    return int(1000 * Indel.normalized_similarity(first, second, score_cutoff=0.5))


def runs(numbers: Sequence[str]) -> tuple[str, ...]:
    """Every run of three numbers as 16 hexadecimal digits, in an order drawn by digest."""
    if len(numbers) < _FEWEST:
        return ()
    found = {
        hashlib.blake2b("\n".join(numbers[at : at + _RUN]).encode(), digest_size=8).hexdigest()
        for at in range(len(numbers) - _RUN + 1)
    }
    return tuple(sorted(found))


def marks(own: Sequence[str], borne: Mapping[str, int]) -> list[str]:
    """The runs under which a document is kept, `borne` by so many others already."""
    return [run for run in own if borne.get(run, 0) < RARE][:MARKS]


def nearest(met: Iterable[tuple[str, _K]]) -> list[_K]:
    """The documents that share a run, as pairs of run and document; the rarer the runs, the nearer.

    At most COMPARED of them.
    """
    bearers: defaultdict[str, list[_K]] = defaultdict(list)
    for run, key in met:
        bearers[run].append(key)
    weight: defaultdict[_K, float] = defaultdict(float)
    for keys in bearers.values():
        for key in keys:
            weight[key] += 1 / len(keys)
    return sorted(weight, key=lambda key: (-weight[key], key))[:COMPARED]


class Shelf:
    """Documents in memory, to compare with: what certificates.alikes keeps in a table.

    `add` what is on file in the order in which it came, then `find` for each newcomer.
    """

    def __init__(self) -> None:
        self._documents: list[Printed] = []
        self._kept: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, facts: CertificateFacts, *, name: str = "") -> None:
        """Put a document on file; `name` is what a finding calls it by (its public_id)."""
        document = printed(facts, name)
        own = runs(document.numbers)[:ASKED]
        for run in marks(own, {run: len(self._kept[run]) for run in own}):
            self._kept[run].append(len(self._documents))
        self._documents.append(document)

    def find(self, facts: CertificateFacts) -> tuple[AlikeReport, ...]:
        """The documents on file that are alike, other bytes each, the likest first."""
        new = printed(facts)
        own = runs(new.numbers)[:ASKED]
        met = ((run, place) for run in own for place in self._kept.get(run, ()))
        olds = [self._documents[place] for place in nearest(met)]
        return likest(new, (old for old in olds if old.sha256 != new.sha256))


def likest(new: Printed, olds: Iterable[Printed]) -> tuple[AlikeReport, ...]:
    """The comparisons that say something, the likest first."""
    found = [report for old in olds if (report := compared(new, old)) is not None]
    return tuple(sorted(found, key=lambda report: -report.alike))


def _only_in(numbers: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Those that the others hold less often, each once, in their order."""
    left = Counter(others)
    found: dict[str, None] = {}
    for number in numbers:
        if left[number] > 0:
            left[number] -= 1
        else:
            found[number] = None
    return tuple(found)


def _common(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """What both have, in the same order."""
    return [
        value
        for block in Indel.opcodes(first, second)
        if block.tag == "equal"
        for value in first[block.src_start : block.src_end]
    ]


def _digits(value: str) -> int:
    """How many digits say something: 0.0830 and 8300 have two."""
    return len(value.replace(".", "").strip("0"))
