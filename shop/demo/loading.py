"""Fills an empty shop with the demo, through the same services and judges as everything else.

Loading twice changes nothing, and a load that was broken off is completed by the next.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog.importing import Progress
from shop.certificates import jobs as reading
from shop.certificates import service as certificates
from shop.demo import claiming, deciding, papers, selling, shelves
from shop.demo.papers import Context
from shop.demo.shelves import Transaction
from shop.inspections import jobs as inspecting
from shop.inspections import service as inspections
from shop.inspections import standing
from shop.plumbing import clock, jobs
from shop.plumbing.blobs import BlobStore
from shop.sellers import service as sellers
from shop.verdicts import service as verdicts

_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo holds, and how much of it is new."""

    products: int
    added: int
    certificates: int
    offers: int


def load(
    today: date,
    *,
    store: BlobStore,
    transaction: Transaction,
    context: Context,
    progress: Progress,
    readers: int = 2,
    only: Collection[str] = (),
) -> Summary:
    """Load the demo, or the products of these slugs.

    Call it with no transaction open, inside an application context; `context` opens another one
    in a thread of its own (`app.app_context`).
    """
    day = shelves.anchor(today)
    added = shelves.stock(day, store=store, transaction=transaction, progress=progress, only=only)
    staff = deciding.reviewer(transaction)
    papers.meet_laboratories(day, staff=staff, at=clock.now(), transaction=transaction)
    papers.receive(day, staff=staff, store=store, transaction=transaction, progress=progress)
    papers.read(
        store=store, readers=readers, context=context, transaction=transaction, progress=progress
    )
    selling.record(day, transaction=transaction, progress=progress)
    claiming.record(staff=staff, transaction=transaction, progress=progress)
    _answer_bells(store)
    _inspect_the_rest(transaction)
    deciding.decide(day, staff=staff, transaction=transaction, progress=progress)
    _answer_bells(store)
    with transaction():
        for product in shelves.known().values():
            standing.refresh(product.id)
    return _summary(added)


def _answer_bells(store: BlobStore) -> None:
    """Run what all this has rung for, as a worker would."""
    handlers = {**inspecting.HANDLERS, reading.READ_JOB: reading.read_handler(store)}
    jobs.run_due(handlers, limit=_MANY)


def _inspect_the_rest(transaction: Transaction) -> None:
    """What a load that was killed had taken from the queue."""
    wanted = _subjects()
    judged = verdicts.current_for(wanted)
    for subject in wanted:
        if subject not in judged:
            with transaction():
                inspections.inspect(subject, at=clock.now())


def _subjects() -> list[Subject]:
    """Every certificate and offer of the demo."""
    products = list(shelves.known().values())
    papers_of = (row for product in products for row in certificates.for_product(product.id))
    offers_of = (
        row for product in products for row in sellers.offers_for(product.id, is_hidden=None)
    )
    return [
        *(Subject(SubjectKind.CERTIFICATE, row.public_id) for row in papers_of),
        *(Subject(SubjectKind.OFFER, row.public_id) for row in offers_of),
    ]


def _summary(added: int) -> Summary:
    kinds = [subject.kind for subject in _subjects()]
    return Summary(
        products=len(shelves.known()),
        added=added,
        certificates=kinds.count(SubjectKind.CERTIFICATE),
        offers=kinds.count(SubjectKind.OFFER),
    )
