"""Shops and what brands say of them, for tests."""

from datetime import date

from shop.assay.sellers.facts import ProofMethod, Source
from shop.catalog import service as catalog
from shop.sellers import service
from tests.catalog import factories

LISTED = date(2026, 10, 3)


def make_product(*args, **more):
    """A product with its brand loaded, as every caller of the sellers room has it."""
    return catalog.product(factories.make_product(*args, **more).public_id)


def make_shop(name="Brush & Bay", host="brushandbay.com", *, method=ProofMethod.DNS, **more):
    """A retailer with one address, and proof that it is its own."""
    retailer = service.add_retailer(name, **more)
    domain = service.add_domain(host, owner=retailer)
    if method is not None:
        service.record_proof(domain, method=method)
    return retailer


def make_listed_shop(brand, name="Brush & Bay", host="brushandbay.com", **more):
    """A shop on the brand's published list."""
    retailer = make_shop(name, host)
    listed = service.latest_list(brand.id) or service.add_list(brand, dated=LISTED)
    service.add_authorization(brand, retailer, source=Source.BRAND_LIST, seller_list=listed, **more)
    return retailer


def make_hairiz():
    """The product of which nothing is known but an advertisement."""
    return make_product("3D Exosome", brand="HAIRIZ", is_for_sale=False, price=None)
