"""Takes the demo's certificates in, and has them read side by side."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from shop.catalog.importing import Progress
from shop.certificates import jobs as reading
from shop.certificates import laboratories
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, Status
from shop.demo import reports, shelves
from shop.demo.catalog import DemoLot
from shop.demo.certificates import certificate
from shop.demo.shelves import Transaction
from shop.plumbing.blobs import BlobStore

# Opens an application context of its own in another thread.
Context = Callable[[], AbstractContextManager[object]]
_UNREAD = {Status.QUARANTINED, Status.PROCESSING}
_SEEN_AT_BODY = timedelta(days=33)
_ACCREDITED_FOR = timedelta(days=4 * 365)
_MANY = 10_000


def meet_laboratories(day: date, *, staff: str, at: datetime, transaction: Transaction) -> None:
    """Put on record whom our staff looked up at the accreditation body."""
    for item in reports.laboratories().values():
        if not item.is_on_record or laboratories.matching(item.name) is not None:
            continue
        with transaction():
            row = laboratories.add_laboratory(
                item.name,
                aliases=item.aliases,
                domains=item.domains,
                verify_hosts=item.verify_hosts,
            )
            laboratories.add_accreditation(
                row,
                body=item.accreditor,
                number=item.number,
                scope=[part.strip() for part in item.scope.split(";")],
                valid_from=day - _ACCREDITED_FOR / 2,
                valid_to=day + _ACCREDITED_FOR / 2,
                evidence=f"Listed by {item.accreditor} (sample data).",
                checked_at=at - _SEEN_AT_BODY,
                checked_by=staff,
            )


def receive(
    day: date, *, staff: str, store: BlobStore, transaction: Transaction, progress: Progress
) -> None:
    """Upload the certificate of every tested lot that has none."""
    there = shelves.known()
    wanted = [each for each in reports.tested_lots() if each[1].slug in there]
    for done, (brand, product, lot) in enumerate(wanted, 1):
        if of_lot(product.slug, lot, day) is None:
            file = certificate(brand, product, lot, day)
            with transaction():
                row = shelves.stored_lot(product.slug, lot, day)
                if row is not None:
                    certificates.receive(
                        file.filename, file.content, uploaded_by=staff, store=store, lot_id=row.id
                    )
        progress("Certificates", done, len(wanted))


def read(
    *,
    store: BlobStore,
    readers: int,
    context: Context,
    transaction: Transaction,
    progress: Progress,
) -> None:
    """Have all that waits read, so many at a time, each by a process of its own."""
    handler = reading.read_handler(store)
    waiting = [each.public_id for each in certificates.recent(_MANY) if each.status in _UNREAD]

    def work(public_id: str) -> None:
        with context():
            handler.run(public_id, transaction)

    with ThreadPoolExecutor(readers) as pool:
        for done, _ in enumerate(pool.map(work, waiting), 1):
            progress("Reading", done, len(waiting))


def of_lot(slug: str, lot: DemoLot, day: date) -> Certificate | None:
    """The certificate about a lot of the demo, if it came in."""
    row = shelves.stored_lot(slug, lot, day)
    return next(iter(certificates.for_lot(row.id)), None) if row is not None else None
