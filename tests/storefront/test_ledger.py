from shop.ledger import service as ledger
from shop.plumbing.db import transaction
from tests.storefront.scenes import make_hairiz, make_serum


def test_ledger_lists_what_is_on_record_the_newest_first(visitor, tmp_path):
    make_serum(tmp_path)
    make_hairiz()
    with transaction():
        ledger.write_checkpoint()

    page = visitor.open("/ledger")

    assert "2 entries so far." in page.text
    assert "Checkpoint over 2 entries" in page.text
    assert page.links.index("/ledger/1") < page.links.index("/ledger/0")


def test_entry_is_checked_and_offers_the_proof_to_check_it_oneself(visitor, tmp_path):
    certificate = make_serum(tmp_path)
    with transaction():
        ledger.write_checkpoint()

    page = visitor.open("/ledger/0")

    assert "The record you saw is the record in the ledger" in page.text
    assert "/ledger/entries/0/proof.json" in page.links
    assert "python -m shop.assay.log.verify proof-0.json" in page.text
    assert "It does not prove that our decision was right." in page.text
    assert f"/certificates/{certificate.public_id}" in page.links


def test_entry_that_no_checkpoint_covers_yet_says_so(visitor, tmp_path):
    make_serum(tmp_path)

    assert "Written a moment ago" in visitor.open("/ledger/0").text


def test_older_entries_are_a_page_further(visitor, tmp_path):
    make_serum(tmp_path)
    make_hairiz()

    page = visitor.open("/ledger?before=1")

    assert "/ledger/0" in page.links
    assert "/ledger/1" not in page.links
