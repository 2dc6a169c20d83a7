import pytest

from shop.assay.certificates.facts import FieldName
from shop.assay.policy import Mark
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog import service as catalog
from shop.catalog.lots import change_lot
from shop.catalog.models import LotStatus, Standing
from shop.certificates import storing
from shop.inspections import standing
from shop.orders import proof as proofs
from shop.plumbing.db import db, transaction
from shop.storefront import lookup
from shop.verdicts import service as verdicts
from tests.catalog.factories import make_product
from tests.certificates.factories import make_reading, receive
from tests.storefront.scenes import AT, make_serum, publish_certificate


def lot_of(code="MO-2609-B"):
    (lot,) = catalog.find_lot(code)
    return lot


@pytest.mark.parametrize("typed", ["MO-2609-B", "mo 2609 b", "mo2609b"])
def test_tested_lot_is_found_however_it_is_typed(visitor, tmp_path, typed):
    certificate = make_serum(tmp_path)

    page = visitor.open(f"/check?lot={typed}")

    assert "This lot has a verified certificate" in page.text
    assert "No recall is in force." in page.text
    assert "Now compare your bottle" in page.text
    assert f"/certificates/{certificate.public_id}" in page.links


def test_known_lot_without_a_certificate_is_told_apart_from_an_unknown_one(visitor, app):
    with transaction():
        make_product(lot="MO-2609-B")

    text = visitor.open("/check?lot=MO-2609-B").text

    assert "We know this lot, and it has no certificate on file" in text
    assert "That does not mean that it is unsafe." in text


def test_recalled_lot_says_stop_before_anything_else(visitor, tmp_path):
    make_serum(tmp_path)
    with transaction():
        change_lot(catalog.lot(lot_of().public_id), on_hand=0, status=LotStatus.RECALLED)

    text = visitor.open("/check?lot=MO-2609-B").text

    assert "Recalled. Stop using this lot" in text
    assert "verified certificate" not in text


def test_withdrawn_certificate_is_no_recall_and_no_verified_lot(visitor, tmp_path):
    certificate = make_serum(tmp_path)
    with transaction():
        subject = Subject(SubjectKind.CERTIFICATE, certificate.public_id)
        verdicts.withdraw(subject, "Instrument calibration not valid for the run.", AT)

    text = visitor.open("/check?lot=MO-2609-B").text

    assert "The certificate for this lot was withdrawn" in text
    assert "nothing now vouches for this lot" in text
    assert "has a verified certificate" not in text


def test_certificate_that_is_not_settled_is_in_review(visitor, tmp_path):
    make_serum(tmp_path, is_approved=False)

    text = visitor.open("/check?lot=MO-2609-B").text

    assert "The certificate for this lot is in review" in text


def test_unknown_lot_offers_what_was_probably_meant_and_accuses_nobody(visitor, tmp_path):
    make_serum(tmp_path)

    page = visitor.open("/check?lot=MO-26O9-B")

    assert "We have no record of this lot" in page.text
    assert "/check?lot=MO-2609-B" in page.links
    assert "That alone says nothing against the bottle." in page.text


def test_code_that_two_products_share_asks_which_one(visitor, app):
    with transaction():
        make_product(lot="L-1")
        make_product("Oat Shampoo", brand="Tolva", lot="L-1")

    page = visitor.open("/check?lot=L1")

    assert "More than one product has this code" in page.text
    chosen = next(link for link in page.links if "product=tolva-oat-shampoo" in link)
    assert "Tolva Oat Shampoo" in visitor.open(chosen).text


def test_empty_code_is_an_error_tied_to_its_field(visitor, app):
    page = visitor.open("/check?lot=+")

    assert "There is a problem" in page.text
    assert "#lot" in page.links
    assert 'aria-invalid="true"' in page.html


@pytest.mark.parametrize(("code", "state"), [("MO-2609-B", "part"), ("MO-26O9-B", "none")])
def test_box_on_the_product_page_gets_the_same_answer(client, tmp_path, code, state):
    make_serum(tmp_path)

    told = client.get(f"/lots/{code}.json").json

    assert told["state"] == state
    assert set(told) == {"state", "words", "detail"}


@pytest.mark.parametrize(
    ("printed", "mark"),
    [
        (None, Mark.PART),  # a good report is not hidden by a file that nobody has read
        ({FieldName.LOT: "XX-0000-Z"}, Mark.WARN),  # nor is a bad one
    ],
)
def test_every_page_speaks_of_the_same_document(client, tmp_path, printed, mark):
    certificate = make_serum(tmp_path, printed=printed, is_approved=printed is None)
    with transaction():
        received = receive(tmp_path, b"%PDF-1.7 later", lot_id=certificate.lot_id).certificate
        storing.finish(received.public_id, make_reading({FieldName.REPORT_NO: "NM-LATER"}), {})
        publish_certificate(received.public_id, is_approved=False)
        standing.refresh(certificate.product_id)

    line = db.session.get_one(Standing, certificate.product_id)
    assert line.certificate == mark
    answer = lookup.look_up("MO-2609-B")
    assert answer.report.certificate.public_id == certificate.public_id
    page = client.get(f"/p/{lot_of().variant.product.slug}").text
    assert f'href="/certificates/{certificate.public_id}"' in page
    proof = proofs.of_lots([certificate.lot_id], at=AT)[certificate.lot_id]
    assert proof.certificate["public_id"] == certificate.public_id
