"""From rows to a badge: offers judged on real tables, published once, judged again when due."""

from datetime import UTC, datetime, timedelta

import pytest

from shop.assay.policy import Mark
from shop.assay.sellers.facts import ProofMethod, Statement
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.catalog import service as catalog
from shop.catalog.models import Headline, Standing
from shop.inspections import jobs as inspecting
from shop.inspections import service as inspections
from shop.ledger import service as ledger
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import NotFound, Refused
from shop.sellers import service as sellers
from shop.sellers.models import Offer
from shop.sellers.service import OfferWords
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from tests.certificates.factories import make_certificate, make_lot
from tests.sellers.factories import make_hairiz

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADVERT = "https://americandiscounttableware.com/hairiz"


@pytest.fixture
def advert(app):
    """The advert's link: said to be authentic HAIRIZ, at a shop whose words speak of tableware."""
    with transaction():
        product = make_hairiz()
        offer = sellers.add_offer(
            product,
            ADVERT,
            words=OfferWords(label="Named in the advertisement", statement=Statement.AUTHENTIC),
        )
    return Subject(SubjectKind.OFFER, offer.public_id)


def test_the_advert_is_mismatched_with_its_reasons(advert):
    published = _inspect(advert)

    assert published.verdict.outcome is Outcome.FAILED
    codes = [finding.rule.code for finding in published.verdict.findings]
    assert {"seller.mismatch_declared", "seller.other_trade"} <= set(codes)
    sentences = " ".join(finding.sentence for finding in published.verdict.findings)
    assert "americandiscounttableware.com" in sentences
    assert "tableware" in sentences


def test_what_is_published_is_on_the_ledger_in_the_queue_and_in_the_listing(advert):
    published = _inspect(advert)

    assert ledger.entry(published.entry_index).verdict_sha256 == published.sha256
    assert [review.subject_id for review in reviews.queue()] == [advert.public_id]
    line = db.session.query(Standing).one()
    assert (line.headline, line.verification) == (Headline.SELLER_MISMATCH, Mark.WARN)


def test_inspecting_again_publishes_nothing_new(advert):
    first = _inspect(advert)
    again = _inspect(advert, at=AT + timedelta(hours=1))

    assert again.public_id == first.public_id
    assert ledger.size() == 1


def test_expired_verdict_is_published_anew(advert):
    first = _inspect(advert)
    again = _inspect(advert, at=first.verdict.valid_until + timedelta(seconds=1))

    assert again.supersedes == first.public_id
    assert ledger.size() == 2


def test_changed_facts_are_published_anew(advert):
    first = _inspect(advert)
    with transaction():
        offer = sellers.offer(advert.public_id)
        sellers.update_offer(
            offer,
            url=offer.url,
            retailer=None,
            words=OfferWords(),
            price_minor=None,
            currency=None,
        )
    again = _inspect(advert)

    # Without a statement that the address contradicts, an unknown shop is only unverified.
    assert again.verdict.outcome is Outcome.INDETERMINATE
    assert again.supersedes == first.public_id


def test_person_settles_a_review_and_new_facts_open_it_again(advert):
    _inspect(advert)
    _decide(advert, Outcome.FAILED)
    assert _inspect(advert).mark is Mark.STOP
    assert reviews.count_open() == 0

    with transaction():
        offer = sellers.offer(advert.public_id)
        elsewhere = "https://americandiscounttableware.com/other"
        sellers.update_offer(
            offer,
            url=elsewhere,
            retailer=None,
            words=OfferWords(statement=Statement.AUTHENTIC),
            price_minor=None,
            currency=None,
        )
    assert _inspect(advert).verdict.decision is None
    assert reviews.count_open() == 1


def test_one_person_alone_cannot_approve_what_failed(advert):
    published = _inspect(advert)
    decision = _decide(advert, Outcome.PASSED)
    assert _inspect(advert).verdict.outcome is Outcome.FAILED
    assert reviews.count_open() == 1

    with transaction():
        reviews.second(decision.public_id, staff="staff-two", at=AT)
    after = _inspect(advert)
    assert after.verdict.outcome is Outcome.PASSED
    assert after.supersedes is not None
    assert published.verdict.outcome is Outcome.FAILED  # what was said before is not edited


def test_worker_answers_the_bell_of_a_new_offer(advert):
    jobs.run_due(inspecting.HANDLERS)
    assert verdicts.current(advert).verdict.outcome is Outcome.FAILED


def test_judge_that_breaks_leaves_it_to_a_person(advert):
    with transaction():
        published = inspections.give_up(advert, at=AT)
    assert published.verdict.outcome is Outcome.INDETERMINATE
    assert [found.rule.code for found in published.verdict.findings] == ["inspection.unavailable"]
    assert reviews.count_open() == 1


def test_sweep_rings_for_what_has_run_out(advert, time_machine):
    time_machine.move_to(AT + timedelta(days=1))  # after the bell was rung
    jobs.run_due(inspecting.HANDLERS)
    until = verdicts.current(advert).verdict.valid_until
    time_machine.move_to(until + timedelta(minutes=1))
    with transaction():
        inspecting.ring_for_due()
    jobs.run_due(inspecting.HANDLERS)
    assert verdicts.current(advert).verdict.valid_until > until


def test_withdrawn_stays_withdrawn_and_waits_for_nobody(advert):
    _inspect(advert)
    with transaction():
        inspections.withdraw(advert, "The brand wrote to us.", at=AT)
        reviews.settle(advert, at=AT)
    again = _inspect(advert, at=AT + timedelta(days=200))

    assert again.is_withdrawn
    assert reviews.count_open() == 0


def test_review_closes_when_the_question_has_gone(advert):
    _inspect(advert)
    assert reviews.count_open() == 1
    with transaction():  # the brand proves that the address is its own after all
        brand = catalog.brand_by_slug("hairiz")
        domain = sellers.add_domain("americandiscounttableware.com", owner=brand)
        sellers.record_proof(domain, method=ProofMethod.DNS, verified_at=AT - timedelta(days=1))
    assert _inspect(advert).verdict.outcome is Outcome.PASSED
    assert reviews.count_open() == 0


def test_sweep_finds_a_document_whose_bell_was_lost(app, tmp_path, time_machine):
    with transaction():
        certificate = make_certificate(tmp_path, lot_id=make_lot().id)
        db.session.query(jobs.Job).delete()
    subject = Subject(SubjectKind.CERTIFICATE, certificate.public_id)
    jobs.run_due(inspecting.HANDLERS)
    assert verdicts.current(subject) is None

    time_machine.move_to(now() + timedelta(minutes=10))
    with transaction():
        inspecting.ring_for_due()
    jobs.run_due(inspecting.HANDLERS)
    assert verdicts.current(subject).verdict.outcome is Outcome.INDETERMINATE


def test_unknown_subject_is_not_found(app):
    with pytest.raises(NotFound):
        _inspect(Subject(SubjectKind.OFFER, "nothinghere"))


def test_kind_without_a_judge_is_refused_in_words(app):
    with pytest.raises(Refused, match="no judge"):
        _inspect(Subject(SubjectKind.CLAIM, "anything"))


def test_offers_of_one_product_stand_in_one_line(advert):
    _inspect(advert)
    offer = db.session.query(Offer).one()
    assert db.session.query(Standing).one().product_id == offer.product_id


def _inspect(subject, *, at=AT):
    with transaction():
        return inspections.inspect(subject, at=at)


def _decide(subject, outcome):
    with transaction():
        current = verdicts.current(subject)
        return reviews.decide(
            subject,
            outcome=outcome,
            staff="staff-one",
            reason="Compared with the brand's letter of 1 November.",
            settles=[found.rule.code for found in current.verdict.findings],
            evidence_sha256=current.verdict.evidence_sha256,
            at=AT,
        )
