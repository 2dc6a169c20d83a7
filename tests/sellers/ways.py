"""A stage for followed links: shops on servers of their own, a clock, and a worker's steps."""

from sqlalchemy import select

from shop.assay.sellers.checks import judge, state
from shop.assay.sellers.hostnames import parse
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.jobs import Job
from shop.sellers import following, gather, registrations, service
from shop.sellers.models import Offer
from shop.sellers.seen import Following, VisitTurn
from tests.sellers.factories import make_listed_shop, make_product

SHOP = "https://brushandbay.com/serum"


def make_offer(url=SHOP, *, is_listed=True, **more):
    """An offer of a shop that the brand lists and that proved its address."""
    with transaction():
        product = make_product()
        if is_listed:
            make_listed_shop(product.brand)
        return service.add_offer(product, url, **more).public_id


def serve(world, *names):
    for name in names:
        world.dns.add(name, world.web.host)


def follow(world, *, sweep=True):
    """What the sweep and a worker do at this moment. Returns how many jobs ran."""
    if sweep:
        with transaction():
            following.ring_for_due()
            registrations.ring_for_due()
    return jobs.run_due(following.handlers(world.gate))


def judged(public_id):
    """The state and the codes, from what stands on record now."""
    db.session.rollback()
    db.session.expire_all()
    findings = judge(gather.facts(public_id), at=now())
    return state(findings), [finding.rule.code for finding in findings]


def codes(public_id):
    return judged(public_id)[1]


def offer(public_id):
    """As it stands on record now."""
    query = select(Offer).where(Offer.public_id == public_id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def rows(public_id):
    """The ways on record, the newest first."""
    return following.history(offer(public_id).id)


def waiting(kind):
    """The keys of the jobs that wait, the next first."""
    db.session.rollback()
    return list(db.session.scalars(select(Job.key).where(Job.kind == kind).order_by(Job.run_at)))


def forget_jobs(kind):
    with transaction():
        db.session.query(Job).filter_by(kind=kind).delete()


def free_all():
    """Every site may be visited again: as if the pauses were over."""
    with transaction():
        db.session.query(VisitTurn).delete()


def add_way(public_id, *urls, trouble=""):
    """Put a way on record as a worker would have seen it."""
    offer_id = offer(public_id).id
    with transaction():
        row = Following(
            offer_id=offer_id,
            hops=[{"url": url, "status": 200, "tls": "ok", "address": ""} for url in urls],
            trouble=trouble,
            name=following.site_of(parse(urls[0])),
            end_name=following.site_of(parse(urls[-1])),
        )
        db.session.add(row)
