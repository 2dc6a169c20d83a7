import pytest

from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog import service as catalog
from shop.certificates import service as certificates
from shop.certificates.models import Status
from shop.plumbing.db import transaction
from shop.sellers import service as sellers
from shop.verdicts import service as verdicts
from tests.catalog.factories import make_product
from tests.sellers import factories as seller_factories
from tests.storefront.scenes import ADVERT, AT, make_hairiz, make_serum, publish_offer

SERUM = "/p/maren-oak-rosemary-scalp-serum"
HAIRIZ = "/p/hairiz-3d-exosome"


def test_product_shows_the_lot_that_is_sent_with_its_certificate(visitor, tmp_path):
    certificate = make_serum(tmp_path)

    page = visitor.open(SERUM)

    assert "The lot you will receive MO-2609-B" in page.text
    assert "$34.00" in page.text
    assert "$0.68 per ml" in page.text
    assert "is the lot we ship." in page.text
    assert "Checked 22\xa0Nov\xa02026" in page.html
    assert "Lead (Pb)" in page.text
    assert f"/certificates/{certificate.public_id}" in page.links
    assert "This record is entry 0 of the public ledger." in page.text
    assert "A reviewer compared this with the evidence" in page.text
    assert page.form("/cart/lines").fields["quantity"] == "1"


def test_certificate_in_review_never_reads_as_verified(visitor, tmp_path):
    make_serum(tmp_path, is_approved=False)

    text = visitor.open(SERUM).text

    assert "Certificate in review" in text
    assert "Certificate verified" not in text


def test_product_whose_certificate_names_another_lot_is_not_sold(visitor, tmp_path):
    make_serum(tmp_path, printed={"lot": "MO-2601-C"}, is_approved=False)

    page = visitor.open(SERUM)

    assert "Certificate does not match" in page.text
    assert "Sale paused" in page.text
    assert "The lot we hold MO-2609-B" in page.text
    assert "The lot you will receive" not in page.text
    assert not any(form.action == "/cart/lines" for form in page.forms)


def test_certificate_of_an_earlier_lot_says_which_lot_was_tested(visitor, tmp_path):
    certificate = make_serum(tmp_path, on_hand=0)
    with transaction():
        (variant,) = catalog.variants_of(certificate.product_id)
        catalog.add_lot(variant, code="MO-2611-A", on_hand=3)

    text = visitor.open(SERUM).text

    assert "The lot you will receive MO-2611-A" in text
    assert "Certificate is for an earlier lot" in text
    assert "On sale: MO-2611-A . Tested: MO-2609-B" in text


def test_withdrawn_certificate_stops_the_sale_and_says_so(visitor, tmp_path):
    certificate = make_serum(tmp_path)
    with transaction():
        current = certificates.by_public_id(certificate.public_id)
        certificates.set_status(current, Status.REVOKED, at=AT)
        subject = Subject(SubjectKind.CERTIFICATE, certificate.public_id)
        verdicts.withdraw(subject, "The laboratory asked us to.", AT)

    text = visitor.open(SERUM).text

    assert "Certificate withdrawn" in text
    assert "Sale paused" in text


def test_product_without_anything_on_file_says_that_this_is_no_accusation(visitor, app):
    with transaction():
        make_product(lot="MO-2609-B", on_hand=2)

    text = visitor.open(SERUM).text

    assert "No certificate on file" in text
    assert "That does not mean the product is unsafe." in text
    assert "No ingredient list on file" in text
    assert "No seller on record" not in text  # we sell it


def test_hairiz_is_listed_with_reasons_and_without_a_price_or_a_cart(visitor, app):
    offer = make_hairiz()

    page = visitor.open(HAIRIZ)

    assert "Not sold here" in page.text
    assert "americandiscounttableware.com" in page.text
    assert "Address does not match the brand" in page.text
    assert "speaks of tableware" in page.text
    assert f"/go/{offer.public_id}" in page.links
    assert ADVERT not in page.html  # never a link past our own page
    assert not any(form.action == "/cart/lines" for form in page.forms)


def test_sellers_stand_in_the_order_of_what_we_could_confirm(visitor, app):
    with transaction():
        product = seller_factories.make_product()
        shop = seller_factories.make_listed_shop(product.brand)
        for url, retailer in [
            ("https://barberbeam.com/x", None),
            ("https://brushandbay.com/", shop),
        ]:
            offer = sellers.add_offer(product, url, retailer=retailer)
            publish_offer(offer.public_id)

    text = visitor.open(SERUM).text

    assert text.index("Named by the brand") < text.index("Not confirmed")
    assert "That is not a finding against it." in text


def test_old_address_leads_to_the_new_one_for_good(client, app):
    with transaction():
        catalog.rename_product(make_product(), "Rosemary Root Serum")

    answer = client.get(SERUM)

    assert answer.status_code == 301
    assert answer.location == "/p/maren-oak-rosemary-root-serum"


def test_what_somebody_wrote_is_shown_as_text(visitor, app):
    with transaction():
        make_product('<b onclick="x">Serum</b>', summary="<script>alert(1)</script>")

    html = visitor.open("/?q=serum").html

    assert "<b onclick" not in html
    assert "&lt;b onclick=&#34;x&#34;&gt;Serum&lt;/b&gt;" in html


def test_unpublished_product_is_not_found(visitor, app):
    with transaction():
        make_product().is_published = False

    assert visitor.open(SERUM).status == 404


@pytest.mark.parametrize("path", [SERUM, "/"])
def test_reading_a_page_takes_few_statements(client, tmp_path, statements, path):
    make_serum(tmp_path)
    statements.clear()
    client.get(path)

    assert len(statements) <= {"/": 4, SERUM: 16}[path]
