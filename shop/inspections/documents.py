"""What is known of a certificate across the rooms, and what follows from a verdict about it?"""

from datetime import datetime

from shop.assay.certificates.evidence import evidence_level
from shop.assay.certificates.facts import CertificateFacts
from shop.assay.vocabulary import Outcome
from shop.certificates import gather
from shop.certificates import service as certificates
from shop.certificates.models import Status
from shop.sellers import service as sellers
from shop.verdicts.service import PublishedVerdict

# One that was superseded or revoked stays so, whatever is found out about it.
OPEN_TO_CHANGE = frozenset({Status.NEEDS_REVIEW, Status.ACCEPTED, Status.REJECTED})


def facts(public_id: str) -> CertificateFacts:
    """Everything the judge asks of a certificate. Raises NotFound.

    The addresses of the product's brand are the sellers' room's, which certificates do not know.
    """
    variant = certificates.by_public_id(public_id).variant
    brand_id = variant.product.brand_id if variant is not None else None
    domains = sellers.brand_domains(brand_id) if brand_id is not None else ()
    return gather.facts(public_id, brand_domains=[domain.host for domain in domains])


def follow(published: PublishedVerdict, at: datetime) -> None:
    """Where the document stands after a verdict, and how much is known about it.

    Nothing where that is so already: a verdict that says the same moves no document.
    """
    public_id = published.verdict.subject.public_id
    certificate = certificates.by_public_id(public_id)
    level = evidence_level(facts(public_id), published.verdict.decision)
    status = _status_after(published)
    if (certificate.status, certificate.evidence_level) != (status, level):
        certificates.set_status(certificate, status, at=at, level=level)


def keep_up(published: PublishedVerdict, at: datetime) -> None:
    """The same after an inspection that nobody asked for: an approval may count no longer."""
    certificate = certificates.by_public_id(published.verdict.subject.public_id)
    if Status(certificate.status) in OPEN_TO_CHANGE:
        follow(published, at)


def _status_after(published: PublishedVerdict) -> Status:
    decision = published.verdict.decision
    if decision is not None and decision.outcome is Outcome.FAILED:
        return Status.REJECTED
    is_approved = decision is not None and published.verdict.outcome is Outcome.PASSED
    return Status.ACCEPTED if is_approved else Status.NEEDS_REVIEW
