"""Which proofs count when several methods and several addresses have a say."""

import pytest

from shop.assay.sellers.facts import ProofMethod, ProofState
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import gather, official, proof_standing, reach, service
from tests.sellers.factories import make_product, make_shop
from tests.sellers.proofs import DAY, START

DNS, FILE, META = ProofMethod.DNS, ProofMethod.FILE, ProofMethod.META
OK, STALE, LOST, NONE = ProofState.OK, ProofState.STALE, ProofState.LOST, ProofState.NONE


def written(domain, *rows):
    """The domain with these proofs on record, the oldest first."""
    with transaction():
        for method, state in rows:
            service.record_proof(service.domain(domain.public_id), method=method, state=state)
    db.session.expire_all()
    return service.domain(domain.public_id)


@pytest.fixture
def brand(app, clock):
    with transaction():
        return make_product().brand


@pytest.fixture
def site(brand):
    with transaction():
        return service.add_domain("marenoak.com", owner=brand)


@pytest.mark.parametrize(
    ("rows", "counting"),
    [
        ([], []),
        ([(DNS, OK)], [(DNS, OK)]),
        ([(DNS, OK), (DNS, LOST)], [(DNS, LOST)]),
        ([(DNS, LOST), (DNS, OK)], [(DNS, OK)]),
        ([(FILE, OK), (DNS, OK), (DNS, LOST)], [(FILE, OK)]),
        ([(META, OK), (FILE, OK), (DNS, OK)], [(DNS, OK), (FILE, OK), (META, OK)]),
        ([(DNS, NONE), (FILE, LOST), (META, STALE)], [(META, STALE)]),
        ([(FILE, LOST), (DNS, LOST)], [(DNS, LOST)]),
        ([(DNS, OK), (DNS, NONE)], [(DNS, NONE)]),
    ],
)
def test_what_stands_counts_and_hides_what_does_not(site, rows, counting):
    found = proof_standing.current(written(site, *rows))

    assert [(proof.method, proof.state) for proof in found] == counting


def test_judge_is_given_every_proof_that_stands(site, brand):
    written(site, (DNS, OK), (FILE, OK), (META, LOST))
    facts = gather.facts_for_brand(brand, "https://marenoak.com/")

    assert [(host.name, host.proof.method) for host in facts.product.official] == [
        ("marenoak.com", DNS),
        ("marenoak.com", FILE),
    ]


@pytest.mark.parametrize(
    ("rows", "method"),
    [
        ([(DNS, LOST)], None),
        ([(FILE, OK), (DNS, OK), (DNS, LOST)], FILE),
        ([(FILE, OK), (DNS, OK)], DNS),
        ([(DNS, OK), (DNS, NONE)], None),
    ],
)
def test_brands_site_is_offered_as_proven_while_any_proof_stands(site, brand, rows, method):
    written(site, *rows)
    (found,) = official.sites(brand.id, at=now())

    assert found.method is method
    assert (found.proven_on == START.date()) is (method is not None)


def test_brands_site_is_proven_through_the_last_day(site, brand, clock):
    written(site, (FILE, OK))
    clock.shift(90 * DAY)
    assert official.sites(brand.id, at=now())[0].proven_on is not None
    clock.shift(DAY)
    assert official.sites(brand.id, at=now())[0].proven_on is None


def test_file_above_says_nothing_of_what_is_below_and_a_record_does(app, clock):
    with transaction():
        owner = make_shop("Bay", "bay.com", method=None)
        below = service.add_domain("shop.bay.com", owner=owner)
        above = service.retailer_domains(owner.id)[0]

    def proofs():
        domains = service.retailer_domains(owner.id)
        found = reach.proofs_for(next(each for each in domains if each.id == below.id), domains)
        return [(proof.domain_id == above.id, proof.method) for proof in found]

    assert (above.host, proofs()) == ("bay.com", [])
    written(above, (FILE, OK))
    assert proofs() == []
    written(above, (DNS, OK))
    assert proofs() == [(True, DNS)]
    written(below, (META, OK))
    assert proofs() == [(True, DNS), (False, META)]
    written(below, (DNS, OK))
    assert proofs() == [(False, DNS), (False, META)]
    written(below, (DNS, LOST))
    assert proofs() == [(True, DNS), (False, META)]
