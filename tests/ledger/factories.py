"""Records to put on the ledger."""

from shop.assay.log.entries import EntryKind
from shop.ledger import service
from shop.plumbing.db import transaction


def record(name="one"):
    return {"subject": {"kind": "offer", "id": f"offer-{name}"}, "outcome": "passed", "note": name}


def append(count=1, *, start=0):
    """Append records one by one, each in a transaction of its own."""
    for number in range(start, start + count):
        with transaction():
            service.append(EntryKind.PUBLISHED, record(str(number)))


def checkpoint():
    with transaction():
        service.write_checkpoint()
