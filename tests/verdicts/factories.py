"""Verdicts to publish, with rules of the registry."""

from datetime import UTC, datetime, timedelta

from shop.assay import policy, registry
from shop.assay.decisions import APPROVED, REFUSED
from shop.assay.inspection import UNAVAILABLE
from shop.assay.vocabulary import Place, Subject, SubjectKind, Verdict
from shop.plumbing.db import transaction
from shop.verdicts import service

AT = datetime(2026, 11, 3, 9, 30, 0, 123456, tzinfo=UTC)
OFFER = Subject(SubjectKind.OFFER, "offer-one")
OTHER = Subject(SubjectKind.CERTIFICATE, "certificate-one")
EVIDENCE = "ab" * 32
GOOD = APPROVED.found(date=AT)
DOUBT = UNAVAILABLE.found(place=Place(2, (10, 20, 300, 40)))
BAD = REFUSED.found(date=AT)


def make_verdict(*findings, subject=OFFER, decision=None, at=AT, evidence=EVIDENCE):
    found = findings or (GOOD,)
    return Verdict(
        subject=subject,
        outcome=policy.overall(found, decision),
        findings=found,
        rule_set=registry.RULE_SET,
        evidence_sha256=evidence,
        judged_at=at,
        valid_until=at + timedelta(days=30),
        decision=decision,
    )


def publish(*findings, **changes):
    with transaction():
        return service.publish(make_verdict(*findings, **changes))


def withdraw(subject=OFFER, reason="The laboratory asked us to.", at=AT):
    with transaction():
        return service.withdraw(subject, reason, at)
