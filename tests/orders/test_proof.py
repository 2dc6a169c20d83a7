"""A lot is sold with what stands behind it, and not at all with what speaks against it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from shop.assay.certificates.facts import FieldName
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog.models import Lot
from shop.certificates.models import Certificate, CertificateField, Laboratory, Status
from shop.orders import cart_views, placing, receipts
from shop.plumbing.db import db, new_public_id, transaction
from shop.plumbing.errors import Refused
from shop.verdicts import service as verdicts
from tests.orders.factories import cart_of, place, reserved_of, stocked
from tests.verdicts.factories import BAD, DOUBT, GOOD, make_verdict

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def certify(variant, findings=(), *, position=0, status=Status.ACCEPTED, at=NOON, withdrawn=False):
    """Put a certificate under one of the variant's lots, judged if there are findings."""
    with transaction():
        lots = select(Lot.id).where(Lot.variant_id == variant.id).order_by(Lot.id)
        lot_id = db.session.scalars(lots).all()[position]
        certificate = Certificate(
            public_id=new_public_id(),
            file_sha256=new_public_id() * 4,
            filename="report.pdf",
            size=1,
            uploaded_by="staff",
            status=status,
            lot_id=lot_id,
        )
        db.session.add(certificate)
        db.session.flush()
        subject = Subject(SubjectKind.CERTIFICATE, certificate.public_id)
        if findings:
            verdicts.publish(make_verdict(*findings, subject=subject, at=at))
        if withdrawn:
            verdicts.withdraw(subject, "The laboratory asked us to.", NOON)
    return certificate


@pytest.mark.parametrize(
    ("certificates", "problem"),
    [
        ([], ""),  # nobody has tested it: it may be bought, and the page says so
        ([{}], ""),  # received, not judged yet
        ([{"findings": [DOUBT]}], ""),  # in review
        ([{"findings": [GOOD]}], ""),
        ([{"findings": [BAD]}], "does not pass"),
        ([{"findings": [GOOD], "withdrawn": True}], "withdrawn"),
        ([{"findings": [GOOD], "status": Status.REVOKED}], "withdrawn"),
        ([{"findings": [DOUBT], "status": Status.REJECTED}], "rejected"),
        ([{"findings": [GOOD], "at": NOON - timedelta(days=31)}], "expired"),
        ([{"findings": [DOUBT], "at": NOON - timedelta(days=31)}], ""),
        ([{"findings": [BAD], "status": Status.SUPERSEDED}], ""),
        ([{"findings": [BAD]}, {"findings": [GOOD]}], ""),  # a second report that passed
        ([{"findings": [GOOD]}, {"findings": [BAD]}], ""),
        ([{"findings": [BAD]}, {"findings": [DOUBT]}], "does not pass"),
        ([{"findings": [DOUBT]}, {"findings": [BAD]}], "does not pass"),
    ],
)
def test_lot_is_sold_unless_its_certificate_speaks_against_it(app, certificates, problem):
    variant = stocked(5)
    for each in certificates:
        certify(variant, **each)
    token = cart_of((variant, 1))

    line = cart_views.cart_view(token, at=NOON).lines[0]

    assert problem in line.problem
    assert bool(line.problem) is bool(problem)
    if not problem:
        place(token)
        assert reserved_of(variant) == [1]
        return
    with pytest.raises(Refused, match=problem):
        place(token)
    assert reserved_of(variant) == [0]


def test_lot_that_cannot_be_sold_is_passed_over_for_the_next(app):
    variant = stocked(5, 5)
    certify(variant, [BAD])

    place(cart_of((variant, 2)))

    assert reserved_of(variant) == [0, 2]


def test_order_keeps_certificate_and_verdict_as_they_stood(app):
    variant = stocked(5)
    certificate = certify(variant, [GOOD])
    with transaction():
        laboratory = Laboratory(legal_name="Northmere Analytical", name_key="northmere")
        db.session.add(laboratory)
        db.session.flush()
        db.session.merge(certificate).laboratory_id = laboratory.id
        for name, value in (
            (FieldName.REPORT_NO, "NM-26-1"),
            (FieldName.DATE_ISSUED, "2026-10-03"),
        ):
            db.session.add(
                CertificateField(
                    certificate_id=certificate.id,
                    name=name,
                    value=value,
                    raw=value,
                    confidence=100,
                    source="pdf",
                )
            )
    form = placing.new_form_token()
    place(cart_of((variant, 1)), form)
    published = verdicts.current(Subject(SubjectKind.CERTIFICATE, certificate.public_id))
    with transaction():  # what happens later does not change what was bought
        verdicts.withdraw(published.verdict.subject, "The laboratory asked us to.", NOON)

    line = receipts.by_token(placing.order_token(form)).lines[0]

    assert line.certificate == {
        "public_id": certificate.public_id,
        "sha256": certificate.file_sha256,
        "laboratory": "Northmere Analytical",
        "status": "accepted",
        "report_no": "NM-26-1",
        "lot": "",
        "tested_on": "",
        "issued_on": "2026-10-03",
        "expires_on": "",
    }
    assert line.verdict == {
        "public_id": published.public_id,
        "outcome": "passed",
        "mark": "ok",
        "entry_index": published.entry_index,
        "sha256": published.sha256,
        "judged_at": "2026-11-22T12:00:00+00:00",
        "valid_until": "2026-12-22T12:00:00+00:00",
    }


def test_certificate_withdrawn_while_the_cart_waits_stops_the_sale(app):
    variant = stocked(5)
    certificate = certify(variant, [GOOD])
    token = cart_of((variant, 1))
    assert cart_views.cart_view(token, at=NOON).can_check_out
    with transaction():
        subject = Subject(SubjectKind.CERTIFICATE, certificate.public_id)
        verdicts.withdraw(subject, "The laboratory asked us to.", NOON)

    with pytest.raises(Refused, match="withdrawn"):
        place(token)
