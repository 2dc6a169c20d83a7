"""Which jobs do inspections run, and what is due for one?"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from shop.assay import inspection
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog import service as catalog
from shop.catalog.standings import STANDING_JOB
from shop.certificates import service as certificates
from shop.inspections import documents, service, standing
from shop.plumbing.clock import now
from shop.plumbing.errors import NotFound
from shop.plumbing.jobs import Handler, Transaction
from shop.verdicts import service as verdicts

_FORGOTTEN = timedelta(minutes=5)


def ring_for_due() -> None:
    """Ring for every verdict whose time is over, and for what was read and never judged."""
    moment = now()
    for subject in (*verdicts.due(moment), *_never_judged(older_than=moment - _FORGOTTEN)):
        service.ring(subject)


def _never_judged(*, older_than: datetime) -> list[Subject]:
    """Documents whose bell was lost before their first verdict."""
    read = [
        Subject(SubjectKind.CERTIFICATE, public_id)
        for public_id in certificates.waiting(older_than=older_than)
    ]
    judged = verdicts.current_for(read)
    return [subject for subject in read if subject not in judged]


def _inspect(key: str, transaction: Transaction) -> None:
    subject, at = inspection.subject_of(key), now()
    with transaction():
        published = service.inspect(subject, at=at)
        if subject.kind is SubjectKind.CERTIFICATE:
            documents.keep_up(published, at)


def _give_up(key: str, transaction: Transaction) -> None:
    with transaction():
        service.give_up(inspection.subject_of(key), at=now())


def _refresh(key: str, transaction: Transaction) -> None:
    with transaction():
        try:
            product = catalog.product(key)
        except NotFound:
            return  # gone since the bell rang
        standing.refresh(product.id)


HANDLERS: Mapping[str, Handler] = {
    inspection.JOB: Handler(_inspect, gave_up=_give_up),
    STANDING_JOB: Handler(_refresh),
}
