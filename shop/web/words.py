"""Every word that a mark, a verdict, a lot or an error is shown with. Templates compose none.
Those about sellers stand in `seller_words`.

Tone: calm, exact, short. What was checked, by whom, when. "Does not match", "not found" and "not
checked" are three different things. "We" is Assay; "you" is the reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shop.assay.policy import Mark
from shop.assay.vocabulary import Finding, Outcome, Severity, readable
from shop.catalog.models import Headline


@dataclass(frozen=True, slots=True)
class Words:
    """A mark with its title and, where there is more to say, one detail."""

    mark: Mark
    title: str
    detail: str = ""


# What each shape means, as the method page explains it.
MARKS: Mapping[Mark, str] = {
    Mark.OK: "Verified",
    Mark.PART: "Verified, with notes",
    Mark.OLD: "Earlier lot",
    Mark.REVIEW: "In review",
    Mark.NONE: "None on file",
    Mark.INFO: "Note",
    Mark.WARN: "Does not match",
    Mark.STOP: "Withdrawn, recalled or rejected",
}
MEANINGS: Mapping[Mark, str] = {
    Mark.OK: "Every required check passed, for the lot named.",
    Mark.PART: "Required checks passed, but a note could change what you decide.",
    Mark.OLD: "A verified certificate exists, but for another lot.",
    Mark.REVIEW: "We have the file. People are reading it.",
    Mark.NONE: "Nobody has shown us one. Not a finding against the product.",
    Mark.INFO: "A note under a verdict. It does not change the verdict.",
    Mark.WARN: "Two facts that should agree do not.",
    Mark.STOP: "Do not rely on it. We say who said so, and when.",
}
# The verification facet: value -> label. Best documented first.
VERIFICATION: Mapping[Mark, str] = {
    Mark.OK: "Verified for this lot",
    Mark.PART: "Verified, with notes",
    Mark.OLD: "Earlier lot only",
    Mark.REVIEW: "In review",
    Mark.NONE: "No certificate",
    Mark.WARN: "Flagged",
    Mark.STOP: "Withdrawn or rejected",
}
# Hidden text beside the four hallmarks.
CERTIFICATE_MARKS: Mapping[Mark, str] = {
    Mark.OK: "verified",
    Mark.PART: "verified with notes",
    Mark.OLD: "for an earlier lot",
    Mark.REVIEW: "in review",
    Mark.NONE: "none on file",
    Mark.INFO: "noted",
    Mark.WARN: "does not match",
    Mark.STOP: "withdrawn or rejected",
}
LOT_MARKS: Mapping[Mark, str] = {
    Mark.OK: "the certificate covers the lot on sale",
    Mark.PART: "the certificate covers the lot on sale, with notes",
    Mark.OLD: "the certificate covers an earlier lot",
    Mark.REVIEW: "in review",
    Mark.NONE: "no tested lot on file",
    Mark.INFO: "noted",
    Mark.WARN: "the certificate names another lot",
    Mark.STOP: "recalled or withdrawn",
}
SELLER_MARKS: Mapping[Mark, str] = {
    Mark.OK: "all confirmed",
    Mark.PART: "some confirmed, some not",
    Mark.OLD: "confirmed some time ago",
    Mark.REVIEW: "in review",
    Mark.NONE: "none confirmed",
    Mark.INFO: "noted",
    Mark.WARN: "an address does not match",
    Mark.STOP: "a seller was removed",
}
GRADES = ("None on file", "Very limited", "Limited", "Moderate", "Strong")
GRADE_MEANINGS = (
    "We looked, asked, and hold nothing.",
    "Laboratory or animal work, or opinion.",
    "Small, brand-run or uncontrolled.",
    "Good trials of the ingredient at the strength used.",
    "Several good trials of this product, or one independent review of many.",
)
SORTS: Mapping[str, str] = {
    "documented": "Best documented",
    "relevance": "Closest to your words",
    "newest": "Newest",
    "price": "Price, low to high",
    "-price": "Price, high to low",
    "name": "Name",
}
# What a finding is called before its sentence, for those who do not see its mark.
FINDING_MARKS: Mapping[Mark, str] = {
    Mark.OK: "Passed",
    Mark.PART: "Note",
    Mark.OLD: "Out of date",
    Mark.REVIEW: "In review",
    Mark.NONE: "Not confirmed",
    Mark.INFO: "Note",
    Mark.WARN: "Problem",
    Mark.STOP: "Failed",
}
# The public ledger: kinds of entries and of subjects (assay.log.entries).
ENTRIES: Mapping[str, str] = {
    "published": "First verdict about",
    "superseded": "New verdict about",
    "withdrawn": "Verdict withdrawn about",
    "decided": "A person decided about",
}
SUBJECTS: Mapping[str, str] = {
    "certificate": "a certificate",
    "offer": "a seller’s link",
    "claim": "a claim",
    "names": "two names",
}
OUTCOMES: Mapping[str, str] = {
    "passed": "Verified",
    "failed": "Does not match",
    "indeterminate": "Not settled",
    "not_applicable": "Not applicable",
}
# What we read from a certificate (assay.certificates.facts.FieldName).
FIELDS: Mapping[str, str] = {
    "report_no": "Report number",
    "report_rev": "Revision",
    "amends": "Replaces report",
    "lot": "Lot",
    "sample_id": "Sample",
    "product": "Product",
    "brand": "Brand",
    "client": "Client",
    "gtin": "Barcode number",
    "lab_name_printed": "Laboratory",
    "accreditation": "Accreditation",
    "signatory": "Signed by",
    "verify_url": "Look-up page",
    "overall_verdict": "Overall",
    "date_made": "Made",
    "date_expires": "Expires",
    "date_sampled": "Sampled",
    "date_received": "Received",
    "date_tested": "Tested",
    "date_issued": "Issued",
    "date_void_after": "Void after",
}
# Where an order stands (orders.models.State).
ORDER_TITLES: Mapping[str, str] = {
    "draft": "Your order is not paid yet.",
    "awaiting_payment": "Your order is not paid yet.",
    "expired": "This order was not paid.",
    "cancelled": "This order was cancelled.",
    "paid": "Thank you. Your order is confirmed.",
    "paid_needs_attention": "Thank you. We have your payment.",
    "fulfilled": "Your order is on its way.",
    "refunded": "Your order was refunded.",
}
ORDER_NOTES: Mapping[str, str] = {
    "draft": "We hold your bottles while you pay.",
    "awaiting_payment": "We hold your bottles while you pay.",
    "expired": "Nothing was charged, and what was held is for sale again.",
    "cancelled": "Nothing was charged.",
}
NO_CERTIFICATE = Words(
    Mark.NONE,
    "No certificate on file",
    "That does not mean the product is unsafe. "
    "It means nobody has shown us a laboratory report for it.",
)
NOT_CHECKED_YET = Words(Mark.NONE, "Not checked yet")
NOT_OPENED = Words(Mark.STOP, "File not opened")
REASON_GIVEN = "Reason given: “{}”"  # what a person wrote when they decided
NOT_FOR_SALE = "Not sold here"
SALE_PAUSED = "Sale paused"
SOLD_OUT = "Sold out"
FLAGGED_PRODUCT = "We could not confirm this product or its seller"

_HEADLINES: Mapping[Headline, Words] = {
    Headline.VERIFIED: Words(
        Mark.OK, "Certificate verified for this lot", "Lot {lot}, tested {date}"
    ),
    Headline.NOTES: Words(Mark.PART, "Verified, with {count} notes", "Lot {lot}, tested {date}"),
    Headline.EARLIER_LOT: Words(
        Mark.OLD, "Certificate is for an earlier lot", "On sale: {on_sale}. Tested: {lot}"
    ),
    Headline.IN_REVIEW: Words(Mark.REVIEW, "Certificate in review", "Received {date}"),
    Headline.DOES_NOT_MATCH: Words(Mark.WARN, "Certificate does not match", "Checked {date}"),
    Headline.REJECTED: Words(Mark.STOP, "Certificate rejected", "Decided {date}"),
    Headline.WITHDRAWN: Words(Mark.STOP, "Certificate withdrawn", "Sale paused on {date}"),
    Headline.RECALLED: Words(Mark.STOP, "Recalled. Stop using this lot", "Lot {lot}"),
    Headline.SELLER_MISMATCH: Words(
        Mark.WARN, "Seller’s address does not match the brand", "No certificate on file"
    ),
    Headline.NONE: Words(Mark.NONE, "No certificate on file", ""),
}
_CERTIFICATES: Mapping[Mark, str] = {
    Mark.OK: "Certificate verified for this lot",
    Mark.PART: "Verified, with notes",
    Mark.OLD: "Certificate is for an earlier lot",
    Mark.REVIEW: "Certificate in review",
    Mark.NONE: "Not checked yet",
    Mark.INFO: "Certificate on file",
    Mark.WARN: "Certificate does not match",
    Mark.STOP: "Certificate rejected",
}


def headline(key: str, values: Mapping[str, str] | None) -> Words:
    """A product card's first line, with its values filled in; none before any inspection."""
    words = _HEADLINES[Headline(key)]
    details = values or {}
    title = words.title
    if key == Headline.NOTES and details.get("count") == "1":
        title = "Verified, with 1 note"
    return Words(words.mark, _filled(title, details), _filled(words.detail, details))


def certificate(mark: Mark, *, is_withdrawn: bool = False, notes: int = 0) -> str:
    """The title of a certificate's verdict."""
    if is_withdrawn:
        return "Certificate withdrawn"
    if mark is Mark.PART and notes:
        return f"Verified, with {notes} note{'s' if notes > 1 else ''}"
    return _CERTIFICATES[mark]


def recorded(kind: str, mark: str, outcome: str) -> str:
    """What an entry of the public ledger says of its subject."""
    if kind == "withdrawn":
        return "Withdrawn"
    return "Rejected" if mark == Mark.STOP else OUTCOMES[outcome]


def finding_mark(finding: Finding) -> Mark:
    """The shape beside one finding."""
    match finding.outcome:
        case Outcome.PASSED:
            return Mark.OK
        case Outcome.FAILED:
            return Mark.STOP if finding.severity is Severity.REFUSED else Mark.WARN
        case Outcome.INDETERMINATE:
            return Mark.NONE
        case Outcome.NOT_APPLICABLE:
            return Mark.INFO


def _filled(template: str, details: Mapping[str, str]) -> str:
    """The template with its values; a part of it whose value is not known is left out."""
    shown = {name: readable(value) for name, value in details.items() if value}
    parts = (_part(part, shown) for part in template.split(", "))
    return ", ".join(part for part in parts if part)


def _part(template: str, shown: Mapping[str, str]) -> str:
    try:
        return template.format_map(shown)
    except KeyError:
        return ""
