"""Which names might an address be taken for, and which two has a person found to be unrelated?

The index holds the names that somebody vouches for: the brands on record, the retailers that one
of them names, their addresses, and the names that staff imported. A retailer whom nobody names is
not among them: whoever imitates a name would else be excused by being on record. The index lives in
the process and is built again only when a cheap stamp of those rows differs.

A mark says that two names that look alike belong to different companies.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, and_, func, insert, or_, select, union_all

from shop.assay.sellers import facts
from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.facts import AuthorizationStatus, ProductFacts
from shop.assay.sellers.hostnames import Link, host_of, parse
from shop.assay.sellers.names import folded, spellings, squashed
from shop.assay.sellers.protected import Index
from shop.assay.sellers.targets import targets_of
from shop.catalog.models import Brand
from shop.ledger import service as ledger
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import schedule, texts
from shop.sellers.models import Authorization, Domain, Retailer, Unrelated
from shop.sellers.seen import ProtectedName

PAGE = 100
LONGEST_REASON = 2000
MOST_NAMES = 1_000_000
_CHUNK = 1000

_IS_ACTIVE = Authorization.status == AuthorizationStatus.ACTIVE.value

_Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    stamp: _Stamp
    index: Index


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file of names."""

    added: int
    known: int


_held: WeakKeyDictionary[Engine, _Held] = WeakKeyDictionary()
_building = threading.Lock()


def index() -> Index:
    """Every protected name, as the rows are now. One statement when nothing changed."""
    stamp = _stamp()
    held = _held.get(db.engine)
    if held is not None and held.stamp == stamp:
        return held.index
    with _building:  # others wait for this one instead of building the same
        held = _held.get(db.engine)
        if held is None or held.stamp != stamp:
            held = _Held(stamp, Index.build(_names()))
            _held[db.engine] = held
        return held.index


def near(*links: Link) -> tuple[str, ...]:
    """The protected names that one of these hosts might be taken for, each once."""
    named = [link for link in links if link.registrable]
    if not named:
        return ()
    held = index()
    return tuple(dict.fromkeys(name for link in named for name in held.near(link)))


def others_near(links: Iterable[Link], product: ProductFacts) -> tuple[str, ...]:
    """The same without the product's own: its brand's names, and its named sellers'."""
    found = near(*links)
    if not found:
        return ()
    own = _own_names(product)
    return tuple(name for name in found if _key(name) not in own)


def read(lines: Iterable[str]) -> list[str]:
    """The names in a file, each once: one a line, as a host or as it is written; # begins a remark.

    Raises Refused for the first line that is neither.
    """
    return list(dict.fromkeys(_read(lines)))


def protect(names: Sequence[str]) -> Imported:
    """Keep names that shops imitate, as `read` gives them.

    Offers learn of new names with their next inspection, within a week.
    """
    known = set(db.session.scalars(select(ProtectedName.name)))
    new = [name for name in names if name not in known]
    for start in range(0, len(new), _CHUNK):
        rows = [{"name": name} for name in new[start : start + _CHUNK]]
        db.session.execute(insert(ProtectedName), rows)
    db.session.flush()
    return Imported(added=len(new), known=len(names) - len(new))


def mark_unrelated(name: str, other: str, *, reason: str, staff_id: str, at: datetime) -> Unrelated:
    """Keep that two names belong to different companies; the same said twice is said once.

    Names are labels without their endings, as `Link.label` and `labels_of` have them. The offers
    that they concern ring. Raises Refused, and Conflict where a mark stands already.
    """
    first, second = sorted((name.strip().lower(), other.strip().lower()))
    if not first or first == second or len(second) > LONGEST_HOST:
        code = "sellers.unrelated_names"
        raise Refused(code, "Choose two different names.")
    said = _reason(reason)
    ledger.lock()  # before reading what stands: another person may be marking the same
    standing = db.session.scalars(
        select(Unrelated).where(
            Unrelated.name == first, Unrelated.other == second, Unrelated.lifted_at.is_(None)
        )
    ).first()
    if standing is not None and (standing.staff_id, standing.reason) == (staff_id, said):
        return standing
    if standing is not None:
        code = "sellers.unrelated_known"
        raise Conflict(code, f"{first} and {second} are marked as unrelated already.")
    mark = Unrelated(name=first, other=second, reason=said, staff_id=staff_id, marked_at=at)
    db.session.add(mark)
    db.session.flush()
    _ring_for(mark)
    return mark


def lift(public_id: str, *, reason: str, staff_id: str, at: datetime) -> Unrelated:
    """Take a mark back. It stays on record; the offers that it concerned ring.

    Lifting twice is lifting once. Raises NotFound, Refused.
    """
    said = _reason(reason)
    ledger.lock()
    found = mark(public_id)
    if found.lifted_at is None:
        found.lifted_at, found.lifted_by, found.lifted_for = at, staff_id, said
        db.session.flush()
        _ring_for(found)
    return found


def mark(public_id: str) -> Unrelated:
    """One mark, standing or lifted. Raises NotFound."""
    query = select(Unrelated).where(Unrelated.public_id == texts.public_id(public_id))
    found = db.session.scalars(query, execution_options={"populate_existing": True}).first()
    if found is None:
        code = "sellers.no_mark"
        raise NotFound(code, "There is no such mark.")
    return found


def marks(limit: int = PAGE, *, before: str = "") -> Sequence[Unrelated]:
    """All marks, standing and lifted, the newest first; `before` is the last public id shown."""
    wanted = select(Unrelated).order_by(Unrelated.id.desc()).limit(limit)
    if before:
        wanted = wanted.where(Unrelated.id < mark(before).id)
    return db.session.scalars(wanted).all()


def marks_by_id(public_ids: Iterable[str]) -> dict[str, Unrelated]:
    """By public id, in one query; what is none is left out."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    rows = db.session.scalars(select(Unrelated).where(Unrelated.public_id.in_(wanted)))
    return {each.public_id: each for each in rows}


def labels_of(text: str) -> list[str]:
    """What can be marked of an address or a name, as findings give it: "ö.example (xn--...)"."""
    host = text.partition(" (")[0]
    found = [target.label for target in targets_of(host)]
    return [label for label in dict.fromkeys(found) if label]


def unrelated_for(links: Iterable[Link]) -> tuple[facts.Unrelated, ...]:
    """The marks that stand about a name in one of these links."""
    names = {text for link in links for text in (link.label, squashed(link.label)) if text}
    if not names:
        return ()
    is_about = or_(Unrelated.name.in_(names), Unrelated.other.in_(names))
    standing = select(Unrelated).where(Unrelated.lifted_at.is_(None), is_about)
    rows = db.session.scalars(standing.order_by(Unrelated.name, Unrelated.other))
    return tuple(facts.Unrelated(each.name, each.other) for each in rows)


def _stamp() -> _Stamp:
    """Differs whenever a name came, went or changed; one statement.

    The newest row's own word stands beside the count: after a rollback its number is given again.
    """
    parts: list[ColumnElement[Any]] = []
    for table, own in (
        (Brand, Brand.public_id),
        (Retailer, Retailer.public_id),
        (Domain, Domain.public_id),
        (ProtectedName, ProtectedName.name),
    ):
        newest = select(own).order_by(table.id.desc()).limit(1)
        count = select(func.count()).select_from(table)
        parts += [newest.scalar_subquery(), count.scalar_subquery()]
    sums = (
        select(func.sum(Brand.revision)),
        select(func.sum(Retailer.revision)),
        select(func.count()).select_from(Authorization).where(_IS_ACTIVE),
        select(func.sum(Authorization.id)).where(_IS_ACTIVE),
    )
    parts += [each.scalar_subquery() for each in sums]
    return tuple(db.session.execute(select(*parts)).one())


def _names() -> Iterator[str]:
    named = select(Authorization.retailer_id).where(_IS_ACTIVE)
    # An address that only a brand's list names speaks for that brand alone (sellers.reach).
    is_theirs = and_(Domain.retailer_id.in_(named), Domain.named_by_id.is_(None))
    wanted = (
        select(Brand.name),
        select(Retailer.name).where(Retailer.id.in_(named)),
        select(Domain.host).where(or_(Domain.brand_id.is_not(None), is_theirs)),
        select(ProtectedName.name),
    )
    yield from db.session.scalars(union_all(*wanted))


def _own_names(product: ProductFacts) -> set[str]:
    own = set(spellings(product.brand)) | {_key(host.name) for host in product.official}
    for seller in product.sellers:
        if seller.authorization is not None:
            own |= set(spellings(seller.name)) | {_key(host.name) for host in seller.hosts}
    return own


def _key(name: str) -> str:
    """A host or a name as it is compared with one's own: olaplex.com.au is olaplex."""
    if "." not in name:
        return folded(name)
    link = parse(f"https://{name}")
    return squashed(link.label or link.name)


def _read(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if number > MOST_NAMES:
            code = "sellers.protected_too_many"
            raise Refused(code, f"Import at most {MOST_NAMES:,} names at a time.")
        if not text:
            continue
        name = _protectable(text) if text == texts.storable(text) else ""
        if not name or len(name) > LONGEST_HOST:
            code = "sellers.protected_name"
            shown = texts.storable(text)[:60]
            message = f"Line {number} is no website address and no name: {shown}"
            raise Refused(code, message, line=number)
        yield name


def _protectable(text: str) -> str:
    if "." not in text and "/" not in text:
        return folded(text)
    host = host_of(text)
    return host if host and parse(f"https://{host}").is_public else ""


def _reason(text: str) -> str:
    said = texts.storable(text.strip())
    if not said or len(said) > LONGEST_REASON:
        code = "sellers.unrelated_reason"
        raise Refused(code, f"Enter a reason, at most {LONGEST_REASON:,} characters.")
    return said


def _ring_for(found: Unrelated) -> None:
    schedule.ring_for_names((found.name, found.other))
