"""Certificates on record without the reader's process, for tests that do not ask for it."""

from datetime import UTC, datetime

from shop.assay.certificates.facts import FileFacts, Kind
from shop.catalog import service as catalog
from shop.certificates import service, storing
from shop.certificates.reader.wire import Reading
from shop.plumbing.blobs import BlobStore
from tests.assay.certificates.builders import PRINTED, RESULT, field
from tests.catalog.factories import make_product

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
STAFF = "staff23456789abc"


def make_lot(code="MO-2609-B", name="Rosemary Scalp Serum", **more):
    """A lot on sale."""
    product = make_product(name, lot=code, on_hand=5, **more)
    (lot,) = catalog.lots_of([variant.id for variant in catalog.variants_of(product.id)])
    return lot


def make_reading(printed=None, *, text="e" * 64, **more):
    """What the reader says of a good document, with some values printed otherwise."""
    values = {**PRINTED, **(printed or {})}
    fields = tuple(field(name, value) for name, value in values.items() if value is not None)
    file = FileFacts(sha256="", size=0, page_count=1, pages_read=1, text_sha256=text)
    plain = {"kind": Kind.ANALYSIS, "title": "Certificate of Analysis", "results": (RESULT,)}
    return Reading(file=file, fields=fields, **{**plain, **more})


def receive(tmp_path, content=b"%PDF-1.7 one", *, lot_id=None, filename="report.pdf"):
    store = BlobStore(tmp_path / "blobs")
    return service.receive(filename, content, uploaded_by=STAFF, store=store, lot_id=lot_id)


def make_certificate(tmp_path, content=b"%PDF-1.7 one", *, lot_id=None, printed=None, **more):
    """A document that was read."""
    received = receive(tmp_path, content, lot_id=lot_id).certificate
    storing.finish(received.public_id, make_reading(printed, **more), {})
    return service.by_public_id(received.public_id)
