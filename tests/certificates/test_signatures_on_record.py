"""Pins on laboratories' records, and what they make of a signed document on file."""

import pytest

from shop.assay.certificates import checks_signatures
from shop.assay.certificates.inside import Inside, Modification, Signature, Signatures
from shop.certificates import gather, laboratories
from shop.plumbing.db import transaction
from tests.certificates.factories import AT, make_certificate, make_lot

LEAF, AUTHORITY = "1" * 64, "2" * 64
SIGNED = Signature(
    field="Signature1",
    signer="Northmere Analytical",
    certificate=LEAF,
    chain=(LEAF, AUTHORITY),
    signed_at="2026-10-03T12:00:00+00:00",
    is_intact=True,
    is_valid=True,
    is_expired=False,
    covers_file=True,
    modification=Modification.NONE,
    holds_until="2027-10-03",
)


@pytest.fixture
def certificate(app, tmp_path):
    inside = Inside(signatures=Signatures(dictionaries=1, found=(SIGNED,)))
    with transaction():
        made = make_certificate(tmp_path, lot_id=make_lot().id, inside=inside)
        made.uploaded_at = AT
    return made.public_id


def record(name, *pins):
    with transaction():
        laboratories.add_laboratory(name).signing_certs = list(pins)


def said(public_id):
    facts = gather.facts(public_id)
    return [
        (finding.rule.code.removeprefix("certificate.signature_"), finding.details.get("known", ""))
        for finding in checks_signatures.answers(facts)
    ]


def test_signature_is_nobodys_until_it_is_pinned(certificate):
    assert said(certificate) == [("untrusted", "")]
    record("Northmere Analytical", AUTHORITY)
    assert said(certificate) == [("valid", "")]


def test_pin_on_another_laboratory_is_told(certificate):
    record("Fellside Testing", LEAF)
    assert said(certificate) == [("other", "Fellside Testing")]
    record("Northmere Analytical")
    assert said(certificate) == [("other", "Fellside Testing")]


def test_pin_that_was_taken_off_says_no_more_for_the_signature(certificate):
    record("Northmere Analytical", AUTHORITY)
    with transaction():
        laboratories.laboratories()[0].signing_certs = ["8" * 64]
    assert said(certificate) == [("other", "")]


def test_day_on_which_the_file_came_is_among_the_facts(certificate):
    assert gather.facts(certificate).received_on == AT.date()
