"""Which jobs do inspections run, and what is due for one?"""

from collections.abc import Mapping

from shop.assay import inspection
from shop.catalog import service as catalog
from shop.catalog.standings import STANDING_JOB
from shop.inspections import service, standing
from shop.plumbing.clock import now
from shop.plumbing.errors import NotFound
from shop.plumbing.jobs import Handler, Transaction
from shop.verdicts import service as verdicts


def ring_for_due() -> None:
    """Ring for every verdict whose time is over (the sweep)."""
    for subject in verdicts.due(now()):
        service.ring(subject)


def _inspect(key: str, transaction: Transaction) -> None:
    with transaction():
        service.inspect(inspection.subject_of(key), at=now())


def _give_up(key: str, transaction: Transaction) -> None:
    with transaction():
        service.give_up(inspection.subject_of(key), at=now())


def _refresh(key: str, transaction: Transaction) -> None:
    with transaction():
        try:
            product = catalog.product(key)
        except NotFound:
            return  # gone since the bell rang
        standing.refresh(product.id)


HANDLERS: Mapping[str, Handler] = {
    inspection.JOB: Handler(_inspect, gave_up=_give_up),
    STANDING_JOB: Handler(_refresh),
}
