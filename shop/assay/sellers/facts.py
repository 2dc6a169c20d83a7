"""What is known about one offer when it is judged: stored, dated evidence and nothing else.

What was seen on the network stands in `observed`. Hosts are as `hostnames.host_of` gives them.
Dates are UTC days; a thing that ends on a day holds through that day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from shop.assay.sellers.observed import NOTHING_OBSERVED, Observed


class SellerState(StrEnum):
    """What a shopper is told about a link. The order is from worst to best."""

    SUSPICIOUS = "suspicious"
    MISMATCHED = "mismatched"
    UNVERIFIED = "unverified"
    VERIFIED = "verified"


class Statement(StrEnum):
    """What whoever placed the link says about it."""

    SOLD_BY = "sold_by"
    OFFICIAL = "official"
    AUTHORIZED = "authorized"
    AUTHENTIC = "authentic"


class ProofMethod(StrEnum):
    """How control of a domain was shown. DNS speaks for all names below, a file for one host."""

    DNS = "dns"
    FILE = "file"
    META = "meta"


class ProofState(StrEnum):
    """Where a proof of control stands."""

    OK = "ok"
    STALE = "stale"  # not confirmed again in time
    LOST = "lost"  # looked for and no longer there
    NONE = "none"


class Source(StrEnum):
    """Who says that a shop may sell."""

    BRAND_LIST = "brand_list"  # published by the brand at its own address
    STAFF = "staff"  # entered by us, from a page or a letter


class AuthorizationStatus(StrEnum):
    """Whether the brand still stands by it."""

    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence that somebody controls a domain. Without its date it proves nothing."""

    state: ProofState = ProofState.NONE
    method: ProofMethod = ProofMethod.DNS
    verified_on: date | None = None
    expires_on: date | None = None
    lost_on: date | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """An address that belongs to a brand or a retailer, with everything below it."""

    name: str
    proof: Proof = Proof()
    is_exact: bool = False  # this host alone

    def covers(self, name: str) -> bool:
        return name == self.name or (not self.is_exact and name.endswith(f".{self.name}"))

    def is_proven_for(self, name: str) -> bool:
        """Whether the proof, whatever its state, speaks for this name."""
        return name == self.name or (self.proof.method is ProofMethod.DNS and self.covers(name))


@dataclass(frozen=True, slots=True)
class Authorization:
    """A brand's word for a seller, and how far it reaches. Empty tuples mean everything."""

    source: Source
    status: AuthorizationStatus = AuthorizationStatus.ACTIVE
    listed_on: date | None = None  # the date of the list that holds it
    starts_on: date | None = None
    ends_on: date | None = None
    revoked_on: date | None = None
    paths: tuple[tuple[str, ...], ...] = ()  # segments, as hostnames.path_of gives them
    regions: tuple[str, ...] = ()  # ISO 3166 codes; "001" is the world
    products: tuple[str, ...] = ()  # names, SKUs, GTINs or categories


@dataclass(frozen=True, slots=True)
class Seller:
    """A retailer on record, with what the brand says about it (None: nothing)."""

    name: str
    hosts: tuple[Host, ...] = ()
    authorization: Authorization | None = None
    is_marketplace: bool = False  # many sellers under one address


@dataclass(frozen=True, slots=True)
class SellerList:
    """The list of sellers that the brand published, as last read."""

    dated: date
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class NotAuthorized:
    """An address that the brand's own page names as not authorized."""

    host: str
    named_on: date


@dataclass(frozen=True, slots=True)
class Unrelated:
    """That staff looked at two names and found two companies. Labels, without their endings."""

    name: str
    other: str

    def covers(self, one: str, two: str) -> bool:
        return {one, two} == {self.name, self.other}


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """One product, its brand, and everybody who is known to sell for it."""

    brand: str
    category: str = "hair care"  # as in "this product is ..."; with its article
    official: tuple[Host, ...] = ()
    seller_list: SellerList | None = None  # None: none that we could read
    sellers: tuple[Seller, ...] = ()
    not_authorized: tuple[NotAuthorized, ...] = ()
    unrelated: tuple[Unrelated, ...] = ()
    region: str = "US"  # where we sell
    product_keys: tuple[str, ...] = ()  # by what a list may name this product

    def current_list(self, today: date) -> SellerList | None:
        listed = self.seller_list
        if listed is None or (listed.expires_on is not None and listed.expires_on < today):
            return None
        return listed

    def changes_at(self) -> tuple[datetime, ...]:
        """The moments at which something here changes by the calendar alone."""
        starts = [seller.authorization.starts_on for seller in self.sellers if seller.authorization]
        ends = [seller.authorization.ends_on for seller in self.sellers if seller.authorization]
        hosts = [*self.official, *(host for seller in self.sellers for host in seller.hosts)]
        ends += [host.proof.expires_on for host in hosts]
        ends += [self.seller_list.expires_on] if self.seller_list else []
        days = [day for day in starts if day] + [day + timedelta(days=1) for day in ends if day]
        return tuple(sorted(datetime.combine(day, time(), UTC) for day in set(days)))


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One offer: a link, what is said with it, what was seen when it was followed.

    `protected` holds the names of others that the link's host might be taken for, as
    `protected.Index.near` gave them: the index may hold a million names, the facts hold these.
    """

    link: str
    product: ProductFacts
    declared_seller: str = ""
    statement: Statement | None = None
    observed: Observed = NOTHING_OBSERVED
    protected: tuple[str, ...] = ()
