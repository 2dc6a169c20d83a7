"""The demo's sellers and claims as data: what they name exists, and no real host is named."""

from urllib.parse import urlsplit

import pytest

from shop.assay.claims.facts import Letter, Match, StudyType
from shop.assay.sellers.facts import Statement
from shop.demo import claiming, reports, selling
from shop.demo.catalog import brands

SLUGS = {product.slug for brand in brands() for product in brand.products}
RETAILERS = {item["key"] for item in selling.data()["retailer"]}
CLAIMS = [item for items in claiming.by_product().values() for item in items]
# Reserved as .example is (RFC 6761), to show a name with another ending.
OTHER_ENDING = "vesperlane.test"
ADVERTISED = "americandiscounttableware.com"


def test_hosts_belong_to_nobody_but_the_advertisement():
    data = selling.data()
    hosts = {host["name"] for item in data["retailer"] for host in item["hosts"]}
    hosts |= {urlsplit(offer["url"]).hostname for offer in data["offer"]}
    for laboratory in reports.laboratories().values():
        hosts |= {*laboratory.domains, *laboratory.verify_hosts}
        hosts.add(urlsplit(laboratory.verify_url).hostname)
    others = {host for host in hosts if not host.endswith(".example")}
    assert others == {OTHER_ENDING, ADVERTISED}


def test_offers_and_lists_name_what_there_is():
    data = selling.data()
    for offer in data["offer"]:
        assert offer["product"] in SLUGS
        assert offer.get("retailer", "greenhythe") in RETAILERS
        assert offer.get("statement", "official") in set(Statement)
    listed = {item["brand"] for item in data["list"]}
    assert listed == {brand.slug for brand in brands() if brand.domains}
    for item in data["list"]:
        assert all(named["retailer"] in RETAILERS for named in item["sellers"])


@pytest.mark.parametrize("item", CLAIMS, ids=lambda item: item["quote"])
def test_claim_has_its_sentence_and_its_evidence(item):
    assert item["product"] in SLUGS
    assert item["where"]
    assert len(item["sentence"]) > 30
    has_evidence = Letter(item["grade"]) is not Letter.NONE_FOUND
    assert has_evidence == bool(item.get("evidence"))
    for study in item.get("evidence", []):
        assert study["match"] in set(Match)
        assert study["study_type"] in set(StudyType)
        assert study["funding"]


def test_register_holds_the_advertisement_in_its_own_words():
    quoted = [row for row in claiming.register() if row["product"] == "HAIRIZ 3D Exosome"]
    assert len(quoted) == 5
    assert all(row["status"] == "rejected" for row in quoted)
    assert sum(bool(row["quote"]) for row in quoted) == 4
    assert all(row["sentence"] for row in quoted)
