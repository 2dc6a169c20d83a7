"""Every word of the desk that is not said to shoppers too (those stand in web.words)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from shop.accounts.service import Role
from shop.assay import policy
from shop.assay.certificates.facts import FieldName
from shop.assay.policy import Mark
from shop.assay.sellers.facts import Statement
from shop.assay.vocabulary import Finding, Outcome, Severity, SubjectKind
from shop.catalog.models import LotStatus
from shop.certificates.models import Status
from shop.verdicts.service import PublishedVerdict
from shop.web import seller_words
from shop.web import words as shop_words
from shop.web.words import Words

ROLES: Mapping[Role, str] = {
    Role.VIEWER: "Viewer",
    Role.EDITOR: "Editor",
    Role.REVIEWER: "Reviewer",
    Role.ADMIN: "Admin",
}
ROLE_MEANINGS: Mapping[Role, str] = {
    Role.VIEWER: "Viewer: reads the desk",
    Role.EDITOR: "Editor: uploads, adds and corrects",
    Role.REVIEWER: "Reviewer: decides",
    Role.ADMIN: "Admin: looks after staff accounts",
}
LOTS: Mapping[LotStatus, Words] = {
    LotStatus.RELEASED: Words(Mark.OK, "Released", "may be sold"),
    LotStatus.QUARANTINED: Words(Mark.REVIEW, "Quarantined", "held back"),
    LotStatus.RECALLED: Words(Mark.STOP, "Recalled", "shoppers are told to stop using it"),
}
# Where a document stands on its way, before and after its verdict.
CERTIFICATES: Mapping[Status, Words] = {
    Status.QUARANTINED: Words(Mark.REVIEW, "Waiting to be read"),
    Status.PROCESSING: Words(Mark.REVIEW, "Being read"),
    Status.NEEDS_REVIEW: Words(Mark.REVIEW, "Needs a review"),
    Status.ACCEPTED: Words(Mark.OK, "Accepted"),
    Status.REJECTED: Words(Mark.STOP, "Rejected"),
    Status.SUPERSEDED: Words(Mark.OLD, "Superseded", "by an amendment of the laboratory"),
    Status.REVOKED: Words(Mark.STOP, "Revoked"),
}
# Printed values in the order in which a reviewer compares them.
FIELDS: Mapping[FieldName, str] = {
    FieldName.REPORT_NO: "Report",
    FieldName.REPORT_REV: "Revision",
    FieldName.AMENDS: "Replaces report",
    FieldName.LOT: "Lot",
    FieldName.PRODUCT: "Product",
    FieldName.BRAND: "Brand",
    FieldName.GTIN: "GTIN",
    FieldName.LAB_NAME: "Laboratory",
    FieldName.ACCREDITATION: "Accreditation",
    FieldName.CLIENT: "Client",
    FieldName.SAMPLE_ID: "Sample",
    FieldName.DATE_MADE: "Made",
    FieldName.DATE_EXPIRES: "Use by",
    FieldName.DATE_SAMPLED: "Sampled",
    FieldName.DATE_RECEIVED: "Received",
    FieldName.DATE_TESTED: "Tested",
    FieldName.DATE_ISSUED: "Issued",
    FieldName.DATE_VOID_AFTER: "Void after",
    FieldName.OVERALL: "Overall verdict",
    FieldName.SIGNATORY: "Signed by",
    FieldName.VERIFY_URL: "Look-up page",
}
_MINUTE = 60
_MEGABYTE = 1_000_000
SOMEBODY = "somebody who has left"
# What a reviewer may decide about a certificate, and what follows.
DECISIONS: Mapping[Outcome, Words] = {
    Outcome.PASSED: Words(
        Mark.OK, "Verified", "It is about this lot, and what was read agrees with its pages."
    ),
    Outcome.INDETERMINATE: Words(
        Mark.REVIEW, "Cannot tell", "Leaves the queue until something about it changes."
    ),
    Outcome.FAILED: Words(Mark.STOP, "Reject", "Shoppers see that it was rejected, and your note."),
}
OFFER_DECISIONS: Mapping[Outcome, Words] = {
    Outcome.PASSED: Words(
        Mark.OK, "Verified", "Needs proof of control, or the brand’s word in writing."
    ),
    Outcome.INDETERMINATE: Words(
        Mark.NONE, "Not confirmed", "What the checks found stands. No new warning."
    ),
    Outcome.FAILED: Words(
        Mark.WARN, "Does not match", "Shoppers see the comparison before they leave."
    ),
}
# What whoever placed a link says about it.
STATEMENTS: Mapping[Statement, str] = {
    Statement.SOLD_BY: "It names the seller",
    Statement.OFFICIAL: "It is the brand’s official shop",
    Statement.AUTHORIZED: "It is an authorized seller",
    Statement.AUTHENTIC: "It sells the authentic product",
}
# The parts of an address, as a browser takes it.
PART_SITE = "The site"
PART_PLATFORM = "A page on"
PART_BEFORE = "Before the site"
PART_PORT = "Port"
PART_PAGE = "Page"
PART_WRITTEN = "As written"
NOT_AN_ADDRESS = Words(Mark.STOP, "Not a web address")
# What became of an uploaded file.
INTAKES: Mapping[str, Words] = {
    "new": Words(Mark.REVIEW, "Received"),
    "known": Words(Mark.INFO, "Known already"),
    "refused": Words(Mark.STOP, "Not uploaded"),
}
UNREAD = frozenset({Status.QUARANTINED, Status.PROCESSING})
USUAL_NOTE = "Compared with its pages: what was read is what they print."
BEING_CHECKED = Words(Mark.REVIEW, "Being checked")
INTERRUPTED = "the reader was interrupted; another begins by itself within minutes"
# So long nothing was begun though something waits: then a person should look at the worker.
LONGEST_SILENCE = timedelta(minutes=3)


def offer(published: PublishedVerdict | None) -> Words:
    """What shoppers read beside a link."""
    if published is None:
        return shop_words.NOT_CHECKED_YET
    return seller_words.offer(published.verdict.outcome, published.verdict.findings)


def link(found: Sequence[Finding]) -> Words:
    """What the checks say of a link that is not saved yet, as shoppers would read it."""
    if any(finding.severity is Severity.REFUSED for finding in found):
        return NOT_AN_ADDRESS
    return seller_words.offer(policy.overall(found, None), found)


def failed(count: int, kind: SubjectKind) -> str:
    """How many checks failed: of a link, two facts that should agree and do not."""
    if kind is SubjectKind.OFFER:
        return f"{count} mismatch{'' if count == 1 else 'es'}"
    return f"{count} failed"


def why(failed: Sequence[Finding], unclear: Sequence[Finding]) -> str:
    """Why something waits: what weighs most, and where a link leads when that changed."""
    worst = max(failed or unclear, key=lambda finding: finding.severity.rank, default=None)
    if worst is None:
        return "Chosen for a second look"
    doubts = (each.details for each in (*failed, *unclear))
    moved = [details for details in doubts if {"before", "now"} <= details.keys()]
    ways = [f"It led to {each['before']} and leads to {each['now']}." for each in moved]
    return " ".join([worst.sentence, *ways])


def certificate(status: Status, published: PublishedVerdict | None) -> Words:
    """Where a document stands: how far the reader is, or its verdict."""
    if status in UNREAD or published is None:
        return CERTIFICATES[status]
    findings = published.verdict.findings
    if any(finding.severity is Severity.REFUSED for finding in findings):
        return shop_words.NOT_OPENED
    title = shop_words.certificate(published.mark, is_withdrawn=published.is_withdrawn)
    return Words(published.mark, title)


def age(since: datetime, at: datetime) -> str:
    """How long something waits: "1 d 4 h", "22 h", "5 min"."""
    waited = max(at - since, timedelta())
    hours, seconds = divmod(waited.seconds, 3600)
    if waited.days:
        return f"{waited.days} d {hours} h" if hours else f"{waited.days} d"
    if hours:
        return f"{hours} h"
    return f"{seconds // 60} min" if seconds >= _MINUTE else "under a minute"


def size(number_of_bytes: int) -> str:
    """How large a file is: "78 KB", "3.4 MB"."""
    if number_of_bytes < _MEGABYTE:
        return f"{max(1, round(number_of_bytes / 1000))} KB"
    return f"{number_of_bytes / _MEGABYTE:.1f} MB"
