import hashlib
import json

import pytest

from shop.assay.log import proofs
from shop.assay.log.notes import Checkpoint, LogKey, opened
from shop.ledger import service
from tests.ledger.factories import append, checkpoint

HUGE = "9" * 24


@pytest.fixture
def written(client):
    append(5)
    checkpoint()
    return client


def test_checkpoint_is_a_signed_note(written):
    answer = written.get("/ledger/checkpoint")
    key = LogKey.parse(written.get("/.well-known/assay-keys.json").json["log"]["key"])

    assert answer.mimetype == "text/plain"
    assert Checkpoint.parse(opened(answer.text, key)).size == 5


def test_entry_shows_its_record_and_its_leaf(written):
    said = written.get("/ledger/entries/3.json").json

    assert (said["index"], said["kind"], said["record"]["note"]) == (3, "published", "3")
    assert said["body"]["spec"]["data"]["hash"]["value"] == said["record_sha256"]
    assert said["leaf_hash"] == service.entry(3).leaf_hash.hex()


def test_downloaded_proof_verifies_with_the_published_key(written):
    answer = written.get("/ledger/entries/3/proof.json")
    key = LogKey.parse(written.get("/.well-known/assay-keys.json").json["log"]["key"])

    assert answer.headers["Content-Disposition"] == 'attachment; filename="proof-3.json"'
    assert proofs.verified(proofs.read(answer.text), key).size == 5


def test_record_is_served_byte_for_byte(written):
    sha256 = service.entry(2).verdict_sha256
    answer = written.get(f"/verdicts/{sha256}.json")

    assert hashlib.sha256(answer.data).hexdigest() == sha256
    assert "immutable" in answer.headers["Cache-Control"]
    assert json.loads(answer.data)["note"] == "2"


def test_keys_are_public_and_nothing_else_is(written):
    answer = written.get("/.well-known/assay-keys.json")
    assert "BEGIN PUBLIC KEY" in answer.json["verdict"]["key"]
    assert "PRIVATE" not in answer.text


def test_what_never_changes_may_be_kept_and_what_does_may_not(written):
    assert "immutable" in written.get("/ledger/entries/3.json").headers["Cache-Control"]
    for path in ("/ledger/checkpoint", "/ledger/entries/3/proof.json"):
        assert "immutable" not in written.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("index", ["5", "-1", HUGE, "9" * 19, "1e3", "0x1", "\u0663", "a"])
@pytest.mark.parametrize("path", ["/ledger/entries/{}.json", "/ledger/entries/{}/proof.json"])
def test_what_is_no_entry_is_not_found(written, index, path):
    answer = written.get(path.format(index))
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("sha256", ["0" * 64, "0" * 63, "F" * 64, "x", "9" * 5000])
def test_what_is_no_record_is_not_found(written, sha256):
    assert written.get(f"/verdicts/{sha256}.json").status_code == 404


def test_an_empty_ledger_has_no_checkpoint_and_no_proof(client):
    assert client.get("/ledger/checkpoint").status_code == 404
    append(1)
    answer = client.get("/ledger/entries/0/proof.json")
    assert answer.status_code == 404
    assert answer.json["code"] == "ledger.no_checkpoint_yet"
