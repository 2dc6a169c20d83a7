"""The index of protected names, what it gives to the judge, and marks of unrelated names."""

import threading

import pytest
from sqlalchemy import select, update

from shop.assay.sellers.hostnames import parse
from shop.catalog import service as catalog
from shop.catalog.models import Brand
from shop.plumbing import clock, jobs
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.jobs import Job
from shop.sellers import gather, protecting, service
from shop.sellers.models import Authorization, Retailer
from shop.sellers.seen import ProtectedName
from tests.ledger.conftest import statements
from tests.sellers.factories import make_hairiz, make_listed_shop, make_product, make_shop

__all__ = ["statements"]
REASON = "Two companies: the registers of Ohio and of Maine name both."


def protect(*lines):
    with transaction():
        return protecting.protect(protecting.read(lines))


def names():
    """What the index holds, asked name by name."""
    held = protecting.index()
    return {name for name in KNOWN if name in held.near(parse(f"https://{KNOWN[name]}"))}


# A name, and an address that it is found near.
KNOWN = {
    "Olaplex": "olaplx.com",
    "Kopari": "koparii.com",
    "brushandbay.com": "brushandbayy.com",
    "briogeohair.com": "briogeohairr.com",
    "sephora.com": "sephorra.com",
}


def mark(name="olaplx", other="olaplex", reason=REASON, staff="staff-one"):
    with transaction():
        kept = protecting.mark_unrelated(name, other, reason=reason, staff_id=staff, at=clock.now())
        return kept.public_id


def lift(public_id, reason="They have merged.", staff="staff-two"):
    with transaction():
        return protecting.lift(public_id, reason=reason, staff_id=staff, at=clock.now()).public_id


def sent(statements):
    return [each for each in statements if each.startswith("SELECT")]


def test_index_holds_brands_named_retailers_their_addresses_and_imports(app):
    with transaction():
        brand = catalog.add_brand("Olaplex")
        service.add_domain("briogeohair.com", owner=catalog.add_brand("Briogeo"))
        make_listed_shop(brand, "Brush & Bay", "brushandbay.com")
        catalog.add_brand("Kopari")
    protect("sephora.com")

    assert names() == set(KNOWN)


def test_retailer_that_nobody_names_is_not_protected(app):
    """Else an imitation that somebody put on record would be excused by it."""
    with transaction():
        make_shop("Brush & Bay", "brushandbay.com")

    assert protecting.near(parse("https://brushandbayy.com")) == ()
    assert protecting.near(parse("https://brushandbay.com")) == ()


def test_retailer_leaves_the_index_with_its_last_authorization(app):
    with transaction():
        brand = catalog.add_brand("Olaplex")
        make_listed_shop(brand, "Brush & Bay", "brushandbay.com")
    assert "brushandbay.com" in names()
    with transaction():
        said = db.session.scalars(select(Authorization)).one()
        service.revoke_authorization(said, on=clock.today())

    assert "brushandbay.com" not in names()


def test_index_is_built_once_and_asked_with_one_statement(app, statements):
    with transaction():
        catalog.add_brand("Olaplex")
    first = protecting.index()
    statements.clear()

    assert protecting.index() is first
    assert len(sent(statements)) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda: catalog.add_brand("Kopari"),
        lambda: service.add_domain("olaplex.com", owner=catalog.add_brand("Olaplex")),
        lambda: protecting.protect(["sephora.com"]),
        lambda: setattr(db.session.scalars(select(Brand)).one(), "name", "Olaplax"),
        lambda: db.session.execute(update(Brand).values(name="Olaplux")),
        lambda: make_listed_shop(catalog.add_brand("Olaplex")),
    ],
    ids=["brand", "domain", "import", "renamed", "renamed in bulk", "retailer"],
)
def test_whatever_changes_a_name_is_noticed(app, change):
    with transaction():
        catalog.add_brand("Olaplex")
    before = protecting.index()
    with transaction():
        change()

    assert protecting.index().stamp != before.stamp


def test_new_name_of_a_retailer_is_noticed(app):
    with transaction():
        retailer = make_listed_shop(catalog.add_brand("Olaplex")).public_id
    before = protecting.index()
    with transaction():
        service.update_retailer(
            service.retailer(retailer), name="Brush & Bag", is_marketplace=False
        )

    assert protecting.index().stamp != before.stamp
    assert db.session.scalars(select(Retailer.revision)).one() == 1


def test_name_that_was_never_committed_does_not_stay(app):
    db.session.connection(execution_options={"write": True})
    catalog.add_brand("Olaplex")
    assert protecting.near(parse("https://olaplx.com")) == ("Olaplex",)
    db.session.rollback()
    with transaction():
        catalog.add_brand("Kopari")  # may get the number that was given back

    assert protecting.near(parse("https://olaplx.com")) == ()
    assert protecting.near(parse("https://koparii.com")) == ("Kopari",)


def test_threads_share_one_index(app):
    with transaction():
        catalog.add_brand("Olaplex")
    found, start = [], threading.Barrier(4)

    def ask():
        with app.app_context():
            start.wait(timeout=10)
            found.append(protecting.index())
            db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert len(found) == 4
    assert len({id(each) for each in found}) == 1


def test_facts_hold_names_of_others_and_not_ones_own(app):
    with transaction():
        product = make_product(brand="Olaplex")
        service.add_domain("olaplex.com", owner=product.brand)
        make_listed_shop(product.brand, "Brush & Bay", "brushandbay.com")
        other = make_product("Coconut Melt", brand="Kopari")
    protect("olaplex.net", "sephora.com")

    def others(of, link):
        return set(gather.facts_for(of, link).protected)

    assert others(product, "https://olaplx.com/") == set()
    assert others(product, "https://brushandbayy.com/") == set()
    assert others(product, "https://sephorra.com/") == {"sephora.com"}
    assert others(other, "https://olaplx.com/") == {"Olaplex", "olaplex.com", "olaplex.net"}
    assert others(other, "https://192.0.2.7/olaplex") == set()
    assert others(other, "not a link") == set()


def test_gathering_asks_for_index_and_marks_in_one_statement_each(app, statements):
    with transaction():
        product = make_hairiz()
        catalog.add_brand("Olaplex")
    gather.facts_for(product, "https://olaplx.com/")
    statements.clear()
    gather.facts_for(product, "https://olaplx.com/")

    asked = sent(statements)
    assert len([each for each in asked if "protected_name" in each]) == 1
    assert len([each for each in asked if "unrelated_names" in each]) == 1


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Olaplex", "olaplex"),
        ("  Maren & Oak ", "marenoak"),
        ("https://www.Olaplex.com/shop", "www.olaplex.com"),
        ("kérastase.com", "xn--krastase-b1a.com"),
    ],
)
def test_import_keeps_hosts_and_folded_names(app, line, kept):
    assert protect("# ours", "", f"{line} # a remark") == protecting.Imported(added=1, known=0)
    assert protect(line, line) == protecting.Imported(added=0, known=1)
    assert len(protecting.index()) == 1
    assert db.session.scalars(select(ProtectedName.name)).all() == [kept]


@pytest.mark.parametrize(
    "bad", ["co.uk", "...", "&&&", "localhost.", "x" * 254, "192.0.2.7", "a\x00b", "a\udcffb"]
)
def test_import_is_whole_or_not_at_all(app, bad):
    with pytest.raises(Refused) as refused:
        protect("olaplex.com", "sephora.com", bad)

    assert refused.value.code == "sellers.protected_name"
    assert "Line 3" in refused.value.message
    assert len(protecting.index()) == 0


def test_mark_reaches_the_facts_of_links_with_the_name(app):
    with transaction():
        product = make_product(brand="Olaplex")
    mark("olaplx", "olaplex")

    def marks_for(link):
        found = gather.facts_for(product, link).product.unrelated
        return [(each.name, each.other) for each in found]

    assert marks_for("https://shop.olaplx.com/a") == [("olaplex", "olaplx")]
    assert marks_for("https://ola-plx.net/") == [("olaplex", "olaplx")]
    assert marks_for("https://kopari.com/") == []


def test_mark_is_kept_once_and_with_its_maker(app):
    first = mark()

    assert mark("OLAPLEX", "olaplx") == first
    with pytest.raises(Conflict):
        mark(staff="staff-two")
    (kept,) = protecting.marks()
    assert (kept.name, kept.other, kept.reason) == ("olaplex", "olaplx", REASON)
    assert (kept.staff_id, kept.lifted_at) == ("staff-one", None)


def test_lifted_mark_stays_on_record_and_counts_no_longer(app):
    with transaction():
        product = make_product(brand="Olaplex")
    first = mark()
    assert lift(first) == lift(first, staff="somebody-else")
    second = mark(reason="They have parted again.")

    newest, oldest = protecting.marks()
    assert (newest.public_id, oldest.public_id) == (second, first)
    assert (oldest.lifted_by, oldest.lifted_for) == ("staff-two", "They have merged.")
    assert [each.public_id for each in protecting.marks(before=second)] == [first]
    lift(second)
    assert gather.facts_for(product, "https://olaplx.com/").product.unrelated == ()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": ""}, "sellers.unrelated_names"),
        ({"name": "Olaplex "}, "sellers.unrelated_names"),
        ({"name": "x" * 300}, "sellers.unrelated_names"),
        ({"reason": " "}, "sellers.unrelated_reason"),
        ({"reason": "x" * 2001}, "sellers.unrelated_reason"),
    ],
)
def test_mark_that_says_nothing_is_refused(app, given, code):
    with pytest.raises(Refused) as refused:
        mark(**given)
    assert refused.value.code == code
    assert protecting.marks() == []


def test_unknown_mark_is_not_found(app):
    with pytest.raises(NotFound):
        lift("aaaaaaaaaaaaaaaa")
    with pytest.raises(NotFound):
        protecting.mark("' OR 1=1 --")


def test_marking_and_lifting_ring_for_the_links_that_bear_the_name(app):
    with transaction():
        product = make_product(brand="Olaplex")
        for url in ("https://shop.OLAPLX.com/a", "https://kérastâse.com/", "https://bay.example/"):
            service.add_offer(product, url)
    ringing = {offer.url: offer.public_id for offer in service.offers_for(product.id)}

    def rung(act):
        with transaction():
            for job in db.session.scalars(select(Job)):
                db.session.delete(job)
        act()
        keys = db.session.scalars(select(Job.key).where(Job.kind == "inspect")).all()
        return {url for url, key in ringing.items() if any(key in each for each in keys)}

    marked = []
    assert rung(lambda: marked.append(mark())) == {"https://shop.OLAPLX.com/a"}
    assert rung(lambda: lift(marked[0])) == {"https://shop.OLAPLX.com/a"}
    label = parse("https://kérastâse.com/").label
    assert rung(lambda: mark(label, "kerastase")) == {"https://kérastâse.com/"}
    assert jobs.waiting() >= 1
