"""Puts on record what the demo's brands say of their products, and what supports it."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shop.assay.claims.facts import ClaimClass, ClaimStatus, Letter, Match, StudyType
from shop.catalog.importing import Progress
from shop.catalog.models import Product
from shop.claims import importing
from shop.claims import service as claims
from shop.claims.models import Claim
from shop.claims.service import Study
from shop.demo import shelves
from shop.demo.catalog import DATA, read
from shop.demo.shelves import Transaction
from shop.plumbing import clock

HAIRIZ = "hairiz-3d-exosome"


def record(*, staff: str, transaction: Transaction, progress: Progress) -> None:
    """Add the claims of every product that has none yet."""
    there = shelves.known()
    if HAIRIZ in there and not claims.claims_for(there[HAIRIZ].id):
        with transaction():
            product = shelves.product(HAIRIZ)
            if product is not None:
                importing.import_register(register(), product)
    written = by_product()
    wanted = [slug for slug in written if slug in there]
    for done, slug in enumerate(wanted, 1):
        if not claims.claims_for(there[slug].id):
            with transaction():
                product = shelves.product(slug)
                if product is not None:
                    for item in written[slug]:
                        _add(product, item, staff, clock.now())
        progress("Claims", done, len(wanted))


def register() -> list[dict[str, str]]:
    """The register of the advertisement's claims."""
    with (DATA / "claims_register.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_product() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The data, gathered by the product's slug."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for item in read(DATA / "claims.toml")["claim"]:
        found.setdefault(item["product"], []).append(item)
    return found


def _add(product: Product, item: Mapping[str, Any], staff: str, at: datetime) -> None:
    letter = Letter(item["grade"])
    claim = claims.add_claim(
        product,
        item["quote"],
        said_where=item["where"],
        status=ClaimStatus.REJECTED if letter is Letter.NONE_FOUND else ClaimStatus.APPROVED,
        claim_class=ClaimClass(item.get("class", ClaimClass.COSMETIC)),
        jurisdictions=["US"],
        reviewer=staff,
        reviewed_at=at,
    )
    studies = item.get("evidence", [])
    for study in studies:
        _support(claim, study)
    claims.grade(
        claim,
        letter,
        sentence=item["sentence"],
        n=sum(study.get("n", 0) for study in studies) or None,
        product_match=Match(studies[0]["match"]) if studies else None,
        funding=studies[0]["funding"] if studies else "",
        graded_by=staff,
        graded_on=at.date(),
    )


def _support(claim: Claim, study: Mapping[str, Any]) -> None:
    evidence = claims.add_evidence(
        Study(
            title=study["title"],
            study_type=StudyType(study["study_type"]),
            n=study.get("n"),
            year=study["year"],
            funding=study["funding"],
        )
    )
    claims.link(claim, evidence, product_match=Match(study["match"]))
