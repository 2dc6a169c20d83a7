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
    places = iter(range(start, start + count))
    while batch := list(itertools.islice(places, _AT_ONCE)):
        known = [honest(place).facts() for place in batch]
        rows = [_row(place, facts) for place, facts in zip(batch, known, strict=True)]
        ids = db.session.scalars(_NEW, rows).all()
        pairs = list(zip(ids, known, strict=True))
        fields = [field for number, facts in pairs for field in _fields(number, facts)]
        db.session.execute(insert(CertificateField), fields)
        bands = []
        for number, facts in pairs:
            kept = alike.marks(alike.runs(facts.inside.numbers)[: alike.ASKED], borne)
            borne.update(kept)
            bands += [{"certificate_id": number, "value": run} for run in kept]
        db.session.execute(insert(NumberBand), bands)


_BORNE = select(NumberBand.value, func.count().label("bearers")).group_by(NumberBand.value)
_NEW = insert(Certificate).returning(Certificate.id, sort_by_parameter_order=True)


def _row(place, known):
    return {
        "file_sha256": known.file.sha256,
        "filename": f"report-{place}.pdf",
        "size": 1,
        "uploaded_by": "bench",
        "status": Status.NEEDS_REVIEW,
        "kind": known.kind,
        "inside": wire_inside.as_json(Inside(numbers=known.inside.numbers)),
        "read_at": now(),
    }


def _fields(number, known):
    for field in known.fields:
        yield {
            "certificate_id": number,
            "name": field.name,
            "value": field.value,
            "raw": field.raw,
            "confidence": field.confidence,
            "source": field.source,
        }
