"""Which laboratories do we know, by which names, and which documents are theirs?"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from shop.assay.certificates.facts import FieldName, Source
from shop.assay.certificates.keys import name_key, name_keys
from shop.assay.certificates.laboratory_names import similar
from shop.certificates import (
    accreditations,
    laboratory_changes,
    laboratory_hosts,
    schedule,
    seen_hosts,
)
from shop.certificates.laboratory_changes import Change
from shop.certificates.models import Certificate, CertificateField, Laboratory
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused

add_accreditation = accreditations.add_accreditation
accreditations_of = accreditations.accreditations_of
LONGEST_NAME = 200
MOST_ALIASES = 50


def add_laboratory(
    legal_name: str,
    *,
    aliases: Sequence[str] = (),
    domains: Sequence[str] = (),
    verify_hosts: Sequence[str] = (),
    staff: str = "",
    at: datetime | None = None,
) -> Laboratory:
    """Put a laboratory on record, and its documents under it.

    Raises Refused for what is no name or no address, Conflict for what is another laboratory's.
    """
    laboratory_changes.hold_names()
    name, others = _names(legal_name, aliases)
    _refuse_known((name, *others))
    laboratory = Laboratory(
        legal_name=name,
        name_key=name_key(name),
        aliases=others,
        domains=laboratory_hosts.own_domains(domains),
        verify_hosts=[],
        signing_certs=[],
        revision=0,
    )
    hosts = [laboratory_hosts.lookup_host(each, of=laboratory) for each in verify_hosts]
    laboratory.verify_hosts = list(dict.fromkeys(hosts))
    _keep(laboratory)
    laboratory_changes.note(laboratory, Change.ADDED, staff=staff, at=at, name=name)
    file_by_name(laboratory)
    return laboratory


def change(
    laboratory: Laboratory,
    *,
    legal_name: str,
    aliases: Sequence[str],
    domains: Sequence[str],
    revision: int,
    staff: str,
    at: datetime,
) -> None:
    """Write its names and own addresses anew; `revision` is the record that staff changed.

    Documents go by their printed names, so that some may become its own and others nobody's.
    Raises as `add_laboratory`, and Conflict where somebody was quicker.
    """
    laboratory_changes.hold_names()
    laboratory_changes.hold(laboratory, revision)
    name, others = _names(legal_name, aliases)
    _refuse_known((name, *others), besides=laboratory.id)
    hosts = laboratory_hosts.own_domains(domains, of=laboratory)
    before = (laboratory.legal_name, laboratory.aliases, laboratory.domains)
    laboratory.legal_name, laboratory.name_key = name, name_key(name)
    laboratory.aliases, laboratory.domains = others, hosts
    _keep(laboratory)
    _note_changes(laboratory, before, staff=staff, at=at)
    if before == (name, others, hosts):
        return
    file_by_name(laboratory)
    laboratory_changes.ring(laboratory.id)


def laboratory(public_id: str) -> Laboratory:
    """The laboratory, also one that was taken off record. Raises NotFound."""
    found = db.session.scalar(select(Laboratory).where(Laboratory.public_id == public_id))
    if found is None:
        code = "laboratory.unknown"
        raise NotFound(code, "There is no such laboratory.", public_id=public_id)
    return found


def laboratories() -> list[Laboratory]:
    """All on record by name."""
    rows = select(Laboratory).where(Laboratory.retired_at.is_(None))
    return list(db.session.scalars(rows.order_by(Laboratory.legal_name)))


def retired() -> list[Laboratory]:
    """Those that were taken off record, the latest first."""
    rows = select(Laboratory).where(Laboratory.retired_at.is_not(None))
    return list(db.session.scalars(rows.order_by(Laboratory.retired_at.desc())))


def matching(printed: str) -> Laboratory | None:
    """The laboratory that a report names, by legal name or alias, apart from case and form.

    A place set apart from the name ("Northmere Analytical, Leeds") does not hide it; one that is
    on record by that very name comes first.
    """
    return _finder(laboratories())(printed)


def similar_to(printed: str) -> str:
    """A name on record that is easily taken for the printed one, where that is on none."""
    if not name_key(printed):
        return ""
    known = laboratories()
    if _finder(known)(printed) is not None:
        return ""
    return similar(printed, (name for each in known for name in (each.legal_name, *each.aliases)))


def file_by_name(*touched: Laboratory) -> None:
    """File documents under the laboratory that they name, and have those judged anew that move.

    Looked at are those of no laboratory, of `touched`, and of ones whose name is theirs but for a
    place.
    """
    known = laboratories()
    find = _finder(known)
    near = {key for each in touched for name in _all_names(each) for key in name_keys(name)}
    ids = {each.id for each in touched} | {each.id for each in known if _keys(each) & near}
    for certificate_id, filed_under, printed in _printed_names(ids):
        found = find(printed)
        laboratory_id = found.id if found else None
        if filed_under == laboratory_id:
            continue
        certificate = db.session.get_one(Certificate, certificate_id)
        certificate.laboratory_id = laboratory_id
        db.session.flush()
        seen_hosts.note(certificate)
        schedule.ring(certificate.public_id)


def _names(legal_name: str, aliases: Iterable[str]) -> tuple[str, list[str]]:
    """The name and the others, each once. Raises Refused for none, or for what does not fit."""
    name = " ".join(legal_name.split())
    if not name_key(name):
        code = "laboratory.name_missing"
        raise Refused(code, "Enter the laboratory's name.")
    by_key: dict[str, str] = {}
    for alias in (" ".join(each.split()) for each in aliases):
        if name_key(alias) and name_key(alias) != name_key(name):
            by_key.setdefault(name_key(alias), alias)
    if len(by_key) > MOST_ALIASES or any(
        len(each) > LONGEST_NAME for each in (name, *by_key.values())
    ):
        code = "laboratory.names_long"
        message = f"Enter at most {MOST_ALIASES} names of at most {LONGEST_NAME} characters each."
        raise Refused(code, message)
    return name, list(by_key.values())


def _refuse_known(names: Iterable[str], *, besides: int | None = None) -> None:
    """One name, one laboratory; the legal name comes first.

    One that was taken off record keeps its legal name from newcomers, so that it can be put back.
    """
    rows = select(Laboratory).order_by(Laboratory.id)
    others = [each for each in db.session.scalars(rows) if each.id != besides]
    for place, name in enumerate(names):
        key = name_key(name)
        holder = next((each for each in others if key in _held(each, is_legal=not place)), None)
        if holder is None:
            continue
        where = "taken off record; put it back" if holder.retired_at else "on record already"
        code = "laboratory.known"
        message = f"{name} is a name of {holder.legal_name}, which is {where}."
        raise Conflict(code, message, name=name, laboratory=holder.public_id)


def _held(known: Laboratory, *, is_legal: bool) -> set[str]:
    if known.retired_at is None:
        return _keys(known)
    return {known.name_key} if is_legal else set()


def _keep(laboratory: Laboratory) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(laboratory)
    except IntegrityError as problem:  # pragma: no cover - hold_names lets nobody in between
        code = "laboratory.known"
        raise Conflict(code, "A laboratory of this name is on record already.") from problem


def _note_changes(
    laboratory: Laboratory,
    before: tuple[str, list[str], list[str]],
    *,
    staff: str,
    at: datetime,
) -> None:
    name, aliases, domains = before
    if name != laboratory.legal_name:
        laboratory_changes.note(
            laboratory, Change.RENAMED, staff=staff, at=at, name=laboratory.legal_name, before=name
        )
    for what, old, new in (
        (Change.NAMES, aliases, laboratory.aliases),
        (Change.DOMAINS, domains, laboratory.domains),
    ):
        if old != new:
            added = [each for each in new if each not in old]
            removed = [each for each in old if each not in new]
            laboratory_changes.note(
                laboratory, what, staff=staff, at=at, added=added, removed=removed
            )


def _finder(known: Sequence[Laboratory]) -> Callable[[str], Laboratory | None]:
    by_key: dict[str, Laboratory] = {}
    for each in known:
        for key in _keys(each):
            by_key.setdefault(key, each)

    def find(printed: str) -> Laboratory | None:
        whole = by_key.get(name_key(printed))
        if whole is not None:
            return whole
        return next((by_key[key] for key in sorted(name_keys(printed)) if key in by_key), None)

    return find


def _keys(known: Laboratory) -> set[str]:
    return {name_key(name) for name in _all_names(known)} - {""}


def _all_names(known: Laboratory) -> tuple[str, ...]:
    return (known.legal_name, *known.aliases)


def _printed_names(laboratory_ids: set[int]) -> Iterable[tuple[int, int | None, str]]:
    """(document, its laboratory, the name that counts: staff's newest) of these and of none.

    Without the documents themselves: there may be many, and few of them move.
    """
    rows = db.session.execute(
        select(
            Certificate.id,
            Certificate.laboratory_id,
            CertificateField.value,
            CertificateField.source,
        )
        .join(CertificateField, CertificateField.certificate_id == Certificate.id)
        .where(
            or_(Certificate.laboratory_id.is_(None), Certificate.laboratory_id.in_(laboratory_ids)),
            CertificateField.name == FieldName.LAB_NAME,
        )
        .order_by(CertificateField.id)
    ).all()
    named: dict[int, tuple[int, int | None, str]] = {}
    for key, laboratory_id, printed, _ in sorted(rows, key=lambda row: row[3] == Source.STAFF):
        named[key] = (key, laboratory_id, printed)
    return named.values()
