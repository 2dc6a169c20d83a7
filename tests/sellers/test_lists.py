"""Brands' lists, read off real servers: what a new one adds, changes and takes back."""

import json
from datetime import date

from sqlalchemy import func, select

from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import gather, service
from shop.sellers.models import Authorization, Domain, Offer, Retailer
from tests.ledger.conftest import statements
from tests.sellers.proofs import DAY, HOUR, START
from tests.sellers.publishing import BAY, PELL, URL, Brand, doubles, maren, prove, world

__all__ = ["doubles", "maren", "statements", "world"]
BAY_SAID = ("Brush & Bay", "active", "brushandbay.com")


def test_published_list_verifies_a_seller_with_proof(world, maren):
    source = maren.publish(BAY, PELL).read()

    assert (source.problem, source.problems, source.failures) == ("", [], 0)
    assert source.fetched_at == now()
    assert maren.said == [
        BAY_SAID,
        ("Pell", "active", "pell.shop"),
    ]
    assert maren.codes("https://brushandbay.com/") == ("unverified", ["seller.no_domain_proof"])
    prove("Brush & Bay", "brushandbay.com")
    assert maren.codes("https://brushandbay.com/") == ("verified", ["seller.authorized"])
    [listed] = maren.lists
    assert (listed.dated, listed.expires_on) == (START.date(), date(2027, 1, 31))
    assert json.loads(world.blobs.get(listed.document))["brand"] == "Maren & Oak"


def test_list_is_read_daily_with_its_etag(world, maren):
    maren.publish(BAY).read()
    etag = maren.source.etag
    assert etag
    maren.world.web.page(URL, status=304)

    assert [world.wait(HOUR) for _ in range(22)] == [0] * 22
    assert sum(world.wait(HOUR) for _ in range(4)) == 1
    assert world.web.asked[-1].headers["if-none-match"] == etag
    assert maren.source.problem == ""
    assert maren.source.fetched_at > START + 22 * HOUR
    assert len(maren.lists) == 1


def test_not_modified_without_a_question_is_no_answer(world, maren):
    maren.serve(status=304)

    assert maren.read().problem == "http_304"


def test_same_list_read_twice_changes_nothing(world, maren):
    maren.publish(BAY, PELL, not_authorized=[{"domain": "outlet.shop"}]).read()
    with transaction():
        offer = service.add_offer(maren.product, "https://brushandbay.com/")
        public_id = offer.public_id
    said = select(Authorization.id, Authorization.seller_list_id)
    before = db.session.execute(said).all()
    due = db.session.scalar(select(Offer.next_check_at).where(Offer.public_id == public_id))
    world.clock.shift(DAY)

    maren.read()

    assert (
        db.session.execute(select(Authorization.id, Authorization.seller_list_id)).all() == before
    )
    assert db.session.scalar(select(Offer.next_check_at)) == due
    assert len(maren.lists) == 1
    assert db.session.scalar(select(func.count(Domain.id))) == 3


def test_new_list_adds_changes_and_revokes(world, maren):
    gone = {"name": "Gone", "domains": ["gone.shop"]}
    maren.publish(BAY, PELL, gone).read()
    ids = dict(db.session.execute(select(Retailer.name, Authorization.id).join(Retailer)).all())
    world.clock.shift(HOUR)

    maren.publish(BAY, PELL | {"regions": ["FR"]}, {"name": "New", "domains": ["new.shop"]}).read()

    assert maren.said == [
        BAY_SAID,
        ("Gone", "revoked", "gone.shop"),
        ("New", "active", "new.shop"),
        ("Pell", "active", "pell.shop"),
    ]
    after = dict(db.session.execute(select(Retailer.name, Authorization.id).join(Retailer)).all())
    assert after | ids == after
    assert maren.codes("https://gone.shop/") == ("mismatched", ["seller.authorization_revoked"])
    assert maren.codes("https://pell.shop/")[1] == ["seller.product_or_region_not_covered"]
    first, second = maren.lists  # of one day
    newest = select(Authorization.seller_list_id).where(Authorization.status == "active")
    assert set(db.session.scalars(newest)) == {second.id}
    assert first.document != second.document


def test_seller_named_again_is_no_longer_revoked(world, maren):
    maren.publish(BAY, BAY | {"regions": ["FR"]}).read()
    maren.publish().read()
    assert {status for _, status, _ in maren.said} == {"revoked"}

    maren.publish(BAY).read()

    assert maren.said == [BAY_SAID]
    assert maren.codes("https://brushandbay.com/")[1] == ["seller.no_domain_proof"]


def test_address_that_moves_to_another_seller_is_not_revoked(world, maren):
    maren.publish(BAY).read()
    maren.publish(BAY | {"name": "Brush and Bay Inc."}).read()

    assert maren.codes("https://brushandbay.com/")[1] == ["seller.no_domain_proof"]


def test_removed_seller_has_to_prove_its_address_anew(world, maren):
    pell = Brand(world, "Pell & Co", "pellandco.com").publish(BAY)
    pell.read()
    maren.publish(BAY).read()
    prove("Brush & Bay", "brushandbay.com")
    maren.publish().read()
    assert pell.codes("https://brushandbay.com/")[0] == "verified"

    pell.publish().read()
    pell.publish(BAY).read()

    assert pell.codes("https://brushandbay.com/")[1] == ["seller.no_domain_proof"]


def test_not_authorized_addresses_follow_the_list(world, maren):
    with transaction():
        brand = maren.product.brand
        service.add_not_authorized(brand, "letter.shop", named_on=date(2026, 9, 1))
        service.add_not_authorized(brand, "pell.shop", named_on=date(2026, 9, 1))
    refused = [{"domain": "one.shop", "since": "2026-08-01"}, {"domain": "two.shop"}]
    maren.publish(not_authorised=refused).read()
    assert maren.codes("https://one.shop/") == ("mismatched", ["seller.listed_as_unauthorized"])
    world.clock.shift(DAY)

    maren.publish(PELL, not_authorized=[{"domain": "two.shop"}, {"domain": "letter.shop"}]).read()

    assert maren.refused == {"two.shop": START.date(), "letter.shop": date(2026, 9, 1)}
    maren.publish(PELL).read()
    assert maren.refused == {"letter.shop": date(2026, 9, 1)}


def test_hostile_list_lends_no_address_to_another_brand_s_seller(world, maren):
    maren.publish(BAY).read()
    prove("Brush & Bay", "brushandbay.com")
    hostile = Brand(world, "Hostile", "hostile.shop").publish(
        BAY | {"domains": ["brush-bay-outlet.shop", "marenoak.net"]},
        not_authorized=[{"domain": "brushandbay.com"}, {"domain": "marenoak.com"}],
    )
    hostile.read()

    assert hostile.said == [("Brush & Bay", "active", "brush-bay-outlet.shop", "marenoak.net")]
    assert maren.codes("https://brushandbay.com/")[0] == "verified"
    assert maren.codes("https://marenoak.com/")[0] == "verified"
    for link in ("https://brush-bay-outlet.shop/", "https://marenoak.net/"):
        assert "seller.not_listed" in maren.codes(link)[1]
    prove("Brush & Bay", "brush-bay-outlet.shop")
    assert "seller.not_listed" in maren.codes("https://brush-bay-outlet.shop/")[1]
    labelled = maren.codes("https://marenoak.net/", declared_seller="Brush & Bay")
    assert "seller.mismatch_declared" in labelled[1]


def test_retailer_on_record_keeps_its_name_and_addresses(world, maren):
    with transaction():
        retailer = service.add_retailer("Brush & Bay", is_marketplace=True, note="Ours.")
        service.add_domain("brushandbay.co.uk", owner=retailer)
    maren.publish({"name": "BRUSH & BAY", "domains": ["brushandbay.com"]}).read()

    [row] = db.session.scalars(select(Retailer)).all()
    assert (row.name, row.is_marketplace, row.note) == ("Brush & Bay", True, "Ours.")
    claims = select(Domain.host, Domain.named_by_id).where(Domain.retailer_id == row.id)
    assert dict(db.session.execute(claims).all()) == {
        "brushandbay.co.uk": None,
        "brushandbay.com": maren.id,
    }
    assert maren.codes("https://brushandbay.co.uk/")[1][0] == "seller.marketplace_unknown_seller"


def test_staff_make_a_claimed_address_the_retailer_s_own(world, maren):
    maren.publish(BAY).read()
    with transaction():
        retailer = db.session.scalars(select(Retailer)).one()
        service.add_domain("brushandbay.com", owner=retailer)

    assert (
        db.session.scalar(select(Domain.named_by_id).where(Domain.retailer_id.is_not(None))) is None
    )


def test_what_happens_to_one_seller_is_no_news_for_the_links_of_others(world, maren):
    maren.publish(BAY, PELL).read()
    before = gather.facts_for(maren.product, "https://brushandbay.com/")
    assert {seller.name for seller in before.product.sellers} == {"Brush & Bay", "Pell"}
    prove("Pell", "pell.shop")
    assert gather.facts_for(maren.product, "https://brushandbay.com/") == before

    prove("Brush & Bay", "brushandbay.com")
    assert gather.facts_for(maren.product, "https://brushandbay.com/") != before


def test_link_like_another_named_seller_s_is_still_seen(world, maren):
    maren.publish(BAY, PELL | {"domains": ["northmerehair.shop"]}).read()

    assert maren.codes("https://northmerehairr.shop/")[0] == "suspicious"


def test_thousands_of_sellers_take_few_statements(world, maren, statements):
    names = [{"name": f"Seller {n}", "domains": [f"s{n}.shop"]} for n in range(2_400)]
    maren.publish(*names).read()
    first = len(statements)
    assert db.session.scalar(select(func.count(Authorization.id))) == 2_400
    changed = [seller | {"regions": ["US"]} for seller in names[1_200:]]
    maren.publish(*names[:600], *changed).read()

    assert len(statements) - first < 90
    assert first < 90
    found = select(Authorization.status, func.count(Authorization.id))
    counted = db.session.execute(found.group_by(Authorization.status)).all()
    assert dict(counted) == {"active": 1_800, "revoked": 600}
