"""Where can a product be bought, and how much of each shop could we confirm?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shop.assay.sellers.facts import SellerState
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.identity_rules import OFFICIAL
from shop.assay.vocabulary import Finding, Outcome, Severity, Subject, SubjectKind
from shop.catalog.models import Product
from shop.sellers import official
from shop.sellers.models import Offer
from shop.sellers.official import Site
from shop.verdicts.service import PublishedVerdict
from shop.web import seller_words, words
from shop.web.addresses import breakable
from shop.web.words import Words

VERIFIED_ONLY = "verified"


@dataclass(frozen=True, slots=True)
class Seller:
    """One link with its verdict, its reasons and their date. `state` is None before the first."""

    offer: Offer
    name: str
    host_pieces: Sequence[str]
    state: SellerState | None
    told: Words
    reasons: Sequence[Finding]
    published: PublishedVerdict | None
    place: tuple[int, int]

    @property
    def title(self) -> str:
        """The word of the state; what decided it is said below."""
        return self.told.title if self.state is None else seller_words.STATES[self.state].title

    @property
    def detail(self) -> str:
        """Why: the brand's own shop, a revocation, or the fixed line of what is not confirmed."""
        return "" if self.state is None else self.told.detail or self.told.title

    @property
    def is_stopped(self) -> bool:
        """Whether the facts come before the way out."""
        is_contradicted = self.state in {SellerState.MISMATCHED, SellerState.SUSPICIOUS}
        return is_contradicted or not self.offer.href


@dataclass(frozen=True, slots=True)
class Shops:
    """The section: what is shown, what the filter hides, and the brand's own address."""

    everybody: Sequence[Seller]
    is_filtered: bool
    brand: str
    site: Site | None  # the brand's own, proven; None: none that we know

    @property
    def shown(self) -> Sequence[Seller]:
        if not self.is_filtered:
            return self.everybody
        return [each for each in self.everybody if each.state is SellerState.VERIFIED]

    @property
    def hidden(self) -> str:
        """How many the filter leaves out, and why."""
        states = [each.state for each in self.everybody]
        return seller_words.hidden([each for each in states if each is not SellerState.VERIFIED])

    @property
    def official(self) -> str:
        return seller_words.official(self.brand, self.site)

    @property
    def confirmed(self) -> int:
        return sum(each.state is SellerState.VERIFIED for each in self.everybody)


def shops_of(
    product: Product,
    offers: Sequence[Offer],
    published: Mapping[Subject, PublishedVerdict],
    *,
    only: str,
    at: datetime,
) -> Shops:
    """The shops in the order of what could be confirmed. `only` is what the address asks for."""
    rows = [_seller(offer, product.brand.name, published) for offer in offers]
    return Shops(
        everybody=sorted(rows, key=lambda each: each.place),
        is_filtered=only == VERIFIED_ONLY,
        brand=product.brand.name,
        site=_official_among(rows) or first_proven(official.sites(product.brand_id, at=at)),
    )


def first_proven(sites: Iterable[Site]) -> Site | None:
    """The first of these addresses that is proven at the moment."""
    return next((site for site in sites if site.proven_on is not None), None)


def _official_among(rows: Iterable[Seller]) -> Site | None:
    """The brand's own address when a link on the page was found to be that: no need to ask."""
    for row in rows:
        said = next((each for each in row.reasons if each.rule is OFFICIAL), None)
        if said is not None and row.state is SellerState.VERIFIED:
            host = parse(row.offer.url).name
            return Site(host, said.details["h"], date.fromisoformat(said.details["date"]))
    return None


def _seller(offer: Offer, brand: str, published: Mapping[Subject, PublishedVerdict]) -> Seller:
    found = published.get(Subject(SubjectKind.OFFER, offer.public_id))
    outcome = found.verdict.outcome if found is not None else Outcome.INDETERMINATE
    findings = found.verdict.findings if found is not None else ()
    is_judged = found is not None
    return Seller(
        offer=offer,
        name=offer.retailer.name if offer.retailer else offer.label or offer.host,
        host_pieces=breakable(offer.host, brand),
        state=seller_words.state(outcome, findings) if is_judged else None,
        told=seller_words.offer(outcome, findings) if is_judged else words.NOT_CHECKED_YET,
        reasons=[each for each in findings if _bears_on_it(each)],
        published=found,
        place=seller_words.place(outcome, findings),
    )


def _bears_on_it(finding: Finding) -> bool:
    return finding.outcome is not Outcome.NOT_APPLICABLE or finding.severity is not Severity.INFO
