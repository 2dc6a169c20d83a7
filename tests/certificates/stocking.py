"""Many reports on file at once, for tests and programs that measure a search among them."""

import itertools
from collections import Counter

from sqlalchemy import func, insert, select

from shop.assay.certificates import alike
from shop.assay.certificates.inside import Inside
from shop.certificates.models import Certificate, CertificateField, NumberBand, Status
from shop.certificates.reader import wire_inside
from shop.plumbing.clock import now
from shop.plumbing.db import db
from tests.certificates.series import honest

_AT_ONCE = 2_000


def fill(count, *, start=0):
    """Put the reports `start` to `start + count` of `series.honest` on file, read and waiting.

    As alikes.keep leaves them, but in bulk: 100,000 take about two minutes. Runs in the caller's
    transaction; call it once per database, or `start` where the last call ended.
    """
    borne = Counter({row.value: row.bearers for row in db.session.execute(_BORNE)})
    first = (db.session.scalar(select(func.max(Certificate.id))) or 0) + 1
    places = iter(range(start, start + count))
    while batch := list(itertools.islice(places, _AT_ONCE)):
        rows = [_row(first + place - start, place) for place in batch]
        db.session.execute(insert(Certificate), [row for row, _ in rows])
        db.session.execute(
            insert(CertificateField),
            [field for row, known in rows for field in _fields(row, known)],
        )
        bands = []
        for row, known in rows:
            own = alike.runs(known.inside.numbers)[: alike.ASKED]
            kept = alike.marks(own, borne)
            borne.update(kept)
            bands += [{"certificate_id": row["id"], "value": run} for run in kept]
        db.session.execute(insert(NumberBand), bands)


_BORNE = select(NumberBand.value, func.count().label("bearers")).group_by(NumberBand.value)


def _row(number, place):
    known = honest(place).facts()
    row = {
        "id": number,
        "file_sha256": known.file.sha256,
        "filename": f"report-{place}.pdf",
        "size": 1,
        "uploaded_by": "bench",
        "status": Status.NEEDS_REVIEW,
        "kind": known.kind,
        "inside": wire_inside.as_json(Inside(numbers=known.inside.numbers)),
        "read_at": now(),
    }
    return row, known


def _fields(row, known):
    for field in known.fields:
        yield {
            "certificate_id": row["id"],
            "name": field.name,
            "value": field.value,
            "raw": field.raw,
            "confidence": field.confidence,
            "source": field.source,
        }
