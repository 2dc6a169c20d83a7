"""Which addresses are a brand's own, and since when do we know? For pages that offer them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from shop.assay.sellers.facts import ProofMethod, ProofState
from shop.assay.sellers.hostnames import parse
from shop.catalog.models import Brand
from shop.plumbing.db import db
from shop.sellers.models import Domain, DomainProof, Retailer, superseded


@dataclass(frozen=True, slots=True)
class Site:
    """An address on record for a brand. `proven_on` is None while nothing shows that it is."""

    host: str
    shown: str  # as a browser shows it, with its punycode beside it
    proven_on: date | None = None
    method: ProofMethod | None = None

    @property
    def url(self) -> str:
        return f"https://{self.host}/"


def sites(brand_id: int, *, at: datetime) -> list[Site]:
    """The brand's addresses in one query, those that are proven at the moment first."""
    stands = and_(
        DomainProof.domain_id == Domain.id, DomainProof.state == ProofState.OK, ~superseded()
    )
    rows = db.session.execute(
        select(Domain.host, DomainProof)
        .outerjoin(DomainProof, stands)
        .where(Domain.brand_id == brand_id)
        .order_by(Domain.host, DomainProof.id)
    )
    found: dict[str, Site] = {}
    for host, proof in rows:
        site = _site(host, proof, at)
        if host not in found or site.proven_on is not None:
            found[host] = site
    return sorted(found.values(), key=lambda site: site.proven_on is None)


def owner_of(host: str) -> str:
    """The name of the brand or retailer that has this very address on record, or an empty text."""
    rows = db.session.execute(
        select(Brand.name, Retailer.name)
        .select_from(Domain)
        .outerjoin(Brand, Brand.id == Domain.brand_id)
        .outerjoin(Retailer, Retailer.id == Domain.retailer_id)
        .where(Domain.host == host)
        .order_by(Domain.id)
        .limit(1)
    )
    return next((brand or retailer for brand, retailer in rows), "")


def _site(host: str, proof: DomainProof | None, at: datetime) -> Site:
    shown = parse(f"https://{host}").shown
    if proof is None or not _holds(proof, at):
        return Site(host, shown)
    return Site(host, shown, proof.verified_at.date(), ProofMethod(proof.method))


def _holds(proof: DomainProof, at: datetime) -> bool:
    """As the judge has it: what ends on a day holds through that day."""
    return proof.expires_at is None or at.date() <= proof.expires_at.date()
