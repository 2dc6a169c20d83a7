"""How often does the judge of sellers raise its voice at real shops that did nothing?

The lists of real brands and retailers are facts that this repository does not ship. They are read
from ../shared/data, or from where ACCURACY_DATA says; without them these tests report a skip.
"""

import csv
import os
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shop.assay.sellers.checks import judge, state
from shop.assay.sellers.facts import (
    Authorization,
    Host,
    OfferFacts,
    ProductFacts,
    Proof,
    ProofState,
    Seller,
    SellerState,
    Source,
)

AT = datetime(2026, 11, 22, tzinfo=UTC)
PROOF = Proof(ProofState.OK, verified_on=date(2026, 11, 1), expires_on=date(2027, 1, 1))
LISTED = Authorization(Source.BRAND_LIST, listed_on=date(2026, 10, 3))
FOLDER = Path(os.environ.get("ACCURACY_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
FILES = ("brands_domains.csv", "retailers_domains.csv", "hard_name_domain_pairs.csv")

pytestmark = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in FILES),
    reason=f"the lists of real brands and retailers are not in {FOLDER}",
)


def read(name):
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def brands():
    found = defaultdict(set)
    for row in read("brands_domains.csv"):
        found[row["brand"]].add(row["domain"])
    return [(brand, sorted(domains)) for brand, domains in found.items()]


def official(brand, domains, proof):
    return ProductFacts(brand, official=tuple(Host(name, proof) for name in domains))


def state_of(product, link, **said):
    return state(judge(OfferFacts(link, product, **said), at=AT))


@pytest.mark.parametrize(
    ("proof", "expected"), [(PROOF, SellerState.VERIFIED), (Proof(), SellerState.UNVERIFIED)]
)
def test_a_brands_own_domains_are_never_called_suspicious(proof, expected):
    answers = {
        (brand, link): state_of(official(brand, domains, proof), link)
        for brand, domains in brands()
        for domain in domains
        for link in (f"https://{domain}/", f"https://www.{domain}/p/1")
    }
    assert len(answers) > 400
    assert {pair: answer for pair, answer in answers.items() if answer is not expected} == {}


def test_listed_sellers_whose_names_share_nothing_with_their_domains_are_verified():
    for row in read("hard_name_domain_pairs.csv"):
        seller = Seller(row["name"], (Host(row["domain"], PROOF),), LISTED)
        facts = ProductFacts("HAIRIZ", sellers=(seller,))
        assert (
            state_of(facts, f"https://{row['domain']}/", declared_seller=row["name"])
            is SellerState.VERIFIED
        ), row


def test_real_retailers_without_a_list_are_only_unverified():
    """Every tenth pair of a brand and a retailer that it does not name: none is suspicious."""
    links = [f"https://{row['domain']}/" for row in read("retailers_domains.csv")]
    links += [f"https://{domain}/" for _, domains in brands() for domain in domains]
    flagged = []
    judged = 0
    for number, (brand, domains) in enumerate(brands()):
        facts = official(brand, domains, PROOF)
        for link in links[number % 10 :: 10]:
            judged += 1
            if state_of(facts, link) not in {SellerState.UNVERIFIED, SellerState.VERIFIED}:
                flagged.append((brand, link))
    assert judged > 25_000
    assert flagged == []
