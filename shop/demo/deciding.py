"""What did the demo's staff say about each certificate? Decided as the desk decides."""

import secrets
from datetime import date

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.certificates.evidence import evidence_level
from shop.assay.vocabulary import Finding, Outcome, Subject, SubjectKind
from shop.catalog.importing import Progress
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, Status
from shop.demo import papers, reports, shelves
from shop.demo.catalog import DemoLot
from shop.demo.reports import Story
from shop.demo.shelves import Transaction
from shop.inspections import documents, standing
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict

REVIEWER = ("reviewer@demo.example", "Robin Ashdown")
_GOOD = "Compared with the page: product, lot, dates and every result agree."
_REASONS = {
    Story.GOOD: _GOOD,
    Story.WITHDRAWN: _GOOD,
    Story.NOTES: "Compared with the page, and it agrees. The report is over a year old; the lot "
    "keeps for three.",
    Story.SCANNED: "A scan of a paper report. Read beside the picture line by line; it agrees.",
    Story.ALTERED: "The file holds an earlier revision of the page. In it the total count is "
    "2400 CFU/g and the conclusion is that the lot does not meet the specification.",
}
_OUTCOMES = {
    Story.GOOD: Outcome.PASSED,
    Story.NOTES: Outcome.PASSED,
    Story.SCANNED: Outcome.PASSED,
    Story.WITHDRAWN: Outcome.PASSED,
    Story.ALTERED: Outcome.FAILED,
    Story.SPECIMEN: Outcome.FAILED,
    Story.REJECTED: Outcome.FAILED,
}  # the others still wait
_PROBLEMS = {Outcome.FAILED, Outcome.INDETERMINATE}


def reviewer(transaction: Transaction) -> str:
    """The public id of the person whose name stands under the demo's decisions.

    Nobody can sign in as them: the password is made up and kept nowhere.
    """
    email, name = REVIEWER
    user = next((each for each in accounts.staff() if each.email == email), None)
    if user is not None:
        return user.public_id
    with transaction():
        return accounts.add_staff(email, name, secrets.token_urlsafe(32), Role.REVIEWER).public_id


def decide(day: date, *, staff: str, transaction: Transaction, progress: Progress) -> None:
    """Decide about every certificate that nobody has decided about, as its story has it."""
    there = shelves.known()
    wanted = [each for each in reports.tested_lots() if each[1].slug in there]
    for done, (brand, product, lot) in enumerate(wanted, 1):
        row = papers.of_lot(product.slug, lot, day)
        number = reports.report(brand, product, lot, day).number
        if row is not None and Story(lot.story) in _OUTCOMES and not _is_decided(row):
            with transaction():
                _decide(certificates.by_public_id(row.public_id), lot, number, staff)
        progress("Decisions", done, len(wanted))


def _decide(certificate: Certificate, lot: DemoLot, number: str, staff: str) -> None:
    story, subject = Story(lot.story), _subject(certificate)
    at = clock.now()
    before = inspections.inspect(subject, at=at)
    reviews.decide(
        subject,
        outcome=_OUTCOMES[story],
        staff=staff,
        reason=_REASONS.get(story) or lot.why.format(report=number),
        settles=_problems(before.verdict.findings),
        evidence_sha256=before.verdict.evidence_sha256,
        at=at,
    )
    published = inspections.inspect(subject, at=at)
    level = evidence_level(documents.facts(subject.public_id), published.verdict.decision)
    certificates.set_status(certificate, _status(published), at=at, level=level)
    if story is Story.WITHDRAWN:
        verdicts.withdraw(subject, lot.why.format(report=number), at)
        certificates.set_status(certificate, Status.REVOKED, at=at)
        standing.refresh_for(subject)


def _is_decided(certificate: Certificate) -> bool:
    published = verdicts.current(_subject(certificate))
    if published is None:
        return False
    return published.is_withdrawn or published.verdict.decision is not None


def _problems(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule.code for finding in findings if finding.outcome in _PROBLEMS}


def _status(published: PublishedVerdict) -> Status:
    match published.verdict.outcome:
        case Outcome.PASSED:
            return Status.ACCEPTED
        case Outcome.FAILED:
            return Status.REJECTED
        case Outcome.INDETERMINATE | Outcome.NOT_APPLICABLE:
            return Status.NEEDS_REVIEW


def _subject(certificate: Certificate) -> Subject:
    return Subject(SubjectKind.CERTIFICATE, certificate.public_id)
