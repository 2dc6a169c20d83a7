"""What does the desk show of a link, whether it is saved or still being typed?"""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.assay.sellers.checks import state
from shop.assay.sellers.facts import SellerState
from shop.assay.sellers.hostnames import Link, parse
from shop.assay.vocabulary import Finding
from shop.catalog.models import Brand
from shop.sellers import service as sellers
from shop.staff import deciding, words
from shop.staff.deciding import FoundRow
from shop.web.addresses import Comparison, clipped, compare
from shop.web.words import Words


@dataclass(frozen=True, slots=True)
class Taken:
    """A link taken apart as a browser does it. `parts`: (what it is, how it reads)."""

    comparison: Comparison
    parts: Sequence[tuple[str, str]]
    brand: str
    own_addresses: Sequence[str]


@dataclass(frozen=True, slots=True)
class Looked:
    """What the checks say of a link that is not saved. `taken` is None when no browser opens it."""

    told: Words
    state: SellerState
    is_saved: bool  # nothing was typed yet
    rows: Sequence[FoundRow]
    taken: Taken | None


def looked(
    url: str, brand: Brand, findings: Sequence[Finding], *, is_saved: bool = False
) -> Looked:
    return Looked(
        told=words.link(findings),
        state=state(findings),
        is_saved=is_saved,
        rows=[deciding.found_row(finding) for finding in findings],
        taken=taken(url, brand, findings),
    )


def taken(url: str, brand: Brand, findings: Sequence[Finding]) -> Taken | None:
    link = parse(url)
    if not link.is_valid:
        return None
    return Taken(
        comparison=compare(url, brand.name, findings),
        parts=[(what, clipped(text)) for what, text in _parts(link) if text],
        brand=brand.name,
        own_addresses=[domain.host for domain in sellers.brand_domains(brand.id)],
    )


def _parts(link: Link) -> Sequence[tuple[str, str]]:
    """In the order of their weight: whose site, then where on it, then how it is written."""
    site = parse(f"https://{link.registrable}").shown if link.registrable else ""
    return (
        (words.PART_SITE, site),
        (words.PART_PLATFORM, link.platform),
        (words.PART_BEFORE, link.subdomain if link.registrable else ""),
        (words.PART_PORT, str(link.port) if link.port is not None else ""),
        (words.PART_PAGE, link.after_host.removeprefix("/")),
        (words.PART_WRITTEN, link.as_written),
    )
