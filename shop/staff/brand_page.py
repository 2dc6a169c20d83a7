"""What stands on the desk's page of a brand? Its websites, its list, and whom it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.assay.policy import Mark
from shop.assay.sellers.facts import AuthorizationStatus, Source
from shop.assay.sellers.hostnames import parse
from shop.catalog.models import Brand
from shop.plumbing.clock import now
from shop.sellers import list_records, lists
from shop.sellers import service as sellers
from shop.sellers.list_records import BrandRow
from shop.sellers.models import Authorization, NotAuthorized, SellerList
from shop.sellers.seen import ListSource
from shop.staff import proof_words
from shop.staff.proof_words import Address
from shop.web import list_words
from shop.web.words import Words

RELATIONS: Mapping[str, str] = {
    "reseller": "Reseller",
    "direct": "The brand’s own shop",
    "marketplace-store": "A page on a marketplace",
}
_REVOKED = Words(Mark.STOP, "Revoked")
_BY_LIST = Words(Mark.OK, "On the brand’s list")
_BY_STAFF = Words(Mark.INFO, "Entered by staff")
_ENDED = Words(Mark.OLD, "Ended")
_COMING = Words(Mark.REVIEW, "Not yet")


@dataclass(frozen=True, slots=True)
class Named:
    """One seller that the brand names or named."""

    row: Authorization
    told: Words
    hosts: Sequence[str]
    limits: Sequence[str]  # what its word is limited to, one line each


@dataclass(frozen=True, slots=True)
class BrandPage:
    """Everything that the page shows."""

    brand: Brand
    addresses: Sequence[Address]
    source: ListSource | None
    list_told: Words
    history: Sequence[SellerList]
    named: Sequence[Named]
    refused: Sequence[tuple[NotAuthorized, str]]  # with its host as a browser shows it
    count: int
    start: int

    @property
    def after(self) -> int:
        """Where the next page of sellers starts; 0 when there is none."""
        end = self.start + len(self.named)
        return end if end < self.count else 0


def build(brand: Brand, *, start: int = 0) -> BrandPage:
    """In a fixed number of statements, however many sellers the brand names."""
    at = now()
    history = list_records.history(brand.id)
    source = lists.source_of(brand.id)
    return BrandPage(
        brand=brand,
        addresses=proof_words.addresses(sellers.brand_domains(brand.id)),
        source=source,
        list_told=_list_told(source, history, at),
        history=history,
        named=[_named(row, at) for row in list_records.authorizations(brand.id, start=start)],
        refused=[(row, _shown(row.host)) for row in list_records.refused(brand.id)],
        count=list_records.count_authorizations(brand.id),
        start=start,
    )


def row_told(row: BrandRow, at: datetime) -> Words:
    """Where a brand's list stands, in the list of brands."""
    if row.problem:
        is_late = row.failing_since is not None and at - row.failing_since >= lists.PATIENCE
        return Words(Mark.WARN if is_late else Mark.REVIEW, "Could not be read")
    if row.dated is None:
        return Words(Mark.NONE, "None on record")
    if row.expires_on is not None and row.expires_on < at.date():
        return Words(Mark.OLD, "Ended")
    return Words(Mark.OK, "Read")


def _list_told(source: ListSource | None, history: Sequence[SellerList], at: datetime) -> Words:
    if source is not None and source.tried_at is None:
        return Words(Mark.REVIEW, "Not read yet", "A worker reads it in a moment.")
    if source is not None and source.problem:
        return Words(Mark.WARN, "Could not be used", list_words.reason(source.problem))
    if not history:
        return Words(Mark.NONE, "None on record", "The brand’s sellers cannot be verified.")
    ends = history[0].expires_on
    if ends is not None and ends < at.date():
        return Words(Mark.OLD, "Ended", "Its sellers are no longer verified.")
    return Words(Mark.OK, "Read")


def _named(row: Authorization, at: datetime) -> Named:
    hosts = list(map(_shown, row.hosts or ()))
    return Named(row, _state(row, at), hosts, _limits(row))


def _shown(host: str) -> str:
    return parse(f"https://{host}").shown


def _state(row: Authorization, at: datetime) -> Words:
    if row.status == AuthorizationStatus.REVOKED:
        return _REVOKED
    if row.ends_on is not None and row.ends_on < at.date():
        return _ENDED
    if row.starts_on is not None and row.starts_on > at.date():
        return _COMING
    return _BY_LIST if row.source == Source.BRAND_LIST else _BY_STAFF


def _limits(row: Authorization) -> list[str]:
    told = [
        (f"Pages: {', '.join(row.paths)}", row.paths),
        (f"Countries: {', '.join(row.regions)}", row.regions),
        (f"Products: {', '.join(row.products)}", row.products),
    ]
    return [line for line, values in told if values]
