"""When is an offer inspected? On saving, when evidence about it changes, and once a week.

What is due stands in the offer's own row (`next_check_at`); a job is only the bell.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_, select, update

from shop.assay import inspection
from shop.assay.sellers.hostnames import parse
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog.models import Product
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.sellers.models import Authorization, Offer

EVERY = timedelta(days=7)
# More than this many at once wait for the next sweeps instead of filling one transaction.
_AT_ONCE = 200


def ring(offer: Offer) -> None:
    """Have the offer inspected, once the caller's transaction is committed."""
    subject = Subject(SubjectKind.OFFER, offer.public_id)
    jobs.enqueue(inspection.JOB, inspection.key_of(subject))
    offer.next_check_at = now() + EVERY


def ring_for_due(*, limit: int = _AT_ONCE) -> int:
    """Ring for the offers that are due, the longest due first; returns how many rang.

    Runs in the caller's transaction, so that an offer leaves the queue only with its job.
    """
    due = select(Offer).where(Offer.next_check_at <= now())
    offers = db.session.scalars(due.order_by(Offer.next_check_at, Offer.id).limit(limit)).all()
    for offer in offers:
        ring(offer)
    db.session.flush()
    return len(offers)


def ring_for_brand(brand_id: int) -> None:
    """The brand's evidence changed: its products' offers are due now."""
    products = select(Product.id).where(Product.brand_id == brand_id)
    _due_now(Offer.product_id.in_(products))


def ring_for_retailer(retailer_id: int) -> None:
    """A retailer's evidence changed: due are its offers, and those of every brand that names it."""
    brands = select(Authorization.brand_id).where(Authorization.retailer_id == retailer_id)
    products = select(Product.id).where(Product.brand_id.in_(brands))
    _due_now(or_(Offer.retailer_id == retailer_id, Offer.product_id.in_(products)))


def ring_for_names(labels: Iterable[str]) -> None:
    """What a name in an address means changed: due are the offers whose link is written with it.

    A link that hides it (percent signs, full-width letters) is inspected within the week.
    """
    written = {spelled for label in labels for spelled in (label, _unicode(label)) if spelled}
    url = func.lower(Offer.url)
    _due_now(or_(*(url.contains(spelled, autoescape=True) for spelled in written)))


def due_now(which: ColumnElement[bool]) -> None:
    """The next sweep inspects these offers, however many they are."""
    db.session.execute(update(Offer).where(which).values(next_check_at=now()))


def _due_now(which: ColumnElement[bool]) -> None:
    db.session.execute(update(Offer).where(which).values(next_check_at=now()))
    for offer in db.session.scalars(select(Offer).where(which).order_by(Offer.id).limit(_AT_ONCE)):
        ring(offer)
    db.session.flush()


def _unicode(label: str) -> str:
    return parse(f"https://{label}.example").unicode_host.removesuffix(".example")
