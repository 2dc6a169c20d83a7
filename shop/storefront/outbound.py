"""The way out to another shop. A link is looked up by id and never taken from the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from shop.assay.sellers.hostnames import host_of, parse
from shop.assay.vocabulary import Finding, Outcome, Subject, SubjectKind
from shop.plumbing import clock
from shop.sellers import following, official
from shop.sellers import service as sellers
from shop.sellers.models import Offer
from shop.sellers.official import Site
from shop.storefront.shops import first_proven
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web import seller_words
from shop.web.access import public
from shop.web.addresses import Comparison, compare, read_host, spelled
from shop.web.context import current_shop
from shop.web.words import Words

bp = Blueprint("outbound", __name__, url_prefix="/go")


@dataclass(frozen=True, slots=True)
class LedOn:
    """An address that the link was seen to lead on to, with the finding that says so."""

    comparison: Comparison
    date: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What stands before the way out. `address` is empty where there is no way on."""

    offer: Offer
    told: Words | None
    findings: Sequence[Finding]
    published: PublishedVerdict | None
    comparison: Comparison
    led_on: Sequence[LedOn]
    site: Site | None  # the brand's own, proven
    twin_said: str
    address: str

    @property
    def brand(self) -> str:
        return self.offer.product.brand.name

    @property
    def lede(self) -> str:
        has_twin = bool(self.comparison.twin)
        return seller_words.lede(self.brand, self.findings, has_twin=has_twin)

    @property
    def official(self) -> str:
        return seller_words.official(self.brand, self.site)

    @property
    def is_twin_official(self) -> bool:
        """Whether the address that was probably meant is the brand's own, and proven."""
        return self.site is not None and host_of(self.comparison.twin) == self.site.host


@bp.get("/<public_id>")
@public
def go(public_id: str) -> Response | str:
    """Straight out, unless something about the address does not match: then that comes first."""
    offer = sellers.offer(public_id)
    published = verdicts.current(Subject(SubjectKind.OFFER, public_id))
    following.clicked(offer, following.clicks(current_shop().config.data_dir))
    does_not_match = published is not None and published.verdict.outcome is Outcome.FAILED
    if offer.href and not does_not_match and not offer.is_hidden:
        response = redirect(offer.href, code=303)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
    leaving = _leaving(offer, published)
    return render_template("storefront/outbound/leaving.html", leaving=leaving, offer=offer)


def _leaving(offer: Offer, published: PublishedVerdict | None) -> Leaving:
    brand = offer.product.brand
    findings = published.verdict.findings if published is not None else ()
    comparison = compare(offer.url, brand.name, findings)
    sites = official.sites(brand.id, at=clock.now())
    twin = next((site for site in sites if site.host == host_of(comparison.twin)), None)
    owner = official.owner_of(host_of(comparison.twin)) if comparison.twin else ""
    return Leaving(
        offer=offer,
        told=seller_words.offer(published.verdict.outcome, findings) if published else None,
        findings=findings,
        published=published,
        comparison=comparison,
        led_on=[_led_on(each, brand.name) for each in findings if _leads_on(each)],
        site=first_proven([*([twin] if twin is not None else []), *sites]),
        twin_said=seller_words.twin(brand.name, twin, owner),
        address=spelled(parse(offer.url)) if offer.href and not offer.is_hidden else "",
    )


def _leads_on(finding: Finding) -> bool:
    return finding.rule.code.startswith("redirect.") and bool(finding.details.get("h2"))


def _led_on(finding: Finding, brand: str) -> LedOn:
    comparison = read_host(finding.details["h2"], brand)
    return LedOn(comparison, finding.details.get("date", ""))
