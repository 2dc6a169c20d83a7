from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import event, select

from shop.assay.sellers.checks import judge, state
from shop.assay.sellers.facts import ProofMethod, SellerState, Source, Statement
from shop.catalog import service as catalog
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.jobs import Job
from shop.sellers import gather, service
from shop.sellers.service import OfferWords
from tests.sellers.factories import LISTED, make_hairiz, make_listed_shop, make_product, make_shop


def judged(offer):
    findings = judge(gather.facts(offer.public_id), at=now())
    return state(findings), [finding.rule.code for finding in findings]


def rings():
    return sorted(db.session.scalars(select(Job.key).where(Job.kind == "inspect")))


def test_advertised_link_comes_out_mismatched(app):
    with transaction():
        offer = service.add_offer(
            make_hairiz(),
            "https://americandiscounttableware.com/",
            words=OfferWords(
                label="Named in the advertisement",
                statement=Statement.AUTHENTIC,
                source="Advertisement, read 22 Nov 2026",
            ),
        )

    assert judged(offer) == (
        SellerState.MISMATCHED,
        ["seller.list_unavailable", "seller.mismatch_declared", "seller.other_trade"],
    )
    assert rings() == [f"offer:{offer.public_id}"]


def test_listed_shop_with_proof_is_verified(app):
    with transaction():
        product = make_product()
        shop = make_listed_shop(product.brand)
        offer = service.add_offer(product, "https://brushandbay.com/serum", retailer=shop)

    assert judged(offer) == (SellerState.VERIFIED, ["seller.authorized"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"regions": ["fr"]}, "seller.product_or_region_not_covered"),
        ({"products": ["Argan Oil"]}, "seller.product_or_region_not_covered"),
        ({"products": ["TEST-SKU"]}, "seller.authorized"),
        ({"paths": ["/stores/maren"]}, "seller.authorized_page"),
        ({"paths": ["/stores/pell"]}, "seller.marketplace_unknown_seller"),
        ({"ends_on": date(2020, 1, 1)}, "seller.authorization_expired"),
    ],
)
def test_what_the_brand_wrote_reaches_the_judge(app, change, code):
    with transaction():
        product = make_product(sku="TEST-SKU")
        shop = make_listed_shop(product.brand, **change)
        offer = service.add_offer(product, "https://brushandbay.com/stores/maren/1", retailer=shop)

    assert judged(offer)[1] == [code]


def test_official_site_is_the_brands_own_proven_domain(app):
    with transaction():
        product = make_product()
        domain = service.add_domain("https://www.MarenOak.com/", owner=product.brand)
        service.record_proof(domain, method=ProofMethod.FILE)
        offer = service.add_offer(product, "https://www.marenoak.com/serum")

    assert judged(offer) == (SellerState.VERIFIED, ["seller.official"])
    assert [each.host for each in service.brand_domains(product.brand_id)] == ["www.marenoak.com"]


def test_newest_proof_counts(app):
    with transaction():
        product = make_product()
        domain = service.add_domain("marenoak.com", owner=product.brand)
        service.record_proof(domain, method=ProofMethod.DNS)
        service.record_proof(
            domain, method=ProofMethod.DNS, state="lost", lost_at=datetime(2026, 11, 1, tzinfo=UTC)
        )
        offer = service.add_offer(product, "https://marenoak.com/")

    assert judged(offer)[1] == ["seller.proof_lost"]


def test_label_is_held_against_the_addresses_of_the_shop_it_names(app):
    with transaction():
        make_shop("Brush & Bay", "brushandbay.com")
        words = OfferWords(declared_seller="brush and bay", statement=Statement.SOLD_BY)
        labelled = OfferWords(declared_seller="BRUSH & BAY")
        product = make_product()
        other = service.add_offer(product, "https://nobody.net/", words=words)
        offer = service.add_offer(product, "https://nobody.net/", words=labelled)

    assert "seller.mismatch_declared" in judged(offer)[1]
    assert judged(other)[0] is SellerState.UNVERIFIED  # a name that nobody on record bears


def test_retailer_of_an_offer_is_its_label(app):
    with transaction():
        shop = make_shop()
        offer = service.add_offer(make_product(), "https://nobody.net/", retailer=shop)

    assert judged(offer)[0] is SellerState.MISMATCHED


def test_marketplace_is_known_by_its_host(app):
    with transaction():
        make_shop("Bazaar", "bazaar.com", is_marketplace=True)
        offer = service.add_offer(make_product(), "https://www.bazaar.com/dp/1")

    assert judged(offer)[1] == ["seller.marketplace_unknown_seller"]


def test_address_named_as_not_authorized_and_revocation_are_mismatches(app):
    with transaction():
        product = make_product()
        service.add_not_authorized(product.brand, "cheap.example", named_on=LISTED)
        service.add_not_authorized(product.brand, "cheap.example", named_on=LISTED)
        cheap = service.add_offer(product, "https://cheap.example/")
        staff = service.add_authorization(product.brand, make_shop(), source=Source.STAFF)
        offer = service.add_offer(product, "https://brushandbay.com/")
        before = judged(offer)
        service.revoke_authorization(staff, on=LISTED)

    assert judged(cheap)[1] == ["seller.listed_as_unauthorized"]
    assert before[1] == ["seller.listed_by_staff_only"]
    assert judged(offer) == (SellerState.MISMATCHED, ["seller.authorization_revoked"])


@pytest.mark.parametrize(
    ("link", "code", "says"),
    [
        ("brushandbay.com", "sellers.link_not_absolute", "beginning with https://"),
        ("javascript:alert(1)", "sellers.link_script", "script"),
        ("mailto:a@b.example", "sellers.link_scheme_not_web", "not a web address"),
        ("https://[::1", "sellers.link_invalid", "No browser can open"),
        ("https://b.example/" + "a" * 9000, "sellers.link_too_long", "8,000"),
        ("", "sellers.link_not_absolute", "whole address"),
        ("https://a\x00b.com/", "sellers.link_invalid", "No browser"),
    ],
)
def test_what_is_no_web_address_is_refused_with_what_to_do(app, link, code, says):
    with transaction():
        product = make_product()
        with pytest.raises(Refused, match=says) as refused:
            service.add_offer(product, link)

    assert refused.value.code == code
    assert service.offers_for(product.id, is_hidden=None) == []


@pytest.mark.parametrize(
    "link",
    ["https://user@hairiz.com/", "http://127.0.0.1/", "https:hairiz.com", "https://b.com/\x00"],
)
def test_other_links_are_kept_as_written_and_judged(app, link):
    with transaction():
        offer = service.add_offer(make_hairiz(), link)

    assert offer.url == link.replace("\x00", "\ufffd")
    assert judged(offer)[1]
    assert offer.href.startswith("http")


def test_link_is_checked_before_anything_is_saved(app):
    with transaction():
        public_id = make_hairiz().public_id
    product = catalog.product(public_id)

    findings = service.check_link(
        product,
        "https://americandiscounttableware.com/",
        words=OfferWords(statement=Statement.AUTHENTIC),
    )
    assert state(findings) is SellerState.MISMATCHED
    assert service.check_link(product, "no link\x00\ud800")[0].rule.code == "url.not_absolute"
    assert service.offers_for(product.id) == []
    assert rings() == []


def test_offers_come_in_order_with_their_retailers_in_one_query(app):
    with transaction():
        product = make_product()
        shop = make_shop()
        first = service.add_offer(product, "https://a.example/", retailer=shop)
        hidden = service.add_offer(product, "https://b.example/")
        last = service.add_offer(product, "https://c.example/")
        service.hide_offer(hidden)
    expected = [first.public_id, last.public_id]
    product_id = product.id
    db.session.expunge_all()

    with counted_queries() as statements:
        offers = service.offers_for(product_id)
        names = [offer.retailer.name if offer.retailer else "" for offer in offers]
    assert names == ["Brush & Bay", ""]
    assert len(statements) == 1
    assert [offer.public_id for offer in offers] == expected
    assert len(service.offers_for(product_id, is_hidden=None)) == 3


def test_facts_take_few_queries_however_many_sellers(app):
    with transaction():
        product = make_product()
        for number in range(12):
            make_listed_shop(product.brand, f"Shop {number}", f"shop{number}.com")
        offer = service.add_offer(product, "https://shop3.com/").public_id
    db.session.expunge_all()

    with counted_queries() as statements:
        facts = gather.facts(offer)
    assert len(facts.product.sellers) == 12
    # Three of them are what was seen: the ways of the link, registrations, public lists. One is
    # whom else the brand names: by name and address only, so that thousands cost little.
    assert len(statements) <= 17


def test_offer_is_found_with_all_that_a_page_needs(app):
    with transaction():
        made = service.add_offer(make_product(), "https://a.example/", retailer=make_shop())
    public_id = made.public_id
    db.session.expunge_all()

    found = service.offer(public_id)
    assert (found.product.brand.name, found.retailer.name) == ("Maren & Oak", "Brush & Bay")
    assert found.host == "a.example"


@pytest.mark.parametrize("public_id", ["nope", "", "\x00", "a" * 5000, "\ud800"])
def test_anything_unknown_is_not_found(app, public_id):
    for look in (service.offer, service.retailer, service.domain, gather.facts):
        with pytest.raises(NotFound):
            look(public_id)


def test_retailer_is_on_record_once_however_it_is_written(app):
    with transaction():
        shop = service.add_retailer("Brush & Bay")
        other = service.add_retailer("Other")
        for name in ("BRUSH   &bay", "brush-bay"):
            with pytest.raises(Conflict):
                service.add_retailer(name)
        for name in ("", " & ", "x" * 201, "a\x00b"):
            with pytest.raises(Refused):
                service.add_retailer(name)
        service.update_retailer(shop, name="Brush & Bay, Inc.", is_marketplace=True)
        with pytest.raises(Conflict):
            service.update_retailer(other, name="Brush & Bay Inc", is_marketplace=False)

    assert [each.name for each in service.retailers()] == ["Brush & Bay, Inc.", "Other"]
    assert service.retailer(shop.public_id).is_marketplace


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("", "sellers.host_invalid"),
        ("two words", "sellers.host_invalid"),
        ("192.0.2.7", "sellers.host_invalid"),
        ("co.uk", "sellers.host_not_public"),
        ("localhost", "sellers.host_not_public"),
        ("till.local", "sellers.host_not_public"),
        ("myshopify.com", "sellers.host_is_suffix"),
    ],
)
def test_address_that_no_one_owner_can_hold_is_refused(app, host, code):
    with transaction():
        shop = service.add_retailer("Shop")
        with pytest.raises(Refused) as refused:
            service.add_domain(host, owner=shop)
    assert refused.value.code == code


def test_address_is_on_record_once_for_each_owner(app):
    with transaction():
        shop = make_shop()
        with pytest.raises(Conflict):
            service.add_domain("BRUSHandbay.com.", owner=shop)
        service.add_domain("brushandbay.com", owner=make_product().brand)

    assert [each.host for each in service.retailer_domains(shop.id)] == ["brushandbay.com"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": Source.BRAND_LIST},
        {"source": Source.STAFF, "starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)},
        {"source": Source.STAFF, "paths": ["/"]},
    ],
)
def test_authorization_that_cannot_be_is_refused(app, wrong):
    with transaction():
        brand = make_product().brand
        with pytest.raises(Refused):
            service.add_authorization(brand, make_shop(), **wrong)


def test_list_is_on_record_once_and_ends_in_time(app):
    with transaction():
        brand = make_product().brand
        service.add_list(brand, dated=LISTED, expires_on=date(2027, 10, 3))
        with pytest.raises(Conflict):
            service.add_list(brand, dated=LISTED)
        for ends in (date(2026, 10, 2), date(2028, 1, 1)):
            with pytest.raises(Refused):
                service.add_list(brand, dated=date(2026, 10, 4), expires_on=ends)


def test_saving_rings_and_a_week_later_the_sweep_rings_again(app):
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False) as clock:
        with transaction():
            offer = service.add_offer(make_product(), "https://a.example/")
        _forget_jobs()
        with transaction():
            assert service.ring_for_due() == 0
        clock.move_to(datetime(2026, 11, 29, 9, tzinfo=UTC))
        with transaction():
            assert service.ring_for_due() == 1
            assert service.ring_for_due() == 0  # its job is on the way
        assert rings() == [f"offer:{offer.public_id}"]


@pytest.mark.parametrize("change", ["list", "proof", "retailer", "words"])
def test_new_evidence_rings_for_the_offers_it_bears_on(app, change):
    with transaction():
        product = make_product()
        shop = make_listed_shop(product.brand)
        offer = service.add_offer(product, "https://brushandbay.com/", retailer=shop)
        service.add_offer(make_hairiz(), "https://unrelated.example/")
    _forget_jobs()

    with transaction():
        if change == "list":
            brand = catalog.product(product.public_id).brand
            service.add_list(brand, dated=date(2026, 11, 1))
        elif change == "proof":
            domain = service.retailer_domains(shop.id)[0]
            service.record_proof(service.domain(domain.public_id), method=ProofMethod.META)
        elif change == "retailer":
            service.update_retailer(shop, name="Brush & Bay", is_marketplace=True)
        else:
            service.update_offer(
                offer,
                url="https://brushandbay.com/new",
                retailer=None,
                words=OfferWords(statement=Statement.OFFICIAL),
                price_minor=1200,
                currency="USD",
            )
    assert rings() == [f"offer:{offer.public_id}"]


@contextmanager
def counted_queries():
    statements = []

    def count(*execution):
        statements.append(execution[2])

    event.listen(db.engine, "before_cursor_execute", count)
    yield statements
    event.remove(db.engine, "before_cursor_execute", count)


def _forget_jobs():
    with transaction():
        db.session.query(Job).delete()
