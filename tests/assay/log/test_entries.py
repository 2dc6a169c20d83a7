import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shop.assay.log import entries
from shop.assay.log.entries import EntryError
from tests.assay.log.factories import (
    AT,
    make_body,
    make_record,
    make_verdict,
    public_pem,
    sign_record,
)


def test_record_of_a_verdict_bears_codes_and_values():
    record = json.loads(entries.canonical(make_record()))

    assert record == {
        "verdict": "verdict1",
        "subject": {"kind": "offer", "id": "offer1"},
        "outcome": "indeterminate",
        "mark": "review",
        "findings": [
            {
                "code": "seller.not_listed",
                "variant": "default",
                "severity": "notice",
                "outcome": "indeterminate",
                "values": {"h": "b\u00e4r.example", "brand": "Tolva", "date": "2026-10-12"},
                "by": "machine",
                "place": {"page": 1, "box": []},
            }
        ],
        "decision": {
            "outcome": "passed",
            "at": "2026-10-12T15:20:07.000120Z",
            "settles": ["seller.not_listed"],
            "persons": 2,
            "reason_sha256": hashlib.sha256(b"I called Jo.").hexdigest(),
        },
        "evidence_sha256": "ab" * 32,
        "rule_set": "2026.11",
        "judged_at": "2026-10-12T15:20:07.000120Z",
        "valid_until": "2026-10-12T15:20:07.000120Z",
        "supersedes": None,
        "reason_sha256": None,
    }


def test_record_names_no_person_and_no_reason():
    verdict = make_verdict()
    records = [
        make_record(),
        entries.decision_record(
            verdict.subject, verdict.decision, public_id="d1", evidence_sha256="ab" * 32
        ),
    ]
    for record in records:
        text = entries.canonical(record).decode()
        assert not [word for word in ("staff1", "staff2", "called") if word in text]


def test_canonical_json_sorts_and_keeps_unicode():
    assert entries.canonical({"b": "\u00e4\n", "a": [1, None, True]}) == (
        b'{"a":[1,null,true],"b":"\xc3\xa4\\n"}'
    )


@pytest.mark.parametrize("value", [2**60, "\ud800", {1: 2}, {1, 2}, object()])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(EntryError):
        entries.canonical({"a": value})


def test_body_is_a_rekor_hashedrekord_of_the_record():
    record = entries.canonical(make_record())
    body = json.loads(make_body(make_record()))

    assert (body["kind"], body["apiVersion"]) == ("hashedrekord", "0.0.1")
    digest = body["spec"]["data"]["hash"]
    assert digest == {"algorithm": "sha256", "value": hashlib.sha256(record).hexdigest()}
    key = base64.b64decode(body["spec"]["signature"]["publicKey"]["content"])
    assert key == public_pem()
    entries.check_body(entries.read_body(make_body(make_record())), record)


@pytest.mark.parametrize(
    ("altered", "words"),
    [
        ({"outcome": "passed"}, "another record"),
        ({"supersedes": "ab" * 32}, "another record"),
        ({"note": ""}, "another record"),
    ],
)
def test_body_of_an_altered_record_is_refused(altered, words):
    body = entries.read_body(make_body(make_record()))
    with pytest.raises(EntryError, match=words):
        entries.check_body(body, entries.canonical({**make_record(), **altered}))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (public_pem(ec.derive_private_key(2, ec.SECP256R1())), "does not hold"),
        (public_pem(ec.derive_private_key(2, ec.SECP384R1())), "not of the kind"),
        (public_pem(Ed25519PrivateKey.generate()), "not of the kind"),
        (b"no key", "cannot be read"),
    ],
)
def test_body_that_names_another_key_is_refused(key, words):
    record = entries.canonical(make_record())
    body = entries.make_body(record, signer=sign_record, public_key=key)
    with pytest.raises(EntryError, match=words):
        entries.check_body(entries.read_body(body), record)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"spec":' + b"9" * 5000 + b"}",
        make_body(make_record()) + b" ",
        make_body(make_record()).replace(b'"0.0.1"', b'"0.0.2"'),
        make_body(make_record()).replace(b'"sha256"', b'"sha512"'),
        make_body(make_record()).replace(b'{"algorithm"', b'{ "algorithm"'),
    ],
)
def test_body_of_another_shape_is_refused(body):
    with pytest.raises(EntryError):
        entries.read_body(body)


def test_body_longer_than_tiles_can_hold_is_refused():
    with pytest.raises(EntryError, match="at most"):
        entries.make_body(b"{}", signer=sign_record, public_key=b"k" * 60_000)


def test_moments_are_written_in_utc():
    assert entries.timestamp(AT) == "2026-10-12T15:20:07.000120Z"
