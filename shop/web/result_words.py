"""How results and accreditations are told, on the shop's pages and on the desk's."""

from collections.abc import Sequence
from datetime import date

from shop.assay.certificates.charts import Scale
from shop.assay.policy import Mark
from shop.assay.vocabulary import readable
from shop.web.words import Words

OUTSIDE_SCOPE = "Outside the accreditation"
NO_METHOD = "No method printed"
RECEIVED = "Received"
SUPERSEDED = "Superseded by a later report of the same laboratory"
SUPERSEDES = "Supersedes an earlier report of the same laboratory"
_KEPT = {
    "pass": Words(Mark.OK, "Yes"),
    "fail": Words(Mark.WARN, "No"),
}
NOT_STATED = Words(Mark.NONE, "Not stated")
_ABSENT = "ND"


def within(computed: str, printed: str) -> Words:
    """Whether a result keeps its limit, as we computed it, else as it is printed."""
    if computed in _KEPT:
        return _KEPT[computed]
    return Words(Mark.INFO, f"Printed: {printed}") if printed else NOT_STATED


def kept(verdicts: Sequence[str]) -> str:
    """12 of 12 within limits; of results without a limit only how many they are."""
    judged = [verdict for verdict in verdicts if verdict in _KEPT]
    if not judged:
        return f"{len(verdicts)} result{'' if len(verdicts) == 1 else 's'}" if verdicts else ""
    return f"{judged.count('pass')} of {len(judged)} within limits"


def accredited(bodies: Sequence[str], covered: int, count: int) -> str:
    """UKAS 4177, for 11 of 12 tests."""
    if not bodies:
        return ""
    listed = ", ".join(bodies)
    return f"{listed}, for {covered} of {count} tests" if count else listed


def accreditation_seen(days: Sequence[date]) -> str:
    """When a person looked it up; the latest day counts."""
    if not days:
        return ""
    return f"We looked it up at the accreditation body on {readable(max(days).isoformat())}."


def drawn(analyte: str, value: str, limit: str, scale: Scale) -> str:
    """What a line of the chart shows, for whoever does not see it."""
    verdict = {"pass": "within the limit", "fail": "outside the limit"}.get(scale.verdict, "")
    said = f"{analyte}: {value or _ABSENT}, limit {limit}"
    return f"{said}: {verdict}" if verdict else said
