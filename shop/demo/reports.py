"""What does each laboratory report of the demo say? (layouts/ puts it on paper.)"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from shop.demo import panels
from shop.demo.catalog import DATA, DemoBrand, DemoLot, DemoProduct, brands, dated, read


class Story(StrEnum):
    """What is the matter with a report, and what our staff did about it."""

    GOOD = "good"
    NOTES = "notes"  # old by now; approved with that note
    REVIEW = "review"  # waits for a person
    SCANNED = "scanned"  # paper that went through a scanner
    ALTERED = "altered"  # a result was replaced after the file had left the laboratory
    OTHER_LOT = "other_lot"  # names another lot than the one it was sent for
    SPECIMEN = "specimen"  # a sample of a report
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # was approved; the laboratory took it back


@dataclass(frozen=True, slots=True)
class DemoLaboratory:
    """An issuer, and what staff know of it."""

    key: str
    name: str
    aliases: tuple[str, ...]
    about: str
    address: tuple[str, ...]
    domains: tuple[str, ...]
    verify_hosts: tuple[str, ...]
    verify_url: str
    accreditor: str
    number: str
    scope: str
    signatory: tuple[str, str]
    layout: str
    layout_for: Mapping[str, str]
    ink: str
    days: int  # from making a lot to the report about it
    is_on_record: bool

    @property
    def street(self) -> str:
        """The address on one line."""
        *lines, remark = self.address
        return f"{', '.join(lines)} {remark}"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one document says."""

    laboratory: DemoLaboratory
    layout: str
    story: Story
    number: str
    client: str
    brand: str
    product: str
    size: str
    gtin: str
    lot: str
    made: date
    expires: date
    received: date
    tested_from: date
    tested_to: date
    issued: date
    lines: tuple[panels.Line, ...]

    @property
    def verify_url(self) -> str:
        return self.laboratory.verify_url.format(report=self.number)

    @property
    def code(self) -> str:
        """The look-up code printed beside the report's number."""
        pool = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
        letters = "".join(
            pool[int(panels.fraction(self.number, f"code {place}") * (len(pool) - 1))]
            for place in range(8)
        )
        return f"{letters[:4]}-{letters[4:]}"


@cache
def laboratories() -> Mapping[str, DemoLaboratory]:
    """Every laboratory by its key."""
    found = [_laboratory(item) for item in read(DATA / "laboratories.toml")["laboratory"]]
    return {laboratory.key: laboratory for laboratory in found}


def report(brand: DemoBrand, product: DemoProduct, lot: DemoLot, anchor: date) -> Report:
    """The report about a tested lot."""
    laboratory = laboratories()[lot.laboratory]
    size = product.sizes[lot.size]
    made = lot.made_on(anchor)
    issued = made + timedelta(days=laboratory.days)
    number = dated(lot.report_pattern, issued)
    return Report(
        laboratory=laboratory,
        layout=laboratory.layout_for.get(brand.slug, laboratory.layout),
        story=Story(lot.story),
        number=number,
        client=brand.company,
        brand=brand.name,
        product=product.name,
        size=size.size,
        gtin=size.gtin,
        lot=lot.printed_code(anchor),
        made=made,
        expires=lot.expires_on(anchor),
        received=made + timedelta(days=4),
        tested_from=made + timedelta(days=5),
        tested_to=issued - timedelta(days=1),
        issued=issued,
        lines=panels.lines(product, number),
    )


def tested_lots() -> list[tuple[DemoBrand, DemoProduct, DemoLot]]:
    """Each tested lot, with its product and brand."""
    return [
        (brand, product, lot)
        for brand in brands()
        for product in brand.products
        for lot in product.lots
        if lot.laboratory
    ]


def _laboratory(data: Mapping[str, object]) -> DemoLaboratory:
    known = {"layout_for": {}, "is_on_record": True, **data}
    lists = {"aliases", "address", "domains", "verify_hosts", "signatory"}
    return DemoLaboratory(
        **{name: tuple(value) if name in lists else value for name, value in known.items()}  # type: ignore[arg-type]
    )
