"""Can this name be a laboratory's own, or a place where its reports are looked up?"""

from collections.abc import Iterable

from sqlalchemy import select

from shop.assay.certificates.hosts import Address, has_known_ending, is_under, keeper, opened
from shop.assay.certificates.known_hosts import ACCREDITORS, CITED, EVERYBODYS, SHORTENERS, VENDORS
from shop.certificates.models import Laboratory
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, Refused

MOST = 50  # of one laboratory
_NOBODYS = ACCREDITORS | CITED | EVERYBODYS


def own_domains(written: Iterable[str], *, of: Laboratory | None = None) -> list[str]:
    """Names that are the laboratory's alone, as browsers open them, each once.

    Raises Refused for what is no name that one laboratory can hold, Conflict where another one
    holds it.
    """
    found = list(dict.fromkeys(_own_domain(each) for each in written))
    _refuse_many(found)
    for host in found:
        _refuse_anothers(host, of)
    return found


def lookup_host(written: str, *, of: Laboratory) -> str:
    """A host, or a bucket on a shared one, to which the laboratory's documents may lead.

    A service that publishes reports for many laboratories is one. Raises as `own_domains`.
    """
    address = _address(written)
    host = keeper(address)
    if not host or is_under(address.host, SHORTENERS):
        code = "laboratory.host_hides"
        message = f"{address.host} does not say whose page it opens. Enter where it leads to."
        raise Refused(code, message, host=address.host)
    if host == address.host:
        _refuse_everybodys(host)
        _refuse_anothers(host, of)
    _refuse_many([*of.verify_hosts, host])
    return host


def _own_domain(written: str) -> str:
    address = _address(written)
    host = address.host.removeprefix("www.")
    _refuse_everybodys(host)
    is_shared = is_under(host, VENDORS | SHORTENERS) or keeper(address) != address.host
    if is_shared:
        code = "laboratory.host_shared"
        message = f"{host} is a service that many use. Add it to the look-up pages instead."
        raise Refused(code, message, host=host)
    return host


def _address(written: str) -> Address:
    """Of a host, or of a page's whole address."""
    text = written.strip()
    address = opened(text)
    if address is None or not has_known_ending(address.host):
        code = "laboratory.host_invalid"
        message = f"{text[:80]} is not a web address of one holder. Enter one like northmere.com."
        raise Refused(code, message, host=text[:80])
    return address


def _refuse_everybodys(host: str) -> None:
    if is_under(host, _NOBODYS):
        code = "laboratory.host_everybodys"
        raise Refused(code, f"{host} is not a laboratory’s: others have pages there.", host=host)


def _refuse_many(hosts: list[str]) -> None:
    if len(set(hosts)) > MOST:
        code = "laboratory.hosts_many"
        raise Refused(code, f"Enter at most {MOST} addresses.")


def _refuse_anothers(host: str, of: Laboratory | None) -> None:
    """What is another laboratory's own cannot be this one's too, nor a name below or above it."""
    for other in db.session.scalars(select(Laboratory).where(Laboratory.retired_at.is_(None))):
        if of is not None and other.id == of.id:
            continue
        if any(is_under(host, (own,)) or is_under(own, (host,)) for own in other.domains):
            code = "laboratory.host_taken"
            message = f"{host} is on record for {other.legal_name}."
            raise Conflict(code, message, host=host, laboratory=other.public_id)
