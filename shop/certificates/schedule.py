"""When is a document inspected? Once it is read, and whenever what bears on it changes."""

from sqlalchemy import select

from shop.assay import inspection
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog.models import Product
from shop.certificates.models import Certificate
from shop.plumbing import jobs
from shop.plumbing.db import db


def ring(public_id: str) -> None:
    """Have the document inspected, once the caller's transaction is committed."""
    subject = Subject(SubjectKind.CERTIFICATE, public_id)
    jobs.enqueue(inspection.JOB, inspection.key_of(subject))


def ring_for_brand(brand_id: int) -> None:
    """Have the documents about a brand's products inspected: what is known of it has changed."""
    rows = select(Certificate.public_id).join(Product, Product.id == Certificate.product_id)
    for public_id in db.session.scalars(rows.where(Product.brand_id == brand_id)).all():
        ring(public_id)
