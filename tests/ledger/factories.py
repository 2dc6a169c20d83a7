"""Records to put on the ledger, and a way to alter what is there."""

from sqlalchemy import text

from shop.assay.log.entries import EntryKind
from shop.ledger import service
from shop.plumbing.db import db, transaction


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


def tamper(*statements):
    """Change rows behind the triggers' back, as whoever owns the database can."""
    with transaction():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            triggers = db.session.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            )
            for name in triggers.scalars().all():
                db.session.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            db.session.execute(statement)
    db.session.expire_all()
