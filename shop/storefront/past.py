"""What became of a certificate since we received it, as a shopper may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.assay.policy import Mark
from shop.certificates.models import Certificate
from shop.storefront.reports import report
from shop.verdicts.service import PublishedVerdict
from shop.web import result_words


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `entry` is its place in the public record, None without one."""

    at: datetime
    mark: Mark
    what: str
    reason: str = ""
    entry: int | None = None
    other: str = ""  # public id of the certificate that it names


def steps(
    certificate: Certificate,
    published: Sequence[PublishedVerdict],
    later: Certificate | None,
    earlier: Sequence[Certificate],
) -> list[Step]:
    """The newest first. A check that answered as the one before it is no step."""
    found = [Step(certificate.uploaded_at, Mark.INFO, result_words.RECEIVED)]
    said = ""
    for each in sorted(published, key=lambda one: one.entry_index):
        told = report(certificate, each).told
        if told.title != said or each.reason_given:
            at = each.verdict.judged_at
            found.append(Step(at, told.mark, told.title, each.reason_given, each.entry_index))
        said = told.title
    found += [
        Step(older.status_at, Mark.INFO, result_words.SUPERSEDES, other=older.public_id)
        for older in earlier
    ]
    if later is not None:
        at = certificate.status_at
        found.append(Step(at, Mark.OLD, result_words.SUPERSEDED, other=later.public_id))
    return sorted(found, key=lambda step: step.at, reverse=True)
