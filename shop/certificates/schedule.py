"""When is a document inspected? Once it is read, and whenever what bears on it changes."""

from shop.assay import inspection
from shop.assay.vocabulary import Subject, SubjectKind
from shop.plumbing import jobs


def ring(public_id: str) -> None:
    """Have the document inspected, once the caller's transaction is committed."""
    subject = Subject(SubjectKind.CERTIFICATE, public_id)
    jobs.enqueue(inspection.JOB, inspection.key_of(subject))
