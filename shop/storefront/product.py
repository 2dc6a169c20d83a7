"""A product's page: certificates, sellers and claims side by side, each with its own verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.assay.certificates.evidence import DOES_NOT_PROVE, NEVER_PROVES, WORDS, Level
from shop.assay.policy import Mark, weight
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog import service as catalog
from shop.catalog.models import Media, Product, Variant
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, CertificatePage, Status
from shop.claims import service as claims
from shop.claims.service import ClaimRow
from shop.orders.stock import FreeLot, free_lots_among
from shop.plumbing import clock
from shop.plumbing.errors import NotFound
from shop.sellers import service as sellers
from shop.storefront.measured import Measured, measured
from shop.storefront.proofs import told_of
from shop.storefront.reports import Report, facts_of, report
from shop.storefront.shops import Seller, Shops, shops_of
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web import words
from shop.web.access import public
from shop.web.words import Words

bp = Blueprint("product", __name__)

_Verdicts = Mapping[Subject, PublishedVerdict]


@dataclass(frozen=True, slots=True)
class Ware:
    """A variant with the lot that the next bottle comes from."""

    variant: Variant
    lot: FreeLot | None
    told: Words
    problem: str

    @property
    def can_be_bought(self) -> bool:
        return self.lot is not None and not self.problem


@dataclass(frozen=True, slots=True)
class Panel:
    """The certificate shown first, with what it says and what we checked."""

    report: Report
    facts: Sequence[tuple[str, str]]
    measured: Measured
    pages: Sequence[CertificatePage]
    level: Level

    @property
    def known(self) -> str:
        """How much is known about the report, and what that does not prove."""
        return f"{WORDS[self.level]} {DOES_NOT_PROVE[self.level]} {NEVER_PROVES}"

    @property
    def source(self) -> str:
        """Northmere Analytical, report NM-26-10417. Checked 12 Oct 2026."""
        said = dict(self.facts)
        report_no = said.get("Report", "")
        who = [said.get("Laboratory", ""), f"report {report_no}" if report_no else ""]
        parts = [", ".join(filter(None, who)), self.report.told.detail]
        return ". ".join(filter(None, parts)) + "."


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything on the page, looked up and decided before the template begins."""

    product: Product
    pictures: Sequence[Media]
    wares: Sequence[Ware]
    panel: Panel | None
    earlier: Sequence[Report]
    shops: Shops
    claims: Sequence[ClaimRow]
    record: PublishedVerdict | None  # the verdict whose ledger entry the page names

    @property
    def first(self) -> Ware | None:
        return self.wares[0] if self.wares else None

    @property
    def is_sold(self) -> bool:
        """Whether a price and a form are shown at all."""
        return self.product.is_for_sale and any(
            ware.variant.price_minor is not None for ware in self.wares
        )

    @property
    def headline(self) -> Words:
        """The plate of a product that is not sold here."""
        standing = self.product.standing
        if standing is None:
            return words.NO_CERTIFICATE
        told = words.headline(standing.headline, standing.details)
        if told.mark is Mark.WARN and not self.product.is_for_sale:
            return Words(Mark.WARN, words.FLAGGED_PRODUCT, self._unconfirmed)
        return told

    @property
    def _unconfirmed(self) -> str:
        counted = [each for each in self.claims if each.level]
        without = "no certificate" if self.panel is None else "a certificate that is not verified"
        shops = self.shops
        return (
            f"{without.capitalize()}, {shops.confirmed} of {len(shops.everybody)} sellers "
            "confirmed, "
            f"evidence for {len(counted)} of {len(self.claims)} claims."
        )


@bp.get("/p/<slug>")
@public
def show(slug: str) -> str | Response:
    """The page; an address that the product had before leads to it."""
    try:
        product = catalog.product_by_slug(slug)
    except NotFound:
        target = catalog.old_slug_target(slug)
        if target is None:
            raise
        return redirect(url_for("product.show", slug=target), code=301)
    return render_template(
        "storefront/product/show.html",
        page=_page(product),
        category=catalog.CATEGORIES.get(product.category, ""),
        finding_mark=words.finding_mark,
        today=clock.today(),
    )


def _page(product: Product) -> ProductPage:
    on_file = certificates.for_product(product.id)
    offers = sellers.offers_for(product.id)
    published = verdicts.current_for(
        [
            *(Subject(SubjectKind.CERTIFICATE, each.public_id) for each in on_file),
            *(Subject(SubjectKind.OFFER, each.public_id) for each in offers),
        ]
    )
    wares = _wares(product, on_file, published)
    ships = wares[0].lot if wares else None
    reports = [
        report(each, published.get(Subject(SubjectKind.CERTIFICATE, each.public_id)), ships)
        for each in on_file
    ]
    chosen = _chosen(reports, ships)
    only = request.args.get("sellers", "")
    shops = shops_of(product, offers, published, only=only, at=clock.now())
    return ProductPage(
        product=product,
        pictures=catalog.media_of([product.id]).get(product.id, []),
        wares=wares,
        panel=_panel(chosen) if chosen else None,
        earlier=[each for each in reports if each is not chosen],
        shops=shops,
        claims=claims.claims_for(product.id),
        record=_record(chosen, shops.everybody),
    )


def _wares(product: Product, on_file: Sequence[Certificate], published: _Verdicts) -> list[Ware]:
    variants = catalog.variants_of(product.id)
    ids = [each.id for each in variants]
    lots = free_lots_among(ids, on_file, published, at=clock.now())
    return [_ware(each, lots[each.id]) for each in variants]


def _ware(variant: Variant, lots: Sequence[FreeLot]) -> Ware:
    sellable = [lot for lot in lots if lot.is_sellable]
    lot = sellable[0] if sellable else lots[0] if lots else None
    problem = "" if sellable else words.SOLD_OUT
    if lot is not None and not sellable:
        problem = f"{words.SALE_PAUSED}: {lot.proof.problem}"
    return Ware(variant, lot, told_of(lot.proof if lot else None), problem)


def _chosen(reports: Sequence[Report], ships: FreeLot | None) -> Report | None:
    """The report shown first: about the lot that ships, then one that passed, then the newest."""
    standing = [each for each in reports if each.certificate.status != Status.SUPERSEDED]
    own = [each for each in standing if ships and each.certificate.lot_id == ships.id]
    passed = [each for each in standing if each.told.mark in {Mark.OK, Mark.PART, Mark.OLD}]
    own.sort(key=lambda each: -weight(each.told.mark))
    return next(iter([*own, *passed, *reports]), None)


def _panel(chosen: Report) -> Panel:
    certificate = chosen.certificate
    fields = certificates.fields_of(certificate.id)
    results = certificates.results_of(certificate.id)
    pages = certificates.pages_of(certificate.id) if chosen.is_open else []
    return Panel(
        report=chosen,
        facts=facts_of(certificate, fields, results),
        measured=measured(certificate, fields, results),
        pages=pages,
        level=Level(certificate.evidence_level),
    )


def _record(chosen: Report | None, rows: Sequence[Seller]) -> PublishedVerdict | None:
    if chosen is not None and chosen.published is not None:
        return chosen.published
    return next((row.published for row in rows if row.published is not None), None)
