"""What does staff put on record from a brand's page or letter? Lower in standing than its list.

The page or letter is kept whole, under its SHA-256. Everything runs in the caller's transaction.
"""

from collections.abc import Sequence

from sqlalchemy import select

from shop.assay.sellers.facts import AuthorizationStatus, Source
from shop.assay.sellers.names import folded
from shop.assay.sellers.published import ListedSeller
from shop.catalog.models import Brand
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import evidence, proving, schedule, texts
from shop.sellers.models import Authorization, Domain, NotAuthorized, Retailer, SellerList

# What a document may be, by how it begins.
_BEGINNINGS = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
_CONTROL = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D}


def name_seller(
    brand: Brand,
    seller: ListedSeller,
    *,
    document: str,
    source_url: str = "",
    note: str = "",
    staff_id: str,
) -> Authorization:
    """Keep that the brand names a seller, says its page or letter. Raises Conflict.

    The addresses are kept as the brand's claim about the retailer, as those of a list are.
    """
    retailer = _retailer(seller.name)
    for host in seller.hosts:
        _claim(brand, retailer, host)
    if _is_said(brand, retailer, seller):
        code = "sellers.authorization_known"
        raise Conflict(code, f"{retailer.name} is on record for this already.")
    return evidence.add_authorization(
        brand,
        retailer,
        source=Source.STAFF,
        relation=seller.relation,
        starts_on=seller.starts_on,
        ends_on=seller.ends_on,
        hosts=sorted(set(seller.hosts)),
        paths=seller.paths,
        regions=seller.regions,
        products=seller.products,
        document=document,
        source_url=source_url,
        note=note,
        entered_by=staff_id,
    )


def revoke(authorization: Authorization) -> None:
    """The brand no longer names the seller. Raises Conflict when that is on record."""
    if authorization.status == AuthorizationStatus.REVOKED:
        code = "sellers.authorization_revoked"
        raise Conflict(code, "It is on record as revoked already.")
    evidence.revoke_authorization(authorization, on=now().date())
    proving.void_for(db.session.get_one(Retailer, authorization.retailer_id))


def refuse_host(
    brand: Brand, host: str, *, document: str, source_url: str = "", staff_id: str
) -> NotAuthorized:
    """Keep that the brand's own page names an address as not authorized. Raises Refused."""
    name = evidence.owned_host(host)
    if any(each.host == name for each in evidence.brand_domains(brand.id)):
        code = "sellers.own_address"
        raise Refused(code, f"{name} is an official website of {brand.name}.")
    return evidence.add_not_authorized(
        brand,
        name,
        named_on=now().date(),
        source_url=source_url,
        document=document,
        entered_by=staff_id,
    )


def lift(brand: Brand, host: str) -> None:
    """Take back what staff entered. Raises NotFound, Refused for what the brand's list says."""
    query = select(NotAuthorized).where(
        NotAuthorized.brand_id == brand.id, NotAuthorized.host == texts.storable(host)
    )
    entry = db.session.scalars(query).first()
    if entry is None:
        code = "sellers.refusal_unknown"
        raise NotFound(code, "There is no such entry.")
    if entry.seller_list_id is not None:
        code = "sellers.refusal_of_list"
        raise Refused(code, "The brand’s list says so. It changes when the list does.")
    db.session.delete(entry)
    db.session.flush()
    schedule.ring_for_brand(brand.id)


def authorization(brand_id: int, public_id: str) -> Authorization:
    """One of a brand's. Raises NotFound."""
    query = select(Authorization).where(
        Authorization.public_id == texts.public_id(public_id), Authorization.brand_id == brand_id
    )
    found = db.session.scalars(query).first()
    if found is None:
        code = "sellers.authorization_unknown"
        raise NotFound(code, "There is no such entry.")
    return found


def is_document_of(brand_id: int, digest: str) -> bool:
    """Whether a stored document is evidence about this brand."""
    queries = (
        select(kind.id).where(kind.brand_id == brand_id, kind.document == digest).limit(1)
        for kind in (SellerList, Authorization, NotAuthorized)
    )
    return any(db.session.scalar(query) is not None for query in queries)


def kind_of(content: bytes) -> str:
    """What a document is, as the ending of a file's name. Raises Refused for any other kind."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.strip() and _is_text(content):
        return "html" if b"<html" in content[:2048].lower() else "txt"
    code = "sellers.document_kind"
    raise Refused(code, "Choose a PDF, a picture (PNG, JPEG, WebP, GIF), a saved page or a text.")


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _CONTROL.isdisjoint(content)


def _retailer(name: str) -> Retailer:
    query = select(Retailer).where(Retailer.name_key == folded(name))
    retailer = db.session.scalars(query).first()
    if retailer is None:
        retailer = Retailer(name=name, name_key=folded(name))
        db.session.add(retailer)
        db.session.flush()
    return retailer


def _claim(brand: Brand, retailer: Retailer, host: str) -> None:
    query = select(Domain.id).where(Domain.retailer_id == retailer.id, Domain.host == host)
    if db.session.scalar(query) is None:
        db.session.add(Domain(retailer_id=retailer.id, host=host, named_by_id=brand.id))
        db.session.flush()


def _is_said(brand: Brand, retailer: Retailer, seller: ListedSeller) -> bool:
    query = select(Authorization).where(
        Authorization.brand_id == brand.id,
        Authorization.retailer_id == retailer.id,
        Authorization.source == Source.STAFF,
        Authorization.status == AuthorizationStatus.ACTIVE,
    )
    return any(
        _sets(row.hosts or (), row.paths, row.regions, row.products)
        == _sets(seller.hosts, seller.paths, seller.regions, seller.products)
        and (row.relation, row.starts_on, row.ends_on)
        == (seller.relation, seller.starts_on, seller.ends_on)
        for row in db.session.scalars(query)
    )


def _sets(*values: Sequence[str]) -> list[set[str]]:
    return [set(each) for each in values]
