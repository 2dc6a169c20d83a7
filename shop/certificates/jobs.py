"""The job that has one document read; what is slow happens with no transaction open."""

from datetime import timedelta

from shop.certificates import confirming, service, storing
from shop.certificates.reader import parent
from shop.certificates.reader.limits import DEFAULT, Limits
from shop.plumbing.blobs import BlobStore
from shop.plumbing.clock import now
from shop.plumbing.errors import Unavailable
from shop.plumbing.jobs import Handler, Transaction

READ_JOB = service.READ_JOB
# Left for so long, a document has lost its bell (jobs lease for two minutes).
_FORGOTTEN = timedelta(minutes=5)


def read_handler(store: BlobStore, *, limits: Limits = DEFAULT) -> Handler:
    """Read a quarantined document and ring for its inspection. Safe to run twice.

    What goes wrong on this machine (a full disk, a reader that cannot be started) fails the job,
    which is tried again; what is wrong with the document is its reading.
    """

    def run(public_id: str, transaction: Transaction) -> None:
        with transaction():
            digest = storing.begin(public_id)
        if digest is None:
            return
        reading = parent.read(store.get(digest), limits=limits)
        if reading.file.sha256 != digest:
            code = "certificate.altered"
            raise Unavailable(code, "What is stored is not what was uploaded.", digest=digest)
        blobs = {(page.number, page.revision): store.put(page.content) for page in reading.previews}
        with transaction():
            storing.finish(public_id, reading, blobs)

    def gave_up(public_id: str, transaction: Transaction) -> None:
        with transaction():
            storing.give_up(public_id)

    return Handler(run, gave_up)


def sweep() -> None:
    """Ring again for documents that were stored and never read, and pages never fetched."""
    forgotten = now() - _FORGOTTEN
    service.ring_for_unread(older_than=forgotten)
    confirming.ring_for_asked(older_than=forgotten)
