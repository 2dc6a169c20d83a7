"""The demo, through the real services: what the shop shows when it has been loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from shop.assay.policy import Mark
from shop.assay.sellers import checks
from shop.assay.sellers.facts import SellerState
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog import service as catalog
from shop.catalog.search import Query, find
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, Status
from shop.claims import service as claims
from shop.cli import manners
from shop.demo import loading, shelves
from shop.demo.catalog import brands
from shop.factory import create_app
from shop.inspections import standing
from shop.ledger import audit
from shop.ledger.models import Entry
from shop.plumbing import clock
from shop.plumbing.db import db, transaction
from shop.sellers import service as sellers
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from tests.conftest import make_config

ROOT = Path(__file__).parents[2]
# What shoppers see of a product whose lot on offer is not simply verified.
SHOWN = {
    "coilwood-day-two-refresh-mist": Mark.WARN,  # the report names another lot
    "fennwick-plain-conditioner": Mark.PART,
    "hairiz-3d-exosome": Mark.WARN,  # the seller's address
    "halden-sea-driftwood-clay": Mark.STOP,  # a sample of a report, rejected
    "halden-sea-dry-shampoo-powder": Mark.PART,
    "halden-sea-kelp-hold-gel": Mark.OLD,
    "maren-oak-bay-leaf-scalp-oil": Mark.OLD,
    "nightjar-clay-reset-mask": Mark.REVIEW,
    "nightjar-overnight-ends-balm": Mark.STOP,  # altered, rejected
    "ondine-row-hair-perfume-no-4": Mark.PART,
    "ondine-row-squalane-finishing-oil": Mark.PART,
    "pell-caffeine-root-tonic": Mark.OLD,
    "pell-peptide-drops": Mark.REVIEW,
    "sorrel-rhassoul-cleansing-bar": Mark.NONE,
    "tolva-leave-in-conditioner": Mark.STOP,  # withdrawn by the laboratory
    "vesper-lane-copper-color-mask": Mark.STOP,  # rejected
}
SELLERS = {
    "coilwood-curl-defining-cream": Mark.PART,  # a shop that never showed its address is its own
    "fennwick-clear-scalp-wash": Mark.PART,  # an authorization that ended
    "hairiz-3d-exosome": Mark.WARN,
    "halden-sea-sea-salt-spray": Mark.WARN,  # a letter too many
    "maren-oak-birch-water-shampoo": Mark.WARN,  # a shop in each state
    "maren-oak-rosemary-scalp-serum": Mark.PART,  # a shop that the brand does not name
    "nightjar-charcoal-wash": Mark.PART,  # another store on a marketplace
    "ondine-row-hair-perfume-no-4": Mark.WARN,  # a hyphen moved
    "pell-glycolic-scalp-rinse-5": Mark.WARN,  # a link that led somewhere else
    "pell-zero-shampoo": Mark.PART,
    "sorrel-after-swim-shampoo-bar": Mark.PART,
    "vesper-lane-copper-color-mask": Mark.PART,  # the same name with another ending
}
A_FEW = (
    "hairiz-3d-exosome",
    "maren-oak-rosemary-scalp-serum",
    "tolva-leave-in-conditioner",
    "coilwood-day-two-refresh-mist",
)
FEWER = ("hairiz-3d-exosome", "tolva-leave-in-conditioner", "coilwood-day-two-refresh-mist")


@pytest.fixture(scope="module")
def loaded(sqlite_template, tmp_path_factory):
    """The whole demo on SQLite, once for this module; no test here changes it for another."""
    folder = tmp_path_factory.mktemp("demo")
    path = folder / "assay.db"
    path.write_bytes(sqlite_template.read_bytes())
    app = create_app(make_config(folder, f"sqlite:///{path}"))
    with app.app_context():
        load(app)
        yield app
        db.session.remove()
        db.engine.dispose()


def load(app, only=()):
    return loading.load(
        clock.today(),
        store=app.extensions["assay"].blobs,
        transaction=transaction,
        context=app.app_context,
        progress=lambda *_: None,
        only=only,
    )


def stand():
    """Every demo product's line in the listing."""
    return {slug: catalog.product_by_slug(slug).standing for slug in shelves.known()}


def test_each_product_shows_its_mark(loaded):
    expected = {p.slug: Mark.OK for brand in brands() for p in brand.products} | SHOWN
    assert {slug: row.verification for slug, row in stand().items()} == expected


def test_each_product_shows_its_sellers(loaded):
    expected = {p.slug: Mark.OK for brand in brands() for p in brand.products} | SELLERS
    assert {slug: row.sellers for slug, row in stand().items()} == expected


def test_lines_of_the_listing_follow_from_the_verdicts(loaded):
    before = {slug: row.details for slug, row in stand().items()}
    with transaction():
        for row in shelves.known().values():
            standing.refresh(row.id)
    assert {slug: row.details for slug, row in stand().items()} == before


def test_advertised_link_is_mismatched_with_its_reasons(loaded):
    product = shelves.product("hairiz-3d-exosome")
    (offer,) = sellers.offers_for(product.id)
    published = verdicts.current(Subject(SubjectKind.OFFER, offer.public_id))
    assert offer.url == "https://americandiscounttableware.com/"
    assert checks.state(published.verdict.findings) is SellerState.MISMATCHED
    sentences = " ".join(finding.sentence for finding in published.verdict.findings)
    assert "HAIRIZ names no seller at americandiscounttableware.com" in sentences
    assert "tableware" in sentences


def test_one_product_shows_a_shop_in_each_state(loaded):
    states = {checks.state(each) for each in findings_of("maren-oak-birch-water-shampoo")}
    assert states == set(SellerState)


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("maren-oak-birch-water-shampoo", "name.lookalike_characters"),
        ("maren-oak-birch-water-shampoo", "seller.mismatch_declared"),
        ("halden-sea-sea-salt-spray", "name.typo"),
        ("pell-glycolic-scalp-rinse-5", "redirect.leaves_verified"),
    ],
)
def test_demo_tells_each_kind_of_finding(loaded, slug, code):
    assert code in {each.rule.code for found in findings_of(slug) for each in found}


def test_hairiz_is_listed_never_sold_and_says_whom_to_ask(loaded):
    product = catalog.product_by_slug("hairiz-3d-exosome")
    assert not product.is_for_sale
    assert not catalog.variants_of(product.id)
    assert not certificates.for_product(product.id)
    assert not product.ingredients
    assert "person who prescribed it" in product.notice


def test_claims_of_the_advertisement_are_quoted_and_never_graded_up(loaded):
    rows = claims.claims_for(shelves.product("hairiz-3d-exosome").id)
    assert len(rows) >= 4
    assert max(row.level for row in rows) <= 1  # a review, of another product
    (pilot,) = (row for row in rows if "78%" in row.quote)
    assert pilot.words == "Study not identified"
    assert pilot.sentence.startswith("Citation not found")  # never the bare percentage


def test_most_products_have_a_graded_claim(loaded):
    graded = [slug for slug, row in stand().items() if row.claims_grade]
    assert len(graded) > 30
    assert stand()["fennwick-clear-scalp-wash"].claims_grade == 4


def test_every_document_was_read_and_its_pages_can_be_shown(loaded):
    rows = db.session.scalars(select(Certificate)).all()
    assert len(rows) == 57
    assert {row.status for row in rows} == {
        Status.ACCEPTED,
        Status.NEEDS_REVIEW,
        Status.REJECTED,
        Status.REVOKED,
    }
    for row in rows:
        (page,) = certificates.pages_of(row.id)
        assert loaded.extensions["assay"].blobs.get(page.blob)[:4] == b"RIFF"
        assert certificates.results_of(row.id)


def test_people_find_it(loaded):
    assert find(Query(text="rosemary scalp")).cards[0].slug == "maren-oak-rosemary-scalp-serum"
    assert find(Query()).total == 42
    assert find(Query(sort="documented", per_page=60)).cards[-1].verification == Mark.WARN


def test_reviews_wait_for_what_nobody_settled(loaded):
    waiting = {(row.subject_kind, row.subject_id) for row in reviews.queue(500)}
    for slug in ("nightjar-clay-reset-mask", "coilwood-day-two-refresh-mist"):
        (row,) = certificates.for_product(shelves.product(slug).id)
        assert ("certificate", row.public_id) in waiting


def test_public_record_is_whole(loaded):
    assert not audit.check().problems
    assert not verdicts.replay()


def test_loading_again_changes_nothing(loaded):
    before = counts(), {slug: (row.rank, row.details) for slug, row in stand().items()}
    summary = load(loaded)
    assert summary.added == 0
    assert (counts(), {slug: (row.rank, row.details) for slug, row in stand().items()}) == before


def test_days_count_from_the_first_loading(loaded):
    with time_machine.travel("2031-03-01T09:00:00Z"):
        assert shelves.anchor(clock.today()).year < 2031


@pytest.mark.parametrize(
    ("stage", "done"), [("Products", 2), ("Reading", 1), ("Sellers", 2), ("Decisions", 1)]
)
def test_killed_load_is_completed_by_the_next(app, database_url, tmp_path, stage, done):
    _kill_while_loading(database_url, tmp_path, stage, done)
    load(app, FEWER)  # on a later day than the first
    assert {slug: row.verification for slug, row in stand().items()} == {
        slug: SHOWN[slug] for slug in FEWER
    }
    product = shelves.product("tolva-leave-in-conditioner")
    assert len(certificates.for_product(product.id)) == 1
    assert len(sellers.offers_for(product.id)) == 3
    assert [lot.code for lot in lots_of(product)] == ["TV-26-097"]
    assert not verdicts.replay()


def test_a_part_of_it_loads_on_either_database(app):
    summary = load(app, A_FEW)
    assert (summary.products, summary.added) == (4, 4)
    assert {slug: row.verification for slug, row in stand().items()} == {
        slug: SHOWN.get(slug, Mark.OK) for slug in A_FEW
    }
    again = load(app, A_FEW)
    assert again.added == 0
    assert not audit.check().problems


def test_command_says_what_it_loaded(app, monkeypatch):
    monkeypatch.setattr(manners, "need_tables", lambda: None)  # made here without a migration
    ended = app.test_cli_runner().invoke(args=["demo", "load", "hairiz-3d-exosome"])
    assert ended.exit_code == 0, ended.output
    assert "1 products, 1 of them new; 0 certificates and 1 offers" in ended.output


def findings_of(slug):
    """What was published about each of a product's links."""
    offers = sellers.offers_for(shelves.product(slug).id)
    subjects = [Subject(SubjectKind.OFFER, offer.public_id) for offer in offers]
    return [each.verdict.findings for each in verdicts.current_for(subjects).values()]


def lots_of(product):
    return catalog.lots_of([variant.id for variant in catalog.variants_of(product.id)])


def _kill_while_loading(database_url, folder, stage, done):
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "ASSAY_DATABASE_URL": database_url,
        "ASSAY_DATA_DIR": str(folder),
        "ASSAY_LOG_LEVEL": "error",
    }
    script = Path(__file__).with_name("load_and_wait.py")
    with subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), "2026-11-22", stage, str(done), *FEWER],
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "standing\n"
        process.kill()  # SIGKILL: no handler, no rollback of its own


def counts():
    """How many rows there are of what is published, kept or filed."""
    models = (Certificate, Entry)
    found = [db.session.scalar(select(func.count()).select_from(model)) for model in models]
    return [*found, len(shelves.known()), reviews.count_open(), len(sellers.retailers())]
