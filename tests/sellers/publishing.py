"""A stage for brands' lists: a brand, its website on a stand-in web, and the worker that reads."""

import json

import pytest
from sqlalchemy import select

from shop.assay.sellers.checks import judge, state
from shop.assay.sellers.facts import ProofMethod
from shop.catalog import service as catalog
from shop.plumbing import jobs
from shop.plumbing.blobs import BlobStore
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import gather, lists, service
from shop.sellers.models import Authorization, Domain, NotAuthorized, Retailer, SellerList
from tests.sellers.factories import make_product

HOST = "marenoak.com"
URL = f"https://{HOST}/.well-known/authorized-sellers.json"
BAY = {"name": "Brush & Bay", "domains": ["brushandbay.com"]}
PELL = {"name": "Pell", "domains": ["pell.shop"]}


def document(*sellers, **more):
    """A list as a brand writes it."""
    return {
        "version": 1,
        "brand": "Maren & Oak",
        "canonical": URL,
        "expires": "2027-01-31",
        "sellers": list(sellers),
        **more,
    }


class Brand:
    """A brand with a proven website, a product, and a list that it may publish."""

    def __init__(self, world, name="Maren & Oak", host="marenoak.com"):
        self.world, self.host = world, host
        self.url = f"https://{host}/.well-known/authorized-sellers.json"
        world.dns.add(host, world.web.host)
        with transaction():
            product = make_product(f"Serum of {name}", brand=name)
            domain = service.add_domain(host, owner=product.brand)
            service.record_proof(domain, method=ProofMethod.DNS)
            self.id, self.name, self._product = product.brand_id, name, product.public_id

    @property
    def product(self):
        return catalog.product(self._product)

    @property
    def domain(self):
        return db.session.scalars(select(Domain).where(Domain.brand_id == self.id)).one()

    def publish(self, *sellers, **more):
        """Put a list of these on the website."""
        body = document(*sellers, brand=self.name, canonical=self.url) | more
        self.serve(json.dumps(body).encode(), etag=f'"{hash(str(body))}"')
        return self

    def serve(self, body=b"", **more):
        self.world.web.page(self.url, body, **more)

    def read(self):
        """Say where the list is, and let a worker read it now."""
        with transaction():
            lists.use_source(self.product.brand, self.url)
        self.world.work()
        return self.source

    @property
    def source(self):
        return lists.source_of(self.id)

    @property
    def said(self):
        """(retailer, status, hosts) of everything that the brand says, by name."""
        query = select(Retailer.name, Authorization.status, Authorization.hosts).join(Retailer)
        rows = db.session.execute(query.where(Authorization.brand_id == self.id))
        return sorted((name, status, *hosts) for name, status, hosts in rows)

    @property
    def lists(self):
        query = select(SellerList).where(SellerList.brand_id == self.id)
        return db.session.scalars(query.order_by(SellerList.id)).all()

    @property
    def refused(self):
        query = select(NotAuthorized.host, NotAuthorized.named_on)
        rows = db.session.execute(query.where(NotAuthorized.brand_id == self.id))
        return dict(rows.all())

    def codes(self, link, **more):
        """What the judge says of a link for the brand's product."""
        found = judge(gather.facts_for(self.product, link, **more), at=now())
        return state(found).value, [finding.rule.code for finding in found]


class World:
    """The stand-ins for DNS and the web, the worker, and the time."""

    def __init__(self, app, doubles, blobs, clock):
        self.dns, self.web, self.gate = doubles
        self.app, self.blobs, self.clock = app, blobs, clock

    def work(self):
        """What a worker does at this moment. Returns how many jobs there were."""
        count = jobs.run_due(lists.handlers(self.gate, self.blobs))
        db.session.rollback()
        return count

    def sweep(self):
        with transaction():
            lists.ring_for_due()
        return self.work()

    def wait(self, pause):
        """Let time pass, then do what is due."""
        self.clock.shift(pause)
        return self.sweep()


def prove(retailer_name, host):
    """The retailer shows that the address is its own."""
    query = select(Domain).join(Retailer, Domain.retailer_id == Retailer.id)
    domain = db.session.scalars(
        query.where(Retailer.name == retailer_name, Domain.host == host)
    ).one()
    with transaction():
        service.record_proof(domain, method=ProofMethod.DNS)


@pytest.fixture
def doubles(dns_server, web_server, outbound):
    return dns_server, web_server, outbound


@pytest.fixture
def world(app, doubles, clock, tmp_path):
    return World(app, doubles, BlobStore(tmp_path / "lists"), clock)


@pytest.fixture
def maren(world):
    return Brand(world)
