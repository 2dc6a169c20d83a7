"""A stage for proofs of control: a clock, what strangers publish, and the look."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from shop.assay.sellers.checks import judge
from shop.assay.sellers.facts import ProofMethod
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import gather, proving, service
from shop.sellers.models import DomainProof
from tests.doubles.dns_double import Fault
from tests.sellers import factories

START = datetime(2026, 10, 4, 9, 12, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
STAFF = "staff00000000000"


class World:
    """What strangers publish, on the servers that stand in for DNS and the web, and the time."""

    def __init__(self, dns_server, web_server, gate, clock):
        self.dns, self.web, self.gate, self.clock = dns_server, web_server, gate, clock
        self.records = {}

    def publish(self, started, *others):
        """Do what the owner is asked to do; `others` ask for the same place."""
        place = started.instructions.place
        texts = [each.instructions.text.encode() for each in (started, *others)]
        if started.challenge.method == ProofMethod.DNS:
            self.dns.txt(place, b"v=spf1 -all", *texts)
        else:
            self.serve(place, b"\n".join(texts))

    def serve(self, place, body, **more):
        self.dns.add(place.split("/")[2], self.web.host)
        self.web.page(place, body, **more)

    def remove(self, started):
        place = started.instructions.place
        if started.challenge.method == ProofMethod.DNS:
            self.dns.remove(place)
        else:
            self.web.page(place, status=404)

    def silence(self, started):
        self.dns.fail(started.instructions.place, Fault.SERVFAIL)

    def shift(self, pause):
        self.clock.shift(pause)

    def move_to(self, moment):
        self.clock.move_to(moment)

    @property
    def looks(self):
        """How often somebody came for a token."""
        return len(self.web.asked) + sum(kind == "TXT" for _, kind, _ in self.dns.asked)


def begin(domain, method=ProofMethod.DNS):
    """A token for the domain, given out now. What comes back outlives the session."""
    with transaction():
        started = proving.start(proving.domain(domain.public_id), method, staff_id=STAFF, at=now())
        db.session.expunge(started.challenge)
    return started


def look(world):
    """What the sweep and a worker do at this moment. Returns how many looks there were."""
    with transaction():
        proving.ring_for_due()
    return jobs.run_due(proving.handlers(world.gate))


def look_now(world, started):
    with transaction():
        proving.ring_look(proving.challenge(started.challenge.public_id))
    return look(world)


def state_of(started):
    return row(started).state


def proofs_of(domain):
    """(method, state) of every row, the oldest first."""
    db.session.rollback()
    rows = db.session.query(DomainProof).filter_by(domain_id=domain.id).order_by(DomainProof.id)
    return [(row.method, row.state) for row in rows]


def row(started):
    """The challenge as it stands on record now."""
    db.session.rollback()
    db.session.expire_all()
    return proving.challenge(started.challenge.public_id)


def fail(started, world, *pauses):
    """A look after each pause."""
    for pause in pauses:
        world.shift(pause)
        look_now(world, started)


def rings():
    """The keys of the inspections that were rung for."""
    db.session.rollback()
    return db.session.scalars(select(jobs.Job.key).where(jobs.Job.kind == "inspect")).all()


def forget_rings():
    with transaction():
        db.session.execute(delete(jobs.Job))


def add_domain(name, host):
    """An address of a retailer of that name."""
    with transaction():
        owner = factories.make_shop(name, host, method=None)
        return service.retailer_domains(owner.id)[0]


def make_offer():
    with transaction():
        product = factories.make_product()
        shop = factories.make_listed_shop(product.brand)
        db.session.execute(delete(DomainProof))
        return service.add_offer(product, "https://brushandbay.com/serum", retailer=shop)


def code_of(offer):
    """What the judge answers first about the offer, now."""
    db.session.rollback()
    db.session.expire_all()
    return judge(gather.facts(offer.public_id), at=now())[0].rule.code
