"""What follows from a new list of a brand? Its word for each seller is brought in step with it.

A list speaks for its own brand alone. It cannot take over a retailer's record: a name that is on
record stays as it is, and the addresses that the list names are kept as this brand's claim
(`Domain.named_by_id`), without proof. Runs in the caller's transaction; what nobody changed is
not written again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import delete, insert, or_, select, update

from shop.assay.sellers.challenge_states import Ending
from shop.assay.sellers.facts import AuthorizationStatus, Source
from shop.assay.sellers.names import folded
from shop.assay.sellers.published import ListedSeller, PublishedList
from shop.plumbing.db import db
from shop.sellers import proof_records, schedule
from shop.sellers.models import (
    Authorization,
    Domain,
    DomainProof,
    NotAuthorized,
    Retailer,
    SellerList,
)
from shop.sellers.seen import Challenge

_AT_ONCE = 1000  # values in one IN
# What an entry says; two that say the same are one.
_SCOPE = ("relation", "starts_on", "ends_on", "hosts", "paths", "regions", "products")
_Key = tuple[object, ...]
_Wanted = dict[int, list[dict[str, Any]]]  # by retailer
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Change:
    """What a new list did: how many entries are new, changed, as before, and gone."""

    added: int = 0
    changed: int = 0
    kept: int = 0
    revoked: int = 0


def apply(
    brand_id: int, published: PublishedList, *, document: str, source_url: str, at: datetime
) -> Change:
    """Put the list on record as the brand's newest, and everything that it says."""
    listed = SellerList(
        brand_id=brand_id,
        dated=at.date(),
        expires_on=published.expires_on,
        source_url=source_url,
        document=document,
        read_at=at,
    )
    db.session.add(listed)
    db.session.flush()
    retailer_ids = _retailers(published.sellers)
    _record_hosts(brand_id, published.sellers, retailer_ids)
    change = _bring_in_step(brand_id, _wanted(published.sellers, retailer_ids), listed, at)
    _refuse(brand_id, published, listed, at.date())
    schedule.ring_for_brand(brand_id)
    return change


def _retailers(sellers: Sequence[ListedSeller]) -> dict[str, int]:
    """The retailers that the list names, by name key; those that are new are put on record."""
    names = {folded(seller.name): seller.name for seller in reversed(sellers)}
    known = _known_retailers(names)
    missing = [
        {"name": name, "name_key": key, "is_marketplace": False, "note": ""}
        for key, name in names.items()
        if key not in known
    ]
    if missing:
        db.session.execute(insert(Retailer), missing)
        known |= _known_retailers(key for key in names if key not in known)
    return known


def _known_retailers(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _in_parts(keys):
        query = select(Retailer.name_key, Retailer.id).where(Retailer.name_key.in_(some))
        found |= {row.name_key: row.id for row in db.session.execute(query)}
    return found


def _record_hosts(
    brand_id: int, sellers: Sequence[ListedSeller], retailer_ids: Mapping[str, int]
) -> None:
    wanted = dict.fromkeys(
        (retailer_ids[folded(seller.name)], host) for seller in sellers for host in seller.hosts
    )
    known: set[tuple[int | None, str]] = set()
    for some in _in_parts(set(retailer_ids.values())):
        query = select(Domain.retailer_id, Domain.host).where(Domain.retailer_id.in_(some))
        known |= {(retailer_id, host) for retailer_id, host in db.session.execute(query)}
    missing = [
        {"retailer_id": retailer_id, "host": host, "named_by_id": brand_id, "is_exact": False}
        for retailer_id, host in wanted
        if (retailer_id, host) not in known
    ]
    if missing:
        db.session.execute(insert(Domain), missing)


def _wanted(sellers: Sequence[ListedSeller], retailer_ids: Mapping[str, int]) -> _Wanted:
    found: _Wanted = defaultdict(list)
    for seller in sellers:
        found[retailer_ids[folded(seller.name)]].append(
            {
                "relation": seller.relation,
                "starts_on": seller.starts_on,
                "ends_on": seller.ends_on,
                "hosts": sorted(set(seller.hosts)),
                "paths": sorted(set(seller.paths)),
                "regions": sorted(set(seller.regions)),
                "products": sorted(set(seller.products)),
            }
        )
    return found


def _bring_in_step(brand_id: int, wanted: _Wanted, listed: SellerList, at: datetime) -> Change:
    query = select(Authorization).where(
        Authorization.brand_id == brand_id, Authorization.source == Source.BRAND_LIST
    )
    there: dict[int, list[Authorization]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(Authorization.status, Authorization.id)):
        there[row.retailer_id].append(row)
    steps = [_compared(key, there.pop(key, []), entries) for key, entries in wanted.items()]
    added = [entry for step in steps for entry in step.new]
    revoked = _revoke(there, wanted, at.date())
    _delete(row for step in steps for row in step.surplus)
    db.session.flush()
    if added:
        same = {"brand_id": brand_id, "source": Source.BRAND_LIST, "seller_list_id": listed.id}
        db.session.execute(insert(Authorization), [entry | same for entry in added])
    _move_on(brand_id, listed)
    _end_proofs(revoked, at)
    return Change(
        added=len(added),
        changed=sum(step.changed for step in steps),
        kept=sum(step.kept for step in steps),
        revoked=len(revoked),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """One retailer's entries of the new list, against what is on record for it."""

    kept: int
    changed: int
    new: Sequence[dict[str, Any]]
    surplus: Sequence[Authorization]


def _compared(
    retailer_id: int, rows: Sequence[Authorization], entries: Sequence[dict[str, Any]]
) -> _Step:
    """Rows that say something else are written anew, the revoked ones too: a seller that the list
    names again must not read as revoked.
    """
    active = {_said(row): row for row in rows if row.status == AuthorizationStatus.ACTIVE}
    kept = {key: active[key] for key in map(_key, entries) if key in active}
    left = [entry for entry in entries if _key(entry) not in kept]
    kept_ids = {row.id for row in kept.values()}
    free = [row for row in rows if row.id not in kept_ids]
    for row, entry in zip(free, left, strict=False):
        for name, value in entry.items():
            setattr(row, name, value)
        row.status, row.revoked_on = AuthorizationStatus.ACTIVE, None
    new = [{"retailer_id": retailer_id, **entry} for entry in left[len(free) :]]
    return _Step(len(kept), min(len(free), len(left)), new, free[len(left) :])


def _said(row: Authorization) -> _Key:
    return _key({name: getattr(row, name) for name in _SCOPE})


def _key(entry: Mapping[str, Any]) -> _Key:
    values = (entry[name] for name in _SCOPE)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _revoke(
    there: Mapping[int, Sequence[Authorization]], wanted: _Wanted, today: date
) -> list[int]:
    """The brand names these no longer. What it names as another's address is not taken back."""
    others = {host for entries in wanted.values() for entry in entries for host in entry["hosts"]}
    revoked: list[int] = []
    for row in chain.from_iterable(there.values()):
        if row.status == AuthorizationStatus.ACTIVE:
            row.status, row.revoked_on = AuthorizationStatus.REVOKED, today
            revoked.append(row.retailer_id)
        if row.hosts is not None and not others.isdisjoint(row.hosts):
            row.hosts = [host for host in row.hosts if host not in others]
    return list(dict.fromkeys(revoked))


def _delete(rows: Iterable[Authorization]) -> None:
    for some in _in_parts(row.id for row in rows):
        db.session.execute(delete(Authorization).where(Authorization.id.in_(some)))


def _move_on(brand_id: int, listed: SellerList) -> None:
    """Everything that the brand says now, it says in the new list."""
    said = (
        Authorization.brand_id == brand_id,
        Authorization.source == Source.BRAND_LIST,
        Authorization.status == AuthorizationStatus.ACTIVE,
    )
    db.session.execute(update(Authorization).where(*said).values(seller_list_id=listed.id))


def _end_proofs(retailer_ids: Sequence[int], at: datetime) -> None:
    """A seller whom no brand names any longer has to show its addresses anew to be believed."""
    ended: list[int] = []
    for some in _in_parts(retailer_ids):
        still = select(Authorization.retailer_id).where(
            Authorization.retailer_id.in_(some),
            Authorization.status == AuthorizationStatus.ACTIVE,
        )
        shown = or_(
            Domain.id.in_(select(DomainProof.domain_id)), Domain.id.in_(select(Challenge.domain_id))
        )
        query = select(Domain.id).where(
            Domain.retailer_id.in_(some), Domain.retailer_id.not_in(still), shown
        )
        ended += db.session.scalars(query)
    if ended:
        proof_records.end_all(ended, Ending.SELLER_REMOVED, at)


def _refuse(brand_id: int, published: PublishedList, listed: SellerList, today: date) -> None:
    """Keep whom the list names as not authorized. What staff entered stays until the list names
    the same address as a seller's.
    """
    named = {host for seller in published.sellers for host in seller.hosts}
    wanted = {entry.host: entry.since for entry in published.not_authorized}
    query = select(NotAuthorized).where(NotAuthorized.brand_id == brand_id)
    for row in db.session.scalars(query):
        is_of_a_list = row.seller_list_id is not None
        if row.host in named or (is_of_a_list and row.host not in wanted):
            db.session.delete(row)
        elif is_of_a_list:
            row.seller_list_id = listed.id
            row.named_on = wanted[row.host] or row.named_on
        wanted.pop(row.host, None)
    db.session.flush()
    of_list = {"brand_id": brand_id, "seller_list_id": listed.id}
    missing = [
        {"host": host, "named_on": since or today, **of_list} for host, since in wanted.items()
    ]
    if missing:
        db.session.execute(insert(NotAuthorized), missing)


def _in_parts(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    waiting = iter(values)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
