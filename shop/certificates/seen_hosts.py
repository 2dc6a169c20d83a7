"""Where do a laboratory's documents lead, and which of these hosts are its own?

Laboratories publish through services, aliases and storage. What was seen is proposed to staff, who
say; an approved host joins the laboratory's `verify_hosts`.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from shop.assay.certificates.checks_links import is_lookup
from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.hosts import is_under, keeper, opened
from shop.assay.certificates.inside import LinkKind
from shop.assay.certificates.known_hosts import SHORTENERS
from shop.certificates import contents, schedule
from shop.certificates.models import Certificate, HostSighting, Laboratory, SeenHost, Status
from shop.certificates.reader import wire_inside
from shop.plumbing.db import db

PROPOSED, APPROVED, REFUSED = "proposed", "approved", "refused"


def note(certificate: Certificate) -> None:
    """Bring on record to which hosts the document leads to be looked up.

    Called when it is read, and when its laboratory or status changes. A document of no laboratory
    on record, or one that staff rejected, proposes nothing.
    """
    is_counted = certificate.laboratory_id is not None and certificate.status != Status.REJECTED
    wanted = _look_ups(certificate) if is_counted else {}
    known = _sighted(certificate)
    for seen in known:
        if seen.laboratory_id != certificate.laboratory_id or seen.host not in wanted:
            _unsee(seen, certificate)
        else:
            del wanted[seen.host]
    if certificate.laboratory_id is not None:
        laboratory = db.session.get_one(Laboratory, certificate.laboratory_id)
        for host, kind in wanted.items():
            _see(laboratory, host, kind, certificate)
    db.session.flush()


def proposed(laboratory_id: int) -> list[SeenHost]:
    """What staff have not decided yet, most documents first."""
    rows = db.session.scalars(
        select(SeenHost)
        .where(SeenHost.laboratory_id == laboratory_id, SeenHost.state == PROPOSED)
        .order_by(SeenHost.documents.desc(), SeenHost.id)
    )
    return list(rows)


def decide(seen: SeenHost, *, is_approved: bool, staff: str, at: datetime) -> None:
    """Make the host one of the laboratory's, or not, and judge its documents anew.

    A later decision replaces an earlier one: refusing takes an approved host away.
    """
    laboratory = db.session.get_one(Laboratory, seen.laboratory_id, with_for_update=True)
    others = [host for host in laboratory.verify_hosts if host != seen.host]
    laboratory.verify_hosts = [*others, seen.host] if is_approved else others
    seen.state = APPROVED if is_approved else REFUSED
    seen.decided_by, seen.decided_at = staff, at
    db.session.flush()
    documents = select(Certificate.public_id).where(Certificate.laboratory_id == laboratory.id)
    for public_id in db.session.scalars(documents).all():
        schedule.ring(public_id)


def forget(laboratory_id: int) -> None:
    """Drop what was seen of a laboratory that is taken off record."""
    own = select(SeenHost.id).where(SeenHost.laboratory_id == laboratory_id)
    db.session.execute(delete(HostSighting).where(HostSighting.seen_host_id.in_(own)))
    db.session.execute(delete(SeenHost).where(SeenHost.laboratory_id == laboratory_id))


def _look_ups(certificate: Certificate) -> dict[str, LinkKind]:
    """Hosts, and buckets on shared ones, that codes and the printed address lead to."""
    links = wire_inside.inside(certificate.inside).links
    urls = [(link.url, LinkKind.QR) for link in links if link.kind is LinkKind.QR]
    fields = contents.fields_of(certificate.id)
    urls += [(row.value, LinkKind.TEXT) for row in fields if row.name == FieldName.VERIFY_URL]
    found: dict[str, LinkKind] = {}
    for url, kind in urls:
        address = opened(url)
        if address and is_lookup(address) and not is_under(address.host, SHORTENERS):
            found.setdefault(keeper(address), kind)
    return {host: kind for host, kind in found.items() if host}


def _sighted(certificate: Certificate) -> list[SeenHost]:
    rows = db.session.scalars(
        select(SeenHost)
        .join(HostSighting, HostSighting.seen_host_id == SeenHost.id)
        .where(HostSighting.certificate_id == certificate.id)
        .order_by(SeenHost.id)
    )
    return list(rows)


def _see(laboratory: Laboratory, host: str, kind: LinkKind, certificate: Certificate) -> None:
    seen = _on_record(laboratory.id, host)
    if seen is None:
        if is_under(host, (*laboratory.domains, *laboratory.verify_hosts)):
            return
        seen = SeenHost(
            laboratory_id=laboratory.id, host=host, kind=kind, certificate_id=certificate.id
        )
        try:
            with db.session.begin_nested():
                db.session.add(seen)
        except IntegrityError:  # another document of the laboratory, this very moment
            seen = _on_record(laboratory.id, host)
    if seen is not None:
        db.session.add(HostSighting(seen_host_id=seen.id, certificate_id=certificate.id))
        seen.documents = SeenHost.documents + 1


def _unsee(seen: SeenHost, certificate: Certificate) -> None:
    db.session.execute(
        delete(HostSighting).where(
            HostSighting.seen_host_id == seen.id, HostSighting.certificate_id == certificate.id
        )
    )
    seen.documents = SeenHost.documents - 1
    db.session.flush()
    db.session.refresh(seen)
    if seen.documents <= 0 and seen.state == PROPOSED:
        db.session.delete(seen)


def _on_record(laboratory_id: int, host: str) -> SeenHost | None:
    return db.session.scalar(
        select(SeenHost).where(SeenHost.laboratory_id == laboratory_id, SeenHost.host == host)
    )
